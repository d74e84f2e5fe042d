import math
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lt_analysis.evidence.draws import Draw
from lt_analysis.evidence.relative_likelihood import RelativeLikelihood
from lt_analysis.evidence.unknown_ethnicity import (
    DrawWithUnknown,
    unknown_bounds,
    weaker_of_both_ends,
    within_vacancy_bounds,
)
from lt_analysis.evidence.within_vacancy import WithinVacancies
from tests.evidence.strategies import draws, tables


def test_five_people_of_unknown_ethnicity():
    # White 16 of 40, BME 4 of 18, unknown 1 of 5: 1.800, and 1.381818 to 2.280488 by enumeration.
    known = RelativeLikelihood(16, 40, 4, 18)
    found = unknown_bounds(known, 1, 5)
    assert known.ratio == pytest.approx(1.8)
    assert (found.low, found.high) == pytest.approx((1.381818, 2.280488), abs=5e-7)
    assert found.tipping is None


def every_assignment(known, successful, failed):
    for some, others in product(range(successful + 1), range(failed + 1)):
        yield RelativeLikelihood(
            known.white_successful + successful - some,
            known.white_people + successful - some + failed - others,
            known.group_successful + some,
            known.group_people + some + others,
        )


@given(tables(most=12), st.integers(0, 4), st.integers(0, 4))
def test_the_bounds_are_the_extremes_of_every_assignment(table, successful, failed):
    known = RelativeLikelihood(*table)
    found = unknown_bounds(known, successful, successful + failed)
    ratios = [one.ratio for one in every_assignment(known, successful, failed) if one.ratio is not None]
    if ratios and found.low is not None:
        assert found.low <= min(ratios) * (1 + 1e-9)
        assert max(ratios) <= found.high * (1 + 1e-9)
    if found.low is not None and math.isfinite(found.high):
        assert (found.low, found.high) == pytest.approx((min(ratios), max(ratios)))


@pytest.mark.parametrize(
    ("known", "unknown", "tipping"),
    [
        # White 10 of 20, BME 4 of 10. One more BME success makes 5 of 11; a second 6 of 12, as White's.
        ((10, 20, 4, 10), (2, 2), 2),
        # The other way round: 5 of 20 and 6 of 10; White successes and BME failures would be needed.
        ((5, 20, 6, 10), (1, 1), None),
        ((10, 20, 5, 10), (3, 3), 0),
        ((10, 20, 4, 10), (0, 0), None),
        # Two White failures make 10 of 22, still above 4 of 9; a third, 10 of 23, is below.
        ((10, 20, 4, 9), (0, 3), 3),
    ],
)
def test_the_tipping_point_is_the_fewest_who_would_bring_the_ratio_to_1(known, unknown, tipping):
    assert unknown_bounds(RelativeLikelihood(*known), *unknown).tipping == tipping


@given(tables(most=9), st.integers(0, 4), st.integers(0, 4))
def test_no_fewer_than_the_tipping_point_close_the_gap(table, successful, failed):
    known = RelativeLikelihood(*table)
    gap = known.white_successful * known.group_people - known.group_successful * known.white_people
    if not known.white_people or not known.group_people or not known.white_successful + known.group_successful:
        assert unknown_bounds(known, successful, successful + failed).tipping is None
        return

    def closes(some, others):
        x1, n1, x2, n2 = table
        if gap > 0:
            return x1 * (n2 + some) <= (x2 + some) * (n1 + others)
        return x2 * (n1 + some) <= (x1 + some) * (n2 + others)

    tried = [s + f for s, f in product(range(successful + 1), range(failed + 1)) if closes(s, f)]
    expected = 0 if not gap else min(tried, default=None)
    assert unknown_bounds(known, successful, successful + failed).tipping == expected


def test_twenty_thousand_unknown_people_are_counted_at_once():
    # 8,000 successes and 1,000 failures: 12,000 of 28,000 beside 9,000 of 21,000.
    assert unknown_bounds(RelativeLikelihood(9_000, 20_000, 4_000, 20_000), 20_000, 40_000).tipping == 9_000


def test_impossible_unknowns_are_refused():
    with pytest.raises(ValueError, match="between nobody and everybody"):
        unknown_bounds(RelativeLikelihood(1, 2, 1, 2), 3, 2)


@st.composite
def with_unknown(draw):
    unknown = draw(st.integers(0, 3))
    return DrawWithUnknown(draw(draws(most=5)), unknown, draw(st.integers(0, unknown)))


@given(st.lists(with_unknown(), min_size=1, max_size=2))
def test_within_vacancies_no_assignment_is_further_out(some):
    worst, best = within_vacancy_bounds(some)
    distances = []
    ranges = [product(range(one.unknown_chosen + 1), range(one.unknown - one.unknown_chosen + 1)) for one in some]
    for assigned in product(*ranges):
        counted = [
            Draw(
                one.draw.pool + one.unknown,
                one.draw.pool_in_group + chosen + others,
                one.draw.chosen + one.unknown_chosen,
                one.draw.chosen_in_group + chosen,
            )
            for one, (chosen, others) in zip(some, assigned, strict=True)
        ]
        found = WithinVacancies.from_draws(counted)
        distances.append(found.observed - found.expected)
    assert worst.observed - worst.expected == pytest.approx(min(distances), abs=1e-9)
    assert best.observed - best.expected == pytest.approx(max(distances), abs=1e-9)


@pytest.mark.parametrize("unread", [(0, 0), (1, 0), (1, 1), (3, 3), (9, 2)])
def test_a_count_outside_its_range_stays_so_only_where_it_is_at_both_ends(unread):
    # 20 posts of 4 and 4 people, of whom one each is chosen: 3 of the group, where 10 are expected.
    draws = [DrawWithUnknown(Draw(8, 4, 1, int(place < 3)), 0, 0) for place in range(20)]
    draws[-1] = draws[-1]._replace(unknown=unread[0], unknown_chosen=unread[1])
    known = WithinVacancies.from_draws(one.draw for one in draws)
    weaker = weaker_of_both_ends(draws)
    worst, best = within_vacancy_bounds(draws)
    places = {_place(one.observed, *one.chance_range()) for one in (known, worst, best)}
    assert _place(known.observed, weaker.low, weaker.high) == (places.pop() if len(places) == 1 else 0)
    assert weaker.p == max(known.p_central, worst.p_central, best.p_central)
    assert weaker.low <= known.chance_range().low and weaker.high >= known.chance_range().high
    assert weaker.changed == (not weaker.low > known.observed)
    if unread == (0, 0):
        assert (weaker.low, weaker.high) == known.chance_range()


def _place(observed, low, high):
    return -1 if observed < low else 1 if observed > high else 0
