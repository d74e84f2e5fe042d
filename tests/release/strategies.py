"""Few people in few places, made at random, and releases of them one after another."""

from collections.abc import Iterable
from itertools import product

import numpy as np
from hypothesis import strategies as st

from lt_analysis.release.files import Ledger, Published
from lt_analysis.release.keys import Cell
from lt_analysis.release.people import FROM_APPLICATIONS, People, Reached
from lt_analysis.release.publishing import Decided
from tests.release.enumeration import STAGES, Place, Reader, Said

YEAR, YEAR_BEFORE = "2025-26", "2024-25"


@st.composite
def reached(draw, most=6):
    """How many people of one place applied, were shortlisted and were appointed; small numbers more often than not."""
    further = st.integers(0, most)
    appointed = draw(further)
    shortlisted = appointed + draw(further)
    return shortlisted + draw(further), shortlisted, appointed


@st.composite
def returns(draw, organisations, periods=(YEAR,), groups=("White", "BME"), bands=("8a", "8c"), most=6):
    """Rows of some organisations' returns, each of which may have had no post in a band."""
    rows = []
    for organisation, period in product(organisations, periods):
        here = draw(st.sets(st.sampled_from(bands), min_size=1))
        for band, group in product(sorted(here), groups):
            rows.append(Reached(organisation, period, FROM_APPLICATIONS, band, group, (*draw(reached(most)),)))
    return rows


def on_the_ledger(ledger: Ledger, decided: Decided, release: str) -> Ledger:
    """Add to a ledger what a release publishes first."""
    new = (Published(cell, value, release) for cell, value in decided.values.items())
    return Ledger((*ledger.entries, *new))


def reader_of(people: People, said: Iterable[tuple[Cell, int | None]]) -> Reader:
    """Somebody who has read what was said of some people, and knows where there were posts."""
    said = tuple(Said(str(cell.key), cell.members, value) for cell, value in said)
    true = _truth(people)
    everywhere = Reader(tuple(true), np.array(list(true.values())), said)
    counted = sum(everywhere.weights(one.key, one.members) for one in said).any(axis=1)
    places = tuple(place for place, some in zip(everywhere.places, counted, strict=True) if some)
    return Reader(places, everywhere.true[counted], said)


def _truth(people: People) -> dict[Place, tuple[int, int, int]]:
    """Count people as readers do, by place and stage, where there were posts."""
    furthest: dict[Place, list[int]] = {}
    for atom, number in people.counts.items():
        if atom not in people.empty:
            place = (atom.organisation, atom.period, atom.group, atom.cut)
            furthest.setdefault(place, [0, 0, 0])[STAGES.index(atom.furthest)] = number
    return {place: (sum(three), three[1] + three[2], three[2]) for place, three in furthest.items()}
