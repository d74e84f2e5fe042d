"""Another label for the group `BME` changes what readers see of it, everywhere, and nothing else."""

import re
import shutil
import xml.etree.ElementTree as ElementTree
from urllib.parse import unquote

import pytest
from bs4 import BeautifulSoup
from matplotlib.font_manager import FontProperties
from matplotlib.textpath import TextPath

from lt_analysis import __main__
from lt_analysis.codebook.folders import Folders
from lt_analysis.codebook.mistakes import RawDataError
from lt_analysis.codebook.periods import Quarter, parse_period
from lt_analysis.collection import receipts
from lt_analysis.commands.take_in import collect_to_release
from tests import making
from tests.conftest import HERE, project_at
from tests.rendering.test_charts import SVG, texts

PERIOD = Quarter.parse("2026-27-Q2")
EXAMPLE = "london-acute-medical"
PAGES = {
    "front page": ("board/front-page", {}),
    "board": ("board/recruitment", {"organisation": "ashbourne"}),
    "published totals": ("board/recruitment", {"organisation": EXAMPLE}),
    "analyst": ("analyst/recruitment", {"organisation": "ashbourne"}),
}
LABELS = ("Global Majority", "Black, Asian and minority ethnic", "people of the global majority")
KEYS = ("data-cell", "data-key", "data-from", "data-said")
LONGEST = "Minoritised ethnic, all of them together"


def shown(name: str) -> str:
    notebook, parameters = PAGES[name]
    return making.page_of(HERE / "notebooks" / f"{notebook}.ipynb", period="latest", **parameters)


@pytest.fixture(scope="module")
def taken_in(tmp_path_factory) -> Folders:
    """One organisation with a year that may be shown and enough quarters for strong evidence, and the example."""
    folders = project_at(tmp_path_factory.mktemp("label") / "project")
    making.year_of_returns(folders)
    people = [("A", 4), ("B", 3), ("C", 3), ("A", 1), ("N", 3), ("H", 3), ("M", 1), ("R", 1), ("Z", 1)]
    for year in ("2022-23", "2023-24", "2024-25", "2026-27"):
        for period in [quarter for quarter in parse_period(year).quarters if quarter <= PERIOD]:
            rows = [row for post in range(6) for row in making.vacancy(period, f"{period}-V{post}", people)]
            making.write_rows(folders.raw / "ashbourne" / str(period) / "applications.csv", rows)
    shutil.copytree(HERE / "data/raw" / EXAMPLE, folders.raw / EXAMPLE)
    collect_to_release(folders, PERIOD)
    return folders


@pytest.fixture(scope="module")
def as_they_are(taken_in) -> dict[str, str]:
    """Every page under the label that the audit comes with."""
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(taken_in.root)
        return {name: shown(name) for name in PAGES}


@pytest.fixture(scope="module")
def labelled() -> dict[tuple[str, str], str]:
    """Pages under other labels, each made once."""
    return {}


@pytest.fixture
def page(taken_in, as_they_are, labelled, words_file, monkeypatch):
    """Show a page under another label, beside the same page as it is."""
    monkeypatch.chdir(taken_in.root)

    def both(name: str, label: str) -> tuple[str, str]:
        if (name, label) not in labelled:
            words_file.write_text(f"label_of_bme: {label}\n", encoding="utf-8")
            labelled[name, label] = shown(name)
        return as_they_are[name], labelled[name, label]

    return both


def read_aloud(html: str) -> str:
    """All that a page says to anybody: its text, what its elements are named, and the words of its drawings."""
    page = BeautifulSoup(html, "html.parser")
    said = [page.get_text(" ")]
    for element in page.find_all(True):
        for name, value in element.attrs.items():
            if name in ("src", "srcset"):
                said += texts(unquote(value).partition(",")[2])
            elif name == "href":
                said.append(unquote(value))  # of a file that the page offers, what it holds
            elif name not in (*KEYS, "download", "width", "height"):
                said.append(" ".join(value) if isinstance(value, list) else value)
    return " ".join(" ".join(said).split())


def keys_and_numbers(html: str) -> list[tuple[str, list[str]]]:
    """Every figure's key and numbers, in order, and all numbers that the page says."""
    cells = [(key, numbers_in(text)) for key, text in making.cells_of(html).items() if not key.startswith("chart.")]
    return [*cells, ("page", numbers_in(read_aloud(html)))]


def numbers_in(text: str) -> list[str]:
    return re.findall(r"\d[\d,.]*", text)


@pytest.mark.parametrize("label", [LABELS[0], *(pytest.param(one, marks=pytest.mark.thorough) for one in LABELS[1:])])
@pytest.mark.parametrize("name", PAGES)
def test_no_reader_sees_the_nhs_term_but_in_the_glossary_and_no_key_or_number_moves(page, name, label):
    before, after = page(name, label)
    assert keys_and_numbers(after) == keys_and_numbers(before)
    assert read_aloud(after).count("BME") == 1
    assert "which the NHS race equality standard calls BME" in read_aloud(after)
    hidden_too = unquote(re.sub(r' data-(cell|key|from|said)="[^"]*"', "", after))
    assert hidden_too.count("BME") == 1
    assert hidden_too.lower().count(label.removeprefix("people ").lower()) > 3


@pytest.mark.parametrize("name", PAGES)
def test_a_label_of_two_words_stands_wherever_the_nhs_term_stood(page, name):
    before, after = page(name, "Global Majority")
    assert read_aloud(after).replace("Global Majority", "BME") == read_aloud(before)


def test_the_pages_hold_what_they_should_to_show_it(as_they_are):
    said = {name: read_aloud(html) for name, html in as_they_are.items()}
    assert "White people were more likely to be appointed than BME people on the same shortlist" in said["analyst"]
    assert "BME here" in said["published totals"]
    assert "BME: 14% (12,067 of 85,586)" in said["published totals"]
    assert "BME people appointed: 0, inside the range" in said["analyst"]


def ends_of(text: ElementTree.Element) -> tuple[float, float]:
    """Where a drawing's words begin and end, in the font that they were laid out in."""
    style = text.get("style") or ""
    font = FontProperties(family="DejaVu Sans", weight="bold" if "bold" in style or "700" in style else "normal")
    size = float(re.search(r"([\d.]+)px", style)[1])
    width = TextPath((0, 0), "".join(text.itertext()), size=size, prop=font).get_extents().x1
    placed = text.get("x") or re.search(r"translate\(([\d.-]+)", text.get("transform"))[1]
    start = float(placed) - (width / 2 if "middle" in style else width if "anchor:end" in style.replace(" ", "") else 0)
    return start, start + width


@pytest.mark.parametrize("label", [LONGEST, *(pytest.param(one, marks=pytest.mark.thorough) for one in LABELS)])
@pytest.mark.parametrize("name", ["board", "published totals", "analyst"])
def test_no_words_of_a_drawing_reach_beyond_it(page, name, label):
    _, after = page(name, label)
    drawings = re.findall(r'(?:src|srcset)="data:image/svg\+xml,([^"]+)"', after)
    assert drawings
    for drawing in drawings:
        svg = ElementTree.fromstring(unquote(drawing))
        width = float(svg.get("viewBox").split()[2])
        level = [text for text in svg.iter(f"{SVG}text") if "rotate(-90" not in (text.get("transform") or "")]
        assert all(start >= 0 and end <= width for start, end in map(ends_of, level))


@pytest.mark.parametrize("command", ["run", "report"])
def test_a_label_that_pages_cannot_show_stops_a_command_before_it_does_anything(project, words_file, command):
    words_file.write_text("label_of_bme: Group 2\n", encoding="utf-8")
    making.year_of_returns(project)
    before = sorted(project.root.rglob("*"))
    with pytest.raises(RawDataError, match="words.yml"):
        getattr(__main__, command)(period=str(PERIOD), organisation=None, jobs=1)
    assert sorted(project.root.rglob("*")) == before


def test_a_new_label_has_no_return_read_again(tmp_path, monkeypatch):
    for room in ("codebook", "collection"):
        shutil.copytree(HERE / "lt_analysis" / room, tmp_path / room)
    monkeypatch.setattr(receipts, "files", lambda room: tmp_path / room.rpartition(".")[2])
    code = receipts._code.__wrapped__
    before = code()
    with (tmp_path / "codebook" / "words.yml").open("a", encoding="utf-8") as file:
        file.write("\n# another label\n")
    assert code() == before
    with (tmp_path / "codebook" / "spellings.yml").open("a", encoding="utf-8") as file:
        file.write("\n# another spelling\n")
    assert code() != before
