"""Two arrays of 100 dots: of as many White people and of the group, how many went on. Filled dots did."""

from matplotlib.axes import Axes
from matplotlib.figure import Figure

from lt_analysis.codebook.ethnicity import BME, REFERENCE
from lt_analysis.codebook.measures import STAGES, Measure
from lt_analysis.codebook.naming import capitalised
from lt_analysis.codebook.words import called
from lt_analysis.release.figures import PeopleTable, Release
from lt_analysis.release.keys import ALL_BANDS
from lt_analysis.rendering import html, people
from lt_analysis.rendering.band_chart import SOURCE
from lt_analysis.rendering.charts import GROUP_LOOK, WHITE_LOOK, Chart, Look, as_text, house_style
from lt_analysis.rendering.forms import form_of, say
from lt_analysis.rendering.forms.measures import in_100
from lt_analysis.rendering.html import Cell, Html, Table
from lt_analysis.rendering.lines import LINE, MARGIN, POINTS_AN_INCH, SIZE, lines_of, put
from lt_analysis.rendering.measure_figures import Compared, Counted, may_be_charted
from lt_analysis.rendering.shown import Template

ACROSS, DOTS = 10, 100
WIDTH = 2.2  # inches: on paper it stands beside a table, and its words are as large as those
OPEN, GAP = "#768692", 0.16  # inches between the arrays
DOT, EDGE, SHORT = 5, 0.9, 0.001  # points of a dot and of its edge, and how long a dash without length is
IN_100 = "Of each hundred"
FINDING = Template("dots", "{white_in_100} White and {group_in_100} {bme_candidates} were {done}.")
MEASURED = Template("dots_measured", "Shares of {people}, {span}")
CAPTION = Template("dots_caption", "{people} and those {done}, {span}")
HOW_TO_READ = "Each dot is one in 100, all posts added up. The words compare people who wanted the same post."
SEEN = "Two squares of ten rows of ten dots, for White people and for the others: those who went on are filled."
NO_DOTS = "No chart: the shares of the year cannot be shown."


def dots_chart(release: Release) -> Chart | Html:
    """Draw the first stage of the partnership's latest year that is shown."""
    stages = [Compared(year, measure) for year in release.years[-1:] for measure in STAGES]
    shown = [one for one in stages if not one.hidden and may_be_charted(one.likelihood)]
    if not shown:
        return html.note(NO_DOTS)
    first = shown[0]
    drawing = _draw(first)
    return Chart(
        finding=say(FINDING, first, first.name),
        measure=say(MEASURED, first, first.name).capitalised(),
        reading=HOW_TO_READ,
        source=say(SOURCE, first.table, first.table.name),
        data=_table(first.table, first.measure, say(CAPTION, first, first.name).capitalised()),
        seen=SEEN,
        wide=drawing,
        narrow=drawing,
    )


def _table(table: PeopleTable, measure: Measure, caption: str) -> Table:
    rows = []
    for group in (REFERENCE, BME):
        base, done = (table.number(stage, group, ALL_BANDS) for stage in measure.counts)
        content = form_of("in_100", Counted(table, done.key), str(done.key))
        cells = [people.cell(number, "dots") for number in (base, done)]
        cells.append(Cell(f"dots.{group}", worked_out_from=(base.key, done.key), **content))
        rows.append((people.name_of(group), tuple(cells)))
    columns = ("Group", *(people.COLUMN[stage] for stage in measure.counts), IN_100)
    return Table(caption, columns, tuple(rows), members=people.members_of(table))


def _draw(compared: Compared) -> str:
    """Draw both arrays side by side, each under its group's name and number."""
    each = (WIDTH - 2 * MARGIN - GAP) / 2
    sides = [
        (REFERENCE, compared.likelihood.white_share, WHITE_LOOK),
        (BME, compared.likelihood.group_share, GROUP_LOOK),
    ]
    titles = [[*lines_of(capitalised(called(group)), each, SIZE), in_100(share)] for group, share, _ in sides]
    top = MARGIN + LINE * max(map(len, titles)) + 0.05
    height = top + each + MARGIN
    with house_style():
        figure = Figure(figsize=(WIDTH, height))
        for place, ((_, share, look), title) in enumerate(zip(sides, titles, strict=True)):
            left = MARGIN + place * (each + GAP)
            put(figure, title, left, MARGIN, "left", SIZE, color=look.text, fontweight="bold")
            axes = figure.add_axes((left / WIDTH, MARGIN / height, each / WIDTH, each / height))
            axes.set(xlim=(-0.5, ACROSS - 0.5), ylim=(ACROSS - 0.5, -0.5))
            axes.set_axis_off()
            _dots(axes, round(DOTS * share.successful / share.people), each / ACROSS * POINTS_AN_INCH, look)
        return as_text(figure)


def _dots(axes: Axes, filled: int, pitch: float, look: Look) -> None:
    """Draw the dots of an array, those that are filled first: a row of dots is a line of dashes without length.

    So drawn they take a twentieth of the bytes. Dots of White people are round, those of the group square.
    """
    caps = {"dash_capstyle": "round" if look == WHITE_LOOK else "projecting"}
    for row in range(ACROSS):
        full = min(max(filled - row * ACROSS, 0), ACROSS)
        _row(axes, row, 0, full, pitch, DOT, color=look.mark, **caps)
        _row(axes, row, full, ACROSS, pitch, DOT, color=OPEN, **caps)
        _row(axes, row, full, ACROSS, pitch, DOT - 2 * EDGE, color="white", **caps)


def _row(axes: Axes, row: int, first: int, last: int, pitch: float, size: float, **look: str) -> None:
    if first < last:
        dashes = (0, (SHORT, pitch / size - SHORT))
        axes.plot([first, last - 1 + SHORT], [row, row], linestyle=dashes, linewidth=size, clip_on=False, **look)
