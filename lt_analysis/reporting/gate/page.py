"""What a page must be to be put in place. Accessibility checkers pass broken pages, so the audit has its own.

Every rule yields what is wrong in words; a page with none of them is fit.
"""

import re
from collections.abc import Iterator
from itertools import pairwise

from bs4 import BeautifulSoup
from bs4.element import Tag
from nbformat import NotebookNode

from lt_analysis.reporting.gate.offered import is_offer, offers_at_fault

RESTRICTED = ".mark.restricted"
SHORTEST_ALTERNATIVE = 30
PLACEHOLDER = "No description has been provided"  # what nbconvert writes where there is none
LARGEST_PAGE = 300_000
PAPERMILLS_CELL = "injected-parameters"
SHOWN_OUTPUTS = ("display_data", "execute_result")


def faults(notebook: NotebookNode, html: str, restricted: bool, title: str | None = None) -> list[str]:
    """List what makes an executed notebook's page unfit; empty where it is fit.

    `restricted` says whether the page is for the organisation's own eyes: it must carry the mark, and a
    board page must not. `title` must be part of its main heading.
    """
    page = BeautifulSoup(html, "html.parser")
    return [
        *_outputs(notebook),
        *_mark(page, restricted),
        *_headings(page, title),
        *_images(page),
        *_tables(page),
        *_self_contained(page, html),
        *offers_at_fault(page, restricted),
    ]


def _outputs(notebook: NotebookNode) -> Iterator[str]:
    own = [cell for cell in notebook.cells if PAPERMILLS_CELL not in cell.metadata.get("tags", [])]
    for number, cell in enumerate(own, start=1):
        for output in cell.get("outputs", []):
            if output.output_type == "error":
                yield f"cell {number} ended in an error"
            elif output.output_type not in SHOWN_OUTPUTS:
                yield f"cell {number} printed text or a warning"
            elif "text/html" not in output.data:
                yield f"cell {number} shows something that is not a part of a page"


def _mark(page: BeautifulSoup, restricted: bool) -> Iterator[str]:
    marked = page.select_one(RESTRICTED) is not None
    if marked and not restricted:
        yield "a page for the board holds restricted figures"
    if restricted and not marked:
        yield "a page of exact figures lacks the restricted mark"


def _headings(page: BeautifulSoup, title: str | None) -> Iterator[str]:
    main = page.find_all("h1")
    if len(main) != 1:
        yield f"there are {len(main)} main headings, and there should be one"
    elif title and title not in main[0].get_text():
        yield "the main heading does not name the organisation that was asked for"
    levels = [int(heading.name[1]) for heading in page.find_all(re.compile("^h[1-6]$"))]
    if any(after > before + 1 for before, after in pairwise(levels)):
        yield "a heading level is skipped"


def _images(page: BeautifulSoup) -> Iterator[str]:
    for image in page.find_all("img"):
        alternative = image.get("alt", "")
        if len(alternative) < SHORTEST_ALTERNATIVE or alternative.startswith(PLACEHOLDER):
            yield "an image has no alternative text that says what it shows"


def _tables(page: BeautifulSoup) -> Iterator[str]:
    for table in page.find_all("table"):
        if not table.caption or not table.caption.get_text(strip=True):
            yield "a table has no caption"
        if any(not heading.get("scope") for heading in table.find_all("th")):
            yield "a table's heading has no scope"


def _self_contained(page: BeautifulSoup, html: str) -> Iterator[str]:
    if page.find("script") or page.find(style=True):
        yield "there is a script, or a style on an element"
    if any(name.startswith("on") for element in page.find_all(True) for name in element.attrs):
        yield "an element has an event handler"
    if page.find(["link", "object", "embed", "iframe", "form", "base"]):
        yield "there is an element that loads or sends something"
    loaded = [element[name] for name in ("src", "srcset") for element in page.find_all(attrs={name: True})]
    if any(not address.startswith("data:") for address in loaded):
        yield "something is loaded from outside the page"
    if any(_leads_outside(link) for link in page.find_all(href=True)):
        yield "a link leads outside the report"
    if len(html.encode()) > LARGEST_PAGE:
        yield f"the page is larger than {LARGEST_PAGE:,} bytes"


def _leads_outside(link: Tag) -> bool:
    """Tell whether a link leaves the report; a file that stands in the page itself is looked into apart."""
    return not is_offer(link) and (":" in link["href"] or link["href"].startswith("//"))
