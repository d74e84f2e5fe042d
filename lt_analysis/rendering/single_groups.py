"""Where single groups lie beside equal chances, and whether they point apart.

That describes a year or a quarter and is no verdict: of several fair counts some lie outside, and some on either side.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from lt_analysis.codebook.ethnicity import BME
from lt_analysis.codebook.measures import STAGES, Measure
from lt_analysis.codebook.words import THE_RANGE, called
from lt_analysis.release.figures import OrganisationFigures, StageFigure, Status
from lt_analysis.rendering.forms.phrases import listed
from lt_analysis.rendering.measure_figures import cell_of, place

ONLY_TOTALS = "Only totals were sent, so single groups cannot be set beside equal chances."


@dataclass(frozen=True)
class SingleGroups:
    """Which single groups lie where at one decision; those in `untold` had too few posts that could tell.

    `apart` is whether one of them lies below its range and another above it.
    """

    measure: Measure
    below: tuple[str, ...]
    within: tuple[str, ...]
    above: tuple[str, ...]
    untold: tuple[str, ...]
    apart: bool


def single_groups(stages: Sequence[StageFigure]) -> SingleGroups:
    """Return where single groups' counts lie at one decision, of which there is an exact figure for each.

    Asian people are fewer than their range, and Black people more than theirs.

    >>> from lt_analysis.codebook.measures import APPOINTMENT
    >>> from lt_analysis.release.figures import Expected, RelativeLikelihood, State
    >>> def stage(group, appointed, expected):
    ...     counts, chance = RelativeLikelihood(20, 72, appointed, 24), Expected(True, expected, 3, 9, 12)
    ...     return StageFigure(APPOINTMENT, group, State.RESTRICTED, counts, chance)
    >>> found = single_groups([stage("Asian", 1, 6), stage("Black", 11, 6)])
    >>> found.below, found.within, found.above, found.apart
    (('Asian',), (), ('Black',), True)
    """
    places = {stage.group: place(stage) for stage in stages}
    return SingleGroups(
        measure=stages[0].measure,
        below=tuple(group for group, where in places.items() if where == "fewer"),
        within=tuple(group for group, where in places.items() if where == "fits"),
        above=tuple(group for group, where in places.items() if where == "more"),
        untold=tuple(group for group, where in places.items() if where == "untold"),
        apart={"fewer", "more"} <= set(places.values()),
    )


def sentences(figures: OrganisationFigures) -> dict[str, str]:
    """Return a sentence of each decision of an exact year or quarter, by its cell; none where there are no counts."""
    if figures.status != Status.COMPLETE:
        return {}
    if not figures.adjusted_for_vacancies:
        return {cell_of(figures, "single-groups"): ONLY_TOTALS}
    groups = [group for group in figures.groups if group != BME]
    found = [single_groups([figures.stage(measure, group) for group in groups]) for measure in STAGES]
    return {cell_of(figures, f"single-groups.{one.measure.key}"): sentence(one) for one in found}


def sentence(groups: SingleGroups) -> str:
    """Return which single groups lie below, within and above their ranges, and whether they point apart.

    >>> from lt_analysis.codebook.measures import SHORTLISTING
    >>> sentence(SingleGroups(SHORTLISTING, ("Asian",), ("Mixed", "Other"), (), (), False))
    'Shortlisted: Asian below the range if chances were equal; Mixed and Other within it.'
    """
    return f"{groups.measure.done.capitalize()}: {'; '.join(_clauses(groups))}."


def _clauses(groups: SingleGroups) -> Iterator[str]:
    words = {"below": groups.below, "within": groups.within, "above": groups.above}
    beside = THE_RANGE
    for word, some in words.items():
        if some:
            yield f"{_named(some)} {word} {beside}"
            beside = "it"
    if groups.untold:
        yield f"{_named(groups.untold)}: too few posts to set a range"
    if groups.apart:
        yield f"groups within {called(BME)} point apart"


def _named(groups: Sequence[str]) -> str:
    return listed([called(group) for group in groups])
