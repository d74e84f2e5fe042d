from datetime import date

from lt_analysis.codebook.commitments import COMMITMENTS, Commitment
from lt_analysis.codebook.periods import Quarter
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
    assert "and so have 1 of 2 commitments of the partnership." in after


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
