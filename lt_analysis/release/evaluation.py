"""Whether the number that a done action was to move has moved, by the rule that `protocol.yml` declares.

Only released numbers of whole financial years are looked at. What an action was to move, which way, how far, and when
it began are what the first report that had it says: whatever is named afterwards may have been named upon looking. The
year before and the year after follow from that, so nobody chooses them either. A gap may become smaller everywhere:
what is asked is whether it changed more than that of all other organisations. What is said is that a number moved,
never why.
"""

import re
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import astuple, dataclass, replace
from datetime import date
from enum import StrEnum
from typing import NamedTuple

from lt_analysis.codebook.measures import MEASURES, Measure
from lt_analysis.codebook.periods import FinancialYear, Quarter
from lt_analysis.codebook.protocol import DoneActions
from lt_analysis.evidence.families import adjusted_however_they_depend, strictest_level
from lt_analysis.evidence.gap_change import GapChange
from lt_analysis.evidence.relative_likelihood import RelativeLikelihood

POINTS = re.compile(r"(\d{1,2}(?:\.\d+)?)(?: ?(?:percentage )?points?)?")


class Told(StrEnum):
    """What the numbers of a done action say, by the words that pages have for it."""

    SHOWS = "it shows"
    NO_CHANGE = "no change seen"
    OTHER_WAY = "it moved the other way"
    TOO_FEW = "too few to tell"
    TOO_EARLY = "too early to tell"


class Named(NamedTuple):
    """What one report says that an action is to move: a number, which way, how far, and since when it is under way."""

    quarter: Quarter
    status: str
    started_on: date | None = None
    measure: str | None = None
    direction: str | None = None
    target: str | None = None


@dataclass(frozen=True)
class Plan:
    """What an action was to move: a measure's gap, `up` or `down`, by how much (a share; None where it is not said).

    The gap is White people's share less the other group's: `down` means that it becomes smaller. `before` and `after`
    are the years that are set beside each other.
    """

    measure: Measure
    direction: str
    target: float | None
    before: FinancialYear
    after: FinancialYear


@dataclass(frozen=True)
class Evaluation:
    """A plan, what the released numbers say of it, and these numbers; None where they are not all shown.

    `others` are all other organisations together, in the year before and in the year after.
    """

    plan: Plan
    told: Told
    before: RelativeLikelihood | None = None
    after: RelativeLikelihood | None = None
    others: tuple[RelativeLikelihood, RelativeLikelihood] | None = None


def plan_of(reports: Sequence[Named], quarters_left_out: int) -> Plan | None:
    """Return what a done action was to move; None where it is not done, or its first report does not say it.

    None too where a later report names another number, another way, or another distance.

    >>> first = Named(Quarter.parse("2024-25-Q3"), "under way", date(2024, 10, 1), "shortlisting", "down", "5 points")
    >>> plan = plan_of([first, first._replace(quarter=Quarter.parse("2025-26-Q1"), status="done")], 4)
    >>> str(plan.before), str(plan.after), plan.target  # July to September 2023 is the last that is not left out
    ('2022-23', '2026-27', 0.05)
    """
    first, last = reports[0], reports[-1]
    start = next((one.started_on for one in reports if one.started_on), None)
    measure = MEASURES.get((first.measure or "").strip().casefold())
    kept = {(one.measure, one.direction, one.target) for one in reports if one.measure}
    if last.status != "done" or not start or not measure or not first.direction or len(kept) > 1:
        return None
    before = Quarter.containing(start).previous
    for _ in range(quarters_left_out):
        before = before.previous
    undone = max((place for place, one in enumerate(reports) if one.status != "done"), default=-1)
    done = reports[undone + 1].quarter
    after = FinancialYear(done.year.start + 1)
    return Plan(measure, first.direction, _share(first.target), before.latest_complete_year, after)


def _share(target: str | None) -> float | None:
    """Return how far a gap is to move as a share; None where that is no number of percentage points above 0."""
    found = POINTS.fullmatch((target or "").strip().casefold())
    return float(found[1]) / 100 or None if found else None


Released = Callable[[str, Measure, FinancialYear], RelativeLikelihood | None]  # of an organisation


def evaluations(
    plans: Mapping[str, Plan], released: Released, organisations: Collection[str], until: Quarter, rule: DoneActions
) -> dict[str, Evaluation]:
    """Return what is told of each plan at the end of a quarter; `released` has an organisation's numbers of a year.

    A plan's key begins with its organisation. Its change is set beside that of all other organisations whose numbers
    are shown in both years. Those that can be asked at all are one family.
    """
    found = {
        key: _with_numbers(key.rpartition(".")[0], plan, released, organisations, until) for key, plan in plans.items()
    }
    changes = {key: GapChange(one.before, one.after, one.others) for key, one in found.items() if one.others}
    adjusted = adjusted_however_they_depend([one.p for one in changes.values()])
    level = strictest_level(len(changes), rule.false_discoveries) if changes else 0.0
    for (key, change), p in zip(changes.items(), adjusted, strict=True):
        plan = found[key].plan
        told = _told(plan, change, p <= rule.false_discoveries, level, rule.power)
        found[key] = replace(found[key], told=told)
    return found


def _with_numbers(
    own: str, plan: Plan, released: Released, organisations: Collection[str], until: Quarter
) -> Evaluation:
    if plan.after > until.latest_complete_year:
        return Evaluation(plan, Told.TOO_EARLY)
    years = {one: _both_years(one, plan, released) for one in organisations}
    if not years.get(own):
        return Evaluation(plan, Told.TOO_FEW)
    others = [pair for one, pair in years.items() if pair and one != own]
    together = tuple(map(_together, zip(*others, strict=True))) if others else None
    return Evaluation(plan, Told.TOO_FEW, *years[own], together)


def _both_years(
    organisation: str, plan: Plan, released: Released
) -> tuple[RelativeLikelihood, RelativeLikelihood] | None:
    before, after = (released(organisation, plan.measure, year) for year in (plan.before, plan.after))
    shown = before and after and all(one.white_people and one.group_people for one in (before, after))
    return (before, after) if shown else None


def _together(some: Iterable[RelativeLikelihood]) -> RelativeLikelihood:
    """Return the counts of several organisations, added up."""
    counts = zip(*map(astuple, some), strict=True)
    return RelativeLikelihood(*map(sum, counts))


def _told(plan: Plan, change: GapChange, is_found: bool, level: float, power: float) -> Told:
    if is_found:
        return Told.SHOWS if (change.change < 0) == (plan.direction == "down") else Told.OTHER_WAY
    could_be_seen = plan.target is not None and change.power(plan.target, level) >= power
    return Told.NO_CHANGE if could_be_seen else Told.TOO_FEW
