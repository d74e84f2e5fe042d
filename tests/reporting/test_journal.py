"""The journal of pages: whole lines, whatever a killed run left of one."""

import hashlib

from lt_analysis.codebook.folders import Folders
from lt_analysis.reporting.journal import Journal


def test_half_a_line_is_passed_over_and_spoils_no_other(tmp_path):
    folders = Folders(tmp_path)
    folders.processed.mkdir(parents=True)
    Journal(folders).write(page="reports/a.html", made_from="1", faults=["a line\u2028of é"])
    with Journal(folders).file.open("ab") as file:
        file.write('{"page": "reports/b.html", "faults": ["é'.encode()[:-1])
    Journal(folders).write(page="reports/c.html", made_from="3")
    assert [line["made_from"] for line in Journal(folders).last.values()] == ["1", "3"]
    assert Journal(folders).file.stat().st_mode & 0o777 == 0o600


def test_a_page_stands_while_it_and_what_it_was_made_from_are_the_same(tmp_path):
    folders = Folders(tmp_path)
    folders.processed.mkdir(parents=True)
    page = folders.reports / "a.html"
    page.parent.mkdir()
    page.write_text("before")
    Journal(folders).write(page="reports/a.html", made_from="1", sha256=hashlib.sha256(b"other").hexdigest())
    assert not Journal(folders).stands(page, "1")
    Journal(folders).write(page="reports/a.html", made_from="1", sha256=hashlib.sha256(b"before").hexdigest())
    assert Journal(folders).stands(page, "1")
    assert not Journal(folders).stands(page, "2")
    page.write_text("after")
    assert not Journal(folders).stands(page, "1")
    Journal(folders).amend(page, "before", "after")
    assert Journal(folders).stands(page, "1")
