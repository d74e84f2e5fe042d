"""What a run survives: being killed, and an organisation whose return or page fails."""

import json
import os
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

from bs4 import BeautifulSoup

from lt_analysis.codebook.folders import Folders
from lt_analysis.codebook.periods import Quarter
from lt_analysis.synthetic import invent
from tests.conftest import HERE, PERIOD, door, project_at
from tests.reporting.test_run import pages_of


def invented(root: Path, organisations: int, quarters: int) -> Folders:
    """Lay out a project of invented organisations, before any run."""
    folders = project_at(root)
    for _ in invent(folders, organisations, quarters, Quarter.parse(PERIOD), seed=1):
        pass
    return folders


def test_a_killed_run_is_finished_by_the_next_with_the_same_bytes(tmp_path):
    reference, copied = (invented(tmp_path / name, organisations=1, quarters=2) for name in ("reference", "copied"))
    said = door(reference, "run")
    assert said.returncode == 0, said.stderr
    for moment in ("data/processed/records/applications", "data/processed/unfinished/*"):
        killed = subprocess.Popen(
            [sys.executable, "-m", "lt_analysis", "run"],
            cwd=copied.root,
            start_new_session=True,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        deadline = time.monotonic() + 60
        while not list(copied.root.glob(moment)) and time.monotonic() < deadline:
            time.sleep(0.01)
        assert killed.poll() is None, "it ended before it could be killed"
        os.killpg(killed.pid, signal.SIGKILL)
        killed.wait()
    again = door(copied, "run")
    assert again.returncode == 0, again.stderr
    assert pages_of(copied) == pages_of(reference)
    assert list(copied.unfinished.iterdir()) == []


def test_one_organisations_failure_is_named_and_stops_nobody(tmp_path):
    copied = invented(tmp_path / "project", organisations=2, quarters=6)
    shutil.copytree(HERE / "data/raw/london-acute-medical", copied.raw / "london-acute-medical")
    # One organisation's return is emptied, and the notebook is made to fail for another.
    (copied.raw / "nonesuch-hospitals" / PERIOD / "applications.csv").write_text("")
    path = copied.notebooks / "board" / "recruitment.ipynb"
    notebook = json.loads(path.read_text(encoding="utf-8"))
    notebook["cells"][4]["source"] = [
        '{"lilliput-council": {}}.get(organisation, {"Ms Jones": pages})["Ms Jones"].coverage(figures)'
    ]
    path.write_text(json.dumps(notebook), encoding="utf-8")

    said = door(copied, "run")
    assert said.returncode == 1
    assert "nonesuch-hospitals/2026-27-Q2/applications.csv: the file is empty" in said.stderr
    assert "lilliput-council: its page was not made: cell 5 stopped: KeyError" in said.stderr
    assert "Traceback" not in said.stderr
    assert "Jones" not in said.stderr
    front = BeautifulSoup((copied.reports / PERIOD / "index.html").read_text(encoding="utf-8"), "html.parser")
    items = {item.h3.get_text().split(" (")[0]: item.get_text() for item in front.select(".organisations section")}
    assert "Its page could not be made this quarter" in items["Borough of Lilliput"]
    assert "What was sent for 2026-27-Q2 could not be used" in items["Nonesuch Hospitals"]
    left = sorted(str(page.relative_to(copied.reports / PERIOD)) for page in copied.reports.rglob("*.*"))
    assert left == [
        *("data-quality.html", "index.html"),
        *("london-acute-medical/recruitment.html", "nonesuch-hospitals/recruitment.html"),
        f"recruitment-{PERIOD}.xlsx",
    ]
    # Its quarter's return was refused, so it has no exact figures of it; what to mend is on a page all the same.
    own = copied.restricted / PERIOD / "nonesuch-hospitals"
    assert [page.name for page in own.iterdir()] == ["data-quality.html"]
    assert "the file is empty" in (own / "data-quality.html").read_text(encoding="utf-8")
