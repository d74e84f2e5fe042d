import pytest

from lt_analysis.codebook.returns import COLUMNS
from lt_analysis.codebook.spellings import spellings
from lt_analysis.collection.recognising.characteristics import recognise_code

LISTS = {column.name: column.allowed for column in COLUMNS if column.allowed}


def recognised(column, text):
    return recognise_code(column, LISTS[column], text)


def test_every_code_of_every_list_stands_for_itself_and_every_spelling_for_one_code():
    table = spellings()["codes"]
    assert table.keys() - LISTS.keys() == {"prefer not to say", "not known"}
    for column, allowed in LISTS.items():
        for code in allowed:
            assert recognised(column, f" {code.upper()} ") == code
        told = [words for spellings_of_code in table.get(column, {}).values() for words in spellings_of_code]
        assert len(told) == len(set(told))
        assert table.get(column, {}).keys() <= set(allowed)


@pytest.mark.parametrize(
    ("column", "text", "code"),
    [
        ("sexual_orientation", "Heterosexual or Straight", "heterosexual"),
        ("sexual_orientation", "I do not wish to disclose my sexual orientation", "prefer not to say"),
        ("disability", "Not Declared", "prefer not to say"),
        ("disability", "Unspecified", "not known"),
        ("religion", "Atheism", "none"),
        ("age_band", "30 - 34", "25-34"),
        ("age_band", "65+", "65 and over"),
        ("age_band", "Prefer not to say", "not known"),
        ("sex", "Undefined", "not known"),
    ],
)
def test_spellings_of_staff_records(column, text, code):
    assert recognised(column, text) == code


@pytest.mark.parametrize(
    ("column", "text"),
    [("age_band", "20-29"), ("age_band", "34"), ("sex", "x"), ("disability", "maybe"), ("religion", "")],
)
def test_what_is_in_no_list_is_left_to_the_organisation(column, text):
    assert recognised(column, text) is None
