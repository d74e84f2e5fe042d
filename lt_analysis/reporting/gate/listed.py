"""The main points that count organisations, counted again in the list of organisations that stands on the same page.

An organisation whose own page could not be made has nothing in the list. It may be any of those that are counted.
"""

import re
from collections.abc import Iterator
from typing import NamedTuple

from bs4 import BeautifulSoup
from bs4.element import Tag

from lt_analysis.codebook.measures import STAGES
from lt_analysis.codebook.words import TOO_FEW
from lt_analysis.reporting.gate.charted import EXAMPLE, said_in

NUMBER = r"(\d+)"
POINTS = {
    "organisations": rf"Of {NUMBER} organisations, {NUMBER} (?:is|are) shown at one stage or more"
    rf"(?:, and {NUMBER} with some counts only)?\.",
    "part": rf"Of the {NUMBER}, {NUMBER} (?:is|are) shown at one stage only\.",
    "totals": rf"{NUMBER} sent only totals, which are not compared post by post\.",
    "few": rf"{NUMBER} had too few people to say without identifying someone\.",
    "missing": rf"{NUMBER} did not send every return\.",
    "refused": rf"{NUMBER} sent something that could not be used\.",
    "examples": rf"{NUMBER} published examples? from elsewhere (?:is|are) shown too\.",
}
SOME_COUNTS = "Some of its counts are shown on its page."
TOTALS = "These totals are not adjusted for which posts people applied to."
MISSING = "Nothing has been received for "
REFUSED = ("could not be used and has to be sent again.", "Its folder of returns has a fault")
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


def listed(page: BeautifulSoup) -> Iterator[str]:
    """Say where the main points and the list count organisations differently; a page with one has the other."""
    sections = page.select(".organisations > section")
    points = page.select_one('span[data-cell="organisations"]')
    if bool(sections) != bool(points):
        yield "there is a list of organisations without main points that count them, or these without a list"
    elif sections:
        unseen = sum(section.find(attrs={"data-cell": True}) is None for section in sections)
        counted = _counted(sections)
        for point, pattern in POINTS.items():
            if not _agrees(said_in(page, point), pattern, counted[point], unseen):
                yield "the main points do not count the organisations as the list of them does"


def _agrees(said: str, pattern: str, counted: tuple[int, ...], unseen: int) -> bool:
    """Say whether a point's numbers are those counted; one that is nought may go unsaid."""
    found = re.fullmatch(pattern, said)
    if said and not found:
        return False
    numbers = [int(number or 0) for number in found.groups()] if found else [0] * len(counted)
    return all(number - unseen <= one <= number for one, number in zip(counted, numbers, strict=True))


def _counted(sections: list[Tag]) -> dict[str, tuple[int, ...]]:
    shown = [section for section in sections if section.find(attrs={"data-cell": True})]
    own = [_of(section) for section in shown if EXAMPLE not in section.get_text()]
    some, part = sum(one.stages > 0 for one in own), sum(one.stages == 1 for one in own)
    return {
        "organisations": (len(own), some, sum(one.some for one in own)),
        "part": (some if part else 0, part),
        "totals": (sum(one.totals for one in own),),
        "few": (sum(one.few and not one.some for one in own),),
        "missing": (sum(one.missing for one in own),),
        "refused": (sum(one.refused for one in own),),
        "examples": (len(shown) - len(own),),
    }


def _of(section: Tag) -> Listed:
    text = " ".join(section.get_text(" ").split())
    return Listed(
        stages=sum(bool(stage.search(text)) for stage in STAGE_SHOWN),
        some=SOME_COUNTS in text,
        totals=TOTALS in text,
        few=f"{TOO_FEW}." in text,
        missing=MISSING in text,
        refused=any(words in text for words in REFUSED),
    )
