"""Pledged actions as a release holds them: an organisation's own public words, and no number of people.

They are no part of the disclosure system: nobody is counted in them. What organisations write is free text, so nothing
passes that has the shape of what names or reaches a person, and nothing that a reader cannot see. Every report says
anew how actions stood at the end of its own quarter.
"""

import unicodedata
from collections.abc import Collection, Iterator

import duckdb

from lt_analysis.collection.personal import holds_a_personal_shape
from lt_analysis.release.files import PledgedAction, rows_of

UNSEEN = ("Cc", "Cf", "Co", "Cs")  # categories of letters that are not seen, or turn the order of those that are
LONGEST = 500  # letters: a longer text is cut, so that no organisation can crowd out the others
JOINING = "\N{ZERO WIDTH JOINER}\N{ZERO WIDTH NON-JOINER}"  # without which some scripts cannot be read


def pledged_actions(connection: duckdb.DuckDBPyConnection, organisations: Collection[str]) -> Iterator[PledgedAction]:
    """Yield the pledged actions that some organisations sent for the quarter, in words that everybody may read."""
    for row in rows_of(connection.execute("FROM actions ORDER BY ALL")):
        if row["organisation"] in organisations:
            yield PledgedAction(**row | {name: publishable(row[name]) for name in ("action", "owner_role")})


def publishable(text: str) -> str | None:
    """Return a text as it can be read by everybody; None where it may name or reach a person, or says nothing."""
    seen = "".join(_seen(letter) for letter in text)
    plain = " ".join(seen.split())
    if not plain or holds_a_personal_shape(plain):
        return None
    return plain if len(plain) <= LONGEST else f"{plain[: LONGEST - 1]}…"


def _seen(letter: str) -> str:
    if letter in JOINING or unicodedata.category(letter) not in UNSEEN:
        return letter
    return " " if letter.isspace() else ""
