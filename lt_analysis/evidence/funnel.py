"""Limits for a funnel plot: where the counts of draws would lie if chances were equal.

Exact, from the null distribution, and interpolated between whole numbers so that they do not jump
(Spiegelhalter 2005, Statistics in Medicine 24:1185-1202, appendix A.1). They compare each point with chance,
never one organisation with another.
"""

import numpy as np

from lt_analysis.evidence.null_distribution import NullDistribution

LEVELS = (0.001, 0.025, 0.975, 0.999)  # 95% and 99.8%


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
