"""The page on assurance: the partnership's metrics of inequality, promises of anchors, and the place beside others.

Each metric is drawn by the chart that fits it, with what that supports and what it does not; then along deprivation,
between groups, and of networks at one time. Its words are the partnership's own, and stand once they are approved.
"""

from collections.abc import Collection, Iterator

from lt_analysis.codebook.ethnicity import BME
from lt_analysis.codebook.naming import capitalised
from lt_analysis.codebook.words import GLOSSARY, HIDDEN_SYMBOL, MARGIN_OF_ERROR, called
from lt_analysis.evidence.process_control import Of
from lt_analysis.release.figures import Release
from lt_analysis.rendering import html
from lt_analysis.rendering.assurance import statement
from lt_analysis.rendering.charts import Chart
from lt_analysis.rendering.control_chart import control_chart
from lt_analysis.rendering.elsewhere import beside_place
from lt_analysis.rendering.forms import form_of, say, say_form
from lt_analysis.rendering.front_page import marks
from lt_analysis.rendering.funnel_chart import funnel_chart
from lt_analysis.rendering.html import LARGEST_PAGE, Cell, Html, Table
from lt_analysis.rendering.metric_figures import (
    BY_DEPRIVATION,
    AllMetrics,
    Anchors,
    Divided,
    GroupOf,
    OfMetric,
    OfNetwork,
    OfPeriod,
    OfQuantile,
    periods_of,
)
from lt_analysis.rendering.shown import Choice, Said, Template
from lt_analysis.rendering.slope_chart import slope_chart

NUMBERS, SERIES, SLOPES, FUNNELS = "tables", "drawn over time", "drawn along deprivation", "drawn at one time"
EVERYTHING = (NUMBERS, SERIES, SLOPES, FUNNELS)
# What each metric has beside its words: as much of it as a page has room for, and of every metric the same.
AS_MUCH = tuple(EVERYTHING[:parts] for parts in range(len(EVERYTHING), -1, -1))
AROUND = 30_000  # bytes of a page around its blocks: style, contents, words, and links to the data of its charts
MANY = (
    "There are many metrics. Where a page has no room for charts their tables stand here, and where it has none for "
    "these, words alone: every number is in the folder data beside this page."
)

TITLE = "Assurance: metrics of inequality, all organisations together"
NO_METRIC = "The partnership has listed no metric of inequality."
INVENTED = "Invented: no partnership has such metrics, practices or networks."
TOLD = Choice(
    "metrics_told",
    by="metrics_any",
    cases={
        "some": "Of {metrics_listed}, {metrics_told} can be told for {metrics_quarter}.",
        "none": "No metric has been listed yet.",
    },
)
MET = Choice(
    "metrics_met",
    by="metrics_aimed",
    cases={"some": "Target met at the latest: {metrics_met} of {metrics_aimed_listed} that can be held to one."},
)
CHANGED = Choice(
    "metrics_changed",
    by="metrics_limits",
    cases={
        "none": "Whether any changed beyond the usual cannot be told yet. That takes a dozen quarters, none missing.",
        "one": (
            "Changed beyond the usual, for the better: {metrics_better}; for the worse: {metrics_worse}. Of one alone "
            "can that be told. While nothing changes, {metrics_by_chance} such pages at most would have a change here."
        ),
        "many": (
            "Changed beyond the usual, for the better: {metrics_better}; for the worse: {metrics_worse}. Of "
            "{metrics_limits_number} can that be told. While nothing changes, {metrics_by_chance} such pages at most "
            "would have a change here."
        ),
    },
)
NOT_RANDOM = Template(
    "metrics_not_random", "A line that chance alone rarely gives, and no way that it went: {metrics_not_random}."
)
_WIDEST = (
    "Widest along deprivation, as a ratio: {metrics_widest}. Its least deprived end is {metrics_widest_ratio} times "
    "its most deprived (margin of error {metrics_widest_range})"
)
_CLEAR = "Clear of nought: {metrics_clear_number} of {slopes_listed}."
WIDEST = Choice(
    "metrics_widest",
    by="metrics_slopes",
    cases={
        "none": "No slope along deprivation can be told.",
        "unclear": "Of {slopes_listed} along deprivation none is clear of nought.",
        "worse": f"{_WIDEST}. The most deprived fare worse. {_CLEAR}",
        "better": f"{_WIDEST}. The most deprived fare better. {_CLEAR}",
    },
)
MISSING = Template("metrics_missing", "Not told for the quarter: {metrics_missing}.")
NOT_MEANT = (
    "A change tells of no cause. A slope is no verdict on anybody. Margins overlap, so another slope may be the "
    "widest. Where there is none at all, about 1 in 20 is clear of nought all the same."
)
IN_SHORT = Choice(
    "metrics_in_short",
    by="metrics_slopes_listed",
    cases={
        "no metric": "No metric has been listed yet.",
        **{
            case: (
                "Of {metrics_listed}, {metrics_told} can be told. Beyond the usual: {metrics_better_number} "
                f"better, {{metrics_worse_number}} worse. {widest}"
            )
            for case, widest in {
                "none": "No slope along deprivation can be told.",
                "unclear": "No slope along deprivation is clear of nought.",
                "worse": "Widest along deprivation: {metrics_widest} (the most deprived fare worse).",
                "better": "Widest along deprivation: {metrics_widest} (the most deprived fare better).",
            }.items()
        },
    },
)
MET_IN_SHORT = Choice(
    "metrics_met_in_short",
    by="metrics_aimed",
    cases={"some": "Target met at the latest: {metrics_met} of {metrics_aimed_number}."},
)
QUESTION = Choice(
    "metric_title",
    by="metric_words",
    cases={"told": "{metric_question}", "awaiting": "Metric {metric_number}: its words are awaiting approval"},
)
ALLIANCE = Choice(
    "metric_alliance",
    by="metric_alliance_words",
    cases={"told": "{metric_alliance}", "awaiting": "An alliance whose name is awaiting approval"},
)
COUNTED = Template("metric_counted", "{metric_counts}")
SOURCE = Template("metric_source_words", "{metric_source}")
GOOD = Choice(
    "metric_good_news",
    by="metric_good",
    cases={
        "up": "Higher is better.",
        "down": "Lower is better.",
        "up, target": "Higher is better. The target is {metric_goal}.",
        "down, target": "Lower is better. The target is {metric_goal}.",
    },
)
COVERED = Choice(
    "metric_covered",
    by="metric_senders",
    cases={
        "practices": "{practices_number} practices, with {metric_covered} of all people registered, in {metric_span}.",
        "organisations": "{senders_number} organisations, in {metric_span}: {senders_names}.",
        "alone": "{metric_organisation} alone, so it stands by itself, in {metric_span}.",
        "value": "{metric_organisation}, as it was published. {value_source}. Latest: {metric_span}.",
        "too few": "Too few to add up, in {metrics_quarter}.",
        "nobody": "Nobody, of {metrics_quarter}.",
        "awaiting": "{metric_organisation}; what was published is awaiting approval.",
    },
)
STEADY = Choice(
    "metric_steady",
    by="metric_steady",
    cases={
        "changing": (
            "Not the same sent it in every quarter, so a change may be theirs. Missing, of {metric_ever_sent}: "
            "{metric_absent}."
        )
    },
)
OVER_TIME = Choice(
    "metric_over_time",
    by="metric_unit",
    cases={
        "share": "{metric_counts}: share of people, quarter by quarter",
        "rate": "{metric_counts}: per {metric_per}, quarter by quarter",
        "value": "{metric_counts}: as published",
    },
)
ALONG = Choice(
    "metric_along",
    by="metric_unit",
    cases={
        "share": "{metric_counts}: share of people by {metric_part} of deprivation, {metric_span}",
        "rate": "{metric_counts}: per {metric_per} by {metric_part} of deprivation, {metric_span}",
    },
)
AT_ONE_TIME = Choice(
    "metric_at_one_time",
    by="metric_unit",
    cases={
        "share": "{metric_counts}: share of people, {metric_span}",
        "rate": "{metric_counts}: per {metric_per}, {metric_span}",
    },
)
UNPLACED = Template(
    "metric_unplaced", "Left out of the slope, for it is not known where they live: {metric_unplaced} people counted."
)
NO_SLOPE = Choice(
    "metric_no_slope",
    by="metric_deprivation",
    cases={
        "not asked": "It is not asked by deprivation.",
        "hidden": "By deprivation it cannot be shown for this quarter, so that nobody can be identified.",
        "value": "No line is drawn along deprivation: how many people live in each part was not published.",
        "incomplete": "No line is drawn along deprivation: it takes every fifth or tenth.",
    },
)
GROUPS = Template("metric_groups", "{metric_called_first}, by {divided_axis}, {metric_span}")
BY_PART = Template("metric_by_part", "{metric_called_first}, by {metric_part} of deprivation, {metric_span}")
SHOWN_NOT = Template("metric_networks_hidden", "Not shown, so that nobody can be identified: {senders_hidden}.")
SILENT = Template("metric_networks_silent", "Nothing was sent by: {senders_silent}.")
ABOUT_GROUPS = (
    "Groups stand in no order. Each is set beside all together, of whom it is a part, in percentage points or in the "
    "unit of the rate; and beside everybody else, as a ratio. Margins of error stand in brackets."
)
UNLIKE = Choice(
    "metric_unlike",
    by="metric_compared",
    cases={
        "networks": "Networks differ in who lives there. Nothing here is adjusted for that.",
        "organisations": "Organisations differ in whom they serve. Nothing here is adjusted for that.",
    },
)
BESIDE = Choice(
    "metric_beside",
    by="metric_beside",
    cases={
        "groups": "Show the gaps between groups",
        "groups and networks": "Show the gaps between groups, and networks",
        "groups and organisations": "Show the gaps between groups, and organisations",
        "networks": "Show networks beside each other",
        "organisations": "Show organisations beside each other",
        "nothing": "Show what is not told",
    },
)
COLUMNS_OF = {
    unit: dict(zip(("group_counts", "group_gap", "group_ratio"), headings, strict=True))
    for unit, headings in {
        "share": ("Number, and share", "Points beside all together", "Times everybody else's"),
        "rate": ("Number, and rate", "Rate beside all together", "Times everybody else's"),
    }.items()
}
# What each row on the chart over time holds of its assurance statement.
STATED = {
    "What the chart shows": ("shows", "cannot", "met", "target"),
    "What is missing": ("missing",),
    "What to ask next": ("ask",),
}
VALUE_COLUMNS = {"group_value": "Value", "group_limits": "Margin of error, as published"}
OF_NETWORKS = {
    "network_practices": "Practices that sent",
    "network_shown": "Shown",
    "network_hidden": "Not shown",
    "network_silent": "Not sent",
}
NO_PRACTICE = "No network of practices sent a metric."
PRACTICES = Choice(
    "primary_care",
    by="networks_any",
    cases={
        "some": (
            "Metrics sent by practices: {practice_metrics}. Networks: {networks_number}. No practice's own number is "
            "ever shown, and a network is shown where at least two of its practices sent, and enough people are in "
            "every group."
        )
    },
)
NETWORKS = Template(
    "networks_table", "What each network's practices sent for {metrics_quarter}, and whether it is shown"
)
NETWORK_NAME = Template("network_name", "{network_name}")
WHICH_PRACTICES = Template("which_practices", "Which practices sent a metric for {metrics_quarter}, by their NHS codes")
CALLED = Template("metric_called_alone", "{metric_called_first}")
SENT_BY = Template("metric_sent_by", "{practices_number} practices, with {metric_covered} of all people registered.")
ANCHORS_IN_SHORT = Choice(
    "anchors_in_short",
    by="anchors_any",
    cases={
        "some": (
            "Of {anchors_number} promises, reached: {anchors_reached}; past their day, not reached: {anchors_passed}; "
            "past their day, no figure since: {anchors_unheard}; still to come: {anchors_to_come}; cannot be told: "
            "{anchors_untold}; no longer sent: {anchors_gone}."
        ),
        "none": "No promise of an anchor organisation was sent.",
    },
)
ANCHORS_MOVED = Choice(
    "anchors_moved",
    by="anchors_any_moved",
    cases={"some": "Given another day or number than at first: {anchors_moved}."},
)
ANCHORS_TABLE = Template("anchors_table", "What anchor organisations promised, and what they say is reached")
PROMISE = Template("anchor_promise", "{anchor_whose}: {anchor_kind}")
OF_ANCHORS = {
    "anchor_promised": "Promised, and by when",
    "anchor_reached": "Reached, and as of when",
    "anchor_stands": "Stands",
    "anchor_document": "Document",
}
COVERS = {
    "Chart over time": "Limits take a dozen quarters, none missing. With fewer, the line across is the median. From "
    "ten points beside it, two rules ask whether chance alone could give such a line, and none says which way it went. "
    "Where a quarter is missing, and of what has seasons, dots stand alone.",
    "Slope": "The line is fitted to all parts of deprivation, on the scale of odds or of logarithms, with the people "
    "whom the metric counts as its weights, not all who live there. The order is that of the national index of where "
    "people live. A ratio hangs on what is counted: of the same people, that of who was reached differs from that of "
    "who was not.",
    "Groups": "Ethnic groups, sexes and ages have no order, so no slope is ever fitted to them.",
    "What is not here": "Why anything differs. Nothing is adjusted for age, need or where people live.",
    "Hidden numbers": "A table is shown whole or not at all. Where one is not, the axis may be shown coarser.",
}
PERIOD = Template("metrics_period", "{metrics_quarter}, and the quarters before it that were sent.")
WORDS = {
    "Usual up and down": "how far values lie apart while nothing changes, as their own past shows.",
    "Limits": "where nearly all values lie while nothing changes.",
    "Slope": "how far the fitted line goes from the most to the least deprived end.",
    "Margin of error": GLOSSARY[MARGIN_OF_ERROR].partition(" That of evidence")[0],
    "Network": "general practices of a neighbourhood that work together (a primary care network).",
    "Anchor organisation": "one that is large in its place, and uses its jobs and spending there.",
    HIDDEN_SYMBOL: GLOSSARY[HIDDEN_SYMBOL],
}


def heading(release: Release) -> Html:
    """Return the page's heading, under its marks."""
    return html.heading(TITLE, marks(release))


def main_points(release: Release) -> Html:
    """Return how many metrics can be told, what changed beyond the usual, the widest slope, and what is missing."""
    every = AllMetrics(release)
    if not every.each:
        return html.paragraphs({"metrics.told": say(TOLD, every, every.name)}, "summary")
    templates = {"told": TOLD, "met": MET, "changed": CHANGED, "not-random": NOT_RANDOM}
    templates |= {"widest": WIDEST, "missing": MISSING}
    said = {f"metrics.{cell}": say(words, every, every.name) for cell, words in templates.items()}
    said |= {"metrics.not-meant": NOT_MEANT}
    invented = any(one.invented for one in release.metrics.definitions)
    return html.paragraphs(said | ({"metrics.invented": INVENTED} if invented else {}), "summary")


def metrics(release: Release) -> Html:
    """Return every metric, under the delivery alliance that answers for it."""
    every = AllMetrics(release).each
    if not every:
        return html.note(NO_METRIC)
    room = LARGEST_PAGE - AROUND - sum(_bytes_of(part(release)) for part in (primary_care, anchors, beside_place))
    for parts in AS_MUCH:
        shown = html.joined(*_by_alliance(every, parts))
        if _bytes_of(shown) <= room:
            break
    return shown if parts == EVERYTHING else html.joined(html.note(MANY), shown)


def _bytes_of(part: Html) -> int:
    return len(part.html.encode())


def _by_alliance(every: list[OfMetric], parts: Collection[str]) -> Iterator[Html]:
    for alliance in dict.fromkeys(one.definition.alliance for one in every):
        own = [one for one in every if one.definition.alliance == alliance]
        yield html.section(say(ALLIANCE, own[0], own[0].name), *(metric(one, parts) for one in own), level=3)


def metric(one: OfMetric, shown: Collection[str] = EVERYTHING) -> Html:
    """Return one metric, with as many parts as are `shown`; what is not drawn stands in the table of its chart."""
    name, watched = f"{one.name}/over-time", one.watched
    terms = {"What is counted": COUNTED, "Source": SOURCE, "Good news": GOOD, "Sent by": COVERED}
    said = {term: say(words, one, one.name) for term, words in terms.items()}
    said["Sent by"] = Said.join(" ", (said["Sent by"], say(STEADY, one, one.name)))
    if watched:
        stated = statement(watched, name)
        said |= {term: Said.join(" ", (stated.get(cell, "") for cell in cells)) for term, cells in STATED.items()}
    parts: list[object] = [html.definitions({term: text for term, text in said.items() if text}, "coverage")]
    parts += _as_much(_over_time(one, name), SERIES, shown) if watched else ()
    parts += [part for each in _along_deprivation(one) for part in _as_much(each, SLOPES, shown)]
    parts += [_beside_others(one, shown)] if NUMBERS in shown else []
    return html.section(say(QUESTION, one, one.name), *parts, level=4)


def _as_much(part: object, drawn: str, shown: Collection[str]) -> Iterator[object]:
    """Yield a chart, or where there is no room to draw it what it tells and its table, or its finding alone."""
    if not isinstance(part, Chart) or drawn in shown:
        yield part
    elif NUMBERS in shown:
        yield from (html.note(part.telling or part.finding), part.data)
    else:
        yield html.note(part.finding)


def _over_time(one: OfMetric, name: str) -> object:
    counts = [tuple(_period_cells(period, f"{name}/{period.point.period}")) for period in periods_of(one.watched)]
    source = say(SOURCE, one, one.name)
    return control_chart(one.watched, name, say(OVER_TIME, one, one.name), source, counts)


def _period_cells(period: OfPeriod, name: str) -> Iterator[Cell]:
    counted = period.watched.series.of in (Of.SHARES, Of.RATES)
    for form in ("point_events", "point_people") if counted else ():
        yield Cell(f"{form}.{period.point.period}", **form_of(form, period, name))


def _along_deprivation(one: OfMetric) -> Iterator[object]:
    index, name = one.slope, f"{one.name}/slope"
    if index is None:
        yield html.paragraphs({f"slope.{one.metric}.{one.who}": say(NO_SLOPE, one, one.name)})
        if not one.counted and one.by_deprivation:
            yield _values(one)
        return
    parts = [OfQuantile(index, number) for number in range(1, len(index.quantiles) + 1)]
    people = [
        (Cell(f"quantile_people.{part.number}", **form_of("quantile_people", part, f"{name}/{part.number}")),)
        for part in parts
    ]
    source = say(SOURCE, one, one.name)
    yield slope_chart(index, name, say(ALONG, one, one.name), source, people, "People counted")
    yield html.paragraphs({f"unplaced.{one.metric}": say(UNPLACED, one, one.name)})


def _values(one: OfMetric) -> Table:
    axis = next(axis for axis in one.definition.axis_names if axis in BY_DEPRIVATION)
    groups = Divided(one, axis).groups
    return _table_of(say(BY_PART, one, one.name), "Part", groups, VALUE_COLUMNS)


def _table_of(caption: str, first: str, groups: list[GroupOf], columns: dict[str, str]) -> Table:
    rows = tuple(
        (
            say_form("group_name", group, group.name),
            tuple(Cell(f"{form}.{group.name}", **form_of(form, group, group.name)) for form in columns),
        )
        for group in groups
    )
    return Table(caption, (first, *columns.values()), rows)


def _beside_others(one: OfMetric, shown: Collection[str]) -> Html:
    """Return how it divides between groups, and networks at one time, folded; nothing where neither is shown."""
    columns = COLUMNS_OF.get(one.definition.unit, VALUE_COLUMNS)
    tables = [_table_of(say(GROUPS, of, of.name), "Group", of.groups, columns) for of in one.divided]
    about = [html.paragraphs({f"groups.{one.metric}": ABOUT_GROUPS})] if tables and one.counted else []
    parts: list[object] = [*about, *tables]
    funnel = one.funnel
    if funnel:
        source = say(SOURCE, one, one.name)
        chart = funnel_chart(funnel, f"{one.name}/funnel", say(AT_ONE_TIME, one, one.name), source)
        parts += _as_much(chart, FUNNELS, shown)
    of_networks = {"hidden": SHOWN_NOT, "silent": SILENT}
    lacking = {f"{cell}.{one.metric}": say(words, one, one.name) for cell, words in of_networks.items()}
    lacking |= {f"unlike.{one.metric}": say(UNLIKE, one, one.name)} if funnel else {}
    if any(lacking.values()):
        parts.append(html.paragraphs(lacking))
    return html.folded(say(BESIDE, one, one.name), *parts) if parts else html.NOTHING


def primary_care(release: Release) -> Html:
    """Return which networks' practices sent what, which networks are shown, and how much of the place is covered."""
    every = AllMetrics(release)
    own = every.of_practices
    if not own:
        return html.note(NO_PRACTICE)
    said = {"primary-care": say(PRACTICES, every, every.name)}
    for one in own:
        words = Said.join(": ", (say(CALLED, one, one.name), say(SENT_BY, one, one.name)))
        said[f"covered.{one.metric}"] = words if say(SENT_BY, one, one.name) else ""
    networks = [OfNetwork(release, who) for who in every.networks]
    rows = tuple(
        (
            say(NETWORK_NAME, one, one.name),
            tuple(Cell(f"{form}.{one.who}", **form_of(form, one, one.name)) for form in OF_NETWORKS),
        )
        for one in networks
    )
    columns = ("Network", *OF_NETWORKS.values())
    table = Table(say(NETWORKS, every, every.name), columns, rows, said=columns[2:])
    codes = tuple(
        (say(CALLED, one, one.name), (Cell(f"codes.{one.metric}", **form_of("practice_codes", one, one.name)),))
        for one in own
    )
    which = Table(say(WHICH_PRACTICES, every, every.name), ("Metric", "Practices"), codes, said=("Practices",))
    return html.joined(html.paragraphs(said), table, html.folded("Show which practices sent", which))


def anchors(release: Release) -> Html:
    """Return what anchor organisations promised, by when, and what they say is reached, each with its document."""
    every = Anchors(release)
    words = {"anchors": ANCHORS_IN_SHORT, "anchors.moved": ANCHORS_MOVED}
    said = html.paragraphs({cell: say(one, every, every.name) for cell, one in words.items()})
    if not every.each:
        return said
    rows = tuple(
        (
            say(PROMISE, one, one.name),
            tuple(Cell(f"{form}.{one.place}", **form_of(form, one, one.name)) for form in OF_ANCHORS),
        )
        for one in every.each
    )
    columns = ("Promise", *OF_ANCHORS.values())
    table = Table(say(ANCHORS_TABLE, every, every.name), columns, rows, said=columns[1:])
    return html.joined(said, table)


def coverage(release: Release) -> Html:
    """Return what the page covers, and how its parts are read."""
    every = AllMetrics(release)
    return html.definitions({"Quarter": say(PERIOD, every, every.name)} | COVERS, "coverage")


def glossary() -> Html:
    """Return the words of this page and what each means."""
    return html.definitions({capitalised(called(BME)): GLOSSARY[BME]} | WORDS, "glossary")
