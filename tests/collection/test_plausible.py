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


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("V 001", "V\u00a0001"),
        ("V001", "V\u2009001"),
        ("V 001", "v\u202f001"),
        ("V001", "V\u200b001"),
        ("V 1", "V\u30001"),
    ],
)
def test_spaces_of_any_kind_are_spaces(project, one, other):
    changed = {"V0": one, "V1": other}
    sent = [row | {"vacancy": changed.get(row["vacancy"], row["vacancy"])} for row in rows()]
    assert "the references of 1 vacancies are written in several ways" in remarks(project, sent)


@pytest.mark.parametrize("spaces", ["", " ", "\u00a0"])
def test_an_empty_grade_is_said_to_be_empty(project, spaces):
    send(project, [row | {"grade": spaces} for row in rows()])
    refusal = str(only_receipt(project).refusal)
    assert "the cell is empty" in refusal and "one such word" not in refusal


def with_months_first(days):
    """Rows of which each date has the day of a month that is given for its place, all with their months first."""
    sent = []
    for row in rows():
        dates = {name: row[name].replace(day=days[place]) for place, name in enumerate(days_of(row))}
        sent.append(row | {name: american(str(day)) for name, day in dates.items()})
    return sent


def days_of(row):
    return [name for name in making.COLUMNS if name.endswith("_on") and row[name]]


@pytest.mark.parametrize("day", ["07/21/2026", "7/21/2026", "07-21-2026", "07.21.26", "07/21/2026 00:00"])
def test_of_a_refused_return_it_is_said_that_months_stand_first(project, day):
    send(project, [row | {"closed_on": day} for row in rows()])
    receipt = only_receipt(project)
    for one in (receipt.refusal, *receipt.problems):
        assert "its month seems to stand first" in str(one).lower()
    assert "Move the row" not in str(receipt.refusal)


@pytest.mark.parametrize(
    "days",
    [(1, 10, 3, 4, 5, 6, 7), (2, 12, 4, 11, 12, 12, 12), (9, 10, 10, 10, 11, 12, 12)],
)
def test_dates_that_read_as_another_quarter_are_not_sent_there_where_months_stand_first(project, days):
    send(project, with_months_first(days))
    receipt = only_receipt(project)
    assert "The months of all dates seem to stand first" in str(receipt.refusal)
    assert not any("Move the row" in str(one) for one in (receipt.refusal, *receipt.problems))


@pytest.mark.parametrize("closed", ["2026-10-02", "02/10/2026", "2026-10-20"])
def test_a_return_of_another_quarter_is_sent_there(project, closed):
    send(project, [row | {"closed_on": closed} for row in rows()])
    assert "Move the row to the return of the quarter" in str(only_receipt(project).refusal)


def test_what_waits_for_dates_with_months_first_says_so(project):
    sent = rows(60)
    for row in sent[:30]:
        row["closed_on"] = american(str(row["closed_on"]))
    send(project, sent)
    assert "posts had to be set aside" in str(only_receipt(project).refusal)
    assert "Its month seems to stand first" in str(only_receipt(project).refusal)
