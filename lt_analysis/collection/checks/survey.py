"""Survey: no more answers than people who answered, and one row for a group and question."""

from lt_analysis.collection.checks.cells import Check
from lt_analysis.collection.finding import FoundReturn
from lt_analysis.collection.organisation import Organisation


def beside_others(found: FoundReturn, organisation: Organisation) -> str:
    """Return a query of each row, and how often its group and question have been sent."""
    return """SELECT *, row_number() OVER (PARTITION BY question, ethnicity ORDER BY row) AS time_sent
           FROM cells"""


def checks(found: FoundReturn, organisation: Organisation) -> list[Check]:
    """Return what may be wrong with a row of answers beside its cells."""
    return [
        Check("yes", "yes > respondents", "more said yes than answered", "Correct one of the two numbers"),
        Check(
            "question",
            "question IS NOT NULL AND ethnicity IS NOT NULL AND time_sent > 1",
            "this group already stands in an earlier row for this question",
            "Keep one row for each group and question",
        ),
    ]
