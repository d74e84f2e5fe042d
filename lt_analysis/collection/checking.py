"""Rows checked against the codebook: each is accepted, or has at least one problem with its remedy.

A check is a condition on a row of `typed`: the row as sent (`sent_closed_on`), the same cells typed
(`closed_on`), and what its neighbours say about it. All of a return's checks run in one pass. What they
report never holds a person's cell. Rows without a problem become the table `accepted`.
"""

from typing import NamedTuple

import duckdb

from lt_analysis.codebook.ethnicity import PARTS_OF_GROUPS, WRES_GROUP_OF_TOTALS
from lt_analysis.codebook.pay import (
    ALL_BANDS,
    BAND_8_AND_ABOVE,
    BAND_8_PLUS_TOTAL,
    BELOW_8A,
    MEDICAL,
)
from lt_analysis.codebook.returns import APPLICATIONS, STAGE_DATES, STAGE_NEEDS, STAGE_TOTALS, VACANCY_COLUMNS
from lt_analysis.collection.finding import FoundReturn
from lt_analysis.collection.organisation import Organisation
from lt_analysis.collection.recognising.values import recognise_values, recognised_columns

STATED_DATES = ("advertised_on", "closed_on", *STAGE_DATES)
# Days come before months, as they are written in the United Kingdom; years have four figures.
DATE_FORMATS = (
    *("%Y-%m-%d", "%d/%m/%Y", "%d-%m-%Y", "%d.%m.%Y", "%d %b %Y", "%d %B %Y", "%d-%b-%Y"),
    *("%Y-%m-%d %H:%M:%S", "%Y-%m-%dT%H:%M:%S", "%d/%m/%Y %H:%M", "%d/%m/%Y %H:%M:%S"),
)
OWN_WORDS = "or say what the word means under `values:` in organisation.yml"


class Check(NamedTuple):
    """A row for which `where` holds is rejected for `reason`, at `column`."""

    column: str
    where: str
    reason: str
    remedy: str


def columns_needed(found: FoundReturn, organisation: Organisation) -> tuple[str, ...]:
    """Name the columns that the header must have: an organisation sends grades or salaries, not both."""
    if found.kind == STAGE_TOTALS:
        return STAGE_TOTALS.column_names
    unused = "grade" if organisation.grades == "salary" else "salary_minimum"
    return tuple(name for name in APPLICATIONS.column_names if name != unused)


def check_received(connection: duckdb.DuckDBPyConnection, found: FoundReturn, organisation: Organisation) -> None:
    """Split the table `received` into the tables `problems` and `accepted`."""
    for column in found.kind.columns:
        if column.name in recognised_columns():
            recognise_values(connection, column.name, organisation.values.get(column.name, {}))
    if found.kind == APPLICATIONS:
        _type_applications(connection, organisation)
        checks = [*_cell_checks(found), *_application_checks(found, organisation)]
    else:
        _type_totals(connection)
        checks = [*_cell_checks(found), *_total_checks()]
    failed = ", ".join(f"CASE WHEN {check.where} THEN {number} END" for number, check in enumerate(checks))
    connection.execute(
        f"""CREATE OR REPLACE TEMP TABLE failed AS
            SELECT row, unnest(list_filter([{failed}], lambda number: number IS NOT NULL)) AS number FROM typed"""
    )
    connection.execute(
        """INSERT INTO problems
           SELECT row, column_name, reason, remedy
           FROM failed JOIN (SELECT unnest($numbers) AS number, unnest($columns) AS column_name,
                                    unnest($reasons) AS reason, unnest($remedies) AS remedy) USING (number)
           ORDER BY row, number""",
        {
            "numbers": list(range(len(checks))),
            "columns": [check.column for check in checks],
            "reasons": [check.reason for check in checks],
            "remedies": [check.remedy for check in checks],
        },
    )
    connection.execute(
        """CREATE OR REPLACE TEMP TABLE accepted AS
           SELECT COLUMNS(lambda name: NOT starts_with(name, 'sent_')) FROM typed
           WHERE row NOT IN (SELECT row FROM problems)"""
    )


def _cell_checks(found: FoundReturn) -> list[Check]:
    checks = []
    for column in found.kind.columns:
        name, sent = column.name, f"sent_{column.name}"
        if column.required:
            checks.append(Check(name, f"{sent} IS NULL", "the cell is empty", "Fill it in"))
        if column.holds == "date":
            unread = f"{sent} IS NOT NULL AND {name} IS NULL"
            checks.append(Check(name, unread, "it is not a date", "Write dates as 2026-07-31"))
        if column.holds == "number":
            unread = f"{sent} IS NOT NULL AND {name} IS NULL"
            checks.append(Check(name, unread, "it is not a whole number", "Write digits only, as 57528"))
        if column.allowed:
            unlisted = f"{sent} IS NOT NULL AND {name} IS NULL"
            remedy = f"Use one of: {', '.join(column.allowed)}; {OWN_WORDS}"
            checks.append(Check(name, unlisted, "the audit has no such code", remedy))
    return checks


def _type_applications(connection: duckdb.DuckDBPyConnection, organisation: Organisation) -> None:
    dates = ", ".join(f"{_date(name)} AS {name}" for name in STATED_DATES)
    listed = [column.name for column in APPLICATIONS.columns if column.allowed]
    codes = ", ".join(f"CASE WHEN sent_{name} IS NULL THEN 'not known' ELSE {name} END AS {name}" for name in listed)
    meanings = " ".join(f"LEFT JOIN means_{name} USING (sent_{name})" for name in (*listed, "ethnicity", "grade"))
    particulars = f"row({', '.join(VACANCY_COLUMNS)})"
    connection.execute(
        f"""CREATE OR REPLACE TEMP TABLE cells AS
            SELECT received.*, sent_vacancy AS vacancy, sent_applicant AS applicant,
                   lower(sent_staff_group) AS staff_group, sent_home_borough AS home_borough, {dates}, {codes},
                   CASE WHEN sent_ethnicity IS NULL THEN '99' ELSE ethnicity END AS ethnicity,
                   {_whole_number("salary_minimum")} AS salary_minimum,
                   year(advertised_on - INTERVAL 3 MONTHS) AS pay_start,
                   pay_start || '-' || right((pay_start + 1)::VARCHAR, 2) AS pay_year,
                   {_band(organisation)} AS band
            FROM received {meanings};
            CREATE OR REPLACE TEMP TABLE typed AS
            SELECT *, row_number() OVER (PARTITION BY vacancy, applicant ORDER BY row) AS time_sent,
                   {particulars} IS DISTINCT FROM mode({particulars}) OVER (PARTITION BY vacancy) AS differs
            FROM cells ORDER BY row"""
    )


def _date(name: str) -> str:
    formats = ", ".join(f"'{one}'" for one in DATE_FORMATS)
    return f"""CASE WHEN regexp_full_match(sent_{name}, '.*\\b20\\d\\d\\b.*')
                    THEN try_strptime(sent_{name}, [{formats}])::DATE END"""


def _whole_number(name: str) -> str:
    """At most nine digits, perhaps with a pound sign and commas, and a decimal part of noughts as spreadsheets do."""
    written = r"£?(\d{1,9}|\d{1,3}(,\d{3}){1,2})(\.0+)?"
    digits = f"translate(sent_{name}, '£,', '')::DOUBLE::BIGINT"
    return f"CASE WHEN regexp_full_match(sent_{name}, '{written}') THEN {digits} END"


def _band(organisation: Organisation) -> str:
    if organisation.grades != "salary":
        return "means_grade.grade"
    return f"""(SELECT coalesce(arg_max(m.band, m.minimum), '{BELOW_8A}') FROM band_minimums m
                WHERE m.year = pay_year AND m.zone = '{organisation.high_cost_area}' AND m.minimum <= salary_minimum)"""


def _application_checks(found: FoundReturn, organisation: Organisation) -> list[Check]:
    return [
        _pay_check(organisation),
        Check(
            "ethnicity",
            "sent_ethnicity IS NOT NULL AND ethnicity IS NULL",
            "it is not an ethnic category that the audit knows",
            f"Use the national code, A to S, Z for not stated or 99 for not known; {OWN_WORDS}",
        ),
        Check(
            "closed_on",
            f"closed_on NOT BETWEEN DATE '{found.period.first_day}' AND DATE '{found.period.last_day}'",
            f"the post did not close to applicants in {found.period}",
            "Move the row to the return of the quarter in which the post closed",
        ),
        Check(
            "advertised_on",
            "advertised_on > closed_on",
            "the post was advertised after it closed",
            "Correct one of the two dates",
        ),
        *_stage_checks(),
        Check(
            "applicant",
            "vacancy IS NOT NULL AND applicant IS NOT NULL AND time_sent > 1",
            "this applicant already stands in an earlier row for this vacancy",
            "Keep one row for each application, with every stage that it reached",
        ),
        Check(
            "vacancy",
            "vacancy IS NOT NULL AND differs",
            "its dates, grade, staff group or campaign differ from the vacancy's other rows",
            "Give every application to a vacancy the same particulars",
        ),
    ]


def _pay_check(organisation: Organisation) -> Check:
    if organisation.grades == "salary":
        return Check(
            "salary_minimum",
            f"""sent_salary_minimum IS NULL OR pay_year IS NOT NULL AND (pay_year, '{organisation.high_cost_area}')
                NOT IN (SELECT (year, zone) FROM band_minimums)""",
            "the post's pay cannot be placed",
            "Give the minimum of the full-time range, for a post advertised in a year of the codebook's pay scales",
        )
    return Check(
        "grade",
        f"band IS NULL OR band NOT IN ({_quoted((*ALL_BANDS, MEDICAL))})",
        "the audit knows no such band",
        f"Use one of: {', '.join(ALL_BANDS)}, or {MEDICAL} for doctors; {OWN_WORDS}",
    )


def _stage_checks() -> list[Check]:
    checks = []
    for stage, before in STAGE_NEEDS.items():
        name, earlier = (column.removesuffix("_on") for column in (stage, before))
        skipped = f"{stage} IS NOT NULL AND sent_{before} IS NULL"
        remedy = f"Add the date in {before}, or remove the one in {stage}"
        checks.append(Check(stage, skipped, f"{name} without having been {earlier}", remedy))
        too_soon = f"{stage} < {before}"
        checks.append(Check(stage, too_soon, f"{name} before having been {earlier}", "Correct one of the two dates"))
    both = "declined_on IS NOT NULL AND started_on IS NOT NULL"
    return [*checks, Check("started_on", both, "both declined and started", "Remove one of the two dates")]


def _type_totals(connection: duckdb.DuckDBPyConnection) -> None:
    counts = ", ".join(f"{_whole_number(name)} AS {name}" for name in ("applied", "shortlisted", "offered"))
    connection.execute(
        f"""CREATE OR REPLACE TEMP TABLE typed AS
            SELECT received.*, grade AS band, ethnicity, {counts},
                   row_number() OVER (PARTITION BY band, ethnicity ORDER BY row) AS time_sent
            FROM received LEFT JOIN means_grade USING (sent_grade) LEFT JOIN means_ethnicity USING (sent_ethnicity)
            ORDER BY row"""
    )


def _total_checks() -> list[Check]:
    known = (*ALL_BANDS, BAND_8_PLUS_TOTAL, MEDICAL)
    return [
        Check(
            "grade",
            "sent_grade IS NOT NULL AND band IS NULL",
            "the audit knows no such band",
            f"Use one of: {', '.join(known)}; {OWN_WORDS}",
        ),
        Check(
            "ethnicity",
            "sent_ethnicity IS NOT NULL AND ethnicity IS NULL",
            "it is neither an ethnic category code nor a group",
            f"Use a national code, or one of: {', '.join(WRES_GROUP_OF_TOTALS)}; {OWN_WORDS}",
        ),
        Check(
            "shortlisted",
            "shortlisted > applied",
            "more shortlisted than applied",
            "Correct one of the two numbers",
        ),
        Check(
            "offered",
            "offered > shortlisted",
            "more offered than shortlisted",
            "Correct one of the two numbers",
        ),
        Check(
            "ethnicity",
            "band IS NOT NULL AND ethnicity IS NOT NULL AND time_sent > 1",
            "this group already stands in an earlier row for this grade",
            "Keep one row for each group and grade",
        ),
        Check(
            "grade",
            f"""band = '{BAND_8_PLUS_TOTAL}' AND EXISTS (FROM typed one
                WHERE one.band IN ({_quoted(BAND_8_AND_ABOVE)}))""",
            "bands are given both one by one and together",
            f"Send either the single bands or {BAND_8_PLUS_TOTAL}",
        ),
        *(
            Check(
                "ethnicity",
                f"""ethnicity = '{group}' AND EXISTS (FROM typed part WHERE part.band = typed.band
                    AND regexp_full_match(part.ethnicity, '{parts}'))""",
                f"{group} is given beside groups or codes that are part of it",
                f"Send either {group} or its parts",
            )
            for group, parts in PARTS_OF_GROUPS.items()
        ),
    ]


def _quoted(values: tuple[str, ...]) -> str:
    return ", ".join(f"'{value}'" for value in values)
