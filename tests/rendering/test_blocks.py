"""What is said on a page about its numbers is said only where it has such numbers."""

from dataclasses import replace
from datetime import date

import pytest

from lt_analysis.release.figures import Action, State, Status
from lt_analysis.rendering import blocks, tables
from lt_analysis.rendering.blocks import (
    ABOUT_POSTS_ADDED_UP,
    ABOUT_RATIOS,
    NO_SAME_POST,
    SAME_POST_COMES_FIRST,
)
from tests.making import cells_of, people_table
from tests.rendering.releases import release
from tests.rendering.test_answers import TOLD
from tests.rendering.test_chances_chart import three
from tests.rendering.test_sentences import beside, figures, half, hidden

BLOCKS = {
    ABOUT_POSTS_ADDED_UP: blocks.shares,
    SAME_POST_COMES_FIRST: blocks.shares,
    NO_SAME_POST: blocks.shares,
    ABOUT_RATIOS: blocks.ratios,
}


@pytest.mark.parametrize(
    ("one", "explained"),
    [
        (beside(49, 10), {ABOUT_POSTS_ADDED_UP, SAME_POST_COMES_FIRST, ABOUT_RATIOS}),
        (half(), {ABOUT_POSTS_ADDED_UP, SAME_POST_COMES_FIRST, ABOUT_RATIOS}),
        (figures(), {ABOUT_POSTS_ADDED_UP, NO_SAME_POST, ABOUT_RATIOS}),
        (hidden(), set()),
        (hidden(status=Status.INCOMPLETE), set()),
    ],
)
def test_numbers_that_a_page_does_not_have_are_not_explained_on_it(one, explained):
    assert {words for words, block in BLOCKS.items() if words in block(one).html} == explained


def test_nobody_is_left_out_of_figures_that_are_not_there():
    assert "left out" in blocks.unknown_ethnicity(figures()).html
    assert "left out" not in blocks.unknown_ethnicity(hidden(status=Status.INCOMPLETE)).html


def test_the_partnerships_shares_say_what_comes_first_too():
    shown = blocks.shares(release()).html
    assert ABOUT_POSTS_ADDED_UP in shown
    assert SAME_POST_COMES_FIRST in shown


def test_an_exact_year_and_a_quarter_have_the_same_cells_under_other_names():
    year = figures(state=State.RESTRICTED)
    quarter = replace(year, span=year.quarter)
    made = (blocks.exactly, tables.likelihood_table, tables.shares_table)
    of_year, of_quarter = (set(cells_of("".join(make(one)._repr_html_() for make in made))) for one in (year, quarter))
    # Only of a year's totals is a ratio given in the main points, for there is nothing better.
    ratios = {"arises", "overall.likelihood"}
    assert of_year == {f"year.{name}" for name in of_quarter | ratios}
    assert not any(name.startswith("year.") for name in of_quarter)
    # On a page for the board the year is the only span there is.
    assert not any(name.startswith("year.") for name in cells_of(blocks.headline(figures())._repr_html_()))


@pytest.mark.parametrize(
    ("status", "about", "said"),
    [
        (
            Status.INCOMPLETE,
            {"missing": ("2025-26-Q3",)},
            "Nothing has been received for 2025-26-Q3.",
        ),
        (
            Status.REFUSED,
            {"refused": ("2025-26-Q2",)},
            "What was sent for 2025-26-Q2 could not be used and has to be sent again.",
        ),
        (
            Status.REFUSED,
            {},
            "Its returns of the year mix applications and totals, which cannot be added up: send one kind again.",
        ),
    ],
)
def test_an_exact_year_that_is_not_complete_says_so_and_why_and_nothing_else(status, about, said):
    one = replace(hidden(status=status, **about), state=State.RESTRICTED)
    cells = cells_of(blocks.exactly(one)._repr_html_())
    assert cells.pop("year.headline") in (
        "Returns are missing, so there are no figures for the year.",
        "A return could not be used, so there are no figures.",
    )
    assert cells == {
        "year.returns": said,
        "year.counts.none": tables.NO_COUNTS,
        "year.exact.none": tables.NO_COMPARISON,
    }


def test_where_others_published_the_year_an_exact_page_says_that_it_has_none():
    assert cells_of(blocks.exactly(None)._repr_html_()) == {"year.none": blocks.YEAR_OF_OTHERS}
    assert cells_of(tables.likelihood_table(None)._repr_html_()) == {"year.likelihood.none": tables.NO_RATIO}


def test_an_organisations_main_points_have_the_year_before_and_its_late_actions_where_its_year_may_be_compared():
    late = Action("ashbourne.1", "Panels", "Chair", None, date(2026, 5, 31), "under way", date(2026, 9, 30))
    (one,) = three(ashbourne={"actions": (late,)}).organisations[:1]
    numbers = {(number.key.stage, number.key.group): number.people for number in one.people.numbers}
    before = people_table(numbers, "2024-25", one.slug)
    told = replace(one, before=replace(before, expected=TOLD), people=replace(one.people, expected=TOLD))
    said = cells_of(blocks.headline(told).html)
    assert said["changed.shortlisting"] == (
        "BME people shortlisted: about 50 fewer than equal chances give in 2025-26, about 50 fewer than equal chances "
        "gave in 2024-25."
    )
    assert said["late"] == "Promised and not done: 1 of 1 pledged actions was late on 30 September 2026."
    short = cells_of(blocks.headline(replace(told, state=State.HIDDEN)).html)
    assert "late" in short and "changed.shortlisting" not in short
    assert not {"late", "changed.shortlisting"} & cells_of(blocks.headline(one).html).keys() - {"late"}
