import math
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.integrate import quad
from scipy.stats import nchypergeom_fisher, norm

from lt_analysis.codebook.periods import Quarter
from lt_analysis.codebook.protocol import declared_protocol
from lt_analysis.codebook.strength import STRONG
from lt_analysis.evidence.draws import Draw
from lt_analysis.evidence.sequential import DatedDraw, e_processes
from tests.evidence.strategies import draws
from tests.evidence.test_within_vacancy import GASTWIRTH

PROTOCOL = declared_protocol()
AT_ONCE = replace(PROTOCOL, later_starts=0, lag_in_quarters=0)
FIRST = Quarter.parse("2022-23-Q1")
QUARTERS = [FIRST]
while len(QUARTERS) < 20:
    QUARTERS.append(QUARTERS[-1].next)


def process(some, protocol=AT_ONCE, quarter=FIRST, **options):
    (found,) = e_processes([DatedDraw(quarter, draw) for draw in some], [quarter], protocol, **options)
    return found


def test_gastwirths_promotions():
    # R: integrate() over BiasedUrn's dFNCHypergeo, prior normal with sd .5, two-sided.
    assert process(GASTWIRTH).e_value == pytest.approx(1.780960, abs=5e-7)


@pytest.mark.parametrize("one_sided", [False, True])
def test_it_is_the_average_likelihood_ratio(one_sided):
    some = [Draw(6, 2, 2, 0), Draw(5, 3, 1, 1), Draw(8, 3, 3, 1)]

    def ratio(theta):
        chances = (nchypergeom_fisher.pmf(d[3], *d[:3], math.exp(theta)) for d in some)
        equal = (nchypergeom_fisher.pmf(d[3], *d[:3], 1.0) for d in some)
        return math.prod(chances) / math.prod(equal)

    below = quad(lambda theta: ratio(theta) * norm.pdf(theta, 0, 0.5), -3.9, 0)[0]
    above = quad(lambda theta: ratio(theta) * norm.pdf(theta, 0, 0.5), 0, 3.9)[0]
    expected = 2 * below if one_sided else below + above
    assert process(some, one_sided=one_sided).e_value == pytest.approx(expected, rel=1e-4 if one_sided else 1e-8)


def test_at_the_limits_of_the_interval_the_average_likelihood_ratio_is_40():
    # 30 of 100 shortlists of one and one: the likelihood at odds x to 1 is (x/(1+x))^30 (1/(1+x))^70.
    found = process([Draw(2, 1, 1, 1)] * 30 + [Draw(2, 1, 1, 0)] * 70).confidence_interval()

    def chances(theta, own):
        return math.exp(30 * (theta - own) - 100 * (math.log1p(math.exp(theta)) - math.log1p(math.exp(own))))

    for ratio in found:
        average = quad(lambda theta, own: chances(theta, own) * norm.pdf(theta, 0, 0.5), -3.9, 3.9, -math.log(ratio))[0]
        assert average == pytest.approx(40, rel=1e-6)


def test_the_worked_quarter_is_too_little_to_tell():
    mixed = [Draw(3, 1, 1, 1)] * 3 + [Draw(3, 1, 1, 0)] * 11 + [Draw(3, 2, 1, 0)] * 2
    assert process(mixed).e_value == pytest.approx(1.4, abs=0.05)


def test_an_e_value_of_20_is_first_possible_at_26_shortlists():
    # 30% of every shortlist in the group, one post each, nobody of the group appointed.
    assert process([Draw(10, 3, 1, 0)] * 26).e_value >= 20 > process([Draw(10, 3, 1, 0)] * 25).e_value


@given(st.lists(draws(most=6), max_size=4))
def test_equal_chances_give_it_a_mean_of_1(some):
    # Over every outcome of the draws, with the chances that they have: an e-value at any look.
    margins = [draw[:3] for draw in some]
    total, outcomes = 0.0, [()]
    for pool, group, chosen in margins:
        outcomes = [(*o, x) for o in outcomes for x in range(max(0, chosen - pool + group), min(group, chosen) + 1)]
    for outcome in outcomes[:400]:
        some = [Draw(*margin, x) for margin, x in zip(margins, outcome, strict=True)]
        chances = math.prod(nchypergeom_fisher.pmf(d[3], *d[:3], 1.0) for d in some if d[0])
        total += chances * process(some, replace(AT_ONCE, later_starts=2)).e_value
    if len(outcomes) <= 400:
        assert total == pytest.approx(1)


@st.composite
def paths(draw):
    """Draws of several quarters at an odds ratio that is anything, and changes."""
    seed, per_quarter = draw(st.integers(0, 10_000)), draw(st.integers(1, 40))
    random = np.random.default_rng(seed)
    dated = []
    for quarter in QUARTERS[: draw(st.integers(1, 12))]:
        odds = math.exp(random.normal(0, 1.5))
        for _ in range(per_quarter):
            pool = int(random.integers(2, 8))
            group, chosen = int(random.integers(0, pool + 1)), int(random.integers(0, 3))
            x = int(nchypergeom_fisher.rvs(pool, group, min(chosen, pool), odds, random_state=random))
            dated.append(DatedDraw(quarter, Draw(pool, group, min(chosen, pool), x)))
    return dated


@given(paths())
def test_along_any_path_the_interval_leaves_out_1_exactly_when_e_is_strong(dated):
    for found in e_processes(dated, QUARTERS[:14], PROTOCOL):
        interval = found.confidence_interval()
        assert (interval is not None and interval.holds(1.0)) == (found.e_value < STRONG)


def test_draws_enter_after_the_lag_and_none_before_the_start():
    dated = [DatedDraw(FIRST.previous, Draw(3, 1, 1, 0)), DatedDraw(FIRST, Draw(3, 1, 1, 0))]
    found = e_processes(dated, [FIRST, FIRST.next, FIRST.next.next], PROTOCOL)
    assert [one.informative for one in found] == [0, 0, 1]
    assert found[0].e_value == found[1].e_value == pytest.approx(1, abs=1e-12)


def test_a_later_start_counts_only_what_came_after_it():
    dated = [DatedDraw(quarter, Draw(3, 1, 1, 0)) for quarter in QUARTERS[:8]]
    (found,) = e_processes(dated, [QUARTERS[9]], PROTOCOL)
    assert found.times.sum(axis=1).tolist() == [8, 4]
    # By hand: half of the evidence of all eight, a twentieth of the last four's, and nine twentieths of 1.
    alone = [process([Draw(3, 1, 1, 0)] * number).e_value for number in (8, 4)]
    assert found.e_value == pytest.approx(0.5 * alone[0] + 0.05 * alone[1] + 0.45)


def test_a_change_of_direction_is_seen_by_later_starts_and_may_leave_no_single_ratio():
    dated = [DatedDraw(quarter, Draw(4, 2, 1, int(place >= 8))) for place, quarter in enumerate(QUARTERS[:16])] * 40
    (found,) = e_processes(dated, [QUARTERS[17]], PROTOCOL)
    assert found.e_value > 1e6
    assert found.confidence_interval() is None


@given(st.lists(draws(), min_size=1, max_size=8))
def test_uninformative_draws_and_the_order_change_nothing(some):
    found = process(some)
    again = process([*reversed(some), Draw(4, 0, 2, 0), Draw(3, 1, 0, 0)])
    assert again.e_value == pytest.approx(found.e_value)
    assert again.confidence_interval() == pytest.approx(found.confidence_interval())


def test_nothing_yet_is_no_evidence_either_way():
    found = process([])
    assert found.e_value == pytest.approx(1)
    assert found.confidence_interval() == (0, math.inf)
    assert not found.could_reach()


def test_an_impossible_draw_is_named():
    with pytest.raises(ValueError, match="draw 0 is impossible"):
        process([Draw(3, 4, 1, 0)])
