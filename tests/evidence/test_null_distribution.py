import math
from itertools import product

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import hypergeom

from lt_analysis.evidence.draws import Draw
from lt_analysis.evidence.null_distribution import NullDistribution
from tests.evidence.strategies import draws


@given(st.lists(draws(), max_size=3))
def test_the_distribution_is_that_of_counting_every_choice(some):
    found = NullDistribution.of(some)
    supports = [range(max(0, d.chosen - d.pool + d.pool_in_group), min(d.pool_in_group, d.chosen) + 1) for d in some]
    ways = {}
    for outcome in product(*supports):
        chances = math.prod(
            math.comb(d.pool_in_group, x)
            * math.comb(d.pool - d.pool_in_group, d.chosen - x)
            / math.comb(d.pool, d.chosen)
            for d, x in zip(some, outcome, strict=True)
        )
        ways[sum(outcome)] = ways.get(sum(outcome), 0) + chances
    assert found.pmf == pytest.approx([ways[total] for total in sorted(ways)])
    assert (found.first, found.least, found.most) == (min(ways), min(ways), max(ways))


def test_the_tails_keep_their_relative_accuracy():
    # 400 shortlists of four for one post, one of the group on each: binomial, with exact chances.
    found = NullDistribution.of([Draw(4, 1, 1, 0)] * 400)
    exact = [math.comb(400, k) * 3 ** (400 - k) / 4**400 for k in (0, 1, 200, 399, 400)]
    assert found.log_pmf[[0, 1, 200, 399, 400]] == pytest.approx(np.log(exact), abs=1e-9)


def test_a_far_observed_total_is_reached_by_convolving_again_around_it():
    # 3,000 like shortlists: the chance of nobody, (3/4)^3000, is 1e-375 and no number of the machine.
    found = NullDistribution.of([Draw(4, 1, 1, 0)] * 2990 + [Draw(4, 1, 1, 1)] * 10)
    assert found.first == 0
    logs = [math.lgamma(3001) - math.lgamma(k + 1) - math.lgamma(3001 - k) for k in (0, 10, 300, 750)]
    exact = [
        log + (3000 - k) * math.log(3) - 3000 * math.log(4) for log, k in zip(logs, (0, 10, 300, 750), strict=True)
    ]
    assert found.log_pmf[[0, 10, 300, 750]] == pytest.approx(exact, abs=1e-8)
    assert found.mean(math.log(0.01)) == pytest.approx(3000 * 0.01 / 3.01, rel=1e-9)


def test_no_draws_at_all():
    found = NullDistribution.of([])
    assert (found.first, found.pmf.tolist(), found.mean(), found.standard_deviation()) == (0, [1.0], 0.0, 0.0)


def test_one_draw_of_a_hundred_thousand_people():
    found = NullDistribution.of([Draw(100_000, 40_000, 5_000, 1_800)])
    assert found.mean() == pytest.approx(2_000)
    assert found.fewer(1_800) == pytest.approx(hypergeom.cdf(1_800, 100_000, 40_000, 5_000), rel=1e-9)


def test_fifty_thousand_vacancies():
    found = NullDistribution.of([Draw(3, 1, 1, 0)] * 20_000 + [Draw(4, 2, 1, 1)] * 12_000 + [Draw(6, 2, 2, 0)] * 18_000)
    assert found.mean() == pytest.approx(20_000 / 3 + 6_000 + 12_000)
    assert found.standard_deviation() == pytest.approx(math.sqrt(20_000 * 2 / 9 + 12_000 / 4 + 18_000 * 16 / 45))


@given(st.lists(draws(), min_size=1, max_size=6), st.randoms())
def test_the_order_of_draws_and_uninformative_draws_change_nothing(some, random):
    found = NullDistribution.of(some)
    turned = [*some, Draw(4, 0, 2, 0), Draw(3, 1, 0, 0)]
    random.shuffle(turned)
    again = NullDistribution.of(turned)
    assert again.first == found.first
    assert again.pmf == pytest.approx(found.pmf)


@given(st.lists(draws(), max_size=4), st.lists(draws(), max_size=4))
def test_a_split_set_convolves_to_the_whole(some, others):
    parts = NullDistribution.of(some), NullDistribution.of(others)
    whole = NullDistribution.of([*some, *others])
    assert whole.pmf == pytest.approx(np.convolve(parts[0].pmf, parts[1].pmf))
    assert whole.first == parts[0].first + parts[1].first


@given(st.lists(draws(), min_size=1, max_size=6), st.floats(-3, 3))
def test_tails_at_any_odds_ratio_add_up(some, log_odds_ratio):
    found = NullDistribution.of(some)
    observed = sum(draw.chosen_in_group for draw in some)
    halves = (tail(observed, log_odds_ratio, half=True) for tail in (found.fewer, found.more))
    assert sum(halves) == pytest.approx(1)
