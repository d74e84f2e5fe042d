"""What in a return of applications can be, and most likely is not so. It is said, and nothing is rejected for it."""

import duckdb

from lt_analysis.codebook.ethnicity import UNKNOWN, five_group
from lt_analysis.codebook.folders import in_sql
from lt_analysis.codebook.pay import BAND_8_AND_ABOVE
from lt_analysis.codebook.returns import STAGE_DATES
from lt_analysis.collection.checks.applications import NOT_IN_QUARTER
from lt_analysis.collection.checks.cells import NO_DATE, quoted
from lt_analysis.collection.finding import FoundReturn
from lt_analysis.collection.reading.received import TRIMMED

SENIOR = f"band IN ({quoted(BAND_8_AND_ABOVE)})"
LONG_AFTER = "INTERVAL 1 YEAR"  # of the quarter's last day
LONG_BEFORE = "INTERVAL 2 YEARS"  # of its first
DATES = ("advertised_on", "closed_on", *STAGE_DATES)
IN_ORDER = ("advertised_on", "applied_on", "closed_on", "eligible_on", "shortlisted_on", "interviewed_on", "offered_on")
LAST_MONTH = 12
FEWEST_DATES = 3  # different ones, before their days say anything
SPELLED = {"vacancy": "vacancies", "applicant": "applicants"}  # references, and whose they are
IF_MONTH_FIRST = "Its month seems to stand first, and days come first here: write dates as 2026-07-31"
IF_ALL_MONTH_FIRST = (
    "The months of all dates seem to stand first, as the file's program may have written them; days come first here: "
    "write dates as 2026-07-31"
)
MONTH_FIRST = r"(0?[1-9]|1[0-2])[/.-](1[3-9]|2\d|3[01])[/.-]((20)?\d\d)( .*)?"


def tell_months_first(connection: duckdb.DuckDBPyConnection, found: FoundReturn) -> None:
    """Say in `problems` of dates that they seem to have their month first.

    Whoever reads that a date is none, or of another quarter, would otherwise mend what is not wrong.
    """
    of_dates = connection.execute(
        f"SELECT DISTINCT column_name FROM problems WHERE column_name IN ({quoted(DATES)})"
    ).fetchall()
    for (name,) in of_dates:
        month_first = f"regexp_full_match(sent_{name}, {in_sql(MONTH_FIRST)})"
        connection.execute(
            f"""UPDATE problems SET remedy = $remedy WHERE column_name = $name AND reason LIKE $reason
                AND row IN (SELECT row FROM received WHERE {month_first})""",
            {"remedy": IF_MONTH_FIRST, "name": name, "reason": f"{NO_DATE}%"},
        )
    elsewhere = {"name": "closed_on", "reason": f"{NOT_IN_QUARTER}%"}
    (many,) = connection.execute(
        "SELECT count(*) FROM problems WHERE column_name = $name AND reason LIKE $reason", elsewhere
    ).fetchone()
    if many and _closed_in_quarter_with_the_month_first(connection, found):
        connection.execute(
            "UPDATE problems SET remedy = $remedy WHERE column_name = $name AND reason LIKE $reason",
            elsewhere | {"remedy": IF_ALL_MONTH_FIRST},
        )


def months_first(connection: duckdb.DuckDBPyConnection, found: FoundReturn) -> str | None:
    """Return what is said with a refusal where many dates seem to have their month first; None where they do not."""
    if _month_first(connection, found):
        return IF_MONTH_FIRST
    if _closed_in_quarter_with_the_month_first(connection, found) or _fit_better_with_the_month_first(
        connection, "checked"
    ):
        return IF_ALL_MONTH_FIRST
    return None


def _closed_in_quarter_with_the_month_first(connection: duckdb.DuckDBPyConnection, found: FoundReturn) -> bool:
    """Tell whether, read the other way, more posts closed in the quarter, and every day could be a month."""
    quarter = f"BETWEEN DATE '{found.period.first_day}' AND DATE '{found.period.last_day}'"
    as_read, otherwise, last_day = connection.execute(
        f"""SELECT count(*) FILTER (closed_on {quarter}),
                   count(*) FILTER (CASE WHEN day(closed_on) <= {LAST_MONTH} THEN {_turned("closed_on")} {quarter} END),
                   max(day(closed_on))
            FROM checked"""
    ).fetchone()
    return last_day is not None and last_day <= LAST_MONTH and otherwise > as_read


def _turned(day: str) -> str:
    return f"make_date(year({day}), day({day}), month({day}))"


def hardly_likely(connection: duckdb.DuckDBPyConnection, found: FoundReturn) -> list[str]:
    """Say what is odd in `accepted` applications by itself, and in `received` of what could not be read."""
    far_off, last_day, *spelled = _at_a_glance(connection, found)
    said = {
        "rows hold dates more than a year after the quarter, or two years before it": far_off,
        "dates cannot be read because their month stands first; write dates as 2026-07-31": _month_first(
            connection, found
        ),
    }
    odd = [f"{rows:,} {what}" for what, rows in said.items() if rows]
    if last_day is not None and last_day <= LAST_MONTH and _fit_better_with_the_month_first(connection):
        odd.append(
            "every day of its dates is at most 12, and they fit one another better with the month first: ask whether "
            "the file's program has changed days and months round"
        )
    for (column, called), in_several_ways in zip(SPELLED.items(), spelled, strict=True):
        if in_several_ways:
            odd += _alike(connection, column, called)
    people = _of_two_ethnicities(connection)
    if people:
        odd.append(f"{people:,} applicants are of one ethnic group in one row, and of another in another")
    return odd


def _at_a_glance(connection: duckdb.DuckDBPyConnection, found: FoundReturn) -> tuple[int, int | None, bool, bool]:
    """Return in one pass how many rows hold dates far off, the last day of any month on which a post closed, and
    whether references might be written in several ways: those of vacancies, and of applicants."""
    latest, earliest = (f"{edge}({', '.join(DATES)})" for edge in ("greatest", "least"))
    spelled = ", ".join(
        f"coalesce(bool_or(CASE WHEN {SENIOR} THEN {column} <> {_plain(column)} END), false)" for column in SPELLED
    )
    return connection.execute(
        f"""SELECT count(*) FILTER ({latest} > DATE '{found.period.last_day}' + {LONG_AFTER}
                                    OR {earliest} < DATE '{found.period.first_day}' - {LONG_BEFORE}),
                   max(day(closed_on)), {spelled}
            FROM accepted"""
    ).fetchone()


def _plain(reference: str) -> str:
    """Return in SQL a reference without spaces of any kind, marks that show nothing, and small letters."""
    return f"""upper(CASE WHEN strlen({reference}) = length({reference}) THEN replace({reference}, ' ', '')
                          ELSE translate({reference}, '{TRIMMED}', '') END)"""


def _month_first(connection: duckdb.DuckDBPyConnection, found: FoundReturn) -> int:
    unread = connection.execute(f"FROM problems WHERE column_name IN ({quoted(DATES)}) LIMIT 1").fetchone()
    if unread is None:
        return 0
    sent = [f"sent_{column.name}" for column in found.kind.columns if column.holds == "date"]
    counted = " + ".join(f"count(*) FILTER (regexp_full_match({text}, {in_sql(MONTH_FIRST)}))" for text in sent)
    (dates,) = connection.execute(f"SELECT {counted} FROM received SEMI JOIN problems USING (row)").fetchone()
    return dates


def _fit_better_with_the_month_first(connection: duckdb.DuckDBPyConnection, rows: str = "accepted") -> bool:
    """Tell whether all dates, read the other way, would stand in a better order, or far closer to one another."""
    days = ", ".join(f"coalesce(day({date}), 1)" for date in DATES)
    (last_day,) = connection.execute(f"SELECT max(greatest({days})) FROM {rows}").fetchone()
    if last_day is None or last_day > LAST_MONTH:
        return False
    dates = " UNION ".join(f"SELECT {date} AS day FROM {rows} WHERE {date} IS NOT NULL" for date in DATES)
    (different,) = connection.execute(f"SELECT count(*) FROM ({dates})").fetchone()
    if different < FEWEST_DATES:
        return False
    (disorder, spread), (otherwise, closer) = (
        connection.execute(f"SELECT {_disorder(dates)}, {_spread(dates)} FROM {rows}").fetchone()
        for dates in (IN_ORDER, [_turned(one) for one in IN_ORDER])
    )
    return otherwise < disorder or (otherwise == disorder and closer * 2 < spread)


def _disorder(dates: list[str] | tuple[str, ...]) -> str:
    """Return in SQL how often a date is before the one that it should follow."""
    return " + ".join(
        f"count(*) FILTER ({later} < {earlier})" for earlier, later in zip(dates, dates[1:], strict=False)
    )


def _spread(dates: list[str] | tuple[str, ...]) -> str:
    """Return in SQL the days between the first and the last date of each row, added up."""
    return f"coalesce(sum(greatest({', '.join(dates)}) - least({', '.join(dates)})), 0)"


def _alike(connection: duckdb.DuckDBPyConnection, column: str, called: str) -> list[str]:
    """Say how many references of posts at Band 8 and above differ from another by capitals or spaces only."""
    plain, senior = _plain(column), f"FROM accepted WHERE {SENIOR}"
    (alike,) = connection.execute(
        f"""WITH written AS (SELECT DISTINCT {column}, {plain} AS plain {senior} AND {column} <> {plain})
            SELECT count(*) FROM (
                SELECT plain FROM (
                    FROM written UNION SELECT DISTINCT {column}, {column} {senior}
                    AND {column} IN (SELECT plain FROM written))
                GROUP BY plain HAVING count(*) > 1)"""
    ).fetchone()
    if not alike:
        return []
    return [
        f"the references of {alike:,} {called} are written in several ways, which differ by capitals or spaces only"
    ]


def _of_two_ethnicities(connection: duckdb.DuckDBPyConnection) -> int:
    """Count the applicants at Band 8 and above whose rows say several of the census's five groups."""
    rows = connection.execute(
        f"""SELECT list(DISTINCT ethnicity::VARCHAR) FROM accepted
            WHERE {SENIOR} AND applicant IS NOT NULL
            GROUP BY applicant HAVING min(hash(ethnicity)) <> max(hash(ethnicity))"""
    ).fetchall()
    return sum(len({five_group(code) for code in codes} - {UNKNOWN}) > 1 for (codes,) in rows)
