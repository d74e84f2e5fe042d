"""The sentences of an organisation's page, said of its figures.

Counts come first and the direction is always said. A count is said to fit equal chances or not, never to
show bias: what is tested is a difference within posts, not its cause, and merit is not adjusted for. A count
that fits equal chances does not show that chances were equal. A hidden figure's sentence is the same
whatever the truth is.
"""

from itertools import product

from lt_analysis.codebook.ethnicity import BME
from lt_analysis.codebook.measures import APPOINTMENT, OVERALL, SHORTLISTING, STAGES, Measure
from lt_analysis.codebook.periods import FinancialYear
from lt_analysis.release.figures import ITS_FOLDER, OrganisationFigures, Release, State, Status
from lt_analysis.release.keys import ALL_BANDS, Key
from lt_analysis.rendering.forms import say
from lt_analysis.rendering.named import Decision, named, shown_stages
from lt_analysis.rendering.shown import Choice, Said, Template

CORRECTED = "Something of a period shown here has since been corrected. What was published stands."
SOME_NOT_SHOWN = (
    "Some numbers are not shown, so that nobody can be identified, nor worked out from other numbers. That says "
    "nothing about whether chances were equal."
)
UNDECIDED = "A post that was still undecided when the return was sent counts as nobody appointed."

TOTALS_ALONE = "Totals alone: "  # begins what is said without knowing which posts people applied to

# Of one decision beside equal chances; {0} is first or last.
_CLAUSES = {
    "untold": "too few posts to judge {{{0}_decision}}",
    "fits": "numbers {{{0}_done}} fit equal chances",
    "fewer": "fewer {{bme_people}} {{{0}_done}} than equal chances usually give",
    "more": "more {{bme_people}} {{{0}_done}} than equal chances usually give",
}
_SIDES = {
    "more": "White people more likely to be {{{0}_done}}",
    "less": "White people less likely to be {{{0}_done}}",
    "open": "numbers {{{0}_done}} leave it open",
}
_BOTH = {
    f"beside {first} {last}": f"{_CLAUSES[first].format('first')}; {_CLAUSES[last].format('last')}."
    for first, last in product(_CLAUSES, repeat=2)
}
_HALF = {
    f"half {outcome}": f"{clause.format('shown')}; numbers {{hidden_done}} cannot be shown."
    for outcome, clause in _CLAUSES.items()
}
_HALF |= {
    f"half totals {side}": f"{TOTALS_ALONE}{clause.format('shown')}; numbers {{hidden_done}} cannot be shown."
    for side, clause in {**_SIDES, "none": _SIDES["open"]}.items()
}
_ONE_SIDE = {
    f"totals {sides}": f"{TOTALS_ALONE}{_SIDES[side].format(decided)}; {_SIDES['open'].format(undecided)}."
    for sides, side, decided, undecided in (
        ("more open", "more", "first", "last"),
        ("less open", "less", "first", "last"),
        ("open more", "more", "last", "first"),
        ("open less", "less", "last", "first"),
    )
}
_MORE_FIRST, _LESS_FIRST = (f"{TOTALS_ALONE}{_SIDES[side].format('first')}" for side in ("more", "less"))
_THAN_CHANCES = "than equal chances usually give"
HEADLINE = Choice(
    "headline",
    by="headline",
    cases={
        Status.AWAITING: "Published figures from elsewhere await approval, so none is shown yet.",
        Status.REFUSED: "A return could not be used, so there are no figures.",
        Status.INCOMPLETE: "Returns are missing, so there are no figures for the year.",
        "nothing": "{too_few_people}.",
        **_HALF,
        **_BOTH,
        "beside untold untold": "Too few posts to tell.",
        "beside fits fits": "The numbers of {bme_people} {first_done} and {last_done} both fit equal chances.",
        "beside fewer fewer": f"Fewer {{bme_people}} were {{first_done}} and {{last_done}} {_THAN_CHANCES}.",
        "beside more more": f"More {{bme_people}} were {{first_done}} and {{last_done}} {_THAN_CHANCES}.",
        "beside fewer more": (f"Fewer {{bme_people}} were {{first_done}}, but more {{last_done}}, {_THAN_CHANCES}."),
        "beside more fewer": (f"More {{bme_people}} were {{first_done}}, but fewer {{last_done}}, {_THAN_CHANCES}."),
        "totals none": f"{TOTALS_ALONE}too few people {{first_done}} and {{last_done}} to say who was more likely.",
        "totals open open": (
            f"{TOTALS_ALONE}numbers {{first_done}} and {{last_done}} do not show who was more likely to succeed."
        ),
        **_ONE_SIDE,
        "totals more more": f"{_MORE_FIRST}, and more likely to be {{last_done}}.",
        "totals less less": f"{_LESS_FIRST}, and less likely to be {{last_done}}.",
        "totals more less": f"{_MORE_FIRST}, but less likely to be {{last_done}}.",
        "totals less more": f"{_LESS_FIRST}, but more likely to be {{last_done}}.",
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
        "told": (
            f"{_WENT_TO}; about {{expected}} expected if chances were equal {{where}}; {{low}} to {{high}} is the "
            "usual range. {informative} posts could have gone either way."
        ),
    },
)
_RATIO = (
    "{all_posts} share of White {people} who were {done} was {ratio} times the share of {group_candidates}. Anywhere "
    "from about {likely_range} times fits the counts: "
)
LIKELIHOOD = Choice(
    "likelihood",
    by="ratio_given",
    cases={
        "none": (
            "No relative likelihood is given: in one group nobody was {done}, or there were fewer than "
            "{fewest_for_a_ratio} {people}."
        ),
        "open": f"{_RATIO}the counts do not show who was more likely.",
        "more": f"{_RATIO}White people were more likely to be {{done}}.",
        "less": f"{_RATIO}White people were less likely to be {{done}}.",
    },
)
_IN_BRACKETS = "(White people's share {ratio} times that of {group_people}, likely range {likely_range})"
ARISES = Choice(
    "arises",
    by="ratio_given",
    cases={
        "none": "At {decision}, there were too few people to say.",
        "open": f"At {{decision}}, the counts do not show who was more likely {_IN_BRACKETS}.",
        "more": f"At {{decision}}, White people were more likely to succeed {_IN_BRACKETS}.",
        "less": f"At {{decision}}, White people were less likely to succeed {_IN_BRACKETS}.",
    },
)
_FITS_OR_NOT = (
    "A count that fits equal chances does not show that chances were equal, and one that does not fit does not show "
    "why. Equal chances alone put about 1 count in 20 outside its range, and 1 in 10 at the most; "
)
CAUTION = Choice(
    "caution",
    by="compared",
    cases={
        "0": "Too few posts could have gone either way, so nothing is compared here.",
        "1": f"{_FITS_OR_NOT}one count is compared here.",
        "2": f"{_FITS_OR_NOT}two counts are compared here.",
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
        "senior": "Recruitment to posts at Band 8 and above: {own_name}",
        "other": "Recruitment to {posts}: {own_name}",
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

    Ratios are given of totals, for there is nothing better; over both stages only for a year, never for one quarter.
    """
    return {
        "headline": headline(figures),
        "why": why_nothing(figures),
        "returns": returns_note(figures),
        "shortlisting.counts": counts(figures, SHORTLISTING),
        "appointment.counts": counts(figures, APPOINTMENT),
        "arises": where_it_arises(figures),
        **({"overall.likelihood": likelihood(figures, OVERALL)} if _is_over_both(figures) else {}),
        "caution": caution(figures),
    }


def key_of(figures: OrganisationFigures, measure: Measure) -> Key | None:
    """Return the key of how many of the group succeeded at a stage; None on an exact page, which has none."""
    if figures.people is None:
        return None
    return figures.people.number(measure.counts[1], BME, ALL_BANDS).key


def _is_over_both(figures: OrganisationFigures) -> bool:
    """Return whether the two stages are taken as one: of a year's totals, both shown, for there is nothing better."""
    shown = shown_stages(figures)
    whole_year = isinstance(figures.span, FinancialYear)
    return whole_year and len(shown) == len(STAGES) and not any(stage.expected for stage in shown)


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
    """Return a relative likelihood, its likely range, and what that tells; empty where it is hidden."""
    decision = Decision(figures, measure, group)
    return say(LIKELIHOOD, decision, decision.name)


def where_it_arises(figures: OrganisationFigures) -> str:
    """Return what the likely range of each stage of a year's totals tells; empty where vacancies are known.

    For then the headline is about each stage, and beside what equal chances give.
    """
    stages = shown_stages(figures)
    if not isinstance(figures.span, FinancialYear) or any(stage.expected for stage in stages):
        return ""
    decisions = [Decision(figures, stage.measure) for stage in stages]
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
