"""What looks odd is said, and nothing is rejected for it."""

from datetime import date

import pytest

from lt_analysis.codebook.ethnicity import five_group
from lt_analysis.collection.collect import collect_organisation
from lt_analysis.collection.receipts import open_audit
from tests import making
from tests.collection.test_collect import collected, send

FIRST, SECOND = "2026-27-Q1", "2026-27-Q2"
COLUMNS = ("person", "grade", "work", "started_on", "left_on", "ethnicity")


def staff(project, period, codes):
    rows = [
        {"person": f"P{place}", "grade": "8a", "work": "clinical", "started_on": "2020-01-01", "ethnicity": code}
        for place, code in enumerate(codes)
    ]
    send(project, rows, name="staff.csv", period=period, columns=COLUMNS)


def said(project):
    found = collected(project)
    assert sum(receipt.rejected for receipt in found.receipts) == 0
    return [f"{warning.file.split('/')[1]}: {warning.reason}" for warning in found.warnings]


@pytest.mark.parametrize(
    ("before", "now", "reasons"),
    [
        ("A" * 20 + "N" * 20, "A" * 11 + "N" * 10, []),
        ("A" * 20 + "N" * 20, "A" * 10 + "N" * 10, ["there are 20 staff, where there were 40 in 2026-27-Q1"]),
        ("A" * 30 + "N" * 10, "A" * 40, ["nobody is of group Black, where 10 were in 2026-27-Q1"]),
        ("A" * 31 + "N" * 9, "A" * 40, []),
        ("A" * 9, "A" * 4, []),
    ],
)
def test_a_quarter_is_set_beside_the_one_before(project, before, now, reasons):
    staff(project, FIRST, before)
    staff(project, SECOND, now)
    assert said(project) == [f"{SECOND}: {reason}" for reason in reasons]


@pytest.mark.parametrize(("unknown", "warned"), [(2, False), (3, True)])
def test_more_than_one_in_ten_of_unknown_ethnicity_is_said(project, unknown, warned):
    staff(project, SECOND, ["A"] * (20 - unknown) + ["Z", "99", "Unknown"][:unknown])
    reason = f"{SECOND}: ethnicity is not known of {unknown} of 20, which is more than 1 in 10"
    assert said(project) == ([reason] if warned else [])


def test_a_return_that_is_not_read_again_is_still_set_beside_the_next(project):
    staff(project, FIRST, "A" * 40)
    with open_audit(str(project.root / "audit.duckdb")) as connection:
        collect_organisation(connection, project, "ashbourne", date.max)
        staff(project, SECOND, "A" * 20)
        warnings = collect_organisation(connection, project, "ashbourne", date.max).warnings
    assert [warning.reason for warning in warnings] == ["there are 20 staff, where there were 40 in 2026-27-Q1"]


def test_totals_are_people_and_not_rows(project):
    rows = [
        {"grade": "8+", "ethnicity": group, "applied": 50, "shortlisted": 9, "offered": 1} for group in ("White", "BME")
    ]
    columns = ("grade", "ethnicity", "applied", "shortlisted", "offered")
    send(project, rows, name="stage-totals.csv", columns=columns, grades="totals only")
    (receipt,) = collected(project).receipts
    assert receipt.groups == {"BME": 50, "White": 50}


def test_a_code_stands_under_the_group_of_its_first_character():
    assert [five_group(code) for code in ("A", "CP", "R", "Arab", "BME", "Unknown", "99", "Z", "Asian")] == [
        *("White", "White", "Asian", "Other", "BME", "Unknown", "Unknown", "Unknown", "Asian")
    ]


def applications_of(*started_on, **changes):
    stages = making.reached(date(2026, 4, 22), "eligible_on", "shortlisted_on", "interviewed_on", "offered_on")
    return [
        making.application(FIRST, applicant=f"A{place}", started_on=day, **stages, **changes)
        for place, day in enumerate(started_on)
    ]


@pytest.mark.parametrize(
    ("joined", "source", "warned"), [(3, "external", False), (2, "external", True), (2, "internal", False)]
)
def test_appointees_who_do_not_appear_in_staff_are_said(project, joined, source, warned):
    # Of four who were appointed by the first quarter's return, three started work in the second.
    send(project, applications_of("2026-06-30", *["2026-07-01"] * 3, source=source), period=FIRST)
    started = ["2026-07-01"] * joined + ["2020-01-01"] * 5
    rows = [
        {"person": f"P{place}", "grade": "8a", "work": "clinical", "started_on": day, "ethnicity": "A"}
        for place, day in enumerate(started)
    ]
    send(project, rows, name="staff.csv", period=SECOND, columns=COLUMNS)
    reason = f"{SECOND}: {joined} joined in {SECOND}, where 3 applicants from outside started work"
    assert said(project) == ([reason] if warned else [])
    for _ in range(2):  # the second time, of files that are not read again
        with open_audit(str(project.root / "audit.duckdb")) as connection:
            found = collect_organisation(connection, project, "ashbourne", date.max)
        assert bool(found.warnings) == warned


def test_vacancies_that_were_advertised_before_are_told(project):
    send(project, [making.application(FIRST, vacancy="V1")], period=FIRST)
    now = [{"vacancy": "V1"}, {"vacancy": "V2", "repost_of": "V0"}, {"vacancy": "V3"}]
    send(project, [making.application(SECOND, **one) for one in now], period=SECOND)
    _, receipt = collected(project).receipts
    again, known = receipt.read.remarks
    assert again == "advertised again: 1 of the vacancies"
    assert known.startswith("1 of the vacancies have a reference that stands in the quarter before too")
