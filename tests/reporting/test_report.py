"""What the board's pages are made anew for, and what is not in place meanwhile. No kernel runs here."""

import json
import shutil
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

import pytest

from lt_analysis.codebook.folders import Folders
from lt_analysis.reporting import retries, workers
from lt_analysis.reporting.job import Job
from lt_analysis.reporting.journal import Journal
from lt_analysis.reporting.page import Made
from tests.conftest import PERIOD, project_at
from tests.reporting.as_named import make

FRONT, DATA_QUALITY = f"reports/{PERIOD}/index.html", f"reports/{PERIOD}/data-quality.html"
OF_ONE = {
    f"reports/{PERIOD}/nonesuch-hospitals/{page}.html"
    for page in ("recruitment", "representation", "delivery", "standards")
}
ONE, OTHER = (f"reports/{PERIOD}/{slug}/recruitment.html" for slug in ("nonesuch-hospitals", "lilliput-council"))


@dataclass
class Report:
    """Makes the board's pages by a worker that runs no notebook, and sees whether a front page stands meanwhile."""

    folders: Folders
    called: Callable
    front_stood: bool = False

    def make(self, job: Job) -> Made:
        self.front_stood |= bool(job.page.about) and (self.folders.root / FRONT).exists()
        return make(job)

    def __call__(self, *options: str) -> list[str]:
        """Return what was made, in order."""
        before, self.front_stood = len(self.lines()), False
        said = self.called(self.folders, "report", "--period", PERIOD, *options)
        assert said.returncode == 0, said.stderr
        return [line["page"] for line in self.lines()[before:] if line["verdict"] == "made"]

    def lines(self) -> list[dict]:
        journal = Journal(self.folders).file
        return [json.loads(line) for line in journal.read_text().splitlines()] if journal.exists() else []


@pytest.fixture
def report(quarter, tmp_path, called, monkeypatch) -> Report:
    """A project with a quarter's release, and no pages."""
    folders = project_at(tmp_path / "project")
    shutil.copytree(quarter.folders.releases, folders.releases)
    report = Report(folders, called)
    monkeypatch.setattr(workers, "processes", lambda jobs: ThreadPoolExecutor(1))
    monkeypatch.setattr(retries, "make", report.make)
    return report


def test_pages_are_made_where_they_changed_and_by_force_anew_that_on_data_quality_too(report):
    every = report()
    assert every[-1] == FRONT
    assert {ONE, OTHER, DATA_QUALITY} < set(every)
    assert report() == []
    skipped = report.lines()[len(every) :]
    assert sorted(line["page"] for line in skipped) == sorted(every)
    assert {(line["verdict"], line["seconds"]) for line in skipped} == {("unchanged", 0)}
    assert sorted(report("--force")) == sorted(every)
    assert set(report("--force", "--organisation", "nonesuch-hospitals")) == {*OF_ONE, FRONT}
    (report.folders.root / OTHER).write_text("Not as it was made")
    assert report("--organisation", "nonesuch-hospitals") == [OTHER, FRONT]


@pytest.mark.thorough
def test_a_front_page_that_is_to_be_made_anew_never_stands_beside_pages_that_are_newer(report):
    report()
    path = report.folders.notebooks / "board" / "front-page.ipynb"
    notebook = json.loads(path.read_text(encoding="utf-8"))
    notebook["metadata"]["changed"] = True
    path.write_text(json.dumps(notebook), encoding="utf-8")
    (report.folders.root / ONE).unlink()
    assert report() == [ONE, FRONT]
    assert not report.front_stood
    assert report("--force")[-1] == FRONT
    assert not report.front_stood


def test_pages_that_are_made_again_take_the_pack_of_those_before_away_and_it_is_printed_again(report, monkeypatch):
    report()
    stood = []  # whether the old pack stood when a new one was printed
    monkeypatch.setattr("lt_analysis.commands.pages.print_pack", lambda *asked: stood.append(pack.exists()) or [])
    pack = report.folders.reports / PERIOD / f"board-pack-{PERIOD}.pdf"
    pack.write_text("the pages before")
    assert report() == []
    assert pack.exists()
    assert stood == []
    assert set(report("--force", "--organisation", "nonesuch-hospitals")) == {*OF_ONE, FRONT}
    assert stood == [False]
