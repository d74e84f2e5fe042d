"""The relative likelihood of two groups, with its score interval: indicator 2 of the race equality standard."""

from dataclasses import dataclass
from functools import cache, cached_property
from math import sqrt
from statistics import NormalDist

from lt_analysis.evidence.interval import ConfidenceInterval
from lt_analysis.evidence.two_by_two import miettinen_nurminen


@dataclass(frozen=True)
class RelativeLikelihood:
    """The White success rate divided by another group's, with the four counts that it comes from.

    `white_successful` of `white_people`, and `group_successful` of `group_people`, all whole numbers.
    Above 1, White people were more likely to succeed. Raises `ValueError` on impossible counts.

    Source: NHS Workforce Race Equality Standard, indicator 2. People of unknown ethnicity are in neither
    group.

    >>> round(RelativeLikelihood(1198, 2691, 557, 1835).ratio, 5)  # admitted to Berkeley in 1973, men ÷ women
    1.46664
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

    @property
    def ratio_of_group(self) -> float | None:
        """The other group's success rate divided by White people's, as indicator 3 of the standard has it.

        None where it cannot be calculated. Shares are not rounded first: Kent and Medway NHS and Social Care
        Partnership Trust (kmpt.nhs.uk, WRES 2020) gives 17 White and 9 BME staff who entered a formal process, of 76%
        and 22% of 3,296. One of its pages has 1.8; that on the indicator has 1.7, which is 1.2% ÷ 0.7%.

        >>> kent_and_medway = RelativeLikelihood(17, 2505, 9, 725)
        >>> round(kent_and_medway.ratio_of_group, 1), round(0.012 / 0.007, 1)
        (1.8, 1.7)
        """
        turned = (self.group_successful, self.group_people, self.white_successful, self.white_people)
        return RelativeLikelihood(*turned).ratio

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

        With nobody successful among White people the lower limit is 0; with nobody successful in the other
        group the upper limit is infinite.

        >>> low, high = RelativeLikelihood(7, 34, 1, 34).confidence_interval()  # R: contingencytables
        >>> round(low, 5), round(high, 3)
        (1.20857, 43.033)
        """
        return _interval(self.white_successful, self.white_people, self.group_successful, self.group_people, confidence)


@cache
def _interval(*counts_and_confidence: float) -> ConfidenceInterval:
    low, high = miettinen_nurminen(*counts_and_confidence)
    return ConfidenceInterval(float(low), float(high))


@dataclass(frozen=True)
class Share:
    """How many of a group succeeded: `successful` of `people`, which are whole numbers."""

    successful: int
    people: int

    @property
    def share(self) -> float | None:
        """The share, 0 to 1; None where there is nobody."""
        return self.successful / self.people if self.people else None

    def confidence_interval(self, confidence: float = 0.95) -> ConfidenceInterval:
        """Return the Wilson interval (1927, JASA 22:209-212).

        Raises `ValueError` on impossible counts, and where there is nobody.

        >>> low, high = Share(3, 20).confidence_interval()
        >>> round(low, 6), round(high, 6)
        (0.052369, 0.360419)
        """
        if not 0 <= self.successful <= self.people or not self.people:
            raise ValueError("there must be somebody, and no more who succeeded than there are")
        deviations, share = NormalDist().inv_cdf((1 + confidence) / 2), self.successful / self.people
        weight = deviations**2 / self.people
        middle, half = share + weight / 2, sqrt(weight * (share * (1 - share) + weight / 4))
        low = (middle - half) / (1 + weight) if self.successful else 0.0
        return ConfidenceInterval(low, (middle + half) / (1 + weight) if self.successful < self.people else 1.0)
