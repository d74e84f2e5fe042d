"""Metrics of inequality, promises of anchors and values published elsewhere, as figures that a page can name.

`METRIC_FIGURES` and `AMONG_METRICS`, below, have the patterns of their names. A metric is that of the partnership, or
of whoever sent it alone.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from math import log
from typing import NamedTuple

from lt_analysis.codebook.benchmarks import AREAS, Benchmark, benchmarks
from lt_analysis.codebook.metrics import AXES, RATE, SHARE, UP, VALUE
from lt_analysis.codebook.periods import Quarter
from lt_analysis.codebook.publishing import SETTINGS
from lt_analysis.codebook.returns import UNITS_OF_ANCHORS
from lt_analysis.codebook.standards import INDICATORS, Indicator
from lt_analysis.evidence.assurance import Shows, Watched, watch
from lt_analysis.evidence.funnel import Funnel, FunnelPlace
from lt_analysis.evidence.inequality import (
    BesideWhole,
    Gap,
    Quantile,
    Quantity,
    Share,
    SlopeIndex,
    beside_whole,
    quantile_of,
    slope_index,
)
from lt_analysis.evidence.process_control import Absent, Better, ControlChart, Observation, Of, Series, Signal
from lt_analysis.release.figures import OrganisationFigures, Release
from lt_analysis.release.metric_tables import (
    NETWORK,
    ORGANISATION,
    PARTNERSHIP,
    MetricDefinition,
    MetricGroup,
    MetricTable,
    Promise,
    TableState,
)
from lt_analysis.rendering.figure import Figure, Find, name_of

KINDS = {SHARE: Of.SHARES, RATE: Of.RATES, VALUE: Of.VALUES}
MEASURED = {SHARE: Quantity.SHARE, RATE: Quantity.RATE}  # of what is counted
GAPS = {TableState.NOT_SENT: Absent.NOT_SENT}  # of whatever else is not shown: hidden
BY_DEPRIVATION = tuple(axis for axis in AXES if axis.startswith("deprivation"))
RESIDENTS = "residents"
PEOPLE = UNITS_OF_ANCHORS[0]


@dataclass(frozen=True)
class OfMetric(Figure):
    """A metric of somebody: of the partnership, or of whoever sends it alone."""

    NAME = "*/metric/{metric}/{who}"

    release: Release
    metric: str
    who: str

    @property
    def definition(self) -> MetricDefinition:
        """How the partnership's list has it."""
        return self.release.metrics.definition(self.metric)

    @property
    def counted(self) -> bool:
        """Whether people are counted; of a value nothing is known but the value and its interval."""
        return self.definition.unit != VALUE

    @property
    def per(self) -> int:
        """Per how many people it is."""
        return self.definition.per or 1

    @property
    def tables(self) -> tuple[MetricTable, ...]:
        """Its tables of everybody, the earliest quarter first."""
        return self.release.metrics.series(self.metric, self.who)

    @property
    def latest(self) -> MetricTable | None:
        """Its table of the report's quarter; of a value, which may be of a year, the last that is shown."""
        if not self.counted:
            return next((one for one in reversed(self.tables) if one.shown), None)
        return next((one for one in self.tables if one.quarter == str(self.release.quarter)), None)

    @property
    def told(self) -> bool:
        """Whether it can be told of the report's quarter."""
        return self.latest is not None and self.latest.shown and self.latest.quarter == str(self.release.quarter)

    @property
    def senders(self) -> tuple[MetricTable, ...]:
        """The tables of the report's quarter of networks and organisations, shown or not."""
        tables = self.release.metrics.latest(self.metric, quarter=str(self.release.quarter))
        return tuple(one for one in tables if one.whose != PARTNERSHIP)

    @property
    def watched(self) -> Watched | None:
        """The measure over time with the chart that fits it; None where nothing of it was ever sent."""
        points, one = tuple(self._points()), self.definition
        if not points:
            return None
        series = Series(KINDS[one.unit], points, seasonal=one.seasonal, per_year=4 if self.counted else 1, per=self.per)
        target = one.target / self.per if one.target is not None and one.unit == RATE else one.target
        silent = sum(other.whose == ORGANISATION and other.state == TableState.NOT_SENT for other in self.senders)
        better = Better.UP if one.good == UP else Better.DOWN
        return watch(series, better, target, partners_missing=silent, anew=self._anew(points))

    def _anew(self, points: tuple[Observation, ...]) -> dict[str, str]:
        """Return the periods from which its limits are calculated anew, each with why: there is one before."""
        found = {}
        for quarter, why in self.definition.rebases.items():
            later = next((point.period for point in points if point.period >= quarter), None)
            if later is not None and later != points[0].period:
                found[later] = why
        return found

    def _points(self) -> Iterator[Observation]:
        of_quarter = {one.quarter: one for one in self.tables}
        if not self.counted:
            yield from (Observation(span, one.group().value) for span, one in of_quarter.items() if one.shown)
            return
        quarter = Quarter.parse(min(of_quarter)) if of_quarter else self.release.quarter.next
        while quarter <= self.release.quarter:
            yield _observation(str(quarter), of_quarter.get(str(quarter)))
            quarter = quarter.next

    @property
    def by_deprivation(self) -> MetricTable | None:
        """Its table by fifths or tenths of deprivation, of the same quarter as its latest; None without one."""
        axes = [axis for axis in self.definition.axis_names if axis in BY_DEPRIVATION]
        return self.by(axes[0]) if axes else None

    def by(self, axis: str) -> MetricTable | None:
        """Return its table by an axis, of the same quarter as its latest; None where there is none that is shown."""
        quarter = self.latest.quarter if self.latest else ""
        tables = self.release.metrics.series(self.metric, self.who, axis)
        return next((one for one in tables if one.quarter == quarter and one.shown), None)

    @property
    def slope(self) -> SlopeIndex | None:
        """Its slope along deprivation; None of a value, for how many people live in each part is not known."""
        table = self.by_deprivation
        if table is None or not self.counted:
            return None
        places = [one for one in AXES[table.axis].groups if one != AXES[table.axis].unstated]
        counts = {one.group: (one.numerator, one.denominator) for one in table.groups}
        if any(not 0 < counts.get(place, (0, 0))[0] < counts[place][1] for place in places if place in counts):
            return None
        if not counts.keys() >= set(places):
            return None
        measured = MEASURED[self.definition.unit]
        parts = {int(place): quantile_of(*counts[place], measured, self.per) for place in places}
        return slope_index(parts, measured, transformed=True)

    @property
    def funnel(self) -> Funnel | None:
        """Those who sent it, at one time, beside all of them; None of a value, or of one alone."""
        if not self.counted or self.who != PARTNERSHIP or not self.told:
            return None
        counts = {one.who: _share(one.group()) for one in self.senders if one.shown}
        if not counts:
            return None
        hidden = sum(one.state in (TableState.HIDDEN, TableState.TOO_FEW) for one in self.senders)
        measured = MEASURED[self.definition.unit]
        names = {one.slug: name_of(one) for one in self.release.organisations if one.slug in counts}
        return Funnel(counts, _share(self.latest.group()), hidden, self.compared, measured, self.per, names)

    @property
    def compared(self) -> str:
        """What those are who sent it beside each other: networks, or organisations; empty of one alone, or nobody."""
        if self.who != PARTNERSHIP or not self.senders:
            return ""
        return "networks" if all(one.whose == NETWORK for one in self.senders) else "organisations"

    @property
    def divided(self) -> list["Divided"]:
        """How it divides by what has no order, each axis that is shown."""
        axes = [axis for axis in self.definition.axis_names if axis not in BY_DEPRIVATION]
        return [Divided(self, axis) for axis in axes if self.by(axis)]


def _observation(quarter: str, table: MetricTable | None) -> Observation:
    if table is None or not table.shown:
        return Observation(quarter, None, None, GAPS.get(table.state, Absent.HIDDEN) if table else Absent.NOT_SENT)
    return Observation(quarter, table.group().numerator, table.group().denominator)


def _share(group: MetricGroup) -> Share:
    return Share(group.numerator, group.denominator)


@dataclass(frozen=True)
class Divided(Figure):
    """A metric by an axis whose groups have no order: each beside all together, and beside everybody else."""

    NAME = "{of.name}/groups/{axis}"

    of: OfMetric
    axis: str

    @property
    def table(self) -> MetricTable:
        """Its table, of the axis or of what that was made coarser to."""
        return self.of.by(self.axis)

    @property
    def groups(self) -> list["GroupOf"]:
        """Its groups, in the order of the codebook, which means nothing."""
        return [GroupOf(self, one.group) for one in self.table.groups]


@dataclass(frozen=True)
class GroupOf(Figure):
    """One group of a metric."""

    NAME = "{of.name}/{group}"

    of: Divided
    group: str

    @property
    def metric(self) -> OfMetric:
        """The metric."""
        return self.of.of

    @property
    def counts(self) -> MetricGroup:
        """Its numbers."""
        return self.of.table.group(self.group)

    @property
    def share(self) -> Share:
        """The same, as a share of its people."""
        return _share(self.counts)

    @property
    def everybody(self) -> Share:
        """All groups together."""
        shares = [_share(one) for one in self.of.table.groups]
        return Share(sum(one.successful for one in shares), sum(one.people for one in shares))

    @property
    def beside_all(self) -> BesideWhole:
        """It beside all together."""
        return beside_whole({self.group: self.share}, self.everybody)[self.group]

    @property
    def beside_others(self) -> Gap | None:
        """It beside everybody else; None where there is nobody else."""
        own, every = self.share, self.everybody
        others = Share(every.successful - own.successful, every.people - own.people)
        return Gap(own, others) if others.people else None


@dataclass(frozen=True)
class AllMetrics(Figure):
    """Every metric of the partnership's list."""

    NAME = "*/metrics"

    release: Release

    @property
    def each(self) -> list[OfMetric]:
        """Each metric of the list in its order, of the partnership, else of each who sends it by itself."""
        return [one for definition in self.release.metrics.definitions for one in _whose(self.release, definition)]

    @property
    def with_limits(self) -> list[OfMetric]:
        """Those that are told of the quarter and have a chart with limits."""
        return [one for one in self.each if one.told and isinstance(one.watched.chart, ControlChart)]

    def showing(self, *shows: Shows) -> list[OfMetric]:
        """Return those that are told of the quarter and whose chart shows one of these."""
        return [one for one in self.each if one.told and one.watched.statement.shows in shows]

    @property
    def by_chance(self) -> float:
        """The most that chance alone has of marking a latest point, with nothing changed, whatever hangs together."""
        return min(1.0, sum(one.watched.by_chance.latest for one in self.with_limits))

    @property
    def aimed(self) -> list[Watched]:
        """Those over time that have a target and a latest value: of the quarter, or the last that was published."""
        watched = (one.watched for one in self.each if one.definition.target is not None)
        return [one for one in watched if one and not one.latest.gap]

    @property
    def sloped(self) -> list[tuple[OfMetric, SlopeIndex]]:
        """Those that have a slope along deprivation."""
        return [(one, one.slope) for one in self.each if one.slope]

    @property
    def clear(self) -> list[tuple[OfMetric, SlopeIndex]]:
        """Those whose slope's margin of error leaves out nought, the widest by its ratio first."""
        found = [(one, slope) for one, slope in self.sloped if not slope.slope_interval().holds(0)]
        return sorted(found, key=lambda pair: -abs(log(pair[1].ratio)))

    @property
    def of_practices(self) -> list[OfMetric]:
        """Those that networks of practices sent something of."""
        every = self.release.metrics.tables
        sent = {one.metric for one in every if one.whose == NETWORK}
        return [one for one in self.each if one.metric in sent and one.who == PARTNERSHIP]

    @property
    def networks(self) -> list[str]:
        """Every network that sent something, in alphabetical order."""
        return sorted({one.who for metric in self.of_practices for one in metric.senders if one.whose == NETWORK})


def _whose(release: Release, definition: MetricDefinition) -> list[OfMetric]:
    """Return a metric of the partnership; where nothing of that is ever shown, of each organisation that sends it."""
    tables = [one for one in release.metrics.tables if one.metric == definition.metric]
    if not any(one.whose == PARTNERSHIP and one.shown for one in tables):
        alone = sorted({one.who for one in tables if one.whose == ORGANISATION})
        if alone:
            return [OfMetric(release, definition.metric, who) for who in alone]
    return [OfMetric(release, definition.metric, PARTNERSHIP)]


@dataclass(frozen=True)
class OfNetwork(Figure):
    """What a network's practices sent for the report's quarter."""

    NAME = "*/network/{who}"

    release: Release
    who: str

    @property
    def tables(self) -> list[tuple[OfMetric, MetricTable]]:
        """Its table of each metric that networks send, shown or not."""
        every = AllMetrics(self.release).of_practices
        return [(one, table) for one in every for table in one.senders if table.who == self.who]


@dataclass(frozen=True)
class Anchors(Figure):
    """The promises of anchor organisations."""

    NAME = "*/anchors"

    release: Release

    @property
    def each(self) -> list["Promised"]:
        """Each promise."""
        return [Promised(self.release, place) for place in range(len(self.release.anchors))]


@dataclass(frozen=True)
class Promised(Figure):
    """A promise of an anchor organisation, by its place from 0."""

    NAME = "*/anchor/{place}"

    release: Release
    place: int

    @property
    def anchor(self) -> Promise:
        """The promise."""
        return self.release.anchors[self.place]

    @property
    def whose(self) -> OrganisationFigures | None:
        """The organisation, where the report has figures of it."""
        return next((one for one in self.release.organisations if one.slug == self.anchor.organisation), None)

    @property
    def stands(self) -> str:
        """How it stands: reached, no longer sent, to come, past its day with a figure since or without, or untold."""
        one = self.anchor
        if one.is_reached:
            return "reached"
        if not one.sent:
            return "gone"
        hidden = one.state == TableState.HIDDEN
        if one.promised is None or (hidden and not self._is_short):
            return "untold"
        if one.due_on > self.release.quarter.last_day:
            return "to come"
        told = hidden or one.reached is not None
        return "passed" if told and one.as_of and one.as_of >= one.due_on else "unheard"

    @property
    def _is_short(self) -> bool:
        """Whether a hidden number of people is surely below what is promised, whatever the smallest is to be shown."""
        return self.anchor.unit == PEOPLE and self.anchor.promised >= SETTINGS["smallest_number"].most


@dataclass(frozen=True)
class Elsewhere(Figure):
    """What was published elsewhere of an indicator of the race equality standard, or of residents (None)."""

    indicator: Indicator | None

    @property
    def name(self) -> str:
        """The name under which a page carries it."""
        return f"*/elsewhere/{self.indicator.number if self.indicator else RESIDENTS}"

    @property
    def values(self) -> list[Benchmark]:
        """Each value, the latest year first."""
        number = self.indicator.number if self.indicator else None
        found = [one for one in benchmarks() if one.indicator == number]
        return sorted(found, key=lambda one: one.year, reverse=True)

    @property
    def sources(self) -> list["FromSource"]:
        """The same values, those of one group and area that are from one source and count alike together."""
        values = benchmarks()
        firsts = {FromSource(values.index(one)).of_whom: values.index(one) for one in reversed(self.values)}
        return [FromSource(place) for place in sorted(firsts.values())]

    @property
    def areas(self) -> list["InArea"]:
        """The latest of each area that there is a value of, in the order of the codebook."""
        there = {one.area for one in self.values}
        return [InArea(self, area) for area in AREAS if area in there]


@dataclass(frozen=True)
class InArea(Figure):
    """The values of the latest year of an area, of one group or of several."""

    NAME = "{of.name}/{area}"

    of: Elsewhere
    area: str

    @property
    def latest(self) -> list[Benchmark]:
        """The last value of each group."""
        own = [one for one in self.of.values if one.area == self.area]
        return [one for place, one in enumerate(own) if one.group not in {other.group for other in own[:place]}]


@dataclass(frozen=True)
class FromSource(Figure):
    """The values of a group in an area that are from one source and count alike, by the place of one of them."""

    NAME = "*/published/{place}"

    place: int

    @property
    def value(self) -> Benchmark:
        """One of them, with their source."""
        return benchmarks()[self.place]

    @property
    def of_whom(self) -> tuple[int | None, str, str, str, str, str]:
        """What all of them have alike: the indicator, area and group, the source, when that is of, and what differs."""
        one = self.value
        return (one.indicator, one.area, one.group, one.source, one.dated, one.differs)

    @property
    def values(self) -> list[Benchmark]:
        """All of them, the latest year first."""
        alike = [one for place, one in enumerate(benchmarks()) if FromSource(place).of_whom == self.of_whom]
        return sorted(alike, key=lambda one: one.year, reverse=True)


def all_elsewhere() -> list[Elsewhere]:
    """Return each indicator of which something was published elsewhere, and what was of residents."""
    return [one for one in (*map(Elsewhere, INDICATORS), Elsewhere(None)) if one.values]


class OfPeriod(NamedTuple):
    """One period of a measure over time, by its place from 0 in its segment."""

    watched: Watched
    place: int

    @property
    def point(self) -> Observation:
        """Its point."""
        return self.watched.series.points[self.place]

    @property
    def signal(self) -> Signal | None:
        """What marks it, on a chart with limits."""
        chart = self.watched.chart
        return chart.signals[self.place] if isinstance(chart, ControlChart) else None


class OfQuantile(NamedTuple):
    """One fifth or tenth of deprivation, by its number from 1, the most deprived."""

    index: SlopeIndex
    number: int

    @property
    def quantile(self) -> Quantile:
        """Its people and value."""
        return self.index.quantiles[self.number - 1]


class InFunnel(NamedTuple):
    """One organisation's share or rate beside that of all of them, by its key."""

    funnel: Funnel
    organisation: str

    @property
    def called(self) -> str:
        """Its name."""
        return self.funnel.names.get(self.organisation, self.organisation)

    @property
    def counts(self) -> Share:
        """Its events, or those of whom it is so, among its people."""
        return self.funnel.counts[self.organisation]

    @property
    def place(self) -> FunnelPlace:
        """Where it lies beside the limits."""
        return self.funnel.place(self.organisation)


def _metric(release: Release, metric: str, who: str) -> OfMetric:
    release.metrics.definition(metric)  # raises of a metric that is not on the list
    return OfMetric(release, metric, who)


def periods_of(watched: Watched) -> list[OfPeriod]:
    """Return every period of a measure over time, each within its own segment."""
    return [OfPeriod(one, place) for one in watched.segments for place in range(len(one.series.points))]


def _period(watched: Watched | None, period: str) -> OfPeriod | None:
    return next((one for one in periods_of(watched) if one.point.period == period), None) if watched else None


def _quantile(index: SlopeIndex | None, number: str) -> OfQuantile | None:
    quantiles = index.quantiles if index else ()
    return next((OfQuantile(index, place) for place, _ in enumerate(quantiles, start=1) if str(place) == number), None)


def _in_funnel(funnel: Funnel | None, slug: str) -> InFunnel | None:
    return InFunnel(funnel, slug) if funnel and slug in funnel.counts else None


def _divided(release: Release, metric: str, who: str) -> list[Divided]:
    of = _metric(release, metric, who)
    return [Divided(of, axis) for axis in of.definition.axis_names if of.by(axis)]


_METRIC = "*/metric/<metric>/<who>"
METRIC_FIGURES: Mapping[str, Find] = {
    "*/metrics": AllMetrics,
    _METRIC: _metric,
    f"{_METRIC}/over-time": lambda release, **of: _metric(release, **of).watched,
    f"{_METRIC}/over-time/<period>": lambda release, period, **of: _period(_metric(release, **of).watched, period),
    f"{_METRIC}/slope": lambda release, **of: _metric(release, **of).slope,
    f"{_METRIC}/slope/<number>": lambda release, number, **of: _quantile(_metric(release, **of).slope, number),
    f"{_METRIC}/funnel": lambda release, **of: _metric(release, **of).funnel,
    f"{_METRIC}/funnel/<slug>": lambda release, slug, **of: _in_funnel(_metric(release, **of).funnel, slug),
    "*/anchors": Anchors,
}
AMONG_METRICS: Mapping[str, Find] = {
    f"{_METRIC}/groups/<axis>": lambda release, axis, **of: _divided(release, **of),
    f"{_METRIC}/groups/<axis>/<group>": lambda release, axis, group, **of: [
        one for divided in _divided(release, **of) if divided.axis == axis for one in divided.groups
    ],
    "*/network/<who>": lambda release, who: [OfNetwork(release, one) for one in AllMetrics(release).networks],
    "*/anchor/<place>": lambda release, place: Anchors(release).each,
    "*/elsewhere/<which>": lambda release, which: all_elsewhere(),
    "*/elsewhere/<which>/<area>": lambda release, which, area: [one for of in all_elsewhere() for one in of.areas],
    "*/published/<place>": lambda release, place: map(FromSource, range(len(benchmarks()))),
}
