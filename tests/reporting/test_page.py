"""What keeps one page from being put in place."""

import nbformat
import pytest
from nbformat.v4 import new_code_cell, new_notebook, new_output

from lt_analysis.reporting import page as making
from lt_analysis.reporting.page import Ledger, Page, make_page

SOUND = '<h1>Recruitment: Ashbourne</h1><p class="mark restricted">x</p>'


@pytest.fixture
def make(project, monkeypatch):
    """Make a page of what a notebook shows, without a kernel to run it; an older page is in place."""
    path = project.notebooks / "board" / "recruitment.ipynb"
    project.unfinished.mkdir(parents=True)

    def make(shown: str, restricted: bool, ledger: Ledger | None = None):
        output = new_output("execute_result", data={"text/html": shown})
        executed = new_notebook(cells=[new_code_cell("x", outputs=[output])])
        nbformat.write(executed, path)
        monkeypatch.setattr(making, "_run", lambda root, page, folder: executed)
        destination = project.reports / "2026-27-Q2" / "ashbourne" / "recruitment.html"
        destination.parent.mkdir(parents=True, exist_ok=True)
        destination.write_text("older")
        return make_page(project.root, Page("ashbourne", path, {}, destination, restricted=restricted), ledger)

    return make


def test_a_board_page_with_a_leak_is_not_put_in_place_and_no_older_one_is_left(make, project):
    made = make(f"<h1>Recruitment: Ashbourne</h1><p>{project.raw}</p>", restricted=False)
    assert made.faults[0] == "there is a path of this machine"
    assert not made.page.destination.exists()


def test_a_board_page_without_one_is(make):
    assert make("<h1>Recruitment: Ashbourne</h1><p>Too few people to say.</p>", restricted=False).in_place


def test_a_page_that_says_nothing_is_not(make):
    made = make("<h1>Recruitment: Ashbourne</h1>", restricted=False)
    assert made.faults == ("the page is empty but for its headings",)
    assert not made.page.destination.exists()


KEY = "ashbourne/2025-26/applied/BME/8+"
TABLE = (
    '<h1>Recruitment: Ashbourne</h1><table><caption>Applicants</caption><tr><th scope="row">Age 50 Plus</th>'
    f'<td data-key="{KEY}">17</td></tr></table>'
)


@pytest.mark.parametrize(
    ("ledger", "faults"),
    [
        (Ledger({KEY: 17}, ("Age 50 Plus",)), ()),
        (Ledger({KEY: 17}), ("table 1, row 1, column 1: a number has no key",)),
        (
            Ledger({KEY: None}, ("Age 50 Plus",)),
            (f"table 1, row 1, column 2: what it says is not what was released under {KEY}",),
        ),
    ],
)
def test_a_board_page_is_held_to_the_ledger(make, ledger, faults):
    made = make(TABLE, restricted=False, ledger=ledger)
    assert made.faults == faults
    assert made.page.destination.exists() == (not faults)


def test_an_organisations_own_page_is_not_held_to_what_may_be_published(make, project):
    made = make(f"{SOUND}<p>CANARY-ashbourne-A000001, {project.raw}</p>", restricted=True)
    assert made.in_place
    assert made.page.destination.read_text(encoding="utf-8") != "older"
