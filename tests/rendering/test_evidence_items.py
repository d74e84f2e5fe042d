"""The sentences of the evidence since the declared start: each case says what it must, with the right direction."""

import math
import re

import pytest

from lt_analysis.codebook.periods import FinancialYear, Quarter
from lt_analysis.release import items as evidence_items
from lt_analysis.release.items import EvidenceItem, Said
from lt_analysis.rendering import numbers
from lt_analysis.rendering.evidence_items import MISSED, RANGE, STRENGTH, UNKNOWN, UNTIL, item_sentence
from lt_analysis.rendering.forms import say

AT = Quarter.parse("2026-27-Q2"), FinancialYear(2022), Quarter.parse("2025-26-Q4")
WHITE = "White people were {} likely to be appointed than BME people on the same shortlist."
ANYWHERE = "On a shortlist for one post, a White person may have been anywhere from about {} times as likely to be "
ANYWHERE += "appointed as a BME person{}"
ODDS = "For the same post, a White person's odds of being shortlisted may have been anywhere from about {} times those "
ODDS += "of a BME person{}"
AT_RATE = "At the present rate of posts"
LEFT_OUT = "People who did not say their ethnicity are left out"
COUNTED = "counted at every post so that BME people do worst there, or best"
NOT_FAIRNESS = "That does not show that chances were equal."


def item(words="unclear whether chances differ", low=0.8, high=1.3, stage="appointment", **about):
    figures = {"informative": 1_197, "missed": 1.5, "until_some": 0, "until_large": 0, "unknown_holds": 1.0} | about
    return EvidenceItem("partnership", stage, *AT, Said(words, low, high, **figures))


TOO_FEW = item("too few posts to tell", None, None, missed=None, until_some=None, until_large=None)
NO_RETURNS = item("too few returns to tell", None, None, until_some=3, until_large=1)
CHANGING = item("very strong evidence", None, None)

CHOICES = {choice.name: choice for choice in (STRENGTH, RANGE, MISSED, UNTIL, UNKNOWN)}
# Of every choice: the case, items that lead to it, and what is said of each.
SAID = {
    ("strength", "too few"): {
        TOO_FEW: f"Appointment: there are too few posts to tell. {NOT_FAIRNESS}",
        NO_RETURNS: f"Appointment: there are too few returns to tell. {NOT_FAIRNESS}",
    },
    ("strength", "unclear"): {
        item(): f"Appointment: it is unclear whether chances differ between White and BME people. {NOT_FAIRNESS}",
    },
    ("strength", "equal"): {
        item("about equal", 0.8, 1.25): "On average over the years, chances to be appointed were about equal: the "
        "whole margin of error lies between 0.8 and 1.25, as was declared beforehand.",
    },
    ("strength", "some"): {
        item(words, low, high): f"{words.capitalize()}: chances to be appointed may differ, and which way is not said "
        "before the evidence is strong."
        for words, low, high in (("some indication", 0.5, 1.1), ("moderate evidence", 0.97, 3.0))
    },
    ("strength", "changing"): {
        CHANGING: "Very strong evidence that chances to be appointed were not equal all the time.",
    },
    ("strength", "more"): {
        item("strong evidence", 1.004, 1.26): f"Strong evidence: {WHITE.format('more')}",
        item("very strong evidence", 10.0, math.inf): f"Very strong evidence: {WHITE.format('more')}",
        item("strong evidence", 1.3, 2.4, "shortlisting"): "Strong evidence: White people were more likely to be "
        "shortlisted than BME people who wanted the same post.",
    },
    ("strength", "less"): {
        item("strong evidence", 0.79, 0.9991): f"Strong evidence: {WHITE.format('less')}",
        item("very strong evidence", 0.0, 0.02): f"Very strong evidence: {WHITE.format('less')}",
    },
    ("strength", "a little more"): {
        item("strong evidence", 1.004, 1.25): f"Strong evidence of a small difference: {WHITE.format('a little more')}",
    },
    ("strength", "a little less"): {
        item("strong evidence", 0.8, 0.9991): f"Strong evidence of a small difference: {WHITE.format('a little less')}",
    },
    ("item_range", "appointment told"): {
        item("strong evidence", 1.004, 3.0): ANYWHERE.format("1.004 to 3.0", "."),
        item("about equal", 0.86, 1.243): ANYWHERE.format("0.86 to 1.243", "."),
    },
    ("item_range", "appointment open"): {
        item(): ANYWHERE.format("0.80 to 1.3", ", so either may have been more likely."),
    },
    ("item_range", "appointment changing"): {
        CHANGING: "No single ratio fits all the years: what happened has changed."
    },
    ("item_range", "shortlisting told"): {
        item("strong evidence", 0.0, 0.7, "shortlisting"): ODDS.format("less than 0.02 to 0.70", "."),
    },
    ("item_range", "shortlisting open"): {
        item("some indication", 0.9, math.inf, "shortlisting"): ODDS.format(
            "0.90 to more than 10", ", so either may have been more likely."
        ),
    },
    ("item_range", "shortlisting changing"): {
        item("strong evidence", None, None, "shortlisting"): "No single ratio fits all the years: what happened has "
        "changed.",
    },
    ("missed", "any"): {
        TOO_FEW: "From so few posts, even a ratio of 5 in all these years would often not be strong evidence.",
    },
    ("missed", "some"): {
        item(missed=1.25): "From so many posts, a ratio below 1.25 in all these years would often not be strong "
        "evidence.",
        item(stage="shortlisting", missed=2.0): "From so many posts, a ratio of odds below 2 in all these years would "
        "often not be strong evidence.",
    },
    ("until", "some"): {
        item(until_some=1): f"{AT_RATE}, a ratio of 1.5 would probably be strong evidence after 1 more quarter.",
        item(until_some=None): f"{AT_RATE}, a ratio of 1.5 would probably be strong evidence after more than 20 more "
        "quarters.",
    },
    ("until", "both"): {
        item(until_large=2, until_some=9): f"{AT_RATE}, a ratio of 2 would probably be strong evidence after 2 more "
        "quarters, and one of 1.5 after 9 more quarters.",
    },
    ("until", "beyond"): {
        TOO_FEW: f"{AT_RATE}, it takes more than 20 more quarters until a ratio of 2 would probably be strong "
        "evidence.",
    },
    ("unknown_holds", "all"): {
        item(): f"{LEFT_OUT}; were all of them {COUNTED}, the words would be the same.",
    },
    ("unknown_holds", "some"): {
        item(unknown_holds=share): f"{LEFT_OUT}; were {written} of them {COUNTED}, the words would be the same, and "
        "with more of them they could change."
        for share, written in ((0.1, "a tenth"), (0.25, "a quarter"), (0.5, "half"), (0.2, "20%"))
    },
    ("unknown_holds", "none"): {
        item(unknown_holds=0.0): f"{LEFT_OUT}; were a tenth of them {COUNTED}, the words could change.",
    },
    # Where it says nothing.
    ("item_range", ""): {TOO_FEW: "", NO_RETURNS: ""},
    ("missed", ""): {NO_RETURNS: "", item("strong evidence", 1.3, 2.0): "", item("about equal", 0.9, 1.1): ""},
    ("until", ""): {NO_RETURNS: "", item(): "", item("moderate evidence", until_large=2, until_some=9): ""},
    ("unknown_holds", ""): {NO_RETURNS: ""},
}


def test_every_case_of_every_choice_is_looked_at():
    assert {key for key in SAID if key[1]} == {(name, case) for name, one in CHOICES.items() for case in one.cases}


@pytest.mark.parametrize(("choice", "case"), SAID)
def test_each_case_says_what_it_must(choice, case):
    for one, said in SAID[choice, case].items():
        assert say(CHOICES[choice], one, "") == said
        whole = item_sentence(one)
        assert said in whole
        assert not re.search(r"no difference|bias|discriminat|significan|\bfair|\bnan\b|\binf\b|None|0\.00\b", whole)
        assert not re.search(r"\b(draws?|pool|chosen|weir|p-value)\b", whole)


def test_an_item_says_counts_words_range_and_what_it_does_not_show():
    parts = ("strength", "unclear"), ("item_range", "appointment open"), ("unknown_holds", "all")
    words, likely, unknown = (SAID[part][item()] for part in parts)
    assert item_sentence(item()) == (
        "Of all posts sent that closed from April 2022 to March 2026, 1,197 could have gone either way in who was "
        f"appointed, to White or BME people. {words} {likely} From so many posts, a ratio below 1.5 in all these years "
        f"would often not be strong evidence. {unknown}"
    )


def test_a_hidden_item_says_one_thing_whosever_it_is_and_of_which_stage_and_look():
    hidden = [
        EvidenceItem(scope, stage, look, *AT[1:])
        for scope in ("partnership", "nonesuch-hospitals")
        for stage in ("shortlisting", "appointment")
        for look in (AT[0], AT[2])
    ]
    assert {item_sentence(one) for one in hidden} == {"Not shown, so that nobody can be identified."}


def test_an_item_holds_no_limit_beyond_those_that_pages_print():
    assert (evidence_items.PRINTED_FROM, evidence_items.PRINTED_TO) == (numbers.LESS_THAN, numbers.MORE_THAN)
