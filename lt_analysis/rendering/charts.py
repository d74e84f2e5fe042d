"""Charts as text SVG inside an image with its alternative text, the same bytes every time.

Text is laid out in DejaVu Sans, which comes with matplotlib and is wider than the fonts that the page asks
for, so that no label is clipped whatever the reader's machine has.
"""

import io
import math
import re
import warnings
import xml.etree.ElementTree as ElementTree
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from textwrap import wrap
from typing import NamedTuple
from urllib.parse import quote

import matplotlib
from markupsafe import Markup
from matplotlib.axes import Axes
from matplotlib.backends.backend_svg import FigureCanvasSVG
from matplotlib.figure import Figure

from lt_analysis.codebook.ethnicity import BME
from lt_analysis.codebook.measures import STAGES
from lt_analysis.codebook.naming import capitalised
from lt_analysis.codebook.words import HIDDEN_SYMBOL, called
from lt_analysis.release.figures import OrganisationFigures, StageFigure, Status
from lt_analysis.rendering import html, tables
from lt_analysis.rendering.figure import named
from lt_analysis.rendering.forms import say, say_form
from lt_analysis.rendering.html import Html, Table
from lt_analysis.rendering.markup import element, inside
from lt_analysis.rendering.measure_figures import Decision, may_be_charted
from lt_analysis.rendering.minifying import minified
from lt_analysis.rendering.numbers import percentage
from lt_analysis.rendering.shown import Choice, Said, Template


class Look(NamedTuple):
    """How a group is drawn: colour and shape of its mark, and the colour of its words."""

    mark: str
    shape: str
    text: str


# Government Analysis Function palette for two categories, dark blue and orange; the orange is darkened for
# words until it reads on white (contrast 5.9 to 1). Its dark grey is for what is beside the two groups.
WHITE_LOOK = Look("#12436D", "o", "#12436D")
GROUP_LOOK = Look("#F46A25", "D", "#A8410B")
BESIDE_LOOK = Look("#3D3D3D", "s", "#3D3D3D")
SAFE_IN_AN_ADDRESS = "/:=;()!*'$@[]{}?+"
SINGLE_QUOTED = re.compile("<[^>]*>")
WIDE, NARROW = 7.0, 3.1  # inches, 96 pixels each; the wide one is as wide as the page's text, and as paper
CLEAR_OF_THE_GRID = {"facecolor": "white", "edgecolor": "none", "pad": 1}
ENDS, TICKS = (0.1, 0.2, 0.5, 1.0), 2  # of a scale of shares: where it may end, and into how many parts it is cut
EDGE_OF_A_MARK = 0.08  # of the root of its area
INCHES_A_LINE = 1.25 / 5.4
LETTERS_AN_INCH = 9.7  # of DejaVu Sans at 11 points, beside the margins
NOT_SHOWN = "not shown"
NONE_SHOWN = "No chart: the figures are not shown."
NONE_OF_FEW_PEOPLE = "No chart: shares of fewer than 20 people mislead. See the counts."
NONE_OF_YEAR = "No chart: there are no figures for the year."
LONGEST_FINDING = 15  # words, the group's label being one
MOSTLY_GAPS = "No chart: most of its parts are not shown. What is shown stands in its table."
DATA_TITLE = "The numbers in this chart"
LEADS_TO_TABLE = "The link below it leads to the table of its numbers."

STYLE = {
    "svg.fonttype": "none",
    "svg.hashsalt": "lt_analysis",
    "font.family": "DejaVu Sans",
    "font.size": 11,
    "axes.spines.top": False,
    "axes.spines.right": False,
    "axes.spines.left": False,
    "text.parse_math": False,
}


@dataclass(frozen=True)
class Chart:
    """A chart: its finding, what is measured, how to read it, its source, data and drawings.

    `wide` is for a screen or paper, `narrow` for a phone, so that its text is never too small to read. `data` are the
    numbers that it draws; where they have a name, the page shows them in a table of that name. `telling` is what else
    they tell, for which a title has no room; `seen` is what a reader sees in the drawing. Raises `ValueError` where a
    part is missing, the finding is long, or a drawing cannot be read.
    """

    finding: str
    measure: str
    reading: str
    source: str
    data: Table
    wide: str
    narrow: str
    seen: str
    telling: str = ""

    def __post_init__(self):
        lacking = [name for name in ("finding", "measure", "source") if not getattr(self, name).strip()]
        if lacking:
            raise ValueError(f"a chart must say its {' and '.join(lacking)}")
        if words_in(self.finding) > LONGEST_FINDING:
            raise ValueError(f"a chart's finding has at most {LONGEST_FINDING} words")
        if not self.data.rows:
            raise ValueError("a chart must hold the numbers that it draws")
        for drawing in (self.wide, self.narrow):
            _refuse_unreadable(drawing)

    def rows(self) -> list[list[str]]:
        """Return its data as the reader sees them, the headings first; a hidden number is the symbol."""
        rows = ([name, *(_shown(cell.text) for cell in cells)] for name, cells in self.data.rows)
        return [list(self.data.columns), *rows]

    def _repr_html_(self) -> str:
        return str(self.html)

    @property
    def html(self) -> Markup:
        """The chart as markup: its caption, its drawings, how to read it, and its numbers."""
        source = Said.join("", ("Source: ", self.source, "."))
        caption = element("strong", inside(self.finding)), element("br"), inside(self.measure)
        narrow = element(
            "source", media="(max-width: 40rem)", srcset=_address(self.narrow), **_size_in_pixels(self.narrow)
        )
        wide = element("img", src=_address(self.wide), alt=self.alt, **_size_in_pixels(self.wide))
        return element(
            "figure",
            element("figcaption", *caption),
            element("picture", narrow, wide),
            element("p", Said.join(" ", (self.reading, self.telling, source)), class_="note"),
            self._numbers(),
            class_="chart",
        )

    @property
    def alt(self) -> str:
        """Its alternative text: that of its caption, what is seen, and where its numbers stand."""
        return f"{self.finding} {self.measure}. {self.seen} {LEADS_TO_TABLE}"

    def _numbers(self) -> Markup:
        """Return the numbers that are drawn, or a link to the page's table that has them: they are not said twice."""
        if not self.data.name:
            return element("details", element("summary", DATA_TITLE), self.data.html)
        link = element("a", self.data.caption, href=f"#{self.data.name}")
        return element("p", DATA_TITLE, ": ", link, ".", class_="note")


def mostly_shown(drawn: int, parts: int) -> bool:
    """Return whether at least half of a chart's parts are drawn: a chart of gaps tells less than its table.

    >>> mostly_shown(2, 4), mostly_shown(2, 5)
    (True, False)
    """
    return 2 * drawn >= parts


def table_instead(table: Table) -> Html:
    """Return the table of a chart most of whose parts are not shown, and that there is no chart."""
    return html.joined(html.note(MOSTLY_GAPS), table)


def words_in(text: str) -> int:
    """Return how many words a text has, the group's label being one."""
    return len(text.replace(called(BME), "label").split())


def _shown(text: str | None) -> str:
    return HIDDEN_SYMBOL if text is None else text


def _refuse_unreadable(drawing: str) -> None:
    try:
        root = ElementTree.fromstring(drawing)
    except ElementTree.ParseError:
        raise ValueError("a chart's drawing cannot be read") from None
    if root.tag != "{http://www.w3.org/2000/svg}svg":
        raise ValueError("a chart's drawing is no SVG")


def _size_in_pixels(svg: str) -> dict[str, str]:
    """Return a drawing's size in pixels, so that a page leaves it room before it is drawn; a point is 4/3 of one."""
    size = {name: ElementTree.fromstring(svg).get(name, "") for name in ("width", "height")}
    points = {name: length.removesuffix("pt") for name, length in size.items() if length.endswith("pt")}
    return {name: str(round(float(length) * 4 / 3)) for name, length in points.items()}


def _address(svg: str) -> Markup:
    """Return a drawing as an address: with single quotes, which need no escape there as double ones do."""
    return Markup(f"data:image/svg+xml,{quote(SINGLE_QUOTED.sub(_single_quoted, svg), safe=SAFE_IN_AN_ADDRESS)}")


def _single_quoted(tag: re.Match) -> str:
    return tag[0] if "'" in tag[0] else tag[0].replace('"', "'")


SHARES_IN_SHORT = Choice(
    "shares_in_short",
    by="shown",
    cases={
        "hidden": "{done}: not shown.",
        "shown": "{done}: White {white_share}, {label} {group_share}.",
    },
)
SHARES_OF_STAGES = Template(
    "shares_of_stages", "Share successful at each stage, all posts added up, with its margin of error (95%), {span}"
)
OF_RETURNS = {
    kind: Template(f"return_of_{kind.replace(' ', '_')}", f"{{own_name}}, return of {kind}")
    for kind in ("stage totals", "applications")
}
HOW_TO_READ = (
    "A line shows the margin of error: the longer it is, the less the counts show. Where no line is seen, the range is "
    "narrower than the mark."
)
SEEN_OF_STAFF = "A mark for White people and one for the others, on a scale of shares."
SEEN = "For each stage a mark for White people and one for the others, on a scale of shares, each with its range."


def stage_chart(figures: OrganisationFigures) -> Chart | Html:
    """Draw the share of White and BME people who succeeded at each stage, with its margin of error.

    A stage that is hidden has words in its place. Where both are, or a share would be of fewer than 20 people, says
    so instead of drawing.
    """
    stages = [figures.stage(stage) for stage in STAGES]
    shown = [stage.likelihood for stage in stages if not stage.hidden]
    if not shown:
        return html.note(NONE_SHOWN if figures.status == Status.COMPLETE else NONE_OF_YEAR)
    if not all(map(may_be_charted, shown)):
        return html.note(NONE_OF_FEW_PEOPLE)
    totals = "stage totals" if not figures.adjusted_for_vacancies else "applications"
    decisions = [Decision(figures, stage) for stage in STAGES]
    return Chart(
        finding=Said.join(" ", (say(SHARES_IN_SHORT, decision, decision.name).capitalised() for decision in decisions)),
        measure=say(SHARES_OF_STAGES, figures, named(figures)),
        reading=HOW_TO_READ,
        source=say_form("source", figures, named(figures))
        if figures.source
        else say(OF_RETURNS[totals], figures, named(figures)),
        data=tables.shares_table(figures),
        seen=SEEN,
        wide=_draw(stages, WIDE),
        narrow=_draw(stages, NARROW),
    )


def shares_chart(
    stages: list[StageFigure], finding: str, measure: str, reading: str, source: str, data: Table
) -> Chart:
    """Draw the share of White and BME people to whom something happened, each with its margin of error if it has one.

    The scale ends where the shares need it: a share of few would else stand at its very beginning.
    """
    shares = [share for stage in stages for share in (stage.likelihood.white_share, stage.likelihood.group_share)]
    most = max(share.confidence_interval()[1] for share in shares)
    end = next(end for end in ENDS if most <= end)
    drawings = [_draw(stages, width, "Share of the group", end) for width in (WIDE, NARROW)]
    return Chart(finding, measure, reading, source, data, *drawings, seen=SEEN_OF_STAFF)


def _draw(stages: list[StageFigure], width: float, label: str = "Share who succeeded", end: float = 1.0) -> str:
    """Draw each stage as a title and, for each group, its words above its mark: nothing can overlap or clip."""
    with house_style():
        figure = Figure(layout="constrained")
        axes = figure.subplots()
        top = 0.0
        for stage in stages:
            axes.text(0, top, stage.measure.title, fontweight="bold", va="center", bbox=CLEAR_OF_THE_GRID)
            top = _draw_stage(axes, top + 1.1, stage, width) + 1.55
        figure.set_size_inches(width, 0.5 + INCHES_A_LINE * top)
        axes.set(xlim=(0, end), ylim=(top - 0.6, -0.7), xlabel=label, ylabel="")
        axes.set_yticks([])
        axes.set_xticks([tick * end / TICKS for tick in range(TICKS + 1)] if end < 1 else axes.get_xticks())
        axes.xaxis.set_major_formatter(lambda share, _: f"{share:.0%}")
        axes.grid(axis="x", color="#E5E5E5", linewidth=0.8)
        axes.set_axisbelow(True)
        return as_text(figure)


def _draw_stage(axes: Axes, top: float, stage: StageFigure, width: float) -> float:
    """Draw both groups of a stage, or the word that it is not shown; return the place of the last mark or word."""
    if stage.hidden:
        axes.text(0, top, NOT_SHOWN.capitalize(), va="center", bbox=CLEAR_OF_THE_GRID)
        return top
    mark = _draw_group(axes, top, stage, width, white=True)
    return _draw_group(axes, mark + 1.05, stage, width, white=False)


def _draw_group(axes: Axes, top: float, stage: StageFigure, width: float, white: bool) -> float:
    """Draw a group's words, in as many lines as they need, and its mark below; return the mark's place."""
    group, look = ("White", WHITE_LOOK) if white else (stage.group, GROUP_LOOK)
    share = stage.likelihood.white_share if white else stage.likelihood.group_share
    low, high = share.confidence_interval()
    lines = in_lines(
        f"{capitalised(called(group))}:",
        f"{percentage(share.share)} ({share.successful:,} of {share.people:,})",
        letters_across(width),
    )
    lines_below_first = len(lines) - 1
    axes.text(0, top + lines_below_first / 2, "\n".join(lines), color=look.text, va="center", bbox=CLEAR_OF_THE_GRID)
    mark = top + lines_below_first + 0.85
    if stage.measure.one_by_one:
        axes.hlines(mark, low, high, color=look.mark, linewidth=3)
    draw_marks(axes, [share.share], [mark], color=look.mark, marker=look.shape, s=80)
    return mark


def draw_marks(axes: Axes, xs: Sequence[float], ys: Sequence[float], s: float, **look: object) -> None:
    """Draw marks of an area `s`, edged in white, as seaborn's `scatterplot` does.

    That one makes a table of its own for every call, and a chart has a call for each mark: half of its time.
    """
    axes.scatter(xs, ys, s=s, edgecolor="white", linewidths=EDGE_OF_A_MARK * math.sqrt(s), **look)


def in_lines(name: str, numbers: str, letters: int) -> list[str]:
    """Return the lines of a name and its numbers: one where both fit, else numbers have a line of their own."""
    line = f"{name} {numbers}"
    return [line] if len(line) <= letters else [*wrap(name, letters), numbers]


def letters_across(width: float) -> int:
    """Return how many letters of a chart's words fit across its width in inches."""
    return int(LETTERS_AN_INCH * width)


@contextmanager
def house_style() -> Iterator[None]:
    """Draw in the audit's style, and without a warning of letters that the reader's own fonts will have."""
    with warnings.catch_warnings(), matplotlib.rc_context(STYLE):
        warnings.filterwarnings("ignore", message="Glyph .* missing from")
        yield


def as_text(figure: Figure) -> str:
    """Write a figure as SVG whose text is text, the same bytes every time.

    It is laid out here, for matplotlib would draw the whole of it to lay it out, and then once more.
    """
    drawn = io.StringIO()
    FigureCanvasSVG(figure)  # words are measured as they will be drawn
    if engine := figure.get_layout_engine():
        engine.execute(figure)
        figure.set_layout_engine("none")
    nothing = dict.fromkeys(("Date", "Creator", "Format", "Type"))
    figure.savefig(drawn, format="svg", metadata=nothing, transparent=True)
    return minified(drawn.getvalue())
