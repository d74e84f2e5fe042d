"""The strongest rule of a release: its rows are the same in every world of its certificate.

A world has other people, by which all that is published is the same. Held fixed are which tables there are and which
of their numbers are hidden; whatever else of a row hung on a hidden number (the number, a word, a mark, an order) would
show as a difference between worlds. What is worked out from single shortlists (what equal chances would give, evidence
since the declared start) stays as it is, for worlds hold numbers of people and no shortlists: docs/publishing.md says
what that leaves open.
"""

from collections.abc import Iterator, Mapping
from dataclasses import replace

import numpy as np

from lt_analysis.codebook.measures import MEASURES
from lt_analysis.release.actions import action_rows
from lt_analysis.release.keys import ALL_BANDS, Cell, Key
from lt_analysis.release.publishing import Decided
from lt_analysis.release.rows import COUNTS, Basis, Evidence, item_rows, number_rows


def interferences(basis: Basis, decided: Decided, rows: list[dict]) -> Iterator[str]:
    """Yield what is other in some world than in the rows of a release, in words that say nothing of it.

    Items of evidence follow from which numbers are shown and not from what these are: they are made in one world.
    Pledged actions follow from no number at all.
    """
    worlds = decided.certificate.protected.worlds
    items = item_rows(basis, decided.in_world(worlds[-1])) if len(worlds) else []
    actions = action_rows(basis.quarter, basis.candidates, basis.actions)
    for which, world in enumerate(worlds, start=1):
        there = [*rows_in_world(basis, decided, world), *items, *actions]
        if there != rows:
            other = [one for one, now in zip(there, rows, strict=False) if one != now] or [*there, *rows][-1:]
            yield f"a row of {other[0]['organisation']} in {other[0]['span']} is another in world {which}"


def rows_in_world(basis: Basis, decided: Decided, world: np.ndarray) -> list[dict]:
    """Make a release's rows of numbers from the people of a world, the same numbers being hidden."""
    evidence = {one: _evidence_in(world, decided, one, some) for one, some in basis.evidence.items()}
    return number_rows(replace(basis, evidence=evidence), decided.in_world(world))


def _evidence_in(world: np.ndarray, decided: Decided, organisation: str, evidence: Evidence) -> Evidence:
    """Return an organisation's year with the counts of a world beside it."""
    return {
        (stage, group): row | _counts_in(world, decided, organisation, MEASURES[stage].counts, row)
        for (stage, group), row in evidence.items()
    }


def _counts_in(
    world: np.ndarray, decided: Decided, organisation: str, stages: tuple[str, str], row: Mapping[str, object]
) -> dict[str, object]:
    system = decided.certificate.system
    found = {}
    for count, (group, which) in COUNTS.items():
        group = row["group_name"] if count.startswith("group") else group
        cell = Cell(Key(organisation, row["span"], stages[which], group, ALL_BANDS), (organisation,))
        found[count] = row[count] + int(world[system.atoms_of(cell)].sum())
    return found
