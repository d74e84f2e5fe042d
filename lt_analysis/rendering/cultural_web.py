"""The Cultural Web as a hexagon: six places round a middle, each with its element and how its actions stand.

Every place is a box as wide as its column and as deep as the fullest of them, measured beforehand, so that no word is
cut off or lies on another. On a phone the places stand in rows of their own.
"""

from collections.abc import Sequence
from typing import NamedTuple

from matplotlib.figure import Figure
from matplotlib.patches import Polygon, Rectangle

from lt_analysis.codebook.commitments import NAME_OF_WEB
from lt_analysis.rendering.charts import GROUP_LOOK, NARROW, WHITE_LOOK, as_text, house_style
from lt_analysis.rendering.lines import LINE_ACROSS, lines_of, put

SIZE, LINE = 9, 0.185  # points of words, and inches that a line of them takes
EDGE, GAP, WITHIN = 0.06, 0.2, 0.08  # inches around the drawing, between places, and between a place's edge and words
BETWEEN_COLUMNS = 0.24  # inches


class Place(NamedTuple):
    """An element: its name, how its actions stand, each state by itself, and whether it has any action."""

    name: str
    states: Sequence[str]
    touched: bool


def draw_web(places: Sequence[Place], width: float) -> str:
    """Draw six places clockwise from the top, at a width in inches."""
    across = _across(width)
    texts = [_lines(place, across - 2 * WITHIN) for place in places]
    depth = max(len(name) + len(states) for name, states in texts) * LINE + 2 * WITHIN
    centres, height = _centres(width, across, depth)
    with house_style():
        figure = Figure(figsize=(width, height))
        axes = figure.add_axes((0, 0, 1, 1))
        axes.set(xlim=(0, width), ylim=(height, 0), xticks=[], yticks=[], xlabel="", ylabel="")
        axes.set_axis_off()
        axes.add_patch(Polygon(centres, closed=True, fill=False, edgecolor=LINE_ACROSS, linewidth=2))
        put(figure, [NAME_OF_WEB], width / 2, (height - LINE) / 2, "center", SIZE, LINE, fontweight="bold")
        for place, (name, states), (x, y) in zip(places, texts, centres, strict=True):
            axes.add_patch(_box(place, x - across / 2, y - depth / 2, across, depth))
            top = y - (len(name) + len(states)) * LINE / 2
            put(figure, name, x, top, "center", SIZE, LINE, fontweight="bold")
            put(figure, states, x, top + len(name) * LINE, "center", SIZE, LINE)
        return as_text(figure)


def _across(width: float) -> float:
    """Return how wide a place is: on a phone two stand side by side, else three."""
    columns = 3 if width > NARROW else 2
    return (width - 2 * EDGE - (columns - 1) * BETWEEN_COLUMNS) / columns


def _lines(place: Place, room: float) -> tuple[list[str], list[str]]:
    """Return the lines of a place's name, and of its states, each of which begins a line."""
    return lines_of(place.name, room, SIZE, "bold"), [
        line for one in place.states for line in lines_of(one, room, SIZE)
    ]


def _centres(width: float, across: float, depth: float) -> tuple[list[tuple[float, float]], float]:
    """Return the middles of six places, clockwise from the top, and how high the drawing is.

    Places at the sides stand beside those at the top and the bottom where there is room, and else below and above them.
    """
    if width > NARROW:
        side = (depth + GAP) / 2
        far = depth + GAP
    else:
        side = (depth + LINE) / 2 + GAP
        far = side + depth + GAP
    middle, left = EDGE + depth / 2 + far, EDGE + across / 2
    right = width - left
    centres = [(width / 2, middle - far), (right, middle - side), (right, middle + side)]
    centres += [(width / 2, middle + far), (left, middle + side), (left, middle - side)]
    return centres, 2 * middle


def _box(place: Place, left: float, top: float, across: float, depth: float) -> Rectangle:
    """Return the box of a place: a dashed one has no action."""
    line, colour = ("-", WHITE_LOOK.mark) if place.touched else ("--", GROUP_LOOK.text)
    return Rectangle((left, top), across, depth, facecolor="white", edgecolor=colour, linestyle=line, linewidth=1.5)
