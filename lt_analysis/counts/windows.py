"""Which of an organisation's returns make up the quarter, and the complete year, that a report is about."""

from collections.abc import Iterable
from dataclasses import dataclass

from lt_analysis.codebook.periods import FinancialYear, Quarter


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


def year_window(organisation: str, received: Iterable[FinancialYear | Quarter], quarter: Quarter) -> Window:
    """Return the latest financial year that had ended by the end of `quarter`.

    An organisation that sends whole years is taken at the latest that it has sent; every other one is
    taken at the latest year that has ended, whole or not, so that a missing quarter is seen and named.
    """
    received = set(received)
    years = [period for period in received if isinstance(period, FinancialYear)]
    ended = [year for year in years if year <= quarter.latest_complete_year]
    if ended:
        return _window(organisation, max(ended), received, (max(ended),))
    return _window(organisation, quarter.latest_complete_year, received, quarter.latest_complete_year.quarters)


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
