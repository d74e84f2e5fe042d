"""The sentences of an organisation's page, said of its figures.

Counts come first and the direction is always said. Of a year or a quarter it is said where a count lies beside the
range if chances were equal: that describes it and is no verdict, for of many fair counts some lie outside.
Words for evidence are those of the evidence since the declared start, and of nothing else. A hidden figure's sentence
is the same whatever the truth is.
"""

from itertools import product

from lt_analysis.codebook.ethnicity import BME
from lt_analysis.codebook.measures import APPOINTMENT, OVERALL, SHORTLISTING, STAGES, Measure
from lt_analysis.codebook.periods import FinancialYear
from lt_analysis.codebook.words import THE_RANGE
from lt_analysis.release.figures import ITS_FOLDER, OrganisationFigures, Release, State, Status
from lt_analysis.release.keys import ALL_BANDS, Key
from lt_analysis.rendering import evidence_items
from lt_analysis.rendering.figure import named
from lt_analysis.rendering.forms import say
from lt_analysis.rendering.forms.measures import PLACES
from lt_analysis.rendering.measure_figures import Decision, shown_stages
from lt_analysis.rendering.shown import Choice, Said, Template

CORRECTED = "Something of a period shown here has since been corrected. What was published stands."
SOME_NOT_SHOWN = (
    "Some numbers are not shown, so that nobody can be identified, nor worked out from other numbers. That says "
    "nothing about whether chances were equal."
)
EVIDENCE_NOT_SHOWN = "What all posts since the declared start show together is not shown of this organisation."
UNDECIDED = "A post that was still undecided when the return was sent counts as nobody appointed."

ALL_AT_ONCE = "All staff are compared at once, whatever their band or work."
BY_CHANCE = "If chances were equal, about 24 in 25 such counts would lie within their range."

# One size in people, and one comparison.
BESIDE_EQUAL = {
    place: f"{{gap}} equal chances give, {word} {THE_RANGE}: {{low}} to {{high}}." for place, word in PLACES.items()
}
_NOT_PLACED = {"untold": "too few posts", "hidden": "range not shown"}
_IN_PLACES = {
    f"beside {first} {last}": (
        f"{{bme_people}} {{first_done}}: {PLACES[first]} {THE_RANGE}; {{last_done}}: {PLACES[last]} it."
    )
    for first, last in product(PLACES, repeat=2)
    if first != last
}
_IN_PLACES |= {
    f"beside {both} {both}": f"{{bme_people}} {{first_done}} and {{last_done}}: both {word} {THE_RANGE}."
    for both, word in PLACES.items()
}
_IN_PLACES |= {
    f"beside {place} {none}": f"{{bme_people}} {{first_done}}: {word} {THE_RANGE}; {{last_done}}: {why}."
    for (place, word), (none, why) in product(PLACES.items(), _NOT_PLACED.items())
}
_IN_PLACES |= {
    f"beside {none} {place}": f"{{bme_people}} {{first_done}}: {why}; {{last_done}}: {word} {THE_RANGE}."
    for (place, word), (none, why) in product(PLACES.items(), _NOT_PLACED.items())
}
_IN_PLACES |= {
    f"beside {first} {last}": f"{{bme_people}} {{first_done}}: {why}; {{last_done}}: {other}."
    for (first, why), (last, other) in product(_NOT_PLACED.items(), repeat=2)
}
_HALF = {f"half {place}": f"{{bme_people}} {{shown_done}}: {word} {THE_RANGE}; " for place, word in PLACES.items()}
_HALF |= {f"half {none}": f"{{bme_people}} {{shown_done}}: {why}; " for none, why in _NOT_PLACED.items()}
_HALF |= {"half totals": "Only totals were sent of {bme_people} {shown_done}; "}
HEADLINE = Choice(
    "headline",
    by="headline",
    cases={
        Status.AWAITING: "Published figures from elsewhere await approval, so none is shown yet.",
        Status.REFUSED: "A return could not be used, so there are no figures.",
        Status.INCOMPLETE: "Returns are missing, so there are no figures for the year.",
        "nothing": "{too_few_people}.",
        **{case: f"{words}numbers {{hidden_done}} cannot be shown." for case, words in _HALF.items()},
        **_IN_PLACES,
        "beside untold untold": "Too few posts to set numbers beside a range.",
        "totals": "Only totals are known, which do not tell one post from another.",
    },
)
_WENT_TO = "{successful} of {all_successful} {event} went to {group_people}"
COUNTS = Choice(
    "counts",
    by="counted",
    cases={
        "nobody": "There were no {event} of people of known ethnicity.",
        "totals": f"{_WENT_TO}, who were {{of_group}} of {{of_both}} {{people}}.",
        "untold": f"{_WENT_TO}; too few posts to say more.",
        "unranged": (
            f"{_WENT_TO}; what equal chances would give is not shown, so that no other organisation is told of."
        ),
        **{
            place: f"{_WENT_TO}, {beside} {{informative}} posts could have gone either way."
            for place, beside in BESIDE_EQUAL.items()
        },
    },
)
LIKELIHOOD = Choice(
    "likelihood",
    by="ratio_given",
    cases={
        "none": (
            "No relative likelihood is given: in one group nobody was {done}, or there were fewer than "
            "{fewest_for_a_ratio} {people}."
        ),
        "given": (
            "{all_posts} share of White {people} who were {done} was {ratio} times the share of {group_candidates}. "
            "Anywhere from about {likely_range} times fits the counts."
        ),
    },
)
ARISES = Choice(
    "arises",
    by="ratio_given",
    cases={
        "none": "At {decision}, there were too few people to say.",
        "given": (
            "At {decision}, White people's share was {ratio} times that of {group_people}, margin of error "
            "{likely_range}."
        ),
    },
)
_FITS_OR_NOT = (
    "A number within its range does not show that chances were equal, and one outside it does not show why. Where "
    "chances are equal, about 1 such number in 25 lies outside; "
)
CAUTION = Choice(
    "caution",
    by="compared",
    cases={
        "0": "No number is set beside a range here.",
        "1": f"{_FITS_OR_NOT}one is set beside its range here.",
        "2": f"{_FITS_OR_NOT}two are set beside their ranges here.",
        "totals": (
            "These totals are not adjusted for which posts people applied to. Where one group goes for posts with more "
            "applicants, totals can show a gap that no single panel made."
        ),
    },
)


TITLE = Choice(
    "title",
    by="which_posts",
    cases={
        "senior": "Recruitment to posts at Band 8 and above, {span_in_words}: {own_name}",
        "other": "Recruitment to {posts}, {span_in_words}: {own_name}",
    },
)
TOGETHER = Template(
    "added_up_years",
    "In a single year too many numbers would have to be hidden. So these years are added up: {several_years}. No "
    "year is added up twice.",
)
NOT_USABLE = Template("not_usable", "What was sent for {unusable} could not be used and has to be sent again.")
FOLDER_AT_FAULT = "Its folder of returns has a fault and has to be put right."
MIXED = "Its returns of the year mix applications and totals, which cannot be added up: send one kind again."
NOT_RECEIVED = Template("not_received", "Nothing has been received for {not_received}.")
UNKNOWN_ELSEWHERE = (
    "People whose ethnicity is not known are left out; how many they are was not published. Counting them could "
    "raise or lower every ratio on this page."
)
UNKNOWN_LEFT_OUT = (
    "People whose ethnicity is not known are left out; how many of the applicants they are is on the page on data "
    "quality, where that may be shown. Counting them could raise or lower every ratio on this page."
)
COVERS = Choice(
    "covers",
    by="kind_of_span",
    cases={
        "year": "{span_in_words} (financial year {span}), in the report for {report_quarter_in_words}.",
        "quarter": "{span_in_words} (quarter {span}), in the report for {report_quarter_in_words}.",
    },
)
NEW = Choice(
    "new",
    by="first_published",
    cases={
        "never": "No figures are published for this organisation.",
        "elsewhere": (
            "Nothing. The counts were published elsewhere and stand as printed; ratios and ranges are worked out here."
        ),
        "here": "These figures are published here for the first time.",
        "before": "Nothing: these figures were first published in the report for {first_published_in_words}.",
    },
)
NEXT = Choice(
    "next",
    by="next_due",
    cases={
        "never": "None: these figures were published once.",
        "quarter": "For {next_span_in_words}, after that quarter has ended.",
        "year": "For {next_year_of_span}, in the report for {next_year_of_span_due}.",
    },
)
_SENIOR = "Band 8 and above, or equivalent pay."
POSTS = Choice(
    "posts",
    by="kind_of_posts",
    cases={
        "other": "{posts_capitalised}, not {senior_posts}. Source: {source}.",
        "totals": f"{_SENIOR} Whether bulk campaigns are among them is not known.",
        "applications": f"{_SENIOR} International and bulk campaigns are left out. {UNDECIDED}",
    },
)
BME_HERE = Template("bme_here", "{bme_label} here")
SINGLE_GROUPS = Template("single_groups_here", "The groups that were published: {single_groups}, together.")


def title(figures: OrganisationFigures) -> str:
    """Return the page's title."""
    return say(TITLE, figures, named(figures))


def headline(figures: OrganisationFigures) -> str:
    """Return the finding in at most 15 words, a group's label being one."""
    return say(HEADLINE, figures, named(figures)).capitalised()


def main_points(figures: OrganisationFigures) -> dict[str, str]:
    """Return the finding, its counts, and what cannot be told, by the names of their cells.

    What all posts since the declared start show comes first, or that it is not shown. Ratios are given of totals, for
    there is nothing better; over both stages only for a year, never for one quarter.
    """
    return {
        "headline": headline(figures),
        **_since_the_start(figures),
        "why": why_nothing(figures),
        "returns": returns_note(figures),
        "shortlisting.counts": counts(figures, SHORTLISTING),
        "appointment.counts": counts(figures, APPOINTMENT),
        "arises": where_it_arises(figures),
        **({"overall.likelihood": likelihood(figures, OVERALL)} if _is_over_both(figures) else {}),
        "caution": caution(figures),
    }


def _since_the_start(figures: OrganisationFigures) -> dict[str, str]:
    """Return how strong each stage's evidence is since the start; one sentence where it is not shown of any."""
    if not figures.evidence or not figures.adjusted_for_vacancies or figures.status != Status.COMPLETE:
        return {}
    if all(item.hidden for item in figures.evidence):
        return {"strength.hidden": EVIDENCE_NOT_SHOWN}
    return evidence_items.strength(figures.evidence, named=bool(named(figures)))


def key_of(figures: OrganisationFigures, measure: Measure) -> Key | None:
    """Return the key of how many of the group succeeded at a stage; None on an exact page, which has none."""
    if figures.people is None:
        return None
    return figures.people.number(measure.counts[1], BME, ALL_BANDS).key


def _is_over_both(figures: OrganisationFigures) -> bool:
    """Return whether the two stages are taken as one: of a year's totals, both shown, for there is nothing better."""
    return _is_of_totals(figures) and len(shown_stages(figures)) == len(STAGES)


def _is_of_totals(figures: OrganisationFigures) -> bool:
    """Return whether only totals of a year are known: of nothing else does a ratio stand in the main points."""
    compared = figures.adjusted_for_vacancies or any(stage.expected for stage in shown_stages(figures))
    return isinstance(figures.span, FinancialYear) and not compared


def why_nothing(figures: OrganisationFigures) -> str:
    """Return what it means that figures are not shown; empty where they are, or where the year is not complete."""
    if figures.status == Status.COMPLETE and len(shown_stages(figures)) < len(STAGES):
        return SOME_NOT_SHOWN
    return ""


def why_together(figures: OrganisationFigures) -> str:
    """Return why years are added up, and which."""
    return say(TOGETHER, figures, named(figures))


def returns_note(figures: OrganisationFigures) -> str:
    """Return which returns were not received or could not be used; empty where there are none."""
    mixed = figures.status == Status.REFUSED and not figures.refused
    return Said.join(
        " ",
        (
            say(NOT_USABLE, figures, named(figures)),
            FOLDER_AT_FAULT if ITS_FOLDER in figures.refused else "",
            MIXED if mixed else "",
            say(NOT_RECEIVED, figures, named(figures)),
        ),
    )


def counts(figures: OrganisationFigures, measure: Measure) -> str:
    """Return a stage's counts, then what equal chances would give; empty where it is hidden."""
    decision = Decision(figures, measure)
    return say(COUNTS, decision, decision.name)


def likelihood(figures: OrganisationFigures, measure: Measure, group: str = BME) -> str:
    """Return a relative likelihood and its margin of error; empty where it is hidden."""
    decision = Decision(figures, measure, group)
    return say(LIKELIHOOD, decision, decision.name)


def where_it_arises(figures: OrganisationFigures) -> str:
    """Return the ratio at each stage of a year's totals with its margin of error; empty where vacancies are known.

    For then the headline is about each stage, and beside what equal chances give.
    """
    if not _is_of_totals(figures):
        return ""
    decisions = [Decision(figures, stage.measure) for stage in shown_stages(figures)]
    return Said.join(" ", (say(ARISES, decision, decision.name) for decision in decisions))


def caution(figures: OrganisationFigures) -> str:
    """Return what the figures cannot tell; empty where nothing is shown."""
    return say(CAUTION, figures, named(figures))


def unknown_note(figures: OrganisationFigures) -> str:
    """Return what leaving out people of unknown ethnicity may do."""
    if figures.state == State.RESTRICTED:
        return "People whose ethnicity is not known are left out here; their numbers are further down."
    return UNKNOWN_ELSEWHERE if figures.source else UNKNOWN_LEFT_OUT


def coverage(figures: OrganisationFigures) -> dict[str, str]:
    """Return which period the page covers, what is new, and when the next figure is due."""
    templates = {"Covers": COVERS, "What is new": NEW, "Next figures": NEXT, "Posts": POSTS}
    restricted = figures.state == State.RESTRICTED
    shown = {term: sentence for term, sentence in templates.items() if not (restricted and term == "What is new")}
    single = {} if restricted else _single_groups(figures)
    name = named(figures)
    texts = {term: say(sentence, figures, name) for term, sentence in shown.items()}
    return texts | single | since_corrected(figures)


def _single_groups(figures: OrganisationFigures) -> dict[str, str]:
    if len(figures.groups) <= 2:
        return {}
    return {say(BME_HERE, figures, named(figures)).capitalised(): say(SINGLE_GROUPS, figures, named(figures))}


def since_corrected(shown: OrganisationFigures | Release) -> dict[str, str]:
    """Return that a return was corrected after it was published, and nothing of what: empty where none was."""
    return {"Since then": CORRECTED} if shown.corrected else {}


def group_sentences(figures: OrganisationFigures) -> dict[str, str]:
    """Return each single group's relative likelihood from application to appointment."""
    groups = [group for group in figures.groups if group != BME]
    return {f"overall.{group}": likelihood(figures, OVERALL, group) for group in groups}
