"""What a file holds before anybody says which of it is the table: numbered lines of text cells."""

from collections.abc import Iterable, Iterator
from typing import NamedTuple, Protocol

from lt_analysis.codebook.mistakes import RawDataError

DIVIDERS = (",", ";", "\t", "|")
MOST_COMMAS = 8  # or the like, in a note that somebody wrote below a table
MOST_CELLS = 20_000_000  # of a file that has to be held in memory
MOST_COLUMNS = 16_384  # as many as a spreadsheet has


class Line(NamedTuple):
    """One line, numbered as the file's own program numbers it, from 1.

    `dividers` are the most that one of its cells holds which ends a line within itself.
    """

    number: int
    cells: list[str]
    dividers: int = 0

    @property
    def filled(self) -> int:
        """How many of its cells hold something."""
        return sum(bool(cell) for cell in self.cells)


class Recognises(Protocol):
    """Tells how many of a return's columns a line of headings names."""

    def __call__(self, headings: list[str]) -> int:
        """Count them."""


def first_lines(lines: Iterator[Line], many: int = 30) -> list[Line]:
    """Return the first lines that hold something."""
    found = []
    for line in lines:
        if line.filled:
            found.append(line)
        if len(found) == many:
            break
    return found


def divided_otherwise(line: Line, width: int) -> bool:
    """Tell whether a line of one cell is a row whose cells are divided by another character than the file's."""
    (cell,) = filter(None, line.cells)
    return width > MOST_COMMAS and any(cell.count(divider) >= width - 1 for divider in DIVIDERS)


def refuse_swallowed_rows(line: Line, width: int, file: str) -> None:
    """Refuse a line of which a cell ends a line and that has a header's dividers too many: rows went into it.

    They stand within the cell, or behind it: a mark may be closed as early in the next row as it was opened late.
    """
    if line.dividers < 0:
        return
    behind = len(line.cells) - width if any(line.cells[width:]) else 0
    if line.dividers + behind >= max(width - 1, 1):
        reason = "a quotation mark stands open, so that a cell holds whole rows of the table"
        remedy = "Close the mark or remove it; a column of free text is better left out"
        raise RawDataError(reason, remedy, file=file, row=line.number)


def most_dividers(cells: Iterable[str], dividers: Iterable[str] = DIVIDERS) -> int:
    """Return the most dividers of one kind that a cell holds which ends a line within itself; -1 where none does."""
    ending = [cell for cell in cells if "\n" in cell or "\r" in cell]
    return max((cell.count(divider) for cell in ending for divider in dividers), default=-1)
