"""The rows of a release that hold pledged actions: an organisation's own public words, and no number of people.

They are no part of the disclosure system: nobody is counted in them. What organisations write is free text, so nothing
passes that has the shape of what names or reaches a person, and nothing that a reader cannot see. Every report says
anew how actions stood at the end of its own quarter.
"""

import unicodedata
from collections.abc import Iterable

import duckdb

from lt_analysis.codebook.periods import Quarter
from lt_analysis.collection.personal import holds_a_personal_shape
from lt_analysis.release import files
from lt_analysis.release.candidates import Candidate
from lt_analysis.release.reading import ACTION, rows_of

UNSEEN = ("Cc", "Cf", "Co", "Cs")  # categories of letters that are not seen, or turn the order of those that are
LONGEST = 500  # letters: a longer text is cut, so that no organisation can crowd out the others
JOINING = "\N{ZERO WIDTH JOINER}\N{ZERO WIDTH NON-JOINER}"  # without which some scripts cannot be read


def actions_of_quarter(connection: duckdb.DuckDBPyConnection) -> tuple[dict, ...]:
    """Read the pledged actions that were sent for the quarter."""
    return tuple(rows_of(connection.execute("FROM actions ORDER BY ALL")))


def action_rows(quarter: Quarter, candidates: Iterable[Candidate], actions: Iterable[dict]) -> list[dict]:
    """Make the rows of a release that hold actions, of the organisations that are in it."""
    known = {one.organisation: one for one in candidates}
    return [_row(quarter, known[one["organisation"]], one) for one in actions if one["organisation"] in known]


def _row(quarter: Quarter, candidate: Candidate, action: dict) -> dict:
    return dict.fromkeys(files.COLUMNS) | {
        "organisation": candidate.organisation,
        "name": candidate.name,
        "kind": candidate.kind,
        "invented": candidate.invented,
        "span": str(quarter),
        "members": candidate.organisation,
        "cell": ACTION,
        "action": publishable(action["action"]),
        "owner_role": publishable(action["owner_role"]),
        "stands": action["status"],
        **{name: action[name] for name in ("started_on", "due_on", "status_on")},
    }


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
