"""Draws, and the distribution of each one's count at equal chances: what the whole engine starts from.

Given who stood in a draw and how many succeeded, the number of the group who succeed is hypergeometric when
chances are equal, and Fisher's noncentral hypergeometric when the group's odds are a multiple of White
people's (Gart 1970, Biometrika 57:471-475). Draws of the same three margins have the same distribution, so
it is worked out once for each distinct shape.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple, Self

import numpy as np
from scipy.optimize import brentq
from scipy.special import gammaln

# Every possible mean is reached, to the last digit, between odds ratios of exp(-60) and exp(60).
FURTHEST_LOG_ODDS_RATIO = 60.0
MOST_CELLS = 4_000_000  # of a table held in memory at once
# Shapes of so many outcomes are summed by one matrix product, where no exponential is too large for a number.
WIDEST_TOGETHER, LARGEST_EXPONENT = 128, 600.0
# Outcomes as likely as the observed one count as no likelier in spite of rounding, as in R's fisher.test.
SAME_LIKELIHOOD = 1 + 1e-7


class Draw(NamedTuple):
    """One decision between two groups: of `pool` people `chosen` succeeded, and how many of each were of the group.

    The others are White people.

    >>> Draw(pool=3, pool_in_group=1, chosen=1, chosen_in_group=0)  # a shortlist of three, one White person appointed
    Draw(pool=3, pool_in_group=1, chosen=1, chosen_in_group=0)
    """

    pool: int
    pool_in_group: int
    chosen: int
    chosen_in_group: int


@dataclass(frozen=True, eq=False)
class Draws:
    """Draws as columns: arrays of whole numbers that have been checked, with an element for each draw."""

    pool: np.ndarray
    pool_in_group: np.ndarray
    chosen: np.ndarray
    chosen_in_group: np.ndarray

    @classmethod
    def of(cls, draws: "Iterable[Draw] | Draws") -> Self:
        """Return draws as columns; columns are returned as they are.

        Raises `ValueError` naming the first draw, from 0, whose numbers are not whole or are impossible.

        >>> len(Draws.of([Draw(27, 7, 4, 0), Draw(24, 7, 4, 0)]))
        2
        """
        if isinstance(draws, cls):
            return draws
        table = np.array(list(draws)).reshape(-1, 4)
        if table.size and not np.issubdtype(table.dtype, np.integer):
            raise ValueError(f"draw {_first_not_whole(table)} is impossible: its numbers must be whole")
        columns = cls(*table.astype(np.int64).T)
        impossible = np.flatnonzero(~columns._possible)
        if len(impossible):
            first = int(impossible[0])
            raise ValueError(f"draw {first} is impossible: {tuple(table[first].tolist())}")
        return columns

    def __len__(self) -> int:
        return len(self.pool)

    def where(self, kept: np.ndarray) -> "Draws":
        """Return those of the draws for which the mask `kept` is true.

        >>> draws = Draws.of([Draw(3, 1, 1, 0), Draw(3, 0, 1, 0)])
        >>> draws.where(draws.informative).pool_in_group
        array([1])
        """
        return Draws(self.pool[kept], self.pool_in_group[kept], self.chosen[kept], self.chosen_in_group[kept])

    @property
    def least(self) -> np.ndarray:
        """The fewest of the group who could have been chosen in each."""
        return np.maximum(0, self.chosen - (self.pool - self.pool_in_group))

    @property
    def most(self) -> np.ndarray:
        """The most of the group who could have been chosen in each."""
        return np.minimum(self.pool_in_group, self.chosen)

    @property
    def informative(self) -> np.ndarray:
        """Whether each could have gone otherwise: both groups there, and not nobody or everybody chosen."""
        return self.least < self.most

    @property
    def _possible(self) -> np.ndarray:
        margins = (self.pool_in_group >= 0) & (self.pool_in_group <= self.pool)
        margins &= (self.chosen >= 0) & (self.chosen <= self.pool)
        return margins & (self.least <= self.chosen_in_group) & (self.chosen_in_group <= self.most)


def _first_not_whole(table: np.ndarray) -> int:
    try:
        numbers = table.astype(float)
    except (TypeError, ValueError):
        return 0
    return int(np.flatnonzero((numbers != np.floor(numbers)).any(axis=1) | ~np.isfinite(numbers).all(axis=1))[:1].sum())


@dataclass(frozen=True, eq=False)
class Shapes:
    """The distinct shapes of informative draws, how often each occurs, and its distribution at equal chances.

    `counts` and `log_pmf` hold every shape's support one after another: what can be added to the least
    possible count, from 0, and the logarithm of its probability. Shape k starts at `starts[k]` and occurs
    `times[k]` times; `shape_of` says which shape each informative draw has. `least` is the sum of the least
    possible counts over all draws.
    """

    times: np.ndarray
    shape_of: np.ndarray
    starts: np.ndarray
    counts: np.ndarray
    log_pmf: np.ndarray
    least: int

    @classmethod
    def of(cls, draws: Draws) -> Self:
        """Return the shapes of draws.

        >>> Shapes.of(Draws.of([Draw(3, 1, 1, 0), Draw(4, 2, 1, 1), Draw(3, 1, 1, 1)])).times
        array([2, 1])
        """
        some = draws.where(draws.informative)
        margins = np.array([some.pool, some.pool_in_group, some.chosen])
        order = np.lexsort(margins)
        in_order = margins[:, order]
        is_new = np.append(np.ones(min(1, len(some)), dtype=bool), (np.diff(in_order) != 0).any(axis=0))
        shape_of = np.empty(len(some), dtype=np.int64)
        shape_of[order] = np.cumsum(is_new) - 1
        return cls(np.bincount(shape_of), shape_of, *_supports(in_order[:, is_new]), least=int(draws.least.sum()))

    @cached_property
    def widths(self) -> np.ndarray:
        """How many outcomes each shape has."""
        return np.diff(np.append(self.starts, len(self.counts)))

    @cached_property
    def _shape_of_count(self) -> np.ndarray:
        return np.repeat(np.arange(len(self.times)), self.widths)

    @property
    def span(self) -> int:
        """How far the greatest possible total lies above the least."""
        return int(np.dot(self.times, self.widths - 1))

    def log_mean_exponentials(self, log_odds_ratios: np.ndarray) -> np.ndarray:
        """Return, for every log odds ratio and shape, log E[exp(log odds ratio x count)] at equal chances.

        The count is that above the least possible. The array is log odds ratios x shapes.

        >>> shapes = Shapes.of(Draws.of([Draw(2, 1, 1, 0)]))  # at odds of 3 to 1: 1/2 + 3/2
        >>> np.exp(shapes.log_mean_exponentials(np.log([1.0, 3.0]))).round(6).tolist()
        [[1.0], [2.0]]
        """
        log_odds_ratios = np.asarray(log_odds_ratios, dtype=float)
        if WIDEST_TOGETHER * np.abs(log_odds_ratios).max(initial=0) > LARGEST_EXPONENT:
            return self._log_means_one_by_one(log_odds_ratios, np.ones(len(self.times), dtype=bool))
        log_means = np.empty((len(log_odds_ratios), len(self.times)))
        together, pmfs = self._narrow
        powers = np.exp(np.multiply.outer(np.arange(pmfs.shape[1]), log_odds_ratios))
        log_means[:, together] = np.log(pmfs @ powers).T
        log_means[:, ~together] = self._log_means_one_by_one(log_odds_ratios, ~together)
        return log_means

    @cached_property
    def _narrow(self) -> tuple[np.ndarray, np.ndarray]:
        """Which shapes have few outcomes, and their distributions as a table, for sums that a matrix product makes."""
        together = self.widths <= WIDEST_TOGETHER
        if len(self.starts):
            together &= np.minimum.reduceat(self.log_pmf, self.starts) > -LARGEST_EXPONENT
        pmfs = np.zeros((len(self.times), int(self.widths[together].max(initial=0))))
        own = together[self._shape_of_count]
        pmfs[self._shape_of_count[own], self.counts[own]] = np.exp(self.log_pmf[own])
        return together, pmfs[together]

    def _log_means_one_by_one(self, log_odds_ratios: np.ndarray, which: np.ndarray) -> np.ndarray:
        """Return the same for some shapes, where their exponentials could be too large for a number."""
        log_means = np.empty((len(log_odds_ratios), int(which.sum())))
        if not which.any():
            return log_means
        own = which[self._shape_of_count]
        counts, log_pmf, widths = self.counts[own], self.log_pmf[own], self.widths[which]
        starts = np.cumsum(widths) - widths
        rows = max(1, MOST_CELLS // len(counts))
        for first in range(0, len(log_odds_ratios), rows):
            logs = log_odds_ratios[first : first + rows, None] * counts + log_pmf
            highest = np.maximum.reduceat(logs, starts, axis=1)
            weights = np.exp(logs - np.repeat(highest, widths, axis=1))
            log_means[first : first + rows] = highest + np.log(np.add.reduceat(weights, starts, axis=1))
        return log_means

    def log_mean_exponential(self, log_odds_ratio: float) -> float:
        """Return log E[exp(log odds ratio x total)] at equal chances, of the total above the least possible.

        >>> shapes = Shapes.of(Draws.of([Draw(2, 1, 1, 0), Draw(2, 1, 1, 1)]))  # 1/2 + 3/2 each: 2 x 2
        >>> round(float(np.exp(shapes.log_mean_exponential(np.log(3)))), 6)
        4.0
        """
        return float(np.dot(self.log_mean_exponentials(np.array([log_odds_ratio]))[0], self.times))

    def tilted(self, log_odds_ratio: float) -> np.ndarray:
        """Return the probabilities of all shapes' counts at a log odds ratio, laid out as `counts` is.

        >>> Shapes.of(Draws.of([Draw(2, 1, 1, 0)])).tilted(np.log(3)).round(6).tolist()
        [0.25, 0.75]
        """
        logs = log_odds_ratio * self.counts + self.log_pmf
        weights = np.exp(logs - _of_each(np.maximum, logs, self.starts, self.widths))
        return weights / _of_each(np.add, weights, self.starts, self.widths)

    def mean(self, log_odds_ratio: float) -> float:
        """Return the mean of the total above the least possible, at a log odds ratio.

        >>> round(Shapes.of(Draws.of([Draw(2, 1, 1, 0), Draw(2, 1, 1, 1)])).mean(np.log(3)), 6)  # twice 3/4
        1.5
        """
        return float(np.dot(self.tilted(log_odds_ratio) * self.counts, np.repeat(self.times, self.widths)))

    def standard_deviation(self, log_odds_ratio: float) -> float:
        """Return the standard deviation of the total at a log odds ratio.

        >>> round(Shapes.of(Draws.of([Draw(2, 1, 1, 0)])).standard_deviation(0.0), 6)  # of a coin
        0.5
        """
        if not len(self.times):
            return 0.0
        pmf = self.tilted(log_odds_ratio)
        means = np.add.reduceat(pmf * self.counts, self.starts)
        squares = np.add.reduceat(pmf * self.counts**2, self.starts)
        return float(np.sqrt(np.dot(squares - means**2, self.times)))

    def log_odds_ratio_of_mean(self, mean: float) -> float:
        """Return the log odds ratio at which the total above the least possible has this mean.

        Raises `ValueError` where no log odds ratio from -60 to 60 gives it, as for a mean at either bound.

        >>> round(float(np.exp(Shapes.of(Draws.of([Draw(2, 1, 1, 0)])).log_odds_ratio_of_mean(0.75))), 4)
        3.0
        """
        return brentq(
            lambda log_odds_ratio: self.mean(log_odds_ratio) - mean,
            -FURTHEST_LOG_ODDS_RATIO,
            FURTHEST_LOG_ODDS_RATIO,
            xtol=1e-6,
        )


def _supports(margins: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Return where each shape's support starts, its counts from 0, and their log probabilities."""
    pool, in_group, chosen = margins
    least = np.maximum(0, chosen - (pool - in_group))
    widths = np.minimum(in_group, chosen) - least + 1
    starts = np.cumsum(widths) - widths
    counts = np.arange(widths.sum()) - np.repeat(starts, widths)
    spread = (np.repeat(column, widths) for column in (pool - in_group, in_group, chosen, least))
    others, in_group, chosen, least = spread
    successful = counts + least
    log_ways = _log_choose(in_group, successful) + _log_choose(others, chosen - successful)
    log_ways -= _of_each(np.maximum, log_ways, starts, widths)
    return starts, counts, log_ways - np.log(_of_each(np.add, np.exp(log_ways), starts, widths))


def _of_each(reduce: np.ufunc, values: np.ndarray, starts: np.ndarray, widths: np.ndarray) -> np.ndarray:
    """Return each shape's values reduced to one, which stands in the place of each of them."""
    return np.repeat(reduce.reduceat(values, starts), widths) if len(starts) else values


def _log_choose(whole: np.ndarray, part: np.ndarray) -> np.ndarray:
    return gammaln(whole + 1) - gammaln(part + 1) - gammaln(whole - part + 1)
