"""The pages in a real browser: readable by everybody, on a screen and on paper, and asking nothing of anybody."""

import pytest

from tests.conftest import PERIOD
from tests.visiting import visit

INVENTED = (
    *("avalon-gp-federation", "camelot-advice", "cloudcuckoo-mental-health", "erewhon-care-board"),
    *("laputa-university", "lilliput-council", "nonesuch-hospitals"),
)
PAGES = {
    "front page": lambda run: run.page(),
    "data quality": lambda run: run.data_quality_page(),
    **{name: lambda run, name=name: run.page(name) for name in ("london-acute-medical", *INVENTED)},
    **{f"{name}, restricted": lambda run, name=name: run.restricted_page(name) for name in INVENTED},
    **{f"{name}, its data": lambda run, name=name: run.data_quality_page(name) for name in INVENTED},
}


@pytest.fixture(params=PAGES, scope="module")
def seen(request, browser, quarter):
    """A page, visited once for all that is asked of it."""
    return visit(browser, PAGES[request.param](quarter))


def test_every_page_is_visited(quarter):
    folders = quarter.folders
    made = {*(folders.reports / PERIOD).rglob("*.html"), *(folders.restricted / PERIOD).rglob("*.html")}
    assert {page(quarter) for page in PAGES.values()} == made


def test_a_page_asks_for_nothing_and_complains_of_nothing(seen):
    assert seen.said == ()
    assert seen.asked == (seen.url,)


def test_every_picture_is_there(seen):
    assert seen.broken_images == 0


def test_axe_finds_nothing_wrong_and_nothing_to_look_at(seen):
    assert {place: found for place, found in seen.axe.items() if found} == {}


def test_no_text_is_cut_off_covered_or_outside_the_page_on_any_screen_or_on_paper(seen):
    assert {place: found for place, found in seen.measured.items() if found} == {}


def test_whatever_can_be_pressed_is_large_enough_or_stands_apart(seen):
    assert seen.small_targets == []


def test_the_tab_key_reaches_everything_in_order(seen):
    assert seen.stops
    assert seen.walked[: len(seen.stops)] == seen.stops


def test_paper_is_tagged_and_has_bookmarks(seen):
    root = seen.printed.trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"]
    assert root["/StructTreeRoot"]["/K"]
    assert root["/Lang"] == "en-GB"
    assert seen.printed.outline[0]["/Title"] == seen.headings[0]


def test_the_first_sheet_holds_the_whole_summary_and_every_sheet_its_number(seen):
    sheets = seen.sheets
    assert seen.headings[0] in sheets[0]
    assert all(said in sheets[0] for said in seen.summary)
    assert all(f"Page {number} of {len(sheets)}" in sheet for number, sheet in enumerate(sheets, start=1))


def test_no_sheet_ends_with_a_heading(seen):
    assert [sheet[-60:] for sheet in seen.sheets if sheet.endswith(tuple(seen.headings))] == []
