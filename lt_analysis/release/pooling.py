"""The fewest atoms that tell published numbers apart, so that a year is protected as fast as it can be.

A quarter is published for the partnership alone, by White and BME. Of organisations that stand in the same tables of
quarters it therefore matters only how many people they have together in each quarter, and how many each of them has in
the year. So the atoms here are an organisation's year, and the quarters of organisations alike, with balances between
them.

Both can be had at once if they add up to the same, and if no quarters hold fewer people than the bands that had posts
in these quarters alone, as adverts tell. There is such a limit for each set of quarters, and together they say all that
adverts say: where they hold, there is a table in whole numbers of every band's people by quarter with nobody where
there was no post (Gale, A theorem on flows in networks, Pacific Journal of Mathematics 7, 1957: a flow exists if no set
of places needs more than can reach it). It holds for people of each group and furthest stage alone.

Worlds are sought among these few atoms, and each is then shared out over the people themselves (`Pools.of_people`).
What is proved is proved of people (`certificate`): nothing there rests on what is said here.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache, cached_property
from itertools import product

import numpy as np
from scipy import sparse
from scipy.sparse.csgraph import maximum_flow

from lt_analysis.codebook.ethnicity import BME, REFERENCE
from lt_analysis.codebook.measures import CHAIN_OF, CHAINS_OF_POSTS, Chain
from lt_analysis.codebook.periods import FinancialYear, Quarter, parse_span
from lt_analysis.release.keys import ALL_BANDS, CUTS, GROUPS, KNOWN, SUM_OF_PERIODS, Atom, Cell, Key
from lt_analysis.release.people import People
from lt_analysis.release.system import Balance, System, linear_system

POOL = "pool of"  # begins the name of organisations alike, which no folder's name can
Band = tuple[str, str]  # an organisation, and a band of its posts
UNLIMITED = 10**9  # more people than any number of this audit


@dataclass(frozen=True)
class Limit:
    """Some quarters, and the bands of organisations that had posts in these and in no others."""

    quarters: frozenset[str]
    confined: frozenset[Band]

    @property
    def of_others(self) -> str:
        """The name, as of a period, of the people of these quarters whose bands had posts in others as well."""
        return f"{' '.join(sorted(self.quarters))}, of bands with posts in others"

    @cached_property
    def bands_of(self) -> dict[str, tuple[str, ...]]:
        """The confined bands of each organisation."""
        bands = defaultdict(list)
        for organisation, band in sorted(self.confined):
            bands[organisation].append(band)
        return {organisation: tuple(some) for organisation, some in bands.items()}


@dataclass(frozen=True)
class Pool:
    """Organisations that are alike in a year: those that stand in the same tables of it.

    `quarters` are those in whose tables they stand, `in_year` is whether they stand in a table of the year. Where they
    stand in tables of both, `limits` say how few people some quarters can have had.
    """

    year: str
    organisations: tuple[str, ...]
    quarters: frozenset[str]
    in_year: bool
    chain: Chain
    limits: tuple[Limit, ...] = ()

    @property
    def name(self) -> str:
        """Its name, as of an organisation."""
        return f"{POOL} {' '.join(self.organisations)}, {self.year}"

    @property
    def every_quarter(self) -> tuple[str, ...]:
        """The quarters of its year."""
        return tuple(map(str, FinancialYear.parse(self.year).quarters))

    def parts(self, atom: Atom) -> Iterator[Atom]:
        """Yield the atoms in which some people are counted: their organisation's year, and their pool's quarter."""
        if self.in_year:
            yield atom._replace(period=self.year)
        group = next((group for group in (REFERENCE, BME) if atom.group in GROUPS[group]), None)
        if self.quarters and group:
            yield Atom(self.name, atom.period, atom.furthest, group, ALL_BANDS)
            for limit in self.limits:
                if atom.period in limit.quarters and (atom.organisation, atom.cut) not in limit.confined:
                    yield Atom(self.name, limit.of_others, atom.furthest, group, ALL_BANDS)

    def balances(self) -> Iterator[Balance]:
        """Yield what is the same people twice: its organisations' years and its own quarters; and the limits."""
        if not (self.in_year and self.quarters):
            return
        pool = (self.name,)
        for stage, group in product(map(self.chain.furthest, self.chain.keys), (GROUPS[REFERENCE], GROUPS[BME])):
            of_all = (stage, group, CUTS[ALL_BANDS])
            yield ((self.organisations, (self.year,), *of_all),), ((pool, self.every_quarter, *of_all),)
            for limit in self.limits:
                years = (((one,), (self.year,), stage, group, bands) for one, bands in limit.bands_of.items())
                others = (pool, (limit.of_others,), *of_all)
                yield (*years, others), ((pool, tuple(limit.quarters), *of_all),)


@dataclass(frozen=True, eq=False)
class Pools:
    """People by fewer atoms: all organisations and years, as far as they are alike.

    Cuts that no number tells apart stand in `alike`, each with the first of them.
    """

    people: People
    pools: tuple[Pool, ...]
    chain: Chain
    alike: Mapping[str, str]

    @cached_property
    def pool_of(self) -> Mapping[tuple[str, str], Pool]:
        """Each organisation's pool, by year."""
        return {(one, pool.year): pool for pool in self.pools for one in pool.organisations}

    @cached_property
    def atoms(self) -> Mapping[Atom, list[int]]:
        """The fewer atoms, each with the places of the people's own atoms that it adds up."""
        places = defaultdict(list)
        for place, atom in enumerate(self.people.counts):
            for part in self.pool_of[atom.organisation, _year(atom.period)].parts(atom):
                places[part._replace(cut=self.alike.get(part.cut, part.cut))].append(place)
        return dict(places)

    def unpublished(self) -> tuple[Cell, ...]:
        """List the numbers that are in no table, and follow from those that are. They must not be worked out.

        Tables of quarters less those of years leave what is not in both: of a year with several pools, their quarters,
        and of any year what is left of it besides its quarters with tables.
        """
        of_year = Counter(pool.year for pool in self.pools if pool.quarters)
        spans = set()
        for pool in (pool for pool in self.pools if pool.quarters):
            if rest := [quarter for quarter in pool.every_quarter if quarter not in pool.quarters]:
                spans.add((pool.name, pool.organisations, SUM_OF_PERIODS.join(rest)))
            if of_year[pool.year] > 1 or not pool.in_year:
                spans |= {(pool.name, pool.organisations, quarter) for quarter in pool.quarters}
        return tuple(
            Cell(Key(name, span, stage, group, ALL_BANDS), organisations)
            for name, organisations, span in sorted(spans)
            for stage in self.chain.keys
            for group in (REFERENCE, BME, KNOWN)
        )

    def system(self, cells: Iterable[Cell]) -> System:
        """Write numbers as sums of the fewer atoms; each keeps its name."""
        numbers = list(self.people.counts.values())
        kept = [atom not in self.people.empty for atom in self.people.counts]
        counts = {atom: sum(numbers[place] for place in places) for atom, places in self.atoms.items()}
        empty = [atom for atom, places in self.atoms.items() if not any(kept[place] for place in places)]
        balances = [balance for pool in self.pools for balance in pool.balances()]
        return linear_system(counts, empty, map(self._by_pools, cells), balances)

    def _by_pools(self, cell: Cell) -> Cell:
        """Return a number of quarters with pools in the place of its members."""
        if not of_quarters(cell):
            return cell
        years = set(map(_year, cell.key.span.split(SUM_OF_PERIODS)))
        pools = {self.pool_of[one, year].name for one in cell.members for year in years if (one, year) in self.pool_of}
        return cell._replace(members=tuple(sorted(pools)))

    def of_people(self, worlds: np.ndarray) -> np.ndarray:
        """Share worlds of the fewer atoms out: return how many people more or fewer each has of the people's own atoms.

        Raises `RuntimeError` where no people could be so: then it is no world.
        """
        return np.array([self._shared_out(world) for world in worlds]).reshape(len(worlds), len(self.people.counts))

    def _shared_out(self, world: np.ndarray) -> np.ndarray:
        change = {atom: more for atom, more in zip(self.atoms, world.tolist(), strict=True) if more}
        found = np.zeros(len(self.people.counts), dtype=np.int64)
        for table in self._tables:
            if table.margins & change.keys():
                found += table.shared_out(change)
        for atom in change.keys() - self._held:
            self._give(found, self.atoms[atom], change[atom])
        return found

    def _give(self, found: np.ndarray, places: list[int], more: int) -> None:
        """Share out people who may have been of any quarter, or organisation, in which there was a post."""
        for place in places:
            least = -self._numbers[place]
            here = max(more, least) if self._had_posts[place] else 0
            found[place] += here
            more -= here
        if more:
            raise RuntimeError("a world has people who could be nowhere")

    @cached_property
    def _numbers(self) -> list[int]:
        return list(self.people.counts.values())

    @cached_property
    def _had_posts(self) -> list[bool]:
        return [atom not in self.people.empty for atom in self.people.counts]

    @cached_property
    def _held(self) -> set[Atom]:
        """The atoms that are shared out with others: by tables, or as a limit's, which says nothing of its own."""
        others = {(pool.name, limit.of_others) for pool in self.pools for limit in pool.limits}
        return {atom for atom in self.atoms if atom[:2] in others}.union(*(table.margins for table in self._tables))

    @cached_property
    def _tables(self) -> "list[_YearByQuarter]":
        found = []
        for pool in (pool for pool in self.pools if pool.in_year and pool.quarters):
            for furthest, group in product(self.chain.words, (REFERENCE, BME)):
                atoms = {
                    place: atom
                    for place, atom in enumerate(self.people.counts)
                    if self._had_posts[place]
                    and atom.furthest == furthest
                    and atom.group in GROUPS[group]
                    and self.pool_of[atom.organisation, _year(atom.period)] == pool
                }
                found.append(_YearByQuarter(pool, group, atoms, self._numbers))
        return found


class _YearByQuarter:
    """The people of a pool, of one group and furthest stage: their organisations' years by quarters, as a network.

    How many more or fewer there are of each year and of each quarter is what flows in and out; where there was a post
    anybody more may flow, and as many fewer as there are.
    """

    def __init__(self, pool: Pool, group: str, atoms: Mapping[int, Atom], numbers: list[int]) -> None:
        self.size, self.places = len(numbers), np.array(list(atoms))
        years = [atom._replace(period=pool.year) for atom in atoms.values()]
        quarters = [Atom(pool.name, atom.period, atom.furthest, group, ALL_BANDS) for atom in atoms.values()]
        self.node = {atom: node for node, atom in enumerate(dict.fromkeys((*years, *quarters)), start=2)}
        self.margins, self.of_years = self.node.keys(), set(years)
        self.rows, self.columns = ([self.node[atom] for atom in some] for some in (years, quarters))
        # As many more as may be from a year to a quarter, and as many fewer as there are.
        more = zip(self.rows, self.columns, [UNLIMITED] * len(atoms), strict=True)
        fewer = zip(self.columns, self.rows, (numbers[place] for place in atoms), strict=True)
        self.within = np.array([*more, *fewer], dtype=np.int32).reshape(2 * len(atoms), 3)

    def shared_out(self, change: Mapping[Atom, int]) -> np.ndarray:
        """Return how many people more or fewer a world has of each atom, from those of years and quarters."""
        ends = []
        for atom in self.margins & change.keys():
            flows_in = (change[atom] > 0) == (atom in self.of_years)
            way = (0, self.node[atom]) if flows_in else (self.node[atom], 1)
            ends.append((*way, abs(change[atom])))
        tails, heads, most = np.concatenate([self.within, np.array(ends, dtype=np.int32)]).T
        network = sparse.csr_array((most, (tails, heads)), shape=(len(self.node) + 2,) * 2)
        found = maximum_flow(network, 0, 1)
        if not found.flow_value == most[tails == 0].sum() == most[heads == 1].sum():
            raise RuntimeError("a world has people who could be of no quarter")
        more = np.zeros(self.size, dtype=np.int64)
        more[self.places] = np.asarray(found.flow[self.rows, self.columns]).ravel()
        return more


def is_pool(organisation: str) -> bool:
    """Tell whether an atom is of organisations together."""
    return organisation.startswith(POOL)


def year_of(atom: Atom) -> str:
    """Return the year that an atom's people are of, or the day whose staff they are."""
    return re.search(r"\d{4}-\d{2}(-\d{2})?", atom.period)[0]


def pools_of(people: People, cells: Iterable[Cell]) -> Pools:
    """Return the organisations that are alike in each year, of the people of one chain.

    A quarter must have one table, of the partnership. The staff of a day are as those of a year without quarters.
    """
    cells = tuple(cells)
    members = {cell.key.span: set(cell.members) for cell in cells if of_quarters(cell)}
    years = {(one, _year(period)) for cell in cells if not of_quarters(cell) for one, period in cell.returns}
    found = defaultdict(list)
    for one, year in dict.fromkeys((atom.organisation, _year(atom.period)) for atom in people.counts):
        quarters = frozenset(q for q, those in members.items() if _year(q) == year and one in those)
        found[year, quarters, (one, year) in years].append(one)
    chain = next((CHAIN_OF[atom.furthest] for atom in people.counts), CHAINS_OF_POSTS[0])
    pools = tuple(_pool(people, chain, *alike, tuple(sorted(some))) for alike, some in found.items())
    return Pools(people, pools, chain, _alike(people, cells) if chain.is_stock else {})


def _alike(people: People, cells: Iterable[Cell]) -> dict[str, str]:
    """Return each cut of some people with the first of those that no number tells from it."""
    told, first = {cell.key.cut for cell in cells}, {}
    held_in = {atom.cut: frozenset(cut for cut in told if atom.cut in CUTS[cut]) for atom in people.counts}
    return {cut: first.setdefault(those, cut) for cut, those in held_in.items()}


def _pool(
    people: People, chain: Chain, year: str, quarters: frozenset[str], in_year: bool, organisations: tuple[str, ...]
) -> Pool:
    posts = defaultdict(set)
    if in_year and quarters:
        for atom in people.counts.keys() - people.empty:
            if atom.organisation in organisations and _year(atom.period) == year:
                posts[atom.organisation, atom.cut].add(atom.period)
    limits = limits_of({band: frozenset(some) for band, some in posts.items()})
    return Pool(year, organisations, quarters, in_year, chain, limits)


def limits_of(posts: Mapping[Band, frozenset[str]]) -> tuple[Limit, ...]:
    """Return all limits there are. `posts` says in which quarters each band had posts.

    Only quarters to which some bands are confined, and that are no more than these bands need, limit anything.
    """
    patterns = set(posts.values())
    everywhere = frozenset().union(*patterns)
    unions = {frozenset()}
    for own in patterns:
        unions |= {some | own for some in unions}
    return tuple(
        Limit(quarters, frozenset(band for band, own in posts.items() if own <= quarters))
        for quarters in sorted(unions - {frozenset(), everywhere}, key=sorted)
    )


def of_quarters(cell: Cell) -> bool:
    """Tell whether a number is of quarters, one or some, and not of years."""
    return isinstance(parse_span(cell.key.span.split(SUM_OF_PERIODS)[0]), Quarter)


@cache
def _year(period: str) -> str:
    found = parse_span(period)
    return str(found.year if isinstance(found, Quarter) else found)
