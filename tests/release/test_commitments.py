from datetime import date

import pytest
import yaml
from bs4 import BeautifulSoup

from lt_analysis.codebook.commitments import COMMITMENTS, Commitment
from lt_analysis.codebook.mistakes import RawDataError
from lt_analysis.codebook.periods import Quarter
from lt_analysis.collection.goal import read_pledge
from lt_analysis.commands.take_in import collect_to_release
from lt_analysis.release import read_release
from lt_analysis.release.approvals import OF_COMMITMENTS, awaiting
from lt_analysis.release.files import read_editions
from tests import making
from tests.collection.test_commitments import FIRST, SECOND, promise
from tests.collection.test_goal import declare
from tests.release.test_actions import pledged, send

QUARTER = Quarter.parse("2026-27-Q2")
HOSTILE = "<script>alert(1)</script> {{ 7 * 7 }}"


def page(project) -> str:
    return making.page_of(project.notebooks / "board" / "delivery.ipynb")


def test_real_commitments_await_approval_and_actions_serve_them_by_their_keys(project, called):
    making.year_of_returns(project)
    promise(project, FIRST | {"text": HOSTILE}, SECOND)
    send(project, "ashbourne", pledged(commitment="c1"), pledged("Other", commitment="cultural web"))
    collect_to_release(project, QUARTER)
    assert [one.commitment for one in read_editions(project)[0].actions] == [None, "C1"]
    waiting = Commitment("C1", None, None, None, made_on=date(2026, 4, 1), due_on=date(2027, 3, 31))
    assert read_release().commitments[0] == waiting
    before = page(project)
    assert "script" not in before and FIRST["test"] not in before and "Awaiting approval." in before
    assert "An audit of recruitment" not in before
    assert {one.field for places in awaiting(project) for one in places} >= set(OF_COMMITMENTS)
    assert "partnership, commitment (2026-27-Q2): <script>" in called(project, "approve").stdout
    making.approve_all(project)
    assert [one.text for one in read_release().commitments] == [HOSTILE, SECOND["text"]]
    after = page(project)
    assert "&lt;script&gt;alert(1)&lt;/script&gt; {{ 7 * 7 }}" in after and "<script" not in after
    assert "and 1 of 2 commitments of the partnership." in after


def test_where_none_are_sent_those_of_the_codebook_stand(project):
    making.year_of_returns(project)
    collect_to_release(project, QUARTER)
    assert read_release().commitments == tuple(COMMITMENTS.values())
    assert "An audit of recruitment to Band 8 and above." in page(project)


def test_invented_commitments_need_no_approval_and_say_so_and_a_release_keeps_its_own(project):
    making.year_of_returns(project)
    declare(project)
    promise(project, FIRST)
    collect_to_release(project, QUARTER)
    promise(project, SECOND)
    collect_to_release(project, QUARTER)
    (one,) = read_release().commitments
    assert (one.key, one.text, one.invented) == ("C1", FIRST["text"], True)
    assert "Invented: no partnership has promised these." in page(project)


def test_commitments_that_cannot_be_read_keep_no_report_back(project, capsys, called):
    making.year_of_returns(project)
    promise(project, FIRST | {"made_on": "soon"})
    collect_to_release(project, QUARTER)
    assert "partnership/commitments.csv, row 2, column made_on: it is not a date." in capsys.readouterr().err
    assert called(project, "check").returncode == 1


def test_texts_of_commitments_that_await_approval_are_listed_again_where_their_list_is_lost(project):
    making.year_of_returns(project)
    promise(project, FIRST, SECOND)
    collect_to_release(project, QUARTER)
    before = awaiting(project)
    (path,) = project.awaiting.iterdir()
    path.unlink()
    collect_to_release(project, QUARTER)
    assert awaiting(project) == before != []


def sign(project, version, since="2026-08-01", **signed):
    pledge = {"version": version, "stands_since": date.fromisoformat(since), "signed": signed}
    (project.raw / "partnership" / "pledge.yml").write_text(yaml.safe_dump(pledge), encoding="utf-8")


def test_the_version_that_stands_says_who_signed_it_and_what_changed_since_the_one_before(project):
    making.year_of_returns(project)
    making.organisation(project, "beeches")
    declare(project)
    promise(project, FIRST, SECOND)
    sign(project, 1, ashbourne=date(2026, 8, 3), beeches=date(2026, 10, 1))
    collect_to_release(project, QUARTER)
    first = read_release().pledge
    assert (first.version, first.since, first.before) == (1, date(2026, 8, 1), None)
    assert first.signed == (("ashbourne", date(2026, 8, 3)),)  # the other signed after the quarter
    shown = " ".join(BeautifulSoup(page(project), "html.parser").get_text().split())
    assert "Version 1 of the pledge stands since 1 August 2026. 1 of 2 organisations have signed it." in shown
    assert "No report before this one had another version." in shown
    promise(project, FIRST | {"text": "Said anew."}, SECOND | {"commitment": "C3", "text": "Another."})
    sign(project, 2, "2026-12-01", ashbourne=date(2026, 12, 2), beeches=date(2026, 12, 3))
    collect_to_release(project, QUARTER.next)
    second = read_release().pledge
    assert (second.version, second.before, len(second.signed)) == (2, 1, 2)
    assert (second.added, second.altered, second.gone) == (("Another.",), ("Said anew.",), (SECOND["text"],))
    assert read_release(str(QUARTER)).pledge == first
    shown = BeautifulSoup(page(project), "html.parser").get_text()
    assert "Against version 1, new commitments: “Another”. Changed: “Said anew”. Taken away: “" in shown


def test_a_version_that_stands_later_is_in_no_report_before_and_words_that_await_approval_in_none(project):
    making.year_of_returns(project)
    promise(project, FIRST)
    sign(project, 1)
    collect_to_release(project, QUARTER)
    promise(project, FIRST | {"text": HOSTILE}, SECOND | {"text": HOSTILE})
    sign(project, 2, "2027-01-01")
    collect_to_release(project, QUARTER.next)
    assert read_release().pledge is None
    assert "It was not sent which version of the pledge stands" in page(project)
    collect_to_release(project, QUARTER.next.next)
    assert (read_release().pledge.added, read_release().pledge.altered) == ((None,), ())
    assert "new commitments: awaiting approval. Changed: none." in page(project)
    making.approve_all(project)
    assert (read_release().pledge.added, read_release().pledge.altered) == ((HOSTILE,), (HOSTILE,))
    assert "<script" not in page(project) and "&lt;script&gt;" in page(project)


def test_who_signed_must_be_an_organisation_here_and_a_pledge_that_cannot_be_read_keeps_no_report_back(project, capsys):
    making.year_of_returns(project)
    declare(project)
    sign(project, 1, ashborne=date(2026, 8, 3))
    collect_to_release(project, QUARTER)
    said = capsys.readouterr().err
    assert "partnership/pledge.yml: 1 of those that signed are no organisation here." in said
    assert "ashborne" not in said and read_release().pledge is None
    with pytest.raises(RawDataError, match="setting version"):
        sign(project, 0)
        read_pledge(project)
