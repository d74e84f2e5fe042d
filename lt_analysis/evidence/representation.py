"""Who works at each band: summaries of the staff of a day, with the counts that they are worked out from.

Nobody decided who is at which band on a day, so a share is described, beside that of all the staff of whom these are a
part, and never set beside chance.
"""

from dataclasses import dataclass
from math import ceil, exp, log, sqrt

from scipy.special import bdtrc, ndtri

from lt_analysis.evidence.interval import ConfidenceInterval
from lt_analysis.evidence.relative_likelihood import Share
from lt_analysis.evidence.share_change import part_beside_whole

ROUNDING = 1e-9  # of floating point: a whole number that was worked out is that number


@dataclass(frozen=True)
class AtBand:
    """A group's part of the staff of some bands, beside its part of all staff, those of unknown ethnicity in neither.

    Indicator 1 of the Workforce Race Equality Standard sets the one beside the other.

    >>> AtBand(Share(30, 100), Share(240, 400)).short_of_parity  # 60 of the 100 would be 60%, as of all staff
    30
    """

    here: Share
    of_all: Share

    def __post_init__(self):
        if self.here.people > self.of_all.people or self.here.successful > self.of_all.successful:
            raise ValueError("the staff of some bands are a part of all staff")

    @property
    def at_parity(self) -> float:
        """How many of the group would be at these bands if their part of them were that of all staff."""
        return self.of_all.successful * self.here.people / self.of_all.people

    @property
    def short_of_parity(self) -> int:
        """How many people the group is short of that, in whole people; below 0 where there are more of it."""
        return round(self.at_parity - self.here.successful)

    @property
    def gap(self) -> float:
        """How much larger the group's part is at these bands than of all staff; below 0 where it is smaller.

        >>> round(AtBand(Share(30, 100), Share(240, 400)).gap, 2)
        -0.3
        """
        return self.here.share - self.of_all.share

    def confidence_interval(self, confidence: float = 0.95) -> ConfidenceInterval:
        """Return the likely range of that gap between a part of the staff and all of them.

        >>> low, high = AtBand(Share(56, 70), Share(104, 150)).confidence_interval()  # as `part_beside_whole`
        >>> round(low, 4), round(high, 4)
        (0.028, 0.1781)
        """
        return part_beside_whole(self.here, self.of_all, confidence)

    def short_of_parity_interval(self, confidence: float = 0.95) -> ConfidenceInterval:
        """Return the likely range of how many people the group is short of parity: that of the gap, in people.

        >>> low, high = AtBand(Share(56, 70), Share(104, 150)).short_of_parity_interval()
        >>> round(low, 1), round(high, 1)
        (-12.5, -2.0)
        """
        low, high = self.confidence_interval(confidence)
        return ConfidenceInterval(-high * self.here.people, -low * self.here.people)


@dataclass(frozen=True)
class StaffOfBand:
    """Staff of one pay band and kind of work, beside the group's part of all staff of known ethnicity, `of_all`.

    Indicator 1 of the Workforce Race Equality Standard is sent so: White, the group and those of unknown ethnicity, of
    each band, clinical and other staff apart. Of doctors and dentists the band is their grade.

    >>> band = StaffOfBand("8a", "clinical", white=60, group=30, unknown=10, of_all=Share(240, 400))
    >>> band.everybody, round(band.at.gap, 3), band.at.short_of_parity
    (100, -0.267, 24)
    """

    band: str
    work: str
    white: int
    group: int
    unknown: int
    of_all: Share

    @property
    def everybody(self) -> int:
        """Everybody there, those of unknown ethnicity too."""
        return self.white + self.group + self.unknown

    @property
    def at(self) -> AtBand:
        """The group's part of those of known ethnicity, beside its part of all staff."""
        return AtBand(Share(self.group, self.white + self.group), self.of_all)


@dataclass(frozen=True)
class SeatsHeld:
    """Members of an organisation's board who are in its return of staff, beside the group's part of all its staff.

    Indicator 9 of the Workforce Race Equality Standard sets the one beside the other for all members, for voting and
    for executive ones (`which`). Those of unknown ethnicity are among both: to drop them would raise both shares.

    >>> seats = SeatsHeld("voting", white=6, group=2, unknown=1, of_all=Share(200, 500))
    >>> seats.share, round(seats.gap, 3)
    (Share(successful=2, people=9), -0.178)
    """

    which: str
    white: int
    group: int
    unknown: int
    of_all: Share

    @property
    def share(self) -> Share:
        """How many of these members are of the group."""
        return Share(self.group, self.white + self.group + self.unknown)

    @property
    def gap(self) -> float:
        """How much larger the group's part is of these members than of all staff; below 0 where it is smaller."""
        return self.share.share - self.of_all.share


@dataclass(frozen=True)
class Homes:
    """Where the staff of some bands live: in Lambeth, in another of the six boroughs of South East London, or not.

    >>> homes = Homes("8+", lambeth=20, near=40, elsewhere=40, unknown=5)
    >>> homes.in_lambeth, homes.in_the_boroughs
    (Share(successful=20, people=100), Share(successful=60, people=100))
    """

    cut: str
    lambeth: int
    near: int
    elsewhere: int
    unknown: int

    @property
    def known(self) -> int:
        """Of how many it is known."""
        return self.lambeth + self.near + self.elsewhere

    @property
    def in_lambeth(self) -> Share:
        """How many of these live in Lambeth."""
        return Share(self.lambeth, self.known)

    @property
    def in_the_boroughs(self) -> Share:
        """How many of these live in one of the six boroughs."""
        return Share(self.lambeth + self.near, self.known)


@dataclass(frozen=True)
class WithoutOne:
    """A part of the people of several organisations, and how it reads without one of them, whose are `own`.

    Raises `ValueError` where that one has more people than all together.

    >>> parts = WithoutOne(together=Share(30, 100), own=Share(2, 20))
    >>> parts.others, round(parts.change, 2)
    (Share(successful=28, people=80), 0.05)
    """

    together: Share
    own: Share

    def __post_init__(self):
        if min(self.others.successful, self.others.people - self.others.successful) < 0:
            raise ValueError("one organisation has no more people than all together")

    @property
    def others(self) -> Share:
        """The same part of the people of the other organisations."""
        return Share(self.together.successful - self.own.successful, self.together.people - self.own.people)

    @property
    def change(self) -> float | None:
        """How much larger the share is without it; below 0 where it is smaller, None where nobody is left."""
        return self.others.share - self.together.share if self.others.people else None


@dataclass(frozen=True)
class NextAppointments:
    """How many of the next appointments at some bands would bring a group to its part of all staff, and how likely.

    As many people leave as are appointed, and those who leave are of the group as often as those in post. `so_far` are
    the appointments of a year, of which each of the next `years` is taken to have the same chances, and as many. Those
    of the group are taken to be as many in each: of the early ones some have left by the end.

    >>> coming = NextAppointments(AtBand(Share(30, 100), Share(160, 400)), so_far=Share(6, 20))
    >>> coming.needed  # parity is 40 of the 100 posts; of the 30 in post 6 leave, so 16 of 20 would have to be
    16
    >>> round(coming.chance, 8)  # of 16 or more of 20, each with a chance of 6 in 20
    5.55e-06
    >>> NextAppointments(coming.at, coming.so_far, years=2).needed  # 19.2 of the 30 are left, and 11.56 a year are 20.8
    24
    """

    at: AtBand
    so_far: Share
    years: int = 1

    @property
    def number(self) -> int:
        """How many appointments there are: those of the year, and no more than there are posts, for each year."""
        return self._in_a_year * self.years

    @property
    def _in_a_year(self) -> int:
        return min(self.so_far.people, self.at.here.people)

    @property
    def needed(self) -> int:
        """How many of them would have to be of the group: 0 where nobody would, more than all where all are too few."""
        leaving = self._in_a_year / self.at.here.people  # the part that leaves in a year
        if not leaving:
            return max(0, ceil(self.at.at_parity - self.at.here.successful - ROUNDING))
        stay = (1 - leaving) ** self.years
        in_a_year = (self.at.at_parity - self.at.here.successful * stay) * leaving / (1 - stay)
        return max(0, ceil(in_a_year * self.years - ROUNDING))

    @property
    def chance(self) -> float:
        """The chance of so many or more, each appointment with the chance that the year's had."""
        if not 0 < self.needed <= self.number:
            return float(not self.needed)
        return float(bdtrc(self.needed - 1, self.number, self.so_far.share))


@dataclass(frozen=True)
class DisparityRatio:
    """NHS England's race disparity ratio: White staff above for each below, divided by the same of another group.

    Above 1, White staff are further up. Bands 5 and below are lower, 6 and 7 middle, 8a and above upper; doctors are in
    none. The ratio from lower to upper is the product of that from lower to middle and that from middle to upper.
    It divides counts by counts of other people, so it is no ratio of chances, and is that of the odds in a table of two
    by two. It is often turned round, or has very senior managers among the upper in one place and not in another.

    >>> lower_to_middle = DisparityRatio(white_below=40, white_above=60, group_below=80, group_above=60)
    >>> lower_to_middle.ratio  # 60 for each 40, and 60 for each 80: 1.5 and 0.75
    2.0
    """

    white_below: int
    white_above: int
    group_below: int
    group_above: int

    @property
    def _counts(self) -> tuple[int, int, int, int]:
        return self.white_below, self.white_above, self.group_below, self.group_above

    @property
    def ratio(self) -> float | None:
        """The ratio; None where one of the four has nobody."""
        if not all(self._counts):
            return None
        return self.white_above * self.group_below / (self.white_below * self.group_above)

    def confidence_interval(self, confidence: float = 0.95) -> ConfidenceInterval:
        """Return Woolf's interval of a ratio of odds (1955, Annals of Human Genetics 19:251-253).

        Raises `ValueError` where there is no ratio.

        >>> low, high = DisparityRatio(40, 60, 80, 60).confidence_interval()
        >>> round(low, 3), round(high, 3)
        (1.187, 3.37)
        """
        if self.ratio is None:
            raise ValueError("one of the four has nobody")
        deviations = ndtri(0.5 + confidence / 2) * sqrt(sum(1 / count for count in self._counts))
        middle = log(self.ratio)
        return ConfidenceInterval(exp(middle - deviations), exp(middle + deviations))
