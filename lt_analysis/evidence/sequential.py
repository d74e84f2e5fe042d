"""Evidence that grows quarter by quarter and may be looked at as often as one likes.

At each look the e-value sets what happened against equal chances: the likelihood of the totals, averaged
over odds ratios by a prior fixed beforehand, divided by their likelihood at equal chances (Robbins 1970,
Annals of Mathematical Statistics 41:1397-1409; Turner, Ly and Grünwald 2024, on 2x2 blocks). The average is
also over declared starts, of which none is ever reset: evidence since a start that is still to come counts
as 1. Equal chances ever give an e-value of 40 with probability at most 1 in 40 (Ville's inequality), and so either of
two primary comparisons with probability at most 1 in 20.

The confidence sequence is the set of odds ratios whose own e-value is below 40, so it leaves out equal
chances exactly when the e-value is 40 or more. It asks for one odds ratio throughout; the e-value does not.
"""

import math
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

import numpy as np
from scipy.optimize import brentq, minimize_scalar

from lt_analysis.codebook.periods import QUARTERS_IN_A_YEAR, Quarter
from lt_analysis.codebook.protocol import Protocol
from lt_analysis.codebook.strength import STRONG
from lt_analysis.evidence.draws import Draw, Draws, Shapes
from lt_analysis.evidence.interval import ConfidenceInterval

FURTHEST_RATIO = 50.0  # limits beyond are given as 0 and infinity, and print as "under 0.02" and "more than 10"
GRID = np.arange(-400, 401) * (math.log(FURTHEST_RATIO) / 400)


class DatedDraw(NamedTuple):
    """A draw, and the quarter in which its post closed to applicants."""

    quarter: Quarter
    draw: Draw


@dataclass(frozen=True, eq=False)
class EProcess:
    """The draws that are counted at one look, since each declared start.

    Of the starts since which something could have gone otherwise, `observed[k]` is the group's total since the
    k-th above the least that was possible, and `times[k]` how often each shape has occurred since; all other
    starts together have the log weight `log_idle`, and an e-value of 1. `grid_logs` (grid x shapes) holds each
    shape's log mean exponentials over the grid of log odds ratios, which weigh `log_prior`; `times` is starts x shapes.

    >>> from lt_analysis.codebook.protocol import declared_protocol
    >>> (nothing_yet,) = e_processes([], [Quarter.parse("2026-27-Q2")], declared_protocol())
    >>> nothing_yet.could_reach(), round(nothing_yet.e_value, 6), nothing_yet.confidence_interval()
    (False, 1.0, ConfidenceInterval(low=0.0, high=inf))
    """

    shapes: Shapes
    grid_logs: np.ndarray
    observed: np.ndarray
    times: np.ndarray
    log_prior: np.ndarray
    log_weights: np.ndarray
    log_idle: float

    @property
    def informative(self) -> int:
        """How many of the counted draws, since the first start, could have gone otherwise."""
        return int(self.times[0].sum()) if len(self.times) else 0

    @property
    def leaning(self) -> int:
        """1 where the least contradicted odds ratio is above 1 (White people more likely), -1 below, 0 at 1."""
        if not len(self.times):
            return 0
        return -int(np.sign(GRID[np.argmin(self._grid_log_e_values)]))

    @property
    def e_value(self) -> float:
        """The evidence against equal chances; 1 is none either way."""
        return math.exp(min(self.log_e_value(), 700.0))

    def log_e_value(self, log_odds_ratio: float = 0.0) -> float:
        """Return the log e-value against a log odds ratio, the group's odds ÷ White people's.

        >>> from lt_analysis.codebook.protocol import declared_protocol
        >>> (nothing_yet,) = e_processes([], [Quarter.parse("2026-27-Q2")], declared_protocol())
        >>> abs(nothing_yet.log_e_value(math.log(2))) < 1e-12  # no ratio is contradicted: an e-value of 1
        True
        """
        own = self.observed * log_odds_ratio - self._log_means(log_odds_ratio)
        return float(np.logaddexp(log_sum(self._log_averages_observed - own), self.log_idle))

    def confidence_interval(self, strong: float = STRONG) -> ConfidenceInterval | None:
        """Return the current confidence sequence of the odds ratio, White ÷ group; None where no ratio is left.

        It holds the ratios whose e-value is below `strong`. A limit beyond 50 or below 1/50 is given as infinity or 0.
        """
        inside = self._least_contradicted(strong)
        if self.log_e_value(inside) >= math.log(strong):
            return None
        outside = self._grid_log_e_values >= math.log(strong)
        below, above = np.flatnonzero(outside & (inside > GRID)), np.flatnonzero(outside & (inside < GRID))
        low, high = 0.0, math.inf
        if len(below):
            high = math.exp(-self._crossing(GRID[below[-1]], min(inside, GRID[below[-1] + 1]), strong))
        if len(above):
            low = math.exp(-self._crossing(max(inside, GRID[above[0] - 1]), GRID[above[0]], strong))
        return self._on_the_right_side_of_1(low, high, inside, strong)

    def _on_the_right_side_of_1(self, low: float, high: float, inside: float, strong: float) -> ConfidenceInterval:
        """Return the interval with limits whose last digits do not contradict the e-value."""
        if self.log_e_value() < math.log(strong):
            return ConfidenceInterval(min(low, 1.0), max(high, 1.0))
        if inside < 0:
            return ConfidenceInterval(max(low, math.nextafter(1.0, 2.0)), high)
        return ConfidenceInterval(low, min(high, math.nextafter(1.0, 0.0)))

    def _least_contradicted(self, strong: float) -> float:
        """Return the log odds ratio with the smallest e-value, which falls to it and rises from it.

        Where the grid has one below `strong`, that one will do.
        """
        index = int(np.argmin(self._grid_log_e_values))
        if self._grid_log_e_values[index] < math.log(strong) or not 0 < index < len(GRID) - 1:
            return float(GRID[index])
        bounds = GRID[index - 1], GRID[index + 1]
        return float(minimize_scalar(self.log_e_value, bounds=bounds, method="bounded").x)

    def could_reach(self, strong: float = STRONG) -> bool:
        """Return whether either extreme outcome of the counted draws would have reached the e-value `strong`."""
        means = self._log_means(0.0)
        span = self.times @ (self.shapes.widths - 1)
        extremes = (np.zeros_like(self.observed), span)
        logs = (log_sum(self.log_weights + self._log_averages(total) + means) for total in extremes)
        return any(np.logaddexp(log, self.log_idle) >= math.log(strong) for log in logs)

    @cached_property
    def _grid_log_means(self) -> np.ndarray:
        return self.times @ self.grid_logs.T

    @cached_property
    def _grid_log_e_values(self) -> np.ndarray:
        own = np.multiply.outer(self.observed, GRID) - self._grid_log_means
        return np.logaddexp(log_sum(self._log_averages_observed[:, None] - own, axis=0), self.log_idle)

    @cached_property
    def _log_averages_observed(self) -> np.ndarray:
        return self.log_weights + self._log_averages(self.observed)

    def _log_averages(self, totals: np.ndarray) -> np.ndarray:
        """Return the log likelihood of each start's total, averaged over the prior."""
        return log_sum(self.log_prior + np.multiply.outer(totals, GRID) - self._grid_log_means, axis=1)

    def _log_means(self, log_odds_ratio: float) -> np.ndarray:
        index = int(np.searchsorted(GRID, log_odds_ratio))
        if index < len(GRID) and GRID[index] == log_odds_ratio:
            return self._grid_log_means[:, index]
        return self.times @ self.shapes.log_mean_exponentials(np.array([log_odds_ratio]))[0]

    def _crossing(self, low: float, high: float, strong: float) -> float:
        return brentq(lambda log_odds_ratio: self.log_e_value(log_odds_ratio) - math.log(strong), low, high, xtol=1e-7)


def e_processes(
    dated: Iterable[DatedDraw], looks: Iterable[Quarter], protocol: Protocol, one_sided: bool = False
) -> tuple[EProcess, ...]:
    """Return the process at each look. Each counts the draws from the declared start to the lag before it.

    With `one_sided`, the prior weighs only odds ratios at which the group is less likely to succeed. Raises
    `ValueError` naming the first draw whose numbers are impossible.

    >>> from lt_analysis.codebook.protocol import declared_protocol
    >>> protocol, draws = declared_protocol(), (Draw(27, 7, 4, 0), Draw(24, 7, 4, 0), Draw(23, 8, 2, 0))
    >>> made, *_, look = protocol.start.quarters
    >>> (gastwirth,) = e_processes([DatedDraw(made, draw) for draw in draws], [look], protocol)
    >>> round(2 * gastwirth.e_value - 1, 6)  # the start weighs a half, what is to come is 1; R: integrate, BiasedUrn
    1.78096
    """
    dated = list(dated)
    draws = Draws.of(dated_draw.draw for dated_draw in dated)
    quarters = np.array([place_in_time(dated_draw.quarter) for dated_draw in dated], dtype=np.int64)[draws.informative]
    shapes = Shapes.of(draws)
    above = (draws.chosen_in_group - draws.least)[draws.informative]
    since = quarters >= np.array([place_in_time(start.quarters[0]) for start in protocol.starts])[:, None]
    grid_logs = shapes.log_mean_exponentials(GRID)
    prior = log_prior(protocol.prior_sd, one_sided)

    log_weights = np.log(protocol.weights)
    processes = []
    for look in looks:
        counted = since & (quarters <= place_in_time(protocol.last_counted(look)))
        times = np.array([np.bincount(shapes.shape_of[row], minlength=len(shapes.times)) for row in counted])
        used = counted.any(axis=1)
        log_idle = float(log_sum(log_weights[~used]))
        processes.append(
            EProcess(shapes, grid_logs, (counted @ above)[used], times[used], prior, log_weights[used], log_idle)
        )
    return tuple(processes)


def log_e_values_of_one_start(draws: Iterable[Draw], totals: np.ndarray, protocol: Protocol) -> np.ndarray:
    """Return a bound below the log e-values of possible totals above the least, of draws since the first start.

    Later starts are taken to add nothing. The array has an element for each total.

    >>> from lt_analysis.codebook.protocol import declared_protocol
    >>> draws = (Draw(27, 7, 4, 0), Draw(24, 7, 4, 0), Draw(23, 8, 2, 0))
    >>> (gastwirth,) = log_e_values_of_one_start(draws, np.array([0]), declared_protocol())
    >>> round(2 * math.exp(gastwirth), 6)  # the start weighs a half; R: integrate, BiasedUrn
    1.78096
    """
    shapes = Shapes.of(Draws.of(draws))
    log_means = shapes.log_mean_exponentials(GRID) @ shapes.times
    logs = log_prior(protocol.prior_sd, one_sided=False) + np.multiply.outer(totals, GRID) - log_means
    return log_sum(logs, axis=1) + math.log(protocol.weights[0])


def log_sum(logs: np.ndarray, axis: int = 0) -> np.ndarray:
    """Return the logarithm of the sum of exponentials along an axis; of none it is minus infinity.

    >>> round(float(np.exp(log_sum(np.log([1.0, 2.0, 3.0])))), 6)
    6.0
    """
    if not logs.shape[axis]:
        return np.full(logs.sum(axis=axis).shape, -np.inf)
    highest = np.maximum.reduce(logs, axis=axis, keepdims=True)
    return np.squeeze(highest, axis) + np.log(np.add.reduce(np.exp(logs - highest), axis=axis))


def place_in_time(quarter: Quarter) -> int:
    """Return the number of a quarter: one more than that of the quarter before.

    >>> place_in_time(Quarter.parse("2026-27-Q1")) - place_in_time(Quarter.parse("2025-26-Q4"))
    1
    """
    return quarter.year.start * QUARTERS_IN_A_YEAR + quarter.number


def log_prior(standard_deviation: float, one_sided: bool) -> np.ndarray:
    """Return the log weights of the grid: a normal distribution around equal chances, or the half of it below them.

    >>> round(float(np.exp(log_prior(0.5, one_sided=False)).sum()), 6)
    1.0
    """
    logs = -((GRID / standard_deviation) ** 2) / 2
    if one_sided:
        logs[GRID > 0] = -np.inf
        logs[GRID == 0] -= math.log(2)  # half of what equal chances weigh lies on either side
    return logs - log_sum(logs)
