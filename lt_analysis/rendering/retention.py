"""The page on what happened to staff in a year: to how many of each group, one kind of event after the other.

It is made of released numbers alone, so staff are compared as a whole and not within pay band and kind of work, and it
says so. A count beside its range is described, and no more: no page says why it lies there.
"""

from collections.abc import Iterable, Iterator

from lt_analysis.codebook.ethnicity import BME, FIVE_GROUPS, REFERENCE
from lt_analysis.codebook.measures import CHAIN_OF, OF_STAFF, WHOLE, Measure
from lt_analysis.codebook.naming import capitalised
from lt_analysis.codebook.words import GLOSSARY, HIDDEN_SYMBOL, MARGIN_OF_ERROR, RANGE_IF_EQUAL, THE_RANGE, called
from lt_analysis.release.figures import OrganisationFigures, PeopleTable, Release
from lt_analysis.release.keys import KNOWN
from lt_analysis.rendering import charts, html, people
from lt_analysis.rendering.figure import named, own
from lt_analysis.rendering.forms import forms_of, named_in_full, say
from lt_analysis.rendering.forms.measures import PLACES
from lt_analysis.rendering.front_page import marks
from lt_analysis.rendering.html import Cell, Html, Table
from lt_analysis.rendering.measure_figures import Among, Happened, measures_of
from lt_analysis.rendering.sentences import BY_CHANCE, CORRECTED
from lt_analysis.rendering.shown import Choice, Said, Template

Figures = OrganisationFigures | Release

TITLE = Template("retention_title", "What happened to staff in a year: {own_name}")
TITLE_OF_YEAR = Template("retention_title_of_year", "What happened to staff, {staff_year_in_words}: {own_name}")
TITLE_OF_ALL = "What happened to staff in a year: all organisations together"
OF_ALL_IN_YEAR = Template(
    "retention_of_all_in_year", "What happened to staff, {staff_year_in_words}: all organisations together"
)
NOTHING_YET = "No year of staff can be shown yet."
ANSWER = Choice(
    "happened",
    by="happened",
    cases={
        "unshown": "How many staff {did} is not shown, so that nobody can be identified.",
        "together": (
            "Of {known_staff} staff on {span_in_words} {known_of}, {known_reached} {did} by {last_day}. How many of "
            "these were White staff, and how many {bme_staff}, is not shown, so that nobody can be identified."
        ),
        "nobody": "None of {known_staff} staff on {span_in_words} {known_of} {did} by {last_day}.",
        **dict.fromkeys(
            ("untold", *PLACES, *(f"without a range, {word}" for word in ("as many", "fewer", "more"))),
            "Of {known_staff} staff on {span_in_words} {known_of}, {known_reached} {did} by {last_day}: {bme_reached} "
            "and {white_reached}.",
        ),
    },
)
SEVERAL = "Several people may be taken at a time, on one course say, so no range is given."


def beside_equal(name: str, by: str, equal: str) -> Choice:
    """Return what a count says beside what equal chances would give, which `equal` says, in each place of the two."""
    return Choice(
        name,
        by=by,
        cases={
            **{
                place: f"{equal}. Their count, {{bme_number_reached}}, lies {word} {THE_RANGE}, {{staff_low}} to "
                "{staff_high}."
                for place, word in PLACES.items()
            },
            "untold": f"{equal}. Too few could have gone either way to set their count beside a range.",
            "without a range, as many": f"{equal}, as many as there were. {SEVERAL}",
            **{
                f"without a range, {word}": (
                    f"{equal}. There were {{bme_number_reached}}, which is {{staff_gap}} {word}. {SEVERAL}"
                )
                for word in ("fewer", "more")
            },
        },
    )


BESIDE = beside_equal(
    "happened_beside",
    by="happened",
    equal="Had all had the same chance, {about_expected} of these {known_reached} would have been {bme_staff}",
)
_DIVIDED = {
    "White first": "The share of White staff divided by that of {bme_staff}",
    "White last": "The share of {bme_staff} divided by that of White staff",
}
LARGER = {
    "White larger": "the share of White staff was the larger",
    "other larger": "the share of {bme_staff} was the larger",
    "level": "the two shares were about the same",
}
RATIO = Choice(
    "happened_ratio",
    by="ratio_direction",
    cases={
        "few": "No ratio is given: of one of the two groups nobody {did}, or there were too few staff.",
        **{
            f"{first}, {larger}": f"{divided} is {{staff_ratio}}: {words}."
            for first, divided in _DIVIDED.items()
            for larger, words in LARGER.items()
        },
    },
)
RANGE = Choice(
    "happened_range",
    by="ratio_ranged",
    cases={"ranged": "Its margin of error is {staff_ratio_range}.", "several": "It has no margin of error."},
)
FOLLOWS = Choice(
    "happened_follows",
    by="follows",
    cases={
        "indicator": (
            "It divides the same way round as {indicator}, but is not that indicator itself: it follows the staff of "
            "one day, where the indicator counts whoever joined later too, and divides by the staff at the year's end."
        ),
        "none": "This ratio follows no indicator of a standard.",
    },
)
FINDING = Template("happened_finding", "{measure_title}: White {white_share}, {label} {group_share}")
DRAWN = Choice(
    "happened_drawn",
    by="of_whom",
    cases={
        "all": "Share of White staff and of {bme_staff} who {did} by {last_day}",
        "some": "Share of White staff and of {bme_staff} who {did} by {last_day}, of those who {had}",
    },
)
COVERS = Template(
    "retention_covers", "The staff of {span_in_words}, and what happened to them in the year after, {staff_year}."
)
GOOD_OR_NOT = Choice(
    "happened_good",
    by="good",
    cases={
        "good": "It is good to be among those who {did}.",
        "bad": "It is not good to be among those who {did}.",
        "neither": "It is neither good nor bad by itself to be among those who {did}.",
    },
)
NEXT = Template("retention_next", "For the staff of {last_day}, in the report for {next_staff_report}.")
WHOSE = Choice(
    "retention_whose",
    by="everybody",
    cases={
        "all": "{added_up}: {members}.",
        "some": (
            "{added_up}: {members}. Left out are those that did not send every return of staff and of events, name no "
            "event of a kind in the year, or have very few White staff, or very few of other groups."
        ),
    },
)
TABLE = Template("happened_table", "Staff on {span_in_words} who {did} by {last_day}")
OF_GROUPS = Template("happened_groups", "Single ethnic groups who {did} by {last_day}")
OF_CUTS = Template("happened_cuts", "Staff who {did} by {last_day}, by kind of band")
OF_ORGANISATIONS = Template("happened_organisations", "Staff who {did} by {last_day}, by organisation")
YEARS = Template("happened_years", "Staff of each day, and how many {did} in the year after")

CAUTION = "A count within its range does not show that chances were equal, and one outside it does not show why."
NOT_ADJUSTED = (
    "All staff are compared at once here, whatever their pay band, their work, their length of service and their "
    "organisation, so a difference may be one between these. Each organisation compares like with like on a page of "
    "its own: within pay band and kind of work, and of leaving also within quarter and length of service."
)
WHO_COUNTS = (
    "Each person once, however often it happened, in the group that they had stated by the first day. Who joined later "
    "is not counted."
)
SHOW_FINER, SHOW_ORGANISATIONS = "Show single groups, kinds of band, and organisations", "Show organisations"
FEW = "No chart: shares of fewer than 20 people mislead. See the counts."
WORDS = {
    **{capitalised(one.column): one.meaning for measure in OF_STAFF for one in (measure.before, measure.after)},
    RANGE_IF_EQUAL: GLOSSARY[RANGE_IF_EQUAL],
    MARGIN_OF_ERROR: "values that fit the counts. About 1 such margin in 20 misses the true value.",
    HIDDEN_SYMBOL: GLOSSARY[HIDDEN_SYMBOL],
}


def heading(figures: Figures) -> Html:
    """Return the page's heading, under its marks."""
    if isinstance(figures, Release):
        return html.heading(say(OF_ALL_IN_YEAR, figures, "*") or TITLE_OF_ALL, marks(figures))
    name = named(figures)
    return html.heading(
        say(TITLE_OF_YEAR, figures, name) or say(TITLE, figures, name), html.marks(figures.state, figures.invented)
    )


def main_points(figures: Figures) -> Html:
    """Return to how many of whom each kind of event happened, and beside what."""
    if not figures.staff:
        return html.paragraphs({"retention.none": NOTHING_YET}, "summary")
    terms = [
        (
            one.measure.title,
            {f"{name}.{one.measure.key}": say(words, one, one.name) for name, words in POINTS.items()},
        )
        for one in _latest(figures)
    ]
    shown = [one for one in _latest(figures) if not one.hidden]
    said = {"adjusted": NOT_ADJUSTED} if shown else {}
    said |= {"caution": CAUTION, "chance": BY_CHANCE} if any(one.measure.one_by_one for one in shown) else {}
    return html.points(terms, html.paragraphs(said | _corrected(figures)))


POINTS = {"answer": ANSWER, "beside": BESIDE}


def _latest(figures: Figures) -> list[Happened]:
    return [Happened(table, measure) for table in figures.staff[-1:] for measure in measures_of(table)]


def _corrected(figures: Figures) -> dict[str, str]:
    return {"corrected": CORRECTED} if any(table.corrected for table in figures.staff) else {}


def coverage(figures: Figures) -> Html:
    """Return what the page covers, whose staff it adds up, who counts, and when the next figures are due."""
    if not figures.staff:
        return html.NOTHING
    table = figures.staff[-1]
    name = table.name
    terms = {"Covers": say(COVERS, table, name)}
    if isinstance(figures, Release):
        among = Among(table, figures)
        terms |= {"Adds up": say(WHOSE, among, among.name).capitalised()}
    terms |= {"Who counts": WHO_COUNTS, "Next figures": say(NEXT, table, name)}
    return html.definitions(terms, "coverage")


def counts(figures: Figures) -> Html:
    """Return, of each measure, a chart of its shares, and its counts: of the partnership the finer ones too."""
    return html.joined(*(html.section(one.measure.title, *_parts(one, figures), level=3) for one in _latest(figures)))


def _parts(one: Happened, figures: Figures) -> Iterator[object]:
    whole = WHOLE[one.measure.before.key]
    table = people.happened_table(
        one.table, one.measure, say(TABLE, one, one.name), [(group, whole) for group in (REFERENCE, BME, KNOWN)]
    )
    yield _chart(one) if not one.hidden else html.NOTHING
    yield table
    told = {"good": say(GOOD_OR_NOT, one, one.name) if not one.hidden else "", "ratio": _ratio(one)}
    yield html.paragraphs({f"{cell}.{one.measure.key}": text for cell, text in told.items()})
    if isinstance(figures, Release):
        finer = [*_finer(one)]
        yield html.folded(SHOW_FINER if finer else SHOW_ORGANISATIONS, *finer, _organisations(one, figures))
    if len(figures.staff) > 1:
        yield _years(one, figures)


def _ratio(one: Happened) -> str:
    said = say(RATIO, one, one.name)
    given = forms_of(one)["ratio_direction"](one) not in ("hidden", "few")
    return Said.join(" ", (said, *(say(words, one, one.name) for words in (RANGE, FOLLOWS)))) if given else said


def _chart(one: Happened) -> object:
    if not charts.may_be_charted(one.likelihood):
        return html.note(FEW)
    table = people.happened_table(
        one.table,
        one.measure,
        say(TABLE, one, one.name),
        [(group, WHOLE[one.measure.before.key]) for group in (REFERENCE, BME)],
    )
    reading = charts.HOW_TO_READ if one.measure.one_by_one else _SEVERAL_DRAWN
    source = CHAIN_OF[one.measure.after.key].source
    return charts.shares_chart(
        [one.stage], say(FINDING, one, one.name), say(DRAWN, one, one.name), reading, source, table
    )


_SEVERAL_DRAWN = "No margins of error are drawn: several people may be taken at a time, on one course say."


def _finer(one: Happened) -> Iterator[Table]:
    """Yield the tables of single groups and of kinds of band, where any are published of a measure."""
    table, whole = one.table, WHOLE[one.measure.before.key]
    single = [(group, whole) for group in table.groups if group in FIVE_GROUPS and group != REFERENCE]
    cuts = [(group, cut) for cut in table.bands if cut != whole for group in (REFERENCE, BME)]
    for words, rows in ((OF_GROUPS, single), (OF_CUTS, cuts)):
        if any(table.has(one.measure.after.key, *row) for row in rows):
            yield people.happened_table(table, one.measure, say(words, one, one.name), rows)


def _organisations(one: Happened, release: Release) -> Table:
    """Return a table of what is published of each organisation: its White staff and others, and of whom it happened."""
    measure, rows = one.measure, []
    for organisation in own(release):
        tables = [table for table in organisation.staff if table.span == one.table.span]
        for table in (table for table in tables if measure in measures_of(table)):
            prefix = f"{organisation.slug}.{measure.key}"
            rows.append((named_in_full(organisation), _sides(table, measure, (REFERENCE, BME, KNOWN), prefix)))
    columns = [
        Said.join(": ", (group_name, people.COLUMN[stage]))
        for group_name in (REFERENCE, capitalised(called(BME)), "All known")
        for stage in measure.counts
    ]
    return Table(say(OF_ORGANISATIONS, one, one.name), ("Organisation", *columns), tuple(rows))


def _sides(table: PeopleTable, measure: Measure, groups: Iterable[str], prefix: str) -> tuple[Cell, ...]:
    """Return the cells of a line: of each group its staff, and of how many of them it happened."""
    whole = WHOLE[measure.before.key]
    return tuple(
        people.cell_or_none(table, stage, group, whole, prefix) for group in groups for stage in measure.counts
    )


def _years(one: Happened, figures: Figures) -> Table:
    """Return a table of every year that is published: the staff of its first day, and of whom it happened, by group."""
    rows = []
    for table in (table for table in figures.staff if one.measure in measures_of(table)):
        cells = _sides(table, one.measure, (REFERENCE, BME), f"years.{one.measure.key}.{table.span}")
        rows.append((say(DAY, table, table.name), cells))
    columns = [
        Said.join(": ", (group_name, people.COLUMN[stage]))
        for group_name in (REFERENCE, capitalised(called(BME)))
        for stage in one.measure.counts
    ]
    latest = figures.staff[-1]
    return Table(say(YEARS, one, one.name), ("Staff of", *columns), tuple(rows), members=people.members_of(latest))


DAY = Template("happened_day", "{span_in_words}")


def glossary() -> Html:
    """Return the words of this page and what each means."""
    label = called(BME)
    return html.definitions({capitalised(label): GLOSSARY[BME]} | WORDS, "glossary")
