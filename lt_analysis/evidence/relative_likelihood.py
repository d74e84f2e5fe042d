"""The relative likelihood of two groups, with its score interval: indicator 2 of the race equality standard."""

import math
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from scipy.optimize import brentq
from scipy.stats import binomtest, norm

FURTHEST_LOG_RATIO = 50.0


class ConfidenceInterval(NamedTuple):
    """Lower and upper limit; `high` is infinite where the counts set no upper limit."""

    low: float
    high: float


@dataclass(frozen=True)
class RelativeLikelihood:
    """The White success rate divided by another group's, with the four counts that it comes from.

    `white_successful` of `white_people`, and `group_successful` of `group_people`, all whole numbers.
    Above 1, White people were more likely to succeed. Raises `ValueError` on impossible counts.

    Source: NHS Workforce Race Equality Standard, indicator 2. People of unknown ethnicity are in neither
    group.
    """

    white_successful: int
    white_people: int
    group_successful: int
    group_people: int

    def __post_init__(self):
        pairs = (self.white_successful, self.white_people), (self.group_successful, self.group_people)
        if any(not 0 <= successful <= people for successful, people in pairs):
            raise ValueError("the successful must be between nobody and everybody")

    @property
    def ratio(self) -> float | None:
        """The relative likelihood; None where it cannot be calculated (a group with nobody or none successful)."""
        if not self.white_people or not self.group_successful:
            return None
        return self.white_successful * self.group_people / (self.white_people * self.group_successful)

    @cached_property
    def white_share(self) -> "Share":
        """The share of White people who succeeded."""
        return Share(self.white_successful, self.white_people)

    @cached_property
    def group_share(self) -> "Share":
        """The share of the other group who succeeded."""
        return Share(self.group_successful, self.group_people)

    def confidence_interval(self, confidence: float = 0.95) -> ConfidenceInterval:
        """Return the score interval of Miettinen and Nurminen (1985, Statistics in Medicine 4:213-226).

        Its limits are the ratios R at which (p1 - R p2)^2 equals z^2 times the variance under R, with the
        factor N/(N-1), found by bisection on log R. With nobody successful among White people the lower
        limit is 0; with nobody successful in the other group the upper limit is infinite.
        """
        if not self.white_people or not self.group_people:
            return ConfidenceInterval(0.0, math.inf)
        z = norm.ppf((1 + confidence) / 2)
        low = 0.0 if not self.white_successful else self._where_score_is(z)
        high = math.inf if not self.group_successful else self._where_score_is(-z)
        return ConfidenceInterval(low, high)

    def _where_score_is(self, target: float) -> float:
        log_ratio = brentq(
            lambda log_ratio: self._score(math.exp(log_ratio)) - target,
            -FURTHEST_LOG_RATIO,
            FURTHEST_LOG_RATIO,
        )
        return math.exp(log_ratio)

    def _score(self, ratio: float) -> float:
        x1, n1, x2, n2 = self.white_successful, self.white_people, self.group_successful, self.group_people
        # The rate of the other group, likeliest when the White rate is `ratio` times it (Koopman 1984).
        a, b, c = ratio * (n1 + n2), -(ratio * (n1 + x2) + x1 + n2), x1 + x2
        rate = min(2 * c / (math.sqrt(max(b * b - 4 * a * c, 0.0)) - b), 1.0, 1.0 / ratio)
        difference = x1 / n1 - ratio * x2 / n2
        variance = ratio * rate * (1 - ratio * rate) / n1 + ratio**2 * rate * (1 - rate) / n2
        variance *= (n1 + n2) / (n1 + n2 - 1)
        if variance <= 0:
            return math.copysign(math.inf, difference) if difference else 0.0
        return difference / math.sqrt(variance)


@dataclass(frozen=True)
class Share:
    """How many of a group succeeded."""

    successful: int
    people: int

    @property
    def share(self) -> float | None:
        """The share, 0 to 1; None where there is nobody."""
        return self.successful / self.people if self.people else None

    def confidence_interval(self, confidence: float = 0.95) -> ConfidenceInterval:
        """Return the Wilson interval (1927, JASA 22:209-212)."""
        low, high = binomtest(self.successful, self.people).proportion_ci(confidence, method="wilson")
        return ConfidenceInterval(float(low), float(high))
