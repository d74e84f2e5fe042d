"""The README's and the docs' commands and code work, and the docs name every column, term and message as they are."""

import re
import shutil
import subprocess

import pyarrow.parquet as pq
import pytest

from lt_analysis.codebook.measures import OF_RECRUITMENT, OF_STAFF
from lt_analysis.codebook.metrics import AXES
from lt_analysis.codebook.returns import ACTIONS, RETURNS
from lt_analysis.codebook.words import glossary
from lt_analysis.collection.asked import read_asked
from lt_analysis.release.exact_files import EXACT_TABLES
from lt_analysis.release.files import APPENDED, TABLES
from tests import making
from tests.collection.reading.test_received import as_xlsx
from tests.collection.test_collect import collected
from tests.conftest import HERE

README = (HERE / "README.md").read_text(encoding="utf-8")
COMMANDS = [
    line.split("#")[0].strip()
    for block in re.findall(r"```sh\n(.*?)```", README, re.DOTALL)
    for line in block.splitlines()
]
ELSEWHERE = {
    "make test": "this test is part of it",
    "make quarter": "the fixture `quarter` runs it",
    "make lab": "below",
}


def test_the_first_screen_has_the_two_commands_and_a_picture():
    first = README[: README.index("## ")]
    assert "make quarter" in first
    assert "make test" in first
    picture = re.search(r"!\[.{60,}\]\((.+)\)", first)
    assert (HERE / picture[1]).stat().st_size > 10_000


def test_make_quarter_ends_by_naming_the_page_to_open(quarter):
    assert quarter.said.returncode == 0, quarter.said.stderr
    assert quarter.said.stdout.strip().splitlines()[-1] == f"Open {quarter.page()}"


@pytest.fixture(scope="module")
def copy_of_the_quarter(quarter, tmp_path_factory):
    """A copy to run commands in, so that pages are not made anew while other tests read them."""
    root = tmp_path_factory.mktemp("commands") / "project"
    shutil.copytree(quarter.folders.root, root, symlinks=True)
    return root


@pytest.mark.parametrize(
    "command",
    [
        # What `pack` does is in tests/test_pack.py too.
        pytest.param(command, marks=pytest.mark.thorough if " pack " in command else ())
        for command in COMMANDS
        if command not in ELSEWHERE
    ],
)
def test_every_command_of_the_readme_works(copy_of_the_quarter, command, request):
    if " pack " in command:
        request.getfixturevalue("chromium")
    done = subprocess.run(
        command.split(), cwd=copy_of_the_quarter, capture_output=True, text=True, check=False, timeout=240
    )
    assert done.returncode == 0, done.stdout + done.stderr


def section_of(kind):
    docs = (HERE / "docs" / "returns.md").read_text(encoding="utf-8")
    return docs[docs.index(f"## {kind.name}\n") :].split("\n## ")[0]


def test_the_docs_name_every_column_and_what_it_means():
    for kind in RETURNS:
        section = section_of(kind)
        for column in kind.columns:
            assert f"| `{column.name}` |" in section
            assert column.meaning in section
            assert all(code in section for code in column.allowed)


def test_the_docs_name_every_number_of_the_audit_that_an_action_may_be_to_move():
    named = " ".join(section_of(ACTIONS).split()).partition("`measure` is a number of the audit (")[2].partition(")")[0]
    assert named.split(", ") == [measure.key for measure in (*OF_RECRUITMENT, *OF_STAFF)]


def test_the_examples_of_a_list_of_metrics_and_of_networks_are_read_as_they_stand(project):
    docs = (HERE / "docs" / "returns.md").read_text(encoding="utf-8")
    section = docs[docs.index("## The partnership's metrics") : docs.index("## organisation.yml")]
    (project.raw / "partnership").mkdir()
    (project.raw / "partnership" / "metrics.yml").write_text(re.search(r"```yaml\n(.*?)```", section, re.DOTALL)[1])
    lines = re.findall(r"^    ((?:practice|G85).*,.*)$", section, re.MULTILINE)
    (project.raw / "partnership" / "networks.csv").write_text("\n".join(lines))
    asked = read_asked(project)
    assert [one.key for one in asked.metrics] == ["blood-pressure"] and len(asked.memberships) == 3
    for axis in AXES.values():
        groups = "1 (most deprived) to " if "deprivation" in axis.key else ", ".join(axis.groups)
        assert f"| `{axis.key}` | {groups}" in section
        assert not axis.coarser or f"| `{axis.coarser}` |\n" in section


@pytest.mark.parametrize("kind", RETURNS, ids=lambda kind: kind.name)
def test_the_example_of_every_return_is_accepted_as_it_stands(project, kind):
    making.asked(project)  # which has the metric, and the practices, of the example
    lines = re.findall(r"^    (\S.*,.*)$", section_of(kind), re.MULTILINE)
    path = making.organisation(project, "ashbourne") / "2026-27-Q2" / f"{kind.name}.csv"
    path.parent.mkdir()
    path.write_text("\n".join(lines), encoding="utf-8")
    found = collected(project)
    assert not found.refusals
    assert [receipt.accepted for receipt in found.receipts] == [len(lines) - 1]


DOCS = sorted((HERE / "docs").glob("*.md"))
PAGES = {path.name: path.read_text(encoding="utf-8") for path in DOCS}


def blocks(text, language):
    return re.findall(rf"```{language}\n(.*?)```", text, re.DOTALL)


OF_DOCS = {line for text in PAGES.values() for block in blocks(text, "sh") for line in block.splitlines()}


def test_every_page_of_the_docs_is_led_to_and_every_link_leads_somewhere():
    linked = set()
    for name, text in PAGES.items():
        targets = [target.partition("#")[0] for target in re.findall(r"\]\(([^):]+)\)", text)]
        assert all((HERE / "docs" / target).exists() for target in targets if target), name
        linked |= {*targets} if name == "start.md" else set()
    assert PAGES.keys() - {"start.md"} <= linked
    assert "docs/start.md" in README


def test_what_docs_name_in_the_project_is_there():
    for name, text in PAGES.items():
        for path in re.findall(r"`((?:lt_analysis|notebooks|tests|docs)/[\w./-]+)`", text):
            assert (HERE / path).exists(), f"{name} names {path}"


@pytest.mark.parametrize(
    "command", [pytest.param(one, marks=pytest.mark.thorough) for one in sorted(OF_DOCS - {*COMMANDS, *ELSEWHERE})]
)
def test_every_command_of_the_docs_works(copy_of_the_quarter, command):
    done = subprocess.run(command.split(), cwd=copy_of_the_quarter, capture_output=True, text=True, timeout=240)
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.parametrize("name", [name for name, text in PAGES.items() if "```python" in text] + ["../README.md"])
def test_the_python_of_a_page_runs_block_after_block(counted_quarter, monkeypatch, name):
    monkeypatch.chdir(counted_quarter.root)
    names = {}
    found = blocks((HERE / "docs" / name).read_text(encoding="utf-8"), "python")
    assert found
    for block in found:
        exec(block, names)


def test_the_recipe_for_spreadsheets_reads_a_reports_sheets_and_a_return_as_they_stand(project, monkeypatch):
    rows = [["vacancy", "closed_on"], ["007", "2026-07-31"]]
    report = project.reports / "2026-27-Q2" / "recruitment-2026-27-Q2.xlsx"
    sent = project.raw / "nonesuch-hospitals" / "2026-27-Q2" / "applications.xlsx"
    for path in (report, sent):
        path.parent.mkdir(parents=True)
        path.write_bytes(as_xlsx([[["A title"], *rows], rows] if path == report else [rows]))
    monkeypatch.chdir(project.root)
    names = {}
    (recipe,) = (block for block in blocks(PAGES["recipes.md"], "python") if "read_excel" in block)
    exec(recipe, names)
    assert [len(sheet) for sheet in names["sheets"][report.stem].values()] == [3, 2]
    assert names["sent"][sent].to_numpy().tolist() == rows[1:]


def test_every_message_that_troubleshooting_explains_is_one_of_the_codes_own():
    code = " ".join(path.read_text(encoding="utf-8") for path in (HERE / "lt_analysis").rglob("*.py"))
    code += (HERE / "Makefile").read_text(encoding="utf-8")
    messages = re.findall(r"^\| `(.+?)` \|", PAGES["troubleshooting.md"], re.MULTILINE)
    assert len(messages) > 10
    assert [message for message in messages if message not in code] == []


def test_every_column_of_every_table_is_described(counted_quarter):
    described = set(re.findall(r"`([\w.]+)`", PAGES["columns.md"])) | {
        column.name for kind in RETURNS for column in kind.columns
    }
    for path in counted_quarter.processed.rglob("*.parquet"):
        assert {*pq.read_schema(path).names} <= described, path.name
    for name, columns in {**TABLES, **APPENDED}.items():
        assert f"### {name}\n" in PAGES["columns.md"]
        assert all(column.meaning in PAGES["columns.md"] for column in columns)
    assert all(f"| `{table}` |" in PAGES["columns.md"] for table in EXACT_TABLES)


def test_the_glossary_has_every_term_of_the_pages_as_they_have_it():
    for term, meaning in glossary().items():
        assert f"| {term} | {meaning} |" in PAGES["glossary.md"]
