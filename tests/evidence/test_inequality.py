"""Gaps between groups, and the slope along an order: published values, and what has no slope."""

from pathlib import Path

import numpy as np
import pytest
import yaml

from lt_analysis.evidence.inequality import Gap, Quantile, Quantity, beside_whole, quantile_of, slope_index
from lt_analysis.evidence.relative_likelihood import Share

PUBLISHED = yaml.safe_load((Path(__file__).parent / "slope_index.yml").read_text(encoding="utf-8"))
FIELDS = ("record", "area", "quantiles", "measured", "transformed", "multiplier", "slope", "ratio", "most_deprived")
FIELDS += ("confidence", "low", "high", "ratio_low", "ratio_high")
CASES = [dict(zip(FIELDS, case, strict=True)) for case in PUBLISHED["cases"]]


def quantiles(area: str, number: int = 10) -> dict[int, Quantile]:
    columns = zip(*(PUBLISHED["areas"][area][name] for name in ("people", "values", "low", "high")), strict=True)
    return {place: Quantile(*column) for place, column in enumerate(columns, 1) if place <= number}


def index(case):
    some = quantiles(case["area"], case["quantiles"])
    return slope_index(some, Quantity(case["measured"]), case["transformed"], case["multiplier"])


def test_every_published_slope_and_relative_index_is_met():
    found = [(index(case), case) for case in CASES]
    assert len(found) == 43
    for own, case in found:
        assert own.slope == pytest.approx(case["slope"], abs=1e-6), case
        assert case["ratio"] is None or own.ratio == pytest.approx(case["ratio"], abs=1e-6), case
        assert case["most_deprived"] is None or own.ends[0] == pytest.approx(case["most_deprived"], abs=1e-6), case


def test_intervals_are_within_a_hundredth_of_the_width_of_those_of_100000_random_draws():
    # Of slopes of logs and log odds they are of the first order: 3.4% of the width off at most, where rates are.
    given = [case for case in CASES if case["low"] is not None]
    assert len(given) == 41
    for case in given:
        own = index(case)
        width, room = case["high"] - case["low"], 0.035 if case["transformed"] else 0.01
        assert own.slope_interval(case["confidence"]) == pytest.approx((case["low"], case["high"]), abs=room * width)
        if case["ratio_low"] is not None:
            limits = case["ratio_low"], case["ratio_high"]
            assert own.ratio_interval(case["confidence"]) == pytest.approx(limits, abs=0.012 * (limits[1] - limits[0]))
        assert own.is_exact == (case["measured"] == "value")


def test_a_straight_line_has_its_own_slope_whatever_the_people():
    people = [120, 80, 300, 50, 450]
    middles = (np.cumsum(people) - np.array(people) / 2) / 1000
    fifths = {
        place: Quantile(some, 2 + 3 * at) for place, (some, at) in enumerate(zip(people, middles, strict=True), 1)
    }
    own = slope_index(fifths)
    assert own.ends == pytest.approx((2, 5))
    assert own.ratio == pytest.approx(2.5)
    assert own.middles == pytest.approx(middles)
    assert [own.fitted(at) for at in own.middles] == pytest.approx([one.value for one in own.quantiles])


def test_those_whom_a_metric_counts_are_not_those_who_live_there_and_give_another_slope():
    shares = [Share(events, 20) for events in (2, 4, 6, 8, 12)]
    counted = {place: quantile_of(one.successful, one.people, Quantity.SHARE) for place, one in enumerate(shares, 1)}
    assert counted == {place: Quantile.of(one) for place, one in enumerate(shares, 1)}
    # Of 20 people each: (0.4 x 0.5 + 0.2 x 0.2) / 0.4. Of 40, 20, 20, 10 and 10 residents the middles lie at 0.2, 0.5,
    # 0.7, 0.85 and 0.95, and the sums of products about the means are 0.041 and 0.0765.
    assert slope_index(counted, Quantity.SHARE, transformed=False).slope == pytest.approx(0.6)
    residents = {
        place: Quantile.of(one, people)
        for place, (one, people) in enumerate(zip(shares, (40, 20, 20, 10, 10), strict=True), 1)
    }
    assert slope_index(residents, Quantity.SHARE, transformed=False).slope == pytest.approx(0.041 / 0.0765)


def test_the_interval_of_values_is_that_of_normal_errors():
    # By 20,000 draws of the values with a fixed seed, and numpy's own weighted fit.
    tenths = quantiles("life expectancy 1")
    own, random = slope_index(tenths), np.random.default_rng(1)
    errors = [(one.high - one.low) / (2 * 1.959964) for one in own.quantiles]
    values = random.normal([one.value for one in own.quantiles], errors, size=(20_000, 10))
    root = np.sqrt([one.people for one in own.quantiles])
    slopes, most = np.polyfit(own.middles, values.T, 1, w=root)
    assert own.slope_interval() == pytest.approx(np.quantile(slopes, (0.025, 0.975)), abs=0.1)
    assert own.ratio_interval() == pytest.approx(np.quantile((most + slopes) / most, (0.025, 0.975)), abs=0.002)


def test_a_negative_multiplier_turns_both_indices_and_their_limits_round():
    tenths = quantiles("child obesity 1")
    own, turned = (slope_index(tenths, Quantity.SHARE, multiplier=one) for one in (100, -100))
    assert turned.slope == pytest.approx(-own.slope)
    assert turned.ratio == pytest.approx(1 / own.ratio)
    assert turned.slope_interval() == pytest.approx([-limit for limit in reversed(own.slope_interval())])
    assert turned.ratio_interval() == pytest.approx([1 / limit for limit in reversed(own.ratio_interval())])


FIFTHS = {place: Quantile(100, 0.5) for place in range(1, 6)}


@pytest.mark.parametrize(
    ("groups", "says"),
    [
        (
            dict.fromkeys(("White", "Asian", "Black", "Mixed", "Other"), Quantile(100, 0.5)),
            "set others beside the whole",
        ),
        ({"1": Quantile(100, 0.5), **{place: Quantile(100, 0.5) for place in range(2, 6)}}, "that have an order"),
        ({place: one for place, one in FIFTHS.items() if place != 3}, "5 to 100 quantiles"),
        (FIFTHS | {7: Quantile(100, 0.5)}, "none missing"),
        (FIFTHS | {3: Quantile(0, 0.5)}, "must have people"),
        (FIFTHS | {3: Quantile(100, 1.0)}, "above 0 and below 1"),
    ],
)
def test_what_has_no_order_or_is_not_whole_has_no_slope(groups, says):
    with pytest.raises(ValueError, match=says):
        slope_index(groups, Quantity.SHARE)


def test_quantiles_without_limits_have_a_slope_and_no_interval():
    own = slope_index(FIFTHS)
    assert (round(own.slope, 9), own.has_interval) == (0, False)
    with pytest.raises(ValueError, match="limits of each quantile"):
        own.slope_interval()


def test_a_relative_index_whose_divisor_may_be_nought_has_no_interval():
    tenths = {place: Quantile(100, float(place - 1), place - 6.0, place + 4.0) for place in range(1, 11)}
    assert slope_index(tenths).ratio_interval() is None


def test_a_gap_has_both_ways_and_its_counts():
    gap = Gap(Share(0, 40), beside=Share(10, 40))
    assert (gap.absolute, gap.relative) == (-0.25, 0)
    assert gap.absolute_interval().high < 0
    assert gap.relative_interval().low == 0
    assert Gap(Share(4, 40), beside=Share(0, 40)).relative is None
    with pytest.raises(ValueError, match="at both times"):
        Gap(Share(1, 2), beside=Share(0, 0))


def test_groups_without_an_order_are_each_set_beside_the_whole():
    apart = beside_whole({"Black": Share(48, 80), "Asian": Share(56, 70)})
    assert list(apart) == ["Black", "Asian"]
    # The rest of each is the other: Newcombe 1998, table II, times the rest's part of the whole.
    assert apart["Asian"].interval == pytest.approx((0.0524 * 80 / 150, 0.3339 * 80 / 150), abs=1e-4)
    sizes = {"Black": 80, "Asian": 70}
    assert sum(one.difference * sizes[group] for group, one in apart.items()) == pytest.approx(0)
    of_all = beside_whole({"Asian": Share(56, 70)}, everybody=Share(104, 150))
    assert of_all["Asian"] == apart["Asian"]
    with pytest.raises(ValueError, match="more people than all"):
        beside_whole({"Asian": Share(56, 70)}, everybody=Share(50, 60))
    with pytest.raises(ValueError, match="somebody"):
        beside_whole({"Asian": Share(0, 0)})
