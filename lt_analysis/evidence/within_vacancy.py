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
        """Return the totals that equal chances would often give: those with a mid-p value above 1 - coverage.

        So the range and the mid-p value never contradict each other; about `coverage` of totals lie in it.
        """
        inside = np.flatnonzero(self._mid_p_values > 1 - coverage)
        return ChanceRange(self.least + int(inside[0]), self.least + int(inside[-1]))

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
        return float(self._mid_p_values[self.observed - self.least])

    @cached_property
    def _mid_p_values(self) -> np.ndarray:
        pmf = np.array(self.null_pmf)
        below = np.cumsum(pmf) - pmf / 2
        above = np.cumsum(pmf[::-1])[::-1] - pmf / 2
        return np.minimum(1.0, 2 * np.minimum(below, above))


def _refuse_impossible(place: int, draw: Draw) -> None:
    pool, in_group, chosen, chosen_in_group = draw
    possible = 0 <= in_group <= pool and 0 <= chosen <= pool and 0 <= chosen_in_group <= min(in_group, chosen)
    if not possible or chosen - chosen_in_group > pool - in_group:
        raise ValueError(f"draw {place} is impossible: {draw}")
