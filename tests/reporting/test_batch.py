"""What a run survives: being killed, and an organisation whose return or page fails."""

import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from bs4 import BeautifulSoup

from lt_analysis.codebook.folders import Folders
from lt_analysis.codebook.periods import Quarter
from lt_analysis.synthetic import invent
from tests.conftest import FAILED, MISNAMED, NOTHING_SENT, PERIOD, REFUSED, SILENT, WAITING, project_at, run_command
from tests.processes import running_in, wait_until
from tests.reporting.test_run import pages_of

SECONDS_TO_END = 2
# What there is at a moment of a run, and not before it.
TAKING_IN, OWN_PAGES, BOARD_PAGES = (
    "data/processed/records/applications",
    "data/processed/unfinished/*",
    "reports/*/*.xlsx",
)


def invented(root: Path, organisations: int, quarters: int) -> Folders:
    """Lay out a project of invented organisations, before any run."""
    folders = project_at(root)
    for _ in invent(folders, organisations, quarters, Quarter.parse(PERIOD), seed=1):
        pass
    return folders


@contextmanager
def run_until(folders: Folders, moment: str) -> Iterator[subprocess.Popen]:
    """Start a run as from a terminal, and go on once there is something new at a place."""
    for spreadsheet in folders.reports.glob("*/*.xlsx"):
        spreadsheet.unlink()
    before = set(folders.root.glob(moment))
    command = [sys.executable, "-m", "lt_analysis", "run"]
    streams = {"stdout": subprocess.DEVNULL, "stderr": subprocess.PIPE, "text": True}
    with subprocess.Popen(command, cwd=folders.root, start_new_session=True, **streams) as running:
        wait_until(lambda: set(folders.root.glob(moment)) - before or running.poll() is not None, 60)
        assert running.poll() is None, "it ended before it could be stopped"
        yield running
        running.wait(60)
    wait_until(lambda: not running_in(folders.root))


def seconds_to_stop(folders: Folders, moment: str) -> float:
    """Stop a run as Ctrl-C does, which every process of the terminal is told; return when nothing of it was left."""
    with run_until(folders, moment) as stopped:
        told = time.monotonic()
        os.killpg(stopped.pid, signal.SIGINT)
        _, complaints = stopped.communicate(timeout=60)
        wait_until(lambda: not running_in(folders.root))
        took = time.monotonic() - told
    assert stopped.returncode == 128 + signal.SIGINT
    assert "Stopped. What is done is kept: run it again to go on." in complaints
    assert "Traceback" not in complaints
    return took


def stop_in_time(folders: Folders, moment: str) -> None:
    """Stop a run, and assert that it has ended in time; a machine that is busy with other work may be late once."""
    if seconds_to_stop(folders, moment) > SECONDS_TO_END:
        shutil.rmtree(folders.processed)
        assert seconds_to_stop(folders, moment) <= SECONDS_TO_END


STUCK = """import time
from lt_analysis import __main__ as command_line
def stuck():
    try:
        print("at work", flush=True)
        time.sleep(600)
    finally:
        time.sleep(600)
command_line.app = stuck
command_line.main()
"""


def test_a_run_that_cannot_end_in_good_order_ends_all_the_same_within_two_seconds_of_ctrl_c():
    streams = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE, "text": True}
    with subprocess.Popen([sys.executable, "-c", STUCK], start_new_session=True, **streams) as stuck:
        assert stuck.stdout.readline() == "at work\n"
        stuck.send_signal(signal.SIGINT)
        try:
            _, complaints = stuck.communicate(timeout=SECONDS_TO_END)
        finally:
            stuck.kill()
    assert stuck.returncode == 128 + signal.SIGINT
    assert complaints == "Stopped. What is done is kept: run it again to go on.\n"


@pytest.fixture(scope="module")
def reference(tmp_path_factory) -> Folders:
    """A project of one invented organisation, whose run nobody stopped, and whose kernels nobody could fork."""
    folders = invented(tmp_path_factory.mktemp("reference"), organisations=1, quarters=2)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("OPENBLAS_NUM_THREADS", "2")
        said = run_command(folders, "run")
    assert said.returncode == 0, said.stderr
    assert said.stderr.count("Each kernel started by itself, which is slower: ") == 1
    return folders


@pytest.mark.thorough
def test_a_run_that_is_killed_or_stopped_leaves_nothing_running_and_the_next_makes_the_same_bytes(reference, tmp_path):
    copied = invented(tmp_path, organisations=1, quarters=2)
    with run_until(copied, TAKING_IN) as killed:
        other = run_command(copied, "run")
        assert other.returncode == 1
        assert f"another run is at work in this project (process {killed.pid})" in other.stderr
        killed.kill()
    shutil.rmtree(copied.processed)
    stop_in_time(copied, TAKING_IN)
    # From here on each run goes on from what the one before it left.
    stop_in_time(copied, OWN_PAGES)
    with run_until(copied, BOARD_PAGES) as killed:
        killed.kill()
    assert not (copied.reports / PERIOD / "index.html").exists()  # what a run had started did not go on without it
    stop_in_time(copied, BOARD_PAGES)
    assert not (copied.reports / PERIOD / "index.html").exists()
    again = run_command(copied, "run")
    assert again.returncode == 0, again.stderr
    assert pages_of(copied) == pages_of(reference)
    assert list(copied.unfinished.iterdir()) == []
    assert "made, " not in run_command(copied, "run").stderr.replace("0 made, ", "")


@pytest.mark.thorough
def test_a_run_that_is_stopped_and_then_killed_leaves_nothing_running_and_the_next_completes_it(tmp_path):
    copied = invented(tmp_path, organisations=1, quarters=1)
    with run_until(copied, TAKING_IN) as killed:
        other = run_command(copied, "run")
        assert f"another run is at work in this project (process {killed.pid})" in other.stderr
        killed.kill()
    stop_in_time(copied, OWN_PAGES)
    with run_until(copied, BOARD_PAGES) as killed:  # at once, for there is one such page and the front page
        killed.kill()
    assert not (copied.reports / PERIOD / "index.html").exists()  # what a run had started did not go on without it
    again = run_command(copied, "run")
    assert again.returncode == 0, again.stderr
    assert "Organisations' own pages: 0 made, 3 unchanged" in again.stderr
    assert (copied.reports / PERIOD / "index.html").exists()
    assert list(copied.unfinished.iterdir()) == []


def test_one_organisations_failure_is_named_and_stops_nobody(awkward):
    folders, said = awkward.folders, awkward.said
    assert said.returncode == 1
    assert f"{REFUSED}/2025-26-Q2/applications.csv: the file is empty" in said.stderr
    assert f"{FAILED}: its page was not made: cell 5 stopped: KeyError" in said.stderr
    assert "Traceback" not in said.stderr
    assert "Jones" not in said.stderr
    front = BeautifulSoup(awkward.page().read_text(encoding="utf-8"), "html.parser")
    said = front.select_one(f'[data-cell="no-page.{FAILED}"]').get_text()
    assert said.startswith("Erewhon Care Board") and "Its page could not be made this quarter" in said
    made = {page.parent.name for page in folders.reports.rglob("recruitment.html")}
    assert made == {
        "avalon-gp-federation",
        "camelot-advice",
        NOTHING_SENT,
        REFUSED,
        "nonesuch-hospitals",
        "published",
        SILENT,
        WAITING,
    }
    # What to mend is on the organisation's own page.
    assert "the file is empty" in awkward.data_quality_page(REFUSED).read_text(encoding="utf-8")


def test_own_pages_that_are_not_due_are_removed_and_those_of_earlier_quarters_stay(awkward):
    now = awkward.folders.restricted / PERIOD
    assert not (now / "gone").exists()
    # Of a quarter whose applications were refused.
    assert {page.name for page in (now / REFUSED).iterdir()} == {"data-quality.html", "staff.html"}
    earlier = awkward.folders.restricted / "2026-27-Q1" / REFUSED / "recruitment.html"
    assert earlier.read_text() == "as it was"


def test_a_folder_that_is_no_organisation_is_said_to_whoever_runs_it_and_never_in_public(awkward):
    assert f"✗ {MISNAMED}: the folder's name cannot be used. Name it in small letters" in awkward.said.stderr
    reports = [path for path in awkward.folders.reports.rglob("*") if path.is_file()]
    assert (awkward.folders.reports / PERIOD / f"recruitment-{PERIOD}.xlsx") in reports
    assert not [path for path in reports if MISNAMED.encode() in path.read_bytes()]


def test_an_organisation_that_has_sent_nothing_has_its_pages(awkward):
    assert "Nothing has been received" in awkward.page(SILENT).read_text(encoding="utf-8")
    assert awkward.data_quality_page(SILENT).exists()
