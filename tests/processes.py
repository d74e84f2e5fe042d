"""Looking at other processes as the system shows them: what runs, whose child it is, and waiting for it to end."""

import asyncio
import time
from collections.abc import Coroutine
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from lt_analysis.reporting.startup import why_never_forked

needs_forks = pytest.mark.skipif(bool(why_never_forked()), reason=why_never_forked())


def read(path: Path) -> str:
    try:
        return path.read_text()
    except OSError:  # the process has ended
        return ""


def stat(pid: int) -> list[str]:
    """What `/proc/<pid>/stat` says after the name: the state, the parent, and so on; nothing of no process."""
    return read(Path(f"/proc/{pid}/stat")).rpartition(")")[2].split()


def children(pid: int) -> list[int]:
    return [int(child) for child in read(Path(f"/proc/{pid}/task/{pid}/children")).split()]


def parent(pid: int) -> int:
    return int((stat(pid) or "00")[1])


def runs(pid: int) -> bool:
    return stat(pid)[:1] not in ([], ["Z"], ["X"])


def wait_until(condition, seconds: float = 20) -> None:
    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline, "it did not come about"
        time.sleep(0.02)


def all_running() -> list[int]:
    """The numbers of all processes that run."""
    return [int(one.name) for one in Path("/proc").iterdir() if one.name.isdecimal() and runs(int(one.name))]


def running_in(folder: Path) -> list[int]:
    """The processes that run with a folder, or one inside it, as theirs."""
    return [pid for pid in all_running() if _place_of(pid).is_relative_to(folder)]


def _place_of(pid: int) -> Path:
    try:
        return Path(f"/proc/{pid}/cwd").readlink()
    except OSError:  # it has ended, or is another user's
        return Path("/")


def awaited(work: Coroutine):
    """Run a coroutine to its end in a thread of its own: Playwright may have a loop running in this one."""
    with ThreadPoolExecutor(1) as aside:
        return aside.submit(asyncio.run, work).result()
