"""When the newest release may be replaced, and what is known because one was.

A release that nobody outside has seen can be replaced. Somebody may have seen it all the same, so what was replaced is
taken to be known: wherever the people are as many as it said, it counts the same people, and is on the ledger beside
what replaced it, under a name of its own (`partnership.r1/2025-26-Q3/...`). Where a number moves, it must move by so
many that the difference tells of no few people.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from lt_analysis.codebook.measures import PART_OF
from lt_analysis.codebook.publishing import smallest_number
from lt_analysis.release.files import Edition, Ledger, Published
from lt_analysis.release.people import People


@dataclass(frozen=True)
class Replacement:
    """What replacing a release would do: how many numbers would move, and why it must not be done; empty if it may."""

    moved: int
    reasons: tuple[str, ...]


def with_replaced(ledger: Ledger, replaced: Iterable[Edition], people: People) -> Ledger:
    """Return a ledger that knows besides what replaced editions said, as far as people are as many as they said."""
    more = []
    for number, edition in enumerate(replaced, start=1):
        systems = [system for _, system in people.systems(one.cell for one in edition.own_numbers)]
        for one in edition.own_numbers:
            rows = [(system, system.place.get(str(one.cell.key))) for system in systems]
            values = {int(system.values[row]) for system, row in rows if row is not None}
            if values and (one.hidden or values == {one.value}):
                who = f"{one.cell.key.who}.r{number}"
                more.append(one._replace(cell=one.cell._replace(key=one.cell.key._replace(who=who))))
    return ledger.with_entries(more)


def replacement(old: Edition, new: Edition, before: People, after: People) -> Replacement:
    """Compare an edition with one that is to stand in its place; `before` and `after` are the people behind each.

    Whatever number either has, shown or hidden, and how many did not go on from one stage to the next, must be of as
    many people as before, or of many more or fewer: then no difference tells of a few, whoever adds up what.
    """
    told, said = ({str(one.cell.key): one for one in edition.numbers} for edition in (old, new))
    moved = [key for key in dict.fromkeys((*told, *said)) if _value(told.get(key)) != _value(said.get(key))]
    items = [key for key in dict.fromkeys((*old.items, *new.items)) if old.items.get(key) != new.items.get(key)]
    reasons = [f"{key} would be published no more" for key in told if key not in said]
    reasons += [f"{key} would differ by a few people" for key in _moved_by_few(old, new, before, after)]
    return Replacement(len(moved) + len(items), tuple(reasons))


def _value(one: Published | None) -> int | str | None:
    return "in no table" if one is None else one.value


def _moved_by_few(old: Edition, new: Edition, before: People, after: People) -> Iterator[str]:
    """Yield the numbers of which the people, or those who did not go on, are a few more or fewer than they were."""
    atoms = dict.fromkeys((*before.counts, *after.counts))
    change = {atom: after.counts.get(atom, 0) - before.counts.get(atom, 0) for atom in atoms}
    cells = dict.fromkeys(one.cell for one in (*old.own_numbers, *new.own_numbers))
    for _, system in People(change, frozenset()).systems(cells):
        for cell, here in zip(system.cells, system.values.tolist(), strict=True):
            earlier = [cell.of(stage=stage) for stage in PART_OF.get(cell.key.stage, ())]
            left = [system.counts[system.atoms_of(one)].sum() - here for one in earlier]
            if any(0 < abs(more) < smallest_number() for more in (here, *left)):
                yield str(cell.key)
