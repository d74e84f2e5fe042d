"""An organisation's headline, made again from the rows of the charts and the sentences below it; no other passes."""

from collections.abc import Iterator, Mapping

from lt_analysis.codebook.ethnicity import BME
from lt_analysis.codebook.measures import STAGES, Measure
from lt_analysis.codebook.naming import capitalised, people_of
from lt_analysis.codebook.words import TOO_FEW as TOO_FEW_PEOPLE
from lt_analysis.reporting.gate.charted import ABOVE, BELOW, WITHIN

TOO_FEW_POSTS = "too few posts"
WITHOUT_FIGURES = (
    "A return could not be used, so there are no figures.",
    "Returns are missing, so there are no figures for the year.",
    "Published figures from elsewhere await approval, so none is shown yet.",
    f"{TOO_FEW_PEOPLE}.",
)
WAYS = {BELOW: "fewer", ABOVE: "more"}
OPEN, TOO_FEW = "open", "too few"  # what a likely range of totals tells, where it does not tell who was more likely
TOTALS_ALONE = "Totals alone: "


def of_chances(places: Mapping[str, str]) -> str:
    """Make the headline of numbers beside equal chances, from the place of each stage that is shown.

    A stage is named by the outcome that is counted, `shortlisted` or `appointed`; one that is hidden is not there.
    """
    people = people_of(BME)
    shown = [(stage, places[stage.counts[1]]) for stage in STAGES if stage.counts[1] in places]
    if len(shown) == 1:
        ((stage, place),) = shown
        return f"{capitalised(_clause(stage, place))}; {_hidden(stage)}."
    match [place for _, place in shown]:
        case [first, last] if first == last == TOO_FEW_POSTS:
            return "Too few posts to tell."
        case [first, last] if first == last == WITHIN:
            return f"The numbers of {people} shortlisted and appointed both fit equal chances."
        case [first, last] if first == last:
            return (
                f"{WAYS[first].capitalize()} {people} were shortlisted and appointed than equal chances usually give."
            )
        case [first, last] if {first, last} == {*WAYS}:
            said = (
                f"{WAYS[first]} {people} were shortlisted, but {WAYS[last]} appointed, than equal chances usually give."
            )
            return capitalised(said)
    return capitalised("; ".join(_clause(stage, place) for stage, place in shown) + ".")


def _clause(stage: Measure, place: str) -> str:
    if place == TOO_FEW_POSTS:
        return f"{TOO_FEW_POSTS} to judge {stage.key}"
    if place == WITHIN:
        return f"numbers {stage.done} fit equal chances"
    return f"{WAYS[place]} {people_of(BME)} {stage.done} than equal chances usually give"


def _hidden(shown: Measure) -> str:
    (other,) = (stage for stage in STAGES if stage is not shown)
    return f"numbers {other.done} cannot be shown"


def of_totals(sides: Mapping[str, str]) -> str:
    """Make the headline of totals, from what the likely range of each stage that is shown tells: a side, or neither.

    Stages go by their keys, `shortlisting` and `appointment`.
    """
    shown = [(stage, sides[stage.key]) for stage in STAGES if stage.key in sides]
    return f"{TOTALS_ALONE}{'; '.join(_of_totals(shown))}."


def _of_totals(shown: list[tuple[Measure, str]]) -> Iterator[str]:
    told = [(stage, side) for stage, side in shown if side not in (OPEN, TOO_FEW)]
    if len(shown) == 1:
        ((stage, side),) = shown
        yield _likely(stage, side) if told else f"numbers {stage.done} leave it open"
        yield _hidden(stage)
    elif not told and {side for _, side in shown} == {TOO_FEW}:
        yield "too few people shortlisted and appointed to say who was more likely"
    elif not told:
        yield "numbers shortlisted and appointed do not show who was more likely to succeed"
    elif len(told) == 1:
        ((stage, side),) = told
        (other,) = (one for one, _ in shown if one is not stage)
        yield _likely(stage, side)
        yield f"numbers {other.done} leave it open"
    else:
        (first, one), (last, other) = told
        yield f"{_likely(first, one)}, {'and' if one == other else 'but'} {other} likely to be {last.done}"


def _likely(stage: Measure, side: str) -> str:
    return f"White people {side} likely to be {stage.done}"
