"""What a page says, said again from the release: every text of it is static, or the words of a figure that it names.

An element names what said its text, a form or a template, and the figure that this was said of. The same is said here
once more of the figure that the release holds under that name. A text that reads otherwise, whatever is wrong with it
(its number, its noun, its direction, the name of its figure), keeps its page from being published.
"""

from collections.abc import Iterator, Mapping
from functools import cache

from bs4 import BeautifulSoup
from bs4.element import Tag

from lt_analysis.release.figures import Release
from lt_analysis.rendering import sentences
from lt_analysis.rendering.forms import FORMS, figure_of
from lt_analysis.rendering.shown import SAID_BY, Choice, Sentence, Template

SUBJECTS = (sentences,)  # the modules that hold templates


@cache
def said_by_name() -> Mapping[str, Sentence]:
    """Return every template and choice of the pages by its name."""
    found = [one for module in SUBJECTS for one in vars(module).values() if isinstance(one, Template | Choice)]
    return {one.name: one for one in found}


def keyed_faults(page: BeautifulSoup, release: Release) -> list[str]:
    """List the texts of a page that are not those of the figures that they name."""
    return list(dict.fromkeys(_faults(page, release)))


def _faults(page: BeautifulSoup, release: Release) -> Iterator[str]:
    for element in page.find_all(attrs={SAID_BY: True}):
        name, _, figure = element[SAID_BY].partition(" ")
        if element.get_text() not in _again(name, figure, release):
            yield f"what {name} says of {figure} is not what the release holds{_where(element)}"


def _again(name: str, figure: str, release: Release) -> tuple[str, ...]:
    """Return what is said under a name of a figure of the release, as it begins a sentence or does not."""
    try:
        said = say_again(name, figure, release)
    except (LookupError, ValueError, AttributeError):
        return ()
    return said, said[:1].upper() + said[1:]


def say_again(name: str, figure: str, release: Release) -> str:
    """Return what a form or a template says of a figure of the release."""
    of = figure_of(release, figure)
    sentence = said_by_name().get(name)
    return sentence.of(of, FORMS) if sentence else str(FORMS[name](of))


def _where(element: Tag) -> str:
    cell = element.get("data-cell") or ""
    return f" (at {cell})" if cell else ""
