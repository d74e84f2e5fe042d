"""Pooled over vacancies but adjusted for them: Mantel-Haenszel estimates, which bear sparse tables.

They answer what the exact engine answers, approximately, and in ratios of shares too. Heterogeneity is asked
between organisations or bands, never between vacancies, which are too small to differ visibly.
"""

import math
from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
from scipy.special import chdtrc, log_ndtr, ndtri

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
    """The pooled odds ratio, White ÷ group, its interval, and the test of equal odds, plain and corrected.

    `p` is of the plain one, and `log_p` its logarithm, which is finite however far out the statistic lies.
    """

    ratio: float
    interval: ConfidenceInterval
    chi_squared: float
    chi_squared_corrected: float
    p: float
    log_p: float


def risk_ratio(draws: Iterable[Draw], confidence: float = 0.95) -> RiskRatio:
    """Return the Mantel-Haenszel ratio of shares, White ÷ group, over every draw with people of both groups.

    Its variance is Greenland and Robins's (1985, Biometrics 41:55-68), right for many small strata. Raises
    `ValueError` naming the first draw whose numbers are impossible.

    >>> berkeley = [Draw(933, 108, 601, 89), Draw(585, 25, 370, 17), Draw(918, 593, 322, 202)]
    >>> berkeley += [Draw(792, 375, 269, 131), Draw(584, 393, 147, 94), Draw(714, 341, 46, 24)]
    >>> round(1 / risk_ratio(berkeley).ratio, 6)  # admissions of 1973, women ÷ men; R: metafor::rma.mh
    1.058307
    """
    draws = Draws.of(draws)
    some = draws.where((draws.pool_in_group > 0) & (draws.pool_in_group < draws.pool))
    people, in_group, chosen, group_chosen = some.pool, some.pool_in_group, some.chosen, some.chosen_in_group
    white, white_chosen = people - in_group, chosen - group_chosen
    numerator, denominator = (white_chosen * in_group / people).sum(), (group_chosen * white / people).sum()
    if not numerator or not denominator:
        return RiskRatio(None, ConfidenceInterval(0.0, math.inf))
    spread = ((chosen * white * in_group - white_chosen * group_chosen * people) / people**2).sum()
    variance = spread / (numerator * denominator)
    reach = ndtri((1 + confidence) / 2) * math.sqrt(max(variance, 0.0))
    ratio = float(numerator / denominator)
    return RiskRatio(ratio, ConfidenceInterval(ratio * math.exp(-reach), ratio * math.exp(reach)))


def odds_ratio(strata: Iterable[Draw]) -> OddsRatio | None:
    """Return the Mantel-Haenszel odds ratio with Robins, Breslow and Greenland's interval (1986, Biometrics 42:311).

    None where it would be 0 or infinite. Raises `ValueError` naming the first stratum whose numbers are impossible.

    >>> odds_ratio([Draw(35, 10, 17, 2)]).ratio  # 15 of 25 and 2 of 10: 15 x 8 / (10 x 2)
    6.0
    """
    strata = Draws.of(strata)
    strata = strata.where(strata.informative)
    if not _pooled_odds_ratio(strata):
        return None
    from statsmodels.stats.contingency_tables import StratifiedTable  # a second, which few need spend

    table = StratifiedTable(_tables(strata))
    plain, corrected = table.test_null_odds(correction=False), table.test_null_odds(correction=True)
    low, high = table.oddsratio_pooled_confint()
    # Chi-squared of one degree of freedom is the square of a standard normal number.
    log_p = math.log(2) + float(log_ndtr(-math.sqrt(plain.statistic)))
    return OddsRatio(
        float(table.oddsratio_pooled),
        ConfidenceInterval(float(low), float(high)),
        float(plain.statistic),
        float(corrected.statistic),
        math.exp(log_p),  # statsmodels' own p value is 0 from a statistic of about 70
        log_p,
    )


def heterogeneity(strata: Iterable[Draw]) -> Heterogeneity:
    """Return Breslow and Day's test with Tarone's correction (1985, Biometrika 72:91-95) over large strata.

    A stratum that leaves only one outcome cannot differ, and is left out. statsmodels' own gives nan where the
    pooled odds ratio is 1, so the expected counts are worked out here. Raises `ValueError` naming the first stratum
    whose numbers are impossible.

    >>> test = heterogeneity([Draw(9, 4, 6, 1), Draw(18, 6, 10, 5)])  # 5/3 from expected; variances 40/81 and 80/81
    >>> test.strata, round(test.tarone, 6)
    (2, 8.4375)
    """
    strata = Draws.of(strata)
    strata = strata.where(strata.informative)
    pooled = _pooled_odds_ratio(strata)
    if len(strata) < 2 or not pooled:
        return Heterogeneity(len(strata))
    white, group, chosen = strata.pool - strata.pool_in_group, strata.pool_in_group, strata.chosen
    expected = _expected_white_successes(white, group, chosen, pooled)
    cells = (expected, white - expected, chosen - expected, group - chosen + expected)
    variance = 1 / sum(1 / cell for cell in cells)
    distance = chosen - strata.chosen_in_group - expected
    breslow_day = float((distance**2 / variance).sum())
    tarone = breslow_day - float(distance.sum() ** 2 / variance.sum())
    return Heterogeneity(len(strata), breslow_day, tarone, float(chdtrc(len(strata) - 1, tarone)))


def _pooled_odds_ratio(strata: Draws) -> float | None:
    """Return the Mantel-Haenszel odds ratio, White ÷ group; None where it would be 0 or infinite."""
    (white_chosen, white_not), (group_chosen, group_not) = _tables(strata)
    numerator = (white_chosen * group_not / strata.pool).sum()
    denominator = (white_not * group_chosen / strata.pool).sum()
    return float(numerator / denominator) if numerator and denominator else None


def _expected_white_successes(white: np.ndarray, group: np.ndarray, chosen: np.ndarray, ratio: float) -> np.ndarray:
    """Return the count in each stratum at which its odds ratio is `ratio`, its margins as they are."""
    if math.isclose(ratio, 1.0, abs_tol=1e-9):
        return white * chosen / (white + group)
    a, b, c = ratio - 1, -(ratio * (white + chosen) + group - chosen), ratio * white * chosen
    return 2 * c / (-b + np.sqrt(b * b - 4 * a * c))


def _tables(strata: Draws) -> np.ndarray:
    """Return 2 x 2 x strata: White and group by successful and not."""
    white, white_chosen = strata.pool - strata.pool_in_group, strata.chosen - strata.chosen_in_group
    group_not_chosen = strata.pool_in_group - strata.chosen_in_group
    return np.array([[white_chosen, white - white_chosen], [strata.chosen_in_group, group_not_chosen]], dtype=float)
