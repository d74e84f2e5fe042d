"""The words of a return's cells, each to the audit's word for it."""

from collections.abc import Callable, Iterable, Mapping
from functools import cache, partial

import duckdb

from lt_analysis.codebook.returns import COLUMNS, Column, Return
from lt_analysis.collection.recognising.characteristics import recognise_code
from lt_analysis.collection.recognising.ethnicities import recognise_ethnicity
from lt_analysis.collection.recognising.grades import recognise_grade
from lt_analysis.collection.recognising.nothing import is_empty, is_no_value
from lt_analysis.collection.recognising.plain import plain

Meanings = Mapping[str, Mapping[str, str]]  # of each column's spellings


@cache
def recognised_columns() -> dict[str, Callable[[str], str | None]]:
    """Return, for each column of any return that holds words to recognise, what recognises them."""
    found: dict[str, Callable[[str], str | None]] = {}
    for column in COLUMNS:
        if column.allowed:
            found[column.name] = partial(recognise_code, column.name, column.allowed)
        elif column.holds in ("ethnicity", "grade"):
            found[column.name] = {"ethnicity": recognise_ethnicity, "grade": recognise_grade}[column.holds]
    return found


def columns_of_words(kind: Return) -> list[str]:
    """Name a return's columns that hold words to recognise."""
    return [name for name in kind.column_names if name in recognised_columns()]


def recognise_values(
    connection: duckdb.DuckDBPyConnection, kind: Return, told: Mapping[str, Mapping[str, str]]
) -> Meanings:
    """Return, for each of a return's columns of words, what each spelling in `received` means; unknown ones are absent.

    `told` is what the organisation says of its own spellings; it comes before what the audit would say.
    """
    columns = [column for column in kind.columns if column.name in recognised_columns()]
    if not columns:
        return {}
    rows = connection.execute(f"SELECT DISTINCT {', '.join(f'sent_{one.name}' for one in columns)} FROM received")
    sent = [set(texts) - {None} for texts in zip(*rows.fetchall(), strict=True)] or [set()] * len(columns)
    return {one.name: _meanings(one, texts, told.get(one.name, {})) for one, texts in zip(columns, sent, strict=True)}


def _meanings(column: Column, texts: Iterable[str], told: Mapping[str, str]) -> dict[str, str]:
    own = {plain(spelling): means for spelling, means in told.items()}
    found = {text: own.get(plain(text)) or _recognised(column, text) for text in sorted(texts)}
    return {text: means for text, means in found.items() if means is not None}


def _recognised(column: Column, text: str) -> str | None:
    """Return what a spelling means in a column, or what nothing means there; `none` may be a religion."""
    if is_no_value(text):
        return None
    return recognised_columns()[column.name](text) or (column.when_empty if is_empty(text) else None)
