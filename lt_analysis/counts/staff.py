"""What happened to staff in a year: of those who were there on the day before it, by pay band and kind of work.

A draw compares White people with one other group among the staff of one pay band and kind of work on that day: of the
`pool` people of the two groups, `pool_in_group` are of the other; to `chosen` it happened in the year after, of whom
`chosen_in_group`. Each person counts once, however often it happened. Their group is the one that they had stated by
the day. Who joined later is in no draw: statutory returns count them all the same, so they are counted apart.

Whoever has left cannot leave again, and who has been there for long leaves more seldom. So of leaving a draw is finer:
one quarter and length of service of one pay band and kind of work. In its pool is who is in the quarter's return of
staff, had not left before, and did not go in it for a reason that is set apart: of those nobody knows whether they
would have left.
"""

from collections.abc import Iterable, Sequence
from pathlib import Path

import duckdb

from lt_analysis.codebook.characteristics import ETHNICITY, Characteristic
from lt_analysis.codebook.ethnicity import UNKNOWN
from lt_analysis.codebook.folders import in_sql
from lt_analysis.codebook.measures import (
    BY_HOME,
    CHAINS_OF_STAFF,
    LEFT,
    LONGEST_SERVICE,
    OF_LEAVING,
    OF_STOCK,
    SHORTER_SERVICE,
    Chain,
)
from lt_analysis.codebook.pay import (
    BAND_8_AND_ABOVE,
    BAND_8_PLUS_TOTAL,
    BANDS_6_AND_7,
    BELOW_8A,
    BELOW_BAND_8,
    DIVIDED_AT,
    ELSEWHERE,
    EVERYBODY,
    LAMBETH,
    MEDICAL,
    NEAR,
    NO_BAND,
    NO_HOME,
    SIX_BOROUGHS,
    UP_TO_BAND_5,
    WITHOUT_BANDS,
)
from lt_analysis.codebook.pay import BELOW_BAND_8_TOTAL as LOWER
from lt_analysis.codebook.periods import Quarter
from lt_analysis.codebook.returns import ILL_HEALTH, LEAVING_SET_APART, NOT_KNOWN, PERFORMANCE
from lt_analysis.counts.draws import make_sides
from lt_analysis.counts.records import code_of, records_in
from lt_analysis.counts.windows import StaffYear

YEARS = {
    **dict.fromkeys(("organisation", "day", "staff", "last"), "VARCHAR"),
    "complete": "BOOLEAN",
    "missing": "VARCHAR[]",
}
EVENTS = dict.fromkeys(("organisation", "day", "period"), "VARCHAR") | {"day_before": "DATE"}
KINDS = dict.fromkeys(("organisation", "day", "event"), "VARCHAR")
OF_STAFF = {
    **dict.fromkeys(("organisation", "period", "person", "band", "work", "code", "home_borough"), "VARCHAR"),
    **dict.fromkeys(("board", "board_role", "medical_grade"), "VARCHAR"),
    **dict.fromkeys(("started_on", "left_on"), "DATE"),
    "leaving_reason": "VARCHAR",
}
SELDOM = ("ground", "board", "board_role", "medical_grade")  # not always sent
OF_EVENTS = dict.fromkeys(("organisation", "period", "person", "event", "ground"), "VARCHAR")


def count_staff(
    connection: duckdb.DuckDBPyConnection,
    years: Iterable[StaffYear],
    staff: list[Path],
    events: list[Path],
    by: Characteristic = ETHNICITY,
) -> None:
    """Make the tables of staff from their records, with groups by a characteristic.

    - `staff_years`: which returns each year takes, and which of them it lacks;
    - `staff_reached`: how many staff of each group and cut there were on each day, to how many of them each kind of
      event happened, which is what published tables add up, how many of both were new, and to how many others it
      happened, who joined later;
    - `staff_in_post`: how many staff of each group and cut there were on the last day of each year, as each stock
      divides them; and `staff_by_band` the same by single band and kind of work, doctors and dentists by grade, of
      White, BME and unknown, which is exact and in no release;
    - `staff_board`: those of the same staff who sit on the board, by vote and by role; exact, and in no release;
    - `staff_draws`: the same people, by the stage that they reached or not, compared within pay band and kind of work;
    - `staff_quarters`: of leaving, the same people quarter by quarter, compared within length of service too;
    - `staff_sums`: for each such stage, group and day, the staff of the day, those to whom it happened, those who
      joined after the day and to whom it happened, those whom no return of staff has, for how many of all of them it
      was for performance, for how many only for ill health, and the staff at the year's end;
    - `staff_account`: of each group, how the staff of each day became those at the year's end (`measures.ACCOUNT`), for
      all staff and for those at Band 8 and above.

    A kind of event that an organisation names nowhere in a year's returns is not in them, for it may not be sent;
    unless its returns hold every one (`windows.StaffYear`). Who left, the returns of staff themselves say.
    """
    make_sides(connection, by)
    _take_in(connection, tuple(years), staff, events, by)
    connection.execute(f"CREATE OR REPLACE TEMP TABLE staff_followed AS {_followed()}")
    connection.execute(f"CREATE OR REPLACE TEMP TABLE staff_later AS {_later()}")
    connection.execute(f"CREATE OR REPLACE TEMP TABLE staff_at_risk AS {_at_risk()}")
    connection.execute(f"CREATE OR REPLACE TEMP TABLE asked (chain, stage, of_new) AS VALUES {_asked()}")
    for name, query in (
        ("staff_reached", _reached()),
        ("staff_by_band", _by_band()),
        ("staff_board", _board()),
        ("staff_in_post", _in_post()),
        ("staff_draws", _draws(by, "staff_followed", ("band", "work"))),
        ("staff_quarters", _draws(by, "staff_at_risk", ("quarter", "band", "work", "service"))),
        ("staff_sums", _sums(by)),
        ("staff_account", _account(by)),
    ):
        connection.execute(f"CREATE OR REPLACE TABLE {name} AS {query}")


def _take_in(
    connection: duckdb.DuckDBPyConnection,
    years: tuple[StaffYear, ...],
    staff: list[Path],
    events: list[Path],
    by: Characteristic,
) -> None:
    """Make tables of the years that are followed, and of the records: who were staff, and what happened to whom."""
    _fill(
        connection,
        "staff_years",
        YEARS,
        [(one.organisation, str(one.day), one.staff, one.end, one.complete, one.missing) for one in years],
    )
    quarters = [
        (one.organisation, str(one.day), quarter, Quarter.parse(quarter).previous.last_day)
        for one in years
        for quarter in one.events
    ]
    _fill(connection, "quarters_of_events", EVENTS, quarters)
    kinds = [(one.organisation, str(one.day), kind) for one in years for kind in one.kinds]
    _fill(connection, "kinds_of_events", KINDS, kinds)
    for name, columns, paths in (("sent_staff", OF_STAFF, staff), ("sent_events", OF_EVENTS, events)):
        _fill(connection, name, columns, [])
        if paths:
            sent = (code_of(by) if column == "code" else column for column in columns)
            seldom = ", ".join(f"NULL AS {column}" for column in SELDOM)
            records = f"FROM {records_in(paths)} UNION ALL BY NAME SELECT {seldom} WHERE false"
            connection.execute(f"INSERT INTO {name} SELECT {', '.join(sent)} FROM ({records})")
    connection.execute(
        f"""INSERT INTO sent_events BY NAME SELECT organisation, period, person, event
            FROM sent_staff JOIN quarters_of_events USING (organisation, period)
            JOIN kinds_of_events USING (organisation, day)
            WHERE event = '{LEFT.sent_as}' AND left_on IS NOT NULL AND leaving_reason NOT IN ({_APART})"""
    )


def _fill(
    connection: duckdb.DuckDBPyConnection, table: str, columns: dict[str, str], rows: Sequence[tuple[object, ...]]
) -> None:
    kind = "TABLE" if table == "staff_years" else "TEMP TABLE"
    connection.execute(f"CREATE OR REPLACE {kind} {table} ({', '.join(map(' '.join, columns.items()))})")
    if rows:
        connection.executemany(f"INSERT INTO {table} VALUES ({', '.join('?' * len(columns))})", rows)


def _cut() -> str:
    lower, upper = (", ".join(map(in_sql, some)) for some in ((*BELOW_BAND_8, BELOW_8A), BAND_8_AND_ABOVE))
    return f"""CASE WHEN band = '{MEDICAL}' OR work = '{MEDICAL}' THEN '{MEDICAL}' WHEN band IN ({lower}) THEN '{LOWER}'
                    WHEN band IN ({upper}) THEN '{BAND_8_PLUS_TOTAL}' ELSE '{NO_BAND}' END"""


def _finest_cut() -> str:
    """Return in SQL the finest cut of those who are counted band by band; bands below 8a are never told one by one."""
    lower, middle = ", ".join(map(in_sql, BELOW_BAND_8[:5])), ", ".join(map(in_sql, BELOW_BAND_8[5:]))
    upper = ", ".join(map(in_sql, (*BAND_8_AND_ABOVE, BAND_8_PLUS_TOTAL)))
    return f"""CASE WHEN band = '{MEDICAL}' OR work = '{MEDICAL}' THEN '{MEDICAL}'
                    WHEN band IN ({lower}) THEN '{UP_TO_BAND_5}' WHEN band IN ({middle}) THEN '{BANDS_6_AND_7}'
                    WHEN band = '{BELOW_8A}' THEN '{WITHOUT_BANDS}' WHEN band IN ({upper}) THEN band
                    ELSE '{NO_BAND}' END"""


def _by_band() -> str:
    """Count the same staff by single band and kind of work: doctors and dentists by their grade, whatever their pay."""
    medical = f"band = '{MEDICAL}' OR work = '{MEDICAL}'"
    return f"""
        SELECT organisation, {_LAST_DAY} AS day,
               CASE WHEN {medical} THEN coalesce(medical_grade, '{NOT_KNOWN}')
                    ELSE coalesce(band, '{NO_BAND}') END AS band,
               CASE WHEN {medical} THEN '{MEDICAL}' ELSE work END AS work,
               coalesce(side, single, '{UNKNOWN}') AS group_name, count(*) AS people
        {_AT_THE_END} GROUP BY ALL ORDER BY ALL"""


def _board() -> str:
    return f"""
        SELECT organisation, {_LAST_DAY} AS day, board, coalesce(board_role, '{NOT_KNOWN}') AS board_role,
               coalesce(side, single, '{UNKNOWN}') AS group_name, count(*) AS people
        {_AT_THE_END} AND board IN ('voting', 'non-voting') GROUP BY ALL ORDER BY ALL"""


# What each stock counts people by: its bands, or kinds of band, and what these are divided by.
HOME = "regexp_replace(lower(trim(home_borough)), '^(the )?(london |royal )?borough of ', '')"
STOCKS_BY = {
    OF_STOCK: (_finest_cut(), "work"),
    BY_HOME: (
        _cut(),
        f"""CASE WHEN {HOME} = 'lambeth' THEN '{LAMBETH}'
                 WHEN {HOME} IN ({", ".join(map(in_sql, SIX_BOROUGHS))}) THEN '{NEAR}'
                 WHEN {HOME} <> '' THEN '{ELSEWHERE}' ELSE '{NO_HOME}' END""",
    ),
}


def _in_post() -> str:
    """Count the staff of the last day of each year: of the return of its last quarter, those who have not left."""
    return " UNION ALL ".join(
        f"""
        SELECT '{chain.key}' AS chain, organisation, {_LAST_DAY} AS day, {_divided(chain, cut, by)} AS cut,
               coalesce(single, side, '{UNKNOWN}') AS group_name, count(*) AS people
        {_AT_THE_END} GROUP BY ALL"""
        for chain, (cut, by) in STOCKS_BY.items()
    )


def _divided(chain: Chain, cut: str, by: str) -> str:
    some = ", ".join(map(in_sql, chain.divided))
    return f"CASE WHEN {cut} IN ({some}) THEN {cut} || '{DIVIDED_AT}' || ({by}) ELSE {cut} END"


_LAST_DAY = "(left(staff_years.day, 4)::INTEGER + 1) || '-03-31'"
_AT_THE_END = """
    FROM sent_staff AS sent JOIN staff_years USING (organisation)
    LEFT JOIN sides USING (code)
    WHERE sent.period = staff_years.last AND left_on IS NULL"""
# Whoever it happened to more than once counts once: for performance, if that was the ground of any.
HAPPENED = f"""
    SELECT organisation, day, chain, person,
           CASE WHEN bool_or(ground = '{PERFORMANCE}') THEN '{PERFORMANCE}'
                WHEN bool_or(ground = '{ILL_HEALTH}') THEN '{ILL_HEALTH}' ELSE '{NOT_KNOWN}' END AS ground
    FROM sent_events JOIN quarters_of_events USING (organisation, period) JOIN chains USING (event) GROUP BY ALL"""


def _chains() -> str:
    return ", ".join(f"('{chain.key}', '{chain.stages[1].sent_as}')" for chain in CHAINS_OF_STAFF)


def _asked() -> str:
    """List the stages of which it is asked who of the staff of a day reached them, and whether of new staff alone."""
    return ", ".join(
        f"('{chain.key}', '{stages[1].key}', {stages is chain.of_new})"
        for chain in CHAINS_OF_STAFF
        for stages in (chain.stages, chain.of_new)
        if stages
    )


def _followed() -> str:
    """List the staff of each day by each chain that asks of them, and whether it happened to them in the year after."""
    return f"""
        WITH chains (chain, event) AS (VALUES {_chains()}),
        happened AS ({HAPPENED}),
        named AS (SELECT organisation, day, chain FROM happened
                  UNION SELECT organisation, day, chain FROM kinds_of_events JOIN chains USING (event)),
        there AS (
            SELECT organisation, day, complete, person, coalesce(band, '{NO_BAND}') AS band, work, {_cut()} AS cut,
                   code, started_on, coalesce(started_on > staff_years.day::DATE - INTERVAL 1 YEAR, false) AS is_new
            FROM sent_staff JOIN staff_years USING (organisation)
            WHERE sent_staff.period = staff_years.staff AND left_on IS NULL)
        SELECT organisation, day, complete, chain, person, band, work, cut, started_on, is_new,
               coalesce(side, single, '{UNKNOWN}') AS side,
               coalesce(single, side, '{UNKNOWN}') AS single,
               happened.person IS NOT NULL AS happened, ground
        FROM there JOIN named USING (organisation, day) LEFT JOIN sides USING (code)
        LEFT JOIN happened USING (organisation, day, chain, person)"""


def _at_risk() -> str:
    """List who could leave in each quarter, for how long they had been there the day before it, and who did leave."""
    service = "date_sub('year', started_on, day_before)"  # whole years
    lengths = " ".join(f"WHEN {service} < {years} THEN {in_sql(name)}" for name, years in SHORTER_SERVICE.items())
    return f"""
        WITH gone AS (
            SELECT organisation, day, person, min(period) AS left_in FROM sent_events
            JOIN quarters_of_events USING (organisation, period) WHERE event = '{LEFT.sent_as}' GROUP BY ALL)
        SELECT organisation, day, complete, chain, sent.period AS quarter, band, work, is_new, side, single,
               CASE {lengths} ELSE '{LONGEST_SERVICE}' END AS service,
               coalesce(left_in = sent.period, false) AS happened
        FROM staff_followed AS followed JOIN quarters_of_events USING (organisation, day)
        JOIN (SELECT organisation, period, person, left_on, leaving_reason FROM sent_staff) AS sent
            USING (organisation, period, person)
        LEFT JOIN gone USING (organisation, day, person)
        WHERE chain = '{OF_LEAVING.key}' AND coalesce(sent.period <= left_in, true)
              AND (left_on IS NULL OR leaving_reason NOT IN ({_APART}))"""


def _later() -> str:
    """List those to whom it happened and who were not there on the day, as a later return of the year has them."""
    return f"""
        WITH chains (chain, event) AS (VALUES {_chains()}),
        happened AS ({HAPPENED}),
        there AS (
            SELECT organisation, day, person, max_by(struct_pack(cut := {_cut()}, code := code), period) AS found
            FROM sent_staff JOIN quarters_of_events USING (organisation, period) GROUP BY ALL)
        SELECT organisation, day, complete, chain, person, found IS NOT NULL AS joined,
               coalesce(found.cut, '{NO_BAND}') AS cut, coalesce(side, single, '{UNKNOWN}') AS side,
               coalesce(single, side, '{UNKNOWN}') AS single, ground
        FROM happened ANTI JOIN staff_followed USING (organisation, day, chain, person)
        JOIN staff_years USING (organisation, day)
        LEFT JOIN there USING (organisation, day, person) LEFT JOIN sides ON code = found.code"""


def _reached() -> str:
    return """
        SELECT organisation, day, chain, cut, single AS group_name, sum(people)::BIGINT AS people,
               sum(reached)::BIGINT AS reached, sum(joined)::BIGINT AS joined,
               sum(new)::BIGINT AS new_people, sum(new * reached)::BIGINT AS new_reached
        FROM (SELECT organisation, day, chain, complete, cut, single, 1 AS people, happened::BIGINT AS reached,
                     0 AS joined, is_new::BIGINT AS new
              FROM staff_followed
              UNION ALL
              SELECT organisation, day, chain, complete, cut, single, 0, 0, 1, 0 FROM staff_later)
        WHERE complete GROUP BY ALL ORDER BY ALL"""


def _draws(by: Characteristic, people: str, within: tuple[str, ...]) -> str:
    """Compare each group with the reference group among people of a table who are alike in what they are `within`."""
    groups = ", ".join(map(in_sql, by.compared))
    here, other = f"side = {in_sql(by.reference.name)}", "(side = compared OR single = compared)"
    unknown = f"side = '{UNKNOWN}'"
    return f"""
        SELECT organisation, day, stage, {", ".join(within)}, compared AS group_name,
               count(*) FILTER ({here} OR {other}) AS pool, count(*) FILTER ({other}) AS pool_in_group,
               count(*) FILTER (happened AND ({here} OR {other})) AS chosen,
               count(*) FILTER (happened AND {other}) AS chosen_in_group,
               count(*) FILTER ({unknown}) AS unknown_pool, count(*) FILTER ({unknown} AND happened) AS unknown_chosen
        FROM {people} JOIN asked USING (chain), (SELECT unnest([{groups}]) AS compared)
        WHERE complete AND (is_new OR NOT of_new) GROUP BY ALL HAVING pool > 0 ORDER BY ALL"""


def _three(by: Characteristic) -> str:
    return ", ".join(map(in_sql, (by.reference.name, by.compared[0], UNKNOWN)))


def _sums(by: Characteristic) -> str:
    """Add up, for each stage, everybody to whom it happened: on a later return of staff, if not of the day's own."""
    return f"""
        WITH apart AS (
            SELECT organisation, day, stage, side AS group_name, count(*) FILTER (joined) AS joined,
                   count(*) FILTER (NOT joined) AS unmatched, {_grounds("later")}
            FROM staff_later JOIN asked USING (chain) WHERE NOT of_new GROUP BY ALL),
        ends AS (
            SELECT organisation, day, coalesce(side, single, '{UNKNOWN}') AS group_name, count(*) AS at_the_end
            FROM sent_staff AS sent JOIN staff_years USING (organisation)
            LEFT JOIN sides USING (code)
            WHERE sent.period = staff_years.last AND left_on IS NULL GROUP BY ALL),
        of_the_day AS (
            SELECT organisation, day, stage, side AS group_name, count(*) AS people,
                   count(*) FILTER (happened) AS reached, {_grounds("there")}
            FROM staff_followed JOIN asked USING (chain) WHERE is_new OR NOT of_new GROUP BY ALL),
        named AS (SELECT DISTINCT organisation, day, stage FROM staff_followed JOIN asked USING (chain)),
        every AS (
            SELECT organisation, day, stage, group_name
            FROM named, (SELECT unnest([{_three(by)}]) AS group_name))
        SELECT organisation, day, stage, group_name, complete,
               coalesce(people, 0) AS people, coalesce(reached, 0) AS reached,
               coalesce(joined, 0) AS joined, coalesce(unmatched, 0) AS unmatched,
               coalesce(performance_there, 0) + coalesce(performance_later, 0) AS performance,
               coalesce(ill_health_there, 0) + coalesce(ill_health_later, 0) AS ill_health,
               CASE WHEN last IS NOT NULL THEN coalesce(at_the_end, 0) END AS at_the_end
        FROM every JOIN staff_years USING (organisation, day)
        LEFT JOIN of_the_day USING (organisation, day, stage, group_name)
        LEFT JOIN apart USING (organisation, day, stage, group_name)
        LEFT JOIN ends USING (organisation, day, group_name)
        ORDER BY ALL"""


def _grounds(of: str) -> str:
    names = {"performance": PERFORMANCE, "ill_health": ILL_HEALTH}
    return ", ".join(f"count(*) FILTER (ground = '{ground}') AS {name}_{of}" for name, ground in names.items())


def _account(by: Characteristic) -> str:
    """Add up how the staff of a day became those at the year's end: whoever changes group or kind of band is in both.

    Only of years that are complete and whose last return of staff was received, for else nobody could be told to have
    gone. Somebody who came and went within the year is at neither end.
    """
    went, came = (f"CASE WHEN {{}} THEN {end}_group END" for end in ("first", "last"))
    groups = {
        "at_the_start": "first_group",
        **{part: came.format(test) for part, test in _CAME.items()},
        **{part: went.format(test) for part, test in _WENT.items()},
        "at_the_end": "last_group",
    }
    counted = ", ".join(f"count(*) FILTER (({group}) = group_name)::BIGINT AS {part}" for part, group in groups.items())
    there = f"""SELECT organisation, staff_years.day, person, coalesce(side, single, '{UNKNOWN}') AS in_group,
                       {_cut()} AS cut
                FROM sent_staff AS sent JOIN staff_years USING (organisation)
                LEFT JOIN sides USING (code)
                WHERE complete AND last IS NOT NULL AND left_on IS NULL AND sent.period = staff_years."""
    return f"""
        WITH first AS ({there}staff), last AS ({there}last),
        leavers AS (
            SELECT organisation, day, person, max_by(leaving_reason, period) AS reason
            FROM sent_staff JOIN quarters_of_events USING (organisation, period)
            WHERE left_on IS NOT NULL GROUP BY ALL),
        cuts AS (SELECT unnest(['{EVERYBODY}', '{BAND_8_PLUS_TOTAL}']) AS of_cut),
        everybody AS (
            SELECT organisation, day, person, of_cut, reason,
                   CASE WHEN of_cut IN (first.cut, '{EVERYBODY}') THEN first.in_group END AS first_group,
                   CASE WHEN of_cut IN (last.cut, '{EVERYBODY}') THEN last.in_group END AS last_group,
                   first.person IS NOT NULL AS was_there, last.person IS NOT NULL AS is_there,
                   first.in_group <> last.in_group AS stated_anew
            FROM first FULL JOIN last USING (organisation, day, person)
            LEFT JOIN leavers USING (organisation, day, person), cuts)
        SELECT organisation, day, of_cut AS cut, group_name, {counted}
        FROM everybody, (SELECT unnest([{_three(by)}]) AS group_name)
        GROUP BY ALL ORDER BY ALL"""


_APART = ", ".join(map(in_sql, LEAVING_SET_APART))
_GONE = "was_there AND NOT is_there"
_CAME = {
    "joined": "NOT was_there",
    "stated_in": "was_there AND stated_anew",
    "moved_in": "was_there AND NOT stated_anew AND first_group IS NULL",
}
_WENT = {
    "went": f"{_GONE} AND reason NOT IN ({_APART})",
    "set_apart": f"{_GONE} AND reason IN ({_APART})",
    "unaccounted": f"{_GONE} AND reason IS NULL",
    "stated_out": "is_there AND stated_anew",
    "moved_out": "is_there AND NOT stated_anew AND last_group IS NULL",
}
