"""The smallest number that is published can be made stricter, and never laxer."""

import pytest

from lt_analysis.codebook.mistakes import RawDataError
from lt_analysis.codebook.publishing import SMALLEST_NUMBER, parse_publishing, smallest_number


def test_counts_of_one_to_four_are_hidden_unless_the_partnership_is_stricter():
    assert (SMALLEST_NUMBER, smallest_number()) == (5, 5)
    assert parse_publishing("smallest_number: 10") == 10


@pytest.mark.parametrize("setting", ["4", "0", "-5", "21", "5.0", "true", "five", "[5]", ""])
def test_no_laxer_rule_and_no_other_kind_of_number_is_taken(setting):
    with pytest.raises(RawDataError, match=r"publishing.yml: .*a number up to 20") as said:
        parse_publishing(f"smallest_number: {setting}")
    assert setting == "" or "no whole number from 5 to 20" in str(said.value)


@pytest.mark.parametrize("text", ["", "smallest: 5", "smallest_number: 5\nalso: 1", "smallest_number: [", "- 5"])
def test_a_file_that_holds_anything_else_is_refused(text):
    with pytest.raises(RawDataError, match="smallest_number"):
        parse_publishing(text)
