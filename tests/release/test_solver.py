"""Moves of whole people, with what was published as it is."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import sparse

from lt_analysis.release.solver import FREE, Moves

FROZEN = np.inf


def moves(rows, counts, cost, empty=()):
    """Moves of atoms named by letters; each row is a word."""
    names = sorted({letter for row in rows for letter in row})
    sums = sparse.csr_array(np.array([[int(name in row) for name in names] for row in rows]))
    there = np.array([name in empty for name in names])
    as_far_as_it_can = np.full(len(rows), np.inf)
    costs = np.array(cost, dtype=float)
    return Moves(sums, np.full(len(names), counts), there, costs, as_far_as_it_can, np.arange(len(names)))


def test_the_cheapest_move_is_taken():
    # One person more in `a` has to be taken out of `b`, which costs 3, or `c`, which costs 1.
    found = moves(["abc", "a", "b", "c"], 10, [FROZEN, FREE, 3, 1]).to(1, 11, 11)
    assert found.tolist() == [1, 0, -1]


def test_what_is_hidden_already_costs_nothing_more():
    some = moves(["abc", "a", "b", "c"], 10, [FROZEN, FREE, 3, 1])
    some.free([2])
    assert some.to(1, 11, 11).tolist() == [1, -1, 0]


def test_where_the_best_move_would_halve_a_person_whole_people_move_within_what_is_hidden():
    # The frozen rows b+c and c+d tie b to d, and a+b+d+e then asks for half a person of each.
    some = moves(["bc", "cd", "abde", "a", "e"], 10, [FROZEN, FROZEN, FROZEN, FREE, FREE])
    assert some.to(3, 11, 11).tolist() in ([1, 0, 0, 0, -1], [1, -1, 1, -1, 1])


def test_where_whole_people_need_more_hidden_than_the_best_move_more_is_hidden():
    some = moves(["bc", "cd", "abde", "a", "e"], 10, [FROZEN, FROZEN, FROZEN, FREE, 7])
    assert some.to(3, 11, 11).tolist() in ([1, 0, 0, 0, -1], [1, -1, 1, -1, 1])
    assert some.to(3, 12, 12).tolist() == [2, -1, 1, -1, 0]  # two people need no half of anybody


def test_where_no_whole_people_can_move_there_is_no_move():
    some = moves(["bc", "cd", "abd", "a"], 10, [FROZEN, FROZEN, FROZEN, FREE])
    assert some.to(3, 11, 11) is None
    assert some.to(3, 12, 12).tolist() == [2, -1, 1, -1]


def test_nobody_is_put_where_there_was_no_post_and_nobody_is_fewer_than_nobody():
    assert moves(["ab", "a"], 0, [FROZEN, FREE], empty="b").to(1, 1, 9) is None
    assert moves(["ab", "a"], 3, [FROZEN, FREE]).to(1, 7, 9) is None
    assert moves(["abc", "a"], 3, [FROZEN, FREE], empty="b").to(1, 6, 9).tolist() == [3, 0, -3]


@settings(max_examples=60, derandomize=True)
@given(
    rows=st.lists(st.text("abcdef", min_size=1, max_size=4).map(lambda row: "".join(sorted(set(row)))), min_size=2),
    data=st.data(),
)
def test_what_was_published_never_moves_and_what_was_asked_is_done(rows, data):
    rows = [*dict.fromkeys(rows), "abcdef"]
    cost = data.draw(st.lists(st.sampled_from([FROZEN, FREE, 1.0, 5.0]), min_size=len(rows), max_size=len(rows)))
    cost[0] = FREE
    some, names = moves(rows, 4, cost), sorted(set("".join(rows)))
    for least, greatest in ((5, 9), (0, 1), (3, 3)):
        found = some.to(0, least, greatest)
        if found is None:
            continue
        changes = [sum(found[names.index(name)] for name in row) for row in rows]
        assert least <= 4 * len(rows[0]) + changes[0] <= greatest
        assert not any(change for change, price in zip(changes, cost, strict=True) if price == FROZEN)
        assert (found >= -4).all()


def test_asking_leaves_nothing_behind():
    some = moves(["abc", "a", "b", "c"], 10, [FROZEN, FREE, 3, 1])
    first = some.to(1, 12, 12).tolist()
    assert some.to(1, 40, 50) is None
    assert some.to(1, 0, 0).tolist() == [-10, 0, 10]
    assert some.to(1, 12, 12).tolist() == first == [2, 0, -2]


@pytest.mark.parametrize("price", [FROZEN, FREE])
def test_a_row_moves_only_where_it_may(price):
    found = moves(["ab", "a", "b"], 5, [FREE, FREE, price]).to(1, 9, 9)
    assert (found.tolist() == [4, 0]) if price == FROZEN else found[0] == 4
