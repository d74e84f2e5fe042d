"""The proof fails where it should: one spoilt certificate for each thing that it checks."""

from dataclasses import replace
from typing import NamedTuple

import numpy as np
import pytest
from scipy import sparse

from lt_analysis.codebook.measures import RECRUITMENT
from lt_analysis.release.certificate import Certificate
from lt_analysis.release.files import Ledger
from lt_analysis.release.keys import KNOWN, Atom, Cell, Key, table
from lt_analysis.release.people import FROM_APPLICATIONS, Reached, people_of
from lt_analysis.release.primary_suppression import Hazard
from lt_analysis.release.protection import Protected, Standing
from lt_analysis.release.publishing import decide
from lt_analysis.release.system import System

YEAR = "2025-26"


class Change(NamedTuple):
    """How many more or fewer of three atoms a world has."""

    white: int = 0
    bme: int = 0
    no_post: int = 0


# 20 White and 3 BME people were appointed; the sum of both is published, and neither alone.
SOUND = (Change(2, -2), Change(1, -1), Change(-1, 1), Change(-2, 2))
KEYS = [f"ashbourne/{YEAR}/appointed/{group}/8a" for group in ("White", "BME", KNOWN)]


def certificate(*worlds, hidden=(True, True, False), cell=1, stated=(True, True, True)):
    atoms = [Atom("ashbourne", YEAR, "appointed", group, "8a") for group in ("White", "BME")]
    atoms.append(Atom("ashbourne", YEAR, "appointed", "White", "VSM"))
    system = System(
        atoms=tuple(atoms),
        counts=np.array([20, 3, 0]),
        empty=np.array([False, False, True]),
        cells=tuple(Cell(Key.parse(key), ("ashbourne",)) for key in KEYS),
        sums=sparse.csr_array(np.array([[1, 0, 0], [0, 1, 0], [1, 1, 0]])),
        balances=sparse.csr_array(np.zeros((0, 3), dtype=np.int64)),
    )
    stated = np.array(stated)
    protected = Protected(np.array(hidden), np.array(worlds, dtype=np.int64).reshape(len(worlds), 3), ())
    return Certificate(system, (Hazard(cell, (1,)),), protected, replace(Standing.nothing(system), stated=stated))


def faults(*worlds, **changes):
    return list(certificate(*worlds, **changes).faults())


def test_a_sound_certificate_has_no_fault():
    assert faults(*SOUND) == []


def test_a_hidden_number_that_is_the_same_in_every_world_is_a_fault_where_a_table_says_that_it_is_hidden():
    said = [f"{KEYS[2]} is hidden, and no world has another number"]
    assert faults(*SOUND, hidden=(True, True, True)) == said
    assert faults(*SOUND, hidden=(True, True, True), stated=(True, True, False)) == []


def test_a_world_that_changes_a_published_number_is_a_fault():
    assert faults(*SOUND, Change(white=1)) == [f"world 5 changes what is published as {KEYS[2]}"]


def test_a_world_with_fewer_people_than_nobody_is_a_fault():
    assert faults(*SOUND, Change(white=-21, bme=21)) == ["world 5 has fewer people than nobody"]


def test_a_world_with_people_where_there_was_no_post_is_a_fault():
    assert faults(*SOUND, Change(no_post=1)) == ["world 5 has people where there was no post"]


@pytest.mark.parametrize("removed", range(len(SOUND)))
def test_a_world_that_is_missing_is_a_fault(removed):
    kept = [world for place, world in enumerate(SOUND) if place != removed]
    assert faults(*kept) == [f"{KEYS[1]}: no world has {3 + SOUND[removed].bme} people"]


def test_without_worlds_every_number_but_the_truth_is_lacking():
    assert faults(stated=(False, False, False)) == [f"{KEYS[1]}: no world has 1, 2, 4, 5 people"]


def test_a_hazard_whose_number_is_published_is_a_fault():
    assert faults(*SOUND, cell=2) == [f"{KEYS[2]} is published, and says something of a few people"]


def test_a_truth_that_is_no_truth_is_a_fault():
    sound = certificate(*SOUND)
    spoilt = replace(sound, system=replace(sound.system, counts=np.array([20, 3, 1])))
    assert "world 0 has people where there was no post" in list(spoilt.faults())


@pytest.fixture(scope="module")
def decided():
    sent = {"White": (90, 40, 12), "BME": (60, 18, 3)}
    rows = [Reached("ashbourne", YEAR, FROM_APPLICATIONS, "8a", group, (*numbers,)) for group, numbers in sent.items()]
    rows += [Reached("ashbourne", YEAR, FROM_APPLICATIONS, "8c", group, (30, 12, 6)) for group in sent]
    groups, bands = ("White", "BME", KNOWN), ("8a-8b", "8c+", "8+")
    return decide(
        people_of(rows, RECRUITMENT),
        table("ashbourne", ("ashbourne",), YEAR, groups, bands, RECRUITMENT.keys),
        (),
        Ledger(),
    )


def test_of_a_real_certificate_no_world_can_be_spared(decided):
    sound = decided.certificate
    assert list(sound.faults()) == []
    worlds = sound.protected.worlds
    assert len(worlds) > 1
    for place in range(len(worlds)):
        spoilt = replace(sound, protected=replace(sound.protected, worlds=np.delete(worlds, place, axis=0)))
        assert all("no world has" in fault for fault in spoilt.faults())
        assert list(spoilt.faults())


def test_of_a_real_certificate_no_hidden_number_can_be_shown(decided):
    sound = decided.certificate
    for row in np.flatnonzero(sound.protected.hidden):
        hidden = sound.protected.hidden.copy()
        hidden[row] = False
        spoilt = list(replace(sound, protected=replace(sound.protected, hidden=hidden)).faults())
        assert any(str(sound.system.cells[row].key) in fault for fault in spoilt)
