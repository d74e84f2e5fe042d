"""Returns beside recruitment: what a good row is kept as."""

import pytest

from lt_analysis.codebook.returns import (
    ACTIONS,
    ANCHORS,
    ANSWERED,
    EVENTS,
    MENTORING,
    METRICS,
    STAFF,
    SURVEY,
    TRAITS_RATED,
)
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
    MENTORING: {"pair": "M1", "executive_role": "Chief nurse", "started_on": "2026-04-01", "meetings": "3"},
    TRAITS_RATED: {
        **{"trait": "Cultural Intelligence", "rater_kind": "Self", "asked_on": "30/09/2026"},
        **dict.fromkeys(ANSWERED, "2"),
    },
    METRICS: {"metric": "blood-pressure", "practice": "G85001", "numerator": "60", "denominator": "100"},
    ANCHORS: {
        "kind": "Apprenticeships",
        "promised": "60",
        "unit": "people",
        "due_on": "2027-03-31",
        "reached": "22",
        "as_of": "2026-09-30",
        "document": "Anchor plan of 2025, page 4",
    },
}


def sent(project, kind, rows, **organisation):
    making.asked(project)
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
        MENTORING: {"pair": "M1", "meetings": 3, "partner_group": "not known"},
        TRAITS_RATED: {"trait": "cultural intelligence", "rater_kind": "self", "answered_5": 2},
        METRICS: {"practice": "G85001", "axis": "not known", "numerator": 60},
        ANCHORS: {"kind": "apprenticeships", "reached": 22},
    }[kind]
    assert expected.items() <= found.items()
    assert not {"grade", "time_sent"} & found.keys()


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
    making.asked(project)
    for kind in GOOD:
        columns = tuple(name for name in kind.column_names if name != "salary")
        send(project, [dict.fromkeys(columns, "") | GOOD[kind]], name=f"{kind.name}.csv", columns=columns)
    send(project, [making.application()])
    found = collected(project)
    assert found.faults == ()
    assert sorted(receipt.found.kind.name for receipt in found.accepted) == [
        *("actions", "anchors", "applications", "events", "mentoring", "metrics", "staff", "survey", "traits")
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


def test_what_only_some_returns_say_of_boards_doctors_and_days_is_kept_and_older_returns_lack_it(project):
    doctor = {"grade": "medical", "work": "medical", "medical_grade": "Non-Consultant Career Grade"}
    executive = {"person": "P2", "board": "voting", "board_role": "Non Executive", "snapshot_on": "30/09/2026"}
    assert sent(project, STAFF, [GOOD[STAFF] | doctor, GOOD[STAFF] | executive]).problems == ()
    found = kept(project)
    assert found["medical_grade"] == ["non-consultant career grade", "not known"]
    assert found["board_role"] == ["not known", "non-executive"]
    assert [str(day)[:10] for day in found["snapshot_on"]] == ["NaT", "2026-09-30"]
    columns = ("person", "grade", "work", "started_on", "left_on", "ethnicity", "board")
    send(project, [GOOD[STAFF] | {"board": "voting"}], name="staff.csv", columns=columns)
    receipt = only_receipt(project)
    assert (receipt.accepted, receipt.problems) == (1, ())
    assert not [remark for remark in receipt.read.remarks if "board_role" in remark or "snapshot_on" in remark]
    assert kept(project)["board"] == ["voting"]


def test_of_an_event_the_ground_or_both_grades_are_kept_where_they_belong_to_it_and_are_not_known_elsewhere(project):
    process = GOOD[EVENTS] | {"event": "formal capability", "ground": "Ill Health"}
    promotion = GOOD[EVENTS] | {"person": "P2", "from_grade": "Band 7", "to_grade": "VSM"}
    slip = GOOD[EVENTS] | {"person": "P3", "from_grade": "8b", "to_grade": "8a", "ground": "performance"}
    receipt = sent(project, EVENTS, [process, promotion, slip])
    assert (receipt.accepted, len(receipt.problems)) == (3, 2)
    found = kept(project)
    assert found["ground"] == ["ill health", "not known", "not known"]
    assert [str(grade) for grade in found["from_grade"]] == ["nan", "7", "8b"]
    assert [str(grade) for grade in found["to_grade"]] == ["nan", "VSM", "nan"]


def test_an_organisations_own_grades_need_not_be_known_of_a_promotion_and_equal_ones_are_kept(project):
    row = GOOD[EVENTS] | {"from_grade": "PO5", "to_grade": "Spine point 40"}
    about = {"grades": "salary", "high_cost_area": "inner", "equivalent_grades": {"2026-27": {"PO5": "7"}}}
    assert sent(project, EVENTS, [row], **about).problems == ()
    assert [str(*kept(project)[name]) for name in ("from_grade", "to_grade")] == ["po5", "None"]
