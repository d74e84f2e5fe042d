"""What stands before the rule: each organisation's year, and what became of the returns that it needs."""

from dataclasses import dataclass

from lt_analysis.codebook.mistakes import RawDataError
from lt_analysis.codebook.periods import FinancialYear, Quarter, parse_period
from lt_analysis.codebook.returns import STAGE_TOTALS
from lt_analysis.codebook.words import BAND_8_POSTS
from lt_analysis.collection.collect import Collected
from lt_analysis.counts.windows import Window, quarter_window, year_window
from lt_analysis.release.figures import ITS_FOLDER, UNKNOWN_KIND, Status


@dataclass(frozen=True)
class Candidate:
    """An organisation over one span, before the rule: who it is, and which returns count, lack or fail.

    In a release its name, and the posts of figures from elsewhere, are None until they are approved.
    """

    organisation: str
    name: str | None
    kind: str
    invented: bool
    posts: str | None
    span: FinancialYear | Quarter
    status: Status
    periods: tuple[str, ...]
    missing: tuple[str, ...] = ()
    refused: tuple[str, ...] = ()
    published_source: str | None = None


def year_candidate(collected: Collected, quarter: Quarter) -> Candidate:
    """Take an organisation's year for the release of a quarter.

    Its figures count only when every return of the year was received and used. A return of the quarter
    itself that is missing or refused is named too, and leaves the year as it is.
    """
    received = [receipt.found.period for receipt in collected.accepted]
    sent = [receipt.found.period for receipt in collected.receipts]
    year = year_window(collected.slug, received, quarter, sent)
    missing = dict.fromkeys(year.missing)
    if str(year.span) not in (*year.periods, *year.missing):
        missing |= dict.fromkeys(quarter_window(collected.slug, received, quarter).missing)
    faulty = {_period_of(refusal) for refusal in collected.refusals}
    refused = [period for period in missing if period in faulty] + [ITS_FOLDER] * (ITS_FOLDER in faulty)

    status = Status.COMPLETE
    if collected.organisation is None or set(year.missing) & set(refused) or len(_kinds(collected, year)) > 1:
        status = Status.REFUSED
    elif year.missing:
        status = Status.INCOMPLETE
    absent = [] if collected.organisation is None else [period for period in missing if period not in faulty]
    return _candidate(collected, year, status, tuple(absent), tuple(refused))


def quarter_candidate(collected: Collected, quarter: Quarter) -> Candidate:
    """Take an organisation's quarter, which it has sent, for its own exact page."""
    window = Window(collected.slug, quarter, (str(quarter),), ())
    return _candidate(collected, window, Status.COMPLETE, (), ())


def _kinds(collected: Collected, window: Window) -> set[str]:
    """Name the kinds of return that fill a window: applications and totals cannot be added up."""
    return {receipt.found.kind.name for receipt in collected.accepted if str(receipt.found.period) in window.periods}


def _period_of(refusal: RawDataError) -> str:
    """Return the period whose folder holds what was refused; file names are not repeated, for they may hold a name."""
    try:
        return str(parse_period((refusal.file or "").split("/")[1]))
    except (IndexError, RawDataError):
        return ITS_FOLDER


def _candidate(
    collected: Collected, window: Window, status: Status, missing: tuple[str, ...], refused: tuple[str, ...]
) -> Candidate:
    organisation = collected.organisation
    published = organisation.already_published if organisation else None
    if published and (published.year != str(window.span) or _kinds(collected, window) != {STAGE_TOTALS.name}):
        published = None
    return Candidate(
        organisation=collected.slug,
        name=organisation.name if organisation else collected.slug,
        kind=organisation.kind if organisation else UNKNOWN_KIND,
        invented=organisation.invented if organisation else False,
        posts=published.posts if published else BAND_8_POSTS,
        span=window.span,
        status=status,
        periods=window.periods,
        missing=missing,
        refused=refused,
        published_source=published.source if published else None,
    )
