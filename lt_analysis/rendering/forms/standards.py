"""The forms of the race equality standards: their indicators, boards, and what was published elsewhere."""

from collections.abc import Mapping

from lt_analysis.codebook.benchmarks import AREAS, PERCENT, UNVERIFIED, Benchmark
from lt_analysis.codebook.downloads import NOT_GIVEN
from lt_analysis.codebook.ethnicity import BME
from lt_analysis.codebook.measures import OF_SURVEY, STAGES
from lt_analysis.codebook.naming import capitalised, people_of
from lt_analysis.codebook.standards import BOARD, NO_BOARD, NO_BOARDS, SEATS_IN_WORDS, Indicator, side
from lt_analysis.codebook.words import NO_YEAR, TOO_FEW_ANSWERS, called
from lt_analysis.release.figures import Release
from lt_analysis.rendering.figure import Figures, name_of
from lt_analysis.rendering.forms.measures import OF_TWO_GROUPS
from lt_analysis.rendering.forms.phrases import (
    NOT_SENT,
    day,
    gap_in_points,
    listed,
    part_in_a_cell,
    sign_of,
    so_many,
)
from lt_analysis.rendering.measure_figures import Compared, Happened, has_ratio
from lt_analysis.rendering.metric_figures import Elsewhere, FromSource, InArea
from lt_analysis.rendering.numbers import percentage, ratio, whole
from lt_analysis.rendering.shown import Forms
from lt_analysis.rendering.staff_figures import InPost
from lt_analysis.rendering.standard_figures import Answered, Measured, Printed, Seats, Standards, answers_of_year

NOT_SENT_OR_FEW = "not sent, or of too few staff"  # in place of what an indicator says of staff
TOO_FEW_SENT = "too few organisations can be shown"


def not_given_of(figures: Figures) -> str:
    """Return in words that nothing of a board was given: by an organisation, or by any."""
    return NO_BOARDS if isinstance(figures, Release) else NO_BOARD


def _instead(measured: Measured) -> str:
    """Return why nothing stands in the row of an indicator."""
    measure, figures = measured.indicator.measure, measured.figures
    if measured.indicator == BOARD:
        return not_given_of(figures)
    if isinstance(figures, Release):
        return TOO_FEW_SENT
    if measure in OF_SURVEY:
        sent = answers_of_year(figures, measure) or measure.key in figures.few_answers
        return TOO_FEW_ANSWERS if sent else NOT_SENT
    return NO_YEAR if measure in STAGES else NOT_SENT_OR_FEW


def _who_fares_better(measured: Measured) -> str:
    """Return who fares better by an indicator that is shown: White people, the others, or neither."""
    figure = measured.behind
    if isinstance(figure, InPost):
        short = figure.beside_all.short_of_parity
        return "White" if short > 0 else "others" if short else "neither"
    if isinstance(figure, Answered):
        more = sign_of(figure.gap.change)
        return ("neither", "others", "White")[more if figure.measure.good else -more]
    if isinstance(figure, Seats):
        return "untold" if figure.gap is None else ("neither", "others", "White")[sign_of(figure.gap)]
    if not has_ratio(figure.likelihood):
        return "untold"
    if ratio(figure.likelihood.ratio) == ratio(1):
        return "neither"
    return "White" if (figure.likelihood.ratio > 1) == figure.measure.good else "others"


def _people_short(measured: Measured) -> int:
    """Return by how many people the group is worse off than if it fared as all do; 0 where it is not, or none is said.

    Of appointments they are those that are expected at equal chances for each post, as far as these are published. Of
    answers nothing is expected, for they are only of those who answered; nor of seats, of which there are few.
    """
    figure = measured.behind
    if isinstance(figure, InPost):
        return max(0, figure.beside_all.short_of_parity)
    if isinstance(figure, Answered | Seats):
        return 0
    expected = round(figure.chances.expected) if isinstance(figure, Happened) else None
    if isinstance(figure, Compared) and figure.expected:
        expected = figure.expected.people
    more = 0 if expected is None else figure.likelihood.group_successful - expected
    return max(0, -more if figure.measure.good else more)


def _in_a_sentence(row: Measured) -> str:
    title = row.indicator.title
    return f"{title[:1].lower()}{title[1:]}"


def _faring_better(standards: Standards, who: str) -> str:
    """Write the indicators by which some fare better."""
    return listed([_in_a_sentence(row) for row in standards.shown if _who_fares_better(row) == who])


def _widest(standards: Standards) -> list[Measured]:
    """Return the indicators by which the group is worse off by some people, the most first."""
    short = [row for row in standards.shown if _people_short(row)]
    return sorted(short, key=lambda row: (-_people_short(row), row.indicator.number))


def _in_people(row: Measured) -> str:
    """Write an indicator with its number of people: `training (12 people)`."""
    return f"{_in_a_sentence(row)} ({so_many(_people_short(row), 'person', 'people')})"


def _asks(indicator: Indicator, equal: int, white_better: str) -> str:
    """Write what an indicator asks, at what both groups fare alike, and on which side White people fare better."""
    return f"{indicator.asks} {equal} means that both fare alike. {white_better} {equal}, White people fare better."


def _metric_asks(measured: Measured) -> str:
    measure = measured.indicator.measure
    return _asks(measured.indicator, 1, side(measure, measure.also[0].white_first))


def _published_on(seats: Seats) -> str:
    """Write where each organisation has published its board, and of which day."""
    boards = [(name_of(one), one.board) for one in seats.whose]
    one_alone = not isinstance(seats.figures, Release)
    return "; ".join(
        f"{'' if one_alone else f'{name}: '}{board.source}, as of {day(board.as_of)}" for name, board in boards
    )


def _seats_of(seats: Seats) -> str:
    """Write which seats are counted, and of how many organisations together: `Voting members, 2 organisations`."""
    words = SEATS_IN_WORDS[seats.kind]
    return f"{words}, {so_many(len(seats.whose), 'organisation')}" if isinstance(seats.figures, Release) else words


def _beside_printed(printed: Printed) -> str:
    """Return whether the audit's own figure could have been printed as the other was, or is higher or lower."""
    if printed.ours is None:
        return "hidden" if printed.hidden else "none"
    return ("same", "higher", "lower")[sign_of(printed.one.beside(printed.ours))]


def _as_printed(printed: Printed, number: float) -> str:
    """Write a number with the decimals of what was printed; a percentage with its sign."""
    return f"{number:.{printed.one.decimals}f}{'%' if printed.one.group else ''}"


def _benchmark(value: Benchmark) -> str:
    """Write a value as it was published; one that nobody found in its source says so."""
    number = f"{value.value:g}{value.unit if value.unit == PERCENT else ''}"
    return number if value.verified else f"{number}, {UNVERIFIED}"


def _residents(elsewhere: Elsewhere) -> str:
    """Write the parts of residents, area by area: `45% of the people of Lambeth, 46% of London and 19% of England`."""
    found = [(percentage(one.value / 100), area.area) for area in elsewhere.areas for one in area.latest]
    return listed(
        [f"{share} of {'' if place else 'the people of '}{area}" for place, (share, area) in enumerate(found)]
    )


def _group_of_value(value: Benchmark) -> str:
    return value.group.replace(BME, called(BME))


def _latest_of(area: InArea) -> str:
    return f"{area.area}: " + "; ".join(f"{_group_of_value(one)} {_benchmark(one)} ({one.year})" for one in area.latest)


def _how_it_differs(elsewhere: Elsewhere) -> str:
    """Return how the definitions differ, each way once, without what is said of one value alone."""
    found = [one.differs.split("; ") for one in elsewhere.values]
    return ". ".join(dict.fromkeys("; ".join(some[:2]) for some in found))


def _source_of_value(one: FromSource) -> str:
    """Write where a value is from, and of when that is; one that is from memory says that nobody has found it."""
    value = one.value
    if not value.verified:
        return f"{value.source}: {UNVERIFIED}"
    return f"{value.source}; dated {value.dated}" if value.dated and value.dated not in value.source else value.source


FORMS: Mapping[type, Forms] = {
    Answered: {
        **OF_TWO_GROUPS,
        "as_standard": lambda answered: gap_in_points(answered.gap.change, *answered.gap.confidence_interval()),
    },
    Measured: {
        "indicator_number": lambda measured: str(measured.indicator.number),
        "indicator_name": lambda measured: measured.indicator.name,
        "indicator_asks": lambda measured: _asks(
            measured.indicator, measured.indicator.equal, measured.indicator.white_better
        ),
        "indicator_instead": _instead,
        "metric_name": lambda measured: (
            f"{capitalised(measured.indicator.measure.also[0].indicator)}: {measured.indicator.title}"
        ),
        "metric_asks": _metric_asks,
    },
    Seats: {
        "white_part": lambda seats: NOT_GIVEN,
        "group_part": lambda seats: part_in_a_cell(seats.seats),
        "as_standard": lambda seats: NOT_GIVEN if seats.gap is None else gap_in_points(seats.gap),
        "seats_source": _published_on,
        "seats_of": _seats_of,
    },
    Printed: {
        "printed_indicator": lambda printed: (
            f"{printed.indicator.name}: {people_of(printed.one.group, 'staff')}"
            if printed.one.group
            else printed.indicator.name
        ),
        "printed_year": lambda printed: str(printed.one.year),
        "printed_value": lambda printed: printed.one.value,
        "printed_ours": lambda printed: (
            ("" if printed.hidden else NOT_GIVEN) if printed.ours is None else _as_printed(printed, printed.ours)
        ),
        "printed_beside": _beside_printed,
        "printed_gap": lambda printed: (
            _as_printed(printed, abs(printed.one.beside(printed.ours))).replace("%", " points")
            if printed.ours is not None
            else ""
        ),
        "printed_source": lambda printed: f"{printed.one.source}, {day(printed.one.as_of)}",
    },
    Standards: {
        "standards_any": lambda standards: "some" if standards.shown else "none",
        "standards_number": lambda standards: whole(len(standards.shown)),
        "standards_white_better": lambda standards: _faring_better(standards, "White"),
        "standards_others_better": lambda standards: _faring_better(standards, "others"),
        "standards_alike": lambda standards: _faring_better(standards, "neither"),
        "standards_gaps": lambda standards: ("none", "one", "two")[min(2, len(_widest(standards)))],
        "standards_widest": lambda standards: _in_people(_widest(standards)[0]),
        "standards_next_widest": lambda standards: _in_people(_widest(standards)[1]),
    },
    Elsewhere: {
        "elsewhere_called": lambda of: f"Indicator {of.indicator.name}" if of.indicator else "Residents",
        "elsewhere_differs": _how_it_differs,
        "elsewhere_latest": lambda of: ". ".join(map(_latest_of, of.areas)),
        "residents_year": lambda of: of.values[0].year,
        "residents_shares": _residents,
        "elsewhere_lacking": lambda of: listed([area for area in AREAS if area not in {one.area for one in of.areas}]),
    },
    FromSource: {
        "published_whose": lambda one: (
            f"{f'Indicator {one.value.indicator}. ' if one.value.indicator else ''}{one.value.area}: "
            f"{_group_of_value(one.value)}"
        ),
        "published_differs": lambda one: one.value.differs,
        "published_values": lambda one: "; ".join(f"{value.year}: {_benchmark(value)}" for value in one.values),
        "published_source": _source_of_value,
    },
}
