"""A quarter's release: what it publishes first, what it prints again, and the proof, which its owner keeps.

Numbers of people have a key (`keys`). Beside an organisation's year stands what equal chances would have given it,
only where the counts that it is about are published. The rows of a table are the same in number whether or not its
numbers may be shown. What was once published is printed again as it was: a later correction of a few people would
otherwise show those few people as the difference between two releases.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import duckdb

from lt_analysis.codebook import words
from lt_analysis.codebook.ethnicity import BME, REFERENCE
from lt_analysis.codebook.folders import Folders
from lt_analysis.codebook.measures import MEASURES, STAGES, Measure
from lt_analysis.codebook.periods import Quarter
from lt_analysis.codebook.protocol import declared_protocol
from lt_analysis.codebook.publishing import smallest_number
from lt_analysis.codebook.words import BAND_8_POSTS
from lt_analysis.release import files
from lt_analysis.release.candidates import Candidate
from lt_analysis.release.evidence_rows import evidence_rows
from lt_analysis.release.figures import UNKNOWN_KIND, Status
from lt_analysis.release.keys import ALL_BANDS, PARTNERSHIP, SUM_OF_YEARS, Cell, Key
from lt_analysis.release.ladder import ladder, organisation_table
from lt_analysis.release.people import FROM_APPLICATIONS, People, Reached, people_of
from lt_analysis.release.publishing import Decided, Refused, decide
from lt_analysis.release.reading import CHANCE, PEOPLE, rows_of

COUNTS = ("white_people", "white_successful", "group_people", "group_successful")
NOW = ("organisation", "name", "kind", "invented", "missing", "refused")  # said anew beside what stands as printed


@dataclass(frozen=True)
class Made:
    """What came of making a release: the tables that could not be protected, and how many numbers moved.

    `moved` counts the numbers of the same quarter's release, made before, that are others now: it replaces that one.
    """

    refused: tuple[Refused, ...]
    moved: int


def release_quarter(
    connection: duckdb.DuckDBPyConnection, folders: Folders, quarter: Quarter, candidates: Iterable[Candidate]
) -> Made:
    """Write a quarter's release and its certificate."""
    # A folder of that name is refused (collection/finding.py), and would stand where all organisations do.
    own = [one for one in candidates if one.organisation != PARTNERSHIP]
    candidates = sorted(own, key=lambda one: one.organisation)
    printed = files.printed_by_others(connection, folders, quarter)
    ledger = files.ledger_of(printed)
    files.keep_ledger(connection, ledger, quarter)
    counted_before = files.people_counted(connection, folders, {entry.release for entry in ledger.entries})
    people = _people(connection, candidates).replaced_by(counted_before)

    complete = {one.organisation: one.span for one in candidates if _counts(one)}
    wanted = ladder(quarter, complete, people, ledger)
    decided = decide(people, wanted.tables, wanted.reserved, ledger)
    for fault in decided.certificate.faults():
        raise RuntimeError(f"the release of {quarter} is not proved safe, and nothing was written: {fault}")

    rows = [row for one in candidates for row in _rows(connection, one, quarter, decided, printed)]
    rows += _of_partnership(quarter, decided, printed)
    values = [*decided.values.items(), *((entry.cell, entry.value) for entry in ledger.entries)]
    evidence = evidence_rows(connection, quarter, complete, values, printed, declared_protocol())
    rows += [dict.fromkeys(files.COLUMNS) | row for row in evidence]
    # The proof first: a run that is killed in between has published nothing.
    if wanted.tables or not (folders.certificates / f"{quarter}.parquet").exists():
        again = [entry.cell for entry in ledger.entries if entry.release == str(quarter)]
        counted = {one for cell in (*wanted.tables, *again) for one in cell.returns}
        files.write_certificate(connection, folders, quarter, people.of(counted), decided.certificate)
    moved = files.moved_since(connection, folders, quarter, rows)
    files.write_release_file(connection, folders, quarter, rows)
    return Made(decided.refused, moved)


def _counts(candidate: Candidate) -> bool:
    return candidate.status == Status.COMPLETE and candidate.published_source is None


def _people(connection: duckdb.DuckDBPyConnection, candidates: list[Candidate]) -> People:
    """Count the people of this audit's posts; figures that were published elsewhere are about others."""
    elsewhere = {one.organisation for one in candidates if one.published_source}
    rows = connection.execute(
        "SELECT organisation, period, basis, band, group_name, applied, shortlisted, appointed FROM stages"
    ).fetchall()
    own = [row for row in map(Reached._make, rows) if row.organisation not in elsewhere]
    # Where a return of the whole year was sent too, it is the one that counts, and quarters are not added to it.
    whole = {(row.organisation, row.period) for row in own}
    return people_of(row for row in own if (row.organisation, row.period[: len("2025-26")]) not in whole - {row[:2]})


def _rows(
    connection: duckdb.DuckDBPyConnection,
    candidate: Candidate,
    quarter: Quarter,
    decided: Decided,
    printed: list[dict],
) -> Iterator[dict]:
    """Return an organisation's rows: its year, and its years together as far as they were published."""
    until = str(quarter.latest_complete_year)
    own = [row for row in printed if row["organisation"] == candidate.organisation]
    year = [row for row in own if row["span"] == str(candidate.span)]
    together = [row for row in own if SUM_OF_YEARS in row["span"] and row["span"].split(SUM_OF_YEARS)[-1] <= until]
    for row in (*year, *together):
        yield row | _said_now(candidate)
    about = _about(candidate) | {"first_published": str(quarter)}
    if not year:
        yield from _year(connection, candidate, about, decided)
    for cell, value in decided.values.items():
        if cell.key.who == candidate.organisation and SUM_OF_YEARS in cell.key.span:
            yield about | _number(cell, value, cell in decided.no_posts)


def _year(connection: duckdb.DuckDBPyConnection, candidate: Candidate, about: dict, decided: Decided) -> Iterator[dict]:
    evidence = _evidence(connection, candidate)
    cells = [cell for cell in decided.values if (cell.key.who, cell.key.span) == _table(candidate)]
    nobody = organisation_table(candidate.organisation, str(candidate.span), ())
    values = {cell: decided.values.get(cell) for cell in cells or nobody}
    if candidate.published_source:
        values = cells = _published_elsewhere(candidate, evidence)
    basis = next((row["basis"] for row in evidence.values()), FROM_APPLICATIONS)
    about = about | {"basis": basis, "source": candidate.published_source}
    if candidate.status != Status.COMPLETE or not cells:
        about |= {"first_published": None}
    for cell, value in values.items():
        yield about | _number(cell, value, cell in decided.no_posts)
    shown = {(cell.key.stage, cell.key.group, cell.key.band): value for cell, value in values.items()}
    for measure in STAGES:
        yield from _chance(about, measure, shown, evidence.get((measure.key, BME)))


def _table(candidate: Candidate) -> tuple[str, str]:
    return (candidate.organisation, str(candidate.span))


def _evidence(connection: duckdb.DuckDBPyConnection, candidate: Candidate) -> dict[tuple[str, str], dict]:
    found = connection.execute(
        "FROM evidence WHERE organisation = ? AND span = ? AND campaign = 'none'", list(_table(candidate))
    )
    return {(row["stage"], row["group_name"]): row for row in rows_of(found)}


def _published_elsewhere(candidate: Candidate, evidence: dict[tuple[str, str], dict]) -> dict[Cell, int]:
    """Return counts that were published elsewhere, each group's, as they were printed."""
    values: dict[Cell, int] = {}
    for (stage, group), row in evidence.items():
        of, done = MEASURES[stage].counts
        for at, side, who in (
            (of, "white_people", REFERENCE),
            (done, "white_successful", REFERENCE),
            (of, "group_people", group),
            (done, "group_successful", group),
        ):
            key = Key(candidate.organisation, str(candidate.span), at, who, ALL_BANDS)
            values[Cell(key, (candidate.organisation,))] = row[side]
    return values


def _number(cell: Cell, value: int | None, no_posts: bool) -> dict:
    return {
        "span": cell.key.span,
        "members": " ".join(cell.members),
        "stage": cell.key.stage,
        "group_name": cell.key.group,
        "band": cell.key.band,
        "cell": PEOPLE,
        "value": value,
        "no_posts": no_posts,
    }


def _chance(about: dict, measure: Measure, shown: dict, evidence: dict | None) -> Iterator[dict]:
    """Return what equal chances would give at a stage, in whole people, where its four counts are published.

    Without enough vacancies that tell, only that they do not is said.
    """
    counts = [shown.get((stage, group, ALL_BANDS)) for group in (REFERENCE, BME) for stage in measure.counts]
    # Where a return was corrected after its quarter was published, they would not be about the same people.
    told = evidence is not None and counts == [evidence[count] for count in COUNTS]
    few = told and evidence["informative"] is not None and evidence["informative"] < smallest_number()
    for cell in CHANCE:
        value = evidence[cell] if told else None
        if few:
            value = 0 if cell == "could_tell" else None
        yield about | {
            "members": about["organisation"],
            "stage": measure.key,
            "group_name": BME,
            "band": ALL_BANDS,
            "cell": cell,
            "value": None if value is None else round(value),
        }


def _about(candidate: Candidate) -> dict:
    return dict.fromkeys(files.COLUMNS) | {
        "organisation": candidate.organisation,
        "name": candidate.name,
        "kind": candidate.kind,
        "invented": candidate.invented,
        "posts": candidate.posts,
        "span": str(candidate.span),
        "status": candidate.status.value,
        "missing": ", ".join(candidate.missing),
        "refused": ", ".join(candidate.refused),
    }


def _said_now(candidate: Candidate) -> dict:
    """What is said now beside figures that were printed before; who it is only where its settings can be read."""
    names = ("missing", "refused") if candidate.kind == UNKNOWN_KIND else NOW
    about = _about(candidate)
    return {name: about[name] for name in names}


def _of_partnership(quarter: Quarter, decided: Decided, printed: list[dict]) -> Iterator[dict]:
    """Return the partnership's rows, with those of every year and quarter before."""
    new = {cell: value for cell, value in decided.values.items() if cell.key.who == PARTNERSHIP}
    for row in printed:
        if row["organisation"] == PARTNERSHIP and row["cell"] == PEOPLE:
            of_year = files.cell_of(row).is_of_one_year
            if row["span"] <= str(quarter.latest_complete_year if of_year else quarter.previous):
                yield row
    about = dict.fromkeys(files.COLUMNS) | {
        "organisation": PARTNERSHIP,
        "name": words.PARTNERSHIP,
        "kind": PARTNERSHIP,
        "posts": BAND_8_POSTS,
        "status": Status.COMPLETE.value,
        "first_published": str(quarter),
    }
    for cell, value in new.items():
        yield about | _number(cell, value, cell in decided.no_posts)
