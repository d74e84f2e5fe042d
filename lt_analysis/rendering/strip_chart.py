"""Every organisation of the partnership in one row: a small range bar a stage, its word, and how many actions are late.

The order is that of names and the scale always the
same, so neither says anything of what is hidden.
"""

from collections.abc import Sequence
from typing import NamedTuple

from matplotlib.axes import Axes
from matplotlib.figure import Figure

from lt_analysis.codebook.measures import STAGES
from lt_analysis.codebook.words import RANGE_IF_EQUAL
from lt_analysis.release.figures import OrganisationFigures, Release
from lt_analysis.rendering import html
from lt_analysis.rendering.chances_chart import (
    CHANCES,
    Beside,
    cells_beside,
    mark_of,
)
from lt_analysis.rendering.charts import MOSTLY_GAPS, NARROW, WIDE, Chart, as_text, house_style, mostly_shown
from lt_analysis.rendering.figure import named, own
from lt_analysis.rendering.forms import form_of, named_in_full, say
from lt_analysis.rendering.forms.organisations import late_of_all
from lt_analysis.rendering.html import Cell, Html, Table
from lt_analysis.rendering.lines import (
    BETWEEN,
    GREY,
    GUTTER,
    LINE_ACROSS,
    MARGIN,
    Mark,
    draw_lines_marks,
    inches,
    lines_of,
    put,
    strokes,
)
from lt_analysis.rendering.measure_figures import NO_STAGE_WORDS, Decision
from lt_analysis.rendering.numbers import whole
from lt_analysis.rendering.people import COLUMN
from lt_analysis.rendering.shown import Said, Template

NAME = "organisations-table"  # of the table that the strip draws
LATE_ACTIONS, BESIDE_RANGE = "Late actions", "beside that range"
COLUMNS = {measure: COLUMN[measure.after.key] for measure in STAGES}
FINDING = Template("strip", "Each organisation beside the range if chances were equal.")
MEASURED = Template(
    "strip_measured",
    "{bme_people} at each stage, and late actions, {year}",
)
CAPTION = Template("strip_caption", "Each organisation in numbers, {year}")
SOURCE = "Returns of each organisation"
HOW_TO_READ = (
    "In alphabetical order, not ranked. The upright line is the number expected. Bar: the range. Round dot: a number "
    "within it. Diamond: one outside. No bar: no range."
)
SEEN = "A row for each organisation: for each stage a bar, a mark and its number, and then its late actions."
NO_RANGE = "no range"
NAMES, WORDS, LATE = 2.7, 0.95, 0.65  # inches of the columns of words
OF_STAGE = 0.85  # inches that the name of a stage takes on a phone
SIZE, LINE = 8, 0.138  # points of words, and inches that a line of them takes
SIZE_ON_A_PHONE, LINE_ON_A_PHONE, WORDS_ON_A_PHONE = 9, 0.205, 1.2
ROW, TOP = 0.008, 0.03  # inches between rows, and above the first


class Row(NamedTuple):
    """One organisation: its name, what is told of it at each stage, and its late actions of all."""

    figures: OrganisationFigures
    stages: tuple[Beside, ...]

    @property
    def name(self) -> Said:
        """Its name, which says whose it is."""
        return named_in_full(self.figures)

    @property
    def late(self) -> str:
        """How many of its actions are late of how many."""
        return late_of_all(self.figures)


def strip(release: Release) -> Chart | Html:
    """Draw a row for each organisation; the table of its numbers stands among the organisations."""
    rows = rows_of(release)
    if not rows:
        return html.note(NO_STAGE_WORDS)
    drawn = [mark_of(stage) for row in rows for stage in row.stages]
    if not mostly_shown(len([mark for mark in drawn if mark]), len(drawn)):
        return html.note(MOSTLY_GAPS)
    return Chart(
        finding=say(FINDING, release, "*"),
        measure=say(MEASURED, release, "*").capitalised(),
        reading=HOW_TO_READ,
        source=SOURCE,
        data=organisations_table(release),
        seen=SEEN,
        wide=_draw(rows, WIDE),
        narrow=_draw(rows, NARROW),
    )


def rows_of(release: Release) -> list[Row]:
    """Return a row for each organisation of the partnership, in alphabetical order."""
    return [
        Row(
            figures,
            tuple(
                Beside(named_in_full(figures), Decision(figures, measure), f"{measure.key}.{figures.slug}")
                for measure in STAGES
            ),
        )
        for figures in own(release)
    ]


def organisations_table(release: Release) -> Table:
    """Return the table of the strip."""
    rows = rows_of(release)
    columns = [
        column
        for measure in STAGES
        for column in (
            COLUMNS[measure],
            Said.join(": ", (COLUMNS[measure], RANGE_IF_EQUAL)),
            Said.join(": ", (COLUMNS[measure], BESIDE_RANGE)),
        )
    ]
    return Table(
        say(CAPTION, release, "*"),
        ("Organisation", *columns, LATE_ACTIONS),
        tuple((row.name, _cells(row)) for row in rows),
        name=NAME,
    )


def _cells(row: Row) -> tuple[Cell, ...]:
    figures = row.figures
    of_stages = []
    for stage in row.stages:
        number, _, usual, beside = cells_beside(stage)
        of_stages += [number, usual, beside]
    return (*of_stages, Cell(f"late.{figures.slug}", **form_of("late_of_all", figures, named(figures))))


def _draw(rows: Sequence[Row], width: float) -> str:
    return _wide(rows) if width > NARROW else _narrow(rows)


def _wide(rows: Sequence[Row]) -> str:
    """Draw columns: names, then for each stage its bars and its words, then late actions."""
    names = min(NAMES, max(inches(str(row.name), SIZE) for row in rows))
    first = MARGIN + names + GUTTER
    panel = (WIDE - first - LATE - MARGIN) / len(STAGES)
    bar = panel - WORDS - GUTTER
    texts = [
        (
            lines_of(str(row.name), names, SIZE),
            *(lines_of(_words(one), WORDS, SIZE) for one in row.stages),
        )
        for row in rows
    ]
    depths = [max(map(len, some)) * LINE + ROW for some in texts]
    head, total = MARGIN + LINE + TOP, sum(depths)
    height = head + total + MARGIN
    with house_style():
        figure = Figure(figsize=(WIDE, height))
        for place, measure in enumerate(STAGES):
            left = first + place * panel
            put(figure, [COLUMNS[measure]], left, MARGIN, "left", SIZE, LINE, fontweight="bold")
            axes = _axes(figure, (left, head, bar, total), (WIDE, height), [(0, total)])
            marks = [(mark, sum(depths[:row]) + depths[row] / 2) for row, mark in _marks(rows, place)]
            draw_lines_marks(axes, marks, CHANCES.limits)
        put(figure, [LATE_ACTIONS], WIDE - MARGIN, MARGIN, "right", SIZE, LINE, fontweight="bold")
        top = head
        for row, some, depth in zip(rows, texts, depths, strict=True):
            at = [MARGIN, *(first + place * panel + bar + GUTTER for place in range(len(STAGES)))]
            for words, left in zip(some, at, strict=True):
                put(figure, words, left, top + (depth - len(words) * LINE) / 2, "left", SIZE, LINE)
            put(figure, [row.late], WIDE - MARGIN, top + (depth - LINE) / 2, "right", SIZE, LINE)
            top += depth
        return as_text(figure)


def _narrow(rows: Sequence[Row]) -> str:
    """Draw for a phone: each name, and below it a line a stage and one of late actions."""
    names = [lines_of(str(row.name), NARROW - 2 * MARGIN, SIZE_ON_A_PHONE, "bold") for row in rows]
    depths = [(len(some) + len(STAGES) + 1) * LINE_ON_A_PHONE + BETWEEN for some in names]
    height, left = MARGIN + sum(depths) + MARGIN, MARGIN + OF_STAGE
    bar = NARROW - left - GUTTER - WORDS_ON_A_PHONE - MARGIN
    with house_style():
        figure = Figure(figsize=(NARROW, height))
        top = MARGIN
        for row, name, depth in zip(rows, names, depths, strict=True):
            put(figure, name, MARGIN, top, "left", SIZE_ON_A_PHONE, fontweight="bold")
            below = top + len(name) * LINE_ON_A_PHONE
            axes = _axes(
                figure,
                (left, below, bar, len(STAGES) * LINE_ON_A_PHONE),
                (NARROW, height),
                [(0, len(STAGES) * LINE_ON_A_PHONE)],
            )
            drawn = [(mark_of(one), (place + 0.5) * LINE_ON_A_PHONE) for place, one in enumerate(row.stages)]
            draw_lines_marks(axes, [(mark, at) for mark, at in drawn if mark], CHANCES.limits)
            for place, (measure, one) in enumerate(zip(STAGES, row.stages, strict=True)):
                put(figure, [COLUMNS[measure]], MARGIN, below + place * LINE_ON_A_PHONE, "left", SIZE_ON_A_PHONE)
                put(
                    figure, [_words(one)], left + bar + GUTTER, below + place * LINE_ON_A_PHONE, "left", SIZE_ON_A_PHONE
                )
            last = below + len(STAGES) * LINE_ON_A_PHONE
            put(figure, [LATE_ACTIONS], MARGIN, last, "left", SIZE_ON_A_PHONE)
            put(figure, [row.late], left + bar + GUTTER, last, "left", SIZE_ON_A_PHONE)
            top += depth
        return as_text(figure)


def _axes(
    figure: Figure,
    place: tuple[float, float, float, float],
    size: tuple[float, float],
    spans: list[tuple[float, float]],
) -> Axes:
    """Add the scale of a column of bars: its ground, and the line of the expected number."""
    left, top, width, depth = place
    across, height = size
    axes = figure.add_axes((left / across, 1 - (top + depth) / height, width / across, depth / height))
    axes.set(xlim=CHANCES.limits, ylim=(depth, 0), xticks=[], yticks=[], xlabel="", ylabel="")
    axes.set_axis_off()
    strokes(axes, [((end, end), span) for end in CHANCES.limits for span in spans], GREY, 0.8, 0.5)
    strokes(axes, [((1, 1), span) for span in spans], LINE_ACROSS, 1.2, 0.8)
    return axes


def _marks(rows: Sequence[Row], place: int) -> list[tuple[int, Mark]]:
    drawn = ((number, mark_of(row.stages[place])) for number, row in enumerate(rows))
    return [(number, mark) for number, mark in drawn if mark]


def _words(one: Beside) -> str:
    """Return the number of a row and where it lies, as far as they are shown; the table says why one is not."""
    number = one.of.shown
    if number is None:
        return one.instead or one.place
    return f"{whole(number.people)} ({NO_RANGE if one.instead else one.place})"
