import pytest

from lt_analysis.codebook.strength import STRENGTHS, strength_of


@pytest.mark.parametrize(
    ("e_value", "words"),
    [
        (0.01, "little or no evidence of a difference"),
        (2.99, "little or no evidence of a difference"),
        (3, "some indication; not yet evidence"),
        (10, "moderate evidence"),
        (19.9, "moderate evidence"),
        (20, "strong evidence"),
        (100, "very strong evidence"),
        (1e300, "very strong evidence"),
    ],
)
def test_words_come_from_the_table(e_value, words):
    assert strength_of(e_value, could_be_strong=True, enough_returns=True).words == words


def test_too_few_posts_or_returns_come_before_any_strength():
    assert strength_of(50, could_be_strong=False, enough_returns=True).words == "too few posts to tell"
    assert strength_of(50, could_be_strong=True, enough_returns=False).words == "too few returns to tell"


def test_the_bound_on_false_alarms_is_one_in_the_e_value():
    assert all(one.one_in == one.at_least for one in STRENGTHS if one.one_in)
