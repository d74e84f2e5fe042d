"""Two groups of an organisation's own people in one decision, of one span or of two: for whoever asks a question.

A comparison holds its counts, and everything else is asked of them. People are compared with those who wanted the same
post, or who were in the same pay band and kind of work (of leaving, also in the same quarter and for as long), by the
exact engine of the audit; the relative likelihood of the standards, which adds everybody up, stands beside that.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import Self

from lt_analysis.codebook.characteristics import Characteristic
from lt_analysis.codebook.measures import Measure
from lt_analysis.evidence.appendix import HALF_AS_LIKELY
from lt_analysis.evidence.draws import Draw
from lt_analysis.evidence.gap_change import GapChange
from lt_analysis.evidence.interval import ConfidenceInterval
from lt_analysis.evidence.power import minimum_detectable_ratio, power
from lt_analysis.evidence.relative_likelihood import RelativeLikelihood, Share
from lt_analysis.evidence.trend import trend_within
from lt_analysis.evidence.within_vacancy import ChanceRange, WithinVacancies


@dataclass(frozen=True)
class Whose:
    """Whose people are compared, and of when: an organisation, by its folder and its name, and a span."""

    organisation: str
    name: str
    invented: bool
    span: str


@dataclass(frozen=True)
class Comparison:
    """The reference group and another one in a decision.

    `counts` names its White people after the first use of that ratio: here they are those of the reference group.
    `within` is None where only totals were sent. Where people are not taken one by one but several at a time, there is
    no range, no p and no power: what the engine takes for so many decisions were fewer.

    >>> from lt_analysis.codebook.characteristics import SEX
    >>> from lt_analysis.codebook.measures import APPOINTMENT
    >>> whose = Whose("ashbourne", "Ashbourne (invented)", True, "2025-26")
    >>> draws = [Draw(27, 7, 4, 0), Draw(24, 7, 4, 0), Draw(23, 8, 2, 0)]  # Gastwirth 1984
    >>> found = Comparison.of(whose, APPOINTMENT, SEX, "Women", draws)
    >>> found.share.successful, found.share.people, round(found.expected, 2), found.chance_range
    (0, 22, 2.9, ChanceRange(low=0, high=6))
    >>> round(found.p, 4), round(found.smallest_found, 1), round(found.halved_found, 2)
    (0.0513, 21.1, 0.13)
    """

    whose: Whose
    measure: Measure
    characteristic: Characteristic
    group: str
    counts: RelativeLikelihood
    within: WithinVacancies | None
    one_by_one: bool = True

    @classmethod
    def of(
        cls,
        whose: Whose,
        measure: Measure,
        characteristic: Characteristic,
        group: str,
        draws: Iterable[Draw],
        by_post: bool = True,
        compared: Iterable[Draw] | None = None,
    ) -> Self:
        """Return the comparison over draws; not `by_post`, they are whole returns, and nothing is compared.

        `compared` are finer draws of the same people, where these are compared in such.
        """
        draws = list(draws)
        pool, in_group, chosen, group_chosen = (sum(draw[place] for draw in draws) for place in range(4))
        counts = RelativeLikelihood(chosen - group_chosen, pool - in_group, group_chosen, in_group)
        within = WithinVacancies.from_draws(draws if compared is None else compared) if by_post else None
        return cls(whose, measure, characteristic, group, counts, within, measure.one_by_one)

    @property
    def share(self) -> Share:
        """How many of the group the decision took, of how many."""
        return self.counts.group_share

    @property
    def reference_share(self) -> Share:
        """How many of the reference group it took, of how many."""
        return self.counts.white_share

    @property
    def ratio(self) -> float | None:
        """The reference group's share divided by the group's, everybody added up; None where that cannot be told."""
        return self.counts.ratio

    def confidence_interval(self, confidence: float = 0.95) -> ConfidenceInterval:
        """Return the score interval of `ratio` (Miettinen and Nurminen 1985); it takes each person for a decision.

        Raises `ValueError` where people were not taken one by one: then it would be too narrow.

        >>> from lt_analysis.codebook.characteristics import SEX
        >>> from lt_analysis.codebook.measures import APPOINTMENT
        >>> whose = Whose("ashbourne", "Ashbourne (invented)", True, "2025-26")
        >>> totals = Comparison.of(whose, APPOINTMENT, SEX, "Women", [Draw(68, 34, 8, 1)], by_post=False)
        >>> round(totals.ratio, 1), round(totals.confidence_interval().low, 5)
        (7.0, 1.20857)
        """
        if not self.one_by_one:
            raise ValueError(f"no margin of error: in {self.measure.title.casefold()} several are taken at a time")
        return self.counts.confidence_interval(confidence)

    @property
    def expected(self) -> float | None:
        """How many of the group equal chances would have brought, on average; None where only totals were sent."""
        return self.within.expected if self.within else None

    @property
    def _tested(self) -> WithinVacancies | None:
        return self.within if self.one_by_one else None

    @property
    def chance_range(self) -> ChanceRange | None:
        """The counts of the group that equal chances usually give; at most 1 time in 40 a count lies below or above."""
        return self._tested.chance_range() if self._tested else None

    @property
    def p(self) -> float | None:
        """The exact p value: twice the smaller tail, so at most 0.05 exactly where the count is outside the range."""
        return self._tested.p_central if self._tested else None

    @property
    def odds_ratio(self) -> float | None:
        """The likeliest odds ratio within posts, reference ÷ group; None where the data set no limit to it."""
        return self._tested.odds_ratio if self._tested else None

    @cached_property
    def odds_interval(self) -> ConfidenceInterval | None:
        """The exact 95% interval of that odds ratio."""
        return self._tested.confidence_interval(mid_p=False) if self._tested else None

    @cached_property
    def smallest_found(self) -> float | None:
        """The smallest odds ratio, reference ÷ group, that the test finds 8 times in 10; None where none would be."""
        return minimum_detectable_ratio(self._tested.null) if self._tested else None

    @cached_property
    def halved_found(self) -> float | None:
        """How often the test finds that the group's odds are half the reference group's."""
        return power(self._tested.null, HALF_AS_LIKELY) if self._tested else None

    @property
    def place(self) -> str:
        """Where the count lies beside its range: below, within or above; `untold` where no count could lie outside."""
        if not self._tested or not self._tested.could_tell:
            return "untold"
        low, high = self.chance_range
        return "below" if self.share.successful < low else "above" if self.share.successful > high else "within"


@dataclass(frozen=True)
class Change:
    """The same comparison of an earlier span and of a later one.

    The gap is the reference group's share less the other group's. People of the two spans are taken for different
    ones. Raises `ValueError` where a group has nobody in one of them.
    """

    before: Comparison
    later: Comparison

    def __post_init__(self):
        self.gap  # noqa: B018  asked for at once, so that what cannot be compared is said here

    @property
    def gap(self) -> GapChange:
        """The gap's change, of everybody added up, with its test and its power."""
        return GapChange(self.before.counts, self.later.counts)

    @property
    def change(self) -> float:
        """How much larger the gap is later, as a share; below 0 where it is smaller."""
        return self.gap.change

    def confidence_interval(self, confidence: float = 0.95) -> ConfidenceInterval:
        """Return the interval of the change (Price and Bonett 2004).

        >>> from lt_analysis.codebook.characteristics import SEX
        >>> from lt_analysis.codebook.measures import APPOINTMENT
        >>> whose = Whose("ashbourne", "Ashbourne (invented)", True, "2025-26")
        >>> draws = [Draw(400, 200, 120, 40)], [Draw(400, 200, 150, 70)]
        >>> change = Change(*(Comparison.of(whose, APPOINTMENT, SEX, "Women", one) for one in draws))
        >>> round(change.change, 2), round(change.confidence_interval().high, 2), round(change.p, 4)
        (-0.15, -0.02, 0.015)
        """
        return self.gap.confidence_interval(confidence)

    @cached_property
    def p(self) -> float | None:
        """The exact p value of one odds ratio within posts in both spans (Zelen 1971).

        None where only totals were sent, where people were not taken one by one, and where there are too many outcomes.
        """
        both = (self.before, self.later)
        if not all(one.within and one.one_by_one for one in both):
            return None
        return trend_within([one.within.null for one in both], [one.within.observed for one in both])

    @property
    def smallest_found(self) -> float:
        """The smallest change of the gap, either way, that its test finds 8 times in 10, as a share."""
        return self.gap.smallest_found()
