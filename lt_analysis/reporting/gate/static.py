"""Texts of a page that no figure says: each stands as it is in the code that makes pages, in the codebook, or in prose.

So a number that is put into a text by hand, or a sentence that is put together from pieces, is told from what was
written down as a whole. Texts that name their figure are `keyed`; the others are looked up here, whatever they say.
The numbers of figures and the sizes of files are worked out again from what stands beside them.
"""

import ast
import re
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from importlib.resources import files
from pathlib import Path

from bs4 import BeautifulSoup
from bs4.element import NavigableString, Tag

from lt_analysis.codebook.ethnicity import COMPARED_WITH_WHITE, REFERENCE, UNKNOWN
from lt_analysis.codebook.made_by import code_version
from lt_analysis.codebook.naming import capitalised
from lt_analysis.codebook.words import HIDDEN_MEANING, HIDDEN_SYMBOL, called, glossary
from lt_analysis.rendering.shown import SAID_BY

ROOMS = {
    "lt_analysis.rendering": (),
    "lt_analysis.codebook": (),
    "lt_analysis.reporting": ("numbering", "contents", "pack"),
}
TEMPLATE = "lt_analysis.reporting.template"
KEYED = (SAID_BY, "data-key")
SIZE, SIZES = "size", re.compile(r"[\d.,]+ (?:bytes|[KM]B)")  # how large a file is, and the class of what says so
IN_HEAD = ("title", "style")  # have rules of their own
# Whatever else an element may be, it says what is not its text, or changes how a text is read.
ELEMENTS = frozenset(
    {"a", "abbr", "body", "br", "caption", "dd", "details", "div", "dl", "dt", "em", "figcaption", "figure", "footer"}
    | {"h1", "h2", "h3", "h4", "h5", "h6", "header", "img", "li", "main", "nav", "ol", "p", "picture", "section"}
    | {"source", "span", "strong", "summary", "table", "tbody", "td", "th", "thead", "tr", "ul"}
)
ATTRIBUTES = frozenset(
    {"alt", "aria-label", "aria-labelledby", "class", "data-cell", "data-column", "data-from", "data-key"}
    | {"data-members", "data-said", "download", "height", "href", "id", "lang", "media", "open", "role", "scope", "src"}
    | {"srcset", "tabindex", "title", "width"}
)
OFF_THE_SCREEN = "skip"  # the class of a link for whoever uses the keyboard
SPOKEN = ("title", "aria-label", "aria-description", "summary", "placeholder")
FIGURE = re.compile(r"\b([Ff]igure) (\d+)\b")
PLACE = re.compile(r"#?(p\d+-)?(?:[a-z]+-)*(figure-\d+)")  # of a figure, or of what belongs to it; a pack's has a part
AROUND = ".,:;() "  # what may stand beside a static text or a keyed one
DIGIT, WORD = re.compile(r"\d"), re.compile(r"[^\W\d_]{3}")


@cache
def static_texts() -> frozenset[str]:
    """Return every text that stands whole in the code that makes pages, or in the codebook."""
    texts = {text for path in _code() for text in _constants(path)}
    texts |= {called(group) for group in (REFERENCE, *COMPARED_WITH_WHITE, UNKNOWN)}
    texts |= {text for term in glossary().items() for text in term}
    template = BeautifulSoup((files(TEMPLATE) / "index.html.j2").read_text(encoding="utf-8"), "html.parser")
    texts |= {*template.find_all(string=True), f"Made by {code_version()}."}
    texts |= {element[name] for name in SPOKEN for element in template.find_all(attrs={name: True})}
    texts = {_plain(text) for text in texts}
    texts |= {text.strip(AROUND) for text in texts}
    # What has a digit and no word says a number, whatever it stands for in the code.
    texts = {text for text in texts if not DIGIT.search(text) or WORD.search(text)}
    return frozenset(texts | {capitalised(text) for text in texts})


def _code() -> Iterator[Path]:
    for room, modules in ROOMS.items():
        paths = (Path(str(path)) for path in files(room).iterdir() if path.name.endswith(".py"))
        yield from (path for path in paths if not modules or path.stem in modules)


@cache
def _constants(path: Path) -> frozenset[str]:
    """Return the texts that stand in a module as they are; what is put together from pieces is none."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    pieces = {id(part) for node in ast.walk(tree) if isinstance(node, ast.JoinedStr) for part in ast.walk(node)}
    return frozenset(
        node.value
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in pieces
    )


def _plain(text: str) -> str:
    return " ".join(text.split())


def prose_of(notebook: dict) -> set[str]:
    """Return the lines of a notebook's prose."""
    prose = ("".join(cell["source"]) for cell in notebook["cells"] if cell["cell_type"] == "markdown")
    return {_plain(line.lstrip("#")) for text in prose for line in text.split("\n")}


def static_faults(page: BeautifulSoup, known: Iterable[str] = ()) -> Iterator[str]:
    """Yield which texts of a page name no figure and stand nowhere as they are.

    `known` are prose, and names of links.
    """
    texts = static_texts() | set(known)
    loose = [text for text in page.find_all(string=True) if type(text) is NavigableString]
    loose = [text for text in loose if text.parent.name not in IN_HEAD]
    numbers = {figure.get("id"): number for number, figure in enumerate(page.find_all("figure"), start=1)}
    for text in loose:
        if not _is_accounted(text, texts, numbers):
            yield f"a text in <{text.parent.name}> names no figure, and stands nowhere as it is"
    for element in page.body.find_all(True):
        yield from _unknown_markup(element)
        for name in SPOKEN:
            if element.has_attr(name) and not _is_spoken(element, element[name], texts):
                yield f"what is said in {name} is neither static nor its element's own text"
    for figure in page.find_all("figure"):
        yield from _caption(figure, texts)


def _is_accounted(text: NavigableString, known: frozenset[str], numbers: Mapping[str, int]) -> bool:
    plain = _plain(text)
    if plain in known or plain.strip(AROUND) in known or not any(letter.isalnum() for letter in plain):
        return True
    if any(parent.has_attr(name) for parent in text.parents for name in KEYED):
        return True
    if SIZE in text.parent.get("class", ()):
        return SIZES.fullmatch(plain) is not None
    return _is_numbered(text, plain, known, numbers) or _leads_to_heading(text)


def _unknown_markup(element: Tag) -> Iterator[str]:
    if element.name not in ELEMENTS:
        yield f"<{element.name}> is no element of a page"
    unknown = element.attrs.keys() - ATTRIBUTES
    if unknown:
        yield f"{min(unknown)} is no attribute of a page"
    if OFF_THE_SCREEN in element.get("class", ()) and element.name != "a":
        yield "a text is off the screen"


def _leads_to_heading(text: NavigableString) -> bool:
    """Return whether a text is that of the heading that it leads to, whose own text is looked up there."""
    link = text.find_parent("a", href=re.compile("^#"))
    heading = link and text.find_parent("body").find(id=link["href"][1:])
    return bool(heading) and re.match("h[1-6]$", heading.name) is not None and heading.get_text() == str(text)


def _is_numbered(text: NavigableString, plain: str, known: frozenset[str], numbers: Mapping[str, int]) -> bool:
    """Return whether a text is static but for the number of the figure that it stands at, leads to or stands before."""
    match = FIGURE.search(plain)
    if not match or FIGURE.sub(r"\1 {}", plain).strip(AROUND) not in known:
        return False
    places = [value for parent in text.parents for value in (parent.get("id"), parent.get("href")) if value]
    after = [element.get("id") for element in text.parent.find_all_next(id=True, limit=1)]
    links = [link["href"] for link in text.parent.find_all("a", href=True)]
    named = (PLACE.fullmatch(str(identifier)) for identifier in (*places, *after, *links))
    return any(
        numbers.get("".join(filter(None, identifier.groups()))) == int(match[2]) for identifier in named if identifier
    )


def _is_spoken(element: Tag, spoken: str, known: frozenset[str]) -> bool:
    """Return whether what is spoken in the place of a cell is its text without its shape; elsewhere static will do."""
    written = element.get_text()
    if element.find_parent("td") or element.name == "td":
        return spoken == (HIDDEN_MEANING if written == HIDDEN_SYMBOL else written.partition(" ")[2])
    return spoken in known


def _caption(figure: Tag, known: frozenset[str]) -> Iterator[str]:
    """Yield that a figure has no caption, or an alternative text is not that of the caption, and static sentences."""
    caption = figure.figcaption
    if caption is None:
        yield "a figure has no caption"
        return
    expected = FIGURE.sub("", " ".join(caption.get_text(" ").split()), count=1).lstrip(". ")
    for image in figure.find_all("img"):
        said, of_caption = _words(image.get("alt", "")), _words(expected)
        if not said.startswith(of_caption) or not _are_known(said[len(of_caption) :], known):
            yield "an alternative text is not that of the caption"


def _are_known(text: str, known: frozenset[str]) -> bool:
    """Return whether a text is sentences of which each stands somewhere as it is."""
    return all(sentence in known for sentence in re.split(r"(?<=[.]) ", text.lstrip(". ")) if sentence)


def _words(text: str) -> str:
    return re.sub(r"\s+(?=[.,;:)])|(?<=[(])\s+", "", _plain(text))
