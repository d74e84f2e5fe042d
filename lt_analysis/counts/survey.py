"""Answers to the staff survey: how many White and BME staff answered each question in a year, and how many said yes."""

from pathlib import Path

import duckdb

from lt_analysis.codebook.ethnicity import BME, REFERENCE
from lt_analysis.codebook.measures import CHAINS_OF_ANSWERS
from lt_analysis.counts.draws import make_ethnicities
from lt_analysis.counts.records import CODE, records_in

SENT = {
    **dict.fromkeys(("organisation", "period", "question", "ethnicity"), "VARCHAR"),
    **dict.fromkeys(("respondents", "yes"), "BIGINT"),
}


def count_answers(connection: duckdb.DuckDBPyConnection, survey: list[Path]) -> None:
    """Make the table `answers` from returns of the survey: of each question and group, who answered and who said yes.

    A survey is asked once a year. Where several returns of one financial year were sent, the latest counts. A return
    has a group or its parts, and not both (`collection/checks/survey.py`), so narrower groups add up.
    """
    connection.execute(make_ethnicities())
    columns = ", ".join(map(" ".join, SENT.items()))
    connection.execute(f"CREATE OR REPLACE TEMP TABLE sent_answers ({columns})")
    if survey:
        connection.execute(f"INSERT INTO sent_answers SELECT {', '.join(SENT)} FROM {records_in(survey)}")
    chains = ", ".join(f"('{chain.key}', '{chain.stages[1].sent_as}')" for chain in CHAINS_OF_ANSWERS)
    connection.execute(
        f"""CREATE OR REPLACE TABLE answers AS
            WITH chains (chain, question) AS (VALUES {chains}),
            latest AS (
                SELECT organisation, left(period, 7) AS year, max(period) AS period FROM sent_answers GROUP BY ALL)
            SELECT organisation, year, chain, wres_group AS group_name, sum(respondents)::BIGINT AS respondents,
                   sum(yes)::BIGINT AS yes
            FROM (SELECT *, {CODE} AS code FROM sent_answers) JOIN latest USING (organisation, period)
            JOIN chains USING (question) JOIN ethnicities USING (code)
            WHERE wres_group IN ('{REFERENCE}', '{BME}') GROUP BY ALL ORDER BY ALL"""
    )
