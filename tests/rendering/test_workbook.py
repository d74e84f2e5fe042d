"""The spreadsheet as a file: what a screen reader, a printer and a careful stranger find in it."""

import hashlib
import os
import subprocess
import sys
import zipfile
from functools import cache
from io import BytesIO
from xml.etree import ElementTree

import pytest
from python_calamine import CalamineWorkbook

from lt_analysis.rendering.sheets import sheets
from lt_analysis.rendering.workbook import workbook
from tests.conftest import HERE
from tests.rendering.releases import release

MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
NAMES = [
    *("Cover", "Contents", "Notes", "Partnership years", "Partnership quarters", "Who is added up", "Organisations"),
    *("Several years", "Percentages", "Equal chances", "Relative likelihoods", "Evidence", "Pledged actions"),
]


@cache
def made(name: str = "Ashbourne") -> bytes:
    return workbook(release(name=name))


def rows(content: bytes, sheet: str) -> list[list]:
    return CalamineWorkbook.from_filelike(BytesIO(content)).get_sheet_by_name(sheet).to_python()


def parts(content: bytes) -> dict[str, ElementTree.Element]:
    with zipfile.ZipFile(BytesIO(content)) as packed:
        return {name: ElementTree.fromstring(packed.read(name)) for name in packed.namelist()}


def worksheets(content: bytes) -> list[ElementTree.Element]:
    return [tree for name, tree in parts(content).items() if name.startswith("xl/worksheets/sheet")]


def test_explanations_come_first_and_each_sheet_holds_one_marked_up_table():
    assert CalamineWorkbook.from_filelike(BytesIO(made())).sheet_names == NAMES
    cover, *others = worksheets(made())
    assert not list(cover.iter(f"{MAIN}tablePart"))
    assert [len(list(one.iter(f"{MAIN}tablePart"))) for one in others] == [1] * len(others)


def test_the_sheets_are_read_back_as_they_were_meant():
    for sheet in sheets(release()):
        title, about, headings, *told = rows(made(), sheet.name)
        assert (title[0], about[0], tuple(headings)) == (sheet.title, sheet.about, sheet.columns)
        assert [tuple(row) for row in told] == [tuple(row) for row in sheet.rows]
    contents = rows(made(), "Contents")
    assert [row[0] for row in contents[3:]] == NAMES[2:]


def test_no_cell_of_a_table_is_empty_and_none_is_merged_or_a_formula():
    for name in NAMES[1:]:
        assert all(cell not in ("", None) for row in rows(made(), name)[2:] for cell in row)
    for sheet in worksheets(made()):
        assert not [element for element in sheet.iter() if element.tag in (f"{MAIN}mergeCell", f"{MAIN}f")]


def test_headings_stay_in_sight_and_on_every_printed_page_and_long_text_is_broken():
    _, *tables = worksheets(made())
    for sheet in tables:
        pane = next(sheet.iter(f"{MAIN}pane"))
        assert (pane.get("state"), pane.get("ySplit")) == ("frozen", "3")
    printed = [name.text for name in parts(made())["xl/workbook.xml"].iter(f"{MAIN}definedName")]
    assert len(printed) == len(tables)
    assert all(one.endswith("!$3:$3") for one in printed)
    wrapped = [one for one in parts(made())["xl/styles.xml"].iter(f"{MAIN}alignment") if one.get("wrapText") == "1"]
    assert len(wrapped) >= 3


def test_nothing_is_said_by_colour():
    styles = parts(made())["xl/styles.xml"]
    assert {fill.get("patternType") for fill in styles.iter(f"{MAIN}patternFill")} <= {"none", "gray125"}


def test_the_cover_says_what_it_is_and_that_data_are_invented():
    cover = "\n".join(str(row[0]) for row in rows(made(), "Cover"))
    assert cover.startswith("Recruitment to senior posts: numbers of the report for July to September 2026")
    assert "Invented data: organisations marked (invented) are not real, nor are their figures." in cover
    assert "Contact" not in cover


def test_it_says_nothing_of_who_made_it_or_of_the_time():
    core, app = (parts(made())[f"docProps/{name}.xml"] for name in ("core", "app"))
    said = {element.tag.rpartition("}")[2]: element.text for element in core.iter() if (element.text or "").strip()}
    assert said.keys() == {"title", "created", "modified"}
    assert said["created"] == said["modified"] == "2026-09-30T00:00:00Z"
    assert not [one.text for one in app.iter() if one.tag.endswith(("Company", "Manager")) and one.text]
    with zipfile.ZipFile(BytesIO(made())) as packed:
        assert {one.date_time for one in packed.infolist()} == {(1980, 1, 1, 0, 0, 0)}


@pytest.mark.thorough
def test_the_same_release_gives_the_same_bytes_in_any_process():
    code = "import hashlib; from tests.rendering.releases import release; from lt_analysis.rendering.workbook import "
    code += "workbook; print(hashlib.sha256(workbook(release())).hexdigest())"
    for seed in ("1", "2"):
        outside = os.environ | {"PYTHONHASHSEED": seed, "PYTHONPATH": str(HERE), "TZ": f"UTC-{seed}"}
        done = subprocess.run(
            [sys.executable, "-c", code], cwd=HERE, env=outside, capture_output=True, text=True, check=True
        )
        assert done.stdout.strip() == hashlib.sha256(made()).hexdigest()


HOSTILE = [
    *('=HYPERLINK("https://example.org","x")', "+1+1", "-1+1", "@SUM(A1)", "\t=1+1", "{=1+1}"),
    *("https://example.org", "internal:'Notes'!A1", "[x](https://example.org)", "$$note$$", "<img onerror=x>", "</td>"),
    *("{{ x }}", "‮abc", "x" * 300, "医院", "!!!", "a\x01b"),
]


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_name_arrives_as_text(name):
    content = made(name)
    written = {row[0] for row in rows(content, "Organisations")[3:]}
    (shown,) = (one for one in written if "Beeches" not in one and "Cedars" not in one)
    assert shown.replace("] (", "](").startswith(name.replace("\x01", "_x0001_") if "\x01" not in shown else name)
    trees = parts(content)
    assert not [element for tree in trees.values() for element in tree.iter() if element.tag == f"{MAIN}f"]
    assert not [one for tree in trees.values() for one in tree if one.get("TargetMode") == "External"]
    links = [link for tree in trees.values() for link in tree.iter(f"{MAIN}hyperlink")]
    assert len(links) == len(NAMES) - 2  # the contents' own
