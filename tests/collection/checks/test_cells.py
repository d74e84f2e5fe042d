"""Cells are typed the same by the shorter statement, for returns that a quick look reads, and by the longer one."""

import pytest

from lt_analysis.codebook.returns import APPLICATIONS
from lt_analysis.collection.checks.cells import not_read_at_once, typed_cells
from lt_analysis.collection.receipts import open_audit

USUAL = {"vacancy": "V1", "applicant": "A1", "staff_group": "Nursing", "closed_on": "2026-07-21"}
LOOKED_AT_TWICE = {
    "a date as people write it": {"closed_on": "21/07/2026"},
    "a date with its time": {"closed_on": "2026-07-21 00:30:00 BST"},
    "a day that stands for none": {"closed_on": "1900-01-01"},
    "no date": {"closed_on": "soon"},
    "an e-mail address": {"applicant": "ms.jones@example.org"},
    "a shortened reference": {"vacancy": "2.02607E+11"},
    "a word for nobody": {"applicant": "withheld"},
    "a spreadsheet's error": {"staff_group": "#N/A"},
}


@pytest.fixture
def connection():
    with open_audit(":memory:") as opened:
        yield opened


def receive(connection, *rows):
    """Lay out rows as sent; what they do not name is empty."""
    names = APPLICATIONS.column_names
    connection.execute(f"CREATE TABLE received (row BIGINT, {', '.join(f'sent_{name} VARCHAR' for name in names)})")
    for number, row in enumerate(rows, start=2):
        values = [number, *(row.get(name) for name in names)]
        connection.execute(f"INSERT INTO received VALUES ({', '.join('?' * len(values))})", values)


def asked_twice(connection):
    return connection.execute(not_read_at_once(APPLICATIONS, "received")).fetchall()


def typed(connection, at_once):
    """What is typed and kept of the rows, with what is wrong with their texts."""
    query = typed_cells(APPLICATIONS, "received", {}, at_once)
    kept = ", ".join(f"{name}, sent_{name}" for name in APPLICATIONS.column_names)
    return connection.execute(f"SELECT {kept}, faults, typeof(faults) FROM ({query}) ORDER BY row").fetchall()


@pytest.mark.parametrize("odd", LOOKED_AT_TWICE)
def test_one_cell_that_a_quick_look_does_not_settle_is_found_among_others(connection, odd):
    receive(connection, USUAL, USUAL | LOOKED_AT_TWICE[odd])
    assert asked_twice(connection) == [(True,)]


def test_rows_that_are_read_at_once_are_typed_the_same_by_both_statements(connection):
    first, last = {"closed_on": "2000-01-02"}, {"closed_on": "2052-12-31", "applied_on": "2026-7-1"}
    receive(connection, USUAL, USUAL | first, USUAL | last, {"applicant": "Ångström-7"}, {})
    assert asked_twice(connection) == []
    at_once = typed(connection, at_once=True)
    assert at_once == typed(connection, at_once=False)
    days = [row[2 * APPLICATIONS.column_names.index("closed_on")] for row in at_once]
    assert [str(day) for day in days] == ["2026-07-21", "2000-01-02", "2052-12-31", "None", "None"]
