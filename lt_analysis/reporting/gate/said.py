"""Numbers that stand beside a page's tables, in captions, notes, alternative texts and charts, and have no key.

A number of people may be said there only where a cell of a table shows it. Percentages, ratios and the words of
sentences cannot be told from constants by looking: `noninterference` holds those.
"""

import re
from collections.abc import Iterator

from bs4 import BeautifulSoup
from bs4.element import Tag

from lt_analysis.reporting.gate.carried import parts
from lt_analysis.reporting.gate.charted import SMALLEST_BASE
from lt_analysis.reporting.gate.figures import numbers_in, whole_numbers_in
from lt_analysis.reporting.gate.markup import parsed
from lt_analysis.reporting.gate.unseen import SVG

EQUAL = "1"  # the ratio of two shares that are the same
SPOKEN = ("alt", "title", "aria-label", "aria-description", "summary")
PART_OF_WHOLE = re.compile(r"([\d,]*\d) of ([\d,]*\d)")
INSTEAD_OF_A_SHARE = f"under {SMALLEST_BASE} people"  # the same words whatever the number
KEYED = "[data-key], [data-from]"


def said_without_key(page: BeautifulSoup, named: tuple[str, ...]) -> Iterator[str]:
    """Say which numbers beside the tables are in no table; `named` are names that may hold digits."""
    shown = _shown(page)
    for table in page.find_all("table"):
        if table.caption and numbers_in(table.caption.get_text(), named):
            yield "a table's caption holds a number"
        if not set(whole_numbers_in(_note(table), named)) <= {*_shown(table), EQUAL}:
            yield "the note below a table holds a number that is not in it"
    spoken = (text.replace(INSTEAD_OF_A_SHARE, "") for text in _spoken(page))
    if not {number for text in spoken for number in whole_numbers_in(text, named)} <= {*shown, EQUAL}:
        yield "an alternative text or title holds a number of people that is in no table"
    if not _drawn(page) <= shown:
        yield "the words of a chart hold a number of people that is in no table"


def _shown(element: Tag) -> set[str]:
    return {number for cell in element.select(KEYED) for number in whole_numbers_in(cell.get_text())}


def _note(table: Tag) -> str:
    after = table.find_next_sibling()
    return after.get_text() if after and after.name == "p" and "note" in after.get("class", []) else ""


def _spoken(page: BeautifulSoup) -> Iterator[str]:
    for element in page.find_all(True):
        yield from (element[name] for name in SPOKEN if element.has_attr(name))
    for picture in _pictures(page):
        yield from (said.get_text() for said in picture.find_all(["title", "desc"]))


def _drawn(page: BeautifulSoup) -> set[str]:
    texts = (text.get_text() for picture in _pictures(page) for text in picture.find_all("text"))
    return {number for text in texts for found in PART_OF_WHOLE.findall(text) for number in found}


def _pictures(page: BeautifulSoup) -> Iterator[BeautifulSoup]:
    for part in parts(page):
        if part.kind == SVG:
            yield parsed(part.text)
