"""A page's list of words, cut to the words that the page uses."""

import re
from collections.abc import Iterator

from bs4 import BeautifulSoup
from bs4.element import Tag

LISTS = "dl.glossary"
OF_RATIOS = "footer .of-ratios"  # what the foot says of relative likelihoods
RATIO = "Relative likelihood"
UNSPOKEN = ("style", "nav")


def with_words_in_use(html: str) -> str:
    """Leave out what a page explains and never says, in its list of words and at its foot."""
    page = BeautifulSoup(html, "html.parser")
    if not page.main:
        return html
    said = " ".join(_said(page.main))
    for term in page.select(f"{LISTS} dt"):
        if not uses(said, term.get_text()):
            term.find_next_sibling("dd").decompose()
            term.decompose()
    for words in page.select(LISTS):
        if not words.dt:
            words.decompose()
    for note in [] if uses(said, RATIO) else page.select(OF_RATIOS):
        note.decompose()
    return str(page)


def uses(said: str, term: str) -> bool:
    """Tell whether a text says a term, at its beginning or in the middle of a sentence."""
    plain = re.escape(" ".join(term.split()))
    return bool(re.search(rf"(?<!\w){plain}", said, re.IGNORECASE))


def _said(main: Tag) -> Iterator[str]:
    """Yield what a page says beside its list of words, charts' alternative texts too."""
    for text in main.find_all(string=True):
        if not (text.find_parent("dl", class_="glossary") or text.find_parent(UNSPOKEN)):
            yield " ".join(text.split())
    yield from (image["alt"] for image in main.find_all("img", alt=True))
