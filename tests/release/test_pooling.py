"""Fewer atoms allow the same numbers as all of them."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import linprog
from scipy.sparse import csr_array
from scipy.sparse.csgraph import maximum_flow

from lt_analysis.codebook.measures import RECRUITMENT
from lt_analysis.codebook.pay import UPPER_BANDS
from lt_analysis.release.files import Ledger
from lt_analysis.release.keys import ALL_BANDS, KNOWN, PARTNERSHIP, Atom, table
from lt_analysis.release.people import FROM_APPLICATIONS, Reached, people_of
from lt_analysis.release.pooling import limits_of, pools_of
from lt_analysis.release.publishing import decide
from lt_analysis.release.system import linear_system
from tests.release.strategies import YEAR, on_the_ledger, returns

QUARTERS = tuple(f"{YEAR}-Q{number}" for number in (1, 2, 3, 4))
SLUGS = ("ashbourne", "beeches", "camelot")
GROUPS = ("White", "BME", KNOWN)


def both_ways(people, cells):
    """The system of all atoms, and that of pooled ones."""
    return linear_system(people.counts, people.empty, cells), pools_of(people, cells).system(cells)


def bounds(system, shown):
    """The least and the most that numbers could be, given those that are shown: every third of them, to be quick."""
    known = [*system.sums[shown].toarray(), *system.balances.toarray()]
    values = [*system.values[shown], *([0] * system.balances.shape[0])]
    limits = [(0, 0) if empty else (0, 10**4) for empty in system.empty]
    found = {}
    for row, cell in list(enumerate(system.cells))[::3]:
        sums = system.sums[[row]].toarray().ravel()
        ends = [linprog(sign * sums, A_eq=np.array(known), b_eq=values, bounds=limits).fun for sign in (1, -1)]
        found[str(cell.key)] = (round(ends[0]), round(-ends[1]))
    return found


def tables(in_year=SLUGS, quarters=QUARTERS[:2]):
    cells = [
        cell
        for slug in in_year
        for cell in table(slug, (slug,), YEAR, GROUPS, (UPPER_BANDS, ALL_BANDS), RECRUITMENT.keys)
    ]
    return cells + [
        cell
        for quarter in quarters
        for cell in table(PARTNERSHIP, SLUGS, quarter, GROUPS, (ALL_BANDS,), RECRUITMENT.keys)
    ]


def rows_of(numbers, had_posts=lambda: True):
    """Rows of three quarters; `numbers` gives how many of a row applied, were shortlisted and were appointed."""
    return [
        Reached(slug, quarter, FROM_APPLICATIONS, band, group, (*numbers(),))
        for slug in SLUGS
        for quarter in QUARTERS[:3]
        for band in ("8a", "8c")
        if had_posts()
        for group in ("White", "BME")
    ]


def alike():
    return (9, 6, 3)


@pytest.mark.parametrize("share", [1.0, 0.5, 0.25])
@pytest.mark.parametrize("in_year", [SLUGS, SLUGS[:2], ()])
def test_each_number_could_be_the_same_whether_or_not_people_are_pooled(in_year, share):
    random = np.random.default_rng([len(in_year), int(share * 4)])
    people = people_of(
        rows_of(lambda: sorted(random.integers(0, 9, 3), reverse=True), had_posts=lambda: random.random() < share),
        RECRUITMENT,
    )
    cells = tables(in_year)
    full, fewer = both_ways(people, cells)
    assert [str(cell.key) for cell in full.cells] == [str(cell.key) for cell in fewer.cells]
    assert np.array_equal(full.values, fewer.values)
    assert not (fewer.balances @ fewer.counts).any()
    shown = np.flatnonzero(random.random(len(full.cells)) < 0.6)
    assert bounds(full, shown) == bounds(fewer, shown)


def test_a_year_of_many_quarters_has_far_fewer_atoms():
    people = people_of(rows_of(alike), RECRUITMENT)
    full, fewer = both_ways(people, tables())
    assert len(fewer.atoms) * 2 < len(full.atoms)


@pytest.mark.parametrize("slug", SLUGS)
def test_a_year_counts_its_quarters_and_its_balance_holds_those_without_a_table(slug):
    people = people_of(rows_of(alike), RECRUITMENT)
    _, fewer = both_ways(people, tables())
    assert fewer.values[fewer.place[f"{slug}/{YEAR}/applied/White/8+"]] == 9 * 3 * 2
    assert fewer.values[fewer.place[f"{PARTNERSHIP}/{QUARTERS[0]}/applied/White/8+"]] == 9 * 2 * 3
    assert {atom.period for atom in fewer.atoms} == {YEAR, *QUARTERS[:3]}


def can_be_shared_out(people, quarters, posts):
    """Whether a table of bands by quarters has these margins, and nobody where there was no post: by maximum flow."""
    bands, times = list(people), list(quarters)
    size = 2 + len(bands) + len(times)
    flow = np.zeros((size, size), dtype=np.int32)
    for row, band in enumerate(bands, start=2):
        flow[0, row] = people[band]
        for column, time in enumerate(times, start=2 + len(bands)):
            flow[row, column] = people[band] if time in posts[band] else 0
    flow[range(2 + len(bands), size), 1] = list(quarters.values())
    return maximum_flow(csr_array(flow), 0, 1).flow_value == sum(people.values()) == sum(quarters.values())


@st.composite
def years(draw):
    """A few people of a few bands, those of each quarter, as many together, and when there were posts."""
    bands = [("ashbourne", "8a"), ("ashbourne", "8b"), ("beeches", "8a")]
    posts = {band: frozenset(draw(st.sets(st.sampled_from(QUARTERS), min_size=1))) for band in bands}
    people = {band: draw(st.integers(0, 4)) for band in bands}
    quarters = dict.fromkeys(sorted(frozenset().union(*posts.values())), 0)
    for _ in range(sum(people.values())):
        quarters[draw(st.sampled_from(list(quarters)))] += 1
    return people, quarters, posts


@given(years())
def test_people_fit_the_quarters_of_their_posts_just_where_every_limit_holds(year):
    people, quarters, posts = year
    holds = all(
        sum(people[band] for band in limit.confined) <= sum(quarters[quarter] for quarter in limit.quarters)
        for limit in limits_of(posts)
    )
    assert holds == can_be_shared_out(people, quarters, posts)


@given(returns(SLUGS, periods=QUARTERS, most=3))
@settings(max_examples=12, derandomize=True)
def test_every_world_of_a_year_after_its_quarters_is_one_of_people_with_nobody_where_there_was_no_post(rows):
    people, ledger = people_of(rows, RECRUITMENT), Ledger()
    for quarter in QUARTERS[:3]:
        ledger = on_the_ledger(ledger, decide(people, quarter_table(quarter), (), ledger), quarter)
    decided = decide(people, year_table(), (), ledger)
    assert list(decided.faults()) == []  # which are asked of people
    assert set(decided.certificate.system.atoms) == people.counts.keys()


def quarter_table(quarter):
    return list(table(PARTNERSHIP, SLUGS, quarter, GROUPS, (ALL_BANDS,), RECRUITMENT.keys))


def year_table():
    return [
        cell for slug in SLUGS for cell in table(slug, (slug,), YEAR, GROUPS, ("8a-8b", ALL_BANDS), RECRUITMENT.keys)
    ]


# Of ashbourne 9 people applied in each of two quarters, of Band 8a in the first alone and of 8c in the second alone.
APART = people_of(
    (
        Reached("ashbourne", quarter, FROM_APPLICATIONS, band, "White", (9, 0, 0))
        for quarter, band in zip(QUARTERS, ("8a", "8c"), strict=False)
    ),
    RECRUITMENT,
)


def shared_out(**more):
    """The change of APART's own atoms that the changes of its year's bands and its quarters are shared out as."""
    cells = [*table("ashbourne", ("ashbourne",), YEAR, GROUPS, ("8a", "8c"), RECRUITMENT.keys)]
    for quarter in QUARTERS[:2]:
        cells += table(PARTNERSHIP, ("ashbourne",), quarter, GROUPS, (ALL_BANDS,), RECRUITMENT.keys)
    pools = pools_of(APART, cells)
    names = {"8a": ("ashbourne", YEAR, "8a"), "8c": ("ashbourne", YEAR, "8c")}
    names |= {f"q{number}": (pools.pools[0].name, QUARTERS[number - 1], ALL_BANDS) for number in (1, 2)}
    change = {Atom(who, when, "applied", "White", cut): more.get(name, 0) for name, (who, when, cut) in names.items()}
    (found,) = pools.of_people(np.array([[change.get(atom, 0) for atom in pools.atoms]]))
    return {(atom.period, atom.cut): int(one) for atom, one in zip(APART.counts, found, strict=True) if one}


def test_a_change_of_year_and_quarter_is_one_of_the_people_of_both():
    more = {"8a": 2, "q1": 2, "8c": -1, "q2": -1}
    assert shared_out(**more) == {(QUARTERS[0], "8a"): 2, (QUARTERS[1], "8c"): -1}


@pytest.mark.parametrize("more", [{"8a": 1, "q2": 1}, {"8a": 1}, {"q1": -1}, {"8a": -10, "q1": -10}])
def test_what_is_no_world_of_people_is_refused(more):
    with pytest.raises(RuntimeError, match="a world has people who could be of no quarter"):
        shared_out(**more)
