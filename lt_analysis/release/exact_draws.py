"""The decisions behind an organisation's exact figures, by any characteristic of its people, for its own eyes.

By ethnicity they are those of the exact files. By another characteristic the same records are counted again by the
same queries; where they are no longer those that were counted, nothing is said.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import NamedTuple, TypeVar

from lt_analysis.codebook.characteristics import ALSO, BY_KEY, ETHNICITY, Characteristic
from lt_analysis.codebook.ethnicity import UNKNOWN
from lt_analysis.codebook.folders import Folders, in_sql
from lt_analysis.codebook.measures import CHAINS_OF_POSTS, OF_STAFF, STAGES, Measure
from lt_analysis.codebook.mistakes import AskedError, RawDataError, choose
from lt_analysis.codebook.parameters import one_asked
from lt_analysis.codebook.periods import FinancialYear, Quarter, StaffDay, parse_period
from lt_analysis.codebook.returns import APPLICATIONS, EVENTS, STAFF
from lt_analysis.counts.draws import count_by
from lt_analysis.counts.staff import count_staff
from lt_analysis.counts.windows import StaffYear
from lt_analysis.evidence.comparison import Comparison, Whose
from lt_analysis.evidence.draws import Draw
from lt_analysis.release.exact import ExactTables, run_again
from lt_analysis.release.files import LATEST, find_period, rows_of
from lt_analysis.release.in_memory import in_memory

Shown = TypeVar("Shown", bound=Comparison)
COMPARABLE = {measure.key: measure for measure in (*STAGES, *OF_STAFF)}


class GroupOf(NamedTuple):
    """How many people of a group a decision was about, and how many it took; `part_of` which other group they are."""

    name: str
    people: int
    taken: int
    part_of: str = ""


@dataclass(frozen=True)
class ExactDraws:
    """The decisions of a measure in a span: rows as of the table `draws`; `by_post` False where only totals were sent.

    A row compares the reference group's people with those of one other group. `unknown` says of how many people the
    answer is not known, and how many of them the decision took. Where a measure compares by the quarter, `quarters` are
    rows as of `staff_quarters`, in which the same people are compared.
    """

    whose: Whose
    measure: Measure
    characteristic: Characteristic
    rows: tuple[dict, ...]
    by_post: bool
    unknown: tuple[int, int]
    quarters: tuple[dict, ...] = ()

    def of(self, group: str) -> list[Draw]:
        """Return the people of the reference group and another. Raises `AskedError` where it is none of the groups."""
        return self._of(self.rows, group)

    def compared(self, group: str) -> list[Draw]:
        """Return the draws in which these are compared: the same ones, or those of each quarter.

        Raises `AskedError` where it is none of the groups.
        """
        return self._of(self.quarters if self.measure.by_quarter else self.rows, group)

    def _of(self, rows: Iterable[dict], group: str) -> list[Draw]:
        by = self.characteristic
        group = one_asked(group, by.compared, f"is not a group that is compared by {by.title.casefold()}")
        return [Draw(*(row[name] for name in Draw._fields)) for row in rows if row["group_name"] == group]

    def comparison(self, group: str | None = None, kind: type[Shown] = Comparison) -> Shown:
        """Return the reference group and another one compared, as a `kind` of comparison; without a name the main one.

        Raises `AskedError` where it is none of the groups.
        """
        group = ("" if group is None else str(group)) or self.characteristic.compared[0]
        of_whom = (self.whose, self.measure, self.characteristic, group)
        return kind.of(*of_whom, self.of(group), self.by_post, self.compared(group))

    @property
    def groups(self) -> tuple[GroupOf, ...]:
        """Each group's people: the reference group first, those of whom it is not known last."""
        by = self.characteristic
        main = [row for row in self.rows if row["group_name"] == by.compared[0]]
        reference = (
            _sum(main, "pool") - _sum(main, "pool_in_group"),
            _sum(main, "chosen") - _sum(main, "chosen_in_group"),
        )
        others = (
            GroupOf(one.name, _sum(rows, "pool_in_group"), _sum(rows, "chosen_in_group"), one.part_of)
            for one in by.groups
            for rows in [[row for row in self.rows if row["group_name"] == one.name]]
        )
        return GroupOf(by.reference.name, *reference), *others, GroupOf(UNKNOWN, *self.unknown)


def _sum(rows: list[dict], name: str) -> int:
    return sum(row[name] for row in rows)


def read_draws(
    organisation: str, span: str = LATEST, measure: str = STAGES[-1].key, characteristic: str = ETHNICITY.key
) -> ExactDraws:
    """Read the decisions of a measure that an organisation made in a quarter or a financial year.

    Without a span, of the latest quarter that was run, or of the latest year of staff. Raises `AskedError` where any
    of them is not there, naming what is; where a year is not whole; and where the records are others than were counted.
    """
    asked = COMPARABLE[one_asked(measure, COMPARABLE, "is not a measure that compares groups")]
    by = BY_KEY[one_asked(characteristic, BY_KEY, "is not a characteristic", also=ALSO)]
    span = str(span)  # a number or a list is answered as any other word that is no period
    folders = Folders.here()
    quarter, folder = find_period(folders.exact, LATEST)
    with in_memory() as connection:
        tables = ExactTables(connection, folder, quarter)
        whose = _whose(tables, organisation)
        if asked in OF_STAFF:
            return _of_staff(tables, folders, whose, span, asked, by)
        return _of_posts(tables, folders, whose, span, asked, by)


def _whose(tables: ExactTables, organisation: str) -> Whose:
    known = {row["organisation"]: row for row in tables.rows("organisations", "true")}
    slug = one_asked(organisation, known, f"is not an organisation of {tables.quarter}")
    return Whose(slug, known[slug]["name"], known[slug]["invented"], "")


def _of_posts(
    tables: ExactTables, folders: Folders, whose: Whose, span: str, measure: Measure, by: Characteristic
) -> ExactDraws:
    own = f"organisation = {in_sql(whose.organisation)}"
    rows = tables.rows("draws", f"{own} AND campaign = 'none' AND stage = '{measure.key}' AND period <= $quarter")
    counted = {row["period"] for row in rows}
    whole = tables.rows("receipts", f"{own} AND refused IS NULL AND superseded_by IS NULL AND posts_aside = 0")
    sent = counted | {row["period"] for row in whole if row["period"] <= str(tables.quarter)}
    periods, span = _periods(span, sent, whose, tables.quarter)
    rows = [row for row in rows if row["period"] in periods]
    by_post = all(row["basis"] == "vacancy" for row in rows)
    if by != ETHNICITY:
        if not by_post:
            raise AskedError(f"{whose.organisation} sent only totals by ethnicity for {span}. Ask by ethnicity")
        rows = _counted_by(tables, folders, whose, sorted(counted & {*periods}), measure, by)
    main = [row for row in rows if row["group_name"] == by.compared[0]]
    unknown = _sum(main, "unknown_pool"), _sum(main, "unknown_chosen")
    return ExactDraws(replace(whose, span=span), measure, by, tuple(rows), by_post, unknown)


def _periods(span: str, sent: set[str], whose: Whose, quarter: Quarter) -> tuple[tuple[str, ...], str]:
    """Return the periods whose returns make up a span, and the span. Raises `AskedError` where one was not counted."""
    if not sent:
        raise AskedError(f"{whose.organisation} sent no posts that count by the end of {quarter}")
    span = max(sent) if span == LATEST else str(_parsed(span))
    if span in sent:
        return (span,), span
    there = f"There are returns of: {', '.join(sorted(sent))}"
    if isinstance(parse_period(span), Quarter):
        raise AskedError(
            f"{whose.organisation} has no posts that count in {span}. {choose(span, sorted(sent), 'There are')}"
        )
    quarters = tuple(map(str, parse_period(span).quarters))
    if lacking := [one for one in quarters if one not in sent]:
        raise AskedError(f"{span} is not whole: {', '.join(lacking)} did not come or could not be used. {there}")
    return quarters, span


def _parsed(span: str) -> FinancialYear | Quarter:
    try:
        return parse_period(span)
    except RawDataError as error:
        raise AskedError(f"{error.reason}. Write it as 2026-27-Q2, or 2025-26 for a whole year") from None


def _counted_by(
    tables: ExactTables, folders: Folders, whose: Whose, periods: list[str], measure: Measure, by: Characteristic
) -> list[dict]:
    """Count applications again by another characteristic: the very people who were counted by ethnicity."""
    paths = [_records(folders, APPLICATIONS.name, whose, period) for period in periods]
    if not paths:
        return []
    with in_memory() as connection:
        count_by(connection, paths, by)
        numbers = ", ".join(f"sum({key})" for chain in CHAINS_OF_POSTS for key in chain.keys)
        people = connection.execute(
            f"SELECT period, {numbers} FROM reached WHERE campaign = 'none' GROUP BY period"
        ).fetchall()
        own = f"organisation = {in_sql(whose.organisation)} AND campaign = 'none' AND roll_up = 'wres'"
        before = tables.connection.execute(
            f"SELECT period, {numbers} FROM read_parquet(?) WHERE {own} AND list_contains(?, period) GROUP BY period",
            [str(tables.folder / "summaries.parquet"), periods],
        ).fetchall()
        _refuse_others(set(people) == set(before), whose, tables.quarter)
        of_stage = f"campaign = 'none' AND stage = '{measure.key}'"
        return rows_of(connection.execute(f"FROM draws WHERE {of_stage} ORDER BY ALL"))


def _records(folders: Folders, kind: str, whose: Whose, period: str) -> Path:
    path = folders.records / kind / whose.organisation / f"{period}.parquet"
    if not path.is_file():
        raise AskedError(
            f"the records of {whose.organisation}, {period}, are not there. Run the quarter again: lt-analysis run"
        )
    return path


def _refuse_others(are_the_same: bool, whose: Whose, quarter: Quarter) -> None:
    if not are_the_same:
        raise AskedError(
            f"returns of {whose.organisation} have changed since they were counted. Run it again: {run_again(quarter)}"
        )


def _of_staff(
    tables: ExactTables, folders: Folders, whose: Whose, span: str, measure: Measure, by: Characteristic
) -> ExactDraws:
    own = f"organisation = {in_sql(whose.organisation)}"
    years = {row["day"]: row for row in tables.rows("staff_years", own)}
    day = _day(span, years, whose)
    of_stage = f"{own} AND day = '{day}' AND stage = '{measure.after.key}'"
    rows = tables.rows("staff_draws", of_stage)
    if not rows:
        raise AskedError(
            f"no return of {whose.organisation} for {day.year} names anybody who {measure.after.did}, and its settings "
            "do not say that such events are sent. See `events` in docs/returns.md"
        )
    sums, quarters = tables.rows("staff_sums", of_stage), tables.rows("staff_quarters", of_stage)
    if by != ETHNICITY:
        rows, quarters, sums = _staff_counted_by(tables, folders, whose, years[str(day)], measure, by, of_stage)
    unknown = [row for row in sums if row["group_name"] == UNKNOWN]
    not_known = _sum(unknown, "people"), _sum(unknown, "reached")
    return ExactDraws(replace(whose, span=str(day.year)), measure, by, tuple(rows), True, not_known, tuple(quarters))


def _day(span: str, years: dict[str, dict], whose: Whose) -> StaffDay:
    complete = {str(StaffDay.parse(day).year): StaffDay.parse(day) for day, row in years.items() if row["complete"]}
    if not complete:
        raise AskedError(
            f"no year of the staff of {whose.organisation} is whole: it lacks returns of staff or of events"
        )
    return complete[one_asked(max(complete) if span == LATEST else span, complete, "is not a whole year of staff")]


def _staff_counted_by(
    tables: ExactTables,
    folders: Folders,
    whose: Whose,
    year: dict,
    measure: Measure,
    by: Characteristic,
    of_stage: str,
) -> list[list[dict]]:
    """Count the staff of a day again by another characteristic: the very people who were counted by ethnicity."""
    day = StaffDay.parse(year["day"])
    quarters = tuple(map(str, day.year.quarters))
    kind = (measure.after.sent_as,)
    followed = StaffYear(whose.organisation, day, year["staff"], quarters, year["last"], (), kind)
    staff = _there(folders, STAFF.name, whose, (year["staff"], *quarters))
    events = _there(folders, EVENTS.name, whose, quarters)
    with in_memory() as connection:
        count_staff(connection, [followed], staff, events, by)
        now = connection.execute(
            f"""SELECT count(*), count(*) FILTER (happened) FROM staff_followed JOIN asked USING (chain)
                WHERE {of_stage} AND (is_new OR NOT of_new)"""
        ).fetchone()
        sums = tables.rows("staff_sums", of_stage)
        _refuse_others(now == (_sum(sums, "people"), _sum(sums, "reached")), whose, tables.quarter)
        counted = ("staff_draws", "staff_quarters", "staff_sums")
        return [rows_of(connection.execute(f"FROM {table} WHERE {of_stage} ORDER BY ALL")) for table in counted]


def _there(folders: Folders, kind: str, whose: Whose, periods: Iterable[str]) -> list[Path]:
    """List the records of a kind that there are of some periods: a quarter may have none."""
    paths = (folders.records / kind / whose.organisation / f"{period}.parquet" for period in dict.fromkeys(periods))
    return [path for path in paths if path.is_file()]
