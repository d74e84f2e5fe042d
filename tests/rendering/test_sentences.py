"""What a page says: directions, counts first, nothing that the figures do not carry."""

import re
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lt_analysis.codebook.measures import APPOINTMENT, SHORTLISTING
from lt_analysis.codebook.periods import FinancialYear, Quarter
from lt_analysis.evidence.relative_likelihood import RelativeLikelihood
from lt_analysis.release.figures import Expected, OrganisationFigures, Release, StageFigure, State, Status
from lt_analysis.rendering import sentences
from lt_analysis.rendering.numbers import about, interval, percentage

SHORTLISTED = RelativeLikelihood(72, 144, 48, 120)


def figures(shortlisted=SHORTLISTED, appointed=None, chance=None, **about) -> OrganisationFigures:
    """An organisation's year, with counts of its own."""
    appointed = appointed or RelativeLikelihood(12, 72, 12, 48)
    shown = StageFigure(SHORTLISTING, "BME", State.RELEASED, shortlisted, chance and Expected(55, 50, 60, True))
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


@pytest.mark.parametrize(
    ("appointed", "said"),
    [
        (5, "Fewer BME people were appointed than equal chances would usually give."),
        (6, "The number of BME people appointed fits equal chances on each shortlist."),
        (14, "The number of BME people appointed fits equal chances on each shortlist."),
        (15, "More BME people were appointed than equal chances would usually give."),
    ],
)
def test_a_count_is_set_against_what_equal_chances_would_give(appointed, said):
    one = figures(appointed=RelativeLikelihood(20, 72, appointed, 48), chance=Expected(10, 6, 14, True))
    assert sentences.headline(one) == said


def test_where_no_outcome_could_have_told_there_are_too_few_posts():
    one = figures(appointed=RelativeLikelihood(5, 10, 5, 10), chance=Expected(5, 0, 10, False))
    assert sentences.headline(one) == "Too few posts to tell."


def test_counts_come_first_then_expected_then_the_range():
    one = figures(appointed=RelativeLikelihood(20, 72, 5, 48), chance=Expected(10, 6, 14, True))
    assert sentences.counts(one, APPOINTMENT) == (
        "5 of 25 appointments went to BME people; about 10 expected if chances were equal on each shortlist; "
        "6 to 14 would be unremarkable."
    )


def test_a_likelihood_says_its_direction_both_ways():
    more = sentences.likelihood(figures(appointed=RelativeLikelihood(20, 40, 10, 40)).stage(APPOINTMENT))
    assert "2.00 times as likely as BME people on shortlists to be appointed, so White people were more likely" in more
    less = sentences.likelihood(figures(appointed=RelativeLikelihood(10, 40, 20, 40)).stage(APPOINTMENT))
    assert "0.50 times as likely" in less
    assert "so White people were less likely" in less


def test_a_likelihood_that_cannot_be_calculated_is_said_so():
    said = sentences.likelihood(figures(appointed=RelativeLikelihood(10, 40, 0, 40)).stage(APPOINTMENT))
    assert said == "How likely White people on shortlists were beside BME people cannot be calculated."


def test_where_the_gap_arises_follows_the_ranges_of_both_stages():
    both = figures(RelativeLikelihood(4675, 15853, 12067, 85586), RelativeLikelihood(1148, 4675, 1426, 12067))
    assert sentences.where_it_arises(both) == (
        "The gap arises at both stages: White people were more likely to succeed at shortlisting (2.09) "
        "and at appointment (2.08)."
    )
    first = figures(RelativeLikelihood(4675, 15853, 12067, 85586), RelativeLikelihood(10, 40, 11, 40))
    assert sentences.where_it_arises(first) == (
        "At shortlisting, White people were more likely to succeed (2.09). "
        "At appointment, the counts cannot tell which group was more likely to succeed."
    )


def test_a_hidden_organisation_has_the_same_words_whatever_the_truth():
    said = sentences.main_points(hidden())
    assert said["headline"] == "Too few people to say without identifying someone."
    assert not re.search(r"\d", "".join(said.values()))


def test_missing_and_refused_returns_are_named():
    one = hidden(status=Status.INCOMPLETE, missing=("2025-26-Q3",), refused=("2026-27-Q2",))
    assert sentences.returns_note(one) == (
        "What was sent for 2026-27-Q2 could not be used and has to be sent again. "
        "Nothing has been received for 2025-26-Q3."
    )


def test_a_page_says_what_it_covers_what_is_new_and_what_is_due():
    said = sentences.coverage(figures())
    assert said["Covers"] == "The financial year 2025-26 (April 2025 to March 2026)."
    assert "for the first time, in the report for 2026-27-Q2" in said["What is new"]
    assert said["Next figures"] == "For 2026-27 (April 2026 to March 2027), in the report for 2026-27-Q4."
    assert (
        "first published in the report for 2025-26-Q4"
        in sentences.coverage(figures(first_published="2025-26-Q4"))["What is new"]
    )


def test_the_front_page_is_in_the_order_of_its_release_and_counts_it():
    release = Release(Quarter.parse("2026-27-Q2"), (figures(), hidden()))
    assert sentences.front_page_points(release)["organisations"].startswith("1 of 2 organisations")
    assert "Workforce Race" in sentences.front_page_coverage(release)["Not yet audited"]


@st.composite
def any_figures(draw):
    def stage(white, group):
        return RelativeLikelihood(draw(st.integers(0, white)), white, draw(st.integers(0, group)), group)

    shortlisted = stage(draw(st.integers(0, 200)), draw(st.integers(0, 200)))
    appointed = stage(shortlisted.white_successful, shortlisted.group_successful)
    low = draw(st.integers(0, 30))
    high = low + draw(st.integers(0, 30))
    chance = draw(st.none() | st.builds(Expected, st.integers(low, high), st.just(low), st.just(high), st.booleans()))
    return figures(shortlisted, appointed, chance)


@given(any_figures())
def test_no_figures_whatever_give_a_page_that_says_what_it_may_not(one):
    said = " ".join(sentences.main_points(one).values())
    assert not re.search(r"\b(inf|nan|None)\b|∞", said)
    assert not re.search(r"significant|bias|discriminat|no difference|draw|pool|chosen|weir|p-value", said)
    assert len(sentences.headline(one).split()) <= 15


@given(any_figures())
def test_every_ratio_comes_with_its_direction(one):
    said = sentences.likelihood(one.stage(APPOINTMENT))
    if "times as likely" in said:
        assert re.search(r"so White people were (more|less) likely|equally likely", said)


@pytest.mark.parametrize(
    ("number", "text"), [(0, "0"), (0.094, "0.094"), (0.53, "0.53"), (1.94, "1.9"), (9.96, "10"), (11, "more than 10")]
)
def test_limits_have_two_significant_figures_and_none_above_ten(number, text):
    assert about(number) == text


def test_an_unbounded_range_is_said_in_words():
    assert interval(0.5, float("inf")) == "0.50 to more than 10"


def test_a_small_share_is_never_nought_per_cent():
    assert (percentage(0.012), percentage(0.29)) == ("1.2%", "29%")


def test_a_changed_figure_is_a_new_value_and_never_the_old_one_changed():
    one = figures()
    with pytest.raises(AttributeError):
        one.name = "Other"
    assert replace(one, name="Other").name == "Other"
