"""Many two-by-two tables at once: score intervals of the ratio of two shares, exact and mid-p tests.

Every function takes four arrays of whole numbers: the successful and all people of a first and a second
group, of any one shape, and returns arrays of that shape. They are right in every corner: nobody in a group,
nobody or everybody of a group successful. Raises `ValueError` naming the first table that is impossible.
"""

from typing import NamedTuple

import numpy as np
from scipy.special import gammaln, ndtri

from lt_analysis.evidence.draws import MOST_CELLS, SAME_LIKELIHOOD

FURTHEST_LOG_RATIO = 50.0
HALVINGS = 60  # the limits are then as exact as the numbers can be


class Limits(NamedTuple):
    """Lower and upper limits of the ratio of each table, first ÷ second; infinite where there is no upper one."""

    low: np.ndarray
    high: np.ndarray


class ExactTests(NamedTuple):
    """For each table: Fisher's two-sided p (all outcomes no likelier), twice the smaller tail, and its mid-p."""

    fisher: np.ndarray
    central: np.ndarray
    mid_p: np.ndarray


def koopman(successful_1, people_1, successful_2, people_2, confidence: float = 0.95) -> Limits:
    """Return Koopman's score interval of the ratio of shares (1984, Biometrics 40:513-517).

    >>> limits = koopman(7, 34, 1, 34)  # R: PropCIs::riskscoreci
    >>> round(float(limits.low), 5), round(float(limits.high), 4)
    (1.22085, 42.5757)
    """
    return _score_limits(_tables(successful_1, people_1, successful_2, people_2), confidence, corrected=False)


def miettinen_nurminen(successful_1, people_1, successful_2, people_2, confidence: float = 0.95) -> Limits:
    """Return Miettinen and Nurminen's score interval of the ratio (1985, Statistics in Medicine 4:213-226).

    As Koopman's, with the variance larger by N/(N-1).

    >>> limits = miettinen_nurminen([7, 0], 34, 1, 34)  # R: contingencytables
    >>> limits.low.round(5).tolist()
    [1.20857, 0.0]
    """
    return _score_limits(_tables(successful_1, people_1, successful_2, people_2), confidence, corrected=True)


def exact_tests(successful_1, people_1, successful_2, people_2) -> ExactTests:
    """Return the exact tests of equal shares, given both margins (Fisher 1935; Lancaster 1961 for mid-p).

    A table whose margins leave only one outcome has p values of 1.

    >>> tests = exact_tests(2, 10, 15, 25)  # Morris 2017; R: fisher.test and exact2x2
    >>> round(float(tests.fisher), 7), round(float(tests.central), 7), round(float(tests.mid_p), 7)
    (0.0599078, 0.0743154, 0.0418984)
    """
    tables = _tables(successful_1, people_1, successful_2, people_2)
    flat = np.stack([column.ravel() for column in tables])
    p_values = np.empty((3, flat.shape[1]))
    widths = np.minimum(flat[0] + flat[2], flat[1]) - np.maximum(0, flat[0] + flat[2] - flat[3]) + 1
    order = np.argsort(widths, kind="stable")
    first = 0
    while first < len(order):
        some = order[first : first + max(1, MOST_CELLS // 16 // int(widths[order[first]]))]
        some = some[: max(1, MOST_CELLS // int(widths[some[-1]]))]
        p_values[:, some] = _exact(flat[:, some], int(widths[some].max()))
        first += len(some)
    return ExactTests(*p_values.reshape(3, *tables[0].shape))


def _tables(*columns) -> tuple[np.ndarray, ...]:
    x1, n1, x2, n2 = np.broadcast_arrays(*(np.asarray(column) for column in columns))
    if not all(np.issubdtype(column.dtype, np.integer) for column in (x1, n1, x2, n2)):
        raise ValueError("the tables must hold whole numbers")
    wrong = np.flatnonzero(((x1 < 0) | (x1 > n1) | (x2 < 0) | (x2 > n2)).ravel())
    if len(wrong):
        raise ValueError(f"table {wrong[0]} is impossible: the successful must be between nobody and everybody")
    return x1, n1, x2, n2


def _score_limits(tables: tuple[np.ndarray, ...], confidence: float, corrected: bool) -> Limits:
    x1, n1, x2, n2 = tables
    z = ndtri((1 + confidence) / 2)
    low = np.exp(_log_ratio_where_score_is(tables, z, corrected))
    high = np.exp(_log_ratio_where_score_is(tables, -z, corrected))
    nobody = (n1 == 0) | (n2 == 0)
    return Limits(np.where(nobody | (x1 == 0), 0.0, low), np.where(nobody | (x2 == 0), np.inf, high))


def _log_ratio_where_score_is(tables: tuple[np.ndarray, ...], target: float, corrected: bool) -> np.ndarray:
    """Return the log ratio at which the score, which falls all along, is the target; found by halving a bracket."""
    numbers = tuple(np.asarray(column, dtype=float) for column in tables)
    low = np.full(tables[0].shape, -FURTHEST_LOG_RATIO)
    high = -low
    for _ in range(HALVINGS):
        middle = (low + high) / 2
        above = _score(np.exp(middle), *numbers, corrected) > target
        low, high = np.where(above, middle, low), np.where(above, high, middle)
    return (low + high) / 2


def _score(ratio: np.ndarray, x1: np.ndarray, n1: np.ndarray, x2: np.ndarray, n2: np.ndarray, corrected: bool):
    """Return the difference of the shares from a ratio, in standard deviations of it there."""
    with np.errstate(divide="ignore", invalid="ignore"):
        # The share of the second group that is likeliest when the first's is `ratio` times it (Koopman 1984).
        a, b, c = ratio * (n1 + n2), -(ratio * (n1 + x2) + x1 + n2), x1 + x2
        share = 2 * c / (np.sqrt(np.maximum(b * b - 4 * a * c, 0.0)) - b)
        share = np.minimum(np.minimum(share, 1.0), 1.0 / ratio)
        difference = x1 / n1 - ratio * x2 / n2
        variance = ratio * share * (1 - ratio * share) / n1 + ratio**2 * share * (1 - share) / n2
        if corrected:
            variance = variance * ((n1 + n2) / (n1 + n2 - 1))
        score = difference / np.sqrt(np.maximum(variance, 0.0))
    return np.where(variance > 0, score, np.where(difference > 0, np.inf, np.where(difference < 0, -np.inf, 0.0)))


def _exact(flat: np.ndarray, width: int) -> np.ndarray:
    x1, n1, x2, n2 = (column[:, None] for column in flat)
    successful = x1 + x2
    least, most = np.maximum(0, successful - n2), np.minimum(successful, n1)
    first = np.minimum(least + np.arange(width), most)  # beyond the greatest outcome it is repeated, and left out
    ways = gammaln(np.arange(int((n1 + n2).max(initial=0)) + 2) + 1.0)
    logs = -(ways[first] + ways[n1 - first] + ways[successful - first] + ways[n2 - successful + first])
    logs[least + np.arange(width) > most] = -np.inf
    pmf = np.exp(logs - logs.max(axis=1, keepdims=True))
    pmf /= pmf.sum(axis=1, keepdims=True)

    index = x1 - least
    observed = np.take_along_axis(pmf, index, axis=1)
    fisher = np.where(pmf <= observed * SAME_LIKELIHOOD, pmf, 0.0).sum(axis=1)
    fewer = np.where(np.arange(width) <= index, pmf, 0.0).sum(axis=1)
    more = np.where(np.arange(width) >= index, pmf, 0.0).sum(axis=1)
    tail, half = np.minimum(fewer, more), observed[:, 0] / 2
    return np.minimum(1.0, [fisher, 2 * tail, 2 * (tail - half)])
