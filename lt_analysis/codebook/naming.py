"""How sentences name the people of a group, whatever the partnership calls it.

A label is said before a noun (Global Majority applicants), unless it is a phrase about people (people of the global
majority): then the noun stands in the place of its first word (applicants of the global majority).
"""

from lt_analysis.codebook.ethnicity import REFERENCE
from lt_analysis.codebook.words import called

PEOPLE = "people"


def people_of(group: str, people: str = PEOPLE) -> str:
    """Return the name of a group's people: `people of the global majority on shortlists`, where that is its label.

    >>> people_of("Black", "people on shortlists")
    'Black people on shortlists'
    """
    label = called(group)
    if not _is_phrase(label):
        return f"{label} {people}"
    noun, *where = people.split(" ")
    return " ".join((noun, label[len(PEOPLE) + 1 :], *where))


def a_person_of(group: str) -> str:
    """Return the name of one person of a group.

    >>> a_person_of("Asian"), a_person_of("Black")
    ('an Asian person', 'a Black person')
    """
    label = called(group)
    article = "an" if label.casefold().startswith(("a", "e", "i", "o", "un")) and not _is_phrase(label) else "a"
    return f"{article} {people_of(group, 'person')}"


def white_and(group: str, joined: str = "and", people: str = PEOPLE) -> str:
    """Return the name of White people and a group's together.

    >>> white_and("Black", people="applicants"), white_and("Black", "or")
    ('White and Black applicants', 'White or Black people')
    """
    return f"{white_beside(group, people)} {joined} {people_of(group, people)}"


def white_beside(group: str, people: str) -> str:
    """Return the name of White people just before a group's, which has the noun, unless its label would confuse.

    >>> white_beside("Black", "applicants"), white_beside("Black and Asian", "applicants")
    ('White', 'White applicants')
    """
    label = called(group)
    confuses = _is_phrase(label) or "," in label or " and " in label
    return f"{REFERENCE} {people}" if confuses else REFERENCE


def white_over(group: str) -> str:
    """Return the name of a ratio of White people's share to a group's.

    >>> white_over("Black")
    'White ÷ Black'
    """
    return f"{REFERENCE} ÷ {called(group)}"


def capitalised(words: str) -> str:
    """Return words that begin a line with a capital, and the others as they are.

    >>> capitalised("people of the NHS")
    'People of the NHS'
    """
    return words[:1].upper() + words[1:]


def _is_phrase(label: str) -> bool:
    return label.casefold().startswith(f"{PEOPLE} ")
