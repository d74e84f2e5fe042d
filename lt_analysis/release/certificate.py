"""The proof that what is hidden cannot be worked out, checked by adding whole numbers; it needs no solver.

A certificate holds the atoms of a release, their true counts, the numbers that are sums of them, which of these are
hidden, and worlds: other counts by which everything that is published is the same. It is exact, so that its owner
alone may read it: `certificates/<period>.parquet` has the people of all returns that a release counts in its new
tables, and its worlds. Beside it `elsewhere-<period>.<fingerprint>.parquet` has the numbers that practices published
themselves when the release was made: a correction is safe only beside what was known then.
"""

import shutil
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

import duckdb
import numpy as np

from lt_analysis.codebook.folders import Folders, in_sql, owner_only, whole_or_not_at_all
from lt_analysis.codebook.mistakes import RawDataError
from lt_analysis.codebook.periods import Quarter
from lt_analysis.codebook.publishing import smallest_number
from lt_analysis.release.files import (
    Column,
    Edition,
    Published,
    copy_table,
    fill,
    fingerprint_of,
    is_released,
    release_folder,
    release_folders,
)
from lt_analysis.release.in_memory import in_memory
from lt_analysis.release.keys import Atom
from lt_analysis.release.metric_tables import OwnNumber
from lt_analysis.release.people import People
from lt_analysis.release.primary_suppression import Hazard
from lt_analysis.release.protection import Protected, Standing
from lt_analysis.release.system import System

ELSEWHERE = "elsewhere-"
OF_PEOPLE = ("numerator", "denominator")
OF_CERTIFICATE = (
    Column("world", "BIGINT", "Empty for the people themselves; else which world changes them."),
    *(Column(name, "VARCHAR", "") for name in Atom._fields),
    Column("people", "BIGINT", ""),
    Column("no_post", "BOOLEAN", ""),
)
OF_ELSEWHERE = tuple(Column(name, "BIGINT" if name in OF_PEOPLE else "VARCHAR", "") for name in OwnNumber._fields)
MOST_NAMED = 6  # of published numbers
ATOM = ", ".join(f'"{name}"' for name in Atom._fields)


@dataclass(frozen=True, eq=False)
class Certificate:
    """Numbers as sums of the people themselves, their hazards, what is hidden, and the worlds that prove it safe.

    `standing` is what was settled beforehand.
    """

    system: System
    hazards: tuple[Hazard, ...]
    protected: Protected
    standing: Standing

    def faults(self) -> Iterator[str]:
        """Yield what the worlds do not prove, in words; nothing where every hazard is safe.

        The truth is the first world. In a world nobody is fewer than nobody, posts that there were not have nobody,
        and every number that is not hidden is what it is. Of each hazard's people there must be a world with 1, with
        2, and so on to the smallest number that is published, or more; or with all that what everybody knows from
        elsewhere leaves of them, where these are fewer. Each number that is said to be hidden must be another in some
        world, unless it follows from what everybody knows. Whoever knows some people by name leaves out the worlds with
        fewer: the others must show all of that by themselves.
        """
        system, hidden = self.system, self.protected.hidden
        worlds = [np.zeros_like(system.counts), *self.protected.worlds]
        for which, world in enumerate(worlds):
            here = system.counts + world
            if here.min(initial=0) < 0:
                yield f"world {which} has fewer people than nobody"
            if here[system.empty].any():
                yield f"world {which} has people where there was no post"
            for row in np.flatnonzero((system.sums @ here != system.values) & ~hidden):
                yield f"world {which} changes what is published as {system.cells[row].key}"
        for hazard in self.hazards:
            if not hidden[hazard.cell]:
                yield f"{system.cells[hazard.cell].key} is published, and says something of a few people"
        for standing in self.standing.of_every_reader():
            believed = np.array(worlds)[standing.believes(system, np.array(worlds))]
            yield from self._not_shown_by(list(system.counts + believed), standing)

    def _not_shown_by(self, worlds: list[np.ndarray], standing: Standing) -> Iterator[str]:
        """Yield which hazards and hidden numbers the worlds that somebody believes do not keep from being known."""
        system, smallest = self.system, smallest_number()
        for hazard in self.hazards if standing.at_least else [one for one in self.hazards if not one.by_name]:
            found = {min(int(here[list(hazard.people)].sum()) - hazard.by_name, smallest) for here in worlds}
            if lacking := set(standing.to_be_possible(system, hazard)) - found:
                yield f"{system.cells[hazard.cell].key}: no world has {', '.join(map(str, sorted(lacking)))} people"
        unmoved = standing.open_by_what_is_given(system, self.protected.hidden)
        for here in worlds:
            unmoved = unmoved & (system.sums @ here == system.values)
        for row in np.flatnonzero(unmoved):
            yield f"{system.cells[row].key} is hidden, and no world has another number"

    def worlds(self) -> Iterator[dict[Atom, int]]:
        """Yield how many people more or fewer each world has of an atom, where it has."""
        for world in self.protected.worlds:
            yield {self.system.atoms[place]: int(world[place]) for place in np.flatnonzero(world).tolist()}


def write_certificate(
    folders: Folders, quarter: Quarter, fingerprint: str, people: People, worlds: Iterable[dict[Atom, int]]
) -> None:
    """Write the people that a quarter's new tables count, and the worlds, for their owner alone.

    It is put in place by `settle_certificates`, once the release of that fingerprint is there.
    """
    rows = [(None, *atom, number, atom in people.empty) for atom, number in people.counts.items()]
    for number, world in enumerate(worlds, start=1):
        rows += [(number, *atom, more, None) for atom, more in world.items()]
    owner_only(folders.certificates)
    with in_memory() as connection:
        fill(connection, "certificate", OF_CERTIFICATE, rows)
        copy_table(connection, "certificate", folders.certificates / f".{quarter}.{fingerprint}.parquet", mode=0o600)


def write_elsewhere(folders: Folders, quarter: Quarter, fingerprint: str, numbers: Iterable[OwnNumber]) -> None:
    """Write what practices published themselves when the release of a fingerprint was made, for its owner alone."""
    owner_only(folders.certificates)
    with in_memory() as connection:
        fill(connection, "elsewhere", OF_ELSEWHERE, list(numbers))
        path = folders.certificates / f"{ELSEWHERE}{quarter}.{fingerprint}.parquet"
        copy_table(connection, "elsewhere", path, mode=0o600)


def elsewhere_then(folders: Folders) -> tuple[OwnNumber, ...]:
    """Return what practices published themselves when each release was made, those that were replaced too.

    What a run wrote that was killed before its release was there is of none, and is left out. Raises `RawDataError`
    where a file cannot be read.
    """
    made = {fingerprint_of(folder) for folder in release_folders(folders)}
    paths = [path for path in folders.certificates.glob(f"{ELSEWHERE}*.parquet") if path.name.split(".")[1] in made]
    try:
        with in_memory() as connection:
            rows = [row for path in sorted(paths) for row in connection.sql(f"FROM {in_sql(path)}").fetchall()]
    except duckdb.Error:
        reason = "what practices published themselves when a release was made cannot be read"
        raise RawDataError(reason, "Put back data/processed/certificates") from None
    return tuple(dict.fromkeys(OwnNumber(*row) for row in rows))


def certificate_of(folders: Folders, quarter: Quarter | str) -> Path:
    """Return where the certificate of a quarter's release lies."""
    return folders.certificates / f"{quarter}.parquet"


def settle_certificates(folders: Folders) -> None:
    """Put in place the certificates of releases that are there, and drop those of releases that a kill kept from being.

    Raises `RawDataError` where a release was made, as its certificate tells, and is there no more.
    """
    for waiting in sorted(folders.certificates.glob(".[0-9]*.parquet")):
        period, fingerprint = waiting.name[1:].split(".")[:2]
        if is_released(folders, period) and fingerprint_of(release_folder(folders, period)) == fingerprint:
            waiting.replace(certificate_of(folders, period))
        else:
            waiting.unlink()
    for path in sorted(folders.certificates.glob("[0-9]*.parquet")):
        if (folders.releases / path.name).is_file():
            raise RawDataError(
                f"data/processed/releases/{path.name} was laid out by an earlier version",
                "Nothing real was published with it: move data/processed and reports away, and run again",
            )
        if not is_released(folders, path.stem):
            raise RawDataError(
                f"data/processed/releases/{path.stem} is gone",
                f"Put back what was published; nothing else can say what readers know. reports/{path.stem} may have it",
            )


def people_counted(folders: Folders, editions: Iterable[Edition]) -> People:
    """Return the people that some releases counted; of a return counted twice, as it was counted first.

    A certificate that was lost has none.
    """
    counted = People.nobody()
    for edition in editions:
        counted = (_people_in(certificate_of(folders, edition.period)) or People.nobody()).replaced_by(counted)
    return counted


def people_counted_in(folders: Folders, edition: Edition) -> People:
    """Return the people that one edition counted, also where another stands in its place.

    Raises `RawDataError` where its certificate is lost.
    """
    for path in (_kept(folders, edition), certificate_of(folders, edition.period)):
        if (people := _people_in(path)) is not None:
            return people
    raise RawDataError(
        f"whom {edition.label} counted is not known any more, so it cannot be compared",
        "Put back data/processed/certificates",
    )


def keep_certificate(folders: Folders, edition: Edition) -> None:
    """Keep a copy of the certificate of an edition that is about to be replaced, beside the others."""
    with whole_or_not_at_all(_kept(folders, edition), mode=0o600) as unfinished:
        shutil.copyfile(certificate_of(folders, edition.period), unfinished)


def _kept(folders: Folders, edition: Edition) -> Path:
    return folders.certificates / f"replaced-{edition.period}.r{edition.number}.parquet"


def _people_in(path: Path) -> People | None:
    """Return the people of a certificate; None where it is lost, or cannot be read, which is as good as lost."""
    try:
        with in_memory() as connection:
            found = connection.sql(f"SELECT {ATOM}, people, no_post FROM {in_sql(path)} WHERE world IS NULL").fetchall()
    except duckdb.Error:
        return None
    counts = {Atom(*atom): number for *atom, number, _ in found}
    return People(counts, frozenset(Atom(*atom) for *atom, _, no_post in found if no_post))


def recount_lost(folders: Folders, editions: Iterable[Edition], sent: People) -> list[str]:
    """Count the people of releases whose certificates are lost from the returns again; return their quarters.

    Raises `RawDataError`, naming the keys, where these no longer add up to what was published.
    """
    editions = tuple(editions)
    lost = [one for one in editions if _people_in(certificate_of(folders, one.period)) is None]
    for edition in lost:
        known = people_counted(folders, editions)
        returns = {one for number in edition.own_numbers for one in number.cell.returns}
        people = sent.replaced_by(known).of(returns)
        for chain, system in people.systems(number.cell for number in edition.own_numbers):
            require_as_published(system, [one for one in edition.own_numbers if one.cell.key.stage in chain])
        fingerprint = fingerprint_of(release_folder(folders, edition.period))
        write_certificate(folders, edition.period, fingerprint, people, ())
        settle_certificates(folders)
    return [str(one.period) for one in lost]


def require_as_published(system: System, published: Iterable[Published]) -> None:
    """Raise `RawDataError`, naming the keys, where people do not add up to numbers that were published."""
    keys = [str(one.cell.key) for one in published if not one.hidden and _value(system, one) != one.value]
    if keys:
        more = f" and {len(keys) - MOST_NAMED} more" if len(keys) > MOST_NAMED else ""
        raise RawDataError(
            f"the returns no longer add up to what was published: {', '.join(keys[:MOST_NAMED])}{more}",
            "Put back data/processed/certificates, which has the people that were counted, or the returns as they "
            "were, and run the latest quarter first",
        )


def _value(system: System, one: Published) -> int | None:
    row = system.place.get(str(one.cell.key))
    return None if row is None else int(system.values[row])


def worlds_of(folders: Folders, quarter: Quarter) -> list[dict[Atom, int]]:
    """Return the worlds of a quarter's certificate: how many people more or fewer each changes of an atom."""
    path = folders.certificates / f"{quarter}.parquet"
    with in_memory() as connection:
        found = connection.sql(
            f"SELECT world, {ATOM}, people FROM {in_sql(path)} WHERE world IS NOT NULL ORDER BY world"
        ).fetchall()
    worlds: dict[int, dict[Atom, int]] = {}
    for world, *atom, change in found:
        worlds.setdefault(world, {})[Atom(*atom)] = change
    return list(worlds.values())
