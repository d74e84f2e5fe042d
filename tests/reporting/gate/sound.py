"""A page with nothing wrong in it, made by the real exporter, and the ledger that it was made from."""

from functools import cache

import matplotlib
from matplotlib.figure import Figure
from nbformat.v4 import new_code_cell, new_notebook, new_output

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
MACHINE = Machine(paths=("/srv/audits/lambeth",), users=("amsterdam",))
CAPTION = "People at each stage, Bands 8c to 9, 2025-26"
NOTE = "[c]: not shown, because too few people are involved."
ALT = "Dots for White people: 410 of 1,234 applicants were shortlisted in 2025-26 (33%)."
DRAWN = "White: 33% (410 of 1,234)"
SHARE = "25.8%"


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
    """The page: its heading, a table of counts, one of shares, and a chart."""
    shown = ("<h1>Recruitment: Ashbourne</h1>", _counts(), _shares(), _chart()._repr_html_())
    cells = [
        new_code_cell("x", outputs=[new_output("execute_result", data={"text/html": fragment})]) for fragment in shown
    ]
    return to_html(new_notebook(cells=cells), back="../index.html")


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


def _chart() -> Chart:
    with matplotlib.rc_context(STYLE):
        figure = Figure()
        figure.subplots().text(0, 0, DRAWN)
        svg = as_text(figure)
    data = Table(
        "Shortlisted",
        ("Group", "Shortlisted"),
        (("White", (Cell("shortlisted.White", "410", Key.parse(key("shortlisted", "White"))),)),),
    )
    return Chart(finding="x", measure="x", alt=ALT, reading="x", source="x", data=data, wide=svg, narrow=svg)
