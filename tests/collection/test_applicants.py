"""No word, no shortened number and no reference that several share takes an applicant out of the count."""

from io import BytesIO

import duckdb
import pytest
import xlsxwriter

from tests import making
from tests.collection.test_collect import kept, only_receipt, send
from tests.making import vacancy

QUARTER = making.parse_period("2026-27-Q2")
# Of each post 3 of 6 White applicants and 2 of 5 BME ones come to interview, and one of those is appointed.
WHITE, BME = [("A", 4), ("A", 3), ("A", 3), *[("A", 1)] * 3], [("H", 3), ("H", 3), *[("H", 1)] * 3]
ROWS = [row for number in range(20) for row in vacancy(QUARTER, f"V{number}", [*WHITE, *BME])]


def unsuccessful_as(reference):
    return [row if row["shortlisted_on"] else row | {"applicant": reference} for row in ROWS]


@pytest.mark.parametrize(
    "word",
    [
        *("Unknown", "Withheld", "[redacted]", "anonymous", "XXXX", "x", "0", "000", "0.0", "?", "***", "N/K", "n/a"),
        *("Not disclosed", "not_provided", "No reference", "Applicant", "CANDIDATE ID", "TBC", "anonymised", "GDPR"),
        *("2.02607E+11", "2.02607e+11", "2.02607E11", "2,02607E+11", "2.02607123456789e22", "2E+11", "2.02607 x 10^11"),
    ],
)
@pytest.mark.one_in(4)
def test_who_has_a_word_or_a_shortened_number_for_a_reference_counts_and_is_nobody_twice(project, word):
    # Once 100 of 220 rows were left out as repeated, of people who had not been shortlisted, and no word said so.
    send(project, unsuccessful_as(word))
    receipt = only_receipt(project)
    assert (receipt.accepted, receipt.repeated, receipt.posts_aside) == (220, 0, 0)
    assert kept(project)["stage"].count("eligible") == 120
    assert sum(isinstance(one, str) for one in kept(project)["applicant"]) == 100


@pytest.mark.parametrize(
    "reference", ["A-UNK", "12E3", "2E11", "Unknown7", "X1", "0007", "Applicant 3", "N7", "Otherby"]
)
def test_a_reference_that_only_looks_like_one_is_kept(project, reference):
    send(project, [row | ({"applicant": reference} if place == 3 else {}) for place, row in enumerate(ROWS)])
    assert only_receipt(project).problems == ()
    assert reference in kept(project)["applicant"]


@pytest.mark.parametrize("word", ["Unknown", "TBC", "2.02607E11"])
def test_a_vacancy_that_is_not_named_is_no_vacancy(project, word):
    send(project, [row | ({"vacancy": word} if place < 4 else {}) for place, row in enumerate(ROWS)])
    assert (only_receipt(project).accepted, only_receipt(project).rejected) == (216, 4)
    send(project, [row | ({"vacancy": word} if place < 5 else {}) for place, row in enumerate(ROWS)])
    assert "5 of 220 rows cannot be given to a vacancy" in str(only_receipt(project).refusal)


def numbers(rows, number):
    """The rows with whole numbers for references: one for all who were not shortlisted, and others beside it."""
    return [row | {"applicant": number + (place if row["shortlisted_on"] else 0)} for place, row in enumerate(rows)]


@pytest.mark.parametrize("number", [2026071234567890, 202607123456789012345, 10**15])
def test_numbers_that_a_spreadsheet_cannot_keep_are_shortened(project, number):
    path = send(project, [])
    path.unlink()
    with xlsxwriter.Workbook(written := BytesIO()) as book:
        sheet, days = book.add_worksheet(), book.add_format({"num_format": "yyyy-mm-dd"})
        sheet.write_row(0, 0, making.COLUMNS)
        for place, row in enumerate(numbers(ROWS, number), start=1):
            for column, name in enumerate(making.COLUMNS):
                sheet.write(place, column, row[name], days if name.endswith("_on") and row[name] else None)
    path.with_suffix(".xlsx").write_bytes(written.getvalue())
    receipt = only_receipt(project)
    assert (receipt.accepted, receipt.unread, receipt.repeated) == (220, 220, 0)
    assert kept(project)["stage"].count("eligible") == 120


@pytest.mark.parametrize(
    ("kind", "number", "accepted"),
    [
        ("DOUBLE", 2**53, "shortened"),
        ("DOUBLE", 10**18, "shortened"),
        ("FLOAT", 2**24, "shortened"),
        ("FLOAT", 202607123, "shortened"),
        ("DOUBLE", 2**53 - 1000, ""),
        ("FLOAT", 2**24 - 1000, ""),
        ("BIGINT", 2**53 + 1, ""),
        ("DECIMAL(38, 0)", 10**22, ""),
    ],
)
def test_numbers_that_a_float_cannot_keep_are_shortened(project, kind, number, accepted):
    rows = [row | {"applicant": number + place} for place, row in enumerate(ROWS)]
    path = send(project, rows)
    read = f"FROM read_csv('{path}', all_varchar = true)"
    cast = f"applicant::DECIMAL(38, 0)::{kind} AS applicant"
    duckdb.sql(f"COPY (SELECT * REPLACE ({cast}) {read}) TO '{path.with_suffix('.parquet')}' (FORMAT parquet)")
    path.unlink()
    receipt = only_receipt(project)
    assert (receipt.accepted, receipt.unread) == (220, 220 if accepted else 0)
    assert kept(project)["stage"].count("eligible") == 120


@pytest.mark.parametrize("reference", ["9999", "2026071234560000", "A-UNK", "see notes"])
@pytest.mark.parametrize("sifted", [False, True])
def test_a_reference_that_many_share_refuses_the_return(project, monkeypatch, reference, sifted):
    monkeypatch.setattr("lt_analysis.collection.large_files.LARGE", 0 if sifted else 1 << 30)
    send(project, unsuccessful_as(reference))
    refusal = only_receipt(project).refusal
    assert (refusal.row, refusal.column) == (5, "applicant")
    assert "in 120 of 220 rows several applicants share a reference" in str(refusal)
    assert "Give every applicant a reference of their own" in str(refusal)


@pytest.mark.parametrize(
    ("changes", "counted"),
    [
        ({"ethnicity": "H"}, 2),
        ({"ethnicity": "B"}, 2),
        ({"ethnicity": "BME"}, 2),
        ({"ethnicity": "Asian"}, 2),
        ({"ethnicity": "White"}, 1),
        ({"ethnicity": "Z"}, 1),
        ({"ethnicity": ""}, 1),
        ({"ethnicity": "Zog"}, 1),
        ({"sex": "male"}, 2),
        ({"sex": ""}, 1),
        ({"sex": "prefer not to say"}, 1),
        ({"age_band": "under 25"}, 2),
        ({"disability": "yes"}, 2),
        ({"religion": "sikh"}, 2),
        ({"sexual_orientation": "bisexual"}, 2),
        ({"source": "internal"}, 2),
        ({"home_borough": "Southwark"}, 2),
        ({"staff_group": "midwifery"}, 1),
    ],
)
def test_rows_that_differ_in_what_is_known_of_a_person_are_of_two(project, changes, counted):
    send(project, [*ROWS, ROWS[0] | {"offered_on": ""} | changes])
    receipt = only_receipt(project)
    assert (receipt.accepted, receipt.repeated) == (219 + counted, 2 - counted)
    assert any(one.row == 222 and one.column == "applicant" for one in receipt.problems)


@pytest.mark.parametrize(("times", "counted"), [(7, 1), (8, 8)])
def test_rows_of_one_application_are_no_more_than_there_are_stages(project, times, counted):
    many = [row | {"vacancy": f"{row['vacancy']}{again}"} for again in range(2) for row in ROWS]
    send(project, [*many, *[many[0]] * (times - 1)])
    receipt = only_receipt(project)
    assert (receipt.accepted, receipt.repeated) == (439 + counted, times - counted)


@pytest.mark.parametrize(("shared", "refused"), [(4, False), (6, True)])
def test_few_shared_references_count_and_many_refuse(project, shared, refused):
    rows = [
        row | ({"applicant": "S"} if row["vacancy"] == "V0" and place < shared else {})
        for place, row in enumerate(ROWS)
    ]
    rows[1] |= {"sex": "male"}
    send(project, rows)
    receipt = only_receipt(project)
    assert bool(receipt.refusal) == refused
    assert refused or (receipt.accepted, receipt.repeated, len(receipt.problems)) == (220, 0, shared - 1)
