"""A release is the same in all worlds of its certificate, and whatever hangs on a hidden number is found."""

import pytest

from lt_analysis.codebook.measures import APPOINTMENT
from lt_analysis.codebook.periods import FinancialYear, Quarter
from lt_analysis.codebook.protocol import declared_protocol
from lt_analysis.release import noninterference, rows
from lt_analysis.release.candidates import Candidate
from lt_analysis.release.figures import Status
from lt_analysis.release.keys import STAGES
from lt_analysis.release.ladder import organisation_table
from lt_analysis.release.ledger import Ledger
from lt_analysis.release.people import FROM_APPLICATIONS, Reached, people_of
from lt_analysis.release.publishing import decide
from lt_analysis.release.rows import Basis, item_rows, number_rows

SLUG, YEAR = "ashbourne", "2025-26"
QUARTER = Quarter.parse("2026-27-Q2")
SENT = {"White": (90, 40, 12), "BME": (60, 18, 3)}  # 3 BME people were appointed, which no page may tell
SAYS_MORE = rows._number


@pytest.fixture
def made():
    """What a release is made of whose appointments are hidden, and what is decided of it."""
    people = people_of(Reached(SLUG, YEAR, FROM_APPLICATIONS, "8a", group, *sent) for group, sent in SENT.items())
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
    return Basis(QUARTER, (candidate,), (), Ledger(), evidence, (), declared_protocol()), decided


def interferences(basis, decided):
    return list(
        noninterference.interferences(basis, decided, [*number_rows(basis, decided), *item_rows(basis, decided)])
    )


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


def _hidden_number(cell, value, no_posts, decided):
    return SAYS_MORE(cell, told(decided, cell), no_posts)


def _word(cell, value, no_posts, decided):
    verdict = "fewer" if told(decided, cell.of(group="BME")) < 3 else "as many"
    return SAYS_MORE(cell, value, no_posts) | {"words": verdict}


def _no_post(cell, value, no_posts, decided):
    return SAYS_MORE(cell, value, value is None and told(decided, cell) > 3)


@pytest.mark.parametrize("leak", [_hidden_number, _word, _no_post])
def test_a_number_a_word_or_a_mark_that_hangs_on_a_hidden_number_is_found(made, monkeypatch, leak):
    basis, decided = made

    def leaking(basis, decided):
        monkeypatch.setattr(rows, "_number", lambda *said: leak(*said, decided))
        return number_rows(basis, decided)

    monkeypatch.setattr(noninterference, "number_rows", leaking)
    found = list(noninterference.interferences(basis, decided, leaking(basis, decided)))
    assert found
    assert all(f"a row of {SLUG} in {YEAR} is another in world" in fault for fault in found)


def test_an_order_that_hangs_on_a_hidden_number_is_found(made, monkeypatch):
    basis, decided = made

    def sorted_by_size(basis, decided):
        values = {str(cell.key): told(decided, cell) for cell in decided.values}
        key = ("organisation", "span", "stage", "group_name", "band")
        return sorted(
            number_rows(basis, decided), key=lambda row: values.get("/".join(str(row[name]) for name in key), 0)
        )

    monkeypatch.setattr(noninterference, "number_rows", sorted_by_size)
    assert list(noninterference.interferences(basis, decided, sorted_by_size(basis, decided)))


def test_what_equal_chances_would_give_beside_a_hidden_count_is_found(made, monkeypatch):
    basis, decided = made

    def not_asking_what_is_shown(about, measure, shown, evidence):
        if evidence:
            counts = {
                (stage, group): evidence[f"{who}_{what}"]
                for who, group in (("white", "White"), ("group", "BME"))
                for stage, what in zip(measure.counts, ("people", "successful"), strict=True)
            }
            fraction = counts[measure.counts[1], "BME"] / counts[measure.counts[0], "BME"]
            yield about | {"stage": measure.key, "cell": "expected", "value": round(100 * fraction)}

    monkeypatch.setattr(rows, "_chance", not_asking_what_is_shown)
    assert interferences(basis, decided)


def test_items_of_evidence_follow_from_which_numbers_are_shown_alone(made):
    basis, decided = made
    assert {cell.key.stage for cell in decided.values} == set(STAGES)
    for world in decided.certificate.protected.worlds:
        there = decided.in_world(world)
        assert [value is None for value in there.values.values()] == [
            value is None for value in decided.values.values()
        ]
        assert there.values == decided.values
