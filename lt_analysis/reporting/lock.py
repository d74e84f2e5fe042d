"""One run of a project at a time: while one is at work, another says so and leaves."""

import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager

from lt_analysis.codebook.folders import Folders, owner_only
from lt_analysis.codebook.mistakes import RawDataError

try:
    import fcntl
except ImportError:  # Windows has none: there, nobody is kept out
    fcntl = None


LOCK = "run.lock"
PART_OF = "LT_ANALYSIS_PART_OF"


def part_of() -> int | None:
    """Return the process of the run that started this one as a part of it; nothing where none did."""
    run = os.environ.get(PART_OF)
    return int(run) if run == str(os.getppid()) else None


def as_part(told: Mapping[str, str]) -> dict[str, str]:
    """Return the environment of a process that this one starts as a part of its run, and what it is told beside."""
    return {**os.environ, PART_OF: str(os.getpid()), **told}


@contextmanager
def in_turn(folders: Folders) -> Iterator[None]:
    """Keep other runs out while the block runs; the lock goes with its process, however that ends.

    What a run starts of its own is part of its turn. Raises `RawDataError` where it is another's.
    """
    if fcntl is None or part_of() is not None:
        yield
        return
    owner_only(folders.processed)
    with (folders.processed / LOCK).open("a+", encoding="utf-8") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            lock.seek(0)
            holder = lock.read().strip()
            remedy = "Wait for it to end"
            raise RawDataError(f"another run is at work in this project (process {holder})", remedy) from None
        lock.truncate(0)
        lock.write(str(os.getpid()))
        lock.flush()
        yield
