"""The people that a release counts, by the furthest stage that they reached, and the posts that there were not."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from itertools import product
from typing import NamedTuple, Self

from lt_analysis.codebook.ethnicity import BME, FIVE_GROUPS, REFERENCE, UNKNOWN
from lt_analysis.codebook.pay import BAND_8_AND_ABOVE, BAND_8_PLUS_TOTAL
from lt_analysis.codebook.periods import Quarter, parse_period
from lt_analysis.release.keys import STAGES, Atom, Cell

FROM_APPLICATIONS = "vacancy"


class Reached(NamedTuple):
    """How many people of one group reached each stage, in one band of one organisation's return."""

    organisation: str
    period: str
    basis: str
    band: str
    group: str
    applied: int
    shortlisted: int
    appointed: int


@dataclass(frozen=True)
class People:
    """True numbers by atom, and the atoms of bands in which everybody knows that there was no post."""

    counts: dict[Atom, int]
    empty: frozenset[Atom]

    @classmethod
    def nobody(cls) -> Self:
        """Nobody, of nowhere."""
        return cls({}, frozenset())

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

        Nobody is counted twice: a return of a whole year of which quarters were counted is left out, and so are
        quarters of a year that was counted whole.
        """
        counted = {atom[:2] for atom in before.counts}
        left_out = counted | self.counted_otherwise(before)
        kept = {atom: people for atom, people in self.counts.items() if atom[:2] not in left_out}
        empty = {atom for atom in self.empty if atom[:2] not in left_out}
        return People(before.counts | kept, before.empty | empty)

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


def _year_of(period: str) -> str:
    found = parse_period(period)
    return str(found.year if isinstance(found, Quarter) else found)


def people_of(rows: Iterable[Reached]) -> People:
    """Count people by furthest stage; every group and band of a return has its atoms, with people or without."""
    returns: dict[tuple[str, str], list[Reached]] = defaultdict(list)
    for row in rows:
        returns[row.organisation, row.period].append(row)
    counts: dict[Atom, int] = {}
    empty: set[Atom] = set()
    for (organisation, period), sent in returns.items():
        here = {(row.group, row.band): _furthest(row) for row in sent}
        bands = {row.band for row in sent}
        groups = (REFERENCE, BME, UNKNOWN) if any(row.group == BME for row in sent) else (*FIVE_GROUPS, UNKNOWN)
        groups = dict.fromkeys((*groups, *(row.group for row in sent)))
        all_bands = (BAND_8_PLUS_TOTAL,) if BAND_8_PLUS_TOTAL in bands else BAND_8_AND_ABOVE
        for group, band, (place, furthest) in product(groups, all_bands, enumerate(STAGES)):
            atom = Atom(organisation, period, furthest, group, band)
            counts[atom] = here.get((group, band), (0, 0, 0))[place]
            if band not in bands and sent[0].basis == FROM_APPLICATIONS:
                empty.add(atom)
    return People(counts, frozenset(empty))


def _furthest(row: Reached) -> tuple[int, int, int]:
    return (row.applied - row.shortlisted, row.shortlisted - row.appointed, row.appointed)
