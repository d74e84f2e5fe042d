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
from lt_analysis.evidence.over_time import estimate_over_time
from lt_analysis.evidence.since_start import Shortlist, since_start
from lt_analysis.release.items import (
    FEWEST_BESIDE_ANY_ONE,
    FEWEST_NEW_DRAWS,
    FEWEST_NEW_ORGANISATIONS,
    PARTNERSHIP,
    EvidenceItem,
    Exact,
    exact_evidence,
    look_of_year,
    new_draws,
    organisation_item,
    organisation_items,
    partnership_item,
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
    return [Shortlist(quarter, draw, draw)] * number


def exact(scope, look, shortlists):
    everybodys = [one for some in shortlists.values() for one in some]
    (evidence,) = since_start(everybodys, [look], [1.0], PROTOCOL)
    return Exact(scope, evidence, shortlists)


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
    assert item.key == "nonesuch/2023-24-Q4/evidence"
    assert item.said.informative == 80
    assert item.said.words == found.evidence.strength.words == "very strong evidence"
    assert (item.said.low, item.said.high) == rounded_outwards(found.evidence.interval)
    numbers = [item.said.low, item.said.high, item.said.detectable]
    assert all(math.isinf(one) or one == float(f"{one:.1e}") for one in numbers)
    assert found.evidence.e_value not in numbers


def test_too_few_posts_have_words_and_no_range():
    item = organisation_item(organisation(12, Draw(2, 1, 1, 0)), YEARS, [], PROTOCOL)
    assert item.said.words == "too few posts to tell"
    assert (item.said.low, item.said.high, item.said.detectable) == (None, None, None)


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
    assert rounded_outwards(ConfidenceInterval(*found)) == printed


@given(st.floats(1e-3, 60), st.floats(1e-3, 60))
def test_what_is_printed_holds_what_was_found_and_rounding_again_changes_nothing(one, other):
    found = ConfidenceInterval(min(one, other), max(one, other))
    low, high = rounded_outwards(found)
    assert low <= found.low
    assert found.high <= high
    assert rounded_outwards(ConfidenceInterval(low, high)) == (low, high)


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
    assert organisation_item(found, {}, [], PROTOCOL) == EvidenceItem("nonesuch", END, PROTOCOL.start, YEAR.quarters[1])


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
    again = [Shortlist(FIRST.next, TELLS, TELLS_NOT)] * 9
    some = {f"organisation-{place}": made_in(FIRST, 30) + again for place in range(3)}
    assert partnership_item(exact(PARTNERSHIP, LOOK.next, some), [LAST], PROTOCOL) == LAST


def test_a_late_decision_on_an_old_shortlist_is_not_relied_on():
    found = partnership(LOOK.next, (40, 40, 40))
    assert new_draws(found, LAST, PROTOCOL) == dict.fromkeys(found.shortlists, 0)
    assert partnership_item(found, [LAST], PROTOCOL) == LAST


def test_before_there_are_enough_the_partnerships_item_is_hidden():
    assert partnership_item(partnership(LOOK, (3, 3, 3)), [], PROTOCOL).hidden
    hidden = EvidenceItem(PARTNERSHIP, LOOK, PROTOCOL.start, FIRST)
    later = partnership_item(partnership(LOOK.next, (3, 3, 3), (1, 0, 0)), [hidden], PROTOCOL)
    assert not later.hidden  # since the start, for nothing was told before


# The ledger.


def test_a_correction_of_old_returns_moves_no_printed_item():
    corrected = partnership(LOOK, (90, 90, 90))
    assert partnership_item(corrected, [], PROTOCOL) != LAST
    assert partnership_item(corrected, [LAST], PROTOCOL) == LAST
    first = organisation_item(organisation(80), YEARS, [], PROTOCOL)
    assert organisation_item(organisation(200), YEARS, [first], PROTOCOL) == first


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
    with duckdb.connect() as connection:
        connection.execute(
            """CREATE TABLE draws AS
               SELECT 'nonesuch' AS organisation, 'appointment' AS stage, 'BME' AS group_name, 'vacancy' AS basis,
                      'none' AS campaign, DATE '2022-05-01' AS shortlisted_on, 'v' || i AS vacancy, 3 AS pool,
                      1 AS pool_in_group, 1 AS chosen, 0 AS chosen_in_group, 3 AS first_pool,
                      1 AS first_pool_in_group, 1 AS first_chosen, 0 AS first_chosen_in_group,
                      0 AS unread_pool, 0 AS unread_chosen
               FROM range(80) AS numbers(i)"""
        )
        received = {"nonesuch": [one for year in YEARS for one in year.quarters]}
        estimate_over_time(connection, END, received, PROTOCOL)
        for scope in ("nonesuch", PARTNERSHIP):
            found = exact_evidence(connection, scope, ["nonesuch"], END, PROTOCOL)
            assert found == Exact(scope, organisation(80).evidence, {"nonesuch": made_in(FIRST, 80)})
        assert exact_evidence(connection, "nonesuch", ["nonesuch"], END.next, PROTOCOL) is None
