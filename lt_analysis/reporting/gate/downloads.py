"""The files that a page offers in its own links: each is the table above it, written again here, and nothing else."""

import re
from collections.abc import Iterator
from urllib.parse import unquote_to_bytes

from bs4 import BeautifulSoup
from bs4.element import Tag

from lt_analysis.rendering.csv_links import KIND, as_csv, one_value_a_cell
from lt_analysis.rendering.numbers import kilobytes

OFFER = f"{KIND},"
FILE_NAME = re.compile(r"[a-z0-9-]+\.csv")
SAID = "Download the data{} (CSV, {})"
DATA_OF = re.compile(r"data-for-figure-(\d+)$")


def is_offer(link: Tag) -> bool:
    """Return whether an element is a link to a file of CSV that stands in the page itself."""
    return link.name == "a" and link.get("href", "").startswith(OFFER)


def offers_at_fault(page: BeautifulSoup, restricted: bool) -> Iterator[str]:
    """Yield what is wrong with the files that a page offers; a page of exact figures may offer none."""
    labels = [link.get_text() for link in filter(is_offer, page.find_all("a"))]
    if len(set(labels)) < len(labels):
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
    if table is not None and link.get_text() != SAID.format(_of_what(table), kilobytes(len(content))):
        yield "its link does not say what it is and how large"


def _of_what(table: Tag) -> str:
    """Return of which figure a table holds the data, where it follows that figure; else its caption."""
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
    """Return whether a file is what the audit writes of a table's own text."""
    rows = [[cell.get_text() for cell in row.find_all(["th", "td"])] for row in table.find_all("tr")]
    return len(set(map(len, rows))) == 1 and content == as_csv(one_value_a_cell(rows))
