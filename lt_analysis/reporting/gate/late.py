"""Late actions: how many the main points and the list say there are, against the tables of actions on the same page."""

import re
from collections import Counter
from collections.abc import Iterator
from datetime import date, datetime

from bs4 import BeautifulSoup
from bs4.element import Tag

from lt_analysis.reporting.gate.charted import (
    EXAMPLE,
    ORGANISATION,
    Line,
    heading_of,
    lines_of,
    report_quarter,
    said_in,
)

LATE, STATUS, DUE = "Late: ", "Status", "Due"
OF_ONE = re.compile(r"\b(None|\d+) of its (\d+) pledged actions (is|are) late\.")
OF_ALL = re.compile(r"(None|\d+) of (\d+) pledged actions (is|are) late, as of (.*)\.")
NOBODY_SENT = re.compile(r"No organisation sent a return of actions for [\w ]+\.")
NOT_SENT = re.compile(
    r"(\d+) of (\d+) organisations sent no return of actions that could be used, so nothing is known .*"
)
NONE_SENT = "Sent no return of actions that could be used."
NEWLY = re.compile(
    r"(None|\d+) of the (\d+) late actions (was|were) due on or after (\d+ \w+ \d{4}), and so (?:is|are) newly late\."
)
OWN = re.compile(r"(\d+) of (\d+) pledged actions (was|were) late on (.*?)\. ")
DONE = "Done"
NOTHING_PLEDGED = (
    "Published figures from elsewhere: nothing was pledged here.",
    "This organisation sent no return of actions that could be used for this quarter.",
)


def late(page: BeautifulSoup) -> Iterator[str]:
    """Say where a page says another number of late actions than its tables hold."""
    quarter = report_quarter(page)
    last = quarter.last_day if quarter else date.min
    for table in page.select(".actions table"):
        if heading_of(table) != ORGANISATION and not _is_counted_so(table, last):
            yield "it is not said of an organisation's actions how many its table shows to be late"
        if not all(_is_late_as_due(line, last) for line in lines_of(table)):
            yield "an action is called late, or is not, against the day on which it was due"
    own = page.select_one('p[data-cell="actions"]')
    if own and not page.select(".actions table") and own.get_text() not in NOTHING_PLEDGED:
        yield "something is said of actions, and there is no table of them"
    sections = page.select(".organisations > section")
    if sections:
        yield from _all(page, sections)


def _is_late_as_due(line: Line, last: date) -> bool:
    """Say whether an action is late where it was due before the last day of the report's quarter, and is not done."""
    due, status = _day(line.text(DUE) or line.name), line.text(STATUS)
    return due is not None and (LATE in status) == (due < last and DONE not in status)


def _is_counted_so(table: Tag, last: date) -> bool:
    before = table.find_previous(attrs={"data-cell": "actions"})
    said = OWN.match(before.get_text()) if before else None
    statuses = [line.text(STATUS) for line in lines_of(table)]
    number = sum(LATE in status for status in statuses)
    counts = (str(number), str(len(statuses)), "was" if number == 1 else "were")
    return bool(said) and said.groups()[:3] == counts and _day(said[4]) == last


def _all(page: BeautifulSoup, sections: list[Tag]) -> Iterator[str]:
    rows = [
        line for table in page.select(".actions table") if heading_of(table) == ORGANISATION for line in lines_of(table)
    ]
    if any(LATE not in line.text(STATUS) for line in rows):
        yield "the table of late actions holds one that is not"
    if not _are_new(page, rows):
        yield "it is not said how many late actions are newly late, as their dates tell"
    in_table = Counter(line.name for line in rows)
    shown = [one for one in sections if one.find(attrs={"data-cell": True})]
    said = {one.h3.get_text(): OF_ONE.search(one.get_text()) for one in shown if EXAMPLE not in one.get_text()}
    silent = [one for one in shown if OF_ONE.search(one.get_text()) is None and EXAMPLE not in one.get_text()]
    if any(NONE_SENT not in one.get_text() for one in silent):
        yield "an organisation is passed over that sent no return of actions"
    if any(_number(found) != in_table[name] for name, found in said.items()):
        yield "it is not said of an organisation how many of its actions the table shows to be late"
    unseen = len(sections) - len(shown)
    if not _is_summed_up(page, in_table, said, unseen):
        yield "the main points do not say how many actions are late, or where, as the table and the list do"


def _are_new(page: BeautifulSoup, rows: list[Line]) -> bool:
    """Say whether the sentence on newly late actions counts those that were due on its day or after it."""
    said = page.select_one('p[data-cell="late.new"]')
    if said is None:
        return True
    found = NEWLY.fullmatch(said.get_text())
    if not found:
        return False
    then, days = _day(found[4]), [_day(line.text(DUE)) for line in rows]
    if then is None or None in days:
        return False
    new = sum(day >= then for day in days)
    return found.groups()[:3] == (str(new or "None"), str(len(rows)), "was" if new <= 1 else "were")


def _day(said: str) -> date | None:
    try:
        return datetime.strptime(said, "%d %B %Y").date()
    except ValueError:
        return None


def _number(found: re.Match | None) -> int:
    return int(found[1]) if found and found[1] != "None" else 0


def _is_summed_up(page: BeautifulSoup, in_table: Counter[str], said: dict[str, re.Match | None], unseen: int) -> bool:
    first, where, rest = (said_in(page, name) for name in ("late", "late.where", "late.not-sent"))
    sent = [found for found in said.values() if found]
    total = sum(int(found[2]) for found in sent)
    found, lacking = OF_ALL.fullmatch(first), NOT_SENT.fullmatch(rest)
    if not found:
        return bool(NOBODY_SENT.fullmatch(first)) and not (sent or in_table or where or rest)
    without = len(said) - len(sent)
    number, of = _number(found), int(found[2])
    quarter = report_quarter(page)
    if quarter and _day(found[4]) != quarter.last_day:
        return False
    says_where = where == (f"Late at: {', '.join(in_table)}." if in_table else "")
    says_who = (int(lacking[1]) if lacking else 0, int(lacking[2]) if lacking else 0)
    counts = number == in_table.total() and (found[3] == "is") == (number <= 1)
    everybody = len(said) <= says_who[1] <= len(said) + unseen if lacking else not rest
    return counts and says_where and everybody and (unseen or (of == total)) and 0 <= says_who[0] - without <= unseen
