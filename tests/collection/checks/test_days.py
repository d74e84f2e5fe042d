"""What stands for no day is empty however it is written; times of zones are of the day that it is here."""

from datetime import date, datetime, time, timedelta
from io import BytesIO

import duckdb
import pytest
import xlsxwriter

from lt_analysis.collection.checks.days import with_days
from tests import making
from tests.collection.test_collect import kept, only_receipt, send

QUARTER = making.parse_period("2026-27-Q2")
# Three White people and two BME people for each of four posts; one of each is shortlisted, and a White one appointed.
ROWS = [
    row
    for name in range(4)
    for row in making.vacancy(QUARTER, f"V{name}", [("C", 4), ("C", 1), ("C", 1), ("H", 3), ("H", 1)])
]
CAME = {("C", "offered"): 4, ("C", "eligible"): 8, ("H", "interviewed"): 4, ("H", "eligible"): 4}


def came(project):
    """How many of each ethnicity came to each stage."""
    records = kept(project)
    found = {}
    for one in zip(records["ethnicity"], records["stage"], strict=True):
        found[one] = found.get(one, 0) + 1
    return found


def filled(nothing):
    return [row | {stage: row[stage] or nothing for stage in making.STAGES} for row in ROWS]


@pytest.mark.parametrize(
    "nothing",
    [
        *(
            "0",
            "0.0",
            "00:00",
            "00:00:00",
            "0:00",
            "12:00:00 AM",
            "0 days 00:00:00",
            "00/00/0000",
            "0000-00-00 00:00:00",
        ),
        *("1/0/1900", "00.01.1900", "1900-01-00", "0-Jan-00", "Saturday, January 0, 1900", "00-Jan-1900"),
        *("01-Jan-1900", "01.01.1900", "1/1/1900 12:00:00 AM", "1900-01-01 00:00:00+00:00", "19000101", "1-Jan-00"),
        *("30-Dec-1899", "12/31/1899", "1753-01-01", "1904-01-01", "01/01/0001 00:00:00", "0001-01-01T00:00:00Z"),
        *("1970-01-01", "1970-01-01T01:00:00+01:00", "1969-12-31 19:00:00", "1st January 1970"),
        *("Thu Jan 01 1970 01:00:00 GMT+0100 (British Summer Time)", "Thu, 01 Jan 1970 00:00:00 GMT"),
        *("9999-12-31 23:59:59", "12/31/9999", "9999-12-31T23:59:59.9999999-05:00", "31 December 9999", "99991231"),
        *("2999-12-31", "31-Dec-99", "31/12/99", "2099-12-31", "2079-06-06", "6 June 2079", "4712-12-31", "2100-01-01"),
    ],
)
@pytest.mark.one_in(5)
def test_a_day_that_stands_for_none_or_never_is_empty(project, nothing):
    send(project, filled(nothing))
    receipt = only_receipt(project)
    assert (receipt.accepted, receipt.unread, receipt.problems) == (20, 0, ())
    assert came(project) == CAME


def test_so_it_is_in_a_large_file(project, monkeypatch):
    monkeypatch.setattr("lt_analysis.collection.large_files.LARGE", 0)
    send(project, filled("1/1/1900 12:00:00 AM"))
    receipt = only_receipt(project)
    assert (receipt.accepted, receipt.problems) == (20, ())
    assert came(project) == CAME


def test_a_required_date_that_stands_for_never_is_an_empty_cell(project):
    send(project, [row | {"applied_on": "1900-01-01"} for row in ROWS])
    assert {one.reason for one in only_receipt(project).problems} == {"the cell is empty"}


def sent_as(project, suffix, content):
    path = send(project, [])
    path.unlink()
    path.with_suffix(suffix).write_bytes(content)
    return only_receipt(project)


def workbook(rows, **formats) -> bytes:
    """A workbook of rows, of which cells that are no text have the number formats of their types."""
    written = BytesIO()
    with xlsxwriter.Workbook(written) as book:
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, making.COLUMNS)
        styles = {kind: book.add_format({"num_format": given}) for kind, given in formats.items()}
        for number, row in enumerate(rows, start=1):
            for place, name in enumerate(making.COLUMNS):
                cell = row[name]
                if isinstance(cell, tuple):  # a formula and its stored value
                    sheet.write_formula(number, place, *cell)
                else:
                    sheet.write(number, place, cell, styles.get(type(cell).__name__))
    return written.getvalue()


@pytest.mark.parametrize(
    ("cell", "formats"),
    [
        (0, {}),
        (0, {"int": "[h]:mm"}),
        (0, {"int": "dd/mm/yyyy"}),
        (0, {"int": "hh:mm"}),
        (("=1-1", None, 0), {}),
        (2958465, {}),
        (2958465, {"int": "dd/mm/yyyy"}),
        (datetime(1970, 1, 1), {"datetime": "yyyy-mm-dd"}),
    ],
)
def test_so_are_noughts_and_first_days_of_a_spreadsheet(project, cell, formats):
    receipt = sent_as(project, ".xlsx", workbook(filled(cell), **({"date": "yyyy-mm-dd"} | formats)))
    assert (receipt.accepted, receipt.problems) == (20, ())
    assert came(project) == CAME


@pytest.mark.parametrize(
    ("cell", "formats"),
    [
        (time(9, 30), {"time": "hh:mm"}),
        (timedelta(hours=9, minutes=30), {"timedelta": "[h]:mm"}),
        (0.25, {"float": "dd/mm/yyyy hh:mm"}),
        (0.999, {"float": "hh:mm:ss"}),
    ],
)
def test_a_time_alone_shows_that_a_stage_was_reached_on_a_day_not_known(project, cell, formats):
    # Once the day of a cell was lost with all who had it: half of the BME people on shortlists were not.
    rows = [row | ({"shortlisted_on": cell, "interviewed_on": ""} if row["shortlisted_on"] else {}) for row in ROWS]
    receipt = sent_as(project, ".xlsx", workbook(rows, **({"date": "yyyy-mm-dd"} | formats)))
    assert (receipt.accepted, receipt.unread) == (20, 8)
    assert {one.column for one in receipt.problems} == {"shortlisted_on", "offered_on"}
    shortlisted = {("H", "shortlisted") if one == ("H", "interviewed") else one: many for one, many in CAME.items()}
    assert came(project) == shortlisted


@pytest.mark.parametrize(
    "nothing", ["DATE '1970-01-01'", "TIMESTAMPTZ '0001-01-01 00:00:00+00'", "TIMESTAMP '9999-12-31 23:59:59'"]
)
def test_so_are_first_and_last_days_of_parquet(project, nothing, tmp_path):
    path, written = send(project, ROWS), tmp_path / "written.parquet"
    kind = nothing.split(" ")[0]
    stages = ", ".join(f"coalesce({stage}::DATE::{kind}, {nothing}) AS {stage}" for stage in making.STAGES)
    read = f"FROM read_csv('{path}', all_varchar = true)"
    duckdb.sql(f"COPY (SELECT * REPLACE ({stages}) {read}) TO '{written}' (FORMAT parquet)")
    path.unlink()
    receipt = sent_as(project, ".parquet", written.read_bytes())
    assert (receipt.accepted, receipt.problems) == (20, ())
    assert came(project) == CAME


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("30/06/2026 23:30:00 UTC", "2026-07-01"),
        ("30-Jun-26 23:30 UTC", "2026-07-01"),
        ("2026-06-30T23:30:00z", "2026-07-01"),
        ("2026-6-30 23:30Z", "2026-07-01"),
        ("2026-06-30 23:30 BST", "2026-06-30"),
        ("2026-06-30 23:30 +01:00", "2026-06-30"),
        ("2026-07-01 00:30 CEST", "2026-06-30"),
        ("2026-06-30 20:30 -0500", "2026-07-01"),
        ("2026-06-30T23:30:00+01:00[Europe/London]", "2026-06-30"),
        ("2026-06-30 09:30 PM", "2026-06-30"),
        ("2026-06-30 23:59:59.999", "2026-06-30"),
        ("2026-06-30 19:30 EDT", None),
        ("2026-06-30 19:30 IST", None),
        ("2026-06-30 19:30 America/New_York", None),
        ("2099-01-01", "2099-01-01"),
        ("2000-01-01", "2000-01-01"),
        ("1999-12-17", "1999-12-17"),
        ("17/12/1984 00:00", "1984-12-17"),
        ("1950-01-01", "1950-01-01"),
        ("1949-12-31", None),
        ("1-Jan-01", "2001-01-01"),
        ("31/31/2026", None),
    ],
)
def test_a_time_of_a_zone_is_of_the_day_that_it_is_here_or_of_none(text, day):
    read = with_days("SELECT $text AS sent_one", ["one"])
    with duckdb.connect() as connection:
        (found,) = connection.execute(
            f"SELECT (coalesce(quick_one, days[1]), coalesce(nevers[1], false)) FROM ({read})", {"text": text}
        ).fetchall()
    assert found == ((day and date.fromisoformat(day), False),)
