"""Receipts: what was taken in is known again, and only as it was."""

import hashlib
from datetime import date

import duckdb
import pytest

from lt_analysis.collection import collect
from lt_analysis.collection.collect import collect_organisation, record_path
from lt_analysis.collection.receipts import open_audit
from tests import making
from tests.collection.test_collect import send
from tests.making import application, write_rows


def test_a_return_that_has_not_changed_is_not_read_again_and_one_that_has_is(project):
    path = send(project, [application()])
    with open_audit(str(project.root / "audit.duckdb")) as connection:
        first = collect_organisation(connection, project, "ashbourne", date.max)
        kept = record_path(project, first.receipts[0].found)
        kept.write_bytes(b"as it was kept")
        assert collect_organisation(connection, project, "ashbourne", date.max).receipts[0].accepted == 1
        assert kept.read_bytes() == b"as it was kept"
        write_rows(path, [application(), application(applicant="A2")])
        assert collect_organisation(connection, project, "ashbourne", date.max).receipts[0].accepted == 2
        receipts = connection.execute("SELECT accepted FROM receipts ORDER BY first_received").fetchall()
    assert receipts == [(1,), (2,)]


def test_a_change_of_settings_reads_a_return_again(project):
    send(project, [application()])
    with open_audit(str(project.root / "audit.duckdb")) as connection:
        collect_organisation(connection, project, "ashbourne", date.max)
        making.organisation(project, "ashbourne", grades="salary")
        again = collect_organisation(connection, project, "ashbourne", date.max)
    assert "salary_minimum" in str(again.receipts[0].refusal)


def test_a_run_that_ends_between_records_and_receipt_is_made_good_by_the_next(project, monkeypatch):
    send(project, [application()])
    with open_audit(str(project.root / "audit.duckdb")) as connection:
        (first,) = collect_organisation(connection, project, "ashbourne", date.max).receipts
    content = first.found.path.read_bytes()
    monkeypatch.setattr(collect, "keep_receipt", lambda *_: 1 / 0)
    send(project, [application(ethnicity="N")])
    with open_audit(str(project.root / "audit.duckdb")) as connection, pytest.raises(ZeroDivisionError):
        collect_organisation(connection, project, "ashbourne", date.max)
    monkeypatch.undo()
    first.found.path.write_bytes(content)
    with open_audit(str(project.root / "audit.duckdb")) as connection:
        collect_organisation(connection, project, "ashbourne", date.max)
    groups = duckdb.sql(f"SELECT DISTINCT ethnicity FROM '{record_path(project, first.found)}'").fetchall()
    assert groups == [("A",)]


def receipts_after(project):
    """Take in what is there, and return the database's receipts: file, rows accepted, and what counts in its place."""
    with open_audit(str(project.root / "audit.duckdb")) as connection:
        collect_organisation(connection, project, "ashbourne", date.max)
        rows = connection.execute("SELECT file, received, accepted, superseded_by FROM receipts").fetchall()
    return {file.split("/")[-1]: about for file, *about in rows}


def test_a_file_that_another_takes_the_place_of_before_it_is_taken_in_has_a_receipt_that_says_so(project):
    path = send(project, [application()])
    write_rows(path.with_name("applications-2.csv"), [application(), application(applicant="A2")])
    write_rows(path.with_name("applications-3.csv"), [application(applicant="A3")])
    expected = {
        "applications.csv": [0, 0, "applications-3.csv"],
        "applications-2.csv": [0, 0, "applications-3.csv"],
        "applications-3.csv": [1, 1, None],
    }
    assert receipts_after(project) == expected
    (records,) = project.records.rglob("*.parquet")
    records.write_bytes(b"as they were kept")
    assert receipts_after(project) == expected
    assert records.read_bytes() == b"as they were kept", "the file that counts is known again"


def test_a_file_that_was_taken_in_keeps_what_its_receipt_said_and_counts_again_where_the_other_is_withdrawn(project):
    path = send(project, [application()])
    again = path.with_name("applications-2.csv")
    assert receipts_after(project) == {"applications.csv": [1, 1, None]}
    write_rows(again, [application(), application(applicant="A2")])
    both = {"applications.csv": [1, 1, "applications-2.csv"], "applications-2.csv": [2, 2, None]}
    assert receipts_after(project) == both
    content = again.read_bytes()
    again.unlink()
    assert receipts_after(project)["applications.csv"] == [1, 1, None]
    again.write_bytes(content)
    assert receipts_after(project) == both
    (records,) = project.records.rglob("*.parquet")
    assert duckdb.sql(f"SELECT count(*) FROM '{records}'").fetchall() == [(2,)]


def test_records_of_a_file_whose_successor_is_refused_are_kept_under_its_own_fingerprint(project):
    path = send(project, [application()])
    receipts_after(project)
    path.with_name("applications-2.csv").write_text("nothing of a return", encoding="utf-8")
    assert receipts_after(project)["applications.csv"] == [1, 1, "applications-2.csv"]
    assert not list(project.records.rglob("*.parquet"))
    assert [kept.stem[:16] for kept in project.replaced.rglob("*.parquet")] == [
        hashlib.sha256(path.read_bytes()).hexdigest()[:16]
    ]
