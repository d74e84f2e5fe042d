"""What names or reaches a person, and must not be sent: told by its heading or by its shape."""

import re
import unicodedata
from collections.abc import Iterable

from lt_analysis.collection.recognising.plain import plain

HEADINGS = re.compile(
    r".*\b(name|forename|surname|e mail|email|phone|telephone|mobile|address|postcode|post code|date of birth|dob|birth"
    r"|nhs number|nhs no|national insurance|ni number|nino|passport|visa|signature|photo"
    r"|comments?|notes?|free text|remarks?|reasons? given|details)\b.*"
)
REFERENCES = re.compile(r".*\b(vacancy|job|post|role|staff group|organisation|department|file)\b.*")
EMAIL = r"[^@\s]+@[^@\s]+\.[a-zA-Z]{2,}"
# Two letters, six digits and a letter, as HM Revenue and Customs gives them out.
NATIONAL_INSURANCE = r"(?i)[a-ceghj-prstw-z][a-ceghj-nprstw-z] ?\d\d ?\d\d ?\d\d ?[a-d]"
SPACED_NHS_NUMBER = r"\d{3}[ -]\d{3}[ -]\d{4}"
# A number in the United Kingdom, written with or without spaces (Ofcom, National Telephone Numbering Plan).
TELEPHONE = r"(?<!\d)(?:\+44|0)(?:[ -]?\d){9,10}(?!\d)"
IN_SENTENCES = (EMAIL, rf"\b{NATIONAL_INSURANCE.removeprefix('(?i)')}\b", rf"\b{SPACED_NHS_NUMBER}\b", TELEPHONE)
WITHIN = re.compile("|".join(IN_SENTENCES), re.IGNORECASE)
# Each shape after a quick look that nearly every other text fails: its length in bytes, or a sign.
SHAPES = (
    ("contains({0}, '@')", EMAIL),
    ("strlen({0}) BETWEEN 9 AND 13", NATIONAL_INSURANCE),
    ("strlen({0}) = 12", SPACED_NHS_NUMBER),
)
FEWEST_NUMBERS = 10  # of a column, before its numbers are called NHS numbers: one in eleven of any would pass


def looks_personal(heading: str) -> bool:
    """Tell whether a heading is of a column that names or reaches people, or holds free text about them."""
    words = plain(heading)
    return bool(HEADINGS.fullmatch(words)) and not REFERENCES.fullmatch(words)


def has_a_personal_shape(text: str) -> str:
    """Return in SQL whether a text has the shape of an e-mail address, a National Insurance or an NHS number."""
    # A CASE leaves the pattern out where the quick look fails; an AND would try both.
    return " OR ".join(
        f"CASE WHEN {quick.format(text)} THEN regexp_full_match({text}, '{shape}') ELSE false END"
        for quick, shape in SHAPES
    )


def holds_a_personal_shape(text: str) -> bool:
    """Tell whether something in a text has the shape of what names or reaches a person, in letters of any width.

    One number of ten digits in eleven passes for an NHS number by accident: in a sentence that is near enough.
    """
    plainly = unicodedata.normalize("NFKC", text)
    return bool(WITHIN.search(plainly)) or any(map(_checks, re.findall(r"(?<!\d)\d{10}(?!\d)", plainly)))


def are_nhs_numbers(texts: Iterable[str]) -> bool:
    """Tell whether a column's references are NHS numbers: ten digits whose last one checks the others.

    Source: NHS Data Dictionary, NHS number (modulus 11).
    """
    numbers = [text for text in texts if re.fullmatch(r"\d{10}", text)]
    return len(numbers) >= FEWEST_NUMBERS and all(_checks(number) for number in numbers)


def _checks(number: str) -> bool:
    *digits, check = map(int, number)
    left = 11 - sum(digit * weight for digit, weight in zip(digits, range(10, 1, -1), strict=True)) % 11
    return check == left % 11 and left != 10
