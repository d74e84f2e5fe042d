"""Returns of two folders that hold the same people: a copy beside the first, or a folder that was given another name.

People would be published twice, under two names that are both for ever. Two organisations may give the same references
to their posts and applicants, but not to people who are alike in all else that is sent too.
"""

from pathlib import Path

import duckdb

from lt_analysis.codebook.folders import Folders, in_sql
from lt_analysis.codebook.mistakes import RawDataError
from lt_analysis.codebook.returns import APPLICATIONS

FEWEST_ROWS = 20  # so many rows are alike by no chance, with all that they say
OF_THE_SMALLER = 0.5  # so much of the shorter return


def refuse_copies(connection: duckdb.DuckDBPyConnection, folders: Folders) -> None:
    """Raise `RawDataError`, naming both folders, where records of applications of one are those of another.

    Records are kept of folders that are gone, so that one that was given another name is known again.
    """
    records = folders.records / APPLICATIONS.name
    if len(_organisations(records)) < 2:
        return
    pattern = in_sql(records / "*" / "*.parquet")
    found = connection.execute(f"""
        WITH sent AS (
            SELECT organisation, period, hash(*COLUMNS(* EXCLUDE (organisation))) AS person
            FROM read_parquet({pattern}, union_by_name = true)
        ), each AS (SELECT organisation, period, count(*) AS number FROM sent GROUP BY ALL)
        SELECT one.organisation, other.organisation, one.period
        FROM sent one JOIN sent other USING (period, person)
        JOIN each a ON (a.organisation, a.period) = (one.organisation, one.period)
        JOIN each b ON (b.organisation, b.period) = (other.organisation, other.period)
        WHERE one.organisation < other.organisation
        GROUP BY one.organisation, other.organisation, one.period
        HAVING count(*) >= greatest({FEWEST_ROWS}, {OF_THE_SMALLER} * least(any_value(a.number), any_value(b.number)))
        ORDER BY ALL
        """).fetchall()
    if found:
        one, other, _ = found[0]
        periods = ", ".join(period for *both, period in found if both == [one, other])
        raise RawDataError(
            f"it and data/raw/{other} hold the same people, for {periods}",
            "Leave them in one of the two. If its folder was given another name, give it back the name under which its "
            "numbers were published; if that was never used, remove its folder in data/processed/records too",
            file=f"data/raw/{one}",
        )


def _organisations(records: Path) -> list[str]:
    return [path.name for path in records.iterdir() if path.is_dir()] if records.is_dir() else []
