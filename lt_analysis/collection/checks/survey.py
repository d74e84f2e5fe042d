"""Survey: no more answers than people who answered, and one row for a group and question."""

import duckdb

from lt_analysis.collection.checks.cells import Check
from lt_analysis.collection.finding import FoundReturn
from lt_analysis.collection.organisation import Organisation


def set_beside_others(connection: duckdb.DuckDBPyConnection, found: FoundReturn, organisation: Organisation) -> None:
    """Make the table `typed`: each row, and how often its group and question have been sent."""
    connection.execute(
        """CREATE OR REPLACE TEMP TABLE typed AS
           SELECT *, row_number() OVER (PARTITION BY question, ethnicity ORDER BY row) AS time_sent
           FROM cells ORDER BY row"""
    )


def checks(found: FoundReturn, organisation: Organisation) -> list[Check]:
    """Return what may be wrong with a row of answers beside its cells."""
    return [
        Check("yes", "yes > respondents", "more said yes than answered", "Correct one of the two numbers"),
        Check(
            "question",
            "question IS NOT NULL AND ethnicity IS NOT NULL AND time_sent > 1",
            "this group already stands in an earlier row for this question",
            "Keep one row for each group and question",
        ),
    ]
