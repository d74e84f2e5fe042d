"""How old a reader has to be to follow a text with ease: Flesch and Kincaid's grade, syllables roughly counted."""

import re

WORD = re.compile(r"\w+(?:[,.'’\u2011-]\w+)*")
END_OF_SENTENCE = re.compile(r"[.!?:;](?=\s|$)|\n")
VOWELS = re.compile(r"[aeiouy]+")
# An e at the end of a word that is not heard: late, rule, rules, trained; but not table, places or shortlisted.
SILENT = re.compile(r"(?<![aeiouyl])e$|(?<![aeiouylcghsxz])es$|(?<![aeioulydt])ed$|(?<=[aeiouy]l)e[sd]?$")
AGE_AT_GRADE_0 = 5


def reading_age(text: str) -> float:
    """Return the age at which a text is read with ease; each line is a sentence at least. Needs a word.

    Source: Kincaid, Fishburne, Rogers and Chissom (1975), Research Branch Report 8-75: grade = 0.39 words a sentence +
    11.8 syllables a word - 15.59. A pupil of grade n is n + 5 years old.
    """
    sentences = [words for part in END_OF_SENTENCE.split(text) if (words := WORD.findall(part))]
    words = [word for some in sentences for word in some]
    return AGE_AT_GRADE_0 + 0.39 * len(words) / len(sentences) + 11.8 * sum(map(syllables, words)) / len(words) - 15.59


def syllables(word: str) -> int:
    """Count a word's groups of vowels, but for an e that is not heard; the letters of BME; one of any number."""
    if word.isalpha() and word.isupper():
        return len(word)
    return max(1, len(VOWELS.findall(SILENT.sub("", word.lower()))))
