"""A comparison that somebody asks for: the audit's own engine, held to plain arithmetic and to R's exact values."""

import pytest
from scipy.stats import hypergeom

from lt_analysis.codebook.characteristics import SEX
from lt_analysis.codebook.measures import APPOINTMENT, TRAINING
from lt_analysis.evidence.comparison import Change, Comparison, Whose
from lt_analysis.evidence.draws import Draw

WHOSE = Whose("ashbourne", "Ashbourne", True, "2025-26")


def compared(*draws, measure=APPOINTMENT, **how):
    return Comparison.of(WHOSE, measure, SEX, "Women", [Draw(*draw) for draw in draws], **how)


def test_p_is_twice_the_smaller_tail_of_gastwirths_posts():
    """Nobody of 7, 7 and 8 women: 4845/17550 x 2380/10626 x 105/253 is 0.025662, by hand."""
    found = compared((27, 7, 4, 0), (24, 7, 4, 0), (23, 8, 2, 0))
    assert found.p == pytest.approx(2 * 0.025662, abs=2e-6)
    assert (found.share.successful, found.share.people) == (0, 22)


def test_the_exact_change_of_one_post_each_is_fishers_of_the_totals():
    """With pairs of one man and one woman, given 3 of 9 successes among women in all, it is hypergeometric."""
    earlier, later = compared(*[(2, 1, 1, 0)] * 5), compared(*[(2, 1, 1, 1)] * 3, (2, 1, 1, 0))
    change = Change(earlier, later)
    ways = hypergeom(9, 3, 4)  # of 9 pairs 3 went to women; how many of these are among the later 4
    assert change.p == pytest.approx(sum(ways.pmf(n) for n in range(4) if abs(n - 4 / 3) >= 3 - 4 / 3 - 1e-9))
    assert change.change == pytest.approx((1 / 4 - 3 / 4) - (5 / 5 - 0))


@pytest.mark.parametrize("of", ["p", "chance_range", "odds_ratio", "smallest_found", "halved_found"])
def test_where_several_are_taken_at_a_time_nothing_is_tested(of):
    assert getattr(compared((20, 10, 8, 4), measure=TRAINING), of) is None


def test_where_several_are_taken_at_a_time_there_is_no_margin_of_error():
    with pytest.raises(ValueError, match="several are taken at a time"):
        compared((20, 10, 8, 4), measure=TRAINING).confidence_interval()


def test_the_smallest_ratio_that_is_found_is_smaller_with_more_posts():
    few, many = (compared(*[(4, 2, 1, 0)] * posts) for posts in (30, 120))
    assert few.smallest_found > many.smallest_found > 1
    assert few.halved_found < many.halved_found


def test_where_nobody_could_have_been_told_apart_nothing_is_found():
    alone = compared((3, 0, 1, 0))
    assert (alone.place, alone.smallest_found, alone.ratio) == ("untold", None, None)
