"""Process B: the board's pages, its spreadsheet and its pack are made from releases alone."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from lt_analysis.codebook.downloads import SPREADSHEET
from lt_analysis.codebook.folders import Folders
from lt_analysis.codebook.mistakes import RawDataError
from lt_analysis.codebook.subjects import RECRUITMENT, RETURNS
from lt_analysis.commands.arguments import ensure_known, released
from lt_analysis.commands.console import err, out, warn_once

if TYPE_CHECKING:
    from lt_analysis.release.figures import Release
    from lt_analysis.reporting.batch import Batch, Outcome
    from lt_analysis.reporting.page import Ledger, Page


def make_report(batch: "Batch", release: "Release", anew: list[str], asked: "Sequence[str]" = ()) -> bool:
    """Process B: make the pages, and say whether all are in place and nothing else is.

    Where organisations are `asked` for, it is said which other pages were made.

    The front page is put in place last, and made again where a page failed, for it names what could not be made.
    """
    from lt_analysis.release.files import DATA, copy_to_report, files_of_report, releases_until
    from lt_analysis.reporting.batch import unchanged
    from lt_analysis.reporting.download import spreadsheet_of
    from lt_analysis.reporting.gate.folder import unintended
    from lt_analysis.reporting.pack import pack_path, remove_pack
    from lt_analysis.reporting.period import (
        board_page,
        clear_unfinished,
        front_page,
        name_of_page,
        pages_of_subjects,
        remove_pages_of_others,
    )

    folders, period = batch.folders, str(release.quarter)
    names = {one.slug: one.name for one in release.organisations}
    ledger, reads = ledger_of(release), releases_until(folders, period)
    pages = [board_page(folders, period, RECRUITMENT, reads, slug, name) for slug, name in names.items()]
    pages.append(board_page(folders, period, RETURNS, reads))
    pages += [page for of_all in (False, True) for page in pages_of_subjects(folders, release, reads, of_all)]
    clear_unfinished(folders)
    remove_pages_of_others(folders, period, [*names, DATA])
    copy_to_report(folders, release.quarter)
    spreadsheet, printed = spreadsheet_of(folders, period), pack_path(folders, period)
    without_page = [] if put_spreadsheet_of(folders, release, spreadsheet) else [SPREADSHEET]
    without_page += reports_without_pages(folders, release)
    size = spreadsheet.stat().st_size if spreadsheet.exists() else None
    front = front_page(folders, period, reads, without_page, size)
    every = [*pages, front]
    standing = [] if anew else unchanged(folders, every)
    print_again = printed.exists() and standing != every
    if print_again:
        remove_pack(folders, period, front)
    again = [page for page in pages if page.about in anew] + ([front] if anew else [])
    told = make_pages(batch, pages, "Board pages", ledger, again, last=front, asked=asked)
    failed = [name_of_page(one.page) for one in told if one.page in pages and not one.in_place]
    if failed:
        front = front_page(folders, period, reads, sorted(without_page + failed), size)
        told += make_pages(batch, [front], "Front page", ledger)
    if told[-1].in_place:
        out.print(f"Open {front.destination}", markup=False)
    meant = [spreadsheet, printed, *files_of_report(folders, period), *(page.destination for page in every)]
    left = unintended(folders.reports / period, meant)
    for name in left:
        err.print(f"✗ reports/{period}/{name} is no part of the report. Move it away", markup=False)
    if print_again:
        _print_again(folders, period)
    return not left and SPREADSHEET not in without_page and all(one.in_place for one in told)


def _print_again(folders: Folders, period: str) -> None:
    """Print a pack in the place of one that was removed, or say why there is none now: no run fails by that."""
    from lt_analysis.reporting.pack import pack_path

    try:
        faults = print_pack(folders, period)
    except RawDataError as why:
        faults = [str(why)]
    for fault in faults:
        remedy = f"Print it anew: lt-analysis pack --period {period}"
        err.print(f"! The pack of the pages before was removed. {fault}. {remedy}", markup=False)
    if not faults:
        out.print(f"Open {pack_path(folders, period)}", markup=False)


def print_pack(folders: Folders, period: str, organisations: Sequence[str] = ()) -> list[str]:
    """Print the pack of the partnership's pages, and those of some organisations; return what makes it unfit.

    All pages must be of this release and this code.
    """
    from lt_analysis.release.files import releases_until
    from lt_analysis.reporting.batch import unchanged
    from lt_analysis.reporting.download import spreadsheet_of
    from lt_analysis.reporting.pack import make_pack
    from lt_analysis.reporting.period import (
        board_page,
        front_page,
        pages_of_subjects,
    )

    release, reads = released(period), releases_until(folders, period)
    names = {one.slug: one.name for one in release.organisations}
    chosen = ensure_known([*organisations], sorted(names)) if organisations else []
    own = [board_page(folders, period, RECRUITMENT, reads, slug, names[slug]) for slug in names if slug in chosen]
    spreadsheet = spreadsheet_of(folders, period)
    size = spreadsheet.stat().st_size if spreadsheet.exists() else None
    own += [page for page in pages_of_subjects(folders, release, reads, of_all=False) if page.about in chosen]
    of_all = pages_of_subjects(folders, release, reads, of_all=True)
    pages = [
        front_page(folders, period, reads, reports_without_pages(folders, release), size),
        *of_all,
        *sorted(own, key=lambda page: [*names].index(page.about)),
        board_page(folders, period, RETURNS, reads),
    ]
    current = unchanged(folders, pages)
    if any(page.destination.exists() and page not in current for page in pages):
        remedy = f"Make them again: lt-analysis report --period {period}"
        raise RawDataError(f"pages in reports/{period} are not of this release and this code", remedy)
    return make_pack(folders, period, pages, ledger_of(release))


def reports_without_pages(folders: Folders, release: "Release") -> list[str]:
    """Return the earlier reports of which there are numbers and no pages, so that none leads to a page."""
    from lt_analysis.reporting.period import FRONT_PAGE

    return [str(one) for one in release.earlier if not (folders.reports / str(one) / FRONT_PAGE).is_file()]


def ledger_of(release: "Release") -> "Ledger":
    """Return what pages for the board are held to."""
    from lt_analysis.reporting.page import Ledger

    names = tuple(one.name for one in release.organisations)
    return Ledger(release, names)


def put_spreadsheet_of(folders: Folders, release: "Release", destination: Path) -> bool:
    """Write the quarter's spreadsheet, before the front page says how large it is; say whether it is in place."""
    from lt_analysis.rendering.workbook import workbook
    from lt_analysis.reporting.download import put_spreadsheet

    faults = put_spreadsheet(folders.root, lambda: workbook(release), destination, release)
    for fault in faults:
        err.print(f"✗ {SPREADSHEET}: it was not made: {fault}", markup=False)
    return not faults


def make_pages(
    batch: "Batch",
    pages: "list[Page]",
    description: str,
    ledger: "Ledger | None" = None,
    anew: "Sequence[Page]" = (),
    last: "Page | None" = None,
    asked: "Sequence[str]" = (),
) -> "list[Outcome]":
    """Make pages with progress, and say how many became what; and, where some are `asked` for, which others."""
    from lt_analysis.reporting.progress import counted, watched

    told = watched(batch.make(pages, ledger, anew, last), len(pages) + bool(last), description, err)
    if batch.why_ordinary:
        warn_once(f"Each kernel started by itself, which is slower: {batch.why_ordinary}.")
    err.print(f"{description}: {counted(told)}.", markup=False)
    if asked and (others := made_besides(told, asked)):
        err.print(
            f"{description}: also made, for what they are made of has changed: {', '.join(others)}.", markup=False
        )
    return told


def made_besides(told: "list[Outcome]", asked: "Sequence[str]") -> list[str]:
    """Name the pages that were made though nobody asked for them: they lead to, count, or are of others."""
    from lt_analysis.reporting.batch import Verdict
    from lt_analysis.reporting.period import name_of_page

    made = [one.page for one in told if one.verdict == Verdict.MADE and one.page.about not in asked]
    return sorted({name_of_page(page) or "front page" for page in made})
