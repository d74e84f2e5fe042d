"""Figures that a page can name: whatever of a release something is said of, and how it is found by its name.

`figure_of` finds a figure of a release by its name, as a page carries it: `*` is the release itself, `ashbourne` an
organisation, `*/shortlisting` one decision in every organisation, `partnership/2025-26` a table of people, and
`ashbourne/2025-26/shortlisted/BME/8+` a number of people, by its key. `FIGURES` and `AMONG`, below, have every pattern.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from lt_analysis.codebook.commitments import ELEMENTS, Commitment
from lt_analysis.codebook.ethnicity import BME, LEAST_KNOWN, REFERENCE, UNKNOWN
from lt_analysis.codebook.measures import (
    APPLIED,
    APPOINTED,
    AT_HOME,
    BANDED,
    BEFORE,
    CHAINS,
    IN_POST,
    IN_THE_BOROUGHS,
    MEASURES,
    OF_STAFF,
    OF_SURVEY,
    STAGES,
    WHOLE,
    Measure,
)
from lt_analysis.codebook.pay import BAND_8_AND_ABOVE, DIVIDED_AT, ELSEWHERE, EVERYBODY, divided
from lt_analysis.codebook.periods import FinancialYear, Quarter, StaffDay, SurveyYear, parse_span
from lt_analysis.codebook.standards import BOARD, INDICATORS, SENIOR_POSTS, Indicator
from lt_analysis.codebook.words import NO_POSTS, NO_YEAR
from lt_analysis.evidence.appendix import RelativeLikelihood
from lt_analysis.evidence.representation import AtBand, DisparityRatio, NextAppointments
from lt_analysis.evidence.staff import WithinVacancies, same_chance
from lt_analysis.release.delivery import Became, Stands, Tracked
from lt_analysis.release.figures import (
    Action,
    Exactly,
    Expected,
    Goal,
    IndicatorPrinted,
    Mentoring,
    Number,
    OrganisationFigures,
    PeopleTable,
    Ratings,
    Release,
    Share,
    ShareChange,
    StageChange,
    StageFigure,
    State,
    Status,
    changes,
    is_of_stock,
    question_of,
    stage_of,
)
from lt_analysis.release.keys import ALL_BANDS, KNOWN, SUM_OF_PERIODS, Key
from lt_analysis.rendering.figure import SERVED, Figure, by_pattern, first_of, found, name_of
from lt_analysis.rendering.group_shares import NOT_SHOWN, GroupShare
from lt_analysis.rendering.metric_figures import AMONG_METRICS, METRIC_FIGURES
from lt_analysis.rendering.numbers import SMALLEST_BASE, part_of, whole

FEWEST_FOR_A_RATIO = 5  # of fewer people in either group the ratio says more than the counts do
MOST_QUARTERS_OF_FLOW = 12
# The bands below and above of each race disparity ratio, in order: the last is the product of the two before.
LOWER_AND_MIDDLE = ("1-7", "1-5", "6-7")
DISPARITIES = {
    "lower-middle": ("1-5", "6-7"),
    "middle-upper": ("6-7", ALL_BANDS),
    "lower-upper": ("1-5", ALL_BANDS),
}
Figures = OrganisationFigures | Release
EXACT_YEAR = "year."  # before the name of a cell
ONLY_TOTALS, TOO_FEW_POSTS = "only totals sent", "too few posts"
NO_STAGE_WORDS = "No chart: no organisation of the partnership is in this report."


@dataclass(frozen=True)
class TwoGroups(Figure):
    """One decision, or what happened, in a group beside White people; each kind has its `stage`, with the counts."""

    @property
    def hidden(self) -> bool:
        """Whether nothing of it may be shown but, perhaps, how many there were of everybody."""
        return self.stage.hidden

    @property
    def likelihood(self) -> RelativeLikelihood | None:
        """Its counts."""
        return self.stage.likelihood

    @property
    def expected(self) -> Expected | None:
        """What equal chances would give."""
        return self.stage.expected


@dataclass(frozen=True)
class Decision(TwoGroups):
    """A group in one decision of an organisation's year, and whose it is."""

    figures: OrganisationFigures
    measure: Measure
    group: str = BME

    @property
    def stage(self) -> StageFigure:
        """Its counts, and what equal chances would give."""
        return self.figures.stage(self.measure, self.group)

    @property
    def exactly(self) -> Exactly | None:
        """What only analysts see."""
        return self.stage.exactly

    @property
    def name(self) -> str:
        """The name under which a page may carry it; empty on an exact page."""
        slug = named(self.figures)
        return slug and f"{slug}/{self.figures.span}/{self.measure.key}/{self.group}"

    @property
    def shown(self) -> Number | None:
        """The published number of those whom it takes; None where it is hidden, or there is none."""
        if self.figures.people is None or self.figures.status != Status.COMPLETE:
            return None
        number = self.figures.people.number(self.measure.after.key, self.group, ALL_BANDS)
        return None if number.hidden or number.no_posts else number

    @property
    def instead(self) -> str:
        """Why there is no number beside a range; empty where there is one."""
        if self.figures.status != Status.COMPLETE:
            return NO_YEAR
        if self.hidden:
            return NOT_SHOWN
        if not self.expected:
            return ONLY_TOTALS
        if self.expected.hidden:
            return NOT_SHOWN
        return "" if self.expected.could_tell else TOO_FEW_POSTS


@dataclass(frozen=True)
class InTable(TwoGroups):
    """One measure in a table of people: a decision, what happened to staff, or what they answered."""

    table: PeopleTable
    measure: Measure
    group: str = BME

    @property
    def stage(self) -> StageFigure:
        """Its counts, and what equal chances would give, where that is published."""
        return stage_of(self.table, self.measure)


class Compared(InTable):
    """One decision of all organisations of the partnership's year together, and what equal chances would give."""

    NAME = "{table.name}/{measure.key}/compared"


class Happened(InTable):
    """What happened to the staff of a day in the year after: one measure, of an organisation or of the partnership."""

    NAME = "{table.name}/{measure.key}/happened"

    @property
    def everybody(self) -> tuple[Number, Number]:
        """How many staff of known ethnicity there were, and to how many of them it happened."""
        return tuple(self.table.number(stage, KNOWN, WHOLE[stage]) for stage in self.measure.counts)

    @property
    def chances(self) -> WithinVacancies:
        """What the same chance for all of these staff would give; needs its counts."""
        return same_chance(self.likelihood)

    @property
    def ratio(self) -> float | None:
        """One share divided by the other, as the indicator that the measure follows does."""
        return self.likelihood.ratio if self.measure.white_first else self.likelihood.ratio_of_group


@dataclass(frozen=True)
class Declared(Figure):
    """What the partnership has declared, in a report that has it."""

    NAME = "*/goal"

    release: Release

    @property
    def goal(self) -> Goal:
        """The goal."""
        return self.release.goal


@dataclass(frozen=True)
class InPost(Figure):
    """The group among the staff of some bands on a day, beside its part of all staff, or of all in that work."""

    NAME = "{table.name}/{cut}"

    table: PeopleTable
    cut: str

    @property
    def stage(self) -> str:
        """The stage of its numbers."""
        return self.table.numbers[0].key.stage

    @property
    def whole(self) -> str:
        """The cut that these bands are set beside: all staff, or all in that kind of work; empty where none is told."""
        work = self.cut.partition(DIVIDED_AT)[2]
        wholes = [f"{cut}{DIVIDED_AT}{work}" for cut in (EVERYBODY, BANDED)] if work else [WHOLE[self.stage]]
        return next((cut for cut in wholes if self.table.has(self.stage, BME, cut)), "")

    @property
    def shares(self) -> tuple[GroupShare, GroupShare]:
        """The group's share at these bands, and of the whole; where none is told, of themselves."""
        return tuple(GroupShare.of(self.table, self.stage, cut) for cut in (self.cut, self.whole or self.cut))

    @property
    def hidden(self) -> bool:
        """Whether one of its four numbers may not be shown."""
        return any(number.hidden for share in self.shares for number in (share.some, share.everybody))

    @property
    def beside_all(self) -> AtBand:
        """Its counts; needs all four of them."""
        return AtBand(*(share.share for share in self.shares))


@dataclass(frozen=True)
class NotStated(Figure):
    """Of how many of an organisation's staff ethnicity is not known, where that is published."""

    NAME = "{table.name}/unknown"

    table: PeopleTable

    @property
    def numbers(self) -> tuple[Number, Number]:
        """The staff of unknown ethnicity, and those of known."""
        stage = IN_POST.key
        return tuple(self.table.number(stage, group, WHOLE[stage]) for group in (UNKNOWN, KNOWN))

    @property
    def share(self) -> Share:
        """The part of all staff of whom it is not known; needs both numbers."""
        unknown, known = (number.people for number in self.numbers)
        return Share(unknown, unknown + known)


def not_stated(table: PeopleTable) -> NotStated | None:
    """Return of how many staff of a table ethnicity is not known; None where that is not published, or hidden."""
    there = table.has(IN_POST.key, UNKNOWN, WHOLE[IN_POST.key])
    return NotStated(table) if there and not any(number.hidden for number in NotStated(table).numbers) else None


@dataclass(frozen=True)
class LivesNear(Figure):
    """How many of a group's staff of some bands live in the six boroughs, of those whose borough is known."""

    NAME = "{table.name}/{kind}/{group}/lives"

    table: PeopleTable
    kind: str
    group: str

    @property
    def numbers(self) -> tuple[Number, Number]:
        """Who lives there, and who lives elsewhere."""
        stage = AT_HOME.key
        return tuple(
            self.table.number(stage, self.group, cut) for cut in divided(self.kind, (IN_THE_BOROUGHS, ELSEWHERE))
        )

    @property
    def hidden(self) -> bool:
        """Whether one of the two may not be shown."""
        return any(number.hidden for number in self.numbers)

    @property
    def share(self) -> Share:
        """The part that lives there; needs both numbers."""
        here, elsewhere = (number.people for number in self.numbers)
        return Share(here, here + elsewhere)


@dataclass(frozen=True)
class Coming(Figure):
    """A year of appointments like the one that ended on a day, and what it would take of them for a group's parity."""

    NAME = "{at.name}/next"

    at: InPost
    year: PeopleTable

    @property
    def so_far(self) -> GroupShare:
        """The group's share of those appointed in the year."""
        return GroupShare.of(self.year, APPOINTED.key, self.at.cut)

    @property
    def hidden(self) -> bool:
        """Whether one of its numbers may not be shown, or is of too few people."""
        return not all(share.shown for share in (*self.at.shares, self.so_far))

    @property
    def counts(self) -> NextAppointments:
        """What it takes; needs all numbers."""
        return NextAppointments(self.at.beside_all, self.so_far.share)


def coming(figures: OrganisationFigures | Release, at: InPost) -> Coming | None:
    """Return the appointments of the year that ended on a day, of the same organisations; None where there are none."""
    years = figures.years if isinstance(figures, Release) else (figures.people, figures.before)
    span = str(span_of(at.table).before.year)
    found = (year for year in years if year and (year.span, year.members) == (span, at.table.members))
    return next((Coming(at, year) for year in found), None)


@dataclass(frozen=True)
class Disparity(Figure):
    """A race disparity ratio of the staff of a day, from some bands to others."""

    NAME = "{table.who}/{table.span}/{which}/disparity"

    table: PeopleTable
    which: str

    @property
    def numbers(self) -> tuple[Number, ...]:
        """White staff below and above, and the group's."""
        cuts = DISPARITIES[self.which]
        return tuple(self.table.number(IN_POST.key, group, cut) for group in (REFERENCE, BME) for cut in cuts)

    @property
    def instead(self) -> str:
        """Why there is no ratio: some staff have no band, or a number is not shown, or is of few; empty if there is."""
        whole, *parts = LOWER_AND_MIDDLE
        for group in (REFERENCE, BME):
            found = [self.table.people_at(IN_POST.key, group, cut) for cut in (whole, *parts, ALL_BANDS)]
            if not all(self.table.has(IN_POST.key, group, cut) for cut in (whole, *parts, ALL_BANDS)):
                return "no bands"
            if None in found:
                return "hidden"
            if found[0] != found[1] + found[2]:
                return "no bands"
        return "few" if min(number.people for number in self.numbers) < FEWEST_FOR_A_RATIO else ""

    @property
    def counts(self) -> DisparityRatio:
        """The ratio with its counts; needs all of them."""
        return DisparityRatio(*(number.people for number in self.numbers))


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


@dataclass(frozen=True)
class Across(Figure):
    """One decision in every organisation of the partnership, published examples from elsewhere apart."""

    NAME = "*/{measure.key}"

    release: Release
    measure: Measure

    @property
    def decisions(self) -> list[Decision]:
        """The decision in each organisation, in alphabetical order."""
        return [
            Decision(organisation, self.measure)
            for organisation in self.release.organisations
            if not organisation.source
        ]


@dataclass(frozen=True)
class Step(Figure):
    """One decision in a table of people: how many of the group, and of everybody, came to it and succeeded."""

    NAME = "{table.name}/{measure.key}/step"

    table: PeopleTable
    measure: Measure

    @property
    def numbers(self) -> tuple[Number, ...]:
        """The group and everybody of known ethnicity, before the decision and after it."""
        return tuple(
            self.table.number(stage, group, WHOLE[stage]) for stage in self.measure.counts for group in (BME, KNOWN)
        )

    @property
    def hidden(self) -> bool:
        """Whether one of its numbers may not be shown."""
        return any(number.hidden for number in self.numbers)

    @property
    def shares(self) -> tuple[GroupShare, ...]:
        """The group's share of those before the decision, and of those after it."""
        before, after = (GroupShare.of(self.table, stage) for stage in self.measure.counts)
        return before, after.beside(before)


@dataclass(frozen=True)
class Among(Figure):
    """A table of the partnership among all organisations: those that it adds up, and those that it leaves out."""

    NAME = "{table.name}/members"

    table: PeopleTable
    release: Release

    @property
    def everybody(self) -> dict[str, str]:
        """The organisations by their folders, and those added up; one that has left goes by its folder."""
        names = {organisation.slug: name_of(organisation) for organisation in own(self.release)}
        return {slug: slug for slug in self.table.members} | names

    @property
    def left_out(self) -> list[str]:
        """The organisations that the table leaves out."""
        return [slug for slug in self.everybody if slug not in self.table.members]


@dataclass(frozen=True)
class Beside(Figure):
    """A quarter of the partnership beside another one that adds up other organisations."""

    NAME = "{table.name}/beside/{other.span}"

    table: PeopleTable
    other: PeopleTable
    release: Release

    @property
    def alone(self) -> list[str]:
        """The organisations that it adds up alone; one that has left goes by its folder."""
        names = {organisation.slug: name_of(organisation) for organisation in self.release.organisations}
        return [names.get(slug, slug) for slug in self.table.members if slug not in self.other.members]


@dataclass(frozen=True)
class Pledged(Figure):
    """An action that an organisation pledged."""

    action: Action
    figures: OrganisationFigures

    @property
    def late(self) -> bool:
        """Whether it was due before the last day of the report's quarter, and is not done."""
        return self.action.is_late(self.figures.quarter)

    @property
    def name(self) -> str:
        """The name under which a page carries it."""
        return f"{self.figures.slug}/action/{self.action.key.rpartition('.')[2]}"


def pledged_by(figures: OrganisationFigures) -> list[Pledged]:
    """Return the actions that an organisation pledged, in the order in which it sent them."""
    return [Pledged(action, figures) for action in figures.actions]


@dataclass(frozen=True)
class Pursued(Figure):
    """An action that an organisation pledged, as the releases remember it, and who else shares what."""

    action: Tracked
    figures: OrganisationFigures
    release: Release

    @property
    def name(self) -> str:
        """The name under which a page carries it."""
        return f"{self.figures.slug}/delivery/{self.action.key.rpartition('.')[2]}"

    @property
    def offered(self) -> list[OrganisationFigures]:
        """The other organisations that share something of the same element of the Cultural Web, or commitment."""
        serves = {(part, getattr(self.action.last, part)) for part in SERVED} - {(part, None) for part in SERVED}
        return [
            other
            for other in own(self.release)
            if other.slug != self.figures.slug
            and any(
                (part, getattr(one.last, part)) in serves
                for one in other.delivery
                if "offers" in one.given
                for part in SERVED
            )
        ]


@dataclass(frozen=True)
class Delivered(Figure):
    """All actions of the partnership, or of one organisation, as the releases remember them."""

    NAME = "{slug}/delivery"

    release: Release
    slug: str = "*"

    @property
    def organisations(self) -> list[OrganisationFigures]:
        """Whose actions they are."""
        return [one for one in own(self.release) if self.slug in ("*", one.slug)]

    @property
    def actions(self) -> list[Pursued]:
        """The actions, by organisation, and of each the first pledged first."""
        return [Pursued(action, figures, self.release) for figures in self.organisations for action in figures.delivery]

    def standing(self, *states: Stands) -> list[Pursued]:
        """Return the actions in some states, the longest without movement first, and of these the first due first."""
        found = [one for one in self.actions if one.action.state in states]
        return sorted(found, key=lambda one: (one.action.still_since, one.action.dates[0], one.name))

    @property
    def flow(self) -> list["Flow"]:
        """What became of them in each of the latest quarters, as far as an earlier report had them."""
        quarters = sorted({quarter for one in self.actions for quarter in one.action.became})
        return [Flow(self, quarter) for quarter in quarters[-MOST_QUARTERS_OF_FLOW:]]


@dataclass(frozen=True)
class Flow(Figure):
    """What some actions came to be in one quarter, of those that an earlier report had too."""

    NAME = "{of.slug}/flow/{quarter}"

    of: Delivered
    quarter: Quarter

    @property
    def became(self) -> list[Became | None]:
        """What each came to be; None of one that came to be none of the three."""
        every = (one.action.became for one in self.of.actions)
        return [one[self.quarter] for one in every if self.quarter in one]


@dataclass(frozen=True)
class Towards(Figure):
    """The actions that serve one commitment of the partnership, or are to change one element of the Cultural Web."""

    of: Delivered
    part: str  # one of `SERVED`
    key: str

    @property
    def commitment(self) -> Commitment:
        """The commitment that they serve."""
        return next(one for one in self.of.release.commitments if one.key == self.key)

    @property
    def actions(self) -> list[Pursued]:
        """The actions."""
        return [one for one in self.of.actions if getattr(one.action.last, self.part) == self.key]

    @property
    def name(self) -> str:
        """The name under which a page carries them."""
        return f"{self.of.slug}/{self.part}/{self.key.replace(' ', '-')}"


@dataclass(frozen=True)
class Mentored(Figure):
    """The pairs of mentoring of all organisations together, or of one, as they stood at the end of the quarter."""

    NAME = "{slug}/mentoring"

    release: Release
    slug: str = "*"

    @property
    def table(self) -> Mentoring | None:
        """Their numbers; None where nothing was sent."""
        return self.release.mentoring if self.slug == "*" else self.release.organisation(self.slug).mentoring

    @property
    def each(self) -> list["Mentored"]:
        """Those of each organisation that sent some."""
        return [Mentored(self.release, one.slug) for one in own(self.release) if one.mentoring]


@dataclass(frozen=True)
class Signed(Figure):
    """The version of the pledge that stands, for all organisations or for one of them."""

    NAME = "{slug}/pledge"

    release: Release
    slug: str = "*"

    @property
    def signed_on(self) -> date | None:
        """The day on which that organisation signed it; None where it has not."""
        return dict(self.release.pledge.signed).get(self.slug) if self.release.pledge else None

    @property
    def each(self) -> list["Signed"]:
        """The same, for each organisation."""
        return [Signed(self.release, one.slug) for one in own(self.release)]


@dataclass(frozen=True)
class Asked(Figure):
    """What was answered about traits of leaders in one quarter, in all organisations together or in one."""

    NAME = "{slug}/{quarter}/traits"

    release: Release
    slug: str
    quarter: Quarter

    @property
    def tables(self) -> list["Rated"]:
        """Its tables, those that are hidden too."""
        return [Rated(self, one) for one in ratings(self.release, self.slug) if one.quarter == self.quarter]


@dataclass(frozen=True)
class Rated(Figure):
    """How leaders were rated by one trait, by themselves or by others."""

    of: Asked
    ratings: Ratings

    @property
    def name(self) -> str:
        """The name under which a page carries it."""
        return f"{self.of.name}/{self.ratings.trait.replace(' ', '-')}/{self.ratings.rater_kind}"


def ratings(release: Release, slug: str) -> tuple[Ratings, ...]:
    """Return all that was answered about traits of leaders, in all organisations together (`*`) or in one."""
    return release.ratings if slug == "*" else release.organisation(slug).ratings


@dataclass(frozen=True)
class KnownShare:
    """Of how many of an organisation's applicants ethnicity is known, or the words that stand in its place."""

    name: str
    applicants: int = 0
    known: int = 0
    instead: str = ""

    @property
    def share(self) -> float:
        """The share of applicants whose ethnicity is known, where it is shown."""
        return self.known / self.applicants

    @property
    def enough(self) -> bool:
        """Whether the share reaches the line below which returns look odd."""
        return self.share >= LEAST_KNOWN

    @property
    def in_words(self) -> str:
        """The organisation's name and its share, or the words in its place."""
        if self.instead:
            return f"{self.name}: {self.instead}"
        return f"{self.name}: {part_of(self.known, self.applicants)} ({whole(self.known)} of {whole(self.applicants)})"


def shares(release: Release) -> tuple[KnownShare, ...]:
    """Return each organisation's share of applicants whose ethnicity is known, or the words that stand in its place."""
    return tuple(map(known_share, own(release)))


def known_share(organisation: OrganisationFigures) -> KnownShare:
    """Return an organisation's share; why it is not there only where that is no secret: what was received, and when."""
    if organisation.status != Status.COMPLETE:
        return KnownShare(name_of(organisation), instead=NO_YEAR)
    known, unknown = applicants_of(organisation)
    if known.hidden or unknown.hidden:
        return KnownShare(name_of(organisation), instead=NOT_SHOWN)
    if not known.people + unknown.people:
        return KnownShare(name_of(organisation), instead=NO_POSTS)
    return KnownShare(name_of(organisation), known.people + unknown.people, known.people)


def applicants_of(organisation: OrganisationFigures) -> tuple[Number, Number]:
    """Return how many of a year's applicants are of known ethnicity, and of unknown."""
    return tuple(organisation.people.number(APPLIED.key, group, ALL_BANDS) for group in (KNOWN, UNKNOWN))


@dataclass(frozen=True)
class Change(Figure):
    """A group's share of one stage in a quarter, beside that of the quarter before."""

    NAME = "{table.name}/{of.stage}/change"

    table: PeopleTable
    of: StageChange


class Counted(NamedTuple):
    """A number of people in its table."""

    table: PeopleTable
    key: Key

    def at(self, stage: str = "", group: str = "") -> Number:
        """Return the number itself, or that of another stage or group beside it."""
        key = self.key
        return self.table.number(stage or key.stage, group or key.group, key.cut)

    @property
    def share(self) -> GroupShare:
        """What part the group is of everybody at the stage."""
        return GroupShare.of(self.table, self.key.stage, self.key.cut)

    @property
    def share_of_part(self) -> GroupShare:
        """What part the group is of everybody at the stage, with its range beside its part of applicants."""
        first = next(chain.keys[0] for chain in CHAINS if self.key.stage in chain.keys)
        return self.share.beside(GroupShare.of(self.table, first, self.key.cut))

    @property
    def before(self) -> Number:
        """The same people at the stage before."""
        return self.at(stage=BEFORE[self.key.stage])


def place(figure: StageFigure) -> str:
    """Return where a stage's count lies beside the range that equal chances usually give: fewer, fits or more.

    It is untold where too few posts could have gone either way, hidden where the range is, and empty of totals.
    """
    if not figure.expected:
        return ""
    successful, chance = figure.likelihood.group_successful, figure.expected
    if not chance.could_tell:
        return "untold"
    if chance.hidden:
        return "hidden"
    return "fewer" if successful < chance.low else "more" if successful > chance.high else "fits"


def measures_of(table: PeopleTable) -> list[Measure]:
    """Return the measures of which a table of staff has numbers."""
    stages = {number.key.stage for number in table.numbers}
    return [measure for measure in OF_STAFF if measure.after.key in stages]


def leading(table: PeopleTable) -> list[Happened]:
    """Return what a table of staff tells of the measures that have lines on the front page."""
    return [Happened(table, measure) for measure in measures_of(table) if measure.leads]


def has_ratio(likelihood: RelativeLikelihood) -> bool:
    """Return whether the counts of two groups may be given as a ratio: some of both succeeded, and neither is tiny."""
    enough = min(likelihood.white_people, likelihood.group_people) >= FEWEST_FOR_A_RATIO
    return enough and min(likelihood.white_successful, likelihood.group_successful) > 0


def may_have_ratio(figure: StageFigure) -> bool:
    """Return whether a relative likelihood may be given of a stage."""
    return has_ratio(figure.likelihood)


def shown_stages(figures: OrganisationFigures) -> list[StageFigure]:
    """Return the stages of an organisation's year that are shown."""
    return [figures.stage(stage) for stage in STAGES if not figures.stage(stage).hidden]


def drawn_ratios(across: Across) -> list[Decision]:
    """Return the decisions whose ratio is drawn: shown, with enough people of both groups."""
    shown = (
        decision for decision in across.decisions if decision.figures.status == Status.COMPLETE and not decision.hidden
    )
    return [decision for decision in shown if may_have_ratio(decision) and may_be_charted(decision.likelihood)]


def may_be_charted(likelihood: RelativeLikelihood) -> bool:
    """Return whether shares, or their ratio, may be drawn: neither group has fewer than 20 people."""
    return min(likelihood.white_people, likelihood.group_people) >= SMALLEST_BASE


def span_of(figure: object) -> FinancialYear | Quarter | StaffDay | str:
    """Return of which year or quarter a figure is; of years added up, which."""
    match figure:
        case Across():
            return figure.release.quarter.latest_complete_year
        case Release():
            return figure.quarter
        case Pursued() | Delivered() | Mentored() | Signed():
            return figure.release.quarter
        case Towards():
            return figure.of.release.quarter
        case Decision():
            return figure.figures.span
        case Measured():
            return span_of(figure.behind)
        case Coming():
            return span_of(figure.year)
        case PeopleTable():
            return spans_in_words(figure.span) if SUM_OF_PERIODS in figure.span else parse_span(figure.span)
    return span_of(figure.table) if hasattr(figure, "table") else figure.span


def spans_in_words(span: str) -> str:
    """Return the years of a table in words: `2024-25 and 2025-26`."""
    *first, last = span.split(SUM_OF_PERIODS)
    return f"{', '.join(first)} and {last}" if first else last


def own(release: Release) -> list[OrganisationFigures]:
    """Return the partnership's organisations, published examples from elsewhere apart."""
    return [organisation for organisation in release.organisations if not organisation.source]


def shows_totals(organisation: OrganisationFigures) -> bool:
    """Return whether what is shown of an organisation's year are totals, which do not tell one post from another."""
    return not (organisation.hidden or organisation.adjusted_for_vacancies)


def named(figures: OrganisationFigures) -> str:
    """Return the name under which a page may carry an organisation's figures; empty on an exact page."""
    return "" if figures.people is None else figures.slug


def cell_of(figures: OrganisationFigures, name: str) -> str:
    """Return the name of a cell; an exact page has a year and a quarter, and the cells of its year a word before."""
    of_exact_year = figures.state == State.RESTRICTED and isinstance(figures.span, FinancialYear)
    return f"{EXACT_YEAR}{name}" if of_exact_year else name


def band_shares(year: PeopleTable) -> dict[str, tuple[GroupShare, GroupShare]]:
    """Return the group's share of applicants and of those appointed in each single band."""
    bands = (band for band in year.bands if band in BAND_8_AND_ABOVE)
    pairs = {band: (GroupShare.of(year, APPLIED.key, band), GroupShare.of(year, APPOINTED.key, band)) for band in bands}
    return {band: (before, after.beside(before)) for band, (before, after) in pairs.items()}


def change_of(release: Release, table: PeopleTable, stage: str) -> StageChange:
    """Return how a stage of a quarter compares with the quarter before. Raises `LookupError` where it does not."""
    for earlier in release.quarters:
        if Quarter.parse(table.span).previous == Quarter.parse(earlier.span):
            return first_of(change for change in changes(earlier, table) if change.stage == stage)
    raise LookupError(f"{table.span} has no quarter before")


def table_of(release: Release, who: str, span: str, table: str = "") -> PeopleTable:
    """Return a table of people of an organisation, or of the partnership. Raises `LookupError` where there is none.

    Of a day or a year there are several: who was in post has the stage of its stock for a `table`, and what was
    answered its question; else they are those whom decisions were about, or what happened to staff.
    """
    name = f"{who}/{span}/{table}" if table else f"{who}/{span}"
    return first_of(one for one in release.of(who).tables if one.name == name)


def _of(release: Release, who: str) -> Figures:
    """Return an organisation's figures, or those of all, `*`."""
    return release if who == release.slug else release.organisation(who)


def _decision(release: Release, who: str, span: str, measure: str, group: str) -> Decision | None:
    figures = release.organisation(who)
    return Decision(figures, MEASURES[measure], group) if str(figures.span) == span else None


def _asked(release: Release, who: str, quarter: str) -> Asked | None:
    asked = Asked(release, who, Quarter.parse(quarter))
    return asked if asked.tables else None


def _in_post(release: Release, who: str, span: str, cut: str, stock: str = IN_POST.key) -> InPost:
    return InPost(table_of(release, who, span, stock), cut)


def _towards(release: Release, who: str, part: str, key: str) -> list[Towards]:
    keys = ELEMENTS if part == "element" else [one.key for one in release.commitments]
    return [Towards(Delivered(release, who), part, one) for one in keys]


def _number(release: Release, **parts: str) -> Counted:
    """Return a number of people by the parts of its key."""
    key = Key(**parts)
    question = question_of(key)
    table = question.key if question else key.stage if is_of_stock(key) else ""
    return Counted(table_of(release, key.who, key.span, table), key)


def _changed(release: Release, stage: str, **of: str) -> Change:
    table = table_of(release, **of)
    return Change(table, change_of(release, table, stage))


# What finds a figure by a pattern of its name: of the patterns that a name fits, the first.
FIGURES = by_pattern(
    {
        **METRIC_FIGURES,
        "*": lambda release: release,
        "*/goal": lambda release: Declared(release) if release.goal else None,
        "*/<measure>": lambda release, measure: Across(release, MEASURES[measure]),
        "<who>": lambda release, who: release.organisation(who),
        "<who>/board": lambda release, who: Seats(_of(release, who)),
        "<who>/board/<seats>": lambda release, who, seats: Seats(_of(release, who), seats),
        "<who>/standards": lambda release, who: Standards(_of(release, who)),
        "<who>/delivery": lambda release, who: Delivered(release, _of(release, who).slug),
        "<who>/mentoring": lambda release, who: Mentored(release, _of(release, who).slug),
        "<who>/pledge": lambda release, who: Signed(release, _of(release, who).slug),
        "*/<quarter>": lambda release, quarter: next((one for one in release.earlier if str(one) == quarter), None),
        "<who>/<span>": table_of,
        "<who>/<quarter>/traits": _asked,
        "<who>/<stage>/evidence": lambda release, who, stage: next(
            (item for item in release.of(who).evidence if item.stage == stage), None
        ),
        "<who>/<span>/<table>": table_of,
        "<who>/<span>/members": lambda release, **table: Among(table_of(release, **table), release),
        "<who>/<span>/<table>/members": lambda release, **table: Among(table_of(release, **table), release),
        f"<who>/<span>/{IN_POST.key}/unknown": lambda release, who, span: not_stated(
            table_of(release, who, span, IN_POST.key)
        ),
        "<who>/<span>/<stock>/<cut>": _in_post,
        f"<who>/<span>/{IN_POST.key}/<cut>/next": lambda release, who, **at: coming(
            release.of(who), _in_post(release, who, **at)
        ),
        f"<who>/<span>/{AT_HOME.key}/<kind>/<group>/lives": lambda release, who, span, kind, group: LivesNear(
            table_of(release, who, span, AT_HOME.key), kind, group
        ),
        "<who>/<span>/<which>/disparity": lambda release, who, span, which: Disparity(
            table_of(release, who, span, IN_POST.key), which
        ),
        "<who>/<span>/<question>/answered": lambda release, who, span, question: Answered(
            table_of(release, who, span, question), MEASURES[question]
        ),
        "<who>/<span>/beside/<other>": lambda release, who, span, other: Beside(
            table_of(release, who, span), table_of(release, who, other), release
        ),
        "<who>/<span>/<stage>/change": _changed,
        "<who>/<span>/<measure>/compared": lambda release, measure, **of: Compared(
            table_of(release, **of), MEASURES[measure]
        ),
        "<who>/<span>/<measure>/happened": lambda release, measure, **of: Happened(
            table_of(release, **of), MEASURES[measure]
        ),
        "<who>/<span>/<measure>/step": lambda release, measure, **of: Step(table_of(release, **of), MEASURES[measure]),
        "<who>/<span>/<measure>/<group>": _decision,
        "<who>/<span>/<stage>/<group>/<cut>": _number,
    }
)
# What finds figures among which one has the name.
AMONG = by_pattern(
    {
        **AMONG_METRICS,
        "<who>/printed/<place>": lambda release, who, place: printed_by(release.organisation(who)),
        "<who>/standards/<number>": lambda release, who, number: Standards(_of(release, who)).rows,
        "<who>/action/<number>": lambda release, who, number: pledged_by(release.organisation(who)),
        "<who>/delivery/<number>": lambda release, who, number: Delivered(release, who).actions,
        "<who>/flow/<quarter>": lambda release, who, quarter: Delivered(release, who).flow,
        "<who>/<part>/<key>": _towards,
        "<who>/<quarter>/traits/<trait>/<rater>": lambda release, who, quarter, **_: (
            Asked(release, who, Quarter.parse(quarter)).tables
        ),
    }
)


def figure_of(release: Release, name: str) -> object:
    """Return the figure that a page names. Raises `LookupError` or `ValueError` where the release has none such."""
    among = found(AMONG, release, name)
    return first_of([found(FIGURES, release, name)] if among is None else (one for one in among if one.name == name))
