"""The release file of a period, and the exact files for analysts, written from the audit's database.

The release has one row for each organisation, stage, group and cell; `value` is empty where it is hidden.
Cells are whole numbers only: everything else on a page is worked out from them. The rows of an
organisation are there, and are the same in number, whether or not its figures may be shown.
"""

from collections.abc import Iterable

import duckdb

from lt_analysis.codebook.ethnicity import BME
from lt_analysis.codebook.folders import Folders, in_sql, owner_only, whole_or_not_at_all
from lt_analysis.codebook.measures import STAGES
from lt_analysis.codebook.periods import Quarter
from lt_analysis.release.candidates import UNKNOWN_KIND, Candidate
from lt_analysis.release.figures import Status
from lt_analysis.release.reading import likelihood_of, rows_of
from lt_analysis.release.rule import SMALLEST_NUMBER, may_be_published

EXACT_TABLES = (
    *("organisations", "receipts", "accounts", "draws", "summaries"),
    *("evidence", "since_start", "evidence_ledger", "straddling", "declined"),
)
COUNTS = ("white_people", "white_successful", "group_people", "group_successful")
CHANCE = ("expected", "low", "high", "informative")
CELLS = (*COUNTS, *CHANCE, "could_tell")
COLUMNS = {
    **dict.fromkeys(("organisation", "name", "kind"), "VARCHAR"),
    "invented": "BOOLEAN",
    **dict.fromkeys(("posts", "span", "status", "missing", "refused", "source", "first_published", "basis"), "VARCHAR"),
    **dict.fromkeys(("stage", "group_name", "cell"), "VARCHAR"),
    "value": "BIGINT",
}


def write_release(
    connection: duckdb.DuckDBPyConnection, folders: Folders, quarter: Quarter, candidates: Iterable[Candidate]
) -> None:
    """Write `data/processed/releases/<period>.parquet`: what passes the rule, and that the rest is hidden."""
    printed = _printed_elsewhere(connection, folders, quarter)
    rows = []
    for candidate in sorted(candidates, key=lambda one: one.organisation):
        before = printed.get((candidate.organisation, str(candidate.span)))
        if before:
            rows += [row | _said_now(candidate) for row in before]
        else:
            rows += _rows(candidate, quarter, _evidence(connection, candidate))
    _write(connection, folders, quarter, rows)


def _evidence(connection: duckdb.DuckDBPyConnection, candidate: Candidate) -> dict[tuple[str, str], dict]:
    """Return the candidate's evidence by stage and group: all groups of published totals, else White and BME."""
    found = connection.execute(
        """FROM evidence WHERE organisation = ? AND span = ? AND campaign = 'none' AND (group_name = ? OR ?)""",
        [candidate.organisation, str(candidate.span), BME, candidate.published_source is not None],
    )
    return {(row["stage"], row["group_name"]): row for row in rows_of(found)}


def _rows(candidate: Candidate, quarter: Quarter, evidence: dict[tuple[str, str], dict]) -> list[dict]:
    groups = sorted({group for _, group in evidence} | {BME}, key=lambda group: (group != BME, group))
    whole = all((stage.key, group) in evidence for stage in STAGES for group in groups)
    shown = (
        whole
        and candidate.status == Status.COMPLETE
        and (candidate.published_source is not None or may_be_published(map(likelihood_of, evidence.values())))
    )
    basis = next((row["basis"] for row in evidence.values()), "vacancy") if shown else None
    about = _about(candidate) | {
        "posts": candidate.posts,
        "span": str(candidate.span),
        "status": candidate.status.value,
        "source": candidate.published_source,
        "first_published": str(quarter) if shown else None,
        "basis": basis,
    }
    return [
        about
        | {
            "stage": stage.key,
            "group_name": group,
            "cell": cell,
            "value": _released(evidence[stage.key, group], cell) if shown else None,
        }
        for stage in STAGES
        for group in groups
        for cell in CELLS
    ]


def _about(candidate: Candidate) -> dict:
    return {
        "organisation": candidate.organisation,
        "name": candidate.name,
        "kind": candidate.kind,
        "invented": candidate.invented,
        "missing": ", ".join(candidate.missing),
        "refused": ", ".join(candidate.refused),
    }


def _said_now(candidate: Candidate) -> dict:
    """What is said now beside figures that were printed before; who it is only where its settings can be read."""
    said = _about(candidate)
    if candidate.kind == UNKNOWN_KIND:
        return {name: said[name] for name in ("missing", "refused")}
    return said


def _released(row: dict, cell: str) -> int | None:
    """Return a cell in whole people. Without enough vacancies that tell, what equal chances would give is hidden."""
    value = row[cell]
    if row["informative"] is not None and row["informative"] < SMALLEST_NUMBER:
        value = 0 if cell == "could_tell" else None if cell in CHANCE else value
    return None if value is None else round(value)


def _printed_elsewhere(
    connection: duckdb.DuckDBPyConnection, folders: Folders, quarter: Quarter
) -> dict[tuple[str, str], list[dict]]:
    """Return what other quarters' releases printed first, by organisation and span."""
    printed: dict[tuple[str, str], list[dict]] = {}
    for path in sorted(folders.releases.glob("20*.parquet")):
        if path.stem == str(quarter):
            continue
        found = connection.execute("FROM read_parquet(?) WHERE first_published = ?", [str(path), path.stem])
        for row in rows_of(found):
            rows_of_it = printed.setdefault((row["organisation"], row["span"]), [])
            if not rows_of_it or rows_of_it[0]["first_published"] == row["first_published"]:
                rows_of_it.append(row)
    return printed


def _write(connection: duckdb.DuckDBPyConnection, folders: Folders, quarter: Quarter, rows: list[dict]) -> None:
    columns = ", ".join(f"{name} {kind}" for name, kind in COLUMNS.items())
    connection.execute(f"CREATE OR REPLACE TEMP TABLE release_rows ({columns})")
    if rows:
        places = ", ".join(f"${name}" for name in COLUMNS)
        connection.executemany(f"INSERT INTO release_rows VALUES ({places})", rows)
    with whole_or_not_at_all(folders.releases / f"{quarter}.parquet", mode=0o644) as unfinished:
        connection.execute(f"COPY release_rows TO {in_sql(unfinished)} (FORMAT parquet)")


def write_exact(
    connection: duckdb.DuckDBPyConnection, folders: Folders, quarter: Quarter, candidates: Iterable[Candidate]
) -> None:
    """Write the exact draws, summaries, evidence and receipts for analysts, readable by their owner only.

    `candidates` are the organisations that sent the quarter.
    """
    connection.execute(
        """CREATE OR REPLACE TABLE organisations
           (organisation VARCHAR, name VARCHAR, kind VARCHAR, invented BOOLEAN, span VARCHAR)"""
    )
    for one in candidates:
        about = [one.organisation, one.name, one.kind, one.invented, str(one.span)]
        connection.execute("INSERT INTO organisations VALUES (?, ?, ?, ?, ?)", about)
    owner_only(folders.exact)
    owner_only(folders.exact / str(quarter))
    for table in EXACT_TABLES:
        with whole_or_not_at_all(folders.exact / str(quarter) / f"{table}.parquet", mode=0o600) as unfinished:
            connection.execute(f"COPY (FROM {table} ORDER BY ALL) TO {in_sql(unfinished)} (FORMAT parquet)")
