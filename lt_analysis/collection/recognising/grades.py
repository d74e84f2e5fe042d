"""Grades as organisations write them, to an Agenda for Change band, very senior managers or doctors."""

import re
from functools import cache

from lt_analysis.codebook.spellings import spellings
from lt_analysis.collection.recognising.plain import plain

# The Electronic Staff Record's pay scales: XR08 is found in published lists; the others follow from their
# order there (unverified: from memory). XN are the same bands outside the pay review body.
STAFF_RECORD = {f"{number:02}": str(number) for number in range(1, 8)} | dict(
    zip(("08", "09", "10", "11", "12"), ("8a", "8b", "8c", "8d", "9"), strict=True)
)
STAFF_RECORD_SCALE = re.compile(r"(?:nhs )?x[rn](\d\d)(?: (.+))?")
SCHEME = r"(?:nhs )?(?:agenda for change|a4c|afc|pay|non review body|review body)?"
NUMBER = r"(?:0?([1-79])|8 ?(?:range )?([a-d]))"
BAND = re.compile(rf"{SCHEME} ?(?:pay )?(?:band)? ?{NUMBER}|(?:nhs )?(?:agenda for change|a4c|afc) ?grade ?{NUMBER}")
# Grade 6 and Grade 7 are senior grades of the Civil Service; with its letter, 8a is nobody else's.
GRADE = re.compile(r"(?:nhs )?grade ?8 ?([a-d])")


def recognise_grade(text: str) -> str | None:
    """Return a band, `VSM`, `medical`, or `8+` for Band 8 and above together; None where it cannot be told.

    `Band 8` alone is not told: it may be any of four bands. Nor is a post at several bands, nor `Grade 7`.
    """
    words = plain(text.replace("+", " and above"))
    scale = STAFF_RECORD_SCALE.fullmatch(words)
    if scale:
        band, said = STAFF_RECORD.get(scale[1]), scale[2]
        return band if said is None or recognise_grade(said) == band else None
    lettered = GRADE.fullmatch(words)
    if lettered:
        return f"8{lettered[1]}"
    found = BAND.fullmatch(words)
    if found:
        return found[1] or found[3] or f"8{found[2] or found[4]}"
    return _by_name().get(words)


@cache
def _by_name() -> dict[str, str]:
    return {words: grade for grade, names in spellings()["grades"].items() for words in names}
