"""What is said on a page about its numbers is said only where it has such numbers."""

import pytest

from lt_analysis.release.figures import Status
from lt_analysis.rendering import pages
from tests.rendering.test_sentences import beside, figures, half, hidden

CHANCES, POSTS, RATIOS = pages.about_equal_chances, pages.about_posts_added_up, pages.about_ratios


@pytest.mark.parametrize(
    ("one", "said"),
    [
        (beside(49, 10), {CHANCES, POSTS, RATIOS}),
        (half(), {CHANCES, POSTS, RATIOS}),
        (figures(), {POSTS, RATIOS}),
        (hidden(), set()),
        (hidden(status=Status.INCOMPLETE), set()),
    ],
)
def test_numbers_that_a_page_does_not_have_are_not_explained_on_it(one, said):
    assert {part for part in (CHANCES, POSTS, RATIOS) if part(one).html} == said


def test_nobody_is_left_out_of_figures_that_are_not_there():
    assert "left out" in pages.unknown_ethnicity(figures()).html
    assert "left out" not in pages.unknown_ethnicity(hidden(status=Status.INCOMPLETE)).html
