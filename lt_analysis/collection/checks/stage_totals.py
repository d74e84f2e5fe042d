"""Stage totals: nobody at a stage who was not at the one before, and nobody counted twice."""

import re
from collections.abc import Iterable
from typing import NamedTuple

import duckdb

from lt_analysis.codebook.ethnicity import BME, FIVE_GROUPS, PARTS_OF_GROUPS, REFERENCE, five_group
from lt_analysis.codebook.pay import BAND_8_AND_ABOVE, BAND_8_PLUS_TOTAL
from lt_analysis.codebook.returns import Column
from lt_analysis.collection.checks.cells import Beside, Check, Effect, quoted, repeated
from lt_analysis.collection.finding import FoundReturn
from lt_analysis.collection.organisation import Organisation


def effect_of(column: Column) -> Effect:
    """Return what follows where a cell is wrong: totals of which one is missing would say what is not so."""
    return Effect.REFUSED


def derived(found: FoundReturn, organisation: Organisation) -> dict[str, str]:
    """Return what follows from a row's cells."""
    return {"band": "grade"}


def checks(found: FoundReturn, organisation: Organisation) -> list[Check]:
    """Return what may be wrong with a row of totals beside its cells."""
    return [
        Check(
            "shortlisted",
            "shortlisted > applied",
            "more shortlisted than applied",
            "Correct one of the two numbers",
            Effect.REFUSED,
        ),
        Check(
            "offered",
            "offered > shortlisted",
            "more offered than shortlisted",
            "Correct one of the two numbers",
            Effect.REFUSED,
        ),
    ]


def beside_others(found: FoundReturn, organisation: Organisation) -> list[Beside]:
    """Return what may be wrong with a row of totals beside the return's other rows."""
    refused = [
        (
            "ethnicity",
            repeated(found.kind.key),
            "this group already stands in an earlier row for this grade",
            "Keep one row for each group and grade",
        ),
        (
            "grade",
            f"""SELECT row FROM checked WHERE band = '{BAND_8_PLUS_TOTAL}'
                AND EXISTS (FROM checked one WHERE one.band IN ({quoted(BAND_8_AND_ABOVE)}))""",
            "bands are given both one by one and together",
            f"Send either the single bands or {BAND_8_PLUS_TOTAL}",
        ),
        *(
            (
                "ethnicity",
                f"""SELECT row FROM checked WHERE ethnicity = '{group}' AND EXISTS (
                        FROM checked part
                        WHERE part.band = checked.band AND regexp_full_match(part.ethnicity, '{parts}'))""",
                f"{group} is given beside groups or codes that are part of it",
                f"Send either {group} or its parts",
            )
            for group, parts in PARTS_OF_GROUPS.items()
        ),
        *(
            (
                "ethnicity",
                f"""SELECT NULL::BIGINT AS row FROM checked
                    HAVING count(*) FILTER (regexp_full_match(ethnicity, '{group}|{PARTS_OF_GROUPS[group]}')) = 0""",
                f"there is no row of {group} people: the others alone would say what is not so",
                f"Add a row of {group} people, with 0 where there was nobody",
            )
            for group in (REFERENCE, BME)
        ),
    ]
    return [Beside(*one, Effect.REFUSED) for one in refused]


class Lacking(NamedTuple):
    """What a grade has no row of, though others of the file have one; `row` is the first of its rows."""

    grade: str
    group: str
    row: int


def lacking(connection: duckdb.DuckDBPyConnection) -> Lacking | None:
    """Return the first grade without a row of a group: White, BME, or as far as the file divides them; None if none is.

    What is left of a group would be taken for all of it.
    """
    rows = connection.execute(
        "SELECT band::VARCHAR, ethnicity::VARCHAR, row FROM checked WHERE band IS NOT NULL AND ethnicity IS NOT NULL "
        "ORDER BY row"
    ).fetchall()
    named = {_code(group) for _, group, _ in rows}
    for grade, _, first in rows:
        own = {_code(group) for band, group, _ in rows if band == grade}
        for wide in (REFERENCE, BME):
            parts = [one for one in sorted(named) if _is_part(one, wide)]
            missing = [one for one in parts if not _is_told(one, own)] if wide not in own else []
            if wide not in own and not any(_is_part(one, wide) for one in own):
                missing = [wide]
            if missing:
                return Lacking(grade, missing[0], first)
    return None


def groups_unnamed(connection: duckdb.DuckDBPyConnection) -> list[str]:
    """Name the five groups that no row of totals is about, where BME people are told in groups."""
    rows = connection.execute("SELECT DISTINCT ethnicity::VARCHAR FROM checked WHERE ethnicity IS NOT NULL").fetchall()
    named = {five_group(group) for (group,) in rows}
    return [] if BME in named else [group for group in FIVE_GROUPS if group not in named]


def _code(group: str) -> str:
    """Return a code without its second character, which only divides it."""
    return group[0] if re.fullmatch("[A-Z][A-Z0-9]", group) else group


def _is_part(group: str, wide: str) -> bool:
    return bool(re.fullmatch(PARTS_OF_GROUPS.get(wide, ""), group))


def _is_told(group: str, own: Iterable[str]) -> bool:
    """Tell whether a group stands among others: itself, what it is part of, or a part of it."""
    return any(group == one or _is_part(group, one) or _is_part(one, group) for one in own)
