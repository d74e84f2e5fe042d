"""Whether the posts that count are like those that had to be set aside: where they are not, no verdict is given.

Leaving out is a way of choosing. One unreadable row in many posts where White people were appointed takes these posts
out of the count, and what is left tells of more appointments of others than there were. The two parts are compared by
the exact test of one odds ratio in two strata, given the total of both (Zelen 1971, Biometrika 58:129-137).
"""

from collections.abc import Iterable
from typing import NamedTuple

import duckdb
import numpy as np

from lt_analysis.codebook.ethnicity import BME
from lt_analysis.codebook.periods import QUARTERS_IN_A_YEAR, Quarter
from lt_analysis.evidence.draws import SAME_LIKELIHOOD, Draw
from lt_analysis.evidence.null_distribution import NullDistribution

LEAST_P = 0.01
ENDS = ("least", "most")


class Unlike(NamedTuple):
    """An organisation whose posts that count are unlike the others, over the four quarters that end with one."""

    organisation: str
    quarter: Quarter
    stage: str
    p: float


def p_of_one_odds_ratio(kept: Iterable[Draw], aside: Iterable[Draw]) -> float:
    """Return the exact probability, where both have one odds ratio, of a split of the total no likelier than this one.

    It is 1 where either part leaves only one outcome. Whatever the odds ratio is, it cancels. Raises `ValueError`
    naming the first draw whose numbers are impossible.

    >>> p = p_of_one_odds_ratio([Draw(8, 4, 3, 3)], [Draw(6, 3, 2, 0)])
    >>> round(p, 6)  # 4 x 3 of the (4 x 3) + (24 x 9) + (24 x 3) ways in which 3 of the 5 chosen are of the group
    0.04
    """
    kept, aside = list(kept), list(aside)
    first, second = NullDistribution.of(kept), NullDistribution.of(aside)
    observed = sum(draw.chosen_in_group for draw in kept)
    total = observed + sum(draw.chosen_in_group for draw in aside)
    low, high = max(first.first, total - int(second.totals[-1])), min(int(first.totals[-1]), total - second.first)
    of_kept = np.arange(low, high + 1)
    logs = first.log_pmf[of_kept - first.first] + second.log_pmf[total - of_kept - second.first]
    likely = np.exp(logs - logs.max())
    return float(min(1.0, likely[likely <= likely[observed - low] * SAME_LIKELIHOOD].sum() / likely.sum()))


def unlike_those_set_aside(connection: duckdb.DuckDBPyConnection, until: Quarter) -> list[Unlike]:
    """Return where the posts of `draws` are unlike those of `aside_draws`, at either end of what could not be read.

    Both are tables of the connection. Quarters after `until` are left out.

    >>> connection = duckdb.connect()
    >>> _ = connection.execute("CREATE TABLE aside_draws (organisation TEXT, period TEXT, stage TEXT, campaign TEXT)")
    >>> unlike_those_set_aside(connection, Quarter.parse("2026-27-Q2"))  # no post is set aside
    []
    """
    rows = connection.execute(
        "SELECT DISTINCT organisation, period, stage FROM aside_draws WHERE campaign = 'none' ORDER BY ALL"
    ).fetchall()
    unlike = []
    for organisation, period, stage in rows:
        quarter = Quarter.parse(period)
        if quarter > until:
            continue
        p = min(p_of_one_odds_ratio(*_both(connection, organisation, quarter, stage, end)) for end in ENDS)
        if p <= LEAST_P:
            unlike.append(Unlike(organisation, quarter, stage, p))
    return unlike


def _both(
    connection: duckdb.DuckDBPyConnection, organisation: str, quarter: Quarter, stage: str, end: str
) -> tuple[list[Draw], list[Draw]]:
    """Return the draws that count of four quarters, and those set aside."""
    periods = [str(quarter)]
    while len(periods) < QUARTERS_IN_A_YEAR:
        quarter = quarter.previous
        periods.append(str(quarter))
    named = {"organisation": organisation, "stage": stage, "periods": periods, "bme": BME}
    own = "organisation = $organisation AND stage = $stage AND period IN (SELECT unnest($periods::VARCHAR[]))"
    of = f"{own} AND campaign = 'none' AND basis = 'vacancy' AND group_name = $bme AND pool > 0"
    numbers = "SELECT pool, pool_in_group, chosen, chosen_in_group FROM"
    kept = connection.execute(f"{numbers} draws WHERE {of}", named).fetchall()
    aside = connection.execute(f"{numbers} aside_draws WHERE {of} AND stage_end = '{end}'", named).fetchall()
    return [Draw(*row) for row in kept], [Draw(*row) for row in aside]
