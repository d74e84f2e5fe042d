"""The change of a gap between two years: worked by hand, and asked of invented years whose truth is known."""

import numpy as np
import pytest

from lt_analysis.evidence.gap_change import GapChange
from lt_analysis.evidence.relative_likelihood import RelativeLikelihood

YEARS = GapChange(RelativeLikelihood(80, 200, 40, 200), RelativeLikelihood(80, 200, 70, 200))


def test_a_change_is_worked_by_hand():
    """Each share is of half a success and half a failure more: 80.5, 40.5, 80.5 and 70.5 of 201.

    The change is -30/201, its variance (2 x 0.4005 x 0.5995 + 0.2015 x 0.7985 + 0.3507 x 0.6493) / 201 = 0.004322.
    """
    assert YEARS.change == pytest.approx(-0.15)
    assert YEARS.standard_error == pytest.approx(0.06575, abs=5e-5)
    assert YEARS.p == pytest.approx(0.0232, abs=5e-5)  # of -2.270


def test_the_years_turned_round_change_the_sign_alone():
    turned = GapChange(YEARS.later, YEARS.before)
    assert (turned.change, turned.p) == (pytest.approx(-YEARS.change), pytest.approx(YEARS.p))


def test_nobody_and_everybody_have_a_margin_too_and_a_group_without_people_has_no_gap():
    few = GapChange(RelativeLikelihood(5, 5, 0, 5), RelativeLikelihood(5, 5, 5, 5))
    assert 0 < few.p < 0.01
    with pytest.raises(ValueError, match="both groups in both years"):
        GapChange(RelativeLikelihood(5, 5, 0, 0), YEARS.later)


@pytest.mark.parametrize("shares", [(0.3, 0.3, 0.3, 0.3), (0.4, 0.2, 0.4, 0.2), (0.05, 0.02, 0.05, 0.02)])
@pytest.mark.parametrize("people", [(30, 20, 30, 20), (200, 120, 180, 150)])
def test_where_no_gap_changed_one_in_twenty_is_told_at_most_and_a_little_more(people, shares):
    assert told(people, shares) <= 0.06


def test_power_is_how_often_a_change_of_that_size_is_told():
    people, shares = (800, 500, 800, 500), (0.4, 0.25, 0.4, 0.33)
    expected = GapChange(RelativeLikelihood(320, 800, 125, 500), RelativeLikelihood(320, 800, 165, 500))
    assert told(people, shares) == pytest.approx(expected.power(0.08, 0.05), abs=0.03)


def told(people, shares) -> float:
    """How often a change is told at 5% in 4,000 pairs of years drawn with these shares."""
    drawn = np.random.default_rng(1).binomial(people, shares, size=(4000, 4)).tolist()
    white, group, white_later, group_later = people
    changes = (
        GapChange(RelativeLikelihood(a, white, b, group), RelativeLikelihood(c, white_later, d, group_later))
        for a, b, c, d in drawn
    )
    return float(np.mean([one.p <= 0.05 for one in changes]))
