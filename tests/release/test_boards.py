"""What an organisation has published of its board: nobody but it is its source, and somebody approves it first."""

import shutil
from datetime import date

import pytest

from lt_analysis.codebook.periods import Quarter
from lt_analysis.codebook.standards import SEATS
from lt_analysis.commands.take_in import collect_to_release
from lt_analysis.release import read_release
from lt_analysis.release.approvals import awaiting
from lt_analysis.release.candidates import executives_printed
from lt_analysis.release.figures import Board
from lt_analysis.release.files import read_editions
from lt_analysis.release.ladder import Executives
from tests import making

FIRST, SECOND = Quarter.parse("2026-27-Q1"), Quarter.parse("2026-27-Q2")
PUBLISHED = {"members": 14, "bme_members": 3, "source": "Annual report, page 12", "as_of": date(2026, 3, 31)}


def test_an_invented_organisations_board_stands_in_the_report_as_its_settings_have_it(project):
    making.year_of_returns(project)
    making.organisation(project, "ashbourne", board_published=PUBLISHED)
    collect_to_release(project, FIRST)
    assert read_release().organisation("ashbourne").board == Board(14, 3, "Annual report, page 12", date(2026, 3, 31))
    making.organisation(project, "ashbourne")
    collect_to_release(project, SECOND)
    assert read_release().organisation("ashbourne").board is None
    assert read_release(str(FIRST)).organisation("ashbourne").board is not None


def test_a_real_organisations_board_is_in_no_release_until_somebody_has_approved_its_numbers_and_source(project):
    making.year_of_returns(project)
    making.organisation(project, "ashbourne", invented=False, board_published=PUBLISHED)
    collect_to_release(project, FIRST)
    assert read_release().organisation("ashbourne").board is None
    (text,) = [one for (one, *_) in awaiting(project) if one.field == "board_published"]
    assert text.text == "2026-03-31: 3 of 14 members. Source: Annual report, page 12"
    assert any("a board" in mark for mark in text.marks)
    making.approve_all(project)
    collect_to_release(project, SECOND)
    assert read_release().organisation("ashbourne").board == Board(14, 3, "Annual report, page 12", date(2026, 3, 31))
    assert read_release(str(FIRST)).organisation("ashbourne").board is None
    making.organisation(project, "ashbourne", invented=False, board_published=PUBLISHED | {"bme_members": 4})
    collect_to_release(project, SECOND.next)
    assert read_release().organisation("ashbourne").board is None


def test_voting_and_executive_members_are_approved_with_the_others_and_read_back(project):
    given = {"voting_members": 11, "bme_voting_members": 2, "executives": 6, "bme_executives": 0}
    making.year_of_returns(project)
    making.organisation(project, "ashbourne", invented=False, board_published=PUBLISHED | given)
    collect_to_release(project, FIRST)
    (text,) = [one for (one, *_) in awaiting(project) if one.field == "board_published"]
    assert text.text == (
        "2026-03-31: 3 of 14 members, 2 of 11 voting members, 0 of 6 executives. Source: Annual report, page 12"
    )
    making.approve_all(project)
    collect_to_release(project, SECOND)
    board = read_release().organisation("ashbourne").board
    assert [board.of(seats) for seats in SEATS] == [(14, 3), (11, 2), (6, 0)]
    making.organisation(project, "ashbourne", invented=False, board_published=PUBLISHED | given | {"bme_executives": 1})
    collect_to_release(project, SECOND.next)
    assert read_release().organisation("ashbourne").board is None


def test_no_return_of_staff_is_ever_a_source_for_a_board(project):
    making.year_of_returns(project)
    collect_to_release(project, FIRST)
    (edition,) = read_editions(project)
    assert not [key for key in edition.items if "/board" in key]
    assert not [one for one in edition.numbers if "board" in str(one.cell.key)]


INDICATORS = [
    {
        "indicator": 3,
        "year": "2025-26",
        "value": "1.80",
        "source": "Equality report, page 9",
        "as_of": date(2026, 7, 1),
    },
    {"indicator": 5, "year": "2025-26", "value": "23.4%", "group": "BME", "source": "Equality report, page 9"}
    | {"as_of": date(2026, 7, 1)},
]


def test_what_an_organisation_has_printed_of_indicators_stands_as_printed_once_somebody_has_approved_it(project):
    making.year_of_returns(project)
    making.organisation(project, "ashbourne", invented=False, indicators_published=INDICATORS)
    collect_to_release(project, FIRST)
    assert read_release().organisation("ashbourne").indicators == ()
    texts = [one.text for (one, *_) in awaiting(project) if one.field == "indicators_published"]
    assert sorted(texts) == [
        "indicator 3, 2025-26: 1.80. Source: Equality report, page 9, 2026-07-01",
        "indicator 5, 2025-26, BME: 23.4%. Source: Equality report, page 9, 2026-07-01",
    ]
    making.approve_all(project)
    collect_to_release(project, SECOND)
    ratio, share = read_release().organisation("ashbourne").indicators
    assert (ratio.indicator, str(ratio.year), ratio.value, ratio.group) == (3, "2025-26", "1.80", None)
    assert (share.value, share.group, share.source) == ("23.4%", "BME", "Equality report, page 9")
    assert read_release(str(FIRST)).organisation("ashbourne").indicators == ()


STAFF_COLUMNS = ("person", "grade", "started_on", "left_on", "ethnicity", "work")


def staff_at(project, slug, **grades):
    """Write returns of staff from the year's opening to its end: of each grade so many White and so many BME people."""
    people = [
        {"grade": grade.lstrip("b").replace("_", ""), "ethnicity": code}
        for grade, (white, bme) in grades.items()
        for code, number in (("A", white), ("J", bme))
        for _ in range(number)
    ]
    since = {"started_on": date(2020, 1, 1), "work": "non-clinical"}
    rows = [one | since | {"person": f"P{place}"} for place, one in enumerate(people)]
    for quarter in ("2024-25-Q4", *(f"2025-26-Q{number}" for number in range(1, 5))):
        making.write_rows(project.raw / slug / quarter / "staff.csv", rows, STAFF_COLUMNS)


@pytest.mark.parametrize("approved", [True, False])
def test_beside_the_executives_that_an_organisation_has_printed_no_one_more_is_told(project, approved):
    """Of six BME people at Band 8c and above five are executives, whether or not somebody has approved it here."""
    making.year_of_returns(project)
    staff_at(project, "ashbourne", b5=(60, 60), b8a=(40, 40), b8c=(20, 6))
    key = "ashbourne/2026-03-31/in-post/BME/8c+"
    collect_to_release(project, FIRST)
    (without,) = read_editions(project)
    assert {str(one.cell.key): one.value for one in without.numbers}[key] == 6
    shutil.rmtree(project.processed)
    executives = {"bme_members": 6, "executives": 9, "bme_executives": 5}
    making.organisation(project, "ashbourne", invented=approved, board_published=PUBLISHED | executives)
    collect_to_release(project, FIRST)
    (edition,) = read_editions(project)
    assert {str(one.cell.key): one.value for one in edition.numbers}[key] is None
    assert ("ashbourne/2026-27-Q1/board/executives" in edition.items) is approved
    # Once a report has repeated it, it stays known where the setting is gone.
    again = executives_printed((), [edition])
    assert again == ((Executives("ashbourne", date(2026, 3, 31), 9, 5),) if approved else ())
