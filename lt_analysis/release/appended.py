"""The tables beside the releases that only ever grow: what comes later about a release, which never changes.

Each is a CSV file in `data/processed/releases`. All of it is public: every report has a copy, in its folder `data`, and
rows that only a copy has are put back. In the files a text that a spreadsheet would take for a formula is quoted.
"""

import csv
from collections.abc import Iterable, Mapping
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple

from lt_analysis.codebook.downloads import FORMULA_BEGINS
from lt_analysis.codebook.folders import Folders, whole_or_not_at_all
from lt_analysis.codebook.mistakes import RawDataError
from lt_analysis.release.files import APPENDED, DATA, Edition
from lt_analysis.release.keys import periods_of

Row = Mapping[str, str]
# What names a row: nothing is said twice of the same thing, and the first that was said stands.
CORRECTIONS = "corrections"
APPROVALS = "approvals"
NAMED_BY = {
    CORRECTIONS: ("organisation", "period", "edition"),
    APPROVALS: ("period", "organisation", "field", "number"),
}
QUOTE = "'"


def read_appended(folders: Folders, table: str) -> list[Row]:
    """Read the rows of a table, in the order in which they were added; none where there is no such table yet.

    Raises `RawDataError` where the file cannot be read as that table.
    """
    path = folders.releases / f"{table}.csv"
    return read_rows(table, path, str(path.relative_to(folders.root))) if path.is_file() else []


def append(folders: Folders, table: str, rows: Iterable[Row]) -> int:
    """Add those rows of which nothing is said yet; return how many these are."""
    before = read_appended(folders, table)
    named = {_name(table, row): row for row in before}
    for row in rows:
        named.setdefault(_name(table, row), row)
    if len(named) > len(before):
        _write(folders.releases / f"{table}.csv", table, named.values())
    return len(named) - len(before)


def put_back_rows(folders: Folders) -> dict[str, int]:
    """Add the rows that reports' copies have and the tables lack; return how many, by table, where there were any."""
    added = {table: append(folders, table, _rows_of_copies(folders, table)) for table in APPENDED}
    return {table: number for table, number in added.items() if number}


def _rows_of_copies(folders: Folders, table: str) -> Iterable[Row]:
    """Yield the rows of reports' copies. One that cannot be read stops nobody: the next report writes it again."""
    for path in sorted(folders.reports.glob(f"[0-9]*-Q[1-4]/{DATA}/{table}.csv")):
        with suppress(RawDataError):
            yield from read_rows(table, path, str(path.relative_to(folders.root)))


def _name(table: str, row: Row) -> tuple[str, ...]:
    return tuple(row[column] for column in NAMED_BY[table])


def read_rows(table: str, path: Path, file: str) -> list[Row]:
    """Read the rows of a file that holds a table; raises `RawDataError`, naming the file, where it does not."""
    columns = [column.name for column in APPENDED[table]]
    try:
        with path.open(encoding="utf-8-sig", newline="") as opened:
            heading, *rows = csv.reader(opened, strict=True)
        if heading != columns or any(len(row) != len(columns) for row in rows):
            raise ValueError
    except (ValueError, csv.Error):
        raise RawDataError(
            f"it cannot be read as the table {table}",
            "Put it back as it was; every report has a copy in its folder data",
            file=file,
        ) from None
    return [dict(zip(columns, map(_unquoted, row), strict=True)) for row in rows]


def _write(path: Path, table: str, rows: Iterable[Row]) -> None:
    columns = [column.name for column in APPENDED[table]]
    with (
        whole_or_not_at_all(path, mode=0o644) as unfinished,
        unfinished.open("w", encoding="utf-8", newline="") as file,
    ):
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(columns)
        writer.writerows([_quoted(row[column]) for column in columns] for row in rows)


def _quoted(text: str) -> str:
    return f"{QUOTE}{text}" if text.startswith((QUOTE, *FORMULA_BEGINS)) else text


def _unquoted(text: str) -> str:
    return text.removeprefix(QUOTE)


class Return(NamedTuple):
    """A return, by who sent it and for which period."""

    organisation: str
    period: str


class Corrections:
    """The returns that were corrected after people of them had been counted in something published."""

    def __init__(self, noticed: Iterable[Return] = ()) -> None:
        self.noticed = frozenset(noticed)

    @classmethod
    def read(cls, folders: Folders, editions: Iterable[Edition]) -> "Corrections":
        """Read those that were noted beside some editions; what was replaced since is corrected no more."""
        labels = {one.label for one in editions}
        rows = read_appended(folders, CORRECTIONS)
        return cls(Return(row["organisation"], row["period"]) for row in rows if row["edition"] in labels)

    def touch(self, members: Iterable[str], span: str) -> bool:
        """Tell whether a table of some organisations over a span counts people of a return that was corrected."""
        return any(Return(member, period) in self.noticed for member in members for period in periods_of(span))
