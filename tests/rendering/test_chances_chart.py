"""Counts beside equal chances: marks lie where the sentences say, and what is hidden is a word and no mark."""

import xml.etree.ElementTree as ElementTree

import pytest
from bs4 import BeautifulSoup

from lt_analysis.codebook.measures import SHORTLISTING
from lt_analysis.release.figures import Expected, Status
from lt_analysis.rendering import chances_chart as module
from lt_analysis.rendering import charts, tables
from lt_analysis.rendering.chances_chart import chances_chart
from lt_analysis.rendering.charts import Chart, words_in
from lt_analysis.rendering.measure_figures import place
from lt_analysis.reporting.gate.keyed import keyed_faults
from tests.rendering.charted import chance, organisation, release
from tests.rendering.test_charts import SVG, texts

pytestmark = pytest.mark.usefixtures("every_chart_agrees_with_its_table")

NAMES = ("Ashbourne", "Beeches", "Cedars")
# Colours of the drawing: what lies within its range, what lies outside it, and the range.
WITHIN, OUTSIDE, BAR = "#3d3d3d", "#801650", "#7e92a2"
FITS = (chance(55, 45, 65), chance(11, 6, 16))
UNTOLD, HIDDEN = Expected(could_tell=False), Expected(could_tell=True)


def three(**changed):
    """Three organisations, of which some have other numbers."""
    return release(*(organisation(name, **{"expected": FITS} | changed.get(name.lower(), {})) for name in NAMES))


def marks(svg):
    """Each mark's height and place, and whether it lies within its range."""
    found = [one for one in ElementTree.fromstring(svg).iter(f"{SVG}use") if "fill" in (one.get("style") or "")]
    styles = [(one, one.get("style")) for one in found]
    assert all((WITHIN in style) != (OUTSIDE in style) for _, style in styles)
    return [(float(one.get("y")), float(one.get("x")), WITHIN in style) for one, style in styles]


def shapes(svg):
    """The outlines of marks of each colour: colour alone tells nothing to many readers."""
    root = ElementTree.fromstring(svg)
    outlines = {one.get("id"): one.get("d") for one in root.iter(f"{SVG}path") if one.get("id")}
    href = "{http://www.w3.org/1999/xlink}href"
    used = {(one.get("style"), one.get(href)) for one in root.iter(f"{SVG}use") if "fill" in (one.get("style") or "")}
    return {colour: {outlines[ref[1:]] for style, ref in used if colour in style} for colour in (WITHIN, OUTSIDE)}


def bars(svg):
    """Each bar's height, and where it begins and ends."""
    paths = [one.get("d") for one in ElementTree.fromstring(svg).iter(f"{SVG}path") if BAR in (one.get("style") or "")]
    points = [[tuple(map(float, point.split())) for point in path[1:].replace("L", "M").split("M")] for path in paths]
    ends = [point for path in points for point in path]
    return {low[1]: (low[0], high[0]) for low, high in zip(ends[::2], ends[1::2], strict=True)}


@pytest.mark.parametrize("within", [chance(55, 45, 65), chance(20, 20, 20), chance(30, 20, 40), chance(80, 79, 81)])
@pytest.mark.parametrize("beyond", [-100, -1, 0, 1])
@pytest.mark.parametrize("end", ["low", "high"])
def test_a_mark_lies_on_the_side_of_its_bar_that_the_headline_says(within, beyond, end):
    count = max(0, getattr(within, end) + beyond)
    one = organisation("Ashbourne", (200, 80, 16), (150, count, min(count, 9)), (within, UNTOLD))
    said = place(one.stage(SHORTLISTING))
    for drawing in (chances_chart(one).wide, chances_chart(one).narrow):
        ((_, at, inside),) = marks(drawing)
        ((low, high),) = bars(drawing).values()
        assert inside == (said == "fits")
        assert (at < low, at > high) == (said == "fewer", said == "more")


def test_the_number_stands_under_its_key_and_what_equal_chances_give_beside_it():
    page = BeautifulSoup(chances_chart(organisation("Ashbourne", expected=FITS)).data._repr_html_(), "html.parser")
    number = page.select_one('[data-cell="number.appointment.ashbourne"]')
    assert (number["data-key"], number.get_text()) == ("ashbourne/2025-26/appointed/BME/8+", "10")
    usual = page.select_one('[data-cell="usual.appointment.ashbourne"]')
    assert usual.get_text() == "6 to 16"
    assert usual["data-from"].split() == [f"ashbourne/2025-26/{stage}/BME/8+" for stage in ("shortlisted", "appointed")]


def test_where_nothing_can_be_drawn_a_sentence_says_why():
    assert "only totals were sent" in chances_chart(organisation("Ashbourne"))._repr_html_()
    assert "not shown" in chances_chart(organisation("Ashbourne", (None,) * 3, (None,) * 3))._repr_html_()
    few = organisation("Ashbourne", expected=(UNTOLD, UNTOLD))
    assert "too few posts could have gone either way" in chances_chart(few)._repr_html_()


@pytest.mark.parametrize("status", [Status.INCOMPLETE, Status.REFUSED])
def test_of_a_year_that_is_not_complete_nothing_is_said_to_be_withheld(status):
    one = organisation("Ashbourne", (None,) * 3, (None,) * 3, status=status)
    made = (chances_chart, charts.stage_chart, tables.counts_table, tables.bands_table, tables.likelihood_table)
    said = " ".join(make(one)._repr_html_() for make in made)
    assert said.count("there are no figures for the year") == 3
    assert "not shown" not in said
    assert "[c]" not in said


def test_where_hardly_anybody_is_expected_the_words_stand_without_a_mark():
    one = organisation("Ashbourne", group=(150, 3, 0), expected=(chance(0, 0, 2), chance(0, 0, 1)))
    chart = chances_chart(one)
    assert marks(chart.wide) == []
    assert "3 (0 to 2), above" in texts(chart.wide)


def test_a_number_beyond_the_scale_is_an_arrow_at_its_end():
    one = organisation("Ashbourne", group=(150, 5, 1), expected=(chance(40, 30, 50), UNTOLD))
    far = organisation("Ashbourne", group=(150, 3, 1), expected=(chance(40, 30, 50), UNTOLD))
    assert marks(chances_chart(one).wide) == marks(chances_chart(far).wide)


CHANCES = [None, UNTOLD, HIDDEN, chance(50, 45, 55), chance(40, 35, 45), chance(60, 55, 65)]


@pytest.mark.parametrize("first", CHANCES)
@pytest.mark.parametrize("last", CHANCES)
@pytest.mark.parametrize("group", [(150, 50, 50), (150, 50, None), (None, 50, 50)])
def test_titles_have_at_most_fifteen_words_and_say_what_the_rows_say(first, last, group):
    one = organisation("Ashbourne", (200, 80, 60), group, (first, last))
    chart = chances_chart(one)
    if isinstance(chart, Chart):
        assert words_in(chart.finding) <= 15
        page = BeautifulSoup(chart._repr_html_(), "html.parser")
        assert list(keyed_faults(page, release(one))) == []
        sides = {row[-1] for row in chart.rows()[1:]}
        assert {word for word in ("below", "above") if word in chart.finding} == sides & {"below", "above"}


def test_a_reader_is_told_what_dots_bars_diamonds_and_arrows_are():
    for word in ("bar", "round dot", "diamond", "arrow", "in brackets"):
        assert word in module.HOW_TO_READ
