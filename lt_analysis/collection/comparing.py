"""What looks odd in a return by itself, or beside the one before it. Nothing is rejected for it."""

from collections.abc import Iterable, Iterator
from pathlib import Path

import duckdb

from lt_analysis.codebook.ethnicity import LEAST_KNOWN, UNKNOWN, five_group
from lt_analysis.codebook.folders import in_sql
from lt_analysis.codebook.mistakes import RawDataError
from lt_analysis.codebook.periods import Quarter
from lt_analysis.codebook.returns import APPLICATIONS, STAFF, STAGE_TOTALS
from lt_analysis.collection.receipts import Receipt

PEOPLE_OF = {APPLICATIONS.name: "count(*)", STAFF.name: "count(*)", STAGE_TOTALS.name: "sum(applied)"}
FEWEST_TO_JUDGE = 20  # people, before the share of unknown ethnicity says anything
FEWEST_TO_MISS = 10  # people of a group, before its having nobody says anything
REMEDY = "Nothing was rejected for it: ask whoever made the file whether it is so"


def people_by_group(connection: duckdb.DuckDBPyConnection, kind: str) -> dict[str, int]:
    """Count the people of `accepted` in each of the census's five groups, and of unknown ethnicity."""
    if kind not in PEOPLE_OF:
        return {}
    rows = connection.execute(f"SELECT ethnicity, {PEOPLE_OF[kind]}::BIGINT FROM accepted GROUP BY ALL").fetchall()
    found: dict[str, int] = {}
    for code, people in rows:
        found[five_group(code)] = found.get(five_group(code), 0) + people
    return dict(sorted(found.items()))


def people_who_joined(connection: duckdb.DuckDBPyConnection, kind: str) -> dict[str, int]:
    """Count the people of `accepted` who joined the organisation, by the quarter in which they did.

    Of applicants they are those from outside it who started work.
    """
    people = {APPLICATIONS.name: "count(DISTINCT applicant)", STAFF.name: "count(*)"}.get(kind)
    if not people:
        return {}
    outside = "source = 'external'" if kind == APPLICATIONS.name else "true"
    rows = connection.execute(
        f"""SELECT date_trunc('quarter', started_on)::DATE AS quarter, {people} FROM accepted
            WHERE started_on IS NOT NULL AND {outside} GROUP BY 1 ORDER BY 1"""
    )
    return {str(Quarter.containing(day)): joined for day, joined in rows.fetchall()}


def of_vacancies(connection: duckdb.DuckDBPyConnection, kind: str, quarter_before: Path | None) -> list[str]:
    """Say what is worth knowing of the vacancies of `accepted`, beside the records of the quarter before."""
    if kind != APPLICATIONS.name:
        return []
    straddling, again = connection.execute(
        """SELECT (SELECT count(DISTINCT vacancy) FROM accepted WHERE straddles),
                  (SELECT count(DISTINCT vacancy) FROM accepted WHERE repost_of IS NOT NULL)"""
    ).fetchone()
    known = _known_before(connection, quarter_before) if quarter_before else 0
    said = {
        f"pay that begins below Band 8a and reaches it, counted below: {straddling:,} of the vacancies": straddling,
        f"advertised again: {again:,} of the vacancies": again,
        f"{known:,} of the vacancies have a reference that stands in the quarter before too; if they were advertised "
        "again, give them references of their own, and the old ones in repost_of": known,
    }
    return [remark for remark, vacancies in said.items() if vacancies]


def _known_before(connection: duckdb.DuckDBPyConnection, records: Path) -> int:
    try:
        (known,) = connection.execute(
            f"""SELECT count(DISTINCT vacancy) FROM accepted
                SEMI JOIN read_parquet({in_sql(records)}) before USING (vacancy)"""
        ).fetchone()
    except duckdb.Error:  # they are spoilt; they will be made again
        return 0
    return known


def odd(receipts: Iterable[Receipt]) -> Iterator[RawDataError]:
    """Say what looks odd in accepted returns, each beside that of the quarter before, where there is one."""
    by_place = {(one.found.kind.name, one.found.period): one for one in receipts}
    for (kind, period), one in by_place.items():
        people, unknown = sum(one.groups.values()), one.groups.get(UNKNOWN, 0)
        if people >= FEWEST_TO_JUDGE and people - unknown < people * LEAST_KNOWN:
            reason = f"ethnicity is not known of {unknown:,} of {people:,}, which is more than 1 in 10"
            yield RawDataError(reason, REMEDY, one.found.file, column="ethnicity")
        before = by_place.get((kind, period.previous)) if isinstance(period, Quarter) else None
        if before:
            yield from _beside(one, before)
        if kind == STAFF.name:
            yield from _beside_applications(one, [two for two in by_place.values() if two.found.kind == APPLICATIONS])


def _beside(one: Receipt, before: Receipt) -> Iterator[RawDataError]:
    then, now = sum(before.groups.values()), sum(one.groups.values())
    when = f"in {before.found.period}"
    if one.found.kind == STAFF and then >= FEWEST_TO_JUDGE and now * 2 <= then:
        yield RawDataError(f"there are {now:,} staff, where there were {then:,} {when}", REMEDY, one.found.file)
    for group, people in before.groups.items():
        if people >= FEWEST_TO_MISS and not one.groups.get(group):
            reason = f"nobody is of group {group}, where {people:,} were {when}"
            yield RawDataError(reason, REMEDY, one.found.file, column="ethnicity")


def _beside_applications(staff: Receipt, applications: Iterable[Receipt]) -> Iterator[RawDataError]:
    """Say where more people were appointed and started work than the staff return shows to have joined."""
    quarter = str(staff.found.period)
    started = sum(one.joined.get(quarter, 0) for one in applications)
    joined = staff.joined.get(quarter, 0)
    if started > joined:
        reason = f"{joined:,} joined in {quarter}, where {started:,} applicants from outside started work"
        yield RawDataError(reason, REMEDY, staff.found.file, column="started_on")
