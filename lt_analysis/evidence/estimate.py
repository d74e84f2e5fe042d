"""The evidence of each organisation, stage and group over a stretch of time, as one table.

International and bulk campaigns stand outside the test and are kept beside it: each row is either of
single posts (`campaign` is 'none') or of campaigns together ('campaigns').
"""

from collections import defaultdict
from collections.abc import Mapping

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
    **dict.fromkeys(("expected", "standard_deviation", "mid_p"), "DOUBLE"),
    "weakened": "BOOLEAN",  # whether what could not be read takes the count back into its range
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
    weaker = weaker_of_both_ends(sent, lost[organisation, span, stage] if campaign == "none" else 0)
    return row | {
        "vacancies": within.vacancies,
        "informative": within.informative,
        "expected": within.expected,
        "standard_deviation": within.standard_deviation,
        "low": weaker.low,
        "high": weaker.high,
        "could_tell": int(weaker.could_tell),
        "mid_p": weaker.mid_p,
        "weakened": weaker.changed,
    }
