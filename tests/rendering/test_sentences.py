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
from lt_analysis.rendering.numbers import about, interval, percentage
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


@pytest.mark.parametrize(
    ("one", "said"),
    [
        (beside(55, 10), "The numbers of BME people shortlisted and appointed both fit equal chances."),
        (beside(50, 14), "The numbers of BME people shortlisted and appointed both fit equal chances."),
        (beside(49, 5), "Fewer BME people were shortlisted and appointed than equal chances usually give."),
        (beside(61, 15), "More BME people were shortlisted and appointed than equal chances usually give."),
        (
            beside(49, 10),
            "Fewer BME people shortlisted than equal chances usually give; numbers appointed fit equal chances.",
        ),
        (
            beside(55, 5),
            "Numbers shortlisted fit equal chances; fewer BME people appointed than equal chances usually give.",
        ),
        (beside(49, 15), "Fewer BME people were shortlisted, but more appointed, than equal chances usually give."),
        (beside(55, 5, (False, False)), "Too few posts to tell."),
        (
            beside(55, 5, (False, True)),
            "Too few posts to judge shortlisting; fewer BME people appointed than equal chances usually give.",
        ),
    ],
)
def test_the_headline_sets_both_stages_against_equal_chances(one, said):
    assert sentences.headline(one) == said
    assert len(said.split()) <= 15


def test_counts_come_first_then_expected_then_the_range():
    assert sentences.counts(beside(55, 5), APPOINTMENT) == (
        "5 of 25 appointments went to BME people; about 10 expected if chances were equal on each shortlist; "
        "6 to 14 is the usual range. 20 posts could have gone either way."
    )


def test_where_no_outcome_could_have_told_only_the_count_is_said():
    assert sentences.counts(beside(55, 5, (False, False)), APPOINTMENT) == (
        "5 of 25 appointments went to BME people; too few posts to say more."
    )


def test_nobody_at_all_is_said_in_words():
    nobody = figures(RelativeLikelihood(0, 0, 0, 0), RelativeLikelihood(0, 0, 0, 0), CHANCE)
    assert sentences.counts(nobody, APPOINTMENT) == "There were no appointments of people of known ethnicity."


def said_of(*counts):
    return sentences.likelihood(figures(appointed=RelativeLikelihood(*counts)), APPOINTMENT)


def test_a_likelihood_says_what_is_divided_by_what_and_a_direction_only_where_the_range_carries_it():
    assert said_of(40, 80, 20, 80) == (
        "The share of White people on shortlists who were appointed was 2.00 times the share of BME people on "
        "shortlists. Anywhere from about 1.3 to 3.1 times fits the counts: "
        "White people were more likely to be appointed."
    )
    assert said_of(20, 80, 40, 80).endswith("White people were less likely to be appointed.")
    assert said_of(20, 80, 24, 80).endswith("the counts do not show who was more likely.")


@pytest.mark.parametrize("counts", [(10, 40, 0, 40), (0, 40, 10, 40), (3, 4, 10, 40), (10, 40, 3, 4)])
def test_no_likelihood_is_given_where_nobody_succeeded_or_a_group_is_tiny(counts):
    assert said_of(*counts).startswith("No relative likelihood is given")


EVEN, MORE = RelativeLikelihood(36, 72, 24, 48), RelativeLikelihood(36, 72, 5, 48)
LESS = RelativeLikelihood(5, 72, 36, 48)
SHARE, OF = "White people's share", "that of BME people, likely range"
UNTOLD = "Totals alone: numbers shortlisted and appointed do not show who was more likely to succeed."


def test_the_ratio_over_both_stages_is_of_all_who_applied():
    said = sentences.main_points(figures(appointed=MORE))
    # 36/144 ÷ 5/120, and not 36/72 ÷ 5/48.
    assert said["overall.likelihood"].startswith(
        "The share of White applicants who were appointed was 6.00 times the share of BME applicants."
    )
    assert [key for key in said if key.endswith("likelihood")] == ["overall.likelihood"]


@pytest.mark.parametrize(
    ("first", "last", "said"),
    [
        (EVEN, EVEN, UNTOLD),
        (MORE, EVEN, "Totals alone: White people more likely to be shortlisted; numbers appointed leave it open."),
        (EVEN, LESS, "Totals alone: White people less likely to be appointed; numbers shortlisted leave it open."),
        (MORE, MORE, "Totals alone: White people more likely to be shortlisted, and more likely to be appointed."),
        (LESS, MORE, "Totals alone: White people less likely to be shortlisted, but more likely to be appointed."),
        (RelativeLikelihood(3, 4, 0, 40), EVEN, UNTOLD),
    ],
)  # fmt: skip
def test_the_headline_of_totals_is_about_both_stages(first, last, said):
    assert sentences.headline(figures(first, last)) == said
    assert len(said.split()) <= 15


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


def test_where_the_gap_arises_follows_the_ranges_of_both_stages():
    both = figures(RelativeLikelihood(4675, 15853, 12067, 85586), RelativeLikelihood(1148, 4675, 1426, 12067))
    assert sentences.where_it_arises(both) == (
        f"At shortlisting, White people were more likely to succeed ({SHARE} 2.09 times {OF} 2.0 to 2.2). "
        f"At appointment, White people were more likely to succeed ({SHARE} 2.08 times {OF} 1.9 to 2.2)."
    )
    first = figures(RelativeLikelihood(4675, 15853, 12067, 85586), RelativeLikelihood(10, 40, 11, 40))
    assert sentences.where_it_arises(first) == (
        f"At shortlisting, White people were more likely to succeed ({SHARE} 2.09 times {OF} 2.0 to 2.2). "
        f"At appointment, the counts do not show who was more likely ({SHARE} 0.91 times {OF} 0.44 to 1.9)."
    )


def test_a_hidden_organisation_has_the_same_words_whatever_the_truth():
    said = sentences.main_points(hidden())
    assert said["headline"] == "Too few people to say without identifying someone."
    assert not re.search(r"\d", "".join(said.values()))
    assert "nobody can be identified, nor worked out from other numbers" in said["why"]


ONE_SHOWN = [
    (
        half(first_hidden=True),
        ("appointment", "shortlisting"),
        "Fewer BME people appointed than equal chances usually give; numbers shortlisted cannot be shown.",
    ),
    (
        half(),
        ("shortlisting", "appointment"),
        "Fewer BME people shortlisted than equal chances usually give; numbers appointed cannot be shown.",
    ),
]


@pytest.mark.parametrize(("one", "stages", "headline"), ONE_SHOWN)
def test_where_one_stage_is_hidden_the_other_is_told_and_nothing_is_said_of_it_nor_of_both(one, stages, headline):
    said, (kept, gone) = sentences.main_points(one), stages
    assert said["headline"] == headline
    assert len(headline.split()) <= 15
    assert said["why"] == sentences.main_points(hidden())["why"]
    assert said[f"{kept}.counts"]
    assert said[f"{gone}.counts"] == ""
    assert said["arises"] == ""
    assert said["caution"].endswith("one count is compared here.")


def test_one_stage_of_totals_is_told_with_its_own_ratio_alone():
    both = figures(RelativeLikelihood(4675, 15853, 12067, 85586), RelativeLikelihood(1148, 4675, 1426, 12067))
    hidden_stages = [StageFigure(measure, "BME", State.HIDDEN) for measure in (SHORTLISTING, APPOINTMENT)]
    first = sentences.main_points(replace(both, stages=(both.stages[0], hidden_stages[1])))
    last = sentences.main_points(replace(both, stages=(hidden_stages[0], both.stages[1])))
    assert first["headline"] == (
        "Totals alone: White people more likely to be shortlisted; numbers appointed cannot be shown."
    )
    assert last["headline"] == (
        "Totals alone: White people more likely to be appointed; numbers shortlisted cannot be shown."
    )
    assert first["arises"] == (
        f"At shortlisting, White people were more likely to succeed ({SHARE} 2.09 times {OF} 2.0 to 2.2)."
    )
    assert last["arises"].startswith(
        "At appointment, White people were more likely to succeed (White people's share 2.08 times"
    )
    assert "overall.likelihood" not in first | last


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
    chance = draw(st.none() | st.just(Expected(could_tell=False)) | told)
    return figures(shortlisted, appointed, chance)


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


@given(any_figures())
def test_a_direction_is_said_only_where_the_range_lies_on_one_side_of_one(one):
    said = sentences.likelihood(one, APPOINTMENT)
    low, high = one.stage(APPOINTMENT).likelihood.confidence_interval()
    assert ("more likely to be" in said) <= (low > 1)
    assert ("less likely to be" in said) <= (high < 1)


@pytest.mark.parametrize(
    ("number", "text"),
    [
        (0, "less than 0.02"),
        (0.0199, "less than 0.02"),
        (0.094, "0.094"),
        (0.53, "0.53"),
        (1.94, "1.9"),
        (9.96, "10"),
        (11, "more than 10"),
        (1.0204, "1.02"),
        (0.9972, "0.997"),
    ],
)
def test_limits_have_two_significant_figures_and_none_above_ten(number, text):
    assert about(number) == text


def test_an_unbounded_range_is_said_in_words():
    assert interval(0.5, float("inf")) == "0.50 to more than 10"
    assert interval(12, float("inf")) == "more than 10"


def test_a_small_share_is_never_nought_per_cent():
    assert [percentage(share) for share in (0, 0.0004, 0.012, 0.29)] == ["0%", "under 0.1%", "1.2%", "29%"]


def test_a_changed_figure_is_a_new_value_and_never_the_old_one_changed():
    one = figures()
    with pytest.raises(AttributeError):
        one.name = "Other"
    assert replace(one, name="Other").name == "Other"


def test_where_to_find_how_many_are_of_unknown_ethnicity_is_said_where_it_is_somewhere():
    assert "is on the page on data quality, where that may be shown" in sentences.unknown_note(figures())
    assert "how many they are was not published" in sentences.unknown_note(figures(source="BMJ 2021"))


def test_of_totals_of_which_one_stage_is_hidden_the_headline_tells_the_other_alone():
    first, last = figures(RelativeLikelihood(12, 22, 19, 38)).stages
    for shown, tells in (first, "numbers shortlisted leave it open"), (last, "numbers appointed leave it open"):
        stages = tuple(one if one is shown else StageFigure(one.measure, "BME", State.HIDDEN) for one in (first, last))
        (other,) = (one for one in (first, last) if one is not shown)
        said = sentences.headline(figures(stages=stages))
        assert said == f"Totals alone: {tells}; numbers {other.measure.done} cannot be shown."
