"""The board's page of an organisation beside stock nbconvert exports of the same executed notebook.

`python -m benchmarks.pages [ORGANISATION]` prints the table of docs/pages.md, from the pages of the latest quarter that
was run. It needs Chromium.
"""

import gzip
import io
import shutil
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import nbformat
import papermill
import pypdf
from axe_playwright_python.sync_playwright import Axe
from bs4 import BeautifulSoup
from nbconvert import HTMLExporter
from nbformat import NotebookNode
from playwright.sync_api import Page, sync_playwright
from rich.console import Console
from rich.table import Table

from lt_analysis.codebook.folders import Folders
from lt_analysis.reporting.export import to_html
from lt_analysis.reporting.gate.pictures import PLACEHOLDER

STOCK = ("lab", "classic", "basic")
PHONE, DESKTOP = 320, 1100
A_AND_AA = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
LANDMARKS = "header, nav, main, footer, [role=banner], [role=main], [role=navigation], [role=contentinfo]"
STOPS = "a[href], summary, button, input, [tabindex='0']"


@dataclass(frozen=True)
class Measured:
    """What was counted of one export."""

    name: str
    counts: dict[str, str]


def executed(folders: Folders, organisation: str) -> NotebookNode:
    """Run an organisation's notebook for the board."""
    with tempfile.TemporaryDirectory() as folder:
        notebook = folders.notebooks / "board" / "recruitment.ipynb"
        out = Path(folder) / "executed.ipynb"
        given = {"organisation": organisation}
        papermill.execute_notebook(
            notebook, out, parameters=given, kernel_name="python3", cwd=folders.root, progress_bar=False
        )
        return nbformat.read(out, as_version=4)


def exports(notebook: NotebookNode) -> Iterator[tuple[str, str]]:
    """Yield the board's page, then nbconvert's own templates without code (`--no-input`)."""
    yield "the board's page", to_html(notebook, back="../index.html")
    for template in STOCK:
        yield template, HTMLExporter(template_name=template, exclude_input=True).from_notebook_node(notebook)[0]


def of_the_markup(html: str) -> dict[str, str]:
    """Count what can be counted without a browser."""
    page = BeautifulSoup(html, "html.parser")
    images, tables, headings = page.find_all("img"), page.find_all("table"), page.find_all("th")
    without = [one for one in images if not one.get("alt") or one["alt"].startswith(PLACEHOLDER)]
    return {
        "bytes": f"{len(html.encode()):,}",
        "gzip bytes": f"{len(gzip.compress(html.encode(), mtime=0)):,}",
        "images without alternative text": f"{len(without)} of {len(images)}",
        "tables without caption": f"{sum(not one.caption for one in tables)} of {len(tables)}",
        "headings of tables without scope": f"{sum(not one.get('scope') for one in headings)} of {len(headings)}",
        "language": page.html.get("lang", "none") if page.html else "none",
        "landmarks": ", ".join(dict.fromkeys(one.get("role") or one.name for one in page.select(LANDMARKS))) or "none",
    }


def axe_says(page: Page, rules: list[str]) -> dict[str, int]:
    """Count the rules that fail, and those that a person would have to look at."""
    found = Axe().run(page, options={"runOnly": rules}).response
    return {kind: len(found[kind]) for kind in ("violations", "incomplete")}


def in_the_browser(page: Page, path: Path) -> dict[str, str]:
    """Count what a browser sees: what is asked for from outside, what axe finds, how wide it is, and its print."""
    outside = []
    page.on("request", lambda request: outside.append(request.url) if request.url.startswith("http") else None)
    page.set_viewport_size({"width": DESKTOP, "height": 900})
    page.goto(path.as_uri(), wait_until="domcontentloaded")
    accessible, best = axe_says(page, A_AND_AA), axe_says(page, ["best-practice"])
    stops = len(page.query_selector_all(STOPS))
    page.set_viewport_size({"width": PHONE, "height": 900})
    wide = page.evaluate("document.documentElement.scrollWidth")
    sheets = len(pypdf.PdfReader(io.BytesIO(page.pdf(prefer_css_page_size=True, format="A4"))).pages)
    return {
        "requests to elsewhere": str(len(outside)),
        "axe, WCAG 2.2 A and AA: failing, to look at": f"{accessible['violations']}, {accessible['incomplete']}",
        "axe, best practice: failing, to look at": f"{best['violations']}, {best['incomplete']}",
        "tab stops": str(stops),
        f"width on a screen of {PHONE}": f"{wide}",
        "A4 sheets": str(sheets),
    }


def measured(notebook: NotebookNode) -> Iterator[Measured]:
    """Measure each export in one browser, to which no name leads anywhere."""
    quiet = [
        "--no-sandbox",
        "--disable-gpu",
        "--disable-background-networking",
        "--host-resolver-rules=MAP * ~NOTFOUND",
    ]
    with sync_playwright() as playwright, tempfile.TemporaryDirectory() as folder:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=quiet)
        for name, html in exports(notebook):
            path = Path(folder) / "page.html"
            path.write_text(html, encoding="utf-8")
            page = browser.new_page()
            yield Measured(name, of_the_markup(html) | in_the_browser(page, path))
            page.close()
        browser.close()


def main() -> None:
    """Print the table."""
    organisation = sys.argv[1] if len(sys.argv) > 1 else "nonesuch-hospitals"
    found = list(measured(executed(Folders.here(), organisation)))
    table = Table("", *(one.name for one in found))
    for count in found[0].counts:
        table.add_row(count, *(one.counts[count] for one in found))
    Console(width=150).print(table)


if __name__ == "__main__":
    main()
