"""The forms of mentoring, of the pledge, and of how leaders are rated."""

from collections.abc import Callable, Iterable, Mapping
from functools import partial

from lt_analysis.codebook.leadership import ANSWERS, OTHERS, SELF
from lt_analysis.codebook.naming import capitalised
from lt_analysis.codebook.words import AWAITING
from lt_analysis.release.figures import Ratings, Share
from lt_analysis.rendering.delivery_figures import Asked, Mentored, Rated, Signed
from lt_analysis.rendering.figure import name_of, own
from lt_analysis.rendering.forms.phrases import NO_DATE, NONE, NOT_SENT, day, of_people, quoted
from lt_analysis.rendering.group_shares import NOT_SHOWN
from lt_analysis.rendering.numbers import whole
from lt_analysis.rendering.shown import Forms

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


NOT_SIGNED = "Not signed."


def _quoted(texts: Iterable[str | None]) -> str:
    """Write commitments that are new in a version of the pledge, or the like, in their words."""
    return "; ".join(quoted(text) if text else AWAITING for text in texts) or NONE


def _pledge_told(signed: Signed) -> str:
    """Return whether a version stands, and whether an earlier report had another."""
    pledge = signed.release.pledge
    return "none" if pledge is None else "first" if pledge.before is None else "another"


BY_RATER = {SELF: "by themselves", OTHERS: "by others"}


def _answered(rated: Rated, place: int) -> str:
    """Write how many gave an answer; empty where that is hidden."""
    return "" if rated.ratings.answers is None else whole(rated.ratings.answers[place])


def _shown_of(asked: Asked) -> dict[str, dict[str, Ratings]]:
    """Return the tables that are shown, by who rated and by trait."""
    shown = [one.ratings for one in asked.tables if one.ratings.answers]
    return {kind: {one.trait: one for one in shown if one.rater_kind == kind} for kind in BY_RATER}


def _agreed(asked: Asked, kind: str) -> str:
    """Write how many answers agree: over the traits that are shown of both kinds of raters, or of the only kind."""
    shown = _shown_of(asked)
    every = [traits for traits in shown.values() if traits]
    counted = [one for trait, one in shown[kind].items() if all(trait in traits for traits in every)]
    return of_people(Share(sum(one.agreed for one in counted), sum(one.raters for one in counted))) if counted else ""


def _asked_told(asked: Asked) -> str:
    """Return of which raters something is shown: both, self, others, hidden, or apart: both, and no trait of both."""
    kinds = [kind for kind, traits in _shown_of(asked).items() if traits]
    if len(kinds) == len(BY_RATER):
        return "both" if _agreed(asked, SELF) else "apart"
    return "".join(kinds) or "hidden"


FORMS: Mapping[type, Forms] = {
    Mentored: {
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
    },
    Signed: {
        "pledge_told": _pledge_told,
        "pledge_version": lambda signed: whole(signed.release.pledge.version),
        "pledge_since": lambda signed: day(signed.release.pledge.since),
        "pledge_before": lambda signed: whole(signed.release.pledge.before),
        "pledge_signed": lambda signed: whole(sum(one.signed_on is not None for one in signed.each)),
        "pledge_partners": lambda signed: whole(len(signed.each)),
        "signed_by": lambda signed: name_of(signed.release.organisation(signed.slug)),
        "signed_on": lambda signed: day(signed.signed_on) if signed.signed_on else NOT_SIGNED,
        "pledge_added": lambda signed: _quoted(signed.release.pledge.added),
        "pledge_altered": lambda signed: _quoted(signed.release.pledge.altered),
        "pledge_gone": lambda signed: _quoted(signed.release.pledge.gone),
    },
    Asked: {
        "asked_told": _asked_told,
        "asked_in": lambda asked: asked.quarter.in_words,
        "self_agreed": lambda asked: _agreed(asked, SELF),
        "others_agreed": lambda asked: _agreed(asked, OTHERS),
    },
    Rated: {
        "rated_name": lambda rated: f"{capitalised(rated.ratings.trait)}, {BY_RATER[rated.ratings.rater_kind]}",
        "raters": lambda rated: "" if rated.ratings.raters is None else whole(rated.ratings.raters),
        **{f"answered_{place}": partial(_answered, place=place - 1) for place, _ in enumerate(ANSWERS, start=1)},
    },
}
