"""What is imported before the first kernel is read off the notebooks."""

import nbformat
from nbformat.v4 import new_code_cell, new_notebook

from lt_analysis.reporting.warm.imports import third_party_imports
from tests.conftest import HERE
from tests.reporting.test_faults import NO_NOTEBOOKS


def test_what_notebooks_reach_through_the_projects_own_modules_is_found():
    found = third_party_imports(HERE / "notebooks")
    assert "import seaborn as sns" in found
    assert "import duckdb" in found
    assert not [statement for statement in found if "lt_analysis" in statement or "dataclasses" in statement]


def test_a_notebook_that_cannot_be_read_and_a_module_that_may_be_edited_are_passed_over(tmp_path, monkeypatch):
    for place, content in enumerate(NO_NOTEBOOKS):
        (tmp_path / f"draft-{place}.ipynb").write_text(content)
    (tmp_path / "helpers.py").write_text("")
    monkeypatch.syspath_prepend(tmp_path)
    cells = [new_code_cell("import __main__, helpers, numpy")]
    nbformat.write(new_notebook(cells=cells), tmp_path / "a.ipynb")
    assert third_party_imports(tmp_path) == ("import numpy",)


def test_a_notebooks_own_imports_count_but_not_what_is_missing_or_inside_a_function(tmp_path):
    sources = "%time\n", "import numpy, json, nowhere_to_be_found\ndef f():\n    import pandas"
    nbformat.write(new_notebook(cells=[new_code_cell(source) for source in sources]), tmp_path / "a.ipynb")
    assert third_party_imports(tmp_path) == ("import numpy",)


def test_what_stands_after_a_function_is_passed_over_and_what_stands_after_a_text_is_not(tmp_path):
    sources = "def f():\n    return 1\nimport pandas", '"""\ndef is a word of this text.\n"""\nimport numpy'
    nbformat.write(new_notebook(cells=[new_code_cell(source) for source in sources]), tmp_path / "a.ipynb")
    assert third_party_imports(tmp_path) == ("import numpy",)
