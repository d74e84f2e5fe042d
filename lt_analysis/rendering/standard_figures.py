"""The race equality standard, as figures that a page can name: indicators, survey answers, boards, and what is printed.

`STANDARD_FIGURES` and `AMONG_STANDARDS`, below, have the patterns of their names.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from lt_analysis.codebook.ethnicity import BME, REFERENCE
from lt_analysis.codebook.measures import IN_POST, MEASURES, OF_STAFF, OF_SURVEY, STAGES, WHOLE, Measure
from lt_analysis.codebook.periods import StaffDay, SurveyYear
from lt_analysis.codebook.standards import BOARD, INDICATORS, SENIOR_POSTS, Indicator
from lt_analysis.release.figures import (
    IndicatorPrinted,
    Number,
    OrganisationFigures,
    PeopleTable,
    Release,
    Share,
    ShareChange,
    question_of,
)
from lt_analysis.release.keys import ALL_BANDS, KNOWN
from lt_analysis.rendering.figure import Figure, Figures, Find, figures_of, own, table_of
from lt_analysis.rendering.measure_figures import Compared, Happened, InTable, has_ratio, measures_of
from lt_analysis.rendering.staff_figures import InPost


class Answered(InTable):
    """What White staff and the group answered to a question of a survey: who did, and who said yes."""

    NAME = "{table.name}/answered"

    @property
    def gap(self) -> ShareChange:
        """The group's share of yes beside White people's: how much larger it is, with its margin of error."""
        counts = self.likelihood
        return ShareChange(counts.white_successful, counts.white_people, counts.group_successful, counts.group_people)


@dataclass(frozen=True)
class Seats(Figure):
    """What organisations have themselves published of their boards, beside their staff; or one of them has.

    It is of all members, or of those of a `kind`: voting or executive ones.
    """

    NAME = "{figures.slug}/board"

    figures: Figures
    kind: str = "members"

    @property
    def whose(self) -> list[OrganisationFigures]:
        """Those that have published it."""
        every = own(self.figures) if isinstance(self.figures, Release) else [self.figures]
        return [one for one in every if one.board and one.board.of(self.kind)]

    @property
    def hidden(self) -> bool:
        """Nothing of it is: board members are public persons."""
        return False

    @property
    def seats(self) -> Share:
        """How many of all their members of the kind are of the group."""
        boards = [one.board.of(self.kind) for one in self.whose]
        return Share(sum(some for _, some in boards), sum(every for every, _ in boards))

    @property
    def numbers(self) -> tuple[Number, ...]:
        """The group's staff and all of known ethnicity, of each organisation in turn; none where one's are missing."""
        tables = [one.in_post[-1:] for one in self.whose]
        if not all(tables):
            return ()
        stage = IN_POST.key
        return tuple(table.number(stage, group, WHOLE[stage]) for (table,) in tables for group in (BME, KNOWN))

    @property
    def gap(self) -> float | None:
        """How much larger the group's share of seats is than of staff; None where that of staff is not published."""
        numbers = self.numbers
        if not numbers or any(number.hidden for number in numbers):
            return None
        of_staff = sum(one.people for one in numbers[::2]) / sum(one.people for one in numbers[1::2])
        return self.seats.share - of_staff

    @property
    def name(self) -> str:
        """The name under which a page carries it."""
        return super().name + ("" if self.kind == "members" else f"/{self.kind}")


@dataclass(frozen=True)
class Printed(Figure):
    """What an organisation has itself published of an indicator, and the audit's own figure of the same year."""

    NAME = "{figures.slug}/printed/{place}"

    figures: OrganisationFigures
    place: int

    @property
    def one(self) -> IndicatorPrinted:
        """What was printed."""
        return self.figures.indicators[self.place]

    @property
    def indicator(self) -> Indicator:
        """Which indicator it is of."""
        return next(one for one in INDICATORS if one.number == self.one.indicator)

    @property
    def behind(self) -> Compared | Happened | Answered | None:
        """What the audit's own figure of that year is printed from; None where it has none of that year."""
        measure, year, figures = self.indicator.measure, self.one.year, self.figures
        if measure in OF_STAFF:
            of_year = (table for table in figures.staff if table.span == str(StaffDay(year)))
            return next((Happened(table, measure) for table in of_year if measure in measures_of(table)), None)
        if measure in OF_SURVEY:
            return next((Answered(one, measure) for one in answers_to(figures, measure, SurveyYear(year))), None)
        return next((Compared(table, measure) for table in figures.years if table.span == str(year)), None)

    @property
    def hidden(self) -> bool:
        """Whether the audit has a figure of that year, and may not show it."""
        return self.behind is not None and self.behind.hidden

    @property
    def ours(self) -> float | None:
        """The audit's own figure, as the indicator divides, or of 100; None where there is none, or it is hidden."""
        behind = self.behind
        if behind is None or behind.hidden:
            return None
        counts = behind.likelihood
        if isinstance(behind, Answered):
            white = (counts.white_successful, counts.white_people)
            some, people = white if self.one.group == REFERENCE else (counts.group_successful, counts.group_people)
            return 100 * some / people
        if not has_ratio(counts):
            return None
        return counts.ratio if behind.measure.white_first else counts.ratio_of_group


def printed_by(figures: OrganisationFigures) -> list[Printed]:
    """Return what an organisation has itself published of indicators."""
    return [Printed(figures, place) for place in range(len(figures.indicators))]


Behind = Compared | Happened | InPost | Answered | Seats  # what an indicator is printed from


@dataclass(frozen=True)
class Measured(Figure):
    """One indicator of the race equality standard, of an organisation or of the partnership."""

    NAME = "{figures.slug}/standards/{indicator.number}"

    figures: Figures
    indicator: Indicator

    @property
    def behind(self) -> Behind | None:
        """What it is printed from; None where nothing of it is published."""
        measure, figures = self.indicator.measure, self.figures
        if self.indicator == SENIOR_POSTS:
            told = [table for table in figures.in_post[-1:] if table.has(IN_POST.key, BME, ALL_BANDS)]
            return next((InPost(table, ALL_BANDS) for table in told), None)
        if self.indicator == BOARD:
            return Seats(figures) if Seats(figures).whose else None
        if measure in OF_STAFF:
            return next((Happened(one, measure) for one in figures.staff[-1:] if measure in measures_of(one)), None)
        if measure in OF_SURVEY:
            told = answers_of_year(figures, measure)
            return Answered(told, measure) if told and not Answered(told, measure).hidden else None
        if measure in STAGES:
            return next((Compared(year, measure) for year in figures.years[-1:]), None)
        return None

    @property
    def shown(self) -> bool:
        """Whether it can be shown: what it is printed from is published, and none of its counts is hidden."""
        return self.behind is not None and not self.behind.hidden


@dataclass(frozen=True)
class Standards(Figure):
    """The nine indicators of the race equality standard, of an organisation or of the partnership."""

    NAME = "{figures.slug}/standards"

    figures: Figures

    @property
    def rows(self) -> tuple[Measured, ...]:
        """Each indicator, in the order of the standard, shown or not."""
        return tuple(Measured(self.figures, indicator) for indicator in INDICATORS)

    @property
    def shown(self) -> tuple[Measured, ...]:
        """Those that can be shown."""
        return tuple(row for row in self.rows if row.shown)


def answers_of_year(figures: Figures, question: Measure) -> PeopleTable | None:
    """Return the table of a question of the survey of the report's latest year; None where there is none."""
    return next(answers_to(figures, question, SurveyYear(figures.quarter.latest_complete_year)), None)


def answers_to(figures: Figures, question: Measure, survey: SurveyYear) -> Iterator[PeopleTable]:
    """Yield the table of a question of a year's survey, where there is one."""
    of_year = (table for table in figures.survey if table.span == str(survey))
    yield from (table for table in of_year if question_of(table.numbers[0].key) == question)


STANDARD_FIGURES: Mapping[str, Find] = {
    "<who>/board": lambda release, who: Seats(figures_of(release, who)),
    "<who>/board/<seats>": lambda release, who, seats: Seats(figures_of(release, who), seats),
    "<who>/standards": lambda release, who: Standards(figures_of(release, who)),
    "<who>/<span>/<question>/answered": lambda release, who, span, question: Answered(
        table_of(release, who, span, question), MEASURES[question]
    ),
}
AMONG_STANDARDS: Mapping[str, Find] = {
    "<who>/printed/<place>": lambda release, who, place: printed_by(release.organisation(who)),
    "<who>/standards/<number>": lambda release, who, number: Standards(figures_of(release, who)).rows,
}
