"""Text files: which characters they are written in, what divides their cells, and their lines."""

import codecs
import csv
from collections.abc import Iterator
from itertools import chain
from pathlib import Path
from typing import NamedTuple

from lt_analysis.codebook.mistakes import RawDataError
from lt_analysis.collection.reading.lines import DIVIDERS, Line, Recognises, first_lines, most_dividers
from lt_analysis.collection.reading.signs import refuse_another_kind

MARKS = {
    codecs.BOM_UTF8: "utf-8-sig",
    codecs.BOM_UTF16_LE: "utf-16",
    codecs.BOM_UTF16_BE: "utf-16",
}
ENCODING_NAMES = {"cp1252": "Windows-1252", "utf-16": "UTF-16", "utf-16-le": "UTF-16", "utf-16-be": "UTF-16"}
SAMPLE = 1 << 20
# A line that ends within a cell, and what ASCII divides cells by, are spaces.
WITHIN_A_CELL = str.maketrans("\r\n\x1f", "   ")
UTF8_REMEDY = "In Excel choose 'Save as', then 'CSV UTF-8'"


class Format(NamedTuple):
    """How a text file is written."""

    encoding: str
    divider: str

    @property
    def remarks(self) -> list[str]:
        """Say where it is written otherwise than as UTF-8 with commas."""
        remarks = [f"it was read as {ENCODING_NAMES[self.encoding]}"] if self.encoding in ENCODING_NAMES else []
        if self.divider != ",":
            remarks.append(f"its cells are divided by {'tabs' if self.divider == chr(9) else self.divider}")
        return remarks


def read_text(path: Path, file: str, recognises: Recognises) -> tuple[Iterator[Line], list[str]]:
    """Return a text file's lines, and remarks on how it had to be read. Raises `RawDataError`."""
    written = format_of(path, file, recognises)
    return lines_of(path, file, written), written.remarks


def format_of(path: Path, file: str, recognises: Recognises) -> Format:
    """Tell how a text file is written.

    UTF-8 and UTF-16 are told by their marks or by trial; whatever is neither is taken for Windows-1252, which
    most British spreadsheets write. Raises `RawDataError` where nothing fits.
    """
    refuse_another_kind(path, file)
    encoding = _encoding(path, file)
    return Format(encoding, max(DIVIDERS, key=lambda one: _headings_found(path, Format(encoding, one), recognises)))


def _encoding(path: Path, file: str) -> str:
    with path.open("rb") as content:
        start = content.read(SAMPLE)
    marked = next((encoding for mark, encoding in MARKS.items() if start.startswith(mark)), None)
    even, odd = start[0::2].count(0), start[1::2].count(0)
    if marked is None and max(even, odd) > len(start) / 8 and min(even, odd) < len(start) / 64:
        marked = "utf-16-le" if odd > even else "utf-16-be"
    if marked is None:
        if _wrong_line(path, "utf-8") is None:
            return "utf-8"
        if _wrong_line(path, "cp1252") is None:
            return "cp1252"
        marked = "utf-8"
    wrong = _wrong_line(path, marked)
    if wrong is not None:
        name = ENCODING_NAMES.get(marked, "UTF-8")
        raise RawDataError(f"it holds characters that are not {name}", UTF8_REMEDY, file=file, row=wrong)
    return marked


def _wrong_line(path: Path, encoding: str) -> int | None:
    """Name the first line with bytes that are no characters; None where there is none."""
    decoder = codecs.getincrementaldecoder(encoding)()
    plain = encoding in ("utf-8", "cp1252")
    try:
        with path.open("rb") as content:
            while some := content.read(SAMPLE):
                # Nearly all of most files is ASCII, which needs no decoding to be right.
                if not (plain and some.isascii() and not decoder.getstate()[0]):
                    decoder.decode(some)
            decoder.decode(b"", final=True)
    except UnicodeError:
        return 1 if encoding.startswith("utf-16") else _line_of_wrong_bytes(path, encoding)
    return None


def _line_of_wrong_bytes(path: Path, encoding: str) -> int | None:
    with path.open("rb") as lines:
        for number, line in enumerate(lines, start=1):
            try:
                line.decode(encoding)
            except UnicodeError:
                return number
    return None


def _headings_found(path: Path, written: Format, recognises: Recognises) -> tuple[int, int]:
    try:
        lines = first_lines(lines_of(path, "", written))
    except RawDataError:
        return (0, 0)
    return max(((recognises(line.cells), line.filled > 1) for line in lines), default=(0, 0))


def lines_of(path: Path, file: str, written: Format) -> Iterator[Line]:
    """Return a text file's lines, one after another."""
    # Python's reader and not DuckDB's, whose (2.0) drops the row of a quotation mark that is never closed.
    number = 0
    try:
        with path.open(encoding=written.encoding, newline="") as lines:
            for number, (cells, dividers) in enumerate(_cells_of(lines, written.divider), start=1):
                yield Line(number, cells, dividers)
    except csv.Error:
        remedy = "Look for a quotation mark that is never closed, or save it again as 'CSV UTF-8'"
        raise RawDataError("it cannot be read as CSV", remedy, file=file, row=number + 1) from None


def _cells_of(lines: Iterator[str], divider: str) -> Iterator[tuple[list[str], int]]:
    """Return the cells of each row, and the most dividers in one that ends a line within itself.

    A row without marks or signs that cannot be printed is only divided: it is quick.
    """
    longest = csv.field_size_limit()  # of a cell that a reader does not refuse
    for line in lines:
        text = line.rstrip("\r\n")
        if '"' not in text and len(text) <= longest and text.isprintable():
            yield [cell.strip() for cell in text.split(divider)] if text else [], -1
        else:
            # A cell may end the line within itself: then the reader takes the next one too.
            cells = next(csv.reader(chain([line], lines), delimiter=divider, strict=True))
            yield [cell.strip().translate(WITHIN_A_CELL) for cell in cells], most_dividers(cells, (divider,))
