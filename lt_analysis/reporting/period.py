"""The pages of a period: which notebook makes each, what it reads, and where it goes."""

import shutil
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from lt_analysis.codebook.folders import Folders, owner_only
from lt_analysis.codebook.subjects import RECRUITMENT, RETURNS, WITH_PAGES, Subject
from lt_analysis.reporting.page import Page

if TYPE_CHECKING:
    from lt_analysis.release.figures import Release

FRONT_PAGE = "index.html"
ALL = "All organisations"
# An organisation's own pages, as they lead to one another, in that order: each notebook, and what its page is called.
STAFF, DATA_QUALITY = "staff", "data-quality"
OWN_PAGES = {RECRUITMENT.key: RECRUITMENT.title, STAFF: "Staff", DATA_QUALITY: RETURNS.title}

Reads = tuple[Path, ...]  # the releases that a report may say something of


def board_page(
    folders: Folders, period: str, subject: Subject, reads: Reads, slug: str = "", name: str | None = None
) -> Page:
    """Describe the board's page on a subject: of an organisation, or, where there is no slug, of all together."""
    links = {ALL: f"../{FRONT_PAGE}" if slug else FRONT_PAGE}
    if subject == RECRUITMENT:
        # The front page says whether the page on data quality could be made, and this one is made before it is known.
        links[RETURNS.title] = f"../{FRONT_PAGE}#about-this-report"
    path = Path(subject.file)
    return Page(
        about=slug or subject.key,
        notebook=f"board/{path.stem}.ipynb",
        parameters={"organisation": slug, "period": period} if slug else {"period": period},
        destination=folders.reports / period / slug / path,
        reads=reads,
        links=links,
        title=name,
    )


def pages_of_subjects(folders: Folders, release: "Release", reads: Reads, of_all: bool) -> list[Page]:
    """Return the pages on subjects of which something is published: those of all together, or of each organisation."""
    of_each = [(one.slug, one.name, one) for one in release.organisations]
    return [
        board_page(folders, str(release.quarter), subject, reads, slug, name)
        for subject in WITH_PAGES.values()
        for slug, name, figures in ([("", None, release)] if of_all else of_each if subject.own else [])
        if getattr(figures, subject.figures)
    ]


def name_of_page(page: Page) -> str:
    """Return what the front page is told of a page that could not be made: whose it is, and on which subject."""
    subject = page.destination.stem
    return f"{page.about}/{subject}" if subject in WITH_PAGES and page.about != subject else page.about


def front_page(
    folders: Folders, period: str, reads: Reads, without_page: list[str], spreadsheet_size: int | None = None
) -> Page:
    """Describe the front page; it names what could not be made, and says how many bytes the spreadsheet has."""
    return Page(
        about="",
        notebook="board/front-page.ipynb",
        parameters={"period": period, "without_page": without_page, "spreadsheet_size": spreadsheet_size},
        destination=folders.reports / period / FRONT_PAGE,
        reads=reads,
    )


def own_page(folders: Folders, period: str, kind: str, slug: str, name: str | None, released: Reads = ()) -> Page:
    """Describe an organisation's own exact page of a kind of `OWN_PAGES`, which never stands under `reports/`.

    Its done actions are those that the board reads of, in what was `released`; what was received says nothing of them.
    """
    return Page(
        about=slug,
        notebook=f"analyst/{kind}.ipynb",
        parameters={"organisation": slug, "period": period},
        destination=folders.restricted / period / slug / f"{kind}.html",
        reads=(folders.exact / period, *(released if kind != DATA_QUALITY else ())),
        restricted=True,
        title=name,
    )


def linked(own: list[Page]) -> list[Page]:
    """Return organisations' own pages with links from each to the others that the same organisation has."""
    there = {page.destination for page in own}
    return [
        replace(
            page,
            links={
                called: f"{kind}.html"
                for kind, called in OWN_PAGES.items()
                if kind != page.destination.stem and page.destination.with_name(f"{kind}.html") in there
            },
        )
        for page in own
    ]


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


def remove_own_pages_not_due(folders: Folders, period: str, due: list[Page]) -> None:
    """Remove organisations' own pages of a period that no run would make now, for they tell of other figures."""
    restricted, kept = folders.restricted / period, {page.destination for page in due}
    for path in [*restricted.rglob("*.html")]:
        if path not in kept:
            path.unlink()
            if not any(path.parent.iterdir()):
                path.parent.rmdir()
