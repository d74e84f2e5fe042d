"""Metrics and anchors as releases have them: what is read back, and all that a page sees of them."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from enum import StrEnum
from functools import cached_property
from typing import NamedTuple, Self

from lt_analysis.codebook.metrics import DIVIDER, EVERYBODY, forms_of

PARTNERSHIP, NETWORK, ORGANISATION = "partnership", "network", "organisation"
REVISED = ".r"  # between a span and which edition of it a table is, from the second


class TableState(StrEnum):
    """Whether a table of a metric is published, and if not, why: as far as everybody may know."""

    SHOWN = "shown"
    HIDDEN = "hidden"
    NOT_SENT = "not sent"
    TOO_FEW = "too few"  # practices, or organisations, to add up
    AWAITING = "awaiting approval"  # of a value that was published elsewhere


SHOWN = TableState.SHOWN


@dataclass(frozen=True)
class MetricGroup:
    """A group's numbers: a numerator of a denominator, or a value with its 95% interval."""

    group: str
    numerator: int | None = None
    denominator: int | None = None
    value: float | None = None
    lower: float | None = None
    upper: float | None = None

    @property
    def share(self) -> float:
        """The numerator divided by the denominator; of a value there is none, and it raises `TypeError`."""
        return self.numerator / self.denominator


@dataclass(frozen=True)
class MetricTable:
    """One metric of somebody in a quarter, by an axis: every group of it, or none.

    `whose` is partnership, network or organisation, and `who` names it. `span` is a quarter; one that was corrected
    later has `.r2` and so on after it. `axis` is empty of everybody. `members` are the practices or organisations that
    it adds up, and `covered` the part of all registered people who are registered with these practices. `source` is
    where a value was published before. `first_published` is the report that said it first.
    """

    metric: str
    whose: str
    who: str
    span: str
    axis: str
    state: TableState
    groups: tuple[MetricGroup, ...] = ()
    members: tuple[str, ...] = ()
    covered: float | None = None
    source: str | None = None
    first_published: str = field(default="", compare=False)

    @property
    def shown(self) -> bool:
        """Whether its numbers are published."""
        return self.state == SHOWN

    @property
    def quarter(self) -> str:
        """The quarter that it is of, whichever edition it is."""
        return self.span.partition(REVISED)[0]

    @property
    def edition(self) -> int:
        """Which edition of its quarter it is: 1 for the first, 2 for `.r2`."""
        return int(self.span.partition(REVISED)[2] or 1)

    @property
    def key(self) -> tuple[str, str, str, str, str]:
        """What tells it from all other tables."""
        return (self.metric, self.whose, self.who, self.span, self.axis)

    @property
    def key_of_any_edition(self) -> tuple[str, str, str, str]:
        """What tells it from all other tables of its quarter, whichever edition they are."""
        return (self.metric, self.whose, self.who, self.axis)

    def group(self, name: str = EVERYBODY) -> MetricGroup:
        """Return one group's numbers; `KeyError` where the table has none such, or is not shown."""
        return {one.group: one for one in self.groups}[name]

    def rows(self) -> list[tuple]:
        """Return it as rows of a release's table, one a group, or one where nothing is shown."""
        about = (self.metric, self.whose, self.who, self.span, self.axis)
        groups = self.groups or (MetricGroup(EVERYBODY),)
        last = (self.state.value, " ".join(self.members), self.covered, self.source)
        return [
            (*about, one.group, one.numerator, one.denominator, one.value, one.lower, one.upper, *last)
            for one in groups
        ]

    @classmethod
    def of_rows(cls, rows: Iterable[Mapping], release: str) -> tuple[Self, ...]:
        """Return the tables that a release's rows make up, in their order."""
        found: dict[tuple, list[Mapping]] = {}
        for row in rows:
            found.setdefault(tuple(row[name] for name in ("metric", "whose", "who", "span", "axis")), []).append(row)
        numbers = ("group", "numerator", "denominator", "value", "lower", "upper")
        return tuple(
            cls(
                *key,
                TableState(own[0]["state"]),
                tuple(MetricGroup(*(row[name] for name in numbers)) for row in own) if own[0]["state"] == SHOWN else (),
                tuple(own[0]["members"].split()),
                own[0]["covered"],
                own[0]["source"],
                release,
            )
            for key, own in found.items()
        )


class OwnNumber(NamedTuple):
    """What a practice, or an organisation, published itself when a table of the same metric and span was said."""

    metric: str
    span: str
    member: str
    axis: str
    group: str
    numerator: int
    denominator: int


@dataclass(frozen=True)
class MetricDefinition:
    """A metric as the partnership's list has it: its words, None where they await approval, and how it is to be read.

    `good` is up or down, and `target` in its own unit: a share (0.8), a rate `per` so many, or a value. `anew` are the
    quarters from which its limits are calculated anew, and `rebase` says why of each. `name` is what sentences call it,
    where its key's words are not that.
    """

    metric: str
    number: int
    question: str | None
    definition: str | None
    alliance: str | None
    source: str | None
    good: str
    unit: str
    per: int | None
    target: float | None
    axes: str  # divided by commas
    seasonal: bool
    invented: bool
    anew: str | None = None  # divided by commas
    rebase: str | None = None
    name: str | None = None

    @property
    def axis_names(self) -> tuple[str, ...]:
        """The axes that it is asked by."""
        return tuple(self.axes.split(", ")) if self.axes else ()

    @property
    def rebases(self) -> dict[str, str]:
        """The quarters from which its limits are calculated anew, each with why; empty where that awaits approval."""
        quarters = self.anew.split(", ") if self.anew else []
        reasons = self.rebase.split(DIVIDER) if self.rebase else [""] * len(quarters)
        return dict(zip(quarters, reasons, strict=True))


@dataclass(frozen=True)
class Anchor:
    """A promise of an anchor organisation as it stood; without its numbers where its document awaits approval.

    `state` is shown, hidden where few people were reached, not sent where nothing is said of what was reached, or
    awaiting approval.
    """

    organisation: str
    kind: str
    unit: str
    due_on: date
    promised: int | None
    reached: int | None
    as_of: date | None
    document: str | None
    state: TableState


@dataclass(frozen=True)
class Promise(Anchor):
    """A promise of an anchor organisation as reports remember it: as it was sent last, and as they had it first.

    `first_due` and `first_promised` are None where nothing earlier is known; `sent` is whether the report's own quarter
    has it.
    """

    first_due: date | None = None
    first_promised: int | None = None
    sent: bool = True

    @property
    def is_reached(self) -> bool:
        """Whether at least as much was reached as was promised; False where one of the two is not told."""
        return None not in (self.reached, self.promised) and self.reached >= self.promised

    @property
    def day_moved(self) -> bool:
        """Whether it is due on another day than at first."""
        return self.first_due not in (None, self.due_on)

    @property
    def number_moved(self) -> bool:
        """Whether another number is promised than at first, as far as both are told."""
        return self.promised is not None and self.first_promised not in (None, self.promised)


def remembered(reports: Iterable[Iterable[Anchor]]) -> tuple[Promise, ...]:
    """Return the promises that reports had, the earliest report first: each as the last that had it says.

    The same promise is one of an organisation, of a kind and in a unit, with the same day; where there is none such,
    the next one in the order of their days. One that was reached is over: what comes after it is another.

    >>> day = date(2026, 3, 31)
    >>> sent = Anchor("council", "placements", "people", day, 30, 9, day, "Plan", TableState.SHOWN)
    >>> (found,) = remembered([[sent], [replace(sent, due_on=date(2027, 3, 31), promised=20)]])
    >>> found.first_due.year, found.due_on.year, found.first_promised, found.promised
    (2026, 2027, 30, 20)
    """
    known: list[Promise] = []
    for report in reports:
        now = [Promise(**vars(one)) for one in report]
        keys = sorted({_whose_of_what(one) for one in (*known, *now)})
        known = [
            promise
            for key in keys
            for promise in _after_a_report(
                {one.due_on: one for one in known if _whose_of_what(one) == key},
                {one.due_on: one for one in now if _whose_of_what(one) == key},
            )
        ]
    return tuple(known)


def _whose_of_what(one: Anchor) -> tuple[str, str, str]:
    return (one.organisation, one.kind, one.unit)


def _after_a_report(before: Mapping[date, Promise], now: Mapping[date, Promise]) -> list[Promise]:
    """Return the promises of one organisation, kind and unit, by their days, of the reports before and of the last."""
    left = [one for due, one in sorted(before.items()) if due not in now and not one.is_reached]
    added = sorted(now.keys() - before.keys())
    earlier = {due: before[due] for due in now.keys() & before.keys()} | dict(zip(added, left, strict=False))
    gone = [one for one in before.values() if one not in earlier.values()]
    found = [_since(earlier[due], one) if due in earlier else one for due, one in now.items()]
    return sorted([*found, *(replace(one, sent=False) for one in gone)], key=lambda one: one.due_on)


def _since(earlier: Promise, now: Promise) -> Promise:
    promised = earlier.promised if earlier.first_promised is None else earlier.first_promised
    return replace(now, first_due=earlier.first_due or earlier.due_on, first_promised=promised)


@dataclass(frozen=True)
class Metrics:
    """All that a report may say of metrics: the list, and every table, the earliest quarter first."""

    definitions: tuple[MetricDefinition, ...] = ()
    tables: tuple[MetricTable, ...] = ()

    def definition(self, metric: str) -> MetricDefinition:
        """Return one metric of the list; `KeyError` where it has none such."""
        return {one.metric: one for one in self.definitions}[metric]

    def series(self, metric: str, who: str = PARTNERSHIP, axis: str = EVERYBODY) -> tuple[MetricTable, ...]:
        """Return the tables of a metric of somebody, one a quarter, by an axis or what it was made coarser to.

        Of a quarter that was corrected the latest edition stands.
        """
        forms = forms_of(axis) or (EVERYBODY,)
        found = {one.quarter: one for one in self._in_order.get((metric, who), ()) if one.axis in forms}
        return tuple(found.values())

    @cached_property
    def _in_order(self) -> Mapping[tuple[str, str], list[MetricTable]]:
        """The tables of each metric of somebody, by quarter and then by edition: pages ask for them again and again."""
        found: dict[tuple[str, str], list[MetricTable]] = {}
        for one in sorted(self.tables, key=lambda one: (one.quarter, one.edition)):
            found.setdefault((one.metric, one.who), []).append(one)
        return found

    def latest(self, metric: str, axis: str = EVERYBODY, quarter: str | None = None) -> tuple[MetricTable, ...]:
        """Return the tables of a quarter (or the last there is), of the partnership, then of networks and others."""
        series = [self.series(metric, who, axis) for one, who in self._in_order if one == metric]
        quarter = quarter or max((one.quarter for some in series for one in some), default="")
        found = [one for some in series for one in some if one.quarter == quarter]
        return tuple(sorted(found, key=lambda one: (one.whose != PARTNERSHIP, one.whose, one.who)))
