"""What keeps one page from being put in place."""

import nbformat
import pytest
from nbformat.v4 import new_code_cell, new_notebook, new_output

from lt_analysis.reporting import page as making
from lt_analysis.reporting.page import Page, make_page

SOUND = '<h1>Recruitment: Ashbourne</h1><p class="mark restricted">x</p>'


@pytest.fixture
def make(project, monkeypatch):
    """Make a page of what a notebook shows, without a kernel to run it; an older page is in place."""
    path = project.notebooks / "board" / "recruitment.ipynb"
    project.unfinished.mkdir(parents=True)

    def make(shown: str, restricted: bool):
        output = new_output("execute_result", data={"text/html": shown})
        executed = new_notebook(cells=[new_code_cell("x", outputs=[output])])
        nbformat.write(executed, path)
        monkeypatch.setattr(making, "_run", lambda root, page, folder: executed)
        destination = project.reports / "2026-27-Q2" / "ashbourne" / "recruitment.html"
        destination.parent.mkdir(parents=True, exist_ok=True)
        destination.write_text("older")
        return make_page(project.root, Page("ashbourne", path, {}, destination, restricted=restricted))

    return make


def test_a_board_page_with_a_leak_is_not_put_in_place_and_no_older_one_is_left(make, project):
    made = make(f"<h1>Recruitment: Ashbourne</h1><p>{project.raw}</p>", restricted=False)
    assert made.faults[0] == "there is a path of this machine"
    assert not made.page.destination.exists()


def test_a_board_page_without_one_is(make):
    assert make("<h1>Recruitment: Ashbourne</h1>", restricted=False).in_place


def test_an_organisations_own_page_is_not_held_to_what_may_be_published(make, project):
    made = make(f"{SOUND}<p>CANARY-ashbourne-A000001, {project.raw}</p>", restricted=True)
    assert made.in_place
    assert made.page.destination.read_text(encoding="utf-8") != "older"
