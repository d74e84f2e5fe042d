"""No return counts of which what is left out, or cannot be read, could tilt a figure."""

import pytest

from lt_analysis.collection.collect import record_path
from tests import making
from tests.collection.test_collect import kept, only_receipt, send
from tests.making import application, vacancy, write_rows

QUARTER = making.parse_period("2026-27-Q2")
TOTALS = ("grade", "ethnicity", "applied", "shortlisted", "offered")


def total(*numbers, grade="8+"):
    return dict(zip(TOTALS, (grade, *numbers), strict=True))


def posts(number, people, **changes):
    return [row for name in range(number) for row in vacancy(QUARTER, f"V{name}", people, **changes)]


def stages(project):
    """How many of the kept records came to each stage, by the first letter of their ethnicity."""
    records = kept(project)
    found = {}
    for code, stage in zip(records["ethnicity"], records["stage"], strict=True):
        found[code, stage] = found.get((code, stage), 0) + 1
    return found


# A row that is wrong keeps what it says.


@pytest.mark.parametrize("nothing", ["N/A", "NA", "n/a", "none", "null", "nil", "NaT", "-", "–", ".", "00/01/1900"])
@pytest.mark.parametrize("sifted", [False, True])
@pytest.mark.one_in(4)
def test_however_nothing_is_written_it_is_nothing(project, monkeypatch, nothing, sifted):
    # What stood in `shortlisted_on` of everybody who was not shortlisted once took them all out of the count.
    monkeypatch.setattr("lt_analysis.collection.large_files.LARGE", 0 if sifted else 1 << 30)
    sex = "" if "0" in nothing else nothing
    rows = [
        row | {name: row[name] or nothing for name in ("shortlisted_on", "interviewed_on", "offered_on", "staff_group")}
        for row in posts(2, [("C", 4), ("C", 1), ("H", 3), ("H", 1)], staff_group="", sex=sex)
    ]
    send(project, rows)
    receipt = only_receipt(project)
    assert (receipt.accepted, receipt.unread, receipt.problems) == (8, 0, ())
    assert stages(project) == {("C", "offered"): 2, ("C", "eligible"): 2, ("H", "interviewed"): 2, ("H", "eligible"): 2}
    assert set(kept(project)["sex"]) == {"not known"}


def test_none_is_a_religion_and_a_campaign_of_none_is_none(project):
    send(project, [application(religion="None", campaign="none")])
    only_receipt(project)
    assert (kept(project)["religion"], kept(project)["campaign"]) == (["none"], ["none"])


@pytest.mark.parametrize("error", ["#N/A", "#REF!", "#DIV/0!", "Err:502", "#NAME?", "########"])
def test_a_spreadsheets_error_is_not_nothing(project, error):
    # Once a shortlisted person whose date was an error had not been shortlisted, and nothing was said.
    rows = posts(9, [("C", 3), ("H", 1)])
    rows[0] |= {"shortlisted_on": error, "interviewed_on": ""}
    rows[5] |= {"ethnicity": error}
    send(project, rows)
    receipt = only_receipt(project)
    assert (receipt.accepted, receipt.rejected, receipt.unread, receipt.posts_aside) == (16, 2, 1, 1)
    assert [(one.row, one.column) for one in receipt.problems] == [(2, "shortlisted_on"), (7, "ethnicity")]
    assert stages(project) == {("C", "interviewed"): 8, ("H", "eligible"): 7, ("99", "eligible"): 1}


@pytest.mark.parametrize(
    ("cells", "stage"),
    [
        ({"shortlisted_on": "31/31/2026"}, "shortlisted"),
        ({"shortlisted_on": "in week 31"}, "shortlisted"),
        ({"shortlisted_on": "yes", "interviewed_on": "2026-08-20"}, "interviewed"),
        ({"eligible_on": "", "shortlisted_on": "2026-08-20"}, "shortlisted"),
        ({"offered_on": "soon", "started_on": "2026-10-01"}, "offered"),
        ({"started_on": "1 Octember", "offered_on": ""}, "offered"),
        ({"shortlisted_on": "2026-07-01"}, "shortlisted"),  # before it was eligible
    ],
)
def test_a_stage_is_reached_where_its_cell_holds_a_digit_or_a_later_one_can_be_read(project, cells, stage):
    (row,) = vacancy(QUARTER, "V1", [("H", 1)])
    send(project, [row | cells])
    receipt = only_receipt(project)
    assert (receipt.accepted, receipt.rejected) == (1, 0)
    assert receipt.problems
    assert kept(project)["stage"] == [stage]


@pytest.mark.parametrize("cell", ["yes", "?", "to be confirmed", "=TODAY()"])
def test_a_row_whose_stage_cannot_be_told_takes_its_post_with_it_and_no_other(project, cell):
    rows = posts(9, [("C", 3), ("H", 1)])
    rows[1] |= {"shortlisted_on": cell}
    send(project, rows)
    receipt = only_receipt(project)
    assert (receipt.accepted, receipt.rejected, receipt.posts_aside) == (16, 2, 1)
    assert set(kept(project)["vacancy"]) == {f"V{name}" for name in range(1, 9)}


@pytest.mark.parametrize(
    ("column", "cell"),
    [("campaign", "?"), ("grade", "banded"), ("closed_on", "soon"), ("advertised_on", "#N/A"), ("grade", "")],
)
def test_what_one_row_does_not_say_of_its_post_the_others_do(project, column, cell):
    rows = posts(1, [("C", 3), ("C", 1), ("H", 3)])
    rows[2] |= {column: cell}
    send(project, rows)
    receipt = only_receipt(project)
    assert (receipt.accepted, receipt.rejected) == (3, 0)
    records = kept(project)
    assert all(len(set(records[name])) == 1 for name in ("band", "campaign", "closed_on", "advertised_on"))


def test_of_rows_for_one_application_the_furthest_stage_counts(project):
    # A system that writes a row for each stage had everybody come no further than the first.
    rows = [row for stages_reached in (1, 2, 4, 3) for row in posts(1, [("C", stages_reached)])]
    send(project, [*rows, *posts(1, [("C", 1), ("H", 2)])[1:]])
    assert kept_after_receipt(project) == {("C", "offered"): 1, ("H", "shortlisted"): 1}


def kept_after_receipt(project):
    only_receipt(project)
    return stages(project)


@pytest.mark.parametrize(
    "column", ["sex", "disability", "religion", "age_band", "source", "home_borough", "applied_on"]
)
def test_a_cell_on_which_no_figure_depends_is_not_known_and_its_row_stays(project, column):
    # Once the applications of people who answered "Non-binary" left the counts by ethnic group.
    send(project, posts(1, [("C", 3), ("H", 3)], **{column: "#VALUE!"}))
    receipt = only_receipt(project)
    assert (receipt.accepted, receipt.unread) == (2, 2)
    assert {one.column for one in receipt.problems} == {column}


@pytest.mark.parametrize("sex", ["Non-binary", "Other", "12", "Indeterminate"])
def test_another_sex_has_a_code(project, sex):
    send(project, [application(sex=sex, disability="Prefer to self-describe")])
    assert only_receipt(project).problems == ()
    assert (kept(project)["sex"], kept(project)["disability"]) == (["other"], ["self-described"])


# Returns that are refused, and returns that wait.


def test_rows_without_a_vacancy_are_left_out_up_to_one_in_fifty_and_refuse_the_return_above(project):
    rows = posts(10, [("C", 3)] * 5 + [("H", 1)] * 5)
    for name, (without, refused) in {"": (2, False), "#REF!": (3, True), "2.02607E+11": (3, True)}.items():
        send(project, [row | ({"vacancy": name} if place < without else {}) for place, row in enumerate(rows)])
        receipt = only_receipt(project)
        assert bool(receipt.refusal) == refused
        assert refused or (receipt.accepted, receipt.rejected) == (98, 2)


@pytest.mark.parametrize("word", ["Rejected at shortlisting", "Not progressed", "Sifted out", "Closed"])
def test_an_unknown_word_of_status_refuses_the_return_and_is_named_once(project, word):
    # Each row with it was rejected once, and 100% of the others had been shortlisted.
    columns = (*(name for name in making.COLUMNS if name not in making.STAGES), "application_status")
    columns = tuple(name for name in columns if name not in ("declined_on", "started_on"))
    rows = posts(1, [("C", 0)] * 12)
    for place, row in enumerate(rows):
        row["application_status"] = "Interviewed" if place < 5 else word
    send(project, rows, columns=columns)
    receipt = only_receipt(project)
    assert (receipt.refusal.row, receipt.refusal.column) == (7, "application_status")
    assert f'7 rows hold "{word}"' in str(receipt.refusal)
    send(project, rows, columns=columns, values={"application_status": {word: "applied"}})
    assert only_receipt(project).accepted == 12


@pytest.mark.parametrize("offered", ["<5", "", "n/a", "*", "under 5", "#N/A"])
def test_totals_with_a_number_that_cannot_be_read_are_refused_whole(project, offered):
    # The row of BME people was rejected once, and that of White people kept: "0 of 60 places went to BME people".
    rows = [total("White", 160, 60, 12), total("BME", 90, 20, offered), total("Unknown", 9, 2, 0)]
    send(project, rows, name="stage-totals.csv", columns=TOTALS, grades="totals only")
    refusal = only_receipt(project).refusal
    assert (refusal.row, refusal.column) == (3, "offered")


@pytest.mark.parametrize(
    "rows",
    [
        [total("White", 160, 60, 12), total("", 90, 20, 3)],
        [total("White", 160, 60, 12), total("Everybody", 90, 20, 3)],
        [total("White", 160, 60, 12), total("Unknown", 9, 2, 0)],
        [total("BME", 90, 20, 3), total("Unknown", 9, 2, 0)],
        [total("White", 160, 60, 12), total("BME", 90, 20, 3), total("BME", 9, 2, 0, grade="x")],
    ],
    ids=["no group", "no group that is known", "no row of BME people", "no row of White people", "no-band"],
)
def test_totals_without_a_group_are_refused(project, rows):
    send(project, rows, name="stage-totals.csv", columns=TOTALS, grades="totals only")
    assert only_receipt(project).refusal


# Of 100 applicants 2 may hold words that the audit does not know, of 250 may 5, and of 240 not 5.
@pytest.mark.parametrize(
    ("vacancies", "unknown", "stage", "waits"),
    [(10, 2, 1, False), (25, 5, 1, False), (24, 5, 1, True), (10, 4, 1, False), (10, 1, 4, True), (10, 5, 3, True)],
)
def test_a_return_waits_for_words_that_could_tilt_a_stage(project, vacancies, unknown, stage, waits):
    rows = posts(vacancies, [("C", 3)] * 5 + [("H", 3)] * 5)
    rows = [row | {"ethnicity": "Zog"} if place < unknown else row for place, row in enumerate(rows)]
    for row in rows[:unknown]:
        row |= dict.fromkeys(making.STAGES[stage:], "") | making.reached(row["closed_on"], *making.STAGES[:stage])
    send(project, rows)
    receipt = only_receipt(project)
    assert bool(receipt.refusal) == waits
    assert not waits or "under `values:`" in str(receipt.refusal)
    (problem,) = receipt.problems
    assert ("rows hold" in problem.reason) == (unknown > 1)
    assert waits or kept(project)["ethnicity"].count("99") == unknown
    send(project, rows, values={"ethnicity": {"Zog": "S"}})
    assert only_receipt(project).problems == ()


@pytest.mark.parametrize(("vacancies", "aside", "waits"), [(50, 5, False), (49, 5, True), (12, 4, False)])
def test_a_return_of_which_too_many_posts_are_set_aside_waits_and_says_for_which_columns(
    project, vacancies, aside, waits
):
    rows = posts(vacancies, [("C", 3), ("H", 1)])
    for row in rows[: 2 * aside : 2]:
        row |= {"eligible_on": "yes", "shortlisted_on": "", "interviewed_on": ""}
    send(project, rows)
    receipt = only_receipt(project)
    assert bool(receipt.refusal) == waits
    assert not waits or "eligible_on" in str(receipt.refusal)
    assert waits or receipt.posts_aside == aside


def test_posts_that_closed_in_another_quarter_belong_to_another_return_and_are_not_set_aside(project):
    rows = posts(12, [("C", 3), ("H", 1)])
    rows += [row | {"vacancy": f"X{row['vacancy']}", "closed_on": "2026-10-02"} for row in rows[:12]]
    send(project, rows)
    receipt = only_receipt(project)
    assert (receipt.accepted, receipt.rejected, receipt.posts_aside, receipt.refusal) == (24, 12, 0, None)


# The pay of an hour, a week, a month; none; a slip; a range turned round.
@pytest.mark.parametrize(
    "pay", [("32", ""), ("1100", ""), ("5417", ""), ("0", ""), ("650000", ""), ("70000", "58000"), ("70000", "900000")]
)
def test_pay_that_cannot_be_leaves_its_post_out_and_is_counted(project, pay):
    columns = (*(name for name in making.COLUMNS if name != "grade"), "salary_minimum", "salary_maximum")
    rows = posts(9, [("C", 3), ("H", 1)], salary_minimum="67000", salary_maximum="72000")
    rows = [
        row | dict(zip(("salary_minimum", "salary_maximum"), pay, strict=True)) if row["vacancy"] == "V3" else row
        for row in rows
    ]
    send(project, rows, columns=columns, grades="salary", high_cost_area="inner")
    receipt = only_receipt(project)
    assert (receipt.accepted, receipt.rejected, receipt.posts_aside) == (16, 2, 1)
    assert "V3" not in kept(project)["vacancy"]


@pytest.mark.parametrize("share", ["1.5", "1.99", "37.5", "1.01"])
def test_more_than_full_time_is_said_and_not_known(project, share):
    columns = ("person", "grade", "work", "full_time_equivalent", "started_on", "left_on", "ethnicity")
    row = {"person": "P1", "grade": "7", "work": "clinical", "started_on": "2019-05-01", "ethnicity": "C"}
    send(project, [row | {"full_time_equivalent": share, "left_on": ""}], name="staff.csv", columns=columns)
    receipt = only_receipt(project)
    assert [one.column for one in receipt.problems] == ["full_time_equivalent"]
    assert (receipt.accepted, receipt.unread) == (1, 1)


def test_what_was_refused_keeps_what_there_is_to_mend(project):
    rows = posts(10, [("C", 3), ("H", 1)])
    for row in rows[:10:2]:
        row |= {"eligible_on": "yes", "shortlisted_on": "", "interviewed_on": ""}
    send(project, rows)
    receipt = only_receipt(project)
    assert receipt.refusal
    assert [one.row for one in receipt.problems] == [2, 4, 6, 8, 10]
    assert not record_path(project, receipt.found).exists()


def test_a_large_file_is_set_aside_and_refused_as_a_small_one_is(project, monkeypatch):
    rows = posts(12, [("C", 3), ("H", 1)])
    rows[3] |= {"eligible_on": "yes", "campaign": "?"}
    rows[4] |= {"grade": "", "closed_on": "soon", "shortlisted_on": "in week 31"}
    found = []
    for large in (1 << 30, 0):
        monkeypatch.setattr("lt_analysis.collection.large_files.LARGE", large)
        write_rows(making.organisation(project, "ashbourne") / str(QUARTER) / "applications.csv", rows)
        receipt = only_receipt(project)
        found.append(
            (receipt.accepted, receipt.unread, receipt.posts_aside, list(map(str, receipt.problems)), stages(project))
        )
    assert found[0] == found[1]
    assert found[0][:3] == (22, 1, 1)
