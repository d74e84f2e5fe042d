"""How much larger one share is than another, with its likely range: of two times, or of a part and its whole."""

from dataclasses import dataclass
from math import hypot

from lt_analysis.evidence.interval import ConfidenceInterval
from lt_analysis.evidence.relative_likelihood import Share


@dataclass(frozen=True)
class ShareChange:
    """The share of some people among all, before and later; the people of the two times are taken for different ones.

    Raises `ValueError` where there is nobody at one of the times, or more than all.

    >>> round(ShareChange(48, 80, 56, 70).change, 6)  # from 60% to 80%
    0.2
    """

    some_before: int
    all_before: int
    some_later: int
    all_later: int

    def __post_init__(self):
        pairs = (self.some_before, self.all_before), (self.some_later, self.all_later)
        if any(not 0 <= some <= everybody or not everybody for some, everybody in pairs):
            raise ValueError("there must be people at both times, and some of them are at most all")

    @property
    def change(self) -> float:
        """How much larger the share is later; below 0 where it is smaller."""
        return self.some_later / self.all_later - self.some_before / self.all_before

    def confidence_interval(self, confidence: float = 0.95) -> ConfidenceInterval:
        """Return Newcombe's score interval of a difference of shares (1998, Statistics in Medicine 17:873-890).

        It is his method 10, made of the Wilson intervals of the two shares; never beyond -1 and 1.

        >>> low, high = ShareChange(48, 80, 56, 70).confidence_interval()  # his table II
        >>> round(low, 4), round(high, 4)
        (0.0524, 0.3339)
        """
        before, later = Share(self.some_before, self.all_before), Share(self.some_later, self.all_later)
        was, is_ = before.confidence_interval(confidence), later.confidence_interval(confidence)
        share_before, share_later = self.some_before / self.all_before, self.some_later / self.all_later
        return ConfidenceInterval(
            self.change - hypot(share_later - is_.low, was.high - share_before),
            self.change + hypot(is_.high - share_later, share_before - was.low),
        )


def part_beside_whole(part: Share, whole: Share, confidence: float = 0.95) -> ConfidenceInterval:
    """Return the likely range of how much larger a share is among a part of some people than among all of them.

    The part and the whole have people in common, so two intervals beside each other would say too little. The
    difference is exactly (1 - the part's size) times that between the part and the rest, who are other people, and so
    is its range (Newcombe's score interval of that difference). Where the part is the whole there is none: 0 to 0.
    Raises `ValueError` where the part has more people than the whole, or nobody.

    >>> low, high = part_beside_whole(Share(56, 70), Share(104, 150))  # the rest: 48 of 80; his table II times 80/150
    >>> round(low, 4), round(high, 4)
    (0.028, 0.1781)
    """
    rest = whole.people - part.people
    if not rest:
        return ConfidenceInterval(0.0, 0.0)
    change = ShareChange(whole.successful - part.successful, rest, part.successful, part.people)
    low, high = change.confidence_interval(confidence)
    return ConfidenceInterval(low * rest / whole.people, high * rest / whole.people)
