import math
import re
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lt_analysis.codebook.periods import Quarter
from lt_analysis.codebook.protocol import declared_protocol
from lt_analysis.codebook.strength import STRENGTHS
from lt_analysis.evidence.draws import Draw
from lt_analysis.evidence.relative_likelihood import RelativeLikelihood
from lt_analysis.evidence.since_start import Shortlist, since_start
from lt_analysis.evidence.within_vacancy import WithinVacancies
from lt_analysis.release.appendix import Growing
from lt_analysis.rendering.evidence_sentence import evidence_sentence

FIRST = Quarter.parse("2022-23-Q1")
PROTOCOL = replace(declared_protocol(), lag_in_quarters=0, later_starts=0)


def growing(draws, coverage=1.0):
    """The evidence since the start, all shortlists made in its first quarter."""
    looks = since_start([Shortlist(FIRST, draw, draw) for draw in draws], [FIRST], [coverage], PROTOCOL)
    columns = [sum(column) for column in zip(*draws, strict=True)] if draws else [0] * 4
    pool, in_group, chosen, group_chosen = columns
    known = RelativeLikelihood(chosen - group_chosen, pool - in_group, group_chosen, in_group)
    return Growing(known, WithinVacancies.from_draws(draws), looks, (), None, (), ())


def said_of(draws, **options):
    return evidence_sentence(growing(draws, **options), PROTOCOL)


@st.composite
def many_shortlists(draw):
    """A few kinds of shortlist, each many times over."""
    draws = []
    for _ in range(draw(st.integers(0, 4))):
        pool = draw(st.integers(2, 8))
        group, chosen = draw(st.integers(0, pool)), draw(st.integers(0, 2))
        least, most = max(0, min(chosen, pool) - (pool - group)), min(group, chosen)
        times = draw(st.sampled_from([1, 3, 20, 120]))
        draws += [Draw(pool, group, min(chosen, pool), draw(st.integers(least, max(least, most))))] * times
    return draws


@given(many_shortlists(), st.sampled_from([1.0, 0.5]))
def test_every_wording_rule_holds_whatever_the_counts(draws, coverage):
    found = growing(draws, coverage)
    now, known = found.looks[-1], found.likelihood
    said = evidence_sentence(found, PROTOCOL)
    assert not re.search(r"no difference|bias|discriminat|significan|\bfair|\bnan\b|\binf|∞|None|0\.00\b", said)
    assert not re.search(r"\b(draws?|pool|chosen|weir|p-value)\b", said)
    # Counts before ratios.
    if "times" in said:
        assert said.index("appointments went to BME people") < said.index("expected") < said.index("times")
        assert min(known.white_successful, known.group_successful) > 0
        assert min(known.white_people, known.group_people) >= 5
    # Exactly one strength, from the table.
    strengths = [one.words for one in STRENGTHS] + ["too few posts to tell", "too few returns to tell"]
    # "very strong evidence" holds "strong evidence"
    held = [words for words in strengths if re.search(rf"(?<!very ){re.escape(words)}", said, re.IGNORECASE)]
    assert held == [now.strength.words]
    # A direction of chances is said only of strong evidence, and then it is the interval's.
    assert ("White people were more likely" in said) <= (now.e_value >= 20 and now.interval.low > 1)
    assert ("White people were less likely" in said) <= (now.e_value >= 20 and now.interval.high < 1)
    if now.strength.at_least >= 3:
        assert ("fewer BME people" in said) != ("more BME people" in said)
    if now.strength.at_least < 3 and "equal" in said and draws:
        assert "That does not show that chances were equal." in said or "declared to count as about equal" in said


def test_the_sentence_of_strong_evidence():
    draws = [Draw(4, 2, 1, 0)] * 70 + [Draw(4, 2, 1, 1)] * 30
    assert said_of(draws) == (
        "Since April 2022, 30 of 100 appointments went to BME people; about 50 expected if chances were equal on each "
        "shortlist; 41 to 59 would be unremarkable. 100 posts could have gone either way. Very strong evidence: fewer "
        "BME people were appointed than equal chances would give. For a single post, anywhere from about 1.2 to 4.9 "
        "times fits the chances of White people on the same shortlist divided by those of BME people: White people "
        "were more likely to be appointed."
    )


def test_little_evidence_is_not_called_fair():
    said = said_of([Draw(4, 2, 1, 0)] * 26 + [Draw(4, 2, 1, 1)] * 24)
    assert "There is little or no evidence of a difference. That does not show that chances were equal." in said
    assert said.endswith("so either group may have been more likely to be appointed.")


def test_few_posts_are_too_few_to_tell_and_get_no_range():
    said = said_of([Draw(3, 1, 1, 0)] * 6)
    assert said.endswith("There are too few posts to tell. That does not show that chances were equal.")


def test_nobody_of_the_group_appointed_gets_words_and_no_ratio():
    said = said_of([Draw(4, 2, 1, 0)] * 40)
    assert "Very strong evidence: fewer BME people" in said
    assert "times" not in said


def test_a_whole_range_inside_the_declared_margin_is_said():
    said = said_of([Draw(2, 1, 1, 0)] * 3_000 + [Draw(2, 1, 1, 1)] * 3_000)
    assert said.endswith("all of it lies between 0.8 and 1.25, which was declared to count as about equal.")


@pytest.mark.parametrize("before", ["moderate evidence", "very strong evidence"])
def test_evidence_that_falls_is_said_as_plainly_as_evidence_that_rises(before):
    found = growing([Draw(4, 2, 1, 0)] * 26 + [Draw(4, 2, 1, 1)] * 24)
    assert evidence_sentence(found, PROTOCOL, before).endswith(f"At the look before it was: {before}.")
    now = found.looks[-1].strength.words
    assert "look before" not in evidence_sentence(found, PROTOCOL, now)


def test_before_anybody_is_counted_it_says_so():
    assert said_of([]).startswith("Since April 2022 no appointments of people of known ethnicity are counted yet.")
    assert math.isclose(growing([]).looks[-1].e_value, 1)
