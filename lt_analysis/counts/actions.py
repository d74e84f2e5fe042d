"""Pledged actions as they stood at the end of a quarter: taken over as they were sent, for they are about nobody."""

from pathlib import Path

import duckdb

from lt_analysis.codebook.returns import ACTIONS, NOT_KNOWN
from lt_analysis.counts.records import records_in

TYPES = {"date": "DATE", "number": "BIGINT"}
# Those of delivery stand last: the number of an action in a release hangs on the order of the others.
COLUMNS = {"organisation": "VARCHAR"} | {column.name: TYPES.get(column.holds, "VARCHAR") for column in ACTIONS.columns}


def keep_actions(connection: duckdb.DuckDBPyConnection, actions: list[Path]) -> None:
    """Make the table `actions` from the records of one quarter, in an order that hangs on what is pledged alone.

    Records that were kept before a column was asked for lack it, and there it is empty.
    """
    declared = ", ".join(map(" ".join, COLUMNS.items()))
    connection.execute(f"CREATE OR REPLACE TABLE actions ({declared})")
    if not actions:
        return
    found = connection.execute(f"DESCRIBE FROM {records_in(actions)}").fetchall()
    there = [name for name in COLUMNS if name in {column[0] for column in found}]
    # A word that was not given is nothing here: no page says of an action that something of it is not known.
    codes = {column.name for column in ACTIONS.columns if column.holds == "code"}
    read = [f"nullif({name}::VARCHAR, '{NOT_KNOWN}') AS {name}" if name in codes else name for name in there]
    connection.execute(
        f"INSERT INTO actions BY NAME SELECT {', '.join(read)} FROM {records_in(actions)} ORDER BY organisation, action"
    )
    connection.execute("UPDATE actions SET milestones_done = NULL WHERE milestones_done > milestones_all")
