"""The forms of pledged actions, and of the goal and the commitments that they serve."""

from collections import Counter
from collections.abc import Callable, Mapping
from functools import partial

from lt_analysis.codebook.commitments import (
    ELEMENTS,
    NOT_DISCUSSED,
    PAIRS_MET,
    PLEDGE_SIGNED,
    TRAITS_RATED,
    Commitment,
)
from lt_analysis.codebook.ethnicity import BME, REFERENCE
from lt_analysis.codebook.naming import capitalised
from lt_analysis.codebook.words import AWAITING, called
from lt_analysis.evidence.appendix import RelativeLikelihood
from lt_analysis.release.delivery import WITH_PROOF, Became, Stands, Told
from lt_analysis.release.figures import Action, OrganisationFigures, Release
from lt_analysis.rendering.delivery_figures import Declared, Delivered, Flow, Pledged, Pursued, Towards
from lt_analysis.rendering.figure import name_of
from lt_analysis.rendering.forms.phrases import NO_DATE, NONE, day, listed, names_of, of_people, quoted, so_many
from lt_analysis.rendering.group_shares import NOT_SHOWN
from lt_analysis.rendering.numbers import SMALLEST_BASE, percentage_points, whole
from lt_analysis.rendering.shown import Forms

WITHHELD = capitalised(f"{AWAITING}.")
SHAPES = {"done": "●", "under way": "►", "not started": "○", "stopped": "■"}
LATE_SHAPE = "▲"


def status(action: Action, late: bool) -> str:
    """Return how an action stands: a shape and a word, and first that it is late where it is."""
    if late:
        return f"{LATE_SHAPE} Late: {action.status}"
    return f"{SHAPES[action.status]} {capitalised(action.status)}"


# Each state is a shape beside its words, so that it is told apart on paper and without colours.
STATE_SHAPES = {
    Stands.NOT_DUE: "○",
    Stands.LATE_TO_START: "◔",
    Stands.FIRST_REPORT: "◇",
    Stands.MOVING: "►",
    Stands.QUIET: "–",
    Stands.STALLED: "‖",
    Stands.DONE: "✓",
    Stands.SHOWS: "▲",
    Stands.NO_CHANGE: "●",
    Stands.UNPROVEN: "?",
    Stands.STOPPED: "■",
    Stands.STOPPED_SILENTLY: "□",
}
ALL_QUIET, NOTHING_SENT = "no action yet", "nothing sent"
NOT_SAID = "Not said."
NOBODY_YET = "Nobody yet."
GAP_IS_TO_BECOME = {"down": "Smaller", "up": "Larger"}
PASSED = "passed"
AFTER, NOT_OVER = "after", "not over yet"
NOT_BEGUN = (Stands.LATE_TO_START, Stands.NOT_DUE, Stands.STOPPED, Stands.STOPPED_SILENTLY)
LISTED, NAMED = 5, 1  # of those that stalled longest, and of those who share something
COULD_BE_TOLD = (Told.SHOWS, Told.OTHER_WAY, Told.NO_CHANGE)
MOST_NEEDS, LONGEST_NEED = 3, 140  # of needs that the main points repeat, and letters


def _stands(pursued: Pursued) -> str:
    """Return how an action stands by the rules: a shape and words, and that it is overdue where it is."""
    return f"{STATE_SHAPES[pursued.action.state]} {_stands_in_words(pursued)}"


def _stands_in_words(pursued: Pursued) -> str:
    overdue = f", and {Stands.OVERDUE}" if pursued.action.overdue else ""
    return f"{capitalised(pursued.action.state)}{overdue}"


def _words(pursued: Pursued, field: str) -> str:
    """Return a text of an action: the words, that they await approval, or that nothing was said."""
    action = pursued.action
    return getattr(action.last, field) or (WITHHELD if field in action.given else NOT_SAID)


def _dates(pursued: Pursued) -> str:
    first, *later = pursued.action.dates
    return f"{day(first)} (now {day(later[-1])})" if later and later[-1] != first else day(first)


def _times_moved(pursued: Pursued) -> str:
    times = len(pursued.action.dates) - 1
    return ("never", "once", "twice")[times] if times < 3 else f"{whole(times)} times"


def _short_name(pursued: Pursued) -> str:
    number = pursued.action.key.rpartition(".")[2]
    return pursued.action.last.reference or f"Action {number}"


def _offered_in_short(pursued: Pursued) -> str:
    """Name the first organisations that share something of the kind, and of how many others there are."""
    first, others = pursued.offered[:NAMED], len(pursued.offered) - NAMED
    if others > 0:
        return f"{names_of(first)}, and {so_many(others, 'other', 'others')}"
    return names_of(first) or NOBODY_YET


def _milestones(pursued: Pursued) -> str:
    last = pursued.action.last
    if last.milestones_done is None:
        return NOT_SAID
    return f"{whole(last.milestones_done)} of {whole(last.milestones_all)}" if last.milestones_all else NOT_SAID


def _was_to_move(pursued: Pursued) -> str:
    """Return which way the gap of its measure was to move, and how far: White people's share less the other group's."""
    plan = pursued.action.evaluation.plan
    way = GAP_IS_TO_BECOME[plan.direction]
    return f"{way}, by {percentage_points(plan.target)}" if plan.target else f"{way}; how far is not said"


def _numbers(pursued: Pursued, part: str) -> str:
    """Write the numbers of the year before an action, or after it, or what stands in their place."""
    evaluation = pursued.action.evaluation
    year, likelihood = getattr(evaluation.plan, part), getattr(evaluation, part)
    if likelihood:
        return f"{year.in_words}: {_both_shares(likelihood)}"
    return f"{year.in_words}: {NOT_OVER if part == AFTER and evaluation.told == Told.TOO_EARLY else NOT_SHOWN}"


def _others(pursued: Pursued) -> str:
    """Write the numbers of all other organisations together, in the year before and in the year after."""
    evaluation = pursued.action.evaluation
    if not evaluation.others:
        return NOT_OVER if evaluation.told == Told.TOO_EARLY else NOT_SHOWN
    return "; then ".join(map(_both_shares, evaluation.others))


def _both_shares(likelihood: RelativeLikelihood) -> str:
    white = f"{called(REFERENCE)} {of_people(likelihood.white_share)}"
    group = f"{called(BME)} {of_people(likelihood.group_share)}"
    if min(likelihood.white_people, likelihood.group_people) < SMALLEST_BASE:
        return f"{white}, {group}"
    return f"{white}, {group}; gap {percentage_points(likelihood.white_share.share - likelihood.group_share.share)}"


def _told(*words: Told) -> Callable[[Delivered], int]:
    """Return what counts the actions done with proof, of whose numbers one of some words is told."""
    return lambda delivered: sum(
        one.action.evaluation is not None and one.action.evaluation.told in words
        for one in delivered.standing(*WITH_PROOF)
    )


def _whether_it_shows(delivered: Delivered) -> str:
    """Return whether of any that are done with proof it can be told that their number moved; empty where none is."""
    if not delivered.standing(*WITH_PROOF):
        return ""
    return "some" if _told(*COULD_BE_TOLD)(delivered) else "none"


def _in_state(*states: Stands) -> Callable[[Delivered], str]:
    return lambda delivered: whole(len(delivered.standing(*states)))


def _untouched(delivered: Delivered) -> list[str]:
    """Return the elements of the Cultural Web that no action is to change."""
    return [key for key in ELEMENTS if not Towards(delivered, "element", key).actions]


def _unserved(delivered: Delivered) -> list[Commitment]:
    """Return the commitments that no action serves."""
    every = delivered.release.commitments
    return [one for one in every if not Towards(delivered, "commitment", one.key).actions]


def _without_actions(delivered: Delivered, besides: bool) -> str:
    """Write the commitments that no action serves, of which something else is told, or nothing is."""
    some = (one for one in _unserved(delivered) if _besides_actions(delivered.release, one) == besides)
    return listed([one.key for one in some])


def _needs(delivered: Delivered, *states: Stands) -> str:
    """Write what most of the actions in some states need, in their words, each with of how many.

    Long words stand in the tables below alone.
    """
    texts = (one.action.last.needs or "" for one in delivered.standing(*states))
    some = Counter(text for text in texts if 0 < len(text) <= LONGEST_NEED).most_common(MOST_NEEDS)
    return "; ".join(f"{quoted(text)} (needed by {so_many(number, 'action', 'actions')})" for text, number in some)


def _without_element(delivered: Delivered) -> str:
    number = sum(not one.action.last.element for one in delivered.actions)
    return whole(number) if number else ""


def _silent(delivered: Delivered) -> list[OrganisationFigures]:
    """Return the organisations that sent no actions for the quarter of the report."""
    return [one for one in delivered.organisations if not one.actions]


def _came_to_be(one: Became) -> Callable[[Flow], str]:
    """Return the form of how many came to be something: `1 of 12`."""
    return lambda flow: f"{whole(flow.became.count(one))} of {whole(len(flow.became))}"


def _states_among(towards: Towards, *some: Stands) -> str:
    """Write how those stand that are in some states, each with how many: `2 moving; 1 stalled`; `none` of none."""
    states = [one.action.state for one in towards.actions]
    return "; ".join(f"{whole(states.count(one))} {one}" for one in Stands if one in states and one in some) or NONE


def _states_if_any(towards: Towards, *some: Stands) -> str:
    """Write the same; where there is no action at all, whether another was sent."""
    if towards.actions:
        return _states_among(towards, *some)
    return ALL_QUIET if towards.of.slug == "*" or towards.of.actions else NOTHING_SENT


def _besides_actions(release: Release, commitment: Commitment) -> bool:
    """Return whether something else than actions that a report has shows what came of a commitment."""
    shown = {
        PLEDGE_SIGNED: release.pledge is not None,
        TRAITS_RATED: any(one.answers for one in release.ratings),
        PAIRS_MET: release.mentoring is not None and bool(release.mentoring.pairs),
    }
    return shown.get(commitment.kept_by, False)


def _its_actions(towards: Towards) -> str:
    """Write how the actions of a commitment stand, and where else on the page it stands what came of it."""
    states = _states_if_any(towards, *Stands)
    besides = _besides_actions(towards.of.release, towards.commitment)
    return f"{states}; told below: {towards.commitment.kept_by}" if besides else states


def _commitment_due(towards: Towards) -> str:
    due_on = towards.commitment.due_on
    passed = due_on is not None and due_on < towards.of.release.quarter.last_day
    return f"{day(due_on)}, {PASSED}" if passed else day(due_on) if due_on else NO_DATE


FORMS: Mapping[type, Forms] = {
    Pledged: {
        "action_text": lambda pledged: pledged.action.text or WITHHELD,
        "owner_role": lambda pledged: pledged.action.owner_role or WITHHELD,
        "due_on": lambda pledged: day(pledged.action.due_on),
        "status": lambda pledged: status(pledged.action, pledged.late),
    },
    Declared: {
        "goal_says": lambda declared: declared.goal.says or WITHHELD,
        "goal_known_by": lambda declared: declared.goal.known_by or WITHHELD,
        "goal_invented": lambda declared: "invented" if declared.goal.invented else "real",
        "goal_year": lambda declared: declared.goal.by,
        "goal_report": lambda declared: declared.goal.by.quarters[-1].in_words,
    },
    Pursued: {
        "stands": _stands,
        "stands_in_words": _stands_in_words,
        "stated": lambda pursued: capitalised(pursued.action.last.status),
        "pursued_action": partial(_words, field="action"),
        "pursued_role": partial(_words, field="owner_role"),
        "pursued_needs": partial(_words, field="needs"),
        "pursued_proof": partial(_words, field="evidence"),
        "pursued_offers": partial(_words, field="offers"),
        "pursued_decided_by": partial(_words, field="decided_by"),
        "pursued_reply": partial(_words, field="reply"),
        "pursued_blocker": lambda pursued: capitalised(pursued.action.last.blocker or NOT_SAID),
        "pursued_dates": _dates,
        "first_date": lambda pursued: day(pursued.action.dates[0]),
        "date_now": lambda pursued: day(pursued.action.dates[-1]),
        "times_moved": _times_moved,
        "evaluated_measure": lambda pursued: pursued.action.evaluation.plan.measure.title,
        "evaluated_way": _was_to_move,
        "evaluated_before": partial(_numbers, part="before"),
        "evaluated_after": partial(_numbers, part=AFTER),
        "evaluated_others": _others,
        "evaluated_told": lambda pursued: f"{capitalised(pursued.action.evaluation.told)}.",
        "still_since": lambda pursued: pursued.action.still_since.in_words,
        "adopted_by": lambda pursued: names_of(pursued.adopted_by) or NOBODY_YET,
        "offered_by": lambda pursued: names_of(pursued.offered) or NOBODY_YET,
        "offered_in_short": _offered_in_short,
        "short_name": _short_name,
        "short_name_in_full": lambda pursued: f"{name_of(pursued.figures)}, {_short_name(pursued)}",
        "milestones": _milestones,
    },
    Delivered: {
        "delivery_any": lambda delivered: "some" if delivered.actions else "none",
        "pledged_number": lambda delivered: whole(len(delivered.actions)),
        "proved_done": _in_state(*WITH_PROOF),
        "delivery_told": _whether_it_shows,
        "told_number": lambda delivered: whole(_told(*COULD_BE_TOLD)(delivered)),
        "shown_to_work": _in_state(Stands.SHOWS),
        "no_change_number": _in_state(Stands.NO_CHANGE),
        "other_way_number": lambda delivered: whole(_told(Told.OTHER_WAY)(delivered)),
        "unproved_done": _in_state(Stands.UNPROVEN),
        "moving_number": _in_state(Stands.MOVING),
        "new_number": _in_state(Stands.FIRST_REPORT),
        "quiet_number": _in_state(Stands.QUIET),
        "stalled_number": _in_state(Stands.STALLED),
        "stalled_many": lambda delivered: "many" if len(delivered.standing(Stands.STALLED)) > LISTED else "some",
        "still_number": _in_state(Stands.STALLED, Stands.QUIET),
        "not_due_number": _in_state(Stands.NOT_DUE),
        "late_start_number": _in_state(Stands.LATE_TO_START),
        "stopped_number": _in_state(Stands.STOPPED),
        "stopped_silently_number": _in_state(Stands.STOPPED_SILENTLY),
        "overdue_number": lambda delivered: whole(sum(one.action.overdue for one in delivered.actions)),
        "moved_number": lambda delivered: whole(sum(len(one.action.dates) > 1 for one in delivered.actions)),
        "partners_number": lambda delivered: whole(len(delivered.organisations)),
        "partners_sent": lambda delivered: whole(len(delivered.organisations) - len(_silent(delivered))),
        "needs_to_start": lambda delivered: _needs(delivered, *NOT_BEGUN),
        "needs_to_move": lambda delivered: _needs(delivered, Stands.STALLED, Stands.QUIET),
        "without_element": _without_element,
        "silent_names": lambda delivered: names_of(_silent(delivered)),
        "elements_number": lambda delivered: whole(len(ELEMENTS)),
        "elements_reached": lambda delivered: whole(len(ELEMENTS) - len(_untouched(delivered))),
        "elements_left": lambda delivered: listed(_untouched(delivered)),
        "elements_not_discussed": lambda delivered: listed(
            [one for one in _untouched(delivered) if one in NOT_DISCUSSED]
        ),
        "commitments_number": lambda delivered: whole(len(delivered.release.commitments)),
        "commitments_reached": lambda delivered: whole(len(delivered.release.commitments) - len(_unserved(delivered))),
        "commitments_left": partial(_without_actions, besides=False),
        "commitments_besides": partial(_without_actions, besides=True),
        "delivery_name": lambda delivered: delivered.organisations[0].name,
    },
    Towards: {
        "taken_here": lambda towards: _states_if_any(
            towards, *WITH_PROOF, Stands.UNPROVEN, Stands.MOVING, Stands.FIRST_REPORT
        ),
        "not_here": lambda towards: _states_if_any(towards, *NOT_BEGUN),
        "stalled_here": lambda towards: _states_if_any(towards, Stands.STALLED, Stands.QUIET),
        "in_states": lambda towards: _states_if_any(towards, *Stands),
        "its_actions": _its_actions,
        "commitment_text": lambda towards: towards.commitment.text or WITHHELD,
        "commitment_test": lambda towards: towards.commitment.test or WITHHELD,
        "commitment_source": lambda towards: towards.commitment.source or WITHHELD,
        "commitment_made": lambda towards: day(towards.commitment.made_on),
        "commitment_due": _commitment_due,
    },
    Flow: {
        "flow_quarter": lambda flow: flow.quarter.in_words,
        "became_stalled": _came_to_be(Became.STALLED),
        "became_restarted": _came_to_be(Became.RESTARTED),
        "became_done": _came_to_be(Became.DONE),
    },
}
