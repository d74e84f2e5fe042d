import csv
import re
from datetime import date

import pytest

from lt_analysis.codebook.commitments import Commitment
from lt_analysis.codebook.mistakes import RawDataError
from lt_analysis.collection.commitments import COLUMNS, LONGEST, MOST, read_commitments
from lt_analysis.collection.finding import misnamed_folders, organisation_names
from tests import making
from tests.conftest import HERE

FIRST = {
    "commitment": "C1",
    "text": "Reasons are written down.",
    "source": "Board paper 7",
    "made_on": "2026-04-01",
    "due_on": "2027-03-31",
    "test": "Ten appointments all have reasons.",
}
SECOND = FIRST | {"commitment": "race standards", "due_on": ""}


def promise(folders, *rows, columns=COLUMNS):
    return making.write_rows(folders.raw / "partnership" / "commitments.csv", list(rows), columns)


def test_commitments_are_read_in_the_order_of_the_file_and_there_need_be_none(project):
    assert read_commitments(project) == ()
    promise(project, FIRST, dict.fromkeys(COLUMNS, ""), SECOND | {"commitment": "Race-Standards"})
    words = (FIRST["text"], FIRST["test"], FIRST["source"], date(2026, 4, 1))
    assert read_commitments(project) == (
        Commitment("C1", *words, date(2027, 3, 31)),
        Commitment("race standards", *words, None),
    )
    assert organisation_names(project) == [] and misnamed_folders(project) == []


NO_COLUMN = tuple(name for name in COLUMNS if name != "test")
BAD = {
    "no rows": ([], COLUMNS, "it holds no commitment"),
    "a column is missing": ([FIRST], NO_COLUMN, "row 1, column test: the column is missing"),
    "a column twice": ([FIRST], (*COLUMNS, "text"), "row 1, column text: the column stands twice"),
    "another column": ([FIRST], (*COLUMNS, "owner"), "row 1: there is a column that the audit does not know"),
    "an empty cell": ([FIRST, SECOND | {"source": " "}], COLUMNS, "row 3, column source: the cell is empty"),
    "a long text": ([FIRST | {"text": "w" * (LONGEST + 1)}], COLUMNS, "row 2, column text: it is longer than 400"),
    "a name for a key": ([FIRST | {"commitment": "Jane Never"}], COLUMNS, "row 2, column commitment: it is no key"),
    "a key twice": ([FIRST, FIRST | {"commitment": "c1"}], COLUMNS, "row 3, column commitment: this commitment stands"),
    "no date": ([FIRST | {"made_on": "1 April 2026"}], COLUMNS, "row 2, column made_on: it is not a date"),
    "no such day": ([FIRST | {"due_on": "2026-02-30"}], COLUMNS, "row 2, column due_on: it is not a date"),
    "due before": ([FIRST | {"due_on": "2026-03-31"}], COLUMNS, "row 2, column due_on: it is due before it was made"),
    "too many": ([FIRST | {"commitment": f"C{n}"} for n in range(MOST + 1)], COLUMNS, "more than 40 commitments"),
}


@pytest.mark.parametrize(("rows", "columns", "said"), BAD.values(), ids=BAD)
def test_what_is_wrong_is_said_by_its_row_and_column_with_a_remedy_and_no_cell_is_quoted(project, rows, columns, said):
    promise(project, *rows, columns=columns)
    with pytest.raises(RawDataError) as raised:
        read_commitments(project)
    assert said in str(raised.value) and raised.value.file == "partnership/commitments.csv" and raised.value.remedy
    assert "Never" not in str(raised.value)


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"commitment,text,source,made_on,due_on,test\nC1,a,b,2026-04-01,,c,d\n", "row 2: it has more or fewer cells"),
        (b'commitment,text,source,made_on,due_on,test\nC1,"a"b,c\n', "it cannot be read as CSV"),
        (b"commitment,text\xff\n", "it holds characters that are not UTF-8"),
        (b"", "row 1, column commitment: the column is missing"),
    ],
)
def test_a_file_that_is_no_table_of_commitments_is_refused(project, content, said):
    promise(project).write_bytes(content)
    with pytest.raises(RawDataError, match=re.escape(said)):
        read_commitments(project)


def test_the_example_in_the_docs_is_read_as_it_stands(project):
    docs = (HERE / "docs" / "returns.md").read_text(encoding="utf-8")
    section = docs[docs.index("## The partnership's commitments") :].split("\n## ")[0]
    lines = re.findall(r"^    (\S.*,.*)$", section, re.MULTILINE)
    promise(project).write_text("\n".join(lines), encoding="utf-8")
    assert [one.key for one in read_commitments(project)] == ["C1"]
    assert next(csv.reader(lines)) == list(COLUMNS)
    assert all(f"| `{name}` |" in section for name in COLUMNS)
