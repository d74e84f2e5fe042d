from lt_analysis.codebook.periods import FinancialYear, Quarter
from lt_analysis.commands.take_in import collect_to_release
from lt_analysis.release import read_release
from lt_analysis.release.approvals import awaiting
from lt_analysis.release.figures import Goal
from tests import making
from tests.collection.test_goal import GOAL, declare

SECOND = Quarter.parse("2026-27-Q2")


def test_an_invented_goal_goes_from_its_file_to_the_release_as_it_stood(project):
    making.year_of_returns(project)
    declare(project)
    collect_to_release(project, SECOND)
    stood = Goal(GOAL["says"], GOAL["known_by"], FinancialYear(2027), invented=True)
    assert read_release().goal == stood
    declare(project, says="Something else altogether.")
    collect_to_release(project, SECOND)
    assert read_release().goal == stood


def test_a_real_goals_words_await_approval_and_are_said_once_they_have_it(project):
    making.year_of_returns(project)
    declare(project, invented=False)
    collect_to_release(project, SECOND)
    assert read_release().goal == Goal(None, None, FinancialYear(2027), invented=False)
    waiting = {(one.organisation, one.field) for some in awaiting(project) for one in some}
    assert {("partnership", "goal"), ("partnership", "known_by")} <= waiting
    making.approve_all(project)
    assert read_release().goal.says == GOAL["says"]


def test_a_goal_that_cannot_be_read_keeps_no_report_back(project, capsys):
    making.year_of_returns(project)
    declare(project, by="soon")
    collect_to_release(project, SECOND)
    assert read_release().goal is None
    assert "partnership/goal.yml" in capsys.readouterr().err
