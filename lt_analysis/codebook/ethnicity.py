"""Ethnic categories and the groups that they roll up to.

`ethnicity.csv` holds the national codes. The NHS Data Dictionary lets a second character be used locally
as long as the first still groups, so the Electronic Staff Record's codes (`CP`, `PC`...) roll up by their
first character. White and BME are the groups of the Workforce Race Equality Standard (BME leaves out White
Irish and White Other). Chinese stands under Asian, as in the 2011 and 2021 censuses, and not under Other, as
in the codes. Three of the census's nineteen groups have no national code and stand under their names: Gypsy
or Irish Traveller, Roma, and Arab. They are known only where ethnicity is sent in words.
"""

import csv
from functools import cache
from importlib.resources import files

REFERENCE = "White"
BME = "BME"
UNKNOWN = "Unknown"
KNOWN = "known"  # White and BME people together
# The share of people whose ethnicity is known below which a return looks odd (docs/returns.md).
LEAST_KNOWN = 0.9
FIVE_GROUPS = ("White", "Mixed", "Asian", "Black", "Other")
SINGLE_GROUPS = FIVE_GROUPS[1:]  # beside White people
COMPARED_WITH_WHITE = (BME, *SINGLE_GROUPS)
# The groups of a table: White people and others, or each.
TWO_GROUPS = (REFERENCE, BME, KNOWN)
EVERY_GROUP = (*FIVE_GROUPS, BME, KNOWN)

# The staff record's second characters (unverified: from memory). Any other letter might be a word: `NA` is what
# programs write for a missing cell, and not an African. Any other digit makes it another scheme's code: to the police
# and the prisons, A1 is Indian and B1 Black Caribbean (the self-defined codes, 18+1).
CODE_PATTERN = "99|[A-HJ-NPRSZ]|C[23A-HJ-NP-Y]|G[A-F]|L[A-HJK]|P[A-E]|S[A-E]"

# A group may stand in place of a code, where only that is known; one too wide for the five groups has none.
WRES_GROUP_OF_TOTALS = {group: REFERENCE if group == REFERENCE else BME for group in FIVE_GROUPS} | {
    BME: BME,
    UNKNOWN: UNKNOWN,
}


# What else may stand for part of a group: totals that hold both would count people twice.
PARTS_OF_GROUPS = {
    "White": "[ABC][A-Z0-9]?|Gypsy or Irish Traveller|Roma",
    "Mixed": "[DEFG][A-Z0-9]?",
    "Asian": "[HJKLR][A-Z0-9]?",
    "Black": "[MNP][A-Z0-9]?",
    "Other": "S[A-Z0-9]?|Arab",
    UNKNOWN: "Z[A-Z0-9]?|99",
    BME: "Mixed|Asian|Black|Other|Arab|[D-HJ-NPRS][A-Z0-9]?",
}


def ethnicity_table() -> str:
    """Return the path of the table of codes: code, description, wres_group, census_five, census_nineteen, source.

    >>> with open(ethnicity_table(), encoding="utf-8") as table:
    ...     next(csv.DictReader(table))["description"]
    'White - British'
    """
    return str(files("lt_analysis.codebook") / "ethnicity.csv")


def five_group(code: str) -> str:
    """Return which of the census's five groups a code or group stands under: `BME` or `Unknown` where it is none.

    >>> five_group("R"), five_group("PC"), five_group("BME"), five_group("99")  # Chinese, and a code used locally
    ('Asian', 'Black', 'BME', 'Unknown')
    """
    return _five_groups().get(code) or _five_groups().get(code[:1], code)


@cache
def _five_groups() -> dict[str, str]:
    table = (files("lt_analysis.codebook") / "ethnicity.csv").read_text(encoding="utf-8")
    return {row["code"]: row["census_five"] for row in csv.DictReader(table.splitlines())} | {
        name: name for name in WRES_GROUP_OF_TOTALS
    }
