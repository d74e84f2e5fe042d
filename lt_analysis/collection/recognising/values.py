"""The words of a return's cells, each to the audit's word for it."""

from collections.abc import Callable, Mapping
from functools import cache, partial

import duckdb

from lt_analysis.codebook.returns import RETURNS
from lt_analysis.collection.recognising.characteristics import recognise_code
from lt_analysis.collection.recognising.ethnicities import recognise_ethnicity
from lt_analysis.collection.recognising.grades import recognise_grade
from lt_analysis.collection.recognising.plain import plain


@cache
def recognised_columns() -> dict[str, Callable[[str], str | None]]:
    """Return, for each column of any return that holds words to recognise, what recognises them."""
    found: dict[str, Callable[[str], str | None]] = {}
    for column in (column for kind in RETURNS for column in kind.columns):
        if column.allowed:
            found[column.name] = partial(recognise_code, column.name, column.allowed)
        elif column.holds in ("ethnicity", "grade"):
            found[column.name] = {"ethnicity": recognise_ethnicity, "grade": recognise_grade}[column.holds]
    return found


def recognise_values(connection: duckdb.DuckDBPyConnection, column: str, told: Mapping[str, str]) -> None:
    """Make the table `means_<column>` of every spelling that `received` holds and its meaning, NULL if there is none.

    `told` is what the organisation says that its own spellings mean; it comes before what the audit would say.
    """
    own = {plain(spelling): means for spelling, means in told.items()}
    recognise = recognised_columns()[column]
    sent = connection.execute(f"SELECT DISTINCT sent_{column} FROM received WHERE sent_{column} IS NOT NULL").fetchall()
    means = [own.get(plain(text)) or recognise(text) for (text,) in sent]
    connection.execute(
        f"""CREATE OR REPLACE TEMP TABLE means_{column} AS
            SELECT unnest($sent::VARCHAR[]) AS sent_{column}, unnest($means::VARCHAR[]) AS {column}""",
        {"sent": [text for (text,) in sent], "means": means},
    )
