"""Runs take turns: while one is at work in a project, another says so and leaves."""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager

from lt_analysis.codebook.folders import Folders, owner_only
from lt_analysis.codebook.mistakes import RawDataError
from lt_analysis.reporting.workers import end_with


@contextmanager
def in_turn(folders: Folders) -> Iterator[None]:
    """Keep other runs out while the block runs; the lock goes with its process, however that ends.

    What a run starts of its own is part of its turn, and ends with it. Raises `RawDataError` where it is another's.
    """
    owner_only(folders.processed)
    with (folders.processed / "run.lock").open("a+", encoding="utf-8") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            lock.seek(0)
            holder = lock.read().strip()
            if holder == str(os.getppid()):
                end_with(os.getppid())
                yield
                return
            remedy = "Wait for it to end"
            raise RawDataError(f"another run is at work in this project (process {holder})", remedy) from None
        lock.truncate(0)
        lock.write(str(os.getpid()))
        lock.flush()
        yield
