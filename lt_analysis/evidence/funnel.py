"""Limits for a funnel plot: where counts of draws would lie if chances were equal, and shares if all had one share.

Those of draws are exact, from the null distribution, and interpolated between whole numbers so that they do not jump
(Spiegelhalter 2005, Statistics in Medicine 24:1185-1202, appendix A.1). Either compares each point with chance,
never one organisation with another.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import IntEnum
from math import sqrt

import numpy as np

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
    """Where a share lies beside the limits of its funnel."""

    BELOW_OUTER = -2
    BELOW_INNER = -1
    WITHIN = 0
    ABOVE_INNER = 1
    ABOVE_OUTER = 2


@dataclass(frozen=True)
class ShareFunnel:
    """Organisations' shares at one time beside the share of all of them, in the order given, which is no rank.

    Source: PHEindicatormethods 2.1.0 (UK Health Security Agency), whose limits are said to be Wilson's: they are the
    shares whose own Wilson interval just meets the overall share. Where all have the same chances, about 1 share in 20
    lies beyond the inner limits, and 1 in 500 beyond the outer.

    Of `not_shown` more organisations nothing may be shown. Those that may be are the larger counts, so the line is then
    that of `everybody`, the others too. `called` is what they are. Raises `ValueError` where an organisation has
    nobody, or everybody is not given.

    >>> funnel = ShareFunnel({"Ashbourne": Share(30, 100), "Beeches": Share(10, 100), "Cedars": Share(140, 400)})
    >>> funnel.overall.share, funnel.place("Beeches").name, funnel.place("Cedars").name
    (0.3, 'BELOW_OUTER', 'ABOVE_INNER')
    """

    shares: Mapping[str, Share]
    everybody: Share | None = None
    not_shown: int = 0
    called: str = "organisations"

    def __post_init__(self):
        if not self.shares or not all(one.people for one in self.shares.values()):
            raise ValueError("each organisation must have somebody")
        if self.not_shown and self.everybody is None:
            raise ValueError("where some organisations are not shown, the share of all of them must be given")

    @property
    def overall(self) -> Share:
        """The share of all of them together."""
        if self.everybody is not None:
            return self.everybody
        shares = self.shares.values()
        return Share(sum(one.successful for one in shares), sum(one.people for one in shares))

    def place(self, name: str) -> FunnelPlace:
        """Return where an organisation's share lies; on a limit is within it.

        >>> ShareFunnel({"Ashbourne": Share(3, 10)}).place("Ashbourne").name
        'WITHIN'
        """
        own, overall = self.shares[name], self.overall.share
        beyond = sum(not share_limits(overall, own.people, one).holds(own.share) for one in DEVIATIONS)
        return FunnelPlace(beyond if own.share > overall else -beyond)


def share_limits(overall: float, people: float, deviations: float) -> ConfidenceInterval:
    """Return the limits of a share of so many people about an overall share, cut to 0 and 1.

    >>> low, high = share_limits(0.80642448, 10, DEVIATIONS[0])  # R: PHEindicatormethods
    >>> round(100 * low, 6), high
    (56.154344, 1.0)
    """
    half = deviations * sqrt(overall * (1 - overall) / people)
    return ConfidenceInterval(max(0.0, overall - half), min(1.0, overall + half))
