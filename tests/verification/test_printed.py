"""What organisations have printed of themselves: which counts it allows, and what an attacker then knows."""

from datetime import date

import pytest

from lt_analysis.codebook.folders import Folders
from lt_analysis.verification import attack, publication_of
from lt_analysis.verification.printed import (
    PrintedBoard,
    PrintedFigure,
    at_least_of,
    counts_that_fit,
    known_of,
    printed_boards,
)

ASKED, YES = (
    f"ashbourne/survey-2025-26/{stage}/BME/no-band" for stage in ("answered-discrimination", "discrimination")
)
STAFF = {f"ashbourne/2026-03-31/in-post/{group}/all": number for group, number in (("White", 40), ("BME", 30))}
EVER = {group: f"ashbourne/2025-03-31/disciplined.ever/{group}/all" for group in ("White", "BME")}


def percentage(value):
    return PrintedFigure("ashbourne", 8, "2025-26", value, "BME")


def ratio(value, indicator=3):
    return PrintedFigure("ashbourne", indicator, "2025-26", value, "")


def test_a_percentage_of_few_with_a_decimal_allows_one_count_and_a_whole_one_of_many_several():
    assert [*counts_that_fit(percentage("23.3%"), {ASKED: 30})] == [{YES: 7}]  # 6 are 20.0% and 8 are 26.7%
    assert [*counts_that_fit(percentage("23%"), {ASKED: 300})] == [{YES: some} for some in (68, 69, 70)]
    assert [*counts_that_fit(percentage("23.3%"), {})] == []  # of how many is not known


def test_a_ratio_allows_every_pair_of_counts_that_would_print_so():
    """By hand: of every pair of 1 to 40 White and 0 to 30 BME staff the ratio to two decimals."""
    pairs = [
        (white, bme)
        for white in range(1, 41)
        for bme in range(31)
        if abs((bme / 30) / (white / 40) - 2.67) <= 0.005 + 1e-12
    ]
    found = [(one[EVER["White"]], one[EVER["BME"]]) for one in counts_that_fit(ratio("2.67"), STAFF)]
    assert found == pairs and (2, 4) in pairs and len(pairs) > 1
    assert [*counts_that_fit(ratio("40.00"), STAFF)] == [{EVER["White"]: 1, EVER["BME"]: 30}]  # all of them for one
    # Indicator 4 divides the other way round: of White staff 4 of 40, of BME staff 2 of 30.
    training = [*counts_that_fit(ratio("1.50", 4), STAFF)]
    assert {key.replace("disciplined", "trained"): n for key, n in zip(EVER.values(), (4, 2), strict=True)} in training
    assert [*counts_that_fit(ratio("1.50", 2), STAFF)] == []  # of all posts, and not of those counted here


def test_where_one_count_fits_an_attacker_knows_it_and_it_is_no_secret_of_the_pages():
    publication = publication_of({ASKED: 30, YES: None})
    known = known_of([percentage("6.7%")], publication)
    assert known == {YES: 2}
    assert not attack(publication, known=known).succeeded
    assert known_of([ratio("2.67")], publication_of(STAFF)) == {}
    # What the pages show is what they show, whatever was printed elsewhere of other people.
    assert known_of([percentage("6.7%")], publication_of({ASKED: 30, YES: 9})) == {}


@pytest.mark.parametrize(
    ("as_of", "release", "known"),
    [
        pytest.param(date(2026, 3, 31), "2026-27-Q2", (6, 3, 9), id="of the day itself"),
        pytest.param(date(2026, 9, 30), "2026-27-Q2", (6, 3, 9), id="nearer than the other"),
        pytest.param(date(2024, 3, 31), "2026-27-Q2", (5, 1, 6), id="of more than a year before: the other says more"),
        pytest.param(date(2026, 3, 31), "2026-27-Q3", (5, 1, 6), id="printed after the staff were published"),
    ],
)
def test_a_board_is_known_that_was_printed_of_a_near_day_when_the_staff_were_published(as_of, release, known):
    other = PrintedBoard("ashbourne", date(2027, 3, 1), 6, 1, "2026-27-Q1")
    publication = publication_of({key: 40 for key in STAFF if key.endswith("all")}, release="2026-27-Q2")
    found = at_least_of([other, PrintedBoard("ashbourne", as_of, 9, 3, release)], publication)
    assert found == {
        f"ashbourne/2026-03-31/in-post/{group}/8c+": number
        for group, number in zip(("White", "BME", "known"), known, strict=True)
    }
    assert at_least_of([PrintedBoard("beeches", as_of, 9, 3, release)], publication) == {}


def test_boards_are_read_from_what_reports_repeat_and_those_without_executives_say_nothing(tmp_path):
    rows = {
        "ashbourne/2026-27-Q2/board/members": ("14", ""),
        "ashbourne/2026-27-Q2/board/executives": ("6.0", ""),
        "ashbourne/2026-27-Q2/board/bme_executives": ("0.0", ""),
        "ashbourne/2026-27-Q2/board/as_of": ("", "2026-03-31"),
        "beeches/2026-27-Q2/board/members": ("9", ""),
        "beeches/2026-27-Q2/board/as_of": ("", "2026-03-31"),
    }
    data = tmp_path / "reports" / "2026-27-Q2" / "data"
    data.mkdir(parents=True)
    lines = ["key,number,words", *(f"{key},{number},{words}" for key, (number, words) in rows.items())]
    (data / "items.csv").write_text("\n".join(lines) + "\n", encoding="utf-8")
    assert printed_boards(Folders(tmp_path)) == [PrintedBoard("ashbourne", date(2026, 3, 31), 6, 0, "2026-27-Q2")]
