"""One input row is changed, and that figure and only its dependants move: among released numbers, and on pages."""

import contextlib
import csv
import re
import shutil
from functools import cache
from pathlib import Path

import pytest

from lt_analysis.codebook.folders import Folders
from lt_analysis.codebook.measures import STAGES as DECISIONS
from lt_analysis.codebook.periods import Quarter
from lt_analysis.codebook.returns import ACTIONS
from lt_analysis.commands.take_in import collect_to_release
from lt_analysis.release import read_release
from lt_analysis.release.approvals import Texts
from tests import making
from tests.conftest import HERE, project_at

SECOND = Quarter.parse("2026-27-Q2")
BOARD = HERE / "notebooks" / "board" / "recruitment.ipynb"
ANALYST = HERE / "notebooks" / "analyst" / "recruitment.ipynb"
FRONT = HERE / "notebooks" / "board" / "front-page.ipynb"
RETURNS = HERE / "notebooks" / "board" / "data-quality.ipynb"
OWN_RETURNS = HERE / "notebooks" / "analyst" / "data-quality.ipynb"


def returns_of(folders: Folders) -> dict[Path, bytes]:
    """All that organisations sent."""
    return {path: path.read_bytes() for path in folders.raw.rglob("*") if path.is_file()}


class Begun:
    """A project of which some returns were taken in: its figures as they were then, and a copy of it to change."""

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
        self._take_in()
        return figures_of(self.copy, notebook, parameters)

    def _take_in(self) -> None:
        sent = returns_of(self.copy)
        if sent != self.taken_in:
            for made in (self.copy.releases, self.copy.certificates):  # what was released would stand as it is
                shutil.rmtree(made)
            collect_to_release(self.copy, SECOND)
            self.taken_in = sent

    def moved(self) -> set[str]:
        """The keys of the released numbers that are others than they were."""
        if "released" not in self.made:
            self.made["released"] = released_by(self.first)
        self._take_in()
        before, after = self.made["released"], released_by(self.copy)
        assert before.keys() == after.keys()
        return {key for key in before if before[key] != after[key]}


def released_by(folders: Folders) -> dict[str, object]:
    """Every number of a release by its key: people, what equal chances would give, and evidence since the start."""
    with contextlib.chdir(folders.root):
        release = read_release(str(SECOND))
    return release.published | release.chances_published | release.evidence_published


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


NOT_OFFERED = {"offered_on": ""}
NOT_SHORTLISTED = {"shortlisted_on": "", "interviewed_on": "", "offered_on": ""}
NOT_ELIGIBLE = NOT_SHORTLISTED | {"eligible_on": ""}
SHORTLISTED = {"shortlisted_on": "2025-05-05", "interviewed_on": "2025-05-12"}


def people(stage, *groups, bands=("8a-8b", "8+"), table="ashbourne/2025-26"):
    """The keys of how many of some groups reached a stage."""
    return {f"{table}/{stage}/{group}/{band}" for group in groups for band in bands}


def of_chances(*stages, who="ashbourne"):
    """The keys of what equal chances would give: of whole people and their range, some move and some stand."""
    return {f"{who}/2025-26/{stage}/BME/{name}" for stage in stages for name in ("people", "low", "high")}


TELLING = {"ashbourne/2025-26/appointed/BME/informative"}
# In vacancy V0 of each quarter, applicants 0 to 5 are White (0 to 2 shortlisted) and 6 to 10 BME (6 and 7
# shortlisted, 6 appointed); 11 is of unknown ethnicity. In V1 the White applicant 0 is appointed.
# Of each change: the numbers that must move, and the stages at which what equal chances would give may.
CHANGES = [
    ("V0-5", NOT_ELIGIBLE, people("applied", "White", "known"), {"shortlisted"}),
    ("V0-10", NOT_ELIGIBLE, people("applied", "BME", "known"), {"shortlisted"}),
    ("V0-1", NOT_SHORTLISTED, people("shortlisted", "White", "known"), {"shortlisted", "appointed"}),
    # One shortlist's chance of a BME appointment goes from 2/5 to 1/4, and the number expected from 10 to 9.45.
    (
        "V0-7",
        NOT_SHORTLISTED,
        people("shortlisted", "BME", "known") | {"ashbourne/2025-26/appointed/BME/people"},
        {"shortlisted", "appointed"},
    ),
    ("V0-8", SHORTLISTED, people("shortlisted", "BME", "known"), {"shortlisted", "appointed"}),
    # A shortlist of which nobody was appointed tells nothing: 23 of 24 still do.
    ("V1-0", NOT_OFFERED, people("appointed", "White", "known") | TELLING, {"appointed"}),
    ("V0-6", NOT_OFFERED, people("appointed", "BME", "known") | TELLING, {"appointed"}),
    ("V0-10", {"ethnicity": "A"}, people("applied", "White", "BME"), {"shortlisted"}),
    (
        "V0-10",
        {"ethnicity": "Z"},
        people("applied", "BME", "known") | people("applied", "Unknown", bands=("8+",)),
        {"shortlisted"},
    ),
    (
        "V0-11",
        {"ethnicity": "A"},
        people("applied", "White", "known") | people("applied", "Unknown", bands=("8+",)),
        {"shortlisted"},
    ),
    ("V0-11", NOT_ELIGIBLE, people("applied", "Unknown", bands=("8+",)), set()),
]


@pytest.mark.parametrize(("applicant", "cells", "moved", "stages"), CHANGES)
@pytest.mark.one_in(3)
def test_a_changed_row_moves_its_own_released_numbers_and_no_others(begin, applicant, cells, moved, stages):
    project = begin(making.year_of_returns)
    change(project, f"2025-26-Q1-{applicant}", **cells)
    found = project.moved()
    assert moved <= found
    assert found - moved <= of_chances(*stages)


def test_rows_and_cells_that_count_in_no_number_move_none(begin):
    project = begin(two_years)
    for applicant, cells in (
        ("V0-10", {"ethnicity": "PC"}),  # still BME
        ("V0-11", SHORTLISTED | {"ethnicity": "99"}),  # of unknown ethnicity either way, and an applicant as before
        ("V0-0", {"home_borough": "Croydon"}),
        ("junior-0", NOT_OFFERED | {"ethnicity": "Z"}),  # below Band 8
        ("bulk-1", NOT_OFFERED | {"ethnicity": "Z"}),  # in a bulk campaign
    ):
        change(project, f"2025-26-Q1-{applicant}", **cells)
    assert project.moved() == set()


TWO_BANDS = [f"2025-26-Q{number}" for number in (1, 2, 3, 4)]


def five_in_two_bands(folders: Folders) -> None:
    """Five organisations, whose totals pass the rule in every band."""
    for slug in ("ashbourne", "beeches", "cedars", "dunwich", "erewhon"):
        making.two_bands(folders, slug, *TWO_BANDS, "2026-27-Q1", "2026-27-Q2")


def of_all(stage, *groups, band):
    """The keys of the partnership's year, in a band and at Band 8 and above."""
    return people(stage, *groups, bands=(band, "8+"), table="partnership/2025-26")


def of_one(stage, *groups, band="8c+"):
    """The keys of the organisation's own year, in a group of bands and at Band 8 and above."""
    return people(stage, *groups, bands=(band, "8+"))


def of_quarter(stage, *groups):
    """The keys of the partnership's quarter."""
    return people(stage, *groups, bands=("8+",), table="partnership/2026-27-Q1")


BAND_CHANGES = [
    (
        "2025-26-Q1-8a-11",
        NOT_ELIGIBLE,
        of_one("applied", "White", "known", band="8a-8b") | of_all("applied", "White", "known", band="8a"),
        {"shortlisted"},
    ),
    (
        "2025-26-Q1-8c-11",
        NOT_ELIGIBLE,
        of_one("applied", "White", "known") | of_all("applied", "White", "known", band="8c"),
        {"shortlisted"},
    ),
    (
        "2025-26-Q1-8a-15",
        NOT_ELIGIBLE,
        of_one("applied", "BME", "known", band="8a-8b") | of_all("applied", "Black", "BME", "known", band="8a"),
        {"shortlisted"},
    ),
    (
        "2025-26-Q1-8c-13",
        NOT_SHORTLISTED,
        of_one("shortlisted", "BME", "known") | of_all("shortlisted", "Black", "BME", "known", band="8c"),
        {"shortlisted", "appointed"},
    ),
    (
        "2025-26-Q1-8c-0",
        NOT_OFFERED,
        of_one("appointed", "White", "known") | of_all("appointed", "White", "known", band="8c"),
        {"appointed"},
    ),
    (
        "2025-26-Q1-8c-12",
        NOT_OFFERED,
        of_one("appointed", "BME", "known") | of_all("appointed", "Black", "BME", "known", band="8c"),
        {"appointed"},
    ),
    # An applicant who was taken for Black is Asian: both are BME.
    ("2025-26-Q1-8a-15", {"ethnicity": "H"}, of_all("applied", "Black", "Asian", band="8a"), set()),
    ("2026-27-Q1-8a-11", NOT_ELIGIBLE, of_quarter("applied", "White", "known"), set()),
    ("2026-27-Q1-8c-18", NOT_OFFERED, of_quarter("appointed", "BME", "known"), set()),
]


@pytest.mark.parametrize(("applicant", "cells", "moved", "stages"), BAND_CHANGES)
@pytest.mark.one_in(3)
def test_a_changed_row_moves_its_own_band_and_the_partnerships_numbers_and_no_others(
    begin, applicant, cells, moved, stages
):
    project = begin(five_in_two_bands)
    change(project, applicant, period="-".join(applicant.split("-")[:3]), **cells)
    found = project.moved()
    assert moved <= found
    chances = of_chances(*stages) | of_chances(*stages, who="partnership")
    decisions = [measure.key for measure in DECISIONS if measure.counts[1] in stages]
    evidence = tuple(f"partnership/2026-27-Q2/{decision}/evidence/" for decision in decisions)
    assert {key for key in found - moved - chances if not key.startswith(evidence)} == set()


def test_what_no_table_of_the_partnership_tells_apart_moves_none_of_its_numbers(begin):
    project = begin(five_in_two_bands)
    for applicant, cells in (
        ("2025-26-Q1-8a-22", SHORTLISTED),  # of unknown ethnicity
        ("2026-27-Q1-8a-13", {"ethnicity": "H"}),  # a quarter is in two groups, and Black and Asian are one of them
        ("2026-27-Q2-8a-11", NOT_ELIGIBLE),  # the report's own quarter waits for late decisions
    ):
        change(project, applicant, period="-".join(applicant.split("-")[:3]), **cells)
    assert project.moved() == set()


# What is released reaches the board's pages by keys, which the gate holds to the release: a few changes are followed
# there. Nothing else holds an organisation's own exact pages, so more are followed to those.
def test_on_an_organisations_page_a_changed_row_moves_what_it_counts_in_and_nothing_else(begin):
    project = begin(two_years)
    before, front = project.before(organisation="ashbourne"), project.before(FRONT)
    beside = project.before(organisation="beeches")
    change(project, "2025-26-Q1-V0-6", **NOT_OFFERED)
    after, front_after = project.page(organisation="ashbourne"), project.page(FRONT)
    # Of 48 BME people on shortlists 11 in place of 12 are 23% and not 25%; of 120 in all 23 are 19% and not 20%.
    assert {key for key in before.keys() | after.keys() if before.get(key) != after.get(key)} == {
        *("appointed.BME", "appointed.BME.8a-8b", "appointed.known", "appointed.known.8a-8b"),
        *("likelihood.appointment.BME", "likelihood.overall.BME", "appointment.counts", "chart.0", "chart.1"),
    }
    assert {key for key in front.keys() | front_after.keys() if front.get(key) != front_after.get(key)} == {
        *("number.appointment.ashbourne", "chart.0", "chart.2")
    }
    assert front_after["number.appointment.ashbourne"].startswith("11")
    # Shares stand with the chart that draws them.
    assert ("BME 25%" in before["chart.1"], "BME 23%" in after["chart.1"]) == (True, True)
    assert project.page(organisation="beeches") == beside


def test_on_the_front_page_a_changed_row_moves_the_partnerships_figures_and_nothing_else(begin):
    project = begin(five_in_two_bands)
    before = project.before(FRONT)
    assert before["2025-26.appointed.Black"] == "40"
    change(project, "2025-26-Q1-8c-12", **NOT_OFFERED)
    after = project.page(FRONT)
    # 39 of 120 Black people on shortlists are 32% and not 33%; 79 of 200 BME people are 40%, as 80 were.
    assert {key for key in before.keys() | after.keys() if before.get(key) != after.get(key)} == {
        *(f"2025-26.appointed.{group}{band}" for group in ("Black", "BME", "known") for band in ("", ".8c")),
        *(f"bands.2025-26.appointed.{part}" for part in ("BME.8c", "known.8c", "BME.8c.share")),
        *("2025-26.share-appointed.Black", "headline", "recruitment.appointment", "chart.1", "chart.3"),
        *("number.appointment.ashbourne", "usual.appointment.ashbourne"),
        *("years.count.appointment.2025-26", "years.range.appointment.2025-26"),
    }


PUBLISHED = "london-acute-medical/2020-21"


def with_published_totals(folders: Folders) -> None:
    making.year_of_returns(folders)
    shutil.copytree(HERE / "data/raw/london-acute-medical", folders.raw / "london-acute-medical")


@pytest.mark.parametrize(
    ("group", "column", "value", "moved"),
    [
        # The three groups together are BME. One more Black person offered a post: of 2,041 shortlisted, 189.
        ("Black", "offered", 189, people("appointed", "Black", "BME", bands=("8+",), table=PUBLISHED)),
        ("Mixed", "applied", 11860, people("applied", "Mixed", "BME", bands=("8+",), table=PUBLISHED)),
        ("White", "offered", 1300, people("appointed", "White", bands=("8+",), table=PUBLISHED)),
    ],
)
@pytest.mark.one_in(3)
def test_a_changed_total_moves_its_own_released_numbers_and_no_others(begin, monkeypatch, group, column, value, moved):
    monkeypatch.setattr(Texts, "figures_are_approved", lambda *figures: True)  # the changed ones too
    project = begin(with_published_totals)
    path = project.raw / "london-acute-medical" / "2020-21" / "stage-totals.csv"
    rows = list(csv.DictReader(path.read_text(encoding="utf-8").splitlines()))
    for row in rows:
        if row["ethnicity"] == group:
            row[column] = value
    making.write_rows(path, rows, tuple(rows[0]))
    assert project.moved() == moved


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


LATE_COUNTS = {"late", "late.ashbourne", "chart.0"}
ACTION_CHANGES = [
    # Of an action that is in time: what moves on the page of its organisation, and on the front page.
    *(
        pytest.param(changes, moved, set(), marks=pytest.mark.thorough)
        for changes, moved in (
            ({"action": "Panels are taught"}, {"action.ashbourne.2"}),
            ({"owner_role": "Director"}, {"owner.ashbourne.2"}),
            ({"status": "done"}, {"status.ashbourne.2"}),
            ({"started_on": "2026-05-01"}, set()),
            ({"status_on": "2026-09-01"}, set()),
            ({"due_on": "2027-01-31"}, set()),  # a date heads its row and has no key
        )
    ),
    (
        {"due_on": "2026-06-30"},
        {"status.ashbourne.2", "late"},
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


OF_THE_EXACT_TABLE = ("observed", "expected", "deviation", "range", "p", "vacancies", "informative")


def of_stage(stage, *groups, names=OF_THE_EXACT_TABLE):
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
    # either way; the range of White and Black people's count stays 0 to 1, and that of BME people's was 0 to 2.
    (
        "V0-6",
        NOT_OFFERED,
        {"appointment.counts", "appointed.BME", "appointed.Black", "chart.0"}
        | {"five.appointed.Black", "nineteen.appointed.African"}
        | {"band-observed.8a", "band-expected.8a", "several.appointment", "tipping.appointment"}
        | {"likelihood.appointment.BME", "likelihood.overall.BME"}
        | of_stage("appointment", "BME", "Black", names=("observed", "expected", "deviation"))
        | {"range.appointment.BME", "p.appointment.Black"}
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
        | of_stage("shortlisting", "BME", "Black", "Asian", names=("expected", "deviation", "range", "informative"))
        | of_stage("shortlisting", "BME", "Black", names=("p",))
        | within("shortlisting", "exact-interval", "p-central", "p-likelihood")
        | pooled("shortlisting", "pooled-mid-p", "fisher"),
    ),
    # A person of unknown ethnicity is in no comparison, and may be in either group.
    pytest.param(
        "V1-2",
        NOT_SHORTLISTED,
        {"five.shortlisted.Unknown", "nineteen.shortlisted.Unknown"}
        | {"unknown.shortlisting", "unknown-bounds.shortlisting", "unknown-within.shortlisting"}
        | {"unknown.appointment", "unknown-bounds.appointment", "tipping.appointment"},
        marks=pytest.mark.thorough,
    ),
]


@pytest.mark.parametrize(("applicant", "cells", "moved"), ANALYST_CHANGES)
@pytest.mark.one_in(2)
def test_an_exact_page_moves_with_its_own_quarter_only(begin, applicant, cells, moved):
    project = begin(two_quarters_of_two_posts)
    before = project.before(ANALYST, organisation="ashbourne")
    change(project, f"2026-27-Q1-{applicant}", period="2026-27-Q1", **cells)
    assert project.page(ANALYST, organisation="ashbourne") == before
    change(project, f"2026-27-Q2-{applicant}", period="2026-27-Q2", **cells)
    after = project.page(ANALYST, organisation="ashbourne")
    found = {key for key in before.keys() | after.keys() if before.get(key) != after.get(key)}
    assert found == moved, [(key, before.get(key), after.get(key)) for key in sorted(found ^ moved)]


@pytest.mark.thorough
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
    of_start = {key for key in found if not key.startswith("year.")}
    assert {key for key in of_start if not key.startswith("variant.")} == {
        *(f"{name}.appointment.{look}" for name in ("counted", "likely") for look in looks),
        *(f"e.appointment.{look}" for look in looks[1:]),  # of the first look it is 0.92 both times, rounded down
        *("counts.appointment", "since.appointment", "waiting.appointment", "chart.2", "said.appointment.2026-27-Q2"),
    }
    assert {key for key in before if key.startswith("variant.appointment.")} <= found
    assert "12 of 24 appointments went to BME people" in before["counts.appointment"]
    assert "11 of 23 appointments went to BME people" in after["counts.appointment"]
    assert before["said.appointment.2026-27-Q2"] == "too few returns to tell (0.90)"
    names = ("observed", "expected", "deviation", "p", "informative")
    assert found - of_start == {
        *(f"year.{key}" for key in of_stage("appointment", "BME", "Black", names=names)),
        *(f"year.likelihood.{stage}.{group}" for stage in ("appointment", "overall") for group in ("BME", "Black")),
        *("year.appointed.BME", "year.appointed.Black", "year.appointment.counts"),
    }
    # 24 shortlists of 3 White and 2 BME people, and now 23 of which somebody of them is appointed.
    assert [page["year.expected.appointment.BME"] for page in (before, after)] == ["9.60", "9.20"]


def test_a_return_that_is_missing_takes_the_exact_year_away_and_leaves_the_quarter(begin):
    project = begin(two_quarters_of_two_posts)
    before = project.before(ANALYST, organisation="ashbourne")
    assert before["year.appointed.BME"] == "12"
    (project.raw / "ashbourne" / "2025-26-Q3" / "applications.csv").unlink()
    after = project.page(ANALYST, organisation="ashbourne")
    assert {key: text for key, text in after.items() if key.startswith("year.")} == {
        "year.headline": "Returns are missing, so there are no figures for the year.",
        "year.returns": "Nothing has been received for 2025-26-Q3.",
        "year.counts.none": "There are no figures for the year, because a return is missing or could not be used.",
        "year.exact.none": "So nobody can be compared within vacancies.",
        "year.likelihood.none": "No ratio is given, because there are no figures for the year.",
    }
    since_start = "since|counts|counted|waiting|e|likely|words|said|variant|protocol|family"
    of_other_time = re.compile(rf"(year|chart|{since_start})\.")
    others = {key for key in before.keys() | after.keys() if not of_other_time.match(key)}
    assert others
    assert {key for key in others if before.get(key) != after.get(key)} == set()


@pytest.mark.thorough
def test_a_row_that_stands_twice_moves_the_receipts_and_is_counted_once(begin):
    project = begin(making.year_of_returns)
    rows = making.vacancy(SECOND, "V0", [("A", 4), ("N", 3), ("N", 1)])
    path = making.write_rows(project.raw / "ashbourne" / "2026-27-Q2" / "applications.csv", rows)
    before = project.page(ANALYST, organisation="ashbourne")
    making.write_rows(path, [*rows, rows[-1]])
    after = project.page(ANALYST, organisation="ashbourne")
    key = f"ashbourne/2026-27-Q2/{path.name}"
    assert [before[f"{name}.{key}"] for name in ("received", "accepted", "rejected")] == ["3", "3", "0"]
    assert [after[f"{name}.{key}"] for name in ("received", "accepted", "rejected")] == ["4", "3", "1"]
    assert (before["applicants.BME"], after["applicants.BME"]) == ("2", "2")


@pytest.mark.thorough
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


def test_a_changed_row_moves_how_completely_ethnicity_is_known_and_nothing_else(begin):
    project = begin(two_years)
    before = project.before(RETURNS)
    # Of 288 applicants of the year 24 are of unknown ethnicity, one in each vacancy.
    assert [before[f"{name}.ashbourne"] for name in ("applicants", "known", "share")] == ["288", "264", "91%"]
    change(project, "2025-26-Q1-V0-11", ethnicity="A")
    after = project.page(RETURNS)
    assert before.keys() == after.keys()
    assert {key for key in before if before[key] != after[key]} == {
        *("known.ashbourne", "unknown.ashbourne", "share.ashbourne", "chart.0")
    }


@pytest.mark.thorough
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


def two_years_and_two_quarters(folders: Folders) -> None:
    """Two years, and two quarters of 20 applicants, of whom one is of unknown ethnicity."""
    two_years(folders)
    for period in (SECOND.previous, SECOND):
        people = [("A", 3)] * 12 + [("N", 1)] * 7 + [("Z", 1)]
        rows = making.vacancy(period, f"{period}-V0", people)
        making.write_rows(folders.raw / "ashbourne" / str(period) / "applications.csv", rows)


OWN_FILE = "ashbourne/2026-27-Q1/applications.csv"
OWN_CHANGES = [
    *(
        pytest.param(applicant, cells, moved, marks=pytest.mark.thorough)
        for applicant, cells, moved in (
            ("V0-19", {"ethnicity": "A"}, {"known.2026-27-Q1", "share.2026-27-Q1", "chart.0"}),
            ("V0-19", {"home_borough": "Croydon"}, set()),
            (
                "V0-18",
                NOT_ELIGIBLE,
                {f"{name}.2026-27-Q1" for name in ("applicants", "known", "share")} | {"chart.0"},
            ),
        )
    ),
    # A cell on which no figure of this page hangs is told, and its row counts.
    ("V0-18", {"sex": "?"}, {"unread", "rejected", "counts.1", "reason.1", "remedy.1", "rows.1", "first-rows.1"}),
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
