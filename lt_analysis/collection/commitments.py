"""The commitments that the partnership has made, from `data/raw/partnership/commitments.csv`, if it sends any.

Where there is no such file, those of the codebook stand.
"""

import csv
import re
from datetime import date
from pathlib import Path
from typing import NamedTuple

from lt_analysis.codebook.commitments import COMMITMENTS, Commitment
from lt_analysis.codebook.folders import Folders
from lt_analysis.codebook.metrics import Asked
from lt_analysis.codebook.mistakes import RawDataError
from lt_analysis.collection.finding import COMMITMENTS_FILE, OF_ALL
from lt_analysis.collection.goal import LONGEST, Goal, Pledge
from lt_analysis.collection.recognising.plain import plain

FILE = f"{OF_ALL}/{COMMITMENTS_FILE}"
COLUMNS = ("commitment", "text", "source", "made_on", "due_on", "test")
KEY, MADE_ON, DUE_ON = "commitment", "made_on", "due_on"
# Too short for a name, so that it needs no approval.
SHAPE_OF_KEY = re.compile(r"[A-Za-z]{1,4}-?[0-9]{1,4}")
MOST, MOST_BYTES = 40, 1 << 20
DAY = re.compile(r"\d{4}-\d\d-\d\d")


class Declaration(NamedTuple):
    """What the partnership itself sends: its goal, commitments, the version of its pledge, and what it asks of metrics.

    Without any commitments those of the codebook stand.
    """

    goal: Goal | None = None
    commitments: tuple[Commitment, ...] = ()
    pledge: Pledge | None = None
    asked: Asked = Asked()

    @property
    def invented(self) -> bool:
        """Whether they are no real partnership's: the setting stands with the goal."""
        return self.goal is not None and self.goal.invented


NOTHING_DECLARED = Declaration()


def read_commitments(folders: Folders) -> tuple[Commitment, ...]:
    """Read the partnership's commitments, in the order of the file; none where there is no file.

    Raises `RawDataError` that names the row and the column at fault.
    """
    path = folders.raw / OF_ALL / COMMITMENTS_FILE
    found: dict[str, Commitment] = {}
    for number, cells in table_of_the_partnership(path, FILE, COLUMNS):
        one = _commitment(number, cells)
        if plain(one.key) in found:
            raise _at(number, KEY, "this commitment stands in an earlier row", "Give every commitment a key of its own")
        found[plain(one.key)] = one
    if not found and path.is_file():
        raise RawDataError("it holds no commitment", "Add a row for each, or take the file away", file=FILE)
    if len(found) > MOST:
        raise RawDataError(f"it holds more than {MOST} commitments", "Keep those that a board can follow", file=FILE)
    return tuple(found.values())


def table_of_the_partnership(path: Path, file: str, columns: tuple[str, ...]) -> list[tuple[int, dict[str, str]]]:
    """Return the rows of a table of the partnership's that hold anything, each with its number and cells by column.

    None where there is no such file. Raises `RawDataError`, which calls it `file`, where it is no such table.
    """
    if path.is_symlink():
        raise RawDataError("it is a link, and links are not followed", "Put the file itself there", file=file)
    if not path.is_file():
        return []
    if path.stat().st_size > MOST_BYTES:
        raise RawDataError(f"it is longer than {MOST_BYTES >> 20} megabyte", "Keep only its rows in it", file=file)
    try:
        with path.open(encoding="utf-8-sig", newline="") as opened:
            lines = [[" ".join(cell.split()) for cell in line] for line in csv.reader(opened, strict=True)]
    except UnicodeDecodeError:
        raise RawDataError("it holds characters that are not UTF-8", "Save it as UTF-8", file=file) from None
    except csv.Error:
        raise RawDataError("it cannot be read as CSV", "Check its quotation marks", file=file) from None
    heading, *below = lines or [[]]
    remedy = f"The columns are: {', '.join(columns)}"
    for column in columns:
        if heading.count(column) != 1:
            reason = "the column stands twice" if column in heading else "the column is missing"
            raise RawDataError(reason, remedy, file=file, row=1, column=column)
    if len(heading) > len(columns):
        raise RawDataError("there is a column that the audit does not know", remedy, file=file, row=1)
    rows = [(number, line) for number, line in enumerate(below, start=2) if any(line)]
    for number, line in rows:
        if len(line) != len(heading):
            remedy = "Put quotation marks around a text with a comma"
            raise RawDataError("it has more or fewer cells than the header", remedy, file=file, row=number)
    return [(number, dict(zip(heading, line, strict=True))) for number, line in rows]


def _commitment(number: int, cells: dict[str, str]) -> Commitment:
    for column in COLUMNS:
        if not cells[column] and column != DUE_ON:
            raise _at(number, column, "the cell is empty", "Fill it in")
        if len(cells[column]) > LONGEST:
            raise _at(number, column, f"it is longer than {LONGEST} letters", "Say it more shortly")
    known = {plain(key): key for key in COMMITMENTS}
    key = known.get(plain(cells[KEY]), cells[KEY])
    if key not in COMMITMENTS and not SHAPE_OF_KEY.fullmatch(key):
        raise _at(number, KEY, "it is no key of up to four letters and up to four digits", "Write one as C1")
    made_on, due_on = (day_in(FILE, number, column, cells[column]) for column in (MADE_ON, DUE_ON))
    if due_on and due_on < made_on:
        raise _at(number, DUE_ON, "it is due before it was made", "Correct one of the two dates")
    return Commitment(key, cells["text"], cells["test"], cells["source"], made_on, due_on)


def day_in(file: str, number: int, column: str, text: str) -> date | None:
    """Return the day that a cell of a table holds; None where it is empty. Raises `RawDataError` where it is none."""
    if not text:
        return None
    try:
        if DAY.fullmatch(text):
            return date.fromisoformat(text)
    except ValueError:
        pass
    raise RawDataError("it is not a date", "Write dates as 2026-07-31", file=file, row=number, column=column)


def _at(row: int, column: str | None, reason: str, remedy: str) -> RawDataError:
    return RawDataError(reason, remedy, file=FILE, row=row, column=column)
