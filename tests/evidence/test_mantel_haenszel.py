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


def test_berkeley_admissions():
    # R: mantelhaen.test(UCBAdmissions), metafor::rma.mh and statsmodels, men ÷ women; here "White" are men.
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
    tables = [
        np.array(
            [[d.chosen - d.chosen_in_group, d.pool - d.pool_in_group - d.chosen + d.chosen_in_group]]
            + [[d.chosen_in_group, d.pool_in_group - d.chosen_in_group]]
        )
        for d in BERKELEY
    ]
    theirs = StratifiedTable(tables)
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
def test_uninformative_draws_change_no_risk_ratio(some):
    assert risk_ratio([*some, Draw(4, 0, 2, 0), Draw(3, 1, 3, 1)]) == risk_ratio(some)


@pytest.mark.parametrize(
    "strata", [[], [Draw(20, 8, 5, 2)], [Draw(20, 8, 5, 2), Draw(9, 9, 3, 3)], [Draw(3, 1, 1, 0), Draw(3, 1, 0, 0)]]
)
def test_fewer_than_two_strata_that_can_be_compared_give_no_answer(strata):
    found = heterogeneity(strata)
    assert (found.breslow_day, found.tarone, found.p) == (None, None, None)
    assert found.strata == len([one for one in strata if 0 < one.pool_in_group < one.pool and one.chosen])


def test_strata_where_nobody_of_a_group_succeeds_anywhere_give_no_answer():
    assert heterogeneity([Draw(20, 8, 5, 0), Draw(20, 8, 5, 0)]).p is None
