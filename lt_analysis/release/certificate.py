"""The proof that what is hidden cannot be worked out, checked by adding whole numbers; it needs no solver.

A certificate holds the atoms of a release, their true counts, the numbers that are sums of them, which of these are
hidden, and worlds: other counts by which everything that is published is the same. It is exact, so that its owner
alone may read it: `certificates/<period>.parquet` has the people of all returns that a release counts in its new
tables, and its worlds.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import duckdb
import numpy as np

from lt_analysis.codebook.folders import Folders, in_sql, owner_only
from lt_analysis.codebook.mistakes import RawDataError
from lt_analysis.codebook.periods import Quarter
from lt_analysis.codebook.publishing import smallest_number
from lt_analysis.release.files import Column, Edition, copy_table, fill, was_begun
from lt_analysis.release.hazards import Hazard
from lt_analysis.release.keys import Atom
from lt_analysis.release.people import People
from lt_analysis.release.protection import Protected, Standing
from lt_analysis.release.system import System

OF_CERTIFICATE = (
    Column("world", "BIGINT", "Empty for the people themselves; else which world changes them."),
    *(Column(name, "VARCHAR", "") for name in Atom._fields),
    Column("people", "BIGINT", ""),
    Column("no_post", "BOOLEAN", ""),
)
ATOM = ", ".join(f'"{name}"' for name in Atom._fields)


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


def write_certificate(folders: Folders, quarter: Quarter, people: People, proof: Certificate) -> None:
    """Write the people that a quarter's new tables count, and the worlds, for their owner alone."""
    rows = [(None, *atom, number, atom in people.empty) for atom, number in people.counts.items()]
    for world, more in enumerate(proof.protected.worlds, start=1):
        rows += [(world, *proof.system.atoms[place], int(more[place]), None) for place in np.flatnonzero(more).tolist()]
    owner_only(folders.certificates)
    with duckdb.connect() as connection:
        fill(connection, "certificate", OF_CERTIFICATE, rows)
        copy_table(connection, "certificate", folders.certificates / f"{quarter}.parquet", mode=0o600)


def require_releases(folders: Folders) -> None:
    """Raise `RawDataError` where a release was made, as its certificate tells, and is there no more."""
    for path in sorted(folders.certificates.glob("[0-9]*.parquet")):
        if (folders.releases / path.name).is_file():
            raise RawDataError(
                f"data/processed/releases/{path.name} was laid out by an earlier version",
                "Nothing real was published with it: move data/processed and reports away, and run again",
            )
        if not was_begun(folders, path.stem):
            raise RawDataError(
                f"data/processed/releases/{path.stem} is gone",
                f"Put back what was published; nothing else can say what readers know. reports/{path.stem} may have it",
            )


def people_counted(folders: Folders, editions: Iterable[Edition]) -> People:
    """Return the people that some releases counted; of a return counted twice, as it was counted first.

    A certificate that was lost has none: those people are then taken from the returns, and whoever decides holds these
    to what was published (`release.publishing`).
    """
    counts: dict[Atom, int] = {}
    empty: set[Atom] = set()
    kept = (folders.certificates / f"{edition.period}.parquet" for edition in editions)
    with duckdb.connect() as connection:
        for path in (path for path in kept if path.exists()):
            before = {atom[:2] for atom in counts}
            found = connection.sql(f"SELECT {ATOM}, people, no_post FROM {in_sql(path)} WHERE world IS NULL")
            for *atom, number, no_post in found.fetchall():
                if tuple(atom[:2]) not in before:
                    counts[Atom(*atom)] = number
                    if no_post:
                        empty.add(Atom(*atom))
    return People(counts, frozenset(empty))


def worlds_of(folders: Folders, quarter: Quarter) -> list[dict[Atom, int]]:
    """Return the worlds of a quarter's certificate: how many people more or fewer each changes of an atom."""
    path = folders.certificates / f"{quarter}.parquet"
    with duckdb.connect() as connection:
        found = connection.sql(
            f"SELECT world, {ATOM}, people FROM {in_sql(path)} WHERE world IS NOT NULL ORDER BY world"
        ).fetchall()
    worlds: dict[int, dict[Atom, int]] = {}
    for world, *atom, change in found:
        worlds.setdefault(world, {})[Atom(*atom)] = change
    return list(worlds.values())
