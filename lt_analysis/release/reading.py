"""The release file read back as figures: all that a board page ever sees."""

import hashlib
from pathlib import Path

import duckdb

from lt_analysis.codebook.ethnicity import BME, COMPARED_WITH_WHITE, REFERENCE, UNKNOWN
from lt_analysis.codebook.folders import Folders
from lt_analysis.codebook.measures import STAGES, Measure
from lt_analysis.codebook.mistakes import AskedError
from lt_analysis.codebook.periods import FinancialYear, Quarter, parse_period
from lt_analysis.evidence.relative_likelihood import RelativeLikelihood
from lt_analysis.release.evidence_figures import EvidenceItem, Said
from lt_analysis.release.figures import (
    Action,
    Expected,
    Number,
    OrganisationFigures,
    PeopleTable,
    Release,
    StageFigure,
    State,
    Status,
    UnknownApplicants,
)
from lt_analysis.release.keys import ALL_BANDS, PARTNERSHIP, SUM_OF_YEARS, Key, periods_of

LATEST = "latest"
PEOPLE = "people"  # the kind of a number that has a key
EVIDENCE = "evidence"  # the kind of an item of the evidence since the declared start
ACTION = "action"  # the kind of a pledged action
CHANCE = ("expected", "low", "high", "informative", "could_tell")  # of a stage, at equal chances


def read_release(period: str = LATEST) -> Release:
    """Read what may be published for a quarter (`2026-27-Q2`), or for the latest that has been released.

    Raises `ValueError` naming the quarters there are where the one asked for has not been released.
    """
    quarter, path = find_period(Folders.here().releases, period)
    with duckdb.connect() as connection:
        rows = rows_of(connection.execute("FROM read_parquet(?)", [str(path)]))
    of: dict[str, list[dict]] = {}
    for row in rows:
        of.setdefault(row["organisation"], []).append(row)
    partnership = of.pop(PARTNERSHIP, [])
    organisations = sorted((_organisation(quarter, own) for own in of.values()), key=lambda one: one.name.casefold())
    return Release(
        quarter=quarter,
        organisations=tuple(organisations),
        partnership=_tables(partnership),
        evidence=_evidence(partnership),
        earlier=_earlier(quarter, rows),
        sha256=hashlib.sha256(path.read_bytes()).hexdigest(),
    )


def _earlier(quarter: Quarter, rows: list[dict]) -> tuple[Quarter, ...]:
    """Return the quarters whose reports published first what this one prints again, the latest first."""
    said = {row["first_published"] for row in rows} - {None}
    return tuple(sorted((one for one in map(Quarter.parse, said) if one < quarter), reverse=True))


def rows_of(found: duckdb.DuckDBPyConnection) -> list[dict]:
    """Return a query's rows as dictionaries, empty values None."""
    names = [column[0] for column in found.description]
    return [dict(zip(names, values, strict=True)) for values in found.fetchall()]


def find_period(folder: Path, period: str) -> tuple[Quarter, Path]:
    """Return the quarter asked for and its file or folder; raises `ValueError` naming those there are."""
    made = {path.stem: path for path in sorted(folder.glob("[0-9]*-Q[1-4]*"))}
    if not made:
        raise AskedError("Nothing has been run yet. Run `make quarter`, or `lt-analysis run`, first")
    wanted = max(made) if period == LATEST else period
    if wanted not in made:
        raise AskedError(f"{period!r} has not been run. Choose one of: {', '.join(made)}")
    return Quarter.parse(wanted), made[wanted]


def _organisation(quarter: Quarter, rows: list[dict]) -> OrganisationFigures:
    year = [row for row in rows if SUM_OF_YEARS not in row["span"] and row["cell"] not in (EVIDENCE, ACTION)]
    about = year[0]
    (people,) = _tables(year)
    groups = [group for group in COMPARED_WITH_WHITE if group in people.groups]
    chance = {
        measure.key: {row["cell"]: row["value"] for row in year if row["stage"] == measure.key} for measure in STAGES
    }
    stages = tuple(_stage(measure, group, people, chance[measure.key]) for measure in STAGES for group in groups)
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
        state=State.HIDDEN if all(stage.hidden for stage in stages) else State.RELEASED,
        stages=stages,
        unknown=_unknown(people),
        people=people,
        together=_tables([row for row in rows if SUM_OF_YEARS in row["span"]]),
        evidence=_evidence(rows),
        actions=_actions(rows),
    )


def _actions(rows: list[dict]) -> tuple[Action, ...]:
    """Return an organisation's pledged actions, those that are due first first."""
    actions = [
        Action(
            key=f"{row['organisation']}.{number}",
            text=row["action"],
            owner_role=row["owner_role"],
            started_on=row["started_on"],
            due_on=row["due_on"],
            status=row["stands"],
            status_on=row["status_on"],
        )
        for number, row in enumerate((row for row in rows if row["cell"] == ACTION), start=1)
    ]
    return tuple(sorted(actions, key=lambda one: one.due_on))


def _evidence(rows: list[dict]) -> EvidenceItem | None:
    """Return the latest item of the evidence since the start."""
    items = [evidence_item(row) for row in rows if row["cell"] == EVIDENCE]
    return max(items, key=lambda item: item.look, default=None)


def evidence_item(row: dict) -> EvidenceItem:
    """Read an item back."""
    said = None
    if row["words"] is not None:
        said = Said(row["words"], row["low"], row["high"], row["value"], row["detectable"])
    return EvidenceItem(
        scope=row["organisation"],
        look=Quarter.parse(row["look"]),
        start=FinancialYear.parse(row["start"]),
        counted=Quarter.parse(row["counted"]),
        said=said,
    )


def _tables(rows: list[dict]) -> tuple[PeopleTable, ...]:
    """Return the tables of some rows, those that end first first."""
    spans: dict[str, list[dict]] = {}
    for row in rows:
        if row["cell"] == PEOPLE:
            spans.setdefault(row["span"], []).append(row)
    return tuple(_table(spans[span]) for span in sorted(spans, key=lambda span: periods_of(span)[-1]))


def _table(rows: list[dict]) -> PeopleTable:
    about = rows[0]
    return PeopleTable(
        about["organisation"],
        about["span"],
        tuple(about["members"].split()),
        about["first_published"],
        tuple(Number(key_of(row), row["value"], bool(row["no_posts"])) for row in rows),
    )


def key_of(row: dict) -> Key:
    """Read the key of a row of numbers of people."""
    return Key(row["organisation"], row["span"], row["stage"], row["group_name"], row["band"])


def _listed(text: str) -> tuple[str, ...]:
    return tuple(part for part in text.split(", ") if part)


def _stage(measure: Measure, group: str, people: PeopleTable, chance: dict[str, int | None]) -> StageFigure:
    of, done = measure.counts
    counts = {
        "white_people": people.number(of, REFERENCE, ALL_BANDS).people,
        "white_successful": people.number(done, REFERENCE, ALL_BANDS).people,
        "group_people": people.number(of, group, ALL_BANDS).people,
        "group_successful": people.number(done, group, ALL_BANDS).people,
    }
    if None in counts.values():
        return StageFigure(measure, group, State.HIDDEN)
    expected = expected_of(chance) if group == BME and chance else None
    return StageFigure(measure, group, State.RELEASED, likelihood_of(counts), expected)


def _unknown(people: PeopleTable) -> UnknownApplicants:
    found = [one.people for one in people.numbers if one.key.group == UNKNOWN]
    if not found or found[0] is None:
        return UnknownApplicants(State.HIDDEN)
    return UnknownApplicants(State.RELEASED, found[0])


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
