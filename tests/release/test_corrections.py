"""A return that is corrected after it was published: the bare fact is noted, said once, and never taken back."""

import csv
import shutil

import pytest

from lt_analysis.codebook.mistakes import RawDataError
from lt_analysis.codebook.periods import Quarter
from lt_analysis.commands.take_in import collect_to_release, put_back_releases
from lt_analysis.release import read_release
from lt_analysis.release.files import copy_to_report, releases_until
from tests import making

YEAR_OVER, NEXT = Quarter.parse("2025-26-Q4"), Quarter.parse("2026-27-Q1")
SAID = "has since been corrected"


def correct(folder, quarter="2025-26-Q1"):
    """Take the row of one White applicant out of a return; return the file as it was."""
    path = folder / quarter / "applications.csv"
    before = path.read_text()
    path.write_text("\n".join(row for row in before.splitlines() if f"{quarter}-V0-5" not in row) + "\n")
    return path, before


def noted(project):
    path = project.releases / "corrections.csv"
    return [tuple(row.values())[:2] for row in csv.DictReader(path.read_text().splitlines())] if path.exists() else []


def pages(project, quarter):
    board = project.notebooks / "board"
    own = making.page_of(board / "recruitment.ipynb", organisation="ashbourne", period=str(quarter))
    other = making.page_of(board / "recruitment.ipynb", organisation="beeches", period=str(quarter))
    front = making.page_of(board / "front-page.ipynb", period=str(quarter), without_page=[], spreadsheet_size=None)
    return own, other, front


def test_a_correction_after_a_report_is_said_once_on_each_page_it_concerns_and_stays_said(project):
    folder = making.year_of_returns(project)
    making.year_of_returns(project, slug="beeches")
    collect_to_release(project, YEAR_OVER)
    released = {path: path.read_bytes() for path in project.releases.rglob("*.parquet")}
    before = pages(project, YEAR_OVER)
    assert not any(SAID in page for page in before)
    path, as_sent = correct(folder)
    collect_to_release(project, YEAR_OVER)  # which was released, and decides nothing
    after = pages(project, YEAR_OVER)
    assert [page.count(SAID) for page in after] == [1, 0, 1]
    assert all(path.read_bytes() == content for path, content in released.items())
    assert after[1] == before[1]
    path.write_text(as_sent)
    collect_to_release(project, NEXT)
    assert [page.count(SAID) for page in pages(project, NEXT)] == [1, 0, 1]
    assert noted(project) == [("ashbourne", "2025-26-Q1")]
    assert project.releases / "corrections.csv" in releases_until(project, str(YEAR_OVER))  # so pages are made again


def test_what_is_corrected_changes_no_word_of_what_is_said(project):
    said = []
    for changed in ("V0-5", "V1-2"):
        folder = making.year_of_returns(project)
        making.year_of_returns(project, slug="beeches")
        shutil.rmtree(project.processed, ignore_errors=True)
        collect_to_release(project, YEAR_OVER)
        path = folder / "2025-26-Q1" / "applications.csv"
        path.write_text("\n".join(row for row in path.read_text().splitlines() if changed not in row) + "\n")
        collect_to_release(project, YEAR_OVER)
        said.append((noted(project), pages(project, YEAR_OVER)))
    assert SAID in said[0][1][0]
    assert said[0] == said[1]


@pytest.mark.thorough
def test_a_quarter_added_up_over_organisations_is_corrected_with_any_of_them(project):
    for slug in ("ashbourne", "beeches", "cedars", "dunwich", "erewhon"):
        folder = making.two_bands(project, slug, "2025-26-Q1", "2025-26-Q2")
    collect_to_release(project, Quarter.parse("2025-26-Q2"))
    assert [table.corrected for table in read_release().partnership] == [False]
    (folder / "2025-26-Q1" / "applications.csv").unlink()  # erewhon withdraws it
    (folder / "2025-26-Q2" / "applications.csv").unlink()  # and one of which nothing was published yet
    collect_to_release(project, Quarter.parse("2025-26-Q2"))
    assert [table.corrected for table in read_release().partnership] == [True]
    assert noted(project) == [("erewhon", "2025-26-Q1")]


def _broken(folder):
    (folder / "organisation.yml").write_text("colour: red\n")


def _unreadable(folder):
    (folder / "2025-26-Q1" / "applications.csv").write_text("")


@pytest.mark.parametrize("befall", [_broken, _unreadable, shutil.rmtree, lambda folder: None])
@pytest.mark.one_in(4)
def test_what_cannot_be_read_or_is_as_it_was_is_no_correction(project, befall):
    folder = making.year_of_returns(project)
    making.year_of_returns(project, slug="beeches")
    collect_to_release(project, YEAR_OVER)
    befall(folder)
    collect_to_release(project, YEAR_OVER)
    assert noted(project) == []


@pytest.mark.thorough
def test_an_older_quarters_run_looks_at_no_later_return_and_a_lost_certificate_is_no_correction(project):
    folder = making.year_of_returns(project)
    collect_to_release(project, YEAR_OVER)
    path, as_sent = correct(folder, "2025-26-Q3")
    collect_to_release(project, Quarter.parse("2025-26-Q2"))
    assert noted(project) == []
    path.write_text(as_sent)
    shutil.rmtree(project.certificates)
    collect_to_release(project, YEAR_OVER)
    assert noted(project) == []


def test_a_return_that_had_nobody_and_now_has_is_a_correction(project):
    folder = making.year_of_returns(project)
    path, as_sent = correct(folder, "2025-26-Q3")
    junior = [row for row in as_sent.splitlines() if "Q3-V" not in row]
    path.write_text("\n".join(junior) + "\n")
    collect_to_release(project, YEAR_OVER)
    path.write_text(as_sent)
    collect_to_release(project, NEXT)
    assert noted(project) == [("ashbourne", "2025-26-Q3")]


def test_corrections_are_had_back_from_any_report(project):
    folder = making.year_of_returns(project)
    collect_to_release(project, YEAR_OVER)
    correct(folder)
    collect_to_release(project, NEXT)
    before = (project.releases / "corrections.csv").read_bytes()
    for quarter in (YEAR_OVER, NEXT):
        copy_to_report(project, quarter)
    (project.reports / str(YEAR_OVER) / "data" / "corrections.csv").unlink()
    shutil.rmtree(project.processed)
    put_back_releases(project)
    assert (project.releases / "corrections.csv").read_bytes() == before
    put_back_releases(project)
    assert (project.releases / "corrections.csv").read_bytes() == before


@pytest.mark.thorough
def test_what_is_replaced_with_the_correction_in_it_is_corrected_no_more(project):
    folder = making.year_of_returns(project)
    collect_to_release(project, YEAR_OVER)
    for quarter, vacancies in (("2025-26-Q1", range(4)), ("2025-26-Q2", range(4)), ("2025-26-Q3", range(2))):
        path = folder / quarter / "applications.csv"
        rows = path.read_text().splitlines()
        path.write_text("\n".join(row for row in rows if not any(f"-V{one}-" in row for one in vacancies)) + "\n")
    collect_to_release(project, YEAR_OVER)
    assert read_release(str(YEAR_OVER)).organisation("ashbourne").people.corrected
    collect_to_release(project, YEAR_OVER, lambda moved: True)
    assert not read_release(str(YEAR_OVER)).organisation("ashbourne").people.corrected
    correct(folder, "2025-26-Q4")
    collect_to_release(project, YEAR_OVER)
    assert read_release(str(YEAR_OVER)).organisation("ashbourne").people.corrected


@pytest.mark.parametrize("spoilt", ["organisation,period\n", "\n", "\xff"])
@pytest.mark.one_in(3)
def test_a_table_that_is_spoilt_is_named_and_a_copy_of_it_stops_nobody(project, spoilt):
    folder = making.year_of_returns(project)
    collect_to_release(project, YEAR_OVER)
    correct(folder)
    collect_to_release(project, YEAR_OVER)
    copy_to_report(project, YEAR_OVER)
    (project.reports / str(YEAR_OVER) / "data" / "corrections.csv").write_text(spoilt, encoding="latin-1")
    put_back_releases(project)
    (project.releases / "corrections.csv").write_text(spoilt, encoding="latin-1")
    with pytest.raises(RawDataError, match="data/processed/releases/corrections.csv: it cannot be read as the table"):
        put_back_releases(project)
