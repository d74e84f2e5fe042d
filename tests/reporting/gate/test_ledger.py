"""Words of organisations that hold numbers are accounted for where they are repeated whole, and nowhere else."""

import pytest

from lt_analysis.reporting.gate.ledger import unaccounted

KEY = "ashbourne/2025-26/applied/BME/8+"
WORDS = "At least 17 of 20 panels <b>"
QUOTED = {"action.ashbourne.1": WORDS, "owner.ashbourne.1": "17", "action.ashbourne.2": "20 panels"}
ESCAPED = WORDS.replace("<", "&lt;").replace(">", "&gt;")
NO_KEY = ["table 1, row 1, column 1: a number has no key"]


def found(cell, quoted=QUOTED):
    page = f'<table><caption>Pledged</caption><tr>{cell}<td data-key="{KEY}">17</td></tr></table>'
    return unaccounted(page, {KEY: 17}, ("Ashbourne",), quoted=quoted)


@pytest.mark.parametrize(
    "cell",
    [
        f'<td data-cell="action.ashbourne.1">{ESCAPED}</td>',
        '<td data-cell="owner.ashbourne.1">17</td>',
        '<td data-cell="action.ashbourne.2">20 panels</td>',
    ],
)
def test_an_actions_own_words_in_its_own_cell_are_accounted_for(cell):
    assert found(cell) == []
    assert found(cell, {}) == NO_KEY


@pytest.mark.parametrize(
    "cell",
    [
        f'<td data-cell="action.ashbourne.1">{ESCAPED} 18</td>',
        f'<td data-cell="action.ashbourne.1">{ESCAPED.replace("17", "18")}</td>',
        f'<td data-cell="action.ashbourne.1">{ESCAPED.replace("At least ", "")}</td>',
        f'<td data-cell="action.ashbourne.2">{ESCAPED}</td>',
        f'<td data-cell="applicants.BME">{ESCAPED}</td>',
        f"<td>{ESCAPED}</td>",
        '<td data-cell="applicants.BME">17</td>',
        "<td>17</td>",
        '<td data-cell="action.ashbourne.2">of 20 panels</td>',
        '<th scope="row">20 panels</th>',
    ],
)
def test_the_same_words_elsewhere_and_other_words_there_are_not(cell):
    assert found(cell) == NO_KEY


def test_words_do_not_stand_in_for_a_released_number():
    cell = f'<td data-cell="owner.ashbourne.1" data-key="{KEY}">17</td>'
    assert found(cell) == []
    wrong = f'<td data-cell="action.ashbourne.2" data-key="{KEY}">20 panels</td>'
    assert found(wrong) == [f"table 1, row 1, column 1: what it says is not what was released under {KEY}"]


def test_words_lend_their_numbers_to_no_caption():
    page = (
        '<table><caption>Pledged: 20 panels</caption><tr><td data-cell="action.ashbourne.2">20 panels</td></tr></table>'
    )
    assert unaccounted(page, {}, (), quoted=QUOTED) == ["a table's caption holds a number"]
