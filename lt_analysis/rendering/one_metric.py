"""One metric for an analyst: what its page has, and what the page has no room for, case by case.

It is made of the same release as the page, and of nothing nearer to a person: each rule by itself at each period, the
numbers behind the slope, the limits of the funnel, and which tables are shown, and of whom.
"""

from lt_analysis.codebook.parameters import one_asked
from lt_analysis.evidence.process_control import ControlChart, Rule, RunChart, rules_met
from lt_analysis.release.figures import Release
from lt_analysis.rendering import html, metrics
from lt_analysis.rendering.forms import say, say_form
from lt_analysis.rendering.forms.over_time import about_in_100, written_in
from lt_analysis.rendering.front_page import marks
from lt_analysis.rendering.html import Cell, Html, Table
from lt_analysis.rendering.metric_figures import AllMetrics, InFunnel, OfMetric, OfPeriod, OfQuantile
from lt_analysis.rendering.numbers import percentage, significant, whole

NO_LIMITS = "No chart with limits fits it, so no rule is asked of single periods."
NO_SLOPE = "No slope is fitted to it."
NO_FUNNEL = "No funnel fits it: it is a value, or nothing of networks or organisations is shown."
NO_TABLE = "Nothing of it was sent."
IS_MET, NOT_MET = "met", "not met"
RULES = {
    Rule.BEYOND: "Beyond a limit",
    Rule.TREND: "Trend",
    Rule.NEAR: "Near a limit, with others",
    Rule.SHIFT: "Shift",
}


def find(release: Release, key: str) -> OfMetric:
    """Return a metric of a release by its key; raises `AskedError` naming those there are for any other."""
    every = {one.metric: one for one in reversed(AllMetrics(release).each)}
    return every[one_asked(key, every, f"is no metric of {release.quarter}")]


def heading(of: OfMetric) -> Html:
    """Return the metric's question as the page's heading, under its marks."""
    return html.heading(say(metrics.QUESTION, of, of.name), marks(of.release))


def rules_table(of: OfMetric) -> Html:
    """Return, of each period, how many standard deviations it lies from the line, and each rule by itself."""
    watched = of.watched
    if watched is None or not isinstance(watched.chart, ControlChart):
        return html.joined(html.note(NO_LIMITS), *_runs(of))
    chart = watched.chart
    met = rules_met(chart.values, chart.centre, chart.deviations)
    rows = []
    for place, (value, deviation) in enumerate(zip(chart.values, chart.deviations, strict=True)):
        period = OfPeriod(watched, place)
        apart = (value - chart.centre) / deviation if deviation else 0.0
        texts = [say_form("point_value", period, ""), significant(round(apart, 2))]
        texts += [IS_MET if rule in met[place] else NOT_MET for rule in RULES]
        texts.append(say_form("point_mark", period, ""))
        cells = tuple(Cell(f"rules.{place}.{number}", text) for number, text in enumerate(texts))
        rows.append((period.point.period, cells))
    columns = ("Period", "Value", "Deviations from the line", *RULES.values(), "Mark")
    said = (
        f"{chart.kind}, about {say_form('watched_centre', watched, '')}. Though nothing changes, a mark on such a "
        f"chart: {about_in_100(watched.by_chance.charts)}; at its latest point: "
        f"{about_in_100(watched.by_chance.latest)}; marked points on such a chart: "
        f"{significant(round(watched.by_chance.points, 3))}."
    )
    return html.joined(html.paragraphs({"chance": said}), Table("Each rule by itself", columns, tuple(rows)))


def _runs(of: OfMetric) -> list[Table]:
    """Return what the rules of a run chart ask, where there is one."""
    chart = of.watched.chart if of.watched else None
    if not isinstance(chart, RunChart):
        return []
    numbers = {
        "Points beside the median": chart.useful,
        "Most in a row on one side": chart.longest,
        "Most that are usual": chart.longest_usual,
        "Crossings": chart.crossings,
        "Fewest that are usual": chart.fewest_usual,
    }
    rows = tuple((name, (Cell(f"runs.{name}", whole(number)),)) for name, number in numbers.items())
    return [Table("The rules of the run chart", ("Rule", "Number"), rows)]


def slope_table(of: OfMetric) -> Html:
    """Return where each part of deprivation stands among all people counted, and how far it lies from the line."""
    index = of.slope
    if index is None:
        return html.note(NO_SLOPE)
    rows = []
    for number, middle in enumerate(index.middles, start=1):
        part = OfQuantile(index, number)
        apart = part.quantile.value - index.fitted(middle)
        texts = [
            *(say_form(form, part, "") for form in ("quantile_people", "quantile_value", "quantile_fitted")),
            significant(round(middle, 4)),
            significant(round(apart, 4)),
        ]
        cells = tuple(Cell(f"slope.{number}.{place}", text) for place, text in enumerate(texts))
        rows.append((say_form("quantile_name", part, ""), cells))
    columns = ("Part", "People counted", "Value", "On the line", "Middle, of all people", "Apart from the line")
    return html.joined(Table("The slope, part by part", columns, tuple(rows)))


def funnel_table(of: OfMetric) -> Html:
    """Return each network's, or organisation's, share or rate with the inner and outer limits of its people."""
    funnel = of.funnel
    if funnel is None:
        return html.note(NO_FUNNEL)
    rows = []
    for name in sorted(funnel.counts):
        row = InFunnel(funnel, name)
        limits = [[written_in(funnel, end) for end in ends] for ends in funnel.limits(row.counts.people)]
        texts = [
            say_form("funnel_part", row, ""),
            *(" to ".join(ends) for ends in limits),
            say_form("funnel_place", row, ""),
        ]
        rows.append((row.called, tuple(Cell(f"funnel.{name}.{place}", text) for place, text in enumerate(texts))))
    columns = ("Whose", "Number, and share or rate", "Inner limits", "Outer limits", "Place")
    return html.joined(Table("The limits of the funnel, not ranked", columns, tuple(rows)))


def shown_table(of: OfMetric) -> Html:
    """Return which tables there are of the report's quarter, whether each is shown, and what it adds up."""
    axes = ("", *of.definition.axis_names)
    tables = [
        one
        for axis in axes
        for one in of.release.metrics.latest(of.metric, axis, of.latest.quarter if of.latest else None)
    ]
    rows = []
    for number, one in enumerate(tables):
        covered = "" if one.covered is None else percentage(one.covered)
        texts = (one.axis or "everybody", str(one.state), whole(len(one.members)), covered or "–")
        cells = tuple(Cell(f"shown.{number}.{place}", text) for place, text in enumerate(texts))
        rows.append((f"{one.who}, {one.span}", cells))
    if not rows:
        return html.note(NO_TABLE)
    columns = ("Whose, and when", "By", "State", "Adds up", "Registered people covered")
    return html.joined(Table("Every table of the quarter, shown or not", columns, tuple(rows)))
