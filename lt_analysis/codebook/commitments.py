"""What the partnership has promised, as it was written down, and the elements of the Cultural Web that it works by.

The partnership may send its commitments itself (`collection/commitments.py`). Where it sends none, these stand: the
proposals and recommendations of the update of the partnership's Equalities Group of 21 July 2021. The update gives a
date for one of them alone, and none says how anybody would know that it was kept: the tests are the audit's own, and
are marked so.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

NAME_OF_WEB = "Cultural Web"
NOT_DISCUSSED = ("control systems", "power structures")  # in the workshops of 2021: they stand first
ELEMENTS = (*NOT_DISCUSSED, "stories", "rituals and routines", "symbols", "organisational structures")
PLEDGE_SIGNED, TRAITS_RATED, PAIRS_MET = BESIDE_ACTIONS = ("the pledge", "signature traits", "mentoring")
UPDATE_OF_2021 = "Equalities Group, update of 21 July 2021"


@dataclass(frozen=True)
class Commitment:
    """A promise of the partnership: its words, where and when it was made, by when, and how a stranger would know.

    Of one that the partnership sent, words are None where they await approval; `invented`: no real partnership's.
    `kept_by` is what else than actions shows what came of it: one of `BESIDE_ACTIONS`.
    """

    key: str
    text: str | None
    test: str | None
    source: str | None = UPDATE_OF_2021
    made_on: date = date(2021, 7, 21)
    due_on: date | None = None
    invented: bool = False
    kept_by: str = ""


COMMITMENTS: Mapping[str, Commitment] = {
    one.key: one
    for one in (
        Commitment(
            "recruitment audit",
            "An audit of recruitment to Band 8 and above.",
            "Every organisation sends its recruitment each quarter, and what it shows is published.",
        ),
        Commitment(
            "race standards",
            "A review of the race equality standards of all organisations as a collective.",
            "One page shows the standards of all organisations together, and what they decided upon it.",
        ),
        Commitment(
            "inequalities data",
            "A task and finish group on inequalities data.",
            "The group has met, has said what data are missing, and has finished.",
        ),
        Commitment(
            "cultural web",
            "Ongoing development of the Cultural Web, with attention given to control systems and power structures.",
            "Each of the six elements has an action that is moving or done.",
        ),
        Commitment(
            "refreshed pledge",
            "A refreshed pledge, signed off in September.",
            "The pledge can be read in public, with the day on which each organisation signed it.",
            due_on=date(2021, 9, 30),
            kept_by=PLEDGE_SIGNED,
        ),
        Commitment(
            "signature traits",
            "The six signature traits of inclusive leadership as a starting point.",
            "Leaders were rated by themselves and by others, more than once, and the counts are published.",
            kept_by=TRAITS_RATED,
        ),
        Commitment(
            "reciprocal mentoring",
            "A reciprocal mentoring programme.",
            "Pairs have met, and actions that they led are among those below.",
            kept_by=PAIRS_MET,
        ),
    )
}
