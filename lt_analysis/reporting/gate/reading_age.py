"""How old a reader has to be to follow a page with ease: Flesch and Kincaid's grade, syllables roughly counted."""

import re
from collections.abc import Iterable, Iterator

from bs4.element import Tag

from lt_analysis.reporting.gate.markup import parsed

WORD = re.compile(r"\w+(?:[,.'’\u2011-]\w+)*")
END_OF_SENTENCE = re.compile(r"[.!?:;](?=\s|$)|\n")
VOWELS = re.compile(r"[aeiouy]+")
# An e at the end of a word that is not heard: late, rule, rules, trained; but not table, places or shortlisted.
SILENT = re.compile(r"(?<![aeiouyl])e$|(?<![aeiouylcghsxz])es$|(?<![aeioulydt])ed$|(?<=[aeiouy]l)e[sd]?$")
AGE_AT_GRADE_0 = 5
OLDEST = 14  # pages for the board are for readers who are younger


def hard_to_read(html: str, named: Iterable[str] = ()) -> Iterator[str]:
    """Yield which of a page's main part and its main points are for older readers, without the names that they hold."""
    page = parsed(html)
    if _age(page.select_one(".summary"), named) >= OLDEST:
        yield f"the main points are for readers of {OLDEST} and over"
    if _age(page.main, named) >= OLDEST:
        yield f"the page is for readers of {OLDEST} and over"


def _age(part: Tag | None, named: Iterable[str]) -> float:
    text = said_in(part) if part else ""
    for name in sorted(named, key=len, reverse=True):
        text = text.replace(name, " ")
    return reading_age(text) if WORD.search(text) else 0


def said_in(part: Tag) -> str:
    """Return what a page says in sentences, a line for each paragraph; tables and figures have words of their own."""
    paragraphs = (paragraph for paragraph in part.select("p, li, dd") if not paragraph.find_parent(["table", "figure"]))
    return "\n".join(paragraph.get_text(" ", strip=True) for paragraph in paragraphs)


def reading_age(text: str) -> float:
    """Return the age at which a text is read with ease; each line is a sentence at least. Needs a word.

    Source: Kincaid, Fishburne, Rogers and Chissom (1975), Research Branch Report 8-75: grade = 0.39 words a sentence +
    11.8 syllables a word - 15.59. A pupil of grade n is n + 5 years old.
    """
    sentences = [words for part in END_OF_SENTENCE.split(text) if (words := WORD.findall(part))]
    words = [word for sentence in sentences for word in sentence]
    return AGE_AT_GRADE_0 + 0.39 * len(words) / len(sentences) + 11.8 * sum(map(syllables, words)) / len(words) - 15.59


def syllables(word: str) -> int:
    """Return a word's groups of vowels, but for an e that is not heard; the letters of BME; one for any number."""
    if word.isalpha() and word.isupper():
        return len(word)
    return max(1, len(VOWELS.findall(SILENT.sub("", word.lower()))))
