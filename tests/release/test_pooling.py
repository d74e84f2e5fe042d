"""Fewer atoms allow the same numbers as all of them."""

import numpy as np
import pytest
from scipy.optimize import linprog

from lt_analysis.release.keys import ALL_BANDS, KNOWN, PARTNERSHIP, UPPER_BANDS, table
from lt_analysis.release.people import FROM_APPLICATIONS, Reached, people_of
from lt_analysis.release.pooling import pooled
from lt_analysis.release.system import linear_system
from tests.release.strategies import YEAR

QUARTERS = tuple(f"{YEAR}-Q{number}" for number in (1, 2, 3, 4))
SLUGS = ("ashbourne", "beeches", "camelot")
GROUPS = ("White", "BME", KNOWN)


def both_ways(people, cells):
    """The system of all atoms, and that of pooled ones."""
    fewer = pooled(people, cells)
    return (
        linear_system(people.counts, people.empty, cells),
        linear_system(fewer.people.counts, fewer.people.empty, fewer.cells, fewer.balances),
    )


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
    cells = [cell for slug in in_year for cell in table(slug, (slug,), YEAR, GROUPS, (UPPER_BANDS, ALL_BANDS))]
    return cells + [cell for quarter in quarters for cell in table(PARTNERSHIP, SLUGS, quarter, GROUPS, (ALL_BANDS,))]


def rows_of(numbers, had_posts=lambda: True):
    """Rows of three quarters; `numbers` gives how many of a row applied, were shortlisted and were appointed."""
    return [
        Reached(slug, quarter, FROM_APPLICATIONS, band, group, *numbers())
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
        rows_of(lambda: sorted(random.integers(0, 9, 3), reverse=True), had_posts=lambda: random.random() < share)
    )
    cells = tables(in_year)
    full, fewer = both_ways(people, cells)
    assert [str(cell.key) for cell in full.cells] == [str(cell.key) for cell in fewer.cells]
    assert np.array_equal(full.values, fewer.values)
    assert not (fewer.balances @ fewer.counts).any()
    shown = np.flatnonzero(random.random(len(full.cells)) < 0.6)
    assert bounds(full, shown) == bounds(fewer, shown)


def test_a_year_of_many_quarters_has_far_fewer_atoms():
    people = people_of(rows_of(alike))
    full, fewer = both_ways(people, tables())
    assert len(fewer.atoms) * 2 < len(full.atoms)


@pytest.mark.parametrize("slug", SLUGS)
def test_a_year_counts_its_quarters_and_its_balance_holds_those_without_a_table(slug):
    people = people_of(rows_of(alike))
    _, fewer = both_ways(people, tables())
    assert fewer.values[fewer.place[f"{slug}/{YEAR}/applied/White/8+"]] == 9 * 3 * 2
    assert fewer.values[fewer.place[f"{PARTNERSHIP}/{QUARTERS[0]}/applied/White/8+"]] == 9 * 2 * 3
    assert {atom.period for atom in fewer.atoms} == {YEAR, *QUARTERS[:2], f"rest of {YEAR}"}
