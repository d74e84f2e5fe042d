import math

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import fisher_exact
from scipy.stats.contingency import odds_ratio as scipys_odds_ratio

from lt_analysis.evidence.draws import Draw
from lt_analysis.evidence.relative_likelihood import RelativeLikelihood
from lt_analysis.evidence.within_vacancy import WithinVacancies
from tests.evidence.strategies import draws, swapped

# Gastwirth (1984): promotions of Black and White employees, 0/7 and 4/20, 0/7 and 4/17, 0/8 and 2/15.
GASTWIRTH = [Draw(27, 7, 4, 0), Draw(24, 7, 4, 0), Draw(23, 8, 2, 0)]
# Berkeley admissions 1973 (R: UCBAdmissions): men admitted and not, women admitted and not, by department.
BERKELEY = [
    Draw(men + men_not + women + women_not, women + women_not, men + women, women)
    for men, men_not, women, women_not in [
        *((512, 313, 89, 19), (353, 207, 17, 8), (120, 205, 202, 391)),
        *((138, 279, 131, 244), (53, 138, 94, 299), (22, 351, 24, 317)),
    ]
]


def of_group(interval):
    """Turn White ÷ group into group ÷ White, as other programs give it."""
    return 1 / interval.high, 1 / interval.low if interval.low else math.inf


def test_gastwirths_promotions():
    # R: mantelhaen.test(exact = TRUE) for p and the interval; mean and sd by BiasedUrn; Agresti (2013) prints
    # the intervals (0, 1.01) and, mid-p, (0, 0.78).
    found = WithinVacancies.from_draws(GASTWIRTH)
    assert (found.observed, found.odds_ratio, found.median_unbiased_odds_ratio) == (0, None, None)
    assert found.expected == pytest.approx(2.899356, abs=5e-7)
    assert found.standard_deviation == pytest.approx(1.353220, abs=5e-7)
    assert found.p_likelihood == pytest.approx(0.0562550, abs=5e-8)
    assert found.p_fewer == pytest.approx(0.0256621, abs=5e-8)
    assert found.mid_p == pytest.approx(0.0256621, abs=5e-8)  # twice half the only point of the lower tail
    assert of_group(found.confidence_interval(mid_p=False)) == pytest.approx((0, 1.00903), abs=5e-6)
    assert of_group(found.confidence_interval()) == pytest.approx((0, 0.77950), abs=5e-6)


def test_berkeley_admissions_within_departments():
    # R: mantelhaen.test(UCBAdmissions, exact = TRUE): p .2277625268, interval .940354-1.299156 (women ÷ men);
    # estimate 1.104887 by clogit(method = "exact"); R's own carries four digits.
    found = WithinVacancies.from_draws(BERKELEY)
    assert found.p_likelihood == pytest.approx(0.2277625268, abs=5e-11)
    assert found.odds_ratio == pytest.approx(1 / 1.104887, abs=1e-6)
    assert of_group(found.confidence_interval(mid_p=False)) == pytest.approx((0.940354, 1.299156), abs=1e-6)


def test_four_small_vacancies_as_in_r():
    # R 4.2.2: mantelhaen.test(m, exact = TRUE) p .763762837, interval .19482873-2.77807587 (to R's 4-5 digits);
    # survival 3.5-3: clogit(method = "exact") coefficient -.318752603720.
    tables = ((3, 9, 1, 2), (2, 4, 3, 1), (5, 2, 4, 6), (1, 7, 2, 2))
    found = WithinVacancies.from_draws([Draw(a + b + c + d, a + c, a + b, a) for a, b, c, d in tables])
    assert found.p_likelihood == pytest.approx(0.763762837, abs=5e-10)
    assert -math.log(found.odds_ratio) == pytest.approx(-0.318752603720, abs=5e-12)
    assert of_group(found.confidence_interval(mid_p=False)) == pytest.approx((0.19482873, 2.77807587), rel=1e-4)


@pytest.mark.parametrize(
    ("draw", "fisher", "central", "mid_p"),
    [
        # Morris (2017), 2 of 10 and 15 of 25: R fisher.test, exact2x2, and mid-p of both
        (Draw(35, 10, 17, 2), 0.0599078, 0.0743154, 0.0418984),
        # 7 of 34 and 1 of 34
        (Draw(68, 34, 8, 1), 0.0544001, 0.0544001, 0.0296563),
    ],
)
def test_a_single_table_has_fishers_p_values(draw, fisher, central, mid_p):
    found = WithinVacancies.from_draws([draw])
    assert (found.p_likelihood, found.p_central, found.mid_p) == pytest.approx((fisher, central, mid_p), abs=5e-8)


@given(draws(most=40))
def test_a_single_table_agrees_with_scipy(draw):
    pool, in_group, chosen, x = draw
    table = [[x, in_group - x], [chosen - x, pool - in_group - chosen + x]]
    found = WithinVacancies.from_draws([draw])
    assert found.p_likelihood == pytest.approx(fisher_exact(table).pvalue, rel=1e-9)
    if found.odds_ratio:
        theirs = scipys_odds_ratio(table)
        assert 1 / found.odds_ratio == pytest.approx(theirs.statistic, rel=1e-9)
        assert of_group(found.confidence_interval(mid_p=False)) == pytest.approx(theirs.confidence_interval(), rel=1e-8)


def test_the_worked_quarter_of_twenty_shortlists():
    # Twenty shortlists of three for one post; on 14 one is BME, on 2 two are, on 4 none. Three BME appointed.
    # By hand, 14/3 + 2 * 2/3 = 6 expected; the method's worked example has 1/odds ratio 2.7 and mid-p 0.11. Its range,
    # 3 to 9, holds the totals with a mid-p value above 0.05; the central one leaves out at most 2.5% on either side.
    mixed = [Draw(3, 1, 1, 1)] * 3 + [Draw(3, 1, 1, 0)] * 11 + [Draw(3, 2, 1, 0)] * 2
    found = WithinVacancies.from_draws([*mixed, *[Draw(3, 0, 1, 0)] * 4])
    assert (found.vacancies, found.informative, found.observed) == (20, 16, 3)
    assert found.expected == pytest.approx(6)
    assert found.chance_range() == (2, 10)
    assert found.null.totals[~found.null.unlikely()][[0, -1]].tolist() == [3, 9]
    assert found.odds_ratio == pytest.approx(2.7, abs=0.05)
    assert found.mid_p == pytest.approx(0.11, abs=0.005)


def test_the_worked_quarter_added_up_would_have_shouted():
    # The same twenty shortlists: 17 of 42 White and 3 of 18 BME people, 2.43, 0.93 to 7.35 (Miettinen-Nurminen).
    pooled = RelativeLikelihood(17, 42, 3, 18)
    assert pooled.ratio == pytest.approx(2.43, abs=0.005)
    assert pooled.confidence_interval() == (pytest.approx(0.93, abs=0.005), pytest.approx(7.35, abs=0.005))


def test_nobody_of_the_group_first_counts_as_unlikely_at_nine_shortlists():
    # 30% of every shortlist in the group, one post each, nobody of the group appointed.
    eight, nine = (WithinVacancies.from_draws([Draw(10, 3, 1, 0)] * number).mid_p for number in (8, 9))
    assert eight > 0.05 >= nine


@pytest.mark.parametrize(
    "some",
    [
        [],
        [Draw(0, 0, 0, 0)],
        [Draw(5, 0, 2, 0)],
        [Draw(5, 5, 2, 2)],
        [Draw(5, 2, 0, 0), Draw(5, 2, 5, 2)],
    ],
)
def test_where_nothing_could_differ_p_is_1_and_every_ratio_fits(some):
    found = WithinVacancies.from_draws(some)
    assert (found.informative, found.odds_ratio, found.could_tell) == (0, None, False)
    assert {found.mid_p, found.p_central, found.p_likelihood, found.p_fewer, found.p_more} == {1.0}
    assert found.chance_range() == (found.observed, found.observed)
    assert found.confidence_interval() == found.confidence_interval(mid_p=False) == (0, math.inf)


def test_a_tail_of_just_one_in_forty_lies_outside():
    # 39 of 40 people are in the group and one is chosen: none of the group has a probability of 1 in 40.
    found = WithinVacancies.from_draws([Draw(40, 39, 1, 1)])
    assert found.chance_range() == (1, 1)
    # One of 39: more than 2.5%.
    assert WithinVacancies.from_draws([Draw(39, 38, 1, 1)]).chance_range() == (0, 1)


@given(st.lists(draws(), min_size=1, max_size=6))
def test_each_tail_beyond_the_chance_range_is_at_most_one_in_forty_and_the_next_total_would_be_more(some):
    found = WithinVacancies.from_draws(some)
    low, high = found.chance_range()
    assert (low <= found.observed <= high) == (found.p_central > 0.05 * (1 + 1e-9))
    assert low <= found.expected + 1e-9
    assert found.expected <= high + 1e-9
    pmf, first = found.null.pmf, found.null.first
    assert max(pmf[: low - first].sum(), pmf[high - first + 1 :].sum()) <= 0.025 * (1 + 1e-8)
    assert min(pmf[: low - first + 1].sum(), pmf[high - first :].sum()) > 0.025


def test_a_p_value_too_small_for_a_number_has_a_logarithm():
    # Of 900 posts with 2 of 4 people chosen, 2 of them in the group: nobody of it, 1 in 6 each time; both tails.
    found = WithinVacancies.from_draws([Draw(4, 2, 2, 0)] * 900)
    assert found.p_central == 0
    assert found.log_p_central == pytest.approx(math.log(2) - 900 * math.log(6))
    small = WithinVacancies.from_draws(GASTWIRTH)
    assert math.exp(small.log_p_central) == pytest.approx(small.p_central)


@given(st.lists(draws(), min_size=1, max_size=6))
def test_intervals_hold_their_estimates_and_the_exact_one_the_mid_p_one(some):
    found = WithinVacancies.from_draws(some)
    exact, mid_p = found.confidence_interval(mid_p=False), found.confidence_interval()
    assert exact.low <= mid_p.low * (1 + 1e-9)
    assert mid_p.high <= exact.high * (1 + 1e-9)
    if found.odds_ratio:
        assert mid_p.holds(found.odds_ratio)
        assert mid_p.holds(found.median_unbiased_odds_ratio)


@given(st.lists(draws(), min_size=1, max_size=6))
def test_swapping_the_groups_inverts_the_ratio_and_its_interval(some):
    found, other = (WithinVacancies.from_draws(one) for one in (some, [swapped(draw) for draw in some]))
    assert other.mid_p == pytest.approx(found.mid_p)
    assert other.p_likelihood == pytest.approx(found.p_likelihood)
    low, high = found.confidence_interval()
    assert other.confidence_interval().low == pytest.approx(1 / high, rel=1e-6, abs=1e-12)
    assert other.confidence_interval().high == pytest.approx(1 / low if low else math.inf, rel=1e-6)
    if found.odds_ratio:
        assert other.odds_ratio == pytest.approx(1 / found.odds_ratio, rel=1e-6)


@given(st.lists(draws(), min_size=1, max_size=6))
def test_the_interval_leaves_out_1_exactly_when_the_mid_p_value_is_at_most_a_twentieth(some):
    found = WithinVacancies.from_draws(some)
    low, high = found.confidence_interval()
    if abs(found.mid_p - 0.05) > 1e-9:
        assert (low <= 1 <= high) == (found.mid_p > 0.05)
