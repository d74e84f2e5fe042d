"""Pages are joined into one document whose places, links and headings are its own."""

import re

import pytest
from bs4 import BeautifulSoup

from lt_analysis.reporting.gate.page import markup_faults
from lt_analysis.reporting.pack import Part, joined
from tests.reporting.gate.sound import TITLE, sound_page

GLOSSARY = '<h2>Words</h2><dl class="glossary"><dt>Appointed</dt><dd>offered the post</dd></dl>'


def part(address, body, name="Ashbourne"):
    """A page with a heading, and more in its main part."""
    page = BeautifulSoup(sound_page(), "html.parser")
    page.main.clear()
    page.main.append(BeautifulSoup(f"<h1>{name}: recruitment</h1>{body}", "html.parser"))
    return Part(address, str(page), name)


NOTES = {"beeches": "a year", "cedars": "a quarter"}
FRONT = part(
    "index.html",
    '<div class="summary"><p>Main points.</p></div><h2 id="list">Organisations</h2>'
    '<a href="ashbourne/recruitment.html">A</a> <a href="ashbourne/recruitment.html#counts">B</a> '
    '<a href="../2026-27-Q1/index.html">Before</a> <a href="figures.csv">CSV</a> <a href="#list">List</a>' + GLOSSARY,
    "Report",
)
OWN = part(
    "ashbourne/recruitment.html",
    '<h2 id="counts">Counts</h2><h3>Bands</h3><p id="list" aria-describedby="counts list">x</p>'
    '<a href="../index.html#list">Back</a> <a href="#counts">Counts</a> <a href="../index.html">All</a>'
    "<details><summary>More</summary><p>Inside</p></details>" + GLOSSARY,
)


@pytest.fixture(scope="module")
def pack():
    return BeautifulSoup(joined([FRONT, OWN]), "html.parser")


def links(pack):
    return {link.get_text(): link["href"] for link in pack.select("a")}


def test_links_between_pages_lead_within_the_pack_and_others_are_words(pack):
    found = links(pack)
    assert (found["A"], found["B"]) == ("#p1-part", "#p1-counts")
    assert (found["List"], found["Back"], found["Counts"], found["All"]) == (
        *("#p0-list", "#p0-list"),
        *("#p1-counts", "#p0-part"),
    )
    assert {"Before", "CSV"} & found.keys() == set()
    assert "Before CSV" in pack.get_text()


def test_every_link_leads_somewhere_and_no_two_places_have_one_name(pack):
    places = [element["id"] for element in pack.select("[id]")]
    assert len(places) == len(set(places))
    assert {href[1:] for href in links(pack).values()} <= set(places)
    assert pack.select_one("[aria-describedby]")["aria-describedby"] == "p1-counts p1-list"


def test_there_is_one_main_heading_and_a_page_is_a_level_lower(pack):
    assert [heading.get_text() for heading in pack.find_all("h1")] == ["Report: recruitment"]
    own = pack.select_one("#p1-part")
    assert [heading.name for heading in own.find_all(re.compile("^h[1-6]$"))] == ["h2", "h3", "h4"]


def test_words_that_are_the_same_are_explained_once(pack):
    assert len(pack.select("dl.glossary")) == 1
    assert pack.select_one("dl.glossary").find_parent("section") is None
    words = pack.select_one("dl.glossary").find_previous_sibling().get_text()
    assert [heading.get_text() for heading in pack.find_all(re.compile("^h[1-6]$"))].count(words) == 1


def test_the_data_of_all_figures_stand_at_the_end_under_the_names_of_their_pages():
    pages = [Part("index.html", sound_page(), "Report"), Part("ashbourne/recruitment.html", sound_page(), "Ashbourne")]
    pack = BeautifulSoup(joined(pages), "html.parser")
    end = pack.main.find_all("section", class_="part")[-1]
    assert [heading.get_text() for heading in end.find_all(["h2", "h3", "h4"])] == [
        "Appendix: data for the figures",
        *(TITLE, "Data for figure 1", "Ashbourne", "Data for figure 2"),
    ]
    assert [section["id"] for section in end.find_all("section")] == ["p0-data-for-figure-1", "p1-data-for-figure-1"]
    assert {link["href"] for link in pack.select("figure a")} == {f"#p{n}-data-for-figure-1" for n in (0, 1)}
    assert pack.select(".parts a")[-1]["href"] == f"#{end['id']}"
    assert pack.select(".download, .back") == []
    assert markup_faults(str(pack), restricted=False) == []


def test_words_of_every_page_stand_in_the_first_list_and_notes_that_say_the_same_once():
    notes = '<h2>Covers</h2><dl class="coverage"><dt>Covers</dt><dd>{}</dd></dl>'
    words = GLOSSARY.replace("Appointed", "VSM").replace("offered the post", "managers")
    pages = [
        part("ashbourne/recruitment.html", notes.format("a year") + words),
        *(part(f"{name}/recruitment.html", notes.format(said) + words, name) for name, said in NOTES.items()),
    ]
    pack = BeautifulSoup(joined([FRONT, *pages]), "html.parser")
    assert [term.get_text() for term in pack.select("dl.glossary dt")] == ["Appointed", "VSM"]
    assert [said.get_text() for said in pack.select("dl.coverage dd")] == ["a year", "a quarter"]
    assert [heading.get_text() for heading in pack.select(".part h3")] == ["Covers", "Covers"]


def test_words_that_differ_are_all_kept():
    other = part("ashbourne/recruitment.html", GLOSSARY.replace("offered", "given"))
    assert len(BeautifulSoup(joined([FRONT, other]), "html.parser").select("dl.glossary")) == 2


def test_contents_follow_the_main_points_and_details_are_open(pack):
    contents = pack.select_one(".summary").find_next_sibling()
    assert contents["aria-label"] == "In this pack"
    assert [entry.get_text() for entry in contents.select("li")] == ["Ashbourne"]
    assert all(details.has_attr("open") for details in pack.select("details"))


def test_the_front_page_alone_has_no_contents():
    assert BeautifulSoup(joined([FRONT]), "html.parser").select(".parts") == []


def test_a_name_cannot_leave_the_style_sheet_or_the_markup():
    hostile = '</style><script>alert(1)</script>"; } * { display: none'
    own = part("ashbourne/recruitment.html", "", "Ashbourne")
    pack = BeautifulSoup(joined([FRONT, Part(own.address, own.html, hostile)]), "html.parser")
    assert pack.find("script") is None
    assert len(pack.find_all("style")) == 1
    assert hostile in pack.select_one(".parts").get_text()
    assert "alert" not in pack.style.string
