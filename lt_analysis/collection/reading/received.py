"""A return read into the table `received`, whatever its format.

The table holds `row` (as the file's own program numbers it) and the return's columns as `sent_<column>`,
trimmed, empty cells NULL. A file that cannot be read so that every line of it is accounted for is refused whole,
with one `RawDataError`.
"""

import re
from collections.abc import Callable, Container, Mapping
from dataclasses import dataclass, replace

import duckdb
import pandas as pd

from lt_analysis.codebook.folders import in_sql
from lt_analysis.codebook.mistakes import RawDataError
from lt_analysis.codebook.pay import BAND_8_PLUS_TOTAL
from lt_analysis.codebook.returns import (
    APPLICATIONS,
    APPLICATIONS_BY_STATUS,
    STAGE_NEEDS,
    STAGE_TOTALS,
    STATUS,
    Return,
)
from lt_analysis.collection.checks.cells import without_empty_words
from lt_analysis.collection.checks.days import HERE
from lt_analysis.collection.finding import FoundReturn
from lt_analysis.collection.personal import looks_personal
from lt_analysis.collection.reading.layout import SetAside, Table, find_table
from lt_analysis.collection.reading.lines import MOST_COLUMNS, Line, Recognises, most_dividers, refuse_swallowed_rows
from lt_analysis.collection.reading.signs import PARQUET, refuse_another_kind
from lt_analysis.collection.reading.spreadsheet import read_spreadsheet
from lt_analysis.collection.reading.text import read_text
from lt_analysis.collection.recognising.headings import column_called, recognise_heading
from lt_analysis.collection.recognising.plain import plain

READERS = {
    **dict.fromkeys((".csv", ".tsv", ".txt"), read_text),
    **dict.fromkeys((".xlsx", ".ods"), read_spreadsheet),
}
NOT_A_CELL = re.compile(r".*\]|(STRUCT|MAP|UNION)\(.*|BLOB|BIT")  # DuckDB's types of what no cell can hold
FIRST_INEXACT = {"FLOAT": 1 << 24, "DOUBLE": 1 << 53}  # from it on, not every whole number is one
GRADE_OF_TOTALS = f"Add a column grade, with {BAND_8_PLUS_TOTAL} in rows about Band 8 and above together"
NO_CAMPAIGNS = "Where no international or bulk campaigns are run, `campaigns: none` in organisation.yml says so"
FIRST_YEAR_OF_ZONES = 1900
# Spaces of every kind, and marks that show nothing.
SPACES = "".join(character for character in map(chr, range(0x3001)) if character.isspace())
TRIMMED = SPACES + "\ufeff\u200b\u200e\u200f\u202a\u202b\u202c\u202d\u202e"
# DuckDB takes a space off thirty times as fast as a set of characters: those are looked for first.
OFF_THE_ENDS = (
    f"CASE WHEN regexp_matches({{0}}, '^[{TRIMMED}]|[{TRIMMED}]$') THEN trim({{0}}, '{TRIMMED}') ELSE {{0}} END"
)


@dataclass(frozen=True)
class Received:
    """How a file was read: its headings that are not used, lines that are no rows, ragged rows, and remarks.

    `kind` is the kind of return that its headings tell; None of a file that was not read.
    """

    left_out: tuple[str, ...] = ()
    set_aside: tuple[SetAside, ...] = ()
    ragged: tuple[int, ...] = ()
    remarks: tuple[str, ...] = ()
    kind: Return | None = None


Needed = Callable[[Return], tuple[str, ...]]


def read_received(
    connection: duckdb.DuckDBPyConnection, found: FoundReturn, needed: Needed, own: Mapping[str, str]
) -> Received:
    """Read a return into the table `received`.

    `needed` names the columns that a kind of return must have; its other columns may be absent. `own` says what the
    organisation's own headings stand for.
    """
    if found.path.suffix.lower() == ".parquet":
        return _read_parquet(connection, found, needed, own)

    table = table_in(found, recogniser(needed(found.kind), own))
    names = columns_of(table.headings, own)
    found = as_sent(found, names)
    check_header(table.headings, names, needed(found.kind), found, table.header)
    if not table.rows and not table.ragged:
        raise no_rows(found, table)
    columns = [f"c{place}" for place in range(len(names))]
    body = pd.DataFrame([(line.number, *line.cells) for line in table.rows], columns=["row", *columns], dtype=object)
    connection.register("lines", body)
    _keep(connection, found, names, "FROM lines")
    connection.unregister("lines")
    filled = {place for place in range(len(names)) if any(line.cells[place] for line in table.rows)}
    return read_as(found, table, names, filled)


def no_rows(found: FoundReturn, table: Table | None = None) -> RawDataError:
    """Return what is said of a header without rows, and of the first line below it that was taken for none."""
    below = [line for line in table.set_aside if line.row > table.header] if table else []
    first = f": {len(below):,} set aside, the first because {below[0].why}" if below else ""
    reason, remedy = f"there is a header and no rows{first}", "Send it again with its rows, divided as the header is"
    return RawDataError(reason, remedy, file=found.file, row=below[0].row if below else None)


def recogniser(needed: tuple[str, ...], own: Mapping[str, str]) -> Recognises:
    """Return what counts how many of the needed columns a line of headings names."""
    # Of a line of a million cells nobody asks what each of them is called.
    return lambda headings: (
        len(set(needed).intersection(columns_of(headings, own))) if len(headings) <= MOST_COLUMNS else 0
    )


def read_as(found: FoundReturn, table: Table, names: list[str], filled: Container[int]) -> Received:
    """Say how a table was read; `filled` are the places of its columns that hold something."""
    left_out = [
        heading or f"column {place + 1}, which has no heading"
        for place, (heading, name) in enumerate(zip(table.headings, names, strict=True))
        if name not in found.kind.column_names and (heading or place in filled)
    ]
    remarks = (*table.remarks, *_absent(names, found), *_personal(left_out))
    return Received(tuple(left_out), tuple(table.set_aside), tuple(table.ragged), remarks, found.kind)


def table_in(found: FoundReturn, recognises: Recognises) -> Table:
    """Return the table in a file of any format that is not Parquet. Raises `RawDataError`."""
    if found.path.stat().st_size == 0:
        raise RawDataError("the file is empty", "Send it again with its header and rows", file=found.file)
    if found.path.suffix.lower() not in READERS:
        raise RawDataError("its headings are its columns' names", "Name them as docs/returns.md does", file=found.file)
    lines, remarks = READERS[found.path.suffix.lower()](found.path, found.file, recognises)
    return find_table(lines, found.file, recognises, remarks)


def columns_of(headings: list[str], own: Mapping[str, str]) -> list[str]:
    """Return the audit's name for each heading: what the organisation says, or else what stands there.

    Capitals, spaces and underscores make no difference: `Advertised On` is `advertised_on`.
    """
    said = {plain(heading): column for heading, column in own.items()}
    return [
        said.get(plain(heading)) or column_called(heading) or heading.strip(TRIMMED).lower() for heading in headings
    ]


def as_sent(found: FoundReturn, names: Container[str]) -> FoundReturn:
    """Return what was found as the kind of return that its columns tell."""
    by_status = STATUS in names and _may_be_by_status(found, names)
    return replace(found, kind=APPLICATIONS_BY_STATUS) if by_status else found


def _may_be_by_status(found: FoundReturn, names: Container[str]) -> bool:
    """Tell whether it is of applications, and has no date of a stage: then a status may say how far each came."""
    return found.kind == APPLICATIONS and not any(date in names for date in STAGE_NEEDS)


def check_header(headings: list[str], names: list[str], needed: tuple[str, ...], found: FoundReturn, row: int) -> None:
    """Refuse a header, in a row of the file, that lacks a needed column or names one twice."""
    missing = [name for name in needed if name not in names]
    if missing:
        told = {name: recognise_heading(found.kind, name) for name in names}
        if _may_be_by_status(found, (*names, *told.values())):
            told = {name: recognise_heading(APPLICATIONS_BY_STATUS, name) for name in names}
        guesses = [f"{name} for {guess}" for name, guess in told.items() if guess in (*missing, STATUS)]
        perhaps = f"Perhaps {', '.join(guesses)}? " if guesses else ""
        if found.kind == STAGE_TOTALS and missing == ["grade"]:
            perhaps = f"{GRADE_OF_TOTALS}. "
        if missing == ["campaign"]:
            perhaps += f"{NO_CAMPAIGNS}. "
        raise RawDataError(
            f"the header has no {', '.join(missing)}",
            f"{perhaps}Say which heading stands for it under `headings:` in organisation.yml, or rename it",
            file=found.file,
            row=row,
            column=missing[0],
        )
    for name in found.kind.column_names:
        clashing = [f"{heading!r}" for heading, said in zip(headings, names, strict=True) if said == name]
        if len(clashing) > 1:
            reason = f"the headings {' and '.join(clashing)} both stand for it"
            remedy = "Give each column its own heading, or say under `headings:` in organisation.yml which one it is"
            raise RawDataError(reason, remedy, file=found.file, row=row, column=name)


def _keep(connection: duckdb.DuckDBPyConnection, found: FoundReturn, names: list[str], source: str) -> None:
    cells = ", ".join(
        f"c{place}::VARCHAR" if name in found.kind.column_names else "NULL" for place, name in enumerate(names)
    )
    off = OFF_THE_ENDS.format("text")
    trimmed = f"SELECT row, list_transform([{cells}], lambda text: {off}) AS cells FROM ({source})"
    try:
        execute_as_written(
            connection,
            "CREATE OR REPLACE TEMP TABLE received AS "
            + sent_cells(found, names, "cells[{number}]", trimmed, "row::BIGINT AS row", "{0}"),
        )
    except duckdb.Error:
        raise RawDataError("its rows cannot be read", "Write the file again", file=found.file) from None


def execute_as_written(connection: duckdb.DuckDBPyConnection, statement: str) -> None:
    """Run a long statement that reads one small table from end to end: to plan it well takes longer than the work."""
    connection.execute("PRAGMA disable_optimizer")
    try:
        connection.execute(statement)
    finally:
        connection.execute("PRAGMA enable_optimizer")


def sent_cells(
    found: FoundReturn, names: list[str], cell: str, source: str, beside: str, off: str = OFF_THE_ENDS
) -> str:
    """Return a query of each column of a return as sent, trimmed, NULL where it is empty or absent.

    `cell` is how the source calls the cell in a `{place}` (from 0) or of a `{number}` (from 1); `beside` are columns
    that are taken over; `off` is what takes spaces off the ends of a cell.
    """
    position = {name: cell.format(place=place, number=place + 1) for place, name in enumerate(names)}
    sent = [column for column in found.kind.columns if column.name in position]
    trimmed = ", ".join(f"{off.format(f'{position[one.name]}::VARCHAR')} AS sent_{one.name}" for one in sent)
    absent = "".join(f", NULL::VARCHAR AS sent_{name}" for name in found.kind.column_names if name not in position)
    filled = ", ".join(f"{without_empty_words(one, f'sent_{one.name}')} AS sent_{one.name}" for one in sent)
    return f"SELECT * REPLACE ({filled}){absent} FROM (SELECT {beside}, {trimmed} FROM ({source}))"


def _read_parquet(
    connection: duckdb.DuckDBPyConnection, found: FoundReturn, needed: Needed, own: Mapping[str, str]
) -> Received:
    if found.path.stat().st_size == 0:
        raise RawDataError("the file is empty", "Send it again with its header and rows", file=found.file)
    refuse_another_kind(found.path, found.file, own=PARQUET)
    try:
        described = connection.execute(f"DESCRIBE FROM read_parquet({in_sql(found.path)})").fetchall()
    except duckdb.Error:
        raise RawDataError("it cannot be read as Parquet", "Write the file again", file=found.file) from None
    headings = _as_in_the_file(connection, found, [name for name, *_ in described])
    names = columns_of(headings, own)
    found = as_sent(found, names)
    check_header(headings, names, needed(found.kind), found, row=1)
    for name, (_, kind, *_) in zip(names, described, strict=True):
        if name in found.kind.column_names and NOT_A_CELL.fullmatch(kind):
            reason = "it holds lists, structures or bytes, which no cell can"
            raise RawDataError(reason, "Write text, numbers or dates", file=found.file, column=name)
    _refuse_swallowed_rows_in_parquet(connection, found, described)
    cells = ", ".join(f"{_parquet_cell(name, kind)} AS c{place}" for place, (name, kind, *_) in enumerate(described))
    source = (
        f"SELECT file_row_number + 2 AS row, {cells} FROM read_parquet({in_sql(found.path)}, file_row_number = true)"
    )
    _keep(connection, found, names, source)
    if connection.execute("SELECT count(*) FROM received").fetchone() == (0,):
        raise no_rows(found)
    left_out = [heading for heading, name in zip(headings, names, strict=True) if name not in found.kind.column_names]
    return Received(tuple(left_out), remarks=(*_absent(names, found), *_personal(left_out)), kind=found.kind)


def _refuse_swallowed_rows_in_parquet(
    connection: duckdb.DuckDBPyConnection, found: FoundReturn, described: list[tuple]
) -> None:
    texts = ['"' + name.replace('"', '""') + '"' for name, kind, *_ in described if kind == "VARCHAR"]
    if not texts:
        return
    ends = " OR ".join(f"contains({text}, chr(10))" for text in texts)
    source = f"read_parquet({in_sql(found.path)}, file_row_number = true)"
    try:
        rows = connection.execute(f"SELECT file_row_number + 2, {', '.join(texts)} FROM {source} WHERE {ends}")
        lines = [Line(row, [], most_dividers(filter(None, cells))) for row, *cells in rows.fetchall()]
    except duckdb.Error:
        raise RawDataError("its rows cannot be read", "Write the file again", file=found.file) from None
    for line in lines:
        refuse_swallowed_rows(line, len(described), found.file)


def _as_in_the_file(connection: duckdb.DuckDBPyConnection, found: FoundReturn, headings: list[str]) -> list[str]:
    """Return headings as they stand in a Parquet file: DuckDB calls the second of two that are alike `vacancy_1`."""
    rows = connection.execute(f"SELECT name FROM parquet_schema({in_sql(found.path)})").fetchall()
    sent = {name for (name,) in rows}
    return [heading if heading in sent else re.sub(r"_\d+$", "", heading) for heading in headings]


def _personal(left_out: list[str]) -> list[str]:
    return [
        f"column {heading} names or reaches people, or is free text: it was dropped at the door; please do not send it"
        for heading in left_out
        if looks_personal(heading)
    ]


def _absent(names: list[str], found: FoundReturn) -> list[str]:
    return [
        f"there is no column {column.name}, so it counts as empty"
        for column in found.kind.columns
        if column.may_be_absent and not column.is_seldom_sent and column.name not in names
    ]


def _parquet_cell(name: str, kind: str) -> str:
    """Return a cell as text in SQL: a time of a zone as the day that it is here, a whole float as the number it is."""
    column = '"' + name.replace('"', '""') + '"'
    match kind:
        case "TIMESTAMP WITH TIME ZONE":
            # Before there were zones, here was a minute and a quarter behind: a first day would be the day before it.
            zone = f"CASE WHEN year({column}) < {FIRST_YEAR_OF_ZONES} THEN 'UTC' ELSE '{HERE}' END"
            return f"strftime(timezone({zone}, {column}), '%Y-%m-%d')"
        case "FLOAT" | "DOUBLE":
            inexact = f"isfinite({column}) AND abs({column}) >= {FIRST_INEXACT[kind]}"
            return f"""CASE WHEN isnan({column}) THEN NULL WHEN {inexact} THEN format('{{:.5E}}', {column})
                            WHEN {column} = trunc({column}) AND isfinite({column}) THEN {column}::BIGINT::VARCHAR
                            ELSE {column}::VARCHAR END"""
        case _ if kind.startswith("DECIMAL"):
            whole = f"{column} = trunc({column})"
            return f"CASE WHEN {whole} THEN trunc({column})::DECIMAL(38, 0)::VARCHAR ELSE {column}::VARCHAR END"
        case _ if kind.startswith(("DATE", "TIMESTAMP")):
            return f"strftime({column}, '%Y-%m-%d')"
        case _:
            return column
