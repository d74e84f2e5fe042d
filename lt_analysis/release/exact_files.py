"""The exact files for analysts, written from the audit's database and readable by their owner only."""

from collections.abc import Iterable, Iterator

import duckdb

from lt_analysis.codebook.folders import Folders, in_sql, owner_only, whole_or_not_at_all
from lt_analysis.codebook.periods import Quarter
from lt_analysis.collection.collect import Collected
from lt_analysis.release.candidates import Candidate

EXACT_TABLES = (
    *("organisations", "receipts", "accounts", "draws", "summaries"),
    *("evidence", "since_start", "evidence_ledger", "straddling", "declined"),
    *("taken_in", "rejected_rows", "remarks"),
    *("staff_years", "staff_reached", "staff_draws", "staff_sums", "staff_account", "staff_by_band", "staff_divided"),
)
ORGANISATIONS = {
    **dict.fromkeys(("organisation", "name", "kind"), "VARCHAR"),
    "invented": "BOOLEAN",
    **dict.fromkeys(("span", "status"), "VARCHAR"),
    **dict.fromkeys(("missing", "refused"), "VARCHAR[]"),
}
TAKEN_IN = dict.fromkeys(("organisation", "period", "kind", "file", "sha256"), "VARCHAR")
REMARKS = {
    "organisation": "VARCHAR",
    "refused": "BOOLEAN",
    "file": "VARCHAR",
    "row": "BIGINT",
    **dict.fromkeys(("column_name", "reason", "remedy"), "VARCHAR"),
}


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
    about = [
        (one.organisation, one.name, one.kind, one.invented, str(one.span), str(one.status), one.missing, one.refused)
        for one in candidates
    ]
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
