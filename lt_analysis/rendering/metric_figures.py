"""Metrics of inequality, promises of anchors and values published elsewhere, as figures that a page can name.

`metric_figure` finds one by what stands after `*/` in its name:

- `metrics`: all of the partnership's list; `metric/smears/partnership`: one of them, of the partnership or of whoever
  sent it alone;
- `metric/smears/partnership/over-time`: the measure over time; with `/2026-27-Q2`, one of its periods;
- `metric/smears/partnership/slope`: its slope along deprivation; with `/3`, one fifth or tenth;
- `metric/smears/partnership/funnel`: networks, or organisations, at one time; with `/emerald-city`, one of them;
- `metric/smears/partnership/groups/sex`: how it divides; with `/female`, one group;
- `network/emerald-city`: what a network's practices sent;
- `anchors`, `anchor/3`: the promises of anchor organisations, or one of them;
- `elsewhere/2`: what was published elsewhere of an indicator, and of residents (`elsewhere/residents`); with
  `/London`, the latest of one area; `published/17`: one value.
"""

from collections.abc import Iterable, Iterator, Sequence
from math import log
from typing import NamedTuple

from lt_analysis.codebook.benchmarks import AREAS, Benchmark, benchmarks
from lt_analysis.codebook.metrics import AXES, RATE, SHARE, UP, VALUE
from lt_analysis.codebook.periods import Quarter
from lt_analysis.codebook.standards import INDICATORS, Indicator
from lt_analysis.evidence.assurance import Shows, Watched, watch
from lt_analysis.evidence.funnel import ShareFunnel
from lt_analysis.evidence.inequality import (
    BesideWhole,
    Gap,
    Quantity,
    Share,
    SlopeIndex,
    beside_whole,
    quantile_of,
    slope_index,
)
from lt_analysis.evidence.process_control import Absent, Better, ControlChart, Observation, Of, Series
from lt_analysis.release.figures import OrganisationFigures, Release
from lt_analysis.release.metric_tables import (
    NETWORK,
    ORGANISATION,
    PARTNERSHIP,
    Anchor,
    MetricDefinition,
    MetricGroup,
    MetricTable,
    TableState,
)

KINDS = {SHARE: Of.SHARES, RATE: Of.RATES, VALUE: Of.VALUES}
GAPS = {TableState.NOT_SENT: Absent.NOT_SENT}  # of whatever else is not shown: hidden
BY_DEPRIVATION = tuple(axis for axis in AXES if axis.startswith("deprivation"))
RESIDENTS = "residents"


class OfMetric(NamedTuple):
    """A metric of somebody: of the partnership, or of whoever sends it alone."""

    release: Release
    metric: str
    who: str

    @property
    def name(self) -> str:
        """The name under which a page carries it."""
        return f"*/metric/{self.metric}/{self.who}"

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
        return watch(series, Better.UP if one.good == UP else Better.DOWN, target, partners_missing=silent)

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
        measured = Quantity.SHARE if self.definition.unit == SHARE else Quantity.RATE
        parts = {int(place): quantile_of(*counts[place], measured, self.per) for place in places}
        return slope_index(parts, measured, transformed=True)

    @property
    def funnel(self) -> ShareFunnel | None:
        """Those who sent it, at one time, beside all of them; None of what is no share, or of one alone."""
        shares = {one.who: _share(one.group()) for one in self.senders if one.shown}
        if self.definition.unit != SHARE or self.who != PARTNERSHIP or not self.told or not shares:
            return None
        hidden = sum(one.state in (TableState.HIDDEN, TableState.TOO_FEW) for one in self.senders)
        networks = all(one.whose == NETWORK for one in self.senders)
        return ShareFunnel(shares, _share(self.latest.group()), hidden, "networks" if networks else "organisations")

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


class Divided(NamedTuple):
    """A metric by an axis whose groups have no order: each beside all together, and beside everybody else."""

    of: OfMetric
    axis: str

    @property
    def name(self) -> str:
        """The name under which a page carries it."""
        return f"{self.of.name}/groups/{self.axis}"

    @property
    def table(self) -> MetricTable:
        """Its table, of the axis or of what that was made coarser to."""
        return self.of.by(self.axis)

    @property
    def groups(self) -> list["GroupOf"]:
        """Its groups, in the order of the codebook, which means nothing."""
        return [GroupOf(self, one.group) for one in self.table.groups]


class GroupOf(NamedTuple):
    """One group of a metric."""

    of: Divided
    group: str

    @property
    def name(self) -> str:
        """The name under which a page carries it."""
        return f"{self.of.name}/{self.group}"

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


class AllMetrics(NamedTuple):
    """Every metric of the partnership's list."""

    release: Release

    @property
    def name(self) -> str:
        """The name under which a page carries them."""
        return "*/metrics"

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


class OfNetwork(NamedTuple):
    """What a network's practices sent for the report's quarter."""

    release: Release
    who: str

    @property
    def name(self) -> str:
        """The name under which a page carries it."""
        return f"*/network/{self.who}"

    @property
    def tables(self) -> list[tuple[OfMetric, MetricTable]]:
        """Its table of each metric that networks send, shown or not."""
        every = AllMetrics(self.release).of_practices
        return [(one, table) for one in every for table in one.senders if table.who == self.who]


class Anchors(NamedTuple):
    """The promises of anchor organisations."""

    release: Release

    @property
    def name(self) -> str:
        """The name under which a page carries them."""
        return "*/anchors"

    @property
    def each(self) -> list["Promised"]:
        """Each promise."""
        return [Promised(self.release, place) for place in range(len(self.release.anchors))]


class Promised(NamedTuple):
    """A promise of an anchor organisation, by its place from 0."""

    release: Release
    place: int

    @property
    def name(self) -> str:
        """The name under which a page carries it."""
        return f"*/anchor/{self.place}"

    @property
    def anchor(self) -> Anchor:
        """The promise."""
        return self.release.anchors[self.place]

    @property
    def whose(self) -> OrganisationFigures | None:
        """The organisation, where the report has figures of it."""
        return next((one for one in self.release.organisations if one.slug == self.anchor.organisation), None)

    @property
    def stands(self) -> str:
        """Whether it is reached, due, to come, or cannot be told."""
        one = self.anchor
        if one.reached is None or one.promised is None:
            return "untold"
        if one.reached >= one.promised:
            return "reached"
        return "passed" if one.due_on <= self.release.quarter.last_day else "to come"


class Elsewhere(NamedTuple):
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
        """The same values, those of one group and area that are from one source together."""
        values = benchmarks()
        firsts = {FromSource(values.index(one)).of_whom: values.index(one) for one in reversed(self.values)}
        return [FromSource(place) for place in sorted(firsts.values())]

    @property
    def areas(self) -> list["InArea"]:
        """The latest of each area that there is a value of, in the order of the codebook."""
        there = {one.area for one in self.values}
        return [InArea(self, area) for area in AREAS if area in there]


class InArea(NamedTuple):
    """The values of the latest year of an area, of one group or of several."""

    of: Elsewhere
    area: str

    @property
    def name(self) -> str:
        """The name under which a page carries it."""
        return f"{self.of.name}/{self.area}"

    @property
    def latest(self) -> list[Benchmark]:
        """The last value of each group."""
        own = [one for one in self.of.values if one.area == self.area]
        return [one for place, one in enumerate(own) if one.group not in {other.group for other in own[:place]}]


class FromSource(NamedTuple):
    """The values of a group in an area that are from one source, by the place of one of them in the codebook."""

    place: int

    @property
    def name(self) -> str:
        """The name under which a page carries them."""
        return f"*/published/{self.place}"

    @property
    def value(self) -> Benchmark:
        """One of them, with their source."""
        return benchmarks()[self.place]

    @property
    def of_whom(self) -> tuple[int | None, str, str, str, str]:
        """What all of them have alike: the indicator, area and group, the source, and when that is of."""
        one = self.value
        return (one.indicator, one.area, one.group, one.source, one.dated)

    @property
    def values(self) -> list[Benchmark]:
        """All of them, the latest year first."""
        alike = [one for place, one in enumerate(benchmarks()) if FromSource(place).of_whom == self.of_whom]
        return sorted(alike, key=lambda one: one.year, reverse=True)


def all_elsewhere() -> list[Elsewhere]:
    """Return each indicator of which something was published elsewhere, and what was of residents."""
    return [one for one in (*map(Elsewhere, INDICATORS), Elsewhere(None)) if one.values]


def metric_figure(release: Release, parts: Sequence[str]) -> object:
    """Return the figure that a name means, by its parts after `*/`. Raises `LookupError` where there is none such."""
    match parts:
        case ["metrics"]:
            return AllMetrics(release)
        case ["anchors"]:
            return Anchors(release)
        case ["anchor", place]:
            return _only(one for one in Anchors(release).each if str(one.place) == place)
        case ["elsewhere", which]:
            return _only(one for one in all_elsewhere() if one.name.endswith(f"/{which}"))
        case ["elsewhere", which, area]:
            found = metric_figure(release, ("elsewhere", which))
            return _only(one for one in found.areas if one.area == area)
        case ["published", place]:
            return _only(FromSource(number) for number in range(len(benchmarks())) if str(number) == place)
        case ["network", who]:
            return _only(OfNetwork(release, one) for one in AllMetrics(release).networks if one == who)
        case ["metric", metric, who, *rest]:
            return _part(_metric(release, metric, who), rest)
    raise LookupError("the release has none such")


def _metric(release: Release, metric: str, who: str) -> OfMetric:
    release.metrics.definition(metric)
    return OfMetric(release, metric, who)


def _part(of: OfMetric, rest: Sequence[str]) -> object:
    match rest:
        case []:
            return of
        case ["over-time"]:
            return _only([of.watched])
        case ["slope"]:
            return _only([of.slope])
        case ["funnel"]:
            return _only([of.funnel])
        case ["groups", axis]:
            return _only(Divided(of, one) for one in of.definition.axis_names if one == axis and of.by(one))
        case ["groups", axis, group]:
            return _only(one for one in _part(of, ("groups", axis)).groups if one.group == group)
    raise LookupError("the release has none such")


def _only(figures: Iterable[object]) -> object:
    """Return the first that is there. Raises `LookupError` where none is."""
    for figure in figures:
        if figure is not None:
            return figure
    raise LookupError("the release has none such")
