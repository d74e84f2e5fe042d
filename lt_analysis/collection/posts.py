"""The posts of a return of applications: what most of its rows say of each, and which posts are set aside.

A post is set aside where of one of its rows it cannot be told how far the application came, or where no row says what
has to be known of it. It goes whole, so that nobody who competed for it counts without the others.
"""

import duckdb

from lt_analysis.codebook.pay import BAND_8_AND_ABOVE
from lt_analysis.codebook.returns import STAGES_REACHED, VACANCY_COLUMNS
from lt_analysis.collection.checks.cells import Effect, quoted

# What is said of a post, each as it counts; that its pay straddles is said only by rows whose pay could be read.
TOLD = dict(zip(VACANCY_COLUMNS, VACANCY_COLUMNS, strict=True)) | {
    "straddles": "CASE WHEN band IS NOT NULL THEN straddles END"
}


def tell_posts(connection: duckdb.DuckDBPyConnection) -> None:
    """Make the table `usual`: of each post of which `checked` says two things, what most rows say, or the first.

    Fingerprints narrow ten million rows to the few posts that are told in two ways; the cells themselves decide.
    """
    columns = ", ".join(VACANCY_COLUMNS)
    connection.execute(
        f"""CREATE OR REPLACE TEMP TABLE told AS
            SELECT row, vacancy, {", ".join(f"{value} AS {name}" for name, value in TOLD.items())}
            FROM checked SEMI JOIN (
                SELECT vacancy FROM checked WHERE vacancy IS NOT NULL
                GROUP BY vacancy HAVING min(hash({columns})) <> max(hash({columns}))) USING (vacancy)"""
    )
    if connection.execute("FROM told LIMIT 1").fetchone() is None:
        connection.execute("CREATE OR REPLACE TEMP TABLE usual AS SELECT * EXCLUDE (row) FROM told")
        return
    usual = " ".join(
        f"""LEFT JOIN (
                SELECT vacancy, arg_max(value, row(times, -first)) AS {name}
                FROM (SELECT vacancy, {name} AS value, count(*) AS times, min(row) AS first
                      FROM told WHERE {name} IS NOT NULL GROUP BY ALL)
                GROUP BY vacancy) USING (vacancy)"""
        for name in TOLD
    )
    connection.execute(f"CREATE OR REPLACE TEMP TABLE usual AS FROM (SELECT DISTINCT vacancy FROM told) {usual}")


def as_most_rows_say(connection: duckdb.DuckDBPyConnection) -> str:
    """Return a query of `checked` in which every row says of its post what most of its rows say."""
    if connection.execute("FROM usual LIMIT 1").fetchone() is None:
        return "FROM checked"
    columns = [name for name in TOLD if name != "straddles"]
    said = [f"CASE WHEN usual.vacancy IS NOT NULL THEN usual.{name} ELSE one.{name} END AS {name}" for name in columns]
    said.append("coalesce(usual.straddles, one.straddles) AS straddles")
    return f"SELECT one.* REPLACE ({', '.join(said)}) FROM checked one LEFT JOIN usual USING (vacancy)"


def set_posts_aside(connection: duckdb.DuckDBPyConnection, cannot_be_placed: str, closed_in_another: str) -> None:
    """Make the table `aside` of the posts that do not count, from `problems` and what is known of each post.

    Those that closed in another quarter are `elsewhere`: they belong to another return.
    """
    of_posts = connection.execute(
        f"FROM problems WHERE effect IN ('{Effect.OF_POST}', '{Effect.UNPLACED}') LIMIT 1"
    ).fetchone()
    if of_posts is None:
        connection.execute("CREATE OR REPLACE TEMP TABLE aside (vacancy VARCHAR, elsewhere BOOLEAN)")
        return
    doubtful = f"""
        FROM ({as_most_rows_say(connection)}) SEMI JOIN (
            SELECT DISTINCT vacancy FROM checked {_with_problems(Effect.OF_POST)}) doubtful USING (vacancy)"""
    connection.execute(
        f"""CREATE OR REPLACE TEMP TABLE aside AS
            SELECT vacancy, bool_and(elsewhere) AS elsewhere FROM (
                SELECT vacancy, false AS elsewhere FROM checked {_with_problems(Effect.UNPLACED)}
                UNION ALL SELECT vacancy, {closed_in_another} AS elsewhere {doubtful}
                WHERE {cannot_be_placed} OR {closed_in_another})
            WHERE vacancy IS NOT NULL GROUP BY vacancy"""
    )


def _with_problems(effect: Effect) -> str:
    return f"SEMI JOIN (SELECT row FROM problems WHERE effect = '{effect}') USING (row)"


def count_posts(connection: duckdb.DuckDBPyConnection) -> tuple[int, int]:
    """Return how many posts at Band 8 and above, or of no known band, there are, and how many of them are set aside."""
    if connection.execute("FROM aside WHERE NOT elsewhere LIMIT 1").fetchone() is None:
        return 0, 0
    return connection.execute(
        f"""SELECT count(DISTINCT vacancy), count(DISTINCT vacancy) FILTER (NOT elsewhere)
            FROM ({as_most_rows_say(connection)}) LEFT JOIN aside USING (vacancy)
            WHERE vacancy IS NOT NULL AND NOT coalesce(elsewhere, false)
              AND (band IS NULL OR band IN ({quoted(BAND_8_AND_ABOVE)}))"""
    ).fetchone()


def count_without_post(connection: duckdb.DuckDBPyConnection) -> tuple[int, int]:
    """Return how many applicants, and people on shortlists, can be given to no post, and may be of Band 8 and above.

    Of a row that has more or fewer cells than the header nothing is known.
    """
    furthest = "coalesce(furthest, stage::VARCHAR, '')"
    applicants, shortlisted, ragged = connection.execute(
        f"""SELECT count(*) FILTER ({furthest} <> '{STAGES_REACHED[0]}'),
                   count(*) FILTER ({furthest} NOT IN ({quoted(STAGES_REACHED[:2])})),
                   (SELECT count(*) FROM problems WHERE column_name IS NULL AND effect = '{Effect.REJECTED}')
            FROM checked WHERE vacancy IS NULL AND (band IS NULL OR band IN ({quoted(BAND_8_AND_ABOVE)}))
            AND (campaign IS NULL OR campaign = 'none')"""
    ).fetchone()
    return applicants + ragged, shortlisted + ragged


def rows_set_aside(connection: duckdb.DuckDBPyConnection, stage: str) -> str:
    """Return a query of the applications to posts set aside, each at a stage given in SQL, and none of them twice."""
    return f"""
        SELECT * EXCLUDE (row, furthest) REPLACE ({stage} AS stage) FROM ({as_most_rows_say(connection)})
        SEMI JOIN (FROM aside WHERE NOT elsewhere) USING (vacancy)
        ANTI JOIN (SELECT row FROM problems WHERE effect = '{Effect.REPEATED}') USING (row)"""
