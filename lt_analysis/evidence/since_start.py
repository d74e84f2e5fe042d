"""What all posts since the declared start say together about one stage, at each quarter's look.

The evidence is worked out twice, of everybody and of those who come before the organisation's panels for the
first time, because somebody before panel after panel makes their decisions alike. The smaller e-value is
taken, and the likely range holds every odds ratio that either leaves.
"""

import math
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from lt_analysis.codebook.periods import QUARTERS_IN_A_YEAR, Quarter
from lt_analysis.codebook.protocol import Protocol
from lt_analysis.codebook.strength import STRONG, Strength, strength_of
from lt_analysis.evidence.draws import Draw
from lt_analysis.evidence.interval import ConfidenceInterval
from lt_analysis.evidence.null_distribution import NullDistribution
from lt_analysis.evidence.power import power_of, smallest_ratio_found
from lt_analysis.evidence.sequential import (
    DatedDraw,
    EProcess,
    e_processes,
    log_e_values_of_one_start,
    place_in_time,
)

WANTED_POWER = 0.8


class Shortlist(NamedTuple):
    """A post: when it closed, its draw at a stage, and the draw of those who come to that stage for the first time."""

    quarter: Quarter
    everybody: Draw
    first_time: Draw


@dataclass(frozen=True)
class SinceStart:
    """The evidence at one look. `interval` is the likely range of the odds ratio, White ÷ group; None where empty.

    `shortlists` posts are counted, of which `informative` could have gone otherwise and `nobody_chosen` had nobody
    of the two groups succeed; `waiting` closed too recently, `too_early` before the declared start. `about_equal` is
    whether the whole likely range lies within the declared margin.
    `leaning` is 1 where the evidence points to White people having been more likely, -1 to less, 0 to neither.
    """

    look: Quarter
    e_value: float
    interval: ConfidenceInterval | None
    could_be_strong: bool
    enough_returns: bool
    about_equal: bool
    shortlists: int
    informative: int
    nobody_chosen: int
    waiting: int
    too_early: int
    leaning: int

    @property
    def strength(self) -> Strength:
        """The words for the evidence, and how rarely equal chances earn them."""
        return strength_of(self.e_value, self.could_be_strong, self.enough_returns, self.about_equal)


def since_start(
    shortlists: Iterable[Shortlist],
    looks: Sequence[Quarter],
    coverages: Sequence[float],
    protocol: Protocol,
) -> tuple[SinceStart, ...]:
    """Return the evidence at each look; `coverages` are the shares of returns that had been received for each.

    Raises `ValueError` naming the first draw whose numbers are impossible, and where looks and coverages do not pair.

    >>> from lt_analysis.codebook.protocol import declared_protocol
    >>> protocol = declared_protocol()
    >>> shortlist = Shortlist(protocol.start.quarters[0], Draw(3, 1, 1, 0), Draw(3, 1, 1, 0))
    >>> [look.shortlists for look in since_start([shortlist], protocol.start.quarters[:3], [1, 1, 1], protocol)]
    [0, 0, 1]
    """
    shortlists = list(shortlists)
    everybody = e_processes(_dated(shortlists, "everybody"), looks, protocol)
    first_time = e_processes(_dated(shortlists, "first_time"), looks, protocol)
    made = np.array([place_in_time(shortlist.quarter) for shortlist in shortlists], dtype=np.int64)
    nobody = np.array([not shortlist.everybody.chosen for shortlist in shortlists], dtype=bool)
    return tuple(
        _at_look(made, nobody, look, coverage >= protocol.coverage, both, protocol)
        for look, coverage, *both in zip(looks, coverages, everybody, first_time, strict=True)
    )


def _dated(shortlists: list[Shortlist], who: str) -> list[DatedDraw]:
    return [DatedDraw(shortlist.quarter, getattr(shortlist, who)) for shortlist in shortlists]


def _at_look(
    made: np.ndarray, nobody: np.ndarray, look: Quarter, enough: bool, both: list[EProcess], protocol: Protocol
) -> SinceStart:
    start, last = place_in_time(protocol.start.quarters[0]), place_in_time(protocol.last_counted(look))
    counted = (start <= made) & (made <= last)
    e_value, interval = smaller_evidence(*((process.e_value, process.confidence_interval()) for process in both))
    return SinceStart(
        look=look,
        e_value=e_value,
        interval=interval,
        could_be_strong=e_value >= STRONG or all(process.could_reach() for process in both),
        enough_returns=enough,
        about_equal=lies_within(interval, protocol.margin),
        shortlists=int(counted.sum()),
        informative=both[0].informative,
        nobody_chosen=int((counted & nobody).sum()),
        waiting=int(((last < made) & (made <= place_in_time(look))).sum()),
        too_early=int((made < start).sum()),
        leaning=_leaning(e_value, interval, both),
    )


def lies_within(interval: ConfidenceInterval | None, margin: tuple[float, float]) -> bool:
    """Return whether a whole likely range lies in a margin, White ÷ group, declared beforehand; False of none.

    >>> lies_within(ConfidenceInterval(0.9, 1.2), (0.8, 1.25)), lies_within(ConfidenceInterval(0.9, 1.3), (0.8, 1.25))
    (True, False)
    """
    return interval is not None and margin[0] <= interval.low and interval.high <= margin[1]


def _leaning(e_value: float, interval: ConfidenceInterval | None, both: list[EProcess]) -> int:
    if e_value >= STRONG and interval:
        return 1 if interval.low > 1 else -1
    leanings = {process.leaning for process in both}
    return leanings.pop() if len(leanings) == 1 else 0


def smaller_evidence(
    *processes: tuple[float, ConfidenceInterval | None],
) -> tuple[float, ConfidenceInterval | None]:
    """Return the smaller e-value of processes, and the range that holds the ranges of all.

    Where all are strong but in opposite directions, their range would hold 1, so nothing is claimed: an
    e-value of 1 is no evidence, and a smaller one than was earned is always allowed.

    >>> smaller_evidence((60.0, ConfidenceInterval(1.1, 3.0)), (4.0, ConfidenceInterval(0.9, 2.0)))
    (4.0, ConfidenceInterval(low=0.9, high=3.0))
    """
    e_value = min(value for value, _ in processes)
    intervals = [interval for _, interval in processes if interval]
    if not intervals:
        return e_value, None
    interval = ConfidenceInterval(min(own.low for own in intervals), max(own.high for own in intervals))
    return (1.0 if e_value >= STRONG and interval.holds(1.0) else e_value), interval


def detectable_since_start(
    shortlists: Iterable[Shortlist], look: Quarter, protocol: Protocol, strong: float = STRONG
) -> float | None:
    """Return the smallest odds ratio, White ÷ group, that would be `strong` evidence at a look 8 times in 10.

    The larger of those of everybody and of people who come for the first time, for both must be strong. Later
    starts are taken to add nothing. None where no ratio would be seen so often. Raises `ValueError` naming the first
    draw whose numbers are impossible.

    >>> from lt_analysis.codebook.protocol import declared_protocol
    >>> shortlist = Shortlist(Quarter.parse("2026-27-Q2"), Draw(3, 1, 1, 0), Draw(3, 1, 1, 0))
    >>> detectable_since_start([shortlist] * 20, Quarter.parse("2026-27-Q4"), declared_protocol()) is None
    True
    """
    return _detectable([own for own in shortlists if protocol.counts(own.quarter, look)], protocol, strong)


def _detectable(counted: Sequence[Shortlist], protocol: Protocol, strong: float) -> float | None:
    ratios = [smallest_ratio_found(*looked_at, WANTED_POWER) for looked_at in _strong_totals(counted, protocol, strong)]
    return None if None in ratios else max(ratios)


def _finds(ratio: float, counted: Sequence[Shortlist], protocol: Protocol) -> bool:
    looked_at = _strong_totals(counted, protocol, STRONG)
    return all(power_of(null, flagged, ratio) >= WANTED_POWER for null, flagged in looked_at)


def _strong_totals(
    counted: Sequence[Shortlist], protocol: Protocol, strong: float
) -> Iterator[tuple[NullDistribution, np.ndarray]]:
    """Yield the distribution of the total at equal chances, and which totals are strong: of everybody, then of the
    first time."""
    for who in ("everybody", "first_time"):
        draws = _draws(counted, who)
        null = NullDistribution.of(draws)
        yield null, log_e_values_of_one_start(draws, null.totals - null.least, protocol) >= math.log(strong)


def _draws(shortlists: Iterable[Shortlist], who: str) -> list[Draw]:
    return [getattr(shortlist, who) for shortlist in shortlists]


def quarters_until(
    ratio: float, shortlists: Iterable[Shortlist], look: Quarter, protocol: Protocol, most: int = 20
) -> int | None:
    """Return after how many more quarters a true odds ratio would be strong evidence 8 times in 10; None beyond `most`.

    The quarters to come are taken to have shortlists as the last four counted ones had, in turn. Only how many people
    of which group were there and how many succeeded is used, never who did.

    >>> from lt_analysis.codebook.protocol import declared_protocol
    >>> quarters = [Quarter.parse(f"2025-26-Q{number}") for number in (1, 2, 3, 4)] * 40
    >>> sent = [Shortlist(quarter, Draw(4, 2, 1, 1), Draw(4, 2, 1, 1)) for quarter in quarters]
    >>> quarters_until(3.0, sent, Quarter.parse("2026-27-Q2"), declared_protocol())
    0
    """
    counted = [shortlist for shortlist in shortlists if protocol.counts(shortlist.quarter, look)]
    latest = [protocol.last_counted(look)]
    while len(latest) < QUARTERS_IN_A_YEAR:
        latest.append(latest[-1].previous)
    by_quarter = [[own for own in counted if own.quarter == quarter] for quarter in reversed(latest)]

    def shows(more: int) -> bool:
        """Return whether so many more quarters, each like the one a year before it, would show the ratio."""
        to_come = [own for later in range(more) for own in by_quarter[later % QUARTERS_IN_A_YEAR]]
        return _finds(ratio, [*counted, *to_come], protocol)

    if shows(0):
        return 0
    return bisect_left(range(most), True, key=shows) if shows(most) else None
