"""Numbers as sums of atoms."""

import numpy as np

from lt_analysis.codebook.measures import RECRUITMENT
from lt_analysis.release.keys import Cell, Key, table
from lt_analysis.release.people import FROM_APPLICATIONS, Reached, people_of
from lt_analysis.release.system import linear_system

# How many applied, were shortlisted, were appointed; by hand.
SENT = {
    ("ashbourne", "8a", "White"): (20, 9, 3),
    ("ashbourne", "8c", "White"): (8, 4, 1),
    ("ashbourne", "8a", "Black"): (12, 5, 2),
    ("ashbourne", "8a", "Unknown"): (3, 1, 0),
    ("beeches", "8+", "White"): (40, 10, 5),
    ("beeches", "8+", "BME"): (30, 6, 2),
}
PEOPLE = people_of(
    (
        Reached(organisation, "2025-26-Q1", FROM_APPLICATIONS, band, group, (*numbers,))
        for (organisation, band, group), numbers in SENT.items()
    ),
    RECRUITMENT,
)
BOTH = ("ashbourne", "beeches")


def values(*keys):
    cells = [Cell(Key.parse(key), BOTH if key.startswith("partnership") else (key.split("/")[0],)) for key in keys]
    system = linear_system(PEOPLE.counts, PEOPLE.empty, cells)
    return [int(value) for value in system.values]


def test_a_stage_is_everybody_who_reached_it_or_went_further():
    stages = ("applied", "shortlisted", "appointed")
    assert values(*(f"ashbourne/2025-26/{stage}/White/8a" for stage in stages)) == [20, 9, 3]


def test_groups_and_bands_add_up_and_unknown_stand_outside():
    assert values("ashbourne/2025-26/applied/White/8+", "ashbourne/2025-26/applied/known/8a-8b") == [28, 32]
    assert values("ashbourne/2025-26/applied/Unknown/8+") == [3]


def test_people_of_whom_only_bme_or_band_8_was_sent_are_in_the_sums():
    assert values("partnership/2025-26-Q1/applied/BME/8+", "partnership/2025-26-Q1/appointed/known/8+") == [42, 13]
    assert values("beeches/2025-26/shortlisted/BME/8+") == [6]


def test_a_number_that_nobody_could_make_up_is_left_out():
    system = linear_system(
        PEOPLE.counts, PEOPLE.empty, table("beeches", ("beeches",), "2025-26", ("BME",), ("8a", "8+"), RECRUITMENT.keys)
    )
    assert [cell.key.cut for cell in system.cells] == ["8+"] * 3


def test_where_there_was_no_post_is_marked_and_every_key_has_its_row():
    cells = list(table("ashbourne", ("ashbourne",), "2025-26", ("White",), ("8a", "9"), RECRUITMENT.keys))
    system = linear_system(PEOPLE.counts, PEOPLE.empty, cells)
    row = system.place["ashbourne/2025-26/applied/White/9"]
    assert system.empty[system.atoms_in(row)].all()
    assert not system.empty[system.atoms_in(system.place["ashbourne/2025-26/applied/White/8a"])].any()
    for cell in cells:
        assert np.array_equal(system.atoms_of(cell), system.atoms_in(system.place[str(cell.key)]))


def test_a_balance_takes_one_sum_from_another():
    cell = Cell(Key.parse("ashbourne/2025-26/applied/White/8a"), ("ashbourne",))
    system = linear_system(PEOPLE.counts, PEOPLE.empty, [cell], [((cell.words,), (cell.of(group="Black").words,))])
    assert (system.balances @ system.counts).tolist() == [20 - 12]
