"""An organisation's own staff, exactly, for its own eyes: read from the exact files of a quarter.

How the partnership's figures read without it is worked out from released numbers and its own alone.
"""

from collections.abc import Iterator

import duckdb

from lt_analysis.codebook.ethnicity import BME, REFERENCE
from lt_analysis.codebook.folders import Folders
from lt_analysis.codebook.measures import ACCOUNT, BY_HOME, CHAIN_OF, FURTHEST, IN_POST, OF_STAFF, WHOLE
from lt_analysis.codebook.mistakes import AskedError, choose
from lt_analysis.codebook.parameters import name_asked
from lt_analysis.codebook.periods import Quarter, StaffDay
from lt_analysis.evidence.relative_likelihood import Share
from lt_analysis.evidence.representation import WithoutOne
from lt_analysis.evidence.staff import Account, ExactStaff, Followed, InPartnership, followed, homes_of, staff_of_bands
from lt_analysis.release.certificate import people_counted
from lt_analysis.release.exact import ExactTables, run_again
from lt_analysis.release.figures import PeopleTable, is_of_stock
from lt_analysis.release.files import LATEST, find_period, is_released, read_editions
from lt_analysis.release.keys import KNOWN, Cell, Key
from lt_analysis.release.people import People
from lt_analysis.release.reading import read_release


def read_staff(organisation: str, period: str = LATEST) -> ExactStaff:
    """Read what happened to an organisation's staff in the latest year that is complete by the end of a quarter.

    Raises `ValueError` where the quarter or the organisation is not there, or sent no staff, naming those that are.
    """
    quarter, folder = find_period(Folders.here().exact, period)
    if not (folder / "staff_divided.parquet").exists():
        raise AskedError(f"{quarter} was run before this was kept. Run it again: {run_again(quarter)}")
    with duckdb.connect() as connection:
        return _read(ExactTables(connection, folder, quarter), organisation)


def _read(tables: ExactTables, organisation: str) -> ExactStaff:
    known = dict.fromkeys(row["organisation"] for row in tables.rows("staff_years", "true"))
    organisation = name_asked(organisation, known)
    if organisation not in known:
        there = choose(organisation, known) if known else "No organisation did"
        raise AskedError(f"{organisation!r} sent no staff and no events by the end of {tables.quarter}. {there}")
    own = f"organisation = '{organisation}'"
    years = sorted(tables.rows("staff_years", own), key=lambda row: row["day"])
    day = max((StaffDay.parse(row["day"]) for row in years if row["complete"]), default=None)
    about = tables.rows("organisations", own)[-1]
    in_post_day = max((StaffDay.parse(row["day"]) for row in tables.rows("staff_by_band", own)), default=None)
    return ExactStaff(
        slug=organisation,
        name=about["name"],
        invented=about["invented"],
        quarter=tables.quarter,
        day=day,
        latest=StaffDay.parse(years[-1]["day"]),
        missing=tuple(years[-1]["missing"]),
        followed=_followed(tables, own, day) if day else (),
        accounts=_accounts(tables, own, day) if day else (),
        in_post_day=in_post_day,
        bands=staff_of_bands(tables.rows("staff_by_band", f"{own} AND day = '{in_post_day}'")),
        in_partnership=tuple(_in_partnership(organisation, tables.quarter)),
        homes=homes_of(tables.rows("staff_divided", f"{own} AND day = '{in_post_day}' AND chain = '{BY_HOME.key}'")),
    )


def _in_partnership(organisation: str, quarter: Quarter) -> Iterator[InPartnership]:
    """Yield the partnership's released figures of staff that count an organisation, each with its own exact part.

    Its own are the people whom releases counted: what it has corrected since is in no released sum.
    """
    folders = Folders.here()
    if not is_released(folders, quarter):
        return
    release = read_release(str(quarter))
    tables = [table for table in (*release.in_post[-1:], *release.staff[-1:]) if organisation in table.members]
    counted = people_counted(folders, read_editions(folders)) if tables else People.nobody()
    known = {atom[:2] for atom in counted.counts}  # of a release whose certificate is lost nobody is
    for table in (table for table in tables if (organisation, table.span) in known):
        day = StaffDay.parse(table.span)
        for cut in table.bands if is_of_stock(table.numbers[0].key) else ():
            parts = _without(organisation, table, counted, (IN_POST.key, BME, cut), (IN_POST.key, KNOWN, cut))
            yield InPartnership(day, cut, BME, parts)
        stages = {number.key.stage for number in table.numbers}
        for measure in (one for one in OF_STAFF if one.after.key in stages):
            before, after = measure.counts
            for group in (REFERENCE, BME):
                cut = WHOLE[after]
                parts = _without(organisation, table, counted, (after, group, cut), (before, group, cut))
                yield InPartnership(day, cut, group, parts, measure)


def _without(
    organisation: str, table: PeopleTable, counted: People, some: tuple[str, str, str], everybody: tuple[str, str, str]
) -> WithoutOne | None:
    """Return a part of the partnership's people, and of the organisation's own; None where a released one is hidden."""
    together = [table.people_at(*place) for place in (some, everybody)]
    if None in together:
        return None
    people = counted.of_chain(CHAIN_OF[FURTHEST[some[0]][-1]])
    cells = (Cell(Key(organisation, table.span, *place), (organisation,)) for place in (some, everybody))
    return WithoutOne(Share(*together), Share(*map(people.number, cells)))


def _accounts(tables: ExactTables, own: str, day: StaffDay) -> tuple[Account, ...]:
    """Return how the staff of a day became those at the year's end. Raises `RuntimeError` where they do not add up."""
    rows = tables.rows("staff_account", f"{own} AND day = '{day}'")
    accounts = tuple(
        Account(row["group_name"], row["cut"], {part: row[part] for part in ACCOUNT.parts}) for row in rows
    )
    if not all(account.balances for account in accounts):
        raise RuntimeError(f"the account of the staff of {day} does not add up")
    return accounts


def _followed(tables: ExactTables, own: str, day: StaffDay) -> tuple[Followed, ...]:
    """Return what happened of each kind that is named at all, in the order of the codebook."""
    found = []
    for measure in OF_STAFF:
        of_stage = f"{own} AND day = '{day}' AND stage = '{measure.after.key}'"
        if sums := tables.rows("staff_sums", of_stage):
            found.append(followed(measure, day, sums, tables.rows("staff_draws", of_stage)))
    return tuple(found)
