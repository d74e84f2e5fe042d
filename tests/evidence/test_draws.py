import numpy as np
import pytest
from scipy.stats import hypergeom, nchypergeom_fisher, nchypergeom_wallenius

from lt_analysis.evidence.draws import Draw, Draws, Shapes


@pytest.mark.parametrize(
    "draw",
    [
        *(Draw(5, 6, 1, 0), Draw(5, 2, 6, 2), Draw(5, 2, 1, 2), Draw(5, 2, 5, 1)),
        *(Draw(-1, 0, 0, 0), Draw(5, -1, 1, 0), Draw(5, 2, 1, -1)),
    ],
)
def test_an_impossible_draw_is_named(draw):
    with pytest.raises(ValueError, match=r"draw 1 is impossible: \("):
        Draws.of([Draw(5, 2, 1, 1), draw])


@pytest.mark.parametrize("draw", [(5, 2, 1, 0.5), (5.5, 2, 1, 1), (float("nan"), 1, 1, 1)])
def test_a_draw_of_broken_numbers_is_named(draw):
    with pytest.raises(ValueError, match="draw 1 is impossible: its numbers must be whole"):
        Draws.of([Draw(5, 2, 1, 1), draw])


@pytest.mark.parametrize(
    "draw", [Draw(0, 0, 0, 0), Draw(5, 0, 2, 0), Draw(5, 5, 2, 2), Draw(5, 2, 0, 0), Draw(5, 2, 5, 2)]
)
def test_a_draw_that_could_not_go_otherwise_is_not_informative(draw):
    assert Draws.of([draw]).informative.tolist() == [False]


def test_a_shape_has_the_hypergeometric_distribution_and_fishers_noncentral_one():
    shapes = Shapes.of(Draws.of([Draw(27, 7, 24, 5), Draw(27, 7, 24, 7)]))
    assert (shapes.times.tolist(), shapes.least) == ([2], 8)  # at least 4 of the group each time
    assert np.exp(shapes.log_pmf) == pytest.approx(hypergeom.pmf([4, 5, 6, 7], 27, 7, 24))
    tilted = shapes.tilted(np.log(0.5))
    assert tilted == pytest.approx(nchypergeom_fisher.pmf([4, 5, 6, 7], 27, 7, 24, 0.5))
    assert shapes.mean(np.log(0.5)) + 8 == pytest.approx(2 * nchypergeom_fisher.mean(27, 7, 24, 0.5))


def test_picking_together_and_one_by_one_differ_a_little():
    # The engine's odds ratio is Fisher's. BiasedUrn (R): means .8319 (Fisher) and .7766 (Wallenius) at 0.5.
    shapes = Shapes.of(Draws.of([Draw(10, 3, 4, 1)]))
    assert shapes.mean(np.log(0.5)) == pytest.approx(0.8319, abs=5e-5)
    assert nchypergeom_wallenius.mean(10, 3, 4, 0.5) == pytest.approx(0.7766, abs=5e-5)


@pytest.mark.parametrize(("posts", "ratio"), [(1, 0.5), (2, 0.56), (3, 0.64)])
def test_with_several_posts_the_ratio_of_chances_is_milder_than_the_odds_ratio(posts, ratio):
    # Six people, two of the group, odds of a half: exactly the ratio of chances where there is one post.
    mean = Shapes.of(Draws.of([Draw(6, 2, posts, 0)])).mean(np.log(0.5))
    assert (mean / 2) / ((posts - mean) / 4) == pytest.approx(ratio, abs=0.005)
