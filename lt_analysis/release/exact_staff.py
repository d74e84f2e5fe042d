"""An organisation's own staff, exactly, for its own eyes: read from the exact files of a quarter.

How the partnership's figures read without it is worked out from released numbers and its own alone.
"""

from collections.abc import Iterator

from lt_analysis.codebook.folders import Folders
from lt_analysis.codebook.measures import ACCOUNT, BY_HOME, MEASURES, OF_STAFF
from lt_analysis.codebook.mistakes import AskedError
from lt_analysis.codebook.parameters import one_asked
from lt_analysis.codebook.periods import StaffDay
from lt_analysis.evidence.relative_likelihood import Share
from lt_analysis.evidence.representation import WithoutOne
from lt_analysis.evidence.staff import (
    Account,
    ExactStaff,
    Followed,
    InPartnership,
    followed,
    homes_of,
    seats_of,
    staff_of_bands,
)
from lt_analysis.release.exact import ExactTables, run_again
from lt_analysis.release.files import LATEST, find_period
from lt_analysis.release.in_memory import in_memory


def read_staff(organisation: str, period: str = LATEST) -> ExactStaff:
    """Read what happened to an organisation's staff in the latest year that is complete by the end of a quarter.

    Raises `ValueError` where the quarter or the organisation is not there, or sent no staff, naming those that are.
    """
    quarter, folder = find_period(Folders.here().exact, period)
    if not all(
        (folder / f"{name}.parquet").exists()
        for name in ("staff_in_partnership", "staff_quarters", "staff_board", "staff_in_post")
    ):
        raise AskedError(f"{quarter} was run before this was kept. Run it again: {run_again(quarter)}")
    with in_memory() as connection:
        return _read(ExactTables(connection, folder, quarter), organisation)


def _read(tables: ExactTables, organisation: str) -> ExactStaff:
    known = dict.fromkeys(row["organisation"] for row in tables.rows("staff_years", "true"))
    wrong = f"sent no staff and no events by the end of {tables.quarter}"
    organisation = one_asked(organisation, known, wrong, if_none="No organisation did")
    own = f"organisation = '{organisation}'"
    years = sorted(tables.rows("staff_years", own), key=lambda row: row["day"])
    day = max((StaffDay.parse(row["day"]) for row in years if row["complete"]), default=None)
    about = tables.rows("organisations", own)[-1]
    in_post_day = max((StaffDay.parse(row["day"]) for row in tables.rows("staff_by_band", own)), default=None)
    of_day = f"{own} AND day = '{in_post_day}'"
    bands = staff_of_bands(tables.rows("staff_by_band", of_day))
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
        bands=bands,
        in_partnership=tuple(_in_partnership(tables, own)),
        homes=homes_of(tables.rows("staff_in_post", f"{of_day} AND chain = '{BY_HOME.key}'")),
        seats=seats_of(tables.rows("staff_board", of_day), bands),
    )


def _in_partnership(tables: ExactTables, own: str) -> Iterator[InPartnership]:
    """Yield the partnership's latest released figures of staff that count an organisation, with its own exact part."""
    rows = tables.rows("staff_in_partnership", own)
    latest = {
        in_post: max((row["day"] for row in rows if (not row["measure"]) == in_post), default="")
        for in_post in (True, False)
    }
    for row in (row for row in rows if row["day"] == latest[not row["measure"]]):
        parts = None
        if row["together_people"] is not None:
            parts = WithoutOne(
                Share(row["together_some"], row["together_people"]), Share(row["own_some"], row["own_people"])
            )
        yield InPartnership(
            StaffDay.parse(row["day"]), row["cut"], row["group_name"], parts, MEASURES.get(row["measure"])
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
        of_stage = f"{own} AND day = '{day}' AND stage = '{measure.after.key}'"
        if sums := tables.rows("staff_sums", of_stage):
            if "performance" not in sums[0]:
                raise AskedError(
                    f"{tables.quarter} was run before this was kept. Run it again: {run_again(tables.quarter)}"
                )
            rows = (tables.rows(table, of_stage) for table in ("staff_draws", "staff_quarters"))
            found.append(followed(measure, day, sums, *rows))
    return tuple(found)
