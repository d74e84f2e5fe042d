"""The same rows are the same records however a file was made, and every line of it is accounted for."""

import csv
import io
import tempfile
import zipfile
from datetime import date
from pathlib import Path
from xml.sax.saxutils import escape

import duckdb
import pandas as pd
import pytest
import xlsxwriter

from tests import making
from tests.collection.test_collect import kept, only_receipt, send
from tests.conftest import run_command
from tests.making import application

ROWS = [
    application(applicant=f"A{place}", staff_group="Infirmière", ethnicity=code) for place, code in enumerate("ANH")
]
LINES = [list(making.COLUMNS), *([str(row[name]) for name in making.COLUMNS] for row in ROWS)]
WIDTH = len(making.COLUMNS)


def as_csv(lines, divider=",") -> str:
    written = io.StringIO()
    csv.writer(written, delimiter=divider).writerows(lines)
    return written.getvalue()


def as_ods(lines) -> bytes:
    """The smallest spreadsheet that OpenDocument allows."""
    paragraph = '<table:table-cell office:value-type="string"><text:p>{}</text:p></table:table-cell>'.format
    rows = "".join(
        f"<table:table-row>{''.join(paragraph(escape(cell)) for cell in line)}</table:table-row>" for line in lines
    )
    spaces = " ".join(
        f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"' for name in ("office", "table", "text")
    )
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w") as packed:
        packed.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        packed.writestr(
            "META-INF/manifest.xml", '<manifest xmlns="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"/>'
        )
        packed.writestr(
            "content.xml",
            f'<?xml version="1.0"?><office:document-content {spaces}><office:body><office:spreadsheet>'
            f'<table:table table:name="1">{rows}</table:table>'
            "</office:spreadsheet></office:body></office:document-content>",
        )
    return written.getvalue()


def as_xlsx(sheets, merged=()) -> bytes:
    written = io.BytesIO()
    with xlsxwriter.Workbook(written) as book:
        for lines in sheets:
            sheet = book.add_worksheet()
            for number, line in enumerate(lines):
                sheet.write_row(number, 0, line)
        for top, left, bottom, right in merged:
            sheet.merge_range(top, left, bottom, right, sheets[-1][top][left])
    return written.getvalue()


def as_parquet(lines) -> bytes:
    with tempfile.NamedTemporaryFile(suffix=".parquet") as file:
        header, *rows = lines
        duckdb.from_df(pd.DataFrame(rows, columns=header)).write_parquet(file.name)
        return Path(file.name).read_bytes()


GOOD_FILES = {
    "csv": as_csv(LINES).encode(),
    "tsv": as_csv(LINES, "\t").encode("utf-16"),
    "xlsx": as_xlsx([LINES]),
    "ods": as_ods(LINES),
    "parquet": as_parquet(LINES),
}


@pytest.fixture
def received(project):
    """Send a file of any content, and return its receipt with the kept records."""

    def receipt(content: bytes, name: str = "applications.csv", **organisation):
        path = send(project, [], **organisation)
        path.unlink()
        path.with_name(name).write_bytes(content)
        found = only_receipt(project)
        assert found.refusal is None, found.refusal
        return found, kept(project)

    return receipt


@pytest.fixture
def expected(received):
    return received(as_csv(LINES).encode())[1]


NOTE = ["Prepared for the audit"]
BLANK = [""] * WIDTH
TOTAL = ["Total", *[""] * (WIDTH - 2), "3"]
LAYOUTS = {
    "titles above": ([NOTE, [], ["Quarter 2", "2026"], *LINES], 2),
    "a note below": ([*LINES, [], NOTE], 1),
    "a total below": ([*LINES, TOTAL], 1),
    "a subtotal between": ([*LINES[:2], ["", "Sub-total", *[""] * (WIDTH - 3), "1"], *LINES[2:]], 1),
    "the header again": ([*LINES[:2], LINES[0], *LINES[2:]], 1),
    "blank lines": ([LINES[0], BLANK, LINES[1], [], *LINES[2:]], 0),
    "a blank column": ([[*line[:3], "", *line[3:]] for line in LINES], 0),
    "blank columns at the end": ([[*line, "", ""] for line in LINES], 0),
    "all of it": ([NOTE, [], *([*line, ""] for line in LINES), [], [*TOTAL, ""], [*NOTE, *[""] * WIDTH]], 3),
}


@pytest.mark.parametrize("layout", LAYOUTS)
@pytest.mark.parametrize("suffix", ["csv", "xlsx", "ods"])
@pytest.mark.one_in(4)
def test_what_people_put_around_a_table_is_set_aside_and_counted(received, expected, layout, suffix):
    lines, set_aside = LAYOUTS[layout]
    content = {"csv": as_csv(lines).encode(), "ods": as_ods(lines), "xlsx": as_xlsx([lines])}[suffix]
    receipt, records = received(content, f"applications.{suffix}")
    assert records == expected
    assert (receipt.accepted, receipt.rejected, receipt.set_aside) == (3, 0, set_aside)
    assert receipt.received == 3 + set_aside
    assert receipt.left_out == ()


@pytest.mark.parametrize(
    ("encoding", "divider", "remarks"),
    [
        ("utf-8", ";", ("its cells are divided by ;",)),
        ("utf-8-sig", ",", ()),
        ("utf-8", "\t", ("its cells are divided by tabs",)),
        ("utf-8", "|", ("its cells are divided by |",)),
        ("cp1252", ",", ("it was read as Windows-1252",)),
        ("utf-16", "\t", ("it was read as UTF-16", "its cells are divided by tabs")),
        ("utf-16-le", ",", ("it was read as UTF-16",)),
        ("utf-16-be", ",", ("it was read as UTF-16",)),
    ],
)
def test_any_encoding_and_divider_that_is_in_use_is_read_and_remarked_on(
    received, expected, encoding, divider, remarks
):
    receipt, records = received(as_csv(LINES, divider).encode(encoding))
    assert records == expected
    assert records["staff_group"] == ["infirmière"] * 3
    assert receipt.read.remarks == remarks


def test_cells_may_hold_dividers_and_quotation_marks_and_line_breaks_in_them_are_spaces(received):
    for text in ('a, "b"', "a\nb", "a\r\nb;c"):
        lines = [list(line) for line in LINES]
        lines[2][lines[0].index("staff_group")] = text
        lines[1:] = [lines[2]]
        receipt, records = received(as_csv(lines).encode())
        assert receipt.accepted == 1
        assert records["staff_group"] == [text.replace("\r", " ").replace("\n", " ")]


def test_cells_merged_downwards_stand_for_every_row(received, expected):
    lines = [list(line) for line in LINES]
    for line in lines[2:]:
        line[0] = ""  # the vacancy is written once, over its applications
    receipt, records = received(as_xlsx([lines], merged=[(1, 0, 3, 0)]), "applications.xlsx")
    assert (receipt.accepted, records) == (3, expected)


def test_cells_merged_beside_the_table_are_nothing(received, expected):
    beside = as_xlsx([[[*line, "", ""] for line in LINES]], merged=[(1, WIDTH + 1, 3, WIDTH + 1)])
    assert received(beside, "applications.xlsx")[1] == expected


def test_a_note_with_commas_is_no_row_divided_otherwise(received, expected):
    note = "Prepared by the staff office, for the audit, in July, of all posts, and checked, twice"
    receipt, records = received(as_csv([*LINES, [note]], ";").encode())
    assert (receipt.set_aside, records) == (1, expected)


def test_the_sheet_that_holds_the_table_is_found(received, expected):
    receipt, records = received(as_xlsx([[["Read me"], ["first"]], LINES, [["vacancy"]]]), "applications.xlsx")
    assert records == expected
    assert receipt.read.remarks == ("the sheet 2 of 3 was read",)


def test_an_organisations_own_headings_stand_for_the_audits_columns(received, expected):
    own = {"Vacancy Ref.": "vacancy", "Ethnic Origin": "ethnicity"}
    names = {column: heading for heading, column in own.items()}
    lines = [[names.get(name, name.upper()) for name in LINES[0]], *LINES[1:]]
    assert received(as_csv(lines).encode(), headings=own)[1] == expected


def test_a_column_that_is_not_used_is_named_by_its_heading_or_its_place(received):
    lines = [[*line, extra, "y"] for line, extra in zip(LINES, ("", "x", "", ""), strict=True)]
    lines[0][-1] = "Home phone"
    assert received(as_csv(lines).encode())[0].left_out == (f"column {WIDTH + 1}, which has no heading", "Home phone")


def test_spaces_and_marks_that_show_nothing_do_not_count(received, expected):
    lines = [LINES[0], *([f"\u200f\u00a0{cell} \u200b" if cell else "\u00a0" for cell in line] for line in LINES[1:])]
    records = received(as_csv(lines).encode())[1]
    assert records == expected


def test_dates_in_a_spreadsheet_are_dates(received, expected):
    lines = [[date.fromisoformat(cell) if cell.startswith("2026-") else cell for cell in line] for line in LINES]
    written = io.BytesIO()
    with xlsxwriter.Workbook(written, {"default_date_format": "dd/mm/yyyy"}) as book:
        sheet = book.add_worksheet()
        for number, line in enumerate(lines):
            sheet.write_row(number, 0, line)
    assert received(written.getvalue(), "applications.xlsx")[1] == expected


# London is an hour ahead of Greenwich in summer: half past eleven at night there is the next day here.
@pytest.mark.parametrize(
    "text",
    [
        "2026-07-20T23:30:00Z",
        "2026-07-20 23:30:00+00:00",
        "2026-07-20T23:30:00.000Z",
        "2026-07-20 23:30:00 UTC",
        "2026-07-21T00:30:00+01:00",
        "2026-07-21 00:30:00 BST",
        "2026-07-20T18:30:00-05:00",
        "2026-07-21T00:30:00",
        "21-Jul-26",
        "21-JUL-2026",
        "21 July 2026",
        "21st July 2026",
        "21 Jul 26",
    ],
)
def test_a_time_of_a_zone_is_of_the_day_that_it_is_in_london(received, expected, text):
    day = str(ROWS[0]["closed_on"])
    assert day == "2026-07-21"
    lines = [[text if cell == day else cell for cell in line] for line in LINES]
    receipt, records = received(as_csv(lines).encode())
    assert (receipt.problems, records) == ((), expected)


def test_september_may_be_written_with_four_letters(received):
    lines = [["20 Sept 2026" if cell == "2026-07-21" else cell for cell in line] for line in LINES]
    _, records = received(as_csv(lines).encode())
    assert {str(day)[:10] for day in records["closed_on"]} == {"2026-09-20"}


def parquet_of(path, replaced):
    """Write the rows as Parquet, with some columns of another type, as SQL says."""
    header, *rows = LINES
    with duckdb.connect() as connection:
        connection.register("rows", pd.DataFrame(rows, columns=header))
        connection.execute(f"COPY (SELECT * REPLACE ({replaced}) FROM rows) TO '{path}' (FORMAT parquet)")


def test_times_of_a_zone_in_parquet_are_of_the_day_that_it_is_in_london(received, expected, tmp_path):
    path = tmp_path / "applications.parquet"
    for time in ("00:00", "00:30", "23:59"):
        parquet_of(path, f"timezone('Europe/London', (closed_on || ' {time}')::TIMESTAMP) AS closed_on")
        kinds = duckdb.sql(f"SELECT DISTINCT typeof(closed_on) FROM '{path}'").fetchall()
        assert kinds == [("TIMESTAMP WITH TIME ZONE",)]
        assert received(path.read_bytes(), path.name)[1] == expected


def test_a_machine_of_another_zone_reads_the_same_days(project, monkeypatch):
    # A post that closed on 1 July in London closed in the quarter before, to a machine in Greenwich.
    path = send(project, []).with_suffix(".parquet")
    path.with_suffix(".csv").unlink()
    closed = "timezone('Europe/London', TIMESTAMP '2026-07-01') AS closed_on, '2026-06-17' AS advertised_on"
    parquet_of(path, f"{closed}, '2026-06-18' AS applied_on")
    for zone in ("UTC", "America/New_York"):
        monkeypatch.setenv("TZ", zone)
        assert "3 rows = 3 accepted + 0 rejected" in run_command(project, "check", "ashbourne").stdout


def test_whole_floats_in_parquet_are_whole_numbers(received, tmp_path):
    # A column of pandas with a gap in it is one of floats: band 7 was 7.0, and a reference 1000001.0.
    path = tmp_path / "applications.parquet"
    gap = "CASE WHEN applicant <> 'A1' THEN 7.0::DOUBLE END AS grade"
    parquet_of(path, f"{gap}, 1000001.0::DOUBLE + replace(applicant, 'A', '')::INT AS applicant")
    receipt, records = received(path.read_bytes(), path.name)
    assert records["band"] == ["7"] * 3
    assert sorted(records["applicant"]) == ["1000001", "1000002", "1000003"]
    assert [one.column for one in receipt.problems] == ["grade"]


@pytest.mark.parametrize(
    ("cell", "text"),
    [
        ("7.0::FLOAT", "7"),
        ("7.00::DECIMAL(5, 2)", "7"),
        ("7::TINYINT", "7"),
        ("'NaN'::DOUBLE", None),
        ("7.5::DOUBLE", "7.5"),
        ("202607000001::DOUBLE", "202607000001"),
    ],
)
def test_numbers_of_every_kind_in_parquet_are_written_as_people_write_them(received, tmp_path, cell, text):
    path = tmp_path / "applications.parquet"
    parquet_of(path, f"{cell} AS staff_group")
    records = received(path.read_bytes(), path.name)[1]
    assert [one if isinstance(one, str) else None for one in records["staff_group"]] == [text] * 3


@pytest.mark.parametrize(
    "heading", ["Advertised On", "advertised on", "ADVERTISED_ON", "AdvertisedOn", " Advertised-on "]
)
def test_a_columns_own_name_is_its_heading_however_it_is_written(received, expected, heading):
    lines = [[heading if cell == "advertised_on" else cell for cell in LINES[0]], *LINES[1:]]
    assert received(as_csv(lines).encode())[1] == expected
