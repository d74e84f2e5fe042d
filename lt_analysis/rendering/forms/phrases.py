"""Phrases that the forms of several subjects share: counts, parts, gaps, days and lists in words."""

from datetime import date

from lt_analysis.codebook.downloads import NOT_GIVEN
from lt_analysis.codebook.words import NO_POSTS
from lt_analysis.release.figures import Number, OrganisationFigures, Release, Share
from lt_analysis.rendering.figure import name_of
from lt_analysis.rendering.named import span_of
from lt_analysis.rendering.numbers import SMALLEST_BASE, percentage, significant, whole

NOT_SENT = "not sent"  # of actions
NOBODY, NONE = "nobody", "none"
NO_DATE = "No date was given."
NO_BREAK = "\N{NON-BREAKING HYPHEN}"


def day(when: date) -> str:
    """Write a date as `30 June 2026`."""
    return f"{when.day} {when:%B %Y}"


def staff_year(figures: OrganisationFigures | Release) -> str:
    """Write the latest year in which staff are followed; empty where none are."""
    return span_of(figures.staff[-1]).year.in_words if figures.staff else ""


def listed(names: list[str]) -> str:
    """Write names one after the other, with a word before the last: `Asian, Black and Mixed`; empty of none."""
    *first, last = names or ("",)
    return f"{', '.join(first)} and {last}" if first else last


def names_of(organisations: list[OrganisationFigures]) -> str:
    """Write the names of organisations, each as it stands on a page of several."""
    return ", ".join(map(name_of, organisations))


def quoted(text: str) -> str:
    """Write words of others within a sentence: in quotation marks, without a stop at their end."""
    return f"\u201c{text.rstrip('.')}\u201d"


def one_or_many(number: int) -> str:
    """Return the case of a number: none, one or many."""
    return {0: NONE, 1: "one"}.get(number, "many")


def so_many(number: int, one: str, several: str = "") -> str:
    """Write a number with its noun: `1 person`, `12 people`, `3 metrics`."""
    return f"{whole(number)} {one if number == 1 else several or f'{one}s'}"


def count(number: Number) -> str:
    """Write a number of people; empty where it is hidden."""
    if number.hidden:
        return ""
    return NO_POSTS if number.no_posts else whole(number.people)


def of_people(share: Share) -> str:
    """Write both counts of a share: `9 of 250`."""
    return f"{whole(share.successful)} of {whole(share.people)}"


def part_of_people(share: Share, whose: str = "") -> str:
    """Write a part of some people with its share: `9 of 250 (3.6%)`, `9 of 250 Black staff (3.6%)`; of few without."""
    in_full = f"{of_people(share)}{f' {whose}' if whose else ''}"
    return f"{in_full} ({percentage(share.share)})" if share.people >= SMALLEST_BASE else in_full


def part_in_a_cell(share: Share) -> str:
    """Write a part of some people with its share, as it stands in a cell: of nobody, that there is nobody."""
    return part_of_people(share) if share.people else NOBODY


def rate(events_a_person: float, per: int) -> str:
    """Write events per so many people.

    >>> rate(0.0065, 1000)
    '6.50 per 1,000'
    """
    return f"{significant(events_a_person * per)} per {whole(per)}"


def events_of_people(counts: Share, per: int) -> str:
    """Write events of some people with their rate: `312 of 48,000 (6.50 per 1,000)`; of few people without."""
    in_full = of_people(counts)
    return f"{in_full} ({rate(counts.share, per)})" if counts.people >= SMALLEST_BASE else in_full


def percentage_of(share: Share) -> str:
    """Write a share as a percentage; of few people, that it is not given."""
    return percentage(share.share) if share.people >= SMALLEST_BASE else NOT_GIVEN


def points(change: float, none: str = "no change") -> str:
    """Write a change of a share in percentage points, with its direction; what `none` says where there is none."""
    if not change:
        return none
    number = round(abs(change) * 100)
    size = f"{number} points" if number > 1 else "1 point" if number else "less than 1 point"
    return f"{size} {'higher' if change > 0 else 'lower'}"


def gap_in_points(gap: float, *limits: float) -> str:
    """Write how far two shares are apart, in points, with the direction; with its margin of error where that is given.

    >>> gap_in_points(0.12, 0.0, 0.2)
    '12 points higher (no gap to 20 points higher)'
    """
    size, *margin = (points(one, "no gap") for one in (gap, *limits))
    return f"{size} ({' to '.join(margin)})" if margin else size


def sign_of(gap: float) -> int:
    """Return 1 for a gap above nought, -1 for one below, and 0 where it is less than half a point."""
    points_apart = round(100 * gap)
    return (points_apart > 0) - (points_apart < 0)
