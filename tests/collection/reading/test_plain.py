import csv
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from lt_analysis.collection.reading import plain
from lt_analysis.collection.reading.plain import as_it_stands, recoded
from lt_analysis.collection.reading.text import Format

COMMAS = Format("utf-8", ",")


@given(
    lines=st.lists(st.text("a,é ", max_size=9), max_size=30),
    end=st.sampled_from(["\n", "\r\n"]),
    piece=st.integers(1, 40),
)
def test_every_line_is_found_again_by_its_number(tmp_path_factory, lines, end, piece):
    path = tmp_path_factory.mktemp("plain") / "lines.csv"
    lines = [*lines, "z"]
    path.write_text(end.join(lines), encoding="utf-8", newline="")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(plain, "PIECE", piece)
        found = as_it_stands(path, COMMAS)
        assert found.lines == len(lines)
        assert [found.line(number + 1).decode() for number in range(len(lines))] == lines
    cells = [cell for line in lines for cell in line.split(",")]
    assert found.tight == all(cell == cell.strip(" ") for cell in cells)
    assert found.ascii == "".join(lines).isascii()


@pytest.mark.parametrize("content", ['a,"b"\n', "a\tb\n", "a\r\nb\n", "\n" * 9, ""])
def test_what_a_database_would_split_otherwise_is_not_plain(tmp_path: Path, content):
    path = tmp_path / "lines.csv"
    path.write_text(content, newline="")
    assert as_it_stands(path, COMMAS) is None


def cells_of(found: plain.PlainText) -> list[list[str]]:
    return [found.line(number + 1).decode().split(found.divider) for number in range(found.lines)]


@given(
    rows=st.lists(st.lists(st.text('a,"\n\ré \x1f', max_size=4), min_size=2, max_size=3), min_size=1, max_size=9),
    end=st.sampled_from(["\n", "\r\n"]),
    piece=st.integers(2, 40),
)
@example(rows=[["\n", ""]], end="\n", piece=40)
@example(rows=[["", ","], ["", ""]], end="\n", piece=7)
@example(rows=[["a", "\n"], ["", "\n"]], end="\r\n", piece=40)
def test_quoted_cells_are_what_a_csv_reader_reads_or_the_file_is_not_plain(tmp_path_factory, rows, end, piece):
    folder = tmp_path_factory.mktemp("plain")
    path = folder / "lines.csv"
    with path.open("w", encoding="utf-8", newline="") as out:
        csv.writer(out, quoting=csv.QUOTE_ALL, lineterminator=end).writerows(rows)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(plain, "PIECE", piece)
        found = recoded(path, COMMAS, folder)
        unusual = set("".join(cell for row in rows for cell in row)) & set('"\n\r\x1f')
        assert (found is None) == bool(unusual)
        assert found is None or cells_of(found) == rows


@given(content=st.text('a,"\n', min_size=1, max_size=24))
def test_no_text_whatever_is_read_otherwise_than_by_a_csv_reader(tmp_path_factory, content):
    folder = tmp_path_factory.mktemp("plain")
    path = folder / "lines.csv"
    path.write_text(content, encoding="utf-8", newline="")
    found = recoded(path, COMMAS, folder)
    if found:
        with path.open(encoding="utf-8", newline="") as lines:
            assert cells_of(found) == list(csv.reader(lines, strict=True))


@pytest.mark.parametrize("encoding", ["cp1252", "utf-16", "utf-16-be"])
def test_another_encoding_is_written_as_utf_8(tmp_path: Path, encoding):
    path = tmp_path / "lines.csv"
    path.write_bytes("é,b\r\nc,d\r\n".encode(encoding))
    assert as_it_stands(path, Format(encoding, ",")) is None
    assert cells_of(recoded(path, Format(encoding, ","), tmp_path)) == [["é", "b"], ["c", "d"]]


def test_utf_8_without_marks_around_its_cells_is_not_written_anew(tmp_path: Path):
    path = tmp_path / "lines.csv"
    path.write_text('a,"b"\n')
    assert recoded(path, COMMAS, tmp_path) is None
    assert not (tmp_path / "plain").exists()
