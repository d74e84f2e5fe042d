"""Files of any accepted format, read as text into one table with the row's number, and nothing judged.

The table is `received`: `row` (as a spreadsheet numbers it, the header being row 1) and the return's
columns as `sent_<column>`, trimmed, empty cells NULL. A file that cannot be read so that every row of it is
accounted for is refused whole, with one `RawDataError`.
"""

import csv
from collections.abc import Iterable
from datetime import date, datetime
from pathlib import Path

import duckdb
import pandas as pd
from python_calamine import CalamineError, CalamineWorkbook

from lt_analysis.codebook.folders import in_sql
from lt_analysis.codebook.mistakes import RawDataError
from lt_analysis.collection.finding import FoundReturn

UTF8_REMEDY = "In Excel choose 'Save as', then 'CSV UTF-8'"


def read_received(connection: duckdb.DuckDBPyConnection, found: FoundReturn, needed: tuple[str, ...]) -> list[str]:
    """Read a return into the table `received`; return the headings that the audit leaves out.

    `needed` are the columns that must be there; the return's other columns may be absent.
    """
    path = found.path
    if path.stat().st_size == 0:
        raise RawDataError("the file is empty", "Send it again with its header and rows", file=found.file)
    read = {".csv": _read_csv, ".xlsx": _read_xlsx, ".parquet": _read_parquet}[path.suffix.lower()]
    headings, source = read(connection, path, found.file)
    names = [heading.strip().lower() for heading in headings]
    _check_header(names, needed, found)
    position = {name: f"c{index}" for index, name in enumerate(names)}
    cells = ", ".join(
        f"nullif(trim({position[name]}::VARCHAR), '') AS sent_{name}"
        if name in position
        else f"NULL::VARCHAR AS sent_{name}"
        for name in found.kind.column_names
    )
    try:
        connection.execute(
            f"CREATE OR REPLACE TEMP TABLE received AS SELECT row::BIGINT AS row, {cells} FROM ({source})"
        )
    except duckdb.Error:
        raise RawDataError("its rows cannot be read", "Write the file again", file=found.file) from None
    if connection.execute("SELECT count(*) FROM received").fetchone() == (0,):
        raise RawDataError("there is a header and no rows", "Send it again with its rows", file=found.file)
    return [heading for heading, name in zip(headings, names, strict=True) if name not in found.kind.column_names]


def _check_header(names: list[str], needed: tuple[str, ...], found: FoundReturn) -> None:
    missing = [name for name in needed if name not in names]
    if missing:
        raise RawDataError(
            f"the header has no {', '.join(missing)}",
            f"A return of {found.kind.name} needs {', '.join(needed)}",
            file=found.file,
            row=1,
            column=missing[0],
        )
    for name in found.kind.column_names:
        if names.count(name) > 1:
            remedy = "Give each column its own heading"
            raise RawDataError("a heading stands twice", remedy, file=found.file, row=1, column=name)


def _read_csv(connection: duckdb.DuckDBPyConnection, path: Path, file: str) -> tuple[list[str], str]:
    # Python's reader and not DuckDB's, whose (2.0) drops the row of a quotation mark that is never closed.
    number = 0
    try:
        with path.open(encoding="utf-8-sig", newline="") as lines:
            rows = []
            for number, cells in enumerate(csv.reader(lines, strict=True), start=1):
                if cells:
                    rows.append((number, cells))
    except UnicodeDecodeError:
        line = _first_undecodable_line(path)
        raise RawDataError("it holds characters that are not UTF-8", UTF8_REMEDY, file=file, row=line) from None
    except csv.Error:
        remedy = "Look for a quotation mark that is never closed, or save it again as 'CSV UTF-8'"
        raise RawDataError("it cannot be read as CSV", remedy, file=file, row=number + 1) from None
    return _headings_and_rows(connection, rows, file)


def _first_undecodable_line(path: Path) -> int | None:
    with path.open("rb") as lines:
        for number, line in enumerate(lines, start=1):
            try:
                line.decode("utf-8")
            except UnicodeDecodeError:
                return number
    return None


def _read_xlsx(connection: duckdb.DuckDBPyConnection, path: Path, file: str) -> tuple[list[str], str]:
    try:
        sheet = CalamineWorkbook.from_path(path).get_sheet_by_index(0).to_python(skip_empty_area=False)
    except (CalamineError, ValueError, IndexError, OSError):
        raise RawDataError("it cannot be read as a spreadsheet", "Save it again as .xlsx", file=file) from None
    rows = [(number, [_as_text(cell) for cell in cells]) for number, cells in enumerate(sheet, start=1)]
    return _headings_and_rows(connection, [row for row in rows if any(row[1])], file)


def _as_text(cell: object) -> str:
    match cell:
        case datetime():
            return cell.date().isoformat()
        case date():
            return cell.isoformat()
        case float() if cell.is_integer():
            return str(int(cell))
        case _:
            return str(cell)


def _headings_and_rows(
    connection: duckdb.DuckDBPyConnection, rows: list[tuple[int, list[str]]], file: str
) -> tuple[list[str], str]:
    """Return the headings, and a query of the rows as columns `row`, `c0`, `c1` and so on."""
    if not rows:
        raise RawDataError("the file is empty", "Send it again with its header and rows", file=file)
    (_, headings), *body = rows
    _refuse_ragged(body, len(headings), file)
    columns = [f"c{index}" for index in range(len(headings))]
    connection.register("lines", pd.DataFrame([[number, *cells] for number, cells in body], columns=["row", *columns]))
    return headings, "FROM lines"


def _refuse_ragged(body: Iterable[tuple[int, list[str]]], width: int, file: str) -> None:
    for number, cells in body:
        if len(cells) != width:
            reason = f"the row has {len(cells)} cells where the header has {width}"
            raise RawDataError(reason, "Put quotation marks around cells that hold commas", file=file, row=number)


def _read_parquet(connection: duckdb.DuckDBPyConnection, path: Path, file: str) -> tuple[list[str], str]:
    try:
        described = connection.execute(f"DESCRIBE FROM read_parquet({in_sql(path)})").fetchall()
    except duckdb.Error:
        raise RawDataError("it cannot be read as Parquet", "Write the file again", file=file) from None
    cells = ", ".join(f"{_parquet_cell(name, kind)} AS c{place}" for place, (name, kind, *_) in enumerate(described))
    source = f"SELECT file_row_number + 2 AS row, {cells} FROM read_parquet({in_sql(path)}, file_row_number = true)"
    return [name for name, *_ in described], source


def _parquet_cell(name: str, kind: str) -> str:
    column = '"' + name.replace('"', '""') + '"'
    return f"strftime({column}, '%Y-%m-%d')" if kind.startswith(("DATE", "TIMESTAMP")) else column
