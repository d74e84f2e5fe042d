"""Figures to text: the only place where a number, a name or a day becomes words, and where words are chosen.

Each form takes a figure and returns text, empty where there is nothing to say; a form that chooses returns the name of
a case. `figure_of` finds a figure of a release by its name, as a page carries it:

- `*`: the release itself; `*/shortlisting`: one decision in every organisation of the partnership;
- `ashbourne`: an organisation; `ashbourne/evidence`: its evidence since the declared start;
- `ashbourne/2025-26/shortlisting/BME`: a group in one decision of an organisation's year, or of the partnership's;
- `ashbourne/2025-26/shortlisted/BME/8+`: a number of people, by its key.
"""

from collections.abc import Callable, Mapping

from lt_analysis.codebook.ethnicity import BME
from lt_analysis.codebook.measures import APPOINTMENT, MEASURES, SHORTLISTING, STAGES
from lt_analysis.codebook.naming import people_of
from lt_analysis.codebook.words import TOO_FEW
from lt_analysis.evidence.relative_likelihood import RelativeLikelihood
from lt_analysis.release.figures import ITS_FOLDER, OrganisationFigures, Release, StageFigure, Status
from lt_analysis.rendering.numbers import interval, ratio, whole
from lt_analysis.rendering.shown import Part, Said, Sentence

FEWEST_FOR_A_RATIO = 5  # of fewer people in either group the ratio says more than the counts do


def place(figure: StageFigure) -> str:
    """Return where a stage's count lies beside equal chances: fewer, fits, more, or untold; empty of totals."""
    if not figure.expected:
        return ""
    successful, chance = figure.likelihood.group_successful, figure.expected
    if not chance.could_tell:
        return "untold"
    return "fewer" if successful < chance.low else "more" if successful > chance.high else "fits"


def has_ratio(of: RelativeLikelihood) -> bool:
    """Tell whether the counts of two groups may be given as a ratio: some of both succeeded, and neither is tiny."""
    enough = min(of.white_people, of.group_people) >= FEWEST_FOR_A_RATIO
    return enough and min(of.white_successful, of.group_successful) > 0


def may_have_ratio(figure: StageFigure) -> bool:
    """Tell whether a relative likelihood may be given of a stage."""
    return has_ratio(figure.likelihood)


def side(figure: StageFigure) -> str:
    """Return on which side of 1 the range lies, more or less; open where it holds 1, and none where none is given."""
    if not may_have_ratio(figure):
        return "none"
    low, high = figure.likelihood.confidence_interval()
    return "more" if low > 1 else "less" if high < 1 else "open"


def _counted(figure: StageFigure) -> str:
    if figure.hidden:
        return "hidden"
    if not figure.likelihood.group_successful + figure.likelihood.white_successful:
        return "nobody"
    return {"": "totals", "untold": "untold"}.get(place(figure), "told")


def _both_places(figures: OrganisationFigures) -> str:
    return " ".join(place(figures.stage(measure)) for measure in STAGES)


def _both_sides(figures: OrganisationFigures) -> str:
    sides = [side(figures.stage(measure)) for measure in STAGES]
    if not any(may_have_ratio(figures.stage(measure)) for measure in STAGES):
        return "none"
    return " ".join("open" if one == "none" else one for one in sides)


def shown_stages(figures: OrganisationFigures) -> list[StageFigure]:
    """Return the stages of an organisation's year that are shown."""
    return [figures.stage(stage) for stage in STAGES if not figures.stage(stage).hidden]


def _headline(figures: OrganisationFigures) -> str:
    if figures.status != Status.COMPLETE:
        return str(figures.status)
    shown = shown_stages(figures)
    if not shown:
        return "nothing"
    if len(shown) < len(STAGES):
        return f"half {place(shown[0]) or f'totals {side(shown[0])}'}"
    return f"beside {_both_places(figures)}" if all(one.expected for one in shown) else f"totals {_both_sides(figures)}"


def _compared(figures: OrganisationFigures) -> str:
    """Return how much of a year is set beside equal chances: totals, nothing, one stage or two."""
    shown = shown_stages(figures)
    if not shown:
        return "hidden"
    if not figures.adjusted_for_vacancies:
        return "totals"
    return str(sum(place(stage) != "untold" for stage in shown))


OF_STAGES: Mapping[str, Callable[[StageFigure], object]] = {
    "place": place,
    "side": side,
    "counted": _counted,
    "ratio_given": lambda one: "hidden" if one.hidden else side(one) if may_have_ratio(one) else "none",
    "successful": lambda one: whole(one.likelihood.group_successful),
    "all_successful": lambda one: whole(one.likelihood.group_successful + one.likelihood.white_successful),
    "of_group": lambda one: whole(one.likelihood.group_people),
    "of_both": lambda one: whole(one.likelihood.group_people + one.likelihood.white_people),
    "expected": lambda one: whole(one.expected.people),
    "low": lambda one: whole(one.expected.low),
    "high": lambda one: whole(one.expected.high),
    "informative": lambda one: whole(one.expected.informative),
    "event": lambda one: one.measure.event,
    "people": lambda one: one.measure.people,
    "done": lambda one: one.measure.done,
    "decision": lambda one: one.measure.key,
    "where": lambda one: one.measure.where,
    "group_people": lambda one: people_of(one.group),
    "group_candidates": lambda one: people_of(one.group, one.measure.people),
    "ratio": lambda one: ratio(one.likelihood.ratio),
    "likely_range": lambda one: interval(*one.likelihood.confidence_interval()),
    "all_posts": lambda one: "Adding up all posts, the" if one.expected else "The",
    "fewest_for_a_ratio": lambda one: str(FEWEST_FOR_A_RATIO),
}
OF_ORGANISATIONS: Mapping[str, Callable[[OrganisationFigures], object]] = {
    "headline": _headline,
    "compared": _compared,
    "too_few_people": lambda one: TOO_FEW,
    "first_done": lambda one: SHORTLISTING.done,
    "last_done": lambda one: APPOINTMENT.done,
    "first_decision": lambda one: SHORTLISTING.key,
    "last_decision": lambda one: APPOINTMENT.key,
    "shown_done": lambda one: shown_stages(one)[0].measure.done,
    "shown_decision": lambda one: shown_stages(one)[0].measure.key,
    "hidden_done": lambda one: next(figure.measure.done for figure in map(one.stage, STAGES) if figure.hidden),
    "bme_people": lambda one: people_of(BME),
    "unusable": lambda one: ", ".join(period for period in one.refused if period != ITS_FOLDER),
    "not_received": lambda one: ", ".join(one.missing),
}


FORMS: Mapping[str, Callable[[object], object]] = {**OF_STAGES, **OF_ORGANISATIONS}


def named(figures: OrganisationFigures) -> str:
    """Return the name under which a page may carry an organisation's figures; empty on an exact page."""
    return "" if figures.people is None else figures.slug


def named_stage(figures: OrganisationFigures, figure: StageFigure) -> str:
    """Return the name of a group in one decision of an organisation's year; empty on an exact page."""
    slug = named(figures)
    return slug and f"{slug}/{figures.span}/{figure.measure.key}/{figure.group}"


def figure_of(release: Release, name: str) -> object:
    """Return the figure that a page names. Raises `LookupError` or `ValueError` where the release has none such."""
    match name.split("/"):
        case ["*"]:
            return release
        case [slug]:
            return release.organisation(slug)
        case [slug, span, measure, group]:
            figures = release.organisation(slug)
            if str(figures.span) != span:
                raise LookupError(name)
            return figures.stage(MEASURES[measure], group)
        case _:
            raise LookupError(name)


def say(sentence: Sentence, figure: object, name: str) -> Said:
    """Return what a sentence says of a figure, which a page carries under its name; of an exact one, mere text."""
    return Said(Part(sentence.of(figure, FORMS), sentence.name, name))


def say_form(form: str, figure: object, name: str) -> Said:
    """Return what a form alone says of a figure."""
    return Said(Part(str(FORMS[form](figure)), form, name))
