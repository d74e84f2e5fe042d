"""What part the group is of the people at a stage: the figure that charts by band and by quarter draw."""

from dataclasses import dataclass, replace
from typing import Self

from lt_analysis.codebook.downloads import NOT_GIVEN
from lt_analysis.codebook.ethnicity import BME
from lt_analysis.codebook.words import NO_POSTS
from lt_analysis.release.figures import Number, PeopleTable, Share, range_beside
from lt_analysis.release.keys import ALL_BANDS, KNOWN
from lt_analysis.rendering.numbers import SMALLEST_BASE, percentage, whole

NOT_SHOWN = "not shown"
TOO_FEW = "too few people"


@dataclass(frozen=True)
class GroupShare:
    """What part of a stage's people of known ethnicity are of the group, or the words in its place.

    `whole` is the share of all those of whom they are a part, where it is set beside that.
    """

    some: Number
    everybody: Number
    share: Share | None
    instead: str
    whole: Share | None = None

    @classmethod
    def of(cls, table: PeopleTable, stage: str, band: str = ALL_BANDS) -> Self:
        """Return the share of a stage in a published table; of a hidden number, or of few people, why there is none."""
        some, everybody = (table.number(stage, group, band) for group in (BME, KNOWN))
        share = table.share(stage, BME, band)
        if share is None:
            return cls(some, everybody, None, NOT_SHOWN)
        if everybody.no_posts:
            return cls(some, everybody, None, NO_POSTS)
        return cls(some, everybody, share, TOO_FEW) if share.people < SMALLEST_BASE else cls(some, everybody, share, "")

    def beside(self, whole: Self) -> Self:
        """Return the share with the range that it has beside that of the people of whom these are a part."""
        return replace(self, whole=whole.share) if self.shown and whole.shown else self

    @property
    def shown(self) -> bool:
        """Whether there is a share to draw."""
        return not self.instead

    @property
    def name(self) -> str:
        """The name under which a page may carry it: the key of the group's number."""
        return str(self.some.key)

    @property
    def in_a_cell(self) -> str:
        """Its percentage with its margin of error, or the words in its place; empty where it is hidden."""
        if self.instead == NOT_SHOWN:
            return ""
        return NOT_GIVEN if self.instead == TOO_FEW else self.with_range

    @property
    def likely(self) -> tuple[float, float]:
        """Its margin of error: by itself, or beside the share of the whole that it is a part of."""
        if self.whole is None:
            return tuple(self.share.confidence_interval())
        return range_beside(self.share, self.whole)

    @property
    def in_short(self) -> str:
        """Its percentage, or the words in its place."""
        return self.instead or percentage(self.share.share)

    @property
    def in_words(self) -> str:
        """Its percentage with both counts, or the words in its place."""
        if not self.shown:
            return self.instead
        return f"{percentage(self.share.share)} ({whole(self.share.successful)} of {whole(self.share.people)})"

    @property
    def with_range(self) -> str:
        """Its percentage with its margin of error, or the words in its place."""
        if not self.shown:
            return self.instead
        low, high = self.likely
        return f"{percentage(self.share.share)} (margin of error {percentage(low)} to {percentage(high)})"
