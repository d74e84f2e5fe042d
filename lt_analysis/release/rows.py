"""The rows of a release: its numbers, and what equal chances would have given beside an organisation's year.

Numbers of people have a key (`keys`). What equal chances would give stands only where the counts that it is about are
published. The rows of a table are the same in number whether or not its numbers may be shown. What was once published
is printed again as it was: a later correction of a few people would otherwise show those few people as the difference
between two releases.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import duckdb

from lt_analysis.codebook import words
from lt_analysis.codebook.ethnicity import BME, REFERENCE
from lt_analysis.codebook.measures import MEASURES, STAGES, Measure
from lt_analysis.codebook.periods import Quarter
from lt_analysis.codebook.protocol import Protocol
from lt_analysis.codebook.publishing import smallest_number
from lt_analysis.codebook.words import BAND_8_POSTS
from lt_analysis.release import files
from lt_analysis.release.candidates import Candidate
from lt_analysis.release.evidence_items import Exact
from lt_analysis.release.evidence_rows import evidence_rows
from lt_analysis.release.figures import UNKNOWN_KIND, Status
from lt_analysis.release.keys import ALL_BANDS, PARTNERSHIP, SUM_OF_YEARS, Cell, Key
from lt_analysis.release.ladder import organisation_table
from lt_analysis.release.ledger import Ledger
from lt_analysis.release.people import FROM_APPLICATIONS
from lt_analysis.release.publishing import Decided
from lt_analysis.release.reading import CHANCE, PEOPLE, rows_of

# Of a row of the evidence: of whom, by group, are its four counts, and which of them.
COUNTS = {
    "white_people": (REFERENCE, 0),
    "white_successful": (REFERENCE, 1),
    "group_people": (BME, 0),
    "group_successful": (BME, 1),
}
NOW = ("organisation", *files.SAID_ANEW)  # beside what stands as printed

Evidence = Mapping[tuple[str, str], dict]  # by stage and group


@dataclass(frozen=True)
class Basis:
    """All that the rows of a quarter are made of, but for what is decided of its new tables.

    `printed` are the rows that other releases published first, `ledger` the numbers among them, `evidence` what was
    estimated of each candidate's year, by organisation, and `exact` the evidence since the declared start. `actions`
    are the pledged actions that were sent for the quarter.
    """

    quarter: Quarter
    candidates: tuple[Candidate, ...]
    printed: tuple[dict, ...]
    ledger: Ledger
    evidence: Mapping[str, Evidence]
    exact: tuple[Exact, ...]
    protocol: Protocol
    actions: tuple[dict, ...] = ()


def evidence_of(connection: duckdb.DuckDBPyConnection, candidate: Candidate) -> Evidence:
    """Read what was estimated of a candidate's year."""
    found = connection.execute(
        "FROM evidence WHERE organisation = ? AND span = ? AND campaign = 'none'",
        [candidate.organisation, str(candidate.span)],
    )
    return {(row["stage"], row["group_name"]): row for row in rows_of(found)}


def number_rows(basis: Basis, decided: Decided) -> list[dict]:
    """Make the rows of a release that hold numbers of people, and what equal chances would give."""
    rows = [row for one in basis.candidates for row in _of_organisation(basis, one, decided)]
    return [*rows, *_of_partnership(basis, decided)]


def item_rows(basis: Basis, decided: Decided) -> list[dict]:
    """Make the rows of a release that hold evidence since the declared start."""
    values = [*decided.values.items(), *((entry.cell, entry.value) for entry in basis.ledger.entries)]
    evidence = evidence_rows(basis.quarter, basis.exact, values, basis.printed, basis.protocol)
    return [dict.fromkeys(files.COLUMNS) | row for row in evidence]


def _of_organisation(basis: Basis, candidate: Candidate, decided: Decided) -> Iterator[dict]:
    """Return an organisation's rows: its year, and its years together as far as they were published."""
    until = str(basis.quarter.latest_complete_year)
    own = [row for row in basis.printed if row["organisation"] == candidate.organisation]
    year = [row for row in own if row["span"] == str(candidate.span)]
    together = [row for row in own if SUM_OF_YEARS in row["span"] and row["span"].split(SUM_OF_YEARS)[-1] <= until]
    for row in (*year, *together):
        yield row | _said_now(candidate)
    about = _about(candidate) | {"first_published": str(basis.quarter)}
    if not year:
        yield from _year(candidate, basis.evidence[candidate.organisation], about, decided)
    for cell, value in decided.values.items():
        if cell.key.who == candidate.organisation and SUM_OF_YEARS in cell.key.span:
            yield about | _number(cell, value, cell in decided.no_posts)


def _year(candidate: Candidate, evidence: Evidence, about: dict, decided: Decided) -> Iterator[dict]:
    table = (candidate.organisation, str(candidate.span))
    cells = [cell for cell in decided.values if (cell.key.who, cell.key.span) == table]
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


def _published_elsewhere(candidate: Candidate, evidence: Evidence) -> dict[Cell, int]:
    """Return counts that were published elsewhere, each group's, as they were printed."""
    values: dict[Cell, int] = {}
    for (stage, group), row in evidence.items():
        for count, (who, which) in COUNTS.items():
            who = REFERENCE if who == REFERENCE else group
            key = Key(candidate.organisation, str(candidate.span), MEASURES[stage].counts[which], who, ALL_BANDS)
            values[Cell(key, (candidate.organisation,))] = row[count]
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


def _of_partnership(basis: Basis, decided: Decided) -> Iterator[dict]:
    """Return the partnership's rows, with those of every year and quarter before."""
    new = {cell: value for cell, value in decided.values.items() if cell.key.who == PARTNERSHIP}
    quarter = basis.quarter
    for row in basis.printed:
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
