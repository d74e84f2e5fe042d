"""What was published elsewhere has its source, its status and how it differs, and reproduces what can be checked."""

import re

from lt_analysis.codebook.benchmarks import AREAS, FOUND, PERCENT, RATIO, UNVERIFIED, benchmarks, benchmarks_of
from lt_analysis.codebook.standards import INDICATORS


def test_every_value_has_a_source_a_status_and_says_how_its_definition_differs():
    for one in benchmarks():
        assert one.source and one.differs and one.status in (FOUND, UNVERIFIED) and one.area in AREAS, one
        assert one.indicator in {None, *(indicator.number for indicator in INDICATORS)}
        assert (one.source == "from memory") == (one.status == UNVERIFIED)
        assert re.fullmatch(r"20\d\d(/\d\d)?", one.year)
        assert re.fullmatch(r"(20\d\d(-\d\d){0,2})?", one.dated)


def test_values_are_such_as_their_unit_can_have_and_stand_once():
    for one in benchmarks():
        low, high = {PERCENT: (0, 100), RATIO: (0.3, 3)}[one.unit]
        assert low < one.value < high, one
        assert one.unit == (RATIO if " over " in one.group else PERCENT)
    keys = [(one.indicator, one.group, one.area, one.year) for one in benchmarks()]
    assert len(set(keys)) == len(keys)


def test_every_indicator_has_values_of_england_and_the_second_of_london():
    assert all(benchmarks_of(one.number) for one in INDICATORS)
    # HSJ 7039600: London 1.43, 1.47 and 1.16 in the reports of 2022 to 2024.
    assert [one.value for one in benchmarks_of(2, "London")] == [1.43, 1.47, 1.16]


def test_residents_are_those_of_the_census():
    # Of 1,791,374 residents of the six boroughs 1,078,212 are White; of Lambeth's 317,650, 174,778.
    (south_east,) = benchmarks_of(None, "South East London")
    assert south_east.value == round(100 * (1 - 1_078_212 / 1_791_374), 2)
    assert [one.value for one in benchmarks_of(None, "Lambeth")] == [round(100 * (1 - 174_778 / 317_650), 2)]
