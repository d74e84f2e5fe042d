"""Actions: dates in their order, and each action once."""

import duckdb

from lt_analysis.collection.checks.cells import Check
from lt_analysis.collection.finding import FoundReturn
from lt_analysis.collection.organisation import Organisation


def set_beside_others(connection: duckdb.DuckDBPyConnection, found: FoundReturn, organisation: Organisation) -> None:
    """Make the table `typed`: each row, and how often its action has been sent."""
    connection.execute(
        """CREATE OR REPLACE TEMP TABLE typed AS
           SELECT *, row_number() OVER (PARTITION BY lower(action) ORDER BY row) AS time_sent FROM cells ORDER BY row"""
    )


def checks(found: FoundReturn, organisation: Organisation) -> list[Check]:
    """Return what may be wrong with an action beside its cells."""
    return [
        Check("due_on", "due_on < started_on", "due before having been started", "Correct one of the two dates"),
        Check(
            "status_on",
            f"status_on > DATE '{found.period.last_day}'",
            "it stood so after the period",
            "Say how it stood on the last day of the period",
        ),
        Check(
            "started_on",
            "status IN ('under way', 'done') AND sent_started_on IS NULL",
            "under way or done without having been started",
            "Add the date in started_on",
        ),
        Check(
            "action",
            "action IS NOT NULL AND time_sent > 1",
            "this action already stands in an earlier row",
            "Keep one row for each action",
        ),
    ]
