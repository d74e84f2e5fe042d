from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from lt_analysis.evidence.four_fifths import impact_ratios


def test_the_rates_of_the_guidance():
    # EEOC, Uniform Guidelines questions and answers, 11: rates of 60, 45, 48 and 51% give .75, .80, .85.
    found = impact_ratios({"White": (48, 80), "Black": (9, 20), "Asian": (24, 50), "Mixed": (51, 100)})
    assert [one.ratio for one in found] == [1, Fraction(3, 4), Fraction(4, 5), Fraction(17, 20)]
    assert [one.below for one in found] == [False, True, False, False]
    assert {one.highest for one in found} == {"White"}


def test_four_fifths_exactly_is_not_below():
    # A float of 0.8 * 55 is 44.00000000000001.
    (_, group) = impact_ratios({"White": (55, 100), "BME": (44, 100)})
    assert not group.below


def test_one_person_can_change_the_answer():
    (_, group) = impact_ratios({"White": (5, 20), "BME": (4, 20)})
    assert (group.below, group.one_person) == (False, True)
    (_, group) = impact_ratios({"White": (500, 2000), "BME": (300, 2000)})
    assert (group.below, group.one_person) == (True, False)


def test_where_nobody_succeeds_there_are_no_ratios_and_groups_of_nobody_are_left_out():
    assert impact_ratios({"White": (0, 20), "BME": (0, 5)}) == ()
    assert [one.group for one in impact_ratios({"White": (2, 20), "BME": (0, 0)})] == ["White"]


@given(st.integers(1, 50), st.integers(1, 50), st.integers(1, 9))
def test_ratios_do_not_depend_on_how_many_times_the_same_people_are_counted(one, other, times):
    alone = impact_ratios({"White": (one, 100), "BME": (other, 100)})
    together = impact_ratios({"White": (one * times, 100 * times), "BME": (other * times, 100 * times)})
    assert [ratio.ratio for ratio in alone] == [ratio.ratio for ratio in together]
