from itertools import product
from math import comb

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from statsmodels.stats.contingency_tables import Table

from lt_analysis.evidence.draws import Draw
from lt_analysis.evidence.trend import trend, trend_within
from lt_analysis.evidence.within_vacancy import WithinVacancies


def test_smokers_among_patients():
    # R: prop.trend.test(c(83, 90, 129, 70), c(86, 93, 136, 82))
    smokers, patients = [83, 90, 129, 70], [86, 93, 136, 82]
    found = trend(smokers, patients)
    assert found.statistic == pytest.approx(8.224922, abs=5e-7)
    assert found.slope < 0
    assert (found.exact, found.p) == (False, pytest.approx(0.0041319, abs=5e-8))
    # statsmodels divides by N-1 where Cochran and Armitage divide by N.
    table = Table([[x, n - x] for x, n in zip(smokers, patients, strict=True)])
    theirs = table.test_ordinal_association(row_scores=np.arange(4), col_scores=np.arange(2)).zscore ** 2
    assert theirs == pytest.approx(8.2042, abs=5e-5)
    assert theirs == pytest.approx(found.statistic * (sum(patients) - 1) / sum(patients))


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


BANDS = ([Draw(4, 2, 1, 0)] * 3, [Draw(5, 2, 2, 1)] * 2, [Draw(3, 1, 1, 1)] * 3)


def test_a_change_along_bands_within_vacancies_is_tested_by_counting_every_outcome():
    found = [WithinVacancies.from_draws(band) for band in BANDS]
    pmfs = [dict(zip(one.null.totals.tolist(), one.null.pmf.tolist(), strict=True)) for one in found]
    total = sum(one.observed for one in found)
    ways = {}
    for outcome in product(*pmfs):
        if sum(outcome) == total:
            score = sum(place * count for place, count in enumerate(outcome))
            ways[score] = ways.get(score, 0) + pmfs[0][outcome[0]] * pmfs[1][outcome[1]] * pmfs[2][outcome[2]]
    whole = sum(ways.values())
    mean = sum(score * chance for score, chance in ways.items()) / whole
    own = sum(place * one.observed for place, one in enumerate(found))
    as_far = sum(chance for score, chance in ways.items() if abs(score - mean) >= abs(own - mean) - 1e-9) / whole
    assert trend_within([one.null for one in found], [one.observed for one in found]) == pytest.approx(as_far)


def test_a_group_that_stands_for_lower_bands_shows_no_change_within_vacancies():
    # Fair shortlists: half of 8a's people are of the group and few of VSM's; as many are appointed as expected.
    bands = [
        [Draw(4, 2, 1, number % 2) for number in range(12)],
        [Draw(10, 1, 1, int(number < 1)) for number in range(10)],
    ]
    found = [WithinVacancies.from_draws(band) for band in bands]
    assert trend_within([one.null for one in found], [one.observed for one in found]) > 0.5
    assert trend([one.observed for one in found], [12, 10]).p < 0.1  # pooled, it looks like a fall


def test_where_nothing_could_change_along_bands_p_is_1():
    assert trend_within([], []) == 1
    one = WithinVacancies.from_draws([Draw(4, 2, 1, 0)])
    assert trend_within([one.null], [one.observed]) == 1


def test_impossible_counts_are_refused():
    with pytest.raises(ValueError, match="between nobody and everybody"):
        trend([3], [2])
