"""Pay bands, and which advertised salary counts as Band 8 or above.

Agenda for Change grades are taken as they are. Everyone else is placed by the minimum of the advertised
full-time range. Council, university and voluntary salaries in London include London weighting, so they
are compared with each band's minimum *plus* the zone's high-cost-area supplement, for the pay year in
which the post was advertised. (On basic pay every Band 7 maximum is below the Band 8a minimum; with inner
London's supplement a Band 7 is above the national 8a minimum, which is why like is compared with like.)

`pay_bands.csv` and `high_cost_area.csv` hold the figures, each with its source; a figure from memory is
marked `unverified`.
"""

from importlib.resources import files

BAND_8_AND_ABOVE = ("8a", "8b", "8c", "8d", "9", "VSM")
BELOW_BAND_8 = ("1", "2", "3", "4", "5", "6", "7")
ALL_BANDS = (*BELOW_BAND_8, *BAND_8_AND_ABOVE)
BELOW_8A = "below 8a"
BAND_8_PLUS_TOTAL = "8+"
MEDICAL = "medical"


def band_minimums_sql() -> str:
    """Return a query of `year, zone, band, minimum`: each band's minimum with the zone's supplement.

    The supplement is the zone's percentage of basic pay, never less than its minimum nor more than its
    maximum (Agenda for Change handbook, annex 9). A year whose supplement is not in the codebook has no
    row for that zone, so that nobody is placed by a wrong one.
    """
    bands = files("lt_analysis.codebook") / "pay_bands.csv"
    supplements = files("lt_analysis.codebook") / "high_cost_area.csv"
    return f"""
        SELECT b.year, h.zone, b.band,
               b.minimum + greatest(h.minimum, least(h.maximum, b.minimum * h.percentage / 100)) AS minimum
        FROM read_csv('{bands}') b JOIN read_csv('{supplements}') h USING (year)
        UNION ALL
        SELECT year, 'none', band, minimum FROM read_csv('{bands}')
    """
