"""People by the furthest stage that they reached."""

from hypothesis import given
from hypothesis import strategies as st

from lt_analysis.codebook.measures import RECRUITMENT
from lt_analysis.release.keys import Atom
from lt_analysis.release.people import FROM_APPLICATIONS, People, Reached, people_of

FROM_TOTALS = "totals"


def row(band="8a", group="White", numbers=(9, 4, 1), basis=FROM_APPLICATIONS, period="2025-26-Q1"):
    return Reached("ashbourne", period, basis, band, group, (*numbers,))


def furthest(people, group, band, period="2025-26-Q1"):
    stages = ("applied", "shortlisted", "appointed")
    return tuple(people.counts.get(Atom("ashbourne", period, stage, group, band)) for stage in stages)


def test_people_are_counted_once_by_the_furthest_stage():
    assert furthest(people_of([row()], RECRUITMENT), "White", "8a") == (5, 3, 1)


@given(st.tuples(*[st.integers(0, 500)] * 3))
def test_whoever_sends_nested_numbers_has_no_fewer_than_nobody_anywhere(parts):
    left, shortlisted, appointed = parts
    people = people_of([row(numbers=(left + shortlisted + appointed, shortlisted + appointed, appointed))], RECRUITMENT)
    assert furthest(people, "White", "8a") == parts
    assert min(people.counts.values()) >= 0


def test_groups_of_whom_nobody_came_have_their_atoms():
    people = people_of([row()], RECRUITMENT)
    assert {atom.group for atom in people.counts} == {"White", "Mixed", "Asian", "Black", "Other", "Unknown"}
    assert furthest(people, "Black", "8a") == (0, 0, 0)
    assert Atom("ashbourne", "2025-26-Q1", "applied", "Black", "8a") not in people.empty


def test_where_only_bme_was_sent_no_single_group_is_made_up():
    people = people_of([row(), row(group="BME", numbers=(8, 8, 8))], RECRUITMENT)
    assert {atom.group for atom in people.counts} == {"White", "BME", "Unknown"}
    assert furthest(people, "BME", "8a") == (0, 0, 8)


def test_where_only_band_8_and_above_was_sent_no_single_band_is_made_up():
    people = people_of([row("8+", basis=FROM_TOTALS)], RECRUITMENT)
    assert {atom.cut for atom in people.counts} == {"8+"}
    assert people.empty == frozenset()


def test_a_band_without_a_row_had_no_post_where_applications_were_sent():
    people = people_of([row("8a"), row("9", numbers=(0, 0, 0))], RECRUITMENT)
    assert {atom.cut for atom in people.empty} == {"8b", "8c", "8d", "VSM"}
    assert furthest(people, "White", "9") == (0, 0, 0)


def test_of_totals_nobody_knows_in_which_bands_there_was_no_post():
    assert people_of([row("8a", basis=FROM_TOTALS)], RECRUITMENT).empty == frozenset()


def test_a_return_that_was_counted_before_stays_as_it_was_and_others_are_new():
    before = people_of([row("8b", numbers=(7, 7, 7))], RECRUITMENT)
    now = people_of([row("8a"), row("8a", period="2025-26-Q2")], RECRUITMENT)
    people = now.replaced_by(before)
    assert furthest(people, "White", "8b") == (0, 0, 7)
    assert furthest(people, "White", "8a") == (0, 0, 0)
    assert furthest(people, "White", "8a", "2025-26-Q2") == (5, 3, 1)
    assert people.empty == before.empty | {atom for atom in now.empty if atom.period == "2025-26-Q2"}


def test_nobody_is_counted_twice_where_a_year_comes_in_another_form_than_it_was_counted_in():
    quarters = people_of([row(period=f"2025-26-Q{number}") for number in (1, 2)], RECRUITMENT)
    year = people_of([row(period="2025-26", numbers=(90, 40, 10)), row(period="2026-27-Q1")], RECRUITMENT)
    assert year.counted_otherwise(quarters) == {("ashbourne", "2025-26")}
    assert {atom.period for atom in year.replaced_by(quarters).counts} == {"2025-26-Q1", "2025-26-Q2", "2026-27-Q1"}
    assert quarters.counted_otherwise(year) == {("ashbourne", "2025-26-Q1"), ("ashbourne", "2025-26-Q2")}
    assert quarters.replaced_by(year).counts == year.counts
    more = people_of([row(period=f"2025-26-Q{number}") for number in (1, 2, 3)], RECRUITMENT)
    assert more.counted_otherwise(quarters) == set()
    assert {atom.period for atom in more.replaced_by(quarters).counts} == {f"2025-26-Q{number}" for number in (1, 2, 3)}


def test_people_of_some_returns_are_those_alone():
    people = people_of([row(), row(period="2025-26-Q2")], RECRUITMENT)
    some = people.of({("ashbourne", "2025-26-Q2")})
    assert {atom.period for atom in some.counts} == {"2025-26-Q2"} == {atom.period for atom in some.empty}
    assert people.of(set()) == People({}, frozenset())
