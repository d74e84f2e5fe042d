"""Figures that know whether they are released, hidden or restricted, and carry their own counts."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import TYPE_CHECKING, Self

from lt_analysis.codebook import words
from lt_analysis.codebook.commitments import COMMITMENTS, Commitment
from lt_analysis.codebook.downloads import NOT_GIVEN
from lt_analysis.codebook.ethnicity import BME, REFERENCE
from lt_analysis.codebook.measures import CHAINS_OF_POSTS, OF_SURVEY, STAGES, STOCKS, WHOLE, Chain, Measure
from lt_analysis.codebook.parameters import one_asked
from lt_analysis.codebook.periods import FinancialYear, Quarter, parse_period
from lt_analysis.codebook.standards import SEATS
from lt_analysis.evidence.relative_likelihood import RelativeLikelihood, Share
from lt_analysis.evidence.share_change import ShareChange, part_beside_whole
from lt_analysis.release.delivery import Tracked
from lt_analysis.release.items import EvidenceItem
from lt_analysis.release.keys import ALL_BANDS, KNOWN, PARTNERSHIP, Key
from lt_analysis.release.leadership import Mentoring, Ratings
from lt_analysis.release.metric_tables import Metrics, Promise

if TYPE_CHECKING:
    from lt_analysis.evidence.appendix import Appendix  # of exact figures alone, with half a second of imports

# What `refused` says of something that lies in no period's folder.
ITS_FOLDER = "its folder"
# The kind of an organisation whose settings cannot be read, so that none of its returns could be.
UNKNOWN_KIND = "unknown"
# What is said of equal chances at a stage: the expected number, the limits of its usual range, and of how many posts.
CHANCES = ("people", "low", "high", "informative")
COULD_TELL = "could_tell"  # of what equal chances would give: whether any outcome could have told


class State(StrEnum):
    """Who may see a figure."""

    RELEASED = "released"
    HIDDEN = "hidden"
    RESTRICTED = "restricted"


class Status(StrEnum):
    """What became of an organisation's returns for the span that is reported."""

    COMPLETE = "complete"
    INCOMPLETE = "incomplete"
    REFUSED = "refused"
    AWAITING = words.AWAITING  # figures from elsewhere that nobody has approved yet


@dataclass(frozen=True)
class Expected:
    """How many of the group would have succeeded at equal chances within each vacancy, in whole people.

    `low` to `high` is the range that equal chances would often give; `could_tell` is whether any outcome
    that was possible lies outside it. `informative` vacancies could have gone either way. Where too few
    could, only `could_tell` is given, and it is False; and where it is hidden, so that no other organisation's can be
    worked out, only that it is True.
    """

    could_tell: bool
    people: int | None = None
    low: int | None = None
    high: int | None = None
    informative: int | None = None

    @property
    def hidden(self) -> bool:
        """Whether it may not be shown, though the counts beside it are."""
        return self.could_tell and self.people is None


@dataclass(frozen=True)
class Exactly:
    """What only analysts see of a comparison within vacancies."""

    expected: float
    standard_deviation: float
    p: float
    vacancies: int


@dataclass(frozen=True)
class StageFigure:
    """White people compared with one other group in one decision; without counts where it is hidden."""

    measure: Measure
    group: str
    state: State
    likelihood: RelativeLikelihood | None = None
    expected: Expected | None = None
    exactly: Exactly | None = None

    @property
    def hidden(self) -> bool:
        """Whether nothing of it may be shown."""
        return self.state == State.HIDDEN


@dataclass(frozen=True)
class UnknownApplicants:
    """How many applicants' ethnicity is not known; without the number where it is hidden."""

    state: State
    people: int | None = None

    @property
    def hidden(self) -> bool:
        """Whether the number may not be shown."""
        return self.state == State.HIDDEN


@dataclass(frozen=True)
class Number:
    """A published number of people, by its key; None where it is hidden. `no_posts`: there was no such post."""

    key: Key
    people: int | None
    no_posts: bool = False

    @property
    def hidden(self) -> bool:
        """Whether the number may not be shown."""
        return self.people is None


@dataclass(frozen=True)
class PeopleTable:
    """How many people of each group reached each stage, band by band: one organisation's, or the partnership's.

    `span` is a year, a quarter, or years joined by `+`; `members` are the organisations that it adds up. `corrected`
    says that a return of theirs was corrected after it was published: what stands here stays as it is. `expected` says
    by decision what equal chances would give of the group, where that is published.
    """

    who: str
    span: str
    members: tuple[str, ...]
    first_published: str
    numbers: tuple[Number, ...]
    corrected: bool = False
    expected: tuple[tuple[str, Expected], ...] = ()

    def number(self, stage: str, group: str, band: str) -> Number:
        """Return one number; `KeyError` where the table has none such."""
        for one in self.numbers:
            if one.key[2:] == (stage, group, band):
                return one
        raise KeyError((stage, group, band))

    def people_at(self, stage: str, group: str, band: str) -> int | None:
        """Return how many people a number counts; None where it is hidden, or the table was published without it."""
        return self.number(stage, group, band).people if self.has(stage, group, band) else None

    def has(self, stage: str, group: str, band: str) -> bool:
        """Tell whether the table was published with a number, shown or hidden."""
        return any(one.key[2:] == (stage, group, band) for one in self.numbers)

    def share(self, stage: str, group: str, band: str) -> Share | None:
        """Return the part that a group is of a stage's people of known ethnicity; None where either is hidden."""
        some, everybody = (self.number(stage, one, band) for one in (group, KNOWN))
        return None if some.hidden or everybody.hidden else Share(some.people, everybody.people)

    @property
    def name(self) -> str:
        """The name under which a page carries it: whose it is, its span, and of which stock or question."""
        first = self.numbers[0].key
        question = question_of(first)
        which = f"/{first.stage}" if is_of_stock(first) else f"/{question.key}" if question else ""
        return f"{self.who}/{self.span}{which}"

    @property
    def groups(self) -> tuple[str, ...]:
        """Its groups, in order."""
        return tuple(dict.fromkeys(one.key.group for one in self.numbers))

    @property
    def bands(self) -> tuple[str, ...]:
        """Its bands, in order."""
        return tuple(dict.fromkeys(one.key.cut for one in self.numbers))


def is_of_stock(key: Key) -> bool:
    """Tell whether a number says only how many there are, and nothing that was decided about them."""
    return any(key.stage in chain for chain in STOCKS)


def question_of(key: Key) -> Measure | None:
    """Return the question of the staff survey that a number is of; None of any other number."""
    return next((question for question in OF_SURVEY if key.stage in question.counts), None)


def stage_of(people: PeopleTable, measure: Measure, group: str = BME) -> StageFigure:
    """Return one decision in a published table, hidden where one of its four counts is."""
    of, done = measure.counts
    whole = WHOLE[of]
    counts = {
        "white_people": people.people_at(of, REFERENCE, whole),
        "white_successful": people.people_at(done, REFERENCE, whole),
        "group_people": people.people_at(of, group, whole),
        "group_successful": people.people_at(done, group, whole),
    }
    if None in counts.values():
        return StageFigure(measure, group, State.HIDDEN)
    expected = dict(people.expected).get(measure.key) if group == BME else None
    return StageFigure(measure, group, State.RELEASED, RelativeLikelihood(**counts), expected)


def range_beside(part: Share, whole: Share) -> tuple[float, float]:
    """Return the likely range of a share among some people, beside that of all those of whom they are a part."""
    low, high = part_beside_whole(part, whole)
    return max(0.0, whole.share + low), min(1.0, whole.share + high)


@dataclass(frozen=True)
class StageChange:
    """The share of one group at a stage in two quarters; without it where one of its four counts is hidden."""

    stage: str
    change: ShareChange | None

    @property
    def hidden(self) -> bool:
        """Whether nothing of it may be shown."""
        return self.change is None


def changes(before: PeopleTable, later: PeopleTable) -> tuple[StageChange, ...]:
    """Return the change of the group's share at each stage at which there was anybody in both quarters.

    Raises `ValueError` where the two tables add up different organisations: then they are about different things.
    """
    if before.members != later.members:
        raise ValueError("the two quarters add up different organisations")
    found = []
    for stage in (key for chain in CHAINS_OF_POSTS for key in chain.keys):
        counts = [table.number(stage, group, ALL_BANDS).people for table in (before, later) for group in (BME, KNOWN)]
        if None in counts:
            found.append(StageChange(stage, None))
        elif counts[1] and counts[3]:
            found.append(StageChange(stage, ShareChange(*counts)))
    return tuple(found)


@dataclass(frozen=True)
class Action:
    """An organisation's pledged action, as it stood at the end of the quarter of the report.

    `text` and `owner_role` are as they were sent, and None where they may name or reach a person. `key` tells one
    action of a report from all others. `soonest_due_on` is the first of all days that reports have had for it, for a
    day that was moved away is no less past; None where no report remembers it.
    """

    key: str
    text: str | None
    owner_role: str | None
    started_on: date | None
    due_on: date
    status: str
    status_on: date
    soonest_due_on: date | None = None

    def is_late(self, quarter: Quarter) -> bool:
        """Tell whether it was first due before the quarter's last day, and is not done: never by today's date."""
        due_on = min(self.due_on, self.soonest_due_on or self.due_on)
        return due_on < quarter.last_day and self.status != "done"


@dataclass(frozen=True)
class Board:
    """What an organisation has itself published of its board: how many of its members were BME, where and when.

    Of voting members and of executives the same, where it has published that; else None.

    >>> board = Board(14, 3, "Annual report, page 12", date(2026, 3, 31), executives=6, bme_executives=1)
    >>> board.of("executives"), board.of("voting")
    ((6, 1), None)
    """

    members: int
    bme_members: int
    source: str
    as_of: date
    voting_members: int | None = None
    bme_voting_members: int | None = None
    executives: int | None = None
    bme_executives: int | None = None

    def of(self, seats: str) -> tuple[int, int] | None:
        """Return how many seats there are of a kind of `standards.SEATS`, and the group's; None where unpublished."""
        every, some = (getattr(self, part) for part in SEATS[seats])
        return None if every is None or some is None else (every, some)


@dataclass(frozen=True)
class IndicatorPrinted:
    """What an organisation has itself published of an indicator of a year: a ratio, or the percentage of a `group`.

    `value` is as it was printed, with its decimals.

    >>> printed = IndicatorPrinted(3, FinancialYear(2025), "1.80", None, "Annual report", date(2026, 7, 1))
    >>> printed.number, printed.decimals, printed.beside(1.8049), round(printed.beside(1.806), 3)
    (1.8, 2, 0.0, 0.006)
    """

    indicator: int
    year: FinancialYear
    value: str
    group: str | None
    source: str
    as_of: date

    @property
    def number(self) -> float:
        """The number; of a percentage, that of 100."""
        return float(self.value.rstrip("%"))

    @property
    def decimals(self) -> int:
        """How many decimals were printed."""
        return len(self.value.rstrip("%").partition(".")[2])

    def beside(self, ours: float) -> float:
        """Return by how much another number is larger; 0 where it could have been printed so: to its decimals."""
        more = ours - self.number
        return 0.0 if abs(more) <= 0.5 * 10**-self.decimals + ROUNDING else more


ROUNDING = 1e-9  # of floating point: what lies on a half may have been printed either way


@dataclass(frozen=True)
class OrganisationFigures:
    """All that one page shows of one organisation over one span.

    `missing` and `refused` name the returns that were not received, or could not be used, in that span or in
    the quarter of the report. `unknown` is None on an exact page, which counts them elsewhere. `people` are the year's
    numbers, and `together` those of several years where a year hides too much. `evidence` is of all years since the
    declared start, an item a stage; none where there is none yet. `staff` are the numbers of the staff of each day,
    and of what happened to them in the year after, the earliest first. `before` are the numbers of the year before,
    where they were published. `survey` are the answers of each year's survey, a table a question, the earliest first;
    to the questions `few_answers` too few were sent for a table. `board` is what it has published of its board itself,
    and `indicators` what of the race equality standard's other indicators.
    `actions` are those it pledged, in the order in which
    they are due, and `delivery` is what all releases remember of those and of earlier ones. `mentoring` are its pairs
    of the quarter, where it sent any, and `ratings` what was answered about traits of leaders, the earliest first.
    `goal_by` is the year that is to show what the partnership has declared; None where it has declared no goal.
    """

    slug: str
    name: str
    kind: str
    invented: bool
    posts: str
    span: FinancialYear | Quarter
    quarter: Quarter
    status: Status
    missing: tuple[str, ...]
    refused: tuple[str, ...]
    source: str | None
    first_published: str | None
    adjusted_for_vacancies: bool
    state: State
    stages: tuple[StageFigure, ...]
    unknown: UnknownApplicants | None = None
    people: PeopleTable | None = None
    together: tuple[PeopleTable, ...] = ()
    evidence: tuple[EvidenceItem, ...] = ()
    actions: tuple[Action, ...] = ()
    posts_set_aside: str = "none"
    staff: tuple[PeopleTable, ...] = ()
    delivery: tuple[Tracked, ...] = ()
    in_post: tuple[PeopleTable, ...] = ()
    before: PeopleTable | None = None
    survey: tuple[PeopleTable, ...] = ()
    few_answers: tuple[str, ...] = ()
    board: Board | None = None
    mentoring: Mentoring | None = None
    ratings: tuple[Ratings, ...] = ()
    indicators: tuple[IndicatorPrinted, ...] = ()
    goal_by: FinancialYear | None = None

    @property
    def delivered(self) -> bool:
        """Whether anything was sent of actions, of mentoring or of traits, so that there is a page on delivery."""
        return bool(self.delivery or self.mentoring or self.ratings)

    @property
    def tables(self) -> tuple[PeopleTable, ...]:
        """Every table of people that is published of it."""
        every = (self.people, *self.together, self.before, *self.staff, *self.in_post, *self.survey)
        return tuple(table for table in every if table)

    @property
    def years(self) -> tuple[PeopleTable, ...]:
        """Its year of posts, where it sent every return of that; none of what others published."""
        return (self.people,) if self.people and self.status == Status.COMPLETE and not self.source else ()

    @property
    def standards(self) -> tuple[PeopleTable, ...]:
        """The tables that the indicators of the race equality standard are printed from."""
        return (*self.years, *self.staff[-1:], *self.in_post[-1:], *self.survey)

    @property
    def late_actions(self) -> tuple[Action, ...]:
        """Those of its pledged actions that are late."""
        return tuple(one for one in self.actions if one.is_late(self.quarter))

    @property
    def corrected(self) -> bool:
        """Whether a return behind what is published of it was corrected later."""
        return any(table.corrected for table in self.tables)

    @property
    def hidden(self) -> bool:
        """Whether none of its stages may be shown."""
        return self.state == State.HIDDEN

    @property
    def received(self) -> tuple[str, ...]:
        """The returns of its span that were received and could be used; none where its settings cannot be read."""
        if self.kind == UNKNOWN_KIND:
            return ()
        lacking = {*self.missing, *self.refused}
        return () if str(self.span) in lacking else tuple(one for one in self._needed if one not in lacking)

    @property
    def _needed(self) -> tuple[str, ...]:
        needed = self.span.quarters if isinstance(self.span, FinancialYear) else (self.span,)
        return tuple(map(str, needed))

    def for_quarter_alone(self, parts: tuple[str, ...]) -> tuple[str, ...]:
        """Return what of `missing` or `refused` is for the quarter of the report, where its span does not need that."""
        return tuple(one for one in parts if one == str(self.quarter) and one not in self._needed)

    def for_span(self, parts: tuple[str, ...]) -> tuple[str, ...]:
        """Return what else there is of `missing` or `refused`: what its span needs."""
        return tuple(one for one in parts if one not in self.for_quarter_alone(parts))

    @property
    def groups(self) -> tuple[str, ...]:
        """The groups compared with White people, BME first."""
        return tuple(dict.fromkeys(figure.group for figure in self.stages))

    def stage(self, measure: Measure, group: str = BME) -> StageFigure:
        """Return one figure; that of a measure over several steps is made of their own counts."""
        of_group = [one for one in self.stages if one.group == group]
        return next((one for one in of_group if one.measure == measure), None) or _over_steps(of_group, measure)


def _over_steps(steps: Sequence["StageFigure"], measure: Measure) -> "StageFigure":
    """Return the figure of a measure from the stage before the first of some steps to that after the last of them."""
    first = next(one for one in steps if one.measure.before == measure.before)
    last = next(one for one in steps if one.measure.after == measure.after)
    if first.hidden or last.hidden:
        return StageFigure(measure, first.group, State.HIDDEN)
    likelihood = RelativeLikelihood(
        white_successful=last.likelihood.white_successful,
        white_people=first.likelihood.white_people,
        group_successful=last.likelihood.group_successful,
        group_people=first.likelihood.group_people,
    )
    return StageFigure(measure, first.group, first.state, likelihood)


@dataclass(frozen=True)
class Goal:
    """What the partnership has declared that it wants to have reached, and how that would be known.

    `says` and `known_by` are its own words, None where they await approval; `by` is the year that is to show it.
    """

    says: str | None
    known_by: str | None
    by: FinancialYear
    invented: bool


@dataclass(frozen=True)
class Pledge:
    """Which version of the partnership's pledge stands, since when, and who signed it on which day, by their folders.

    `before` is the version that an earlier report had, None where none had another. Against that one, commitments are
    `added`, `altered` or `gone`: their words, None where they await approval.
    """

    version: int
    since: date
    signed: tuple[tuple[str, date], ...]
    before: int | None = None
    added: tuple[str | None, ...] = ()
    altered: tuple[str | None, ...] = ()
    gone: tuple[str | None, ...] = ()


@dataclass(frozen=True)
class Release:
    """All that a period's board pages may show.

    `earlier` are the quarters before whose reports it prints something again, the latest first, and `sha256` is the
    fingerprint of its file. `staff` are the partnership's numbers of the staff of each day, the earliest first, and
    `in_post` those of who worked at each band, `divided` those of the same people by kinds of band that are divided by
    something else, and `survey` those of each question of each year's survey. `goal` is what it has declared, and
    `commitments` what it has promised, as the report has them. `mentoring` and `ratings` are
    those of all organisations together, and `pledge` is the version that stands. `metrics` are those of inequality, of
    all quarters up to its own, and `anchors` the promises of anchor organisations, as it and earlier ones had them.
    """

    quarter: Quarter
    organisations: tuple[OrganisationFigures, ...]
    partnership: tuple[PeopleTable, ...] = ()
    evidence: tuple[EvidenceItem, ...] = ()
    earlier: tuple[Quarter, ...] = ()
    sha256: str = ""
    staff: tuple[PeopleTable, ...] = ()
    goal: Goal | None = None
    in_post: tuple[PeopleTable, ...] = ()
    divided: tuple[PeopleTable, ...] = ()
    survey: tuple[PeopleTable, ...] = ()
    commitments: tuple[Commitment, ...] = tuple(COMMITMENTS.values())
    mentoring: Mentoring | None = None
    ratings: tuple[Ratings, ...] = ()
    pledge: Pledge | None = None
    metrics: Metrics = Metrics()
    anchors: tuple[Promise, ...] = ()

    def __repr__(self) -> str:
        hidden = sum(people is None for people in self.published.values())
        return (
            f"<Public release of {self.quarter}: {len(self.organisations)} organisations, {len(self.published):,} "
            f"numbers, of which {hidden:,} are hidden>\n"
            "Ask for .published (every number by its key), .organisation(slug), .evidence or .years."
        )

    @property
    def slug(self) -> str:
        """What stands for all organisations in the name of a figure, where one has its folder."""
        return "*"

    @property
    def goal_by(self) -> FinancialYear | None:
        """The year that is to show what the partnership has declared; None where it has declared no goal."""
        return self.goal.by if self.goal else None

    @property
    def tables(self) -> tuple[PeopleTable, ...]:
        """Every table of people of the partnership."""
        return (*self.partnership, *self.staff, *self.in_post, *self.divided, *self.survey)

    def divided_by(self, chain: Chain) -> tuple[PeopleTable, ...]:
        """Return the tables of a chain that divides kinds of band, the earliest first."""
        return tuple(table for table in self.divided if table.numbers[0].key.stage == chain.keys[0])

    @property
    def delivery(self) -> tuple[Tracked, ...]:
        """All that releases remember of the pledged actions of its organisations."""
        return tuple(one for organisation in self.organisations for one in organisation.delivery)

    @property
    def delivered(self) -> bool:
        """Whether an organisation sent something of delivery, or the partnership which version of its pledge stands."""
        return self.pledge is not None or any(organisation.delivered for organisation in self.organisations)

    @property
    def assured(self) -> bool:
        """Whether the partnership lists metrics of inequality, or an anchor organisation sent a promise."""
        return bool(self.metrics.definitions or self.anchors)

    @property
    def years(self) -> tuple[PeopleTable, ...]:
        """The partnership's years, the earliest first."""
        return tuple(one for one in self.partnership if isinstance(parse_period(one.span), FinancialYear))

    @property
    def standards(self) -> tuple[PeopleTable, ...]:
        """The tables that the indicators of the race equality standard are printed from."""
        return (*self.years[-1:], *self.staff[-1:], *self.in_post[-1:], *self.survey)

    @property
    def quarters(self) -> tuple[PeopleTable, ...]:
        """The partnership's quarters, the earliest first."""
        return tuple(one for one in self.partnership if isinstance(parse_period(one.span), Quarter))

    @property
    def corrected(self) -> bool:
        """Whether a return behind anything that it shows was corrected later."""
        return any(one.corrected for one in (*self.tables, *self.organisations))

    @property
    def lacking(self) -> dict[str, list[OrganisationFigures]]:
        """Who lacks what: returns of the year that were not received or could not be used, and the quarter's own."""
        every = self.organisations
        return {
            "missing": [one for one in every if one.for_span(one.missing)],
            "refused": [one for one in every if one.status == Status.REFUSED or one.for_span(one.refused)],
            "missing.quarter": [one for one in every if one.for_quarter_alone(one.missing)],
            "refused.quarter": [one for one in every if one.for_quarter_alone(one.refused)],
        }

    @property
    def published(self) -> dict[str, int | None]:
        """Every number that its pages may show, by its key; None where it is hidden."""
        own = [one.tables for one in self.organisations]
        tables = [table for some in (*own, self.tables) for table in some]
        return {str(number.key): number.people for table in tables for number in table.numbers}

    @property
    def evidence_published(self) -> dict[str, str | int | float | None]:
        """Every figure of the evidence items that its pages may show, by its name; None where its item is hidden."""
        items = [*self.evidence, *(item for one in self.organisations for item in one.evidence)]
        return {name: figure for item in items for name, figure in item.figures.items()}

    @property
    def chances_published(self) -> dict[str, int | str | None]:
        """What equal chances would give at each stage, of each organisation and of the partnership's years, by name.

        None where it or its count is hidden. Where only totals were sent there is none, and where too few posts could
        have gone either way none is given.
        """
        complete = [(one.people, one.stages) for one in self.organisations if one.status == Status.COMPLETE]
        years = [(year, [stage_of(year, measure) for measure in STAGES]) for year in self.years]
        return {name: value for table, stages in (*complete, *years) for name, value in _chances(table, stages)}

    @property
    def quoted(self) -> dict[str, str]:
        """The words that its pages repeat as they are, each by the cell that it stands in."""
        actions = [one for some in self.organisations for one in some.actions]
        texts = {f"action.{one.key}": one.text for one in actions}
        roles = {f"owner.{one.key}": one.owner_role for one in actions}
        aside = {f"aside.{one.slug}": one.posts_set_aside for one in self.organisations}
        goal = {"goal.says": self.goal.says, "goal.known_by": self.goal.known_by} if self.goal else {}
        return {cell: text for cell, text in (texts | roles | aside | goal).items() if text is not None}

    def of(self, whose: str) -> OrganisationFigures | Self:
        """Return one organisation's figures, or the partnership's, which are this; raises `ValueError` for others."""
        return self if whose == PARTNERSHIP else self.organisation(whose)

    def organisation(self, slug: str) -> OrganisationFigures:
        """Return one organisation's figures; an unknown one raises `ValueError` naming those there are."""
        known = {one.slug: one for one in self.organisations}
        return known[one_asked(slug, known, f"is not an organisation of {self.quarter}")]


@dataclass(frozen=True)
class GroupCount:
    """How many people of one group reached each stage of their chain. `roll_up` is wres, five or nineteen."""

    roll_up: str
    group: str
    reached: tuple[int, ...]


@dataclass(frozen=True)
class FileReceipt:
    """What became of the rows of one file, and which of its columns the audit does not use.

    `unread` of the accepted rows hold something that could not be read; `posts_aside` are posts of which no row counts.
    """

    file: str
    received: int
    accepted: int
    rejected: int
    set_aside: int
    left_out: tuple[str, ...] = ()
    unread: int = 0
    posts_aside: int = 0


@dataclass(frozen=True)
class ExactQuarter:
    """An organisation's exact quarter: single posts, campaigns beside them, every group, its receipts, and all else.

    `year` is the latest year that has ended, of single posts; where a return of it is missing or could not be used, its
    status says so and it has no counts. None where others published that year: it is of other posts. `no_campaigns`
    says that the organisation has declared that it runs none.
    """

    figures: OrganisationFigures
    year: OrganisationFigures | None
    campaigns: OrganisationFigures
    groups: tuple[GroupCount, ...]
    receipts: tuple[FileReceipt, ...]
    appendix: "Appendix"
    no_campaigns: bool = False

    def __repr__(self) -> str:
        return (
            f"<Restricted exact figures of {self.figures.name}: {self.figures.quarter}, 1 organisation>\n"
            "Ask for .figures (the quarter), .year, .campaigns, .groups or .receipts; lt.compare(...) compares."
        )


@dataclass(frozen=True)
class Finding:
    """Something to mend in a file, or to ask about: how many of its rows it is in, and the first of them.

    Where it is in no single row, `rows` is 0. `counts` says whether the rows count with what could be read of them.
    """

    file: str
    column: str | None
    reason: str
    remedy: str
    rows: int = 0
    first_rows: tuple[int, ...] = ()
    counts: bool = False


@dataclass(frozen=True)
class KnownEthnicity:
    """How many people one return had at the first stage, at Band 8 and above, and of how many ethnicity is known."""

    period: FinancialYear | Quarter
    people: int
    known: int

    @property
    def share(self) -> float:
        """The share of them whose ethnicity is known; there must be some."""
        return self.known / self.people


@dataclass(frozen=True)
class DataQuality:
    """What became of all that an organisation has sent by the end of a quarter, for its own eyes.

    The latest return comes first, but in `ethnicity`, which runs as time does. `missing` names returns of its
    year or of the quarter that were not received.
    """

    slug: str
    name: str
    invented: bool
    quarter: Quarter
    missing: tuple[str, ...]
    receipts: tuple[FileReceipt, ...]
    refused: tuple[Finding, ...]
    rejected: tuple[Finding, ...]
    odd: tuple[Finding, ...]
    ethnicity: tuple[KnownEthnicity, ...]


def _chances(table: PeopleTable, stages: Iterable[StageFigure]) -> Iterator[tuple[str, int | str | None]]:
    """Yield the expected number and the limits of the usual range of a year's stages, with their names."""
    for stage in stages:
        if stage.measure in STAGES and (stage.hidden or stage.expected):
            for part in CHANCES:
                yield f"{table.who}/{table.span}/{stage.measure.counts[1]}/{stage.group}/{part}", _chance(stage, part)


def _chance(stage: StageFigure, part: str) -> int | str | None:
    if stage.hidden:
        return None
    return getattr(stage.expected, part) if stage.expected.could_tell else NOT_GIVEN
