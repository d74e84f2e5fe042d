"""Figures to text: the only place where a number, a name or a day becomes words, and where words are chosen.

Each form takes a figure (`named`) and returns text, empty where there is nothing to say; a form that chooses returns
the name of a case.
"""

from collections.abc import Callable, Iterable, Mapping
from datetime import date

from lt_analysis.codebook.downloads import NOT_GIVEN
from lt_analysis.codebook.ethnicity import BME, FIVE_GROUPS, LEAST_KNOWN, REFERENCE
from lt_analysis.codebook.made_by import code_fingerprint, code_version
from lt_analysis.codebook.measures import APPOINTMENT, MEASURES, SHORTLISTING, STAGES, Measure
from lt_analysis.codebook.naming import a_person_of, capitalised, people_of, white_and, white_over
from lt_analysis.codebook.periods import QUARTERS_IN_A_YEAR, FinancialYear, Quarter, parse_period
from lt_analysis.codebook.protocol import declared_protocol
from lt_analysis.codebook.strength import STRENGTHS, STRONG, TOO_FEW_RETURNS
from lt_analysis.codebook.strength import TOO_FEW_POSTS as TOO_FEW_POSTS_TO_TELL
from lt_analysis.codebook.words import AWAITING, BAND_8_POSTS, NO_POSTS, TOO_FEW, called
from lt_analysis.release.figures import (
    ITS_FOLDER,
    Action,
    Number,
    OrganisationFigures,
    PeopleTable,
    Release,
    StageFigure,
    Status,
)
from lt_analysis.release.items import EvidenceItem
from lt_analysis.rendering.by_chance import usually_at_most
from lt_analysis.rendering.group_shares import NOT_SHOWN
from lt_analysis.rendering.named import (
    FEWEST_FOR_A_RATIO,
    TOO_FEW_POSTS,
    Across,
    Among,
    Beside,
    Change,
    Counted,
    Decision,
    KnownShare,
    Pledged,
    Step,
    band_shares,
    clearly,
    drawn_ratios,
    known_share,
    may_have_ratio,
    named,
    own,
    place,
    shares,
    shown_stages,
    shows_only_counts,
    shows_totals,
    side,
    span_of,
    spans_in_words,
)
from lt_analysis.rendering.names import name_of
from lt_analysis.rendering.numbers import MORE_THAN, SMALLEST_BASE, about, interval, part_of, percentage, ratio, whole
from lt_analysis.rendering.shown import TEMPLATE_SIGN, Forms, Part, Said, Sentence

MOST_NAMED = 3  # organisations of one kind; more are counted


NO_BREAK = "\N{NON-BREAKING HYPHEN}"


PLACES = {"fewer": "below", "fits": "within", "more": "above"}


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


OF_MEASURES: Forms = {
    "event": lambda one: one.measure.event,
    "people": lambda one: one.measure.people,
    "done": lambda one: one.measure.done,
    "decision": lambda one: one.measure.key,
    "where": lambda one: one.measure.where,
    "measure_title": lambda one: one.measure.title,
}


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
    "expected_or_why": lambda one: _or_why(one, lambda: whole(one.expected.people)),
    "usual_range_or_why": lambda one: _or_why(one, lambda: f"{whole(one.expected.low)} to {whole(one.expected.high)}"),
    "place_or_why": lambda one: _or_why(one, lambda: PLACES[place(one)]),
    "beside_range": lambda one: {"": "told", TOO_FEW_POSTS: "few"}.get(one.instead, "none"),
    "instead": lambda one: one.instead,
    "shown": lambda one: "hidden" if one.hidden else "shown",
    "label": lambda one: called(one.group),
    "white_share": lambda one: percentage(one.likelihood.white_share.share),
    "group_share": lambda one: percentage(one.likelihood.group_share.share),
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
    "bands_lower": lambda one: whole(_bands_beyond(one)[0]),
    "bands_higher": lambda one: whole(_bands_beyond(one)[1]),
    "bands_compared": lambda one: whole(_bands_beyond(one)[2]),
}


OF_ANY: Forms = {
    "bme_people": lambda one: people_of(BME),
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


# The forms of each kind of figure; of whatever else has a name, there are those of any.
FORMS: Mapping[type, Forms] = {
    kind: {**OF_ANY, **own_forms}
    for kind, own_forms in {
        Decision: OF_MEASURES | OF_STAGES,
        StageFigure: OF_MEASURES | OF_STAGES,
        OrganisationFigures: OF_ORGANISATIONS,
        Across: OF_MEASURES | OF_ALL_ORGANISATIONS,
        Step: OF_MEASURES | OF_STEPS,
        Change: OF_CHANGES,
        Among: OF_MEMBERS,
        Beside: OF_MEMBERS,
        Pledged: OF_ACTIONS,
        EvidenceItem: OF_EVIDENCE,
        PeopleTable: OF_TABLES,
        Release: OF_RELEASES,
        Counted: OF_NUMBERS,
    }.items()
}


def forms_of(figure: object) -> Forms:
    """Return the forms of a figure, by their names."""
    return FORMS.get(type(figure), OF_ANY)


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


def named_in_full(figures: OrganisationFigures) -> Said:
    """Name an organisation on a page of several."""
    return say_form("organisation_name", figures, named(figures))


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


def say(sentence: Sentence, figure: object, name: str) -> Said:
    """Return what a sentence says of a figure, which a page carries under its name; of an exact one, mere text."""
    return Said(Part(sentence.of(figure, forms_of(figure)), f"{TEMPLATE_SIGN}{sentence.name}", name))


def say_form(form: str, figure: object, name: str) -> Said:
    """Return what a form alone says of a figure."""
    return Said(Part(str(forms_of(figure)[form](figure)), form, name))


def form_of(form: str, figure: object, name: str) -> dict[str, str | None]:
    """Return the text of a cell that a form says of a figure, None where it is hidden, and what said it of which."""
    return {"text": str(forms_of(figure)[form](figure)) or None, "said_by": f"{form} {name}" if name else ""}
