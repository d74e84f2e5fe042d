"""Posts that count are held to those that were set aside: leaving out may not make a finding."""

from datetime import date
from math import comb

import numpy as np
import pytest

from lt_analysis.collection.collect import aside_paths, collect_organisation, record_path
from lt_analysis.collection.receipts import open_audit
from lt_analysis.counts.draws import count, count_posts_aside
from lt_analysis.evidence.draws import Draw
from lt_analysis.evidence.kept_and_aside import LEAST_P, p_of_one_odds_ratio, unlike_those_set_aside
from tests import making
from tests.making import vacancy

QUARTER = making.parse_period("2026-27-Q2")


def hypergeometric(draw: Draw, successes: int) -> float:
    pool, group, chosen, _ = draw
    return comb(group, successes) * comb(pool - group, chosen - successes) / comb(pool, chosen)


def test_of_one_draw_each_it_is_fishers_test_of_the_split():
    # By hand: of all ways in which 3 of the 5 chosen are of the group, those no likelier than 3 and 0.
    kept, aside = Draw(8, 4, 3, 3), Draw(6, 3, 2, 0)
    ways = {k: hypergeometric(kept, k) * hypergeometric(aside, 3 - k) for k in (1, 2, 3)}
    expected = sum(p for p in ways.values() if p <= ways[3]) / sum(ways.values())
    assert p_of_one_odds_ratio([kept], [aside]) == pytest.approx(expected, rel=1e-12)


@pytest.mark.parametrize("aside", [[], [Draw(5, 0, 2, 0)], [Draw(5, 5, 2, 2)], [Draw(5, 2, 5, 2)]])
def test_where_a_part_leaves_only_one_outcome_it_says_nothing(aside):
    assert p_of_one_odds_ratio([Draw(8, 4, 3, 3)], aside) == 1


def test_it_does_not_ask_whether_chances_are_equal():
    # In both parts White people were chosen twice as often: they are alike.
    likely = [Draw(30, 15, 9, 3)] * 10
    assert p_of_one_odds_ratio(likely, likely) > 0.9
    assert p_of_one_odds_ratio(likely, [Draw(30, 15, 9, 6)] * 10) < LEAST_P


@pytest.fixture
def unlike(project):
    """Take rows in, and say what of them is unlike."""

    def asking(rows):
        making.write_rows(making.organisation(project, "ashbourne") / str(QUARTER) / "applications.csv", rows)
        with open_audit(":memory:") as connection:
            (receipt,) = collect_organisation(connection, project, "ashbourne", date.max).receipts
            assert receipt.refusal is None
            count(connection, [record_path(project, receipt.found)], [], {})
            paths = aside_paths(project, receipt.found) if receipt.posts_aside else ()
            count_posts_aside(connection, [*paths[:1]], [*paths[1:]])
            return receipt.posts_aside, [one.stage for one in unlike_those_set_aside(connection, QUARTER)]

    return asking


def posts(chance: np.random.Generator, number: int) -> list[list[dict]]:
    """Posts for which chances are equal: 4 White and 4 Asian people on a shortlist, of whom one is appointed."""
    return [
        vacancy(QUARTER, f"V{name}", [(code, 4 if place == won else 3) for place, code in enumerate("AAAAHHHH")])
        for name, won in enumerate(chance.integers(0, 8, number))
    ]


def test_a_bad_row_in_posts_where_white_people_were_appointed_gives_no_verdict(unlike):
    made = posts(np.random.default_rng(1), 200)
    won = [post for post in made if any(row["offered_on"] and row["ethnicity"] == "A" for row in post)]
    for post in won[:18]:
        next(row for row in post if row["offered_on"])["offered_on"] = "?"
    assert unlike([row for post in made for row in post]) == (18, ["appointment"])


def test_bad_rows_that_choose_nothing_are_no_obstacle(unlike):
    made = posts(np.random.default_rng(2), 200)
    for post in made[:18]:
        post[0]["eligible_on"] = "?"
        post[0] |= {"shortlisted_on": "", "interviewed_on": "", "offered_on": ""}
    assert unlike([row for post in made for row in post])[1] == []
    assert unlike([row for post in posts(np.random.default_rng(3), 5) for row in post]) == (0, [])
