"""The main points that count organisations, counted again in the list of organisations that stands on the same page.

An organisation whose own page could not be made has nothing in the list. It may be any of those that are counted.
"""

import re
from collections.abc import Iterator
from typing import NamedTuple

from bs4 import BeautifulSoup
from bs4.element import Tag

from lt_analysis.codebook.measures import STAGES
from lt_analysis.codebook.periods import QUARTERS_IN_A_YEAR
from lt_analysis.codebook.words import TOO_FEW
from lt_analysis.reporting.gate.charted import EXAMPLE, joined, report_quarter, said_in

NUMBER = r"(\d+)"
POINTS = {
    "organisations": rf"Of {NUMBER} organisations, {NUMBER} (?:is|are) shown at one stage or more"
    rf"(?:, and {NUMBER} with some counts only)?\.",
    "part": rf"Of the {NUMBER}, {NUMBER} (?:is|are) shown at one stage only\.",
    "totals": rf"{NUMBER} sent only totals, which are not compared post by post(?P<names>: .*)?\.",
    "few": rf"{NUMBER} had too few people to say without identifying someone\.",
    "missing": rf"{NUMBER} did not send every return of the year\.",
    "refused": rf"{NUMBER} sent something for the year that could not be used\.",
    "missing.quarter": rf"{NUMBER} sent no return for [\w ]+\.",
    "refused.quarter": rf"{NUMBER} sent a return for [\w ]+ that could not be used\.",
    "examples": rf"{NUMBER} published examples? from elsewhere (?:is|are) shown too\.",
}
SOME_COUNTS = "Some of its counts are shown on its page."
TOTALS = "These totals are not adjusted for which posts people applied to."
MISSING = re.compile(r"Nothing has been received for ([^.]*)\.")
REFUSED = re.compile(r"What was sent for (.*?) could not be used and has to be sent again\.")
REFUSED_WHOLE = ("A return could not be used, so there are no figures.", "Its folder of returns has a fault")
YEAR = re.compile(r"Organisations' figures are for the year ([\w ]+)\.")
STAGE_SHOWN = tuple(
    re.compile(rf"of [\d,]+ {one.event} went to |There were no {one.event} of people") for one in STAGES
)


class Listed(NamedTuple):
    """What the list says of an organisation of the partnership: of how many stages there are numbers, and the like."""

    stages: int
    some: bool
    totals: bool
    few: bool
    missing: bool
    refused: bool
    missing_quarter: bool
    refused_quarter: bool


def listed(page: BeautifulSoup) -> Iterator[str]:
    """Say where the main points and the list count organisations differently; a page with one has the other."""
    sections = page.select(".organisations > section")
    points = page.select_one('span[data-cell="organisations"]')
    if bool(sections) != bool(points):
        yield "there is a list of organisations without main points that count them, or these without a list"
    elif sections:
        unseen = sum(section.find(attrs={"data-cell": True}) is None for section in sections)
        counted = _counted(sections, _quarter_alone(page))
        for point, pattern in POINTS.items():
            if not _agrees(said_in(page, point), pattern, counted[point], unseen):
                yield "the main points do not count the organisations as the list of them does"
        named = re.fullmatch(POINTS["totals"], said_in(page, "totals"))
        if named and not unseen and named["names"] not in (None, f": {joined(_of_totals(sections))}"):
            yield "the main points name others than the list does as those who sent only totals"
        covers = page.select_one(".coverage")
        year = YEAR.fullmatch(said_in(page, "span"))
        if not year or not covers or f"now {year[1]}." not in covers.get_text():
            yield "the main points do not say of which year organisations' figures are"


def _of_totals(sections: list[Tag]) -> list[str]:
    of_totals = (one for one in sections if TOTALS in one.get_text() and EXAMPLE not in one.get_text())
    return [one.h3.get_text() for one in of_totals]


def _agrees(said: str, pattern: str, counted: tuple[int, ...], unseen: int) -> bool:
    """Say whether a point's numbers are those counted; one that is nought may go unsaid."""
    found = re.fullmatch(pattern, said)
    if said and not found:
        return False
    numbers = [int(number or 0) for number in found.groups()[: len(counted)]] if found else [0] * len(counted)
    return all(number - unseen <= one <= number for one, number in zip(counted, numbers, strict=True))


def _counted(sections: list[Tag], quarter: str) -> dict[str, tuple[int, ...]]:
    shown = [section for section in sections if section.find(attrs={"data-cell": True})]
    own = [_of(section, quarter) for section in shown if EXAMPLE not in section.get_text()]
    some, part = sum(one.stages > 0 for one in own), sum(one.stages == 1 for one in own)
    return {
        "organisations": (len(own), some, sum(one.some for one in own)),
        "part": (some if part else 0, part),
        "totals": (sum(one.totals for one in own),),
        "few": (sum(one.few and not one.some for one in own),),
        "missing": (sum(one.missing for one in own),),
        "refused": (sum(one.refused for one in own),),
        "missing.quarter": (sum(one.missing_quarter for one in own),),
        "refused.quarter": (sum(one.refused_quarter for one in own),),
        "examples": (len(shown) - len(own),),
    }


def _quarter_alone(page: BeautifulSoup) -> str:
    """Return the quarter of the report, where its year does not need it; else nothing that a return can be for."""
    quarter = report_quarter(page)
    return str(quarter) if quarter and quarter.number < QUARTERS_IN_A_YEAR else ""


def _of(section: Tag, quarter: str) -> Listed:
    text = " ".join(section.find(attrs={"data-cell": True}).get_text(" ").split())  # and not its name
    missing, refused = (_periods(pattern, text) for pattern in (MISSING, REFUSED))
    return Listed(
        stages=sum(bool(stage.search(text)) for stage in STAGE_SHOWN),
        some=SOME_COUNTS in text,
        totals=TOTALS in text,
        few=f"{TOO_FEW}." in text,
        missing=bool(missing - {quarter}),
        refused=bool(refused - {quarter}) or any(words in text for words in REFUSED_WHOLE),
        missing_quarter=quarter in missing,
        refused_quarter=quarter in refused,
    )


def _periods(pattern: re.Pattern, text: str) -> set[str]:
    found = pattern.search(text)
    return {*found[1].split(", ")} if found else set()
