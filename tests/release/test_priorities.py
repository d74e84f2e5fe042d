"""What is hidden last, and what hiding costs: of keys and posts, and never of how many people there are."""

from itertools import pairwise

import numpy as np
import pytest
from scipy import sparse

from lt_analysis.release.keys import Atom, Key
from lt_analysis.release.priorities import cost_of_hiding, is_hidden_last, most_posts_first
from lt_analysis.release.system import System

OF_THE_PARTNERSHIP = "partnership/2025-26/applied/BME/8+"


@pytest.mark.parametrize(
    ("key", "last"),
    [
        (OF_THE_PARTNERSHIP, True),
        ("partnership/2025-26-Q2/appointed/known/8+", True),
        ("partnership/2025-26/appointed/BME/8a", False),
        ("ashbourne/2025-26/appointed/BME/8+", False),
    ],
)
def test_what_a_board_came_for_is_hidden_last(key, last):
    assert is_hidden_last(Key.parse(key)) is last


@pytest.mark.parametrize(
    ("part", "from_dear_to_cheap"),
    [
        ("who", ("partnership", "ashbourne")),
        ("stage", ("applied", "shortlisted", "appointed")),
        ("group", ("known", "BME")),
        ("cut", ("8+", "8a-8b", "8a")),
    ],
)
def test_what_adds_up_more_is_dearer_to_hide(part, from_dear_to_cheap):
    key = Key.parse(OF_THE_PARTNERSHIP)
    costs = [cost_of_hiding(key._replace(**{part: word})) for word in from_dear_to_cheap]
    assert all(dear > cheap for dear, cheap in pairwise(costs))


def test_organisations_come_in_the_order_of_places_with_posts_and_then_of_names():
    atoms = tuple(
        Atom(name, "2025-26", "appointed", "BME", band)
        for name in ("camelot", "beeches", "ashbourne")
        for band in ("8a", "8b")
    )
    empty = np.array([False, False, False, True, True, False])
    none = sparse.csr_array((0, len(atoms)), dtype=np.int64)
    for counts in (np.arange(len(atoms)), np.arange(len(atoms))[::-1]):
        system = System(atoms, counts, empty, (), none, none)
        assert most_posts_first(system, {"ashbourne", "beeches", "camelot"}) == ["camelot", "ashbourne", "beeches"]
