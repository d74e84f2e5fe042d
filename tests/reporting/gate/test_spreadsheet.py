"""Each leak of a workbook, planted, and caught; changed values are in `test_single_changes`."""

import zipfile

import pytest
import xlsxwriter

from lt_analysis.reporting.gate.spreadsheet import spreadsheet_faults
from tests.reporting.gate.sound import MACHINE

WHOSE = "the file says who or what made it"
NUMBERS = {"applied": 1234, "shortlisted": 410, "appointed": "[c]"}


def workbook(path, spoil=lambda book, sheet: None):
    """Write a sound workbook, spoilt in one way."""
    with xlsxwriter.Workbook(str(path)) as book:
        sheet = book.add_worksheet("Figures")
        sheet.write_row(0, 0, ["Recruitment to senior posts, 2025-26"])
        sheet.write_row(1, 0, ["year", "stage", "value"])
        for row, numbers in enumerate(NUMBERS.items(), start=2):
            sheet.write_row(row, 0, ["2025-26", *numbers])
        sheet.print_area(0, 0, 20, 2)
        spoil(book, sheet)
    return path


def found(path):
    return spreadsheet_faults(path, MACHINE)


def test_a_sound_workbook_has_no_fault(tmp_path):
    assert found(workbook(tmp_path / "figures.xlsx")) == []


def hidden_sheet(book, sheet):
    book.add_worksheet("Raw").hide()


def very_hidden_sheet(book, sheet):
    book.add_worksheet("Raw").very_hidden()


SPOILT = {
    "an author": (lambda book, sheet: book.set_properties({"author": "x"}), WHOSE),
    "a company": (lambda book, sheet: book.set_properties({"company": "x"}), WHOSE),
    "a manager": (lambda book, sheet: book.set_properties({"manager": "x"}), WHOSE),
    "keywords": (lambda book, sheet: book.set_properties({"keywords": "x"}), WHOSE),
    "a property of its own": (lambda book, sheet: book.set_custom_property("run", "x"), WHOSE),
    "a hidden sheet": (hidden_sheet, "there is a hidden sheet"),
    "a sheet hidden from the menu too": (very_hidden_sheet, "there is a hidden sheet"),
    "a hidden column": (
        lambda book, sheet: sheet.set_column(3, 3, None, None, {"hidden": True}),
        "there is a hidden row or column",
    ),
    "a hidden row": (
        lambda book, sheet: sheet.set_row(30, None, None, {"hidden": True}),
        "there is a hidden row or column",
    ),
    "a defined name": (lambda book, sheet: book.define_name("Raw", "=Figures!$C$3"), "there is a defined name"),
    "a formula": (lambda book, sheet: sheet.write_formula(20, 2, "=SUM(C3:C8)"), "there is a formula"),
    "a rule with a formula": (
        lambda book, sheet: sheet.data_validation(20, 0, 20, 0, {"validate": "list", "source": ["3", "4"]}),
        "there is a formula",
    ),
    "a comment": (lambda book, sheet: sheet.write_comment(2, 2, "x"), "there is a comment"),
    "a link out": (
        lambda book, sheet: sheet.write_url(20, 0, "https://example.org/"),
        "there is a link out of the file",
    ),
    "a format that shows nothing": (
        lambda book, sheet: sheet.write(20, 0, "x", book.add_format({"num_format": ";;;"})),
        "there is a format that shows nothing",
    ),
    "a drawing": (
        lambda book, sheet: sheet.insert_textbox(5, 5, "x"),
        "there is a part that is no sheet",
    ),
    "an identifier": (
        lambda book, sheet: sheet.write(20, 0, "CANARY-nonesuch-hospitals-A000123"),
        "there is an identifier from the returns",
    ),
    "a path": (lambda book, sheet: sheet.write(20, 0, "/srv/audits/lambeth/x.csv"), "there is a path of this machine"),
}


def test_what_is_no_workbook_is_not_opened(tmp_path):
    (tmp_path / "figures.xlsx").write_text("Group,value")
    assert found(tmp_path / "figures.xlsx") == ["it cannot be opened as a workbook"]


@pytest.mark.parametrize("leak", SPOILT)
def test_a_leak_of_a_workbook_is_found(tmp_path, leak):
    spoil, said = SPOILT[leak]
    assert said in found(workbook(tmp_path / "figures.xlsx", spoil))


INSIDE = {
    "whoever saved it last": (
        "docProps/core.xml",
        "</cp:coreProperties>",
        "<cp:lastModifiedBy>x</cp:lastModifiedBy></cp:coreProperties>",
        WHOSE,
    ),
    "the folder that it was saved in": ("xl/workbook.xml", "</workbook>", '<absPath url="x"/></workbook>', WHOSE),
    "the template that it was made from": (
        "docProps/app.xml",
        "</Properties>",
        "<Template>x</Template></Properties>",
        WHOSE,
    ),
}


@pytest.mark.parametrize("leak", INSIDE)
def test_a_leak_inside_a_part_of_a_workbook_is_found(tmp_path, leak):
    name, old, new, said = INSIDE[leak]
    sound, spoilt = workbook(tmp_path / "sound.xlsx"), tmp_path / "spoilt.xlsx"
    with zipfile.ZipFile(sound) as whole, zipfile.ZipFile(spoilt, "w") as changed:
        for part in whole.namelist():
            text = whole.read(part).decode()
            assert part != name or old in text
            changed.writestr(part, text.replace(old, new) if part == name else text)
    assert found(spoilt) == [said]


@pytest.mark.parametrize(
    ("part", "said"),
    [
        ("xl/externalLinks/externalLink1.xml", "there is a link to another workbook"),
        ("xl/pivotCache/pivotCacheRecords1.xml", "there is a pivot table's hidden copy of its rows"),
        ("xl/threadedComments/threadedComment1.xml", "there is a comment"),
        ("xl/vbaProject.bin", "there is a macro"),
        ("customXml/item1.xml", "there is a part that is no sheet"),
    ],
)
def test_a_part_that_is_no_sheet_is_named(tmp_path, part, said):
    path = workbook(tmp_path / "figures.xlsx")
    with zipfile.ZipFile(path, "a") as packed:
        packed.writestr(part, "<x/>")
    assert found(path) == [said]


def test_a_workbook_that_cannot_be_opened_is_unfit(tmp_path):
    path = tmp_path / "figures.xlsx"
    path.write_text("x")
    assert found(path) == ["it cannot be opened as a workbook"]


def test_a_comment_on_the_whole_archive_is_found(tmp_path):
    path = workbook(tmp_path / "figures.xlsx")
    with zipfile.ZipFile(path, "a") as packed:
        packed.comment = b"x"
    assert found(path) == ["there is a comment"]
