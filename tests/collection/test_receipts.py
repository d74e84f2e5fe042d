"""Receipts: what was taken in is known again, and only as it was."""

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
