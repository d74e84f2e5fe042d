"""Actions: dates in their order, and each action once."""

from lt_analysis.codebook.commitments import COMMITMENTS
from lt_analysis.codebook.returns import OF_DELIVERY, Column
from lt_analysis.collection.checks.cells import Beside, Check, Effect, among, repeated
from lt_analysis.collection.finding import ORGANISATION_NAME, FoundReturn
from lt_analysis.collection.organisation import Organisation

LONGEST_REPLY = 200  # letters
REFERENCE = r"[A-Za-z]{1,4}-?[0-9]{1,4}"  # too short for a name, so that it needs no approval
ADOPTED = rf"{ORGANISATION_NAME.pattern} {REFERENCE}"  # of a folder that the release has: any other is left out there
# In small letters, with one space between words, whatever divides them.
IN_PLAIN_LETTERS = "trim(regexp_replace(lower(commitment), '[^a-z0-9]+', ' ', 'g'))"
IS_A_COMMITMENT = among(tuple(COMMITMENTS), IN_PLAIN_LETTERS)


def effect_of(column: Column) -> Effect:
    """Return what follows where a cell is wrong: an action is published as it is written, or not at all.

    What is asked besides may be lacking.
    """
    return Effect.UNREAD if column.name in OF_DELIVERY else Effect.REJECTED


def checks(found: FoundReturn, organisation: Organisation) -> list[Check]:
    """Return what may be wrong with an action beside its cells."""
    return [
        Check("due_on", "due_on < started_on", "due before having been started", "Correct one of the two dates"),
        Check(
            "status_on",
            f"status_on > DATE '{found.period.last_day}'",
            "it stood so after the period",
            "Say how it stood on the last day of the period",
        ),
        Check(
            "started_on",
            "status IN ('under way', 'done') AND sent_started_on IS NULL",
            "under way or done without having been started",
            "Add the date in started_on",
        ),
        Check(
            "reference",
            f"NOT regexp_full_match(reference, '{REFERENCE}')",
            "it is no reference of up to four letters and up to four digits",
            "Write one as PAN1, and keep it the same in every return",
            Effect.UNREAD,
        ),
        Check(
            "commitment",
            f"NOT ({IS_A_COMMITMENT} OR regexp_full_match(commitment, '{REFERENCE}'))",
            "it is no key of a commitment",
            f"Use the partnership's own key, as C1, or one of: {', '.join(COMMITMENTS)}",
            Effect.UNREAD,
        ),
        Check(
            "adopted_from",
            f"NOT regexp_full_match(adopted_from, '{ADOPTED}')",
            "it names no organisation's folder with a reference",
            "Write both with a space between, as nonesuch-hospitals PAN1",
            Effect.UNREAD,
        ),
        Check(
            "reply",
            f"length(reply) > {LONGEST_REPLY}",
            f"it is longer than {LONGEST_REPLY} letters",
            "Say it in one line",
            Effect.UNREAD,
        ),
        Check(
            "milestones_done",
            "milestones_done > milestones_all",
            "more milestones are met than there are",
            "Correct one of the two numbers",
            Effect.UNREAD,
        ),
    ]


def beside_others(found: FoundReturn, organisation: Organisation) -> list[Beside]:
    """Return what may be wrong with an action beside the return's other rows."""
    return [
        Beside(
            "action",
            repeated(("lower(action)",)),
            "this action already stands in an earlier row",
            "Keep one row for each action",
        ),
        Beside(
            "reference",
            repeated(("lower(reference)",)),
            "this reference already stands in an earlier row",
            "Give every action a reference of its own",
        ),
    ]
