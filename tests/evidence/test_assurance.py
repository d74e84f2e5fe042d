"""What may be said of a chart over time: the two signs, where they may not stand, and the statement."""

import pytest

from lt_analysis.evidence.assurance import Ask, Assurance, Cannot, Missing, Shows, Variation, assurance, watch
from lt_analysis.evidence.process_control import (
    Absent,
    Better,
    ControlChart,
    ControlLimits,
    Kind,
    Observation,
    Of,
    Series,
    Why,
)

NOT_SENT = Observation("1", None, gap=Absent.NOT_SENT)
STEADY = [5, 6, 4, 6, 5, 4, 6, 5, 4, 5, 6, 5]
SHIFTED = [4, 5, 4, 5, 4, 5, 4, 8, 9, 8, 9, 8, 9, 8]


@pytest.mark.parametrize(
    ("better", "at"),
    [
        (Better.UP, {0.1: "pass", 0.2: "pass", 0.3: "hit or miss", 0.4: "hit or miss", 0.5: "fail"}),
        (Better.DOWN, {0.1: "fail", 0.2: "hit or miss", 0.3: "hit or miss", 0.4: "pass", 0.5: "pass"}),
        (Better.NEITHER, dict.fromkeys((0.1, 0.2, 0.3, 0.4, 0.5))),
    ],
)
def test_a_value_at_the_target_meets_it_and_one_at_a_limit_is_within_it(better, at):
    assert {target: assurance(ControlLimits(0.2, 0.4), target, better) for target in at} == at
    assert assurance(ControlLimits(0.2, 0.4), None, better) is None


@pytest.mark.parametrize(
    ("values", "better", "sign"),
    [
        (STEADY, Better.UP, Variation.COMMON),
        (SHIFTED, Better.UP, Variation.BETTER_HIGH),
        (SHIFTED, Better.DOWN, Variation.WORSE_HIGH),
        (SHIFTED, Better.NEITHER, Variation.NEITHER_HIGH),
        ([-one for one in SHIFTED], Better.DOWN, Variation.BETTER_LOW),
        ([-one for one in SHIFTED], Better.UP, Variation.WORSE_LOW),
    ],
)
def test_the_sign_of_variation_is_of_the_latest_point(values, better, sign):
    assert watch(Series.of_values(values), better).icons.variation == sign


def test_no_sign_stands_under_twelve_points_or_beside_words_for_evidence():
    assert watch(Series.of_values(STEADY), Better.UP, target=3).icons == (Variation.COMMON, Assurance.EITHER)
    assert watch(Series.of_values(STEADY[:11]), Better.UP, target=3).icons == (None, None)
    assert watch(Series.of_values(STEADY), Better.UP, target=3, worded=True).icons == (None, None)
    assert watch(Series.of_values(STEADY, seasonal=True), Better.UP, target=3).icons == (None, None)


def test_a_target_is_not_judged_by_limits_of_what_changes():
    for changing in (SHIFTED, [*SHIFTED, 6]):
        watched = watch(Series.of_values(changing), Better.UP, target=1)
        assert (watched.icons.assurance, watched.statement.target) == (None, None)


# Twelve points without a mark, of which the mean is 5 and no more than one is the median.
LEVEL = [5.4, 6, 4, 6.2, 4.6, 4.2, 6.4, 5.2, 4.4, 5.8, 4.8, 3]
TREND = [7, 4, 6, 5, 7, 4, 6, 7, 3, 4, 5, 6, 7, 8, 9, 5, 8, 4, 8, 6, 4, 8, 5, 7]  # from the 9th to the 15th
ON_ONE_SIDE = [
    7,
    4,
    6,
    5,
    4,
    7,
    4,
    5,
    7,
    6.5,
    7,
    6.8,
    7,
    6.6,
    7,
    6.9,
    4,
    5,
    7,
    4,
    5,
    6,
    4,
    5,
]  # from the 9th to the 16th
NEAR = [5, 6, 5, 4, 5, 6, 5, 4, 5, 4.5, 6, 7.6, 7.6, 5, 4, 5, 6, 5, 4, 5, 6, 5, 4, 4.5]  # the 12th and 13th


def marked(watched) -> list[tuple[int, str]]:
    """Each mark of each segment, with the number of its point from 1 in the whole series."""
    found, first = [], 1
    for one in watched.segments:
        marks = one.chart.signals if isinstance(one.chart, ControlChart) else ()
        found += [(first + place, str(mark.rule)) for place, mark in enumerate(marks) if mark]
        first += len(one.series.points)
    return found


@pytest.mark.parametrize(
    ("values", "without"),
    [
        (TREND, [(point, "trend") for point in range(9, 16)]),
        (ON_ONE_SIDE, [(point, "shift") for point in range(9, 17)]),
        (NEAR, [(12, "near a limit"), (13, "near a limit")]),
    ],
)
def test_no_rule_crosses_into_where_limits_are_calculated_anew(values, without):
    assert marked(watch(Series.of_values(values), Better.UP)) == without
    assert marked(watch(Series.of_values(values), Better.UP, anew={"13": "Others count"})) == []


@pytest.mark.parametrize(
    ("later", "starts", "kinds", "centres", "sign"),
    [
        ([one + 10 for one in LEVEL], ("13",), [Kind.XMR, Kind.XMR], [5, 15], Variation.COMMON),
        # Under twelve points since: no sign, and the segment before keeps its limits.
        ([one + 10 for one in LEVEL[:11]], ("13",), [Kind.XMR, Kind.RUN], [5, 15.2], None),
        ([one + 10 for one in LEVEL[:3]], ("13",), [Kind.XMR, Kind.MEDIAN], [5, 15.4], None),
        ([*LEVEL, *SHIFTED], ("13", "25"), [Kind.XMR] * 3, [5, 5, 90 / 14], Variation.BETTER_HIGH),
    ],
)
def test_each_segment_has_a_line_and_limits_of_its_own_and_the_latest_has_the_sign(later, starts, kinds, centres, sign):
    anew = dict.fromkeys(starts, "Others count")
    watched = watch(Series.of_values([*LEVEL, *later]), Better.UP, target=3, anew=anew)
    assert [one.fit.kind for one in watched.segments] == kinds
    assert [one.chart.centre for one in watched.segments] == pytest.approx(centres)
    assert watched.icons.variation == sign
    assert [one.anew for one in watched.segments] == [None, *anew.values()]
    if sign is None:
        assert watched.icons.assurance is None and Missing.POINTS in watched.statement.missing
    # Moving ranges of the first twelve have a sum of 15.2.
    assert watched.segments[0].chart.limits[0] == pytest.approx((5 - 2.66 * 15.2 / 11, 5 + 2.66 * 15.2 / 11))


def test_limits_are_calculated_anew_from_a_later_period_of_the_series_alone():
    for start in ("1", "99"):
        with pytest.raises(ValueError, match="from a later period of its own"):
            watch(Series.of_values(STEADY), Better.UP, anew={start: "Other people count"})


def test_a_hidden_period_before_a_break_leaves_the_line_after_it():
    points = (Observation("0", None, None, Absent.HIDDEN), *(Observation(str(n), 9, 20) for n in range(1, 13)))
    watched = watch(Series(Of.SHARES, points), Better.UP, anew={"1": "Other people count"})
    assert [one.fit.kind for one in watched.segments] == [Kind.DOTS, Kind.P]
    assert watched.statement.missing == (Missing.TARGET,)


def hidden(of: int) -> Series:
    points = [Observation(str(place), 9, 20) for place in range(of)]
    return Series(Of.SHARES, (*points[:-1], Observation(str(of), None, None, Absent.HIDDEN)))


def test_longer_periods_are_taken_where_a_period_is_hidden_and_they_are_known():
    years = Series(Of.SHARES, (Observation("2025-26", 30, 80), Observation("2026-27", 36, 80)))
    taken = watch(hidden(12), Better.UP, longer=years)
    assert (taken.series, taken.fit.kind) == (years, Kind.MEDIAN)
    left = watch(hidden(12), Better.UP, longer=hidden(3))
    assert (len(left.series.points), left.chart, left.fit) == (12, None, (Kind.DOTS, Why.HIDDEN))
    shown = Series(Of.SHARES, tuple(Observation(str(place), 9, 20) for place in range(12)))
    assert watch(shown, Better.UP, longer=years).series == shown


@pytest.mark.parametrize(
    ("watched", "shows", "cannot", "missing", "ask"),
    [
        (
            watch(hidden(12), Better.UP, target=0.5),
            *(Shows.VALUES, Cannot.CHANGE, (Missing.HIDDEN,), Ask.LONGER_PERIODS),
        ),
        (
            watch(
                Series(Of.VALUES, (Observation("1", None, gap=Absent.NOT_SENT),)), Better.NEITHER, partners_missing=2
            ),
            *(Shows.VALUES, Cannot.CHANGE, (Missing.NOT_SENT, Missing.POINTS, Missing.PARTNERS), Ask.THE_RETURNS),
        ),
        (
            watch(Series.of_values(STEADY[:5]), Better.UP),
            *(Shows.MEDIAN, Cannot.CHANGE, (Missing.POINTS, Missing.TARGET), Ask.WAIT),
        ),
        (
            watch(Series.of_values(STEADY, seasonal=True), Better.NEITHER),
            *(Shows.BESIDE_YEAR_BEFORE, Cannot.CHANGE, (), Ask.SEASON),
        ),
        (
            watch(Series.of_values([1, 2, 3, 4, 5, 7, 8, 9, 10, 11]), Better.UP, target=1),
            *(Shows.NOT_RANDOM, Cannot.WHICH_WAY, (Missing.POINTS,), Ask.WHAT_HAPPENED),
        ),
        (
            watch(Series.of_values([1, 9, 2, 8, 3, 7, 4, 6, 1, 9]), Better.UP, target=1),
            *(Shows.RANDOM, Cannot.GOOD, (Missing.POINTS,), Ask.WAIT),
        ),
        (watch(Series.of_values(STEADY), Better.UP), Shows.USUAL, Cannot.GOOD, (Missing.TARGET,), Ask.SET_A_TARGET),
        (watch(Series.of_values(STEADY), Better.UP, 20), Shows.USUAL, Cannot.GOOD, (), Ask.CHANGE_THE_PROCESS),
        (watch(Series.of_values(STEADY), Better.UP, 5), Shows.USUAL, Cannot.GOOD, (), Ask.SURE_OF_TARGET),
        (watch(Series.of_values(STEADY), Better.UP, -20), Shows.USUAL, Cannot.GOOD, (), Ask.KEEP),
        (
            watch(Series.of_values([*SHIFTED, 6]), Better.UP, 1),
            *(Shows.EARLIER, Cannot.REASON, (), Ask.WHAT_HAPPENED),
        ),
        (watch(Series.of_values(SHIFTED), Better.UP, 1), Shows.BETTER, Cannot.CAUSE, (), Ask.WILL_IT_LAST),
        (watch(Series.of_values(SHIFTED), Better.DOWN, 1), Shows.WORSE, Cannot.CAUSE, (), Ask.WHO_ACTS),
        (watch(Series.of_values(SHIFTED), Better.NEITHER), Shows.CHANGED, Cannot.CAUSE, (), Ask.WHAT_HAPPENED),
    ],
)
def test_a_statement_says_what_the_chart_supports_and_what_it_does_not(watched, shows, cannot, missing, ask):
    statement = watched.statement
    assert (statement.shows, statement.cannot, statement.missing, statement.ask) == (shows, cannot, missing, ask)


def test_a_run_chart_asks_for_what_would_give_limits():
    small = Series.of_counts(Of.SHARES, [1, 3] * 6, [40] * 12)
    ratios = Series(Of.RATIOS, tuple(Observation(str(place), value) for place, value in enumerate([1.0, 1.4] * 6)))
    asked = [watch(one, Better.UP, 0.5).statement.ask for one in (small, ratios)]
    assert asked == [Ask.LONGER_PERIODS, Ask.TWO_RATES]


def test_words_for_evidence_take_the_whole_verdict_of_the_chart_away():
    worded = watch(Series.of_values(SHIFTED), Better.UP, 1, worded=True)
    assert (worded.fit, worded.chart) == ((Kind.DOTS, Why.WORDED), None)
    assert (worded.statement.shows, worded.statement.target) == (Shows.WORDED, None)
    assert worded.statement.ask == Ask.THE_EVIDENCE
