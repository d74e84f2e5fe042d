"""Staff: one main post a person, dates in order, pay placed at the end of the period."""

from lt_analysis.codebook.pay import ALL_BANDS, MEDICAL
from lt_analysis.codebook.returns import NOT_KNOWN, Column
from lt_analysis.collection.checks.cells import Beside, Check, Effect, band, implausible_pay, pay_checks, repeated
from lt_analysis.collection.finding import FoundReturn
from lt_analysis.collection.organisation import Organisation


def effect_of(column: Column) -> Effect:
    """Return what follows where a cell is wrong: one on which no figure depends is not known, and the row stays."""
    needed = column.required or column.name in ("grade", "salary")
    return Effect.REJECTED if needed else Effect.UNREAD


def derived(found: FoundReturn, organisation: Organisation) -> dict[str, str]:
    """Return what follows from a row's cells."""
    return {"band": band(organisation, "salary", None, _day(found))}


def _day(found: FoundReturn) -> str:
    return f"DATE '{found.period.last_day}'"


def checks(found: FoundReturn, organisation: Organisation) -> list[Check]:
    """Return what may be wrong with a member of staff's row beside its cells."""
    first, last = found.period.first_day, found.period.last_day
    return [
        *implausible_pay(organisation, "salary", None, _day(found), Effect.REJECTED),
        *pay_checks(organisation, "salary", _day(found), (*ALL_BANDS, MEDICAL), Effect.REJECTED),
        Check("started_on", f"started_on > {_day(found)}", "joined after the period", "Leave the row out"),
        Check(
            "left_on",
            f"left_on NOT BETWEEN DATE '{first}' AND DATE '{last}'",
            f"did not leave in {found.period}",
            "Leave out those who left before, and the date of those who left after",
        ),
        Check("left_on", "left_on < started_on", "left before having joined", "Correct one of the two dates"),
        Check(
            "leaving_reason",
            f"leaving_reason <> '{NOT_KNOWN}' AND sent_left_on IS NULL",
            "a reason for leaving without a date",
            "Add the date in left_on, or remove the reason",
        ),
        Check(
            "board_role",
            f"board_role <> '{NOT_KNOWN}' AND board = 'no'",
            "whoever is not on the board has no role there",
            "Leave the cell empty, or correct board",
            Effect.UNREAD,
        ),
        Check(
            "medical_grade",
            f"medical_grade <> '{NOT_KNOWN}' AND work <> '{MEDICAL}' AND band IS DISTINCT FROM '{MEDICAL}'",
            "only doctors and dentists have a medical grade",
            "Leave the cell empty, or correct grade or work",
            Effect.UNREAD,
        ),
        Check(
            "snapshot_on",
            f"snapshot_on NOT BETWEEN DATE '{first}' AND DATE '{last}'",
            f"it is no day of {found.period}",
            "Give the day of which the staff are, within the return's quarter",
            Effect.UNREAD,
        ),
    ]


def beside_others(found: FoundReturn, organisation: Organisation) -> list[Beside]:
    """Return what may be wrong with a member of staff's row beside the return's other rows."""
    return [
        Beside(
            "person",
            repeated(found.kind.key),
            "this person already stands in an earlier row",
            "Keep one row for each person, with their main post",
        ),
        Beside(
            "snapshot_on",
            "SELECT row FROM checked WHERE snapshot_on < (SELECT max(snapshot_on) FROM checked)",
            "another row is of a later day",
            "Send all staff as they are on one day",
            Effect.SAID,
        ),
    ]
