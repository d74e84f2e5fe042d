"""What changed: what is new, and directions that the counts carry."""

from dataclasses import replace
from datetime import date

import pytest

from lt_analysis.codebook.measures import RECRUITMENT
from lt_analysis.codebook.periods import Quarter
from lt_analysis.release.figures import Action, Release, ShareChange, StageChange, changes
from lt_analysis.rendering import what_changed
from lt_analysis.rendering.measure_figures import Change
from tests.rendering.test_front_page import SECOND
from tests.rendering.test_partnership import COUNTED, YEAR, of_partnership
from tests.rendering.test_sentences import figures

FIRST = Quarter.parse("2026-27-Q1")
SHOWN = {key: 20 if number is None else number for key, number in COUNTED.items()}
BEFORE, LATER = (of_partnership(span, numbers=SHOWN) for span in ("2025-26-Q4", "2026-27-Q1"))


def said(*counts, stage="appointed"):
    return what_changed.sentence(Change(LATER, StageChange(stage, ShareChange(*counts))))


def test_counts_come_first_then_direction_then_range():
    assert said(40, 110, 45, 120) == (
        "45 of 120 appointments went to BME people; the quarter before, it was 40 of 110. "
        "The share was 38%, higher than the 36% before. "
        "Anything from 11 points lower to 13 points higher fits the counts."
    )


@pytest.mark.parametrize(
    ("counts", "ends"),
    [
        ((30, 100, 60, 100), "Anything from 16 points higher to 42 points higher fits the counts."),
        ((0, 20, 5, 20), "Anything from 4 points higher to 47 points higher fits the counts."),
        ((0, 19, 19, 19), "These are too few to compare."),
        ((0, 400, 5, 19), "These are too few to compare."),
    ],
)
def test_the_range_ends_what_is_said_whatever_it_holds_and_of_a_few_there_is_none(counts, ends):
    assert said(*counts).endswith(ends)


def test_a_small_change_is_said_in_words_and_never_as_nothing():
    lowest = said(400_000, 1_000_000, 403_000, 1_000_000)
    assert "from less than 1 point higher to less than 1 point higher" in lowest


@pytest.mark.parametrize(
    ("stage", "people"),
    list(
        zip(RECRUITMENT.keys, ("applicants were", "places on shortlists went to", "appointments went to"), strict=True)
    ),
)
@pytest.mark.parametrize(
    ("later", "says"), [(30, "30% both times"), (40, "40%, higher than the 30%"), (20, "20%, lower than the 30%")]
)
def test_each_stage_says_its_people_and_its_direction(stage, people, later, says):
    told = said(30, 100, later, 100, stage=stage)
    assert told.startswith(f"{later} of 100 {people} BME people;")
    assert f"The share was {says}" in told
    assert said(3, 10, 5, 12, stage=stage).startswith(f"5 of 12 {people} BME people;")


def test_a_hidden_number_hides_the_comparison_and_which_one_it_is_makes_no_difference():
    found = set()
    for hidden in (("appointed", "BME"), ("appointed", "known")):
        for tables in ((of_partnership("2025-26-Q4", numbers=SHOWN | {hidden: None}), LATER), (BEFORE, hide(hidden))):
            found.add(what_changed.sentence(Change(tables[-1], changes(*tables)[-1])))
    assert found == {"Appointments: not compared, because a number is not shown."}


def hide(hidden):
    return of_partnership("2026-27-Q1", numbers=SHOWN | {hidden: None})


def test_the_newest_quarter_is_set_beside_the_one_before_it():
    older = of_partnership("2025-26-Q3", numbers=SHOWN)
    compared = what_changed.compared(Release(SECOND, (), (YEAR, older, BEFORE, LATER)))
    assert compared["change"] == "All organisations together, April to June 2026 beside January to March 2026:"
    assert list(compared) == ["change", "change.applied", "change.shortlisted", "change.appointed"]


def test_quarters_of_different_organisations_are_not_compared():
    fewer = of_partnership("2025-26-Q4", members=("ashbourne", "beeches", "dunmow"), numbers=SHOWN)
    known = (figures(slug="dunmow", name="Dunmow"),)
    assert what_changed.compared(Release(SECOND, known, (fewer, LATER)))["change"] == (
        "The latest two quarters of all organisations together add up different organisations: only January to March "
        "2026 has Dunmow (invented); only April to June 2026 has cedars. So they are not compared."
    )
    with pytest.raises(ValueError, match="different organisations"):
        changes(fewer, LATER)
    assert what_changed.compared(Release(SECOND, (), (YEAR, LATER))) == {"change": what_changed.NO_QUARTER_BEFORE}


def test_late_actions_that_were_not_due_a_quarter_before_are_newly_late():
    june = Action("a.1", "Panels", "Chair", None, date(2026, 6, 30), "under way", date(2026, 9, 30))
    may, done = replace(june, due_on=date(2026, 5, 31)), replace(june, status="done")
    found = what_changed.newly_late(Release(SECOND, (figures(actions=(june, may, done)),), earlier=(FIRST,)))
    assert found == {"late.new": "1 of the 2 late actions became late since 30 June 2026."}
    none = what_changed.newly_late(Release(SECOND, (figures(actions=(may,)),), earlier=(FIRST,)))
    assert none == {"late.new": "None of the 1 late actions became late since 30 June 2026."}
    assert what_changed.newly_late(Release(SECOND, (figures(actions=(june,)),))) == {}


def test_a_stage_that_nobody_came_to_is_not_compared():
    nobody = SHOWN | {("appointed", group): 0 for group in ("White", "BME", "known")}
    found = changes(BEFORE, of_partnership("2026-27-Q1", numbers=nobody))
    assert [one.stage for one in found] == ["applied", "shortlisted"]


def test_what_is_new_is_what_this_report_published_first():
    old, new = replace(YEAR, first_published="2026-27-Q1"), replace(LATER, first_published="2026-27-Q2")
    older = figures(slug="beeches", name="Beeches", first_published="2026-27-Q1")
    release = Release(SECOND, (figures(), older), (old, new), earlier=(FIRST,))
    assert what_changed.new(release) == {
        "new.report": "The report before was for April to June 2026.",
        "new.organisations": "New: the year 2025-26, for Ashbourne (invented).",
        "new.partnership": "New: all organisations together, April to June 2026.",
    }
    nothing = what_changed.new(Release(SECOND, (older,), (old,), earlier=(FIRST,)))
    assert nothing["new.organisations"] == "No single organisation has new figures. Theirs are for whole years."
    assert nothing["new.partnership"] == "No figures of all organisations together are new."
    first = what_changed.new(Release(SECOND, (), (YEAR, LATER)))
    assert first["new.report"] == "This is the first report, so every figure in it is new."
    together = "New: all organisations together, April 2025 to March 2026 and April to June 2026."
    assert first["new.partnership"] == together


def test_years_added_up_are_new_in_the_report_that_added_them_up():
    added = replace(YEAR, who="ashbourne", span="2024-25+2025-26", first_published="2026-27-Q2")
    one = figures(first_published="2026-27-Q1", together=(added,))
    said_of = what_changed.new(Release(SECOND, (one,), earlier=(FIRST,)))["new.organisations"]
    assert said_of == "New: several years added up, for Ashbourne (invented)."


def test_many_organisations_are_counted_and_not_listed():
    many = tuple(figures(slug=f"trust-{number}", name=f"Trust {number}") for number in range(4))
    assert "for 4 of 4 organisations." in what_changed.new(Release(SECOND, many))["new.organisations"]
