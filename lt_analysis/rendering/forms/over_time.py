"""The forms of charts: a measure over time, along deprivation, and of organisations beside each other."""

from collections.abc import Mapping
from functools import partial

from lt_analysis.codebook.downloads import NOT_GIVEN
from lt_analysis.codebook.naming import capitalised
from lt_analysis.evidence.assurance import Missing, Watched
from lt_analysis.evidence.funnel import Funnel, FunnelPlace
from lt_analysis.evidence.inequality import Quantity, SlopeIndex
from lt_analysis.evidence.process_control import Absent, ControlChart, Of, Rule, RunChart, Why
from lt_analysis.release.figures import Share, ShareChange
from lt_analysis.rendering.forms.phrases import events_of_people, one_or_many, part_in_a_cell, points, rate, so_many
from lt_analysis.rendering.metric_figures import InFunnel, OfPeriod, OfQuantile
from lt_analysis.rendering.numbers import (
    SMALLEST_BASE,
    interval,
    percentage,
    percentage_points,
    ratio,
    significant,
    whole,
)
from lt_analysis.rendering.shown import Forms

SIGN_SHAPES = {Rule.BEYOND: "◆", Rule.TREND: "▲", Rule.NEAR: "►", Rule.SHIFT: "■"}
SIGNS = {Rule.BEYOND: "beyond a limit", Rule.TREND: "trend", Rule.NEAR: "near a limit", Rule.SHIFT: "shift"}
SIGNS_IN_WORDS = {
    (rule, news): f"{sign}{news_in_words}"
    for rule, sign in SIGNS.items()
    for news, news_in_words in {"better": ", better", "worse": ", worse", "changed": ""}.items()
}
USUAL_SHAPE, USUAL = "●", "usual"
NO_LIMITS, NO_RULE, NO_LINE = "no limits", "no rule", "no line"
BESIDE_YEAR_BEFORE = "beside the year before"
QUARTERS_OF_A_YEAR = 4
PARTS = {5: "Fifth", 10: "Tenth"}
PLACES_IN_FUNNEL = {
    FunnelPlace.BELOW_OUTER: "◆ below the outer limits",
    FunnelPlace.BELOW_INNER: "▲ below the inner limits",
    FunnelPlace.WITHIN: "● within the limits",
    FunnelPlace.ABOVE_INNER: "▲ above the inner limits",
    FunnelPlace.ABOVE_OUTER: "◆ above the outer limits",
}


def written(watched: Watched, value: float) -> str:
    """Write a value of a measure over time: a share as a percentage, a rate per so many people, else three figures."""
    if watched.series.of == Of.SHARES:
        return percentage(value)
    if watched.series.of == Of.RATES and watched.series.per > 1:
        return rate(value, watched.series.per)
    return significant(value)


def _written_range(watched: Watched, low: float, high: float) -> str:
    """Write a range with its unit once: `8.39 to 39.3 per 1,000`."""
    first, last = written(watched, low), written(watched, high)
    return f"{first.partition(' per ')[0]} to {last}"


def news_of(period: OfPeriod) -> str:
    """Return whether the way of a point's mark is better, worse or neither; usual where it has none."""
    better = period.watched.better
    if period.signal is None:
        return USUAL
    return "changed" if not better else "better" if period.signal.way == better else "worse"


def _value_or_why(period: OfPeriod) -> str:
    if period.point.gap:
        return "" if period.point.gap == Absent.HIDDEN else str(period.point.gap)
    few = period.watched.series.of == Of.SHARES and period.point.people < SMALLEST_BASE
    return NOT_GIVEN if few else written(period.watched, period.point.value)


def _number_or_why(period: OfPeriod, number: float | None) -> str:
    gap = period.point.gap
    return "" if gap == Absent.HIDDEN else str(gap) if gap else significant(number)


def _limits_of(period: OfPeriod) -> str:
    chart = period.watched.chart
    if not isinstance(chart, ControlChart):
        return NO_LIMITS
    return _written_range(period.watched, *chart.limits[period.place])


def _mark_of(period: OfPeriod) -> str:
    if not isinstance(period.watched.chart, ControlChart):
        return NO_RULE
    if period.signal is None:
        return f"{USUAL_SHAPE} {USUAL}"
    return f"{SIGN_SHAPES[period.signal.rule]} {SIGNS_IN_WORDS[period.signal.rule, news_of(period)]}"


def _year_before(period: OfPeriod) -> str:
    before = period.watched.series.year_before(period.place)
    return "none" if before is None else written(period.watched, before.value)


def _latest(watched: Watched) -> OfPeriod:
    return OfPeriod(watched, len(watched.series.points) - 1)


def _on_year(watched: Watched) -> str:
    """Return how the latest point lies beside the year before: none, the same, higher or lower."""
    before = watched.series.year_before(_latest(watched).place)
    if before is None:
        return "none"
    now, then = (written(watched, value) for value in (watched.latest.value, before.value))
    return "same" if now == then else "higher" if watched.latest.value > before.value else "lower"


def _finding_of(watched: Watched) -> str:
    if watched.latest.gap:
        return "gap"
    shows = str(watched.statement.shows)
    return f"{shows}, {_on_year(watched)}" if shows == BESIDE_YEAR_BEFORE else shows


def _periods_of(watched: Watched, gap: Absent) -> str:
    return f"{whole(watched.series.gaps.count(gap))} of {whole(len(watched.series.points))} periods"


def about_in_100(share: float) -> str:
    """Write a chance as `about 12 in 100`.

    >>> about_in_100(0.1202), about_in_100(0.004)
    ('about 12 in 100', 'fewer than 1 in 100')
    """
    return f"about {round(100 * share)} in 100" if share >= 0.005 else "fewer than 1 in 100"


def _change_on_year(watched: Watched) -> ShareChange | None:
    """Return how the latest share changed on the year before, where the chart sets it beside that."""
    if watched.fit.why != Why.SEASONS:
        return None
    change = watched.series.change_on_year(_latest(watched).place)
    return change if change and min(change.all_before, change.all_later) >= SMALLEST_BASE else None


def _rule_of(watched: Watched) -> str:
    """Return which rules are applied, and of a run chart how it fares; or why there are none."""
    if isinstance(watched.chart, ControlChart):
        return "limits"
    if isinstance(watched.chart, RunChart) and watched.chart.has_rules:
        return f"runs, {watched.fit.why}"
    return "median" if watched.chart else str(watched.fit.why)


def _cut_of(watched: Watched) -> str:
    cut = watched.chart.cut if isinstance(watched.chart, ControlChart) else (False, False)
    return {(False, False): "none", (True, False): "low", (False, True): "high"}.get(cut, "both")


def _target_of(watched: Watched) -> str:
    """Return whether its target is kept; none is set, or why that cannot be told."""
    if watched.target is None or not watched.better:
        return "none"
    if not isinstance(watched.chart, ControlChart):
        return "untold"
    return watched.statement.target or "changing"


def _met_of(watched: Watched) -> str:
    """Return how its latest value lies beside its target; none where there is no target or nothing to hold it to."""
    if watched.target is None or not watched.better or not watched.shown:
        return "none"
    if watched.latest.gap or (latest := _value_or_why(_latest(watched))) == NOT_GIVEN:
        return "no latest"
    rounded = latest == written(watched, watched.target) and not watched.meets(watched.latest)
    return "rounded" if rounded else "told"


def _met_in(watched: Watched) -> str:
    """Write of how many periods that are shown the target was met."""
    met = sum(map(watched.meets, watched.shown))
    return "none" if not met else "all" if met == len(watched.shown) > 1 else whole(met)


def _lacks(watched: Watched, lacking: Missing) -> str:
    return "some" if lacking in watched.statement.missing else "none"


def _in_own_unit(index: SlopeIndex, value: float) -> str:
    return percentage(value) if index.measured == Quantity.SHARE else significant(value)


def _slope_in_own_unit(index: SlopeIndex, slope: float) -> str:
    return percentage_points(slope) if index.measured == Quantity.SHARE else significant(slope)


def _slope_way(index: SlopeIndex) -> str:
    """Return which way the line goes from the most to the least deprived, or that it could go either way."""
    least_is_higher = index.slope * index.multiplier > 0
    if not index.has_interval:
        return f"bare {'higher' if least_is_higher else 'lower'}"
    return "either" if index.slope_interval().holds(0) else "higher" if least_is_higher else "lower"


def _slope_limits(index: SlopeIndex) -> str:
    """Write both limits without their sign where that is the same, for the words say which way."""
    low, high = index.slope_interval()
    limits = (low, high) if low < 0 < high else sorted((abs(low), abs(high)))
    return " to ".join(_slope_in_own_unit(index, limit) for limit in limits)


def _relative(index: SlopeIndex) -> str:
    if index.ratio is None or index.ratio <= 0:
        return "none"
    return "given" if index.has_interval and index.ratio_interval() else "bare"


def fifth_or_tenth(place: int, number: int) -> str:
    """Write `Tenth 3`, and which end the first and the last are."""
    end = {1: " (most deprived)", number: " (least deprived)"}.get(place, "")
    return f"{PARTS.get(number, 'Part')} {place}{end}"


def _beyond_outer(funnel: Funnel) -> int:
    return sum(abs(funnel.place(name)) == FunnelPlace.ABOVE_OUTER for name in funnel.counts)


def _in_funnel(funnel: Funnel, counts: Share) -> str:
    if funnel.measured == Quantity.SHARE:
        return part_in_a_cell(counts)
    return events_of_people(counts, funnel.per)


def written_in(funnel: Funnel, value: float) -> str:
    """Write a share of a funnel as a percentage, and a rate per so many people."""
    return percentage(value) if funnel.measured == Quantity.SHARE else rate(value, funnel.per)


FORMS: Mapping[type, Forms] = {
    Watched: {
        "watched_finding": _finding_of,
        "watched_shows": lambda watched: watched.statement.shows,
        "watched_cannot": lambda watched: watched.statement.cannot,
        "watched_target": _target_of,
        "watched_met": _met_of,
        "met_in": _met_in,
        "met_shown": lambda watched: so_many(
            len(watched.shown), "quarter" if watched.series.per_year == QUARTERS_OF_A_YEAR else "value"
        ),
        "watched_ask": lambda watched: watched.statement.ask,
        "watched_rule": _rule_of,
        "watched_cut": _cut_of,
        "watched_kind": lambda watched: watched.fit.kind,
        "latest_period": lambda watched: watched.latest.period,
        "latest_value": lambda watched: _value_or_why(_latest(watched)),
        "latest_before": lambda watched: _year_before(_latest(watched)),
        "latest_limits": lambda watched: _limits_of(_latest(watched)),
        "watched_centre": lambda watched: written(watched, watched.chart.centre),
        "on_year_told": lambda watched: "told" if _change_on_year(watched) else "none",
        "on_year": lambda watched: points(_change_on_year(watched).change),
        "on_year_low": lambda watched: points(_change_on_year(watched).confidence_interval().low),
        "on_year_high": lambda watched: points(_change_on_year(watched).confidence_interval().high),
        "watched_goal": lambda watched: written(watched, watched.target),
        "watched_parts": lambda watched: "several" if watched.before else "one",
        "points_number": lambda watched: whole(len(watched.series.points)),
        "values_listed": lambda watched: so_many(len(watched.series.points), "value"),
        "rule_trend": lambda watched: whole(watched.chart.numbers.trend),
        "rule_shift": lambda watched: whole(watched.chart.numbers.shift),
        "rule_near": lambda watched: whole(watched.chart.numbers.near),
        "rule_together": lambda watched: whole(watched.chart.numbers.together),
        "runs_useful": lambda watched: whole(watched.chart.useful),
        "runs_longest": lambda watched: whole(watched.chart.longest),
        "runs_longest_usual": lambda watched: whole(watched.chart.longest_usual),
        "runs_crossings": lambda watched: whole(watched.chart.crossings),
        "runs_fewest_usual": lambda watched: whole(watched.chart.fewest_usual),
        "chance_of_a_mark": lambda watched: about_in_100(watched.by_chance.charts),
        "chance_of_the_latest": lambda watched: about_in_100(watched.by_chance.latest),
        "hidden_periods": lambda watched: _periods_of(watched, Absent.HIDDEN),
        "periods_not_sent": lambda watched: _periods_of(watched, Absent.NOT_SENT),
        "partners_missing": lambda watched: whole(watched.partners_missing),
        **{f"lacks {lacking}": partial(_lacks, lacking=lacking) for lacking in Missing},
    },
    OfPeriod: {
        "point_period": lambda period: period.point.period,
        "point_events": lambda period: _number_or_why(period, period.point.events),
        "point_people": lambda period: _number_or_why(period, period.point.people),
        "point_value": _value_or_why,
        "point_centre": lambda period: (
            written(period.watched, period.watched.chart.centre) if period.watched.chart else NO_LINE
        ),
        "point_limits": _limits_of,
        "point_mark": _mark_of,
        "point_year_before": _year_before,
        "point_anew": lambda period: "told" if period.watched.anew else "awaiting",
        "anew_reason": lambda period: period.watched.anew.rstrip("."),
        "point_goal": lambda period: written(period.watched, period.watched.target),
    },
    SlopeIndex: {
        "slope_way": _slope_way,
        "slope_size": lambda index: _slope_in_own_unit(index, abs(index.slope)),
        "slope_range": _slope_limits,
        "slope_relative": _relative,
        "slope_ratio": lambda index: ratio(index.ratio),
        "slope_ratio_range": lambda index: interval(*index.ratio_interval(), index.ratio),
        "slope_parts": lambda index: PARTS.get(len(index.quantiles), "Part"),
        "slope_part": lambda index: PARTS.get(len(index.quantiles), "Part").lower(),
    },
    OfQuantile: {
        "quantile_name": lambda of: fifth_or_tenth(of.number, len(of.index.quantiles)),
        "quantile_people": lambda of: whole(round(of.quantile.people)),
        "quantile_value": lambda of: _in_own_unit(of.index, of.quantile.value),
        "quantile_range": lambda of: (
            " to ".join(_in_own_unit(of.index, limit) for limit in (of.quantile.low, of.quantile.high))
            if of.quantile.low is not None
            else NOT_GIVEN
        ),
        "quantile_fitted": lambda of: _in_own_unit(of.index, of.index.fitted(of.index.middles[of.number - 1])),
    },
    Funnel: {
        "funnel_measured": lambda funnel: funnel.measured,
        "funnel_beyond": lambda funnel: one_or_many(_beyond_outer(funnel)),
        "funnel_beyond_number": lambda funnel: whole(_beyond_outer(funnel)),
        "funnel_hidden": lambda funnel: "some" if funnel.not_shown else "none",
        "funnel_hidden_number": lambda funnel: whole(funnel.not_shown),
        "funnel_number": lambda funnel: whole(len(funnel.counts)),
        "funnel_called": lambda funnel: funnel.called,
        "funnel_called_first": lambda funnel: capitalised(funnel.called),
        "funnel_each": lambda funnel: capitalised(funnel.called.removesuffix("s")),
        "funnel_all": lambda funnel: _in_funnel(funnel, funnel.overall),
    },
    InFunnel: {
        "funnel_name": lambda row: row.called,
        "funnel_part": lambda row: _in_funnel(row.funnel, row.counts),
        "funnel_expected": lambda row: significant(row.funnel.expected(row.organisation)),
        "funnel_place": lambda row: PLACES_IN_FUNNEL[row.place],
    },
}
