"""Figures to text: the only place where a number, a name or a day becomes words, and where words are chosen.

Each form takes a figure (`named`) and returns text, empty where there is nothing to say; a form that chooses returns
the name of a case.
"""

import math
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from datetime import date
from functools import partial

from lt_analysis.codebook.benchmarks import AREAS, PERCENT, UNVERIFIED, Benchmark
from lt_analysis.codebook.commitments import ELEMENTS, NOT_DISCUSSED
from lt_analysis.codebook.downloads import NOT_GIVEN
from lt_analysis.codebook.ethnicity import BME, FIVE_GROUPS, LEAST_KNOWN, REFERENCE
from lt_analysis.codebook.leadership import ANSWERS, OTHERS, SELF
from lt_analysis.codebook.made_by import code_fingerprint, code_version
from lt_analysis.codebook.measures import APPOINTMENT, CAPABILITY, OF_SURVEY, SHORTLISTING, STAGES, Measure
from lt_analysis.codebook.metrics import AXES, IN_TWO, SHARE, UP
from lt_analysis.codebook.naming import a_person_of, capitalised, people_of, white_and, white_over
from lt_analysis.codebook.pay import KINDS_OF_WORK
from lt_analysis.codebook.periods import QUARTERS_IN_A_YEAR, FinancialYear, Quarter, parse_period
from lt_analysis.codebook.protocol import declared_protocol
from lt_analysis.codebook.standards import BOARD, Indicator, side
from lt_analysis.codebook.strength import ABOUT_EQUAL, STRONG_EVIDENCE, TOO_FEW_RETURNS, UNCLEAR, VERY_STRONG
from lt_analysis.codebook.strength import TOO_FEW_POSTS as TOO_FEW_POSTS_TO_TELL
from lt_analysis.codebook.words import AWAITING, BAND_8_POSTS, NO_POSTS, NO_YEAR, TOO_FEW, TOO_FEW_ANSWERS, called
from lt_analysis.evidence.appendix import RelativeLikelihood
from lt_analysis.evidence.assurance import Missing, Shows, Watched
from lt_analysis.evidence.funnel import FunnelPlace, ShareFunnel
from lt_analysis.evidence.inequality import Quantity, SlopeIndex
from lt_analysis.evidence.process_control import Absent, ControlChart, Of, Rule, RunChart, Why
from lt_analysis.evidence.representation import Homes, StaffOfBand
from lt_analysis.evidence.staff import ExactStaff, Followed, InPartnership
from lt_analysis.release.delivery import WITH_PROOF, Became, Stands, Told
from lt_analysis.release.figures import (
    ITS_FOLDER,
    Action,
    Number,
    OrganisationFigures,
    PeopleTable,
    Release,
    Share,
    ShareChange,
    StageFigure,
    Status,
)
from lt_analysis.release.items import BANDS_OF_MISSED, LARGE_GAP, MOST_QUARTERS, SOME_GAP, EvidenceItem
from lt_analysis.release.metric_tables import NETWORK, Anchor, TableState
from lt_analysis.release.metric_tables import PARTNERSHIP as METRICS_OF_ALL
from lt_analysis.rendering.group_shares import NOT_SHOWN
from lt_analysis.rendering.metric_figures import (
    BY_DEPRIVATION,
    AllMetrics,
    Anchors,
    Divided,
    Elsewhere,
    FromSource,
    GroupOf,
    InArea,
    OfMetric,
    OfNetwork,
    Promised,
)
from lt_analysis.rendering.named import (
    FEWEST_FOR_A_RATIO,
    TOO_FEW_POSTS,
    Across,
    Among,
    Answered,
    Asked,
    Beside,
    Change,
    Coming,
    Compared,
    Counted,
    Decision,
    Declared,
    Delivered,
    Disparity,
    Flow,
    Happened,
    InFunnel,
    InPost,
    KnownShare,
    LivesNear,
    Measured,
    Mentored,
    NotStated,
    OfPeriod,
    OfQuantile,
    Pledged,
    Printed,
    Pursued,
    Rated,
    Seats,
    Signed,
    Standards,
    Step,
    Towards,
    answers_of_year,
    has_ratio,
    known_share,
    leading,
    may_have_ratio,
    name_of,
    named,
    own,
    place,
    shares,
    shown_stages,
    shows_totals,
    span_of,
    spans_in_words,
)
from lt_analysis.rendering.numbers import (
    SMALLEST_BASE,
    interval,
    limits,
    part_of,
    percentage,
    percentage_points,
    ratio,
    significant,
    whole,
)
from lt_analysis.rendering.shown import TEMPLATE_SIGN, Forms, Part, Said, Sentence

NOT_SENT = "not sent"  # of actions
NOT_SENT_OR_FEW = "not sent, or of too few staff"  # in place of what an indicator says of staff
TOO_FEW_SENT = "too few organisations can be shown"
NOBODY = "nobody"
NO_BOARD, NO_BOARDS = "not given by the organisation", "not given by any organisation"
MOST_NAMED = 3  # organisations of one kind; more are counted


SEVERAL_AT_ONCE, TOO_FEW_TO_TELL, NOT_WORKED_OUT = "none: several at a time", "too few to tell", "not worked out"
NO_BREAK = "\N{NON-BREAKING HYPHEN}"


GOOD = {True: "good", False: "bad", None: "neither"}  # whether it is good for those to whom it happens
PLACES = {"fewer": "below", "fits": "within", "more": "above"}


def _counted(figure: StageFigure) -> str:
    if figure.hidden:
        return "hidden"
    if not figure.likelihood.group_successful + figure.likelihood.white_successful:
        return "nobody"
    where = place(figure)
    return {"": "totals", "hidden": "unranged"}.get(where, where)


def _both_places(figures: OrganisationFigures) -> str:
    return " ".join(place(figures.stage(measure)) for measure in STAGES)


def _headline(figures: OrganisationFigures) -> str:
    if figures.status != Status.COMPLETE:
        return str(figures.status)
    shown = shown_stages(figures)
    if not shown:
        return "nothing"
    if len(shown) < len(STAGES):
        return f"half {place(shown[0]) or 'totals'}"
    return f"beside {_both_places(figures)}" if all(stage.expected for stage in shown) else "totals"


def _compared(figures: OrganisationFigures) -> str:
    """Return how much of a year is set beside equal chances: totals, nothing, one stage or two."""
    shown = shown_stages(figures)
    if not shown:
        return "hidden"
    if not figures.adjusted_for_vacancies:
        return "totals"
    return str(sum(place(stage) in PLACES for stage in shown))


OF_MEASURES: Forms = {
    "event": lambda figure: figure.measure.event,
    "people": lambda figure: figure.measure.people,
    "done": lambda figure: figure.measure.done,
    "decision": lambda figure: figure.measure.key,
    "where": lambda figure: figure.measure.where,
    "measure_title": lambda figure: figure.measure.title,
}


def _gap(gap: int) -> str:
    """Write how far a count lies from an expected number, before what would give that: `about 59 fewer than`."""
    return f"about {whole(abs(gap))} {'more' if gap > 0 else 'fewer'} than" if gap else "about as many as"


def _from_expected(stage: StageFigure) -> int:
    return stage.likelihood.group_successful - stage.expected.people


OF_STAGES: Mapping[str, Callable[[StageFigure], object]] = {
    "counted": _counted,
    "ratio_given": lambda stage: "hidden" if stage.hidden else "given" if may_have_ratio(stage) else "none",
    "successful": lambda stage: whole(stage.likelihood.group_successful),
    "all_successful": lambda stage: whole(stage.likelihood.group_successful + stage.likelihood.white_successful),
    "of_group": lambda stage: whole(stage.likelihood.group_people),
    "of_both": lambda stage: whole(stage.likelihood.group_people + stage.likelihood.white_people),
    "gap": lambda stage: _gap(_from_expected(stage)),
    "low": lambda stage: whole(stage.expected.low),
    "high": lambda stage: whole(stage.expected.high),
    "informative": lambda stage: whole(stage.expected.informative),
    "expected_or_why": lambda decision: _or_why(decision, lambda: whole(decision.expected.people)),
    "usual_range_or_why": lambda decision: _or_why(
        decision, lambda: f"{whole(decision.expected.low)} to {whole(decision.expected.high)}"
    ),
    "place_or_why": lambda decision: _or_why(decision, lambda: PLACES[place(decision)]),
    "beside_range": lambda decision: {"": "told", TOO_FEW_POSTS: "few"}.get(decision.instead, "none"),
    "instead": lambda decision: decision.instead,
    "shown": lambda stage: "hidden" if stage.hidden else "shown",
    "label": lambda stage: called(stage.group),
    "white_share": lambda stage: percentage(stage.likelihood.white_share.share),
    "group_share": lambda stage: percentage(stage.likelihood.group_share.share),
    "ratio_and_range": lambda decision: ratio_and_range(decision.stage),
    "organisation": lambda decision: name_of(decision.figures),
    "group_people": lambda stage: people_of(stage.group),
    "group_candidates": lambda stage: people_of(stage.group, stage.measure.people),
    "ratio": lambda stage: ratio(stage.likelihood.ratio),
    "likely_range": lambda stage: interval(*stage.likelihood.confidence_interval()),
    "all_posts": lambda stage: "Adding up all posts, the" if stage.expected else "The",
    "fewest_for_a_ratio": lambda stage: str(FEWEST_FOR_A_RATIO),
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


def _received(organisation: OrganisationFigures) -> str:
    return "the whole year" if len(organisation.received) == QUARTERS_IN_A_YEAR else _periods(organisation.received)


def _periods(periods: tuple[str, ...]) -> str:
    return ", ".join(period if period == ITS_FOLDER else period.replace("-", NO_BREAK) for period in periods) or "none"


def _share_or_why(organisation: OrganisationFigures, written: Callable[[KnownShare], str]) -> str:
    share = known_share(organisation)
    return "" if share.instead == NOT_SHOWN else share.instead or written(share)


OF_ORGANISATIONS: Mapping[str, Callable[[OrganisationFigures], object]] = {
    "headline": _headline,
    "year": lambda organisation: organisation.span,
    "year_before": lambda organisation: FinancialYear(organisation.span.start - 1),
    "organisation_name": name_of,
    "own_name": lambda organisation: organisation.name,
    "compared": _compared,
    "too_few_people": lambda organisation: TOO_FEW,
    "first_done": lambda organisation: SHORTLISTING.done,
    "last_done": lambda organisation: APPOINTMENT.done,
    "shown_done": lambda organisation: shown_stages(organisation)[0].measure.done,
    "hidden_done": lambda organisation: next(
        figure.measure.done for figure in map(organisation.stage, STAGES) if figure.hidden
    ),
    "unusable": lambda organisation: ", ".join(period for period in organisation.refused if period != ITS_FOLDER),
    "not_received": lambda organisation: ", ".join(organisation.missing),
    "actions": lambda organisation: (
        ("elsewhere" if organisation.source else "unsent")
        if not organisation.actions
        else _one_or_many(len(organisation.late_actions))
    ),
    "received": _received,
    "first_published": _first_published,
    "next_due": lambda organisation: (
        "never" if organisation.source else "quarter" if isinstance(organisation.span, Quarter) else "year"
    ),
    "kind_of_posts": _kind_of_posts,
    "senior_posts": lambda organisation: BAND_8_POSTS,
    "bme_label": lambda organisation: called(BME),
    "lacking": lambda organisation: _periods(organisation.missing),
    "not_used": lambda organisation: (
        REFUSED_YEAR
        if organisation.status == Status.REFUSED and not organisation.refused
        else _periods(organisation.refused)
    ),
    "all_applicants": lambda organisation: _share_or_why(organisation, lambda share: whole(share.applicants)),
    "known_share": lambda organisation: _share_or_why(
        organisation, lambda share: part_of(share.known, share.applicants)
    ),
    "staff_year_in_words": lambda organisation: _staff_year(organisation),
    "late_of_all": lambda organisation: late_of_all(organisation),
    "own_late_number": lambda organisation: whole(len(organisation.late_actions)),
    "own_actions_number": lambda organisation: whole(len(organisation.actions)),
    "own_last_day": lambda organisation: day(organisation.quarter.last_day),
    "posts": lambda organisation: organisation.posts,
    "posts_capitalised": lambda organisation: organisation.posts.capitalize(),
    "source": lambda organisation: organisation.source or "",
    "which_posts": lambda organisation: "senior" if organisation.posts == BAND_8_POSTS else "other",
    "kind_of_span": lambda organisation: "year" if isinstance(organisation.span, FinancialYear) else "quarter",
    "report_quarter_in_words": lambda organisation: organisation.quarter.in_words,
    "first_published_in_words": lambda organisation: Quarter.parse(organisation.first_published).in_words,
    "next_span_in_words": lambda organisation: organisation.span.next.in_words,
    "single_groups": lambda organisation: listed([group for group in organisation.groups if group != BME]),
    "several_years": lambda organisation: ", and ".join(spans_in_words(table.span) for table in organisation.together),
    "next_year_of_span": lambda organisation: FinancialYear(organisation.span.start + 1).in_words,
    "next_year_of_span_due": lambda organisation: FinancialYear(organisation.span.start + 1).quarters[-1].in_words,
}


def _staff_year(figures: OrganisationFigures | Release) -> str:
    """Write the latest year in which staff are followed; empty where none are."""
    return span_of(figures.staff[-1]).year.in_words if figures.staff else ""


def late_of_all(organisation: OrganisationFigures) -> str:
    """Write how many of an organisation's pledged actions are late, of how many that there are."""
    if not organisation.actions:
        return NOT_SENT
    return f"{whole(len(organisation.late_actions))} of {whole(len(organisation.actions))}"


def listed(names: list[str]) -> str:
    """Return names one after the other, with a word before the last: `Asian, Black and Mixed`."""
    *first, last = names
    return f"{', '.join(first)} and {last}" if first else last


OF_ALL_ORGANISATIONS: Mapping[str, Callable[[Across], object]] = {
    "white_over_bme": lambda across: white_over(BME),
    "bme_done": lambda across: people_of(BME, across.measure.done),
    "bme_candidates": lambda across: people_of(BME, across.measure.people),
}


def _chance_range(compared: Compared) -> str:
    """Write the range that equal chances usually give, or why there is none; empty where it is hidden."""
    chance = compared.expected
    if compared.hidden or (chance and chance.hidden):
        return ""
    if not chance:
        return NOT_WORKED_OUT
    return f"{whole(chance.low)} to {whole(chance.high)}" if chance.could_tell else TOO_FEW_POSTS


OF_COMPARISONS: Mapping[str, Callable[[Compared], object]] = {
    "group_reached": lambda compared: "" if compared.hidden else _of(compared),
    "chance_range": _chance_range,
    "white_in_100": lambda compared: in_100(compared.likelihood.white_successful, compared.likelihood.white_people),
    "group_in_100": lambda compared: in_100(compared.likelihood.group_successful, compared.likelihood.group_people),
    "bme_candidates": lambda compared: people_of(BME, compared.measure.people),
    "compared": lambda compared: "hidden" if compared.hidden else place(compared) or "totals",
}


def _known_of(measure: Measure) -> str:
    """Write of which staff a number of known ethnicity is, after these: of all, or of those who had joined lately."""
    had = measure.before.did
    return f"whose ethnicity is known and who {had}" if had else "whose ethnicity is known"


def _happened(happened: Happened) -> str:
    """Return what may be said: of nobody, of everybody alone, or of neither; else where the count lies."""
    if happened.hidden:
        return "unshown" if happened.everybody[1].hidden else "together"
    if not happened.everybody[1].people:
        return "nobody"
    observed, chances = happened.likelihood.group_successful, happened.chances
    if not happened.measure.one_by_one:
        gap = observed - round(chances.expected)
        return "without a range, " + ("as many" if not gap else "more" if gap > 0 else "fewer")
    if not chances.could_tell:
        return "untold"
    low, high = chances.chance_range()
    return "fewer" if observed < low else "more" if observed > high else "fits"


def is_in_short(happened: Happened) -> bool:
    """Return whether no more is said of it, where room is short, than that it lies within its range or is not shown."""
    return _happened(happened) in ("fits", "unshown", "together")


def _named_in_short(table: PeopleTable, *cases: str) -> list[str]:
    """Return what the front page says happened to staff in these cases, each by its title."""
    return [one.measure.title.lower() for one in leading(table) if _happened(one) in cases]


def _ratio_direction(happened: Happened) -> str:
    """Return whether a ratio can be given, which way round it divides, and whose share was the larger."""
    if happened.hidden:
        return "hidden"
    if not has_ratio(happened.likelihood):
        return "few"
    white_first = happened.measure.white_first
    larger = "White larger" if (happened.ratio > 1) == white_first else "other larger"
    level = ratio(happened.ratio) == ratio(1)
    return f"White {'first' if white_first else 'last'}, {'level' if level else larger}"


def _ratio_range(told: Compared | Happened, white_first: bool) -> str:
    """Write the margin of error of a ratio, turned as the ratio is."""
    low, high = told.likelihood.confidence_interval()
    return interval(low, high) if white_first else interval(1 / high, 1 / low if low else math.inf)


def _ratio_divided(told: Compared | Happened, white_first: bool) -> str:
    """Write a ratio of two shares as a standard divides them, with its margin of error where it has one."""
    if told.hidden:
        return ""
    if not has_ratio(told.likelihood):
        return NOT_GIVEN
    number = ratio(told.likelihood.ratio if white_first else told.likelihood.ratio_of_group)
    return f"{number} ({_ratio_range(told, white_first)})" if told.measure.one_by_one else number


def _part_in_a_cell(some: int, people: int) -> str:
    """Write a part of some people with its share: `9 of 250 (3.6%)`, of few without the share."""
    share = f" ({percentage(some / people)})" if people >= SMALLEST_BASE else ""
    return f"{whole(some)} of {whole(people)}{share}" if people else NOBODY


# How the counts of two groups stand in a row of a race equality standard.
OF_TWO_GROUPS: Mapping[str, Callable[[Compared | Happened], object]] = {
    "white_part": lambda told: (
        "" if told.hidden else _part_in_a_cell(told.likelihood.white_successful, told.likelihood.white_people)
    ),
    "group_part": lambda told: (
        "" if told.hidden else _part_in_a_cell(told.likelihood.group_successful, told.likelihood.group_people)
    ),
    "as_standard": lambda told: _ratio_divided(told, told.measure.white_first),
    "as_social_care": lambda told: _ratio_divided(told, told.measure.also[0].white_first),
}


def _part(some: int, people: int, whose: str) -> str:
    """Write to how many of some staff it happened: `9 of 250 Black staff (3.6%)`, of few without the share."""
    share = f" ({percentage(some / people)})" if people >= SMALLEST_BASE else ""
    return f"{whole(some)} of {whole(people)} {whose}{share}"


def _of(told: Compared | Happened) -> str:
    return f"{whole(told.likelihood.group_successful)} of {whole(told.likelihood.group_people)}"


def _staff_chance_range(happened: Happened) -> str:
    """Write the range that the same chance for all usually gives, or why there is none; empty where it is hidden."""
    if happened.hidden:
        return ""
    if not happened.measure.one_by_one:
        return SEVERAL_AT_ONCE
    if not happened.chances.could_tell:
        return TOO_FEW_TO_TELL
    low, high = happened.chances.chance_range()
    return f"{whole(low)} to {whole(high)}"


OF_HAPPENED: Mapping[str, Callable[[Happened], object]] = {
    "happened": _happened,
    "did": lambda happened: happened.measure.after.did,
    "known_of": lambda happened: _known_of(happened.measure),
    "had": lambda happened: happened.measure.before.did,
    "of_whom": lambda happened: "some" if happened.measure.before.did else "all",
    "good": lambda happened: GOOD[happened.measure.good],
    "bme_staff": lambda happened: people_of(BME, "staff"),
    "staff_day": lambda happened: span_of(happened).in_words,
    "staff_end": lambda happened: day(span_of(happened).last_day),
    "known_staff": lambda happened: count(happened.everybody[0]),
    "known_reached": lambda happened: count(happened.everybody[1]),
    "bme_reached": lambda happened: _part(
        happened.likelihood.group_successful, happened.likelihood.group_people, people_of(BME, "staff")
    ),
    "white_reached": lambda happened: _part(
        happened.likelihood.white_successful, happened.likelihood.white_people, f"{REFERENCE} staff"
    ),
    "bme_number_reached": lambda happened: whole(happened.likelihood.group_successful),
    "gap": lambda happened: _gap(happened.likelihood.group_successful - round(happened.chances.expected)),
    "about_expected": lambda happened: _about(happened.chances.expected),
    "staff_gap": lambda happened: whole(abs(happened.likelihood.group_successful - round(happened.chances.expected))),
    "staff_low": lambda happened: whole(happened.chances.chance_range().low),
    "staff_high": lambda happened: whole(happened.chances.chance_range().high),
    "bme_number": lambda happened: whole(happened.likelihood.group_people),
    "group_reached": lambda happened: "" if happened.hidden else _of(happened),
    "chance_range": _staff_chance_range,
    "ratio_direction": _ratio_direction,
    "ratio_ranged": lambda happened: "ranged" if happened.measure.one_by_one else "several",
    "staff_ratio": lambda happened: ratio(happened.ratio),
    "staff_ratio_range": lambda happened: _ratio_range(happened, happened.measure.white_first),
    "follows": lambda happened: "indicator" if happened.measure.indicator else "none",
    "indicator": lambda happened: _indicator(happened.measure),
}


def _gap_of_answers(answered: Answered) -> str:
    """Write how many points the group's share of yes is above or below White people's, with its margin of error."""
    return _gap_in_points(answered.gap.change, *answered.gap.confidence_interval())


def _parity(at: InPost) -> str:
    """Return whether the group is short of its part of all staff at some bands, by whole people; or why not said."""
    if at.hidden:
        return "hidden"
    if not all(share.shown for share in at.shares):
        return "few"
    short = at.beside_all.short_of_parity
    return "as many" if not short else "fewer" if short > 0 else "more"


def _parity_gap(at: InPost) -> str:
    return whole(abs(at.beside_all.short_of_parity))


def _parity_in_a_cell(at: InPost) -> str:
    """Write how many people the group is short of its part of all staff, with the direction; nothing if hidden."""
    found = _parity(at)
    words = {"hidden": "", "few": NOT_GIVEN, "as many": "as many"}
    return words[found] if found in words else f"{_parity_gap(at)} {found}"


def _gap_in_points(gap: float, low: float, high: float) -> str:
    """Write how far two shares are apart, in points, with its margin of error and each direction."""
    return f"{_points(gap)} ({_points(low)} to {_points(high)})"


def _points(gap: float) -> str:
    return points(gap) if gap else "no gap"


def _white_here(at: InPost) -> tuple[int, int]:
    """Return how many of the staff at some bands are White, and how many there are of known ethnicity."""
    here = at.beside_all.here
    return here.people - here.successful, here.people


OF_IN_POST: Mapping[str, Callable[[InPost], object]] = {
    "white_part": lambda at: "" if at.hidden else _part_in_a_cell(*_white_here(at)),
    "group_part": lambda at: (
        "" if at.hidden else _part_in_a_cell(at.beside_all.here.successful, at.beside_all.here.people)
    ),
    "as_standard": lambda at: (
        ""
        if at.hidden
        else _gap_in_points(at.beside_all.gap, *at.beside_all.confidence_interval())
        if all(share.shown for share in at.shares)
        else NOT_GIVEN
    ),
    "parity": _parity,
    "parity_gap": _parity_gap,
    "parity_in_a_cell": _parity_in_a_cell,
    "staff_day": lambda at: span_of(at).in_words,
    "bme_label": lambda at: called(BME),
    "bme_staff": lambda at: people_of(BME, "staff"),
    "bands_in_words": lambda at: BANDS_OF_STAFF[at.cut],
    "bme_here": lambda at: count(at.shares[0].some),
    "known_here": lambda at: count(at.shares[0].everybody),
    "share_here": lambda at: at.shares[0].in_short,
    "range_here": lambda at: " to ".join(map(percentage, at.shares[0].likely)),
    "share_of_all": lambda at: at.shares[1].in_short,
}
OF_LIVES_NEAR: Mapping[str, Callable[[LivesNear], object]] = {
    "staff_day": lambda lives: span_of(lives).in_words,
    "bands_in_words": lambda lives: BANDS_OF_STAFF[lives.kind],
    "lives_here": lambda lives: "" if lives.hidden else whole(lives.share.successful),
    "lives_known": lambda lives: "" if lives.hidden else whole(lives.share.people),
    "lives_share": lambda lives: "" if lives.hidden else _percentage_of(lives.share),
}
OF_NOT_STATED: Mapping[str, Callable[[NotStated], object]] = {
    "unknown_any": lambda one: "some" if one.share.successful else "none",
    "unknown_staff": lambda one: whole(one.share.successful),
    "all_staff": lambda one: whole(one.share.people),
    "unknown_share": lambda one: _percentage_of(one.share),
}
BANDS_OF_STAFF = {
    **{"8+": BAND_8_POSTS, "8c+": "Band 8c and above"},
    **{f"8+.{work}": f"{BAND_8_POSTS} in {work} work" for work in KINDS_OF_WORK},
}


def _coming(coming: Coming) -> str:
    """Return whether appointments could bring parity: with some of the group, whoever it is, or not even with all."""
    if coming.hidden:
        return "hidden"
    needed, number = coming.counts.needed, coming.counts.number
    return "any" if not needed else "some" if needed <= number else "not all"


def _in_100_years(chance: float) -> str:
    """Write in how many of 100 such years something would come about: `about 3 of 100 such years`."""
    if round(100 * chance) in (0, 100):
        return "fewer than 1 of 100 such years" if chance < 0.5 else "more than 99 of 100 such years"
    return f"about {round(100 * chance)} of 100 such years"


OF_COMING: Mapping[str, Callable[[Coming], object]] = {
    "coming": _coming,
    "coming_number": lambda coming: whole(coming.counts.number),
    "coming_needed": lambda coming: whole(coming.counts.needed),
    "coming_some": lambda coming: whole(coming.so_far.share.successful),
    "coming_all": lambda coming: whole(coming.so_far.share.people),
    "coming_chance": lambda coming: _in_100_years(coming.counts.chance),
    "bme_label": lambda coming: called(BME),
    "bands_in_words": lambda coming: BANDS_OF_STAFF[coming.at.cut],
}


def _disparity(of: Disparity) -> str:
    if of.instead:
        return of.instead
    number = ratio(of.counts.ratio)
    return "level" if number == ratio(1) else "White larger" if of.counts.ratio > 1 else "other larger"


def _disparity_in_a_cell(of: Disparity) -> str:
    """Write a race disparity ratio with its likely range; nothing where a number of it is hidden."""
    if of.instead:
        return "" if of.instead == "hidden" else NOT_GIVEN
    return f"{ratio(of.counts.ratio)} ({interval(*of.counts.confidence_interval())})"


OF_DISPARITIES: Mapping[str, Callable[[Disparity], object]] = {
    "disparity": _disparity,
    "disparity_ratio": lambda of: ratio(of.counts.ratio),
    "disparity_in_a_cell": _disparity_in_a_cell,
    "bme_staff": lambda of: people_of(BME, "staff"),
}


def _instead(measured: Measured) -> str:
    """Return why nothing stands in the row of an indicator."""
    measure, figures = measured.indicator.measure, measured.figures
    if measured.indicator == BOARD:
        return NO_BOARDS if isinstance(figures, Release) else NO_BOARD
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
        more = _sign(figure.gap.change)
        return ("neither", "others", "White")[more if figure.measure.good else -more]
    if isinstance(figure, Seats):
        return "untold" if figure.gap is None else ("neither", "others", "White")[_sign(figure.gap)]
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


def _sign(gap: float) -> int:
    """Return 1 for a gap above nought, -1 for one below, and 0 where it is less than half a point."""
    points_apart = round(100 * gap)
    return (points_apart > 0) - (points_apart < 0)


def _titles_of(rows: Iterable[Measured]) -> str:
    titles = [_in_a_sentence(row) for row in rows]
    return listed(titles) if titles else ""


def _in_a_sentence(row: Measured) -> str:
    title = row.indicator.title
    return f"{title[:1].lower()}{title[1:]}"


def _faring_better(who: str) -> Callable[[Standards], str]:
    """Return the form of the indicators by which some fare better."""
    return lambda standards: _titles_of(row for row in standards.shown if _who_fares_better(row) == who)


def _widest(standards: Standards) -> list[Measured]:
    """Return the indicators by which the group is worse off by some people, the most first."""
    short = [row for row in standards.shown if _people_short(row)]
    return sorted(short, key=lambda row: (-_people_short(row), row.indicator.number))


def _in_people(place: int) -> Callable[[Standards], str]:
    """Return the form of the indicator in a place of those, with its number of people: `training (12 people)`."""

    def written(standards: Standards) -> str:
        row = _widest(standards)[place]
        return f"{_in_a_sentence(row)} ({_people(_people_short(row))})"

    return written


def _asks(indicator: Indicator, equal: int, white_better: str) -> str:
    """Write what an indicator asks, what is good news, and on which side of it White people fare better."""
    return f"{indicator.asks} Good news is {equal}. {white_better} {equal}, White people fare better."


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


OF_SEATS: Mapping[str, Callable[[Seats], object]] = {
    "white_part": lambda seats: NOT_GIVEN,
    "group_part": lambda seats: _part_in_a_cell(seats.seats.successful, seats.seats.people),
    "as_standard": lambda seats: NOT_GIVEN if seats.gap is None else _points(seats.gap),
    "seats_source": _published_on,
}


def _beside_printed(printed: Printed) -> str:
    """Return whether the audit's own figure could have been printed as the other was, or is higher or lower."""
    if printed.ours is None:
        return "hidden" if printed.hidden else "none"
    return ("same", "higher", "lower")[_sign(printed.one.beside(printed.ours))]


def _as_printed(printed: Printed, number: float) -> str:
    """Write a number with the decimals of what was printed; a percentage with its sign."""
    return f"{number:.{printed.one.decimals}f}{'%' if printed.one.group else ''}"


OF_PRINTED: Mapping[str, Callable[[Printed], object]] = {
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
}


OF_INDICATORS: Mapping[str, Callable[[Measured], object]] = {
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
}
OF_STANDARDS: Mapping[str, Callable[[Standards], object]] = {
    "standards_any": lambda standards: "some" if standards.shown else "none",
    "standards_number": lambda standards: whole(len(standards.shown)),
    "standards_white_better": _faring_better("White"),
    "standards_others_better": _faring_better("others"),
    "standards_alike": _faring_better("neither"),
    "standards_gaps": lambda standards: ("none", "one", "two")[min(2, len(_widest(standards)))],
    "standards_widest": _in_people(0),
    "standards_next_widest": _in_people(1),
}


def _step(step: Step) -> str:
    """Return whether the group's share of those who succeeded is smaller or larger than that before the decision."""
    if step.hidden:
        return "hidden"
    before, after = step.shares
    if not (before.shown and after.shown):
        return "few"
    if before.in_short == after.in_short:
        return "same"
    return "smaller" if after.share.share < before.share.share else "larger"


def _if_any(number: int) -> str:
    """Write a number; nothing of none, for then nothing is said."""
    return whole(number) if number else ""


def day(when: date) -> str:
    """Write a date as `30 June 2026`."""
    return f"{when.day} {when:%B %Y}"


def _beside_a_range(release: Release) -> list[OrganisationFigures]:
    """Return the organisations of which a stage or both are set beside a range."""
    return [one for one in own(release) if any(not Decision(one, measure).instead for measure in STAGES)]


def _with_counts_alone(release: Release) -> list[OrganisationFigures]:
    """Return the others of which it is shown how many came through a stage."""
    ranged = _beside_a_range(release)
    return [one for one in own(release) if one not in ranged and any(Decision(one, stage).shown for stage in STAGES)]


def _with_totals(release: Release) -> list[OrganisationFigures]:
    return [organisation for organisation in own(release) if shows_totals(organisation)]


def _number_with_too_few(release: Release) -> int:
    shown = [*_beside_a_range(release), *_with_counts_alone(release)]
    return sum(one.status == Status.COMPLETE and one not in shown for one in own(release))


def _number_of_examples(release: Release) -> int:
    return len(release.organisations) - len(own(release))


def _sent_actions(release: Release) -> list[OrganisationFigures]:
    return [organisation for organisation in own(release) if organisation.actions]


def _number_late(release: Release) -> int:
    return sum(len(organisation.late_actions) for organisation in _sent_actions(release))


def _all_are_newly_late(release: Release) -> bool:
    late = sum(len(organisation.late_actions) for organisation in own(release))
    return late > 1 and len(_newly_late(release)) == late


def _newly_late(release: Release) -> list[Action]:
    """Return the late actions that were not yet due at the end of the last report's quarter."""
    late = [action for organisation in release.organisations for action in organisation.late_actions]
    return [action for action in late if action.due_on >= release.earlier[0].last_day] if release.earlier else []


def _one_or_many(number: int) -> str:
    return {0: "none", 1: "one"}.get(number, "many")


OF_RELEASES: Mapping[str, Callable[[Release], object]] = {
    "year": lambda release: release.quarter.latest_complete_year,
    "year_in_words": lambda release: release.quarter.latest_complete_year.in_words,
    "quarter": lambda release: release.quarter,
    "staff_year_in_words": lambda release: _staff_year(release),
    "year_before": lambda release: FinancialYear(release.quarter.latest_complete_year.start - 1),
    "next_quarter_in_words": lambda release: release.quarter.next.in_words,
    "next_year_in_words": lambda release: _next_year(release).in_words,
    "next_year_due": lambda release: _next_year(release).quarters[-1].in_words,
    "earlier_in_words": lambda release: release.earlier[0].in_words if release.earlier else "",
    "own_number": lambda release: whole(len(own(release))),
    "ranged_number": lambda release: whole(len(_beside_a_range(release))),
    "ranged_are": lambda release: "is" if len(_beside_a_range(release)) == 1 else "are",
    "counts_alone": lambda release: "some" if _with_counts_alone(release) else "none",
    "counts_alone_number": lambda release: whole(len(_with_counts_alone(release))),
    "counts_alone_have": lambda release: "has" if len(_with_counts_alone(release)) == 1 else "have",
    "totals_number": lambda release: _if_any(len(_with_totals(release))),
    "few_number": lambda release: _if_any(_number_with_too_few(release)),
    "missing_number": lambda release: _if_any(len(release.lacking["missing"])),
    "refused_number": lambda release: _if_any(len(release.lacking["refused"])),
    "missing_quarter_number": lambda release: _if_any(len(release.lacking["missing.quarter"])),
    "refused_quarter_number": lambda release: _if_any(len(release.lacking["refused.quarter"])),
    "missing_names": lambda release: _names(release.lacking["missing"]),
    "refused_names": lambda release: _names(release.lacking["refused"]),
    "missing_quarter_names": lambda release: _names(release.lacking["missing.quarter"]),
    "refused_quarter_names": lambda release: _names(release.lacking["refused.quarter"]),
    "complete_number": lambda release: whole(
        sum(organisation.status == Status.COMPLETE for organisation in own(release))
    ),
    "examples": lambda release: _one_or_many(_number_of_examples(release)),
    "examples_number": lambda release: whole(_number_of_examples(release)),
    "late": lambda release: "unsent" if not _sent_actions(release) else _one_or_many(_number_late(release)),
    "late_number": lambda release: whole(_number_late(release)),
    "actions_number": lambda release: whole(sum(len(organisation.actions) for organisation in _sent_actions(release))),
    "last_day": lambda release: day(release.quarter.last_day),
    "late_names": lambda release: _names(
        [organisation for organisation in _sent_actions(release) if organisation.late_actions]
    ),
    "sent_no_actions": lambda release: _if_any(len(own(release)) - len(_sent_actions(release))),
    "newly_late": lambda release: "all" if _all_are_newly_late(release) else _one_or_many(len(_newly_late(release))),
    "newly_late_number": lambda release: whole(len(_newly_late(release))),
    "all_late_number": lambda release: whole(
        sum(len(organisation.late_actions) for organisation in release.organisations)
    ),
    "new_years": lambda release: _few_or_many(_newly_published(release)),
    "new_year_names": lambda release: _names(_newly_published(release)),
    "new_year_number": lambda release: whole(len(_newly_published(release))),
    "new_several": lambda release: _few_or_many(_newly_added_up(release)),
    "new_several_names": lambda release: _names(_newly_added_up(release)),
    "new_several_number": lambda release: whole(len(_newly_added_up(release))),
    "new_spans": lambda release: _new_spans(release),
    "shares_known": lambda release: "some" if _shown_shares(release) else "none",
    "known_shown": lambda release: whole(len(_shown_shares(release))),
    "known_enough": lambda release: whole(sum(share.enough for share in _shown_shares(release))),
    "least_known": lambda release: f"{LEAST_KNOWN:.0%}",
    "below_line_names": lambda release: ", ".join(
        f"{share.name} ({part_of(share.known, share.applicants)})"
        for share in _shown_shares(release)
        if not share.enough
    ),
    "fingerprint": lambda release: release.sha256,
    "code_version": lambda release: code_version(),
    "code_fingerprint": lambda release: code_fingerprint(),
    "last_day_before": lambda release: day(release.earlier[0].last_day) if release.earlier else "",
}


def _shown_shares(release: Release) -> list[KnownShare]:
    """Return the shares that are shown."""
    return [share for share in shares(release) if not share.instead]


def _newly_published(release: Release) -> list[OrganisationFigures]:
    """Return the organisations whose year is published here for the first time."""
    return [organisation for organisation in own(release) if organisation.first_published == str(release.quarter)]


def _newly_added_up(release: Release) -> list[OrganisationFigures]:
    """Return those of which several years added up are."""
    quarter = str(release.quarter)
    return [
        organisation
        for organisation in own(release)
        if any(table.first_published == quarter for table in organisation.together)
    ]


def _new_spans(release: Release) -> str:
    quarter = str(release.quarter)
    spans = [parse_period(table.span).in_words for table in release.partnership if table.first_published == quarter]
    return listed(spans) if spans else ""


def _few_or_many(organisations: list[OrganisationFigures]) -> str:
    return "none" if not organisations else "few" if len(organisations) <= MOST_NAMED else "many"


def _next_year(release: Release) -> FinancialYear:
    return FinancialYear(release.quarter.latest_complete_year.start + 1)


def _names(organisations: list[OrganisationFigures]) -> str:
    return ", ".join(map(name_of, organisations))


OF_STEPS: Mapping[str, Callable[[Step], object]] = {
    "step": _step,
    "group_before": lambda step: count(step.numbers[0]),
    "all_before": lambda step: count(step.numbers[1]),
    "group_after": lambda step: count(step.numbers[2]),
    "all_after": lambda step: count(step.numbers[3]),
    "share_before": lambda step: step.shares[0].in_short,
    "share_after": lambda step: step.shares[1].in_short,
    "share_range": lambda step: " to ".join(map(percentage, step.shares[1].likely)),
}


def _left_out(among: Among) -> str:
    if not among.left_out:
        return "none"
    span = "year" if among.table in among.release.years else "quarter"
    return f"{'few' if len(among.left_out) <= MOST_NAMED else 'many'} of {span}"


def _added_up(among: Among) -> str:
    number, everybody = len(among.table.members), len(among.everybody)
    return f"all {number} organisations" if number == everybody else f"{number} of {everybody} organisations"


def _sorted_names(among: Among, slugs: Iterable[str]) -> str:
    return ", ".join(sorted((among.everybody[slug] for slug in slugs), key=str.casefold))


SHARES_IN_WORDS = {0.1: "a tenth", 0.25: "a quarter", 0.5: "half"}
TOO_FEW_WORDS = (TOO_FEW_POSTS_TO_TELL.words, TOO_FEW_RETURNS.words)
STRONG_WORDS = (STRONG_EVIDENCE.words, VERY_STRONG.words)
CLAIM_NO_DIFFERENCE = {
    **dict.fromkeys(TOO_FEW_WORDS, "too few"),
    UNCLEAR.words: "unclear",
    ABOUT_EQUAL.words: "equal",
}


def _strength(item: EvidenceItem) -> str:
    """Return what is claimed: too few, unclear, about equal, some, or strong, and then which way, or changes."""
    statement = item.said
    if statement.words in CLAIM_NO_DIFFERENCE:
        return CLAIM_NO_DIFFERENCE[statement.words]
    if statement.words not in STRONG_WORDS:
        return "some"
    if statement.low is None:
        return "changing"
    way = "more" if statement.low >= 1 else "less"
    low, high = declared_protocol().margin
    return f"a little {way}" if low <= statement.low and statement.high <= high else way


def _range_told(item: EvidenceItem) -> str:
    """Return of which stage the margin of error is, and whether it lies on one side of 1, is open, or is none."""
    claimed = _strength(item)
    if claimed == "too few" or (claimed != "changing" and item.said.low is None):
        return "none"
    told = "changing" if claimed == "changing" else "open" if claimed in ("unclear", "some") else "told"
    return f"{item.stage} {told}"


def _asks_for_more(item: EvidenceItem) -> bool:
    """Return whether more posts could tell more: where there are too few, or it is unclear."""
    return item.said.words in (TOO_FEW_POSTS_TO_TELL.words, UNCLEAR.words)


def _missed(item: EvidenceItem) -> str:
    if not _asks_for_more(item):
        return "untold"
    return "any" if item.said.missed is None else "some"


def _until(item: EvidenceItem) -> str:
    """Return what is said of when a true ratio would show: nothing where a small one would by now."""
    statement = item.said
    if not _asks_for_more(item) or statement.until_some == 0:
        return "untold"
    if statement.until_large == 0:
        return "some"
    return "both" if statement.until_large else "beyond"


def _unknown(item: EvidenceItem) -> str:
    """Return on how many who did not say their ethnicity the words hang: none, some, or all but a few."""
    if item.said.words == TOO_FEW_RETURNS.words:
        return "untold"
    return {0.0: "none", 1.0: "all"}.get(item.said.unknown_holds, "some")


def _share_in_words(share: float) -> str:
    return SHARES_IN_WORDS.get(share, percentage(share))


def _more_quarters(number: int | None) -> str:
    if number is None:
        return f"more than {MOST_QUARTERS} more quarters"
    return f"{whole(number)} more quarter{'' if number == 1 else 's'}"


OF_EVIDENCE: Mapping[str, Callable[[EvidenceItem], object]] = {
    "since": lambda item: f"April {item.start.start}",
    "counted_until": lambda item: f"{item.counted.last_day:%B %Y}",
    "informative_posts": lambda item: whole(item.said.informative),
    "white_or_bme": lambda item: white_and(BME, "or"),
    "white_and_bme": lambda item: white_and(BME),
    "a_bme_person": lambda item: a_person_of(BME),
    "strength": _strength,
    "strength_words": lambda item: item.said.words,
    "strength_first": lambda item: capitalised(item.said.words),
    "beside": lambda item: item.measure.beside,
    "range_told": _range_told,
    "item_range": lambda item: limits(item.said.low, item.said.high),
    "margin_low": lambda item: f"{declared_protocol().margin[0]:g}",
    "margin_high": lambda item: f"{declared_protocol().margin[1]:g}",
    "missed_told": _missed,
    "missed": lambda item: f"{item.said.missed:g}",
    "most_missed": lambda item: f"{BANDS_OF_MISSED[-1]:g}",
    "until_told": _until,
    "until_some": lambda item: _more_quarters(item.said.until_some),
    "until_large": lambda item: _more_quarters(item.said.until_large),
    "until_beyond": lambda item: _more_quarters(None),
    "some_gap": lambda item: f"{SOME_GAP:g}",
    "large_gap": lambda item: f"{LARGE_GAP:g}",
    "unknown_told": _unknown,
    "unknown_share": lambda item: _share_in_words(item.said.unknown_holds),
    "least_share": lambda item: _share_in_words(declared_protocol().unknown_shares[0]),
    "decision_first": lambda item: capitalised(item.measure.key),
    "a_ratio": lambda item: {SHORTLISTING: "a ratio of odds", APPOINTMENT: "a ratio"}[item.measure],
}


WITHHELD = capitalised(f"{AWAITING}.")


SHAPES = {"done": "●", "under way": "►", "not started": "○", "stopped": "■"}


LATE_SHAPE = "▲"


def status(action: Action, late: bool) -> str:
    """Return how an action stands: a shape and a word, and first that it is late where it is."""
    if late:
        return f"{LATE_SHAPE} Late: {action.status}"
    return f"{SHAPES[action.status]} {capitalised(action.status)}"


OF_ACTIONS: Mapping[str, Callable[[Pledged], object]] = {
    "action_text": lambda pledged: pledged.action.text or WITHHELD,
    "owner_role": lambda pledged: pledged.action.owner_role or WITHHELD,
    "due_on": lambda pledged: day(pledged.action.due_on),
    "status": lambda pledged: status(pledged.action, pledged.late),
}


OF_GOALS: Mapping[str, Callable[[Declared], object]] = {
    "goal_says": lambda declared: declared.goal.says or WITHHELD,
    "goal_known_by": lambda declared: declared.goal.known_by or WITHHELD,
    "goal_invented": lambda declared: "invented" if declared.goal.invented else "real",
    "goal_year": lambda declared: declared.goal.by,
    "goal_report": lambda declared: declared.goal.by.quarters[-1].in_words,
}


# Each state is a shape beside its words, so that it is told apart on paper and without colours.
STATE_SHAPES = {
    Stands.NOT_DUE: "○",
    Stands.LATE_TO_START: "◔",
    Stands.FIRST_REPORT: "◇",
    Stands.MOVING: "►",
    Stands.QUIET: "–",
    Stands.STALLED: "‖",
    Stands.DONE: "✓",
    Stands.SHOWS: "▲",
    Stands.NO_CHANGE: "●",
    Stands.UNPROVEN: "?",
    Stands.STOPPED: "■",
    Stands.STOPPED_SILENTLY: "□",
}
ALL_QUIET, NOTHING_SENT = "no action yet", "nothing sent"
NOT_SAID = "Not said."
NO_DATE = "No date was given."
NOBODY_OFFERS = "Nobody yet."


def _stands(pursued: Pursued) -> str:
    """Return how an action stands by the rules: a shape and words, and that it is overdue where it is."""
    return f"{STATE_SHAPES[pursued.action.state]} {_stands_in_words(pursued)}"


def _stands_in_words(pursued: Pursued) -> str:
    overdue = f", and {Stands.OVERDUE}" if pursued.action.overdue else ""
    return f"{capitalised(pursued.action.state)}{overdue}"


def _words_of(field: str) -> Callable[[Pursued], str]:
    """Return the form of a text of an action: the words, that they await approval, or that nothing was said."""

    def words(pursued: Pursued) -> str:
        action = pursued.action
        return getattr(action.last, field) or (WITHHELD if field in action.given else NOT_SAID)

    return words


def _dates(pursued: Pursued) -> str:
    first, *later = pursued.action.dates
    return f"{day(first)} (now {day(later[-1])})" if later and later[-1] != first else day(first)


def _times_moved(pursued: Pursued) -> str:
    times = len(pursued.action.dates) - 1
    return ("never", "once", "twice")[times] if times < 3 else f"{whole(times)} times"


def _short_name(pursued: Pursued) -> str:
    number = pursued.action.key.rpartition(".")[2]
    return pursued.action.last.reference or f"Action {number}"


def _milestones(pursued: Pursued) -> str:
    last = pursued.action.last
    if last.milestones_done is None:
        return NOT_SAID
    return f"{whole(last.milestones_done)} of {whole(last.milestones_all)}" if last.milestones_all else NOT_SAID


def _was_to_move(pursued: Pursued) -> str:
    """Return which way the gap of its measure was to move, and how far: White people's share less the other group's."""
    plan = pursued.action.evaluation.plan
    way = GAP_IS_TO_BECOME[plan.direction]
    return f"{way}, by {percentage_points(plan.target)}" if plan.target else f"{way}; how far is not said"


GAP_IS_TO_BECOME = {"down": "Smaller", "up": "Larger"}


def _numbers_of(part: str) -> Callable[[Pursued], str]:
    """Return the form of the numbers of the year before an action, or after it, or of what stands in their place."""

    def numbers(pursued: Pursued) -> str:
        evaluation = pursued.action.evaluation
        year, likelihood = getattr(evaluation.plan, part), getattr(evaluation, part)
        if likelihood:
            return f"{year.in_words}: {_both_shares(likelihood)}"
        return f"{year.in_words}: {NOT_OVER if part == AFTER and evaluation.told == Told.TOO_EARLY else NOT_SHOWN}"

    return numbers


AFTER, NOT_OVER = "after", "not over yet"


def _both_shares(likelihood: RelativeLikelihood) -> str:
    white = f"{called(REFERENCE)} {whole(likelihood.white_successful)} of {whole(likelihood.white_people)}"
    group = f"{called(BME)} {whole(likelihood.group_successful)} of {whole(likelihood.group_people)}"
    if min(likelihood.white_people, likelihood.group_people) < SMALLEST_BASE:
        return f"{white}, {group}"
    return f"{white}, {group}; gap {percentage_points(likelihood.white_share.share - likelihood.group_share.share)}"


OF_PURSUED: Mapping[str, Callable[[Pursued], object]] = {
    "stands": _stands,
    "stands_in_words": _stands_in_words,
    "stated": lambda pursued: capitalised(pursued.action.last.status),
    "pursued_action": _words_of("action"),
    "pursued_role": _words_of("owner_role"),
    "pursued_needs": _words_of("needs"),
    "pursued_proof": _words_of("evidence"),
    "pursued_measure": _words_of("measure"),
    "pursued_offers": _words_of("offers"),
    "pursued_decided_by": _words_of("decided_by"),
    "pursued_reply": _words_of("reply"),
    "pursued_blocker": lambda pursued: capitalised(pursued.action.last.blocker or NOT_SAID),
    "pursued_owner": lambda pursued: name_of(pursued.figures),
    "pursued_dates": _dates,
    "first_date": lambda pursued: day(pursued.action.dates[0]),
    "date_now": lambda pursued: day(pursued.action.dates[-1]),
    "times_moved": _times_moved,
    "evaluated_measure": lambda pursued: pursued.action.evaluation.plan.measure.title,
    "evaluated_way": _was_to_move,
    "evaluated_before": _numbers_of("before"),
    "evaluated_after": _numbers_of(AFTER),
    "evaluated_told": lambda pursued: f"{capitalised(pursued.action.evaluation.told)}.",
    "still_since": lambda pursued: pursued.action.still_since.in_words,
    "last_heard": lambda pursued: pursued.action.last_heard.in_words,
    "offered_by": lambda pursued: _names(pursued.offered) or NOBODY_OFFERS,
    "short_name": _short_name,
    "short_name_in_full": lambda pursued: f"{name_of(pursued.figures)}, {_short_name(pursued)}",
    "milestones": _milestones,
}


def _in_state(*states: Stands) -> Callable[[Delivered], str]:
    return lambda delivered: whole(len(delivered.standing(*states)))


def _untouched(delivered: Delivered) -> list[str]:
    """Return the elements of the Cultural Web that no action is to change."""
    return [key for key in ELEMENTS if not Towards(delivered, "element", key).actions]


def _served(delivered: Delivered) -> int:
    """Return how many commitments have an action."""
    keys = (one.key for one in delivered.release.commitments)
    return sum(bool(Towards(delivered, "commitment", key).actions) for key in keys)


def _listed_if_any(names: list[str]) -> str:
    return listed(names) if names else ""


NONE = "none"
NOT_BEGUN = (Stands.LATE_TO_START, Stands.NOT_DUE, Stands.STOPPED, Stands.STOPPED_SILENTLY)
MOST_NEEDS, LONGEST_NEED = 3, 140  # of needs that the main points repeat, and letters


def _needs(*states: Stands) -> Callable[[Delivered], str]:
    """Return the form of what most of the actions in some states need, in their words, each with of how many.

    Long words stand in the tables below alone.
    """

    def needs(delivered: Delivered) -> str:
        texts = (one.action.last.needs or "" for one in delivered.standing(*states))
        some = Counter(text for text in texts if 0 < len(text) <= LONGEST_NEED).most_common(MOST_NEEDS)
        return "; ".join(f"\u201c{text.rstrip('.')}\u201d (needed by {whole(number)})" for text, number in some)

    return needs


def _without_element(delivered: Delivered) -> str:
    number = sum(not one.action.last.element for one in delivered.actions)
    return whole(number) if number else ""


def _silent(delivered: Delivered) -> list[OrganisationFigures]:
    """Return the organisations that sent no actions for the quarter of the report."""
    return [one for one in delivered.organisations if not one.actions]


OF_DELIVERED: Mapping[str, Callable[[Delivered], object]] = {
    "delivery_any": lambda delivered: "some" if delivered.actions else "none",
    "pledged_number": lambda delivered: whole(len(delivered.actions)),
    "shown_done": _in_state(*WITH_PROOF),
    "unshown_done": _in_state(Stands.UNPROVEN),
    "moving_number": _in_state(Stands.MOVING),
    "new_number": _in_state(Stands.FIRST_REPORT),
    "quiet_number": _in_state(Stands.QUIET),
    "stalled_number": _in_state(Stands.STALLED),
    "still_number": _in_state(Stands.STALLED, Stands.QUIET),
    "not_due_number": _in_state(Stands.NOT_DUE),
    "late_start_number": _in_state(Stands.LATE_TO_START),
    "stopped_number": _in_state(Stands.STOPPED),
    "stopped_silently_number": _in_state(Stands.STOPPED_SILENTLY),
    "overdue_number": lambda delivered: whole(sum(one.action.overdue for one in delivered.actions)),
    "moved_number": lambda delivered: whole(sum(len(one.action.dates) > 1 for one in delivered.actions)),
    "partners_number": lambda delivered: whole(len(delivered.organisations)),
    "partners_sent": lambda delivered: whole(len(delivered.organisations) - len(_silent(delivered))),
    "needs_to_start": _needs(*NOT_BEGUN),
    "needs_to_move": _needs(Stands.STALLED, Stands.QUIET),
    "without_element": _without_element,
    "silent_names": lambda delivered: _names(_silent(delivered)),
    "elements_number": lambda delivered: whole(len(ELEMENTS)),
    "elements_reached": lambda delivered: whole(len(ELEMENTS) - len(_untouched(delivered))),
    "elements_left": lambda delivered: _listed_if_any(_untouched(delivered)),
    "elements_not_discussed": lambda delivered: _listed_if_any(
        [one for one in _untouched(delivered) if one in NOT_DISCUSSED]
    ),
    "commitments_number": lambda delivered: whole(len(delivered.release.commitments)),
    "commitments_reached": lambda delivered: whole(_served(delivered)),
    "delivery_last_day": lambda delivered: day(delivered.release.quarter.last_day),
    "delivery_name": lambda delivered: delivered.organisations[0].name,
    "delivery_releases": lambda delivered: whole(
        max((len(one.action.quarters) for one in delivered.actions), default=1)
    ),
}


def _came_to_be(one: Became) -> Callable[[Flow], str]:
    """Return the form of how many came to be something: `1 of 12`."""
    return lambda flow: f"{whole(flow.became.count(one))} of {whole(len(flow.became))}"


OF_FLOW: Mapping[str, Callable[[Flow], object]] = {
    "flow_quarter": lambda flow: flow.quarter.in_words,
    "became_stalled": _came_to_be(Became.STALLED),
    "became_restarted": _came_to_be(Became.RESTARTED),
    "became_done": _came_to_be(Became.DONE),
}


def _in_states(towards: Towards) -> str:
    """Write how some actions stand, each state with how many: `2 moving; 1 stalled`."""
    return _states_among(*Stands)(towards) if towards.actions else _none_at_all(towards)


def _none_at_all(towards: Towards) -> str:
    return ALL_QUIET if towards.of.slug == "*" or towards.of.actions else NOTHING_SENT


def _states_among(*some: Stands) -> Callable[[Towards], str]:
    """Return the form of how those stand that are in some states; where none is, that there is none."""

    def states_among(towards: Towards) -> str:
        states = [one.action.state for one in towards.actions]
        return "; ".join(f"{whole(states.count(one))} {one}" for one in Stands if one in states and one in some) or NONE

    return states_among


def _not_here(towards: Towards) -> str:
    return _states_among(*NOT_BEGUN)(towards) if towards.actions else _none_at_all(towards)


def _commitment_due(towards: Towards) -> str:
    due_on = towards.commitment.due_on
    return day(due_on) if due_on else NO_DATE


OF_TOWARDS: Mapping[str, Callable[[Towards], object]] = {
    "taken_here": _states_among(*WITH_PROOF, Stands.UNPROVEN, Stands.MOVING, Stands.FIRST_REPORT),
    "not_here": _not_here,
    "stalled_here": _states_among(Stands.STALLED, Stands.QUIET),
    "in_states": _in_states,
    "commitment_text": lambda towards: towards.commitment.text or WITHHELD,
    "commitment_test": lambda towards: towards.commitment.test or WITHHELD,
    "commitment_source": lambda towards: towards.commitment.source or WITHHELD,
    "commitment_made": lambda towards: day(towards.commitment.made_on),
    "commitment_due": _commitment_due,
}


TOO_FEW_PAIRS, NOT_SAID_HOW_MANY = "too few pairs", "how many there are was not sent"
NONE_LED = "No pair led one."


def _mentoring_told(mentored: Mentored) -> str:
    if mentored.table is None:
        return "none"
    hidden = "hidden together" if mentored.slug == "*" else "hidden"
    return hidden if mentored.table.pairs is None else "shown"


def _of_pairs(written: Callable[[Mentored], str]) -> Callable[[Mentored], str]:
    """Return a form of pairs that are shown, which says of others that they are too few, or that none were sent."""
    instead = {"none": NOT_SENT, "hidden": TOO_FEW_PAIRS, "hidden together": NOT_SHOWN}
    return lambda mentored: instead.get(_mentoring_told(mentored)) or written(mentored)


def _pairs(part: str) -> Callable[[Mentored], str]:
    return _of_pairs(lambda mentored: whole(getattr(mentored.table, part)))


def _executives_reached(mentored: Mentored) -> str:
    paired, executives = mentored.table.executives_paired, mentored.table.executives
    known = executives is not None and executives >= paired
    return f"{whole(paired)} of {whole(executives)}" if known else f"{whole(paired)}; {NOT_SAID_HOW_MANY}"


def _last_met(mentored: Mentored) -> str:
    return day(mentored.table.last_met_on) if mentored.table.last_met_on else NO_DATE


OF_MENTORED: Mapping[str, Callable[[Mentored], object]] = {
    "mentoring_told": _mentoring_told,
    "mentoring_name": lambda mentored: name_of(mentored.release.organisation(mentored.slug)),
    "mentoring_sent": lambda mentored: whole(len(mentored.each)),
    "mentoring_partners": lambda mentored: whole(len(own(mentored.release))),
    "pairs": _pairs("pairs"),
    "pairs_ended": _pairs("ended"),
    "pairs_met": _pairs("met"),
    "pairs_led": _pairs("led"),
    "pair_meetings": _pairs("meetings"),
    "executives_reached": _of_pairs(_executives_reached),
    "pairs_last_met": _of_pairs(_last_met),
    "pairs_actions": _of_pairs(lambda mentored: ", ".join(mentored.table.actions) or NONE_LED),
}


NOT_SIGNED, NO_OTHER = "Not signed.", "none"


def _quoted(part: str) -> Callable[[Signed], str]:
    """Return the form of commitments that are new in a version of the pledge, or the like, in their words."""

    def quoted(signed: Signed) -> str:
        texts = getattr(signed.release.pledge, part)
        return "; ".join(f"\u201c{text.rstrip('.')}\u201d" if text else AWAITING for text in texts) or NO_OTHER

    return quoted


def _pledge_told(signed: Signed) -> str:
    """Return whether a version stands, and whether an earlier report had another."""
    pledge = signed.release.pledge
    return "none" if pledge is None else "first" if pledge.before is None else "another"


OF_SIGNED: Mapping[str, Callable[[Signed], object]] = {
    "pledge_told": _pledge_told,
    "pledge_version": lambda signed: whole(signed.release.pledge.version),
    "pledge_since": lambda signed: day(signed.release.pledge.since),
    "pledge_before": lambda signed: whole(signed.release.pledge.before),
    "pledge_signed": lambda signed: whole(sum(one.signed_on is not None for one in signed.each)),
    "pledge_partners": lambda signed: whole(len(signed.each)),
    "signed_by": lambda signed: name_of(signed.release.organisation(signed.slug)),
    "signed_on": lambda signed: day(signed.signed_on) if signed.signed_on else NOT_SIGNED,
    **{f"pledge_{part}": _quoted(part) for part in ("added", "altered", "gone")},
}


BY_RATER = {SELF: "by themselves", OTHERS: "by others"}


def _answered(place: int) -> Callable[[Rated], str]:
    """Return the form of how many gave an answer; empty where that is hidden."""
    return lambda rated: "" if rated.ratings.answers is None else whole(rated.ratings.answers[place])


def _agreed(kind: str) -> Callable[[Asked], str]:
    """Return the form of how many answers agree, over all traits that are shown; empty where none is."""

    def agreed(asked: Asked) -> str:
        shown = [one.ratings for one in asked.tables if one.ratings.rater_kind == kind and one.ratings.answers]
        some, every = sum(one.agreed for one in shown), sum(one.raters for one in shown)
        return f"{whole(some)} of {whole(every)}" if shown else ""

    return agreed


def _asked_told(asked: Asked) -> str:
    """Return of which raters something is shown: both, self, others, or hidden."""
    kinds = [kind for kind in BY_RATER if _agreed(kind)(asked)]
    return "both" if len(kinds) == len(BY_RATER) else "".join(kinds) or "hidden"


OF_ASKED: Mapping[str, Callable[[Asked], object]] = {
    "asked_told": _asked_told,
    "asked_in": lambda asked: asked.quarter.in_words,
    "self_agreed": _agreed(SELF),
    "others_agreed": _agreed(OTHERS),
}
OF_RATED: Mapping[str, Callable[[Rated], object]] = {
    "rated_name": lambda rated: f"{capitalised(rated.ratings.trait)}, {BY_RATER[rated.ratings.rater_kind]}",
    "raters": lambda rated: "" if rated.ratings.raters is None else whole(rated.ratings.raters),
    **{f"answered_{place}": _answered(place - 1) for place, _ in enumerate(ANSWERS, start=1)},
}


OF_MEMBERS: Mapping[str, Callable[[Among], object]] = {
    "left_out": _left_out,
    "everybody": lambda among: "some" if among.left_out else "all",
    "added_up": _added_up,
    "members": lambda among: _sorted_names(among, among.table.members),
    "left_out_names": lambda among: _sorted_names(among, among.left_out),
    "members_alone": lambda among: ", ".join(among.alone),
    "members_number": lambda among: whole(len(among.table.members)),
}


def _change(change: Change) -> str:
    """Return how a group's share of a stage compares: hidden, of too few, or the same, higher or lower."""
    compared = change.of.change
    if compared is None:
        return "hidden"
    if min(compared.all_before, compared.all_later) < SMALLEST_BASE:
        return "few"
    before, later = (percentage(people / everybody) for people, everybody in _both_quarters(change))
    return "same" if before == later else "higher" if compared.change > 0 else "lower"


def _both_quarters(change: Change) -> tuple[tuple[int, int], tuple[int, int]]:
    compared = change.of.change
    return (compared.some_before, compared.all_before), (compared.some_later, compared.all_later)


def points(change: float) -> str:
    """Write a change of a share in percentage points, with its direction."""
    if not change:
        return "no change"
    number = round(abs(change) * 100)
    size = f"{number} points" if number > 1 else "1 point" if number else "less than 1 point"
    return f"{size} {'higher' if change > 0 else 'lower'}"


OF_CHANGES: Mapping[str, Callable[[Change], object]] = {
    "change": _change,
    "some_later": lambda change: whole(change.of.change.some_later),
    "all_later": lambda change: whole(change.of.change.all_later),
    "some_earlier": lambda change: whole(change.of.change.some_before),
    "all_earlier": lambda change: whole(change.of.change.all_before),
    "share_earlier": lambda change: percentage(change.of.change.some_before / change.of.change.all_before),
    "share_later": lambda change: percentage(change.of.change.some_later / change.of.change.all_later),
    "change_low": lambda change: points(change.of.change.confidence_interval()[0]),
    "change_high": lambda change: points(change.of.change.confidence_interval()[1]),
}


OF_TABLES: Mapping[str, Callable[[PeopleTable], object]] = {
    "table_label": lambda table: called(BME),
    "staff_day": lambda table: span_of(table).in_words,
    "staff_end": lambda table: day(span_of(table).last_day),
    "staff_year": lambda table: span_of(table).year.in_words,
    "next_staff_day": lambda table: day(span_of(table).last_day),
    "next_staff_report": lambda table: FinancialYear(span_of(table).year.start + 1).quarters[-1].in_words,
    "next_in_post_report": lambda table: span_of(table).year.quarters[-1].in_words,
    "bme_staff": lambda table: people_of(BME, "staff"),
    "staff_within": lambda table: listed(_named_in_short(table, "fits")),
    "staff_within_any": lambda table: "some" if _named_in_short(table, "fits") else "none",
    "staff_unshown": lambda table: listed(_named_in_short(table, "unshown", "together")),
    "staff_unshown_any": lambda table: "some" if _named_in_short(table, "unshown", "together") else "none",
    "staff_members": lambda table: f"{len(table.members)} organisations",
    "minorities": lambda table: listed([group for group in FIVE_GROUPS if group != REFERENCE]),
    "span_before_in_words": lambda table: span_of(table).previous.in_words,
}


def _about(number: float) -> str:
    """Write an expected number in whole people: `about 7`, and a part of one person as `fewer than 1`."""
    return "fewer than 1" if 0 < number < 1 else f"about {whole(round(number))}"


def _beside_expected(followed: Followed) -> str:
    """Return where the count lies beside its range; where there is none, on which side of the expected number."""
    if followed.measure.one_by_one:
        return followed.within.place
    gap = followed.group.reached - round(followed.within.within.expected)
    return "without a range, " + ("as many" if not gap else "more" if gap > 0 else "fewer")


def _statutory(followed: Followed) -> str:
    """Return whether a ratio can be given, and if so which way round, and whose share was the larger."""
    if not followed.measure.indicator:
        return "none"
    sides = (followed.white, followed.group)
    if any(side.at_the_end is None for side in sides):
        return "unsent"
    if min(side.at_the_end for side in sides) < FEWEST_FOR_A_RATIO or not all(side.everybody for side in sides):
        return "few"
    number, white_first = followed.statutory.ratio, followed.measure.white_first
    larger = "White larger" if (number > 1) == white_first else "other larger"
    return f"White {'first' if white_first else 'last'}, {'level' if ratio(number) == ratio(1) else larger}"


def _statutory_ranged(followed: Followed) -> str:
    """Return whether the ratio has a margin of error, or why not; nothing where there is no ratio."""
    if _statutory(followed) in ("none", "unsent", "few"):
        return ""
    if not followed.measure.one_by_one:
        return "several"
    return "ranged" if followed.statutory.interval else "outgrown"


def _people(number: int) -> str:
    return "1 person" if number == 1 else f"{whole(number)} people"


def _or_none(number: int) -> str:
    return whole(number) if number else "none"


def _joined_later(followed: Followed) -> int:
    return sum(group.joined for group in followed.everybody)


def _unmatched(followed: Followed) -> int:
    return sum(group.unmatched for group in followed.everybody)


def _of_ground(followed: Followed, ground: str) -> int:
    return sum(getattr(group, ground) for group in followed.everybody)


def _without_ground(followed: Followed) -> int:
    everybody = sum(group.everybody for group in followed.everybody)
    return everybody - _of_ground(followed, "performance") - _of_ground(followed, "ill_health")


def _grounds(followed: Followed) -> str:
    """Return whether it is known for what people entered a process; nothing where nobody did, or none has a ground."""
    everybody = sum(group.everybody for group in followed.everybody)
    if followed.measure != CAPABILITY or not everybody:
        return ""
    unknown = _without_ground(followed)
    return "unsent" if unknown == everybody else "some" if unknown else "all"


def _indicator(measure: Measure) -> str:
    """Write the indicator that a measure follows: `indicator 3 of the Workforce Race Equality Standard`."""
    return f"{measure.indicator} of the {measure.standard}"


STAFF_OF_BOTH: Mapping[str, Callable[[Followed], int]] = {
    "people": lambda followed: followed.white.people + followed.group.people,
    "reached": lambda followed: followed.white.reached + followed.group.reached,
}
OF_STAFF_FOLLOWED: Mapping[str, Callable[[Followed], object]] = {
    "good": lambda followed: GOOD[followed.measure.good],
    "did": lambda followed: followed.measure.after.did,
    "known_of": lambda followed: _known_of(followed.measure),
    "of_these_staff": lambda followed: followed.measure.people,
    "did_any": lambda followed: "some" if STAFF_OF_BOTH["reached"](followed) else "nobody",
    "staff_day": lambda followed: followed.day.in_words,
    "staff_year": lambda followed: followed.day.year,
    "staff_end": lambda followed: day(followed.day.last_day),
    "known_staff": lambda followed: whole(STAFF_OF_BOTH["people"](followed)),
    "known_reached": lambda followed: whole(STAFF_OF_BOTH["reached"](followed)),
    "white_reached": lambda followed: _part(followed.white.reached, followed.white.people, f"{REFERENCE} staff"),
    "bme_reached": lambda followed: _part(followed.group.reached, followed.group.people, people_of(BME, "staff")),
    "bme_staff": lambda followed: people_of(BME, "staff"),
    "bme_number_reached": lambda followed: whole(followed.group.reached),
    "beside_expected": _beside_expected,
    "about_expected": lambda followed: _about(followed.within.within.expected),
    "staff_gap": lambda followed: whole(abs(followed.group.reached - round(followed.within.within.expected))),
    "staff_low": lambda followed: whole(followed.within.chance_range.low),
    "staff_high": lambda followed: whole(followed.within.chance_range.high),
    "bands_number": lambda followed: whole(followed.within.within.vacancies),
    "bands_telling": lambda followed: _or_none(followed.within.within.informative).capitalize(),
    "unknown_any": lambda followed: "some" if followed.unknown.people else "none",
    "unknown_staff": lambda followed: whole(followed.unknown.people),
    "unknown_reached": lambda followed: _or_none(followed.unknown.reached),
    "all_staff": lambda followed: whole(sum(group.people for group in followed.everybody)),
    "joined_any": lambda followed: "some" if _joined_later(followed) else "none",
    "joined_later": lambda followed: _people(_joined_later(followed)),
    "unmatched_any": lambda followed: "some" if _unmatched(followed) else "none",
    "unmatched": lambda followed: _people(_unmatched(followed)),
    "grounds": _grounds,
    "everybody_reached": lambda followed: _people(sum(group.everybody for group in followed.everybody)),
    "for_performance": lambda followed: _or_none(_of_ground(followed, "performance")),
    "for_ill_health": lambda followed: _or_none(_of_ground(followed, "ill_health")),
    "ground_unknown": lambda followed: whole(_without_ground(followed)),
    "bme_for_performance": lambda followed: whole(followed.group.performance),
    "white_for_performance": lambda followed: whole(followed.white.performance),
    "unknown_for_performance": lambda followed: whole(followed.unknown.performance),
    "statutory": _statutory,
    "statutory_ranged": _statutory_ranged,
    "statutory_ratio": lambda followed: ratio(followed.statutory.ratio),
    "statutory_range": lambda followed: interval(*followed.statutory.interval),
    "indicator": lambda followed: capitalised(_indicator(followed.measure)),
    "fewest_staff": lambda followed: whole(FEWEST_FOR_A_RATIO),
}
OF_EXACT_STAFF: Mapping[str, Callable[[ExactStaff], object]] = {
    "staff_name": lambda staff: staff.name,
    "staff_lacking": lambda staff: "none" if not staff.missing else "some" if staff.day is None else "earlier",
    "followed_day": lambda staff: staff.day.in_words,
    "followed_year": lambda staff: staff.day.year.in_words,
    "latest_day": lambda staff: staff.latest.in_words,
    "lacking_returns": lambda staff: listed([one.replace("-", NO_BREAK) for one in staff.missing]),
    "staff_report": lambda staff: staff.quarter.in_words,
    "next_day": lambda staff: day(staff.latest.last_day),
    "next_report": lambda staff: FinancialYear(staff.latest.year.start + 1).quarters[-1].in_words,
    "is_followed": lambda staff: "followed" if staff.day else "none",
    "in_post_day": lambda staff: staff.in_post_day.in_words,
}


# Measures over time, along deprivation, and of organisations beside each other.
SIGN_SHAPES = {Rule.BEYOND: "◆", Rule.TREND: "▲", Rule.NEAR: "►", Rule.SHIFT: "■"}
SIGNS_IN_WORDS = {
    (Rule.BEYOND, "better"): "beyond a limit, better",
    (Rule.BEYOND, "worse"): "beyond a limit, worse",
    (Rule.BEYOND, "changed"): "beyond a limit",
    (Rule.TREND, "better"): "trend, better",
    (Rule.TREND, "worse"): "trend, worse",
    (Rule.TREND, "changed"): "trend",
    (Rule.NEAR, "better"): "near a limit, better",
    (Rule.NEAR, "worse"): "near a limit, worse",
    (Rule.NEAR, "changed"): "near a limit",
    (Rule.SHIFT, "better"): "shift, better",
    (Rule.SHIFT, "worse"): "shift, worse",
    (Rule.SHIFT, "changed"): "shift",
}
USUAL_SHAPE, USUAL = "●", "usual"
PLACES_IN_FUNNEL = {
    FunnelPlace.BELOW_OUTER: "◆ below the outer limits",
    FunnelPlace.BELOW_INNER: "▲ below the inner limits",
    FunnelPlace.WITHIN: "● within the limits",
    FunnelPlace.ABOVE_INNER: "▲ above the inner limits",
    FunnelPlace.ABOVE_OUTER: "◆ above the outer limits",
}


def _so_many(number: int, noun: str) -> str:
    return f"{whole(number)} {noun}{'' if number == 1 else 's'}"


def written(watched: Watched, value: float) -> str:
    """Write a value of a measure over time: a share as a percentage, a rate per so many people, else three figures."""
    if watched.series.of == Of.SHARES:
        return percentage(value)
    if watched.series.of == Of.RATES and watched.series.per > 1:
        return f"{significant(value * watched.series.per)} per {whole(watched.series.per)}"
    return significant(value)


def _written_range(watched: Watched, low: float, high: float) -> str:
    """Write a range with its unit once: `8.39 to 39.3 per 1,000`."""
    first, last = written(watched, low), written(watched, high)
    return f"{first.partition(' per ')[0]} to {last}"


def news_of(period: OfPeriod) -> str:
    """Return whether the way of a point's mark is better, worse or neither; usual where it has none."""
    better = period.watched.better
    if period.signal is None:
        return USUAL
    return "changed" if not better else "better" if period.signal.way == better else "worse"


def _value_or_why(period: OfPeriod) -> str:
    if period.point.gap:
        return "" if period.point.gap == Absent.HIDDEN else str(period.point.gap)
    few = period.watched.series.of == Of.SHARES and period.point.people < SMALLEST_BASE
    return NOT_GIVEN if few else written(period.watched, period.point.value)


def _number_or_why(period: OfPeriod, number: float | None) -> str:
    gap = period.point.gap
    return "" if gap == Absent.HIDDEN else str(gap) if gap else significant(number)


def _limits_of(period: OfPeriod) -> str:
    chart = period.watched.chart
    if not isinstance(chart, ControlChart):
        return NO_LIMITS
    return _written_range(period.watched, *chart.limits[period.place])


def _mark_of(period: OfPeriod) -> str:
    if not isinstance(period.watched.chart, ControlChart):
        return NO_RULE
    if period.signal is None:
        return f"{USUAL_SHAPE} {USUAL}"
    return f"{SIGN_SHAPES[period.signal.rule]} {SIGNS_IN_WORDS[period.signal.rule, news_of(period)]}"


def _year_before(period: OfPeriod) -> str:
    before = period.watched.series.year_before(period.place)
    return "none" if before is None else written(period.watched, before.value)


NO_LIMITS, NO_RULE, NO_LINE = "no limits", "no rule", "no line"
OF_PERIODS: Mapping[str, Callable[[OfPeriod], object]] = {
    "point_period": lambda period: period.point.period,
    "point_events": lambda period: _number_or_why(period, period.point.events),
    "point_people": lambda period: _number_or_why(period, period.point.people),
    "point_value": _value_or_why,
    "point_centre": lambda period: (
        written(period.watched, period.watched.chart.centre) if period.watched.chart else NO_LINE
    ),
    "point_limits": _limits_of,
    "point_mark": _mark_of,
    "point_year_before": _year_before,
    "point_goal": lambda period: written(period.watched, period.watched.target),
}


def _on_year(watched: Watched) -> str:
    """Return how the latest point lies beside the year before: none, the same, higher or lower."""
    latest = len(watched.series.points) - 1
    before = watched.series.year_before(latest)
    if before is None:
        return "none"
    now, then = (written(watched, value) for value in (watched.latest.value, before.value))
    return "same" if now == then else "higher" if watched.latest.value > before.value else "lower"


def _finding_of(watched: Watched) -> str:
    if watched.latest.gap:
        return "gap"
    shows = str(watched.statement.shows)
    return f"{shows}, {_on_year(watched)}" if shows == BESIDE_YEAR_BEFORE else shows


BESIDE_YEAR_BEFORE = "beside the year before"


def _periods_of(watched: Watched, gap: Absent) -> str:
    return f"{whole(watched.series.gaps.count(gap))} of {whole(len(watched.series.points))} periods"


def about_in_100(share: float) -> str:
    """Write a chance as `about 12 in 100`.

    >>> about_in_100(0.1202), about_in_100(0.004)
    ('about 12 in 100', 'fewer than 1 in 100')
    """
    return f"about {round(100 * share)} in 100" if share >= 0.005 else "fewer than 1 in 100"


def _change_on_year(watched: Watched) -> ShareChange | None:
    """Return how the latest share changed on the year before, where the chart sets it beside that."""
    if watched.fit.why != Why.SEASONS:
        return None
    change = watched.series.change_on_year(len(watched.series.points) - 1)
    return change if change and min(change.all_before, change.all_later) >= SMALLEST_BASE else None


def _rule_of(watched: Watched) -> str:
    """Return which rules are applied, and of a run chart how it fares; or why there are none."""
    if isinstance(watched.chart, ControlChart):
        return "limits"
    if isinstance(watched.chart, RunChart) and watched.chart.has_rules:
        return f"runs, {watched.fit.why}"
    return "median" if watched.chart else str(watched.fit.why)


def _cut_of(watched: Watched) -> str:
    cut = watched.chart.cut if isinstance(watched.chart, ControlChart) else (False, False)
    return {(False, False): "none", (True, False): "low", (False, True): "high"}.get(cut, "both")


def _target_of(watched: Watched) -> str:
    """Return whether its target is kept; none is set, or why that cannot be told."""
    if watched.target is None or not watched.better:
        return "none"
    if not isinstance(watched.chart, ControlChart):
        return "untold"
    return watched.statement.target or "changing"


OF_WATCHED: Mapping[str, Callable[[Watched], object]] = {
    "watched_finding": _finding_of,
    "watched_shows": lambda watched: watched.statement.shows,
    "watched_cannot": lambda watched: watched.statement.cannot,
    "watched_target": _target_of,
    "watched_ask": lambda watched: watched.statement.ask,
    "watched_rule": _rule_of,
    "watched_cut": _cut_of,
    "watched_kind": lambda watched: watched.fit.kind,
    "latest_period": lambda watched: watched.latest.period,
    "latest_value": lambda watched: _value_or_why(OfPeriod(watched, len(watched.series.points) - 1)),
    "latest_before": lambda watched: _year_before(OfPeriod(watched, len(watched.series.points) - 1)),
    "latest_limits": lambda watched: _limits_of(OfPeriod(watched, len(watched.series.points) - 1)),
    "watched_centre": lambda watched: written(watched, watched.chart.centre),
    "on_year_told": lambda watched: "told" if _change_on_year(watched) else "none",
    "on_year": lambda watched: points(_change_on_year(watched).change),
    "on_year_low": lambda watched: points(_change_on_year(watched).confidence_interval().low),
    "on_year_high": lambda watched: points(_change_on_year(watched).confidence_interval().high),
    "watched_goal": lambda watched: written(watched, watched.target),
    "points_number": lambda watched: whole(len(watched.series.points)),
    "values_listed": lambda watched: _so_many(len(watched.series.points), "value"),
    "rule_trend": lambda watched: whole(watched.chart.numbers.trend),
    "rule_shift": lambda watched: whole(watched.chart.numbers.shift),
    "rule_near": lambda watched: whole(watched.chart.numbers.near),
    "rule_together": lambda watched: whole(watched.chart.numbers.together),
    "runs_useful": lambda watched: whole(watched.chart.useful),
    "runs_longest": lambda watched: whole(watched.chart.longest),
    "runs_longest_usual": lambda watched: whole(watched.chart.longest_usual),
    "runs_crossings": lambda watched: whole(watched.chart.crossings),
    "runs_fewest_usual": lambda watched: whole(watched.chart.fewest_usual),
    "chance_of_a_mark": lambda watched: about_in_100(watched.by_chance.charts),
    "chance_of_the_latest": lambda watched: about_in_100(watched.by_chance.latest),
    "hidden_periods": lambda watched: _periods_of(watched, Absent.HIDDEN),
    "periods_not_sent": lambda watched: _periods_of(watched, Absent.NOT_SENT),
    "partners_missing": lambda watched: whole(watched.partners_missing),
    **{
        f"lacks {lacking}": lambda watched, lacking=lacking: "some" if lacking in watched.statement.missing else "none"
        for lacking in Missing
    },
}


def _in_own_unit(index: SlopeIndex, value: float) -> str:
    return percentage(value) if index.measured == Quantity.SHARE else significant(value)


def _slope_in_own_unit(index: SlopeIndex, slope: float) -> str:
    return percentage_points(slope) if index.measured == Quantity.SHARE else significant(slope)


def _slope_way(index: SlopeIndex) -> str:
    """Return which way the line goes from the most to the least deprived, or that it could go either way."""
    least_is_higher = index.slope * index.multiplier > 0
    if not index.has_interval:
        return f"bare {'higher' if least_is_higher else 'lower'}"
    return "either" if index.slope_interval().holds(0) else "higher" if least_is_higher else "lower"


def _slope_limits(index: SlopeIndex, written: Callable[[SlopeIndex, float], str]) -> str:
    """Write both limits without their sign where that is the same, for the words say which way."""
    low, high = index.slope_interval()
    if low < 0 < high:
        return f"{written(index, low)} to {written(index, high)}"
    small, large = sorted((abs(low), abs(high)))
    return f"{written(index, small)} to {written(index, large)}"


def _relative(index: SlopeIndex) -> str:
    if index.ratio is None or index.ratio <= 0:
        return "none"
    return "given" if index.has_interval and index.ratio_interval() else "bare"


PARTS = {5: "Fifth", 10: "Tenth"}


def _part_of_all(place: int, number: int) -> str:
    """Write `Tenth 3`, and which end the first and the last are."""
    end = {1: " (most deprived)", number: " (least deprived)"}.get(place, "")
    return f"{PARTS.get(number, 'Part')} {place}{end}"


OF_SLOPES: Mapping[str, Callable[[SlopeIndex], object]] = {
    "slope_way": _slope_way,
    "slope_size": lambda index: _slope_in_own_unit(index, abs(index.slope)),
    "slope_range": lambda index: _slope_limits(index, _slope_in_own_unit),
    "slope_relative": _relative,
    "slope_ratio": lambda index: ratio(index.ratio),
    "slope_ratio_range": lambda index: interval(*index.ratio_interval()),
    "slope_most": lambda index: _in_own_unit(index, index.ends[0]),
    "slope_least": lambda index: _in_own_unit(index, index.ends[1]),
    "slope_parts": lambda index: PARTS.get(len(index.quantiles), "Part"),
    "slope_part": lambda index: PARTS.get(len(index.quantiles), "Part").lower(),
}
OF_QUANTILES: Mapping[str, Callable[[OfQuantile], object]] = {
    "quantile_name": lambda of: _part_of_all(of.number, len(of.index.quantiles)),
    "quantile_people": lambda of: whole(round(of.quantile.people)),
    "quantile_value": lambda of: _in_own_unit(of.index, of.quantile.value),
    "quantile_range": lambda of: (
        " to ".join(_in_own_unit(of.index, limit) for limit in (of.quantile.low, of.quantile.high))
        if of.quantile.low is not None
        else NOT_GIVEN
    ),
    "quantile_fitted": lambda of: _in_own_unit(of.index, of.index.fitted(of.index.middles[of.number - 1])),
}


def _beyond_outer(funnel: ShareFunnel) -> int:
    return sum(abs(funnel.place(name)) == FunnelPlace.ABOVE_OUTER for name in funnel.shares)


OF_FUNNELS: Mapping[str, Callable[[ShareFunnel], object]] = {
    "funnel_beyond": lambda funnel: _one_or_many(_beyond_outer(funnel)),
    "funnel_beyond_number": lambda funnel: whole(_beyond_outer(funnel)),
    "funnel_hidden": lambda funnel: "some" if funnel.not_shown else "none",
    "funnel_hidden_number": lambda funnel: whole(funnel.not_shown),
    "funnel_number": lambda funnel: whole(len(funnel.shares)),
    "funnel_called": lambda funnel: funnel.called,
    "funnel_called_first": lambda funnel: capitalised(funnel.called),
    "funnel_each": lambda funnel: capitalised(funnel.called.removesuffix("s")),
    "funnel_share": lambda funnel: percentage(funnel.overall.share),
    "funnel_all": lambda funnel: _part_in_a_cell(funnel.overall.successful, funnel.overall.people),
}
OF_FUNNEL_ROWS: Mapping[str, Callable[[InFunnel], object]] = {
    "funnel_name": lambda row: row.organisation,
    "funnel_part": lambda row: _part_in_a_cell(row.share.successful, row.share.people),
    "funnel_place": lambda row: PLACES_IN_FUNNEL[row.place],
}


def _called_metric(of: OfMetric) -> str:
    """Write what a metric is called within a sentence: its key, of which everybody may know, once its words stand."""
    return of.metric.replace("-", " ") if of.definition.question else f"metric {of.definition.number}"


def _listed_metrics(metrics: Iterable[OfMetric]) -> str:
    names = [_called_metric(one) for one in metrics]
    return f"{whole(len(names))} ({', '.join(names)})" if names else "none"


def _in_unit(of: OfMetric, value: float) -> str:
    if of.definition.unit == SHARE:
        return percentage(value)
    return significant(value * of.per)


def _goal_of(of: OfMetric) -> str:
    if of.definition.target is None:
        return ""
    if of.definition.unit == SHARE:
        return percentage(of.definition.target)
    return f"{significant(of.definition.target)}{f' per {whole(of.per)}' if of.per > 1 else ''}"


def _good_of(of: OfMetric) -> str:
    return f"{of.definition.good}{', target' if of.definition.target is not None else ''}"


def _name_or_slug(release: Release, slug: str) -> str:
    """Write the name of an organisation; a network has none but its slug."""
    return next((name_of(one) for one in release.organisations if one.slug == slug), slug)


def _senders_of(of: OfMetric) -> str:
    """Return the kind of those who sent a metric: practices, organisations, one alone; or why nothing is told."""
    if not of.counted:
        return "value" if of.latest else "awaiting" if of.who != METRICS_OF_ALL else "nobody"
    if of.latest is None or of.latest.state == TableState.NOT_SENT:
        return "nobody"
    if of.who != METRICS_OF_ALL:
        return "alone"
    if of.latest.state == TableState.TOO_FEW:
        return "too few"
    return "organisations" if of.latest.covered is None else "practices"


def _names_in(of: OfMetric, *states: TableState) -> str:
    return ", ".join(_name_or_slug(of.release, one.who) for one in of.senders if one.state in states)


def _untold(of: OfMetric) -> str:
    """Return why a metric cannot be told of the report's quarter."""
    if not of.counted and of.latest:
        return f"last published for {of.latest.quarter}"
    state = of.latest.state if of.latest else TableState.NOT_SENT if of.counted else TableState.AWAITING
    return {TableState.HIDDEN: NOT_SHOWN, TableState.TOO_FEW: "too few to add up"}.get(state, str(state))


def _missing_metrics(every: AllMetrics) -> str:
    return "; ".join(f"{_called_metric(one)} ({_untold(one)})" for one in every.each if not one.told)


def _slopes_of(every: AllMetrics) -> str:
    """Return whether a slope can be told, is clear of nought, and whom the widest leaves worse off."""
    if not every.sloped:
        return "none"
    if not every.clear:
        return "unclear"
    widest, slope = every.clear[0]
    return "worse" if (slope.slope > 0) == (widest.definition.good == UP) else "better"


def _practices_in(of: OfMetric) -> tuple[str, ...]:
    return tuple(sorted({member for one in of.senders if one.whose == NETWORK for member in one.members}))


def _steady(of: OfMetric) -> str:
    """Return whether those who sent a metric are the same in every quarter that is shown."""
    return "same" if len({one.members for one in of.tables if one.shown}) <= 1 else "changing"


def _deprivation_of(of: OfMetric) -> str:
    """Return why a metric has no slope."""
    if not any(axis in BY_DEPRIVATION for axis in of.definition.axis_names):
        return "not asked"
    if of.by_deprivation is None:
        return "hidden"
    return "incomplete" if of.counted else "value"


def _part_of_deprivation(of: OfMetric) -> str:
    return of.by_deprivation.axis.rpartition(" ")[2] if of.by_deprivation else ""


def _unplaced(of: OfMetric) -> str:
    table = of.by_deprivation
    unstated = [one for one in table.groups if one.group == AXES[table.axis].unstated] if table else []
    return whole(unstated[0].denominator) if unstated else ""


OF_A_METRIC: Mapping[str, Callable[[OfMetric], object]] = {
    "metric_words": lambda of: "told" if of.definition.question else "awaiting",
    "metric_alliance_words": lambda of: "told" if of.definition.alliance else "awaiting",
    "metric_question": lambda of: of.definition.question,
    "metric_alliance": lambda of: of.definition.alliance,
    "metric_number": lambda of: whole(of.definition.number),
    "metric_counts": lambda of: (of.definition.definition or f"What it counts is {AWAITING}").rstrip("."),
    "metric_source": lambda of: (of.definition.source or AWAITING).rstrip("."),
    "metric_called_first": lambda of: capitalised(_called_metric(of)),
    "metric_unit": lambda of: of.definition.unit,
    "metric_per": lambda of: whole(of.per),
    "metric_good": _good_of,
    "metric_goal": _goal_of,
    "metric_span": lambda of: of.latest.quarter if of.latest else "",
    "metric_part": _part_of_deprivation,
    "metric_unplaced": _unplaced,
    "metric_deprivation": _deprivation_of,
    "metric_senders": _senders_of,
    "metric_steady": _steady,
    "metrics_quarter": lambda of: str(of.release.quarter),
    "metric_organisation": lambda of: _name_or_slug(of.release, of.who),
    "value_source": lambda of: capitalised((of.latest.source or AWAITING).rstrip(".")) if of.latest else "",
    "practices_number": lambda of: whole(len(of.latest.members)) if of.latest and of.latest.members else "",
    "metric_covered": lambda of: percentage(of.latest.covered) if of.latest and of.latest.covered is not None else "",
    "senders_number": lambda of: whole(len(of.latest.members)) if of.latest else "",
    "senders_names": lambda of: ", ".join(_name_or_slug(of.release, one) for one in of.latest.members),
    "senders_hidden": lambda of: _names_in(of, TableState.HIDDEN, TableState.TOO_FEW),
    "senders_silent": lambda of: _names_in(of, TableState.NOT_SENT),
    "practice_codes": lambda of: ", ".join(_practices_in(of)) or "none",
}
OF_ALL_METRICS: Mapping[str, Callable[[AllMetrics], object]] = {
    "metrics_any": lambda every: "some" if every.each else "none",
    "metrics_listed": lambda every: _so_many(len(every.each), "metric"),
    "metrics_told": lambda every: whole(sum(one.told for one in every.each)),
    "metrics_quarter": lambda every: str(every.release.quarter),
    "metrics_limits": lambda every: _one_or_many(len(every.with_limits)),
    "metrics_limits_number": lambda every: whole(len(every.with_limits)),
    "metrics_better": lambda every: _listed_metrics(every.showing(Shows.BETTER)),
    "metrics_worse": lambda every: _listed_metrics(every.showing(Shows.WORSE)),
    "metrics_better_number": lambda every: whole(len(every.showing(Shows.BETTER))),
    "metrics_worse_number": lambda every: whole(len(every.showing(Shows.WORSE))),
    "metrics_by_chance": lambda every: about_in_100(every.by_chance),
    "metrics_not_random": lambda every: ", ".join(map(_called_metric, every.showing(Shows.NOT_RANDOM))),
    "metrics_slopes": _slopes_of,
    "metrics_slopes_listed": lambda every: _slopes_of(every) if every.each else "no metric",
    "slopes_listed": lambda every: _so_many(len(every.sloped), "slope"),
    "metrics_clear_number": lambda every: whole(len(every.clear)),
    "metrics_widest": lambda every: _called_metric(every.clear[0][0]),
    "metrics_widest_ratio": lambda every: ratio(every.clear[0][1].ratio),
    "metrics_widest_range": lambda every: interval(*every.clear[0][1].ratio_interval()),
    "metrics_missing": _missing_metrics,
    "networks_any": lambda every: "some" if every.networks else "none",
    "networks_number": lambda every: whole(len(every.networks)),
    "practice_metrics": lambda every: whole(len(every.of_practices)),
}


def _name_of_group(group: GroupOf) -> str:
    """Write `White`, `Not known`, or `Fifth 1 (most deprived)`."""
    axis = AXES[group.of.table.axis]
    if axis.key not in BY_DEPRIVATION or group.group == axis.unstated:
        return capitalised(called(group.group))
    return _part_of_all(int(group.group), len(axis.groups) - 1)


def _group_counts(group: GroupOf) -> str:
    one, of = group.counts, group.metric
    if of.definition.unit == SHARE:
        return _part_in_a_cell(one.numerator, one.denominator)
    return f"{whole(one.numerator)} of {whole(one.denominator)} ({_in_unit(of, one.share)} per {whole(of.per)})"


def _few_in(group: GroupOf) -> bool:
    return group.counts.denominator < SMALLEST_BASE


def _group_gap(group: GroupOf) -> str:
    """Write how much larger a group's share is than that of all together, with its margin of error."""
    if _few_in(group):
        return NOT_GIVEN
    beside = group.beside_all
    written_gap = percentage_points if group.metric.definition.unit == SHARE else partial(_in_unit, group.metric)
    gap, low, high = (written_gap(one).removesuffix(" points") for one in (beside.difference, *beside.interval))
    return f"{gap} ({low} to {high})"


def _group_ratio(group: GroupOf) -> str:
    gap = group.beside_others
    if gap is None or _few_in(group) or not gap.relative:
        return NOT_GIVEN
    return f"{ratio(gap.relative)} ({interval(*gap.relative_interval())})"


OF_GROUPS_OF_METRICS: Mapping[str, Callable[[GroupOf], object]] = {
    "group_name": _name_of_group,
    "group_counts": _group_counts,
    "group_gap": _group_gap,
    "group_ratio": _group_ratio,
    "group_value": lambda group: significant(group.counts.value),
    "group_limits": lambda group: f"{significant(group.counts.lower)} to {significant(group.counts.upper)}",
}
OF_DIVIDED: Mapping[str, Callable[[Divided], object]] = {
    "metric_called_first": lambda divided: capitalised(_called_metric(divided.of)),
    "divided_axis": lambda divided: "ethnicity, in two groups" if divided.table.axis == IN_TWO else divided.table.axis,
    "metric_span": lambda divided: divided.table.quarter,
}


def _sent_by(*states: TableState) -> Callable[[OfNetwork], str]:
    """Return the form of the metrics whose table of a network is in one of some states: all, those, or a dash."""

    def written(network: OfNetwork) -> str:
        found = [_called_metric(one) for one, table in network.tables if table.state in states]
        return "all" if len(found) == len(network.tables) > 1 else ", ".join(found) or "–"

    return written


OF_NETWORKS: Mapping[str, Callable[[OfNetwork], object]] = {
    "network_name": lambda network: network.who,
    "network_practices": lambda network: whole(len({one for _, table in network.tables for one in table.members})),
    "network_shown": _sent_by(TableState.SHOWN),
    "network_hidden": _sent_by(TableState.HIDDEN, TableState.TOO_FEW),
    "network_silent": _sent_by(TableState.NOT_SENT),
}


def _in_units_of(anchor: Anchor, number: int | None) -> str:
    """Write a number of a promise with its unit: `24 people`, `45% of spending`."""
    if number is None:
        return ""
    return f"{whole(number)}{'' if anchor.unit.startswith('%') else ' '}{anchor.unit}"


def _promised(promised: Promised) -> str:
    """Write what was promised, and by when: `24 people by 31 March 2027`."""
    anchor = promised.anchor
    return f"{_in_units_of(anchor, anchor.promised) or AWAITING} by {day(anchor.due_on)}"


def _promise_reached(promised: Promised) -> str:
    """Write what was reached, and on which day that was so; why it is not said, and nothing where it is hidden."""
    anchor = promised.anchor
    if anchor.state == TableState.SHOWN:
        return f"{_in_units_of(anchor, anchor.reached)} on {day(anchor.as_of)}"
    return "" if anchor.state == TableState.HIDDEN else str(anchor.state)


PROMISES = {
    "reached": "● reached",
    "passed": "■ past its day, not reached",
    "to come": "○ still to come",
    "untold": "– cannot be told",
}
OF_PROMISES: Mapping[str, Callable[[Promised], object]] = {
    "anchor_whose": lambda one: name_of(one.whose) if one.whose else one.anchor.organisation,
    "anchor_kind": lambda one: one.anchor.kind,
    "anchor_promised": _promised,
    "anchor_reached": _promise_reached,
    "anchor_stands": lambda one: PROMISES[one.stands],
    "anchor_document": lambda one: one.anchor.document or AWAITING,
}
OF_ALL_PROMISES: Mapping[str, Callable[[Anchors], object]] = {
    "anchors_any": lambda every: "some" if every.each else "none",
    "anchors_number": lambda every: whole(len(every.each)),
    **{
        f"anchors_{stands.replace(' ', '_')}": lambda every, stands=stands: whole(
            sum(one.stands == stands for one in every.each)
        )
        for stands in PROMISES
    },
}


def _benchmark(value: Benchmark) -> str:
    """Write a value as it was published; one that nobody found in its source says so."""
    number = f"{value.value:g}{value.unit if value.unit == PERCENT else ''}"
    return number if value.verified else f"{number}, {UNVERIFIED}"


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


OF_ELSEWHERE: Mapping[str, Callable[[Elsewhere], object]] = {
    "elsewhere_called": lambda of: f"Indicator {of.indicator.name}" if of.indicator else "Residents",
    "elsewhere_differs": _how_it_differs,
    "elsewhere_latest": lambda of: ". ".join(map(_latest_of, of.areas)),
    "elsewhere_lacking": lambda of: ", ".join(area for area in AREAS if area not in {one.area for one in of.areas}),
}
OF_PUBLISHED_VALUES: Mapping[str, Callable[[FromSource], object]] = {
    "published_whose": lambda one: (
        f"{f'Indicator {one.value.indicator}. ' if one.value.indicator else ''}{one.value.area}: "
        f"{_group_of_value(one.value)}"
    ),
    "published_values": lambda one: "; ".join(f"{value.year}: {_benchmark(value)}" for value in one.values),
    "published_source": _source_of_value,
}


def _percentage_of(share: Share) -> str:
    return percentage(share.share) if share.people >= SMALLEST_BASE else NOT_GIVEN


def _own_gap(band: StaffOfBand) -> str:
    """Write how many points the group's share is above or below that of all staff."""
    return _points(band.at.gap) if band.at.here.people >= SMALLEST_BASE else NOT_GIVEN


def _own_short(band: StaffOfBand) -> str:
    """Write how many people fewer or more than at parity there are, with its margin of error in people."""
    if band.at.here.people < SMALLEST_BASE:
        return NOT_GIVEN
    low, high = (round(limit) for limit in band.at.short_of_parity_interval())
    short = band.at.short_of_parity
    return _fewer_or_more(short) if low == high else f"{_fewer_or_more(short)} ({_from_fewer_to_more(low, high)})"


def _fewer_or_more(short: int) -> str:
    return f"{whole(abs(short))} {'fewer' if short > 0 else 'more'}" if short else "as many"


def _from_fewer_to_more(low: int, high: int) -> str:
    """Write the limits of how many people there are too few, the most first: `9 fewer to 5 more`, `9 to 3 fewer`."""
    if low > 0:
        return f"{whole(high)} to {whole(low)} fewer"
    return f"{whole(-high)} to {whole(-low)} more" if high < 0 else f"{_fewer_or_more(high)} to {_fewer_or_more(low)}"


OF_OWN_BANDS: Mapping[str, Callable[[StaffOfBand], object]] = {
    "bme_label": lambda band: called(BME),
    "bme_here": lambda band: whole(band.group),
    "known_here": lambda band: whole(band.white + band.group),
    "unknown_here": lambda band: whole(band.unknown),
    "everybody_here": lambda band: whole(band.everybody),
    "unknown_share": lambda band: _percentage_of(Share(band.unknown, band.everybody)),
    "unknown_any": lambda band: "some" if band.unknown else "none",
    "share_here": lambda band: _percentage_of(band.at.here),
    "share_of_everybody": lambda band: _percentage_of(Share(band.group, band.everybody)),
    "own_gap": _own_gap,
    "own_short": _own_short,
}


def _without(one: InPartnership) -> str:
    """Return whether a figure of the partnership is higher, lower or the same without an organisation."""
    if one.parts is None or one.parts.change is None:
        return "hidden"
    return ("same", "higher", "lower")[_sign(one.parts.change)]


OF_HOMES: Mapping[str, Callable[[Homes], object]] = {
    "lives_known": lambda homes: whole(homes.known),
    "in_lambeth": lambda homes: _part_in_a_cell(*_both(homes.in_lambeth)),
    "in_the_boroughs": lambda homes: _part_in_a_cell(*_both(homes.in_the_boroughs)),
    "home_unknown": lambda homes: whole(homes.unknown),
}
OF_PARTNERSHIP_WITHOUT: Mapping[str, Callable[[InPartnership], object]] = {
    "without": _without,
    "bme_staff": lambda one: people_of(one.group, "staff"),
    "bands_in_words": lambda one: BANDS_OF_STAFF[one.cut],
    "of_together": lambda one: _part_in_a_cell(*_both(one.parts.together)) if one.parts else "",
    "of_own": lambda one: _part_in_a_cell(*_both(one.parts.own)) if one.parts else "",
    "of_others": lambda one: _part_in_a_cell(*_both(one.parts.others)) if one.parts else "",
    "without_change": lambda one: _points(one.parts.change) if _without(one) != "hidden" else "",
}


def _both(share: Share) -> tuple[int, int]:
    return share.successful, share.people


OF_ANY: Forms = {
    "bme_people": lambda figure: people_of(BME),
    "span": lambda figure: span_of(figure),
    "span_in_words": lambda figure: span_of(figure).in_words,
    "in_words": lambda figure: figure.in_words,
    "unbroken_span": lambda figure: str(span_of(figure)).replace("-", NO_BREAK),
}


OF_NUMBERS: Mapping[str, Callable[[Counted], object]] = {
    "count": lambda counted: count(counted.at()),
    "went_on": lambda counted: went_on(counted.before, counted.at()),
    "in_100": lambda counted: _in_100(counted.before, counted.at()),
    "share_in_a_cell": lambda counted: counted.share.in_a_cell,
    "share_shown": lambda counted: "shown" if counted.share.shown else "instead",
    "stage": lambda counted: counted.key.stage,
    "share_in_short": lambda counted: counted.share.in_short,
    "share_of_part_in_a_cell": lambda counted: counted.share_of_part.in_a_cell,
}


# The forms of each kind of figure; of whatever else has a name, there are those of any.
FORMS: Mapping[type, Forms] = {
    kind: {**OF_ANY, **own_forms}
    for kind, own_forms in {
        Decision: OF_MEASURES | OF_STAGES,
        StageFigure: OF_MEASURES | OF_STAGES,
        OrganisationFigures: OF_ORGANISATIONS,
        Across: OF_MEASURES | OF_ALL_ORGANISATIONS,
        Compared: OF_MEASURES | OF_STAGES | OF_COMPARISONS | OF_TWO_GROUPS,
        Step: OF_MEASURES | OF_STEPS,
        Answered: OF_MEASURES | OF_STAGES | OF_TWO_GROUPS | {"as_standard": _gap_of_answers},
        Happened: OF_MEASURES | OF_STAGES | OF_HAPPENED | OF_TWO_GROUPS,
        InPost: OF_IN_POST,
        LivesNear: OF_LIVES_NEAR,
        NotStated: OF_NOT_STATED,
        Coming: OF_COMING,
        Disparity: OF_DISPARITIES,
        Measured: OF_INDICATORS,
        Seats: OF_SEATS,
        Printed: OF_PRINTED,
        Standards: OF_STANDARDS,
        Change: OF_CHANGES,
        Among: OF_MEMBERS,
        Beside: OF_MEMBERS,
        Pledged: OF_ACTIONS,
        Declared: OF_GOALS,
        Pursued: OF_PURSUED,
        Delivered: OF_DELIVERED,
        Towards: OF_TOWARDS,
        Flow: OF_FLOW,
        Mentored: OF_MENTORED,
        Signed: OF_SIGNED,
        Asked: OF_ASKED,
        Rated: OF_RATED,
        EvidenceItem: OF_MEASURES | OF_EVIDENCE,
        PeopleTable: OF_TABLES,
        Release: OF_RELEASES,
        Counted: OF_NUMBERS,
        Followed: OF_STAFF_FOLLOWED,
        ExactStaff: OF_EXACT_STAFF,
        Watched: OF_WATCHED,
        OfPeriod: OF_PERIODS,
        SlopeIndex: OF_SLOPES,
        OfQuantile: OF_QUANTILES,
        ShareFunnel: OF_FUNNELS,
        InFunnel: OF_FUNNEL_ROWS,
        OfMetric: OF_A_METRIC,
        AllMetrics: OF_ALL_METRICS,
        Divided: OF_DIVIDED,
        GroupOf: OF_GROUPS_OF_METRICS,
        OfNetwork: OF_NETWORKS,
        Promised: OF_PROMISES,
        Anchors: OF_ALL_PROMISES,
        Elsewhere: OF_ELSEWHERE,
        FromSource: OF_PUBLISHED_VALUES,
        StaffOfBand: OF_OWN_BANDS,
        Homes: OF_HOMES,
        InPartnership: OF_PARTNERSHIP_WITHOUT,
    }.items()
}


def forms_of(figure: object) -> Forms:
    """Return the forms of a figure, by their names."""
    return FORMS.get(type(figure), OF_ANY)


def _or_why(decision: Decision, written: Callable[[], str]) -> str:
    return "" if decision.hidden and decision.instead == NOT_SHOWN else decision.instead or written()


def count(number: Number) -> str:
    """Write a number of people; empty where it is hidden."""
    if number.hidden:
        return ""
    return NO_POSTS if number.no_posts else whole(number.people)


def went_on(base: Number, done: Number) -> str:
    """Write which share of some people went on; empty where either number is hidden."""
    if base.hidden or done.hidden:
        return ""
    return NOT_GIVEN if base.people < SMALLEST_BASE else percentage(done.people / base.people)


def in_100(some: int, people: int) -> str:
    """Write how many of 100 people some are: `39 of 100`.

    >>> in_100(2, 3)
    '67 of 100'
    """
    return f"{round(100 * some / people)} of 100"


def _in_100(base: Number, done: Number) -> str:
    if base.hidden or done.hidden:
        return ""
    return NOT_GIVEN if base.people < SMALLEST_BASE else in_100(done.people, base.people)


def ratio_and_range(figure: StageFigure) -> str:
    """Write a relative likelihood with its margin of error; empty where it is hidden."""
    if figure.hidden:
        return ""
    if not may_have_ratio(figure):
        return ratio(None)
    return f"{ratio(figure.likelihood.ratio)} ({interval(*figure.likelihood.confidence_interval())})"


def named_in_full(figures: OrganisationFigures) -> Said:
    """Return an organisation's name on a page of several, as text that knows whose it is."""
    return say_form("organisation_name", figures, named(figures))


def say(sentence: Sentence, figure: object, name: str) -> Said:
    """Return what a sentence says of a figure, which a page carries under its name; of an exact one, mere text."""
    return Said(Part(sentence.of(figure, forms_of(figure)), f"{TEMPLATE_SIGN}{sentence.name}", name))


def say_form(form: str, figure: object, name: str) -> Said:
    """Return what a form alone says of a figure."""
    return Said(Part(str(forms_of(figure)[form](figure)), form, name))


def form_of(form: str, figure: object, name: str) -> dict[str, str | None]:
    """Return the text of a cell that a form says of a figure, None where it is hidden, and what said it of which."""
    return {"text": str(forms_of(figure)[form](figure)) or None, "said_by": f"{form} {name}" if name else ""}
