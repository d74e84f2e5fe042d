"""What was found out about each hidden number, judged by the rule, and what else gives it away.

**A large hidden number near 0 is no leak.** Hidden numbers are not only small ones: others are hidden so that those
cannot be worked out. If a hidden number must be 3 to 60, it may be 3, which is small, and cannot be 1; but only where
it *is* 3 or 4 has anything been learned about few people. Likewise 0 to 3 tells of few people only where there are any.
Who does not know the truth can therefore call a number narrowed only where it is certain to be small; the others that
are narrowed if they are small are `undecided`. Who knows the truth (a test, a benchmark) passes it, and is told which.

**What is public from elsewhere is no finding.** Where an organisation's own return says that three people came to a
stage, each part of them is at most three, whatever the pages hide: found out is only what the pages add to that.

**A number that no table hides may be large.** How many joined after the day is nowhere said to be hidden, so to work it
out tells of nobody else. Only where they are few has anything been learned.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from math import inf
from statistics import median_low

from lt_analysis.verification.bounds import Range
from lt_analysis.verification.statements import Derived, Publication

# Counts of 1 to 4 may not be found out: NHS Digital's rule for Hospital Episode Statistics before September 2018. A
# hidden one must look as if it could be any of 1 to 4, and also as if it need not be small, which 5 is not.
SMALLEST_SHOWN = 5
SMALL = range(1, SMALLEST_SHOWN)
MUST_BE_POSSIBLE = (1, SMALLEST_SHOWN)
ELSEWHERE = "elsewhere"  # in a release's place, where a number is public from elsewhere or would follow from such
ANYTHING = Range(0, inf)


@dataclass(frozen=True)
class Hidden:
    """A hidden number: its key, whose numbers it adds up, the first release that hides it, and its possible values.

    `without` are those that it would have if nothing were known but what is public from elsewhere. So many of
    its people are known `by_name`: what is found out is how many others there are.
    """

    key: str
    members: frozenset[str]
    release: str
    range: Range
    without: Range = ANYTHING
    by_name: int = 0

    def __str__(self) -> str:
        return f"{self.range}, of whom {self.by_name} are known by name" if self.by_name else str(self.range)

    @property
    def is_in_no_table(self) -> bool:
        """Whether nothing that is published says that it is hidden, and it would only follow from other numbers."""
        return self.release == ELSEWHERE

    @property
    def is_recovered(self) -> bool:
        """Whether only one value is possible."""
        return self.range.values == 1 and self.without.values > 1

    @property
    def is_certainly_small(self) -> bool:
        """Whether it must be one of the numbers that may not be found out."""
        return _is_small(self._others) and not _is_small(self._others_without)

    @property
    def is_narrowed_if_small(self) -> bool:
        """Whether, were it small, more would be known of it than the rule allows, and is from elsewhere."""
        may_be_small = any(value in self._others for value in SMALL)
        return may_be_small and not all(value in self._others for value in _must_be_possible(self._others_without))

    @property
    def finds_out(self) -> bool:
        """Whether anything is found out of it, or would be if it were small."""
        return self.is_recovered or self.is_certainly_small or self.is_narrowed_if_small

    @property
    def is_told_elsewhere(self) -> bool:
        """Whether, were it small, more would be known of it than the rule allows, and all that is from elsewhere."""
        may_be_small = any(value in self._others for value in SMALL)
        return (
            may_be_small and not self.is_narrowed_if_small and any(one not in self._others for one in MUST_BE_POSSIBLE)
        )

    def is_of_few(self, truth: Mapping[str, int]) -> bool:
        """Whether the others among its people are few in truth, or that is not known."""
        return truth.get(self.key, SMALL[0] + self.by_name) - self.by_name in SMALL

    @property
    def _others(self) -> Range:
        return self.range.less(self.by_name)

    @property
    def _others_without(self) -> Range:
        return self.without.less(self.by_name)


def _is_small(range_: Range) -> bool:
    return range_.least >= SMALL[0] and range_.greatest <= SMALL[-1]


def _must_be_possible(without: Range) -> tuple[float, ...]:
    """Return the values that must stay possible of a small number; of one that is known to be few already, its limits.

    Nobody is then to stay possible too where that is all that is known of them.
    """
    if all(value in without for value in MUST_BE_POSSIBLE):
        return MUST_BE_POSSIBLE
    return (max(without.least, 0), min(without.greatest, SMALLEST_SHOWN))


@dataclass(frozen=True)
class Contradiction:
    """One number with several values: where each stands."""

    key: str
    values: tuple[tuple[str, int], ...]

    def __str__(self) -> str:
        said = "; ".join(f"{value:,} in {place}" for place, value in self.values)
        return f"{self.key} has more than one value: {said}"


@dataclass(frozen=True)
class Attack:
    """All that an attack found. `truth` holds true values by key, where the attacker was given them to be judged by.

    `impossible` says of whom no numbers of people agree with what is published, so that nothing could be bounded.
    `elsewhere` are the keys of numbers that are public from elsewhere: to show these, however small, tells nothing.
    `few_more` are shown, and are few more than are known by name: how many, by key. `disbelieved` are the keys of
    numbers of whom more are said to be known by name than can be.
    """

    publication: Publication
    hidden: tuple[Hidden, ...]
    contradictions: tuple[Contradiction, ...] = ()
    betrayed: tuple[Derived, ...] = ()
    impossible: tuple[str, ...] = ()
    truth: Mapping[str, int] = field(default_factory=dict)
    elsewhere: frozenset[str] = frozenset()
    few_more: Mapping[str, int] = field(default_factory=dict)
    disbelieved: tuple[str, ...] = ()

    @property
    def recovered(self) -> tuple[Hidden, ...]:
        """Hidden numbers of which the exact value is known; of those in no table, only where it is small."""
        return tuple(one for one in self._worked_out if not one.is_in_no_table or one.range.least in SMALL)

    @property
    def followed(self) -> tuple[Hidden, ...]:
        """Numbers in no table of which the exact value is known, and is not small: nobody hides them."""
        return tuple(one for one in self._worked_out if one.is_in_no_table and one.range.least not in SMALL)

    @property
    def _worked_out(self) -> Iterator[Hidden]:
        return (one for one in self.hidden if one.is_recovered)

    @property
    def told_elsewhere(self) -> tuple[Hidden, ...]:
        """Hidden numbers that are small, or may be, of which too much is known, all of it from elsewhere."""
        return tuple(one for one in self.hidden if one.is_told_elsewhere and one.is_of_few(self.truth))

    @property
    def small_in_clear(self) -> tuple[str, ...]:
        """Numbers of few people that are shown, by key."""
        shown = {one.key for one in self.publication.statements if one.value in SMALL}
        return tuple(sorted(shown - self.elsewhere))

    @property
    def certainly_small(self) -> tuple[Hidden, ...]:
        """Hidden numbers that must be 1 to 4, though which of them is not known."""
        return tuple(one for one in self.hidden if one.is_certainly_small and not one.is_recovered)

    @property
    def narrowed(self) -> tuple[Hidden, ...]:
        """Hidden numbers that are small and of which more is known than the rule allows, as far as can be told."""
        return tuple(
            one
            for one in self.hidden
            if one.is_narrowed_if_small
            and (one.is_of_few(self.truth) if one.key in self.truth else one.is_certainly_small and not self.truth)
        )

    @property
    def undecided(self) -> tuple[Hidden, ...]:
        """Hidden numbers that are narrowed if they are small, where the truth is not known."""
        settled = {*self.recovered, *self.narrowed}
        return tuple(
            one for one in self.hidden if one.is_narrowed_if_small and one.key not in self.truth and one not in settled
        )

    @property
    def succeeded(self) -> bool:
        """Whether anything was found that should not be."""
        found = (
            *(self.small_in_clear, self.recovered, self.certainly_small, self.narrowed),
            *(self.contradictions, self.betrayed, self.few_more),
        )
        return any(found) or bool(self.impossible)

    def faults(self) -> Iterable[str]:
        """Say in one line each what was found that should not be."""
        for one in self.contradictions:
            yield str(one)
        for key in self.small_in_clear:
            yield f"{key} is shown, and is small"
        for key, others in self.few_more.items():
            yield f"{key} is shown, and is {others} more than are known by name"
        for about in self.impossible:
            yield f"no numbers of people agree with all that is published of {about}"
        for one in self.recovered:
            yield f"{one.key} is hidden and can be worked out: {one}"
        for one in self.certainly_small:
            yield f"{one.key} is hidden and must be small: {one}"
        said = {*self.recovered, *self.certainly_small}
        for one in (one for one in self.narrowed if one not in said):
            yield f"{one.key} is hidden, is small, and can only be {one}"
        for one in self.betrayed:
            yield f"{one.file} shows a figure worked out from numbers that are not all shown: {' '.join(one.keys)}"

    def summary(self, release: str) -> "Summary":
        """Count what a release shows, what it was the first to hide, and how wide the possible values are."""
        shown = {one.key for one in self.publication.statements if one.release == release and one.value is not None}
        hidden = [one for one in self.hidden if one.release == release]
        widths = [one.range.values for one in hidden]
        found = {*self.recovered, *self.certainly_small, *self.narrowed}.intersection(hidden)
        undecided = set(self.undecided).intersection(hidden)
        narrowest, middle = (min(widths), median_low(widths)) if widths else (None, None)
        return Summary(release, len(shown), len(hidden), len(found), len(undecided), narrowest, middle)


@dataclass(frozen=True)
class Summary:
    """A release in numbers. Widths are how many whole numbers lie from the least to the greatest possible value."""

    release: str
    shown: int
    hidden: int
    found_out: int
    undecided: int
    narrowest: float | None
    middle: float | None
