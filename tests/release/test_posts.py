"""The limits of quarters say exactly whether people can be shared out over the quarters in which there were posts."""

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.sparse import csr_array
from scipy.sparse.csgraph import maximum_flow

from lt_analysis.release.files import Ledger
from lt_analysis.release.keys import ALL_BANDS, KNOWN, PARTNERSHIP, STAGES, table
from lt_analysis.release.people import people_of
from lt_analysis.release.posts import limits_of
from lt_analysis.release.publishing import decide
from tests.release.strategies import YEAR, on_the_ledger, returns

QUARTERS = tuple(f"{YEAR}-Q{number}" for number in (1, 2, 3, 4))
SLUGS = ("ashbourne", "beeches", "camelot")
TWO_GROUPS = ("White", "BME", KNOWN)


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
@settings(max_examples=12, deadline=None)
def test_every_world_of_a_year_after_its_quarters_fits_the_quarters_of_all_posts(rows):
    people, ledger = people_of(rows), Ledger()
    for quarter in QUARTERS[:3]:
        cells = list(table(PARTNERSHIP, SLUGS, quarter, TWO_GROUPS, (ALL_BANDS,)))
        ledger = on_the_ledger(ledger, decide(people, cells, (), ledger), quarter)
    own = [cell for slug in SLUGS for cell in table(slug, (slug,), YEAR, TWO_GROUPS, ("8a-8b", ALL_BANDS))]
    decided = decide(people, own, (), ledger)
    system, worlds = decided.certificate.system, decided.certificate.protected.worlds
    assert list(decided.faults()) == []
    posts = {}
    for atom in people.counts.keys() - people.empty:
        when = atom.period if atom.period in QUARTERS[:3] else f"rest of {YEAR}"
        posts.setdefault((atom.organisation, atom.band), set()).add(when)
    for world in [0 * system.counts, *worlds]:
        for furthest in STAGES:
            for group in ("White", "BME"):
                of_bands, of_quarters = dict.fromkeys(posts, 0), {}
                for atom, number in zip(system.atoms, system.counts + world, strict=True):
                    if atom.furthest == furthest and atom.group == group:
                        if (atom.organisation, atom.band) in posts:
                            of_bands[atom.organisation, atom.band] += int(number)
                        elif " of bands " not in atom.period and atom.organisation not in SLUGS:
                            of_quarters[atom.period] = of_quarters.get(atom.period, 0) + int(number)
                assert can_be_shared_out(of_bands, of_quarters, posts)
