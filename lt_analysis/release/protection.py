"""Secondary protection: what else has to be hidden so that no hazard can be worked out, and the worlds that prove it.

A world is another set of people by which everything that is published would be the same. For each hazard there must
be worlds in which its few people number 1, 2 and so on, up to the smallest number that is published; or, where what
everybody knows from elsewhere rules some of these out, all that it does not. Some people are known by name, as those on
a board are. Whoever knows them believes no world with fewer people than these: so there must be such worlds among the
others; and, for whoever does not, among all.

Worlds are sought one after another, each by the move that hides least, a few organisations at a time, so that the cost
grows as their number does. What a board came for is held meanwhile, and hidden at last for those hazards alone that
have no world otherwise (`priorities`). What was published before cannot be hidden any more: where that leaves no world,
there is a conflict.

How many people there are decides which moves there are, for nobody is fewer than nobody, and how far a hazard's people
have to move. It decides neither what hiding a number costs nor which hazard is asked about first.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace

import numpy as np
from scipy import sparse

from lt_analysis.codebook.publishing import smallest_number
from lt_analysis.release.keys import Cell
from lt_analysis.release.pooling import is_pool, year_of
from lt_analysis.release.primary_suppression import Hazard
from lt_analysis.release.priorities import cost_of_hiding, is_hidden_last, most_posts_first
from lt_analysis.release.solver import FREE, Moves
from lt_analysis.release.system import System, sums_of

ORGANISATIONS_AT_A_TIME = 4
ANY_NUMBER = 10**6  # more people than any number of this audit
WORLDS_TO_JOIN, PAIRS_TO_TRY = 40, 64

Range = tuple[int, int]  # the fewest and the most people


@dataclass(frozen=True, eq=False)
class Standing:
    """What is settled of a system's numbers beforehand: a mark for each.

    `published` numbers were shown before and stand. `hidden` ones are hidden whatever is found. Of those that are
    `stated`, a table says that they are hidden where they are, and nobody must be able to work them out. `given` are
    those of the published that everybody knows from elsewhere, whatever a release says. Of the people of `at_least`,
    who need be no number of the system, so many are known by name; of two of these, one holds the other or neither.
    """

    published: np.ndarray
    hidden: np.ndarray
    stated: np.ndarray
    given: np.ndarray
    at_least: Mapping[Cell, int] = field(default_factory=dict)

    @classmethod
    def nothing(cls, system: System) -> "Standing":
        """Nothing was published before, and every number is in some table."""
        none = np.zeros(len(system.cells), dtype=bool)
        return cls(none, none, ~none, none)

    def to_be_possible(self, system: System, hazard: Hazard) -> range:
        """Return how many a hazard's people must be able to be: 1, 2 and so on, up to the smallest that is published.

        Where what is given alone leaves fewer numbers than these, as a statutory total of 3 does, all that it leaves,
        nobody among them: no release can do more, and none may tell more. The last stands for any larger number too.
        """
        smallest, (least, most) = smallest_number(), _Known(system, self).limits(hazard.people)
        least, most = max(least - hazard.by_name, 0), most - hazard.by_name
        if least <= 1 and most >= smallest:
            return range(1, smallest + 1)
        return range(least, min(most, smallest) + 1)

    def open_by_what_is_given(self, system: System, hidden: np.ndarray) -> np.ndarray:
        """Mark the hidden numbers that a table states to be so, and that what is given leaves more than one value."""
        known, marked = _Known(system, self), hidden & self.stated
        for row in np.flatnonzero(marked).tolist():
            least, most = known.limits(system.atoms_in(row).tolist())
            marked[row] = least < most
        return marked

    def of_every_reader(self) -> tuple["Standing", ...]:
        """Return this as it is for whoever knows the people of `at_least` by name, and for whoever knows nobody."""
        return (self, replace(self, at_least={})) if self.at_least else (self,)

    def sums_at_least(self, system: System) -> sparse.csr_array:
        """Return the people of `at_least` as sums of a system's atoms."""
        return sums_of([system.atoms_of(cell) for cell in self.at_least], len(system.atoms))

    @property
    def least(self) -> np.ndarray:
        """How many of each of them are known by name."""
        return np.array([*self.at_least.values()], dtype=np.int64)

    def by_name_in(self, system: System) -> np.ndarray:
        """Return how many people of each of a system's numbers are known by name."""
        known = _Known(system, self)
        atoms = map(system.atoms_in, range(len(system.cells))) if self.at_least else ()
        found = [known.by_name(frozenset(people.tolist())) for people in atoms]
        return np.array(found or [0] * len(system.cells), dtype=np.int64)

    def believes(self, system: System, worlds: np.ndarray) -> np.ndarray:
        """Mark the worlds with as many people as are known by name, or more."""
        here = self.sums_at_least(system) @ (system.counts + worlds).T
        return (here >= self.least[:, None]).all(axis=0)


@dataclass(frozen=True, eq=False)
class Protected:
    """What to hide, and the proof. `hidden` marks the system's numbers; each row of `worlds` is a world, by atom.

    `conflicts` are the hazards for which there is no world whatever is hidden now, and `known` the rows of hidden
    numbers that are the same in all possible worlds.
    """

    hidden: np.ndarray
    worlds: np.ndarray
    conflicts: tuple[Hazard, ...]
    known: tuple[int, ...] = ()


def protect(system: System, hazards: Iterable[Hazard], standing: Standing) -> Protected:
    """Find what to hide of a system: first for whoever knows nobody by name, who believes most worlds."""
    hazards, hidden = list(hazards), standing.hidden.copy()
    hidden[[hazard.cell for hazard in hazards]] = True
    unlike = list({(hazard.people, hazard.by_name): hazard for hazard in hazards}.values())
    of_anybody = [hazard for hazard in unlike if not hazard.by_name]
    search = _Search(system, of_anybody, replace(standing, at_least={}), hidden)
    for ranges, settled in ((search.ends, False), (search.each, True), (search.each, False)):
        search.reach(ranges, settled)
        search.prune()
    if standing.at_least:
        return _protect_beside_names(system, unlike, standing, search.result(()))
    return search.result(search.keep_from_being_known(standing.open_by_what_is_given(system, search.hidden)))


def _protect_beside_names(system: System, hazards: list[Hazard], standing: Standing, first: Protected) -> Protected:
    """Find what more to hide for whoever knows some people by name, who believes only some of the worlds found `first`.

    None of those is dropped any more: what one shows to somebody who knows nobody, no other may show.
    """
    believed = standing.believes(system, first.worlds)
    search = _Search(system, hazards, standing, first.hidden)
    search.begin_with(first.worlds[believed])
    for ranges in (search.ends, search.each):
        search.reach(ranges, settled=False)
    found = search.result(search.keep_from_being_known(standing.open_by_what_is_given(system, search.hidden)))
    conflicts = tuple(dict.fromkeys((*first.conflicts, *found.conflicts)))
    return replace(found, worlds=np.concatenate([first.worlds[~believed], found.worlds]), conflicts=conflicts)


class _Known:
    """What everybody knows of some people from elsewhere, by adding and taking away whole numbers.

    The limits are true ones, and as narrow as can be where what is given does not overlap; they need no solver, so that
    the proof can ask for them again.
    """

    def __init__(self, system: System, standing: Standing) -> None:
        people = [(frozenset(system.atoms_of(cell).tolist()), least) for cell, least in standing.at_least.items()]
        self.at_least = sorted(people, key=lambda one: -len(one[0]))  # what holds others comes before them
        self.of_row = {int(row): frozenset(system.atoms_in(row).tolist()) for row in np.flatnonzero(standing.given)}
        self.values = {row: int(system.values[row]) for row in self.of_row}
        self.with_atom: dict[int, list[int]] = {}
        for row, people in self.of_row.items():
            for place in people:
                self.with_atom.setdefault(place, []).append(row)

    def limits(self, people: Iterable[int]) -> Range:
        """Return the fewest and the most that some people can be, each an atom's place."""
        people = frozenset(people)
        least, held_in = self.by_name(people), self._held_in(people)
        if held_in is None:
            return least, ANY_NUMBER
        most = sum(self.values[row] for row in held_in)
        everybody = frozenset().union(*(self.of_row[row] for row in held_in))
        if len(everybody) < sum(len(self.of_row[row]) for row in held_in):
            return least, most  # some are in two of them
        others = self._held_in(everybody - people)  # none of them is beyond what holds all
        least = max(least, most - sum(self.values[row] for row in others or ()))
        return least, most - self.by_name(everybody - people)

    def by_name(self, people: frozenset[int]) -> int:
        """Return how many of some people are known by name; of the whole of some parts as many as of these, or more."""
        found = 0
        for some, least in self.at_least:
            if some <= people:
                found, people = found + least, people - some
        return found

    def _held_in(self, people: frozenset[int]) -> list[int] | None:
        """Return given numbers that hold some people among them, few in all; None where there are no such."""
        if not self.with_atom.keys() >= people:
            return None
        found: list[int] = []
        while people:
            linked = self._linked(people)
            whole = [row for row in self.with_atom[min(linked)] if linked <= self.of_row[row]]
            ways = [self._one_by_one(linked), *([row] for row in whole)]
            found += min(ways, key=lambda rows: sum(self.values[row] for row in rows))
            people -= linked
        return found

    def _linked(self, people: frozenset[int]) -> frozenset[int]:
        """Return those of some people who hang together with the first by numbers that hold several of them."""
        linked, new = set(), {min(people)}
        while new:
            linked |= new
            new = {one for place in new for row in self.with_atom[place] for one in self.of_row[row] & people} - linked
        return frozenset(linked)

    def _one_by_one(self, people: frozenset[int]) -> list[int]:
        """Take given numbers, that with the fewest for each of those whom it adds first, and drop those not needed."""
        found: list[int] = []
        left = set(people)
        while left:
            rows = sorted({row for place in left for row in self.with_atom[place]})
            found.append(min(rows, key=lambda row: self.values[row] / len(self.of_row[row] & left)))
            left -= self.of_row[found[-1]]
        for row in sorted(found, key=lambda row: -self.values[row]):
            others = [one for one in found if one != row]
            if people <= frozenset().union(*(self.of_row[one] for one in others)):
                found = others
        return found


class _Search:
    """The search for worlds: what is hidden so far, which worlds there are, and what each hazard still lacks."""

    def __init__(self, system: System, hazards: list[Hazard], standing: Standing, hidden: np.ndarray) -> None:
        self.system, self.hazards, self.published = system, hazards, standing.published
        self.number, self.smallest = len(system.cells), smallest_number()
        self.primary = hidden & ~self.published
        self.hidden = self.primary.copy()
        self.held = np.array([is_hidden_last(cell.key) for cell in system.cells], dtype=bool)
        self.costs = np.array([cost_of_hiding(cell.key) for cell in system.cells], dtype=float)
        self.ends: tuple[Range, ...] = ((self.smallest, ANY_NUMBER), (0, 1))
        self.each: tuple[Range, ...] = (
            *((people, people) for people in range(self.smallest)),
            (self.smallest, ANY_NUMBER),
        )
        self.rows, self.at = _with_people(system, hazards, standing)
        self.values = self.rows @ system.counts
        # How far the sum of each row may fall: to those who are known by name.
        self.most_fall = np.full(self.rows.shape[0], np.inf)
        self.bounded = standing.sums_at_least(system)
        self.to_spare = self.bounded @ system.counts - standing.least
        ends = len(self.most_fall) - system.balances.shape[0]
        self.most_fall[ends - len(self.to_spare) : ends] = self.to_spare
        self.here, self.by_name = np.arange(len(hazards)), np.array([one.by_name for one in hazards], dtype=np.int64)
        those = [[system.atoms[place] for place in one.people if not system.empty[place]] for one in hazards]
        self.names = [{atom.organisation for atom in some} for some in those]
        self.years = [{year_of(atom) for atom in some} for some in those]
        self.worlds: list[np.ndarray] = []
        self.changed: list[np.ndarray] = []
        self.shifting: list[list[int]] = [[] for _ in hazards]  # of each hazard, the worlds that change its people
        self.seen, self.asked = np.zeros((2, len(hazards), self.smallest + 1), dtype=bool)
        for place, one in enumerate(hazards):
            self.asked[place, standing.to_be_possible(system, one)] = True
        self._see(self.values)

    def _see(self, values: np.ndarray) -> None:
        """Note which number of people each hazard has in a world."""
        self.seen[self.here, self._people(values)] = True

    def _people(self, values: np.ndarray) -> np.ndarray:
        """Return each hazard's number of people, anything beyond the smallest number being that."""
        return np.minimum(values[self.at] - self.by_name, self.smallest)

    def reach(self, ranges: tuple[Range, ...], settled: bool) -> None:
        """Find, for each hazard and range, a world with so many of its people, where there is one.

        Once `settled`, nothing more is hidden.
        """
        for moves, places in self._parts(ranges, settled):
            for place in places:
                for one in ranges:
                    if not self._is_seen(one)[place]:
                        self._go(moves, place, *one)

    def _is_seen(self, one: Range) -> np.ndarray:
        """Mark the hazards of which some world has so many people, or none is asked to."""
        least, greatest = one
        return self.seen[:, least : greatest + 1].any(axis=1) | ~self.asked[:, least : greatest + 1].any(axis=1)

    def _lacking(self, ranges: tuple[Range, ...]) -> list[int]:
        """Return the hazards that have no world in one of some ranges, in order."""
        return self._in_order(np.flatnonzero(~np.all([self._is_seen(one) for one in ranges], axis=0)).tolist())

    def _parts(self, ranges: tuple[Range, ...], settled: bool) -> Iterator[tuple[Moves, list[int]]]:
        """Yield a solver for a few organisations of one time, and the hazards that are theirs.

        What no few organisations can protect among themselves, or is theirs together, all may protect then; and what
        all cannot while some numbers are held, all may protect at last with these free.
        """
        waiting = self._lacking(ranges)
        for names, years in self._shares():
            if own := [place for place in waiting if self.names[place] <= names and self.years[place] == years]:
                yield self._moves(self._among(names, years), settled), own
        if waiting := self._lacking(ranges):
            yield self._moves(self._everywhere(), settled), waiting
        if not settled and self._holds_any() and (waiting := self._lacking(ranges)):
            yield self._moves(self._everywhere(), held=False), waiting

    def _holds_any(self) -> bool:
        """Tell whether a number is held that is not hidden anyway, and was not published before."""
        return bool((self.held & ~self.hidden & ~self.published).any())

    def _shares(self) -> Iterator[tuple[set[str], set[str]]]:
        """Yield a few organisations at a time, with each of the times that hazards are of."""
        organisations = {atom.organisation for atom in self.system.atoms if not is_pool(atom.organisation)}
        names = most_posts_first(self.system, organisations)
        for start in range(0, len(names), ORGANISATIONS_AT_A_TIME):
            for years in sorted(set(map(frozenset, self.years)), key=sorted):
                yield set(names[start : start + ORGANISATIONS_AT_A_TIME]), set(years)

    def _everywhere(self) -> np.ndarray:
        return np.ones(len(self.system.atoms), dtype=bool)

    def _among(self, names: set[str], years: set[str]) -> np.ndarray:
        return np.array(
            [
                year_of(atom) in years and (atom.organisation in names or is_pool(atom.organisation))
                for atom in self.system.atoms
            ]
        )

    def _in_order(self, places: Iterable[int]) -> list[int]:
        """Return hazards in the order in which they are protected: the dearest number first, then by its row."""

        return sorted(places, key=lambda place: (-self.costs[self.hazards[place].cell], self.hazards[place]))

    def _moves(self, some: np.ndarray, settled: bool = False, held: bool = True) -> Moves:
        """Return a solver for some atoms. Once `settled`, nothing more is hidden, and few atoms may move.

        While some numbers are `held`, they move only where they are hidden anyway.
        """
        weights = np.full(self.rows.shape[0], FREE)
        weights[: self.number] = np.where(self.held, np.inf, self.costs) if held else self.costs
        weights[: self.number][self.hidden] = FREE
        weights[: self.number][self.published] = np.inf
        weights[len(weights) - self.system.balances.shape[0] :] = np.inf
        if settled:
            weights[: self.number][~self.hidden] = np.inf
            some = some & self._loose(np.isinf(weights), some)
        return Moves(self.rows, self.system.counts, self.system.empty, weights, self.most_fall, np.flatnonzero(some))

    def _loose(self, still: np.ndarray, some: np.ndarray) -> np.ndarray:
        """Mark the atoms that may move: a number that must stay holds its last atom that could move."""
        held = self.rows[still] != 0
        loose = some & ~self.system.empty
        while True:
            alone = held[held @ loose.astype(np.int64) == 1]
            caught = loose & (alone.sum(axis=0) > 0) if alone.shape[0] else np.zeros_like(loose)
            if not caught.any():
                return loose
            loose = loose & ~caught

    def keep_from_being_known(self, some: np.ndarray) -> tuple[int, ...]:
        """Find, for each of some hidden numbers, a world in which it is another; return those that have none.

        A number that tables hide and that can be worked out, however large, says that a small one follows from it.
        """
        still = np.flatnonzero(some).tolist()
        for held in (True, False):
            still = [row for row in still if not self._is_moved(row)]
            moves = self._moves(self._everywhere(), held=held) if still else None
            still = [row for row in still if not self._is_moved(row) and not self._move(moves, row)]
        return tuple(still)

    def _is_moved(self, row: int) -> bool:
        """Tell whether a number is another in some world."""
        return any(changed[row] for changed in self.changed)

    def _move(self, moves: Moves, row: int) -> bool:
        """Find a world in which a number is greater, or else one in which it is smaller; False where there is none."""
        value = int(self.values[row])
        return self._add(moves, moves.to(row, value + 1, ANY_NUMBER)) or (
            value > 0 and self._add(moves, moves.to(row, 0, value - 1))
        )

    def _go(self, moves: Moves, place: int, least: int, greatest: int) -> None:
        """Find a world made of two others, which hides nothing more, or else the one that hides least."""
        least, greatest = least + self.by_name[place], greatest + self.by_name[place]
        if not self._add(moves, self._joined(place, least, greatest)):
            self._add(moves, moves.to(int(self.at[place]), least, greatest))

    def _joined(self, place: int, least: int, greatest: int) -> np.ndarray | None:
        """Add up two worlds, or take one from another, so that a hazard's people are so many; None if it cannot be.

        What neither changes stays as it is, so that no more is hidden, and it needs no solver: only that nobody is
        fewer than nobody has to be seen.
        """
        latest = self.shifting[place][-WORLDS_TO_JOIN:]
        if not latest:
            return None
        some = np.array([self.worlds[one] for one in latest])
        some = np.concatenate([np.zeros_like(some[:1]), some, -some])
        shifts = some[:, list(self.hazards[place].people)].sum(axis=1)
        reached = self.values[self.at[place]] + shifts[:, None] + shifts
        ones, others = np.nonzero(np.triu((reached >= least) & (reached <= greatest)))
        ones, others = ones[:PAIRS_TO_TRY], others[:PAIRS_TO_TRY]
        both = some[ones] + some[others]
        enough = (self.bounded @ both.T >= -self.to_spare[:, None]).all(axis=0)
        possible = (self.system.counts + both >= 0).all(axis=1) & enough
        which = int(possible.argmax()) if len(ones) else 0
        return both[which] if possible.any() else None

    def begin_with(self, worlds: np.ndarray) -> None:
        """Take up worlds that were found before, which hide nothing more than is hidden."""
        for world in worlds:
            self._add(None, world)

    def _add(self, moves: Moves | None, world: np.ndarray | None) -> bool:
        """Keep a world, and hide what it changes; False where there is none."""
        if world is None:
            return False
        values = self.values + self.rows @ world
        changed = values[: self.number] != self.values[: self.number]
        self.worlds.append(world)
        self.changed.append(changed)
        self._note_shifts(len(self.worlds) - 1, values[self.at])
        self._see(values)
        if moves:
            moves.free(np.flatnonzero(changed & ~self.hidden))
        self.hidden |= changed
        return True

    def _note_shifts(self, which: int, people: np.ndarray) -> None:
        for place in np.flatnonzero(people != self.values[self.at]):
            self.shifting[place].append(which)

    def prune(self) -> None:
        """Drop worlds that show nothing alone, the dearest first, and show again what they alone hid."""
        few = self.rows[self.at]
        reached = [self.values[self.at] + few @ world for world in self.worlds]
        shown = [np.minimum(people - self.by_name, self.smallest) for people in reached]
        times = np.zeros_like(self.seen, dtype=np.int64)
        for people in (self._people(self.values), *shown):
            times[self.here, people] += 1
        other = np.sum(self.changed, axis=0) if self.changed else 0
        kept = []
        for one in sorted(range(len(shown)), key=lambda one: -self.costs[self.changed[one]].sum()):
            alone = self.changed[one] & self.primary & (other == 1)
            if (times[self.here, shown[one]] > 1).all() and not alone.any():
                times[self.here, shown[one]] -= 1
                other = other - self.changed[one]
            else:
                kept.append(one)
        self.worlds = [self.worlds[one] for one in sorted(kept)]
        self.changed = [self.changed[one] for one in sorted(kept)]
        self.shifting = [[] for _ in self.hazards]
        for which, one in enumerate(sorted(kept)):
            self._note_shifts(which, reached[one])
        self.hidden = np.logical_or.reduce([self.primary, *self.changed])

    def result(self, known: tuple[int, ...]) -> Protected:
        """Return what was found. A hazard that lacks a world is a conflict."""
        conflicts = tuple(self.hazards[place] for place in sorted(self._lacking(self.each)))
        worlds = np.array(self.worlds, dtype=np.int64).reshape(len(self.worlds), len(self.system.atoms))
        return Protected(self.hidden, worlds, conflicts, known)


def _with_people(system: System, hazards: list[Hazard], standing: Standing) -> tuple[sparse.csr_array, np.ndarray]:
    """Return the sums that the search knows of, and in which of them each hazard's people are.

    The sums are the system's numbers, then those people that are no number of it, then those of whom some are
    known by name, then its balances.
    """
    places = {tuple(system.atoms_in(row).tolist()): row for row in range(len(system.cells))}
    others: dict[tuple[int, ...], int] = {}
    at = np.zeros(len(hazards), dtype=np.int64)
    for which, hazard in enumerate(hazards):
        people = tuple(sorted(map(int, hazard.people)))
        if people not in places:
            places[people] = others[people] = len(system.cells) + len(others)
        at[which] = places[people]
    people = sums_of([*others], len(system.atoms))
    return sparse.vstack([system.sums, people, standing.sums_at_least(system), system.balances]).tocsr(), at
