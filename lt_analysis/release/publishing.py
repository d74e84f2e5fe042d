"""Which numbers of some tables are published: the primary rule, secondary protection, and the proof of both.

A table that cannot be protected, because of what was published before, is refused: what makes it so is named, and the
first of its coarser forms that can be protected stands in its place.
"""

from collections.abc import Iterable, Iterator, Mapping, Set
from dataclasses import dataclass, replace
from typing import NamedTuple

import numpy as np

from lt_analysis.codebook.measures import WHOLE
from lt_analysis.release.certificate import MOST_NAMED, Certificate, require_as_published
from lt_analysis.release.files import Ledger, Published
from lt_analysis.release.keys import KNOWN, Atom, Cell
from lt_analysis.release.people import People
from lt_analysis.release.pooling import Pools, pools_of
from lt_analysis.release.primary_suppression import Hazard, hazards, hazards_beside_names
from lt_analysis.release.protection import Protected, Standing, protect
from lt_analysis.release.system import System, linear_system

NO_BOARDS: Mapping[Cell, int] = {}


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
    """What nothing can keep from being worked out any more: of hazards, the few people, and hidden numbers."""

    people: frozenset[tuple[frozenset[Atom], int]] = frozenset()
    numbers: frozenset[Cell] = frozenset()

    def holds(self, system: System, hazard: Hazard) -> bool:
        """Tell whether a hazard's people are lost."""
        return _told_of(system, hazard) in self.people

    def with_more(self, system: System, lacking: "_Lacking") -> "Lost":
        """Return this and what a search found no world for."""
        people = {_told_of(system, one) for one in lacking.hazards}
        return Lost(self.people | people, self.numbers | {system.cells[row] for row in lacking.known})


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


def decide(
    people: People,
    tables: Iterable[Cell],
    reserved: Iterable[Cell],
    ledger: Ledger,
    given: Iterable[Cell] = (),
    at_least: Mapping[Cell, int] = NO_BOARDS,
) -> Decided:
    """Decide what of some tables is published, of the people of one chain.

    `reserved` numbers are not, but are kept from being worked out. `given` numbers are known to everybody anyway, in
    tables or not: none of them is hidden, and no world changes any. Of others `at_least` so many are known by name, or
    all, where there are fewer in truth: some of the names are of other people then.

    Raises `RawDataError` where the people do not add up to what was published.
    """
    wanted, kept = tuple(tables), tuple(reserved)
    given = frozenset(given)
    there = {cell: min(least, people.number(cell)) for cell, least in at_least.items()}
    at_least = {cell: least for cell, least in there.items() if least}
    refused: dict[tuple[str, str], Refused] = {}
    lost = Lost()
    while True:
        posed = _pose(people, wanted, kept, ledger, given, at_least)
        protected, lacking = _protect(posed, lost)
        values = {cell: _value(posed.system, protected, cell) for cell in wanted}
        conflicts = {posed.system.cells[row] for row in lacking.rows} or _forms_that_say_nothing(refused, values)
        if not conflicts:
            break
        lost = lost.with_more(posed.system, lacking)
        telling = conflicts | posed.telling(lost)
        for table, because in _conflicts((*wanted, *kept), conflicts, ledger).items():
            own = tuple(cell for cell in wanted if _table(cell) == table)
            coarser = _next_form(own, telling)
            before = refused.get(table, Refused(*table, (), too_late=not own))
            because = tuple(sorted({*before.because, *because}))
            refused[table] = replace(before, because=because, instead=coarser)
            # What is refused is not published, and the rest of it is kept from being worked out all the same.
            wanted = tuple(cell for cell in wanted if _table(cell) != table) + coarser
            kept += tuple(cell for cell in own if cell not in coarser)
    return Decided(
        values,
        frozenset(cell for cell in wanted if _no_posts(posed.system, cell)),
        Certificate(posed.system, posed.dangers(lost), posed.of_people(protected), posed.settled(lost)),
        tuple(refused.values()),
        lost,
    )


def decide_besides(
    first: Decided,
    people: People,
    tables: Iterable[Cell],
    reserved: Iterable[Cell],
    ledger: Ledger,
    given: Iterable[Cell] = (),
    at_least: Mapping[Cell, int] = NO_BOARDS,
) -> Decided:
    """Decide of further tables of the same people, at the cost of no number of those that are decided `first`.

    What they say stands as if it were published, so one proof is of both. Where that cannot be, the further tables are
    left out.
    """
    said = ledger.with_entries(Published(cell, value, "") for cell, value in first.values.items())
    found = decide(people, (*first.values, *tables), reserved, said, given, at_least)
    return first if found.refused else replace(found, refused=first.refused)


def _next_form(cells: tuple[Cell, ...], telling: Set[Cell]) -> tuple[Cell, ...]:
    """Return a table's next coarser form: all bands together, then White and BME people together too, then nothing.

    A form with a number that would tell is passed over.
    """
    main = tuple(cell for cell in cells if cell.key.cut == WHOLE[cell.key.stage])
    known = tuple(cell for cell in main if cell.key.group == KNOWN)
    return next((form for form in (main, known) if len(form) < len(cells) and not telling & set(form)), ())


def _forms_that_say_nothing(refused: Mapping[tuple[str, str], Refused], values: Mapping[Cell, int | None]) -> set[Cell]:
    """Return the numbers of coarser forms of which all are hidden: nothing is told by them."""
    forms = (one.instead for one in refused.values())
    return {cell for form in forms if all(values[cell] is None for cell in form) for cell in form}


@dataclass(frozen=True, eq=False)
class _Posed:
    """What is to be decided: the numbers as sums of people, the same by fewer atoms, and what is settled already.

    `hazards` are those of numbers that were not published before, by their people; `pooled` are the same by the fewer
    atoms, in which worlds are sought.
    """

    pools: Pools
    system: System
    fewer: System
    standing: Standing
    hazards: tuple[Hazard, ...]
    pooled: tuple[Hazard, ...]

    def dangers(self, lost: Lost) -> tuple[Hazard, ...]:
        """Return the hazards that can still be protected."""
        return tuple(one for one in self.hazards if not lost.holds(self.system, one))

    def telling(self, lost: Lost) -> set[Cell]:
        """Return the numbers that would tell of what is lost."""
        return {self.system.cells[one.cell] for one in self.hazards if lost.holds(self.system, one)} | lost.numbers

    def settled(self, lost: Lost) -> Standing:
        """Hide the numbers of all hazards, lost ones too, and ask no more of what is lost."""
        hidden, stated = self.standing.hidden.copy(), self.standing.stated.copy()
        hidden[[one.cell for one in self.hazards]] = True
        stated[[cell in lost.numbers for cell in self.system.cells]] = False
        return replace(self.standing, hidden=hidden, stated=stated)

    def of_people(self, protected: Protected) -> Protected:
        """Return what was found with its worlds shared out over the people themselves."""
        return replace(protected, worlds=self.pools.of_people(protected.worlds))


class _Lacking(NamedTuple):
    """What a search found no world for: hazards, and the rows of hidden numbers that can be worked out."""

    hazards: tuple[Hazard, ...]
    known: tuple[int, ...]

    @property
    def rows(self) -> set[int]:
        """The rows of the numbers that tell."""
        return {*self.known, *(one.cell for one in self.hazards)}


def _pose(
    people: People,
    wanted: Iterable[Cell],
    reserved: Iterable[Cell],
    ledger: Ledger,
    given: Set[Cell],
    at_least: Mapping[Cell, int],
) -> _Posed:
    """Make one system of what is wanted and of what is linked to it, and say what is settled of it already."""
    before = {str(entry.cell.key): entry for entry in ledger.linked((*wanted, *reserved))}
    new = [cell for cell in (*wanted, *reserved, *sorted(given)) if str(cell.key) not in before]
    cells = [*(entry.cell for entry in before.values()), *new]
    returns = {one for cell in cells for one in cell.returns}
    people, at_least = people.of(returns), {cell: n for cell, n in at_least.items() if cell.returns <= returns}
    pools = pools_of(people, (*cells, *at_least))
    unpublished = pools.unpublished()
    system = linear_system(people.counts, people.empty, (*cells, *unpublished))
    fewer = pools.system(system.cells)
    known = {str(cell.key) for cell in given}
    in_no_table = {str(cell.key) for cell in (*reserved, *unpublished)} | (known - {str(cell.key) for cell in wanted})
    in_no_table -= before.keys()
    keys = [str(cell.key) for cell in system.cells]
    published = np.array([key in known or (key in before and not before[key].hidden) for key in keys], dtype=bool)
    stated = np.array([key not in in_no_table for key in keys], dtype=bool)
    told = np.array([key in before and before[key].hidden for key in keys], dtype=bool)
    require_as_published(system, before.values())
    is_given = np.array([key in known for key in keys])
    standing = Standing(published, told | (~stated & ~published), stated, is_given, at_least)
    of_people, of_fewer = _hazards_of_new(system, standing), _hazards_of_new(fewer, standing)
    if [one.cell for one in of_people] != [one.cell for one in of_fewer] or len(fewer.cells) != len(system.cells):
        raise RuntimeError("the numbers of fewer atoms are not those of the people")
    return _Posed(pools, system, fewer, standing, of_people, of_fewer)


def _hazards_of_new(system: System, standing: Standing) -> tuple[Hazard, ...]:
    """Return the hazards of numbers that were not published before."""
    found = (*hazards(system), *hazards_beside_names(system, standing.by_name_in(system)))
    return tuple(one for one in found if not standing.published[one.cell])


def _protect(posed: _Posed, lost: Lost) -> tuple[Protected, _Lacking]:
    """Find what to hide, in the fewer atoms, and what of the people themselves has no world."""
    both = dict(zip(posed.pooled, posed.hazards, strict=True))
    dangers = [fewer for fewer, one in both.items() if not lost.holds(posed.system, one)]
    protected = protect(posed.fewer, dangers, posed.settled(lost))
    return protected, _Lacking(tuple(both[one] for one in protected.conflicts), protected.known)


def _table(cell: Cell) -> tuple[str, str]:
    return (cell.key.who, cell.key.span)


def _told_of(system: System, hazard: Hazard) -> tuple[frozenset[Atom], int]:
    """Return of whom a hazard tells: some people, beside so many who are known by name."""
    return frozenset(system.atoms[place] for place in hazard.people), hazard.by_name


def _value(system: System, protected: Protected, cell: Cell) -> int | None:
    row = system.place.get(str(cell.key))
    return None if row is None or protected.hidden[row] else int(system.values[row])


def _no_posts(system: System, cell: Cell) -> bool:
    row = system.place.get(str(cell.key))
    return row is not None and bool(system.empty[system.atoms_in(row)].all())


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
