"""What equal chances would give the partnership leaves nothing of a few organisations, whatever was printed before."""

from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lt_analysis.evidence.estimate import Together
from lt_analysis.release.chances import chances_that_stand, chances_together, chances_told
from lt_analysis.release.items import are_enough
from lt_analysis.release.keys import ALL_BANDS, PARTNERSHIP, Key

SPAN, STAGE = "2025-26", "shortlisting"
COUNTS = {
    Key(PARTNERSHIP, SPAN, stage, group, ALL_BANDS)
    for stage, group in product(("applied", "shortlisted"), ("White", "BME"))
}
OURS = f"{PARTNERSHIP}/{SPAN}/shortlisted/BME"


def name(slug):
    return f"{slug}/{SPAN}/shortlisted/BME"


def own(*slugs, few=()):
    """Organisations' own items, as their pages print them; of a few only that too few posts could tell."""
    printed = {f"{name(slug)}/{part}": 9 for slug in slugs for part in ("people", "low", "high", "informative")}
    return printed | {f"{name(slug)}/could_tell": 1 for slug in slugs} | {f"{name(slug)}/could_tell": 0 for slug in few}


def together(**posts):
    return [Together(STAGE, 799.4, 768, 830, posts, {})]


def made(posts, items, shown=COUNTS, printed=()):
    return chances_together(together(**posts), SPAN, shown, items, printed)


def hidden_in(items):
    return sorted(key.split("/")[0] for key, value in items.items() if key.endswith("/people") and value is None)


BIG = {"a": 80, "b": 60, "c": 40, "d": 30, "e": 20}


def test_where_every_member_prints_its_own_nothing_is_left_and_it_is_printed():
    items = made(BIG, own(*BIG))
    assert hidden_in(items) == []
    assert {part: items[f"{OURS}/{part}"] for part in ("people", "low", "high", "informative")} == {
        "people": 799, "low": 768, "high": 830, "informative": 230,
    }  # fmt: skip


@pytest.mark.parametrize(
    ("unprinted", "few", "hidden"),
    [
        # The only one that is hidden in its table gets two others to stand with, those with the fewest posts.
        ("a", "", ["d", "e"]),
        ("e", "", ["c", "d"]),
        ("cde", "", []),  # three, of enough posts
        ("de", "", ["c"]),
        # Two whose own counts say that too few of their posts could tell are no cover.
        ("e", "cd", ["a", "b"]),
        ("abcde", "", []),
    ],
)
def test_what_is_left_is_of_enough_posts_in_enough_organisations(unprinted, few, hidden):
    items = made(BIG, own(*(set(BIG) - set(unprinted) - set(few)), few=few))
    assert hidden_in(items) == hidden
    assert items[f"{OURS}/people"] == 799


@pytest.mark.parametrize(
    ("posts", "unprinted", "printed"),
    [
        (BIG, "a", "bcde"),  # all others printed theirs in a report before
        (BIG, "a", "bcd"),  # only one is left to hide
        ({"a": 3, "b": 3, "c": 2}, "abc", ""),  # too few posts in all
        ({"a": 80, "b": 60}, "a", ""),  # too few organisations
        ({"a": 80, "b": 3, "c": 1}, "abc", ""),  # one of them would face four posts
    ],
)
def test_where_no_hiding_is_enough_the_partnerships_is_not_printed(posts, unprinted, printed):
    items = own(*(set(posts) - set(unprinted)))
    assert made(posts, items, printed={name(slug) for slug in printed}) == {}


def test_organisations_that_had_no_post_that_could_have_gone_either_way_are_no_cover_and_need_none():
    assert hidden_in(made(BIG | {"z": 0}, own(*BIG))) == []
    assert hidden_in(made(BIG | {"z": 0}, own(*(set(BIG) - {"a"})))) == ["d", "e"]


@pytest.mark.parametrize("lacking", sorted(COUNTS))
def test_it_is_never_printed_without_its_four_counts(lacking):
    assert made(BIG, own(*BIG), shown=COUNTS - {lacking}) == {}


def test_what_a_replaced_edition_said_of_it_stands_with_what_was_hidden_for_it():
    before = own("b", "c", "d", "e")
    edition = before | made(BIG, before)
    stands = chances_that_stand(edition)
    assert stands[f"{OURS}/people"] == 799
    assert hidden_in(stands) == ["d", "e"]
    assert {key.split("/")[0] for key in stands} == {PARTNERSHIP, "d", "e"}
    assert chances_told(stands) == {OURS}


@given(
    st.dictionaries(st.sampled_from("abcdefgh"), st.integers(0, 40), min_size=1),
    st.sets(st.sampled_from("abcdefgh")),
    st.sets(st.sampled_from("abcdefgh")),
    st.sets(st.sampled_from("abcdefgh")),
)
def test_whatever_is_printed_leaves_nobody_or_enough(posts, unprinted, few, before):
    few, before = few & set(posts), before & set(posts)
    items = own(*(set(posts) - unprinted - few), few=few)
    found = made(posts, items, printed={name(slug) for slug in before})
    if found:
        told = chances_told(items | found) | {name(slug) for slug in before}
        left = {slug: number for slug, number in posts.items() if name(slug) not in told}
        assert not any(left.values()) or are_enough(left)
        assert not set(hidden_in(found)) & before
