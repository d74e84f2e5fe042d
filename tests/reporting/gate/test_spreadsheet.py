"""Each leak of a workbook or of CSV, planted, and caught."""

import zipfile

import pytest
import xlsxwriter

from lt_analysis.reporting.gate.figures import readings
from lt_analysis.reporting.gate.rows import rows_unaccounted
from lt_analysis.reporting.gate.spreadsheet import spreadsheet_faults
from tests.reporting.gate.sound import MACHINE, PUBLISHED, key

WHOSE = "the file says who or what made it"
NO_KEY = "a number has no key"
HIDDEN = key("appointed", "BME")
HIDDEN_ROW = list(PUBLISHED).index(HIDDEN) + 3  # below the title and the headings, counted from 1


def workbook(path, spoil=lambda book, sheet: None):
    """Write a sound workbook of the whole ledger, spoilt in one way."""
    with xlsxwriter.Workbook(str(path)) as book:
        sheet = book.add_worksheet("Figures")
        sheet.write_row(0, 0, ["Recruitment to senior posts, 2025-26"])
        sheet.write_row(1, 0, ["year", "key", "value"])
        for row, (name, value) in enumerate(PUBLISHED.items(), start=2):
            sheet.write_row(row, 0, ["2025-26", name, readings(value)[-1] if value is None else value])
        sheet.print_area(0, 0, 20, 2)
        spoil(book, sheet)
    return path


def found(path):
    return spreadsheet_faults(path, MACHINE, PUBLISHED)


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
    "a number in another column": (lambda book, sheet: sheet.write(2, 3, 3), f"sheet 1, row 3: {NO_KEY}"),
    "a number in another column, as text": (
        lambda book, sheet: sheet.write_string(2, 3, "1,234"),
        f"sheet 1, row 3: {NO_KEY}",
    ),
    "a number above the headings": (lambda book, sheet: sheet.write(0, 2, 3), f"sheet 1, row 1: {NO_KEY}"),
    "a number below the figures": (lambda book, sheet: sheet.write(20, 2, 3), f"sheet 1, row 21: {NO_KEY}"),
    "a number on another sheet": (
        lambda book, sheet: book.add_worksheet("Notes").write(0, 0, 3),
        f"sheet 2, row 1: {NO_KEY}",
    ),
    "a count that is hidden": (
        lambda book, sheet: sheet.write(HIDDEN_ROW - 1, 2, 3),
        f"sheet 1, row {HIDDEN_ROW}: what it says is not what was released under {HIDDEN}",
    ),
    "a key that was not released": (
        lambda book, sheet: sheet.write_row(20, 1, ["ashbourne/2025-26/applied/BME/9", 7]),
        "sheet 1, row 21: nothing was released under its key",
    ),
}


APPLIED, SHORTLISTED = "ashbourne/2025-26/applied/White/8+", "ashbourne/2025-26/shortlisted/White/8+"


@pytest.mark.parametrize(
    ("said", "fault"),
    [
        ("33%", ""),
        ("not given", ""),
        ("34%", f"row 2: the percentage is not that of the numbers released under {APPLIED} and {SHORTLISTED}"),
        ("1%", f"row 2: the percentage is not that of the numbers released under {APPLIED} and {SHORTLISTED}"),
    ],
)
def test_a_percentage_is_worked_out_again_from_its_two_numbers(said, fault):
    rows = [["Group", "value", "from"], ["White", said, f"{APPLIED} {SHORTLISTED}"]]
    assert list(rows_unaccounted(rows, {APPLIED: 1234, SHORTLISTED: 410})) == [fault] * bool(fault)
    hidden = f"row 2: it is worked out from {SHORTLISTED}, which is hidden, and so must read [c]"
    assert list(rows_unaccounted(rows, {APPLIED: 1234, SHORTLISTED: None})) == [hidden]


OTHERS = tuple(name.replace("White", "BME") for name in (APPLIED, SHORTLISTED))
OF_RATIO = f"{APPLIED} {SHORTLISTED} {' '.join(OTHERS)}"
COUNTS = {APPLIED: 1234, SHORTLISTED: 410, OTHERS[0]: 803, OTHERS[1]: 207}  # 410/1,234 is 1.289 times 207/803


def ratio_faults(value, low, high, keys=OF_RATIO, counts=COUNTS):
    rows = [["Group", "value", "low", "high", "from"], ["BME", value, low, high, keys]]
    return list(rows_unaccounted(rows, counts))


@pytest.mark.parametrize(
    ("said", "counts"),
    [
        (("1.29", "1.1", "1.5"), {}),
        (("1.29", "less than 0.02", "more than 10"), {}),
        (("not given", "not given", "not given"), {}),
        (("under 0.01", "less than 0.02", "0.03"), {SHORTLISTED: 1}),
        (("[c]", "[c]", "[c]"), {SHORTLISTED: None}),
    ],
)
def test_a_ratio_of_its_four_numbers_with_a_range_that_holds_it_may_be_said(said, counts):
    assert ratio_faults(*said, counts=COUNTS | counts) == []


@pytest.mark.parametrize(
    ("said", "counts"),
    [
        (("1.30", "1.1", "1.5"), {}),
        (("1.289", "1.1", "1.5"), {}),
        (("about 1", "1.1", "1.5"), {}),
        (("1.29", "1.4", "1.5"), {}),
        (("1.29", "1.1", "1.2"), {}),
        (("1.29", "more than 10", "more than 10"), {}),
        (("1.29", "about 1", "1.5"), {}),
        (("not given", "1.1", "1.5"), {}),
        (("0.00", "less than 0.02", "0.03"), {SHORTLISTED: 1}),
        (("1.29", "1.1", "1.5"), {OTHERS[1]: 0}),
    ],
)
def test_any_other_ratio_or_range_may_not(said, counts):
    assert ratio_faults(*said, counts=COUNTS | counts) == [
        f"row 2: the ratio is not that of the numbers released under {' and '.join(OF_RATIO.split())}"
    ]


@pytest.mark.parametrize(
    "keys",
    [
        f"{APPLIED} {SHORTLISTED} {OTHERS[0]}",
        f"{APPLIED} {SHORTLISTED} {OTHERS[0]} {OTHERS[0]}",
        OF_RATIO.replace("White", "Black"),
        OF_RATIO.replace("shortlisted/BME/8+", "shortlisted/BME/8c+"),
        OF_RATIO.replace("shortlisted/BME", "interviewed/BME"),
    ],
)
def test_a_ratio_of_other_numbers_is_none(keys):
    assert len(ratio_faults("1.29", "1.1", "1.5", keys, dict.fromkeys(keys.split(), 100) | COUNTS)) == 1


def test_a_number_of_which_nothing_was_released_or_that_is_hidden_is_not_worked_with():
    assert ratio_faults("1.29", "1.1", "1.5", counts={}) == ["row 2: nothing was released under its key"]
    hidden = f"row 2: it is worked out from {SHORTLISTED}, which is hidden, and so must read [c]"
    assert ratio_faults("1.29", "1.1", "1.5", counts=COUNTS | {SHORTLISTED: None}) == [hidden]


@pytest.mark.parametrize(
    ("released", "said", "other"),
    [
        ("strong evidence", "strong evidence", "moderate evidence"),
        (1052, "1,052", "1053"),
        (1.25, "1.25", "1.3"),
        (12.0, "more than 10", "12"),
        (0.001, "less than 0.02", "0.001"),
        (None, "[c]", "1.2"),
    ],
)
def test_a_figure_of_the_evidence_reads_as_it_was_released(released, said, other):
    def faults(value, name="ashbourne/evidence/low"):
        rows = [["Organisation", "value", "item"], ["Ashbourne", value, name]]
        return list(rows_unaccounted(rows, {}, {"ashbourne/evidence/low": released}))

    assert faults(said) == []
    assert faults(other) == ["row 2: what it says is not what was released under ashbourne/evidence/low"]
    assert faults(said, "beeches/evidence/low") == ["row 2: nothing was released under its key"]
    assert faults("1.2", "") == [f"row 2: {NO_KEY}"]


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
