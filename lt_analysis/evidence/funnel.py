"""Limits for a funnel plot: where counts of draws would lie if chances were equal, and shares or rates if all had one.

Those of draws are exact, from the null distribution, and interpolated between whole numbers so that they do not jump
(Spiegelhalter 2005, Statistics in Medicine 24:1185-1202, appendix A.1). All of them compare each point with chance,
never one organisation with another.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import IntEnum
from math import sqrt
from statistics import NormalDist

import numpy as np
from scipy.special import gdtrib

from lt_analysis.evidence.inequality import Quantity
from lt_analysis.evidence.interval import ConfidenceInterval
from lt_analysis.evidence.null_distribution import NullDistribution
from lt_analysis.evidence.relative_likelihood import Share

LEVELS = (0.001, 0.025, 0.975, 0.999)  # 95% and 99.8%
DEVIATIONS = (1.9599639845400545, 3.090232306167813)  # normal ones of the last two levels: inner and outer limits


def funnel_limits(null: NullDistribution, levels: tuple[float, ...] = LEVELS) -> tuple[float, ...]:
    """Return, for each probability of `levels`, the interpolated number of the group's successes that lies at it.

    Where only one number was possible, it is every limit.

    >>> from lt_analysis.evidence.draws import Draw
    >>> funnel_limits(NullDistribution.of([Draw(2, 1, 1, 0)]), levels=(0.5, 0.75))  # 0 and 1 are equally likely
    (0.0, 0.5)
    """
    if null.least == null.most:
        return (float(null.least),) * len(levels)
    return interpolated_quantiles(null.first, null.pmf, levels)


def interpolated_quantiles(first: int, pmf: np.ndarray, levels: tuple[float, ...]) -> tuple[float, ...]:
    """Return Spiegelhalter's interpolated quantiles of a distribution over whole numbers from `first`.

    >>> from scipy.stats import binom
    >>> limits = interpolated_quantiles(0, binom.pmf(range(21), 20, 0.3), LEVELS)  # as worked out in R
    >>> [round(limit / 20, 6) for limit in limits]
    [0.001477, 0.081177, 0.487255, 0.6137]
    """
    below = np.cumsum(pmf)
    indices = [min(int(np.searchsorted(below, level)), len(pmf) - 1) for level in levels]
    return tuple(
        float(first + index - (below[index] - level) / pmf[index]) for level, index in zip(levels, indices, strict=True)
    )


class FunnelPlace(IntEnum):
    """Where a share or a rate lies beside the limits of its funnel."""

    BELOW_OUTER = -2
    BELOW_INNER = -1
    WITHIN = 0
    ABOVE_INNER = 1
    ABOVE_OUTER = 2


@dataclass(frozen=True)
class Funnel:
    """Organisations' shares or rates at one time beside that of all of them, in the order given, which is no rank.

    Source: PHEindicatormethods 2.1.0 (UK Health Security Agency). Limits of shares are said to be Wilson's: they are
    the shares whose own Wilson interval just meets the overall share. Those of rates are Poisson's: events lie beyond
    them where their own exact interval leaves out what is expected of so many people at the overall rate. Where all
    have the same chances, about 1 in 20 lies beyond the inner limits, and 1 in 500 beyond the outer.

    `counts` are the events, or those of whom it is so, among each one's people; a rate is written `per` so many. Of
    `not_shown` more organisations nothing may be shown. Those that may be are the larger counts, so the line is then
    that of `everybody`, the others too. `called` is what they are, and `names` are those of organisations whose key is
    none. Raises `ValueError` where an organisation has nobody, or everybody is not given.

    >>> funnel = Funnel({"Ashbourne": Share(30, 100), "Beeches": Share(10, 100), "Cedars": Share(140, 400)})
    >>> funnel.overall.share, funnel.place("Beeches").name, funnel.place("Cedars").name
    (0.3, 'BELOW_OUTER', 'ABOVE_INNER')
    """

    counts: Mapping[str, Share]
    everybody: Share | None = None
    not_shown: int = 0
    called: str = "organisations"
    measured: Quantity = Quantity.SHARE
    per: int = 1
    names: Mapping[str, str] = field(default_factory=dict)

    def __post_init__(self):
        if not self.counts or not all(one.people for one in self.counts.values()):
            raise ValueError("each organisation must have somebody")
        if self.not_shown and self.everybody is None:
            raise ValueError(
                f"where some organisations are not shown, the {self.measured} of all of them must be given"
            )

    @property
    def overall(self) -> Share:
        """The share or rate of all of them together."""
        if self.everybody is not None:
            return self.everybody
        counts = self.counts.values()
        return Share(sum(one.successful for one in counts), sum(one.people for one in counts))

    def expected(self, name: str) -> float:
        """Return how many events an organisation's people would have at the overall share or rate.

        >>> Funnel({"Ashbourne": Share(30, 100), "Beeches": Share(10, 300)}).expected("Beeches")
        30.0
        """
        return self.overall.share * self.counts[name].people

    def limits(self, people: float) -> tuple[ConfidenceInterval, ConfidenceInterval]:
        """Return the inner and the outer limits of the share or rate of so many people.

        >>> inner, outer = Funnel({"Ashbourne": Share(30, 100)}).limits(84)  # a standard deviation of 0.05
        >>> round(inner.low, 3), round(outer.high, 4)
        (0.202, 0.4545)
        """
        limits = share_limits if self.measured == Quantity.SHARE else rate_limits
        inner, outer = (limits(self.overall.share, people, deviations) for deviations in DEVIATIONS)
        return inner, outer

    def place(self, name: str) -> FunnelPlace:
        """Return where an organisation's share or rate lies; on a limit is within it.

        >>> Funnel({"Ashbourne": Share(3, 10)}).place("Ashbourne").name
        'WITHIN'
        """
        own = self.counts[name]
        beyond = sum(not limits.holds(own.share) for limits in self.limits(own.people))
        return FunnelPlace(beyond if own.share > self.overall.share else -beyond)


def share_limits(overall: float, people: float, deviations: float) -> ConfidenceInterval:
    """Return the limits of a share of so many people about an overall share, cut to 0 and 1.

    >>> low, high = share_limits(0.80642448, 10, DEVIATIONS[0])  # R: PHEindicatormethods
    >>> round(100 * low, 6), high
    (56.154344, 1.0)
    """
    half = deviations * sqrt(overall * (1 - overall) / people)
    return ConfidenceInterval(max(0.0, overall - half), min(1.0, overall + half))


def rate_limits(overall: float, people: float, deviations: float) -> ConfidenceInterval:
    """Return the limits of events a person, of so many people about an overall rate, cut at 0.

    So many events, whole or not, are at a limit as have the expected number at an end of their own exact Poisson
    interval (Garwood 1936, Biometrika 28:437-442).

    >>> low, _ = rate_limits(1, 18.39035799, DEVIATIONS[0])  # R: PHEindicatormethods, of 10 events
    >>> round(18.39035799 * low, 5)
    10.0
    """
    expected, outside = overall * people, NormalDist().cdf(-deviations)
    low, high = (float(gdtrib(1, tail, expected)) for tail in (1 - outside, outside))
    return ConfidenceInterval(max(0.0, low - 1) / people, high / people)
