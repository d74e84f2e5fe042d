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


# The labels of the Higher Education Statistics Agency's staff record of 2022-23 (ETHNIC), and of the census of 2021 as
# the Office for National Statistics publishes them (19 categories, and the five above them).
OF_THE_HESA = {
    "Asian - Bangladeshi or Bangladeshi British": "K",
    "Asian - Chinese or Chinese British": "R",
    "Asian - Indian or Indian British": "H",
    "Asian - Pakistani or Pakistani British": "J",
    "Any other Asian background": "L",
    "Black - African or African British": "N",
    "Black - Caribbean or Caribbean British": "M",
    "Any other Black background": "P",
    "Mixed or multiple ethnic groups - White or White British and Asian or Asian British": "F",
    "Mixed or multiple ethnic groups - White or White British and Black African or Black African British": "E",
    "Mixed or multiple ethnic groups - White or White British and Black Caribbean or Black Caribbean British": "D",
    "Any other Mixed or Multiple ethnic background": "G",
    "White - English, Scottish, Welsh, Northern Irish or British": "A",
    "White - Gypsy or Irish Traveller": "Gypsy or Irish Traveller",
    "White - Irish": "B",
    "White - Roma": "Roma",
    "Any other White background": "C",
    "Arab": "Arab",
    "Any other ethnic background": "S",
    "Not known": "99",
    "Prefer not to say": "Z",
    "Information refused": "Z",
    "Not available": "99",
}
ASIAN = "Asian, Asian British or Asian Welsh"
BLACK = "Black, Black British, Black Welsh, Caribbean or African"
MIXED = "Mixed or Multiple ethnic groups"
OF_THE_CENSUS = {
    ASIAN: "Asian",
    f"{ASIAN}: Bangladeshi": "K",
    f"{ASIAN}: Chinese": "R",
    f"{ASIAN}: Indian": "H",
    f"{ASIAN}: Pakistani": "J",
    f"{ASIAN}: Other Asian": "L",
    BLACK: "Black",
    f"{BLACK}: African": "N",
    f"{BLACK}: Caribbean": "M",
    f"{BLACK}: Other Black": "P",
    MIXED: "Mixed",
    f"{MIXED}: White and Asian": "F",
    f"{MIXED}: White and Black African": "E",
    f"{MIXED}: White and Black Caribbean": "D",
    f"{MIXED}: Other Mixed or Multiple ethnic groups": "G",
    "White: English, Welsh, Scottish, Northern Irish or British": "A",
    "White: Irish": "B",
    "White: Gypsy or Irish Traveller": "Gypsy or Irish Traveller",
    "White: Roma": "Roma",
    "White: Other White": "C",
    "Other ethnic group: Arab": "Arab",
    "Other ethnic group: Any other ethnic group": "S",
    "Any other Black, Black British, or Caribbean background": "P",
    "Any other Mixed or multiple background": "G",
    "Black, Black British, Caribbean or African": "Black",
}


@pytest.mark.parametrize("labels", [OF_THE_HESA, OF_THE_CENSUS], ids=["HESA", "census"])
def test_the_labels_of_other_schemes_are_known_in_full(labels):
    assert {label: recognise_ethnicity(label) for label in labels} == labels


@pytest.mark.parametrize("between", [" and ", " or ", "/", " / ", " & "])
@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ("Mixed", "Other", "BME"),
        ("Asian", "Other", "BME"),
        ("Chinese", "Other", "BME"),
        ("White", "Mixed", None),
        ("White", "Other", None),
        ("Asian", "Black", None),
        ("Pakistani", "Bangladeshi", "Asian"),
    ],
)
def test_who_is_of_one_group_or_another_is_of_neither_alone(one, between, other, expected):
    assert recognise_ethnicity(f"{one}{between}{other}") == expected


@pytest.mark.parametrize("dash", ["-", "\u2010", "\u2013", "\u2014"])
def test_a_dash_divides_with_spaces_around_it_and_without(dash):
    for around in (dash, f" {dash} "):
        assert recognise_ethnicity(f"White{around}British") == "A"
        assert recognise_ethnicity(f"Mixed{around}White and Asian") == "F"
        assert recognise_ethnicity(f"H{around}Indian") == "H"
