"""The forest of the front page: every organisation's relative likelihood at one stage, in alphabetical order."""

from lt_analysis.codebook.ethnicity import BME, REFERENCE
from lt_analysis.codebook.measures import Measure
from lt_analysis.codebook.naming import capitalised, people_of, white_over
from lt_analysis.codebook.words import NO_YEAR
from lt_analysis.release.figures import OrganisationFigures, Release, StageFigure, Status
from lt_analysis.release.keys import ALL_BANDS
from lt_analysis.rendering.chances_chart import stand_out
from lt_analysis.rendering.charts import BESIDE_LOOK, NOT_SHOWN, Chart, may_be_charted
from lt_analysis.rendering.forms import may_have_ratio
from lt_analysis.rendering.html import Cell, Html, Table
from lt_analysis.rendering.lines import Line, Mark, Scale, drawings
from lt_analysis.rendering.names import name_of
from lt_analysis.rendering.numbers import interval, ratio
from lt_analysis.rendering.people import text

NO_RATIO = "too few for a ratio"  # nobody of a group succeeded, or it is tiny: no page prints one
NOT_DRAWN = "too few to chart"  # so few have a ratio that is printed, and neither it nor their shares are drawn
SAME_STAND_OUT = "The same organisations stand out as in the chart of numbers beside equal chances"
OTHERS_STAND_OUT = (
    "Not the same organisations stand out as in the chart of numbers beside equal chances, which compares people who "
    "wanted the same post (of those in both charts)"
)
NOT_THERE = "Stands out here and has no mark in that chart"
SAID_OF_NONE = "No organisation has a ratio that can be charted at this stage."
HOW_TO_READ = (
    "In alphabetical order, not ranked. A line shows the likely range: where it crosses 1, the counts do not show "
    "whose share was larger. About 1 such range in 20 misses. An arrow means further than the scale. The shaded band, "
    "0.8 to 1.25, is a rule of thumb and not a test. Ratios add up all posts; they are not adjusted for which posts "
    "people applied to."
)
FOREST = Scale(
    limits=(0.4, 2.5),
    ticks={0.5: "0.5", 0.8: "0.8", 1: "1", 1.25: "1.25", 2: "2"},
    ends=(("White people", "less likely"), ("White people", "more likely")),
    band=(0.8, 1.25),
    line=1,
    log=True,
)


def forest(release: Release, measure: Measure) -> Chart | Html:
    """Draw the partnership's organisations; one whose numbers are hidden has a word and no mark.

    The order is that of names and the scale always the same, so neither says anything of what is hidden.
    """
    own = [one for one in release.organisations if not one.source]
    shown = [one for one in own if _instead(one, measure) is None]
    if not shown:
        return Html(f'<p class="note">No chart: {SAID_OF_NONE[0].lower()}{SAID_OF_NONE[1:]}</p>')
    year = release.quarter.latest_complete_year
    lines = [_line(one, measure) for one in own]
    return Chart(
        finding=_finding(shown, measure),
        measure=f"Share of White {measure.people} who were {measure.done}, divided by the share of "
        f"{people_of(BME, measure.people)}, with its likely range (95%), {year.in_words}",
        alt=_alternative(own, measure),
        reading=HOW_TO_READ,
        telling=_beside_equal_chances(shown, stand_out(release, measure), measure),
        source=f"Returns of each organisation, {year.in_words}",
        data=_table(own, measure, str(year)),
        **drawings(lines, FOREST),
    )


def _instead(one: OrganisationFigures, measure: Measure) -> str | None:
    """Say why no ratio of an organisation is drawn; None where it is."""
    if one.status != Status.COMPLETE:
        return NO_YEAR
    stage = one.stage(measure)
    if stage.hidden:
        return NOT_SHOWN
    if not may_have_ratio(stage):
        return NO_RATIO
    return None if may_be_charted(stage.likelihood) else NOT_DRAWN


def _line(one: OrganisationFigures, measure: Measure) -> Line:
    instead = _instead(one, measure)
    if instead:
        return Line(name_of(one), instead)
    found = one.stage(measure).likelihood
    return Line(name_of(one), _said(one.stage(measure)), Mark(found.ratio, found.confidence_interval(), BESIDE_LOOK))


def _said(stage: StageFigure) -> str:
    return f"{ratio(stage.likelihood.ratio)} ({interval(*stage.likelihood.confidence_interval())})"


def _sides(shown: list[OrganisationFigures], measure: Measure) -> dict[str, list[OrganisationFigures]]:
    """Sort organisations by what their counts tell."""
    sides: dict[str, list[OrganisationFigures]] = {"more": [], "less": [], "untold": []}
    for one in shown:
        low, high = one.stage(measure).likelihood.confidence_interval()
        sides["more" if low > 1 else "less" if high < 1 else "untold"].append(one)
    return sides


def _finding(shown: list[OrganisationFigures], measure: Measure) -> str:
    more, less, _ = (len(some) for some in _sides(shown, measure).values())
    of, done = len(shown), measure.done
    if more and less:
        return f"All posts: White share {done} clearly larger in {more}, smaller in {less}, of {of} organisations."
    if more or less:
        side = "larger" if more else "smaller"
        return (
            f"Posts added up, White people's share {done} was clearly {side} in {more or less} of {of} organisations."
        )
    return f"All posts added up, no organisation's share {done} was clearly larger for either group."


def _beside_equal_chances(shown: list[OrganisationFigures], beside: dict[str, bool], measure: Measure) -> str:
    """Say which organisations of both charts stand out in this one or in that beside equal chances, and not in both."""
    untold = _sides(shown, measure)["untold"]
    here = {name_of(one): one not in untold for one in shown if name_of(one) in beside}
    only = {
        "post by post": [name for name, stands_out in here.items() if beside[name] and not stands_out],
        "with posts added up": [name for name, stands_out in here.items() if stands_out and not beside[name]],
    }
    said = [f"Only {how}: {'; '.join(names)}." for how, names in only.items() if names]
    alone = [name_of(one) for one in shown if one not in untold and name_of(one) not in beside]
    not_there = [f"{NOT_THERE}: {'; '.join(alone)}."] if alone else []
    return " ".join((f"{OTHERS_STAND_OUT if said else SAME_STAND_OUT}.", *said, *not_there))


def _alternative(own: list[OrganisationFigures], measure: Measure) -> str:
    sides = _sides([one for one in own if _instead(one, measure) is None], measure)
    said = [
        f"White people's share {measure.done} {'larger' if side == 'more' else 'smaller'}: "
        + "; ".join(f"{name_of(one)}, {_said(one.stage(measure))}" for one in sides[side])
        + "."
        for side in ("more", "less")
        if sides[side]
    ]
    said += [f"The range holds 1: {_names(sides['untold'])}."] if sides["untold"] else []
    few = [one for one in own if _instead(one, measure) == NOT_DRAWN]
    without = [one for one in own if _instead(one, measure) not in (None, NOT_DRAWN)]
    said += [f"Too few to chart: {_names(few)}."] if few else []
    said += [f"No ratio: {_names(without)}."] if without else []
    return "Dots with likely ranges of a ratio, one organisation a line. " + " ".join(said)


def _names(some: list[OrganisationFigures]) -> str:
    return "; ".join(map(name_of, some))


def _table(own: list[OrganisationFigures], measure: Measure, year: str) -> Table:
    sides = [(stage, group) for group in (REFERENCE, BME) for stage in measure.counts]
    before, after = measure.counts
    words = {before: measure.people, after: measure.done}
    columns = tuple(capitalised(people_of(group, words[stage])) for stage, group in sides)
    rows = tuple((name_of(one), (*_counts(one, sides), _ratio(one, measure, sides))) for one in own)
    caption = f"{measure.title}, each organisation, {year}"
    return Table(caption, ("Organisation", *columns, f"{white_over(BME)}, with its likely range"), rows)


def _counts(one: OrganisationFigures, sides: list[tuple[str, str]]) -> tuple[Cell, ...]:
    numbers = [one.people.number(stage, group, ALL_BANDS) for stage, group in sides]
    names = [f"forest.{stage}.{group}.{one.slug}" for stage, group in sides]
    if one.status != Status.COMPLETE:
        return tuple(Cell(name, NO_YEAR) for name in names)
    return tuple(Cell(name, text(number), number.key) for name, number in zip(names, numbers, strict=True))


def _ratio(one: OrganisationFigures, measure: Measure, sides: list[tuple[str, str]]) -> Cell:
    name = f"forest.{measure.key}.{one.slug}"
    if one.status != Status.COMPLETE:
        return Cell(name, NO_YEAR)
    keys = tuple(one.people.number(stage, group, ALL_BANDS).key for stage, group in sides)
    stage = one.stage(measure)
    said = None if stage.hidden else _said(stage) if may_have_ratio(stage) else ratio(None)
    return Cell(name, said, worked_out_from=keys)
