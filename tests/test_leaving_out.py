"""Faults that go with a finding make none: a few of the trials of `benchmarks/leaving_out.py`, its targets too."""

import subprocess
import sys

import numpy as np
import pytest
from bs4 import BeautifulSoup

from benchmarks import leaving_out
from lt_analysis.codebook.mistakes import AskedError
from lt_analysis.codebook.parameters import name_asked
from lt_analysis.commands.take_in import say_what_was_not_whole
from tests.collection.test_collect import collected
from tests.conftest import run_command
from tests.making import organisation, vacancy, write_rows
from tests.making import parse_period as period


@pytest.mark.parametrize("with_what", ["group and outcome", "no success"])
def test_wrong_verdicts_stay_at_the_rate_of_the_test(with_what):
    trials = len(leaving_out.FAULTS)
    rate, _ = leaving_out.wrong(with_what, 0.05, trials)
    assert rate <= leaving_out.allowed(trials)


def test_without_what_keeps_returns_back_these_faults_would_make_findings(monkeypatch):
    # A bad row in each post at which a White person was appointed, and nobody looks at what is left out.
    chance = np.random.default_rng(5)
    rows = leaving_out.spoilt(leaving_out.invented(chance), "group and outcome", 1, "a stage in words", chance)
    assert leaving_out.verdicts(rows)["appointment"] == leaving_out.WITHHELD
    monkeypatch.setattr("lt_analysis.collection.tilting.MOST_ASIDE", 1)
    assert leaving_out.verdicts(rows)["appointment"] == leaving_out.WITHHELD  # what counts is unlike what does not
    monkeypatch.setattr("lt_analysis.evidence.kept_and_aside.LEAST_P", 0)
    assert leaving_out.verdicts(rows)["appointment"] == "more"


def everybody_interviewed(project):
    """A year in which nobody was rejected before interview, alone."""
    folder = organisation(project, "111")
    for quarter in (*period("2025-26").quarters, period("2026-27-Q1"), period("2026-27-Q2")):
        rows = [
            row
            for number in range(12)
            for row in vacancy(
                quarter, f"V{number}", [("A" if number % 2 else "H", 4), *[("A", 3)] * 6, *[("H", 3)] * 4]
            )
        ]
        write_rows(folder / str(quarter) / "applications.csv", rows)


def only_a_year(project):
    """Published totals of one year, and no quarter of anybody."""
    published = {"posts": "medical posts", "year": "2020-21", "source": "BMJ 2021;375:n2460"}
    about = {"invented": False, "grades": "totals only", "kind": "published figures", "already_published": published}
    columns = ("grade", "ethnicity", "applied", "shortlisted", "offered")
    rows = [
        dict(zip(columns, ("medical", *some), strict=True)) for some in (("White", 90, 50, 20), ("BME", 80, 40, 12))
    ]
    write_rows(organisation(project, "example", **about) / "2020-21" / "stage-totals.csv", rows, columns)


def only_a_refused_return(project):
    """A return with a word of status that says nothing, and nothing else of anybody."""
    folder = organisation(project, "ashbourne")
    write_rows(folder / "2026-27-Q2" / "applications.csv", vacancy(period("2026-27-Q2"), "", [("A", 1), ("H", 4)]))


@pytest.mark.parametrize(
    ("sent", "code", "pages"),
    [
        pytest.param(everybody_interviewed, 0, ["2026-27-Q2/index.html", "2026-27-Q2/111/recruitment.html"]),
        pytest.param(only_a_year, 0, ["2020-21-Q4/index.html"]),
        pytest.param(only_a_refused_return, 1, ["2026-27-Q2/index.html"], marks=pytest.mark.thorough),
    ],
)
@pytest.mark.thorough
def test_a_report_stands_however_little_it_tells(project, sent, code, pages):
    sent(project)
    said = run_command(project, "run", "--jobs", "1")
    assert "was not made" not in said.stderr
    assert said.returncode == code
    assert all((project.reports / page).exists() for page in pages)
    if sent is everybody_interviewed:
        front = (project.reports / pages[0]).read_text(encoding="utf-8")
        assert "too few posts" in front


@pytest.mark.parametrize(("times", "many"), [(5, True), (4, False)])
def test_rows_that_are_said_twice_are_told_in_the_last_lines_and_by_the_exit_code(project, capsys, times, many):
    rows = [
        row for number in range(20) for row in vacancy(period("2026-27-Q2"), f"V{number}", [("A", 3), ("H", 1)] * 5)
    ]
    write_rows(organisation(project, "ashbourne") / "2026-27-Q2" / "applications.csv", [*rows, *rows[:times]])
    assert say_what_was_not_whole([collected(project)]) == many
    assert (f"{times} of {200 + times} rows say again what another row says" in capsys.readouterr().out) == many


@pytest.mark.parametrize(
    ("asked", "name"),
    [
        (7, "007"),
        (111, "111"),
        (100000.0, "1e5"),
        (float("nan"), "nan"),
        (float("inf"), "inf"),
        ("007", "007"),
        (8, "8"),
    ],
)
def test_an_organisation_is_asked_for_by_the_number_that_papermill_makes_of_its_name(asked, name):
    assert name_asked(asked, ["007", "111", "1e5", "nan", "inf", "ashbourne", "7-dials"]) == name


def test_a_number_that_may_be_several_organisations_is_refused():
    with pytest.raises(AskedError, match="7 may be any of: 007, 7. Ask with papermill's -r"):
        name_asked(7, ["007", "7", "ashbourne"])
    assert name_asked("7", ["007", "7"]) == "7"


def words_that_change_what_is_told(project):
    """In a quarter fewer BME people are shortlisted than equal chances give, but for four whose ethnicity says nothing.

    Six other rows have a word of disability that the audit does not know: 10 of 200 rows are not whole.
    """
    folder = organisation(project, "007")
    rows = []
    for number in range(20):
        white = [("A", 4), ("A", 3), ("A", 3 if number % 3 else 1), ("A", 1), ("A", 1)]
        bme = [("H", 3), ("H", 3 if number < 19 else 1), ("H", 1), ("H", 1), ("H", 1)]
        rows += vacancy(period("2026-27-Q2"), f"V{number}", [*white, *bme])
    on_shortlists = [row for row in rows if row["ethnicity"] == "H" and row["shortlisted_on"]]
    for row in on_shortlists[:4]:
        row["ethnicity"] = "Zog"
    for row in on_shortlists[-6:]:
        row["disability"] = "maybe"
    write_rows(folder / "2026-27-Q2" / "applications.csv", rows)


def test_rows_that_are_not_whole_are_told_by_the_exit_code_and_where_they_change_a_word_by_the_page(project, tmp_path):
    words_that_change_what_is_told(project)
    said = run_command(project, "run", "--organisation", "007", "--jobs", "1")
    assert said.returncode == 3, said.stderr
    not_whole = "007/2026-27-Q2/applications.csv: 10 of 200 rows were not whole: "
    assert not_whole in " ".join(said.stdout.splitlines()[-6:])
    page = project.restricted / "2026-27-Q2" / "007" / "data-quality.html"
    told = " ".join(BeautifulSoup(page.read_text(encoding="utf-8"), "html.parser").get_text(" ").split())
    assert "how many were shortlisted in July to September 2026 lies outside the range if chances were equal" in told
    # papermill takes the name of this organisation for a number
    asked = ["-p", "organisation", "007", "-p", "period", "2026-27-Q2"]
    notebook, made = "notebooks/board/recruitment.ipynb", tmp_path / "made.ipynb"
    command = [sys.executable, "-m", "papermill", notebook, str(made), *asked]
    by_itself = subprocess.run(command, cwd=project.root, capture_output=True, text=True)
    assert by_itself.returncode == 0, by_itself.stderr
    assert "July to September 2026" in made.read_text(encoding="utf-8")
