"""The quarter's spreadsheet, written by gptables as the Government Analysis Function asks: a cover, a list of contents,
notes, and then one marked-up table a sheet.

It says nothing of who wrote it, where or when: the same release gives the same bytes.
"""

from datetime import datetime, time
from io import BytesIO

import pandas as pd
from gptables import Cover, GPTable, GPWorkbook

from lt_analysis.codebook.downloads import HIGH, KEY, LOW, VALUE
from lt_analysis.codebook.made_by import code_fingerprint, code_version
from lt_analysis.codebook.words import AUDIT, HIDDEN_MEANING, HIDDEN_SYMBOL, PARTNERSHIP
from lt_analysis.release.figures import Release
from lt_analysis.rendering.front_page import marks
from lt_analysis.rendering.sheets import PERCENTAGE, Sheet, sheets

# Text is written as text, so that nothing that looks like a formula or an address can be one.
AS_TEXT = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
CONTENTS, CONTENTS_COLUMNS = "Contents", ("Sheet", "What it holds")
CONTENTS_SAY = "This sheet holds one table, with a link to each sheet."
INTRO, ABOUT = "Introductory information", "About these data"  # gptables' headings on a cover
A4 = 9  # what the format calls it
NARROWEST, WIDEST = 10, 60  # letters
NUMBERS = {VALUE: "#,##0.##", LOW: "0.0##", HIGH: "0.0##"}
RATIOS, PERCENTAGES = "0.00", "0.0%"
TOP = {"valign": "top"}  # beside the first line of a cell that is broken into several


def values_of(release: Release) -> dict[str, list[tuple[str | float, ...]]]:
    """Return what each sheet of a quarter's spreadsheet holds, line by line, in order; empty lines are left out."""
    cover = _cover(release)
    released = sheets(release)
    contents = [(sheet.name, sheet.title) for sheet in released]
    lines: dict[str, list[tuple[str | float, ...]]] = {
        "Cover": [(text,) for text in (cover.title, INTRO, *cover.intro, ABOUT, *cover.about)],
        CONTENTS: [(CONTENTS,), (CONTENTS_SAY,), CONTENTS_COLUMNS, *contents],
    }
    return lines | {sheet.name: [(sheet.title,), (sheet.about,), sheet.columns, *sheet.rows] for sheet in released}


def workbook(release: Release) -> bytes:
    """Write the spreadsheet of a quarter."""
    made = BytesIO()
    book = GPWorkbook(made, AS_TEXT)
    title = _title(release)
    # The format must say when it was made. This is the day on which the quarter ended.
    book.set_properties({"title": title, "created": datetime.combine(release.quarter.last_day, time())})
    tables = {sheet.name: (sheet, _marked_up(sheet)) for sheet in sheets(release)}
    book.add_worksheet("Cover").write_cover(_cover(release))
    _contents(book, {name: table for name, (_, table) in tables.items()})
    for name, (sheet, table) in tables.items():
        _write(book, name, table, _widths(sheet))
    book.close()
    return made.getvalue()


def _title(release: Release) -> str:
    return f"Recruitment to senior posts: numbers of the report for {release.quarter.in_words}"


def _cover(release: Release) -> Cover:
    quarter = release.quarter
    return Cover(
        _title(release),
        intro=[
            *marks(release),
            f"{PARTNERSHIP}. {AUDIT}. The report for {quarter.in_words} ({quarter}).",
            f"Organisations' figures are for whole financial years: now {quarter.latest_complete_year.in_words}.",
            f"Made by {code_version()} from the file of what was released, and from nothing else. The fingerprint of "
            f"this code (SHA-256) is {code_fingerprint()}.",
        ],
        about=[
            f"{HIDDEN_SYMBOL} stands for a number that is {HIDDEN_MEANING}. Whatever could be worked out from such a "
            "number is not shown either.",
            "Each sheet holds one table with one number in each row. No cell is merged, no row or column is hidden, "
            "no cell is empty, and no colour means anything.",
            f"The column {KEY} has the name under which a number was released: it is the same on the report's pages.",
            "The sheet Notes says what notes, columns and words mean.",
            "White people are always the numerator of a relative likelihood.",
        ],
    )


def _marked_up(sheet: Sheet) -> GPTable:
    formats = [{"column": {"columns": list(sheet.columns), "format": TOP}}]
    for name, number in NUMBERS.items():
        if name in sheet.columns:
            of_ratios = {VALUE: RATIOS} if LOW in sheet.columns else {}
            written = (of_ratios | ({VALUE: PERCENTAGES} if PERCENTAGE in sheet.columns else {})).get(name, number)
            number_format = {"align": "right", "num_format": written}
            formats.append({"column": {"columns": [name], "format": number_format, "include_names": True}})
    return GPTable(
        table=pd.DataFrame(list(sheet.rows), columns=list(sheet.columns), dtype=object),
        table_name=sheet.name.lower().replace(" ", "_"),
        title=sheet.title,
        instructions=sheet.about,
        index_columns={},  # nothing in a name is taken for a reference to a note
        additional_formatting=formats,
    )


def _contents(book: GPWorkbook, tables: dict[str, GPTable]) -> None:
    table = book.make_table_of_contents(
        tables,
        column_names=list(CONTENTS_COLUMNS),
        table_name="contents",
        title=CONTENTS,
        instructions=CONTENTS_SAY,
    )
    _write(book, CONTENTS, table, (max(map(len, tables)) + 2, WIDEST + 10))


def _write(book: GPWorkbook, name: str, table: GPTable, widths: tuple[int, ...]) -> None:
    """Write a table to a sheet of its own, with its headings in sight on the screen and on every page that is printed.

    A table's first row is the first below its title and what is said of it.
    """
    sheet = book.add_worksheet(name)
    sheet.write_gptable(table, auto_width=False)
    headings = table.data_range[0]
    sheet.freeze_panes(headings + 1, 0)
    sheet.repeat_rows(headings)
    sheet.set_landscape()
    sheet.set_paper(A4)
    sheet.fit_to_pages(1, 0)
    for position, width in enumerate(widths):
        sheet.set_column(position, position, width)


def _widths(sheet: Sheet) -> tuple[int, ...]:
    """Return how wide each column must be for its longest text, or as wide as may be."""
    columns = zip(sheet.columns, *sheet.rows, strict=True)
    longest = [max(len(str(cell)) for cell in column) + 2 for column in columns]
    return tuple(min(max(width, NARROWEST), WIDEST) for width in longest)
