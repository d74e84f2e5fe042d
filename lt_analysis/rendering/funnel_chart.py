"""Organisations' shares at one time beside the share of all of them: a funnel, in no order of rank."""

from collections.abc import Mapping

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from lt_analysis.evidence.funnel import DEVIATIONS, FunnelPlace, ShareFunnel, share_limits
from lt_analysis.release.keys import Key
from lt_analysis.rendering import html
from lt_analysis.rendering.assurance import FUNNEL_ALL, FUNNEL_FINDING, FUNNEL_HIDDEN
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
from lt_analysis.rendering.control_chart import OF_A_SHAPE, PAD, PANEL, RIGHT, Word, put_words, scale_of_shares
from lt_analysis.rendering.forms import form_of, say, say_form
from lt_analysis.rendering.html import Cell, Html, Table
from lt_analysis.rendering.lines import GREY, LINE, LINE_ACROSS, MARGIN, SIZE_OF_TICKS, inches, lines_of, put
from lt_analysis.rendering.metric_figures import InFunnel
from lt_analysis.rendering.numbers import SMALLEST_BASE, whole
from lt_analysis.rendering.shown import Said, Template

CAPTION = Template("funnel_caption", "Each of {funnel_number} {funnel_called}, in alphabetical order")
COLUMNS = {"funnel_part": "Number, and share", "funnel_place": "Beside the limits"}
FEWEST = 3  # organisations; of two each is the other's whole
NONE_OF_FEW_ORGANISATIONS = "No chart: it takes three whose numbers can be shown."
HOW_TO_READ = (
    "Not ranked. The more people one has, the nearer chance alone brings it to the line, the share of all "
    "together. Were chances the same everywhere, about 1 in 20 would lie beyond the inner limits and 1 in 500 "
    "beyond the outer. Being beyond them does not show why. Those beyond the outer limits are named."
)
SEEN = "A mark for each organisation, between limits that narrow as numbers of people grow."
PEOPLE = "people"
SHAPES = {FunnelPlace.WITHIN: "o", FunnelPlace.ABOVE_INNER: "^", FunnelPlace.BELOW_INNER: "^"}
OUTER_COLOUR = "#801650"
POINTS_OF_A_LIMIT = 25


def funnel_chart(
    funnel: ShareFunnel, name: str, measure: str, source: str, keys: Mapping[str, tuple[Key, ...]] | None = None
) -> Chart | Html:
    """Draw organisations' shares beside limits about the share of all; of a page that names no figure `name` is empty.

    Rows are in alphabetical order. `keys`, by organisation, are those under which its numbers are published: a row's
    figure has the name of the funnel and the organisation's slug. Shares of
    fewer than 20 people are not drawn, so where there is one there is no chart; nor is there of two organisations.
    """
    data = _table(funnel, name, keys or {})
    if len(funnel.shares) < FEWEST:
        return html.joined(html.note(NONE_OF_FEW_ORGANISATIONS), data)
    if min(one.people for one in funnel.shares.values()) < SMALLEST_BASE:
        return html.joined(html.note(NONE_OF_FEW_PEOPLE), data)
    return Chart(
        finding=say(FUNNEL_FINDING, funnel, name),
        measure=measure,
        reading=Said.join(" ", (say(FUNNEL_ALL, funnel, name), say(FUNNEL_HIDDEN, funnel, name), HOW_TO_READ)),
        source=source,
        data=data,
        seen=SEEN,
        wide=_draw(funnel, WIDE),
        narrow=_draw(funnel, NARROW),
    )


def _in_order(funnel: ShareFunnel) -> list[InFunnel]:
    return [InFunnel(funnel, one) for one in sorted(funnel.shares, key=str.casefold)]


def _table(funnel: ShareFunnel, name: str, keys: Mapping[str, tuple[Key, ...]]) -> Table:
    rows = []
    for row in _in_order(funnel):
        published = keys.get(row.organisation, ())
        slug = published[0].who if published else row.organisation
        own = f"{name}/{slug}" if name else ""
        cells = (Cell(f"{form}.{slug}", worked_out_from=published, **form_of(form, row, own)) for form in COLUMNS)
        rows.append((say_form("funnel_name", row, own), tuple(cells)))
    heading = say_form("funnel_each", funnel, name)
    return Table(say(CAPTION, funnel, name), (heading, *COLUMNS.values()), tuple(rows))


def _draw(funnel: ShareFunnel, width: float) -> str:
    rows = _in_order(funnel)
    people = [row.share.people for row in rows]
    fewest, most = min(people), max(people)
    shares = [row.share.share for row in rows]
    outer = share_limits(funnel.overall.share, fewest, DEVIATIONS[-1])
    scale = scale_of_shares(min([*shares, outer.low]), max([*shares, outer.high]))
    named = [row for row in rows if abs(row.place) == FunnelPlace.ABOVE_OUTER]
    room = width - 2 * MARGIN - OF_A_SHAPE
    words: list[Word] = []
    for row in named:
        lines = lines_of(f"{row.organisation}: {say_form('funnel_part', row, '')}", room, SIZE_OF_TICKS)
        shape, colour = _look(row)
        words.append(Word(lines, shape, colour, MARGIN, sum(len(word.lines) for word in words)))
    left = MARGIN + max(inches(text, SIZE_OF_TICKS) for text in scale.values()) + PAD
    below = MARGIN + (sum(len(word.lines) for word in words) + 2) * LINE
    height = MARGIN + LINE / 2 + PANEL + below
    with house_style():
        figure = Figure(figsize=(width, height))
        bottom, plot = height - below, width - left - RIGHT
        low, high = min(scale), max(scale)
        for at, text in scale.items():
            middle = MARGIN + LINE / 2 + PANEL * (high - at) / (high - low)
            put(figure, [text], left - PAD, middle - LINE / 2, "right", SIZE_OF_TICKS)
        # Before the axes: how many people the least and the most have stands in the table, and is of no one row.
        ends = dict.fromkeys(((whole(fewest), left, "left"), (f"{whole(most)} {PEOPLE}", width - RIGHT, "right")))
        for text, at, side in ends:
            put(figure, [text], at, bottom + PAD / 2, side, SIZE_OF_TICKS, zorder=-1)
        axes = figure.add_axes((left / width, below / height, plot / width, PANEL / height))
        more = 0.04 * (most - fewest or most)
        axes.set(xlim=(fewest - more, most + more), ylim=(low, high), xticks=[], yticks=[], xlabel="", ylabel="")
        _limits(axes, funnel, np.linspace(max(1, fewest - more), most + more, POINTS_OF_A_LIMIT), list(scale))
        for row in rows:
            shape, colour = _look(row)
            draw_marks(
                axes, [row.share.people], [row.share.share], s=46, color=colour, marker=shape, zorder=3, clip_on=False
            )
        put_words(figure, words, bottom + LINE + PAD)
        return as_text(figure)


def _look(row: InFunnel) -> tuple[str, str]:
    outer = abs(row.place) == FunnelPlace.ABOVE_OUTER
    return ("D", OUTER_COLOUR) if outer else (SHAPES[row.place], BESIDE_LOOK.mark)


def _limits(axes: Axes, funnel: ShareFunnel, people: np.ndarray, ticks: list[float]) -> None:
    for at in ticks:
        axes.axhline(at, color=GREY, linewidth=0.8, zorder=0)
    axes.axhline(funnel.overall.share, color=LINE_ACROSS, linewidth=1.6, zorder=1)
    for deviations, dashes in zip(DEVIATIONS, ("--", "-"), strict=True):
        limits = [share_limits(funnel.overall.share, number, deviations) for number in people]
        for side in zip(*limits, strict=True):
            drawn = np.where((np.array(side) >= min(ticks)) & (np.array(side) <= max(ticks)), side, np.nan)
            axes.plot(people, drawn, color=LINE_ACROSS, linestyle=dashes, linewidth=1.1, zorder=1)
