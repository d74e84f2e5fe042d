"""The right of reply: what the report will say of its actions goes to each organisation, whose reply is printed."""

import csv

from lt_analysis.codebook.periods import Quarter
from lt_analysis.commands.take_in import collect_to_release
from lt_analysis.release import read_release
from tests import making
from tests.conftest import change_settings
from tests.release.test_actions import pledged, send

QUARTER = Quarter.parse("2026-27-Q2")
DUE = "31 December 2026"


def page(project) -> str:
    board = project.notebooks / "board"
    return making.page_of(board / "delivery.ipynb", organisation="ashbourne")


def test_each_organisation_is_written_what_the_report_says_of_its_own_actions_for_its_owner_alone(project, called):
    for slug, words in (("ashbourne", "=HYPERLINK(0)"), ("beeches", "Exit interviews")):
        making.year_of_returns(project, slug=slug)
        send(project, slug, pledged(words, reference="A1", status="done"), pledged("Waits"))
    making.year_of_returns(project, slug="cedars")
    assert "Run the quarter first" in called(project, "reply").stderr
    collect_to_release(project, QUARTER)
    said = called(project, "reply").stdout
    own = project.restricted / "2026-27-Q2"
    assert sorted(path.parent.name for path in own.rglob("reply.csv")) == ["ashbourne", "beeches"]
    assert "Send to ashbourne: " in said and "cedars" not in said
    path = own / "ashbourne" / "reply.csv"
    assert (path.stat().st_mode & 0o777, path.parent.stat().st_mode & 0o777) == (0o600, 0o700)
    assert list(csv.reader(path.read_text(encoding="utf-8-sig").splitlines())) == [
        ["which", "action", "by_the_rules", "as_stated", "no_movement_since", "dates", "needs", "reply"],
        ["A1", "'=HYPERLINK(0)", "Done, unproven", "Done", "July to September 2026", DUE, "Not said.", ""],
        ["Action 2", "Waits", "First report", "Under way", "July to September 2026", DUE, "Not said.", ""],
    ]


def test_a_reply_stands_beside_its_action_once_it_is_approved_and_not_before(project):
    making.year_of_returns(project)
    change_settings(project, "ashbourne", invented=False)
    hostile = "We met <b>fortnightly</b> {{ 7 * 7 }}"
    send(project, "ashbourne", pledged(reply=hostile))
    collect_to_release(project, QUARTER)
    assert "fortnightly" not in page(project) and "What their organisations reply" in page(project)
    making.approve_all(project)
    assert "We met &lt;b&gt;fortnightly&lt;/b&gt; {{ 7 * 7 }}" in page(project)
    (action,) = read_release().organisation("ashbourne").delivery
    assert action.last.reply == hostile


def test_what_is_replied_once_the_report_is_known_replaces_it_while_nobody_outside_has_seen_it(project, called):
    making.year_of_returns(project)
    change_settings(project, "ashbourne", invented=False)
    send(project, "ashbourne", pledged(reference="A1"))
    collect_to_release(project, QUARTER)
    making.approve_all(project)
    assert called(project, "reply").returncode == 0
    send(project, "ashbourne", pledged(reference="A1", reply="The trainer starts in October"))
    collect_to_release(project, QUARTER)
    assert "October" not in page(project)  # what was released stands
    collect_to_release(project, QUARTER, may_replace=lambda number: True)
    assert "October" not in page(project)
    making.approve_all(project)
    assert "The trainer starts in October" in page(project)
