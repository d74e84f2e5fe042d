"""How pledged actions stand by the rules, and what the releases remember of each: told beside what its partner says.

An action is followed from release to release by its reference, and without one by its words. Its first date stays: a
new date, other words or another role are no movement. What moves an action is a status that goes forward or a restart,
a milestone more than ever before, or evidence where there never was any.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, fields, replace
from datetime import date
from enum import StrEnum
from functools import cached_property
from itertools import pairwise

from lt_analysis.codebook.measures import Measure
from lt_analysis.codebook.periods import FinancialYear, Quarter
from lt_analysis.evidence.comparison import Comparison
from lt_analysis.release.approvals import OF_ACTIONS
from lt_analysis.release.evaluation import Evaluation, Named, Plan, Told, plan_of
from lt_analysis.release.files import Edition, PledgedAction

LATE_START_DAYS = 90  # an action that was not started has fewer than these left
QUARTERS_TO_STALL = 2  # without movement, about 180 days, however many reports were made in them
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
    SHOWS = "done, and it shows"
    NO_CHANGE = "done, no change seen"
    UNPROVEN = "done, unproven"
    STOPPED = "stopped, reason given"
    STOPPED_SILENTLY = "stopped, no reason given"
    OVERDUE = "overdue"


AT_REST = (Stands.STALLED, Stands.STOPPED, Stands.STOPPED_SILENTLY)
WITH_PROOF = (Stands.DONE, Stands.SHOWS, Stands.NO_CHANGE)
FINISHED = (*WITH_PROOF, Stands.UNPROVEN)
SAID_OF_DONE = {Told.SHOWS: Stands.SHOWS, Told.NO_CHANGE: Stands.NO_CHANGE}


class Became(StrEnum):
    """What an action came to be in a quarter, by the words that pages have for it."""

    STALLED = "stalled"
    RESTARTED = "restarted"
    DONE = "done"


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


DATED = ("due_on", "started_on", "milestones_done")
History = Sequence[Report | None]  # of each release since the first that had the action; None where nothing was sent


def states_of(history: History, quarters: Sequence[Quarter], numbers: Told | None = None) -> tuple[Stands, ...]:
    """Return how an action stands at the end of the last of some quarters: its state, and beside it that it is overdue.

    The history begins with a report, and `quarters` are those of its releases, which may lie years apart. `numbers` is
    what those say that it was to move, where it was to move any: they are asked only where it is done, with something
    to show for it.
    """
    told = [one for one in history if one]
    day = quarters[-1].last_day
    state = _state(history, quarters, told, day)
    if state == Stands.DONE:
        state = SAID_OF_DONE.get(numbers, state)
    settled = state in (*FINISHED, Stands.STOPPED)
    overdue = not settled and _soonest(told) < day
    return (state, Stands.OVERDUE) if overdue else (state,)


def became(before: Stands, now: Stands) -> Became | None:
    """Return what an action came to be from the end of one quarter to that of the next; None where none of the three.

    >>> became(Stands.STALLED, Stands.MOVING), became(Stands.UNPROVEN, Stands.DONE)
    (<Became.RESTARTED: 'restarted'>, None)
    """
    if now == Stands.STALLED != before:
        return Became.STALLED
    if now == Stands.MOVING and before in AT_REST:
        return Became.RESTARTED
    return Became.DONE if now in FINISHED and before not in FINISHED else None


def _soonest(told: Iterable[Report]) -> date:
    return min(one.due_on for one in told)


def _state(history: History, quarters: Sequence[Quarter], told: Sequence[Report], day: date) -> Stands:
    last = told[-1]
    match last.status:
        case "done":
            return Stands.DONE if last.evidence and last.measure else Stands.UNPROVEN
        case "stopped":
            return Stands.STOPPED if last.decided_by else Stands.STOPPED_SILENTLY
        case "not started":
            start_passed = last.started_on is not None and last.started_on < day
            few_days = (_soonest(told) - day).days < LATE_START_DAYS
            return Stands.LATE_TO_START if start_passed or few_days else Stands.NOT_DUE
    return _under_way(history, quarters)


def _under_way(history: History, quarters: Sequence[Quarter]) -> Stands:
    latest = len(history) - 1
    movements = [place for place in range(len(history)) if _moved(history[: place + 1])]
    since = max(movements, default=0)  # or the first report
    if since == latest:
        return Stands.MOVING if movements else Stands.FIRST_REPORT
    moves = sum(_date_moved(history[: place + 1]) for place in range(since, len(history)))
    stalled = _between(quarters[since], quarters[-1]) >= QUARTERS_TO_STALL or moves >= MOVES_TO_STALL
    return Stands.STALLED if stalled else Stands.QUIET


def _between(earlier: Quarter, later: Quarter) -> int:
    """Return how many quarters after another one a quarter is."""
    return 4 * (later.year.start - earlier.year.start) + later.number - earlier.number


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


@dataclass(frozen=True)
class Tracked:
    """A pledged action as releases remember it: what was said of it last, and how it stood in each.

    `key` tells it from all others, in later reports too. `last` has its words as far as they are approved, and `given`
    are the columns in which words were sent at all. `number` is its number among the actions of the report's own
    quarter; None where it is not among them. `quarters` are those of its `history`. `named` is what each report says
    that it is to move, and `evaluation` what is told of that.
    """

    key: str
    last: PledgedAction
    given: frozenset[str]
    history: tuple[Report | None, ...]
    quarters: tuple[Quarter, ...]
    number: int | None
    named: tuple[Named, ...] = ()
    evaluation: Evaluation | None = None

    @property
    def states(self) -> tuple[Stands, ...]:
        """How it stands at the end of the last of its quarters."""
        return states_of(self.history, self.quarters, self.evaluation and self.evaluation.told)

    def plan(self, quarters_left_out: int) -> Plan | None:
        """Return what it was to move, where it is done with something to show for it, and its first report says so."""
        is_done = states_of(self.history, self.quarters)[0] == Stands.DONE
        return plan_of(self.named, quarters_left_out) if is_done else None

    @property
    def state(self) -> Stands:
        """How it stands, whether or not it is overdue."""
        return self.states[0]

    @cached_property
    def became(self) -> dict[Quarter, Became | None]:
        """What it came to be in each of its quarters but the first, with which there is nothing to compare."""
        ends = ((self.history[:number], self.quarters[:number]) for number in range(1, len(self.quarters) + 1))
        states = [states_of(*end)[0] for end in ends]
        return dict(zip(self.quarters[1:], (became(*pair) for pair in pairwise(states)), strict=True))

    @property
    def overdue(self) -> bool:
        """Whether it is overdue, whatever else holds."""
        return Stands.OVERDUE in self.states

    @property
    def dates(self) -> tuple[date, ...]:
        """The first date by which it was to be done, and each new one."""
        return dates_of(self.history)

    @property
    def soonest_due_on(self) -> date:
        """The soonest of these, by which it is late."""
        return _soonest(one for one in self.history if one)

    @property
    def last_heard(self) -> Quarter:
        """The last quarter for which something was sent of it."""
        return max(one.quarter for one in self.history if one)

    @property
    def still_since(self) -> Quarter:
        """The quarter of its last movement, or of its first report where it never moved."""
        moved = [place for place in range(len(self.history)) if _moved(self.history[: place + 1])]
        return self.quarters[max(moved, default=0)]


@dataclass(frozen=True)
class ActionYear:
    """The year before a done action, or the year after it, of the measure that it named.

    `compared` is that measure, exactly; None where the year was not taken in whole.
    """

    action: Tracked
    measure: Measure
    year: FinancialYear
    compared: Comparison | None


@dataclass
class _Followed:
    """An action while releases are read: its reference, its words, and what each release had of it."""

    reference: str | None
    words: str | None
    found: dict[Quarter, tuple[int, PledgedAction]] = field(default_factory=dict)


Approved = Callable[[str, str, str, int], str | None]  # of a release, an organisation, a field and a number


def tracked(editions: Sequence[Edition], slug: str, approved: Approved) -> tuple[Tracked, ...]:
    """Return an organisation's actions as releases remember them, the first pledged first.

    The releases stand in the order of their quarters, and the last is the report's own. Of an action without a
    reference, whose words await approval, only what the report's own release says is known, for it cannot be told which
    one it was before.
    """
    followed: list[_Followed] = []
    for edition in editions:
        own = [one for one in edition.actions if one.organisation == slug]
        read = {number: _with_approved(one, edition, number, approved) for number, one in enumerate(own, start=1)}
        if edition != editions[-1]:
            read = {number: one for number, one in read.items() if one.reference or one.action}
        _follow(followed, edition.period, read)
    quarters = tuple(one.period for one in editions)
    return tuple(_tracked(one, f"{slug}.{place}", quarters) for place, one in enumerate(followed, start=1))


def _with_approved(action: PledgedAction, edition: Edition, number: int, approved: Approved) -> PledgedAction:
    awaited = [name for name in OF_ACTIONS if getattr(action, name) is None]
    return replace(action, **{name: approved(edition.label, action.organisation, name, number) for name in awaited})


def _follow(followed: list[_Followed], quarter: Quarter, read: dict[int, PledgedAction]) -> None:
    """Add a release's actions to those that are followed, each to the one that it is, or as a new one."""
    left = dict(read)
    for same in (_same_reference, _same_words):
        for number, action in list(left.items()):
            match = next((one for one in followed if quarter not in one.found and same(one, action)), None)
            if match:
                match.found[quarter] = number, left.pop(number)
                match.reference, match.words = action.reference or match.reference, action.action or match.words
    for number, action in left.items():
        followed.append(_Followed(action.reference, action.action, {quarter: (number, action)}))


def _same_reference(one: _Followed, action: PledgedAction) -> bool:
    return bool(action.reference) and bool(one.reference) and plain(action.reference) == plain(one.reference)


def _same_words(one: _Followed, action: PledgedAction) -> bool:
    told_apart = action.reference and one.reference
    return not told_apart and bool(action.action) and bool(one.words) and plain(action.action) == plain(one.words)


def plain(text: str) -> str:
    """Return words, or a reference, as they are compared: no matter how they are spaced, or in which case."""
    return " ".join(text.casefold().split())


def _tracked(one: _Followed, key: str, quarters: Sequence[Quarter]) -> Tracked:
    since = tuple(quarter for quarter in quarters if quarter >= min(one.found))
    last = one.found[max(one.found)][1]
    return Tracked(
        key=key,
        last=last,
        given=_given(last),
        history=tuple(_report(quarter, one.found[quarter][1]) if quarter in one.found else None for quarter in since),
        quarters=since,
        number=one.found[quarters[-1]][0] if quarters[-1] in one.found else None,
        named=tuple(_named(quarter, action) for quarter, (_, action) in sorted(one.found.items())),
    )


def _named(quarter: Quarter, action: PledgedAction) -> Named:
    return Named(quarter, **{name: getattr(action, name) for name in Named._fields[1:]})


def _given(action: PledgedAction) -> frozenset[str]:
    """Return which texts were sent of an action, whether or not they are approved."""
    return frozenset({name for name in OF_ACTIONS if getattr(action, name)} | {*(action.awaiting or "").split()})


def _report(quarter: Quarter, action: PledgedAction) -> Report:
    given = _given(action)
    kept = {one.name: getattr(action, one.name) for one in fields(Report) if one.name in ("status", *DATED)}
    return Report(quarter, **kept, **{name: name in given for name in ("evidence", "measure", "decided_by")})
