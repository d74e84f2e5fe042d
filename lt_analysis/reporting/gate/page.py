"""What a page must be to be put in place. Accessibility checkers pass broken pages, so the audit has its own.

Every rule yields what is wrong in words; a page with none of them is fit. A page for the board must besides hold no
text for which its release does not account, and tell nothing that its reader does not see.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from bs4 import BeautifulSoup
from bs4.element import Tag

from lt_analysis.release.figures import Release
from lt_analysis.rendering.html import LARGEST_PAGE
from lt_analysis.rendering.shown import SAID_BY
from lt_analysis.reporting.gate.downloads import is_offer, offers_at_fault
from lt_analysis.reporting.gate.drawn import drawn_faults
from lt_analysis.reporting.gate.keyed import keyed_faults
from lt_analysis.reporting.gate.markup import parsed
from lt_analysis.reporting.gate.pictures import pictures
from lt_analysis.reporting.gate.static import static_faults
from lt_analysis.reporting.gate.structure import structure
from lt_analysis.reporting.gate.style import style
from lt_analysis.reporting.gate.traces import Machine, traces
from lt_analysis.reporting.gate.unseen import unseen

if TYPE_CHECKING:  # to print a pack needs nothing of Jupyter
    from nbformat import NotebookNode

RESTRICTED = ".mark.restricted"
PAPERMILLS_CELL = "injected-parameters"
PARAMETERS = "parameters"
SHOWN_OUTPUTS = ("display_data", "execute_result")
ASKS_FOR_A_CHART = re.compile(r"\w*chart\(")
ASKS_FOR_A_TABLE = re.compile(r"\w+_table\(")
WHY_NONE = "No chart: "
SAYS_OF_WHICH = (SAID_BY, "data-key", "data-cell")
# What stands on a page as its notebook shows it: texts outside charts, captions, and rows of tables. The list of words
# is of those that the page uses, and the numbers of charts stand at its end.
TEXTS, CAPTIONS, ROWS, ROWS_APART = "texts", "captions", "rows", "rows of charts and of the appendix"
NAMES_OF = dict.fromkeys(("h1", "h2", "h3", "h4", "p", "li", "dt", "dd", "summary"), TEXTS)
NAMES_OF |= {"figcaption": CAPTIONS, "tr": ROWS}
APART = {"figure", "appendix"}  # names of elements, and of their classes
WITHOUT_TEXTS = APART | {"glossary", "nav"}
NUMBERED = re.compile(r"^Figure \d+\. ")
MARKDOWN = re.compile(r"[*_`|$<>\\&~]|\]\(|^\d+\.")
COUNTED = {"figure": "figures", "table": "tables"}


def faults(notebook: "NotebookNode", html: str, restricted: bool, title: str | None = None) -> list[str]:
    """Return what makes an executed notebook's page unfit; empty where it is fit.

    `restricted` says whether the page is for the organisation's own eyes: it must carry the mark, and a
    board page must not. `title` is the organisation that its main heading must name.
    """
    page = parsed(html)
    of_markup = _of_markup(page, html, restricted, title, LARGEST_PAGE)
    return list(dict.fromkeys([*output_faults(notebook), *_figures(notebook, page), *of_markup]))


def output_faults(notebook: "NotebookNode") -> list[str]:
    """Return what an executed notebook shows that no page can hold, before a page is made of it, however much it is."""
    return list(dict.fromkeys(_outputs(notebook)))


def markup_faults(html: str, restricted: bool, title: str | None = None, largest: int = LARGEST_PAGE) -> list[str]:
    """Return what makes a page unfit, whatever it was made from: a notebook, or several pages that were joined.

    `largest` is how many bytes it may have.
    """
    return list(_of_markup(parsed(html), html, restricted, title, largest))


def texts_faults(html: str, release: Release, known: Iterable[str] = ()) -> list[str]:
    """Return which texts of a page the release does not account for; `known` are its prose and the names of links."""
    page = parsed(html)
    return list(dict.fromkeys([*keyed_faults(page, release), *static_faults(page, known), *drawn_faults(page)]))


def leaks(html: str, machine: Machine) -> list[str]:
    """Return the ways in which a page tells more than its reader sees; empty where there is none.

    What cannot be seen by looking at one page (an axis that ends at a hidden number, an order by one, a word that
    hangs on one) shows only between two worlds that publish the same, whose pages must be the same bytes
    (`tests/reporting/test_run.py`).
    """
    return [*traces(html.encode(), machine), *unseen(parsed(html))]


def _of_markup(page: BeautifulSoup, html: str, restricted: bool, title: str | None, largest: int) -> Iterator[str]:
    yield from _mark(page, restricted)
    yield from structure(page, title)
    yield from pictures(page)
    yield from style(page)
    yield from _tables(page)
    yield from _self_contained(page, html, largest)
    yield from offers_at_fault(page, restricted)


def _own_cells(notebook: "NotebookNode") -> Iterator[tuple[int, "NotebookNode"]]:
    """Yield the cells with their numbers in the notebook itself, without the one of parameters that papermill adds."""
    cells = [cell for cell in notebook.cells if PAPERMILLS_CELL not in cell.metadata.get("tags", [])]
    yield from enumerate(cells, start=1)


def _outputs(notebook: "NotebookNode") -> Iterator[str]:
    size = sum(len(_shown_by(cell)) for cell in notebook.cells)
    if size > LARGEST_PAGE:
        yield f"its cells show more than the {LARGEST_PAGE:,} bytes that a page may have"
    for number, cell in _own_cells(notebook):
        for output in cell.get("outputs", []):
            if output.output_type == "error":
                yield f"cell {number} ended in an error"
            elif output.output_type not in SHOWN_OUTPUTS:
                yield f"cell {number} printed text or a warning"
            elif "text/html" not in output.data:
                yield f"cell {number} shows something that is not a part of a page"


def _figures(notebook: "NotebookNode", page: BeautifulSoup) -> Iterator[str]:
    """Yield what a page lacks of what its notebook asks for: charts and tables, or words that say why there is none."""
    shown = {"figure": 0, "table": 0}
    cells = [(number, cell, parsed(_shown_by(cell))) for number, cell in _own_cells(notebook)]
    for number, cell, part in cells:
        if cell.cell_type != "code" or PARAMETERS in cell.metadata.get("tags", []):
            continue
        for name in shown:
            shown[name] += len(part.find_all(name))
        if not cell.get("outputs"):
            yield f"cell {number} shows nothing"
        elif ASKS_FOR_A_CHART.search(cell.source) and not part.select("figure img") and WHY_NONE not in part.get_text():
            yield f"cell {number} shows no chart, and does not say why"
        elif ASKS_FOR_A_TABLE.search(cell.source) and not part.table and not part.get_text(strip=True):
            yield f"cell {number} shows no table, and does not say why"
    yield from _left_out([part for _, _, part in cells], page)
    yield from _out_of_place([(cell, part) for _, cell, part in cells], page)
    for name, count in shown.items():
        on_page = len(page.find_all(name))
        if on_page != count:
            yield f"the page has {on_page} {COUNTED[name]}, and its notebook shows {count}"


def _left_out(parts: list[BeautifulSoup], page: BeautifulSoup) -> Iterator[str]:
    """Yield that a page lacks what the notebook's cells showed of figures, or has more of it."""
    expected: Counter[tuple[str, ...]] = Counter()
    for part in parts:
        expected += _said_of_figures(part)
    on_page = _said_of_figures(page)
    if any(on_page[text] < count for text, count in expected.items() if text[0]):
        yield "the page lacks what its notebook says of a figure"
    if any(text not in expected for text in on_page):
        yield "the page says of a figure what its notebook does not"


def _out_of_place(shown: list[tuple["NotebookNode", BeautifulSoup]], page: BeautifulSoup) -> Iterator[str]:
    """Yield that a page has not what the notebook says and shows in the order in which it does."""
    # Of a page that uses none of its words, the list of words is left out, with the heading above it.
    no_words = [not page.select(".glossary") and bool(following.select(".glossary")) for _, following in shown[1:]]
    kept = [cell_and_part for cell_and_part, left_out in zip(shown, [*no_words, False], strict=True) if not left_out]
    on_page, expected = _in_order(page), defaultdict(list)
    for cell, part in kept:
        expected[TEXTS] += _prose(cell)
        for kind, texts in _in_order(part).items():
            expected[kind] += texts
    for kind, texts in expected.items():
        there = iter(on_page[kind])
        if not all(any(text == following for following in there) for text in texts):
            yield "what the page shows is not what its notebook shows, in its order"
    meanings = {pair for _, part in shown for pair in _meanings(part)}
    if any(pair not in meanings for pair in _meanings(page)):
        yield "the page gives a word another meaning than its notebook does"


def _meanings(part: BeautifulSoup) -> list[tuple[str, str]]:
    terms = part.select(".glossary dt")
    return [(term.get_text(), term.find_next_sibling("dd").get_text()) for term in terms]


def _in_order(part: BeautifulSoup) -> dict[str, list[tuple[str, ...]]]:
    """Return what stands in order, of each kind by itself."""
    found: dict[str, list[tuple[str, ...]]] = defaultdict(list)
    for element in part.find_all([*NAMES_OF]):
        kind = NAMES_OF[element.name]
        within = {name for parent in element.parents for name in (parent.name, *parent.get("class", ()))}
        if kind == TEXTS and within & WITHOUT_TEXTS:
            continue
        found[ROWS_APART if kind == ROWS and within & APART else kind].append(_as_read(element))
    return found


def _prose(cell: "NotebookNode") -> Iterator[tuple[str, ...]]:
    """Yield the lines of prose that a page has as they are: with nothing of Markdown's in them but their beginning."""
    if cell.cell_type == "markdown":
        lines = (line.strip().lstrip("#").removeprefix("- ").strip() for line in cell.source.split("\n"))
        yield from ((" ".join(line.split()),) for line in lines if line and not MARKDOWN.search(line))


def _as_read(element: Tag) -> tuple[str, ...]:
    """Return a text without the number of its figure, and where its links lead, or a row's cells with their keys."""
    cells = element.find_all(["th", "td"])
    keys = (cell.get(name, "") for cell in cells for name in SAYS_OF_WHICH)
    texts = (NUMBERED.sub("", " ".join(part.get_text().split())) for part in cells or [element])
    leads = (link["href"] for link in element.find_all("a", href=re.compile("^(?!#)")))
    return (*texts, *keys, *leads)


def _said_of_figures(page: BeautifulSoup) -> "Counter[tuple[str, ...]]":
    elements = page.select(", ".join(f"[{name}]" for name in SAYS_OF_WHICH))
    return Counter((*(element.get(name, "") for name in SAYS_OF_WHICH), element.get_text()) for element in elements)


def _shown_by(cell: "NotebookNode") -> str:
    outputs = (output for output in cell.get("outputs", []) if output.output_type in SHOWN_OUTPUTS)
    return "".join("".join(output.data.get("text/html", "")) for output in outputs)


def _mark(page: BeautifulSoup, restricted: bool) -> Iterator[str]:
    marked = page.select_one(RESTRICTED) is not None
    if marked and not restricted:
        yield "a page for the board holds restricted figures"
    if restricted and not marked:
        yield "a page of exact figures lacks the restricted mark"


def _tables(page: BeautifulSoup) -> Iterator[str]:
    for table in page.find_all("table"):
        if not table.caption or not table.caption.get_text(strip=True):
            yield "a table has no caption"
        if any(not heading.get("scope") for heading in table.find_all("th")):
            yield "a table's heading has no scope"
        if any(not heading.get_text(strip=True) for heading in table.find_all("th")):
            yield "a table's heading is empty"
        if not table.find("th") or not table.find("td"):
            yield "a table has no headings, or nothing below them"


def _self_contained(page: BeautifulSoup, html: str, largest: int) -> Iterator[str]:
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
    if len(html.encode()) > largest:
        yield f"the page is larger than {largest:,} bytes"


def _leads_outside(link: Tag) -> bool:
    """Return whether a link leaves the report; a file that stands in the page itself is looked into apart."""
    return not is_offer(link) and (":" in link["href"] or link["href"].startswith("//"))
