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
# What Lighthouse's performance audits read, from the browser's own records: the first paint with something in it, the
# largest, what moved after it was painted, and how long each task kept the page from answering beyond 50 milliseconds.
OBSERVED = """new Promise(told => {
    const found = {shift: 0, largest: 0, blocked: 0};
    const watch = (type, take) => new PerformanceObserver(list => list.getEntries().forEach(take))
        .observe({type, buffered: true});
    watch("layout-shift", entry => { found.shift += entry.value; });
    watch("largest-contentful-paint", entry => { found.largest = entry.startTime; });
    watch("longtask", entry => { found.blocked += Math.max(0, entry.duration - 50); });
    setTimeout(() => {
        const elements = [...document.querySelectorAll("*")];
        const depth = element => element ? 1 + depth(element.parentElement) : 0;
        const scripts = [...document.scripts];
        const small = [...document.querySelectorAll("a[href], summary, button, input")].filter(one => {
            const box = one.getBoundingClientRect();
            return box.width > 0 && (box.width < 24 || box.height < 24) && getComputedStyle(one).display !== "inline";
        });
        told({...found,
            first: performance.getEntriesByName("first-contentful-paint")[0]?.startTime ?? 0,
            elements: elements.length, depth: Math.max(...elements.map(depth)),
            scripts: scripts.length, script: scripts.reduce((sum, one) => sum + one.text.length, 0),
            unsized: document.querySelectorAll("img:not([width]), img:not([height])").length,
            images: document.images.length, small: small.length,
            title: document.title, viewport: Boolean(document.querySelector("meta[name=viewport]")),
            policy: Boolean(document.querySelector("meta[http-equiv=Content-Security-Policy]"))});
    }, 1000);
})"""
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
    yield "the board's page", to_html(notebook, links={"All organisations": "../index.html"})
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


def as_lighthouse_does(page: Page, complaints: list[str]) -> dict[str, str]:
    """Count what Lighthouse's audits of the same names do, in Chromium, with nothing slowed down."""
    found = page.evaluate(OBSERVED)
    return {
        "first-contentful-paint, ms": f"{found['first']:.0f}",
        "largest-contentful-paint, ms": f"{found['largest']:.0f}",
        "cumulative-layout-shift": f"{found['shift']:.3f}",
        "total-blocking-time, ms": f"{found['blocked']:.0f}",
        "dom-size: elements, depth": f"{found['elements']:,}, {found['depth']}",
        "scripts: number, letters": f"{found['scripts']}, {found['script']:,}",
        "unsized-images": f"{found['unsized']} of {found['images']}",
        "target-size: under 24 pixels, and not in a line of text": str(found["small"]),
        "errors-in-console": str(len(complaints)),
        "document-title": found["title"] or "none",
        "meta-viewport": "yes" if found["viewport"] else "none",
        "csp-xss: a security policy": "yes" if found["policy"] else "none",
    }


def in_the_browser(page: Page, path: Path) -> dict[str, str]:
    """Count what a browser sees: what is asked for from outside, what axe finds, how wide it is, and its print."""
    outside, complaints = [], []
    page.on("console", lambda said: complaints.append(said.text) if said.type == "error" else None)
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on("request", lambda request: outside.append(request.url) if request.url.startswith("http") else None)
    page.set_viewport_size({"width": DESKTOP, "height": 900})
    page.goto(path.as_uri(), wait_until="domcontentloaded")
    lighthouse = as_lighthouse_does(page, complaints)
    accessible, best = axe_says(page, A_AND_AA), axe_says(page, ["best-practice"])
    stops = len(page.query_selector_all(STOPS))
    page.set_viewport_size({"width": PHONE, "height": 900})
    wide = page.evaluate("document.documentElement.scrollWidth")
    sheets = len(pypdf.PdfReader(io.BytesIO(page.pdf(prefer_css_page_size=True, format="A4"))).pages)
    return {
        "requests to elsewhere": str(len(outside)),
        "axe, WCAG 2.2 A and AA: failing, to look at": f"{accessible['violations']}, {accessible['incomplete']}",
        "axe, best practice: failing, to look at": f"{best['violations']}, {best['incomplete']}",
        **lighthouse,
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
