"""Representation: shares beside the workforce that contains them, people short of parity, race disparity ratios."""

from math import comb

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lt_analysis.evidence.relative_likelihood import Share
from lt_analysis.evidence.representation import AtBand, DisparityRatio, NextAppointments


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


# Of each source: its total, and of each group the number and the share as printed, to its decimals. Indicator 1 has
# those of unknown ethnicity in the whole; where the source leaves them out, that is said.
PRINTED = {
    "NHS, March 2018, thousands of known (ethnicity-facts-figures.service.gov.uk)": (1162, {932: "80.2", 230: "19.8"}),
    "NHS, September 2017, thousands of known (the same)": (1150, {928: "80.7"}),
    "North Cumbria, March 2025: BME, White, not declared (ncic.nhs.uk WRES 2025)": (
        7422,
        {990: "13", 6307: "85", 125: "2"},
    ),
    "applied for the Scientist Training Programme, 2019, of known: White, Black (FOI, NSHCS)": (
        7885,
        {5253: "67", 640: "8"},
    ),
    "its cohort of 2019, of known": (413, {338: "82", 4: "1"}),
    "applied for it in 2022: 18 narrower groups, two of 48, unknown in the whole (nshcs.hee.nhs.uk)": (
        7601,
        {
            **{243: "3.2", 481: "6.33", 166: "2.18", 48: "0.63", 464: "6.10", 128: "1.68", 434: "5.71", 220: "2.89"},
            **{1993: "26.22", 80: "1.05", 137: "1.80", 105: "1.38", 253: "3.33", 36: "0.47", 140: "1.84"},
            **{2561: "33.69", 64: "0.84"},
        },
    ),
    "racially minoritised leaders of London medical schools (Int J Med Educ 2021;12:94-100)": (81, {7: "8.6"}),
}
# Pay quarters of Imperial College London, upper, upper middle, lower middle, lower (its page on quartiles of 2020, and
# that of 2021 as archived on 8 March 2022): BME, unknown and White people, and in 2021 women. Of the lower quarter of
# 2021 the page prints 16.0% of unknown ethnicity for 393 of 2,464: 15.9497, which it rounded twice.
PRINTED |= {
    "Imperial 2020, upper": (2525, {410: "16.2", 223: "8.8", 1892: "74.9"}),
    "Imperial 2020, upper middle": (2524, {704: "27.9", 300: "11.9", 1520: "60.2"}),
    "Imperial 2020, lower middle": (2524, {747: "29.6", 360: "14.3", 1417: "56.1"}),
    "Imperial 2020, lower": (2524, {799: "31.7", 455: "18.0", 1270: "50.3"}),
    "Imperial 2021, upper": (2465, {411: "16.7", 233: "9.5", 1821: "73.9", 784: "31.8"}),
    "Imperial 2021, upper middle": (2464, {670: "27.2", 291: "11.8", 1503: "61.0", 1200: "48.7"}),
    "Imperial 2021, lower middle": (2464, {740: "30.0", 336: "13.6", 1388: "56.3", 1224: "49.7"}),
    "Imperial 2021, lower": (2464, {824: "33.4", 393: "15.9", 1247: "50.6", 1260: "51.1"}),
}


@pytest.mark.parametrize("source", PRINTED)
def test_shares_that_others_printed_come_out_to_their_decimals(source):
    people, printed = PRINTED[source]
    decimals = {text: len(text.partition(".")[2]) for text in printed.values()}
    assert {some: f"{100 * Share(some, people).share:.{decimals[text]}f}" for some, text in printed.items()} == printed


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


@pytest.mark.parametrize(
    ("in_post", "of_all", "so_far", "needed", "chance"),
    [
        # Parity is 40 of 100; 20 leave, of whom 6 are of the group: 40 - 24 = 16 of 20. By hand, the sum of
        # C(20, k) 0.3^k 0.7^(20-k) for k from 16 is 5.5503e-06.
        ((30, 100), (160, 400), (6, 20), 16, 5.5503e-06),
        ((40, 100), (160, 400), (10, 20), 8, 0.868412),  # at parity those who leave have to be made up for
        ((90, 100), (100, 400), (1, 20), 0, 1.0),  # far above it nobody has to be
        ((10, 100), (200, 400), (4, 8), 41, 0.0),  # 8 appointments cannot bring 40 more
        ((10, 40), (200, 400), (30, 90), 20, 0.021441),  # no more than there are posts: half of all 40 of them
    ],
)
def test_the_next_appointments_make_up_for_who_leaves_and_for_what_is_short_of_parity(
    in_post, of_all, so_far, needed, chance
):
    at = AtBand(*(Share(*one) for one in (in_post, of_all)))
    coming = NextAppointments(at, Share(*so_far))
    assert coming.needed == needed
    assert coming.chance == pytest.approx(chance, rel=0.01)


@pytest.mark.parametrize(
    ("in_post", "so_far", "years", "needed"),
    [
        # Of 30, 24 are left after a year in which a fifth leaves, and 19.2 after two. Of x new ones a year 0.8 x + x
        # are there at the end: 20.8 are lacking of 40, so x is 11.56, and 24 in both years do.
        ((30, 100), (6, 20), 2, 24),
        ((30, 100), (6, 20), 1, 16),
        ((90, 100), (1, 20), 3, 0),  # 46.08 are left: at least 40, whoever comes
        (
            (90, 100),
            (1, 20),
            4,
            5,
        ),  # 36.864 are left, 3.136 are lacking: x is 3.136 / 2.952 = 1.06, and four times that
        ((10, 40), (30, 90), 3, 48),  # everybody leaves each year, and 16 of 40 would have to come in each
    ],
)
def test_over_several_years_who_came_early_has_in_part_left_by_the_end(in_post, so_far, years, needed):
    coming = NextAppointments(AtBand(Share(*in_post), Share(160, 400)), Share(*so_far), years)
    assert coming.needed == needed
    assert coming.number == years * min(so_far[1], in_post[1])


@given(st.integers(1, 60), st.integers(0, 60), st.integers(1, 60), st.integers(1, 6), st.data())
def test_what_is_needed_and_no_fewer_brings_parity_when_each_year_is_followed(posts, others, appointed, years, data):
    here, more = (data.draw(st.integers(0, some)) for some in (posts, others))
    at = AtBand(Share(here, posts), Share(here + more, posts + others))
    coming = NextAppointments(at, Share(0, appointed), years)

    def after(needed):
        there = here
        for _ in range(years):
            there += needed / years - there * min(appointed, posts) / posts
        return there

    assert after(coming.needed) >= at.at_parity - 1e-6
    assert not coming.needed or after(coming.needed - 1) < at.at_parity


@given(st.integers(1, 60), st.integers(0, 60), st.integers(1, 60), st.data())
def test_the_chance_of_parity_is_the_sum_of_the_binomial_from_what_is_needed(posts, others, appointed, data):
    here, more = (data.draw(st.integers(0, some)) for some in (posts, others))
    some = data.draw(st.integers(0, appointed))
    coming = NextAppointments(AtBand(Share(here, posts), Share(here + more, posts + others)), Share(some, appointed))
    p, n = some / appointed, coming.number
    by_hand = sum(comb(n, k) * p**k * (1 - p) ** (n - k) for k in range(coming.needed, n + 1))
    assert coming.chance == pytest.approx(by_hand, abs=1e-9)
