"""Rows checked against the codebook: what is wrong with each is said, with its remedy, and what can be read counts.

A `Check` is a condition on one row: the cells as sent (`sent_closed_on`), the same cells typed (`closed_on`), and
what is derived from them. A `Beside` finds the rows that are wrong beside the return's other rows. What they report
never holds a person's cell. Rows become `accepted` unless what is wrong leaves nothing of them to count, or sets
their post aside.

Nothing depends on the order of accepted rows, and that of a large file's may differ from run to run: to keep it would
cost a fourteenth more time and twice the memory. What is counted of them is the same (`tests/counts/test_draws.py`).
"""

import duckdb

from lt_analysis.codebook.mistakes import RawDataError
from lt_analysis.codebook.returns import (
    ACTIONS,
    ANCHORS,
    APPLICATIONS,
    APPLICATIONS_BY_STATUS,
    EVENTS,
    MENTORING,
    METRICS,
    STAFF,
    STAGE_TOTALS,
    SURVEY,
    TRAITS_RATED,
    Return,
)
from lt_analysis.collection.applicants import tell_applications
from lt_analysis.collection.checks import (
    actions,
    anchors,
    applications,
    applications_by_status,
    events,
    leadership,
    metrics,
    staff,
    stage_totals,
    survey,
)
from lt_analysis.collection.checks.cells import (
    Beside,
    Check,
    Effect,
    cell_checks,
    is_unread,
    not_read_at_once,
    quoted,
    typed_cells,
)
from lt_analysis.collection.finding import FoundReturn
from lt_analysis.collection.organisation import Organisation
from lt_analysis.collection.personal import are_nhs_numbers
from lt_analysis.collection.posts import as_most_rows_say, set_posts_aside, tell_posts
from lt_analysis.collection.reading.received import execute_as_written
from lt_analysis.collection.recognising.plain import plain
from lt_analysis.collection.recognising.values import Meanings, recognise_values

RULES = {
    APPLICATIONS: applications,
    APPLICATIONS_BY_STATUS: applications_by_status,
    STAGE_TOTALS: stage_totals,
    STAFF: staff,
    EVENTS: events,
    SURVEY: survey,
    ACTIONS: actions,
    MENTORING: leadership,
    TRAITS_RATED: leadership,
    METRICS: metrics,
    ANCHORS: anchors,
}
DERIVED = {kind: RULES[kind].derived for kind in (APPLICATIONS, APPLICATIONS_BY_STATUS, STAGE_TOTALS, STAFF)}
WITH_POSTS = (APPLICATIONS, APPLICATIONS_BY_STATUS)
NOT_COUNTED = (Effect.REPEATED, Effect.REJECTED, Effect.REFUSED)
NOT_KEPT = "grade"  # the band that is derived from it is


def columns_needed(kind: Return, organisation: Organisation) -> tuple[str, ...]:
    """Name the columns that the header must have: an organisation sends grades or salaries, not both."""
    needed = needed_columns(kind, organisation.grades)
    return tuple(name for name in needed if name != "campaign" or not organisation.campaigns)


def needed_columns(kind: Return, grades: str) -> tuple[str, ...]:
    """Name the columns that the header must have, where posts are graded in a way."""
    by_salary = grades == "salary" and kind != STAGE_TOTALS
    not_needed = ("grade",) if by_salary else ("salary", "salary_minimum")
    return tuple(column.name for column in kind.columns if not column.may_be_absent and column.name not in not_needed)


def check_received(
    connection: duckdb.DuckDBPyConnection, found: FoundReturn, organisation: Organisation, clean: str | None = None
) -> None:
    """Say in the table `problems` what is wrong with the rows of `received`; those that count become `accepted`.

    Of a return with posts, the table `aside` names those that are set aside.

    `clean` names a view of more rows of the same return, known to be right by themselves (`sifting`), which are looked
    at beside the others.
    """
    meant = meanings(connection, found, organisation)
    checks = row_checks(found, organisation)
    failed = ", ".join(f"CASE WHEN {check.where} THEN {number} END" for number, check in enumerate(checks))
    has_posts = found.kind in WITH_POSTS
    at_once = not connection.execute(not_read_at_once(found.kind, "received")).fetchall()
    cells = rows_of("received", found, organisation, meant, at_once)
    furthest = f"{RULES[found.kind].furthest() if has_posts else 'NULL::VARCHAR'} AS furthest"
    execute_as_written(
        connection,
        f"""CREATE OR REPLACE TEMP TABLE looked_at AS
            SELECT row, {", ".join(_what_can_be_read(found, organisation, checks))}, {furthest}, failed
            FROM (SELECT *, [{failed}] AS failed FROM ({cells}))
            ORDER BY row""",
    )
    also = f"UNION ALL BY NAME FROM {clean}" if clean else ""
    connection.execute(
        f"CREATE OR REPLACE TEMP VIEW checked AS SELECT * EXCLUDE (failed) FROM looked_at {also}",
    )
    _say_problems(connection, "SELECT row, unnest(failed) AS number FROM looked_at", checks)
    if has_posts:
        tell_posts(connection)
        tell_applications(connection)
    beside = RULES[found.kind].beside_others(found, organisation)
    rows = " UNION ALL ".join(f"SELECT row, {number} AS number FROM ({one.rows})" for number, one in enumerate(beside))
    _say_problems(connection, rows, beside)
    counted = "checked"
    if has_posts:
        set_posts_aside(connection, applications.CANNOT_BE_PLACED, applications.closed_in_another(found))
        counted = f"({as_most_rows_say(connection)})"
        if connection.execute("FROM aside LIMIT 1").fetchone():
            counted += " ANTI JOIN aside USING (vacancy)"
    lost = f"SELECT row FROM problems WHERE effect IN ({quoted(NOT_COUNTED)})"
    rows = f"SELECT * EXCLUDE (furthest) FROM {counted} ANTI JOIN ({lost}) USING (row)"
    if not clean:  # of a small file they are quicker to keep than to tell again at each question
        connection.execute(f"CREATE OR REPLACE TEMP TABLE rows_that_count AS {rows}")
        rows = "FROM rows_that_count"
    connection.execute(f"CREATE OR REPLACE TEMP VIEW accepted AS {rows}")


def _what_can_be_read(found: FoundReturn, organisation: Organisation, checks: list[Check]) -> list[str]:
    """Return in SQL the columns of records, each empty where its cell could not be read or may not be kept.

    `failed` holds the number of each of the `checks` that a row fails, in its place.
    """
    told = {column.name: column for column in found.kind.columns}
    kept = []
    for name in kept_columns(found, organisation):
        column = told.get(name)
        failing = [
            f"failed[{place}] IS NOT NULL"
            for place, check in enumerate(checks, start=1)
            if check.column == name
            and check.where != is_unread(name)  # which is empty already
            and (check.effect == Effect.UNREAD or (column and column.holds == "text" and check.effect != Effect.SAID))
        ]
        read = f"CASE WHEN {' OR '.join(failing)} THEN NULL ELSE {name} END" if failing else name
        if column and column.when_empty:
            read = f"coalesce({read}::VARCHAR, '{column.when_empty}')"
        kept.append(read if read == name else f"{read} AS {name}")
    return kept


def meanings(connection: duckdb.DuckDBPyConnection, found: FoundReturn, organisation: Organisation) -> Meanings:
    """Return what the words in `received` mean, for each column."""
    _refuse_nhs_numbers(connection, found)
    meant = recognise_values(connection, found.kind, _own_words(organisation))
    if declared := _declared(found, organisation):
        meant = {**meant, **{column: {word: word, **meant[column]} for column, word in declared.items()}}
    return meant


def _declared(found: FoundReturn, organisation: Organisation) -> dict[str, str]:
    """Return what an empty cell of a column means where the organisation declares it for all its posts."""
    return {"campaign": organisation.campaigns} if organisation.campaigns and found.kind in WITH_POSTS else {}


def _own_words(organisation: Organisation) -> dict[str, dict[str, str]]:
    """Return what an organisation says of its words; its own grades are words that mean themselves."""
    grades = {name: plain(name) for grades in organisation.equivalent_grades.values() for name in grades}
    return organisation.values | (dict.fromkeys(("grade", "from_grade", "to_grade"), grades) if grades else {})


def row_checks(found: FoundReturn, organisation: Organisation) -> list[Check]:
    """Return what may be wrong with a row by itself."""
    rules = RULES[found.kind]
    return [*cell_checks(found.kind, organisation, rules.effect_of), *rules.checks(found, organisation)]


def rows_of(
    source: str, found: FoundReturn, organisation: Organisation, meanings: Meanings, at_once: bool = False
) -> str:
    """Return a query of a table of sent cells, typed (`at_once` where that can be), with what is derived from them."""
    for column, word in _declared(found, organisation).items():
        source = f"(SELECT * REPLACE (coalesce(sent_{column}, '{word}') AS sent_{column}) FROM {source})"
    query = typed_cells(found.kind, source, meanings, at_once)
    steps = RULES[found.kind].steps() if found.kind in WITH_POSTS else []
    for step in (*steps, _derived(found, organisation)):
        worked_out = "".join(f", {value} AS {name}" for name, value in step.items())
        query = f"SELECT *{worked_out} FROM ({query})"
    return query


def _derived(found: FoundReturn, organisation: Organisation) -> dict[str, str]:
    return DERIVED[found.kind](found, organisation) if found.kind in DERIVED else {}


def kept_columns(found: FoundReturn, organisation: Organisation) -> tuple[str, ...]:
    """Name the columns of a return's records, and no others are kept."""
    return (*(name for name in found.kind.column_names if name != NOT_KEPT), *_derived(found, organisation))


def _say_problems(connection: duckdb.DuckDBPyConnection, numbered: str, checks: list[Check] | list[Beside]) -> None:
    connection.execute(
        f"""INSERT INTO problems BY NAME
            SELECT DISTINCT row, column_name, reason, remedy, effect
            FROM ({numbered}) JOIN (SELECT unnest($numbers) AS number, unnest($columns) AS column_name,
                                           unnest($reasons) AS reason, unnest($remedies) AS remedy,
                                           unnest($effects) AS effect) USING (number)
            ORDER BY ALL""",
        {
            "numbers": list(range(len(checks))),
            "columns": [check.column for check in checks],
            "reasons": [check.reason for check in checks],
            "remedies": [check.remedy for check in checks],
            "effects": [check.effect.value for check in checks],
        },
    )


def _refuse_nhs_numbers(connection: duckdb.DuckDBPyConnection, found: FoundReturn) -> None:
    for column in ("applicant", "person"):
        if column in found.kind.column_names:
            texts = connection.execute(f"SELECT DISTINCT sent_{column} FROM received LIMIT 1000").fetchall()
            if are_nhs_numbers(text for (text,) in texts if text):
                remedy = "Send references that mean nothing outside the organisation"
                raise RawDataError("it holds NHS numbers", remedy, file=found.file, column=column)
