"""Single changes to real pages and files of a quarter, each of them caught: made by a generator, kind by kind.

Each change is made where a page says something of a figure, in its markup, its drawings, its files or the spreadsheet;
`random` with a fixed seed chooses where. A page with none of them has no fault.
"""

import random
import re
from collections.abc import Callable
from functools import cache
from io import BytesIO
from pathlib import Path
from urllib.parse import quote, unquote
from zipfile import ZipFile

import nbformat
import pytest
from bs4 import BeautifulSoup
from bs4.element import Tag
from nbformat.v4 import new_output

from lt_analysis.release.figures import Release
from lt_analysis.release.reading import read_release
from lt_analysis.rendering.workbook import workbook
from lt_analysis.reporting.export import to_html
from lt_analysis.reporting.gate.page import faults, texts_faults
from lt_analysis.reporting.gate.spreadsheet import spreadsheet_faults
from lt_analysis.reporting.gate.static import prose_of
from tests.conftest import HERE, PERIOD
from tests.reporting.gate.sound import LINKS, MACHINE

SAFE = "/:=;()!*'$@[]{}?+"
PAGES = {
    "erewhon-care-board": ("recruitment.ipynb", {"organisation": "erewhon-care-board", "period": PERIOD}),
    "data quality": ("data-quality.ipynb", {"period": PERIOD}),
    "front page": ("front-page.ipynb", {"period": PERIOD, "without_page": [], "spreadsheet_size": 12_345}),
}
DIRECTIONS = {
    **{"fewer": "more", "more": "fewer", "smaller": "larger", "larger": "smaller", "below": "above", "within": "below"},
    **{"higher": "lower", "lower": "higher", "less": "more", "rose": "fell", "fell": "rose", "fit": "exceed"},
}
NOUNS = {
    **{"applicants": "people on shortlists", "places on shortlists": "appointments", "appointments": "applicants"},
    **{"BME people": "White people", "shortlisted": "appointed", "appointed": "shortlisted", "organisations": "posts"},
}
SAID = re.compile(r'<(\w+)(?: [^<>]*)? data-(?:said|key)="[^"]*"[^<>]*>([^<>]*)</\1>')
NAME = re.compile(r'data-(said|key)="([^"]*)"')
TEXT = re.compile(r">([^<>{}]*[A-Za-z]{4}[^<>{}]*)<")
DRAWN = re.compile(r"%3Ctext[^%]*(?:%(?!3E)[^%]*)*%3E([^<]*?)%3C/text%3E")
OFFERED = re.compile(r'(?<=href="data:text/csv;charset=utf-8,)[^"]*')


class Made:
    """A page, the notebook that shows it, and the release that it speaks of."""

    def __init__(self, name: str) -> None:
        self.release = _release()
        notebook, parameters = PAGES[name]
        self.notebook = nbformat.read(HERE / "notebooks" / "board" / notebook, 4)
        _run(self.notebook, parameters)
        self.html = to_html(self.notebook, LINKS)

    def faults(self, html: str) -> list[str]:
        known = prose_of(self.notebook) | set(LINKS)
        return [*texts_faults(html, self.release, known), *faults(self.notebook, html, restricted=False)]


def _run(notebook: nbformat.NotebookNode, parameters: dict[str, object]) -> None:
    injected = "\n".join(["# Parameters", *(f"{name} = {value!r}" for name, value in parameters.items())])
    names: dict = {"In": [injected]}
    for cell in notebook.cells:
        if cell.cell_type != "code":
            continue
        *before, last = cell.source.strip().rsplit("\n", 1)
        exec("\n".join(before), names)
        if "parameters" in cell.metadata.get("tags", []):
            exec(injected, names)
        else:
            shown = eval(last, names)._repr_html_()
            cell.outputs = [new_output("execute_result", data={"text/html": shown})]


@cache
def _release() -> Release:
    return read_release(PERIOD)


@cache
def made(name: str) -> Made:
    return Made(name)


def _at(html: str, place: re.Match, group: int, new: str) -> str:
    return html[: place.start(group)] + new + html[place.end(group) :]


def _some(pattern: re.Pattern, html: str, chance: random.Random, where: Callable[[re.Match], bool]) -> re.Match:
    start = html.index("<main")
    return chance.choice([place for place in pattern.finditer(html, start) if where(place)])


def a_number(html: str, chance: random.Random) -> str:
    """A digit of what is said of a figure."""
    place = _some(SAID, html, chance, lambda one: any(map(str.isdigit, one[2])))
    digit = chance.choice([at for at, letter in enumerate(place[2]) if letter.isdigit()])
    other = chance.choice([one for one in "0123456789" if one != place[2][digit]])
    return _at(html, place, 2, place[2][:digit] + other + place[2][digit + 1 :])


def _a_word(html: str, chance: random.Random, words: dict[str, str]) -> str:
    there = re.compile(rf"\b({'|'.join(sorted(words, key=len, reverse=True))})\b", re.IGNORECASE)
    place = _some(SAID, html, chance, lambda one: bool(there.search(one[2])))
    found = there.search(place[2])
    new = words.get(found[0], words.get(found[0].lower(), ""))
    return _at(html, place, 2, place[2][: found.start()] + new + place[2][found.end() :])


def a_noun(html: str, chance: random.Random) -> str:
    """Of whom a number is."""
    return _a_word(html, chance, NOUNS)


def a_direction(html: str, chance: random.Random) -> str:
    """Where a number lies, or which way it went."""
    return _a_word(html, chance, DIRECTIONS)


def two_names(html: str, chance: random.Random) -> str:
    """The names of two figures, each in the place of the other."""
    places = [place for place in SAID.finditer(html, html.index("<main")) if NAME.search(place[0])]
    while True:
        one, other = sorted(chance.sample(places, 2), key=lambda place: place.start())
        first, second = NAME.search(one[0]), NAME.search(other[0])
        if first[0] != second[0] and one[2] != other[2] and one.end() <= other.start():
            break
    before, between = html[: one.start()], html[one.end() : other.start()]
    swapped = one[0].replace(first[0], second[0]), other[0].replace(second[0], first[0])
    return before + swapped[0] + between + swapped[1] + html[other.end() :]


def another_form(html: str, chance: random.Random) -> str:
    """The right figure said by a form that is not its own."""
    place = _some(
        SAID, html, chance, lambda one: bool(re.search(r'data-said="(count|went_on|share_in_a_cell|:counts) ', one[0]))
    )
    old = re.search(r'data-said="(:?\w+) ', place[0])[1]
    new = chance.choice([one for one in ("count", "went_on", "share_in_a_cell", "place", ":likelihood") if one != old])
    return html[: place.start()] + place[0].replace(f'data-said="{old} ', f'data-said="{new} ') + html[place.end() :]


def two_texts(html: str, chance: random.Random) -> str:
    """What is said of two figures, each in the place of the other."""
    places = [place for place in SAID.finditer(html, html.index("<main")) if place[2].strip()]
    while True:
        one, other = sorted(chance.sample(places, 2), key=lambda place: place.start())
        if one[2].lower() != other[2].lower() and one.end() <= other.start():
            break
    return _at(_at(html, other, 2, one[2]), one, 2, other[2])


def a_sentence_left_out(html: str, chance: random.Random) -> str:
    """An element that says something of a figure, and no other of the page says the same."""
    place = _some(SAID, html, chance, lambda one: html.count(one[2]) == 1 and len(one[2]) > 20)
    return html[: place.start()] + html[place.end() :]


def a_static_text(html: str, chance: random.Random) -> str:
    """A word of a text that names no figure."""
    place = _some(
        TEXT, html, chance, lambda one: "data-said" not in html[html.rfind("<", 0, one.start()) : one.start()]
    )
    return _at(html, place, 1, f"{place[1]} for the {chance.randint(2, 99)} of them")


def an_alternative_text(html: str, chance: random.Random) -> str:
    """A word of an alternative text."""
    place = _some(re.compile(r'alt="([^"]+)"'), html, chance, lambda one: True)
    return _at(html, place, 1, place[1].replace(" ", f" {chance.randint(2, 99)} ", 1))


def a_title(html: str, chance: random.Random) -> str:
    """A title on an element, which is said to whoever points at it."""
    place = _some(SAID, html, chance, lambda one: True)
    return (
        html[: place.start()]
        + place[0].replace(" ", f' title="{chance.randint(2, 99)} people" ', 1)
        + html[place.end() :]
    )


def a_drawn_word(html: str, chance: random.Random) -> str:
    """A number in a drawing."""
    place = _some(DRAWN, html, chance, lambda one: bool(re.search(r"\d", unquote(one[1]))))
    text = unquote(place[1])
    number = chance.choice(list(re.finditer(r"\d+", text)))
    new = text[: number.start()] + str(int(number[0]) + 7_001) + text[number.end() :]
    return _at(html, place, 1, quote(new, safe=SAFE))


def an_offered_value(html: str, chance: random.Random) -> str:
    """A number in a file that the page offers."""
    place = chance.choice(list(OFFERED.finditer(html)))
    number = chance.choice(list(re.finditer(r"(?<=,)\d+", place[0])))
    new = place[0][: number.start()] + str(int(number[0]) + 1) + place[0][number.end() :]
    return html[: place.start()] + new + html[place.end() :]


def _swapped(html: str, chance: random.Random, first: str, among: Callable[[Tag], list[Tag]]) -> str:
    """Swap two elements that read differently, of those that belong to one of the `first`."""
    page = BeautifulSoup(html, "html.parser")
    groups = [some for some in map(among, page.select(first)) if len({one.get_text() for one in some}) > 1]
    some = chance.choice(groups)
    while True:
        one, other = chance.sample(some, 2)
        if one.get_text() != other.get_text():
            break
    there = page.new_tag("i")
    one.replace_with(there)
    other.replace_with(one)
    there.replace_with(other)
    return str(page)


def two_headings_of_columns(html: str, chance: random.Random) -> str:
    """The headings of two columns of a table, each in the place of the other."""
    return _swapped(html, chance, "main table", lambda table: table.select("thead th")[1:])


def two_headings_of_rows(html: str, chance: random.Random) -> str:
    """The headings of two rows of a table, each in the place of the other."""
    return _swapped(html, chance, "main table", lambda table: table.select("tbody th"))


def two_cells(html: str, chance: random.Random) -> str:
    """Two cells of a table with their keys, each in the place of the other."""
    return _swapped(html, chance, "main table", lambda table: table.select("td"))


def two_paragraphs(html: str, chance: random.Random) -> str:
    """Two paragraphs, each in the place of the other."""
    return _swapped(html, chance, "main", lambda main: main.select("p:not(figure *, .appendix *, nav *)"))


def two_captions(html: str, chance: random.Random) -> str:
    """What two charts say that they show, each in the place of the other."""
    return _swapped(html, chance, "main", lambda main: main.select("figcaption strong"))


def a_static_text_left_out(html: str, chance: random.Random) -> str:
    """A paragraph that names no figure, such as a mark or a caution."""
    page = BeautifulSoup(html, "html.parser")
    every = page.select("main p:not(figure *, .appendix *, nav *)")
    chance.choice([one for one in every if not one.select("[data-said]") and not one.has_attr("data-said")]).decompose()
    return str(page)


def two_meanings(html: str, chance: random.Random) -> str:
    """What two words mean, each in the place of the other."""
    return _swapped(html, chance, ".glossary", lambda words: words.select("dd"))


def a_link(html: str, chance: random.Random) -> str:
    """Where a link leads, or what file it offers."""
    page = BeautifulSoup(html, "html.parser")
    links = page.select("main a[href]:not(figure *, .appendix *, nav *)")
    link = chance.choice(links)
    link["href"] = chance.choice(["another.html", "another/recruitment.html", "data:text/csv,9"])
    return str(page)


def _put_in(html: str, chance: random.Random, *texts: str) -> str:
    place = _some(re.compile(r"(?<=</p>)(?=<)"), html, chance, lambda one: True)
    return html[: place.start()] + chance.choice(texts) + html[place.end() :]


def a_text_of_another_kind(html: str, chance: random.Random) -> str:
    """Words and numbers that are no text of an element."""
    number = chance.randint(2, 99)
    controls = f'<input value="{number} people">', f'<meter value=".{number}"></meter>', f'<option label="{number}">'
    others = f'<p class="size">{number} of 117 appointments</p>', f'<ol start="{number}"><li>none</li></ol>', "<hr>"
    return _put_in(html, chance, *controls, *others)


def a_text_outside(html: str, chance: random.Random) -> str:
    """Words before the page's body, or after the end of the page."""
    said = f"{chance.randint(2, 99)} people"
    return chance.choice([html + said, html.replace("</head>", f"</head>{said}", 1)])


def what_a_cell_says_aloud(html: str, chance: random.Random) -> str:
    """What a screen reader says in the place of a cell."""
    place = _some(re.compile(r"<td( )[^>]*data-key"), html, chance, lambda one: True)
    return _at(html, place, 1, f' aria-label="{chance.randint(2, 99)}" ')


def a_text_out_of_sight(html: str, chance: random.Random) -> str:
    """A text that is off the screen, or crossed out."""
    place = _some(SAID, html, chance, lambda one: "class=" not in one[0] and len(one[2]) > 5)
    hidden = place[0].replace(" ", ' class="skip" ', 1), place[0].replace(place[2], f"<del>{place[2]}</del>")
    return html[: place.start()] + chance.choice(hidden) + html[place.end() :]


def another_picture(html: str, chance: random.Random) -> str:
    """A photograph in the place of a drawing, so that nobody can look up its words."""
    place = _some(re.compile(r'(?:src|srcset)="(data:image/svg\+xml,[^"]*)"'), html, chance, lambda one: True)
    pixel = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
    return _at(html, place, 1, f"data:image/png;base64,{pixel}")


KINDS = (
    *(a_number, a_noun, a_direction, two_names, another_form, two_texts, a_sentence_left_out, a_static_text),
    *(an_alternative_text, a_title, a_drawn_word, an_offered_value, two_headings_of_columns, two_headings_of_rows),
    *(two_cells, two_paragraphs, two_captions, a_static_text_left_out, a_text_of_another_kind, a_text_outside),
    *(two_meanings, a_link, what_a_cell_says_aloud, a_text_out_of_sight, another_picture),
)
WITHOUT = {("data quality", one) for one in (a_direction, another_form, two_captions)}  # the page has none of these
EACH = {"erewhon-care-board": 4, "data quality": 3}  # changes of each kind; of the front page, in the thorough suite


@pytest.fixture(autouse=True)
def _in_the_quarter(quarter, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(quarter.folders.root)


@pytest.mark.parametrize("page", PAGES)
def test_a_page_as_it_is_has_no_fault(page):
    assert made(page).faults(made(page).html) == []


CASES = [(page, kind) for page in EACH for kind in KINDS if (page, kind) not in WITHOUT]


@pytest.mark.parametrize(("page", "kind"), CASES, ids=lambda one: getattr(one, "__name__", one))
def test_single_changes_are_caught(page, kind):
    _catches(page, kind, EACH[page])


@pytest.mark.thorough
@pytest.mark.parametrize("kind", KINDS, ids=lambda one: one.__name__)
def test_single_changes_of_the_front_page_are_caught(kind):
    _catches("front page", kind, 12)


def _catches(page: str, kind: Callable[[str, random.Random], str], times: int) -> None:
    sound = made(page)
    for number in range(times):
        html = kind(sound.html, random.Random(f"{page} {kind.__name__} {number}"))
        assert html != sound.html
        assert sound.faults(html), f"{kind.__name__}, {number}"


@pytest.mark.parametrize("number", range(12))
def test_a_value_of_the_spreadsheet_that_is_changed_is_caught(number):
    release, chance = _release(), random.Random(number)
    content = workbook(release)
    if number == 0:
        assert spreadsheet_faults(BytesIO(content), MACHINE, release) == []
    with ZipFile(BytesIO(content)) as packed:
        parts = {name: packed.read(name) for name in packed.namelist()}
    name = chance.choice([one for one in parts if re.fullmatch(r"xl/(worksheets/sheet\d+|sharedStrings)\.xml", one)])
    value = re.compile(rb"<v>(\d[\d.]*)</v>" if "sheet" in Path(name).stem else rb"<t[^>]*>([^<]+)</t>")
    place = chance.choice(list(value.finditer(parts[name])))
    another = (b"8" if place[1].endswith(b"7") else b"7") + b"x"[: number % 2]
    parts[name] = parts[name][: place.start(1)] + place[1][:-1] + another + parts[name][place.end(1) :]
    changed = BytesIO()
    with ZipFile(changed, "w") as packed:
        for part, inside in parts.items():
            packed.writestr(part, inside)
    assert changed.getvalue() != content
    assert spreadsheet_faults(changed, MACHINE, release)
