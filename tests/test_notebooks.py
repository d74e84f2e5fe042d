"""Notebooks as people use them: in folders of any name, with cells of their own, and committed without outputs."""

import json
import shutil
import subprocess

import nbformat
import papermill
import pytest
from nbformat.v4 import new_code_cell, new_markdown_cell, new_output

from tests.conftest import HERE, PERIOD

STRIP = next(
    line.split("entry:")[1].strip()
    for line in (HERE / ".pre-commit-config.yaml").read_text(encoding="utf-8").splitlines()
    if "entry:" in line and "nbstripout" in line
)


@pytest.fixture(scope="module")
def elsewhere(counted_quarter, tmp_path_factory):
    """The counted quarter in a folder whose name has spaces and letters beyond ASCII."""
    root = tmp_path_factory.mktemp("names") / "Égalité – Ngā mahi 2026"
    shutil.copytree(counted_quarter.root, root)
    return root


@pytest.mark.parametrize("name", ["analyst/compare", "board/recruitment"])
def test_a_notebook_runs_with_a_cell_added_in_a_folder_of_any_name(elsewhere, name):
    path = elsewhere / "notebooks" / f"{name} – my own.ipynb"
    notebook = nbformat.read(HERE / "notebooks" / f"{name}.ipynb", as_version=4)
    notebook.cells += [new_markdown_cell("## Mine"), new_code_cell("import lt_analysis as lt\nlt.periods()")]
    nbformat.write(notebook, path)
    asked = {"organisation": "nonesuch-hospitals", "period": PERIOD}
    run = papermill.execute_notebook(path, None, asked, kernel_name="python3", cwd=elsewhere, progress_bar=False)
    assert PERIOD in run.cells[-1].outputs[0].data["text/html"]


def test_outputs_are_taken_out_of_a_notebook_when_it_is_committed(tmp_path):
    """What the hook runs: a number that was shown, restricted or not, never comes into git."""
    path = tmp_path / "mine.ipynb"
    notebook = nbformat.read(HERE / "notebooks" / "analyst" / "compare.ipynb", as_version=4)
    for cell in notebook.cells:
        if cell.cell_type == "code":
            cell.outputs = [new_output("stream", text="Restricted-Never")]
            cell.execution_count = 3
    nbformat.write(notebook, path)
    subprocess.run([HERE / STRIP, path], check=True)
    assert "Restricted-Never" not in path.read_text(encoding="utf-8")
    kept = json.loads(path.read_text(encoding="utf-8"))["cells"]
    original = json.loads((HERE / "notebooks" / "analyst" / "compare.ipynb").read_text(encoding="utf-8"))["cells"]
    assert [cell["source"] for cell in kept] == [cell["source"] for cell in original]
    assert kept[0]["metadata"]["tags"] == ["parameters"]
