from lt_analysis.codebook.returns import APPLICATIONS, COLUMNS, RETURNS, STAFF
from lt_analysis.codebook.spellings import spellings
from lt_analysis.collection.recognising.headings import recognise_heading


def test_every_column_stands_for_itself_and_no_heading_for_two_columns_of_a_return():
    for kind in RETURNS:
        told = [words for name in kind.column_names for words in spellings()["headings"].get(name, ())]
        assert len(told) == len(set(told))
        for name in kind.column_names:
            assert recognise_heading(kind, name) == name
            assert recognise_heading(kind, f" {name.replace('_', ' ').upper()}: ") == name
            assert name not in told


def test_headings_belong_to_columns_that_there_are():
    assert spellings()["headings"].keys() <= {column.name for column in COLUMNS}


def test_the_same_heading_may_stand_for_different_columns_in_different_returns():
    assert recognise_heading(STAFF, "Start Date") == recognise_heading(APPLICATIONS, "Start Date") == "started_on"
    assert recognise_heading(STAFF, "Candidate ID") is None
    assert recognise_heading(APPLICATIONS, "Application ID") is None  # of an application, and not of a person
