import numpy as np
import pytest
from scipy.stats import binom

from lt_analysis.evidence.draws import Draw
from lt_analysis.evidence.funnel import (
    DEVIATIONS,
    LEVELS,
    FunnelPlace,
    ShareFunnel,
    funnel_limits,
    interpolated_quantiles,
    share_limits,
)
from lt_analysis.evidence.null_distribution import NullDistribution
from lt_analysis.evidence.relative_likelihood import Share


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


# UK Health Security Agency's PHEindicatormethods 2.1.0, tests/testthat: the limits of a funnel of proportions for some
# numbers of people about 80.642448%, as printed, and where it puts some primary care trusts.
BASELINE = 0.806424478571495  # of the 303 trusts' 12,804,440 people, as printed 80.642448
PRINTED = """people low high lowest highest
1 3.204264 100 0 100
2 25.885383 100 0 100
3 35.933491 100 10.150815 100
10 56.154344 100 42.03259 100
58842 80.323212 80.961684 80.139116 81.14578
99108 80.396467 80.888428 80.254616 81.03028
110000 80.408963 80.875933 80.274317 81.010578"""
TRUSTS = {
    (35078.488, 41980): FunnelPlace.ABOVE_OUTER,
    (24803.6256, 31824): FunnelPlace.BELOW_OUTER,
    (26789.238, 33012): FunnelPlace.ABOVE_INNER,
    (36850.0492, 45449): FunnelPlace.ABOVE_INNER,
    (30277.5312, 37828): FunnelPlace.BELOW_INNER,
    (50050.7443, 61921): FunnelPlace.WITHIN,
    (24648.7596, 30521): FunnelPlace.WITHIN,
}


def test_limits_of_shares_are_the_printed_ones():
    for people, *printed in (map(float, row.split()) for row in PRINTED.splitlines()[1:]):
        inner, outer = (share_limits(BASELINE, people, one) for one in DEVIATIONS)
        assert [round(100 * limit, 6) for limit in (*inner, *outer)] == printed


def test_a_share_lies_where_the_printed_label_says():
    for (some, people), place in TRUSTS.items():
        rest = Share(BASELINE * 12_804_440 - some, 12_804_440 - people)
        assert ShareFunnel({"own": Share(some, people), "rest": rest}).place("own") == place


def test_a_share_on_a_limit_is_within_it_and_the_order_given_is_kept():
    funnel = ShareFunnel({"Cedars": Share(20, 40), "Ashbourne": Share(10, 20), "Beeches": Share(0, 1)})
    assert list(funnel.shares) == ["Cedars", "Ashbourne", "Beeches"]
    assert funnel.place("Beeches") == FunnelPlace.WITHIN  # of one person any share is
    with pytest.raises(ValueError, match="somebody"):
        ShareFunnel({"Ashbourne": Share(0, 0)})
