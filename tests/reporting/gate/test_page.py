"""Each fault of a page, planted, and caught: a gate that nothing can fail is no gate."""

import nbformat
import pytest
from nbformat.v4 import new_code_cell, new_notebook, new_output

from lt_analysis.reporting.export import to_html
from lt_analysis.reporting.gate.page import faults

ALT = "Dots with ranges for two groups at two stages."
HEADING = "<h1>Recruitment: Ashbourne</h1>"
TABLE = '<table><caption>Counts</caption><tr><th scope="col">Group</th></tr></table>'
IMAGE = f'<img src="data:image/svg+xml,x" alt="{ALT}">'


def notebook(*fragments, outputs=()):
    shown = [new_output("execute_result", data={"text/html": fragment}) for fragment in fragments]
    return new_notebook(cells=[new_code_cell("x", outputs=[*shown, *outputs])])


def found(executed, restricted=False, title="Ashbourne"):
    return faults(executed, to_html(executed, back="../index.html"), restricted, title)


def test_a_good_page_has_no_fault():
    assert found(notebook(HEADING, TABLE, IMAGE, "<h2>Counts</h2>")) == []


@pytest.mark.parametrize(
    ("fragments", "fault"),
    [
        ([TABLE], "there are 0 main headings"),
        ([HEADING, HEADING], "there are 2 main headings"),
        (["<h1>Recruitment: Beeches</h1>"], "does not name the organisation that was asked for"),
        ([HEADING, "<h3>Counts</h3>"], "a heading level is skipped"),
        ([HEADING, '<img src="data:image/png,x">'], "no alternative text"),
        ([HEADING, '<img src="data:image/png,x" alt="A chart">'], "no alternative text"),
        ([HEADING, TABLE.replace("Counts", " ")], "a table has no caption"),
        ([HEADING, TABLE.replace(' scope="col"', "")], "a table's heading has no scope"),
        ([HEADING, "<script>1</script>"], "there is a script"),
        ([HEADING, '<p style="color:red">x</p>'], "a style on an element"),
        ([HEADING, '<p onclick="x()">x</p>'], "an element has an event handler"),
        ([HEADING, f'<img src="https://example.org/x.png" alt="{ALT}">'], "loaded from outside"),
        ([HEADING, f'<img srcset="https://example.org/x.png" alt="{ALT}">'], "loaded from outside"),
        ([HEADING, '<object data="x.svg"></object>'], "an element that loads or sends"),
        ([HEADING, '<form action="x"></form>'], "an element that loads or sends"),
        ([HEADING, '<a href="javascript:x()">x</a>'], "a link leads outside"),
        ([HEADING, '<a href="https://example.org">x</a>'], "a link leads outside"),
        ([HEADING, f'<p class="mark restricted">{ALT}</p>'], "holds restricted figures"),
        ([HEADING, "x" * 300_000], "larger than 300,000 bytes"),
    ],
)
def test_a_planted_fault_is_caught(fragments, fault):
    assert any(fault in one for one in found(notebook(*fragments)))


@pytest.mark.parametrize(
    ("output", "fault"),
    [
        (
            new_output("error", ename="KeyError", evalue="'Ms Jones'", traceback=["Ms Jones"]),
            "cell 1 ended in an error",
        ),
        (new_output("stream", name="stderr", text="warning"), "cell 1 printed text or a warning"),
        (new_output("display_data", data={"image/png": "x"}), "not a part of a page"),
    ],
)
def test_an_output_that_is_no_part_of_a_page_is_caught(output, fault):
    executed = notebook(HEADING, outputs=[output])
    assert any(fault in one for one in found(executed))
    assert "Jones" not in to_html(executed, back=None)


def test_an_exact_page_without_its_mark_is_caught():
    assert found(notebook(HEADING), restricted=True) == ["a page of exact figures lacks the restricted mark"]
    assert found(notebook(HEADING, '<p class="mark restricted">x</p>'), restricted=True) == []


def test_nothing_of_the_notebook_but_its_prose_and_answers_reaches_the_page():
    executed = notebook(HEADING)
    executed.cells[0].source = "secret = 1"
    executed.cells.append(nbformat.v4.new_markdown_cell("## Prose"))
    executed.metadata["papermill"] = {"parameters": {"organisation": "secret"}}
    html = to_html(executed, back=None)
    assert "secret" not in html
    assert ">Prose</h2>" in html
