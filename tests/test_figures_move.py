"""One input row is changed, and on the organisation's page that figure and only its dependants move."""

import contextlib
import csv
import shutil
from functools import cache
from pathlib import Path

import pytest

from lt_analysis.codebook.folders import Folders
from lt_analysis.codebook.periods import Quarter
from lt_analysis.codebook.returns import ACTIONS
from lt_analysis.door.taking_in import collect_to_release
from tests import making
from tests.conftest import HERE, project_at

SECOND = Quarter.parse("2026-27-Q2")
BOARD = HERE / "notebooks" / "board" / "recruitment.ipynb"
ANALYST = HERE / "notebooks" / "analyst" / "recruitment.ipynb"
FRONT = HERE / "notebooks" / "board" / "front-page.ipynb"
RETURNS = HERE / "notebooks" / "board" / "data-quality.ipynb"
OWN_RETURNS = HERE / "notebooks" / "analyst" / "data-quality.ipynb"

# On the page of an organisation the first chart sets numbers beside equal chances, and the second is of shares.
BESIDE_CHANCES, SHARES = "chart.0", "chart.1"
SHORTLISTING = {"likelihood.shortlisting.BME", "shortlisting.counts", BESIDE_CHANCES, SHARES}
APPOINTMENT = {"likelihood.appointment.BME", "appointment.counts", BESIDE_CHANCES, SHARES}
OVERALL = {"likelihood.overall.BME"}


def people(column, *groups, band="8a-8b", prefix=""):
    """The keys of how many of some groups stand in a column, in a band and at Band 8 and above."""
    return {f"{prefix}{column}.{group}{at}" for group in groups for at in ("", f".{band}")}


def returns_of(folders: Folders) -> dict[Path, bytes]:
    """All that organisations sent."""
    return {path: path.read_bytes() for path in folders.raw.rglob("*") if path.is_file()}


class Begun:
    """A project of which some returns were taken in: its pages as they were then, and a copy of it to change."""

    def __init__(self, first: Folders, made: dict, copy: Folders):
        self.first, self.made, self.copy = first, made, copy
        self.raw = copy.raw
        self.taken_in = returns_of(copy)

    def before(self, notebook: Path = BOARD, **parameters) -> dict[str, str]:
        """A page's figures as they were, made once for all tests that begin so."""
        asked = (notebook, *parameters.items())
        if asked not in self.made:
            self.made[asked] = figures_of(self.first, notebook, parameters)
        return self.made[asked]

    def page(self, notebook: Path = BOARD, **parameters) -> dict[str, str]:
        """A page's figures as its notebook makes them now; what was sent since is taken in first."""
        sent = returns_of(self.copy)
        if sent != self.taken_in:
            collect_to_release(self.copy, SECOND)
            self.taken_in = sent
        return figures_of(self.copy, notebook, parameters)


def figures_of(folders: Folders, notebook: Path, parameters: dict) -> dict[str, str]:
    with contextlib.chdir(folders.root):
        return making.cells_of(making.page_of(notebook, period="latest", **parameters))


@pytest.fixture(scope="module")
def taken_in(tmp_path_factory):
    """Take in what an arrangement of returns sends, once for all tests that begin with it; what was made of it."""

    @cache
    def once(arrangement) -> tuple[Folders, dict]:
        folders = project_at(tmp_path_factory.mktemp("begun") / "project")
        arrangement(folders)
        collect_to_release(folders, SECOND)
        return folders, {}

    return once


@pytest.fixture
def begin(taken_in, tmp_path):
    """Begin a test with an arrangement of returns that were taken in."""

    def begun(arrangement) -> Begun:
        folders, made = taken_in(arrangement)
        shutil.copytree(folders.root, tmp_path / "project")
        return Begun(folders, made, Folders(tmp_path / "project"))

    return begun


def two_years(folders: Folders) -> None:
    """Two organisations, each with a year that passes the rule."""
    for slug in ("ashbourne", "beeches"):
        making.year_of_returns(folders, slug)


def change(project, applicant, slug="ashbourne", period="2025-26-Q1", **cells):
    """Change the row of one applicant."""
    path = project.raw / slug / period / "applications.csv"
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    (row,) = [row for row in rows if row["applicant"] == applicant]
    row.update(cells)
    making.write_rows(path, rows)


def moved_shares(before, after):
    """The keys of the shares that must have moved by the counts on the same pages: shares are whole percentages."""
    return {key for key in before if "share-" in key and share_in(before, key) != share_in(after, key)}


def share_in(page, key):
    """Work a share out from the counts of its page; None where a count is not there or not shown."""
    done, _, group = key.partition("share-")[2].partition(".")
    base = {"shortlisted": "applicants", "appointed": "shortlisted"}[done]
    counts = [page.get(f"{column}.{group}", "[c]").replace(",", "") for column in (done, base)]
    if not all(count.isdecimal() for count in counts):
        return None
    some, of = map(int, counts)
    return f"{100 * some / of:.0f}%" if of >= 20 else "too few"


NOT_OFFERED = {"offered_on": ""}
NOT_SHORTLISTED = {"shortlisted_on": "", "interviewed_on": "", "offered_on": ""}
NOT_ELIGIBLE = NOT_SHORTLISTED | {"eligible_on": ""}
SHORTLISTED = {"shortlisted_on": "2025-05-05", "interviewed_on": "2025-05-12"}

# In vacancy V0 of each quarter, applicants 0 to 5 are White (0 to 2 shortlisted) and 6 to 10 BME (6 and 7
# shortlisted, 6 appointed); 11 is of unknown ethnicity. In V1 the White applicant 0 is appointed.
CHANGES = [
    ("V0-5", NOT_ELIGIBLE, people("applicants", "White", "known") | SHORTLISTING | OVERALL),
    ("V0-10", NOT_ELIGIBLE, people("applicants", "BME", "known") | SHORTLISTING | OVERALL),
    # One shortlist's chance of a BME appointment goes from 2/5 to 2/4; the expected number is still 10, and the
    # range moves.
    ("V0-1", NOT_SHORTLISTED, people("shortlisted", "White", "known") | SHORTLISTING | APPOINTMENT),
    # It goes to 1/4, and the expected number to 9.45: now 9.
    ("V0-7", NOT_SHORTLISTED, people("shortlisted", "BME", "known") | SHORTLISTING | APPOINTMENT),
    # It goes to 3/6, and so does the range.
    ("V0-8", SHORTLISTED, people("shortlisted", "BME", "known") | SHORTLISTING | APPOINTMENT),
    ("V1-0", NOT_OFFERED, people("appointed", "White", "known") | APPOINTMENT | OVERALL),
    ("V0-6", NOT_OFFERED, people("appointed", "BME", "known") | APPOINTMENT | OVERALL),
    ("V0-10", {"ethnicity": "A"}, people("applicants", "White", "BME") | SHORTLISTING | OVERALL),
    ("V0-10", {"ethnicity": "Z"}, people("applicants", "BME", "known") | SHORTLISTING | OVERALL),
    ("V0-10", {"ethnicity": "PC"}, set()),  # still BME
    ("V0-11", SHORTLISTED, set()),  # of unknown ethnicity
    ("junior-0", NOT_OFFERED, set()),  # below Band 8
    ("bulk-1", NOT_OFFERED, set()),  # in a bulk campaign
    ("V0-0", {"home_borough": "Croydon"}, set()),
]


@pytest.mark.parametrize(("applicant", "cells", "moved"), CHANGES)
def test_a_changed_row_moves_its_own_figures_and_no_others(begin, applicant, cells, moved):
    project = begin(making.year_of_returns)
    before = project.before(organisation="ashbourne")
    change(project, f"2025-26-Q1-{applicant}", **cells)
    after = project.page(organisation="ashbourne")
    assert before.keys() == after.keys()
    found = {key for key in before if before[key] != after[key]}
    moved = moved | moved_shares(before, after)
    assert found == moved, [(key, before[key][:300], after[key][:300]) for key in found ^ moved]


# The charts of the front page, in order.
_, APPOINTED_COUNTS, BY_BAND, SHORTLISTED_FOREST, APPOINTED_FOREST = (f"chart.{number}" for number in range(5))
OF_TWO = {"chart.1", "chart.3"}  # those of appointments: two organisations have no chart of bands between them


def test_another_organisations_row_moves_nothing_here_and_one_sentence_and_its_charts_on_the_front_page(begin):
    project = begin(two_years)
    before, front = project.before(organisation="ashbourne"), project.before(FRONT)
    change(project, "2025-26-Q1-V0-6", slug="beeches", **NOT_OFFERED)
    assert project.page(organisation="ashbourne") == before
    after = project.page(FRONT)
    assert {key for key in front if front[key] != after[key]} == {
        *("sentence.beeches", "together.appointment", *OF_TWO)
    }
    assert "11 of 23 appointments went to BME people" in after["sentence.beeches"]


TWO_BANDS = [f"2025-26-Q{number}" for number in (1, 2, 3, 4)]


def ashbourne_in_two_bands(folders: Folders) -> None:
    making.two_bands(folders, "ashbourne", *TWO_BANDS)


# One applicant more or less leaves the expected number, in whole people, and its range as they were.
STANDS = {"shortlisting.counts", BESIDE_CHANCES}
BAND_CHANGES = [
    ("8a-11", NOT_ELIGIBLE, people("applicants", "White", "known") | (SHORTLISTING - STANDS) | OVERALL),
    ("8c-11", NOT_ELIGIBLE, people("applicants", "White", "known", band="8c+") | (SHORTLISTING - STANDS) | OVERALL),
    ("8c-15", NOT_ELIGIBLE, people("applicants", "BME", "known", band="8c+") | (SHORTLISTING - STANDS) | OVERALL),
    ("8c-13", NOT_SHORTLISTED, people("shortlisted", "BME", "known", band="8c+") | SHORTLISTING | APPOINTMENT),
    ("8c-0", NOT_OFFERED, people("appointed", "White", "known", band="8c+") | APPOINTMENT | OVERALL),
]


@pytest.mark.parametrize(("applicant", "cells", "moved"), BAND_CHANGES)
def test_a_changed_row_moves_its_own_band_and_not_the_other(begin, applicant, cells, moved):
    project = begin(ashbourne_in_two_bands)
    before = project.before(organisation="ashbourne")
    assert (before["appointed.BME.8a-8b"], before["appointed.BME.8c+"], before["appointed.BME"]) == ("8", "8", "16")
    change(project, f"2025-26-Q1-{applicant}", **cells)
    after = project.page(organisation="ashbourne")
    found = {key for key in before if before[key] != after[key]}
    moved = moved | moved_shares(before, after)
    assert found == moved, [(key, before[key], after[key]) for key in found ^ moved]


def of_year(column, *groups, band="8a"):
    """The keys of the partnership's year, in a band and at Band 8 and above."""
    return people(column, *groups, band=band, prefix="2025-26.")


COUNTED = {SHORTLISTED_FOREST, BY_BAND}
PARTNERSHIP_CHANGES = [
    # Of 288 White applicants half are shortlisted, and half of those appointed. Shares are rounded and stand still.
    ("2025-26-Q1-8a-11", NOT_ELIGIBLE, of_year("applicants", "White", "known") | COUNTED),
    # Of 144 Black applicants 72 are shortlisted, of 240 BME ones 120.
    ("2025-26-Q1-8a-15", NOT_ELIGIBLE, of_year("applicants", "Black", "BME", "known") | COUNTED),
    # 23 of 72 Black people on shortlists are 32% and not 33%, and 47 of 120 are 39% and not 40%.
    (
        "2025-26-Q1-8c-12",
        NOT_OFFERED,
        of_year("appointed", "Black", "BME", "known", band="8c")
        | {"2025-26.share-appointed.Black", "2025-26.share-appointed.BME"}
        | {APPOINTED_COUNTS, APPOINTED_FOREST, BY_BAND, "headline", "headline.of", "together.appointment"},
    ),
    # An applicant who was taken for Black is Asian: both are BME. 48 of 97 Asian applicants are 49% and not 50%.
    (
        "2025-26-Q1-8a-15",
        {"ethnicity": "H"},
        of_year("applicants", "Black", "Asian") | {"2025-26.share-shortlisted.Asian"},
    ),
    ("2025-26-Q1-8a-22", SHORTLISTED, set()),  # of unknown ethnicity
    # 36 of 71 White applicants are 51% and not 50%.
    (
        "2026-27-Q1-8a-11",
        NOT_ELIGIBLE,
        {"2026-27-Q1.applicants.White", "2026-27-Q1.applicants.known"}
        | {"2026-27-Q1.share-shortlisted.White", "quarter.shortlisting"},
    ),
    ("2026-27-Q1-8a-13", {"ethnicity": "H"}, set()),  # a quarter is in two groups
    (
        "2026-27-Q1-8c-18",
        NOT_OFFERED,
        {"2026-27-Q1.appointed.BME", "2026-27-Q1.appointed.known", "quarter", "quarter.appointment"}
        | {"2026-27-Q1.share-appointed.BME", "2026-27-Q1.share-appointed.known"},
    ),
    ("2026-27-Q2-8a-11", NOT_ELIGIBLE, set()),  # the report's own quarter waits for late decisions
]


def three_in_two_bands(folders: Folders) -> None:
    """Three organisations, whose totals pass the rule in every band."""
    for slug in ("ashbourne", "beeches", "cedars"):
        making.two_bands(folders, slug, *TWO_BANDS, "2026-27-Q1", "2026-27-Q2")


@pytest.mark.parametrize(("applicant", "cells", "moved"), PARTNERSHIP_CHANGES)
def test_a_changed_row_moves_the_partnerships_own_figures_and_no_others(begin, applicant, cells, moved):
    project = begin(three_in_two_bands)
    before = project.before(FRONT)
    assert before["2025-26.appointed.Black"] == "24"
    change(project, applicant, period="-".join(applicant.split("-")[:3]), **cells)
    after = project.page(FRONT)
    assert before.keys() == after.keys()
    found = {key for key in before if before[key] != after[key]} - {"sentence.ashbourne"}
    assert found == moved, [(key, before[key], after[key]) for key in found ^ moved]


def test_the_front_page_counts_what_can_be_shown(begin):
    project = begin(two_years)
    assert "Of 2 organisations, 2 are shown" in project.before(FRONT)["organisations"]
    (project.raw / "beeches" / "2025-26-Q1" / "applications.csv").unlink()
    after = project.page(FRONT)
    assert "Of 2 organisations, 1 is shown" in after["organisations"]
    assert "Nothing has been received for 2025-26-Q1" in after["sentence.beeches"]


def with_published_totals(folders: Folders) -> None:
    making.year_of_returns(folders)
    shutil.copytree(HERE / "data/raw/london-acute-medical", folders.raw / "london-acute-medical")


PUBLISHED_CHANGES = [
    # The three groups together are BME. One more Black person offered a post: of 2,041 shortlisted, 189.
    (
        ("Black", "offered", 189),
        {"appointed.Black", "likelihood.appointment.Black", "likelihood.overall.Black", "overall.Black"}
        | {"appointed.BME", "appointment.counts", "likelihood.overall.BME", "overall.likelihood", "chart.0"},
    ),
    # A thousand more Mixed applicants: shares of Mixed and of all BME people fall.
    (
        ("Mixed", "applied", 11860),
        {"applicants.Mixed", "likelihood.shortlisting.Mixed", "likelihood.overall.Mixed", "overall.Mixed"}
        | {"applicants.BME", "likelihood.shortlisting.BME", "likelihood.overall.BME", "shortlisting.counts"}
        | {"arises", "overall.likelihood", "chart.0"},
    ),
    # White people are compared with every group, so everything at their stage moves.
    (
        ("White", "offered", 1300),
        {"appointed.White", "appointment.counts", "overall.likelihood", "arises", "chart.0"}
        | {
            f"likelihood.{stage}.{group}"
            for stage in ("appointment", "overall")
            for group in ("BME", "Asian", "Black", "Mixed")
        }
        | {f"overall.{group}" for group in ("Asian", "Black", "Mixed")},
    ),
]


@pytest.mark.parametrize(("cell", "moved"), PUBLISHED_CHANGES)
def test_a_changed_total_moves_its_own_figures_and_no_others(begin, cell, moved):
    project = begin(with_published_totals)
    path = project.raw / "london-acute-medical" / "2020-21" / "stage-totals.csv"
    before = project.before(organisation="london-acute-medical")
    group, column, value = cell
    rows = list(csv.DictReader(path.read_text(encoding="utf-8").splitlines()))
    for row in rows:
        if row["ethnicity"] == group:
            row[column] = value
    making.write_rows(path, rows, tuple(rows[0]))
    after = project.page(organisation="london-acute-medical")
    assert {key for key in before if before[key] != after[key]} == moved | moved_shares(before, after)


def pledge(project, slug="ashbourne", **changes):
    """Write an organisation's return of two actions, the first of them changed."""
    row = {"action": "Panels are trained", "owner_role": "Chair", "started_on": "2026-04-01", "due_on": "2026-12-31"}
    row |= {"status": "under way", "status_on": "2026-09-30"}
    other = row | {"action": "Leavers are asked", "due_on": "2026-05-31"}
    path = project.raw / slug / "2026-27-Q2" / "actions.csv"
    making.write_rows(path, [row | changes, other], ACTIONS.column_names)


def two_pledges(folders: Folders) -> None:
    two_years(folders)
    for slug in ("ashbourne", "beeches"):
        pledge(folders, slug)


LATE_COUNTS = {"late", "sentence.ashbourne"}
ACTION_CHANGES = [
    # Of an action that is in time: what moves on the page of its organisation, and on the front page.
    ({"action": "Panels are taught"}, {"action.ashbourne.2"}, set()),
    ({"owner_role": "Director"}, {"owner.ashbourne.2"}, set()),
    ({"status": "done"}, {"status.ashbourne.2"}, set()),
    ({"started_on": "2026-05-01"}, set(), set()),
    ({"status_on": "2026-09-01"}, set(), set()),
    ({"due_on": "2027-01-31"}, set(), set()),  # a date heads its row and has no key
    (
        {"due_on": "2026-06-30"},
        {"status.ashbourne.2", "actions"},
        LATE_COUNTS | {f"{part}.ashbourne.2" for part in ("action", "owner", "due", "status")},
    ),
]


@pytest.mark.parametrize(("changes", "moved", "in_front"), ACTION_CHANGES)
def test_a_changed_action_moves_itself_and_what_counts_it(begin, changes, moved, in_front):
    project = begin(two_pledges)
    before, front = project.before(organisation="ashbourne"), project.before(FRONT)
    others = project.before(organisation="beeches")
    pledge(project, **changes)
    after, front_after = project.page(organisation="ashbourne"), project.page(FRONT)
    assert {key for key in before.keys() | after.keys() if before.get(key) != after.get(key)} == moved
    assert {key for key in front.keys() | front_after.keys() if front.get(key) != front_after.get(key)} == in_front
    assert project.page(organisation="beeches") == others


def of_stage(stage, *groups, names=("observed", "expected", "deviation", "range", "mid-p", "vacancies", "informative")):
    """The keys of the table of exact evidence for a stage and groups."""
    return {f"{name}.{stage}.{group}" for name in names for group in groups}


def pooled(stage, *names):
    """The keys of a stage with all posts added up, and of the whole that it is a part of."""
    everything = ("pooled-ratio", "pooled-interval", "koopman", "four-fifths", "stage-ratio", "stage-range")
    of_unknown = ("unknown-ratio", "unknown-bounds", "unknown-within")
    whole = {"stage-ratio.overall", "stage-range.overall"}
    return {f"{name}.{stage}" for name in (*everything, *of_unknown, *names)} | whole


def within(stage, *names):
    """The keys of a stage's tests within vacancies that move when its White and BME people do."""
    everything = ("p-more", "mid-p-value", "mid-p-interval", "risk-ratio", "risk-ratio-interval")
    return {f"{name}.{stage}" for name in (*everything, *names)}


def two_quarters_of_two_posts(folders: Folders) -> None:
    """A year, and two quarters of two vacancies each."""
    making.year_of_returns(folders)
    for period in ("2026-27-Q1", "2026-27-Q2"):
        people = [("A", 4), *[("B", 3)] * 4, ("A", 1), ("N", 4), ("H", 3)]
        rows = making.vacancy(Quarter.parse(period), f"{period}-V0", people)
        rows += making.vacancy(Quarter.parse(period), f"{period}-V1", [("A", 3), ("A", 1), ("Z", 2), *[("N", 3)] * 3])
        making.write_rows(folders.raw / "ashbourne" / period / "applications.csv", rows)


ANALYST_CHANGES = [
    # The Black person who was appointed no longer is. Of two appointments one is left, and it could have gone
    # either way; the range of White and Black people's count stays 0 to 1. Nothing is compared now.
    (
        "V0-6",
        NOT_OFFERED,
        {"headline", "caution", "appointment.counts", "appointed.BME", "appointed.Black", "chart.0"}
        | {"five.appointed.Black", "nineteen.appointed.African"}
        | {"band-observed.8a", "band-expected.8a", "several.appointment", "tipping.appointment"}
        | {"likelihood.appointment.BME", "likelihood.overall.BME"}
        | of_stage("appointment", "BME", "Black", names=("observed", "expected", "deviation", "mid-p"))
        | within("appointment", "p-fewer", "odds-ratio", "median-unbiased", "halving")
        | {"pooled-odds-ratio.appointment", "pooled-odds-interval.appointment"}
        | pooled("appointment", "pooled-mid-p", "without-declined"),
    ),
    # A White person who was not shortlisted was not eligible either. Everybody left in the vacancy was
    # shortlisted, so it no longer tells anything about any group that stood in it.
    (
        "V0-5",
        NOT_ELIGIBLE,
        {"applicants.White", "five.applicants.White"}
        | {"nineteen.applicants.English, Welsh, Scottish, Northern Irish or British"}
        | {"account.not_eligible", "left.not_eligible", "left.unknown", "several.shortlisting"}
        | {"likelihood.shortlisting.BME", "likelihood.overall.BME"}
        | of_stage("shortlisting", "BME", "Black", "Asian", names=("expected", "deviation", "mid-p", "informative"))
        | of_stage("shortlisting", "BME", "Black", "Asian", names=("range",))
        | within("shortlisting", "exact-interval", "p-central", "p-likelihood")
        | pooled("shortlisting", "pooled-mid-p", "fisher"),
    ),
    # A person of unknown ethnicity is in no comparison, and may be in either group.
    (
        "V1-2",
        NOT_SHORTLISTED,
        {"five.shortlisted.Unknown", "nineteen.shortlisted.Unknown"}
        | {"unknown.shortlisting", "unknown-bounds.shortlisting", "unknown-within.shortlisting"}
        | {"unknown.appointment", "unknown-bounds.appointment", "tipping.appointment"},
    ),
]


@pytest.mark.parametrize(("applicant", "cells", "moved"), ANALYST_CHANGES)
def test_an_exact_page_moves_with_its_own_quarter_only(begin, applicant, cells, moved):
    project = begin(two_quarters_of_two_posts)
    before = project.before(ANALYST, organisation="ashbourne")
    change(project, f"2026-27-Q1-{applicant}", period="2026-27-Q1", **cells)
    assert project.page(ANALYST, organisation="ashbourne") == before
    change(project, f"2026-27-Q2-{applicant}", period="2026-27-Q2", **cells)
    after = project.page(ANALYST, organisation="ashbourne")
    found = {key for key in before.keys() | after.keys() if before.get(key) != after.get(key)}
    assert found == moved, [(key, before.get(key), after.get(key)) for key in sorted(found ^ moved)]


def test_an_offer_that_is_declined_moves_only_the_ratio_that_leaves_it_out(begin):
    project = begin(making.year_of_returns)
    people = [*[("A", 4)] * 5, *[("A", 3)] * 5, *[("N", 4)] * 6, *[("N", 3)] * 6]
    path = project.raw / "ashbourne" / str(SECOND) / "applications.csv"
    making.write_rows(path, making.vacancy(SECOND, "V0", people))
    before = project.page(ANALYST, organisation="ashbourne")
    change(project, "V0-10", period=str(SECOND), declined_on="2026-08-30")
    after = project.page(ANALYST, organisation="ashbourne")
    found = {key: (before[key], after[key]) for key in before if before[key] != after.get(key)}
    # 5/10 ÷ 6/12 with the Black person who declined, and 5/10 ÷ 5/11 without.
    assert found == {"without-declined.appointment": ("1.00", "1.10")}


def test_a_post_whose_pay_no_longer_reaches_band_8a_moves_only_what_counting_it_would_change(begin):
    project = begin(making.year_of_returns)
    # 2026-27, inner London: Band 8a begins at 57,528 + 8,746 = 66,274.
    making.organisation(project.copy, "dunmow", kind="council", grades="salary", high_cost_area="inner")
    columns = (*(name for name in making.COLUMNS if name != "grade"), "salary_minimum", "salary_maximum")
    people = [*[("A", 2)] * 6, *[("A", 1)] * 4, *[("N", 2)] * 5, *[("N", 1)] * 6]
    rows = making.vacancy(SECOND, "V0", people, salary_minimum="70000", salary_maximum="75000")
    for post in ("V1", "V2"):
        people = [*[("A", 2)] * 5, *[("A", 1)] * 3, *[("N", 2)] * 5, *[("N", 1)] * 7, ("Z", 2)]
        rows += making.vacancy(SECOND, post, people, salary_minimum="60000", salary_maximum="66274")
    path = project.raw / "dunmow" / str(SECOND) / "applications.csv"
    making.write_rows(path, rows, columns)
    before = project.page(ANALYST, organisation="dunmow")
    rows = [row | {"salary_maximum": "66273"} if row["vacancy"] == "V2" else row for row in rows]
    making.write_rows(path, rows, columns)
    after = project.page(ANALYST, organisation="dunmow")
    found = {key: (before[key], after[key]) for key in before if before[key] != after.get(key)}
    assert found == {
        "straddling-more.shortlisting": ("26 White, 35 BME", "18 White, 23 BME"),
        "straddling-more.appointment": ("16 White, 15 BME", "11 White, 10 BME"),
        # 16/26 ÷ 15/35 with both posts, and 11/18 ÷ 10/23 with one.
        "straddling-more-ratio.shortlisting": ("1.44", "1.41"),
    }


def test_a_row_of_an_earlier_year_moves_the_evidence_since_the_start_and_what_is_said_anew(begin):
    project = begin(making.year_of_returns)
    people = [("A", 4), ("B", 3), ("N", 3)]
    path = project.raw / "ashbourne" / str(SECOND) / "applications.csv"
    making.write_rows(path, making.vacancy(SECOND, "V0", people))
    before = project.page(ANALYST, organisation="ashbourne")
    change(project, "2025-26-Q1-V0-6", **NOT_OFFERED)
    after = project.page(ANALYST, organisation="ashbourne")
    looks = ("2025-26-Q3", "2025-26-Q4", "2026-27-Q1", "2026-27-Q2")
    found = {key for key in before.keys() | after.keys() if before.get(key) != after.get(key)}
    assert {key for key in found if not key.startswith("variant.")} == {
        *(f"{name}.{look}" for name in ("counted", "likely") for look in looks),
        *(f"e.{look}" for look in looks[1:]),  # of the first look it is 0.92 both times, rounded down
        *("since", "waiting", "chart.1", "said.2026-27-Q2"),
    }
    assert {key for key in before if key.startswith("variant.")} <= found
    assert "12 of 24 appointments went to BME people" in before["since"]
    assert "11 of 23 appointments went to BME people" in after["since"]
    assert before["said.2026-27-Q2"] == "too few returns to tell (0.90)"


def test_a_rejected_row_moves_the_receipts_and_is_not_counted(begin):
    project = begin(making.year_of_returns)
    rows = making.vacancy(SECOND, "V0", [("A", 4), ("N", 3), ("N", 1)])
    path = making.write_rows(project.raw / "ashbourne" / "2026-27-Q2" / "applications.csv", rows)
    before = project.page(ANALYST, organisation="ashbourne")
    change(project, "V0-2", period="2026-27-Q2", sex="?")
    after = project.page(ANALYST, organisation="ashbourne")
    key = f"ashbourne/2026-27-Q2/{path.name}"
    assert [after[f"{name}.{key}"] for name in ("received", "accepted", "rejected")] == ["3", "2", "1"]
    assert (before["applicants.BME"], after["applicants.BME"]) == ("2", "1")


def test_a_note_below_the_table_moves_what_was_received_and_set_aside_only(begin):
    project = begin(making.year_of_returns)
    rows = making.vacancy(SECOND, "V0", [("A", 4), ("N", 3), ("N", 1)])
    path = making.write_rows(project.raw / "ashbourne" / "2026-27-Q2" / "applications.csv", rows)
    before = project.page(ANALYST, organisation="ashbourne")
    path.write_text(path.read_text(encoding="utf-8") + "Prepared by the people team\n", encoding="utf-8")
    after = project.page(ANALYST, organisation="ashbourne")
    key = f"ashbourne/2026-27-Q2/{path.name}"
    moved = {name: (before[name], after[name]) for name in before.keys() | after.keys() if before[name] != after[name]}
    assert moved == {f"received.{key}": ("3", "4"), f"set-aside.{key}": ("0", "1")}


# Of 288 applicants of the year 24 are of unknown ethnicity, one in each vacancy.
RETURNS_CHANGES = [
    ("V0-11", {"ethnicity": "A"}, {"known.ashbourne", "unknown.ashbourne", "share.ashbourne", "chart.0"}),
    ("V0-10", {"ethnicity": "99"}, {"known.ashbourne", "unknown.ashbourne", "chart.0"}),
    ("V0-11", NOT_ELIGIBLE, {"applicants.ashbourne", "unknown.ashbourne", "chart.0"}),
    ("V0-5", NOT_ELIGIBLE, {"applicants.ashbourne", "known.ashbourne", "chart.0"}),  # 263 of 287 is 91.6% too
    ("V0-10", {"ethnicity": "A"}, set()),  # known either way
    ("V0-11", {"ethnicity": "99"}, set()),  # unknown either way
    ("V0-11", SHORTLISTED, set()),  # still an applicant
    ("junior-0", {"ethnicity": "Z"}, set()),  # below Band 8
    ("bulk-0", {"ethnicity": "Z"}, set()),  # in a bulk campaign
]


@pytest.mark.parametrize(("applicant", "cells", "moved"), RETURNS_CHANGES)
def test_a_changed_row_moves_how_completely_ethnicity_is_known_and_nothing_else(begin, applicant, cells, moved):
    project = begin(two_years)
    before = project.before(RETURNS)
    assert [before[f"{name}.ashbourne"] for name in ("applicants", "known", "share")] == ["288", "264", "91%"]
    change(project, f"2025-26-Q1-{applicant}", **cells)
    after = project.page(RETURNS)
    assert before.keys() == after.keys()
    assert {key for key in before if before[key] != after[key]} == moved


def test_a_return_that_is_missing_moves_what_was_received_and_takes_the_share_away(begin):
    project = begin(two_years)
    before = project.before(RETURNS)
    (project.raw / "beeches" / "2025-26-Q1" / "applications.csv").unlink()
    after = project.page(RETURNS)
    assert {key for key in before.keys() | after.keys() if before.get(key) != after.get(key)} == {
        *("sent", "missing", "known", "chart.0"),
        *(f"{name}.beeches" for name in ("received", "missing", "returns", "applicants", "known", "unknown", "share")),
    }
    assert (before["sent"], after["sent"]) == tuple(
        f"{number} of 2 organisations sent all that the figures for the year need." for number in (2, 1)
    )
    assert {after[f"{name}.beeches"] for name in ("applicants", "known", "share")} == {"no complete year"}


def test_few_of_unknown_ethnicity_look_like_none_on_the_page(begin):
    project = begin(making.year_of_returns)
    path = project.raw / "ashbourne"
    shown = []
    for kept in ("Q1-V0-11", "V1-11", "nobody"):
        making.year_of_returns(project.copy)
        for file in path.glob("*/applications.csv"):
            rows = file.read_text(encoding="utf-8").splitlines()
            file.write_text("\n".join(row for row in rows if ",Z," not in row or kept in row) + "\n", encoding="utf-8")
        shown.append(project.page(RETURNS))
    assert shown[0] == shown[1] == shown[2]
    assert {shown[0][f"{name}.ashbourne"] for name in ("applicants", "unknown", "share")} == {"[c]"}
    assert shown[0]["known.ashbourne"] == "264"


def two_years_and_two_quarters(folders: Folders) -> None:
    """Two years, and two quarters of 20 applicants, of whom one is of unknown ethnicity."""
    two_years(folders)
    for period in (SECOND.previous, SECOND):
        people = [("A", 3)] * 12 + [("N", 1)] * 7 + [("Z", 1)]
        rows = making.vacancy(period, f"{period}-V0", people)
        making.write_rows(folders.raw / "ashbourne" / str(period) / "applications.csv", rows)


OWN_FILE = "ashbourne/2026-27-Q1/applications.csv"
OWN_CHANGES = [
    ("V0-19", {"ethnicity": "A"}, {"known.2026-27-Q1", "share.2026-27-Q1", "chart.0"}),
    ("V0-19", {"home_borough": "Croydon"}, set()),
    ("V0-18", NOT_ELIGIBLE, {f"{name}.2026-27-Q1" for name in ("applicants", "known", "share")} | {"chart.0"}),
    # A rejected row is not counted, is told, and leaves 19 applicants, of whom no share is drawn.
    (
        "V0-18",
        {"sex": "?"},
        {f"{name}.2026-27-Q1" for name in ("applicants", "known", "share")}
        | {f"accepted.{OWN_FILE}", f"rejected.{OWN_FILE}", "headline", "rows", "chart.0", "rejected"}
        | {"reason.1", "remedy.1", "rows.1", "first-rows.1"},
    ),
]


@pytest.mark.parametrize(("applicant", "cells", "moved"), OWN_CHANGES)
def test_an_organisations_own_page_of_returns_moves_with_its_own_rows(begin, applicant, cells, moved):
    project = begin(two_years_and_two_quarters)
    before = project.before(OWN_RETURNS, organisation="ashbourne")
    change(project, "2025-26-Q1-V0-6", slug="beeches", ethnicity="Z")
    assert project.page(OWN_RETURNS, organisation="ashbourne") == before
    change(project, f"2026-27-Q1-{applicant}", period="2026-27-Q1", **cells)
    after = project.page(OWN_RETURNS, organisation="ashbourne")
    found = {key for key in before.keys() | after.keys() if before.get(key) != after.get(key)}
    assert found == moved, [(key, before.get(key), after.get(key)) for key in sorted(found ^ moved)]
