"""Metrics: tables are published whole or not at all, and nothing of one practice, or of few, can be worked out."""

import csv
import shutil
from dataclasses import replace
from datetime import date
from itertools import product

import duckdb
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lt_analysis.codebook.metrics import SHARE, UP, Asked, Membership, Metric, forms_of
from lt_analysis.codebook.periods import Quarter
from lt_analysis.codebook.returns import ANCHORS, METRICS
from lt_analysis.commands.take_in import collect_to_release
from lt_analysis.commands.verify import found_of_metrics, metrics_told, sent_as_public
from lt_analysis.counts.metrics import Sent, keep_metrics
from lt_analysis.release import read_release
from lt_analysis.release.approvals import OF_METRICS, Approvals, Texts, awaiting
from lt_analysis.release.certificate import elsewhere_then
from lt_analysis.release.files import copy_to_report, read_editions
from lt_analysis.release.keys import Key
from lt_analysis.release.metric_tables import PARTNERSHIP, Anchor, Metrics, TableState, remembered
from lt_analysis.release.metrics import (
    Due,
    PublishedMetrics,
    Unit,
    anchors_in_public,
    decide_metric,
    metrics_due,
    staff_published,
)
from lt_analysis.verification.metrics import Known, Told, attack_metrics
from tests import making

FIFTHS = "deprivation fifth"
TENTHS = "deprivation tenth"
Q1, Q2 = Quarter.parse("2026-27-Q1"), Quarter.parse("2026-27-Q2")
ETHNIC = ("White", "Mixed", "Asian", "Black")
METRIC = Metric("m", 1, "?", "?", "?", UP, SHARE, {TENTHS: ("1", "2", "3", "4")}, "?")


def unit(key, who, *groups, axes=(TENTHS,), public=(), registered=1000):
    """A practice with a numerator and the rest of its denominator in each of four tenths."""
    whole = {"": (sum(some for some, _ in groups), sum(map(sum, groups)))}
    turned = {TENTHS: ("1", "2", "3", "4"), "ethnicity": (*ETHNIC[1:], ETHNIC[0])}  # the same people, in other groups
    every = {"": whole} | {
        axis: {
            name: (some, some + rest) for name, (some, rest) in zip(turned[axis], groups, strict=True) if some + rest
        }
        for axis in axes
    }
    return Unit(key, who, True, every, frozenset(public), registered)


def practices(who, number=3, size=20, **more):
    return [unit(f"{who}{place}", who, *[(size + place, size + place)] * 4, **more) for place in range(number)]


def decided(*units, smallest=5, neighbours=None, metric=METRIC):
    due = Due(metric, str(Q2), tuple(units), smallest, neighbours or {}, 100_000)
    return {(one.who, one.axis): one for one in decide_metric(due)}


def shown(*units, **more):
    return {key for key, one in decided(*units, **more).items() if one.shown}


EVERY = {(who, axis) for who in (PARTNERSHIP, "a", "b", "c") for axis in ("", TENTHS)}


def test_where_everybody_has_enough_every_table_is_shown_in_its_finest_form():
    units = [*practices("a"), *practices("b"), *practices("c")]
    found = decided(*units)
    assert {key for key, one in found.items() if one.shown} == EVERY
    table = found["a", TENTHS]
    assert table.group("1").numerator == 20 + 21 + 22 and table.group("1").denominator == 2 * 63
    assert table.members == ("a0", "a1", "a2") and table.covered == 1.0
    assert found[PARTNERSHIP, ""].covered == 0.09


def test_a_group_of_few_nobody_or_everybody_makes_the_axis_coarser_and_then_none():
    others = [*practices("b"), *practices("c")]
    few = [unit("a0", "a", (1, 20), (9, 20), (20, 20), (20, 20)), unit("a1", "a", (1, 20), (9, 20), (20, 20), (20, 20))]
    assert (FIFTHS in {axis for who, axis in shown(*few, *others) if who == "a"}) is True
    everybody = [unit(f"a{place}", "a", (20, 0), (20, 0), (20, 20), (20, 20)) for place in range(2)]
    assert {key for key in shown(*everybody, *others) if key[0] == "a"} == {("a", "")}
    nobody = [unit(f"a{place}", "a", *[(0, 20)] * 4) for place in range(2)]
    found = decided(*nobody, *others)
    assert found["a", ""].state == found["a", TENTHS].state == TableState.HIDDEN


def test_what_is_left_of_the_partnership_is_never_one_network():
    alone = [unit("c0", "c", *[(1, 2)] * 4), unit("c1", "c", *[(0, 2)] * 4)]
    units = [*practices("a", registered=900), *practices("b"), *alone]
    assert shown(*units) == {(PARTNERSHIP, ""), (PARTNERSHIP, TENTHS), ("b", ""), ("b", TENTHS)}
    # The order in which further ones are withheld hangs on registered people, and on no number.
    bigger = [*practices("a", registered=900, size=80), *practices("b"), *alone]
    assert shown(*units) == shown(*bigger)


def test_a_network_of_one_practice_or_of_one_that_is_more_than_half_has_no_table():
    others = [*practices("b"), *practices("c")]
    found = decided(*practices("a", number=1), *others)
    assert found["a", ""].state == TableState.TOO_FEW
    halves = [unit("a0", "a", *[(61, 61)] * 4), *practices("a", number=3)[1:], unit("a9", "a", *[(10, 90)] * 4)]
    assert not {key for key in shown(*halves, *others) if key[0] == "a"}


def test_what_a_practice_publishes_itself_is_taken_from_its_network():
    others = [*practices("b"), *practices("c")]
    three = [unit(f"a{place}", "a", *[(40, 40)] * 4) for place in range(3)]
    assert ("a", "") in shown(*three[:2], *others)
    known = unit("a0", "a", *[(40, 40)] * 4, public=("",))
    assert ("a", "") not in shown(known, three[1], *others)
    assert ("a", "") in shown(known, *three[1:], *others)


def test_who_lacks_an_axis_has_no_table_of_it_and_is_not_found_by_what_is_left():
    lacking = [*practices("a", number=2), unit("a2", "a", *[(22, 22)] * 4, axes=())]
    found = decided(*lacking, *practices("b"), *practices("c"))
    assert found["a", TENTHS].state == TableState.NOT_SENT
    # Those who sent it, less those who did not, would be network a: which is shown itself.
    assert found[PARTNERSHIP, TENTHS].shown and found[PARTNERSHIP, TENTHS].members[0] == "b0"
    few = [(1, 1), (1, 1), (0, 0), (0, 0)]
    small = [unit("a0", "a", *few), unit("a1", "a", *few, axes=())]
    found = decided(*small, *practices("b"), *practices("c"))
    assert not found["a", ""].shown and not found[PARTNERSHIP, TENTHS].shown and found[PARTNERSHIP, ""].shown


def test_a_network_that_differs_by_one_practice_from_the_quarter_before_is_withheld():
    units = [*practices("a"), *practices("b"), *practices("c")]
    before = {"a": (frozenset({"a0", "a1"}),)}
    assert {key for key in shown(*units, neighbours=before) if key[0] == "a"} == set()
    assert shown(*units, neighbours={"a": (frozenset({"a0"}),)}) == EVERY  # two practices joined together


# ---- Nothing can be worked out, over all small worlds

NUMBERS = st.integers(0, 12)
UNSTATED = ("not known", "Unknown")
BY_TWO = replace(METRIC, axes={**METRIC.axes, "ethnicity": ETHNIC})
FORMS = {"": "", FIFTHS: TENTHS, TENTHS: TENTHS, "White and BME": "ethnicity", "ethnicity": "ethnicity"}
WORLDS = st.lists(
    st.lists(st.tuples(st.lists(st.tuples(NUMBERS, NUMBERS), min_size=4, max_size=4), st.integers(0, 5)), max_size=3),
    min_size=1,
    max_size=4,
)


def world_of(networks):
    """Practices of networks; one in six publishes its numbers itself, one has no axis, and one has one of the two."""
    units = []
    for place, members in enumerate(networks):
        for number, (groups, which) in enumerate(members):
            axes = {0: (), 5: (TENTHS,)}.get(which, (TENTHS, "ethnicity"))
            public = ("", *axes) if which == 1 else ()
            if sum(map(sum, groups)):
                units.append(unit(f"n{place}p{number}", f"n{place}", *groups, axes=axes, public=public))
    return units


def equations(units, tables, form):
    """The sums of units that tables of a form, or of a finer one, tell; each with a row of its counts by group."""
    place = {one.key: number for number, one in enumerate(units)}
    rows = []
    for one in tables:
        if one.shown and form in (*forms_of(one.axis), ""):
            rows.append(np.isin(range(len(units)), [place[key] for key in one.members]).astype(int))
    rows += [np.eye(len(units), dtype=int)[place[one.key]] for one in units if FORMS[form] in one.public]
    return np.array(rows).reshape(-1, len(units))


def tellable(matrix):
    """Every sum of some units that follows from equations, by trying all of them."""
    rank = np.linalg.matrix_rank(matrix) if len(matrix) else 0
    for chosen in product((0, 1), repeat=matrix.shape[1]):
        if any(chosen) and np.linalg.matrix_rank(np.vstack([matrix, chosen])) == rank:
            yield chosen


@settings(max_examples=150, deadline=None)
@given(WORLDS)
def test_no_practice_and_no_small_number_follows_from_any_sum_of_tables(networks):
    units = world_of(networks)[:9]
    if not units:
        return
    due = Due(BY_TWO, str(Q2), tuple(units), 5, {}, 9_000)
    tables = decide_metric(due)
    for form, axis in FORMS.items():
        have = [one for one in units if axis in one.counts]
        for chosen in tellable(equations(units, tables, form)):
            some = [one for one, is_in in zip(units, chosen, strict=True) if is_in]
            hidden = [one for one in some if axis not in one.public]
            if not hidden or any(one not in have for one in some):
                continue
            assert len(hidden) > 1, "a practice follows"
            sums = due.sums(hidden, axis, form)
            assert all(min(n, d - n) >= 5 for group, (n, d) in sums.items() if d or group not in UNSTATED)


def as_told(tables):
    """Tables as the attacker reads them, and what practices publish themselves."""
    return [
        Told(
            *one.key,
            frozenset(one.members),
            {each.group: (each.numerator, each.denominator - each.numerator) for each in one.groups} or None,
        )
        for one in tables
    ]


def as_known(units, span=str(Q2)):
    return [
        Known("m", span, one.key, axis, {group: (some, every - some) for group, (some, every) in groups.items()})
        for one in units
        for axis, groups in one.counts.items()
        if axis in one.public
    ]


@settings(max_examples=150, deadline=None)
@given(WORLDS, WORLDS)
def test_the_attacker_finds_nothing_in_two_quarters_of_any_world(first, second):
    published, told, known = PublishedMetrics(), [], []
    for quarter, networks in ((Q1, first), (Q2, second)):
        units = world_of(networks)
        if units:
            beside = published.neighbours("m", quarter)
            tables = decide_metric(Due(BY_TWO, str(quarter), tuple(units), 5, beside, 9_000))
            published = published.with_more(tables)
            told, known = told + as_told(tables), known + as_known(units, str(quarter))
    assert attack_metrics(told, known) == []


@settings(max_examples=100, deadline=None)
@given(
    WORLDS,
    st.lists(st.tuples(st.integers(0, 8), st.integers(0, 3), st.integers(-9, 9), st.integers(-9, 9)), max_size=4),
)
def test_the_attacker_finds_nothing_in_two_editions_of_any_quarter(networks, corrections):
    units = world_of(networks)
    if not units:
        return
    first = metrics_due(sent(Q2, *units), asked_two(units), Q2, PublishedMetrics(), 5, never)
    known = as_known(units)
    for place, group, some, rest in corrections:
        units = corrected(units, place % len(units), group, some, rest)
    published = PublishedMetrics(first.tables, first.elsewhere)
    later = metrics_due(sent(Q2, *units), asked_two(units), Q2, published, 5, never)
    known += as_known(units, f"{Q2}.r2")
    assert attack_metrics(as_told((*first.tables, *later.tables)), known) == []


def never(organisation, text):
    return False


def asked_two(units):
    return replace(asked(*units), metrics=(BY_TWO,))


def corrected(units, place, group, some, rest):
    """The same, with so many more people, or fewer, in one group of one."""
    counts = {axis: dict(groups) for axis, groups in units[place].counts.items()}
    names = {axis: {"": "", TENTHS: "1234"[group], "ethnicity": ETHNIC[group]}[axis] for axis in counts}
    before = {axis: groups.get(names[axis], (0, 0)) for axis, groups in counts.items()}
    some = max(some, -min(there for there, _ in before.values()))  # nobody can be fewer than nobody
    rest = max(rest, -min(every - there for there, every in before.values()))
    for axis, (there, every) in before.items():
        counts[axis][names[axis]] = (there + some, every + some + rest)
    counts = {axis: {name: pair for name, pair in groups.items() if pair[1]} for axis, groups in counts.items()}
    return [*units[:place], replace(units[place], counts=counts), *units[place + 1 :]]


# ---- Over quarters


def sent(period, *units, organisation="federation"):
    return [
        Sent(organisation, str(period), "m", one.key, axis, group, *counts, public=axis in one.public)
        for one in units
        for axis, groups in one.counts.items()
        for group, counts in groups.items()
    ]


def asked(*units):
    day = Q1.first_day
    return Asked((METRIC,), tuple(Membership(one.key, one.who, one.registered, day) for one in units), True)


def due(rows, units, quarter, published=None):
    published = published or PublishedMetrics()
    return metrics_due(rows, asked(*units), quarter, published, 5, lambda organisation, text: False)


UNITS = [*practices("a"), *practices("b"), *practices("c")]


def test_limits_that_would_be_calculated_anew_from_the_first_quarter_or_before_it_are_passed_over_and_that_is_said():
    anew = dict.fromkeys((str(Q1.previous), str(Q1), str(Q2)), "Others count now")
    listed = replace(asked(*UNITS), metrics=(replace(METRIC, rebase=anew),))
    found = metrics_due([*sent(Q1, *UNITS), *sent(Q2, *UNITS)], listed, Q2, PublishedMetrics(), 5, never)
    assert list(found.said) == [
        f"metrics.yml, setting metrics.m.rebase: {quarter} is passed over, for the first quarter that was sent is {Q1}"
        for quarter in (Q1.previous, Q1)
    ]


def changed(units, by, rest=0):
    """The first practice with so many more in its first tenth."""
    first = units[0]
    groups = [first.counts[TENTHS][group] for group in "1234"]
    groups = [
        (some + by * (not place), every - some + rest * (not place)) for place, (some, every) in enumerate(groups)
    ]
    return [unit(first.key, first.who, *groups), *units[1:]]


def test_a_quarter_is_decided_once_and_a_correction_of_few_people_moves_nothing():
    first = due(sent(Q1, *UNITS), UNITS, Q1)
    published = PublishedMetrics(first.tables)
    again = due(sent(Q1, *changed(UNITS, 3, 3)), UNITS, Q1, published)
    assert again.tables == ()
    assert again.said == ("m of 2026-27-Q1: few people were corrected; what was published first stands",)
    assert due(sent(Q1, *UNITS), UNITS, Q1, published).said == ()


def test_a_correction_of_enough_people_is_an_edition_of_its_own_beside_the_first():
    first = due(sent(Q1, *UNITS), UNITS, Q1)
    later = due(sent(Q1, *changed(UNITS, 6, 7)), UNITS, Q1, PublishedMetrics(first.tables))
    assert {one.span for one in later.tables} == {"2026-27-Q1.r2"}
    every = Metrics(tables=(*first.tables, *later.tables))
    (table,) = every.series("m")
    assert table.edition == 2 and table.group().numerator == every.tables[0].group().numerator + 6
    everybody = due(sent(Q1, *changed(UNITS, 6)), UNITS, Q1, PublishedMetrics(first.tables))
    assert everybody.tables == ()  # all who were added are of one kind


@pytest.mark.parametrize("private, moved", [((2, 2), False), ((0, 0), True), ((6, 7), True)])
def test_what_a_practice_publishes_corrected_itself_leaves_no_correction_of_few_of_the_others(private, moved):
    units = [unit("a0", "a", *[(20, 20)] * 4, public=("",)), *practices("a", number=4)[1:], *UNITS[3:]]
    first = due(sent(Q1, *units), units, Q1)
    assert {(one.member, one.span, one.numerator) for one in first.elsewhere} == {("a0", str(Q1), 80)}
    both = [*changed(units, 10, 10)[:1], *changed(units[1:], *private)]
    both[0] = replace(both[0], public=frozenset([""]))
    published = PublishedMetrics(first.tables, first.elsewhere)
    later = due(sent(Q1, *both), both, Q1, published)
    assert bool(later.tables) is moved
    assert {(one.member, one.span, one.numerator) for one in later.elsewhere} == (
        {("a0", f"{Q1}.r2", 90)} if moved else set()
    )
    # Without what was known then nobody can tell what the others were corrected by.
    assert due(sent(Q1, *both), both, Q1, PublishedMetrics(first.tables)).tables == ()


def test_a_practice_that_comes_late_moves_nothing_and_that_is_said():
    first = due(sent(Q1, *UNITS[1:]), UNITS, Q1)
    later = due(sent(Q1, *UNITS), UNITS, Q1, PublishedMetrics(first.tables))
    assert later.tables == () and "others sent it then" in later.said[0]


def test_a_quarter_that_was_not_sent_is_said_and_has_a_state_of_its_own():
    found = due(sent(Q1, *UNITS), UNITS, Q2)
    assert found.said == ("federation has sent nothing of m for 2026-27-Q2",)
    missing = [one for one in found.tables if one.span == str(Q2)]
    assert {(one.who, one.state) for one in missing} == {
        (who, TableState.NOT_SENT) for who in (PARTNERSHIP, "a", "b", "c")
    }
    assert due(sent(Q2, *UNITS), UNITS, Q2, PublishedMetrics(missing)).tables[0].shown  # and may still come


@pytest.mark.parametrize(
    ("public", "approved", "state"), [(0, 1, "hidden"), (1, 0, "awaiting approval"), (1, 1, "shown")]
)
def test_a_value_is_printed_only_where_it_is_public_and_approved(public, approved, state):
    metric = Metric("life", 1, "?", "?", "?", UP, "value", {}, "?")
    row = Sent("council", str(Q1), "life", None, "", "", None, None, 79.4, 79.1, 79.9, "Profile", bool(public))
    found = metrics_due([row], Asked((metric,)), Q1, PublishedMetrics(), 5, lambda organisation, text: bool(approved))
    (table,) = found.tables
    assert table.state == state and (table.groups[0].value == 79.4 if table.shown else not table.groups)
    assert (table.source == "Profile") == table.shown


# ---- In a release


def send_metrics(folders, *units, period=Q2, slug="federation"):
    rows = [
        {
            "metric": one.metric.replace("m", "blood-pressure"),
            "practice": one.practice,
            "axis": one.axis,
            "subgroup": one.group,
            "numerator": one.numerator,
            "denominator": one.denominator,
            "published_elsewhere": "yes" if one.public else "no",
        }
        for one in sent(period, *units)
    ]
    making.organisation(folders, slug)
    making.write_rows(folders.raw / slug / str(period) / "metrics.csv", rows, METRICS.column_names)


def coded(units):
    """The same under codes as the NHS has them."""
    return [replace(one, key=f"G{85000 + place}") for place, one in enumerate(units)]


REBASE = {str(Q2): "Readings at home count too", str(Q2.next): "Another clinic"}


def ask(folders, units):
    since = {"registered": 1000, "since": "2025-01-01"}
    rows = [{"practice": one.key, "network": f"network-{one.who}"} | since for one in units]
    metric = making.A_METRIC | {"axes": {TENTHS: ["1", "2", "3", "4"]}, "rebase": REBASE, "name": "BP control"}
    making.asked(folders, *rows, **{"blood-pressure": metric})


def test_metrics_and_anchors_are_released_and_read_back_and_copied_as_open_data(project):
    units = coded(UNITS)
    ask(project, units)
    send_metrics(project, *units, period=Q1)
    send_metrics(project, *units)
    promise = {"kind": "apprenticeships", "promised": 60, "unit": "people", "due_on": "2027-03-31", "reached": 3}
    promise |= {"as_of": "2026-09-30", "document": "Anchor plan"}
    making.write_rows(project.raw / "federation" / str(Q2) / "anchors.csv", [promise], ANCHORS.column_names)
    collect_to_release(project, Q2)
    copy_to_report(project, Q2)
    release = read_release()
    metrics, (anchor,) = release.metrics, release.anchors
    assert [one.metric for one in metrics.definitions] == ["blood-pressure"]
    assert metrics.definition("blood-pressure").axis_names == (TENTHS,)
    assert [one.quarter for one in metrics.series("blood-pressure")] == [str(Q1), str(Q2)]
    assert [one.who for one in metrics.latest("blood-pressure", TENTHS)] == [
        *("partnership", "network-a", "network-b", "network-c")
    ]
    assert metrics.latest("blood-pressure")[0].group().share == 0.5
    assert (anchor.promised, anchor.reached, anchor.state) == (60, None, TableState.HIDDEN)
    with (project.reports / str(Q2) / "data" / "metrics.csv").open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    assert {row["state"] for row in rows} == {"shown"} and len(rows) == 2 * 4 * (1 + 4)
    told = metrics_told(project)
    shutil.rmtree(project.reports / str(Q2))
    assert {one[:5]: one for one in metrics_told(project)} == {
        one[:5]: one for one in told
    }  # with and without a report
    assert len(told) == 2 * 4 * 2 and found_of_metrics(project) == []
    # A later release says nothing of it again.
    collect_to_release(project, Q2.next)
    assert {one.state for one in read_release().metrics.tables if one.quarter == str(Q2.next)} == {TableState.NOT_SENT}
    assert len(read_editions(project)[-1].metrics) == 4


MARCH, NEXT_MARCH, JUNE = date(2026, 3, 31), date(2027, 3, 31), date(2026, 6, 30)
SENT = Anchor("council", "placements", "people", MARCH, 30, 9, JUNE, "Plan", TableState.SHOWN)

AWAITS = replace(SENT, promised=None, reached=None, state=TableState.AWAITING)


def later(**about):
    return replace(SENT, due_on=NEXT_MARCH, **about)


@pytest.mark.parametrize(("reports", "expected"), [
    # Of each promise: its day and number, the first of both, and whether the last report has it.
    ([[SENT]], [(MARCH, 30, None, None, True)]),
    ([[SENT], [SENT]], [(MARCH, 30, MARCH, 30, True)]),
    ([[SENT], [later(promised=20)], [later(promised=25)]], [(NEXT_MARCH, 25, MARCH, 30, True)]),
    ([[SENT], [later()], [SENT]], [(MARCH, 30, MARCH, 30, True)]),
    ([[SENT], []], [(MARCH, 30, None, None, False)]),
    ([[SENT], [], [later()]], [(NEXT_MARCH, 30, MARCH, 30, True)]),
    ([[SENT], [replace(SENT, kind="living wage")]], [(MARCH, 30, None, None, True), (MARCH, 30, None, None, False)]),
    ([[SENT], [SENT, later()]], [(MARCH, 30, MARCH, 30, True), (NEXT_MARCH, 30, None, None, True)]),
    ([[replace(SENT, reached=30)], [later()]], [(MARCH, 30, None, None, False), (NEXT_MARCH, 30, None, None, True)]),
    ([[AWAITS], [SENT], [replace(SENT, promised=8)]], [(MARCH, 8, MARCH, 30, True)]),
])  # fmt: skip
def test_a_promise_is_remembered_by_whose_it_is_its_kind_and_its_unit(reports, expected):
    found = remembered(reports)
    assert [(one.due_on, one.promised, one.first_due, one.first_promised, one.sent) for one in found] == expected


def test_a_promise_that_is_moved_in_a_later_return_says_when_it_was_first_due(project):
    making.organisation(project, "council")
    promise = {"kind": "apprenticeships", "promised": 60, "unit": "people", "due_on": "2026-09-30", "reached": 22}
    promise |= {"as_of": "2026-06-30", "document": "Anchor plan, page 4"}
    gone = promise | {"kind": "placements"}
    for quarter, rows in (
        (Q1, [promise, gone]),
        (Q2, [promise | {"due_on": "2027-03-31", "promised": 40}]),
    ):
        making.write_rows(project.raw / "council" / str(quarter) / "anchors.csv", rows, ANCHORS.column_names)
        collect_to_release(project, quarter)
    moved, left = read_release().anchors
    assert (moved.due_on, moved.first_due, moved.promised, moved.first_promised) == (
        *(NEXT_MARCH, date(2026, 9, 30), 40, 60),
    )
    assert moved.sent and moved.day_moved and moved.number_moved
    assert (left.kind, left.sent, left.day_moved) == ("placements", False, False)
    first = read_release(str(Q1)).anchors  # which says nothing of what came later
    assert [(one.due_on, one.sent, one.first_due) for one in first] == [(date(2026, 9, 30), True, None)] * 2


SHARES_OF_STAFF = {
    # Of 200 staff 3% can have been 2.5%, which is 5 people, and 2% 1.5%, which is 3; 97% leave 3%, and 98% leave 2%.
    200: {0: True, 1: False, 2: False, 3: True, 50: True, 97: True, 98: False, 100: True},
    # Of 40 staff 13% can have been 5 people, and 12% of 4.6.
    40: {12: False, 13: True, 87: True, 88: False, 100: True},
    None: {1: True, 98: True},  # how many staff there are is not published, so whoever approves it has to see to it
}


@pytest.mark.parametrize("staff", SHARES_OF_STAFF)
def test_a_percentage_of_few_of_the_published_staff_is_hidden(staff):
    with duckdb.connect() as connection:
        keep_metrics(connection, [], [])
        for reached in SHARES_OF_STAFF[staff]:
            row = ("council", str(Q2), "living wage", 100, "% of staff", NEXT_MARCH, reached, JUNE, f"Page {reached}")
            connection.execute(f"INSERT INTO anchors VALUES ({', '.join('?' * len(row))})", row)
        texts = Texts(str(Q2), Approvals())
        published = {"council": staff} if staff else {}
        found = list(anchors_in_public(connection, {"council": True}, texts, 5, published))
        assert len(list(anchors_in_public(connection, {"council": False}, texts, 5, published))) == len(found)
    told = {int(one.document.rpartition(" ")[2]): (one.state, one.reached) for one in found}
    assert told == {
        reached: (TableState.SHOWN, reached) if shown else (TableState.HIDDEN, None)
        for reached, shown in SHARES_OF_STAFF[staff].items()
    }
    waits = [one.text for one in texts.awaiting]
    asked = "see that it is of 5 people or more"
    assert len(waits) == len(found) and all((asked in one) == (staff is None) for one in waits)


def test_how_many_staff_are_published_is_what_everybody_can_add_up_of_the_latest_day():
    numbers = {
        Key("council", day, stage, group, cut): people
        for day, stage, group, cut, people in (
            ("2025-03-31", "in-post", "White", "all", 400),
            ("2026-03-31", "in-post", "White", "all", 90),
            ("2026-03-31", "in-post", "BME", "all", 40),
            ("2026-03-31", "in-post", "known", "all", 130),
            ("2026-03-31", "in-post", "Black", "all", 30),
            ("2026-03-31", "in-post", "Unknown", "all", None),
            ("2026-03-31", "in-post", "White", "8+", 20),
            ("2026-06-30", "staff", "White", "all", 7),
        )
    }
    assert staff_published(numbers) == {"council": 130}
    assert staff_published({}) == {}


def test_what_was_public_when_a_release_was_made_is_known_after_it_is_corrected(project):
    units = coded([unit("a0", "a", *[(20, 20)] * 4, public=("",)), *practices("a", number=4)[1:], *UNITS[3:]])
    ask(project, units)
    send_metrics(project, *units, period=Q1)
    collect_to_release(project, Q1)
    few = [replace(changed(units, 1, 16)[0], key=units[0].key, public=frozenset([""])), *units[1:]]
    send_metrics(project, *few, period=Q1)
    collect_to_release(project, Q2)
    assert {one.span for one in read_release().metrics.tables if one.shown} == {str(Q1)}
    assert {(one.span, one.numerator, one.denominator) for one in elsewhere_then(project)} == {(str(Q1), 80, 160)}
    assert found_of_metrics(project) == []
    more = [replace(changed(units, 16, 16)[0], key=units[0].key, public=frozenset([""])), *units[1:]]
    send_metrics(project, *more, period=Q1)
    collect_to_release(project, Q2.next)
    assert {one.span for one in read_release().metrics.tables if one.shown} == {str(Q1), f"{Q1}.r2"}
    assert {(one.span, one.numerator) for one in elsewhere_then(project)} == {(str(Q1), 80), (f"{Q1}.r2", 96)}
    assert found_of_metrics(project) == []
    now = sent_as_public(project, metrics_told(project))  # where what was known then is lost
    assert {(one.span, one.numerator) for one in now} == {(str(Q1), 96), (f"{Q1}.r2", 96)}


def test_a_release_that_is_made_again_keeps_what_it_said_of_metrics(project):
    units = coded(UNITS)
    ask(project, units)
    send_metrics(project, *units)
    collect_to_release(project, Q2)
    (before,) = read_editions(project)
    send_metrics(project, *changed(units, 3, 3))
    making.organisation(project, "federation", kind="GP federation")
    collect_to_release(project, Q2, may_replace=lambda moved: True)
    (after,) = read_editions(project)
    assert after.number == 2 and after.metrics == before.metrics


def test_words_of_the_list_await_approval_unless_it_is_invented(project):
    units = coded(UNITS)
    ask(project, units)
    path = project.raw / "partnership" / "metrics.yml"
    path.write_text(path.read_text().replace("invented: true", "invented: false"))
    send_metrics(project, *units)
    collect_to_release(project, Q2)
    (definition,) = read_release().metrics.definitions
    assert (definition.question, definition.source, definition.good) == (None, None, "up")
    assert definition.rebases == dict.fromkeys(REBASE, "") and definition.name is None
    assert {one.field for places in awaiting(project) for one in places} >= set(OF_METRICS)
    making.approve_all(project)
    (definition,) = read_release().metrics.definitions
    assert (definition.question, definition.rebases) == (making.A_METRIC["question"], REBASE)
    assert definition.name == "BP control"


def test_the_promises_of_a_real_organisation_await_approval_with_their_numbers(project):
    making.organisation(project, "council", invented=False)
    promise = {"kind": "apprenticeships", "promised": 60, "unit": "people", "due_on": "2027-03-31", "reached": 22}
    promise |= {"as_of": "2026-09-30", "document": "Anchor plan, page 4"}
    making.write_rows(project.raw / "council" / str(Q2) / "anchors.csv", [promise], ANCHORS.column_names)
    collect_to_release(project, Q2)
    (anchor,) = read_release().anchors
    assert (anchor.promised, anchor.reached, anchor.document, anchor.state) == (None, None, None, TableState.AWAITING)
    texts = [one.text for (one,) in awaiting(project)]
    assert any(text.endswith("60 people by 2027-03-31; reached: 22 on 2026-09-30") for text in texts)
    making.approve_all(project)
    collect_to_release(project, Q2, may_replace=lambda moved: True)
    (anchor,) = read_release().anchors
    assert (anchor.promised, anchor.reached, anchor.document) == (60, 22, "Anchor plan, page 4")
