"""Headings as systems write them, to the columns of a return."""

from functools import cache

from lt_analysis.codebook.returns import Return
from lt_analysis.codebook.spellings import spellings
from lt_analysis.collection.recognising.plain import plain


def recognise_heading(kind: Return, heading: str) -> str | None:
    """Return the column that a heading stands for; None where it stands for none that the audit can tell."""
    return _spellings_of(kind).get(plain(heading))


@cache
def _spellings_of(kind: Return) -> dict[str, str]:
    table = spellings()["headings"]
    return {
        plain(words.replace("_", " ")): column
        for column in kind.column_names
        for words in (column, *table.get(column, ()))
    }
