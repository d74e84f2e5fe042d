"""The files of a release: what may be published, for everybody, and the people and worlds that prove it, for its owner.

`releases/<period>.parquet` has a row for each number that pages may show, and for each pledged action.
`certificates/<period>.parquet` has the people of the returns that were counted in it for the first time, by atom, and
then each world's changes. The table `ledger` of the audit's database says what every release published first, with the
fingerprint of it all.
"""

import hashlib
from collections.abc import Iterable
from pathlib import Path

import duckdb
import numpy as np
import pandas as pd

from lt_analysis.codebook.folders import Folders, in_sql, owner_only, whole_or_not_at_all
from lt_analysis.codebook.mistakes import RawDataError
from lt_analysis.codebook.periods import Quarter
from lt_analysis.release.certificate import Certificate
from lt_analysis.release.keys import Atom, Cell
from lt_analysis.release.ledger import Ledger, Published
from lt_analysis.release.people import People
from lt_analysis.release.reading import EVIDENCE, PEOPLE, key_of, rows_of

COLUMNS = {
    **dict.fromkeys(("organisation", "name", "kind"), "VARCHAR"),
    "invented": "BOOLEAN",
    **dict.fromkeys(("posts", "span", "status", "missing", "refused", "source", "first_published", "basis"), "VARCHAR"),
    **dict.fromkeys(("members", "stage", "group_name", "band", "cell"), "VARCHAR"),
    "value": "BIGINT",
    "no_posts": "BOOLEAN",
    **dict.fromkeys(("look", "start", "counted", "words"), "VARCHAR"),
    **dict.fromkeys(("low", "high", "detectable"), "DOUBLE"),
    **dict.fromkeys(("action", "owner_role", "stands"), "VARCHAR"),
    **dict.fromkeys(("started_on", "due_on", "status_on"), "DATE"),
}
OF_CERTIFICATE = {
    "world": "BIGINT",
    **dict.fromkeys(Atom._fields, "VARCHAR"),
    "people": "BIGINT",
    "no_post": "BOOLEAN",
}
ATOM = ", ".join(f'"{name}"' for name in Atom._fields)
LEDGER = dict.fromkeys(("key", "members", "value", "release", "sha256"), "VARCHAR")
NOTED = f"CREATE TABLE IF NOT EXISTS ledger ({', '.join(map(' '.join, LEDGER.items()))})"
HIDDEN = "c"
SAID_ANEW = ("name", "kind", "invented", "missing", "refused")


def other_releases(folders: Folders, quarter: Quarter) -> list[Path]:
    """List the release files of other quarters, in order."""
    return [path for path in sorted(folders.releases.glob("20*.parquet")) if path.stem != str(quarter)]


def printed_by_others(connection: duckdb.DuckDBPyConnection, folders: Folders, quarter: Quarter) -> list[dict]:
    """Return the rows of the tables that other quarters' releases published first, or printed again from this one's.

    So a quarter that is run again after a later one publishes what it did, whatever has become of its returns.
    """
    tables: dict[tuple[str, str, bool], list[tuple[str, dict]]] = {}
    for path in other_releases(folders, quarter):
        wanted = [str(path), path.stem, str(quarter)]
        for row in rows_of(connection.execute("FROM read_parquet(?) WHERE first_published IN (?, ?)", wanted)):
            row = dict.fromkeys(COLUMNS) | row  # a release that was made before a column was thought of lacks it
            rows = tables.setdefault((row["organisation"], row["span"], row["cell"] == EVIDENCE), [])
            if not rows or rows[0][0] == path.stem:
                rows.append((path.stem, row))
    return [row for rows in tables.values() for _, row in rows]


def ledger_of(rows: Iterable[dict]) -> Ledger:
    """Make the ledger of rows that were published first; figures from elsewhere are about other posts."""
    own = [row for row in rows if row["cell"] == PEOPLE and row["source"] is None]
    return Ledger(tuple(Published(cell_of(row), row["value"], row["first_published"]) for row in own))


def cell_of(row: dict) -> Cell:
    """Read which number a row of a release holds."""
    return Cell(key_of(row), tuple(row["members"].split()))


def require_ledger(connection: duckdb.DuckDBPyConnection, printed: Iterable[dict], quarter: Quarter) -> None:
    """Hold what other quarters' releases hold to what was noted when they were made.

    A release that was noted and is gone, or of which anything has changed since, stops the run.
    """
    prints = {release: _fingerprint(rows) for release, rows in _first_said(printed).items()}
    connection.execute(NOTED)
    noted = dict(connection.execute("SELECT DISTINCT release, sha256 FROM ledger").fetchall())
    for release in sorted(noted.keys() - {str(quarter)}):
        if noted[release] != prints.get(release):
            raise RawDataError(
                f"data/processed/releases/{release}.parquet is not what was published then",
                "Put back the file that was published; nothing else can say what readers know",
            )


def keep_ledger(
    connection: duckdb.DuckDBPyConnection, folders: Folders, printed: Iterable[dict], quarter: Quarter
) -> None:
    """Note in the database what every release published first, numbers and items of evidence, and a quarter's own."""
    own = connection.execute(
        "FROM read_parquet(?) WHERE first_published = ?", [str(folders.releases / f"{quarter}.parquet"), str(quarter)]
    )
    rows = [*(row for row in printed if row["first_published"] != str(quarter)), *rows_of(own)]
    lines = [
        dict(zip(LEDGER, (_name_of(row), row["members"], _said_in(row), release, fingerprint), strict=True))
        for release, said in _first_said(rows).items()
        for fingerprint in [_fingerprint(said)]
        for row in said
    ]
    connection.execute(NOTED)
    _table(connection, "ledger_rows", LEDGER, lines)
    connection.execute("DELETE FROM ledger WHERE release IN (SELECT release FROM ledger_rows)")
    connection.execute("INSERT INTO ledger FROM ledger_rows")


def _first_said(rows: Iterable[dict]) -> dict[str, list[dict]]:
    """Part rows by the release that first published them; those of tables that are not published have none."""
    found: dict[str, list[dict]] = {}
    for row in rows:
        if row["first_published"] is not None:
            found.setdefault(row["first_published"], []).append(row)
    return found


def _fingerprint(rows: Iterable[dict]) -> str:
    """Return the SHA-256 of all that stands in rows, but for what is said anew in every report."""
    said = sorted(repr([value for name, value in row.items() if name not in SAID_ANEW]) for row in rows)
    return hashlib.sha256("\n".join(said).encode()).hexdigest()


def _name_of(row: dict) -> str:
    """Name what a row says: a number by its key, and what else stands beside it by its kind."""
    if row["cell"] == EVIDENCE:
        return f"{row['organisation']}/{row['look']}/{EVIDENCE}"
    return str(key_of(row)) + ("" if row["cell"] == PEOPLE else f"/{row['cell']}")


def _said_in(row: dict) -> str:
    """Write what a row says as text; of an item of evidence, all that it holds."""
    if row["value"] is None and row["words"] is None:
        return HIDDEN
    if row["cell"] != EVIDENCE:
        return str(row["value"])
    return "; ".join(str(row[name]) for name in ("words", "low", "high", "value", "detectable", "start", "counted"))


def moved_since(connection: duckdb.DuckDBPyConnection, folders: Folders, quarter: Quarter, rows: list[dict]) -> int:
    """Count the numbers that this quarter's release held when it was made before, and that are others now."""
    path = folders.releases / f"{quarter}.parquet"
    if not path.exists():
        return 0
    found = rows_of(connection.execute("FROM read_parquet(?)", [str(path)]))
    before = {key_of(row): row["value"] for row in found if row["cell"] == PEOPLE}
    now = {key_of(row): row["value"] for row in rows if row["cell"] == PEOPLE}
    return sum(key in now and now[key] != value for key, value in before.items())


def write_release_file(
    connection: duckdb.DuckDBPyConnection, folders: Folders, quarter: Quarter, rows: list[dict]
) -> None:
    """Write `data/processed/releases/<period>.parquet`."""
    _table(connection, "release_rows", COLUMNS, rows)
    with whole_or_not_at_all(folders.releases / f"{quarter}.parquet", mode=0o644) as unfinished:
        connection.execute(f"COPY release_rows TO {in_sql(unfinished)} (FORMAT parquet)")


def write_certificate(
    connection: duckdb.DuckDBPyConnection, folders: Folders, quarter: Quarter, people: People, proof: Certificate
) -> None:
    """Write the people that a quarter counts for the first time, and the worlds, for their owner alone."""
    rows = [
        {"world": None, **atom._asdict(), "people": number, "no_post": atom in people.empty}
        for atom, number in people.counts.items()
    ]
    for world, more in enumerate(proof.protected.worlds, start=1):
        changed = [(proof.system.atoms[place], int(more[place])) for place in np.flatnonzero(more)]
        rows += [{"world": world, **atom._asdict(), "people": change, "no_post": None} for atom, change in changed]
    _table(connection, "certificate_rows", OF_CERTIFICATE, rows)
    owner_only(folders.certificates)
    with whole_or_not_at_all(folders.certificates / f"{quarter}.parquet", mode=0o600) as unfinished:
        connection.execute(f"COPY certificate_rows TO {in_sql(unfinished)} (FORMAT parquet)")


def people_counted(connection: duckdb.DuckDBPyConnection, folders: Folders, releases: Iterable[str]) -> People:
    """Return the people that some releases counted; of a return counted twice, as it was counted first.

    Raises `RawDataError` where a release's certificate is not there.
    """
    counts: dict[Atom, int] = {}
    empty: set[Atom] = set()
    for release in sorted(releases):
        path = folders.certificates / f"{release}.parquet"
        if not path.exists():
            remedy = "Put it back: it holds the numbers of people that were published"
            raise RawDataError(f"data/processed/certificates/{path.name} is missing", remedy)
        before = {atom[:2] for atom in counts}
        found = connection.execute(
            f"SELECT {ATOM}, people, no_post FROM read_parquet(?) WHERE world IS NULL", [str(path)]
        )
        for *atom, number, no_post in found.fetchall():
            if tuple(atom[:2]) not in before:
                counts[Atom(*atom)] = number
                if no_post:
                    empty.add(Atom(*atom))
    return People(counts, frozenset(empty))


def worlds_of(connection: duckdb.DuckDBPyConnection, folders: Folders, quarter: Quarter) -> list[dict[Atom, int]]:
    """Return the worlds of a quarter's certificate: how many people more or fewer each changes of an atom."""
    found = connection.execute(
        f"SELECT world, {ATOM}, people FROM read_parquet(?) WHERE world IS NOT NULL ORDER BY world",
        [str(folders.certificates / f"{quarter}.parquet")],
    ).fetchall()
    worlds: dict[int, dict[Atom, int]] = {}
    for world, *atom, change in found:
        worlds.setdefault(world, {})[Atom(*atom)] = change
    return list(worlds.values())


def _table(connection: duckdb.DuckDBPyConnection, table: str, columns: dict[str, str], rows: list[dict]) -> None:
    declared = ", ".join(f'"{name}" {kind}' for name, kind in columns.items())
    connection.execute(f"CREATE OR REPLACE TEMP TABLE {table} ({declared})")
    connection.register("rows_to_write", pd.DataFrame(rows, columns=list(columns), dtype=object))
    connection.execute(f"INSERT INTO {table} FROM rows_to_write")
    connection.unregister("rows_to_write")
