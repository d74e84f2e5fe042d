"""A table's numbers as a file of CSV that stands in the page itself, behind a link.

A page is one file, so what it offers is an address that holds the content. The file holds what the table shows, one
value a cell, so that programs can read it: a range has a column for each of its limits, a percentage its sign in the
heading, a number no commas. What is hidden, or in words, stays as it is. The gate puts the values together again and
compares them with the table. The file carries no keys; the spreadsheet has them.
"""

import csv
import io
import re
from collections.abc import Iterable, Sequence
from urllib.parse import quote

from markupsafe import Markup

from lt_analysis.codebook.downloads import FORMULA_BEGINS
from lt_analysis.rendering.markup import element
from lt_analysis.rendering.numbers import kilobytes

KIND = "data:text/csv;charset=utf-8"
SAFE_IN_AN_ADDRESS = "/:=;()!*'$@[]{}?+,"
THOUSANDS = re.compile(r"\d{1,3}(?:,\d{3})+")
LIMIT = r"(?:less than |more than |under )?[\d.]+%?"
WITH_RANGE = re.compile(rf"({LIMIT}) \((?:margin of error )?({LIMIT})(?: to ({LIMIT}))?\)")
SAID_OF_RANGES = ", with its margin of error"  # in a heading, where the range has no column of its own
FROM, TO, PERCENT = ", from", ", to", " (%)"
PERCENT_FIRST = "% of "  # a heading that says so need not say it again
TWO_IN_ONE, BETWEEN_TWO = " and ", ": "  # in the first column: `Bands and group`, and below it `Band 8a: Asian`
UNBROKEN_HYPHEN = "\u2011"
LONGEST_NAME = 120
DOWNLOAD, CSV = "Download the data", "CSV"


def csv_link(title: str, caption: str, rows: Sequence[Sequence[str]]) -> Markup:
    """Return a paragraph with a link to a table's rows, the first of which are its headings, by the name of a title.

    A page with several tables has several such links, so each says which table it is of.
    """
    content = as_csv(one_value_a_cell(rows))
    address = f"{KIND},{quote(content, safe=SAFE_IN_AN_ADDRESS)}"
    size = element("span", kilobytes(len(content)), class_="size")
    of_table = (element("span", DOWNLOAD), ": ", caption, " (", element("span", CSV), ", ", size, ")")
    return element("p", element("a", *of_table, download=file_name(title), href=address), class_="download")


def one_value_a_cell(rows: Sequence[Sequence[str]]) -> list[tuple[str, ...]]:
    """Return rows with a column for each value that a cell of them holds; the first row are headings."""
    first, *others = zip(*rows, strict=True)
    columns = [*_named_apart(first), *(values for column in others for values in _values_apart(*column))]
    return list(zip(*columns, strict=True))


def _named_apart(column: Sequence[str]) -> list[list[str]]:
    """Part the names of rows where each of them names two things, as its heading says."""
    heading, *names = column
    if TWO_IN_ONE not in heading or not all(BETWEEN_TWO in name for name in names):
        return [[heading, *names]]
    pairs = [name.split(BETWEEN_TWO, 1) for name in names]
    first, second = heading.split(TWO_IN_ONE, 1)
    return [[first, *(pair[0] for pair in pairs)], [second.capitalize(), *(pair[1] for pair in pairs)]]


def _values_apart(heading: str, *cells: str) -> list[list[str]]:
    """Part a column into its values and the limits of their ranges, if it has any; words stand in all."""
    matches = [WITH_RANGE.fullmatch(cell) for cell in cells]
    if not any(matches):
        return [_without_percent(heading, cells)]
    parted = [
        (match[1], match[2], match[3] or match[2]) if match else (cell,) * 3
        for match, cell in zip(matches, cells, strict=True)
    ]
    name = heading.removesuffix(SAID_OF_RANGES)
    values = zip(*parted, strict=True)
    return [_without_percent(name + limit, column) for limit, column in zip(("", FROM, TO), values, strict=True)]


def _without_percent(heading: str, cells: Sequence[str]) -> list[str]:
    """Move the sign from the cells of a column to its heading."""
    if not any(cell.endswith("%") for cell in cells):
        return [heading, *cells]
    with_sign = heading if heading.startswith(PERCENT_FIRST) else heading + PERCENT
    return [with_sign, *(cell.removesuffix("%") for cell in cells)]


def as_csv(rows: Iterable[Iterable[str]]) -> bytes:
    """Write rows as CSV that spreadsheet programs open as they are; it begins with the mark of UTF-8 for them."""
    text = io.StringIO(newline="")
    csv.writer(text).writerows([_plain(cell) for cell in row] for row in rows)
    return text.getvalue().encode("utf-8-sig")


def file_name(title: str) -> str:
    """Return the name of a file of whose numbers and of which table: `ashbourne-people-at-each-stage-2025-26.csv`."""
    words = re.sub(r"[^a-z0-9]+", "-", title.lower()).strip("-")
    return f"{words[:LONGEST_NAME].strip('-') or 'numbers'}.csv"


def _plain(cell: str) -> str:
    """Write a number without its commas, and as text whatever a spreadsheet program could run."""
    cell = cell.replace(UNBROKEN_HYPHEN, "-")
    if THOUSANDS.fullmatch(cell):
        return cell.replace(",", "")
    return f"'{cell}" if cell.startswith(FORMULA_BEGINS) else cell
