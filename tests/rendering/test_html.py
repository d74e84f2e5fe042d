from bs4 import BeautifulSoup

from lt_analysis.release.figures import State
from lt_analysis.rendering import html
from lt_analysis.rendering.html import Cell, Table

HOSTILE = "</td><script>alert(1)</script> {{ x }} $$ ‮"


def test_a_hidden_cell_is_a_symbol_with_its_meaning_and_never_a_nought():
    table = BeautifulSoup(
        Table("Counts", ("Group", "People"), (("White", (Cell("k", None),)),))._repr_html_(), "html.parser"
    )
    assert table.td.get_text() == "[c]"
    assert table.select_one(".note").get_text() == "[c]: not shown, because too few people are involved."


def test_text_from_data_arrives_as_text_wherever_it_stands():
    table = Table(HOSTILE, (HOSTILE, HOSTILE), ((HOSTILE, (Cell(HOSTILE, HOSTILE),)),), note=HOSTILE)
    pieces = [
        table,
        html.heading(HOSTILE, ()),
        html.paragraphs({HOSTILE: HOSTILE}),
        html.definitions({HOSTILE: HOSTILE}, ""),
    ]
    for piece in pieces:
        page = BeautifulSoup(piece._repr_html_(), "html.parser")
        assert page.find("script") is None
        assert HOSTILE in page.get_text()


def test_a_table_has_a_caption_and_every_heading_a_scope():
    table = BeautifulSoup(
        Table("Counts", ("Group", "People"), (("White", (Cell("k", "3"),)),))._repr_html_(), "html.parser"
    )
    assert table.caption.get_text() == "Counts"
    assert [heading["scope"] for heading in table.find_all("th")] == ["col", "col", "row"]


def test_a_column_of_sentences_is_marked_as_one_in_its_heading_and_its_cells():
    rows = (("sex", (Cell("a", "no such code"), Cell("b", "3"))),)
    table = Table("Findings", ("Column", "What is wrong", "Rows"), rows, said=("What is wrong",))
    page = BeautifulSoup(table._repr_html_(), "html.parser")
    assert [element.get_text() for element in page.select(".said")] == ["What is wrong", "no such code"]


def test_an_exact_page_and_an_invented_one_carry_their_marks():
    marks = html.marks(State.RESTRICTED, invented=True)
    assert marks == (html.RESTRICTED_MARK, html.INVENTED_MARK)
    assert html.marks(State.RELEASED, invented=False) == ()
