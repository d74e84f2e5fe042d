"""What a key stands for."""

import pytest

from lt_analysis.codebook.measures import FURTHEST, RECRUITMENT
from lt_analysis.release.keys import CUTS, GROUPS, Cell, Key, periods_of, table

TEXT = "nonesuch-hospitals/2025-26/shortlisted/BME/8c+"


def test_a_key_reads_back_as_it_was_written():
    assert str(Key.parse(TEXT)) == TEXT
    assert Key.parse(TEXT).group == "BME"


def test_a_year_is_itself_or_its_quarters_and_years_are_added_up():
    assert periods_of("2025-26") == ("2025-26", "2025-26-Q1", "2025-26-Q2", "2025-26-Q3", "2025-26-Q4")
    assert periods_of("2025-26-Q3") == ("2025-26-Q3",)
    assert periods_of("2024-25+2025-26") == (*periods_of("2024-25"), *periods_of("2025-26"))


@pytest.mark.parametrize(("whole", "parts"), [("8+", ("8a-8b", "8c+")), ("8a-8b", ("8a", "8b"))])
def test_bands_add_up(whole, parts):
    homes = {cut for cut in CUTS[whole] if cut.startswith("8+.")}
    assert {band for part in parts for band in CUTS[part]} == {*CUTS[whole]} - {"8+"} - homes


def test_known_is_white_and_bme_and_the_unknown_stand_outside():
    assert set(GROUPS["known"]) == {*GROUPS["White"], *GROUPS["BME"]}
    assert "Unknown" not in GROUPS["known"]
    assert set(GROUPS["BME"]) == {"BME", "Mixed", "Asian", "Black", "Other"}


def test_everybody_appointed_was_shortlisted_and_everybody_shortlisted_applied():
    assert set(FURTHEST["appointed"]) < set(FURTHEST["shortlisted"]) < set(FURTHEST["applied"])


def test_a_table_has_every_stage_of_every_group_in_every_band_once():
    cells = list(
        table("partnership", ("ashbourne", "beeches"), "2025-26", ("White", "BME"), ("8a", "8+"), RECRUITMENT.keys)
    )
    assert len(cells) == len(set(cells)) == 3 * 2 * 2
    assert cells[0] == Cell(Key.parse("partnership/2025-26/applied/White/8a"), ("ashbourne", "beeches"))
    assert ("beeches", "2025-26-Q2") in cells[0].returns
