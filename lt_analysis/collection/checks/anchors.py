"""Anchors: what was reached has its day within what has ended, and each promise stands once."""

from lt_analysis.codebook.returns import Column
from lt_analysis.collection.checks.cells import Beside, Check, Effect, repeated
from lt_analysis.collection.finding import FoundReturn
from lt_analysis.collection.organisation import Organisation


def effect_of(column: Column) -> Effect:
    """Return what follows where a cell is wrong: a promise is published whole, or not at all."""
    return Effect.REJECTED


def checks(found: FoundReturn, organisation: Organisation) -> list[Check]:
    """Return what may be wrong with a promise beside its cells."""
    return [
        Check(
            "as_of",
            "sent_reached IS NOT NULL AND sent_as_of IS NULL",
            "it is not said on which day so much was reached",
            "Add the day in as_of",
        ),
        Check(
            "as_of",
            f"as_of > DATE '{found.period.last_day}'",
            "it was reached after the period",
            "Say how much was reached by the last day of the period",
        ),
    ]


def beside_others(found: FoundReturn, organisation: Organisation) -> list[Beside]:
    """Return what may be wrong with a promise beside the return's other rows."""
    return [
        Beside(
            "kind",
            repeated(found.kind.key),
            "this promise already stands in an earlier row",
            "Keep one row for each kind, unit and date",
        )
    ]
