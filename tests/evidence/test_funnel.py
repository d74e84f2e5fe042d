import numpy as np
import pytest
from scipy.stats import binom

from lt_analysis.evidence.draws import Draw
from lt_analysis.evidence.funnel import LEVELS, funnel_limits, interpolated_quantiles
from lt_analysis.evidence.null_distribution import NullDistribution


def test_binomial_limits_are_spiegelhalters():
    # Spiegelhalter (2005), A.1, with a share of .3 and 20 people; computed in R.
    found = np.array(interpolated_quantiles(0, binom.pmf(np.arange(21), 20, 0.3), LEVELS)) / 20
    assert found == pytest.approx([0.001477, 0.081177, 0.487255, 0.613700], abs=5e-7)


def test_limits_of_draws_lie_around_the_expected_number():
    null = NullDistribution.of([Draw(5, 2, 1, 0)] * 30)
    lowest, low, high, highest = funnel_limits(null)
    assert lowest < low < null.mean() < high < highest


def test_a_set_that_could_go_one_way_only_has_one_limit():
    assert funnel_limits(NullDistribution.of([Draw(5, 5, 2, 2)])) == (2, 2, 2, 2)
