"""One run of a quarter: process A, organisations' own pages, then process B in a process of its own."""

import signal
import subprocess
import sys
from collections.abc import Callable, Sequence
from contextlib import suppress
from typing import TYPE_CHECKING

from lt_analysis.codebook.folders import Folders
from lt_analysis.codebook.periods import FinancialYear, Quarter
from lt_analysis.codebook.subjects import RECRUITMENT
from lt_analysis.collection.finding import misnamed_folders
from lt_analysis.commands.arguments import quarters_sent, released
from lt_analysis.commands.console import err, out
from lt_analysis.commands.pages import make_pages
from lt_analysis.commands.stopping import SECONDS_TO_STOP
from lt_analysis.commands.take_in import collect_to_release, staff_years_of
from lt_analysis.reporting.lock import as_part

if TYPE_CHECKING:
    from lt_analysis.collection.collect import Collected
    from lt_analysis.reporting.page import Limits


def run_quarter(
    folders: Folders,
    quarter: Quarter,
    chosen: list[str],
    jobs: int,
    force: bool,
    limits: "Limits",
    may_replace: Callable[[int], bool] | None = None,
    asked: Sequence[str] = (),
) -> tuple[bool, dict[str, str], "list[Collected]"]:
    """Process A, and organisations' own pages from its exact files: those `asked` for, and whatever is out of date.

    Say whether nothing failed, what process B is to be told of kernels, and what was taken in.
    """
    from lt_analysis.collection.findings import write_findings
    from lt_analysis.release.files import releases_until
    from lt_analysis.reporting.batch import Batch
    from lt_analysis.reporting.period import (
        DATA_QUALITY,
        STAFF,
        clear_unfinished,
        linked,
        own_page,
        remove_own_pages_not_due,
    )
    from lt_analysis.reporting.workers import processes

    collected, quarters, years = collect_to_release(folders, quarter, may_replace)
    refusals = [*misnamed_folders(folders), *(refusal for one in collected for refusal in one.refusals)]
    for refusal in refusals:
        err.print(f"✗ {refusal}", markup=False)
    for one in collected:
        write_findings(folders, one)

    clear_unfinished(folders)
    of_staff = {one.slug for one in collected if staff_years_of(one, quarter)}
    due = [(RECRUITMENT.key, one) for one in quarters]
    due += [(DATA_QUALITY, one) for one in years if not one.published_source]
    due += [(STAFF, one) for one in years if one.organisation in of_staff]
    reads = releases_until(folders, str(quarter))
    own = linked([own_page(folders, str(quarter), kind, one.organisation, one.name, reads) for kind, one in due])
    remove_own_pages_not_due(folders, str(quarter), own)
    with processes(jobs) as executor:
        batch = Batch(folders, executor, limits)
        anew = [page for page in own if page.about in chosen] if force else []
        told = make_pages(batch, own, "Organisations' own pages", anew=anew, asked=asked)
    return not refusals and all(one.in_place for one in told), batch.found, collected


def release_years_before(folders: Folders, quarter: Quarter, years: int) -> None:
    """Release the quarters with which so many years before the latest ended, and make no pages of them.

    Only where nothing was released yet: a report shows nothing of what is released after it.
    """
    from lt_analysis.release.files import copy_to_report, read_editions

    if not years or read_editions(folders):
        return
    latest, sent = quarter.latest_complete_year, quarters_sent(folders)
    ends = [FinancialYear(latest.start - before).quarters[-1] for before in range(years, 0, -1)]
    for end in (end for end in ends if end in sent):
        err.print(f"{end} is released first, without pages, so that there is a year to compare with.")
        collect_to_release(folders, end)
        copy_to_report(folders, end)


def in_release(folders: Folders, quarter: Quarter, asked: Sequence[str]) -> list[str]:
    """Return which organisations that were asked for a quarter's release has; say where the own pages of each are.

    One that sent its first return after the release has own pages and none of the board's, and that is said.
    """
    known = {one.slug for one in released(str(quarter)).organisations} if asked else set()
    for slug in asked:
        pages = folders.restricted / str(quarter) / slug
        if pages.is_dir():
            out.print(f"Own pages, for {slug} alone: {pages}", markup=False)
        if slug not in known:
            err.print(
                f"! {slug} is not in the release of {quarter}, which stands, so the board's pages have nothing of it. "
                "It joins with the next quarter, or by run --replace while nobody outside has seen the report",
                markup=False,
            )
    return [slug for slug in asked if slug in known]


def report_apart(folders: Folders, quarter: Quarter, options: list[str], told: dict[str, str]) -> int:
    """Process B, in a process of its own: it opens releases and nothing else."""
    command = [sys.executable, "-m", "lt_analysis", "report", "--period", str(quarter), *options]
    with subprocess.Popen(command, cwd=folders.root, env=as_part(told)) as reporting:
        try:
            code = reporting.wait()
        except SystemExit:  # by Ctrl-C, of which a terminal tells both
            reporting.terminate()
            with suppress(subprocess.TimeoutExpired):
                reporting.wait(SECONDS_TO_STOP / 2)
            reporting.kill()
            raise
    if code < 0:
        how = signal.strsignal(-code)
        err.print(f"✗ The board's pages were stopped from outside ({how}). Run it again: what is done is kept.")
    return code
