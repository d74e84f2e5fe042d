"""The exact files for analysts, written from the audit's database and readable by their owner only."""

from collections.abc import Iterable, Iterator

import duckdb

from lt_analysis.codebook.ethnicity import BME, KNOWN, REFERENCE
from lt_analysis.codebook.folders import Folders, in_sql, owner_only, whole_or_not_at_all
from lt_analysis.codebook.measures import CHAIN_OF, FURTHEST, IN_POST, OF_STAFF
from lt_analysis.codebook.pay import EVERYBODY
from lt_analysis.codebook.periods import Quarter
from lt_analysis.collection.collect import Collected
from lt_analysis.release.candidates import Candidate
from lt_analysis.release.certificate import people_counted
from lt_analysis.release.files import read_editions
from lt_analysis.release.keys import PARTNERSHIP, Cell, Key

EXACT_TABLES = (
    *("organisations", "receipts", "accounts", "draws", "summaries"),
    *("evidence", "since_start", "evidence_ledger", "straddling", "declined"),
    *("taken_in", "rejected_rows", "remarks"),
    *("staff_years", "staff_reached", "staff_draws", "staff_quarters", "staff_sums"),
    *("staff_account", "staff_by_band", "staff_board", "staff_in_post"),
)
ORGANISATIONS = {
    **dict.fromkeys(("organisation", "name", "kind"), "VARCHAR"),
    "invented": "BOOLEAN",
    **dict.fromkeys(("span", "status"), "VARCHAR"),
    **dict.fromkeys(("missing", "refused"), "VARCHAR[]"),
    "no_campaigns": "BOOLEAN",
}
IN_PARTNERSHIP = dict.fromkeys(("organisation", "day", "cut", "group_name", "measure"), "VARCHAR") | dict.fromkeys(
    ("together_some", "together_people", "own_some", "own_people"), "BIGINT"
)
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
        (one.organisation, one.name, one.kind, one.invented)
        + (str(one.span), str(one.status), one.missing, one.refused, one.no_campaigns)
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


def write_in_partnership(connection: duckdb.DuckDBPyConnection, folders: Folders, quarter: Quarter) -> None:
    """Write which released figures of the partnership's staff count which organisation, with its own exact part.

    That is made of released numbers, and of an organisation's own people as releases counted them: what it has
    corrected since is in no released sum. Where it is not known any more whom a release counted, there are none.
    """
    editions = [one for one in read_editions(folders) if one.period <= quarter]
    numbers = {one.cell.key: one for edition in editions for one in edition.numbers if one.cell.key.who == PARTNERSHIP}
    counted = people_counted(folders, editions)
    known = {atom[:2] for atom in counted.counts}
    rows = []
    for key, one in numbers.items():
        for everybody, group, measure in _parts_of(key):
            base = numbers.get(everybody)
            for slug in one.cell.members if base else ():
                if (slug, key.span) in known:
                    together = (one.value, base.value) if None not in (one.value, base.value) else (None, None)
                    people = counted.of_chain(CHAIN_OF[FURTHEST[key.stage][-1]])
                    own = (people.number(Cell(part._replace(who=slug), (slug,))) for part in (key, everybody))
                    rows.append((slug, key.span, key.cut, group, measure, *together, *own))
    _fill(connection, "staff_in_partnership", IN_PARTNERSHIP, rows)
    with whole_or_not_at_all(folders.exact / str(quarter) / "staff_in_partnership.parquet", mode=0o600) as unfinished:
        connection.execute(f"COPY staff_in_partnership TO {in_sql(unfinished)} (FORMAT parquet)")


def _parts_of(key: Key) -> Iterator[tuple[Key, str, str]]:
    """Yield the number that a number of the partnership's staff is a part of, its group, and its measure if any."""
    if (key.stage, key.group) == (IN_POST.key, BME):
        yield key._replace(group=KNOWN), BME, ""
    for measure in OF_STAFF:
        if key.stage == measure.after.key and key.group in (REFERENCE, BME) and key.cut == EVERYBODY:
            yield key._replace(stage=measure.before.key), key.group, measure.key


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
