"""Texts of a page that no figure says: each stands as it is in the code that makes pages, in the codebook, or in prose.

So a number that is put into a text by hand, or a sentence that is put together from pieces, is told from what was
written down as a whole. Texts that name their figure are `keyed`; the others are looked up here, whatever they say.
"""

import ast
import json
import re
from collections.abc import Iterable, Iterator
from functools import cache
from importlib.resources import files
from pathlib import Path

from bs4 import BeautifulSoup
from bs4.element import NavigableString

from lt_analysis.codebook.ethnicity import COMPARED_WITH_WHITE, REFERENCE, UNKNOWN
from lt_analysis.codebook.naming import capitalised
from lt_analysis.codebook.words import called, glossary
from lt_analysis.rendering.shown import SAID_BY

ROOMS = ("lt_analysis.rendering", "lt_analysis.codebook")
KEYED = (SAID_BY, "data-key")
SIZE = "size"  # the class of how large a file is, which is worked out again from the file
AROUND = ".,:;() "  # what may stand beside a static text or a keyed one
NO_WORDS = re.compile(r"[\W_]*")


@cache
def static_texts() -> frozenset[str]:
    """Return every text that stands whole in the code that makes pages, or in the codebook."""
    found = {text for room in ROOMS for path in _code_of(room) for text in _constants(path)}
    found |= {called(group) for group in (REFERENCE, *COMPARED_WITH_WHITE, UNKNOWN)}
    found |= {text for term in glossary().items() for text in term}
    found = {_plain(text) for text in found}
    found |= {text.strip(AROUND) for text in found}
    return frozenset(found | {capitalised(text) for text in found})


def _code_of(room: str) -> Iterator[Path]:
    return (Path(str(path)) for path in files(room).iterdir() if path.name.endswith(".py"))


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


def prose_of(notebook: Path) -> set[str]:
    """Return the lines of a notebook's prose."""
    cells = json.loads(notebook.read_text(encoding="utf-8"))["cells"]
    lines = (line for cell in cells if cell["cell_type"] == "markdown" for line in "".join(cell["source"]).split("\n"))
    return {_plain(line.lstrip("#")) for line in lines}


def neither_static_nor_keyed(page: BeautifulSoup, prose: Iterable[str] = ()) -> list[str]:
    """List the texts of a page that name no figure and stand nowhere as they are."""
    known = static_texts() | set(prose)
    texts = (text for text in page.find_all(string=True) if type(text) is NavigableString)
    return list(dict.fromkeys(said for text in texts if (said := _plain(text)) and not _accounted(text, said, known)))


def _accounted(text: NavigableString, said: str, known: frozenset[str]) -> bool:
    if said in known or said.strip(AROUND) in known or NO_WORDS.fullmatch(said):
        return True
    return any(parent.has_attr(name) or SIZE in parent.get("class", ()) for parent in text.parents for name in KEYED)
