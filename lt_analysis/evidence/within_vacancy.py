"""Whether a group's successes are what a fair choice within each vacancy would give, exactly.

The group's total over draws is set beside its distribution at equal chances (Gastwirth 1984, Statistics in
Medicine 3:115-126). Odds ratios are White people's odds divided by the group's, within vacancies: above 1,
White people were more likely. Where one person is appointed from each shortlist, the odds ratio is how many
times as likely a White person was to be picked as a person of the group on the same shortlist.
"""

import math
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple, Self

from lt_analysis.evidence.draws import SAME_LIKELIHOOD, Draw, Draws
from lt_analysis.evidence.interval import ConfidenceInterval
from lt_analysis.evidence.null_distribution import NullDistribution


class ChanceRange(NamedTuple):
    """The range of a count that equal chances would often give, both ends included."""

    low: int
    high: int


@dataclass(frozen=True)
class WithinVacancies:
    """The group's total over draws, and what equal chances within each would give.

    `observed` is the group's successes over all draws; `vacancies` counts the draws, `informative` those that
    could have gone otherwise, and `nobody_chosen` those in which nobody of the two groups succeeded.

    >>> gastwirth = WithinVacancies.from_draws([Draw(27, 7, 4, 0), Draw(24, 7, 4, 0), Draw(23, 8, 2, 0)])
    >>> round(gastwirth.expected, 6), round(gastwirth.p_likelihood, 7)  # R: mantelhaen.test(exact = TRUE)
    (2.899356, 0.056255)
    """

    observed: int
    vacancies: int
    informative: int
    nobody_chosen: int
    null: NullDistribution

    @classmethod
    def from_draws(cls, draws: Iterable[Draw] | Draws) -> Self:
        """Return the comparison over draws. Raises `ValueError` naming the first whose numbers are impossible.

        >>> WithinVacancies.from_draws([Draw(3, 1, 1, 0), Draw(3, 0, 1, 0), Draw(3, 1, 0, 0)]).informative
        1
        """
        draws = Draws.of(draws)
        return cls(
            observed=int(draws.chosen_in_group.sum()),
            vacancies=len(draws),
            informative=int(draws.informative.sum()),
            nobody_chosen=int((draws.chosen == 0).sum()),
            null=NullDistribution.of(draws),
        )

    @property
    def expected(self) -> float:
        """The group's mean total at equal chances."""
        return self.null.mean()

    @property
    def standard_deviation(self) -> float:
        """The standard deviation of the group's total at equal chances."""
        return self.null.standard_deviation()

    def chance_range(self) -> ChanceRange:
        """Return the totals that equal chances usually give: at most 2.5% of the probability lies beyond either end.

        So a count below it is one that equal chances give at most 1 time in 40, and so is one above it.

        >>> WithinVacancies.from_draws([Draw(6, 3, 3, 0)]).chance_range()  # none and all three: 1 in 20 each
        ChanceRange(low=0, high=3)
        """
        return ChanceRange(*self.null.central_range())

    @property
    def could_tell(self) -> bool:
        """Whether any total that was possible lies outside the chance range."""
        low, high = self.chance_range()
        return low > self.null.least or high < self.null.most

    @property
    def place(self) -> str:
        """Where the observed total lies beside its range: fewer, fits or more; untold where none could lie outside."""
        if not self.could_tell:
            return "untold"
        low, high = self.chance_range()
        return "fewer" if self.observed < low else "more" if self.observed > high else "fits"

    @property
    def p_fewer(self) -> float:
        """The exact probability, at equal chances, of the observed total or a smaller one."""
        return min(1.0, self.null.fewer(self.observed))

    @property
    def p_more(self) -> float:
        """The exact probability, at equal chances, of the observed total or a larger one."""
        return min(1.0, self.null.more(self.observed))

    @property
    def p_central(self) -> float:
        """The two-sided exact p value: twice the smaller tail."""
        return min(1.0, 2 * min(self.p_fewer, self.p_more))

    @property
    def log_p_central(self) -> float:
        """The logarithm of `p_central`, which is finite where the value itself is too small for a computer's number."""
        return min(0.0, math.log(2) + min(self.null.log_fewer(self.observed), self.null.log_more(self.observed)))

    @property
    def p_likelihood(self) -> float:
        """The two-sided exact p value of Fisher's kind: the probability of all totals no likelier than the observed.

        As R's fisher.test and mantelhaen.test(exact = TRUE) define it.
        """
        pmf = self.null.pmf
        return min(1.0, float(pmf[pmf <= pmf[self.observed - self.null.first] * SAME_LIKELIHOOD].sum()))

    @property
    def mid_p(self) -> float:
        """The two-sided mid-p value: twice the smaller tail, half the observed total's probability in it.

        Source: Lancaster (1961, JASA 56:223-234). It is 1 where no draw is informative.
        """
        return float(self.null.mid_p_values[self.observed - self.null.first])

    @cached_property
    def odds_ratio(self) -> float | None:
        """The conditional maximum-likelihood odds ratio, White ÷ group; None where the data set no limit to it.

        It is the one at which the expected total is the observed one (Gart 1970, Biometrika 57:471-475).
        """
        if not self.null.least < self.observed < self.null.most:
            return None
        return math.exp(-self.null.log_odds_ratio_where(self.null.mean, self.observed))

    @property
    def median_unbiased_odds_ratio(self) -> float | None:
        """The odds ratio, White ÷ group, at which both mid-p tails are a half; None where there is none.

        Source: Rothman and Greenland, Modern Epidemiology, chapter on exact statistics; R's epitools::or.midp.
        """
        if not self.null.least < self.observed < self.null.most:
            return None
        return math.exp(-self._log_odds_ratio_where_fewer_is(self.observed, 0.5, half=True))

    def confidence_interval(self, confidence: float = 0.95, mid_p: bool = True) -> ConfidenceInterval:
        """Return the interval of the odds ratio, White ÷ group, by inverting both tails; with `mid_p` the mid-p ones.

        Where the observed total is the least that was possible, the upper limit is infinite; where it is the
        most, the lower limit is 0.

        >>> gastwirth = WithinVacancies.from_draws([Draw(27, 7, 4, 0), Draw(24, 7, 4, 0), Draw(23, 8, 2, 0)])
        >>> round(1 / gastwirth.confidence_interval().low, 5)  # group ÷ White; Agresti (2013) prints 0 to 0.78
        0.7795
        """
        tail = (1 - confidence) / 2
        low, high = 0.0, math.inf
        if self.observed < self.null.most:
            low = math.exp(-self._log_odds_ratio_where_fewer_is(self.observed, tail, half=mid_p))
        if self.observed > self.null.least:
            # As many or more are a tail of the chance exactly where fewer are the rest.
            below = self.observed if mid_p else self.observed - 1
            high = math.exp(-self._log_odds_ratio_where_fewer_is(below, 1 - tail, half=mid_p))
        return ConfidenceInterval(low, high)

    def _log_odds_ratio_where_fewer_is(self, total: int, probability: float, half: bool) -> float:
        return self.null.log_odds_ratio_where(
            lambda log_odds_ratio: self.null.log_odds_of_fewer(total, log_odds_ratio, half),
            math.log(probability / (1 - probability)),
        )
