"""Invented staff, what happened to them, what they answered, and what their organisation pledged.

Appointees who came from outside join the staff in the quarter in which they started work, so that the returns agree.
What happens to somebody in a financial year is decided at its start, or when they join, by their group alone. The odds
of BME people, divided by those of White people, are in `truth.csv` for each organisation and the kinds of event named
there, at every grade at which it happens. For everything else they are 1: whatever other difference shows is chance.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import date, timedelta

import numpy as np

from lt_analysis.codebook.periods import QUARTERS_IN_A_YEAR, Quarter
from lt_analysis.codebook.returns import ACTIONS, EVENTS, STAFF, SURVEY, Return

STAFF_A_POST = 12  # members of staff for each Band 8+ vacancy of a quarter
GRADES = {"5": 0.3, "6": 0.24, "7": 0.2, "8a": 0.12, "8b": 0.06, "8c": 0.04, "8d": 0.02, "9": 0.01, "VSM": 0.01}
SALARIES = {"5": 41_000, "6": 48_000, "7": 58_500, "8a": 67_500, "8b": 78_000, "8c": 92_000, "8d": 108_000}
TOP_SALARY = 131_000
WORK = {"clinical": 0.55, "non-clinical": 0.45}
WHITE, NOT_STATED = ("A", "B", "C"), "Z"  # ethnic categories
LEAVERS, REASONS = 0.03, ("resigned", "resigned", "retired", "end of contract", "transfer")
LEAVING = "left"  # what truth.csv calls it: the odds are those of a quarter
# The share of White people to whom it happens in a year, and between which values an organisation's odds ratio lies.
EVENTS_A_YEAR = {
    "non-mandatory training": 0.45,
    "promotion": 0.06,
    "formal disciplinary": 0.024,
    "formal capability": 0.012,
}
ODDS_RATIOS = {
    "formal disciplinary": (1.0, 2.5),
    "non-mandatory training": (0.4, 0.8),
    "formal capability": (1.0, 2.5),
    "promotion": (0.5, 0.9),
    LEAVING: (1.0, 1.5),
}
NEVER_AT = {"promotion": ("VSM",)}  # grades at which it cannot happen: there is none above
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


def odds_ratios(random: np.random.Generator) -> dict[str, float]:
    """Return an organisation's truths: by kind of event, the odds of BME people divided by those of White people."""
    return {event: round(float(random.uniform(*between)), 2) for event, between in ODDS_RATIOS.items()}


def workforce(
    slug: str,
    posts: float,
    applicants: Iterable[dict],
    periods: list[Quarter],
    truths: Mapping[str, float],
    random: np.random.Generator,
) -> dict[Quarter, dict[Return, list[dict]]]:
    """Invent the returns of the latest of some quarters in a row, from an organisation's applications of all of them.

    `posts` are its Band 8+ vacancies in a quarter, on average, and `truths` its odds ratios by kind of event. Answers
    to the survey are sent with the last quarter of each financial year, and actions for the latest four quarters.
    """
    joiners = [row for row in applicants if "started_on" in row and row["source"] == "external"]
    periods = periods[-QUARTERS_OF_STAFF:]
    answering = random.spawn(1)[0]  # of its own, so that all else is the same with and without answers
    of_actions = periods[-QUARTERS_OF_ACTIONS:]
    staff = _staff(slug, round(posts * STAFF_A_POST), periods[0].first_day, random)
    returns, ever = {}, len(staff)
    planned: dict[Quarter, list[tuple[str, str]]] = defaultdict(list)
    for period in periods:
        new = [row for row in joiners if period.first_day <= row["started_on"] <= period.last_day]
        joined = [_joined(slug, ever + place, row, random) for place, row in enumerate(new)]
        begins = period == periods[0] or period.year != period.previous.year
        _plan(planned, staff + joined if begins else joined, period, truths, random)
        staff += joined
        ever += len(new)
        _leave(staff, period, truths, random)
        returns[period] = {STAFF: list(staff), EVENTS: _events(staff, planned[period], period, random)}
        staff = [person for person in staff if "left_on" not in person]
        if period in of_actions:
            returns[period][ACTIONS] = _actions(slug, period, of_actions)
        if period.number == QUARTERS_IN_A_YEAR:
            returns[period][SURVEY] = _survey(staff, answering)
    return returns


def _staff(slug: str, number: int, until: date, random: np.random.Generator) -> list[dict]:
    grades = random.choice(list(GRADES), size=number, p=list(GRADES.values())).tolist()
    codes = random.choice(list("ABCNMHJPLGRZ"), size=number).tolist()
    return [
        _person(
            slug, place, grades[place], codes[place], until - timedelta(days=int(random.integers(30, 9_000))), random
        )
        for place in range(number)
    ]


# Where invented staff live, one after the other; of one in ten it was not sent.
HOMES = ("Lambeth", "Southwark", "Croydon", "Lambeth", "Lewisham", "Westminster", "Bromley", "", "Greenwich", "Bexley")


def _person(slug: str, number: int, grade: str, code: str, since: date, random: np.random.Generator) -> dict:
    top = grade in ("9", "VSM")
    return {
        "person": f"CANARY-{slug}-P{number + 1:05d}",
        "grade": grade,
        "salary": SALARIES.get(grade, TOP_SALARY),
        "staff_group": "administrative",
        "work": str(random.choice(list(WORK), p=list(WORK.values()))),
        "full_time_equivalent": float(random.choice([1, 1, 1, 0.8, 0.6])),
        "started_on": since,
        "ethnicity": code,
        "sex": str(random.choice(["female", "female", "male"])),
        "disability": str(random.choice(["no"] * 9 + ["yes"])),
        "home_borough": HOMES[number % len(HOMES)],
        "board": str(random.choice(["voting", "non-voting", "no"])) if top else "no",
    }


def _joined(slug: str, number: int, applicant: dict, random: np.random.Generator) -> dict:
    grade, code = applicant["grade"], applicant["ethnicity"]
    return _person(slug, number, grade, code, applicant["started_on"], random) | {"salary": applicant["salary_minimum"]}


def _leave(staff: list[dict], period: Quarter, truths: Mapping[str, float], random: np.random.Generator) -> None:
    days = (period.last_day - period.first_day).days + 1
    for place in np.flatnonzero(random.random(len(staff)) < _chances(staff, LEAVERS, truths.get(LEAVING, 1.0))):
        person = staff[place]
        day = max(person["started_on"], period.first_day + timedelta(days=int(random.integers(days))))
        staff[place] = person | {"left_on": day, "leaving_reason": str(random.choice(REASONS))}


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
        may = np.array([person["grade"] not in NEVER_AT.get(event, ()) for person in people], dtype=bool)
        for place in np.flatnonzero(may & (random.random(len(people)) < odds / (1 + odds))):
            planned[ahead[int(random.integers(len(ahead)))]].append((people[place]["person"], event))


def _chances(people: list[dict], share: float, odds_ratio: float) -> np.ndarray:
    """Return each person's chance: the share for White people, and for BME people the odds of that times the ratio."""
    is_bme = np.array([person["ethnicity"] not in (*WHITE, NOT_STATED) for person in people], dtype=bool)
    odds = share / (1 - share) * np.where(is_bme, odds_ratio, 1.0)
    return odds / (1 + odds)


def _events(
    staff: list[dict], planned: list[tuple[str, str]], period: Quarter, random: np.random.Generator
) -> list[dict]:
    """List what was planned of those who are still there, on a day between joining and leaving."""
    there, rows = {person["person"]: person for person in staff}, []
    for reference, event in planned:
        if reference in there:
            since = max(there[reference]["started_on"], period.first_day)
            days = (there[reference].get("left_on", period.last_day) - since).days + 1
            rows.append(
                {
                    "person": reference,
                    "event": event,
                    "happened_on": since + timedelta(days=int(random.integers(days))),
                }
            )
    return rows


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
            "due_on": november if place == 3 and not is_latest else due[place],
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
