"""A quotation mark that stands open swallows no row in silence, wherever it is opened and closed."""

import pytest

from tests import making
from tests.collection.reading.test_received import as_csv
from tests.collection.test_collect import only_receipt, send
from tests.making import application

HEADER = [*making.COLUMNS, "notes"]
WIDTH = len(HEADER)


def lines(number=20):
    return [
        [*(str(application(applicant=f"A{place}")[name]) for name in making.COLUMNS), "seen"] for place in range(number)
    ]


def opened(first, last, rows=1):
    """The file with a mark opened in a cell of row 6 and closed in one of a row below it."""
    found = lines()
    found[4][first] = f'"{found[4][first]}'
    found[4 + rows][last] = f'{found[4 + rows][last]}"'
    return "".join(",".join(line) + "\n" for line in [HEADER, *found])


@pytest.mark.parametrize(
    ("first", "last", "rows"),
    [
        (WIDTH - 1, 0, 1),
        (WIDTH - 1, 1, 1),
        (WIDTH - 2, 0, 1),
        (0, WIDTH - 1, 1),
        (5, 5, 1),
        (WIDTH - 1, 0, 2),
        (WIDTH - 1, WIDTH - 1, 1),
        (3, 9, 3),
    ],
)
@pytest.mark.parametrize("sifted", [False, True])
def test_a_mark_that_stands_open_refuses_the_return(project, monkeypatch, first, last, rows, sifted):
    monkeypatch.setattr("lt_analysis.collection.large_files.LARGE", 0 if sifted else 1 << 30)
    path = send(project, [])
    path.write_text(opened(first, last, rows), encoding="utf-8")
    refusal = only_receipt(project).refusal
    assert refusal.row == 6
    assert "a quotation mark stands open" in str(refusal)


def test_a_note_of_several_lines_beside_empty_cells_is_a_cell(project):
    rows = [[*line[:-1], "seen\nand heard, twice", *[""] * WIDTH] for line in lines(3)]
    path = send(project, [])
    path.write_text(as_csv([HEADER, *rows]), encoding="utf-8")
    assert only_receipt(project).accepted == 3
