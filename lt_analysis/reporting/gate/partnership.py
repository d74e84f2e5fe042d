"""The headline of all organisations together, and what stands behind it, against the numbers of the same page."""

import re
from collections.abc import Iterator

from bs4 import BeautifulSoup

from lt_analysis.codebook.ethnicity import BME
from lt_analysis.codebook.measures import STAGES, Measure
from lt_analysis.codebook.naming import people_of
from lt_analysis.codebook.periods import parse_period
from lt_analysis.reporting.gate.charted import (
    SHARE,
    SMALLEST_BASE,
    names_in_list,
    own_sections,
    partnership_numbers,
    said_in,
)
from lt_analysis.reporting.gate.shares import KNOWN, Share, reads_as_limit, reads_as_share

YEAR, QUARTER = re.compile(r"20\d\d-\d\d"), re.compile(r"20\d\d-\d\d-Q[1-4]")
WRONG = "the headline of all organisations together is not what the table below it tells"
WRONG_QUARTER = "what is said of the latest quarter of all organisations is not what its table tells"
MOST_LEFT_OUT = 3  # organisations that are named as those that a total leaves out
Counts = dict[tuple[str, str], int]
ADDED_UP = re.compile(r"This adds up (?:all (\d+)|(\d+) of (\d+)) organisations\.")
HIDDEN = f"How many appointments went to {people_of(BME)} is not shown, so that nobody can be identified."
CAUTION = "People apply for different posts, so a difference between these shares may be one between posts."
BEYOND_CHANCE = "That is further apart than chance alone usually puts them. The counts do not show why."


def partnership(page: BeautifulSoup) -> Iterator[str]:
    """Say where the headline, or what is said of the latest quarter, is not what the tables of all organisations tell.

    Of both are told the last stage that is shown, who could have come to it, and whether the two shares differ.
    """
    if page.select_one(".organisations"):
        yield from _year(page)
        yield from _quarter(page)
        yield from _members(page)


def _year(page: BeautifulSoup) -> Iterator[str]:
    year, counts = _latest(page, YEAR)
    shown = [stage for stage in STAGES if _holds(counts, stage)]
    parts = ("headline", "headline.of", "headline.members", "headline.hidden", "headline.caution")
    headline, behind, members, hidden, caution = (said_in(page, name) for name in parts)
    if not shown:
        if headline or behind or members or hidden or caution:
            yield WRONG
        return
    if not _are_added_up(members, page, year):
        yield "the main points do not say of how many organisations the headline is, as its table does"
    stage = shown[-1]
    went = f"{_part(counts, stage.counts[1])} {stage.event} went to {people_of(BME)} in {year}."
    of = "They were "
    told = behind.startswith(of) and _is_of(behind.removeprefix(of), counts, stage)
    if headline != went or not told or hidden != ("" if stage == STAGES[-1] else HIDDEN) or caution != CAUTION:
        yield WRONG


def _quarter(page: BeautifulSoup) -> Iterator[str]:
    """Hold the quarter's main point, and its sentence of each stage, to the table; what is hidden has no sentence."""
    quarter, counts = _latest(page, QUARTER)
    shown = [stage for stage in STAGES if _holds(counts, stage)]
    point, members = (said_in(page, name) for name in ("quarter", "quarter.members"))
    if not shown:
        if point or members:
            yield WRONG_QUARTER
    else:
        opening = f"{parse_period(quarter).in_words}, the latest quarter: "
        told = point.startswith(opening) and _is_told(point.removeprefix(opening), counts, shown[-1])
        if not told or not _are_added_up(members, page, quarter):
            yield WRONG_QUARTER
    for stage in STAGES:
        said = page.select_one(f'p[data-cell="quarter.{stage.key}"]')
        if bool(said) != (stage in shown) or (said and not _is_told(said.get_text(), counts, stage)):
            yield WRONG_QUARTER


def _members(page: BeautifulSoup) -> Iterator[str]:
    """Hold the names of those whose numbers a table adds up to its own list of them.

    Where a page could not be made, the list does not say which of them its organisation is, and so nothing is held.
    """
    names = names_in_list(page)
    if len(names) < len(own_sections(page)):
        return
    year = _whose(page, _latest(page, YEAR)[0])
    for said in page.select('p[data-cell^="members."]'):
        span = said["data-cell"].partition(".")[2]
        for whose in _whose(page, span):
            same = not YEAR.fullmatch(span) and year == {whose}
            if said.get_text().partition(". What is left out ")[0].removesuffix(".") != (
                _named(span, {*whose.split()}, names, same)
            ):
                yield "it is not said rightly whose numbers all organisations together are"


def _named(span: str, members: set[str], names: dict[str, str], same: bool) -> str:
    words, everybody = parse_period(span).in_words, members | names.keys()
    if same:
        return f"{words}: the same {len(members)} organisations as in the year above"
    left_out = everybody - members
    few = 0 < len(left_out) <= MOST_LEFT_OUT
    listed = ", ".join(sorted((names.get(one, one) for one in (left_out if few else members)), key=str.casefold))
    how_many = f"{len(members)} of {len(everybody)}" if left_out else f"all {len(members)}"
    return f"{words}, {how_many} organisations: {'all but ' if few else ''}{listed}"


def _whose(page: BeautifulSoup, span: str) -> set[str]:
    """Return whose numbers the tables of a span say that they add up."""
    tables = (cell.find_parent("table") for cell in page.select(f'td[data-key^="partnership/{span}/"]'))
    return {table["data-members"] for table in tables if table.has_attr("data-members")}


def _latest(page: BeautifulSoup, spans: re.Pattern) -> tuple[str, Counts]:
    """Read the numbers of all organisations at Band 8 and above in the latest year, or quarter, that is there."""
    found: dict[str, Counts] = {}
    for span, stage, group, people in partnership_numbers(page):
        if spans.fullmatch(span):
            found.setdefault(span, {})
            if people is not None:
                found[span][stage, group] = people
    latest = max(found, default="")
    return latest, found.get(latest, {})


def _are_added_up(said: str, page: BeautifulSoup, span: str) -> bool:
    """Say whether a sentence gives the number of organisations that a span's tables add up, and of how many.

    An organisation whose own page could not be made has no sentence in the list, by which it could be known.
    """
    whose = _whose(page, span)
    found = ADDED_UP.fullmatch(said)
    if not found or len(whose) != 1:
        return False
    members = set(whose.pop().split())
    names = names_in_list(page)
    there = names.keys() | members
    number, everybody = int(found[1] or found[2]), int(found[3] or found[1])
    unseen = len(own_sections(page)) - len(names)
    return (
        number == len(members) and len(there) <= everybody <= len(there) + unseen and (found[1] or number < everybody)
    )


def _holds(counts: Counts, stage: Measure) -> bool:
    return all((one, group) in counts for one in stage.counts for group in (BME, KNOWN))


def _part(counts: Counts, stage: str) -> str:
    return f"{counts[stage, BME]:,} of {counts[stage, KNOWN]:,}"


def _is_told(said: str, counts: Counts, stage: Measure) -> bool:
    opening = f"{_part(counts, stage.counts[1])} {stage.event} went to {people_of(BME)}, who were "
    return said.startswith(opening) and _is_of(said.removeprefix(opening), counts, stage)


def _is_of(said: str, counts: Counts, stage: Measure) -> bool:
    """Say whether words give those who could have come to a stage, and tell of the two shares what the range does."""
    before, after = (Share(counts[one, BME], counts[one, KNOWN]) for one in stage.counts)
    opening = f"{_part(counts, stage.counts[0])} {stage.people}"
    if not said.startswith(opening):
        return False
    rest = said.removeprefix(opening)
    if min(before.of, after.of) < SMALLEST_BASE:
        return rest == "."
    share_and_range = rf"{SHARE} \(likely range {SHARE} to {SHARE}\)"
    told = re.fullmatch(rf", {SHARE}\. Their share of {stage.event} was ([\w ]+): {share_and_range}\.(?: (.*))?", rest)
    if not told:
        return False
    of, way, went, low, high, verdict = told.groups()
    reads = reads_as_share(of, *before) and reads_as_share(went, *after)
    same = of == went
    return (
        reads
        and all(map(reads_as_limit, (low, high), after.likely))
        and way == ("the same" if same else "smaller" if after.part < before.part else "larger")
        and verdict == (None if same else _verdict(before, after, stage))
    )


def _verdict(before: Share, after: Share, stage: Measure) -> str:
    low, high = after.likely
    if low <= before.part <= high:
        return f"The range reaches their share of {stage.people}, so this may be chance."
    return BEYOND_CHANCE
