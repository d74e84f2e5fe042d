"""Cells of a spreadsheet that hold an error, or a formula whose value was never stored: calamine calls both empty.

They are found in the file's own XML, by sheet. What is given back in their place is no value to anybody who reads it.
Prefixes of names are not looked at: some programs write ones that they never declare.
"""

import posixpath
import re
import zipfile
from collections.abc import Callable, Iterator
from functools import reduce
from pathlib import Path
from typing import IO
from xml.parsers.expat import ParserCreate

NO_STORED_VALUE = "#VALUE!"  # what stands in place of a formula without one
ERROR = re.compile(r"#[A-Z/0!?_]+|Err:\d+")  # as LibreOffice and Excel show one
PLACE = re.compile(r"([A-Z]+)(\d+)")
PIECE = 1 << 20
MOST_COLUMNS, MOST_ROWS = 1_000, 100_000  # that a repeated cell is taken to stand in

Cells = dict[tuple[int, int], str]  # by row and column, from 0
Attributes = dict[str, str]


def cells_without_value(path: Path) -> dict[str, Cells]:
    """Return, for each sheet by name, its cells of errors and of formulas without a value, and what to say of each.

    Raises `ValueError`, `KeyError` or expat's error where the file is no spreadsheet.
    """
    with zipfile.ZipFile(path) as packed:
        if "content.xml" in packed.namelist():
            with packed.open("content.xml") as content:
                return _OpenDocument().read(content)
        found = {}
        for name, part in _sheets(packed):
            if _may_have_some(packed, part):
                with packed.open(part) as content:
                    found[name] = _Sheet().read(content)
        return found


def _sheets(packed: zipfile.ZipFile) -> Iterator[tuple[str, str]]:
    """Yield each sheet's name, and the part of the workbook that holds it."""
    names = packed.namelist()
    book = next((name for name in names if name.lower().endswith("xl/workbook.xml")), None)
    if book is None:
        return
    folder, file = posixpath.split(book)
    targets = {one["Id"]: one["Target"] for one in _elements(packed, f"{folder}/_rels/{file}.rels", "Relationship")}
    for sheet in _elements(packed, book, "sheet"):
        target = targets.get(sheet.get("id", ""), "")
        part = target.lstrip("/") if target.startswith("/") else posixpath.normpath(f"{folder}/{target}")
        if part in names:
            yield sheet.get("name", ""), part


def _elements(packed: zipfile.ZipFile, part: str, tag: str) -> list[Attributes]:
    found: list[Attributes] = []
    parser = ParserCreate()
    parser.StartElementHandler = lambda name, given: found.append(_local(given)) if _bare(name) == tag else None
    parser.Parse(packed.read(part), True)
    return found


def _bare(name: str) -> str:
    return name.rpartition(":")[2]


def _local(attributes: Attributes) -> Attributes:
    return {_bare(name): value for name, value in attributes.items()}


def _may_have_some(packed: zipfile.ZipFile, part: str) -> bool:
    """Tell at a glance whether a sheet has a formula or an error: most have neither, and need not be parsed."""
    before = b""
    with packed.open(part) as content:
        while some := content.read(PIECE):
            if re.search(rb"""<(\w+:)?f[ />]|\st=["']e["']""", before + some):
                return True
            before = some[-8:]
    return False


def _parse(
    content: IO[bytes],
    start: Callable[[str, Attributes], None],
    text: Callable[[str], None],
    end: Callable[[str], None],
) -> None:
    parser = ParserCreate()
    parser.buffer_text = True
    parser.StartElementHandler, parser.CharacterDataHandler, parser.EndElementHandler = start, text, end
    parser.ParseFile(content)


class _Sheet:
    """Reads a sheet of an .xlsx workbook."""

    def __init__(self) -> None:
        self.found: Cells = {}
        self.row = self.column = -1
        self.cell: Attributes = {}
        self.parts: dict[str, str] = {}
        self.part = ""

    def read(self, content: IO[bytes]) -> Cells:
        """Return its cells without a value."""
        _parse(content, self._start, self._text, self._end)
        return self.found

    def _start(self, name: str, attributes: Attributes) -> None:
        match _bare(name):
            case "row":
                self.row = int(attributes["r"]) - 1 if "r" in attributes else self.row + 1
                self.column = -1
            case "c":
                self.cell, self.parts, self.part = attributes, {}, ""
            case tag:
                self.part = tag
                self.parts.setdefault(tag, "")

    def _text(self, text: str) -> None:
        if self.part:
            self.parts[self.part] += text

    def _end(self, name: str) -> None:
        if _bare(name) != "c":
            self.part = ""
            return
        place = PLACE.fullmatch(self.cell.get("r", ""))
        self.column = _number(place[1]) - 1 if place else self.column + 1
        if said := self._said():
            self.found[int(place[2]) - 1 if place else self.row, self.column] = said

    def _said(self) -> str | None:
        """Return what stands in place of a cell that has no value but should; None of any other."""
        kind, value = self.cell.get("t"), self.parts.get("v", "").strip()
        if kind == "e":
            return value or NO_STORED_VALUE
        # A formula may give an empty text, which is a value.
        is_value = value or "is" in self.parts or (kind == "str" and "v" in self.parts)
        return NO_STORED_VALUE if "f" in self.parts and not is_value else None


def _number(column: str) -> int:
    return reduce(lambda number, letter: number * 26 + ord(letter) - ord("A") + 1, column, 0)


class _OpenDocument:
    """Reads the sheets of an OpenDocument spreadsheet."""

    def __init__(self) -> None:
        self.found: dict[str, Cells] = {}
        self.sheet = ""
        self.row = self.column = 0
        self.times = 1
        self.of_row: dict[int, str] = {}
        self.cell: Attributes = {}
        self.has_error = False
        self.shown = ""

    def read(self, content: IO[bytes]) -> dict[str, Cells]:
        """Return its cells without a value, by sheet."""
        _parse(content, self._start, self._text, self._end)
        return self.found

    def _start(self, name: str, attributes: Attributes) -> None:
        match _bare(name):
            case "table":
                self.sheet, self.row = _local(attributes).get("name", ""), 0
            case "table-row":
                self.column, self.of_row = 0, {}
                self.times = int(_local(attributes).get("number-rows-repeated", "1"))
            case "table-cell" | "covered-table-cell":
                self.cell, self.shown = _local(attributes), ""
                # The second of two types, of which the first is the value's, says that it is an error.
                self.has_error = "error" in attributes.values()

    def _text(self, text: str) -> None:
        self.shown += text

    def _end(self, name: str) -> None:
        match _bare(name):
            case "table-cell" | "covered-table-cell":
                repeated = int(self.cell.get("number-columns-repeated", "1"))
                if said := self._said():
                    columns = range(self.column, self.column + min(repeated, MOST_COLUMNS))
                    self.of_row |= dict.fromkeys(columns, said)
                self.column += repeated
            case "table-row":
                rows = range(self.row, self.row + min(self.times, MOST_ROWS)) if self.of_row else ()
                for row in rows:
                    self.found.setdefault(self.sheet, {}).update(
                        {(row, column): said for column, said in self.of_row.items()}
                    )
                self.row += self.times

    def _said(self) -> str | None:
        shown = self.shown.strip()
        if "formula" not in self.cell and not self.has_error:
            return None
        if self.has_error or ERROR.fullmatch(shown):
            return shown if ERROR.fullmatch(shown) else NO_STORED_VALUE
        return None if "value-type" in self.cell else NO_STORED_VALUE
