"""A comparison as it shows itself: its counts first, its direction in words, and what could be missed."""

import pytest

from lt_analysis.codebook.characteristics import AGE, SEX
from lt_analysis.codebook.measures import APPOINTMENT, LEAVING, TRAINING
from lt_analysis.evidence.comparison import Change, Comparison, Whose
from lt_analysis.evidence.draws import Draw
from lt_analysis.rendering.comparison import chances_of, change_shown, comparison_shown, shares_of
from tests.making import cells_of

WHOSE = Whose("ashbourne", "Ashbourne (invented)", True, "2025-26")
FEW, FAIR, MANY = [Draw(2, 1, 1, 0)] * 40, [Draw(2, 1, 1, 0), Draw(2, 1, 1, 1)] * 20, [Draw(2, 1, 1, 1)] * 40


def compared(draws, measure=APPOINTMENT, by=SEX, group="Women", **how):
    return Comparison.of(WHOSE, measure, by, group, draws, **how)


@pytest.mark.parametrize(("draws", "word"), [(FEW, "below"), (FAIR, "within"), (MANY, "above")])
def test_counts_come_first_and_the_direction_is_said(draws, word):
    said = cells_of(comparison_shown(compared(draws)).html)
    women = sum(draw.chosen_in_group for draw in draws)
    assert said["counts"] == f"Women: {women} of 40 appointed. Men: {40 - women} of 40 appointed."
    assert said["beside"].startswith(
        "Had chances been equal on each shortlist, about 20 women would have been expected, and "
    )
    assert f"It is {word} that range" in said["beside"]


def test_what_could_be_missed_is_said_in_both_ways():
    assert "8 times in 10. A smaller one is easily missed." in cells_of(comparison_shown(compared(FAIR)).html)["missed"]
    few = cells_of(comparison_shown(compared(FAIR[:4])).html)
    assert few["missed"].startswith("Not even an odds ratio of 1,000 would be found")


def test_totals_and_what_is_taken_by_several_are_said_without_a_test():
    totals = cells_of(comparison_shown(compared([Draw(80, 40, 30, 10)], by_post=False)).html)
    assert totals["beside"].startswith("Only totals were sent")
    several = cells_of(comparison_shown(compared([Draw(80, 40, 30, 10)], measure=TRAINING)).html)
    assert "no range, no test and no margin of error" in several["beside"]
    assert "asked.1" not in several


@pytest.mark.parametrize(
    ("before", "later", "told"),
    [(FEW, FAIR, "It became smaller"), (FAIR, FEW, "It became larger"), (FAIR, FAIR, "do not show whether it changed")],
)
def test_a_change_says_which_way_the_gap_went_only_where_the_counts_show_it(before, later, told):
    assert told in cells_of(change_shown(Change(compared(before), compared(later))).html)["moved"]


def test_a_change_says_both_gaps_and_what_could_be_missed():
    shown = cells_of(change_shown(Change(compared(FEW), compared(FAIR))).html)
    assert shown["moved"].startswith("The gap, Men less Women, was 100.0 points and is 0.0 points. It became smaller")
    assert shown["moved"].endswith("is easily missed.")
    assert shown["asked.2"] == "\N{MINUS SIGN}100.0 points"


@pytest.mark.parametrize("group", AGE.compared)
def test_every_group_fits_into_the_titles_of_charts(group):
    found = compared(FAIR, LEAVING, AGE, group)
    assert AGE.people(group) in str(chances_of(found).data.caption)
    assert group in shares_of(found).finding
