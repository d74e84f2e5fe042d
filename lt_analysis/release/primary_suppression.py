"""The primary rule: which numbers would say something of a person, and so must not be known.

Counts of 1 to 4 are not published (or of more, where the partnership has set a stricter rule), nor is a number from
which one like that follows: of those of a group who did not go on to the next stage. Nor is one that says something of
everybody: that nobody, or everybody, of fewer than ten went on, or that all at a stage in a band are of one group. Of
answers to a survey, that nobody said yes, or everybody, tells what each of them answered, however many they are. And
where some are known by name, as executives on a board are, few others must not follow, nor that there are none: six
people, five of them executives, are one more. Each such hazard is a small number of people; they are protected alike,
and nothing tells one kind from another.
"""

from collections.abc import Iterator
from typing import NamedTuple

import numpy as np

from lt_analysis.codebook.ethnicity import UNKNOWN
from lt_analysis.codebook.measures import CHAINS_OF_ANSWERS, PART_OF
from lt_analysis.codebook.publishing import smallest_number
from lt_analysis.release.keys import KNOWN, Cell
from lt_analysis.release.system import System

# Nobody, or everybody, of fewer than this many says something of each of them.
SMALLEST_WHOLE = 10


class Hazard(NamedTuple):
    """A number that must not be known: the place of the number that would tell, and the few people it would tell of.

    `people` are places of atoms; `by_name` of them are known, and few others. The number of the others is smaller than
    the smallest that is published, and must be able to be anything from 1 to that.
    """

    cell: int
    people: tuple[int, ...]
    by_name: int = 0


def hazards(system: System) -> list[Hazard]:
    """List the hazards of a system."""
    return [hazard for row, cell in enumerate(system.cells) for hazard in _of(system, row, cell)]


def hazards_beside_names(system: System, by_name: np.ndarray) -> list[Hazard]:
    """List the numbers of few people, or nobody, beside those who are known by name: so many, in each number."""
    few = np.flatnonzero((by_name > 0) & (system.values - by_name < smallest_number())).tolist()
    return [Hazard(row, tuple(system.atoms_in(row)), int(by_name[row])) for row in few]


def _of(system: System, row: int, cell: Cell) -> Iterator[Hazard]:
    here, smallest = system.atoms_in(row), smallest_number()
    value = system.values[row]
    if system.empty[here].all():
        return  # there was no such post, as everybody knows
    if 0 < value < smallest or (value < smallest and cell.key.group == UNKNOWN):
        yield Hazard(row, tuple(here))
    for stage in PART_OF.get(cell.key.stage, ()):
        before = system.atoms_of(cell.of(stage=stage))
        left = system.counts[before].sum() - value
        tells_of_all = _answers(cell) or value + left < SMALLEST_WHOLE
        if value == 0 < left and tells_of_all:
            yield Hazard(row, tuple(here))
        if 0 < left < smallest or (left == 0 < value and tells_of_all):
            yield Hazard(row, tuple(np.setdiff1d(before, here)))
    if cell.key.group not in (KNOWN, UNKNOWN):
        everybody = system.atoms_of(cell.of(group=KNOWN))
        if 0 < value == system.counts[everybody].sum():
            yield Hazard(row, tuple(np.setdiff1d(everybody, here)))


def _answers(cell: Cell) -> bool:
    return any(cell.key.stage in chain for chain in CHAINS_OF_ANSWERS)
