"""What names or reaches a person is turned away, dropped, and named; never repeated."""

import duckdb
import pytest

from lt_analysis.collection.personal import are_nhs_numbers, holds_a_personal_shape, looks_personal, marks_of
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


REACH = {
    "an address": (
        *("ask sam@example.org", "sam @ example . org", "sam＠example.org", "s a m @ e x a m p l e . o r g", "sam@nhs"),
        *(
            "sam\u200b@exam\u202eple.org",
            "sam (at) example (dot) org",
            "sam[at]example.org",
            "sam {at} example {dot} org",
        ),
        *(
            "ｓａｍ（ａｔ）ｅｘａｍｐｌｅ",
            "sam at example dot org",
            "sam_at_example.org",
            "sam-at-nhs-dot-net",
            "sam(at)place",
        ),
        *(
            "sam ( a t ) example . org",
            "sam[.]smith[@]nhs[.]net",
            "sam.smith at nhs.net",
            "sam&#64;example.org",
            "sam(a)nhs.net",
        ),
    ),
    "a telephone number": (
        *(
            "ring 020 7946 0000",
            "+442079460000",
            "020.7946.0000",
            "(020) 7946-0000",
            "020/7946/0000",
            "020 • 7946 • 0000",
        ),
        *("+44(0)20 7946 0000", "+44 (0) 20 7946 0000", "0044 20 7946 0000", "(+44) 20 7946 0000", "44 20 7946 0000"),
        *(
            "０２０ ７９４６ ００００",
            "020\u00a07946\u00a00000",
            "020\u20117946\u20110000",
            "020\n7946\n0000",
            "٠٢٠٧٩٤٦٠٠٠٠",
        ),
        *("0 2 0 7 9 4 6 0 0 0 0", "020a7946b0000", "O2O 7946 OOOO", "+353 1 234 5678", "[020] 7946 0000"),
        *("oh two oh, seven nine four six, double oh double oh", "020 dash 7946 dash 0000"),
        *("ext. 4321", "extension 4321", "tel no 7946", "bleep 512", "ring 7946 0000"),
    ),
    "a person's number": (
        *("AB123456C again", "AB 12 34 56 C", "AB-12-34-56-C", "ａｂ１２３４５６ｃ", "A B 1 2 3 4 5 6 C"),
        *("on 999-123-4567", "943.476.5919", "94 34 76 59 19", f"of {NUMBERS[0]}"),
    ),
}
REACH_NOBODY = {
    "days and years": (
        *("by 30-09-2026", "from 2026-04-01 to 2027-03-31", "01/04/2026-31/03/2027", "1 April 2026 to 31 March 2027"),
        *(
            "by 2026-27 a new panel",
            "2026-27, 2027-28, 2028-29 and 2029-30",
            "09:00 to 17:00 on 12 May 2026",
            "24/7/365",
        ),
    ),
    "counts and money": (
        *("2 of 3 panels", "By 2027, 100 of 1,000 posts", "£10,000,000,000", "£250,000 a year", "at £100,000 a year"),
        *("Bands 7, 8a, 8b, 8c, 8d and 9", "Bands 8a-8d; 24/7", "Objective 02: 15 of 20 by 2027", "ring fence 500,000"),
        *(
            "ages 16-24, 25-34, 35-44, 45-54",
            "0.5 to 1.25 per cent of 2,000,000",
            "Train 10, 20, 30, 40, 50, 60 managers",
        ),
        *(
            "ISO 9001:2015 and 27001",
            "12% by March 2027, 25% by March 2028",
            "BMJ 2021;375:n2460 (13 October 2021), entry 2802",
        ),
    ),
    "words": (
        *("at 9 @ the office", "Open days (at Guy's) each month", "stay-at-home parents and at-risk staff", "SE1 7EH"),
        *(
            "see guidance at england.nhs.uk",
            "telephone interviews for 120 posts",
            "two or three sites, one of them new",
            "",
        ),
    ),
}


@pytest.mark.parametrize("kind", REACH)
def test_what_reaches_a_person_is_found_within_a_sentence_however_it_is_written(kind):
    assert [text for text in REACH[kind] if not holds_a_personal_shape(f"For it, {text}")] == []


@pytest.mark.parametrize("kind", REACH_NOBODY)
def test_other_numbers_and_signs_reach_nobody(kind):
    assert [text for text in REACH_NOBODY[kind] if holds_a_personal_shape(text)] == []


def test_a_title_before_a_name_and_what_looks_like_one_person_are_marked():
    named = (
        *(
            "Dr Jane Invented",
            "Mrs Invented leads",
            "PROF. INVENTED",
            "Cllr J. Invented",
            "Sir Invented",
            "dr invented",
        ),
        *(
            "Ｄｒ Invented",
            "Dr\u00a0Invented",
            "D\u200br Invented",
            "Dr.Invented",
            "DrInvented",
            "(Mr Invented)",
            "Jane Invented OBE",
            "D.r. Invented",
            "[Dr] Invented",
        ),
    )
    assert [text for text in named if marks_of(text) != ("a title before a name",)] == []
    said = "The only Black applicant for Band 9 was not appointed"
    assert marks_of(said) == ("what looks like one person",)
    assert marks_of("Write to sam at example.org, SE1 7EH") == ("what looks like a contact", "a postcode")
    unmarked = (
        *("Panels are trained", "Head of HR", "Professor of medicine", "Sisters in nursing", "Honest talk", "Band 8a"),
        *("The only panel without a trained member", "Hours of training", "Drama therapy", "5 of 12", "by 2026-27"),
    )
    assert [text for text in unmarked if marks_of(text)] == []
