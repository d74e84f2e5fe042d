"""An executed notebook as one page of HTML, in the quarterly batch."""

from collections.abc import Mapping
from functools import cache
from types import MappingProxyType

from nbformat import NotebookNode

from lt_analysis.reporting.exporter import BoardExporter

NO_LINKS: Mapping[str, str] = MappingProxyType({})


def to_html(notebook: NotebookNode, links: Mapping[str, str] = NO_LINKS) -> str:
    """Export an executed notebook; `links` lead to the pages beside it: what each is called, and its address."""
    html, _ = _exporter(tuple(links.items())).from_notebook_node(notebook)
    return html


@cache
def _exporter(links: tuple[tuple[str, str], ...]) -> BoardExporter:
    return BoardExporter(links=dict(links))
