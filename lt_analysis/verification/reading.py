"""Published pages and spreadsheets, read as a stranger reads them: from reports/ alone.

On a page a number of people stands in an element with `data-key`, a figure worked out from such numbers in one with
`data-from`, and a table of the partnership says in `data-members` whose numbers it adds up. In a spreadsheet the key
stands in a column `key` beside a column `value`, and whose numbers are added up in a column `members` or on the pages;
a ratio and its limits, in `value`, `low` and `high`, stand beside the keys in a column `from`.
"""

import csv
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from bs4 import BeautifulSoup, Tag
from python_calamine import CalamineError, CalamineWorkbook

from lt_analysis.codebook.folders import Folders
from lt_analysis.codebook.mistakes import RawDataError
from lt_analysis.codebook.periods import Quarter
from lt_analysis.verification.statements import SPREADSHEETS, Derived, Publication, Statement

HIDDEN = "[c]"
NO_POSTS = "no posts"
NUMBER = re.compile(r"\d{1,3}(,\d{3})+|\d+")
DERIVED = {"value", "low", "high"}
FILES = (".html", *SPREADSHEETS)


@dataclass(frozen=True)
class PublishedFile:
    """A page or spreadsheet of a release, and what it is called there."""

    release: str
    path: Path
    name: str


def published_files(folders: Folders, until: Quarter) -> list[PublishedFile]:
    """List every page and spreadsheet of a period and of those before it, earliest first."""
    periods = sorted(one for one in map(_quarter, folders.reports.glob("*/")) if one and one <= until)
    return [
        PublishedFile(str(period), path, path.relative_to(folders.reports / str(period)).as_posix())
        for period in periods
        for path in sorted((folders.reports / str(period)).rglob("*"))
        if path.suffix.lower() in FILES
    ]


def _quarter(folder: Path) -> Quarter | None:
    try:
        return Quarter.parse(folder.name)
    except RawDataError:
        return None


def read_publication(files: Iterable[PublishedFile]) -> Publication:
    """Read pages and spreadsheets, in the order in which they were released."""
    statements, derived = [], []
    for one in (one for file in files for one in _read(file)):
        (statements if isinstance(one, Statement) else derived).append(one)
    return Publication(tuple(_with_members(statements)), tuple(derived))


def _read(file: PublishedFile) -> Iterator[Statement | Derived]:
    if file.path.suffix.lower() == ".html":
        yield from read_page(file.release, file.name, file.path.read_text(encoding="utf-8"))
    else:
        for sheet in _sheets(file.path):
            yield from read_sheet(file.release, file.name, sheet)


def read_page(release: str, file: str, html: str) -> Iterator[Statement | Derived]:
    """Yield every number of people on a page, and every figure that says what it is worked out from."""
    lower = html.lower()
    if "data-key" not in lower and "data-from" not in lower:
        return  # most pages of charts and prose: no need to take them apart
    for element in BeautifulSoup(html, "html.parser").select("[data-key], [data-from]"):
        text = element.get_text(" ", strip=True)
        if element.has_attr("data-key"):
            yield _statement(release, file, element["data-key"].strip(), text, _members(element))
        if element.has_attr("data-from"):
            yield Derived(release, file, tuple(element["data-from"].split()), _is_shown(text))


def _members(element: Tag) -> str:
    table = element.find_parent(attrs={"data-members": True})
    return table["data-members"] if table else ""


def _is_shown(text: str) -> bool:
    return text not in ("", HIDDEN)


def _statement(release: str, file: str, key: str, text: str, members: str) -> Statement:
    one = Statement(release, file, key, None)
    if text == NO_POSTS:
        one = replace(one, value=0, no_posts=True)
    elif text != HIDDEN:
        if not NUMBER.fullmatch(text):
            raise RawDataError(f"{key} is neither a number nor {HIDDEN} nor {NO_POSTS!r}", "Make the page again", file)
        one = replace(one, value=int(text.replace(",", "")))
    return replace(one, members=frozenset(members.split())) if one.of_partnership else one


def _sheets(path: Path) -> Iterator[list[list]]:
    """Yield the rows of each sheet, those that are hidden too."""
    if path.suffix.lower() == ".csv":
        with path.open(encoding="utf-8-sig", newline="") as file:
            yield list(csv.reader(file))
        return
    try:
        book = CalamineWorkbook.from_path(path)
        yield from (book.get_sheet_by_name(name).to_python() for name in book.sheet_names)
    except CalamineError:
        raise RawDataError("this spreadsheet cannot be read", "Make it again", path.name) from None


def read_sheet(release: str, file: str, rows: list[list]) -> Iterator[Statement | Derived]:
    """Yield the numbers below the row that heads a column `value`, and a column `key` or `from`."""
    columns: dict[str, int] = {}
    for row in rows:
        cells = [_text(cell) for cell in row]
        if "value" in cells and {"key", "from"} & set(cells):
            columns = {name: place for place, name in enumerate(cells)}
            continue
        if "from" in columns and cells[columns["from"]]:
            keys = tuple(cells[columns["from"]].split())
            for name in DERIVED & columns.keys():
                yield Derived(release, file, keys, _is_shown(cells[columns[name]]))
        if "key" in columns and cells[columns["key"]]:
            members = cells[columns["members"]] if "members" in columns else ""
            yield _statement(release, file, cells[columns["key"]], cells[columns["value"]], members)


def _text(cell: object) -> str:
    whole = isinstance(cell, float) and cell.is_integer()
    return str(int(cell) if whole else cell).strip()


def _with_members(statements: list[Statement]) -> Iterator[Statement]:
    """A spreadsheet that does not say whose numbers the partnership's are says what the release's pages say."""
    said = {(one.release, one.key): one.members for one in statements if one.members}
    for one in statements:
        yield replace(one, members=said.get((one.release, one.key), one.members)) if not one.members else one
