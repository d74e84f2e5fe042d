"""The forms of the evidence since the declared start."""

from collections.abc import Mapping

from lt_analysis.codebook.ethnicity import BME
from lt_analysis.codebook.measures import APPOINTMENT, SHORTLISTING
from lt_analysis.codebook.naming import a_person_of, capitalised, white_and
from lt_analysis.codebook.protocol import declared_protocol
from lt_analysis.codebook.strength import ABOUT_EQUAL, STRONG_EVIDENCE, TOO_FEW_RETURNS, UNCLEAR, VERY_STRONG
from lt_analysis.codebook.strength import TOO_FEW_POSTS as TOO_FEW_POSTS_TO_TELL
from lt_analysis.release.items import BANDS_OF_MISSED, LARGE_GAP, MOST_QUARTERS, SOME_GAP, EvidenceItem
from lt_analysis.rendering.forms.measures import OF_MEASURES
from lt_analysis.rendering.forms.phrases import so_many
from lt_analysis.rendering.numbers import limits, percentage, whole
from lt_analysis.rendering.shown import Forms

SHARES_IN_WORDS = {0.1: "a tenth", 0.25: "a quarter", 0.5: "half"}
TOO_FEW_WORDS = (TOO_FEW_POSTS_TO_TELL.words, TOO_FEW_RETURNS.words)
STRONG_WORDS = (STRONG_EVIDENCE.words, VERY_STRONG.words)
CLAIM_NO_DIFFERENCE = {
    **dict.fromkeys(TOO_FEW_WORDS, "too few"),
    UNCLEAR.words: "unclear",
    ABOUT_EQUAL.words: "equal",
}


def _strength(item: EvidenceItem) -> str:
    """Return what is claimed: too few, unclear, about equal, some, or strong, and then which way, or changes."""
    statement = item.said
    if statement.words in CLAIM_NO_DIFFERENCE:
        return CLAIM_NO_DIFFERENCE[statement.words]
    if statement.words not in STRONG_WORDS:
        return "some"
    if statement.low is None:
        return "changing"
    way = "more" if statement.low >= 1 else "less"
    low, high = declared_protocol().margin
    return f"a little {way}" if low <= statement.low and statement.high <= high else way


def _range_told(item: EvidenceItem) -> str:
    """Return of which stage the margin of error is, and whether it lies on one side of 1, is open, or is none."""
    claimed = _strength(item)
    if claimed == "too few" or (claimed != "changing" and item.said.low is None):
        return "none"
    told = "changing" if claimed == "changing" else "open" if claimed in ("unclear", "some") else "told"
    return f"{item.stage} {told}"


def _asks_for_more(item: EvidenceItem) -> bool:
    """Return whether more posts could tell more: where there are too few, or it is unclear."""
    return item.said.words in (TOO_FEW_POSTS_TO_TELL.words, UNCLEAR.words)


def _missed(item: EvidenceItem) -> str:
    if not _asks_for_more(item):
        return "untold"
    return "any" if item.said.missed is None else "some"


def _until(item: EvidenceItem) -> str:
    """Return what is said of when a true ratio would show: nothing where a small one would by now."""
    statement = item.said
    if not _asks_for_more(item) or statement.until_some == 0:
        return "untold"
    if statement.until_large == 0:
        return "some"
    return "both" if statement.until_large else "beyond"


def _unknown(item: EvidenceItem) -> str:
    """Return on how many who did not say their ethnicity the words hang: none, some, or all but a few."""
    if item.said.words == TOO_FEW_RETURNS.words:
        return "untold"
    return {0.0: "none", 1.0: "all"}.get(item.said.unknown_holds, "some")


def _share_in_words(share: float) -> str:
    return SHARES_IN_WORDS.get(share, percentage(share))


def _more_quarters(number: int | None) -> str:
    if number is None:
        return f"more than {MOST_QUARTERS} more quarters"
    return so_many(number, "more quarter")


FORMS: Mapping[type, Forms] = {
    EvidenceItem: {
        **OF_MEASURES,
        "since": lambda item: f"April {item.start.start}",
        "counted_until": lambda item: f"{item.counted.last_day:%B %Y}",
        "informative_posts": lambda item: whole(item.said.informative),
        "white_or_bme": lambda item: white_and(BME, "or"),
        "white_and_bme": lambda item: white_and(BME),
        "a_bme_person": lambda item: a_person_of(BME),
        "strength": _strength,
        "strength_words": lambda item: item.said.words,
        "strength_first": lambda item: capitalised(item.said.words),
        "beside": lambda item: item.measure.beside,
        "range_told": _range_told,
        "item_range": lambda item: limits(item.said.low, item.said.high),
        "margin_low": lambda item: f"{declared_protocol().margin[0]:g}",
        "margin_high": lambda item: f"{declared_protocol().margin[1]:g}",
        "missed_told": _missed,
        "missed": lambda item: f"{item.said.missed:g}",
        "most_missed": lambda item: f"{BANDS_OF_MISSED[-1]:g}",
        "until_told": _until,
        "until_some": lambda item: _more_quarters(item.said.until_some),
        "until_large": lambda item: _more_quarters(item.said.until_large),
        "until_beyond": lambda item: _more_quarters(None),
        "some_gap": lambda item: f"{SOME_GAP:g}",
        "large_gap": lambda item: f"{LARGE_GAP:g}",
        "unknown_told": _unknown,
        "unknown_share": lambda item: _share_in_words(item.said.unknown_holds),
        "least_share": lambda item: _share_in_words(declared_protocol().unknown_shares[0]),
        "decision_first": lambda item: capitalised(item.measure.key),
        "a_ratio": lambda item: {SHORTLISTING: "a ratio of odds", APPOINTMENT: "a ratio"}[item.measure],
    },
}
