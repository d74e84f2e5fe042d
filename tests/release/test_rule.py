import pytest
from hypothesis import given
from hypothesis import strategies as st

from lt_analysis.evidence.relative_likelihood import RelativeLikelihood
from lt_analysis.release.rule import SMALLEST_NUMBER, may_be_published, unknown_may_be_published

GOOD = RelativeLikelihood(5, 10, 5, 10)


def test_five_of_everything_may_be_published():
    assert may_be_published([GOOD, GOOD])


@pytest.mark.parametrize(
    "small",
    [
        RelativeLikelihood(4, 10, 5, 10),
        RelativeLikelihood(6, 10, 5, 10),  # four White people were not successful
        RelativeLikelihood(5, 10, 4, 10),
        RelativeLikelihood(5, 10, 6, 10),
        RelativeLikelihood(0, 10, 5, 10),  # none is small too: it says what happened to everybody
        RelativeLikelihood(10, 10, 5, 10),
    ],
)
def test_one_small_number_in_one_stage_hides_the_year(small):
    assert not may_be_published([GOOD, small])
    assert not may_be_published([small, GOOD])


def test_where_there_is_no_stage_there_is_nothing_to_publish():
    assert not may_be_published([])


@pytest.mark.parametrize(("unknown", "published"), [(0, False), (1, False), (4, False), (5, True), (6, True)])
def test_few_of_unknown_ethnicity_are_not_told_from_none(unknown, published):
    assert unknown_may_be_published(unknown) is published


@given(st.lists(st.tuples(*[st.integers(0, 12)] * 4), min_size=1, max_size=3))
def test_no_number_that_may_be_published_is_below_five(stages):
    tables = [RelativeLikelihood(a, a + b, c, c + d) for a, b, c, d in stages]
    if may_be_published(tables):
        assert min(number for stage in stages for number in stage) >= SMALLEST_NUMBER
