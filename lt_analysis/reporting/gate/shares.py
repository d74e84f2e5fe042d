"""Shares, ratios and sums worked out again from the released numbers that they say they come from."""

import re
from math import sqrt
from typing import NamedTuple

from lt_analysis.codebook.ethnicity import REFERENCE, UNKNOWN
from lt_analysis.reporting.gate.figures import Published

STAGES = ("applied", "shortlisted", "appointed")  # nested: each holds only people of the one before
STAGE, GROUP = 2, 3  # places in a key: who/span/stage/group/band
KNOWN = "known"
TWO_SIDED_95 = 1.959963984540054
UNDER = "under 0.1%"
SMALLEST_WRITTEN = 0.001
SMALLEST_RATIO, UNDER_IT = 0.005, "under 0.01"
RATIO = re.compile(rf"({UNDER_IT}|\d+\.\d+)(?: \((?:less than )?([\d.]+)(?: to (?:(more than) )?([\d.]+))?\))?")


class Share(NamedTuple):
    """A group's people of all at a stage; there must be some."""

    some: int
    of: int

    @property
    def part(self) -> float:
        """What part they are, 0 to 1."""
        return self.some / self.of

    @property
    def likely(self) -> tuple[float, float]:
        """Its likely range (Wilson 1927)."""
        z, share = TWO_SIDED_95, self.part
        middle = share + z * z / (2 * self.of)
        half = z * sqrt(share * (1 - share) / self.of + z * z / (4 * self.of * self.of))
        return (middle - half) / (1 + z * z / self.of), (middle + half) / (1 + z * z / self.of)


def wrong_with(text: str, keys: list[str], published: Published) -> str:
    """Say what a text is not (`share`, `ratio` or `sum`), though its keys say that it is; empty where it is all right.

    Held are the share of one stage's people who reached a later one, the share and the sum of people of known and
    unknown ethnicity, and the ratio of two groups' shares. Anything else is taken at its word, for the tests of its own
    figure hold it.
    """
    if not any(letter.isdigit() for letter in text):
        return ""
    counts = {tuple(key.split("/")): published[key] for key in keys}
    if any(len(key) != 5 for key in counts) or len({(*key[:STAGE], key[-1]) for key in counts}) != 1:
        return ""
    by_place = {key[STAGE : GROUP + 1]: count for key, count in counts.items()}
    stages = sorted({stage for stage, _ in by_place} & {*STAGES}, key=STAGES.index)
    groups = {group for _, group in by_place}
    match len(by_place), len(stages), len(groups):
        case 2, 2, 1 if text.endswith("%"):
            before, after = (by_place[stage, *groups] for stage in stages)
            return "" if reads_as_share(text, after, before) else "share"
        case 2, 1, 2 if groups == {KNOWN, UNKNOWN}:
            return _wrong_with_known(text, by_place[stages[0], KNOWN], by_place[stages[0], UNKNOWN])
        case 4, 2, 2 if REFERENCE in groups:
            (group,) = groups - {REFERENCE}
            white, other = ([by_place[stage, who] for stage in stages] for who in (REFERENCE, group))
            return "" if reads_as_ratio(text, white, other) else "ratio"
    return ""


def _wrong_with_known(text: str, known: int, unknown: int) -> str:
    if text.endswith("%"):
        return "" if reads_as_share(text, known, known + unknown) else "share"
    return "" if text == f"{known + unknown:,}" else "sum"


def reads_as_share(text: str, some: int, everybody: int) -> bool:
    """Say whether a percentage is the share of some among everybody; it may be rounded or rounded down."""
    if not everybody:
        return False
    if text == UNDER:
        return 0 < some / everybody < SMALLEST_WRITTEN
    places = len(text.rstrip("%").partition(".")[2])
    down = some * 100 * 10**places // everybody / 10**places
    return text in (f"{some / everybody:.{places}%}", f"{down:.{places}f}%")


def reads_as_ratio(text: str, white: list[int], other: list[int]) -> bool:
    """Say whether a ratio is that of White people's share to another group's, and its range, if any, holds it.

    Each group's numbers are of those who could succeed, and of those who did.
    """
    found = RATIO.fullmatch(text)
    if not found or not all((*white, *other)):
        return False
    said, low, more, high = found.groups()
    ratio = (white[1] / white[0]) / (other[1] / other[0])
    if said == UNDER_IT:
        return ratio < SMALLEST_RATIO
    places = len(said.partition(".")[2])
    holds = not high or float(low) <= float(said) and (more or float(said) <= float(high))
    return said == f"{ratio:.{places}f}" and bool(holds)


def reads_as_limit(text: str, limit: float) -> bool:
    """Say whether a percentage is the limit of a share's likely range, rounded."""
    if text == UNDER:
        return limit < SMALLEST_WRITTEN
    return text == f"{limit:.{len(text.rstrip('%').partition('.')[2])}%}"
