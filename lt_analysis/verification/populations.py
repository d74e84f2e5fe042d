"""Which populations the published numbers are about, how far each must be told apart, and which add up to which.

A population is some organisations' people of one year or quarter. It is told apart only as far as some number asks: the
numbers asked of it, those asked of its parts, and those asked of other parts of the same whole. So every whole can tell
apart what its parts can, the parts of one whole tell apart the same, and one equation for each kind of people that the
parts tell apart says all that their adding up says. (Whatever a whole tells apart beyond that can be shared out among
its parts in any way, as in a table of which only the margins are known.)

**In which quarters there were posts** parts a year's people further: by the quarters in which there were posts of their
band in their organisation. Those who have the same quarters are one population, whatever their organisation and band:
each of them can have been in any of these quarters, so their quarters too can be shared out among organisations and
bands in any way.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import combinations

from lt_analysis.verification.meaning import Figure, Person
from lt_analysis.verification.posts import ANY_QUARTER, Posts, Quarters, quarters_with_posts

Kind = frozenset[Person]  # people who are never told apart in a population
Organisations = frozenset[str]
Parted = Mapping[str, Mapping[Quarters, Kind]]  # each organisation's people by the quarters in which there were posts
NO_QUARTER: Quarters = frozenset()


@dataclass(frozen=True)
class Population:
    """The people of some organisations in a year, or in one quarter of it.

    With `posts` they are only those of whose band their organisation had posts in just these quarters of the year.
    """

    organisations: Organisations
    year: str
    quarter: int | None = None
    posts: Quarters | None = None


@dataclass(frozen=True)
class AddsUp:
    """A whole, and the parts that together are it; a whole without parts is nobody."""

    whole: Population
    parts: tuple[Population, ...]


@dataclass(frozen=True)
class Gathers:
    """A whole that is some people of each part: those of bands with posts in just the whole's quarters."""

    whole: Population
    parts: tuple[tuple[Population, Kind], ...]


@dataclass(frozen=True)
class Map:
    """Every population with the kinds of people told apart in it, all that adds up, and who cannot be."""

    kinds: dict[Population, tuple[Kind, ...]]
    adding_up: tuple[AddsUp, ...]
    gathering: tuple[Gathers, ...]
    nobody: tuple[tuple[Population, Kind], ...]


def map_of(figures: Iterable[Figure], posts: Posts) -> Map:
    """Draw the map that the figures need, and what is known of posts."""
    asked: dict[Population, set[Kind]] = defaultdict(set)
    for figure in figures:
        for population in populations_of(figure):
            asked[population].add(figure.people)
    everybody = frozenset().union(*(kind for kinds in asked.values() for kind in kinds))
    adding_up, gathering, nobody = [], [], []
    for year in sorted({one.year for one in asked}):
        parted = _parted_by_posts(year, asked, everybody, posts)
        nobody += _nobody_in(year, asked, parted)
        found, gathered = _adding_up_in(year, asked, parted)
        adding_up += found
        gathering += gathered
    kinds = {population: _told_apart(everybody, asked[population]) for population in asked}
    return Map(kinds, tuple(adding_up), tuple(gathering), tuple(nobody))


def populations_of(figure: Figure) -> tuple[Population, ...]:
    """Return the populations that a figure is about: one, or one for each year that it adds up."""
    return tuple(Population(figure.organisations, year, figure.quarter) for year in figure.years)


def _parted_by_posts(year: str, asked: Collection[Population], everybody: Kind, posts: Posts) -> Parted:
    """Part each organisation's people by the quarters of a year in which their band had posts."""
    parted: dict[str, dict[Quarters, Kind]] = {}
    for organisation in sorted(frozenset().union(*(one.organisations for one in asked if one.year == year))):
        kinds = defaultdict(set)
        for group, band in everybody:
            kinds[quarters_with_posts(posts, organisation, year, band)].add((group, band))
        parted[organisation] = {quarters: frozenset(people) for quarters, people in kinds.items()}
    return parted


def _nobody_in(year: str, asked: dict[Population, set[Kind]], parted: Parted) -> Iterator[tuple[Population, Kind]]:
    """Say of which people there are none, since there was no post in any quarter; they are told apart."""
    for organisation, kinds in parted.items():
        if NO_QUARTER in kinds:
            population = Population(frozenset({organisation}), year)
            asked[population].add(kinds[NO_QUARTER])
            yield population, kinds[NO_QUARTER]


def _adding_up_in(year: str, asked: dict[Population, set[Kind]], parted: Parted) -> tuple[list[AddsUp], list[Gathers]]:
    """List what adds up within a year, and ask of each population what its wholes and parts need of it."""
    own = [one for one in asked if one.year == year]
    quarterly = {(one.quarter, one.organisations) for one in own if one.quarter is not None}
    blocks = atoms({organisations for _, organisations in quarterly}) if quarterly else []
    parted_by = {block: _parted_by(block, parted) for block in blocks}
    gathering = [one for block in blocks for one in _gathering(block, year, parted_by[block], parted)]
    gathered = {population for one in gathering for population, _ in one.parts}
    yearly = {one.organisations for one in (*own, *gathered) if one.quarter is None}
    found = []
    for quarter, organisations in sorted(quarterly, key=lambda one: (one[0], sorted(one[1]))):
        parts = [Population(block, year, quarter) for block in blocks if block <= organisations]
        found.append(AddsUp(Population(organisations, year, quarter), tuple(parts)))
    if yearly:
        for block in blocks:
            found += _quarters_of(block, year, parted_by[block])
    _ask_all_the_same(found, asked, gathered)
    for one in gathering:
        for population, kind in one.parts:
            asked[population].add(kind)
    within = _organisations_adding_up({*yearly, *blocks}) if yearly else []
    among_organisations = [
        AddsUp(Population(whole, year), tuple(Population(part, year) for part in parts)) for whole, parts in within
    ]
    _ask_along(among_organisations, asked, crossing=_crossing({*yearly, *blocks}))
    return [one for one in (*found, *among_organisations) if one.parts != (one.whole,)], gathering


def _parted_by(block: Organisations, parted: Parted) -> list[Quarters]:
    """Return by which quarters with posts the people of some organisations are parted; by none if there is nobody."""
    return sorted({quarters for one in block for quarters in parted[one]} - {NO_QUARTER}, key=sorted)


def _gathering(block: Organisations, year: str, parted_by: list[Quarters], parted: Parted) -> Iterator[Gathers]:
    """Gather the people of whose bands some organisations had posts in the same quarters.

    Who may have been in any quarter is whoever is left: to tell these people apart is not needed.
    """
    for quarters in parted_by:
        if quarters != ANY_QUARTER:
            alone = [one for one in sorted(block) if quarters in parted[one]]
            parts = ((Population(frozenset({one}), year), parted[one][quarters]) for one in alone)
            yield Gathers(Population(block, year, posts=quarters), tuple(parts))


def _quarters_of(block: Organisations, year: str, parted_by: list[Quarters]) -> Iterator[AddsUp]:
    """A year is its quarters; where it is parted by quarters with posts, so is each quarter."""
    whole, quarters = Population(block, year), [Population(block, year, quarter) for quarter in sorted(ANY_QUARTER)]
    if parted_by == [ANY_QUARTER]:
        yield AddsUp(whole, tuple(quarters))
        return
    years = [replace(whole, posts=posts) for posts in parted_by]
    yield AddsUp(whole, tuple(years))
    for one in years:
        yield AddsUp(one, tuple(replace(one, quarter=quarter) for quarter in sorted(one.posts)))
    for one in quarters:
        yield AddsUp(one, tuple(replace(one, posts=part.posts) for part in years if one.quarter in part.posts))


def _ask_all_the_same(
    found: Collection[AddsUp], asked: dict[Population, set[Kind]], also: Collection[Population]
) -> None:
    """Ask of every quarter what is asked of any, and of the years' blocks and others too: these tables are small."""
    quarters = {one for link in found for one in (link.whole, *link.parts) if one.quarter is not None}
    wanted = set().union(*(asked[one] for one in quarters))
    for one in (*also, *(population for link in found for population in (link.whole, *link.parts))):
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
