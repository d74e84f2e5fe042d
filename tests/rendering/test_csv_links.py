import csv
import io
from urllib.parse import unquote_to_bytes

import pytest
from bs4 import BeautifulSoup

from lt_analysis.release.keys import Key
from lt_analysis.rendering.csv_links import as_csv, file_name
from lt_analysis.rendering.html import Cell, Table
from lt_analysis.rendering.numbers import kilobytes
from lt_analysis.reporting.gate.downloads import offers_at_fault

KEY = Key("ashbourne", "2025-26", "applied", "BME", "8+")


def offered(table):
    link = BeautifulSoup(table._repr_html_(), "html.parser").select_one("p.download a")
    kind, _, content = link["href"].partition(",")
    assert kind == "data:text/csv;charset=utf-8"
    return link, list(csv.reader(io.StringIO(unquote_to_bytes(content).decode("utf-8-sig"), newline="")))


def test_a_table_of_published_numbers_offers_them_as_they_are_shown_but_for_commas():
    cells = (Cell("a", "15,853", published=KEY), Cell("b", None, published=KEY), Cell("c", "1.32 (0.9 to 1.8)"))
    table = Table("People at each stage, 2025\N{EN DASH}26", ("Group", "A", "B", "White ÷ BME"), (("White", cells),))
    link, rows = offered(table)
    headings = ["Group", "A", "B", "White ÷ BME", "White ÷ BME, from", "White ÷ BME, to"]
    assert rows == [headings, ["White", "15853", "[c]", "1.32", "0.9", "1.8"]]
    assert link["download"] == "ashbourne-people-at-each-stage-2025-26.csv"
    assert link.get_text() == "Download the data: People at each stage, 2025\N{EN DASH}26 (CSV, 1 KB)"


RANGES = {
    "1.32 (0.9 to 1.8)": ("1.32", "0.9", "1.8"),
    "12.00 (more than 10)": ("12.00", "more than 10", "more than 10"),
    "under 0.01 (less than 0.02)": ("under 0.01", "less than 0.02", "less than 0.02"),
    "0.11 (less than 0.02 to 0.5)": ("0.11", "less than 0.02", "0.5"),
    "4.08 (0.8 to more than 10)": ("4.08", "0.8", "more than 10"),
    "[c]": ("[c]",) * 3,
    "not given": ("not given",) * 3,
}
SHARES = {
    "33% (margin of error 28% to 39%)": ("33", "28", "39"),
    "5% (margin of error 5% to 5%)": ("5", "5", "5"),
    "0% (margin of error 0% to 4.1%)": ("0", "0", "4.1"),
    "under 0.1% (margin of error under 0.1% to under 0.1%)": ("under 0.1",) * 3,
    "[c]": ("[c]",) * 3,
}


@pytest.mark.parametrize(
    ("shown", "heading", "headings"),
    [
        (RANGES, "White ÷ BME, with its margin of error", ["White ÷ BME", "White ÷ BME, from", "White ÷ BME, to"]),
        (SHARES, "Share", ["Share (%)", "Share, from (%)", "Share, to (%)"]),
        (dict.fromkeys(("33%", "4.1%")), "Share", ["Share (%)"]),
        (dict.fromkeys(("[c]", "12")), "Applicants", ["Applicants"]),
    ],
)
def test_a_file_has_a_column_for_every_value_and_the_gate_puts_them_together_again(shown, heading, headings):
    rows = tuple((f"Band 8a: {place}", (Cell("a", text, published=KEY),)) for place, text in enumerate(shown))
    table = Table("People, band by band", ("Bands and group", heading), rows)
    _, written = offered(table)
    values = [list(parts or (text.removesuffix("%"),)) for text, parts in shown.items()]
    assert written[0] == ["Bands", "Group", *headings]
    assert written[1:] == [["Band 8a", str(place), *value] for place, value in enumerate(values)]
    assert list(offers_at_fault(BeautifulSoup(table._repr_html_(), "html.parser"), restricted=False)) == []


def test_a_quarter_is_written_with_the_hyphen_that_programs_know():
    cells = (Cell("a", "7", published=KEY),)
    _, rows = offered(Table("Counts", ("Quarter", "A"), (("2026\u201127\u2011Q1", cells),)))
    assert rows[1] == ["2026-27-Q1", "7"]


def test_a_table_of_several_organisations_own_numbers_is_named_by_its_caption_alone():
    cells = (Cell("a", "7", published=KEY), Cell("b", "8", worked_out_from=(KEY._replace(who="beeches"),)))
    link, _ = offered(Table("Counts", ("Group", "A", "B"), (("White", cells),)))
    assert link["download"] == "counts.csv"


def test_a_table_of_exact_numbers_offers_no_file_for_it_would_not_carry_the_mark():
    assert "href" not in Table("Counts", ("Group", "A"), (("White", (Cell("a", "3"),)),))._repr_html_()


@pytest.mark.parametrize("begins", ["=", "+", "-", "@", "\t", "\r"])
def test_a_name_that_begins_like_a_formula_arrives_as_text(begins):
    name = f'{begins}HYPERLINK("https://example.org","x")'
    _, rows = offered(Table("Counts", ("Group", "A"), ((name, (Cell("a", "7", published=KEY),)),)))
    assert rows[1] == [f"'{name}", "7"]


@pytest.mark.parametrize("name", ['"><script>x</script>', "a,b\r\nc", "#%41&amp;", "‮{{ x }} $$", "x" * 300])
def test_a_hostile_name_arrives_whole_and_inert(name):
    table = Table(name, ("Group", "A"), ((name, (Cell("a", "7", published=KEY),)),))
    link, rows = offered(table)
    assert rows[1] == [name, "7"]
    assert len(link["download"]) <= 124
    assert BeautifulSoup(table._repr_html_(), "html.parser").find("script") is None
    assert " ".join(name.split()) in " ".join(link.get_text().split())


def test_a_file_is_told_to_be_utf_8_and_a_caption_without_a_latin_letter_still_names_one():
    assert as_csv([["÷"]]) == b"\xef\xbb\xbf\xc3\xb7\r\n"
    assert file_name("医院") == "numbers.csv"


@pytest.mark.parametrize(("size", "said"), [(0, "1 KB"), (1_400, "1 KB"), (1_600, "2 KB"), (1_234_567, "1,235 KB")])
def test_a_size_is_said_in_whole_kilobytes_and_never_as_nothing(size, said):
    assert kilobytes(size) == said
