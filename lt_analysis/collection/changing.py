"""What changed where a return is taken in again: its records beside those that they replace."""

from pathlib import Path
from typing import NamedTuple

import duckdb

from lt_analysis.codebook.folders import in_sql
from lt_analysis.codebook.returns import Return


class Changed(NamedTuple):
    """How many rows are new, how many are there no more, and how many of the others say something else."""

    added: int
    withdrawn: int
    altered: int

    def __str__(self) -> str:
        return f"{self.added:,} rows added, {self.withdrawn:,} withdrawn, {self.altered:,} altered"


def what_changed(connection: duckdb.DuckDBPyConnection, kind: Return, before: Path) -> Changed | None:
    """Compare `accepted` with the records that were kept of the return before; None where nothing changed.

    Rows are told apart by the return's key. Columns that only one of the two has are not compared,
    and records that cannot be are not.
    """
    if not before.exists():
        return None
    try:
        connection.execute(f"CREATE OR REPLACE TEMP VIEW before AS FROM read_parquet({in_sql(before)})")
        shared = _columns(connection, "before") & _columns(connection, "accepted")
        changed = _compared(connection, kind.key, shared) if shared.issuperset(kind.key) else None
    except duckdb.Error:  # they are spoilt, or of an audit that wrote them otherwise; they are about to be replaced
        return None
    return changed if changed and any(changed) else None


def _compared(connection: duckdb.DuckDBPyConnection, key: tuple[str, ...], shared: set[str]) -> Changed:
    columns = ", ".join(sorted(shared))
    # A part of the key may be empty, as the practice is of an organisation's own metrics: then it is the same too.
    same = " AND ".join(f"accepted.{name} IS NOT DISTINCT FROM before.{name}" for name in key)
    added, withdrawn, other = connection.execute(
        f"""SELECT (SELECT count(*) FROM accepted ANTI JOIN before ON {same}),
                   (SELECT count(*) FROM before ANTI JOIN accepted ON {same}),
                   (SELECT count(*) FROM (SELECT {columns} FROM accepted EXCEPT SELECT {columns} FROM before))"""
    ).fetchone()
    return Changed(added, withdrawn, altered=other - added)


def _columns(connection: duckdb.DuckDBPyConnection, view: str) -> set[str]:
    return {name for name, *_ in connection.execute(f"DESCRIBE {view}").fetchall()}
