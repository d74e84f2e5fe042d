"""The four-fifths comparison, in whole numbers: a rule of thumb for analysts, never a verdict.

With true parity, 20 posts and 60 people shortlisted, a ratio falls outside 0.8 to 1.25 in most quarters, so
it says next to nothing of small numbers.
"""

from dataclasses import dataclass
from fractions import Fraction

FOUR_FIFTHS = Fraction(4, 5)


@dataclass(frozen=True)
class ImpactRatio:
    """A group's rate of success divided by the highest group's.

    `below` says whether it is under four fifths; `one_person` whether one more success in the group, and one
    fewer in the highest, would change that (29 CFR 1607.4D, and question 21 of its 1979 clarifications).
    """

    group: str
    highest: str
    ratio: Fraction
    below: bool
    one_person: bool


def impact_ratios(groups: dict[str, tuple[int, int]]) -> tuple[ImpactRatio, ...]:
    """Return every group's impact ratio, an exact fraction; `groups` holds the successful and all people of each.

    Groups of nobody are left out. There are none where nobody succeeded. Source: 29 CFR 1607.4D; the example is that
    of question 11 of its 1979 clarifications.

    >>> ratios = impact_ratios({"A": (60, 100), "B": (45, 100), "C": (48, 100), "D": (51, 100)})
    >>> [(float(of_group.ratio), of_group.below) for of_group in ratios]
    [(1.0, False), (0.75, True), (0.8, False), (0.85, False)]
    """
    rates = {group: Fraction(successful, people) for group, (successful, people) in groups.items() if people}
    if not any(rates.values()):
        return ()
    highest = max(rates, key=rates.__getitem__)
    return tuple(_impact_ratio(group, highest, rates[group] / rates[highest], groups) for group in rates)


def _impact_ratio(group: str, highest: str, ratio: Fraction, groups: dict[str, tuple[int, int]]) -> ImpactRatio:
    below = ratio < FOUR_FIFTHS
    (successful, people), (most_successful, most_people) = groups[group], groups[highest]
    step = 1 if below else -1
    moved, other = successful + step, most_successful - step
    possible = group != highest and 0 <= moved <= people and 0 < other <= most_people
    changed = possible and (Fraction(moved, people) / Fraction(other, most_people) < FOUR_FIFTHS) != below
    return ImpactRatio(group, highest, ratio, below, changed)
