"""Representation: shares beside the workforce that contains them, people short of parity, race disparity ratios."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lt_analysis.evidence.relative_likelihood import Share
from lt_analysis.evidence.representation import AtBand, DisparityRatio


@pytest.mark.parametrize(
    ("some", "people", "short"),
    [
        (30, 100, 30),  # 60 of 100 would be 60%, as of all: 30 fewer
        (60, 100, 0),
        (75, 100, -15),  # 15 more
        (7, 12, 0),  # 7.2 would be: in whole people as many
    ],
)
def test_people_short_of_parity_are_whole_and_below_nought_where_there_are_more(some, people, short):
    assert AtBand(Share(some, people), Share(240, 400)).short_of_parity == short


def test_staff_of_a_band_are_a_part_of_all():
    with pytest.raises(ValueError):
        AtBand(Share(30, 500), Share(240, 400))


# Of each: the group, everybody, the share as printed in whole or with decimals; with those of unknown ethnicity or not.
PRINTED = [
    (
        "White staff of the NHS, March 2018, thousands of known (ethnicity-facts-figures.service.gov.uk)",
        932,
        1162,
        1,
        "80.2",
    ),
    ("all other staff of the NHS, March 2018", 230, 1162, 1, "19.8"),
    ("White staff of the NHS, September 2017", 928, 1150, 1, "80.7"),
    ("BME staff of North Cumbria, March 2025, unknown in the whole (ncic.nhs.uk WRES 2025)", 990, 7422, 0, "13"),
    ("White staff of North Cumbria, March 2025, unknown in the whole", 6307, 7422, 0, "85"),
    ("White people of a training cohort, 2019, of known (FOI, NSHCS)", 338, 413, 0, "82"),
]


@pytest.mark.parametrize(("some", "people", "decimals", "printed"), [row[1:] for row in PRINTED])
def test_shares_that_others_printed_come_out_to_their_decimals(some, people, decimals, printed):
    assert f"{100 * Share(some, people).share:.{decimals}f}" == printed


def test_unknown_ethnicity_in_the_whole_makes_the_share_smaller():
    assert Share(990, 990 + 6307).share > 990 / 7422


def test_a_disparity_ratio_above_1_means_that_white_staff_are_further_up():
    # White staff: 60 above for 40 below, 1.5; the others 60 for 80, 0.75.
    assert DisparityRatio(white_below=40, white_above=60, group_below=80, group_above=60).ratio == 2
    assert DisparityRatio(white_below=80, white_above=60, group_below=40, group_above=60).ratio == 0.5
    assert DisparityRatio(40, 0, 80, 60).ratio is None


@given(*[st.integers(1, 5000)] * 6)
def test_lower_to_upper_is_the_product_of_the_other_two(white_1, white_2, white_3, group_1, group_2, group_3):
    lower_middle = DisparityRatio(white_1, white_2, group_1, group_2).ratio
    middle_upper = DisparityRatio(white_2, white_3, group_2, group_3).ratio
    assert DisparityRatio(white_1, white_3, group_1, group_3).ratio == pytest.approx(lower_middle * middle_upper)


@given(*[st.integers(1, 500)] * 4)
def test_turned_round_the_ratio_and_its_range_are_one_divided_by_them(
    white_below, white_above, group_below, group_above
):
    one = DisparityRatio(white_below, white_above, group_below, group_above)
    turned = DisparityRatio(group_below, group_above, white_below, white_above)
    low, high = one.confidence_interval()
    assert low <= one.ratio <= high
    assert (1 / high, 1 / low) == pytest.approx(tuple(turned.confidence_interval()))
