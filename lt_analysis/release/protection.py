"""Secondary protection: what else has to be hidden so that no hazard can be worked out, and the worlds that prove it.

A world is another set of people by which everything that is published would be the same. For each hazard there must
be worlds in which its few people number 1, 2 and so on, up to the smallest number that is published. They are sought
one after another, each by the move that hides least, a few organisations at a time, so that the cost grows as their
number does. What was published before cannot be hidden any more: where that leaves no world, there is a conflict.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import numpy as np
from scipy import sparse

from lt_analysis.codebook.publishing import smallest_number
from lt_analysis.release.hazards import Hazard
from lt_analysis.release.keys import ALL_BANDS
from lt_analysis.release.moves import FREE, Moves
from lt_analysis.release.pooling import is_pool, year_of
from lt_analysis.release.system import System

ORGANISATIONS_AT_A_TIME = 4
MAIN = 4  # how much dearer it is to hide a number of all bands together, which pages say most about
ANY_NUMBER = 10**6  # more people than any number of this audit
WORLDS_TO_JOIN, PAIRS_TO_TRY = 40, 64


@dataclass(frozen=True, eq=False)
class Standing:
    """What is settled of a system's numbers beforehand: a mark for each.

    `published` numbers were shown before and stand. `hidden` ones are hidden whatever is found. Of those that are
    `stated`, a table says that they are hidden where they are, and nobody must be able to work them out.
    """

    published: np.ndarray
    hidden: np.ndarray
    stated: np.ndarray

    @classmethod
    def nothing(cls, system: System) -> "Standing":
        """Nothing was published before, and every number is in some table."""
        none = np.zeros(len(system.cells), dtype=bool)
        return cls(none, none, ~none)


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
    """Find what to hide of a system."""
    hazards, hidden = list(hazards), standing.hidden.copy()
    hidden[[hazard.cell for hazard in hazards]] = True
    unlike = list({hazard.people: hazard for hazard in hazards}.values())
    search = _Search(system, unlike, standing.published, hidden)
    for reach, settled in ((search.reach_ends, False), (search.reach_between, True), (search.reach_between, False)):
        search.settled = settled
        for moves, some in search.parts():
            reach(moves, some)
        search.prune()
    search.settled = False
    known = search.keep_from_being_known(standing.stated)
    return search.result(known)


class _Search:
    """The search for worlds: what is hidden so far, which worlds there are, and what each hazard still lacks."""

    def __init__(self, system: System, hazards: list[Hazard], published: np.ndarray, hidden: np.ndarray) -> None:
        self.system, self.hazards, self.published = system, hazards, published
        self.number, self.smallest = len(system.cells), smallest_number()
        self.primary = hidden & ~published
        self.hidden = self.primary.copy()
        self.settled = False
        self.of_all_bands = np.array([cell.key.cut == ALL_BANDS for cell in system.cells], dtype=bool)
        self.rows, self.at = _with_people(system, hazards)
        self.values = self.rows @ system.counts
        self.here = np.arange(len(hazards))
        those = [[system.atoms[place] for place in one.people if not system.empty[place]] for one in hazards]
        self.names = [{atom.organisation for atom in some} for some in those]
        self.years = [{year_of(atom) for atom in some} for some in those]
        self.worlds: list[np.ndarray] = []
        self.changed: list[np.ndarray] = []
        self.shifting: list[list[int]] = [[] for _ in hazards]  # of each hazard, the worlds that change its people
        self.seen = np.zeros((len(hazards), self.smallest + 1), dtype=bool)
        self._see(self.values)

    def _see(self, values: np.ndarray) -> None:
        """Note which number of people each hazard has in a world."""
        self.seen[self.here, self._people(values)] = True

    def _people(self, values: np.ndarray) -> np.ndarray:
        """Return each hazard's number of people, anything beyond the smallest number being that."""
        return np.minimum(values[self.at], self.smallest)

    def parts(self) -> Iterator[tuple[Moves, list[int]]]:
        """Yield a solver for a few organisations of one time, and the hazards that are theirs; the largest first.

        What no few organisations can protect among themselves, or is theirs together, all may protect at last.
        """
        waiting = self._lacking()
        for names, years in self._shares():
            own = [place for place in waiting if self.names[place] <= names and self.years[place] == years]
            if own:
                waiting -= set(own)
                yield self._moves(self._among(names, years)), self._in_order(own)
        waiting |= self._lacking()
        if waiting:
            yield self._moves(np.ones(len(self.system.atoms), dtype=bool)), self._in_order(waiting)

    def _lacking(self) -> set[int]:
        return set(np.flatnonzero(~self.seen[:, 1:].all(axis=1)).tolist())

    def _shares(self) -> Iterator[tuple[set[str], set[str]]]:
        """Yield a few organisations at a time, the largest first, with each of the times that hazards are of."""
        people: dict[str, int] = {}
        for atom, number in zip(self.system.atoms, self.system.counts.tolist(), strict=True):
            if not is_pool(atom.organisation):
                people[atom.organisation] = people.get(atom.organisation, 0) + number
        names = sorted(people, key=lambda name: (-people[name], name))
        for start in range(0, len(names), ORGANISATIONS_AT_A_TIME):
            for years in sorted(set(map(frozenset, self.years)), key=sorted):
                yield set(names[start : start + ORGANISATIONS_AT_A_TIME]), set(years)

    def _among(self, names: set[str], years: set[str]) -> np.ndarray:
        return np.array(
            [
                year_of(atom) in years and (atom.organisation in names or is_pool(atom.organisation))
                for atom in self.system.atoms
            ]
        )

    def _in_order(self, places: Iterable[int]) -> list[int]:
        return sorted(places, key=lambda place: (-self.values[self.at[place]], place))

    def _moves(self, some: np.ndarray) -> Moves:
        """Return a solver for some atoms. Once the ends are reached, nothing more is hidden, and few atoms may move."""
        weights = 1 + np.log1p(self.values.astype(float))  # the balances' values are 0
        weights[: self.number][self.of_all_bands] *= MAIN
        weights[: self.number][self.hidden] = FREE
        weights[: self.number][self.published] = np.inf
        weights[self.number :] = FREE
        weights[len(weights) - self.system.balances.shape[0] :] = np.inf
        if self.settled:
            weights[: self.number][~self.hidden] = np.inf
            some = some & self._loose(np.isinf(weights), some)
        return Moves(self.rows, self.system.counts, self.system.empty, weights, np.flatnonzero(some))

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

    def keep_from_being_known(self, stated: np.ndarray) -> tuple[int, ...]:
        """Find, for each hidden number of some, a world in which it is another; return those that have none.

        A number that tables hide and that can be worked out, however large, says that a small one follows from it.
        """
        moved = np.logical_or.reduce([np.zeros_like(self.hidden), *self.changed])
        still = np.flatnonzero(self.hidden & stated & ~moved)
        known = []
        moves = self._moves(np.ones(len(self.system.atoms), dtype=bool)) if len(still) else None
        for row in still:
            value = int(self.values[row])
            if any(changed[row] for changed in self.changed):
                continue
            if not self._add(moves, moves.to(int(row), value + 1, ANY_NUMBER)) and not (
                value and self._add(moves, moves.to(int(row), 0, value - 1))
            ):
                known.append(int(row))
        return tuple(known)

    def reach_ends(self, moves: Moves, some: list[int]) -> None:
        """Find, for each of some hazards, a world of as many as the smallest number, and one of one or nobody."""
        for place in some:
            if not self.seen[place, self.smallest]:
                self._go(moves, place, self.smallest, ANY_NUMBER)
            if not self.seen[place, :2].any():
                self._go(moves, place, 0, 1)

    def reach_between(self, moves: Moves, some: list[int]) -> None:
        """Find a world for each number in between that no world has shown."""
        for place in some:
            for people in range(1, self.smallest + 1):
                if not self.seen[place, people]:
                    self._go(moves, place, people, people if people < self.smallest else ANY_NUMBER)

    def _go(self, moves: Moves, place: int, least: int, greatest: int) -> None:
        """Find a world made of two others, which hides nothing more, or else the one that hides least."""
        if not self._add(moves, self._joined(place, least, greatest)):
            self._add(moves, moves.to(int(self.at[place]), least, greatest))

    def _joined(self, place: int, least: int, greatest: int) -> np.ndarray | None:
        """Add up two worlds, or take one from another, so that a hazard's people number so many; None if it cannot be.

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
        possible = (self.system.counts + some[ones] + some[others] >= 0).all(axis=1)
        which = int(possible.argmax()) if len(ones) else 0
        return some[ones[which]] + some[others[which]] if possible.any() else None

    def _add(self, moves: Moves, world: np.ndarray | None) -> bool:
        """Keep a world, and hide what it changes; False where there is none."""
        if world is None:
            return False
        values = self.values + self.rows @ world
        changed = values[: self.number] != self.values[: self.number]
        self.worlds.append(world)
        self.changed.append(changed)
        self._note_shifts(len(self.worlds) - 1, values[self.at])
        self._see(values)
        moves.free(np.flatnonzero(changed & ~self.hidden))
        self.hidden |= changed
        return True

    def _note_shifts(self, which: int, people: np.ndarray) -> None:
        for place in np.flatnonzero(people != self.values[self.at]):
            self.shifting[place].append(which)

    def prune(self) -> None:
        """Drop worlds that show nothing alone, those first that hide most, and show again what they alone hid."""
        few = self.rows[self.at]
        reached = [self.values[self.at] + few @ world for world in self.worlds]
        shown = [np.minimum(people, self.smallest) for people in reached]
        times = np.zeros_like(self.seen, dtype=np.int64)
        for people in (self._people(self.values), *shown):
            times[self.here, people] += 1
        other = np.sum(self.changed, axis=0) if self.changed else 0
        kept = []
        for one in sorted(range(len(shown)), key=lambda one: -int(self.changed[one].sum())):
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
        conflicts = tuple(self.hazards[place] for place in sorted(self._lacking()))
        worlds = np.array(self.worlds, dtype=np.int64).reshape(len(self.worlds), len(self.system.atoms))
        return Protected(self.hidden, worlds, conflicts, known)


def _with_people(system: System, hazards: list[Hazard]) -> tuple[sparse.csr_array, np.ndarray]:
    """Return the sums that the search knows of, and in which of them each hazard's people are.

    The sums are the system's numbers, then those people that are no number of it, then its balances.
    """
    places = {tuple(system.atoms_in(row).tolist()): row for row in range(len(system.cells))}
    others: dict[tuple[int, ...], int] = {}
    at = np.zeros(len(hazards), dtype=np.int64)
    for which, hazard in enumerate(hazards):
        people = tuple(sorted(map(int, hazard.people)))
        if people not in places:
            places[people] = others[people] = len(system.cells) + len(others)
        at[which] = places[people]
    ends = np.cumsum([0, *map(len, others)])
    columns = np.array([place for people in others for place in people], dtype=np.int64)
    ones = np.ones(len(columns), dtype=np.int64)
    people = sparse.csr_array((ones, columns, ends), shape=(len(others), len(system.atoms)))
    return sparse.vstack([system.sums, people, system.balances]).tocsr(), at
