"""Staff, events, survey and actions: what a good row is kept as, and every way in which one can be wrong."""

import pytest

from lt_analysis.codebook.returns import ACTIONS, EVENTS, STAFF, SURVEY
from tests import making
from tests.collection.test_collect import collected, kept, only_receipt, send

GOOD = {
    STAFF: {
        "person": "P1",
        "grade": "Band 8b",
        "staff_group": "Nursing",
        "work": "Clinical",
        "full_time_equivalent": "0.6",
        "started_on": "2019-05-01",
        "ethnicity": "African",
        "sex": "Female",
        "board": "no",
    },
    EVENTS: {"person": "P1", "event": "Promotion", "happened_on": "12/08/2026"},
    SURVEY: {"question": "Discrimination", "ethnicity": "BME", "respondents": "120", "yes": "18"},
    ACTIONS: {
        "action": "Two of every panel's members are trained",
        "owner_role": "Director of people",
        "started_on": "2026-04-01",
        "due_on": "2026-12-31",
        "status": "under way",
        "status_on": "2026-09-30",
    },
}
WRONG = [
    (STAFF, {"person": ""}, "person", "the cell is empty"),
    (STAFF, {"grade": "Band 8"}, "grade", "the audit knows no such band"),
    (STAFF, {"grade": ""}, "grade", "the audit knows no such band"),
    (STAFF, {"grade": "8+"}, "grade", "the audit knows no such band"),
    (STAFF, {"work": "both"}, "work", "the audit has no such code"),
    (STAFF, {"full_time_equivalent": "37.5"}, "full_time_equivalent", "it is not a share of full time"),
    (STAFF, {"started_on": "2026-10-01"}, "started_on", "joined after the period"),
    (STAFF, {"left_on": "2026-06-30"}, "left_on", "did not leave in 2026-27-Q2"),
    (STAFF, {"left_on": "2026-07-01", "started_on": "2026-08-01"}, "left_on", "left before having joined"),
    (STAFF, {"leaving_reason": "resigned"}, "leaving_reason", "a reason for leaving without a date"),
    (STAFF, {"left_on": "2026-07-01", "leaving_reason": "poached"}, "leaving_reason", "the audit has no such code"),
    (STAFF, {"ethnicity": "Q"}, "ethnicity", "it is not an ethnic category that the audit knows"),
    (STAFF, {"board": "chair"}, "board", "the audit has no such code"),
    (EVENTS, {"event": "party"}, "event", "the audit has no such code"),
    (EVENTS, {"event": ""}, "event", "the cell is empty"),
    (EVENTS, {"happened_on": "2026-06-30"}, "happened_on", "it did not happen in 2026-27-Q2"),
    (EVENTS, {"happened_on": "June"}, "happened_on", "it is not a date"),
    (SURVEY, {"yes": "121"}, "yes", "more said yes than answered"),
    (SURVEY, {"respondents": "many"}, "respondents", "it is not a whole number"),
    (SURVEY, {"respondents": "-1"}, "respondents", "it is not a whole number"),
    (SURVEY, {"question": "q14"}, "question", "the audit has no such code"),
    (SURVEY, {"ethnicity": "Everybody"}, "ethnicity", "it is not an ethnic category that the audit knows"),
    (ACTIONS, {"due_on": "2026-03-31"}, "due_on", "due before having been started"),
    (ACTIONS, {"due_on": ""}, "due_on", "the cell is empty"),
    (ACTIONS, {"status": "nearly"}, "status", "the audit has no such code"),
    (ACTIONS, {"status_on": "2026-10-01"}, "status_on", "it stood so after the period"),
    (ACTIONS, {"started_on": ""}, "started_on", "under way or done without having been started"),
]
OTHERS = {"person": "P0", "question": "equal opportunities", "action": "Another"}
TWICE = {
    STAFF: ("person", "this person already stands in an earlier row"),
    EVENTS: ("person", "this event already stands in an earlier row"),
    SURVEY: ("question", "this group already stands in an earlier row for this question"),
    ACTIONS: ("action", "this action already stands in an earlier row"),
}


def sent(project, kind, rows, **organisation):
    columns = tuple(name for name in kind.column_names if name != "salary")
    filled = [dict.fromkeys(columns, "") | row for row in rows]
    send(project, filled, name=f"{kind.name}.csv", columns=columns, **organisation)
    return only_receipt(project)


@pytest.mark.parametrize("kind", GOOD, ids=lambda kind: kind.name)
def test_a_good_row_is_kept_in_the_audits_words(project, kind):
    assert sent(project, kind, [GOOD[kind]]).accepted == 1
    found = {name: values[0] for name, values in kept(project).items()}
    expected = {
        STAFF: {"band": "8b", "work": "clinical", "ethnicity": "N", "sex": "female", "religion": "not known"},
        EVENTS: {"event": "promotion"},
        SURVEY: {"question": "discrimination", "ethnicity": "BME", "respondents": 120, "yes": 18},
        ACTIONS: {"status": "under way"},
    }[kind]
    assert expected.items() <= found.items()
    assert not {"grade", "time_sent"} & found.keys()


@pytest.mark.parametrize(("kind", "changes", "column", "reason"), WRONG)
def test_a_wrong_row_is_rejected_with_its_place_reason_and_remedy(project, kind, changes, column, reason):
    other = GOOD[kind] | {name: value for name, value in OTHERS.items() if name in GOOD[kind]}
    receipt = sent(project, kind, [other, GOOD[kind] | changes])
    assert (receipt.accepted, receipt.rejected) == (1, 1)
    assert (3, column, reason) in {(problem.row, problem.column, problem.reason) for problem in receipt.problems}
    assert all(problem.remedy for problem in receipt.problems)


@pytest.mark.parametrize("kind", GOOD, ids=lambda kind: kind.name)
def test_the_second_of_two_rows_for_one_thing_is_rejected(project, kind):
    receipt = sent(project, kind, [GOOD[kind], GOOD[kind]])
    assert [(problem.row, problem.column, problem.reason) for problem in receipt.problems] == [(3, *TWICE[kind])]


def test_a_salary_of_staff_is_placed_by_the_pay_of_the_periods_last_day(project):
    columns = tuple(name for name in STAFF.column_names if name != "grade")
    rows = [
        dict.fromkeys(columns, "") | GOOD[STAFF] | {"person": pay, "salary": pay}
        for pay in ("66,273", "£66274", "75328.00")
    ]
    send(project, rows, name="staff.csv", columns=columns, grades="salary", high_cost_area="inner")
    assert only_receipt(project).accepted == 3
    assert kept(project)["band"] == ["7", "8a", "8b"]  # the minimums are those of the applications' test


def test_returns_of_every_kind_may_stand_in_one_quarter(project):
    for kind in GOOD:
        columns = tuple(name for name in kind.column_names if name != "salary")
        send(project, [dict.fromkeys(columns, "") | GOOD[kind]], name=f"{kind.name}.csv", columns=columns)
    send(project, [making.application()])
    found = collected(project)
    assert found.faults == ()
    assert sorted(receipt.found.kind.name for receipt in found.accepted) == [
        *("actions", "applications", "events", "staff", "survey")
    ]
    assert [receipt.found.kind.name for receipt in found.recruitment.receipts] == ["applications"]


def test_a_column_that_a_return_can_do_without_counts_as_empty_and_that_is_said(project):
    columns = ("person", "grade", "work", "started_on", "left_on", "ethnicity")
    send(project, [GOOD[STAFF]], name="staff.csv", columns=columns)
    receipt = only_receipt(project)
    assert receipt.accepted == 1
    assert "there is no column disability, so it counts as empty" in receipt.read.remarks
    assert kept(project)["disability"] == ["not known"]
    send(project, [GOOD[STAFF]], name="staff.csv", columns=columns[:-1])
    assert "the header has no ethnicity" in str(only_receipt(project).refusal)
