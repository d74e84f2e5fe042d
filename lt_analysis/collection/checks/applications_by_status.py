"""Applications of which only a status is known: the stage that it says was reached, and words that say none."""

from lt_analysis.codebook.returns import HOW_IT_ENDED, STAGE_NEEDS, STAGE_OF_STATUS
from lt_analysis.collection.checks import applications
from lt_analysis.collection.checks.cells import Beside, Check, among
from lt_analysis.collection.finding import FoundReturn
from lt_analysis.collection.organisation import Organisation

ENDED = "its status says how it ended, not how far it came: the file would lack those who did not succeed"


def derived(found: FoundReturn, organisation: Organisation) -> dict[str, str]:
    """Return what follows from a row's cells; the dates of stages are not known."""
    reached = " ".join(
        f"WHEN '{status}' THEN '{stage}'::{applications.STAGE}" for status, stage in STAGE_OF_STATUS.items()
    )
    dates = dict.fromkeys(STAGE_NEEDS, "NULL::DATE")
    declined = "application_status = 'declined'"
    stage = {"stage": f"CASE application_status {reached} END", "declined": declined}
    return applications.pay(organisation) | dates | stage


def checks(found: FoundReturn, organisation: Organisation) -> list[Check]:
    """Return what may be wrong with an application beside its cells."""
    return [
        *applications.post_checks(found, organisation),
        Check(
            "application_status",
            among(HOW_IT_ENDED, "application_status"),
            ENDED,
            "Give the furthest stage that it reached, as shortlisted, or the dates of the stages",
        ),
    ]


def beside_others(found: FoundReturn, organisation: Organisation) -> list[Beside]:
    """Return what may be wrong with an application beside the return's other rows."""
    return applications.beside_others(found, organisation)
