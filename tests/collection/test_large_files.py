"""A file's size decides nothing: sifted, it gives the receipt and the records that it gives when held whole."""

import csv
import io
from dataclasses import replace
from datetime import date

import duckdb
import pytest

from lt_analysis.collection import large_files
from lt_analysis.collection.collect import collect_organisation, record_path
from lt_analysis.collection.reading.plain import as_it_stands
from lt_analysis.collection.reading.text import Format
from lt_analysis.collection.receipts import open_audit
from tests import making
from tests.collection.mutation import mutated
from tests.collection.reading.test_received import GOOD_FILES, LINES, as_csv
from tests.making import application

FILE = "applications.csv"


def taken_in(project, content, **organisation):
    """The receipt of a file, and its records in any order."""
    folder = making.organisation(project, "ashbourne", **organisation) / "2026-27-Q2"
    folder.mkdir(exist_ok=True)
    (folder / FILE).write_bytes(content)
    with open_audit(":memory:") as connection:
        (receipt,) = collect_organisation(connection, project, "ashbourne", date.max).receipts
    path = record_path(project, receipt.found)
    records = duckdb.sql(f"FROM '{path}' ORDER BY ALL").fetchall() if not receipt.refusal else None
    refusal = str(receipt.refusal) if receipt.refusal else None
    return (
        replace(receipt, refusal=None, problems=(), changed=None),
        refusal,
        [str(one) for one in receipt.problems],
        records,
    )


def both_ways(project, monkeypatch, content, **organisation):
    held = taken_in(project, content, **organisation)
    monkeypatch.setattr(large_files, "LARGE", 0)
    sifted = taken_in(project, content, **organisation)
    monkeypatch.undo()
    return held, sifted


def rows(*changes):
    return [making.COLUMNS, *([application(**change)[name] for name in making.COLUMNS] for change in changes)]


GOOD = {"applicant": "A1"}, {"applicant": "A2", "ethnicity": "N"}, {"applicant": "A3", "vacancy": "V3"}
FILES = {
    "good": as_csv(rows(*GOOD)),
    "two problems": as_csv(rows(*GOOD, {"applicant": "A4", "sex": "?", "applied_on": "soon"})),
    "a row twice": as_csv(rows(*GOOD, GOOD[0], GOOD[1])),
    "a vacancy told otherwise": as_csv(rows(*GOOD, {"applicant": "A5", "grade": "8b"})),
    "a personal reference": as_csv(rows(*GOOD, {"applicant": "a@nowhere.example"}, {"applicant": "AB 12 34 56 C"})),
    "a title, a total, a note and a blank line": "Applications\n\n" + as_csv(rows(*GOOD)) + "Grand total,3\n\nA note\n",
    "its header again": as_csv([*rows(*GOOD), making.COLUMNS, *rows({"applicant": "A9"})[1:]]),
    "ragged": as_csv([*rows(*GOOD), ["V9", "2026-07-01"], [*rows(*GOOD)[1], "", ""], [*rows(*GOOD)[1], "", "x"]]),
    "quoted": as_csv(rows(*GOOD, {"applicant": "A6", "staff_group": 'Nursing, "community"\nand other'})),
    "total in a name": as_csv(rows(*GOOD, {"applicant": "A7", "staff_group": "total care"})),
    "lines ended as Windows ends them": as_csv(rows(*GOOD)).replace("\n", "\r\n") + "\r\n\r\n",
    "lines ended both ways": as_csv(rows(*GOOD)).replace("\n", "\r\n", 2),
    "spaces of all kinds": as_csv(rows(*GOOD, {"applicant": "\u3000A8\u00a0\x0b", "ethnicity": " A\u2009"})),
    "a column without heading": as_csv(
        [[*line, cell] for line, cell in zip(rows(*GOOD), ("", "", "x", ""), strict=True)]
    ),
    "a first column without heading": as_csv([["", *line] for line in rows(*GOOD)]),
    "a space of another kind within a cell": as_csv(
        rows(*GOOD, {"applicant": "A8", "staff_group": "Nursing\u00a0and care"})
    ),
    "a total that shouts": as_csv(rows(*GOOD)) + "GRAND TOTAL,3\nSub-Total,,,3\n",
    "semicolons": as_csv(rows(*GOOD), ";"),
    "most rows wrong": as_csv(rows(*({"applicant": f"A{n}", "sex": "?"} for n in range(4)))),
    "a header alone": as_csv(rows()),
    "a mark before a later line": as_csv(rows(*GOOD)) + "\ufeff" + as_csv(rows({"applicant": "A9"})[1:]),
    "stages that cannot be read": as_csv(
        rows(*GOOD, {"applicant": "A4", "eligible_on": "soon"}, {"applicant": "A5", "shortlisted_on": "31/31/2026"})
    ),
    "posts told in several ways": as_csv(
        rows(*({"applicant": f"B{n}", "campaign": "?" if n < 2 else "none", "closed_on": "?"} for n in range(4)), *GOOD)
    ),
    "ways of writing nothing": as_csv(
        rows(
            *GOOD,
            {"applicant": "A6", "eligible_on": "N/A", "sex": "-", "staff_group": "NULL", "offered_on": "00/01/1900"},
        )
    ),
    "empty keys": as_csv(rows(*GOOD, {"applicant": ""}, {"vacancy": "", "applicant": ""})),
}


@pytest.mark.parametrize("name", FILES)
@pytest.mark.one_in(3)
def test_a_sifted_file_gives_what_it_gives_held_whole(project, monkeypatch, name):
    held, sifted = both_ways(project, monkeypatch, FILES[name].encode())
    assert sifted == held


def all_quoted(content):
    out = io.StringIO()
    csv.writer(out, quoting=csv.QUOTE_ALL, lineterminator="\n").writerows(csv.reader(io.StringIO(content, newline="")))
    return out.getvalue()


QUOTED_THROUGHOUT = ("quoted", "a title, a total, a note and a blank line")


@pytest.mark.parametrize(
    "name",
    [pytest.param(name, marks=() if name in QUOTED_THROUGHOUT else pytest.mark.thorough) for name in FILES],
)
def test_so_does_a_file_whose_every_cell_is_quoted(project, monkeypatch, name):
    held, sifted = both_ways(project, monkeypatch, all_quoted(FILES[name]).encode())
    assert sifted == held


@pytest.mark.parametrize("name", ["spaces of all kinds", "ragged", "semicolons", "lines ended as Windows ends them"])
def test_so_does_a_file_in_another_encoding(project, monkeypatch, name):
    held, sifted = both_ways(project, monkeypatch, FILES[name].encode("utf-16"))
    assert sifted == held


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "cp1252"])
def test_however_it_is_encoded(project, monkeypatch, encoding):
    held, sifted = both_ways(project, monkeypatch, FILES["good"].replace("A3", "A3é").encode(encoding))
    assert sifted == held
    assert held[0].accepted == 3


def test_a_word_that_first_stands_far_down_is_known_all_the_same(project, monkeypatch):
    monkeypatch.setattr(large_files, "SAMPLE", 2)
    content = as_csv(rows(*GOOD, {"applicant": "A4", "sex": "F"}, {"applicant": "A5", "ethnicity": "White - Irish"}))
    monkeypatch.setattr(large_files, "LARGE", 0)
    sifted = taken_in(project, content.encode())
    monkeypatch.undo()
    assert sifted == taken_in(project, content.encode())
    assert sifted[0].accepted == 5


def test_salaries_are_placed_alike(project, monkeypatch):
    columns = ["salary_minimum" if name == "grade" else name for name in making.COLUMNS]
    lines = [
        [application(applicant=f"A{pay}", vacancy=f"V{pay}", salary_minimum=pay)[name] for name in columns]
        for pay in ("66273", "66274", "£75,328", "none")
    ]
    content = as_csv([columns, *lines]).encode()
    held, sifted = both_ways(project, monkeypatch, content, grades="salary", high_cost_area="inner")
    assert sifted == held
    assert held[0].accepted == 3


def test_spoilt_files_too(project, monkeypatch, thorough):
    for seed in range(40 if thorough else 8):
        held, sifted = both_ways(project, monkeypatch, mutated(GOOD_FILES["csv"], seed))
        assert sifted == held, seed


@pytest.mark.parametrize(
    "content",
    [
        as_csv([["", *line] for line in LINES]),
        as_csv(rows(*({"applicant": f"A{n}", "staff_group": "Nursing\u00a0and care"} for n in range(4)))),
        as_csv(LINES).replace("\n", "\n\n\n\n"),
    ],
    ids=["a first column without heading", "spaces of another kind within cells", "blank lines"],
)
def test_what_stands_in_every_line_of_many_files_has_no_limit(project, monkeypatch, content):
    monkeypatch.setattr(large_files, "LARGE", 0)
    monkeypatch.setattr(large_files, "MOST_STRAYS", 2)
    assert taken_in(project, content.encode())[0].accepted


def test_lines_of_another_shape_are_refused_beyond_a_limit(project, monkeypatch):
    monkeypatch.setattr(large_files, "LARGE", 0)
    monkeypatch.setattr(large_files, "MOST_STRAYS", 2)
    _, refusal, _, _ = taken_in(project, as_csv([*LINES, ["1"], ["2"], ["3"]]).encode())
    assert "more than 2 of its lines are totals, notes, or unlike the header" in refusal


def test_nothing_of_a_large_file_is_left_on_the_way(project, monkeypatch):
    monkeypatch.setattr(large_files, "LARGE", 0)
    taken_in(project, FILES["quoted"].encode())
    assert not project.sifting.exists()


@pytest.mark.parametrize(
    ("lines", "believed"),
    [
        ([(1, "a,b"), (2, "c,d"), (3, "e,f")], True),
        ([(1, "a,b"), (2, "e,f"), (3, "c,d")], False),
        ([(1, "a,b"), (2, "c,d")], False),
    ],
)
def test_lines_that_do_not_stand_where_they_should_are_not_believed(tmp_path, lines, believed):
    path = tmp_path / "plain.csv"
    path.write_text("a,b\nc,d\ne,f\n")
    with duckdb.connect() as connection:
        connection.execute("CREATE TABLE sifted (row BIGINT, line VARCHAR)")
        connection.executemany("INSERT INTO sifted VALUES (?, ?)", lines)
        plain = as_it_stands(path, Format("utf-8", ","))
        assert large_files.stand_in_their_order(connection, plain) == believed


def test_rows_keep_their_order_and_their_numbers_through_many_threads(project, monkeypatch):
    # More lines than DuckDB gives to one thread at a time.
    monkeypatch.setattr(large_files, "LARGE", 0)
    line = ",".join(str(application(applicant="A{0}", vacancy="V{0}", sex="{1}")[name]) for name in making.COLUMNS)
    rows = (line.format(number, "male" if number % 9_999 else f"?{number}") for number in range(150_000))
    lines = [",".join(making.COLUMNS), *rows]
    receipt, _, problems, _ = taken_in(project, "\n".join(lines).encode())
    assert (receipt.accepted, receipt.unread) == (150_000, 16)
    assert [problem.split(",")[1] for problem in problems] == [f" row {9_999 * n + 2}" for n in range(16)]


def test_an_own_grade_that_first_stands_far_down_is_placed_by_its_grade_and_not_by_its_salary(project, monkeypatch):
    columns = [*("salary_minimum" if name == "grade" else name for name in making.COLUMNS), "grade"]
    pay = [("T1", "66273"), ("T1", "66273"), ("T1", "66273"), ("X9", "20000"), ("X9", "90000"), ("PO", "66274")]
    lines = [
        [application(applicant=f"A{n}", vacancy=f"V{n}", grade=grade, salary_minimum=salary)[name] for name in columns]
        for n, (grade, salary) in enumerate(pay)
    ]
    about = {"grades": "salary", "high_cost_area": "inner", "equivalent_grades": {"2026-27": {"T1": "8a", "X9": "8c"}}}
    content = as_csv([columns, *lines]).encode()
    held = taken_in(project, content, **about)
    monkeypatch.setattr(large_files, "SAMPLE", 2)
    monkeypatch.setattr(large_files, "LARGE", 0)
    assert taken_in(project, content, **about) == held
    path = record_path(project, held[0].found)
    bands = duckdb.sql(f"SELECT band FROM '{path}' ORDER BY applicant").fetchall()
    assert [band for (band,) in bands] == ["8a", "8a", "8a", "8c", "8c", "8a"]
