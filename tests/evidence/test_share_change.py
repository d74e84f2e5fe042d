"""The change of a share beside published intervals."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from statsmodels.stats.proportion import confint_proportions_2indep

from lt_analysis.evidence.relative_likelihood import Share
from lt_analysis.evidence.share_change import ShareChange, part_beside_whole


@pytest.mark.parametrize(
    ("later", "before", "interval"),
    [
        # Newcombe (1998), Statistics in Medicine 17:873-890, table II, method 10.
        ((56, 70), (48, 80), (0.0524, 0.3339)),
        ((9, 10), (3, 10), (0.1705, 0.8090)),
        ((10, 10), (0, 20), (0.6791, 1.0)),
    ],
)
def test_the_interval_is_newcombes(later, before, interval):
    change = ShareChange(*before, *later)
    assert change.change == pytest.approx(later[0] / later[1] - before[0] / before[1])
    assert change.confidence_interval() == pytest.approx(interval, abs=5e-5)


@given(st.integers(1, 400), st.integers(1, 400), st.data())
def test_the_interval_is_that_of_statsmodels(before, later, data):
    some, more = data.draw(st.integers(0, before)), data.draw(st.integers(0, later))
    found = ShareChange(some, before, more, later).confidence_interval()
    expected = confint_proportions_2indep(more, later, some, before, method="newcomb")
    assert found == pytest.approx(expected, abs=1e-9)


def test_a_part_beside_its_whole_is_newcombes_interval_beside_the_rest_times_the_part_that_the_rest_is():
    # 56 of 70 of the part and 48 of 80 of the rest are his table II: 0.0524 to 0.3339, here times 80 / 150.
    found = part_beside_whole(Share(56, 70), Share(104, 150))
    assert found == pytest.approx((0.0524 * 80 / 150, 0.3339 * 80 / 150), abs=5e-5)


@st.composite
def parts_and_wholes(draw):
    """A part of some people, and all of them: how many of each are of the group."""
    part, rest = draw(st.integers(1, 400)), draw(st.integers(0, 400))
    some, others = draw(st.integers(0, part)), draw(st.integers(0, rest))
    return Share(some, part), Share(some + others, part + rest)


@given(parts_and_wholes())
def test_a_part_beside_its_whole_never_contradicts_the_difference_that_was_found(both):
    part, whole = both
    found, (low, high) = part.share - whole.share, part_beside_whole(part, whole)
    assert low - 1e-12 <= found <= high + 1e-12
    assert -1 <= low <= high <= 1
    if part.people == whole.people:
        assert (low, high) == (0, 0)


@pytest.mark.parametrize("counts", [(1, 0, 1, 2), (3, 2, 1, 2), (1, 2, -1, 2), (0, 2, 0, 0)])
def test_impossible_counts_are_refused(counts):
    with pytest.raises(ValueError, match="people at both times"):
        ShareChange(*counts)
    with pytest.raises(ValueError, match="people at both times"):
        part_beside_whole(Share(3, 5), Share(2, 4))
