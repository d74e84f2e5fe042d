"""The group's share of those shortlisted and of those appointed, over the partnership's published quarters."""

import math
from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

import seaborn as sns
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from lt_analysis.codebook.ethnicity import BME
from lt_analysis.codebook.naming import capitalised, people_of
from lt_analysis.codebook.periods import Quarter
from lt_analysis.codebook.words import called
from lt_analysis.release.figures import PeopleTable, Release
from lt_analysis.release.keys import KNOWN, STAGES
from lt_analysis.rendering.charts import GROUP_LOOK, NARROW, WIDE, Chart, as_text, house_style
from lt_analysis.rendering.group_shares import GroupShare
from lt_analysis.rendering.html import Html, Table
from lt_analysis.rendering.lines import GREY, LINE, MARGIN, SIZE, SIZE_OF_TICKS, put
from lt_analysis.rendering.measuring import inches, lines_of
from lt_analysis.rendering.over_time import NO_BREAK
from lt_analysis.rendering.people import COLUMN, name_of

_, *DRAWN_STAGES = STAGES
FEWEST_QUARTERS, MOST_QUARTERS = 2, 12
POINTS_FOR_A_RULE = 12
PANEL, ABOVE, OF_TICKS = 1.25, 0.1, 0.42  # inches of a panel, of the room above it, and of its quarters' names below
LEFT, RIGHT, APART = 0.5, 0.36, 0.12  # inches beside the panels, and between the names of quarters
STEP = 0.2  # the top of the scale is a whole number of these
NO_FIGURES = "no figures"
NO_CHART = "No chart over time: it takes two published quarters in which the share of {people} can be shown."


class Point(NamedTuple):
    """One published quarter: where it lies, its shares by stage, and its stretch of the same organisations."""

    quarter: Quarter
    place: int
    stretch: int
    shares: dict[str, GroupShare]


def quarters_chart(release: Release) -> Chart | Html:
    """Draw the latest published quarters; one that is hidden has a word and no mark, and breaks the line."""
    points = _points(release.quarters)
    if sum(any(one.shown for one in point.shares.values()) for point in points) < FEWEST_QUARTERS:
        return Html(f'<p class="note">{NO_CHART.format(people=people_of(BME))}</p>')
    last = points[-1]
    return Chart(
        finding=_finding(last),
        measure=f"{capitalised(people_of(BME))} as a share of those shortlisted, and of those appointed, with its "
        f"likely range (95%), {points[0].quarter} to {last.quarter}",
        alt="Two panels of diamonds with ranges, one for each quarter. "
        + " ".join(_in_words(points, stage) for stage in DRAWN_STAGES),
        reading=f"An upright line shows the likely range. {rule_note(len(points))} Points are joined where quarters "
        "follow on and add up the same organisations. Not adjusted for which posts people applied to.",
        source="Returns of the organisations added up, each quarter",
        data=_table(points, release.quarters[-1]),
        wide=_draw(points, WIDE),
        narrow=_draw(points, NARROW),
    )


def rule_note(points: int) -> str:
    """Say that no rule of change is applied, and why."""
    few = f"There are fewer than {POINTS_FOR_A_RULE} points, so no" if points < POINTS_FOR_A_RULE else "No"
    return f"{few} rule of change is applied: a rise or fall from one quarter to the next may be chance."


def _points(tables: Sequence[PeopleTable]) -> list[Point]:
    """Place tables along the quarters from the first to the last of them, at most the latest twelve."""
    points: list[Point] = []
    quarters = _calendar(tables)
    stretch = 0
    for before, table in pairwise((None, *tables)):
        stretch += before is not None and before.members != table.members
        shares = {stage: GroupShare.of(table, stage) for stage in DRAWN_STAGES}
        if Quarter.parse(table.span) in quarters:
            quarter = Quarter.parse(table.span)
            points.append(Point(quarter, quarters.index(quarter), stretch, shares))
    return points


def _calendar(tables: Sequence[PeopleTable]) -> list[Quarter]:
    quarters = [Quarter.parse(one.span) for one in tables[:1]]
    while quarters and str(quarters[-1]) != tables[-1].span:
        quarters.append(quarters[-1].next)
    return quarters[-MOST_QUARTERS:]


def _finding(last: Point) -> str:
    said = ", ".join(
        f"{one.in_short} of those {stage}" if one.shown else f"{stage} {one.instead}"
        for stage, one in last.shares.items()
    )
    return f"{last.quarter}, {people_of(BME)}: {said}."


def _in_words(points: list[Point], stage: str) -> str:
    return f"{COLUMN[stage]}: " + ", ".join(f"{one.quarter} {one.shares[stage].in_short}" for one in points) + "."


def _table(points: list[Point], latest: PeopleTable) -> Table:
    columns = [
        heading
        for stage in DRAWN_STAGES
        for heading in (
            f"{COLUMN[stage]}: {called(BME)}",
            f"{COLUMN[stage]}: {name_of(KNOWN).lower()}",
            f"{COLUMN[stage]}: {called(BME)} share",
        )
    ]
    rows = tuple(
        (
            str(one.quarter).replace("-", NO_BREAK),
            tuple(cell for stage in DRAWN_STAGES for cell in one.shares[stage].cells("quarters")),
        )
        for one in points
    )
    return Table(
        f"{capitalised(people_of(BME))} among those shortlisted and appointed, each quarter",
        ("Quarter", *columns),
        rows,
    )


def _draw(points: list[Point], width: float) -> str:
    titles = {stage: lines_of(_title(points[-1], stage), width - 2 * MARGIN, SIZE, "bold") for stage in DRAWN_STAGES}
    panel = {stage: len(said) * LINE + ABOVE + PANEL + OF_TICKS for stage, said in titles.items()}
    height, across = sum(panel.values()) + 2 * MARGIN, width - LEFT - RIGHT
    top = MARGIN
    with house_style():
        figure = Figure(figsize=(width, height))
        for stage, said in titles.items():
            put(figure, said, MARGIN, top, "left", SIZE, fontweight="bold")
            top += panel[stage]
            bottom = height - top + OF_TICKS
            axes = figure.add_axes((LEFT / width, bottom / height, across / width, PANEL / height))
            _scales(axes, points, across)
            _draw_stage(axes, points, stage)
        return as_text(figure)


def _title(last: Point, stage: str) -> str:
    return f"{COLUMN[stage]}: {last.shares[stage].in_words} in {last.quarter}"


def _scales(axes: Axes, points: list[Point], across: float) -> None:
    """Both panels have one scale, from nought to above every range that is shown; as many quarters are named as fit."""
    ends = [one.likely[1] for point in points for one in point.shares.values() if one.shown]
    highest = min(1.0, math.ceil(max(ends) / STEP) * STEP)
    last = points[-1].place
    axes.set(xlim=(-0.5, last + 0.5), ylim=(0, highest), xlabel="", ylabel="")
    shares = (0, highest / 2, highest)
    axes.set_yticks(shares, [f"{share:.0%}" for share in shares], fontsize=SIZE_OF_TICKS)
    every = math.ceil((inches(str(points[-1].quarter), SIZE_OF_TICKS) + APART) * (last + 1) / across)
    named = [one for one in points if (last - one.place) % every == 0]
    axes.set_xticks([one.place for one in named], [str(one.quarter) for one in named], fontsize=SIZE_OF_TICKS)
    axes.grid(axis="y", color=GREY, linewidth=0.8)
    axes.set_axisbelow(True)


def _draw_stage(axes: Axes, points: list[Point], stage: str) -> None:
    shown = [one for one in points if one.shares[stage].shown]
    for one in shown:
        axes.vlines(one.place, *one.shares[stage].likely, color=GROUP_LOOK.mark, linewidth=2.5)
    sns.lineplot(
        x=[one.place for one in shown],
        y=[one.shares[stage].share.share for one in shown],
        units=[f"{one.stretch}.{one.place - number}" for number, one in enumerate(shown)],
        estimator=None,
        color=GROUP_LOOK.mark,
        marker=GROUP_LOOK.shape,
        markersize=7,
        linewidth=1.2,
        ax=axes,
    )
    for one in points:
        if not one.shares[stage].shown:
            _write_in_gap(axes, one.place, one.shares[stage].instead)
    there = {one.place for one in points}
    for place in range(points[-1].place):
        if place not in there:
            _write_in_gap(axes, place, NO_FIGURES)


def _write_in_gap(axes: Axes, place: int, words: str) -> None:
    axes.text(
        place, 0.04, words, rotation=90, ha="center", va="bottom", fontsize=SIZE_OF_TICKS,
        transform=axes.get_xaxis_transform(),
    )  # fmt: skip
