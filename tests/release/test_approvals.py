"""What organisations wrote is public once a person has approved it: kept out before, said by its address after."""

import csv
import re

import pandas as pd
import pytest

from lt_analysis.codebook.mistakes import RawDataError
from lt_analysis.codebook.periods import Quarter
from lt_analysis.commands.take_in import collect_to_release
from lt_analysis.release import approvals, read_release
from lt_analysis.release.approvals import (
    LONGEST,
    NAME,
    OF_ACTIONS,
    Approvals,
    Text,
    Texts,
    approve,
    awaiting,
    readable,
    write_awaiting,
)
from tests import making
from tests.release.test_actions import pledged, send

QUARTER = Quarter.parse("2026-27-Q2")
ROLE = "Chair of the Equalities Group"


@pytest.mark.parametrize(
    ("sent", "shown"),
    [
        ("At least 2 of 3 panel members are trained", "At least 2 of 3 panel members are trained"),
        ("<img src=x onerror=alert(1)>", "<img src=x onerror=alert(1)>"),
        ("</td></table>{{ 7 * 7 }} $$x^2$$", "</td></table>{{ 7 * 7 }} $$x^2$$"),
        ("Panels\u202edeniart era\u202c", "Panelsdeniart era"),
        ("\u200fPanels\u2066 are\u0000 trained\u0007", "Panels are trained"),
        (" Panels\r\n\tare   trained ", "Panels are trained"),
        ("پنل‌ها آموزش دیده‌اند", "پنل‌ها آموزش دیده‌اند"),  # the joiners of a script that needs them stay
        ("n" * 300, "n" * 300),
        ("n" * (LONGEST + 1), "n" * (LONGEST - 1) + "…"),
    ],
)
def test_a_text_is_as_it_was_sent_but_for_what_nobody_sees(sent, shown):
    assert readable(sent) == shown
    assert Texts("2026-27-Q2", Approvals()).approved("ashbourne", "action", 1, sent, invented=True) == shown


@pytest.mark.parametrize(
    "sent",
    [
        "Ask sam.invented@example.org to book it",
        "Ask sam.invented＠example.org to book it",
        "Ask sam.in\u200bvented@exam\u202eple.org",
        "Look into QQ123456C again".replace("QQ", "AB"),
        "Look into AB 12 34 56 C again",
        "The complaint of 999 123 4567 is closed",
        "The complaint of 9434765919 is closed",
        "Ring 020 7946 0000 for it",
        "Ring +44 20 7946 0000 for it",
        "Ring 07700900000 for it",
        "\u202e\u2066",
        "",
    ],
)
def test_what_may_reach_a_person_or_says_nothing_is_not_shown(sent):
    texts = Texts("2026-27-Q2", Approvals())
    assert texts.approved("ashbourne", "action", 1, sent, invented=True) is None
    assert [one.can_be_approved for one in texts.awaiting] == ([False] if readable(sent) else [])


@pytest.mark.parametrize("sent", ["By 2027, 100 of 1,000 posts", "From 30-09-2026 to 2026-10-31", "Bands 8a-8d; 24/7"])
def test_a_number_that_is_about_nobody_is_shown(sent):
    assert Texts("2026-27-Q2", Approvals()).approved("ashbourne", "action", 1, sent, invented=True) == sent


def real(project, *actions, name="Ashbourne Trust", period="2026-27-Q2"):
    folder = making.year_of_returns(project)
    making.organisation(project, "ashbourne", invented=False, name=name)
    send(project, "ashbourne", *actions, period=period)
    return folder


def listed(said):
    """The codes of a list, each with what it says and how it is marked."""
    return dict(re.findall(r"^([0-9a-f]{8})  (.*)$", said, re.MULTILINE))


def test_a_text_is_said_once_it_is_approved_by_a_role_and_the_release_stays_as_it_was(project, called):
    real(project, pledged("Panels of 3 are trained"), pledged("Mrs Never leads"), pledged("Ask n@ever.org"))
    collect_to_release(project, QUARTER)
    released = {path: path.read_bytes() for path in project.releases.rglob("*.parquet")}
    said = listed(called(project, "approve").stdout)
    codes = {re.sub(r"^.*?: |  <<.*", "", line): code for code, line in said.items()}
    named, ask, trained = (codes[text] for text in ("Ashbourne Trust", "Ask n@ever.org", "Panels of 3 are trained"))
    leads = codes["Mrs Never leads"]
    marked = {code: re.findall("<<.*>>", line) for code, line in said.items() if "<<" in line}
    assert marked == {
        ask: ["<< CANNOT BE APPROVED: has the shape of what reaches a person: the organisation has to change it >>"],
        leads: ["<< a title before a name >>"],
    }
    assert said[named].startswith("ashbourne, its name (2026-27-Q2): Ashbourne Trust")
    for asked in ([named], ["--all"], [named, "--role", "Dr Jane Never"], [ask, "--role", ROLE], ["9", "--role", ROLE]):
        refused = called(project, "approve", *asked)
        assert refused.returncode == 1
        assert "Never" not in refused.stderr
    assert Approvals.read(project).at("2026-27-Q2", "ashbourne", "name", 0) is None
    assert called(project, "approve", leads, "--role", ROLE).returncode == 0
    assert listed(called(project, "approve").stdout).keys() == said.keys() - {leads}
    assert called(project, "approve", "--all", "--role", ROLE).returncode == 0
    assert listed(called(project, "approve", "--period", "2026-27-Q2").stdout).keys() == {ask}
    (figures,) = read_release().organisations
    assert figures.name == "Ashbourne Trust"
    assert trained not in listed(called(project, "approve").stdout)
    assert {(one.text, one.owner_role) for one in figures.actions} == {
        (None, "Director of people"),
        ("Mrs Never leads", "Director of people"),
        ("Panels of 3 are trained", "Director of people"),
    }
    assert {path: path.read_bytes() for path in project.releases.rglob("*.parquet")} == released


def test_what_was_approved_once_needs_no_approval_again_and_what_is_changed_does(project):
    real(project, pledged("Panels are trained"), pledged("Exit interviews"))
    collect_to_release(project, QUARTER)
    making.approve_all(project)
    send(project, "ashbourne", pledged("Panels are trained"), pledged("Exit interviews!"), period="2026-27-Q3")
    making.organisation(project, "beeches", invented=False, name="Ashbourne Trust")
    send(project, "beeches", pledged("Panels are trained"), period="2026-27-Q3")
    collect_to_release(project, QUARTER.next)
    ashbourne, beeches = sorted(read_release().organisations, key=lambda one: one.slug)
    assert (ashbourne.name, {one.text for one in ashbourne.actions}) == (
        "Ashbourne Trust",
        {"Panels are trained", None},
    )
    assert (beeches.name, [one.text for one in beeches.actions]) == (
        "beeches",
        [None],
    )  # another's words are not its own
    new = [one.text for places in awaiting(project) for one in places if one.period == "2026-27-Q3"]
    assert sorted(new) == ["Ashbourne Trust", "Director of people", "Exit interviews!", "Panels are trained"]


def test_what_awaits_approval_is_for_its_owner_alone_and_what_was_approved_for_everybody(project):
    real(project, pledged("=HYPERLINK(0)"))
    collect_to_release(project, QUARTER)
    path = project.awaiting / "2026-27-Q2.csv"
    assert (path.stat().st_mode & 0o777, path.parent.stat().st_mode & 0o777) == (0o600, 0o700)
    making.approve_all(project)
    public = project.releases / "approvals.csv"
    assert public.stat().st_mode & 0o777 == 0o644
    rows = list(csv.DictReader(public.read_text().splitlines()))
    assert {row["text"] for row in rows} == {"Ashbourne Trust", "'=HYPERLINK(0)", "Director of people"}
    assert {row["role"] for row in rows} == {ROLE}
    assert [one.text for one in read_release().organisation("ashbourne").actions] == ["=HYPERLINK(0)"]


def test_check_says_early_which_settings_can_never_be_published_or_will_be_looked_at_twice(project, called):
    about = {"posts": "posts that Dr Never counted", "source": "A report, ring 020.7946.0000", "year": "2020-21"}
    making.organisation(project, "ashbourne", invented=False, grades="totals only", already_published=about)
    making.organisation(project, "beeches", name="Dr Never")  # which is invented
    said = [line for line in called(project, "check").stdout.splitlines() if line.startswith("! ")]
    assert said == [
        "! ashbourne/organisation.yml: setting already_published.posts holds a title before a name, and is published "
        "only if approved",
        "! ashbourne/organisation.yml: setting already_published.source has the shape of what reaches a person, so it "
        "can never be published. Change it",
    ]


def test_what_an_action_needs_and_shows_is_approved_like_its_words(project):
    texts = dict.fromkeys(OF_ACTIONS[2:], "Board paper")
    real(project, pledged("Exit interviews", **texts))
    collect_to_release(project, QUARTER)
    (before,) = read_release().organisation("ashbourne").delivery
    assert [getattr(before.last, name) for name in texts] == [None] * len(texts)
    assert before.given == set(OF_ACTIONS)
    assert {one.field for (one,) in awaiting(project)} == {NAME, *OF_ACTIONS}
    making.approve_all(project)
    (after,) = read_release().organisation("ashbourne").delivery
    assert [getattr(after.last, name) for name in texts] == ["Board paper"] * len(texts)


def test_every_text_of_an_action_is_listed_by_what_it_is(project, called):
    real(project, pledged("Exit interviews", **{name: f"Says {name}" for name in OF_ACTIONS[2:]}))
    collect_to_release(project, QUARTER)
    said = called(project, "approve").stdout
    assert all(f"(2026-27-Q2): Says {name}" in said for name in OF_ACTIONS[2:])


def test_a_text_that_is_not_the_one_that_was_approved_is_never_said(project):
    real(project, pledged("Panels are trained"))
    collect_to_release(project, QUARTER)
    making.approve_all(project)
    path = project.releases / "approvals.csv"
    path.write_text(path.read_text().replace("Panels are", "Jane is"))
    with pytest.raises(RawDataError, match="a text is not the one that was approved"):
        read_release()


def test_a_text_that_was_approved_for_an_edition_that_was_replaced_is_not_said_in_place_of_another(project):
    real(project, pledged("Exit interviews"))
    collect_to_release(project, QUARTER)
    making.approve_all(project)
    assert [one.text for one in read_release().organisation("ashbourne").actions] == ["Exit interviews"]
    send(project, "ashbourne", pledged("Another text"))
    collect_to_release(project, QUARTER, may_replace=lambda moved: True)
    (action,) = read_release().organisation("ashbourne").actions
    assert (action.text, action.owner_role) == (None, "Director of people")
    making.approve_all(project)
    assert [one.text for one in read_release().organisation("ashbourne").actions] == ["Another text"]


def test_what_came_to_be_known_as_a_contact_is_not_said_though_it_was_approved(project, monkeypatch):
    one = Text("2026-27-Q2", "ashbourne", "action", 1, "Write to sam on the intranet")
    approve(project, [one], ROLE)
    assert Approvals.read(project).at(*one[:4]) == one.text
    monkeypatch.setattr(approvals, "holds_a_personal_shape", lambda text: "sam" in text)
    assert Approvals.read(project).at(*one[:4]) is None
    with pytest.raises(RawDataError, match="can never be approved"):
        approve(project, [replace_text(one, "sam, 2nd floor")], ROLE)


def replace_text(one, text):
    return one._replace(text=text)


def test_texts_that_await_approval_are_listed_again_where_their_list_is_lost_or_spoilt(project):
    real(project, pledged("Panels are trained"), pledged("Exit interviews"))
    collect_to_release(project, QUARTER)
    before = awaiting(project)
    (path,) = project.awaiting.iterdir()
    path.write_text("spoilt")
    with pytest.raises(RawDataError, match=r"data/processed/awaiting/2026-27-Q2.csv: it cannot be read"):
        awaiting(project)
    path.unlink()
    collect_to_release(project, QUARTER)
    assert awaiting(project) == before != []


def test_a_list_of_what_awaits_approval_is_a_table_to_pandas_even_where_nothing_does(project):
    write_awaiting(project, str(QUARTER), [])
    table = pd.read_csv(project.awaiting / f"{QUARTER}.csv")
    assert (list(table.columns), len(table)) == (["period", "organisation", "field", "number", "text"], 0)
    assert awaiting(project) == []


def test_a_list_that_was_written_without_headings_is_read_as_one_with_them(project):
    one = Text("2026-27-Q2", "ashbourne", "action", 1, 'Panels, and "exit interviews"')
    write_awaiting(project, str(QUARTER), [one])
    path = project.awaiting / f"{QUARTER}.csv"
    headings, _, rows = path.read_text(encoding="utf-8").partition("\n")
    assert headings.strip() == "period,organisation,field,number,text"
    assert awaiting(project) == [[one]]
    path.write_text(rows, encoding="utf-8")
    assert awaiting(project) == [[one]]
