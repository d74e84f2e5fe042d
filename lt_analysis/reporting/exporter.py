"""The exporter of nbconvert that makes a page: `jupyter nbconvert --to lt-analysis-board executed.ipynb`.

One file, no script, nothing from outside, and nothing of the notebook but its prose and its answers.
"""

from importlib.metadata import version

from bs4 import BeautifulSoup
from nbconvert import HTMLExporter, TemplateExporter
from nbformat import NotebookNode
from traitlets import Dict, default

from lt_analysis.codebook.words import AUDIT, PARTNERSHIP
from lt_analysis.reporting.contents import add_contents
from lt_analysis.reporting.glossary import keep_words_in_use
from lt_analysis.reporting.numbering import number_figures
from lt_analysis.reporting.styling import TEMPLATES, page_style, policy

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


def _main_heading(notebook: NotebookNode) -> str:
    return next((part.h1.get_text() for part in _shown(notebook) if part.h1), "Report")


def _shown(notebook: NotebookNode) -> list[BeautifulSoup]:
    outputs = [output for cell in notebook.cells for output in cell.get("outputs", [])]
    shown = ["".join(output.get("data", {}).get("text/html", "")) for output in outputs]
    return [BeautifulSoup(html, "html.parser") for html in shown if "<h1" in html or "restricted" in html]
