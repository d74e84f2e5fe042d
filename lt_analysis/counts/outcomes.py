"""What stands apart from the draws: where every application went, pay that reaches Band 8a, declined offers."""

from pathlib import Path

import duckdb

from lt_analysis.codebook.ethnicity import UNKNOWN
from lt_analysis.codebook.folders import in_sql
from lt_analysis.codebook.measures import RECRUITMENT
from lt_analysis.codebook.pay import BAND_8_AND_ABOVE, MEDICAL
from lt_analysis.counts.records import CODE, came_to, records_in

SENIOR = f"band IN ({', '.join(map(in_sql, BAND_8_AND_ABOVE))})"
ALIKE = {
    **dict.fromkeys(("organisation", "period", "band", "campaign", "stage", "wres_group"), "VARCHAR"),
    **dict.fromkeys(("straddles", "declined"), "BOOLEAN"),
    "people": "BIGINT",
}


def count_apart(connection: duckdb.DuckDBPyConnection, applications: list[Path]) -> None:
    """Make the tables `accounts`, `straddling` and `declined`; needs the table `ethnicities`.

    Applications that are alike in all that is asked are added up first, so that records are read once.
    """
    columns = ", ".join(f"{name} {kind}" for name, kind in ALIKE.items())
    connection.execute(f"CREATE OR REPLACE TEMP TABLE alike ({columns})")
    if applications:
        connection.execute("INSERT INTO alike BY NAME " + _alike(applications))
    connection.execute("CREATE OR REPLACE TABLE accounts AS " + _accounts())
    connection.execute("CREATE OR REPLACE TABLE straddling AS " + _straddling())
    connection.execute("CREATE OR REPLACE TABLE declined AS " + _declined())


def _alike(applications: list[Path]) -> str:
    return f"""
        SELECT * EXCLUDE (ethnicity, code) REPLACE (coalesce(wres_group, '{UNKNOWN}') AS wres_group)
        FROM (SELECT *, {CODE} AS code
              FROM (SELECT organisation, period, band, campaign, stage, straddles, declined, ethnicity,
                           count(*) AS people
                    FROM {records_in(applications)} GROUP BY ALL))
        LEFT JOIN (SELECT code, wres_group FROM ethnicities) USING (code)"""


def _accounts() -> str:
    """Say where every accepted application went: each is in the first place that it fits."""
    places = ("doctors", "below_band_8", "campaigns", "not_eligible", "unknown", "compared")
    counted = ", ".join(_people(f"place = '{place}'") + f" AS {place}" for place in places)
    return f"""
        SELECT organisation, period, sum(people)::BIGINT AS accepted, {counted}
        FROM (SELECT *, CASE WHEN band = '{MEDICAL}' THEN 'doctors'
                             WHEN band IS NULL OR NOT {SENIOR} THEN 'below_band_8'
                             WHEN campaign <> 'none' THEN 'campaigns'
                             WHEN NOT {came_to("eligible")} THEN 'not_eligible'
                             WHEN wres_group = '{UNKNOWN}' THEN 'unknown'
                             ELSE 'compared' END AS place
              FROM alike)
        GROUP BY organisation, period"""


def _straddling() -> str:
    """Count the people of single posts whose pay begins below Band 8a and reaches it: they stand in no draw."""
    counted = ", ".join(f"{_people(came_to(stage.sent_as))} AS {stage.key}" for stage in RECRUITMENT.stages)
    return f"""
        SELECT organisation, period, wres_group, {counted} FROM alike
        WHERE straddles AND campaign = 'none' GROUP BY ALL ORDER BY ALL"""


def _declined() -> str:
    """Count the people of each group who declined an offer of a single post at Band 8 and above.

    Indicator 2 of the Workforce Race Equality Standard leaves them out of those shortlisted and those appointed.
    """
    return f"""
        SELECT organisation, period, wres_group, sum(people)::BIGINT AS people FROM alike
        WHERE declined AND campaign = 'none' AND {SENIOR} GROUP BY ALL ORDER BY ALL"""


def _people(of: str) -> str:
    return f"coalesce(sum(people) FILTER ({of}), 0)::BIGINT"
