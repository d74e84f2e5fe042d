"""Pooled over vacancies but adjusted for them: Mantel-Haenszel estimates, which bear sparse tables.

They answer what the exact engine answers, approximately, and in ratios of shares too. Heterogeneity is asked
between organisations or bands, never between vacancies, which are too small to differ visibly.
"""

import math
from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
from scipy.special import ndtri
from statsmodels.stats.contingency_tables import StratifiedTable

from lt_analysis.evidence.draws import Draw, Draws
from lt_analysis.evidence.interval import ConfidenceInterval


@dataclass(frozen=True)
class RiskRatio:
    """The ratio of White people's share of success to the group's within vacancies; None where it has no value."""

    ratio: float | None
    interval: ConfidenceInterval


@dataclass(frozen=True)
class Heterogeneity:
    """Whether odds ratios differ between strata: Breslow-Day and Tarone statistics, with Tarone's p.

    `strata` says how many of the strata given could be compared; with fewer than two there is no answer.
    """

    strata: int
    breslow_day: float | None = None
    tarone: float | None = None
    p: float | None = None


@dataclass(frozen=True)
class OddsRatio:
    """The pooled odds ratio, White ÷ group, its interval, and the test of equal odds, plain and corrected."""

    ratio: float
    interval: ConfidenceInterval
    chi_squared: float
    chi_squared_corrected: float
    p: float


def risk_ratio(draws: Iterable[Draw], confidence: float = 0.95) -> RiskRatio:
    """Return the Mantel-Haenszel ratio of shares, White ÷ group.

    Its variance is Greenland and Robins's (1985, Biometrics 41:55-68), right for many small strata.
    """
    draws = Draws.of(draws)
    some = draws.where(draws.informative)
    people, in_group, chosen, group_chosen = some.pool, some.pool_in_group, some.chosen, some.chosen_in_group
    white, white_chosen = people - in_group, chosen - group_chosen
    one, other = (white_chosen * in_group / people).sum(), (group_chosen * white / people).sum()
    if not one or not other:
        return RiskRatio(None, ConfidenceInterval(0.0, math.inf))
    variance = ((chosen * white * in_group - white_chosen * group_chosen * people) / people**2).sum() / (one * other)
    reach = ndtri((1 + confidence) / 2) * math.sqrt(variance)
    ratio = float(one / other)
    return RiskRatio(ratio, ConfidenceInterval(ratio * math.exp(-reach), ratio * math.exp(reach)))


def odds_ratio(strata: Iterable[Draw]) -> OddsRatio:
    """Return the Mantel-Haenszel odds ratio with Robins, Breslow and Greenland's interval (1986, Biometrics 42:311)."""
    table = StratifiedTable(_tables(Draws.of(strata)))
    plain, corrected = table.test_null_odds(correction=False), table.test_null_odds(correction=True)
    low, high = table.oddsratio_pooled_confint()
    return OddsRatio(
        float(table.oddsratio_pooled),
        ConfidenceInterval(float(low), float(high)),
        float(plain.statistic),
        float(corrected.statistic),
        float(plain.pvalue),
    )


def heterogeneity(strata: Iterable[Draw]) -> Heterogeneity:
    """Return Breslow and Day's test with Tarone's correction (1985, Biometrika 72:91-95) over large strata.

    A stratum that leaves only one outcome cannot differ, and is left out.
    """
    strata = Draws.of(strata)
    strata = strata.where(strata.informative)
    if len(strata) < 2 or not _tables(strata).sum(axis=2).all():
        return Heterogeneity(len(strata))
    table = StratifiedTable(_tables(strata))
    tarone = table.test_equal_odds(adjust=True)
    breslow_day = float(table.test_equal_odds(adjust=False).statistic)
    return Heterogeneity(len(strata), breslow_day, float(tarone.statistic), float(tarone.pvalue))


def _tables(strata: Draws) -> np.ndarray:
    """Return 2 x 2 x strata: White and group by successful and not."""
    white, white_chosen = strata.pool - strata.pool_in_group, strata.chosen - strata.chosen_in_group
    group_not_chosen = strata.pool_in_group - strata.chosen_in_group
    return np.array([[white_chosen, white - white_chosen], [strata.chosen_in_group, group_not_chosen]], dtype=float)
