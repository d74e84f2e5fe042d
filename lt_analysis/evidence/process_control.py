"""A measure over time: which chart fits its data, its limits, its marks, and how many marks chance alone gives.

A chart is fitted by what the data are, never by what it would show: dots alone where a period is not shown or the
year has seasons, dots and a median of few points, a run chart, and from 12 points a chart with limits. The rules are
those of NHS England's Making Data Count and of Anhoej; every number that they use stands here once, and in the result.

What may be said of such a chart is `assurance`'s.
"""

from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from enum import IntEnum, StrEnum
from functools import cache, cached_property
from itertools import pairwise
from math import comb, inf, isfinite, log2
from typing import NamedTuple, Self

import numpy as np

from lt_analysis.evidence.share_change import ShareChange

FEWEST_FOR_LIMITS = 12  # Making Data Count; authorities differ from 5 to 30, and limits of fewer points are trial ones
FEWEST_FOR_RUNS = 10  # Anhoej and Olesen 2014, PLoS ONE 9:e113825
FEWEST_EVENTS = 5  # expected at each point, of what happened and of what did not: else no limits of a share or a rate
OF_A_MOVING_RANGE = 1.128  # a mean moving range of normal values is so many standard deviations
OF_XMR = 2.66  # mean moving ranges from the mean to a limit, as Making Data Count rounds 3 / 1.128
TOO_WIDE_A_RANGE = 3.267  # mean moving ranges above which one is screened out (Nelson 1982)
ROUNDING = 1e-9  # of floating point: a point so near the centre line is on it
RUNS, SEED = 10_000, 20_260_701
MOST_SPREAD = 4.0  # times as much as people explain: chance marks no more charts where points vary still more


class Numbers(NamedTuple):
    """The numbers of the rules: Making Data Count's, as R's NHSRplotthedots has them.

    Sources differ: some tools take 6 points for a trend or a shift, or leave that to their user.
    """

    trend: int = 7  # points, each above or each below the one before
    shift: int = 7  # points in a row on one side
    near: int = 2  # points near a limit, ...
    together: int = 3  # ... of so many in a row on one side
    limits_at: float = 3.0  # standard deviations from the centre
    near_at: float = 2.0  # from where a point is near a limit


NUMBERS = Numbers()


class Of(StrEnum):
    """What a series is made of: shares of people, events for an exposure, plain values, or ratios of such."""

    SHARES = "shares"
    RATES = "rates"
    VALUES = "values"
    RATIOS = "ratios"


class Better(IntEnum):
    """Which way is better."""

    UP = 1
    DOWN = -1
    NEITHER = 0


class Absent(StrEnum):
    """Why a period has no value."""

    HIDDEN = "hidden"
    NOT_SENT = "not sent"
    NOBODY = "nobody"  # there was nobody of whom it could be a share


class Kind(StrEnum):
    """A chart over time."""

    DOTS = "dots alone"
    MEDIAN = "dots and a median"
    RUN = "run chart"
    P = "p chart"
    P_PRIME = "p' chart"
    U = "u chart"
    U_PRIME = "u' chart"
    XMR = "XmR chart"


class Why(StrEnum):
    """Why a chart fits."""

    HIDDEN = "hidden"  # those that are hidden are the small ones: any line through the others would lie too high
    NOT_KNOWN = "not known"  # not sent, or of nobody
    WORDED = "worded"  # what it shows has words for evidence already, and a chart's rules would be a second verdict
    SEASONS = "seasons"  # the same part of the year before is set beside each point instead
    FEW = "few"
    RATIO = "ratio"  # skewed, without an upper end, and more variable the fewer people there are
    SMALL_COUNTS = "small counts"
    SHARES = "shares"
    RATES = "rates"
    VALUES = "values"
    OVERDISPERSED = "overdispersed"


CHARTS = {Of.SHARES: (Kind.P, Kind.P_PRIME), Of.RATES: (Kind.U, Kind.U_PRIME), Of.VALUES: (Kind.XMR,), Of.RATIOS: ()}
PRIMES = (Kind.P_PRIME, Kind.U_PRIME)
USUAL = {Of.SHARES: Why.SHARES, Of.RATES: Why.RATES, Of.VALUES: Why.VALUES}


class Observation(NamedTuple):
    """One period: its events of its people (or exposure), or its value alone; or why it has none."""

    period: str
    events: float | None
    people: float | None = None
    gap: Absent | None = None

    @property
    def value(self) -> float | None:
        """The share, rate, ratio or value; None in a gap."""
        if self.gap or self.events is None:
            return None
        return self.events if self.people is None else self.events / self.people


@dataclass(frozen=True)
class Series:
    """A measure's periods in their order, none left out: one that is not known is a gap.

    `seasonal` is declared of a measure beforehand, never found by looking; `bounds` are the least and the most that a
    plain value can be; rates are written `per` so many people. Raises `ValueError` for a series without periods, and,
    naming its period, for a point that does not fit what the series is of.

    >>> Series(Of.SHARES, (Observation("2026-27-Q1", 3, 20), Observation("2026-27-Q2", 4, 16))).values
    (0.15, 0.25)
    """

    of: Of
    points: tuple[Observation, ...]
    seasonal: bool = False
    per_year: int = 4
    per: int = 1
    bounds: tuple[float, float] = (-inf, inf)

    def __post_init__(self):
        if not self.points:
            raise ValueError("a series has one period at least")
        if len({point.period for point in self.points}) < len(self.points):
            raise ValueError("a period stands twice in a series")
        for point in self.points:
            if not point.gap:
                self._refuse_unfit(point)

    def _refuse_unfit(self, point: Observation) -> None:
        counted = self.of in (Of.SHARES, Of.RATES)
        if point.events is None or not isfinite(point.events):
            raise ValueError(f"{point.period}: a period without a number must say why")
        if counted != (point.people is not None):
            raise ValueError(f"{point.period}: {self.of} have {'people' if counted else 'no people'}")
        if counted and not (point.people > 0 and point.events >= 0):
            raise ValueError(f"{point.period}: of nobody there is no share and no rate, and no event is below 0")
        if self.of == Of.SHARES and point.events > point.people:
            raise ValueError(f"{point.period}: a share is of some people among all")

    @classmethod
    def of_values(cls, values: Sequence[float], **about) -> Self:
        """Return a series of values whose periods are numbered.

        >>> Series.of_values([4, 5]).points[0].period
        '1'
        """
        return cls(Of.VALUES, tuple(Observation(str(place), value) for place, value in enumerate(values, 1)), **about)

    @classmethod
    def of_counts(cls, of: Of, events: Sequence[float], people: Sequence[float], **about) -> Self:
        """Return a series of shares or rates whose periods are numbered.

        >>> Series.of_counts(Of.RATES, [3], [20]).values
        (0.15,)
        """
        pairs = enumerate(zip(events, people, strict=True), 1)
        return cls(of, tuple(Observation(str(place), *pair) for place, pair in pairs), **about)

    @property
    def values(self) -> tuple[float | None, ...]:
        """The value of each period; None in a gap."""
        return tuple(point.value for point in self.points)

    @property
    def gaps(self) -> tuple[Absent, ...]:
        """Why periods have no value, those that have none."""
        return tuple(point.gap for point in self.points if point.gap)

    @property
    def possible(self) -> tuple[float, float]:
        """The least and the most that a value can be."""
        return {Of.SHARES: (0.0, 1.0), Of.RATES: (0.0, inf), Of.RATIOS: (0.0, inf)}.get(self.of, self.bounds)

    def parts(self, starts: Collection[str]) -> tuple[Self, ...]:
        """Return what lies between its first period and some later ones from which it is looked at anew.

        Raises `ValueError` where one of these is none of its later periods.

        >>> [part.values for part in Series.of_values([4, 9, 2, 6]).parts(["3"])]
        [(4, 9), (2, 6)]
        """
        places = [place for place, point in enumerate(self.points) if point.period in starts]
        if len(places) < len(set(starts)) or 0 in places:
            raise ValueError("a series is looked at anew from a later period of its own")
        edges = (0, *places, len(self.points))
        return tuple(replace(self, points=self.points[first:last]) for first, last in pairwise(edges))

    def year_before(self, place: int) -> Observation | None:
        """Return the point of the same part of the year before; None where there is none, or it or this is a gap.

        >>> quarters = Series.of_values([4, 9, 2, 6, 5])
        >>> quarters.year_before(4).value, quarters.year_before(3)
        (4, None)
        """
        before = self.points[place - self.per_year] if place >= self.per_year else None
        return before if before and not (before.gap or self.points[place].gap) else None

    def change_on_year(self, place: int) -> ShareChange | None:
        """Return how a share changed on the same part of the year before; None without one, and of what is no share.

        >>> shares = Series.of_counts(Of.SHARES, [48, 1, 1, 1, 56], [80, 2, 2, 2, 70])
        >>> round(shares.change_on_year(4).change, 2)
        0.2
        """
        before, point = self.year_before(place), self.points[place]
        if before is None or self.of != Of.SHARES:
            return None
        return ShareChange(before.events, before.people, point.events, point.people)


class Fit(NamedTuple):
    """The chart that fits a series, and why."""

    kind: Kind
    why: Why


def fitting(series: Series) -> Fit:
    """Return which chart fits a series, and why: see the module.

    A gap leaves no line to be drawn: counts of 1 to 4 are what is hidden, so the others' middle lies too high. Release
    longer periods instead. A ratio has a run chart at most, never limits: its two rates can have them.

    >>> fitting(Series.of_values(range(12)))
    Fit(kind=<Kind.XMR: 'XmR chart'>, why=<Why.VALUES: 'values'>)
    >>> fitting(Series.of_counts(Of.SHARES, [1, 2] * 6, [20] * 12)).why
    <Why.SMALL_COUNTS: 'small counts'>
    """
    if series.gaps:
        return Fit(Kind.DOTS, Why.HIDDEN if Absent.HIDDEN in series.gaps else Why.NOT_KNOWN)
    if series.seasonal:
        return Fit(Kind.DOTS, Why.SEASONS)
    kind, why = _with_limits_or_run(series)
    return Fit(Kind.MEDIAN, Why.FEW) if kind == Kind.RUN and not run_chart(series).has_rules else Fit(kind, why)


def _with_limits_or_run(series: Series) -> tuple[Kind, Why]:
    if series.of == Of.RATIOS:
        return Kind.RUN, Why.RATIO
    if len(series.points) < FEWEST_FOR_LIMITS:
        return Kind.RUN, Why.FEW
    if series.of == Of.VALUES:
        return Kind.XMR, Why.VALUES
    if _expected_at_least(series) < FEWEST_EVENTS:
        return Kind.RUN, Why.SMALL_COUNTS
    plain, prime = CHARTS[series.of]
    return (prime, Why.OVERDISPERSED) if is_overdispersed(series) else (plain, USUAL[series.of])


def _expected_at_least(series: Series) -> float:
    """Return the fewest events, or of a share people without one, that any point would have at the overall rate."""
    events, people = _counts(series)
    rate = events.sum() / people.sum()
    return float(people.min() * (min(rate, 1 - rate) if series.of == Of.SHARES else rate))


def _counts(series: Series) -> tuple[np.ndarray, np.ndarray]:
    return tuple(np.array([getattr(point, name) for point in series.points], float) for name in ("events", "people"))


def is_overdispersed(series: Series) -> bool:
    """Return whether shares or rates vary more from one point to the next than their numbers of people explain.

    That is, whether Laney's sigma z (2002, Quality Engineering 14:531-537) is above 1. No test is asked for it: where
    they vary somewhat more, a test would often miss it, and limits that are too narrow mark half of all charts of 20
    points that are in control.

    >>> people = [2000] * 12
    >>> is_overdispersed(Series.of_counts(Of.SHARES, [400, 500] * 6, people))
    True
    >>> is_overdispersed(Series.of_counts(Of.SHARES, [440, 450] * 6, people))
    False
    """
    return sigma_z(series) > 1


def sigma_z(series: Series) -> float:
    """Return how many times more shares or rates vary from point to point than their people explain: Laney's sigma z.

    >>> round(sigma_z(Series.of_counts(Of.SHARES, [400, 500] * 6, [2000] * 12)), 1)
    4.7
    """
    return float(_laney(*_counts(series), series.of, len(series.points))[1][0])


@dataclass(frozen=True)
class RunChart:
    """A run chart: the median, the longest run on one side of it and how often the line crosses it (Anhoej).

    Points on the median are left out (`useful` are the others).

    >>> chart = run_chart(Series.of_values([1, 2, 3, 4, 5, 6, 7, 8, 9, 10]))
    >>> chart.longest, chart.longest_usual, chart.crossings, chart.fewest_usual, chart.signal
    (5, 6, 1, 2, True)
    """

    values: tuple[float, ...]
    centre: float

    @cached_property
    def _sides(self) -> tuple[int, ...]:
        return tuple(int(side) for side in _side(np.array(self.values), self.centre) if side)

    @property
    def useful(self) -> int:
        """How many points are not on the median."""
        return len(self._sides)

    @property
    def above(self) -> int:
        """How many points lie above the median."""
        return self._sides.count(1)

    @property
    def longest(self) -> int:
        """How many useful points in a row lie on one side at most."""
        longest = length = 0
        for before, side in zip((0, *self._sides), self._sides, strict=False):
            length = length + 1 if side == before else 1
            longest = max(longest, length)
        return longest

    @property
    def crossings(self) -> int:
        """How often the line crosses the median."""
        return sum(one != other for one, other in zip(self._sides, self._sides[1:], strict=False))

    @property
    def longest_usual(self) -> int:
        """The longest run that is usual of so many useful points."""
        return longest_usual(self.useful)

    @property
    def fewest_usual(self) -> int:
        """The fewest crossings that are usual of so many useful points."""
        return fewest_usual(self.useful)

    @property
    def has_rules(self) -> bool:
        """Whether there are enough useful points for the rules."""
        return self.useful >= FEWEST_FOR_RUNS

    @property
    def signal(self) -> bool:
        """Whether a run is unusually long, or crossings are unusually few."""
        return self.has_rules and (self.longest > self.longest_usual or self.crossings < self.fewest_usual)


def run_chart(series: Series) -> RunChart:
    """Return the run chart of a series. Raises `ValueError` where it has a gap, for its median would lie too high.

    >>> run_chart(Series.of_values([3, 1, 2])).centre
    2.0
    """
    values = _known(series)
    return RunChart(values, float(np.median(values)))


def _known(series: Series) -> tuple[float, ...]:
    if series.gaps:
        raise ValueError("a centre line needs every period: release longer periods, or draw no line")
    return series.values


def longest_usual(useful: int) -> int:
    """Return the longest run that is usual: round(log2 n) + 3 (Anhoej and Olesen 2014).

    >>> [longest_usual(points) for points in (10, 20, 24, 40)]  # R: qicharts2
    [6, 7, 8, 8]
    """
    return round(log2(useful)) + 3 if useful else 0


def fewest_usual(useful: int) -> int:
    """Return the fewest crossings that are usual: the lower 5% point of a binomial of n - 1 and 1/2.

    >>> [fewest_usual(points) for points in (10, 20, 24, 40)]  # R: qbinom(0.05, n - 1, 0.5)
    [2, 6, 8, 14]
    """
    if useful < 2:
        return 0
    below, fewest, trials = 0, 0, useful - 1
    while 20 * (below := below + comb(trials, fewest)) < 2**trials:
        fewest += 1
    return fewest


class Rule(StrEnum):
    """What marks a point of a chart with limits, in order of precedence: a point has the first that it meets."""

    BEYOND = "beyond a limit"
    TREND = "trend"
    NEAR = "near a limit"
    SHIFT = "shift"


IN_ORDER = tuple(Rule)


class Signal(NamedTuple):
    """What marks a point: a rule, and its way, 1 up or -1 down: a trend's own, else the side of the centre."""

    rule: Rule
    way: int


def signals(values: Sequence[float], centre: float, deviations: float | Sequence[float]) -> tuple[Signal | None, ...]:
    """Return what marks each point by the four rules of Making Data Count, with a standard deviation for each point.

    Source: NHSRplotthedots (nhs-r-community), `ptd_spc_standard` and `ptd_calculate_point_type`. A point on a limit is
    within it, and one on the centre line breaks a run.

    >>> [one and one.rule.value for one in signals([0, 4, 0, 2.5, 2.5], 0, 1)]
    [None, 'beyond a limit', None, None, None]
    >>> signals([1, 2, 3, 3, 4, 5, 6], 3.4, 10) == (None,) * 7  # a tie breaks a trend
    True
    """
    found = _marked(np.asarray(values, float), np.asarray(centre, float), np.asarray(deviations, float))
    return tuple(Signal(IN_ORDER[abs(mark) - 1], 1 if mark > 0 else -1) if mark else None for mark in found.tolist())


def rules_met(
    values: Sequence[float], centre: float, deviations: float | Sequence[float]
) -> tuple[tuple[Rule, ...], ...]:
    """Return every rule that each point meets by itself, of which the first marks it.

    >>> rules_met([0, 4, 0, 2.5, 4], 0, 1)[1:]
    ((<Rule.BEYOND: 'beyond a limit'>,), (), (), (<Rule.BEYOND: 'beyond a limit'>,))
    >>> [len(one) for one in rules_met([0, 1, 2, 3, 4, 5, 6], -1, 2)]
    [2, 2, 2, 2, 3, 3, 3]
    """
    ways = _by_rule(np.asarray(values, float), np.asarray(centre, float), np.asarray(deviations, float))
    return tuple(tuple(rule for rule, way in zip(IN_ORDER, some, strict=True) if way) for some in np.transpose(ways))


def _marked(values: np.ndarray, centre: np.ndarray, deviations: np.ndarray) -> np.ndarray:
    """Return the number of each point's rule, below 0 where its way is down, and 0 of none; along the last axis."""
    found = np.zeros(values.shape, int)
    for number, way in reversed(list(enumerate(_by_rule(values, centre, deviations), 1))):
        found = np.where(way != 0, number * np.sign(way), found)
    return found


def _by_rule(values: np.ndarray, centre: np.ndarray, deviations: np.ndarray) -> tuple[np.ndarray, ...]:
    """Return of each rule, in their order, the way of each point that meets it, and 0 of the others."""
    side = _side(values, centre)
    distance = np.abs(values - centre)
    beyond = (side != 0) & (distance > NUMBERS.limits_at * deviations * (1 + ROUNDING))
    near = (side != 0) & ~beyond & (distance > NUMBERS.near_at * deviations * (1 + ROUNDING))
    steps = np.sign(np.diff(values, axis=-1)).astype(int)
    several = _all_one_way(side, NUMBERS.together) & (_windows(near, NUMBERS.together).sum(axis=-1) >= NUMBERS.near)
    trend = _all_one_way(steps, NUMBERS.trend - 1)
    rising = _over(np.where(trend, _windows(steps, NUMBERS.trend - 1)[..., 0], 0), NUMBERS.trend, values.shape)
    return (
        np.where(beyond, side, 0),
        rising,
        np.where(near, _over(several.astype(int), NUMBERS.together, values.shape), 0) * side,
        _over(_all_one_way(side, NUMBERS.shift).astype(int), NUMBERS.shift, values.shape) * side,
    )


def _side(values: np.ndarray, centre: np.ndarray | float) -> np.ndarray:
    """Return on which side of the centre line points are; 0 on it."""
    apart = values - centre
    on_it = np.abs(apart) <= ROUNDING * np.maximum(np.abs(values), np.abs(centre))
    return np.where(on_it, 0, np.sign(apart)).astype(int)


def _windows(points: np.ndarray, width: int) -> np.ndarray:
    """Return each stretch of so many points in a row, as a last axis; none where there are fewer."""
    if points.shape[-1] < width:
        return np.zeros((*points.shape[:-1], 0, width), points.dtype)
    return np.lib.stride_tricks.sliding_window_view(points, width, axis=-1)


def _all_one_way(ways: np.ndarray, width: int) -> np.ndarray:
    return np.abs(_windows(ways, width).sum(axis=-1)) == width


def _over(stretches: np.ndarray, width: int, shape: tuple[int, ...]) -> np.ndarray:
    """Return for each point what the stretches that hold it have: 1, -1, or 0 for none."""
    covered = np.zeros(shape, int)
    for place in range(width):
        points = covered[..., place : place + stretches.shape[-1]]
        points[...] = np.where(points == 0, stretches, points)
    return covered


class ControlLimits(NamedTuple):
    """The limits of a point, cut to what is possible."""

    low: float
    high: float


@dataclass(frozen=True)
class ControlChart:
    """A chart with limits: its values, centre line, and the standard deviation of each point.

    `baseline` is the number of first points that set the line and limits; `screened_out` of their moving ranges were
    left out as too wide. `numbers` are those of its rules.

    >>> chart = control_chart(Series.of_counts(Of.SHARES, [10, 12, 9, 11] * 3, [50] * 12), Kind.P)
    >>> chart.centre, round(chart.limits[0].high, 4), chart.cut
    (0.21, 0.3828, (False, False))
    """

    kind: Kind
    values: tuple[float, ...]
    centre: float
    deviations: tuple[float, ...]
    possible: tuple[float, float]
    baseline: int
    screened_out: int = 0
    numbers: Numbers = NUMBERS

    @property
    def limits(self) -> tuple[ControlLimits, ...]:
        """The limits of each point, never beyond what is possible."""
        low, high = self.possible
        return tuple(
            ControlLimits(
                max(low, self.centre - NUMBERS.limits_at * one), min(high, self.centre + NUMBERS.limits_at * one)
            )
            for one in self.deviations
        )

    @property
    def cut(self) -> tuple[bool, bool]:
        """Whether a lower limit, and an upper one, is cut because beyond it no value is possible."""
        low, high = self.possible
        widest = self.numbers.limits_at * max(self.deviations)
        return self.centre - widest < low, self.centre + widest > high

    @cached_property
    def signals(self) -> tuple[Signal | None, ...]:
        """The mark of each point."""
        return signals(self.values, self.centre, self.deviations)


def control_chart(
    series: Series, kind: Kind, baseline: int | None = None, screened: bool = False, of_xmr: float = OF_XMR
) -> ControlChart:
    """Return a chart with limits of one kind, whose first points (all, or the `baseline`) set them.

    p, u: Shewhart's. p' and u': Laney 2002. XmR: `of_xmr` mean moving ranges; with `screened` those that are too wide
    are left out once (Nelson 1982), as R's NHSRplotthedots does and NHS England's spreadsheet does not. Limits are
    cut to what is possible. Raises `ValueError` where the kind does not fit: a ratio has no limits.

    >>> twos = [1, 2, 1, 2, 10, 1, 2, 1, 2, 1, 2, 1, 2, 1, 2, 1, 2, 1]
    >>> limits = control_chart(Series.of_values(twos), Kind.XMR, screened=True).limits[0]
    >>> round(limits.low, 2), round(limits.high, 2)  # R: NHSRplotthedots, vignettes/deviations.Rmd
    (-0.72, 4.6)
    """
    if kind not in CHARTS[series.of]:
        raise ValueError(f"{kind} does not fit {series.of}")
    values, first = np.array(_known(series), float), baseline or len(series.points)
    if len(values) < FEWEST_FOR_LIMITS:
        raise ValueError(f"limits need {FEWEST_FOR_LIMITS} points: draw a run chart of fewer")
    screened_out = 0
    if kind == Kind.XMR:
        centre, deviations, dropped = _of_moving_ranges(values, first, screened, of_xmr)
        screened_out = int(dropped)
    else:
        events, people = _counts(series)
        centre, deviations = _of_counts(events, people, series.of, first)
        if kind in PRIMES:
            deviations = deviations * _laney(events, people, series.of, first)[1]
    each = np.broadcast_to(deviations, values.shape)
    return ControlChart(
        kind, tuple(values.tolist()), float(centre[0]), tuple(each.tolist()), series.possible, first, screened_out
    )


def _of_moving_ranges(values: np.ndarray, first: int, screened: bool, of_xmr: float) -> tuple[np.ndarray, ...]:
    """Return the mean, one standard deviation for all points, and how many moving ranges were left out."""
    some = values[..., :first]
    ranges = np.abs(np.diff(some, axis=-1))
    kept = np.ones(ranges.shape, bool)
    if screened:
        kept = ranges < TOO_WIDE_A_RANGE * ranges.mean(axis=-1, keepdims=True)
        kept |= ~kept.any(axis=-1, keepdims=True)  # all are alike: none of them is too wide
    mean_range = (ranges * kept).sum(axis=-1, keepdims=True) / kept.sum(axis=-1, keepdims=True)
    return some.mean(axis=-1, keepdims=True), mean_range * of_xmr / NUMBERS.limits_at, (~kept).sum(axis=-1)


def _of_counts(events: np.ndarray, people: np.ndarray, of: Of, first: int) -> tuple[np.ndarray, np.ndarray]:
    """Return the overall share or rate, and the standard deviation that each point's people give it."""
    rate = events[..., :first].sum(axis=-1, keepdims=True) / people[:first].sum()
    variance = rate * (1 - rate) if of == Of.SHARES else rate
    return rate, np.sqrt(variance / people)


def _laney(events: np.ndarray, people: np.ndarray, of: Of, first: int) -> tuple[np.ndarray, np.ndarray]:
    """Return the overall share or rate, and Laney's sigma z: how much more points vary than their people explain."""
    rate, deviations = _of_counts(events, people, of, first)
    safe = np.where(deviations == 0, 1, deviations)
    apart = np.abs(np.diff(((events / people - rate) / safe)[..., :first], axis=-1))
    return rate, apart.mean(axis=-1, keepdims=True) / OF_A_MOVING_RANGE


class ByChance(NamedTuple):
    """What chance alone does where nothing changes: in which share of charts any point is marked, or the latest one is,
    and how many points are. A run chart speaks as a whole.
    """

    charts: float
    latest: float
    points: float


@cache
def by_chance(
    kind: Kind, points: int, centre: float = 0.0, people: tuple[float, ...] = (), spread: float = 1.0
) -> ByChance:
    """Return how often a chart of one kind, of so many points, has a mark though nothing changed.

    Of 10,000 invented series by a fixed seed: normal values, or counts of the same people at the same rate (binomial,
    Poisson; of p' and u' the rate itself varies, so that points vary `spread` times as much), each with limits set by
    itself, and wider where it varies more. Without limits nothing is marked; of a run chart see `by_chance_of_runs`.

    >>> by_chance(Kind.MEDIAN, 8).charts, round(by_chance(Kind.XMR, 12).charts, 2)
    (0.0, 0.04)
    >>> [round(by_chance(Kind.P_PRIME, 12, 0.3, (2000,) * 12, spread).charts, 3) for spread in (1, 1.5, 2.5)]
    [0.019, 0.035, 0.043]
    """
    if kind == Kind.RUN:
        return by_chance_of_runs(points // 2, points // 2)
    if kind in (Kind.DOTS, Kind.MEDIAN):
        return ByChance(0.0, 0.0, 0.0)
    marked = _marks_in_control(kind, points, centre, np.array(people, float), spread)
    charts, latest, number = marked.any(axis=-1).mean(), marked[:, -1].mean(), marked.sum(axis=-1).mean()
    return ByChance(float(charts), float(latest), float(number))


def coarse_spread(series: Series) -> float:
    """Return a series' sigma z as `by_chance` is asked for it: in halves from 1 to 4, beyond which nothing changes.

    >>> coarse_spread(Series.of_counts(Of.SHARES, [400, 450] * 6, [2000] * 12))
    2.5
    """
    return min(MOST_SPREAD, max(1.0, round(2 * sigma_z(series)) / 2))


def _marks_in_control(kind: Kind, points: int, centre: float, people: np.ndarray, spread: float) -> np.ndarray:
    """Return which points of many invented series in control are marked."""
    random = np.random.default_rng([SEED, points])
    if kind == Kind.XMR:
        values = random.normal(size=(RUNS, points))
        middle, deviations, _ = _of_moving_ranges(values, points, screened=False, of_xmr=OF_XMR)
        return _marked(values, middle, deviations) != 0
    of = Of.SHARES if kind in CHARTS[Of.SHARES] else Of.RATES
    rates = np.full((RUNS, points), centre)
    if kind in PRIMES:
        variance = (centre * (1 - centre) if of == Of.SHARES else centre) / people
        further = np.sqrt(variance * (spread**2 - 1))  # beside what the counts themselves vary
        rates = np.clip(rates + further * random.normal(size=rates.shape), 0, 1 if of == Of.SHARES else None)
    events = random.binomial(people.astype(int), rates) if of == Of.SHARES else random.poisson(people * rates)
    middle, deviations = _of_counts(events, people, of, points)
    wider = np.maximum(1, _laney(events, people, of, points)[1])
    return _marked(events / people, middle, deviations * wider) != 0


@cache
def by_chance_of_runs(above: int, below: int) -> ByChance:
    """Return how often the rules of a run chart speak where every order of its useful points is as likely: exactly.

    `above` and `below` are how many of them lie on each side of the median.

    >>> round(by_chance_of_runs(12, 12).charts, 4)
    0.0306
    """
    useful = above + below
    if useful < FEWEST_FOR_RUNS:
        return ByChance(0.0, 0.0, 0.0)
    # How many ways lead to so many points above, the latest side and length of its run, and so many crossings.
    ways = {(1, 1, 1, 0): 1, (0, -1, 1, 0): 1}
    for placed in range(1, useful):
        after: Counter[tuple[int, int, int, int]] = Counter()
        for (up, side, length, crossings), number in ways.items():
            for to in (1, -1):
                same = to == side
                state = (up + (to > 0), to, length + 1 if same else 1, crossings + (not same))
                if state[0] <= above and placed + 1 - state[0] <= below and state[2] <= longest_usual(useful):
                    after[state] += number
        ways = after
    usual = sum(number for (up, *_, crossings), number in ways.items() if crossings >= fewest_usual(useful))
    speaks = 1 - usual / comb(useful, above)
    return ByChance(speaks, speaks, 0.0)
