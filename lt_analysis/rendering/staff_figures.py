"""Staff in post on a day, as figures that a page can name: at some bands, of known ethnicity, near home, and next.

`STAFF_FIGURES`, below, has the patterns of their names. What happened to staff is a measure (`measure_figures`).
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from lt_analysis.codebook.ethnicity import BME, REFERENCE, UNKNOWN
from lt_analysis.codebook.measures import APPOINTED, AT_HOME, BANDED, IN_POST, IN_THE_BOROUGHS, WHOLE
from lt_analysis.codebook.pay import DIVIDED_AT, ELSEWHERE, EVERYBODY, divided
from lt_analysis.codebook.periods import FinancialYear, parse_span
from lt_analysis.evidence.representation import AtBand, DisparityRatio, NextAppointments
from lt_analysis.release.figures import Number, PeopleTable, Release, Share
from lt_analysis.release.keys import ALL_BANDS, KNOWN
from lt_analysis.rendering.figure import Figure, Figures, Find, own, table_of
from lt_analysis.rendering.group_shares import GroupShare
from lt_analysis.rendering.measure_figures import FEWEST_FOR_A_RATIO, Among

# The bands below and above of each race disparity ratio, in order: the last is the product of the two before.
LOWER_AND_MIDDLE = ("1-7", "1-5", "6-7")
DISPARITIES = {
    "lower-middle": ("1-5", "6-7"),
    "middle-upper": ("6-7", ALL_BANDS),
    "lower-upper": ("1-5", ALL_BANDS),
}


@dataclass(frozen=True)
class InPost(Figure):
    """The group among the staff of some bands on a day, beside its part of all staff, or of all in that work."""

    NAME = "{table.name}/{cut}"

    table: PeopleTable
    cut: str

    @property
    def stage(self) -> str:
        """The stage of its numbers."""
        return self.table.numbers[0].key.stage

    @property
    def whole(self) -> str:
        """The cut that these bands are set beside: all staff, or all in that kind of work; empty where none is told."""
        work = self.cut.partition(DIVIDED_AT)[2]
        wholes = [f"{cut}{DIVIDED_AT}{work}" for cut in (EVERYBODY, BANDED)] if work else [WHOLE[self.stage]]
        return next((cut for cut in wholes if self.table.has(self.stage, BME, cut)), "")

    @property
    def shares(self) -> tuple[GroupShare, GroupShare]:
        """The group's share at these bands, and of the whole; where none is told, of themselves."""
        return tuple(GroupShare.of(self.table, self.stage, cut) for cut in (self.cut, self.whole or self.cut))

    @property
    def hidden(self) -> bool:
        """Whether one of its four numbers may not be shown."""
        return any(number.hidden for share in self.shares for number in (share.some, share.everybody))

    @property
    def beside_all(self) -> AtBand:
        """Its counts; needs all four of them."""
        return AtBand(*(share.share for share in self.shares))


@dataclass(frozen=True)
class NotStated(Figure):
    """Of how many of an organisation's staff ethnicity is not known, where that is published."""

    NAME = "{table.name}/unknown"

    table: PeopleTable

    @property
    def numbers(self) -> tuple[Number, Number]:
        """The staff of unknown ethnicity, and those of known."""
        stage = IN_POST.key
        return tuple(self.table.number(stage, group, WHOLE[stage]) for group in (UNKNOWN, KNOWN))

    @property
    def share(self) -> Share:
        """The part of all staff of whom it is not known; needs both numbers."""
        unknown, known = (number.people for number in self.numbers)
        return Share(unknown, unknown + known)


def not_stated(table: PeopleTable) -> NotStated | None:
    """Return of how many staff of a table ethnicity is not known; None where that is not published, or hidden."""
    there = table.has(IN_POST.key, UNKNOWN, WHOLE[IN_POST.key])
    return NotStated(table) if there and not any(number.hidden for number in NotStated(table).numbers) else None


@dataclass(frozen=True)
class LivesNear(Figure):
    """How many of a group's staff of some bands live in the six boroughs, of those whose borough is known."""

    NAME = "{table.name}/{kind}/{group}/lives"

    table: PeopleTable
    kind: str
    group: str

    @property
    def numbers(self) -> tuple[Number, Number]:
        """Who lives there, and who lives elsewhere."""
        stage = AT_HOME.key
        return tuple(
            self.table.number(stage, self.group, cut) for cut in divided(self.kind, (IN_THE_BOROUGHS, ELSEWHERE))
        )

    @property
    def hidden(self) -> bool:
        """Whether one of the two may not be shown."""
        return any(number.hidden for number in self.numbers)

    @property
    def share(self) -> Share:
        """The part that lives there; needs both numbers."""
        here, elsewhere = (number.people for number in self.numbers)
        return Share(here, here + elsewhere)


@dataclass(frozen=True)
class Coming(Figure):
    """Appointments like those of the year that ended on a day, and what it would take of them for a group's parity.

    `year` has them, None where none are published. `goal_by` is the year that a goal was declared for, if any was:
    where that is still to come, they are those of all years until its end, and else those of one year.
    """

    NAME = "{at.name}/next"

    at: InPost
    year: PeopleTable | None
    goal_by: FinancialYear | None = None

    @property
    def ended(self) -> FinancialYear:
        """The year that ended on the day."""
        return parse_span(self.at.table.span).before.year

    @property
    def until_goal(self) -> bool:
        """Whether they are those until the end of the year that a goal was declared for."""
        return self.goal_by is not None and self.goal_by.start > self.ended.start

    @property
    def years(self) -> int:
        """In how many years they are made."""
        return self.goal_by.start - self.ended.start if self.until_goal else 1

    @property
    def so_far(self) -> GroupShare:
        """The group's share of those appointed in the year."""
        return GroupShare.of(self.year, APPOINTED.key, self.at.cut)

    @property
    def instead(self) -> str:
        """Why nothing is worked out: none are published, or of others, or hidden, or few; empty where it can be."""
        if self.year is None:
            return "none"
        if self.year.members != self.at.table.members:
            return "others"
        shares = (*self.at.shares, self.so_far)
        if any(number.hidden for share in shares for number in (share.some, share.everybody)):
            return "hidden"
        return "" if all(share.shown for share in shares) else "few"

    @property
    def counts(self) -> NextAppointments:
        """What it takes; needs all numbers."""
        return NextAppointments(self.at.beside_all, self.so_far.share, self.years)


def coming(figures: Figures, at: InPost) -> Coming:
    """Return the appointments of the year that ended on a day, and of whom the goal asks until when."""
    years = figures.years if isinstance(figures, Release) else (figures.people, figures.before)
    found = Coming(at, None, figures.goal_by)
    return next((replace(found, year=year) for year in years if year and year.span == str(found.ended)), found)


@dataclass(frozen=True)
class Disparity(Figure):
    """A race disparity ratio of the staff of a day, from some bands to others."""

    NAME = "{table.who}/{table.span}/{which}/disparity"

    table: PeopleTable
    which: str

    @property
    def numbers(self) -> tuple[Number, ...]:
        """White staff below and above, and the group's."""
        cuts = DISPARITIES[self.which]
        return tuple(self.table.number(IN_POST.key, group, cut) for group in (REFERENCE, BME) for cut in cuts)

    @property
    def instead(self) -> str:
        """Why there is no ratio: some staff have no band, or a number is not shown, or is of few; empty if there is."""
        whole, *parts = LOWER_AND_MIDDLE
        for group in (REFERENCE, BME):
            found = [self.table.people_at(IN_POST.key, group, cut) for cut in (whole, *parts, ALL_BANDS)]
            if not all(self.table.has(IN_POST.key, group, cut) for cut in (whole, *parts, ALL_BANDS)):
                return "no bands"
            if None in found:
                return "hidden"
            if found[0] != found[1] + found[2]:
                return "no bands"
        return "few" if min(number.people for number in self.numbers) < FEWEST_FOR_A_RATIO else ""

    @property
    def counts(self) -> DisparityRatio:
        """The ratio with its counts; needs all of them."""
        return DisparityRatio(*(number.people for number in self.numbers))


def placed_by_pay(among: Among) -> list[str]:
    """Return the organisations of a table of staff some of whose own have no band, as far as that is published."""
    tables = {one.slug: table for one in own(among.release) for table in one.in_post if table.span == among.table.span}
    own_tables = ((slug, tables[slug]) for slug in among.table.members if slug in tables)
    return [slug for slug, table in own_tables if Disparity(table, "lower-upper").instead == "no bands"]


def _in_post(release: Release, who: str, span: str, cut: str, stock: str = IN_POST.key) -> InPost:
    return InPost(table_of(release, who, span, stock), cut)


STAFF_FIGURES: Mapping[str, Find] = {
    f"<who>/<span>/{IN_POST.key}/unknown": lambda release, who, span: not_stated(
        table_of(release, who, span, IN_POST.key)
    ),
    "<who>/<span>/<stock>/<cut>": _in_post,
    f"<who>/<span>/{IN_POST.key}/<cut>/next": lambda release, who, **at: coming(
        release.of(who), _in_post(release, who, **at)
    ),
    f"<who>/<span>/{AT_HOME.key}/<kind>/<group>/lives": lambda release, who, span, kind, group: LivesNear(
        table_of(release, who, span, AT_HOME.key), kind, group
    ),
    "<who>/<span>/<which>/disparity": lambda release, who, span, which: Disparity(
        table_of(release, who, span, IN_POST.key), which
    ),
}
