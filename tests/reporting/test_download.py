"""The spreadsheet as it is really written: put in place where it is fit, and each leak planted in it, and caught."""

import re
import zipfile
from functools import cache
from io import BytesIO
from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from nbformat.v4 import new_code_cell, new_notebook, new_output

from lt_analysis.codebook.folders import Folders
from lt_analysis.commands.pages import put_spreadsheet_of
from lt_analysis.rendering import people
from lt_analysis.rendering import workbook as writing
from lt_analysis.rendering.front_page import COULD_NOT, downloads
from lt_analysis.rendering.sheets import sheets
from lt_analysis.rendering.workbook import workbook
from lt_analysis.reporting.download import put_spreadsheet, spreadsheet_of
from lt_analysis.reporting.export import to_html
from lt_analysis.reporting.gate.folder import unintended
from lt_analysis.verification.reading import PublishedFile, read_publication
from tests.rendering.releases import release

SHEETS = ["Cover", "Contents", *(sheet.name for sheet in sheets(release()))]
PEOPLE, RATIOS, EVIDENCE = (SHEETS.index(name) + 1 for name in ("Organisations", "Relative likelihoods", "Evidence"))
ABOVE = 3  # lines above the first row of a table: its title, what is said of it, and its headings
HIDDEN, SHOWN = "beeches/2025-26/appointed/BME/8+", "ashbourne/2025-26/applied/BME/8+"
WHOSE = "the file says who or what made it"


@cache
def made() -> bytes:
    return workbook(release())


def put(tmp_path, content):
    """Try to put a spreadsheet where an older one stands, and say what was found."""
    destination = tmp_path / "recruitment-2026-27-Q2.xlsx"
    destination.write_text("an older one")
    found = put_spreadsheet(tmp_path, lambda: content, destination, release())
    assert destination.exists() == (not found)
    return found


def test_a_sound_spreadsheet_takes_the_place_of_the_older_one(tmp_path):
    assert put(tmp_path, made()) == []
    path = tmp_path / "recruitment-2026-27-Q2.xlsx"
    assert path.read_bytes() == made()
    assert path.stat().st_mode & 0o777 == 0o644


def changed(part: str, old: str, new: str) -> bytes:
    """Return the spreadsheet with one of its parts changed, or a new part in it."""
    spoilt = BytesIO()
    with zipfile.ZipFile(BytesIO(made())) as whole, zipfile.ZipFile(spoilt, "w") as packed:
        for name in whole.namelist():
            text = whole.read(name).decode()
            assert name != part or len(re.findall(old, text)) == 1, old
            packed.writestr(name, re.sub(old, new, text) if name == part else text)
        if part not in whole.namelist():
            packed.writestr(part, new)
    return spoilt.getvalue()


def cell(sheet: int, row: int, column: str, written: str) -> bytes:
    """Return the spreadsheet with other content in one cell."""
    old = rf'<c r="{column}{row}"( s="\d+")?( t="s")?><v>[^<]*</v></c>'
    return changed(f"xl/worksheets/sheet{sheet}.xml", old, f'<c r="{column}{row}"{written}</c>')


def row_of(sheet: int, column: str, begins: str) -> int:
    """Return the row of a sheet whose cell in a column begins so."""
    one = next(one for one in sheets(release()) if one.name == SHEETS[sheet - 1])
    place = one.columns.index(column)
    return next(number for number, row in enumerate(one.rows, ABOVE + 1) if str(row[place]).startswith(begins))


HIDDEN_ROW, SHOWN_ROW = row_of(PEOPLE, "key", HIDDEN), row_of(PEOPLE, "key", SHOWN)
RATIO_ROW = row_of(RATIOS, "from", "ashbourne/2025-26/applied")
HIDDEN_RATIO = row_of(RATIOS, "from", "beeches/2025-26/shortlisted")
ITEM_ROW, HIDDEN_ITEM = (
    row_of(EVIDENCE, "item", "partnership/2026-27-Q2/appointment/evidence/low"),
    row_of(EVIDENCE, "item", "beech"),
)


def not_released(sheet: int, row: int) -> str:
    """What is said of a line that is not what the release holds; empty lines are not counted."""
    return f"sheet {SHEETS[sheet - 1]}, line {row} is not what the release holds"


LEAKS = {
    "a hidden sheet": (
        lambda: changed("xl/workbook.xml", '<sheet name="Evidence"', '<sheet name="Evidence" state="hidden"'),
        "there is a hidden sheet",
    ),
    "an author": (lambda: changed("docProps/core.xml", "<dc:creator>", "<dc:creator>x"), WHOSE),
    "whoever saved it last": (
        lambda: changed("docProps/core.xml", "<cp:lastModifiedBy>", "<cp:lastModifiedBy>x"),
        WHOSE,
    ),
    "a company": (lambda: changed("docProps/app.xml", "<Company>", "<Company>x"), WHOSE),
    "a hidden column": (
        lambda: changed(f"xl/worksheets/sheet{PEOPLE}.xml", '<col min="2" max="2"', '<col min="2" max="2" hidden="1"'),
        "there is a hidden row or column",
    ),
    "a hidden row": (
        lambda: changed(f"xl/worksheets/sheet{PEOPLE}.xml", '<row r="9"', '<row r="9" hidden="1"'),
        "there is a hidden row or column",
    ),
    "a comment": (lambda: changed("xl/comments1.xml", "", "<comments/>"), "there is a comment"),
    "a picture": (lambda: changed("xl/media/image1.png", "", "x"), "there is a part that is no sheet"),
    "a hidden number": (
        lambda: cell(PEOPLE, HIDDEN_ROW, "F", "><v>3</v>"),
        not_released(PEOPLE, HIDDEN_ROW),
    ),
    "a hidden number, as text": (
        lambda: cell(PEOPLE, HIDDEN_ROW, "F", ' t="inlineStr"><is><t>3</t></is>'),
        not_released(PEOPLE, HIDDEN_ROW),
    ),
    "another number than the released one": (
        lambda: cell(PEOPLE, SHOWN_ROW, "F", "><v>121</v>"),
        not_released(PEOPLE, SHOWN_ROW),
    ),
    "a number among the notes": (
        lambda: cell(PEOPLE, HIDDEN_ROW, "H", ' t="inlineStr"><is><t>[note 1] of 3</t></is>'),
        not_released(PEOPLE, HIDDEN_ROW),
    ),
    "a number beside an organisation's name": (
        lambda: cell(PEOPLE, HIDDEN_ROW, "A", ' t="inlineStr"><is><t>Beeches, 3 people</t></is>'),
        not_released(PEOPLE, HIDDEN_ROW),
    ),
    "a number on the cover": (
        lambda: cell(1, 3, "A", "><v>3</v>"),
        not_released(1, 3),
    ),
    "a ratio of a hidden number": (
        lambda: cell(RATIOS, HIDDEN_RATIO, "E", "><v>1.2</v>"),
        not_released(RATIOS, HIDDEN_RATIO),
    ),
    "a limit of a range of a hidden number": (
        lambda: cell(RATIOS, HIDDEN_RATIO, "G", "><v>1.2</v>"),
        not_released(RATIOS, HIDDEN_RATIO),
    ),
    "a hidden figure of the evidence": (
        lambda: cell(EVIDENCE, HIDDEN_ITEM, "F", ' t="inlineStr"><is><t>strong evidence</t></is>'),
        not_released(EVIDENCE, HIDDEN_ITEM),
    ),
    "a finer figure of the evidence": (
        lambda: cell(EVIDENCE, ITEM_ROW, "F", "><v>0.8034</v>"),
        not_released(EVIDENCE, ITEM_ROW),
    ),
}


@pytest.mark.parametrize("leak", LEAKS)
def test_a_leak_planted_in_the_real_file_is_caught_and_the_file_is_not_put_in_place(tmp_path, leak):
    plant, said = LEAKS[leak]
    assert said in put(tmp_path, plant())


@pytest.mark.parametrize(("column", "written"), [("E", 1.26), ("E", 0.8), ("F", 1.4), ("G", 1.1), ("E", 1.2512)])
def test_a_ratio_or_limit_that_is_not_of_its_counts_is_caught(tmp_path, column, written):
    found = put(tmp_path, cell(RATIOS, RATIO_ROW, column, f"><v>{written}</v>"))
    assert found == [not_released(RATIOS, RATIO_ROW)]


def test_one_that_cannot_be_written_is_said_without_a_word_of_what_is_in_it(tmp_path):
    def write():
        raise ValueError("Grace")

    destination = tmp_path / "recruitment-2026-27-Q2.xlsx"
    destination.write_text("an older one")
    assert put_spreadsheet(tmp_path, write, destination, release()) == ["it could not be written: ValueError"]
    assert not destination.exists()


def test_the_command_says_what_keeps_the_spreadsheet_back(tmp_path, monkeypatch, capsys):
    folders = Folders(tmp_path)
    destination = spreadsheet_of(folders, "2026-27-Q2")
    assert put_spreadsheet_of(folders, release(), destination)
    assert unintended(destination.parent, [destination]) == []
    monkeypatch.setattr(writing, "workbook", lambda release: LEAKS["an author"][0]())
    assert not put_spreadsheet_of(folders, release(), destination)
    assert capsys.readouterr().err == f"✗ spreadsheet: it was not made: {WHOSE}\n"
    assert not destination.exists()


def test_the_front_page_says_how_large_the_spreadsheet_is_or_that_there_is_none():
    said = downloads(release(), [], 41_700)._repr_html_()
    link = "Counts, ratios, evidence and actions (Excel spreadsheet{})"
    leads = BeautifulSoup(said, "html.parser").a
    assert (leads["href"], leads.get_text()) == ("recruitment-2026-27-Q2.xlsx", link.format(", 42 KB"))
    assert BeautifulSoup(downloads(release(), [])._repr_html_(), "html.parser").a.get_text() == link.format("")
    without = downloads(release(), ["spreadsheet"])._repr_html_()
    assert COULD_NOT in without
    assert "href" not in without


def test_the_attacker_reads_every_number_of_it_and_every_ratio(tmp_path):
    path = tmp_path / "recruitment-2026-27-Q2.xlsx"
    path.write_bytes(made())
    found = read_publication([PublishedFile("2026-27-Q2", path, path.name)])
    assert {one.key: one.value for one in found.statements} == release().published
    assert {one.key for one in found.statements if one.no_posts} == {
        key for key in release().published if key.endswith("/8c+")
    }
    derived = {one.keys: one.shown for one in found.derived}
    assert len([keys for keys in derived if len(keys) == 4]) == 3 * 3  # ratios, of two numbers of each group
    assert (
        len([keys for keys in derived if len(keys) == 2]) == len(derived) - 9 == 28
    )  # percentages, of two of one group
    assert not any(shown for keys, shown in derived.items() if HIDDEN in keys)
    assert derived[tuple(f"ashbourne/2025-26/{s}/{g}/8+" for s in ("applied", "appointed") for g in ("White", "BME"))]


def test_a_click_saves_a_tables_numbers_under_the_pages_own_policy(browser, tmp_path):
    table = people.stages_table(release().organisations[0].people, "People at each stage", ["White", "BME"])
    shown = new_output("execute_result", data={"text/html": f"<h1>x</h1>{table._repr_html_()}"})
    page = tmp_path / "page.html"
    page.write_text(to_html(new_notebook(cells=[new_code_cell("x", outputs=[shown])])), encoding="utf-8")
    said = []
    with browser.new_context(accept_downloads=True) as context:
        tab = context.new_page()
        tab.on("console", lambda message: said.append(message.text))
        tab.goto(page.as_uri())
        with tab.expect_download() as saved:
            tab.get_by_text("Download the data: People at each stage (CSV, 1 KB)").click()
        content = Path(saved.value.path()).read_bytes()
        assert saved.value.suggested_filename == "ashbourne-people-at-each-stage.csv"
        tab.emulate_media(media="print")
        assert not tab.locator(".download").is_visible()
    assert said == []
    assert content.decode("utf-8-sig").splitlines() == [
        *("Group,Applicants,Shortlisted,Appointed", "White,1440,720,12", "BME,120,48,12"),
    ]
