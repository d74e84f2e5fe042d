"""What a killed process has left is done away with, and nothing of anybody who is still at work."""

import os
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest

from lt_analysis.reporting import cleanup
from lt_analysis.reporting.kernel import Limits, one_kernel
from tests.processes import runs

KILLED = """import os, signal, subprocess
from lt_analysis.reporting.kernel import Limits, one_kernel
from tests.processes import runs
from lt_analysis.reporting.cleanup import MARK
with one_kernel(Limits()) as one:
    marked = {**os.environ, MARK: one.mark}
    print(subprocess.Popen(["sleep", "600"], env=marked, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        start_new_session=True).pid)
    print(one.mark, flush=True)
    os.kill(os.getpid(), signal.SIGKILL)"""


def sleeping(mark: str) -> subprocess.Popen:
    """Start a process with a mark."""
    return subprocess.Popen(["sleep", "600"], env=os.environ | {cleanup.MARK: mark})


@pytest.fixture
def place():
    """A folder whose path is short enough for sockets."""
    with tempfile.TemporaryDirectory(dir="/tmp", prefix="t-") as folder:
        yield Path(folder)


def test_what_a_killed_process_left_is_removed_and_nothing_else(place, monkeypatch):
    monkeypatch.setattr(tempfile, "tempdir", str(place))
    monkeypatch.setattr(cleanup, "_places", lambda: [place])
    environment = os.environ | {"TMPDIR": str(place), "XDG_RUNTIME_DIR": ""}
    killed = subprocess.run([sys.executable, "-c", KILLED], env=environment, capture_output=True, text=True)
    started, mark = killed.stdout.split()
    (folder,) = place.iterdir()
    namespace, *rest = mark.split("-")
    elsewhere = folder.name.replace(namespace, f"{namespace}1")  # another container's, whose numbers are not known here
    at_work = f"{cleanup.own_prefix()}abc"
    others = [place / name for name in (elsewhere, at_work, "lt-abc", "lt-abc-1", "other")]
    for other in others:
        other.mkdir()
    # One whose maker is at work; another container's, whose numbers are not known here; and no mark of ours.
    spared = [sleeping(one) for one in (cleanup.new_mark(), "-".join([f"{namespace}1", *rest]), "1", "a-b-c-d")]
    # The number of a process that has ended may be another's by now.
    of_another = sleeping(f"{namespace}-{os.getpid()}-1-abc")

    cleanup.end_what_was_left_before.cache_clear()
    with one_kernel(Limits()):
        assert not folder.exists()
    assert sorted(place.iterdir()) == sorted(others)
    assert not runs(int(started))
    assert of_another.wait(10) == -9
    assert [one.poll() for one in spared] == [None] * len(spared)
    for one in spared:
        one.kill()
        one.wait()
