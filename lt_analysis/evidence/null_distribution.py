"""The distribution of the group's total over draws at equal chances, convolved once; all else is asked of it.

The total over draws is a sum of independent counts, so its distribution is their convolution (Mehta, Patel
and Gray 1985, JASA 80:969-973). Convolved directly, never by FFT, whose absolute error swamps the tails.
Shapes that recur are powered by squaring and the rest merged in a balanced tree. Where the observed total
lies so far out that a tail underflows, the convolution is made again around it, at the odds ratio that
expects it, and joined on: P(s) = P_t(s) exp(K(t) - t s), with K the log mean exponential.
"""

import math
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import Self

import numpy as np
from scipy.optimize import brentq
from scipy.special import logsumexp

from lt_analysis.evidence.draws import FURTHEST_LOG_ODDS_RATIO, Draw, Draws, Shapes

SMALLEST_KEPT = 1e-290  # below it numbers lose digits
SMALLEST_RELIABLE = 1e-250  # what was dropped is less than 1e-40 of it
ROUNDING = 1e-9  # a p value of just 0.05 is 0.05 in spite of it
ROOT = 1e-11  # how exactly a log odds ratio is found
NEAR_LOG_ODDS_RATIO = 3.0  # where most are; looked at first
STANDARD_DEVIATIONS_EACH_SIDE = 15  # of the observed total: beyond them is less than 1e-49


@dataclass(frozen=True, eq=False)
class NullDistribution:
    """Log probabilities of the totals from `first`, one after another, at equal chances.

    `least` and `most` are the totals that were possible. Totals outside those that are kept have a
    probability below 1e-250, at equal chances and at every odds ratio that the observed total could bear.
    """

    first: int
    log_pmf: np.ndarray
    least: int
    most: int

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, NullDistribution):
            return NotImplemented
        alike = self._limits == other._limits
        return alike and np.array_equal(self.log_pmf, other.log_pmf)

    def __hash__(self) -> int:
        return hash(self._limits)

    @property
    def _limits(self) -> tuple[int, int, int]:
        return self.first, self.least, self.most

    @classmethod
    def of(cls, draws: Iterable[Draw] | Draws) -> Self:
        """Return the distribution of the group's total over draws.

        Raises `ValueError` naming the first draw whose numbers are impossible.

        >>> NullDistribution.of([Draw(2, 1, 1, 0), Draw(2, 1, 1, 1)]).pmf.round(6).tolist()  # as of two coins
        [0.25, 0.5, 0.25]
        """
        draws = Draws.of(draws)
        shapes = Shapes.of(draws)
        observed = int(draws.chosen_in_group.sum()) - shapes.least
        first, log_pmf = _join_up_to(shapes, _convolved_at(shapes, 0.0), observed)
        log_pmf.flags.writeable = False
        return cls(shapes.least + first, log_pmf, shapes.least, shapes.least + shapes.span)

    @cached_property
    def totals(self) -> np.ndarray:
        """The totals whose probabilities are kept."""
        return self.first + np.arange(len(self.log_pmf))

    @cached_property
    def _above_first(self) -> np.ndarray:
        return np.arange(len(self.log_pmf), dtype=float)

    def at(self, log_odds_ratio: float) -> np.ndarray:
        """Return the probabilities of the totals where the group's odds are exp(log odds ratio) of White people's.

        >>> null = NullDistribution.of([Draw(2, 1, 1, 0), Draw(2, 1, 1, 1)])
        >>> null.at(math.log(3)).round(6).tolist()  # 1, 6 and 9 in 16
        [0.0625, 0.375, 0.5625]
        """
        weights = self._weights(log_odds_ratio)
        return weights / np.add.reduce(weights)

    def _weights(self, log_odds_ratio: float) -> np.ndarray:
        logs = self.log_pmf + log_odds_ratio * self._above_first
        return np.exp(logs - np.maximum.reduce(logs))

    @cached_property
    def pmf(self) -> np.ndarray:
        """The probabilities of the totals at equal chances."""
        return self.at(0.0)

    def mean(self, log_odds_ratio: float = 0.0) -> float:
        """Return the mean total at a log odds ratio.

        >>> gastwirth = NullDistribution.of([Draw(27, 7, 4, 0), Draw(24, 7, 4, 0), Draw(23, 8, 2, 0)])
        >>> round(gastwirth.mean(), 6)  # 28/27 + 28/24 + 16/23
        2.899356
        """
        return self.first + float(np.dot(self.at(log_odds_ratio), self._above_first))

    def standard_deviation(self, log_odds_ratio: float = 0.0) -> float:
        """Return the standard deviation of the total at a log odds ratio.

        >>> gastwirth = NullDistribution.of([Draw(27, 7, 4, 0), Draw(24, 7, 4, 0), Draw(23, 8, 2, 0)])
        >>> round(gastwirth.standard_deviation(), 6)  # R: BiasedUrn
        1.35322
        """
        distances = self.totals - self.mean(log_odds_ratio)
        return float(np.sqrt(np.dot(self.at(log_odds_ratio), distances**2)))

    def fewer(self, total: int, log_odds_ratio: float = 0.0, half: bool = False) -> float:
        """Return the probability of this total or a smaller one, with `half` only half of this one's in it (mid-p).

        The total must be one of `totals`.

        >>> null = NullDistribution.of([Draw(2, 1, 1, 0), Draw(2, 1, 1, 1)])  # 0, 1 and 2: a quarter, a half, a quarter
        >>> round(null.fewer(1), 6), round(null.fewer(1, half=True), 6)
        (0.75, 0.5)
        """
        pmf = self.at(log_odds_ratio)[: total - self.first + 1]
        return float(np.add.reduce(pmf[:-1]) + pmf[-1] * (0.5 if half else 1))

    def more(self, total: int, log_odds_ratio: float = 0.0, half: bool = False) -> float:
        """Return the probability of this total or a larger one, with `half` only half of this one's in it (mid-p).

        The total must be one of `totals`.

        >>> null = NullDistribution.of([Draw(2, 1, 1, 0), Draw(2, 1, 1, 1)])
        >>> round(null.more(2), 6), round(null.more(2, half=True), 6)
        (0.25, 0.125)
        """
        pmf = self.at(log_odds_ratio)[total - self.first :]
        return float(np.add.reduce(pmf[:0:-1]) + pmf[0] * (0.5 if half else 1))

    def log_fewer(self, total: int) -> float:
        """Return the log probability, at equal chances, of this total or a smaller one, however small it is.

        >>> hundreds = NullDistribution.of([Draw(2, 1, 1, 0)] * 2000)
        >>> round(hundreds.log_fewer(0) / math.log(2)), hundreds.fewer(0)  # 1 in 2 to the power of 2000
        (-2000, 0.0)
        """
        return float(logsumexp(self.log_pmf[: total - self.first + 1]) - logsumexp(self.log_pmf))

    def log_more(self, total: int) -> float:
        """Return the log probability, at equal chances, of this total or a larger one, however small it is.

        >>> round(math.exp(NullDistribution.of([Draw(2, 1, 1, 0), Draw(2, 1, 1, 1)]).log_more(2)), 6)
        0.25
        """
        return float(logsumexp(self.log_pmf[total - self.first :]) - logsumexp(self.log_pmf))

    def central_range(self, tail: float = 0.025) -> tuple[int, int]:
        """Return the totals, both ends included, that leave out at most `tail` of the probability on either side.

        >>> NullDistribution.of([Draw(6, 3, 3, 0)]).central_range()  # probabilities 1, 9, 9 and 1 in 20
        (0, 3)
        """
        pmf = self.pmf
        low = int(np.argmax(np.cumsum(pmf) > tail * (1 + ROUNDING)))
        high = len(pmf) - 1 - int(np.argmax(np.cumsum(pmf[::-1]) > tail * (1 + ROUNDING)))
        return self.first + low, self.first + high

    def log_odds_of_fewer(self, total: int, log_odds_ratio: float, half: bool) -> float:
        """Return the log odds of `fewer`: nearly straight in the log odds ratio, so its roots are found fast.

        >>> null = NullDistribution.of([Draw(2, 1, 1, 0), Draw(2, 1, 1, 1)])
        >>> round(math.exp(null.log_odds_of_fewer(1, 0.0, half=False)), 6)  # three quarters to one
        3.0
        """
        weights = self._weights(log_odds_ratio)
        index, own = total - self.first, 0.5 if half else 1.0
        below = np.add.reduce(weights[:index]) + own * weights[index]
        above = np.add.reduce(weights[index + 1 :]) + (1 - own) * weights[index]
        return math.log(max(below, SMALLEST_KEPT)) - math.log(max(above, SMALLEST_KEPT))

    @cached_property
    def mid_p_values(self) -> np.ndarray:
        """The two-sided mid-p value of every total: twice the smaller tail, half its own probability in it.

        Source: Lancaster (1961, JASA 56:223-234).
        """
        return np.minimum(1.0, 2 * self.smaller_tails())

    def smaller_tails(self, log_odds_ratio: float = 0.0, half: bool = True) -> np.ndarray:
        """Return every total's smaller tail, with `half` only half of its own probability in it (mid-p).

        >>> NullDistribution.of([Draw(2, 1, 1, 0), Draw(2, 1, 1, 1)]).smaller_tails().round(6).tolist()
        [0.125, 0.5, 0.125]
        """
        pmf = self.at(log_odds_ratio)
        left_out = pmf / 2 if half else 0.0
        return np.minimum(np.cumsum(pmf) - left_out, np.cumsum(pmf[::-1])[::-1] - left_out)

    def unlikely(self, significance: float = 0.05) -> np.ndarray:
        """Return which totals have a two-sided mid-p value of `significance` or less.

        >>> NullDistribution.of([Draw(6, 3, 3, 0)]).unlikely().tolist()  # probabilities 1, 9, 9 and 1 in 20
        [True, False, False, True]
        """
        return self.mid_p_values <= significance * (1 + ROUNDING)

    def log_odds_ratio_where(self, probability: Callable[[float], float], target: float) -> float:
        """Return the log odds ratio at which a function of it, which rises or falls all along, is `target`.

        Raises `ValueError` where it is so at none from -60 to 60.

        >>> null = NullDistribution.of([Draw(2, 1, 1, 0), Draw(2, 1, 1, 1)])
        >>> round(math.exp(null.log_odds_ratio_where(null.mean, 1.5)), 6)  # three quarters of two
        3.0
        """
        try:
            return _where(probability, target, NEAR_LOG_ODDS_RATIO)
        except ValueError:  # it lies further out
            return _where(probability, target, FURTHEST_LOG_ODDS_RATIO)


def _where(probability: Callable[[float], float], target: float, reach: float) -> float:
    return brentq(lambda log_odds_ratio: probability(log_odds_ratio) - target, -reach, reach, xtol=ROOT)


def _join_up_to(shapes: Shapes, window: tuple[int, np.ndarray], observed: int) -> tuple[int, np.ndarray]:
    """Return a window of log probabilities, widened until it holds the observed total and all that lies near it."""
    first, log_pmf = window
    if len(log_pmf) == shapes.span + 1:
        return window
    low, high = _needed(shapes, observed)
    while True:
        last = first + len(log_pmf) - 1
        if low >= first and high <= last:
            return first, log_pmf
        edge = first if low < first else last
        further_first, further = _convolved_at(shapes, shapes.log_odds_ratio_of_mean(edge))
        if low < first:
            log_pmf = np.concatenate([further[: first - further_first], log_pmf])
            first = further_first
        else:
            log_pmf = np.concatenate([log_pmf, further[last + 1 - further_first :]])


def _needed(shapes: Shapes, observed: int) -> tuple[int, int]:
    """Return the least and the greatest total near the observed one that its intervals depend on."""
    off_the_bounds = min(max(observed, 0.5), shapes.span - 0.5)
    deviation = shapes.standard_deviation(shapes.log_odds_ratio_of_mean(off_the_bounds))
    margin = int(STANDARD_DEVIATIONS_EACH_SIDE * (deviation + 1))
    return max(0, observed - margin), min(shapes.span, observed + margin)


def _convolved_at(shapes: Shapes, log_odds_ratio: float) -> tuple[int, np.ndarray]:
    """Return the first total and the log probabilities at equal chances, convolved at a log odds ratio."""
    if not len(shapes.times):
        return 0, np.zeros(1)
    tilted = np.split(shapes.tilted(log_odds_ratio), shapes.starts[1:])
    parts = [_power(pmf, times) for pmf, times in zip(tilted, shapes.times.tolist(), strict=True)]
    first, pmf = _merge(parts)
    reliable = np.flatnonzero(pmf >= SMALLEST_RELIABLE)
    first, pmf = first + int(reliable[0]), pmf[reliable[0] : reliable[-1] + 1]
    if not log_odds_ratio:
        return first, np.log(pmf)
    counts = first + np.arange(len(pmf))
    return first, np.log(pmf) + shapes.log_mean_exponential(log_odds_ratio) - log_odds_ratio * counts


def _power(pmf: np.ndarray, times: int) -> tuple[int, np.ndarray]:
    """Return a distribution convolved with itself so many times, by squaring."""
    result, square = (0, np.ones(1)), (0, pmf)
    while True:
        if times % 2:
            result = _convolve(result, square)
        times //= 2
        if not times:
            return result
        square = _convolve(square, square)


def _merge(parts: list[tuple[int, np.ndarray]]) -> tuple[int, np.ndarray]:
    """Return the convolution of all parts, worked out of two of about the same length at a time."""
    parts = sorted(parts, key=lambda part: len(part[1]))
    while len(parts) > 1:
        pairs = [_convolve(*parts[start : start + 2]) for start in range(0, len(parts) - 1, 2)]
        parts = pairs + parts[len(parts) - len(parts) % 2 :]
    return parts[0]


def _convolve(left: tuple[int, np.ndarray], right: tuple[int, np.ndarray]) -> tuple[int, np.ndarray]:
    pmf = np.convolve(left[1], right[1])
    first = left[0] + right[0]
    if pmf[0] >= SMALLEST_KEPT <= pmf[-1]:
        return first, pmf
    kept = np.flatnonzero(pmf >= SMALLEST_KEPT)
    return first + int(kept[0]), pmf[kept[0] : kept[-1] + 1]
