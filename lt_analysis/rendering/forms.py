"""Figures to text: the only place where a number, a name or a day becomes words, and where words are chosen.

Each form takes a figure and returns text, empty where there is nothing to say; a form that chooses returns the name of
a case. `figure_of` finds a figure of a release by its name, as a page carries it:

- `*`: the release itself; `*/shortlisting`: one decision in every organisation of the partnership;
- `ashbourne`: an organisation; `ashbourne/evidence`: its evidence since the declared start;
- `partnership/2025-26`: a table of people, of the partnership or of one organisation;
- `ashbourne/2025-26/shortlisting/BME`: a group in one decision of an organisation's year;
- `ashbourne/2025-26/shortlisted/BME/8+`: a number of people, by its key;
- `partnership/2026-27-Q1/shortlisted/change`: a group's share of a stage beside that of the quarter before;
- `ashbourne/action/3`: one of its pledged actions.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from lt_analysis.codebook.downloads import NOT_GIVEN
from lt_analysis.codebook.ethnicity import BME, FIVE_GROUPS, LEAST_KNOWN, REFERENCE, UNKNOWN
from lt_analysis.codebook.made_by import code_fingerprint, code_version
from lt_analysis.codebook.measures import APPOINTMENT, MEASURES, SHORTLISTING, STAGES, Measure
from lt_analysis.codebook.naming import a_person_of, capitalised, people_of, white_and, white_over
from lt_analysis.codebook.periods import QUARTERS_IN_A_YEAR, FinancialYear, Quarter, parse_period
from lt_analysis.codebook.protocol import declared_protocol
from lt_analysis.codebook.strength import STRENGTHS, STRONG, TOO_FEW_RETURNS
from lt_analysis.codebook.strength import TOO_FEW_POSTS as TOO_FEW_POSTS_TO_TELL
from lt_analysis.codebook.words import AWAITING, BAND_8_POSTS, NO_POSTS, NO_YEAR, TOO_FEW, called
from lt_analysis.evidence.appendix import RelativeLikelihood
from lt_analysis.release.figures import (
    ITS_FOLDER,
    Action,
    Exactly,
    Expected,
    Number,
    OrganisationFigures,
    PeopleTable,
    Release,
    StageChange,
    StageFigure,
    Status,
    changes,
)
from lt_analysis.release.items import EvidenceItem
from lt_analysis.release.keys import ALL_BANDS, CUTS, KNOWN, PARTNERSHIP, SUM_OF_PERIODS, Key
from lt_analysis.release.keys import STAGES as STAGES_OF_PEOPLE
from lt_analysis.rendering.by_chance import usually_at_most
from lt_analysis.rendering.group_shares import NOT_SHOWN, GroupShare
from lt_analysis.rendering.names import name_of
from lt_analysis.rendering.numbers import MORE_THAN, SMALLEST_BASE, about, interval, part_of, percentage, ratio, whole
from lt_analysis.rendering.shown import TEMPLATE_SIGN, Part, Said, Sentence
from lt_analysis.rendering.together import Together

FEWEST_FOR_A_RATIO = 5  # of fewer people in either group the ratio says more than the counts do
ONLY_TOTALS, TOO_FEW_POSTS = "only totals sent", "too few posts"
MOST_NAMED = 3  # organisations of one kind; more are counted
NO_BREAK = "\N{NON-BREAKING HYPHEN}"
PLACES = {"fewer": "below", "fits": "within", "more": "above"}


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
    def instead(self) -> str:
        """Why there is no number beside a range; empty where there is one."""
        if self.figures.status != Status.COMPLETE:
            return NO_YEAR
        if self.hidden:
            return NOT_SHOWN
        if not self.expected:
            return ONLY_TOTALS
        return "" if self.expected.could_tell else TOO_FEW_POSTS


class Across(NamedTuple):
    """One decision in every organisation of the partnership, published examples from elsewhere apart."""

    release: Release
    measure: Measure

    @property
    def decisions(self) -> list[Decision]:
        """The decision in each organisation, in alphabetical order."""
        return [Decision(one, self.measure) for one in self.release.organisations if not one.source]

    @property
    def told(self) -> list[Decision]:
        """Those that are shown and could lie outside what equal chances usually give."""
        return [one for one in self.decisions if not one.instead]

    def at(self, side: str) -> list[Decision]:
        """Those that lie on one side of their usual range, fewer or more."""
        return [one for one in self.told if place(one) == side]

    @property
    def together(self) -> Together:
        """What those that could be told come to, and what equal chances would give of them."""
        return Together.of([(one.likelihood.group_successful, one.expected) for one in self.told])

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
            self.table.number(stage, group, ALL_BANDS) for stage in self.measure.counts for group in (BME, KNOWN)
        )

    @property
    def hidden(self) -> bool:
        """Whether one of its numbers may not be shown."""
        return any(number.hidden for number in self.numbers)

    @property
    def shares(self) -> tuple[GroupShare, ...]:
        """The group's share of those before the decision, and of those after it."""
        return tuple(GroupShare.of(self.table, stage) for stage in self.measure.counts)

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
        now = {one.slug: name_of(one) for one in own(self.release)}
        return {slug: slug for slug in self.table.members} | now

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
        """Name the organisations that it adds up alone; one that has left goes by its folder."""
        names = {one.slug: name_of(one) for one in self.release.organisations}
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


def known_share(one: OrganisationFigures) -> KnownShare:
    """Return an organisation's share; why it is not there only where that is no secret: what was received, and when."""
    if one.status != Status.COMPLETE:
        return KnownShare(name_of(one), instead=NO_YEAR)
    known, unknown = applicants_of(one)
    if known.hidden or unknown.hidden:
        return KnownShare(name_of(one), instead=NOT_SHOWN)
    if not known.people + unknown.people:
        return KnownShare(name_of(one), instead=NO_POSTS)
    return KnownShare(name_of(one), known.people + unknown.people, known.people)


def applicants_of(one: OrganisationFigures) -> tuple[Number, Number]:
    """Return how many of a year's applicants are of known ethnicity, and of unknown."""
    return tuple(one.people.number("applied", group, ALL_BANDS) for group in (KNOWN, UNKNOWN))


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
    def before(self) -> Number:
        """The same people at the stage before."""
        stages = tuple(STAGES_OF_PEOPLE)
        return self.at(stage=stages[stages.index(self.key.stage) - 1])


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
    "expected_or_why": lambda one: _or_why(one, lambda: whole(one.expected.people)),
    "usual_range_or_why": lambda one: _or_why(one, lambda: f"{whole(one.expected.low)} to {whole(one.expected.high)}"),
    "place_or_why": lambda one: _or_why(one, lambda: PLACES[place(one)]),
    "beside_range": lambda one: {"": "told", TOO_FEW_POSTS: "few"}.get(one.instead, "none"),
    "instead": lambda one: one.instead,
    "shown": lambda one: "hidden" if one.hidden else "shown",
    "label": lambda one: called(one.group),
    "white_share": lambda one: percentage(one.likelihood.white_share.share),
    "group_share": lambda one: percentage(one.likelihood.group_share.share),
    "measure_title": lambda one: one.measure.title,
    "ratio_and_range": lambda one: ratio_and_range(one.stage),
    "organisation": lambda one: name_of(one.figures),
    "group_people": lambda one: people_of(one.group),
    "group_candidates": lambda one: people_of(one.group, one.measure.people),
    "ratio": lambda one: ratio(one.likelihood.ratio),
    "likely_range": lambda one: interval(*one.likelihood.confidence_interval()),
    "all_posts": lambda one: "Adding up all posts, the" if one.expected else "The",
    "fewest_for_a_ratio": lambda one: str(FEWEST_FOR_A_RATIO),
}


def _first_published(figures: OrganisationFigures) -> str:
    if not figures.first_published:
        return "never"
    if figures.source:
        return "elsewhere"
    return "here" if figures.first_published == str(figures.quarter) else "before"


def _kind_of_posts(figures: OrganisationFigures) -> str:
    if figures.posts != BAND_8_POSTS:
        return "other"
    return "applications" if figures.hidden or figures.adjusted_for_vacancies else "totals"


REFUSED_YEAR = "its year: applications and totals cannot be added up"


def _received(one: OrganisationFigures) -> str:
    return "the whole year" if len(one.received) == QUARTERS_IN_A_YEAR else _periods(one.received)


def _periods(parts: tuple[str, ...]) -> str:
    return ", ".join(part if part == ITS_FOLDER else part.replace("-", NO_BREAK) for part in parts) or "none"


def _share_or_why(one: OrganisationFigures, said: Callable[[KnownShare], str]) -> str:
    share = known_share(one)
    return "" if share.instead == NOT_SHOWN else share.instead or said(share)


OF_ORGANISATIONS: Mapping[str, Callable[[OrganisationFigures], object]] = {
    "headline": _headline,
    "organisation_name": name_of,
    "own_name": lambda one: one.name,
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
    "actions": lambda one: (
        ("elsewhere" if one.source else "unsent") if not one.actions else _one_or_many(len(one.late_actions))
    ),
    "received": _received,
    "first_published": _first_published,
    "next_due": lambda one: "never" if one.source else "quarter" if isinstance(one.span, Quarter) else "year",
    "kind_of_posts": _kind_of_posts,
    "senior_posts": lambda one: BAND_8_POSTS,
    "bme_label": lambda one: called(BME),
    "lacking": lambda one: _periods(one.missing),
    "not_used": lambda one: REFUSED_YEAR if one.status == Status.REFUSED and not one.refused else _periods(one.refused),
    "all_applicants": lambda one: _share_or_why(one, lambda share: whole(share.applicants)),
    "known_share": lambda one: _share_or_why(one, lambda share: part_of(share.known, share.applicants)),
    "own_late_number": lambda one: whole(len(one.late_actions)),
    "own_actions_number": lambda one: whole(len(one.actions)),
    "own_last_day": lambda one: day(one.quarter.last_day),
    "posts": lambda one: one.posts,
    "posts_capitalised": lambda one: one.posts.capitalize(),
    "source": lambda one: one.source or "",
    "which_posts": lambda one: "senior" if one.posts == BAND_8_POSTS else "other",
    "kind_of_span": lambda one: "year" if isinstance(one.span, FinancialYear) else "quarter",
    "report_quarter_in_words": lambda one: one.quarter.in_words,
    "first_published_in_words": lambda one: Quarter.parse(one.first_published).in_words,
    "next_span_in_words": lambda one: one.span.next.in_words,
    "single_groups": lambda one: _listed([group for group in one.groups if group != BME]),
    "several_years": lambda one: ", and ".join(spans_in_words(table.span) for table in one.together),
    "next_year_of_span": lambda one: FinancialYear(one.span.start + 1).in_words,
    "next_year_of_span_due": lambda one: FinancialYear(one.span.start + 1).quarters[-1].in_words,
}


def _outside(across: Across) -> str:
    """Return how many of an organisation's numbers lie outside: none told, none, or on which sides."""
    if not across.told:
        return "nobody"
    sides = [side for side in ("fewer", "more") if across.at(side)]
    if not sides:
        return "fits one" if len(across.told) == 1 else "fits"
    return " ".join(sides)


def _listed(names: list[str]) -> str:
    *first, last = names
    return f"{', '.join(first)} and {last}" if first else last


def drawn_ratios(across: Across) -> list[Decision]:
    """Return the decisions whose ratio is drawn: shown, with enough people of both groups."""
    shown = (one for one in across.decisions if one.figures.status == Status.COMPLETE and not one.hidden)
    return [one for one in shown if may_have_ratio(one) and may_be_charted(one.likelihood)]


def may_be_charted(of: RelativeLikelihood) -> bool:
    """Tell whether shares, or their ratio, may be drawn: neither group has fewer than 20 people."""
    return min(of.white_people, of.group_people) >= SMALLEST_BASE


def clearly(across: Across, which: str) -> list[Decision]:
    """Return those whose likely range lies on one side of 1, more or less."""
    return [one for one in drawn_ratios(across) if side(one) == which]


def _forest(across: Across) -> str:
    return " ".join(which for which in ("more", "less") if clearly(across, which)) or "open"


OF_ALL_ORGANISATIONS: Mapping[str, Callable[[Across], object]] = {
    "outside": _outside,
    "outside_at_all": lambda one: {0: "none", 1: "one"}.get(len(one.at("fewer")) + len(one.at("more")), "several"),
    "how_many_told": lambda one: min(len(one.told), 2),
    "together": lambda one: one.together.place if len(one.told) > 1 else "",
    "told": lambda one: whole(len(one.told)),
    "outside_number": lambda one: whole(len(one.at("fewer")) + len(one.at("more"))),
    "below_number": lambda one: whole(len(one.at("fewer"))),
    "above_number": lambda one: whole(len(one.at("more"))),
    "below_names": lambda one: _listed([name_of(some.figures) for some in one.at("fewer")]) if one.at("fewer") else "",
    "above_names": lambda one: _listed([name_of(some.figures) for some in one.at("more")]) if one.at("more") else "",
    "usually_outside": lambda one: whole(usually_at_most(len(one.told))),
    "forest": _forest,
    "white_over_bme": lambda one: white_over(BME),
    "bme_done": lambda one: people_of(BME, one.measure.done),
    "bme_candidates": lambda one: people_of(BME, one.measure.people),
    "ratios": lambda one: whole(len(drawn_ratios(one))),
    "clearly_larger": lambda one: whole(len(clearly(one, "more"))),
    "clearly_smaller": lambda one: whole(len(clearly(one, "less"))),
    "together_people": lambda one: whole(one.together.people),
    "together_expected": lambda one: whole(one.together.expected),
    "together_low": lambda one: whole(one.together.low),
    "together_high": lambda one: whole(one.together.high),
}


def span_of(figure: object) -> FinancialYear | Quarter | str:
    """Return of which year or quarter a figure is; of years added up, which."""
    match figure:
        case Across():
            return figure.release.quarter.latest_complete_year
        case Release():
            return figure.quarter
        case Decision():
            return figure.figures.span
        case Step() | Change() | Counted() | Among() | Beside():
            return span_of(figure.table)
        case PeopleTable():
            return spans_in_words(figure.span) if SUM_OF_PERIODS in figure.span else parse_period(figure.span)
        case _:
            return figure.span


def spans_in_words(span: str) -> str:
    """Name the years of a table: `2024-25 and 2025-26`."""
    *first, last = span.split(SUM_OF_PERIODS)
    return f"{', '.join(first)} and {last}" if first else last


def _step(step: Step) -> str:
    """Return how the group's share of those who succeeded lies beside that of those before the decision."""
    if step.hidden:
        return "hidden"
    before, after = step.shares
    if not (before.shown and after.shown):
        return "few"
    if before.in_short == after.in_short:
        return "same"
    low, high = after.likely
    way = "smaller" if after.share.share < before.share.share else "larger"
    return f"{way}{'' if low <= before.share.share <= high else ' beyond chance'}"


def own(release: Release) -> list[OrganisationFigures]:
    """Return the partnership's organisations, published examples from elsewhere apart."""
    return [one for one in release.organisations if not one.source]


def shows_totals(one: OrganisationFigures) -> bool:
    """Tell whether what is shown of an organisation's year are totals, which do not tell one post from another."""
    return not (one.hidden or one.adjusted_for_vacancies)


def shows_only_counts(one: OrganisationFigures) -> bool:
    """Tell whether no stage of an organisation's year is shown, but some number of its people is."""
    return one.hidden and one.status == Status.COMPLETE and _has_a_count(one)


def _has_a_count(one: OrganisationFigures) -> bool:
    """Tell whether any number of an organisation's people is shown; that there was no such post is none."""
    tables = [table for table in (one.people, *one.together) if table]
    return any(not (number.hidden or number.no_posts) for table in tables for number in table.numbers)


def _some(number: int) -> str:
    """Write a number; nothing of none, for then nothing is said."""
    return whole(number) if number else ""


def _is(number: int) -> str:
    return "is" if number == 1 else "are"


def day(when: date) -> str:
    """Write a date as `30 June 2026`."""
    return f"{when.day} {when:%B %Y}"


def _shown(release: Release) -> list[OrganisationFigures]:
    return [one for one in own(release) if not one.hidden]


def _part(release: Release) -> int:
    return sum(any(stage.hidden for stage in one.stages) for one in _shown(release))


def _some_counts(release: Release) -> int:
    return sum(map(shows_only_counts, own(release)))


def _of_totals(release: Release) -> list[OrganisationFigures]:
    return [one for one in own(release) if shows_totals(one)]


def _few(release: Release) -> int:
    return sum(one.hidden and one.status == Status.COMPLETE for one in own(release)) - _some_counts(release)


def _examples(release: Release) -> int:
    return len(release.organisations) - len(own(release))


def _sent_actions(release: Release) -> list[OrganisationFigures]:
    return [one for one in own(release) if one.actions]


def _late(release: Release) -> int:
    return sum(len(one.late_actions) for one in _sent_actions(release))


def _newly_late(release: Release) -> list[Action]:
    """Return the late actions that were not yet due at the end of the last report's quarter."""
    late = [action for one in release.organisations for action in one.late_actions]
    return [action for action in late if action.due_on >= release.earlier[0].last_day] if release.earlier else []


def _one_or_many(number: int) -> str:
    return {0: "none", 1: "one"}.get(number, "many")


OF_RELEASES: Mapping[str, Callable[[Release], object]] = {
    "year": lambda one: one.quarter.latest_complete_year,
    "year_in_words": lambda one: one.quarter.latest_complete_year.in_words,
    "quarter": lambda one: one.quarter,
    "next_quarter_in_words": lambda one: one.quarter.next.in_words,
    "next_year_in_words": lambda one: _next_year(one).in_words,
    "next_year_due": lambda one: _next_year(one).quarters[-1].in_words,
    "earlier_in_words": lambda one: one.earlier[0].in_words if one.earlier else "",
    "own_number": lambda one: whole(len(own(one))),
    "shown_number": lambda one: whole(len(_shown(one))),
    "shown_are": lambda one: _is(len(_shown(one))),
    "some_counts": lambda one: "some" if _some_counts(one) else "none",
    "some_counts_number": lambda one: _some(_some_counts(one)),
    "part_number": lambda one: _some(_part(one)),
    "part_are": lambda one: _is(_part(one)),
    "sent_totals": lambda one: (
        "none" if not _of_totals(one) else "few" if len(_of_totals(one)) <= MOST_NAMED else "many"
    ),
    "totals_number": lambda one: _some(len(_of_totals(one))),
    "totals_names": lambda one: _listed([name_of(some) for some in _of_totals(one)]),
    "few_number": lambda one: _some(_few(one)),
    "missing_number": lambda one: _some(len(one.lacking["missing"])),
    "refused_number": lambda one: _some(len(one.lacking["refused"])),
    "missing_quarter_number": lambda one: _some(len(one.lacking["missing.quarter"])),
    "refused_quarter_number": lambda one: _some(len(one.lacking["refused.quarter"])),
    "missing_names": lambda one: _names(one.lacking["missing"]),
    "refused_names": lambda one: _names(one.lacking["refused"]),
    "missing_quarter_names": lambda one: _names(one.lacking["missing.quarter"]),
    "refused_quarter_names": lambda one: _names(one.lacking["refused.quarter"]),
    "complete_number": lambda one: whole(sum(some.status == Status.COMPLETE for some in own(one))),
    "examples": lambda one: _one_or_many(_examples(one)),
    "examples_number": lambda one: whole(_examples(one)),
    "late": lambda one: "unsent" if not _sent_actions(one) else _one_or_many(_late(one)),
    "late_number": lambda one: whole(_late(one)),
    "actions_number": lambda one: whole(sum(len(some.actions) for some in _sent_actions(one))),
    "last_day": lambda one: day(one.quarter.last_day),
    "late_names": lambda one: _names([some for some in _sent_actions(one) if some.late_actions]),
    "sent_no_actions": lambda one: _some(len(own(one)) - len(_sent_actions(one))),
    "newly_late": lambda one: _one_or_many(len(_newly_late(one))),
    "newly_late_number": lambda one: whole(len(_newly_late(one))),
    "all_late_number": lambda one: whole(sum(len(some.late_actions) for some in one.organisations)),
    "new_years": lambda one: _few_or_many(_new(one)),
    "new_year_names": lambda one: _names(_new(one)),
    "new_year_number": lambda one: whole(len(_new(one))),
    "new_several": lambda one: _few_or_many(_new_together(one)),
    "new_several_names": lambda one: _names(_new_together(one)),
    "new_several_number": lambda one: whole(len(_new_together(one))),
    "new_spans": lambda one: _new_spans(one),
    "shares_known": lambda one: "some" if _known(one) else "none",
    "known_shown": lambda one: whole(len(_known(one))),
    "known_enough": lambda one: whole(sum(share.enough for share in _known(one))),
    "least_known": lambda one: f"{LEAST_KNOWN:.0%}",
    "below_line_names": lambda one: ", ".join(
        f"{share.name} ({part_of(share.known, share.applicants)})" for share in _known(one) if not share.enough
    ),
    "fingerprint": lambda one: one.sha256,
    "code_version": lambda one: code_version(),
    "code_fingerprint": lambda one: code_fingerprint(),
    "last_day_before": lambda one: day(one.earlier[0].last_day) if one.earlier else "",
}


def _known(release: Release) -> list[KnownShare]:
    """Return the shares that are shown."""
    return [share for share in shares(release) if not share.instead]


def _new(release: Release) -> list[OrganisationFigures]:
    """Return the organisations whose year is published here for the first time."""
    return [one for one in own(release) if one.first_published == str(release.quarter)]


def _new_together(release: Release) -> list[OrganisationFigures]:
    """Return those of which several years added up are."""
    now = str(release.quarter)
    return [one for one in own(release) if any(table.first_published == now for table in one.together)]


def _new_spans(release: Release) -> str:
    now = str(release.quarter)
    spans = [parse_period(one.span).in_words for one in release.partnership if one.first_published == now]
    return _listed(spans) if spans else ""


def _few_or_many(some: list[OrganisationFigures]) -> str:
    return "none" if not some else "few" if len(some) <= MOST_NAMED else "many"


def _next_year(release: Release) -> FinancialYear:
    return FinancialYear(release.quarter.latest_complete_year.start + 1)


def _names(some: list[OrganisationFigures]) -> str:
    return ", ".join(map(name_of, some))


OF_STEPS: Mapping[str, Callable[[Step], object]] = {
    "step": _step,
    "group_before": lambda one: count(one.numbers[0]),
    "all_before": lambda one: count(one.numbers[1]),
    "group_after": lambda one: count(one.numbers[2]),
    "all_after": lambda one: count(one.numbers[3]),
    "share_before": lambda one: one.shares[0].in_short,
    "share_after": lambda one: one.shares[1].with_range,
}


def _left_out(among: Among) -> str:
    if not among.left_out:
        return "none"
    of = "year" if among.table in among.release.years else "quarter"
    return f"{'few' if len(among.left_out) <= MOST_NAMED else 'many'} of {of}"


def _added_up(among: Among) -> str:
    number, everybody = len(among.table.members), len(among.everybody)
    return f"all {number} organisations" if number == everybody else f"{number} of {everybody} organisations"


def _sorted_names(among: Among, slugs: Iterable[str]) -> str:
    return ", ".join(sorted((among.everybody[slug] for slug in slugs), key=str.casefold))


STRONG_WORDS = tuple(one.words for one in STRENGTHS if one.at_least >= STRONG)
TOO_FEW_WORDS = (TOO_FEW_POSTS_TO_TELL.words, TOO_FEW_RETURNS.words)


def _strength(item: EvidenceItem) -> str:
    """Return how strong an item is: little, some, or strong, and then which way, or that it changes over the years."""
    said = item.said
    if said.words in TOO_FEW_WORDS or said.words == STRENGTHS[0].words:
        return "little"
    if said.words not in STRONG_WORDS:
        return "some"
    if said.low is None:
        return "changing"
    # Outward rounding may have brought one limit to 1, and no further.
    return "more" if said.low >= 1 else "less"


def _range_told(item: EvidenceItem) -> str:
    said = item.said
    if said.words in TOO_FEW_WORDS:
        return "too few"
    if said.low is None:
        return "changing"
    if said.words in STRONG_WORDS:
        return "strong"
    low, high = declared_protocol().margin
    return "about equal" if low <= said.low and said.high <= high else "open"


def _could_show(item: EvidenceItem) -> str:
    said = item.said
    if said.words == TOO_FEW_RETURNS.words:
        return "untold"
    if said.detectable is None:
        return "nothing"
    return "ratio" if said.detectable <= MORE_THAN else "beyond"


def _primary() -> Measure:
    return MEASURES[declared_protocol().primary_stage]


OF_EVIDENCE: Mapping[str, Callable[[EvidenceItem], object]] = {
    "since": lambda one: f"April {one.start.start}",
    "counted_until": lambda one: f"{one.counted.last_day:%B %Y}",
    "informative_shortlists": lambda one: whole(one.said.informative),
    "white_or_bme": lambda one: white_and(BME, "or"),
    "a_bme_person": lambda one: a_person_of(BME),
    "strength": _strength,
    "strength_words": lambda one: one.said.words if _strength(one) == "little" else one.said.words.capitalize(),
    "are": lambda one: "are" if one.said.words in TOO_FEW_WORDS else "is",
    "item_done": lambda one: _primary().done,
    "range_told": _range_told,
    "item_range": lambda one: interval(one.said.low, one.said.high),
    "margin_low": lambda one: f"{declared_protocol().margin[0]:g}",
    "margin_high": lambda one: f"{declared_protocol().margin[1]:g}",
    "could_show": _could_show,
    "detectable": lambda one: about(one.said.detectable),
    "how_often": lambda one: "8 times in 10",
}
WITHHELD = capitalised(f"{AWAITING}.")
SHAPES = {"done": "●", "under way": "►", "not started": "○", "stopped": "■"}
LATE_SHAPE = "▲"


def status(action: Action, late: bool) -> str:
    """Say how an action stands: a shape and a word, and first that it is late where it is."""
    if late:
        return f"{LATE_SHAPE} Late: {action.status}"
    return f"{SHAPES[action.status]} {capitalised(action.status)}"


OF_ACTIONS: Mapping[str, Callable[[Pledged], object]] = {
    "action_text": lambda one: one.action.text or WITHHELD,
    "owner_role": lambda one: one.action.owner_role or WITHHELD,
    "due_on": lambda one: day(one.action.due_on),
    "status": lambda one: status(one.action, one.late),
}
OF_MEMBERS: Mapping[str, Callable[[Among], object]] = {
    "left_out": _left_out,
    "everybody": lambda one: "some" if one.left_out else "all",
    "added_up": _added_up,
    "members": lambda one: _sorted_names(one, one.table.members),
    "left_out_names": lambda one: _sorted_names(one, one.left_out),
    "members_alone": lambda one: ", ".join(one.alone),
    "members_number": lambda one: whole(len(one.table.members)),
}


def _change(change: Change) -> str:
    """Return how a group's share of a stage compares: hidden, of too few, or the same, higher or lower, and whether
    its likely range leaves room for none."""
    of = change.of.change
    if of is None:
        return "hidden"
    if min(of.all_before, of.all_later) < SMALLEST_BASE:
        return "few"
    before, later = (percentage(some / every) for some, every in _both_quarters(change))
    way = "same" if before == later else "higher" if of.change > 0 else "lower"
    low, high = of.confidence_interval()
    return f"{way} {'untold' if low <= 0 <= high else 'rose' if low > 0 else 'fell'}"


def _both_quarters(change: Change) -> tuple[tuple[int, int], tuple[int, int]]:
    of = change.of.change
    return (of.some_before, of.all_before), (of.some_later, of.all_later)


def points(change: float) -> str:
    """Write a change of a share in percentage points, with its direction."""
    if not change:
        return "no change"
    number = round(abs(change) * 100)
    said = f"{number} points" if number > 1 else "1 point" if number else "less than 1 point"
    return f"{said} {'higher' if change > 0 else 'lower'}"


OF_CHANGES: Mapping[str, Callable[[Change], object]] = {
    "change": _change,
    "changed_stage": lambda one: one.of.stage,
    "some_later": lambda one: whole(one.of.change.some_later),
    "all_later": lambda one: whole(one.of.change.all_later),
    "some_earlier": lambda one: whole(one.of.change.some_before),
    "all_earlier": lambda one: whole(one.of.change.all_before),
    "share_earlier": lambda one: percentage(one.of.change.some_before / one.of.change.all_before),
    "share_later": lambda one: percentage(one.of.change.some_later / one.of.change.all_later),
    "change_low": lambda one: points(one.of.change.confidence_interval()[0]),
    "change_high": lambda one: points(one.of.change.confidence_interval()[1]),
}
OF_TABLES: Mapping[str, Callable[[PeopleTable], object]] = {
    "bands": lambda one: _bands(one),
    "table_label": lambda one: called(BME),
    "minorities": lambda one: _listed([group for group in FIVE_GROUPS if group != REFERENCE]),
    "span_before_in_words": lambda one: span_of(one).previous.in_words,
    "bme_people": lambda one: people_of(BME),
    "bands_lower": lambda one: whole(_bands_beyond(one)[0]),
    "bands_higher": lambda one: whole(_bands_beyond(one)[1]),
    "bands_compared": lambda one: whole(_bands_beyond(one)[2]),
}
OF_SPANS: Mapping[str, Callable[[object], object]] = {
    "span": lambda one: span_of(one),
    "span_in_words": lambda one: span_of(one).in_words,
    "in_words": lambda one: one.in_words,
    "unbroken_span": lambda one: str(span_of(one)).replace("-", NO_BREAK),
}
OF_NUMBERS: Mapping[str, Callable[[Counted], object]] = {
    "count": lambda one: count(one.at()),
    "went_on": lambda one: went_on(one.before, one.at()),
    "share_in_a_cell": lambda one: one.share.in_a_cell,
    "share_shown": lambda one: "shown" if one.share.shown else "instead",
    "stage": lambda one: one.key.stage,
    "share_in_short": lambda one: one.share.in_short,
    "share_and_counts": lambda one: one.share.in_words,
    "share_and_range": lambda one: one.share.with_range,
}
FORMS: Mapping[str, Callable[[object], object]] = {
    **OF_STAGES,
    **OF_ORGANISATIONS,
    **OF_ALL_ORGANISATIONS,
    **OF_STEPS,
    **OF_CHANGES,
    **OF_MEMBERS,
    **OF_ACTIONS,
    **OF_EVIDENCE,
    **OF_TABLES,
    **OF_RELEASES,
    **OF_SPANS,
    **OF_NUMBERS,
}


def _or_why(one: Decision, said: Callable[[], str]) -> str:
    return "" if one.hidden and one.instead == NOT_SHOWN else one.instead or said()


def count(number: Number) -> str:
    """Write a number of people; empty where it is hidden."""
    if number.hidden:
        return ""
    return NO_POSTS if number.no_posts else whole(number.people)


def went_on(of: Number, done: Number) -> str:
    """Write which share of some people went on; empty where either number is hidden."""
    if of.hidden or done.hidden:
        return ""
    return NOT_GIVEN if of.people < SMALLEST_BASE else percentage(done.people / of.people)


def ratio_and_range(figure: StageFigure) -> str:
    """Write a relative likelihood with its likely range; empty where it is hidden."""
    if figure.hidden:
        return ""
    if not may_have_ratio(figure):
        return ratio(None)
    return f"{ratio(figure.likelihood.ratio)} ({interval(*figure.likelihood.confidence_interval())})"


def named(figures: OrganisationFigures) -> str:
    """Return the name under which a page may carry an organisation's figures; empty on an exact page."""
    return "" if figures.people is None else figures.slug


def named_in_full(figures: OrganisationFigures) -> Said:
    """Name an organisation on a page of several."""
    return say_form("organisation_name", figures, named(figures))


def name_of_table(table: PeopleTable) -> str:
    """Return the name under which a page may carry a table of people."""
    return f"{table.who}/{table.span}"


def band_shares(year: PeopleTable) -> dict[str, tuple[GroupShare, GroupShare]]:
    """Return the group's share of applicants and of those appointed in each single band."""
    applied, _, appointed = STAGES_OF_PEOPLE
    bands = (band for band in year.bands if len(CUTS[band]) == 1)
    return {band: (GroupShare.of(year, applied, band), GroupShare.of(year, appointed, band)) for band in bands}


def _bands_beyond(year: PeopleTable) -> tuple[int, int, int]:
    """Count the bands in which the share of those appointed lies beyond its likely range of that of applicants:
    lower, higher, and of how many that are compared."""
    both = [
        (before.share.share, after.likely)
        for before, after in band_shares(year).values()
        if before.shown and after.shown
    ]
    return sum(high < share for share, (_, high) in both), sum(low > share for share, (low, _) in both), len(both)


def _bands(year: PeopleTable) -> str:
    lower, higher, of = _bands_beyond(year)
    if not of:
        return "none"
    sides = [which for which, some in (("lower", lower), ("higher", higher)) if some]
    return " ".join(sides) or {1: "fits one", 2: "fits two"}.get(of, "fits")


def figure_of(release: Release, name: str) -> object:
    """Return the figure that a page names. Raises `LookupError` or `ValueError` where the release has none such."""
    match name.split("/"):
        case ["*"]:
            return release
        case ["*", measure] if measure in MEASURES:
            return Across(release, MEASURES[measure])
        case ["*", quarter]:
            return next(one for one in release.earlier if str(one) == quarter)
        case [slug]:
            return release.organisation(slug)
        case [who, "evidence"]:
            item = release.evidence if who == PARTNERSHIP else release.organisation(who).evidence
            if item is None:
                raise LookupError(name)
            return item
        case [who, span]:
            return table_of(release, who, span)
        case [slug, "action", number]:
            figures = release.organisation(slug)
            return next(Pledged(one, figures) for one in figures.actions if one.key == f"{slug}.{number}")
        case [who, span, "members"]:
            return Among(table_of(release, who, span), release)
        case [who, span, "beside", other]:
            return Beside(table_of(release, who, span), table_of(release, who, other), release)
        case [who, span, stage, "change"]:
            table = table_of(release, who, span)
            return Change(table, change_of(release, table, stage))
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


def change_of(release: Release, table: PeopleTable, stage: str) -> StageChange:
    """Return how a stage of a quarter compares with the quarter before. Raises `LookupError` where it does not."""
    for before in release.quarters:
        if Quarter.parse(table.span).previous == Quarter.parse(before.span):
            return next(one for one in changes(before, table) if one.stage == stage)
    raise LookupError(f"{table.span} has no quarter before")


def table_of(release: Release, who: str, span: str) -> PeopleTable:
    """Return a table of people of an organisation, or of the partnership. Raises `LookupError` where there is none."""
    if who == PARTNERSHIP:
        tables = release.partnership
    else:
        figures = release.organisation(who)
        tables = (figures.people, *figures.together)
    for table in tables:
        if table and table.span == span:
            return table
    raise LookupError(f"{who}/{span}")


def say(sentence: Sentence, figure: object, name: str) -> Said:
    """Return what a sentence says of a figure, which a page carries under its name; of an exact one, mere text."""
    return Said(Part(sentence.of(figure, FORMS), f"{TEMPLATE_SIGN}{sentence.name}", name))


def say_form(form: str, figure: object, name: str) -> Said:
    """Return what a form alone says of a figure."""
    return Said(Part(str(FORMS[form](figure)), form, name))


def form_of(form: str, figure: object, name: str) -> dict[str, str | None]:
    """Return the text of a cell that a form says of a figure, None where it is hidden, and what said it of which."""
    return {"text": str(FORMS[form](figure)) or None, "said_by": f"{form} {name}" if name else ""}
