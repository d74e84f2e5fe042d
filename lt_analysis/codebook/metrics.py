"""What is asked of metrics of inequality: the axes by which they are broken down, and who is in which network.

The metrics themselves are no code: the partnership lists them (`collection/asked.py`).
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cache

from lt_analysis.codebook.ethnicity import BME, FIVE_GROUPS, REFERENCE, UNKNOWN
from lt_analysis.codebook.periods import FinancialYear, Quarter

EVERYBODY = ""  # the axis, and the group, of all people together
NOT_STATED = "not known"
SHARE, RATE, VALUE = "share", "rate", "value"  # the units of a metric
UP, DOWN = "up", "down"
DIVIDER = " | "  # between the reasons for which limits were calculated anew
TENTHS = tuple(map(str, range(1, 11)))
FIFTHS = TENTHS[:5]


@dataclass(frozen=True)
class Axis:
    """A way to break a metric down: its groups in order, and the coarser axis in which each of them has a place.

    `unstated` is its group of those of whom it is not known: there may be nobody in it.

    >>> AXES["deprivation tenth"].coarser, AXES["deprivation tenth"].becomes["3"]
    ('deprivation fifth', '2')
    """

    key: str
    groups: tuple[str, ...]
    unstated: str = NOT_STATED
    coarser: str = EVERYBODY
    becomes: Mapping[str, str] = field(default_factory=dict)


IN_TWO = "White and BME"
AXES: Mapping[str, Axis] = {
    axis.key: axis
    for axis in (
        # The Index of Multiple Deprivation, of where a person lives, within England: 1 is the most deprived.
        Axis(
            "deprivation tenth",
            (*TENTHS, NOT_STATED),
            coarser="deprivation fifth",
            becomes={tenth: FIFTHS[place // 2] for place, tenth in enumerate(TENTHS)} | {NOT_STATED: NOT_STATED},
        ),
        Axis("deprivation fifth", (*FIFTHS, NOT_STATED)),
        Axis(
            "ethnicity",
            (*FIVE_GROUPS, UNKNOWN),
            UNKNOWN,
            coarser=IN_TWO,
            becomes={one: one if one in (REFERENCE, UNKNOWN) else BME for one in (*FIVE_GROUPS, UNKNOWN)},
        ),
        Axis(IN_TWO, (REFERENCE, BME, UNKNOWN), UNKNOWN),
        Axis("sex", ("female", "male", NOT_STATED)),
        Axis("age", ("0-17", "18-39", "40-64", "65-79", "80 and over", NOT_STATED)),
    )
}


@cache
def split(numerator: int | None, denominator: int | None) -> tuple[int, int] | None:
    """Return of how many people it is so, and of how many not; None of a value, which counts nobody.

    >>> split(30, 40), split(None, None)
    ((30, 10), None)
    """
    return None if numerator is None or denominator is None else (numerator, denominator - numerator)


def forms_of(axis: str) -> tuple[str, ...]:
    """Return an axis and those that it can be made coarser to, the finest first; none of everybody.

    >>> forms_of("deprivation tenth"), forms_of("sex"), forms_of("")
    (('deprivation tenth', 'deprivation fifth'), ('sex',), ())
    """
    return (axis, *forms_of(AXES[axis].coarser)) if axis else ()


@dataclass(frozen=True)
class Metric:
    """A metric of the partnership's list; `good` is the direction that is better, and `target` is in its own unit.

    `axes` has the groups of each axis that it is asked by, without those of whom it is not known. A `rate` is `per` so
    many people. `number` is its place in the list, from 1. `name` is what sentences call it, where that is not its
    key. `rebase` has the quarters from which limits are calculated anew, each with why.
    """

    key: str
    number: int
    question: str
    definition: str
    alliance: str
    good: str
    unit: str
    axes: Mapping[str, tuple[str, ...]]
    source: str
    target: float | None = None
    per: int | None = None
    seasonal: bool = False
    rebase: Mapping[str, str] = field(default_factory=dict)
    name: str = ""

    def groups(self, axis: str) -> tuple[str, ...]:
        """Return the groups of an axis that it is asked by, or of a coarser one, with those who are not known.

        >>> metric = Metric("smears", 1, "", "", "", UP, SHARE, {"deprivation tenth": ("1", "2", "3")}, "")
        >>> metric.groups("deprivation tenth"), metric.groups("deprivation fifth"), metric.groups("")
        (('1', '2', '3', 'not known'), ('1', '2', 'not known'), ('',))
        """
        if not axis:
            return (EVERYBODY,)
        asked = next(one for one in self.axes if axis in forms_of(one))
        groups = (*self.axes[asked], AXES[asked].unstated)
        while asked != axis:
            groups = tuple(dict.fromkeys(AXES[asked].becomes[group] for group in groups))
            asked = AXES[asked].coarser
        return groups


@dataclass(frozen=True)
class Membership:
    """That a practice belongs to a network since a day, and how many people are registered with it."""

    practice: str
    network: str
    registered: int
    since: date


@dataclass(frozen=True)
class Asked:
    """What the partnership asks: its list of metrics, and the networks of practices. `invented`: by nobody real."""

    metrics: tuple[Metric, ...] = ()
    memberships: tuple[Membership, ...] = ()
    invented: bool = False

    def metric(self, key: str) -> Metric:
        """Return one metric; `KeyError` where the list has none such.

        >>> Asked().metric("smears")
        Traceback (most recent call last):
        KeyError: 'smears'
        """
        return {one.key: one for one in self.metrics}[key]

    def networks(self, quarter: Quarter) -> dict[str, Membership]:
        """Return the network of each practice: that of the first day of a financial year stands for all of it.

        A practice that had none on that day has its first of the year.

        >>> moved = [Membership("P1", one, 9, date(2026, month, 1)) for one, month in (("north", 4), ("south", 6))]
        >>> Asked(memberships=tuple(moved)).networks(Quarter.parse("2026-27-Q2"))["P1"].network
        'north'
        """
        found: dict[str, Membership] = {}
        year = quarter.year
        for one in sorted(self.memberships, key=lambda one: one.since):
            if one.since <= year.first_day or (one.since <= quarter.last_day and one.practice not in found):
                found[one.practice] = one
        return found

    def moved_within(self, year: FinancialYear) -> tuple[str, ...]:
        """Return the practices that changed their network within a year: it counts from the next year on.

        >>> moved = [Membership("P1", one, 9, date(2026, month, 1)) for one, month in (("north", 4), ("south", 6))]
        >>> Asked(memberships=tuple(moved)).moved_within(FinancialYear(2026))
        ('P1',)
        """
        first = self.networks(year.quarters[0])
        return tuple(
            one.practice
            for one in self.memberships
            if year.first_day < one.since <= year.last_day
            and one.practice in first
            and first[one.practice].network != one.network
        )
