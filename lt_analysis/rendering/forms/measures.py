"""The forms of one decision: its words, its counts in two groups beside each other, and its shares."""

import math
from collections.abc import Callable, Mapping

from lt_analysis.codebook.downloads import NOT_GIVEN
from lt_analysis.codebook.ethnicity import BME
from lt_analysis.codebook.naming import people_of, white_over
from lt_analysis.codebook.words import called
from lt_analysis.evidence.appendix import RelativeLikelihood
from lt_analysis.release.figures import Number, Share, ShareChange, StageFigure
from lt_analysis.rendering.forms.phrases import count, of_people, part_in_a_cell, percentage_of, points
from lt_analysis.rendering.group_shares import NOT_SHOWN
from lt_analysis.rendering.measure_figures import (
    TOO_FEW_POSTS,
    Across,
    Change,
    Compared,
    Counted,
    Decision,
    Happened,
    Step,
    has_ratio,
    may_have_ratio,
    place,
)
from lt_analysis.rendering.numbers import SMALLEST_BASE, interval, percentage, ratio, whole
from lt_analysis.rendering.shown import Forms
from lt_analysis.rendering.standard_figures import Answered

NOT_WORKED_OUT = "not worked out"
PLACES = {"fewer": "below", "fits": "within", "more": "above"}


def _counted(figure: StageFigure) -> str:
    if figure.hidden:
        return "hidden"
    if not figure.likelihood.group_successful + figure.likelihood.white_successful:
        return "nobody"
    where = place(figure)
    return {"": "totals", "hidden": "unranged"}.get(where, where)


def gap_in_people(gap: int) -> str:
    """Write how far a count lies from an expected number, before what would give that: `about 59 fewer than`."""
    return f"about {whole(abs(gap))} {'more' if gap > 0 else 'fewer'} than" if gap else "about as many as"


def _or_why(decision: Decision, written: Callable[[], str]) -> str:
    return "" if decision.hidden and decision.instead == NOT_SHOWN else decision.instead or written()


def ratio_and_range(figure: StageFigure) -> str:
    """Write a relative likelihood with its margin of error; empty where it is hidden."""
    if figure.hidden:
        return ""
    if not may_have_ratio(figure):
        return ratio(None)
    return f"{ratio(figure.likelihood.ratio)} ({ratio_range(figure.likelihood, white_first=True)})"


def ratio_range(likelihood: RelativeLikelihood, white_first: bool) -> str:
    """Write the margin of error of a ratio, turned as the ratio is."""
    low, high = likelihood.confidence_interval()
    if white_first:
        return interval(low, high, likelihood.ratio)
    return interval(1 / high, 1 / low if low else math.inf, likelihood.ratio_of_group)


def _ratio_divided(told: Compared | Happened, white_first: bool) -> str:
    """Write a ratio of two shares as a standard divides them, with its margin of error where it has one."""
    if told.hidden:
        return ""
    if not has_ratio(told.likelihood):
        return NOT_GIVEN
    number = ratio(told.likelihood.ratio if white_first else told.likelihood.ratio_of_group)
    return f"{number} ({ratio_range(told.likelihood, white_first)})" if told.measure.one_by_one else number


def _chance_range(compared: Compared) -> str:
    """Write the range that equal chances usually give, or why there is none; empty where it is hidden."""
    chance = compared.expected
    if compared.hidden or (chance and chance.hidden):
        return ""
    if not chance:
        return NOT_WORKED_OUT
    return f"{whole(chance.low)} to {whole(chance.high)}" if chance.could_tell else TOO_FEW_POSTS


def _step(step: Step) -> str:
    """Return whether the group's share of those who succeeded is smaller or larger than that before the decision."""
    if step.hidden:
        return "hidden"
    before, after = step.shares
    if not (before.shown and after.shown):
        return "few"
    if before.in_short == after.in_short:
        return "same"
    return "smaller" if after.share.share < before.share.share else "larger"


def _change(change: ShareChange | None) -> str:
    """Return how a group's share of a stage compares: hidden, of too few, or the same, higher or lower."""
    if change is None:
        return "hidden"
    if min(change.all_before, change.all_later) < SMALLEST_BASE:
        return "few"
    if percentage(change.some_before / change.all_before) == percentage(change.some_later / change.all_later):
        return "same"
    return "higher" if change.change > 0 else "lower"


def went_on(base: Number, done: Number, written: Callable[[Share], str] = percentage_of) -> str:
    """Write which share of some people went on; empty where either number is hidden."""
    return "" if base.hidden or done.hidden else written(Share(done.people, base.people))


def in_100(share: Share) -> str:
    """Write how many of 100 people a share is.

    >>> in_100(Share(2, 3))
    '67 of 100'
    """
    return f"{round(100 * share.successful / share.people)} of 100"


def _in_100(share: Share) -> str:
    return in_100(share) if share.people >= SMALLEST_BASE else NOT_GIVEN


OF_MEASURES: Forms = {
    "event": lambda figure: figure.measure.event,
    "people": lambda figure: figure.measure.people,
    "done": lambda figure: figure.measure.done,
    "decision": lambda figure: figure.measure.key,
    "measure_title": lambda figure: figure.measure.title,
    "bme_candidates": lambda figure: people_of(BME, figure.measure.people),
}
OF_STAGES: Mapping[str, Callable[[StageFigure], object]] = {
    **OF_MEASURES,
    "counted": _counted,
    "ratio_given": lambda stage: "hidden" if stage.hidden else "given" if may_have_ratio(stage) else "none",
    "successful": lambda stage: whole(stage.likelihood.group_successful),
    "all_successful": lambda stage: whole(stage.likelihood.group_successful + stage.likelihood.white_successful),
    "of_group": lambda stage: whole(stage.likelihood.group_people),
    "of_both": lambda stage: whole(stage.likelihood.group_people + stage.likelihood.white_people),
    "gap": lambda stage: gap_in_people(stage.likelihood.group_successful - stage.expected.people),
    "low": lambda stage: whole(stage.expected.low),
    "high": lambda stage: whole(stage.expected.high),
    "informative": lambda stage: whole(stage.expected.informative),
    "shown": lambda stage: "hidden" if stage.hidden else "shown",
    "label": lambda stage: called(stage.group),
    "white_share": lambda stage: percentage(stage.likelihood.white_share.share),
    "group_share": lambda stage: percentage(stage.likelihood.group_share.share),
    "group_people": lambda stage: people_of(stage.group),
    "group_candidates": lambda stage: people_of(stage.group, stage.measure.people),
    "ratio": lambda stage: ratio(stage.likelihood.ratio),
    "likely_range": lambda stage: interval(*stage.likelihood.confidence_interval(), stage.likelihood.ratio),
    "all_posts": lambda stage: "Adding up all posts, the" if stage.expected else "The",
}
# How the counts of two groups stand in a row of a race equality standard.
OF_TWO_GROUPS: Mapping[str, Callable[[Compared | Happened | Answered], object]] = {
    **OF_STAGES,
    "white_part": lambda told: "" if told.hidden else part_in_a_cell(told.likelihood.white_share),
    "group_part": lambda told: "" if told.hidden else part_in_a_cell(told.likelihood.group_share),
    "group_reached": lambda told: "" if told.hidden else of_people(told.likelihood.group_share),
    "as_standard": lambda told: _ratio_divided(told, told.measure.white_first),
    "as_social_care": lambda told: _ratio_divided(told, told.measure.also[0].white_first),
}
FORMS: Mapping[type, Forms] = {
    StageFigure: OF_STAGES,
    Decision: {
        **OF_STAGES,
        "expected_or_why": lambda decision: _or_why(decision, lambda: whole(decision.expected.people)),
        "usual_range_or_why": lambda decision: _or_why(
            decision, lambda: f"{whole(decision.expected.low)} to {whole(decision.expected.high)}"
        ),
        "place_or_why": lambda decision: _or_why(decision, lambda: PLACES[place(decision)]),
        "beside_range": lambda decision: {"": "told", TOO_FEW_POSTS: "few"}.get(decision.instead, "none"),
        "instead": lambda decision: decision.instead,
        "ratio_and_range": lambda decision: ratio_and_range(decision.stage),
    },
    Across: {
        **OF_MEASURES,
        "white_over_bme": lambda across: white_over(BME),
        "bme_done": lambda across: people_of(BME, across.measure.done),
    },
    Compared: {
        **OF_TWO_GROUPS,
        "chance_range": _chance_range,
        "white_in_100": lambda compared: in_100(compared.likelihood.white_share),
        "group_in_100": lambda compared: in_100(compared.likelihood.group_share),
        "compared": lambda compared: "hidden" if compared.hidden else place(compared) or "totals",
    },
    Step: {
        **OF_MEASURES,
        "step": _step,
        "group_before": lambda step: count(step.numbers[0]),
        "all_before": lambda step: count(step.numbers[1]),
        "group_after": lambda step: count(step.numbers[2]),
        "all_after": lambda step: count(step.numbers[3]),
        "share_before": lambda step: step.shares[0].in_short,
        "share_after": lambda step: step.shares[1].in_short,
        "share_range": lambda step: " to ".join(map(percentage, step.shares[1].likely)),
    },
    Change: {
        "change": lambda change: _change(change.of.change),
        "some_later": lambda change: whole(change.of.change.some_later),
        "all_later": lambda change: whole(change.of.change.all_later),
        "some_earlier": lambda change: whole(change.of.change.some_before),
        "all_earlier": lambda change: whole(change.of.change.all_before),
        "share_earlier": lambda change: percentage(change.of.change.some_before / change.of.change.all_before),
        "share_later": lambda change: percentage(change.of.change.some_later / change.of.change.all_later),
        "change_low": lambda change: points(change.of.change.confidence_interval()[0]),
        "change_high": lambda change: points(change.of.change.confidence_interval()[1]),
    },
    Counted: {
        "count": lambda counted: count(counted.at()),
        "went_on": lambda counted: went_on(counted.before, counted.at()),
        "in_100": lambda counted: went_on(counted.before, counted.at(), _in_100),
        "share_in_a_cell": lambda counted: counted.share.in_a_cell,
        "share_shown": lambda counted: "shown" if counted.share.shown else "instead",
        "stage": lambda counted: counted.key.stage,
        "share_in_short": lambda counted: counted.share.in_short,
        "share_of_part_in_a_cell": lambda counted: counted.share_of_part.in_a_cell,
    },
}
