"""What a return that is sent again says otherwise than before."""

from datetime import date

import pytest

from lt_analysis.codebook.returns import METRICS
from lt_analysis.collection.changing import Changed
from lt_analysis.collection.collect import collect_organisation, record_path
from lt_analysis.collection.receipts import open_audit
from tests import making
from tests.collection.test_collect import send
from tests.making import application, write_rows

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


def test_rows_of_which_a_part_of_the_key_is_empty_are_the_same_rows(project):
    making.asked(project)
    whole = {"metric": "blood-pressure", "practice": "G85001", "numerator": 60, "denominator": 100}
    rows = [whole, whole | {"axis": "sex", "subgroup": "male"}]
    sent_from = {"taken_from": "Records"}
    for changes, changed in (({}, None), (sent_from, Changed(0, 0, 2)), (sent_from, None)):
        send(project, [one | changes for one in rows], name="metrics.csv", columns=METRICS.column_names)
        with open_audit(str(project.root / "audit.duckdb")) as connection:
            (receipt,) = collect_organisation(connection, project, "ashbourne", date.max).receipts
        assert (receipt.accepted, receipt.changed) == (2, changed)


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


def test_records_that_are_replaced_are_kept_beside_the_new_ones_with_what_changed(project):
    first = taken_in(project, FIRST)
    before = record_path(project, first.found).read_bytes()
    path = first.found.path.with_name("applications-2.csv")
    write_rows(path, [*FIRST[1:], application(applicant="A9")])
    with open_audit(str(project.root / "audit.duckdb")) as connection:
        (receipt,) = collect_organisation(connection, project, "ashbourne", date.max).receipts
        said = connection.execute("SELECT file, changed FROM receipts ORDER BY last_received").fetchall()
    folder = project.replaced / "applications" / "ashbourne" / "2026-27-Q2"
    assert receipt.read.remarks == ("applications.csv was sent before; it is kept, and does not count",)
    assert said == [
        ("ashbourne/2026-27-Q2/applications.csv", None),
        ("ashbourne/2026-27-Q2/applications-2.csv", "1 rows added, 1 withdrawn, 0 altered"),
    ]
    (kept,) = folder.iterdir()
    assert (kept.name.split("-")[0], kept.read_bytes()) == (first.found.sha256[:16], before)
    assert all(path.stat().st_mode & 0o077 == 0 for path in (project.replaced, *project.replaced.rglob("*")))


def test_two_files_that_were_sent_at_the_same_time_are_refused(project):
    path = taken_in(project, FIRST).found.path
    for name in ("applications-2.csv", "applications-2.tsv"):
        path.with_name(name).write_bytes(path.read_bytes())
    with open_audit(":memory:") as connection:
        found = collect_organisation(connection, project, "ashbourne", date.max)
    assert "there are 3 returns of applications or stage-totals" in str(found.faults[0])


def test_records_that_stood_last_are_kept_though_the_same_file_was_read_otherwise_before(project):
    taken_in(project, FIRST)
    making.organisation(project, "ashbourne", values={"ethnicity": {"A": "B"}})
    with open_audit(str(project.root / "audit.duckdb")) as connection:
        (second,) = collect_organisation(connection, project, "ashbourne", date.max).receipts
    last = record_path(project, second.found).read_bytes()
    assert second.changed == Changed(0, 0, 4)
    write_rows(second.found.path, FIRST[1:])
    with open_audit(str(project.root / "audit.duckdb")) as connection:
        collect_organisation(connection, project, "ashbourne", date.max)
    assert last in [kept.read_bytes() for kept in project.replaced.rglob("*.parquet")]
    assert len(list(project.replaced.rglob("*.parquet"))) == 2
