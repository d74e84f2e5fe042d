"""What keeps a whole return from counting: rows left out of it, or words in it, could tilt what pages say.

A return is refused where what is left out of it may be those of one outcome. It waits, as a refused one does, where
its words of ethnicity have to be explained first, or where too many of its posts are set aside.
"""

import duckdb

from lt_analysis.codebook.measures import RECRUITMENT
from lt_analysis.codebook.mistakes import RawDataError
from lt_analysis.codebook.pay import BAND_8_AND_ABOVE
from lt_analysis.codebook.returns import STAGE_TOTALS, STAGES_REACHED
from lt_analysis.collection.checking import NOT_COUNTED, WITH_POSTS
from lt_analysis.collection.checks import stage_totals
from lt_analysis.collection.checks.applications import SHARED, UNDER_ONE_REFERENCE
from lt_analysis.collection.checks.cells import Effect, is_no_cell, quoted, unread
from lt_analysis.collection.finding import FoundReturn
from lt_analysis.collection.receipts import SAID
from lt_analysis.collection.recognising.values import columns_of_words

MOST_WITHOUT_POST = 0.02  # of the rows: above it they could be those of one outcome
MOST_SHARED, FEWEST_SHARED = 0.02, 5  # of the rows: references that are those of several applicants
MOST_UNKNOWN_WORDS, FEWEST_UNKNOWN_WORDS = 0.02, 5  # of the people at a stage
MOST_ASIDE, FEWEST_ASIDE = 0.1, 5  # of the posts
ROWS_THAT_SHOW_A_WORD = 5  # a word of fewer rows might be one person's
MOST_WORDS = 40  # unknown words of a column; one of more holds none of codes
SHOWN = ("ethnicity", "grade", "campaign", "application_status")  # columns whose words somebody has to explain
# What somebody can explain: letters, or a number of a list; no error, no date, no mere sign.
_IS_WORD = f"NOT {is_no_cell('sent_ethnicity')} AND regexp_matches(sent_ethnicity, '\\pL|^\\s*\\d+\\s*$')"


def count_words(connection: duckdb.DuckDBPyConnection, found: FoundReturn) -> None:
    """Say in `problems` of each word of no meaning how many rows hold it, and of one that many hold which it is."""
    said = set(connection.execute("SELECT DISTINCT column_name, reason FROM problems").fetchall())
    for column in (one for one in found.kind.columns if one.name in columns_of_words(found.kind)):
        of_words = {"column": column.name, "reason": unread(column)[0]}
        if (column.name, of_words["reason"]) not in said:
            continue
        connection.execute(
            f"""CREATE OR REPLACE TEMP TABLE unknown_words AS
                SELECT row, sent_{column.name} AS word, count(*) OVER same AS many, min(row) OVER same AS first
                FROM received SEMI JOIN (
                    SELECT row FROM problems WHERE column_name = $column AND reason = $reason) USING (row)
                WINDOW same AS (PARTITION BY sent_{column.name})""",
            of_words,
        )
        shown = f"""{column.name in SHOWN} AND many >= {ROWS_THAT_SHOW_A_WORD}
                    AND (SELECT count(DISTINCT word) FROM unknown_words) <= {MOST_WORDS}"""
        connection.execute(
            f"""UPDATE problems SET holders = many, first_holder = first,
                                    word = CASE WHEN {shown} THEN unknown_words.word END
                FROM unknown_words
                WHERE problems.row = unknown_words.row AND column_name = $column AND reason = $reason""",
            of_words,
        )


def mark_rows_that_count(connection: duckdb.DuckDBPyConnection, found: FoundReturn) -> None:
    """Say in `problems` of each row whether it counts all the same."""
    lost = f"SELECT row FROM problems WHERE effect IN ({quoted(NOT_COUNTED)})"
    if found.kind in WITH_POSTS and connection.execute("FROM aside LIMIT 1").fetchone():
        lost += " UNION SELECT row FROM checked SEMI JOIN aside USING (vacancy)"
    connection.execute(f"UPDATE problems SET counts = row NOT IN ({lost})")


def why_refused(
    connection: duckdb.DuckDBPyConnection, found: FoundReturn, rows: int, problems: tuple[RawDataError, ...]
) -> RawDataError | None:
    """Return why nothing of a return counts; None where something does."""
    refused = connection.execute(
        f"""SELECT {SAID}, remedy, row, column_name FROM problems WHERE effect = '{Effect.REFUSED}'
            ORDER BY row, column_name, 1"""
    ).fetchone()
    if refused:
        reason, remedy, row, column = refused
        return RawDataError(reason, remedy, found.file, row, column)
    if found.kind == STAGE_TOTALS and (missing := stage_totals.lacking(connection)):
        reason = (
            f"at {missing.grade} there is no row of {missing.group} people: the others alone would say what is not so"
        )
        remedy = f"Add a row of {missing.group} people at {missing.grade}, with 0 where there was nobody"
        return RawDataError(reason, remedy, found.file, missing.row, "grade")
    if found.kind not in WITH_POSTS:
        return None
    without, first = connection.execute(
        f"""SELECT count(DISTINCT row), min(row) FROM problems
            WHERE effect = '{Effect.REJECTED}' AND (column_name IS NULL OR column_name = 'vacancy')"""
    ).fetchone()
    if without <= rows * MOST_WITHOUT_POST:
        return _shared_references(connection, found, rows)
    of_it = next(one for one in problems if one.row == first and one.column in (None, "vacancy"))
    reason = f"{without:,} of {rows:,} rows cannot be given to a vacancy; the first because {of_it.reason}"
    return RawDataError(reason, of_it.remedy, found.file, first, of_it.column)


def _shared_references(connection: duckdb.DuckDBPyConnection, found: FoundReturn, rows: int) -> RawDataError | None:
    """Return what is said where many rows have a reference that is that of several applicants."""
    many, first = connection.execute(f"SELECT count(*), min(row) FROM {UNDER_ONE_REFERENCE} WHERE several").fetchone()
    if many < FEWEST_SHARED or many <= rows * MOST_SHARED:
        return None
    reason, remedy = SHARED
    return RawDataError(f"in {many:,} of {rows:,} rows {reason}", remedy, found.file, first, "applicant")


def why_it_waits(
    connection: duckdb.DuckDBPyConnection,
    found: FoundReturn,
    posts: int,
    aside: int,
    problems: tuple[RawDataError, ...],
) -> RawDataError | None:
    """Return why a return waits until it is sent again, or its words are explained; None where it need not."""
    if found.kind not in WITH_POSTS:
        return None
    if aside >= FEWEST_ASIDE and aside > posts * MOST_ASIDE:
        columns = ", ".join(dict.fromkeys(_columns_that_set_aside(connection)))
        reason = f"{aside:,} of {posts:,} posts had to be set aside, for what stands in {columns}"
        return RawDataError(reason, "Mend those rows and send the return again; it waits until then", found.file)
    return _words_to_explain(connection, found)


def _columns_that_set_aside(connection: duckdb.DuckDBPyConnection) -> list[str]:
    rows = connection.execute(
        f"""SELECT column_name FROM problems WHERE NOT counts AND column_name IS NOT NULL
            AND effect IN ('{Effect.UNPLACED}', '{Effect.OF_POST}') GROUP BY 1 ORDER BY count(*) DESC, 1"""
    )
    return [name for (name,) in rows.fetchall()]


def _words_to_explain(connection: duckdb.DuckDBPyConnection, found: FoundReturn) -> RawDataError | None:
    """Return what is said where people whose ethnicity was sent in unknown words could tilt a stage."""
    if connection.execute("FROM problems WHERE column_name = 'ethnicity' LIMIT 1").fetchone() is None:
        return None
    for stage in RECRUITMENT.stages:
        reached = f"stage IN ({quoted(STAGES_REACHED[STAGES_REACHED.index(stage.sent_as) :])})"
        people, not_read, in_words = connection.execute(
            f"""SELECT count(*), count(*) FILTER (ethnicity_unread), count(*) FILTER (ethnicity_unread AND {_IS_WORD})
                FROM accepted LEFT JOIN (SELECT row, sent_ethnicity FROM received) USING (row)
                WHERE {reached} AND band IN ({quoted(BAND_8_AND_ABOVE)})"""
        ).fetchone()
        too_many = not_read >= FEWEST_UNKNOWN_WORDS and not_read > people * MOST_UNKNOWN_WORDS
        if too_many or (stage == RECRUITMENT.stages[-1] and in_words):
            reason = (
                f"the ethnicity of {not_read:,} of {people:,} {stage.column} at Band 8 and above is in words that the "
                "audit does not know, and the return waits"
            )
            remedy = "Say under `values:` in organisation.yml what each word means, or send the national code"
            return RawDataError(reason, remedy, found.file, column="ethnicity")
    return None
