"""The pages in a real browser: readable by everybody, on a screen and on paper, and asking nothing of anybody."""

import re
import shutil
from urllib.parse import unquote

import pytest

from tests.conftest import PERIOD, Run, door, project_at
from tests.visiting import visit

INVENTED = (
    *("avalon-gp-federation", "camelot-advice", "cloudcuckoo-mental-health", "erewhon-care-board"),
    *("laputa-university", "lilliput-council", "nonesuch-hospitals"),
)
IN_PARTS = ("lilliput-council", "nonesuch-hospitals")
PAGES = {
    "front page": lambda run: run.page(),
    "data quality": lambda run: run.data_quality_page(),
    **{name: lambda run, name=name: run.page(name) for name in ("london-acute-medical", *INVENTED)},
    **{f"{name}, restricted": lambda run, name=name: run.restricted_page(name) for name in INVENTED},
    **{f"{name}, its data": lambda run, name=name: run.data_quality_page(name) for name in INVENTED},
}
# Of a quarter in which one organisation sent no return for a part of the year, and another's could not be used.
OF_A_YEAR_IN_PARTS = {
    "front page, a year in parts": lambda run: run.page(),
    "data quality, a year in parts": lambda run: run.data_quality_page(),
    **{f"{name}, a year in parts": lambda run, name=name: run.page(name) for name in IN_PARTS},
    **{f"{name}, its data, a year in parts": lambda run, name=name: run.data_quality_page(name) for name in IN_PARTS},
}


@pytest.fixture(scope="module")
def year_in_parts(tmp_path_factory) -> Run:
    """The run of that quarter."""
    folders = project_at(tmp_path_factory.mktemp("parts") / "project")
    assert door(folders, "invent", "--organisations", "3", "--quarters", "6").returncode == 0
    nothing_sent, refused = IN_PARTS
    shutil.rmtree(folders.raw / nothing_sent / "2025-26-Q3")
    (folders.raw / refused / "2025-26-Q4" / "applications.csv").write_text("")
    return Run(folders, door(folders, "run"))


# Of the second report of a partnership, which repeats some figures of the first.
SECOND_REPORT = {
    "front page, second report": lambda run: run.page(),
    "nonesuch-hospitals, second report": lambda run: run.page("nonesuch-hospitals"),
}


@pytest.fixture(scope="module")
def second_report(tmp_path_factory) -> Run:
    """The run of a quarter after that of the quarter before."""
    folders = project_at(tmp_path_factory.mktemp("second") / "project")
    assert door(folders, "invent", "--organisations", "4", "--quarters", "6").returncode == 0
    assert door(folders, "run", "--period", "2026-27-Q1").returncode == 0
    return Run(folders, door(folders, "run", "--period", PERIOD))


@pytest.fixture(params=[*PAGES, *OF_A_YEAR_IN_PARTS, *SECOND_REPORT], scope="module")
def seen(request, browser):
    """A page, visited once for all that is asked of it."""
    if request.param in PAGES:
        return visit(browser, PAGES[request.param](request.getfixturevalue("quarter")))
    if request.param in SECOND_REPORT:
        return visit(browser, SECOND_REPORT[request.param](request.getfixturevalue("second_report")))
    return visit(browser, OF_A_YEAR_IN_PARTS[request.param](request.getfixturevalue("year_in_parts")))


def test_every_page_is_visited(quarter):
    folders = quarter.folders
    made = {*(folders.reports / PERIOD).rglob("*.html"), *(folders.restricted / PERIOD).rglob("*.html")}
    assert {page(quarter) for page in PAGES.values()} == made


def test_a_year_in_parts_is_told_in_words_and_its_pages_are_made_all_the_same(year_in_parts):
    nothing_sent, refused = (year_in_parts.page(name).read_text(encoding="utf-8") for name in IN_PARTS)
    assert "Nothing has been received for 2025-26-Q3." in nothing_sent
    assert "What was sent for 2025-26-Q4 could not be used and has to be sent again." in refused
    assert year_in_parts.page().is_file()
    for page in (nothing_sent, refused):
        assert "<img" not in page
        assert "not shown, so that nobody can be identified" not in page


def test_a_second_report_says_what_changed_draws_it_and_leads_to_the_first(second_report):
    assert second_report.said.returncode == 0, second_report.said.stdout
    page = second_report.page().read_text(encoding="utf-8")
    assert "The report before was for April to June 2026." in page
    assert 'href="../2026-27-Q1/index.html"' in page
    assert "the quarter before, it was" in page
    assert "each quarter" in page and "No chart over time" not in page
    own = second_report.page("nonesuch-hospitals").read_text(encoding="utf-8")
    assert "Nothing: these figures were first published in the report for April to June 2026." in own


def test_every_link_between_pages_leads_to_a_page_and_to_a_place_on_it(quarter):
    folders = quarter.folders
    for page in (*(folders.reports / PERIOD).rglob("*.html"), *(folders.restricted / PERIOD).rglob("*.html")):
        addresses = re.findall(r'href="((?!data:)[^"#]*html)(?:#([^"]*))?"', page.read_text(encoding="utf-8"))
        assert addresses
        for address, place in addresses:
            there = (page.parent / unquote(address)).resolve()
            assert there.is_file(), f"{page} leads to {address}"
            assert not place or f'id="{place}"' in there.read_text(encoding="utf-8"), f"{page} leads to #{place}"


def test_a_page_asks_for_nothing_and_complains_of_nothing(seen):
    assert seen.said == ()
    assert seen.asked == (seen.url,)


def test_every_picture_is_there(seen):
    assert seen.broken_images == 0


def test_no_words_of_a_drawing_overlap_or_are_cut_off(seen):
    assert seen.drawings == 2 * seen.pictures  # each has one for phones
    assert seen.words_of_drawings == []


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


def test_the_front_pages_first_sheet_is_its_main_points_and_their_table_and_what_changed_is_read_at_one_glance(
    browser, quarter
):
    first, second, *_ = visit(browser, quarter.page(), axe_at=()).sheets
    assert "together, 2025-26" in first or "Organisations added up, 2025-26" in first
    assert "All of known ethnicity" in first
    assert "What changed since the last report" not in first
    assert "What changed since the last report" in second[:100]
    assert "Organisations stand in alphabetical order" in second


def test_every_sheet_says_what_made_it_and_holds_more_than_that(seen):
    foot = r"Page \d+ of \d+(Lambeth Together|Restricted: not for publication)\. Made by lt_analysis [\d.]+"
    assert all(re.search(foot, sheet) and re.sub(foot, "", sheet).strip() for sheet in seen.sheets)


def test_no_sheet_ends_with_a_heading(seen):
    assert [sheet[-60:] for sheet in seen.sheets if sheet.endswith(tuple(seen.headings))] == []
