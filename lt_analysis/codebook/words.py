"""The words that pages use for the audit itself: its name, its scope, its glossary, what it leaves out.

`words.yml` holds the words that a partnership may choose for itself.
"""

from functools import cache
from importlib.resources import files

import yaml

from lt_analysis.codebook.ethnicity import BME, FIVE_GROUPS, UNKNOWN
from lt_analysis.codebook.mistakes import RawDataError

PARTNERSHIP = "Lambeth Together"
AUDIT = "Race equality at work"
BAND_8_POSTS = "Band 8 and above"
HIDDEN_SYMBOL = "[c]"
HIDDEN_MEANING = "not shown, so that nobody can be identified"
AWAITING = "awaiting approval"  # in place of words, or of figures from elsewhere, that nobody has approved yet
NO_YEAR = "no complete year"  # in place of a number of an organisation's year
NO_POSTS = "no posts"
TOO_FEW_ANSWERS = "too few answers"  # in place of what a survey's question says of an organisation
# Two ranges that must not be confused: what equal chances give, and what fits the counts.
RANGE_IF_EQUAL, MARGIN_OF_ERROR = "Range if chances were equal", "Margin of error"
THE_RANGE = "the range if chances were equal"  # in a sentence
BME_IN_FULL = "Black, Asian, Mixed and other minority ethnic groups."  # what the label means, at its first use
TOO_FEW = "Too few people to say without identifying someone"

DATA_QUALITY_LEAVES_OUT = (
    "whether what was sent is right: only whether it was received and could be used",
    "rows that were rejected: each organisation sees its own, and how to mend them, on a page of its own",
    "people of unknown ethnicity on shortlists, among those appointed, and in the whole partnership",
    "how completely sex, disability, age, sexual orientation and religion are recorded",
    "returns of actions, which each organisation's own page shows",
    "returns of staff, of events and of survey answers, from which pages on staff are made",
    "international and bulk campaigns, and posts below Band 8",
)

NOT_YET_AUDITED = (
    "clinical and other staff of single bands, or of one organisation, and doctors by grade (representation)",
    "leaving by how long somebody has been there, beyond who had joined in the year before (retention)",
    "the Workforce Disability Equality Standard as a set",
    "whether a pledged action worked that names no number of this audit; and where one moved, why it did",
    "how far people of unknown ethnicity could change counts and shares; for the evidence it is said",
    "single ethnic groups of one organisation, and international and bulk campaigns",
    "disability, sex, age, sexual orientation and religion",
)

# The entry of the group stands under its label, which `{label}` is too.
GLOSSARY = {
    "Applicants": "applications that met the essential requirements (in totals: all applications that were "
    "counted). Somebody who applies for several posts is counted once for each.",
    "Appointed": "offered the post, whether or not they took it up.",
    "Band 8 and above": "NHS bands 8a to 9 and very senior managers, or a post elsewhere advertised at the "
    "pay of Band 8a or more in the same year and area.",
    BME: "Black, Asian, Mixed and other minority ethnic groups, which the NHS race equality standard calls BME. "
    "White Irish and White Other are not among them.",
    "% of applicants shortlisted": "how many in 100 of a group's applicants were shortlisted.",
    "% of shortlisted appointed": "how many in 100 of a group's people on shortlists were appointed.",
    "Relative likelihood": "the share of White people who were successful, divided by the share of the other "
    "group. Above 1, White people's share was larger. Below 1, it was smaller.",
    MARGIN_OF_ERROR: "values that fit the counts. About 1 such margin in 20 misses the true value. That of evidence "
    "since the declared start is wider, and misses it at most 1 time in 40, ever.",
    "Expected": "how many of those successful would be {label} if everyone being compared for the same post "
    "had the same chance.",
    RANGE_IF_EQUAL: "the counts that equal chances give about 24 times in 25: at most 1 time in 40 a count lies "
    "below it, and at most 1 time in 40 above. Where a count lies is a description and no verdict.",
    "Strong evidence": "what has been sent since the declared start would, where chances are equal, look like this at "
    "one of the two stages at most 1 time in 20, ever, however often one looks. Very strong: 1 in 100. Moderate: 1 in "
    "10. Some indication: 1 in 3. So it is of each organisation, and of all together; among many organisations some "
    "may mislead. People who apply to several organisations cannot be linked, and make it somewhat likelier.",
    "Unclear whether chances differ": "what has been sent since the declared start does not show whether there is a "
    "difference. That does not show that chances were equal.",
    "About equal": "the whole margin of error since the declared start lies between the limits that were declared.",
    "Odds": "how many of a group succeeded for each one who did not.",
    "Could have gone either way": "a post for which people of both groups stood, and neither all of them nor "
    "none of them succeeded.",
    "VSM": "very senior managers, who are paid outside the NHS bands.",
    HIDDEN_SYMBOL: f"{HIDDEN_MEANING}.",
    NO_POSTS: "there was no post that anybody applied for, campaigns aside.",
}

FILE_NAME = "words.yml"
LONGEST_LABEL = 40
BETWEEN_LETTERS = " ,'’-"


def glossary() -> dict[str, str]:
    """Return each term and what it means, the group's under its label.

    Raises `RawDataError` where `words.yml` holds no label that pages can show.

    >>> glossary()["VSM"]
    'very senior managers, who are paid outside the NHS bands.'
    """
    label = called(BME)
    return {called(term): text.format(label=label) for term, text in GLOSSARY.items()}


def called(group: str) -> str:
    """Return what pages call a group: `BME` by its label, any other by its own name.

    Raises `RawDataError` where `words.yml` holds no label that pages can show.

    >>> called("Black"), called("BME") == bme_label()
    ('Black', True)
    """
    return bme_label() if group == BME else group


@cache
def bme_label() -> str:
    """Return the label of the group `BME`; raises `RawDataError` where `words.yml` holds none that pages can show.

    >>> bme_label() == called("BME")
    True
    """
    return parse_words((files("lt_analysis.codebook") / FILE_NAME).read_text(encoding="utf-8-sig", errors="replace"))


def parse_words(text: str) -> str:
    """Return the label of the group `BME`, the only one of the words that a partnership chooses in this text in YAML.

    Raises `RawDataError` where the text holds no label, something else, or a label that pages cannot show.

    >>> parse_words("label_of_bme: Global Majority")
    'Global Majority'
    """
    file = f"lt_analysis/codebook/{FILE_NAME}"
    try:
        words = yaml.safe_load(text)
    except (yaml.YAMLError, ValueError, RecursionError):
        raise RawDataError("it cannot be read as YAML", "Write label_of_bme: BME", file=file) from None
    if not isinstance(words, dict) or words.keys() != {"label_of_bme"}:
        lacks = "it should hold the setting label_of_bme, and no other"
        raise RawDataError(lacks, "Write label_of_bme: BME", file=file)
    label = words["label_of_bme"]
    wrong = _wrong_with(label)
    if wrong:
        remedy = "Write a word or a few, as BME, Global Majority or people of the global majority"
        raise RawDataError(f"label_of_bme {wrong}", remedy, file=file)
    return label


def _wrong_with(label: object) -> str:
    """Return what keeps a label from the pages; empty where nothing does."""
    if label is None or not str(label).strip():
        return "is empty"
    if not isinstance(label, str):
        return "is no text"
    if len(label) > LONGEST_LABEL:
        return f"is longer than {LONGEST_LABEL} letters"
    if not all(letter.isalpha() or letter in BETWEEN_LETTERS for letter in label):
        return "holds something besides letters, spaces, commas, hyphens and apostrophes"
    if not (label[0].isalpha() and label[-1].isalpha()):
        return "does not begin and end with a letter"
    if label.casefold() in {name.casefold() for name in (*GLOSSARY, *FIVE_GROUPS, UNKNOWN) if name != BME}:
        return "is the name of another group, or of something else on the pages"
    first, *others = label.casefold().split()
    if "people" in others or (first == "people" and not others):
        return "says people, which the pages write after it"
    return ""
