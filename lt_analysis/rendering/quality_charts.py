"""Charts of how completely ethnicity is known: of each organisation, and of one over time."""

import math
import textwrap
from collections.abc import Iterable
from itertools import accumulate

import seaborn as sns
from matplotlib.axes import Axes
from matplotlib.axis import Axis
from matplotlib.figure import Figure
from matplotlib.ticker import MultipleLocator

from lt_analysis.codebook.ethnicity import LEAST_KNOWN
from lt_analysis.codebook.periods import Quarter
from lt_analysis.release.figures import KnownEthnicity
from lt_analysis.rendering import html
from lt_analysis.rendering.charts import (
    CLEAR_OF_THE_GRID,
    GROUP_LOOK,
    NARROW,
    WHITE_LOOK,
    WIDE,
    Chart,
    as_text,
    draw_marks,
    house_style,
)
from lt_analysis.rendering.evidence_charts import WIDTH_OF_A_QUARTER, WIDTH_OF_THE_SCALE
from lt_analysis.rendering.html import Html, Table
from lt_analysis.rendering.measure_figures import KnownShare
from lt_analysis.rendering.numbers import SMALLEST_BASE, part_of

NO_SHARE = "No chart: there is no share that can be shown."
LINE_IN_WORDS = "9 in 10 known"
LINE_OF_TEXT = 0.21  # inches
LETTERS_TO_AN_INCH = 11  # that surely fit
STEPS = {0.8: 0.05, 0.5: 0.1, 0: 0.2}  # from where a scale begins: the step between its percentages that has room
BELOW_THE_SCALE = 7  # points: the first quarter's name reaches under the lowest percentage
OF_A_MARK, BETWEEN = 1.2, 0.5  # lines of text that a mark takes, and that keep one organisation from the next


def shares_chart(shares: tuple[KnownShare, ...], source: str, data: Table, finding: str) -> Chart | Html:
    """Draw a dot for each organisation's share, in the order given; one that is not shown has words and no dot.

    `data` are the numbers that the shares are worked out from; the `finding` says what they come to.
    """
    shown = [share for share in shares if not share.instead]
    if not shown:
        return html.note(NO_SHARE)
    return Chart(
        finding=finding,
        measure="Share of applicants at Band 8 and above whose ethnicity is known, each organisation's year",
        reading="In alphabetical order, not ranked. Where there is no dot, the words say why. The scale does not begin "
        "at nought.",
        source=source,
        data=data,
        seen="A line for each organisation, with a dot for its share on a scale of shares.",
        wide=_draw_shares(shares, WIDE),
        narrow=_draw_shares(shares, NARROW),
    )


def _draw_shares(shares: tuple[KnownShare, ...], width: float) -> str:
    """Draw each organisation's words, on as many lines as they need, above its mark."""
    words = [textwrap.wrap(share.in_words, int(width * LETTERS_TO_AN_INCH)) for share in shares]
    heights = [
        len(lines) + BETWEEN + (0 if share.instead else OF_A_MARK) for lines, share in zip(words, shares, strict=True)
    ]
    tops = accumulate(heights, initial=1.5)  # below the words of the line
    lowest = _lowest(share.share for share in shares if not share.instead)
    with house_style():
        figure = Figure(figsize=(width, LINE_OF_TEXT * (sum(heights) + 5)), layout="constrained")
        axes = figure.subplots()
        axes.text(LEAST_KNOWN, 0.4, LINE_IN_WORDS, color=GROUP_LOOK.text, ha="center", va="center")
        for share, lines, top in zip(shares, words, tops, strict=False):
            _draw_share(axes, share, lines, top, lowest)
        axes.set(xlim=(lowest, 1), ylim=(1.5 + sum(heights), 0), ylabel="")
        axes.set_xlabel("Share whose ethnicity is known", loc="left")  # in the middle of a narrow scale it would be cut
        axes.set_yticks([])
        _in_percent(axes.xaxis, lowest)
        axes.grid(axis="x", color="#E5E5E5", linewidth=0.8)
        axes.set_axisbelow(True)
        return as_text(figure)


def _lowest(shares: Iterable[float]) -> float:
    """Return the whole tenth at which a scale begins: below every share, and below the line."""
    return max(0.0, math.floor(min(LEAST_KNOWN, *shares) * 10 - 0.5) / 10)


def _in_percent(axis: Axis, lowest: float) -> None:
    """Number an axis by whole percentages."""
    axis.set_major_locator(MultipleLocator(next(step for least, step in STEPS.items() if lowest >= least)))
    axis.set_major_formatter(lambda share, _: f"{share:.0%}")


def _draw_share(axes: Axes, known_share: KnownShare, lines: list[str], top: float, left: float) -> None:
    for number, line in enumerate(lines):
        axes.text(left, top + number + 0.4, line, va="center", bbox=CLEAR_OF_THE_GRID)
    if not known_share.instead:
        share, height = known_share.share, top + len(lines) + 0.4
        axes.vlines(LEAST_KNOWN, height - 0.6, height + 0.6, color=GROUP_LOOK.mark, linewidth=2)
        draw_marks(axes, [share], [height], color=WHITE_LOOK.mark, s=80, clip_on=False)


def over_time_chart(known: tuple[KnownEthnicity, ...], source: str, data: Table) -> Chart | Html:
    """Draw the share of each quarter's applicants whose ethnicity is known; a quarter of few applicants is a gap.

    `data` are the numbers that the shares are worked out from.
    """
    drawn = [figure for figure in known if isinstance(figure.period, Quarter) and figure.people >= SMALLEST_BASE]
    if not drawn:
        return html.note(f"No chart: no quarter had {SMALLEST_BASE} applicants. See the counts.")
    last, below = drawn[-1], [figure for figure in drawn if figure.share < LEAST_KNOWN]
    return Chart(
        finding=f"Ethnicity known: {part_of(last.known, last.people)} of applicants in {last.period}; below "
        f"{LEAST_KNOWN:.0%} in {len(below)} of {len(drawn)} quarters drawn.",
        measure="Share of applicants at Band 8 and above whose ethnicity is known, each quarter",
        reading=f"The line breaks where a quarter is not there or had fewer than {SMALLEST_BASE} applicants. The scale "
        "does not begin at nought.",
        source=source,
        data=data,
        seen="A line through a dot for each quarter, on a scale of shares.",
        wide=_draw_over_time(drawn, WIDE),
        narrow=_draw_over_time(drawn, NARROW),
    )


def _draw_over_time(drawn: list[KnownEthnicity], width: float) -> str:
    quarters = [drawn[0].period]
    while quarters[-1] < drawn[-1].period:
        quarters.append(quarters[-1].next)
    positions = [quarters.index(figure.period) for figure in drawn]
    shares = [figure.share for figure in drawn]
    lowest = _lowest(shares)
    # The same along quarters that follow on.
    stretches = [position - number for number, position in enumerate(positions)]
    with house_style():
        figure = Figure(figsize=(width, 3.0), layout="constrained")
        axes = figure.subplots()
        axes.axhline(LEAST_KNOWN, color=GROUP_LOOK.mark, linewidth=2, zorder=0)
        axes.set_title(f"Line across: {LINE_IN_WORDS}", loc="left", fontsize=11, color=GROUP_LOOK.text)
        sns.lineplot(
            x=positions,
            y=shares,
            units=stretches,
            estimator=None,
            color=WHITE_LOOK.mark,
            marker="o",
            linewidth=2,
            ax=axes,
        )
        interval = math.ceil(len(quarters) * WIDTH_OF_A_QUARTER / (width - WIDTH_OF_THE_SCALE))
        ticks = range(len(quarters))[::-1][::interval]
        axes.set_xticks(list(ticks), [str(quarters[position]) for position in ticks])
        _in_percent(axes.yaxis, lowest)
        axes.set(xlabel="", ylabel="", ylim=(lowest, 1.01))
        axes.tick_params(axis="x", pad=BELOW_THE_SCALE)
        axes.grid(axis="y", color="#E5E5E5", linewidth=0.8)
        axes.set_axisbelow(True)
        return as_text(figure)
