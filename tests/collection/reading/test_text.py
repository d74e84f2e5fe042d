"""A text file's lines are those of a CSV reader, however quickly some of them are divided."""

import csv

from hypothesis import given, settings
from hypothesis import strategies as st

from lt_analysis.codebook.mistakes import RawDataError
from lt_analysis.collection.reading.text import WITHIN_A_CELL, Format, lines_of


def read(lines):
    """What is read of some lines, up to a mistake."""
    found = []
    try:
        for line in lines:
            found.append(line)
    except (csv.Error, RawDataError):
        found.append("a mistake")
    return found


@settings(deadline=None, max_examples=500)
@given(content=st.text('ab ,"\n\r\x1f\té\xa0\x00', max_size=20))
def test_lines_are_those_of_a_csv_reader(tmp_path_factory, content):
    path = tmp_path_factory.mktemp("text") / "lines.csv"
    path.write_text(content, encoding="utf-8", newline="")
    with path.open(encoding="utf-8", newline="") as lines:
        cells = ([cell.strip().translate(WITHIN_A_CELL) for cell in row] for row in csv.reader(lines, strict=True))
        expected = read(enumerate(cells, start=1))
    assert read((line.number, line.cells) for line in lines_of(path, "f", Format("utf-8", ","))) == expected
