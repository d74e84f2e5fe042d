"""What a page says: directions, counts first, nothing that the figures do not carry."""

import re
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lt_analysis.codebook.measures import APPOINTMENT, SHORTLISTING
from lt_analysis.codebook.periods import FinancialYear, Quarter
from lt_analysis.evidence.relative_likelihood import RelativeLikelihood
from lt_analysis.release.figures import Expected, OrganisationFigures, StageFigure, State, Status
from lt_analysis.rendering import sentences
from tests.making import people_table

SHORTLISTED = RelativeLikelihood(72, 144, 48, 120)


def figures(shortlisted=SHORTLISTED, appointed=None, chance=None, **about) -> OrganisationFigures:
    """An organisation's year, with counts of its own."""
    appointed = appointed or RelativeLikelihood(12, 72, 12, 48)
    shown = StageFigure(SHORTLISTING, "BME", State.RELEASED, shortlisted, chance and Expected(True, 55, 50, 60, 24))
    last = StageFigure(APPOINTMENT, "BME", State.RELEASED, appointed, chance)
    known = {
        **{"slug": "ashbourne", "name": "Ashbourne", "kind": "acute trust", "invented": True},
        **{"posts": "Band 8 and above", "span": FinancialYear(2025), "quarter": Quarter.parse("2026-27-Q2")},
        **{"status": Status.COMPLETE, "missing": (), "refused": (), "source": None, "first_published": "2026-27-Q2"},
        **{"adjusted_for_vacancies": chance is not None, "state": State.RELEASED, "stages": (shown, last)},
    }
    return OrganisationFigures(**known | about)


def hidden(**about) -> OrganisationFigures:
    stages = tuple(StageFigure(measure, "BME", State.HIDDEN) for measure in (SHORTLISTING, APPOINTMENT))
    return figures(stages=stages, state=State.HIDDEN, first_published=None, **about)


CHANCE = Expected(could_tell=True, people=10, low=6, high=14, informative=20)


def beside(shortlisted: int, appointed: int, could_tell=(True, True)) -> OrganisationFigures:
    """Figures whose counts lie somewhere beside ranges of 50 to 60 shortlisted and 6 to 14 appointed."""
    first, last = RelativeLikelihood(72, 144, shortlisted, 120), RelativeLikelihood(20, 72, appointed, 48)
    one = figures(first, last, CHANCE)
    stages = tuple(
        replace(stage, expected=replace(stage.expected, could_tell=tell))
        for stage, tell in zip(one.stages, could_tell, strict=True)
    )
    return replace(one, stages=stages)


def half(first_hidden: bool = False, **about) -> OrganisationFigures:
    """Figures of which one stage is hidden."""
    one = beside(49, 5)
    shown = tuple(
        StageFigure(stage.measure, "BME", State.HIDDEN) if (place == 0) == first_hidden else stage
        for place, stage in enumerate(one.stages)
    )
    return replace(one, stages=shown, **about)


WORDS = {"fewer": "below", "fits": "within", "more": "above", "untold": "too few posts", "hidden": "range not shown"}
SHORTLISTINGS = {"fewer": 49, "fits": 50, "more": 61}
APPOINTMENTS = {"fewer": 5, "fits": 14, "more": 15}
WITHOUT_A_RANGE = {"untold": Expected(False), "hidden": Expected(True)}


def in_places(first: str, last: str) -> OrganisationFigures:
    """Figures whose counts lie so: below, within or above their ranges, or without one."""
    one = beside(SHORTLISTINGS.get(first, 55), APPOINTMENTS.get(last, 10))
    stages = tuple(
        replace(stage, expected=WITHOUT_A_RANGE.get(place, stage.expected))
        for stage, place in zip(one.stages, (first, last), strict=True)
    )
    return replace(one, stages=stages)


@pytest.mark.parametrize("first", WORDS)
@pytest.mark.parametrize("last", WORDS)
def test_the_headline_says_of_both_stages_where_their_numbers_lie_and_no_more(first, last):
    said, at, ranged = sentences.headline(in_places(first, last)), (WORDS[first], WORDS[last]), (*SHORTLISTINGS,)
    beside_range = "the range if chances were equal"
    if first == last == "untold":
        assert said == "Too few posts to set numbers beside a range."
    elif first == last and first in ranged:
        assert said == f"BME people shortlisted and appointed: both {at[0]} {beside_range}."
    else:
        first_range, last_range = (f" {beside_range}" if place in ranged else "" for place in (first, last))
        if first_range:
            last_range = " it" if last_range else ""
        assert said == f"BME people shortlisted: {at[0]}{first_range}; appointed: {at[1]}{last_range}."
    assert len(said.split()) <= 15


def test_counts_come_first_then_expected_then_the_range():
    assert sentences.counts(beside(55, 5), APPOINTMENT) == (
        "5 of 25 appointments went to BME people, about 5 fewer than equal chances give, below the range "
        "if chances were equal: 6 to 14. 20 posts could have gone either way."
    )


@pytest.mark.parametrize(
    ("place", "ends"),
    [
        ("untold", "; too few posts to say more."),
        ("hidden", "; what equal chances would give is not shown, so that no other organisation is told of."),
    ],
)
def test_without_a_range_only_the_count_is_said(place, ends):
    one = in_places("fits", place)
    assert sentences.counts(one, APPOINTMENT) == f"10 of 30 appointments went to BME people{ends}"
    assert sentences.caution(one).endswith("one is set beside its range here.")
    assert sentences.caution(in_places(place, place)) == "No number is set beside a range here."


def test_nobody_at_all_is_said_in_words():
    nobody = figures(RelativeLikelihood(0, 0, 0, 0), RelativeLikelihood(0, 0, 0, 0), CHANCE)
    assert sentences.counts(nobody, APPOINTMENT) == "There were no appointments of people of known ethnicity."


def said_of(*counts):
    return sentences.likelihood(figures(appointed=RelativeLikelihood(*counts)), APPOINTMENT)


def test_a_likelihood_says_what_is_divided_by_what_and_its_range_and_no_more():
    assert said_of(40, 80, 20, 80) == (
        "The share of White people on shortlists who were appointed was 2.00 times the share of BME people on "
        "shortlists. Anywhere from about 1.3 to 3.1 times fits the counts."
    )


@pytest.mark.parametrize("counts", [(10, 40, 0, 40), (0, 40, 10, 40), (3, 4, 10, 40), (10, 40, 3, 4)])
def test_no_likelihood_is_given_where_nobody_succeeded_or_a_group_is_tiny(counts):
    assert said_of(*counts).startswith("No relative likelihood is given")


MORE = RelativeLikelihood(36, 72, 5, 48)
SHARE, OF = "White people's share was", "that of BME people, margin of error"


def test_the_ratio_over_both_stages_is_of_all_who_applied():
    said = sentences.main_points(figures(appointed=MORE))
    # 36/144 ÷ 5/120, and not 36/72 ÷ 5/48.
    assert said["overall.likelihood"].startswith(
        "The share of White applicants who were appointed was 6.00 times the share of BME applicants."
    )
    assert [key for key in said if key.endswith("likelihood")] == ["overall.likelihood"]


def test_where_counts_stand_beside_equal_chances_no_ratio_is_given_and_nothing_is_said_twice():
    said = sentences.main_points(beside(49, 10))
    assert not [key for key in said if key.endswith("likelihood")]
    assert said["arises"] == ""
    parts = [one for text in said.values() for one in re.split(r"(?<=[.;]) ", text) if one]
    assert len(parts) == len(set(parts))


def test_no_ratio_is_given_for_one_quarter():
    quarterly = figures(span=Quarter.parse("2026-27-Q2"))
    assert sentences.main_points(figures())["overall.likelihood"]
    assert not re.search(r"\d times", " ".join(sentences.main_points(quarterly).values()))


BOTH = figures(RelativeLikelihood(4675, 15853, 12067, 85586), RelativeLikelihood(1148, 4675, 1426, 12067))


def test_of_totals_the_ratio_at_each_stage_is_said_with_its_range_and_the_headline_says_what_they_do_not_tell():
    assert sentences.headline(BOTH) == "Only totals are known, which do not tell one post from another."
    assert sentences.where_it_arises(BOTH) == (
        f"At shortlisting, {SHARE} 2.09 times {OF} 2.0 to 2.2. At appointment, {SHARE} 2.08 times {OF} 1.9 to 2.2."
    )
    few = figures(RelativeLikelihood(4675, 15853, 12067, 85586), RelativeLikelihood(3, 4, 10, 40))
    assert sentences.where_it_arises(few).endswith("At appointment, there were too few people to say.")


def test_a_hidden_organisation_has_the_same_words_whatever_the_truth():
    said = sentences.main_points(hidden())
    assert said["headline"] == "Too few people to say without identifying someone."
    assert not re.search(r"\d", "".join(said.values()))
    assert "nobody can be identified, nor worked out from other numbers" in said["why"]


@pytest.mark.parametrize("place", [*WORDS, "totals"])
@pytest.mark.parametrize("gone", [SHORTLISTING, APPOINTMENT])
def test_where_one_stage_is_hidden_the_other_is_told_and_nothing_is_said_of_it_nor_of_both(place, gone):
    one = BOTH if place == "totals" else in_places(place, place)
    (kept,) = (stage.measure for stage in one.stages if stage.measure != gone)
    stages = tuple(StageFigure(gone, "BME", State.HIDDEN) if one.measure == gone else one for one in one.stages)
    said = sentences.main_points(replace(one, stages=stages))
    its_range = " the range if chances were equal" if place in SHORTLISTINGS else ""
    begins = (
        f"Only totals were sent of BME people {kept.done}"
        if place == "totals"
        else f"BME people {kept.done}: {WORDS[place]}{its_range}"
    )
    assert said["headline"] == f"{begins}; numbers {gone.done} cannot be shown."
    assert len(said["headline"].split()) <= 15
    assert said["why"] == sentences.main_points(hidden())["why"]
    assert said[f"{kept.key}.counts"]
    assert said[f"{gone.key}.counts"] == ""
    assert "overall.likelihood" not in said
    arises = {
        "shortlisting": f"{SHARE} 2.09 times {OF} 2.0 to 2.2.",
        "appointment": f"{SHARE} 2.08 times {OF} 1.9 to 2.2.",
    }
    assert said["arises"] == (f"At {kept.key}, {arises[kept.key]}" if place == "totals" else "")


def test_years_that_are_added_up_are_named():
    said = sentences.why_together(figures(together=(people_table({}, "2022-23+2023-24"), people_table({}, "2024-25"))))
    assert "these years are added up: 2022-23 and 2023-24, and 2024-25." in said


def test_a_year_of_two_kinds_of_returns_is_to_be_sent_again():
    said = sentences.returns_note(hidden(status=Status.REFUSED))
    assert said == "Its returns of the year mix applications and totals, which cannot be added up: send one kind again."


def test_missing_and_refused_returns_are_named():
    one = hidden(status=Status.INCOMPLETE, missing=("2025-26-Q3",), refused=("2026-27-Q2",))
    assert sentences.returns_note(one) == (
        "What was sent for 2026-27-Q2 could not be used and has to be sent again. "
        "Nothing has been received for 2025-26-Q3."
    )


def test_a_page_says_what_it_covers_what_is_new_and_what_is_due():
    said = sentences.coverage(figures())
    assert said["Covers"] == (
        "April 2025 to March 2026 (financial year 2025-26), in the report for July to September 2026."
    )
    assert said["What is new"] == "These figures are published here for the first time."
    assert said["Next figures"] == "For April 2026 to March 2027, in the report for January to March 2027."
    earlier = sentences.coverage(figures(first_published="2025-26-Q4"))
    assert "first published in the report for January to March 2026" in earlier["What is new"]
    # An exact page holds what was said at earlier looks too, and can be made again.
    assert "What is new" not in sentences.coverage(figures(state=State.RESTRICTED))


@st.composite
def any_figures(draw):
    def stage(white, group):
        return RelativeLikelihood(draw(st.integers(0, white)), white, draw(st.integers(0, group)), group)

    shortlisted = stage(draw(st.integers(0, 200)), draw(st.integers(0, 200)))
    appointed = stage(shortlisted.white_successful, shortlisted.group_successful)
    low = draw(st.integers(0, 30))
    high = low + draw(st.integers(0, 30))
    told = st.builds(Expected, st.just(True), st.integers(low, high), st.just(low), st.just(high), st.integers(5, 40))
    chance = draw(st.none() | st.builds(Expected, st.booleans()) | told)
    return figures(shortlisted, appointed, chance)


@given(any_figures(), st.booleans())
def test_no_ratio_stands_in_the_main_points_but_of_totals(one, of_totals):
    said = " ".join(sentences.main_points(replace(one, adjusted_for_vacancies=not of_totals)).values())
    any_ratio = bool(re.search(r"\d times|relative likelihood", said))
    assert any_ratio <= (of_totals and not any(stage.expected for stage in one.stages))


@given(any_figures())
def test_no_figures_whatever_give_a_page_that_says_what_it_may_not(one):
    said = " ".join(sentences.main_points(one).values())
    assert not re.search(r"\b(inf|nan|None)\b|∞", said)
    assert not re.search(r"significant|bias|discriminat|no difference|draw|pool|chosen|weir|p-value", said)
    assert 1 < len(sentences.headline(one).split()) <= 15
    for stage in (SHORTLISTING, APPOINTMENT):
        assert sentences.counts(one, stage)
        assert sentences.likelihood(one, stage)
    assert sentences.caution(one)


def test_where_to_find_how_many_are_of_unknown_ethnicity_is_said_where_it_is_somewhere():
    assert "is on the page on data quality, where that may be shown" in sentences.unknown_note(figures())
    assert "how many they are was not published" in sentences.unknown_note(figures(source="BMJ 2021"))
