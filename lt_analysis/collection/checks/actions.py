"""Actions: dates in their order, and each action once."""

from lt_analysis.codebook.returns import Column
from lt_analysis.collection.checks.cells import Beside, Check, Effect, repeated
from lt_analysis.collection.finding import FoundReturn
from lt_analysis.collection.organisation import Organisation


def effect_of(column: Column) -> Effect:
    """Return what follows where a cell is wrong: an action is published as it is written, or not at all."""
    return Effect.REJECTED


def checks(found: FoundReturn, organisation: Organisation) -> list[Check]:
    """Return what may be wrong with an action beside its cells."""
    return [
        Check("due_on", "due_on < started_on", "due before having been started", "Correct one of the two dates"),
        Check(
            "status_on",
            f"status_on > DATE '{found.period.last_day}'",
            "it stood so after the period",
            "Say how it stood on the last day of the period",
        ),
        Check(
            "started_on",
            "status IN ('under way', 'done') AND sent_started_on IS NULL",
            "under way or done without having been started",
            "Add the date in started_on",
        ),
    ]


def beside_others(found: FoundReturn, organisation: Organisation) -> list[Beside]:
    """Return what may be wrong with an action beside the return's other rows."""
    return [
        Beside(
            "action",
            repeated(("lower(action)",)),
            "this action already stands in an earlier row",
            "Keep one row for each action",
        ),
    ]
