"""The forms of staff in post: at some bands, by where they live, and what would bring parity."""

from collections.abc import Callable, Mapping

from lt_analysis.codebook.downloads import NOT_GIVEN
from lt_analysis.codebook.measures import BANDED
from lt_analysis.codebook.naming import people_of
from lt_analysis.codebook.pay import DIVIDED_AT, EVERYBODY, KINDS_OF_WORK
from lt_analysis.codebook.words import BAND_8_POSTS
from lt_analysis.evidence.representation import AtBand, Homes, SeatsHeld, StaffOfBand
from lt_analysis.evidence.staff import InPartnership
from lt_analysis.release.figures import Share
from lt_analysis.rendering.forms.phrases import count, gap_in_points, part_in_a_cell, percentage_of, sign_of
from lt_analysis.rendering.numbers import SMALLEST_BASE, interval, percentage, ratio, whole
from lt_analysis.rendering.shown import Forms
from lt_analysis.rendering.staff_figures import Coming, Disparity, InPost, LivesNear, NotStated


def _why_not(at: InPost) -> str:
    """Return why it is not said how far the group is from its part of the whole; empty where it is."""
    return "hidden" if at.hidden else "" if at.whole and all(share.shown for share in at.shares) else "few"


def _parity(at: InPost) -> str:
    """Return whether the group is short of its part of the whole at some bands, by whole people; or why not said."""
    return _why_not(at) or _way(at.beside_all.short_of_parity)


def _beside_parity(at: InPost, written: Callable[[AtBand], str]) -> str:
    """Write how far the group is from its part of the whole; of few, that it is not given, and nothing if hidden."""
    why = _why_not(at)
    return {"hidden": "", "few": NOT_GIVEN}[why] if why else written(at.beside_all)


def _white_here(at: InPost) -> Share:
    """Return how many of the staff at some bands are White, of those of known ethnicity."""
    here = at.beside_all.here
    return Share(here.people - here.successful, here.people)


BANDS_OF_STAFF = {
    **{"1-5": "Bands 1 to 5", "6-7": "Bands 6 and 7", "1-7": "Bands 1 to 7, and equal pay"},
    **{"8a-8b": "Bands 8a and 8b", "8c+": "Band 8c and above", "8+": BAND_8_POSTS},
}
WHOLES = {
    **{f"{EVERYBODY}.{work}": f"all {work} staff" for work in KINDS_OF_WORK},
    **{f"{BANDED}.{work}": f"all {work} staff but those without a band below 8a" for work in KINDS_OF_WORK},
}


def _coming(coming: Coming) -> str:
    """Return what appointments could bring parity, until when: some of the group, any, or not even all; or why not."""
    if coming.instead:
        return coming.instead
    needed, number = coming.counts.needed, coming.counts.number
    until = "by the goal" if coming.until_goal else "next year"
    return f"{'any' if not needed else 'some' if needed <= number else 'not all'}, {until}"


def _times_in_100(chance: float) -> str:
    """Write how often something would come about: `about 3 times in 100`."""
    times = round(100 * chance)
    if times in (0, 100):
        return "less than once in 100 times" if chance < 0.5 else "more than 99 times in 100"
    return "about once in 100 times" if times == 1 else f"about {times} times in 100"


def _disparity(of: Disparity) -> str:
    if of.instead:
        return of.instead
    number = ratio(of.counts.ratio)
    return "level" if number == ratio(1) else "White larger" if of.counts.ratio > 1 else "other larger"


def _disparity_in_a_cell(of: Disparity) -> str:
    """Write a race disparity ratio with its likely range; nothing where a number of it is hidden."""
    if of.instead:
        return "" if of.instead == "hidden" else NOT_GIVEN
    return f"{ratio(of.counts.ratio)} ({interval(*of.counts.confidence_interval(), of.counts.ratio)})"


def _own_gap(band: StaffOfBand) -> str:
    """Write how many points the group's share is above or below that of all staff."""
    return gap_in_points(band.at.gap) if band.at.here.people >= SMALLEST_BASE else NOT_GIVEN


def _own_short(band: StaffOfBand) -> str:
    """Write how many people fewer or more than at parity there are, with its margin of error in people."""
    if band.at.here.people < SMALLEST_BASE:
        return NOT_GIVEN
    low, high = (round(limit) for limit in band.at.short_of_parity_interval())
    short = band.at.short_of_parity
    return _fewer_or_more(short) if low == high else f"{_fewer_or_more(short)} ({_from_fewer_to_more(low, high)})"


def _way(short: int) -> str:
    return "fewer" if short > 0 else "more" if short else "as many"


def _fewer_or_more(short: int) -> str:
    return f"{whole(abs(short))} {_way(short)}" if short else _way(short)


def _from_fewer_to_more(low: int, high: int) -> str:
    """Write the limits of how many people there are too few, the most first: `9 fewer to 5 more`, `9 to 3 fewer`."""
    if low > 0:
        return f"{whole(high)} to {whole(low)} fewer"
    return f"{whole(-high)} to {whole(-low)} more" if high < 0 else f"{_fewer_or_more(high)} to {_fewer_or_more(low)}"


def _without(one: InPartnership) -> str:
    """Return whether a figure of the partnership is higher, lower or the same without an organisation."""
    if one.parts is None or one.parts.change is None:
        return "hidden"
    return ("same", "higher", "lower")[sign_of(one.parts.change)]


FORMS: Mapping[type, Forms] = {
    InPost: {
        "white_part": lambda at: "" if at.hidden else part_in_a_cell(_white_here(at)),
        "group_part": lambda at: "" if at.hidden else part_in_a_cell(at.beside_all.here),
        "as_standard": lambda at: _beside_parity(at, lambda of: gap_in_points(of.gap, *of.confidence_interval())),
        "parity": _parity,
        "parity_gap": lambda at: whole(abs(at.beside_all.short_of_parity)),
        "parity_in_a_cell": lambda at: _beside_parity(at, lambda of: _fewer_or_more(of.short_of_parity)),
        "bands_in_words": lambda at: BANDS_OF_STAFF[at.cut.partition(DIVIDED_AT)[0]],
        "whole_in_words": lambda at: WHOLES[at.whole],
        "bme_here": lambda at: count(at.shares[0].some),
        "known_here": lambda at: count(at.shares[0].everybody),
        "share_here": lambda at: at.shares[0].in_short,
        "share_of_all": lambda at: at.shares[1].in_short,
    },
    LivesNear: {
        "bands_in_words": lambda lives: BANDS_OF_STAFF[lives.kind],
        "lives_here": lambda lives: "" if lives.hidden else whole(lives.share.successful),
        "lives_known": lambda lives: "" if lives.hidden else whole(lives.share.people),
        "lives_share": lambda lives: "" if lives.hidden else percentage_of(lives.share),
    },
    NotStated: {
        "unknown_any": lambda one: "some" if one.share.successful else "none",
        "unknown_staff": lambda one: whole(one.share.successful),
        "all_staff": lambda one: whole(one.share.people),
        "unknown_share": lambda one: percentage_of(one.share),
    },
    Coming: {
        "coming": _coming,
        "coming_number": lambda coming: whole(coming.counts.number),
        "coming_needed": lambda coming: whole(coming.counts.needed),
        "coming_some": lambda coming: whole(coming.so_far.share.successful),
        "coming_all": lambda coming: whole(coming.so_far.share.people),
        "coming_chance": lambda coming: _times_in_100(coming.counts.chance),
        "coming_by": lambda coming: coming.goal_by,
        "bands_in_words": lambda coming: BANDS_OF_STAFF[coming.at.cut],
    },
    Disparity: {
        "disparity": _disparity,
        "disparity_ratio": lambda of: ratio(of.counts.ratio),
        "disparity_in_a_cell": _disparity_in_a_cell,
    },
    SeatsHeld: {
        "seats_here": lambda seats: whole(seats.share.people),
        "bme_seats": lambda seats: whole(seats.share.successful),
        "share_of_seats": lambda seats: percentage(seats.share.share),
        "share_of_all_staff": lambda seats: percentage_of(seats.of_all),
        "seats_gap": lambda seats: gap_in_points(seats.gap),
        "one_seat": lambda seats: percentage(1 / seats.share.people),
    },
    StaffOfBand: {
        "bme_here": lambda band: whole(band.group),
        "known_here": lambda band: whole(band.white + band.group),
        "unknown_here": lambda band: whole(band.unknown),
        "everybody_here": lambda band: whole(band.everybody),
        "unknown_share": lambda band: percentage_of(Share(band.unknown, band.everybody)),
        "unknown_any": lambda band: "none" if not band.unknown else "some" if band.white + band.group else "all",
        "share_here": lambda band: percentage_of(band.at.here),
        "share_of_everybody": lambda band: percentage_of(Share(band.group, band.everybody)),
        "own_gap": _own_gap,
        "own_short": _own_short,
    },
    Homes: {
        "lives_known": lambda homes: whole(homes.known),
        "in_lambeth": lambda homes: part_in_a_cell(homes.in_lambeth),
        "in_the_boroughs": lambda homes: part_in_a_cell(homes.in_the_boroughs),
        "home_unknown": lambda homes: whole(homes.unknown),
    },
    InPartnership: {
        "without": _without,
        "group_staff": lambda one: people_of(one.group, "staff"),
        "bands_in_words": lambda one: BANDS_OF_STAFF[one.cut],
        "of_together": lambda one: part_in_a_cell(one.parts.together) if one.parts else "",
        "of_own": lambda one: part_in_a_cell(one.parts.own) if one.parts else "",
        "of_others": lambda one: part_in_a_cell(one.parts.others) if one.parts else "",
        "without_change": lambda one: gap_in_points(one.parts.change) if _without(one) != "hidden" else "",
    },
}
