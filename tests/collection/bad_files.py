"""Every way in which what an organisation sends can be wrong, beside all that is said of it.

An entry is one fault: a file that would be right without it, and its one message, whole. Every cell of a person, and of
free text, holds `NEVER`, which no message may.
"""

import gzip
import io
import json
import zipfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from functools import partial
from pathlib import Path

import duckdb
import pandas as pd
import xlsxwriter
import yaml

from lt_analysis.codebook.returns import (
    ACTIONS,
    ANCHORS,
    APPLICATIONS,
    APPLICATIONS_BY_STATUS,
    EVENTS,
    MENTORING,
    METRICS,
    STAFF,
    STAGE_NEEDS,
    STAGE_TOTALS,
    SURVEY,
    TRAITS_RATED,
    Return,
)
from tests import making
from tests.collection.checks.test_other_returns import GOOD
from tests.collection.reading.test_received import as_csv, as_ods, as_parquet, as_xlsx
from tests.collection.test_personal import NUMBERS

NEVER = "Ms-Quoted-Never"
PERIOD = "2026-27-Q2"
READING = "lt_analysis.collection.reading"

# Remedies that are said of many faults.
EMPTY = "Send it again with its header and rows"
NO_ROWS = "Send it again with its rows, divided as the header is"
HEADING = "Say which heading stands for it under `headings:` in organisation.yml, or rename it"
TWICE = "Give each column its own heading, or say under `headings:` in organisation.yml which one it is"
BOTH = "the headings 'vacancy' and 'vacancy' both stand for it"
UTF8 = "In Excel choose 'Save as', then 'CSV UTF-8'"
QUOTES = "Look for a quotation mark that is never closed, or save it again as 'CSV UTF-8'"
DIVIDE = "Divide it as the header is, with quotation marks around cells that hold what divides them"
UNPACKED = "Send it unpacked, as CSV or as .xlsx without a password"
SAVE_XLSX = "Save it again as .xlsx"
FAR_OFF = "Remove what stands far off, or send it as CSV"
WRITE_AGAIN = "Write the file again"
FILL = "Fill it in"
DATE = "Write dates as 2026-07-31"
ONE_DATE = "Correct one of the two dates"
ONE_NUMBER = "Correct one of the two numbers"
DIGITS = "Write digits only, as 57528"
OWN_WORDS = "or say what the word means under `values:` in organisation.yml"
BAND = f"Use a band, as 8a, VSM, or medical for doctors; {OWN_WORDS}"
ONE_BAND = "Use one of: 1, 2, 3, 4, 5, 6, 7, 8a, 8b, 8c, 8d, 9, VSM, medical"
BANDS = f"{ONE_BAND}; {OWN_WORDS}"
ETHNICITY = (
    "Use the national code, A to S, Z for not stated or 99 for not known, or a group's name; "
    "or say what the word means under `values:` in organisation.yml"
)
PAY = (
    "Give the minimum of the full-time range, for a year of the codebook's pay scales, or put the grade among "
    "equivalent_grades in organisation.yml"
)
REFERENCE = "Send a reference that means nothing outside the organisation"
KNOWN = (
    "The audit reads applications, stage-totals, staff, events, survey, actions, mentoring, traits, metrics, anchors, "
    "each as .csv, .tsv, .txt, .xlsx, .ods, .parquet"
)
CALL_IT = (
    "Call it applications.csv if a row is an application, or by what else it holds: stage-totals.csv, staff.csv, "
    "events.csv, survey.csv, actions.csv, mentoring.csv, traits.csv, metrics.csv, anchors.csv"
)
PERIODS = "Name the folder 2026-27-Q2, or 2025-26 for a whole year"
SETTINGS = (
    "The settings are: name, kind, invented, grades, high_cost_area, already_published, board_published, "
    "indicators_published, equivalent_grades, headings, values, events, campaigns"
)
YAML = "Check its indents, colons and quotes"
PLAIN_YAML = "Write every setting out, and put quotation marks around text that begins with !, & or *"


def one_of(codes: str) -> str:
    return f"Use one of: {codes}; {OWN_WORDS}"


def one_of_column(kind: Return, name: str) -> str:
    """Every code of a column to which codes are added, as kinds of event are: docs/returns.md has them too."""
    return one_of(", ".join(next(column.allowed for column in kind.columns if column.name == name)))


@dataclass(frozen=True)
class Bad:
    """A fault: what the file holds or what makes it at its path, and where, why and how to mend it, as it is said.

    `rows` are how many are accepted, rejected and set aside; none are where the whole is refused. `named` is how the
    message calls what is not called by its `file`. `limits` are named limits, smaller than they are.
    """

    made: bytes | Callable[[Path], object]
    at: str
    reason: str
    remedy: str
    file: str = f"{PERIOD}/applications.csv"
    rows: tuple[int, int, int] = (0, 0, 0)
    named: str = ""
    slug: str = "ashbourne"
    settings: Mapping[str, object] = field(default_factory=dict)
    limits: Mapping[str, int] = field(default_factory=dict)

    @property
    def message(self) -> str:
        where = "/".join(part for part in (self.slug, self.named or self.file) if part != ".")
        return f"{where}{', ' if self.at else ''}{self.at}: {self.reason}. {self.remedy}"


def sent_as(suffix: str) -> str:
    return f"{PERIOD}/applications.{suffix}"


# ---- Good rows, of which every bad file has one wrong

TOTALS = {"grade": "8+", "ethnicity": "White", "applied": 9, "shortlisted": 5, "offered": 1}
RIGHT = {
    APPLICATIONS: making.application(
        vacancy=NEVER, applicant=NEVER, staff_group=NEVER, home_borough=NEVER, salary_minimum="66274"
    ),
    STAFF: GOOD[STAFF] | {"person": NEVER, "staff_group": NEVER, "home_borough": NEVER, "salary": "66274"},
    EVENTS: GOOD[EVENTS] | {"person": NEVER},
    SURVEY: GOOD[SURVEY],
    STAGE_TOTALS: TOTALS,
    ACTIONS: GOOD[ACTIONS] | {"action": NEVER, "owner_role": NEVER},
    MENTORING: GOOD[MENTORING] | {"executive_role": NEVER, "executives": "9"},
    TRAITS_RATED: GOOD[TRAITS_RATED],
    METRICS: GOOD[METRICS] | {"taken_from": NEVER},
    ANCHORS: GOOD[ANCHORS] | {"document": NEVER},
}
ANOTHER = {  # what makes another row of it
    APPLICATIONS: {"vacancy": f"{NEVER} too"},
    STAGE_TOTALS: {"ethnicity": "BME", "applied": 20, "shortlisted": 9, "offered": 3},
    STAFF: {"person": f"{NEVER} too"},
    EVENTS: {"person": f"{NEVER} too"},
    SURVEY: {"question": "equal opportunities"},
    ACTIONS: {"action": f"{NEVER} too"},
    MENTORING: {"pair": "M2", "executives": "9"},
    TRAITS_RATED: {"trait": "courage"},
    METRICS: {"practice": "G85002"},
    ANCHORS: {"kind": "placements"},
}


RIGHT[APPLICATIONS_BY_STATUS] = RIGHT[APPLICATIONS] | {"application_status": "shortlisted"}
ANOTHER[APPLICATIONS_BY_STATUS] = ANOTHER[APPLICATIONS]
USUAL: Mapping[str, object] = {}
BOTH_COUNT, NONE_COUNTS = (2, 0, 0), (0, 0, 0)  # of two rows, one of them wrong
NOT_PLACED = "how far the application came cannot be told, and its vacancy is set aside"
SALARIED = {"grades": "salary", "high_cost_area": "inner"}


def columns_of(kind: Return, settings: Mapping[str, object]) -> list[str]:
    pay = ("grade",) if settings.get("grades") == "salary" else ("salary", "salary_minimum")
    ranges = () if "headings" in settings else ("salary_maximum",)
    return [name for name in kind.column_names if name not in (*pay, *ranges)]


def table(kind: Return, *changes: Mapping[str, object], **settings: object) -> list[list[str]]:
    """A header and rows: right ones, but for what is changed."""
    columns = columns_of(kind, settings)
    return [columns, *([str((RIGHT[kind] | change).get(name, "")) for name in columns] for change in changes)]


def sent(kind: Return, *changes: Mapping[str, object], **settings: object) -> bytes:
    return as_csv(table(kind, *changes, **settings)).encode()


def wrong(
    kind: Return,
    column: str,
    reason: str,
    remedy: str,
    /,
    about: Mapping[str, object] = USUAL,
    rows: tuple[int, int, int] = (1, 1, 0),
    **changes: object,
) -> Bad:
    """A right row, and below it one that is wrong in the cells that are changed."""
    content = sent(kind, ANOTHER[kind], changes, **about)
    file = f"{PERIOD}/{kind.name}.csv"
    return Bad(content, f"row 3, column {column}", reason, remedy, file, rows=rows, settings=about)


application, totals, staff, event, survey, action = (
    partial(wrong, kind) for kind in (APPLICATIONS, STAGE_TOTALS, STAFF, EVENTS, SURVEY, ACTIONS)
)
mentoring, traits, metric, anchor = (partial(wrong, kind) for kind in (MENTORING, TRAITS_RATED, METRICS, ANCHORS))

LINES = table(APPLICATIONS, {}, ANOTHER[APPLICATIONS])
HEADER, FIRST, SECOND = LINES
CSV, XLSX, ODS, PARQUET = as_csv(LINES).encode(), as_xlsx([LINES]), as_ods(LINES), as_parquet(LINES)
WITHOUT_ETHNICITY = [[cell for place, cell in enumerate(line) if HEADER[place] != "ethnicity"] for line in LINES]


# ---- Text

ALL_HEADINGS = (
    "vacancy, advertised_on, closed_on, grade, applicant, campaign, ethnicity, applied_on, eligible_on, "
    "shortlisted_on, offered_on"
)
NO_HEADER = f"the header has no {ALL_HEADINGS}"
PAGE = f"<!DOCTYPE html>\n<html><body><table><tr><th>vacancy</th></tr><tr><td>{NEVER}</td></tr></table>"
RAGGED = "the row has more or fewer cells than the header"
UNGIVEN = f"1 of 3 rows cannot be given to a vacancy; the first because {RAGGED}"
TEXT = {
    "no byte": Bad(b"", "", "the file is empty", EMPTY),
    "a mark of UTF-8 alone": Bad(b"\xef\xbb\xbf", "", "the file is empty", EMPTY),
    "blank lines and dividers alone": Bad(b"\n \r\n,,,\n", "", "the file is empty", EMPTY),
    "a header alone": Bad(as_csv([HEADER]).encode(), "", "there is a header and no rows", NO_ROWS),
    "a header and blank rows": Bad(
        as_csv([HEADER, [""] * len(HEADER)]).encode(), "", "there is a header and no rows", NO_ROWS
    ),
    "a column missing": Bad(
        as_csv(WITHOUT_ETHNICITY).encode(), "row 1, column ethnicity", "the header has no ethnicity", HEADING
    ),
    "a column by another name": Bad(
        CSV.replace(b"ethnicity", b"Ethnic Origin", 1),
        "row 1, column ethnicity",
        "the header has no ethnicity",
        f"Perhaps ethnic origin for ethnicity? {HEADING}",
    ),
    "no header": Bad(as_csv([FIRST, SECOND]).encode(), "row 1, column vacancy", NO_HEADER, HEADING),
    "a header below too many titles": Bad(
        f"{NEVER},x\n".encode() * 31 + CSV, "row 1, column vacancy", NO_HEADER, HEADING
    ),
    "a null byte in a heading": Bad(
        CSV.replace(b"vacancy", b"vac\0ancy", 1), "row 1, column vacancy", "the header has no vacancy", HEADING
    ),
    "a heading twice": Bad(as_csv([[*line, line[0]] for line in LINES]).encode(), "row 1, column vacancy", BOTH, TWICE),
    "a heading beside one of the organisation's own for the same column": Bad(
        as_csv([[*line, own] for line, own in zip(LINES, ("Vacancy Ref.", NEVER, NEVER), strict=True)]).encode(),
        "row 1, column vacancy",
        "the headings 'vacancy' and 'Vacancy Ref.' both stand for it",
        TWICE,
        settings={"headings": {"Vacancy Ref.": "vacancy"}},
    ),
    "a million columns": Bad(
        as_csv([[*HEADER, *["x"] * 1_000_000], FIRST, SECOND]).encode(),
        "row 1",
        "the header has more than 16,384 columns",
        "Send the columns that docs/returns.md lists",
    ),
    "Windows-1252 that is marked as UTF-8": Bad(
        b"\xef\xbb\xbf" + CSV + f"{NEVER}é".encode("cp1252"), "row 4", "it holds characters that are not UTF-8", UTF8
    ),
    "a byte that is no character": Bad(CSV + b"\x81\n", "row 4", "it holds characters that are not UTF-8", UTF8),
    "UTF-16 of which half a character is lost": Bad(
        as_csv(LINES).encode("utf-16") + b"\x00\xd8\x00",
        "row 1",
        "it holds characters that are not UTF-16",
        UTF8,
        file=sent_as("tsv"),
    ),
    "binary junk": Bad(bytes(range(1, 256)) * 9, "row 2", "it holds characters that are not UTF-8", UTF8),
    "a quotation mark that is never closed": Bad(
        CSV + f'"{NEVER},\n'.encode(), "row 4", "it cannot be read as CSV", QUOTES, file=sent_as("txt")
    ),
    "text behind a quotation mark that is closed": Bad(
        CSV + f'"{NEVER}"x,\n'.encode(), "row 4", "it cannot be read as CSV", QUOTES
    ),
    "a cell of 200,000 characters": Bad(
        as_csv([*LINES, [NEVER * 14_000, *FIRST[1:]]]).encode(), "row 4", "it cannot be read as CSV", QUOTES
    ),
    "a row too short": Bad(as_csv([*LINES, FIRST[:-3]]).encode(), "row 4", UNGIVEN, DIVIDE),
    "a row too long": Bad(as_csv([*LINES, [*FIRST, NEVER]]).encode(), "row 4", UNGIVEN, DIVIDE),
    "a row of ten thousand cells": Bad(as_csv([*LINES, [NEVER] * 10_000]).encode(), "row 4", UNGIVEN, DIVIDE),
    "a row divided unlike the others": Bad(CSV + as_csv([FIRST], ";").encode(), "row 4", UNGIVEN, DIVIDE),
    "rows divided unlike their header": Bad(
        as_csv([HEADER], ";").encode() + as_csv([FIRST, SECOND]).encode(),
        "row 2",
        f"2 of 2 rows cannot be given to a vacancy; the first because {RAGGED}",
        DIVIDE,
    ),
    "rows of few cells divided unlike their header": Bad(
        as_csv(table(EVENTS), ";").encode() + as_csv(table(EVENTS, {})[1:]).encode(),
        "row 2",
        "there is a header and no rows: 1 set aside, the first because it holds one cell only, as a title or a note "
        "does",
        NO_ROWS,
        file=f"{PERIOD}/events.csv",
    ),
    "most rows wrong": Bad(
        sent(APPLICATIONS, ANOTHER[APPLICATIONS], {"grade": NEVER}, {"vacancy": "V3", "grade": NEVER}),
        "row 3, column grade",
        "2 of 3 rows do not count; the first because the audit knows no such band: 2 rows hold one such word",
        BAND,
    ),
    "null bytes": Bad(
        b"\0" * 4096, "", "it begins with null bytes, as a file does that was not saved to its end", UNPACKED
    ),
    "a web page named .csv": Bad(PAGE.encode(), "", "it is a web page, or XML", UNPACKED),
    "JSON named .csv": Bad(json.dumps([dict(zip(HEADER, FIRST, strict=True))]).encode(), "", "it is JSON", UNPACKED),
    "gzip named .csv": Bad(gzip.compress(CSV), "", "it is a gzip file", UNPACKED),
    "a workbook named .csv": Bad(XLSX, "", "it is a spreadsheet, or another zip file", UNPACKED),
    "Parquet named .csv": Bad(PARQUET, "", "it is a Parquet file", UNPACKED),
    "a PDF named .csv": Bad(b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n" + NEVER.encode(), "", "it is a PDF file", UNPACKED),
}


# ---- Spreadsheets

OLD_WORKBOOK = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504)


def workbook(fill: Callable[[xlsxwriter.Workbook], object]) -> bytes:
    written = io.BytesIO()
    with xlsxwriter.Workbook(written) as book:
        fill(book)
    return written.getvalue()


def only_a_chart(book: xlsxwriter.Workbook) -> None:
    chart = book.add_chart({"type": "bar"})
    chart.add_series({"values": "={1,2}"})
    book.add_chartsheet().set_chart(chart)


def a_cell_far_off(book: xlsxwriter.Workbook) -> None:
    sheet = book.add_worksheet()
    sheet.write_row(0, 0, HEADER)
    sheet.write(1_048_575, 16_383, NEVER)


def packed(**parts: bytes) -> bytes:
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as file:
        for name, content in parts.items():
            file.writestr(name, content)
    return written.getvalue()


def repacked(book: bytes, part: str, change: Callable[[bytes], bytes | None]) -> bytes:
    """A workbook with one part changed, or left out."""
    with zipfile.ZipFile(io.BytesIO(book)) as file:
        parts = {name: file.read(name) for name in file.namelist()}
    changed = change(parts.pop(part))
    return packed(**parts, **({part: changed} if changed is not None else {}))


def half(content: bytes) -> bytes:
    return content[: len(content) // 2]


SHEET = "xl/worksheets/sheet1.xml"
NOT_A_SPREADSHEET = "it cannot be read as a spreadsheet"
TWO, THIRD = ({}, ANOTHER[APPLICATIONS]), {"vacancy": "V3"}
DAY = str(RIGHT[APPLICATIONS]["advertised_on"])
(_, LAST) = table(APPLICATIONS, THIRD)
SPREADSHEETS = {
    f"{fault} in .{suffix}": Bad(content, at, reason, remedy, sent_as(suffix), **others)
    for fault, suffix, content, at, reason, remedy, others in [
        ("no byte", "xlsx", b"", "", "the file is empty", EMPTY, {}),
        ("no byte", "ods", b"", "", "the file is empty", EMPTY, {}),
        ("half a file", "xlsx", half(XLSX), "", NOT_A_SPREADSHEET, SAVE_XLSX, {}),
        ("half a file", "ods", half(ODS), "", NOT_A_SPREADSHEET, SAVE_XLSX, {}),
        ("a CSV file", "xlsx", CSV, "", NOT_A_SPREADSHEET, SAVE_XLSX, {}),
        ("OpenDocument", "xlsx", ODS, "", NOT_A_SPREADSHEET, SAVE_XLSX, {}),
        ("an Excel workbook", "ods", XLSX, "", NOT_A_SPREADSHEET, SAVE_XLSX, {}),
        ("a web page", "xlsx", PAGE.encode(), "", "it is a web page, or XML", UNPACKED, {}),
        (
            "an old or an encrypted workbook",
            *("xlsx", OLD_WORKBOOK, "", "it is an old .xls workbook, or one with a password", UNPACKED, {}),
        ),
        ("an empty zip file", "xlsx", packed(), "", NOT_A_SPREADSHEET, SAVE_XLSX, {}),
        ("a zip file of something else", "xlsx", packed(a=b"x"), "", NOT_A_SPREADSHEET, SAVE_XLSX, {}),
        ("half a sheet", "xlsx", repacked(XLSX, SHEET, half), "", NOT_A_SPREADSHEET, SAVE_XLSX, {}),
        ("a sheet missing", "xlsx", repacked(XLSX, SHEET, lambda _: None), "", NOT_A_SPREADSHEET, SAVE_XLSX, {}),
        ("no content", "ods", repacked(ODS, "content.xml", lambda _: None), "", NOT_A_SPREADSHEET, SAVE_XLSX, {}),
        ("an empty sheet", "xlsx", as_xlsx([[]]), "", "the file is empty", EMPTY, {}),
        ("a chart alone", "xlsx", workbook(only_a_chart), "", "the file is empty", EMPTY, {}),
        ("a header alone", "xlsx", as_xlsx([[HEADER]]), "", "there is a header and no rows", NO_ROWS, {}),
        ("a header alone", "ods", as_ods([HEADER]), "", "there is a header and no rows", NO_ROWS, {}),
        (
            "no table on any sheet",
            *("xlsx", as_xlsx([[["Read me"], [NEVER]], [[NEVER, NEVER]]])),
            *("row 1, column vacancy", NO_HEADER, HEADING, {}),
        ),
        (
            "a column missing",
            *("ods", as_ods(WITHOUT_ETHNICITY), "row 1, column ethnicity", "the header has no ethnicity", HEADING, {}),
        ),
        (
            "a cell in the last row and column",
            *("xlsx", workbook(a_cell_far_off), ""),
            "a sheet has more than 20,000,000 cells, up to the last in which something stands",
            *(FAR_OFF, {}),
        ),
        (
            "more cells than are held",
            *("ods", ODS, "", "a sheet has more than 40 cells, up to the last in which something stands", FAR_OFF),
            {"limits": {f"{READING}.spreadsheet.MOST_CELLS": 40}},
        ),
        (
            "more than is unpacked",
            *("xlsx", packed(bomb=bytes((1 << 20) + 1)), "", "unpacked it would hold more than 1 megabytes"),
            *("Send it as CSV", {"limits": {f"{READING}.spreadsheet.MOST_UNPACKED": 1 << 20}}),
        ),
        (
            "an error for a value",
            *("xlsx", as_xlsx([table(APPLICATIONS, *TWO, THIRD | {"source": "#DIV/0!"})])),
            *("row 4, column source", "the audit has no such code", one_of("internal, external"), {"rows": (3, 0, 0)}),
        ),
        (
            "a date as a number",
            *("xlsx", as_xlsx([[*LINES, [46210 if cell == DAY else cell for cell in LAST]]])),
            *("row 4, column advertised_on", "it is not a date", DATE, {"rows": (3, 0, 0)}),
        ),
    ]
}


# ---- Parquet


def parquet_with(replaced: str) -> Callable[[Path], object]:
    """The file with some columns replaced, as SQL says."""
    rows = pd.DataFrame(LINES[1:], columns=HEADER)

    def make(path: Path) -> None:
        with duckdb.connect() as connection:
            connection.register("rows", rows)
            connection.execute(f"COPY (SELECT * REPLACE ({replaced}) FROM rows) TO '{path}' (FORMAT parquet)")

    return make


LISTS = ("it holds lists, structures or bytes, which no cell can", "Write text, numbers or dates")
NOT_PARQUET = ("", "it cannot be read as Parquet", WRITE_AGAIN)
TWO_ALIKE = as_parquet([[*line, end] for line, end in zip(LINES, ("vacancz", NEVER, NEVER), strict=True)])
PARQUETS = {
    f"{fault} in .parquet": Bad(content, at, reason, remedy, sent_as("parquet"))
    for fault, content, at, reason, remedy in [
        ("no byte", b"", "", "the file is empty", EMPTY),
        ("half a file", half(PARQUET), *NOT_PARQUET),
        ("a CSV file", CSV, *NOT_PARQUET),
        ("nothing between its signs", b"PAR1PAR1", *NOT_PARQUET),
        ("a length that is not its own", PARQUET[:-8] + b"\xff\xff\xff\x7fPAR1", *NOT_PARQUET),
        ("a workbook", XLSX, "", "it is a spreadsheet, or another zip file", UNPACKED),
        ("damaged rows", PARQUET[:4] + b"\xff" * 200 + PARQUET[204:], "", "its rows cannot be read", WRITE_AGAIN),
        (
            "text that is not UTF-8",
            *(PARQUET.replace(NEVER.encode(), b"Ms-Quoted-\xff\xfever"), "", "its rows cannot be read", WRITE_AGAIN),
        ),
        ("no rows", as_parquet([HEADER]), "", "there is a header and no rows", NO_ROWS),
        (
            "a column missing",
            *(as_parquet(WITHOUT_ETHNICITY), "row 1, column ethnicity", "the header has no ethnicity", HEADING),
        ),
        (
            "a column twice",
            *(TWO_ALIKE.replace(b"vacancz", b"vacancy"), "row 1, column vacancy", BOTH, TWICE),
        ),
        ("a column of lists", parquet_with("[vacancy] AS vacancy"), "column vacancy", *LISTS),
        ("a column of structures", parquet_with("{'id': applicant} AS applicant"), "column applicant", *LISTS),
        ("a column of bytes", parquet_with("encode(staff_group) AS staff_group"), "column staff_group", *LISTS),
        (
            "times of day for dates",
            *(parquet_with("TIME '10:00' AS closed_on"), "row 2, column closed_on"),
            *("2 of 2 rows do not count; the first because it is not a date", DATE),
        ),
    ]
}


# ---- What stands in the wrong place


def folder(path: Path) -> None:
    path.mkdir()


def dead_link(path: Path) -> None:
    path.symlink_to("nowhere")


def beside(other: str) -> Callable[[Path], object]:
    """A good return, and beside it another."""

    def make(path: Path) -> None:
        path.write_bytes(CSV)
        path.with_name(other).write_bytes(b"")

    return make


UNKNOWN = ("", "it is not a return that the audit knows", KNOWN)
NO_FILE = (
    "it is a folder, or no ordinary file, where a return should be",
    "Put the file itself there",
)
LINK = ("it is a link, and links are not followed", "Put what it leads to there itself")
KEEP_ONE = "Keep the one that counts, or number them in the order in which they were sent: applications-2.csv"
PLACES = {
    "a pickle": Bad(b"\x80\x04N.", *UNKNOWN, file=sent_as("pkl")),
    "an old workbook": Bad(OLD_WORKBOOK, *UNKNOWN, file=sent_as("xls")),
    "a name misspelt": Bad(
        CSV, "", "its name is not that of a return, so it is not read", CALL_IT, file=f"{PERIOD}/applicatons.csv"
    ),
    "a folder named like a return": Bad(folder, "", *NO_FILE),
    "a link to nowhere": Bad(dead_link, "", *LINK),
    "a link to itself": Bad(lambda path: path.symlink_to(path.name), "", *LINK),
    "one return in two files": Bad(
        beside("applications.parquet"),
        *("", "there are 2 returns of applications or stage-totals for one period", KEEP_ONE),
        named=PERIOD,
    ),
    "applications beside totals": Bad(
        beside("stage-totals.csv"),
        *("", "there are 2 returns of applications or stage-totals for one period", KEEP_ONE),
        named=PERIOD,
    ),
    "staff twice": Bad(
        beside("staff.ods"),
        *("", "there are 2 returns of staff for one period", KEEP_ONE),
        file=f"{PERIOD}/staff.csv",
        named=PERIOD,
    ),
    "a period that is none": Bad(
        CSV, "", "'2026-Q2' is not a period", PERIODS, file="2026-Q2/applications.csv", named="2026-Q2"
    ),
    "a fifth quarter": Bad(
        CSV, "", "'2026-27-Q5' is not a period", PERIODS, file="2026-27-Q5/applications.csv", named="2026-27-Q5"
    ),
    "a year that ends otherwise than it should": Bad(
        CSV, "", "'2025-27' is not a period", PERIODS, file="2025-27/stage-totals.csv", named="2025-27"
    ),
    "a return beside its period's folder": Bad(
        CSV, "", "'applications.csv' is not a period", PERIODS, file="applications.csv"
    ),
    "a file where a period's folder should be": Bad(
        CSV,
        *("", "it is a file where a period's folder should be", "Put returns in a folder named after their quarter"),
        file="2026-27-Q1",
    ),
}


# ---- organisation.yml


def settings(at: str, reason: str, remedy: str, content: bytes | Callable[[Path], object]) -> Bad:
    return Bad(content, at, reason, remedy, file="organisation.yml")


def setting(name: str, reason: str, /, **changes: object) -> Bad:
    about = {"name": "Ashbourne", "kind": "acute trust", "invented": True, "grades": "agenda for change"} | changes
    told = {key: value for key, value in about.items() if value is not None}
    said = f"setting {name}: {reason}" if name else reason
    return settings("", said, SETTINGS, yaml.safe_dump(told, allow_unicode=True).encode())


ABOUT = b"name: Ashbourne\nkind: acute trust\ninvented: true\ngrades: agenda for change\n"
PRINTED = {
    "indicator": 3,
    "year": "2025-26",
    "value": "1.83",
    "source": "Equality report, page 9",
    "as_of": "2026-07-01",
}
BOARD = {"members": 14, "bme_members": 3, "source": "Annual report, page 12", "as_of": "2026-03-31"}
PUBLISHED = {"posts": "medical posts", "year": "2020-21", "source": "BMJ 2021;375:n2460"}
NOT_PLAIN = ("it holds a tag, an anchor or an alias, which settings do not need", PLAIN_YAML)
NOT_YAML = ("it cannot be read as YAML", YAML)
NO_SETTINGS = ("it holds no settings", "Write one setting a line, as `name: ...`")
BANDS_THERE_ARE = "1, 2, 3, 4, 5, 6, 7, 8a, 8b, 8c, 8d, 9, VSM, below 8a, medical"
WORDED = (
    "grade, source, campaign, ethnicity, sex, disability, age_band, sexual_orientation, religion, work, "
    "leaving_reason, board, board_role, medical_grade, event, ground, from_grade, to_grade, question, status, "
    "element, high_impact_action, direction, blocker, partner_group, trait, rater_kind, axis, published_elsewhere, "
    "kind, unit, application_status"
)
KINDS = (
    "'acute trust', 'mental health trust', 'community trust', 'ambulance trust', 'integrated care board', 'council', "
    "'university', 'GP federation', "
    "'voluntary organisation', 'published figures' or 'other'"
)
# Ten times ten in each of twelve lines: a million million.
MERGED = b"a0: &a0 {k: v}\n" + b"".join(
    f"a{n}: &a{n} {{<<: [{', '.join([f'*a{n - 1}'] * 10)}]}}\n".encode() for n in range(1, 13)
)
NAME_NOT_TEXT = "it is not text; put quotation marks around it"
ORGANISATION = {
    "no organisation.yml": settings(
        "", "there is no such file", "Run `lt-analysis check ashbourne`: it proposes one", lambda path: None
    ),
    "settings that run something": settings(
        "row 5", *NOT_PLAIN, ABOUT + b"values: !!python/object/apply:os.system ['touch it-ran']\n"
    ),
    "settings with a tag of YAML's own": settings("row 5", *NOT_PLAIN, ABOUT + b"high_cost_area: !!int ''\n"),
    "settings that hold themselves": settings("row 5", *NOT_PLAIN, ABOUT + b"values: &all {grade: *all}\n"),
    "settings merged a million million times": settings("row 5", *NOT_PLAIN, ABOUT + MERGED),
    "settings in ten thousand brackets": settings(
        "row 5",
        *("it holds settings within settings beyond any that there are", "Look for a stray bracket"),
        ABOUT + b"values: " + b"[" * 10_000,
    ),
    "settings in Windows-1252": settings(
        "", "it holds characters that are not UTF-8", "Save it as UTF-8", ABOUT.replace(b"Ash", b"\xc9sh")
    ),
    "settings in UTF-16": settings(
        "", "it holds characters that are not UTF-8", "Save it as UTF-8", ABOUT.decode().encode("utf-16")
    ),
    "more than settings": settings(
        *("", "it is longer than 1 megabyte", "Keep nothing but settings in it"), ABOUT + b"#" * (1 << 20)
    ),
    "no settings": settings("", *NO_SETTINGS, b""),
    "a list instead of settings": settings("", *NO_SETTINGS, b"- name: Ashbourne\n"),
    "a bracket that is never closed": settings("row 2", *NOT_YAML, b"name: [\n"),
    "a tab for an indent": settings("row 6", *NOT_YAML, ABOUT + b"headings:\n\tVacancy Ref: vacancy\n"),
    "a null byte among settings": settings("", *NOT_YAML, ABOUT + b"\0"),
    "a day that is none": settings("", *NOT_YAML, ABOUT.replace(b"Ashbourne", b"2026-02-30")),
    "a setting twice": settings(
        *("row 6", "a setting stands twice", "Keep one, with all that belongs under it"),
        ABOUT + b"headings: {Ref: vacancy}\nheadings: {Origin: ethnicity}\n",
    ),
    "a setting that there is not": setting("colour", "the audit has no such setting", colour=NEVER),
    "a setting missing": setting("name", "it is missing", name=None),
    "a name that is a number": setting("name", NAME_NOT_TEXT, name=1948),
    "a kind that there is not": setting("kind", f"input should be {KINDS}", kind=NEVER),
    "neither true nor false": setting("invented", "it is true or false", invented=NEVER),
    "campaigns that are declared to be some": setting(
        *("campaigns", "it is none where there are no international or bulk campaigns, and otherwise left out"),
        campaigns="bulk",
    ),
    "a list for headings": setting("headings", "it holds settings of its own, one a line", headings=[NEVER]),
    "a heading for no column": setting(
        "headings",
        "heading 1 stands for no column of any return; docs/returns.md lists them",
        headings={NEVER: "colour"},
    ),
    "two headings that are one": setting(
        "headings",
        "heading 2 is number 1 written otherwise",
        headings={"Vacancy Ref.": "vacancy", "vacancy-ref": "applicant"},
    ),
    "a heading without a letter": setting(
        "headings", "heading 1 has no letter or digit that the audit can compare", headings={"--": "vacancy"}
    ),
    "words for a column without words": setting(
        "values", f"no column vacancy has words to recognise; these have: {WORDED}", values={"vacancy": {NEVER: "x"}}
    ),
    "a word that means no band": setting(
        "values", "the meaning of grade's spelling 1 is no word of the audit", values={"grade": {NEVER: "8e"}}
    ),
    "two words that are one": setting(
        "values", "grade's spelling 2 is number 1 written otherwise", values={"grade": {"PO 8": "8a", "po-8": "8b"}}
    ),
    "yes without quotation marks": settings(
        "", f"setting values.disability.Y: {NAME_NOT_TEXT}", SETTINGS, ABOUT + b"values: {disability: {Y: yes}}\n"
    ),
    "equivalent grades beside bands": setting(
        "",
        "equivalent_grades are for an organisation of which `grades` is salary",
        equivalent_grades={"2026-27": {"PO8": "8a"}},
    ),
    "a grade equal to no band": setting(
        "equivalent_grades",
        f"grade 1 of 2026-27 is equal to no band; the bands are: {BANDS_THERE_ARE}",
        grades="salary",
        equivalent_grades={"2026-27": {NEVER: "8e"}},
    ),
    "a pay year that is none": setting(
        "equivalent_grades",
        "they are given by pay year, as 2026-27",
        grades="salary",
        equivalent_grades={"2026-28": {"PO8": "8a"}},
    ),
    "one grade equal to two bands": setting(
        "equivalent_grades",
        "grade 2 of 2026-27 is number 1 written otherwise",
        grades="salary",
        equivalent_grades={"2026-27": {"PO 8": "8a", "po 8": "8b"}},
    ),
    "invented data that somebody has published": setting(
        "", "invented data cannot be declared as already published", already_published=PUBLISHED
    ),
    "published, and not said where": setting(
        "already_published.source",
        "it is missing",
        invented=False,
        already_published={name: PUBLISHED[name] for name in ("posts", "year")},
    ),
    "published in a year that is none": setting(
        "already_published.year",
        "it is a financial year, as 2025-26",
        invented=False,
        already_published=PUBLISHED | {"year": "2020-22"},
    ),
    "more BME members than members": setting(
        "board_published", "bme_members are among the members", board_published=BOARD | {"bme_members": 15}
    ),
    "BME executives whose whole is not said": setting(
        "board_published",
        "executives and bme_executives are given together, or neither is",
        board_published=BOARD | {"bme_executives": 1},
    ),
    "more voting members than members": setting(
        "board_published",
        "bme_voting_members are among the voting_members, and voting_members among the members",
        board_published=BOARD | {"voting_members": 15, "bme_voting_members": 3},
    ),
    "more BME executives than BME members": setting(
        "board_published",
        "bme_executives are among the bme_members",
        board_published=BOARD | {"executives": 6, "bme_executives": 4},
    ),
    "a board of no day": setting(
        "board_published.as_of", "it is a day, as 2026-03-31", board_published=BOARD | {"as_of": NEVER}
    ),
    "an indicator as a number, of which it is not known how it was printed": setting(
        "indicators_published.0.value",
        "it is not text; put quotation marks around it",
        indicators_published=[PRINTED | {"value": 1.8}],
    ),
    "an indicator in words": setting(
        "indicators_published.0.value",
        'it is a number as it was printed, in quotation marks: "1.83", or "23.4%"',
        indicators_published=[PRINTED | {"value": NEVER}],
    ),
    "a ratio of one group": setting(
        "indicators_published.0",
        "indicators 2 to 4 are ratios, as 1.83, and of no single group",
        indicators_published=[PRINTED | {"group": "BME"}],
    ),
    "a percentage of nobody": setting(
        "indicators_published.0",
        'indicators 5 to 8 are percentages, as "23.4%", and their group is White or BME',
        indicators_published=[PRINTED | {"indicator": 5, "value": "23.4%"}],
    ),
    "an indicator of a year that is none": setting(
        "indicators_published.0.year",
        "it is a financial year, as 2025-26",
        indicators_published=[PRINTED | {"year": "2025-27"}],
    ),
    "an indicator twice": setting(
        "indicators_published",
        "an indicator stands twice for one year and group",
        indicators_published=[PRINTED, dict(PRINTED)],
    ),
    "a part of a board member": setting(
        "board_published.members", "it is a whole number", board_published=BOARD | {"members": NEVER}
    ),
}


# ---- Rows of applications

WITHOUT_VACANCY = "1 of 2 rows cannot be given to a vacancy; the first because"
ERROR = ("it is a spreadsheet's error, and no value", "Send the value that should stand there")
SHORTENED = (
    "a spreadsheet has shortened the reference, so that several are alike",
    "Format the column as text before the numbers are put in, and send it again",
)
NOBODYS = (
    "it stands for a reference that is not given, and tells none from another",
    "Give each a reference of its own, or leave the cell empty",
)
PERSONAL = ("it has the shape of an e-mail address, a National Insurance number or an NHS number", REFERENCE)
NO_DATE = ("it is not a date", DATE)
MONTH_FIRST = "Its month seems to stand first, and days come first here: write dates as 2026-07-31"
NO_BAND = ("the audit knows no such band", BAND)
NO_GROUP = ("it is not an ethnic category that the audit knows", ETHNICITY)
NO_CODE = "the audit has no such code"
UNKNOWN_CODES = "not known, prefer not to say"
COVERED = date(2026, 8, 1)
LATE = date(2026, 9, 10)
OFFERED = making.reached(COVERED, "eligible_on", "shortlisted_on", "interviewed_on", "offered_on")
APPLICATION = {
    "no vacancy": application("vacancy", f"{WITHOUT_VACANCY} the cell is empty", FILL, vacancy="", rows=NONE_COUNTS),
    "a spreadsheet's error for a vacancy": application(
        "vacancy", f"{WITHOUT_VACANCY} {ERROR[0]}", ERROR[1], vacancy="#REF!", rows=NONE_COUNTS
    ),
    "a spreadsheet's error for an applicant": application("applicant", *ERROR, applicant="#N/A", rows=BOTH_COUNT),
    "a reference that a spreadsheet has shortened": application(
        "applicant", *SHORTENED, applicant="2.02607E+11", rows=BOTH_COUNT
    ),
    **{
        f"words for {stage}": application(
            stage,
            f"{NO_DATE[0]}: {NOT_PLACED}",
            f"{NO_DATE[1]}; leave the cell empty where the stage was not reached",
            **{stage: NEVER},
        )
        for stage in STAGE_NEEDS
    },
    **{
        f"words for {stage}, and a later stage": application(
            stage, *NO_DATE, rows=BOTH_COUNT, **OFFERED | {later: str(LATE), stage: NEVER}
        )
        for stage, later in {
            **dict.fromkeys(("eligible_on", "shortlisted_on", "interviewed_on", "offered_on"), "started_on"),
            **{"declined_on": "started_on", "started_on": "declined_on"},
        }.items()
    },
    "no applicant but a space": application("applicant", "the cell is empty", FILL, applicant=" ", rows=BOTH_COUNT),
    "no day of application": application("applied_on", "the cell is empty", FILL, applied_on="", rows=BOTH_COUNT),
    "no campaign": application("campaign", "the cell is empty", FILL, campaign=""),
    "words for a date": application("advertised_on", *NO_DATE, advertised_on=NEVER, rows=BOTH_COUNT),
    "a month before a day": application(
        "applied_on", NO_DATE[0], MONTH_FIRST, applied_on="07/31/2026", rows=BOTH_COUNT
    ),
    "30 February": application("eligible_on", *NO_DATE, eligible_on="2026-02-30", rows=BOTH_COUNT),
    "a year of two figures": application("closed_on", *NO_DATE, closed_on="21/07/26"),
    "a post that closed in another quarter": application(
        "closed_on",
        "the post did not close to applicants in 2026-27-Q2",
        "Move the row to the return of the quarter in which the post closed",
        closed_on="2026-10-01",
    ),
    "a post advertised after it closed": application(
        "advertised_on",
        "the post was advertised after it closed",
        ONE_DATE,
        advertised_on="2026-09-01",
        rows=BOTH_COUNT,
    ),
    "a band that there is not": application("grade", *NO_BAND, grade="8e"),
    "Band 8, which may be any of four": application("grade", *NO_BAND, grade="Band 8"),
    "no grade": application("grade", "the cell is empty", ONE_BAND, grade=""),
    "several bands for one post": application("grade", NO_BAND[0], BANDS, grade="8+"),
    "an ethnic code that there is not": application("ethnicity", *NO_GROUP, ethnicity="Q", rows=BOTH_COUNT),
    "a name for an ethnic group": application("ethnicity", *NO_GROUP, ethnicity=NEVER, rows=BOTH_COUNT),
    "words for a sex": application(
        "sex", NO_CODE, one_of(f"female, male, other, {UNKNOWN_CODES}"), sex=NEVER, rows=BOTH_COUNT
    ),
    "a campaign that there is not": application(
        "campaign", NO_CODE, one_of("none, international, bulk"), campaign="overseas"
    ),
    "a formula for a religion": application(
        "religion",
        NO_CODE,
        one_of(f"none, buddhist, christian, hindu, jewish, muslim, sikh, other, {UNKNOWN_CODES}"),
        religion=f'=HYPERLINK("{NEVER}")',
        rows=BOTH_COUNT,
    ),
    "an age for an age band": application(
        "age_band",
        NO_CODE,
        one_of("under 25, 25-34, 35-44, 45-54, 55-64, 65 and over, not known"),
        age_band="35",
        rows=BOTH_COUNT,
    ),
    "eligible before applied": application(
        "eligible_on", "eligible before having been applied", ONE_DATE, eligible_on="2026-07-01", rows=BOTH_COUNT
    ),
    "shortlisted and not eligible": application(
        "shortlisted_on",
        "shortlisted without having been eligible",
        "Add the date in eligible_on, or remove the one in shortlisted_on",
        shortlisted_on="2026-08-20",
        rows=BOTH_COUNT,
    ),
    "shortlisted before eligible": application(
        "shortlisted_on",
        "shortlisted before having been eligible",
        ONE_DATE,
        eligible_on="2026-08-20",
        shortlisted_on="2026-08-19",
        rows=BOTH_COUNT,
    ),
    "interviewed and not shortlisted": application(
        "interviewed_on",
        "interviewed without having been shortlisted",
        "Add the date in shortlisted_on, or remove the one in interviewed_on",
        eligible_on="2026-08-20",
        interviewed_on="2026-08-20",
        rows=BOTH_COUNT,
    ),
    "interviewed before shortlisted": application(
        "interviewed_on",
        "interviewed before having been shortlisted",
        ONE_DATE,
        **OFFERED | {"interviewed_on": "2026-08-02"},
        rows=BOTH_COUNT,
    ),
    "offered and not interviewed": application(
        "offered_on",
        "offered without having been interviewed",
        "Add the date in interviewed_on, or remove the one in offered_on",
        offered_on="2026-08-20",
        rows=BOTH_COUNT,
    ),
    "offered before interviewed": application(
        "offered_on",
        "offered before having been interviewed",
        ONE_DATE,
        **OFFERED | {"offered_on": "2026-08-14"},
        rows=BOTH_COUNT,
    ),
    "declined and not offered": application(
        "declined_on",
        "declined without having been offered",
        "Add the date in offered_on, or remove the one in declined_on",
        declined_on="2026-09-10",
        rows=BOTH_COUNT,
    ),
    "declined before offered": application(
        "declined_on",
        "declined before having been offered",
        ONE_DATE,
        **OFFERED | {"declined_on": "2026-08-02"},
        rows=BOTH_COUNT,
    ),
    "started and not offered": application(
        "started_on",
        "started without having been offered",
        "Add the date in offered_on, or remove the one in started_on",
        started_on="2026-09-10",
        rows=BOTH_COUNT,
    ),
    "started before offered": application(
        "started_on",
        "started before having been offered",
        ONE_DATE,
        **OFFERED | {"started_on": "2026-08-02"},
        rows=BOTH_COUNT,
    ),
    "both declined and started": application(
        "started_on",
        "both declined and started",
        "Remove one of the two dates",
        **OFFERED | {"declined_on": "2026-09-10", "started_on": "2026-09-10"},
        rows=BOTH_COUNT,
    ),
    "a word in place of a reference": application("applicant", *NOBODYS, applicant="Withheld", rows=BOTH_COUNT),
    "two applicants under one reference": application(
        "applicant",
        "several applicants share a reference: rows of one vacancy and applicant differ in characteristics, or are "
        "more than there are stages",
        "Give every applicant a reference of their own",
        **ANOTHER[APPLICATIONS] | {"sex": "male"},
        rows=BOTH_COUNT,
    ),
    "one application twice": application(
        "applicant",
        "this applicant already stands in another row for this vacancy, which came as far or further",
        "Keep one row for each application, with every stage that it reached",
        **ANOTHER[APPLICATIONS],
    ),
    **{
        f"the {place} row tells its vacancy otherwise": Bad(
            sent(APPLICATIONS, *({"applicant": f"A{n}", "grade": "8b" if n == odd else "8a"} for n in range(4))),
            f"row {odd + 2}, column vacancy",
            "its dates, grade, staff group, campaign or repost_of differ from the vacancy's other rows",
            "Give every application to a vacancy the same particulars",
            rows=(4, 0, 0),
        )
        for place, odd in {"first": 0, "third": 2}.items()
    },
    "an e-mail address for an applicant": application(
        "applicant", *PERSONAL, applicant=f"{NEVER}@example.org", rows=BOTH_COUNT
    ),
    "a National Insurance number for an applicant": application(
        "applicant", *PERSONAL, applicant="AB123456C", rows=BOTH_COUNT
    ),
    "a National Insurance number with spaces": application(
        "applicant", *PERSONAL, applicant="ab 12 34 56 c", rows=BOTH_COUNT
    ),
    "an NHS number with spaces": application("applicant", *PERSONAL, applicant="943 476 5919", rows=BOTH_COUNT),
    "an e-mail address for a borough": application(
        "home_borough", *PERSONAL, home_borough=f"{NEVER}@example.org", rows=BOTH_COUNT
    ),
    "NHS numbers for applicants": Bad(
        sent(APPLICATIONS, *({"applicant": number} for number in NUMBERS)),
        "column applicant",
        "it holds NHS numbers",
        "Send references that mean nothing outside the organisation",
    ),
}
by_status = partial(wrong, APPLICATIONS_BY_STATUS)
ADVERTISED_AGAIN = {
    "a vacancy that follows itself": application(
        "repost_of",
        "the vacancy is said to be its own earlier advertisement",
        "Give the reference that the post had before, or leave the cell empty",
        repost_of=NEVER,
        rows=BOTH_COUNT,
    ),
}
BY_STATUS = {
    "no status": by_status("application_status", f"the cell is empty: {NOT_PLACED}", FILL, application_status=""),
    "a spreadsheet's error for a status": by_status(
        "application_status",
        f"{NO_CODE}: {NOT_PLACED}",
        one_of("not eligible, applied, shortlisted, interviewed, offered, declined, started, withdrawn, not appointed"),
        application_status="#N/A",
    ),
    "words for a status": by_status(
        "application_status",
        NO_CODE,
        one_of("not eligible, applied, shortlisted, interviewed, offered, declined, started, withdrawn, not appointed"),
        application_status=NEVER,
        rows=NONE_COUNTS,
    ),
    "a status of how it ended": replace(
        by_status(
            "application_status",
            "its status says how it ended, not how far it came: the file would lack those who did not succeed",
            "Give the furthest stage that it reached, as shortlisted, or the dates of the stages",
            application_status="withdrawn",
        ),
        rows=(0, 0, 0),
    ),
}
NO_SALARY = ("it cannot be the pay of a year", "Give the full-time salary of a year in pounds, as 57528")
PAID = {
    "no grade where there are salaries": application(
        "salary_minimum", "the post's pay cannot be placed", PAY, about=SALARIED, salary_minimum=""
    ),
    "a salary in words": application(
        "salary_minimum", "it is not a whole number", DIGITS, about=SALARIED, salary_minimum=NEVER
    ),
    "pay of a month": application("salary_minimum", *NO_SALARY, about=SALARIED, salary_minimum="5417"),
    "a range of pay turned round": application(
        "salary_maximum",
        "the range of pay ends below its minimum, or beyond any salary",
        ONE_NUMBER,
        about=SALARIED | {"headings": {"Most": "salary_maximum"}},
        salary_maximum="58000",
    ),
    "pay of a month of staff": staff("salary", *NO_SALARY, about=SALARIED, salary="5417"),
    "a salary of a year without pay scales": application(
        "salary_minimum", "the post's pay cannot be placed", PAY, about=SALARIED, advertised_on="2001-07-01"
    ),
    "bands where there are salaries": Bad(
        CSV, "row 1, column salary_minimum", "the header has no salary_minimum", HEADING, settings=SALARIED
    ),
    "staff without a salary": staff("salary", "the post's pay cannot be placed", PAY, about=SALARIED, salary=""),
}


# ---- Rows of the other returns

WHITE, SOME_BME = {"ethnicity": "White"}, {"ethnicity": "BME"}
TOTALLED = {
    "a total of a group that there is not": totals("ethnicity", *NO_GROUP, ethnicity="Purple", rows=NONE_COUNTS),
    "a total of a band that there is not": totals("grade", *NO_BAND, grade="8z", rows=NONE_COUNTS),
    "a total of no number": totals("applied", "the cell is empty", FILL, applied="", rows=NONE_COUNTS),
    "a total in words": totals("applied", "it is not a whole number", DIGITS, applied="nine", rows=NONE_COUNTS),
    "a total below nought": totals("applied", "it is not a whole number", DIGITS, applied=-9, rows=NONE_COUNTS),
    "half a person": totals("applied", "it is not a whole number", DIGITS, applied="9.5", rows=NONE_COUNTS),
    "a total of ten digits": totals("applied", "it is not a whole number", DIGITS, applied="9" * 10, rows=NONE_COUNTS),
    "more shortlisted than applied": totals(
        "shortlisted", "more shortlisted than applied", ONE_NUMBER, shortlisted=10, rows=NONE_COUNTS
    ),
    "more offered than shortlisted": totals(
        "offered", "more offered than shortlisted", ONE_NUMBER, offered=6, rows=NONE_COUNTS
    ),
    "one group twice": totals(
        "ethnicity",
        "this group already stands in an earlier row for this grade",
        "Keep one row for each group and grade",
        ethnicity="BME",
        rows=NONE_COUNTS,
    ),
    "one band beside all of them": Bad(
        sent(STAGE_TOTALS, {}, {"grade": "8a"}, SOME_BME),
        *("row 2, column grade", "bands are given both one by one and together"),
        *("Send either the single bands or 8+", f"{PERIOD}/stage-totals.csv"),
    ),
    **{
        f"no {group} people": Bad(
            sent(STAGE_TOTALS, {"ethnicity": other}, {"ethnicity": "Unknown"}),
            *(
                "column ethnicity",
                f"there is no row of {group} people: the others alone would say what is not so",
            ),
            *(f"Add a row of {group} people, with 0 where there was nobody", f"{PERIOD}/stage-totals.csv"),
        )
        for group, other in {"White": "BME", "BME": "White"}.items()
    },
    **{
        f"{part} beside {group}": Bad(
            sent(STAGE_TOTALS, {"ethnicity": group}, {"ethnicity": part}, *beside),
            *("row 2, column ethnicity", f"{group} is given beside groups or codes that are part of it"),
            *(f"Send either {group} or its parts", f"{PERIOD}/stage-totals.csv"),
        )
        for group, part, *beside in [
            *(("BME", "Asian", WHITE), ("BME", "N", WHITE), ("White", "CP", SOME_BME)),
            ("Unknown", "99", WHITE, SOME_BME),
            *(("Mixed", "D", WHITE), ("Asian", "H", WHITE), ("Black", "M", WHITE), ("Other", "S", WHITE)),
        ]
    },
}
MEMBER = {
    "nobody": staff("person", "the cell is empty", FILL, person=""),
    "staff of Band 8, which may be any of four": staff("grade", *NO_BAND, grade="Band 8"),
    "staff without a grade": staff("grade", "the cell is empty", ONE_BAND, grade=""),
    "staff of several bands": staff("grade", NO_BAND[0], BANDS, grade="8+"),
    "two kinds of work": staff("work", NO_CODE, one_of("clinical, non-clinical, medical"), work="both"),
    "hours for a share of full time": staff(
        "full_time_equivalent",
        "it is not a share of full time",
        "Write it as 1 or 0.6",
        full_time_equivalent="37.5",
        rows=BOTH_COUNT,
    ),
    "joined after the period": staff(
        "started_on", "joined after the period", "Leave the row out", started_on="2026-10-01"
    ),
    "left before the period": staff(
        "left_on",
        "did not leave in 2026-27-Q2",
        "Leave out those who left before, and the date of those who left after",
        left_on="2026-06-30",
    ),
    "left before joining": staff(
        "left_on", "left before having joined", ONE_DATE, left_on="2026-07-01", started_on="2026-08-01"
    ),
    "a reason for leaving, and no day": staff(
        "leaving_reason",
        "a reason for leaving without a date",
        "Add the date in left_on, or remove the reason",
        leaving_reason="resigned",
    ),
    "a reason for leaving that there is not": staff(
        "leaving_reason",
        NO_CODE,
        one_of("resigned, retired, end of contract, dismissed, redundancy, transfer, died, other"),
        left_on="2026-07-01",
        leaving_reason=NEVER,
        rows=BOTH_COUNT,
    ),
    "staff of a group that there is not": staff("ethnicity", *NO_GROUP, ethnicity="Q", rows=BOTH_COUNT),
    "a board's chair": staff("board", NO_CODE, one_of("no, voting, non-voting"), board="chair", rows=BOTH_COUNT),
    "a role on a board that there is not": staff(
        "board_role", NO_CODE, one_of("executive, non-executive"), board="voting", board_role=NEVER, rows=BOTH_COUNT
    ),
    "a role on the board of somebody who is not on it": staff(
        "board_role",
        "whoever is not on the board has no role there",
        "Leave the cell empty, or correct board",
        board_role="executive",
        rows=BOTH_COUNT,
    ),
    "a medical grade that there is not": staff(
        "medical_grade",
        NO_CODE,
        one_of("consultant, non-consultant career grade, trainee, other"),
        work="medical",
        medical_grade=NEVER,
        rows=BOTH_COUNT,
    ),
    "a medical grade of a nurse": staff(
        "medical_grade",
        "only doctors and dentists have a medical grade",
        "Leave the cell empty, or correct grade or work",
        medical_grade="consultant",
        rows=BOTH_COUNT,
    ),
    "a day of the staff after the quarter": staff(
        "snapshot_on",
        "it is no day of 2026-27-Q2",
        "Give the day of which the staff are, within the return's quarter",
        snapshot_on="2026-10-01",
        rows=BOTH_COUNT,
    ),
    "a month for a day of the staff": staff("snapshot_on", *NO_DATE, snapshot_on="September", rows=BOTH_COUNT),
    "staff of two days": Bad(
        sent(STAFF, ANOTHER[STAFF] | {"snapshot_on": "2026-09-30"}, {"snapshot_on": "2026-08-31"}),
        "row 3, column snapshot_on",
        "another row is of a later day",
        "Send all staff as they are on one day",
        file=f"{PERIOD}/staff.csv",
        rows=BOTH_COUNT,
    ),
    "one person twice": staff(
        "person",
        "this person already stands in an earlier row",
        "Keep one row for each person, with their main post",
        **ANOTHER[STAFF],
    ),
    "an e-mail address for a person": staff("person", *PERSONAL, person=f"{NEVER}@example.org"),
    "NHS numbers for people": Bad(
        sent(STAFF, *({"person": number} for number in NUMBERS)),
        "column person",
        "it holds NHS numbers",
        "Send references that mean nothing outside the organisation",
        file=f"{PERIOD}/staff.csv",
    ),
}
HAPPENED = {
    "an event that there is not": event(
        "event",
        NO_CODE,
        one_of_column(EVENTS, "event"),
        event="party",
    ),
    "no event": event("event", "the cell is empty", FILL, event=""),
    "an event outside the quarter": event(
        "happened_on",
        "it did not happen in 2026-27-Q2",
        "Move the row to the return of its own quarter",
        happened_on="2026-06-30",
    ),
    "a month for a day": event("happened_on", *NO_DATE, happened_on="June"),
    "a ground that there is not": event(
        "ground",
        NO_CODE,
        one_of("ill health, performance"),
        event="formal capability",
        ground=NEVER,
        rows=BOTH_COUNT,
    ),
    "a ground of a promotion": event(
        "ground",
        "only a formal capability process has a ground",
        "Leave the cell empty, or correct the event",
        ground="performance",
        rows=BOTH_COUNT,
    ),
    "a grade before that may be any of four": event("from_grade", *NO_BAND, from_grade="Band 8", rows=BOTH_COUNT),
    **{
        f"several bands for {name}": event(name, NO_BAND[0], BANDS, rows=BOTH_COUNT, **{name: "8+"})
        for name in ("from_grade", "to_grade")
    },
    "a promotion downwards": event(
        "to_grade",
        "it is not above the grade before",
        "Correct one of the two grades; a higher grade for the same post is no promotion",
        from_grade="8b",
        to_grade="8a",
        rows=BOTH_COUNT,
    ),
    **{
        f"{name} of a course": event(
            name,
            "only a promotion, or acting up, has a grade before and after",
            "Leave the cell empty, or correct the event",
            event="non-mandatory training",
            rows=BOTH_COUNT,
            **{name: "7"},
        )
        for name in ("from_grade", "to_grade")
    },
    "one event twice": event(
        "person",
        "this event already stands in an earlier row",
        "Keep one row for each event",
        **ANOTHER[EVENTS],
    ),
    "a National Insurance number for a person": event("person", *PERSONAL, person="AB123456C"),
}
ANSWERED = {
    "more yes than answers": survey("yes", "more said yes than answered", ONE_NUMBER, yes="121"),
    "respondents in words": survey("respondents", "it is not a whole number", DIGITS, respondents="many"),
    "respondents below nought": survey("respondents", "it is not a whole number", DIGITS, respondents="-1"),
    "a percentage for a number": survey("yes", "it is not a whole number", DIGITS, yes="15%"),
    "a question that is not asked": survey(
        "question",
        NO_CODE,
        one_of("harassment by the public, harassment by staff, equal opportunities, discrimination"),
        question="q14",
    ),
    "everybody for a group": survey("ethnicity", *NO_GROUP, ethnicity="Everybody"),
    "one answer twice": survey(
        "question",
        "this group already stands in an earlier row for this question",
        "Keep one row for each group and question",
        **ANOTHER[SURVEY],
    ),
    **{
        f"{part} beside {group} in a survey": Bad(
            sent(SURVEY, {"ethnicity": group}, {"ethnicity": part}),
            *("row 2, column ethnicity", f"{group} is given beside groups or codes that are part of it"),
            *(f"Send either {group} or its parts", f"{PERIOD}/survey.csv"),
        )
        for group, part in [
            *(("BME", "Asian"), ("White", "CP"), ("Unknown", "99")),
            *(("Mixed", "D"), ("Asian", "H"), ("Black", "M"), ("Other", "S")),
        ]
    },
}
PLEDGED = {
    "due before it was started": action("due_on", "due before having been started", ONE_DATE, due_on="2026-03-31"),
    "due on no day": action("due_on", "the cell is empty", FILL, due_on=""),
    "a status that there is not": action(
        "status", NO_CODE, one_of("not started, under way, done, stopped"), status=NEVER
    ),
    "a status from after the period": action(
        "status_on",
        "it stood so after the period",
        "Say how it stood on the last day of the period",
        status_on="2026-10-01",
    ),
    "a word for a reference": action(
        "reference",
        "it is no reference of up to four letters and up to four digits",
        "Write one as PAN1, and keep it the same in every return",
        reference=NEVER,
        rows=BOTH_COUNT,
    ),
    "a name for a commitment": action(
        "commitment",
        "it is no key of a commitment",
        "Use the partnership's own key, as C1, or one of: recruitment audit, race standards, inequalities data, "
        "cultural web, refreshed pledge, signature traits, reciprocal mentoring",
        commitment=NEVER,
        rows=BOTH_COUNT,
    ),
    "a name for whose action is taken up": action(
        "adopted_from",
        "it names no organisation's folder with a reference",
        "Write both with a space between, as nonesuch-hospitals PAN1",
        adopted_from=NEVER,
        rows=BOTH_COUNT,
    ),
    "a long reply": action(
        "reply",
        "it is longer than 200 letters",
        "Say it in one line",
        reply="w" * 201,
        rows=BOTH_COUNT,
    ),
    "more milestones met than there are": action(
        "milestones_done",
        "more milestones are met than there are",
        "Correct one of the two numbers",
        milestones_done="3",
        milestones_all="2",
        rows=BOTH_COUNT,
    ),
    "one reference twice": Bad(
        sent(ACTIONS, ANOTHER[ACTIONS] | {"reference": "PAN1"}, {"reference": "PAN1"}),
        "row 3, column reference",
        "this reference already stands in an earlier row",
        "Give every action a reference of its own",
        f"{PERIOD}/actions.csv",
        rows=(1, 1, 0),
    ),
    "under way and never started": action(
        "started_on",
        "under way or done without having been started",
        "Add the date in started_on",
        started_on="",
    ),
    "one action twice": action(
        "action",
        "this action already stands in an earlier row",
        "Keep one row for each action",
        **ANOTHER[ACTIONS],
    ),
    "an e-mail address for a post": action("owner_role", *PERSONAL, owner_role=f"{NEVER}@example.org"),
}

AFTER_PERIOD = ("it is after the period", "Say how it stood on the last day of the period")
LED = {
    "a name for a pair": mentoring(
        "pair",
        "it is no reference of up to four letters and up to four digits",
        "Write one as M1, and keep it the same in every return",
        pair=NEVER,
        rows=NONE_COUNTS,
    ),
    "one pair twice": mentoring(
        "pair",
        "this pair already stands in an earlier row",
        "Give every pair a reference of its own",
        pair="m2",
        rows=NONE_COUNTS,
    ),
    "a pair of a later quarter": mentoring(
        "started_on",
        "the pair began after the period",
        "Put the row into the return of a later quarter",
        started_on="2026-10-01",
        rows=NONE_COUNTS,
    ),
    "meetings in words": mentoring("meetings", "it is not a whole number", DIGITS, meetings="often", rows=NONE_COUNTS),
    "met before it began": mentoring(
        "last_met_on", "it is before the pair began", ONE_DATE, last_met_on="2026-03-31", rows=BOTH_COUNT
    ),
    "ended before it began": mentoring(
        "ended_on", "it is before the pair began", ONE_DATE, ended_on="2026-03-31", rows=BOTH_COUNT
    ),
    "met after the period": mentoring("last_met_on", *AFTER_PERIOD, last_met_on="2026-10-01", rows=BOTH_COUNT),
    "ended after the period": mentoring("ended_on", *AFTER_PERIOD, ended_on="2026-10-01", rows=BOTH_COUNT),
    "one number of executives and another": mentoring(
        "executives",
        "other rows have more executives",
        "Write the same number in every row",
        executives="7",
        rows=BOTH_COUNT,
    ),
    "asked in another quarter": traits(
        "asked_on",
        "they were asked in another quarter",
        "Put the row into the return of its own quarter",
        asked_on="2026-10-01",
    ),
    "one trait twice": traits(
        "trait",
        "this trait already stands in an earlier row for these raters",
        "Keep one row for each trait and kind of rater",
        **ANOTHER[TRAITS_RATED],
    ),
    "a trait that there is not": traits(
        "trait",
        NO_CODE,
        one_of("commitment, courage, cognizance, curiosity, cultural intelligence, collaboration"),
        trait="charm",
    ),
    "a mean for a count": traits("answered_4", "it is not a whole number", DIGITS, answered_4="3.7"),
}

BY_SEX = {"practice": "G85002", "axis": "sex", "subgroup": "male"}  # beside the row of everybody of that practice
EXPECTANCY = {"metric": "life-expectancy", "practice": "", "numerator": "", "denominator": ""}
EXPECTANCY |= {"value": "79.4", "lower": "79.1", "upper": "79.9"}
MEASURED = {
    "a metric that is not listed": metric(
        "metric", "the partnership's list has no such metric", "Use a key of its metrics.yml", metric=NEVER
    ),
    "a practice of no network": metric(
        "practice",
        "the partnership knows no such practice",
        "Use its NHS code, or have it added to the partnership's networks.csv",
        practice=NEVER,
    ),
    "an axis that is not asked": metric(
        "axis",
        "the metric is not asked by this axis",
        "Use an axis that the partnership's metrics.yml names for it",
        **BY_SEX | {"axis": "age", "subgroup": "18-39"},
    ),
    "a group of no axis": metric(
        "subgroup",
        "it is no group of that axis",
        "Use a group that docs/returns.md names for the axis, and none for everybody",
        **BY_SEX | {"subgroup": NEVER},
    ),
    "nobody for a denominator": metric(
        "denominator",
        "the denominator is 0",
        "Leave out a group of which there is nobody",
        numerator="0",
        denominator="0",
    ),
    "more than there are": metric("numerator", "the numerator is above the denominator", ONE_NUMBER, numerator="101"),
    "a count without its whole": metric(
        "numerator",
        "a metric that is counted lacks its numerator or denominator",
        "Send both, and no percentage",
        denominator="",
    ),
    "groups that do not add up": metric(
        "axis",
        "the groups of this axis do not add up to everybody",
        "Add the people of whom it is not known, or correct the numbers; until then the axis is left out",
        **BY_SEX | {"numerator": "59"},
    ),
    "groups of nobody known": metric(
        "axis",
        "there is no row of everybody",
        "Add one without axis and group; until then none of them counts",
        **BY_SEX | {"practice": "G85003"},
    ),
    "one group of a metric twice": metric(
        "subgroup",
        "this group already stands in an earlier row",
        "Keep one row for each metric, practice, axis and group",
        **ANOTHER[METRICS],
    ),
    "of practices and of the organisation": metric(
        "practice",
        "the metric is sent both of practices and of the organisation itself",
        "Send it of either, so that nobody is counted twice",
        practice="",
    ),
    "a value of a practice": metric(
        "value",
        "a metric that is a value has none, or one of a practice",
        "Send the organisation's own, without a practice",
        **EXPECTANCY | {"practice": "G85001"},
    ),
    "a value without its interval": metric(
        "lower", "the value has no interval", "Add its 95% interval in lower and upper", **EXPECTANCY | {"lower": ""}
    ),
    "a value outside its interval": metric(
        "upper", "the value lies outside its interval", ONE_NUMBER, **EXPECTANCY | {"upper": "79.2"}
    ),
    "a value of no publication": metric(
        "taken_from",
        "it is not said where the value was published",
        "Name the publication, with its page or table",
        **EXPECTANCY | {"taken_from": ""},
    ),
    "metrics of a whole year": Bad(
        sent(METRICS, {}),
        "row 2, column metric",
        "metrics are sent by quarter",
        "Put it in the folder of a quarter, as 2026-27-Q2",
        "2025-26/metrics.csv",
    ),
    "a value in words": metric(
        "value",
        "it is not a number",
        "Write digits, and a point where there are decimals, as 81.4",
        **EXPECTANCY | {"value": NEVER},
    ),
}
PROMISED = {
    "reached on no day": anchor(
        "as_of", "it is not said on which day so much was reached", "Add the day in as_of", as_of=""
    ),
    "reached after the period": anchor(
        "as_of",
        "it was reached after the period",
        "Say how much was reached by the last day of the period",
        as_of="2026-10-01",
    ),
    "one promise twice": anchor(
        "kind",
        "this promise already stands in an earlier row",
        "Keep one row for each kind, unit and date",
        **ANOTHER[ANCHORS],
    ),
}
ROWS = {**APPLICATION, **ADVERTISED_AGAIN, **BY_STATUS, **PAID, **TOTALLED, **MEMBER, **HAPPENED, **ANSWERED, **PLEDGED}
ROWS |= {**LED, **MEASURED, **PROMISED}
BAD_FILES = {**TEXT, **SPREADSHEETS, **PARQUETS, **PLACES, **ORGANISATION, **ROWS}
