import csv
import re
from pathlib import Path

from lt_analysis.codebook.ethnicity import CODE_PATTERN, FIVE_GROUPS, ethnicity_table

CODES = {row["code"]: row for row in csv.DictReader(Path(ethnicity_table()).read_text(encoding="utf-8").splitlines())}


def test_white_is_british_irish_and_other_white_as_the_race_equality_standard_says():
    assert {code for code, row in CODES.items() if row["wres_group"] == "White"} == {
        *("A", "B", "C", "Gypsy or Irish Traveller", "Roma")
    }
    assert {code for code, row in CODES.items() if row["wres_group"] == "Unknown"} == {"Z", "99"}


def test_chinese_stands_under_asian_as_in_the_census():
    assert CODES["R"]["census_five"] == "Asian"


def test_every_group_is_one_of_the_five_or_unknown():
    assert {row["census_five"] for row in CODES.values()} == {*FIVE_GROUPS, "Unknown"}
    assert all(row["source"] for row in CODES.values())


def test_a_second_character_may_follow_and_the_first_must_be_a_national_code():
    fits = [code for code in ("A", "CP", "C3", "PC", "Z", "99") if re.fullmatch(CODE_PATTERN, code)]
    assert fits == ["A", "CP", "C3", "PC", "Z", "99"]
    assert not any(re.fullmatch(CODE_PATTERN, code) for code in ("I", "O", "Q", "9", "98", "White", "NA", "A1", ""))
