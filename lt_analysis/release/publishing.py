"""Which numbers of some tables are published: the primary rule, secondary protection, and the proof of both.

A table that cannot be protected, because of what was published before, is refused: what makes it so is named, and a
coarser table stands in its place where one can be protected.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

import numpy as np

from lt_analysis.codebook.mistakes import RawDataError
from lt_analysis.release.certificate import Certificate
from lt_analysis.release.files import Ledger, Published
from lt_analysis.release.hazards import Hazard, hazards
from lt_analysis.release.keys import ALL_BANDS, KNOWN, Atom, Cell
from lt_analysis.release.people import People
from lt_analysis.release.pooling import pooled
from lt_analysis.release.protection import Protected, Standing, protect
from lt_analysis.release.system import System, linear_system

MOST_NAMED = 6  # of published numbers, where a table is refused


@dataclass(frozen=True)
class Refused:
    """A table that cannot be protected: the published numbers because of which, and what is published instead.

    Where nothing can be done any more, because the table was published itself, or follows from those that were,
    `too_late` says so.
    """

    who: str
    span: str
    because: tuple[str, ...]
    instead: tuple[Cell, ...] = ()
    too_late: bool = False

    def __str__(self) -> str:
        """Say it, for whoever runs the release."""
        more = f" and {len(self.because) - MOST_NAMED} more" if len(self.because) > MOST_NAMED else ""
        because = (", ".join(self.because[:MOST_NAMED]) or "what everybody knows") + more
        if self.too_late:
            return f"{self.who}/{self.span}: a small number of people can be worked out from {because}"
        done = "is not published"
        if self.instead:
            by_group = any(cell.key.group != KNOWN for cell in self.instead)
            done = f"is published for all bands{'' if by_group else ', White and BME people'} together"
        return f"{self.who}/{self.span} {done}: else a small number of people could be worked out from {because}"


@dataclass(frozen=True)
class Lost:
    """What nothing can keep from being worked out any more: the few people of hazards, and hidden numbers."""

    people: frozenset[frozenset[Atom]] = frozenset()
    numbers: frozenset[Cell] = frozenset()

    def holds(self, system: System, hazard: Hazard) -> bool:
        """Tell whether a hazard's people are lost."""
        return _people(system, hazard) in self.people

    def with_conflicts(self, system: System, protected: Protected) -> "Lost":
        """Return this and what a search found no world for."""
        people = {_people(system, one) for one in protected.conflicts}
        return Lost(self.people | people, self.numbers | {system.cells[row] for row in protected.known})


@dataclass(frozen=True, eq=False)
class Decided:
    """What is decided of some tables: each number, None where it is hidden; the proof; and what was refused.

    Refused tables have no numbers. `no_posts` are numbers of people for posts that there were not. `lost` is that
    because of which tables were refused.
    """

    values: dict[Cell, int | None]
    no_posts: frozenset[Cell]
    certificate: Certificate
    refused: tuple[Refused, ...]
    lost: Lost

    def faults(self) -> Iterator[str]:
        """Yield what is not proved, in words. Which hazards there are is asked again, and not taken as given.

        Whatever was not published before and says something of a few people must be hidden, and proved to be safe but
        for what a refused table has lost.
        """
        yield from self.certificate.faults()
        proof = self.certificate
        if self.lost != Lost() and not self.refused:
            yield "small numbers can be worked out, and no table is refused for them"
        for one in _hazards_of_new(proof.system, proof.standing):
            key = proof.system.cells[one.cell].key
            if not proof.protected.hidden[one.cell]:
                yield f"{key} would be published, and says something of a few people"
            elif one not in proof.hazards and not self.lost.holds(proof.system, one):
                yield f"{key} says something of a few people, and is not proved to be safe"

    def in_world(self, world: np.ndarray) -> "Decided":
        """Return what the same tables would say, the same of them being hidden, had people been as in a world."""
        system = replace(self.certificate.system, counts=self.certificate.system.counts + world)
        values = {cell: _value(system, self.certificate.protected, cell) for cell in self.values}
        return replace(self, values=values, certificate=replace(self.certificate, system=system))


def decide(people: People, tables: Iterable[Cell], reserved: Iterable[Cell], ledger: Ledger) -> Decided:
    """Decide what of some tables is published. `reserved` numbers are not, but are kept from being worked out."""
    wanted, kept = tuple(tables), tuple(reserved)
    refused: dict[tuple[str, str], Refused] = {}
    lost = Lost()
    while True:
        system, standing = _system(people, wanted, kept, ledger)
        every = _hazards_of_new(system, standing)
        dangers = tuple(one for one in every if not lost.holds(system, one))
        standing = _hiding(system, standing, every, lost)
        protected = protect(system, dangers, standing)
        conflicts = {system.cells[one.cell] for one in protected.conflicts} | {
            system.cells[row] for row in protected.known
        }
        if not conflicts:
            break
        lost = lost.with_conflicts(system, protected)
        for table, because in _conflicts((*wanted, *kept), conflicts, ledger).items():
            own = [cell for cell in wanted if _table(cell) == table]
            refused[table] = _refusal(people, table, because, own, table in refused, ledger)
            # What is refused is not published, and the rest of it is kept from being worked out all the same.
            wanted = tuple(cell for cell in wanted if _table(cell) != table) + refused[table].instead
            kept += tuple(cell for cell in own if cell not in refused[table].instead)
    return Decided(
        {cell: _value(system, protected, cell) for cell in wanted},
        frozenset(cell for cell in wanted if _no_posts(system, cell)),
        Certificate(system, dangers, protected, standing),
        tuple(refused.values()),
        lost,
    )


def _hazards_of_new(system: System, standing: Standing) -> list[Hazard]:
    """List the hazards of numbers that were not published before."""
    return [one for one in hazards(system) if not standing.published[one.cell]]


def _hiding(system: System, standing: Standing, dangers: Iterable[Hazard], lost: Lost) -> Standing:
    """Hide the numbers of all hazards, lost ones too, and ask no more of what is lost."""
    hidden, stated = standing.hidden.copy(), standing.stated.copy()
    hidden[[one.cell for one in dangers]] = True
    stated[[cell in lost.numbers for cell in system.cells]] = False
    return replace(standing, hidden=hidden, stated=stated)


def _table(cell: Cell) -> tuple[str, str]:
    return (cell.key.who, cell.key.span)


def _people(system: System, hazard: Hazard) -> frozenset[Atom]:
    return frozenset(system.atoms[place] for place in hazard.people)


def _value(system: System, protected: Protected, cell: Cell) -> int | None:
    row = system.place.get(str(cell.key))
    return None if row is None or protected.hidden[row] else int(system.values[row])


def _no_posts(system: System, cell: Cell) -> bool:
    row = system.place.get(str(cell.key))
    return row is not None and bool(system.empty[system.atoms_in(row)].all())


def _system(
    people: People, wanted: Iterable[Cell], reserved: Iterable[Cell], ledger: Ledger
) -> tuple[System, Standing]:
    """Make one system of what is wanted and of what is linked to it, and say what is settled of it already."""
    before = {str(entry.cell.key): entry for entry in ledger.linked((*wanted, *reserved))}
    new = [cell for cell in (*wanted, *reserved) if str(cell.key) not in before]
    cells = [*(entry.cell for entry in before.values()), *new]
    returns = {one for cell in cells for one in cell.returns}
    fewer = pooled(people.of(returns), cells)
    numbers = (*fewer.cells, *fewer.unpublished)
    system = linear_system(fewer.people.counts, fewer.people.empty, numbers, fewer.balances)
    in_no_table = {str(cell.key) for cell in (*reserved, *fewer.unpublished)} - before.keys()
    published = np.array([_shown(before.get(str(cell.key))) for cell in system.cells], dtype=bool)
    stated = np.array([str(cell.key) not in in_no_table for cell in system.cells], dtype=bool)
    told = np.array([_hidden(before.get(str(cell.key))) for cell in system.cells], dtype=bool)
    _require_what_was_published(system, before)
    return system, Standing(published, told | ~stated, stated)


def _require_what_was_published(system: System, before: dict[str, Published]) -> None:
    """Raise `RawDataError`, naming the keys, where returns no longer add up to numbers that were published."""
    values = {key: int(system.values[row]) for key, row in system.place.items()}
    shown = {key: entry.value for key, entry in before.items() if entry.value is not None}
    lost = [key for key, value in shown.items() if values.get(key) != value]
    if lost:
        more = f" and {len(lost) - MOST_NAMED} more" if len(lost) > MOST_NAMED else ""
        raise RawDataError(
            f"the returns no longer add up to what was published: {', '.join(lost[:MOST_NAMED])}{more}",
            "Put back data/processed/certificates, which has the people that were counted, or the returns as they were",
        )


def _hidden(entry: Published | None) -> bool:
    return entry is not None and entry.value is None


def _shown(entry: Published | None) -> bool:
    return entry is not None and entry.value is not None


def _conflicts(
    cells: Iterable[Cell], conflicts: Iterable[Cell], ledger: Ledger
) -> dict[tuple[str, str], tuple[str, ...]]:
    """Return the tables of numbers that conflict, each with the published numbers that count the same people."""
    whole = {cell.key: cell for cell in (*(entry.cell for entry in ledger.entries), *cells)}
    shown = [entry.cell for entry in ledger.entries if entry.value is not None]
    found: dict[tuple[str, str], set[str]] = {}
    for conflict in sorted(conflicts):
        cell = whole.get(conflict.key, conflict)
        because = {str(other.key) for other in shown if other.shares_people_with(cell)}
        found.setdefault(_table(cell), set()).update(because)
    return {table: tuple(sorted(because)) for table, because in found.items()}


def _refusal(
    people: People, table: tuple[str, str], because: tuple[str, ...], cells: list[Cell], again: bool, ledger: Ledger
) -> Refused:
    """Refuse a table; offer it without its groups of bands, or of White and BME people together. Once, not `again`."""
    main = [cell for cell in cells if cell.key.band == ALL_BANDS]
    for coarser in () if again else (main, [cell for cell in main if cell.key.group == KNOWN]):
        if coarser and len(coarser) < len(cells) and _is_safe(people, coarser, ledger):
            return Refused(*table, because, tuple(coarser))
    return Refused(*table, because, too_late=not cells)


def _is_safe(people: People, cells: list[Cell], ledger: Ledger) -> bool:
    """Tell whether numbers can be protected so that any of them is shown."""
    system, standing = _system(people, cells, (), ledger)
    protected = protect(system, _hazards_of_new(system, standing), standing)
    safe = not (protected.conflicts or protected.known)
    return safe and any(_value(system, protected, cell) is not None for cell in cells)
