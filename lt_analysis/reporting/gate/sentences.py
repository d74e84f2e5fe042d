"""The numbers in a page's sentences against the ledger, by the words that stand beside them.

A sentence says of whom a number is: `39 of 117 appointments went to BME people`. So it is held to the numbers of that
stage and group, of the organisation that the page or the sentence is about. Numbers of posts and shortlists, what equal
chances would give, and the limits of likely ranges are in no ledger: the tests of their own figures hold them.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache

from bs4 import BeautifulSoup
from bs4.element import Tag

from lt_analysis.codebook.ethnicity import COMPARED_WITH_WHITE, REFERENCE, UNKNOWN
from lt_analysis.codebook.measures import APPOINTMENT, SHORTLISTING
from lt_analysis.codebook.words import called
from lt_analysis.reporting.gate.carried import parts as parts_of
from lt_analysis.reporting.gate.figures import Published
from lt_analysis.reporting.gate.markup import parsed
from lt_analysis.reporting.gate.shares import KNOWN, STAGES, reads_as_ratio, reads_as_share
from lt_analysis.reporting.gate.unseen import SVG

BLOCKS = ["p", "li", "dd", "figcaption"]
SPOKEN = ("alt", "title", "aria-label")
GROUPS = (REFERENCE, *COMPARED_WITH_WHITE)
STAGE_OF = {measure.people: measure.counts[0] for measure in (SHORTLISTING, APPOINTMENT)}
STAGE_OF |= {measure.event: measure.counts[1] for measure in (SHORTLISTING, APPOINTMENT)}
DONE = {measure.done: measure.counts[1] for measure in (SHORTLISTING, APPOINTMENT)}

NUMBER = r"(\d+(?:,\d{3})*)(?![\d.,%])"
NOUN = "|".join(STAGE_OF)
PERCENTAGE = r"(?<![\d.,])(\d+(?:\.\d+)?%)"
BESIDE_ITS_NUMBERS = re.compile(rf"{PERCENTAGE} \({NUMBER} of {NUMBER}\)")
SHARE = re.compile(PERCENTAGE)
RATIO = re.compile(r"(?<![\d.,])(?<!to )(?<!least )(\d+\.\d+) times\b")
RANGE = re.compile(r"(?:from about|likely range) (\d[\d.]*)%? to (?:(more than) )?(\d[\d.]*)%?")
LIMIT = re.compile(r"(?:at least|below|under|line at|(?:fewer|less|more) than|likely range|to) \(?$", re.IGNORECASE)
IN_BRACKETS = re.compile(r"range \($")
SENTENCE = re.compile(r"(?<=[.!?;])\s+")
CLAUSE = re.compile(r" and \d|[;.](?:\s|$)")


@cache
def _part_said(labels: tuple[str, ...]) -> re.Pattern:
    """Return what finds `39 of 117 appointments`; a group's label may stand before what is counted."""
    return re.compile(rf"(?<![\d.,]){NUMBER} of {NUMBER} (?:(?:{'|'.join(labels)}) )?({NOUN})\b")


@cache
def _number_said(labels: tuple[str, ...]) -> re.Pattern:
    """Return what finds `39 BME people`."""
    return re.compile(rf"(?<![\d.,]){NUMBER} (?:(?:{'|'.join(labels)}) )?({NOUN}|people)\b")


def _labels() -> tuple[str, ...]:
    return tuple(re.escape(called(group)) for group in GROUPS)


@dataclass(frozen=True)
class Part:
    """Some people among others: of which group they are, and at which stages they and the others are."""

    group: str
    reached: str
    of: str
    some: int
    everybody: int


def sentences_unaccounted(page: BeautifulSoup, published: Published, named: Iterable[str], about: str) -> Iterator[str]:
    """Say what a page's sentences say of people and the ledger does not; `about` is whose page it is."""
    everyone = sorted({key.split("/")[0] for key in published})
    parts = {who: list(_parts(published, who)) for who in everyone}
    names = sorted(named, key=len, reverse=True)

    def meant(who: str) -> list[Part]:
        """Return whose numbers may be meant: those named, else the page's own, else anybody's."""
        whose = [who] if who in parts else [about] if about in parts else everyone
        return [part for one in whose for part in parts[one]]

    for block in _blocks(page):
        text = _without(names, " ".join(block.get_text(" ").split()))
        yield from _text(text, meant(_whose(block)))
        if not _is_note(block):
            yield from _numbers(text, meant(_whose(block)))
    for element in page.find_all(True):
        for text in (element[name] for name in SPOKEN if element.has_attr(name)):
            yield from _text(_without(names, text), meant(_whose(element)))
    for text in _drawn(page):
        yield from _beside(text)


def _without(names: Iterable[str], text: str) -> str:
    for name in names:
        text = text.replace(name, " ")
    return text


def _parts(published: Published, who: str) -> Iterator[Part]:
    """Yield every part of people that may be spoken of, from one table's shown numbers."""
    tables: dict[tuple[str, str], dict[tuple[str, str], int]] = {}
    for key, value in published.items():
        whose, span, stage, group, band = key.split("/")
        if whose == who and value is not None:
            tables.setdefault((span, band), {})[stage, group] = value
    for table in tables.values():
        for (stage, group), some in table.items():
            for everybody in _everybody(table, stage, group):
                yield Part(group, stage, stage, some, everybody)
            for before in STAGES[: STAGES.index(stage)] if stage in STAGES else ():
                if (before, group) in table:
                    yield Part(group, stage, before, some, table[before, group])


def _everybody(table: dict[tuple[str, str], int], stage: str, group: str) -> Iterator[int]:
    if (stage, KNOWN) in table:
        yield table[stage, KNOWN]
    if (stage, REFERENCE) in table and group != REFERENCE:
        yield table[stage, REFERENCE] + table[stage, group]
    if group == KNOWN and (stage, UNKNOWN) in table:
        yield table[stage, KNOWN] + table[stage, UNKNOWN]


def _blocks(page: BeautifulSoup) -> list[Tag]:
    """List the blocks of text of the page's main part; of a block that holds others, those others."""
    blocks = page.select(", ".join(f"main {name}" for name in BLOCKS))
    return [block for block in blocks if not block.find(BLOCKS)]


def _is_note(block: Tag) -> bool:
    """Say whether a block is the note below a table, whose numbers are held to the table by `said`."""
    before = block.find_previous_sibling()
    return "note" in block.get("class", []) and before is not None and before.name == "table"


def _drawn(page: BeautifulSoup) -> Iterator[str]:
    for part in parts_of(page):
        if part.kind == SVG:
            yield from (text.get_text() for text in parsed(part.text).find_all("text"))


def _whose(element: Tag) -> str:
    """Return whose figure an element says that it states: `sentence.ashbourne`, `partnership.counts`."""
    stating = element if element.has_attr("data-cell") else element.find(attrs={"data-cell": True})
    first, _, rest = stating["data-cell"].partition(".") if stating else ("", "", "")
    return rest if first == "sentence" else first


def _text(text: str, parts: list[Part]) -> Iterator[str]:
    for sentence in SENTENCE.split(text):
        yield from _parts_said(sentence, parts)
        yield from _ratios(sentence, text, parts)
    yield from _beside(text)
    yield from _percentages(text, parts)


def _parts_said(sentence: str, parts: list[Part]) -> Iterator[str]:
    groups = _groups_in(sentence)
    for some, everybody, noun in _part_said(_labels()).findall(sentence):
        said = _whole(some), _whole(everybody), STAGE_OF[noun]
        if not any((one.some, one.everybody, one.of) == said and _is_of(one, groups) for one in parts):
            yield "a sentence says how many people of how many, and that was not released"


def _numbers(text: str, parts: list[Part]) -> Iterator[str]:
    rest = _part_said(_labels()).sub(" ", text)
    for found in _number_said(_labels()).finditer(rest):
        number, stage = _whole(found[1]), STAGE_OF.get(found[2])
        if not LIMIT.search(rest[: found.start()]) and not any(_counts_so(one, number, stage) for one in parts):
            yield "a sentence says a number of people that was not released"


def _counts_so(part: Part, number: int, stage: str | None) -> bool:
    counted = ((part.some, part.reached), (part.everybody, part.of))
    return any(count == number and stage in (None, where) for count, where in counted)


def _is_of(part: Part, groups: list[str]) -> bool:
    return not groups or part.group in groups


def _groups_in(text: str) -> list[str]:
    return [group for group in GROUPS if re.search(rf"\b{re.escape(_label(group))}\b", text)]


def _label(group: str) -> str:
    """Return what of a group's label stands in every sentence: a phrase about people changes its first word."""
    return called(group).removeprefix("people ")


def _whole(number: str) -> int:
    return int(number.replace(",", ""))


def _beside(text: str) -> Iterator[str]:
    for share, some, everybody in BESIDE_ITS_NUMBERS.findall(text):
        if not reads_as_share(share, _whole(some), _whole(everybody)):
            yield "a percentage is not that of the numbers beside it"


def _percentages(text: str, parts: list[Part]) -> Iterator[str]:
    rest = BESIDE_ITS_NUMBERS.sub(" ", text)
    for found in SHARE.finditer(rest):
        before, after = rest[: found.start()], rest[found.end() :]
        if LIMIT.search(before) or IN_BRACKETS.search(before):
            continue
        if not any(reads_as_share(found[1], one.some, one.everybody) for one in _meant(before, after, parts)):
            yield "a percentage in a sentence is not that of released numbers"
        if not _holds(after if after.startswith(" (likely range") else "", found[1].rstrip("%")):
            yield "a likely range does not hold the number that it is of"


def _meant(before: str, after: str, parts: list[Part]) -> Iterator[Part]:
    """Yield the parts that a percentage may be of, by the words before and after it: `White 35%`, `35% of White`."""
    done = max(DONE, key=lambda word: before.rfind(f"{word.capitalize()}: "))
    stage = DONE[done] if f"{done.capitalize()}: " in before else None
    named = [group for group in GROUPS if before.endswith(f"{_label(group)} ")]
    groups, noun = named or _groups_in(CLAUSE.split(after)[0]), re.search(NOUN, after)
    of = STAGE_OF[noun[0]] if stage and noun else None
    for one in parts:
        if _is_of(one, groups) and stage in (None, one.reached) and of in (None, one.of):
            yield one


def _ratios(sentence: str, text: str, parts: list[Part]) -> Iterator[str]:
    done, noun = re.search("|".join(DONE), sentence), re.search(NOUN, sentence)
    reached, of = DONE[done[0]] if done else None, STAGE_OF[noun[0]] if noun else None
    groups = [group for group in _groups_in(sentence) if group != REFERENCE]
    for found in RATIO.finditer(sentence):
        if not any(reads_as_ratio(found[1], *pair) for pair in _pairs(parts, groups, reached, of)):
            yield "a ratio in a sentence is not that of released numbers"
        if not _holds(text[text.find(found[0]) :], found[1]):
            yield "a likely range does not hold the number that it is of"


def _pairs(
    parts: list[Part], groups: list[str], reached: str | None, of: str | None
) -> Iterator[tuple[list[int], list[int]]]:
    moves = [one for one in parts if one.reached != one.of and reached in (None, one.reached) and of in (None, one.of)]
    for white in (one for one in moves if one.group == REFERENCE):
        for other in moves:
            if (other.reached, other.of) == (white.reached, white.of) and other.group in (
                groups or COMPARED_WITH_WHITE
            ):
                yield [white.everybody, white.some], [other.everybody, other.some]


def _holds(after: str, number: str) -> bool:
    """Say whether the first range after a number holds it; so does none."""
    found = RANGE.search(after)
    if not found:
        return True
    low, more, high = found.groups()
    return float(low.rstrip(".")) <= float(number) and (bool(more) or float(number) <= float(high.rstrip(".")))
