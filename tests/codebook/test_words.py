"""The label that pages give the group `BME`: what it may be, and what the glossary says whatever it is."""

import pytest

from lt_analysis.codebook.mistakes import RawDataError
from lt_analysis.codebook.words import GLOSSARY, bme_label, called, glossary, parse_words
from tests.conftest import HERE

LABELS = (
    "BME",
    "Global Majority",
    "Black, Asian and minority ethnic",
    "people of the global majority",
    "minority ethnic",
    "ethnically diverse",
)


def test_without_a_choice_the_label_is_the_nhs_term():
    assert bme_label() == "BME"


@pytest.mark.parametrize("label", LABELS)
def test_a_label_is_read_as_it_is_written(words_file, label):
    words_file.write_text(f"# ours\nlabel_of_bme: {label}\n", encoding="utf-8")
    assert bme_label() == label
    assert (called("BME"), called("Black"), called("White")) == (label, "Black", "White")


def test_a_file_saved_by_notepad_is_read(words_file):
    words_file.write_bytes(b"\xef\xbb\xbflabel_of_bme: Global Majority\r\n")
    assert bme_label() == "Global Majority"


@pytest.mark.parametrize("label", LABELS)
def test_the_glossary_says_who_is_in_the_group_and_what_the_nhs_calls_it(words_file, label):
    words_file.write_text(f"label_of_bme: {label}\n", encoding="utf-8")
    assert "Black, Asian, Mixed and other minority ethnic groups" in glossary()[label]
    assert "the NHS race equality standard calls BME" in glossary()[label]
    assert f"would be {label} if" in glossary()["Expected"]
    assert len(glossary()) == len(GLOSSARY)


NOT_A_SETTING = "it should hold the setting label_of_bme, and no other"
SIGNS = "label_of_bme holds something besides letters, spaces, commas, hyphens and apostrophes"
ANOTHER = "label_of_bme is the name of another group, or of something else on the pages"
PEOPLE = "label_of_bme says people, which the pages write after it"
BAD = [
    ("", NOT_A_SETTING),
    ("Global Majority", NOT_A_SETTING),
    ("label: Global Majority", NOT_A_SETTING),
    ("label_of_bme: BME\nlabel_of_white: W", NOT_A_SETTING),
    ("label_of_bme: Black: Asian", "it cannot be read as YAML"),
    ("label_of_bme:", "label_of_bme is empty"),
    ('label_of_bme: ""', "label_of_bme is empty"),
    ('label_of_bme: "  "', "label_of_bme is empty"),
    ("label_of_bme: [Global, Majority]", "label_of_bme is no text"),
    ("label_of_bme: no", "label_of_bme is no text"),
    ("label_of_bme: 12", "label_of_bme is no text"),
    (f"label_of_bme: {'a' * 41}", "label_of_bme is longer than 40 letters"),
    ("label_of_bme: Group 2", SIGNS),
    ("label_of_bme: Group Ⅱ", SIGNS),
    ("label_of_bme: <b>Global Majority</b>", SIGNS),
    ("label_of_bme: Global $Majority$", SIGNS),
    ("label_of_bme: Global {people}", SIGNS),
    ('label_of_bme: "Global\\nMajority"', SIGNS),
    ('label_of_bme: "Global\\u202eMajority"', SIGNS),
    ("label_of_bme: Global\ufffdMajority", SIGNS),
    ('label_of_bme: " Global Majority"', "label_of_bme does not begin and end with a letter"),
    ("label_of_bme: Black,", "label_of_bme does not begin and end with a letter"),
    ("label_of_bme: white", ANOTHER),
    ("label_of_bme: Black", ANOTHER),
    ("label_of_bme: Unknown", ANOTHER),
    ("label_of_bme: Expected", ANOTHER),
    ("label_of_bme: Global Majority people", PEOPLE),
    ("label_of_bme: people", PEOPLE),
]


@pytest.mark.parametrize(("text", "reason"), BAD)
def test_a_label_that_pages_cannot_show_is_one_clear_error(text, reason):
    with pytest.raises(RawDataError) as raised:
        parse_words(text)
    assert raised.value.reason == reason
    assert str(raised.value).startswith(f"lt_analysis/codebook/words.yml: {reason}. Write ")


def test_a_label_of_forty_letters_is_not_too_long():
    assert len(parse_words(f"label_of_bme: {'a' * 40}")) == 40


@pytest.mark.parametrize("name", ["CONTRIBUTING.md", "README.md", "docs/returns.md"])
def test_the_documentation_says_where_the_label_is_set(name):
    assert "codebook/words.yml" in (HERE / name).read_text(encoding="utf-8")
