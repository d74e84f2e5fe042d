import pytest

from lt_analysis.codebook.protocol import declared_protocol
from lt_analysis.codebook.strength import OF_A_DIFFERENCE, STRONG, strength_of


@pytest.mark.parametrize(
    ("e_value", "words"),
    [
        (0.01, "unclear whether chances differ"),
        (5.99, "unclear whether chances differ"),
        (6, "some indication"),
        (20, "moderate evidence"),
        (39.9, "moderate evidence"),
        (40, "strong evidence"),
        (200, "very strong evidence"),
        (1e300, "very strong evidence"),
    ],
)
def test_words_come_from_the_table(e_value, words):
    assert strength_of(e_value).words == words


def test_too_few_posts_or_returns_come_before_any_strength():
    assert strength_of(500, could_be_strong=False, about_equal=True).words == "too few posts to tell"
    assert strength_of(500, could_be_strong=False, enough_returns=False).words == "too few returns to tell"


@pytest.mark.parametrize(("e_value", "words"), [(0.1, "about equal"), (39.9, "about equal"), (40, "strong evidence")])
def test_about_equal_comes_before_all_that_is_not_strong(e_value, words):
    assert strength_of(e_value, about_equal=True).words == words


def test_of_both_primary_comparisons_together_one_misleads_as_seldom_as_the_table_says():
    # Ville: equal chances ever reach an e-value of a with probability 1/a; either of two, with 2/a.
    stages = len(declared_protocol().primary_stages)
    assert all(strength.at_least == stages * strength.one_in for strength in OF_A_DIFFERENCE)
    assert stages * 20 == STRONG
