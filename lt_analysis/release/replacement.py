"""When the newest release may be replaced, and what is known because one was.

A release that nobody outside has seen can be replaced. Somebody may have seen it all the same, so what was replaced is
taken to be known: wherever the people are as many as it said, it counts the same people, and is on the ledger beside
what replaced it, under a name of its own (`partnership.r1/2025-26-Q3/...`). Where a number moves, it must move by so
many that the difference tells of no few people.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import numpy as np

from lt_analysis.codebook.publishing import smallest_number
from lt_analysis.release.files import Edition, Ledger
from lt_analysis.release.hazards import BEFORE
from lt_analysis.release.keys import Cell
from lt_analysis.release.people import People
from lt_analysis.release.system import System, linear_system

WHOLE = 1e-6


@dataclass(frozen=True)
class Replacement:
    """What replacing a release would do: how many numbers would move, and why it must not be done; empty if it may."""

    moved: int
    reasons: tuple[str, ...]


def with_replaced(ledger: Ledger, replaced: Iterable[Edition], people: People) -> Ledger:
    """Return a ledger that knows besides what replaced editions said, as far as people are as many as they said."""
    more = []
    for number, edition in enumerate(replaced, start=1):
        system = _system(people, (one.cell for one in edition.own_numbers))
        for one in edition.own_numbers:
            row = system.place.get(str(one.cell.key))
            if row is not None and (one.hidden or one.value == system.values[row]):
                who = f"{one.cell.key.who}.r{number}"
                more.append(one._replace(cell=one.cell._replace(key=one.cell.key._replace(who=who))))
    return ledger.with_entries(more)


def replacement(old: Edition, new: Edition, before: People, after: People) -> Replacement:
    """Compare an edition with the one that is to replace it; `before` and `after` are the people behind each."""
    told, said = ({str(one.cell.key): one for one in edition.numbers} for edition in (old, new))
    keys = dict.fromkeys((*told, *said))
    moved = [key for key in keys if not (key in told and key in said and told[key].value == said[key].value)]
    reasons = [f"{key} would be published no more" for key in told if key not in said]
    for edition, others, when in ((old, after, "with the people of now"), (new, before, "with the people of before")):
        reasons += [f"{key} would differ by a few people {when}" for key in _moved_by_few(edition, others)]
    reasons += [f"of {key} a difference of a few people would follow" for key in _follow(old, new, before, after)]
    return Replacement(len(moved), tuple(dict.fromkeys(reasons)))


def _is_few(people: float) -> bool:
    return 0 < abs(round(people)) < smallest_number()


def _system(people: People, cells: Iterable[Cell]) -> System:
    return linear_system(people.counts, people.empty, cells)


def _moved_by_few(edition: Edition, others: People) -> Iterator[str]:
    """Yield the numbers that an edition shows, and that other people would make a little larger or smaller."""
    shown = [one for one in edition.own_numbers if not one.hidden]
    system = _system(others, (one.cell for one in shown))
    for one in shown:
        row = system.place.get(str(one.cell.key))
        if row is not None and _is_few(system.values[row] - one.value):
            yield str(one.cell.key)


def _follow(old: Edition, new: Edition, before: People, after: People) -> Iterator[str]:
    """Yield the numbers of which the difference follows from numbers that both editions show, and is small."""
    told = {one.cell: one for one in old.own_numbers}
    both = [one for one in new.own_numbers if one.cell in told]
    atoms = dict.fromkeys((*before.counts, *after.counts))
    change = People({atom: after.counts.get(atom, 0) - before.counts.get(atom, 0) for atom in atoms}, frozenset())
    system = _system(change, (one.cell for one in both))
    shown = [not (one.hidden or told[one.cell].hidden) for one in both if str(one.cell.key) in system.place]
    known = system.sums[np.flatnonzero(shown)].toarray().astype(float)
    for row, cell in enumerate(system.cells):
        sums = [system.sums[[row]].toarray().ravel().astype(float)]
        if cell.key.stage in BEFORE:
            earlier = np.zeros(len(system.atoms))
            earlier[system.atoms_of(cell.of(stage=BEFORE[cell.key.stage]))] = 1
            sums.append(earlier - sums[0])
        if any(_is_few(one @ system.counts) and _is_combination(one, known) for one in sums):
            yield str(cell.key)


def _is_combination(row: np.ndarray, known: np.ndarray) -> bool:
    """Tell whether a sum of people is a combination of known sums."""
    found, *_ = np.linalg.lstsq(known.T, row, rcond=None)
    return bool(np.abs(known.T @ found - row).max(initial=0) < WHOLE)
