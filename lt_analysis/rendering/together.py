"""What organisations' counts tell together, beside what equal chances usually give: from what is shown alone.

One count inside its range says little, and many that all lie a little low say much; so the sum stands beside its own
range. That is worked out from the printed ranges of the organisations, for their sums are not released: as the range of
a sum of independent normal numbers, with room for the rounding of each expected number, and rounded outwards.

Where many counts are looked at, chance alone puts some outside their ranges. How many that usually are is worked out
for each side by itself: chance takes neither, so some below are not made up for by none above.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil, comb, floor, sqrt
from typing import Self

from lt_analysis.release.figures import Expected

TWO_SIDED_95 = 1.96
ROUNDING = 1 / 12  # the variance of what is lost when a number is rounded to a whole one
# A range holds every count of which the tail, with half of the count itself left out, is above one in 40. So a count
# below it has a tail of at most two in 40, for half of any tail is at most the tail without half of its own end; and so
# has one above it. That is the most, whatever the numbers; about one in 40 at either end is what it mostly is.
AT_ONE_END_AT_MOST = 0.05
USUALLY = 0.975  # at one end; at both ends at once then 19 times in 20 or more often


@dataclass(frozen=True)
class Together:
    """A number of organisations' people who succeeded, the number expected at equal chances, and its usual range."""

    organisations: int
    people: int
    expected: int
    low: int
    high: int

    @classmethod
    def of(cls, counts: Sequence[tuple[int, Expected]]) -> Self:
        """Add up the counts of organisations that could be set beside equal chances, one at least."""
        expected = sum(chance.people for _, chance in counts)
        half = sqrt(sum(_variance(chance) + ROUNDING for _, chance in counts)) * TWO_SIDED_95
        low, high = max(0, floor(expected - half)), ceil(expected + half)
        return cls(len(counts), sum(people for people, _ in counts), expected, low, high)

    @property
    def place(self) -> str:
        """Where the number lies: fewer, fits or more."""
        return "fewer" if self.people < self.low else "more" if self.people > self.high else "fits"


def _variance(chance: Expected) -> float:
    """Return about how much a count varies of which the usual range, both ends included, holds 95 in 100."""
    return ((chance.high - chance.low + 1) / (2 * TWO_SIDED_95)) ** 2


def usually_at_most(counts: int) -> int:
    """Return how many of so many counts of different organisations lie below their ranges at most, 39 times in 40.

    As many lie above. It is worked out from the number of counts and from what is true of every range, never from a
    number of people.
    """
    within, beyond = 0.0, -1
    while within < USUALLY:
        beyond += 1
        within += comb(counts, beyond) * AT_ONE_END_AT_MOST**beyond * (1 - AT_ONE_END_AT_MOST) ** (counts - beyond)
    return beyond
