"""The front door: `lt-analysis`."""

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from datetime import date
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import duckdb
import typer
from rich.console import Console
from rich.progress import track
from rich.table import Table

from lt_analysis.codebook.downloads import SPREADSHEET
from lt_analysis.codebook.folders import Folders, in_sql, owner_only
from lt_analysis.codebook.mistakes import RawDataError
from lt_analysis.codebook.periods import Quarter
from lt_analysis.codebook.publishing import smallest_number
from lt_analysis.codebook.returns import ACTIONS, APPLICATIONS, STAGE_TOTALS
from lt_analysis.codebook.words import DATA_QUALITY, bme_label
from lt_analysis.collection.collect import Collected, collect_organisation, record_path
from lt_analysis.collection.finding import find_returns, organisation_names
from lt_analysis.collection.organisation import FILE_NAME
from lt_analysis.collection.proposing import propose
from lt_analysis.collection.receipts import Receipt, open_audit
from lt_analysis.reporting.quick import start_quickly
from lt_analysis.reporting.turns import as_part, part_of
from lt_analysis.reporting.workers import end_with, processors

# The rooms further on are imported where they are used: SciPy, Jupyter and papermill take seconds to import,
# and `--help` and `check` answer without them.
if TYPE_CHECKING:
    from lt_analysis.release.candidates import Candidate
    from lt_analysis.release.figures import Release
    from lt_analysis.reporting.batch import Batch, Outcome
    from lt_analysis.reporting.kernel import Limits
    from lt_analysis.reporting.page import Ledger, Page
    from lt_analysis.verification import Attack, Posts, Publication

app = typer.Typer(
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    help="Audit recruitment at NHS Band 8 and above: from organisations' returns to pages for the board. "
    "To try it: `lt-analysis invent`, then `lt-analysis run`. For real returns: put them in data/raw "
    "(docs/returns.md), then `check`, then `run`.",
)
CORES = processors()
out = Console(highlight=False, soft_wrap=True)
err = Console(stderr=True, highlight=False, soft_wrap=True)

PeriodOption = Annotated[
    str | None, typer.Option(help="A financial quarter, as 2026-27-Q2. Without it, the latest with returns.")
]
OrganisationOption = Annotated[
    list[str] | None,
    typer.Option(help="Make only this organisation's pages, and those that are out of date."),
]
JobsOption = Annotated[int, typer.Option(min=1, help="How many pages to make at a time.")]
ForceOption = Annotated[bool, typer.Option("--force", help="Make pages anew also where nothing has changed.")]
ClusterOption = Annotated[
    str | None, typer.Option(help="Make the board's pages on this dask cluster, such as tcp://127.0.0.1:8786.")
]
SecondsOption = Annotated[float, typer.Option(min=1, help="How long a page may take, in seconds.")]
GigabytesOption = Annotated[float, typer.Option(min=0.1, help="How much memory a page's kernel may use.")]
PAGE_SECONDS, PAGE_GIGABYTES = 600.0, 4.0
SECONDS_TO_STOP = 1.0  # after which nothing is waited for


@app.command()
def invent(
    organisations: Annotated[int, typer.Option(min=1, help="How many organisations.")] = 12,
    quarters: Annotated[int, typer.Option(min=1, max=40, help="How many quarters of each.")] = 20,
    until: Annotated[str, typer.Option(help="The last quarter.")] = "2026-27-Q2",
    seed: Annotated[int, typer.Option(min=0, help="The same seed gives the same bytes.")] = 1,
    only_if_empty: Annotated[
        bool, typer.Option("--only-if-empty", help="Do nothing where data/raw holds organisations already.")
    ] = False,
) -> None:
    """Write invented organisations, with known truths, into data/raw."""
    from lt_analysis.synthetic import invent as invent_organisations
    from lt_analysis.synthetic import needs_inventing

    folders = Folders.here()
    if only_if_empty and not needs_inventing(folders):
        return
    made = invent_organisations(folders, organisations, quarters, Quarter.parse(until), seed)
    for _ in track(made, description="Inventing", total=organisations, console=err):
        pass
    out.print(
        f"Invented {organisations} organisations in data/raw, to {until}. Their truths are in data/raw/truth.csv."
    )


@app.command()
def check(
    organisation: Annotated[list[str] | None, typer.Argument(help="By folder name; all if none is named.")] = None,
) -> None:
    """Say what would be accepted and what is wrong, writing nothing. Exits 1 where anything is wrong."""
    folders = Folders.here()
    wrong = 0
    with open_audit(":memory:") as connection:
        # What does not fit in memory goes where only its owner can read it, and not into the folder of the moment.
        connection.execute(f"SET temp_directory = {in_sql(folders.processed / 'check.tmp')}")
        for slug in _organisations(folders, organisation):
            wrong += _check_one(connection, folders, slug)
    if wrong:
        raise typer.Exit(1)


def _check_one(connection: duckdb.DuckDBPyConnection, folders: Folders, slug: str) -> int:
    collected = collect_organisation(connection, folders, slug, until=date.max, keep=False)
    for receipt in collected.accepted:
        rows = f"{receipt.received:,} rows = {_accounted(receipt.accepted, receipt.rejected, receipt.set_aside)}"
        out.print(f"✓ {receipt.found.file}: {rows}", markup=False)
        for remark in _remarks(receipt):
            out.print(f"  {remark}", markup=False)
    problems = [problem for receipt in collected.accepted for problem in receipt.problems]
    for fault in (*collected.refusals, *problems):
        out.print(f"✗ {fault}", markup=False)
    for warning in collected.warnings:
        out.print(f"! {warning}", markup=False)
    if not (folders.raw / slug / FILE_NAME).exists():
        out.print(propose(folders, slug), markup=False)
    return len(collected.refusals) + len(problems)


def _accounted(accepted: int, rejected: int, set_aside: int) -> str:
    """Say what became of rows; lines set aside are named only where there are any."""
    apart = f" + {set_aside:,} set aside" if set_aside else ""
    return f"{accepted:,} accepted + {rejected:,} rejected{apart}"


def _remarks(receipt: Receipt) -> list[str]:
    """Say how a file was read where it was not read as it stood: nothing is passed over in silence."""
    remarks = [f"{remark[0].upper()}{remark[1:]}." for remark in receipt.read.remarks]
    remarks += [f"Row {line.row} was set aside: {line.why}." for line in receipt.read.set_aside]
    if receipt.left_out:
        remarks.append(f"Columns left out: {', '.join(receipt.left_out)}.")
    return remarks


@app.command()
def run(
    period: PeriodOption = None,
    organisation: OrganisationOption = None,
    jobs: JobsOption = CORES,
    force: ForceOption = False,
    cluster: ClusterOption = None,
    page_seconds: SecondsOption = PAGE_SECONDS,
    page_gigabytes: GigabytesOption = PAGE_GIGABYTES,
) -> None:
    """Take every return in, count, estimate, release, and make the pages. Exits 1 where an organisation failed.

    One organisation's failure stops no other. A run that was stopped or killed can simply be run again: pages that
    are in place and would be the same are left alone. Organisations' own exact pages never leave this machine, with
    --cluster or without.
    """
    from lt_analysis.reporting.kernel import Limits
    from lt_analysis.reporting.turns import in_turn

    bme_label(), smallest_number()  # settings that cannot be stop the run before anything is taken in
    folders = Folders.here()
    chosen = _organisations(folders, organisation)
    quarter = _quarter(folders, period)
    limits = Limits(page_seconds, page_gigabytes)
    options = [part for name in organisation or [] for part in ("--organisation", name)]
    options += ["--jobs", str(jobs), "--page-seconds", str(page_seconds), "--page-gigabytes", str(page_gigabytes)]
    options += [*(["--force"] if force else []), *(["--cluster", cluster] if cluster else [])]
    with in_turn(folders):
        sound = _run(folders, quarter, chosen, jobs, force, limits)
        reported = _report_apart(folders, quarter, options)
    if not sound or reported:
        raise typer.Exit(1)


def _run(folders: Folders, quarter: Quarter, chosen: list[str], jobs: int, force: bool, limits: "Limits") -> bool:
    """Process A, and organisations' own pages from its exact files; say whether nothing failed."""
    from lt_analysis.collection.findings import write_findings
    from lt_analysis.reporting.batch import Batch
    from lt_analysis.reporting.period import (
        analyst_page,
        clear_unfinished,
        own_data_quality_page,
        remove_own_pages_not_due,
    )
    from lt_analysis.reporting.workers import processes

    collected, quarters, years = _collect_to_release(folders, quarter)
    refusals = [refusal for one in collected for refusal in one.refusals]
    for refusal in refusals:
        err.print(f"✗ {refusal}", markup=False)
    for one in collected:
        write_findings(folders, one)

    clear_unfinished(folders)
    own = [analyst_page(folders, str(quarter), one.organisation, one.name) for one in quarters]
    own += [
        own_data_quality_page(folders, str(quarter), one.organisation, one.name)
        for one in years
        if not one.published_source
    ]
    remove_own_pages_not_due(folders, str(quarter), own)
    with processes(jobs) as executor:
        batch = Batch(folders, executor, limits)
        anew = [page for page in own if page.about in chosen] if force else []
        told = _make(batch, own, "Organisations' own pages", anew=anew)
    return not refusals and all(one.in_place for one in told)


def _collect_to_release(
    folders: Folders, quarter: Quarter
) -> "tuple[list[Collected], list[Candidate], list[Candidate]]":
    """Process A: read people, and write the release and the exact files. Pages are made without it.

    Returns what was collected, the quarter of those that sent it, and everybody's year.
    """
    from lt_analysis.codebook.protocol import declared_protocol
    from lt_analysis.counts.actions import keep_actions
    from lt_analysis.counts.draws import count
    from lt_analysis.evidence.estimate import estimate
    from lt_analysis.evidence.over_time import estimate_over_time
    from lt_analysis.release.candidates import quarter_candidate, year_candidate
    from lt_analysis.release.exact_files import write_exact
    from lt_analysis.release.quarter import release_quarter

    with _open_audit(folders) as connection:
        slugs = track(organisation_names(folders), description=f"Taking in returns to {quarter}", console=err)
        collected = [collect_organisation(connection, folders, slug, quarter.last_day) for slug in slugs]
        recruitment = [one.recruitment for one in collected]
        years = [year_candidate(one, quarter) for one in recruitment]
        quarters = [quarter_candidate(one, quarter) for one in recruitment if _sent(one, quarter)]

        published = {one.organisation: one.posts for one in years if one.published_source}
        records = [receipt.found for one in collected for receipt in one.accepted]
        count(
            connection,
            applications=[record_path(folders, found) for found in records if found.kind == APPLICATIONS],
            stage_totals=[record_path(folders, found) for found in records if found.kind == STAGE_TOTALS],
            published_posts=published,
        )
        keep_actions(
            connection,
            [record_path(folders, found) for found in records if found.kind == ACTIONS and found.period == quarter],
        )
        spans = [(one.organisation, str(one.span), period) for one in (*years, *quarters) for period in one.periods]
        estimate(connection, spans)
        received = {one.slug: _quarters_of_applications(one) for one in recruitment if one.slug not in published}
        estimate_over_time(connection, quarter, received, declared_protocol())
        write_exact(connection, folders, quarter, [*quarters, *years], collected)
        made = release_quarter(connection, folders, quarter, years)
    _say_rows(collected)
    for one in made.refused:
        err.print(f"! {one}", markup=False)
    for slug, period in made.left_out:
        err.print(
            f"! {slug}/{period} was left out: earlier reports count the same people in returns of another form "
            "(quarters, or a whole year). Send that year as it was sent before",
            markup=False,
        )
    if made.moved:
        err.print(
            f"! {made.moved:,} numbers are others than when {quarter} was last run. If those were published, put back "
            "its release and its certificate (data/processed): the difference tells of a few people."
        )
    return collected, quarters, years


def _quarters_of_applications(collected: Collected) -> set[Quarter]:
    found = [receipt.found for receipt in collected.accepted]
    return {one.period for one in found if one.kind == APPLICATIONS and isinstance(one.period, Quarter)}


def _sent(collected: Collected, quarter: Quarter) -> bool:
    return any(receipt.found.period == quarter for receipt in collected.accepted)


def _open_audit(folders: Folders) -> duckdb.DuckDBPyConnection:
    owner_only(folders.processed)
    try:
        return open_audit(str(folders.database))
    except duckdb.Error:
        remedy = "Wait for the other run to end. If there is none, move audit.duckdb away: it can be made again"
        raise RawDataError("data/processed/audit.duckdb cannot be opened", remedy) from None


def _say_rows(collected: list[Collected]) -> None:
    received, accepted, rejected, set_aside = (
        sum(getattr(receipt, name) for one in collected for receipt in one.accepted)
        for name in ("received", "accepted", "rejected", "set_aside")
    )
    out.print(f"{received:,} rows received = {_accounted(accepted, rejected, set_aside)}.")
    for receipt in (receipt for one in collected for receipt in one.accepted):
        if receipt.changed:
            out.print(f"{receipt.found.file} changed since it was last taken in: {receipt.changed}.", markup=False)
    if rejected:
        out.print("What is wrong with each rejected row: data/processed/findings/<organisation>/findings.xlsx")


def _report_apart(folders: Folders, quarter: Quarter, options: list[str]) -> int:
    """Process B, in a process of its own: it opens the release file and nothing else."""
    command = [sys.executable, "-m", "lt_analysis", "report", "--period", str(quarter), *options]
    with subprocess.Popen(command, cwd=folders.root, env=as_part()) as reporting:
        try:
            return reporting.wait()
        except SystemExit:  # by Ctrl-C, of which a terminal tells both
            reporting.terminate()
            with suppress(subprocess.TimeoutExpired):
                reporting.wait(SECONDS_TO_STOP / 2)
            reporting.kill()
            raise


@app.command()
def report(
    period: Annotated[str, typer.Option(help="A quarter that has been released, as 2026-27-Q2.")],
    organisation: OrganisationOption = None,
    jobs: JobsOption = CORES,
    force: ForceOption = False,
    cluster: ClusterOption = None,
    page_seconds: SecondsOption = PAGE_SECONDS,
    page_gigabytes: GigabytesOption = PAGE_GIGABYTES,
) -> None:
    """Make the board's pages and spreadsheet from the release file alone. Exits 1 where one could not be made, or
    where anything else stands among them.
    """
    from lt_analysis.reporting import workers
    from lt_analysis.reporting.batch import Batch
    from lt_analysis.reporting.kernel import Limits
    from lt_analysis.reporting.turns import in_turn

    bme_label()  # one that pages cannot show stops it before any page is removed
    folders = Folders.here()
    chosen = _known(organisation, sorted(one.slug for one in _released(period).organisations))
    with in_turn(folders):
        release = _released(period)  # which another run may have written anew in the meantime
        limits = Limits(page_seconds, page_gigabytes)
        with workers.cluster(cluster) if cluster else workers.processes(jobs) as executor:
            batch = Batch(folders, executor, limits, elsewhere=bool(cluster))
            anew = [*chosen, *([] if organisation else [DATA_QUALITY])] if force else []
            sound = _report(batch, release, anew)
    if not sound:
        raise typer.Exit(1)


def _report(batch: "Batch", release: "Release", anew: list[str]) -> bool:
    """Process B: make the pages, and say whether all are in place and nothing else is.

    The front page comes last, for it names what could not be made.
    """
    from lt_analysis.reporting.batch import unchanged
    from lt_analysis.reporting.download import spreadsheet_of
    from lt_analysis.reporting.gate.folder import unintended
    from lt_analysis.reporting.pack import pack_path, remove_pack
    from lt_analysis.reporting.period import (
        board_page,
        clear_unfinished,
        data_quality_page,
        front_page,
        remove_pages_of_others,
    )

    folders, period = batch.folders, str(release.quarter)
    names = {one.slug: one.name for one in release.organisations}
    ledger = ledger_of(release)
    pages = [board_page(folders, period, slug, name) for slug, name in names.items()]
    pages.append(data_quality_page(folders, period))
    clear_unfinished(folders)
    remove_pages_of_others(folders, period, list(names))
    spreadsheet, printed = spreadsheet_of(folders, period), pack_path(folders, period)
    without_page = [] if _put_spreadsheet(folders, release, spreadsheet) else [SPREADSHEET]
    size = spreadsheet.stat().st_size if spreadsheet.exists() else None
    front = front_page(folders, period, without_page, size)
    every = [*pages, front]
    standing = [] if anew else unchanged(folders, every)
    if printed.exists() and standing != every:
        remove_pack(folders, period, front)
        err.print(f"! The pack of the pages before was removed. Print it anew: lt-analysis pack --period {period}")
    if front not in standing:
        front.destination.unlink(missing_ok=True)  # so that it never stands beside pages that are newer
    told = _make(batch, pages, "Board pages", ledger, [page for page in pages if page.about in anew])
    without_page += [one.page.about for one in told if not one.in_place]
    front = front_page(folders, period, sorted(without_page), size)
    told += _make(batch, [front], "Front page", ledger, [front] if anew else [])
    if told[-1].in_place:
        out.print(f"Open {front.destination}", markup=False)
    left = unintended(folders.reports / period, [spreadsheet, printed, *(page.destination for page in every)])
    for name in left:
        err.print(f"✗ reports/{period}/{name} is no part of the report. Move it away", markup=False)
    return not left and SPREADSHEET not in without_page and all(one.in_place for one in told)


def _released(period: str) -> "Release":
    from lt_analysis.release import read_release

    try:
        return read_release(str(Quarter.parse(period)))
    except ValueError as error:
        raise RawDataError(str(error), "Run the quarter first: lt-analysis run --period ...") from None


@app.command()
def pack(
    period: Annotated[str, typer.Option(help="A quarter that has pages, as 2026-27-Q2.")],
    organisation: Annotated[
        list[str] | None, typer.Option(help="Put in this organisation's page, and no other's; may be repeated.")
    ] = None,
) -> None:
    """Print the board's pages as one PDF: the front page, organisations' pages, and data quality. Needs Chromium.

    Exits 1 where the pack is not fit to be published.
    """
    from lt_analysis.reporting.pack import pack_path
    from lt_analysis.reporting.turns import in_turn

    folders = Folders.here()
    _released(period)
    with in_turn(folders):
        faults = _print_pack(folders, period, organisation)
    for fault in faults:
        err.print(f"✗ The pack was not made: {fault}", markup=False)
    if faults:
        raise typer.Exit(1)
    out.print(f"Open {pack_path(folders, period)}", markup=False)


def _print_pack(folders: Folders, period: str, organisation: list[str] | None) -> list[str]:
    """Print the pack of pages that are of this release and this code; say what makes it unfit, if anything does."""
    from lt_analysis.reporting.batch import unchanged
    from lt_analysis.reporting.download import spreadsheet_of
    from lt_analysis.reporting.pack import make_pack
    from lt_analysis.reporting.period import board_page, data_quality_page, front_page

    release = _released(period)
    names = {one.slug: one.name for one in release.organisations}
    chosen = _known(organisation, sorted(names))
    pages = [board_page(folders, period, slug, name) for slug, name in names.items() if slug in chosen]
    spreadsheet = spreadsheet_of(folders, period)
    size = spreadsheet.stat().st_size if spreadsheet.exists() else None
    pages = [front_page(folders, period, [], size), *pages, data_quality_page(folders, period)]
    current = unchanged(folders, pages)
    if any(page.destination.exists() and page not in current for page in pages):
        remedy = f"Make them again: lt-analysis report --period {period}"
        raise RawDataError(f"pages in reports/{period} are not of this release and this code", remedy)
    return make_pack(folders, period, pages, ledger_of(release))


def ledger_of(release: "Release") -> "Ledger":
    """Return what pages for the board are held to."""
    from lt_analysis.reporting.page import Ledger

    names = tuple(one.name for one in release.organisations)
    return Ledger(release.published, names, release.evidence_published, release.quoted)


def _put_spreadsheet(folders: Folders, release: "Release", destination: Path) -> bool:
    """Write the quarter's spreadsheet, before the front page says how large it is; say whether it is in place."""
    from lt_analysis.rendering.sheets import names_in
    from lt_analysis.rendering.workbook import workbook
    from lt_analysis.reporting.download import put_spreadsheet
    from lt_analysis.reporting.page import Ledger

    items = release.evidence_published | release.chances_published
    ledger = Ledger(release.published, names_in(release), items)
    faults = put_spreadsheet(folders.root, lambda: workbook(release), destination, ledger)
    for fault in faults:
        err.print(f"✗ {SPREADSHEET}: it was not made: {fault}", markup=False)
    return not faults


@app.command()
def verify(
    period: Annotated[list[str], typer.Option(help="A quarter that has pages, as 2026-27-Q2; may be repeated.")],
    known: Annotated[
        list[str] | None,
        typer.Option(help="A number that is public from elsewhere, as KEY=VALUE; may be repeated."),
    ] = None,
    posts: Annotated[
        Path | None,
        typer.Option(help="A CSV file that says in which quarters a band had posts: organisation,quarter,band."),
    ] = None,
) -> None:
    """Attack the published pages, with those of all earlier quarters, as a stranger could.

    Exits 1 where a hidden number can be recovered or must be small. It opens reports/, the file of posts if there is
    one, and nothing else.
    """
    from lt_analysis.verification import attack

    publication = _published(sorted({Quarter.parse(one) for one in period}))
    found = attack(
        publication,
        known=dict(map(_public_number, known or [])),
        watched=lambda bounded, total: track(bounded, description="Attacking", total=total, console=err),
        posts=_posts(posts, publication) if posts else None,
    )
    for fault in found.faults():
        out.print(f"✗ {fault}", markup=False)
    out.print(_in_numbers(found))
    if posts and found.impossible:
        err.print(f"! It may be that {posts.name} misses posts: no numbers of people agree with both.", markup=False)
    if found.undecided:
        out.print("Undecided: more is known of these than the rule allows if they are small, which nobody can tell.")
    if found.succeeded:
        raise typer.Exit(1)


def _published(quarters: list[Quarter]) -> "Publication":
    """Read all that is published up to the last of some quarters, each of which must have pages."""
    from lt_analysis.verification.reading import published_files, read_publication

    files = published_files(Folders.here(), quarters[-1])
    remedy = "Make its pages first: lt-analysis run --period ..."
    for quarter in quarters:
        if str(quarter) not in {file.release for file in files}:
            raise RawDataError(f"there are no pages in reports/{quarter}", remedy)
    publication = read_publication(track(files, description="Reading pages", console=err))
    for release in dict.fromkeys(file.release for file in files):
        if release not in publication.releases:
            if release in map(str, quarters):
                raise RawDataError(f"no number in reports/{release} says what it counts (data-key)", remedy)
            err.print(f"! reports/{release} was not attacked: no number there says what it counts.", markup=False)
    return publication


def _public_number(text: str) -> tuple[str, int]:
    key, _, value = text.rpartition("=")
    if not key or not value.isdecimal():
        raise RawDataError(f"{text!r} is not a number that is public", "Write it as KEY=VALUE")
    return key, int(value)


def _posts(path: Path, publication: "Publication") -> "Posts":
    from lt_analysis.verification import read_posts

    posts = read_posts(path)
    for organisation in sorted({organisation for organisation, _ in posts} - publication.organisations):
        err.print(f"! {path.name} says posts of {organisation}, of whom the pages have no number.", markup=False)
    return posts


def _in_numbers(found: "Attack") -> Table:
    table = Table("release", "shown", "hidden", "found out", "undecided", "fewest values", "middle")
    for release in found.publication.releases:
        one = found.summary(release)
        widths = ("-" if width is None else f"{width:,}" for width in (one.narrowest, one.middle))
        table.add_row(release, *(f"{n:,}" for n in (one.shown, one.hidden, one.found_out, one.undecided)), *widths)
    return table


def _make(
    batch: "Batch", pages: "list[Page]", description: str, ledger: "Ledger | None" = None, anew: "Sequence[Page]" = ()
) -> "list[Outcome]":
    from lt_analysis.reporting.progress import counted, watched

    told = watched(batch.make(pages, ledger, anew), len(pages), description, err)
    if batch.why_ordinary:
        _warn_once(f"Each kernel started by itself, which is slower: {batch.why_ordinary}.")
    err.print(f"{description}: {counted(told)}.", markup=False)
    return told


@cache
def _warn_once(warning: str) -> None:
    err.print(f"! {warning}", markup=False)


def _organisations(folders: Folders, names: list[str] | None) -> list[str]:
    known = organisation_names(folders)
    if not known:
        raise RawDataError("data/raw holds no organisation", "Run `lt-analysis invent` to try the audit out")
    return _known(names, known)


def _known(names: list[str] | None, known: list[str]) -> list[str]:
    for name in names or []:
        if name not in known:
            raise RawDataError(f"{name!r} is not an organisation", f"Choose from: {', '.join(known)}")
    return names or known


def _quarter(folders: Folders, period: str | None) -> Quarter:
    found = [one.period for slug in organisation_names(folders) for one in find_returns(folders, slug)[0]]
    quarters = sorted({one for one in found if isinstance(one, Quarter)})
    if not quarters:
        raise RawDataError("no organisation has sent a quarter", "Put returns in data/raw/<organisation>/2026-27-Q2/")
    quarter = Quarter.parse(period) if period else quarters[-1]
    if quarter not in quarters:
        raise RawDataError(f"there are no returns for {quarter}", f"There are from {quarters[0]} to {quarters[-1]}")
    return quarter


def main() -> None:
    """Run the command line; what a person can mend is said in a sentence, without a traceback."""
    if run := part_of():
        end_with(run)
    start_quickly()
    stopped: list[int] = []
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda number, _: _stop(number, stopped))
    try:
        with _ending_soon_after_a_signal(stopped):
            app()
    except RawDataError as error:
        err.print(f"lt-analysis: {error}", markup=False)
        sys.exit(1)
    except RuntimeError:  # what DuckDB makes of the signal that ended a query
        if not stopped:
            raise
        sys.exit(128 + stopped[0])


def _stop(number: int, stopped: list[int]) -> None:
    """End in good order: what is done is kept, and the next run goes on from there. Told twice, end at once."""
    if stopped:
        _end_at_once(number)
    stopped.append(number)
    if part_of() is None:
        err.print("Stopped. What is done is kept: run it again to go on.")
    raise SystemExit(128 + number)


@contextmanager
def _ending_soon_after_a_signal(stopped: list[int]) -> Iterator[None]:
    """Have a thread end this process a second after it is told to stop, whatever it still waits for or works out.

    What it started ends with it, or sees that it has gone, as when it is killed. The thread is there beforehand: the
    code that a signal interrupts may be the very one that starts threads.
    """
    told, telling = os.pipe()
    os.set_blocking(telling, False)
    before = signal.set_wakeup_fd(telling, warn_on_full_buffer=False)

    def _end() -> None:
        if number := os.read(told, 1):
            time.sleep(SECONDS_TO_STOP)
            _end_at_once(number[0])

    waiting = threading.Thread(target=_end, daemon=True)
    waiting.start()
    try:
        yield
    finally:
        if not stopped:  # else it stays open, for a second signal
            signal.set_wakeup_fd(before)
            os.close(telling)
            waiting.join()
            os.close(told)


def _end_at_once(number: int) -> None:
    if err.is_terminal:
        os.write(2, b"\x1b[?25h")  # a bar hides the cursor
    os._exit(128 + number)


if __name__ == "__main__":
    main()
