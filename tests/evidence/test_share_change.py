"""The change of a share beside published intervals."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from statsmodels.stats.proportion import confint_proportions_2indep

from lt_analysis.evidence.share_change import ShareChange


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


@pytest.mark.parametrize("counts", [(1, 0, 1, 2), (3, 2, 1, 2), (1, 2, -1, 2), (0, 2, 0, 0)])
def test_impossible_counts_are_refused(counts):
    with pytest.raises(ValueError, match="people at both times"):
        ShareChange(*counts)
