"""The main points on organisations outside their usual range, worked out again from the charts beside equal chances."""

from collections.abc import Iterator
from math import comb

from bs4 import BeautifulSoup

from lt_analysis.codebook.ethnicity import BME
from lt_analysis.codebook.measures import STAGES, Measure
from lt_analysis.codebook.naming import people_of
from lt_analysis.reporting.gate.charted import (
    ABOVE,
    BELOW,
    Line,
    beside_chances,
    placed,
    said_in,
)

TAIL_OF_ONE_END = 0.05  # the most that a usual range can leave out at either end
USUALLY = 0.975  # at one end, so 19 times in 20 at both


def outside(page: BeautifulSoup) -> Iterator[str]:
    """Say where the main points do not name exactly the organisations that the charts set outside, stage by stage."""
    charts = {stage: lines for stage, lines, _ in beside_chances(page)}
    for _, lines, figure in beside_chances(page):
        number = len(placed(lines))
        if number and by_chance(number) not in figure.get_text():
            yield "it is not said below a chart how many organisations chance alone puts outside the usual range"
    for stage in STAGES:
        if said_in(page, f"outside.{stage.key}") != _said(stage, charts.get(stage.key, [])):
            yield "the main points do not say which organisations a chart sets outside the usual range"


def by_chance(counts: int, below: int = 0, above: int = 0) -> str:
    """Say how many of so many counts lie beyond either end by chance alone, at most; and how many of them do."""
    if counts == 1:
        return "By chance alone, about 1 count in 20 lies outside, and 1 in 10 at the most."
    likely = [
        comb(counts, some) * TAIL_OF_ONE_END**some * (1 - TAIL_OF_ONE_END) ** (counts - some)
        for some in range(counts + 1)
    ]
    most = next(some for some in range(counts + 1) if sum(likely[: some + 1]) >= USUALLY)
    said = f"By chance alone, usually {most} or fewer of {counts} lie below their range, and {most} or fewer above."
    if not below and not above:
        return said
    if below > most and above > most:
        return f"{said} {below} below and {above} above are more than that."
    if below > most or above > most:
        return f"{said} {f'{below} below' if below > most else f'{above} above'} is more than that."
    if below and above:
        return f"{said} {below} below and {above} above are no more than that."
    return f"{said} {f'{below} below' if below else f'{above} above'} is no more than that."


def _said(stage: Measure, lines: list[Line]) -> str:
    places = placed(lines)
    if not places:
        return ""
    ways = {"fewer": [name for name, place in places if place == BELOW]}
    ways["more"] = [name for name, place in places if place == ABOVE]
    below, above = map(len, ways.values())
    number, people = below + above, people_of(BME)
    told = "; ".join(f"{way} {people} at {_listed(names)}" for way, names in ways.items() if names)
    lie = "lie" if number > 1 else "lies"
    return (
        f"{stage.done.capitalize()}: of {len(places)} organisations set beside equal chances, {number or 'none'} {lie} "
        f"outside the usual range{': ' if told else ''}{told}. {by_chance(len(places), below, above)}"
    )


def _listed(names: list[str]) -> str:
    return " and ".join(part for part in (", ".join(names[:-1]), names[-1]) if part)
