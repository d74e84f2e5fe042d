"""A project of its own for each test, and one run of invented organisations for those that look at pages."""

import os
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest

from lt_analysis.codebook.folders import Folders

HERE = Path(__file__).resolve().parent.parent
PERIOD = "2026-27-Q2"


def project_at(root: Path) -> Folders:
    """Lay out an empty project: its notebooks, and no data."""
    shutil.copytree(HERE / "notebooks", root / "notebooks", ignore=shutil.ignore_patterns(".ipynb_checkpoints"))
    (root / "data" / "raw").mkdir(parents=True)
    return Folders(root)


def door(folders: Folders, *arguments: str) -> subprocess.CompletedProcess:
    """Call `lt-analysis` in a project, as a person would."""
    command = [sys.executable, "-m", "lt_analysis", *arguments]
    return subprocess.run(command, cwd=folders.root, capture_output=True, text=True, check=False, timeout=300)


@pytest.fixture
def project(tmp_path, monkeypatch) -> Folders:
    """An empty project, which is the current folder."""
    folders = project_at(tmp_path / "project")
    monkeypatch.chdir(folders.root)
    return folders


@dataclass(frozen=True)
class Run:
    """A finished run: where it is, and what the door said."""

    folders: Folders
    said: subprocess.CompletedProcess

    def page(self, organisation: str | None = None) -> Path:
        """The front page, or an organisation's own for the board."""
        reports = self.folders.reports / PERIOD
        return reports / organisation / "recruitment.html" if organisation else reports / "index.html"

    def restricted_page(self, organisation: str) -> Path:
        """An organisation's own exact page."""
        return self.folders.restricted / PERIOD / organisation / "recruitment.html"


@pytest.fixture(scope="session")
def quarter(tmp_path_factory) -> Run:
    """Run `make quarter` in a fresh copy of the project, once for all tests, as a newcomer would.

    The copy shares this project's environment, which the Makefile then finds made.
    """
    root = tmp_path_factory.mktemp("quarter") / "project"
    listed = subprocess.run(["git", "ls-files", "-co", "--exclude-standard"], cwd=HERE, capture_output=True, text=True)
    for name in listed.stdout.splitlines():
        if (HERE / name).is_file():
            (root / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(HERE / name, root / name)
    (root / ".venv").symlink_to(HERE / ".venv")
    said = subprocess.run(["make", "quarter"], cwd=root, capture_output=True, text=True, check=False, timeout=600)
    return Run(Folders(root), said)


def pytest_collection_modifyitems(items):
    """Keep the tests that share the run of a quarter on one worker, so that it is made once."""
    for item in items:
        if "quarter" in item.fixturenames:
            item.add_marker(pytest.mark.xdist_group("quarter"))


@pytest.fixture(scope="session")
def browser():
    """Debian's Chromium; without it the tests that need it are skipped, but never in CI."""
    chromium = shutil.which("chromium")
    if not chromium:
        if os.environ.get("CI") == "true":
            pytest.fail("Chromium is not installed; `make test` installs it where it may")
        pytest.skip("Chromium is not installed")
    from playwright.sync_api import sync_playwright

    quiet = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update"]
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=[*quiet, "--no-first-run"])
        yield browser
        browser.close()
