"""Inequality along deprivation: a dot for each fifth or tenth, the fitted line, and the slope in words."""

from collections.abc import Sequence

import numpy as np
from matplotlib.figure import Figure

from lt_analysis.evidence.inequality import Quantity, SlopeIndex
from lt_analysis.rendering.assurance import SLOPE_FINDING, slope_in_words
from lt_analysis.rendering.charts import BESIDE_LOOK, NARROW, WIDE, Chart, as_text, draw_marks, house_style
from lt_analysis.rendering.control_chart import PAD, PANEL, RIGHT, ROOM, scale_of_shares
from lt_analysis.rendering.forms import form_of, say, say_form
from lt_analysis.rendering.html import Cell, Table
from lt_analysis.rendering.lines import GREY, LINE, LINE_ACROSS, MARGIN, SIZE_OF_TICKS, inches, lines_of, put
from lt_analysis.rendering.metric_figures import OfQuantile
from lt_analysis.rendering.shown import Said, Template

CAPTION = Template("slope_caption", "Each {slope_part} of deprivation, with the line through all of them")
COLUMNS = {
    "quantile_people": "People",
    "quantile_value": "Value",
    "quantile_range": "Margin of error",
    "quantile_fitted": "On the line",
}
ENDS = ("most deprived", "least deprived")
HOW_TO_READ = (
    "Each dot stands in the middle of its part of all people, the most deprived at the left; an upright line is its "
    "margin of error. The line across is fitted to all of them, by how many people each has."
)
APPROXIMATE = "The margin of error of the slope is an approximation."
SEEN = "A dot for each part of deprivation, and a line through them."
POINTS_OF_A_LINE = 17


def _how_exact(index: SlopeIndex) -> str:
    return APPROXIMATE if index.has_interval and not index.is_exact else ""


def slope_chart(
    index: SlopeIndex, name: str, measure: str, source: str, counts: Sequence[tuple[Cell, ...]] = (), people: str = ""
) -> Chart:
    """Draw fifths or tenths of deprivation with their fitted line; of a page that names no figure, `name` is empty.

    `counts` are the cells of each part's people where these are published under keys, headed `people`.
    """
    return Chart(
        finding=say(SLOPE_FINDING, index, name),
        measure=measure,
        reading=HOW_TO_READ,
        telling=Said.join(" ", (slope_in_words(index, name), _how_exact(index))),
        source=source,
        data=_table(index, name, counts, people),
        seen=SEEN,
        wide=_draw(index, WIDE),
        narrow=_draw(index, NARROW),
    )


def _table(index: SlopeIndex, name: str, counts: Sequence[tuple[Cell, ...]], people: str) -> Table:
    forms = list(COLUMNS) if not counts else list(COLUMNS)[1:]
    rows = []
    for number in range(1, len(index.quantiles) + 1):
        part, own = OfQuantile(index, number), f"{name}/{number}" if name else ""
        given = counts[number - 1] if counts else ()
        keys = tuple(cell.published for cell in given if cell.published)
        cells = (Cell(f"{form}.{number}", worked_out_from=keys, **form_of(form, part, own)) for form in forms)
        rows.append((say_form("quantile_name", part, own), (*given, *cells)))
    headings = (*([people or COLUMNS["quantile_people"]] if counts else []), *(COLUMNS[form] for form in forms))
    return Table(say(CAPTION, index, name), (say_form("slope_parts", index, name), *headings), tuple(rows))


def _draw(index: SlopeIndex, width: float) -> str:
    across = np.linspace(0, 1, POINTS_OF_A_LINE)
    line = [index.fitted(at) for at in across]
    limits = [limit for one in index.quantiles for limit in (one.low, one.high) if limit is not None]
    drawn = [*line, *limits, *(one.value for one in index.quantiles)]
    scale = _scale(index, min(drawn), max(drawn))
    left = MARGIN + max(inches(text, SIZE_OF_TICKS) for text in scale.values()) + PAD
    height = MARGIN + LINE / 2 + PANEL + 2 * LINE + MARGIN
    low, high = min([*drawn, *scale]), max([*drawn, *scale])
    low, high = low - ROOM * (high - low or 1), high + ROOM * (high - low or 1)
    plot = width - left - RIGHT
    with house_style():
        figure = Figure(figsize=(width, height))
        for at, text in scale.items():
            middle = MARGIN + LINE / 2 + PANEL * (high - at) / (high - low)
            put(figure, [text], left - PAD, middle - LINE / 2, "right", SIZE_OF_TICKS)
        bottom = MARGIN + 2 * LINE
        axes = figure.add_axes((left / width, bottom / height, plot / width, PANEL / height))
        axes.set(xlim=(0, 1), ylim=(low, high), xticks=[], yticks=[], xlabel="", ylabel="")
        for at in scale:
            axes.axhline(at, color=GREY, linewidth=0.8, zorder=0)
        axes.plot(across, line, color=LINE_ACROSS, linewidth=2, zorder=1)
        for at, one in zip(index.middles, index.quantiles, strict=True):
            if one.low is not None:
                axes.vlines(at, one.low, one.high, color=BESIDE_LOOK.mark, linewidth=2, zorder=2)
        values = [one.value for one in index.quantiles]
        draw_marks(axes, index.middles, values, s=48, color=BESIDE_LOOK.mark, marker="o", zorder=3)
        for words, at, side in zip(ENDS, (left, width - RIGHT), ("left", "right"), strict=True):
            put(figure, lines_of(words, plot / 2, SIZE_OF_TICKS), at, height - bottom + PAD, side, SIZE_OF_TICKS)
        return as_text(figure)


def _scale(index: SlopeIndex, low: float, high: float) -> dict[float, str]:
    """Return the ticks of the upright scale; of values the least and the most, which stand in the table."""
    if index.measured == Quantity.SHARE:
        return scale_of_shares(low, high)
    places = sorted(range(len(index.quantiles)), key=lambda place: index.quantiles[place].value)
    least, most = places[0], places[-1]
    parts = [OfQuantile(index, place + 1) for place in dict.fromkeys((least, most))]
    apart = (parts[-1].quantile.value - parts[0].quantile.value) * PANEL > LINE * 1.2 * (high - low)
    return {one.quantile.value: str(say_form("quantile_value", one, "")) for one in (parts if apart else parts[-1:])}
