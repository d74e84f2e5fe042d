"""Which columns headings of somebody's own invention may stand for: proposed, to be checked, and never taken for true.

A heading's words say it, or what stands below it: days in the order of stages, or words that the audit knows. No column
that looks as if it named people is proposed for anything.
"""

import re
from datetime import date, datetime
from statistics import median

from lt_analysis.codebook.returns import STAGE_DATES, Return
from lt_analysis.collection.personal import looks_personal
from lt_analysis.collection.reading.layout import Table
from lt_analysis.collection.recognising.headings import may_stand_for
from lt_analysis.collection.recognising.nothing import is_empty
from lt_analysis.collection.recognising.values import recognised_columns

MOST_ROWS = 1_000  # that are looked at
ENOUGH = 0.5  # of the cells that hold something
FORMATS = ("%Y-%m-%d", "%d/%m/%Y", "%d-%m-%Y", "%d.%m.%Y", "%d %b %Y", "%d %B %Y", "%d-%b-%Y", "%d-%b-%y", "%d/%b/%Y")
IN_THEIR_ORDER = ("advertised_on", STAGE_DATES[0], "closed_on", *STAGE_DATES[1:])
REFERENCES = ("vacancy", "applicant")


def guessed_columns(kind: Return, table: Table, missing: list[str], placed: dict[int, str]) -> dict[int, str]:
    """Return, by its place among the headings, the column that each may stand for; `missing` ones the return needs."""
    holds = {column.name: column.holds for column in kind.columns}
    left = {
        place: [line.cells[place] for line in table.rows[:MOST_ROWS] if line.cells[place]]
        for place, heading in enumerate(table.headings)
        if heading and place not in placed and not looks_personal(heading)
    }
    days = {place: found for place, cells in left.items() if (found := _days(cells))}
    found: dict[int, str] = {}
    open_to = set(kind.column_names) - set(placed.values())
    for place, cells in left.items():
        likely = (one for one in may_stand_for(table.headings[place]) if one in open_to and one not in found.values())
        for column in likely:
            if _may_hold(holds[column], column, cells, place in days):
                found[place] = column
                break
    for column in (one for one in missing if one in recognised_columns() and one not in found.values()):
        known = [place for place, cells in left.items() if place not in found and _are_words_of(column, cells)]
        if len(known) == 1:
            found[known[0]] = column
    found |= _in_the_order_of_stages(
        {place: some for place, some in days.items() if place not in found},
        [one for one in IN_THEIR_ORDER if one in missing and one not in found.values()],
    )
    return found


def _may_hold(holds: str, column: str, cells: list[str], are_days: bool) -> bool:
    """Tell whether cells may be those of a column, as far as can be told without knowing it."""
    if holds == "date":
        return are_days
    if are_days:
        return False
    if column in REFERENCES:
        return sum(bool(re.search(r"\d", cell)) for cell in cells) > ENOUGH * len(cells)
    return True


def _are_words_of(column: str, cells: list[str]) -> bool:
    """Tell whether most cells are words that the audit knows in a column, and not mere numbers."""
    known = [cell for cell in cells if recognised_columns()[column](cell) is not None]
    return len(known) > ENOUGH * len(cells) and not all(cell.isdigit() for cell in known)


def _days(cells: list[str]) -> list[date]:
    """Return the days in a column that holds days; none of one that does not."""
    cells = [cell for cell in cells if not is_empty(cell)]
    found = [day for day in map(_day, cells) if day]
    return found if len(found) > ENOUGH * len(cells) else []


def _day(text: str) -> date | None:
    for written in FORMATS:
        try:
            return datetime.strptime(text.split("T")[0], written).date()
        except ValueError:
            continue
    return None


def _in_the_order_of_stages(days: dict[int, list[date]], missing: list[str]) -> dict[int, str]:
    """Place columns of days that are left in the order of their days, where there are as many as are missing."""
    if len(days) != len(missing):
        return {}
    order = sorted(days, key=lambda place: (median(day.toordinal() for day in days[place]), place))
    return dict(zip(order, missing, strict=True))
