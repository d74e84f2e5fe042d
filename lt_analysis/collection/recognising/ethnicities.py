"""Ethnicity as people and systems write it, to a national code or a group.

Every accepted spelling is made from a heading (`Asian or Asian British`) and a category (`Indian`) of the
codebook's table, and must match whole. A spelling that could mean two things is left for the organisation to
say, in its `organisation.yml`: nobody is placed by a guess.
"""

import re
from functools import cache
from itertools import product

from lt_analysis.codebook.ethnicity import CODE_PATTERN, five_group
from lt_analysis.codebook.spellings import spellings
from lt_analysis.collection.recognising.plain import plain

CODES = re.compile(CODE_PATTERN)
UNKNOWN_CODES = {"X": "99"}  # of Hospital Episode Statistics
CODE_AND_WORDS = re.compile(r"([A-Za-z][A-Za-z23]?|99)[-\u2010-\u2015:.) ]+(\S.*)")
SAYS_NOTHING = frozenset(("background", "backgrounds", "ethnic", "ethnicity", "group", "groups", "total"))
JOINS = {"or": "and", "/": "and"}  # what stands between two groups: who is of one or the other is of neither alone
ALSO_BRITISH = re.compile(
    r"\b(\w+(?: \w+)?) and \1 british\b"
)  # as in the labels of the HESA: `Indian or Indian British`
SYSTEMS_OWN_PREFIXES = re.compile(r"^(minor|major) (?=\w)")
# Any of these, in any order, after `White`.
BRITISH = re.compile(r"(british|english|welsh|scottish|cornish|northern irish)( and | |$)")


def recognise_ethnicity(text: str) -> str | None:
    """Return a national code, or a group where only that is said; None where it cannot be told.

    Beside the codes: `Arab`, `Gypsy or Irish Traveller` and `Roma`, for which there is no code; the five groups
    of the census; `BME`; and `Unknown`.
    """
    sent = text.strip()
    code = sent.upper()
    if CODES.fullmatch(code) or code in UNKNOWN_CODES:
        return UNKNOWN_CODES.get(code, code)
    both = CODE_AND_WORDS.fullmatch(sent)
    if both and CODES.fullmatch(both[1].upper()):
        said = recognise_ethnicity(both[2])
        return both[1].upper() if said and _agree(both[1].upper(), said) else None
    whole = _joined(text)
    words = whole if whole in _all_spellings() else SYSTEMS_OWN_PREFIXES.sub("", whole)
    if words.startswith("white ") and not BRITISH.sub("", words.removeprefix("white ")):
        return "A"
    return _all_spellings().get(words)


def _joined(text: str) -> str:
    """Return a spelling with one word for what joins groups, and without what says nothing."""
    words = (JOINS.get(word, word) for word in plain(text).split() if word not in SAYS_NOTHING)
    joined = re.sub(r"\band( and)+\b", "and", " ".join(words))
    return ALSO_BRITISH.sub(r"\1", joined)


def _agree(code: str, said: str) -> bool:
    """Tell whether words beside a code say the same, or no more than its first character or its group."""
    return said in (code, code[0], five_group(code))


@cache
def _all_spellings() -> dict[str, str]:
    table = spellings()["ethnicity"]
    found = {_joined(words): place for place, bare in table["by_itself"].items() for words in bare}
    for place, rule in table["under_a_heading"].items():
        headings = [words for name in rule["headings"] for words in table["headings"][name]]
        for heading, category in product(headings, rule["categories"]):
            found.setdefault(_joined(f"{heading} {category}"), place)
    return found
