"""How a pledged action stands by the rules: hand-made histories, and the states that the audit has to set beside them.

Each history is what an organisation said of one action in the last quarters, the latest being 2026-27-Q2, which ends on
30 September 2026; `SILENT` is a quarter for whose report nothing was sent of it.
"""

from datetime import date

import pytest

from lt_analysis.codebook.periods import Quarter
from lt_analysis.release.delivery import Report, Stands, Told, Tracked, states_of

LATEST = Quarter.parse("2026-27-Q2")
SILENT = None
MARCH = date(2027, 3, 31)  # a year's end, which is far enough ahead
DECEMBER, NOVEMBER, AUGUST = date(2026, 12, 31), date(2026, 11, 30), date(2026, 8, 31)
NEXT_JUNE = date(2027, 6, 30)


def said(status="under way", due=MARCH, begun=date(2025, 4, 1), steps=None, **given):
    """What was said of an action in one quarter: by default under way since long, and due at the year's end."""
    return {"status": status, "due_on": due, "started_on": begun, "milestones_done": steps} | given


def waits(due=MARCH, begun=None, **given):
    return said("not started", due, begun, **given)


def done(**given):
    return said("done", **given)


def stopped(**given):
    return said("stopped", **given)


PROVED = {"evidence": True, "measure": True}
HISTORIES = {
    # Not started: by the first date that was given, and by when a start was planned.
    "far ahead": ([waits()], "not due"),
    "91 days remain": ([waits(date(2026, 12, 30))], "not due"),
    "90 days remain": ([waits(date(2026, 12, 29))], "not due"),
    "89 days remain": ([waits(date(2026, 12, 28))], "late to start"),
    "its planned start has passed": ([waits(begun=date(2026, 9, 1))], "late to start"),
    "its planned start is the last day": ([waits(begun=date(2026, 9, 30))], "not due"),
    "its planned start is to come": ([waits(begun=date(2026, 11, 1))], "not due"),
    "its date was moved away": ([waits(NOVEMBER), waits(MARCH)], "late to start"),
    "its date was moved nearer": ([waits(MARCH), waits(NOVEMBER)], "late to start"),
    "its date has passed": ([waits(AUGUST)], "late to start, overdue"),
    "its first date has passed, and a new one stands": ([waits(AUGUST), waits(MARCH)], "late to start, overdue"),
    "not started, and its partner fell silent": ([waits(), SILENT, SILENT], "not due"),
    "it is due on the last day": ([waits(date(2026, 9, 30))], "late to start"),
    # Under way: what moved since the report before.
    "under way in its first report": ([said()], "first report"),
    "begun in the quarter of its first report": ([said(begun=date(2026, 8, 1))], "moving"),
    "begun on the first day of that quarter": ([said(begun=date(2026, 7, 1))], "moving"),
    "it was started": ([waits(), said(begun=date(2026, 7, 1))], "moving"),
    "a milestone was met": ([said(steps=1), said(steps=2)], "moving"),
    "its first milestone was met": ([said(), said(steps=1)], "moving"),
    "no milestone is no movement": ([said(), said(steps=0)], "quiet"),
    "evidence came": ([said(), said(evidence=True)], "moving"),
    "nothing changed since the report before": ([said(), said()], "quiet"),
    "nothing changed in two reports": ([said(), said(), said()], "stalled"),
    "nothing changed in three reports": ([said(), said(), said(), said()], "stalled"),
    "a new date is no movement": ([said(), said(due=NEXT_JUNE)], "quiet"),
    "a new date in two reports": ([said(due=DECEMBER), said(due=MARCH), said(due=NEXT_JUNE)], "stalled"),
    "a date brought forward is no movement": ([said(), said(due=DECEMBER)], "quiet"),
    "another role is no movement": ([said(), said(owner_role="Chair"), said(owner_role="Chair")], "stalled"),
    "other words are no movement": ([said(), said(action="Otherwise"), said(action="Again")], "stalled"),
    "what it needs is no movement": ([said(), said(needs="Money"), said(needs="A trainer")], "stalled"),
    "a milestone was taken back": ([said(steps=2), said(steps=1)], "quiet"),
    "a milestone was taken back and met again": ([said(steps=2), said(steps=1), said(steps=2)], "stalled"),
    "evidence was taken back and given again": (
        [said(evidence=True), said(), said(evidence=True)],
        "stalled",
    ),
    "a milestone, then nothing": ([said(steps=0), said(steps=1), said(steps=1)], "quiet"),
    "a milestone, then nothing twice": ([said(steps=0), said(steps=1), said(steps=1), said(steps=1)], "stalled"),
    "stalled ends with one milestone": ([said(steps=1), said(steps=1), said(steps=1), said(steps=2)], "moving"),
    "its date moved twice, with no milestone between": (
        [said(due=DECEMBER, steps=0), said(due=MARCH, steps=1), said(due=NEXT_JUNE, steps=1)],
        "stalled",
    ),
    "its date moved twice, and a milestone was met": (
        [said(due=DECEMBER, steps=0), said(due=MARCH, steps=0), said(due=NEXT_JUNE, steps=1)],
        "moving",
    ),
    "a partner is silent for a quarter": ([said(), SILENT], "quiet"),
    "a partner is silent for two quarters": ([said(), SILENT, SILENT], "stalled"),
    "a partner was silent, and moved": ([said(steps=1), SILENT, SILENT, said(steps=2)], "moving"),
    "a partner was silent, and says the same": ([said(), SILENT, said()], "stalled"),
    "back from under way to not started": ([said(), waits(begun=None)], "not due"),
    "back to not started, and under way again": ([said(), waits(), said()], "stalled"),
    # Overdue stands beside whatever else holds.
    "under way, and overdue": ([said(due=AUGUST, steps=1), said(due=AUGUST, steps=2)], "moving, overdue"),
    "quiet, and its first date has passed": ([said(due=AUGUST), said(due=MARCH)], "quiet, overdue"),
    "stalled and overdue": ([said(due=AUGUST), said(due=AUGUST), said(due=AUGUST)], "stalled, overdue"),
    "silent and overdue": ([said(due=AUGUST), SILENT, SILENT], "stalled, overdue"),
    "overdue by a date brought forward, which was moved away again": (
        [said(), said(due=AUGUST), said()],
        "stalled, overdue",
    ),
    "overdue by a date brought forward": ([said(), said(due=AUGUST, steps=1)], "moving, overdue"),
    # Done: nothing counts as shown without its evidence and its measure.
    "done with evidence and a measure": ([said(), done(**PROVED)], "done"),
    "done, and its number moved as was named": ([said(), done(**PROVED)], "done, and it shows", Told.SHOWS),
    "done, and its number did not move": ([said(), done(**PROVED)], "done, no change seen", Told.NO_CHANGE),
    "done, and its number moved the other way": ([said(), done(**PROVED)], "done", Told.OTHER_WAY),
    "done, and there are too few to tell": ([said(), done(**PROVED)], "done", Told.TOO_FEW),
    "done, and it is too early to tell": ([done(**PROVED), SILENT], "done", Told.TOO_EARLY),
    "its number moved, and nothing proves that it is done": ([done(measure=True)], "done, unproven", Told.SHOWS),
    "its number moved, and it is under way again": ([done(**PROVED), said(**PROVED)], "quiet", Told.SHOWS),
    "done after its date, and it shows": ([done(due=AUGUST, **PROVED)], "done, and it shows", Told.SHOWS),
    "done without evidence": ([said(), done(measure=True)], "done, unproven"),
    "done without a measure": ([said(), done(evidence=True)], "done, unproven"),
    "done after its date": ([said(due=AUGUST), done(due=AUGUST, **PROVED)], "done"),
    "done, and its evidence was taken back": ([done(**PROVED), done(measure=True)], "done, unproven"),
    "done, and no longer sent": ([done(**PROVED), SILENT, SILENT, SILENT], "done"),
    "done from the first report on": ([done()], "done, unproven"),
    "done, and under way again": ([said(), done(**PROVED), said(**PROVED)], "quiet"),
    # Stopped is a decision, and no silence.
    "stopped by a decision": ([said(), stopped(decided_by=True)], "stopped, reason given"),
    "stopped without a word": ([said(), stopped()], "stopped, no reason given"),
    "stopped by a decision after its date": (
        [said(due=AUGUST), stopped(due=AUGUST, decided_by=True)],
        "stopped, reason given",
    ),
    "stopped without a word after its date": ([stopped(due=AUGUST)], "stopped, no reason given, overdue"),
    "stopped, and no longer sent": ([stopped(decided_by=True), SILENT, SILENT], "stopped, reason given"),
    "restarted": ([said(), stopped(decided_by=True), said()], "moving"),
    "restarted, then nothing": ([stopped(), said(), said()], "quiet"),
    "restarted, then nothing twice": ([stopped(), said(), said(), said()], "stalled"),
}
# Where there was no report for some quarters: of each report its quarter. Two quarters without movement are about 180
# days, however many reports were made in them.
WITH_GAPS = {
    "nothing changed from one report to the next, a year later": (
        {"2025-26-Q2": said(), "2026-27-Q2": said()},
        "stalled",
    ),
    "nothing changed from one report to the next, two quarters later": (
        {"2025-26-Q4": said(), "2026-27-Q2": said()},
        "stalled",
    ),
    "nothing changed from one report to the next, a quarter later": (
        {"2026-27-Q1": said(), "2026-27-Q2": said()},
        "quiet",
    ),
    "a partner is silent in the one report since, years later": (
        {"2022-23-Q4": said(), "2026-27-Q2": SILENT},
        "stalled",
    ),
    "a milestone was met within the year without a report": (
        {"2025-26-Q2": said(steps=1), "2026-27-Q2": said(steps=2)},
        "moving",
    ),
    "a milestone long ago, and nothing since": (
        {"2024-25-Q4": said(steps=0), "2025-26-Q4": said(steps=1), "2026-27-Q2": said(steps=1)},
        "stalled",
    ),
    "first heard of in a report after a year without": ({"2026-27-Q2": said()}, "first report"),
    "not started, reports a year apart": ({"2025-26-Q2": waits(), "2026-27-Q2": waits()}, "not due"),
    "restarted after a year without a report": (
        {"2025-26-Q2": stopped(decided_by=True), "2026-27-Q2": said()},
        "moving",
    ),
}
NOT_OF_STATES = ("owner_role", "action", "needs")  # said in a return, and no part of how an action stands


def quarters_of(history):
    quarters = [LATEST]
    while len(quarters) < len(history):
        quarters.insert(0, quarters[0].previous)
    return tuple(quarters)


def reports(history, quarters):
    return [
        None if one is SILENT else Report(quarter, **{k: v for k, v in one.items() if k not in NOT_OF_STATES})
        for quarter, one in zip(quarters, history, strict=True)
    ]


def test_there_are_histories_enough_and_every_state_is_among_them():
    assert len(HISTORIES) >= 40
    states = {expected for _, expected, *_ in HISTORIES.values()}
    assert all(any(state.value in expected for expected in states) for state in Stands)


@pytest.mark.parametrize("case", HISTORIES.values(), ids=HISTORIES)
def test_an_action_stands_as_the_rules_say(case):
    history, expected, *numbers = case
    quarters = quarters_of(history)
    assert ", ".join(state.value for state in states_of(reports(history, quarters), quarters, *numbers)) == expected


@pytest.mark.parametrize("case", WITH_GAPS.values(), ids=WITH_GAPS)
def test_time_without_movement_counts_and_not_the_number_of_reports(case):
    history, expected = case
    quarters = tuple(map(Quarter.parse, history))
    assert ", ".join(states_of(reports(history.values(), quarters), quarters)) == expected


def tracked(history):
    quarters = quarters_of(history)
    return Tracked("ashbourne.1", None, frozenset(), tuple(reports(history, quarters)), quarters, 1)


FLOWS = {
    "stalled once, and still so": ([said(), said(), said(), said()], [None, "stalled", None]),
    "stalled, and a milestone was met": ([said(), said(), said(), said(steps=1)], [None, "stalled", "restarted"]),
    "silent until it stalled": ([said(), SILENT, SILENT], [None, "stalled"]),
    "stopped, and taken up again": ([said(), stopped(decided_by=True), said()], [None, "restarted"]),
    "done, and proved a quarter later": ([said(), done(), done(**PROVED), SILENT], ["done", None, None]),
    "stalled, and done without another report": ([said(), said(), said(), done()], [None, "stalled", "done"]),
    "done when first heard of": ([done(), done()], [None]),
    "moving from quiet is no restart": ([said(), said(), said(steps=1)], [None, None]),
}


@pytest.mark.parametrize(("history", "expected"), FLOWS.values(), ids=FLOWS)
def test_what_an_action_came_to_be_in_each_quarter_but_its_first(history, expected):
    assert list(tracked(history).became.values()) == expected
