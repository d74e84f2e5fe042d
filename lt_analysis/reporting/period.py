"""The pages of a period: which notebook makes each, what it reads, and where it goes."""

import shutil
from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from lt_analysis.codebook.folders import Folders, owner_only
from lt_analysis.codebook.words import DATA_QUALITY
from lt_analysis.reporting.page import Page

if TYPE_CHECKING:
    from lt_analysis.release.figures import OrganisationFigures, Release

FRONT_PAGE = "index.html"
DATA_QUALITY_PAGE, RECRUITMENT_PAGE, STAFF_PAGE = "data-quality.html", "recruitment.html", "staff.html"
# The subjects beside recruitment, each with whether something of it is published, of an organisation or of all.
PUBLISHED: Mapping[str, Callable[["OrganisationFigures | Release"], bool]] = {
    "representation": lambda figures: bool(figures.in_post),
    "retention": lambda figures: bool(figures.staff),
    "delivery": lambda figures: bool(figures.delivery),
}
ALL = "All organisations"
# What an organisation's own pages are called where they lead to one another, in that order.
OWN_PAGES = {RECRUITMENT_PAGE: "Recruitment", STAFF_PAGE: "Staff", DATA_QUALITY_PAGE: DATA_QUALITY.capitalize()}

Reads = tuple[Path, ...]  # the releases that a report may say something of


def board_page(folders: Folders, period: str, slug: str, name: str, reads: Reads) -> Page:
    """Describe an organisation's page for the board."""
    return Page(
        about=slug,
        notebook="board/recruitment.ipynb",
        parameters={"organisation": slug, "period": period},
        destination=folders.reports / period / slug / RECRUITMENT_PAGE,
        reads=reads,
        # The front page says whether the page on data quality could be made, and this one is made before it is known.
        links={ALL: f"../{FRONT_PAGE}", DATA_QUALITY.capitalize(): f"../{FRONT_PAGE}#about-this-report"},
        title=name,
    )


def page_of_subject(folders: Folders, period: str, subject: str, slug: str, name: str, reads: Reads) -> Page:
    """Describe the page on a subject of an organisation, or, where there is no slug, of all together."""
    return Page(
        about=slug or subject,
        notebook=f"board/{subject}.ipynb",
        parameters={"organisation": slug, "period": period} if slug else {"period": period},
        destination=folders.reports / period / slug / f"{subject}.html",
        reads=reads,
        links={ALL: f"../{FRONT_PAGE}" if slug else FRONT_PAGE},
        title=name or None,
    )


def pages_of_subjects(folders: Folders, release: "Release", reads: Reads, of_all: bool) -> list[Page]:
    """Return the pages on subjects of which something is published: those of all together, or of each organisation."""
    of_each = [(one.slug, one.name, one) for one in release.organisations]
    return [
        page_of_subject(folders, str(release.quarter), subject, slug, name, reads)
        for subject, published in PUBLISHED.items()
        for slug, name, figures in ([("", "", release)] if of_all else of_each)
        if published(figures)
    ]


def name_of_page(page: Page) -> str:
    """Return what the front page is told of a page that could not be made: whose it is, and on which subject."""
    subject = page.destination.stem
    return f"{page.about}/{subject}" if subject in PUBLISHED and page.about != subject else page.about


def data_quality_page(folders: Folders, period: str, reads: Reads) -> Page:
    """Describe the partnership's page on the returns that its organisations sent."""
    return Page(
        about=DATA_QUALITY,
        notebook="board/data-quality.ipynb",
        parameters={"period": period},
        destination=folders.reports / period / DATA_QUALITY_PAGE,
        reads=reads,
        links={ALL: FRONT_PAGE},
    )


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


def analyst_page(folders: Folders, period: str, slug: str, name: str) -> Page:
    """Describe an organisation's own exact page, which never stands under `reports/`."""
    return Page(
        about=slug,
        notebook="analyst/recruitment.ipynb",
        parameters={"organisation": slug, "period": period},
        destination=folders.restricted / period / slug / RECRUITMENT_PAGE,
        reads=(folders.exact / period,),
        restricted=True,
        title=name,
    )


def own_data_quality_page(folders: Folders, period: str, slug: str, name: str) -> Page:
    """Describe an organisation's own page on the returns that it sent."""
    return Page(
        about=slug,
        notebook="analyst/data-quality.ipynb",
        parameters={"organisation": slug, "period": period},
        destination=folders.restricted / period / slug / DATA_QUALITY_PAGE,
        reads=(folders.exact / period,),
        restricted=True,
        title=name,
    )


def staff_page(folders: Folders, period: str, slug: str, name: str) -> Page:
    """Describe an organisation's own exact page on its staff."""
    return Page(
        about=slug,
        notebook="analyst/staff.ipynb",
        parameters={"organisation": slug, "period": period},
        destination=folders.restricted / period / slug / STAFF_PAGE,
        reads=(folders.exact / period,),
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
                called: name
                for name, called in OWN_PAGES.items()
                if name != page.destination.name and page.destination.with_name(name) in there
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
