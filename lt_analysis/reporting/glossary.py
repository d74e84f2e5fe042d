"""A page's list of words, cut to the words that the page uses."""

import re
from collections.abc import Iterator

from bs4 import BeautifulSoup
from bs4.element import Tag

LISTS = "dl.glossary"
OF_RATIOS = "footer .of-ratios"  # what the foot says of relative likelihoods
RATIO = "Relative likelihood"
HEADING = re.compile("h[1-6]")
UNSPOKEN = f"style, nav, {LISTS}"


def keep_words_in_use(page: BeautifulSoup) -> None:
    """Take out of a page what it explains and never says, in its list of words and at its foot."""
    if not page.main:
        return
    said = " ".join(_said(page.main))
    for term in page.select(f"{LISTS} dt"):
        if not uses(said, term.get_text()):
            term.find_next_sibling("dd").decompose()
            term.decompose()
    for words in page.select(LISTS):
        if not words.dt:
            heading = words.find_previous(HEADING)
            words.decompose()
            if heading and not _has_words(heading):
                heading.decompose()
    for note in [] if uses(said, RATIO) else page.select(OF_RATIOS):
        note.decompose()


def _has_words(heading: Tag) -> bool:
    """Tell whether anything is said between a heading and the next one, or the foot of the page."""
    for element in heading.next_elements:
        if isinstance(element, Tag) and (HEADING.match(element.name) or element.name == "footer"):
            return False
        if not isinstance(element, Tag) and element.strip() and heading not in element.parents:
            return True
    return False


def uses(said: str, term: str) -> bool:
    """Tell whether a text says a term, at its beginning or in the middle of a sentence."""
    plain = re.escape(" ".join(term.split()))
    return bool(re.search(rf"(?<!\w){plain}", said, re.IGNORECASE))


def _said(main: Tag) -> Iterator[str]:
    """Yield what a page says beside its list of words, charts' alternative texts too."""
    unsaid = {id(text) for part in main.select(UNSPOKEN) for text in part.find_all(string=True)}
    yield from (" ".join(text.split()) for text in main.find_all(string=True) if id(text) not in unsaid)
    yield from (image["alt"] for image in main.find_all("img", alt=True))
