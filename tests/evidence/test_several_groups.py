import math
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lt_analysis.evidence.draws import Draw
from lt_analysis.evidence.several_groups import GroupedDraw, any_difference
from lt_analysis.evidence.within_vacancy import WithinVacancies
from tests.evidence.strategies import draws as two_groups

# White, Asian and Black people on three shortlists, and those appointed.
SMALL = [GroupedDraw((7, 5, 3), (2, 1, 0)), GroupedDraw((4, 4, 2), (1, 0, 1)), GroupedDraw((6, 2, 2), (1, 0, 0))]
LARGE = [
    GroupedDraw((100, 70, 50), (30, 10, 5)),
    GroupedDraw((52, 59, 44), (12, 9, 4)),
    GroupedDraw((72, 38, 69), (22, 8, 9)),
]


@pytest.mark.parametrize(("some", "statistic"), [(SMALL, 1.204988776), (LARGE, 19.75927672)])
def test_the_statistic_is_rs(some, statistic):
    # R 4.2.2: mantelhaen.test() of the 3 x 2 x 3 arrays.
    found = any_difference(some)
    assert (found.statistic, found.degrees) == (pytest.approx(statistic, rel=1e-9), 2)


def test_a_small_set_is_permuted_exactly():
    found = any_difference(SMALL)
    assert found.exact
    assert found.p == pytest.approx(by_hand(SMALL))
    assert found.p != pytest.approx(0.5474443929, abs=0.001)  # R's, by chi-squared


def test_a_large_set_has_rs_chi_squared_p():
    # R 4.2.2: mantelhaen.test() with four times as many people; M^2 79.35668336, p 5.860236682e-18.
    found = any_difference([GroupedDraw(*(tuple(4 * n for n in part) for part in draw)) for draw in LARGE])
    assert not found.exact
    assert (found.statistic, found.p) == (
        pytest.approx(79.35668336, rel=1e-8),
        pytest.approx(5.860236682e-18, rel=1e-6),
    )


def by_hand(some):
    """Add up, over every outcome of every vacancy, the chances of a statistic at least as large."""
    ways, total = [], 1
    for pool, chosen in some:
        outcomes = [x for x in product(*(range(n + 1) for n in pool)) if sum(x) == sum(chosen)]
        ways.append([(x, math.prod(map(math.comb, pool, x))) for x in outcomes])
        total *= math.comb(sum(pool), sum(chosen))
    observed = any_difference(some).statistic
    likely = {}
    for outcome in product(*ways):
        totals = tuple(map(sum, zip(*(x for x, _ in outcome), strict=True)))
        likely.setdefault(totals, [0, [x for x, _ in outcome]])[0] += math.prod(n for _, n in outcome)
    return (
        sum(
            number
            for number, outcome in likely.values()
            if any_difference([GroupedDraw(one.pool, x) for one, x in zip(some, outcome, strict=True)]).statistic
            >= observed * (1 - 1e-9)
        )
        / total
    )


@given(st.lists(two_groups(), max_size=5))
def test_two_groups_are_compared_as_the_engine_does(some):
    grouped = [
        GroupedDraw((d.pool - d.pool_in_group, d.pool_in_group), (d.chosen - d.chosen_in_group, d.chosen_in_group))
        for d in some
    ]
    found, within = any_difference(grouped), WithinVacancies.from_draws(some)
    assert found.informative == within.informative
    distance = abs(within.null.totals - within.expected)
    as_far = distance >= abs(within.observed - within.expected) - 1e-7
    assert found.p == pytest.approx(within.null.pmf[as_far].sum())
    if within.informative:
        z = (within.observed - within.expected) / within.standard_deviation
        assert found.statistic == pytest.approx(z**2, abs=1e-9)


def test_the_order_of_groups_and_a_group_of_nobody_change_nothing():
    turned = [GroupedDraw((0, *draw.pool[::-1]), (0, *draw.chosen[::-1])) for draw in SMALL]
    assert any_difference(turned).p == pytest.approx(any_difference(SMALL).p)


@pytest.mark.parametrize("some", [[], [Draw(3, 3, 1, 1)], [GroupedDraw((4, 0, 0), (2, 0, 0))]])
def test_where_nothing_could_differ_p_is_1(some):
    some = [GroupedDraw((3, 0), (1, 0)) if isinstance(one, Draw) else one for one in some]
    assert (any_difference(some).p, any_difference(some).informative) == (1, 0)


def test_an_impossible_draw_is_named():
    with pytest.raises(ValueError, match="draw 1 is impossible"):
        any_difference([SMALL[0], GroupedDraw((4, 4), (5, 0))])
