"""Which folders are organisations: of names that can be used, and none that a link leads to."""

import pytest

from lt_analysis.codebook.mistakes import RawDataError
from lt_analysis.collection.finding import find_returns, misnamed_folders, organisation_names
from lt_analysis.collection.organisation import read_organisation
from tests import making


@pytest.mark.parametrize("name", ["Ash Bourne", "ashbourne_trust", "partnership", "data", "ashbourne-", "<b>"])
def test_a_folder_of_a_name_that_cannot_be_used_is_no_organisation_and_is_told(project, name):
    making.year_of_returns(project)
    (project.raw / name).mkdir()
    assert organisation_names(project) == ["ashbourne"]
    (error,) = misnamed_folders(project)
    assert (error.file, error.reason) == (name, "the folder's name cannot be used")


def test_no_link_is_followed_to_an_organisation_its_settings_a_period_or_a_return(project):
    folder = making.year_of_returns(project)
    (project.raw / "copy").symlink_to(folder)
    assert organisation_names(project) == ["ashbourne"]
    assert [error.file for error in misnamed_folders(project)] == ["copy"]

    linked = project.raw / "linked"
    (linked / "2026-27-Q1").mkdir(parents=True)
    (linked / "2025-26-Q1").symlink_to(folder / "2025-26-Q1")
    (linked / "2026-27-Q1" / "applications.csv").symlink_to(folder / "2025-26-Q2" / "applications.csv")
    (linked / "organisation.yml").symlink_to(folder / "organisation.yml")
    found, misplaced = find_returns(project, "linked")
    assert found == []
    assert sorted(error.file for error in misplaced) == ["linked/2025-26-Q1", "linked/2026-27-Q1/applications.csv"]
    assert {error.reason for error in misplaced} == {"it is a link, and links are not followed"}
    with pytest.raises(RawDataError, match="it is a link"):
        read_organisation(linked)
