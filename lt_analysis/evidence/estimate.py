"""The evidence of each organisation, stage and group over a stretch of time, as one table.

International and bulk campaigns stand outside the test and are kept beside it: each row is either of
single posts (`campaign` is 'none') or of campaigns together ('campaigns').
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import duckdb

from lt_analysis.codebook.measures import STAGES
from lt_analysis.evidence.draws import Draw
from lt_analysis.evidence.unknown_ethnicity import DrawWithUnknown, weaker_of_both_ends
from lt_analysis.evidence.within_vacancy import WithinVacancies

EVIDENCE_COLUMNS = {
    **dict.fromkeys(("organisation", "span", "basis", "posts", "stage", "group_name", "campaign"), "VARCHAR"),
    **dict.fromkeys(("white_people", "white_successful", "group_people", "group_successful"), "BIGINT"),
    **dict.fromkeys(("vacancies", "informative", "low", "high"), "BIGINT"),
    "could_tell": "BIGINT",
    **dict.fromkeys(("expected", "standard_deviation", "p"), "DOUBLE"),
    "weakened": "BOOLEAN",  # whether what could not be read takes the count back into its range
    "lost": "BIGINT",  # people that can be given to no post
}


Lost = Mapping[tuple[str, str], tuple[int, int]]


def estimate(connection: duckdb.DuckDBPyConnection, spans: list[tuple[str, str, str]], lost: Lost) -> None:
    """Make the table `evidence` from the table `draws`.

    `spans` says which returns make up which stretch: rows of organisation, span (`2025-26`), and period. `lost` says of
    an organisation's period how many applicants, and people on shortlists, can be given to no post. Raises `ValueError`
    naming the first draw of a row whose numbers are impossible.

    >>> connection = duckdb.connect()
    >>> _ = connection.execute('''CREATE TABLE draws AS SELECT 'kings' organisation, '2025-26-Q1' AS period,
    ...     'V1' vacancy, 'vacancy' basis, 'all' posts, 'appointment' stage, 'BME' group_name, 'none' campaign, 4 pool,
    ...     1 pool_in_group, 1 chosen, 0 chosen_in_group, 0 unread_pool, 0 unread_chosen''')
    >>> estimate(connection, [("kings", "2025-26", "2025-26-Q1")], {})
    >>> connection.sql("SELECT span, white_people, group_people, round(expected, 6) FROM evidence").fetchall()
    [('2025-26', 3, 1, 0.25)]
    """
    connection.execute("CREATE OR REPLACE TEMP TABLE spans (organisation VARCHAR, span VARCHAR, period VARCHAR)")
    if spans:
        connection.executemany("INSERT INTO spans VALUES (?, ?, ?)", spans)
    grouped = connection.execute(
        """SELECT organisation, span, basis, posts, stage, group_name,
                  CASE campaign WHEN 'none' THEN 'none' ELSE 'campaigns' END AS campaign,
                  list((pool, pool_in_group, chosen, chosen_in_group, unread_pool, unread_chosen)
                       ORDER BY period, vacancy) AS draws
           FROM draws JOIN spans USING (organisation, period)
           WHERE pool > 0 OR basis <> 'vacancy'
           GROUP BY ALL ORDER BY ALL"""
    ).fetchall()
    without_post: dict[tuple[str, str, str], int] = defaultdict(int)
    for organisation, span, period in spans:
        for stage, people in zip(STAGES, lost.get((organisation, period), ()), strict=False):
            without_post[organisation, span, stage.key] += people
    rows = [
        _evidence(without_post, *keys, [DrawWithUnknown(Draw(*draw[:4]), *draw[4:]) for draw in draws])
        for *keys, draws in grouped
    ]
    columns = ", ".join(f"{name} {kind}" for name, kind in EVIDENCE_COLUMNS.items())
    connection.execute(f"CREATE OR REPLACE TABLE evidence ({columns})")
    if rows:
        places = ", ".join(f"${name}" for name in EVIDENCE_COLUMNS)
        connection.executemany(f"INSERT INTO evidence VALUES ({places})", rows)


def _evidence(lost, organisation, span, basis, posts, stage, group_name, campaign, sent: list[DrawWithUnknown]) -> dict:
    draws = [with_unknown.draw for with_unknown in sent]
    keys = (organisation, span, basis, posts, stage, group_name, campaign)
    people, in_group, chosen, chosen_in_group = (sum(numbers) for numbers in zip(*draws, strict=True))
    row = dict.fromkeys(EVIDENCE_COLUMNS) | dict(zip(EVIDENCE_COLUMNS, keys, strict=False))
    row |= {
        "white_people": people - in_group,
        "white_successful": chosen - chosen_in_group,
        "group_people": in_group,
        "group_successful": chosen_in_group,
    }
    if basis != "vacancy":
        return row
    within = WithinVacancies.from_draws(draws)
    without_post = lost[organisation, span, stage] if campaign == "none" else 0
    weaker = weaker_of_both_ends(sent, without_post)
    return row | {
        "lost": without_post,
        "vacancies": within.vacancies,
        "informative": within.informative,
        "expected": within.expected,
        "standard_deviation": within.standard_deviation,
        "low": weaker.low,
        "high": weaker.high,
        "could_tell": int(weaker.could_tell),
        "p": weaker.p,
        "weakened": weaker.changed,
    }


@dataclass(frozen=True)
class Together:
    """What equal chances would give organisations together at a stage, post by post.

    `expected`, `low` and `high` are of the group's successes over all posts: their mean and the central range.
    `informative` says of each organisation how many posts could have gone either way, and `counts` of each its four
    counts: White people before the decision and after it, and the group's.
    """

    stage: str
    expected: float
    low: int
    high: int
    informative: Mapping[str, int]
    counts: Mapping[str, tuple[int, int, int, int]]


def estimate_together(
    connection: duckdb.DuckDBPyConnection, returns: Mapping[str, Sequence[str]], span: str, stage: str, group: str
) -> Together | None:
    """Return what equal chances would give organisations together over a span; None where one sent only totals of it.

    `returns` says which periods make up the span of each of them. All their single posts are convolved at once, from
    the tables `draws` and `evidence`.

    >>> connection = duckdb.connect()
    >>> _ = connection.execute("CREATE TABLE evidence (organisation TEXT, span TEXT, stage TEXT, group_name TEXT, "
    ...     "campaign TEXT, basis TEXT)")
    >>> estimate_together(connection, {"kings": ["2025-26"]}, "2025-26", "appointment", "BME") is None
    True
    """
    whose, about = list(returns), [stage, group]
    own = "list_contains(?, organisation) AND stage = ? AND group_name = ? AND campaign = 'none' AND basis = 'vacancy'"
    posts = f"FROM evidence WHERE {own} AND span = ?"
    if connection.execute(f"SELECT count(*) {posts}", [whose, *about, span]).fetchone()[0] < len(whose):
        return None
    names = "organisation, informative, lost, white_people, white_successful, group_people, group_successful"
    rows = connection.execute(f"SELECT {names} {posts} ORDER BY organisation", [whose, *about, span]).fetchall()
    numbers = "pool, pool_in_group, chosen, chosen_in_group, unread_pool, unread_chosen"
    sent = [f"{organisation}/{period}" for organisation, periods in returns.items() for period in periods]
    theirs = f"FROM draws WHERE {own} AND pool > 0 AND list_contains(?, organisation || '/' || period)"
    draws = connection.execute(f"SELECT {numbers} {theirs} ORDER BY ALL", [whose, *about, sent]).fetchall()
    with_unread = [DrawWithUnknown(Draw(*draw[:4]), *draw[4:]) for draw in draws]
    weaker = weaker_of_both_ends(with_unread, sum(lost for _, _, lost, *_ in rows))
    return Together(
        stage=stage,
        expected=WithinVacancies.from_draws(one.draw for one in with_unread).expected,
        low=weaker.low,
        high=weaker.high,
        informative={organisation: informative for organisation, informative, *_ in rows},
        counts={organisation: tuple(counts) for organisation, _, _, *counts in rows},
    )
