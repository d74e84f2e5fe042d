"""Mentoring and traits in a release: whole tables or nothing, and nobody in them can be told by taking away."""

import shutil
from datetime import date, timedelta
from itertools import permutations, product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lt_analysis.codebook.periods import Quarter
from lt_analysis.codebook.returns import ANSWERED, MENTORING, TRAITS_RATED
from lt_analysis.commands.take_in import collect_to_release
from lt_analysis.release import read_release
from lt_analysis.release.approvals import awaiting
from lt_analysis.release.files import read_editions, release_folder
from lt_analysis.release.leadership import (
    Mentoring,
    answers_hold,
    hidden_pairs_hold,
    pairs_hold,
    whole_or_nothing,
)
from tests import making
from tests.release.test_actions import pledged
from tests.release.test_actions import send as send_actions

SECOND = Quarter.parse("2026-27-Q2")
LAST = SECOND.last_day


def pair(number: int, **changes) -> dict:
    row = {"pair": f"M{number}", "executive_role": f"Post {number}", "executives": 8, "meetings": 3}
    return row | {"started_on": date(2026, 4, 1), "last_met_on": SECOND.first_day + timedelta(number)} | changes


def send(project, slug, *rows, kind=MENTORING, period=SECOND):
    making.write_rows(project.raw / slug / str(period) / f"{kind.name}.csv", list(rows), kind.column_names)


def rated(trait, kind, *answers, asked_on=LAST) -> dict:
    about = {"trait": trait, "rater_kind": kind, "asked_on": asked_on}
    return about | dict(zip(ANSWERED, answers, strict=True))


def test_pairs_are_counted_and_what_they_led_is_named_by_reference(project):
    making.year_of_returns(project)
    send_actions(project, "ashbourne", pledged(reference="PAN1"), pledged("Exits", reference="EX2"))
    led = {1: "pan1, EX2", 2: "PAN1", 3: "ZZ9"}  # of which no action has the last
    away = {"last_met_on": date(2026, 6, 30), "ended_on": date(2026, 7, 31)}
    pairs = [pair(number, actions_led=led.get(number, "")) for number in range(1, 6)]
    send(project, "ashbourne", *pairs, pair(6, executive_role="post 5", meetings=0, **away))
    collect_to_release(project, SECOND)
    release = read_release()
    one = release.organisation("ashbourne").mentoring
    assert (one.pairs, one.ended, one.executives_paired, one.executives) == (6, 1, 5, 8)
    assert (one.meetings, one.met, one.last_met_on) == (15, 5, SECOND.first_day + timedelta(5))
    assert (one.led, one.actions) == (2, ("EX2", "PAN1"))
    assert (release.mentoring.pairs, release.mentoring.led, release.mentoring.actions) == (6, 2, ())
    items = read_editions(project)[0].items
    assert {name: items[f"{one.key}/{name}"] for name in one.numbers} == one.numbers


def test_of_four_pairs_nothing_is_told_and_no_post_or_group_is_ever_in_a_release(project):
    making.year_of_returns(project)
    hidden = [pair(number, executive_role="A rare post", partner_group="BME") for number in range(1, 5)]
    send(project, "ashbourne", *hidden)
    collect_to_release(project, SECOND)
    release = read_release()
    assert release.organisation("ashbourne").mentoring.pairs is None
    assert release.mentoring.pairs is None
    assert release.delivered and release.organisation("ashbourne").delivered  # so there is a page that says so
    assert awaiting(project) == []  # nothing of it is anybody's words
    written = b"".join(path.read_bytes() for path in release_folder(project, SECOND).iterdir())
    assert b"rare post" not in written.lower() and b"mentoring" in written


def test_the_partners_group_changes_no_byte_of_a_release(project):
    making.year_of_returns(project)
    found = []
    for group in ("BME", "White", ""):
        send(project, "ashbourne", *(pair(number, partner_group=group) for number in range(1, 7)))
        collect_to_release(project, SECOND)
        found.append({path.name: path.read_bytes() for path in release_folder(project, SECOND).iterdir()})
        shutil.rmtree(project.processed)
    assert found[0] == found[1] == found[2]


def test_traits_stand_from_the_quarter_in_which_they_were_asked_and_earlier_ones_stay(project):
    making.year_of_returns(project)
    first, others = (1, 2, 3, 4, 2), (0, 6, 9, 12, 3)
    send(project, "ashbourne", rated("Courage", "others", *first), kind=TRAITS_RATED)
    collect_to_release(project, SECOND)
    later = SECOND.next
    rows = (
        rated("courage", "others", *others, asked_on=later.last_day),
        rated("courage", "self", 0, 0, 1, 5, 2, asked_on=later.last_day),
    )
    send(project, "ashbourne", *rows, kind=TRAITS_RATED, period=later)
    collect_to_release(project, later)
    ratings = read_release().organisation("ashbourne").ratings
    assert [(one.quarter, one.rater_kind, one.answers) for one in ratings] == [
        *((SECOND, "others", first), (later, "self", None), (later, "others", others)),
    ]
    assert [one.answers for one in read_release(str(SECOND)).organisation("ashbourne").ratings] == [first]


COUNTS = st.tuples(*[st.integers(0, 7)] * 5).filter(any)


@settings(max_examples=300, deadline=None)
@given(st.dictionaries(st.sampled_from("abcdefg"), COUNTS, min_size=1))
def test_whatever_is_taken_away_from_what_is_published_is_a_table_that_might_be_published(sent):
    """Nobody, nor an organisation that knows its own answers, is left with a table that is itself held back."""

    def add(tables):
        return tuple(map(sum, zip(*tables, strict=True)))

    own, together = whole_or_nothing(sent, answers_hold, add)
    hidden = sorted(set(sent) - set(own))
    assert all(answers_hold(sent[slug]) for slug in own)
    if together is not None and hidden:
        rest = tuple(every - some for every, some in zip(together, add([(0,) * 5, *map(sent.get, own)]), strict=True))
        assert answers_hold(rest)
        for slug in hidden:
            left = tuple(every - some for every, some in zip(rest, sent[slug], strict=True))
            assert sum(left) >= 5
            assert answers_hold(left)
        assert len(hidden) > 2  # one hidden by itself is never left


def test_nobody_finds_how_many_pairs_an_organisation_has_that_has_few():
    """Whatever an organisation knows of itself, and with all that is told, another may have more pairs, or fewer."""
    for number in range(2, 5):
        for sent in product(range(1, 5), repeat=number):
            pairs = {str(place): Mentoring(some) for place, some in enumerate(sent)}
            _, together = whole_or_nothing(pairs, pairs_hold, all_pairs, hidden_pairs_hold)
            if together:
                for knows, other in permutations(range(number), 2):
                    rest = number - 2
                    left = sum(sent) - sent[knows]
                    assert len([some for some in range(1, 5) if rest <= left - some <= 4 * rest]) > 1, (sent, other)


def all_pairs(tables):
    return Mentoring(sum(one.pairs for one in tables))


def test_no_rater_learns_that_all_others_gave_one_answer_and_of_few_no_answer_is_nobodys():
    for answers in product(range(4), repeat=5):
        if answers_hold(answers):
            assert sum(answers) >= 5
            assert min(answers) > 0  # at most 15 raters
            for place, count in enumerate(answers):
                if count:
                    others = [*answers]
                    others[place] -= 1
                    assert sum(map(bool, others)) > 1


@pytest.mark.parametrize(
    ("sent", "shown"), [((9, 3, 3, 3), 18), ((9, 4, 4, 4), None), ((9, 3, 3), None), ((9, 8), 17), ((3, 3), None)]
)
def test_all_pairs_together_are_told_only_where_three_hidden_programmes_are_many_without_any_one(project, sent, shown):
    for slug, number in zip(("ashbourne", "beeches", "cedars", "dunmow"), sent, strict=False):
        making.organisation(project, slug)
        send(project, slug, *(pair(one) for one in range(1, number + 1)))
    collect_to_release(project, SECOND)
    assert read_release().mentoring.pairs == shown
