"""What names or reaches a person, and must not be sent: a column told by its heading, text by its shape."""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from html import unescape

from lt_analysis.collection.recognising.plain import plain

HEADINGS = re.compile(
    r".*\b(name|forename|surname|e mail|email|phone|telephone|mobile|address|postcode|post code|date of birth|dob|birth"
    r"|nhs number|nhs no|national insurance|ni number|nino|passport|visa|signature|photo"
    r"|comments?|notes?|free text|remarks?|reasons? given|details)\b.*"
)
REFERENCES = re.compile(r".*\b(vacancy|job|post(?! code)|role|staff group|organisation|department|file)\b.*")
EMAIL = r"[^@\s]+@[^@\s]+\.[a-zA-Z]{2,}"
# Two letters, six digits and a letter, as HM Revenue and Customs gives them out.
NATIONAL_INSURANCE = r"(?i)[a-ceghj-prstw-z][a-ceghj-nprstw-z] ?\d\d ?\d\d ?\d\d ?[a-d]"
SPACED_NHS_NUMBER = r"\d{3}[ -]\d{3}[ -]\d{4}"
PERSONAL_SHAPE = "|".join(f"(?:{shape})" for shape in (EMAIL, NATIONAL_INSURANCE, SPACED_NHS_NUMBER))  # of a whole cell
FEWEST_NUMBERS = 10  # of a column, before its numbers are called NHS numbers: one in eleven of any would pass

# Sentences are read as somebody would read them out: in plain letters and digits, without signs that nobody sees, words
# that stand for digits as digits, and dates and years left out, which are most of the other numbers with dividers.
UNSEEN = "Cf"  # the category of signs that are not seen
DIGITS = ("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine")
DIGIT_WORDS = {word: str(digit) for digit, word in enumerate(DIGITS)} | {"oh": "0", "nought": "0"}
REPEATED = {"double": 2, "treble": 3, "triple": 3}
DIVIDER_WORDS = r"\b(?:dash|hyphen|minus|slash|stroke|space)\b"
MONTHS = "jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec"
DATES = re.compile(
    r"(?<!\d)(?:0?[1-9]|[12]\d|3[01])([./-])(?:0?[1-9]|1[0-2])\1(?:(?:19|20)\d\d|\d\d)(?!\d)"
    r"|(?<!\d)(?:19|20)\d\d([./-])(?:0?[1-9]|1[0-2])\2(?:0?[1-9]|[12]\d|3[01])(?!\d)"
    r"|(?<![\d.])(?:19|20)\d\d ?[-/\u2010-\u2015] ?(?:(?:19|20)\d\d|\d\d)(?![\d])"
    r"|(?<!\d)(?:[01]?\d|2[0-3])[:.][0-5]\d ?(?:am|pm|to|-)(?!\d)"
    rf"|(?<!\d)\d\d? (?:{MONTHS})[a-z]* (?:19|20)\d\d(?!\d)",
    re.IGNORECASE,
)

GAP = r"[^\d\n]{0,3}"  # between two digits of a number: signs, or a few letters
# A number in the United Kingdom, or of another country after a + (Ofcom, National Telephone Numbering Plan: numbers
# begin with 01, 02, 03, 05, 07, 08 or 09).
TELEPHONE = (
    rf"(?<![\d.,])(?:\+{GAP}44|00{GAP}44){GAP}(?:0{GAP})?[1-35789](?:{GAP}\d){{8,9}}",
    rf"(?<![\d.,])0{GAP}[1-35789](?:{GAP}\d){{8,9}}",
    rf"\+ ?[1-9](?:{GAP}\d){{8,}}",
    r"(?<![\d.,£])44[ ./()-]{0,3}[1-35789](?:[ ./()-]{0,3}\d){9}(?!\d)",
    r"\b(?:ext|extn|extension|bleep|pager|tel|telephone|phone|fax)\b[ :.#()-]*(?:no|number|on)?[ :.#()-]*\+?\d{3,}",
    r"\b(?:ring|call|text|dial|mob|mobile|whatsapp)\b[ :.#()-]*(?:me|us)?[ :.#()-]*(?:no|number|on|at)?[ :.#()-]*"
    r"(?:\d[ .-]?){5,}",
)
SIGN = r"[^\w\s.,;:!?'\u2019]"  # what may stand for a bracket
BRACKET = r"[^\w\s.,;:!?'\u2019/\u2010-\u2015-]"  # the same, but for what joins words: stay-at-home
AT = rf"(?:{SIGN}?\s*@\s*{SIGN}?|{SIGN}\s*a\s?t\s*{SIGN}|_+at_+)"
DOT = rf"(?:\.|{SIGN}\s*(?:d\s?o\s?t|\.|punkt|point)\s*{SIGN}|_+dot_+|\s+dot\s+)"
ENDINGS = "com|org|net|uk|co|nhs|gov|ac|edu|eu|info|io|me|london|email"
ADDRESS = (
    EMAIL,
    r"[a-z0-9._+-]@[a-z][a-z0-9-]+",
    rf"\w\s*(?:{BRACKET}\s*a\s?t\s*{BRACKET}|_+at_+)\s*\w",
    rf"\w\s*(?:{AT}|{SIGN}\s*a\s*{SIGN})\s*[\w-]+\s*{DOT}\s*(?:{ENDINGS})\b",
    rf"\w[._]\w+\s+at\s+[\w-]+\.(?:{ENDINGS})\b",
    r"\w\s+at\s+[\w-]+(?:\s+dot\s+[\w-]+)+",
)
NUMBERS = (
    rf"\b{NATIONAL_INSURANCE.removeprefix('(?i)')}\b",
    r"\b[a-ceghj-prstw-z]\W{0,2}[a-ceghj-nprstw-z][ ./-]{0,2}(?:\d[./-]?\d[ ./-]{1,2}){3}[a-d]\b",
    rf"\b{SPACED_NHS_NUMBER}\b",
    r"(?<![\d,])\d{3}[^\w\s,]{1,3}\d{3}[^\w\s,]{1,3}\d{4}(?![\d,])",
)
REACHES = re.compile("|".join((*ADDRESS, *TELEPHONE, *NUMBERS)), re.IGNORECASE)
TEN_DIGITS = re.compile(r"(?<![\d,])\d(?:[^\d,\n]{0,2}\d){9}(?![\d,])")

APART = r"[\W_]{0,3}"  # between a title and a name
SHORT = ("Dr", "Mr", "Mrs", "Ms", "Mx", "Prof", "Cllr", "Rev", "Revd", "Hon")
SHORT_TITLES = "|".join(r"[ ._-]{0,2}".join(title) for title in SHORT)
LONG_TITLES = (
    "Miss|Sir|Dame|Lord|Lady|Baron|Baroness|Sister|Father|Professor|Doctor|Councillor|Nurse|Reverend|Rabbi|Imam|Captain"
    "|Colonel|Judge|Canon|Bishop|Chancellor|Madam|Master"
)
# What a person looks at twice before a text is published, by what it is called.
MARKS = {
    "a title before a name": re.compile(
        rf"(?<![^\W_])(?:(?i:{SHORT_TITLES})(?![^\W_]){APART}(?i:[a-z])|(?:Dr|Mr|Mrs|Ms|Prof|Cllr)[A-Z]"
        rf"|(?i:{LONG_TITLES})(?![^\W_]){APART}(?:[A-Z]\b\.?\s*)*[A-Z])"
        r"|\b[A-Z][\w'\u2019-]+,? (?:OBE|MBE|CBE|PhD|MD|FRC[A-Z]|RGN|RN|KC|QC)\b"
    ),
    "what looks like a contact": re.compile(
        rf"(?<!\w)@\w\w|\w\s+at\s+[\w-]+\.(?:[\w-]+\.)*(?:{ENDINGS})\b|https?:|\bwww\.|linkedin", re.IGNORECASE
    ),
    "a postcode": re.compile(r"\b[A-Z]{1,2}\d[A-Z\d]?\s?\d[A-Z]{2}\b", re.IGNORECASE),
    "what looks like one person": re.compile(
        r"\b(?:only|sole|single|lone)\b(?:\W+\w+){0,3}?\W+(?:applicant|candidate|person|man|woman|nurse|doctor|employee"
        r"|colleague|appointee|manager|consultant|director|member of staff)\b|\b(?:born|d\.?o\.?b)\b\W*\d",
        re.IGNORECASE,
    ),
}


def looks_personal(heading: str) -> bool:
    """Tell whether a heading is of a column that names or reaches people, or holds free text about them."""
    words = plain(heading)
    return bool(HEADINGS.fullmatch(words)) and not REFERENCES.fullmatch(words)


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


def holds_a_personal_shape(text: str) -> bool:
    """Tell whether something in a text has the shape of what reaches a person, or is a person's number.

    These are e-mail addresses, telephone, National Insurance and NHS numbers. One number of ten digits in eleven passes
    for an NHS number by accident: in a sentence that is near enough.
    """
    return any(
        REACHES.search(read) or any(_checks(re.sub(r"\D", "", ten)) for ten in TEN_DIGITS.findall(read))
        for read in _readings(text)
    )


def marks_of(text: str) -> tuple[str, ...]:
    """Return what a person should look at twice in a text, in words; a text without any may name somebody all the same.

    Names cannot be told from other words: only what often stands beside them is looked for.
    """
    plain = _plain(text)
    return tuple(what for what, pattern in MARKS.items() if pattern.search(plain))


def _readings(text: str) -> Iterator[str]:
    """Yield a text as it stands, in plain letters, and as it would be read out."""
    plain = _plain(text)
    yield _without_dates(plain)
    spoken = re.sub(r"\b\w+\b", lambda word: DIGIT_WORDS.get(word[0].lower(), word[0]), plain)
    several = rf"\b({'|'.join(REPEATED)})\W+(\d)\b"
    spoken = re.sub(several, lambda found: found[2] * REPEATED[found[1].lower()], spoken, flags=re.IGNORECASE)
    spoken = re.sub(DIVIDER_WORDS, "-", spoken, flags=re.IGNORECASE)
    # Letters that stand for digits beside them, and single letters that stand apart.
    spoken = re.sub(r"\b[\doOlI]*\d[\doOlI]*\b|\b[oO]{2,}\b", _digits, spoken)
    yield _without_dates(spoken)
    together = re.sub(r"(?<!\w)(?:[^\W_] ){2,}[^\W_](?!\w)", lambda apart: apart[0].replace(" ", ""), plain)
    yield _without_dates(together)


def _plain(text: str) -> str:
    """Return a text in letters of one width, digits of one script, and without what is not seen."""
    text = unescape(text).replace("%40", "@")
    seen = "".join(letter for letter in unicodedata.normalize("NFKC", text) if unicodedata.category(letter) != UNSEEN)
    return "".join(str(unicodedata.decimal(letter, letter)) for letter in " ".join(seen.split()))


def _without_dates(text: str) -> str:
    return DATES.sub(" on that day ", text)


def _digits(found: re.Match) -> str:
    return found[0].translate(str.maketrans("oOlI", "0011"))
