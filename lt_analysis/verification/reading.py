"""Published pages and spreadsheets, read as a stranger reads them: from reports/ alone.

On a page a number of people stands in an element with `data-key`, a figure worked out from such numbers in one with
`data-from`, and a table of the partnership says in `data-members` whose numbers it adds up. In a spreadsheet the key
stands in a column `key` beside a column `value`, and whose numbers are added up in a column `members` or on the pages;
a ratio and its limits, in `value`, `low` and `high`, stand beside the keys in a column `from`. The folder `data` has
the release itself, of which `numbers.csv` is read: a report whose pages are gone is attacked all the same.
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
DATA = "data/numbers.csv"  # of a report: every number of its release
ORGANISATIONS = "data/organisations.csv"  # of whom figures were printed that others had published
ITEMS = "data/items.csv"  # and what else it says: what equal chances would give, and evidence since the start
KEY_OF_CHANCES = 3  # dividers: who, span, stage and group, at Band 8 and above
EVIDENCE = "/evidence"  # ends the name of an item of the evidence since the start
OF_CHANCES = ("people", "low", "high", "informative")


@dataclass(frozen=True)
class PublishedFile:
    """A page or spreadsheet of a release, and what it is called there."""

    release: str
    path: Path
    name: str


def published_files(folders: Folders) -> list[PublishedFile]:
    """List every page and spreadsheet of every report, the earliest first, and the figures of their data."""
    return [file for period in _periods(folders) for file in _files_of(folders, period)]


def files_to_attack(folders: Folders, new: Quarter) -> list[PublishedFile]:
    """List all files of a new report, and of every other one its numbers alone, where it has them as data."""
    found = []
    for period in _periods(folders):
        files = _files_of(folders, period)
        data = [file for file in files if file.name == DATA]
        found += data if data and period != new else files
    return found


def public_elsewhere(folders: Folders) -> dict[str, int]:
    """Return the numbers that reports print as others had published them, by key: the data says from which source."""
    found = {}
    for report in (folders.reports / str(period) for period in _periods(folders)):
        if (report / ORGANISATIONS).is_file() and (report / DATA).is_file():
            sources = {
                f"{row['organisation']}/{row['span']}/" for row in _rows(report / ORGANISATIONS) if row["source"]
            }
            numbers = [row for row in _rows(report / DATA) if row["value"]]
            found |= {row["key"]: int(row["value"]) for row in numbers if row["key"].startswith(tuple(sources))}
    return found


def _rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def _periods(folders: Folders) -> list[Quarter]:
    return sorted(one for one in map(_quarter, folders.reports.glob("*/")) if one)


def _files_of(folders: Folders, period: Quarter) -> list[PublishedFile]:
    report = folders.reports / str(period)
    paths = (path for path in sorted(report.rglob("*")) if path.suffix.lower() in FILES)
    files = [PublishedFile(str(period), path, path.relative_to(report).as_posix()) for path in paths]
    # Of the release's own tables, those of figures: the others hold words, in which anything may stand.
    return [file for file in files if not file.name.startswith("data/") or file.name in (DATA, ITEMS)]


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
    elif file.name == ITEMS:
        for sheet in _sheets(file.path):
            yield from _read_items(file, sheet)
    else:
        for sheet in _sheets(file.path):
            yield from read_sheet(file.release, file.name, sheet)


def _read_items(file: PublishedFile, rows: list[list]) -> Iterator[Derived]:
    """Yield what equal chances would give: it stands beside numbers that are shown, and never beside hidden ones."""
    for key, number, *_ in rows[1:]:
        counted, _, name = str(key).rpartition("/")
        if name in OF_CHANCES and counted.count("/") == KEY_OF_CHANCES and not counted.endswith(EVIDENCE):
            yield Derived(file.release, file.name, (f"{counted}/8+",), bool(number))


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
            value = cells[columns["value"]]
            if "state" in columns:  # of a release's own table, in which a hidden number has no value
                state = cells[columns["state"]]
                if state == "hidden" and value:
                    raise RawDataError(f"{cells[columns['key']]} is hidden, and has a value", "Make it again", file)
                value = {"hidden": HIDDEN, NO_POSTS: NO_POSTS}.get(state, value)
            yield _statement(release, file, cells[columns["key"]], value, members)


def _text(cell: object) -> str:
    whole = isinstance(cell, float) and cell.is_integer()
    return str(int(cell) if whole else cell).strip()


def _with_members(statements: list[Statement]) -> Iterator[Statement]:
    """A place that does not say whose numbers the partnership's are says what other places say of the same number."""
    anywhere = {one.key: one.members for one in reversed(statements) if one.members}
    said = {(one.release, one.key): one.members for one in statements if one.members}
    for one in statements:
        other = said.get((one.release, one.key)) or anywhere.get(one.key, one.members)
        yield one if one.members else replace(one, members=other)
