"""One measure, as figures that a page can name: a decision, what happened to staff, a stage, and how many people.

`MEASURE_FIGURES`, below, has the patterns of their names. Each holds the table or the organisation that it is of, and
works its shares out of published numbers.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import NamedTuple

from lt_analysis.codebook.ethnicity import BME, LEAST_KNOWN, UNKNOWN
from lt_analysis.codebook.measures import APPLIED, APPOINTED, BEFORE, CHAINS, MEASURES, OF_STAFF, STAGES, WHOLE, Measure
from lt_analysis.codebook.pay import BAND_8_AND_ABOVE
from lt_analysis.codebook.periods import FinancialYear, Quarter
from lt_analysis.codebook.words import NO_POSTS, NO_YEAR
from lt_analysis.evidence.appendix import RelativeLikelihood
from lt_analysis.evidence.staff import WithinVacancies, same_chance
from lt_analysis.release.figures import (
    Exactly,
    Expected,
    Number,
    OrganisationFigures,
    PeopleTable,
    Release,
    StageChange,
    StageFigure,
    State,
    Status,
    changes,
    stage_of,
)
from lt_analysis.release.keys import ALL_BANDS, KNOWN, Key
from lt_analysis.rendering.figure import Figure, Find, first_of, name_of, named, own, table_of
from lt_analysis.rendering.group_shares import NOT_SHOWN, GroupShare
from lt_analysis.rendering.numbers import SMALLEST_BASE, part_of, whole

FEWEST_FOR_A_RATIO = 5  # of fewer people in either group the ratio says more than the counts do
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


def shows_totals(organisation: OrganisationFigures) -> bool:
    """Return whether what is shown of an organisation's year are totals, which do not tell one post from another."""
    return not (organisation.hidden or organisation.adjusted_for_vacancies)


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


def _decision(release: Release, who: str, span: str, measure: str, group: str) -> Decision | None:
    figures = release.organisation(who)
    return Decision(figures, MEASURES[measure], group) if str(figures.span) == span else None


def _changed(release: Release, stage: str, **of: str) -> Change:
    table = table_of(release, **of)
    return Change(table, change_of(release, table, stage))


MEASURE_FIGURES: Mapping[str, Find] = {
    "*/<measure>": lambda release, measure: Across(release, MEASURES[measure]),
    "<who>/<span>/members": lambda release, **table: Among(table_of(release, **table), release),
    "<who>/<span>/<table>/members": lambda release, **table: Among(table_of(release, **table), release),
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
}
