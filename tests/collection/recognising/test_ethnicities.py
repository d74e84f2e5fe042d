"""Ethnicity is recognised whole or not at all; `test_held_out.py` measures it."""

import csv
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lt_analysis.codebook.ethnicity import ethnicity_table
from lt_analysis.collection.recognising.ethnicities import recognise_ethnicity


def test_every_code_and_its_own_description_is_recognised():
    with Path(ethnicity_table()).open(encoding="utf-8", newline="") as lines:
        rows = list(csv.DictReader(lines))
    assert len(rows) >= 18
    for row in rows:
        assert recognise_ethnicity(row["code"].lower()) == row["code"]
        if len(row["code"]) <= 2:
            assert recognise_ethnicity(row["description"]) == row["code"]
            assert recognise_ethnicity(f"{row['code']} - {row['description']}") == row["code"]


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("cp", "CP"),
        ("PC Black Nigerian", "PC"),
        ("Asian, Asian British or Asian Welsh: Indian", "H"),
        ("Black, Black British, Black Welsh, Caribbean or African: Caribbean", "M"),
        ("White: Roma", "Roma"),
        ("I do not wish to disclose my ethnic origin", "Z"),
        ("A - White British", "A"),
        ("X", "99"),
    ],
)
def test_other_spellings(text, place):
    assert recognise_ethnicity(text) == place


@pytest.mark.parametrize(
    "text",
    [
        *("No", "PN", "A1", "B2", "British", "A - White Irish", "Z - White British", "White & Other", "Latin American"),
        *("All", "Total", "White/Black/Asian", "", " ", "Q", "Yes", "Mixed feelings", "African American"),
    ],
)
def test_what_could_mean_two_things_is_left_to_the_organisation(text):
    assert recognise_ethnicity(text) is None


def test_what_other_programs_write_for_a_missing_cell_is_no_code():
    # As a code, N with a second character would be African.
    assert recognise_ethnicity("NA") == recognise_ethnicity("n/a") == recognise_ethnicity("null") == "99"


@given(st.text(max_size=30))
def test_any_text_is_a_place_or_none(text):
    place = recognise_ethnicity(text)
    assert place is None or recognise_ethnicity(place) == place
