"""The headline of all organisations together, and what stands behind it, against the numbers of the same page."""

import re
from collections.abc import Iterator
from fractions import Fraction

from bs4 import BeautifulSoup

from lt_analysis.codebook.ethnicity import BME
from lt_analysis.codebook.measures import STAGES, Measure
from lt_analysis.codebook.naming import people_of
from lt_analysis.reporting.gate.charted import EXAMPLE, SHARE, SMALLEST_BASE, partnership_numbers, said_in
from lt_analysis.reporting.gate.shares import KNOWN, reads_as_share

YEAR = re.compile(r"20\d\d-\d\d")
WRONG = "the headline of all organisations together is not what the table below it tells"
Counts = dict[tuple[str, str], int]


ADDED_UP = re.compile(r"This adds up (?:all (\d+)|(\d+) of (\d+)) organisations\.")


def partnership(page: BeautifulSoup) -> Iterator[str]:
    """Say where a front page's headline, the stage that it is about or its two shares are not those of its tables."""
    if not page.select_one(".organisations"):
        return
    years = _years(page)
    year = max(years, default="")
    shown = [stage for stage in STAGES if _holds(years.get(year, {}), stage)]
    parts = ("headline", "headline.of", "headline.members", "headline.hidden")
    headline, behind, members, hidden = (said_in(page, name) for name in parts)
    if not shown:
        if headline or behind or members or hidden:
            yield WRONG
        return
    if not _are_added_up(members, page, year):
        yield "the main points do not say of how many organisations the headline is, as its table does"
    stage, counts = shown[-1], years[year]
    went = f"{_part(counts, stage.counts[1])} {stage.event} went to {people_of(BME)} in {year}."
    if headline != went or not _is_behind(behind, counts, stage) or bool(hidden) != (stage != STAGES[-1]):
        yield WRONG


def _years(page: BeautifulSoup) -> dict[str, Counts]:
    """Read the partnership's numbers at Band 8 and above, by year."""
    found: dict[str, Counts] = {}
    for span, stage, group, people in partnership_numbers(page):
        if YEAR.fullmatch(span) and people is not None:
            found.setdefault(span, {})[stage, group] = people
    return found


def _are_added_up(said: str, page: BeautifulSoup, year: str) -> bool:
    """Say whether a sentence gives the number of organisations that the year's tables add up, and of how many.

    An organisation whose own page could not be made has no sentence in the list, by which it could be known.
    """
    tables = (cell.find_parent("table") for cell in page.select(f'td[data-key^="partnership/{year}/"]'))
    whose = {table.get("data-members", "") for table in tables}
    found = ADDED_UP.fullmatch(said)
    if not found or len(whose) != 1:
        return False
    members = set(whose.pop().split())
    own = [one for one in page.select(".organisations > section") if EXAMPLE not in one.get_text()]
    sentences = [one.select_one('[data-cell^="sentence."]') for one in own]
    there = {one["data-cell"].removeprefix("sentence.") for one in sentences if one} | members
    number, everybody = int(found[1] or found[2]), int(found[3] or found[1])
    unseen = sum(one is None for one in sentences)
    return (
        number == len(members) and len(there) <= everybody <= len(there) + unseen and (found[1] or number < everybody)
    )


def _holds(counts: Counts, stage: Measure) -> bool:
    return all((one, group) in counts for one in stage.counts for group in (BME, KNOWN))


def _part(counts: Counts, stage: str) -> str:
    return f"{counts[stage, BME]:,} of {counts[stage, KNOWN]:,}"


def _is_behind(said: str, counts: Counts, stage: Measure) -> bool:
    """Say whether the sentences after the headline give those who could have come to it, and compare the two shares."""
    before, after = stage.counts
    opening = f"They were {_part(counts, before)} {stage.people}"
    if not said.startswith(opening):
        return False
    rest = said.removeprefix(opening)
    if min(counts[before, KNOWN], counts[after, KNOWN]) < SMALLEST_BASE:
        return rest == "."
    of, went = (Fraction(counts[one, BME], counts[one, KNOWN]) for one in stage.counts)
    told = re.fullmatch(rf"\. Their share of {stage.event} was (larger|smaller): {SHARE}, beside {SHARE}\.", rest)
    if told:
        way, later, earlier = told.groups()
        return (
            way == ("larger" if went > of else "smaller")
            and later != earlier
            and _reads(later, went)
            and _reads(earlier, of)
        )
    same = re.fullmatch(rf", {SHARE} of both\.", rest)
    return bool(same) and _reads(same[1], went) and _reads(same[1], of)


def _reads(said: str, share: Fraction) -> bool:
    return reads_as_share(said, share.numerator, share.denominator)
