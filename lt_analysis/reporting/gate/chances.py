"""A number beside equal chances: its chart, the chart's numbers, words and title, and every sentence must agree.

Each row of such a chart's numbers stands under the key of the number that it sets beside a range. A sentence says by
`data-about` which of these numbers it is about, so it is held to the row of the same key, wherever that stands.
"""

import re
from collections.abc import Iterator, Mapping
from typing import NamedTuple

from bs4 import BeautifulSoup
from bs4.element import Tag

from lt_analysis.codebook.ethnicity import BME
from lt_analysis.codebook.measures import STAGES
from lt_analysis.codebook.naming import people_of
from lt_analysis.codebook.words import HIDDEN_SYMBOL
from lt_analysis.reporting.gate.carried import parts
from lt_analysis.reporting.gate.charted import (
    ABOVE,
    BELOW,
    BESIDE,
    NUMBER,
    ORGANISATION,
    WITHIN,
    Line,
    data_of,
    heading_of,
    lines_of,
    placed,
    title_of,
)
from lt_analysis.reporting.gate.headlines import of_chances
from lt_analysis.reporting.gate.markup import parsed
from lt_analysis.reporting.gate.unseen import SVG

NUMBER_OF, EXPECTED, USUAL = "Number", "Expected", "Usual range"
TOO_FEW = "too few posts"
NO_CHART_OF_FEW = re.compile(rf"^No chart: {TOO_FEW} ")
STAGE_OF = {stage.event: stage.counts[1] for stage in STAGES}
STAGE = 2  # place in a key: who/span/stage/group/band

RANGE = re.compile(rf"{NUMBER} to {NUMBER}")
DRAWN = re.compile(rf"(?<![\d.,]){NUMBER} \({NUMBER} to {NUMBER}\)(?:, (below|above))?")
WORDS = re.compile(rf": {NUMBER}\b[^:.]*?, (below|within|above) {NUMBER} to {NUMBER}\b")
WENT_TO = rf"\b{NUMBER} of {NUMBER} ({'|'.join(STAGE_OF)}) went to [^;]*; "
SENTENCE = re.compile(rf"{WENT_TO}about {NUMBER} expected [^;]*; {NUMBER} to {NUMBER} is the usual range")
WHOLE_SENTENCE = re.compile(rf"{SENTENCE.pattern}\. {NUMBER} posts could have gone either way\.")
PARTS = ("people", "low", "high", "informative")
NO_RANGE = re.compile(rf"{WENT_TO}too few posts to say more")
OTHER_PEOPLE = re.compile(rf"(?:{'|'.join(STAGE_OF)}) went to (?!{re.escape(people_of(BME))}\b)")


class Row(NamedTuple):
    """A number beside the range that equal chances usually give; only its key and place where posts are too few."""

    key: str
    place: str
    number: str = ""
    expected: str = ""
    low: str = ""
    high: str = ""


def chances(page: BeautifulSoup) -> Iterator[str]:
    """Say where a page's charts and sentences say different things of one number beside equal chances."""
    found: dict[str, Row] = {}
    for figure in page.find_all("figure"):
        data = data_of(figure, page)
        rows = list(_rows(data))
        if any(row.place != _place(row) for row in rows):
            yield "a number lies on another side of its usual range than its row says"
        if any(found.setdefault(row.key, row) != row for row in rows):
            yield "two charts set one number beside different ranges"
        if data.find(attrs={"data-column": BESIDE}):
            yield from _chart(figure, data, [row for row in rows if row.place != TOO_FEW])
    about = page.select("[data-about]")
    if any(NO_CHART_OF_FEW.search(note.get_text()) for note in page.select(".note")):
        # Their rows stand nowhere, for too few posts are left to draw any.
        found = {key: Row(key, TOO_FEW) for element in about for key in element["data-about"].split()} | found
    for element in about:
        yield from _about(element, found)
    if any(not element.find_parent(attrs={"data-about": True}) for element in _beside_chances(page)):
        yield "a sentence sets a number beside equal chances, and does not say which"
    if any(OTHER_PEOPLE.search(" ".join(block.get_text(" ").split())) for block in page.select("main p")):
        yield "a sentence says of others than the compared group how many succeeded"


def chances_faults(html: str, released: Mapping[str, object]) -> list[str]:
    """List what a page's sentences say of equal chances that was not released: a number, or of how many posts."""
    page = parsed(html)
    about = ((element, element["data-about"].split()) for element in page.select("[data-about]"))
    said = [one for element, keys in about for one in _released_parts(" ".join(element.get_text(" ").split()), keys)]
    wrong = _lacks_posts(page) or any(str(released.get(name)) != number.replace(",", "") for name, number in said)
    return ["a sentence says of equal chances what was not released"] if wrong else []


def _lacks_posts(page: BeautifulSoup) -> bool:
    """Say whether a sentence leaves out how many posts could have gone either way."""
    texts = [" ".join(element.get_text(" ").split()) for element in page.select("[data-about]")]
    return any(len(SENTENCE.findall(text)) != len(WHOLE_SENTENCE.findall(text)) for text in texts)


def _released_parts(text: str, keys: list[str]) -> Iterator[tuple[str, str]]:
    """Yield each figure of equal chances that sentences give, by the name that it was released under."""
    for _, _, event, expected, low, high, posts in WHOLE_SENTENCE.findall(text):
        stages = [key.rpartition("/")[0] for key in keys if key.split("/")[STAGE] == STAGE_OF[event]]
        for name, number in zip(PARTS, (expected, low, high, posts), strict=True):
            yield f"{stages[0] if stages else ''}/{name}", number


def _rows(data: Tag) -> Iterator[Row]:
    for line in data.select("tbody tr"):
        cells = {cell.get("data-column"): cell for cell in line.find_all("td")}
        if BESIDE not in cells or not cells[NUMBER_OF].has_attr("data-key"):
            continue
        number, expected, usual, place = (cells[name].get_text() for name in (NUMBER_OF, EXPECTED, USUAL, BESIDE))
        key, limits = cells[NUMBER_OF]["data-key"], RANGE.fullmatch(usual)
        if limits:
            yield Row(key, place, number, expected, *limits.groups())
        elif place == TOO_FEW:
            yield Row(key, place)


def _place(row: Row) -> str:
    """Work out again on which side of its range a number lies."""
    if not row.number:
        return TOO_FEW
    number, low, high = map(_whole, (row.number, row.low, row.high))
    return BELOW if number < low else ABOVE if number > high else WITHIN


def _whole(number: str) -> int:
    return int(number.replace(",", ""))


def _chart(figure: Tag, data: Tag, rows: list[Row]) -> Iterator[str]:
    """Hold a chart's picture, alternative text and title to its own numbers."""
    told = {(row.number, row.low, row.high, row.place) for row in rows}
    if any(_drawn(drawing) != told for drawing in _drawings(figure)):
        yield "the words of a chart are not its numbers beside equal chances"
    if any(_said(image.get("alt", "")) != told for image in figure.find_all("img")):
        yield "the alternative text of a chart is not its numbers beside equal chances"
    if title_of(figure) != _title(data):
        yield "the title of a chart is not what its numbers beside equal chances tell"


def _drawings(figure: Tag) -> Iterator[str]:
    for part in parts(figure, 0):
        if part.kind == SVG:
            texts = parsed(part.text).find_all("text")
            yield " ".join(text.get_text() for text in texts)


def _drawn(text: str) -> set[tuple[str, ...]]:
    return {(number, low, high, place or WITHIN) for number, low, high, place in DRAWN.findall(text)}


def _said(text: str) -> set[tuple[str, ...]]:
    return {(number, low, high, place) for number, place, low, high in WORDS.findall(text)}


def _title(data: Tag) -> str:
    """Make a chart's title again: of one organisation's stages, or of many organisations at one."""
    lines = lines_of(data)
    if heading_of(data) != ORGANISATION:
        return " ".join(_in_short(line, first=line is lines[0]) for line in lines)
    stage = next(one for one in STAGES if lines[0].cells[BESIDE]["data-cell"].split(".")[1] == one.key)
    places = [place for _, place in placed(lines)]
    below, above, of = places.count(BELOW), places.count(ABOVE), len(places)
    if not of:
        return f"In no organisation are there enough posts to judge numbers {stage.done}."
    if not below and not above:
        some = f"all {of} organisations" if of > 1 else "the one organisation"
        return f"Numbers {stage.done} fit equal chances in {some} set beside them."
    side, others = ("fewer", f"; {above} more" if above else "") if below else ("more", "")
    said = f"{below or above} of {of} organisations {stage.done} {side} {people_of(BME)}"
    return f"{said} than equal chances usually give{others}."


def _in_short(line: Line, first: bool) -> str:
    done = next(stage.done for stage in STAGES if line.name.endswith(f" {stage.done}")).capitalize()
    place, people = line.text(BESIDE), f" {people_of(BME)}" if first else ""
    if place in (BELOW, WITHIN, ABOVE):
        return f"{done}: {line.text(NUMBER_OF)}{people}, {place} {line.text(USUAL)}."
    if place == TOO_FEW:
        return f"{done}: {line.text(NUMBER_OF)}{people}, {TOO_FEW}."
    return f"{done}: {'not shown' if place == HIDDEN_SYMBOL else place}."


def _about(element: Tag, rows: Mapping[str, Row]) -> Iterator[str]:
    """Hold an element's sentences, and its headline if it has one, to the rows of the numbers that it is about."""
    keys = element["data-about"].split()
    if not rows.keys() >= {*keys}:
        yield "a sentence is about a number that no chart sets beside equal chances"
        return
    own = {key.split("/")[STAGE]: rows[key] for key in keys}
    text = " ".join(element.get_text(" ").split())
    if any(own.get(STAGE_OF[event]) != said for event, said in _sentences(text, own)):
        yield "a sentence and a chart set one number beside different ranges"
    headline = element if element.get("data-cell") == "headline" else element.select_one(".finding")
    if headline is not None and headline.get_text() != of_chances({stage: row.place for stage, row in own.items()}):
        yield "a headline is not what the charts tell of the same numbers"


def _sentences(text: str, own: Mapping[str, Row]) -> Iterator[tuple[str, Row]]:
    """Yield what each sentence says of an outcome, as a row: under the key, and at the place, that it then has."""
    for number, _, event, expected, low, high in SENTENCE.findall(text):
        said = Row(_key(own, event), "", number, expected, low, high)
        yield event, said._replace(place=_place(said))
    for *_, event in NO_RANGE.findall(text):
        yield event, Row(_key(own, event), TOO_FEW)


def _key(own: Mapping[str, Row], event: str) -> str:
    stage = STAGE_OF[event]
    return own[stage].key if stage in own else ""


def _beside_chances(page: BeautifulSoup) -> list[Tag]:
    return [
        text
        for text in page.find_all(string=True)
        if (SENTENCE.search(text) or NO_RANGE.search(text)) and not text.find_parent("style")
    ]
