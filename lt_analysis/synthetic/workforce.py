"""Invented staff, what happened to them, what they answered, and what their organisation pledged.

Appointees who came from outside join the staff in the quarter in which they started work, so that the returns agree.
What happens to somebody in a financial year is decided at its start, or when they join, by their group, their grade of
then, and whether they are new. The odds of BME people, divided by those of White people, are in `truth.csv` for each
organisation and the kinds of event named there, at every grade at which it happens. For everything else they are 1:
whatever other difference shows is chance. Whoever gains a promotion has the next grade from then on. For what processes
were entered comes from a random stream of its own, on which nothing else depends.

An organisation has about as many staff at the end of a year as at its start. At Band 8 and above so many leave as are
appointed and promoted to it, on average: the chance of leaving there is what that takes. Whatever falls empty below is
filled in the quarter after; of those posts no return of recruitment tells. Who is there at first has the grades and, at
Band 8 and above, the ethnic groups of those who are appointed.

The board is of people at the top, more of them White than there, from a stream of its own: they keep their seats until
they leave, and somebody else takes the seat in the same quarter.

Doctors are staff as the others are, in the same returns, and leave and meet events by the same truths; no vacancy of
theirs is invented. `consultant` in `truth.csv` is the odds that a BME doctor is a consultant, divided by those of a
White doctor. They too come from a random stream of their own.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from itertools import count

import numpy as np
from scipy.optimize import brentq

from lt_analysis.codebook.leadership import OTHERS, SELF, TRAITS
from lt_analysis.codebook.pay import MEDICAL
from lt_analysis.codebook.periods import QUARTERS_IN_A_YEAR, FinancialYear, Quarter
from lt_analysis.codebook.returns import (
    ACTIONS,
    ANSWERED,
    EVENTS,
    FORMAL_CAPABILITY,
    ILL_HEALTH,
    MENTORING,
    PERFORMANCE,
    PROMOTION,
    STAFF,
    SURVEY,
    TRAITS_RATED,
    Return,
)

# What share of the staff below Band 8, and of the others, has which grade. The latter is about what remains so where
# appointments, promotions and leavers are as they are invented.
LOWER = {"5": 0.4, "6": 0.32, "7": 0.28}
SENIOR = {"8a": 0.42, "8b": 0.21, "8c": 0.1, "8d": 0.09, "9": 0.08, "VSM": 0.1}
CODES = "AAAAABCNMHJPLGRSZ"  # ethnic categories of staff below Band 8
# For how many days staff have been there at first, on average, below Band 8 and above; doctors as the former.
SERVED = {False: 3_000, True: 1_500}
LEAST_SERVED, MOST_SERVED = 30, 14_000
EMPTY = 0.029  # of all posts below Band 8, and of doctors' ones, when a quarter begins
SALARIES = {"5": 41_000, "6": 48_000, "7": 58_500, "8a": 67_500, "8b": 78_000, "8c": 92_000, "8d": 108_000}
TOP_SALARY = 131_000
IN_ORDER, RATES_OF_PAY = (*LOWER, *SENIOR), (*SALARIES.values(), TOP_SALARY)  # both from the lowest on
WORK = {"clinical": 0.55, "non-clinical": 0.45}
WHITE, NOT_STATED = ("A", "B", "C"), "Z"  # ethnic categories
# The share of White people who leave in a quarter, below Band 8; and of how many times as many of those who had joined
# in the twelve months before the financial year, at any grade.
LEAVERS, REASONS = 0.025, ("resigned", "resigned", "retired", "end of contract", "transfer")
NEW_LEAVE_MORE_OFTEN = 2
FEWEST_LEAVERS, MOST_LEAVERS = 0.002, 0.4  # between which that share lies at Band 8 and above
LEAVING, NEW_LEAVING = "left", "left soon after joining"  # what truth.csv calls them: the odds are those of a quarter
# The share of White people to whom it happens in a year, and between which values an organisation's odds ratio lies.
EVENTS_A_YEAR = {
    "non-mandatory training": 0.45,
    "promotion": 0.05,
    "formal disciplinary": 0.024,
    "formal capability": 0.012,
    "acting up": 0.05,
}
ODDS_RATIOS = {
    "formal disciplinary": (1.0, 2.5),
    "non-mandatory training": (0.4, 0.8),
    "formal capability": (1.0, 2.5),
    "promotion": (0.5, 0.9),
    LEAVING: (1.0, 1.5),
    NEW_LEAVING: (1.1, 1.7),
    "acting up": (0.5, 0.9),
}
NEVER_AT = dict.fromkeys(
    ("promotion", "acting up"), ("VSM", MEDICAL)
)  # grades at which it cannot happen: none is above
# Of doctors: their part of all staff where there are any, the share of White ones who are consultants, and between
# which values an organisation's odds ratio lies; what the others are, and what each is paid.
DOCTORS, CONSULTANTS, CONSULTANT = 0.12, 0.45, "consultant"
OF_DOCTORS = {CONSULTANT: (0.4, 0.8)}
OTHER_GRADES = {"trainee": 0.7, "non-consultant career grade": 0.2, "other": 0.1}
PAY_OF_DOCTORS = {CONSULTANT: 125_000, "trainee": 58_000, "non-consultant career grade": 82_000, "other": 76_000}
FIRST_DOCTOR = 50_000  # in references, far above all others
GRADE_NOT_SENT = 20  # of one doctor in so many
QUARTERS_OF_STAFF = 9  # the latest: they hold a whole financial year, with the staff at its start and at its end
SAID_YES = {
    "harassment by the public": 0.27,
    "harassment by staff": 0.22,
    "equal opportunities": 0.54,
    "discrimination": 0.1,
}
RESPONSE = 0.45
PLEDGES = (
    ("At least two members of every interview panel are trained in fair recruitment", "Director of people"),
    ("Every shortlist for a post at Band 8 or above is looked at before interviews", "Head of recruitment"),
    ("Exit interviews are offered to everyone who leaves", "Head of workforce"),
    ("The board discusses this audit each quarter", "Chair"),
    ("Posts at Band 8 and above are advertised for at least two weeks", "Head of recruitment"),
    ("Essential requirements are checked before a post is advertised", "Director of people"),
    ("Staff who act up are told of every post at that band", "Head of workforce"),
    ("Reasons are written down for every appointment", "Chief executive"),
)
# How an organisation's six stand at last, in the order in which they are due: one late, none, two.
STANDS = (
    ("under way", "done", "under way", "not started", "stopped", "under way"),
    ("done", "done", "under way", "not started", "stopped", "under way"),
    ("under way", "under way", "not started", "not started", "stopped", "under way"),
)
QUARTERS_OF_ACTIONS = 4
# Of each, how many of its three milestones were met in these quarters; the last of them has met none, ever.
MILESTONES = ((0, 0, 1, 1), (0, 1, 2, 3), (0, 0, 1, 2), (0, 0, 0, 0), (0, 1, 1, 1), (0, 0, 0, 0))
# Nobody has pledged anything about control systems or power structures, as the workshops found.
CHANGES = (
    *("rituals and routines", "organisational structures", "stories", "symbols", "rituals and routines"),
    "organisational structures",
)
SERVES = ("recruitment audit", "", "", "inequalities data", "", "cultural web")
NEEDS = ("A trainer for two days a month", "Somebody with authority over all panels", "")
OFFERS = ("The form, and how it was agreed", "")
# Pledged longer ago: the number of the quarter is of financial years before the latest that has ended.
OF_LONG_STANDING = {"owner_role": "Director of people", "milestones_done": 1, "milestones_all": 3}
STOOD_STILL = (
    (2, "", "P8", "stories", "race standards"),
    (1, "Everybody at Band 8 has a talk about their next post each year", "P9", "symbols", ""),
    (1, "Posts that nobody here applied for are looked at again", "P10", "stories", ""),
)
STALLS_LONGEST, GETS_ANOTHER_DATE, MOVES_AT_LAST = "P8", "P9", "P10"
BLOCKERS = ("authority", "staff", "money")  # of those, in the same order
TAKEN_UP = "nonesuch-hospitals P7"
SHARED_AT_LAST, REPLIED = "The questions that are asked", "Somebody has been found, and starts in October."
# What stalled longest is another action in each organisation, by the letters of its name: with who answers for it.
STALLED_LONGEST = (
    ("Band 8 posts have a panel member from another organisation", "Director of people", NEEDS[1]),
    ("Acting up to Band 8 is offered to everybody in the team", "Chief nurse", "Cover for the posts that fall empty"),
    (
        "Staff networks are asked before a senior post is written",
        "Head of recruitment",
        "An hour of each network",
    ),
    (
        "Every director has talked with three staff who did not get a post",
        "Chief executive",
        "Somebody to call on staff",
    ),
    ("Feedback is given to everybody who was interviewed for Band 8", "Director of people", NEEDS[0]),
)
# What was done, and the number that it was to move: in an organisation with many posts before the latest financial year
# began, of a number of which a change can be told from chance; in others a year later, so that it is too early to tell.
MANY_POSTS = 25
TO_MOVE = (
    ("Names are taken off applications before anybody is shortlisted", "shortlisting", "15 points"),
    ("Every panel asks everybody the same questions", "appointment", "5 points"),
)
# Of leaders: how many executives there are, how many pairs in a small organisation and in others; how many rate them.
EXECUTIVES, FEW_PAIRS, PAIRS, FEW_POSTS = 9, 3, 8, 15
RATED_BY = {SELF: (6, 10), OTHERS: (14, 60)}
GIVE_EACH = {SELF: (0.04, 0.1, 0.2, 0.42, 0.24), OTHERS: (0.09, 0.2, 0.27, 0.31, 0.13)}
ASKED_IN = (2, QUARTERS_IN_A_YEAR)  # quarters of a financial year
# Of a board: between how many executives and how many others it has, and how many of the former do not vote at most.
BOARD_OF, NOT_VOTING = {"executive": (4, 7), "non-executive": (4, 8)}, 2
TOP = ("9", "VSM")  # grades from which its members come
WHITE_SEATED = 2  # times as likely is a White person there to be taken for a seat


@dataclass(frozen=True)
class Size:
    """How large an organisation is: its Band 8+ vacancies in a quarter, and its staff below Band 8 and above."""

    posts: float
    lower: int
    senior: int


def odds_ratios(random: np.random.Generator, doctors: bool = False) -> dict[str, float]:
    """Return an organisation's truths: by kind of event, the odds of BME people divided by those of White people.

    Where it employs doctors, the last of them is that of being a consultant.
    """
    ranges = ODDS_RATIOS | (OF_DOCTORS if doctors else {})
    return {what: round(float(random.uniform(*between)), 2) for what, between in ranges.items()}


def workforce(
    slug: str,
    size: Size,
    applicants: Iterable[dict],
    periods: list[Quarter],
    truths: Mapping[str, float],
    random: np.random.Generator,
) -> dict[Quarter, dict[Return, list[dict]]]:
    """Invent the returns of the latest of some quarters in a row, from an organisation's applications of all of them.

    `truths` are its odds ratios by kind of event; it has doctors, beside the staff of its `size`, where there is one of
    consultants. Answers to the survey, which leaves doctors out, are sent with the last quarter of each financial year,
    actions and pairs of mentoring for the latest four quarters, and answers about traits twice a year. Actions of long
    standing are sent from further back.
    """
    joiners = [row for row in applicants if "started_on" in row and row["source"] == "external"]
    pledged = {period: _long_standing(slug, size.posts, period, periods[-1]) for period in periods}
    earlier = {period: {ACTIONS: rows} for period, rows in pledged.items() if rows}
    periods = periods[-QUARTERS_OF_STAFF:]
    # Of their own, so that all else is the same with and without them.
    answering, rating, telling, of_doctors, seating = random.spawn(5)
    of_actions, begins = periods[-QUARTERS_OF_ACTIONS:], periods[0].first_day
    others = _Others(slug, size, joiners, periods, truths, random)
    kinds = [_followed(others.first(begins), others, periods, truths, random, telling, _Board.invented(seating))]
    if CONSULTANT in truths:
        doctors = _Doctors(slug, round((size.lower + size.senior) * DOCTORS / (1 - DOCTORS)), truths, of_doctors)
        kinds.append(_followed(doctors.first(begins), doctors, periods, truths, of_doctors, of_doctors))
    returns = {}
    for period, *told in zip(periods, *kinds, strict=True):
        (people, _), *_ = told
        returns[period] = {kind: [row for some in told for row in some[place]] for place, kind in enumerate(SENT)}
        if period in of_actions:
            returns[period][ACTIONS] = _actions(slug, period, of_actions) + pledged[period]
            returns[period][MENTORING] = _mentoring(size.posts, period, of_actions)
            if period.number in ASKED_IN:
                returns[period][TRAITS_RATED] = _traits(period, rating)
        if period.number == QUARTERS_IN_A_YEAR:
            returns[period][SURVEY] = _survey([one for one in people if "left_on" not in one], answering)
    return {period: earlier.get(period, {}) | returns.get(period, {}) for period in {**earlier, **returns}}


SENT = (STAFF, EVENTS)
Planned = Mapping[Quarter, list[tuple[str, str]]]  # who meets which event


@dataclass
class _Board:
    """The seats of a board, and who holds each."""

    seats: Sequence[dict]
    holders: list[str]
    random: np.random.Generator

    @classmethod
    def invented(cls, random: np.random.Generator) -> "_Board":
        """Return a board of invented seats, all empty yet."""
        number = {role: int(random.integers(least, most + 1)) for role, (least, most) in BOARD_OF.items()}
        silent = int(random.integers(NOT_VOTING + 1))
        seats = [{"board_role": role, "board": "voting"} for role, some in number.items() for _ in range(some)]
        seats[:silent] = [seat | {"board": "non-voting"} for seat in seats[:silent]]
        return cls(seats, [""] * len(seats), random)

    def taken(self, staff: list[dict]) -> list[dict]:
        """Return the staff with those on the board, somebody else from the top in the place of each who has left."""
        there = {person["person"]: place for place, person in enumerate(staff) if "left_on" not in person}
        may = [
            name
            for name, place in there.items()
            if staff[place]["grade"] in TOP and staff[place]["salary"] >= TOP_SALARY and staff[place]["board"] == "no"
        ]
        staff = list(staff)
        for number, seat in enumerate(self.seats):
            if self.holders[number] not in there and may:
                weights = np.array([WHITE_SEATED if staff[there[name]]["ethnicity"] in WHITE else 1 for name in may])
                self.holders[number] = may.pop(int(self.random.choice(len(may), p=weights / weights.sum())))
                place = there[self.holders[number]]
                staff[place] = staff[place] | seat
        return staff


def _followed(
    staff: list[dict],
    kind: "_Others | _Doctors",
    periods: list[Quarter],
    truths: Mapping[str, float],
    random: np.random.Generator,
    telling: np.random.Generator,
    board: _Board | None = None,
) -> Iterator[tuple[list[dict], list[dict]]]:
    """Yield of each of some quarters who was on the staff in it, and what happened to them."""
    planned: dict[Quarter, list[tuple[str, str]]] = defaultdict(list)
    for period in periods:
        joined = kind.joined(period, staff)
        begins = period == periods[0] or period.year != period.previous.year
        if begins:
            staff = [person | {"decided_at": person["grade"]} for person in staff]
        _plan(planned, staff + joined if begins else joined, period, truths, random)
        staff = staff + joined
        _leave(staff, period, kind.senior_leavers(period, staff, planned), truths, random)
        events = _events(staff, planned[period], period, random)
        staff = _moved_up(staff, events)
        staff = board.taken(staff) if board else staff
        day = {"snapshot_on": period.last_day}
        yield [person | day for person in staff], _with_grounds(events, telling)
        staff = [person for person in staff if "left_on" not in person]


def _started_in(rows: Iterable[dict], period: Quarter) -> list[dict]:
    return [row for row in rows if period.first_day <= row["started_on"] <= period.last_day]


@dataclass
class _Others:
    """The staff of an organisation who are no doctors: who is there at first, who joins, and how many have to leave."""

    slug: str
    size: Size
    joiners: list[dict]
    periods: list[Quarter]
    truths: Mapping[str, float]
    random: np.random.Generator
    numbers: Iterator[int] = field(default_factory=count)
    posts: Counter = field(default_factory=Counter)  # below Band 8, by grade

    def first(self, begins: date) -> list[dict]:
        """Invent who is there when the first quarter begins."""
        appointed = [one["ethnicity"] for one in self.joiners if one["grade"] in SENIOR] or list(CODES)
        kinds = ((self.size.lower, LOWER, list(CODES)), (self.size.senior, SENIOR, appointed))
        staff = []
        for number, grades, codes in kinds:
            chosen = self.random.choice(list(grades), size=number, p=list(grades.values())).tolist()
            of_groups = self.random.choice(codes, size=number).tolist()
            since = _since(number, grades is SENIOR, begins, self.random)
            staff += map(self._person, chosen, of_groups, since)
        filled = Counter(person["grade"] for person in staff if person["grade"] in LOWER)
        self.posts = Counter({grade: round(number / (1 - EMPTY)) for grade, number in filled.items()})
        return staff

    def _person(self, grade: str, code: str, since: date) -> dict:
        return _person(self.slug, next(self.numbers), grade, code, since, self.random)

    def joined(self, period: Quarter, staff: list[dict]) -> list[dict]:
        """Invent who joins in a quarter: those who were appointed, and those who fill what is empty below Band 8."""
        appointed = [
            self._person(one["grade"], one["ethnicity"], one["started_on"]) | {"salary": one["salary_minimum"]}
            for one in _started_in(self.joiners, period)
        ]
        there = Counter(person["grade"] for person in staff + appointed)
        empty = [grade for grade, posts in self.posts.items() for _ in range(posts - there[grade])]
        codes = self.random.choice(list(CODES), size=len(empty)).tolist()
        days = self.random.integers((period.last_day - period.first_day).days + 1, size=len(empty)).tolist()
        since = (period.first_day + timedelta(days=day) for day in days)
        return appointed + list(map(self._person, empty, codes, since))

    def senior_leavers(self, period: Quarter, staff: list[dict], planned: Planned) -> float:
        """Return the share of White people at Band 8 and above, the new ones apart, who leave in a quarter.

        It is such that at the end of the financial year, or of the latest quarter, there are as many as there were at
        first, on average, if in each quarter that is left as many leave.
        """
        left = [quarter for quarter in self.periods if quarter >= period and quarter.year == period.year]
        grades = {person["person"]: person["grade"] for person in staff}
        there = sum(grade in SENIOR for grade in grades.values())
        there += sum(one["grade"] in SENIOR for quarter in left[1:] for one in _started_in(self.joiners, quarter))
        there += sum(
            event == PROMOTION and grades.get(person) == IN_ORDER[len(LOWER) - 1]
            for quarter in left
            for person, event in planned.get(quarter, ())
        )
        may = [person for person in staff if person["decided_at"] in SENIOR]
        leave = (there - self.size.senior) / len(left)

        def too_many(share: float) -> float:
            """Return by how many more people would leave, on average, than have to."""
            return float(_chances_of_leaving(may, period, share, self.truths).sum()) - leave

        if too_many(FEWEST_LEAVERS) >= 0:
            return FEWEST_LEAVERS
        return brentq(too_many, FEWEST_LEAVERS, MOST_LEAVERS) if too_many(MOST_LEAVERS) > 0 else MOST_LEAVERS


@dataclass
class _Doctors:
    """The doctors of an organisation, of whom there are about as many in every quarter."""

    slug: str
    number: int
    truths: Mapping[str, float]
    random: np.random.Generator
    numbers: Iterator[int] = field(default_factory=lambda: count(FIRST_DOCTOR))

    def first(self, begins: date) -> list[dict]:
        """Invent who is there when the first quarter begins."""
        return self._doctors(_since(self.number, False, begins, self.random))

    def joined(self, period: Quarter, staff: list[dict]) -> list[dict]:
        """Invent who joins in a quarter: as many as there are empty posts."""
        days = self.random.integers((period.last_day - period.first_day).days + 1, size=self._empty(staff))
        return self._doctors([period.first_day + timedelta(days=day) for day in days.tolist()])

    def _empty(self, staff: list[dict]) -> int:
        return max(0, round(self.number / (1 - EMPTY)) - len(staff))

    def senior_leavers(self, *_: object) -> float:
        """Return the share who leave of those at Band 8 and above, of whom there are none."""
        return LEAVERS

    def _doctors(self, since: list[date]) -> list[dict]:
        codes = self.random.choice(list("AAABCHHJLNRZ"), size=len(since)).tolist()
        numbers = [next(self.numbers) for _ in since]
        people = [
            _person(self.slug, number, MEDICAL, code, day, self.random)
            for number, code, day in zip(numbers, codes, since, strict=True)
        ]
        is_consultant = self.random.random(len(people)) < _chances(people, CONSULTANTS, self.truths[CONSULTANT])
        others_are = self.random.choice(list(OTHER_GRADES), size=len(people), p=list(OTHER_GRADES.values()))
        grades = np.where(is_consultant, CONSULTANT, others_are).tolist()
        return [
            person
            | {
                "work": MEDICAL,
                "salary": PAY_OF_DOCTORS[grade],
                "medical_grade": grade if number % GRADE_NOT_SENT else "",
            }
            for number, person, grade in zip(numbers, people, grades, strict=True)
        ]


def _since(number: int, senior: bool, begins: date, random: np.random.Generator) -> list[date]:
    """Return when so many people joined who are there when a quarter begins: many of them not long ago."""
    days = LEAST_SERVED + random.exponential(SERVED[senior], size=number)
    return [begins - timedelta(days=int(day)) for day in np.minimum(days, MOST_SERVED)]


# Where invented staff live, one after the other; of one in ten it was not sent.
HOMES = ("Lambeth", "Southwark", "Croydon", "Lambeth", "Lewisham", "Westminster", "Bromley", "", "Greenwich", "Bexley")


def _person(slug: str, number: int, grade: str, code: str, since: date, random: np.random.Generator) -> dict:
    return {
        "person": f"CANARY-{slug}-P{number + 1:05d}",
        "grade": grade,
        "decided_at": grade,  # by which it is decided what happens to somebody in the year; no return has it
        "salary": SALARIES.get(grade, TOP_SALARY),
        "staff_group": "administrative",
        "work": str(random.choice(list(WORK), p=list(WORK.values()))),
        "full_time_equivalent": float(random.choice([1, 1, 1, 0.8, 0.6])),
        "started_on": since,
        "ethnicity": code,
        "sex": str(random.choice(["female", "female", "male"])),
        "disability": str(random.choice(["no"] * 9 + ["yes"])),
        "home_borough": HOMES[number % len(HOMES)],
        "board": "no",
    }


def _leave(
    staff: list[dict],
    period: Quarter,
    senior_leavers: float,
    truths: Mapping[str, float],
    random: np.random.Generator,
) -> None:
    days = (period.last_day - period.first_day).days + 1
    for place in np.flatnonzero(random.random(len(staff)) < _chances_of_leaving(staff, period, senior_leavers, truths)):
        person = staff[place]
        day = max(person["started_on"], period.first_day + timedelta(days=int(random.integers(days))))
        staff[place] = person | {"left_on": day, "leaving_reason": str(random.choice(REASONS))}


def _chances_of_leaving(
    staff: list[dict], period: Quarter, senior_leavers: float, truths: Mapping[str, float]
) -> np.ndarray:
    begins = period.year.first_day
    is_new = np.array([begins.replace(year=begins.year - 1) <= one["started_on"] < begins for one in staff], dtype=bool)
    shares = np.where([one["decided_at"] in SENIOR for one in staff], senior_leavers, LEAVERS)
    of_others, of_new = (
        _chances(staff, shares * times, truths.get(event, 1.0))
        for times, event in ((1, LEAVING), (NEW_LEAVE_MORE_OFTEN, NEW_LEAVING))
    )
    return np.where(is_new, of_new, of_others)


def _plan(
    planned: dict[Quarter, list[tuple[str, str]]],
    people: list[dict],
    period: Quarter,
    truths: Mapping[str, float],
    random: np.random.Generator,
) -> None:
    """Decide what happens to people in the rest of a financial year, and in which of its quarters."""
    ahead = [quarter for quarter in period.year.quarters if quarter >= period]
    is_bme = np.array([person["ethnicity"] not in (*WHITE, NOT_STATED) for person in people], dtype=bool)
    for event, share in EVENTS_A_YEAR.items():
        odds = share / (1 - share) * np.where(is_bme, truths.get(event, 1.0), 1.0)
        may = np.array([person["decided_at"] not in NEVER_AT.get(event, ()) for person in people], dtype=bool)
        for place in np.flatnonzero(may & (random.random(len(people)) < odds / (1 + odds))):
            planned[ahead[int(random.integers(len(ahead)))]].append((people[place]["person"], event))


def _chances(people: list[dict], share: float | np.ndarray, odds_ratio: float) -> np.ndarray:
    """Return each person's chance: the share for White people, and for BME people the odds of that times the ratio.

    The share is one for all, or one for each.
    """
    is_bme = np.array([person["ethnicity"] not in (*WHITE, NOT_STATED) for person in people], dtype=bool)
    odds = share / (1 - share) * np.where(is_bme, odds_ratio, 1.0)
    return odds / (1 + odds)


def _events(
    staff: list[dict], planned: list[tuple[str, str]], period: Quarter, random: np.random.Generator
) -> list[dict]:
    """List what was planned of those who are still there, on a day between joining and leaving.

    Whoever is at the top by then, above where the year began for them, acts up no more.
    """
    there, rows = {person["person"]: person for person in staff}, []
    for reference, event in planned:
        if reference in there:
            since = max(there[reference]["started_on"], period.first_day)
            days = (there[reference].get("left_on", period.last_day) - since).days + 1
            row = {
                "person": reference,
                "event": event,
                "happened_on": since + timedelta(days=int(random.integers(days))),
            }
            grade = there[reference]["grade"]
            if grade in NEVER_AT.get(event, ()):
                continue
            row |= {"from_grade": grade, "to_grade": _next(grade)} if event == PROMOTION else {}
            rows.append(row)
    return rows


def _next(grade: str) -> str:
    return IN_ORDER[IN_ORDER.index(grade) + 1]


def _moved_up(staff: list[dict], events: list[dict]) -> list[dict]:
    """Return the staff, those who gained a promotion with their new grade and the next rate of pay, if there is one."""
    grades = {row["person"]: row["to_grade"] for row in events if row["event"] == PROMOTION}
    return [
        person
        | {
            "grade": grades[person["person"]],
            "salary": min((pay for pay in RATES_OF_PAY if pay > person["salary"]), default=person["salary"]),
        }
        if person["person"] in grades
        else person
        for person in staff
    ]


def _with_grounds(events: list[dict], random: np.random.Generator) -> list[dict]:
    """Say of capability processes for what they were entered."""
    return [
        row | {"ground": str(random.choice([PERFORMANCE, PERFORMANCE, ILL_HEALTH]))}
        if row["event"] == FORMAL_CAPABILITY
        else row
        for row in events
    ]


def _survey(staff: list[dict], random: np.random.Generator) -> list[dict]:
    white = sum(person["ethnicity"] in WHITE for person in staff)
    groups = {"White": white, "BME": sum(person["ethnicity"] != NOT_STATED for person in staff) - white}
    answered = {group: int(random.binomial(people, RESPONSE)) for group, people in groups.items()}
    return [
        {"question": question, "ethnicity": group, "respondents": people, "yes": int(random.binomial(people, share))}
        for question, share in SAID_YES.items()
        for group, people in answered.items()
    ]


def _actions(slug: str, period: Quarter, periods: list[Quarter]) -> list[dict]:
    """Say how each of an organisation's pledges stands at the end of one of some quarters, of which some may be late.

    Some move, some stand still from the start, and some are given another date.
    """
    latest, number = periods[-1], sum(slug.encode())
    year, is_latest = latest.year.first_day, period == latest
    stands = STANDS[number // len(PLEDGES) % len(STANDS)]
    december, november = year.replace(month=12, day=31), year.replace(month=11, day=30)
    due = (year.replace(month=5, day=31), year.replace(month=6, day=30), december, latest.year.last_day)
    due = (*due, latest.year.last_day, latest.year.last_day if period in periods[-2:] else december)
    rows = []
    for place, last in enumerate(stands):
        action, owner = PLEDGES[(number + place) % len(PLEDGES)]
        done = last == "done"
        status = last if is_latest or last == "not started" else "under way"
        met = 0 if status == "not started" else MILESTONES[place][::-1][periods[::-1].index(period)]
        row = {
            "action": action,
            "owner_role": owner,
            "due_on": november if place == 3 and not (is_latest and number % 2) else due[place],
            "status": status,
            "status_on": period.last_day,
            "reference": f"P{place + 1}",
            "commitment": SERVES[place],
            "element": CHANGES[place],
            "milestones_done": met,
            "milestones_all": len(MILESTONES[0]) - 1,
            "needs": NEEDS[(number + place) % len(NEEDS)] if not done else "",
            "offers": OFFERS[(number + place) % len(OFFERS)] if done else "",
        }
        row |= {} if status == "not started" else {"started_on": periods[0].first_day}
        if done and is_latest:
            row |= {"evidence": "Board paper of July", "measure": "The share of shortlists that were looked at"}
            row |= {"direction": "up", "target": "All of them"} if number % 2 else {"measure": ""}
        if status == "stopped" and number % 2:
            row |= {"decided_by": "The board, in July"}
        rows.append({name: value for name, value in row.items() if value != ""})
    return rows


def _long_standing(slug: str, posts: float, period: Quarter, latest: Quarter) -> list[dict]:
    """Say how pledges of long standing stand at the end of a quarter: some that hardly move, and one that was done."""
    ended = latest.latest_complete_year
    number = sum(map(ord, slug))
    longest, role, need = STALLED_LONGEST[number % len(STALLED_LONGEST)]
    rows = []
    for (years, action, reference, element, serves), blocker in zip(STOOD_STILL, BLOCKERS, strict=True):
        since = FinancialYear(ended.start - years).quarters[-1]
        if period >= since:
            about = {"action": action, "reference": reference, "element": element, "status": "under way"}
            about |= {"started_on": since.first_day, "due_on": ended.last_day, "status_on": period.last_day}
            about |= {"blocker": blocker}
            if period > ended.quarters[-1] and reference == MOVES_AT_LAST:
                about |= {"milestones_done": 2, "offers": SHARED_AT_LAST}
                about |= {"adopted_from": TAKEN_UP} if number % 2 and slug not in TAKEN_UP else {}
            if period > ended.quarters[-1] and reference == GETS_ANOTHER_DATE and number % 2:
                about |= {"due_on": latest.year.last_day}
            if period == latest and reference == STALLS_LONGEST and number % 2:
                about |= {"reply": REPLIED}
            about |= {"commitment": serves} if serves else {}
            about |= {"action": longest, "owner_role": role, "needs": need} if reference == STALLS_LONGEST else {}
            rows.append(OF_LONG_STANDING | {"needs": NEEDS[1]} | about)
    begun = FinancialYear(ended.start - (posts >= MANY_POSTS))
    if period >= begun.quarters[-1]:
        action, measure, target = TO_MOVE[posts < MANY_POSTS]
        about = {"action": action, "reference": "P7", "status": "done", "measure": measure, "target": target}
        about |= {"direction": "down", "element": "rituals and routines", "commitment": "recruitment audit"}
        about |= {"started_on": begun.first_day, "due_on": begun.last_day, "status_on": begun.last_day}
        about |= {"evidence": "Invented board paper, page 3", "offers": OFFERS[0]}
        rows.append(OF_LONG_STANDING | about | {"milestones_done": OF_LONG_STANDING["milestones_all"]})
    return rows


def _mentoring(posts: float, period: Quarter, periods: list[Quarter]) -> list[dict]:
    """Say of each of an organisation's pairs how often it has met by the end of one of some quarters."""
    place, rows = periods.index(period), []
    for pair in range(FEW_PAIRS if posts < FEW_POSTS else PAIRS):
        # Every fourth has not met lately, and every third led something.
        met = period if pair % 4 else periods[max(place - 1, 0)]
        row = {
            "pair": f"M{pair + 1}",
            "executive_role": f"Invented executive {pair % EXECUTIVES + 1}",
            "executives": EXECUTIVES,
            "partner_group": ("BME", "White", "not known")[pair % 3],
            "started_on": periods[0].first_day,
            "last_met_on": met.first_day + timedelta(days=30 + pair),
            "meetings": 2 + place + pair % 3,
        }
        row |= {} if pair % 3 else {"actions_led": f"P{pair % 6 + 1}"}
        rows.append(row)
    return rows


def _traits(period: Quarter, random: np.random.Generator) -> list[dict]:
    """Invent how many gave each answer about each trait; whoever answered, answered of all six."""
    raters = {kind: int(random.integers(*between)) for kind, between in RATED_BY.items()}
    return [
        {"trait": trait, "rater_kind": kind, "asked_on": period.last_day}
        | dict(zip(ANSWERED, random.multinomial(raters[kind], GIVE_EACH[kind]).tolist(), strict=True))
        for trait in TRAITS
        for kind in RATED_BY
    ]
