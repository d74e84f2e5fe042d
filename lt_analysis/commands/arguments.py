"""What a command is asked for, held to what there is: organisations, quarters and releases."""

from typing import TYPE_CHECKING

from lt_analysis.codebook.folders import RELEASE_NAMES, Folders
from lt_analysis.codebook.mistakes import RawDataError, choose
from lt_analysis.codebook.periods import FinancialYear, Quarter
from lt_analysis.collection.finding import find_returns, organisation_names

if TYPE_CHECKING:
    from lt_analysis.release.figures import Release


def organisations_asked(folders: Folders, names: list[str] | None) -> list[str]:
    """Return the folders of the organisations named, of all where none is. Raises `RawDataError` of one unknown."""
    known = organisation_names(folders)
    if not known:
        raise RawDataError("data/raw holds no organisation", "Run `lt-analysis invent` to try the audit out")
    return ensure_known(names, known)


def ensure_known(names: list[str] | None, known: list[str]) -> list[str]:
    """Return the names asked for, or all that are known. Raises `RawDataError` of one that is not."""
    for name in names or []:
        if name not in known:
            raise RawDataError(f"{name!r} is not an organisation", choose(name, known, "Choose from"))
    return names or known


def quarters_sent(folders: Folders) -> list[Quarter]:
    """Return the quarters with returns, the earliest first; where only whole years were sent, the last of each."""
    found = {one.period for slug in organisation_names(folders) for one in find_returns(folders, slug)[0]}
    quarters = {one for one in found if isinstance(one, Quarter)}
    return sorted(quarters or {one.quarters[-1] for one in found if isinstance(one, FinancialYear)})


def quarter_asked(folders: Folders, period: str | None) -> Quarter:
    """Return the quarter named, or the latest with returns. Raises `RawDataError` where it has none."""
    quarters = quarters_sent(folders)
    if not quarters:
        raise RawDataError("no organisation has sent anything", "Put returns in data/raw/<organisation>/2026-27-Q2/")
    quarter = Quarter.parse(period) if period else quarters[-1]
    if quarter not in quarters:
        raise RawDataError(f"there are no returns for {quarter}", f"There are from {quarters[0]} to {quarters[-1]}")
    return quarter


def ensure_released(folders: Folders, period: str | None) -> None:
    """Raise `RawDataError` where a quarter, or any, has no release, nor a report from which one could be put back."""
    quarter = str(Quarter.parse(period)) if period else RELEASE_NAMES
    if not any(path.is_dir() for folder in (folders.releases, folders.reports) for path in folder.glob(quarter)):
        released(period)


def quarters_with_pages(folders: Folders) -> list[Quarter]:
    """Return the quarters whose report has a page, the earliest first. Raises `RawDataError` where none has."""
    found = [path.name for path in folders.reports.glob(RELEASE_NAMES) if any(path.rglob("*.html"))]
    if not found:
        raise RawDataError("there are no pages in reports", "Make them first: lt-analysis run")
    return sorted(map(Quarter.parse, found))


def released(period: str | None) -> "Release":
    """Read the release of a quarter, or the latest. Raises `RawDataError` where there is none."""
    from lt_analysis.release import read_release
    from lt_analysis.release.files import LATEST

    try:
        return read_release(str(Quarter.parse(period)) if period else LATEST)
    except ValueError as error:
        raise RawDataError(str(error), "Run the quarter first: lt-analysis run --period ...") from None
