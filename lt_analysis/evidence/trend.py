"""Whether a share rises or falls along an order fixed beforehand, such as the bands from 8a to VSM."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from scipy.stats import binom, chi2

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
    """Test for a trend in shares along the order given (Cochran 1954; Armitage 1955, Biometrics 11:375-386).

    The groups are scored 0, 1, 2 and so on. Sparse groups are tested exactly, given how many succeeded in all.
    Raises `ValueError` on impossible counts.
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
        return Trend(statistic, covered / spread, float(chi2.sf(statistic, 1)), False)
    return Trend(statistic, covered / spread, _exact_p(x, n, scores, share), True)


def _exact_p(x: np.ndarray, n: np.ndarray, scores: np.ndarray, share: float) -> float:
    """Add up the chances of every outcome with the same totals whose score lies at least as far from the mean."""
    total = int(x.sum())
    ways = np.zeros((total + 1, total * int(scores[-1]) + 1))
    ways[0, 0] = 1.0
    for people, score in zip(n.tolist(), scores.tolist(), strict=True):
        chances = binom.pmf(np.arange(people + 1), people, share)
        held, ways = ways, np.zeros_like(ways)
        for some in range(min(people, total) + 1):
            step = score * some
            ways[some:, step:] += chances[some] * held[: total + 1 - some, : held.shape[1] - step]
    pmf = ways[total] / ways[total].sum()
    distance = np.abs(np.arange(len(pmf)) - total * (n @ scores) / n.sum())
    observed = abs(float(x @ scores) - total * (n @ scores) / n.sum())
    return min(1.0, float(pmf[distance >= observed - 1e-9].sum()))


def trend_within(nulls: Sequence[NullDistribution], observed: Sequence[int]) -> float | None:
    """Return the exact p value of a change of the odds ratio along bands, each compared within its own vacancies.

    `nulls` and `observed` are of each band in order. Given the total over bands, which takes any common odds
    ratio out of the question, all outcomes count whose score lies at least as far from its mean (Zelen 1971,
    Biometrika 58:129-137, asked of an order). 1 where nothing could differ, None where there are too many
    outcomes to count.
    """
    reaches = [null.most - null.least for null in nulls]
    total = sum(observed) - sum(null.least for null in nulls)
    furthest = sum(score * reach for score, reach in enumerate(reaches))
    if (sum(reaches) + 1) * (furthest + 1) * (sum(reaches) + 1) > MOST_WORK:
        return None
    ways = np.zeros((sum(reaches) + 1, furthest + 1))
    ways[0, 0] = 1.0
    for score, null in enumerate(nulls):
        held, ways = ways, np.zeros_like(ways)
        for some, chance in enumerate(null.pmf.tolist()):
            step = score * some
            ways[some:, step:] += chance * held[: held.shape[0] - some, : held.shape[1] - step]
    pmf = ways[total] / ways[total].sum()
    scores = np.arange(len(pmf))
    own = sum(score * (x - null.least) for score, (x, null) in enumerate(zip(observed, nulls, strict=True)))
    distance = np.abs(scores - pmf @ scores)
    return min(1.0, float(pmf[distance >= abs(own - pmf @ scores) - 1e-9].sum()))
