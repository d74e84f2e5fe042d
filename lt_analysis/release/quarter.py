"""A quarter's release: what it publishes first, what it prints again, and the proof, which its owner keeps.

Nothing is written before the certificate proves that what is hidden cannot be worked out, and the release is found to
be the same in all of its worlds.
"""

from collections.abc import Iterable
from dataclasses import dataclass

import duckdb

from lt_analysis.codebook.folders import Folders
from lt_analysis.codebook.periods import FinancialYear, Quarter
from lt_analysis.codebook.protocol import declared_protocol
from lt_analysis.release import files
from lt_analysis.release.actions import action_rows, actions_of_quarter
from lt_analysis.release.candidates import Candidate
from lt_analysis.release.evidence_rows import exact_evidence_of_all
from lt_analysis.release.figures import Status
from lt_analysis.release.keys import PARTNERSHIP
from lt_analysis.release.ladder import ladder
from lt_analysis.release.noninterference import interferences
from lt_analysis.release.people import People, Reached, people_of
from lt_analysis.release.publishing import Decided, Refused, decide
from lt_analysis.release.rows import Basis, evidence_of, item_rows, number_rows


@dataclass(frozen=True)
class Made:
    """What came of making a release: the tables that could not be protected, and how many numbers moved.

    `moved` counts the numbers of the same quarter's release, made before, that are others now: it replaces that one.
    `left_out` are returns, by organisation and period, whose people earlier reports counted in another form.
    """

    refused: tuple[Refused, ...]
    moved: int
    left_out: tuple[tuple[str, str], ...]


@dataclass(frozen=True, eq=False)
class Draft:
    """A release before it is written: what its rows are made of, what is decided, and who is counted.

    `counted` are the people of those returns of which it is the first to tell. `left_out` are returns whose people
    were counted before, in returns of another form.
    """

    basis: Basis
    decided: Decided
    counted: People
    left_out: tuple[tuple[str, str], ...]

    def rows(self) -> list[dict]:
        """Make all the rows of the release."""
        basis, decided = self.basis, self.decided
        actions = action_rows(basis.quarter, basis.candidates, basis.actions)
        return [*number_rows(basis, decided), *item_rows(basis, decided), *actions]


def release_quarter(
    connection: duckdb.DuckDBPyConnection, folders: Folders, quarter: Quarter, candidates: Iterable[Candidate]
) -> Made:
    """Write a quarter's release and its certificate."""
    draft = draft_release(connection, folders, quarter, candidates)
    rows = draft.rows()
    _require_safe(draft, rows)
    # The proof first: a run that is killed in between has published nothing.
    if draft.decided.values or not (folders.certificates / f"{quarter}.parquet").exists():
        files.write_certificate(connection, folders, quarter, draft.counted, draft.decided.certificate)
    moved = files.moved_since(connection, folders, quarter, rows)
    files.write_release_file(connection, folders, quarter, rows)
    files.keep_ledger(connection, folders, draft.basis.printed, quarter)
    return Made(draft.decided.refused, moved, draft.left_out)


def draft_release(
    connection: duckdb.DuckDBPyConnection, folders: Folders, quarter: Quarter, candidates: Iterable[Candidate]
) -> Draft:
    """Decide what a quarter's release says, after all that other releases said."""
    # A folder of that name is refused (collection/finding.py), and would stand where all organisations do.
    own = [one for one in candidates if one.organisation != PARTNERSHIP]
    candidates = sorted(own, key=lambda one: one.organisation)
    printed = files.printed_by_others(connection, folders, quarter)
    ledger = files.ledger_of(printed)
    files.require_ledger(connection, printed, quarter)
    counted_before = files.people_counted(connection, folders, {entry.release for entry in ledger.entries})
    sent = _people(connection, candidates)
    otherwise = sent.counted_otherwise(counted_before)
    people = sent.replaced_by(counted_before)

    complete = {
        one.organisation: one.span
        for one in candidates
        if _counts(one) and not _in_two_forms(one.organisation, one.span, otherwise)
    }
    wanted = ladder(quarter, complete, people, ledger)
    decided = decide(people, wanted.tables, wanted.reserved, ledger)
    again = [entry.cell for entry in ledger.entries if entry.release == str(quarter)]
    counted = people.of({one for cell in (*wanted.tables, *again) for one in cell.returns})

    protocol = declared_protocol()
    exact = exact_evidence_of_all(connection, quarter, complete, protocol)
    evidence = {one.organisation: evidence_of(connection, one) for one in candidates}
    actions = actions_of_quarter(connection)
    basis = Basis(quarter, tuple(candidates), tuple(printed), ledger, evidence, exact, protocol, actions)
    return Draft(basis, decided, counted, tuple(sorted(otherwise)))


def _require_safe(draft: Draft, rows: list[dict]) -> None:
    for fault in (*draft.decided.faults(), *interferences(draft.basis, draft.decided, rows)):
        raise RuntimeError(f"the release of {draft.basis.quarter} is not safe, and nothing was written: {fault}")


def _in_two_forms(organisation: str, year: FinancialYear, otherwise: set[tuple[str, str]]) -> bool:
    """Tell whether an organisation's year was counted before in returns of another form than those that it has now."""
    return any((organisation, str(part)) in otherwise for part in (year, *year.quarters))


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
