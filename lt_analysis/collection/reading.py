"""Files of any accepted format, read as text into one table with the row's number, and nothing judged.

The table is `received`: `row` (as a spreadsheet numbers it, the header being row 1) and the return's
columns as `sent_<column>`, trimmed, empty cells NULL. What a file cannot be read for is one `RawDataError`.
"""

import csv
from datetime import date, datetime
from pathlib import Path

import duckdb
import pandas as pd
from python_calamine import CalamineError, CalamineWorkbook

from lt_analysis.codebook.mistakes import RawDataError
from lt_analysis.collection.finding import FoundReturn


def read_received(connection: duckdb.DuckDBPyConnection, found: FoundReturn, needed: tuple[str, ...]) -> list[str]:
    """Read a return into the table `received`; return the headings that the audit leaves out.

    `needed` are the columns that must be there; the return's other columns may be absent.
    """
    path = found.path
    if path.stat().st_size == 0:
        raise RawDataError("the file is empty", "Send it again with its header and rows", file=found.file)
    read = {".csv": _read_csv, ".xlsx": _read_xlsx, ".parquet": _read_parquet}[path.suffix.lower()]
    headings = read(connection, path, found.file)

    names = [heading.strip().lower() for heading in headings]
    _refuse_repeated(names, found.file)
    missing = [name for name in needed if name not in names]
    if missing:
        raise RawDataError(
            f"the header has no {', '.join(missing)}",
            f"A {found.kind.name} return needs {', '.join(needed)}",
            file=found.file,
            row=1,
            column=missing[0],
        )
    position = {name: f"c{index}" for index, name in enumerate(names)}
    cells = ", ".join(
        f"nullif(trim({position[name]}), '') AS sent_{name}" if name in position else f"NULL::VARCHAR AS sent_{name}"
        for name in found.kind.column_names
    )
    connection.execute(f"CREATE OR REPLACE TEMP TABLE received AS SELECT row, {cells} FROM as_sent")
    if connection.execute("SELECT count(*) FROM received").fetchone() == (0,):
        raise RawDataError("there is a header and no rows", "Send it again with its rows", file=found.file)
    return [heading for heading, name in zip(headings, names, strict=True) if name not in found.kind.column_names]


def _read_csv(connection: duckdb.DuckDBPyConnection, path: Path, file: str) -> list[str]:
    headings = _first_line(path, file)
    columns = {f"c{index}": "VARCHAR" for index in range(len(headings))}
    try:
        connection.execute(
            """CREATE OR REPLACE TEMP TABLE as_sent AS
               SELECT row_number() OVER () + 1 AS row, *
               FROM read_csv($path, columns = $columns, auto_detect = false, header = true, delim = ',',
                             quote = '"', escape = '"', strict_mode = true, parallel = false)""",
            {"path": str(path), "columns": columns},
        )
    except duckdb.Error:
        raise _why_unreadable(path, file, len(headings)) from None
    return headings


def _first_line(path: Path, file: str) -> list[str]:
    try:
        with path.open(encoding="utf-8-sig", newline="") as lines:
            return next(csv.reader(lines))
    except UnicodeDecodeError:
        raise _not_utf8(file, _first_undecodable_line(path)) from None
    except csv.Error:
        raise RawDataError("the header cannot be read", "Save it as 'CSV UTF-8'", file=file, row=1) from None


def _why_unreadable(path: Path, file: str, width: int) -> RawDataError:
    line = _first_undecodable_line(path)
    if line:
        return _not_utf8(file, line)
    with path.open(encoding="utf-8-sig", newline="") as lines:
        try:
            for number, cells in enumerate(csv.reader(lines), start=1):
                if len(cells) != width:
                    reason = f"the row has {len(cells)} cells where the header has {width}"
                    return RawDataError(reason, "Put quotes around cells that hold commas", file=file, row=number)
        except csv.Error:
            pass
    return RawDataError("it cannot be read as CSV", "Save it again as 'CSV UTF-8'", file=file)


def _first_undecodable_line(path: Path) -> int | None:
    with path.open("rb") as lines:
        for number, line in enumerate(lines, start=1):
            try:
                line.decode("utf-8")
            except UnicodeDecodeError:
                return number
    return None


def _not_utf8(file: str, line: int | None) -> RawDataError:
    remedy = "In Excel choose 'Save as', then 'CSV UTF-8'"
    return RawDataError("it holds characters that are not UTF-8", remedy, file=file, row=line)


def _read_xlsx(connection: duckdb.DuckDBPyConnection, path: Path, file: str) -> list[str]:
    try:
        rows = CalamineWorkbook.from_path(path).get_sheet_by_index(0).to_python(skip_empty_area=False)
    except (CalamineError, ValueError, IndexError):
        raise RawDataError("it cannot be read as a spreadsheet", "Save it again as .xlsx", file=file) from None
    if not rows:
        raise RawDataError("the first sheet is empty", "Put the return on the first sheet", file=file)
    table = pd.DataFrame(
        [[number, *map(_as_text, cells)] for number, cells in enumerate(rows[1:], start=2)],
        columns=["row", *(f"c{index}" for index in range(len(rows[0])))],
    ).astype({"row": "int64"})
    texts = ", ".join(f"c{index}::VARCHAR AS c{index}" for index in range(len(rows[0])))
    connection.register("spreadsheet", table)
    connection.execute(f"CREATE OR REPLACE TEMP TABLE as_sent AS SELECT row, {texts} FROM spreadsheet")
    connection.unregister("spreadsheet")
    return [_as_text(cell) for cell in rows[0]]


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


def _read_parquet(connection: duckdb.DuckDBPyConnection, path: Path, file: str) -> list[str]:
    try:
        headings = [name for name, *_ in connection.execute("DESCRIBE FROM read_parquet(?)", [str(path)]).fetchall()]
        texts = ", ".join(
            f'"{heading.replace(chr(34), chr(34) * 2)}"::VARCHAR AS c{index}' for index, heading in enumerate(headings)
        )
        connection.execute(
            f"""CREATE OR REPLACE TEMP TABLE as_sent AS
                SELECT file_row_number + 2 AS row, {texts} FROM read_parquet(?, file_row_number = true)""",
            [str(path)],
        )
    except duckdb.Error:
        raise RawDataError("it cannot be read as Parquet", "Write the file again", file=file) from None
    return headings


def _refuse_repeated(names: list[str], file: str) -> None:
    for name in names:
        if name and names.count(name) > 1:
            raise RawDataError(
                "a heading stands twice", "Give each column its own heading", file=file, row=1, column=name
            )
