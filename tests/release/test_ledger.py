"""What was published before, and what is linked to it."""

from lt_analysis.release.files import Ledger, Published
from lt_analysis.release.keys import Cell, Key


def entry(key, *members, value=20):
    key = Key.parse(key)
    return Published(Cell(key, members or (key.who,)), value, "2025-26-Q4")


QUARTER = entry("partnership/2025-26-Q1/applied/White/8+", "ashbourne", "beeches", "camelot")
ASHBOURNE, BEECHES = (entry(f"{slug}/2025-26/applied/White/8+") for slug in ("ashbourne", "beeches"))
BOTH_YEARS = entry("beeches/2024-25+2025-26/applied/White/8+")
YEAR_BEFORE = entry("beeches/2024-25/applied/White/8+", value=None)
OTHER = entry("dunwich/2025-26/applied/White/8+")
LEDGER = Ledger((QUARTER, ASHBOURNE, BEECHES, BOTH_YEARS, YEAR_BEFORE, OTHER))


def test_what_counts_the_same_people_is_linked_and_so_is_what_that_is_linked_to():
    # Ashbourne's year shares the quarter with Beeches', whose years together share the year before.
    assert set(LEDGER.linked([ASHBOURNE.cell])) == {QUARTER, ASHBOURNE, BEECHES, BOTH_YEARS, YEAR_BEFORE}
    assert set(LEDGER.linked([YEAR_BEFORE.cell])) == {QUARTER, ASHBOURNE, BEECHES, BOTH_YEARS, YEAR_BEFORE}


def test_what_shares_nobody_with_the_others_is_linked_to_itself_alone():
    assert LEDGER.linked([OTHER.cell]) == (OTHER,)
    assert LEDGER.linked([entry("dunwich/2024-25/applied/White/8+").cell]) == ()
    assert Ledger().linked([OTHER.cell]) == ()


def test_a_table_was_published_where_any_of_its_numbers_was_even_hidden():
    assert LEDGER.holds("beeches", "2024-25")
    assert not LEDGER.holds("beeches", "2023-24")
    assert not LEDGER.holds("beeches", "2025-26-Q1")


def test_a_table_that_was_published_elsewhere_is_not_published_again():
    ledger = Ledger((), elsewhere=(ASHBOURNE,))
    assert ledger.holds("ashbourne", "2025-26")
    assert ledger.linked([ASHBOURNE.cell]) == ()
