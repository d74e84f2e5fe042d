"""Pages and spreadsheets are read as they stand, and from reports/ alone."""

import ast

import pytest
import xlsxwriter

from lt_analysis.codebook.folders import Folders
from lt_analysis.codebook.mistakes import RawDataError
from lt_analysis.codebook.periods import Quarter
from lt_analysis.verification.reading import files_to_attack, published_files, read_page, read_publication, read_sheet
from lt_analysis.verification.statements import Derived, Statement
from tests.conftest import HERE
from tests.verification.leaks import page, ratio, table

A, P = "a/2025-26/applied", "partnership/2025-26/applied"
PERIOD = "2026-27-Q2"


@pytest.fixture
def folders(tmp_path):
    return Folders(tmp_path)


def put(folders, period, name, text):
    path = folders.reports / period / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")


def read(folders, until=PERIOD):
    return read_publication(published_files(folders))


def only(html):
    (one,) = read_page("r", "p.html", html)
    return one


@pytest.mark.parametrize(
    ("text", "value", "no_posts"),
    [
        *[
            ("7", 7, False),
            ("0", 0, False),
            ("1,234", 1234, False),
            ("1234", 1234, False),
            ("12,345,678", 12345678, False),
        ],
        *[
            ("[c]", None, False),
            ("no posts", 0, True),
            (" <b>[c]</b>\n", None, False),
            ("<abbr>1,234</abbr> ", 1234, False),
        ],
    ],
)
def test_a_number_is_known_or_hidden_or_there_were_no_posts(text, value, no_posts):
    assert only(table(f"{A}/BME/8+ {text}")) == Statement("r", "p.html", f"{A}/BME/8+", value, no_posts=no_posts)


@pytest.mark.parametrize("text", ["", "about 7", "-3", "1.5", "12,34", "<5", "[c] 3"])
def test_anything_else_is_refused_and_not_quoted(text):
    with pytest.raises(RawDataError, match=r"p.html: .* is neither a number nor \[c\]") as error:
        only(table(f"{A}/BME/8+ {text}"))
    assert not text or text not in str(error.value).replace("[c] nor", "")


def test_a_table_of_the_partnership_says_whose_numbers_it_adds_up_and_an_organisations_does_not():
    rows = (f"{P}/BME/8+ 20", f"{A}/BME/8+ 9")
    partnership, organisation = read_page("r", "p.html", table(*rows, members=" b  a "))
    assert partnership.members == {"a", "b"}
    assert organisation.members == frozenset()


def test_a_figure_says_what_it_is_worked_out_from_and_whether_it_is_shown():
    keys = f"{A}/BME/8+ {A}/White/8+"
    shown, hidden = read_page("r", "p.html", ratio(keys, "1.32 (0.9 to 1.8)") + ratio(keys, "[c]"))
    assert shown == Derived("r", "p.html", (f"{A}/BME/8+", f"{A}/White/8+"), shown=True)
    assert not hidden.shown


def test_attributes_are_found_however_they_are_written():
    assert only(f"<TD DATA-KEY='{A}/BME/8&#43;'>7</TD>").key == f"{A}/BME/8+"


def test_pages_of_all_reports_are_read_the_earliest_first_and_nothing_else(folders):
    for period, n in [("2026-27-Q3", 9), (PERIOD, 8), ("2025-26-Q4", 7)]:
        put(folders, period, "a/recruitment.html", page(table(f"{A}/BME/8+ {n}")))
    put(folders, "drafts", "a/recruitment.html", page(table(f"{A}/BME/8+ 6")))
    put(folders, ".", "README.md", "What is here")
    found = read(folders)
    assert [(one.release, one.file, one.value) for one in found.statements] == [
        ("2025-26-Q4", "a/recruitment.html", 7),
        (PERIOD, "a/recruitment.html", 8),
        ("2026-27-Q3", "a/recruitment.html", 9),
    ]
    assert found.releases == ("2025-26-Q4", PERIOD, "2026-27-Q3")


def test_a_page_without_numbers_of_people_says_nothing(folders):
    put(folders, PERIOD, "index.html", page("<table><tr><td>12</td></tr></table>"))
    assert read(folders).statements == ()


def test_every_sheet_of_a_spreadsheet_is_read_and_hidden_ones_too(folders):
    put(folders, PERIOD, "index.html", page(table(f"{P}/BME/8+ 20", members="a b")))
    with xlsxwriter.Workbook(folders.reports / PERIOD / "numbers.xlsx") as book:
        sheets = [book.add_worksheet("notes"), book.add_worksheet("numbers"), book.add_worksheet("aside")]
        sheets[0].write_row(0, 0, ["key", "what it means"])
        sheets[1].write_row(0, 0, ["Applicants in 2025-26"])
        sheets[1].write_row(2, 0, ["value", "organisation", "key"])
        sheets[1].write_row(3, 0, [1234, "a", f"{A}/White/8+"])
        sheets[1].write_row(4, 0, ["[c]", "a", f"{A}/BME/8+"])
        sheets[1].write_row(5, 0, [20, "everybody", f"{P}/BME/8+"])
        sheets[2].write_row(0, 0, ["key", "value"])
        sheets[2].write_row(1, 0, [f"{A}/BME/8a", "no posts"])
        sheets[2].hide()
    found = [one for one in read(folders).statements if one.in_spreadsheet]
    assert [(one.key.removeprefix(f"{A}/"), one.value, one.no_posts) for one in found] == [
        ("White/8+", 1234, False),
        ("BME/8+", None, False),
        (f"{P}/BME/8+", 20, False),
        ("BME/8a", 0, True),
    ]
    assert found[2].members == {"a", "b"}, "what its own release's page says of the same number"


def test_a_csv_says_its_members_itself(folders):
    put(folders, PERIOD, "numbers.csv", f"\ufeffkey,members,value\n{P}/BME/8+,a b,20\n{A}/BME/8+,,[c]\n,,\n")
    partnership, organisation = read(folders).statements
    assert (partnership.value, partnership.members) == (20, {"a", "b"})
    assert (organisation.value, organisation.members) == (None, frozenset())


def test_a_spreadsheet_that_is_none_is_one_message(folders):
    put(folders, PERIOD, "numbers.xlsx", "nothing of the kind")
    with pytest.raises(RawDataError, match="numbers.xlsx: this spreadsheet cannot be read"):
        read(folders)


def test_the_attacker_looks_into_reports_and_nowhere_else():
    for path in (HERE / "lt_analysis" / "verification").glob("*.py"):
        attributes = [node for node in ast.walk(ast.parse(path.read_text())) if isinstance(node, ast.Attribute)]
        assert {node.attr for node in attributes if ast.unparse(node.value) == "folders"} <= {"reports"}
        assert not {node.attr for node in attributes} & {"parent", "parents", "root", "cwd", "here"}


def test_a_ratio_in_a_spreadsheet_says_what_it_and_its_limits_are_worked_out_from():
    keys = f"{A}/BME/8+ {A}/White/8+"
    rows = [
        ["Ratios"],
        ["Groups", "value", "low", "high", "from"],
        ["White ÷ BME", 1.3, 0.9, 1.8, keys],
        ["White ÷ Black", "[c]", "[c]", "[c]", f"{A}/Black/8+"],
        ["none", "", "", "", ""],
    ]
    found = list(read_sheet("r", "p.xlsx", rows))
    assert found[:3] == [Derived("r", "p.xlsx", (f"{A}/BME/8+", f"{A}/White/8+"), shown=True)] * 3
    assert found[3:] == [Derived("r", "p.xlsx", (f"{A}/Black/8+",), shown=False)] * 3


def test_figures_that_have_neither_a_key_nor_keys_are_no_numbers_of_people():
    rows = [
        ["Figure", "value", "item"],
        ["Shortlists", 1052, "partnership/2026-27-Q2/appointment/evidence/informative"],
    ]
    assert list(read_sheet("r", "p.xlsx", rows)) == []


def test_a_number_of_the_partnership_that_a_later_report_repeats_adds_up_whom_it_did_before(folders):
    put(folders, "2026-27-Q1", "index.html", page(table(f"{P}/BME/8+ 20", members="a b")))
    put(folders, PERIOD, "index.html", page(f'<p><span data-key="{P}/BME/8+">20</span></p>'))
    assert {one.release: one.members for one in read(folders).statements} == {
        "2026-27-Q1": {"a", "b"},
        PERIOD: {"a", "b"},
    }


NUMBERS = f"key,value,state,members\n{P}/BME/8+,20,shown,a b\n{A}/BME/8+,,hidden,a\n{A}/White/8c+,0,no posts,a\n"


def test_a_releases_own_table_says_what_is_hidden_by_its_state(folders):
    put(folders, PERIOD, "data/numbers.csv", NUMBERS)
    partnership, hidden, none = read(folders).statements
    assert (partnership.value, partnership.members) == (20, {"a", "b"})
    assert (hidden.value, none.value, none.no_posts) == (None, 0, True)


def test_of_a_report_before_the_new_one_its_data_is_enough_and_without_them_its_pages_are_read(folders):
    for period in ("2025-26-Q4", "2026-27-Q1", PERIOD):
        put(folders, period, "index.html", page(table(f"{A}/BME/8+ 20")))
    for period in ("2026-27-Q1", PERIOD):
        put(folders, period, "data/numbers.csv", NUMBERS)
    assert [(file.release, file.name) for file in files_to_attack(folders, Quarter.parse(PERIOD))] == [
        ("2025-26-Q4", "index.html"),
        ("2026-27-Q1", "data/numbers.csv"),
        (PERIOD, "data/numbers.csv"),
        (PERIOD, "index.html"),
    ]


def test_what_is_hidden_by_its_state_and_has_a_value_all_the_same_is_no_secret(folders):
    put(folders, PERIOD, "data/numbers.csv", f"key,value,state,members\n{A}/BME/8+,3,hidden,a\n")
    with pytest.raises(RawDataError, match="is hidden, and has a value"):
        read(folders)


def test_what_equal_chances_would_give_is_worked_out_from_the_number_that_it_stands_beside(folders):
    put(
        folders,
        PERIOD,
        "data/items.csv",
        f"key,number,words\n{A}/BME/people,3.0,\n{A}/BME/low,,\nx/2026-27-Q2/appointment/evidence/low,1,\n",
    )
    assert [(one.keys, one.shown) for one in read(folders).derived] == [
        ((f"{A}/BME/8+",), True),
        ((f"{A}/BME/8+",), False),
    ]


def test_words_that_organisations_wrote_are_no_figures(folders):
    put(
        folders,
        PERIOD,
        "data/actions.csv",
        "organisation,action,owner_role\na,value,key\na,3,b/2025-26/applied/BME/8+\n",
    )
    assert read(folders).statements == ()
