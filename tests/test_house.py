"""The house: imports point one way, rooms have one job, and nothing stands where it should not."""

import ast
import json
import re
import subprocess
import tomllib
from pathlib import Path

import pytest
import yaml

from tests.conftest import HERE

PACKAGE = HERE / "lt_analysis"
# Each room, and the rooms that it may import. `rendering` sees the figures of `release` and nothing nearer to a
# person; `reporting` runs notebooks by path and imports no analysis; `verification` attacks what `release` protects and
# shares no code with it.
MAY_IMPORT = {
    "codebook": set(),
    "collection": {"codebook"},
    "counts": {"codebook", "collection"},
    "evidence": {"codebook", "collection", "counts"},
    "release": {"codebook", "collection", "counts", "evidence"},
    "validation": {"codebook", "evidence"},
    "rendering": {
        "codebook",
        *("release.figures", "release.keys", "release.items", "release.delivery", "release.metric_tables"),
        *("evidence.assurance", "evidence.funnel", "evidence.inequality", "evidence.process_control"),
        *("evidence.appendix", "evidence.comparison", "evidence.staff", "evidence.representation"),
        "validation",
    },
    # The gate says a page again from the release, by the same templates.
    "reporting": {"codebook", "rendering", "release.figures", "release.keys"},
    "synthetic": {"codebook", "collection"},
    # The formula of the evidence is public, and so an attacker's too.
    "verification": {"codebook", "evidence"},
}
# The analyst's desk shows what these have; no room knows of it.
MAY_IMPORT["desk"] = {"codebook", "collection", "evidence", "release", "rendering", "synthetic", "commands.take_in"}
MAY_IMPORT["commands"] = set(MAY_IMPORT)  # it gives every room its work, and no room knows of it
NOTEBOOKS_MAY_IMPORT = {"lt_analysis.codebook.parameters", "lt_analysis.release", "lt_analysis.rendering"}
ANALYSTS_MAY_IMPORT = NOTEBOOKS_MAY_IMPORT | {
    *("lt_analysis.release.exact", "lt_analysis.release.exact_staff", "lt_analysis.release.exact_actions"),
    *("lt_analysis.rendering.studies", "lt_analysis.validation", "lt_analysis"),
}
NOTEBOOKS = sorted((HERE / "notebooks").glob("*/*.ipynb"))


def imported(source: str) -> set[str]:
    names = set()
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.ImportFrom):
            assert node.level == 0, "imports are absolute"
            names.add(node.module)
        elif isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
    return {name for name in names if name.split(".")[0] == "lt_analysis"}


@pytest.mark.parametrize("room", MAY_IMPORT)
def test_imports_point_one_way(room):
    files = sorted((PACKAGE / room).rglob("*.py")) or [PACKAGE / f"{room}.py"]
    assert files[0].exists()
    for file in files:
        for name in imported(file.read_text(encoding="utf-8")) - {"lt_analysis"}:  # which imports nothing itself
            other = name.removeprefix("lt_analysis.")
            allowed = {room, *MAY_IMPORT[room]}
            assert any(other == one or other.startswith(f"{one}.") for one in allowed), f"{file.name} imports {name}"


def test_every_room_is_held_to_the_arrows():
    rooms = {path.name for path in PACKAGE.iterdir() if (path / "__init__.py").exists()}
    assert rooms | {"validation", "desk"} == MAY_IMPORT.keys()


def test_no_room_without_a_job():
    names = {path.stem for path in PACKAGE.rglob("*.py")}
    assert not names & {"utils", "util", "helpers", "helper", "common", "core", "base", "config", "manager", "pipeline"}
    assert not any(re.search(r"class \w*(Pipeline|Manager)", path.read_text()) for path in PACKAGE.rglob("*.py"))


def test_every_module_says_what_belongs_there():
    for path in PACKAGE.rglob("*.py"):
        assert ast.get_docstring(ast.parse(path.read_text(encoding="utf-8"))), path


def test_everything_that_has_a_public_name_says_what_comes_back():
    documented = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)
    for path in PACKAGE.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, documented) and not node.name.startswith("_"):
                assert ast.get_docstring(node), f"{path.name}, line {node.lineno}"


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: f"{path.parent.name}/{path.stem}")
def test_a_notebook_is_prose_a_call_and_a_shown_answer(path):
    notebook = json.loads(path.read_text(encoding="utf-8"))
    code = [cell for cell in notebook["cells"] if cell["cell_type"] == "code"]
    assert code[0]["metadata"]["tags"] == ["parameters"]
    assert notebook["metadata"]["kernelspec"]["name"] == "python3"
    for cell in code:
        assert cell["outputs"] == []
        assert cell["execution_count"] is None
        tree = ast.parse("".join(cell["source"]))
        logic = (ast.FunctionDef, ast.Lambda, ast.For, ast.While, ast.If, ast.Try, ast.With, ast.ListComp, ast.BinOp)
        assert not any(isinstance(node, logic) for node in ast.walk(tree))
        numbers = (node for node in ast.walk(tree) if isinstance(node, ast.Constant))
        assert not any(isinstance(node.value, int | float) for node in numbers), "a typed-in number"
        may_import = ANALYSTS_MAY_IMPORT if path.parent.name == "analyst" else NOTEBOOKS_MAY_IMPORT
        assert imported("".join(cell["source"])) <= may_import


def test_board_notebooks_read_the_release_only():
    for path in (HERE / "notebooks" / "board").glob("*.ipynb"):
        assert "exact" not in path.read_text(encoding="utf-8")


def code_of(path: Path) -> list[ast.Module]:
    cells = json.loads(path.read_text(encoding="utf-8"))["cells"]
    return [ast.parse("".join(cell["source"])) for cell in cells if cell["cell_type"] == "code"]


def parameters_of(path: Path) -> list[str]:
    return [node.target.id for node in code_of(path)[0].body]


def test_no_parameter_of_a_notebook_is_a_threshold_or_a_switch():
    assert {name for path in NOTEBOOKS for name in parameters_of(path)} == {
        *("organisation", "period", "before", "characteristic", "metric"),
        *("without_page", "spreadsheet_size", "size"),
    }


def test_every_notebook_refuses_parameters_that_it_does_not_have_before_it_reads_anything():
    for path in NOTEBOOKS:
        statements = [node for node in code_of(path)[1].body if not isinstance(node, ast.Import | ast.ImportFrom)]
        names = ", ".join(f"'{name}'" for name in parameters_of(path))
        assert ast.unparse(statements[0]) == f"only_parameters(In, {names})"


def docstrings_of(tree: ast.Module) -> list[ast.Constant]:
    documented = (ast.Module, ast.ClassDef, ast.FunctionDef)
    bodies = [node.body for node in ast.walk(tree) if isinstance(node, documented)]
    return [body[0].value for body in bodies if isinstance(body[0], ast.Expr)]


def test_pages_name_the_group_by_its_label_and_never_by_its_code():
    for path in (*(PACKAGE / "rendering").rglob("*.py"), *(PACKAGE / "reporting").rglob("*.py")):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        documents = docstrings_of(tree)
        for node in ast.walk(tree):
            if isinstance(node, ast.Constant) and node not in documents:
                assert "BME" not in str(node.value), f"{path.name}, line {node.lineno}"
            if isinstance(node, ast.FormattedValue):
                assert ast.unparse(node.value) != "BME", f"{path.name}, line {node.lineno}"
    for path in (*NOTEBOOKS, *(PACKAGE / "reporting" / "template").iterdir()):
        assert "BME" not in path.read_text(encoding="utf-8"), path.name


PROJECT = tomllib.loads((HERE / "pyproject.toml").read_text(encoding="utf-8"))
LOCK = (HERE / "requirements.lock").read_text(encoding="utf-8")
LOCKED = set(re.findall(r"^([a-z0-9_.-]+)==", LOCK, re.MULTILINE))


def test_the_lock_holds_every_dependency_and_the_build_backend_by_hash():
    wanted = [*PROJECT["project"]["dependencies"], *PROJECT["build-system"]["requires"]]
    wanted += [one for extra in PROJECT["project"]["optional-dependencies"].values() for one in extra]
    names = {re.split(r"[<>=\[; ]", one)[0].lower().replace("_", "-") for one in wanted}
    assert names <= LOCKED
    entries = re.split(r"\n(?=[a-z0-9])", LOCK)
    assert all("--hash=sha256:" in entry for entry in entries if "==" in entry.split("\n")[0])


def test_the_lock_names_no_address_and_no_folder():
    assert not re.search(r"https?://|file:|--(index-url|extra-index-url|find-links)|@ |^\s*/", LOCK, re.MULTILINE)


def test_what_is_cited_is_this_version_under_this_licence():
    cited = yaml.safe_load((HERE / "CITATION.cff").read_text(encoding="utf-8"))
    assert {
        name: cited[key] for name, key in {"name": "title", "version": "version", "license": "license"}.items()
    } == {name: PROJECT["project"][name] for name in ("name", "version", "license")}


def test_the_cards_own_libraries_are_declared():
    declared = {re.split(r"[<>=]", one)[0] for one in PROJECT["project"]["dependencies"]}
    assert declared >= {"jupyterlab", "pandas", "seaborn", "papermill", "nbconvert", "scipy"}


def test_the_conda_environment_is_the_same_lock():
    environment = yaml.safe_load((HERE / "environment.yml").read_text(encoding="utf-8"))
    python, pip, rest = environment["dependencies"]
    assert python == f"python{PROJECT['project']['requires-python']}"
    assert (pip, rest) == ("pip", {"pip": ["-r requirements.lock"]})
    assert environment["name"] == PROJECT["project"]["name"]


@pytest.mark.parametrize(
    "path",
    [
        "data/raw/kings/organisation.yml",
        "data/raw/kings/2026-27-Q2/applications.csv",
        "data/raw/truth.csv",
        "data/raw/london-acute-medical/2026-27-Q2/applications.csv",
        "data/raw/london-acute-medical/2020-21/applications.csv",
        "notebooks/board/executed.ipynb",
        "data/processed/audit.duckdb",
        "data/processed/releases/2026-27-Q2/numbers.parquet",
        "data/processed/restricted/2026-27-Q2/kings/recruitment.html",
        "reports/2026-27-Q2/index.html",
        "aside/1/data/raw/kings/organisation.yml",
    ],
)
def test_nothing_of_a_real_organisation_can_be_committed_by_accident(path):
    ignored = subprocess.run(["git", "check-ignore", "--no-index", "-q", path], cwd=HERE, check=False)
    assert ignored.returncode == 0


def test_the_published_example_is_committed():
    for name in ("organisation.yml", "2020-21/stage-totals.csv"):
        path = f"data/raw/london-acute-medical/{name}"
        assert subprocess.run(["git", "check-ignore", "-q", path], cwd=HERE, check=False).returncode == 1


def test_every_hook_is_local_and_named_in_the_environment():
    hooks = yaml.safe_load((HERE / ".pre-commit-config.yaml").read_text(encoding="utf-8"))
    assert [repository["repo"] for repository in hooks["repos"]] == ["local"]
    for hook in hooks["repos"][0]["hooks"]:
        assert (HERE / Path(hook["entry"].split()[0])).exists()


def test_the_code_keeps_its_own_style():
    for command in (["check"], ["format", "--check"]):
        done = subprocess.run([HERE / ".venv/bin/ruff", *command, "."], cwd=HERE, capture_output=True, text=True)
        assert done.returncode == 0, done.stdout
