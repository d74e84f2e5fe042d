"""The smallest number that is published, and the fewest organisations of a table, can be raised and never lowered."""

import pytest

from lt_analysis.codebook.mistakes import RawDataError
from lt_analysis.codebook.publishing import fewest_organisations, parse_publishing, smallest_number


def test_counts_of_one_to_four_are_hidden_and_five_organisations_add_up_unless_the_partnership_is_stricter():
    assert (smallest_number(), fewest_organisations()) == (5, 5)
    stricter = "smallest_number: 10\nfewest_organisations: 7"
    assert parse_publishing(stricter) == {"smallest_number": 10, "fewest_organisations": 7}


@pytest.mark.parametrize("name", ["smallest_number", "fewest_organisations"])
@pytest.mark.parametrize("setting", ["4", "0", "-5", "21", "5.0", "true", "five", "[5]", ""])
def test_no_laxer_rule_and_no_other_kind_of_number_is_taken(name, setting):
    other = {"smallest_number": 5, "fewest_organisations": 5} | {name: setting}
    with pytest.raises(
        RawDataError, match=rf"publishing.yml: {name} is no whole number from 5 to 20.*a number up to 20"
    ):
        parse_publishing("\n".join(f"{key}: {value}" for key, value in other.items()))


@pytest.mark.parametrize(
    "text",
    [
        *("", "smallest: 5", "smallest_number: 5", "smallest_number: [", "- 5"),
        "smallest_number: 5\nfewest_organisations: 5\nalso: 1",
    ],
)
def test_a_file_that_holds_anything_else_is_refused(text):
    with pytest.raises(RawDataError, match="smallest_number"):
        parse_publishing(text)
