from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lt_analysis.collection.reading import plain
from lt_analysis.collection.reading.plain import as_it_stands
from lt_analysis.collection.reading.text import Format

COMMAS = Format("utf-8", ",")


@settings(deadline=None)
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
