"""What is publicly known, as linear equations: the unknowns are numbers of people of one population, kind and stage."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import chain

from lt_analysis.verification.meaning import Figure
from lt_analysis.verification.populations import Kind, Map, Population, map_of, populations_of
from lt_analysis.verification.posts import Posts

Stages = Mapping[str, Iterable[str]]  # of each year, how far people came at the furthest
Limits = dict[Figure, tuple[tuple[int, ...], int]]  # of unknowns that are a figure together, how many at least
Unknown = tuple[Population, Kind, str]  # people whose furthest stage is the last of the three


@dataclass(frozen=True)
class Equation:
    """The unknowns `plus` less the unknowns `minus` come to `value`."""

    plus: tuple[int, ...]
    minus: tuple[int, ...]
    value: int


@dataclass(frozen=True)
class Block:
    """Equations that share no unknown with any other's, and the hidden figures that are sums of their unknowns.

    An unknown in `nobody` is 0 because there was no vacancy. Figures in `at_least` are known to be so many, or more.
    `about` says whose numbers and which years they are.
    """

    unknowns: int
    equations: tuple[Equation, ...]
    nobody: frozenset[int]
    hidden: dict[Figure, tuple[int, ...]]
    about: str
    at_least: Limits = field(default_factory=dict)


def blocks_of(
    shown: Mapping[Figure, int],
    hidden: Iterable[Figure],
    without_vacancy: Iterable[Figure],
    posts: Posts,
    at_least: Mapping[Figure, int],
) -> list[Block]:
    """Set up the equations for the hidden figures, in blocks that can be solved apart."""
    hidden, without_vacancy = list(hidden), list(without_vacancy)
    # What no figures of a year ask of cannot be told apart there: the stages are those of the chains that they are of.
    stages: dict[str, dict[str, None]] = defaultdict(dict)
    for figure in (*shown, *hidden, *without_vacancy, *at_least):
        for year in figure.years:
            stages[year] |= dict.fromkeys(figure.everyone)
    drawn = map_of([*shown, *hidden, *without_vacancy, *at_least], posts)
    numbers = _number(drawn, stages)
    terms = _Terms(drawn, numbers)
    equations = [Equation(terms.of(figure), (), value) for figure, value in shown.items()]
    equations += _adding_up(drawn, numbers, stages)
    equations += _gathering(drawn, terms, stages)
    nobody = {unknown for figure in without_vacancy for unknown in terms.of(figure)}
    nobody |= {unknown for one in drawn.nobody for unknown in terms.among(*one, stages[one[0].year])}
    sums = {figure: terms.of(figure) for figure in hidden}
    limits = {figure: (terms.of(figure), least) for figure, least in at_least.items()}
    return _apart(list(numbers), equations, nobody, sums, limits)


def _number(drawn: Map, stages: Stages) -> dict[Unknown, int]:
    unknowns = [
        (one, kind, stage) for one, kinds in drawn.kinds.items() for kind in kinds for stage in stages[one.year]
    ]
    return {unknown: number for number, unknown in enumerate(unknowns)}


@dataclass(frozen=True)
class _Terms:
    """Of which unknowns a figure is the sum."""

    drawn: Map
    numbers: dict[Unknown, int]

    def of(self, figure: Figure) -> tuple[int, ...]:
        """Return the unknowns of a figure, of each year that it adds up."""
        return tuple(
            unknown
            for population in populations_of(figure)
            for unknown in self.among(population, figure.people, figure.stages)
        )

    def among(self, population: Population, people: Kind, stages: Iterable[str]) -> tuple[int, ...]:
        """Return the unknowns of some people of a population by their furthest stages."""
        kinds = [kind for kind in self.drawn.kinds[population] if kind <= people]
        return tuple(self.numbers[population, kind, stage] for kind in kinds for stage in stages)


def _adding_up(drawn: Map, numbers: dict[Unknown, int], stages: Stages) -> Iterable[Equation]:
    """A whole is its parts, for each kind of people that the parts tell apart and each furthest stage."""
    for one in drawn.adding_up:
        for kind in drawn.kinds[one.parts[0] if one.parts else one.whole]:
            finer = [other for other in drawn.kinds[one.whole] if other <= kind]
            for stage in stages[one.whole.year]:
                whole = tuple(numbers[one.whole, other, stage] for other in finer)
                yield Equation(whole, tuple(numbers[part, kind, stage] for part in one.parts), 0)


def _gathering(drawn: Map, terms: _Terms, stages: Stages) -> Iterator[Equation]:
    """A whole is those whom it gathers, for each kind of people that it tells apart and each furthest stage."""
    for one in drawn.gathering:
        for kind in drawn.kinds[one.whole]:
            for stage in stages[one.whole.year]:
                parts = (terms.among(part, kind & people, (stage,)) for part, people in one.parts)
                yield Equation(terms.among(one.whole, kind, (stage,)), tuple(chain.from_iterable(parts)), 0)


def _apart(
    unknowns: list[Unknown],
    equations: list[Equation],
    nobody: set[int],
    hidden: dict[Figure, tuple[int, ...]],
    limits: Limits,
) -> list[Block]:
    """Part what shares no unknown; leave out what holds no hidden figure."""
    together = _Together(len(unknowns))
    for numbers in (
        *((*one.plus, *one.minus) for one in equations),
        *hidden.values(),
        *(some for some, _ in limits.values()),
    ):
        together.join(numbers)
    in_block = defaultdict(list)
    for number in range(len(unknowns)):
        in_block[together.first(number)].append(number)
    own_equations, own_hidden = defaultdict(list), defaultdict(dict)
    for one in equations:
        own_equations[together.first((*one.plus, *one.minus)[0])].append(one)
    for figure, numbers in hidden.items():
        own_hidden[together.first(numbers[0])][figure] = numbers
    own_limits: dict[int, Limits] = defaultdict(dict)
    for figure, (numbers, least) in limits.items():
        own_limits[together.first(numbers[0])][figure] = (numbers, least)
    return [
        _block(in_block[first], unknowns, own_equations[first], nobody, figures, own_limits[first])
        for first, figures in own_hidden.items()
    ]


def _block(
    own: list[int],
    unknowns: list[Unknown],
    equations: list[Equation],
    nobody: set[int],
    hidden: dict[Figure, tuple[int, ...]],
    limits: Limits,
) -> Block:
    new = {number: place for place, number in enumerate(own)}

    def placed(numbers: Iterable[int]) -> tuple[int, ...]:
        """Number unknowns by their places in the block."""
        return tuple(new[number] for number in numbers)

    return Block(
        len(own),
        tuple(Equation(placed(one.plus), placed(one.minus), one.value) for one in equations),
        frozenset(placed(nobody.intersection(own))),
        {figure: placed(numbers) for figure, numbers in hidden.items()},
        _about([unknowns[number][0] for number in own]),
        {figure: (placed(numbers), least) for figure, (numbers, least) in limits.items()},
    )


def _about(populations: list[Population]) -> str:
    organisations = sorted(set().union(*(one.organisations for one in populations)))
    return f"{', '.join(organisations)} in {', '.join(sorted({one.year for one in populations}))}"


class _Together:
    """Which unknowns hang together, by the first of them."""

    def __init__(self, size: int):
        self._before = list(range(size))

    def first(self, number: int) -> int:
        """Return the first of the unknowns that a number hangs together with."""
        while self._before[number] != number:
            self._before[number] = self._before[self._before[number]]
            number = self._before[number]
        return number

    def join(self, numbers: tuple[int, ...]) -> None:
        """Let unknowns, and all that hang together with each, hang together."""
        firsts = {self.first(number) for number in numbers}
        for one in firsts:
            self._before[one] = min(firsts)
