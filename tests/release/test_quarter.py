"""A quarter's release is the same in all worlds of its certificate, and whatever hangs on a hidden number is found."""

from dataclasses import replace
from datetime import date

import pytest

from lt_analysis.codebook.measures import APPOINTMENT, RECRUITMENT
from lt_analysis.codebook.periods import FinancialYear, Quarter
from lt_analysis.release import quarter
from lt_analysis.release.candidates import Candidate
from lt_analysis.release.figures import Status
from lt_analysis.release.files import Ledger, PledgedAction
from lt_analysis.release.keys import Cell, Key
from lt_analysis.release.ladder import organisation_table
from lt_analysis.release.people import FROM_APPLICATIONS, Reached, people_of
from lt_analysis.release.publishing import decide
from lt_analysis.release.quarter import Basis

SLUG, YEAR = "ashbourne", "2025-26"
QUARTER = Quarter.parse("2026-27-Q2")
SENT = {"White": (90, 40, 12), "BME": (60, 18, 3)}  # 3 BME people were appointed, which no page may tell


@pytest.fixture
def made():
    """What a release is made of whose appointments are hidden, and what is decided of it."""
    people = people_of(
        (Reached(SLUG, YEAR, FROM_APPLICATIONS, "8a", group, (*sent,)) for group, sent in SENT.items()), RECRUITMENT
    )
    decided = decide(people, organisation_table(SLUG, YEAR, people.counts), (), Ledger())
    candidate = Candidate(
        SLUG, "Ashbourne", "trust", True, "posts", FinancialYear.parse(YEAR), Status.COMPLETE, (YEAR,)
    )
    estimated = {
        "span": YEAR,
        "group_name": "BME",
        "basis": FROM_APPLICATIONS,
        "white_people": 40,
        "white_successful": 12,
        "group_people": 18,
        "group_successful": 3,
        "informative": 12,
        "expected": 4.66,
        "low": 2,
        "high": 8,
        "could_tell": 12,
    }
    evidence = {SLUG: {(APPOINTMENT.key, "BME"): estimated}}
    return Basis(QUARTER, (candidate,), (), evidence), decided


def interferences(basis, decided):
    return list(quarter.interferences(basis, [decided], quarter.edition_of(basis, [decided])))


def test_a_release_is_the_same_in_every_world_though_people_are_others(made):
    basis, decided = made
    worlds = decided.certificate.protected.worlds
    assert len(worlds) > 1
    hidden = [cell for cell, value in decided.values.items() if value is None]
    assert {cell.key.stage for cell in hidden} >= {"appointed"}
    assert all((decided.certificate.system.sums @ world).any() for world in worlds)
    assert interferences(basis, decided) == []


def told(decided, cell):
    system = decided.certificate.system
    return int(system.counts[system.atoms_of(cell)].sum())


def _hidden_number(edition, decided):
    return replace(edition, numbers=tuple(one._replace(value=told(decided, one.cell)) for one in edition.numbers))


def _word(edition, decided):
    said = "fewer" if told(decided, Cell(Key(SLUG, YEAR, "appointed", "BME", "8+"), (SLUG,))) < 3 else "as many"
    return replace(edition, items=edition.items | {f"{SLUG}/{YEAR}/appointed/words": said})


def _no_post(edition, decided):
    numbers = (one._replace(no_posts=one.hidden and told(decided, one.cell) > 3) for one in edition.numbers)
    return replace(edition, numbers=tuple(numbers))


def _order(edition, decided):
    return replace(edition, numbers=tuple(sorted(edition.numbers, key=lambda one: told(decided, one.cell))))


@pytest.mark.parametrize("leak", [_hidden_number, _word, _no_post, _order])
def test_whatever_hangs_on_a_hidden_number_is_found(made, monkeypatch, leak):
    basis, decided = made
    sound = quarter.edition_of
    monkeypatch.setattr(quarter, "edition_of", lambda basis, decided: leak(sound(basis, decided), *decided))
    found = interferences(basis, decided)
    assert found
    assert all(fault.startswith("something that is published is another in world") for fault in found)


def test_what_equal_chances_would_give_beside_a_hidden_count_is_found(made, monkeypatch):
    basis, decided = made

    def not_asking_what_is_shown(table, measure, shown, evidence):
        if not evidence:
            return {}
        counts = {
            (stage, group): evidence[f"{who}_{what}"]
            for who, group in (("white", "White"), ("group", "BME"))
            for stage, what in zip(measure.counts, ("people", "successful"), strict=True)
        }
        return {"expected": round(100 * counts[measure.counts[1], "BME"] / counts[measure.counts[0], "BME"])}

    monkeypatch.setattr(quarter, "chances_of", not_asking_what_is_shown)
    assert interferences(basis, decided)


def test_pledged_actions_are_the_same_in_every_world(made):
    basis, decided = made
    action = PledgedAction(SLUG, "Panels are trained", "Chair", None, date(2026, 12, 31), "done", date(2026, 9, 30))
    basis = replace(basis, actions=(action,))
    edition = quarter.edition_of(basis, [decided])
    assert edition.actions == (action,)
    assert list(quarter.interferences(basis, [decided], edition)) == []
    assert list(quarter.interferences(basis, [decided], replace(edition, actions=())))


def test_items_of_evidence_follow_from_which_numbers_are_shown_alone(made):
    basis, decided = made
    assert {cell.key.stage for cell in decided.values} == set(RECRUITMENT.keys)
    for world in decided.certificate.protected.worlds:
        there = decided.in_world(world)
        assert [value is None for value in there.values.values()] == [
            value is None for value in decided.values.values()
        ]
        assert there.values == decided.values


@pytest.mark.parametrize(("posts", "said"), [(0, "none"), (1, "under 5"), (4, "under 5"), (5, "5"), (1200, "1,200")])
def test_few_posts_that_were_set_aside_are_said_to_be_few(made, posts, said):
    basis, decided = made
    (candidate,) = basis.candidates
    basis = replace(basis, candidates=(replace(candidate, posts_set_aside=posts),))
    edition = quarter.edition_of(basis, [decided])
    assert [one.posts_set_aside for one in edition.organisations] == [said]
    assert list(quarter.interferences(basis, [decided], edition)) == []
