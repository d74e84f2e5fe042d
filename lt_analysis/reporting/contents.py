"""A page's list of contents, made from its headings: the same page, the same list."""

import re
from collections.abc import Iterable

from bs4 import BeautifulSoup
from bs4.element import Tag

TITLE = "On this page"
NAMELESS = "section"  # the id of a heading that has no letter or digit of the Latin alphabet
FEWEST = 2  # headings: a list of one leads nowhere that its reader is not already


def add_contents(page: BeautifulSoup) -> None:
    """Put a list of the page's second-level headings before the first of them, each with an id to lead to."""
    headings = page.main.find_all("h2") if page.main else []
    if len(headings) < FEWEST:
        return
    taken = {element["id"] for element in page.find_all(id=True)}
    for heading in headings:
        if not heading.get("id"):
            heading["id"] = _free(_slug(heading.get_text(" ", strip=True)), taken)
            taken.add(heading["id"])
    headings[0].insert_before(_list(page, headings, _free(_slug(TITLE), taken)), "\n")


def _slug(text: str) -> str:
    return "-".join(re.findall("[a-z0-9]+", text.lower())) or NAMELESS


def _free(name: str, taken: Iterable[str]) -> str:
    number, free = 1, name
    while free in taken:
        number += 1
        free = f"{name}-{number}"
    return free


def _list(page: BeautifulSoup, headings: Iterable[Tag], name: str) -> Tag:
    contents = page.new_tag("nav", attrs={"class": "contents", "aria-labelledby": name})
    contents.append(page.new_tag("p", id=name, string=TITLE))
    entries = page.new_tag("ul")
    for heading in headings:
        entry = page.new_tag("li")
        entry.append(page.new_tag("a", href=f"#{heading['id']}", string=heading.get_text(" ", strip=True)))
        entries.append(entry)
    contents.append(entries)
    return contents
