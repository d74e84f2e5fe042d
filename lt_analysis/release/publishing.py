"""Which numbers of some tables are published: the primary rule, secondary protection, and the proof of both.

A table that cannot be protected, because of what was published before, is refused: all its numbers are hidden, what
makes it so is named, and a coarser table is offered where one can be protected.
"""

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np

from lt_analysis.codebook.mistakes import RawDataError
from lt_analysis.release.certificate import Certificate
from lt_analysis.release.hazards import Hazard, hazards
from lt_analysis.release.keys import ALL_BANDS, KNOWN, Atom, Cell
from lt_analysis.release.ledger import Ledger, Published
from lt_analysis.release.people import People
from lt_analysis.release.pooling import pooled
from lt_analysis.release.protection import Protected, protect
from lt_analysis.release.system import System, linear_system


@dataclass(frozen=True)
class Refused:
    """A table that cannot be protected: the published numbers because of which, and what could be published instead.

    Where the table itself was published before, nothing can be done any more, and `too_late` says so.
    """

    who: str
    span: str
    because: tuple[str, ...]
    instead: tuple[str, ...] = ()
    too_late: bool = False

    def __str__(self) -> str:
        """Say it, for whoever runs the release."""
        because = ", ".join(self.because) or "what everybody knows"
        if self.too_late:
            return f"{self.who}/{self.span} was published, and a small number in it can be worked out from {because}"
        instead = f"These could be published instead: {', '.join(self.instead)}" if self.instead else "Nothing can"
        return f"{self.who}/{self.span} is not published: a small number could be worked out from {because}. {instead}"


@dataclass(frozen=True, eq=False)
class Decided:
    """What is decided of some tables: each number, None where it is hidden; the proof; and what was refused.

    `no_posts` are numbers of people for posts that there were not.
    """

    values: dict[Cell, int | None]
    no_posts: frozenset[Cell]
    certificate: Certificate
    refused: tuple[Refused, ...]


def decide(people: People, tables: Iterable[Cell], reserved: Iterable[Cell], ledger: Ledger) -> Decided:
    """Decide what of some tables is published. `reserved` numbers are not, but are kept from being worked out."""
    tables, reserved = tuple(tables), tuple(reserved)
    refused: dict[tuple[str, str], Refused] = {}
    lost: set[frozenset[Atom]] = set()
    while True:
        # What is refused is not published either, and the rest of it is kept from being worked out.
        wanted = tuple(cell for cell in tables if _table(cell) not in refused)
        kept = (*reserved, *(cell for cell in tables if _table(cell) in refused))
        system, published, hidden = _system(people, wanted, kept, ledger)
        dangers = [one for one in hazards(system) if not published[one.cell] and _people(system, one) not in lost]
        protected = protect(system, dangers, published, hidden)
        if not protected.conflicts:
            break
        lost |= {_people(system, one) for one in protected.conflicts}
        conflicts = [system.cells[one.cell] for one in protected.conflicts]
        refused = _refusals(people, conflicts, (*wanted, *kept), ledger) | refused
    return Decided(
        {cell: _value(system, protected, cell) for cell in tables},
        frozenset(cell for cell in tables if _no_posts(system, cell)),
        Certificate(system, tuple(dangers), protected),
        tuple(refused.values()),
    )


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
) -> tuple[System, np.ndarray, np.ndarray]:
    """Make one system of what is wanted and of what is linked to it; mark what is published, and hidden, already."""
    before = {str(entry.cell.key): entry for entry in ledger.linked((*wanted, *reserved))}
    new = [cell for cell in (*wanted, *reserved) if str(cell.key) not in before]
    cells = [*(entry.cell for entry in before.values()), *new]
    returns = {one for cell in cells for one in cell.returns}
    fewer = pooled(people.of(returns), cells)
    system = linear_system(fewer.people.counts, fewer.people.empty, fewer.cells, fewer.balances)
    kept = {str(cell.key) for cell in reserved}
    hidden = [str(cell.key) in kept or _hidden(before.get(str(cell.key))) for cell in system.cells]
    published = [_shown(before.get(str(cell.key))) for cell in system.cells]
    for row, cell in enumerate(system.cells):
        if published[row] and before[str(cell.key)].value != system.values[row]:
            raise RawDataError(
                f"{cell.key} was published, and the returns no longer add up to it",
                "Put back data/processed/certificates, which holds the numbers of people that were published",
            )
    return system, np.array(published, dtype=bool), np.array(hidden, dtype=bool)


def _hidden(entry: Published | None) -> bool:
    return entry is not None and entry.value is None


def _shown(entry: Published | None) -> bool:
    return entry is not None and entry.value is not None


def _refusals(
    people: People, conflicts: Iterable[Cell], cells: tuple[Cell, ...], ledger: Ledger
) -> dict[tuple[str, str], Refused]:
    """Name the tables of conflicts, the published numbers that count the same people, and what would do instead."""
    whole = {cell.key: cell for cell in (*(entry.cell for entry in ledger.entries), *cells)}
    shown = [entry.cell for entry in ledger.entries if entry.value is not None]
    found: dict[tuple[str, str], set[str]] = {}
    for cell in conflicts:
        keys = {str(other.key) for other in shown if other.shares_people_with(whole[cell.key])}
        found.setdefault(_table(cell), set()).update(keys)
    return {one: _refusal(people, *one, sorted(because), cells, ledger) for one, because in found.items()}


def _refusal(people: People, who: str, span: str, because: list[str], cells: Iterable[Cell], ledger: Ledger) -> Refused:
    if ledger.holds(who, span):
        return Refused(who, span, tuple(because), too_late=True)
    own = [cell for cell in cells if _table(cell) == (who, span) and cell.key.band == ALL_BANDS]
    for coarser in (own, [cell for cell in own if cell.key.group == KNOWN]):
        offered, published, hidden = _system(people, coarser, (), ledger)
        dangers = [one for one in hazards(offered) if not published[one.cell]]
        protected = protect(offered, dangers, published, hidden)
        shown = [cell for cell in coarser if _value(offered, protected, cell) is not None]
        if shown and not protected.conflicts:
            return Refused(who, span, tuple(because), tuple(str(cell.key) for cell in shown))
    return Refused(who, span, tuple(because))
