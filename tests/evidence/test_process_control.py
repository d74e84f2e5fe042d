"""Charts over time: published limits and rules, which chart fits, and what chance alone marks."""

from itertools import combinations, pairwise, product
from math import comb, inf, nan, sqrt

import numpy as np
import pytest

from lt_analysis.evidence.assurance import watch
from lt_analysis.evidence.process_control import (
    FEWEST_FOR_LIMITS,
    Absent,
    Better,
    Fit,
    Kind,
    Observation,
    Of,
    Rule,
    RunChart,
    Series,
    Why,
    by_chance,
    by_chance_of_runs,
    coarse_spread,
    control_chart,
    fitting,
    run_chart,
    sigma_z,
    signals,
)

# R: set.seed(123); rnorm(20), as in the snapshots of NHSRplotthedots; there the 15th is also replaced by 10.
NORMAL = [-0.5604756465522126, -0.23017748948327996, 1.558708314149124, 0.070508391424576, 0.12928773516094624]
NORMAL += [1.715064986883281, 0.4609162059892023, -1.265061234606534, -0.6868528518935261, -0.44566197009995806]
NORMAL += [1.2240817974394615, 0.3598138270573638, 0.40077145059405217, 0.1106827159451197, -0.5558411347540749]
NORMAL += [1.7869131368030782, 0.4978504782292394, -1.9666171566296382, 0.7013559015636855, -0.47279140772793404]
OUTLIER = [*NORMAL[:14], 10, *NORMAL[15:]]
TWOS = [1, 2, 1, 2, 10, *(1, 2) * 6, 1]


@pytest.mark.parametrize(
    ("values", "screened", "published", "places"),
    [
        # nhs-r-community/NHSRplotthedots (MIT): captions of vignettes/deviations.Rmd ...
        (TWOS, True, (1.94, -0.72, 4.60), 2),
        (TWOS, False, (1.94, -3.06, 6.95), 2),  # as NHS England's spreadsheet
        # ... and snapshots of tests/testthat/_snaps/ptd_spc_standard.md, to seven figures.
        (NORMAL, True, (0.1416238, -3.01138, 3.294627), 6),
        (OUTLIER, True, (0.6694159, -2.383666, 3.722497), 6),
        (OUTLIER, False, (0.6694159, -4.596625, 5.935457), 6),
    ],
)
def test_xmr_limits_are_those_of_making_data_count(values, screened, published, places):
    chart = control_chart(Series.of_values(values), Kind.XMR, screened=screened)
    assert [round(one, places) for one in (chart.centre, *chart.limits[0])] == [round(one, places) for one in published]
    assert chart.screened_out == (2 if screened and max(values) == 10 else 0)


def sign_of(values, centre, deviation):
    return [mark and mark.rule for mark in signals(values, centre, deviation)]


def test_two_near_points_on_opposite_sides_are_no_sign():
    assert sign_of([0.5, 2.5, 0.5, -2.5, 0.5], 0, 1) == [None] * 5
    assert sign_of([-0.5, 2.5, 2.5], 0, 1) == [None] * 3  # the third is on the other side
    assert sign_of([0.5, 2.5, 2.5], 0, 1) == [None, Rule.NEAR, Rule.NEAR]
    assert sign_of([3.5, 2.5, 0.5], 0, 1) == [Rule.BEYOND, None, None]  # beyond a limit is not near it


def test_a_tie_breaks_a_trend_and_seven_points_make_one():
    assert sign_of([1, 2, 3, 3, 4, 5, 6], 3.5, 9) == [None] * 7
    assert sign_of([1, 2, 3, 4, 5, 6, 5], 3.5, 9) == [None] * 7
    found = signals([7, 6, 5, 4, 3, 2, 1, 9], 4.5, 9)
    assert [mark and (mark.rule, mark.way) for mark in found] == [(Rule.TREND, -1)] * 7 + [None]


def test_eight_on_one_side_and_then_one_across_mark_eight():
    assert sign_of([1, 2] * 4 + [-1], 0, 9) == [Rule.SHIFT] * 8 + [None]
    assert sign_of([1, 2, 1, 0, 1, 2, 1], 0, 9) == [None] * 7  # a point on the line breaks a run


def test_a_point_has_the_first_sign_that_it_meets():
    assert sign_of([1, 2, 1, 2, 1, 2, 1, 4], 0, 1) == [Rule.SHIFT] * 7 + [Rule.BEYOND]
    assert sign_of([0.5, 0.6, 0.7, 0.8, 0.9, 1, 1.1], 0, 1) == [Rule.TREND] * 7
    assert sign_of([3, 3, 0], 0, 1) == [None] * 3  # on a limit is within it; and at 3 of 3 another is on the line


def by_hand(values):
    """The rule of each point and its way, one by one, of a centre of 0 and a standard deviation of 1."""
    found: list[tuple[Rule, int] | None] = [None] * len(values)

    def put(rule, places, way):
        for place in places:
            found[place] = found[place] or (rule, way)

    side = [(one > 0) - (one < 0) for one in values]
    near = [2 < abs(one) <= 3 for one in values]
    rows = {width: [range(first, first + width) for first in range(len(values) - width + 1)] for width in (3, 7)}
    put(Rule.BEYOND, [place for place, one in enumerate(values) if one > 3], 1)
    put(Rule.BEYOND, [place for place, one in enumerate(values) if one < -3], -1)
    for row, way in product(rows[7], (1, -1)):
        if all((values[later] - values[before]) * way > 0 for before, later in pairwise(row)):
            put(Rule.TREND, row, way)
    for row, way in product(rows[3], (1, -1)):
        if all(side[place] == way for place in row) and sum(near[place] for place in row) >= 2:
            put(Rule.NEAR, [place for place in row if near[place]], way)
    for row, way in product(rows[7], (1, -1)):
        if all(side[place] == way for place in row):
            put(Rule.SHIFT, row, way)
    return found


def test_every_rule_is_that_of_points_looked_at_one_by_one():
    random, seen = np.random.default_rng(5), set()
    for _ in range(1_500):
        # A walk in quarters of a standard deviation: ties, points on the line and on the limits, and long runs.
        steps = random.integers(-3, 5, size=15) * random.choice([1, -1])
        values = np.clip(np.cumsum(steps) / 4 + random.integers(-8, 8) / 4, -3.5, 3.5).tolist()
        found = signals(values, 0, 1)
        assert [one and tuple(one) for one in found] == by_hand(values)
        seen |= {one and (one.rule, one.way) for one in found}
    assert len(seen) == 9


# Montgomery's examples 6.5, 7.1, 7.4 and table 7.4, and what R's qicharts2 (anhoej/qicharts2) gives of them.
COST = [310, 288, 297, 298, 307, 303, 294, 297, 308, 306, 294, 299, 297, 299, 314, 295, 293, 306, 301, 304]
COST += [305, 282, 305, 296, 314, 295, 287, 301, 298, 311, 310, 292, 305, 299, 304, 310, 304, 305, 333, 328]
CANS = [12, 15, 8, 10, 4, 7, 16, 9, 14, 10, 5, 6, 17, 12, 22, 8, 10, 5, 13, 11, 20, 18, 24, 15, 9, 12, 7, 13, 9, 6]
AFTER = [9, 6, 12, 5, 6, 4, 6, 3, 7, 6, 2, 4, 3, 6, 5, 4, 8, 5, 6, 7, 5, 6, 3, 5, 8, 7, 5, 6, 4, 5, 2, 3, 4, 7, 6, 5]
AFTER += [5, 3, 7, 9, 6, 10, 4, 3, 5, 8, 11, 9, 7, 3, 5, 2, 1, 4, 5, 3, 7, 6, 4, 4, 6, 8, 5, 6]
ORDERS = [100, 80, 80, 100, 110, 110, 100, 100, 90, 90, 110, 120, 120, 120, 110, 80, 80, 80, 90, 100, 100, 100, 100]
ORDERS += [90, 90]
WRONG = [12, 8, 6, 9, 10, 12, 11, 16, 10, 6, 20, 15, 9, 8, 6, 8, 10, 7, 5, 8, 5, 8, 10, 6, 9]
FAULTS = [2, 3, 8, 1, 1, 4, 1, 4, 5, 1, 8, 2, 4, 3, 4, 1, 8, 3, 7, 4]


def beyond(chart):
    return [place for place, mark in enumerate(chart.signals, 1) if mark and mark.rule == Rule.BEYOND]


def test_individual_values_with_a_baseline():
    # qicharts2 does not round 3 / 1.128 to 2.66, as Making Data Count does.
    chart = control_chart(Series.of_values(COST), Kind.XMR, baseline=20, of_xmr=3 / 1.128)
    assert (chart.centre, *chart.limits[0]) == pytest.approx((300.5, 279.783314669653, 321.216685330347), abs=1e-8)
    assert beyond(chart) == [39, 40]


def test_shares_of_as_many_people():
    # Before, without the two samples that Montgomery sets aside, and after.
    kept = [cans for place, cans in enumerate(CANS, 1) if place not in (15, 23)]
    assert (len(kept), sum(kept)) == (28, 301)
    before = control_chart(Series.of_counts(Of.SHARES, kept, [50] * len(kept)), Kind.P)
    assert (before.centre, *before.limits[0]) == pytest.approx((0.215, 0.0407028399542896, 0.38929716004571), abs=1e-8)
    after = control_chart(Series.of_counts(Of.SHARES, AFTER, [50] * 64), Kind.P)
    assert (after.centre, *after.limits[0]) == pytest.approx((0.1096875, 0, 0.2422699551812), abs=1e-8)
    assert after.cut == (True, False)


def test_shares_of_different_numbers_of_people():
    chart = control_chart(Series.of_counts(Of.SHARES, WRONG, ORDERS), Kind.P)
    assert chart.centre == pytest.approx(0.0955102040816326, abs=1e-8)
    expected = {80: (0, 0.194093420514582), 90: (0.00256505628040661, 0.188455351882859)}
    expected |= {100: (0.00733469472777307, 0.183685713435492), 110: (0.0114381546250528, 0.179582253538213)}
    expected[120] = (0.0150173449272715, 0.176003063235994)
    for people, limits in zip(ORDERS, chart.limits, strict=True):
        assert limits == pytest.approx(expected[people], abs=1e-8)
    assert beyond(chart) == [11]


def test_rates_of_events():
    chart = control_chart(Series.of_counts(Of.RATES, FAULTS, [50] * 20), Kind.U)
    assert (chart.centre, *chart.limits[0]) == pytest.approx((0.074, 0, 0.189412304370028), abs=1e-8)


# qicharts2's hospital_infections: infections of all kinds and hospitals in each month of two years, and days at risk.
INFECTIONS = [575, 521, 585, 528, 507, 519, 457, 505, 494, 512, 543, 506, 509, 521, 549, 531, 509, 528, 419, 512]
INFECTIONS += [495, 513, 454, 490]
DAYS = [310466.83, 282346.79, 309089.71, 287977.33, 297743.38, 286988.25, 261120.33, 268720.75, 284437.88, 290449.5]
DAYS += [288104.46, 279961.37, 289803.96, 275950.58, 290824.46, 285495.75, 282515.21, 273927.88, 253085.62, 262410.71]
DAYS += [275529.25, 282405.08, 259530.79, 256235.46]


def test_rates_of_events_of_different_numbers_of_days():
    chart = control_chart(Series.of_counts(Of.RATES, INFECTIONS, DAYS), Kind.U)
    # Its summary has the means of the limits.
    found = (chart.centre, *(np.mean(side) for side in zip(*chart.limits, strict=True)))
    assert found == pytest.approx((0.00182357516548576, 0.00158148977227665, 0.00206566055869487), abs=1e-10)
    assert beyond(chart) == []
    runs = RunChart(chart.values, chart.centre)
    assert (runs.longest, runs.longest_usual, runs.crossings, runs.fewest_usual, runs.signal) == (4, 8, 12, 8, False)


@pytest.mark.parametrize(
    ("values", "centre", "longest", "longest_usual", "crossings", "fewest_usual"),
    [
        (COST, 300.5, 6, 8, 20, 14),
        ([one / 50 for one in AFTER], 0.1096875, 7, 9, 30, 25),
        ([one / of for one, of in zip(WRONG, ORDERS, strict=True)], 0.0955102040816326, 5, 8, 10, 8),
        ([one / 50 for one in FAULTS], 0.074, 2, 7, 15, 6),
    ],
)
def test_runs_and_crossings_are_those_of_qicharts2(values, centre, longest, longest_usual, crossings, fewest_usual):
    chart = RunChart(tuple(values), centre)
    assert (chart.longest, chart.longest_usual) == (longest, longest_usual)
    assert (chart.crossings, chart.fewest_usual) == (crossings, fewest_usual)
    assert not chart.signal


def test_points_on_the_median_are_left_out_of_a_run_chart():
    chart = run_chart(Series.of_values([5, 1, 9, 5, 5, 2, 8]))
    assert (chart.centre, chart.useful, chart.longest, chart.crossings) == (5, 4, 1, 3)


def test_laney_limits_are_wider_by_how_much_more_points_vary():
    people = [2000, 2500, 1800] * 4
    events = [400, 620, 350, 520, 470, 410, 380, 650, 300, 490, 480, 420]
    series = Series.of_counts(Of.SHARES, events, people)
    rate = sum(events) / sum(people)
    own = [sqrt(rate * (1 - rate) / one) for one in people]
    scores = [(some / of - rate) / one for some, of, one in zip(events, people, own, strict=True)]
    wider = sum(abs(later - before) for before, later in pairwise(scores)) / 11 / 1.128
    assert wider > 3
    assert control_chart(series, Kind.P_PRIME).deviations == pytest.approx([wider * one for one in own])
    assert control_chart(series, Kind.P).deviations == pytest.approx(own)
    assert fitting(series) == Fit(Kind.P_PRIME, Why.OVERDISPERSED)


def test_hiding_1_to_4_lifts_the_centre_so_there_is_none():
    # Of 40 people with a chance of 0.15 each, exactly: the mean of the counts that would not be hidden.
    chances = [comb(40, some) * 0.15**some * 0.85 ** (40 - some) for some in range(41)]
    shown = [some for some in range(41) if not 1 <= some <= 4]
    lifted = sum(some * chances[some] for some in shown) / sum(chances[some] for some in shown) / 40
    assert sum(some * chance for some, chance in enumerate(chances)) / 40 == pytest.approx(0.150)
    assert round(lifted, 3) == 0.174
    points = [Observation(str(place), 6 + place % 3, 40) for place in range(12)]
    assert fitting(Series(Of.SHARES, tuple(points))).kind == Kind.P
    points[4] = Observation("4", None, None, Absent.HIDDEN)
    series = Series(Of.SHARES, tuple(points))
    assert fitting(series) == Fit(Kind.DOTS, Why.HIDDEN)
    for chart in (run_chart, lambda some: control_chart(some, Kind.P)):
        with pytest.raises(ValueError, match="release longer periods"):
            chart(series)


NOT_SENT = Observation("2", None, gap=Absent.NOT_SENT)
VALUES = [3.0, 5.0, 4.0, 6.0, 2.0, 7.0, 4.5, 5.5, 3.5, 6.5, 2.5, 7.5]


@pytest.mark.parametrize(
    ("series", "fit"),
    [
        (Series.of_values(VALUES), Fit(Kind.XMR, Why.VALUES)),
        (Series.of_values(VALUES[:11]), Fit(Kind.RUN, Why.FEW)),
        (Series.of_values(VALUES[:9]), Fit(Kind.MEDIAN, Why.FEW)),
        (Series.of_values([*VALUES[:8], 5, 5, 5]), Fit(Kind.MEDIAN, Why.FEW)),  # too few are not on the median
        (Series.of_values(VALUES, seasonal=True), Fit(Kind.DOTS, Why.SEASONS)),
        (Series(Of.RATIOS, tuple(Observation(str(one), one) for one in VALUES)), Fit(Kind.RUN, Why.RATIO)),
        (Series(Of.RATIOS, (Observation("1", 1.2),)), Fit(Kind.MEDIAN, Why.FEW)),
        (Series.of_counts(Of.SHARES, [20, 22] * 6, [100] * 12), Fit(Kind.P, Why.SHARES)),
        (Series.of_counts(Of.SHARES, [2, 3] * 6, [100] * 12), Fit(Kind.RUN, Why.SMALL_COUNTS)),
        (Series.of_counts(Of.SHARES, [98, 97] * 6, [100] * 12), Fit(Kind.RUN, Why.SMALL_COUNTS)),
        (Series.of_counts(Of.RATES, [98, 97] * 6, [100] * 12), Fit(Kind.U, Why.RATES)),
        (Series.of_counts(Of.RATES, [40, 160] * 6, [100] * 12), Fit(Kind.U_PRIME, Why.OVERDISPERSED)),
        (
            Series(Of.VALUES, (Observation("1", 2.0), Observation("2", None, gap=Absent.NOT_SENT))),
            Fit(Kind.DOTS, Why.NOT_KNOWN),
        ),
    ],
)
def test_the_chart_fits_what_the_data_are(series, fit):
    assert fitting(series) == fit


def test_a_ratio_never_has_limits_and_limits_need_twelve_points():
    ratios = Series(Of.RATIOS, tuple(Observation(str(one), one) for one in VALUES))
    with pytest.raises(ValueError, match="XmR chart does not fit ratios"):
        control_chart(ratios, Kind.XMR)
    with pytest.raises(ValueError, match=f"limits need {FEWEST_FOR_LIMITS} points"):
        control_chart(Series.of_values(VALUES[:11]), Kind.XMR)
    with pytest.raises(ValueError, match="p chart does not fit values"):
        control_chart(Series.of_values(VALUES), Kind.P)


@pytest.mark.parametrize(
    ("of", "point", "says"),
    [
        (Of.SHARES, Observation("Q1", 3), "Q1: shares have people"),
        (Of.VALUES, Observation("Q1", 3, 4), "Q1: values have no people"),
        (Of.SHARES, Observation("Q1", 5, 4), "Q1: a share is of some people among all"),
        (Of.VALUES, Observation("Q1", None), "Q1: a period without a number must say why"),
        (Of.VALUES, Observation("Q1", nan), "Q1: a period without a number must say why"),
        (Of.RATES, Observation("Q1", 0, 0), "Q1: of nobody there is no share"),
        (Of.RATES, Observation("Q1", -1, 4), "Q1: of nobody there is no share and no rate, and no event is below 0"),
    ],
)
def test_a_point_that_does_not_fit_its_series_is_refused(of, point, says):
    with pytest.raises(ValueError, match=says):
        Series(of, (point,))


def test_a_series_has_periods_each_once():
    with pytest.raises(ValueError, match="one period at least"):
        Series(Of.VALUES, ())
    with pytest.raises(ValueError, match="stands twice"):
        Series(Of.VALUES, (Observation("Q1", 1), Observation("Q1", 2)))
    nobody = Series(Of.SHARES, (Observation("Q1", 0, None, Absent.NOBODY), Observation("Q2", 3, 20)))
    assert (nobody.values, fitting(nobody)) == ((None, 0.15), Fit(Kind.DOTS, Why.NOT_KNOWN))


@pytest.mark.parametrize("above", [5, 3])
def test_a_run_charts_false_signs_are_counted_over_every_order(above):
    # Each way to choose which of 10 points lie above the median, one by one.
    speaks = []
    for some in combinations(range(10), above):
        speaks.append(RunChart(tuple(1.0 if place in some else -1.0 for place in range(10)), 0.0).signal)
    assert by_chance_of_runs(above, 10 - above).charts == pytest.approx(np.mean(speaks))
    assert any(speaks)


def test_chance_alone_marks_a_chart_of_12_points_in_4_of_100_and_of_20_in_12():
    people = (60.0,) * 20
    assert by_chance(Kind.XMR, 12).charts == pytest.approx(0.04, abs=0.01)
    assert by_chance(Kind.XMR, 20).charts == pytest.approx(0.12, abs=0.01)
    assert by_chance(Kind.P, 20, 0.3, people).charts < 0.12  # wider where shares happen to vary more
    assert by_chance(Kind.P, 20, 0.3, people).latest < 0.02
    assert by_chance(Kind.RUN, 21) == by_chance_of_runs(10, 10)  # the middle one is the median


@pytest.mark.parametrize(("spread", "share"), [
    # Of 10,000 series of 12 shares of 2,000 people each, whose rates are from a beta distribution, not a normal one, so
    # that the shares have 2.25, 4, 6.25 and 9 times the variance of their counts: so many charts had a mark.
    (1.5, 0.0365),
    (2.0, 0.0431),
    (2.5, 0.0451),
    (3.0, 0.0431),
])  # fmt: skip
def test_chance_marks_more_charts_of_shares_that_vary_more_than_their_people_explain(spread, share):
    found = by_chance(Kind.P_PRIME, 12, 0.3, (2000.0,) * 12, spread)
    assert found.charts == pytest.approx(share, abs=3 * (2 * share * (1 - share) / 10_000) ** 0.5)
    assert found.charts > by_chance(Kind.P, 12, 0.3, (2000.0,) * 12).charts + 0.01


def test_a_chart_says_how_often_chance_marks_one_that_varies_as_much_as_it_does():
    people, events = (1000.0,) * 12, [300, 330, 360, 310, 290, 340, 300, 360, 330, 290, 350, 300]
    series = Series.of_counts(Of.SHARES, events, people)
    # The overall share is 0.3217, and so a count's standard deviation 14.77. The counts lie 30, 30, 50, 20, 50, 40, 60,
    # 30, 40, 60 and 50 apart, 41.82 in the mean, and 41.82 / (1.128 x 14.77) = 2.51.
    assert sigma_z(series) == pytest.approx(2.51, abs=0.005)
    assert coarse_spread(series) == 2.5
    watched = watch(series, Better.UP)
    assert watched.by_chance == by_chance(Kind.P_PRIME, 12, watched.chart.centre, people, 2.5)
    assert watched.by_chance.charts > by_chance(Kind.P_PRIME, 12, watched.chart.centre, people, 1.5).charts


@pytest.mark.parametrize(("step", "coarse"), [
    (1, 1.0),
    (40, 2.0),  # 40 / (1.128 x 19.62) = 1.81: of 2,000 people 520 in the mean
    (400, 4.0),
])  # fmt: skip
def test_a_spread_is_asked_for_in_halves_from_1_to_4(step, coarse):
    series = Series.of_counts(Of.SHARES, [500, 500 + step] * 6, [2000] * 12)
    assert coarse_spread(series) == coarse


def test_what_has_seasons_is_set_beside_the_same_quarter_of_the_year_before():
    events = [20, 30, 40, 30, 26, 30, 40, 30]
    series = Series.of_counts(Of.SHARES, events, [100] * 8, seasonal=True)
    assert [series.year_before(place) for place in range(4)] == [None] * 4
    assert series.year_before(4) == series.points[0]
    low, high = series.change_on_year(4).confidence_interval()
    assert low < 0 < 0.06 < high
    gap = Series(Of.SHARES, (Observation("1", None, None, Absent.HIDDEN), *series.points[1:]), seasonal=True)
    assert gap.year_before(4) is None
    assert gap.change_on_year(4) is None
    assert Series.of_values(events).change_on_year(4) is None


def test_limits_that_are_cut_say_where():
    high = control_chart(Series.of_counts(Of.SHARES, [48, 45] * 6, [50] * 12), Kind.P)
    assert (high.cut, max(one.high for one in high.limits)) == ((False, True), 1)
    assert control_chart(Series.of_values([0, 5] * 6), Kind.XMR).cut == (False, False)
    days = control_chart(Series.of_values([0, 5] * 6, bounds=(0, inf)), Kind.XMR)
    assert (days.cut, days.limits[0].low) == ((True, False), 0)
