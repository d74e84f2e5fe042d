"""The main points on organisations outside their usual range, worked out again from the charts beside equal chances."""

import re
from collections.abc import Iterator
from math import ceil, comb, floor, sqrt

from bs4 import BeautifulSoup

from lt_analysis.codebook.ethnicity import BME
from lt_analysis.codebook.measures import STAGES, Measure
from lt_analysis.codebook.naming import people_of
from lt_analysis.reporting.gate.charted import (
    ABOVE,
    BELOW,
    BESIDE,
    NUMBER,
    WITHIN,
    Line,
    beside_chances,
    joined,
    placed,
    said_in,
)

TAIL_OF_ONE_END = 0.05  # the most that a usual range can leave out at either end
USUALLY = 0.975  # at one end, so 19 times in 20 at both
RANGE = re.compile(rf"{NUMBER} to {NUMBER}")
TWO_SIDED_95 = 1.96
SPAN = 1  # place in a key: who/span/stage/group/band
PLACES = {
    BELOW: "So fewer were {done} than equal chances usually give; the counts do not show why.",
    WITHIN: "So the number fits equal chances.",
    ABOVE: "So more were {done} than equal chances usually give; the counts do not show why.",
}


def outside(page: BeautifulSoup) -> Iterator[str]:
    """Say where the main points do not name exactly the organisations that the charts set outside, stage by stage.

    Nor may they come to another number together, or to another range, than the rows of the charts do.
    """
    charts = {stage: lines for stage, lines, _ in beside_chances(page)}
    for _, lines, figure in beside_chances(page):
        number = len(placed(lines))
        if number and by_chance(number) not in figure.get_text():
            yield "it is not said below a chart how many organisations chance alone puts outside the usual range"
    for stage in STAGES:
        lines = charts.get(stage.key, [])
        if said_in(page, f"outside.{stage.key}") != _said(stage, lines):
            yield "the main points do not say which organisations a chart sets outside the usual range"
        if said_in(page, f"together.{stage.key}") != _together(stage, lines):
            yield "the main points do not say what a chart's organisations come to beside equal chances"


def by_chance(counts: int) -> str:
    """Say how many of so many counts lie beyond either end by chance alone, at most."""
    if counts == 1:
        return "By chance alone, about 1 count in 20 lies outside, and 1 in 10 at the most."
    likely = [
        comb(counts, some) * TAIL_OF_ONE_END**some * (1 - TAIL_OF_ONE_END) ** (counts - some)
        for some in range(counts + 1)
    ]
    most = next(some for some in range(counts + 1) if sum(likely[: some + 1]) >= USUALLY)
    return f"By chance alone, usually {most} or fewer of {counts} lie below their range, and {most} or fewer above."


def _said(stage: Measure, lines: list[Line]) -> str:
    places = placed(lines)
    if not places:
        return ""
    ways = {"fewer": [name for name, place in places if place == BELOW]}
    ways["more"] = [name for name, place in places if place == ABOVE]
    number, people = sum(map(len, ways.values())), people_of(BME)
    told = "; ".join(f"{way} {people} at {joined(names)}" for way, names in ways.items() if names)
    return (
        f"One by one, {number or 'none'} of {len(places)} numbers {stage.done} "
        f"{'lie outside their' if number > 1 else 'lies outside its'} own usual range"
        f"{f': {told}. {by_chance(len(places))}' if told else '.'}"
    )


def _together(stage: Measure, lines: list[Line]) -> str:
    """Add up the rows of a chart again, with the range of a sum of independent normal numbers, rounded outwards."""
    rows = [line for line in lines if line.text(BESIDE) in PLACES]
    ranges = [RANGE.fullmatch(line.text("Usual range")) for line in rows]
    if len(rows) < 2 or None in ranges:
        return ""
    ends = [[int(end.replace(",", "")) for end in found.groups()] for found in ranges]
    number, expected = (sum(line.whole(column) for line in rows) for column in ("Number", "Expected"))
    variance = sum(((high - low + 1) / 2 / TWO_SIDED_95) ** 2 + 1 / 12 for low, high in ends)
    low, high = (expected + way * TWO_SIDED_95 * sqrt(variance) for way in (-1, 1))
    low, high = max(0, floor(low)), ceil(high)
    place = BELOW if number < low else ABOVE if number > high else WITHIN
    year = rows[0].cells["Number"]["data-key"].split("/")[SPAN]
    return (
        f"In {year}, {number:,} of those {stage.done} in {len(rows)} organisations together were "
        f"{people_of(BME)}. Equal chances {stage.where} would give about {expected:,}, usually about {low:,} to "
        f"{high:,}. {PLACES[place].format(done=stage.done)}"
    )
