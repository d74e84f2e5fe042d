"""The spreadsheet of what is wrong: every finding, for whoever sent it, and no cell of theirs."""

import re
from datetime import date

import pandas as pd
import pytest
from python_calamine import CalamineWorkbook

from lt_analysis.collection.collect import collect_organisation
from lt_analysis.collection.findings import findings_path, write_findings
from lt_analysis.collection.receipts import open_audit
from tests import making
from tests.collection.test_collect import PERSONAL, send
from tests.conftest import HERE
from tests.making import application

OPENED = re.compile(r"`(pd\.read_excel\(.+?\))`")


@pytest.fixture
def found(project):
    """Take the returns in, as often as asked, and return the lines of the findings; nothing where there are none."""

    def lines():
        with open_audit(str(project.root / "audit.duckdb")) as connection:
            path = write_findings(project, collect_organisation(connection, project, "ashbourne", date.max))
        assert path is None or path == findings_path(project, "ashbourne")
        return path and CalamineWorkbook.from_path(path).get_sheet_by_index(0).to_python(skip_empty_area=False)

    return lines


def test_each_finding_is_a_line_with_its_place_and_remedy(project, found):
    good = [application(applicant=f"A{place}") for place in range(2)]
    send(project, [*good, application(applicant="A2", sex=PERSONAL), application(applicant="A3", grade="=1+1")])
    send(project, [], name="staff.csv", columns=("person",))
    note, headings, *lines = found()
    assert note[0].startswith("Each line is one thing to mend, or to know of.")
    assert headings == ["File", "Row", "Column", "What is wrong", "How to mend it"]
    assert [line[:3] for line in lines] == [
        ["ashbourne/2026-27-Q2/staff.csv", 1.0, "grade"],
        ["ashbourne/2026-27-Q2/applications.csv", 4.0, "sex"],
        ["ashbourne/2026-27-Q2/applications.csv", 5.0, "grade"],
    ]
    assert all(line[3] and line[4] for line in lines)
    assert PERSONAL.encode() not in findings_path(project, "ashbourne").read_bytes()
    assert "1+1" not in str(lines)


def test_a_return_that_is_not_read_again_keeps_its_findings_and_one_that_is_mended_has_none(project, found):
    path = send(project, [application(), application(applicant="A2", sex="?")])
    assert found() == found()
    making.write_rows(path, [application(), application(applicant="A2")])
    assert found() is None
    assert not findings_path(project, "ashbourne").exists()


def test_findings_can_be_opened_by_their_owner_only(project, found):
    send(project, [application(), application(applicant="A2", sex="?")])
    found()
    path = findings_path(project, "ashbourne")
    assert path.stat().st_mode & 0o077 == 0
    assert path.parent.stat().st_mode & 0o077 == 0


def test_a_column_that_reaches_people_is_named_at_every_run_though_the_file_is_read_once(project, found):
    send(project, [application() | {"E-mail": PERSONAL}], columns=(*making.COLUMNS, "E-mail"))
    for _ in range(2):
        _, _, line = found()
        assert line[0] == "ashbourne/2026-27-Q2/applications.csv"
        assert line[3].startswith("column E-mail names or reaches people")
        assert PERSONAL not in str(line)


def test_the_line_of_the_docs_opens_the_findings_with_pandas(project, found):
    send(project, [application(applicant="A2", sex=PERSONAL)])
    found()
    (line,) = OPENED.findall((HERE / "docs" / "columns.md").read_text(encoding="utf-8"))
    table = eval(line, {"pd": pd, "path": findings_path(project, "ashbourne")})
    assert list(table.columns) == ["File", "Row", "Column", "What is wrong", "How to mend it"]
    assert table["Column"].tolist() == ["sex"]
