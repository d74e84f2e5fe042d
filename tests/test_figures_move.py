"""One input row is changed, and on the organisation's page that figure and only its dependants move."""

import csv

import pytest

from lt_analysis.__main__ import _collect_to_release
from lt_analysis.codebook.periods import Quarter
from tests import making
from tests.conftest import HERE

SECOND = Quarter.parse("2026-27-Q2")
BOARD = HERE / "notebooks" / "board" / "recruitment.ipynb"
ANALYST = HERE / "notebooks" / "analyst" / "recruitment.ipynb"
FRONT = HERE / "notebooks" / "board" / "front-page.ipynb"

SHORTLISTING = {"likelihood.shortlisting.BME", "shortlisting.counts", "chart.0"}
APPOINTMENT = {"likelihood.appointment.BME", "appointment.counts", "appointment.likelihood", "chart.0"}
OVERALL = {"likelihood.overall.BME"}


@pytest.fixture
def page(project):
    """The page of an organisation whose year passes the rule, as its notebook shows it now."""
    making.year_of_returns(project)
    making.year_of_returns(project, slug="beeches")

    def shown(notebook=BOARD, **parameters):
        _collect_to_release(project, SECOND)
        return making.cells_of(making.page_of(notebook, **parameters))

    return shown


def change(project, applicant, slug="ashbourne", period="2025-26-Q1", **cells):
    """Change the row of one applicant."""
    path = project.raw / slug / period / "applications.csv"
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    (row,) = [row for row in rows if row["applicant"] == applicant]
    row.update(cells)
    making.write_rows(path, rows)


NOT_OFFERED = {"offered_on": ""}
NOT_SHORTLISTED = {"shortlisted_on": "", "interviewed_on": "", "offered_on": ""}
NOT_ELIGIBLE = NOT_SHORTLISTED | {"eligible_on": ""}
SHORTLISTED = {"shortlisted_on": "2025-05-05", "interviewed_on": "2025-05-12"}

# In vacancy V0 of each quarter, applicants 0 to 5 are White (0 to 2 shortlisted) and 6 to 10 BME (6 and 7
# shortlisted, 6 appointed); 11 is of unknown ethnicity. In V1 the White applicant 0 is appointed.
CHANGES = [
    ("V0-5", NOT_ELIGIBLE, {"applicants.White"} | SHORTLISTING | OVERALL),
    ("V0-10", NOT_ELIGIBLE, {"applicants.BME"} | SHORTLISTING | OVERALL),
    # One shortlist's chance of a BME appointment goes from 2/5 to 2/4, and the expected 9.6 to 9.7: still 10.
    ("V0-1", NOT_SHORTLISTED, {"shortlisted.White"} | SHORTLISTING | APPOINTMENT - {"appointment.counts"}),
    # It goes to 1/4, and the expected number to 9.45: now 9.
    ("V0-7", NOT_SHORTLISTED, {"shortlisted.BME"} | SHORTLISTING | APPOINTMENT),
    # It goes to 3/6, and the expected number to 9.7: still 10.
    ("V0-8", SHORTLISTED, {"shortlisted.BME"} | SHORTLISTING | APPOINTMENT - {"appointment.counts"}),
    ("V1-0", NOT_OFFERED, {"appointed.White"} | APPOINTMENT | OVERALL),
    ("V0-6", NOT_OFFERED, {"appointed.BME"} | APPOINTMENT | OVERALL),
    ("V0-10", {"ethnicity": "A"}, {"applicants.White", "applicants.BME"} | SHORTLISTING | OVERALL),
    ("V0-10", {"ethnicity": "Z"}, {"applicants.BME"} | SHORTLISTING | OVERALL),
    ("V0-10", {"ethnicity": "PC"}, set()),  # still BME
    ("V0-11", SHORTLISTED, set()),  # of unknown ethnicity
    ("junior-0", NOT_OFFERED, set()),  # below Band 8
    ("bulk-1", NOT_OFFERED, set()),  # in a bulk campaign
    ("V0-0", {"home_borough": "Croydon"}, set()),
]


@pytest.mark.parametrize(("applicant", "cells", "moved"), CHANGES)
def test_a_changed_row_moves_its_own_figures_and_no_others(project, page, applicant, cells, moved):
    before = page(organisation="ashbourne", period="latest")
    change(project, f"2025-26-Q1-{applicant}", **cells)
    after = page(organisation="ashbourne", period="latest")
    assert before.keys() == after.keys()
    found = {key for key in before if before[key] != after[key]}
    assert found == moved


def test_another_organisations_row_moves_nothing_here_and_one_sentence_on_the_front_page(project, page):
    before, front = page(organisation="ashbourne", period="latest"), page(FRONT, period="latest")
    change(project, "2025-26-Q1-V0-6", slug="beeches", **NOT_OFFERED)
    assert page(organisation="ashbourne", period="latest") == before
    after = page(FRONT, period="latest")
    assert {key for key in front if front[key] != after[key]} == {"sentence.beeches"}
    assert "11 of 23 appointments went to BME people" in after["sentence.beeches"]


def test_the_front_page_counts_what_can_be_shown(project, page):
    assert "2 of 2 organisations have figures" in page(FRONT, period="latest")["organisations"]
    (project.raw / "beeches" / "2025-26-Q1" / "applications.csv").unlink()
    after = page(FRONT, period="latest")
    assert "1 of 2 organisations have figures" in after["organisations"]
    assert "Nothing has been received for 2025-26-Q1" in after["sentence.beeches"]


ANALYST_CHANGES = [
    (
        "V0-6",
        NOT_OFFERED,
        {"appointed.BME", "observed.appointment.BME", "wres.appointed.BME", "nineteen.appointed.African"},
    ),
    ("V0-5", NOT_ELIGIBLE, {"applicants.White", "expected.shortlisting.BME", "five.applicants.White"}),
    (
        "V0-11",
        NOT_SHORTLISTED,
        {"wres.shortlisted.Unknown", "five.shortlisted.Unknown", "nineteen.shortlisted.Unknown"},
    ),
]


@pytest.mark.parametrize(("applicant", "cells", "must_move"), ANALYST_CHANGES)
def test_an_exact_page_moves_with_its_quarter(project, page, applicant, cells, must_move):
    for period in ("2026-27-Q1", "2026-27-Q2"):
        rows = making.vacancy(
            Quarter.parse(period), f"{period}-V0", [("A", 4), *[("B", 3)] * 4, ("A", 1), ("N", 4), ("H", 3)]
        )
        rows += making.vacancy(Quarter.parse(period), f"{period}-V1", [("A", 3), ("A", 1), ("N", 3), ("Z", 2)])
        making.write_rows(project.raw / "ashbourne" / period / "applications.csv", rows)
    target = {"V0-6": "V0-6", "V0-5": "V0-5", "V0-11": "V1-3"}[applicant]
    before = page(ANALYST, organisation="ashbourne", period="latest")
    change(project, f"2026-27-Q1-{target}", period="2026-27-Q1", **cells)
    assert page(ANALYST, organisation="ashbourne", period="latest") == before
    change(project, f"2026-27-Q2-{target}", period="2026-27-Q2", **cells)
    after = page(ANALYST, organisation="ashbourne", period="latest")
    moved = {key for key in before if before[key] != after[key]}
    assert must_move <= moved
    if "Unknown" in "".join(must_move):
        assert moved == must_move


def test_a_rejected_row_moves_the_receipts_and_is_not_counted(project, page):
    rows = making.vacancy(SECOND, "V0", [("A", 4), ("N", 3), ("N", 1)])
    path = making.write_rows(project.raw / "ashbourne" / "2026-27-Q2" / "applications.csv", rows)
    before = page(ANALYST, organisation="ashbourne", period="latest")
    change(project, "V0-2", period="2026-27-Q2", sex="?")
    after = page(ANALYST, organisation="ashbourne", period="latest")
    key = f"ashbourne/2026-27-Q2/{path.name}"
    assert [after[f"{name}.{key}"] for name in ("received", "accepted", "rejected")] == ["3", "2", "1"]
    assert (before["applicants.BME"], after["applicants.BME"]) == ("2", "1")
