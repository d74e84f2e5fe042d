"""Rows of a spreadsheet or of CSV against the ledger: their numbers stand beside their keys, and read as released."""

import csv
from collections.abc import Iterable, Iterator
from pathlib import Path

from lt_analysis.reporting.gate.figures import Published, readings
from lt_analysis.reporting.gate.traces import Machine, traces

KEY, VALUE = "key", "value"
FORMULA_BEGINS = ("=", "+", "-", "@", "\t", "\r")


def rows_unaccounted(rows: Iterable[list[str]], published: Published) -> Iterator[str]:
    """Say which rows hold a number that the ledger does not account for.

    The columns are those of the first row that names both `key` and `value`; a number above it, or in another
    column, has no key.
    """
    places = None
    for number, row in enumerate(rows, start=1):
        if places is None and {KEY, VALUE} <= set(row):
            places = row.index(KEY), row.index(VALUE)
            continue
        key, value = (row[place] if place < len(row) else "" for place in places or (len(row), len(row)))
        others = [cell for place, cell in enumerate(row) if not places or place != places[1]]
        if any(_is_number(cell) for cell in others):
            yield f"row {number}: a number has no key"
        if key and key not in published:
            yield f"row {number}: nothing was released under its key"
        elif key and value.replace(",", "") not in [text.replace(",", "") for text in readings(published[key])]:
            yield f"row {number}: what it says is not what was released under {key}"
        elif not key and _is_number(value):
            yield f"row {number}: a number has no key"


def csv_faults(path: Path, machine: Machine, published: Published | None = None) -> list[str]:
    """List what makes a CSV file unfit to be published, by the same rules as a workbook; empty where it is fit."""
    content = path.read_bytes()
    rows = list(csv.reader(content.decode("utf-8-sig", errors="replace").splitlines()))
    found = traces(content, machine)
    if any(cell.startswith(FORMULA_BEGINS) for row in rows for cell in row):
        found.append("there is a formula")
    return found + (list(rows_unaccounted(rows, published)) if published is not None else [])


def _is_number(cell: str) -> bool:
    try:
        float(cell.strip().rstrip("%").replace(",", "") or "x")
    except ValueError:
        return False
    return True
