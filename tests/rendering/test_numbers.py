import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lt_analysis.codebook.strength import strength_of
from lt_analysis.rendering.numbers import about, evidence, interval, limit, limits, odds, part_of, percentage, ratio


@given(st.floats(0.001, 999))
def test_a_printed_e_value_has_the_words_of_the_one_that_it_stands_for(e_value):
    words = [strength_of(value, True, True).words for value in (e_value, float(evidence(e_value)))]
    assert words[0] == words[1]


@given(st.floats(0.9, 1.1))
def test_a_limit_is_seen_on_its_side_of_1(number):
    if abs(number - 1) > 1e-5:
        assert (float(about(number)) > 1) == (number > 1)


FOUND = {0: "less than 0.02", 0.0199: "less than 0.02", 0.094: "0.094", 0.53: "0.53", 1.94: "1.9", 9.96: "10"}
FOUND |= {11: "more than 10", 1.0204: "1.02", 0.9972: "0.997"}
HELD = {0.0: "less than 0.02", 0.02: "0.020", 0.099: "0.099", 0.8: "0.80", 0.9991: "0.9991", 1.004: "1.004"}
HELD |= {1.243: "1.243", 1.3: "1.3", 9.0: "9.0", 10.0: "10", math.inf: "more than 10"}


def test_limits_have_two_figures_and_more_where_they_were_held_with_more_or_would_meet_1_and_none_above_ten():
    assert {number: about(number) for number in FOUND} == FOUND
    assert {number: limit(number) for number in HELD} == HELD
    assert limits(0.8, 1.243) == "0.80 to 1.243"
    assert (interval(0.5, math.inf), interval(12, math.inf)) == ("0.50 to more than 10", "more than 10")


# Limits and the estimate between them: as they were where two figures do, and else with two decimals.
MARGINS = {
    (0.80, 1.00, 1.34): "0.80 to 1.3",
    (1.06, 1.09, 1.12): "1.06 to 1.12",
    (1.16, 1.20, 1.24): "1.16 to 1.24",
    (1.16, 1.24, 1.33): "1.2 to 1.3",
    (1.16, 1.17, 1.33): "1.16 to 1.33",  # 1.17 is below 1.2
    (0.97, 1.04, 1.04): "0.97 to 1.04",
    (9.96, 9.98, 12.0): "9.96 to more than 10",
    (0.001, 0.30, 0.304): "less than 0.02 to 0.30",
    (0.094, 0.0945, 0.3): "0.09 to 0.30",  # the ratio is written 0.09
    (0.9996, 1.0, 1.0003): "0.9996 to 1.0003",
    (12.0, 13.0, 14.0): "more than 10",
}


def test_limits_have_two_decimals_where_they_would_be_alike_or_leave_the_estimate_outside():
    written = {margin: interval(margin[0], margin[2], margin[1]) for margin in MARGINS}
    assert written == MARGINS
    assert (interval(1.06, 1.12), interval(1.16, 1.24), interval(1.16, 1.33)) == (
        *("1.06 to 1.12", "1.16 to 1.24"),
        "1.2 to 1.3",
    )


def bounds_of(written):
    """The numbers that a written margin lies between; words for beyond a limit leave its side open."""
    low, _, high = written.partition(" to ")
    if not high:
        return (10, math.inf) if "more" in low else (0, 0.02)
    return 0 if "less" in low else float(low), math.inf if "more" in high else float(high)


@given(st.lists(st.floats(0.001, 15), min_size=3, max_size=3).map(sorted))
def test_a_written_margin_holds_its_written_estimate_and_has_two_ends_where_it_is_wide_enough_to_see(found):
    low, estimate, high = found
    written = interval(low, high, estimate)
    least, most = bounds_of(written)
    assert ratio(estimate) == "under 0.01" or least <= float(ratio(estimate)) <= most
    if low >= 0.02 and high <= 10 and round(high, 2) - round(low, 2) > 0.005:
        assert least < most


@given(st.floats(0.5, 9), st.floats(0.001, 0.3))
def test_a_narrow_margin_holds_its_written_estimate(low, width):
    for part in (0, 0.25, 0.5, 1):
        estimate = low + part * width
        least, most = bounds_of(interval(low, low + width, estimate))
        assert least <= float(ratio(estimate)) <= most
        assert least < most or round(low + width, 2) == round(low, 2)


def test_an_odds_ratio_has_two_decimals_and_beyond_a_limit_words():
    assert [odds(number) for number in (0.001, 0.02, 1.204, 9.999, 21.1)] == [
        *("less than 0.02", "0.02", "1.20"),
        *("10.00", "more than 10"),
    ]


def test_a_small_share_is_never_nought_per_cent():
    assert [percentage(share) for share in (0, 0.0004, 0.012, 0.29)] == ["0%", "under 0.1%", "1.2%", "29%"]


@given(st.floats(0, 0.1))
def test_no_ratio_is_printed_as_nothing(number):
    assert ratio(number) not in ("0.00", "0.0", "0")


@pytest.mark.parametrize(
    ("some", "everybody", "written"),
    [
        (10, 10, "100%"),
        (999, 1000, "99%"),
        (9999, 10_000, "99%"),
        (899, 999, "89%"),
        (996, 1000, "99%"),
        (2, 1000, "0.2%"),
        (1, 1001, "under 0.1%"),
        (9, 10, "90%"),
        (0, 3, "0%"),
    ],
)
def test_a_part_is_rounded_down_so_that_it_reaches_nothing_that_it_has_not(some, everybody, written):
    assert part_of(some, everybody) == written
