"""What may be said of a chart over time for assurance: two signs, and a statement, as values.

A sign is that of Making Data Count, of a chart with limits alone. It would be a second and weaker verdict beside words
for evidence since a declared start: a measure that has these is drawn as dots alone, with no line, rule or sign.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import NamedTuple

from lt_analysis.evidence.process_control import (
    FEWEST_FOR_LIMITS,
    PRIMES,
    ROUNDING,
    Absent,
    Better,
    ByChance,
    ControlChart,
    ControlLimits,
    Fit,
    Kind,
    Observation,
    Of,
    RunChart,
    Series,
    Signal,
    Why,
    by_chance,
    by_chance_of_runs,
    coarse_spread,
    control_chart,
    fitting,
    run_chart,
)


class Variation(StrEnum):
    """Making Data Count's first sign, of the latest point: common cause, or which way, and whether that is better."""

    COMMON = "usual"
    BETTER_HIGH = "better, high"
    BETTER_LOW = "better, low"
    WORSE_HIGH = "worse, high"
    WORSE_LOW = "worse, low"
    NEITHER_HIGH = "changed, high"
    NEITHER_LOW = "changed, low"


class Assurance(StrEnum):
    """Making Data Count's second sign: whether the limits of the latest point keep the target, miss it or hold it."""

    PASS = "pass"
    FAIL = "fail"
    EITHER = "hit or miss"


def variation(mark: Signal | None, better: Better) -> Variation:
    """Return the sign of the latest point by what marks it.

    >>> from lt_analysis.evidence.process_control import Rule
    >>> variation(Signal(Rule.SHIFT, -1), Better.UP).value, variation(None, Better.UP).value
    ('worse, low', 'usual')
    """
    if mark is None:
        return Variation.COMMON
    news = "changed" if better == Better.NEITHER else "better" if mark.way == better else "worse"
    return Variation(f"{news}, {'high' if mark.way > 0 else 'low'}")


def assurance(limits: ControlLimits, target: float | None, better: Better) -> Assurance | None:
    """Return whether a process within its limits always meets a target, never does, or either; None without a target.

    A value at a limit is within it, and one at the target meets it. So where the target is the limit on the worse side,
    every usual value meets it: pass. Where it is the limit on the better side, a usual value can meet it: hit or miss.
    (R's NHSRplotthedots calls both hit or miss, and the Power BI chart the second fail.)

    >>> [assurance(ControlLimits(0.2, 0.4), target, Better.UP).value for target in (0.1, 0.2, 0.3, 0.4, 0.5)]
    ['pass', 'pass', 'hit or miss', 'hit or miss', 'fail']
    """
    if target is None or better == Better.NEITHER:
        return None
    worst, best = limits if better == Better.UP else (limits.high, limits.low)
    if (worst - target) * better >= 0:
        return Assurance.PASS
    return Assurance.FAIL if (best - target) * better < 0 else Assurance.EITHER


class Icons(NamedTuple):
    """The two signs of a chart, either of which may be none."""

    variation: Variation | None = None
    assurance: Assurance | None = None


class Shows(StrEnum):
    """What a chart over time supports."""

    VALUES = "values alone"
    WORDED = "what the words for evidence say"
    BESIDE_YEAR_BEFORE = "beside the year before"
    MEDIAN = "median alone"
    RANDOM = "random about the median"
    NOT_RANDOM = "not random about the median"
    USUAL = "usual up and down"
    EARLIER = "usual now, marked before"
    BETTER = "a change for the better"
    WORSE = "a change for the worse"
    CHANGED = "a change"


class Cannot(StrEnum):
    """What it does not support: the reading that is nearest at hand and wrong."""

    CHANGE = "whether anything changed"  # of dots, or of a median of few points
    WHICH_WAY = "which way, and since when"  # of a run chart that speaks
    GOOD = "that it is good as it is"  # usual variation is no praise
    CAUSE = "why it changed, and whether that will last"
    REASON = "why it changed then"


class Missing(StrEnum):
    """What is not there to be judged by."""

    HIDDEN = "hidden periods"
    NOT_SENT = "periods not sent"
    POINTS = "points"
    TARGET = "a target"
    PARTNERS = "partners"


class Ask(StrEnum):
    """What to ask next."""

    LONGER_PERIODS = "longer periods"
    THE_RETURNS = "the returns"
    WAIT = "when there are enough points"
    SEASON = "what differs from the year before"
    WHAT_HAPPENED = "what happened"
    WHO_ACTS = "who acts"
    WILL_IT_LAST = "will it last"
    CHANGE_THE_PROCESS = "what will be done otherwise"
    SURE_OF_TARGET = "what would make the target sure"
    SET_A_TARGET = "what would be good enough"
    KEEP = "what keeps it so"
    TWO_RATES = "its two rates"
    THE_EVIDENCE = "the words for evidence"


@dataclass(frozen=True)
class AssuranceStatement:
    """What a chart shows, what it cannot, whether its target is kept, what is missing, and what to ask next."""

    shows: Shows
    cannot: Cannot
    target: Assurance | None
    missing: tuple[Missing, ...]
    ask: Ask


@dataclass(frozen=True)
class Watched:
    """A measure over time with the chart that fits it, which way is better, and its target if it has one.

    `partners_missing` is how many organisations are not in it. Where its limits were calculated anew, `anew` says why
    (empty where that is not known, None where they were not), and `before` are the segments before, the earliest first:
    each has a series, a line and limits of its own, no rule crosses from one to the next, and whatever is said is of
    the latest.

    >>> watched = watch(Series.of_values([5, 6] * 6), Better.UP, target=9)
    >>> watched.fit.kind.value, watched.icons.assurance.value, watched.statement.ask.value
    ('XmR chart', 'fail', 'what will be done otherwise')
    """

    series: Series
    fit: Fit
    chart: RunChart | ControlChart | None
    better: Better
    target: float | None = None
    partners_missing: int = 0
    anew: str | None = None
    before: "tuple[Watched, ...]" = ()

    @property
    def segments(self) -> "tuple[Watched, ...]":
        """It and the segments before it, the earliest first."""
        return (*self.before, self)

    @property
    def latest(self) -> Observation:
        """The latest point."""
        return self.series.points[-1]

    @property
    def shown(self) -> tuple[Observation, ...]:
        """The points of all its segments that have a value."""
        return tuple(point for one in self.segments for point in one.series.points if not point.gap)

    def meets(self, point: Observation) -> bool:
        """Tell whether a point's value meets the target: one at the target does. False where nothing can be met.

        >>> watched = watch(Series.of_counts(Of.SHARES, [16, 15, 17], [20] * 3), Better.UP, target=0.8)
        >>> [watched.meets(point) for point in watched.shown]
        [True, False, True]
        """
        if point.gap or self.target is None:
            return False
        beyond = (point.value - self.target) * self.better
        return self.better != Better.NEITHER and beyond >= -ROUNDING * abs(self.target)

    @property
    def icons(self) -> Icons:
        """The two signs; none but of a chart with limits. A target is judged only while nothing on it is marked."""
        if not isinstance(self.chart, ControlChart):
            return Icons()
        return Icons(variation(self.chart.signals[-1], self.better), self._target_kept)

    @property
    def _target_kept(self) -> Assurance | None:
        if not isinstance(self.chart, ControlChart) or any(self.chart.signals):
            return None
        return assurance(self.chart.limits[-1], self.target, self.better)

    @property
    def by_chance(self) -> ByChance:
        """How often such a chart has a mark though nothing changed."""
        if isinstance(self.chart, RunChart):
            return by_chance_of_runs(self.chart.above, self.chart.useful - self.chart.above)
        if self.chart is None:
            return ByChance(0.0, 0.0, 0.0)
        if self.series.of == Of.VALUES:
            return by_chance(self.fit.kind, len(self.series.points))
        people = tuple(point.people for point in self.series.points)
        spread = coarse_spread(self.series) if self.fit.kind in PRIMES else 1.0
        return by_chance(self.fit.kind, len(people), self.chart.centre, people, spread)

    @property
    def statement(self) -> AssuranceStatement:
        """What may be said of it, as values."""
        shows = self._shows()
        return AssuranceStatement(shows, CANNOT[shows], self._target_kept, self._missing(), self._ask(shows))

    def _shows(self) -> Shows:
        if self.chart is None:
            return {Why.SEASONS: Shows.BESIDE_YEAR_BEFORE, Why.WORDED: Shows.WORDED}.get(self.fit.why, Shows.VALUES)
        if isinstance(self.chart, RunChart):
            if not self.chart.has_rules:
                return Shows.MEDIAN
            return Shows.NOT_RANDOM if self.chart.signal else Shows.RANDOM
        news = variation(self.chart.signals[-1], self.better).partition(",")[0]
        usual = Shows.EARLIER if any(self.chart.signals) else Shows.USUAL
        return {"usual": usual, "better": Shows.BETTER, "worse": Shows.WORSE, "changed": Shows.CHANGED}[news]

    def _missing(self) -> tuple[Missing, ...]:
        limits = isinstance(self.chart, ControlChart)
        lacking = {
            Missing.HIDDEN: Absent.HIDDEN in self.series.gaps,
            Missing.NOT_SENT: Absent.NOT_SENT in self.series.gaps,
            Missing.POINTS: not limits and len(self.series.points) < FEWEST_FOR_LIMITS,
            Missing.TARGET: self.target is None and self.better != Better.NEITHER,
            Missing.PARTNERS: self.partners_missing > 0,
        }
        return tuple(one for one, so in lacking.items() if so)

    def _ask(self, shows: Shows) -> Ask:
        if shows == Shows.VALUES:
            return Ask.THE_RETURNS if set(self.series.gaps) == {Absent.NOT_SENT} else Ask.LONGER_PERIODS
        if shows == Shows.RANDOM:
            return OF_FIT[self.fit.why]
        if shows != Shows.USUAL:
            return ASK[shows]
        if self._target_kept is None:
            return Ask.SET_A_TARGET if self.better != Better.NEITHER else Ask.WHAT_HAPPENED
        return OF_TARGET[self._target_kept]


CANNOT = {
    **dict.fromkeys((Shows.VALUES, Shows.WORDED, Shows.BESIDE_YEAR_BEFORE, Shows.MEDIAN), Cannot.CHANGE),
    **dict.fromkeys((Shows.RANDOM, Shows.USUAL), Cannot.GOOD),
    Shows.NOT_RANDOM: Cannot.WHICH_WAY,
    Shows.EARLIER: Cannot.REASON,
    **dict.fromkeys((Shows.BETTER, Shows.WORSE, Shows.CHANGED), Cannot.CAUSE),
}
ASK = {
    Shows.BESIDE_YEAR_BEFORE: Ask.SEASON,
    Shows.MEDIAN: Ask.WAIT,
    Shows.WORDED: Ask.THE_EVIDENCE,
    **dict.fromkeys((Shows.NOT_RANDOM, Shows.EARLIER), Ask.WHAT_HAPPENED),
    Shows.BETTER: Ask.WILL_IT_LAST,
    Shows.WORSE: Ask.WHO_ACTS,
    Shows.CHANGED: Ask.WHAT_HAPPENED,
}
OF_FIT = {Why.FEW: Ask.WAIT, Why.SMALL_COUNTS: Ask.LONGER_PERIODS, Why.RATIO: Ask.TWO_RATES}
OF_TARGET = {
    Assurance.PASS: Ask.KEEP,
    Assurance.FAIL: Ask.CHANGE_THE_PROCESS,
    Assurance.EITHER: Ask.SURE_OF_TARGET,
}


def watch(
    series: Series,
    better: Better,
    target: float | None = None,
    longer: Series | None = None,
    worded: bool = False,
    partners_missing: int = 0,
    anew: Mapping[str, str] | None = None,
) -> Watched:
    """Return a measure over time with the chart that fits it.

    `anew` has the periods from which limits are calculated anew, each with why: segments are fitted one by one.

    Where a period is hidden, and the same measure is known of every one of some `longer` periods, these are taken. With
    `worded` its evidence has words of its own, and it is drawn as dots alone.

    >>> points = Observation("2026-27-Q1", 9, 20), Observation("2026-27-Q2", None, None, Absent.HIDDEN)
    >>> hidden = Series(Of.SHARES, points)
    >>> watch(hidden, Better.UP).fit
    Fit(kind=<Kind.DOTS: 'dots alone'>, why=<Why.HIDDEN: 'hidden'>)
    >>> year = Series(Of.SHARES, (Observation("2026-27", 12, 40),))
    >>> watch(hidden, Better.UP, longer=year).latest.period
    '2026-27'
    """
    if Absent.HIDDEN in series.gaps and longer is not None and not longer.gaps:
        series = longer
    reasons = anew or {}
    *before, latest = (
        _segment(part, reasons.get(part.points[0].period), better, target, worded, partners_missing)
        for part in series.parts(reasons)
    )
    return replace(latest, before=tuple(before))


def _segment(
    series: Series, anew: str | None, better: Better, target: float | None, worded: bool, partners_missing: int
) -> Watched:
    fit = Fit(Kind.DOTS, Why.WORDED) if worded else fitting(series)
    chart: RunChart | ControlChart | None = None
    if fit.kind in (Kind.MEDIAN, Kind.RUN):
        chart = run_chart(series)
    elif fit.kind != Kind.DOTS:
        chart = control_chart(series, fit.kind)
    return Watched(series, fit, chart, better, target, partners_missing, anew)
