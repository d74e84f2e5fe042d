"""The forest: one number moves its own organisation's words and mark, and what is hidden is a word and no mark."""

import xml.etree.ElementTree as ElementTree
from dataclasses import replace
from itertools import pairwise

import pytest
from bs4 import BeautifulSoup

from lt_analysis.codebook.measures import APPOINTMENT, SHORTLISTING
from lt_analysis.release.figures import Status
from lt_analysis.rendering.charts import Chart, stage_chart, words_in
from lt_analysis.rendering.forest import forest
from lt_analysis.rendering.tables import likelihood_table
from tests.making import cells_of
from tests.rendering.charted import organisation, release
from tests.rendering.test_charts import SVG, texts

pytestmark = pytest.mark.usefixtures("every_chart_agrees_with_its_table")

NAMES = ("Ashbourne", "Beeches", "Cedars")
DARK = "fill:#3d3d3d"

TITLE = "White people's share shortlisted beside that of BME people, all posts added up."


def three(**changed):
    """Three organisations, of which some have other numbers."""
    return release(*(organisation(name, **changed.get(name.lower(), {})) for name in NAMES))


def marks(svg):
    """The height and place of each mark."""
    root = ElementTree.fromstring(svg)
    return {(one.get("y"), one.get("x")) for one in root.iter(f"{SVG}use") if DARK in (one.get("style") or "")}


def ranges(chart):
    """The margin of error of each organisation's ratio, as the chart's table has it."""
    parts = {row[0]: row[-1].partition("(")[2].rstrip(")").split(" to ") for row in chart.rows()[1:]}
    return {name: (float(low), float(high)) for name, (low, high) in parts.items()}


def said(chart):
    return cells_of(chart.data._repr_html_())


def test_each_organisation_has_its_ratio_its_range_and_the_counts_that_they_come_from():
    chart = forest(three(), SHORTLISTING)
    # 80/200 ÷ 50/150 = 0.40 ÷ 0.333.
    assert {one for one in texts(chart.wide) if one.startswith("1.20 (")} == {
        said(chart)["forest.shortlisting.ashbourne"]
    }
    assert chart.rows()[0] == [
        *("Organisation", "White applicants", "White shortlisted", "BME applicants", "BME shortlisted"),
        "White ÷ BME, with its margin of error",
    ]
    assert chart.rows()[1][:5] == ["Ashbourne", "200", "80", "150", "50"]
    page = BeautifulSoup(chart.data._repr_html_(), "html.parser")
    assert page.select_one('[data-cell="forest.shortlisting.ashbourne"]')["data-from"].split() == [
        f"ashbourne/2025-26/{stage}/{group}/8+" for group in ("White", "BME") for stage in ("applied", "shortlisted")
    ]


def test_it_is_said_which_side_is_which_and_the_ticks_are_those_of_the_rule_of_thumb():
    for drawing in (forest(three(), SHORTLISTING).wide, forest(three(), SHORTLISTING).narrow):
        assert {"White people", "less likely", "more likely"} <= set(texts(drawing))
        ticks = ["0.5", "0.8", "1", "1.25", "2"]
        assert [one for one in texts(drawing) if one in ticks] == ticks


@pytest.mark.parametrize("group", [(150, 51, 10), (149, 50, 10)])
def test_one_number_moves_its_own_mark_words_and_cells_and_no_others(group):
    before, after = (forest(three(**changed), SHORTLISTING) for changed in ({}, {"beeches": {"group": group}}))
    for drawing in ("wide", "narrow"):
        first, last = getattr(before, drawing), getattr(after, drawing)
        assert len(marks(first) - marks(last)) == len(marks(last) - marks(first)) == 1
        assert len(marks(first)) == len(NAMES)
        moved = [pair for pair in zip(texts(first), texts(last), strict=True) if pair[0] != pair[1]]
        assert len(moved) == 1
    cells, others = said(before), said(after)
    assert {key for key in cells if cells[key] != others[key]} == {
        "forest.shortlisting.beeches",
        "forest.applied.BME.beeches" if group[0] != 150 else "forest.shortlisted.BME.beeches",
    }
    assert (before.finding, before.measure, before.reading) == (after.finding, after.measure, after.reading)


def test_a_number_moves_its_own_range_past_one_and_not_the_title():
    before, after = (forest(three(**changed), SHORTLISTING) for changed in ({}, {"beeches": {"group": (150, 20, 10)}}))
    assert before.finding == after.finding == TITLE
    assert words_in(TITLE) <= 15
    assert {name for name, (low, high) in ranges(before).items() if low <= 1 <= high} == {*NAMES}
    assert {name for name, (low, high) in ranges(after).items() if low <= 1 <= high} == {"Ashbourne", "Cedars"}
    assert ranges(after)["Beeches"][0] > 1
    assert [one for one in texts(after.wide) if one.startswith("3.00 (")] == [after.rows()[2][-1]]


def test_a_number_of_the_other_stage_moves_nothing():
    changed = three(beeches={"white": (200, 80, 17)})
    assert forest(changed, SHORTLISTING) == forest(three(), SHORTLISTING)
    assert forest(changed, APPOINTMENT) != forest(three(), APPOINTMENT)


@pytest.mark.parametrize("place", range(2))
@pytest.mark.parametrize("side", ["white", "group"])
def test_a_hidden_number_hides_the_mark_the_ratio_and_the_sentence(side, place):
    plain = {"white": (200, 80, 16), "group": (150, 20, 10)}[side]
    hidden = tuple(None if at == place else number for at, number in enumerate(plain))
    chart = forest(three(beeches={"group": (150, 20, 10), side: hidden}), SHORTLISTING)
    assert len(marks(chart.wide)) == len(marks(chart.narrow)) == 2
    assert texts(chart.wide).count("not shown") == texts(chart.narrow).count("not shown") == 1
    assert chart.finding == TITLE
    assert not any("3.00" in one for one in (*texts(chart.wide), *texts(chart.narrow)))
    assert said(chart)["forest.shortlisting.beeches"] == "[c]"
    assert chart.rows()[2].count("[c]") == 2


def test_the_order_is_that_of_the_release_whatever_the_numbers_are():
    for changed in ({}, {"ashbourne": {"group": (150, 20, 10)}}, {"ashbourne": {"white": (None, None, None)}}):
        chart = forest(three(**changed), SHORTLISTING)
        assert [one for one in texts(chart.wide) if one in NAMES] == list(NAMES)


def test_an_incomplete_year_and_too_few_for_a_ratio_have_words_and_an_example_from_elsewhere_no_line():
    elsewhere = organisation("Zennor", source="BMJ 2021")
    incomplete = replace(organisation("Beeches"), status=Status.INCOMPLETE)
    few = organisation("Cedars", (9, 0, 0))
    chart = forest(release(organisation("Ashbourne"), incomplete, few, organisation("Dunmow"), elsewhere), SHORTLISTING)
    assert {"no complete year", "too few for a ratio"} <= set(texts(chart.wide))
    assert "Zennor" not in chart.wide + chart.alt + str(chart.rows())
    assert len(marks(chart.wide)) == 2


@pytest.mark.parametrize("side", ["white", "group"])
@pytest.mark.parametrize(("shortlisted", "drawn"), [(19, False), (20, True)])
def test_a_ratio_is_drawn_of_no_fewer_people_than_the_shares_on_the_own_page_and_printed_of_fewer(
    side, shortlisted, drawn
):
    one = organisation("Ashbourne", **{side: (150, shortlisted, 5)})
    assert isinstance(stage_chart(one), Chart) == drawn
    chart = forest(release(one, organisation("Beeches")), APPOINTMENT)
    beside_names = dict(pairwise(texts(chart.wide)))
    assert (beside_names["Ashbourne"] == "too few to chart") != drawn
    assert beside_names["Beeches"] != "too few to chart"
    printed = cells_of(likelihood_table(one)._repr_html_())["likelihood.appointment.BME"]
    assert said(chart)["forest.appointment.ashbourne"] == printed != "not given"


@pytest.mark.parametrize(("white", "group"), [((1000, 10, 1), (1000, 500, 9)), ((1000, 500, 9), (1000, 10, 1))])
def test_a_ratio_beyond_the_scale_is_an_arrow_at_its_end_and_its_number_is_said(white, group):
    chart = forest(release(organisation("Ashbourne", white, group)), SHORTLISTING)
    assert len(marks(chart.wide)) == 1
    assert any(one.startswith("0.02 (" if white[1] == 10 else "50.00 (") for one in texts(chart.wide))


def test_where_nothing_can_be_shown_a_sentence_stands_instead():
    for shown in (release(), release(organisation("Ashbourne", (None, None, None)))):
        assert not isinstance(forest(shown, SHORTLISTING), Chart)
        assert "no organisation has a ratio" in forest(shown, SHORTLISTING)._repr_html_()
