"""Large text files as a database can split them: UTF-8, no quotation marks, and a line for every row."""

from pathlib import Path
from typing import NamedTuple

import numpy as np

from lt_analysis.codebook.folders import in_sql
from lt_analysis.collection.reading.text import SAMPLE, Format, lines_of

DIVIDER = "\x1f"  # ASCII's own separator of units, which `lines_of` leaves in no cell
UNUSUAL = '"\t\v\f\x1c\x1d\x1e\x1f'  # quotation marks, and spaces that are none
LINE = "\x1f\x1e"  # what divides columns of a file of which each line is one


class PlainText(NamedTuple):
    """A file of which every row is one line, and how many lines it has, blank ones at its end apart.

    `tight` tells that no cell begins or ends with a space.
    """

    path: Path
    divider: str
    lines: int
    tight: bool

    @property
    def query(self) -> str:
        """The query of its lines, in their order, as lists of `cells`."""
        return f"""
            SELECT line, string_split(line, {in_sql(self.divider)}) AS cells
            FROM read_csv({in_sql(self.path)}, header = false, columns = {{'line': 'VARCHAR'}},
                          delim = '{LINE}', quote = '', escape = '', comment = '', auto_detect = false)"""


def as_it_stands(path: Path, written: Format) -> PlainText | None:
    """Return a text file that is plain already; None where it may not be."""
    if written.encoding not in ("utf-8", "utf-8-sig"):
        return None
    unusual = [one.encode() for one in UNUSUAL if one != written.divider]
    ends = returns = 0
    tight, some = True, b"\n"
    with path.open("rb") as content:
        while more := content.read(SAMPLE):
            # The last byte of the piece before goes along, so that no pair of bytes is missed between two.
            tight = tight and _is_tight(some[-1:] + more, written.divider)
            some = more
            if any(one in some for one in unusual):
                return None
            ends += np.count_nonzero(np.frombuffer(some, dtype=np.uint8) == ord("\n"))
            returns += some.count(b"\r") if b"\r" in some else 0
    if returns not in (0, ends):
        return None
    filled = some.rstrip(b"\r\n")
    lines = ends - some[len(filled) :].count(b"\n") + 1
    return PlainText(path, written.divider, lines, tight and not filled.endswith(b" ")) if filled else None


def _is_tight(content: bytes, divider: str) -> bool:
    """Tell whether no space stands beside a divider or at an end of a line."""
    characters = np.frombuffer(content, dtype=np.uint8)
    spaces = np.flatnonzero(characters == ord(" "))
    beside = characters[np.concatenate([spaces[spaces > 0] - 1, spaces[spaces < len(content) - 1] + 1])]
    return not np.isin(beside, list(f"{divider}\r\n".encode())).any()


def rewritten(path: Path, file: str, written: Format, folder: Path) -> PlainText:
    """Write a text file's lines plainly into a folder, one after another. Raises `RawDataError`."""
    plain, lines = folder / "plain", 0
    with plain.open("w", encoding="utf-8", newline="\n") as out:
        for line in lines_of(path, file, written):
            # A line of nothing would not be counted as one; two empty cells are.
            out.write(DIVIDER.join(line.cells) if line.filled else DIVIDER)
            out.write("\n")
            lines += 1
    return PlainText(plain, DIVIDER, lines, tight=True)
