"""What a file holds before anybody says which of it is the table: numbered lines of text cells."""

from collections.abc import Iterator
from typing import NamedTuple, Protocol

DIVIDERS = (",", ";", "\t", "|")
MOST_COMMAS = 8  # or the like, in a note that somebody wrote below a table
MOST_CELLS = 20_000_000  # of a file that has to be held in memory
MOST_COLUMNS = 16_384  # as many as a spreadsheet has


class Line(NamedTuple):
    """One line, numbered as the file's own program numbers it, from 1."""

    number: int
    cells: list[str]

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
