"""Of a workbook the right sheet is read, and a cell that should have a value and has none is not empty."""

import io
import zipfile

import pytest
import xlsxwriter

from tests.collection.reading.test_received import LINES, as_ods, as_xlsx
from tests.collection.test_collect import kept, only_receipt, send
from tests.making import application, vacancy
from tests.making import parse_period as period

HEADER = LINES[0]
PEOPLE = [("C", 3), ("C", 3), ("H", 3), ("C", 1)]
ROWS = [
    [str(row[name]) for name in HEADER]
    for number in range(8)
    for row in vacancy(period("2026-27-Q2"), f"V{number}", PEOPLE)
]
SHORTLISTED, ETHNICITY = HEADER.index("shortlisted_on"), HEADER.index("ethnicity")


def receipt_of(project, content, name):
    path = send(project, [])
    path.unlink()
    path.with_name(name).write_bytes(content)
    return only_receipt(project)


def with_cells(replaced: dict[tuple[int, int], str]) -> bytes:
    """The workbook with the XML of some cells replaced; a row and a column are counted from 0, the header's is 0."""
    written = as_xlsx([[HEADER, *ROWS]])
    with zipfile.ZipFile(io.BytesIO(written)) as book:
        parts = {name: book.read(name) for name in book.namelist()}
    sheet = parts["xl/worksheets/sheet1.xml"].decode()
    for (row, column), cell in replaced.items():
        place = f"{chr(ord('A') + column)}{row + 1}"
        start = sheet.index(f'<c r="{place}"')
        end = sheet.index("</c>", start) + len("</c>")
        sheet = sheet[:start] + cell.format(place=place) + sheet[end:]
    parts["xl/worksheets/sheet1.xml"] = sheet.encode()
    again = io.BytesIO()
    with zipfile.ZipFile(again, "w") as book:
        for name, content in parts.items():
            book.writestr(name, content)
    return again.getvalue()


@pytest.mark.parametrize(
    "cell",
    [
        '<c r="{place}" t="e"><f>VLOOKUP(E2,Z1:Z9,1,0)</f><v>#N/A</v></c>',
        '<c r="{place}" t="e"><v>#REF!</v></c>',
        '<c r="{place}" t="e"><v>#DIV/0!</v></c>',
        '<c r="{place}"><f>IF(A1=1,B1,C1)</f><v></v></c>',  # as openpyxl writes one
        '<c r="{place}"><f>Z9</f></c>',
        '<c r="{place}" t="str"><f>Z9</f></c>',
    ],
    ids=["a looked-up error", "a plain error", "a division", "a formula", "a bare formula", "a formula of text"],
)
def test_an_error_and_a_formula_without_a_value_are_not_empty(project, cell):
    # Two shortlisted people: of one the date, and of the other the ethnicity, could not be worked out.
    receipt = receipt_of(project, with_cells({(1, SHORTLISTED): cell, (6, ETHNICITY): cell}), "applications.xlsx")
    assert [(one.row, one.column) for one in receipt.problems] == [(2, "shortlisted_on"), (7, "ethnicity")]
    assert (receipt.accepted, receipt.rejected, receipt.unread) == (32, 0, 2)  # a later date shows the shortlist
    assert kept(project)["ethnicity"].count("99") == 1


def test_a_formula_that_gives_an_empty_text_is_empty(project):
    cell = '<c r="{place}" t="str"><f>IF(1,"","")</f><v></v></c>'
    receipt = receipt_of(project, with_cells({(1, ETHNICITY): cell}), "applications.xlsx")
    assert (receipt.accepted, receipt.problems) == (32, ())


@pytest.mark.parametrize(
    "cell",
    [
        '<table:table-cell office:value-type="string" office:string-value="" table:formula="of:=NA()" '
        'undeclared:value-type="error"><text:p>#N/A</text:p></table:table-cell>',
        '<table:table-cell table:formula="of:=[.Z9]" office:value-type="string"><text:p>Err:502</text:p>'
        "</table:table-cell>",
        '<table:table-cell table:formula="of:=[.Z9]"/>',
    ],
    ids=["an error", "an error as it is shown", "a formula"],
)
def test_so_it_is_in_opendocument(project, cell):
    rows = [list(row) for row in ROWS]
    rows[4][ETHNICITY] = "@here@"
    with zipfile.ZipFile(io.BytesIO(as_ods([HEADER, *rows]))) as book:
        parts = {name: book.read(name) for name in book.namelist()}
    plain = '<table:table-cell office:value-type="string"><text:p>@here@</text:p></table:table-cell>'
    parts["content.xml"] = parts["content.xml"].decode().replace(plain, cell).encode()
    again = io.BytesIO()
    with zipfile.ZipFile(again, "w") as book:
        for name, content in parts.items():
            book.writestr(name, content)
    receipt = receipt_of(project, again.getvalue(), "applications.ods")
    assert [(one.row, one.column) for one in receipt.problems] == [(6, "ethnicity")]
    assert (receipt.accepted, receipt.unread) == (32, 1)


def workbook(sheets: dict[str, list[list[str]]], hidden=(), very_hidden=()) -> bytes:
    written = io.BytesIO()
    with xlsxwriter.Workbook(written) as book:
        for name, lines in sheets.items():
            sheet = book.add_worksheet(name)
            for number, line in enumerate(lines):
                sheet.write_row(number, 0, line)
            if name in hidden:
                sheet.hide()
            if name in very_hidden:
                sheet.very_hidden()
        book.worksheets()[-1].activate()
    return written.getvalue()


COPY = [[*row[:4], f"Z{place}", *row[5:]] for place, row in enumerate(ROWS[:3])]


@pytest.mark.parametrize("how", ["hidden", "very_hidden"])
@pytest.mark.parametrize("columns", [len(HEADER), len(HEADER) - 1], ids=["whole", "a column short"])
def test_a_sheet_that_everybody_sees_is_read_before_a_hidden_one(project, how, columns):
    seen = [line[:columns] for line in [HEADER, *ROWS]]
    content = workbook({"Sheet1 (2)": [HEADER, *COPY], "Return": seen}, **{how: ("Sheet1 (2)",)})
    receipt = receipt_of(project, content, "applications.xlsx")
    assert receipt.accepted == 32
    assert "the sheet 2 of 2 was read" in receipt.read.remarks


def test_a_hidden_sheet_is_read_where_no_other_holds_a_table(project):
    content = workbook({"Data": [HEADER, *ROWS], "Read me": [["Applications of the quarter"]]}, hidden=("Data",))
    assert receipt_of(project, content, "applications.xlsx").accepted == 32


@pytest.mark.parametrize("title", [[], [["Internal applicants"], []]], ids=["alike", "below a title"])
def test_two_sheets_with_the_same_headings_are_refused_by_name(project, title):
    content = workbook({"Internal": [HEADER, *COPY], "External": [*title, HEADER, *ROWS]})
    refusal = receipt_of(project, content, "applications.xlsx").refusal
    assert "the sheets 'Internal' and 'External' both hold a table" in str(refusal)


def test_a_sheet_of_other_headings_is_no_second_table(project):
    content = workbook({"Return": [HEADER, *ROWS], "Codes": [["ethnicity", "meaning"], ["C", "other White"]]})
    assert receipt_of(project, content, "applications.xlsx").accepted == 32


def test_merged_cells_beside_an_error_stand_for_every_row(project):
    rows = [list(row) for row in ROWS[:4]]
    for row in rows[1:]:
        row[0] = ""
    receipt = receipt_of(project, as_xlsx([[HEADER, *rows]], merged=[(1, 0, 4, 0)]), "applications.xlsx")
    assert (receipt.accepted, set(kept(project)["vacancy"])) == (4, {application()["vacancy"][:1] + "0"})


def renamed(*headings):
    """The header with some of its headings called otherwise."""
    return [f"their {name}" if name in headings else name for name in HEADER]


@pytest.mark.parametrize(
    "header",
    [
        renamed("ethnicity"),
        renamed("closed_on", "grade", "applicant"),
        [*HEADER[:6], *HEADER[7:], "notes"],
        renamed("sex", "religion", "home_borough"),
    ],
)
@pytest.mark.parametrize("first", [True, False])
def test_a_second_sheet_of_most_headings_is_not_left_out_in_silence(project, header, first):
    sheets = {"April": [HEADER, *ROWS[:16]], "May": [header, *ROWS[16:]]}
    content = workbook(sheets if first else dict(reversed(sheets.items())))
    refusal = receipt_of(project, content, "applications.xlsx").refusal
    assert "'April'" in str(refusal) and "'May'" in str(refusal)
    assert "Put all rows on one sheet" in str(refusal)


@pytest.mark.parametrize("below", [[], [["Paste the quarter's applications here"]], [[], []]])
@pytest.mark.parametrize("first", [True, False])
def test_an_empty_template_with_the_same_headings_refuses_nothing(project, below, first):
    sheets = {"Return": [HEADER, *ROWS], "Template": [["Fill in"], HEADER, *below]}
    content = workbook(sheets if first else dict(reversed(sheets.items())))
    receipt = receipt_of(project, content, "applications.xlsx")
    assert (receipt.accepted, receipt.refusal) == (32, None)


def test_sheets_that_are_not_read_are_named_with_their_rows(project):
    lookup = [["code", "meaning"], ["C", "other White"], ["H", "Indian"]]
    content = workbook({"Old": [HEADER, *COPY], "Codes": lookup, "Return": [HEADER, *ROWS]}, hidden=("Old",))
    remarks = receipt_of(project, content, "applications.xlsx").read.remarks
    assert "the sheet 'Codes', of 2 rows, was not read: it has few of the headings" in remarks
    assert "the sheet 'Old', of 3 rows, was not read: it is hidden" in remarks
