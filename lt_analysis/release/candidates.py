"""What stands before the rule: each organisation's year, and what became of the returns that it needs."""

from dataclasses import dataclass

from lt_analysis.codebook.periods import FinancialYear, Quarter
from lt_analysis.codebook.words import BAND_8_POSTS
from lt_analysis.collection.collect import Collected
from lt_analysis.counts.windows import Window, quarter_window, year_window
from lt_analysis.release.figures import Status


@dataclass(frozen=True)
class Candidate:
    """An organisation over one span, before the rule: who it is, and which returns count, lack or fail."""

    organisation: str
    name: str
    kind: str
    invented: bool
    posts: str
    span: FinancialYear | Quarter
    status: Status
    periods: tuple[str, ...]
    missing: tuple[str, ...] = ()
    refused: tuple[str, ...] = ()
    published_source: str | None = None


def year_candidate(collected: Collected, quarter: Quarter) -> Candidate:
    """Take an organisation's year for the release of a quarter.

    Its figures count only when every return of the year was received and used. Returns of the quarter
    itself that are missing or refused are named too, and leave the year as it is.
    """
    year = year_window(collected.slug, _received(collected), quarter)
    wanted = {str(year.span)} if year.periods == (str(year.span),) else {*map(str, year.span.quarters), str(quarter)}
    refused = {str(receipt.found.period) for receipt in collected.receipts if receipt.refusal} & wanted
    now = () if str(quarter) not in wanted else quarter_window(collected.slug, _received(collected), quarter).missing
    missing = tuple(period for period in dict.fromkeys((*year.missing, *now)) if period not in refused)
    if collected.faults:
        refused, missing = {fault.file or collected.slug for fault in collected.faults}, ()
    return _candidate(collected, year, missing, tuple(sorted(refused)))


def quarter_candidate(collected: Collected, quarter: Quarter) -> Candidate:
    """Take an organisation's quarter for its own exact page."""
    return _candidate(collected, quarter_window(collected.slug, _received(collected), quarter), (), ())


def _received(collected: Collected) -> list[FinancialYear | Quarter]:
    return [receipt.found.period for receipt in collected.accepted]


def _candidate(collected: Collected, window: Window, missing: tuple[str, ...], refused: tuple[str, ...]) -> Candidate:
    organisation = collected.organisation
    published = organisation.already_published if organisation else None
    status = Status.COMPLETE
    if window.missing:
        status = Status.REFUSED if refused and not set(window.missing) & set(missing) else Status.INCOMPLETE
    if collected.faults:
        status = Status.REFUSED
    return Candidate(
        organisation=collected.slug,
        name=organisation.name if organisation else collected.slug,
        kind=organisation.kind if organisation else "unknown",
        invented=organisation.invented if organisation else False,
        posts=published.posts if published else BAND_8_POSTS,
        span=window.span,
        status=status,
        periods=window.periods,
        missing=missing,
        refused=refused,
        published_source=published.source if published else None,
    )
