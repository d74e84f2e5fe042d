"""What a spreadsheet must be to be published: sheets of values that can be seen, and nothing about who made them.

Its cells are read from its XML with nothing but the standard library.
"""

import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from xml.etree import ElementTree

from lt_analysis.release.figures import Release
from lt_analysis.rendering.workbook import values_of
from lt_analysis.reporting.gate.traces import Machine, traces

MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
WORDS = "s"  # a cell's kind: its value is the place of its text among the workbook's shared words
LARGEST_OPENED = 20_000_000  # bytes, of all parts together
NOT_PLAIN = {
    "xl/externalLinks/": "there is a link to another workbook",
    "xl/pivotCache/": "there is a pivot table's hidden copy of its rows",
    "xl/pivotTables/": "there is a pivot table",
    "xl/comments": "there is a comment",
    "xl/threadedComments/": "there is a comment",
    "xl/persons/": "there is a comment",
    "xl/vbaProject": "there is a macro",
    "docProps/custom": "the file says who or what made it",
}
PARTS = re.compile(
    r"\[Content_Types\]\.xml|_rels/\.rels|docProps/(?:app|core)\.xml|xl/(?:workbook|styles|sharedStrings)\.xml|"
    r"xl/_rels/workbook\.xml\.rels|xl/theme/theme\d+\.xml|xl/worksheets/sheet\d+\.xml|"
    r"xl/worksheets/_rels/sheet\d+\.xml\.rels|xl/tables/table\d+\.xml"
)
SHEETS = re.compile(r"xl/worksheets/sheet\d+\.xml")
PRINTED = {"_xlnm.Print_Area", "_xlnm.Print_Titles"}
OF_THE_FILE = {"title", "subject", "created", "modified"}  # of its core properties; the others are of a person
OF_THE_PROGRAM = {
    *("Application", "AppVersion", "DocSecurity", "ScaleCrop", "LinksUpToDate", "SharedDoc", "HyperlinksChanged"),
    *("TotalTime", "lpstr", "i4"),  # the names of sheets, and how many there are
}
INVISIBLE = ";;;"  # a number's format that shows nothing
FORMULAS = {"f", "formula", "formula1", "formula2", "calculatedColumnFormula", "totalsRowFormula"}


def spreadsheet_faults(workbook: Path | BytesIO, machine: Machine, release: Release | None = None) -> list[str]:
    """Return what makes a workbook unfit to be published; empty where it is fit.

    With a release, every cell of every sheet must hold the value that the release gives it, and there is no other.
    """
    try:
        opened = _opened(workbook)
    except (zipfile.BadZipFile, ElementTree.ParseError, RuntimeError, NotImplementedError):
        return ["it cannot be opened as a workbook"]
    if opened is None:
        return [f"it is larger than {LARGEST_OPENED:,} bytes when opened"]
    faults = [*_in_file(opened, machine)]
    if release is not None:
        try:
            faults += _in_sheets(opened.trees, release)
        except (ValueError, IndexError):
            faults.append("a cell has no value, or leads to no text")
    return list(dict.fromkeys(faults))


@dataclass(frozen=True)
class _Opened:
    """A workbook's parts, those of a known kind as trees too, and whether anything in its archive has a comment."""

    parts: dict[str, bytes]
    trees: dict[str, ElementTree.Element]
    commented: bool


def _opened(workbook: Path | BytesIO) -> _Opened | None:
    """Return an unpacked workbook; None where that would take more room than is allowed."""
    with zipfile.ZipFile(workbook) as packed:
        if sum(part.file_size for part in packed.infolist()) > LARGEST_OPENED:
            return None
        parts = {part.filename: packed.read(part) for part in packed.infolist()}
        commented = bool(packed.comment) or any(part.comment for part in packed.infolist())
    trees = {name: ElementTree.fromstring(content) for name, content in parts.items() if PARTS.fullmatch(name)}
    return _Opened(parts, trees, commented)


def _in_file(opened: _Opened, machine: Machine) -> Iterator[str]:
    if opened.commented:
        yield "there is a comment"
    for name in opened.parts:
        yield from _kind_of(name)
    for content in opened.parts.values():
        yield from traces(content, machine)
    for name, tree in opened.trees.items():
        yield from _in_part(name, tree)


def _kind_of(name: str) -> Iterator[str]:
    if not PARTS.fullmatch(name):
        faults = (fault for beginning, fault in NOT_PLAIN.items() if name.startswith(beginning))
        yield next(faults, "there is a part that is no sheet")


def _in_part(name: str, tree: ElementTree.Element) -> Iterator[str]:
    if name.startswith("docProps/"):
        yield from _properties(tree, OF_THE_FILE if name.endswith("core.xml") else OF_THE_PROGRAM)
    elif name == "xl/workbook.xml":
        yield from _workbook(tree)
    elif name == "xl/styles.xml":
        if any(INVISIBLE in element.get("formatCode", "") for element in tree.iter()):
            yield "there is a format that shows nothing"
    elif name.endswith(".rels"):
        if any(element.get("TargetMode") == "External" for element in tree):
            yield "there is a link out of the file"
    elif name != "xl/sharedStrings.xml":
        yield from _sheet(tree)


def _properties(tree: ElementTree.Element, allowed: set[str]) -> Iterator[str]:
    for element in tree.iter():
        if (element.text or "").strip() and local(element) not in allowed:
            yield "the file says who or what made it"


def _workbook(tree: ElementTree.Element) -> Iterator[str]:
    for element in tree.iter():
        name = local(element)
        if name == "sheet" and element.get("state", "visible") != "visible":
            yield "there is a hidden sheet"
        if name == "definedName" and element.get("name") not in PRINTED:
            yield "there is a defined name"
        if name in ("absPath", "fileSharing"):
            yield "the file says who or what made it"


def _sheet(tree: ElementTree.Element) -> Iterator[str]:
    for element in tree.iter():
        if local(element) in FORMULAS:
            yield "there is a formula"
        if element.get("hidden") in ("1", "true"):
            yield "there is a hidden row or column"


def _in_sheets(trees: dict[str, ElementTree.Element], release: Release) -> Iterator[str]:
    words = words_of(trees.get("xl/sharedStrings.xml"))
    sheets = {int(re.search(r"\d+", name)[0]): tree for name, tree in trees.items() if SHEETS.fullmatch(name)}
    actual = [[row for row in rows_of(tree, words) if any(row)] for _, tree in sorted(sheets.items())]
    expected = values_of(release)
    if len(actual) != len(expected):
        yield "there are more sheets than the release has, or fewer"
    for (name, lines), rows in zip(expected.items(), actual, strict=False):
        if len(rows) != len(lines):
            yield f"sheet {name} has more rows than the release, or fewer"
        for number, (row, line) in enumerate(zip(rows, lines, strict=False), start=1):
            if len(row) != len(line) or not all(map(_is_value, row, line)):
                yield f"sheet {name}, line {number} is not what the release holds"


def _is_value(cell: str, value: str | float) -> bool:
    """Return whether a cell holds a value: a number as that number, and a text to the letter."""
    if isinstance(value, str):
        return cell == value
    try:
        return float(cell) == value
    except ValueError:
        return False


def local(element: ElementTree.Element) -> str:
    """Return an element's name without its namespace."""
    return element.tag.rpartition("}")[2]


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
