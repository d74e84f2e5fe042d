"""How a released number reads, and what a text holds besides the names of periods and bands."""

import re
from collections.abc import Iterable, Mapping

from lt_analysis.codebook.words import HIDDEN_SYMBOL, NO_POSTS

Published = Mapping[str, int | None]

NUMBER = re.compile(r"\d+(?:,\d{3})*(?:\.\d+)?%?")
MONTH = r"(?:January|February|March|April|May|June|July|August|September|October|November|December)"
HYPHEN = "[-\u2011\u2013]"
NAMES_OF_PERIODS = re.compile(
    rf"\b20\d\d{HYPHEN}\d\d{HYPHEN}\d\d\b|\b20\d\d{HYPHEN}\d\d(?:{HYPHEN}Q[1-4])?\b|\b(?:\d{{1,2}} )?{MONTH} 20\d\d\b|"
    rf"\b\d{{1,2}} {MONTH}\b|\bQ[1-4]\b"
)
NAMES_OF_BANDS = re.compile(
    rf"\b[Bb]ands? (?:8[a-d]?|9)\b(?:(?:, | and | to |{HYPHEN})(?:8[a-d]|9)\b)*|"
    rf"\b8[a-d](?:{HYPHEN}8[a-d])?\b(?:(?:, | and | to )(?:8[a-d]|9)\b)*\+?|(?<!\S)8\+"
)


def readings(value: int | None) -> tuple[str, ...]:
    """Return the texts that a released number may have; the hidden one has the symbol and no other."""
    if value is None:
        return (HIDDEN_SYMBOL,)
    return ("0", NO_POSTS) if value == 0 else (f"{value:,}",)


def numbers_in(text: str, named: Iterable[str] = ()) -> list[str]:
    """List the numbers in a text, besides those in names of periods, of bands, and in the names given."""
    for name in sorted(named, key=len, reverse=True):
        text = text.replace(name, " ")
    return NUMBER.findall(NAMES_OF_BANDS.sub(" ", NAMES_OF_PERIODS.sub(" ", text)))


def whole_numbers_in(text: str, named: Iterable[str] = ()) -> list[str]:
    """List those of them that may be numbers of people: no percentage, and nothing after a point."""
    return [number for number in numbers_in(text, named) if "." not in number and "%" not in number]
