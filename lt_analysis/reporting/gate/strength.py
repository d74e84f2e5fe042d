"""What pages say of the evidence since the start: its strength in words, its range, and the main points on it."""

import re
from collections.abc import Iterator, Mapping

from bs4 import BeautifulSoup
from bs4.element import Tag

from lt_analysis.codebook.strength import STRENGTHS, STRONG, TOO_FEW_POSTS, TOO_FEW_RETURNS
from lt_analysis.reporting.gate.charted import LIMIT, said_in
from lt_analysis.reporting.gate.markup import parsed

Items = Mapping[str, str | int | float | None]

PARTNERSHIP = "partnership"
HIDDEN = "Not shown, so that nobody can be identified."
OF_TOTALS = "Only totals were sent for the year, and they do not tell one shortlist from another."
NO_RANGE = "No single ratio fits all the years"
WORDS = sorted((one.words for one in (*STRENGTHS, TOO_FEW_POSTS, TOO_FEW_RETURNS)), key=len, reverse=True)
STRONG_WORDS = {one.words for one in STRENGTHS if one.at_least >= STRONG}
TOO_FEW = {TOO_FEW_POSTS.words, TOO_FEW_RETURNS.words}
SAID = re.compile("|".join(rf"\b{re.escape(words)}" for words in WORDS), re.IGNORECASE)
RANGE = re.compile(rf"anywhere from about ({LIMIT})(?: to ({LIMIT}))? times as likely")
SENT = "shortlists that were sent, made"
NUMBER = re.compile(rf"^([\d,]+) {SENT} ")
COULD_SHOW = re.compile(rf"a ratio of ({LIMIT})(?: or more)? would have been strong evidence")
NONE_COULD = "no ratio would have been strong evidence"
SPAN = re.compile(rf"{SENT} (from April \d{{4}} to \w+ \d{{4}})")
DIRECTION = re.compile(r"people were (more|less) likely")
OPEN = "so either may have been more likely."
ABOUT_EQUAL = "which was declared to count as about equal."


def strength(page: BeautifulSoup) -> Iterator[str]:
    """Say where the words of a page's evidence, its range and its direction are at odds, or the main points differ."""
    for item in _items(page):
        text = item.get_text()
        if text not in (HIDDEN, OF_TOTALS) and not _agrees(text):
            yield "the words of the evidence, its range and its direction do not say the same"
    whole = page.select_one(f'[data-cell="{PARTNERSHIP}.evidence"]')
    if not _is_of(said_in(page, f"{PARTNERSHIP}.strength"), whole.get_text() if whole else HIDDEN):
        yield "the main points do not say how strong the evidence is as the section on it does"


def evidence_faults(html: str, items: Items, about: str) -> list[str]:
    """List where a page's evidence is not what was released: its words, its range, and what so many could show."""
    page = parsed(html)
    found = [_released(item, items, about or PARTNERSHIP) for item in _items(page)]
    return [] if all(found) else ["what is said of the evidence is not what was released"]


def _items(page: BeautifulSoup) -> list[Tag]:
    return page.select('p[data-cell="evidence"], p[data-cell$=".evidence"]')


def _words(text: str) -> str:
    """Return the words for strength that a text says; empty unless they are one and the same all along."""
    before, *_ = text.split(" From so ")  # what so many shortlists could show is said in the words for strong evidence
    found = {words.lower() for words in SAID.findall(before)}
    return found.pop() if len(found) == 1 else ""


def _agrees(text: str) -> bool:
    words, limits, told = _words(text), RANGE.search(text), DIRECTION.search(text)
    if words in TOO_FEW:
        return not limits and not told
    if not words or bool(limits) == (NO_RANGE in text):
        return False
    if words not in STRONG_WORDS:
        return (
            bool(limits) and not told and _sides(*limits.groups()) == "both" and (OPEN in text or ABOUT_EQUAL in text)
        )
    if not limits:
        return not told
    return bool(told) and _sides(*limits.groups()) in (told[1], "both")  # a limit is rounded outwards, to 1 at most


def _sides(low: str, high: str | None) -> str:
    """Say on which side of 1 a range lies: White people more likely, less likely, or either."""
    below, above = _number(low), _number(high or low)
    return "more" if below > 1 else "less" if above < 1 else "both"


def _number(limit: str) -> float:
    return float(limit.split()[-1])


def _is_of(said: str, whole: str) -> bool:
    """Say whether the main points take their words from the section: the same sentences, and the same time."""
    if whole == HIDDEN or not said:
        return (whole == HIDDEN) == (not said)
    first, _, last = said.partition(" This is of all ")
    span = SPAN.search(whole)
    return f" {first}" in whole and bool(_words(first)) and bool(span) and last == f"{SENT} {span[1]}."


def _released(item: Tag, items: Items, about: str) -> bool:
    text, mine = item.get_text(), {name: figure for name, figure in items.items() if name.startswith(f"{about}/")}
    figures = {name.rpartition("/")[2]: figure for name, figure in mine.items()}
    if text == OF_TOTALS or (text == HIDDEN and figures):
        return all(figure is None for figure in figures.values())
    number, limits, could = NUMBER.match(text), RANGE.search(text), COULD_SHOW.search(text)
    if not number or not figures or None in figures.values():
        return False
    said = {"low": limits[1], "high": limits[2] or limits[1]} if limits else {}
    said |= {"detectable": could[1]} if could else {}
    return (
        _words(text) == figures["words"]
        and number[1].replace(",", "") == str(figures["informative"])
        and bool(limits) == isinstance(figures["low"], float | int)
        and _could_show(text, bool(could), figures)
        and all(_reads(limit, figures[name]) for name, limit in said.items())
    )


def _could_show(text: str, could: bool, figures: Mapping[str, object]) -> bool:
    """Say whether what so many shortlists could have shown is said as it was released; of too few returns it is not."""
    if figures["words"] == TOO_FEW_RETURNS.words:
        return not could and NONE_COULD not in text
    return could != (NONE_COULD in text) and could == isinstance(figures["detectable"], float | int)


def _reads(limit: str, figure: str | float) -> bool:
    if isinstance(figure, str):
        return False
    if limit.startswith("more than"):
        return figure > _number(limit)
    if limit.startswith("less than"):
        return figure < _number(limit)
    return abs(_number(limit) - figure) <= 0.05 * figure  # two significant figures
