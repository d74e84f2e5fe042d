import pytest
from hypothesis import given
from hypothesis import strategies as st

from lt_analysis.evidence.families import (
    adjusted_however_they_depend,
    adjusted_p_values,
    stands_in_family,
    strictest_level,
)


def test_two_of_five_e_values_stand():
    # By hand: 100 >= 5/(.05 x 1) and 50 >= 5/(.05 x 2), but 20 < 5/(.05 x 3).
    assert stands_in_family((100, 50, 20, 5, 1)) == (True, True, False, False, False)


def test_the_fifteen_p_values_of_benjamini_and_hochberg():
    # Benjamini and Hochberg (1995), section 3.1; adjusted in R. Four are below .05.
    p_values = [*(0.0001, 0.0004, 0.0019, 0.0095, 0.0201, 0.0278, 0.0298, 0.0344, 0.0459)]
    p_values += [*(0.3240, 0.4262, 0.5719, 0.6528, 0.7590, 1.0)]
    found = adjusted_p_values(p_values)
    assert found[:5] == pytest.approx((0.0015, 0.003, 0.0095, 0.035625, 0.0603))
    assert sum(p <= 0.05 for p in found) == 4


def test_a_family_of_nobody_has_nothing_to_stand():
    assert stands_in_family(()) == adjusted_p_values(()) == ()


@given(st.lists(st.floats(0, 1e6), min_size=1, max_size=12))
def test_only_the_largest_stand_and_none_below_twenty(e_values):
    found = stands_in_family(e_values)
    standing = [value for value, stands in zip(e_values, found, strict=True) if stands]
    assert all(value >= 20 for value in standing)
    assert all(value < min(standing, default=1e9) for value, stands in zip(e_values, found, strict=True) if not stands)


def test_adjusted_however_they_depend_as_r_has_it():
    # > p.adjust(c(0.01, 0.02, 0.03), "BY")   # 3 x (1 + 1/2 + 1/3) x 0.01, and so on
    # [1] 0.055 0.055 0.055
    assert adjusted_however_they_depend((0.01, 0.02, 0.03)) == pytest.approx((0.055, 0.055, 0.055))
    assert adjusted_however_they_depend(()) == ()
    assert adjusted_however_they_depend((strictest_level(3, 0.1), 1.0, 1.0))[0] == pytest.approx(0.1)
