"""The attacker recovers what can be recovered by hand, and one that knows less does not."""

import pytest

from lt_analysis.codebook.mistakes import RawDataError
from lt_analysis.verification import attack, publication_of
from lt_analysis.verification.meaning import EVERYTHING, Knowledge
from tests.verification.leaks import LEAKS, Leak, one_page, page, published, table

A = "a/2025-26/applied"


def test_what_a_replaced_edition_showed_is_no_secret_and_what_it_opens_is_found_out():
    white, group, both = (f"a/2025-26/applied/{group}/8+" for group in ("White", "BME", "known"))
    hidden = publication_of({white: None, group: None, both: None})
    (found,) = attack(hidden, seen={white: 20, both: 23}).recovered
    assert (found.key, str(found.range)) == (group, "3")
    assert not attack(hidden, known={white: 20, both: 23}).recovered  # public from elsewhere, whatever pages say


def leaked(leak: Leak, knowledge: frozenset[Knowledge]) -> bool:
    """Tell whether an attacker of some knowledge finds all that can be found."""
    found = attack(leak.publication, known=leak.known, knowledge=knowledge, posts=leak.posts, at_least=leak.at_least)
    values = {one.key: one.range.least for one in found.recovered}
    return values == leak.recovered and len(found.betrayed) == leak.betrayed and found.succeeded


@pytest.mark.parametrize("leak", LEAKS, ids=lambda leak: leak.name)
def test_what_can_be_worked_out_by_hand_is_recovered(leak):
    assert leaked(leak, EVERYTHING)


@pytest.mark.parametrize("missing", Knowledge)
@pytest.mark.parametrize("leak", LEAKS, ids=lambda leak: leak.name)
def test_an_attacker_that_lacks_a_kind_of_knowledge_fails_where_it_is_needed_and_only_there(leak, missing):
    assert leaked(leak, EVERYTHING - {missing}) is (missing not in leak.needs)


def test_every_kind_of_knowledge_is_needed_by_some_leak():
    assert frozenset().union(*(leak.needs for leak in LEAKS)) == EVERYTHING


# White and BME by two band groups, of which the margins are shown: 20 and 40 people, 45 and 15. BME at 8c+ are 3.
SAFE = {
    **{f"{A}/{name}": None for name in ("BME/8a-8b", "BME/8c+", "White/8a-8b", "White/8c+")},
    **{f"{A}/BME/8+": 20, f"{A}/White/8+": 40, f"{A}/known/8a-8b": 45, f"{A}/known/8c+": 15, f"{A}/known/8+": 60},
}
SAFE_TRUTH = {**SAFE, f"{A}/BME/8a-8b": 17, f"{A}/BME/8c+": 3, f"{A}/White/8a-8b": 28, f"{A}/White/8c+": 12}


def test_of_a_safe_release_nothing_is_recovered_and_the_ranges_are_those_of_the_margins():
    found = attack(publication_of(SAFE), truth=SAFE_TRUTH)
    assert not found.succeeded
    assert not list(found.faults())
    # BME at 8c+ are at most the 15 at 8c+; then all other numbers follow.
    assert {one.key.removeprefix(f"{A}/"): str(one.range) for one in found.hidden} == {
        "BME/8a-8b": "5 to 20",
        "BME/8c+": "0 to 15",
        "White/8a-8b": "25 to 40",
        "White/8c+": "0 to 15",
    }


def small_for_certain():
    """14 were shortlisted of whom 10 White, 12 appointed: so 2 to 4 BME people were, of 4 shortlisted."""
    stages = {"shortlisted": {"White": 10, "BME": None, "known": 14}, "appointed": {"BME": None, "known": 12}}
    return publication_of(
        {f"a/2025-26/{stage}/{group}/8+": n for stage, groups in stages.items() for group, n in groups.items()}
    )


def test_a_number_that_must_be_small_is_a_fault_though_its_value_is_not_known():
    found = attack(small_for_certain())
    assert [str(one.range) for one in found.certainly_small] == ["2 to 4"]
    assert found.certainly_small == found.narrowed[1:]
    assert "a/2025-26/appointed/BME/8+ is hidden and must be small: 2 to 4" in list(found.faults())


# Each of two bands with 3 people together is 0 to 3.
NARROW = {f"{A}/BME/8a": None, f"{A}/BME/8b": None, f"{A}/BME/8a-8b": 3}


def test_a_number_of_0_to_3_is_narrowed_only_where_it_is_small_and_who_does_not_know_cannot_tell():
    publication = publication_of(NARROW)
    undecided = attack(publication)
    assert not (undecided.recovered or undecided.certainly_small or undecided.narrowed)
    assert [str(one.range) for one in undecided.undecided] == ["0 to 3", "0 to 3"]
    judged = attack(publication, truth={f"{A}/BME/8a": 0, f"{A}/BME/8b": 3})
    assert [one.key for one in judged.narrowed] == [f"{A}/BME/8b"]
    assert list(judged.faults())[-1] == f"{A}/BME/8b is hidden, is small, and can only be 0 to 3"
    assert not judged.undecided


def test_a_small_number_that_is_shown_is_found_out():
    found = attack(publication_of({f"{A}/BME/8a": 3, f"{A}/BME/8b": 5, f"{A}/BME/8c": 0}))
    assert found.succeeded
    assert list(found.faults()) == [f"{A}/BME/8a is shown, and is small"]


def test_a_large_hidden_number_near_0_is_no_leak():
    # 60 less at most 57 shortlisted: 3 to 60 applied. That it is not 1 says nothing of anybody where it is 40.
    cells = {f"{A}/BME/8a": None, f"{A}/BME/8b": None, f"{A}/BME/8a-8b": 60, "a/2025-26/shortlisted/BME/8a": 3}
    publication = publication_of(cells)
    first = attack(publication, truth={f"{A}/BME/8a": 40, f"{A}/BME/8b": 20})
    assert [str(one.range) for one in first.hidden] == ["3 to 60", "0 to 57"]
    assert not (first.recovered or first.certainly_small or first.narrowed)
    assert attack(publication, truth={f"{A}/BME/8a": 3, f"{A}/BME/8b": 57}).narrowed == first.hidden[:1]


def test_what_is_public_from_elsewhere_is_no_secret():
    cells = {f"{A}/BME/8+": None, f"{A}/White/8+": 8, f"{A}/known/8+": 11}
    assert attack(publication_of(cells)).recovered
    assert not attack(publication_of(cells), known={f"{A}/BME/8+": 3}).succeeded


def test_a_number_of_the_partnership_that_is_public_from_elsewhere_is_of_the_members_of_its_tables():
    cells = {"partnership/2025-26/applied/BME/8a": None, f"{A}/BME/8a": 9, "b/2025-26/applied/BME/8a": None}
    found = attack(publication_of(cells, members=("a", "b")), known={"partnership/2025-26/applied/BME/8a": 12})
    assert [(one.key, one.range.least) for one in found.recovered] == [("b/2025-26/applied/BME/8a", 3)]


def test_one_number_with_two_values_is_a_contradiction_that_says_where_they_stand():
    before = published(("2025-26-Q4", page(table(f"{A}/BME/8+ 12"))))
    found = attack(before.then(published(("2026-27-Q1", page(table(f"{A}/BME/8+ 1,013"))))))
    assert found.succeeded
    said = "12 in 2025-26-Q4 recruitment.html; 1,013 in 2026-27-Q1 recruitment.html"
    assert list(found.faults()) == [f"{A}/BME/8+ has more than one value: {said}"]


def test_the_partnership_of_other_members_is_another_number():
    key = "partnership/2025-26/applied/BME/8+"
    one, other = (publication_of({key: n}, members=members) for n, members in [(12, "ab"), (19, "abc")])
    assert not attack(one.then(other)).contradictions


def test_what_no_numbers_of_people_agree_with_is_said_and_the_rest_is_still_attacked():
    wrong = {f"{A}/White/8+": 7, f"{A}/BME/8+": None, f"{A}/known/8+": 6}
    right = {f"b/2025-26/applied/{group}/8+": n for group, n in [("White", 7), ("BME", None), ("known", 9)]}
    found = attack(publication_of(wrong | right))
    assert found.impossible == ("a in 2025-26",)
    assert [one.key for one in found.recovered] == ["b/2025-26/applied/BME/8+"]
    assert "no numbers of people agree with all that is published of a in 2025-26" in list(found.faults())


def partnerships(totals):
    """Publish totals of several sets of organisations."""
    cells = [({"partnership/2025-26/applied/BME/8+": n}, members) for members, n in totals.items()]
    first, *others = (publication_of(*one) for one in cells)
    for other in others:
        first = first.then(other)
    return first


def test_where_only_halves_of_people_would_do_nobody_would():
    # a + b = b + c = a + c = 5 leaves 2.5 for each.
    hidden = publication_of({f"{A}/BME/8+": None})
    assert attack(partnerships({"ab": 5, "bc": 5, "ac": 5}).then(hidden)).impossible == ("a, b, c in 2025-26",)


def test_whole_people_can_do_less_than_a_linear_program_allows():
    # With a + b = b + c = a + c + d = 5, a linear program gives d 0 to 5; but d = 5 - 2a is 1, 3 or 5.
    hidden = publication_of({"d/2025-26/applied/BME/8+": None})
    found = attack(partnerships({"ab": 5, "bc": 5, "acd": 5}).then(hidden))
    assert [str(one.range) for one in found.hidden] == ["1 to 5"]


def test_nothing_limits_a_number_of_which_no_total_is_shown():
    found = attack(publication_of({f"{A}/BME/8+": None, f"{A}/BME/8a": 6}))
    assert [str(one.range) for one in found.hidden] == ["6 or more"]


def test_a_release_in_numbers():
    narrow = {key.replace("a/", "b/", 1): n for key, n in NARROW.items()}
    summary = attack(publication_of(SAFE | narrow, release="2026-27-Q1")).summary("2026-27-Q1")
    assert (summary.shown, summary.hidden) == (6, 6)
    # The widths are 4, 4, and 16 each.
    assert (summary.found_out, summary.undecided, summary.narrowest, summary.middle) == (0, 2, 4, 16)


@pytest.mark.parametrize(
    "key",
    [
        *("a", "a/2025-26/applied/BME", "a/2025-26/applied/BME/8+/x", "/2025-26/applied/BME/8+"),
        *("a/2025-27/applied/BME/8+", "a/2025-26-Q1+2025-26-Q2/applied/BME/8+", "a/2025-26+2025-26/applied/BME/8+"),
        *("a/2025-26/interviewed/BME/8+", "a/2025-26/applied/bme/8+", "a/2025-26/applied/BME/7"),
    ],
)
def test_a_key_that_means_nothing_is_refused(key):
    with pytest.raises(RawDataError, match="is not the key of a number. Write it as who/span/stage/group/band"):
        attack(publication_of({key: 7}))


def test_a_number_of_the_partnership_must_say_whose_it_adds_up():
    with pytest.raises(RawDataError, match="does not say whose numbers it adds up"):
        attack(one_page(table("partnership/2025-26/applied/BME/8+ 20")))


def test_of_who_joined_later_only_few_are_found_out_for_no_table_hides_them():
    # 49 took part by the organisation's own return, 22 of the staff of the day: 27 joined later, which is no leak.
    told = {"a/2025-03-31/staff/BME/all": 90, "a/2025-03-31/trained/BME/all": 22}
    many = attack(publication_of(told), known={"a/2025-03-31/trained.ever/BME/all": 49})
    assert not (many.succeeded or many.recovered) and [one.range.least for one in many.followed] == [27]
    few = attack(publication_of(told), known={"a/2025-03-31/trained.ever/BME/all": 25})
    assert [one.range.least for one in few.recovered] == [3] and not few.followed
    # A number that a page says is hidden is found out however large it is.
    said = publication_of(told | {"a/2025-03-31/trained.joined/BME/all": None})
    assert attack(said, known={"a/2025-03-31/trained.ever/BME/all": 49}).recovered


def test_what_a_return_says_by_itself_is_not_found_out_by_pages_and_what_they_add_is():
    # Of the three that a's own return has, 0 to 3 were staff of the day, whatever pages say.
    a, b, together = (f"{who}/2025-03-31/disciplined/BME/all" for who in ("a", "b", "partnership"))
    known = {"a/2025-03-31/disciplined.ever/BME/all": 3}
    truth = {a: 3, b: 10, together: 13, "a/2025-03-31/disciplined.joined/BME/all": 0}
    silent = attack(publication_of({a: None, b: 10, together: None}, members="ab"), known, truth)
    assert not silent.succeeded and [(one.key, str(one.range)) for one in silent.told_elsewhere] == [(a, "0 to 3")]
    leak = attack(publication_of({a: None, b: 10, together: 13}, members="ab"), known, truth)
    assert [(one.key, str(one.range)) for one in leak.recovered] == [(a, "3")]
    # b has 12 staff at most of 13 together, so at least one of the three was of a's staff: nobody is ruled out.
    bounded = {a: None, b: None, together: 13, "b/2025-03-31/staff/BME/all": 12}
    found = attack(publication_of(bounded, members="ab"), known, truth)
    assert [(one.key, str(one.range)) for one in found.narrowed] == [(a, "1 to 3")]


D = "a/2026-03-31/in-post/BME"
OF_BANDS = publication_of({f"{D}/8+": 40, f"{D}/8a-8b": None, f"{D}/8c+": None})


@pytest.mark.parametrize(
    ("executives", "ranges"),
    [
        pytest.param(0, ["0 to 40", "0 to 40"], id="of nobody it is known where they work"),
        pytest.param(3, ["0 to 37", "3 to 40"], id="three executives are at Band 8c or above"),
        pytest.param(38, ["0 to 2", "38 to 40"], id="all but two are, whatever the pages say"),
    ],
)
def test_who_sits_on_the_board_bounds_a_number_and_that_alone_is_found_out_by_no_page(executives, ranges):
    found = attack(OF_BANDS, at_least={f"{D}/8c+": executives})
    assert [str(one.range) for one in found.hidden] == ranges
    assert not found.succeeded


def test_a_board_of_more_than_work_there_is_about_other_people_and_nobody_believes_it():
    found = attack(OF_BANDS, at_least={f"{D}/8c+": 41})
    assert [str(one.range) for one in found.hidden] == ["0 to 40", "0 to 40"] and not found.impossible


def test_one_board_of_other_people_does_not_make_an_attacker_forget_the_others():
    organisations = {name: f"{name}/2026-03-31/in-post/BME/8c+" for name in "abc"}
    both = {
        "partnership/2026-03-31/in-post/BME/8c+": 12,
        **dict.fromkeys(organisations.values()),
        organisations["c"]: 6,
    }
    boards = dict.fromkeys(organisations.values(), 3)
    found = attack(publication_of(both, members=("a", "b", "c")), at_least=boards)
    assert {one.key: one.range.least for one in found.recovered} == {organisations["a"]: 3, organisations["b"]: 3}
    untrue = boards | {"d/2026-03-31/in-post/BME/8c+": 5, organisations["c"]: 7}
    assert attack(publication_of(both, members=("a", "b", "c")), at_least=untrue).recovered == found.recovered
    more = attack(publication_of(both, members=("a", "b", "c")), at_least=boards | {organisations["b"]: 4})
    assert more.disbelieved == (organisations["b"],) and [str(one.range) for one in more.hidden] == ["3 to 6", "0 to 3"]


def test_a_number_that_is_shown_and_few_more_than_the_board_tells_of_these():
    shown = publication_of({f"{D}/8+": 40, f"{D}/8a-8b": 33, f"{D}/8c+": 7})
    assert not attack(shown).succeeded and not attack(shown, at_least={f"{D}/8c+": 7}).succeeded
    found = attack(shown, at_least={f"{D}/8c+": 5})
    assert list(found.faults()) == [f"{D}/8c+ is shown, and is 2 more than are known by name"]


def test_what_somebody_finds_out_who_knows_no_board_counts_though_somebody_who_does_knows_it_anyway():
    # 2 to 5: who knows of two executives learns nothing that is small, and who does not, that it is not one.
    cells = {f"{D}/8c+": None, f"{D}/8c": 2, f"{D}/8d": None, f"{D}/9": 0, f"{D}/VSM": 0}
    found = attack(publication_of(cells), truth={f"{D}/8c+": 3, f"{D}/8d": 1}, at_least={f"{D}/8c+": 2})
    assert f"{D}/8c+" in [one.key for one in found.narrowed]
