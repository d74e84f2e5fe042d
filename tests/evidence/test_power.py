import numpy as np
import pytest
from scipy.stats import binom

from lt_analysis.evidence.draws import Draw
from lt_analysis.evidence.null_distribution import NullDistribution
from lt_analysis.evidence.power import minimum_detectable_ratio, power


def shortlists(number, times):
    """Shortlists of three for one post, each person of the group 3 times in 10, drawn `times` over."""
    random = np.random.default_rng(1)
    for _ in range(times):
        groups = random.binomial(3, 0.3, number).tolist()
        yield NullDistribution.of([Draw(3, group, 1, int(group == 3)) for group in groups])


# The printed values were found by simulating such shortlists, people and all; these average exact ones.
@pytest.mark.parametrize(("number", "ratio"), [(20, 7.3), (40, 3.8), (80, 2.4), (160, 1.9), (400, 1.5), (1600, 1.2)])
def test_the_smallest_ratio_that_a_quarter_would_detect(number, ratio):
    found = np.median([minimum_detectable_ratio(null) for null in shortlists(number, times=15)])
    assert found == pytest.approx(ratio, rel=0.06)


@pytest.mark.parametrize(("number", "chance"), [(20, 0.17), (80, 0.59)])
def test_how_often_a_halving_would_be_detected(number, chance):
    assert np.mean([power(null, 2.0) for null in shortlists(number, times=200)]) == pytest.approx(chance, abs=0.01)


@pytest.mark.parametrize(("number", "size"), [(20, 0.042), (80, 0.049), (400, 0.049)])
def test_how_often_equal_chances_would_be_taken_for_unequal(number, size):
    assert np.mean([power(null, 1.0) for null in shortlists(number, times=100)]) == pytest.approx(size, abs=0.004)


def test_the_detectable_ratio_is_detected_8_times_in_10():
    null = NullDistribution.of([Draw(3, 1, 1, 0)] * 30)
    assert power(null, minimum_detectable_ratio(null)) == pytest.approx(0.8)


def test_power_is_the_binomials_where_all_shortlists_are_alike():
    # 40 shortlists of 2 for one post: at odds 3 to 1 the group's total is binomial with a quarter.
    null = NullDistribution.of([Draw(2, 1, 1, 0)] * 40)
    low, high = 13, 27  # totals whose mid-p value is at most 0.05, by the binomial with a half
    assert binom.cdf(low, 40, 0.5) - binom.pmf(low, 40, 0.5) / 2 < 0.025
    assert binom.cdf(low + 1, 40, 0.5) - binom.pmf(low + 1, 40, 0.5) / 2 > 0.025
    assert power(null, 3.0) == pytest.approx(binom.cdf(low, 40, 0.25) + binom.sf(high - 1, 40, 0.25))


def test_too_few_shortlists_detect_nothing():
    assert minimum_detectable_ratio(NullDistribution.of([Draw(10, 3, 1, 0)] * 8)) is None
    assert minimum_detectable_ratio(NullDistribution.of([])) is None
