"""Which of an organisation's returns make up the quarter, and the complete year, that a report is about."""

from collections.abc import Iterable
from dataclasses import dataclass

from lt_analysis.codebook.measures import LEFT
from lt_analysis.codebook.periods import FinancialYear, Quarter, StaffDay


@dataclass(frozen=True)
class Window:
    """A stretch of time for one organisation: the returns that fill it, and those that it still lacks."""

    organisation: str
    span: FinancialYear | Quarter
    periods: tuple[str, ...]
    missing: tuple[str, ...]


def quarter_window(organisation: str, received: Iterable[FinancialYear | Quarter], quarter: Quarter) -> Window:
    """Return the quarter itself."""
    return _window(organisation, quarter, received, (quarter,))


def year_window(
    organisation: str,
    received: Iterable[FinancialYear | Quarter],
    quarter: Quarter,
    sent: Iterable[FinancialYear | Quarter] | None = None,
) -> Window:
    """Return the latest financial year that had ended by the end of `quarter`.

    An organisation whose latest return is of a whole year is taken at that year; every other one at the
    latest year that has ended, so that a missing quarter is seen and named. `sent` adds returns that were sent
    and could not be used, which count for finding the year and not for filling it.
    """
    received = set(received)
    latest = quarter.latest_complete_year
    all_sent = received | set(sent or ())
    years = [period for period in all_sent if isinstance(period, FinancialYear) and period <= latest]
    of_quarters = [period.year for period in all_sent if isinstance(period, Quarter) and period.year <= latest]
    if years and max(years) >= max(of_quarters, default=max(years)):
        return _window(organisation, max(years), received, (max(years),))
    return _window(organisation, latest, received, latest.quarters)


@dataclass(frozen=True)
class StaffYear:
    """An organisation's staff of a day, followed through the year after it: the quarters whose returns that takes.

    `staff` holds the staff of the day, `events` what happened in the year, and `end` the staff at its end, which the
    statutory ratios divide by; None where that has not been sent. `missing` are the returns that lack.
    `kinds` are the kinds of event of which the returns hold every one: as the organisation says, and that somebody left
    where the staff of every quarter were sent.
    """

    organisation: str
    day: StaffDay
    staff: str
    events: tuple[str, ...]
    end: str | None
    missing: tuple[str, ...]
    kinds: tuple[str, ...] = ()

    @property
    def complete(self) -> bool:
        """Whether everything that happened to the staff of the day can be known."""
        return not self.missing


def staff_year(
    organisation: str,
    staff: Iterable[FinancialYear | Quarter],
    events: Iterable[FinancialYear | Quarter],
    day: StaffDay,
    kinds: Iterable[str] = (),
) -> StaffYear:
    """Return which of an organisation's quarters with returns of staff, and of events, fill the year after a day."""
    staff, events, quarters = set(staff), set(events), day.year.quarters
    lacking = [f"staff of {day.before}"] * (day.before not in staff)
    lacking += [f"events of {quarter}" for quarter in quarters if quarter not in events]
    end = str(quarters[-1]) if quarters[-1] in staff else None
    kinds = (*kinds, *([LEFT.sent_as] if staff.issuperset(quarters) else []))
    return StaffYear(organisation, day, str(day.before), tuple(map(str, quarters)), end, tuple(lacking), kinds)


def _window(
    organisation: str,
    span: FinancialYear | Quarter,
    received: Iterable[FinancialYear | Quarter],
    needed: tuple[FinancialYear | Quarter, ...],
) -> Window:
    received = set(received)
    return Window(
        organisation,
        span,
        periods=tuple(str(period) for period in needed if period in received),
        missing=tuple(str(period) for period in needed if period not in received),
    )
