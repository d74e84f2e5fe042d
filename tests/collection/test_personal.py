"""What names or reaches a person is turned away, dropped, and named; never repeated."""

import duckdb
import pytest

from lt_analysis.collection.personal import are_nhs_numbers, holds_a_personal_shape, looks_personal
from tests import making
from tests.collection.test_collect import only_receipt, send
from tests.making import application


def _with_check(digits):
    left = 11 - sum(int(digit) * (10 - place) for place, digit in enumerate(digits)) % 11
    return None if left == 10 else digits + str(left % 11)


# Numbers that begin with 999 are kept for tests, and nobody's.
NUMBERS = [number for start in range(999000000, 999000020) if (number := _with_check(str(start)))]


def test_an_nhs_number_is_told_by_the_digit_that_checks_it():
    assert _with_check("943476591") == "9434765919"  # the NHS's own published example
    assert are_nhs_numbers(NUMBERS)
    assert not are_nhs_numbers([*NUMBERS[:-1], str(int(NUMBERS[-1]) + 1)])
    assert not are_nhs_numbers(NUMBERS[:5])  # too few to tell
    assert not are_nhs_numbers(["A1"] * 20)


@pytest.mark.parametrize(
    "heading",
    [
        *(
            "Surname",
            "First Name",
            "E-mail",
            "Candidate email address",
            "Home Phone",
            "Postcode",
            "Date of Birth",
            "DOB",
        ),
        *("NHS Number", "NI number", "National Insurance No", "Panel comments", "Notes", "Reason given"),
    ],
)
def test_headings_of_what_should_not_be_sent(heading):
    assert looks_personal(heading)


@pytest.mark.parametrize(
    "heading", ["Vacancy name", "Job details", "Department", "Status", "Score", "Organisation name"]
)
def test_headings_of_what_is_nobodys(heading):
    assert not looks_personal(heading)


def test_personal_columns_are_dropped_and_named(project):
    row = application() | {"Surname": "Quoted-Never", "Score": "7"}
    send(project, [row], columns=(*making.COLUMNS, "Surname", "Score"))
    receipt = only_receipt(project)
    dropped = [remark for remark in receipt.read.remarks if "dropped at the door" in remark]
    assert dropped == [
        "column Surname names or reaches people, or is free text: it was dropped at the door; please do not send it"
    ]
    (path,) = project.records.rglob("*.parquet")
    names = {name for name, *_ in duckdb.sql(f"DESCRIBE FROM '{path}'").fetchall()}
    assert not {"surname", "score", "Surname"} & names


@pytest.mark.parametrize(
    "text",
    [
        "ask sam@example.org",
        "AB123456C again",
        "on 999-123-4567",
        f"of {NUMBERS[0]}",
        "ring 020 7946 0000",
        "+442079460000",
    ],
)
def test_what_reaches_a_person_is_found_within_a_sentence(text):
    assert holds_a_personal_shape(text)


@pytest.mark.parametrize(
    "text", ["2 of 3 panels", "by 30-09-2026", "from 2026-04-01 to 2027-03-31", "at 9 @ the office", ""]
)
def test_other_numbers_and_signs_are_not(text):
    assert not holds_a_personal_shape(text)
