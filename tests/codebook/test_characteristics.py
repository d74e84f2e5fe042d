"""What people are compared by: every answer that a return may hold has one place, and every column a row."""

import pytest

from lt_analysis.codebook.characteristics import BY_KEY, ETHNICITY
from lt_analysis.codebook.ethnicity import UNKNOWN
from lt_analysis.codebook.returns import CHARACTERISTICS


def test_every_characteristic_that_returns_hold_can_be_asked_about():
    assert BY_KEY.keys() == {ETHNICITY.key, *(column.name for column in CHARACTERISTICS)}


@pytest.mark.parametrize("column", CHARACTERISTICS, ids=lambda column: column.name)
def test_every_answer_stands_in_a_group_or_is_not_known_and_in_no_two_of_one_kind(column):
    rows = list(BY_KEY[column.name].answers)
    assert sorted(answer for answer, _, _ in rows) == sorted(column.allowed)
    assert all(side or single for _, side, single in rows)


@pytest.mark.parametrize("column", CHARACTERISTICS, ids=lambda column: column.name)
def test_nobody_of_unknown_or_reference_group_is_in_a_group_beside_it(column):
    characteristic = BY_KEY[column.name]
    apart = {UNKNOWN, characteristic.reference.name}
    assert all(single is None for _, side, single in characteristic.answers if side in apart)
    assert not apart & {*characteristic.compared}


def test_parts_are_answers_of_the_group_that_they_are_part_of():
    for characteristic in BY_KEY.values():
        answers = {group.name: {*group.answers} for group in characteristic.groups}
        for group in characteristic.groups:
            assert not group.part_of or answers[group.name] <= answers[group.part_of]
