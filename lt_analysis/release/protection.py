"""Secondary protection: what else has to be hidden so that no hazard can be worked out, and the worlds that prove it.

A world is another set of people by which everything that is published would be the same. For each hazard there must
be worlds in which its few people number 1, 2, 3, 4 and 5. They are sought one after another, each by the move that
hides least, a few organisations at a time, so that the cost grows as the number of organisations does. What was
published before cannot be hidden any more: where that leaves no world, there is a conflict.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import numpy as np
from scipy import sparse

from lt_analysis.release.hazards import SMALLEST_NUMBER, Hazard
from lt_analysis.release.moves import FREE, Moves
from lt_analysis.release.system import System

ORGANISATIONS_AT_A_TIME = 6
ANY_NUMBER = 10**6  # more people than any number of this audit


@dataclass(frozen=True, eq=False)
class Protected:
    """What to hide, and the proof. `hidden` marks the system's numbers; each row of `worlds` is a world, by atom.

    `conflicts` are the hazards for which there is no world whatever is hidden now.
    """

    hidden: np.ndarray
    worlds: np.ndarray
    conflicts: tuple[Hazard, ...]


def protect(system: System, hazards: Iterable[Hazard], published: np.ndarray, hidden: np.ndarray) -> Protected:
    """Find what to hide of a system.

    `published` marks numbers that were published before and stand, `hidden` those that are hidden already.
    """
    hazards, hidden = list(hazards), hidden.copy()
    hidden[[hazard.cell for hazard in hazards]] = True
    search = _Search(system, list({hazard.people: hazard for hazard in hazards}.values()), published, hidden)
    for reach in (search.reach_ends, search.reach_between):
        for moves, some in search.parts():
            reach(moves, some)
        search.prune()
    return search.result()


class _Search:
    """The search for worlds: what is hidden so far, which worlds there are, and what each hazard still lacks."""

    def __init__(self, system: System, hazards: list[Hazard], published: np.ndarray, hidden: np.ndarray) -> None:
        self.system, self.hazards, self.published = system, hazards, published
        self.number = len(system.cells)
        self.primary = hidden & ~published
        self.hidden = self.primary.copy()
        people = _people(hazards, len(system.atoms))
        self.rows = sparse.vstack([system.sums, people, system.balances]).tocsr()
        self.values = self.rows @ system.counts
        self.here = np.arange(len(hazards))
        self.worlds: list[np.ndarray] = []
        self.changed: list[np.ndarray] = []
        self.seen = np.zeros((len(hazards), SMALLEST_NUMBER + 1), dtype=bool)
        self._see(self.values)

    def _see(self, values: np.ndarray) -> None:
        """Note which number of people each hazard has in a world."""
        self.seen[self.here, self._people(values)] = True

    def _people(self, values: np.ndarray) -> np.ndarray:
        """Return each hazard's number of people, anything beyond the smallest number being that."""
        return np.minimum(values[self.number : self.number + len(self.hazards)], SMALLEST_NUMBER)

    def parts(self) -> Iterator[tuple[Moves, list[int]]]:
        """Yield a solver for a few organisations at a time, and the hazards that are theirs; the largest first."""
        everybody = np.array([atom.organisation for atom in self.system.atoms])
        people = {name: self.system.counts[everybody == name].sum() for name in dict.fromkeys(everybody)}
        names = sorted(people, key=lambda name: (-people[name], name))
        owners = [{everybody[place] for place in one.people if not self.system.empty[place]} for one in self.hazards]
        waiting = set(range(len(self.hazards)))
        for start in range(0, len(names), ORGANISATIONS_AT_A_TIME):
            part = set(names[start : start + ORGANISATIONS_AT_A_TIME])
            own = [place for place in waiting if owners[place] <= part]
            waiting -= set(own)
            yield self._moves(np.flatnonzero(np.isin(everybody, list(part)))), self._in_order(own)
        # What no few organisations can protect among themselves, or is theirs together, all may protect.
        waiting |= set(np.flatnonzero(~self.seen[:, 1:].all(axis=1))) if len(names) > ORGANISATIONS_AT_A_TIME else set()
        if waiting:
            yield self._moves(np.arange(len(everybody))), self._in_order(waiting)

    def _in_order(self, places: Iterable[int]) -> list[int]:
        return sorted(places, key=lambda place: (-self.values[self.number + place], place))

    def _moves(self, columns: np.ndarray) -> Moves:
        weights = 1 + np.log1p(self.values.astype(float))  # the balances' values are 0
        weights[: self.number][self.hidden] = FREE
        weights[: self.number][self.published] = np.inf
        weights[self.number : self.number + len(self.hazards)] = FREE
        weights[self.number + len(self.hazards) :] = np.inf
        return Moves(self.rows, self.system.counts, self.system.empty, weights, columns)

    def reach_ends(self, moves: Moves, some: list[int]) -> None:
        """Find, for each of some hazards, a world of as many as the smallest number, and one of one or nobody."""
        for place in some:
            if not self.seen[place, SMALLEST_NUMBER]:
                self._go(moves, place, SMALLEST_NUMBER, ANY_NUMBER)
            if not self.seen[place, :2].any():
                self._go(moves, place, 0, 1)

    def reach_between(self, moves: Moves, some: list[int]) -> None:
        """Find a world for each number in between that no world has shown."""
        for place in some:
            for people in range(1, SMALLEST_NUMBER + 1):
                if not self.seen[place, people]:
                    self._go(moves, place, people, people if people < SMALLEST_NUMBER else ANY_NUMBER)

    def _go(self, moves: Moves, place: int, least: int, greatest: int) -> None:
        world = moves.to(self.number + place, least, greatest)
        if world is None:
            return
        values = self.values + self.rows @ world
        changed = values[: self.number] != self.values[: self.number]
        self.worlds.append(world)
        self.changed.append(changed)
        self._see(values)
        moves.free(np.flatnonzero(changed & ~self.hidden))
        self.hidden |= changed

    def prune(self) -> None:
        """Drop worlds that show nothing alone, those first that hide most, and show again what they alone hid."""
        shown = [self._people(self.values + self.rows @ world) for world in self.worlds]
        times = np.zeros_like(self.seen, dtype=np.int64)
        for people in (self._people(self.values), *shown):
            times[self.here, people] += 1
        kept = []
        for one in sorted(range(len(shown)), key=lambda one: -int(self.changed[one].sum())):
            if (times[self.here, shown[one]] > 1).all():
                times[self.here, shown[one]] -= 1
            else:
                kept.append(one)
        self.worlds = [self.worlds[one] for one in sorted(kept)]
        self.changed = [self.changed[one] for one in sorted(kept)]
        self.hidden = np.logical_or.reduce([self.primary, *self.changed])

    def result(self) -> Protected:
        """Return what was found. A hazard that lacks a world is a conflict."""
        lacking = ~self.seen[:, 1:].all(axis=1)
        conflicts = tuple(self.hazards[place] for place in np.flatnonzero(lacking))
        worlds = np.array(self.worlds, dtype=np.int64).reshape(len(self.worlds), len(self.system.atoms))
        return Protected(self.hidden, worlds, conflicts)


def _people(hazards: list[Hazard], atoms: int) -> sparse.csr_array:
    ends = np.cumsum([0, *(len(hazard.people) for hazard in hazards)])
    places = np.array([place for hazard in hazards for place in hazard.people], dtype=np.int64)
    return sparse.csr_array((np.ones(len(places), dtype=np.int64), places, ends), shape=(len(hazards), atoms))
