"""Applications of which only a status is known: the stage that it says was reached, and words that say none."""

from lt_analysis.codebook.returns import HOW_IT_ENDED, STAGE_NEEDS, STAGE_OF_STATUS, STAGES_REACHED, STATUS, Column
from lt_analysis.collection.checks import applications
from lt_analysis.collection.checks.cells import Beside, Check, Effect, among, is_no_cell, is_unread, unread
from lt_analysis.collection.finding import FoundReturn
from lt_analysis.collection.organisation import Organisation

ENDED = "its status says how it ended, not how far it came: the file would lack those who did not succeed"


def effect_of(column: Column) -> Effect | None:
    """Return what follows where a cell is wrong; None for the status, which is looked at by itself."""
    return None if column.name == STATUS else applications.effect_of(column)


def steps() -> list[dict[str, str]]:
    """Return what other things are worked out from: nothing."""
    return []


def derived(found: FoundReturn, organisation: Organisation) -> dict[str, str]:
    """Return what follows from a row's cells; the dates of stages are not known."""
    reached = " ".join(
        f"WHEN '{status}' THEN '{stage}'::{applications.STAGE}" for status, stage in STAGE_OF_STATUS.items()
    )
    dates = dict.fromkeys(STAGE_NEEDS, "NULL::DATE")
    declined = "coalesce(application_status = 'declined', false)"
    stage = {"stage": f"CASE application_status {reached} END", "declined": declined}
    stage["ethnicity_unread"] = is_unread("ethnicity")
    return applications.pay(organisation) | dates | stage


def furthest() -> str:
    """Return in SQL the furthest stage that a row might have come to: any, where its status cannot be read."""
    return f"coalesce(stage::VARCHAR, '{STAGES_REACHED[-1]}')"


def checks(found: FoundReturn, organisation: Organisation) -> list[Check]:
    """Return what may be wrong with an application beside its cells.

    A word of no meaning refuses the return: most often it is one for those who did not succeed.
    """
    (column,) = (column for column in found.kind.columns if column.name == STATUS)
    word, remedy = unread(column)
    no_value = is_no_cell(f"sent_{STATUS}")
    return [
        *applications.post_checks(found, organisation),
        Check(
            STATUS,
            f"sent_{STATUS} IS NULL",
            f"the cell is empty: {applications.NOT_PLACED}",
            "Fill it in",
            Effect.UNPLACED,
        ),
        Check(
            STATUS,
            f"{is_unread(STATUS)} AND {no_value}",
            f"{word}: {applications.NOT_PLACED}",
            remedy,
            Effect.UNPLACED,
        ),
        Check(STATUS, f"{is_unread(STATUS)} AND NOT {no_value}", word, remedy, Effect.REFUSED),
        Check(
            STATUS,
            among(HOW_IT_ENDED, STATUS),
            ENDED,
            "Give the furthest stage that it reached, as shortlisted, or the dates of the stages",
            Effect.REFUSED,
        ),
    ]


def beside_others(found: FoundReturn, organisation: Organisation) -> list[Beside]:
    """Return what may be wrong with an application beside the return's other rows."""
    return applications.beside_others(found, organisation)
