"""Events: within the period, and once."""

from lt_analysis.collection.checks.cells import Check
from lt_analysis.collection.finding import FoundReturn
from lt_analysis.collection.organisation import Organisation


def beside_others(found: FoundReturn, organisation: Organisation) -> str:
    """Return a query of each row, and how often it has been sent."""
    return """SELECT *, row_number() OVER (PARTITION BY person, event, happened_on ORDER BY row) AS time_sent
           FROM cells"""


def checks(found: FoundReturn, organisation: Organisation) -> list[Check]:
    """Return what may be wrong with an event beside its cells."""
    first, last = found.period.first_day, found.period.last_day
    return [
        Check(
            "happened_on",
            f"happened_on NOT BETWEEN DATE '{first}' AND DATE '{last}'",
            f"it did not happen in {found.period}",
            "Move the row to the return of its own quarter",
        ),
        Check(
            "person",
            "person IS NOT NULL AND event IS NOT NULL AND happened_on IS NOT NULL AND time_sent > 1",
            "this event already stands in an earlier row",
            "Keep one row for each event",
        ),
    ]
