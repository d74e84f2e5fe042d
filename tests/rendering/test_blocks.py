"""What is said on a page about its numbers is said only where it has such numbers."""

import pytest

from lt_analysis.release.figures import Status
from lt_analysis.rendering import blocks
from lt_analysis.rendering.blocks import ABOUT_EQUAL_CHANCES, ABOUT_POSTS_ADDED_UP, ABOUT_RATIOS
from tests.rendering.test_sentences import beside, figures, half, hidden

BLOCKS = {
    ABOUT_EQUAL_CHANCES: blocks.beside_chance,
    ABOUT_POSTS_ADDED_UP: blocks.shares,
    ABOUT_RATIOS: blocks.ratios,
}


@pytest.mark.parametrize(
    ("one", "explained"),
    [
        (beside(49, 10), {ABOUT_EQUAL_CHANCES, ABOUT_POSTS_ADDED_UP, ABOUT_RATIOS}),
        (half(), {ABOUT_EQUAL_CHANCES, ABOUT_POSTS_ADDED_UP, ABOUT_RATIOS}),
        (figures(), {ABOUT_POSTS_ADDED_UP, ABOUT_RATIOS}),
        (hidden(), set()),
        (hidden(status=Status.INCOMPLETE), set()),
    ],
)
def test_numbers_that_a_page_does_not_have_are_not_explained_on_it(one, explained):
    assert {words for words, block in BLOCKS.items() if words in block(one).html} == explained


def test_nobody_is_left_out_of_figures_that_are_not_there():
    assert "left out" in blocks.unknown_ethnicity(figures()).html
    assert "left out" not in blocks.unknown_ethnicity(hidden(status=Status.INCOMPLETE)).html
