import csv
from importlib.resources import files

from lt_analysis.codebook.pay import band_minimums


def minimum(year, zone, band):
    return band_minimums()[year, zone][band]


def test_inner_london_8a_starts_at_its_national_minimum_and_the_most_that_the_supplement_can_be():
    # 2025-26: 55,690 + min(20% = 11,138; 8,466) = 64,156
    assert minimum("2025-26", "inner", "8a") == 64_156
    assert minimum("2025-26", "none", "8a") == 55_690


def test_an_inner_london_band_7_is_above_the_national_8a_minimum_and_below_inner_londons():
    # The trap: 54,710 + 8,466 = 63,176 (2025-26) beats 55,690, but not the like-for-like 64,156.
    band_7_top = 54_710 + 8_466
    assert minimum("2025-26", "none", "8a") < band_7_top < minimum("2025-26", "inner", "8a")


def test_every_figure_has_a_source_and_says_whether_it_was_checked():
    for name in ("pay_bands.csv", "high_cost_area.csv"):
        rows = list(csv.DictReader((files("lt_analysis.codebook") / name).read_text(encoding="utf-8").splitlines()))
        assert all(row["source"] and row["checked"] in ("verified", "unverified") for row in rows)
        assert all(
            row["checked"] == "unverified" for row in rows if "memory" in row["source"] and "rest" not in row["source"]
        )
