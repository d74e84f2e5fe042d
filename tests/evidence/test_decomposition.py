import pytest
from hypothesis import given
from hypothesis import strategies as st

from lt_analysis.evidence.decomposition import decompose
from lt_analysis.evidence.relative_likelihood import RelativeLikelihood


def test_a_gap_of_2_25_is_1_5_times_1_5():
    # 1,000 applied, 300 shortlisted, 75 appointed; 600, 120, 20.
    found = decompose((RelativeLikelihood(300, 1000, 120, 600), RelativeLikelihood(75, 300, 20, 120)))
    assert [stage.ratio for stage in found.stages] == [1.5, 1.5]
    assert found.whole.ratio == 2.25


def fallen(people):
    """A falling row of three whole numbers."""
    return st.integers(1, people).flatmap(
        lambda middle: st.tuples(st.just(people), st.just(middle), st.integers(1, middle))
    )


@given(fallen(200), fallen(120))
def test_the_stages_multiply_to_the_whole(white, group):
    stages = tuple(RelativeLikelihood(white[k + 1], white[k], group[k + 1], group[k]) for k in (0, 1))
    found = decompose(stages)
    assert found.whole.ratio == pytest.approx(stages[0].ratio * stages[1].ratio)
    assert found.whole == RelativeLikelihood(white[2], white[0], group[2], group[0])


def test_stages_that_do_not_follow_one_another_are_refused():
    with pytest.raises(ValueError, match="people whom the one before it left"):
        decompose((RelativeLikelihood(300, 1000, 120, 600), RelativeLikelihood(75, 299, 20, 120)))
