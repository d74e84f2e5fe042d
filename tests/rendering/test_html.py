from bs4 import BeautifulSoup

from lt_analysis.release.figures import State
from lt_analysis.release.keys import Key
from lt_analysis.rendering import html
from lt_analysis.rendering.html import Cell, Table

HOSTILE = "</td><script>alert(1)</script> {{ x }} $$ ‮"


def test_a_hidden_cell_is_a_symbol_with_its_meaning_and_never_a_nought():
    table = BeautifulSoup(
        Table("Counts", ("Group", "People"), (("White", (Cell("k", None),)),))._repr_html_(), "html.parser"
    )
    assert table.td.get_text() == "[c]"
    assert table.select_one(".note").get_text() == "[c]: not shown, so that nobody can be identified."


def test_a_screen_reader_says_what_the_symbol_means_and_passes_a_shape_over():
    cells = (Cell("a", None), Cell("b", "▲ Late: under way"), Cell("c", "▲"))
    hidden, late, alone = BeautifulSoup(
        Table("Counts", ("Group", "A", "B", "C"), (("x", cells),))._repr_html_(), "html.parser"
    ).find_all("td")
    said = "not shown, so that nobody can be identified"
    assert (hidden.span["role"], hidden.span["aria-label"], hidden.get_text()) == ("img", said, "[c]")
    assert (late.span["role"], late.span["aria-label"]) == ("img", "Late: under way")
    assert late.get_text() == "▲ Late: under way"
    assert alone.span is None  # nothing would be left to be read


def test_a_number_says_the_key_of_its_own_or_those_that_it_is_worked_out_from():
    one, other = (
        Key("ashbourne", "2025-26", "applied", "BME", "8+"),
        Key("ashbourne", "2025-26", "applied", "White", "8+"),
    )
    cells = (Cell("a", "7", published=one), Cell("b", "1.32", worked_out_from=(one, other)), Cell("c", "words"))
    table = Table("Counts", ("Group", "A", "B", "C"), (("x", cells),), members=("ashbourne", "beeches"))
    page = BeautifulSoup(table._repr_html_(), "html.parser")
    assert [(cell.get("data-key"), cell.get("data-from")) for cell in page.find_all("td")] == [
        ("ashbourne/2025-26/applied/BME/8+", None),
        (None, "ashbourne/2025-26/applied/BME/8+ ashbourne/2025-26/applied/White/8+"),
        (None, None),
    ]
    assert page.table["data-members"] == "ashbourne beeches"
    assert "data-members" not in Table("Counts", ("Group",), ())._repr_html_()


def test_a_hidden_cell_takes_no_tables_own_note_away():
    rows = (("White", (Cell("k", None),)),)
    page = BeautifulSoup(Table("Counts", ("Group", "People"), rows, note="Own.")._repr_html_(), "html.parser")
    assert page.select_one(".note").get_text() == "[c]: not shown, so that nobody can be identified. Own."


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
