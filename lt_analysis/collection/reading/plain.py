"""Large text files as a database can split them: UTF-8, no quotation marks, and a line for every row."""

import re
from bisect import bisect_left
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from lt_analysis.codebook.folders import in_sql
from lt_analysis.collection.reading.lines import refuse_swallowed_rows
from lt_analysis.collection.reading.text import Format, lines_of

DIVIDER = "\x1f"  # ASCII's own separator of units, which `lines_of` leaves in no cell
UNUSUAL = '"\t\v\f\x1c\x1d\x1e\x1f'  # quotation marks, and spaces that are none
UTF_8 = ("utf-8", "utf-8-sig")
LINE = "\x1f\x1e"  # what divides columns of a file of which each line is one
PIECE = 1 << 17  # bytes that are looked at together: more would be asked of the system anew each time


@dataclass(frozen=True)
class PlainText:
    """A file of which every row is one line, and how many lines it has, blank ones at its end apart.

    `ended` counts the lines that have ended before each piece of the file. `tight` tells that no cell begins or ends
    with a space, `ascii` that there is nothing but ASCII in it.
    """

    path: Path
    divider: str
    lines: int
    ended: tuple[int, ...]
    tight: bool
    ascii: bool

    @property
    def query(self) -> str:
        """The query of its lines, in their order, with their `cells`."""
        return f"""
            SELECT line, {self.split("line")} AS cells
            FROM read_csv({in_sql(self.path)}, header = false, columns = {{'line': 'VARCHAR'}},
                          delim = '{LINE}', quote = '', escape = '', comment = '', auto_detect = false)"""

    def split(self, line: str) -> str:
        """Return in SQL a line's cells."""
        return f"string_split({line}, {in_sql(self.divider)})"

    def line(self, number: int) -> bytes:
        """Return a line as it stands in the file, without its end; lines are numbered from 1."""
        piece = max(bisect_left(self.ended, number - 1) - 1, 0)
        with self.path.open("rb") as content:
            if number > 1:
                content.seek(piece * PIECE)
                ends = np.flatnonzero(np.frombuffer(content.read(PIECE), dtype=np.uint8) == ord("\n"))
                content.seek(piece * PIECE + int(ends[number - 2 - self.ended[piece]]) + 1)
            return content.readline().rstrip(b"\r\n")


def as_it_stands(path: Path, written: Format) -> PlainText | None:
    """Return a text file that is plain already; None where it may not be."""
    if written.encoding not in UTF_8:
        return None
    return _plain(path, written.divider, without=UNUSUAL.replace(written.divider, ""))


def recoded(path: Path, written: Format, folder: Path) -> PlainText | None:
    """Write a text file into a folder as UTF-8, without marks where every cell is quoted; None where it is not plain.

    Many lines are written at once, which is many times as quick as reading their cells.
    """
    plain, divider = folder / "plain", written.divider
    with path.open(encoding=written.encoding, newline="") as lines:
        quoted = lines.read(1) == '"'
        if not quoted and written.encoding in UTF_8:
            return None
        lines.seek(0)
        with plain.open("w", encoding="utf-8", newline="") as out:
            while text := lines.read(PIECE):
                text += lines.readline()
                bare = _unquoted(text, divider) if quoted else text
                if bare is None or '"' in bare:
                    return None
                out.write(bare)
    divider = DIVIDER if quoted else divider
    return _plain(plain, divider, without=UNUSUAL.replace(divider, ""))


def _unquoted(text: str, divider: str) -> str | None:
    """Return lines without the marks around their cells; None where a cell has none.

    Where a cell holds a mark, or ends a line within itself, some mark is left or some end of line stands alone, or
    stands in marks as a cell does. A line of one empty cell would be a blank line without its marks.
    """
    lines = text.replace("\r\n", "\n").removesuffix("\n")
    in_marks = len(lines) > 1 and lines[0] == lines[-1] == '"' and lines.count("\n") == lines.count('"\n"')
    # A mark that opens a cell has an even number before it; the one of a cell that is a mere divider has not.
    opens = (found.start() for found in re.finditer(f'{re.escape(divider)}"\n"', lines))
    of_line_ends = lines.startswith('"\n') or any(lines.count('"', 0, place) % 2 == 0 for place in opens)
    if not in_marks or of_line_ends or DIVIDER in lines or "\r" in lines or '\n""\n' in f"\n{lines}\n":
        return None
    return lines[1:-1].replace('"\n"', "\n").replace(f'"{divider}"', DIVIDER) + "\n"


def _plain(path: Path, divider: str, without: str) -> PlainText | None:
    """Return a text file whose lines all end alike, and that holds none of some characters; None where it does not."""
    beside = np.zeros(256, dtype=bool)
    beside[list(f"{divider}\r\n".encode())] = True
    ended, returns, tight, ascii_only, last = [0], 0, True, True, b"\n"
    with path.open("rb") as content:
        while some := content.read(PIECE):
            if any(one in some for one in map(str.encode, without)):
                return None
            ascii_only = ascii_only and some.isascii()
            returns += some.count(b"\r") if b"\r" in some else 0
            tight = tight and _is_tight(last + some, beside)
            ended.append(ended[-1] + int(np.count_nonzero(np.frombuffer(some, dtype=np.uint8) == ord("\n"))))
            last = some[-1:]
    blank = _blank_lines_at_the_end(path)
    if returns not in (0, ended[-1]) or blank is None:
        return None
    return PlainText(path, divider, ended[-1] + 1 - blank, tuple(ended), tight and last != b" ", ascii_only)


def _blank_lines_at_the_end(path: Path) -> int | None:
    """Count the ends of line after the last line that holds something; None where they fill a whole piece."""
    with path.open("rb") as content:
        content.seek(max(path.stat().st_size - PIECE, 0))
        end = content.read()
    filled = end.rstrip(b"\r\n")
    return end[len(filled) :].count(b"\n") if filled else None


def _is_tight(content: bytes, beside: np.ndarray) -> bool:
    """Tell whether no space stands `beside` a divider or at an end of a line."""
    if b" " not in content:
        return True
    characters = np.frombuffer(content, dtype=np.uint8)
    spaces = np.flatnonzero(characters == ord(" "))
    before, after = spaces[spaces > 0] - 1, spaces[spaces < len(content) - 1] + 1
    return not (beside[characters[before]].any() or beside[characters[after]].any())


def rewritten(path: Path, file: str, written: Format, folder: Path, width: int) -> PlainText | None:
    """Write the lines of a text file, of which the table has a width, plainly into a folder. Raises `RawDataError`."""
    plain = folder / "plain"
    with plain.open("w", encoding="utf-8", newline="\n") as out:
        for line in lines_of(path, file, written):
            refuse_swallowed_rows(line, width, file)
            # A line of nothing would not be counted as one; two empty cells are.
            out.write(DIVIDER.join(line.cells) if any(line.cells) else DIVIDER)
            out.write("\n")
    return _plain(plain, DIVIDER, without="")
