"""The command line: `lt-analysis`."""

import signal
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.progress import track

import lt_analysis
from lt_analysis.codebook.folders import Folders, in_sql
from lt_analysis.codebook.mistakes import RawDataError, of_a_full_disk
from lt_analysis.codebook.periods import Quarter
from lt_analysis.codebook.publishing import smallest_number
from lt_analysis.codebook.subjects import RETURNS, WITH_PAGES
from lt_analysis.codebook.words import bme_label
from lt_analysis.collection.asked import read_asked
from lt_analysis.collection.commitments import read_commitments
from lt_analysis.collection.finding import misnamed_folders
from lt_analysis.collection.goal import read_goal, read_pledge
from lt_analysis.collection.receipts import open_audit
from lt_analysis.commands.arguments import (
    ensure_known,
    ensure_released,
    organisations_asked,
    quarter_asked,
    quarters_sent,
    quarters_with_pages,
    released,
)
from lt_analysis.commands.check import check_one
from lt_analysis.commands.console import err, out
from lt_analysis.commands.pages import make_report, print_pack
from lt_analysis.commands.run import in_release, release_years_before, report_apart, run_quarter
from lt_analysis.commands.stopping import ending_soon_after_a_signal, stop
from lt_analysis.commands.take_in import ask_to_replace, make_room, put_back_releases, say_what_was_not_whole
from lt_analysis.commands.verify import (
    found_of_metrics,
    in_numbers,
    posts_of,
    public_number,
    publication_of,
    seen_before,
    what_cannot_be_attacked,
)
from lt_analysis.reporting.lock import part_of
from lt_analysis.reporting.startup import start_quickly
from lt_analysis.reporting.workers import end_with, ensure_scheduler, processors

if TYPE_CHECKING:
    from lt_analysis.verification import Attack

# The rooms further on are imported where they are used: SciPy, Jupyter and papermill take seconds to import,
# and `--help` and `check` answer without them.
ONLY_IF_EMPTY = (
    "Invent only where data/raw has no organisation yet, but for the published example, or an invention was cut short; "
    "anywhere else do nothing."
)

app = typer.Typer(
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    help="Audit recruitment at NHS Band 8 and above: from organisations' returns to pages for the board. "
    "To try it: `lt-analysis invent`, then `lt-analysis run`. For real returns: put them in data/raw "
    "(docs/returns.md), then `check`, then `run`.",
)
CORES = processors()
DAY, MOST_GIGABYTES = 24 * 60 * 60.0, 1_000_000.0

PeriodOption = Annotated[
    str | None, typer.Option(help="A financial quarter, as 2026-27-Q2. Without it, the latest with returns.")
]
ReportOption = Annotated[
    str | None, typer.Option(help="A quarter that has been released, as 2026-27-Q2. Without it, the latest.")
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
SecondsOption = Annotated[float, typer.Option(min=1, max=DAY, help="How long a page may take, in seconds.")]
GigabytesOption = Annotated[
    float, typer.Option(min=0.1, max=MOST_GIGABYTES, help="How much memory a page's kernel may use.")
]
PAGE_SECONDS, PAGE_GIGABYTES = 600.0, 4.0
NOT_WHOLE = 3  # the exit code of a run of which too many rows were not whole


def _print_version(asked: bool) -> None:
    if asked:
        out.print(f"lt-analysis {lt_analysis.__version__}")
        raise typer.Exit


def _examples(*commands: str) -> str:
    """Return what stands at the end of a command's help; a blank line keeps each on a line of its own."""
    return "\n\n".join(("Examples:", *(f"lt-analysis {command}" for command in commands)))


@app.callback()
def _of_all(
    version: Annotated[
        bool, typer.Option("--version", callback=_print_version, is_eager=True, help="Print the version.")
    ] = False,
) -> None:
    pass


@app.command(epilog=_examples("status"))
def status() -> None:
    """Say how far each quarter has come, what is late, and what awaits approval; writes nothing."""
    from lt_analysis.commands.status import say_status

    say_status(Folders.here())


@app.command(epilog=_examples("new"))
def new() -> None:
    """Lay out a project in this folder, which must be empty: notebooks, and room for returns."""
    from lt_analysis.commands.new import lay_out

    lay_out(Path.cwd())
    out.print("Put returns in data/raw, or try it: lt-analysis invent, then lt-analysis run")


@app.command(epilog=_examples("invent", "invent --organisations 4 --quarters 8", "invent --until 2025-26-Q4"))
def invent(
    organisations: Annotated[int, typer.Option(min=1, help="How many organisations.")] = 12,
    quarters: Annotated[int, typer.Option(min=1, max=40, help="How many quarters of each.")] = 20,
    until: Annotated[str, typer.Option(help="The last quarter.")] = "2026-27-Q2",
    seed: Annotated[int, typer.Option(min=0, help="The same seed gives the same bytes.")] = 1,
    only_if_empty: Annotated[
        bool,
        typer.Option("--only-if-empty", help=ONLY_IF_EMPTY),
    ] = False,
    afresh: Annotated[
        bool, typer.Option("--afresh", help="Move data/raw, data/processed and reports aside where there are releases.")
    ] = False,
) -> None:
    """Write invented organisations, with known truths, into data/raw."""
    from lt_analysis.reporting.lock import in_turn
    from lt_analysis.synthetic import invent as invent_organisations
    from lt_analysis.synthetic import needs_inventing, refuse_beside_real_organisations

    folders = Folders.here()
    if only_if_empty and not needs_inventing(folders):
        return
    refuse_beside_real_organisations(folders)
    with in_turn(folders):
        make_room(folders, afresh)
        made = invent_organisations(folders, organisations, quarters, Quarter.parse(until), seed)
        for _ in track(made, description="Inventing", total=organisations, console=err):
            pass
    out.print(
        f"Invented {organisations} organisations in data/raw, to {until}. Their truths are in data/raw/truth.csv."
    )


@app.command(epilog=_examples("check", "check nonesuch-hospitals"))
def check(
    organisation: Annotated[list[str] | None, typer.Argument(help="By folder name; all if none is named.")] = None,
) -> None:
    """Say what would be accepted and what is wrong, writing nothing. Exits 1 where anything is wrong."""
    folders = Folders.here()
    misnamed = misnamed_folders(folders)
    for fault in misnamed:
        out.print(f"✗ {fault}", markup=False)
    wrong = len(misnamed)
    for read in (read_goal, read_commitments, read_pledge, read_asked):
        try:
            read(folders)
        except RawDataError as fault:
            out.print(f"✗ {fault}", markup=False)
            wrong += 1
    with open_audit(":memory:") as connection:
        # What does not fit in memory goes where only its owner can read it, and not into the folder of the moment.
        connection.execute(f"SET temp_directory = {in_sql(folders.processed / 'check.tmp')}")
        for slug in organisations_asked(folders, organisation):
            wrong += check_one(connection, folders, slug)
    if wrong:
        raise typer.Exit(1)


@app.command(
    epilog=_examples("run", "run --period 2026-27-Q1", "run --organisation nonesuch-hospitals", "run --all-periods")
)
def run(
    period: PeriodOption = None,
    organisation: OrganisationOption = None,
    all_periods: Annotated[
        bool, typer.Option("--all-periods", help="Run every quarter with returns, one after another, up to --period.")
    ] = False,
    years_before: Annotated[
        int,
        typer.Option(
            "--years-before",
            min=0,
            max=20,
            help="Where nothing was released yet: release so many years before the latest first, without their pages.",
        ),
    ] = 0,
    replace: Annotated[
        bool,
        typer.Option("--replace", help="Release the newest quarter anew; asks whether anybody has seen it."),
    ] = False,
    unseen: Annotated[
        bool, typer.Option("--unseen", help="With --replace: nobody outside has seen it, so do not ask.")
    ] = False,
    jobs: JobsOption = CORES,
    force: ForceOption = False,
    cluster: ClusterOption = None,
    page_seconds: SecondsOption = PAGE_SECONDS,
    page_gigabytes: GigabytesOption = PAGE_GIGABYTES,
) -> None:
    """Take every return in, count, estimate, release, and make the pages. Exits 1 where an organisation failed, and 3
    where none did but more than 1 row in 50 of a return, and at least 5, were not whole.

    One organisation's failure stops no other. A run that was stopped or killed can simply be run again: pages that
    are in place and would be the same are left alone. Organisations' own exact pages never leave this machine, with
    --cluster or without. What was released stands: of a quarter that was, nothing is decided anew.
    """
    from lt_analysis.commands.approve import say_how_many_await
    from lt_analysis.reporting.lock import in_turn
    from lt_analysis.reporting.page import Limits

    bme_label(), smallest_number()  # settings that cannot be stop the run before anything is taken in
    folders = Folders.here()
    chosen = organisations_asked(folders, organisation)
    last = quarter_asked(folders, period)
    quarters = [one for one in quarters_sent(folders) if one <= last] if all_periods else [last]
    if unseen and not replace or replace and all_periods:
        raise RawDataError("--unseen goes with --replace, and --replace with one quarter", "Name it with --period")
    if cluster is not None:  # a wrong address is said before anything is taken in
        ensure_scheduler(cluster)
    limits = Limits(page_seconds, page_gigabytes)
    options = ["--jobs", str(jobs), "--page-seconds", str(page_seconds), "--page-gigabytes", str(page_gigabytes)]
    options += [*(["--force"] if force else []), *(["--cluster", cluster] if cluster is not None else [])]
    with in_turn(folders):
        sound, not_whole = True, False
        release_years_before(folders, quarters[0], years_before)
        for quarter in quarters:
            if all_periods:
                err.rule(str(quarter))
            may_replace = ask_to_replace(quarter, unseen) if replace else None
            made, of_kernels, collected = run_quarter(
                folders, quarter, chosen, jobs, force, limits, may_replace, organisation or []
            )
            # What is known of this machine's kernels says nothing of a cluster's.
            names = in_release(folders, quarter, organisation or [])
            asked = [part for name in names for part in ("--organisation", name)]
            reported = report_apart(folders, quarter, asked + options, {} if cluster is not None else of_kernels)
            if why := what_cannot_be_attacked(folders, quarter):
                err.print(f"✗ lt-analysis verify cannot attack this report: {why}", markup=False)
            sound = sound and made and not reported and not why
            not_whole = say_what_was_not_whole(collected)
        say_how_many_await(folders)
    if not sound:
        raise typer.Exit(1)
    if not_whole:
        raise typer.Exit(NOT_WHOLE)


@app.command(epilog=_examples("report", "report --period 2026-27-Q2 --organisation nonesuch-hospitals"))
def report(
    period: ReportOption = None,
    organisation: OrganisationOption = None,
    jobs: JobsOption = CORES,
    force: ForceOption = False,
    cluster: ClusterOption = None,
    page_seconds: SecondsOption = PAGE_SECONDS,
    page_gigabytes: GigabytesOption = PAGE_GIGABYTES,
) -> None:
    """Make the board's pages and spreadsheet from releases alone. Exits 1 where one could not be made, or
    where anything else stands among them.
    """
    from lt_analysis.reporting import workers
    from lt_analysis.reporting.batch import Batch
    from lt_analysis.reporting.lock import in_turn
    from lt_analysis.reporting.page import Limits

    bme_label()  # one that pages cannot show stops it before any page is removed
    folders = Folders.here()
    ensure_released(folders, period)  # before anything is written
    with in_turn(folders):
        put_back_releases(folders)
        release = released(period)
        chosen = ensure_known(organisation, sorted(one.slug for one in release.organisations))
        limits = Limits(page_seconds, page_gigabytes)
        with workers.cluster(cluster) if cluster is not None else workers.processes(jobs) as executor:
            batch = Batch(folders, executor, limits, elsewhere=cluster is not None)
            anew = [*chosen, *([] if organisation else [RETURNS.key, *WITH_PAGES])] if force else []
            sound = make_report(batch, release, anew, organisation or [])
    if not sound:
        raise typer.Exit(1)


@app.command(epilog=_examples("approve", 'approve 1a2b3c4d --role "Chair of the Equalities Group"'))
def approve(
    code: Annotated[list[str] | None, typer.Argument(help="Approve the text that is listed under this code.")] = None,
    everything: Annotated[bool, typer.Option("--all", help="Approve all texts that are not marked.")] = False,
    role: Annotated[str | None, typer.Option(help="The role, not the name, of whoever approves.")] = None,
    period: Annotated[str | None, typer.Option(help="Only texts of this quarter's report, as 2026-27-Q2.")] = None,
) -> None:
    """List what organisations wrote and nobody has approved yet, or approve some of it, so that pages may show it.

    Marked is what looks like a contact, a name or one person: read those twice. Nothing is approved without --role.
    """
    from lt_analysis.commands.approve import approve_some, say_what_awaits, texts_awaiting
    from lt_analysis.reporting.lock import in_turn

    folders = Folders.here()
    with in_turn(folders):
        put_back_releases(folders)
        if code or everything or role:
            approve_some(folders, code or [], everything, role, period)
        elif listed := texts_awaiting(folders, period):
            say_what_awaits(listed)
        else:
            out.print("No text awaits approval.")


@app.command(epilog=_examples("reply"))
def reply(
    period: ReportOption = None,
) -> None:
    """Write for each organisation what the report says of its pledged actions, to be sent to it before it is published.

    What it replies it sends in the column `reply` of its return of actions.
    """
    from lt_analysis.commands.reply import write_to_reply
    from lt_analysis.reporting.lock import in_turn

    folders = Folders.here()
    with in_turn(folders):
        put_back_releases(folders)
        written = list(write_to_reply(folders, released(period)))
    for path in written:
        out.print(f"Send to {path.parent.name}: {path}", markup=False)
    if not written:
        out.print("No organisation has pledged an action.")


@app.command(epilog=_examples("pack", "pack --organisation nonesuch-hospitals"))
def pack(
    period: ReportOption = None,
    organisation: Annotated[
        list[str] | None, typer.Option(help="Put in this organisation's own pages too; may be repeated.")
    ] = None,
) -> None:
    """Print the partnership's pages as one PDF, the front page first, for a board's paper. Needs Chromium.

    Exits 1 where the pack is not fit to be published.
    """
    from lt_analysis.reporting.lock import in_turn
    from lt_analysis.reporting.pack import pack_path

    folders = Folders.here()
    period = str(released(period).quarter)
    with in_turn(folders):
        faults = print_pack(folders, period, organisation or [])
    for fault in faults:
        err.print(f"✗ The pack was not made: {fault}", markup=False)
    if faults:
        raise typer.Exit(1)
    out.print(f"Open {pack_path(folders, period)}", markup=False)


@app.command(epilog=_examples("verify", "verify --period 2026-27-Q2"))
def verify(
    period: Annotated[
        list[str] | None,
        typer.Option(help="A quarter that has pages, as 2026-27-Q2; may be repeated. Without it, the latest."),
    ] = None,
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

    Exits 1 where a hidden number can be recovered or must be small. The executives whom reports say to be on boards are
    known by name to whoever reads them. It opens reports/, editions that were replaced (which somebody may have seen),
    what others have published, the file of posts if there is one, and of metrics also releases without a report and
    what practices had published themselves when each was made.
    """
    from lt_analysis.verification import attack
    from lt_analysis.verification.printed import at_least_of, known_of, printed_boards, printed_figures
    from lt_analysis.verification.reading import public_elsewhere

    quarters = {Quarter.parse(one) for one in period or []} or {quarters_with_pages(Folders.here())[-1]}
    publication = publication_of(sorted(quarters))
    elsewhere, seen = dict(map(public_number, known or [])), seen_before(publication)
    printed = known_of(printed_figures(Folders.here()), publication)
    elsewhere = public_elsewhere(Folders.here()) | elsewhere
    at_least = at_least_of(printed_boards(Folders.here()), publication)
    where = posts_of(posts, publication) if posts else None

    def attacked(known: dict[str, int], seen: dict[str, int]) -> "Attack":
        """Attack it with what is known besides, and what was seen before."""
        return attack(
            publication,
            known=known,
            seen=seen,
            watched=lambda bounded, total: track(bounded, description="Attacking", total=total, console=err),
            posts=where,
            at_least=at_least,
        )

    found = attacked(printed | elsewhere, seen)
    if (printed or seen) and found.impossible:
        err.print(
            "! What was replaced, or printed elsewhere, was about other people, so that it says nothing of these."
        )
        found = attacked(elsewhere, {})
    if found.disbelieved:
        err.print(f"! Other people must be on the board than are counted: {', '.join(found.disbelieved)}", markup=False)
    of_metrics = found_of_metrics(Folders.here())
    for fault in (*found.faults(), *of_metrics):
        out.print(f"✗ {fault}", markup=False)
    out.print(in_numbers(found))
    if posts and found.impossible:
        err.print(f"! It may be that {posts.name} misses posts: no numbers of people agree with both.", markup=False)
    if found.undecided:
        out.print("Undecided: more is known of these than the rule allows if they are small, which nobody can tell.")
    if found.succeeded or of_metrics:
        raise typer.Exit(1)


def main() -> None:
    """Run the command line; what a person can mend is said in a sentence, without a traceback."""
    if run := part_of():
        end_with(run)
    start_quickly()
    stopped: list[int] = []
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda number, _: stop(number, stopped))
    try:
        with ending_soon_after_a_signal(stopped):
            app()
    except RawDataError as error:
        err.print(f"lt-analysis: {error}", markup=False)
        sys.exit(1)
    except RuntimeError:  # what DuckDB makes of the signal that ended a query
        if not stopped:
            raise
        sys.exit(128 + stopped[0])
    except Exception as error:
        if not of_a_full_disk(error):
            raise
        err.print("lt-analysis: the disk is full. Make room, then run it again: what is done is kept.")
        sys.exit(1)


if __name__ == "__main__":
    main()
