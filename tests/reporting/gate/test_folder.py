"""Whatever was not meant to be in a period's folder is named, and stays where it is."""

import pytest

from lt_analysis.reporting.gate.folder import unintended

INTENDED = ("index.html", "data-quality.html", "ashbourne/recruitment.html", "figures.csv")


@pytest.fixture
def report(tmp_path):
    for name in INTENDED:
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text("x")
    return tmp_path


def found(report):
    return unintended(report, [report / name for name in INTENDED])


def test_the_intended_files_alone_are_no_fault(report):
    assert found(report) == []


def test_a_page_that_could_not_be_made_is_no_fault_of_the_folder(report):
    (report / "ashbourne/recruitment.html").unlink()
    assert found(report) == []


@pytest.mark.parametrize(
    "left",
    [
        *("old.html", "ashbourne/representation.html", "executed.ipynb", "counts.csv", "ashbourne/figures.csv"),
        *(".DS_Store", ".index.html.unfinished", "ashbourne/.recruitment.html.swp", "index.html~"),
        *("ashbourne/.ipynb_checkpoints/recruitment-checkpoint.ipynb", "beeches/recruitment.html"),
    ],
)
def test_what_was_left_behind_is_named_and_not_removed(report, left):
    (report / left).parent.mkdir(parents=True, exist_ok=True)
    (report / left).write_text("x")
    assert left in found(report)
    assert (report / left).exists()


def test_a_link_and_an_empty_folder_are_named(report, tmp_path_factory):
    elsewhere = tmp_path_factory.mktemp("elsewhere") / "exact.html"
    elsewhere.write_text("x")
    (report / "index.html").unlink()
    (report / "index.html").symlink_to(elsewhere)
    (report / "beeches").mkdir()
    assert found(report) == ["beeches", "index.html"]
