"""Organisations' shares or rates at one time beside that of all of them: a funnel, in no order of rank."""

from collections.abc import Mapping

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from lt_analysis.evidence.funnel import Funnel, FunnelPlace
from lt_analysis.evidence.inequality import Quantity
from lt_analysis.release.keys import Key
from lt_analysis.rendering import html
from lt_analysis.rendering.assurance import FUNNEL_ALL, FUNNEL_EXPECTED, FUNNEL_FINDING, FUNNEL_HIDDEN
from lt_analysis.rendering.charts import (
    BESIDE_LOOK,
    NARROW,
    NONE_OF_FEW_PEOPLE,
    WIDE,
    Chart,
    as_text,
    draw_marks,
    house_style,
)
from lt_analysis.rendering.control_chart import OF_A_SHAPE, PAD, PANEL, RIGHT, ROOM, Word, put_words, scale_of_shares
from lt_analysis.rendering.forms import form_of, say, say_form
from lt_analysis.rendering.forms.over_time import written_in
from lt_analysis.rendering.html import Cell, Html, Table
from lt_analysis.rendering.lines import GREY, LINE, LINE_ACROSS, MARGIN, SIZE_OF_TICKS, inches, lines_of, put
from lt_analysis.rendering.metric_figures import InFunnel
from lt_analysis.rendering.numbers import SMALLEST_BASE, whole
from lt_analysis.rendering.shown import Said, Template

CAPTION = Template("funnel_caption", "Each of {funnel_number} {funnel_called}, in alphabetical order")
PLACE = {"funnel_place": "Beside the limits"}
COLUMNS = {
    Quantity.SHARE: {"funnel_part": "Number, and share"} | PLACE,
    Quantity.RATE: {"funnel_part": "Number, and rate", "funnel_expected": "Number expected"} | PLACE,
}
FEWEST = 3  # organisations; of two each is the other's whole
NONE_OF_FEW_ORGANISATIONS = "No chart: it takes three whose numbers can be shown."
HOW_TO_READ = (
    "Not ranked. The more people one has, the nearer chance alone brings it to the line, which is that of "
    "all together. Were chances the same everywhere, about 1 in 20 would lie beyond the inner limits and 1 in 500 "
    "beyond the outer. Being beyond them does not show why. Those beyond the outer limits are named."
)
READING = (FUNNEL_ALL, FUNNEL_HIDDEN, FUNNEL_EXPECTED)
SEEN = "A mark for each organisation, between limits that narrow as numbers of people grow."
PEOPLE = "people"
SHAPES = {FunnelPlace.WITHIN: "o", FunnelPlace.ABOVE_INNER: "^", FunnelPlace.BELOW_INNER: "^"}
OUTER_COLOUR = "#801650"
POINTS_OF_A_LIMIT = 40


def funnel_chart(
    funnel: Funnel, name: str, measure: str, source: str, keys: Mapping[str, tuple[Key, ...]] | None = None
) -> Chart | Html:
    """Draw organisations' shares or rates beside limits about that of all; where no figure is named `name` is empty.

    Rows are in alphabetical order. `keys`, by organisation, are those under which its numbers are published: a row's
    figure has the name of the funnel and the organisation's slug. What is
    of fewer than 20 people is not drawn, so where there is one there is no chart; nor is there of two organisations.
    """
    data = _table(funnel, name, keys or {})
    if len(funnel.counts) < FEWEST:
        return html.joined(html.note(NONE_OF_FEW_ORGANISATIONS), data)
    if min(one.people for one in funnel.counts.values()) < SMALLEST_BASE:
        return html.joined(html.note(NONE_OF_FEW_PEOPLE), data)
    return Chart(
        finding=say(FUNNEL_FINDING, funnel, name),
        measure=measure,
        reading=Said.join(" ", (*(say(one, funnel, name) for one in READING), HOW_TO_READ)),
        source=source,
        data=data,
        seen=SEEN,
        wide=_draw(funnel, WIDE),
        narrow=_draw(funnel, NARROW),
    )


def _in_order(funnel: Funnel) -> list[InFunnel]:
    return sorted((InFunnel(funnel, one) for one in funnel.counts), key=lambda row: row.called.casefold())


def _table(funnel: Funnel, name: str, keys: Mapping[str, tuple[Key, ...]]) -> Table:
    rows, columns = [], COLUMNS[funnel.measured]
    for row in _in_order(funnel):
        published = keys.get(row.organisation, ())
        slug = published[0].who if published else row.organisation
        own = f"{name}/{slug}" if name else ""
        cells = (Cell(f"{form}.{slug}", worked_out_from=published, **form_of(form, row, own)) for form in columns)
        rows.append((say_form("funnel_name", row, own), tuple(cells)))
    heading = say_form("funnel_each", funnel, name)
    return Table(say(CAPTION, funnel, name), (heading, *columns.values()), tuple(rows))


def _draw(funnel: Funnel, width: float) -> str:
    rows = _in_order(funnel)
    people = [row.counts.people for row in rows]
    fewest, most = min(people), max(people)
    scale, low, high = _scale(funnel, fewest)
    named = [row for row in rows if abs(row.place) == FunnelPlace.ABOVE_OUTER]
    room = width - 2 * MARGIN - OF_A_SHAPE
    words: list[Word] = []
    for row in named:
        lines = lines_of(f"{row.called}: {say_form('funnel_part', row, '')}", room, SIZE_OF_TICKS)
        shape, colour = _look(row)
        words.append(Word(lines, shape, colour, MARGIN, sum(len(word.lines) for word in words)))
    left = MARGIN + max(inches(text, SIZE_OF_TICKS) for text in scale.values()) + PAD
    below = MARGIN + (sum(len(word.lines) for word in words) + 2) * LINE
    height = MARGIN + LINE / 2 + PANEL + below
    with house_style():
        figure = Figure(figsize=(width, height))
        bottom, plot = height - below, width - left - RIGHT
        for at, text in scale.items():
            middle = MARGIN + LINE / 2 + PANEL * (high - at) / (high - low)
            # Before the axes: these stand in the table, and are of no one row.
            put(figure, [text], left - PAD, middle - LINE / 2, "right", SIZE_OF_TICKS, zorder=-1)
        ends = dict.fromkeys(((whole(fewest), left, "left"), (f"{whole(most)} {PEOPLE}", width - RIGHT, "right")))
        for text, at, side in ends:
            put(figure, [text], at, bottom + PAD / 2, side, SIZE_OF_TICKS, zorder=-1)
        axes = figure.add_axes((left / width, below / height, plot / width, PANEL / height))
        more = 0.04 * (most - fewest or most)
        axes.set(xlim=(fewest - more, most + more), ylim=(low, high), xticks=[], yticks=[], xlabel="", ylabel="")
        # Closer together where there are few people, for there limits bend.
        roots = np.linspace(max(fewest / 2, fewest - more) ** 0.5, (most + more) ** 0.5, POINTS_OF_A_LIMIT)
        _limits(axes, funnel, roots**2, list(scale))
        for row in rows:
            shape, colour = _look(row)
            draw_marks(
                axes, [row.counts.people], [row.counts.share], s=46, color=colour, marker=shape, zorder=3, clip_on=False
            )
        put_words(figure, words, bottom + LINE + PAD)
        return as_text(figure)


def _scale(funnel: Funnel, fewest: int) -> tuple[dict[float, str], float, float]:
    """Return the ticks of the upright scale, and its ends: of rates the least and the most are ticks."""
    drawn = sorted(one.share for one in funnel.counts.values())
    outer = funnel.limits(fewest)[-1]
    low, high = min(drawn[0], outer.low), max(drawn[-1], outer.high)
    if funnel.measured == Quantity.SHARE:
        scale = scale_of_shares(low, high)
        return scale, min(scale), max(scale)
    room = ROOM * (high - low or 1)
    apart = (drawn[-1] - drawn[0]) * PANEL > LINE * 1.2 * (high - low)
    ticks = {rate: written_in(funnel, rate).partition(" per ")[0] for rate in (drawn[0], drawn[-1])[not apart :]}
    return ticks, max(0, low - room), high + room


def _look(row: InFunnel) -> tuple[str, str]:
    outer = abs(row.place) == FunnelPlace.ABOVE_OUTER
    return ("D", OUTER_COLOUR) if outer else (SHAPES[row.place], BESIDE_LOOK.mark)


def _limits(axes: Axes, funnel: Funnel, people: np.ndarray, ticks: list[float]) -> None:
    for at in ticks:
        axes.axhline(at, color=GREY, linewidth=0.8, zorder=0)
    axes.axhline(funnel.overall.share, color=LINE_ACROSS, linewidth=1.6, zorder=1)
    low, high = axes.get_ylim()
    for limits, dashes in zip(zip(*map(funnel.limits, people), strict=True), ("--", "-"), strict=True):
        for side in zip(*limits, strict=True):
            drawn = np.where((np.array(side) >= low) & (np.array(side) <= high), side, np.nan)
            axes.plot(people, drawn, color=LINE_ACROSS, linestyle=dashes, linewidth=1.1, zorder=1)
