"""Charts: what they say, that their text is text, and that nothing is drawn of what is hidden."""

import xml.etree.ElementTree as ElementTree
from urllib.parse import unquote

import pytest
from bs4 import BeautifulSoup

from lt_analysis.evidence.relative_likelihood import RelativeLikelihood
from lt_analysis.rendering.charts import Chart, stage_chart
from tests.rendering.test_sentences import figures, half, hidden

SVG = "{http://www.w3.org/2000/svg}"


def texts(svg):
    return ["".join(text.itertext()) for text in ElementTree.fromstring(svg).iter(f"{SVG}text")]


def test_a_chart_says_its_finding_its_counts_and_its_source():
    chart = stage_chart(figures())
    assert chart.finding == "Shortlisted: White 50%, BME 40%. Appointed: White 17%, BME 25%."
    assert "50% (likely range 42% to 58%) of White" in chart.alt
    assert chart.source.endswith("return of stage totals")
    assert "White: 50% (72 of 144)" in texts(chart.wide)
    assert texts(chart.wide) == texts(chart.narrow)


def test_the_same_figures_give_the_same_bytes():
    assert stage_chart(figures()) == stage_chart(figures())


def test_nothing_is_drawn_of_hidden_figures():
    assert not isinstance(stage_chart(hidden()), Chart)
    assert "not shown" in stage_chart(hidden())._repr_html_()


@pytest.mark.parametrize(("first_hidden", "word"), [(True, "Shortlisted"), (False, "Appointed")])
def test_a_hidden_stage_is_a_word_in_the_chart_and_in_all_that_is_said_of_it(first_hidden, word):
    chart = stage_chart(half(first_hidden))
    assert f"{word}: not shown." in chart.finding
    assert f"{word}: not shown." in chart.alt
    assert texts(chart.wide).count("Not shown") == texts(chart.narrow).count("Not shown") == 1
    assert len([text for text in texts(chart.wide) if text.startswith(("White:", "BME:"))]) == 2


def test_no_share_of_fewer_than_twenty_people_is_drawn():
    small = figures(RelativeLikelihood(10, 40, 10, 40), RelativeLikelihood(5, 19, 5, 40))
    assert not isinstance(stage_chart(small), Chart)


@pytest.mark.parametrize("successful", [0, 40])
def test_nobody_and_everybody_can_be_drawn(successful):
    everybody = RelativeLikelihood(successful, 40, 40 - successful, 40)
    assert isinstance(stage_chart(figures(everybody, everybody)), Chart)


def test_a_chart_carries_no_metadata_and_no_font_that_the_page_does_not_ask_for():
    chart = stage_chart(figures())
    assert "metadata" not in chart.wide
    assert "DejaVu" not in chart.wide


def test_a_source_with_markup_in_its_name_arrives_as_text():
    chart = stage_chart(figures(name="<img src=x onerror=alert(1)> & $x$ {{ y }}"))
    page = BeautifulSoup(chart._repr_html_(), "html.parser")
    assert len(page.find_all("img")) == 1
    assert "<img src=x onerror=alert(1)> & $x$ {{ y }}" in page.get_text()
    assert unquote(page.img["src"]).endswith("</svg>")
