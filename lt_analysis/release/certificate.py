"""The proof that what is hidden cannot be worked out, checked by adding whole numbers; it needs no solver.

A certificate holds the atoms of a release, their true counts, the numbers that are sums of them, which of these are
hidden, and worlds: other counts by which everything that is published is the same. It is exact, so that its owner
alone may read it.
"""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from lt_analysis.codebook.publishing import smallest_number
from lt_analysis.release.hazards import Hazard
from lt_analysis.release.protection import Protected, Standing
from lt_analysis.release.system import System


@dataclass(frozen=True, eq=False)
class Certificate:
    """A system, its hazards, what is hidden of it, the worlds that prove it safe, and what was settled beforehand."""

    system: System
    hazards: tuple[Hazard, ...]
    protected: Protected
    standing: Standing

    def faults(self) -> Iterator[str]:
        """Yield what the worlds do not prove, in words; nothing where every hazard is safe.

        The truth is the first world. In a world nobody is fewer than nobody, posts that there were not have nobody,
        and every number that is not hidden is what it is. Of each hazard's people there must be a world with 1, with
        2, and so on to the smallest number that is published, or more. Each number that is said to be hidden must be
        another in some world.
        """
        system, shown, smallest = self.system, ~self.protected.hidden, smallest_number()
        people: list[set[int]] = [set() for _ in self.hazards]
        unmoved = self.protected.hidden & self.standing.stated
        for which, world in enumerate([np.zeros_like(system.counts), *self.protected.worlds]):
            here = system.counts + world
            if here.min(initial=0) < 0:
                yield f"world {which} has fewer people than nobody"
            if here[system.empty].any():
                yield f"world {which} has people where there was no post"
            if (system.balances @ here).any():
                yield f"world {which} has other people in its quarters than in its year"
            changed = system.sums @ here != system.values
            unmoved = unmoved & ~changed
            for row in np.flatnonzero(changed & shown):
                yield f"world {which} changes what is published as {system.cells[row].key}"
            for hazard, found in zip(self.hazards, people, strict=True):
                found.add(min(int(here[list(hazard.people)].sum()), smallest))
        for hazard, found in zip(self.hazards, people, strict=True):
            if not self.protected.hidden[hazard.cell]:
                yield f"{system.cells[hazard.cell].key} is published, and says something of a few people"
            lacking = set(range(1, smallest + 1)) - found
            if lacking:
                yield f"{system.cells[hazard.cell].key}: no world has {', '.join(map(str, sorted(lacking)))} people"
        for row in np.flatnonzero(unmoved):
            yield f"{system.cells[row].key} is hidden, and no world has another number"
