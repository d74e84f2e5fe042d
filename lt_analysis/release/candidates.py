"""What stands before the rule: each organisation's year, what became of its returns, and figures of others' making.

Figures that others published, sent as the totals of a year, are printed as they were, and kept apart from all others.
They are of other posts, and small numbers are among them, so nobody of such a year is counted in any table of the
audit, in that release or in a later one, also where the setting is taken away. And a year of which people were counted
in something published is not printed so any more: the difference could be a few people.
"""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date

from lt_analysis.codebook.measures import CHAINS_OF_POSTS
from lt_analysis.codebook.mistakes import RawDataError
from lt_analysis.codebook.periods import FinancialYear, Quarter, parse_period
from lt_analysis.codebook.returns import STAGE_TOTALS
from lt_analysis.codebook.standards import SEATS
from lt_analysis.codebook.words import BAND_8_POSTS
from lt_analysis.collection.collect import Collected
from lt_analysis.collection.organisation import BoardPublished, IndicatorPublished
from lt_analysis.counts.windows import Window, quarter_window, year_window
from lt_analysis.release.approvals import FIGURES, Approvals, readable
from lt_analysis.release.figures import ITS_FOLDER, UNKNOWN_KIND, Status
from lt_analysis.release.files import Edition, Ledger, Published
from lt_analysis.release.ladder import Executives


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
    posts_set_aside: int = 0
    board: BoardPublished | None = None
    indicators: tuple[IndicatorPublished, ...] = ()
    no_campaigns: bool = False


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


def executives_printed(candidates: Iterable[Candidate], editions: Iterable[Edition]) -> tuple[Executives, ...]:
    """Return what organisations have printed of the executives of their boards, as reports repeat it and settings say.

    What nobody has approved yet is known to everybody all the same, for the organisation has printed it.
    """
    repeated = [
        Executives(
            key.split("/")[0],
            date.fromisoformat(str(edition.items[f"{board}/as_of"])),
            *(round(float(edition.items[f"{board}/{number}"])) for number in SEATS["executives"]),
        )
        for edition in editions
        for key in edition.items
        if key.endswith("/board/executives")
        for board in [key.removesuffix("/executives")]
    ]
    now = [
        Executives(one.organisation, one.board.as_of, one.board.executives, one.board.bme_executives)
        for one in candidates
        if one.board and one.board.executives
    ]
    return (*repeated, *now)


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
        board=organisation.board_published if organisation else None,
        indicators=organisation.indicators_published if organisation else (),
        no_campaigns=bool(organisation and organisation.campaigns),
        posts_set_aside=sum(
            receipt.posts_aside for receipt in collected.accepted if str(receipt.found.period) in window.periods
        ),
    )


Year = tuple[str, str]  # an organisation's: its folder, and a financial year


def year_of(organisation: str, period: str) -> Year:
    """Return the year of an organisation that one of its periods is in, whether that is a quarter or the year."""
    return organisation, period[: len("2025-26")]


def years_elsewhere(editions: Iterable[Edition], approvals: Approvals) -> frozenset[Year]:
    """Return the years whose figures from elsewhere were printed in a release, or approved, which is public too."""
    printed = {(one.organisation, one.span) for edition in editions for one in edition.organisations if one.source}
    approved = {one[1:4:2] for one in approvals.texts if one.field == FIGURES}
    return frozenset(printed | {(organisation, str(FinancialYear(start))) for organisation, start in approved})


def years_counted(editions: Sequence[Edition]) -> frozenset[Year]:
    """Return the years of which people were counted in a table of the audit's own that was published."""
    entries = Ledger.of(editions).entries
    return frozenset(year_of(*one) for entry in entries for one in entry.cell.returns)


def without_counted(
    candidates: Iterable[Candidate], counted: Collection[Year]
) -> tuple[list[Candidate], list[Candidate]]:
    """Return candidates, those as everybody's who declare a year that was counted; and these, to be told so."""
    every, passed_over = [], []
    for one in candidates:
        if one.published_source and (one.organisation, str(one.span)) in counted:
            passed_over.append(one)
            one = replace(one, published_source=None, posts=BAND_8_POSTS)
        every.append(one)
    return every, passed_over


def in_words(candidate: Candidate, numbers: Iterable[Published]) -> str:
    """Write out figures from elsewhere, whole, for a person to compare them with their source."""
    stages = [key for chain in CHAINS_OF_POSTS for key in chain.keys]
    rows = sorted((stages.index(one.cell.key.stage), one.cell.key.group, one.value) for one in numbers)
    said = "; ".join(f"{stages[place]} {group} {people}" for place, group, people in rows)
    return (
        f"{candidate.span}, {readable(candidate.posts)}. Source: {readable(candidate.published_source or '')}.\n{said}"
    )
