"""An organisation's own page on its staff: to whom of them it happened in a year, and beside what equal chances give.

Counts come first, and whose they are is always said. A count beside its range is described, and no more: pages say
nowhere why it lies there.
"""

from lt_analysis.codebook.ethnicity import BME, REFERENCE, UNKNOWN
from lt_analysis.codebook.measures import ACCOUNT, MEASURES, OF_STAFF, STAFF, Measure
from lt_analysis.codebook.measures import IN_POST as IN_POST_STAGE
from lt_analysis.codebook.naming import capitalised, people_of
from lt_analysis.codebook.pay import (
    ALL_BANDS,
    BAND_8_AND_ABOVE,
    BAND_8_PLUS_TOTAL,
    BELOW_BAND_8,
    EVERYBODY,
    MEDICAL,
)
from lt_analysis.codebook.periods import Quarter
from lt_analysis.codebook.returns import NOT_KNOWN
from lt_analysis.codebook.standards import SEATS_IN_WORDS
from lt_analysis.codebook.words import GLOSSARY, MARGIN_OF_ERROR, RANGE_IF_EQUAL, called
from lt_analysis.evidence.representation import SeatsHeld, StaffOfBand
from lt_analysis.evidence.staff import (
    BandOfWork,
    ExactStaff,
    Followed,
    GroupWithin,
    InPartnership,
    StaffOfGroup,
    together,
)
from lt_analysis.release.figures import State
from lt_analysis.rendering import html
from lt_analysis.rendering.forms import form_of, say
from lt_analysis.rendering.forms.phrases import NO_BREAK, day
from lt_analysis.rendering.html import Cell, Html, Table
from lt_analysis.rendering.numbers import SMALLEST_BASE, percentage, whole
from lt_analysis.rendering.people import IN_POST
from lt_analysis.rendering.retention import GOOD_OR_NOT, LARGER, SEVERAL, beside_equal
from lt_analysis.rendering.sentences import BY_CHANCE
from lt_analysis.rendering.shown import Choice, Said, Template

TITLE = Template("staff_title", "Staff: {staff_name}")
LACKING = Choice(
    "staff_lacking",
    by="staff_lacking",
    cases={
        "some": (
            "Nothing can be told yet of the staff of {latest_day}. These returns were not received, or could not be "
            "used: {lacking_returns}."
        ),
        "earlier": (
            "This page is about the staff of {followed_day}, and not yet of {latest_day}. These returns were not "
            "received, or could not be used: {lacking_returns}."
        ),
    },
)
ANSWER = Choice(
    "staff_answer",
    by="did_any",
    cases={
        "all unknown": (
            "The ethnicity of nobody among {of_these_staff} on {span_in_words} is known, so none are compared."
        ),
        "nobody": "None of {known_staff} staff on {span_in_words} {known_of} {did} by {last_day}.",
        "one group": (
            "Of {known_staff} staff on {span_in_words} {known_of}, {known_reached} {did} by {last_day}. All of the "
            "{known_staff} are {everybody_of}: there are no {nobody_of} to compare with them."
        ),
        "some": (
            "Of {known_staff} staff on {span_in_words} {known_of}, {known_reached} {did} by {last_day}: {bme_reached} "
            "and {white_reached}."
        ),
    },
)
BESIDE = beside_equal(
    "staff_beside",
    by="beside_expected",
    equal="Had chances been equal within each {compared_within}, {about_expected} of these {known_reached} "
    "would have been {bme_staff}",
)
TELLING = Choice(
    "staff_telling",
    by="could_tell",
    cases={
        "some": (
            "Divided by {compared_within}, staff make {bands_number}. {bands_telling} of these could have told: White "
            "staff and {bme_staff} were there, and it happened to some people and not to all."
        ),
        "none": (
            "Divided by {compared_within}, staff make {bands_number}. None could have told anything: nowhere were both "
            "White staff and {bme_staff} there while it happened to some people and not to all."
        ),
    },
)
BY_QUARTER = (
    "Who left in a quarter is compared with those who could have left in it: staff of the first day who were still "
    "there, at the same pay band, in the same kind of work, and who had been there for as long when the quarter began. "
    "Whoever went in a quarter for a reason that is set apart is not compared in it: a transfer, a redundancy, a "
    "contract that ended, or a death. Nobody knows whether they would have left."
)
UNKNOWN_ETHNICITY = Choice(
    "staff_unknown",
    by="unknown_any",
    cases={
        "none": "Ethnicity is known of all {all_staff} {of_these_staff}.",
        "some": (
            "Ethnicity is not known of {unknown_staff} of all {all_staff} {of_these_staff}, and {unknown_reached} of "
            "these {did}. They are in no comparison."
        ),
    },
)
JOINED = Choice(
    "staff_joined",
    by="joined_any",
    cases={
        "none": "Nobody who joined after {span_in_words} {did} by {last_day}.",
        "some": (
            "{joined_later} who {did} by {last_day} had joined after {span_in_words}: they are in no comparison above, "
            "and are counted here."
        ),
    },
)
UNMATCHED = Choice(
    "staff_unmatched",
    by="unmatched_any",
    cases={
        "none": "Everybody who {did} is in a return of staff.",
        "some": (
            "{unmatched} who {did} are in no return of staff, so nothing is known of them. See whether both returns "
            "write references alike."
        ),
    },
)
_DIVIDED = {
    "White first": "{indicator} divides the share of White staff by that of {bme_staff}",
    "White last": "{indicator} divides the share of {bme_staff} by that of White staff",
}
RATIO = Choice(
    "staff_ratio",
    by="statutory",
    cases={
        "none": "This follows no indicator of a standard, so there is no statutory ratio.",
        "unsent": (
            "No statutory ratio is given: it divides by the staff of {last_day}, whose return was not received or "
            "could not be used."
        ),
        "few": (
            "No statutory ratio is given: of one of the two groups nobody {did}, or there were fewer than "
            "{fewest_for_a_ratio} staff at the end."
        ),
        **{
            f"{first}, {larger}": f"{divided}. It is {{statutory_ratio}}: {words}."
            for first, divided in _DIVIDED.items()
            for larger, words in LARGER.items()
        },
    },
)
_DISABILITY = (
    "The Workforce Disability Equality Standard is understood to count only those for performance (unverified)."
)
_FOR_PERFORMANCE = (
    "Of {everybody_reached} who {did} in the year, whenever they joined, {for_performance} did so for performance "
    "({bme_staff} {bme_for_performance}, White staff {white_for_performance}, ethnicity not known "
    "{unknown_for_performance}) and {for_ill_health} for ill health alone"
)
GROUNDS = Choice(
    "staff_grounds",
    by="grounds",
    cases={
        "unsent": (
            "Whether these processes were for performance or for ill health was not sent, so they are counted "
            f"together. {_DISABILITY}"
        ),
        "some": f"{_FOR_PERFORMANCE}; of {{ground_unknown}} it was not sent. {_DISABILITY}",
        "all": f"{_FOR_PERFORMANCE}. {_DISABILITY}",
    },
)
RANGE = Choice(
    "staff_range",
    by="statutory_ranged",
    cases={
        "ranged": "Its margin of error is {statutory_range}.",
        "several": SEVERAL,
        "outgrown": (
            "No margin of error is given: in one group it happened to more people in the year than are staff at its "
            "end."
        ),
    },
)
COVERS = Choice(
    "staff_covers",
    by="is_followed",
    cases={
        "followed": (
            "The staff of {followed_day}, and what happened to them from {followed_year}, in the report for "
            "{staff_report}."
        ),
        "none": "Nothing yet, in the report for {staff_report}.",
    },
)
NEXT = Template("staff_next", "For the staff of {next_day}, in the report for {next_report}.")

OWN_ALL = Choice(
    "staff_own_all",
    by="unknown_any",
    cases={
        "all": "The ethnicity of none of all {everybody_here} staff is known, so nothing can be said of any band.",
        "none": (
            "Of all {known_here} staff, {bme_here} were {bme_label} ({share_here}). The ethnicity of all of them is "
            "known."
        ),
        "some": (
            "Of {known_here} staff whose ethnicity is known, {bme_here} were {bme_label} ({share_here}). It is not "
            "known of {unknown_here} of all {everybody_here} staff ({unknown_share})."
        ),
    },
)
OF_WORK = {
    work: Template(f"staff_own_{work}", f"{words}, {{in_post_day}}")
    for work, words in {
        "non-clinical": "Non-clinical staff by band",
        "clinical": "Clinical staff by band",
        MEDICAL: "Doctors and dentists",
    }.items()
}
SEATS = Template(
    "staff_seats",
    "Members of the board in the return of staff: {seats_here}, of whom {bme_label}: {bme_seats} ({share_of_seats}). "
    "Of all staff the share was {share_of_all_staff}. One seat is {one_seat} of the board: no trend can be read off "
    "it.",
)
TABLE_OF_SEATS = Template("staff_table_of_seats", "The board beside all staff, {in_post_day}")
HOMES = Template("staff_homes", "Where staff live, {in_post_day}, of those whose borough is known")
_TOGETHER = "At {bands_in_words}, {of_together} of the partnership's staff of known ethnicity are {group_staff}."
WITHOUT = Choice(
    "staff_without",
    by="without",
    cases={
        "hidden": "The partnership's figure for {group_staff} at {bands_in_words} is not shown.",
        "same": f"{_TOGETHER} Without your organisation the share would be the same.",
        **dict.fromkeys(
            ("higher", "lower"),
            f"{_TOGETHER} Without your organisation they would be {{of_others}}: {{without_change}}.",
        ),
    },
)
CAUTION = (
    f"A count within its range does not show that chances were equal, and one outside it does not show why. {BY_CHANCE}"
)
WHICH_WAY = {
    True: "A count below the expected one is of fewer people who were taken than equal chances would give.",
    False: "A count above the expected one is of more people to whom it happened than equal chances would give.",
}
RETURNS = "Returns"
NO_YEAR = "There are no figures, because returns are missing or could not be used."
NOTHING_COMPARED = "So nothing can be set beside equal chances."
NO_BANDS = "So there is nothing by pay band."
NO_RATIO = "So no statutory ratio is given."
NOT_IN_POST = "No return of the staff of a 31 March was received, so nobody can be counted by band."
NO_SEATS = "No return of the staff of a 31 March says who sits on the board, so indicator 9 cannot be counted."
NO_EXECUTIVES = "Of no member does the return say that they are an executive (board_role)."
NO_VOTERS = "Of no member does the return say that they vote (board)."
NO_SEATS_OF = {"voting": NO_VOTERS, "executives": NO_EXECUTIVES}
NO_HOMES = "No borough was sent of any member of staff, so nothing can be said of where they live."
NOT_A_MEMBER = (
    "No figure of staff that the partnership has released counts your organisation, or it is not known any more whom "
    "it counted. So nothing can be said."
)
ALL_OF_WORK = {
    "non-clinical": "All non-clinical staff",
    "clinical": "All clinical staff",
    MEDICAL: "All doctors and dentists",
}
OF_GRADE = {
    "consultant": "Consultants",
    "non-consultant career grade": "Non-consultant career grade",
    "trainee": "Trainee grades",
    "other": "Other grades",
    NOT_KNOWN: "Grade not sent",
}
OF_EVERYBODY = "Share of everybody"
BESIDE_ALL, IN_PEOPLE = "Share beside that of all staff", "People, beside that share"
NO_ACCOUNT = "No account can be given: it needs the return of staff of the year's last quarter."
OF_CUT = {EVERYBODY: "all staff", BAND_8_PLUS_TOTAL: "staff at Band 8 and above"}
OF_SEVERAL_GROUPS = "Of several fair counts some lie outside their ranges, and small groups seldom could."
IN_SEVERAL_QUARTERS = "Whoever stayed is counted in each quarter: do not add up lines of several quarters."
WORDS = {
    **{capitalised(one.column): one.meaning for measure in OF_STAFF for one in (measure.before, measure.after)},
    "Expected": "how many of those to whom it happened would be of the group if all who are compared with one "
    "another had had the same chance: staff of one pay band and kind of work, and of leaving also of one quarter and "
    "length of service.",
    RANGE_IF_EQUAL: GLOSSARY[RANGE_IF_EQUAL],
    MARGIN_OF_ERROR: "values that fit the counts. About 1 such margin in 20 misses the true value.",
    OF_EVERYBODY: "the share with those whose ethnicity is not known among all, as indicator 1 of the Workforce Race "
    "Equality Standard is understood to be worked out (unverified).",
    BESIDE_ALL: "how many points higher or lower the share of the group is than among all staff whose ethnicity is "
    "known.",
    IN_PEOPLE: "the same in people, with its margin of error: how many fewer or more of the group there are than that "
    "share gives. No share is a target here.",
    "Medical": "doctors and dentists, who are paid outside the NHS bands.",
    "VSM": GLOSSARY["VSM"],
}


def heading(staff: ExactStaff) -> Html:
    """Return the page's heading, under its marks."""
    return html.heading(say(TITLE, staff, ""), html.marks(State.RESTRICTED, staff.invented))


def main_points(staff: ExactStaff) -> Html:
    """Return, of each measure, to how many of whom it happened, and beside what; first whatever is missing."""
    lacking = say(LACKING, staff, "")
    terms = [(RETURNS, {"lacking": lacking})] if lacking else []
    terms += [(measure.title, points(staff, measure)) for measure in OF_STAFF if staff.day]
    ranges = [one for one in staff.followed if one.measure.one_by_one and one.within.place != "untold"]
    return html.points(terms, html.paragraphs({"caution": CAUTION} if ranges else {}))


def points(staff: ExactStaff, measure: Measure) -> dict[str, str]:
    """Return the sentences of the main points on a measure, by the names of their cells."""
    followed = staff.of(measure)
    return {
        f"answer.{measure.key}": say(ANSWER, followed, "") if followed else _never_named(measure),
        f"beside.{measure.key}": _beside(followed),
    }


def _beside(followed: Followed | None) -> str:
    """Return what equal chances would give; empty where there is nothing to set beside it."""
    happened = followed and followed.white.reached + followed.group.reached
    return say(BESIDE, followed, "") if happened and followed.white.people and followed.group.people else ""


def _good(staff: ExactStaff, measure: Measure) -> str:
    followed = staff.of(measure)
    return say(GOOD_OR_NOT, followed, "") if followed else ""


def _never_named(measure: Measure) -> str:
    """Return that a kind of event is named nowhere: whether there was none, or none is sent, nobody can tell."""
    return (
        f"No return of the year names a single event of the kind “{measure.after.sent_as}”. If there was none, say so "
        "to whoever runs the audit; if they are not sent, nothing can be said."
    )


def coverage(staff: ExactStaff) -> Html:
    """Return what the page covers, who counts, and when the next is due."""
    return html.definitions(
        {
            "Covers": say(COVERS, staff, ""),
            "Who counts": "Each person once, however often it happened, in the group that they had stated by the first "
            "day, and in the post that they had then.",
            "Next figures": say(NEXT, staff, ""),
        },
        "coverage",
    )


def each(staff: ExactStaff) -> Html:
    """Return, of each measure, its counts, these beside equal chances, band by band, and the statutory ratio."""
    return html.joined(
        *(
            html.section(
                measure.title,
                html.paragraphs(
                    {
                        f"good.{measure.key}": _good(staff, measure),
                        f"reading.{measure.key}": WHICH_WAY[bool(measure.good)],
                    }
                ),
                counts(staff, measure.key),
                html.section("Beside equal chances", beside_chance(staff, measure.key), level=3),
                html.section("By pay band and kind of work", by_band(staff, measure.key), level=3),
                html.section("The statutory ratio", statutory(staff, measure.key), level=3),
            )
            for measure in OF_STAFF
        )
    )


def counts(staff: ExactStaff, measure: str) -> Html:
    """Return how many staff there were of each group and to how many of them it happened, and who is left out."""
    followed = staff.of(MEASURES[measure])
    if followed is None:
        why = NO_YEAR if staff.day is None else _never_named(MEASURES[measure])
        return html.paragraphs({f"counts.{measure}": why})
    names = (REFERENCE, capitalised(called(BME)), "Ethnicity not known")
    groups = zip(names, (REFERENCE, BME, UNKNOWN), followed.everybody, strict=True)
    table = Table(
        f"Staff on {followed.span.in_words} who {followed.measure.after.did} by {_end(followed)}",
        ("Group", *_columns(followed.measure), followed.measure.share),
        tuple((name, _counts(measure, group, found)) for name, group, found in groups),
    )
    return html.joined(table, html.paragraphs({f"unknown.{measure}": say(UNKNOWN_ETHNICITY, followed, "")}))


def _columns(measure: Measure) -> tuple[str, str]:
    """Return what heads the columns of those whom it is about, and of those to whom it happened."""
    return capitalised(measure.before.column), capitalised(measure.done)


def _end(followed: Followed) -> str:
    return day(followed.span.last_day)


def _counts(measure: str, group: str, found: StaffOfGroup) -> tuple[Cell, ...]:
    texts = {
        "staff": whole(found.people),
        "reached": whole(found.reached),
        "share": _share(found.reached, found.people),
    }
    return tuple(Cell(f"{name}.{measure}.{group}", text) for name, text in texts.items())


def _share(some: int, people: int) -> str:
    return percentage(some / people) if people >= SMALLEST_BASE else "not given"


def beside_chance(staff: ExactStaff, measure: str) -> Html:
    """Return each group's count beside what equal chances within pay band and kind of work would give."""
    followed = staff.of(MEASURES[measure])
    if followed is None:
        return html.paragraphs({f"compared.{measure}": NOTHING_COMPARED})
    ranges = followed.measure.one_by_one
    table = Table(
        f"Each group compared with White staff within {followed.measure.within}, {followed.span.year}",
        ("Group", *_columns(followed.measure), "Expected", *((RANGE_IF_EQUAL,) if ranges else ())),
        tuple((capitalised(called(one.group)), _compared(measure, one)) for one in followed.groups),
        note=OF_SEVERAL_GROUPS if ranges else "",
    )
    said = {f"telling.{measure}": say(TELLING, followed, "")}
    said |= {f"quarters.{measure}": BY_QUARTER} if followed.measure.by_quarter else {}
    return html.joined(html.paragraphs(said), table, _by_service(followed) if followed.services else html.NOTHING)


def _by_service(followed: Followed) -> Html:
    """Return who could have left in each quarter, by how long they had been there, and who did."""
    groups = [people_of(group, who) for who in ("staff", "staff who left") for group in (REFERENCE, BME)]
    table = Table(
        f"{followed.measure.title}, by quarter and length of service, {followed.span.year}",
        ("Quarter and service", *map(capitalised, (*groups, f"{people_of(BME, 'staff')} expected"))),
        tuple(
            (
                f"{Quarter.parse(one.quarter).in_words}, {one.service}",
                _of_draw(f"{followed.measure.key}.{one.quarter}.{one.service}", one.added_up, one.expected),
            )
            for one in followed.services
        ),
        note=IN_SEVERAL_QUARTERS,
    )
    return html.folded("Show who left, quarter by quarter", table)


def _compared(measure: str, one: GroupWithin) -> tuple[Cell, ...]:
    texts = {
        "people": whole(one.people),
        "observed": whole(one.within.observed),
        "expected": f"{one.within.expected:.2f}",
    }
    if one.one_by_one:
        too_few = one.place == "untold"
        texts["range"] = "too few to tell" if too_few else " to ".join(map(whole, one.chance_range))
    return tuple(Cell(f"{name}.{measure}.{one.group}", text) for name, text in texts.items())


def by_band(staff: ExactStaff, measure: str) -> Html:
    """Return the same staff by pay band and kind of work, lowest band first: a long table, closed until it is asked."""
    followed = staff.of(MEASURES[measure])
    if followed is None:
        return html.paragraphs({f"bands.{measure}": NO_BANDS})
    done = f"staff who {followed.measure.done}"
    groups = [people_of(group, people) for people in (followed.measure.people, done) for group in (REFERENCE, BME)]
    table = Table(
        f"By pay band and kind of work, {followed.span.year}",
        ("Band and work", *map(capitalised, (*groups, f"{people_of(BME, 'staff')} expected"))),
        tuple((_name_of(one), _of_band(measure, one)) for one in followed.bands),
    )
    return html.folded(f"Show who {followed.measure.done}, band by band", table)


def _name_of(one: BandOfWork) -> str:
    band = f"Band {one.band}" if one.band in ALL_BANDS and one.band != "VSM" else capitalised(one.band)
    return band if one.work == one.band else f"{band}, {one.work.replace('-', NO_BREAK)}"


def _of_band(measure: str, one: BandOfWork) -> tuple[Cell, ...]:
    return _of_draw(f"{measure}.{one.band}.{one.work}", one.draw, one.expected)


def _of_draw(place: str, draw: tuple[int, ...], expected: float) -> tuple[Cell, ...]:
    pool, group, chosen, group_chosen = draw
    texts = {
        "white": whole(pool - group),
        "group": whole(group),
        "white-reached": whole(chosen - group_chosen),
        "group-reached": whole(group_chosen),
        "group-expected": f"{expected:.2f}",
    }
    return tuple(Cell(f"{name}.{place}", text) for name, text in texts.items())


def statutory(staff: ExactStaff, measure: str) -> Html:
    """Return the ratio that the indicator asks for, if one does, whom it counts besides, and everybody it happened to.

    Without an indicator there is no such ratio: adding up all pay bands is a standard's rule, and no better measure.
    Who joined after the day was not new on it, so nobody is beside those whom a measure of new staff counts.
    """
    followed = staff.of(MEASURES[measure])
    if followed is None:
        return html.paragraphs({f"statutory.{measure}": NO_RATIO})
    ratio_and_range = Said.join(" ", (say(sentence, followed, "") for sentence in (RATIO, RANGE)))
    if followed.measure.before != STAFF:
        return html.paragraphs({f"statutory.{measure}": ratio_and_range})
    apart = {"joined": JOINED, "unmatched": UNMATCHED, "grounds": GROUNDS}
    apart = {name: text for name, sentence in apart.items() if (text := say(sentence, followed, ""))}
    said = {f"{name}.{measure}": text for name, text in ({"statutory": ratio_and_range} | apart).items()}
    names = (REFERENCE, capitalised(called(BME)), "Ethnicity not known")
    groups = zip(names, (REFERENCE, BME, UNKNOWN), followed.everybody, strict=True)
    table = Table(
        f"Everybody who {followed.measure.after.did} from {followed.span.year.in_words}",
        ("Group", f"Staff of {followed.span.in_words}", "Joined later", "In no return of staff", "Together")
        + (f"Staff on {_end(followed)}", "Share"),
        tuple((name, _everybody(measure, group, found)) for name, group, found in groups),
    )
    return html.joined(html.paragraphs(said), table)


def _everybody(measure: str, group: str, found: StaffOfGroup) -> tuple[Cell, ...]:
    end = found.at_the_end
    texts = {
        "of-the-day": whole(found.reached),
        "joined": whole(found.joined),
        "unmatched": whole(found.unmatched),
        "everybody": whole(found.everybody),
        "at-the-end": "not known" if end is None else whole(end),
        "share-of-end": "not given" if end is None else _share(found.everybody, end),
    }
    return tuple(Cell(f"{name}.{measure}.{group}", text) for name, text in texts.items())


def account(staff: ExactStaff) -> Html:
    """Return how the staff of the first day became those of the last: who came, who went, and who changed group."""
    if not staff.accounts:
        return html.paragraphs({"account": NO_ACCOUNT})
    ends = (f"Staff on {staff.day.in_words}", f"Staff on {day(staff.day.last_day)}")
    heads = (ends[0], *ACCOUNT.came.values(), *ACCOUNT.went.values(), ends[1])
    return html.joined(*(_account(heads, cut, staff) for cut in OF_CUT))


def _account(heads: tuple[str, ...], cut: str, staff: ExactStaff) -> Table:
    names = {REFERENCE: REFERENCE, BME: capitalised(called(BME)), UNKNOWN: "Ethnicity not known"}
    accounts = {one.group: one for one in staff.accounts if one.cut == cut}
    rows = tuple(
        (name, tuple(Cell(f"account.{cut}.{part}.{group}", whole(accounts[group].of(part))) for part in ACCOUNT.parts))
        for group, name in names.items()
    )
    return Table(f"The account of {OF_CUT[cut]}, {staff.day.year}", ("Group", *heads), rows)


def who_works(staff: ExactStaff) -> Html:
    """Return the staff of each band, clinical and other staff apart, and doctors of each grade, beside all staff."""
    if staff.in_post_day is None:
        return html.paragraphs({"in-post": NOT_IN_POST})
    everybody = together(staff.bands, EVERYBODY, EVERYBODY)
    tables = (_of_work(staff, work) for work in OF_WORK if any(one.work == work for one in staff.bands))
    return html.joined(html.paragraphs({"in-post": say(OWN_ALL, everybody, "")}), *tables)


def _of_work(staff: ExactStaff, work: str) -> Table:
    bands = [one for one in staff.bands if one.work == work]
    upper = [one for one in bands if one.band in (*BAND_8_AND_ABOVE, BAND_8_PLUS_TOTAL)]
    rows = [(_band(one), one) for one in bands]
    rows += [(IN_POST[BAND_8_PLUS_TOTAL], together(upper, BAND_8_PLUS_TOTAL, work))] if len(upper) > 1 else []
    rows += [(ALL_OF_WORK[work], together(bands, EVERYBODY, work))]
    label = capitalised(called(BME))
    shares = (Said.join(" ", (label, "share")), OF_EVERYBODY, BESIDE_ALL, IN_PEOPLE)
    columns = ("Grade" if work == MEDICAL else "Band", REFERENCE, label, "Ethnicity not known", *shares)
    cells = tuple((name, _own_cells(one)) for name, one in rows)
    return Table(say(OF_WORK[work], staff, ""), columns, cells, name=f"{work}-by-band")


def _band(one: StaffOfBand) -> str:
    if one.band in BELOW_BAND_8:
        return f"Band {one.band}"
    return (IN_POST | OF_GRADE).get(one.band, capitalised(one.band))


def _own_cells(one: StaffOfBand) -> tuple[Cell, ...]:
    place = f"{one.work}.{one.band}"
    numbers = {"white": one.white, "group": one.group, "unknown": one.unknown}
    counts = (Cell(f"{name}.{place}", whole(number)) for name, number in numbers.items())
    forms = ("share_here", "share_of_everybody", "own_gap", "own_short")
    return *counts, *(Cell(f"{form}.{place}", **form_of(form, one, "")) for form in forms)


def board(staff: ExactStaff) -> Html:
    """Return the seats on the board as the return of staff has them, voting and executive ones too, beside all staff.

    It is for the organisation's own eyes: public pages have of a board only what it has itself published.
    """
    if not staff.seats:
        return html.paragraphs({"seats": NO_SEATS})
    rows = tuple((SEATS_IN_WORDS[one.which], _of_seats(one)) for one in staff.seats)
    label = capitalised(called(BME))
    shares = (Said.join(" ", (label, "share")), "All staff", "Share beside that of all staff")
    table = Table(say(TABLE_OF_SEATS, staff, ""), ("Seats", REFERENCE, label, "Ethnicity not known", *shares), rows)
    sent = {one.which for one in staff.seats}
    said = {"seats": say(SEATS, staff.seats[0], "")}
    said |= {f"seats.{which}": text for which, text in NO_SEATS_OF.items() if which not in sent}
    return html.joined(html.paragraphs(said), table)


def _of_seats(one: SeatsHeld) -> tuple[Cell, ...]:
    numbers = {"white": one.white, "group": one.group, "unknown": one.unknown}
    forms = ("share_of_seats", "share_of_all_staff", "seats_gap")
    return (
        *(Cell(f"seats.{one.which}.{name}", whole(number)) for name, number in numbers.items()),
        *(Cell(f"seats.{one.which}.{form}", **form_of(form, one, "")) for form in forms),
    )


def where_they_live(staff: ExactStaff) -> Html:
    """Return how many of all staff, and at Band 8 and above, live in Lambeth and in the six boroughs."""
    if not any(one.known for one in staff.homes):
        return html.paragraphs({"homes": NO_HOMES})
    forms = ("in_lambeth", "in_the_boroughs", "home_unknown")
    rows = tuple(
        (IN_POST[one.cut], tuple(Cell(f"{form}.{one.cut}", **form_of(form, one, "")) for form in forms))
        for one in staff.homes
    )
    columns = ("Staff", "In Lambeth", "In the six boroughs", "Borough not known")
    return html.joined(Table(say(HOMES, staff, ""), columns, rows))


def without(staff: ExactStaff) -> Html:
    """Return what each released figure of the partnership's staff would be without this organisation."""
    if not staff.in_partnership:
        return html.paragraphs({"without": NOT_A_MEMBER})
    main = next((one for one in staff.in_partnership if one.measure is None and one.cut == BAND_8_PLUS_TOTAL), None)
    said = html.paragraphs({"without": say(WITHOUT, main, "") if main else ""})
    columns = ("Figure", "The partnership", "Your organisation", "Without it", "The share would be")
    kinds = {"Who works at each band": None} | {measure.title: measure for measure in OF_STAFF}
    found = {name: [one for one in staff.in_partnership if one.measure == kind] for name, kind in kinds.items()}
    tables = (
        Table(
            f"{name}, {some[0].day.in_words}",
            columns,
            tuple((_figure(one), _parts(one)) for one in some),
            name=f"without-{number}-by-band",
        )
        for number, (name, some) in enumerate(found.items(), start=1)
        if some
    )
    return html.joined(said, *tables)


def _figure(one: InPartnership) -> str:
    if one.measure is None:
        return Said.join(": ", (IN_POST[one.cut], capitalised(people_of(one.group, "staff"))))
    return Said.join(": ", (capitalised(people_of(one.group, "staff")), one.measure.done))


def _parts(one: InPartnership) -> tuple[Cell, ...]:
    place = f"{one.measure.key if one.measure else IN_POST_STAGE.key}.{one.cut}.{one.group}"
    forms = ("of_together", "of_own", "of_others", "without_change")
    return tuple(Cell(f"{form}.{place}", **form_of(form, one, "")) for form in forms)


def glossary() -> Html:
    """Return the words of this page and what each means."""
    label = called(BME)
    return html.definitions({capitalised(label): GLOSSARY[BME]} | WORDS, "glossary")
