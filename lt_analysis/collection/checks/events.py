"""Events: within the period, and once; what only some kinds of event have stands beside those alone."""

from lt_analysis.codebook.pay import ALL_BANDS, MEDICAL
from lt_analysis.codebook.returns import ACTING_UP, FORMAL_CAPABILITY, NOT_KNOWN, PROMOTION, Column
from lt_analysis.collection.checks.cells import Beside, Check, Effect, no_such_band, place_among, repeated
from lt_analysis.collection.finding import FoundReturn
from lt_analysis.collection.organisation import Organisation


def effect_of(column: Column) -> Effect:
    """Return what follows where a cell is wrong: what no event needs is not known, and the row stays."""
    return Effect.REJECTED if column.required else Effect.UNREAD


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
            "ground",
            f"ground <> '{NOT_KNOWN}' AND event <> '{FORMAL_CAPABILITY}'",
            "only a formal capability process has a ground",
            "Leave the cell empty, or correct the event",
            Effect.UNREAD,
        ),
        *(check for column in GRADES for check in _grade_checks(column, organisation)),
        Check(
            "to_grade",
            f"{place_among(ALL_BANDS, 'to_grade')} <= {place_among(ALL_BANDS, 'from_grade')}",
            "it is not above the grade before",
            "Correct one of the two grades; a higher grade for the same post is no promotion",
            Effect.UNREAD,
        ),
    ]


GRADES = ("from_grade", "to_grade")


def _grade_checks(column: str, organisation: Organisation) -> list[Check]:
    """Return what may be wrong with one of an event's two grades. An organisation's own need not be known."""
    known = [] if organisation.grades == "salary" else [no_such_band(column, (*ALL_BANDS, MEDICAL), Effect.UNREAD)]
    return [
        *known,
        Check(
            column,
            f"sent_{column} IS NOT NULL AND event <> '{PROMOTION}' AND event <> '{ACTING_UP}'",
            "only a promotion, or acting up, has a grade before and after",
            "Leave the cell empty, or correct the event",
            Effect.UNREAD,
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
