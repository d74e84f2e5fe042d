"""Whether a done action's number moved: hand-made reports and released numbers, and the words that the rule gives."""

from dataclasses import replace
from datetime import date

import pytest

from lt_analysis.codebook.measures import DISCIPLINARY, SHORTLISTING
from lt_analysis.codebook.periods import FinancialYear, Quarter
from lt_analysis.codebook.protocol import declared_protocol
from lt_analysis.evidence.relative_likelihood import RelativeLikelihood
from lt_analysis.release.evaluation import Named, Plan, Told, evaluations, plan_of

RULE = declared_protocol().done_actions
UNTIL = Quarter.parse("2027-28-Q1")
BEFORE, AFTER = FinancialYear(2023), FinancialYear(2026)
PLAN = Plan(SHORTLISTING, "down", 0.10, BEFORE, AFTER)
WIDE, NARROW = RelativeLikelihood(800, 2000, 400, 2000), RelativeLikelihood(800, 2000, 700, 2000)  # 20 points, and 5
FEW_WIDE, FEW_NARROW = RelativeLikelihood(12, 30, 6, 30), RelativeLikelihood(12, 30, 10, 30)


def named(quarter="2025-26-Q1", status="under way", **about):
    usual = {"started_on": date(2025, 4, 1), "measure": "shortlisting", "direction": "down", "target": "10 points"}
    return Named(Quarter.parse(quarter), status, **usual | about)


STILL = RelativeLikelihood(40_000, 100_000, 30_000, 100_000)  # of others whose gap is 10 points in both years
NARROWED = RelativeLikelihood(40_000, 100_000, 40_000, 100_000)


def told(plan, before, after, until=UNTIL, elsewhere=(STILL, STILL), **more):
    """The word for one plan, beside those of other actions, each the same plan, of an organisation with two years.

    `elsewhere` are the two years of an organisation without an action.
    """
    years = {"own": (before, after), "elsewhere": elsewhere} | more
    found = evaluations(
        {f"{one}.1": plan for one in ("own", *more)},
        lambda one, measure, year: years[one][0 if year == plan.before else 1],
        years,
        until,
        RULE,
    )
    return found["own.1"].told


@pytest.mark.parametrize(
    ("plan", "before", "after", "said"),
    [
        (PLAN, WIDE, NARROW, Told.SHOWS),  # 15 points less, of which the standard error is 2.1
        (replace(PLAN, direction="up"), NARROW, WIDE, Told.SHOWS),
        (PLAN, NARROW, WIDE, Told.OTHER_WAY),
        (PLAN, WIDE, WIDE, Told.NO_CHANGE),  # 10 points would have been found: 4.7 standard errors
        (replace(PLAN, target=0.02), WIDE, WIDE, Told.TOO_FEW),  # 2 points would not: 0.9
        (replace(PLAN, target=None), WIDE, WIDE, Told.TOO_FEW),
        (PLAN, FEW_WIDE, FEW_NARROW, Told.TOO_FEW),
        (PLAN, WIDE, None, Told.TOO_FEW),
        (PLAN, None, NARROW, Told.TOO_FEW),
        (PLAN, WIDE, RelativeLikelihood(8, 20, 0, 0), Told.TOO_FEW),
    ],
)
def test_what_the_numbers_of_two_years_say(plan, before, after, said):
    assert told(plan, before, after) == said


@pytest.mark.parametrize(
    ("own", "elsewhere", "said"),
    [
        ((WIDE, NARROW), (WIDE, NARROW), Told.TOO_FEW),  # 15 points less, as everywhere
        ((WIDE, NARROW), (STILL, NARROWED), Told.SHOWS),  # 10 of the 15 everywhere: 5, of which the error is 2.1
        ((WIDE, WIDE), (STILL, NARROWED), Told.OTHER_WAY),  # as wide as it was, while all others' closed by 10 points
        ((WIDE, NARROW), (NARROWED, STILL), Told.SHOWS),
        ((WIDE, NARROW), (STILL, None), Told.TOO_FEW),  # nothing to set it beside
    ],
)
def test_a_gap_that_closes_everywhere_is_no_sign_of_an_action(own, elsewhere, said):
    assert told(replace(PLAN, target=None), *own, elsewhere=elsewhere) == said


def test_others_are_added_up_and_only_those_whose_numbers_are_shown_in_both_years():
    years = {"own": (WIDE, WIDE), "a": (FEW_WIDE, FEW_WIDE), "b": (STILL, None), "c": (WIDE, NARROW)}
    found = evaluations({"own.3": PLAN}, lambda one, measure, year: years[one][year == PLAN.after], years, UNTIL, RULE)
    assert found["own.3"].others == (RelativeLikelihood(812, 2030, 406, 2030), RelativeLikelihood(812, 2030, 706, 2030))


def test_before_the_year_after_has_ended_it_is_too_early_whatever_the_numbers_are():
    assert told(PLAN, WIDE, NARROW, until=Quarter.parse("2026-27-Q3")) == Told.TOO_EARLY
    assert told(PLAN, WIDE, NARROW, until=Quarter.parse("2026-27-Q4")) == Told.SHOWS


def test_a_change_that_stands_alone_may_not_stand_among_many_that_did_not_change():
    years = RelativeLikelihood(80, 200, 40, 200), RelativeLikelihood(80, 200, 70, 200)  # p = 0.023
    still = {f"other-{number}": (WIDE, WIDE) for number in range(4)}
    assert told(PLAN, *years) == Told.SHOWS  # at most 0.1
    assert told(PLAN, *years, **still) == Told.TOO_FEW  # 5 x (1 + 1/2 + 1/3 + 1/4 + 1/5) x 0.023 = 0.26


def test_the_last_four_quarters_before_the_start_are_left_out_and_the_year_after_begins_once_it_is_done():
    done = named("2025-26-Q4", "done")
    plan = plan_of([named(), named("2025-26-Q3"), done], RULE.quarters_left_out)
    assert plan == PLAN  # started in April 2025, so April 2024 to March 2025 is left out
    july = [named(started_on=date(2025, 7, 1)), done]
    assert plan_of(july, RULE.quarters_left_out).before == BEFORE  # what is left ends in June 2024
    again = [named("2024-25-Q1", "done"), named(), done]
    assert plan_of(again, RULE.quarters_left_out).after == AFTER


def test_measure_way_and_target_are_those_of_the_first_report_and_what_is_named_later_is_not_asked():
    done = named("2025-26-Q4", "done")
    assert plan_of([named(), done], RULE.quarters_left_out)
    for first in ({"measure": None}, {"measure": "appointment"}, {"direction": "up"}, {"target": "1 point"}):
        assert plan_of([named(**first), done], RULE.quarters_left_out) is None
    for every in ({"measure": "morale"}, {"direction": None}, {"started_on": None}):
        reports = [named(**every), done._replace(**every)]
        assert plan_of(reports, RULE.quarters_left_out) is None
    assert plan_of([named(), named("2025-26-Q4")], RULE.quarters_left_out) is None
    moved_start = [named(), done._replace(started_on=date(2026, 1, 1))]
    assert plan_of(moved_start, RULE.quarters_left_out).before == BEFORE


@pytest.mark.parametrize(
    ("target", "share"),
    [
        ("5", 0.05),
        ("2.5 percentage points", 0.025),
        ("1 point", 0.01),
        ("5%", None),
        ("0", None),
        ("All of them", None),
        (None, None),
    ],
)
def test_a_target_is_a_number_of_percentage_points_or_no_number(target, share):
    reports = [named(target=target, measure=" Disciplinary "), named("2025-26-Q4", "done", target=target, measure="")]
    plan = plan_of(reports, RULE.quarters_left_out)
    assert (plan.measure, plan.target) == (DISCIPLINARY, share and pytest.approx(share))
