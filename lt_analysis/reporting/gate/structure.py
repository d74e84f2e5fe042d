"""What a page's frame must be: its language, title, landmarks, headings, contents, and names that do not clash."""

import base64
import hashlib
import re
from collections import Counter
from collections.abc import Iterator
from itertools import pairwise

from bs4 import BeautifulSoup
from bs4.element import Tag

from lt_analysis.codebook.words import PARTNERSHIP

LANGUAGE = "en-GB"
HEADINGS = re.compile("^h[1-6]$")
NAME_FOLLOWS = ": "  # a main heading is of a subject, and then of an organisation
NOTHING_FROM_OUTSIDE = "default-src 'none'"


def structure(page: BeautifulSoup, title: str | None) -> Iterator[str]:
    """Yield what is wrong with a page's frame; `title` is the organisation that its main heading must name."""
    yield from _headings(page, title)
    yield from _head(page)
    yield from _landmarks(page)
    yield from _names(page)
    yield from _sections(page)


def _headings(page: BeautifulSoup, title: str | None) -> Iterator[str]:
    main = page.find_all("h1")
    if len(main) != 1:
        yield f"there are {len(main)} main headings, and there should be one"
    elif title and _plain(main[0].get_text()).partition(NAME_FOLLOWS)[2] != _plain(title):
        yield "the main heading does not name the organisation that was asked for"
    levels = [int(heading.name[1]) for heading in page.find_all(HEADINGS)]
    if any(after > before + 1 for before, after in pairwise(levels)):
        yield "a heading level is skipped"


def _plain(text: str) -> str:
    return " ".join(text.split())


def _head(page: BeautifulSoup) -> Iterator[str]:
    if not page.html or page.html.get("lang") != LANGUAGE:
        yield f"the page does not say that it is in {LANGUAGE}"
    heading, title = page.h1, page.title
    if heading and (not title or title.get_text() != f"{heading.get_text()} – {PARTNERSHIP}"):
        yield "the page's title is not its main heading and the site's name"
    policy = page.find("meta", attrs={"http-equiv": "Content-Security-Policy"})
    allowed = policy.get("content", "") if policy else ""
    if NOTHING_FROM_OUTSIDE not in allowed or "unsafe" in allowed:
        yield "the page's policy does not keep out what comes from elsewhere"
    elif page.style and _digest(page.style) not in allowed:
        yield "the style sheet is not the one that the page's policy allows"


def _digest(style: Tag) -> str:
    return base64.b64encode(hashlib.sha256(style.get_text().encode()).digest()).decode()


def _landmarks(page: BeautifulSoup) -> Iterator[str]:
    if len(page.find_all("main")) != 1:
        yield "there is not exactly one main part"
    for name in ("header", "footer"):
        if len(page.find_all(name)) != 1:
            yield f"there is not exactly one {name}"
    first = page.body.find(href=True) if page.body else None
    if not page.main or not first or first["href"] != f"#{page.main.get('id')}":
        yield "the first link does not skip to the main part"
    if any(not (nav.get("aria-label") or nav.get("aria-labelledby")) for nav in page.find_all("nav")):
        yield "a list of links has no name"


def _names(page: BeautifulSoup) -> Iterator[str]:
    names = Counter(element["id"] for element in page.find_all(id=True))
    if any(count > 1 for count in names.values()):
        yield "two elements have the same id"
    within = [link["href"][1:] for link in page.find_all(href=re.compile("^#"))]
    named = [name for element in page.find_all(attrs={"aria-labelledby": True}) for name in _ids(element)]
    if not {*within, *named} <= names.keys():
        yield "a link or a name leads to no place of the page"
    contents = page.select(".contents a")
    if contents and [link.get_text() for link in contents] != _second_level(page):
        yield "the list of contents is not that of the page's headings"
    if not contents and not page.select(".parts a") and len(_second_level(page)) > 1:
        yield "there is no list of contents"


def _ids(element: Tag) -> list[str]:
    return element["aria-labelledby"].split()


def _second_level(page: BeautifulSoup) -> list[str]:
    return [heading.get_text(" ", strip=True) for heading in page.select("main h2")]


def _sections(page: BeautifulSoup) -> Iterator[str]:
    """Yield what is not there: a page of headings alone, or a heading that nothing follows."""
    if page.main and not any(_says_something(text) for text in page.main.find_all(string=True)):
        yield "the page is empty but for its headings"
    elif page.main and any(map(_is_empty, page.main.find_all(HEADINGS))):
        yield "a heading has nothing below it"


def _says_something(text: Tag) -> bool:
    above = {parent.name for parent in text.parents} & {"h1", "h2", "h3", "h4", "h5", "h6", "nav"}
    return bool(text.strip()) and not above and not text.find_parent(class_="mark")


def _is_empty(heading: Tag) -> bool:
    """Return whether the next heading or the page's end comes before any text or picture; a lower level may follow."""
    for element in heading.next_elements:
        if isinstance(element, Tag):
            if element.name == "img":
                return False
            if HEADINGS.match(element.name):
                return element.name <= heading.name
            if element.name == "footer":
                return True
        elif _says_something(element):
            return False
    return True
