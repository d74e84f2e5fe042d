"""A table's numbers as a file of CSV that stands in the page itself, behind a link.

A page is one file, so what it offers is an address that holds the content. The file is the table as it is shown, but
for commas in thousands: the gate compares them cell by cell. It carries no keys, for it is for reading; the spreadsheet
has them.
"""

import csv
import io
import re
from collections.abc import Iterable
from urllib.parse import quote

from lt_analysis.rendering.numbers import kilobytes

KIND = "data:text/csv;charset=utf-8"
SAFE_IN_AN_ADDRESS = "/:=;()!*'$@[]{}?+,"
THOUSANDS = re.compile(r"\d{1,3}(?:,\d{3})+")
FORMULA_BEGINS = ("=", "+", "-", "@", "\t", "\r")
LONGEST_NAME = 120


def csv_link(title: str, rows: Iterable[Iterable[str]]) -> str:
    """Return a paragraph with a link to a table's rows, the first of which are its headings, by the name of a title."""
    content = as_csv(rows)
    address = f"{KIND},{quote(content, safe=SAFE_IN_AN_ADDRESS)}"
    said = f"Download these numbers (CSV, {kilobytes(len(content))})"
    return f'<p class="download"><a download="{file_name(title)}" href="{address}">{said}</a></p>'


def as_csv(rows: Iterable[Iterable[str]]) -> bytes:
    """Write rows as CSV that spreadsheet programs open as they are; it begins with the mark of UTF-8 for them."""
    text = io.StringIO(newline="")
    csv.writer(text).writerows([_plain(cell) for cell in row] for row in rows)
    return text.getvalue().encode("utf-8-sig")


def file_name(title: str) -> str:
    """Name a file by whose numbers it holds and its table's caption: `ashbourne-people-at-each-stage-2025-26.csv`."""
    words = re.sub(r"[^a-z0-9]+", "-", title.lower()).strip("-")
    return f"{words[:LONGEST_NAME].strip('-') or 'numbers'}.csv"


def _plain(cell: str) -> str:
    """Write a number without its commas, and whatever a spreadsheet program could run as the text that it is."""
    if THOUSANDS.fullmatch(cell):
        return cell.replace(",", "")
    return f"'{cell}" if cell.startswith(FORMULA_BEGINS) else cell
