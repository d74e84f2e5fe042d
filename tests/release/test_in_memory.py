"""One DuckDB of a process gives each block a database of its own, with nothing left of another's."""

import os

import duckdb
import pytest

from lt_analysis.codebook.folders import in_sql
from lt_analysis.release.in_memory import in_memory

MAKES = "CREATE {} numbers AS SELECT {} AS number"


@pytest.mark.parametrize("kind", ["TABLE", "TEMP TABLE", "VIEW"])
def test_what_one_block_makes_no_other_sees_beside_it_or_after_it(kind):
    with in_memory() as one, in_memory() as other:
        one.execute(MAKES.format(kind, 3))
        other.execute(MAKES.format(kind, 4))
        assert (one.execute("FROM numbers").fetchall(), other.execute("FROM numbers").fetchall()) == ([(3,)], [(4,)])
    with in_memory() as later, pytest.raises(duckdb.CatalogException, match="numbers does not exist"):
        later.execute("FROM numbers")


def test_a_block_that_leaves_rows_unread_or_fails_ends_and_takes_its_database_with_it():
    with in_memory() as connection:
        connection.execute("FROM range(100000)").fetchone()
    with pytest.raises(duckdb.ParserException), in_memory() as connection:
        connection.execute("no SQL")
    with in_memory() as connection:
        databases = connection.execute("SELECT database_name FROM duckdb_databases() WHERE NOT internal").fetchall()
    assert len([name for (name,) in databases if name.startswith("of_its_own_")]) == 1


def test_a_file_that_was_written_again_is_read_as_it_is_now(tmp_path):
    path, read = tmp_path / "numbers.parquet", []
    for number in (3, 4):
        with in_memory() as connection:
            connection.execute(f"COPY (SELECT {number} AS number) TO {in_sql(path)}")
        os.utime(path, (1_000_000_000, 1_000_000_000))  # by its time and its size it is the same
        with in_memory() as connection:
            read += connection.execute(f"FROM {in_sql(path)}").fetchall()
    assert read == [(3,), (4,)]
