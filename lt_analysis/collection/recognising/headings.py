"""Headings as systems write them, to the columns of a return."""

import re
from functools import cache

from lt_analysis.codebook.returns import COLUMNS, Return
from lt_analysis.codebook.spellings import spellings
from lt_analysis.collection.recognising.plain import plain

WORDS_RUN_TOGETHER = re.compile(r"(?<=[a-z])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])")  # as in EthnicOrigin


def recognise_heading(kind: Return, heading: str) -> str | None:
    """Return the column that a heading stands for; None where it stands for none that the audit can tell."""
    told = _spellings_of(kind)
    return told.get(plain(heading)) or told.get(plain(WORDS_RUN_TOGETHER.sub(" ", heading)))


def column_called(heading: str) -> str | None:
    """Return the column of any return whose own name a heading is, however it is written; None where it is none's."""
    return _columns_by_name().get(plain(heading)) or _columns_by_name().get(plain(WORDS_RUN_TOGETHER.sub(" ", heading)))


def may_stand_for(heading: str) -> list[str]:
    """Return the columns that a heading may stand for by how one of its words begins, the likeliest first: a guess."""
    words = plain(WORDS_RUN_TOGETHER.sub(" ", heading)).split()
    return [
        column
        for column, beginnings in spellings()["beginnings"].items()
        if any(word.startswith(tuple(beginnings)) for word in words)
    ]


@cache
def _columns_by_name() -> dict[str, str]:
    return {plain(column.name): column.name for column in COLUMNS}


@cache
def _spellings_of(kind: Return) -> dict[str, str]:
    table = spellings()["headings"]
    return {
        plain(words.replace("_", " ")): column
        for column in kind.column_names
        for words in (column, *table.get(column, ()))
    }
