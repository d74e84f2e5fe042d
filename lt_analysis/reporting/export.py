"""An executed notebook as one page of HTML, in the quarterly batch."""

from functools import cache

from nbformat import NotebookNode

from lt_analysis.reporting.exporter import BoardExporter


def to_html(notebook: NotebookNode, back: str | None) -> str:
    """Export an executed notebook; `back` is the address of the front page, None where there is none."""
    html, _ = _exporter(back).from_notebook_node(notebook)
    return html


@cache
def _exporter(back: str | None) -> BoardExporter:
    return BoardExporter(back=back)
