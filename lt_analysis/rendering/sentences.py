"""The sentences of a page, computed from its figures; counts first, direction always said, no verdict.

The wording follows three rules. A count is said to fit equal chances or not, never to show bias: what is
tested is a difference within posts, not its cause, and merit is not adjusted for. A count that fits equal
chances does not show that chances were equal. And a hidden figure's sentence is the same whatever the
truth is.
"""

from lt_analysis.codebook.ethnicity import BME
from lt_analysis.codebook.measures import APPOINTMENT, OVERALL, SHORTLISTING, STAGES, Measure
from lt_analysis.codebook.periods import FinancialYear, Quarter
from lt_analysis.codebook.words import BAND_8_POSTS, NOT_YET_AUDITED, PARTNERSHIP, TOO_FEW
from lt_analysis.release.figures import ITS_FOLDER, OrganisationFigures, Release, StageFigure, State, Status
from lt_analysis.rendering.numbers import interval, ratio, whole


def title(figures: OrganisationFigures) -> str:
    """Name the page."""
    posts = figures.posts if figures.posts != BAND_8_POSTS else f"posts at {BAND_8_POSTS}"
    return f"Recruitment to {posts}: {figures.name}"


def headline(figures: OrganisationFigures) -> str:
    """State the finding in at most 15 words."""
    if figures.status == Status.REFUSED:
        return "A return could not be used, so there are no figures."
    if figures.status == Status.INCOMPLETE:
        return "Returns are missing, so there are no figures for the year."
    if figures.hidden:
        return f"{TOO_FEW}."
    appointed = figures.stage(APPOINTMENT)
    if appointed.expected:
        return _against_equal_chances(appointed)
    return _by_likely_range(figures.stage(OVERALL))


def _against_equal_chances(figure: StageFigure) -> str:
    successful, chance = figure.likelihood.group_successful, figure.expected
    if not chance.could_tell:
        return "Too few posts to tell."
    if successful < chance.low:
        return f"Fewer {figure.group} people were appointed than equal chances would usually give."
    if successful > chance.high:
        return f"More {figure.group} people were appointed than equal chances would usually give."
    return f"The number of {figure.group} people appointed fits equal chances on each shortlist."


def _by_likely_range(figure: StageFigure) -> str:
    low, high = figure.likelihood.confidence_interval()
    people = figure.measure.people
    if low > 1:
        return f"White {people} were more likely than {figure.group} {people} to be {figure.measure.done}."
    if high < 1:
        return f"White {people} were less likely than {figure.group} {people} to be {figure.measure.done}."
    return f"These figures cannot tell whether White and {figure.group} people were equally likely to be appointed."


def main_points(figures: OrganisationFigures) -> dict[str, str]:
    """Say the finding, its counts, and what cannot be told, by the key of the figure that each states."""
    return {
        "headline": headline(figures),
        "why": why_nothing(figures),
        "returns": returns_note(figures),
        "appointment.counts": counts(figures, APPOINTMENT),
        "shortlisting.counts": counts(figures, SHORTLISTING),
        "appointment.likelihood": likelihood(figures.stage(APPOINTMENT)),
        "arises": where_it_arises(figures),
        "caution": caution(figures),
    }


def why_nothing(figures: OrganisationFigures) -> str:
    """Say what is being done about figures that are not there; empty where they are."""
    if figures.status == Status.COMPLETE and figures.hidden:
        return "This says nothing about whether chances were equal."
    return ""


def returns_note(figures: OrganisationFigures) -> str:
    """Name the returns that were not received or could not be used; empty where there are none."""
    said = []
    refused = [period for period in figures.refused if period != ITS_FOLDER]
    if refused:
        said.append(f"What was sent for {', '.join(refused)} could not be used and has to be sent again.")
    if ITS_FOLDER in figures.refused:
        said.append("Its folder of returns has a fault and has to be put right.")
    if figures.missing:
        said.append(f"Nothing has been received for {', '.join(figures.missing)}.")
    return " ".join(said)


def counts(figures: OrganisationFigures, measure: Measure) -> str:
    """State a stage's counts, then what equal chances would give; empty where it is hidden."""
    figure = figures.stage(measure)
    if figure.hidden:
        return ""
    of = figure.likelihood
    successful, everybody = of.group_successful, of.group_successful + of.white_successful
    sentence = f"{whole(successful)} of {whole(everybody)} {measure.event} went to {figure.group} people"
    if not figure.expected:
        together = whole(of.group_people + of.white_people)
        return f"{sentence}, who were {whole(of.group_people)} of {together} {measure.people}."
    chance = figure.expected
    return (
        f"{sentence}; about {whole(chance.people)} expected if chances were equal {measure.where}; "
        f"{whole(chance.low)} to {whole(chance.high)} would be unremarkable."
    )


def likelihood(figure: StageFigure) -> str:
    """State a relative likelihood with its direction and likely range; empty where it is hidden."""
    if figure.hidden:
        return ""
    white = f"White {figure.measure.people}"
    value = figure.likelihood.ratio
    if value is None:
        return f"How likely {white} were beside {figure.group} people cannot be calculated."
    low, high = figure.likelihood.confidence_interval()
    direction = "more" if value > 1 else "less"
    meaning = "equally likely" if ratio(value) == "1.00" else f"so White people were {direction} likely"
    return (
        f"{white} were {ratio(value)} times as likely as {figure.group} {figure.measure.people} to be "
        f"{figure.measure.done}, {meaning}; anywhere from about {interval(low, high)} times fits the counts."
    )


def where_it_arises(figures: OrganisationFigures) -> str:
    """Say at which stage a gap arises; empty where the figures are hidden.

    Where vacancies are known, each stage's count is set against equal chances within them; where only
    totals are, the likely range of each stage's relative likelihood is set against 1.
    """
    if figures.hidden:
        return ""
    stages = [figures.stage(stage) for stage in STAGES]
    if all(stage.expected for stage in stages):
        said = [f"At {stage.measure.key}, {_beside_chance(stage)}" for stage in stages]
        return ". ".join(said) + "."
    lows = [stage.likelihood.confidence_interval().low for stage in stages]
    if min(lows) > 1:
        both = " and ".join(f"at {stage.measure.key} ({ratio(stage.likelihood.ratio)})" for stage in stages)
        return f"The gap arises at both stages: White people were more likely to succeed {both}."
    return ". ".join(f"At {stage.measure.key}, {_beside_one(stage)}" for stage in stages) + "."


def _beside_chance(figure: StageFigure) -> str:
    successful, chance = figure.likelihood.group_successful, figure.expected
    if not chance.could_tell:
        return "there were too few posts to tell"
    if chance.low <= successful <= chance.high:
        return f"the number of {figure.group} people who succeeded fits equal chances"
    fewer = "fewer" if successful < chance.low else "more"
    return f"{fewer} {figure.group} people succeeded than equal chances would usually give"


def _beside_one(figure: StageFigure) -> str:
    low, high = figure.likelihood.confidence_interval()
    if low <= 1 <= high:
        return "the counts cannot tell which group was more likely to succeed"
    return f"White people were {'more' if low > 1 else 'less'} likely to succeed ({ratio(figure.likelihood.ratio)})"


def caution(figures: OrganisationFigures) -> str:
    """Say what the figures cannot tell."""
    if figures.hidden:
        return ""
    if figures.adjusted_for_vacancies:
        return (
            "A count that fits equal chances does not show that chances were equal, and one that does not fit "
            "does not show why. About 1 organisation in 20 would fall outside its range by chance alone."
        )
    return (
        "These totals are not adjusted for which posts people applied to. Where one group goes for posts with "
        "more applicants, totals can show a gap that no single panel made."
    )


def coverage(figures: OrganisationFigures) -> dict[str, str]:
    """Say which period the page covers, what is new, and when the next figure is due."""
    return {
        "Covers": f"{_covers(figures)}.",
        "What is new": _what_is_new(figures),
        "Next figures": _next_due(figures),
        "Posts": _posts(figures),
    } | _who_is_bme(figures)


def _who_is_bme(figures: OrganisationFigures) -> dict[str, str]:
    single = [group for group in figures.groups if group != BME]
    if figures.state == State.RESTRICTED or len(single) < 2:
        return {}
    return {"BME here": f"The groups that were published: {', '.join(single[:-1])} and {single[-1]}."}


def _covers(figures: OrganisationFigures) -> str:
    kind = "The financial year" if isinstance(figures.span, FinancialYear) else "The quarter"
    return f"{kind} {figures.span} ({figures.span.in_words})"


def _what_is_new(figures: OrganisationFigures) -> str:
    if figures.state == State.RESTRICTED:
        return f"Everything: these are the figures of {figures.quarter}."
    if not figures.first_published:
        return "No figures are published for this organisation this quarter."
    if figures.source:
        return "Nothing: these figures were published elsewhere, and stand as printed."
    if figures.first_published == str(figures.quarter):
        return f"These figures are published here for the first time, in the report for {figures.quarter}."
    return f"Nothing: these figures were first published in the report for {figures.first_published}."


def _next_due(figures: OrganisationFigures) -> str:
    if figures.source:
        return "None: these figures were published once."
    if isinstance(figures.span, Quarter):
        following = figures.span.next
        return f"For {following} ({following.in_words}), after the quarter has ended."
    following = FinancialYear(figures.span.start + 1)
    return f"For {following} ({following.in_words}), in the report for {following.quarters[-1]}."


def _posts(figures: OrganisationFigures) -> str:
    if figures.posts != BAND_8_POSTS:
        return f"{figures.posts.capitalize()}, not {BAND_8_POSTS}. Source: {figures.source}."
    return f"{BAND_8_POSTS}, or equivalent pay. International and bulk campaigns are left out."


def front_page_title(release: Release) -> str:
    """Name the front page."""
    return f"{PARTNERSHIP}: recruitment to senior posts, {release.quarter.in_words}"


def front_page_points(release: Release) -> dict[str, str]:
    """Say what the quarter's report holds: how many organisations, and how many can be shown."""
    everyone = release.organisations
    shown = sum(not one.hidden for one in everyone)
    few = sum(one.hidden and one.status == Status.COMPLETE for one in everyone)
    missing = sum(bool(one.missing) for one in everyone)
    refused = sum(bool(one.refused) for one in everyone)
    return {
        "organisations": f"{shown} of {len(everyone)} organisations have figures that can be published.",
        "few": f"{few} had too few people to say without identifying someone." if few else "",
        "missing": f"{missing} did not send every return." if missing else "",
        "refused": f"{refused} sent a return that could not be used." if refused else "",
    }


def front_page_coverage(release: Release) -> dict[str, str]:
    """Say which period the front page covers, what is new, what is due next, and what is not yet audited."""
    quarter = release.quarter
    new = [one.name for one in release.organisations if one.first_published == str(quarter) and not one.source]
    year = quarter.latest_complete_year
    following = FinancialYear(year.start + 1)
    return {
        "Covers": f"Report for {quarter} ({quarter.in_words}). Organisations' figures are for whole financial "
        f"years: now {year} ({year.in_words}).",
        "What is new": f"Figures for {', '.join(new)}." if new else "No organisation has new figures this quarter.",
        "Next figures": f"For {following} ({following.in_words}), in the report for {following.quarters[-1]}.",
        "Not yet audited": "; ".join(NOT_YET_AUDITED) + ".",
    }


def front_page_sentence(figures: OrganisationFigures) -> str:
    """Say an organisation's finding in the list of organisations."""
    own = (
        ""
        if figures.posts == BAND_8_POSTS
        else f"{figures.posts.capitalize()}, {figures.span}, not this audit's posts."
    )
    said = (own, headline(figures), counts(figures, APPOINTMENT), returns_note(figures))
    return " ".join(part for part in said if part)


def group_sentences(figures: OrganisationFigures) -> dict[str, str]:
    """Say each group's relative likelihood from application to appointment."""
    groups = [group for group in figures.groups if group != BME]
    return {f"overall.{group}": likelihood(figures.stage(OVERALL, group)) for group in groups}
