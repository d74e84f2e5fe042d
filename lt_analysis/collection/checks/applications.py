"""Applications: the band of each post, how far each came, one row for each, one set of particulars a vacancy.

A row that is wrong keeps what it says. A stage counts as reached, on a day not known, where its cell holds a digit and
no denial, or a later stage can be read; a row of which the furthest stage cannot be told sets its vacancy aside.
"""

from lt_analysis.codebook.folders import in_sql
from lt_analysis.codebook.pay import ALL_BANDS, BELOW_8A, MEDICAL
from lt_analysis.codebook.returns import (
    POST_COLUMNS,
    STAGE_DATES,
    STAGE_NEEDS,
    STAGES_REACHED,
    VACANCY_COLUMNS,
    Column,
)
from lt_analysis.collection.checks.cells import (
    Beside,
    Check,
    Effect,
    among,
    band,
    implausible_pay,
    in_order,
    is_no_cell,
    is_unread,
    pay_checks,
    straddles,
    unread,
)
from lt_analysis.collection.finding import FoundReturn
from lt_analysis.collection.organisation import Organisation
from lt_analysis.collection.recognising.nothing import DENIED, DIGITS_ALONE, SERIAL_DAY, TURNED_DOWN, UNDENIED

NOT_IN_QUARTER = "the post did not close to applicants in"
FIRST_STAGE = STAGE_DATES[0]
UNDER_ONE_REFERENCE = "under_one_reference"  # the table of rows that have another of their vacancy and applicant
STAGE = in_order(STAGES_REACHED)
SHARED = (
    "several applicants share a reference: rows of one vacancy and applicant differ in characteristics, or are more "
    "than there are stages",
    "Give every applicant a reference of their own",
)
# What shows that a stage was reached: its own date, or that of any stage that can only be reached by way of it.
SHOWN_BY = {
    "eligible_on": ("shortlisted_on", "interviewed_on", "offered_on", "declined_on", "started_on"),
    "shortlisted_on": ("interviewed_on", "offered_on", "declined_on", "started_on"),
    "interviewed_on": ("offered_on", "declined_on", "started_on"),
    "offered_on": ("declined_on", "started_on"),
    "declined_on": ("started_on",),  # which shows that it was not
    "started_on": ("offered_on", "declined_on"),
}
# No figure depends on whether somebody on a shortlist was interviewed: nothing is lost where that cannot be read.
SETTLED_BY = {"interviewed_on": ("shortlisted_on",)}
# In SQL, of what most rows say of a post.
CANNOT_BE_PLACED = (
    f"(closed_on IS NULL OR band IS NULL OR campaign IS NULL OR NOT {among((*ALL_BANDS, BELOW_8A, MEDICAL), 'band')})"
)
NOT_PLACED = "how far the application came cannot be told, and its vacancy is set aside"


def effect_of(column: Column) -> Effect | None:
    """Return what follows where a cell is wrong; None for dates of stages, which are read together."""
    if column.name == "vacancy":
        return Effect.REJECTED
    if column.name in POST_COLUMNS:
        return Effect.OF_POST
    return None if column.name in STAGE_NEEDS else Effect.UNREAD


def derived(found: FoundReturn, organisation: Organisation) -> dict[str, str]:
    """Return what follows from a row's cells."""
    # Each is asked only where no later stage was reached.
    reached = " ".join(
        f"WHEN {' OR '.join(map(_reached, dates))} THEN '{stage}'::{STAGE}"
        for stage, dates in {
            "offered": ("offered_on", *SHOWN_BY["offered_on"]),
            **{stage: (f"{stage}_on",) for stage in reversed(STAGES_REACHED[1:-1])},
        }.items()
    )
    declined = f"{_reached('declined_on')} AND NOT {_reached('started_on')}"
    stage = f"CASE {reached} ELSE '{STAGES_REACHED[0]}'::{STAGE} END"
    return pay(organisation) | {"stage": stage, "declined": declined, "ethnicity_unread": is_unread("ethnicity")}


def furthest() -> str:
    """Return in SQL the furthest stage that a row might have come to, whatever its cells that cannot be read mean."""
    sent = {"offered": ("offered_on", *SHOWN_BY["offered_on"])}
    sent |= {stage: (f"{stage}_on",) for stage in reversed(STAGES_REACHED[1:-1])}
    reached = " ".join(
        f"WHEN {' OR '.join(f'sent_{date} IS NOT NULL' for date in dates)} THEN '{stage}'"
        for stage, dates in sent.items()
    )
    return f"CASE {reached} ELSE '{STAGES_REACHED[0]}' END"


def steps() -> list[dict[str, str]]:
    """Return what other things are worked out from, one after the other: whether each date's stage was reached.

    It was where the cell is a date, or cannot be read and holds a digit, but for a denial and for a mere number.
    """
    unread = " OR ".join(f"({is_unread(date)})" for date in STAGE_NEEDS)
    # In `declined_on` a word of declining denies nothing.
    sent = ", ".join(
        f"CASE WHEN {date} IS NULL THEN {_without_declining(date) if date == 'declined_on' else f'sent_{date}'} END"
        for date in STAGE_NEEDS
    )
    shows = (
        f"CASE WHEN {unread} THEN list_transform([{sent}], lambda text: coalesce({_shows_a_day('text')}, false)) END"
    )
    return [
        {"digits": shows},
        {
            _reached(date): f"({date} IS NOT NULL OR coalesce(digits[{place}], false))"
            for place, date in enumerate(STAGE_NEEDS, start=1)
        },
    ]


def _without_declining(date: str) -> str:
    return f"regexp_replace(sent_{date}, {in_sql(TURNED_DOWN)}, '', 'g')"


def _shows_a_day(text: str) -> str:
    """Return in SQL whether a cell that cannot be read shows that something was on a day."""
    compact = f"year(try_strptime({text}, ['%Y%m%d', '%d%m%Y'])) BETWEEN 2000 AND 2099"
    denied = f"regexp_matches({text}, {in_sql(DENIED)})"
    un = rf"regexp_matches(regexp_replace({text}, {in_sql(UNDENIED)}, '', 'g'), '(?i)\bun-?[a-z]+')"
    return f"""CASE WHEN starts_with({text}, '=') OR {is_no_cell(text)} THEN false
                    WHEN regexp_full_match({text}, {in_sql(DIGITS_ALONE)})
                    THEN regexp_full_match({text}, {in_sql(SERIAL_DAY)}) OR coalesce({compact}, false)
                    ELSE regexp_matches({text}, '[0-9]') AND NOT ({denied} OR {un}) END"""


def _reached(date: str) -> str:
    return f"got_{date}"


def pay(organisation: Organisation) -> dict[str, str]:
    """Return what follows from a post's grade or salary."""
    columns = "salary_minimum", "salary_maximum", "advertised_on"
    return {
        "band": band(organisation, *columns),
        "straddles": straddles(organisation, *columns),
    }


def checks(found: FoundReturn, organisation: Organisation) -> list[Check]:
    """Return what may be wrong with an application beside its cells."""
    return [*post_checks(found, organisation), *_stage_checks(found)]


def post_checks(found: FoundReturn, organisation: Organisation) -> list[Check]:
    """Return what may be wrong with what an application says of its post."""
    return [
        *implausible_pay(organisation, "salary_minimum", "salary_maximum", "advertised_on"),
        *pay_checks(organisation, "salary_minimum", "advertised_on", (*ALL_BANDS, MEDICAL), Effect.OF_POST),
        Check(
            "closed_on",
            closed_in_another(found),
            f"{NOT_IN_QUARTER} {found.period}",
            "Move the row to the return of the quarter in which the post closed",
            Effect.OF_POST,
        ),
        Check(
            "advertised_on",
            "advertised_on > closed_on",
            "the post was advertised after it closed",
            "Correct one of the two dates",
            Effect.SAID,
        ),
        Check(
            "repost_of",
            "repost_of = vacancy",
            "the vacancy is said to be its own earlier advertisement",
            "Give the reference that the post had before, or leave the cell empty",
            Effect.SAID,
        ),
    ]


def closed_in_another(found: FoundReturn) -> str:
    """Return in SQL whether a post closed outside the return's period."""
    return f"coalesce(closed_on NOT BETWEEN DATE '{found.period.first_day}' AND DATE '{found.period.last_day}', false)"


def _stage_checks(found: FoundReturn) -> list[Check]:
    checks = []
    for stage, before in STAGE_NEEDS.items():
        name, earlier = (column.removesuffix("_on") for column in (stage, before))
        checks += _unread_stage(found, stage)
        skipped = f"{stage} IS NOT NULL AND sent_{before} IS NULL"
        remedy = f"Add the date in {before}, or remove the one in {stage}"
        if before != FIRST_STAGE:  # which every row needs anyway
            reason = f"{name} without having been {earlier}"
            checks.append(Check(stage, skipped, reason, remedy, Effect.SAID))
        too_soon, reason = f"{stage} < {before}", f"{name} before having been {earlier}"
        checks.append(Check(stage, too_soon, reason, "Correct one of the two dates", Effect.SAID))
    both = "declined_on IS NOT NULL AND started_on IS NOT NULL"
    return [*checks, Check("started_on", both, "both declined and started", "Remove one of the two dates", Effect.SAID)]


def _unread_stage(found: FoundReturn, stage: str) -> list[Check]:
    """Return what is said of a stage's cell that cannot be read: it was reached, or nobody can tell how far."""
    (column,) = (column for column in found.kind.columns if column.name == stage)
    reason, remedy = unread(column)
    reached = " OR ".join(map(_reached, (stage, *SHOWN_BY[stage], *SETTLED_BY.get(stage, ()))))
    return [
        Check(stage, f"{is_unread(stage)} AND ({reached})", reason, remedy, Effect.UNREAD),
        Check(
            stage,
            f"{is_unread(stage)} AND NOT ({reached})",
            f"{reason}: {NOT_PLACED}",
            f"{remedy}; leave the cell empty where the stage was not reached",
            Effect.UNPLACED,
        ),
    ]


def beside_others(found: FoundReturn, organisation: Organisation) -> list[Beside]:
    """Return what may be wrong with an application beside the return's other rows."""
    return [
        Beside(
            "applicant",
            _not_the_furthest(),
            "this applicant already stands in another row for this vacancy, which came as far or further",
            "Keep one row for each application, with every stage that it reached",
            Effect.REPEATED,
        ),
        Beside(
            "applicant",
            f"SELECT row FROM {UNDER_ONE_REFERENCE} WHERE several "
            "QUALIFY row_number() OVER (PARTITION BY vacancy, applicant ORDER BY row) > 1",
            *SHARED,
            Effect.UNLIKE,
        ),
        Beside(
            "vacancy",
            _told_otherwise(),
            "its dates, grade, staff group, campaign or repost_of differ from the vacancy's other rows",
            "Give every application to a vacancy the same particulars",
            Effect.SAID,
        ),
    ]


def _not_the_furthest() -> str:
    """Return a query of the rows whose applicant has a row for the same vacancy that came further, or stands before."""
    place = " ".join(f"WHEN '{stage}' THEN {place}" for place, stage in enumerate(STAGES_REACHED))
    order = f"CASE stage {place} ELSE -1 END DESC, row"
    return f"""
        SELECT row FROM (
            SELECT row, row_number() OVER (PARTITION BY vacancy, applicant ORDER BY {order}) AS place
            FROM {UNDER_ONE_REFERENCE} WHERE NOT several)
        WHERE place > 1"""


def _told_otherwise() -> str:
    """Return a query of the rows that say something else of their vacancy than most of its rows, or the first.

    Those of which a cell of the vacancy could not be read are told that already.
    """
    differs = " OR ".join(f"one.{name} IS DISTINCT FROM usual.{name}" for name in VACANCY_COLUMNS)
    told = f"SELECT row FROM problems WHERE effect = '{Effect.OF_POST}'"
    return f"SELECT row FROM checked one JOIN usual USING (vacancy) ANTI JOIN ({told}) USING (row) WHERE {differs}"
