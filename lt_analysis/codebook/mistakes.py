"""The errors that a person who sends or asks for data can mend.

The command line shows them as a sentence, without a traceback. Anything else that goes wrong is a bug and
stays a bug.
"""

import errno
import os
import re
from collections.abc import Iterable, Mapping
from difflib import get_close_matches

ALIKE, PERIODS_ALIKE = 0.75, 0.9  # of 1: at less, a word of another meaning is taken for the one that was meant
NO_ROOM = (errno.ENOSPC, errno.EDQUOT)


class RawDataError(Exception):
    """A file, setting or request that cannot be used as it is.

    `reason` says what is wrong and `remedy` what to do; neither ever quotes a person's cell.

    >>> print(RawDataError("the date is not one", "Write it as 2026-07-31", "applications.csv", row=2))
    applications.csv, row 2: the date is not one. Write it as 2026-07-31
    """

    def __init__(
        self,
        reason: str,
        remedy: str,
        file: str | None = None,
        row: int | None = None,
        column: str | None = None,
    ):
        super().__init__(reason, remedy, file, row, column)
        self.reason = reason
        self.remedy = remedy
        self.file = file
        self.row = row
        self.column = column

    def __str__(self) -> str:
        parts = [self.file, self.row and f"row {self.row}", self.column and f"column {self.column}"]
        where = ", ".join(part for part in parts if part)
        return f"{where}: {self.reason}. {self.remedy}" if where else f"{self.reason}. {self.remedy}"


class AskedError(ValueError):
    """What a notebook was asked for is not there; the message, which quotes no data, names what there is."""


def choose(
    asked: object, known: Iterable[str], how: str = "Choose one of", also: Mapping[str, str] | None = None
) -> str:
    """Return the remedy of a word that is none of the known ones: the nearest of them, if one is near, then all.

    Near is what is written almost alike, or begins so, or has the same letters; and what a word means that is `also`
    in use. Of periods, which are all alike, only one that is written otherwise is near.

    >>> choose("nonsuch-hospital", ["nonesuch-hospitals", "lilliput-council"])
    "Did you mean 'nonesuch-hospitals'? Choose one of: nonesuch-hospitals, lilliput-council"
    >>> choose("x", ["kings"], how="There are")
    'There are: kings'
    >>> choose("gender", ["age_band", "sex"], also={"gender": "sex"})
    "Did you mean 'sex'? Choose one of: age_band, sex"
    """
    known = list(known)
    near = _near(re.sub(r"^\W+|\W+$", "", str(asked)).casefold(), known, also or {})
    return f"{f'Did you mean {near!r}? ' if near else ''}{how}: {', '.join(known)}"


def _near(asked: str, known: list[str], also: Mapping[str, str]) -> str | None:
    if also.get(asked) in known:
        return also[asked]
    if asked[:1].isdigit():
        alike = get_close_matches(asked, known, n=1, cutoff=PERIODS_ALIKE)
        return alike[0] if alike else None
    begins = {one.casefold()[: end.start()]: one for one in known for end in re.finditer(r"[-_ ]|$", one)}
    alike = get_close_matches(asked, begins, n=1, cutoff=ALIKE)
    same_letters = (one for one in known if sorted(one.casefold()) == sorted(asked))
    return begins[alike[0]] if alike else next(same_letters, None)


def of_a_full_disk(error: Exception) -> bool:
    """Return whether an error is that of a full disk; DuckDB has the system's words for it, and not its number.

    >>> of_a_full_disk(OSError(errno.ENOSPC, "")), of_a_full_disk(FileNotFoundError())
    (True, False)
    """
    return getattr(error, "errno", None) in NO_ROOM or any(os.strerror(number) in str(error) for number in NO_ROOM)
