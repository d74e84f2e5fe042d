"""What happened to an organisation's staff in a year, for its own eyes: frozen results, worked out from its counts.

Staff are compared within pay band and kind of work, among those who were there on the day before the year; of leaving
also within quarter and length of service. The ratio of the race equality standard is a summary beside that: it counts
whoever joined later too, and divides by the staff at the year's end.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from lt_analysis.codebook.ethnicity import BME, COMPARED_WITH_WHITE, REFERENCE, UNKNOWN
from lt_analysis.codebook.measures import ACCOUNT, LENGTHS_OF_SERVICE, Measure
from lt_analysis.codebook.pay import (
    BAND_8_AND_ABOVE,
    BAND_8_PLUS_TOTAL,
    BELOW_8A,
    BELOW_BAND_8,
    DIVIDED_AT,
    EVERYBODY,
    HOMES,
    MEDICAL,
    PARTS_OF_CUTS,
)
from lt_analysis.codebook.periods import Quarter, StaffDay
from lt_analysis.codebook.returns import MEDICAL_GRADES
from lt_analysis.evidence.draws import Draw
from lt_analysis.evidence.interval import ConfidenceInterval
from lt_analysis.evidence.relative_likelihood import RelativeLikelihood, Share
from lt_analysis.evidence.representation import Homes, SeatsHeld, StaffOfBand, WithoutOne
from lt_analysis.evidence.within_vacancy import ChanceRange, WithinVacancies

BANDS_IN_ORDER = (*BELOW_BAND_8, BELOW_8A, *BAND_8_AND_ABOVE, MEDICAL, *MEDICAL_GRADES)  # any other comes after them


def same_chance(counts: RelativeLikelihood) -> WithinVacancies:
    """Return what the same chance for everybody would give, all staff being compared at once.

    >>> round(same_chance(RelativeLikelihood(8, 40, 12, 60)).expected, 6)
    12.0
    """
    people, reached = counts.white_people + counts.group_people, counts.white_successful + counts.group_successful
    return WithinVacancies.from_draws([Draw(people, counts.group_people, reached, counts.group_successful)])


@dataclass(frozen=True)
class StaffOfGroup:
    """How many of a group were staff on a day, and to how many of them it happened in the year after: `reached`.

    It happened too to `joined`, who joined after the day, and to `unmatched`, whom no return of staff has.
    `at_the_end` are the group's staff on the year's last day; None where their return was not received. Of everybody
    to whom it happened it was for `performance`, or for `ill_health` alone, where returns say that: of capability.
    """

    people: int
    reached: int
    joined: int
    unmatched: int
    at_the_end: int | None
    performance: int = 0
    ill_health: int = 0

    @property
    def everybody(self) -> int:
        """Everybody to whom it happened in the year, whenever they joined."""
        return self.reached + self.joined + self.unmatched


@dataclass(frozen=True)
class BandOfWork:
    """White people and one other group in one pay band and kind of work, and to how many of them it happened.

    `draws` are those in which they were compared: that one, or several that are finer.
    """

    band: str
    work: str
    draw: Draw
    draws: tuple[Draw, ...]

    @property
    def expected(self) -> float:
        """To how many of the group it would have happened, on average, if chances had been equal."""
        return sum(one.chosen * one.pool_in_group / one.pool for one in self.draws)


@dataclass(frozen=True)
class OfService:
    """White and BME people who had been there for so long at the start of a quarter, and how many of them left in it.

    `draws` are those of each pay band and kind of work.
    """

    quarter: str
    service: str
    draws: tuple[Draw, ...]

    @property
    def added_up(self) -> Draw:
        """All of them together, which is no draw of its own: the counts alone."""
        return Draw(*map(sum, zip(*self.draws, strict=True)))

    @property
    def expected(self) -> float:
        """How many of the group would have left, on average, if chances had been equal."""
        return sum(one.chosen * one.pool_in_group / one.pool for one in self.draws)


@dataclass(frozen=True, eq=False)
class GroupWithin:
    """A group compared with White people within pay band and kind of work; `people` are the group's staff of the day.

    Where people are not taken each for themselves but several at a time, whole teams say, equal chances give an
    expected number and no range: what the engine takes for so many decisions were fewer.
    """

    group: str
    people: int
    within: WithinVacancies
    one_by_one: bool

    @property
    def chance_range(self) -> ChanceRange | None:
        """The counts that equal chances usually give; None where people were not taken each for themselves."""
        return self.within.chance_range() if self.one_by_one else None

    @property
    def place(self) -> str:
        """Where the count lies beside that range: fewer, fits or more; untold where no count could lie outside it."""
        return self.within.place if self.one_by_one else "untold"


@dataclass(frozen=True)
class StatutoryRatio:
    """The ratio of a race equality indicator: of everybody to whom it happened, by the staff at the year's end.

    Which group's share is divided by the other's is the measure's. People who left within the year are above the
    line and not below it, so there may be more above it.

    >>> from lt_analysis.codebook.measures import DISCIPLINARY, TRAINING
    >>> white, group = StaffOfGroup(2500, 15, 2, 0, 2505), StaffOfGroup(700, 9, 0, 0, 725)
    >>> round(StatutoryRatio(DISCIPLINARY, white, group).ratio, 2)  # 9/725 ÷ 17/2505
    1.83
    >>> round(StatutoryRatio(TRAINING, white, group).ratio, 2)  # 17/2505 ÷ 9/725
    0.55
    """

    measure: Measure
    white: StaffOfGroup
    group: StaffOfGroup

    @property
    def likelihood(self) -> RelativeLikelihood | None:
        """Its four counts; None where the staff at the end are not known, or are fewer than those it happened to."""
        sides = (self.white, self.group)
        if any(side.at_the_end is None or side.everybody > side.at_the_end for side in sides):
            return None
        return RelativeLikelihood(*(number for side in sides for number in (side.everybody, side.at_the_end)))

    @property
    def ratio(self) -> float | None:
        """The one share divided by the other, which may be above 1; None where it cannot be calculated."""
        above, below = (self.white, self.group) if self.measure.white_first else (self.group, self.white)
        if not above.at_the_end or not below.at_the_end or not below.everybody:
            return None
        return above.everybody * below.at_the_end / (above.at_the_end * below.everybody)

    @property
    def interval(self) -> ConfidenceInterval | None:
        """The ratio's score interval, which takes every person for a decision; None where they were not, or not known.

        It is turned round where the indicator divides by White people's share.
        """
        if not self.measure.one_by_one or self.likelihood is None or self.ratio is None:
            return None
        low, high = self.likelihood.confidence_interval()
        if self.measure.white_first:
            return ConfidenceInterval(low, high)
        return ConfidenceInterval(1 / high, 1 / low if low else float("inf"))


@dataclass(frozen=True, eq=False)
class Followed:
    """To whom of the staff of a day one kind of event happened in the year after it.

    `bands` hold White and BME people, `groups` the comparison of BME people and then of every single group. `services`
    are, of leaving, White and BME people by quarter and length of service; of anything else there are none.
    """

    measure: Measure
    span: StaffDay
    white: StaffOfGroup
    group: StaffOfGroup
    unknown: StaffOfGroup
    bands: tuple[BandOfWork, ...]
    groups: tuple[GroupWithin, ...]
    services: tuple[OfService, ...] = ()

    @property
    def within(self) -> GroupWithin:
        """BME people, compared within pay band and kind of work."""
        return self.groups[0]

    @property
    def chances(self) -> WithinVacancies:
        """What equal chances within pay band and kind of work would give BME people."""
        return self.within.within

    @property
    def likelihood(self) -> RelativeLikelihood:
        """The counts of White and BME people of the day."""
        return RelativeLikelihood(self.white.reached, self.white.people, self.group.reached, self.group.people)

    @property
    def statutory(self) -> StatutoryRatio:
        """The indicator's own ratio."""
        return StatutoryRatio(self.measure, self.white, self.group)

    @property
    def everybody(self) -> tuple[StaffOfGroup, ...]:
        """White people, BME people, and those of unknown ethnicity."""
        return self.white, self.group, self.unknown


def followed(
    measure: Measure, day: StaffDay, sums: Iterable[dict], draws: Iterable[dict], quarters: Iterable[dict] = ()
) -> Followed:
    """Return what happened to the staff of a day from rows of `staff_sums` and `staff_draws` of one kind of event.

    A measure that compares by the quarter does so in the rows of `staff_quarters`; who was staff the others say.

    >>> from lt_analysis.codebook.measures import DISCIPLINARY
    >>> numbers = dict.fromkeys(("joined", "unmatched", "at_the_end", "performance", "ill_health"), 0)
    >>> sums = [{"group_name": "White", "people": 5, "reached": 1} | numbers]
    >>> sums += [{"group_name": "BME", "people": 5, "reached": 2} | numbers]
    >>> sums += [{"group_name": "Unknown", "people": 0, "reached": 0} | numbers]
    >>> where = {"band": "6", "work": "clinical", "group_name": "BME"}
    >>> draws = [where | {"pool": 10, "pool_in_group": 5, "chosen": 3, "chosen_in_group": 2}]
    >>> found = followed(DISCIPLINARY, StaffDay.parse("2025-03-31"), sums, draws)
    >>> found.within.within.observed, found.within.within.expected, found.bands[0].expected
    (2, 1.5, 1.5)
    """
    of_group = {row["group_name"]: StaffOfGroup(*(row[name] for name in _NUMBERS)) for row in sums}
    draws, quarters = list(draws), list(quarters)
    compared: dict[tuple[str, str, str], list[Draw]] = defaultdict(list)
    for row in quarters if measure.by_quarter else draws:
        compared[row["group_name"], row["band"], row["work"]].append(_draw(row))
    by_group: dict[str, list[BandOfWork]] = defaultdict(list)
    for row in draws:
        group, *place = (row[name] for name in ("group_name", "band", "work"))
        by_group[group].append(BandOfWork(*place, _draw(row), tuple(compared[group, *place])))
    return Followed(
        measure,
        day,
        *(of_group[name] for name in (REFERENCE, BME, UNKNOWN)),
        bands=tuple(sorted(by_group[BME], key=_in_order)),
        groups=tuple(
            _within(group, by_group[group], measure)
            for group in COMPARED_WITH_WHITE
            if group == BME or any(one.draw.pool_in_group for one in by_group[group])
        ),
        services=tuple(_services(row for row in quarters if row["group_name"] == BME)),
    )


def _draw(row: dict) -> Draw:
    return Draw(*(row[name] for name in Draw._fields))


def _services(rows: Iterable[dict]) -> Iterator[OfService]:
    """Yield the draws of each quarter and length of service, in their order."""
    found: dict[tuple[str, str], list[Draw]] = defaultdict(list)
    for row in rows:
        found[row["quarter"], row["service"]].append(_draw(row))
    for quarter, service in sorted(found, key=lambda one: (one[0], LENGTHS_OF_SERVICE.index(one[1]))):
        yield OfService(quarter, service, tuple(found[quarter, service]))


_NUMBERS = ("people", "reached", "joined", "unmatched", "at_the_end", "performance", "ill_health")


def _in_order(one: BandOfWork | StaffOfBand) -> tuple[int, str, str]:
    place = BANDS_IN_ORDER.index(one.band) if one.band in BANDS_IN_ORDER else len(BANDS_IN_ORDER)
    return place, one.band, one.work


def _within(group: str, bands: list[BandOfWork], measure: Measure) -> GroupWithin:
    draws = [draw for one in bands for draw in one.draws]
    people = sum(one.draw.pool_in_group for one in bands)
    return GroupWithin(group, people, WithinVacancies.from_draws(draws), measure.one_by_one)


@dataclass(frozen=True)
class Account:
    """How the staff of a group, at some bands, became those at a year's end: how many of each part of `ACCOUNT`.

    >>> account = Account("White", "all", {"at_the_start": 5, "joined": 2, "went": 1, "at_the_end": 6})
    >>> account.of("joined"), account.of("set_apart"), account.balances
    (2, 0, True)
    """

    group: str
    cut: str
    numbers: Mapping[str, int]

    def of(self, part: str) -> int:
        """Return how many people a part counts."""
        return self.numbers.get(part, 0)

    @property
    def balances(self) -> bool:
        """Whether those at the start and who came are those at the end and who went."""
        came, went = (sum(map(self.of, parts)) for parts in (ACCOUNT.came, ACCOUNT.went))
        return self.of(ACCOUNT.start) + came == self.of(ACCOUNT.end) + went


@dataclass(frozen=True)
class InPartnership:
    """A released figure of the partnership's staff of a day, and how it reads without one of its organisations.

    Of a `measure` it is to how many of a group's staff it happened; without one, how many of the staff of a `cut` are
    of the group. `parts` is None where a number of the partnership is hidden.
    """

    day: StaffDay
    cut: str
    group: str
    parts: WithoutOne | None
    measure: Measure | None = None


def staff_of_bands(rows: Iterable[dict]) -> tuple[StaffOfBand, ...]:
    """Return the staff of each band and kind of work from rows of `staff_by_band` of a day, the lowest band first.

    >>> row = {"band": "6", "work": "clinical", "group_name": "White", "people": 3}
    >>> (found,) = staff_of_bands([row, row | {"group_name": "BME", "people": 1}])
    >>> found.white, found.group, found.unknown, found.at.gap
    (3, 1, 0, 0.0)
    """
    numbers: dict[tuple[str, str], dict[str, int]] = defaultdict(lambda: dict.fromkeys((REFERENCE, BME, UNKNOWN), 0))
    for row in rows:
        numbers[row["band"], row["work"]][row["group_name"]] += row["people"]
    white, group = (sum(one[name] for one in numbers.values()) for name in (REFERENCE, BME))
    of_all = Share(group, white + group)
    found = (StaffOfBand(*place, *some.values(), of_all) for place, some in numbers.items())
    return tuple(sorted(found, key=_in_order))


def seats_of(rows: Iterable[dict], bands: Iterable[StaffOfBand]) -> tuple[SeatsHeld, ...]:
    """Return the seats on a board from rows of `staff_board` of a day, beside all staff, who are those of its `bands`.

    All members come first; there are no voting or executive ones where no return says that anybody is.

    >>> row = {"board": "voting", "board_role": "executive", "group_name": "White", "people": 3}
    >>> bme = row | {"board": "non-voting", "board_role": "not known", "group_name": "BME", "people": 1}
    >>> bands = [StaffOfBand("6", "clinical", 60, 40, 0, Share(40, 100))]
    >>> [(one.which, one.share.successful, one.share.people) for one in seats_of([row, bme], bands)]
    [('members', 1, 4), ('voting', 0, 3), ('executives', 0, 3)]
    """
    rows, bands = list(rows), list(bands)
    of_all = Share(sum(one.group for one in bands), sum(one.everybody for one in bands))
    kinds = {
        "members": rows,
        "voting": [row for row in rows if row["board"] == "voting"],
        "executives": [row for row in rows if row["board_role"] == "executive"],
    }
    return tuple(
        SeatsHeld(which, *(_people_in(some, group) for group in (REFERENCE, BME, UNKNOWN)), of_all)
        for which, some in kinds.items()
        if some
    )


def _people_in(rows: Iterable[dict], group: str) -> int:
    return sum(row["people"] for row in rows if row["group_name"] == group)


def homes_of(rows: Iterable[dict]) -> tuple[Homes, ...]:
    """Return where all staff live, and those at Band 8 and above, from rows of `staff_in_post` of a day.

    >>> rows = [{"cut": "8+.lambeth", "people": 2}, {"cut": "1-7.elsewhere", "people": 3}]
    >>> [(one.cut, one.lambeth, one.elsewhere) for one in homes_of(rows)]
    [('all', 2, 3), ('8+', 2, 0)]
    """
    rows = [(*row["cut"].split(DIVIDED_AT), row["people"]) for row in rows]
    return tuple(
        Homes(
            cut,
            *(sum(people for kind, home, people in rows if home == one and kind in kinds) for one in HOMES),
        )
        for cut, kinds in ((EVERYBODY, PARTS_OF_CUTS[EVERYBODY]), (BAND_8_PLUS_TOTAL, (BAND_8_PLUS_TOTAL,)))
        if rows
    )


def together(bands: Iterable[StaffOfBand], band: str, work: str) -> StaffOfBand:
    """Return the staff of some bands added up, under a name of their own. Raises `ValueError` where there are none.

    >>> one = StaffOfBand("6", "clinical", 3, 1, 0, Share(2, 8))
    >>> together([one, StaffOfBand("7", "clinical", 1, 1, 2, Share(2, 8))], "all", "clinical").group
    2
    """
    bands = tuple(bands)
    if not bands:
        raise ValueError("there are no bands to add up")
    numbers = (sum(getattr(one, name) for one in bands) for name in ("white", "group", "unknown"))
    return StaffOfBand(band, work, *numbers, bands[0].of_all)


@dataclass(frozen=True, eq=False)
class ExactStaff:
    """An organisation's staff, and what happened to them, at the end of a quarter.

    `day` is that of the latest year of which all returns were received; None where there is no such year. `latest` is
    that of the latest year that had ended, and `missing` the returns which that one lacks. `followed` holds the kinds
    of event that the year's returns name: of any other it is not known whether it is sent. `accounts` say how the staff
    of the day became those at the year's end; there are none where the last return of staff was not received. `bands`
    are the staff of `in_post_day`, the last day of a year whose return of staff was received; None where none was.
    `in_partnership` holds the partnership's released figures that count this organisation too, `homes` where its staff
    of that day live, and `seats` who of them sits on the board.
    """

    slug: str
    name: str
    invented: bool
    quarter: Quarter
    day: StaffDay | None
    latest: StaffDay
    missing: tuple[str, ...]
    followed: tuple[Followed, ...]
    accounts: tuple[Account, ...] = ()
    in_post_day: StaffDay | None = None
    bands: tuple[StaffOfBand, ...] = ()
    in_partnership: tuple[InPartnership, ...] = ()
    homes: tuple[Homes, ...] = ()
    seats: tuple[SeatsHeld, ...] = ()

    def __repr__(self) -> str:
        return (
            f"<Restricted exact figures of the staff of {self.name}: {self.quarter}, 1 organisation>\n"
            "Ask for .day, .of(measure), .followed, .accounts or .bands; lt.compare(...) compares."
        )

    def of(self, measure: Measure) -> Followed | None:
        """Return what happened of one kind; None where no return of the year names it, or there is no year.

        >>> latest = StaffDay.parse("2025-03-31")
        >>> staff = ExactStaff("ashbourne", "Ashbourne", True, Quarter.parse("2025-26-Q4"), None, latest, (), ())
        >>> from lt_analysis.codebook.measures import TRAINING
        >>> staff.of(TRAINING) is None
        True
        """
        return next((one for one in self.followed if one.measure == measure), None)
