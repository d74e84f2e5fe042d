"""The pages in a real browser: readable by everybody, on a screen and on paper, and asking nothing of anybody."""

import re
import zipfile
from functools import partial
from urllib.parse import unquote

import pytest

from lt_analysis.codebook.commitments import ELEMENTS
from lt_analysis.codebook.naming import capitalised
from tests.conftest import (
    AWKWARD_NAMES,
    AWKWARD_POSTS,
    FAILED,
    NOTHING_SENT,
    PERIOD,
    REFUSED,
    SILENT,
    UNAPPROVED,
    WAITING,
    Run,
)
from tests.visiting import NARROWEST, WIDEST, visit

INVENTED = (
    *("avalon-gp-federation", "camelot-advice", "cloudcuckoo-mental-health", "erewhon-care-board"),
    *("laputa-university", "lilliput-council", "nonesuch-hospitals"),
)
SEND_NO_STAFF = {"avalon-gp-federation", "camelot-advice"}


def pages_of(published: str, invented: tuple[str, ...], failed: str = "", inexact: tuple[str, ...] = ()) -> dict:
    """Name every page of a run, each with how to find it: the organisation published elsewhere, and those invented.

    One that `failed` has no page for the board, and those whose quarter there is not are `inexact`.
    """
    return {
        "front page": Run.page,
        "data quality": Run.data_quality_page,
        **{name: partial(Run.page, organisation=name) for name in (published, *invented) if name != failed},
        **{
            f"{one}, restricted": partial(Run.restricted_page, organisation=one)
            for one in invented
            if one not in inexact
        },
        **{f"{name}, its data": partial(Run.data_quality_page, organisation=name) for name in invented},
        **{
            f"{name}, its staff": partial(Run.staff_page, organisation=name)
            for name in invented
            if name not in {*SEND_NO_STAFF, SILENT}
        },
    }


SEND_STAFF = tuple(name for name in INVENTED if name not in SEND_NO_STAFF)


def on_subjects(subjects: tuple[str, ...]) -> dict:
    """Name the pages on subjects: those of all together, and those of organisations that send staff and actions.

    An indicator of the standard is of applicants, so every organisation has a page on that.
    """
    of_each = {
        f"{one}, {subject}": partial(Run.subject_page, subject=subject, organisation=one)
        for subject in subjects
        for one in (INVENTED if subject == "standards" else SEND_STAFF)
    }
    of_all = (*subjects, "assurance")
    return of_each | {subject: partial(Run.subject_page, subject=subject) for subject in of_all}


SUBJECTS = ("representation", "delivery", "standards")
# Too few organisations are there for a table of all together.
NOT_IN_AWKWARD = {
    "representation",
    "standards",
    *(f"laputa-university, {subject}" for subject in SUBJECTS),
}
IN_AWKWARD = (*(name for name in INVENTED if name != "laputa-university"), SILENT)
PAGES = {
    "quarter": pages_of("london-acute-medical", INVENTED) | on_subjects(SUBJECTS),
    "awkward": pages_of("published", IN_AWKWARD, FAILED, (REFUSED, SILENT))
    | {name: page for name, page in on_subjects(SUBJECTS).items() if name not in NOT_IN_AWKWARD}
    | {WAITING: partial(Run.page, organisation=WAITING)},
}
# A page of each state that there is, which `make test` opens at two widths; the others wait for `make test-all`.
STATES = {
    "quarter": {
        "front page": "the front page",
        "data quality": "the page on returns",
        "nonesuch-hospitals": "complete",
        "avalon-gp-federation": "something hidden",
        "camelot-advice": "totals only",
        "london-acute-medical": "published elsewhere",
        "nonesuch-hospitals, restricted": "restricted",
        "nonesuch-hospitals, its data": "restricted, of its returns",
        "nonesuch-hospitals, its staff": "restricted, of its staff",
        "representation": "who works at each band, of all together",
        "delivery": "what became of actions, of all together",
        "nonesuch-hospitals, delivery": "what became of an organisation's actions",
        "standards": "the nine indicators of all together",
        "lilliput-council, standards": "the nine indicators of a council",
        "assurance": "metrics of inequality",
    },
    "awkward": {
        "front page": "the front page of a second report, with hostile names",
        "nonesuch-hospitals": "a name of markup",
        "avalon-gp-federation": "a name of two directions",
        "published": "published elsewhere, with hostile words",
        WAITING: "published elsewhere, and not yet approved",
        NOTHING_SENT: "incomplete",
        REFUSED: "refused, with a name that does not break",
        f"{REFUSED}, its data": "restricted, of a return that was refused",
    },
}


def _marks(run: str, name: str) -> tuple:
    return () if name in STATES[run] else (pytest.mark.thorough,)


VISITED = [
    pytest.param((run, name), id=STATES[run].get(name, f"{run}: {name}"), marks=_marks(run, name))
    for run, pages in PAGES.items()
    for name in pages
]


@pytest.fixture(params=VISITED, scope="module")
def seen(request, browser, thorough):
    """A page, visited once for all that is asked of it."""
    run, name = request.param
    page = PAGES[run][name](request.getfixturevalue(run))
    return visit(browser, page) if thorough else visit(browser, page, (WIDEST, NARROWEST), axe_at=(NARROWEST,))


@pytest.mark.parametrize("run", PAGES)
def test_every_page_is_named(run, request):
    made = request.getfixturevalue(run)
    folders = made.folders
    there = {*(folders.reports / PERIOD).rglob("*.html"), *(folders.restricted / PERIOD).rglob("*.html")}
    assert {page(made) for page in PAGES[run].values()} == there


def test_a_year_in_parts_is_told_in_words_and_its_pages_are_made_all_the_same(awkward):
    nothing_sent, refused = (awkward.page(name).read_text(encoding="utf-8") for name in (NOTHING_SENT, REFUSED))
    assert "Nothing has been received for 2025-26-Q3." in nothing_sent
    assert "What was sent for 2025-26-Q2, 2026-27-Q2 could not be used and has to be sent again." in refused
    assert awkward.page().is_file()
    for page in (nothing_sent, refused):
        assert "<img" not in page
        assert "not shown, so that nobody can be identified" not in page


def test_what_nobody_has_approved_stands_in_no_file_that_is_public_and_its_page_says_that_it_waits(awkward):
    page = awkward.page(WAITING).read_text(encoding="utf-8")
    assert "Recruitment to other posts, " in page and ": waiting</h1>" in page
    assert "Published figures from elsewhere await approval, so none is shown yet." in page
    public = [path for path in awkward.folders.reports.rglob("*") if path.is_file()]
    contents = [path.read_bytes() for path in public if path.suffix != ".xlsx"]
    for path in awkward.folders.reports.rglob("*.xlsx"):
        with zipfile.ZipFile(path) as sheets:
            contents += map(sheets.read, sheets.namelist())
    assert not [text for text in UNAPPROVED if any(text.encode() in content for content in contents)]
    assert "Texts of organisations that await approval, and are not public: 2." in awkward.said.stderr


def test_a_second_report_says_what_changed_draws_it_and_names_the_first(awkward):
    page = awkward.page().read_text(encoding="utf-8")
    assert "The report before was for April to June 2026." in page
    assert "../2026-27-Q1/" in page or "(without pages" in page
    assert "the quarter before, it was" in page
    assert "each quarter" in page and "No chart over time" not in page
    own = awkward.page("nonesuch-hospitals").read_text(encoding="utf-8")
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


AWKWARD = re.compile(
    "|".join(
        re.escape(" ".join(text.split()).replace("\u2069\u2069", "\u2069"))
        for text in (*AWKWARD_NAMES.values(), AWKWARD_POSTS)
    )
)


def set_on_paper(said: str, sheet: str) -> bool:
    """Whether words stand on a sheet. An awkward name is broken there, or set from the right: then those around it."""
    return all(part.strip("\u2068\u2069 ") in sheet for part in AWKWARD.split(said))


def test_paper_is_tagged_and_has_bookmarks(seen):
    root = seen.printed.trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"]
    assert root["/StructTreeRoot"]["/K"]
    assert root["/Lang"] == "en-GB"
    assert set_on_paper(seen.headings[0], seen.printed.outline[0]["/Title"])


def test_the_first_sheet_holds_the_whole_summary_and_every_sheet_its_number(seen):
    sheets = seen.sheets
    assert set_on_paper(seen.headings[0], sheets[0])
    # Where names of 300 letters stand among the main points, these may go on to the second sheet.
    first = " ".join(sheets[:2]) if any(map(AWKWARD.search, seen.summary)) else sheets[0]
    assert [said for said in seen.summary if not set_on_paper(said, first)] == []
    assert all(f"Page {number} of {len(sheets)}" in sheet for number, sheet in enumerate(sheets, start=1))


def test_the_front_pages_first_sheet_answers_and_asks_and_all_of_it_is_short(browser, quarter):
    seen = visit(browser, quarter.page(), widths=(), axe_at=())
    first, second = seen.sheets
    answered = ("Recruitment", "Retention", "Promised and not done", "metrics,", "What changed")
    answered += ("This year and the year before",)
    asked = ("Each organisation at a glance", "Questions to ask", "The declared goal")
    assert [part for part in (*answered, *asked, "What this covers", "Next figures") if part not in first] == []
    assert "Data quality says" in second  # what follows the answers begins where these end
    assert quarter.page().stat().st_size <= 300_000


def test_the_first_sheet_of_delivery_answers_the_three_questions_of_each_element(browser, quarter):
    first = visit(browser, quarter.subject_page(subject="delivery"), widths=(), axe_at=()).sheets[0]
    asked = (
        "Where have actions taken place?",
        "Where not, and what would start them?",
        "What would start them, in the",
    )
    asked += ("Where have they stalled, and must change?", "Stalled longest", "no action yet")
    assert [part for part in (*asked, *map(capitalised, ELEMENTS)) if part not in first] == []


def test_every_sheet_says_what_made_it_and_holds_more_than_that(seen):
    foot = r"Page \d+ of \d+(Lambeth Together|Restricted: not for publication)\. Made by lt_analysis [\d.]+"
    assert all(re.search(foot, sheet) and re.sub(foot, "", sheet).strip() for sheet in seen.sheets)


def test_no_sheet_ends_with_a_heading(seen):
    assert [sheet[-60:] for sheet in seen.sheets if sheet.endswith(tuple(seen.headings))] == []
