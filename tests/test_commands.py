"""What commands say to a request that it cannot meet: one clear message, no traceback, nothing written."""

import shlex
import subprocess
import sys
from datetime import date
from importlib.metadata import version

import duckdb
import pytest

from lt_analysis.__main__ import app
from lt_analysis.codebook.folders import Folders
from lt_analysis.codebook.periods import Quarter
from lt_analysis.commands.pages import made_besides
from lt_analysis.commands.run import in_release, report_apart
from lt_analysis.reporting.batch import Outcome, Verdict
from lt_analysis.reporting.page import Page
from tests import making
from tests.conftest import HERE, run_command


@pytest.fixture
def one_quarter(project):
    """An organisation with a return for one quarter."""
    folder = making.organisation(project, "ashbourne")
    making.write_rows(folder / "2026-27-Q2" / "applications.csv", [making.application()])
    return project


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["run", "--organisation", "../x"], "'../x' is not an organisation. Choose from: ashbourne"),
        (["run", "--organisation", "/etc"], "'/etc' is not an organisation. Choose from: ashbourne"),
        (["run", "--organisation", "kings"], "'kings' is not an organisation. Choose from: ashbourne"),
        (["run", "--period", "2031-32-Q1"], "there are no returns for 2031-32-Q1. There are from 2026-27-Q2 to"),
        (["run", "--period", "summer"], "'summer' is not a quarter. Write it as 2026-27-Q2"),
        (["run", "--period", "../../x"], "'../../x' is not a quarter"),
        (["report", "--period", "2026-27-Q2"], "Nothing has been run yet"),
        (["check", "kings"], "'kings' is not an organisation. Choose from: ashbourne"),
        (["run", "--cluster", "nonsense"], "no dask scheduler answers at 'nonsense'"),
        (["run", "--jobs", "0"], "Invalid value for '--jobs'"),
        (["report", "--period", "2026-27-Q2", "--page-seconds", "inf"], "Invalid value for '--page-seconds'"),
        (["report", "--period", "2026-27-Q2", "--page-gigabytes", "nan"], "Invalid value for '--page-gigabytes'"),
        (["walk"], "No such command 'walk'"),
        (["rnu"], "No such command 'rnu'. Did you mean 'run'?"),
        (["check", "ashburn"], "'ashburn' is not an organisation. Did you mean 'ashbourne'? Choose from: ashbourne"),
        (["report"], "Nothing has been run yet"),
        (["pack"], "Nothing has been run yet"),
        (["verify"], "there are no pages in reports. Make them first: lt-analysis run"),
    ],
)
def test_a_request_that_cannot_be_met_is_one_message(one_quarter, arguments, message, called):
    before = sorted(one_quarter.root.rglob("*"))
    said = called(one_quarter, *arguments)
    assert said.returncode != 0
    assert message in said.stderr
    assert "Traceback" not in said.stderr
    assert sorted(one_quarter.root.rglob("*")) == before


@pytest.fixture
def full_disk(one_quarter):
    """A disk for what is worked out, which has room for nearly nothing; returns what makes it larger."""
    place = one_quarter.processed
    place.mkdir(parents=True, exist_ok=True)
    if subprocess.run(["mount", "-t", "tmpfs", "-o", "size=16k", "tmpfs", place], capture_output=True).returncode:
        pytest.skip("only root may make a disk of its own")
    try:
        yield lambda: subprocess.run(["mount", "-o", "remount,size=64m", place], check=True)
    finally:
        subprocess.run(["umount", place], check=True)


def test_a_full_disk_is_said_in_a_sentence(one_quarter, full_disk):
    said = run_command(one_quarter, "run")
    assert said.returncode == 1
    assert said.stderr.splitlines()[-1].startswith("lt-analysis: the disk is full. Make room, then run it again")
    assert "Traceback" not in said.stderr


@pytest.mark.thorough
def test_with_more_room_a_run_that_found_a_full_disk_completes(one_quarter, full_disk):
    assert run_command(one_quarter, "run").returncode == 1
    full_disk()
    assert run_command(one_quarter, "run").returncode == 0


def test_outside_a_project_the_command_says_where_to_go(tmp_path):
    said = subprocess.run([sys.executable, "-m", "lt_analysis", "run"], cwd=tmp_path, capture_output=True, text=True)
    assert said.returncode == 1
    assert (
        said.stderr
        == "lt-analysis: this folder is not in the audit's project. Change to the project's folder first, or "
        "lay one out here: lt-analysis new\n"
    )


def test_a_project_is_laid_out_in_an_empty_folder_and_in_no_other(tmp_path, called):
    empty = Folders(tmp_path)
    assert called(empty, "new").returncode == 0
    assert (
        "'nowhere' is not an organisation. Choose from: london-acute-medical"
        in called(empty, "check", "nowhere").stderr
    )
    assert "something stands in this folder. Make an empty one" in called(empty, "new").stderr


def test_without_organisations_the_command_says_how_to_try_it(project, called):
    assert "Run `lt-analysis invent` to try the audit out" in called(project, "run").stderr


def test_check_says_what_is_wrong_and_writes_nothing(one_quarter, called):
    good, bad = making.application(), making.application(applicant="A2", sex="Ms-Quoted-Never")
    making.write_rows(one_quarter.raw / "ashbourne" / "2026-27-Q2" / "applications.csv", [good, bad])
    said = called(one_quarter, "check")
    assert said.returncode == 1
    assert (
        "✗ ashbourne/2026-27-Q2/applications.csv, row 3, column sex: the audit has no such code. Use one of: female"
        in (said.stdout)
    )
    assert "Quoted" not in said.stdout + said.stderr
    assert not one_quarter.processed.exists()


def test_check_says_how_a_file_was_read_and_which_lines_it_set_aside(project, called):
    folder = making.organisation(project, "ashbourne")
    path = making.write_rows(folder / "2026-27-Q2" / "applications.csv", [making.application(staff_group="Infirmière")])
    table = path.read_text(encoding="utf-8").replace(",", ";")
    path.write_bytes(f"Applications\n\n{table}Total;;;;;;;;;;;;;;;;;;;;;1\n".encode("cp1252"))
    said = called(project, "check")
    assert said.returncode == 0, said.stderr
    assert said.stdout.splitlines() == [
        "✓ ashbourne/2026-27-Q2/applications.csv: 3 rows = 1 accepted + 0 rejected + 2 set aside",
        "  It was read as Windows-1252.",
        "  Its cells are divided by ;.",
        "  Row 1 was set aside: it stands above the header.",
        "  Row 5 was set aside: it is a total.",
    ]


def test_check_of_good_returns_is_quiet_and_succeeds(one_quarter):
    said = run_command(one_quarter, "check", "ashbourne")
    assert said.returncode == 0
    assert "ashbourne/2026-27-Q2/applications.csv" in said.stdout


def test_papermill_stops_at_a_parameter_that_a_notebook_does_not_have(one_quarter, tmp_path):
    notebook = "notebooks/board/recruitment.ipynb"
    command = ["-m", "papermill", notebook, str(tmp_path / "out.ipynb"), "-p", "organisatoin", "x"]
    said = subprocess.run([sys.executable, *command], cwd=one_quarter.root, capture_output=True, text=True)
    assert said.returncode != 0
    refused = "'organisatoin' is not a parameter of this notebook. Did you mean 'organisation'? It takes: organisation,"
    assert refused in said.stderr


COMMANDS = {command.callback.__name__: command for command in app.registered_commands}


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_has_help_with_examples_of_options_that_it_has(project, called, command):
    said = called(project, command, "--help")
    assert said.returncode == 0
    _, _, *examples = COMMANDS[command].epilog.split("\n")
    for example in filter(None, examples):
        name, asked, *words = shlex.split(example)
        assert (name, asked) == ("lt-analysis", command)
        assert example.split('"')[0].strip() in said.stdout
        assert all(word in said.stdout for word in words if word.startswith("--"))


def test_only_if_empty_leaves_organisations_as_they_are_and_its_help_says_so(project, called):
    said = " ".join(called(project, "invent", "--help").stdout.replace("│", " ").split())
    assert "Invent only where data/raw has no organisation yet" in said and "anywhere else do nothing." in said
    making.year_of_returns(project)
    making.organisation(project, "ashbourne", invented=False)
    before = {path: path.stat().st_mtime_ns for path in project.root.rglob("*")}
    assert called(project, "invent", "--only-if-empty").returncode == 0
    assert {path: path.stat().st_mtime_ns for path in project.root.rglob("*")} == before


def test_the_version_is_that_of_the_project(project, called):
    said = called(project, "--version")
    assert (said.returncode, said.stdout) == (0, f"lt-analysis {version('lt_analysis')}\n")


def test_status_says_what_was_received_run_and_released_and_writes_nothing(counted_quarter, called):
    before = sorted(counted_quarter.root.rglob("*"))
    said = called(counted_quarter, "status")
    latest = next(line for line in said.stdout.splitlines() if line.startswith("│ 2026-27-Q2"))
    assert [word.strip() for word in latest.split("│")[2:-1]] == ["4", "yes", "yes", "none", "none"]
    earlier = next(line for line in said.stdout.splitlines() if line.startswith("│ 2025-26-Q1"))
    assert [word.strip() for word in earlier.split("│")[2:-1]][1:] == ["with 2026-27-Q2", "no", "none", "none"]
    assert "A run takes in every quarter before it too. A quarter that was run with a later one" in said.stdout
    assert "Make its pages: lt-analysis report --period 2026-27-Q2" in said.stdout
    rows = duckdb.sql(f"FROM '{counted_quarter.releases}/2026-27-Q2/actions.parquet'").df()
    late = (rows["due_on"] < "2026-09-30") & (rows["status"] != "done")
    assert late.any()
    expected = f"Pledged actions that are late in the report of 2026-27-Q2: {late.sum()} of {len(rows)}"
    assert expected in said.stdout
    assert sorted(counted_quarter.root.rglob("*")) == before


def test_who_sent_a_first_return_after_the_release_has_own_pages_and_that_is_said(counted_quarter, capsys, monkeypatch):
    monkeypatch.chdir(counted_quarter.root)
    asked = ["nonesuch-hospitals", "testford-hospitals"]
    assert in_release(counted_quarter, Quarter.parse("2026-27-Q2"), asked) == ["nonesuch-hospitals"]
    said = " ".join(capsys.readouterr().err.split())
    assert "! testford-hospitals is not in the release of 2026-27-Q2, which stands" in said
    assert "nonesuch" not in said


def test_status_names_who_sent_the_quarter_before_and_not_the_latest_and_what_to_run(one_quarter, called):
    folder = making.organisation(one_quarter, "beeches")
    making.write_rows(folder / "2026-27-Q1" / "applications.csv", [making.application("2026-27-Q1")])
    said = called(one_quarter, "status").stdout
    late = "late" if Quarter.parse("2026-27-Q2").last_day < date.today() else "not due before 30 September 2026"
    assert f"Returns of 2026-27-Q2 that lack ({late}): beeches" in said
    assert "Run it: lt-analysis run --period 2026-27-Q2" in said
    assert "every quarter before it" not in said


def test_status_of_nothing_says_how_to_begin(project, called):
    assert called(project, "status").stdout == "Nothing has been received. To try the audit out: lt-analysis invent\n"


def test_pages_that_were_made_besides_those_asked_for_are_named(tmp_path):
    def page(about, name="recruitment"):
        return Page(about, "board/x.ipynb", {}, tmp_path / about / f"{name}.html", ())

    told = [Outcome(page("ashbourne"), Verdict.MADE), Outcome(page("beeches"), Verdict.MADE)]
    told += [Outcome(page("cedars"), Verdict.UNCHANGED), Outcome(page("beeches", "retention"), Verdict.MADE)]
    told += [Outcome(page("", "index"), Verdict.MADE)]
    assert made_besides(told, ["ashbourne"]) == ["beeches", "beeches/retention", "front page"]


def test_ci_runs_the_tests():
    assert "make test" in (HERE / ".ci" / "run").read_text()


def test_that_the_boards_pages_were_stopped_from_outside_is_said(tmp_path, monkeypatch, capfd):
    killed = tmp_path / "python"
    killed.write_text("#!/bin/sh\nkill -9 $$\n")
    killed.chmod(0o700)
    monkeypatch.setattr(sys, "executable", str(killed))
    assert report_apart(Folders(tmp_path), Quarter.parse("2026-27-Q2"), [], {}) == -9
    said = "✗ The board's pages were stopped from outside (Killed). Run it again: what is done is kept.\n"
    assert capfd.readouterr().err == said
