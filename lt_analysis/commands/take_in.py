"""Process A: people are read, and the release and the exact files written. No page is made here."""

import os
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import duckdb
import typer
from rich.progress import track

from lt_analysis.codebook.folders import Folders, owner_only
from lt_analysis.codebook.mistakes import RawDataError, of_a_full_disk
from lt_analysis.codebook.periods import Quarter, StaffDay
from lt_analysis.codebook.returns import (
    ACTIONS,
    ANCHORS,
    APPLICATIONS,
    EVENTS,
    MENTORING,
    METRICS,
    STAFF,
    STAGE_TOTALS,
    SURVEY,
    TRAITS_RATED,
    Return,
)
from lt_analysis.collection.asked import read_asked
from lt_analysis.collection.collect import Collected, aside_paths, collect_organisation, record_path
from lt_analysis.collection.commitments import NOTHING_DECLARED, Declaration, read_commitments
from lt_analysis.collection.copies import refuse_copies
from lt_analysis.collection.finding import organisation_names
from lt_analysis.collection.goal import read_goal, read_pledge
from lt_analysis.collection.receipts import Receipt, open_audit
from lt_analysis.commands.console import accounted, err, out

# Where something of what was published stands: invented organisations are written over none of it.
PUBLISHED = ("releases", "certificates", "reports")
MOST_NOT_WHOLE, FEWEST_NOT_WHOLE = 0.02, 5  # of a return's rows: above both, a run ends with a code of its own

if TYPE_CHECKING:
    from lt_analysis.counts.windows import StaffYear
    from lt_analysis.evidence.kept_and_aside import Unlike
    from lt_analysis.release.candidates import Candidate
    from lt_analysis.release.quarter import Made


def collect_to_release(
    folders: Folders, quarter: Quarter, may_replace: Callable[[int], bool] | None = None
) -> "tuple[list[Collected], list[Candidate], list[Candidate]]":
    """Process A: read people, and write the exact files, and the release of a quarter that has none yet.

    Where `may_replace` is given, it is asked whether the release that there is may be replaced, so many numbers moving.
    Returns what was collected, the quarter of those that sent it, and everybody's year.
    """
    from lt_analysis.evidence.kept_and_aside import unlike_those_set_aside
    from lt_analysis.release.candidates import quarter_candidate, years_counted
    from lt_analysis.release.certificate import settle_certificates
    from lt_analysis.release.corrections import notice_corrections
    from lt_analysis.release.exact_files import write_exact, write_in_partnership
    from lt_analysis.release.files import is_released, read_editions, replaced_editions
    from lt_analysis.release.quarter import await_again, recount, release_quarter

    put_back_releases(folders)
    settle_certificates(folders)
    declaration = _declaration(folders)
    with _open_audit(folders) as connection:
        slugs = track(organisation_names(folders), description=f"Taking in returns to {quarter}", console=err)
        collected = [collect_organisation(connection, folders, slug, quarter.last_day) for slug in slugs]
        refuse_copies(connection, folders)
        editions = read_editions(folders)
        counted = years_counted((*editions, *replaced_editions(folders)))
        years, passed_over = _count(connection, folders, collected, quarter, counted)
        if unlike := unlike_those_set_aside(connection, quarter):
            collected = [_without(one, unlike) for one in collected]
            years, passed_over = _count(connection, folders, collected, quarter, counted)
        recruitment = [one.recruitment for one in collected]
        quarters = [quarter_candidate(one, quarter) for one in recruitment if _sent(one, quarter)]
        _count_besides_posts(connection, folders, collected, quarter)
        _estimate(connection, quarter, recruitment, years, quarters)
        write_exact(connection, folders, quarter, [*quarters, *years], collected)
        if again := recount(connection, folders, years):
            err.print(f"! Certificates were lost, and people counted from the returns again: {', '.join(again)}.")
        made = None
        if may_replace or not is_released(folders, quarter):
            made = release_quarter(connection, folders, quarter, years, may_replace, declaration)
        else:
            await_again(connection, folders, quarter, years, declaration)
        write_in_partnership(connection, folders, quarter)
        corrected = notice_corrections(connection, folders, quarter, collected)
    _say_rows(collected)
    _say_published_before(corrected, passed_over)
    _say_release(quarter, made)
    return collected, quarters, years


def _count_besides_posts(
    connection: duckdb.DuckDBPyConnection, folders: Folders, collected: list[Collected], quarter: Quarter
) -> None:
    """Count what else was sent besides posts, or keep it as it is: delivery, metrics, staff and answers."""
    from lt_analysis.counts.actions import keep_actions
    from lt_analysis.counts.leadership import count_leadership
    from lt_analysis.counts.metrics import keep_metrics
    from lt_analysis.counts.staff import count_staff
    from lt_analysis.counts.survey import count_answers

    keep_actions(connection, _records(folders, collected, ACTIONS, quarter))
    leaders = (_records(folders, collected, kind, quarter) for kind in (MENTORING, TRAITS_RATED))
    count_leadership(connection, quarter, *leaders)
    keep_metrics(connection, _records(folders, collected, METRICS), _records(folders, collected, ANCHORS, quarter))
    followed = [one for each in collected for one in staff_years_of(each, quarter)]
    count_staff(connection, followed, _records(folders, collected, STAFF), _records(folders, collected, EVENTS))
    count_answers(connection, _records(folders, collected, SURVEY))


def _estimate(
    connection: duckdb.DuckDBPyConnection,
    quarter: Quarter,
    recruitment: list[Collected],
    years: "list[Candidate]",
    quarters: "list[Candidate]",
) -> None:
    """Work out the evidence of posts: of each year and quarter, and over time but of what others published."""
    from lt_analysis.codebook.protocol import declared_protocol
    from lt_analysis.evidence.estimate import estimate
    from lt_analysis.evidence.over_time import estimate_over_time

    spans = [(one.organisation, str(one.span), period) for one in (*years, *quarters) for period in one.periods]
    lost = {(one.slug, str(receipt.found.period)): receipt.lost for one in recruitment for receipt in one.accepted}
    estimate(connection, spans, lost)
    published = {one.organisation for one in years if one.published_source}
    received = {one.slug: _quarters_of_applications(one) for one in recruitment if one.slug not in published}
    estimate_over_time(connection, quarter, received, declared_protocol())


def _say_published_before(corrected: int, passed_over: "list[Candidate]") -> None:
    """Say how many returns were corrected after they were published, and whose setting cannot be followed."""
    if corrected:
        err.print(f"! Returns corrected after they were published: {corrected}. Pages say that one was, and not what.")
    for one in passed_over:
        err.print(
            f"! {one.organisation}: already_published is passed over: people of {one.span} are counted in what was "
            "published. Take the setting away",
            markup=False,
        )


def _declaration(folders: Folders) -> Declaration:
    """Read what the partnership has declared; say what is wrong with it, which keeps nothing else back."""
    found = NOTHING_DECLARED._asdict()
    parts = {"goal": read_goal, "commitments": read_commitments, "pledge": read_pledge, "asked": read_asked}
    for part, read in parts.items():
        try:
            found[part] = read(folders)
        except RawDataError as error:
            err.print(f"✗ {error}", markup=False)
    return Declaration(**found)


def _records(folders: Folders, collected: list[Collected], kind: Return, quarter: Quarter | None = None) -> list[Path]:
    """List the files of one kind of record, of a quarter or of all."""
    found = [receipt.found for one in collected for receipt in one.accepted if receipt.found.kind == kind]
    return [record_path(folders, one) for one in found if quarter in (None, one.period)]


def staff_years_of(collected: Collected, quarter: Quarter) -> "list[StaffYear]":
    """Return the years through which an organisation's staff are followed: of its returns, and the latest that ended.

    An organisation that sent neither staff nor events has none.
    """
    from lt_analysis.counts.windows import staff_year

    sent = {
        kind: {receipt.found.period for receipt in collected.accepted if receipt.found.kind == kind}
        for kind in (STAFF, EVENTS)
    }
    latest = quarter.latest_complete_year
    years = {one.year for some in sent.values() for one in some if isinstance(one, Quarter) and one.year <= latest}
    days = [StaffDay(year) for year in sorted(years | {latest})] if any(sent.values()) else []
    kinds = collected.organisation.events if collected.organisation else ()
    return [staff_year(collected.slug, sent[STAFF], sent[EVENTS], day, kinds) for day in days]


def _count(
    connection: duckdb.DuckDBPyConnection,
    folders: Folders,
    collected: list[Collected],
    quarter: Quarter,
    counted: frozenset[tuple[str, str]],
) -> "tuple[list[Candidate], list[Candidate]]":
    """Count the records of all returns that count, and the posts of theirs that were set aside.

    Return every organisation's year, and what is passed over because the years were `counted` otherwise before.
    """
    from lt_analysis.counts.draws import count, count_posts_aside
    from lt_analysis.release.candidates import without_counted, year_candidate

    receipts = [receipt for one in collected for receipt in one.accepted]
    aside = [aside_paths(folders, one.found) for one in receipts if one.posts_aside]
    count_posts_aside(connection, [least for least, _ in aside], [most for _, most in aside])
    years, passed_over = without_counted((year_candidate(one.recruitment, quarter) for one in collected), counted)
    count(
        connection,
        applications=[record_path(folders, one.found) for one in receipts if one.found.kind == APPLICATIONS],
        stage_totals=[record_path(folders, one.found) for one in receipts if one.found.kind == STAGE_TOTALS],
        published_posts={one.organisation: one.posts for one in years if one.published_source},
    )
    return years, passed_over


def _without(collected: Collected, unlike: "list[Unlike]") -> Collected:
    """Withhold the returns of which the posts that count are unlike those set aside: they could tell what is not so."""
    periods = {one.quarter for one in unlike if one.organisation == collected.slug}
    return replace(
        collected,
        receipts=tuple(
            replace(receipt, refusal=_withheld(receipt))
            if receipt.found.period in periods and _has(receipt)
            else receipt
            for receipt in collected.receipts
        ),
    )


def _has(receipt: Receipt) -> bool:
    return receipt.found.kind == APPLICATIONS and not receipt.refusal


def _withheld(receipt: Receipt) -> RawDataError:
    reason = (
        f"{receipt.posts_aside:,} posts had to be set aside, and those that are left are unlike them: what they tell "
        "could come of what was left out"
    )
    return RawDataError(reason, "Mend what findings.xlsx names, and send the return again", receipt.found.file)


def ask_to_replace(quarter: Quarter, unseen: bool) -> Callable[[int], bool]:
    """Return a question, to whoever runs it, whether a release may be replaced; `unseen` is its answer beforehand."""

    def may_replace(moved: int) -> bool:
        """Say how many numbers would move, and return the answer."""
        err.print(f"{moved} numbers of the release of {quarter} would move.")
        return unseen or typer.confirm(f"Has nobody outside seen the report of {quarter}?")

    return may_replace


def put_back_releases(folders: Folders) -> None:
    """Copy back the releases that reports have and `data/processed` lacks, and say so: what was published stands."""
    from lt_analysis.release.appended import put_back_rows
    from lt_analysis.release.files import lost_replaced, put_back, settle_replaced

    settle_replaced(folders)
    if found := put_back(folders):
        err.print(f"! Put back from reports, for data/processed lacked them: the releases of {', '.join(found)}.")
    for table, number in put_back_rows(folders).items():
        err.print(f"! Put back from reports, for data/processed lacked them: {number} rows of {table}.csv.")
    if lost := lost_replaced(folders):
        err.print(f"! Editions that were replaced are gone, and nobody knows what they said: {', '.join(lost)}.")


def make_room(folders: Folders, afresh: bool) -> None:
    """Move aside all that was published and what it was made of, where something was. Raises where not `afresh`."""
    from lt_analysis.reporting.lock import LOCK
    from lt_analysis.synthetic import EXAMPLE

    published = [path for place in PUBLISHED for path in getattr(folders, place).glob("*[0-9]*")]
    if not published:
        return
    if not afresh:
        raise RawDataError(
            "something was released, and stands: other organisations would contradict it",
            "Invent in a copy of the project, or with --afresh, which moves data/raw, data/processed and reports aside",
        )
    number = 1
    while (aside := folders.root / "aside" / str(number)).exists():
        number += 1
    for folder in (folders.raw, folders.processed, folders.reports):
        for path in sorted(folder.iterdir()) if folder.is_dir() else ():
            if path.name not in ("README.md", EXAMPLE, LOCK):
                place = aside / path.relative_to(folders.root)
                owner_only(place.parent)
                path.rename(place)
    err.print(f"Moved what was there before to {aside}.", markup=False)


def _say_release(quarter: Quarter, made: "Made | None") -> None:
    if made is None or not made.written:
        err.print(f"{quarter} was released before, and what it says stands; only organisations' own pages are new.")
        return
    for one in made.refused:
        err.print(f"! {one}", markup=False)
    for said in made.said:
        err.print(f"! {said}.", markup=False)
    for slug, period in made.left_out:
        err.print(
            f"! {slug}/{period} was left out: earlier reports count the same people in returns of another form "
            "(quarters, or a whole year). Send that year as it was sent before",
            markup=False,
        )


def _quarters_of_applications(collected: Collected) -> set[Quarter]:
    found = [receipt.found for receipt in collected.accepted]
    return {one.period for one in found if one.kind == APPLICATIONS and isinstance(one.period, Quarter)}


def _sent(collected: Collected, quarter: Quarter) -> bool:
    return any(receipt.found.period == quarter for receipt in collected.accepted)


def _open_audit(folders: Folders) -> duckdb.DuckDBPyConnection:
    owner_only(folders.processed)
    before = os.umask(0o077)  # it holds what is true of people
    try:
        opened = open_audit(str(folders.database))
        folders.database.chmod(0o600)
        return opened
    except duckdb.Error as error:
        if of_a_full_disk(error):
            raise
        remedy = "Wait for the other run to end. If there is none, move audit.duckdb away: it can be made again"
        raise RawDataError("data/processed/audit.duckdb cannot be opened", remedy) from None
    finally:
        os.umask(before)


def _say_rows(collected: list[Collected]) -> None:
    received, accepted, rejected, set_aside = (
        sum(getattr(receipt, name) for one in collected for receipt in one.accepted)
        for name in ("received", "accepted", "rejected", "set_aside")
    )
    out.print(f"{received:,} rows received = {accounted(accepted, rejected, set_aside)}.")
    for receipt in (receipt for one in collected for receipt in one.accepted):
        if receipt.changed:
            out.print(f"{receipt.found.file} changed since it was last taken in: {receipt.changed}.", markup=False)
    if rejected:
        out.print("What is wrong with each rejected row: data/processed/findings/<organisation>/findings.xlsx")


def say_what_was_not_whole(collected: list[Collected]) -> bool:
    """Say of each return of which rows were not whole how many, and where; tell whether they are too many."""
    many = False
    for receipt in (receipt for one in collected for receipt in one.accepted):
        rows, of = receipt.not_whole, receipt.received - receipt.set_aside
        if _are_many(receipt.repeated, of):
            many = True
            out.print(
                f"! {receipt.found.file}: {receipt.repeated:,} of {of:,} rows say again what another row says of the "
                "same vacancy and applicant, and do not count",
                markup=False,
            )
        if not rows:
            continue
        many = many or _are_many(rows, of)
        aside = f", {receipt.posts_aside:,} posts set aside" if receipt.posts_aside else ""
        columns = ", ".join(dict.fromkeys(one.column or "its cells" for one in receipt.problems))
        out.print(f"! {receipt.found.file}: {rows:,} of {of:,} rows were not whole{aside}: {columns}", markup=False)
    return many


def _are_many(rows: int, of: int) -> bool:
    return rows >= FEWEST_NOT_WHOLE and rows > of * MOST_NOT_WHOLE
