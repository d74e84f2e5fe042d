"""How the newest quarter of all organisations compares with the one before, against the tables of both quarters."""

import re
from collections.abc import Iterator
from fractions import Fraction

from bs4 import BeautifulSoup

from lt_analysis.codebook.ethnicity import BME
from lt_analysis.codebook.periods import parse_period
from lt_analysis.reporting.gate.charted import (
    NUMBER,
    SHARE,
    SMALLEST_BASE,
    names_in_list,
    own_sections,
    partnership_numbers,
)
from lt_analysis.reporting.gate.shares import KNOWN, reads_as_share

POINTS = r"(no change|.+? points? (?:lower|higher))"
COUNTS = re.compile(rf"{NUMBER} of {NUMBER} [\w ]+?; the quarter before, it was {NUMBER} of {NUMBER}\. (.*)")
TOO_FEW = "These are too few to compare."
SAME = re.compile(rf"The share was {SHARE} both times\. (.*)")
OTHER = re.compile(rf"The share was {SHARE}, (higher|lower) than the {SHARE} before\. (.*)")
TOLD = re.compile(
    rf"Anything from {POINTS} to {POINTS} fits the counts, so "
    r"(?:they do not show whether it rose or fell|it (rose|fell), though they do not show why)\."
)
LESS_THAN_ONE = "less than 1"
HALF_A_POINT = 0.5  # by which a limit is rounded
OTHER_MEMBERS = "The latest two quarters of all organisations together add up different organisations"
QUARTER = re.compile(r"20\d\d-\d\d-Q[1-4]")


def changed(page: BeautifulSoup) -> Iterator[str]:
    """Say where the comparison of two quarters has other counts, shares or another direction than their tables."""
    numbers = {
        (span, stage, group): people
        for span, stage, group, people in partnership_numbers(page)
        if QUARTER.fullmatch(span)
    }
    quarters = sorted({quarter for quarter, *_ in numbers})[-2:]
    lead = page.select_one('p[data-cell="change"]')
    # Where a page could not be made, the list does not say which of its names is whose, and so names are not held.
    nameless = len(names_in_list(page)) < len(own_sections(page))
    if lead and lead.get_text() not in _leads(quarters, page) and not (nameless and OTHER_MEMBERS in lead.get_text()):
        yield "it is not said which two quarters are compared, or why they are not"
    for element in page.select('p[data-cell^="change."]'):
        stage, text = element["data-cell"].partition(".")[2], element.get_text()
        keys = [(quarter, stage, group) for quarter in reversed(quarters) for group in (BME, KNOWN)]
        if None in map(numbers.get, keys) or len(keys) != 4:
            if not text.endswith("not compared, because a number is not shown."):
                yield "two quarters are compared of which a number is not shown"
        elif not _is_of(text, [numbers[key] for key in keys]):
            yield "how two quarters compare is not what their tables tell"


def _leads(quarters: list[str], page: BeautifulSoup) -> set[str]:
    """Work out what may stand before a comparison, or in its place; names are those of the list of organisations."""
    if len(quarters) < 2:
        return {"There are not yet two quarters of all organisations together that could be compared."}
    before, later = map(parse_period, quarters)
    if later.previous != before:
        return {f"The quarter before {later.in_words} cannot be shown, so nothing is compared."}
    members = {quarter: _members(quarter, page) for quarter in quarters}
    if members[quarters[0]] == members[quarters[1]]:
        return {f"All organisations together, {later.in_words} beside {before.in_words}:"}
    names = names_in_list(page)
    alone = (
        (span.in_words, [names.get(slug, slug) for slug in mine if slug not in others])
        for span, mine, others in (
            (before, members[quarters[0]], members[quarters[1]]),
            (later, members[quarters[1]], members[quarters[0]]),
        )
    )
    which = "; ".join(f"only {words} has {', '.join(some)}" for words, some in alone if some)
    return {f"{OTHER_MEMBERS}: {which}. So they are not compared."}


def _members(quarter: str, page: BeautifulSoup) -> list[str]:
    cells = page.select(f'td[data-key^="partnership/{quarter}/"]')
    whose = [cell.find_parent("table").get("data-members") for cell in cells]
    return next((one.split() for one in whose if one), [])


def _is_of(text: str, numbers: list[int]) -> bool:
    found = COUNTS.fullmatch(text)
    if not found or [int(one.replace(",", "")) for one in found.groups()[:4]] != numbers:
        return False
    later, before, rest = numbers[:2], numbers[2:], found[5]
    if min(later[1], before[1]) < SMALLEST_BASE:
        return rest == TOO_FEW
    change = Fraction(*later) - Fraction(*before)
    if same := SAME.fullmatch(rest):
        share, told = same.groups()
        shares = (share, share)
    elif (other := OTHER.fullmatch(rest)) and (other[2] == "higher") == (change > 0):
        shares, told = (other[1], other[3]), other[4]
    else:
        return False
    reads = all(map(reads_as_share, shares, (later[0], before[0]), (later[1], before[1])))
    return reads and _tells(told, float(change) * 100)


def _tells(said: str, change: float) -> bool:
    """Say whether a likely range, in percentage points, holds a change, and the verdict is what its limits allow."""
    found = TOLD.fullmatch(said)
    if not found:
        return False
    low, high = map(_points, found.groups()[:2])
    verdict = "rose" if low > 0 else "fell" if high < 0 else None
    return found[3] == verdict and low - HALF_A_POINT <= change <= high + HALF_A_POINT


def _points(limit: str) -> float:
    if limit == "no change":
        return 0
    size = HALF_A_POINT if limit.startswith(LESS_THAN_ONE) else float(limit.split()[0])
    return size if limit.endswith("higher") else -size
