"""A page's figures are numbered in the order in which they stand, each with an id to link to."""

from dataclasses import replace

from bs4 import BeautifulSoup
from nbformat.v4 import new_code_cell, new_notebook, new_output

from lt_analysis.rendering.charts import stage_chart
from lt_analysis.reporting.export import to_html
from lt_analysis.reporting.gate.downloads import offers_at_fault
from lt_analysis.reporting.numbering import number_figures
from tests.rendering.charted import organisation

WITH_ITS_DATA = stage_chart(organisation("Ashbourne <figure class='chart'>"))
WITH_ITS_DATA_APART = replace(WITH_ITS_DATA, data=replace(WITH_ITS_DATA.data, name="shares"))
CHART = WITH_ITS_DATA._repr_html_()


def page_of(*shown: str) -> str:
    outputs = [[new_output("execute_result", data={"text/html": one})] for one in shown]
    return to_html(new_notebook(cells=[new_code_cell("x", outputs=one) for one in outputs]))


def test_figures_are_numbered_in_order_with_an_id_and_so_are_their_numbers():
    page = BeautifulSoup(page_of("<h1>Recruitment</h1>", CHART, "<p>x</p>", CHART + CHART), "html.parser")
    assert [figure["id"] for figure in page.find_all("figure")] == ["figure-1", "figure-2", "figure-3"]
    captions = [caption.get_text().split(".")[0] for caption in page.find_all("figcaption")]
    assert captions == ["Figure 1", "Figure 2", "Figure 3"]
    assert page.main.find_all("section")[0] == page.main.find_all(True, recursive=False)[-1]
    assert len(page.select("details")) == len(page.select(".appendix details > section")) == 3
    for number, data in enumerate(page.select(".appendix section"), start=1):
        assert data.find_previous("h3").get_text() == f"Data for figure {number}"
        assert data.parent.summary.get_text() == f"Show the numbers of figure {number}"
        assert data.select_one(".download").get_text() == f"Download the data for figure {number} (CSV, 1 KB)"
        figure = page.find(id=data.select_one(".back a")["href"][1:])
        assert figure["id"] == f"figure-{number}"
        assert page.find(id=figure.select_one(".note a")["href"][1:]) == data
    assert list(offers_at_fault(page, restricted=False)) == []


def test_a_chart_whose_data_have_a_table_of_their_own_leads_to_it_and_leaves_it_as_it_is():
    table = WITH_ITS_DATA_APART.data
    shown = (WITH_ITS_DATA_APART._repr_html_(), replace(table, name="", caption="Others")._repr_html_())
    page = BeautifulSoup(page_of(CHART, *shown, table._repr_html_()), "html.parser")
    link = page.select_one("#figure-2 a")
    assert link.parent.get_text() == f"Data for figure 2: {table.caption}."
    assert page.find(id=link["href"][1:]).caption.get_text() == table.caption
    said = [one.get_text() for one in page.select(".download a")]
    assert said == [f"Download the data{of} (CSV, 1 KB)" for of in (": Others", f": {table.caption}", " for figure 1")]
    assert list(offers_at_fault(page, restricted=False)) == []


def test_a_page_made_again_has_the_same_numbers_and_one_without_figures_has_none():
    assert page_of(CHART) == page_of(CHART)
    assert number_figures("<p>No chart.</p>") == "<p>No chart.</p>"
