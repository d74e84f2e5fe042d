"""The README's commands work in a fresh copy, and the docs name every column."""

import re
import subprocess

import pytest

from lt_analysis.codebook.returns import RETURNS
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


@pytest.mark.parametrize("command", [command for command in COMMANDS if command not in ELSEWHERE])
def test_every_command_of_the_readme_works(quarter, command):
    done = subprocess.run(
        command.split(), cwd=quarter.folders.root, capture_output=True, text=True, check=False, timeout=240
    )
    assert done.returncode == 0, done.stdout + done.stderr


def test_the_docs_name_every_column_and_what_it_means():
    docs = (HERE / "docs" / "returns.md").read_text(encoding="utf-8")
    for kind in RETURNS:
        section = docs[docs.index(f"## {kind.name}") :].split("\n## ")[0]
        for column in kind.columns:
            assert f"| `{column.name}` |" in section
            assert column.meaning in section
            assert all(code in section for code in column.allowed)
