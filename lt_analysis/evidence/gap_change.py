"""How much the gap between two groups changed from one year to a later one, and what change could have been seen.

The gap is the share of White people who succeeded less that of the other group. Where others are set beside it, what is
asked is how much more the gap changed than theirs did. Either is a sum of shares, half of them taken away, of which the
interval and the test are Price and Bonett's (2004, Computational Statistics and Data Analysis 45:449-456): to each of m
shares 2/m of a success and of a failure are added, so that nobody and everybody have a margin too. People of the two
years, and of the others, are taken for different ones, and each for themselves.
"""

from dataclasses import dataclass
from math import sqrt

from scipy.special import ndtr, ndtri

from lt_analysis.evidence.interval import ConfidenceInterval
from lt_analysis.evidence.relative_likelihood import RelativeLikelihood

ADDED = 2  # of a success, and of a failure, divided among all shares


@dataclass(frozen=True)
class GapChange:
    """Two groups in one year and in a later one, and where there are any, those of others.

    Raises `ValueError` where there is nobody of a group in a year.

    >>> fewer = GapChange(RelativeLikelihood(80, 200, 40, 200), RelativeLikelihood(80, 200, 70, 200))
    >>> round(fewer.change, 3), round(fewer.p, 4)  # from 20 points to 5
    (-0.15, 0.0232)
    >>> everywhere = GapChange(fewer.before, fewer.later, (fewer.before, fewer.later))
    >>> everywhere.change, everywhere.p
    (0.0, 1.0)
    """

    before: RelativeLikelihood
    later: RelativeLikelihood
    others: tuple[RelativeLikelihood, RelativeLikelihood] | None = None

    def __post_init__(self):
        if not all(people for _, people, _ in self._parts):
            raise ValueError("there must be people of both groups in both years")

    @property
    def _parts(self) -> tuple[tuple[int, int, int], ...]:
        """The successful, all people and the sign of each of the shares: four, and four of the others."""
        others = zip(self.others, (1, -1), strict=True) if self.others else ()
        signs = (self.later, 1), (self.before, -1), *others
        return tuple(
            part
            for year, sign in signs
            for part in (
                (year.white_successful, year.white_people, sign),
                (year.group_successful, year.group_people, -sign),
            )
        )

    @property
    def change(self) -> float:
        """How much larger the gap is later, less how much larger that of the others is; below 0 where it is smaller."""
        return sum(sign * successful / people for successful, people, sign in self._parts)

    @property
    def standard_error(self) -> float:
        """The standard error of the change."""
        more = 2 * self._more
        shares = [(self._adjusted(successful, people), people + more) for successful, people, _ in self._parts]
        return sqrt(sum(share * (1 - share) / people for share, people in shares))

    @property
    def _more(self) -> float:
        return ADDED / len(self._parts)

    def _adjusted(self, successful: int, people: int) -> float:
        return (successful + self._more) / (people + 2 * self._more)

    @property
    def _adjusted_change(self) -> float:
        return sum(sign * self._adjusted(successful, people) for successful, people, sign in self._parts)

    @property
    def p(self) -> float:
        """The two-sided p value of no change."""
        return float(2 * ndtr(-abs(self._adjusted_change) / self.standard_error))

    def confidence_interval(self, confidence: float = 0.95) -> ConfidenceInterval:
        """Return the interval of the change. It holds 0 exactly where `p` is above 1 - confidence.

        >>> fewer = GapChange(RelativeLikelihood(80, 200, 40, 200), RelativeLikelihood(80, 200, 70, 200))
        >>> low, high = fewer.confidence_interval()
        >>> round(low, 3), round(high, 3)
        (-0.278, -0.02)
        """
        reach = float(ndtri((1 + confidence) / 2)) * self.standard_error
        return ConfidenceInterval(self._adjusted_change - reach, self._adjusted_change + reach)

    def power(self, size: float, significance: float) -> float:
        """Return how likely a change of a size, either way, is to be found by the two-sided test.

        >>> years = GapChange(RelativeLikelihood(800, 2000, 400, 2000), RelativeLikelihood(800, 2000, 400, 2000))
        >>> round(years.power(0.05, 0.05), 2), round(years.power(0.08, 0.05), 2)
        (0.71, 0.98)
        """
        limit, shift = ndtri(1 - significance / 2), size / self.standard_error
        return float(ndtr(shift - limit) + ndtr(-shift - limit))

    def smallest_found(self, significance: float = 0.05, wanted: float = 0.8) -> float:
        """Return the smallest change, either way, that the two-sided test finds with probability `wanted`.

        >>> years = GapChange(RelativeLikelihood(800, 2000, 400, 2000), RelativeLikelihood(800, 2000, 400, 2000))
        >>> round(years.smallest_found(), 3), round(years.power(years.smallest_found(), 0.05), 3)
        (0.056, 0.8)
        """
        # The other tail is less than 1 in 10,000 here.
        return float(ndtri(1 - significance / 2) + ndtri(wanted)) * self.standard_error
