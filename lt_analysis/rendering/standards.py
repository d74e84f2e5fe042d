"""The page on the race equality standard: its nine indicators in one table, each as the standard divides it.

It is made of released numbers alone, which other pages print too. Where a council's own standard divides the same
counts the other way round, its page has both: one stored fact, printed twice.
"""

from collections.abc import Iterator
from dataclasses import replace
from itertools import groupby

from lt_analysis.codebook.downloads import NOT_GIVEN
from lt_analysis.codebook.ethnicity import BME, REFERENCE
from lt_analysis.codebook.measures import CHAIN_OF
from lt_analysis.codebook.naming import capitalised
from lt_analysis.codebook.standards import SEATS
from lt_analysis.codebook.words import GLOSSARY, HIDDEN_SYMBOL, MARGIN_OF_ERROR, RANGE_IF_EQUAL, TOO_FEW_ANSWERS, called
from lt_analysis.release.figures import OrganisationFigures, Release, question_of
from lt_analysis.release.keys import Key
from lt_analysis.rendering import html, partnership, people, representation, retention
from lt_analysis.rendering.figure import named
from lt_analysis.rendering.forms import form_of, say, say_form
from lt_analysis.rendering.forms.measures import PLACES
from lt_analysis.rendering.forms.standards import not_given_of
from lt_analysis.rendering.front_page import marks
from lt_analysis.rendering.html import Cell, Html, Table
from lt_analysis.rendering.measure_figures import Among, Compared, Happened
from lt_analysis.rendering.sentences import ALL_AT_ONCE, CORRECTED
from lt_analysis.rendering.shown import Choice, Said, Template
from lt_analysis.rendering.staff_figures import InPost
from lt_analysis.rendering.standard_figures import Answered, Behind, Measured, Printed, Seats, Standards, printed_by

Figures = OrganisationFigures | Release
COUNCIL = "council"  # the kind of organisation that has the social care standard

TITLE = Template("standards_title", "The race equality standard: {own_name}")
TITLE_OF_ALL = "The race equality standard: all organisations together"
ANSWER = Choice(
    "standards_answer",
    by="standards_any",
    cases={
        "some": "Of the nine indicators, {standards_number} can be shown.",
        "none": "Not one of the nine indicators can be shown yet.",
    },
)
WHITE_BETTER = Template("standards_white_better", "White people fare better by: {standards_white_better}.")
OTHERS_BETTER = Template("standards_others_better", "{bme_people} fare better by: {standards_others_better}.")
ALIKE = Template("standards_alike", "Both fare alike by: {standards_alike}.")
WIDEST = Choice(
    "standards_widest",
    by="standards_gaps",
    cases={
        "one": "Of the first four indicators, {bme_people} are furthest behind in {standards_widest}.",
        "two": (
            "Of the first four indicators, {bme_people} are furthest behind in {standards_widest}, then in "
            "{standards_next_widest}."
        ),
    },
)
_SHOWN = "Of the nine indicators of the race equality standard, {standards_number} can be shown"
IN_SHORT = Choice(
    "standards_in_short",
    by="standards_gaps",
    cases={
        "none": f"{_SHOWN}.",
        **{case: f"{_SHOWN}. {WIDEST.cases[case]}" for case in ("one", "two")},
    },
)
_RANGE = "range, {low} to {high}"
_RANGE_OF_STAFF = "range, {staff_low} to {staff_high}"
BESIDE = {
    Compared: Choice(
        "standards_beside_posts",
        by="compared",
        cases={
            **{place: f"{{successful}}, {word} the {_RANGE}" for place, word in PLACES.items()},
            "untold": "too few posts to tell",
            "totals": "only totals sent",
        },
    ),
    Happened: Choice(
        "standards_beside_staff",
        by="happened",
        cases={
            **{place: f"{{bme_number_reached}}, {word} the {_RANGE_OF_STAFF}" for place, word in PLACES.items()},
            "untold": "too few to tell",
            "nobody": "nobody {did}",
            "without a range, as many": "As many as expected. No range: several at a time",
            **{
                f"without a range, {word}": f"{{staff_gap}} {word} than expected. No range: several at a time"
                for word in ("fewer", "more")
            },
        },
    ),
    InPost: Choice(
        "standards_beside_all",
        by="parity",
        cases={
            "few": "too few people",
            "as many": "As many as the share of all staff would be, {share_of_all}",
            **{
                word: f"{{parity_gap}} {word} than the share of all staff would be, {{share_of_all}}"
                for word in ("fewer", "more")
            },
        },
    ),
}
TABLE = Template("standards_table", "The nine indicators of the Workforce Race Equality Standard: {own_name}")
TABLE_OF_ALL = "The nine indicators of the Workforce Race Equality Standard, all organisations together"
INDICATOR = Template("standards_indicator", "Indicator {indicator_number}")
NAME = Template("standards_name", "{indicator_name}")
ASKS = Template("standards_asks", "{indicator_asks}")
INSTEAD = Template("standards_instead", "{indicator_instead}")
PRINTED_TABLE = Template("printed_table", "Indicators as published, and as counted here: {own_name}")
PRINTED_NAME = Template("printed_name", "{printed_indicator}")
PRINTED_SOURCE = Template("printed_from", "{printed_source}")
BESIDE_OURS = Choice(
    "printed_beside_ours",
    by="printed_beside",
    cases={
        "same": "the same, to the decimals printed",
        "higher": "here {printed_gap} higher",
        "lower": "here {printed_gap} lower",
        "none": "no figure of that year here",
    },
)
METRIC = Template("standards_metric", "{metric_name}")
METRIC_ASKS = Template("standards_metric_asks", "{metric_asks}")
SOCIAL_CARE = Template("standards_social_care", "The same counts as the social care standard divides them: {own_name}")
DAY_OF_STAFF = Template("standards_day", "Staff of {span_in_words}.")
YEAR_OF_STAFF = Template("standards_year", "Staff of {span_in_words}, and what happened to them by {last_day}.")
ANSWERS = "Staff who answered each question, and who said yes"
QUESTION = Template("standards_question", "{measure_title}, in {span_in_words}")
YEAR_OF_SURVEY = Template("standards_survey", "Answers to {span_in_words}.")
WHOSE_ANSWERS = Choice(
    "standards_whose_answers",
    by="everybody",
    cases={
        "all": "{added_up}: {members}.",
        "some": (
            "{added_up}: {members}. Left out are those that sent no answers to this question, or of which too few "
            "answers can be shown."
        ),
    },
)
PUBLISHED = Template("standards_board", "Published by themselves, in their own words. {seats_source}.")
WHOSE_POSTS = Choice(
    "standards_whose_posts",
    by="left_out",
    cases={
        "none": "{added_up}: {members}.",
        "few of year": f"{{added_up}}: all but {{left_out_names}}. {partnership.LEFT_OUT_OF_YEAR}",
        "many of year": f"{{added_up}}: {{members}}. {partnership.LEFT_OUT_OF_YEAR}",
    },
)
YEAR_OF_POSTS = Template("standards_posts", "Posts of {span_in_words}.")

WHAT_IT_ASKS, AS_DIVIDED = "What it asks, and how to read it", "Ratio or gap, and margin of error"
BESIDE_EQUAL = "Beside equal chances"
AS_SOCIAL_CARE, AS_NHS = "As this standard divides", "As the NHS standard does"
ABOUT_SOCIAL_CARE = (
    "Councils have a standard of their own, the Social Care Workforce Race Equality Standard. It always divides the "
    "share of the other group by that of White people. So its metrics 2 and 5 are indicators 2 and 4 above, turned "
    "round: 0.50 here is 2.00 there. Read across, a council and a trust can be compared."
)
SOCIAL_CARE_DIFFERS = (
    "That standard counts the social care staff of a council alone. Here all who were sent are counted. Its metrics 1 "
    "and 9 ask of pay bands and of senior managers, and metric 4 of fitness to practise: nothing of these is "
    "published here. Metric 8 asks of leaving, which the page on what happened to staff has."
)
NOBODY_DECIDED = "not compared: no decision"
CAUTION = (
    "Who fares better is read off the counts, however small the difference. It may be chance: the margin of error and "
    "the range of equal chances are beside each figure. No figure says why."
)
COUNTED_ALONE = (
    "Each indicator counts other people, so they are not added up. What an organisation has itself published of them "
    "stands on its own page, as it was printed and with its source."
)
BESIDE_PRINTED, WHERE = "Beside what was published", "Where it was published"
ABOUT_PRINTED = (
    "These are the organisation's own figures, as it has printed them, beside the figure of the same year here. The "
    "two need not agree. Of indicator 2 only posts at Band 8 and above are counted here, and of indicators 3 and 4 the "
    "staff of one day. A difference does not say which is right."
)
ABOUT_BOARDS = (
    "Only what organisations have themselves published is shown. One seat is several points, and no margin of error is "
    "given, for a board is no sample."
)
NO_BOARD_OF_OWN = "The organisation has given nothing that it has published of its board, so nothing is shown of it."
NO_BOARD_OF_ALL = "No organisation has given anything that it has published of its board, so nothing is shown of it."
SHARE_BESIDE = "Share beside that of all staff"
SEATS_OF_OWN = Template("seats_of_own", "Members of the board, as published: {own_name}")
SEATS_OF_ALL = "Members of boards, as published by those organisations that gave it"
HOW_IT_DIFFERS = {
    "Indicator 1": "The standard asks it band by band, clinical and other staff apart, and of doctors by grade. Here "
    "Band 8 and above stand for all bands; the page on who works at each band has more of them.",
    "Indicator 2": "The standard asks it of all posts. Here only posts at Band 8 and above are counted, and every "
    "offer, declined ones too.",
    "Indicators 3 and 4": "The standard counts whoever joined within the year too, and divides by the staff at its "
    "end. Here the staff of one day are followed.",
    "Indicators 5 to 8": "They are of those who answered the staff survey, and not of all staff. The margin of error "
    "says nothing of who did not answer.",
    "Indicator 9": "The standard asks it of all members, of voting and of executive ones. The table of all nine has "
    "all members. Only what an organisation has itself published of its board is printed, and nothing from returns of "
    "staff. One seat is several points. No margin of error is given, for a board is no sample.",
}
WORDS = {
    "Ratio": "one share divided by the other. Indicators 2 and 4 divide White people's share by the other group's, and "
    "indicator 3 divides the other way round.",
    capitalised(
        TOO_FEW_ANSWERS
    ): "fewer than 11 people of a group answered, or so few of them, or nearly all, said yes "
    "that it would tell of single people.",
    "Gap": "how many points one share is higher or lower than another.",
    RANGE_IF_EQUAL: GLOSSARY[RANGE_IF_EQUAL],
    MARGIN_OF_ERROR: "values that fit the counts. About 1 such margin in 20 misses the true value.",
    HIDDEN_SYMBOL: GLOSSARY[HIDDEN_SYMBOL],
}


def heading(figures: Figures) -> Html:
    """Return the page's heading, under its marks."""
    if isinstance(figures, Release):
        return html.heading(TITLE_OF_ALL, marks(figures))
    return html.heading(say(TITLE, figures, named(figures)), html.marks(figures.state, figures.invented))


def main_points(figures: Figures) -> Html:
    """Return how many indicators can be shown, who fares better by which, and where most people are worse off."""
    every = Standards(figures)
    templates = {"answer": ANSWER, "white": WHITE_BETTER, "others": OTHERS_BETTER, "alike": ALIKE, "widest": WIDEST}
    said = {f"standards.{cell}": say(words, every, every.name) for cell, words in templates.items()}
    if every.shown:
        said |= {"standards.caution": CAUTION}
    if any(isinstance(row.behind, Happened) and not row.behind.hidden for row in every.rows):
        said |= {"standards.adjusted": ALL_AT_ONCE}
    corrected = any(table.corrected for table in figures.standards)
    return html.paragraphs(said | ({"corrected": CORRECTED} if corrected else {}), "summary")


def coverage(figures: Figures) -> Html:
    """Return of when each indicator is, whose people it adds up, and how it differs from the standard's own."""
    every = {row: row.behind for row in Standards(figures).rows if row.behind}
    shown = [row for row, behind in every.items() if not isinstance(behind, Seats)]
    terms = {}
    for _, alike in groupby(shown, key=lambda row: (type(row.behind), row.behind.table.span, row.behind.table.members)):
        first, *others = alike
        term = Said.join(", ", (say(INDICATOR, row, row.name) for row in (first, *others)))
        terms[term] = Said.join(" ", (_when(first.behind), *_whose(first.behind, figures)))
    for row in every.keys() - shown:
        terms[say(INDICATOR, row, row.name)] = say(PUBLISHED, row.behind, row.behind.name)
    return html.definitions(terms | {"All nine": COUNTED_ALONE}, "coverage")


def _when(behind: Behind) -> str:
    words = {InPost: DAY_OF_STAFF, Happened: YEAR_OF_STAFF, Compared: YEAR_OF_POSTS, Answered: YEAR_OF_SURVEY}[
        type(behind)
    ]
    return say(words, behind, behind.name)


def _whose(behind: Behind, figures: Figures) -> Iterator[str]:
    """Yield whose people an indicator of the partnership adds up, and who is left out."""
    if isinstance(figures, Release):
        of_posts = {Compared: WHOSE_POSTS, Answered: WHOSE_ANSWERS}
        words = ({InPost: representation.WHOSE, Happened: retention.WHOSE} | of_posts)[type(behind)]
        among = Among(behind.table, figures)
        yield say(words, among, among.name).capitalised()


def table(figures: Figures) -> Html:
    """Return the nine indicators, a row each, those too of which nothing can be shown."""
    rows = tuple((_called(row), _cells(row)) for row in Standards(figures).rows)
    of_all = isinstance(figures, Release)
    caption = TABLE_OF_ALL if of_all else say(TABLE, figures, named(figures))
    columns = ("Indicator", WHAT_IT_ASKS, REFERENCE, capitalised(called(BME)), AS_DIVIDED, BESIDE_EQUAL)
    return html.joined(Table(caption, columns, rows, said=(WHAT_IT_ASKS,), name="nhs-standard"))


def _called(row: Measured) -> str:
    return say(NAME, row, row.name)


def _cells(row: Measured) -> tuple[Cell, ...]:
    prefix, behind = f"standards.{row.indicator.number}", row.behind
    forms = {"white": "white_part", "group": "group_part", "figure": "as_standard"}
    beside = Cell(f"{prefix}.beside", NOT_GIVEN)
    if isinstance(behind, Answered | Seats):
        beside = replace(beside, text=NOBODY_DECIDED)
    elif behind is not None:
        said = say(BESIDE[type(behind)], behind, behind.name)
        beside = Cell(f"{prefix}.beside", said or None, worked_out_from=keys_of(behind))
    return Cell(f"{prefix}.asks", say(ASKS, row, row.name)), *_figures(row, prefix, forms), beside


def board(figures: Figures) -> Html:
    """Return what is published of all members of boards, of voting and of executive ones, each beside all staff."""
    every = [Seats(figures, kind) for kind in SEATS]
    of_all = isinstance(figures, Release)
    if not every[0].whose:
        said = NO_BOARD_OF_ALL if of_all else NO_BOARD_OF_OWN
        return html.section("Indicator 9: who is on the board", html.paragraphs({"board.none": said}))
    rows = tuple((say_form("seats_of", one, one.name), tuple(_seats(one))) for one in every)
    columns = ("Seats", capitalised(called(BME)), SHARE_BESIDE)
    caption = SEATS_OF_ALL if of_all else say(SEATS_OF_OWN, figures, named(figures))
    shown = Table(caption, columns, rows, name="board")
    return html.section("Indicator 9: who is on the board", html.paragraphs({"board.about": ABOUT_BOARDS}), shown)


def _seats(one: Seats) -> Iterator[Cell]:
    for part, form in {"group": "group_part", "gap": "as_standard"}.items():
        if one.whose:
            said = form_of(form, one, one.name)
            yield Cell(f"board.{one.kind}.{part}", worked_out_from=keys_of(one), **said)
        else:
            yield Cell(f"board.{one.kind}.{part}", not_given_of(one.figures))


def printed(figures: Figures) -> Html:
    """Return what an organisation has itself published of indicators, each beside the audit's own of the same year."""
    if isinstance(figures, Release) or not figures.indicators:
        return html.NOTHING
    every = printed_by(figures)
    rows = tuple((say(PRINTED_NAME, one, one.name), _printed(one)) for one in every)
    columns = ("Indicator", "Year", "As published", "Here", BESIDE_PRINTED, WHERE)
    table_of_all = Table(say(PRINTED_TABLE, figures, named(figures)), columns, rows, said=(WHERE,), name="as-published")
    return html.section(
        "What the organisation has published itself", html.paragraphs({"printed.about": ABOUT_PRINTED}), table_of_all
    )


def _printed(one: Printed) -> tuple[Cell, ...]:
    prefix, keys = f"printed.{one.place}", keys_of(one.behind) if one.behind else ()
    forms = {"year": "printed_year", "value": "printed_value"}
    return (
        *(Cell(f"{prefix}.{name}", **form_of(form, one, one.name)) for name, form in forms.items()),
        Cell(f"{prefix}.ours", worked_out_from=keys, **form_of("printed_ours", one, one.name)),
        Cell(f"{prefix}.beside", say(BESIDE_OURS, one, one.name) or None, worked_out_from=keys),
        Cell(f"{prefix}.source", say(PRINTED_SOURCE, one, one.name)),
    )


def answers(figures: Figures) -> Html:
    """Return how many White and BME staff answered each question of each survey, and how many said yes, folded."""
    asked = [Answered(table, question_of(table.numbers[0].key)) for table in figures.survey]
    if not asked:
        return html.NOTHING
    columns = [
        Said.join(": ", (group, said))
        for group in (REFERENCE, capitalised(called(BME)))
        for said in ("answered", "said yes")
    ]
    rows = tuple((say(QUESTION, one, one.name), _answers(one)) for one in asked)
    return html.folded("Show every answer to the survey", Table(ANSWERS, ("Question", *columns), rows))


def _answers(one: Answered) -> tuple[Cell, ...]:
    prefix, whole = f"answers.{one.table.span}", CHAIN_OF[one.measure.after.key].whole
    return tuple(
        people.cell_or_none(one.table, stage, group, whole, prefix)
        for group in (REFERENCE, BME)
        for stage in one.measure.counts
    )


def social_care(figures: Figures) -> Html:
    """Return a council's counts as the social care standard divides them; nothing of any other organisation."""
    if isinstance(figures, Release) or figures.kind != COUNCIL:
        return html.NOTHING
    every = [row for row in Standards(figures).rows if row.indicator.measure and row.indicator.measure.also]
    rows = tuple((say(METRIC, row, row.name), _cells_of_metric(row)) for row in every)
    columns = ("Metric", WHAT_IT_ASKS, REFERENCE, capitalised(called(BME)), AS_SOCIAL_CARE, AS_NHS)
    caption = say(SOCIAL_CARE, figures, named(figures))
    table_of_both = Table(caption, columns, rows, said=(WHAT_IT_ASKS,), name="social-care-standard")
    about, differs = ({name: text} for name, text in (("about", ABOUT_SOCIAL_CARE), ("differs", SOCIAL_CARE_DIFFERS)))
    return html.section("In the social care standard", html.paragraphs(about), table_of_both, html.paragraphs(differs))


def _cells_of_metric(row: Measured) -> tuple[Cell, ...]:
    forms = {"white": "white_part", "group": "group_part", "figure": "as_social_care", "nhs": "as_standard"}
    return (
        Cell(f"social-care.{row.indicator.number}.asks", say(METRIC_ASKS, row, row.name)),
        *_figures(row, f"social-care.{row.indicator.number}", forms),
    )


def _figures(row: Measured, prefix: str, forms: dict[str, str]) -> Iterator[Cell]:
    """Yield the cells of a row that forms say of its figure; where it has none, why, in the place of its ratio."""
    behind = row.behind
    for part, form in forms.items():
        if behind is None:
            yield Cell(f"{prefix}.{part}", say(INSTEAD, row, row.name) if part == "figure" else NOT_GIVEN)
        else:
            said = form_of(form, behind, behind.name)
            yield Cell(f"{prefix}.{part}", worked_out_from=keys_of(behind), **said)


def keys_of(behind: Behind) -> tuple[Key, ...]:
    """Return the keys of the numbers that an indicator is worked out from."""
    if isinstance(behind, Seats):
        return tuple(number.key for number in behind.numbers)
    if isinstance(behind, InPost):
        shares = behind.shares
        return tuple(dict.fromkeys(number.key for one in shares for number in (one.some, one.everybody)))
    whole = people.WHOLE[behind.measure.before.key]
    return tuple(
        behind.table.number(stage, group, whole).key
        for group in (REFERENCE, BME)
        for stage in behind.measure.counts
        if behind.table.has(stage, group, whole)
    )


def bands(figures: Figures) -> Html:
    """Return indicator 1 band by band, folded; nothing where no staff are published by band."""
    if not figures.in_post:
        return html.NOTHING
    return html.folded("Show indicator 1 band by band", representation.counts(figures.in_post[-1]))


def differences() -> Html:
    """Return how each indicator differs from the standard's own form."""
    return html.definitions(HOW_IT_DIFFERS, "coverage")


def glossary() -> Html:
    """Return the words of this page and what each means."""
    return html.definitions({capitalised(called(BME)): GLOSSARY[BME]} | WORDS, "glossary")
