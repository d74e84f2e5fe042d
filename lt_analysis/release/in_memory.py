"""A database of its own for a few tables that are read or written: DuckDB is started once in a process, not for each.

To start it takes a hundredth of a second, which a run would spend a dozen times, and every page again. Settings are of
the process: nobody here changes any.
"""

import atexit
import os
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from itertools import count

import duckdb

_numbers = count(1)


@contextmanager
def in_memory() -> Iterator[duckdb.DuckDBPyConnection]:
    """Yield a connection to a database in memory with no table yet, which is gone when the block ends.

    >>> with in_memory() as connection:
    ...     made = connection.execute("CREATE TABLE people AS SELECT 3 AS number")
    >>> with in_memory() as connection:
    ...     connection.execute("SHOW TABLES").fetchall()
    []
    """
    started, name = _started(os.getpid()), f"of_its_own_{next(_numbers)}"
    with started.cursor() as connection:
        connection.execute(f"ATTACH ':memory:' AS {name}").execute(f"USE {name}")
        try:
            yield connection
        finally:
            connection.close()
            with started.cursor() as other:  # whatever the first was still asked
                other.execute(f"DETACH {name}")


@cache
def _started(process: int) -> duckdb.DuckDBPyConnection:
    """Start DuckDB in a process: the threads of one that was started before a fork are not in the fork."""
    started = duckdb.connect()
    atexit.register(_started.cache_clear)  # else Python ends before DuckDB does, which then says that it was left open
    started.execute("SET enable_external_file_cache = false")  # a file that has changed is read as it is now
    return started
