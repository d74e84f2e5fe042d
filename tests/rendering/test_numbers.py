import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lt_analysis.codebook.strength import strength_of
from lt_analysis.rendering.numbers import about, evidence, limit, limits, part_of, ratio


@given(st.floats(0.001, 999))
def test_a_printed_e_value_has_the_words_of_the_one_that_it_stands_for(e_value):
    words = [strength_of(value, True, True).words for value in (e_value, float(evidence(e_value)))]
    assert words[0] == words[1]


@given(st.floats(0.9, 1.1))
def test_a_limit_is_seen_on_its_side_of_1(number):
    if abs(number - 1) > 1e-5:
        assert (float(about(number)) > 1) == (number > 1)


@pytest.mark.parametrize(
    ("low", "high", "written"),
    [
        (0.8, 1.3, "0.80 to 1.3"),
        (1.004, 9.0, "1.004 to 9.0"),
        (0.86, 1.243, "0.86 to 1.243"),
        (0.099, 10.0, "0.099 to 10"),
        (0.02, 0.9991, "0.020 to 0.9991"),
        (0.0, math.inf, "less than 0.02 to more than 10"),
    ],
)
def test_limits_are_printed_as_they_are_held_with_two_figures_at_least(low, high, written):
    assert limits(low, high) == written
    assert [limit(low), limit(high)] == written.split(" to ")


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
