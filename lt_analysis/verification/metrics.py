"""Metrics of inequality, attacked as a stranger would: by adding up and taking away what tables say, and by bounds.

Known are all tables of all reports (`data/metrics.csv`), and the numbers that practices publish themselves. Each
table is an equation: the counts of its members add up to it. What follows is found by elimination, for everybody and
for every axis in each of its forms; where tables of one axis have different forms, by bounds. Two editions of a quarter
are taken from each other, and so are two quarters in a row between which one practice came or went.
"""

import csv
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import combinations
from typing import NamedTuple

from lt_analysis.codebook.folders import Folders
from lt_analysis.codebook.metrics import AXES, forms_of
from lt_analysis.codebook.mistakes import RawDataError
from lt_analysis.codebook.periods import Quarter
from lt_analysis.codebook.publishing import smallest_number

DATA = "data/metrics.csv"
ALL, OF_PRACTICES = "partnership", "network"
ROUNDS = 100  # in which bounds are made narrower
Pair = tuple[int, int]  # people of whom it is so, and of whom it is not
Counts = Mapping[str, Pair]  # by group


class Told(NamedTuple):
    """A table of a report that shows counts, or that does not and names its members all the same."""

    metric: str
    whose: str
    who: str
    span: str
    axis: str
    members: frozenset[str]
    counts: Counts | None

    @property
    def quarter(self) -> str:
        """The quarter that it is of, whichever edition."""
        return self.span.split(".")[0]

    def as_(self, form: str) -> Counts | None:
        """Return its counts by the groups of a form of its axis, or of everybody; None where they cannot be told."""
        return None if self.counts is None else coarsened(self.axis, form, self.counts)


@dataclass(frozen=True)
class Known:
    """What a practice, or an organisation, published itself of a metric when a span's tables were made.

    A number that it corrects later is another one of a later span: set against tables of before it tells nothing true.
    """

    metric: str
    span: str
    member: str
    axis: str
    counts: Counts


class Found(NamedTuple):
    """What can be worked out, in words: of what, and what it is."""

    metric: str
    span: str
    what: str

    def __str__(self) -> str:
        """Say it, for whoever runs the attack."""
        return f"{self.metric} of {self.span}: {self.what}"


def coarsened(axis: str, form: str, counts: Counts) -> Counts | None:
    """Return counts of an axis by the groups of a form of it, or of everybody; None where it has no such form."""
    forms = (*forms_of(axis), "")
    if form not in forms:
        return None
    found: dict[str, Pair] = {}
    for group, (some, others) in counts.items():
        for finer in forms[: forms.index(form)]:
            group = AXES[finer].becomes.get(group, "") if AXES[finer].coarser else ""  # noqa: PLW2901
        before = found.get(group, (0, 0))
        found[group] = (before[0] + some, before[1] + others)
    return found


def read_metrics(folders: Folders) -> list[Told]:
    """Read the tables of metrics of every report, as its data has them."""
    found: dict[tuple, tuple[frozenset[str], dict[str, Pair]]] = {}
    for path in sorted(folders.reports.glob(f"*/{DATA}")):
        with path.open(encoding="utf-8-sig", newline="") as file:
            for row in csv.DictReader(file):
                key = tuple(row[name] for name in ("metric", "whose", "who", "span", "axis"))
                _, counts = found.setdefault(key, (frozenset(row["members"].split()), {}))
                if row["numerator"]:
                    some, every = int(row["numerator"]), int(row["denominator"])
                    counts[row["group"]] = (some, every - some)
    return [Told(*key, members, counts or None) for key, (members, counts) in found.items()]


def attack_metrics(tables: Sequence[Told], known: Iterable[Known] = ()) -> list[Found]:
    """Return all that can be worked out of practices, of what is withheld, and of few people."""
    known, smallest = tuple(known), smallest_number()
    spans: dict[tuple[str, str], list[Told]] = defaultdict(list)
    for one in tables:
        spans[one.metric, one.span].append(one)
    found = []
    for (metric, span), shown in spans.items():
        # A further edition has shown tables only: who is in the others, the first edition has said.
        ever = [one for one in tables if (one.metric, one.quarter) == (metric, shown[0].quarter)]
        own = [*shown, *(one for one in ever if one.span != span and one.counts is None)]
        public = [one for one in known if (one.metric, one.span) == (metric, span)]
        every = [*_added_up(own, public, smallest), *_bounded(own, smallest)]
        found += [Found(metric, span, what) for what in dict.fromkeys(every)]
    return [*found, *_between_editions(tables, known, smallest), *_between_quarters(tables, known)]


# ---- Sums and differences of one quarter's tables


def _added_up(tables: Sequence[Told], known: Sequence[Known], smallest: int) -> Iterator[str]:
    forms = dict.fromkeys(form for one in tables for form in (*forms_of(one.axis), ""))
    for form in forms:
        public = _published(known, form)
        equations = _equations(tables, public, form)
        networks = {one.members: one.who for one in tables if one.whose != ALL and not one.axis}
        shown = {one.members for one in tables if one.as_(form)}
        for members, counts in _follows(equations):
            secret = frozenset(members - public.keys())
            if not secret:
                continue
            called = f"{', '.join(sorted(secret))} {f'by {form}' if form else 'together'}"
            if len(secret) == 1 and not members & _organisations(tables):
                yield f"a practice can be worked out: {called}"
            elif members not in shown and not networks.keys().isdisjoint((members, secret)):
                who = networks.get(members) or networks[secret]
                yield f"what is withheld can be worked out: {who} {f'by {form}' if form else 'together'}"
            unstated = AXES[form].unstated if form else None
            for group, pair in counts.items():
                if min(pair) < smallest and not (group == unstated and not any(pair)):
                    yield f"few people can be worked out: {called}, {group or 'everybody'}"


def _published(known: Iterable[Known], form: str) -> dict[str, Counts]:
    every = ((one.member, coarsened(one.axis, form, one.counts)) for one in known)
    return {member: counts for member, counts in every if counts is not None}


def _equations(tables: Iterable[Told], public: Mapping[str, Counts], form: str) -> dict[frozenset[str], Counts]:
    found = {one.members: counts for one in tables if (counts := one.as_(form))}
    return found | {frozenset([member]): counts for member, counts in public.items()}


def _organisations(tables: Iterable[Told]) -> frozenset[str]:
    return frozenset(one.who for one in tables if one.whose not in (ALL, OF_PRACTICES))


def _follows(equations: Mapping[frozenset[str], Counts]) -> Iterator[tuple[frozenset[str], Counts]]:
    """Yield every set of members of which the counts are told, and each that is left once others are taken from them.

    Members that no equation tells apart are one unknown; what elimination leaves of a row is a sum of those.
    """
    yield from equations.items()
    atoms: dict[tuple[bool, ...], set[str]] = defaultdict(set)
    for member in sorted(frozenset().union(*equations)):
        atoms[tuple(member in members for members in equations)].add(member)
    names = sorted({group for counts in equations.values() for group in counts})
    rows = [
        [
            *(Fraction(int(signature[place])) for signature in atoms),
            *(Fraction(part) for name in names for part in counts.get(name, (0, 0))),
        ]
        for place, counts in enumerate(equations.values())
    ]
    for row in _eliminated(rows, len(atoms)):
        signs, values = row[: len(atoms)], row[len(atoms) :]
        if set(signs) <= {0, 1}:
            members = frozenset().union(*(some for sign, some in zip(signs, atoms.values(), strict=True) if sign))
            pairs = zip(values[::2], values[1::2], strict=True)
            yield members, {name: (int(some), int(rest)) for name, (some, rest) in zip(names, pairs, strict=True)}


def _eliminated(rows: list[list[Fraction]], unknowns: int) -> list[list[Fraction]]:
    """Return the rows of equations as Gauss and Jordan leave them, without those that say nothing."""
    done: list[list[Fraction]] = []
    for column in range(unknowns):
        pivot = next((row for row in rows if row[column]), None)
        if pivot is None:
            continue
        rows.remove(pivot)
        pivot = [one / pivot[column] for one in pivot]
        done = [_less(row, pivot, row[column]) for row in done]
        rows = [_less(row, pivot, row[column]) for row in rows]
        done.append(pivot)
    return done


def _less(row: list[Fraction], pivot: list[Fraction], times: Fraction) -> list[Fraction]:
    return [one - times * other for one, other in zip(row, pivot, strict=True)] if times else row


# ---- Tables of one axis in different forms


def _bounded(tables: Sequence[Told], smallest: int) -> Iterator[str]:
    """Yield hidden groups of networks and organisations that bounds leave one value, or none but few people."""
    for whole in (one for one in tables if one.whose == ALL and one.axis and one.counts):
        parts = (one for one in tables if one.whose != ALL and not one.axis and one.members <= whole.members)
        others = list(dict.fromkeys(one.who for one in parts))
        for kind in (0, 1):
            unknown = {(who, group): [0, whole.counts[group][kind]] for who in others for group in whole.counts}
            sums = [([(who, group) for who in others], whole.counts[group][kind]) for group in whole.counts]
            told: set[tuple[str, str]] = set()  # by a table of its own, in this form or as a group of a coarser one
            for one in (one for one in tables if one.who in others and one.counts):
                for form in (*forms_of(one.axis), ""):
                    if form not in (*forms_of(whole.axis), ""):
                        continue
                    for name, pair in one.as_(form).items():
                        parts = [
                            (one.who, group)
                            for group in whole.counts
                            if name in (coarsened(whole.axis, form, {group: (0, 0)}) or {})
                        ]
                        sums.append((parts, pair[kind]))
                        told |= set(parts) if len(parts) == 1 else set()
            _tighten(unknown, sums)
            for (who, group), (least, most) in unknown.items():
                if (
                    (who, group) not in told
                    and group != AXES[whole.axis].unstated
                    and (least == most or most < smallest)
                ):
                    yield f"what is withheld can be worked out: {who} by {whole.axis}, {group}"


def _tighten(unknown: dict[tuple[str, str], list[int]], sums: Sequence[tuple[list, int]]) -> None:
    """Make bounds as narrow as each sum by itself makes them, again and again until none moves."""
    moved, left = True, ROUNDS
    while moved and left:
        moved, left = False, left - 1
        for parts, value in sums:
            least, most = sum(unknown[part][0] for part in parts), sum(unknown[part][1] for part in parts)
            for part in parts:
                low, high = unknown[part]
                narrower = [max(low, value - (most - high)), min(high, value - (least - low))]
                if narrower != [low, high]:
                    unknown[part], moved = narrower, True
                    least, most = least - low + narrower[0], most - high + narrower[1]


# ---- Editions and quarters


def _between_editions(tables: Iterable[Told], known: Sequence[Known], smallest: int) -> Iterator[Found]:
    """Yield what differs by few between two editions of a quarter: of tables, and of what is left beside them."""
    editions: dict[tuple[str, str], dict[str, list[Told]]] = defaultdict(lambda: defaultdict(list))
    for one in tables:
        editions[one.metric, one.quarter][one.span].append(one)
    for (metric, _), spans in editions.items():
        for first, later in combinations(spans, 2):
            forms = dict.fromkeys(form for one in spans[first] for form in (*forms_of(one.axis), ""))
            for form in forms:
                own = [
                    _published([one for one in known if (one.metric, one.span) == (metric, span)], form)
                    for span in (first, later)
                ]
                before, after = (
                    _told_by(_equations(spans[span], public, form))
                    for span, public in zip((first, later), own, strict=True)
                )
                both = {one for one in before.keys() & after.keys() if not own[0].keys() & own[1].keys() >= one}
                moved = [one for one in both if _few(before[one], after[one], smallest)]
                for members in sorted(moved, key=sorted):
                    called = f"{', '.join(sorted(members))} {f'by {form}' if form else 'together'}"
                    yield Found(metric, later, f"few people were corrected since {first}: {called}")
            then = {(one.who, one.axis): one.members for one in spans[first] if one.counts}
            for one in spans[later]:
                if one.counts and then.get((one.who, one.axis), one.members) != one.members:
                    yield Found(metric, later, f"others are in it than in {first}: {one.who}")


def _told_by(equations: Mapping[frozenset[str], Counts]) -> dict[frozenset[str], Counts]:
    return dict(_follows(equations)) if equations else {}


def _few(before: Counts, after: Counts, smallest: int) -> bool:
    moves = (
        [one - two for one, two in zip(before.get(group, (0, 0)), after.get(group, (0, 0)), strict=True)]
        for group in before.keys() | after.keys()
    )
    return any(any(move) and min(map(abs, move)) < smallest for move in moves)


def _between_quarters(tables: Iterable[Told], known: Iterable[Known]) -> Iterator[Found]:
    public = {(one.metric, one.span.split(".")[0], one.member) for one in known}
    whole = {
        (one.metric, one.who, one.quarter): one
        for one in tables
        if one.whose == OF_PRACTICES and one.counts and not one.axis
    }
    for (metric, who, quarter), one in whole.items():
        before = whole.get((metric, who, _before(quarter)))
        changed = {
            member
            for member in (one.members ^ before.members if before else ())
            if not {(metric, quarter, member), (metric, _before(quarter), member)} & public
        }
        if len(changed) == 1:
            what = f"a practice is what {who} differs by from {before.span}: {', '.join(changed)}"
            yield Found(metric, one.span, what)


def _before(quarter: str) -> str:
    try:
        return str(Quarter.parse(quarter).previous)
    except RawDataError:
        return ""
