import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from statsmodels.stats.contingency_tables import StratifiedTable

from lt_analysis.evidence.draws import Draw
from lt_analysis.evidence.mantel_haenszel import heterogeneity, odds_ratio, risk_ratio
from tests.evidence.strategies import draws, swapped
from tests.evidence.test_within_vacancy import BERKELEY, of_group


def table(draw):
    white, white_chosen = draw.pool - draw.pool_in_group, draw.chosen - draw.chosen_in_group
    group_not = draw.pool_in_group - draw.chosen_in_group
    return np.array([[white_chosen, white - white_chosen], [draw.chosen_in_group, group_not]], dtype=float)


def test_berkeley_admissions():
    # R: mantelhaen.test(UCBAdmissions), metafor::rma.mh and statsmodels, women ÷ men; here "White" are men.
    shares, odds = risk_ratio(BERKELEY), odds_ratio(BERKELEY)
    assert 1 / shares.ratio == pytest.approx(1.058307, abs=5e-7)
    assert of_group(shares.interval) == pytest.approx((0.970439, 1.154132), abs=5e-7)
    assert 1 / odds.ratio == pytest.approx(1.105343, abs=5e-7)
    assert of_group(odds.interval) == pytest.approx((0.943103, 1.295492), abs=5e-7)
    assert (odds.chi_squared, odds.chi_squared_corrected) == pytest.approx((1.524607, 1.426946), abs=5e-7)
    found = heterogeneity(BERKELEY)
    assert (found.breslow_day, found.tarone) == pytest.approx((18.825514, 18.825501), abs=5e-7)
    assert found.p == pytest.approx(0.0020714, abs=5e-8)


def test_one_department_drives_the_difference_at_berkeley():
    assert heterogeneity(BERKELEY[1:]).p > 0.5


def test_the_pooled_risk_ratio_of_statsmodels_is_ours_and_has_no_interval():
    theirs = StratifiedTable([table(draw) for draw in BERKELEY])
    assert risk_ratio(BERKELEY).ratio == pytest.approx(theirs.riskratio_pooled)
    assert not hasattr(theirs, "riskratio_pooled_confint")


@given(st.lists(draws(), max_size=6))
def test_swapping_the_groups_inverts_the_risk_ratio(some):
    found, other = risk_ratio(some), risk_ratio([swapped(draw) for draw in some])
    if found.ratio is None:
        assert other.ratio is None
        assert found.interval == (0, math.inf)
    else:
        assert other.ratio == pytest.approx(1 / found.ratio)
        assert found.interval.holds(found.ratio)
        assert (other.interval.low, other.interval.high) == pytest.approx(
            (1 / found.interval.high, 1 / found.interval.low)
        )


@given(st.lists(draws(), max_size=6))
def test_a_draw_of_one_group_only_or_with_nobody_successful_changes_no_risk_ratio(some):
    assert risk_ratio([*some, Draw(4, 0, 2, 0), Draw(3, 1, 0, 0)]) == risk_ratio(some)


@given(st.lists(draws(), min_size=1, max_size=6))
def test_the_risk_ratio_is_that_of_statsmodels_where_everybody_succeeds_too(some):
    both = [draw for draw in some if 0 < draw.pool_in_group < draw.pool]
    if risk_ratio(some).ratio is not None:
        assert risk_ratio(some).ratio == pytest.approx(StratifiedTable([table(d) for d in both]).riskratio_pooled)


def test_where_statsmodels_heterogeneity_is_nan_ours_is_a_number():
    # The pooled odds ratio is just 1. By hand, both strata expect a White success short of what there was by .2.
    strata = [Draw(5, 1, 2, 0), Draw(5, 4, 2, 2)]
    with np.errstate(all="ignore"):
        assert np.isnan(StratifiedTable([table(d) for d in strata]).test_equal_odds().statistic)
    assert 0 <= heterogeneity(strata).p <= 1


@given(st.lists(draws(), min_size=2, max_size=5))
def test_heterogeneity_is_a_probability_or_no_answer(some):
    found = heterogeneity(some)
    assert found.p is None or 0 <= found.p <= 1


@given(st.lists(draws(most=40), min_size=2, max_size=4))
def test_heterogeneity_is_that_of_statsmodels_where_that_has_a_value(some):
    informative = [d for d in some if 0 < d.pool_in_group < d.pool and 0 < d.chosen < d.pool]
    found = heterogeneity(some)
    if found.p is not None:
        with np.errstate(all="ignore"):
            theirs = StratifiedTable([table(d) for d in informative])
            statistic = theirs.test_equal_odds(adjust=True).statistic
        # Where the pooled odds ratio is 1 theirs divides rounding errors by one another: see the next test.
        if np.isfinite(statistic) and abs(theirs.oddsratio_pooled - 1) > 1e-9:
            assert found.tarone == pytest.approx(statistic, rel=1e-5, abs=1e-7)


def test_where_the_pooled_odds_ratio_is_one_heterogeneity_is_what_it_is_by_hand():
    # Expected of the group 8/3 and 10/3, variances 40/81 and 80/81: (5/3)² × 81/40 + (5/3)² × 81/80 = 8.4375, and
    # the deviations cancel, so nothing is taken off. statsmodels says 9.375.
    found = heterogeneity([Draw(9, 4, 6, 1), Draw(18, 6, 10, 5)])
    assert found.tarone == pytest.approx(8.4375)


@pytest.mark.parametrize(
    "strata", [[], [Draw(20, 8, 5, 2)], [Draw(20, 8, 5, 2), Draw(9, 9, 3, 3)], [Draw(3, 1, 1, 0), Draw(3, 1, 0, 0)]]
)
def test_fewer_than_two_strata_that_can_be_compared_give_no_answer(strata):
    found = heterogeneity(strata)
    assert (found.breslow_day, found.tarone, found.p) == (None, None, None)
    assert found.strata == len([one for one in strata if 0 < one.pool_in_group < one.pool and one.chosen])


def test_strata_where_nobody_of_a_group_succeeds_anywhere_give_no_answer():
    assert heterogeneity([Draw(20, 8, 5, 0), Draw(20, 8, 5, 0)]).p is None
