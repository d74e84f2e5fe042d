"""What keeps one page from being fit to be put in place."""

import pytest
from nbformat.v4 import new_code_cell, new_notebook, new_output

from lt_analysis.reporting import making
from lt_analysis.reporting.making import make_page
from lt_analysis.reporting.page import Ledger, Limits, Page
from tests.rendering.releases import release

SOUND = '<h1>Recruitment: Ashbourne</h1><p class="mark restricted">x</p>'


@pytest.fixture
def make(project, monkeypatch):
    """Make a page of what a notebook shows, without a kernel to run it."""

    def make(shown: str, restricted: bool, ledger: Ledger | None = None):
        output = new_output("execute_result", data={"text/html": shown})
        executed = new_notebook(cells=[new_code_cell("x", outputs=[output])])
        monkeypatch.setattr(making, "_run", lambda project, page, kernel: executed)
        destination = project.reports / "2026-27-Q2" / "ashbourne" / "recruitment.html"
        page = Page("ashbourne", "board/recruitment.ipynb", {}, destination, (project.releases,), restricted=restricted)
        return make_page(project, page, ledger, Limits())

    return make


def test_a_board_page_with_a_leak_is_not_fit(make, project):
    assert make(f"<h1>Recruitment: Ashbourne</h1><p>{project.raw}</p>", restricted=False).faults[0] == (
        "there is a path of this machine"
    )


def test_a_board_page_without_one_is(make):
    made = make("<h1>Recruitment: Ashbourne</h1><p>Too few people to say.</p>", restricted=False)
    assert made.faults == ()
    assert "Too few people to say." in made.html


def test_a_page_that_says_nothing_is_not(make):
    assert make("<h1>Recruitment: Ashbourne</h1>", restricted=False).faults == (
        "the page is empty but for its headings",
    )


KEY = "ashbourne/2025-26/applied/BME/8+"
NOT_AS_RELEASED = f"what count says of {KEY} is not what the release holds"
LOOSE = "a text in <th> names no figure, and stands nowhere as it is"
TABLE = (
    '<h1 data-said=":title ashbourne">Recruitment to posts at Band 8 and above, April 2025 to March 2026: '
    "Ashbourne</h1><table><caption>Words"
    '</caption><tr><th scope="row">{}</th><td data-key="{}">{}</td></tr></table>'
)


@pytest.mark.parametrize(
    ("row", "faults"),
    [
        (("White", KEY, 120), ()),
        (("Age 50 Plus", KEY, 120), (LOOSE,)),
        (("White", KEY, 121), (NOT_AS_RELEASED,)),
        (("White", KEY, "[c]"), (NOT_AS_RELEASED,)),
    ],
)
def test_a_board_page_is_held_to_the_release(make, row, faults):
    assert make(TABLE.format(*row), restricted=False, ledger=Ledger(release())).faults == faults


def test_an_organisations_own_page_is_not_held_to_what_may_be_published(make, project):
    assert make(f"{SOUND}<p>CANARY-ashbourne-A000001, {project.raw}</p>", restricted=True).faults == ()
