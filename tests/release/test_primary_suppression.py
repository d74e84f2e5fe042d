"""Each part of the primary rule, by hand."""

import pytest

from lt_analysis.codebook.measures import RECRUITMENT
from lt_analysis.codebook.publishing import smallest_number
from lt_analysis.release.keys import table
from lt_analysis.release.people import FROM_APPLICATIONS, Reached, people_of
from lt_analysis.release.primary_suppression import SMALLEST_WHOLE, hazards
from lt_analysis.release.system import linear_system

WHITE = (90, 40, 20)
SAFE = (80, 30, 10)


def found(white=WHITE, bme=SAFE, groups=("White", "BME"), unknown=(60, 30, 10), bands=("8a",)):
    """Each hazard: the number that would tell, and the few people of whom it would (their group and furthest stage)."""
    sent = {"White": white, "Black": bme, "Unknown": unknown}
    rows = [Reached("ashbourne", "2025-26", FROM_APPLICATIONS, "8a", group, (*sent[group],)) for group in sent]
    people = people_of(rows, RECRUITMENT)
    system = linear_system(
        people.counts, people.empty, table("ashbourne", ("ashbourne",), "2025-26", groups, bands, RECRUITMENT.keys)
    )
    told = []
    for hazard in hazards(system):
        key = system.cells[hazard.cell].key
        of = {(system.atoms[place].group, system.atoms[place].furthest) for place in hazard.people}
        told.append((f"{key.stage}/{key.group}", of & {(group, stage) for group in sent for stage in STAGES}))
    return told


STAGES = ("applied", "shortlisted", "appointed")


def test_the_numbers_of_the_rule():
    assert (smallest_number(), SMALLEST_WHOLE) == (5, 10)


def test_large_numbers_of_both_groups_are_no_hazard():
    assert found() == []


@pytest.mark.parametrize(("appointed", "is_one"), [(1, True), (4, True), (5, False)])
def test_one_to_four_people_are_a_hazard(appointed, is_one):
    expected = [("appointed/BME", {("Black", "appointed")})] if is_one else []
    assert found(bme=(80, 30, appointed)) == expected


@pytest.mark.parametrize(("stayed", "is_one"), [(1, True), (4, True), (5, False)])
def test_one_to_four_people_who_did_not_go_on_are_a_hazard(stayed, is_one):
    expected = [("appointed/BME", {("Black", "shortlisted")})] if is_one else []
    assert found(bme=(80, 30, 30 - stayed)) == expected


@pytest.mark.parametrize(("shortlisted", "is_one"), [(9, True), (10, False)])
def test_that_nobody_of_fewer_than_ten_went_on_is_a_hazard(shortlisted, is_one):
    told = found(bme=(80, shortlisted, 0))
    assert (("appointed/BME", {("Black", "appointed")}) in told) == is_one


@pytest.mark.parametrize(("shortlisted", "is_one"), [(9, True), (10, False)])
def test_that_everybody_of_fewer_than_ten_went_on_is_a_hazard(shortlisted, is_one):
    expected = [("appointed/BME", {("Black", "shortlisted")})] if is_one else []
    assert found(bme=(80, shortlisted, shortlisted)) == expected


def test_that_all_in_a_band_are_of_one_group_is_a_hazard():
    told = found(bme=(80, 30, 0), groups=("White", "BME", "known"))
    assert told == [("appointed/White", {("Black", "appointed")})]


@pytest.mark.parametrize(("unknown", "is_one"), [(0, True), (1, True), (4, True), (5, False)])
def test_fewer_than_five_people_of_unknown_ethnicity_are_a_hazard_and_so_is_nobody(unknown, is_one):
    told = [one for one in found(groups=("Unknown",), unknown=(unknown, 0, 0)) if one[0] == "applied/Unknown"]
    assert bool(told) == is_one


def test_nobody_where_there_was_no_post_is_no_hazard():
    assert found(bands=("8b", "VSM"), groups=("White", "BME", "known", "Unknown")) == []


def test_nobody_in_either_group_where_there_was_a_post_is_no_hazard():
    assert found(white=(0, 0, 0), bme=(0, 0, 0), groups=("White", "BME", "known")) == []
