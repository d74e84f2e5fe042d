"""An analyst's page says of the evidence since the start what the numbers show, and how it has been said before."""

import re
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lt_analysis.codebook.measures import APPOINTMENT, SHORTLISTING
from lt_analysis.codebook.periods import Quarter
from lt_analysis.codebook.protocol import declared_protocol
from lt_analysis.codebook.strength import STRONG
from lt_analysis.evidence.appendix import Appendix, Growing, Said
from lt_analysis.evidence.draws import Draw
from lt_analysis.evidence.over_time import SentShortlist
from lt_analysis.evidence.relative_likelihood import RelativeLikelihood
from lt_analysis.evidence.since_start import Shortlist, since_start
from lt_analysis.evidence.within_vacancy import WithinVacancies
from lt_analysis.release.figures import ExactQuarter
from lt_analysis.release.items import Exact, whole_item
from lt_analysis.rendering import over_time
from tests.evidence.test_sequential import QUARTERS, paths
from tests.making import cells_of
from tests.rendering.test_sentences import figures

FIRST = Quarter.parse("2022-23-Q1")
LOOK = FIRST.next.next  # the first that counts anything
UNEQUAL = [Draw(4, 2, 1, 0)] * 70 + [Draw(4, 2, 1, 1)] * 30
EQUAL = [Draw(4, 2, 1, 0)] * 26 + [Draw(4, 2, 1, 1)] * 24


def growing_of(shortlists, looks, measure=APPOINTMENT, **about) -> Growing:
    """The evidence at some looks, with the counts of what is counted at the last of them."""
    protocol = declared_protocol()
    found = since_start(shortlists, looks, [1.0] * len(looks), protocol)
    draws = [one.everybody for one in shortlists if looks and protocol.counts(one.quarter, looks[-1])]
    pool, in_group, chosen, group_chosen = (sum(draw[place] for draw in draws) for place in range(4))
    known = RelativeLikelihood(chosen - group_chosen, pool - in_group, group_chosen, in_group)
    sent = tuple(SentShortlist(one) for one in shortlists)
    said = {"stands": False, "said": (), "variants": (), "protocols": ()} | about
    return Growing(measure, known, WithinVacancies.from_draws(draws), sent, found, **said)


def said_of(draws, looks=(LOOK,), measure=APPOINTMENT, **about) -> dict[str, str]:
    """The paragraphs on posts that all closed in the first quarter."""
    found = growing_of([Shortlist(FIRST, draw, draw) for draw in draws], looks, measure, **about)
    return paragraphs(found)


def exact(*growing: Growing) -> ExactQuarter:
    looked = (one for one in growing if one.looks)
    own = (Exact("ashbourne", one.measure.key, one.looks[-1], {"ashbourne": one.sent}) for one in looked)
    quarter = replace(figures(), evidence=tuple(whole_item(one, declared_protocol()) for one in own))
    return ExactQuarter(quarter, None, figures(), (), (), Appendix((), None, growing=growing))


def paragraphs(growing: Growing) -> dict[str, str]:
    stage = growing.measure.key
    cells = cells_of(over_time.since_start(exact(growing), stage)._repr_html_())
    return {key.removesuffix(f".{stage}"): text for key, text in cells.items()}


def test_counts_come_first_then_the_evidence_then_what_waits_and_what_was_declared():
    said = said_of(UNEQUAL)
    assert list(said) == ["counts", "since", "family", "waiting", "protocol"]
    # Of 100 tosses of a coin, 39 or fewer heads come 1.8 times in 100, and 40 or fewer 2.8 times.
    assert said["counts"] == (
        "In posts that closed from April 2022 to June 2022, 30 of 100 appointments went to BME people; about 50 "
        "expected if chances were equal on each shortlist; 40 to 60 is the range if chances were equal."
    )
    assert said["since"].startswith(
        "Of all posts sent that closed from April 2022 to June 2022, 100 could have gone either way in who was "
        "appointed, to White or BME people. Very strong evidence: White people were more likely to be appointed than "
        "BME people on the same shortlist. On a shortlist for one post, a White person may have been anywhere from "
        "about 1.09 to 5.5 times as likely to be appointed as a BME person."
    )
    protocol = declared_protocol()
    begins = (
        f"Protocol {protocol.fingerprint}, declared {protocol.declared}. Version {protocol.versions[-1].version} of"
    )
    assert said["protocol"].startswith(begins)
    assert "What was said before" not in said["protocol"]


def test_each_stage_says_its_own_evidence_in_its_own_words():
    nothing = "No places on shortlists of people of known ethnicity since April 2022 are counted yet."
    assert said_of([], measure=SHORTLISTING)["counts"] == nothing
    assert "a White person's odds of being shortlisted may" in said_of(UNEQUAL, measure=SHORTLISTING)["since"]


@pytest.mark.parametrize("before", ["moderate evidence", "very strong evidence", "unclear whether chances differ"])
def test_evidence_that_falls_is_said_as_plainly_as_evidence_that_rises_and_none_where_it_stays(before):
    said = said_of(EQUAL, (LOOK.previous, LOOK), said=(Said(LOOK.previous, 1.0, before),))["since"]
    assert said.endswith(f"At the look before it was: {before}.") == (before != "unclear whether chances differ")


@pytest.mark.parametrize(("stands", "words"), [(True, "this one's stands"), (False, "this one's does not stand")])
def test_whether_it_stands_in_the_family_is_said_and_under_which_protocols_it_was_told_before(stands, words):
    said = said_of(EQUAL, stands=stands, protocols=("abc", "def", declared_protocol().fingerprint))
    assert words in said["family"]
    assert said["protocol"].endswith(" What was said before was said under abc, then def.")


def test_where_only_totals_were_sent_or_nothing_is_counted_it_says_so():
    none = exact()
    for part in (over_time.since_start, over_time.variants_table):
        assert over_time.ONLY_TOTALS in part(none, "appointment")._repr_html_()
    for part in (over_time.looks_table, over_time.evidence_over_time):
        assert "is counted yet" in part(none, "appointment")._repr_html_()
    to_come = exact(growing_of([], []))
    assert "still to come" in over_time.since_start(to_come, "appointment")._repr_html_()


def test_every_look_has_its_numbers_now_and_what_was_said_then():
    said = (Said(LOOK.next, 312.7, "moderate evidence"),)
    found = growing_of([Shortlist(FIRST, draw, draw) for draw in UNEQUAL], [LOOK.previous, LOOK, LOOK.next], said=said)
    cells = cells_of(over_time.looks_table(exact(found), "appointment")._repr_html_())
    assert {key.rpartition(".")[2] for key in cells} == {str(LOOK), str(LOOK.next)}  # none without a post
    assert cells[f"counted.appointment.{LOOK}"] == "100"
    assert cells[f"words.appointment.{LOOK}"] == "very strong evidence"
    assert cells[f"said.appointment.{LOOK}"] == "no look then"
    assert cells[f"said.appointment.{LOOK.next}"] == "moderate evidence (310)"


def test_other_choices_stand_beside_the_declared_one_without_words():
    found = growing_of([Shortlist(FIRST, draw, draw) for draw in UNEQUAL], [LOOK], variants=(("another", 3.14),))
    table = over_time.variants_table(exact(found), "appointment")
    assert table.note.startswith("Only the declared choice carries words")
    cells = cells_of(table._repr_html_())
    assert list(cells) == ["variant.appointment.as declared", "variant.appointment.another"]
    assert cells["variant.appointment.another"] == "3.1"


@settings(max_examples=20)
# On a busy machine Hypothesis warns that the example it found slowest is long to print.
@pytest.mark.filterwarnings("ignore:.*overly large repr:hypothesis.errors.HypothesisWarning")
@given(paths(), st.booleans())
def test_along_any_path_the_words_and_the_range_never_contradict_the_evidence(dated, first_time_only):
    # Chances change from quarter to quarter; the real protocol; half of the time people come again and again.
    shortlists = [
        Shortlist(quarter, draw, Draw(0, 0, 0, 0) if first_time_only and place % 3 else draw)
        for place, (quarter, draw) in enumerate(dated)
    ]
    found = growing_of(shortlists, QUARTERS[:14])
    said, now = paragraphs(found)["since"], found.looks[-1]
    ways = re.findall(r"White people were (?:a little )?(more|less) likely", said)
    if ways:
        assert now.e_value >= STRONG
        assert ways == ["more" if now.interval.low > 1 else "less"]
        assert not now.interval.holds(1.0)
    if "either may have been more likely" in said:
        assert now.e_value < STRONG
        assert now.interval.holds(1.0)
    if "about equal" in said:
        low, high = declared_protocol().margin
        assert low <= now.interval.low <= now.interval.high <= high
    if "not equal all the time" in said:
        assert now.e_value >= STRONG
        assert now.interval is None
