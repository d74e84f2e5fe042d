"""Which populations the published numbers are about, how far each must be told apart, and which add up to which.

A population is some organisations' people of one year or quarter. It is told apart only as far as some number asks: the
numbers asked of it, those asked of its parts, and those asked of other parts of the same whole. So every whole can tell
apart what its parts can, the parts of one whole tell apart the same, and one equation for each kind of people that the
parts tell apart says all that their adding up says. (Whatever a whole tells apart beyond that can be shared out among
its parts in any way, as in a table of which only the margins are known.)
"""

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from itertools import combinations

from lt_analysis.codebook.periods import QUARTERS_IN_A_YEAR
from lt_analysis.verification.meaning import Figure, Person

Kind = frozenset[Person]  # people who are never told apart in a population
Organisations = frozenset[str]


@dataclass(frozen=True)
class Population:
    """The people of some organisations in a year, or in one quarter of it."""

    organisations: Organisations
    year: str
    quarter: int | None = None


@dataclass(frozen=True)
class AddsUp:
    """A whole, and the parts that together are it."""

    whole: Population
    parts: tuple[Population, ...]


@dataclass(frozen=True)
class Map:
    """Every population with the kinds of people told apart in it, and all that adds up."""

    kinds: dict[Population, tuple[Kind, ...]]
    adding_up: tuple[AddsUp, ...]


def map_of(figures: Iterable[Figure]) -> Map:
    """Draw the map that the figures need."""
    asked: dict[Population, set[Kind]] = defaultdict(set)
    for figure in figures:
        for population in populations_of(figure):
            asked[population].add(figure.people)
    everybody = frozenset().union(*(kind for kinds in asked.values() for kind in kinds))
    adding_up = [one for year in sorted({one.year for one in asked}) for one in _adding_up_in(year, asked)]
    kinds = {population: _told_apart(everybody, asked[population]) for population in asked}
    return Map(kinds, tuple(adding_up))


def populations_of(figure: Figure) -> tuple[Population, ...]:
    """Return the populations that a figure is about: one, or one for each year that it adds up."""
    return tuple(Population(figure.organisations, year, figure.quarter) for year in figure.years)


def _adding_up_in(year: str, asked: dict[Population, set[Kind]]) -> list[AddsUp]:
    """List what adds up within a year, and ask of each population what its wholes and parts need of it."""
    own = [one for one in asked if one.year == year]
    yearly = {one.organisations for one in own if one.quarter is None}
    quarterly = {(one.quarter, one.organisations) for one in own if one.quarter is not None}
    blocks = atoms({organisations for _, organisations in quarterly}) if quarterly else []
    found = []
    for quarter, organisations in sorted(quarterly, key=lambda one: (one[0], sorted(one[1]))):
        parts = [Population(block, year, quarter) for block in blocks if block <= organisations]
        found.append(AddsUp(Population(organisations, year, quarter), tuple(parts)))
    if yearly:
        for block in blocks:
            parts = [Population(block, year, quarter) for quarter in range(1, QUARTERS_IN_A_YEAR + 1)]
            found.append(AddsUp(Population(block, year), tuple(parts)))
    _ask_all_the_same(found, asked)
    within = _organisations_adding_up({*yearly, *blocks}) if yearly else []
    among_organisations = [
        AddsUp(Population(whole, year), tuple(Population(part, year) for part in parts)) for whole, parts in within
    ]
    _ask_along(among_organisations, asked, crossing=_crossing({*yearly, *blocks}))
    return [one for one in (*found, *among_organisations) if one.parts != (one.whole,)]


def _ask_all_the_same(found: Collection[AddsUp], asked: dict[Population, set[Kind]]) -> None:
    """Ask of every quarter what is asked of any, and of the years' blocks too: these tables are small."""
    quarters = {one for link in found for one in (link.whole, *link.parts) if one.quarter is not None}
    wanted = set().union(*(asked[one] for one in quarters))
    for one in (population for link in found for population in (link.whole, *link.parts)):
        asked[one] |= wanted


def _ask_along(found: Collection[AddsUp], asked: dict[Population, set[Kind]], crossing: bool) -> None:
    """Ask of each whole what is asked of its parts, and of each part what is asked of the others, smallest first.

    Where wholes cross, what the parts have in common is bound by both: then everything is asked of every part.
    """
    everything = (
        set().union(*(asked[one] for link in found for one in (link.whole, *link.parts))) if crossing else set()
    )
    for one in sorted(found, key=lambda one: len(one.whole.organisations)):
        wanted = everything.union(*(asked[part] for part in one.parts))
        for population in (one.whole, *one.parts):
            asked[population] |= wanted


def _organisations_adding_up(
    family: Collection[Organisations],
) -> list[tuple[Organisations, tuple[Organisations, ...]]]:
    """Say of which others, and of which rest, each set of organisations is made; where sets cross, of their atoms."""
    inside = atoms(family) if _crossing(family) else list(family)
    made = []
    for whole in sorted(family, key=lambda one: (len(one), sorted(one))):
        smaller = [one for one in inside if one < whole]
        parts = [one for one in smaller if not any(one < other for other in smaller)]
        if parts:
            rest = whole.difference(*parts)
            made.append((whole, (*sorted(parts, key=sorted), *([rest] if rest else []))))
    return made


def _crossing(family: Collection[Organisations]) -> bool:
    """Tell whether two sets share some and each has others."""
    return any(one & other and not one <= other and not other <= one for one, other in combinations(family, 2))


def atoms(family: Collection[frozenset]) -> list[frozenset]:
    """Return the smallest sets of which all sets of a family are made."""
    together = defaultdict(set)
    for member in frozenset().union(*family):
        together[frozenset(number for number, one in enumerate(family) if member in one)].add(member)
    return sorted(map(frozenset, together.values()), key=sorted)


def _told_apart(everybody: Kind, asked: Collection[Kind]) -> tuple[Kind, ...]:
    """Return the coarsest kinds of people of which everything asked is made; the last may be nobody's question."""
    return tuple(atoms([everybody, *asked]))
