"""The files of a release: the ledger in the database, the release for everybody, the certificate for its owner."""

from dataclasses import replace

import duckdb
import numpy as np
import pytest

from lt_analysis.codebook.mistakes import RawDataError
from lt_analysis.codebook.periods import Quarter
from lt_analysis.release import files
from lt_analysis.release.keys import KNOWN, table
from lt_analysis.release.ledger import Ledger
from lt_analysis.release.people import FROM_APPLICATIONS, Reached, people_of
from lt_analysis.release.publishing import decide
from lt_analysis.release.reading import EVIDENCE, PEOPLE

FIRST, SECOND = Quarter.parse("2025-26-Q4"), Quarter.parse("2026-27-Q1")
YEAR = "2025-26"


@pytest.fixture
def connection():
    with duckdb.connect() as connection:
        yield connection


def people(appointed=3, year=YEAR):
    sent = {"White": (90, 40, 12), "BME": (60, 18, appointed)}
    return people_of(
        Reached("ashbourne", year, FROM_APPLICATIONS, "8a", group, *numbers) for group, numbers in sent.items()
    )


def decided(people_):
    cells = table("ashbourne", ("ashbourne",), YEAR, ("White", "BME", KNOWN), ("8a-8b", "8c+", "8+"))
    return decide(people_, cells, (), Ledger())


def rows(made, first_published):
    empty = dict.fromkeys(files.COLUMNS)
    for cell, value in made.values.items():
        yield empty | {
            "organisation": cell.key.who,
            "span": cell.key.span,
            "stage": cell.key.stage,
            "group_name": cell.key.group,
            "band": cell.key.band,
            "members": " ".join(cell.members),
            "cell": PEOPLE,
            "value": value,
            "no_posts": cell in made.no_posts,
            "first_published": str(first_published),
        }


def release(connection, folders, quarter=FIRST, people_=None):
    people_ = people_ or people()
    made = decided(people_)
    files.write_release_file(connection, folders, quarter, list(rows(made, quarter)))
    files.write_certificate(connection, folders, quarter, people_, made.certificate)
    return made


def paths(folders, quarter=FIRST):
    return folders.releases / f"{quarter}.parquet", folders.certificates / f"{quarter}.parquet"


def noted(connection, folders, quarter=SECOND):
    printed = files.printed_by_others(connection, folders, quarter)
    files.require_ledger(connection, printed, quarter)
    if not (folders.releases / f"{quarter}.parquet").exists():
        files.write_release_file(connection, folders, quarter, [])
    files.keep_ledger(connection, folders, printed, quarter)
    return files.ledger_of(printed)


def test_the_release_is_for_everybody_and_the_certificate_for_its_owner_alone(connection, project):
    release(connection, project)
    public, owners = paths(project)
    assert public.stat().st_mode & 0o777 == 0o644
    assert owners.stat().st_mode & 0o777 == 0o600
    assert owners.parent.stat().st_mode & 0o777 == 0o700


def test_people_read_back_from_a_certificate_as_they_were_counted(connection, project):
    release(connection, project)
    assert files.people_counted(connection, project, [str(FIRST)]) == people()
    assert files.people_counted(connection, project, []).counts == {}


def test_worlds_read_back_from_a_certificate_are_those_that_prove_it(connection, project):
    proof = release(connection, project).certificate
    read = files.worlds_of(connection, project, FIRST)
    atoms = proof.system.atoms
    assert len(read) == len(proof.protected.worlds) > 1
    for world, found in zip(proof.protected.worlds, read, strict=True):
        assert [found.get(atom, 0) for atom in atoms] == world.tolist()


def test_people_stay_as_they_were_counted_first(connection, project):
    release(connection, project)
    release(connection, project, SECOND, people(appointed=9))
    third = files.people_counted(connection, project, [str(SECOND), str(FIRST)])
    assert third == people()
    assert people(appointed=9).replaced_by(third) == people()


def test_the_ledger_holds_each_number_or_that_it_is_hidden_as_it_was_published_first(connection, project):
    made = release(connection, project)
    ledger = noted(connection, project)
    assert {entry.cell: entry.value for entry in ledger.entries} == made.values
    assert None in made.values.values()
    kept = connection.execute("SELECT key, value, release FROM ledger").fetchall()
    assert sorted(kept, key=str) == sorted(
        ((str(cell.key), "c" if value is None else str(value), str(FIRST)) for cell, value in made.values.items()),
        key=str,
    )


ITEM = {
    "organisation": "ashbourne",
    "span": str(FIRST),
    "look": str(FIRST),
    "members": "ashbourne",
    "cell": EVIDENCE,
    "first_published": str(FIRST),
    "start": "2022-23",
    "counted": "2025-26-Q2",
    "words": "some",
    "low": 1.1,
    "high": 2.4,
    "value": 63,
    "detectable": 1.6,
}


def with_an_item(connection, folders, **said):
    """A release that holds an item of evidence beside its numbers, and an expected number."""
    made = decided(people())
    item = dict.fromkeys(files.COLUMNS) | ITEM | said
    expected = next(iter(rows(made, FIRST))) | {
        "stage": "appointment",
        "group_name": "BME",
        "cell": "expected",
        "value": 4,
    }
    files.write_release_file(connection, folders, FIRST, [*rows(made, FIRST), expected, item])
    files.write_certificate(connection, folders, FIRST, people(), made.certificate)


def test_the_ledger_holds_items_of_evidence_and_expected_numbers_as_they_were_published_first(connection, project):
    with_an_item(connection, project)
    noted(connection, project)
    kept = dict(
        connection.execute(
            "SELECT key, value FROM ledger WHERE key LIKE '%evidence' OR key LIKE '%expected'"
        ).fetchall()
    )
    assert kept == {
        "ashbourne/2025-26-Q4/evidence": "some; 1.1; 2.4; 63; 1.6; 2022-23; 2025-26-Q2",
        "ashbourne/2025-26/appointment/BME/8a-8b/expected": "4",
    }


def test_an_item_of_evidence_that_changed_since_it_was_noted_stops_the_run(connection, project):
    with_an_item(connection, project)
    noted(connection, project)
    with_an_item(connection, project, high=2.3)
    with pytest.raises(RawDataError, match="2025-26-Q4.parquet is not what was published then"):
        noted(connection, project)


def test_a_hidden_item_of_evidence_stands_in_the_ledger_as_hidden(connection, project):
    nothing = dict.fromkeys(("words", "low", "high", "value", "detectable"))
    with_an_item(connection, project, **nothing)
    noted(connection, project)
    (kept,) = connection.execute("SELECT value FROM ledger WHERE key LIKE '%/evidence'").fetchall()
    assert kept == ("c",)


def test_a_quarter_that_is_run_again_is_not_bound_by_itself(connection, project):
    release(connection, project)
    assert noted(connection, project, FIRST).entries == ()


def test_a_quarter_that_is_run_again_is_bound_by_what_a_later_one_printed_again(connection, project):
    made = release(connection, project)
    files.write_release_file(connection, project, SECOND, list(rows(made, FIRST)))
    again = noted(connection, project, FIRST)
    assert {entry.cell: (entry.value, entry.release) for entry in again.entries} == {
        cell: (value, str(FIRST)) for cell, value in made.values.items()
    }


def test_a_release_that_changed_since_it_was_noted_stops_the_run(connection, project):
    release(connection, project)
    noted(connection, project)
    noted(connection, project)
    release(connection, project, people_=people(appointed=8))
    with pytest.raises(RawDataError, match="2025-26-Q4.parquet is not what was published then. Put back the file"):
        noted(connection, project)


@pytest.mark.parametrize("gone", [True, False])
def test_the_newest_release_is_noted_when_it_is_made_so_that_the_next_run_misses_it(connection, project, gone):
    made = release(connection, project)
    files.keep_ledger(connection, project, (), FIRST)
    path = paths(project)[0]
    path.unlink()
    if not gone:  # only that there was no such post is said otherwise than it was
        without = replace(made, no_posts=frozenset())
        assert made.no_posts
        files.write_release_file(connection, project, FIRST, list(rows(without, FIRST)))
    with pytest.raises(RawDataError, match="2025-26-Q4.parquet is not what was published then"):
        files.require_ledger(connection, files.printed_by_others(connection, project, SECOND), SECOND)


def test_a_release_whose_certificate_is_gone_says_what_to_put_back(connection, project):
    release(connection, project)
    paths(project)[1].unlink()
    with pytest.raises(RawDataError, match="certificates/2025-26-Q4.parquet is missing. Put it back"):
        files.people_counted(connection, project, [str(FIRST)])


def test_the_same_people_give_the_same_bytes(connection, project):
    release(connection, project)
    before = [path.read_bytes() for path in paths(project)]
    for path in paths(project):
        path.unlink()
    release(connection, project)
    assert [path.read_bytes() for path in paths(project)] == before


def test_the_file_is_the_same_in_every_world_of_its_certificate(connection, project):
    """The pattern of what is hidden stays; the people are another world's, and the file is what it was, to the byte."""
    made = release(connection, project)
    before = paths(project)[0].read_bytes()
    system, hidden = made.certificate.system, made.certificate.protected.hidden
    worlds = made.certificate.protected.worlds
    for shown, same in ((~hidden, True), (np.ones_like(hidden), False)):
        for world in worlds:
            numbers = system.sums @ (system.counts + world)
            values = {
                cell: int(numbers[system.place[str(cell.key)]]) if shown[system.place[str(cell.key)]] else None
                for cell in made.values
            }
            files.write_release_file(connection, project, FIRST, list(rows(replace(made, values=values), FIRST)))
            assert (paths(project)[0].read_bytes() == before) == same
