"""What is said of chance alone holds for every range that the audit could give, and is worked out as SciPy does."""

import numpy as np
import pytest
from scipy.stats import binom, hypergeom

from lt_analysis.rendering import by_chance

# Shortlists of one post: people, those of the group, and appointed.
POSTS = [[(12, 5, 3)], [(4, 2, 1)] * 3, [(6, 1, 1)] * 9, [(5, 2, 2)] * 20, [(9, 4, 3), (3, 1, 1)] * 6, [(40, 3, 2)] * 5]


def outside(posts: list[tuple[int, int, int]]) -> float:
    """How likely a count outside its range is, at equal chances: of a mid-p value, which is twice the smaller tail."""
    pmf = np.ones(1)
    for people, group, appointed in posts:
        pmf = np.convolve(pmf, hypergeom(people, group, appointed).pmf(np.arange(min(group, appointed) + 1)))
    tails = np.minimum(np.cumsum(pmf), np.cumsum(pmf[::-1])[::-1]) - pmf / 2
    return pmf[2 * tails <= 0.05].sum()


@pytest.mark.parametrize("posts", POSTS)
def test_no_range_leaves_out_more_than_is_allowed_for(posts):
    assert by_chance.OUTSIDE_AT_MOST - outside(posts) > 0


def test_so_many_lie_outside_at_most_19_times_in_20():
    for counts in range(1, 41):
        assert by_chance.usually_at_most(counts) == binom.ppf(0.95, counts, by_chance.OUTSIDE_AT_MOST)


def test_it_is_said_of_several_counts_and_of_one():
    assert by_chance.in_words(8) == "By chance alone, usually 2 or fewer of 8 lie outside."
    assert by_chance.in_words(1) == "By chance alone, about 1 count in 20 lies outside."
