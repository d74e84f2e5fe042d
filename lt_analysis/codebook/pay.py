"""Pay bands, and which advertised salary counts as Band 8 or above.

Agenda for Change grades are taken as they are. Everyone else is placed by the minimum of the advertised
full-time range. Council, university and voluntary salaries in London include London weighting, so they
are compared with each band's minimum *plus* the zone's high-cost-area supplement, for the pay year in
which the post was advertised. (On basic pay every Band 7 maximum is below the Band 8a minimum; with inner
London's supplement a Band 7 is above the national 8a minimum, which is why like is compared with like.)

`pay_bands.csv` and `high_cost_area.csv` hold the figures, each with its source; a figure from memory is
marked `unverified`.
"""

import csv
from decimal import Decimal
from functools import cache
from importlib.resources import files

BAND_8_AND_ABOVE = ("8a", "8b", "8c", "8d", "9", "VSM")
BELOW_BAND_8 = ("1", "2", "3", "4", "5", "6", "7")
ALL_BANDS = (*BELOW_BAND_8, *BAND_8_AND_ABOVE)
BELOW_8A = "below 8a"
BAND_8_PLUS_TOTAL = "8+"
BELOW_BAND_8_TOTAL = "1-7"  # and equal pay elsewhere
UP_TO_BAND_5, BANDS_6_AND_7 = "1-5", "6-7"
LOWER_BANDS, UPPER_BANDS = "8a-8b", "8c+"
WITHOUT_BANDS = "below-8a"  # of organisations without bands, staff who are paid less than Band 8a
MEDICAL = "medical"
NO_BAND = "no-band"
EVERYBODY = "all"  # staff of every band and of none

# The cuts of a table: parts of all posts, or of all staff, each with the parts that together are it.
PARTS_OF_CUTS = {
    LOWER_BANDS: BAND_8_AND_ABOVE[:2],
    UPPER_BANDS: BAND_8_AND_ABOVE[2:],
    BAND_8_PLUS_TOTAL: (LOWER_BANDS, UPPER_BANDS),
    BELOW_BAND_8_TOTAL: (UP_TO_BAND_5, BANDS_6_AND_7, WITHOUT_BANDS),
    EVERYBODY: (BELOW_BAND_8_TOTAL, BAND_8_PLUS_TOTAL, MEDICAL, NO_BAND),
}
# Bands, and kinds of band, may be divided by something else that is known of staff. Each part is a cut of its own,
# whose parent is the band: `8a.clinical`.
DIVIDED_AT = "."  # in the name of such a part, between the band and what it is divided by
KINDS_OF_WORK = ("clinical", "non-clinical")  # doctors and dentists are a kind of band by themselves
# Where staff live: in Lambeth, in another of the six boroughs of South East London, elsewhere, or nobody knows.
HOMES = LAMBETH, NEAR, ELSEWHERE, NO_HOME = ("lambeth", "near", "elsewhere", "home-not-known")
SIX_BOROUGHS = ("lambeth", "southwark", "lewisham", "greenwich", "bexley", "bromley")
SENT_WHOLE = (BAND_8_PLUS_TOTAL, BELOW_BAND_8_TOTAL)  # cuts of which no more than the whole may be sent


def parts_of_cut(cut: str) -> tuple[str, ...]:
    """Return the finest parts of a cut; of one that may be sent as a whole, the people of whom no more was sent first.

    >>> parts_of_cut("8+")
    ('8+', '8a', '8b', '8c', '8d', '9', 'VSM')
    >>> parts_of_cut("8a-8b"), parts_of_cut("medical"), parts_of_cut("1-7")
    (('8a', '8b'), ('medical',), ('1-7', '1-5', '6-7', 'below-8a'))
    """
    if cut not in PARTS_OF_CUTS:
        return (cut,)
    whole = (cut,) if cut in SENT_WHOLE else ()
    return (*whole, *(finest for part in PARTS_OF_CUTS[cut] for finest in parts_of_cut(part)))


def divided(cut: str, by: tuple[str, ...]) -> tuple[str, ...]:
    """Return the parts of a cut that is divided by something else than bands.

    >>> divided("8+", KINDS_OF_WORK)
    ('8+.clinical', '8+.non-clinical')
    """
    return tuple(f"{cut}{DIVIDED_AT}{part}" for part in by)


@cache
def band_minimums() -> dict[tuple[str, str], dict[str, Decimal]]:
    """Return, for each pay year and zone, each band's minimum with the zone's supplement, in pounds, lowest first.

    The supplement is the zone's percentage of basic pay, never less than its minimum nor more than its
    maximum (Agenda for Change handbook, annex 9). A year whose supplement is not in the codebook has no
    such zone, so that nobody is placed by a wrong one. Zone `none` is national pay.

    >>> band_minimums()["2022-23", "none"]["8a"], band_minimums()["2022-23", "inner"]["8a"]  # a fifth is over 7,377
    (Decimal('48526'), Decimal('55903'))
    """
    zones = [*_rows("high_cost_area.csv"), *({"year": row["year"], "zone": "none"} for row in _rows("pay_bands.csv"))]
    return {
        (zone["year"], zone["zone"]): {
            row["band"]: _with_supplement(Decimal(row["minimum"]), zone)
            for row in _rows("pay_bands.csv")
            if row["year"] == zone["year"]
        }
        for zone in zones
    }


def _with_supplement(basic: Decimal, zone: dict[str, str]) -> Decimal:
    if zone["zone"] == "none":
        return basic
    share = basic * Decimal(zone["percentage"]) / 100
    return basic + max(Decimal(zone["minimum"]), min(Decimal(zone["maximum"]), share))


def _rows(name: str) -> list[dict[str, str]]:
    table = (files("lt_analysis.codebook") / name).read_text(encoding="utf-8")
    return list(csv.DictReader(table.splitlines()))
