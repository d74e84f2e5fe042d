"""Ethnic categories and the groups that they roll up to.

`ethnicity.csv` holds the national codes. The NHS Data Dictionary lets a second character be used locally
as long as the first still groups, so ESR's codes (`CP`, `PC`...) roll up by their first character. White
and BME are the groups of the Workforce Race Equality Standard (BME leaves out White Irish and White
Other). Chinese stands under Asian, as in the 2011 and 2021 censuses, and not under Other, as in the codes.
Three of the census's nineteen groups have no national code, so nobody can be counted in them: Gypsy or
Irish Traveller, Roma, and Arab.
"""

from importlib.resources import files

REFERENCE = "White"
BME = "BME"
UNKNOWN = "Unknown"
FIVE_GROUPS = ("White", "Mixed", "Asian", "Black", "Other")
COMPARED_WITH_WHITE = (BME, "Mixed", "Asian", "Black", "Other")

CODE_PATTERN = "(99|[A-HJ-NPRSZ][A-Z0-9]?)"

# Totals may be sent by code or by group; a group too wide for the five groups has none.
WRES_GROUP_OF_TOTALS = {group: REFERENCE if group == REFERENCE else BME for group in FIVE_GROUPS} | {
    BME: BME,
    UNKNOWN: UNKNOWN,
}


# What else may stand for part of a group: totals that hold both would count people twice.
PARTS_OF_GROUPS = {
    "White": "[ABC][A-Z0-9]?",
    "Mixed": "[DEFG][A-Z0-9]?",
    "Asian": "[HJKLR][A-Z0-9]?",
    "Black": "[MNP][A-Z0-9]?",
    "Other": "S[A-Z0-9]?",
    UNKNOWN: "Z[A-Z0-9]?|99",
    BME: "Mixed|Asian|Black|Other|[D-HJ-NPRS][A-Z0-9]?",
}


def ethnicity_table() -> str:
    """Return the path of the table of codes: code, description, wres_group, census_five, census_nineteen."""
    return str(files("lt_analysis.codebook") / "ethnicity.csv")
