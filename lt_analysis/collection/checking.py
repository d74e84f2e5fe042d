"""Rows checked against the codebook: each is accepted, or has at least one problem with its remedy.

A check is a condition on a row of `typed`: the row as sent (`sent_closed_on`), the same cells typed
(`closed_on`), and what its neighbours say about it. All of a return's checks run in one pass. What they
report never holds a person's cell. Rows without a problem become the table `accepted`.
"""

import duckdb

from lt_analysis.codebook.mistakes import RawDataError
from lt_analysis.codebook.returns import ACTIONS, APPLICATIONS, EVENTS, STAFF, STAGE_TOTALS, SURVEY
from lt_analysis.collection.checks import actions, applications, events, staff, stage_totals, survey
from lt_analysis.collection.checks.cells import cell_checks, typed_cells
from lt_analysis.collection.finding import FoundReturn
from lt_analysis.collection.organisation import Organisation
from lt_analysis.collection.personal import are_nhs_numbers

RULES = {
    APPLICATIONS: applications,
    STAGE_TOTALS: stage_totals,
    STAFF: staff,
    EVENTS: events,
    SURVEY: survey,
    ACTIONS: actions,
}
ON_THE_WAY = ("time_sent", "differs", "grade")  # what checks need, and records do not


def columns_needed(found: FoundReturn, organisation: Organisation) -> tuple[str, ...]:
    """Name the columns that the header must have: an organisation sends grades or salaries, not both."""
    by_salary = organisation.grades == "salary" and found.kind in (APPLICATIONS, STAFF)
    other_pay = ("grade",) if by_salary else ("salary", "salary_minimum")
    return tuple(
        column.name for column in found.kind.columns if not column.may_be_absent and column.name not in other_pay
    )


def check_received(connection: duckdb.DuckDBPyConnection, found: FoundReturn, organisation: Organisation) -> None:
    """Split the table `received` into the tables `problems` and `accepted`."""
    _refuse_nhs_numbers(connection, found)
    cells = typed_cells(connection, found.kind, organisation)
    beside = RULES[found.kind].beside_others(found, organisation)
    connection.execute(
        f"CREATE OR REPLACE TEMP TABLE typed AS WITH cells AS ({cells.query}) {beside} ORDER BY row", cells.parameters
    )
    # A cell that cannot be read is told once, whatever else follows from it.
    checks = [*cell_checks(found.kind), *RULES[found.kind].checks(found, organisation)]
    failed = ", ".join(f"CASE WHEN {check.where} THEN {number} END" for number, check in enumerate(checks))
    connection.execute(
        f"""CREATE OR REPLACE TEMP TABLE failed AS
            SELECT row, unnest(list_filter([{failed}], lambda number: number IS NOT NULL)) AS number FROM typed"""
    )
    connection.execute(
        """INSERT INTO problems
           SELECT DISTINCT row, column_name, reason, remedy
           FROM failed JOIN (SELECT unnest($numbers) AS number, unnest($columns) AS column_name,
                                    unnest($reasons) AS reason, unnest($remedies) AS remedy) USING (number)
           ORDER BY ALL""",
        {
            "numbers": list(range(len(checks))),
            "columns": [check.column for check in checks],
            "reasons": [check.reason for check in checks],
            "remedies": [check.remedy for check in checks],
        },
    )
    left = ", ".join(f"'{name}'" for name in ON_THE_WAY)
    connection.execute(
        f"""CREATE OR REPLACE TEMP TABLE accepted AS
            SELECT COLUMNS(lambda name: NOT starts_with(name, 'sent_') AND name NOT IN ({left})) FROM typed
            WHERE row NOT IN (SELECT row FROM problems)"""
    )


def _refuse_nhs_numbers(connection: duckdb.DuckDBPyConnection, found: FoundReturn) -> None:
    for column in ("applicant", "person"):
        if column in found.kind.column_names:
            texts = connection.execute(f"SELECT DISTINCT sent_{column} FROM received LIMIT 1000").fetchall()
            if are_nhs_numbers(text for (text,) in texts if text):
                remedy = "Send references that mean nothing outside the organisation"
                raise RawDataError("it holds NHS numbers", remedy, file=found.file, column=column)
