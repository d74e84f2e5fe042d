"""The release file read back as figures: all that a board page ever sees."""

from itertools import groupby
from pathlib import Path

import duckdb

from lt_analysis.codebook.ethnicity import BME
from lt_analysis.codebook.folders import Folders
from lt_analysis.codebook.measures import MEASURES, SHORTLISTING
from lt_analysis.codebook.periods import Quarter, parse_period
from lt_analysis.evidence.relative_likelihood import RelativeLikelihood
from lt_analysis.release.figures import (
    Expected,
    OrganisationFigures,
    Release,
    StageFigure,
    State,
    Status,
    UnknownApplicants,
)

LATEST = "latest"
# The one cell that stands only at shortlisting, and not at all in releases written before there was one.
UNKNOWN_CELL = "unknown_people"


def read_release(period: str = LATEST) -> Release:
    """Read what may be published for a quarter (`2026-27-Q2`), or for the latest that has been released.

    Raises `ValueError` naming the quarters there are where the one asked for has not been released.
    """
    quarter, path = find_period(Folders.here().releases, period)
    with duckdb.connect() as connection:
        rows = rows_of(connection.execute("FROM read_parquet(?)", [str(path)]))
    organisations = [_organisation(quarter, list(cells)) for _, cells in groupby(rows, lambda row: row["organisation"])]
    return Release(quarter, tuple(sorted(organisations, key=lambda one: one.name.casefold())))


def rows_of(found: duckdb.DuckDBPyConnection) -> list[dict]:
    """Return a query's rows as dictionaries, empty values None."""
    names = [column[0] for column in found.description]
    return [dict(zip(names, values, strict=True)) for values in found.fetchall()]


def find_period(folder: Path, period: str) -> tuple[Quarter, Path]:
    """Return the quarter asked for and its file or folder; raises `ValueError` naming those there are."""
    made = {path.stem: path for path in sorted(folder.glob("[0-9]*-Q[1-4]*"))}
    if not made:
        raise ValueError("Nothing has been run yet. Run `make quarter`, or `lt-analysis run`, first")
    wanted = max(made) if period == LATEST else period
    if wanted not in made:
        raise ValueError(f"{period!r} has not been run. Choose one of: {', '.join(made)}")
    return Quarter.parse(wanted), made[wanted]


def _organisation(quarter: Quarter, rows: list[dict]) -> OrganisationFigures:
    about = rows[0]
    cells = {
        key: {row["cell"]: row["value"] for row in some}
        for key, some in groupby(rows, lambda row: (row["stage"], row["group_name"]))
    }
    stages = [_stage(stage, group, of_stage) for (stage, group), of_stage in cells.items()]
    return OrganisationFigures(
        slug=about["organisation"],
        name=about["name"],
        kind=about["kind"],
        invented=about["invented"],
        posts=about["posts"],
        span=parse_period(about["span"]),
        quarter=quarter,
        status=Status(about["status"]),
        missing=_listed(about["missing"]),
        refused=_listed(about["refused"]),
        source=about["source"],
        first_published=about["first_published"],
        adjusted_for_vacancies=about["basis"] == "vacancy",
        state=stages[0].state,
        stages=tuple(stages),
        unknown=_unknown(cells[SHORTLISTING.key, BME]),
    )


def _listed(text: str) -> tuple[str, ...]:
    return tuple(part for part in text.split(", ") if part)


def _stage(stage: str, group: str, cells: dict[str, int | None]) -> StageFigure:
    if cells["white_people"] is None:
        return StageFigure(MEASURES[stage], group, State.HIDDEN)
    return StageFigure(MEASURES[stage], group, State.RELEASED, likelihood_of(cells), expected_of(cells))


def _unknown(cells: dict[str, int | None]) -> UnknownApplicants | None:
    if UNKNOWN_CELL not in cells:
        return None
    people = cells[UNKNOWN_CELL]
    return UnknownApplicants(State.HIDDEN if people is None else State.RELEASED, people)


def expected_of(row: dict) -> Expected | None:
    """Make the expected number from a row, in whole people; None where vacancies are not known."""
    if row["could_tell"] is None:
        return None
    people = None if row["expected"] is None else round(row["expected"])
    return Expected(bool(row["could_tell"]), people, row["low"], row["high"], row["informative"])


def likelihood_of(row: dict[str, int]) -> RelativeLikelihood:
    """Make the relative likelihood from a row's four counts."""
    return RelativeLikelihood(
        white_successful=row["white_successful"],
        white_people=row["white_people"],
        group_successful=row["group_successful"],
        group_people=row["group_people"],
    )
