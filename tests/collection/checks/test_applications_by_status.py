"""Applications of which only a status is known: as many at each stage as with dates, and no word that says none."""

from datetime import date

import duckdb
import pytest

from lt_analysis.codebook.returns import HOW_IT_ENDED, STAGE_NEEDS
from lt_analysis.collection.collect import collect_organisation, record_path
from lt_analysis.collection.receipts import open_audit
from lt_analysis.counts.draws import count
from tests import making
from tests.making import application, reached, write_rows

COLUMNS = (*(name for name in making.COLUMNS if name not in STAGE_NEEDS), "application_status")
CLOSED = date(2026, 7, 21)
# The same people, told by the dates of their stages and by the furthest of them.
PEOPLE = [
    ("not eligible", ()),
    ("Not shortlisted", ("eligible_on",)),
    ("Invited to interview", ("eligible_on", "shortlisted_on")),
    ("Unsuccessful at interview", ("eligible_on", "shortlisted_on", "interviewed_on")),
    ("offered", ("eligible_on", "shortlisted_on", "interviewed_on", "offered_on")),
    ("Offer declined", ("eligible_on", "shortlisted_on", "interviewed_on", "offered_on", "declined_on")),
    ("started", ("eligible_on", "shortlisted_on", "interviewed_on", "offered_on", "started_on")),
]


def send(project, rows, columns):
    folder = making.organisation(project, "ashbourne")
    return write_rows(folder / "2026-27-Q2" / "applications.csv", rows, columns)


def counted(project):
    with open_audit(":memory:") as connection:
        (receipt,) = collect_organisation(connection, project, "ashbourne", date.max).receipts
        count(connection, [record_path(project, receipt.found)], [], {})
        draws = connection.execute("FROM draws ORDER BY ALL").fetchall()
        accounts = connection.execute("FROM accounts").fetchall()
    return receipt, draws, accounts


def both_ways():
    groups = ["A" if place % 2 else "N" for place in range(len(PEOPLE))]
    dated = [
        application(applicant=f"A{place}", ethnicity=groups[place], **reached(CLOSED, *stages))
        for place, (_, stages) in enumerate(PEOPLE)
    ]
    by_status = [row | {"application_status": status} for row, (status, _) in zip(dated, PEOPLE, strict=True)]
    return dated, by_status


def test_a_status_tells_the_same_stages_as_dates_do(project):
    dated, by_status = both_ways()
    send(project, dated, making.COLUMNS)
    _, *by_dates = counted(project)
    send(project, by_status, COLUMNS)
    receipt, *told_by_status = counted(project)
    assert receipt.accepted == len(PEOPLE)
    assert told_by_status == by_dates


def test_where_stages_have_dates_a_status_is_not_read(project):
    # A status is often of the last stage and not of the furthest.
    dated, _ = both_ways()
    rows = [row | {"application_status": "withdrawn"} for row in dated]
    send(project, rows, (*making.COLUMNS, "application_status"))
    receipt, *_ = counted(project)
    assert (receipt.accepted, receipt.left_out) == (len(PEOPLE), ("application_status",))
    (path,) = project.records.rglob("*.parquet")
    stages = duckdb.sql(f"SELECT stage FROM '{path}' ORDER BY applicant").fetchall()
    assert [stage for (stage,) in stages] == [
        *("applied", "eligible", "shortlisted", "interviewed", "offered", "offered", "offered")
    ]


@pytest.mark.parametrize("status", HOW_IT_ENDED)
def test_a_file_with_a_status_that_says_how_it_ended_is_refused_whole(project, status):
    # Without such rows only people who did not succeed would be missing, and chances would look better than they were.
    _, by_status = both_ways()
    by_status[2]["application_status"] = status
    send(project, by_status, COLUMNS)
    with open_audit(":memory:") as connection:
        (receipt,) = collect_organisation(connection, project, "ashbourne", date.max).receipts
    assert (receipt.refusal.row, receipt.refusal.column) == (4, "application_status")
    assert receipt.refusal.reason.startswith("its status says how it ended, not how far it came")


def test_a_vacancy_is_not_its_own_earlier_advertisement_and_says_the_same_in_every_row(project):
    rows = [application(applicant=f"A{place}", vacancy="V2", repost_of="V1") for place in range(3)]
    rows += [application(applicant="A3", vacancy="V2"), application(vacancy="V3", repost_of="V3")]
    send(project, rows, making.COLUMNS)
    with open_audit(":memory:") as connection:
        (receipt,) = collect_organisation(connection, project, "ashbourne", date.max).receipts
    assert [(problem.row, problem.column) for problem in receipt.problems] == [(5, "vacancy"), (6, "repost_of")]
