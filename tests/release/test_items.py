import math
from dataclasses import replace

import duckdb
import pytest
from hypothesis import given
from hypothesis import strategies as st

from lt_analysis.codebook.periods import FinancialYear
from lt_analysis.codebook.protocol import declared_protocol
from lt_analysis.evidence.draws import Draw
from lt_analysis.evidence.interval import ConfidenceInterval
from lt_analysis.evidence.over_time import NUMBERS_OF_DRAWS, Others, SentShortlist, estimate_over_time
from lt_analysis.evidence.since_start import Shortlist, since_start
from lt_analysis.release.items import (
    FEWEST_BESIDE_ANY_ONE,
    FEWEST_NEW_DRAWS,
    FEWEST_NEW_ORGANISATIONS,
    PARTNERSHIP,
    EvidenceItem,
    Exact,
    band_of_missed,
    exact_evidence,
    look_of_year,
    new_draws,
    organisation_item,
    organisation_items,
    partnership_item,
    printed_range,
    rounded_outwards,
    years_cumulated,
)

PROTOCOL = declared_protocol()
FIRST = PROTOCOL.start.quarters[0]
YEAR = FinancialYear(2023)
YEARS = {FinancialYear(2022): True, YEAR: True}
END = look_of_year(YEAR)  # counts shortlists to September 2023
TELLS, TELLS_NOT = Draw(3, 1, 1, 0), Draw(3, 0, 1, 0)


def made_in(quarter, number, draw=TELLS):
    return [SentShortlist(Shortlist(quarter, draw, draw))] * number


def exact(scope, look, sent):
    everybodys = [one.known for some in sent.values() for one in some]
    (evidence,) = since_start(everybodys, [look], [1.0], PROTOCOL)
    return Exact(scope, "appointment", evidence, sent)


def organisation(number, draw=TELLS, scope="nonesuch", look=END):
    return exact(scope, look, {scope: made_in(FIRST, number, draw)})


def partnership(look, *numbers_in_quarters):
    """The partnership's evidence: for each quarter since the start, how many shortlists each organisation made."""
    shortlists, quarter = {}, FIRST
    for numbers in numbers_in_quarters:
        for place, number in enumerate(numbers):
            shortlists.setdefault(f"organisation-{place}", []).extend(made_in(quarter, number))
        quarter = quarter.next
    return exact(PARTNERSHIP, look, shortlists)


LOOK = FIRST.next.next  # the first that counts anything
LAST = partnership_item(partnership(LOOK, (30, 30, 30)), [], PROTOCOL)


def test_the_numbers_of_the_rule():
    assert (FEWEST_NEW_DRAWS, FEWEST_NEW_ORGANISATIONS, FEWEST_BESIDE_ANY_ONE) == (10, 3, 5)


# What an item holds.


def test_an_item_holds_words_rounded_limits_and_numbers_of_shortlists_and_no_e_value():
    found = organisation(80)
    item = organisation_item(found, YEARS, [], PROTOCOL)
    assert (item.scope, item.look, item.start, item.counted) == ("nonesuch", END, PROTOCOL.start, END.previous.previous)
    assert item.key == "nonesuch/2023-24-Q4/appointment/evidence"
    assert item.said.informative == 80
    assert item.said.words == found.evidence.strength.words == "very strong evidence"
    assert (item.said.low, item.said.high) == printed_range(found.evidence.interval, PROTOCOL)
    numbers = [item.said.low, item.said.high]
    assert all(math.isinf(one) or one == float(f"{one:.1e}") for one in numbers)
    assert found.evidence.e_value not in (*numbers, item.said.missed)
    # Eighty shortlists of three find a ratio of 3.8 at an e-value of 20: at 40 it takes somewhat more.
    assert (item.said.missed, item.said.until_large, item.said.unknown_holds) == (5.0, None, 1.0)


@pytest.mark.parametrize(
    ("detectable", "band"),
    [(1.1, 1.25), (1.25, 1.25), (1.26, 1.5), (1.9, 2.0), (2.1, 3.0), (4.9, 5.0), (5.1, None), (None, None)],
)
def test_what_could_be_missed_is_said_in_bands(detectable, band):
    assert band_of_missed(detectable) == band


def test_an_item_says_of_how_many_who_did_not_say_their_ethnicity_its_words_do_not_hang():
    def holds(unknown):
        sent = [one._replace(unknown=unknown, first_unknown=unknown) for one in made_in(FIRST, 80)]
        return organisation_item(exact("nonesuch", END, {"nonesuch": sent}), YEARS, [], PROTOCOL).said.unknown_holds

    assert holds(Others(0, 0)) == 1.0
    # One more on each shortlist, not appointed: were all of the group, it would do worse still; of White people, its
    # chances would be 1 in 4 and no longer 1 in 3, and 80 without one appointed are still many.
    assert holds(Others(1, 0)) == 1.0
    # One more appointed on each: were a half of them of the group, half of those appointed were.
    assert holds(Others(1, 1)) < 1.0


def test_too_few_posts_have_words_and_no_range():
    item = organisation_item(organisation(12, Draw(2, 1, 1, 0)), YEARS, [], PROTOCOL)
    assert item.said.words == "too few posts to tell"
    assert (item.said.low, item.said.high, item.said.missed, item.said.until_large) == (None, None, None, None)


@pytest.mark.parametrize(
    ("found", "printed"),
    [
        ((0.7649, 2.0301), (0.76, 2.1)),
        ((0.7, 1.3), (0.7, 1.3)),  # what has two figures stays
        ((0.999, 1.001), (0.99, 1.1)),
        ((1.004, 9.91), (1.0, 10.0)),
        ((0.0201, 0.0999), (0.02, 0.1)),
        ((0.0199, 10.01), (0.0, math.inf)),  # beyond what pages print
        ((0.0, math.inf), (0.0, math.inf)),
        ((12.3, 40.0), (10.0, math.inf)),
        ((0.001, 0.004), (0.0, 0.02)),
    ],
)
def test_limits_are_rounded_outwards_to_two_figures(found, printed):
    assert rounded_outwards(ConfidenceInterval(*found), (), ()) == printed


@pytest.mark.parametrize(
    ("found", "printed"),
    [
        ((0.86, 1.243), (0.86, 1.243)),  # at two figures it would read as 1.3, and at three as 1.25
        ((1.004, 2.0), (1.004, 2.0)),
        ((0.81, 1.2499), (0.81, 1.2499)),
        ((0.8004, 0.9991), (0.8004, 0.9991)),  # neither end may meet 0.8 or 1
        ((0.8, 1.25), (0.8, 1.25)),  # what lies on a reference stays on it
        ((0.5, 1.31), (0.5, 1.4)),
        ((1.2501, 3.02), (1.2, 3.1)),  # no word hangs on a low limit beside 1.25
    ],
)
def test_no_limit_is_rounded_to_or_across_1_or_an_end_of_the_margin(found, printed):
    assert printed_range(ConfidenceInterval(*found), PROTOCOL) == printed


@given(st.floats(1e-3, 60), st.floats(1e-3, 60))
def test_what_is_printed_holds_what_was_found_on_the_same_side_of_every_reference(one, other):
    found = ConfidenceInterval(min(one, other), max(one, other))
    low, high = printed_range(found, PROTOCOL)
    assert low <= found.low
    assert found.high <= high
    assert all((found.low > reference) == (low > reference) for reference in (0.8, 1.0))
    assert all((found.high < reference) == (high < reference) for reference in (1.0, 1.25))


# Organisations.


def test_the_look_at_the_end_of_a_year_counts_its_first_half():
    assert years_cumulated(END, PROTOCOL) == (FinancialYear(2022), YEAR)
    assert PROTOCOL.last_counted(END) == YEAR.quarters[1]
    assert years_cumulated(YEAR.quarters[0], PROTOCOL) == (FinancialYear(2022),)
    assert years_cumulated(FIRST, PROTOCOL) == ()


@pytest.mark.parametrize("year", YEARS)
def test_one_hidden_cell_in_any_year_that_is_added_up_hides_all_of_an_organisations_item(year):
    found = organisation(80)
    assert not organisation_item(found, YEARS, [], PROTOCOL).hidden
    assert organisation_item(found, YEARS | {year: False}, [], PROTOCOL).hidden
    assert organisation_item(found, {one: True for one in YEARS if one != year}, [], PROTOCOL).hidden


def test_the_table_of_the_year_itself_is_needed_even_where_the_lag_leaves_the_year_out():
    slow = replace(PROTOCOL, lag_in_quarters=4)
    assert years_cumulated(END, slow) == (FinancialYear(2022),)
    assert organisation_item(organisation(80), {FinancialYear(2022): True}, [], slow).hidden
    assert not organisation_item(organisation(80), YEARS, [], slow).hidden


def test_an_organisation_has_no_item_within_a_year():
    with pytest.raises(ValueError, match="2023-24-Q3 is not the last quarter"):
        organisation_item(organisation(80, look=END.previous), YEARS, [], PROTOCOL)


def test_an_organisations_item_stands_until_ten_more_shortlists_tell():
    first = organisation_item(organisation(80), YEARS, [], PROTOCOL)
    look, years = look_of_year(FinancialYear(2024)), YEARS | {FinancialYear(2024): True}
    for number, moves in ((9, False), (10, True)):
        shortlists = {"nonesuch": made_in(FIRST, 80) + made_in(END, number)}
        item = organisation_item(exact("nonesuch", look, shortlists), years, [first], PROTOCOL)
        assert (item != first) is moves
    assert organisation_item(organisation(9), YEARS, [], PROTOCOL).hidden


@pytest.mark.parametrize("appointed", [0, 1])
def test_a_hidden_item_is_the_same_whichever_way_the_truth_lies(appointed):
    found = organisation(80, Draw(3, 1, 1, appointed))
    assert organisation_item(found, {}, [], PROTOCOL) == EvidenceItem(
        "nonesuch", "appointment", END, PROTOCOL.start, YEAR.quarters[1]
    )


def test_few_organisations_are_not_left_over_between_the_partnerships_item_and_the_others():
    numbers = {"a": 80, "b": 60, "c": 40, "d": 30, "e": 4}
    exacts = [organisation(number, scope=scope) for scope, number in numbers.items()]

    def shown(hidden_by_tables):
        released = {scope: YEARS for scope in numbers if scope not in hidden_by_tables}
        items = organisation_items(exacts, released, [], PROTOCOL)
        return "".join(item.scope for item in items if not item.hidden)

    assert shown("de") == "ab"  # two are not enough: the smallest of the others joins them
    assert shown("cde") == "ab"
    assert shown("abcde") == ""
    whole = exacts[:4]
    items = organisation_items(whole, dict.fromkeys("abcd", YEARS), [], PROTOCOL)
    assert not any(item.hidden for item in items)  # nobody is left over


# The partnership.


@pytest.mark.parametrize(
    ("new", "moves"),
    [
        ((4, 3, 3), True),
        ((3, 3, 3), False),  # nine
        ((5, 5, 0), False),  # two organisations
        ((5, 4, 1), True),
        ((6, 3, 1), False),  # one of them would face four
        ((30, 3, 1), False),
        ((0, 0, 0), False),
    ],
)
def test_the_partnerships_item_moves_with_ten_new_shortlists_in_three_organisations(new, moves):
    item = partnership_item(partnership(LOOK.next, (30, 30, 30), new), [LAST], PROTOCOL)
    assert (item.look == LOOK.next) is moves
    assert moves or item == LAST


def test_new_shortlists_add_up_until_they_are_enough():
    found = partnership(LOOK.next.next, (30, 30, 30), (2, 2, 1), (2, 2, 1))
    assert partnership_item(found, [LAST], PROTOCOL).look == LOOK.next.next


def test_shortlists_of_which_nothing_hangs_are_not_new():
    some = {f"organisation-{place}": made_in(FIRST, 30) + made_in(FIRST.next, 9, TELLS_NOT) for place in range(3)}
    assert partnership_item(exact(PARTNERSHIP, LOOK.next, some), [LAST], PROTOCOL) == LAST


def test_a_shortlist_that_tells_only_of_people_who_came_again_is_not_new():
    again = [SentShortlist(Shortlist(FIRST.next, TELLS, TELLS_NOT))] * 9
    some = {f"organisation-{place}": made_in(FIRST, 30) + again for place in range(3)}
    assert partnership_item(exact(PARTNERSHIP, LOOK.next, some), [LAST], PROTOCOL) == LAST


def test_a_late_decision_on_an_old_shortlist_is_not_relied_on():
    found = partnership(LOOK.next, (40, 40, 40))
    assert new_draws(found, LAST, PROTOCOL) == dict.fromkeys(found.sent, 0)
    assert partnership_item(found, [LAST], PROTOCOL) == LAST


def test_before_there_are_enough_the_partnerships_item_is_hidden():
    assert partnership_item(partnership(LOOK, (3, 3, 3)), [], PROTOCOL).hidden
    hidden = EvidenceItem(PARTNERSHIP, "appointment", LOOK, PROTOCOL.start, FIRST)
    later = partnership_item(partnership(LOOK.next, (3, 3, 3), (1, 0, 0)), [hidden], PROTOCOL)
    assert not later.hidden  # since the start, for nothing was told before


# The ledger.


def test_a_correction_of_old_returns_moves_no_printed_item():
    corrected = partnership(LOOK, (90, 90, 90))
    assert partnership_item(corrected, [], PROTOCOL) != LAST
    assert partnership_item(corrected, [LAST], PROTOCOL) == LAST
    first = organisation_item(organisation(80), YEARS, [], PROTOCOL)
    assert organisation_item(organisation(200), YEARS, [first], PROTOCOL) == first


def test_an_item_of_the_other_stage_is_another_item():
    other = replace(LAST, stage="shortlisting")
    found = partnership(LOOK.next, (30, 30, 30), (3, 3, 3))
    assert partnership_item(found, [LAST], PROTOCOL) == LAST
    assert partnership_item(found, [other], PROTOCOL).look == LOOK.next  # nothing was told of this stage


def test_what_was_printed_as_hidden_stays_hidden():
    hidden = organisation_item(organisation(80), {}, [], PROTOCOL)
    assert organisation_item(organisation(80), YEARS, [hidden], PROTOCOL) == hidden


def test_what_was_printed_stands_when_a_table_is_hidden_later():
    first = organisation_item(organisation(80), YEARS, [], PROTOCOL)
    assert organisation_item(organisation(80), {}, [first], PROTOCOL) == first


def test_no_item_is_put_between_printed_ones():
    later = partnership_item(partnership(LOOK.next.next, (30, 30, 30), (9, 9, 9)), [LAST], PROTOCOL)
    between = partnership(LOOK.next, (30, 30, 30), (9, 9, 9))
    assert partnership_item(between, [LAST], PROTOCOL).look == LOOK.next
    assert partnership_item(between, [LAST, later], PROTOCOL) == LAST
    assert partnership_item(between, [later], PROTOCOL).hidden


# Reading.


def test_the_exact_evidence_is_read_from_the_audits_tables():
    draw = dict(zip(NUMBERS_OF_DRAWS, (3, 1, 1, 0, 0, 0), strict=True))
    numbers = draw | {f"first_{name}": number for name, number in draw.items()} | {"unread_pool": 0, "unread_chosen": 0}
    columns = ", ".join(f"{number} AS {name}" for name, number in numbers.items())
    with duckdb.connect() as connection:
        connection.execute(
            f"""CREATE TABLE draws AS
               SELECT 'nonesuch' AS organisation, 'appointment' AS stage, 'BME' AS group_name, 'vacancy' AS basis,
                      'none' AS campaign, DATE '2022-05-01' AS closed_on, 'v' || i AS vacancy, {columns}
               FROM range(80) AS numbers(i)"""
        )
        received = {"nonesuch": [one for year in YEARS for one in year.quarters]}
        estimate_over_time(connection, END, received, PROTOCOL)
        for scope in ("nonesuch", PARTNERSHIP):
            found = exact_evidence(connection, scope, "appointment", ["nonesuch"], END, PROTOCOL)
            assert found == Exact(scope, "appointment", organisation(80).evidence, {"nonesuch": made_in(FIRST, 80)})
        assert exact_evidence(connection, "nonesuch", "appointment", ["nonesuch"], END.next, PROTOCOL) is None
