"""The one sentence about evidence since the declared start: from results to words, and nowhere else.

Counts come first, then what equal chances would give, then the strength in the table's own words, then the
likely range with its direction. Nothing is called fair, biased or without a difference: little evidence is
not evidence of little.
"""

from lt_analysis.codebook.ethnicity import BME, REFERENCE
from lt_analysis.codebook.measures import MEASURES, Measure
from lt_analysis.codebook.naming import a_person_of, people_of
from lt_analysis.codebook.protocol import Protocol
from lt_analysis.codebook.strength import STRENGTHS, STRONG, TOO_FEW_POSTS, TOO_FEW_RETURNS
from lt_analysis.evidence.appendix import Growing
from lt_analysis.rendering.named import has_ratio
from lt_analysis.rendering.numbers import interval, whole

NOT_FAIRNESS = "That does not show that chances were equal."


def evidence_sentence(growing: Growing, protocol: Protocol, before: str | None = None) -> str:
    """Return what the shortlists counted at the last look since the start show of White and BME people.

    `before` holds the words that were used at the look before it.
    """
    measure = MEASURES[protocol.primary_stage]
    parts = (
        _counts(measure, growing, protocol),
        _strength(measure, growing),
        _range(measure, growing, protocol),
        _change(growing.looks[-1].strength.words, before),
    )
    return " ".join(part for part in parts if part)


def _counts(measure: Measure, growing: Growing, protocol: Protocol) -> str:
    known, within = growing.likelihood, growing.within
    everybody = known.white_successful + known.group_successful
    counted = protocol.last_counted(growing.looks[-1].look)
    since = f"On shortlists made from April {protocol.start.start} to {counted.last_day:%B %Y}"
    if not everybody:
        return f"No {measure.event} of people of known ethnicity since April {protocol.start.start} are counted yet."
    low, high = within.chance_range()
    return (
        f"{since}, {whole(known.group_successful)} of {whole(everybody)} {measure.event} went to {people_of(BME)}; "
        f"about {whole(round(within.expected))} expected if chances were equal {measure.where}; "
        f"{whole(low)} to {whole(high)} is the usual range. "
        f"{whole(within.informative)} posts could have gone either way."
    )


def _strength(measure: Measure, growing: Growing) -> str:
    latest, within = growing.looks[-1], growing.within
    words = latest.strength.words
    if latest.strength in (TOO_FEW_POSTS, TOO_FEW_RETURNS):
        return f"There are {words}. {NOT_FAIRNESS}"
    if latest.strength == STRENGTHS[0]:
        return f"There is {words}. {NOT_FAIRNESS}"
    fewer = within.observed < within.expected
    if latest.leaning != (1 if fewer else -1):
        return (
            f"{words.capitalize()}. It comes from a part of the time: over all of it the count does not lean the "
            "same way."
        )
    direction = "fewer" if fewer else "more"
    return f"{words.capitalize()}: {direction} {people_of(BME)} were {measure.done} than equal chances would give."


def _range(measure: Measure, growing: Growing, protocol: Protocol) -> str:
    """Return the likely range where there is enough for one; a range holds 1 exactly where E is below 20."""
    latest = growing.looks[-1]
    if not has_ratio(growing.likelihood) or latest.strength in (TOO_FEW_POSTS, TOO_FEW_RETURNS):
        return ""
    if latest.interval is None:
        return "No single ratio fits all the years: what happened has changed."
    ratio = (
        f"On a shortlist for one post, a {REFERENCE} person may have been anywhere from about "
        f"{interval(*latest.interval)} times as likely to be {measure.done} as {a_person_of(BME)}"
    )
    if latest.e_value >= STRONG:
        direction = "more" if latest.interval.low > 1 else "less"
        return f"{ratio}: {REFERENCE} people were {direction} likely."
    if latest.within(protocol.margin):
        low, high = protocol.margin
        return f"{ratio}: all of it lies between {low:g} and {high:g}, which was declared to count as about equal."
    return f"{ratio}, so either group may have been more likely."


def _change(words: str, before: str | None) -> str:
    return f"At the look before it was: {before}." if before and before != words else ""
