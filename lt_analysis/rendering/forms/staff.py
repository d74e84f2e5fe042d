"""The forms of what happened to the staff of a day, on public pages and on exact ones."""

from collections.abc import Callable, Mapping

from lt_analysis.codebook.ethnicity import BME, FIVE_GROUPS, REFERENCE
from lt_analysis.codebook.measures import CAPABILITY, Measure
from lt_analysis.codebook.naming import capitalised, people_of
from lt_analysis.codebook.periods import FinancialYear
from lt_analysis.evidence.staff import ExactStaff, Followed
from lt_analysis.release.figures import PeopleTable
from lt_analysis.rendering.forms.measures import OF_TWO_GROUPS, gap_in_people, ratio_range
from lt_analysis.rendering.forms.phrases import NO_BREAK, NONE, count, day, listed, part_of_people, so_many
from lt_analysis.rendering.measure_figures import FEWEST_FOR_A_RATIO, Happened, has_ratio, leading, measures_of
from lt_analysis.rendering.named import span_of
from lt_analysis.rendering.numbers import interval, ratio, whole
from lt_analysis.rendering.shown import Forms

SEVERAL_AT_ONCE, TOO_FEW_TO_TELL = "none: several at a time", "too few to tell"
GOOD = {True: "good", False: "bad", None: "neither"}  # whether it is good for those to whom it happens


def _known_of(measure: Measure) -> str:
    """Write of which staff a number of known ethnicity is, after these: of all, or of those who had joined lately."""
    had = measure.before.did
    return f"whose ethnicity is known and who {had}" if had else "whose ethnicity is known"


def _gap(told: Happened | Followed) -> int:
    """Return to how many more of the group it happened than the same chance for all would give."""
    return told.likelihood.group_successful - round(told.chances.expected)


def _beside_chances(told: Happened | Followed) -> str:
    """Return where the count lies beside its range; where there is none, on which side of the expected number."""
    if told.measure.one_by_one:
        return told.chances.place
    gap = _gap(told)
    return "without a range, " + ("as many" if not gap else "more" if gap > 0 else "fewer")


def _happened(happened: Happened) -> str:
    """Return what may be said: of nobody, of everybody alone, or of neither; else where the count lies."""
    if happened.hidden:
        return "unshown" if happened.everybody[1].hidden else "together"
    return _beside_chances(happened) if happened.everybody[1].people else "nobody"


def is_in_short(happened: Happened) -> bool:
    """Return whether no more is said of it, where room is short, than that it lies within its range or is not shown."""
    return _happened(happened) in ("fits", "unshown", "together")


def told_in_short(table: PeopleTable) -> list[Happened]:
    """Return what has lines where room is short: measures that lead, and whatever else lies outside its range."""
    every = [Happened(table, measure) for measure in measures_of(table)]
    return [one for one in every if one.measure.leads or _happened(one) in ("fewer", "more")]


def _named_in_short(table: PeopleTable, *cases: str) -> list[str]:
    """Return what the front page says happened to staff in these cases, each by its title."""
    return [one.measure.title.lower() for one in leading(table) if _happened(one) in cases]


def _way_of_ratio(number: float, white_first: bool) -> str:
    """Return which way round a ratio divides, and whose share was the larger."""
    larger = "White larger" if (number > 1) == white_first else "other larger"
    return f"White {'first' if white_first else 'last'}, {'level' if ratio(number) == ratio(1) else larger}"


def _ratio_direction(happened: Happened) -> str:
    """Return whether a ratio can be given, which way round it divides, and whose share was the larger."""
    if happened.hidden:
        return "hidden"
    return _way_of_ratio(happened.ratio, happened.measure.white_first) if has_ratio(happened.likelihood) else "few"


def _chance_range(happened: Happened) -> str:
    """Write the range that the same chance for all usually gives, or why there is none; empty where it is hidden."""
    if happened.hidden:
        return ""
    if not happened.measure.one_by_one:
        return SEVERAL_AT_ONCE
    if not happened.chances.could_tell:
        return TOO_FEW_TO_TELL
    low, high = happened.chances.chance_range()
    return f"{whole(low)} to {whole(high)}"


def _about(number: float) -> str:
    """Write an expected number in whole people: `about 7`, and a part of one person as `fewer than 1`."""
    return "fewer than 1" if 0 < number < 1 else f"about {whole(round(number))}"


def _statutory(followed: Followed) -> str:
    """Return whether a ratio can be given, and if so which way round, and whose share was the larger."""
    if not followed.measure.indicator:
        return "none"
    sides = (followed.white, followed.group)
    if any(side.at_the_end is None for side in sides):
        return "unsent"
    if min(side.at_the_end for side in sides) < FEWEST_FOR_A_RATIO or not all(side.everybody for side in sides):
        return "few"
    return _way_of_ratio(followed.statutory.ratio, followed.measure.white_first)


def _statutory_ranged(followed: Followed) -> str:
    """Return whether the ratio has a margin of error, or why not; nothing where there is no ratio."""
    if _statutory(followed) in ("none", "unsent", "few"):
        return ""
    if not followed.measure.one_by_one:
        return "several"
    return "ranged" if followed.statutory.interval else "outgrown"


def _or_none(number: int) -> str:
    return whole(number) if number else NONE


def _people(number: int) -> str:
    return so_many(number, "person", "people")


def _of_all(followed: Followed, part: str) -> int:
    """Return a number of staff of each group, of all of them together."""
    return sum(getattr(group, part) for group in followed.everybody)


def _without_ground(followed: Followed) -> int:
    return _of_all(followed, "everybody") - _of_all(followed, "performance") - _of_all(followed, "ill_health")


def _grounds(followed: Followed) -> str:
    """Return whether it is known for what people entered a process; nothing where nobody did, or none has a ground."""
    everybody = _of_all(followed, "everybody")
    if followed.measure != CAPABILITY or not everybody:
        return ""
    unknown = _without_ground(followed)
    return "unsent" if unknown == everybody else "some" if unknown else "all"


def _indicator(measure: Measure) -> str:
    """Write the indicator that a measure follows: `indicator 3 of the Workforce Race Equality Standard`."""
    return f"{measure.indicator} of the {measure.standard}"


def _did_any(followed: Followed) -> str:
    """Return whether it happened to anybody of known ethnicity; where there is nobody of a group, of which."""
    if not followed.white.people + followed.group.people:
        return "all unknown"
    if not followed.white.reached + followed.group.reached:
        return "nobody"
    return "some" if followed.white.people and followed.group.people else "one group"


# Of the same kind of event, as it is published and as it is exactly.
OF_EVENTS: Mapping[str, Callable[[Happened | Followed], object]] = {
    "did": lambda told: told.measure.after.did,
    "known_of": lambda told: _known_of(told.measure),
    "good": lambda told: GOOD[told.measure.good],
    "bme_reached": lambda told: part_of_people(told.likelihood.group_share, people_of(BME, "staff")),
    "white_reached": lambda told: part_of_people(told.likelihood.white_share, f"{REFERENCE} staff"),
    "bme_number_reached": lambda told: whole(told.likelihood.group_successful),
    "gap": lambda told: gap_in_people(_gap(told)),
    "staff_gap": lambda told: whole(abs(_gap(told))),
    "about_expected": lambda told: _about(told.chances.expected),
    "staff_low": lambda told: whole(told.chances.chance_range().low),
    "staff_high": lambda told: whole(told.chances.chance_range().high),
}
FORMS: Mapping[type, Forms] = {
    Happened: {
        **OF_TWO_GROUPS,
        **OF_EVENTS,
        "happened": _happened,
        "had": lambda happened: happened.measure.before.did,
        "of_whom": lambda happened: "some" if happened.measure.before.did else "all",
        "known_staff": lambda happened: count(happened.everybody[0]),
        "known_reached": lambda happened: count(happened.everybody[1]),
        "bme_number": lambda happened: whole(happened.likelihood.group_people),
        "chance_range": _chance_range,
        "ratio_direction": _ratio_direction,
        "ratio_ranged": lambda happened: "ranged" if happened.measure.one_by_one else "several",
        "staff_ratio": lambda happened: ratio(happened.ratio),
        "staff_ratio_range": lambda happened: ratio_range(happened.likelihood, happened.measure.white_first),
        "follows": lambda happened: "indicator" if happened.measure.indicator else "none",
        "indicator": lambda happened: _indicator(happened.measure),
    },
    PeopleTable: {
        "staff_year": lambda table: span_of(table).year.in_words,
        "next_staff_report": lambda table: FinancialYear(span_of(table).year.start + 1).quarters[-1].in_words,
        "next_in_post_report": lambda table: span_of(table).year.quarters[-1].in_words,
        "staff_within": lambda table: listed(_named_in_short(table, "fits")),
        "staff_within_any": lambda table: "some" if _named_in_short(table, "fits") else "none",
        "staff_unshown": lambda table: listed(_named_in_short(table, "unshown", "together")),
        "staff_unshown_any": lambda table: "some" if _named_in_short(table, "unshown", "together") else "none",
        "minorities": lambda table: listed([group for group in FIVE_GROUPS if group != REFERENCE]),
        "span_before_in_words": lambda table: span_of(table).previous.in_words,
    },
    Followed: {
        **OF_EVENTS,
        "of_these_staff": lambda followed: followed.measure.people,
        "did_any": _did_any,
        "nobody_of": lambda followed: people_of(BME if followed.white.people else REFERENCE, "staff"),
        "everybody_of": lambda followed: people_of(REFERENCE if followed.white.people else BME, "staff"),
        "staff_year": lambda followed: followed.span.year,
        "known_staff": lambda followed: whole(followed.white.people + followed.group.people),
        "known_reached": lambda followed: whole(followed.white.reached + followed.group.reached),
        "beside_expected": _beside_chances,
        "compared_within": lambda followed: followed.measure.within,
        "bands_number": lambda followed: so_many(followed.chances.vacancies, "group", "groups"),
        "bands_telling": lambda followed: whole(followed.chances.informative),
        "could_tell": lambda followed: "some" if followed.chances.informative else "none",
        "unknown_any": lambda followed: "some" if followed.unknown.people else "none",
        "unknown_staff": lambda followed: whole(followed.unknown.people),
        "unknown_reached": lambda followed: _or_none(followed.unknown.reached),
        "all_staff": lambda followed: whole(_of_all(followed, "people")),
        "joined_any": lambda followed: "some" if _of_all(followed, "joined") else "none",
        "joined_later": lambda followed: _people(_of_all(followed, "joined")),
        "unmatched_any": lambda followed: "some" if _of_all(followed, "unmatched") else "none",
        "unmatched": lambda followed: _people(_of_all(followed, "unmatched")),
        "grounds": _grounds,
        "everybody_reached": lambda followed: _people(_of_all(followed, "everybody")),
        "for_performance": lambda followed: _or_none(_of_all(followed, "performance")),
        "for_ill_health": lambda followed: _or_none(_of_all(followed, "ill_health")),
        "ground_unknown": lambda followed: whole(_without_ground(followed)),
        "bme_for_performance": lambda followed: whole(followed.group.performance),
        "white_for_performance": lambda followed: whole(followed.white.performance),
        "unknown_for_performance": lambda followed: whole(followed.unknown.performance),
        "statutory": _statutory,
        "statutory_ranged": _statutory_ranged,
        "statutory_ratio": lambda followed: ratio(followed.statutory.ratio),
        "statutory_range": lambda followed: interval(*followed.statutory.interval, followed.statutory.ratio),
        "indicator": lambda followed: capitalised(_indicator(followed.measure)),
    },
    ExactStaff: {
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
    },
}
