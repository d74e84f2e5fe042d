"""Rows of a spreadsheet or of CSV against the ledger: their numbers stand beside their keys, and read as released."""

import re
from collections.abc import Iterable, Iterator, Mapping

from lt_analysis.codebook.downloads import FROM, HIGH, ITEM, KEY, LOW, NOT_GIVEN, VALUE
from lt_analysis.codebook.words import HIDDEN_SYMBOL
from lt_analysis.reporting.gate.figures import Published, numbers_in, readings
from lt_analysis.reporting.gate.likelihoods import reads_as_likelihood
from lt_analysis.reporting.gate.shares import reads_as_share

NAMES_OF_NUMBERS = (KEY, FROM, ITEM)
FIGURES = {KEY: (VALUE,), FROM: (VALUE, LOW, HIGH), ITEM: (VALUE,)}  # the columns of which each is the name
KEYS_OF_SHARE = 2  # of those who could go on, and of those who did
NOTE = re.compile(r"\[note \d+\]")
NO_KEY = "a number has no key"
NOTHING_RELEASED = "nothing was released under its key"
SMALLEST_LIMIT, LARGEST_LIMIT = 0.02, 10  # of a range of evidence; what lies beyond is said in words

Items = Mapping[str, str | int | float | None]


def rows_unaccounted(
    rows: Iterable[list[str]], published: Published, items: Items | None = None, named: Iterable[str] = ()
) -> Iterator[str]:
    """Say which rows hold a number that the ledger does not account for.

    The columns are those of the first row that names `value` and beside it `key` (a number of people), `from` (what a
    percentage, or a ratio with its limits `low` and `high`, is worked out from) or `item` (a figure of the evidence or
    of equal chances, one of `items`). A number above that row, or in another column, has no key. `named` are names that
    may hold digits of their own.
    """
    headings: list[str] | None = None
    for number, row in enumerate(rows, start=1):
        if headings is None and VALUE in row and set(row) & set(NAMES_OF_NUMBERS):
            headings = row
            continue
        for fault in _row(row, headings or [], published, items or {}, tuple(named)):
            yield f"row {number}: {fault}"


def _row(
    row: list[str], headings: list[str], published: Published, items: Items, named: tuple[str, ...]
) -> Iterator[str]:
    cells = {name: row[place] if place < len(row) else "" for place, name in enumerate(headings)}
    by = next((name for name in NAMES_OF_NUMBERS if name in cells), "")
    figures = FIGURES.get(by, ())
    beside = [cell for place, cell in enumerate(row) if place >= len(headings) or headings[place] not in figures]
    words = [cell for name, cell in cells.items() if name not in (*figures, by)]
    if any(map(_is_number, beside)) or any(numbers_in(NOTE.sub("", cell), named) for cell in words):
        yield NO_KEY
    elif by and not cells[by]:
        if any(_is_number(cells.get(name, "")) for name in figures):
            yield NO_KEY
    elif by == KEY:
        yield from _released(cells[KEY], cells[VALUE], published)
    elif by == FROM:
        yield from _worked_out(cells, published)
    elif by == ITEM:
        yield from _of_item(cells[ITEM], cells[VALUE], items)


def _released(key: str, value: str, published: Published) -> Iterator[str]:
    if key not in published:
        yield NOTHING_RELEASED
    elif value.replace(",", "") not in [text.replace(",", "") for text in readings(published[key])]:
        yield f"what it says is not what was released under {key}"


def _worked_out(cells: dict[str, str], published: Published) -> Iterator[str]:
    keys = cells[FROM].split()
    figures = [cells[name] for name in (VALUE, LOW, HIGH) if name in cells]
    if any(key not in published for key in keys):
        yield NOTHING_RELEASED
        return
    hidden = [key for key in keys if published[key] is None]
    shown = any(figure != HIDDEN_SYMBOL for figure in figures)
    if hidden and shown:
        yield f"it is worked out from {hidden[0]}, which is hidden, and so must read {HIDDEN_SYMBOL}"
    elif shown and len(keys) == KEYS_OF_SHARE:
        of, done = (published[key] for key in keys)
        if figures[0] != NOT_GIVEN and not reads_as_share(figures[0], done, of):
            yield f"the percentage is not that of the numbers released under {' and '.join(keys)}"
    elif shown and not reads_as_likelihood(figures[0], figures[1:], keys, published):
        yield f"the ratio is not that of the numbers released under {' and '.join(keys)}"


def _of_item(name: str, value: str, items: Items) -> Iterator[str]:
    if name not in items:
        yield NOTHING_RELEASED
    elif not _reads_as_item(value, items[name]):
        yield f"what it says is not what was released under {name}"


def _reads_as_item(value: str, released: str | int | float | None) -> bool:
    if released is None:
        return value == HIDDEN_SYMBOL
    if isinstance(released, str):
        return value == released
    if isinstance(released, int):
        return value.replace(",", "") == str(released)
    if released > LARGEST_LIMIT:
        return value == f"more than {LARGEST_LIMIT}"
    if released < SMALLEST_LIMIT:
        return value == f"less than {SMALLEST_LIMIT}"
    return _is_number(value) and float(value) == released


def _is_number(cell: str) -> bool:
    try:
        float(cell.strip().rstrip("%").replace(",", "") or "x")
    except ValueError:
        return False
    return True
