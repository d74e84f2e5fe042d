"""Which single groups lie where beside equal chances, and when one figure for all of them hides that they differ."""

import re
from dataclasses import replace
from itertools import product

import pytest

from lt_analysis.codebook.measures import APPOINTMENT, SHORTLISTING, STAGES
from lt_analysis.release.figures import Exactly, Expected, RelativeLikelihood, StageFigure, State, Status
from lt_analysis.rendering.single_groups import ONLY_TOTALS, sentence, sentences, single_groups
from tests.rendering.test_sentences import figures

# Of a group 6 are expected, and equal chances usually give 3 to 9.
BELOW, LOW, AT, HIGH, ABOVE = 2, 4, 6, 8, 10
FEW = None  # of so few posts no outcome could lie outside


def stage(group: str, count: int | None, measure=APPOINTMENT, expected: float = 6.0) -> StageFigure:
    chance = Expected(count is not FEW, round(expected), 3, 9, 12)
    counts = RelativeLikelihood(20, 72, LOW if count is FEW else count, 24)
    return StageFigure(measure, group, State.RESTRICTED, counts, chance, Exactly(expected, 1.6, 0.5, 12))


def found(*counts: int | None):
    return single_groups(
        [stage(group, count) for group, count in zip(("Mixed", "Asian", "Black"), counts, strict=False)]
    )


@pytest.mark.parametrize(
    ("counts", "apart"),
    [
        ((AT, AT, AT), False),
        ((LOW, HIGH, AT), False),  # on both sides of what is expected, and all within their ranges
        ((BELOW, AT, AT), False),
        ((BELOW, LOW, BELOW), False),
        ((BELOW, HIGH, LOW), False),  # chance alone puts one outside and another on the other side often enough
        ((BELOW, ABOVE, AT), True),
        ((ABOVE, HIGH, ABOVE), False),
        ((ABOVE, LOW, HIGH), False),
        ((ABOVE, AT, AT), False),
        ((ABOVE, FEW, FEW), False),  # each 2 fewer than expected, which tells nothing
        ((FEW, FEW, FEW), False),
        ((BELOW,), False),
    ],
)
def test_groups_point_apart_where_one_lies_below_its_range_and_another_above(counts, apart):
    assert found(*counts).apart is apart
    assert found(*reversed(counts)).apart is apart


@pytest.mark.parametrize("counts", list(product((BELOW, LOW, HIGH, ABOVE, FEW), repeat=3)))
def test_every_group_is_in_one_place_and_apart_is_outside_on_both_sides(counts):
    groups = found(*counts)
    placed = (*groups.below, *groups.within, *groups.above, *groups.untold)
    assert sorted(placed) == ["Asian", "Black", "Mixed"]
    assert groups.apart == bool(groups.below and groups.above)


RANGE = "the range if chances were equal"
APART = "groups within BME point apart"


@pytest.mark.parametrize(
    ("counts", "said"),
    [
        ((AT, AT, AT), f"Appointed: Mixed, Asian and Black within {RANGE}."),
        ((BELOW, AT, ABOVE), f"Appointed: Mixed below {RANGE}; Asian within it; Black above it; {APART}."),
        ((ABOVE, LOW, FEW), f"Appointed: Asian within {RANGE}; Mixed above it; Black: too few posts to set a range."),
        ((BELOW, BELOW, AT), f"Appointed: Mixed and Asian below {RANGE}; Black within it."),
        ((FEW, FEW, FEW), "Appointed: Mixed, Asian and Black: too few posts to set a range."),
    ],
)
def test_one_sentence_says_where_each_lies(counts, said):
    assert sentence(found(*counts)) == said


@pytest.mark.parametrize("counts", list(product((BELOW, LOW, HIGH, ABOVE, FEW), repeat=3)))
def test_no_word_of_evidence_and_no_number_is_said(counts):
    assert not re.search(r"evidence|likely|significant|strong|\d", sentence(found(*counts)))


def exact(**about):
    stages = tuple(stage(group, AT, measure) for measure in STAGES for group in ("BME", "Asian", "Black"))
    known = {"stages": stages, "state": State.RESTRICTED, "adjusted_for_vacancies": True}
    return figures(**known | about)


def test_the_group_that_adds_them_up_is_none_of_them_and_each_stage_has_a_sentence():
    both = f"Asian and Black within {RANGE}."
    said = {
        "single-groups.shortlisting": f"Shortlisted: {both}",
        "single-groups.appointment": f"Appointed: {both}",
    }
    assert sentences(exact(span=figures().quarter)) == said
    assert sentences(exact()) == {f"year.{cell}": text for cell, text in said.items()}
    outside = replace(exact(), stages=(stage("BME", BELOW, SHORTLISTING), *exact().stages[1:]))
    assert sentences(outside) == sentences(exact())


def test_where_only_totals_were_sent_it_says_so_and_of_a_year_that_is_not_complete_nothing():
    assert sentences(exact(adjusted_for_vacancies=False)) == {"year.single-groups": ONLY_TOTALS}
    assert sentences(exact(status=Status.INCOMPLETE)) == {}
