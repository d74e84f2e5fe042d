"""A text of its own direction is closed off, whatever marks it holds; any other is left as it is."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lt_analysis.codebook.bidirectional import isolated

MARKS = "\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u061c"


@pytest.mark.parametrize("name", ["Nonesuch Hospitals (invented)", "Ysbyty Gŵyr", "  two  spaces ", "{{ 7 }} $$x$$"])
def test_a_text_that_runs_left_to_right_is_left_as_it_is(name):
    assert isolated(name) == name


@pytest.mark.parametrize(
    ("name", "kept"),
    [
        ("مستشفى", "\u2068مستشفى\u2069"),
        ("Ash\u202eenruob", "\u2068Ash\u202eenruob\u2069"),
        ("Ash\u2069\u202eenruob", "\u2068Ash\u202eenruob\u2069"),
        ("Ash\u2067bourne", "\u2068Ash\u2067bourne\u2069\u2069"),
        ("Ash\u202e\u2029bourne", "\u2068Ash\u202e bourne\u2069"),
    ],
)
def test_a_text_of_its_own_direction_is_closed_off(name, kept):
    assert isolated(name) == kept


@given(st.text(st.sampled_from(MARKS + "ab א\n")))
def test_whatever_marks_a_text_holds_nothing_is_left_open_and_nothing_else_is_closed(text):
    depth = 0
    for place, letter in enumerate(isolated(text)):
        direction = unicodedata.bidirectional(letter)
        depth += (direction in {"LRI", "RLI", "FSI"}) - (direction == "PDI")
        assert depth >= 0
        if direction in {"R", "RLO", "RLE", "LRO", "LRE"}:
            assert depth > 0, place
    assert depth == 0
