import pytest
from scipy.stats import binom

from lt_analysis.evidence.draws import Draw
from lt_analysis.evidence.null_distribution import NullDistribution
from lt_analysis.evidence.power import minimum_detectable_ratio, power


def shortlists(number):
    """Shortlists of three for one post, 30% of the people BME: those that could go either way, as they fall out."""
    return [Draw(3, 1, 1, 0)] * round(0.441 * number) + [Draw(3, 2, 1, 0)] * round(0.189 * number)


@pytest.mark.parametrize(("number", "ratio"), [(80, 2.4), (160, 1.9), (400, 1.5), (1600, 1.2)])
def test_the_smallest_ratio_that_a_quarter_would_detect(number, ratio):
    # As printed for 80% power with random shortlists; 20 and 40 shortlists (7.3, 3.8) hang on how they fall out.
    assert minimum_detectable_ratio(NullDistribution.of(shortlists(number))) == pytest.approx(ratio, abs=0.065)


def test_a_quarter_detects_a_halving_1_time_in_5_and_the_detectable_ratio_8_times_in_10():
    null = NullDistribution.of(shortlists(20))
    assert 0.1 < power(null, 2.0) < 0.25  # 17% with random shortlists
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


@pytest.mark.parametrize(("number", "size"), [(20, 0.042), (80, 0.049), (400, 0.049)])
def test_the_test_is_wrong_no_more_than_1_time_in_20(number, size):
    # As printed for random shortlists; these fall out as expected, so the size differs in the second digit.
    assert power(NullDistribution.of(shortlists(number)), 1.0) == pytest.approx(size, abs=0.02)
