"""Survey: no more answers than people who answered, one row for a group and question, and nobody counted twice."""

from lt_analysis.codebook.ethnicity import PARTS_OF_GROUPS
from lt_analysis.codebook.returns import Column
from lt_analysis.collection.checks.cells import Beside, Check, Effect, repeated
from lt_analysis.collection.finding import FoundReturn
from lt_analysis.collection.organisation import Organisation


def effect_of(column: Column) -> Effect:
    """Return what follows where a cell is wrong: every one is needed."""
    return Effect.REJECTED


def checks(found: FoundReturn, organisation: Organisation) -> list[Check]:
    """Return what may be wrong with a row of answers beside its cells."""
    return [
        Check("yes", "yes > respondents", "more said yes than answered", "Correct one of the two numbers"),
    ]


def beside_others(found: FoundReturn, organisation: Organisation) -> list[Beside]:
    """Return what may be wrong with a row of answers beside the return's other rows."""
    return [
        Beside(
            "question",
            repeated(found.kind.key),
            "this group already stands in an earlier row for this question",
            "Keep one row for each group and question",
        ),
        *(
            Beside(
                "ethnicity",
                f"""SELECT row FROM checked WHERE ethnicity = '{group}' AND EXISTS (
                        FROM checked part WHERE part.question = checked.question
                        AND regexp_full_match(part.ethnicity, '{parts}'))""",
                f"{group} is given beside groups or codes that are part of it",
                f"Send either {group} or its parts",
                Effect.REFUSED,
            )
            for group, parts in PARTS_OF_GROUPS.items()
        ),
    ]
