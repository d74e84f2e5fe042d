"""Spreadsheets: the sheet that holds the table, cells as text, merged cells filled downwards."""

import zipfile
from collections.abc import Iterator
from datetime import date, datetime, time
from pathlib import Path

from python_calamine import CalamineError, CalamineSheet, CalamineWorkbook

from lt_analysis.codebook.mistakes import RawDataError
from lt_analysis.collection.reading.lines import MOST_CELLS, Line, Recognises, first_lines
from lt_analysis.collection.reading.signs import ZIP, refuse_another_kind

MOST_UNPACKED = 1 << 30  # bytes


def read_spreadsheet(path: Path, file: str, recognises: Recognises) -> tuple[Iterator[Line], list[str]]:
    """Return the lines of the sheet that names the most columns, and remarks. Raises `RawDataError`."""
    refuse_another_kind(path, file, own=ZIP)
    _refuse_bombs(path, file)
    try:
        book = CalamineWorkbook.from_path(path)
        sheets = [book.get_sheet_by_index(place) for place in range(len(book.sheet_names))]
    except (CalamineError, ValueError, IndexError, OSError):
        raise RawDataError("it cannot be read as a spreadsheet", "Save it again as .xlsx", file=file) from None
    for sheet in sheets:
        if sheet.total_height * sheet.total_width > MOST_CELLS:
            reason = f"a sheet has more than {MOST_CELLS:,} cells"
            raise RawDataError(reason, "Remove empty rows and columns, or send it as CSV", file=file)
    held = [(sheet, list(_lines(sheet))) for sheet in sheets]
    scores = [max((recognises(line.cells) for line in first_lines(iter(lines))), default=0) for _, lines in held]
    chosen = scores.index(max(scores)) if scores else 0
    remarks = [f"the sheet {chosen + 1} of {len(held)} was read"] if len(held) > 1 else []
    return iter(held[chosen][1] if held else ()), remarks


def _refuse_bombs(path: Path, file: str) -> None:
    try:
        with zipfile.ZipFile(path) as packed:
            unpacked = sum(part.file_size for part in packed.infolist())
    except (zipfile.BadZipFile, NotImplementedError, OSError, ValueError):
        raise RawDataError("it cannot be read as a spreadsheet", "Save it again as .xlsx", file=file) from None
    if unpacked > MOST_UNPACKED:
        reason = f"unpacked it would hold more than {MOST_UNPACKED // (1 << 20):,} megabytes"
        raise RawDataError(reason, "Send it as CSV", file=file)


def _lines(sheet: CalamineSheet) -> Iterator[Line]:
    cells = [[_as_text(cell) for cell in row] for row in sheet.to_python(skip_empty_area=False)]
    for (top, left), (bottom, _) in sheet.merged_cell_ranges or ():
        for row in range(top + 1, min(bottom + 1, len(cells))):
            cells[row][left] = cells[top][left]
    return (Line(number, row) for number, row in enumerate(cells, start=1))


def _as_text(cell: object) -> str:
    match cell:
        case datetime():
            return cell.date().isoformat()
        case date():
            return cell.isoformat()
        case time():
            return ""  # what a date of nought is read as
        case float() if cell.is_integer():
            return str(int(cell))
        case _:
            return str(cell).strip()
