"""The people that a release counts, by the furthest stage that they reached, and the posts that there were not."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from itertools import pairwise, product, zip_longest
from typing import NamedTuple, Self

from lt_analysis.codebook.ethnicity import BME, FIVE_GROUPS, REFERENCE, UNKNOWN
from lt_analysis.codebook.measures import CHAIN_OF, CHAINS, Chain
from lt_analysis.codebook.pay import PARTS_OF_CUTS
from lt_analysis.codebook.periods import Quarter, parse_span
from lt_analysis.release.keys import Atom, Cell
from lt_analysis.release.system import System, linear_system

FROM_APPLICATIONS = "vacancy"


class Reached(NamedTuple):
    """How many people of one group reached each stage of a chain, in one cut of one organisation's return.

    Of staff, those who joined after the day and came to its last stage stand besides, in `joined`; `of_new` are those
    of `reached` who were new. `basis` is 'vacancy'
    where it is known that a band that is not there had no post.
    """

    organisation: str
    period: str
    basis: str
    cut: str
    group: str
    reached: tuple[int, ...]
    joined: tuple[int, ...] = ()
    of_new: tuple[int, ...] = ()


@dataclass(frozen=True)
class People:
    """True numbers by atom, and the atoms of bands in which everybody knows that there was no post."""

    counts: dict[Atom, int]
    empty: frozenset[Atom]

    @classmethod
    def nobody(cls) -> Self:
        """Nobody, of nowhere."""
        return cls({}, frozenset())

    def with_more(self, others: "People") -> "People":
        """Return these people and others, of other atoms."""
        return People(self.counts | others.counts, self.empty | others.empty)

    def of_chain(self, chain: Chain) -> "People":
        """Return the people that a chain counts."""
        counts = {atom: people for atom, people in self.counts.items() if CHAIN_OF[atom.furthest] == chain}
        return People(counts, self.empty & counts.keys())

    def systems(self, cells: Iterable[Cell]) -> Iterator[tuple[Chain, System]]:
        """Yield numbers as sums of these people: of each chain, those at its stages."""
        cells = tuple(cells)
        for chain in CHAINS:
            people = self.of_chain(chain)
            own = (cell for cell in cells if cell.key.stage in chain)
            yield chain, linear_system(people.counts, people.empty, own)

    def of(self, returns: Collection[tuple[str, str]]) -> "People":
        """Return the people of some returns, each an organisation and a period."""
        counts = {atom: people for atom, people in self.counts.items() if atom[:2] in returns}
        return People(counts, self.empty & counts.keys())

    def number(self, cell: Cell) -> int:
        """Return how many of them a number counts."""
        return sum(
            people
            for atom, people in self.counts.items()
            if all(part in words for part, words in zip(atom, cell.words, strict=True))
        )

    def replaced_by(self, before: "People") -> "People":
        """Return these people, but as they were before for every return that was counted before.

        Stocks are counted by themselves: what later happened to the staff of a day is new, though the day is not.
        Nobody is counted twice: a return of a whole year of which quarters were counted is left out, and so are
        quarters of a year that was counted whole.
        """
        counted, otherwise = {_counted_at(atom) for atom in before.counts}, self.counted_otherwise(before)
        kept = {
            atom: people
            for atom, people in self.counts.items()
            if _counted_at(atom) not in counted and atom[:2] not in otherwise
        }
        empty = self.empty & kept.keys()
        return People(before.counts | kept, before.empty | empty)

    def counted_in(self, before: "People") -> "People":
        """Return these people; of a day of which only its staff were counted before, or what happened, only those."""
        returns, counted = {atom[:2] for atom in before.counts}, {_counted_at(atom) for atom in before.counts}
        counts = {
            atom: people
            for atom, people in self.counts.items()
            if atom[:2] not in returns or _counted_at(atom) in counted
        }
        return People(counts, self.empty & counts.keys())

    def counted_otherwise(self, before: "People") -> set[tuple[str, str]]:
        """List the returns of which the people were counted before in another form: by quarters, or as a whole year."""
        counted = {atom[:2] for atom in before.counts}
        whole = {(organisation, period) for organisation, period in counted if period == _year_of(period)}
        parts = {(organisation, _year_of(period)) for organisation, period in counted} - whole
        own = {atom[:2] for atom in self.counts} - counted
        return {
            (organisation, period)
            for organisation, period in own
            if (organisation, _year_of(period)) in (parts if period == _year_of(period) else whole)
        }


def _counted_at(atom: Atom) -> tuple[str, str, str]:
    """Return the return of which an atom counts people, and the first stage of their chain."""
    return (*atom[:2], CHAIN_OF[atom.furthest].keys[0])


def _year_of(period: str) -> str:
    found = parse_span(period)
    return str(found.year if isinstance(found, Quarter) else found)


def people_of(rows: Iterable[Reached], chain: Chain) -> People:
    """Count people by furthest stage; every group and cut of a return has its atoms, with people or without."""
    returns: dict[tuple[str, str], list[Reached]] = defaultdict(list)
    for row in rows:
        returns[row.organisation, row.period].append(row)
    counts: dict[Atom, int] = {}
    empty: set[Atom] = set()
    for (organisation, period), sent in returns.items():
        here = {(row.group, row.cut): _furthest(row, chain) for row in sent}
        cuts = {row.cut for row in sent}
        groups = (REFERENCE, BME, UNKNOWN) if any(row.group == BME for row in sent) else (*FIVE_GROUPS, UNKNOWN)
        groups = dict.fromkeys((*groups, *(row.group for row in sent)))
        for group, cut in product(groups, _parts_sent(chain.whole, cuts, chain)):
            for place, furthest in enumerate(chain.words):
                atom = Atom(organisation, period, furthest, group, cut)
                counts[atom] = here[group, cut][place] if (group, cut) in here else 0
                if cut not in cuts and sent[0].basis == FROM_APPLICATIONS:
                    empty.add(atom)
    return People(counts, frozenset(empty))


def _parts_sent(cut: str, sent: Collection[str], chain: Chain) -> tuple[str, ...]:
    """Return the parts of a cut that people were sent by: the whole where that was sent, else the finest."""
    parts = chain.divided.get(cut) or PARTS_OF_CUTS.get(cut, ())
    if cut in sent or not parts:
        return (cut,)
    return tuple(part for some in parts for part in _parts_sent(some, sent, chain))


def _furthest(row: Reached, chain: Chain) -> tuple[int, ...]:
    """Return a row's people by the chain's words for how far they came."""
    new = row.of_new or (0,) * len(chain.of_new)
    others = tuple(every - some for every, some in zip_longest(row.reached, new, fillvalue=0))
    return (*(here - later for some in (others, new) for here, later in pairwise((*some, 0))), *row.joined)
