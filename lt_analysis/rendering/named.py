"""Figures that a page can name: whatever of a release something is said of, and how it is found by its name.

`figure_of` finds a figure of a release by its name, as a page carries it:

- `*`: the release itself; `*/goal`: what the partnership has declared;
- `*/shortlisting`: one decision in every organisation of the partnership;
- `ashbourne`: an organisation; `ashbourne/shortlisting/evidence`: its evidence since the declared start, of a stage;
- `partnership/2025-26`: a table of people, of the partnership or of one organisation;
- `ashbourne/2025-26/shortlisting/BME`: a group in one decision of an organisation's year;
- `ashbourne/2025-26/shortlisted/BME/8+`: a number of people, by its key;
- `partnership/2025-26/shortlisting/compared`: one decision of a year beside equal chances;
- `ashbourne/2025-03-31/training/happened`: what happened to the staff of a day, in one group beside the other;
- `ashbourne/survey-2025-26/discrimination`: the table of who answered a question of a survey, and said yes;
  `ashbourne/survey-2025-26/discrimination/answered`: the group's answers beside White people's;
- `ashbourne/2026-03-31/in-post`: the table of who worked at each band on a day; `ashbourne/2026-03-31/in-post/8+`: the
  group at some bands beside all staff; with `/next`, what the next appointments would have to be for parity;
- `partnership/2026-03-31/at-work`: the same staff by kind of work; with `/8+.clinical`, some of them beside all staff;
- `ashbourne/2026-03-31/lower-middle/disparity`: a race disparity ratio;
- `partnership/2026-27-Q1/shortlisted/change`: a group's share of a stage beside that of the quarter before;
- `*/board`, `ashbourne/board`: what all organisations, or one, have themselves published of their boards;
- `*/standards`, `ashbourne/standards`: the nine indicators of the race equality standard; `ashbourne/standards/3`: one;
- `ashbourne/printed/0`: what it has itself published of an indicator;
- `ashbourne/action/3`: one of its pledged actions, as its return of the quarter has it;
- `ashbourne/delivery/3`: one of its actions, as the releases remember it; `*/delivery`: all of the partnership's;
- `*/flow/2026-27-Q2`: what they came to be in a quarter;
- `*/element/control-systems`, `ashbourne/commitment/cultural-web`: the actions that serve one of these;
- `*/mentoring`, `ashbourne/mentoring`: the pairs of mentoring of all, or of one;
- `*/metric/smears/partnership/over-time`: a metric of inequality over time, and what else `metric_figures` names;
- `*/pledge`, `ashbourne/pledge`: the version of the pledge that stands, and whether one has signed it;
- `*/2026-27-Q2/traits`: what was answered about traits of leaders in a quarter; `*/2026-27-Q2/traits/courage/self`: one
  of its tables.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from lt_analysis.codebook.commitments import ELEMENTS, Commitment
from lt_analysis.codebook.ethnicity import BME, LEAST_KNOWN, REFERENCE, UNKNOWN
from lt_analysis.codebook.leadership import RATERS
from lt_analysis.codebook.measures import (
    APPLIED,
    APPOINTED,
    AT_HOME,
    BEFORE,
    CHAINS,
    IN_POST,
    IN_THE_BOROUGHS,
    MEASURES,
    OF_STAFF,
    OF_SURVEY,
    STAGES,
    STOCKS,
    WHOLE,
    Measure,
)
from lt_analysis.codebook.pay import ELSEWHERE, divided
from lt_analysis.codebook.periods import FinancialYear, Quarter, StaffDay, SurveyYear, parse_span
from lt_analysis.codebook.standards import BOARD, INDICATORS, SENIOR_POSTS, Indicator
from lt_analysis.codebook.words import NO_POSTS, NO_YEAR
from lt_analysis.evidence.appendix import RelativeLikelihood
from lt_analysis.evidence.assurance import Watched
from lt_analysis.evidence.funnel import FunnelPlace, ShareFunnel
from lt_analysis.evidence.inequality import Quantile, SlopeIndex
from lt_analysis.evidence.process_control import ControlChart, Observation, Signal
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
from lt_analysis.release.keys import ALL_BANDS, CUTS, KNOWN, PARTNERSHIP, SUM_OF_PERIODS, Key
from lt_analysis.rendering.group_shares import NOT_SHOWN, GroupShare
from lt_analysis.rendering.metric_figures import metric_figure
from lt_analysis.rendering.numbers import SMALLEST_BASE, part_of, whole

FEWEST_FOR_A_RATIO = 5  # of fewer people in either group the ratio says more than the counts do


QUESTIONS = tuple(question.key for question in OF_SURVEY)
STAGES_OF_STOCKS = tuple(chain.keys[0] for chain in STOCKS)
STAGE_OF_QUESTION = {stage: question.key for question in OF_SURVEY for stage in question.counts}
DELIVERY, SERVED = "delivery", ("commitment", "element")
OF_METRICS = ("metric", "metrics", "network", "anchors", "anchor", "elsewhere", "published")
MENTORED, TRAITS, PLEDGE = "mentoring", "traits", "pledge"
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


class Decision(NamedTuple):
    """A group in one decision of an organisation's year, and whose it is."""

    figures: OrganisationFigures
    measure: Measure
    group: str = BME

    @property
    def stage(self) -> StageFigure:
        """Its counts, and what equal chances would give."""
        return self.figures.stage(self.measure, self.group)

    @property
    def hidden(self) -> bool:
        """Whether nothing of it may be shown."""
        return self.stage.hidden

    @property
    def likelihood(self) -> RelativeLikelihood | None:
        """Its counts."""
        return self.stage.likelihood

    @property
    def expected(self) -> Expected | None:
        """What equal chances would give."""
        return self.stage.expected

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


class Compared(NamedTuple):
    """One decision of all organisations of the partnership's year together, and what equal chances would give."""

    table: PeopleTable
    measure: Measure

    @property
    def stage(self) -> StageFigure:
        """Its counts, and what equal chances would give."""
        return stage_of(self.table, self.measure)

    @property
    def hidden(self) -> bool:
        """Whether nothing of it may be shown."""
        return self.stage.hidden

    @property
    def likelihood(self) -> RelativeLikelihood | None:
        """Its counts."""
        return self.stage.likelihood

    @property
    def expected(self) -> Expected | None:
        """What equal chances would give."""
        return self.stage.expected

    @property
    def name(self) -> str:
        """The name under which a page carries it."""
        return f"{name_of_table(self.table)}/{self.measure.key}/compared"


class Happened(NamedTuple):
    """What happened to the staff of a day in the year after: one measure, of an organisation or of the partnership."""

    table: PeopleTable
    measure: Measure
    group: str = BME

    @property
    def stage(self) -> StageFigure:
        """Its counts."""
        return stage_of(self.table, self.measure)

    @property
    def hidden(self) -> bool:
        """Whether nothing of it may be shown but, perhaps, how many there were of everybody."""
        return self.stage.hidden

    @property
    def likelihood(self) -> RelativeLikelihood | None:
        """Its counts."""
        return self.stage.likelihood

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

    @property
    def name(self) -> str:
        """The name under which a page carries it."""
        return f"{name_of_table(self.table)}/{self.measure.key}/happened"


class Declared(NamedTuple):
    """What the partnership has declared, in a report that has it."""

    release: Release

    @property
    def goal(self) -> Goal:
        """The goal."""
        return self.release.goal

    @property
    def name(self) -> str:
        """The name under which a page carries it."""
        return "*/goal"


class InPost(NamedTuple):
    """The group among the staff of some bands on a day, beside its part of all staff."""

    table: PeopleTable
    cut: str

    @property
    def shares(self) -> tuple[GroupShare, GroupShare]:
        """The group's share at these bands, and of all staff."""
        stage = self.table.numbers[0].key.stage
        return GroupShare.of(self.table, stage, self.cut), GroupShare.of(self.table, stage, WHOLE[stage])

    @property
    def hidden(self) -> bool:
        """Whether one of its four numbers may not be shown."""
        return any(number.hidden for share in self.shares for number in (share.some, share.everybody))

    @property
    def beside_all(self) -> AtBand:
        """Its counts; needs all four of them."""
        return AtBand(*(share.share for share in self.shares))

    @property
    def name(self) -> str:
        """The name under which a page carries it."""
        return f"{name_of_table(self.table)}/{self.cut}"


class NotStated(NamedTuple):
    """Of how many of an organisation's staff ethnicity is not known, where that is published."""

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

    @property
    def name(self) -> str:
        """The name under which a page carries it."""
        return f"{name_of_table(self.table)}/unknown"


def not_stated(table: PeopleTable) -> NotStated | None:
    """Return of how many staff of a table ethnicity is not known; None where that is not published, or hidden."""
    there = table.has(IN_POST.key, UNKNOWN, WHOLE[IN_POST.key])
    return NotStated(table) if there and not any(number.hidden for number in NotStated(table).numbers) else None


class LivesNear(NamedTuple):
    """How many of a group's staff of some bands live in the six boroughs, of those whose borough is known."""

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

    @property
    def name(self) -> str:
        """The name under which a page carries it."""
        return f"{name_of_table(self.table)}/{self.kind}/{self.group}/lives"


class Coming(NamedTuple):
    """A year of appointments like the one that ended on a day, and what it would take of them for a group's parity."""

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

    @property
    def name(self) -> str:
        """The name under which a page carries it."""
        return f"{self.at.name}/next"


def coming(figures: OrganisationFigures | Release, at: InPost) -> Coming | None:
    """Return the appointments of the year that ended on a day, of the same organisations; None where there are none."""
    years = figures.years if isinstance(figures, Release) else (figures.people, figures.before)
    span = str(span_of(at.table).before.year)
    found = (year for year in years if year and (year.span, year.members) == (span, at.table.members))
    return next((Coming(at, year) for year in found), None)


class Disparity(NamedTuple):
    """A race disparity ratio of the staff of a day, from some bands to others."""

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

    @property
    def name(self) -> str:
        """The name under which a page carries it."""
        return f"{self.table.who}/{self.table.span}/{self.which}/disparity"


class Answered(NamedTuple):
    """What White staff and the group answered to a question of a survey."""

    table: PeopleTable
    measure: Measure

    @property
    def stage(self) -> StageFigure:
        """Its counts: who answered, and who said yes."""
        return stage_of(self.table, self.measure)

    @property
    def hidden(self) -> bool:
        """Whether one of its counts may not be shown."""
        return self.stage.hidden

    @property
    def likelihood(self) -> RelativeLikelihood | None:
        """Its counts."""
        return self.stage.likelihood

    @property
    def gap(self) -> ShareChange:
        """The group's share of yes beside White people's: how much larger it is, with its margin of error."""
        counts = self.likelihood
        return ShareChange(counts.white_successful, counts.white_people, counts.group_successful, counts.group_people)

    @property
    def name(self) -> str:
        """The name under which a page carries it."""
        return f"{name_of_table(self.table)}/answered"


class Seats(NamedTuple):
    """What organisations have themselves published of their boards, beside their staff; or one of them has."""

    figures: Figures

    @property
    def whose(self) -> list[OrganisationFigures]:
        """Those that have published it."""
        every = own(self.figures) if isinstance(self.figures, Release) else [self.figures]
        return [one for one in every if one.board]

    @property
    def hidden(self) -> bool:
        """Nothing of it is: board members are public persons."""
        return False

    @property
    def seats(self) -> Share:
        """How many of all their members are of the group."""
        boards = [one.board for one in self.whose]
        return Share(sum(board.bme_members for board in boards), sum(board.members for board in boards))

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
        return f"{'*' if isinstance(self.figures, Release) else self.figures.slug}/board"


class Printed(NamedTuple):
    """What an organisation has itself published of an indicator, and the audit's own figure of the same year."""

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

    @property
    def name(self) -> str:
        """The name under which a page carries it."""
        return f"{self.figures.slug}/printed/{self.place}"


Behind = Compared | Happened | InPost | Answered | Seats  # what an indicator is printed from


class Measured(NamedTuple):
    """One indicator of the race equality standard, of an organisation or of the partnership."""

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

    @property
    def name(self) -> str:
        """The name under which a page carries it."""
        return f"{Standards(self.figures).name}/{self.indicator.number}"


class Standards(NamedTuple):
    """The nine indicators of the race equality standard, of an organisation or of the partnership."""

    figures: Figures

    @property
    def rows(self) -> tuple[Measured, ...]:
        """Each indicator, in the order of the standard, shown or not."""
        return tuple(Measured(self.figures, indicator) for indicator in INDICATORS)

    @property
    def shown(self) -> tuple[Measured, ...]:
        """Those that can be shown."""
        return tuple(row for row in self.rows if row.shown)

    @property
    def name(self) -> str:
        """The name under which a page carries them."""
        return f"{'*' if isinstance(self.figures, Release) else self.figures.slug}/standards"


def answers_of_year(figures: Figures, question: Measure) -> PeopleTable | None:
    """Return the table of a question of the survey of the report's latest year; None where there is none."""
    return next(answers_to(figures, question, SurveyYear(figures.quarter.latest_complete_year)), None)


def answers_to(figures: Figures, question: Measure, survey: SurveyYear) -> Iterator[PeopleTable]:
    """Yield the table of a question of a year's survey, where there is one."""
    of_year = (table for table in figures.survey if table.span == str(survey))
    yield from (table for table in of_year if question_of(table.numbers[0].key) == question)


class Across(NamedTuple):
    """One decision in every organisation of the partnership, published examples from elsewhere apart."""

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

    @property
    def name(self) -> str:
        """The name under which a page carries it."""
        return f"*/{self.measure.key}"


class Step(NamedTuple):
    """One decision in a table of people: how many of the group, and of everybody, came to it and succeeded."""

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

    @property
    def name(self) -> str:
        """The name under which a page carries it."""
        return f"{name_of_table(self.table)}/{self.measure.key}/step"


class Among(NamedTuple):
    """A table of the partnership among all organisations: those that it adds up, and those that it leaves out."""

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

    @property
    def name(self) -> str:
        """The name under which a page carries it."""
        return f"{name_of_table(self.table)}/members"


class Beside(NamedTuple):
    """A quarter of the partnership beside another one that adds up other organisations."""

    table: PeopleTable
    other: PeopleTable
    release: Release

    @property
    def alone(self) -> list[str]:
        """The organisations that it adds up alone; one that has left goes by its folder."""
        names = {organisation.slug: name_of(organisation) for organisation in self.release.organisations}
        return [names.get(slug, slug) for slug in self.table.members if slug not in self.other.members]

    @property
    def name(self) -> str:
        """The name under which a page carries it."""
        return f"{name_of_table(self.table)}/beside/{self.other.span}"


class Pledged(NamedTuple):
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


class Pursued(NamedTuple):
    """An action that an organisation pledged, as the releases remember it, and who else shares what."""

    action: Tracked
    figures: OrganisationFigures
    release: Release

    @property
    def name(self) -> str:
        """The name under which a page carries it."""
        return f"{self.figures.slug}/{DELIVERY}/{self.action.key.rpartition('.')[2]}"

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


class Delivered(NamedTuple):
    """All actions of the partnership, or of one organisation, as the releases remember them."""

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

    @property
    def name(self) -> str:
        """The name under which a page carries them."""
        return f"{self.slug}/{DELIVERY}"


class Flow(NamedTuple):
    """What some actions came to be in one quarter, of those that an earlier report had too."""

    of: Delivered
    quarter: Quarter

    @property
    def became(self) -> list[Became | None]:
        """What each came to be; None of one that came to be none of the three."""
        every = (one.action.became for one in self.of.actions)
        return [one[self.quarter] for one in every if self.quarter in one]

    @property
    def name(self) -> str:
        """The name under which a page carries it."""
        return f"{self.of.slug}/flow/{self.quarter}"


class Towards(NamedTuple):
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


class Mentored(NamedTuple):
    """The pairs of mentoring of all organisations together, or of one, as they stood at the end of the quarter."""

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

    @property
    def name(self) -> str:
        """The name under which a page carries them."""
        return f"{self.slug}/{MENTORED}"


class Signed(NamedTuple):
    """The version of the pledge that stands, for all organisations or for one of them."""

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

    @property
    def name(self) -> str:
        """The name under which a page carries it."""
        return f"{self.slug}/{PLEDGE}"


class Asked(NamedTuple):
    """What was answered about traits of leaders in one quarter, in all organisations together or in one."""

    release: Release
    slug: str
    quarter: Quarter

    @property
    def tables(self) -> list["Rated"]:
        """Its tables, those that are hidden too."""
        return [Rated(self, one) for one in ratings(self.release, self.slug) if one.quarter == self.quarter]

    @property
    def name(self) -> str:
        """The name under which a page carries it."""
        return f"{self.slug}/{self.quarter}/{TRAITS}"


class Rated(NamedTuple):
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


class Change(NamedTuple):
    """A group's share of one stage in a quarter, beside that of the quarter before."""

    table: PeopleTable
    of: StageChange

    @property
    def name(self) -> str:
        """The name under which a page carries it."""
        return f"{name_of_table(self.table)}/{self.of.stage}/change"


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


class OfPeriod(NamedTuple):
    """One period of a measure over time, by its place from 0."""

    watched: Watched
    place: int

    @property
    def point(self) -> Observation:
        """Its point."""
        return self.watched.series.points[self.place]

    @property
    def signal(self) -> Signal | None:
        """What marks it, on a chart with limits."""
        chart = self.watched.chart
        return chart.signals[self.place] if isinstance(chart, ControlChart) else None


class OfQuantile(NamedTuple):
    """One fifth or tenth of deprivation, by its number from 1, the most deprived."""

    index: SlopeIndex
    number: int

    @property
    def quantile(self) -> Quantile:
        """Its people and value."""
        return self.index.quantiles[self.number - 1]


class InFunnel(NamedTuple):
    """One organisation's share beside those of all of them, by its name."""

    funnel: ShareFunnel
    organisation: str

    @property
    def share(self) -> Share:
        """Its share."""
        return self.funnel.shares[self.organisation]

    @property
    def place(self) -> FunnelPlace:
        """Where it lies beside the limits."""
        return self.funnel.place(self.organisation)


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
        case Pursued() | Delivered():
            return figure.release.quarter
        case Towards():
            return figure.of.release.quarter
        case Mentored() | Signed():
            return figure.release.quarter
        case Decision():
            return figure.figures.span
        case Measured():
            return span_of(figure.behind)
        case (
            Step()
            | Change()
            | Counted()
            | Among()
            | Beside()
            | Compared()
            | Happened()
            | InPost()
            | LivesNear()
            | NotStated()
            | Disparity()
        ):
            return span_of(figure.table)
        case Coming():
            return span_of(figure.year)
        case Answered():
            return span_of(figure.table)
        case PeopleTable():
            return spans_in_words(figure.span) if SUM_OF_PERIODS in figure.span else parse_span(figure.span)
        case _:
            return figure.span


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


def name_of(organisation: OrganisationFigures) -> str:
    """Return an organisation's name on a page of several, an invented one's so that nobody takes it for real."""
    return (
        organisation.name
        if not organisation.invented or "(invented)" in organisation.name
        else f"{organisation.name} (invented)"
    )


def named(figures: OrganisationFigures) -> str:
    """Return the name under which a page may carry an organisation's figures; empty on an exact page."""
    return "" if figures.people is None else figures.slug


def cell_of(figures: OrganisationFigures, name: str) -> str:
    """Return the name of a cell; an exact page has a year and a quarter, and the cells of its year a word before."""
    of_exact_year = figures.state == State.RESTRICTED and isinstance(figures.span, FinancialYear)
    return f"{EXACT_YEAR}{name}" if of_exact_year else name


def name_of_table(table: PeopleTable) -> str:
    """Return the name under which a page may carry a table of people."""
    first = table.numbers[0].key
    question = question_of(first)
    which = f"/{first.stage}" if is_of_stock(first) else f"/{question.key}" if question else ""
    return f"{table.who}/{table.span}{which}"


def band_shares(year: PeopleTable) -> dict[str, tuple[GroupShare, GroupShare]]:
    """Return the group's share of applicants and of those appointed in each single band."""
    bands = (band for band in year.bands if len(CUTS[band]) == 1)
    pairs = {band: (GroupShare.of(year, APPLIED.key, band), GroupShare.of(year, APPOINTED.key, band)) for band in bands}
    return {band: (before, after.beside(before)) for band, (before, after) in pairs.items()}


def figure_of(release: Release, name: str) -> object:
    """Return the figure that a page names. Raises `LookupError` or `ValueError` where the release has none such."""
    match name.split("/"):
        case ["*"]:
            return release
        case ["*", "goal"] if release.goal:
            return Declared(release)
        case [slug, "board"]:
            return Seats(release if slug == "*" else release.organisation(slug))
        case [slug, "printed", place]:
            figures = release.organisation(slug)
            return _first_of(Printed(figures, n) for n in range(len(figures.indicators)) if str(n) == place)
        case [slug, "standards"]:
            return Standards(release if slug == "*" else release.organisation(slug))
        case [slug, "standards", number]:
            return _first_of(
                row for row in figure_of(release, f"{slug}/standards").rows if str(row.indicator.number) == number
            )
        case [slug, "delivery"]:
            return Delivered(release, slug if slug == "*" else release.organisation(slug).slug)
        case [slug, "mentoring"]:
            return Mentored(release, slug if slug == "*" else release.organisation(slug).slug)
        case [slug, "pledge"]:
            return Signed(release, slug if slug == "*" else release.organisation(slug).slug)
        case [slug, quarter, "traits"]:
            asked = Asked(release, slug, Quarter.parse(quarter))
            return _first_of([asked] if asked.tables else [])
        case [slug, quarter, "traits", _, kind] if kind in RATERS:
            return _first_of(one for one in Asked(release, slug, Quarter.parse(quarter)).tables if one.name == name)
        case ["*", *parts] if parts[0] in OF_METRICS:
            return _of_metric(release, parts)
        case ["*", measure] if measure in MEASURES:
            return Across(release, MEASURES[measure])
        case ["*", quarter]:
            return _first_of(earlier_quarter for earlier_quarter in release.earlier if str(earlier_quarter) == quarter)
        case [slug]:
            return release.organisation(slug)
        case [who, stage, "evidence"]:
            items = release.evidence if who == PARTNERSHIP else release.organisation(who).evidence
            return _first_of(item for item in items if item.stage == stage)
        case [who, span]:
            return table_of(release, who, span)
        case [slug, "action", number]:
            figures = release.organisation(slug)
            return _first_of(Pledged(action, figures) for action in figures.actions if action.key == f"{slug}.{number}")
        case [who, span, stage] if stage in STAGES_OF_STOCKS:
            return table_of(release, who, span, stage)
        case [who, span, stage, "members"] if stage in STAGES_OF_STOCKS:
            return Among(table_of(release, who, span, stage), release)
        case [who, span, IN_POST.key, "unknown"]:
            return _first_of(filter(None, [not_stated(table_of(release, who, span, IN_POST.key))]))
        case [who, span, stage, cut] if stage in STAGES_OF_STOCKS:
            return InPost(table_of(release, who, span, stage), cut)
        case [who, span, AT_HOME.key, kind, group, "lives"]:
            return LivesNear(table_of(release, who, span, AT_HOME.key), kind, group)
        case [who, span, IN_POST.key, cut, "next"]:
            at = InPost(table_of(release, who, span, IN_POST.key), cut)
            return _first_of([coming(release if who == PARTNERSHIP else release.organisation(who), at)])
        case [who, span, which, "disparity"]:
            return Disparity(table_of(release, who, span, IN_POST.key), which)
        case [who, span, stage, *_] if stage in STAGES_OF_STOCKS:
            return Counted(table_of(release, who, span, stage), Key.parse(name))
        case [who, span, question] if question in QUESTIONS:
            return answers_of(release, who, span, question)
        case [who, span, question, "members"] if question in QUESTIONS:
            return Among(answers_of(release, who, span, question), release)
        case [who, span, question, "answered"]:
            return Answered(answers_of(release, who, span, question), MEASURES[question])
        case [who, span, stage, *_] if question := STAGE_OF_QUESTION.get(stage):
            return Counted(answers_of(release, who, span, question), Key.parse(name))
        case [slug, "delivery", number]:
            return _first_of(one for one in Delivered(release, slug).actions if one.action.key == f"{slug}.{number}")
        case [slug, "flow", quarter]:
            return _first_of(one for one in Delivered(release, slug).flow if str(one.quarter) == quarter)
        case [slug, "element" | "commitment" as part, key]:
            keys = ELEMENTS if part == "element" else [one.key for one in release.commitments]
            return _first_of(
                Towards(Delivered(release, slug), part, one) for one in keys if one.replace(" ", "-") == key
            )
        case [who, span, "members"]:
            return Among(table_of(release, who, span), release)
        case [who, span, "beside", other]:
            return Beside(table_of(release, who, span), table_of(release, who, other), release)
        case [who, span, stage, "change"]:
            table = table_of(release, who, span)
            return Change(table, change_of(release, table, stage))
        case [who, span, measure, "compared"]:
            return Compared(table_of(release, who, span), MEASURES[measure])
        case [who, span, measure, "happened"]:
            return Happened(table_of(release, who, span), MEASURES[measure])
        case [who, span, measure, "step"]:
            return Step(table_of(release, who, span), MEASURES[measure])
        case [slug, span, measure, group]:
            figures = release.organisation(slug)
            if str(figures.span) != span:
                raise LookupError(name)
            return Decision(figures, MEASURES[measure], group)
        case [who, span, *_]:
            return Counted(table_of(release, who, span), Key.parse(name))
    raise LookupError(name)


def _of_metric(release: Release, parts: list[str]) -> object:
    """Return what a page says of metrics, promises of anchors or values published elsewhere, or a part of a chart."""
    match parts:
        case ["metric", _, _, "over-time", period]:
            watched = metric_figure(release, parts[:-1])
            periods = (OfPeriod(watched, place) for place in range(len(watched.series.points)))
            return _first_of(one for one in periods if one.point.period == period)
        case ["metric", _, _, "slope", number]:
            index = metric_figure(release, parts[:-1])
            parts_of_it = (OfQuantile(index, place) for place in range(1, len(index.quantiles) + 1))
            return _first_of(one for one in parts_of_it if str(one.number) == number)
        case ["metric", _, _, "funnel", who]:
            funnel = metric_figure(release, parts[:-1])
            return _first_of(InFunnel(funnel, one) for one in funnel.shares if one == who)
    return metric_figure(release, parts)


def _first_of(figures: Iterable[object]) -> object:
    """Return the first of what was found. Raises `LookupError` where nothing was."""
    for figure in figures:
        return figure
    raise LookupError("the release has none such")


def change_of(release: Release, table: PeopleTable, stage: str) -> StageChange:
    """Return how a stage of a quarter compares with the quarter before. Raises `LookupError` where it does not."""
    for earlier in release.quarters:
        if Quarter.parse(table.span).previous == Quarter.parse(earlier.span):
            return _first_of(change for change in changes(earlier, table) if change.stage == stage)
    raise LookupError(f"{table.span} has no quarter before")


def answers_of(release: Release, who: str, span: str, question: str) -> PeopleTable:
    """Return the table of a question of a survey. Raises `LookupError` where there is none."""
    figures = release if who == PARTNERSHIP else release.organisation(who)
    return _first_of(
        table
        for table in figures.survey
        if table.span == span and question_of(table.numbers[0].key) == MEASURES[question]
    )


def table_of(release: Release, who: str, span: str, stock: str = "") -> PeopleTable:
    """Return a table of people of an organisation, or of the partnership. Raises `LookupError` where there is none.

    Of the staff of a day there may be several: who was in post, by the stage of a `stock`, and what happened to them.
    """
    figures = release if who == PARTNERSHIP else release.organisation(who)
    if stock:
        every = (*figures.in_post, *(figures.divided if who == PARTNERSHIP else ()))
        tables = tuple(table for table in every if table.numbers[0].key.stage == stock)
    elif who == PARTNERSHIP:
        tables = (*release.partnership, *release.staff)
    else:
        tables = (figures.people, *figures.together, *figures.staff, figures.before)
    for table in tables:
        if table and table.span == span:
            return table
    raise LookupError(f"{who}/{span}")
