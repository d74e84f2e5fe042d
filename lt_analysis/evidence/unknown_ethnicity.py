"""How far people of unknown ethnicity could move a comparison, whoever they are.

Nothing is assumed of them: appointed people fill in staff records, so what is missing differs by stage and
is never missing at random. The extremes are corners: all the unknown who succeeded in one group and all who
did not in the other (Horowitz and Manski 2000, JASA 95:77-84).
"""

import math
from collections.abc import Iterable
from dataclasses import dataclass
from typing import NamedTuple

from lt_analysis.evidence.draws import Draw
from lt_analysis.evidence.relative_likelihood import RelativeLikelihood
from lt_analysis.evidence.within_vacancy import WithinVacancies


@dataclass(frozen=True)
class UnknownBounds:
    """The least and greatest relative likelihood, White ÷ group, over every assignment of the unknown.

    `tipping` is the fewest people of unknown ethnicity who, counted in the groups that narrow the gap most,
    would bring the ratio to 1 or past it; 0 where it is 1 already, None where all of them could not, or where
    there is no ratio.
    `low` is None and `high` infinite where that corner has no ratio.
    """

    unknown_successful: int
    unknown_people: int
    low: float | None
    high: float
    tipping: int | None


def unknown_bounds(known: RelativeLikelihood, unknown_successful: int, unknown_people: int) -> UnknownBounds:
    """Return the bounds of a relative likelihood.

    Raises `ValueError` where more unknown people succeeded than there were.

    >>> bounds = unknown_bounds(RelativeLikelihood(16, 40, 4, 18), unknown_successful=1, unknown_people=5)
    >>> round(bounds.low, 6), round(bounds.high, 6)  # 16/44 ÷ 5/19, and 17/41 ÷ 4/22
    (1.381818, 2.280488)
    """
    if not 0 <= unknown_successful <= unknown_people:
        raise ValueError("the successful must be between nobody and everybody")
    failed = unknown_people - unknown_successful
    lowest = _with(known, group_successful=unknown_successful, white_failed=failed).ratio
    highest = _with(known, white_successful=unknown_successful, group_failed=failed).ratio
    return UnknownBounds(
        unknown_successful,
        unknown_people,
        lowest,
        math.inf if highest is None else highest,
        _tipping(known, unknown_successful, failed),
    )


def _with(
    known: RelativeLikelihood,
    white_successful: int = 0,
    white_failed: int = 0,
    group_successful: int = 0,
    group_failed: int = 0,
) -> RelativeLikelihood:
    return RelativeLikelihood(
        known.white_successful + white_successful,
        known.white_people + white_successful + white_failed,
        known.group_successful + group_successful,
        known.group_people + group_successful + group_failed,
    )


def _tipping(known: RelativeLikelihood, successful: int, failed: int) -> int | None:
    """Return the fewest of the unknown who, counted where they narrow the gap, close it."""
    white, group = (known.white_successful, known.white_people), (known.group_successful, known.group_people)
    if not white[1] or not group[1] or not white[0] + group[0]:
        return None
    likelier, other = (white, group) if white[0] * group[1] >= group[0] * white[1] else (group, white)
    if likelier[0] * other[1] == other[0] * likelier[1]:
        return 0
    needed = ((some, _failures_to_close(likelier, other, some)) for some in range(successful + 1) if other[0] + some)
    return min((some + failures for some, failures in needed if failures <= failed), default=None)


def _failures_to_close(likelier: tuple[int, int], other: tuple[int, int], some: int) -> int:
    """Return how many failures, counted in the likelier group, close the gap beside `some` successes in the other.

    The shares are level or past it where x1 (n2 + some) <= (x2 + some) (n1 + failures).
    """
    (x1, n1), (x2, n2) = likelier, other
    return max(0, -(-x1 * (n2 + some) // (x2 + some)) - n1)


class DrawWithUnknown(NamedTuple):
    """A draw of two groups, and how many people of unknown ethnicity were there, and succeeded, beside them."""

    draw: Draw
    unknown: int
    unknown_chosen: int


def within_vacancy_bounds(draws: Iterable[DrawWithUnknown]) -> tuple[WithinVacancies, WithinVacancies]:
    """Return the comparison with the unknown counted so that the group does worst, and best, within each vacancy.

    Observed less expected is linear in how each vacancy's unknown are counted, so these are its extremes.

    >>> worst_case, best_case = within_vacancy_bounds([DrawWithUnknown(Draw(3, 1, 1, 0), 1, 1)])
    >>> (worst_case.observed, worst_case.expected), (best_case.observed, best_case.expected)  # of 4 people 2 succeeded
    ((0, 0.5), (1, 1.0))
    """
    draws = list(draws)
    return WithinVacancies.from_draws(map(worst, draws)), WithinVacancies.from_draws(map(best, draws))


def worst(draw: DrawWithUnknown) -> Draw:
    """Return a draw with the unknown counted so that the group does worst.

    >>> worst(DrawWithUnknown(Draw(3, 1, 1, 0), unknown=2, unknown_chosen=1))
    Draw(pool=5, pool_in_group=2, chosen=2, chosen_in_group=0)
    """
    return _counted(draw, draw.unknown - draw.unknown_chosen, 0)


def best(draw: DrawWithUnknown) -> Draw:
    """Return a draw with the unknown counted so that the group does best.

    >>> best(DrawWithUnknown(Draw(3, 1, 1, 0), unknown=2, unknown_chosen=1))
    Draw(pool=5, pool_in_group=2, chosen=2, chosen_in_group=1)
    """
    return _counted(draw, draw.unknown_chosen, draw.unknown_chosen)


def _counted(draw: DrawWithUnknown, in_group: int, chosen_in_group: int) -> Draw:
    pool, group, chosen, group_chosen = draw.draw
    return Draw(pool + draw.unknown, group + in_group, chosen + draw.unknown_chosen, group_chosen + chosen_in_group)


class Weaker(NamedTuple):
    """What may be said whichever way the people went whose ethnicity could not be read: `changed` tells from what."""

    low: int
    high: int
    could_tell: bool
    p: float
    changed: bool


def weaker_of_both_ends(draws: Iterable[DrawWithUnknown], lost: int = 0) -> Weaker:
    """Return the chance range, widened so that a count outside it lies outside at both ends of what was not read.

    The count of those whose ethnicity is known stays, and so does what is expected of them; `p` is the largest exact
    one.
    Where nobody's ethnicity was unreadable it is the range itself. `lost` are people who can be given to no draw: each
    moves a count, or what is expected, by one at most.

    >>> quarter = [Draw(3, 1, 1, 1)] * 3 + [Draw(3, 1, 1, 0)] * 11 + [Draw(3, 2, 1, 0)] * 2  # range 2 to 10
    >>> weaker = weaker_of_both_ends([DrawWithUnknown(draw, 0, 0) for draw in quarter], lost=1)
    >>> weaker.low, weaker.high
    (1, 11)
    """
    draws = list(draws)
    known = WithinVacancies.from_draws(draw.draw for draw in draws)
    ends = [known, *(within_vacancy_bounds(draws) if any(draw.unknown for draw in draws) else ())]
    ranges = [(end.observed, *end.chance_range()) for end in ends]
    low = max(0, known.observed - max(observed - low for observed, low, _ in ranges) - lost)
    high = known.observed + max(high - observed for observed, _, high in ranges) + lost
    return Weaker(
        low=low,
        high=high,
        could_tell=low > known.null.least or high < known.null.most,
        p=max(end.p_central for end in ends),
        changed=_place(known.observed, *known.chance_range()) != _place(known.observed, low, high),
    )


def _place(observed: int, low: int, high: int) -> int:
    return -1 if observed < low else 1 if observed > high else 0
