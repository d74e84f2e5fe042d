"""The sentences about the evidence since the declared start, at each stage, of an organisation or of the partnership.

They are said of evidence items alone, published ones or an organisation's own. Numbers of posts come first, then the
strength in the table's own words, then the margin of error, then what so many posts do not show and what those who did
not say their ethnicity could change. A direction is said only where the evidence is strong: before that, the item does
not hold one. A hidden item's sentence is the same whatever the truth is.
"""

from collections.abc import Sequence

from lt_analysis.release.items import EvidenceItem
from lt_analysis.rendering import html
from lt_analysis.rendering.forms import say
from lt_analysis.rendering.html import Html
from lt_analysis.rendering.shown import Choice, Said, Template

NOT_FAIRNESS = "That does not show that chances were equal."
OF_TOTALS = "Only totals were sent for the year, and they do not tell one post from another."
HIDDEN = "Not shown, so that nobody can be identified."  # whatever it would have said
SINCE = Template("shortlists_since", "All posts since {since}")
EITHER_WAY = Template(
    "either_way",
    "Of all posts sent that closed from {since} to {counted_until}, {informative_posts} could have gone either way in "
    "who was {done}, to {white_or_bme}.",
)
STRENGTH = Choice(
    "strength",
    by="strength",
    cases={
        "too few": f"{{decision_first}}: there are {{strength_words}}. {NOT_FAIRNESS}",
        "unclear": f"{{decision_first}}: it is {{strength_words}} between {{white_and_bme}}. {NOT_FAIRNESS}",
        "equal": (
            "On average over the years, chances to be {done} were {strength_words}: the whole margin of error lies "
            "between {margin_low} and {margin_high}, as was declared beforehand."
        ),
        "some": (
            "{strength_first}: chances to be {done} may differ, and which way is not said before the evidence is "
            "strong."
        ),
        "changing": "{strength_first} that chances to be {done} were not equal all the time.",
        "more": "{strength_first}: White people were more likely to be {done} than {bme_people} {beside}.",
        "less": "{strength_first}: White people were less likely to be {done} than {bme_people} {beside}.",
        "a little more": (
            "{strength_first} of a small difference: White people were a little more likely to be {done} than "
            "{bme_people} {beside}."
        ),
        "a little less": (
            "{strength_first} of a small difference: White people were a little less likely to be {done} than "
            "{bme_people} {beside}."
        ),
    },
)
IN_SHORT = Choice(
    "evidence_in_short",
    by="strength",
    cases={
        "too few": "{decision_first}: {strength_words}, of all posts since {since}.",
        "unclear": "{decision_first}: {strength_words} since {since}.",
        "equal": "{decision_first}: {strength_words} since {since}, within the limits that were declared.",
        "some": "{decision_first}: {strength_words} since {since} that chances differ; which way is not said yet.",
        "changing": "{decision_first}: {strength_words} since {since} that chances were not equal all the time.",
        **{
            case: (
                f"{{decision_first}}: {{strength_words}} since {{since}} that White people were {how} likely to be "
                "{done} than {bme_people} {beside}."
            )
            for case, how in {
                "more": "more",
                "less": "less",
                "a little more": "a little more",
                "a little less": "a little less",
            }.items()
        },
    },
)
OF_ALL = Template("of_all_posts", "This is of all posts sent that closed from {since} to {counted_until}.")
_ANYWHERE = {
    "shortlisting": (
        "For the same post, a White person's odds of being {done} may have been anywhere from about {item_range} times "
        "those of {a_bme_person}"
    ),
    "appointment": (
        "On a shortlist for one post, a White person may have been anywhere from about {item_range} times as likely to "
        "be {done} as {a_bme_person}"
    ),
}
RANGE = Choice(
    "item_range",
    by="range_told",
    cases={
        f"{stage} {told}": words
        for stage, anywhere in _ANYWHERE.items()
        for told, words in {
            "changing": "No single ratio fits all the years: what happened has changed.",
            "told": f"{anywhere}.",
            "open": f"{anywhere}, so either may have been more likely.",
        }.items()
    },
)
MISSED = Choice(
    "missed",
    by="missed_told",
    cases={
        "any": (
            "From so few posts, even {a_ratio} of {most_missed} in all these years would often not be strong evidence."
        ),
        "some": "From so many posts, {a_ratio} below {missed} in all these years would often not be strong evidence.",
    },
)
_WOULD_BE = "would probably be strong evidence"
UNTIL = Choice(
    "until",
    by="until_told",
    cases={
        "some": f"At the present rate of posts, {{a_ratio}} of {{some_gap}} {_WOULD_BE} after {{until_some}}.",
        "both": (
            f"At the present rate of posts, {{a_ratio}} of {{large_gap}} {_WOULD_BE} after {{until_large}}, and one of "
            "{some_gap} after {until_some}."
        ),
        "beyond": (
            f"At the present rate of posts, it takes {{until_beyond}} until {{a_ratio}} of {{large_gap}} {_WOULD_BE}."
        ),
    },
)
_COUNTED_EITHER_WAY = "counted at every post so that {bme_people} do worst there, or best"
UNKNOWN = Choice(
    "unknown_holds",
    by="unknown_told",
    cases={
        "all": (
            f"People who did not say their ethnicity are left out; were all of them {_COUNTED_EITHER_WAY}, the words "
            "would be the same."
        ),
        "some": (
            f"People who did not say their ethnicity are left out; were {{unknown_share}} of them "
            f"{_COUNTED_EITHER_WAY}, the words would be the same, and with more of them they could change."
        ),
        "none": (
            f"People who did not say their ethnicity are left out; were {{least_share}} of them {_COUNTED_EITHER_WAY}, "
            "the words could change."
        ),
    },
)


def section(items: Sequence[EvidenceItem], key: str, level: int = 2, only_totals: bool = False) -> Html:
    """Return what items show, one stage after another, under a heading of their own; nothing where there is none yet.

    `only_totals`: the year's returns were totals. A hidden item then has another reason, which is no secret.
    """
    if not items:
        return html.NOTHING
    if only_totals and all(item.hidden for item in items):
        sentences = {key: OF_TOTALS}
    else:
        sentences = {f"{key}.{item.stage}": item_sentence(item) for item in items}
    heading = say(SINCE, items[0], name_of_item(items[0]))
    return html.section(heading, html.paragraphs(sentences), level=level)


def strength(items: Sequence[EvidenceItem], named: bool = True) -> dict[str, str]:
    """Return how strong each stage's evidence is, by cell, and of what; empty where there is none, or it is hidden."""
    told = [item for item in items if item.said]
    said = {item.stage: say(STRENGTH, item, name_of_item(item) if named else "") for item in told}
    of_what = {item.stage: say(OF_ALL, item, name_of_item(item) if named else "") for item in told}
    if len(set(of_what.values())) > 1:  # one stage has had too few new posts since, and its item stands
        return {f"strength.{stage}": Said.join(" ", (said[stage], of_what[stage])) for stage in said}
    sentences = {f"strength.{stage}": sentence for stage, sentence in said.items()}
    return sentences | ({"strength.of": of_what[told[-1].stage]} if told else {})


def item_sentence(item: EvidenceItem, named: bool = True) -> str:
    """Return what an item shows, or that it cannot be shown; an exact page's items are `named` nowhere."""
    if item.said is None:
        return HIDDEN
    name = name_of_item(item) if named else ""
    sentences = (EITHER_WAY, STRENGTH, RANGE, MISSED, UNTIL, UNKNOWN)
    return Said.join(" ", (say(sentence, item, name) for sentence in sentences))


def name_of_item(item: EvidenceItem) -> str:
    """Return the name under which a page carries an item."""
    return f"{item.scope}/{item.stage}/evidence"
