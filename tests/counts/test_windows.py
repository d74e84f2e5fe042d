from lt_analysis.codebook.periods import Quarter, parse_period
from lt_analysis.counts.windows import quarter_window, year_window

SECOND = Quarter.parse("2026-27-Q2")


def periods(*names):
    return [parse_period(name) for name in names]


def test_a_year_is_its_four_quarters():
    window = year_window("org", periods(*(f"2025-26-Q{number}" for number in (1, 2, 3, 4))), SECOND)
    assert (str(window.span), len(window.periods), window.missing) == ("2025-26", 4, ())


def test_a_missing_quarter_is_named():
    window = year_window("org", periods("2025-26-Q1", "2025-26-Q2", "2025-26-Q4"), SECOND)
    assert window.missing == ("2025-26-Q3",)


def test_an_organisation_that_sends_years_is_taken_at_the_latest_that_has_ended():
    window = year_window("org", periods("2019-20", "2020-21", "2026-27"), SECOND)
    assert (str(window.span), window.periods, window.missing) == ("2020-21", ("2020-21",), ())


def test_a_quarter_that_was_not_sent_is_missing():
    assert quarter_window("org", periods("2026-27-Q1"), SECOND).missing == ("2026-27-Q2",)


def test_an_organisation_that_went_over_to_quarters_is_taken_at_its_quarters():
    quarters = (f"2025-26-Q{number}" for number in (1, 2, 3, 4))
    window = year_window("org", periods("2020-21", *quarters), SECOND)
    assert (str(window.span), window.missing) == ("2025-26", ())


def test_a_yearly_return_that_could_not_be_used_is_the_one_that_is_missing():
    window = year_window("org", periods("2020-21"), SECOND, sent=periods("2020-21", "2021-22"))
    assert (str(window.span), window.missing) == ("2021-22", ("2021-22",))
