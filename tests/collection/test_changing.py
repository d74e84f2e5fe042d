"""What a return that is sent again says otherwise than before."""

from datetime import date

import pytest

from lt_analysis.collection.changing import Changed
from lt_analysis.collection.collect import collect_organisation, open_audit
from tests.collection.test_collect import send
from tests.making import application

FIRST = [application(applicant=f"A{number}") for number in range(4)]


def taken_in(project, rows):
    send(project, rows)
    with open_audit(str(project.root / "audit.duckdb")) as connection:
        (receipt,) = collect_organisation(connection, project, "ashbourne", date.max).receipts
    return receipt


@pytest.mark.parametrize(
    ("rows", "changed"),
    [
        (FIRST, None),
        (FIRST[::-1], None),
        ([*FIRST, application(applicant="A9")], Changed(1, 0, 0)),
        (FIRST[1:], Changed(0, 1, 0)),
        ([FIRST[0] | {"ethnicity": "N"}, *FIRST[1:]], Changed(0, 0, 1)),
        ([FIRST[0] | {"ethnicity": "N"}, *FIRST[2:], application(applicant="A9")], Changed(1, 1, 1)),
    ],
)
def test_what_changed_since_a_return_was_last_taken_in_is_counted(project, rows, changed):
    assert taken_in(project, FIRST).changed is None
    assert taken_in(project, rows).changed == changed
    assert taken_in(project, rows).changed is None


def test_it_is_said_in_numbers_only():
    assert str(Changed(1_200, 0, 3)) == "1,200 rows added, 0 withdrawn, 3 altered"


def test_records_that_cannot_be_compared_are_replaced(project):
    taken_in(project, FIRST)
    (path,) = project.records.rglob("*.parquet")
    whole = path.read_bytes()
    # The first page is spoilt and the footer, which says what columns there are, is not.
    for spoilt in (whole[:4] + bytes(200) + whole[204:], b"", b"no Parquet"):
        path.write_bytes(spoilt)
        receipt = taken_in(project, [*FIRST, application(applicant=f"A{len(spoilt)}-9")])
        assert (receipt.accepted, receipt.changed) == (5, None)
