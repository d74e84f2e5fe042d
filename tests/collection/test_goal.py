import pytest
import yaml

from lt_analysis.codebook.mistakes import RawDataError
from lt_analysis.collection.finding import misnamed_folders, organisation_names
from lt_analysis.collection.goal import read_goal

GOAL = {
    "says": "Everybody has the same chance of being shortlisted.",
    "by": "2027-28",
    "known_by": "The number shortlisted lies within the range if chances were equal.",
    "invented": True,
}


def declare(folders, **settings):
    folder = folders.raw / "partnership"
    folder.mkdir(exist_ok=True)
    (folder / "goal.yml").write_text(yaml.safe_dump(GOAL | settings), encoding="utf-8")


def test_a_partnership_that_has_declared_nothing_has_no_goal(project):
    assert read_goal(project) is None


def test_the_folder_of_a_declared_goal_is_no_organisations_and_no_mistake(project):
    declare(project)
    assert read_goal(project).by == "2027-28"
    assert organisation_names(project) == [] and misnamed_folders(project) == []
    (project.raw / "partnership" / "2026-27-Q2").mkdir()
    assert [fault.file for fault in misnamed_folders(project)] == ["partnership"]


@pytest.mark.parametrize(
    ("settings", "said"),
    [
        ({"by": "2028"}, "setting by: it is a financial year, as 2027-28"),
        ({"owner": "x"}, "setting owner: the audit has no such setting"),
        ({"says": 5}, "setting says: it is not text"),
    ],
)
def test_what_is_wrong_with_a_goal_is_said_by_its_setting(project, settings, said):
    declare(project, **settings)
    with pytest.raises(RawDataError) as raised:
        read_goal(project)
    assert said in str(raised.value) and raised.value.file == "partnership/goal.yml"
