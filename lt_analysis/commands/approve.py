"""What `approve` lists, and what it approves: texts of organisations that are to be public."""

from collections.abc import Iterable
from dataclasses import dataclass

from lt_analysis.codebook.folders import Folders
from lt_analysis.codebook.mistakes import RawDataError
from lt_analysis.codebook.periods import FinancialYear, Quarter
from lt_analysis.commands.console import err, out
from lt_analysis.release.approvals import (
    ACTION,
    BOARD,
    DOCUMENT,
    FIGURES,
    GOAL,
    INDICATOR,
    KNOWN_BY,
    METRIC_VALUE,
    NAME,
    OF_COMMITMENTS,
    OF_METRICS,
    OWNER_ROLE,
    PRINTED_LATER,
    Approvals,
    Text,
    approve,
    awaiting,
)
from lt_analysis.release.candidates import years_counted
from lt_analysis.release.files import read_editions, replaced_editions

CALLED = {NAME: "its name", FIGURES: "published elsewhere", ACTION: "pledged action", OWNER_ROLE: "owner's role"}
CALLED |= {
    "evidence": "what shows that an action was done",
    "measure": "the number that an action is to move",
    "target": "how far an action is to move it",
    "needs": "what an action needs",
    "offers": "what can be shared of an action",
    "decided_by": "who decided to stop an action",
    "reply": "reply on an action",
}
CALLED |= {GOAL: "declared goal", KNOWN_BY: "how it would be known", BOARD: "published of its board"}
CALLED |= {INDICATOR: "published of an indicator"}
CALLED |= dict(zip(OF_COMMITMENTS, ("commitment", "source of a commitment", "test of a commitment"), strict=True))
CALLED |= {field: f"{field.partition('_')[2]} of a metric" for field in (*OF_METRICS, METRIC_VALUE)}
CALLED |= {DOCUMENT: "an anchor's promise, with its document"}
CODE = 8  # letters of a text's fingerprint
COUNTED = "people of that year were counted in what was published"
TO_CHANGE = "has the shape of what reaches a person: the organisation has to change it"


@dataclass(frozen=True)
class Listed:
    """A text that awaits approval: all of its addresses, and why it cannot be approved."""

    places: tuple[Text, ...]
    cannot: str

    @property
    def text(self) -> Text:
        """The text, at the first of its addresses."""
        return self.places[0]

    @property
    def code(self) -> str:
        """What names it: it is of this text of this organisation, and of no other, whatever else awaits approval."""
        return self.text.sha256[:CODE]


def texts_awaiting(folders: Folders, period: str | None = None) -> list[Listed]:
    """List the texts that await approval, of one release where that is asked."""
    approved, counted = (
        Approvals.read(folders).hashes,
        years_counted((*read_editions(folders), *replaced_editions(folders))),
    )
    wanted = str(Quarter.parse(period)) if period else None
    return [
        Listed(tuple(places), _why_not(places[0], counted))
        for places in awaiting(folders)
        if places[0].sha256 not in approved and (wanted is None or wanted in {_quarter(one) for one in places})
    ]


def _quarter(one: Text) -> str:
    """Return the quarter of the report in which a text stands, whichever edition of it that is."""
    return one.period.partition(".")[0]


def _why_not(one: Text, counted: frozenset[tuple[str, str]]) -> str:
    if one.field == FIGURES and (one.organisation, str(FinancialYear(one.number))) in counted:
        return COUNTED
    return "" if one.can_be_approved else TO_CHANGE


def say_what_awaits(listed: Iterable[Listed]) -> None:
    """Print texts that await approval, with what a person should look at twice."""
    for one in listed:
        notes = (f"CANNOT BE APPROVED: {one.cannot}",) if one.cannot else one.text.marks
        looked_at = f"  << {'; '.join(notes)} >>" if notes else ""
        periods = ", ".join(dict.fromkeys(place.period for place in one.places))
        what = f"{one.text.organisation}, {CALLED[one.text.field]} ({periods})"
        out.print(f"{one.code}  {what}: {one.text.text}{looked_at}", markup=False)


def approve_some(folders: Folders, codes: list[str], everything: bool, role: str | None, period: str | None) -> None:
    """Approve texts by their codes in the list, or all that are not marked, and say which.

    Raises `RawDataError` where no role is given, or a code is none of the list or of a text that cannot be approved.
    """
    listed = {one.code: one for one in texts_awaiting(folders, period)}
    if not role:
        raise RawDataError("it has to be said who approves", 'Add --role "Chair of the Equalities Group"')
    for code in codes:
        if code not in listed:
            raise RawDataError(f"no text {code} awaits approval", "`lt-analysis approve` lists those that do")
        if listed[code].cannot:
            raise RawDataError(f"text {code} cannot be approved: {listed[code].cannot}", "Leave it out")
    unmarked = [one for one in listed.values() if everything and not one.cannot and not one.text.marks]
    chosen = list({one.code: one for one in (*unmarked, *(listed[code] for code in codes))}.values())
    approve(folders, (place for one in chosen for place in one.places), role)
    for one in chosen:
        out.print(f"Approved {one.code}: {one.text.text}", markup=False)
    for made in sorted({_quarter(place) for one in chosen for place in one.places if place.field not in PRINTED_LATER}):
        out.print(f"Make its pages again: lt-analysis report --period {made}", markup=False)
    if any(one.text.field in PRINTED_LATER for one in chosen):
        out.print("Figures from elsewhere are printed from the next release on.")


def say_how_many_await(folders: Folders) -> None:
    """Say at the end of a run how many texts await approval, and the command; nothing where none does."""
    if number := len(texts_awaiting(folders)):
        err.print(
            f"! Texts of organisations that await approval, and are not public: {number}. See: lt-analysis approve"
        )
