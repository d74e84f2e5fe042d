"""What a page says, said again from the release: every text of it is static, or the words of a figure that it names.

An element names what said its text, a form or a template, and the figure that this was said of; a number of people
names its key. The same is said here once more of the figure that the release holds under that name. A text that reads
otherwise, whatever is wrong with it (its number, its noun, its direction, the name of its figure), keeps its page from
being published.
"""

from collections.abc import Iterator, Mapping
from functools import cache
from importlib import import_module
from pkgutil import iter_modules

from bs4 import BeautifulSoup
from bs4.element import Tag

import lt_analysis.rendering
from lt_analysis.codebook.words import HIDDEN_SYMBOL
from lt_analysis.release.figures import Release
from lt_analysis.rendering.forms import forms_of
from lt_analysis.rendering.named import figure_of
from lt_analysis.rendering.shown import SAID_BY, TEMPLATE_SIGN, Choice, Sentence, Template

KEY, MEMBERS = "data-key", "data-members"
COUNT = "count"  # the form of a number of people


@cache
def said_by_name() -> Mapping[str, Sentence]:
    """Return every template and choice of the pages by its name."""
    names = (name for _, name, _ in iter_modules(lt_analysis.rendering.__path__))
    rooms = (import_module(f"{lt_analysis.rendering.__name__}.{name}") for name in names)
    return {
        sentence.name: sentence for room in rooms for value in vars(room).values() for sentence in _sentences_in(value)
    }


def _sentences_in(value: object) -> Iterator[Sentence]:
    match value:
        case Template() | Choice():
            yield value
        case tuple() | list():
            for element in value:
                yield from _sentences_in(element)
        case dict():
            yield from _sentences_in(tuple(value.values()))


def keyed_faults(page: BeautifulSoup, release: Release) -> Iterator[str]:
    """Yield which texts of a page are not those of the figures that they name."""
    for element in page.find_all(attrs={SAID_BY: True}):
        yield from _fault(element, *element[SAID_BY].partition(" ")[::2], release)
    for element in page.find_all(attrs={KEY: True}):
        yield from _fault(element, COUNT, element[KEY], release)
    for table in page.find_all(attrs={MEMBERS: True}):
        if any(_members(cell[KEY], release) != table[MEMBERS].split() for cell in table.find_all(attrs={KEY: True})):
            yield "a table adds up other organisations than it says"


def _fault(element: Tag, name: str, figure: str, release: Release) -> Iterator[str]:
    if element.get_text() not in _said_again(name, figure, release):
        yield f"what {name} says of {figure} is not what the release holds"


def _said_again(name: str, figure: str, release: Release) -> tuple[str, ...]:
    """Return what is said under a name of a figure of the release, as it begins a sentence or does not."""
    sentences = said_by_name()
    try:
        text = say_again(name, figure, release, sentences)
    except (LookupError, ValueError, AttributeError, TypeError):  # no such figure, or one of another kind
        return ()
    return text or HIDDEN_SYMBOL, text[:1].upper() + text[1:]


def say_again(name: str, figure: str, release: Release, sentences: Mapping[str, Sentence]) -> str:
    """Return what a form or a template says of a figure of the release."""
    named_figure = figure_of(release, figure)
    if name.startswith(TEMPLATE_SIGN):
        return sentences[name.removeprefix(TEMPLATE_SIGN)].of(named_figure, forms_of(named_figure))
    return str(forms_of(named_figure)[name](named_figure))


def _members(key: str, release: Release) -> list[str]:
    try:
        return list(figure_of(release, key).table.members)
    except (LookupError, ValueError):
        return []
