"""Whether a group's successes are what a fair choice within each vacancy would give, exactly.

Given who stood in each vacancy and how many succeeded, the number of the group who succeed in one vacancy
is hypergeometric when chances are equal; the total over vacancies is the sum of those, whose distribution
is their convolution (Gastwirth 1984, Statistics in Medicine 3:115-126). Convolved directly, not by FFT, so
that the tails keep their relative accuracy.
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple, Self

import numpy as np
from scipy.stats import hypergeom


class Draw(NamedTuple):
    """One decision between two groups: four whole numbers."""

    pool: int
    pool_in_group: int
    chosen: int
    chosen_in_group: int

    @property
    def informative(self) -> bool:
        """Whether it could have gone otherwise for the group: both groups there, and not nobody or everybody chosen."""
        return 0 < self.pool_in_group < self.pool and 0 < self.chosen < self.pool


class ChanceRange(NamedTuple):
    """The central range of a count under equal chances, both ends included."""

    low: int
    high: int


@dataclass(frozen=True)
class WithinVacancies:
    """The group's total over draws, and what equal chances within each would give.

    `observed` is the group's successes over all draws; `vacancies` counts the draws, `informative` those
    that could have gone otherwise. `null_pmf[k]` is the probability, at equal chances, that the group's
    total is `least + k`.
    """

    observed: int
    vacancies: int
    informative: int
    least: int
    null_pmf: tuple[float, ...]

    @classmethod
    def from_draws(cls, draws: Iterable[Draw]) -> Self:
        """Convolve the draws; raises `ValueError` naming the first whose numbers are impossible."""
        draws = list(draws)
        for place, draw in enumerate(draws):
            _refuse_impossible(place, draw)
        least = sum(max(0, draw.chosen - (draw.pool - draw.pool_in_group)) for draw in draws)
        pmf = np.ones(1)
        shapes = Counter((draw.pool, draw.pool_in_group, draw.chosen) for draw in draws if draw.informative)
        for (pool, in_group, chosen), times in sorted(shapes.items()):
            support = np.arange(max(0, chosen - (pool - in_group)), min(in_group, chosen) + 1)
            one = hypergeom.pmf(support, pool, in_group, chosen)
            for _ in range(times):
                pmf = np.convolve(pmf, one)
        return cls(
            observed=sum(draw.chosen_in_group for draw in draws),
            vacancies=len(draws),
            informative=sum(draw.informative for draw in draws),
            least=least,
            null_pmf=tuple((pmf / pmf.sum()).tolist()),
        )

    @property
    def expected(self) -> float:
        """The group's mean total at equal chances."""
        return float(self.least + np.dot(np.arange(len(self.null_pmf)), self.null_pmf))

    @property
    def standard_deviation(self) -> float:
        """Its standard deviation at equal chances."""
        squares = (self.least + np.arange(len(self.null_pmf)) - self.expected) ** 2
        return float(np.sqrt(np.dot(squares, self.null_pmf)))

    def chance_range(self, coverage: float = 0.95) -> ChanceRange:
        """Return the totals that equal chances would often give: at most (1-coverage)/2 lies beyond each end."""
        tail = (1 - coverage) / 2
        low = int(np.searchsorted(self._cumulative, tail, side="right"))
        high = int(np.searchsorted(self._cumulative, 1 - tail, side="left"))
        return ChanceRange(self.least + low, self.least + min(high, len(self.null_pmf) - 1))

    @property
    def could_tell(self) -> bool:
        """Whether any total that was possible lies outside the chance range."""
        low, high = self.chance_range()
        return low > self.least or high < self.least + len(self.null_pmf) - 1

    @property
    def mid_p(self) -> float:
        """The exact two-sided mid-p value: twice the smaller tail, half the observed total's probability in it.

        Source: Lancaster (1961, JASA 56:223-234). It is 1 where no draw is informative.
        """
        place = self.observed - self.least
        half = self.null_pmf[place] / 2
        below, above = sum(self.null_pmf[:place]) + half, sum(self.null_pmf[place + 1 :]) + half
        return min(1.0, 2 * min(below, above))

    @cached_property
    def _cumulative(self) -> np.ndarray:
        return np.cumsum(self.null_pmf)


def _refuse_impossible(place: int, draw: Draw) -> None:
    pool, in_group, chosen, chosen_in_group = draw
    possible = 0 <= in_group <= pool and 0 <= chosen <= pool and 0 <= chosen_in_group <= min(in_group, chosen)
    if not possible or chosen - chosen_in_group > pool - in_group:
        raise ValueError(f"draw {place} is impossible: {draw}")
