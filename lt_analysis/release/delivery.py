"""How pledged actions stand by the rules, and what the releases remember of each: told beside what its partner says.

An action is followed from release to release by its reference, and without one by its words. Its first date stays: a
new date, other words or another role are no movement. What moves an action is a status that goes forward or a restart,
a milestone more than ever before, or evidence where there never was any.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from itertools import pairwise

from lt_analysis.codebook.periods import Quarter

LATE_START_DAYS = 90  # an action that was not started has fewer than these left
QUARTERS_TO_STALL = 2  # in a row without movement, about 180 days
MOVES_TO_STALL = 2  # of its date, with no movement between them
FORWARD = ("not started", "under way", "done")


class Stands(StrEnum):
    """A state that the rules set, by the words that pages have for it."""

    NOT_DUE = "not due"
    LATE_TO_START = "late to start"
    FIRST_REPORT = "first report"
    MOVING = "moving"
    QUIET = "quiet"
    STALLED = "stalled"
    DONE = "done"
    UNPROVEN = "done, unproven"
    STOPPED = "stopped, reason given"
    STOPPED_SILENTLY = "stopped, no reason given"
    OVERDUE = "overdue"


@dataclass(frozen=True)
class Report:
    """What was said of an action in one quarter's return. `evidence` and the like: whether any is given."""

    quarter: Quarter
    status: str
    due_on: date
    started_on: date | None = None
    milestones_done: int | None = None
    evidence: bool = False
    measure: bool = False
    decided_by: bool = False


History = Sequence[Report | None]  # of each release since the first that had the action; None where nothing was sent


def states_of(history: History, until: Quarter) -> tuple[Stands, ...]:
    """Return how an action stands at the end of a quarter: its state, and beside it that it is overdue.

    The history begins with a report.
    """
    told = [one for one in history if one]
    last, day = told[-1], until.last_day
    state = _state(history, told, day)
    settled = state in (Stands.DONE, Stands.UNPROVEN, Stands.STOPPED)
    overdue = not settled and min(told[0].due_on, last.due_on) < day
    return (state, Stands.OVERDUE) if overdue else (state,)


def _state(history: History, told: Sequence[Report], day: date) -> Stands:
    first, last = told[0], told[-1]
    match last.status:
        case "done":
            return Stands.DONE if last.evidence and last.measure else Stands.UNPROVEN
        case "stopped":
            return Stands.STOPPED if last.decided_by else Stands.STOPPED_SILENTLY
        case "not started":
            start_passed = last.started_on is not None and last.started_on < day
            few_days = (min(first.due_on, last.due_on) - day).days < LATE_START_DAYS
            return Stands.LATE_TO_START if start_passed or few_days else Stands.NOT_DUE
    return _under_way(history)


def _under_way(history: History) -> Stands:
    latest = len(history) - 1
    movements = [place for place in range(len(history)) if _moved(history[: place + 1])]
    since = max(movements, default=0)  # or the first report
    if since == latest:
        return Stands.MOVING if movements else Stands.FIRST_REPORT
    moves = sum(_date_moved(history[: place + 1]) for place in range(since, len(history)))
    stalled = latest - since >= QUARTERS_TO_STALL or moves >= MOVES_TO_STALL
    return Stands.STALLED if stalled else Stands.QUIET


def _moved(history: History) -> bool:
    """Return whether the last of some reports tells of movement."""
    *before, now = history
    before = [one for one in before if one]
    if now is None:
        return False
    if not before:
        begun = now.status == "under way" and now.started_on is not None
        return begun and now.quarter.first_day <= now.started_on <= now.quarter.last_day
    restarted = before[-1].status == "stopped" and now.status == "under way"
    milestones = (now.milestones_done or 0) > max(one.milestones_done or 0 for one in before)
    evidence = now.evidence and not any(one.evidence for one in before)
    return restarted or milestones or evidence or _rank(now) > max(map(_rank, before))


def _rank(report: Report) -> int:
    return FORWARD.index(report.status) if report.status in FORWARD else -1


def _date_moved(history: History) -> bool:
    """Return whether the last of some reports has a later date than any before it."""
    *before, now = history
    before = [one.due_on for one in before if one]
    return now is not None and bool(before) and now.due_on > max(before)


def dates_of(history: Iterable[Report | None]) -> tuple[date, ...]:
    """Return the dates by which an action was to be done, one after another: the first, and each new one."""
    dates = [one.due_on for one in history if one]
    return (*dates[:1], *(later for earlier, later in pairwise(dates) if later != earlier))


def flows(history: History, quarters: Sequence[Quarter]) -> Iterator[tuple[Quarter, Stands]]:
    """Yield each quarter at whose end the state of an action was another than the report before, and which."""
    before = None
    for place, quarter in enumerate(quarters):
        now = states_of(history[: place + 1], quarter)[0]
        if now != before:
            yield quarter, now
        before = now
