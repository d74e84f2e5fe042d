"""Releases made by hand for tests of charts, and what can be measured in a chart's drawings."""

from itertools import combinations, pairwise

import numpy as np
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from matplotlib.transforms import Bbox

from lt_analysis.codebook.measures import RECRUITMENT
from lt_analysis.codebook.measures import STAGES as DECISIONS
from lt_analysis.codebook.periods import Quarter
from lt_analysis.evidence.relative_likelihood import RelativeLikelihood
from lt_analysis.release.figures import Expected, Number, OrganisationFigures, PeopleTable, Release, StageFigure, State
from lt_analysis.release.keys import Key
from lt_analysis.rendering.charts import house_style
from tests.making import people_table
from tests.rendering.test_sentences import figures

SECOND = Quarter.parse("2026-27-Q2")
MEMBERS = ("ashbourne", "beeches", "cedars")
Reached = tuple[int | None, int | None, int | None]


def organisation(
    name: str, white: Reached = (200, 80, 16), group: Reached = (150, 50, 10), expected=(None, None), **about
):
    """An organisation's year by how many applied, were shortlisted and were appointed; None is hidden.

    `expected` is what equal chances give at both stages, where its vacancies are known.
    """
    slug = name.split()[0].lower()
    numbers = {("White", stage): one for stage, one in zip(RECRUITMENT.keys, white, strict=True)}
    numbers |= {("BME", stage): one for stage, one in zip(RECRUITMENT.keys, group, strict=True)}
    people = people_table({(stage, who): number for (who, stage), number in numbers.items()}, who=slug)
    stages = tuple(_stage(measure, numbers, chance) for measure, chance in zip(DECISIONS, expected, strict=True))
    return figures(**{"slug": slug, "name": name, "invented": False, "people": people, "stages": stages} | about)


def chance(people: int, low: int, high: int) -> Expected:
    """What equal chances give: a number of people, and the range that they usually give."""
    return Expected(could_tell=True, people=people, low=low, high=high, informative=20)


def _stage(measure, numbers, expected) -> StageFigure:
    of, done = measure.counts
    counts = [numbers[key] for key in (("White", done), ("White", of), ("BME", done), ("BME", of))]
    if None in counts:
        return StageFigure(measure, "BME", State.HIDDEN)
    return StageFigure(measure, "BME", State.RELEASED, RelativeLikelihood(*counts), expected)


def release(*organisations: OrganisationFigures, partnership: tuple[PeopleTable, ...] = ()) -> Release:
    """A quarter's release of them."""
    return Release(SECOND, organisations, partnership)


def table(
    span: str, bands: dict[str, dict[str, tuple[int | None, int | None]]], members: tuple[str, ...] = MEMBERS
) -> PeopleTable:
    """The partnership's published table: for each band and stage the group's number, and that of all known."""
    numbers = tuple(
        Number(Key("partnership", span, stage, group, band), number)
        for band, stages in bands.items()
        for stage, pair in stages.items()
        for group, number in zip(("BME", "known"), pair, strict=True)
    )
    return PeopleTable("partnership", span, members, "2026-27-Q2", numbers)


def quarters(*counts, members=MEMBERS, first: str = "2024-25-Q1") -> tuple[PeopleTable, ...]:
    """A published quarter for each pair of shortlisted and appointed, each the group's and everybody's number."""
    made, quarter = [], Quarter.parse(first)
    for count in counts:
        if count:
            shortlisted, appointed = count
            stages = {"applied": (None, None), "shortlisted": shortlisted, "appointed": appointed}
            made.append(table(str(quarter), {"8+": stages}, members))
        quarter = quarter.next
    return tuple(made)


def crowded(figure: Figure) -> list[str]:
    """Say which texts of a figure overlap, lie on a mark or a line, or are not wholly inside it."""
    with house_style():
        canvas = FigureCanvasAgg(figure)
        canvas.draw()
        renderer = canvas.get_renderer()
        boxes = [(text.get_text(), text.get_window_extent(renderer)) for text in _texts(figure)]
        drawn = [box for axes in figure.axes for box in (*_marks(axes, figure.dpi), *_lines(axes))]
    found = [f"outside: {said}" for said, box in boxes if not _inside(box, figure.bbox)]
    found += [f"on one another: {one} | {two}" for (one, a), (two, b) in combinations(boxes, 2) if _overlap(a, b)]
    return found + [f"on what is drawn: {said}" for said, box in boxes for other in drawn if _overlap(box, other)]


def _texts(figure: Figure):
    texts = list(figure.texts)
    for axes in figure.axes:
        texts += [*axes.texts, axes.title, axes._left_title, axes.xaxis.label, axes.yaxis.label]
        for axis in (axes.xaxis, axes.yaxis):
            low, high = sorted(axis.get_view_interval())
            places = zip(axis.get_majorticklocs(), axis.get_majorticklabels(), strict=True)
            texts += [label for at, label in places if low - 1e-9 <= at <= high + 1e-9]
    return [text for text in texts if text.get_text() and text.get_visible()]


def _marks(axes, dpi):
    for collection in axes.collections:
        if collection.get_sizes().size if hasattr(collection, "get_sizes") else False:
            half = np.sqrt(collection.get_sizes()[0]) / 2 * dpi / 72
            for x, y in axes.transData.transform(np.atleast_2d(collection.get_offsets())):
                yield Bbox([[x - half, y - half], [x + half, y + half]])


def _lines(axes):
    for line in axes.lines:
        places = line.get_transform().transform(np.column_stack([line.get_xdata(), line.get_ydata()]).astype(float))
        for one, two in pairwise(places):
            if np.isfinite([*one, *two]).all():
                yield Bbox([np.minimum(one, two), np.maximum(one, two)])


def _inside(box: Bbox, around: Bbox) -> bool:
    return box.x0 >= around.x0 and box.y0 >= around.y0 and box.x1 <= around.x1 and box.y1 <= around.y1


def _overlap(one: Bbox, other: Bbox, touch: float = 0.5) -> bool:
    """Tell whether two boxes share more than an edge, in pixels."""
    across = min(one.x1, other.x1) - max(one.x0, other.x0)
    along = min(one.y1, other.y1) - max(one.y0, other.y0)
    return across > touch and along > touch or (min(other.width, other.height) == 0 and across >= 0 and along > touch)
