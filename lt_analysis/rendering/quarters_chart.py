"""The group's share of those shortlisted and of those appointed, over the partnership's published quarters."""

import math
from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

import seaborn as sns
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from lt_analysis.codebook.measures import RECRUITMENT
from lt_analysis.codebook.periods import Quarter
from lt_analysis.evidence.process_control import FEWEST_FOR_LIMITS
from lt_analysis.release.figures import PeopleTable, Release
from lt_analysis.rendering import html, people
from lt_analysis.rendering.charts import (
    GROUP_LOOK,
    NARROW,
    WIDE,
    Chart,
    as_text,
    house_style,
    mostly_shown,
    table_instead,
)
from lt_analysis.rendering.forms import say, say_form
from lt_analysis.rendering.group_shares import GroupShare
from lt_analysis.rendering.html import Html, Table
from lt_analysis.rendering.lines import GREY, LINE, MARGIN, SIZE, SIZE_OF_TICKS, inches, lines_of, put
from lt_analysis.rendering.measure_figures import Counted
from lt_analysis.rendering.people import COLUMN
from lt_analysis.rendering.shown import Choice, Said, Template

_, *DRAWN_STAGES = RECRUITMENT.keys
FEWEST_QUARTERS, MOST_QUARTERS = 2, 12
PANEL, ABOVE, OF_TICKS = 1.25, 0.1, 0.42  # inches of a panel, of the room above it, and of its quarters' names below
LEFT, RIGHT, APART = 0.5, 0.36, 0.12  # inches beside the panels, and between the names of quarters
STEP = 0.2  # the top of the scale is a whole number of these
NO_FIGURES = "no figures"
NO_CHART = Template(
    "no_quarters_drawn",
    "No chart over time: it takes two published quarters in which the share of {bme_people} can be shown.",
)


MEASURED = Template(
    "shares_over_time",
    "{bme_people} as a share of those shortlisted, and of those appointed, with its margin of error (95%), ",
)
CAPTION = Template("quarters_caption", "{bme_people} among those shortlisted and appointed, each quarter")
FINDING = Template("latest_shares", "{span}, {bme_people}: ")
OF_STAGE = Choice(
    "share_of_stage",
    by="share_shown",
    cases={
        "shown": "{share_in_short} of those {stage}",
        "instead": "{stage} {share_in_short}",
    },
)
NO_RULE = "No rule of change is applied: a rise or fall from one quarter to the next may be chance."
FEW_POINTS = (
    "There are fewer than 12 points, so no rule of change is applied: a rise or fall from one quarter to the next may "
    "be chance."
)
JOINED = (
    "Points are joined where quarters follow on and add up the same organisations. Not adjusted for which posts people "
    "applied to."
)


class Point(NamedTuple):
    """One published quarter: where it lies, its shares by stage, and its stretch of the same organisations."""

    quarter: Quarter
    place: int
    stretch: int
    shares: dict[str, GroupShare]
    table: PeopleTable


def quarters_chart(release: Release) -> Chart | Html:
    """Draw the latest published quarters; one that is hidden has a word and no mark, and breaks the line."""
    points = _points(release.quarters)
    if sum(any(share.shown for share in point.shares.values()) for point in points) < FEWEST_QUARTERS:
        return html.note(say(NO_CHART, release, "*"))
    first, last = points[0].table, points[-1].table
    parts = (points[-1].place + 1) * len(DRAWN_STAGES)
    if not mostly_shown(sum(share.shown for point in points for share in point.shares.values()), parts):
        return table_instead(_table(points, release.quarters[-1]))
    return Chart(
        finding=_finding(points[-1]),
        measure=Said.join(
            "",
            (
                say(MEASURED, last, last.name).capitalised(),
                say_form("span", first, first.name),
                " to ",
                say_form("span", last, last.name),
            ),
        ),
        reading=Said.join(" ", ("An upright line shows the margin of error.", rule_note(len(points)), JOINED)),
        source="Returns of the organisations added up, each quarter",
        data=_table(points, release.quarters[-1]),
        seen="Two panels, one a stage, with a mark for each quarter and an upright line for its margin of error.",
        wide=_draw(points, WIDE),
        narrow=_draw(points, NARROW),
    )


def rule_note(points: int) -> str:
    """Return that no rule of change is applied, and why."""
    return FEW_POINTS if points < FEWEST_FOR_LIMITS else NO_RULE


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
            points.append(Point(quarter, quarters.index(quarter), stretch, shares, table))
    return points


def _calendar(tables: Sequence[PeopleTable]) -> list[Quarter]:
    quarters = [Quarter.parse(table.span) for table in tables[:1]]
    while quarters and str(quarters[-1]) != tables[-1].span:
        quarters.append(quarters[-1].next)
    return quarters[-MOST_QUARTERS:]


def _finding(last: Point) -> Said:
    table = last.table
    shares = [Counted(table, share.some.key) for share in last.shares.values()]
    words = Said.join(", ", (say(OF_STAGE, counted, str(counted.key)) for counted in shares))
    return Said.join("", (say(FINDING, table, table.name), words, "."))


def _table(points: list[Point], latest: PeopleTable) -> Table:
    columns = [heading for stage in DRAWN_STAGES for heading in people.share_columns(stage)]
    rows = tuple(
        (
            say_form("unbroken_span", point.table, point.table.name),
            tuple(cell for stage in DRAWN_STAGES for cell in people.share_cells(point.shares[stage], "quarters")),
        )
        for point in points
    )
    return Table(
        say(CAPTION, latest, latest.name).capitalised(),
        ("Quarter", *columns),
        rows,
    )


def _draw(points: list[Point], width: float) -> str:
    titles = {stage: lines_of(_title(points[-1], stage), width - 2 * MARGIN, SIZE, "bold") for stage in DRAWN_STAGES}
    panel = {stage: len(title) * LINE + ABOVE + PANEL + OF_TICKS for stage, title in titles.items()}
    height, across = sum(panel.values()) + 2 * MARGIN, width - LEFT - RIGHT
    top = MARGIN
    with house_style():
        figure = Figure(figsize=(width, height))
        for stage, title in titles.items():
            put(figure, title, MARGIN, top, "left", SIZE, fontweight="bold")
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
    ends = [share.likely[1] for point in points for share in point.shares.values() if share.shown]
    highest = min(1.0, math.ceil(max(ends) / STEP) * STEP)
    last = points[-1].place
    axes.set(xlim=(-0.5, last + 0.5), ylim=(0, highest), xlabel="", ylabel="")
    shares = (0, highest / 2, highest)
    axes.set_yticks(shares, [f"{share:.0%}" for share in shares], fontsize=SIZE_OF_TICKS)
    interval = math.ceil((inches(str(points[-1].quarter), SIZE_OF_TICKS) + APART) * (last + 1) / across)
    named = [point for point in points if (last - point.place) % interval == 0]
    axes.set_xticks([point.place for point in named], [str(point.quarter) for point in named], fontsize=SIZE_OF_TICKS)
    axes.grid(axis="y", color=GREY, linewidth=0.8)
    axes.set_axisbelow(True)


def _draw_stage(axes: Axes, points: list[Point], stage: str) -> None:
    shown = [point for point in points if point.shares[stage].shown]
    for point in shown:
        axes.vlines(point.place, *point.shares[stage].likely, color=GROUP_LOOK.mark, linewidth=2.5)
    sns.lineplot(
        x=[point.place for point in shown],
        y=[point.shares[stage].share.share for point in shown],
        units=[f"{point.stretch}.{point.place - number}" for number, point in enumerate(shown)],
        estimator=None,
        color=GROUP_LOOK.mark,
        marker=GROUP_LOOK.shape,
        markersize=7,
        linewidth=1.2,
        ax=axes,
    )
    for point in points:
        if not point.shares[stage].shown:
            write_in_gap(axes, point.place, point.shares[stage].instead)
    positions = {point.place for point in points}
    for position in range(points[-1].place):
        if position not in positions:
            write_in_gap(axes, position, NO_FIGURES)


def write_in_gap(axes: Axes, position: int, words: str) -> None:
    """Write upright, in the place of a mark, why there is none."""
    axes.text(
        position, 0.04, words, rotation=90, ha="center", va="bottom", fontsize=SIZE_OF_TICKS,
        transform=axes.get_xaxis_transform(),
    )  # fmt: skip
