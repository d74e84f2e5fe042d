"""How many people of each group reached each stage, by organisation, return and band: what published tables add up.

Campaigns stand outside, as they do of the tests. A group is one of the census's five, or as wide as was sent; a band
of which nobody is counted, because nobody there was eligible, has its rows all the same: there was such a post.
"""

import duckdb


def count_stages(connection: duckdb.DuckDBPyConnection) -> None:
    """Make the table `stages` from the tables that `draws` and `summaries` are made of."""
    connection.execute(
        """CREATE OR REPLACE TABLE stages AS
           SELECT organisation, period, basis, posts, band, coalesce(census_five, wres_group) AS group_name,
                  sum(applied)::BIGINT AS applied, sum(shortlisted)::BIGINT AS shortlisted,
                  sum(appointed)::BIGINT AS appointed
           FROM reached JOIN ethnicities USING (code)
           WHERE campaign = 'none'
           GROUP BY ALL ORDER BY ALL"""
    )
