"""Rows without a problem are accepted in the order in which they were sent."""

import duckdb
import pytest

from lt_analysis.collection.checking import accept_the_others

MANY = 1_000_000  # rows: more than one thread is given, so that a join would lose their order


@pytest.mark.parametrize("rejected", [{7, 500_000, MANY - 1}, set()])
def test_rows_without_a_problem_stand_in_records_as_they_were_sent(tmp_path, rejected):
    path = tmp_path / "records.parquet"
    with duckdb.connect() as connection:
        connection.execute(f"CREATE TABLE checked AS SELECT range AS row FROM range({MANY})")
        connection.execute("CREATE TABLE problems (row BIGINT)")
        connection.execute("INSERT INTO problems SELECT unnest($rows::BIGINT[])", {"rows": [*rejected, *rejected]})
        accept_the_others(connection)
        connection.execute(f"COPY accepted TO '{path}'")
        kept = connection.execute(f"FROM '{path}'").fetchall()
    assert kept == [(row,) for row in range(MANY) if row not in rejected]
