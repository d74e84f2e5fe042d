"""Which tables of a metric are published of a quarter: each whole or not at all, so that no practice can be worked out.

All tables of a metric and a quarter are decided at once, of the same practices and organisations (`Unit`), and then
stand. What anybody can add up or take away is a sum of blocks: each shown network or organisation, and those that are
left of the partnership's table. So each block has to be safe by itself:

- of each group the numerator, and the denominator less the numerator, are at least the smallest number that is
  published: nobody and everybody are hazards too. Else the coarser axis, else none;
- a network adds up at least two practices, and none of them is more than half of any of its numbers;
- what is left is nobody, or at least two networks or organisations. Else further ones are withheld, networks with the
  fewest registered people first, which hangs on no hidden number;
- the same holds of a block without the practices that publish their numbers themselves;
- a network whose practices differ by one from those of the quarter before or after is withheld, for the difference
  would be about that practice.

A correction is a further edition of a quarter, of which anybody can take the first: what they differ by has to be safe
too, also without the practices that publish their own corrected numbers.
"""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

import duckdb

from lt_analysis.codebook.ethnicity import BME, REFERENCE, UNKNOWN
from lt_analysis.codebook.measures import IN_POST, OF_STOCK
from lt_analysis.codebook.metrics import AXES, DIVIDER, EVERYBODY, VALUE, Asked, Metric, forms_of
from lt_analysis.codebook.periods import Quarter
from lt_analysis.codebook.returns import UNITS_OF_ANCHORS
from lt_analysis.counts.metrics import Sent
from lt_analysis.release.approvals import DOCUMENT, OF_METRICS, Texts, readable
from lt_analysis.release.files import rows_of
from lt_analysis.release.keys import Key
from lt_analysis.release.metric_tables import (
    NETWORK,
    ORGANISATION,
    PARTNERSHIP,
    REVISED,
    Anchor,
    MetricDefinition,
    MetricGroup,
    MetricTable,
    OwnNumber,
    TableState,
)

Counts = tuple[int, int]  # a numerator and a denominator
OwnNumbers = Mapping[tuple[str, str], Mapping[str, Counts]]  # by member and axis, of each group
PEOPLE, OF_STAFF = UNITS_OF_ANCHORS[:2]
DISJOINT = (REFERENCE, BME, UNKNOWN)  # groups that hold everybody, each once
ANCHOR_COLUMNS = ("organisation", "kind", "unit", "due_on", "promised", "reached", "as_of", "document")
FEWEST = 2  # practices of a network, networks or organisations of anything else that is added up


@dataclass(frozen=True)
class Unit:
    """What a practice, or an organisation of itself, sent of a metric for a quarter: its counts by axis and group.

    `who` is the network that it belongs to, or the organisation; `public` are the axes of which it publishes its
    numbers itself, everybody among them where there is any.
    """

    key: str
    who: str
    is_practice: bool
    counts: Mapping[str, Mapping[str, Counts]]
    public: frozenset[str] = frozenset()
    registered: int = 0

    def of(self, axis: str, form: str) -> dict[str, Counts]:
        """Return its counts of an axis, by the groups of a form of it."""
        found: dict[str, Counts] = {}
        for group, (some, every) in self.counts[axis].items():
            for coarser in forms_of(axis)[: forms_of(axis).index(form)] if axis else ():
                group = AXES[coarser].becomes[group]  # noqa: PLW2901
            before = found.get(group, (0, 0))
            found[group] = (before[0] + some, before[1] + every)
        return found


@dataclass(frozen=True)
class Due:
    """A metric in a quarter that is to be decided: who sent it, and the smallest number that is published.

    `neighbours` are the practices that each network's table added up, in the quarters before and after that are shown.
    """

    metric: Metric
    span: str
    units: tuple[Unit, ...]
    smallest: int
    neighbours: Mapping[str, tuple[frozenset[str], ...]]
    registered: int = 0  # people, with all practices that there are

    @cached_property
    def whos(self) -> tuple[str, ...]:
        """Everybody whose units sent it: networks, with the fewest registered people first, then organisations."""
        people: dict[str, int] = {}
        for one in self.units:
            people[one.who] = people.get(one.who, 0) + one.registered
        return tuple(sorted(people, key=lambda who: (not people[who], people[who], who)))

    def of(self, whos: Collection[str]) -> list[Unit]:
        """Return the units of some."""
        return [one for one in self.units if one.who in whos]

    def whole(self, axis: str) -> tuple[str, ...]:
        """Return those of whom every unit sent an axis."""
        return tuple(who for who in self.whos if all(axis in one.counts for one in self.of((who,))))

    def sums(self, units: Iterable[Unit], axis: str, form: str) -> dict[str, Counts]:
        """Return the counts of some units together, of each group that the metric is asked by."""
        found = dict.fromkeys(self.metric.groups(form), (0, 0))
        for unit in units:
            for group, (some, every) in unit.of(axis, form).items():
                found[group] = (found[group][0] + some, found[group][1] + every)
        return found

    def is_safe(self, units: Iterable[Unit], axis: str, form: str) -> bool:
        """Tell whether every group of some units together is large enough, and so is the rest of it."""
        unstated = AXES[form].unstated if form else None
        return all(
            min(some, every - some) >= self.smallest or (group == unstated and not every)
            for group, (some, every) in self.sums(units, axis, form).items()
        )

    def is_left_safely(self, whos: Collection[str], axis: str, form: str) -> bool:
        """Tell whether nobody is left, or enough and safely, also without what is public."""
        units = self.of(whos)
        return all(
            not some or (len({one.who for one in some}) >= FEWEST and self.is_safe(some, axis, form))
            for some in (units, [one for one in units if axis not in one.public])
        )

    def may_be_shown(self, who: str, axis: str, form: str) -> bool:
        """Tell whether the table of a network, or of an organisation, is safe by itself, and without what is public."""
        units = self.of((who,))
        if not units[0].is_practice:
            return self.is_safe(units, axis, form)
        if any(len(self._changed(units, other)) == 1 for other in self.neighbours.get(who, ())):
            return False
        some = [one for one in units if axis not in one.public]
        return self._is_sound(units, axis, form) and (not some or self._is_sound(some, axis, form))

    def _is_sound(self, units: Sequence[Unit], axis: str, form: str) -> bool:
        sums = self.sums(units, axis, form)
        halves = all(
            2 * count <= sums[group][place]
            for one in units
            for group, counts in one.of(axis, form).items()
            for place, count in enumerate(counts)
        )
        return len(units) >= FEWEST and halves and self.is_safe(units, axis, form)

    def _changed(self, units: Iterable[Unit], before: frozenset[str]) -> frozenset[str]:
        public = {one.key for one in units if EVERYBODY in one.public}
        return (before ^ {one.key for one in units}) - public


def decide_metric(due: Due) -> tuple[MetricTable, ...]:
    """Return every table of a metric and a quarter, shown or not: the partnership's, and everybody's who sent it."""
    together = due.is_left_safely(due.whos, EVERYBODY, EVERYBODY) and len(due.whos) >= FEWEST
    axes = {axis: due.whole(axis) for axis in due.metric.axes}
    added = [axis for axis, whos in axes.items() if together and len(whos) >= FEWEST]
    shown, added = _shown(due, added) if together else (_safe(due, due.whos, EVERYBODY, EVERYBODY), [])
    tables = [_table(due, PARTNERSHIP, due.whos, EVERYBODY, EVERYBODY if together else None)]
    tables += [_table(due, who, (who,), EVERYBODY, EVERYBODY if who in shown else None) for who in due.whos]
    for axis, whos in axes.items():
        forms = forms_of(axis)
        of_all = next((form for form in forms if axis in added and due.is_left_safely(whos, axis, form)), None)
        of_each = _forms(due, axis, [who for who in whos if who in shown], whos, of_all)
        tables.append(_table(due, PARTNERSHIP, whos, axis, of_all))
        tables += [_table(due, who, (who,) if who in whos else (), axis, of_each.get(who)) for who in due.whos]
    return tuple(tables)


def _safe(due: Due, whos: Iterable[str], axis: str, form: str) -> list[str]:
    return [who for who in whos if due.may_be_shown(who, axis, form)]


def _shown(due: Due, added: list[str]) -> tuple[list[str], list[str]]:
    """Return whose table of everybody is shown beside the partnership's, and of which axes it may have one.

    An axis that somebody lacks tells what the others have together, so those with the same axes are a block each.
    """
    while True:
        blocks: dict[tuple[bool, ...], list[str]] = {}
        for who in due.whos:
            blocks.setdefault(tuple(who in due.whole(axis) for axis in added), []).append(who)
        shown = []
        for block in blocks.values():
            kept = _withheld(block, _safe(due, block, EVERYBODY, EVERYBODY), _left(due, EVERYBODY, EVERYBODY))
            if kept is None:
                break
            shown += kept
        else:
            return shown, added
        added = added[:-1]


def _left(due: Due, axis: str, form: str) -> Callable[[Collection[str]], bool]:
    return lambda whos: due.is_left_safely(whos, axis, form)


def _withheld(
    every: Sequence[str], shown: Sequence[str], is_left_safely: Callable[[Collection[str]], bool]
) -> list[str] | None:
    """Return whom to show so that the others are left safely, withholding the first first; None where nobody can be."""
    kept = list(shown)
    while not is_left_safely([who for who in every if who not in kept]):
        if not kept:
            return None
        kept.pop(0)
    return kept


def _forms(due: Due, axis: str, shown: Sequence[str], whos: Sequence[str], of_all: str | None) -> dict[str, str]:
    """Return in which form of an axis each is shown, the coarsest first: whoever is withheld there has no finer one."""
    found: dict[str, str] = {}
    kept = list(shown)
    for form in reversed(forms_of(axis)):
        kept = _safe(due, kept, axis, form)
        if of_all and forms_of(axis).index(form) >= forms_of(axis).index(of_all):
            kept = _withheld(whos, kept, _left(due, axis, form))
        found |= dict.fromkeys(kept, form)
    return found


def _table(due: Due, who: str, whos: Collection[str], axis: str, form: str | None) -> MetricTable:
    """Return a table in a form, or where that is None, that it is not shown."""
    units = due.of(whos)
    is_practices = bool(units) and all(one.is_practice for one in units)
    whose = PARTNERSHIP if who == PARTNERSHIP else NETWORK if due.of((who,))[0].is_practice else ORGANISATION
    enough = len(whos) if whose == PARTNERSHIP else len(units) if whose == NETWORK else FEWEST
    state = TableState.SHOWN if form is not None else TableState.HIDDEN
    if form is None and enough < FEWEST:
        state = TableState.TOO_FEW if units else TableState.NOT_SENT
    groups = due.sums(units, axis, form) if form is not None else {}
    unstated = AXES[form].unstated if form else None
    everybody = due.registered if whose == PARTNERSHIP else sum(one.registered for one in due.of((who,)))
    return MetricTable(
        due.metric.key,
        whose,
        who,
        due.span,
        axis if form is None else form,
        state,
        tuple(MetricGroup(group, *counts) for group, counts in groups.items() if counts[1] or group != unstated),
        tuple(sorted(one.key for one in units)),
        round(sum(one.registered for one in units) / everybody, 3) if is_practices and everybody else None,
    )


class PublishedMetrics:
    """The tables of metrics that releases have said first; a table that was not sent yet may come later.

    `elsewhere` are the numbers that practices published themselves, as they were when each table was said.
    """

    def __init__(self, tables: Iterable[MetricTable] = (), elsewhere: Iterable[OwnNumber] = ()) -> None:
        self.tables = tuple(one for one in tables if one.state not in (TableState.NOT_SENT, TableState.AWAITING))
        self.elsewhere = tuple(elsewhere)

    def editions(self, metric: str, quarter: str, who: str | None = None) -> list[tuple[MetricTable, ...]]:
        """Return what was said of a metric and a quarter, of all or of somebody: the first edition first."""
        own = [one for one in self.tables if (one.metric, one.quarter) == (metric, quarter) and who in (None, one.who)]
        return [tuple(one for one in own if one.edition == number) for number in sorted({one.edition for one in own})]

    def neighbours(self, metric: str, quarter: Quarter) -> dict[str, tuple[frozenset[str], ...]]:
        """Return the practices of each network whose table of everybody is shown of the quarter before or after."""
        beside = {str(quarter.previous), str(quarter.next)}
        found: dict[str, tuple[frozenset[str], ...]] = {}
        for one in self.tables:
            if one.metric == metric and one.whose == NETWORK and one.shown and not one.axis and one.quarter in beside:
                found[one.who] = (*found.get(one.who, ()), frozenset(one.members))
        return found

    def own_numbers(self, metric: str, span: str) -> OwnNumbers:
        """Return what practices published themselves of a metric when a span's tables were said, by whose and axis."""
        found: dict[tuple[str, str], dict[str, Counts]] = {}
        for one in self.elsewhere:
            if (one.metric, one.span) == (metric, span):
                found.setdefault((one.member, one.axis), {})[one.group] = (one.numerator, one.denominator)
        return found

    def with_more(self, tables: Iterable[MetricTable]) -> "PublishedMetrics":
        """Return these and others."""
        return PublishedMetrics((*self.tables, *tables), self.elsewhere)


@dataclass(frozen=True)
class DueTables:
    """What is new of metrics in a release, and what is said to whoever runs it: what stands, or could not be taken.

    `elsewhere` are the numbers that practices publish themselves, as they are when these tables are said.
    """

    tables: tuple[MetricTable, ...] = ()
    said: tuple[str, ...] = ()
    elsewhere: tuple[OwnNumber, ...] = ()


def metrics_due(
    sent: Sequence[Sent],
    asked: Asked,
    quarter: Quarter,
    published: PublishedMetrics,
    smallest: int,
    is_approved: Callable[[str, str], bool],
) -> DueTables:
    """Decide what a quarter's release is the first to say of metrics, of that quarter and of those before it.

    `is_approved` tells, of an organisation and of a text with values that it published elsewhere, whether they may be
    printed.
    """
    tables: list[MetricTable] = []
    elsewhere: list[OwnNumber] = []
    moved = ", ".join(asked.moved_within(quarter.year))
    said = [f"{moved} moved within {quarter.year}: until it ends the first network of the year stands"] if moved else []
    for metric in asked.metrics:
        own = [one for one in sent if one.metric == metric.key]
        said += _too_early(metric, own)
        if metric.unit == VALUE:
            tables += _values(metric, own, quarter, published, is_approved)
            continue
        known = published
        said += _not_counted(metric, own, asked)
        for text in sorted({one.period for one in own if one.period <= str(quarter)}):
            due = _due([one for one in own if one.period == text], metric, asked, Quarter.parse(text), known, smallest)
            if published.editions(metric.key, text):
                decided, why = _revised(due, published)
                said += [f"{metric.key} of {text}: {why}; what was published first stands"] if why else []
            else:
                decided = decide_metric(due)
            tables += decided
            elsewhere += _own_numbers(due, decided)
            known = known.with_more(decided)
        tables += _not_sent(metric, own, asked, quarter, known)
        said += _gaps(metric, own, quarter)
    return DueTables(tuple(tables), tuple(said), tuple(elsewhere))


def _too_early(metric: Metric, sent: Iterable[Sent]) -> list[str]:
    """Return what is said of quarters from which limits cannot be calculated anew, for nothing was sent before."""
    first = min((one.period for one in sent), default="")
    setting = f"metrics.yml, setting metrics.{metric.key}.rebase"
    early = [quarter for quarter in metric.rebase if quarter <= first]
    return [f"{setting}: {one} is passed over, for the first quarter that was sent is {first}" for one in early]


def _due(
    sent: Sequence[Sent], metric: Metric, asked: Asked, quarter: Quarter, known: PublishedMetrics, smallest: int
) -> Due:
    networks = asked.networks(quarter)
    units = []
    for organisation, practice in sorted({(one.organisation, one.practice or "") for one in sent}):
        rows = [one for one in sent if (one.organisation, one.practice or "") == (organisation, practice)]
        if practice and practice not in networks:
            continue  # it joins one later
        member = networks.get(practice)
        counts = _counts(rows, metric)
        public = {one.axis for one in rows if one.public and one.axis in counts}
        if counts:
            units.append(
                Unit(
                    practice or organisation,
                    member.network if member else organisation,
                    bool(practice),
                    counts,
                    frozenset(public | {EVERYBODY}) if public else frozenset(),
                    member.registered if member else 0,
                )
            )
    everybody = sum(one.registered for one in networks.values())
    first = tuple(one for place, one in enumerate(units) if one.key not in {two.key for two in units[:place]})
    return Due(metric, str(quarter), first, smallest, known.neighbours(metric.key, quarter), everybody)


def _not_counted(metric: Metric, sent: Iterable[Sent], asked: Asked) -> list[str]:
    """Return what is said of practices that count only once, or not yet."""
    senders: dict[tuple[str, str], set[str]] = {}
    for one in sent:
        if one.practice:
            senders.setdefault((one.practice, one.period), set()).add(one.organisation)
    twice = sorted({practice for (practice, _), some in senders.items() if len(some) > 1})
    early = sorted({one for one, period in senders if one not in asked.networks(Quarter.parse(period))})
    reasons = {"is sent by two organisations, of which the first counts": twice, "was in no network yet": early}
    return [f"{metric.key}: {practice} {reason}" for reason, some in reasons.items() for practice in some]


def _counts(rows: Iterable[Sent], metric: Metric) -> dict[str, dict[str, Counts]]:
    """Return the counts of one who sent a metric, of those axes that add up to everybody; none without everybody."""
    found: dict[str, dict[str, Counts]] = {}
    for one in rows:
        if one.numerator is not None and one.denominator:
            found.setdefault(one.axis, {})[one.group] = (one.numerator, one.denominator)
    if EVERYBODY not in found:
        return {}
    whole = found[EVERYBODY][EVERYBODY]
    return {
        axis: groups
        for axis, groups in found.items()
        if tuple(map(sum, zip(*groups.values(), strict=True))) == whole and groups.keys() <= set(metric.groups(axis))
    }


def _own_numbers(due: Due, decided: Iterable[MetricTable]) -> list[OwnNumber]:
    """Return what units publish themselves, beside the tables that are decided of them."""
    return [
        OwnNumber(due.metric.key, span, one.key, axis, group, *counts)
        for span in sorted({table.span for table in decided})
        for one in due.units
        for axis in sorted(one.public)
        for group, counts in one.counts[axis].items()
    ]


def _revised(due: Due, published: PublishedMetrics) -> tuple[tuple[MetricTable, ...], str]:
    """Return a further edition of what was published, and why there is none where something differs all the same.

    It is told apart from every edition before it by nobody, or by enough people in every group, and of what is left,
    and of both without those who publish their numbers themselves. Where nothing that was shown last is another now,
    there is nothing to say.
    """
    before = published.editions(due.metric.key, due.span)
    edition = before[-1][0].edition + 1
    shown = [one for one in decide_metric(due) if one.shown]
    told = {one.key_of_any_edition: one for one in before[-1] if one.shown}
    same = [(one, told[one.key_of_any_edition]) for one in shown if one.key_of_any_edition in told]
    if all((one.groups, one.members) == (two.groups, two.members) for one, two in same):
        return (), ""
    if len({one.members for one in shown if one.whose == PARTNERSHIP}) > 1:
        return (), "not everybody sent every axis"
    own = {(one.key, axis): dict(one.counts[axis]) for one in due.units for axis in one.public}
    for earlier in before:
        then = {one.key_of_any_edition: one for one in earlier if one.shown}
        pairs = [(then.pop(one.key_of_any_edition, None), one) for one in shown]
        if then or any(old is None or old.members != new.members for old, new in pairs):
            return (), "others sent it then, or something else could be shown"
        own_then = published.own_numbers(due.metric.key, earlier[0].span)
        if own.keys() != own_then.keys():
            return (), "what was published elsewhere then is other, or is not known"
        every = [*pairs, *_rests(pairs)]
        every += [(_without(old, own_then), _without(new, own)) for old, new in every]
        if not all(_differ_safely(old, new, due.smallest) for old, new in every):
            return (), "few people were corrected"
    return tuple(replace(one, span=f"{one.quarter}{REVISED}{edition}") for one in shown), ""


def _without(table: MetricTable, own: OwnNumbers) -> MetricTable:
    """Return a table without those of its members who publish their numbers themselves."""
    parts = [
        replace(table, axis=axis, members=(member,), groups=tuple(MetricGroup(one, *n) for one, n in groups.items()))
        for (member, axis), groups in own.items()
        if member in table.members and table.axis in _can_be(axis)
    ]
    return _rest(table, parts, table.axis)


def _differ_safely(old: MetricTable, new: MetricTable, smallest: int) -> bool:
    """Tell whether nobody, or enough people, were corrected in every group: of its axis, and of each coarser form."""
    return all(_move_safely(_rest(old, (), form), _rest(new, (), form), smallest) for form in _can_be(new.axis))


def _move_safely(old: MetricTable, new: MetricTable, smallest: int) -> bool:
    before = {one.group: (one.numerator, one.denominator - one.numerator) for one in old.groups}
    after = {one.group: (one.numerator, one.denominator - one.numerator) for one in new.groups}
    moves = [
        [one - two for one, two in zip(after.get(group, (0, 0)), before.get(group, (0, 0)), strict=True)]
        for group in before.keys() | after.keys()
    ]
    return all(not any(move) or min(map(abs, move)) >= smallest for move in moves)


def _rests(pairs: Sequence[tuple[MetricTable, MetricTable]]) -> Iterator[tuple[MetricTable, MetricTable]]:
    """Yield what is left of the partnership's tables, in every form that they have, before and after."""
    for old, new in pairs:
        if new.whose != PARTNERSHIP:
            continue
        for form in _can_be(new.axis):
            parts = [(two, one) for two, one in pairs if one.whose != PARTNERSHIP and form in _can_be(one.axis)]
            yield _rest(old, [two for two, _ in parts], form), _rest(new, [one for _, one in parts], form)


def _can_be(axis: str) -> tuple[str, ...]:
    return forms_of(axis) or (EVERYBODY,)


def _rest(whole: MetricTable, parts: Sequence[MetricTable], form: str) -> MetricTable:
    found: dict[str, Counts] = {}
    for sign, table in ((1, whole), *((-1, part) for part in parts)):
        for one in table.groups:
            group = one.group
            for axis in forms_of(table.axis)[: forms_of(table.axis).index(form)] if form else ():
                group = AXES[axis].becomes[group]
            some, every = found.get(group, (0, 0))
            found[group] = (some + sign * one.numerator, every + sign * one.denominator)
    groups = tuple(MetricGroup(group, *counts) for group, counts in found.items())
    members = tuple(sorted(set(whole.members).difference(*(part.members for part in parts))))
    return replace(whole, axis=form, groups=groups, members=members)


def _not_sent(
    metric: Metric, sent: Iterable[Sent], asked: Asked, quarter: Quarter, known: PublishedMetrics
) -> list[MetricTable]:
    """Return that some who sent a metric before have sent nothing of the quarter."""
    before = {one.organisation for one in sent if not one.practice}
    of_practices = any(one.practice for one in sent)
    networks = {one.network for one in asked.networks(quarter).values()} if of_practices else set()
    told = {one.who for one in known.tables if (one.metric, one.quarter) == (metric.key, str(quarter))}
    whos = [*((NETWORK, one) for one in sorted(networks)), *((ORGANISATION, one) for one in sorted(before))]
    if (before or networks) and not told:
        whos = [(PARTNERSHIP, PARTNERSHIP), *whos]
    return [
        MetricTable(metric.key, whose, who, str(quarter), EVERYBODY, TableState.NOT_SENT)
        for whose, who in whos
        if who not in told
    ]


def _gaps(metric: Metric, sent: Iterable[Sent], quarter: Quarter) -> list[str]:
    """Return what is said of quarters that an organisation has not sent, since it first sent a metric."""
    own: dict[str, set[str]] = {}
    for one in sent:
        own.setdefault(one.organisation, set()).add(one.period)
    found = []
    for organisation, periods in sorted(own.items()):
        one, missing = Quarter.parse(min(periods)), []
        while one < quarter:
            one = one.next
            missing += [] if str(one) in periods else [str(one)]
        if missing:
            found.append(f"{organisation} has sent nothing of {metric.key} for {', '.join(missing)}")
    return found


def _values(
    metric: Metric,
    sent: Sequence[Sent],
    quarter: Quarter,
    published: PublishedMetrics,
    is_approved: Callable[[str, str], bool],
) -> list[MetricTable]:
    """Return the tables of values: printed where they are published elsewhere, and approved with their source."""
    found = []
    for organisation, text in sorted({(one.organisation, one.period) for one in sent if one.period <= str(quarter)}):
        rows = [one for one in sent if (one.organisation, one.period) == (organisation, text)]
        told = published.editions(metric.key, text, organisation)
        before = [tables for tables in told if any(one.shown for one in tables)]
        shown = bool(rows) and all(one.public for one in rows)
        approved = shown and is_approved(organisation, _in_words(metric, text, rows))
        state = TableState.SHOWN if approved else TableState.AWAITING if shown else TableState.HIDDEN
        tables = [
            _value_table(metric, organisation, text, axis, rows, state) for axis in sorted({r.axis for r in rows})
        ]
        last = {one.axis: one.groups for one in before[-1]} if before else None
        if last is None:
            found += tables if approved or not told else []
        elif approved and last != {one.axis: one.groups for one in tables}:
            found += [replace(one, span=f"{text}{REVISED}{before[-1][0].edition + 1}") for one in tables]
    return found


def _value_table(
    metric: Metric, organisation: str, span: str, axis: str, rows: Iterable[Sent], state: TableState
) -> MetricTable:
    own = [one for one in rows if one.axis == axis]
    groups = [
        MetricGroup(one.group, value=one.value, lower=one.lower, upper=one.upper)
        for one in own
        if state == TableState.SHOWN
    ]
    source = own[0].taken_from if groups else None
    members = (organisation,)
    return MetricTable(metric.key, ORGANISATION, organisation, span, axis, state, tuple(groups), members, None, source)


def _in_words(metric: Metric, span: str, rows: Iterable[Sent]) -> str:
    """Write out values, for a person to compare them with their source; the words stand in the first line."""
    rows = list(rows)
    values = [f"{one.axis or 'everybody'} {one.group}: {one.value:g} ({one.lower:g} to {one.upper:g})" for one in rows]
    sources = "; ".join(dict.fromkeys(one.taken_from or "" for one in rows))
    return f"{metric.key} of {span}. Source: {sources}\n" + "\n".join(values)


def definitions_in_public(asked: Asked, texts: Texts) -> Iterator[MetricDefinition]:
    """Yield the partnership's list as it stands, without words that nobody has approved yet."""
    for one in asked.metrics:
        reasons = DIVIDER.join(one.rebase.values())
        sent = dict(
            zip(OF_METRICS, (one.question, one.definition, one.alliance, one.source, reasons, one.name), strict=True)
        )
        *said, why, name = (
            texts.approved(PARTNERSHIP, field, one.number, text, asked.invented) for field, text in sent.items()
        )
        about = (one.good, one.unit, one.per, one.target, ", ".join(one.axes), one.seasonal, asked.invented)
        yield MetricDefinition(one.key, one.number, *said, *about, ", ".join(one.rebase) or None, why, name)


def staff_published(numbers: Mapping[Key, int | None]) -> dict[str, int]:
    """Return how many staff each organisation has at least, on the latest day of which that is published.

    >>> white = Key("council", "2026-03-31", "in-post", "White", "all")
    >>> staff_published({white: 90, white._replace(group="BME"): 40, white._replace(group="Unknown"): None})
    {'council': 130}
    """
    days: dict[str, dict[str, int]] = {}
    for key, people in numbers.items():
        if (key.stage, key.cut) == (IN_POST.key, OF_STOCK.whole) and key.group in DISJOINT and people is not None:
            of_day = days.setdefault(key.who, {})
            of_day[key.span] = of_day.get(key.span, 0) + people
    return {who: of_day[max(of_day)] for who, of_day in days.items()}


def _may_be_few(percentage: int, staff: int, smallest: int) -> bool:
    """Tell whether a whole percentage of staff, or the rest of them, can be from 1 to less than the smallest number.

    >>> [_may_be_few(percentage, 200, 5) for percentage in (0, 1, 2, 3, 97, 98, 100)]
    [False, True, True, False, False, True, False]
    """
    parts = (one for one in (percentage, 100 - percentage) if 0 < one < 100)  # noqa: PLR2004 - a percentage
    return any((one - 0.5) / 100 * staff < smallest for one in parts)  # it may have been rounded up by a half


def anchors_in_public(
    connection: duckdb.DuckDBPyConnection,
    invented: Mapping[str, bool],
    texts: Texts,
    smallest: int,
    staff: Mapping[str, int],
) -> Iterator[Anchor]:
    """Yield the promises of anchors of some organisations, each without numbers until its document is approved.

    Of people, a number from 1 to the smallest that is published is hidden. So is a percentage of staff that with the
    published number of them, at least, may be of so few, or leave so few. Where no number of staff is published that
    cannot be known: then the guard is whoever approves the document, which is public and has the percentage, and the
    text to be approved says what to look at.
    """
    numbers: dict[str, int] = {}
    for row in rows_of(connection.execute("FROM anchors ORDER BY ALL")):
        slug = row["organisation"]
        if slug not in invented:
            continue
        numbers[slug] = numbers.get(slug, 0) + 1
        words = f"{row['kind']}. Document: {readable(row['document'])}"
        reached = "nothing is said" if row["reached"] is None else f"{row['reached']} on {row['as_of']}"
        written_out = f"{words}\n{row['promised']} {row['unit']} by {row['due_on']}; reached: {reached}"
        few = row["unit"] == PEOPLE and 0 < (row["reached"] or 0) < smallest
        if row["unit"] == OF_STAFF and row["reached"] is not None:
            if slug in staff:
                few = _may_be_few(row["reached"], staff[slug], smallest)
            else:
                written_out += (
                    f". How many staff there are is not published: see that it is of {smallest} people or more"
                )
        state = TableState.NOT_SENT if row["reached"] is None else TableState.HIDDEN if few else TableState.SHOWN
        one = Anchor(**{name: row[name] for name in ANCHOR_COLUMNS}, state=state)
        if few:
            one = replace(one, reached=None)
        if not texts.may_be_printed(slug, DOCUMENT, numbers[slug], written_out, invented[slug]):
            one = replace(one, promised=None, reached=None, as_of=None, document=None, state=TableState.AWAITING)
        yield one
