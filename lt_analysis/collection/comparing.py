"""What looks odd in a return by itself, or beside the one before it. Nothing is rejected for it."""

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

import duckdb

from lt_analysis.codebook.ethnicity import UNKNOWN, five_group
from lt_analysis.codebook.mistakes import RawDataError
from lt_analysis.codebook.periods import Quarter
from lt_analysis.codebook.returns import APPLICATIONS, STAFF, STAGE_TOTALS

if TYPE_CHECKING:
    from lt_analysis.collection.collect import Receipt

PEOPLE_OF = {APPLICATIONS.name: "count(*)", STAFF.name: "count(*)", STAGE_TOTALS.name: "sum(applied)"}
MOST_UNKNOWN = 0.1
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


def straddling(connection: duckdb.DuckDBPyConnection, kind: str) -> list[str]:
    """Say of how many vacancies of `accepted` the pay begins below Band 8a and reaches it."""
    if kind != APPLICATIONS.name:
        return []
    (vacancies,) = connection.execute("SELECT count(DISTINCT vacancy) FROM accepted WHERE straddles").fetchone()
    said = f"pay that begins below Band 8a and reaches it, counted below: {vacancies:,} of the vacancies"
    return [said] if vacancies else []


def odd(receipts: Iterable["Receipt"]) -> Iterator[RawDataError]:
    """Say what looks odd in accepted returns, each beside that of the quarter before, where there is one."""
    by_place = {(one.found.kind.name, one.found.period): one for one in receipts}
    for (kind, period), one in by_place.items():
        people, unknown = sum(one.groups.values()), one.groups.get(UNKNOWN, 0)
        if people >= FEWEST_TO_JUDGE and unknown > people * MOST_UNKNOWN:
            reason = f"ethnicity is not known of {unknown:,} of {people:,}, which is more than 1 in 10"
            yield RawDataError(reason, REMEDY, one.found.file, column="ethnicity")
        before = by_place.get((kind, period.previous)) if isinstance(period, Quarter) else None
        if before:
            yield from _beside(one, before)


def _beside(one: "Receipt", before: "Receipt") -> Iterator[RawDataError]:
    then, now = sum(before.groups.values()), sum(one.groups.values())
    when = f"in {before.found.period}"
    if one.found.kind == STAFF and then >= FEWEST_TO_JUDGE and now * 2 <= then:
        yield RawDataError(f"there are {now:,} staff, where there were {then:,} {when}", REMEDY, one.found.file)
    for group, people in before.groups.items():
        if people >= FEWEST_TO_MISS and not one.groups.get(group):
            reason = f"nobody is of group {group}, where {people:,} were {when}"
            yield RawDataError(reason, REMEDY, one.found.file, column="ethnicity")
