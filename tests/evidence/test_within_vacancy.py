import math
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lt_analysis.evidence.within_vacancy import Draw, WithinVacancies

# Gastwirth (1984): promotions of Black and White employees, 0/7 and 4/20, 0/7 and 4/17, 0/8 and 2/15.
GASTWIRTH = [Draw(27, 7, 4, 0), Draw(24, 7, 4, 0), Draw(23, 8, 2, 0)]


@st.composite
def draws(draw):
    pool = draw(st.integers(0, 9))
    in_group, chosen = draw(st.integers(0, pool)), draw(st.integers(0, pool))
    least, most = max(0, chosen - (pool - in_group)), min(in_group, chosen)
    return Draw(pool, in_group, chosen, draw(st.integers(least, most)))


def test_gastwirths_promotions():
    # R: mantelhaen.test(exact = TRUE) gives p .0256621 one-sided; mean and sd by BiasedUrn.
    found = WithinVacancies.from_draws(GASTWIRTH)
    assert found.observed == 0
    assert found.expected == pytest.approx(2.899356, abs=5e-7)
    assert found.standard_deviation == pytest.approx(1.353220, abs=5e-7)
    assert found.null_pmf[0] == pytest.approx(0.0256621, abs=5e-8)
    assert found.mid_p == pytest.approx(0.0256621, abs=5e-8)  # twice half the only point of the lower tail


def test_the_worked_quarter_of_twenty_shortlists():
    # Twenty shortlists of three for one post; on 14 one is BME, on 2 two are, on 4 none. Three BME appointed.
    # By hand, 14/3 + 2 * 2/3 = 6 expected; the method's worked example has range 3 to 9 and mid-p 0.11.
    mixed = [Draw(3, 1, 1, 1)] * 3 + [Draw(3, 1, 1, 0)] * 11 + [Draw(3, 2, 1, 0)] * 2
    found = WithinVacancies.from_draws([*mixed, *[Draw(3, 0, 1, 0)] * 4])
    assert (found.vacancies, found.informative, found.observed) == (20, 16, 3)
    assert found.expected == pytest.approx(6)
    assert found.chance_range() == (3, 9)
    assert found.mid_p == pytest.approx(0.11, abs=0.005)


@pytest.mark.parametrize(
    "draw", [Draw(0, 0, 0, 0), Draw(5, 0, 2, 0), Draw(5, 5, 2, 2), Draw(5, 2, 0, 0), Draw(5, 2, 5, 2)]
)
def test_a_draw_that_could_not_go_otherwise_carries_no_information(draw):
    found = WithinVacancies.from_draws([draw])
    assert found.informative == 0
    assert found.mid_p == 1
    assert found.chance_range() == (draw.chosen_in_group, draw.chosen_in_group)
    assert not found.could_tell


def test_no_draws_at_all():
    found = WithinVacancies.from_draws([])
    assert (found.observed, found.expected, found.mid_p) == (0, 0, 1)


@pytest.mark.parametrize(
    "draw", [Draw(5, 6, 1, 0), Draw(5, 2, 6, 2), Draw(5, 2, 1, 2), Draw(5, 2, 5, 1), Draw(-1, 0, 0, 0)]
)
def test_an_impossible_draw_is_named(draw):
    with pytest.raises(ValueError, match="draw 1 is impossible"):
        WithinVacancies.from_draws([Draw(5, 2, 1, 1), draw])


@given(st.lists(draws(), max_size=3))
def test_the_distribution_is_that_of_counting_every_choice(some):
    found = WithinVacancies.from_draws(some)
    ways = {}
    supports = [range(max(0, d.chosen - d.pool + d.pool_in_group), min(d.pool_in_group, d.chosen) + 1) for d in some]
    for outcome in product(*supports):
        chances = math.prod(
            math.comb(d.pool_in_group, x)
            * math.comb(d.pool - d.pool_in_group, d.chosen - x)
            / math.comb(d.pool, d.chosen)
            for d, x in zip(some, outcome, strict=True)
        )
        ways[sum(outcome)] = ways.get(sum(outcome), 0) + chances
    assert found.null_pmf == pytest.approx([ways[total] for total in sorted(ways)])
    assert found.least == min(ways)


@given(st.lists(draws(), min_size=1, max_size=6))
def test_the_order_of_draws_and_uninformative_draws_change_nothing(some):
    found = WithinVacancies.from_draws(some)
    turned = WithinVacancies.from_draws([*reversed(some), Draw(4, 0, 2, 0)])
    assert turned.mid_p == pytest.approx(found.mid_p)
    assert turned.expected == pytest.approx(found.expected)
    assert turned.chance_range() == found.chance_range()


@given(st.lists(draws(), min_size=1, max_size=6))
def test_the_chance_range_and_the_mid_p_value_never_contradict_each_other(some):
    found = WithinVacancies.from_draws(some)
    low, high = found.chance_range()
    assert (low <= found.observed <= high) == (found.mid_p > 0.05)
    assert low <= found.expected + 1e-9
    assert found.expected <= high + 1e-9
    beyond = sum(found.null_pmf[: low - found.least]), sum(found.null_pmf[high - found.least + 1 :])
    assert max(beyond) < 0.05
