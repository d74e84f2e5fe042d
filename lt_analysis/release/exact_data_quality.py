"""What became of all that an organisation sent, for its own eyes, read from a quarter's exact files."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import duckdb

from lt_analysis.codebook.ethnicity import UNKNOWN
from lt_analysis.codebook.folders import Folders, in_sql
from lt_analysis.codebook.mistakes import AskedError
from lt_analysis.codebook.periods import Quarter, parse_period
from lt_analysis.release.figures import DataQuality, FileReceipt, Finding, KnownEthnicity
from lt_analysis.release.files import LATEST, find_period, rows_of

FIRST_ROWS = 5  # of a finding, that are named
EVERYBODY = "FROM organisations ORDER BY organisation, span"
REMARKS = "FROM remarks WHERE organisation = $organisation ORDER BY file DESC, row, column_name, reason"
# What is in the organisation's folder now is told, and nothing of files that were withdrawn or sent again.
RECEIPTS = """
    SELECT receipts.* FROM receipts SEMI JOIN taken_in USING (file, sha256)
    WHERE organisation = $organisation AND refused IS NULL ORDER BY period DESC, kind"""
REJECTED = f"""
    SELECT file, column_name, rejected_rows.reason || coalesce(': "' || word || '"', '') AS reason, remedy,
           count(DISTINCT "row") AS number,
           list_sort(list(DISTINCT "row"))[:{FIRST_ROWS}] AS first_rows, counts
    FROM rejected_rows JOIN taken_in USING (file, sha256)
    WHERE organisation = $organisation
    GROUP BY period, kind, file, column_name, word, rejected_rows.reason, remedy, counts
    ORDER BY period DESC, kind, counts, number DESC, column_name, reason"""
WEAKENED = """
    SELECT DISTINCT span, stage FROM evidence
    WHERE organisation = $organisation AND weakened AND group_name = 'BME' AND campaign = 'none' ORDER BY ALL"""
KNOWN = f"""
    SELECT period, sum(applicants)::BIGINT AS applicants,
           coalesce(sum(applicants) FILTER (group_name <> '{UNKNOWN}'), 0)::BIGINT AS known
    FROM summaries
    WHERE organisation = $organisation AND roll_up = 'wres' AND campaign = 'none'
    GROUP BY period ORDER BY period"""


def read_data_quality(organisation: str, period: str = LATEST) -> DataQuality:
    """Read what an organisation sent by the end of a quarter, and what became of it.

    Raises `ValueError` where the quarter or the organisation is not there, naming those that are.
    """
    organisation = str(organisation)  # papermill makes a number of a name that looks like one
    quarter, folder = find_period(Folders.here().exact, period)
    if not (folder / "taken_in.parquet").exists():
        raise AskedError(f"{quarter} was run before this was kept. Run it again: lt-analysis run --period {quarter}")
    with _tables(folder) as tables:
        everybody = _ask(tables, EVERYBODY)
        about = [row for row in everybody if row["organisation"] == organisation]
        if not about:
            known = ", ".join(dict.fromkeys(row["organisation"] for row in everybody))
            raise AskedError(f"{organisation!r} is not an organisation of {quarter}. Choose one of: {known}")
        return _quality(tables, quarter, about)


@contextmanager
def _tables(folder: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    """Open the exact files of a quarter, each by the name of its table."""
    with duckdb.connect() as tables:
        for path in sorted(folder.glob("*.parquet")):
            tables.execute(f"CREATE VIEW {path.stem} AS FROM read_parquet({in_sql(path)})")
        yield tables


def _quality(tables: duckdb.DuckDBPyConnection, quarter: Quarter, about: list[dict]) -> DataQuality:
    own = {"organisation": about[0]["organisation"]}
    remarks = _ask(tables, REMARKS, **own)
    return DataQuality(
        slug=own["organisation"],
        name=about[0]["name"],
        invented=about[0]["invented"],
        quarter=quarter,
        missing=tuple(dict.fromkeys(period for row in about for period in row["missing"])),
        receipts=tuple(map(_receipt, _ask(tables, RECEIPTS, **own))),
        refused=tuple(_remark(row) for row in remarks if row["refused"]),
        rejected=tuple(map(_rejected, _ask(tables, REJECTED, **own))),
        odd=(
            *(_weakened(row) for row in _ask(tables, WEAKENED, **own)),
            *(_remark(row) for row in remarks if not row["refused"]),
        ),
        ethnicity=tuple(
            KnownEthnicity(parse_period(row["period"]), row["applicants"], row["known"])
            for row in _ask(tables, KNOWN, **own)
        ),
    )


def _ask(tables: duckdb.DuckDBPyConnection, query: str, **named: str) -> list[dict]:
    return rows_of(tables.execute(query, named))


def _receipt(row: dict) -> FileReceipt:
    numbers = (row[name] for name in ("received", "accepted", "rejected", "set_aside"))
    aside = {name: row[name] or 0 for name in ("unread", "posts_aside")}
    return FileReceipt(row["file"], *numbers, left_out=tuple(row["left_out"] or ()), **aside)


def _rejected(row: dict) -> Finding:
    about = (row[name] for name in ("file", "column_name", "reason", "remedy", "number"))
    return Finding(*about, first_rows=tuple(row["first_rows"]), counts=row["counts"])


def _remark(row: dict) -> Finding:
    rows = () if row["row"] is None else (row["row"],)
    return Finding(row["file"] or "", row["column_name"], row["reason"], row["remedy"], len(rows), rows)


def _weakened(row: dict) -> Finding:
    reason = (
        f"the number of {row['stage']} in {row['span']} lies outside its range by those whose ethnicity could be read, "
        "and may lie within it by the others: pages give a range that is wide enough for them"
    )
    return Finding("", "ethnicity", reason, "Say under `values:` in organisation.yml what the words mean")
