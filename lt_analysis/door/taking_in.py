"""Process A: people are read, and the release and the exact files written. No page is made here."""

from typing import TYPE_CHECKING

import duckdb
from rich.progress import track

from lt_analysis.codebook.folders import Folders, owner_only
from lt_analysis.codebook.mistakes import RawDataError, of_a_full_disk
from lt_analysis.codebook.periods import Quarter
from lt_analysis.codebook.returns import ACTIONS, APPLICATIONS, STAGE_TOTALS
from lt_analysis.collection.collect import Collected, collect_organisation, record_path
from lt_analysis.collection.finding import organisation_names
from lt_analysis.collection.receipts import open_audit
from lt_analysis.door.saying import accounted, err, out

if TYPE_CHECKING:
    from lt_analysis.release.candidates import Candidate


def collect_to_release(
    folders: Folders, quarter: Quarter
) -> "tuple[list[Collected], list[Candidate], list[Candidate]]":
    """Process A: read people, and write the release and the exact files. Pages are made without it.

    Returns what was collected, the quarter of those that sent it, and everybody's year.
    """
    from lt_analysis.codebook.protocol import declared_protocol
    from lt_analysis.counts.actions import keep_actions
    from lt_analysis.counts.draws import count
    from lt_analysis.evidence.estimate import estimate
    from lt_analysis.evidence.over_time import estimate_over_time
    from lt_analysis.release.candidates import quarter_candidate, year_candidate
    from lt_analysis.release.exact_files import write_exact
    from lt_analysis.release.quarter import release_quarter

    with _open_audit(folders) as connection:
        slugs = track(organisation_names(folders), description=f"Taking in returns to {quarter}", console=err)
        collected = [collect_organisation(connection, folders, slug, quarter.last_day) for slug in slugs]
        recruitment = [one.recruitment for one in collected]
        years = [year_candidate(one, quarter) for one in recruitment]
        quarters = [quarter_candidate(one, quarter) for one in recruitment if _sent(one, quarter)]

        published = {one.organisation: one.posts for one in years if one.published_source}
        records = [receipt.found for one in collected for receipt in one.accepted]
        count(
            connection,
            applications=[record_path(folders, found) for found in records if found.kind == APPLICATIONS],
            stage_totals=[record_path(folders, found) for found in records if found.kind == STAGE_TOTALS],
            published_posts=published,
        )
        keep_actions(
            connection,
            [record_path(folders, found) for found in records if found.kind == ACTIONS and found.period == quarter],
        )
        spans = [(one.organisation, str(one.span), period) for one in (*years, *quarters) for period in one.periods]
        estimate(connection, spans)
        received = {one.slug: _quarters_of_applications(one) for one in recruitment if one.slug not in published}
        estimate_over_time(connection, quarter, received, declared_protocol())
        write_exact(connection, folders, quarter, [*quarters, *years], collected)
        made = release_quarter(connection, folders, quarter, years)
    _say_rows(collected)
    for one in made.refused:
        err.print(f"! {one}", markup=False)
    for slug, period in made.left_out:
        err.print(
            f"! {slug}/{period} was left out: earlier reports count the same people in returns of another form "
            "(quarters, or a whole year). Send that year as it was sent before",
            markup=False,
        )
    if made.moved:
        err.print(
            f"! {made.moved:,} numbers are others than when {quarter} was last run. If those were published, put back "
            "its release and its certificate (data/processed): the difference tells of a few people."
        )
    return collected, quarters, years


def _quarters_of_applications(collected: Collected) -> set[Quarter]:
    found = [receipt.found for receipt in collected.accepted]
    return {one.period for one in found if one.kind == APPLICATIONS and isinstance(one.period, Quarter)}


def _sent(collected: Collected, quarter: Quarter) -> bool:
    return any(receipt.found.period == quarter for receipt in collected.accepted)


def _open_audit(folders: Folders) -> duckdb.DuckDBPyConnection:
    owner_only(folders.processed)
    try:
        return open_audit(str(folders.database))
    except duckdb.Error as error:
        if of_a_full_disk(error):
            raise
        remedy = "Wait for the other run to end. If there is none, move audit.duckdb away: it can be made again"
        raise RawDataError("data/processed/audit.duckdb cannot be opened", remedy) from None


def _say_rows(collected: list[Collected]) -> None:
    received, accepted, rejected, set_aside = (
        sum(getattr(receipt, name) for one in collected for receipt in one.accepted)
        for name in ("received", "accepted", "rejected", "set_aside")
    )
    out.print(f"{received:,} rows received = {accounted(accepted, rejected, set_aside)}.")
    for receipt in (receipt for one in collected for receipt in one.accepted):
        if receipt.changed:
            out.print(f"{receipt.found.file} changed since it was last taken in: {receipt.changed}.", markup=False)
    if rejected:
        out.print("What is wrong with each rejected row: data/processed/findings/<organisation>/findings.xlsx")
