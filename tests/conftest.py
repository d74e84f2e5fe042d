"""A project of its own for each test, and two finished quarters that tests of pages share."""

import fcntl
import json
import os
import shutil
import subprocess
import sys
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
import yaml
from hypothesis import settings

from lt_analysis.__main__ import main
from lt_analysis.codebook import words
from lt_analysis.codebook.folders import Folders
from lt_analysis.codebook.periods import Quarter
from lt_analysis.commands.take_in import collect_to_release
from lt_analysis.synthetic import invent
from tests import making

HERE = Path(__file__).resolve().parent.parent
sys.modules.setdefault("rfc3987_syntax", None)  # kept out as commands keep it out (`reporting/startup.py`): a second
# No test is one of how fast a machine is that does other things as well. `make test` tries the same examples every
# time, so that what passes once passes again; `make test-all` looks for new ones.
settings.register_profile("same examples", deadline=None, derandomize=True)
settings.register_profile("new examples", deadline=None)
PERIOD = "2026-27-Q2"
# Begun first, so that no worker is left waiting for another's long file at the end. The first two each make one of the
# quarters that others share.
LONGEST = (
    *("reporting/test_run.py", "test_hostile.py", "test_pages.py", "test_figures_move.py", "test_docs.py"),
    *("rendering/test_delivery.py", "test_leaving_out.py", "test_synthetic.py", "test_validation.py"),
    *("release/test_release.py", "reporting/test_batch.py", "reporting/warm/test_warm.py", "test_jupyterlab.py"),
    *("collection/test_large_files.py", "test_pack.py", "test_label.py", "rendering/test_room_for_words.py"),
    *("reporting/test_faults.py", "reporting/test_workers.py", "reporting/gate/test_words_of_pages.py"),
)


def pytest_configure(config: pytest.Config) -> None:
    """Choose the examples of properties."""
    short = "not thorough" in config.getoption("markexpr")
    settings.load_profile("same examples" if short else "new examples")


@pytest.hookimpl(tryfirst=True)  # before tests are left out by their marks
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Put the tests of the longest files first, and leave the others in their order; mark cases for `make test-all`."""
    seen: Counter[str] = Counter()
    for item in items:
        some = item.get_closest_marker("one_in")
        if some:
            test = item.nodeid.partition("[")[0]
            if seen[test] % some.args[0]:
                item.add_marker("thorough")
            seen[test] += 1
    places = {HERE / "tests" / name: place for place, name in enumerate(LONGEST)}
    items.sort(key=lambda item: places.get(item.path, len(places)))


@pytest.fixture(scope="session")
def thorough(pytestconfig) -> bool:
    """Whether all tests are asked for, as by `make test-all`, and not those alone that a change must pass."""
    return "not thorough" not in pytestconfig.getoption("markexpr")


def project_at(root: Path) -> Folders:
    """Lay out an empty project: its notebooks, and no data."""
    shutil.copytree(HERE / "notebooks", root / "notebooks", ignore=shutil.ignore_patterns(".ipynb_checkpoints"))
    (root / "data" / "raw").mkdir(parents=True)
    return Folders(root)


def run_command(folders: Folders, *arguments: str) -> subprocess.CompletedProcess:
    """Call `lt-analysis` in a project, as a person would."""
    command = [sys.executable, "-m", "lt_analysis", *arguments]
    return subprocess.run(command, cwd=folders.root, capture_output=True, text=True, check=False, timeout=300)


@pytest.fixture
def called(monkeypatch, capsys):
    """Call `lt-analysis` as `run_command` does, but in this process, with its imports done. A bug raises, and fails."""

    def calling(folders: Folders, *arguments: str) -> subprocess.CompletedProcess:
        monkeypatch.chdir(folders.root)
        monkeypatch.setattr(sys, "argv", ["lt-analysis", *arguments])
        monkeypatch.setattr("lt_analysis.__main__.start_quickly", lambda: None)  # it is for a whole process
        capsys.readouterr()
        with pytest.raises(SystemExit) as left:
            main()
        said = capsys.readouterr()
        return subprocess.CompletedProcess(arguments, left.value.code, said.out, said.err)

    return calling


@pytest.fixture
def project(tmp_path, monkeypatch) -> Folders:
    """An empty project, which is the current folder."""
    folders = project_at(tmp_path / "project")
    monkeypatch.chdir(folders.root)
    return folders


@pytest.fixture
def words_file(tmp_path, monkeypatch) -> Iterator[Path]:
    """A `words.yml` of its own, to be written by a test, in place of the codebook's."""
    monkeypatch.setattr(words, "files", lambda room: tmp_path)
    words.bme_label.cache_clear()
    yield tmp_path / words.FILE_NAME
    words.bme_label.cache_clear()


@dataclass(frozen=True)
class Run:
    """A finished run: where it is, and what the command said."""

    folders: Folders
    said: subprocess.CompletedProcess

    def page(self, organisation: str | None = None) -> Path:
        """The front page, or an organisation's own for the board."""
        reports = self.folders.reports / PERIOD
        return reports / organisation / "recruitment.html" if organisation else reports / "index.html"

    def restricted_page(self, organisation: str) -> Path:
        """An organisation's own exact page."""
        return self.folders.restricted / PERIOD / organisation / "recruitment.html"

    def staff_page(self, organisation: str) -> Path:
        """An organisation's own exact page on its staff."""
        return self.folders.restricted / PERIOD / organisation / "staff.html"

    def subject_page(self, subject: str, organisation: str = "") -> Path:
        """The page on a subject beside recruitment: of all together, or of an organisation."""
        return self.folders.reports / PERIOD / organisation / f"{subject}.html"

    def data_quality_page(self, organisation: str | None = None) -> Path:
        """The partnership's page on its returns, or an organisation's own."""
        folder = self.folders.restricted / PERIOD / organisation if organisation else self.folders.reports / PERIOD
        return folder / "data-quality.html"


def run_once(
    tmp_path_factory: pytest.TempPathFactory, name: str, make: Callable[[Path], subprocess.CompletedProcess]
) -> Run:
    """Return the run that `make` makes in a folder: made by whichever worker of a test run first asks for it."""
    shared = (
        tmp_path_factory.getbasetemp().parent if "PYTEST_XDIST_WORKER" in os.environ else tmp_path_factory.mktemp(name)
    )
    root, finished = shared / name, shared / f"{name}.json"
    with (shared / f"{name}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not finished.exists():
            shutil.rmtree(root, ignore_errors=True)  # what another worker left half made
            said = make(root)
            finished.write_text(json.dumps([said.args, said.returncode, said.stdout, said.stderr]))
    return Run(Folders(root), subprocess.CompletedProcess(*json.loads(finished.read_text())))


@pytest.fixture(scope="session")
def quarter(tmp_path_factory) -> Run:
    """Run `make quarter` in a fresh copy of the project, as a newcomer would.

    The copy shares this project's environment, which the Makefile then finds made.
    """

    def made(root: Path) -> subprocess.CompletedProcess:
        fresh_copy(root)
        # Six quarters hold the year and the two quarters after it that the tests look at; of the first seven
        # organisations one is hidden, one sends totals, one Parquet, and two are not paid by NHS grades.
        command = ["make", "quarter", "ORGANISATIONS=7", "QUARTERS=6"]
        outside = {name: value for name, value in os.environ.items() if not name.startswith(("MAKE", "MFLAGS"))}
        return subprocess.run(command, cwd=root, env=outside, capture_output=True, text=True, check=False, timeout=600)

    return run_once(tmp_path_factory, "quarter", made)


@pytest.fixture(scope="session")
def counted_quarter(tmp_path_factory) -> Folders:
    """Four invented organisations and seven quarters, taken in, counted and released, without a page. Only to be read.

    The first sends the staff of a whole year too, and the last sends totals alone.
    """

    def made(root: Path) -> subprocess.CompletedProcess:
        folders = project_at(root)
        for _ in invent(folders, 4, 7, Quarter.parse(PERIOD), seed=1):
            pass
        collect_to_release(folders, Quarter.parse(PERIOD))
        return subprocess.CompletedProcess([], 0, "", "")

    return run_once(tmp_path_factory, "counted-quarter", made).folders


# What stands in free fields of the awkward quarter: names of organisations, and the words of a published source.
MARKUP = (
    "<img src=x onerror=alert(1)></td></table><script>alert(1)</script>&amp;<b> {{ 7 * 7 }} {% raw %} $$x^2$$ $y$ "
    "\\(z\\) `code` **bold** [a](javascript:alert(1)) "
)
AWKWARD_NAMES = {
    "nonesuch-hospitals": f"{MARKUP}{'and a long name ' * 8}"[:300].strip(),
    "avalon-gp-federation": "Ashbourne \u202eneddih\u2066 rebmun 5\u2069\u2069 end",
    "cloudcuckoo-mental-health": "n" * 300,
}
AWKWARD_SOURCE = '<img src=x onerror=alert(2)> {{ 7 * 7 }} "\u202eecruos" BMJ 2021'
AWKWARD_POSTS = "posts </td></table> {{ 8 * 8 }} \u202ex"
AWKWARD_ACTION = f"Panels {MARKUP}\u202edeniart".strip()
PLEDGED = "Reasons are written down for every appointment"  # an invented action, whose place it takes
NOTHING_SENT, REFUSED, FAILED = "lilliput-council", "cloudcuckoo-mental-health", "erewhon-care-board"
# Words that nobody has approved, of an organisation whose figures others published.
WAITING, UNAPPROVED = "waiting", ("Unapproved name", "Unapproved source 2021", "unapproved posts")
SILENT, MISNAMED = "silent", "Ash Bourne"  # an organisation that has sent nothing at all, and a folder that is none


@pytest.fixture(scope="session")
def awkward(tmp_path_factory) -> Run:
    """The second report of a partnership in which much is awkward.

    Names and words are hostile (`AWKWARD_NAMES`, `AWKWARD_ACTION`, `AWKWARD_SOURCE`, `AWKWARD_POSTS`); one organisation
    did not send a quarter of the year, another's returns of the year and of the quarter could not be used, and the
    notebook fails for a third; a fourth is `SILENT`, a fifth `WAITING`, and a folder `MISNAMED`. Pages of a run before
    stand where they must not stay.
    """

    def made(root: Path) -> subprocess.CompletedProcess:
        folders = project_at(root)
        for _ in invent(folders, 6, 6, Quarter.parse(PERIOD), seed=1):
            pass
        shutil.copytree(HERE / "data" / "raw" / "london-acute-medical", folders.raw / "published")
        published, year = {"source": AWKWARD_SOURCE, "posts": AWKWARD_POSTS}, {"year": "2020-21"}
        (folders.raw / MISNAMED).mkdir()
        (folders.raw / SILENT).mkdir()
        shutil.copy2(folders.raw / NOTHING_SENT / "organisation.yml", folders.raw / SILENT)
        change_settings(folders, SILENT, name="Silent Council")
        for slug, name in AWKWARD_NAMES.items():
            change_settings(folders, slug, name=name)
        change_settings(folders, "published", already_published=published | year)
        for path in (folders.raw / "nonesuch-hospitals").glob("*/actions.csv"):
            actions = path.read_text(encoding="utf-8").replace(PLEDGED, AWKWARD_ACTION)
            path.write_text(actions, encoding="utf-8")
        shutil.rmtree(folders.raw / NOTHING_SENT / "2025-26-Q3")
        for period in ("2025-26-Q2", PERIOD):
            (folders.raw / REFUSED / period / "applications.csv").write_text("")
        path = folders.notebooks / "board" / "recruitment.ipynb"
        notebook = json.loads(path.read_text(encoding="utf-8"))
        fails = f'{{"{FAILED}": {{}}}}.get(organisation, {{"Ms Jones": blocks}})["Ms Jones"].coverage(figures)'
        notebook["cells"][4]["source"] = [fails]
        path.write_text(json.dumps(notebook), encoding="utf-8")
        for name in (
            "gone/recruitment.html",
            f"{REFUSED}/recruitment.html",
            f"../2026-27-Q1/{REFUSED}/recruitment.html",
        ):
            old = folders.restricted / PERIOD / name
            old.parent.mkdir(parents=True, exist_ok=True)
            old.write_text("as it was")
        collect_to_release(folders, Quarter.parse(PERIOD).previous)  # the first report, of which no page is looked at
        making.approve_all(folders)
        shutil.copytree(folders.raw / "published", folders.raw / WAITING)
        change_settings(folders, WAITING, name=UNAPPROVED[0])
        change_settings(folders, WAITING, already_published={"source": UNAPPROVED[1], "posts": UNAPPROVED[2]} | year)
        return run_command(folders, "run", "--period", PERIOD)

    return run_once(tmp_path_factory, "awkward", made)


def change_settings(folders: Folders, slug: str, **settings) -> None:
    """Change some of an organisation's settings."""
    path = folders.raw / slug / "organisation.yml"
    path.write_text(yaml.safe_dump(yaml.safe_load(path.read_text(encoding="utf-8")) | settings), encoding="utf-8")


def fresh_copy(root: Path) -> None:
    """Copy the project as git has it, or would, with this project's environment in place."""
    command = ["git", "ls-files", "--cached", "--others", "--exclude-standard"]
    listed = subprocess.run(command, cwd=HERE, capture_output=True, text=True, check=True).stdout
    for name in listed.splitlines():
        if (HERE / name).is_file():
            (root / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(HERE / name, root / name)
    (root / ".venv").symlink_to(HERE / ".venv")


@pytest.fixture(scope="session")
def chromium() -> str:
    """Debian's Chromium; without it the tests that need it are skipped, but never in CI."""
    chromium = shutil.which("chromium")
    if not chromium:
        if os.environ.get("CI") == "true":
            pytest.fail("Chromium is not installed; `make test` installs it where it may")
        pytest.skip("Chromium is not installed")
    return chromium


@pytest.fixture(scope="session")
def browser(chromium):
    """Chromium, with a hand on it."""
    from playwright.sync_api import sync_playwright

    quiet = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update"]
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=[*quiet, "--no-first-run"])
        yield browser
        browser.close()
