"""The sentences of an organisation's page, computed from its figures.

Counts come first and the direction is always said. A count is said to fit equal chances or not, never to
show bias: what is tested is a difference within posts, not its cause, and merit is not adjusted for. A count
that fits equal chances does not show that chances were equal. A hidden figure's sentence is the same
whatever the truth is.
"""

from lt_analysis.codebook.ethnicity import BME
from lt_analysis.codebook.measures import APPOINTMENT, OVERALL, SHORTLISTING, STAGES, Measure
from lt_analysis.codebook.naming import capitalised, people_of
from lt_analysis.codebook.periods import FinancialYear, Quarter
from lt_analysis.codebook.words import BAND_8_POSTS, TOO_FEW, called
from lt_analysis.evidence.appendix import RelativeLikelihood
from lt_analysis.release.figures import ITS_FOLDER, OrganisationFigures, Release, StageFigure, State, Status
from lt_analysis.release.keys import ALL_BANDS, Key
from lt_analysis.rendering.numbers import interval, ratio, whole
from lt_analysis.rendering.people import in_words

# A relative likelihood of fewer people than this in either group says more than the counts do.
FEWEST_FOR_A_RATIO = 5
TOTALS_ALONE = "Totals alone: "  # begins what is said without knowing which posts people applied to
CORRECTED = "Something of a period shown here has since been corrected. What was published stands."
UNDECIDED = "A post that was still undecided when the return was sent counts as nobody appointed."


def title(figures: OrganisationFigures) -> str:
    """Name the page."""
    posts = figures.posts if figures.posts != BAND_8_POSTS else f"posts at {BAND_8_POSTS}"
    return f"Recruitment to {posts}: {figures.name}"


def headline(figures: OrganisationFigures) -> str:
    """State the finding in at most 15 words, a group's label being one."""
    if figures.status == Status.AWAITING:
        return "Published figures from elsewhere await approval, so none is shown yet."
    if figures.status == Status.REFUSED:
        return "A return could not be used, so there are no figures."
    if figures.status == Status.INCOMPLETE:
        return "Returns are missing, so there are no figures for the year."
    stages = [figures.stage(stage) for stage in STAGES]
    shown = _shown(figures)
    if not shown:
        return f"{TOO_FEW}."
    if len(shown) < len(stages):
        return _of_one_stage(*shown, *(stage for stage in stages if stage.hidden))
    if all(stage.expected for stage in stages):
        return _against_equal_chances(*stages)
    return _by_likely_range(*stages)


def beside_chance(figure: StageFigure) -> str:
    """Say where a stage's count lies beside equal chances: fewer, fits, more, or untold."""
    successful, chance = figure.likelihood.group_successful, figure.expected
    if not chance.could_tell:
        return "untold"
    return "fewer" if successful < chance.low else "more" if successful > chance.high else "fits"


def _against_equal_chances(first: StageFigure, last: StageFigure) -> str:
    places = beside_chance(first), beside_chance(last)
    people = people_of(first.group)
    match places:
        case "untold", "untold":
            return "Too few posts to tell."
        case "fits", "fits":
            return f"The numbers of {people} shortlisted and appointed both fit equal chances."
        case ("fewer", "fewer") | ("more", "more"):
            both = places[0].capitalize()
            return f"{both} {people} were shortlisted and appointed than equal chances usually give."
        case ("fewer", "more") | ("more", "fewer"):
            one, other = places
            said = f"{one} {people} were shortlisted, but {other} appointed, than equal chances usually give."
        case _:
            said = "; ".join(_clause(figure, place) for figure, place in zip((first, last), places, strict=True)) + "."
    return capitalised(said)


def _clause(figure: StageFigure, place: str) -> str:
    done = figure.measure.done
    match place:
        case "untold":
            return f"too few posts to judge {figure.measure.key}"
        case "fits":
            return f"numbers {done} fit equal chances"
        case _:
            return f"{place} {people_of(figure.group)} {done} than equal chances usually give"


def _of_one_stage(shown: StageFigure, hidden: StageFigure) -> str:
    """Say what the one stage tells that is shown, and that the other is not."""
    clause = _clause(shown, beside_chance(shown)) if shown.expected else _range_in_a_clause(shown)
    said = capitalised(clause) if shown.expected else f"{TOTALS_ALONE}{clause}"
    return f"{said}; numbers {hidden.measure.done} cannot be shown."


def _range_in_a_clause(figure: StageFigure) -> str:
    side, done = _side(figure), figure.measure.done
    return f"White people {side} likely to be {done}" if side else f"numbers {done} leave it open"


def _by_likely_range(first: StageFigure, last: StageFigure) -> str:
    """Say of both stages what their totals tell: the stage that tells which group was more likely comes first."""
    sides = [(_side(figure), figure.measure.done) for figure in (first, last)]
    told = [(side, done) for side, done in sides if side]
    match told:
        case []:
            if not (may_have_ratio(first) or may_have_ratio(last)):
                return f"{TOTALS_ALONE}too few people shortlisted and appointed to say who was more likely."
            return f"{TOTALS_ALONE}numbers shortlisted and appointed do not show who was more likely to succeed."
        case [(side, done)]:
            (other,) = (done for side, done in sides if not side)
            return f"{TOTALS_ALONE}White people {side} likely to be {done}; numbers {other} leave it open."
        case _:
            (one, done), (other, then) = told
            join = "and" if one == other else "but"
            return f"{TOTALS_ALONE}White people {one} likely to be {done}, {join} {other} likely to be {then}."


def _side(figure: StageFigure) -> str:
    """Say whether White people were more or less likely to succeed; empty where the range holds 1, or is not given."""
    if not may_have_ratio(figure):
        return ""
    low, high = figure.likelihood.confidence_interval()
    return "more" if low > 1 else "less" if high < 1 else ""


def main_points(figures: OrganisationFigures) -> dict[str, str]:
    """Say the finding, its counts, and what cannot be told, by the key of the figure that each states.

    Ratios are given of totals, for there is nothing better; over both stages only for a year, never for one quarter.
    """
    over_both = _over_both(figures)
    return {
        "headline": headline(figures),
        "why": why_nothing(figures),
        "returns": returns_note(figures),
        "shortlisting.counts": counts(figures, SHORTLISTING),
        "appointment.counts": counts(figures, APPOINTMENT),
        "arises": where_it_arises(figures),
        **({"overall.likelihood": likelihood(over_both)} if over_both else {}),
        "caution": caution(figures),
    }


def about(figures: OrganisationFigures) -> dict[str, tuple[Key, ...]]:
    """Return the keys of the numbers that the main points set beside equal chances, by the sentence that does."""
    keys = {
        f"{stage.measure.key}.counts": key_of(figures, stage.measure) for stage in _shown(figures) if stage.expected
    }
    keyed = {name: (key,) for name, key in keys.items() if key}
    return keyed | {"headline": tuple(key for keys in keyed.values() for key in keys)}


def key_of(figures: OrganisationFigures, measure: Measure) -> Key | None:
    """Return the key of how many of the group succeeded at a stage; None on an exact page, which has none."""
    if figures.people is None:
        return None
    return figures.people.number(measure.counts[1], BME, ALL_BANDS).key


def _over_both(figures: OrganisationFigures) -> StageFigure | None:
    """Return the two stages of a year's totals as one; None where vacancies are known, or a stage is hidden."""
    shown = _shown(figures)
    whole_year = isinstance(figures.span, FinancialYear)
    if not whole_year or len(shown) < len(STAGES) or any(stage.expected for stage in shown):
        return None
    return figures.stage(OVERALL)


def why_nothing(figures: OrganisationFigures) -> str:
    """Say what it means that figures are not there; empty where they are."""
    if figures.status == Status.COMPLETE and len(_shown(figures)) < len(STAGES):
        return (
            "Some numbers are not shown, so that nobody can be identified, nor worked out from other numbers. "
            "That says nothing about whether chances were equal."
        )
    return ""


def _shown(figures: OrganisationFigures) -> list[StageFigure]:
    return [figures.stage(stage) for stage in STAGES if not figures.stage(stage).hidden]


def why_together(figures: OrganisationFigures) -> str:
    """Say why years are added up, and which."""
    spans = ", and ".join(in_words(table.span) for table in figures.together)
    why = "In a single year too many numbers would have to be hidden."
    return f"{why} So these years are added up: {spans}. No year is added up twice."


def returns_note(figures: OrganisationFigures) -> str:
    """Name the returns that were not received or could not be used; empty where there are none."""
    said = []
    refused = [period for period in figures.refused if period != ITS_FOLDER]
    if refused:
        said.append(f"What was sent for {', '.join(refused)} could not be used and has to be sent again.")
    if ITS_FOLDER in figures.refused:
        said.append("Its folder of returns has a fault and has to be put right.")
    if figures.status == Status.REFUSED and not figures.refused:
        said.append(
            "Its returns of the year mix applications and totals, which cannot be added up: send one kind again."
        )
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
    if not everybody:
        return f"There were no {measure.event} of people of known ethnicity."
    sentence = f"{whole(successful)} of {whole(everybody)} {measure.event} went to {people_of(figure.group)}"
    if not figure.expected:
        together = whole(of.group_people + of.white_people)
        return f"{sentence}, who were {whole(of.group_people)} of {together} {measure.people}."
    chance = figure.expected
    if not chance.could_tell:
        return f"{sentence}; too few posts to say more."
    return (
        f"{sentence}; about {whole(chance.people)} expected if chances were equal {measure.where}; "
        f"{whole(chance.low)} to {whole(chance.high)} is the usual range. "
        f"{whole(chance.informative)} posts could have gone either way."
    )


def may_have_ratio(figure: StageFigure) -> bool:
    """Tell whether a relative likelihood may be given: some of both groups succeeded, and neither is tiny."""
    return has_ratio(figure.likelihood)


def has_ratio(of: RelativeLikelihood) -> bool:
    """Tell whether the counts of two groups may be given as a ratio."""
    enough = min(of.white_people, of.group_people) >= FEWEST_FOR_A_RATIO
    return enough and min(of.white_successful, of.group_successful) > 0


def likelihood(figure: StageFigure) -> str:
    """State a relative likelihood, its likely range, and what that tells; empty where it is hidden."""
    if figure.hidden:
        return ""
    people, done = figure.measure.people, figure.measure.done
    if not may_have_ratio(figure):
        return (
            f"No relative likelihood is given: in one group nobody was {done}, "
            f"or there were fewer than {FEWEST_FOR_A_RATIO} {people}."
        )
    low, high = figure.likelihood.confidence_interval()
    posts = "Adding up all posts, the" if figure.expected else "The"
    return (
        f"{posts} share of White {people} who were {done} was {ratio(figure.likelihood.ratio)} times the share of "
        f"{people_of(figure.group, people)}. Anywhere from about {interval(low, high)} times fits the counts: "
        f"{_told(figure)}."
    )


def _told(figure: StageFigure) -> str:
    side = _side(figure)
    if not side:
        return "the counts do not show who was more likely"
    return f"White people were {side} likely to be {figure.measure.done}"


def where_it_arises(figures: OrganisationFigures) -> str:
    """Say of each stage of a year's totals what its likely range tells; empty where vacancies are known.

    For then the headline is about each stage, and beside what equal chances give.
    """
    stages = _shown(figures)
    if not isinstance(figures.span, FinancialYear) or any(stage.expected for stage in stages):
        return ""
    return " ".join(f"At {stage.measure.key}, {_range_in_words(stage)}." for stage in stages)


def _range_in_words(figure: StageFigure) -> str:
    if not may_have_ratio(figure):
        return "there were too few people to say"
    side = _side(figure)
    told = f"White people were {side} likely to succeed" if side else "the counts do not show who was more likely"
    return f"{told} ({_ratio_and_range(figure)})"


def _ratio_and_range(figure: StageFigure) -> str:
    times = f"{ratio(figure.likelihood.ratio)} times that of {people_of(figure.group)}"
    return f"White people's share {times}, likely range {interval(*figure.likelihood.confidence_interval())}"


def caution(figures: OrganisationFigures) -> str:
    """Say what the figures cannot tell."""
    shown = _shown(figures)
    if not shown:
        return ""
    if figures.adjusted_for_vacancies:
        compared = sum(beside_chance(stage) != "untold" for stage in shown)
        if not compared:
            return "Too few posts could have gone either way, so nothing is compared here."
        here = "two counts are" if compared == len(STAGES) else "one count is"
        return (
            "A count that fits equal chances does not show that chances were equal, and one that does not fit "
            f"does not show why. Equal chances alone put about 1 count in 20 outside its range, and 1 in 10 at the "
            f"most; {here} compared here."
        )
    return (
        "These totals are not adjusted for which posts people applied to. Where one group goes for posts with "
        "more applicants, totals can show a gap that no single panel made."
    )


def unknown_note(figures: OrganisationFigures) -> str:
    """Say what leaving out people of unknown ethnicity may do."""
    if figures.state == State.RESTRICTED:
        return "People whose ethnicity is not known are left out here; their numbers are further down."
    how_many = (
        "how many they are was not published"
        if figures.source
        else "how many of the applicants they are is on the page on data quality, where that may be shown"
    )
    return (
        f"People whose ethnicity is not known are left out; {how_many}. "
        "Counting them could raise or lower every ratio on this page."
    )


def coverage(figures: OrganisationFigures) -> dict[str, str]:
    """Say which period the page covers, what is new, and when the next figure is due."""
    new = {} if figures.state == State.RESTRICTED else {"What is new": _what_is_new(figures)}
    return (
        {
            "Covers": f"{_covers(figures)}.",
            **new,
            "Next figures": _next_due(figures),
            "Posts": _posts(figures),
        }
        | _who_is_bme(figures)
        | since_corrected(figures)
    )


def since_corrected(shown: OrganisationFigures | Release) -> dict[str, str]:
    """Say that a return was corrected after it was published, and nothing of what: empty where none was."""
    return {"Since then": CORRECTED} if shown.corrected else {}


def _covers(figures: OrganisationFigures) -> str:
    kind = "financial year" if isinstance(figures.span, FinancialYear) else "quarter"
    return f"{figures.span.in_words} ({kind} {figures.span}), in the report for {figures.quarter.in_words}"


def _what_is_new(figures: OrganisationFigures) -> str:
    if not figures.first_published:
        return "No figures are published for this organisation."
    if figures.source:
        return (
            "Nothing. The counts were published elsewhere and stand as printed; ratios and ranges are worked out here."
        )
    if figures.first_published == str(figures.quarter):
        return "These figures are published here for the first time."
    first = Quarter.parse(figures.first_published)
    return f"Nothing: these figures were first published in the report for {first.in_words}."


def _next_due(figures: OrganisationFigures) -> str:
    if figures.source:
        return "None: these figures were published once."
    if isinstance(figures.span, Quarter):
        return f"For {figures.span.next.in_words}, after that quarter has ended."
    return year_due(FinancialYear(figures.span.start + 1))


def quarter_due(quarter: Quarter) -> str:
    """Say when a quarter's figures of all organisations together are due: a report shows the quarter before its own."""
    return f"For {quarter.in_words}, in the report for {quarter.next.in_words}."


def year_due(year: FinancialYear) -> str:
    """Say when a year's figures are due."""
    return f"For {year.in_words}, in the report for {year.quarters[-1].in_words}."


def _posts(figures: OrganisationFigures) -> str:
    if figures.posts != BAND_8_POSTS:
        return f"{figures.posts.capitalize()}, not {BAND_8_POSTS}. Source: {figures.source}."
    if not figures.hidden and not figures.adjusted_for_vacancies:
        return f"{BAND_8_POSTS}, or equivalent pay. Whether bulk campaigns are among them is not known."
    return f"{BAND_8_POSTS}, or equivalent pay. International and bulk campaigns are left out. {UNDECIDED}"


def _who_is_bme(figures: OrganisationFigures) -> dict[str, str]:
    single = [group for group in figures.groups if group != BME]
    if figures.state == State.RESTRICTED or len(single) < 2:
        return {}
    together = f"{', '.join(single[:-1])} and {single[-1]}, together"
    return {f"{capitalised(called(BME))} here": f"The groups that were published: {together}."}


def group_sentences(figures: OrganisationFigures) -> dict[str, str]:
    """Say each single group's relative likelihood from application to appointment."""
    groups = [group for group in figures.groups if group != BME]
    return {f"overall.{group}": likelihood(figures.stage(OVERALL, group)) for group in groups}
