"""Evidence that grows quarter by quarter and may be looked at as often as one likes.

At each look the e-value sets what happened against equal chances: the likelihood of the totals, averaged
over odds ratios by a prior fixed beforehand, divided by their likelihood at equal chances (Robbins 1970,
Annals of Mathematical Statistics 41:1397-1409; Turner, Ly and Grünwald 2024, on 2x2 blocks). The average is
also over declared starts, of which none is ever reset: evidence since a start that is still to come counts
as 1. Equal chances ever give an e-value of 20 with probability at most 1 in 20 (Ville's inequality).

The confidence sequence is the set of odds ratios whose own e-value is below 20, so it leaves out equal
chances exactly when the e-value is 20 or more. It asks for one odds ratio throughout; the e-value does not.
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
    """A draw, and the quarter in which its shortlist was made."""

    quarter: Quarter
    draw: Draw


@dataclass(frozen=True, eq=False)
class EProcess:
    """The draws that are counted at one look, since each declared start.

    `observed[k]` is the group's total since start k above the least that was possible, `span[k]` the greatest
    that it could have been, and `times[k]` how often each shape has occurred since. `grid_logs` holds each
    shape's log mean exponentials over the grid of odds ratios, whose logarithms weigh `log_prior`.
    """

    shapes: Shapes
    grid_logs: np.ndarray
    observed: np.ndarray
    times: np.ndarray
    log_prior: np.ndarray
    log_weights: np.ndarray

    @property
    def e_value(self) -> float:
        """The evidence against equal chances; 1 is none either way."""
        return math.exp(min(self.log_e_value(), 700.0))

    def log_e_value(self, log_odds_ratio: float = 0.0) -> float:
        """Return the log e-value against a log odds ratio, the group's odds ÷ White people's."""
        own = self.observed * log_odds_ratio - self._log_means(log_odds_ratio)
        return float(np.logaddexp.reduce(self._log_averages_observed - own))

    def confidence_interval(self, strong: float = STRONG) -> ConfidenceInterval | None:
        """Return the current confidence sequence of the odds ratio, White ÷ group; None where no ratio is left.

        A limit beyond 50 or below 1/50 is given as infinity or 0.
        """
        inside = self._least_contradicted(strong)
        if self.log_e_value(inside) >= math.log(strong):
            return None
        outside = self._grid_log_e_values >= math.log(strong)
        below, above = GRID[outside & (inside > GRID)], GRID[outside & (inside < GRID)]
        high = math.exp(-self._crossing(below[-1], inside, strong)) if len(below) else math.inf
        low = math.exp(-self._crossing(inside, above[0], strong)) if len(above) else 0.0
        return ConfidenceInterval(low, high)

    def _least_contradicted(self, strong: float) -> float:
        """Return the log odds ratio with the smallest e-value, which falls to it and rises from it.

        Where the grid has one below `strong`, that one will do.
        """
        place = int(np.argmin(self._grid_log_e_values))
        if self._grid_log_e_values[place] < math.log(strong) or not 0 < place < len(GRID) - 1:
            return float(GRID[place])
        bounds = GRID[place - 1], GRID[place + 1]
        return float(minimize_scalar(self.log_e_value, bounds=bounds, method="bounded").x)

    def could_reach(self, strong: float = STRONG) -> bool:
        """Tell whether either extreme outcome of the counted draws would have reached an e-value."""
        means = self._log_means(0.0)
        span = self.times @ (self.shapes.widths - 1)
        extremes = (np.zeros_like(self.observed), span)
        logs = (np.logaddexp.reduce(self.log_weights + self._log_averages(total) + means) for total in extremes)
        return any(log >= math.log(strong) for log in logs)

    def log_e_values_since_start(self, totals: np.ndarray) -> np.ndarray:
        """Return a bound below the log e-value for possible totals above the least since the first start.

        Later starts that have draws of their own are taken to add nothing.
        """
        logs = self.log_prior + np.multiply.outer(totals, GRID) - self._grid_log_means[0]
        idle = self.log_weights[1:][~self.times[1:].any(axis=1)]
        idle = np.logaddexp.reduce(idle, initial=-np.inf)
        return np.logaddexp(np.logaddexp.reduce(logs, axis=1) + self.log_weights[0], idle)

    @cached_property
    def _grid_log_means(self) -> np.ndarray:
        return self.times @ self.grid_logs.T

    @cached_property
    def _grid_log_e_values(self) -> np.ndarray:
        own = np.multiply.outer(self.observed, GRID) - self._grid_log_means
        return np.logaddexp.reduce(self._log_averages_observed[:, None] - own, axis=0)

    @cached_property
    def _log_averages_observed(self) -> np.ndarray:
        return self.log_weights + self._log_averages(self.observed)

    def _log_averages(self, totals: np.ndarray) -> np.ndarray:
        """Average the likelihood of each start's total over the prior."""
        return np.logaddexp.reduce(self.log_prior + np.multiply.outer(totals, GRID) - self._grid_log_means, axis=1)

    def _log_means(self, log_odds_ratio: float) -> np.ndarray:
        return self.times @ self.shapes.log_mean_exponentials(np.array([log_odds_ratio]))[0]

    def _crossing(self, low: float, high: float, strong: float) -> float:
        return brentq(lambda log_odds_ratio: self.log_e_value(log_odds_ratio) - math.log(strong), low, high)


def e_processes(
    dated: Iterable[DatedDraw], looks: Iterable[Quarter], protocol: Protocol, one_sided: bool = False
) -> tuple[EProcess, ...]:
    """Return the process at each look. Each counts the draws from the declared start to the lag before it.

    With `one_sided`, the prior weighs only odds ratios at which the group is less likely to succeed. Raises
    `ValueError` naming the first draw whose numbers are impossible.
    """
    dated = list(dated)
    draws = Draws.of(one.draw for one in dated)
    quarters = np.array([_place(one.quarter) for one in dated], dtype=np.int64)[draws.informative]
    shapes = Shapes.of(draws)
    above = (draws.chosen_in_group - draws.least)[draws.informative]
    since = quarters >= np.array([_place(start.quarters[0]) for start in protocol.starts])[:, None]
    grid_logs = shapes.log_mean_exponentials(GRID)
    log_prior = _log_prior(protocol.prior_sd, one_sided)

    found = []
    for look in looks:
        counted = since & (quarters <= _place(protocol.last_counted(look)))
        times = np.array([np.bincount(shapes.shape_of[row], minlength=len(shapes.times)) for row in counted])
        found.append(EProcess(shapes, grid_logs, counted @ above, times, log_prior, np.log(protocol.weights)))
    return tuple(found)


def _place(quarter: Quarter) -> int:
    return quarter.year.start * QUARTERS_IN_A_YEAR + quarter.number


def _log_prior(standard_deviation: float, one_sided: bool) -> np.ndarray:
    logs = -((GRID / standard_deviation) ** 2) / 2
    if one_sided:
        logs[GRID > 0] = -np.inf
        logs[GRID == 0] -= math.log(2)  # half of what equal chances weigh lies on either side
    return logs - np.logaddexp.reduce(logs)
