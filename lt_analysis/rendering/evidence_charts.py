"""Charts of exact evidence for analysts: what equal chances would give, and how evidence has grown."""

import math
from textwrap import fill

import numpy as np
import seaborn as sns
from matplotlib.figure import Figure

from lt_analysis.codebook.ethnicity import BME
from lt_analysis.codebook.naming import capitalised, people_of
from lt_analysis.codebook.strength import STRENGTHS, STRONG
from lt_analysis.evidence.appendix import Growing, StageAppendix
from lt_analysis.evidence.comparison import Comparison
from lt_analysis.rendering import html
from lt_analysis.rendering.charts import (
    GROUP_LOOK,
    NARROW,
    WHITE_LOOK,
    WIDE,
    Chart,
    as_text,
    house_style,
    letters_across,
)
from lt_analysis.rendering.html import Cell, Html, Table
from lt_analysis.rendering.numbers import evidence, probability, whole

LIKELY = 0.0005  # totals less likely than this are not drawn
LARGEST_DRAWN = 10_000.0
WIDTH_OF_A_QUARTER, WIDTH_OF_THE_SCALE = 1.1, 0.7  # inches that the name of one takes, and the axis beside the plot


def null_chart(stage: StageAppendix | Comparison | None, source: str) -> Chart | Html:
    """Draw how likely each total of a group is at equal chances, the range of most of them, and what happened."""
    if stage is None or stage.within is None:
        return html.note("No chart: only totals were sent.")
    within, done = stage.within, _done(stage)
    if not within.informative:
        return html.note("No chart: no post could have gone either way.")
    low, high = within.chance_range()
    inside, who = "inside" if low <= within.observed <= high else "outside", capitalised(_briefly(stage, done))
    return Chart(
        finding=f"{who}: {whole(within.observed)}, {inside} the range of {low} to {high}.",
        measure=f"How likely each number of {done} is, if chances were equal {stage.measure.where}",
        reading="Dark bars are the range if chances were equal. The line is what happened.",
        source=source,
        data=_null_table(stage, done),
        seen="A bar for each number that could be, the dark ones in the range, and a line at what happened.",
        wide=_draw_null(stage, WIDE),
        narrow=_draw_null(stage, NARROW),
    )


def _done(stage: StageAppendix | Comparison) -> str:
    """Name those of the group whom the decision took; the appendix is of the audit's own group."""
    if isinstance(stage, StageAppendix):
        return f"{people_of(BME)} {stage.measure.done}"
    people, measure = stage.characteristic.people(stage.group), stage.measure
    return f"{people} who {measure.after.did}" if measure.after.did else f"{people} {measure.done}"


def _briefly(stage: StageAppendix | Comparison, done: str) -> str:
    """Name them in a few words, for a title."""
    return done if isinstance(stage, StageAppendix) else stage.characteristic.label(stage.group)


def _null_table(stage: StageAppendix | Comparison, done: str) -> Table:
    rows = tuple(
        (whole(total), (Cell(f"chance.{stage.measure.key}.{total}", probability(height)),))
        for total, height in zip(*_likely_totals(stage), strict=True)
    )
    return Table(f"How likely each number of {done} is", (capitalised(done), "Probability"), rows)


def _likely_totals(stage: StageAppendix | Comparison) -> tuple[np.ndarray, np.ndarray]:
    """Return the totals that are drawn, and how likely each is: the likely ones, and as far as what happened."""
    null = stage.within.null
    shown = (null.pmf >= LIKELY) | (null.totals == stage.within.observed)
    totals = null.totals[shown.argmax() : len(shown) - shown[::-1].argmax()]
    return totals, null.pmf[totals[0] - null.first : totals[-1] - null.first + 1]


def _draw_null(stage: StageAppendix | Comparison, width: float) -> str:
    low, high = stage.within.chance_range()
    totals, heights = _likely_totals(stage)
    inside = (totals >= low) & (totals <= high)
    with house_style():
        figure = Figure(figsize=(width, 2.6), layout="constrained")
        axes = figure.subplots()
        for drawn, colour in ((inside, WHITE_LOOK.mark), (~inside, "#7A95A6")):
            axes.bar(totals[drawn], heights[drawn], color=colour, width=0.8)
        axes.axvline(stage.within.observed, color=GROUP_LOOK.mark, linewidth=3)
        axes.set(xlabel=fill(capitalised(_done(stage)), letters_across(width)), ylabel="")
        axes.xaxis.get_major_locator().set_params(integer=True)
        axes.set_yticks([])
        return as_text(figure)


def evidence_chart(growing: Growing | None, source: str, data: Table) -> Chart | Html:
    """Draw the e-value at every look since the start, beside the lines at which its words change.

    `data` is the page's own table of every look.
    """
    looks = [look for look in growing.looks if look.informative] if growing else []
    if not looks:
        return html.note("No chart: no post is counted yet.")
    last = looks[-1]
    return Chart(
        finding=f"E-value {evidence(last.e_value)} at {last.look}: {last.strength.words}.",
        measure="E-value at each quarter's look, since the declared start; each gridline is a word's threshold",
        reading=f"Where chances are equal, the line ever reaches {STRONG:g} with probability at most 1 in "
        f"{STRONG:g}. It may fall again, and a fall counts as much as a rise.",
        source=source,
        data=data,
        seen="A line through the e-values of the looks, with a gridline for each word.",
        wide=_draw_evidence(growing, WIDE),
        narrow=_draw_evidence(growing, NARROW),
    )


def _draw_evidence(growing: Growing, width: float) -> str:
    looks = [look for look in growing.looks if look.informative]
    values = np.clip([look.e_value for look in looks], 1 / LARGEST_DRAWN, LARGEST_DRAWN)
    thresholds = [strength.at_least for strength in STRENGTHS if strength.at_least]
    with house_style():
        figure = Figure(figsize=(width, 3.0), layout="constrained")
        axes = figure.subplots()
        places = np.arange(len(looks))
        sns.lineplot(x=places, y=values, color=WHITE_LOOK.mark, marker="o", linewidth=2, ax=axes)
        interval = math.ceil(len(looks) * WIDTH_OF_A_QUARTER / (width - WIDTH_OF_THE_SCALE))
        axes.set_xticks(places[::-1][::interval], [str(look.look) for look in looks[::-1][::interval]])
        axes.set_yscale("log")
        axes.set_yticks([1, *thresholds], ["1", *(f"{value:g}" for value in thresholds)])
        axes.minorticks_off()
        axes.set(xlabel="", ylabel="E-value", ylim=(min(0.3, values.min() / 1.5), max(300, values.max() * 1.5)))
        axes.grid(axis="y", color="#D8DDE0", linewidth=0.8)
        return as_text(figure)
