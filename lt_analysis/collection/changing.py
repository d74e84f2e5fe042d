"""What changed where a return is taken in again: its records beside those that they replace."""

from pathlib import Path
from typing import NamedTuple

import duckdb

from lt_analysis.codebook.folders import in_sql
from lt_analysis.codebook.returns import Return

OF_RECORDS = {"grade": "band"}  # what a column of a return is called in its records


class Changed(NamedTuple):
    """How many rows are new, how many are there no more, and how many of the others say something else."""

    added: int
    withdrawn: int
    altered: int

    def __str__(self) -> str:
        return f"{self.added:,} rows added, {self.withdrawn:,} withdrawn, {self.altered:,} altered"


def what_changed(connection: duckdb.DuckDBPyConnection, kind: Return, before: Path) -> Changed | None:
    """Compare `accepted` with the records that were kept of the return before; None where nothing changed.

    Rows are told apart by the return's key. Columns that only one of the two has are not compared.
    """
    try:
        connection.execute(f"CREATE OR REPLACE TEMP VIEW before AS FROM read_parquet({in_sql(before)})")
    except duckdb.Error:  # there are none, or a killed machine spoilt them: they are about to be replaced
        return None
    shared = ", ".join(sorted(_columns(connection, "before") & _columns(connection, "accepted")))
    key = ", ".join(OF_RECORDS.get(name, name) for name in kind.key)
    added, withdrawn, other = connection.execute(
        f"""SELECT (SELECT count(*) FROM accepted ANTI JOIN before USING ({key})),
                   (SELECT count(*) FROM before ANTI JOIN accepted USING ({key})),
                   (SELECT count(*) FROM (SELECT {shared} FROM accepted EXCEPT SELECT {shared} FROM before))"""
    ).fetchone()
    changed = Changed(added, withdrawn, altered=other - added)
    return changed if any(changed) else None


def _columns(connection: duckdb.DuckDBPyConnection, view: str) -> set[str]:
    return {name for name, *_ in connection.execute(f"DESCRIBE {view}").fetchall()}
