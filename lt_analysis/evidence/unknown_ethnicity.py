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
    would bring the ratio to 1 or past it; 0 where it is 1 already, None where all of them could not.
    `low` is None and `high` infinite where that corner has no ratio.
    """

    unknown_successful: int
    unknown_people: int
    low: float | None
    high: float
    tipping: int | None


def unknown_bounds(known: RelativeLikelihood, unknown_successful: int, unknown_people: int) -> UnknownBounds:
    """Bound a relative likelihood. Raises `ValueError` where more unknown people succeeded than there were."""
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
    """Try every number of the unknown who succeeded and failed, counted where they narrow the gap."""
    gap = _sign(known)
    if not gap:
        return 0
    crossing = (
        some + others
        for some in range(successful + 1)
        for others in range(failed + 1)
        if gap
        != _sign(
            _with(known, group_successful=some, white_failed=others)
            if gap > 0
            else _with(known, white_successful=some, group_failed=others)
        )
    )
    return min(crossing, default=None)


def _sign(table: RelativeLikelihood) -> int:
    """1 where White people's share is the larger, -1 where it is the smaller, 0 where they are equal."""
    difference = table.white_successful * table.group_people - table.group_successful * table.white_people
    return (difference > 0) - (difference < 0)


class DrawWithUnknown(NamedTuple):
    """A draw of two groups, and the people of unknown ethnicity who were there beside them."""

    draw: Draw
    unknown: int
    unknown_chosen: int


def within_vacancy_bounds(draws: Iterable[DrawWithUnknown]) -> tuple[WithinVacancies, WithinVacancies]:
    """Return the comparison with the unknown counted so that the group does worst, and best, within each vacancy.

    Observed less expected is linear in how each vacancy's unknown are counted, so these are its extremes.
    """
    draws = list(draws)
    worst = (_counted(one, one.unknown - one.unknown_chosen, 0) for one in draws)
    best = (_counted(one, one.unknown_chosen, one.unknown_chosen) for one in draws)
    return WithinVacancies.from_draws(worst), WithinVacancies.from_draws(best)


def _counted(one: DrawWithUnknown, in_group: int, chosen_in_group: int) -> Draw:
    pool, group, chosen, group_chosen = one.draw
    return Draw(pool + one.unknown, group + in_group, chosen + one.unknown_chosen, group_chosen + chosen_in_group)
