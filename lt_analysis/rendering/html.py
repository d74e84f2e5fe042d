"""Pieces of a page: each shows itself in a notebook, and is all that the exported page holds of it."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from html import escape

from lt_analysis.codebook.words import HIDDEN_MEANING, HIDDEN_SYMBOL
from lt_analysis.release.figures import State
from lt_analysis.release.keys import Key
from lt_analysis.rendering.csv_links import csv_link
from lt_analysis.rendering.shown import SAID_BY, Said, as_html, element, parts_of

LONGEST_UNBROKEN = 24  # letters of a table's cell; longer ones may be broken into lines
# A number of any kind, with what may stand before and after it; the name of a period is none.
NUMBER = re.compile(r"(?:about |under |over |less than |more than )?[-\N{MINUS SIGN}]?[\d,.]*\d%?(?: \(.*\)| to .*)?$")
SHAPE = re.compile("[●►○■▲] ")  # stands before a word that says the same
RESTRICTED_MARK = "Restricted: exact figures for the organisation's own use. Not for publication."
INVENTED_MARK = "Invented data: no real person or organisation."
PARTLY_INVENTED_MARK = "Invented data: organisations marked (invented) are not real, nor are their figures."
HIDDEN_NOTE = Said.join("", (HIDDEN_SYMBOL, ": ", HIDDEN_MEANING, "."))
MARK_CLASS = {RESTRICTED_MARK: "restricted", INVENTED_MARK: "invented", PARTLY_INVENTED_MARK: "invented"}


@dataclass(frozen=True)
class Html:
    """A finished piece of a page."""

    html: str

    def _repr_html_(self) -> str:
        return self.html


def heading(title: str, marks: tuple[str, ...]) -> Html:
    """Return the page's one main heading, under the marks that say what kind of data it holds."""
    banners = "".join(f'<p class="mark {MARK_CLASS[mark]}"><strong>{escape(mark)}</strong></p>' for mark in marks)
    return Html(f"{banners}{element('h1', title)}")


def note(text: str) -> Html:
    """Return words that stand in the place of a chart or beside one."""
    return Html(element("p", text, ' class="note"'))


def marks(state: State, invented: bool) -> tuple[str, ...]:
    """Say which marks a page must carry."""
    restricted = (RESTRICTED_MARK,) if state == State.RESTRICTED else ()
    return restricted + ((INVENTED_MARK,) if invented else ())


def paragraphs(sentences: dict[str, str], css_class: str = "") -> Html:
    """Return sentences as paragraphs, each with the name of the cell that it is."""
    opening = f'<div class="{css_class}">' if css_class else "<div>"
    body = "".join(element("p", text, f' data-cell="{escape(key)}"') for key, text in sentences.items() if text)
    return Html(f"{opening}{body}</div>")


def grouped(groups: Iterable[dict[str, str]], css_class: str) -> Html:
    """Return each group of sentences as one paragraph, each sentence with the key of the figure that it states."""
    body = "".join(f"<p>{said}</p>" for said in map(_in_one_paragraph, groups) if said)
    return Html(f'<div class="{css_class}">{body}</div>')


def _in_one_paragraph(sentences: dict[str, str]) -> str:
    return " ".join(element("span", text, f' data-cell="{escape(key)}"') for key, text in sentences.items() if text)


def definitions(terms: dict[str, str], css_class: str) -> Html:
    """Return a list of terms and what each means."""
    body = "".join(element("dt", term) + element("dd", text) for term, text in terms.items())
    return Html(f'<dl class="{css_class}">{body}</dl>')


def section(title: str, *parts: object, level: int = 2) -> Html:
    """Return parts of a page under a heading of their own."""
    body = "".join(part._repr_html_() for part in parts)
    return Html(f"{element(f'h{level}', title)}{body}")


def folded(summary: str, *parts: object) -> Html:
    """Return parts of a page that are closed on a screen until their reader opens them; on paper they are open."""
    body = "".join(part._repr_html_() for part in parts)
    return Html(f"<details><summary>{escape(summary)}</summary>{body}</details>")


def joined(*parts: object) -> Html:
    """Return parts of a page, one below the other."""
    return Html("".join(part._repr_html_() for part in parts))


def bullets(parts: Iterable[str]) -> Html:
    """Return a list of short parts."""
    return Html("<ul>" + "".join(element("li", part) for part in parts) + "</ul>")


@dataclass(frozen=True)
class Cell:
    """One cell of a table: the key of its figure, and its text, None where it is hidden.

    A released number of people carries the key under which it is `published`; a figure that is `worked_out_from` such
    numbers carries theirs, and what it is `said_by`: the name of a form, and that of its figure.
    """

    key: str
    text: str | None
    published: Key | None = None
    worked_out_from: tuple[Key, ...] = ()
    said_by: str = ""

    @property
    def shown(self) -> str:
        """What its reader sees; of a hidden one the symbol."""
        return HIDDEN_SYMBOL if self.text is None else self.text

    def html(self, column: str, said: bool = False, left: bool = False) -> str:
        """Return the cell under its column's heading, which may be one of sentences, or of words at the left."""
        long = len(self.shown) > LONGEST_UNBROKEN
        phrase = not long and " " in self.shown and not any(letter.isdigit() for letter in self.shown)
        kinds = {"words": long, "phrase": phrase, "left": left}
        words = " ".join(name for name, is_so in kinds.items() if is_so)
        wraps = ' class="said"' if said else f' class="{words}"' if words else ""
        names = f'data-column="{escape(column)}" data-cell="{escape(self.key)}"{self._accounted()}'
        return f'<td role="cell"{wraps} {names}>{self._spoken()}</td>'

    def _spoken(self) -> str:
        """Return its text so that a screen reader says what the symbol means, and passes a shape over."""
        shape = SHAPE.match(self.shown)
        spoken = HIDDEN_MEANING if self.text is None else self.text[shape.end() :] if shape else ""
        if not spoken:
            return as_html(self.shown) if len(parts_of(self.shown)) > 1 else escape(self.shown)
        return f'<span role="img" aria-label="{escape(spoken)}">{escape(self.shown)}</span>'

    def _accounted(self) -> str:
        """Say where the number is in the ledger of what was published, or what says it of which figure."""
        if self.published:
            return f' data-key="{escape(str(self.published))}"'
        keys = " ".join(map(str, self.worked_out_from))
        of = parts_of(self.shown)
        said = self.said_by or (f"{of[0].by} {of[0].figure}" if len(of) == 1 and of[0].figure else "")
        names = {"data-from": keys, SAID_BY: said}
        return "".join(f' {name}="{escape(some)}"' for name, some in names.items() if some)


@dataclass(frozen=True)
class Table:
    """A table with its caption; the first column heads its rows. The columns in `said` hold sentences, not numbers.
    `members` are the organisations that a table of the partnership adds up. A table with a `name` stands on its page by
    itself, and a chart that draws its numbers leads to it.

    Below a table of published numbers stands a link to them as CSV. Exact numbers have none: a file of them would not
    carry the mark of their page.

    Every part says its role, because on a phone the rows are laid out one below the other, and browsers
    then forget that they are a table's.
    """

    caption: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, tuple[Cell, ...]], ...]
    note: str = ""
    said: tuple[str, ...] = ()
    members: tuple[str, ...] = ()
    name: str = ""

    def _repr_html_(self) -> str:
        left = self._of_words()
        headings = "".join(self._heading(column, left) for column in self.columns)
        rows = "".join(self._row(name, cells, left) for name, cells in self.rows)
        hidden = any(cell.text is None for _, cells in self.rows for cell in cells)
        said = Said.join(" ", (HIDDEN_NOTE if hidden else "", self.note))
        note = element("p", said, ' class="note"') if said else ""
        members = f' data-members="{escape(" ".join(self.members))}"' if self.members else ""
        name = f' id="{self.name}"' if self.name else ""
        return (
            f'<table role="table"{name}{members}>{element("caption", self.caption)}'
            f'<thead role="rowgroup"><tr role="row">{headings}</tr></thead>'
            f'<tbody role="rowgroup">{rows}</tbody></table>{note}{self._download()}'
        )

    def _download(self) -> str:
        shown = [cell for _, cells in self.rows for cell in cells]
        whose = sorted({key.who for cell in shown for key in (cell.published, *cell.worked_out_from) if key})
        if not whose:
            return ""
        rows = [self.columns, *((name, *(cell.shown for cell in cells)) for name, cells in self.rows)]
        title = " ".join((*whose, self.caption)) if len(whose) == 1 else self.caption
        return csv_link(title, as_html(self.caption), rows)

    def _of_words(self) -> set[str]:
        """Return the headings of the columns in which no cell holds a number or is hidden: words stand at the left."""
        columns = zip(self.columns[1:], zip(*(cells for _, cells in self.rows), strict=True), strict=False)
        return {
            name for name, cells in columns if not any(cell.text is None or NUMBER.match(cell.text) for cell in cells)
        } - {*self.said}

    def _heading(self, column: str, left: set[str]) -> str:
        css_class = ' class="said"' if column in self.said else ' class="left"' if column in left else ""
        return element("th", column, f' role="columnheader" scope="col"{css_class}')

    def _row(self, name: str, cells: tuple[Cell, ...], left: set[str]) -> str:
        shown = "".join(
            cell.html(column, column in self.said, column in left)
            for cell, column in zip(cells, self.columns[1:], strict=True)
        )
        heading = element("th", name, ' role="rowheader" scope="row"')
        return f'<tr role="row">{heading}{shown}</tr>'
