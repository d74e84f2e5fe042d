"""The fewest atoms that tell published numbers apart, so that a year is protected as fast as it can be.

A quarter is published for the partnership alone, by White and BME. Of organisations that stand in the same tables of
quarters it therefore matters only how many people they have together in each quarter, and how many each of them has in
the year. Both can be had at once if and only if they add up to the same: a table with given margins exists whenever
the margins agree (the transportation problem), and people by furthest stage are such tables, one for each stage. So
the atoms here are an organisation's year, and the quarters of organisations together, with a balance between them.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache

from lt_analysis.codebook.ethnicity import BME, REFERENCE
from lt_analysis.codebook.periods import Quarter, parse_period
from lt_analysis.release.keys import ALL_BANDS, BANDS, GROUPS, STAGES, SUM_OF_YEARS, Atom, Cell, Words
from lt_analysis.release.people import People

POOL = "pool of"


@dataclass(frozen=True)
class Pool:
    """Organisations that stand in the same tables of one year's quarters; `in_year`, whether in a table of the year."""

    year: str
    quarters: frozenset[str]
    in_year: bool

    @property
    def name(self) -> str:
        """Its name in place of an organisation's; no folder can be called so."""
        return " ".join([POOL, *sorted(self.quarters), *["and the year"] * self.in_year])

    @property
    def periods(self) -> tuple[str, ...]:
        """Its quarters, and the rest of its year."""
        return (*sorted(self.quarters), self.rest)

    @property
    def rest(self) -> str:
        """The part of the year of which there is no table."""
        return f"rest of {self.year}"


@dataclass(frozen=True)
class Pooled:
    """People by fewer atoms, numbers as sums of these, and what has to add up to the same."""

    people: People
    cells: tuple[Cell, ...]
    balances: tuple[tuple[Words, Words], ...]


def is_pool(organisation: str) -> bool:
    """Tell whether an atom is of organisations together."""
    return organisation.startswith(POOL)


def year_of(atom: Atom) -> str:
    """Return the year that an atom's people are of."""
    return re.search(r"\d{4}-\d{2}", atom.period)[0]


def pooled(people: People, cells: Iterable[Cell]) -> Pooled:
    """Pool people as far as some numbers allow. A quarter must have one table, of the partnership."""
    cells = tuple(cells)
    of_quarters = {cell.key.span: set(cell.members) for cell in cells if _is_quarter(cell)}
    years = {(one, _year(period)) for cell in cells if not _is_quarter(cell) for one, period in cell.returns}
    pools = {}
    for one, year in dict.fromkeys((atom.organisation, _year(atom.period)) for atom in people.counts):
        quarters = frozenset(q for q, members in of_quarters.items() if _year(q) == year and one in members)
        pools[one, year] = Pool(year, quarters, (one, year) in years)
    counts: Counter[Atom] = Counter()
    posts = set()
    for atom, number in people.counts.items():
        for part in _parts(atom, pools[atom.organisation, _year(atom.period)]):
            counts[part] += number
            if atom not in people.empty:
                posts.add(part)
    return Pooled(
        People(dict(counts), frozenset(counts.keys() - posts)),
        tuple(_by_pools(cell, pools) if _is_quarter(cell) else cell for cell in cells),
        tuple(_balances(pools)),
    )


def _is_quarter(cell: Cell) -> bool:
    return SUM_OF_YEARS not in cell.key.span and isinstance(parse_period(cell.key.span), Quarter)


@cache
def _year(period: str) -> str:
    found = parse_period(period)
    return str(found.year if isinstance(found, Quarter) else found)


def _parts(atom: Atom, pool: Pool) -> Iterator[Atom]:
    if pool.in_year:
        yield atom._replace(period=pool.year)
    group = next((group for group in (REFERENCE, BME) if atom.group in GROUPS[group]), None)
    if pool.quarters and group:
        period = atom.period if atom.period in pool.quarters else pool.rest
        yield Atom(pool.name, period, atom.furthest, group, ALL_BANDS)


def _by_pools(cell: Cell, pools: dict[tuple[str, str], Pool]) -> Cell:
    names = {pool.name for pool in pools.values() if cell.key.span in pool.quarters}
    return cell._replace(members=tuple(sorted(names)))


def _balances(pools: dict[tuple[str, str], Pool]) -> Iterator[tuple[Words, Words]]:
    members = defaultdict(list)
    for (organisation, _), pool in pools.items():
        members[pool].append(organisation)
    for pool, organisations in members.items():
        if pool.in_year and pool.quarters:
            for stage in STAGES.values():
                for group in (GROUPS[REFERENCE], GROUPS[BME]):
                    of_all = (stage, group, BANDS[ALL_BANDS])
                    yield (tuple(organisations), (pool.year,), *of_all), ((pool.name,), pool.periods, *of_all)
