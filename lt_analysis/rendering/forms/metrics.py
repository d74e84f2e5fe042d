"""The forms of metrics of inequality, and of promises of anchor organisations."""

from collections.abc import Iterable, Mapping
from functools import partial

from lt_analysis.codebook.downloads import NOT_GIVEN
from lt_analysis.codebook.metrics import AXES, IN_TWO, SHARE, UP
from lt_analysis.codebook.naming import capitalised
from lt_analysis.codebook.words import AWAITING, called
from lt_analysis.evidence.assurance import Shows
from lt_analysis.release.figures import Release
from lt_analysis.release.metric_tables import NETWORK, Anchor, TableState
from lt_analysis.release.metric_tables import PARTNERSHIP as METRICS_OF_ALL
from lt_analysis.rendering.figure import name_of
from lt_analysis.rendering.forms.over_time import about_in_100, fifth_or_tenth
from lt_analysis.rendering.forms.phrases import day, events_of_people, one_or_many, part_in_a_cell, so_many
from lt_analysis.rendering.group_shares import NOT_SHOWN
from lt_analysis.rendering.metric_figures import (
    BY_DEPRIVATION,
    AllMetrics,
    Anchors,
    Divided,
    GroupOf,
    OfMetric,
    OfNetwork,
    Promised,
)
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

MOST_LISTED = 4  # quarters, one by one


def _called_metric(of: OfMetric) -> str:
    """Write what a metric is called within a sentence: its name or the words of its key, once its question stands."""
    if not of.definition.question:
        return f"metric {of.definition.number}"
    return of.definition.name or of.metric.replace("-", " ")


def _listed_metrics(metrics: Iterable[OfMetric]) -> str:
    names = [_called_metric(one) for one in metrics]
    return f"{whole(len(names))} ({', '.join(names)})" if names else "none"


def _in_unit(of: OfMetric, value: float) -> str:
    if of.definition.unit == SHARE:
        return percentage(value)
    return significant(value * of.per)


def _goal_of(of: OfMetric) -> str:
    if of.definition.target is None:
        return ""
    if of.definition.unit == SHARE:
        return percentage(of.definition.target)
    return f"{significant(of.definition.target)}{f' per {whole(of.per)}' if of.per > 1 else ''}"


def _good_of(of: OfMetric) -> str:
    return f"{of.definition.good}{', target' if of.definition.target is not None else ''}"


def _name_or_slug(release: Release, slug: str) -> str:
    """Write the name of an organisation; a network has none but its slug."""
    return next((name_of(one) for one in release.organisations if one.slug == slug), slug)


def _senders_of(of: OfMetric) -> str:
    """Return the kind of those who sent a metric: practices, organisations, one alone; or why nothing is told."""
    if not of.counted:
        return "value" if of.latest else "awaiting" if of.who != METRICS_OF_ALL else "nobody"
    if of.latest is None or of.latest.state == TableState.NOT_SENT:
        return "nobody"
    if of.who != METRICS_OF_ALL:
        return "alone"
    if of.latest.state == TableState.TOO_FEW:
        return "too few"
    return "organisations" if of.latest.covered is None else "practices"


def _names_in(of: OfMetric, *states: TableState) -> str:
    return ", ".join(_name_or_slug(of.release, one.who) for one in of.senders if one.state in states)


def _untold(of: OfMetric) -> str:
    """Return why a metric cannot be told of the report's quarter."""
    if not of.counted and of.latest:
        return f"last published for {of.latest.quarter}"
    state = of.latest.state if of.latest else TableState.NOT_SENT if of.counted else TableState.AWAITING
    return {TableState.HIDDEN: NOT_SHOWN, TableState.TOO_FEW: "too few to add up"}.get(state, str(state))


def _missing_metrics(every: AllMetrics) -> str:
    return "; ".join(f"{_called_metric(one)} ({_untold(one)})" for one in every.each if not one.told)


def _slopes_of(every: AllMetrics) -> str:
    """Return whether a slope can be told, is clear of nought, and whom the widest leaves worse off."""
    if not every.sloped:
        return "none"
    if not every.clear:
        return "unclear"
    widest, slope = every.clear[0]
    return "worse" if (slope.slope > 0) == (widest.definition.good == UP) else "better"


def _practices_in(of: OfMetric) -> tuple[str, ...]:
    return tuple(sorted({member for one in of.senders if one.whose == NETWORK for member in one.members}))


def _steady(of: OfMetric) -> str:
    """Return whether those who sent a metric are the same in every quarter that is shown."""
    return "changing" if _absent(of) else "same"


def _ever_in(of: OfMetric) -> set[str]:
    return {member for one in of.tables if one.shown for member in one.members}


def _absent(of: OfMetric) -> list[tuple[str, int]]:
    """Return the quarters in which not all sent a metric who ever did, as far as that is shown, each with how many."""
    every = len(_ever_in(of))
    return [(one.quarter, every - len(one.members)) for one in of.tables if one.shown and len(one.members) < every]


def _absent_listed(of: OfMetric) -> str:
    """Write how many did not send a metric, and when: each quarter, or of many how many there are."""
    absent = _absent(of)
    if len(absent) <= MOST_LISTED:
        return ", ".join(f"{whole(number)} in {quarter}" for quarter, number in absent)
    fewest, most = (whole(end([number for _, number in absent])) for end in (min, max))
    number = fewest if fewest == most else f"{fewest} to {most}"
    return f"{number} in each of {whole(len(absent))} quarters since {absent[0][0]}"


def _ever_listed(of: OfMetric) -> str:
    practices = of.latest is not None and of.latest.covered is not None
    return so_many(len(_ever_in(of)), "practice" if practices else "organisation")


def _beside(of: OfMetric) -> str:
    """Return what stands beside a metric: its groups, and networks or organisations at one time, or both."""
    several = of.compared if of.funnel or any(not one.shown for one in of.senders) else ""
    return " and ".join(one for one in ("groups" if of.divided else "", several) if one) or "nothing"


def _deprivation_of(of: OfMetric) -> str:
    """Return why a metric has no slope."""
    if not any(axis in BY_DEPRIVATION for axis in of.definition.axis_names):
        return "not asked"
    if of.by_deprivation is None:
        return "hidden"
    return "incomplete" if of.counted else "value"


def _part_of_deprivation(of: OfMetric) -> str:
    return of.by_deprivation.axis.rpartition(" ")[2] if of.by_deprivation else ""


def _unplaced(of: OfMetric) -> str:
    table = of.by_deprivation
    unstated = [one for one in table.groups if one.group == AXES[table.axis].unstated] if table else []
    return whole(unstated[0].denominator) if unstated else ""


def _name_of_group(group: GroupOf) -> str:
    """Write `White`, `Not known`, or `Fifth 1 (most deprived)`."""
    axis = AXES[group.of.table.axis]
    if axis.key not in BY_DEPRIVATION or group.group == axis.unstated:
        return capitalised(called(group.group))
    return fifth_or_tenth(int(group.group), len(axis.groups) - 1)


def _group_counts(group: GroupOf) -> str:
    if group.metric.definition.unit == SHARE:
        return part_in_a_cell(group.share)
    return events_of_people(group.share, group.metric.per)


def _few_in(group: GroupOf) -> bool:
    return group.counts.denominator < SMALLEST_BASE


def _group_gap(group: GroupOf) -> str:
    """Write how much larger a group's share is than that of all together, with its margin of error."""
    if _few_in(group):
        return NOT_GIVEN
    beside = group.beside_all
    written_gap = percentage_points if group.metric.definition.unit == SHARE else partial(_in_unit, group.metric)
    gap, low, high = (written_gap(one).removesuffix(" points") for one in (beside.difference, *beside.interval))
    return f"{gap} ({low} to {high})"


def _group_ratio(group: GroupOf) -> str:
    gap = group.beside_others
    if gap is None or _few_in(group) or not gap.relative:
        return NOT_GIVEN
    return f"{ratio(gap.relative)} ({interval(*gap.relative_interval(), gap.relative)})"


def _sent_by(network: OfNetwork, *states: TableState) -> str:
    """Write the metrics whose table of a network is in one of some states: all, those, or a dash."""
    found = [_called_metric(one) for one, table in network.tables if table.state in states]
    return "all" if len(found) == len(network.tables) > 1 else ", ".join(found) or "–"


def _in_units_of(anchor: Anchor, number: int | None) -> str:
    """Write a number of a promise with its unit: `24 people`, `45% of spending`."""
    if number is None:
        return ""
    return f"{whole(number)}{'' if anchor.unit.startswith('%') else ' '}{anchor.unit}"


def _promised(promised: Promised) -> str:
    """Write what was promised, and by when: `24 people by 31 March 2027 (first due 31 March 2026)`."""
    anchor = promised.anchor
    first = [f"first promised {_in_units_of(anchor, anchor.first_promised)}"] if anchor.number_moved else []
    first += [f"first due {day(anchor.first_due)}"] if anchor.day_moved else []
    since = f" ({'; '.join(first)})" if first else ""
    return f"{_in_units_of(anchor, anchor.promised) or AWAITING} by {day(anchor.due_on)}{since}"


def _promise_reached(promised: Promised) -> str:
    """Write what was reached, and on which day that was so; why it is not said, and nothing where it is hidden."""
    anchor = promised.anchor
    if anchor.state == TableState.SHOWN:
        return f"{_in_units_of(anchor, anchor.reached)} on {day(anchor.as_of)}"
    return "" if anchor.state == TableState.HIDDEN else str(anchor.state)


def _moved(every: Anchors) -> int:
    return sum(one.anchor.day_moved or one.anchor.number_moved for one in every.each)


def _promises(every: Anchors, stands: str) -> str:
    return whole(sum(one.stands == stands for one in every.each))


PROMISES = {
    "reached": "● reached",
    "passed": "■ past its day, not reached",
    "unheard": "◆ past its day, no figure since",
    "to come": "○ still to come",
    "untold": "– cannot be told",
    "gone": "‖ no longer sent",
}


FORMS: Mapping[type, Forms] = {
    OfMetric: {
        "metric_words": lambda of: "told" if of.definition.question else "awaiting",
        "metric_alliance_words": lambda of: "told" if of.definition.alliance else "awaiting",
        "metric_question": lambda of: of.definition.question,
        "metric_alliance": lambda of: of.definition.alliance,
        "metric_number": lambda of: whole(of.definition.number),
        "metric_counts": lambda of: (of.definition.definition or f"What it counts is {AWAITING}").rstrip("."),
        "metric_source": lambda of: (of.definition.source or AWAITING).rstrip("."),
        "metric_called_first": lambda of: capitalised(_called_metric(of)),
        "metric_unit": lambda of: of.definition.unit,
        "metric_per": lambda of: whole(of.per),
        "metric_good": _good_of,
        "metric_goal": _goal_of,
        "metric_span": lambda of: of.latest.quarter if of.latest else "",
        "metric_part": _part_of_deprivation,
        "metric_unplaced": _unplaced,
        "metric_deprivation": _deprivation_of,
        "metric_senders": _senders_of,
        "metric_steady": _steady,
        "metric_absent": _absent_listed,
        "metric_ever_sent": _ever_listed,
        "metric_compared": lambda of: of.compared,
        "metric_beside": _beside,
        "metrics_quarter": lambda of: str(of.release.quarter),
        "metric_organisation": lambda of: _name_or_slug(of.release, of.who),
        "value_source": lambda of: capitalised((of.latest.source or AWAITING).rstrip(".")) if of.latest else "",
        "practices_number": lambda of: whole(len(of.latest.members)) if of.latest and of.latest.members else "",
        "metric_covered": lambda of: (
            percentage(of.latest.covered) if of.latest and of.latest.covered is not None else ""
        ),
        "senders_number": lambda of: whole(len(of.latest.members)) if of.latest else "",
        "senders_names": lambda of: ", ".join(_name_or_slug(of.release, one) for one in of.latest.members),
        "senders_hidden": lambda of: _names_in(of, TableState.HIDDEN, TableState.TOO_FEW),
        "senders_silent": lambda of: _names_in(of, TableState.NOT_SENT),
        "practice_codes": lambda of: ", ".join(_practices_in(of)) or "none",
    },
    AllMetrics: {
        "metrics_any": lambda every: "some" if every.each else "none",
        "metrics_listed": lambda every: so_many(len(every.each), "metric"),
        "metrics_told": lambda every: whole(sum(one.told for one in every.each)),
        "metrics_quarter": lambda every: str(every.release.quarter),
        "metrics_limits": lambda every: one_or_many(len(every.with_limits)),
        "metrics_limits_number": lambda every: whole(len(every.with_limits)),
        "metrics_better": lambda every: _listed_metrics(every.showing(Shows.BETTER)),
        "metrics_worse": lambda every: _listed_metrics(every.showing(Shows.WORSE)),
        "metrics_better_number": lambda every: whole(len(every.showing(Shows.BETTER))),
        "metrics_worse_number": lambda every: whole(len(every.showing(Shows.WORSE))),
        "metrics_by_chance": lambda every: about_in_100(every.by_chance),
        "metrics_not_random": lambda every: ", ".join(map(_called_metric, every.showing(Shows.NOT_RANDOM))),
        "metrics_aimed": lambda every: "some" if every.aimed else "none",
        "metrics_aimed_number": lambda every: whole(len(every.aimed)),
        "metrics_aimed_listed": lambda every: so_many(len(every.aimed), "metric"),
        "metrics_met": lambda every: whole(sum(one.meets(one.latest) for one in every.aimed)),
        "metrics_slopes": _slopes_of,
        "metrics_slopes_listed": lambda every: _slopes_of(every) if every.each else "no metric",
        "slopes_listed": lambda every: so_many(len(every.sloped), "slope"),
        "metrics_clear_number": lambda every: whole(len(every.clear)),
        "metrics_widest": lambda every: _called_metric(every.clear[0][0]),
        "metrics_widest_ratio": lambda every: ratio(every.clear[0][1].ratio),
        "metrics_widest_range": lambda every: interval(*every.clear[0][1].ratio_interval(), every.clear[0][1].ratio),
        "metrics_missing": _missing_metrics,
        "networks_any": lambda every: "some" if every.networks else "none",
        "networks_number": lambda every: whole(len(every.networks)),
        "practice_metrics": lambda every: whole(len(every.of_practices)),
    },
    Divided: {
        "metric_called_first": lambda divided: capitalised(_called_metric(divided.of)),
        "divided_axis": lambda divided: (
            "ethnicity, in two groups" if divided.table.axis == IN_TWO else divided.table.axis
        ),
        "metric_span": lambda divided: divided.table.quarter,
    },
    GroupOf: {
        "group_name": _name_of_group,
        "group_counts": _group_counts,
        "group_gap": _group_gap,
        "group_ratio": _group_ratio,
        "group_value": lambda group: significant(group.counts.value),
        "group_limits": lambda group: f"{significant(group.counts.lower)} to {significant(group.counts.upper)}",
    },
    OfNetwork: {
        "network_name": lambda network: network.who,
        "network_practices": lambda network: whole(len({one for _, table in network.tables for one in table.members})),
        "network_shown": lambda network: _sent_by(network, TableState.SHOWN),
        "network_hidden": lambda network: _sent_by(network, TableState.HIDDEN, TableState.TOO_FEW),
        "network_silent": lambda network: _sent_by(network, TableState.NOT_SENT),
    },
    Promised: {
        "anchor_whose": lambda one: name_of(one.whose) if one.whose else one.anchor.organisation,
        "anchor_kind": lambda one: one.anchor.kind,
        "anchor_promised": _promised,
        "anchor_reached": _promise_reached,
        "anchor_stands": lambda one: PROMISES[one.stands],
        "anchor_document": lambda one: one.anchor.document or AWAITING,
    },
    Anchors: {
        "anchors_any": lambda every: "some" if every.each else "none",
        "anchors_any_moved": lambda every: "some" if _moved(every) else "none",
        "anchors_moved": lambda every: whole(_moved(every)),
        "anchors_number": lambda every: whole(len(every.each)),
        **{f"anchors_{stands.replace(' ', '_')}": partial(_promises, stands=stands) for stands in PROMISES},
    },
}
