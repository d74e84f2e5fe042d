"""Charts of one line a figure: its name, its mark with its margin of error on a common scale, and its numbers.

Every word has a place of its own, measured beforehand: names at the left of the scale and numbers at its right, or,
on a phone, both above the mark. So nothing can overlap or clip, however long a name or extreme a number.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from math import nan
from typing import NamedTuple

from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.font_manager import FontProperties, findfont, get_font

from lt_analysis.rendering.charts import NARROW, WIDE, Look, as_text, draw_marks, house_style

FONT = "DejaVu Sans"
POINTS_AN_INCH = 72
PARTS_OF_A_PIXEL = 64  # in which FreeType measures
SIZE, SIZE_OF_TICKS = 10, 9  # points
LINE = 0.205  # inches that a line of text takes, with what keeps it from the next
BETWEEN = 0.12  # inches from one line of the chart to the next
MARGIN, GUTTER = 0.06, 0.14
NAMES, NUMBERS = 2.9, 1.85  # inches of the columns beside the scale: names take no more than they need
SIDE = 0.26  # inches beside a scale that has no columns, which half a tick's words may take
BELOW = 0.36  # inches of the scale's ticks
GREY, LINE_ACROSS, BAND = "#E5E5E5", "#768692", "#EEF1F3"
BAR, WIDTH_OF_BAR = "#7E92A2", 9  # points


class Mark(NamedTuple):
    """Where a figure lies, its margin of error (None: it has none), and how it is drawn.

    `usual` is a range that is not its own and that it may lie outside: a bar behind it.
    """

    at: float
    likely: tuple[float, float] | None
    look: Look
    usual: tuple[float, float] | None = None


@dataclass(frozen=True)
class Line:
    """One line of a chart; without a mark its words stand beside a gap. `begins` keeps it apart from those before."""

    name: str
    words: str
    mark: Mark | None = None
    begins: bool = True


@dataclass(frozen=True)
class Scale:
    """What marks are measured on: its limits, its ticks with their words, and the lines of text at its two ends.

    `band` is shaded, and `line` drawn across. A mark beyond a limit is an arrow there.
    """

    limits: tuple[float, float]
    ticks: dict[float, str]
    ends: tuple[tuple[str, ...], ...] = ()
    band: tuple[float, float] | None = None
    line: float | None = None
    log: bool = False


def drawings(lines: Sequence[Line], scale: Scale) -> dict[str, str]:
    """Draw for a screen and for a phone: the two drawings of a chart, by name."""
    return {"wide": draw(lines, scale, WIDE), "narrow": draw(lines, scale, NARROW)}


class _Layout(NamedTuple):
    """Where the words of a line stand: each text with its line of text, its inches from the left, and its side."""

    texts: tuple[tuple[list[str], float, float, str], ...]
    depth: int  # lines of text, the mark's own among them
    mark: float  # the line of text at which the mark stands


def draw(lines: Sequence[Line], scale: Scale, width: float) -> str:
    """Draw lines one below the other, at a width in inches."""
    columns = width > NARROW
    names = min(NAMES, max(inches(line.name, SIZE) for line in lines))
    left = MARGIN + names + GUTTER if columns else SIDE
    across = width - left - (GUTTER + NUMBERS + MARGIN if columns else SIDE)
    layouts = [_beside(line, names, width) for line in lines] if columns else _above(lines, width)
    *tops, depth = _tops(lines, layouts)
    above = MARGIN + LINE * max(map(len, scale.ends), default=0) + BETWEEN
    height = above + depth + BELOW
    marks = [
        (line.mark, top + (layout.mark + 0.5) * LINE)
        for line, layout, top in zip(lines, layouts, tops, strict=True)
        if line.mark
    ]
    with house_style():
        figure = Figure(figsize=(width, height))
        axes = figure.add_axes((left / width, BELOW / height, across / width, depth / height))
        _scale(axes, scale, [(0, depth)] if columns else [(at - LINE / 2, at + LINE / 2) for _, at in marks])
        axes.set_ylim(depth, 0)
        for words, at, side in zip(scale.ends, (left, left + across), ("left", "right"), strict=False):
            put(figure, words, at, MARGIN, side, SIZE_OF_TICKS)
        _put_words(figure, layouts, [above + top for top in tops])
        draw_lines_marks(axes, marks, scale.limits)
        return as_text(figure)


def _tops(lines: Sequence[Line], layouts: Sequence[_Layout]) -> list[float]:
    """Return how many inches below the first line each begins, and last where they end."""
    tops = [0.0]
    for following, layout in zip([*lines[1:], None], layouts, strict=True):
        tops.append(tops[-1] + layout.depth * LINE + (BETWEEN if following is None or following.begins else 0))
    return tops


def _put_words(figure: Figure, layouts: Sequence[_Layout], tops: Sequence[float]) -> None:
    for layout, top in zip(layouts, tops, strict=True):
        for words, row, at, side in layout.texts:
            put(figure, words, at, top + row * LINE, side, SIZE)


def _beside(line: Line, names: float, width: float) -> _Layout:
    name, words = lines_of(line.name, names, SIZE), lines_of(line.words, NUMBERS, SIZE)
    depth = max(len(name), len(words))
    texts = ((name, MARGIN), (words, width - MARGIN - NUMBERS))
    return _Layout(
        tuple((lines, (depth - len(lines)) / 2, at, "left") for lines, at in texts), depth, mark=(depth - 1) / 2
    )


def _above(lines: Sequence[Line], width: float) -> list[_Layout]:
    """Put numbers at the right of names where all of them fit so, else below them."""
    room = width - 2 * MARGIN
    if all(inches(line.name, SIZE) + GUTTER + inches(line.words, SIZE) <= room for line in lines):
        at_right = width - MARGIN
        return [
            _Layout((([line.name], 0, MARGIN, "left"), ([line.words], 0, at_right, "right")), 1 + bool(line.mark), 1)
            for line in lines
        ]
    texts = [[*lines_of(line.name, room, SIZE), *lines_of(line.words, room, SIZE)] for line in lines]
    return [
        _Layout(((words, 0, MARGIN, "left"),), len(words) + bool(line.mark), len(words))
        for line, words in zip(lines, texts, strict=True)
    ]


def put(
    figure: Figure, lines: list[str], left: float, top: float, side: str, size: float, deep: float = LINE, **how
) -> None:
    """Write lines of text, each so many inches deep, with their top at a place from the drawing's own left and top."""
    width, height = figure.get_size_inches()
    for number, line in enumerate(lines):
        middle = 1 - (top + (number + 0.5) * deep) / height
        figure.text(left / width, middle, line, ha=side, va="center_baseline", fontsize=size, **how)


def _scale(axes: Axes, scale: Scale, spans: list[tuple[float, float]]) -> None:
    """Draw the scale; its grid, band and line run only along the spans, for on a phone words stand between them."""
    if scale.log:
        axes.set_xscale("log")
    axes.set(xlim=scale.limits, xlabel="", ylabel="")
    axes.set_yticks([])
    axes.set_xticks(list(scale.ticks), list(scale.ticks.values()), fontsize=SIZE_OF_TICKS)
    axes.minorticks_off()
    for top, bottom in spans if scale.band else ():
        axes.fill_betweenx([top, bottom], *scale.band, color=BAND, linewidth=0, zorder=0)
    across = [tick for tick in scale.ticks if tick != scale.line]
    strokes(axes, [((at, at), span) for at in across for span in spans], GREY, 0.8, 0.5)
    if scale.line is not None:
        strokes(axes, [((scale.line, scale.line), span) for span in spans], LINE_ACROSS, 1.2, 0.8)


def strokes(axes: Axes, strokes: list[tuple], colour: str, width: float, order: float) -> None:
    """Draw straight strokes, each from its first place to its last, as one path with gaps between them."""
    xs = [x for across, _ in strokes for x in (*across, nan)]
    ys = [y for _, along in strokes for y in (*along, nan)]
    axes.plot(xs, ys, color=colour, linewidth=width, solid_capstyle="butt", clip_on=False, zorder=order)


def draw_lines_marks(axes: Axes, marks: list[tuple[Mark, float]], limits: tuple[float, float]) -> None:
    """Draw marks and their margins of error; what lies beyond the limits ends in an arrow, and a bar at the limit."""
    bars = [(_within(mark.usual, limits), (height, height)) for mark, height in marks if mark.usual]
    if bars:
        strokes(axes, bars, BAR, WIDTH_OF_BAR, 1)
    for look in dict.fromkeys(mark.look for mark, _ in marks):
        of_look = [(mark, height) for mark, height in marks if mark.look == look]
        ranges = [(_within(mark.likely, limits), (height, height)) for mark, height in of_look if mark.likely]
        strokes(axes, ranges, look.mark, 2.5, 2)
        points = [point for mark, height in of_look for point in _points(mark, height, limits)]
        for shape in dict.fromkeys(shape for _, _, shape in points):
            positions = [(x, y) for x, y, other_shape in points if other_shape == shape]
            xs, ys = zip(*positions, strict=True)
            draw_marks(axes, xs, ys, color=look.mark, marker=shape, s=60, clip_on=False, zorder=3)


def _within(ends: tuple[float, ...], limits: tuple[float, float]) -> tuple[float, ...]:
    low, high = limits
    return tuple(min(max(end, low), high) for end in ends)


def _points(mark: Mark, height: float, limits: tuple[float, float]) -> list[tuple[float, float, str]]:
    """Return a figure's own point, and an arrow at each limit beyond which it or its range lies."""
    low, high = limits
    reached = (mark.at, *(mark.likely or ()))
    points = [(mark.at, height, mark.look.shape)] if low <= mark.at <= high else []
    points += [(low, height, "<")] if min(reached) < low else []
    return points + ([(high, height, ">")] if max(reached) > high else [])


@cache
def inches(text: str, size: float, weight: str = "normal") -> float:
    """Return how wide a text is, in inches, at a size in points."""
    font = get_font(findfont(FontProperties(family=FONT, weight=weight)))
    font.set_size(size, POINTS_AN_INCH)
    font.set_text(text, 0)
    return font.get_width_height()[0] / PARTS_OF_A_PIXEL / POINTS_AN_INCH


def lines_of(text: str, width: float, size: float, weight: str = "normal") -> list[str]:
    """Break a text into lines no wider than `width` inches: between words where it can be, else within one."""
    lines = [""]
    for word in text.split():
        longer = f"{lines[-1]} {word}".strip()
        if inches(longer, size, weight) <= width:
            lines[-1] = longer
            continue
        lines += [""] if lines[-1] else []
        for letter in word:
            if inches(lines[-1] + letter, size, weight) > width:
                lines.append("")
            lines[-1] += letter
    return lines
