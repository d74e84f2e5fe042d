"""A run of the real door: what it leaves, what it survives, and what it says when something is wrong."""

import json
import os
import re
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

from bs4 import BeautifulSoup

from lt_analysis.codebook.folders import Folders
from lt_analysis.codebook.periods import Quarter
from lt_analysis.reporting.batch import board_page, clear_unfinished, make_pages
from lt_analysis.synthetic import invent
from tests import making
from tests.conftest import HERE, PERIOD, door, project_at

INTENDED = re.compile(r"index\.html|[a-z0-9-]+/recruitment\.html")
NEVER_ON_A_PAGE = r"\b(draws?|pool|chosen|weir|p-value|significant)\b"


def pages_of(folders: Folders) -> dict[str, bytes]:
    """Every page and the release, by name."""
    wanted = [
        *folders.reports.rglob("*.html"),
        *folders.restricted.rglob("*.html"),
        *folders.releases.glob("*.parquet"),
    ]
    return {str(path.relative_to(folders.root)): path.read_bytes() for path in sorted(wanted)}


def invented(root: Path, organisations: int, quarters: int) -> Folders:
    """Lay out a project of invented organisations, before any run."""
    folders = project_at(root)
    for _ in invent(folders, organisations, quarters, Quarter.parse(PERIOD), seed=1):
        pass
    return folders


def test_nothing_but_the_intended_pages_is_left(quarter):
    for folder in (quarter.folders.reports / PERIOD, quarter.folders.restricted / PERIOD):
        names = [str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file()]
        assert names
        assert all(INTENDED.fullmatch(name) for name in names)


def test_every_organisation_is_on_the_front_page_in_alphabetical_order(quarter):
    page = BeautifulSoup(quarter.page().read_text(encoding="utf-8"), "html.parser")
    names = [item.strong.get_text() for item in page.select(".organisations li")]
    assert len(names) == 8
    assert names == sorted(names, key=str.casefold)
    for link in page.select(".organisations a"):
        assert (quarter.page().parent / link["href"]).exists()


def test_the_published_example_reproduces_what_was_published_and_says_where_the_gap_arises(quarter):
    cells = making.cells_of(quarter.page("london-acute-medical").read_text(encoding="utf-8"))
    published = {
        "BME": ("2.09", "2.08", "4.35"),
        "Black": ("", "", "5.98"),
        "Asian": ("", "", "4.08"),
        "Mixed": ("", "", "4.18"),
    }
    for group, ratios in published.items():
        for stage, ratio in zip(("shortlisting", "appointment", "overall"), ratios, strict=True):
            assert cells[f"likelihood.{stage}.{group}"].startswith(ratio)
    assert cells["likelihood.overall.Black"] == "5.98 (5.1 to 7.0)"
    assert cells["arises"].startswith("The gap arises at both stages")
    assert (cells["applicants.White"], cells["appointed.Black"]) == ("15,853", "188")


def test_the_page_is_what_the_notebook_shows_cell_by_cell(quarter, monkeypatch):
    monkeypatch.chdir(quarter.folders.root)
    for name in ("london-acute-medical", "nonesuch-hospitals", "avalon-gp-federation"):
        notebook = quarter.folders.notebooks / "board" / "recruitment.ipynb"
        shown = making.cells_of(making.page_of(notebook, organisation=name, period=PERIOD))
        exported = making.cells_of(quarter.page(name).read_text(encoding="utf-8"))
        charts = {key for key in shown if key.startswith("chart.")}
        assert {key: exported[key] for key in exported.keys() - charts} == {
            key: shown[key] for key in shown.keys() - charts
        }
        assert charts <= exported.keys()


def test_a_hidden_organisations_page_has_no_number_of_people(quarter):
    cells = making.cells_of(quarter.page("avalon-gp-federation").read_text(encoding="utf-8"))
    assert {
        cells[key] for key in cells if key.split(".")[0] in ("applicants", "shortlisted", "appointed", "likelihood")
    } == {"[c]"}
    front = making.cells_of(quarter.page().read_text(encoding="utf-8"))
    assert front["sentence.avalon-gp-federation"] == "Too few people to say without identifying someone."


def test_no_identifier_path_or_word_of_the_code_reaches_a_page(quarter):
    for name, content in pages_of(quarter.folders).items():
        assert b"CANARY" not in content, name
        assert str(quarter.folders.root).encode() not in content, name
        if name.endswith(".html") and name.startswith("reports"):
            text = BeautifulSoup(content, "html.parser").get_text()
            assert not re.search(NEVER_ON_A_PAGE, text, re.IGNORECASE), name
            assert not re.search(r"\b(nan|inf|None)\b|∞", text), name


def test_invented_data_and_exact_pages_carry_their_marks(quarter):
    for path in quarter.folders.reports.rglob("*.html"):
        page = BeautifulSoup(path.read_text(encoding="utf-8"), "html.parser")
        assert not page.select(".mark.restricted")
        assert bool(page.select(".mark.invented")) == ("london" not in str(path))
    restricted = list(quarter.folders.restricted.rglob("*.html"))
    assert len(restricted) == 7
    for path in restricted:
        assert BeautifulSoup(path.read_text(encoding="utf-8"), "html.parser").select(".mark.restricted")
        assert path.stat().st_mode & 0o077 == 0
        assert path.parent.stat().st_mode & 0o077 == 0


def test_every_row_is_accounted_for(quarter):
    said = re.search(r"([\d,]+) rows received = ([\d,]+) accepted \+ ([\d,]+) rejected", quarter.said.stdout)
    received, accepted, rejected = (int(number.replace(",", "")) for number in said.groups())
    sent = sum(len(path.read_text(encoding="utf-8").splitlines()) - 1 for path in quarter.folders.raw.glob("*/*/*.csv"))
    assert received == accepted + rejected > sent  # the university sends Parquet
    assert rejected > 0


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


def test_the_boards_pages_are_made_from_the_release_file_and_nothing_else(quarter, tmp_path):
    folders = project_at(tmp_path / "project")
    release = f"data/processed/releases/{PERIOD}.parquet"
    (folders.root / release).parent.mkdir(parents=True)
    shutil.copy(quarter.folders.root / release, folders.root / release)
    names = ("london-acute-medical", "nonesuch-hospitals")
    pages = [board_page(folders, PERIOD, name, "") for name in names]
    clear_unfinished(folders)
    assert all(made.in_place for made in make_pages(folders, pages, jobs=2))
    for name, page in zip(names, pages, strict=True):
        assert page.destination.read_bytes() == quarter.page(name).read_bytes()


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
    items = {item.strong.get_text().split(" (")[0]: item.get_text() for item in front.select(".organisations li")}
    assert "Its page could not be made this quarter" in items["Borough of Lilliput"]
    assert "What was sent for 2026-27-Q2 could not be used" in items["Nonesuch Hospitals"]
    left = sorted(str(page.relative_to(copied.reports / PERIOD)) for page in copied.reports.rglob("*.*"))
    assert left == ["index.html", "london-acute-medical/recruitment.html", "nonesuch-hospitals/recruitment.html"]
