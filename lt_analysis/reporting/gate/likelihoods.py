"""A relative likelihood and its range in a spreadsheet, against the released counts that it says it comes from."""

import math

from lt_analysis.codebook.downloads import NOT_GIVEN
from lt_analysis.codebook.ethnicity import REFERENCE
from lt_analysis.reporting.gate.figures import Published
from lt_analysis.reporting.gate.shares import STAGES

HALF_A_HUNDREDTH = 0.005
AS_STORED = 1e-9  # a workbook stores 0.07 as 0.07000000000000001
UNDER = "under 0.01"
TO_TWO_FIGURES = 1.06  # a limit to two significant figures is at most so many times what it was, or so many times less
AT_LEAST = {"less than 0.02": 0.0, "more than 10": 10.0}
AT_MOST = {"less than 0.02": 0.02, "more than 10": math.inf}


def reads_as_likelihood(value: str, limits: list[str], keys: list[str], published: Published) -> bool:
    """Say whether a value is White people's share of successes over another group's, and lies between its limits.

    None of the counts may be hidden. The range itself cannot be worked out without the method, so it is asked only to
    be a range, and to hold the ratio.
    """
    if value == NOT_GIVEN:
        return set(limits) == {NOT_GIVEN}
    ratio = _ratio(keys, published)
    return ratio is not None and len(limits) == 2 and _is_rounded(value, ratio) and _is_range(*limits, ratio)


def _is_rounded(value: str, ratio: float) -> bool:
    if ratio < HALF_A_HUNDREDTH:
        return value == UNDER
    number = _number(value, {})
    return abs(number - ratio) <= HALF_A_HUNDREDTH + AS_STORED and abs(number - round(number, 2)) <= AS_STORED


def _is_range(low: str, high: str, ratio: float) -> bool:
    return _number(low, AT_LEAST) / TO_TWO_FIGURES <= ratio <= _number(high, AT_MOST) * TO_TWO_FIGURES


def _number(text: str, words: dict[str, float]) -> float:
    """Read a number, or the words that stand for one; what is neither is no number, and equal to none."""
    try:
        return words[text] if text in words else float(text)
    except ValueError:
        return math.nan


def _ratio(keys: list[str], published: Published) -> float | None:
    """Work the ratio out from the numbers of two groups at two stages; None where they are not that, or give none."""
    parts = [key.split("/") for key in keys]
    if len(set(keys)) != 4 or any(len(part) != 5 or part[2] not in STAGES for part in parts):
        return None
    counts = {(stage, group): published[key] for key, (_, _, stage, group, _) in zip(keys, parts, strict=True)}
    stages = sorted({stage for stage, _ in counts}, key=STAGES.index)
    groups = sorted({group for _, group in counts}, key=lambda group: group != REFERENCE)
    of_one_table = len({(who, span, band) for who, span, _, _, band in parts}) == 1
    if not of_one_table or (len(stages), len(groups)) != (2, 2) or groups[0] != REFERENCE:
        return None
    (white, white_done), (others, others_done) = ([counts[stage, group] for stage in stages] for group in groups)
    return (white_done * others) / (white * others_done) if white and others_done else None
