"""A page's figures are numbered in the order in which they stand, each with an id to link to."""

from bs4 import BeautifulSoup
from nbformat.v4 import new_code_cell, new_notebook, new_output

from lt_analysis.rendering.charts import stage_chart
from lt_analysis.reporting.export import to_html
from lt_analysis.reporting.numbering import number_figures
from tests.rendering.charted import organisation

CHART = stage_chart(organisation("Ashbourne <figure class='chart'>"))._repr_html_()


def page_of(*shown: str) -> str:
    outputs = [[new_output("execute_result", data={"text/html": one})] for one in shown]
    return to_html(new_notebook(cells=[new_code_cell("x", outputs=one) for one in outputs]), back=None)


def test_figures_are_numbered_in_order_with_an_id_and_so_are_their_numbers():
    page = BeautifulSoup(page_of("<h1>Recruitment</h1>", CHART, "<p>x</p>", CHART + CHART), "html.parser")
    assert [figure["id"] for figure in page.find_all("figure")] == ["figure-1", "figure-2", "figure-3"]
    captions = [caption.get_text().split(".")[0] for caption in page.find_all("figcaption")]
    assert captions == ["Figure 1", "Figure 2", "Figure 3"]
    assert [one.get_text() for one in page.find_all("summary")] == [f"The numbers in figure {n}" for n in (1, 2, 3)]


def test_a_page_made_again_has_the_same_numbers_and_one_without_figures_has_none():
    assert page_of(CHART) == page_of(CHART)
    assert number_figures("<p>No chart.</p>") == "<p>No chart.</p>"
