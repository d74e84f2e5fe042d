"""An organisation's own staff, exactly, for its own eyes: read from the exact files of a quarter."""

import duckdb

from lt_analysis.codebook.folders import Folders
from lt_analysis.codebook.measures import ACCOUNT, CHAIN_OF, OF_STAFF
from lt_analysis.codebook.mistakes import AskedError, choose
from lt_analysis.codebook.parameters import name_asked
from lt_analysis.codebook.periods import StaffDay
from lt_analysis.evidence.staff import Account, ExactStaff, Followed, followed
from lt_analysis.release.exact import ExactTables, run_again
from lt_analysis.release.files import LATEST, find_period


def read_staff(organisation: str, period: str = LATEST) -> ExactStaff:
    """Read what happened to an organisation's staff in the latest year that is complete by the end of a quarter.

    Raises `ValueError` where the quarter or the organisation is not there, or sent no staff, naming those that are.
    """
    quarter, folder = find_period(Folders.here().exact, period)
    if not (folder / "staff_account.parquet").exists():
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
    )


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
        of_chain = f"{own} AND day = '{day}' AND chain = '{CHAIN_OF[measure.after.key].key}'"
        if sums := tables.rows("staff_sums", of_chain):
            found.append(followed(measure, day, sums, tables.rows("staff_draws", of_chain)))
    return tuple(found)
