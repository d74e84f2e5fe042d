import math
import re
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lt_analysis.codebook.periods import FinancialYear, Quarter
from lt_analysis.codebook.strength import STRENGTHS, TOO_FEW_POSTS, TOO_FEW_RETURNS
from lt_analysis.release import items as evidence_items
from lt_analysis.release.items import EvidenceItem, Said
from lt_analysis.rendering import numbers
from lt_analysis.rendering.evidence_items import item_sentence

HIDDEN = EvidenceItem(
    "partnership", Quarter.parse("2026-27-Q2"), FinancialYear.parse("2022-23"), Quarter.parse("2025-26-Q4")
)


def said_of(words, low=0.8, high=1.3, informative=1_197, detectable=1.3):
    return item_sentence(replace(HIDDEN, said=Said(words, low, high, informative, detectable)))


def test_a_weak_item_says_counts_words_range_and_what_could_be_seen():
    assert said_of("little or no evidence of a difference") == (
        "1,197 shortlists that were sent, made from April 2022 to March 2026 could have gone either way, to White or "
        "BME people. In who was appointed from shortlists, there is little or no evidence of a difference. That does "
        "not show that chances were equal. "
        "On a shortlist for one post, a White person may have been anywhere from about 0.80 to 1.3 times as likely to "
        "be appointed as a BME person, so either may have been more likely. "
        "From so many shortlists, a ratio of 1.3 or more would have been strong evidence 8 times in 10; a smaller one "
        "could often not be told from equal chances."
    )


def test_a_hidden_item_says_one_thing():
    assert item_sentence(HIDDEN) == "Not shown, so that nobody can be identified."
    organisations = replace(HIDDEN, scope="nonesuch-hospitals", look=Quarter.parse("2025-26-Q4"))
    assert item_sentence(organisations) == item_sentence(HIDDEN)


@pytest.mark.parametrize(("low", "high", "more"), [(1.0, 2.4, "more"), (1.2, math.inf, "more"), (0.3, 1.0, "less")])
def test_only_strong_evidence_has_a_direction(low, high, more):
    assert f"White people were {more} likely to be appointed" in said_of("strong evidence", low, high)
    assert "White people were" not in said_of("moderate evidence", min(low, 0.99), max(high, 1.01))


def test_strong_evidence_that_no_single_ratio_fits_has_no_direction():
    said = said_of("very strong evidence", None, None)
    assert (
        "chances to be appointed from a shortlist were not equal all the time. No single ratio fits all the years"
        in said
    )
    assert "times as likely" not in said


def test_too_few_to_tell_has_no_range():
    for words in (TOO_FEW_POSTS.words, TOO_FEW_RETURNS.words):
        said = said_of(words, None, None, 14, None)
        assert (
            f"In who was appointed from shortlists, there are {words}. That does not show that chances were equal."
            in said
        )
        assert "times as likely" not in said
        # Where returns are lacking, nothing is said of what they could have shown.
        assert ("no ratio would have been strong evidence" in said) == (words == TOO_FEW_POSTS.words)


def test_only_a_very_great_ratio_could_be_seen_from_very_few_shortlists():
    assert "a ratio of more than 10 would have been strong evidence" in said_of(STRENGTHS[0].words, detectable=31.0)


def test_chances_are_called_about_equal_only_inside_the_declared_margin():
    assert "declared to count as about equal" in said_of(STRENGTHS[0].words, 0.8, 1.25)
    assert "declared to count as about equal" not in said_of(STRENGTHS[0].words, 0.79, 1.2)


@given(
    st.sampled_from([*(one.words for one in STRENGTHS), TOO_FEW_POSTS.words, TOO_FEW_RETURNS.words]),
    st.sampled_from([(None, None), (0.0, math.inf), (0.02, 0.9), (1.0, 1.0), (0.97, 1.2), (10.0, math.inf)]),
    st.integers(0, 5_000),
    st.sampled_from([None, 1.3, 4.0, 12.0]),
)
def test_every_wording_rule_holds_whatever_the_item(words, limits, informative, detectable):
    said = said_of(words, *limits, informative, detectable)
    assert said.index("could have gone either way") < said.lower().index(words)
    assert not re.search(r"no difference|bias|discriminat|significan|\bfair|\bnan\b|\binf\b|None|0\.00\b", said)
    assert not re.search(r"\b(draws?|pool|chosen|weir|p-value)\b", said)


def test_an_item_holds_no_limit_beyond_those_that_pages_print():
    assert (evidence_items.PRINTED_FROM, evidence_items.PRINTED_TO) == (numbers.LESS_THAN, numbers.MORE_THAN)
