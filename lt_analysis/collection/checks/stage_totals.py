"""Stage totals: nobody at a stage who was not at the one before, and nobody counted twice."""

from lt_analysis.codebook.ethnicity import BME, PARTS_OF_GROUPS, REFERENCE
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
