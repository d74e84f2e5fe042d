"""Charts as text SVG inside an image with its alternative text, the same bytes every time.

Text is laid out in DejaVu Sans, which comes with matplotlib and is wider than the fonts that the page asks
for, so that no label is clipped whatever the reader's machine has.
"""

import io
import re
from dataclasses import dataclass
from html import escape
from textwrap import wrap
from typing import NamedTuple
from urllib.parse import quote

import matplotlib
import seaborn as sns
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from lt_analysis.codebook.measures import STAGES
from lt_analysis.codebook.words import called
from lt_analysis.release.figures import OrganisationFigures, StageFigure
from lt_analysis.rendering.groups import capitalised, people_of, white_beside
from lt_analysis.rendering.html import Html
from lt_analysis.rendering.numbers import percentage


class Look(NamedTuple):
    """How a group is drawn: colour and shape of its mark, and the colour of its words."""

    mark: str
    shape: str
    text: str


# Government Analysis Function palette for two categories, dark blue and orange; the orange is darkened for
# words until it reads on white (contrast 5.9 to 1).
WHITE_LOOK = Look("#12436D", "o", "#12436D")
GROUP_LOOK = Look("#F46A25", "D", "#A8410B")
SAFE_IN_AN_ADDRESS = "/:=;()!*'$@[]{}?+"
WIDE, NARROW = 6.6, 3.1  # inches; 96 pixels each
CLEAR_OF_THE_GRID = {"facecolor": "white", "edgecolor": "none", "pad": 1}
INCHES_A_LINE = 1.25 / 5.4
LETTERS_AN_INCH = 9.7  # of DejaVu Sans at 11 points, beside the margins
NOT_SHOWN = "not shown"
SMALLEST_BASE = 20  # below this many people a percentage says more than the count does

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
    """A chart: its finding, what is measured, its alternative text, how to read it, its source and its drawings.

    `wide` is for a screen or paper, `narrow` for a phone, so that its text is never too small to read.
    """

    finding: str
    measure: str
    alt: str
    reading: str
    source: str
    wide: str
    narrow: str

    def _repr_html_(self) -> str:
        return (
            f"<figure><figcaption><strong>{escape(self.finding)}</strong><br>{escape(self.measure)}</figcaption>"
            f'<picture><source media="(max-width: 40rem)" srcset="{_address(self.narrow)}">'
            f'<img src="{_address(self.wide)}" alt="{escape(self.alt)}"></picture>'
            f'<p class="note">{escape(self.reading)} Source: {escape(self.source)}.</p></figure>'
        )


def _address(svg: str) -> str:
    return f"data:image/svg+xml,{quote(svg, safe=SAFE_IN_AN_ADDRESS)}"


def stage_chart(figures: OrganisationFigures) -> Chart | Html:
    """Draw the share of White and BME people who succeeded at each stage, with its likely range.

    A stage that is hidden has words in its place. Where both are, or a share would be of fewer than 20 people, says
    so instead of drawing.
    """
    stages = [figures.stage(stage) for stage in STAGES]
    shown = [one.likelihood for one in stages if not one.hidden]
    if not shown:
        return Html('<p class="note">No chart: the figures are not shown.</p>')
    if any(min(one.white_people, one.group_people) < SMALLEST_BASE for one in shown):
        return Html(
            f'<p class="note">No chart: shares of fewer than {SMALLEST_BASE} people mislead. See the counts.</p>'
        )
    totals = "stage totals" if not figures.adjusted_for_vacancies else "applications"
    return Chart(
        finding=" ".join(_in_words(one) for one in stages),
        measure=f"Share successful at each stage, with its likely range (95%), {figures.span}",
        alt="Dots with ranges for two groups at two stages. " + " ".join(_in_words(one, ranges=True) for one in stages),
        reading="A line shows the likely range: the longer it is, the less the counts can tell. Where no line is "
        "seen, the range is narrower than the mark.",
        source=figures.source or f"{figures.name}, return of {totals}",
        wide=_draw(stages, WIDE),
        narrow=_draw(stages, NARROW),
    )


def _in_words(figure: StageFigure, ranges: bool = False) -> str:
    if figure.hidden:
        return f"{figure.measure.done.capitalize()}: {NOT_SHOWN}."
    people, group = figure.measure.people, figure.group
    white, others = (
        _share_in_words(share, ranges) for share in (figure.likelihood.white_share, figure.likelihood.group_share)
    )
    return (
        f"{figure.measure.done.capitalize()}: {white} of {white_beside(group, people)} and {others} of "
        f"{people_of(group, people)}."
    )


def _share_in_words(share, ranges: bool) -> str:
    low, high = share.confidence_interval()
    return percentage(share.share) + (f" (likely range {percentage(low)} to {percentage(high)})" if ranges else "")


def _draw(stages: list[StageFigure], width: float) -> str:
    """Draw each stage as a title and, for each group, its words above its mark: nothing can overlap or clip."""
    with matplotlib.rc_context(STYLE):
        figure = Figure(layout="constrained")
        axes = figure.subplots()
        top = 0.0
        for stage in stages:
            axes.text(0, top, stage.measure.title, fontweight="bold", va="center", bbox=CLEAR_OF_THE_GRID)
            top = _draw_stage(axes, top + 1.1, stage, width) + 1.55
        figure.set_size_inches(width, 0.5 + INCHES_A_LINE * top)
        axes.set(xlim=(0, 1), ylim=(top - 0.6, -0.7), xlabel="Share who succeeded", ylabel="")
        axes.set_yticks([])
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
    said = _in_lines(
        f"{capitalised(called(group))}:",
        f"{percentage(share.share)} ({share.successful:,} of {share.people:,})",
        letters_across(width),
    )
    more = len(said) - 1
    axes.text(0, top + more / 2, "\n".join(said), color=look.text, va="center", bbox=CLEAR_OF_THE_GRID)
    mark = top + more + 0.85
    axes.hlines(mark, low, high, color=look.mark, linewidth=3)
    sns.scatterplot(x=[share.share], y=[mark], color=look.mark, marker=look.shape, s=80, ax=axes, legend=False)
    return mark


def _in_lines(name: str, numbers: str, letters: int) -> list[str]:
    """Keep numbers beside a name where both fit in one line; else they have a line of their own."""
    said = f"{name} {numbers}"
    return [said] if len(said) <= letters else [*wrap(name, letters), numbers]


def letters_across(width: float) -> int:
    """Return how many letters of a chart's words fit across its width in inches."""
    return int(LETTERS_AN_INCH * width)


def as_text(figure: Figure) -> str:
    """Write a figure as SVG whose text is text, the same bytes every time."""
    drawn = io.StringIO()
    nothing = dict.fromkeys(("Date", "Creator", "Format", "Type"))
    figure.savefig(drawn, format="svg", metadata=nothing, transparent=True)
    svg = drawn.getvalue()
    svg = svg[svg.index("<svg") :]
    svg = re.sub(r"<metadata>.*?</metadata>", "", svg, flags=re.DOTALL)
    svg = svg.replace("'DejaVu Sans'", "Arial, 'Liberation Sans', sans-serif")
    svg = re.sub(r"(\d+\.\d{2})\d+", r"\1", svg)
    return re.sub(r"\s*\n\s*", "\n", svg).strip()
