"""The numbers in a page's tables against the ledger of what was published: each has a key, and reads as released."""

from collections.abc import Iterable, Iterator, Mapping
from types import MappingProxyType

from bs4 import BeautifulSoup
from bs4.element import Tag

from lt_analysis.codebook.words import HIDDEN_SYMBOL, NO_POSTS
from lt_analysis.reporting.gate.figures import Published, numbers_in, readings
from lt_analysis.reporting.gate.markup import parsed
from lt_analysis.reporting.gate.said import said_without_key
from lt_analysis.reporting.gate.sentences import sentences_unaccounted
from lt_analysis.reporting.gate.shares import wrong_with

PLACES_OF_KEYS = ("data-key", "data-from")
NOTHING_QUOTED: Mapping[str, str] = MappingProxyType({})


def unaccounted(
    html: str,
    published: Published | None,
    named: Iterable[str] = (),
    about: str = "",
    quoted: Mapping[str, str] = NOTHING_QUOTED,
) -> list[str]:
    """List the numbers of a page that the ledger does not account for; empty where it accounts for all.

    `published` is the ledger: the value released under each key, None where it is hidden. Without a ledger (None) the
    page takes no part, and nothing is asked of it; for every page of the board, `report` is to hand it over. `named`
    are names that may hold digits of their own, such as an organisation's. `about` is the organisation of whose numbers
    the page's sentences speak, where it is the page of one. `quoted` are released words, such as what a pledged action
    says, by the name of the cell that repeats them: numbers in that cell are accounted for by its being those words,
    whole and unchanged, and the same words in any other cell are not.

    Every cell of a table that holds a number says its key (`data-key`) or the keys that it is worked out from
    (`data-from`). Names of periods and bands need none. A heading has no key, and so no number.
    """
    if published is None:
        return []
    page, names = parsed(html), tuple(named)
    sentences = sentences_unaccounted(page, published, names, about)
    return list(dict.fromkeys([*_in_cells(page, published, names, quoted), *said_without_key(page, names), *sentences]))


def _in_cells(
    page: BeautifulSoup, published: Published, named: tuple[str, ...], quoted: Mapping[str, str]
) -> Iterator[str]:
    for number, table in enumerate(page.find_all("table"), start=1):
        for row, line in enumerate(table.find_all("tr"), start=1):
            for column, cell in enumerate(line.find_all(["th", "td"]), start=1):
                if cell.find_parent("table") is table and not _repeats(cell, quoted):
                    for fault in _cell(cell, published, named):
                        yield f"table {number}, row {row}, column {column}: {fault}"


def _repeats(cell: Tag, quoted: Mapping[str, str]) -> bool:
    """Tell whether a cell is the one that repeats some released words, and says these and nothing else."""
    words = quoted.get(cell.get("data-cell", ""))
    return words is not None and cell.get_text() == words and not any(cell.has_attr(place) for place in PLACES_OF_KEYS)


def _cell(cell: Tag, published: Published, named: tuple[str, ...]) -> Iterator[str]:
    text = cell.get_text(" ", strip=True)
    keys = [key for place in PLACES_OF_KEYS for key in cell.get(place, "").split()]
    unknown = [key for key in keys if key not in published]
    if not keys:
        if numbers_in(text, named):
            yield "a number has no key"
    elif unknown:
        yield f"nothing was released under {unknown[0]}"
    elif cell.has_attr("data-key"):
        yield from _released(text, keys, published)
    else:
        yield from _derived(text, keys, published)


def _released(text: str, keys: list[str], published: Published) -> Iterator[str]:
    if len(keys) != 1:
        yield "a released number has one key, and no other number is worked out in its cell"
    elif text not in readings(published[keys[0]]):
        yield f"what it says is not what was released under {keys[0]}"


def _derived(text: str, keys: list[str], published: Published) -> Iterator[str]:
    hidden = [key for key in keys if published[key] is None]
    if hidden and text != HIDDEN_SYMBOL:
        yield f"it is worked out from {hidden[0]}, which is hidden, and so must read {HIDDEN_SYMBOL}"
    elif not hidden and text not in (HIDDEN_SYMBOL, NO_POSTS):
        wrong = wrong_with(text, keys, published)
        if wrong:
            yield f"the {wrong} is not that of the numbers released under {' and '.join(keys)}"
