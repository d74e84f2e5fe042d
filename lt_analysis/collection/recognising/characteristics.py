"""Sex, disability, age, sexual orientation, religion and the like, to the codes of their lists."""

from functools import cache

from lt_analysis.codebook.spellings import spellings
from lt_analysis.collection.recognising.plain import plain

PREFERS_NOT_TO_SAY, NOT_KNOWN = "prefer not to say", "not known"


def recognise_code(column: str, allowed: tuple[str, ...], text: str) -> str | None:
    """Return the code of a column's list that a spelling stands for; None where it stands for none.

    Somebody who prefers not to say is not known in a list that has no code of its own for that.
    """
    return _spellings_of(column, allowed).get(plain(text))


@cache
def _spellings_of(column: str, allowed: tuple[str, ...]) -> dict[str, str]:
    table = spellings()["codes"]
    found = {plain(code): code for code in allowed}
    for code in allowed:
        found |= dict.fromkeys(table.get(column, {}).get(code, ()), code)
    for unknown in (NOT_KNOWN, PREFERS_NOT_TO_SAY):
        code = unknown if unknown in allowed else NOT_KNOWN
        if code in allowed:
            found |= dict.fromkeys(table[unknown], code)
    return found
