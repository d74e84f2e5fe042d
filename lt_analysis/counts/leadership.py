"""What leaders do and how they are rated: pairs of mentoring counted, and answers about traits, of one quarter."""

from pathlib import Path

import duckdb

from lt_analysis.codebook.periods import Quarter
from lt_analysis.codebook.returns import ANSWERED
from lt_analysis.counts.records import records_in

SENT = {
    "mentoring": {
        **dict.fromkeys(("organisation", "executive_role", "actions_led"), "VARCHAR"),
        **dict.fromkeys(("executives", "meetings"), "BIGINT"),
        **dict.fromkeys(("last_met_on", "ended_on"), "DATE"),
    },
    "ratings": {
        **dict.fromkeys(("organisation", "trait", "rater_kind"), "VARCHAR"),
        **dict.fromkeys(ANSWERED, "BIGINT"),
    },
}


def count_leadership(
    connection: duckdb.DuckDBPyConnection, quarter: Quarter, mentoring: list[Path], traits: list[Path]
) -> None:
    """Make the tables `mentoring` and `ratings` from the records of one quarter; that of `actions` is there already.

    Of pairs there is one row an organisation: how many there are and how often they met, and never who is in one. The
    group of an executive's partner is not read. A pair led an action where it names one by its reference that the same
    quarter's return of actions has.
    """
    for name, paths in (("mentoring", mentoring), ("ratings", traits)):
        columns = ", ".join(map(" ".join, SENT[name].items()))
        connection.execute(f"CREATE OR REPLACE TEMP TABLE sent_{name} ({columns})")
        if paths:
            read = ", ".join(SENT[name])
            connection.execute(f"INSERT INTO sent_{name} SELECT {read} FROM {records_in(paths)}")
    connection.execute(
        f"""CREATE OR REPLACE TABLE mentoring AS
            WITH pairs AS (
                SELECT sent.*, list_sort(list_distinct(list(actions.reference)
                                                       FILTER (actions.reference IS NOT NULL))) AS led
                FROM (SELECT row_number() OVER () AS pair, *,
                             regexp_split_to_array(lower(coalesce(actions_led, '')), '[^a-z0-9-]+') AS named
                      FROM sent_mentoring) sent
                LEFT JOIN actions ON actions.organisation = sent.organisation
                                     AND list_contains(named, lower(actions.reference))
                GROUP BY ALL)
            SELECT organisation, count(*) AS pairs, count(ended_on) AS ended,
                   count(DISTINCT lower(executive_role)) AS executives_paired,
                   CASE WHEN min(executives) = max(executives) THEN max(executives) END AS executives,
                   sum(meetings)::BIGINT AS meetings,
                   count(*) FILTER (last_met_on >= DATE '{quarter.first_day}') AS met, max(last_met_on) AS last_met_on,
                   count(*) FILTER (len(led) > 0) AS led,
                   list_sort(list_distinct(flatten(list(led)))) AS actions
            FROM pairs GROUP BY organisation ORDER BY organisation"""
    )
    answers = ", ".join(ANSWERED)
    connection.execute(
        f"""CREATE OR REPLACE TABLE ratings AS
            SELECT organisation, trait, rater_kind, [{answers}] AS answers FROM sent_ratings ORDER BY ALL"""
    )
