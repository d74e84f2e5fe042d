"""What can be and is hardly so is said, and nothing is rejected for it."""

import pytest

from tests import making
from tests.collection.test_collect import only_receipt, send

QUARTER = making.parse_period("2026-27-Q2")


def rows(number=6, **changes):
    return [
        row
        for name in range(number)
        for row in making.vacancy(QUARTER, f"V{name}", [("C", 4), ("H", 3), ("N", 1)], **changes)
    ]


def remarks(project, sent, **settings):
    send(project, sent, **settings)
    receipt = only_receipt(project)
    assert receipt.accepted == len(sent)
    return " ".join(receipt.read.remarks)


def test_of_a_usual_return_nothing_is_said(project):
    assert remarks(project, rows()) == ""


@pytest.mark.parametrize("day", ["2099-01-01", "2028-10-01", "2062-07-20", "2006-07-20"])
def test_a_date_far_from_the_quarter(project, day):
    sent = rows()
    sent[0] |= {"offered_on": day}
    assert "1 rows hold dates more than a year after the quarter, or two years before it" in remarks(project, sent)


def american(day: str) -> str:
    year, month, date = day.split("-")
    return f"{month}/{date}/{year}"


def test_months_that_stand_first_where_every_day_could_be_a_month(project):
    # advertised 1 July, applied on the 3rd, closed on the 9th, eligible on the 10th, shortlisted on the 11th and 12th
    days = {
        "advertised_on": ["2026-07-01"] * 3,
        "closed_on": ["2026-07-09"] * 3,
        "applied_on": ["2026-07-03", "2026-07-05", "2026-07-08"],
        "eligible_on": ["2026-07-10"] * 3,
        "shortlisted_on": ["2026-07-11", "2026-07-12", ""],
    }
    right = [
        making.application(applicant=f"A{place}") | {name: some[place] for name, some in days.items()}
        for place in range(3)
    ]
    assert "month first" not in remarks(project, right)
    turned = [row | {name: american(row[name]) for name in days if row[name]} for row in right]
    assert "they fit one another better with the month first" in remarks(project, turned)


def test_months_that_stand_first_where_days_cannot_be_read_so(project):
    sent = [row | {"applied_on": american(str(row["applied_on"]))} for row in rows()]
    assert "18 dates cannot be read because their month stands first" in remarks(project, sent)


@pytest.mark.parametrize("other", ["a1", "A 1", "a 1 "])
def test_references_that_differ_by_capitals_or_spaces_only(project, other):
    sent = rows()
    sent[0] |= {"applicant": "A1"}
    sent[4] |= {"applicant": other}
    assert "the references of 1 applicants are written in several ways" in remarks(project, sent)


def test_so_do_references_of_vacancies(project):
    sent = [row | ({"vacancy": "v0"} if place == 0 else {}) for place, row in enumerate(rows())]
    assert "the references of 1 vacancies are written in several ways" in remarks(project, sent)


@pytest.mark.parametrize(
    ("one", "other", "said"), [("C", "H", True), ("N", "S", True), ("A", "C", False), ("Z", "H", False)]
)
def test_one_applicant_of_two_groups(project, one, other, said):
    sent = rows()
    sent[0] |= {"applicant": "A1", "ethnicity": one}
    sent[4] |= {"applicant": "A1", "ethnicity": other}
    assert ("1 applicants are of one ethnic group in one row" in remarks(project, sent)) == said


@pytest.mark.parametrize("reference", ["2.02607E+11", "2,02607E+11", "1E+15"])
def test_references_that_a_spreadsheet_has_shortened_are_not_one_applicant(project, reference):
    sent = [row | {"applicant": reference} for row in rows(1)]
    send(project, sent)
    receipt = only_receipt(project)
    assert (receipt.accepted, receipt.unread) == (3, 3)
    assert {one.reason for one in receipt.problems} == {
        "a spreadsheet has shortened the reference, so that several are alike"
    }
