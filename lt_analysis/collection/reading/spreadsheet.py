"""Spreadsheets: the sheet that holds the table, cells as text, merged cells filled downwards."""

import re
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from datetime import date, datetime, time
from functools import reduce
from pathlib import Path
from typing import IO, NamedTuple
from xml.parsers.expat import ExpatError

from python_calamine import CalamineError, CalamineSheet, CalamineWorkbook, SheetVisibleEnum

from lt_analysis.codebook.mistakes import RawDataError
from lt_analysis.collection.reading.errors import cells_without_value
from lt_analysis.collection.reading.lines import MOST_CELLS, Line, Recognises, first_lines, most_dividers
from lt_analysis.collection.reading.signs import ZIP, refuse_another_kind

DAY_NOUGHT = (date(1899, 12, 30), date(1899, 12, 31))  # of which a mere time is, in some formats
FIRST_INEXACT = 10**15  # spreadsheets keep fifteen figures of a number: of longer ones, several are alike
MOST_UNPACKED = 1 << 30  # bytes
PIECE, LONGEST_TAG = 1 << 20, 1 << 10  # bytes that are looked at together, and that may reach into the next ones
# What an .xlsx sheet calls a cell; one that ends with its own tag is empty.
FILLED_COLUMN = re.compile(rb"""\sr=["']([A-Za-z]+)[^/>]*>""")
FILLED_ROW = re.compile(rb"""\sr=["'][A-Za-z]+(\d+)[^/>]*>""")


def read_spreadsheet(path: Path, file: str, recognises: Recognises) -> tuple[Iterator[Line], list[str]]:
    """Return the lines of the sheet that names the most columns, and remarks. Raises `RawDataError`.

    A hidden sheet is read only where no other holds a table. Two that hold the same table are refused: one of them
    would be left out, or counted twice.
    """
    refuse_another_kind(path, file, own=ZIP)
    _refuse_bombs(path, file)
    try:
        book = CalamineWorkbook.from_path(path)
        sheets = [book.get_sheet_by_index(place) for place in range(len(book.sheet_names))]
    except (CalamineError, ValueError, IndexError, OSError):
        raise RawDataError("it cannot be read as a spreadsheet", "Save it again as .xlsx", file=file) from None
    for sheet in sheets:
        _refuse_more_cells_than_fit(sheet.total_height * sheet.total_width, file)
    try:
        without_value = cells_without_value(path)
    except (ExpatError, KeyError, ValueError, zipfile.BadZipFile):
        raise RawDataError("it cannot be read as a spreadsheet", "Save it again as .xlsx", file=file) from None
    held = [list(_lines(sheet, without_value.get(sheet.name, {}))) for sheet in sheets]
    if not held:
        return iter(()), []
    visible = [one.visible == SheetVisibleEnum.Visible for one in book.sheets_metadata]
    tables = [
        _table_on(sheet.name, lines, seen, recognises) for sheet, lines, seen in zip(sheets, held, visible, strict=True)
    ]
    chosen = max(range(len(held)), key=lambda place: _preference(tables[place]))
    _refuse_two_tables(tables, chosen, file)
    remarks = [f"the sheet {chosen + 1} of {len(held)} was read"] if len(held) > 1 else []
    remarks += [
        f"the sheet {one.name!r}, of {one.rows:,} rows, was not read: it "
        f"{'has few of the headings' if one.seen else 'is hidden'}"
        for place, one in enumerate(tables)
        if place != chosen and one.rows
    ]
    return iter(held[chosen]), remarks


class _Table(NamedTuple):
    """The table on a sheet: its headings, how many columns of the return they name, and the rows below them."""

    name: str
    seen: bool
    headings: list[str]
    named: int
    rows: int


def _table_on(name: str, lines: list[Line], seen: bool, recognises: Recognises) -> _Table:
    header = max(first_lines(iter(lines)), key=lambda line: recognises(line.cells), default=None)
    if header is None:
        return _Table(name, seen, [], 0, 0)
    rows = sum(line.number > header.number and line.filled > 1 for line in lines)
    return _Table(name, seen, [cell for cell in header.cells if cell], recognises(header.cells), rows)


def _preference(table: _Table) -> tuple[bool, bool, int, bool]:
    """Return what makes a sheet the one to read: it can be seen, has rows, and names the most columns."""
    return table.named > 0 and table.seen, table.rows > 0, table.named, table.seen


def _refuse_two_tables(tables: list[_Table], chosen: int, file: str) -> None:
    """Refuse a workbook of which another sheet that can be seen holds rows under most of the headings, or the same."""
    read = tables[chosen]
    for place, one in enumerate(tables):
        if place == chosen or not (one.seen and one.rows and read.named):
            continue
        if one.named > read.named / 2 or one.headings == read.headings:
            reason = f"the sheets {read.name!r} and {one.name!r} both hold a table with its headings"
            most = "" if one.named >= read.named else f", or most of them: the second has {one.rows:,} rows"
            remedy = "Put all rows on one sheet, and remove or hide what does not count"
            raise RawDataError(f"{reason}{most}", remedy, file=file)


def _refuse_bombs(path: Path, file: str) -> None:
    """Refuse what would fill the memory: calamine holds a sheet whole, from its first cell to its furthest one."""
    try:
        with zipfile.ZipFile(path) as packed:
            parts = packed.infolist()
            if sum(part.file_size for part in parts) > MOST_UNPACKED:
                reason = f"unpacked it would hold more than {MOST_UNPACKED // (1 << 20):,} megabytes"
                raise RawDataError(reason, "Send it as CSV", file=file)
            for part in parts:
                with packed.open(part) as content:
                    _refuse_more_cells_than_fit(_extent(content), file)
    except (zipfile.BadZipFile, zlib.error, RuntimeError, OSError, ValueError):
        raise RawDataError("it cannot be read as a spreadsheet", "Save it again as .xlsx", file=file) from None


def _extent(sheet: IO[bytes]) -> int:
    """Return how many cells an .xlsx sheet has up to the last row and the last column in which something stands."""
    columns, rows, before = {b""}, {b"0"}, b""
    while some := sheet.read(PIECE):
        columns.update(FILLED_COLUMN.findall(before + some))
        rows.update(FILLED_ROW.findall(before + some))
        before = some[-LONGEST_TAG:]
    return max(map(int, rows)) * max(map(_number, columns))


def _number(column: bytes) -> int:
    """Return the number of a column that is called by letters: 1 for A, 27 for AA."""
    return reduce(lambda number, letter: number * 26 + letter - ord("A") + 1, column.upper(), 0)


def _refuse_more_cells_than_fit(cells: int, file: str) -> None:
    if cells > MOST_CELLS:
        reason = f"a sheet has more than {MOST_CELLS:,} cells, up to the last in which something stands"
        raise RawDataError(reason, "Remove what stands far off, or send it as CSV", file=file)


def _lines(sheet: CalamineSheet, without_value: Mapping[tuple[int, int], str]) -> Iterator[Line]:
    cells = [[_as_text(cell) for cell in row] for row in sheet.to_python(skip_empty_area=False)]
    for (row, column), said in without_value.items():
        if row >= len(cells):
            cells += [[] for _ in range(row + 1 - len(cells))]
        cells[row] += [""] * (column + 1 - len(cells[row]))
        cells[row][column] = said
    width = max(map(len, cells), default=0)
    cells = [[*row, *[""] * (width - len(row))] for row in cells] if without_value else cells
    for (top, left), (bottom, _) in sheet.merged_cell_ranges or ():
        if left < sheet.total_width:  # cells that are merged beyond it are empty
            for row in range(top + 1, min(bottom + 1, len(cells))):
                cells[row][left] = cells[top][left]
    return (Line(number, row, most_dividers(row)) for number, row in enumerate(cells, start=1))


def _as_text(cell: object) -> str:
    match cell:
        case datetime() if cell.date() in DAY_NOUGHT and cell.time() != time():
            return cell.time().isoformat()
        case datetime():
            return cell.date().isoformat()
        case date():
            return cell.isoformat()
        case time():
            return cell.isoformat() if cell != time() else ""  # what a date of nought is read as
        case float() if abs(cell) >= FIRST_INEXACT:
            return f"{cell:.5E}"
        case float() if cell.is_integer():
            return str(int(cell))
        case _:
            return str(cell).strip()
