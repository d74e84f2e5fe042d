"""Every bad file gets its one message and no other; nothing of a person is repeated, lost, altered or left half done.

The files and their messages are in `bad_files.py`. What is asked of each is asked of a real project, which they share.
"""

import shutil
from datetime import date
from pathlib import Path

import duckdb
import pytest

from lt_analysis.codebook.folders import Folders
from lt_analysis.codebook.periods import parse_period
from lt_analysis.codebook.returns import SUFFIXES
from lt_analysis.collection import large_files
from lt_analysis.collection.checking import RULES, row_checks
from lt_analysis.collection.collect import collect_organisation, record_path
from lt_analysis.collection.finding import FoundReturn
from lt_analysis.collection.organisation import read_organisation
from lt_analysis.collection.receipts import open_audit
from tests import making
from tests.collection.bad_files import BAD_FILES, CSV, NEVER, PERIOD, SALARIED, TEXT, Bad
from tests.conftest import project_at


@pytest.fixture(scope="module")
def folders(tmp_path_factory):
    return project_at(tmp_path_factory.mktemp("bad") / "project")


@pytest.fixture(scope="module")
def connection():
    with open_audit(":memory:") as opened:
        yield opened


def send(folders: Folders, bad: Bad) -> Path:
    """Lay out one organisation, of which nothing is wrong but one file."""
    shutil.rmtree(folders.root / "data")
    making.asked(folders)
    folder = making.organisation(folders, bad.slug, **bad.settings)
    path = folder / bad.file
    path.parent.mkdir(exist_ok=True)
    if path.exists():  # its settings are what is wrong
        path.unlink()
        (folder / PERIOD).mkdir()
        (folder / PERIOD / "applications.csv").write_bytes(CSV)
    if callable(bad.made):
        bad.made(path)
    else:
        path.write_bytes(bad.made)
    return folder


def contents(folder: Path) -> dict[Path, bytes | Path | None]:
    """Everything in a folder, byte for byte."""
    return {
        path: path.readlink() if path.is_symlink() else path.read_bytes() if path.is_file() else None
        for path in folder.rglob("*")
    }


def hold_to_the_table(connection: duckdb.DuckDBPyConnection, folders: Folders, bad: Bad) -> None:
    """Take a bad file in, and compare all that is said and kept of it with what the table says."""
    folder = send(folders, bad)
    before = contents(folder)
    for table in ("receipts", "rejected_rows"):
        connection.execute(f"DELETE FROM {table}")
    collected = collect_organisation(connection, folders, bad.slug, date.max)
    problems = [problem for receipt in collected.accepted for problem in receipt.problems]
    assert [str(one) for one in (*collected.refusals, *problems)] == [bad.message]
    assert contents(folder) == before

    # What is nobody's return has no receipt; every other file has one that accounts for every row.
    kept = "SELECT received, accepted, rejected, set_aside, refused FROM receipts"
    refused = None if any(bad.rows) else bad.message
    assert connection.execute(kept).fetchall() == [(sum(bad.rows), *bad.rows, refused)] * len(collected.receipts)
    if collected.accepted:
        lost = "SELECT count(DISTINCT row) FROM rejected_rows WHERE NOT counts"
        assert connection.execute(lost).fetchone() == (bad.rows[1],)
    records = [record_path(folders, receipt.found) for receipt in collected.accepted]
    assert len(records) == any(bad.rows)
    written = [
        path for path in folders.processed.rglob("*") if path.is_file() and folders.set_aside not in path.parents
    ]
    assert written == records
    for path in records:
        assert connection.execute(f"SELECT count(*) FROM '{path}'").fetchone() == (bad.rows[0],)

    written = [connection.execute(f"FROM {table}").fetchall() for table in ("receipts", "rejected_rows")]
    read = [(receipt.read, receipt.left_out) for receipt in collected.receipts]
    assert NEVER not in str([bad.message, written, read, collected.warnings])


@pytest.mark.parametrize("name", BAD_FILES)
@pytest.mark.one_in(2)
def test_a_bad_file_gets_its_one_message_and_nothing_of_it_is_quoted_lost_or_altered(
    folders, connection, monkeypatch, name
):
    for limit, smaller in BAD_FILES[name].limits.items():
        monkeypatch.setattr(limit, smaller)
    hold_to_the_table(connection, folders, BAD_FILES[name])


@pytest.mark.parametrize("name", TEXT)
def test_a_large_text_file_gets_the_same_message_as_a_small_one(folders, connection, monkeypatch, name):
    monkeypatch.setattr(large_files, "LARGE", 0)  # which makes every text file a large one
    hold_to_the_table(connection, folders, TEXT[name])


def test_the_table_holds_every_suffix_and_every_fault_once():
    assert {Path(bad.file).suffix for bad in BAD_FILES.values()} >= set(SUFFIXES)
    made = [(bad.made, bad.file, bad.slug, str(bad.settings)) for bad in BAD_FILES.values()]
    assert len(made) >= 75
    assert all(one not in made[:place] for place, one in enumerate(made))


@pytest.mark.parametrize("about", [{}, SALARIED], ids=["bands", "salaries"])
@pytest.mark.parametrize("kind", RULES, ids=lambda kind: kind.name)
def test_every_check_of_every_return_has_its_bad_file(folders, kind, about):
    organisation = read_organisation(making.organisation(folders, "ashbourne", **about))
    found = FoundReturn("ashbourne", parse_period(PERIOD), kind, Path(f"{kind.name}.csv"))
    rules = RULES[kind]
    own = [*rules.checks(found, organisation), *rules.beside_others(found, organisation)]
    said = {(bad.file, bad.at.split("column ")[-1], bad.reason, bad.remedy) for bad in BAD_FILES.values()}
    for check in own:
        assert (f"{PERIOD}/{kind.name}.csv", check.column, check.reason, check.remedy) in said
    reasons = {bad.reason for bad in BAD_FILES.values()}
    assert {check.reason for check in row_checks(found, organisation)} <= reasons
