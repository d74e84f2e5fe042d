"""A file of posts is read by its rule, and what is wrong with it is said with its place and its remedy."""

import pytest

from lt_analysis.codebook.mistakes import RawDataError
from lt_analysis.verification.posts import quarters_with_posts, read_posts

HEADING = "organisation,quarter,band\n"


def read(folder, text, encoding="utf-8"):
    path = folder / "posts.csv"
    path.write_bytes(text.encode(encoding))
    return read_posts(path)


def test_an_organisation_with_a_row_in_a_year_had_no_post_where_it_has_none(tmp_path):
    found = read(tmp_path, f"{HEADING}a,2025-26-Q1,8a\na,2025-26-Q1,VSM\na,2025-26-Q4,8a\na,2025-26-Q4,8a\n")
    assert found == {
        ("a", "2025-26-Q1"): {"8a", "VSM"},
        ("a", "2025-26-Q2"): set(),
        ("a", "2025-26-Q3"): set(),
        ("a", "2025-26-Q4"): {"8a"},
    }
    said = {band: quarters_with_posts(found, "a", "2025-26", band) for band in ("8a", "VSM", "9")}
    assert said == {"8a": {1, 4}, "VSM": {1}, "9": set()}


def test_of_what_is_not_in_the_file_there_may_have_been_posts_in_any_quarter(tmp_path):
    found = read(tmp_path, f"{HEADING}a,2025-26-Q1,8a\n")
    assert quarters_with_posts(found, "a", "2024-25", "8a") == {1, 2, 3, 4}
    assert quarters_with_posts(found, "b", "2025-26", "8a") == {1, 2, 3, 4}


def test_a_band_that_the_attacker_does_not_understand_may_have_had_posts_in_any_quarter(tmp_path):
    found = read(tmp_path, f"{HEADING}a,2025-26-Q1,8a\n")
    assert quarters_with_posts(found, "a", "2025-26", "8c+") == {1, 2, 3, 4}


def test_columns_may_stand_in_any_order_and_among_others(tmp_path):
    text = "band,reference,organisation,quarter\n 8a ,J-17, a , 2025-26-Q1 \n\n,,,\n"
    assert read(tmp_path, text, "utf-8-sig")["a", "2025-26-Q1"] == {"8a"}


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (
            "",
            "posts.csv, row 1, column organisation: there must be one such column. Head them organisation,quarter,band",
        ),
        ("organisation,band\na,8a\n", "posts.csv, row 1, column quarter: there must be one such column"),
        ("organisation,quarter,band,band\n", "posts.csv, row 1, column band: there must be one such column"),
        (HEADING, "posts.csv: there is no row. Write one for each organisation, quarter and band with posts"),
        (f"{HEADING},2025-26-Q1,8a\n", "posts.csv, row 2, column organisation: it is empty. Write the name that the"),
        (f"{HEADING}a,2025-26,8a\n", "posts.csv, row 2, column quarter: '2025-26' is not a quarter. Write it as"),
        (f"{HEADING}a,2025-27-Q1,8a\n", "posts.csv, row 2, column quarter: '2025-27' is not a financial year"),
        (f"{HEADING}a,2025-26-Q1,8c+\n", "row 2, column band: '8c+' is no band. Choose from: 8a, 8b, 8c, 8d, 9, VSM"),
        (f"{HEADING}\na,2025-26-Q1\n", "posts.csv, row 3, column band: '' is no band"),
        (
            f"{HEADING}a,2025-26-Q1,8a,9\n",
            "posts.csv, row 2: there are more cells than columns. Write one row for each",
        ),
        (f"{HEADING}a,2025-26-Q1,8\xe4\n", "posts.csv: this file is not a text in UTF-8. Save it as CSV in UTF-8"),
    ],
)
def test_what_is_wrong_with_a_file_is_one_message(tmp_path, text, message):
    with pytest.raises(RawDataError) as error:
        read(tmp_path, text, "latin-1")
    assert message in str(error.value)


def test_a_file_that_is_not_there_is_one_message(tmp_path):
    with pytest.raises(RawDataError, match="posts.csv: this file cannot be opened. Give the path of a CSV file"):
        read_posts(tmp_path / "posts.csv")
