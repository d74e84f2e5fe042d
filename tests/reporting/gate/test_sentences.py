"""Which numbers of a sentence are held to which released ones; what spoils them is in `test_mutations`."""

import pytest
from bs4 import BeautifulSoup

from lt_analysis.reporting.gate.sentences import sentences_unaccounted

TABLES = {
    "ashbourne": {"White": (100, 40, 20), "BME": (50, 10, 5), "known": (150, 50, 25), "Unknown": (10, None, None)},
    "beeches": {"White": (200, 60, 30), "BME": (90, 30, None), "known": (290, 90, None)},
}
STAGES = ("applied", "shortlisted", "appointed")
PUBLISHED = {
    f"{who}/2025-26/{stage}/{group}/8+": value
    for who, table in TABLES.items()
    for group, values in table.items()
    for stage, value in zip(STAGES, values, strict=True)
}
SOME_OF_MANY = "a sentence says how many people of how many, and that was not released"
NUMBER = "a sentence says a number of people that was not released"
PERCENTAGE = "a percentage in a sentence is not that of released numbers"
RATIO = "a ratio in a sentence is not that of released numbers"
RANGE = "a likely range does not hold the number that it is of"


def found(text, about="ashbourne", cell="", named=()):
    page = BeautifulSoup(f'<main><p data-cell="{cell}">{text}</p></main>', "html.parser")
    return list(sentences_unaccounted(page, PUBLISHED, named, about))


@pytest.mark.parametrize(
    "text",
    [
        "10 of 50 places on shortlists went to BME people, who were 50 of 150 applicants.",
        "10 of 50 BME applicants were shortlisted; about 13 expected; 9 to 17 is the usual range.",
        "33% of applicants were BME people. 20% of BME and 40% of White applicants were shortlisted.",
        "Shortlisted: 40% (likely range 31% to 50%) of White and 20% of BME applicants.",
        "Ethnicity is known of 93.7% (150 of 160) of applicants.",
        "The share of White applicants who were shortlisted was 2.00 times the share of BME applicants. Anywhere from "
        "about 1.1 to more than 10 times fits the counts.",
        "White people were less likely to succeed (2.00 times, likely range 1.1 to 3.6).",
        "A White person may have been anywhere from about 0.80 to 1.3 times as likely.",
        "Shares of fewer than 20 people mislead. 7 posts could have gone either way. Bands 8a to 9, April 2025.",
    ],
)
def test_what_was_released_may_be_said(text):
    assert found(text) == []


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("30 of 90 places on shortlists went to BME people.", SOME_OF_MANY),  # of another organisation
        ("10 of 50 appointments went to BME people.", SOME_OF_MANY),
        ("40 of 50 places on shortlists went to BME people.", SOME_OF_MANY),
        ("There were 51 BME applicants.", NUMBER),
        ("There were 30 appointments.", NUMBER),
        ("Shortlisted: 20% of White and 20% of BME applicants.", PERCENTAGE),
        ("Appointed: 40% of White and 50% of BME people on shortlists.", PERCENTAGE),
        ("21% of BME applicants were shortlisted.", PERCENTAGE),
        ("The share of White applicants who were appointed was 2.50 times the share of BME applicants.", RATIO),
        ("Shortlisted: 40% (likely range 41% to 50%) of White applicants.", RANGE),
    ],
)
def test_what_was_not_may_not(text, fault):
    assert found(text) == [fault]


def test_a_sentence_of_a_list_is_of_the_organisation_that_it_names():
    text = "30 of 90 places on shortlists went to BME people."
    assert found(text, about="", cell="sentence.beeches") == []
    assert found(text, about="", cell="sentence.ashbourne") == [SOME_OF_MANY]
    assert found(text, about="") == []


def test_nothing_can_be_said_of_a_hidden_number():
    for number in range(31):
        assert found(f"{number} of {30 + number} appointments went to BME people.", about="beeches") == [SOME_OF_MANY]


def test_a_name_may_hold_a_number_of_people():
    assert found("Sent by 50 Plus People, and by 3 people Ltd.", named=["3 people Ltd"]) == []
    assert found("Sent by 3 people Ltd.") == [NUMBER]


@pytest.mark.parametrize("label", ["Global Majority", "people of the global majority", "Black, Asian and minority"])
def test_sentences_are_held_whatever_the_group_is_called(words_file, label):
    words_file.write_text(f"label_of_bme: {label}\n", encoding="utf-8")
    people = label if label.startswith("people") else f"{label} people"
    assert found(f"10 of 50 places on shortlists went to {people}.") == []
    assert found(f"40 of 50 places on shortlists went to {people}.") == [SOME_OF_MANY]
