import hashlib
import shutil
from importlib.metadata import version

import pytest

from lt_analysis.codebook.made_by import code_fingerprint, code_version, fingerprint_of
from tests.conftest import HERE


@pytest.fixture
def copy(tmp_path):
    folder = tmp_path / "lt_analysis"
    shutil.copytree(HERE / "lt_analysis", folder, ignore=shutil.ignore_patterns("__pycache__"))
    return folder


def test_the_fingerprint_of_a_file_can_be_worked_out_by_hand(tmp_path):
    (tmp_path / "room").mkdir()
    (tmp_path / "room" / "a.py").write_bytes(b"x = 1\r\n")
    (tmp_path / "b.py").write_bytes(b"")
    assert fingerprint_of(tmp_path) == hashlib.sha256(b"b.py 0\nroom/a.py 6\nx = 1\n").hexdigest()


def test_a_copy_of_the_code_has_the_same_fingerprint_whatever_else_lies_there(copy):
    assert fingerprint_of(copy) == code_fingerprint()
    (copy / "__pycache__").mkdir()
    (copy / "__pycache__" / "words.pyc").write_bytes(b"x")
    (copy / "notes.txt").write_text("x")
    style = copy / "reporting" / "template" / "page.css"
    style.write_bytes(style.read_bytes().replace(b"\n", b"\r\n"))
    assert fingerprint_of(copy) == code_fingerprint()


@pytest.mark.parametrize("name", ["__main__.py", "codebook/words.yml", "reporting/template/page.css"])
def test_another_state_of_the_code_has_another(copy, name):
    (copy / name).write_text((copy / name).read_text(encoding="utf-8") + "\n", encoding="utf-8")
    assert fingerprint_of(copy) != code_fingerprint()


def test_a_file_of_another_name_has_another(copy):
    (copy / "rendering" / "people.py").rename(copy / "rendering" / "called.py")
    assert fingerprint_of(copy) != code_fingerprint()


def test_the_version_is_that_of_the_installed_package():
    assert code_version() == f"lt_analysis {version('lt_analysis')}"
