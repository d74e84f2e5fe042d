"""A page with nothing wrong in it, made by the real exporter of the parts of real pages, and the release behind it."""

from functools import cache

from nbformat import NotebookNode
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output

from lt_analysis.release.figures import Release
from lt_analysis.rendering import blocks, chances_chart, partnership, tables
from lt_analysis.reporting.export import to_html
from lt_analysis.reporting.gate.page import texts_faults
from lt_analysis.reporting.gate.traces import Machine
from tests.rendering.releases import release

MACHINE = Machine(paths=("/srv/audits/lambeth",), users=("amsterdam",))
TITLE = "Recruitment to posts at Band 8 and above, April 2025 to March 2026: Ashbourne"
HEADING = f"<h1>{TITLE}</h1>"
LINKS = {"All organisations": "../index.html"}
COUNTS = (
    "12 of 24 appointments went to BME people; about 9 expected if chances were equal on each shortlist; 5 to 14 is "
    "the range if chances were equal. 30 posts could have gone either way."
)
CAPTION = "Shares who went on at each stage, all posts added up, 2025-26"
FINDING = "Shortlisted: 48 BME people, too few posts."
DRAWN = "12 (5 to 14)"
NOTE = "Above 1: the share of White people who succeeded was larger."
PROSE = "In two groups."


@cache
def sound_release() -> Release:
    """The release that the page is made from."""
    return release()


@cache
def sound_page() -> str:
    """The page: its heading, its sentences, tables of counts and of what is worked out from them, and a chart."""
    return to_html(sound_notebook(), LINKS)


def sound_notebook() -> NotebookNode:
    """The notebook that shows it, after it was run."""
    figures = sound_release().organisation("ashbourne")
    cells = [
        new_code_cell("organisation = 'ashbourne'", metadata={"tags": ["parameters"]}),
        _shown("blocks.heading(figures)", blocks.heading(figures)),
        _shown("blocks.headline(figures)", blocks.headline(figures)),
        new_markdown_cell(f"## The counts\n\n{PROSE}"),
        _shown("tables.shares_table(figures)", tables.shares_table(figures)),
        _shown("partnership.year(release)", partnership.bands(sound_release())),
        new_markdown_cell("## The shares"),
        _shown("chances_chart.chances_chart(figures)", chances_chart.chances_chart(figures)),
        _shown("tables.likelihood_table(figures)", tables.likelihood_table(figures)),
    ]
    return new_notebook(cells=cells)


def _shown(source: str, part: object) -> NotebookNode:
    return new_code_cell(source, outputs=[new_output("execute_result", data={"text/html": part._repr_html_()})])


def texts_of_sound(html: str) -> list[str]:
    """List what the release does not account for in the sound page, or what was made of it."""
    return texts_faults(html, sound_release(), {PROSE, "The counts", "The shares", *LINKS})
