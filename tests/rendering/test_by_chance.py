"""What is said of chance alone holds for every range that the audit could give, and is worked out as SciPy does."""

import numpy as np
import pytest
from scipy.stats import binom, hypergeom

from lt_analysis.codebook.measures import SHORTLISTING
from lt_analysis.rendering.chances_chart import BY_CHANCE
from lt_analysis.rendering.forms import say
from lt_analysis.rendering.named import Across
from lt_analysis.rendering.together import AT_ONE_END_AT_MOST, usually_at_most
from tests.rendering.charted import chance, organisation, release

# Shortlists of one post: people, those of the group, and appointed.
POSTS = [[(12, 5, 3)], [(4, 2, 1)] * 3, [(6, 1, 1)] * 9, [(5, 2, 2)] * 20, [(9, 4, 3), (3, 1, 1)] * 6, [(40, 3, 2)] * 5]


def said_of(counts: int) -> str:
    """What is said of so many organisations that can be set beside equal chances, and of one that cannot."""
    told = (organisation(f"Trust{number}", expected=(chance(55, 45, 65), None)) for number in range(counts))
    across = Across(release(*told, organisation("Untold")), SHORTLISTING)
    return say(BY_CHANCE, across, across.name)


def beyond(posts: list[tuple[int, int, int]]) -> tuple[float, float]:
    """How likely a count below its range is, and one above, at equal chances; a range leaves out mid-p up to 0.05."""
    pmf = np.ones(1)
    for people, group, appointed in posts:
        pmf = np.convolve(pmf, hypergeom(people, group, appointed).pmf(np.arange(min(group, appointed) + 1)))
    low, high = np.cumsum(pmf) - pmf / 2, np.cumsum(pmf[::-1])[::-1] - pmf / 2
    return pmf[2 * low <= 0.05].sum(), pmf[2 * high <= 0.05].sum()


@pytest.mark.parametrize("posts", POSTS)
def test_no_range_leaves_out_more_than_is_allowed_for_at_either_end(posts):
    assert max(beyond(posts)) < AT_ONE_END_AT_MOST


def test_so_many_lie_beyond_an_end_at_most_39_times_in_40():
    for counts in range(1, 41):
        assert usually_at_most(counts) == binom.ppf(0.975, counts, AT_ONE_END_AT_MOST)


def test_it_is_said_of_each_side_for_those_of_one_do_not_make_up_for_those_of_the_other():
    usual = "By chance alone, usually 2 or fewer of 8 lie below their range, and 2 or fewer above."
    assert said_of(8) == usual


def test_of_one_count_it_is_said_how_often_it_lies_outside():
    assert said_of(1) == "By chance alone, about 1 count in 20 lies outside, and 1 in 10 at the most."


def test_where_no_count_is_set_beside_its_range_nothing_is_said_of_chance():
    assert said_of(0) == ""
