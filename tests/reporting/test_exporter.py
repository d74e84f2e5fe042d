"""The exporter from an analyst's side: nbconvert's own door, and the same bytes as the batch."""

import os
import subprocess
import sys
import tomllib
from importlib import import_module

import nbformat
import pytest
from bs4 import BeautifulSoup

from lt_analysis.reporting.export import to_html
from lt_analysis.reporting.exporter import BoardExporter
from lt_analysis.reporting.numbering import number_figures
from tests.conftest import HERE
from tests.reporting.gate.sound import HEADING, sound_notebook

GROUP = "nbconvert.exporters"
BY_ITS_PATH = "lt_analysis.reporting.exporter.BoardExporter"


def exported(folder, option):
    """What `jupyter nbconvert` writes of the sound notebook, in a folder that holds nothing of the project."""
    nbformat.write(sound_notebook(), folder / "executed.ipynb")
    said = subprocess.run(
        [sys.executable, "-m", "nbconvert", "--to", BY_ITS_PATH, "executed.ipynb", option],
        cwd=folder,
        env=os.environ | {"PYTHONPATH": str(HERE)},
        capture_output=True,
        text=True,
    )
    assert said.returncode == 0, said.stderr
    return (folder / "executed.html").read_text(encoding="utf-8")


def test_nbconvert_writes_the_bytes_of_the_batch(tmp_path):
    links = {"All organisations": "../index.html"}
    option = "--BoardExporter.links=All organisations=../index.html"
    assert exported(tmp_path, option) == to_html(sound_notebook(), links)
    assert BoardExporter().from_notebook_node(sound_notebook())[0] == to_html(sound_notebook())


def test_its_name_for_nbconvert_leads_to_it():
    named = tomllib.loads((HERE / "pyproject.toml").read_text(encoding="utf-8"))["project"]["entry-points"][GROUP]
    module, _, name = named["lt-analysis-board"].partition(":")
    assert getattr(import_module(module), name) is BoardExporter


def test_a_restricted_notebook_says_so_on_every_sheet_whoever_exports_it():
    notebook = sound_notebook()
    assert "not for publication" not in to_html(notebook)
    notebook.cells[1].outputs[0].data["text/html"] = f'<p class="mark restricted">x</p>{HEADING}'
    assert '@bottom-left { content: "Restricted: not for publication. Made by lt_analysis ' in to_html(notebook)


def test_exporting_leaves_the_notebook_as_it_was():
    notebook = sound_notebook()
    to_html(notebook)
    for cell, before in zip(notebook.cells, sound_notebook().cells, strict=True):
        assert (cell.source, cell.get("outputs")) == (before.source, before.get("outputs"))


def test_a_page_holds_what_its_notebook_shows_and_nothing_is_drawn_anew():
    """An analyst and the board see the same objects; headings have names, and figures numbers, besides."""
    page = to_html(sound_notebook())
    shown = [output.data["text/html"] for cell in sound_notebook().cells for output in cell.get("outputs", [])]
    assert len(shown) == 6
    for html in shown:
        numbered = number_figures(f"<main>{html}</main>").removeprefix("<main>").split("<section")[0]
        assert str(BeautifulSoup(numbered.removesuffix("</main>"), "html.parser")).strip() in page


def test_analysts_and_the_board_are_shown_an_organisation_by_the_same_calls():
    calls = {}
    for room in ("analyst", "board"):
        notebook = nbformat.read(HERE / "notebooks" / room / "recruitment.ipynb", as_version=4)
        calls[room] = {cell.source.splitlines()[-1] for cell in notebook.cells if cell.cell_type == "code"}
    assert {
        *("blocks.heading(figures)", "blocks.coverage(figures)"),
        "blocks.glossary(figures)",
    } <= calls["analyst"] & calls["board"]
    assert {"blocks.exactly(exact.year)", "blocks.exactly(figures)"} <= calls["analyst"]


STATUTORY = "## The statutory measure: relative likelihood, all posts added up"
ADDS_UP_POSTS = {
    *("blocks.shares(", "blocks.ratios(", "tables.likelihood_table(", "appendix.pooled_table("),
    *("appendix.decomposition_table(", "appendix.unknown_table(", "appendix.straddling_table("),
}


@pytest.mark.parametrize("name", ["analyst/recruitment"])
def test_what_adds_up_all_posts_stands_under_one_heading_after_the_comparison_within_posts(name):
    notebook = nbformat.read(HERE / "notebooks" / f"{name}.ipynb", as_version=4)
    heading, found = "", {}
    for cell in notebook.cells:
        if cell.cell_type == "markdown" and cell.source.startswith("## "):
            heading = cell.source.splitlines()[0]
        elif cell.cell_type == "code":
            found.setdefault(heading, []).append(cell.source.splitlines()[-1])
    adding_up = [part for part, calls in found.items() for call in calls if call.startswith(tuple(ADDS_UP_POSTS))]
    assert len(adding_up) > 1
    assert set(adding_up) == {STATUTORY}
    within = ("blocks.beside_chance", "blocks.exactly", "blocks.evidence", "over_time.", "appendix.tests_table")
    before = [part for part, calls in found.items() for call in calls if call.startswith(within)]
    assert before
    assert all(list(found).index(part) < list(found).index(STATUTORY) for part in before)
    assert found[STATUTORY][0].startswith("blocks.shares("), "which says what comes first"
