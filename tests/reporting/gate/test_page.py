"""What the gate asks of a page as a whole; each of its rules is broken by itself in `test_mutations`."""

import nbformat
from nbformat.v4 import new_output

from lt_analysis.reporting.export import to_html
from lt_analysis.reporting.gate.page import faults
from tests.reporting.gate.sound import HEADING, sound_notebook

MARKED = f'<p class="mark restricted">Restricted</p>{HEADING}'


def found(executed, restricted=False, title="Ashbourne"):
    return faults(executed, to_html(executed, {"All organisations": "../index.html"}), restricted, title)


def test_a_good_page_has_no_fault():
    assert found(sound_notebook()) == []


def test_an_exact_page_has_its_mark():
    executed = sound_notebook()
    offers = "a page of exact figures offers a file, which does not carry its mark"
    assert found(executed, restricted=True) == ["a page of exact figures lacks the restricted mark", offers]
    executed.cells[1].outputs[0].data["text/html"] = MARKED
    assert found(executed, restricted=True) == [offers]


def test_the_name_of_an_organisation_is_not_found_in_a_longer_one():
    for other in ("Ashbourn", "bourne", "Ashbourne Hospitals", "Recruitment: Ashbourne", ""):
        executed = sound_notebook()
        executed.cells[1].outputs[0].data["text/html"] = f"<h1>Recruitment: {other}</h1>"
        assert found(executed) == ["the main heading does not name the organisation that was asked for"]


def test_a_name_may_hold_a_colon_and_what_markup_is_made_of():
    executed = sound_notebook()
    executed.cells[1].outputs[0].data["text/html"] = "<h1>Recruitment: Ash: &lt;b&gt; &amp; Co</h1>"
    assert found(executed, title="Ash: <b> & Co") == []


def test_no_error_reaches_a_page_in_its_own_words():
    executed = sound_notebook()
    error = new_output("error", ename="KeyError", evalue="'Ms Jones'", traceback=["Ms Jones"])
    executed.cells[2].outputs.append(error)
    assert "cell 3 ended in an error" in found(executed)
    assert "Jones" not in to_html(executed)


def test_nothing_of_the_notebook_but_its_prose_and_answers_reaches_the_page():
    executed = sound_notebook()
    executed.cells[1].source = "secret = 1"
    executed.cells.append(nbformat.v4.new_markdown_cell("## Prose"))
    executed.metadata["papermill"] = {"parameters": {"organisation": "secret"}}
    html = to_html(executed)
    assert "secret" not in html
    assert ">Prose</h2>" in html
