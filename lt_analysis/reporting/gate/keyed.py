"""What a page says, said again from the release: every text of it is static, or the words of a figure that it names.

An element names what said its text, a form or a template, and the figure that this was said of. The same is said here
once more of the figure that the release holds under that name. A text that reads otherwise, whatever is wrong with it
(its number, its noun, its direction, the name of its figure), keeps its page from being published.
"""

from collections.abc import Iterator, Mapping
from functools import cache
from importlib import import_module
from pkgutil import iter_modules

from bs4 import BeautifulSoup
from bs4.element import Tag

from lt_analysis import rendering
from lt_analysis.codebook.words import HIDDEN_SYMBOL
from lt_analysis.release.figures import Release
from lt_analysis.rendering.forms import FORMS, figure_of
from lt_analysis.rendering.shown import SAID_BY, Choice, Sentence, Template


@cache
def said_by_name() -> Mapping[str, Sentence]:
    """Return every template and choice of the pages by its name."""
    rooms = (import_module(f"{rendering.__name__}.{name}") for _, name, _ in iter_modules(rendering.__path__))
    return {one.name: one for room in rooms for value in vars(room).values() for one in _sentences_in(value)}


def _sentences_in(value: object) -> Iterator[Sentence]:
    match value:
        case Template() | Choice():
            yield value
        case tuple() | list():
            for one in value:
                yield from _sentences_in(one)
        case dict():
            yield from _sentences_in(tuple(value.values()))


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
    sentences = said_by_name()
    try:
        said = say_again(name, figure, release, sentences)
    except (LookupError, ValueError, AttributeError):  # there is no such figure, or it is of another kind
        return ()
    return said or HIDDEN_SYMBOL, said[:1].upper() + said[1:]


def say_again(name: str, figure: str, release: Release, sentences: Mapping[str, Sentence]) -> str:
    """Return what a form or a template says of a figure of the release."""
    of = figure_of(release, figure)
    sentence = sentences.get(name)
    return sentence.of(of, FORMS) if sentence else str(FORMS[name](of))


def _where(element: Tag) -> str:
    cell = element.get("data-cell") or ""
    return f" (at {cell})" if cell else ""
