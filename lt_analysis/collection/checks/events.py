"""Events: within the period, and once."""

from lt_analysis.codebook.returns import Column
from lt_analysis.collection.checks.cells import Beside, Check, Effect, repeated
from lt_analysis.collection.finding import FoundReturn
from lt_analysis.collection.organisation import Organisation


def effect_of(column: Column) -> Effect:
    """Return what follows where a cell is wrong: every one is needed."""
    return Effect.REJECTED


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
    ]


def beside_others(found: FoundReturn, organisation: Organisation) -> list[Beside]:
    """Return what may be wrong with an event beside the return's other rows."""
    return [
        Beside(
            "person",
            repeated(found.kind.key),
            "this event already stands in an earlier row",
            "Keep one row for each event",
        ),
    ]
