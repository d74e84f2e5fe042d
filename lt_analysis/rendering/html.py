"""Pieces of a page: each shows itself in a notebook, and is all that the exported page holds of it."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from markupsafe import Markup, escape

from lt_analysis.codebook.ethnicity import BME
from lt_analysis.codebook.words import BME_IN_FULL, HIDDEN_MEANING, HIDDEN_SYMBOL, called
from lt_analysis.release.figures import State
from lt_analysis.release.keys import Key
from lt_analysis.rendering.csv_links import csv_link
from lt_analysis.rendering.markup import element, inside
from lt_analysis.rendering.markup import joined as together
from lt_analysis.rendering.shown import Said, parts_of

# The front page of twelve organisations has about 320,000 bytes after twenty quarters. That it goes on growing is no
# reason to keep a sound page back: only what is far beyond that is a fault of its own.
LARGEST_PAGE = 500_000
LONGEST_UNBROKEN = 24  # letters of a table's cell; longer ones may be broken into lines
# A number of any kind, with what may stand before and after it; the name of a period is none.
NUMBER = re.compile(r"(?:about |under |over |less than |more than )?[-\N{MINUS SIGN}]?[\d,.]*\d%?(?: \(.*\)| to .*)?$")
SHAPE = re.compile("[●►○■▲◔◇◆–‖✓?□] ")  # stands before a word that says the same
RESTRICTED_MARK = "Restricted: exact figures for the organisation's own use. Not for publication."
INVENTED_MARK = "Invented data: no real person or organisation."
PARTLY_INVENTED_MARK = "Invented data: organisations marked (invented) are not real, nor are their figures."
HIDDEN_NOTE = Said.join("", (HIDDEN_SYMBOL, ": ", HIDDEN_MEANING, "."))
MARK_CLASS = {RESTRICTED_MARK: "restricted", INVENTED_MARK: "invented", PARTLY_INVENTED_MARK: "invented"}


@dataclass(frozen=True)
class Html:
    """A finished piece of a page."""

    html: Markup

    def _repr_html_(self) -> str:
        return str(self.html)


NOTHING = Html(Markup())


def html_of(part: object) -> Markup:
    """Return the markup of a part of a page: a piece, a table or a chart."""
    return part.html


def heading(title: str, marks: tuple[str, ...], in_full: bool = True) -> Html:
    """Return the page's one main heading, under the marks that say what kind of data it holds.

    Below it stands what the group's label means, before its first use, unless the page is not about groups.
    """
    label = Said.join(": ", (called(BME), BME_IN_FULL))
    after = [element("p", label, class_="in-full")] if in_full else []
    return Html(together(banners(marks).html, element("h1", title), *after))


def banners(marks: tuple[str, ...]) -> Html:
    """Return the marks that say what kind of data is shown, one below the other."""
    return Html(together(*(element("p", element("strong", one), class_=f"mark {MARK_CLASS[one]}") for one in marks)))


def note(text: str) -> Html:
    """Return words that stand in the place of a chart or beside one."""
    return Html(element("p", text, class_="note"))


def marks(state: State, invented: bool) -> tuple[str, ...]:
    """Return the marks that a page must carry."""
    restricted = (RESTRICTED_MARK,) if state == State.RESTRICTED else ()
    return restricted + ((INVENTED_MARK,) if invented else ())


def paragraphs(sentences: dict[str, str], css_class: str | None = None) -> Html:
    """Return sentences as paragraphs, each with the name of the cell that it is."""
    texts = (element("p", text, data_cell=key) for key, text in sentences.items() if text)
    return Html(element("div", *texts, class_=css_class))


def grouped(groups: Iterable[dict[str, str]], css_class: str) -> Html:
    """Return each group of sentences as one paragraph, each sentence with the name of the cell that it is."""
    return Html(
        element(
            "div",
            *(element("p", paragraph) for paragraph in map(_in_one_paragraph, groups) if paragraph),
            class_=css_class,
        )
    )


def _in_one_paragraph(sentences: dict[str, str]) -> Markup:
    texts = (element("span", text, data_cell=key) for key, text in sentences.items() if text)
    return together(*texts, between=" ")


def definitions(terms: dict[str, str], css_class: str) -> Html:
    """Return a list of terms and what each means."""
    pairs = (part for term, text in terms.items() for part in (element("dt", term), element("dd", text)))
    return Html(element("dl", *pairs, class_=css_class))


def points(terms: Iterable[tuple[str, dict[str, str]]], *after: Html) -> Html:
    """Return main points, each term with its sentences, which have the names of their cells; what follows stands below.

    A sentence that says nothing is left out.
    """
    pairs = [
        part
        for term, sentences in terms
        for part in (
            element("dt", term),
            element("dd", *(element("p", text, data_cell=key) for key, text in sentences.items() if text)),
        )
    ]
    return Html(
        element("div", element("dl", *pairs, class_="subjects"), *(one.html for one in after), class_="summary")
    )


def section(title: str, *parts: object, level: int = 2) -> Html:
    """Return parts of a page under a heading of their own."""
    return Html(together(element(f"h{level}", title), *map(html_of, parts)))


def folded(summary: str, *parts: object) -> Html:
    """Return parts of a page that are closed on a screen until their reader opens them; on paper they are open."""
    return Html(element("details", element("summary", summary), *map(html_of, parts)))


def joined(*parts: object) -> Html:
    """Return parts of a page, one below the other."""
    return Html(together(*map(html_of, parts)))


def bullets(parts: Iterable[str]) -> Html:
    """Return a list of short parts."""
    return Html(element("ul", *(element("li", part) for part in parts)))


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

    def html(self, column: str, said: bool = False, left: bool = False) -> Markup:
        """Return the cell under its column's heading, which may be one of sentences, or of words at the left."""
        long = len(self.shown) > LONGEST_UNBROKEN
        phrase = not long and " " in self.shown and not any(letter.isdigit() for letter in self.shown)
        kinds = {"words": long, "phrase": phrase, "left": left}
        words = " ".join(name for name, is_so in kinds.items() if is_so)
        parts = parts_of(self.shown)
        of_figure = self.said_by or (parts[0].said_by if len(parts) == 1 and parts[0].figure else None)
        return element(
            "td",
            self._spoken(),
            role="cell",
            class_="said" if said else words or None,
            data_column=column,
            data_cell=self.key,
            data_key=str(self.published) if self.published else None,
            data_from=" ".join(map(str, self.worked_out_from)) or None if not self.published else None,
            data_said=of_figure if not self.published else None,
        )

    def _spoken(self) -> Markup:
        """Return its text so that a screen reader says what the symbol means, and passes a shape over."""
        shape = SHAPE.match(self.shown)
        spoken = HIDDEN_MEANING if self.text is None else self.text[shape.end() :] if shape else ""
        if not spoken:
            return inside(self.shown) if len(parts_of(self.shown)) > 1 else escape(str(self.shown))
        return element("span", str(self.shown), role="img", aria_label=spoken)


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
        return str(self.html)

    @property
    def html(self) -> Markup:
        """The table as markup, with its note and its file below it."""
        left = self._columns_of_words()
        headings = element("tr", *(self._heading(column, left) for column in self.columns), role="row")
        rows = (self._row(name, cells, left) for name, cells in self.rows)
        table = element(
            "table",
            element("caption", self.caption),
            element("thead", headings, role="rowgroup"),
            element("tbody", *rows, role="rowgroup"),
            role="table",
            id=self.name or None,
            data_members=" ".join(self.members) or None,
        )
        hidden = any(cell.text is None for _, cells in self.rows for cell in cells)
        notes = Said.join(" ", (HIDDEN_NOTE if hidden else "", self.note))
        note = element("p", notes, class_="note") if notes else Markup()
        return together(table, note, self._download())

    def _download(self) -> Markup:
        shown = [cell for _, cells in self.rows for cell in cells]
        whose = sorted({key.who for cell in shown for key in (cell.published, *cell.worked_out_from) if key})
        if not whose:
            return Markup()
        rows = [self.columns, *((name, *(cell.shown for cell in cells)) for name, cells in self.rows)]
        title = " ".join((*whose, self.caption)) if len(whose) == 1 else self.caption
        return csv_link(title, self.caption, rows)

    def _columns_of_words(self) -> set[str]:
        """Return the headings of the columns in which no cell holds a number or is hidden: words stand at the left."""
        columns = zip(self.columns[1:], zip(*(cells for _, cells in self.rows), strict=True), strict=False)
        return {
            name for name, cells in columns if not any(cell.text is None or NUMBER.match(cell.text) for cell in cells)
        } - {*self.said}

    def _heading(self, column: str, left: set[str]) -> Markup:
        css_class = "said" if column in self.said else "left" if column in left else None
        return element("th", column, role="columnheader", scope="col", class_=css_class)

    def _row(self, name: str, cells: tuple[Cell, ...], left: set[str]) -> Markup:
        shown = (
            cell.html(column, column in self.said, column in left)
            for cell, column in zip(cells, self.columns[1:], strict=True)
        )
        return element("tr", element("th", name, role="rowheader", scope="row"), *shown, role="row")
