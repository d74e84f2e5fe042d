"""What a page leaves when the process that makes it is killed: its folders, and what its notebook had started.

Linux alone can tell whose they are; elsewhere nothing is found.
"""

import os
import shutil
import signal
import sys
import tempfile
import time
import uuid
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from functools import cache
from pathlib import Path

# Named as Jupyter names what belongs to one process only, so that no kernel of another page inherits it.
MARK = "JPY_LT_ANALYSIS_PAGE"
SECONDS_TO_END = 5
LINUX = sys.platform.startswith("linux")
LONGEST_ADDRESS = 107  # that Linux allows a socket
SOCKET = "lt-4026531836-4194304-99999999999-abcdefgh/kernel-5"  # the longest name of one


def new_mark() -> str:
    """Return the mark of a page, which tells what process makes it."""
    return f"{_own_name()}-{uuid.uuid4().hex}"


@contextmanager
def folder_of_sockets() -> Iterator[Path]:
    """Yield a folder for the sockets of one page, which only its owner can open, where their paths are short enough."""
    place = next((one for one in _places() if _has_room(one)), None)
    with tempfile.TemporaryDirectory(prefix=own_prefix(), dir=place) as folder:
        yield Path(folder)


def own_prefix() -> str:
    """Return how the names of this process's temporary folders begin, which are removed where it has been killed."""
    return f"lt-{_own_name()}-"


def _places() -> list[Path]:
    """Where sockets may be: the first in which they can be is taken."""
    named = (tempfile.gettempdir(), os.environ.get("XDG_RUNTIME_DIR"), "/tmp")
    return [Path(place) for place in dict.fromkeys(named) if place]


def _has_room(place: Path) -> bool:
    return len(os.fsencode(place / SOCKET)) <= LONGEST_ADDRESS and os.access(place, os.W_OK | os.X_OK)


@cache
def end_what_was_left_before() -> None:
    """Do away, once in a process, with what others of this user that were killed have left."""
    end_what_was_left()


def end_what_was_left() -> None:
    """Do away with what processes of this user that were killed have left: what notebooks had started, and sockets."""
    for mark in {mark for pid in _own_processes() if (mark := _mark_of(pid)) and _is_gone(mark)}:
        end_all_that_bear(mark)
    for folder in [folder for place in _places() for folder in place.glob("lt-*-*")] if LINUX else ():
        with suppress(OSError):
            if _is_gone(folder.name.removeprefix("lt-")) and folder.lstat().st_uid == os.getuid():
                shutil.rmtree(folder)


def end_all_that_bear(mark: str) -> None:
    """End every process whose environment has the mark, until there is none; what Linux alone can tell."""
    deadline = time.monotonic() + SECONDS_TO_END
    while found := [pid for pid in _own_processes() if _mark_of(pid) == mark]:
        for pid in found:
            with suppress(ProcessLookupError, PermissionError):
                os.kill(pid, signal.SIGKILL)
        if time.monotonic() > deadline:  # one waits for a disk that does not answer, and cannot be ended
            return
        time.sleep(0.01)


def _is_gone(mark: str) -> bool:
    """Say whether the process that made a mark or a folder has ended. Another container's nobody here can know."""
    namespace, pid, started, _ = mark.split("-") if mark.count("-") == 3 else ("", "", "", "")
    return namespace == _namespace() and pid.isdecimal() and _name_of(int(pid)) != f"{namespace}-{pid}-{started}"


def runs(pid: int) -> bool:
    """Say whether a process has not ended; one that nobody has waited for yet has."""
    return bool(_name_of(pid))


def _own_name() -> str:
    return _name_of(os.getpid()) or "--"


def _name_of(pid: int) -> str:
    """Name a process so that no later one is taken for it; empty where it has ended."""
    try:
        state, *others = Path(f"/proc/{pid}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()
    except OSError:
        return ""
    return "" if state in "ZX" else f"{_namespace()}-{pid}-{others[18]}"


def _namespace() -> str:
    """Name the set of processes that numbers are of: a container has its own."""
    with suppress(OSError):
        return str(Path("/proc/self/ns/pid").stat().st_ino)
    return ""


def _own_processes() -> Iterator[int]:
    proc = Path("/proc")
    for folder in proc.iterdir() if proc.is_dir() else ():
        if folder.name.isdecimal() and int(folder.name) != os.getpid():
            yield int(folder.name)


def _mark_of(pid: int) -> str:
    """Return the mark that a process was started with; nothing of another user's, nor of one that has ended."""
    with suppress(OSError):
        for setting in Path(f"/proc/{pid}/environ").read_bytes().split(b"\0"):
            if setting.startswith(f"{MARK}=".encode()):
                return os.fsdecode(setting.partition(b"=")[2])
    return ""
