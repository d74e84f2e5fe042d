"""What is hidden last, and what it costs to hide a number: by its key alone, and never by how many people it counts.

Were it cheaper to hide a small number than a large one, what is hidden would tell of numbers that are not shown. So
cost and order hang on keys, and on posts, of which everybody knows. What a board reads is dearer: all bands together
than some of them, the partnership than an organisation, all groups than one, applications than appointments. Those
that it came for are held, and hidden only where a hazard has no world otherwise.
"""

from collections.abc import Iterable

import numpy as np

from lt_analysis.codebook.measures import CHAINS, WHOLE
from lt_analysis.codebook.pay import EVERYBODY, PARTS_OF_CUTS
from lt_analysis.release.keys import KNOWN, PARTNERSHIP, Key
from lt_analysis.release.system import System

# How many times as dear it is to hide a number with a word as one without; chosen by measuring (docs/publishing.md).
PARTNERSHIP_COSTS, ALL_BANDS_COST, SOME_BANDS_COST, ALL_GROUPS_COST = 3, 8, 2, 2


def is_hidden_last(key: Key) -> bool:
    """Return whether a number is held until no world is to be had otherwise: the partnership's, of everybody."""
    return key.who == PARTNERSHIP and _is_whole(key)


def _is_whole(key: Key) -> bool:
    return key.cut == WHOLE[key.stage]


def cost_of_hiding(key: Key) -> int:
    """Return what it costs to hide a number, beside others."""
    who = PARTNERSHIP_COSTS if key.who == PARTNERSHIP else 1
    groups = ALL_GROUPS_COST if key.group == KNOWN else 1
    return who * groups * _cost_of_stage(key.stage) * _cost_of_cut(key)


def _cost_of_stage(stage: str) -> int:
    """Return the dearer cost for the earlier stage, of which people at all later ones are part."""
    return 1 + next(len(chain.furthest(stage)) if stage in chain.keys else 1 for chain in CHAINS if stage in chain)


def _cost_of_cut(key: Key) -> int:
    if _is_whole(key):
        return ALL_BANDS_COST
    return SOME_BANDS_COST if key.cut in (*PARTS_OF_CUTS, *PARTS_OF_CUTS[EVERYBODY]) else 1


def most_posts_first(system: System, organisations: Iterable[str]) -> list[str]:
    """Return organisations in the order in which they are protected: by how many places have posts, then by name."""
    names, places = np.unique([atom.organisation for atom in system.atoms], return_inverse=True)
    posts = dict(zip(names.tolist(), np.bincount(places, ~system.empty, len(names)).tolist(), strict=True))
    return sorted(organisations, key=lambda name: (-posts[name], name))
