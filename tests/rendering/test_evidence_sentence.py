import math
import re
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lt_analysis.codebook.periods import Quarter
from lt_analysis.codebook.protocol import declared_protocol
from lt_analysis.codebook.strength import STRENGTHS
from lt_analysis.evidence.appendix import Growing
from lt_analysis.evidence.draws import Draw
from lt_analysis.evidence.relative_likelihood import RelativeLikelihood
from lt_analysis.evidence.since_start import Shortlist, since_start
from lt_analysis.evidence.within_vacancy import WithinVacancies
from lt_analysis.rendering.evidence_sentence import evidence_sentence
from tests.evidence.test_sequential import QUARTERS, paths

FIRST = Quarter.parse("2022-23-Q1")
PROTOCOL = replace(declared_protocol(), lag_in_quarters=0, later_starts=0)


def growing(draws, coverage=1.0):
    """The evidence since the start, all shortlists made in its first quarter."""
    return growing_of([Shortlist(FIRST, draw, draw) for draw in draws], [FIRST], PROTOCOL, coverage)


def growing_of(shortlists, looks, protocol, coverage=1.0):
    """The evidence at some looks, with the counts of what is counted at the last of them."""
    found = since_start(shortlists, looks, [coverage] * len(looks), protocol)
    last = protocol.last_counted(looks[-1])
    draws = [one.everybody for one in shortlists if FIRST <= one.quarter <= last]
    pool, in_group, chosen, group_chosen = (sum(draw[place] for draw in draws) for place in range(4))
    known = RelativeLikelihood(chosen - group_chosen, pool - in_group, group_chosen, in_group)
    return Growing(known, WithinVacancies.from_draws(draws), found, False, (), None, (), ())


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
        directions = [word for word in ("fewer BME people", "more BME people", "does not lean") if word in said]
        assert len(directions) == 1
    if now.strength.at_least < 3 and "equal" in said and draws:
        assert "That does not show that chances were equal." in said or "declared to count as about equal" in said


# On a busy machine Hypothesis warns that the example it found slowest is long to print.
@pytest.mark.filterwarnings("ignore:.*overly large repr:hypothesis.errors.HypothesisWarning")
@given(paths(), st.booleans())
def test_along_any_path_the_counts_the_words_and_the_range_never_contradict_one_another(dated, first_time_only):
    # Chances change from quarter to quarter; the real protocol; half of the time people come again and again.
    protocol = declared_protocol()
    shortlists = [
        Shortlist(quarter, draw, Draw(0, 0, 0, 0) if first_time_only and place % 3 else draw)
        for place, (quarter, draw) in enumerate(dated)
    ]
    found = growing_of(shortlists, QUARTERS[:14], protocol)
    said, now = evidence_sentence(found, protocol), found.looks[-1]
    more = re.search(r"White people were (more|less) likely\.", said)
    fewer = re.search(r": (fewer|more) BME people", said)
    if more and fewer:
        assert (more[1], fewer[1]) in (("more", "fewer"), ("less", "more"))
    if more:
        assert now.e_value >= 20
        assert not now.interval.holds(1.0)
    if "either group" in said:
        assert now.e_value < 20
        assert now.interval.holds(1.0)
    if fewer:
        assert (fewer[1] == "fewer") == (found.within.observed < found.within.expected)


def test_evidence_that_comes_from_a_part_of_the_time_is_said_to():
    # Three fair-to-favourable years, then two in which a quarter of posts go to BME people: the total still leans up.
    protocol = declared_protocol()
    shortlists = [
        Shortlist(quarter, draw, draw)
        for place, quarter in enumerate(QUARTERS[:18])
        for draw in [Draw(4, 2, 1, 1)] * (12 if place < 12 else 5) + [Draw(4, 2, 1, 0)] * (8 if place < 12 else 15)
    ]
    found = growing_of(shortlists, [QUARTERS[18].next], protocol)
    said = evidence_sentence(found, protocol)
    assert found.looks[0].e_value >= 20
    assert ("It comes from a part of the time" in said) == (
        (found.looks[0].leaning > 0) != (found.within.observed < found.within.expected)
    )


def test_the_sentence_of_strong_evidence():
    draws = [Draw(4, 2, 1, 0)] * 70 + [Draw(4, 2, 1, 1)] * 30
    assert said_of(draws) == (
        "On shortlists made from April 2022 to June 2022, 30 of 100 appointments went to BME people; about 50 expected "
        "if chances were equal on each shortlist; 41 to 59 is the usual range. 100 posts could have gone either "
        "way. Very strong evidence: fewer BME people were appointed than equal chances would give. On a shortlist for "
        "one post, a White person may have been anywhere from about 1.2 to 4.9 times as likely to be appointed as a "
        "BME person: White people were more likely."
    )


def test_little_evidence_is_not_called_fair():
    said = said_of([Draw(4, 2, 1, 0)] * 26 + [Draw(4, 2, 1, 1)] * 24)
    assert "There is little or no evidence of a difference. That does not show that chances were equal." in said
    assert said.endswith("so either group may have been more likely.")


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
    assert said_of([]).startswith("No appointments of people of known ethnicity since April 2022 are counted yet.")
    assert math.isclose(growing([]).looks[-1].e_value, 1)
