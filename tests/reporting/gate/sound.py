"""A page with nothing wrong in it, made by the real exporter, and the ledger that it was made from."""

from functools import cache

import matplotlib
from matplotlib.figure import Figure
from nbformat import NotebookNode
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output

from lt_analysis.release.keys import Key
from lt_analysis.rendering.charts import STYLE, Chart, as_text
from lt_analysis.rendering.html import Cell, Table
from lt_analysis.reporting.export import to_html
from lt_analysis.reporting.gate.figures import readings
from lt_analysis.reporting.gate.traces import Machine

STAGES = ("applied", "shortlisted", "appointed")
PUBLISHED = {
    f"ashbourne/2025-26/{stage}/{group}/8c+": value
    for group, values in {"White": (1234, 410, 60), "BME": (803, 207, None), "Black": (0, 0, 0)}.items()
    for stage, value in zip(STAGES, values, strict=True)
}
ADDED_UP = {"ashbourne/2025-26/applied/known/8c+": 2037, "ashbourne/2025-26/applied/Unknown/8c+": 63}
LEDGER = PUBLISHED | ADDED_UP
MACHINE = Machine(paths=("/srv/audits/lambeth",), users=("amsterdam",))
HEADING = "<h1>Recruitment: Ashbourne</h1>"
COUNTS = "207 of 617 places on shortlists went to BME people, who were 803 of 2,037 applicants."
LIKELIHOOD = (
    "The share of White applicants who were shortlisted was 1.29 times the share of BME applicants. Anywhere from "
    "about 1.1 to 1.5 times fits the counts: White people were more likely to be shortlisted."
)
WHO = "The 2,037 applicants are those of known ethnicity."
CAPTION = "People at each stage, Bands 8c to 9, 2025-26"
NOTE = "[c]: not shown, because too few people are involved."
FINDING = "Shortlisted: White 33%, BME 26%. Appointed: not shown."
ALT = "Dots for White people: 410 of 1,234 applicants were shortlisted in 2025-26 (33%)."
DRAWN = "White: 33% (410 of 1,234)"
SHARE = "25.8%"
RATIO = "1.29 (1.1 to 1.5)"
SUM, KNOWN_SHARE = "2,100", "97.0%"


def key(stage: str, group: str) -> str:
    """The key of a count of the page."""
    return f"ashbourne/2025-26/{stage}/{group}/8c+"


def counted(stage: str, group: str) -> str:
    """A cell as the page shows it, with its key."""
    return f'<td data-key="{key(stage, group)}">{readings(PUBLISHED[key(stage, group)])[-1]}</td>'


def derived(text: str, *keys: str) -> str:
    """A cell that is worked out from others, with their keys."""
    return f'<td data-from="{" ".join(keys)}">{text}</td>'


@cache
def sound_page() -> str:
    """The page: its heading, its sentences, a table of counts, tables of what is worked out from them, and a chart."""
    return to_html(sound_notebook(), {"All organisations": "../index.html"})


def sound_notebook() -> NotebookNode:
    """The notebook that shows it, after it was run."""
    said = "".join(f'<p data-cell="said">{text}</p>' for text in (COUNTS, LIKELIHOOD, WHO))
    cells = [
        new_code_cell("organisation = 'ashbourne'", metadata={"tags": ["parameters"]}),
        _shown("pages.heading(figures)", HEADING),
        _shown("pages.main_points(figures)", said),
        new_markdown_cell("## The counts\n\nIn two groups."),
        _shown("tables.counts_table(figures)", _counts()),
        _shown("tables.shares_table(figures)", _shares()),
        new_markdown_cell("## The shares"),
        _shown("charts.stage_chart(figures)", _chart()),
        _shown("tables.likelihood_table(figures)", _worked_out()),
    ]
    return new_notebook(cells=cells)


def _shown(source: str, html: str) -> NotebookNode:
    return new_code_cell(source, outputs=[new_output("execute_result", data={"text/html": html})])


def _table(caption: str, columns: tuple[str, ...], rows: dict[str, str]) -> str:
    headings = "".join(f'<th scope="col">{column}</th>' for column in ("Group", *columns))
    lines = "".join(f'<tr><th scope="row">{name}</th>{cells}</tr>' for name, cells in rows.items())
    return f"<table><caption>{caption}</caption><tr>{headings}</tr>{lines}</table>"


def _counts() -> str:
    rows = {group: "".join(counted(stage, group) for stage in STAGES) for group in ("White", "BME", "Black")}
    return _table(CAPTION, STAGES, rows) + f'<p class="note">{NOTE}</p>'


def _shares() -> str:
    shortlisted = derived(SHARE, key("applied", "BME"), key("shortlisted", "BME"))
    appointed = derived("[c]", key("shortlisted", "BME"), key("appointed", "BME"))
    return _table("Shares, 2025-26", ("2024-25-Q4", "Band 8a"), {"BME": shortlisted + appointed})


def _worked_out() -> str:
    ratio = derived(RATIO, *(key(stage, group) for stage in STAGES[:2] for group in ("White", "BME")))
    everybody = key("applied", "known"), key("applied", "Unknown")
    cells = ratio + derived(SUM, *everybody) + derived(KNOWN_SHARE, *everybody)
    return _table("What follows from the counts, 2025-26", ("Ratio", "Everybody", "Known"), {"BME": cells})


def _drawn(stage: str, group: str) -> Cell:
    value = PUBLISHED[key(stage, group)]
    return Cell(f"{stage}.{group}", None if value is None else f"{value:,}", Key.parse(key(stage, group)))


@cache
def _chart() -> str:
    with matplotlib.rc_context(STYLE):
        figure = Figure()
        axes = figure.subplots()
        axes.set(xlim=(0, 1), ylim=(0, 1), xticks=[], yticks=[0.5])
        axes.text(0, 0.1, DRAWN, color="#12436D")
        axes.scatter([0.5], [0.5], color="#F46A25")
        axes.grid(color="#E5E5E5")
        svg = as_text(figure)
    data = Table(
        "Shortlisted",
        ("Group", "Applicants", "Shortlisted", "Appointed"),
        tuple((group, tuple(_drawn(stage, group) for stage in STAGES)) for group in ("White", "BME")),
    )
    chart = Chart(finding=FINDING, measure="x", alt=ALT, reading="x", source="x", data=data, wide=svg, narrow=svg)
    return chart._repr_html_()
