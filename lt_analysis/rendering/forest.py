"""The forest of the front page: every organisation's relative likelihood at one stage, in alphabetical order."""

from lt_analysis.codebook.ethnicity import BME, REFERENCE
from lt_analysis.codebook.measures import Measure
from lt_analysis.codebook.words import NO_YEAR
from lt_analysis.release.figures import OrganisationFigures, Release, StageFigure, Status
from lt_analysis.release.keys import ALL_BANDS
from lt_analysis.rendering import html
from lt_analysis.rendering.chances_chart import OF_EACH_RETURN
from lt_analysis.rendering.charts import BESIDE_LOOK, NOT_SHOWN, Chart, mostly_shown, table_instead
from lt_analysis.rendering.figure import name_of
from lt_analysis.rendering.forms import form_of, named_in_full, say
from lt_analysis.rendering.html import Cell, Html, Table
from lt_analysis.rendering.lines import Line, Mark, Scale, drawings
from lt_analysis.rendering.measure_figures import Across, Decision, drawn_ratios, may_be_charted, may_have_ratio
from lt_analysis.rendering.numbers import interval, ratio
from lt_analysis.rendering.people import text
from lt_analysis.rendering.shown import Template

NO_RATIO = "too few for a ratio"  # nobody of a group succeeded, or it is tiny: no page prints one
NOT_DRAWN = "too few to chart"  # so few have a ratio that is printed, and neither it nor their shares are drawn
NONE_DRAWN = "No chart: no organisation has a ratio that can be charted at this stage."
FINDING = Template("forest", "White people's share {done} beside that of {bme_people}, all posts added up.")
MEASURED = Template(
    "share_by_share",
    "Share of White {people} who were {done}, divided by the share of {bme_candidates}, with its margin of error "
    "(95%), {span_in_words}",
)
CAPTION = Template("ratios_of_each", "{measure_title}, each organisation, {span}")
COLUMNS = (
    Template("white_candidates", "White {people}"),
    Template("white_done", "White {done}"),
    Template("bme_candidates_heading", "{bme_candidates}"),
    Template("bme_done_heading", "{bme_done}"),
    Template("ratio_heading", "{white_over_bme}, with its margin of error"),
)
HOW_TO_READ = (
    "In alphabetical order, not ranked. A line shows the margin of error; about 1 such margin in 20 misses. An arrow "
    "means further than the scale. The shaded band, 0.8 to 1.25, is a rule of thumb and not a test. Ratios add up all "
    "posts; they are not adjusted for which posts people applied to."
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
    across = Across(release, measure)
    organisations = [decision.figures for decision in across.decisions]
    if not drawn_ratios(across):
        return html.note(NONE_DRAWN)
    if not mostly_shown(len(drawn_ratios(across)), len(organisations)):
        return table_instead(_table(organisations, across))
    return Chart(
        finding=say(FINDING, across, across.name),
        measure=say(MEASURED, across, across.name),
        reading=HOW_TO_READ,
        source=say(OF_EACH_RETURN, across, across.name),
        data=_table(organisations, across),
        seen="A line for each organisation, with a mark for its ratio and a bar for its margin of error.",
        **drawings([_line(organisation, measure) for organisation in organisations], FOREST),
    )


def _instead(organisation: OrganisationFigures, measure: Measure) -> str | None:
    """Return why no ratio of an organisation is drawn; None where it is."""
    if organisation.status != Status.COMPLETE:
        return NO_YEAR
    stage = organisation.stage(measure)
    if stage.hidden:
        return NOT_SHOWN
    if not may_have_ratio(stage):
        return NO_RATIO
    return None if may_be_charted(stage.likelihood) else NOT_DRAWN


def _line(organisation: OrganisationFigures, measure: Measure) -> Line:
    instead = _instead(organisation, measure)
    if instead:
        return Line(name_of(organisation), instead)
    likelihood = organisation.stage(measure).likelihood
    return Line(
        name_of(organisation),
        _ratio_in_words(organisation.stage(measure)),
        Mark(likelihood.ratio, likelihood.confidence_interval(), BESIDE_LOOK),
    )


def _ratio_in_words(stage: StageFigure) -> str:
    likelihood = stage.likelihood
    return f"{ratio(likelihood.ratio)} ({interval(*likelihood.confidence_interval(), likelihood.ratio)})"


def _table(organisations: list[OrganisationFigures], across: Across) -> Table:
    measure = across.measure
    sides = [(stage, group) for group in (REFERENCE, BME) for stage in measure.counts]
    columns = (say(heading, across, across.name).capitalised() for heading in COLUMNS)
    rows = tuple(
        (named_in_full(organisation), (*_counts(organisation, sides), _ratio(organisation, measure, sides)))
        for organisation in organisations
    )
    return Table(say(CAPTION, across, across.name), ("Organisation", *columns), rows)


def _counts(organisation: OrganisationFigures, sides: list[tuple[str, str]]) -> tuple[Cell, ...]:
    numbers = [organisation.people.number(stage, group, ALL_BANDS) for stage, group in sides]
    names = [f"forest.{stage}.{group}.{organisation.slug}" for stage, group in sides]
    if organisation.status != Status.COMPLETE:
        return tuple(Cell(name, NO_YEAR) for name in names)
    return tuple(Cell(name, text(number), number.key) for name, number in zip(names, numbers, strict=True))


def _ratio(organisation: OrganisationFigures, measure: Measure, sides: list[tuple[str, str]]) -> Cell:
    name = f"forest.{measure.key}.{organisation.slug}"
    if organisation.status != Status.COMPLETE:
        return Cell(name, NO_YEAR)
    keys = tuple(organisation.people.number(stage, group, ALL_BANDS).key for stage, group in sides)
    decision = Decision(organisation, measure)
    return Cell(name, worked_out_from=keys, **form_of("ratio_and_range", decision, decision.name))
