"""A worksheet's cells as rows of text, read from its XML with nothing but the standard library."""

import re
from xml.etree import ElementTree

MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
WORDS = "s"  # a cell's kind: its value is the place of its text among the workbook's shared words


def words_of(shared: ElementTree.Element | None) -> list[str]:
    """Return a workbook's shared words, in their order."""
    if shared is None:
        return []
    return ["".join(part.text or "" for part in item.iter(f"{MAIN}t")) for item in shared.iter(f"{MAIN}si")]


def rows_of(sheet: ElementTree.Element, words: list[str]) -> list[list[str]]:
    """Return a sheet's rows and their cells, all at their places; an empty cell is empty text."""
    rows: list[list[str]] = []
    for row in sheet.iter(f"{MAIN}row"):
        cells: list[str] = []
        for cell in row.iter(f"{MAIN}c"):
            position = _column(cell.get("r", "")) if cell.get("r") else len(cells)
            cells += [""] * (position + 1 - len(cells))
            cells[position] = _text(cell, words)
        rows += [[] for _ in range(len(rows) + 1, int(row.get("r", 0)))]
        rows.append(cells)
    return rows


def _text(cell: ElementTree.Element, words: list[str]) -> str:
    value = cell.findtext(f"{MAIN}v")
    if value is None:
        return "".join(part.text or "" for part in cell.iter(f"{MAIN}t"))
    return words[int(value)] if cell.get("t") == WORDS else value


def _column(reference: str) -> int:
    """Return a column's place from a cell's reference: `C7` is 2."""
    position = 0
    for letter in re.match("[A-Z]*", reference)[0]:
        position = position * 26 + ord(letter) - ord("A") + 1
    return position - 1
