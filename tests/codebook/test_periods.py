from datetime import date

import pytest

from lt_analysis.codebook.mistakes import RawDataError
from lt_analysis.codebook.periods import FinancialYear, Quarter, parse_period


def test_the_second_quarter_is_july_to_september():
    quarter = Quarter.parse("2026-27-Q2")
    assert (quarter.first_day, quarter.last_day) == (date(2026, 7, 1), date(2026, 9, 30))
    assert quarter.in_words == "July to September 2026"
    assert str(quarter) == "2026-27-Q2"


def test_the_fourth_quarter_ends_the_year_in_the_next_calendar_year():
    quarter = Quarter.parse("2025-26-Q4")
    assert (quarter.first_day, quarter.last_day) == (date(2026, 1, 1), date(2026, 3, 31))
    assert quarter.next == Quarter.parse("2026-27-Q1")
    assert quarter.next.previous == quarter


def test_a_year_is_complete_in_its_own_fourth_quarter_and_not_before():
    assert Quarter.parse("2026-27-Q4").latest_complete_year == FinancialYear(2026)
    assert Quarter.parse("2026-27-Q3").latest_complete_year == FinancialYear(2025)


def test_a_century_turns():
    assert str(FinancialYear(2099)) == "2099-00"
    assert FinancialYear.parse("2099-00").last_day == date(2100, 3, 31)


@pytest.mark.parametrize("text", ["2026-28", "2026", "2026-27-Q5", "2026-27-Q", "latest", "../2026-27", ""])
def test_anything_else_is_refused_with_what_to_write(text):
    with pytest.raises(RawDataError, match="Name the folder 2026-27-Q2"):
        parse_period(text)
