"""The words of a drawing, held to the table of its figure: each line of it says what its row of the table says.

A drawing is a picture of its table. Where the name of a row is drawn, the words up to the next name are of that row;
words before the first may be of any row, and those of a scale's ticks are static.
"""

import re
from collections.abc import Iterator
from functools import cache
from importlib import import_module
from pkgutil import iter_modules

from bs4 import BeautifulSoup
from bs4.element import Tag

import lt_analysis.rendering
from lt_analysis.rendering.lines import Scale
from lt_analysis.reporting.gate.embedded import parts
from lt_analysis.reporting.gate.markup import parsed
from lt_analysis.reporting.gate.static import static_texts
from lt_analysis.reporting.gate.unseen import CSV, SVG

NUMBER = re.compile(r"\d[\d,]*(?:\.\d+)?%?")
WORD = re.compile(r"[^\W\d_]+")
TICK = re.compile(r"(?:100|\d?[05])%")  # of a scale of percentages
DIRECTIONS = {"below", "above", "within", "fewer", "more", "less", "higher", "lower", "larger", "smaller", "late"}
UNBROKEN_HYPHEN = "\u2011"


def drawn_faults(page: BeautifulSoup) -> Iterator[str]:
    """Yield what is wrong with a page's drawings that say what their tables do not."""
    for figure in page.find_all("figure"):
        table = _table_of(figure, page)
        if table is None:
            yield "a figure has no table of its numbers"
            continue
        lines = table.select("tbody tr")
        rows = [_plain(" ".join(cell.get_text() for cell in row.find_all(["th", "td"]))) for row in lines]
        names = [_plain(row.th.get_text()) for row in lines]
        for part in parts(figure, 0):
            if part.kind not in (SVG, CSV):
                yield "a chart is no drawing whose words can be read"
            elif part.kind == SVG and not _agrees(part.text, names, rows, _plain(table.get_text(" "))):
                yield "the words of a chart are not those of its table"


def _table_of(figure: Tag, page: BeautifulSoup) -> Tag | None:
    """Return the table in a figure, or that which the link below it leads to."""
    if figure.table:
        return figure.table
    for link in reversed(figure.find_all("a", href=re.compile("^#"))):
        target = page.find(id=link["href"][1:])
        table = target if target is not None and target.name == "table" else target and target.find("table")
        if table:
            return table
    return None


def _plain(text: str) -> str:
    return " ".join(text.replace(UNBROKEN_HYPHEN, "-").split())


def _agrees(drawing: str, names: list[str], rows: list[str], table: str) -> bool:
    texts = [_plain(text.get_text()) for text in parsed(drawing).find_all("text")]
    # A line of a long name may be static by itself.
    drawn = " ".join(
        text for text in texts if not _is_static(text) or any(f" {text} " in f" {name} " for name in names)
    )
    if not all(names):
        return False
    # A line may end within a word that is longer than a line.
    of_row = {_unspaced(name): row for name, row in zip(names, rows, strict=True)}
    longest_first = sorted(of_row, key=len, reverse=True)
    named = re.compile(rf"(?<!\S)(?:{'|'.join(map(_broken_anywhere, longest_first))})(?![^\s:])")
    above, *of_rows = named.split(drawn)
    return _is_said_in(above, table) and all(
        _is_said_in(words, of_row[_unspaced(name)]) for name, words in zip(named.findall(drawn), of_rows, strict=True)
    )


def _unspaced(text: str) -> str:
    return "".join(text.split())


def _broken_anywhere(text: str) -> str:
    return r"\s*".join(map(re.escape, text))


def _is_static(text: str) -> bool:
    return text in static_texts() or text in _of_scales() or bool(TICK.fullmatch(text))


@cache
def _of_scales() -> frozenset[str]:
    """Return the words of the ticks and the ends of every scale that charts have."""
    names = (name for _, name, _ in iter_modules(lt_analysis.rendering.__path__))
    rooms = (import_module(f"{lt_analysis.rendering.__name__}.{name}") for name in names)
    scales = [value for room in rooms for value in vars(room).values() if isinstance(value, Scale)]
    ends = {line for scale in scales for end in scale.ends for line in end}
    return frozenset(ends | {tick for scale in scales for tick in scale.ticks.values()})


def _is_said_in(words: str, row: str) -> bool:
    """Return whether every number and word of direction is one of a row, and every other word its own or static."""
    numbers, row_words = set(NUMBER.findall(row)), {word.lower() for word in WORD.findall(row)}
    said_words = {word.lower() for word in WORD.findall(words)}
    return set(NUMBER.findall(words)) <= numbers and said_words - row_words <= _static_words() - DIRECTIONS


@cache
def _static_words() -> frozenset[str]:
    return frozenset(word.lower() for text in static_texts() for word in WORD.findall(text))
