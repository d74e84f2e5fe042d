"""Records to draws and summaries, by SQL over Parquet.

A draw compares White people with one other group in one decision: of the `pool` people of the two groups,
`pool_in_group` are of the other group; `chosen` succeeded, of whom `chosen_in_group`. Where applications
are known, a draw is one vacancy; where only totals are, it is the whole return (`basis` is 'totals' and
there is no vacancy to compare people within). A summary counts the people who reached a stage.

Beside its four numbers a draw holds how many people of unknown ethnicity were there and succeeded (where only
they were, the draw of White and BME people is one of nobody), of how many of these it was sent and could not be read
(`unread_pool` and `unread_chosen`), and the
same six numbers of those whom the organisation considers at that stage for the first time: somebody who comes
before panel after panel makes their decisions alike, and the evidence is also asked without them.

Only Band 8 and above is counted, but for published totals, which are taken at the posts that they are about.

An organisation may ask the same of any other characteristic of its own people: then the reference group of that
characteristic stands in the place of White people (`codebook/characteristics.py`).
"""

from pathlib import Path

import duckdb

from lt_analysis.codebook.characteristics import ETHNICITY, Characteristic
from lt_analysis.codebook.ethnicity import UNKNOWN, WRES_GROUP_OF_TOTALS, ethnicity_table
from lt_analysis.codebook.folders import in_sql
from lt_analysis.codebook.pay import BAND_8_AND_ABOVE, BAND_8_PLUS_TOTAL
from lt_analysis.codebook.words import BAND_8_POSTS
from lt_analysis.counts.outcomes import count_apart
from lt_analysis.counts.records import CODE, came_to, code_of, records_in
from lt_analysis.counts.stages import count_stages

UNREAD = ("applied_unread", "shortlisted_unread", "appointed_unread")
NUMBERS = (
    *UNREAD,
    *("applied", "shortlisted", "appointed", "first_applied", "first_applied_shortlisted"),
    *("first_shortlisted", "first_shortlisted_appointed"),
)
# Posts of one day come in the order of the numbers in their references, V9 before V10, and not of the digits.
DIGITS_OF_A_NUMBER = 40
NUMBERED = (
    "regexp_replace(vacancy, '[0-9]+', '0', 'g'), "
    f"list_transform(regexp_extract_all(vacancy, '[0-9]+'), lambda part: lpad(part, {DIGITS_OF_A_NUMBER}, '0')), "
    "vacancy"
)


def count(
    connection: duckdb.DuckDBPyConnection,
    applications: list[Path],
    stage_totals: list[Path],
    published_posts: dict[str, str],
) -> None:
    """Make `draws`, `summaries` and what stands apart from them, from the records in the given files.

    `published_posts` names, for each organisation whose totals are already published, the posts that they
    are about.
    """
    make_sides(connection)
    connection.execute("CREATE OR REPLACE TEMP TABLE published (organisation VARCHAR, posts VARCHAR)")
    for organisation, posts in published_posts.items():
        connection.execute("INSERT INTO published VALUES (?, ?)", [organisation, posts])
    connection.execute("CREATE OR REPLACE TEMP TABLE reached AS " + _reached(applications, stage_totals))
    connection.execute("CREATE OR REPLACE TABLE draws AS " + _draws(ETHNICITY))
    connection.execute("CREATE OR REPLACE TABLE summaries AS " + _summaries())
    count_stages(connection)
    count_apart(connection, applications)


def count_by(connection: duckdb.DuckDBPyConnection, applications: list[Path], characteristic: Characteristic) -> None:
    """Make the table `draws` by any characteristic, from records of applications: the same decisions and people.

    `group_name` is one of `characteristic.compared`, and the other people of a draw are of its reference group.
    """
    make_sides(connection, characteristic)
    connection.execute("CREATE OR REPLACE TEMP TABLE reached AS " + _reached(applications, [], characteristic))
    connection.execute("CREATE OR REPLACE TABLE draws AS " + _draws(characteristic))


def count_posts_aside(connection: duckdb.DuckDBPyConnection, least: list[Path], most: list[Path]) -> None:
    """Make the table `aside_draws` of posts that are set aside, with each person at the least and the furthest stage.

    `stage_end` says which. They are in no figure: those that count are looked at beside them.
    """
    make_sides(connection)
    connection.execute("CREATE OR REPLACE TEMP TABLE published (organisation VARCHAR, posts VARCHAR)")
    for end, paths in {"least": least, "most": most}.items():
        connection.execute("CREATE OR REPLACE TEMP TABLE reached AS " + _reached(paths, []))
        made = "CREATE OR REPLACE TABLE aside_draws AS" if end == "least" else "INSERT INTO aside_draws"
        connection.execute(f"{made} SELECT '{end}' AS stage_end, * FROM ({_draws(ETHNICITY)})")


def make_sides(connection: duckdb.DuckDBPyConnection, characteristic: Characteristic = ETHNICITY) -> None:
    """Make the table `sides`: of each code of a characteristic, its group of the main comparison and a narrower one.

    They are `side` and `single`. The table `ethnicities` is made too.
    """
    connection.execute(make_ethnicities())
    rows = "SELECT code, wres_group AS side, census_five AS single FROM ethnicities"
    if characteristic != ETHNICITY:
        words = (", ".join("NULL" if word is None else in_sql(word) for word in row) for row in characteristic.answers)
        rows = f"FROM (VALUES {', '.join(f'({row})' for row in words)}) AS given (code, side, single)"
    connection.execute(f"CREATE OR REPLACE TEMP TABLE sides AS {rows}")


def make_ethnicities() -> str:
    """Return in SQL how the table `ethnicities` is made: of each code, and of each group that is sent, its groups."""
    groups = ", ".join(
        f"('{name}', '{wres}', {'NULL' if name == 'BME' else repr(name)}, NULL)"
        for name, wres in WRES_GROUP_OF_TOTALS.items()
    )
    return f"""
        CREATE OR REPLACE TEMP TABLE ethnicities AS
        SELECT code, wres_group, census_five, census_nineteen
        FROM read_csv({in_sql(ethnicity_table())}, all_varchar = true, header = true)
        UNION ALL VALUES {groups}"""


def _reached(applications: list[Path], stage_totals: list[Path], by: Characteristic = ETHNICITY) -> str:
    """Count people who gave one answer in one vacancy, or in one row of totals: how many reached each stage.

    `first_...` counts those whom the organisation considers at that stage for the first time.
    """
    senior = ", ".join(f"'{band}'" for band in (*BAND_8_AND_ABOVE, BAND_8_PLUS_TOTAL))
    columns = ("organisation", "period", "basis", "posts", "vacancy", "band", "campaign", "code")
    empty = ", ".join(
        [f"NULL::VARCHAR AS {name}" for name in columns] + [f"NULL::BIGINT AS {name}" for name in NUMBERS]
    )
    parts = [f"SELECT {empty}, NULL::DATE AS closed_on WHERE false"]
    if applications:
        counted = ", ".join(f"sum({name})::BIGINT AS {name}" for name in NUMBERS)
        parts.append(f"""
            SELECT organisation, period, 'vacancy' AS basis, '{BAND_8_POSTS}' AS posts, vacancy, band, campaign,
                   {code_of(by)} AS code, {counted}, max(closed_on) AS closed_on
            FROM ({_people(applications, senior, by)}) GROUP BY ALL""")
    if stage_totals:
        parts.append(f"""
            SELECT organisation, period, 'totals' AS basis, coalesce(published.posts, '{BAND_8_POSTS}') AS posts,
                   NULL AS vacancy, band, 'none' AS campaign, NULL AS closed_on,
                   {CODE} AS code,
                   0 AS applied_unread, 0 AS shortlisted_unread, 0 AS appointed_unread,
                   applied, shortlisted, offered AS appointed, applied AS first_applied,
                   shortlisted AS first_applied_shortlisted, shortlisted AS first_shortlisted,
                   offered AS first_shortlisted_appointed
            FROM {records_in(stage_totals)} records LEFT JOIN published USING (organisation)
            WHERE published.posts IS NOT NULL OR band IN ({senior})""")
    return " UNION ALL BY NAME ".join(parts)


def _people(applications: list[Path], senior: str, by: Characteristic) -> str:
    """Return a query of applications at Band 8 and above, with each of the `NUMBERS` as one or nought.

    Only of those who come more than once is it asked which time was the first: the post that closed first, and of
    shortlists the one that was made first (from the day on which its post closed where that is not known). Either is
    settled before the decision that it is about.
    """
    # Of other characteristics what could not be read counts as not known, and no count is weakened by it.
    unread = "ethnicity_unread" if by == ETHNICITY else "false"
    reached = {
        "applied_unread": f"{unread} AND eligible",
        "shortlisted_unread": f"{unread} AND on_shortlist",
        "appointed_unread": f"{unread} AND offered",
        "applied": "eligible",
        "shortlisted": "on_shortlist",
        "appointed": "offered",
        "first_applied": "first_application AND eligible",
        "first_applied_shortlisted": "first_application AND on_shortlist",
        "first_shortlisted": "first_shortlist AND on_shortlist",
        "first_shortlisted_appointed": "first_shortlist AND offered",
    }
    numbers = ", ".join(f"({condition})::BIGINT AS {name}" for name, condition in reached.items())
    person = "organisation, campaign, applicant"
    return f"""
        WITH senior AS (
            SELECT organisation, period, vacancy, band, campaign, {by.key}, ethnicity_unread, applicant, closed_on,
                   {came_to("eligible")} AS eligible, {came_to("shortlisted")} AS on_shortlist,
                   {came_to("offered")} AS offered,
                   CASE WHEN on_shortlist THEN coalesce(shortlisted_on, closed_on) END AS shortlisted_on
            FROM {records_in(applications)} WHERE band IN ({senior})),
        again AS (SELECT {person} FROM senior GROUP BY ALL HAVING count(*) > 1),
        told AS (
            SELECT *, true AS first_application, true AS first_shortlist FROM senior ANTI JOIN again USING ({person})
            UNION ALL
            SELECT *, row_number() OVER (PARTITION BY {person}, eligible
                                         ORDER BY closed_on, {NUMBERED}, period) = 1,
                      row_number() OVER (PARTITION BY {person}, on_shortlist
                                         ORDER BY shortlisted_on, {NUMBERED}, period) = 1
            FROM senior SEMI JOIN again USING ({person}))
        SELECT organisation, period, vacancy, band, campaign, {by.key}, closed_on, {numbers} FROM told"""


def _draws(by: Characteristic) -> str:
    """Add up each decision once: people of the reference group, of each other group and of none known side by side."""
    counted = ("people", "successful", "first_people", "first_successful")
    unread = "sum(unread_people)::BIGINT AS unread_pool, sum(unread_successful)::BIGINT AS unread_chosen"
    is_reference, is_unknown = f"side = {in_sql(by.reference.name)}", f"side = '{UNKNOWN}'"
    reference = ", ".join(f"{_sum(name, is_reference)} AS reference_{name}" for name in counted)
    others = ", ".join(f"unnest([{_of_each_group(name, by)}]) AS {name}" for name in counted)
    return f"""
        WITH alike AS (
            SELECT organisation, period, basis, posts, vacancy, campaign, side, single,
                   min(band) AS band, max(closed_on) AS closed_on,
                   {", ".join(f"sum({name}) AS {name}" for name in NUMBERS)}
            FROM reached JOIN sides USING (code)
            GROUP BY ALL),
        stages AS (
            SELECT * EXCLUDE ({", ".join(NUMBERS)}),
                   unnest(['shortlisting', 'appointment']) AS stage,
                   unnest([applied, shortlisted]) AS people, unnest([shortlisted, appointed]) AS successful,
                   unnest([applied_unread, shortlisted_unread]) AS unread_people,
                   unnest([shortlisted_unread, appointed_unread]) AS unread_successful,
                   unnest([first_applied, first_shortlisted]) AS first_people,
                   unnest([first_applied_shortlisted, first_shortlisted_appointed]) AS first_successful
            FROM alike),
        decisions AS (
            SELECT organisation, period, basis, posts, stage, vacancy, campaign,
                   CASE basis WHEN 'vacancy' THEN min(band) END AS band, max(closed_on) AS closed_on,
                   unnest([{", ".join(map(in_sql, by.compared))}]) AS group_name, {others}, {reference},
                   {_sum("people", is_unknown)} AS unknown_pool,
                   {_sum("successful", is_unknown)} AS unknown_chosen,
                   {_sum("first_people", is_unknown)} AS first_unknown_pool,
                   {_sum("first_successful", is_unknown)} AS first_unknown_chosen, {unread}
            FROM stages WHERE people > 0
            GROUP BY organisation, period, basis, posts, stage, vacancy, campaign),
        compared AS (
            SELECT organisation, period, basis, posts, stage, group_name, vacancy, campaign, band, closed_on,
                   reference_people + people AS pool, people AS pool_in_group,
                   reference_successful + successful AS chosen, successful AS chosen_in_group,
                   reference_first_people + first_people AS first_pool, first_people AS first_pool_in_group,
                   reference_first_successful + first_successful AS first_chosen,
                   first_successful AS first_chosen_in_group, unknown_pool, unknown_chosen,
                   first_unknown_pool, first_unknown_chosen, unread_pool, unread_chosen
            FROM decisions)
        FROM compared
        WHERE (pool > 0 AND (basis = 'vacancy' OR pool_in_group > 0)) OR group_name = {in_sql(by.compared[0])}"""


def _of_each_group(number: str, by: Characteristic) -> str:
    return ", ".join(_sum(number, f"{in_sql(group)} IN (side, single)") for group in by.compared)


def _sum(number: str, of: str) -> str:
    return f"coalesce(sum({number}) FILTER ({of}), 0)::BIGINT"


def _summaries() -> str:
    return """
        SELECT organisation, period, posts, campaign, roll_up, group_name, sum(applied)::BIGINT AS applied,
               sum(shortlisted)::BIGINT AS shortlisted, sum(appointed)::BIGINT AS appointed
        FROM (SELECT reached.*, unnest(['wres', 'five', 'nineteen']) AS roll_up,
                     unnest([wres_group, census_five, census_nineteen]) AS group_name
              FROM reached JOIN ethnicities USING (code))
        WHERE group_name IS NOT NULL
        GROUP BY organisation, period, posts, campaign, roll_up, group_name
        ORDER BY ALL"""
