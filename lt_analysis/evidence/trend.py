"""Whether a share rises or falls along an order fixed beforehand, such as the bands from 8a to VSM."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from scipy.special import chdtrc

from lt_analysis.evidence.null_distribution import NullDistribution

FEWEST_EXPECTED = 5  # below it the chi-squared approximation is not relied on (Cochran 1954)
MOST_WORK = 50_000_000


@dataclass(frozen=True)
class Trend:
    """The Cochran-Armitage statistic, 1 degree of freedom; `slope` is above 0 where the share rises.

    `exact` says whether p counts every outcome with the same totals. p is 1 where nothing could differ.
    """

    statistic: float
    slope: float
    p: float
    exact: bool


def trend(successful: list[int], people: list[int]) -> Trend:
    """Return the test for a trend in shares along the order given (Cochran 1954; Armitage 1955, Biometrics 11:375-386).

    The groups are scored 0, 1, 2 and so on; the slope is the change of the share from each to the next. Sparse groups
    are tested exactly, given how many succeeded in all. Raises `ValueError` on impossible counts.

    >>> smokers = trend([83, 90, 129, 70], [86, 93, 136, 82])  # R: prop.trend.test
    >>> round(smokers.statistic, 6), round(smokers.p, 6)
    (8.224922, 0.004132)
    """
    x, n = np.array(successful), np.array(people)
    if len(x) != len(n) or (x < 0).any() or (x > n).any():
        raise ValueError("the successful must be between nobody and everybody")
    scores = np.arange(len(n))
    total, all_people = int(x.sum()), int(n.sum())
    centred = scores - (n @ scores) / max(1, all_people)
    spread = float(n @ centred**2)
    if not 0 < total < all_people or not spread:
        return Trend(0.0, 0.0, 1.0, True)
    share = total / all_people
    covered = float(x @ centred)
    statistic = covered**2 / (share * (1 - share) * spread)
    sparse = (np.outer(n, [share, 1 - share]) < FEWEST_EXPECTED).any()
    if not sparse or (total + 1) * (total * scores[-1] + 1) * all_people > MOST_WORK:
        return Trend(statistic, covered / spread, float(chdtrc(1, statistic)), False)
    from scipy.stats import binom  # a second, which few need spend

    chances = [binom.pmf(np.arange(number + 1), number, share) for number in people]
    return Trend(statistic, covered / spread, _exact_p(chances, successful), True)


def trend_within(nulls: Sequence[NullDistribution], observed: Sequence[int]) -> float | None:
    """Return the exact p value of a change of the odds ratio along bands, each compared within its own vacancies.

    `nulls` and `observed` are of each band in order. Given the total over bands, which takes any common odds
    ratio out of the question, all outcomes count whose score lies at least as far from its mean (Zelen 1971,
    Biometrika 58:129-137, asked of an order). 1 where nothing could differ, None where there are too many
    outcomes to count.

    >>> from lt_analysis.evidence.draws import Draw
    >>> pairs = NullDistribution.of([Draw(2, 1, 1, 0), Draw(2, 1, 1, 1)])
    >>> round(trend_within([pairs, pairs], [0, 2]), 6)  # (0, 2) and (2, 0) of six ways, four of which are (1, 1)
    0.333333
    """
    reaches = [null.most - null.least for null in nulls]
    furthest = sum(score * reach for score, reach in enumerate(reaches))
    if (sum(reaches) + 1) * (furthest + 1) * (sum(reaches) + 1) > MOST_WORK:
        return None
    above = [x - null.first for x, null in zip(observed, nulls, strict=True)]
    return _exact_p([null.pmf for null in nulls], above)


def _exact_p(chances: Sequence[np.ndarray], observed: Sequence[int]) -> float:
    """Return the probability of all outcomes with the same total whose score lies at least as far from its mean.

    `chances` holds, for each group in order, the chance of every count from 0.
    """
    total = int(sum(observed))
    ways = np.zeros((total + 1, total * max(0, len(chances) - 1) + 1))
    ways[0, 0] = 1.0
    for score, own in enumerate(chances):
        held, ways = ways, np.zeros_like(ways)
        for some, chance in enumerate(own[: total + 1].tolist()):
            step = score * some
            ways[some:, step:] += chance * held[: total + 1 - some, : held.shape[1] - step]
    pmf = ways[total] / ways[total].sum()
    scores = np.arange(len(pmf))
    distance = np.abs(scores - pmf @ scores)
    covered = sum(score * count for score, count in enumerate(observed))
    return min(1.0, float(pmf[distance >= distance[covered] - 1e-9].sum()))
