"""Markup taken apart once, however many rules look at it: a page, and each drawing that it carries."""

from functools import lru_cache

from bs4 import BeautifulSoup

MOST = 32  # texts kept: more than a page and its drawings


@lru_cache(MOST)
def parsed(markup: str) -> BeautifulSoup:
    """Return markup taken apart. Every rule is given the same tree, so none may change it."""
    return BeautifulSoup(markup, "html.parser")
