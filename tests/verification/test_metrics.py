"""The attacker of metrics finds each kind of leak, made by hand, and nothing where nothing leaks."""

import pytest

from lt_analysis.verification.metrics import Known, Told, attack_metrics, read_metrics

TENTHS, FIFTHS = "deprivation tenth", "deprivation fifth"
Q1, Q2 = "2026-27-Q1", "2026-27-Q2"
MEMBERS = {"partnership": "a1 a2 a3 b1 b2 c1 c2", "a": "a1 a2 a3", "b": "b1 b2", "c": "c1 c2", "trust": "trust"}


def told(who, counts=None, axis="", span=Q2, members=None):
    """A table: counts are pairs by group, or one pair of everybody."""
    counts = {"": counts} if isinstance(counts, tuple) else counts
    whose = who if who == "partnership" else "organisation" if who == "trust" else "network"
    return Told("m", whose, who, span, axis, frozenset((members or MEMBERS[who]).split()), counts)


def said(*tables, known=()):
    return [str(one).removeprefix(f"m of {Q2}: ") for one in attack_metrics(tables, known)]


WHOLE = told("partnership", (60, 60))
SAFE = [WHOLE, told("a", (20, 20)), told("b"), told("c")]


def test_what_is_left_of_two_networks_leaks_nothing():
    assert said(*SAFE) == []
    by_tenth = {"1": (10, 10), "2": (10, 10)}
    assert said(*SAFE, told("partnership", {"1": (30, 30), "2": (30, 30)}, TENTHS), told("a", by_tenth, TENTHS)) == []


def publishes(*members, counts=(20, 20), span=Q2):
    return [Known("m", span, one, "", {"": counts}) for one in members]


LEAKS = {
    "few, published as they are": ([told("partnership", (4, 60))], (), "few people can be worked out: a1, a2, a3, b1"),
    "everybody": ([told("partnership", (60, 0))], (), "few people can be worked out: a1, a2, a3, b1"),
    "few, in one group": (
        [told("partnership", {"1": (30, 30), "2": (30, 3)}, TENTHS)],
        (),
        "b2, c1, c2 by deprivation tenth, 2",
    ),
    "what is left of all networks but one": (
        [WHOLE, told("a", (20, 20)), told("b", (20, 20)), told("c")],
        (),
        "what is withheld can be worked out: c together",
    ),
    "few are left": (
        [WHOLE, told("a", (57, 20)), told("b"), told("c")],
        (),
        "few people can be worked out: b1, b2, c1, c2 together, everybody",
    ),
    "a network of one practice": (
        [WHOLE, told("a", (20, 20), members="a1"), told("b"), told("c")],
        (),
        "a practice can be worked out: a1 together",
    ),
    "all practices but one publish theirs": (
        [told("a", (60, 60))],
        publishes("a1", "a2"),
        "a practice can be worked out: a3 together",
    ),
    "few are left beside what practices publish": (
        [told("a", (43, 60))],
        publishes("a1", counts=(40, 20)),
        "few people can be worked out: a2, a3 together, everybody",
    ),
    "an axis that one practice lacks": (
        [told("a", (60, 60)), told("a", {"female": (20, 20), "male": (20, 20)}, "sex", members="a1 a2")],
        (),
        "a practice can be worked out: a3 together",
    ),
    "a hidden organisation beside all networks": (
        [told("partnership", (60, 60), members="a1 a2 a3 trust"), told("a", (20, 20)), told("trust")],
        (),
        "what is withheld can be worked out: trust together",
    ),
    "an axis that all but one network show": (
        [
            told("partnership", {"1": (40, 60), "2": (50, 60)}, TENTHS, members="b1 b2 c1 c2"),
            told("b"),
            told("c"),
            told("c", {"1": (20, 40), "2": (30, 20)}, TENTHS),
        ],
        (),
        "what is withheld can be worked out: b by deprivation tenth",
    ),
    "a quarter that was corrected by few": (
        [told("a", (40, 40)), told("a", (42, 38), span=f"{Q2}.r2")],
        (),
        f"m of {Q2}.r2: few people were corrected since {Q2}: a1, a2, a3 together",
    ),
    "a correction of few, in what is left": (
        [*SAFE, told("partnership", (67, 67), span=f"{Q2}.r2"), told("a", (26, 25), span=f"{Q2}.r2")],
        (),
        f"few people were corrected since {Q2}: b1, b2, c1, c2 together",
    ),
    "a correction of few, beside a practice that publishes its own": (
        [told("a", (60, 60)), told("a", (72, 72), span=f"{Q2}.r2")],
        [*publishes("a1"), *publishes("a1", counts=(30, 30), span=f"{Q2}.r2")],
        f"m of {Q2}.r2: few people were corrected since {Q2}: a2, a3 together",
    ),
    "a practice that came late": (
        [told("a", (40, 40), members="a1 a2"), told("a", (60, 60), span=f"{Q2}.r2")],
        (),
        f"others are in it than in {Q2}: a",
    ),
    "a practice that came since the last quarter": (
        [told("a", (40, 40), span=Q1, members="a1 a2"), told("a", (60, 60))],
        (),
        f"a practice is what a differs by from {Q1}: a3",
    ),
}


@pytest.mark.parametrize("name", LEAKS)
def test_every_kind_of_leak_is_found(name):
    tables, known, expected = LEAKS[name]
    assert any(expected in one for one in said(*tables, known=known)), said(*tables, known=known)


def test_bounds_find_what_sums_alone_do_not():
    # In tenth 1 there are 60 of b and c. Of c there are 4 in all of that fifth: so b has 56 or more, and c few.
    tables = [
        told("partnership", {"1": (60, 90), "2": (50, 90)}, TENTHS, members="b1 b2 c1 c2"),
        told("b", {"1": (106, 90)}, FIFTHS),
        told("c", {"1": (4, 90)}, FIFTHS),
        told("b"),
        told("c"),
    ]
    assert "what is withheld can be worked out: c by deprivation tenth, 1" in said(*tables)


def test_a_number_that_a_practice_corrected_later_is_not_set_against_tables_of_before():
    later = publishes("a1", counts=(56, 56), span=f"{Q2}.r2")
    assert said(told("a", (60, 60)), known=[*publishes("a1"), *later]) == []
    assert said(told("a", (60, 60)), known=publishes("a1", counts=(56, 56))) != []
    both = [told("a", (60, 60)), told("a", (96, 96), span=f"{Q2}.r2")]
    assert said(*both, known=[*publishes("a1"), *later]) == []  # the others are as they were


def test_what_everybody_publishes_is_no_secret_and_nobody_of_whom_it_is_not_known_is_none():
    assert said(told("a", (60, 60)), known=publishes("a1", "a2", "a3")) == []
    assert said(told("a", {"1": (30, 30), "2": (30, 30), "not known": (0, 0)}, TENTHS)) == []


def test_tables_are_read_from_the_data_of_reports_and_hidden_ones_name_their_members(project):
    path = project.reports / Q2 / "data" / "metrics.csv"
    path.parent.mkdir(parents=True)
    heading = "metric,whose,who,span,axis,group,numerator,denominator,value,lower,upper,state,members,covered,source"
    rows = [f"m,partnership,partnership,{Q2},,,60,120,,,,shown,a1 b1,,", f"m,network,a,{Q2},,,,,,,,hidden,a1,,"]
    path.write_text("\n".join([heading, *rows]))
    whole, hidden = read_metrics(project)
    assert whole.counts == {"": (60, 60)} and whole.members == {"a1", "b1"}
    assert hidden.counts is None and hidden.members == {"a1"}
