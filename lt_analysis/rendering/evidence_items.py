"""The sentences about a published evidence item, of an organisation or of the partnership: from the item alone.

Counts come first, then the strength in the table's own words, then the likely range, then what so many shortlists could
show. A direction is said only where the evidence is strong: before that, the item does not hold one. A hidden
item's sentence is the same whatever the truth is.
"""

from lt_analysis.release.items import EvidenceItem
from lt_analysis.rendering import html
from lt_analysis.rendering.evidence_sentence import NOT_FAIRNESS
from lt_analysis.rendering.forms import say
from lt_analysis.rendering.html import Html
from lt_analysis.rendering.shown import Choice, Said, Template

OF_TOTALS = "Only totals were sent for the year, and they do not tell one shortlist from another."
HIDDEN = "Not shown, so that nobody can be identified."  # whatever it would have said
SINCE = Template("shortlists_since", "All shortlists since {since}")
EITHER_WAY = Template(
    "either_way",
    "{informative_shortlists} shortlists that were sent, made from {since} to {counted_until} could have gone "
    "either way, to {white_or_bme}.",
)
STRENGTH = Choice(
    "strength",
    by="strength",
    cases={
        "little": f"In who was {{item_done}} from shortlists, there {{are}} {{strength_words}}. {NOT_FAIRNESS}",
        "some": (
            "{strength_words}: chances to be {item_done} from a shortlist may differ, and which way is not said "
            "before the evidence is strong."
        ),
        "changing": "{strength_words} that chances to be {item_done} from a shortlist were not equal all the time.",
        "more": "{strength_words}: White people were more likely to be {item_done} than {bme_people} beside them.",
        "less": "{strength_words}: White people were less likely to be {item_done} than {bme_people} beside them.",
    },
)
OF_ALL = Template(
    "of_all_shortlists", "This is of all shortlists that were sent, made from {since} to {counted_until}."
)
_ANYWHERE = (
    "On a shortlist for one post, a White person may have been anywhere from about {item_range} times as likely to be "
    "{item_done} as {a_bme_person}"
)
RANGE = Choice(
    "item_range",
    by="range_told",
    cases={
        "changing": "No single ratio fits all the years: what happened has changed.",
        "strong": f"{_ANYWHERE}.",
        "about equal": (
            f"{_ANYWHERE}: all of it lies between {{margin_low}} and {{margin_high}}, which was declared to count "
            "as about equal."
        ),
        "open": f"{_ANYWHERE}, so either may have been more likely.",
    },
)
_SMALLER = "would have been strong evidence {how_often}; a smaller one could often not be told from equal chances."
COULD_SHOW = Choice(
    "could_show",
    by="could_show",
    cases={
        "nothing": "From so few shortlists, no ratio would have been strong evidence {how_often}.",
        "ratio": f"From so many shortlists, a ratio of {{detectable}} or more {_SMALLER}",
        "beyond": f"From so many shortlists, a ratio of {{detectable}} {_SMALLER}",
    },
)


def section(item: EvidenceItem | None, key: str, level: int = 2, only_totals: bool = False) -> Html:
    """Return what an item shows under a heading of its own; nothing where there is none yet.

    `only_totals`: the year's returns were totals. A hidden item then has another reason, which is no secret.
    """
    if item is None:
        return html.NOTHING
    of_totals = item.hidden and only_totals
    name = f"{item.scope}/evidence"
    paragraphs = html.paragraphs({key: OF_TOTALS if of_totals else item_sentence(item)})
    return html.section(say(SINCE, item, name), paragraphs, level=level)


def strength(item: EvidenceItem | None) -> str:
    """Return how strong the evidence of an item is, in two sentences; empty where there is none, or it is hidden."""
    if item is None or item.said is None:
        return Said()
    return Said.join(" ", (say(sentence, item, f"{item.scope}/evidence") for sentence in (STRENGTH, OF_ALL)))


def item_sentence(item: EvidenceItem) -> str:
    """Return what a published item shows, or that it cannot be shown."""
    if item.said is None:
        return HIDDEN
    name = f"{item.scope}/evidence"
    return Said.join(" ", (say(sentence, item, name) for sentence in (EITHER_WAY, STRENGTH, RANGE, COULD_SHOW)))
