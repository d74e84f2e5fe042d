"""A text file's lines are those of a CSV reader, however quickly some of them are divided."""

import csv

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lt_analysis.codebook.mistakes import RawDataError
from lt_analysis.collection import large_files
from lt_analysis.collection.reading.text import WITHIN_A_CELL, Format, lines_of
from tests import making
from tests.collection.test_collect import only_receipt, send


def read(lines):
    """What is read of some lines, up to a mistake."""
    found = []
    try:
        for line in lines:
            found.append(line)
    except (csv.Error, RawDataError):
        found.append("a mistake")
    return found


@settings(max_examples=500)
@given(content=st.text('ab ,"\n\r\x1f\té\xa0\x00', max_size=20))
def test_lines_are_those_of_a_csv_reader(tmp_path_factory, content):
    path = tmp_path_factory.mktemp("text") / "lines.csv"
    path.write_text(content, encoding="utf-8", newline="")
    with path.open(encoding="utf-8", newline="") as lines:
        cells = ([cell.strip().translate(WITHIN_A_CELL) for cell in row] for row in csv.reader(lines, strict=True))
        expected = read(enumerate(cells, start=1))
    assert read((line.number, line.cells) for line in lines_of(path, "f", Format("utf-8", ","))) == expected


@pytest.mark.parametrize("large", [False, True], ids=["held whole", "sifted"])
@pytest.mark.parametrize(
    ("column", "until"),
    [("advert_text", 3), ("staff_group", 3), ("staff_group", 1), ("home_borough", 2), ("vacancy", 2)],
)
@pytest.mark.parametrize("divider", [",", ";", "\t"])
def test_a_quotation_mark_that_stays_open_over_rows_is_said_with_its_row(
    project, monkeypatch, column, until, divider, large
):
    # Opened in row 3 and closed in a later one: the rows between stood in a cell, used or not, and nobody missed them.
    monkeypatch.setattr(large_files, "LARGE", 0 if large else 1 << 30)
    header = [*making.COLUMNS, "advert_text"]
    rows = [making.application(applicant=f"A{place}") | {"advert_text": "ward"} for place in range(8)]
    lines = [[str(row[name]) for name in header] for row in rows]
    lines[1][header.index(column)] = f'"{lines[1][header.index(column)]}'
    lines[1 + until][header.index(column)] += '"'
    path = send(project, [])
    path.write_text("\n".join(map(divider.join, [header, *lines])), encoding="utf-8")
    refusal = only_receipt(project).refusal
    assert (refusal.row, "a quotation mark stands open" in refusal.reason) == (3, True)


def test_a_cell_of_several_lines_that_holds_fewer_dividers_is_a_cell(project):
    rows = [making.application() | {"advert_text": "a ward, by the river,\nwith a view, and more"}]
    send(project, rows, columns=(*making.COLUMNS, "advert_text"))
    assert only_receipt(project).accepted == 1
