"""A run of the real command: what it leaves, what it survives, and what it says when something is wrong."""

import json
import re
import shutil
import tempfile
from pathlib import Path

import duckdb
import numpy as np
import pytest
from bs4 import BeautifulSoup

from lt_analysis.codebook.folders import Folders
from lt_analysis.codebook.periods import Quarter
from lt_analysis.collection.asked import read_asked
from lt_analysis.collection.collect import collect_organisation
from lt_analysis.collection.commitments import Declaration, read_commitments
from lt_analysis.collection.finding import organisation_names
from lt_analysis.collection.goal import read_goal, read_pledge
from lt_analysis.release import read_release
from lt_analysis.release.candidates import year_candidate
from lt_analysis.release.files import DATA, TABLES, written_release
from lt_analysis.release.publishing import Decided
from lt_analysis.release.quarter import draft_release, edition_in_world
from lt_analysis.reporting.gate.keyed import keyed_faults
from lt_analysis.reporting.journal import Journal
from lt_analysis.reporting.kernel import FORKED
from lt_analysis.verification.reading import PublishedFile, read_publication
from tests import making
from tests.conftest import PERIOD, Run, project_at, run_command
from tests.processes import needs_forks

SPREADSHEET = f"recruitment-{PERIOD}.xlsx"
INTENDED = re.compile(
    rf"{re.escape(SPREADSHEET)}|index\.html|data-quality\.html|"
    r"([a-z0-9-]+/)?(representation|retention|delivery|standards|assurance)\.html|"
    r"[a-z0-9-]+/(recruitment|data-quality|staff)\.html|"
    rf"{DATA}/(columns\.csv|({'|'.join(TABLES)})\.(csv|parquet))"
)
NEVER_ON_A_PAGE = r"\b(draws?|pool|chosen|weir|p-value|significant)\b"


def pages_of(folders: Folders) -> dict[str, bytes]:
    """Every page and the release, by name."""
    wanted = [
        *folders.reports.rglob("*.html"),
        *folders.reports.rglob("*.xlsx"),
        *folders.restricted.rglob("*.html"),
        *folders.releases.rglob("*.parquet"),
    ]
    return {str(path.relative_to(folders.root)): path.read_bytes() for path in sorted(wanted)}


def test_nothing_but_the_intended_pages_is_left(quarter):
    for folder in (quarter.folders.reports / PERIOD, quarter.folders.restricted / PERIOD):
        names = [str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file()]
        assert names
        assert all(INTENDED.fullmatch(name) for name in names)
    for own in ("data-quality", "staff"):
        assert not list(quarter.folders.reports.glob(f"*/*/{own}.html"))


@needs_forks
def test_every_page_came_from_a_forked_kernel_which_gave_what_an_ordinary_one_did(quarter):
    lines = [json.loads(line) for line in Journal(quarter.folders).file.read_text().splitlines()]
    assert {line["kernel"] for line in lines} == {FORKED}
    assert "slower" not in quarter.said.stderr


def test_every_organisation_is_on_the_front_page_in_alphabetical_order(quarter):
    page = BeautifulSoup(quarter.page().read_text(encoding="utf-8"), "html.parser")
    names = [row.th.get_text() for row in page.select("#organisations-table tbody tr")]
    assert len(names) == 7
    assert names == sorted(names, key=str.casefold)
    links = page.select(".organisations a")
    assert len(links) >= len(names)
    for link in links:
        assert (quarter.page().parent / link["href"]).exists()


def test_the_published_example_reproduces_what_was_published_and_says_where_the_gap_arises(quarter):
    cells = making.cells_of(quarter.page("london-acute-medical").read_text(encoding="utf-8"))
    published = {
        "BME": ("2.09", "2.08", "4.35"),
        "Black": ("", "", "5.98"),
        "Asian": ("", "", "4.08"),
        "Mixed": ("", "", "4.18"),
    }
    for group, ratios in published.items():
        for stage, ratio in zip(("shortlisting", "appointment", "overall"), ratios, strict=True):
            assert cells[f"likelihood.{stage}.{group}"].startswith(ratio)
    assert cells["likelihood.overall.Black"] == "5.98 (5.1 to 7.0)"
    for stage, ratio in (("shortlisting", "2.09"), ("appointment", "2.08")):
        told = f"At {stage}, White people's share was {ratio} times that of"
        assert told in cells["arises"]
    assert (cells["applicants.White"], cells["appointed.Black"]) == ("15,853", "188")


def test_the_page_is_what_the_notebook_shows_cell_by_cell(quarter, monkeypatch):
    monkeypatch.chdir(quarter.folders.root)
    for name in ("london-acute-medical", "nonesuch-hospitals", "avalon-gp-federation"):
        notebook = quarter.folders.notebooks / "board" / "recruitment.ipynb"
        shown = making.cells_of(making.page_of(notebook, organisation=name, period=PERIOD))
        exported = making.cells_of(quarter.page(name).read_text(encoding="utf-8"))
        charts = {key for key in shown if key.startswith("chart.")}
        assert {key: exported[key] for key in exported.keys() - charts} == {
            key: shown[key] for key in shown.keys() - charts
        }
        assert charts <= exported.keys()


def test_of_a_hidden_stage_no_page_has_a_number_a_ratio_or_a_sentence(quarter):
    page = quarter.page("avalon-gp-federation").read_text(encoding="utf-8")
    cells = making.cells_of(page)
    withheld = ("appointed.White", "appointed.BME", "likelihood.appointment.BME", "likelihood.overall.BME")
    assert {cells[key] for key in withheld} == {"[c]"}
    assert re.fullmatch(r"[\d,]+", cells["shortlisted.BME"])
    assert cells["headline"].endswith("; numbers appointed cannot be shown.")
    assert "shortlisted" in cells["headline"]
    assert "appointment.counts" not in cells
    assert not [key for key in cells if key.endswith("likelihood")]
    chances, shares = (image["alt"] for image in BeautifulSoup(page, "html.parser").find_all("img"))
    assert "Appointed: not shown." in chances
    assert "Appointed: not shown." in shares
    front = making.cells_of(quarter.page().read_text(encoding="utf-8"))
    assert {front[f"{part}.appointment.avalon-gp-federation"] for part in ("number", "usual", "beside")} == {"[c]"}
    assert front["number.shortlisting.avalon-gp-federation"] == cells["shortlisted.BME"]


def test_the_page_on_returns_is_led_to_and_tells_no_row_and_no_fingerprint(quarter):
    front = BeautifulSoup(quarter.page().read_text(encoding="utf-8"), "html.parser")
    (link,) = front.find_all("a", string="Data quality", href="data-quality.html")
    page = (quarter.page().parent / link["href"]).read_text(encoding="utf-8")
    with duckdb.connect(str(quarter.folders.database), read_only=True) as audit:
        fingerprints = audit.execute("SELECT sha256 FROM receipts").fetchall()
        received = audit.execute("SELECT received FROM receipts WHERE received > 1000").fetchall()
    assert fingerprints
    assert received
    assert not any(sha256 in page for (sha256,) in fingerprints)
    assert not any(f"{rows:,}" in page or str(rows) in page for (rows,) in received)
    assert all(cell == "none" for key, cell in making.cells_of(page).items() if key.startswith("missing."))


def test_no_identifier_path_or_word_of_the_code_reaches_a_page(quarter):
    for name, content in pages_of(quarter.folders).items():
        assert b"CANARY" not in content, name
        assert str(quarter.folders.root).encode() not in content, name
        if name.endswith(".html") and name.startswith("reports"):
            text = BeautifulSoup(content, "html.parser").get_text()
            assert not re.search(NEVER_ON_A_PAGE, text, re.IGNORECASE), name
            assert not re.search(r"\b(nan|inf|None(?! of its))\b|∞", text), name


def test_invented_data_and_exact_pages_carry_their_marks(quarter):
    for path in quarter.folders.reports.rglob("*.html"):
        page = BeautifulSoup(path.read_text(encoding="utf-8"), "html.parser")
        assert not page.select(".mark.restricted")
        assert bool(page.select(".mark.invented")) == ("london" not in str(path))
    restricted = list(quarter.folders.restricted.rglob("*.html"))
    assert len(restricted) == 7 * 2 + 5  # five of the seven send staff
    for path in restricted:
        assert BeautifulSoup(path.read_text(encoding="utf-8"), "html.parser").select(".mark.restricted")
        assert path.stat().st_mode & 0o077 == 0
        assert path.parent.stat().st_mode & 0o077 == 0


def test_every_number_of_people_on_a_board_page_says_where_it_was_released(quarter, monkeypatch):
    monkeypatch.chdir(quarter.folders.root)
    release = read_release(PERIOD)
    shown = set()
    for path in quarter.folders.reports.rglob("*.html"):
        html = path.read_text(encoding="utf-8")
        page = BeautifulSoup(html, "html.parser")
        assert list(keyed_faults(page, release)) == [], path
        shown |= {cell["data-key"] for cell in page.select("[data-key]")}
    assert shown == release.published.keys()


def test_the_spreadsheet_holds_every_released_number_and_the_front_page_leads_to_it(quarter, monkeypatch):
    monkeypatch.chdir(quarter.folders.root)
    path = quarter.page().with_name(SPREADSHEET)
    found = read_publication([PublishedFile(PERIOD, path, path.name)])
    assert {one.key: one.value for one in found.statements} == read_release(PERIOD).published
    front = BeautifulSoup(quarter.page().read_text(encoding="utf-8"), "html.parser")
    (link,) = front.find_all("a", href=SPREADSHEET)
    assert f"{round(path.stat().st_size / 1000)} KB" in link.get_text()


def test_a_table_of_the_partnership_names_whom_it_adds_up(quarter, monkeypatch):
    monkeypatch.chdir(quarter.folders.root)
    members = {table.span: " ".join(table.members) for table in read_release(PERIOD).partnership}
    page = BeautifulSoup(quarter.page().read_text(encoding="utf-8"), "html.parser")
    found = {}
    for table in page.find_all("table"):
        for cell in table.select('[data-key^="partnership/"]'):
            found.setdefault(cell["data-key"].split("/")[1], set()).add(table["data-members"])
    assert found == {span: {slugs} for span, slugs in members.items()}


def test_every_row_is_accounted_for(quarter):
    said = re.search(r"([\d,]+) rows received = ([\d,]+) accepted \+ ([\d,]+) rejected", quarter.said.stdout)
    received, accepted, rejected = (int(number.replace(",", "")) for number in said.groups())
    sent = sum(len(path.read_text(encoding="utf-8").splitlines()) - 1 for path in quarter.folders.raw.glob("*/*/*.csv"))
    assert received == accepted + rejected > sent  # the university sends Parquet
    assert rejected > 0


def least_like_the_truth(decided: Decided) -> np.ndarray:
    return max(decided.certificate.protected.worlds, key=lambda world: abs(world).sum())


def release_of_a_world(truth: Folders, folders: Folders) -> None:
    """Release again what a quarter's run released, from the world of its certificate that is least like the truth."""
    last = Quarter.parse(PERIOD)
    with tempfile.TemporaryDirectory() as kept:
        again = Folders(Path(kept))  # the same returns and what was kept of them, so that none is read again
        again.raw.parent.mkdir()
        again.raw.symlink_to(truth.raw)
        shutil.copytree(truth.processed, again.processed)
        with duckdb.connect(str(again.database)) as connection:
            slugs = organisation_names(again)
            collected = [collect_organisation(connection, again, slug, last.last_day).recruitment for slug in slugs]
            candidates = [year_candidate(one, last) for one in collected]
            declaration = Declaration(*(read(truth) for read in (read_goal, read_commitments, read_pledge, read_asked)))
            basis, tables = draft_release(connection, folders, last, candidates, declaration=declaration)
            of_posts, *of_staff = tables.decided
            there = [
                one.in_world(least_like_the_truth(one)) if len(one.certificate.protected.worlds) else one
                for one in of_staff
            ]
            world = least_like_the_truth(of_posts)
            assert (of_posts.certificate.system.sums @ world).any()
            edition = edition_in_world(basis, (of_posts, *there), 0, world)
            assert edition.actions
            with written_release(folders, edition):
                pass


@pytest.fixture(scope="module")
def apart(quarter, tmp_path_factory) -> Run:
    """The board's pages made in a project that holds notebooks and a release file, and nothing else to read.

    The release is made of the people of a world of the certificate, and not of those that there were. A page of an
    earlier way of making pages was left among the new ones.
    """
    folders = project_at(tmp_path_factory.mktemp("apart") / "project")
    folders.raw.rmdir()
    folders.releases.mkdir(parents=True)
    release_of_a_world(quarter.folders, folders)
    left = folders.reports / PERIOD / "nonesuch-hospitals" / "older.html"
    left.parent.mkdir(parents=True)
    left.write_text("<p>An older page</p>", encoding="utf-8")
    return Run(folders, run_command(folders, "report", "--period", PERIOD))


def board_pages(run: Run) -> dict[str, bytes]:
    reports = run.folders.reports
    wanted = [*reports.rglob("*/*.html"), *reports.rglob("*/*.xlsx")]
    return {str(path.relative_to(reports)): path.read_bytes() for path in sorted(wanted)}


def test_the_boards_pages_are_made_from_the_release_file_alone_and_are_the_same_in_another_world(quarter, apart):
    made, there = board_pages(quarter), board_pages(apart)
    # And, of all together and of five that sent them, on staff by band and on actions; of seven on the standard; and of
    # all together on assurance.
    assert len(made) == 8 + 2 + 1 + 2 * (5 + 1) + (7 + 1) + 1
    assert {name: there[name] for name in made} == made
    assert not apart.folders.raw.exists()
    left = sorted(path.name for path in apart.folders.processed.rglob("*") if path.is_file())
    assert left == sorted([*(f"{table}.parquet" for table in TABLES), "pages.jsonl", "run.lock"])


def test_an_old_file_left_among_the_pages_is_named_and_fails_the_run(quarter, apart):
    left = "nonesuch-hospitals/older.html"
    complaints = [line for line in apart.said.stderr.splitlines() if "✗" in line]
    assert apart.said.returncode == 1
    assert complaints == [f"✗ reports/{PERIOD}/{left} is no part of the report. Move it away"]
    assert (apart.folders.reports / PERIOD / left).exists()
    assert quarter.said.returncode == 0
    assert "is no part of the report" not in quarter.said.stderr
