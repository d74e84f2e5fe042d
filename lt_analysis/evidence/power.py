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
    """
    return power_of(null, null.unlikely(significance), odds_ratio)


def power_of(null: NullDistribution, flagged: np.ndarray, odds_ratio: float) -> float:
    """Return the probability of the flagged totals where the true odds ratio, White ÷ group, is `odds_ratio`."""
    return float(null.at(-math.log(odds_ratio))[flagged].sum())


def minimum_detectable_ratio(null: NullDistribution, significance: float = 0.05, wanted: float = 0.8) -> float | None:
    """Return the smallest odds ratio above 1, White ÷ group, found with probability `wanted`.

    None where even a group none of whom could succeed would not be found so often.
    """
    return smallest_ratio_found(null, null.unlikely(significance), wanted)


def smallest_ratio_found(null: NullDistribution, flagged: np.ndarray, wanted: float) -> float | None:
    """Return the smallest odds ratio above 1, White ÷ group, at which the flagged totals are as likely as `wanted`."""
    if power_of(null, flagged, FURTHEST_RATIO) < wanted:
        return None
    found = brentq(
        lambda log_ratio: power_of(null, flagged, math.exp(log_ratio)) - wanted, 0.0, math.log(FURTHEST_RATIO)
    )
    return math.exp(found)
