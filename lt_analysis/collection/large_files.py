"""Large text files sifted: one pass types every line and tells which are plainly right by themselves.

Those, nearly all, stay in a file as records would hold them. The others, and what is no row at all, are few, and go
the way of a small file: `received`, with every check told one by one. Nothing is held in memory but the few. Both
ways use the same conditions, so that a file's size decides nothing.
"""

import re
from concurrent.futures import ThreadPoolExecutor
from itertools import islice
from pathlib import Path
from typing import NamedTuple

import duckdb
import pandas as pd

from lt_analysis.codebook.folders import in_sql
from lt_analysis.codebook.mistakes import RawDataError
from lt_analysis.collection.checking import columns_needed, kept_columns, meanings, row_checks, rows_of
from lt_analysis.collection.finding import FoundReturn
from lt_analysis.collection.organisation import Organisation
from lt_analysis.collection.reading.layout import LINES_ABOVE, NARROWEST, TOTAL_IN_A_CELL, Table, find_table, place
from lt_analysis.collection.reading.lines import Line
from lt_analysis.collection.reading.plain import DIVIDER, PlainText, as_it_stands, recoded, rewritten
from lt_analysis.collection.reading.received import (
    READERS,
    TRIMMED,
    Received,
    as_sent,
    check_header,
    columns_of,
    no_rows,
    read_as,
    recogniser,
    sent_cells,
)
from lt_analysis.collection.reading.text import format_of, lines_of, read_text
from lt_analysis.collection.recognising.values import columns_of_words

LARGE = 4 << 20  # bytes of a text file
SAMPLE = 50_000  # lines from which words are learnt; a row with a word of none of them is looked at by itself
MOST_STRAYS = 200_000  # lines that are no rows
WITNESSES = 256  # one clean line of so many is kept as it stood, to prove the order of all
MOST_WITNESSES = 1_024  # of those kept
CELL = "cells[{number}]"
NAMES_A_TOTAL = " OR ".join(f"contains(line, '{word}')" for word in TOTAL_IN_A_CELL)
BEYOND_ASCII = "".join(one for one in TRIMMED if not one.isascii())


class Layout(NamedTuple):
    """The table in a large file, and the audit's name of each of its columns."""

    table: Table
    names: list[str]


def is_large(found: FoundReturn) -> bool:
    """Tell whether a file is text too long to be held in memory."""
    return READERS.get(found.path.suffix.lower()) is read_text and found.path.stat().st_size >= LARGE


def sift(
    connection: duckdb.DuckDBPyConnection, found: FoundReturn, organisation: Organisation, folder: Path
) -> Received:
    """Sift a large file into the view `clean` and the table `received`; `folder` holds what is in the making."""
    recognises = recogniser(columns_needed(found.kind, organisation), organisation.headings)
    written = format_of(found.path, found.file, recognises)
    top = find_table(islice(lines_of(found.path, found.file, written), LINES_ABOVE), found.file, recognises)
    titles = [one for one in top.set_aside if one.row < top.header]
    table = Table(top.header, top.headings, tuple(written.remarks), set_aside=titles)
    layout = Layout(table, columns_of(table.headings, organisation.headings))
    with ThreadPoolExecutor(1) as meanwhile:
        meanwhile.submit(lambda whole=found: whole.sha256)  # the receipt will ask for it; the file is read here anyway
        found = as_sent(found, layout.names)
        check_header(table.headings, layout.names, columns_needed(found.kind, organisation), found, table.header)
        plain = as_it_stands(found.path, written) or recoded(found.path, written, folder)
    sifted = folder / "sifted.parquet"
    if plain is None or not _sift_lines(connection, found, organisation, layout, plain, sifted):
        plain = rewritten(found.path, found.file, written, folder, len(table.headings))
        if plain is None or not _sift_lines(connection, found, organisation, layout, plain, sifted):
            raise RawDataError("its lines cannot be told apart", "Write the file again", file=found.file)
    _place_strays(connection, found, table, plain)
    _receive_the_rest(connection, found, layout, plain)
    if not table.ragged and connection.execute("FROM clean UNION ALL BY NAME FROM received LIMIT 1").fetchone() is None:
        raise no_rows(found, table)
    return read_as(found, table, layout.names, _filled(connection, plain, table))


def _sift_lines(
    connection: duckdb.DuckDBPyConnection,
    found: FoundReturn,
    organisation: Organisation,
    layout: Layout,
    plain: PlainText,
    sifted: Path,
) -> bool:
    """Write `sifted`, a row for every line in their order; False where the lines are not those of the file."""
    after, ordinary = layout.table.header, _is_ordinary(found, layout, plain)
    beside = f"line, {ordinary} AS ordinary"
    # A word of no meaning yet is not plainly right even where no check asks for one: a grade of one's own may be known.
    unknown = [f"sent_{name} IS NOT NULL AND {name} IS NULL" for name in columns_of_words(found.kind)]
    conditions = dict.fromkeys([*(check.where for check in row_checks(found, organisation)), *unknown])
    wrong = " OR ".join(f"({condition})" for condition in conditions)
    try:
        connection.execute(
            f"""CREATE OR REPLACE TEMP TABLE received AS SELECT 0 AS row, * FROM ({
                sent_cells(
                    found, layout.names, CELL, f"{plain.query} LIMIT {SAMPLE} OFFSET {after}", beside, _off(plain)
                )
            }) WHERE ordinary"""
        )
        meant = meanings(connection, found, organisation)
        sent = f"({sent_cells(found, layout.names, CELL, plain.query, beside, _off(plain))})"
        connection.execute(
            f"""COPY (SELECT {", ".join(kept_columns(found, organisation))}, clean, ordinary,
                             CASE WHEN NOT clean OR hash(line) % {WITNESSES} = 0 THEN line END AS line
                      FROM (SELECT *, ordinary AND NOT coalesce({wrong}, false) AS clean
                            FROM ({rows_of(sent, found, organisation, meant)})))
                TO {in_sql(sifted)} (FORMAT parquet, PARQUET_VERSION v2)"""
        )
    except duckdb.InvalidInputException:
        return False
    connection.execute(
        f"""CREATE OR REPLACE TEMP VIEW sifted AS SELECT *, file_row_number + 1 AS row
            FROM read_parquet({in_sql(sifted)}, file_row_number = true)"""
    )
    connection.execute(
        f"""CREATE OR REPLACE TEMP VIEW clean AS SELECT row, {", ".join(kept_columns(found, organisation))}
            FROM sifted WHERE clean AND row > {after}"""
    )
    return stand_in_their_order(connection, plain)


def stand_in_their_order(connection: duckdb.DuckDBPyConnection, plain: PlainText) -> bool:
    """Tell whether `sifted` has as many lines as the file, and some lines kept stand where it says they do.

    Rows are told by their number. The database promises to keep the order of lines, and is held to that.
    """
    (lines, kept) = connection.execute("SELECT count(*), count(line) FROM sifted").fetchone()
    if lines != plain.lines:
        return False
    some = connection.execute(
        f"SELECT row, line FROM sifted WHERE line IS NOT NULL AND hash(line) % {kept // MOST_WITNESSES + 1} = 0"
    )
    return all(plain.line(row).decode("utf-8-sig" if row == 1 else "utf-8") == line for row, line in some.fetchall())


def _is_ordinary(found: FoundReturn, layout: Layout, plain: PlainText) -> str:
    """Return in SQL whether a line can only be a row: `layout.place` would place every such line among them."""
    width, spaces = len(layout.table.headings), f"[{BEYOND_ASCII}]"
    named = next(number for number, heading in enumerate(layout.table.headings, start=1) if heading)
    heading = in_sql(layout.table.headings[named - 1])
    end, total = f"({re.escape(plain.divider)}|$)", in_sql(_total(plain.divider))
    # CASE and not AND, which would try what comes after it on every line.
    ordinary = [
        f"CASE WHEN len(cells) = {width} THEN true ELSE trim(array_to_string(cells[{width + 1}:], '')) = '' END",
        f"len(cells) >= {width}",
        f"CASE WHEN contains(cells[{named}], {heading}) THEN trim(cells[{named}]) <> {heading} ELSE true END",
        f"CASE WHEN {NAMES_A_TOTAL} THEN NOT regexp_matches(lower(line), {total}) ELSE true END",
    ]
    if not plain.ascii:
        # Of what is taken off the ends of cells, a plain file holds in ASCII only spaces. A total that is written in
        # letters beyond it is looked at by itself.
        beyond = in_sql(f"(^|{re.escape(plain.divider)}) *{spaces}|{spaces} *{end}")
        ordinary.append(
            f"""CASE WHEN strlen(line) = length(line) THEN true
                     ELSE NOT ({NAMES_A_TOTAL} OR regexp_matches(line, {beyond})) END"""
        )
    if width >= NARROWEST:
        # Two cells that every row needs: where both are filled it is no title, no note and no blank line.
        filled = [layout.names.index(column.name) + 1 for column in found.kind.columns if column.required][:2]
        ordinary += [f"{_off(plain).format(CELL.format(number=number))} <> ''" for number in filled]
    return " AND ".join(ordinary)


def _off(plain: PlainText) -> str:
    """Return what takes spaces off the ends of a cell."""
    return "{0}" if plain.tight else "trim({0})"


def _total(divider: str) -> str:
    """Return what a line of ASCII in which some cell is only a total looks like."""
    end, between = re.escape(divider), f"[^a-z0-9{re.escape(divider)}]*"
    return f"(^|{end}){between}((grand|sub|overall){between})?totals?{between}({end}|$)"


def _place_strays(connection: duckdb.DuckDBPyConnection, found: FoundReturn, table: Table, plain: PlainText) -> None:
    strays = connection.execute(
        f"""SELECT row, {plain.split("line")} FROM sifted
            WHERE NOT ordinary AND row > {table.header} AND trim(replace(line, {in_sql(plain.divider)}, '')) <> ''
            ORDER BY row LIMIT {MOST_STRAYS + 1}"""
    ).fetchall()
    if len(strays) > MOST_STRAYS:
        reason = f"more than {MOST_STRAYS:,} of its lines are totals, notes, or unlike the header"
        raise RawDataError(reason, "Write the file again", file=found.file, row=strays[0][0])
    for row, cells in strays:
        line = Line(row, [cell.strip() for cell in cells])
        if line.filled:
            place(table, line)


def _receive_the_rest(
    connection: duckdb.DuckDBPyConnection, found: FoundReturn, layout: Layout, plain: PlainText
) -> None:
    strays = pd.DataFrame(
        [(line.number, DIVIDER.join(line.cells)) for line in layout.table.rows], columns=["row", "line"], dtype=object
    )
    connection.register("strays", strays)
    source = f"""
        SELECT row, {plain.split("line")} AS cells FROM sifted
        WHERE ordinary AND NOT clean AND row > {layout.table.header}
        UNION ALL SELECT row::BIGINT, string_split(line::VARCHAR, '{DIVIDER}') FROM strays"""
    connection.execute(
        f"CREATE OR REPLACE TEMP TABLE received AS {sent_cells(found, layout.names, CELL, source, 'row')}"
    )
    connection.unregister("strays")


def _filled(connection: duckdb.DuckDBPyConnection, plain: PlainText, table: Table) -> set[int]:
    """Return the places of columns without a heading in which something stands."""
    unnamed = [number for number, heading in enumerate(table.headings) if not heading]
    if not unnamed:
        return set()
    stands = ", ".join(f"bool_or(trim(cells[{number + 1}]) <> '')" for number in unnamed)
    found = connection.execute(f"SELECT {stands} FROM ({plain.query} OFFSET {table.header})").fetchone()
    return {number for number, filled in zip(unnamed, found, strict=True) if filled}
