"""The exporter of nbconvert that makes a page: `jupyter nbconvert --to lt-analysis-board executed.ipynb`.

One file, no script, nothing from outside, and nothing of the notebook but its prose and its answers.
"""

import base64
import hashlib
from importlib.metadata import version
from importlib.resources import files

from bs4 import BeautifulSoup
from nbconvert import HTMLExporter, TemplateExporter
from nbformat import NotebookNode
from traitlets import Dict, default

from lt_analysis.codebook.words import AUDIT, PARTNERSHIP
from lt_analysis.reporting.contents import add_contents
from lt_analysis.reporting.glossary import keep_words_in_use
from lt_analysis.reporting.numbering import number_figures

TEMPLATES = files("lt_analysis.reporting")
RESTRICTED = ".mark.restricted"


class BoardExporter(HTMLExporter):
    """Make the page of an executed notebook, the same for an analyst as in the quarterly batch.

    A notebook that shows the restricted mark says so on every sheet that it is printed on. Whether a page is fit to be
    put in place is for the gate to say, and not for its exporter.
    """

    export_from_notebook = "Page for the board"
    links = Dict(help="The pages beside this one: what each is called, and its address.").tag(config=True)

    @default("template_name")
    def _template_name_default(self) -> str:
        return "template"

    @default("extra_template_basedirs")
    def _default_extra_template_basedirs(self) -> list[str]:
        return [str(TEMPLATES)]

    @default("optimistic_validation")
    def _optimistic_validation_default(self) -> bool:
        """Look at the notebook once, and not after each of nbconvert's steps."""
        return True

    @default("exclude_anchor_links")
    def _exclude_anchor_links_default(self) -> bool:
        return True

    def from_notebook_node(
        self, nb: NotebookNode, resources: dict | None = None, **kw: object
    ) -> tuple[str, dict[str, object]]:
        """Return the page, and nbconvert's own notes beside it.

        Passed over is what `HTMLExporter` does to its own markup: it would also describe a picture that nobody has.
        """
        noted = {**(resources or {}), **self._of_the_page(nb)}
        html, noted = TemplateExporter.from_notebook_node(self, nb, noted, **kw)
        page = BeautifulSoup(number_figures(html), "html.parser")
        keep_words_in_use(page)
        add_contents(page)
        return str(page), noted

    def _of_the_page(self, notebook: NotebookNode) -> dict[str, object]:
        style = page_style(any(part.select_one(RESTRICTED) for part in _shown(notebook)))
        return {
            "style": style,
            "policy": policy(style),
            "page_title": f"{_main_heading(notebook)} – {PARTNERSHIP}",
            "partnership": PARTNERSHIP,
            "audit": AUDIT,
            "links": self.links,
            "version": version("lt_analysis"),
        }


def page_style(restricted: bool) -> str:
    """Return the style sheet of a page; a restricted one says so on every sheet that it is printed on."""
    whose = "Restricted: not for publication" if restricted else PARTNERSHIP
    said = f"{whose}. Made by lt_analysis {version('lt_analysis')}"
    foot = f'@media print {{ @page {{ @bottom-left {{ content: "{said}"; }} }} }}\n'
    return (TEMPLATES / "template" / "page.css").read_text(encoding="utf-8") + foot


def policy(style: str) -> str:
    """Return the security policy of a page: it may show its own pictures and this style sheet, and load nothing."""
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    return f"default-src 'none'; img-src data:; style-src 'sha256-{digest}'"


def _main_heading(notebook: NotebookNode) -> str:
    return next((part.h1.get_text() for part in _shown(notebook) if part.h1), "Report")


def _shown(notebook: NotebookNode) -> list[BeautifulSoup]:
    outputs = [output for cell in notebook.cells for output in cell.get("outputs", [])]
    shown = ["".join(output.get("data", {}).get("text/html", "")) for output in outputs]
    return [BeautifulSoup(html, "html.parser") for html in shown if "<h1" in html or "restricted" in html]
