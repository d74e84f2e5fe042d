"""Mentoring and traits: pairs by reference, dates in their order, and each pair and each table of answers once."""

from lt_analysis.codebook.returns import MENTORING, OF_MENTORING, Column
from lt_analysis.collection.checks.actions import REFERENCE
from lt_analysis.collection.checks.cells import Beside, Check, Effect, repeated
from lt_analysis.collection.finding import FoundReturn
from lt_analysis.collection.organisation import Organisation

ONE_DATE = "Correct one of the two dates"


def effect_of(column: Column) -> Effect:
    """Return what follows where a cell is wrong: what a pair may lack may be lacking.

    Without one of its pairs a programme would be told as smaller than it is, so its return waits. A table of answers
    with a cell that cannot be read is no table, and the others stand.
    """
    if column.name in OF_MENTORING:
        return Effect.UNREAD
    return Effect.REFUSED if column in MENTORING.columns else Effect.REJECTED


def checks(found: FoundReturn, organisation: Organisation) -> list[Check]:
    """Return what may be wrong with a row beside its cells."""
    first, last = (f"DATE '{day}'" for day in (found.period.first_day, found.period.last_day))
    if found.kind != MENTORING:
        return [
            Check(
                "asked_on",
                f"asked_on NOT BETWEEN {first} AND {last}",
                "they were asked in another quarter",
                "Put the row into the return of its own quarter",
            )
        ]
    return [
        Check(
            "pair",
            f"NOT regexp_full_match(pair, '{REFERENCE}')",
            "it is no reference of up to four letters and up to four digits",
            "Write one as M1, and keep it the same in every return",
            Effect.REFUSED,
        ),
        Check(
            "started_on",
            f"started_on > {last}",
            "the pair began after the period",
            "Put the row into the return of a later quarter",
            Effect.REFUSED,
        ),
        *(
            Check(name, f"{name} < started_on", "it is before the pair began", ONE_DATE, Effect.UNREAD)
            for name in ("last_met_on", "ended_on")
        ),
        *(
            Check(
                name,
                f"{name} > {last}",
                "it is after the period",
                "Say how it stood on the last day of the period",
                Effect.UNREAD,
            )
            for name in ("last_met_on", "ended_on")
        ),
    ]


def beside_others(found: FoundReturn, organisation: Organisation) -> list[Beside]:
    """Return what may be wrong with a row beside the return's other rows."""
    if found.kind != MENTORING:
        twice = "this trait already stands in an earlier row for these raters"
        return [Beside("trait", repeated(found.kind.key), twice, "Keep one row for each trait and kind of rater")]
    return [
        Beside(
            "pair",
            repeated(("lower(pair)",)),
            "this pair already stands in an earlier row",
            "Give every pair a reference of its own",
            Effect.REFUSED,
        ),
        Beside(
            "executives",
            "SELECT row FROM checked WHERE executives <> (SELECT max(executives) FROM checked)",
            "other rows have more executives",
            "Write the same number in every row",
            Effect.SAID,
        ),
    ]
