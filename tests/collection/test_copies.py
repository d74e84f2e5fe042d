"""Nobody is published under two names: returns of two folders that hold the same people stop a run."""

import pytest

from lt_analysis.codebook.folders import Folders
from lt_analysis.codebook.mistakes import RawDataError
from lt_analysis.codebook.periods import Quarter
from lt_analysis.commands.take_in import collect_to_release
from tests import making

YEAR_OVER = Quarter.parse("2025-26-Q4")


def as_sent_by(slug, folder, less=0):
    """Send an organisation's returns as those of another folder, with some rows less in each."""
    other = making.organisation(Folders(folder.parents[2]), slug)
    for path in folder.glob("*/applications.csv"):
        heading, *rows = path.read_text().splitlines()
        copy = other / path.parent.name / path.name
        copy.parent.mkdir()
        copy.write_text("\n".join([heading, *rows[less:]]) + "\n")
    return other


@pytest.mark.parametrize("less", [0, 1, 30])
@pytest.mark.one_in(3)
def test_a_copy_beside_the_first_folder_is_told_though_rows_are_missing(project, less):
    folder = making.year_of_returns(project)
    as_sent_by("ashbourne-old", folder, less)
    with pytest.raises(RawDataError, match="data/raw/ashbourne: it and data/raw/ashbourne-old hold the same people"):
        collect_to_release(project, YEAR_OVER)
    assert not project.releases.exists()


def test_a_folder_that_was_counted_and_then_holds_its_neighbours_people_is_told(project):
    folder = making.year_of_returns(project)
    own = making.year_of_returns(project, "beeches")
    collect_to_release(project, YEAR_OVER)
    (own / "2025-26-Q1" / "applications.csv").write_bytes((folder / "2025-26-Q1" / "applications.csv").read_bytes())
    with pytest.raises(RawDataError, match=r"it and data/raw/beeches hold the same people, for 2025-26-Q1\."):
        collect_to_release(project, YEAR_OVER.next)


def test_organisations_that_give_the_same_references_are_not_the_same(project):
    for slug in ("ashbourne", "beeches"):
        making.year_of_returns(project, slug)
    collect_to_release(project, YEAR_OVER)
