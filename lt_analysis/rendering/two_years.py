"""The latest year of all organisations together beside the year before: each stage and each event in one line."""

from lt_analysis.codebook.ethnicity import BME
from lt_analysis.codebook.measures import OF_STAFF, STAGES, WHOLE, Measure
from lt_analysis.codebook.periods import FinancialYear
from lt_analysis.codebook.words import RANGE_IF_EQUAL
from lt_analysis.release.figures import OrganisationFigures, PeopleTable, Release
from lt_analysis.rendering import html
from lt_analysis.rendering.figure import named
from lt_analysis.rendering.forms import form_of, say, say_form
from lt_analysis.rendering.forms.measures import PLACES
from lt_analysis.rendering.html import Cell, Html, Table
from lt_analysis.rendering.measure_figures import Compared, Happened, leading
from lt_analysis.rendering.named import span_of
from lt_analysis.rendering.people import NOT_PUBLISHED
from lt_analysis.rendering.shown import Choice, Said, Template

CAPTION = Template("two_years", "{bme_people}, in {year_before} and in {year}")
OF_ONE_YEAR = Template("one_year", "{bme_people}, in {year}")
DONE = Template("people_reached", "{bme_people} {done}")
DID = Template("staff_reached", "{bme_staff} who {did}")
NOTHING = "No year of all organisations together can be shown yet."
FIRST = "No year before it is published, so there is nothing to compare with yet."
OTHERS = "The two years do not add up the same organisations, so a difference may be one between these."
BY_CHANCE = "Counts differ by chance, too."

NOT_BESIDE = "Of no stage can both years be set beside equal chances."
GAP = Choice(
    "gap_of_year",
    by="compared",
    cases=dict.fromkeys(PLACES, "{bme_people} {done}: {gap} equal chances give in {span}, "),
)
GAP_BEFORE = Choice(
    "gap_of_year_before",
    by="compared",
    cases=dict.fromkeys(PLACES, "{gap} equal chances gave in {span}."),
)
TITLE = "This year and the year before"
Figures = OrganisationFigures | Release
Told = Compared | Happened


def two_years(figures: Figures) -> Html:
    """Return a table of the latest year and the one before, a line for each stage and event that is told of both.

    Where there is one year, or nothing is told of both, it has what is told. The year of staff is the one in which
    they are followed. Of an organisation there is a table only of two years.
    """
    of_all = isinstance(figures, Release)
    told = of_both(figures)
    years = [year for year, some in told.items() if some]
    if not of_all and len(years) < len(told):
        return html.NOTHING
    if not years:
        return html.paragraphs({"years": NOTHING})
    every = [one for one in (*STAGES, *OF_STAFF) if any(one in told[year] for year in years)]
    in_both = [one for one in every if all(one in told[year] for year in years)]
    measures = in_both or every
    rows = tuple(
        (_name(measure, told), tuple(cell for year in years for cell in _cells(told[year].get(measure), measure, year)))
        for measure in measures
    )
    *_, latest = told
    forms = {latest: "year"}
    name = "*" if of_all else named(figures)
    spans = {year: say_form(forms.get(year, "year_before"), figures, name) for year in years}
    columns = [column for year in years for column in (spans[year], Said.join(", ", (RANGE_IF_EQUAL, spans[year])))]
    caption = say(CAPTION if len(years) > 1 else OF_ONE_YEAR, figures, name).capitalised()
    table = Table(caption, ("Of whom", *columns), rows, note="" if changes(figures) else cautions(figures))
    return html.joined(table) if of_all else html.section(TITLE, table)


def changes(figures: Figures) -> dict[str, str]:
    """Return, of each stage, how far the year and the year before lie from equal chances, and what to mind of both.

    Nothing where both years cannot be told of any stage.
    """
    if not isinstance(figures, Release) and figures.before is None:
        return {}
    before, latest = of_both(figures).values()
    said = {}
    for measure in (one for one in STAGES if one in before and one in latest):
        both = [say(words, one[measure], one[measure].name) for words, one in ((GAP, latest), (GAP_BEFORE, before))]
        said |= {f"changed.{measure.key}": Said.join("", both)} if all(both) else {}
    return said | ({"changed.years": cautions(figures)} if said else {})


def why_no_changes(figures: Figures) -> str:
    """Return why two years are not compared."""
    return NOT_BESIDE if all(of_both(figures).values()) else FIRST


def cautions(figures: Figures) -> Said:
    """Return what keeps two years from being compared at their face."""
    told = of_both(figures)
    return Said.join(" ", (BY_CHANCE, OTHERS if _of_others(told, [*told]) else ""))


def of_both(figures: Figures) -> dict[FinancialYear, dict[Measure, Told]]:
    """Return what is told of the year before and of the latest year, in this order, by measure."""
    latest = figures.quarter.latest_complete_year if isinstance(figures, Release) else figures.span
    return {year: _told(figures, year) for year in (FinancialYear(latest.start - 1), latest)}


def _told(figures: Figures, year: FinancialYear) -> dict[Measure, Told]:
    """Return what is told of a year, by measure."""
    found: dict[Measure, Told] = {}
    tables = figures.years if isinstance(figures, Release) else (figures.before, figures.people)
    for table in filter(None, tables):
        if span_of(table) == year:
            found |= {measure: Compared(table, measure) for measure in STAGES}
    for table in figures.staff:
        if span_of(table).year == year:
            found |= {one.measure: one for one in leading(table)}
    return found


def _name(measure: Measure, told: dict[FinancialYear, dict[Measure, Told]]) -> Said:
    one = next(some[measure] for some in reversed(told.values()) if measure in some)
    return say(DONE if isinstance(one, Compared) else DID, one, one.name).capitalised()


def _cells(told: Told | None, measure: Measure, year: FinancialYear) -> tuple[Cell, ...]:
    names = [f"years.{part}.{measure.key}.{year}" for part in ("count", "range")]
    whole = WHOLE[measure.before.key]
    if told is None or not all(told.table.has(stage, BME, whole) for stage in measure.counts):
        return tuple(Cell(name, NOT_PUBLISHED) for name in names)
    keys = tuple(told.table.number(stage, BME, whole).key for stage in measure.counts)
    return tuple(
        Cell(name, worked_out_from=keys, **form_of(form, told, told.name))
        for name, form in zip(names, ("group_reached", "chance_range"), strict=True)
    )


def _of_others(told: dict[FinancialYear, dict[Measure, Told]], years: list[FinancialYear]) -> bool:
    tables: list[list[PeopleTable]] = [
        [one.table for measure, one in told[year].items() if measure in told[years[0]]] for year in years
    ]
    return any(first.members != last.members for first, last in zip(*tables, strict=False))
