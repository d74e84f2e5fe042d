"""Stage totals: nobody at a stage who was not at the one before, and nobody counted twice."""

from lt_analysis.codebook.ethnicity import PARTS_OF_GROUPS
from lt_analysis.codebook.pay import BAND_8_AND_ABOVE, BAND_8_PLUS_TOTAL
from lt_analysis.collection.checks.cells import Check, quoted
from lt_analysis.collection.finding import FoundReturn
from lt_analysis.collection.organisation import Organisation


def beside_others(found: FoundReturn, organisation: Organisation) -> str:
    """Return a query of each row, and how often its group at its grade has been sent."""
    return """SELECT *, grade AS band,
                     row_number() OVER (PARTITION BY grade, ethnicity ORDER BY row) AS time_sent
           FROM cells"""


def checks(found: FoundReturn, organisation: Organisation) -> list[Check]:
    """Return what may be wrong with a row of totals beside its cells."""
    return [
        Check(
            "shortlisted",
            "shortlisted > applied",
            "more shortlisted than applied",
            "Correct one of the two numbers",
        ),
        Check(
            "offered",
            "offered > shortlisted",
            "more offered than shortlisted",
            "Correct one of the two numbers",
        ),
        Check(
            "ethnicity",
            "band IS NOT NULL AND ethnicity IS NOT NULL AND time_sent > 1",
            "this group already stands in an earlier row for this grade",
            "Keep one row for each group and grade",
        ),
        Check(
            "grade",
            f"""band = '{BAND_8_PLUS_TOTAL}' AND EXISTS (FROM typed one
                WHERE one.band IN ({quoted(BAND_8_AND_ABOVE)}))""",
            "bands are given both one by one and together",
            f"Send either the single bands or {BAND_8_PLUS_TOTAL}",
        ),
        *(
            Check(
                "ethnicity",
                f"""ethnicity = '{group}' AND EXISTS (FROM typed part WHERE part.band = typed.band
                    AND regexp_full_match(part.ethnicity, '{parts}'))""",
                f"{group} is given beside groups or codes that are part of it",
                f"Send either {group} or its parts",
            )
            for group, parts in PARTS_OF_GROUPS.items()
        ),
    ]
