"""The files that a page offers in its own links: each is the table above it, value by value, and nothing else.

A file has a column for every value, where a cell of the table may hold several. They are put together again here, and
must then read as the table does, to the letter. What the table says is held to the ledger; so then is what the file
says.
"""

import csv
import io
import re
from collections.abc import Iterator
from itertools import zip_longest
from urllib.parse import unquote_to_bytes

from bs4 import BeautifulSoup
from bs4.element import Tag

OFFER = "data:text/csv;charset=utf-8,"
FORMULA_BEGINS = ("=", "+", "-", "@", "\t", "\r")
FILE_NAME = re.compile(r"[a-z0-9-]+\.csv")
SAID = "Download the data{} (CSV, {} KB)"
DATA_OF = re.compile(r"data-for-figure-(\d+)$")
FROM, TO, PERCENT = ", from", ", to", " (%)"
PERCENT_FIRST = "% of "  # such a heading says by itself that its cells are percentages
SAID_OF_RANGES = ", with its likely range"
UNBROKEN_HYPHEN = "\u2011"
WHOLE_NUMBER = re.compile(r"\d{1,3}(?:,\d{3})*")
BYTES_A_KILOBYTE = 1000


def is_offer(link: Tag) -> bool:
    """Tell whether an element is a link to a file of CSV that stands in the page itself."""
    return link.name == "a" and link.get("href", "").startswith(OFFER)


def offers_at_fault(page: BeautifulSoup, restricted: bool) -> Iterator[str]:
    """Say which of the files that a page offers are not its tables; a page of exact figures may offer none."""
    said = [link.get_text() for link in filter(is_offer, page.find_all("a"))]
    if len(set(said)) < len(said):
        yield "two downloads have the same words"
    for number, link in enumerate(filter(is_offer, page.find_all("a")), start=1):
        if restricted:
            yield "a page of exact figures offers a file, which does not carry its mark"
        for fault in _offer(link):
            yield f"download {number}: {fault}"


def _offer(link: Tag) -> Iterator[str]:
    content = unquote_to_bytes(link["href"][len(OFFER) :])
    table = _table_above(link)
    if not FILE_NAME.fullmatch(link.get("download", "")):
        yield "it is not a file with a plain name that ends in .csv"
    if table is None:
        yield "it does not stand alone below a table"
    elif not _holds(content, table):
        yield "it does not hold the table above it and nothing else"
    size = max(1, round(len(content) / BYTES_A_KILOBYTE))
    if table is not None and link.get_text() != SAID.format(_of_what(table), size):
        yield "its link does not say what it is and how large"


def _of_what(table: Tag) -> str:
    """Say of which figure a table holds the data, where it follows that figure; else its caption."""
    within = table.find_parent("section", id=DATA_OF)
    if within:
        return f" for figure {DATA_OF.search(within['id'])[1]}"
    return f": {table.caption.get_text() if table.caption else ''}"


def _table_above(link: Tag) -> Tag | None:
    """Return the table that a link stands below, with nothing but the table's note between; None where it does not."""
    paragraph = link.parent
    if paragraph.name != "p" or paragraph.contents != [link]:
        return None
    above = paragraph.find_previous_sibling()
    if above is not None and above.name == "p" and "note" in above.get("class", []):
        above = above.find_previous_sibling()
    return above if above is not None and above.name == "table" else None


def _holds(content: bytes, table: Tag) -> bool:
    """Say whether a file is CSV as the audit writes it, and its values, put together again, are a table's own text."""
    try:
        rows = list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline=""), strict=True))
    except (UnicodeDecodeError, csv.Error):
        return False
    text = io.StringIO(newline="")
    csv.writer(text).writerows(rows)
    if not rows or len({len(row) for row in rows}) > 1 or text.getvalue().encode("utf-8-sig") != content:
        return False
    shown = [[cell.get_text() for cell in row.find_all(["th", "td"])] for row in table.find_all("tr")]
    return _put_together(rows, shown[0] if shown else []) == [[_plain(cell) for cell in row] for row in shown]


def _put_together(rows: list[list[str]], headings: list[str]) -> list[list[str]]:
    """Join the columns of a file that are one column of its table, whose `headings` say which these are."""
    columns, joined = [list(column) for column in zip(*rows, strict=True)], []
    for heading in headings:
        kept, taken = _column(columns, heading)
        joined.append(kept)
        columns = columns[taken:]
    return [list(row) for row in zip_longest(*joined, *columns, fillvalue="")]


def _column(columns: list[list[str]], heading: str) -> tuple[list[str], int]:
    """Return the next column of a table as it reads there, and how many columns of its file it was."""
    if not columns:
        return [], 0
    first, *rest = columns
    name = first[0].removesuffix(PERCENT)
    unit = first[0][len(name) :] or (PERCENT if name.startswith(PERCENT_FIRST) else "")
    if len(rest) > 1 and [one[0] for one in rest[:2]] == [f"{name}{FROM}{unit}", f"{name}{TO}{unit}"]:
        said = heading if heading in (name, name + SAID_OF_RANGES) else name
        return [said, *(_with_range(*cells, unit) for cells in zip(*(one[1:] for one in columns[:3]), strict=True))], 3
    if rest and heading == f"{first[0]} and {rest[0][0].lower()}":
        return [heading, *(": ".join(pair) for pair in zip(first[1:], rest[0][1:], strict=True))], 2
    return [name, *(_with_unit(cell, unit) for cell in first[1:])], 1


def _with_range(value: str, low: str, high: str, unit: str) -> str:
    if value == low == high and not value[-1:].isdigit():
        return value
    beyond = low == high and not low[:1].isdigit()  # the whole range lies beyond what is printed: `more than 10`
    limits = low if beyond and not unit else f"{_with_unit(low, unit)} to {_with_unit(high, unit)}"
    return f"{_with_unit(value, unit)} ({'likely range ' if unit else ''}{limits})"


def _with_unit(value: str, unit: str) -> str:
    return f"{value}%" if unit and value[-1:].isdigit() else value


def _plain(cell: str) -> str:
    cell = cell.replace(UNBROKEN_HYPHEN, "-")
    if WHOLE_NUMBER.fullmatch(cell):
        return cell.replace(",", "")
    return f"'{cell}" if cell.startswith(FORMULA_BEGINS) else cell
