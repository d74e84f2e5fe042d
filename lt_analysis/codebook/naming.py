"""How sentences name the people of a group, whatever the partnership calls it.

A label is said before a noun (Global Majority applicants), unless it is a phrase about people (people of the global
majority): then the noun stands in the place of its first word (applicants of the global majority).
"""

from lt_analysis.codebook.ethnicity import REFERENCE
from lt_analysis.codebook.words import called

PEOPLE = "people"


def people_of(group: str, people: str = PEOPLE) -> str:
    """Name a group's people: `BME people on shortlists`, or `people of the global majority on shortlists`."""
    label = called(group)
    if not _is_phrase(label):
        return f"{label} {people}"
    noun, *where = people.split(" ")
    return " ".join((noun, label[len(PEOPLE) + 1 :], *where))


def a_person_of(group: str) -> str:
    """Name one person of a group: `a BME person`."""
    label = called(group)
    article = "an" if label.casefold().startswith(("a", "e", "i", "o", "un")) and not _is_phrase(label) else "a"
    return f"{article} {people_of(group, 'person')}"


def white_and(group: str, joined: str = "and", people: str = PEOPLE) -> str:
    """Name White people and a group's together: `White and BME people`."""
    return f"{white_beside(group, people)} {joined} {people_of(group, people)}"


def white_beside(group: str, people: str) -> str:
    """Name White people just before a group's: the noun is left to the group, unless its label would confuse."""
    label = called(group)
    confuses = _is_phrase(label) or "," in label or " and " in label
    return f"{REFERENCE} {people}" if confuses else REFERENCE


def white_over(group: str) -> str:
    """Name a ratio of White people to a group's: `White ÷ BME`."""
    return f"{REFERENCE} ÷ {called(group)}"


def capitalised(words: str) -> str:
    """Give words that begin a line a capital, leaving the others as they are."""
    return words[:1].upper() + words[1:]


def _is_phrase(label: str) -> bool:
    return label.casefold().startswith(f"{PEOPLE} ")
