"""The pages in a real browser: readable, accessible, and asking nothing of anybody."""

import pytest
from axe_playwright_python.sync_playwright import Axe

from tests.conftest import PERIOD

WIDTHS = {"desktop": 1280, "phone": 320}
PAGES = {
    "front page": lambda run: run.page(),
    **{
        name: lambda run, name=name: run.page(name)
        for name in ("london-acute-medical", "nonesuch-hospitals", "avalon-gp-federation")
    },
    "restricted": lambda run: run.restricted_page("nonesuch-hospitals"),
    "data quality": lambda run: run.data_quality_page(),
    "restricted data quality": lambda run: run.data_quality_page("nonesuch-hospitals"),
}
EVERY_RULE = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}


@pytest.fixture(params=WIDTHS)
def width(request):
    return WIDTHS[request.param]


@pytest.fixture(params=PAGES)
def opened(request, browser, quarter, width):
    """A page, opened, with all that it said and asked for."""
    path = PAGES[request.param](quarter)
    page = browser.new_page(viewport={"width": width, "height": 900})
    page.said, page.asked = [], []
    page.on("console", lambda message: page.said.append(message.text))
    page.on("request", lambda request: page.asked.append(request.url))
    page.goto(path.as_uri())
    yield page
    page.close()


def test_a_page_asks_for_nothing_and_complains_of_nothing(opened):
    assert opened.said == []
    assert [url for url in opened.asked if not url.startswith("data:")] == [opened.url]
    assert PERIOD in opened.url


def test_nothing_is_wider_than_the_screen_and_every_picture_is_there(opened, width):
    assert opened.evaluate("document.documentElement.scrollWidth") <= width
    assert all(opened.evaluate("[...document.images].map(image => image.naturalWidth > 0)"))


def test_axe_finds_nothing_wrong(opened):
    found = Axe().run(opened, options=EVERY_RULE).response
    assert [(one["id"], one["nodes"][0]["html"][:200]) for one in found["violations"]] == []
    assert [(one["id"], one["nodes"][0]["html"][:200]) for one in found["incomplete"]] == []


def test_no_text_of_a_page_is_cut_off(opened):
    cut = opened.evaluate(
        """[...document.querySelectorAll('p, h1, h2, li, dd, dt, td, th, caption, figcaption')]
           .filter(element => getComputedStyle(element).position !== 'absolute'
                              && !element.closest('thead, .skip')
                              && element.scrollWidth > element.clientWidth + 1
                              && getComputedStyle(element).display !== 'inline')
           .map(element => element.outerHTML.slice(0, 120))"""
    )
    assert cut == []
