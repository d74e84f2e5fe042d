"""The fewest atoms that tell published numbers apart, so that a year is protected as fast as it can be.

A quarter is published for the partnership alone, by White and BME. Of organisations that stand in the same tables of
quarters it therefore matters only how many people they have together in each quarter, and how many each of them has in
the year. Both can be had at once if they add up to the same, and if no quarters hold fewer people than the bands that
had posts in these quarters alone (`posts` says why that is enough). So the atoms here are an organisation's year, and
the quarters of organisations alike, with balances between them.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from itertools import product

from lt_analysis.codebook.ethnicity import BME, REFERENCE
from lt_analysis.codebook.periods import Quarter, parse_period
from lt_analysis.release.keys import (
    ALL_BANDS,
    BANDS,
    GROUPS,
    KNOWN,
    REST,
    STAGES,
    SUM_OF_YEARS,
    Atom,
    Cell,
    Key,
)
from lt_analysis.release.people import People
from lt_analysis.release.posts import Limit, limits_of
from lt_analysis.release.system import Balance

POOL = "pool of"  # begins the name of organisations alike, which no folder's name can


@dataclass(frozen=True)
class Alike:
    """What organisations of a pool have in common.

    `quarters` are those of the year in whose tables they stand, `in_year` is whether they stand in a table of the year.
    """

    year: str
    quarters: frozenset[str]
    in_year: bool

    def part(self, period: str) -> str:
        """Return the part of the year that a period is of: a quarter that has a table, or all the rest."""
        return period if period in self.quarters else REST + self.year


@dataclass(frozen=True)
class Pooled:
    """People by fewer atoms, numbers as sums of these, and what has to add up to the same.

    `unpublished` numbers are in no table, and follow from those that are: of organisations that do not all stand in the
    same tables of quarters and of the year, and of the rest of a year less its quarters. They must not be worked out.
    """

    people: People
    cells: tuple[Cell, ...]
    unpublished: tuple[Cell, ...]
    balances: tuple[Balance, ...]


def is_pool(organisation: str) -> bool:
    """Tell whether an atom is of organisations together."""
    return organisation.startswith(POOL)


def year_of(atom: Atom) -> str:
    """Return the year that an atom's people are of."""
    return re.search(r"\d{4}-\d{2}", atom.period)[0]


def pooled(people: People, cells: Iterable[Cell]) -> Pooled:
    """Pool people as far as some numbers allow. A quarter must have one table, of the partnership."""
    cells = tuple(cells)
    members = _pools(people, cells)
    names = {alike: f"{POOL} {' '.join(some)}, {alike.year}" for alike, some in members.items()}
    alike_of = {(one, alike.year): alike for alike, some in members.items() for one in some}
    limits = {alike: _limits(people, alike, some) for alike, some in members.items()}
    counts: Counter[Atom] = Counter()
    posts = set()
    for atom, number in people.counts.items():
        alike = alike_of[atom.organisation, _year(atom.period)]
        for part in _parts(atom, alike, names[alike], limits[alike]):
            counts[part] += number
            if atom not in people.empty:
                posts.add(part)
    made = People(dict(counts), frozenset(counts.keys() - posts))
    unpublished = [
        Cell(Key(name, part, stage, group, ALL_BANDS), (name,))
        for name, part in _in_no_table(names)
        for stage in STAGES
        for group in (REFERENCE, BME, KNOWN)
    ]
    return Pooled(
        made,
        tuple(_by_pools(cell, members, names) if _is_quarter(cell) else cell for cell in cells),
        tuple(unpublished),
        tuple(balance for alike, some in members.items() for balance in _balances(alike, some, names, made, limits)),
    )


def _in_no_table(names: dict[Alike, str]) -> list[tuple[str, str]]:
    """List the quarters of pools that follow from tables and stand in none.

    Tables of quarters less those of years leave what is not in both: of a year with several pools, their quarters,
    and of any year what is left of it besides its quarters with tables.
    """
    pools = Counter(alike.year for alike in names if alike.quarters)
    found = set()
    for alike, name in names.items():
        if alike.quarters:
            found.add((name, REST + alike.year))
            if pools[alike.year] > 1 or not alike.in_year:
                found |= {(name, quarter) for quarter in alike.quarters}
    return sorted(found)


def _pools(people: People, cells: tuple[Cell, ...]) -> dict[Alike, tuple[str, ...]]:
    """Return the organisations that are alike in each year."""
    of_quarters = {cell.key.span: set(cell.members) for cell in cells if _is_quarter(cell)}
    years = {(one, _year(period)) for cell in cells if not _is_quarter(cell) for one, period in cell.returns}
    found = defaultdict(list)
    for one, year in dict.fromkeys((atom.organisation, _year(atom.period)) for atom in people.counts):
        quarters = frozenset(q for q, members in of_quarters.items() if _year(q) == year and one in members)
        found[Alike(year, quarters, (one, year) in years)].append(one)
    return {alike: tuple(sorted(some)) for alike, some in found.items()}


def _is_quarter(cell: Cell) -> bool:
    return SUM_OF_YEARS not in cell.key.span and isinstance(parse_period(cell.key.span), Quarter)


@cache
def _year(period: str) -> str:
    found = parse_period(period)
    return str(found.year if isinstance(found, Quarter) else found)


def _limits(people: People, alike: Alike, organisations: tuple[str, ...]) -> tuple[Limit, ...]:
    """Return what limits the quarters of organisations alike; without tables of both, nothing does."""
    if not (alike.in_year and alike.quarters):
        return ()
    posts = defaultdict(set)
    for atom in people.counts.keys() - people.empty:
        if atom.organisation in organisations and _year(atom.period) == alike.year:
            posts[atom.organisation, atom.band].add(alike.part(atom.period))
    return limits_of({band: frozenset(quarters) for band, quarters in posts.items()})


def _parts(atom: Atom, alike: Alike, name: str, limits: tuple[Limit, ...]) -> Iterator[Atom]:
    if alike.in_year:
        yield atom._replace(period=alike.year)
    group = next((group for group in (REFERENCE, BME) if atom.group in GROUPS[group]), None)
    if alike.quarters and group:
        quarter = alike.part(atom.period)
        yield Atom(name, quarter, atom.furthest, group, ALL_BANDS)
        for limit in limits:
            if quarter in limit.quarters and (atom.organisation, atom.band) not in limit.confined:
                yield Atom(name, limit.of_others, atom.furthest, group, ALL_BANDS)


def _by_pools(cell: Cell, members: dict[Alike, tuple[str, ...]], names: dict[Alike, str]) -> Cell:
    some = [names[alike] for alike in members if cell.key.span in alike.quarters]
    return cell._replace(members=tuple(sorted(some)))


def _balances(
    alike: Alike,
    organisations: tuple[str, ...],
    names: dict[Alike, str],
    made: People,
    limits: dict[Alike, tuple[Limit, ...]],
) -> Iterator[Balance]:
    """Yield what is the same people twice: of a pool, its organisations' years and its own quarters; and the limits."""
    pool = (names[alike],)
    if not (alike.in_year and alike.quarters):
        return
    whole = tuple(alike.quarters | {REST + alike.year})
    for stage, group in product(STAGES.values(), (GROUPS[REFERENCE], GROUPS[BME])):
        of_all = (stage, group, BANDS[ALL_BANDS])
        yield ((organisations, (alike.year,), *of_all),), ((pool, whole, *of_all),)
        for limit in limits[alike]:
            years = (((one,), (alike.year,), stage, group, bands) for one, bands in limit.bands_of.items())
            others = (pool, (limit.of_others,), *of_all)
            yield (*years, others), ((pool, tuple(limit.quarters), *of_all),)
