"""The board pack of a quarter, through the command line, in real Chromium."""

import io
import shutil

import pypdf
import pytest
from bs4 import BeautifulSoup

from lt_analysis.codebook.downloads import NO_PACK
from lt_analysis.codebook.folders import Folders
from lt_analysis.reporting.gate.pack import LARGEST_PACK
from lt_analysis.reporting.journal import Journal
from lt_analysis.reporting.printing import printed
from tests.conftest import PERIOD, run_command

NAME = f"board-pack-{PERIOD}.pdf"


@pytest.fixture(scope="module")
def copy(quarter, chromium, tmp_path_factory):
    """A copy of what making a pack reads: notebooks' places, the release, and the board's pages."""
    root = tmp_path_factory.mktemp("pack") / "project"
    for name in ("notebooks", "reports", "data/processed/releases"):
        shutil.copytree(quarter.folders.root / name, root / name)
    shutil.copy2(quarter.folders.processed / "pages.jsonl", root / "data/processed")  # what the pages were made from
    (root / "reports" / PERIOD / NAME).unlink(missing_ok=True)
    return Folders(root)


@pytest.fixture(scope="module")
def pack(copy):
    said = run_command(copy, "pack", "--period", PERIOD)
    assert said.returncode == 0, said.stderr
    path = copy.reports / PERIOD / NAME
    assert said.stdout == f"Open {path}\n"
    return path


def text(sheet):
    return " ".join(sheet.extract_text().split())


@pytest.fixture(scope="module")
def sheets(pack):
    """The text of every sheet of the pack as it was first made, taken out of it once."""
    return [text(sheet) for sheet in pypdf.PdfReader(pack).pages]


def titles(outline):
    """The titles of bookmarks, of the first level and of the one below it."""
    first, *below = outline
    return [first["/Title"], *(one["/Title"] for one in below[0] if not isinstance(one, list))]


def test_it_is_tagged_titled_and_small(pack):
    read = pypdf.PdfReader(pack)
    root = read.trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"] and root["/StructTreeRoot"]["/K"]
    assert root["/Lang"] == "en-GB"
    assert read.metadata["/Title"].startswith("Race equality at work: ")
    assert read.metadata.keys() == {"/Title", "/Creator", "/Producer"}
    assert pack.stat().st_size < LARGEST_PACK


def test_every_page_of_the_partnership_has_a_bookmark_under_the_one_main_heading(copy, pack):
    pages = [path for path in (copy.reports / PERIOD).glob("*.html") if path.name != "index.html"]
    assert len(pages) >= 5
    headings = {" ".join(BeautifulSoup(path.read_text(), "html.parser").h1.get_text().split()) for path in pages}
    read = pypdf.PdfReader(pack)
    assert headings <= set(titles(read.outline))
    assert sum(not isinstance(one, list) for one in read.outline) == 1
    assert not [title for title in titles(read.outline) if "Nonesuch" in title]


def test_the_first_sheet_holds_the_main_points_and_every_sheet_its_number(copy, sheets):
    front = BeautifulSoup((copy.reports / PERIOD / "index.html").read_text(), "html.parser")
    said = [" ".join(one.get_text().split()) for one in front.select("h1, .summary p")]
    assert len(said) > 1
    assert all(one in sheets[0] for one in said)
    assert "Skip to" not in sheets[0]
    assert all(f"Page {number} of {len(sheets)}" in sheet for number, sheet in enumerate(sheets, start=1))


def test_the_front_page_by_itself_has_two_sheets_of_which_the_first_answers_whole(copy):
    html = (copy.reports / PERIOD / "index.html").read_text(encoding="utf-8")
    first, second = map(text, pypdf.PdfReader(io.BytesIO(printed(html))).pages)
    assert all(said in first for said in ("Each organisation at a glance", "The declared goal", "What this covers"))
    assert "The declared goal" not in second and "Data quality says" in second


def test_no_link_leaves_the_pack_and_some_lead_within_it(pack):
    links = [one.get_object() for sheet in pypdf.PdfReader(pack).pages for one in sheet.get("/Annots", [])]
    assert len(links) > 5
    assert all("/Dest" in link or link["/A"]["/S"] == "/GoTo" for link in links)


def said_of_pack(copy):
    return BeautifulSoup((copy.reports / PERIOD / "index.html").read_text(), "html.parser").select_one(".pack")


def test_the_front_page_leads_to_the_pack_while_there_is_one(copy, pack, sheets):
    link = said_of_pack(copy).a
    assert link["href"] == NAME
    assert link.get_text() == f"Board pack: the pages for paper (PDF, {round(pack.stat().st_size / 1000):,} KB)"
    assert not any("board pack" in sheet.lower() for sheet in sheets)


@pytest.mark.thorough
def test_pages_of_organisations_that_are_named_are_in_it_besides(copy, pack):
    of_all = len(pypdf.PdfReader(pack).pages)
    said = run_command(copy, "pack", "--period", PERIOD, "--organisation", "nonesuch-hospitals")
    assert said.returncode == 0, said.stderr
    some = pypdf.PdfReader(pack)
    assert len(some.pages) > of_all
    assert [title for title in titles(some.outline) if "Nonesuch" in title]
    assert not [title for title in titles(some.outline) if "Avalon" in title]


@pytest.mark.thorough
def test_pages_that_are_made_again_are_printed_again_where_there_was_a_pack_and_chromium_is(
    copy, pack, monkeypatch, tmp_path
):
    unchanged = run_command(copy, "report", "--period", PERIOD)
    assert unchanged.returncode == 0, unchanged.stderr
    assert pack.exists()
    again = ("report", "--period", PERIOD, "--organisation", "nonesuch-hospitals", "--force")
    said = run_command(copy, *again)
    assert said.returncode == 0, said.stderr
    assert f"Open {pack}" in said.stdout and pack.exists()
    assert said_of_pack(copy).a["href"] == NAME
    monkeypatch.setenv("PATH", str(tmp_path))
    said = run_command(copy, *again)
    assert said.returncode == 0, said.stderr
    assert "The pack of the pages before was removed. Chromium, which prints the pack, is not installed" in said.stderr
    assert not pack.exists()
    assert said_of_pack(copy).get_text() == NO_PACK


@pytest.fixture
def own_page(copy):
    """An organisation's page, to be spoilt; it is put back."""
    page = copy.reports / PERIOD / "nonesuch-hospitals" / "recruitment.html"
    before = page.read_text(encoding="utf-8")
    yield page
    page.write_text(before, encoding="utf-8")


@pytest.mark.thorough
def test_a_pack_that_lacks_a_page_is_not_made(copy, pack, own_page):
    own_page.unlink()
    done = run_command(copy, "pack", "--period", PERIOD, "--organisation", "nonesuch-hospitals")
    assert done.returncode == 1
    assert f"reports/{PERIOD} lacks nonesuch-hospitals/recruitment.html. Make its pages first" in done.stderr
    assert not pack.exists()


@pytest.mark.thorough
def test_a_pack_of_pages_that_are_not_fit_is_not_made_and_every_fault_is_named(copy, pack, own_page):
    before = own_page.read_text(encoding="utf-8")
    number = BeautifulSoup(before, "html.parser").select_one("td[data-key]")
    spoilt = before.replace(str(number), str(number).replace(number.get_text(), "987,654"), 1)
    loaded = f'<img src="https://example.org/x" alt="{"A chart of shares. " * 3}">'
    spoilt = spoilt.replace("</main>", f"<p>/home/jones/x</p>{loaded}</main>")
    own_page.write_text(spoilt, encoding="utf-8")
    touched = run_command(copy, "pack", "--period", PERIOD, "--organisation", "nonesuch-hospitals")
    assert f"pages in reports/{PERIOD} are not of this release and this code" in touched.stderr
    Journal(copy).amend(own_page, before, spoilt)  # as if it had been made so
    done = run_command(copy, "pack", "--period", PERIOD, "--organisation", "nonesuch-hospitals")
    assert done.returncode == 1
    for said in ("what count says of ", "there is a path of a machine", "something is loaded from outside the page"):
        assert f"The pack was not made: {said}" in done.stderr
    assert not pack.exists()
    assert said_of_pack(copy).get_text() == NO_PACK
