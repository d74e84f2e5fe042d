"""The list of contents: every second-level heading once, in order, under a name that nothing else has."""

import pytest
from bs4 import BeautifulSoup

from lt_analysis.reporting.contents import add_contents


def with_contents(html: str) -> str:
    page = BeautifulSoup(html, "html.parser")
    add_contents(page)
    return str(page)


def contents(main: str) -> tuple[list[str], list[str]]:
    """The addresses in a page's list of contents, and the ids of its second-level headings."""
    page = BeautifulSoup(with_contents(f'<body><main id="main">{main}</main></body>'), "html.parser")
    return [link["href"] for link in page.select(".contents a")], [heading.get("id") for heading in page.select("h2")]


@pytest.mark.parametrize(
    ("main", "names"),
    [
        ("<h2>The counts</h2><h2>Words used on this page</h2>", ["the-counts", "words-used-on-this-page"]),
        ("<h2>The counts</h2><h3>Bands</h3><h2>The counts</h2>", ["the-counts", "the-counts-2"]),
        ("<h2>Main</h2><h2>On this page</h2>", ["main-2", "on-this-page"]),
        ('<h2 id="counts">x</h2><h2>Counts</h2>', ["counts", "counts-2"]),
        ("<h2>السكان</h2><h2>&lt;img onerror=x&gt; {{ x }}</h2>", ["section", "img-onerror-x-x"]),
    ],
)
def test_each_heading_has_a_name_of_its_own(main, names):
    assert contents(main) == ([f"#{name}" for name in names], names)


def test_the_list_comes_after_the_main_points_and_before_the_first_heading():
    html = with_contents("<main><h1>x</h1><p>Main points</p><h2>One</h2><p>1</p><h2>Two</h2></main>")
    assert html.index("Main points") < html.index("On this page") < html.index('<h2 id="one">')


def test_a_heading_arrives_as_text():
    html = with_contents("<main><h2>&lt;b&gt; &amp; Co</h2><h2>Two</h2></main>")
    assert '<a href="#b-co">&lt;b&gt; &amp; Co</a>' in html


def test_one_heading_needs_no_list():
    html = "<main><h1>x</h1><h2>One</h2></main>"
    assert with_contents(html) == html


def test_a_page_that_has_its_list_keeps_the_names_of_its_headings():
    once = with_contents("<main><h2>One</h2><h2>Two</h2></main>")
    assert with_contents(once).count('<h2 id="one">') == 1
