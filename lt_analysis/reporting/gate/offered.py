"""The files that a page offers in its own links: each is the table above it, to the byte, and nothing else.

What the table says is held to the ledger; so then is what the file says.
"""

import csv
import io
import re
from collections.abc import Iterator
from urllib.parse import unquote_to_bytes

from bs4 import BeautifulSoup
from bs4.element import Tag

OFFER = "data:text/csv;charset=utf-8,"
FORMULA_BEGINS = ("=", "+", "-", "@", "\t", "\r")
FILE_NAME = re.compile(r"[a-z0-9-]+\.csv")
SAID = "Download these numbers (CSV, {} KB)"
WHOLE_NUMBER = re.compile(r"\d{1,3}(?:,\d{3})*")
BYTES_A_KILOBYTE = 1000


def is_offer(link: Tag) -> bool:
    """Tell whether an element is a link to a file of CSV that stands in the page itself."""
    return link.name == "a" and link.get("href", "").startswith(OFFER)


def offers_at_fault(page: BeautifulSoup, restricted: bool) -> Iterator[str]:
    """Say which of the files that a page offers are not its tables; a page of exact figures may offer none."""
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
    elif content != _written(table):
        yield "it does not hold the table above it and nothing else"
    if link.get_text() != SAID.format(max(1, round(len(content) / BYTES_A_KILOBYTE))):
        yield "its link does not say what it is and how large"


def _table_above(link: Tag) -> Tag | None:
    """Return the table that a link stands below, with nothing but the table's note between; None where it does not."""
    paragraph = link.parent
    if paragraph.name != "p" or paragraph.contents != [link]:
        return None
    above = paragraph.find_previous_sibling()
    if above is not None and above.name == "p" and "note" in above.get("class", []):
        above = above.find_previous_sibling()
    return above if above is not None and above.name == "table" else None


def _written(table: Tag) -> bytes:
    """Write a table's own text as CSV."""
    text = io.StringIO(newline="")
    rows = ([cell.get_text() for cell in row.find_all(["th", "td"])] for row in table.find_all("tr"))
    csv.writer(text).writerows([_plain(cell) for cell in row] for row in rows)
    return text.getvalue().encode("utf-8-sig")


def _plain(cell: str) -> str:
    if WHOLE_NUMBER.fullmatch(cell):
        return cell.replace(",", "")
    return f"'{cell}" if cell.startswith(FORMULA_BEGINS) else cell
