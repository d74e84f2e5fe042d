"""The pages of a period, several at a time; one that fails stops no other."""

import shutil
from collections.abc import Iterator
from concurrent.futures import Executor, ProcessPoolExecutor, as_completed
from multiprocessing import get_context

from lt_analysis.codebook.folders import Folders, owner_only
from lt_analysis.codebook.words import DATA_QUALITY
from lt_analysis.reporting.page import Ledger, Made, Page, make_page
from lt_analysis.reporting.quick import start_quickly

FRONT_PAGE = "index.html"
DATA_QUALITY_PAGE = "data-quality.html"


def board_page(folders: Folders, period: str, slug: str, name: str) -> Page:
    """Describe an organisation's page for the board."""
    return Page(
        about=slug,
        notebook=folders.notebooks / "board" / "recruitment.ipynb",
        parameters={"organisation": slug, "period": period},
        destination=folders.reports / period / slug / "recruitment.html",
        back=f"../{FRONT_PAGE}",
        title=name,
    )


def data_quality_page(folders: Folders, period: str) -> Page:
    """Describe the partnership's page on the returns that its organisations sent."""
    return Page(
        about=DATA_QUALITY,
        notebook=folders.notebooks / "board" / "data-quality.ipynb",
        parameters={"period": period},
        destination=folders.reports / period / DATA_QUALITY_PAGE,
        back=FRONT_PAGE,
    )


def front_page(folders: Folders, period: str, without_page: list[str], spreadsheet_size: int | None = None) -> Page:
    """Describe the front page; it names what could not be made, and says how many bytes the spreadsheet has."""
    return Page(
        about="",
        notebook=folders.notebooks / "board" / "front-page.ipynb",
        parameters={"period": period, "without_page": without_page, "spreadsheet_size": spreadsheet_size},
        destination=folders.reports / period / FRONT_PAGE,
    )


def analyst_page(folders: Folders, period: str, slug: str, name: str) -> Page:
    """Describe an organisation's own exact page, which never stands under `reports/`."""
    return Page(
        about=slug,
        notebook=folders.notebooks / "analyst" / "recruitment.ipynb",
        parameters={"organisation": slug, "period": period},
        destination=folders.restricted / period / slug / "recruitment.html",
        restricted=True,
        title=name,
    )


def own_data_quality_page(folders: Folders, period: str, slug: str, name: str) -> Page:
    """Describe an organisation's own page on the returns that it sent."""
    return Page(
        about=slug,
        notebook=folders.notebooks / "analyst" / "data-quality.ipynb",
        parameters={"organisation": slug, "period": period},
        destination=folders.restricted / period / slug / DATA_QUALITY_PAGE,
        restricted=True,
        title=name,
    )


def clear_unfinished(folders: Folders) -> None:
    """Remove what a killed run left, and make room for this one."""
    shutil.rmtree(folders.unfinished, ignore_errors=True)
    for folder in (folders.processed, folders.unfinished, folders.restricted):
        owner_only(folder)


def remove_pages_of_others(folders: Folders, period: str, slugs: list[str]) -> None:
    """Remove whatever stands among a period's pages and belongs to none of its organisations."""
    reports = folders.reports / period
    for path in reports.iterdir() if reports.is_dir() else ():
        if path.is_dir() and path.name not in slugs:
            shutil.rmtree(path)


def make_pages(folders: Folders, pages: list[Page], jobs: int, ledger: Ledger | None = None) -> Iterator[Made]:
    """Make pages in `jobs` processes, yielding each as it is done; a single page is made in this one."""
    if len(pages) == 1:
        yield make_page(folders.root, pages[0], ledger)
        return
    with _executor(min(jobs, len(pages)) or 1) as executor:
        tried = [executor.submit(make_page, folders.root, page, ledger) for page in pages]
        for one in as_completed(tried):
            yield one.result()


def _executor(jobs: int) -> Executor:
    # Started afresh, not forked: a fork of a process with DuckDB's threads can hang.
    return ProcessPoolExecutor(jobs, mp_context=get_context("spawn"), initializer=start_quickly)
