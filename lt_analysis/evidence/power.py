"""What a set of draws could show: the power of its one-time test, and the smallest ratio that it would detect.

Both look forward from the margins of the draws alone. Power at the observed ratio says nothing that the
p value does not, so there is no function for it.
"""

import math

import numpy as np
from scipy.optimize import brentq

from lt_analysis.evidence.null_distribution import NullDistribution

FURTHEST_RATIO = 1_000.0


def power(null: NullDistribution, odds_ratio: float, significance: float = 0.05) -> float:
    """Return the probability that the two-sided mid-p value is at most `significance`.

    `odds_ratio` is the true one, White ÷ group, within vacancies.

    >>> from lt_analysis.evidence.draws import Draw
    >>> round(power(NullDistribution.of([Draw(6, 3, 3, 0)]), 1.0), 6)  # nobody, or all three: 1 in 20 each
    0.1
    """
    return power_of(null, null.unlikely(significance), odds_ratio)


def power_of(null: NullDistribution, flagged: np.ndarray, odds_ratio: float) -> float:
    """Return the probability of the flagged totals where the true odds ratio, White ÷ group, is `odds_ratio`.

    `flagged` is a mask over the totals of `null`.

    >>> from lt_analysis.evidence.draws import Draw
    >>> round(power_of(NullDistribution.of([Draw(2, 1, 1, 0)]), np.array([True, False]), 3.0), 6)
    0.75
    """
    return float(null.at(-math.log(odds_ratio))[flagged].sum())


def minimum_detectable_ratio(null: NullDistribution, significance: float = 0.05, wanted: float = 0.8) -> float | None:
    """Return the smallest odds ratio above 1, White ÷ group, found with probability `wanted`.

    None where even a group none of whom could succeed would not be found so often.

    >>> from lt_analysis.evidence.draws import Draw
    >>> shortlists = NullDistribution.of([Draw(3, 1, 1, 0)] * 30)
    >>> round(power(shortlists, minimum_detectable_ratio(shortlists)), 6)
    0.8
    """
    return smallest_ratio_found(null, null.unlikely(significance), wanted)


def smallest_ratio_found(null: NullDistribution, flagged: np.ndarray, wanted: float) -> float | None:
    """Return the smallest odds ratio above 1, White ÷ group, at which the flagged totals are as likely as `wanted`.

    `flagged` is a mask over the totals of `null`. None where no odds ratio up to 1,000 is enough.

    >>> from lt_analysis.evidence.draws import Draw
    >>> round(smallest_ratio_found(NullDistribution.of([Draw(2, 1, 1, 0)]), np.array([True, False]), 0.75), 6)
    3.0
    """
    if power_of(null, flagged, FURTHEST_RATIO) < wanted:
        return None
    smallest = brentq(
        lambda log_ratio: power_of(null, flagged, math.exp(log_ratio)) - wanted, 0.0, math.log(FURTHEST_RATIO)
    )
    return math.exp(smallest)
