"""The release file of a period, and the exact files for analysts, written from the audit's database.

The release has one row for each organisation, stage, group and cell, and one for how many applicants' ethnicity
is not known; `value` is empty where it is hidden.
Cells are whole numbers only: everything else on a page is worked out from them. The rows of an
organisation are there, and are the same in number, whether or not its figures may be shown.
"""

from collections.abc import Iterable, Iterator

import duckdb

from lt_analysis.codebook.ethnicity import BME
from lt_analysis.codebook.folders import Folders, in_sql, owner_only, whole_or_not_at_all
from lt_analysis.codebook.measures import SHORTLISTING, STAGES
from lt_analysis.codebook.periods import Quarter
from lt_analysis.collection.collect import Collected
from lt_analysis.release.candidates import Candidate
from lt_analysis.release.figures import UNKNOWN_KIND, Status
from lt_analysis.release.reading import UNKNOWN_CELL, likelihood_of, rows_of
from lt_analysis.release.rule import SMALLEST_NUMBER, may_be_published, unknown_may_be_published

EXACT_TABLES = (
    *("organisations", "receipts", "accounts", "draws", "summaries"),
    *("evidence", "since_start", "evidence_ledger", "straddling", "declined"),
    *("taken_in", "rejected_rows", "remarks"),
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
ORGANISATIONS = {
    **dict.fromkeys(("organisation", "name", "kind"), "VARCHAR"),
    "invented": "BOOLEAN",
    "span": "VARCHAR",
    "missing": "VARCHAR[]",
}
TAKEN_IN = dict.fromkeys(("organisation", "period", "kind", "file", "sha256"), "VARCHAR")
REMARKS = {
    "organisation": "VARCHAR",
    "refused": "BOOLEAN",
    "file": "VARCHAR",
    "row": "BIGINT",
    **dict.fromkeys(("column_name", "reason", "remedy"), "VARCHAR"),
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
            rows += _rows(candidate, quarter, _evidence(connection, candidate), _unknown(connection, candidate))
    _write(connection, folders, quarter, rows)


def _evidence(connection: duckdb.DuckDBPyConnection, candidate: Candidate) -> dict[tuple[str, str], dict]:
    """Return the candidate's evidence by stage and group: all groups of published totals, else White and BME."""
    found = connection.execute(
        """FROM evidence WHERE organisation = ? AND span = ? AND campaign = 'none' AND (group_name = ? OR ?)""",
        [candidate.organisation, str(candidate.span), BME, candidate.published_source is not None],
    )
    return {(row["stage"], row["group_name"]): row for row in rows_of(found)}


def _unknown(connection: duckdb.DuckDBPyConnection, candidate: Candidate) -> int:
    """Count the candidate's applicants of unknown ethnicity for single posts; also where nobody else applied."""
    (people,) = connection.execute(
        """SELECT coalesce(sum(unknown_pool), 0)::BIGINT FROM draws
           WHERE organisation = $organisation AND period IN (SELECT unnest($periods::VARCHAR[]))
             AND stage = $stage AND group_name = $group AND campaign = 'none'""",
        {"organisation": candidate.organisation, "periods": list(candidate.periods)}
        | {"stage": SHORTLISTING.key, "group": BME},
    ).fetchone()
    return people


def _rows(candidate: Candidate, quarter: Quarter, evidence: dict[tuple[str, str], dict], unknown: int) -> list[dict]:
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
    unknown_people = {
        "stage": SHORTLISTING.key,
        "group_name": BME,
        "cell": UNKNOWN_CELL,
        "value": unknown if shown and unknown_may_be_published(unknown) else None,
    }
    return [about | unknown_people] + [
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
    connection: duckdb.DuckDBPyConnection,
    folders: Folders,
    quarter: Quarter,
    candidates: Iterable[Candidate],
    collected: Iterable[Collected],
) -> None:
    """Write the exact draws, summaries, evidence and receipts for analysts, readable by their owner only.

    `candidates` are every organisation's year, and the quarter of those that sent it. No table holds a person's cell.
    """
    about = [(one.organisation, one.name, one.kind, one.invented, str(one.span), one.missing) for one in candidates]
    _fill(connection, "organisations", ORGANISATIONS, about)
    collected = list(collected)
    _fill(connection, "taken_in", TAKEN_IN, [row for one in collected for row in _taken_in(one)])
    _fill(connection, "remarks", REMARKS, [row for one in collected for row in _remarks(one)])
    owner_only(folders.exact)
    owner_only(folders.exact / str(quarter))
    for table in EXACT_TABLES:
        with whole_or_not_at_all(folders.exact / str(quarter) / f"{table}.parquet", mode=0o600) as unfinished:
            connection.execute(f"COPY (FROM {table} ORDER BY ALL) TO {in_sql(unfinished)} (FORMAT parquet)")


def _fill(connection: duckdb.DuckDBPyConnection, table: str, columns: dict[str, str], rows: list[tuple]) -> None:
    connection.execute(f"CREATE OR REPLACE TABLE {table} ({', '.join(map(' '.join, columns.items()))})")
    if rows:
        connection.executemany(f"INSERT INTO {table} VALUES ({', '.join('?' * len(columns))})", rows)


def _taken_in(one: Collected) -> Iterator[tuple]:
    """Say which files stand in the organisation's folder now: receipts are kept of those that were withdrawn, too."""
    for receipt in one.receipts:
        found = receipt.found
        yield one.slug, str(found.period), found.kind.name, found.file, found.sha256


def _remarks(one: Collected) -> Iterator[tuple]:
    """Say what was refused, what looks odd, and what is worth knowing of a file."""
    for refused, said in ((True, one.refusals), (False, one.warnings), (False, one.remarks)):
        for remark in said:
            yield one.slug, refused, remark.file, remark.row, remark.column, remark.reason, remark.remedy
