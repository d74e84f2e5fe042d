"""The sentences about a published evidence item, of an organisation or of the partnership: from the item alone.

Counts come first, then the strength in the table's own words, then the likely range, then what so many shortlists could
show. A direction is said only where the evidence is strong: before that, the item does not hold one. A hidden
item's sentence is the same whatever the truth is.
"""

from lt_analysis.codebook.ethnicity import BME, REFERENCE
from lt_analysis.codebook.measures import MEASURES, Measure
from lt_analysis.codebook.naming import a_person_of, people_of, white_and
from lt_analysis.codebook.protocol import Protocol, declared_protocol
from lt_analysis.codebook.strength import STRENGTHS, STRONG, TOO_FEW_POSTS, TOO_FEW_RETURNS
from lt_analysis.release.items import EvidenceItem, Said
from lt_analysis.rendering import html
from lt_analysis.rendering.evidence_sentence import NOT_FAIRNESS
from lt_analysis.rendering.html import Html
from lt_analysis.rendering.numbers import MORE_THAN, about, interval, whole

STRONG_WORDS = tuple(one.words for one in STRENGTHS if one.at_least >= STRONG)
HIDDEN = "Not shown, so that nobody can be identified."  # whatever it would have said
OF_TOTALS = "Only totals were sent for the year, and they do not tell one shortlist from another."
SENT = "shortlists that were sent, made"  # which may begin after the declared start
TOO_FEW_WORDS = (TOO_FEW_POSTS.words, TOO_FEW_RETURNS.words)


def section(item: EvidenceItem | None, key: str, level: int = 2, only_totals: bool = False) -> Html:
    """Say what an item shows under a heading of its own; nothing where there is none yet.

    `only_totals`: the year's returns were totals. A hidden item then has another reason, which is no secret.
    """
    if item is None:
        return Html("")
    of_totals = item.hidden and only_totals
    said = html.paragraphs({key: OF_TOTALS if of_totals else item_sentence(item, declared_protocol())})
    return html.section(f"All shortlists since April {item.start.start}", said, level=level)


def strength(item: EvidenceItem | None) -> str:
    """Say in one or two sentences how strong the evidence of an item is; empty where there is none, or it is hidden."""
    if item is None or item.said is None:
        return ""
    said = _strength(MEASURES[declared_protocol().primary_stage], item.said)
    return f"{said} This is of all {SENT} {_when(item)}."


def _when(item: EvidenceItem) -> str:
    return f"from April {item.start.start} to {item.counted.last_day:%B %Y}"


def item_sentence(item: EvidenceItem, protocol: Protocol) -> str:
    """Say what a published item shows, or that it cannot be shown."""
    if item.said is None:
        return HIDDEN
    measure = MEASURES[protocol.primary_stage]
    said = item.said
    parts = (
        _counts(item, said),
        _strength(measure, said),
        _range(measure, said, protocol),
        "" if said.words == TOO_FEW_RETURNS.words else _could_show(said),
    )
    return " ".join(part for part in parts if part)


def _counts(item: EvidenceItem, said: Said) -> str:
    made = f"{whole(said.informative)} {SENT} {_when(item)}"
    return f"{made} could have gone either way, to {white_and(BME, 'or')}."


def _strength(measure: Measure, said: Said) -> str:
    decision = f"In who was {measure.done} from shortlists"
    if said.words in TOO_FEW_WORDS:
        return f"{decision}, there are {said.words}. {NOT_FAIRNESS}"
    if said.words == STRENGTHS[0].words:
        return f"{decision}, there is {said.words}. {NOT_FAIRNESS}"
    words, chances = said.words.capitalize(), f"chances to be {measure.done} from a shortlist"
    if said.words not in STRONG_WORDS:
        return f"{words}: {chances} may differ, and which way is not said before the evidence is strong."
    if said.low is None:
        return f"{words} that {chances} were not equal all the time."
    more = "more" if _leaves_out_1_from_above(said) else "less"
    return f"{words}: {REFERENCE} people were {more} likely to be {measure.done} than {people_of(BME)} beside them."


def _leaves_out_1_from_above(said: Said) -> bool:
    """Tell on which side of 1 a strong range lies; outward rounding may have brought one limit to 1, and no further."""
    return said.low >= 1


def _range(measure: Measure, said: Said, protocol: Protocol) -> str:
    if said.words in TOO_FEW_WORDS:
        return ""
    if said.low is None:
        return "No single ratio fits all the years: what happened has changed."
    ratio = (
        f"On a shortlist for one post, a {REFERENCE} person may have been anywhere from about "
        f"{interval(said.low, said.high)} times as likely to be {measure.done} as {a_person_of(BME)}"
    )
    if said.words in STRONG_WORDS:
        return f"{ratio}."
    low, high = protocol.margin
    if low <= said.low and said.high <= high:
        return f"{ratio}: all of it lies between {low:g} and {high:g}, which was declared to count as about equal."
    return f"{ratio}, so either may have been more likely."


def _could_show(said: Said) -> str:
    if said.detectable is None:
        return "From so few shortlists, no ratio would have been strong evidence 8 times in 10."
    ratio = f"a ratio of {about(said.detectable)}" + (" or more" if said.detectable <= MORE_THAN else "")
    return (
        f"From so many shortlists, {ratio} would have been strong evidence 8 times in 10; a smaller one could often "
        "not be told from equal chances."
    )
