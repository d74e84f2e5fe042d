"""An executed notebook as one page of HTML: no script, nothing from outside, nothing of the notebook but its text."""

import base64
import hashlib
from functools import cache
from importlib.metadata import version
from importlib.resources import files

from bs4 import BeautifulSoup
from nbconvert import HTMLExporter
from nbformat import NotebookNode

from lt_analysis.codebook.words import AUDIT, PARTNERSHIP
from lt_analysis.reporting.numbering import number_figures

TEMPLATES = files("lt_analysis.reporting")


def to_html(notebook: NotebookNode, back: str | None, restricted: bool = False) -> str:
    """Export an executed notebook; `back` is the address of the front page, None where there is none.

    A restricted page says so on every sheet that it is printed on.
    """
    style = (TEMPLATES / "template" / "page.css").read_text(encoding="utf-8") + _printed_foot(restricted)
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    resources = {
        "style": style,
        "style_hash": f"sha256-{digest}",
        "page_title": f"{_main_heading(notebook)} – {PARTNERSHIP}",
        "partnership": PARTNERSHIP,
        "audit": AUDIT,
        "back": back,
        "version": version("lt_analysis"),
    }
    html, _ = _exporter().from_notebook_node(notebook, resources)
    return number_figures(html)


def _printed_foot(restricted: bool) -> str:
    said = "Restricted: not for publication" if restricted else PARTNERSHIP
    return f'@media print {{ @page {{ @bottom-left {{ content: "{said}"; }} }} }}\n'


@cache
def _exporter() -> HTMLExporter:
    return HTMLExporter(template_name="template", extra_template_basedirs=[str(TEMPLATES)], exclude_anchor_links=True)


def _main_heading(notebook: NotebookNode) -> str:
    for cell in notebook.cells:
        for output in cell.get("outputs", []):
            heading = BeautifulSoup("".join(output.get("data", {}).get("text/html", "")), "html.parser").h1
            if heading:
                return heading.get_text()
    return "Report"
