"""Pledged actions in a release: as they were sent, each report's own."""

import shutil
from dataclasses import replace
from datetime import date

import duckdb
import pytest

from lt_analysis.codebook.periods import Quarter
from lt_analysis.codebook.returns import ACTIONS
from lt_analysis.commands.take_in import collect_to_release
from lt_analysis.counts.actions import keep_actions
from lt_analysis.evidence.relative_likelihood import RelativeLikelihood
from lt_analysis.release import read_release
from lt_analysis.release.approvals import Approvals, Texts, pledged_actions
from lt_analysis.release.figures import Action
from lt_analysis.release.files import ADDED, TABLES, copy_to_report, read_editions, release_folder
from tests import making

SECOND = Quarter.parse("2026-27-Q2")
LAST = date(2026, 9, 30)


def pledged(action="Panels are trained", **changes) -> dict:
    """One action as a return holds it: under way, and due in time."""
    row = {"action": action, "owner_role": "Director of people", "started_on": date(2026, 4, 1), "status": "under way"}
    return row | {"due_on": date(2026, 12, 31), "status_on": LAST} | changes


def send(folders, slug, *actions, period="2026-27-Q2"):
    """Write an organisation's return of actions."""
    making.write_rows(folders.raw / slug / period / "actions.csv", list(actions), ACTIONS.column_names)


@pytest.mark.parametrize(
    ("due", "status", "late"),
    [
        (date(2026, 9, 29), "under way", True),
        (date(2026, 9, 29), "not started", True),
        (date(2026, 9, 29), "stopped", True),
        (date(2026, 9, 29), "done", False),
        (LAST, "under way", False),
        (date(2026, 10, 1), "not started", False),
    ],
)
def test_late_is_due_before_the_quarters_last_day_and_not_done(due, status, late):
    action = Action("ashbourne.1", "Panels are trained", "Chair", None, due, status, LAST)
    assert action.is_late(SECOND) == late
    moved = replace(action, due_on=date(2027, 3, 31), soonest_due_on=due)
    assert moved.is_late(SECOND) == late  # another day makes it no less late


def test_an_action_whose_day_is_moved_away_from_one_report_to_the_next_stays_late_on_the_front_page_as_on_its_own(
    project,
):
    making.year_of_returns(project)
    for period, due in (("2026-27-Q1", date(2026, 6, 30)), ("2026-27-Q2", date(2027, 3, 31))):
        send(project, "ashbourne", pledged(due_on=due, status_on=Quarter.parse(period).last_day), period=period)
        collect_to_release(project, Quarter.parse(period))
    (ashbourne,) = read_release().organisations
    (action,) = ashbourne.late_actions
    assert (action.due_on, action.soonest_due_on) == (date(2027, 3, 31), date(2026, 6, 30))
    assert ashbourne.delivery[0].overdue


def test_actions_go_from_the_return_to_the_release_as_they_were_sent(project):
    making.year_of_returns(project)
    making.year_of_returns(project, slug="beeches")
    early = pledged("Exit interviews", due_on=date(2026, 6, 30), owner_role="ring 07700900000")
    send(project, "ashbourne", pledged("<b>Panels</b>, 2 of 3"), early)
    send(project, "ashbourne", pledged("An older report's"), period="2026-27-Q1")
    collect_to_release(project, SECOND)
    ashbourne, beeches = read_release().organisations
    assert beeches.actions == ()
    exit_interviews, panels = ashbourne.actions
    assert exit_interviews == Action(
        *("ashbourne.2", "Exit interviews", None, date(2026, 4, 1), date(2026, 6, 30), "under way", LAST),
        soonest_due_on=date(2026, 6, 30),
    )
    assert (panels.key, panels.text, panels.owner_role) == (
        "ashbourne.1",
        "<b>Panels</b>, 2 of 3",
        "Director of people",
    )
    assert ashbourne.late_actions == (exit_interviews,)
    quoted = {cell: text for cell, text in read_release().quoted.items() if not cell.startswith("aside.")}
    assert quoted == {
        "action.ashbourne.1": "<b>Panels</b>, 2 of 3",
        "owner.ashbourne.1": "Director of people",
        "action.ashbourne.2": "Exit interviews",
    }


def test_actions_leave_every_number_as_it_was(project):
    making.year_of_returns(project)
    collect_to_release(project, SECOND)
    (before,) = read_editions(project)
    shutil.rmtree(project.processed)
    send(project, "ashbourne", pledged())
    collect_to_release(project, SECOND)
    (after,) = read_editions(project)
    assert len(after.actions) == 1
    assert replace(after, actions=()) == before


@pytest.mark.thorough
def test_a_later_quarters_release_says_its_own_actions_alone(project):
    making.year_of_returns(project)
    send(project, "ashbourne", pledged("Then"))
    collect_to_release(project, SECOND)
    send(project, "ashbourne", pledged("Now", status_on=date(2026, 12, 31)), period="2026-27-Q3")
    collect_to_release(project, SECOND.next)
    assert [one.text for one in read_release().organisation("ashbourne").actions] == ["Now"]
    assert [one.text for one in read_release("2026-27-Q2").organisation("ashbourne").actions] == ["Then"]
    assert read_release().earlier == (SECOND,)
    assert read_release("2026-27-Q2").earlier == ()


def test_actions_of_an_organisation_that_is_not_in_the_release_are_left_out():
    with duckdb.connect() as connection:
        keep_actions(connection, [])
        texts = Texts("2026-27-Q2", Approvals())
        assert list(pledged_actions(connection, {"nobody": True}, texts)) == []
        row = pledged(adopted_from="beeches A1") | {"organisation": "nobody"}
        connection.execute(
            f"INSERT INTO actions ({', '.join(row)}) VALUES ({', '.join('?' * len(row))})", [*row.values()]
        )
        assert [one.organisation for one in pledged_actions(connection, {"nobody": True}, texts)] == ["nobody"]
        assert list(pledged_actions(connection, {"somebody": True}, texts)) == []
        # A folder that is no organisation of the release may be anything, and is not published.
        for known, taken_up in (("beeches", "beeches A1"), ("cedars", None)):
            (one,) = pledged_actions(connection, {"nobody": True, known: True}, texts)
            assert one.adopted_from == taken_up


LATER = Quarter.parse("2026-27-Q3")


def test_an_action_is_followed_by_its_reference_or_its_words_and_its_first_date_stays(project):
    making.year_of_returns(project)
    by_words = pledged("Exit interviews")
    send(project, "ashbourne", pledged(reference="PAN1"), by_words)
    collect_to_release(project, SECOND)
    moved = {"due_on": date(2027, 3, 31), "status_on": date(2026, 12, 31)}
    reworded = pledged("All of every panel's members", reference="pan1", **moved)
    send(project, "ashbourne", reworded, pledged("EXIT  interviews") | moved, pledged("New") | moved, period=str(LATER))
    collect_to_release(project, LATER)
    exits, panels, new = read_release().organisation("ashbourne").delivery
    assert (panels.last.action, panels.dates) == (reworded["action"], (date(2026, 12, 31), date(2027, 3, 31)))
    states = [state.value for one in (panels, exits, new) for state in one.states]
    assert states == ["quiet", "quiet", "first report"]
    assert (exits.key, panels.key, new.key) == ("ashbourne.1", "ashbourne.2", "ashbourne.3")


def test_an_action_that_is_sent_no_more_is_not_forgotten(project):
    making.year_of_returns(project)
    send(project, "ashbourne", pledged())
    for quarter in (SECOND, LATER, LATER.next):
        collect_to_release(project, quarter)
    (panels,) = read_release().organisation("ashbourne").delivery
    assert (panels.number, panels.last_heard, panels.state.value) == (None, SECOND, "stalled")


def test_what_is_wrong_with_an_optional_cell_leaves_it_empty_and_the_row_counts(project):
    making.year_of_returns(project)
    wrong = {"reference": "J. Smith", "element": "mood", "milestones_done": 4, "milestones_all": 3}
    send(project, "ashbourne", pledged(**wrong, needs="ring 07700900000"))
    collect_to_release(project, SECOND)
    (kept,) = read_editions(project)[0].actions
    assert (kept.reference, kept.element, kept.milestones_done, kept.milestones_all, kept.needs) == (
        *(None, None, None, 3, None),
    )


def test_a_reply_of_two_hundred_letters_is_kept_and_a_longer_one_is_not(project):
    making.year_of_returns(project)
    send(project, "ashbourne", pledged("A", reply="r" * 200), pledged("B", reply="r" * 201))
    collect_to_release(project, SECOND)
    assert [one.reply for one in read_editions(project)[0].actions] == ["r" * 200, None]


def test_a_release_that_was_made_before_columns_were_asked_for_is_read_and_copied_as_it_is(project):
    making.year_of_returns(project)
    send(project, "ashbourne", pledged(needs="A trainer"))
    collect_to_release(project, SECOND)
    table = release_folder(project, SECOND) / "actions.parquet"
    with duckdb.connect() as connection:
        first = ", ".join(column.name for column in TABLES["actions"] if column.name not in ADDED["actions"])
        connection.execute(f"CREATE TABLE old AS SELECT {first} FROM read_parquet('{table}')")
        connection.execute(f"COPY old TO '{table}' (FORMAT parquet)")
    copy_to_report(project, SECOND)
    (action,) = read_release().organisation("ashbourne").delivery
    assert (action.last.action, action.last.needs, action.state.value) == ("Panels are trained", None, "first report")


def test_a_done_action_is_set_beside_the_released_numbers_of_two_years(project):
    """144 White applicants and 120 BME ones in either year, of whom 72 and 48 are shortlisted: 10 points apart.

    So have the others, who are one organisation.
    """
    for year in ("2023-24", "2026-27"):
        for slug in ("ashbourne", "beeches"):
            making.year_of_returns(project, slug, year=year)
    collect_to_release(project, Quarter.parse("2023-24-Q4"))
    first, last = Quarter.parse("2025-26-Q1"), Quarter.parse("2025-26-Q4")
    about = {"started_on": date(2025, 4, 1), "measure": "shortlisting", "direction": "down", "target": "60 points"}
    send(project, "ashbourne", pledged(status_on=first.last_day, **about), period=str(first))
    collect_to_release(project, first)
    proved = about | {"status": "done", "status_on": last.last_day, "evidence": "Board paper"}
    send(project, "ashbourne", pledged(**proved), period=str(last))
    collect_to_release(project, last)
    (early,) = read_release().organisation("ashbourne").delivery
    assert (early.state, early.evaluation.told) == ("done", "too early to tell")
    collect_to_release(project, Quarter.parse("2026-27-Q4"))
    (action,) = read_release().organisation("ashbourne").delivery
    assert (action.state, str(action.evaluation.plan.before)) == ("done, no change seen", "2023-24")
    assert action.evaluation.before == action.evaluation.after == RelativeLikelihood(72, 144, 48, 120)
    assert action.evaluation.others == (action.evaluation.before, action.evaluation.after)
    assert read_release("2025-26-Q4").organisation("ashbourne").delivery[0].state == "done"
