"""Which rows of a return are one application: those of one vacancy and applicant, unless they cannot be one person's.

Without that, a word or a shortened number in place of references would have everybody who holds it count as one.
"""

import re
from collections.abc import Mapping

import duckdb

from lt_analysis.codebook.ethnicity import BME, CODE_PATTERN, UNKNOWN, WRES_GROUP_OF_TOTALS, five_group
from lt_analysis.codebook.folders import in_sql
from lt_analysis.codebook.returns import CHARACTERISTICS, STAGE_DATES, UNKNOWN_CODES
from lt_analysis.collection.checks.applications import UNDER_ONE_REFERENCE
from lt_analysis.collection.checks.cells import quoted

TOLD_OF_PEOPLE = (*(column.name for column in CHARACTERISTICS), "source", "home_borough")


def tell_applications(connection: duckdb.DuckDBPyConnection) -> None:
    """Make the table `under_one_reference` of the rows that have another of the same vacancy and applicant.

    They are `several` applications where they say what cannot be said of one person, or are more than there are stages;
    otherwise they are one. The fingerprint narrows ten million rows to the few that may be alike; the cells decide.
    """
    keys, filled = "vacancy, applicant", "vacancy IS NOT NULL AND applicant IS NOT NULL"
    said = ", ".join(
        f"CASE WHEN {name}::VARCHAR NOT IN ({quoted(UNKNOWN_CODES)}) THEN {name}::VARCHAR END AS {name}"
        for name in TOLD_OF_PEOPLE
    )
    connection.execute(
        f"""CREATE OR REPLACE TEMP TABLE {UNDER_ONE_REFERENCE} AS
            SELECT row, {keys}, stage, false AS several, ethnicity::VARCHAR AS ethnicity, {said} FROM checked
            WHERE {filled} AND hash({keys}) IN (
                SELECT hash({keys}) FROM checked WHERE {filled} GROUP BY 1 HAVING count(*) > 1)"""
    )
    if connection.execute(f"FROM {UNDER_ONE_REFERENCE} LIMIT 1").fetchone() is None:
        return
    groups = connection.execute(f"SELECT DISTINCT ethnicity FROM {UNDER_ONE_REFERENCE}").fetchall()
    wide = {code: five_group(code) for (code,) in groups if code}
    known = {code: group for code, group in wide.items() if group != UNKNOWN}
    # A code is told from another by its first letter, a group from a code of another group.
    names = {
        "letter": {code: code[0] for code in known if re.fullmatch(CODE_PATTERN, code)},
        "five": {code: group for code, group in known.items() if group != BME},
        "wres": {code: WRES_GROUP_OF_TOTALS[group] for code, group in known.items()},
    }
    means = ", ".join(f"{_looked_up(table)} AS {name}" for name, table in names.items())
    differ = " OR ".join(f"min({name}) <> max({name})" for name in (*names, *TOLD_OF_PEOPLE))
    connection.execute(
        f"""UPDATE {UNDER_ONE_REFERENCE} one SET several = true
            FROM (SELECT {keys} FROM (SELECT *, {means} FROM {UNDER_ONE_REFERENCE})
                  GROUP BY {keys} HAVING count(*) > {len(STAGE_DATES)} OR coalesce({differ}, false)) other
            WHERE one.vacancy = other.vacancy AND one.applicant = other.applicant"""
    )


def _looked_up(table: Mapping[str, str]) -> str:
    """Return in SQL what an ethnicity is called in a table; NULL where it is not there."""
    of_each = " ".join(f"WHEN {in_sql(code)} THEN {in_sql(name)}" for code, name in table.items())
    return f"CASE ethnicity {of_each} END" if table else "NULL::VARCHAR"
