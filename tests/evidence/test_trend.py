from itertools import product
from math import comb

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lt_analysis.evidence.trend import trend


def test_smokers_among_patients():
    # R: prop.trend.test(c(83, 90, 129, 70), c(86, 93, 136, 82)); statsmodels gives 8.2042, by (N-1)/N.
    found = trend([83, 90, 129, 70], [86, 93, 136, 82])
    assert found.statistic == pytest.approx(8.224922, abs=5e-7)
    assert found.slope < 0
    if not found.exact:
        assert found.p == pytest.approx(0.0041319, abs=5e-8)


@given(st.lists(st.integers(0, 5).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n))), min_size=1, max_size=4))
def test_sparse_groups_are_tested_by_counting_every_outcome(groups):
    successful, people = zip(*groups, strict=True)
    found = trend(list(successful), list(people))
    total, n = sum(successful), sum(people)
    if not 0 < total < n or sum(p > 0 for p in people) < 2:
        assert found.p == 1
        return
    middle = total * sum(score * p for score, p in enumerate(people)) / n
    ways = {}
    for outcome in product(*(range(p + 1) for p in people)):
        if sum(outcome) == total:
            score = sum(s * x for s, x in enumerate(outcome))
            chances = 1
            for p, x in zip(people, outcome, strict=True):
                chances *= comb(p, x)
            ways[score] = ways.get(score, 0) + chances
    observed = abs(sum(s * x for s, x in enumerate(successful)) - middle)
    as_far = sum(number for score, number in ways.items() if abs(score - middle) >= observed - 1e-9)
    assert found.exact
    assert found.p == pytest.approx(as_far / comb(n, total))


def test_the_order_turned_round_turns_the_slope():
    up, down = trend([1, 4, 9], [20, 20, 20]), trend([9, 4, 1], [20, 20, 20])
    assert up.slope == pytest.approx(-down.slope)
    assert up.p == pytest.approx(down.p)


def test_impossible_counts_are_refused():
    with pytest.raises(ValueError, match="between nobody and everybody"):
        trend([3], [2])
