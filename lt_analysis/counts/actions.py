"""Pledged actions as they stood at the end of a quarter: taken over as they were sent, for they are about nobody."""

from pathlib import Path

import duckdb

from lt_analysis.counts.records import records_in

COLUMNS = {
    **dict.fromkeys(("organisation", "action", "owner_role"), "VARCHAR"),
    **dict.fromkeys(("started_on", "due_on"), "DATE"),
    "status": "VARCHAR",
    "status_on": "DATE",
}


def keep_actions(connection: duckdb.DuckDBPyConnection, actions: list[Path]) -> None:
    """Make the table `actions` from the records of one quarter, in an order that hangs on what is pledged alone."""
    declared = ", ".join(map(" ".join, COLUMNS.items()))
    connection.execute(f"CREATE OR REPLACE TABLE actions ({declared})")
    if actions:
        connection.execute(
            f"INSERT INTO actions SELECT {', '.join(COLUMNS)} FROM {records_in(actions)} ORDER BY organisation, action"
        )
