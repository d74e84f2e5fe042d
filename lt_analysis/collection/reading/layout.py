"""Which lines of a file are the table: people put titles above it, totals in it and notes below it."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from itertools import chain, islice

from lt_analysis.codebook.mistakes import RawDataError
from lt_analysis.collection.reading.lines import (
    MOST_COLUMNS,
    Line,
    Recognises,
    divided_otherwise,
    refuse_swallowed_rows,
)
from lt_analysis.collection.recognising.plain import plain

LINES_ABOVE = 30  # the header is looked for among so many
TOTAL = re.compile(r"(grand|sub|overall)? ?totals?")
TOTAL_IN_A_CELL = ("otal", "OTAL")  # a quick look, before the cell is read whole
NARROWEST = 3  # a table of two columns may well have rows of one cell


@dataclass(frozen=True)
class SetAside:
    """A line that is no row of the table, and why it was taken for none."""

    row: int
    why: str


@dataclass
class Table:
    """The table in a file. `ragged` are rows of which the number of cells is not that of the headings.

    `remarks` say how the file had to be read.
    """

    header: int
    headings: list[str]
    remarks: tuple[str, ...] = ()
    rows: list[Line] = field(default_factory=list)
    ragged: list[int] = field(default_factory=list)
    set_aside: list[SetAside] = field(default_factory=list)


def find_table(lines: Iterable[Line], file: str, recognises: Recognises, remarks: Iterable[str] = ()) -> Table:
    """Find the header and tell rows from titles, totals and notes; blank lines are nothing at all.

    Nothing is dropped in silence: each line that holds something is a row, ragged, or set aside.
    """
    lines = iter(lines)
    above = [line for line in islice(lines, LINES_ABOVE) if line.filled]
    if not above:
        raise RawDataError("the file is empty", "Send it again with its header and rows", file=file)
    header = max(above, key=lambda line: recognises(line.cells))
    headings = _without_empty_ends(header.cells)
    if len(headings) > MOST_COLUMNS:
        reason = f"the header has more than {MOST_COLUMNS:,} columns"
        raise RawDataError(reason, "Send the columns that docs/returns.md lists", file=file, row=header.number)
    table = Table(header.number, headings, tuple(remarks))
    titles = [line for line in above if line.number < header.number]
    table.set_aside += [SetAside(line.number, "it stands above the header") for line in titles]
    for line in chain(above[len(titles) + 1 :], lines):
        if line.filled:
            refuse_swallowed_rows(line, len(headings), file)
            place(table, line)
    return table


def place(table: Table, line: Line) -> None:
    """Put a line that holds something where it belongs: among the rows, the ragged, or what is set aside."""
    cells = _without_empty_ends(line.cells)
    width = len(table.headings)
    if cells == table.headings:
        table.set_aside.append(SetAside(line.number, "it is the header again"))
    elif line.filled == 1 and width >= NARROWEST and not divided_otherwise(line, width):
        table.set_aside.append(SetAside(line.number, "it holds one cell only, as a title or a note does"))
    elif any(TOTAL.fullmatch(plain(cell)) for cell in cells if any(part in cell for part in TOTAL_IN_A_CELL)):
        table.set_aside.append(SetAside(line.number, "it is a total"))
    elif len(cells) > width or len(line.cells) < width:
        table.ragged.append(line.number)
    else:
        table.rows.append(Line(line.number, line.cells[:width]))


def _without_empty_ends(cells: list[str]) -> list[str]:
    last = max((place for place, cell in enumerate(cells, start=1) if cell), default=0)
    return cells[:last]
