"""In which quarters each organisation had posts in each band, as anybody can read in adverts.

Where there was no post, nobody of any group applied, was shortlisted or appointed. Of what is not known there may have
been posts.
"""

import csv
from collections.abc import Iterator, Mapping
from pathlib import Path

from lt_analysis.codebook.mistakes import RawDataError
from lt_analysis.codebook.periods import QUARTERS_IN_A_YEAR, Quarter
from lt_analysis.verification.meaning import BANDS

Posts = Mapping[tuple[str, str], frozenset[str]]  # the single bands with posts, by organisation and quarter
Quarters = frozenset[int]
ANY_QUARTER: Quarters = frozenset(range(1, QUARTERS_IN_A_YEAR + 1))
EVERY_BAND = BANDS["8+"]
COLUMNS = ("organisation", "quarter", "band")


def quarters_with_posts(posts: Posts, organisation: str, year: str, band: str) -> Quarters:
    """Return the quarters of a year in which there may have been posts of a band.

    Of an organisation's quarter that is not in `posts`, and of a band that is not understood, nothing is known.
    """
    if band not in EVERY_BAND:
        return ANY_QUARTER
    return frozenset(one for one in ANY_QUARTER if band in posts.get((organisation, f"{year}-Q{one}"), EVERY_BAND))


def read_posts(path: Path) -> Posts:
    """Read a file with a row for each organisation, quarter and single band that had posts.

    An organisation that has a row for a quarter is known for all four quarters of that financial year: where it has no
    row it had no post. Of its other years, and of an organisation without rows, nothing is known.
    """
    found: dict[tuple[str, str], set[str]] = {}
    for organisation, quarter, band in _rows(path):
        for one in quarter.year.quarters:
            found.setdefault((organisation, str(one)), set())
        found[organisation, str(quarter)].add(band)
    if not found:
        raise RawDataError("there is no row", "Write one for each organisation, quarter and band with posts", path.name)
    return {key: frozenset(bands) for key, bands in found.items()}


def _rows(path: Path) -> Iterator[tuple[str, Quarter, str]]:
    lines = csv.reader(_text(path).splitlines())
    heading = [cell.strip() for cell in next(lines, [])]
    for column in COLUMNS:
        if heading.count(column) != 1:
            raise RawDataError("there must be one such column", f"Head them {','.join(COLUMNS)}", path.name, 1, column)
    for cells in lines:
        if any(cells):
            if any(cells[len(heading) :]):
                remedy = "Write one row for each organisation, quarter and band"
                raise RawDataError("there are more cells than columns", remedy, path.name, lines.line_num)
            row = dict(zip(heading, (cell.strip() for cell in cells), strict=False))
            yield _read(row, path.name, lines.line_num)


def _read(cells: Mapping[str, str], file: str, row: int) -> tuple[str, Quarter, str]:
    organisation, quarter, band = (cells.get(column, "") for column in COLUMNS)
    if not organisation:
        raise RawDataError("it is empty", "Write the name that the pages' keys have", file, row, "organisation")
    if band not in EVERY_BAND:
        raise RawDataError(f"{band!r} is no band", f"Choose from: {', '.join(EVERY_BAND)}", file, row, "band")
    try:
        return organisation, Quarter.parse(quarter), band
    except RawDataError as error:
        raise RawDataError(error.reason, error.remedy, file, row, "quarter") from None


def _text(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8-sig")
    except OSError:
        raise RawDataError("this file cannot be opened", "Give the path of a CSV file", path.name) from None
    except UnicodeDecodeError:
        raise RawDataError("this file is not a text in UTF-8", "Save it as CSV in UTF-8", path.name) from None
