"""A measure over time: dots, the line across, limits, and marked points, each with its word and its shape.

The drawing is made of what was worked out (`Watched`) and of nothing else. The words of what is measured, the source,
and the counts under their keys come from whoever knows them.
"""

import math
from collections.abc import Sequence
from itertools import accumulate, groupby
from typing import NamedTuple

import seaborn as sns
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from lt_analysis.evidence.assurance import Assurance, Watched
from lt_analysis.evidence.process_control import Absent, ControlChart, Observation, Of, Rule, Why
from lt_analysis.rendering import html
from lt_analysis.rendering.assurance import ASSURANCE_WORDS, FINDING, VARIATION_WORDS, how_to_read
from lt_analysis.rendering.charts import (
    NARROW,
    NONE_OF_FEW_PEOPLE,
    NOT_SHOWN,
    WIDE,
    Chart,
    as_text,
    draw_marks,
    house_style,
    mostly_shown,
    table_instead,
)
from lt_analysis.rendering.forms import form_of, say, say_form
from lt_analysis.rendering.forms.over_time import SIGNS_IN_WORDS, USUAL, news_of, written
from lt_analysis.rendering.html import Cell, Html, Table
from lt_analysis.rendering.lines import GREY, LINE, LINE_ACROSS, MARGIN, SIZE_OF_TICKS, inches, lines_of, put
from lt_analysis.rendering.metric_figures import OfPeriod, periods_of
from lt_analysis.rendering.numbers import SMALLEST_BASE, significant
from lt_analysis.rendering.quarters_chart import write_in_gap
from lt_analysis.rendering.shown import Choice

PANEL, OF_TICKS, ABOVE = 1.9, 0.42, 0.1  # inches of the plot, of the periods' names below it, and above it
RIGHT, APART, PAD = 0.36, 0.12, 0.08  # inches beside the plot, between names of periods, and before it
OF_A_SHAPE = 0.16  # inches that a shape takes before its words
STEP, MOST_STEPS = 0.05, 4  # of a scale of shares
ROOM = 0.06  # of the plot's height, above and below all that is drawn
BREAK, BREAK_SHAPE = "calculated anew", "v"
NO_PERIODS = "No chart: no period can be shown."
CAPTION = Choice(
    "watched_caption",
    by="watched_kind",
    cases=dict.fromkeys(("dots alone", "dots and a median", "run chart"), "Each period of the chart")
    | dict.fromkeys(("p chart", "p' chart", "u chart", "u' chart"), "Each period of the chart, with its limits")
    | {"XmR chart": "Each period of the chart, with its limits"},
)
COLUMNS = ("Number", "Of")
VALUE, ACROSS, LIMITS, MARK, TARGET, YEAR_BEFORE = "Value", "Line across", "Limits", "Mark", "Target", "The year before"
DASHED, DOTTED, SHORT_LINES = "Dashed, limits", "Dotted, target", "Short lines: the year before"
SEEN = "A dot for each period, joined by a line, on an upright scale; what is marked has a shape and a word of its own."
# Of the Government Analysis Function palette; none is that of White or of the group's people.
COLOURS = {"better": "#1D7A74", "worse": "#801650", "changed": "#5E4B8B", USUAL: "#3D3D3D"}
SHAPES = {Rule.BEYOND: "D", Rule.TREND: "^", Rule.NEAR: ">", Rule.SHIFT: "s", None: "o"}
SHAPES_OF_TARGET = {Assurance.PASS: "P", Assurance.FAIL: "X", Assurance.EITHER: "d"}


class Word(NamedTuple):
    """Lines of words with a shape before them: where they begin, in inches, and in which line of text."""

    lines: list[str]
    shape: str
    colour: str
    left: float
    line: int


def control_chart(
    watched: Watched,
    name: str,
    measure: str,
    source: str,
    counts: Sequence[tuple[Cell, ...]] = (),
    columns: tuple[str, ...] = COLUMNS,
) -> Chart | Html:
    """Draw a measure over time by the chart that fits it; of a page that names no figure, `name` is empty.

    `counts` are the cells of each period's numbers, under `columns`; without them they are written as they are.
    """
    periods = periods_of(watched)
    points = [period.point for period in periods]
    data = _table(watched, name, counts or [_counts(point) for point in points], columns)
    shown = [point for point in points if not point.gap]
    if watched.series.of == Of.SHARES and any(point.people < SMALLEST_BASE for point in shown):
        return html.joined(html.note(NONE_OF_FEW_PEOPLE), data)
    if not shown:
        return html.joined(html.note(NO_PERIODS), data)
    if not mostly_shown(len(shown), len(points)):
        return table_instead(data)
    return Chart(
        finding=say(FINDING, watched, name),
        measure=measure,
        reading=how_to_read(watched, name),
        source=source,
        data=data,
        seen=SEEN,
        wide=_draw(watched, WIDE),
        narrow=_draw(watched, NARROW),
    )


def _counts(point: Observation) -> tuple[Cell, ...]:
    numbers = (point.events, point.people) if point.people is not None or point.gap else ()
    keys = (f"{point.period}.{column.lower()}" for column in COLUMNS)
    return tuple(
        Cell(key, None if point.gap == Absent.HIDDEN else str(point.gap) if point.gap else significant(number))
        for key, number in zip(keys, numbers, strict=False)
    )


def _table(watched: Watched, name: str, counts: Sequence[tuple[Cell, ...]], columns: tuple[str, ...]) -> Table:
    forms = {"point_value": VALUE} | ({"point_centre": ACROSS} if any(one.chart for one in watched.segments) else {})
    forms |= {"point_limits": LIMITS, "point_mark": MARK} if _with_limits(watched) else {}
    forms |= {"point_goal": TARGET} if watched.target is not None else {}
    forms |= {"point_year_before": YEAR_BEFORE} if watched.fit.why == Why.SEASONS else {}
    counted = watched.series.of in (Of.SHARES, Of.RATES)
    rows = []
    for period, numbers in zip(periods_of(watched), counts, strict=True):
        point = period.point
        own = f"{name}/{point.period}" if name else ""
        keys = tuple(cell.published for cell in numbers if cell.published)
        cells = (Cell(f"{form}.{point.period}", worked_out_from=keys, **form_of(form, period, own)) for form in forms)
        rows.append((say_form("point_period", period, own), (*(numbers if counted else ()), *cells)))
    headings = ("Period", *(columns if counted else ()), *forms.values())
    return Table(say(CAPTION, watched, name), headings, tuple(rows))


def _with_limits(watched: Watched) -> list[tuple[int, ControlChart]]:
    """Return the charts of those segments that have limits, each with the place of its first period."""
    return [(first, one.chart) for first, one in _in_place(watched) if isinstance(one.chart, ControlChart)]


def _in_place(watched: Watched) -> list[tuple[int, Watched]]:
    """Return each segment with the place of its first period."""
    firsts = accumulate((len(one.series.points) for one in watched.segments), initial=0)
    return list(zip(firsts, watched.segments, strict=False))


def _values(watched: Watched) -> list[float | None]:
    return [value for one in watched.segments for value in one.series.values]


def _draw(watched: Watched, width: float) -> str:
    ends = _ends(watched)
    scale = scale_of_shares(*ends) if watched.series.of == Of.SHARES else _scale_of_values(watched, *ends)
    left = MARGIN + max(inches(text, SIZE_OF_TICKS) for text in scale.values()) + PAD
    across = width - left - RIGHT
    head = _icons(watched)
    legend = lines_of(_legend(watched), width - 2 * MARGIN, SIZE_OF_TICKS)
    signs = _words(watched, left, across, width, len(head) + len(legend))
    lines = max([len(head) + len(legend), *(word.line + 1 for word in signs)])
    top = MARGIN + lines * LINE + ABOVE
    height = top + PANEL + OF_TICKS
    with house_style():
        figure = Figure(figsize=(width, height))
        low, high = _room(scale, *ends, watched)
        for at, text in scale.items():
            middle = top + PANEL * (high - at) / (high - low)
            # Before the axes: the words of a scale are of no period.
            put(figure, [text], left - PAD, middle - LINE / 2, "right", SIZE_OF_TICKS, zorder=-1)
        axes = figure.add_axes((left / width, OF_TICKS / height, across / width, PANEL / height))
        axes.set(xlim=(-0.5, len(_values(watched)) - 0.5), ylim=(low, high), xlabel="", ylabel="")
        _periods(axes, watched, across)
        _lines(axes, watched, scale)
        _points(axes, watched)
        put(figure, legend, MARGIN, MARGIN + len(head) * LINE, "left", SIZE_OF_TICKS)
        put_words(figure, [*head, *signs])
        return as_text(figure)


def _ends(watched: Watched) -> tuple[float, float]:
    """Return the least and the most of what is drawn."""
    drawn = [value for value in _values(watched) if value is not None]
    drawn += [watched.target] if watched.target is not None else []
    drawn += [one.chart.centre for one in watched.segments if one.chart]
    drawn += [limit for _, chart in _with_limits(watched) for limits in chart.limits for limit in limits]
    return min(drawn), max(drawn)


def scale_of_shares(low: float, high: float) -> dict[float, str]:
    """Return ticks at whole steps of 5 in 100, few enough to have room, and none beyond all.

    >>> list(scale_of_shares(0.12, 0.31).values()), list(scale_of_shares(1, 1).values())
    (['10%', '20%', '30%', '40%'], ['95%', '100%'])
    """
    all_of_them = round(1 / STEP)
    first = min(math.floor(low / STEP + 1e-9), all_of_them - 1)
    last = max(math.ceil(high / STEP - 1e-9), first + 1)
    step = math.ceil((last - first) / MOST_STEPS)
    last = first + step * math.ceil((last - first) / step)
    return {place * STEP: f"{place * STEP:.0%}" for place in range(first, min(last, all_of_them) + 1, step)}


def _scale_of_values(watched: Watched, low: float, high: float) -> dict[float, str]:
    """Return the least and the most value as ticks: both stand in the table."""
    values = [value for value in _values(watched) if value is not None]
    least, most = min(values), max(values)
    apart = (most - least) * PANEL > LINE * (high - low) * (1 + 2 * ROOM)
    return {value: written(watched, value) for value in ((least, most) if apart else (most,))}


def _room(scale: dict[float, str], low: float, high: float, watched: Watched) -> tuple[float, float]:
    low, high = min(low, *scale), max(high, *scale)
    more = (high - low or abs(high) or 1) * ROOM
    return low - more, high + more


def _legend(watched: Watched) -> str:
    """Return what the lines are: their values are those of the latest period's row."""
    latest = OfPeriod(watched, len(watched.series.points) - 1)
    parts = [f"{ACROSS}: {say_form('point_centre', latest, '')}"] if watched.chart else []
    if isinstance(watched.chart, ControlChart):
        parts.append(f"{DASHED}: {say_form('point_limits', latest, '')}")
    if watched.target is not None:
        parts.append(f"{DOTTED}: {say_form('point_goal', latest, '')}")
    return ". ".join(parts) or (SHORT_LINES if watched.fit.why == Why.SEASONS else "")


def _icons(watched: Watched) -> list[Word]:
    """Return the two signs of the latest point, as far as there are any, each on a line of its own."""
    found, target = watched.icons
    words = []
    if found is not None:
        latest = OfPeriod(watched, len(watched.series.points) - 1)
        sign = latest.signal.rule if latest.signal else None
        words.append(Word([VARIATION_WORDS[found]], SHAPES[sign], COLOURS[news_of(latest)], MARGIN, 0))
    if target is not None:
        words.append(Word([ASSURANCE_WORDS[target]], SHAPES_OF_TARGET[target], COLOURS[USUAL], MARGIN, len(words)))
    return words


def _words(watched: Watched, left: float, across: float, width: float, top: int) -> list[Word]:
    """Return a word for each stretch of points that are marked alike, in as many lines as keep them apart."""
    points, found = list(enumerate(periods_of(watched))), []
    for (first, sign, news), some in groupby(points, key=_marked_alike):
        places = [place for place, _ in some]
        if first and first == places[0]:
            found.append((first - 0.5, BREAK, BREAK_SHAPE, COLOURS[USUAL]))
        if sign is not None:
            found.append((sum(places) / len(places), SIGNS_IN_WORDS[sign, news], SHAPES[sign], COLOURS[news]))
    words, taken = [], [MARGIN - APART]
    for place, text, shape, colour in sorted(found):
        room = OF_A_SHAPE + inches(text, SIZE_OF_TICKS)
        middle = left + across * (place + 0.5) / len(points)
        # A break's shape stands above its line, and other words in the middle of their points.
        before = OF_A_SHAPE / 3 if shape == BREAK_SHAPE else room / 2
        begins = min(max(MARGIN, middle - before), width - MARGIN - room)
        line = next((line for line, end in enumerate(taken) if end + APART <= begins), len(taken))
        taken[line : line + 1] = [begins + room]
        words.append(Word([text], shape, colour, begins, top + line))
    return words


def _marked_alike(placed: tuple[int, OfPeriod]) -> tuple[int, Rule | None, str]:
    """Return the place of the first period of a period's segment, what marks it, and whether that is better."""
    place, one = placed
    return place - one.place, one.signal and one.signal.rule, news_of(one)


def put_words(figure: Figure, words: Sequence[Word], top: float = MARGIN) -> None:
    """Write words, each behind its shape, from a place in inches from the top of the drawing."""
    if not words:
        return
    width, height = figure.get_size_inches()
    ground = figure.add_axes((0, 0, 1, 1), facecolor="none")
    ground.set(xlim=(0, width), ylim=(height, 0), xticks=[], yticks=[])
    ground.set_axis_off()
    for word in words:
        at = top + word.line * LINE
        draw_marks(ground, [word.left + OF_A_SHAPE / 3], [at + LINE / 2], s=34, color=word.colour, marker=word.shape)
        put(figure, word.lines, word.left + OF_A_SHAPE, at, "left", SIZE_OF_TICKS, color=word.colour)


def _periods(axes: Axes, watched: Watched, across: float) -> None:
    """Name as many periods as have room, the latest among them."""
    names = [period.point.period for period in periods_of(watched)]
    longest = max(inches(name, SIZE_OF_TICKS) for name in names)
    interval = math.ceil((longest + APART) * len(names) / across)
    places = [place for place in range(len(names)) if (len(names) - 1 - place) % interval == 0]
    axes.set_xticks(places, [names[place] for place in places], fontsize=SIZE_OF_TICKS)


def _lines(axes: Axes, watched: Watched, scale: dict[float, str]) -> None:
    """Draw the lines across; where a period has no value its words stand, and no target runs through them."""
    axes.set_yticks(list(scale), [])
    axes.grid(axis="y", color=GREY, linewidth=0.8)
    axes.set_axisbelow(True)
    axes.tick_params(axis="y", length=0)
    if watched.target is not None:
        places = [place for place, value in enumerate(_values(watched)) if value is not None]
        across = [edge for place in places for edge in (place - 0.5, place + 0.5, math.nan)]
        axes.plot(across, [watched.target] * len(across), color=LINE_ACROSS, linewidth=1.4, linestyle=":", zorder=1)
    for first, one in _in_place(watched):
        if one.chart:
            ends = first - 0.5, first + len(one.series.points) - 0.5
            axes.hlines(one.chart.centre, *ends, color=LINE_ACROSS, linewidth=1.4, zorder=1)
        if first:
            axes.axvline(first - 0.5, color=COLOURS[USUAL], linewidth=1.4, zorder=1)
    for first, chart in _with_limits(watched):
        edges = [first + place - 0.5 for place in range(len(chart.limits) + 1)]
        for limits in zip(*chart.limits, strict=True):
            axes.stairs(limits, edges, baseline=None, color=LINE_ACROSS, linestyle="--", zorder=1)


def _points(axes: Axes, watched: Watched) -> None:
    """Draw the dots, joined where no period between them is missing; in a gap stands why."""
    values, periods = _values(watched), periods_of(watched)
    shown = [place for place, value in enumerate(values) if value is not None]
    sns.lineplot(
        x=shown,
        y=[values[place] for place in shown],
        units=[f"{place - number} {place - periods[place].place}" for number, place in enumerate(shown)],
        estimator=None,
        color=COLOURS[USUAL],
        linewidth=1.1,
        ax=axes,
        zorder=2,
    )
    for place in shown:
        period = periods[place]
        shape, colour = SHAPES[period.signal.rule if period.signal else None], COLOURS[news_of(period)]
        size = 28 if period.signal is None else 42
        draw_marks(axes, [place], [values[place]], s=size, color=colour, marker=shape, zorder=3, clip_on=False)
    for place, one in enumerate(periods):
        seasons = one.watched.fit.why == Why.SEASONS
        before = one.watched.series.year_before(one.place) if seasons else None
        if before:
            axes.hlines(before.value, place - 0.3, place + 0.3, color=LINE_ACROSS, linewidth=2)
        if one.point.gap:
            write_in_gap(axes, place, NOT_SHOWN if one.point.gap == Absent.HIDDEN else str(one.point.gap))
