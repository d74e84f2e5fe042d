"""Whether any of several groups succeeded more or less often than equal chances within vacancies would give.

One question for all groups together; pairs of groups are looked at only after it. The statistic is the
generalised Cochran-Mantel-Haenszel one (Landis, Heyman and Koch 1978, International Statistical Review
46:237-254). Where few outcomes were possible its distribution is worked out exactly, by convolving the
multivariate hypergeometric of each vacancy, which is what permuting the groups within vacancies gives.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import product
from typing import NamedTuple

import numpy as np
from scipy.special import chdtrc, gammaln

MOST_WORK = 50_000_000  # outcomes of the totals x outcomes of every vacancy; more is left to chi-squared
ROUNDING = 1e-9


class GroupedDraw(NamedTuple):
    """One decision among several groups: how many of each were there, and how many of each succeeded."""

    pool: tuple[int, ...]
    chosen: tuple[int, ...]


@dataclass(frozen=True)
class SeveralGroups:
    """The test of equal chances for all groups. `exact` says how p was found; p is 1 where nothing could differ."""

    statistic: float
    degrees: int
    p: float
    exact: bool
    informative: int


def any_difference(draws: Iterable[GroupedDraw]) -> SeveralGroups:
    """Return the test of equal chances of all groups within each draw.

    Raises `ValueError` naming the first draw, from 0, in which more of a group succeeded than there were.

    >>> shortlists = [((7, 5, 3), (2, 1, 0)), ((4, 4, 2), (1, 0, 1)), ((6, 2, 2), (1, 0, 0))]
    >>> difference = any_difference(GroupedDraw(*shortlist) for shortlist in shortlists)
    >>> round(difference.statistic, 6), difference.degrees  # R: mantelhaen.test
    (1.204989, 2)
    """
    draws = list(draws)
    for index, draw in enumerate(draws):
        pairs = list(zip(draw.pool, draw.chosen, strict=True))
        if any(not 0 <= chosen <= pool for pool, chosen in pairs):
            raise ValueError(f"draw {index} is impossible: {tuple(draw)}")
    draws = [draw for draw in draws if 0 < sum(draw.chosen) < sum(draw.pool) and max(draw.pool) < sum(draw.pool)]
    if not draws:
        return SeveralGroups(0.0, 0, 1.0, True, 0)
    pool, chosen = (np.array(column) for column in zip(*draws, strict=True))
    present = np.flatnonzero(pool.any(axis=0))
    present = present[np.argsort(pool[:, present].sum(axis=0), kind="stable")]  # the largest follows from the others
    pool, chosen = pool[:, present], chosen[:, present]
    distance, inverse, degrees = _distance(pool, chosen)
    statistic = float(distance @ inverse @ distance)
    exact = _exact_p(pool, chosen, inverse, statistic)
    p = float(chdtrc(degrees, statistic)) if exact is None and degrees else exact
    return SeveralGroups(statistic, degrees, 1.0 if p is None else min(1.0, p), exact is not None, len(draws))


def _distance(pool: np.ndarray, chosen: np.ndarray) -> tuple[np.ndarray, np.ndarray, int]:
    """Return observed less expected totals of all groups but the last, the inverse of their variance, its rank."""
    people, successful = pool.sum(axis=1), chosen.sum(axis=1)
    distance = (chosen - pool * (successful / people)[:, None]).sum(axis=0)[:-1]
    factor = successful * (people - successful) / (people**2 * (people - 1.0))
    variance = np.diag((factor * people) @ pool) - np.einsum("i,ij,ik->jk", factor, pool, pool)
    variance = variance[:-1, :-1]
    return distance, np.linalg.pinv(variance, hermitian=True), int(np.linalg.matrix_rank(variance, hermitian=True))


def _exact_p(pool: np.ndarray, chosen: np.ndarray, inverse: np.ndarray, statistic: float) -> float | None:
    successful = chosen.sum(axis=1)
    least = np.maximum(0, successful[:, None] - (pool.sum(axis=1)[:, None] - pool))[:, :-1]
    most = np.minimum(pool, successful[:, None])[:, :-1]
    shape = tuple(((most - least).sum(axis=0) + 1).tolist())
    outcomes = [_outcomes(*draw) for draw in zip(pool, successful, least, most, strict=True)]
    if any(outcome is None for outcome in outcomes):
        return None
    if np.prod(shape, dtype=float) * sum(len(probabilities) for _, probabilities in outcomes) > MOST_WORK:
        return None
    totals = _convolved(outcomes, shape)
    places = np.indices(shape).reshape(len(shape), -1).T + least.sum(axis=0)
    expected = (pool * (successful / pool.sum(axis=1))[:, None]).sum(axis=0)[:-1]
    statistics = np.einsum("ij,jk,ik->i", places - expected, inverse, places - expected)
    return float(totals.ravel()[statistics >= statistic * (1 - ROUNDING) - ROUNDING].sum())


def _outcomes(pool: np.ndarray, successful: int, least: np.ndarray, most: np.ndarray) -> tuple | None:
    """Return a draw's outcomes above the least, of all groups but the last, with their probabilities.

    None where there are too many.
    """
    if np.prod(most - least + 1.0) > MOST_WORK / 100:
        return None
    others = np.array(list(product(*(range(low, high + 1) for low, high in zip(least, most, strict=True)))))
    last = successful - others.sum(axis=1)
    possible = (last >= 0) & (last <= pool[-1])
    counts = np.column_stack([others, last])[possible]
    logs = -(gammaln(counts + 1) + gammaln(pool - counts + 1)).sum(axis=1)
    weights = np.exp(logs - logs.max())
    return others[possible] - least, weights / weights.sum()


def _convolved(outcomes: list[tuple[np.ndarray, np.ndarray]], shape: tuple[int, ...]) -> np.ndarray:
    totals = np.zeros(shape)
    totals[(0,) * len(shape)] = 1.0
    reach = np.zeros(len(shape), dtype=int)
    for steps, probabilities in outcomes:
        held = totals[tuple(slice(0, end + 1) for end in reach)].copy()
        totals[...] = 0.0
        for step, probability in zip(steps, probabilities, strict=True):
            totals[tuple(slice(by, by + end + 1) for by, end in zip(step, reach, strict=True))] += probability * held
        reach = reach + steps.max(axis=0)
    return totals
