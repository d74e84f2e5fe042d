"""Figures that others published, sent as the totals of a year: printed as they were, and kept apart from all others.

They are of other posts, and small numbers are among them, so nobody of such a year is counted in any table of the
audit, in that release or in a later one, also where the setting is taken away. And a year of which people were counted
in something published is not printed so any more: the difference could be a few people.
"""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace

from lt_analysis.codebook.periods import FinancialYear
from lt_analysis.codebook.words import BAND_8_POSTS
from lt_analysis.release.approvals import FIGURES, Approvals, readable
from lt_analysis.release.candidates import Candidate
from lt_analysis.release.files import Edition, Ledger, Published
from lt_analysis.release.keys import STAGES

Year = tuple[str, str]  # an organisation's: its folder, and a financial year


def year_of(organisation: str, period: str) -> Year:
    """Return the year of an organisation that one of its periods is in, whether that is a quarter or the year."""
    return organisation, period[: len("2025-26")]


def years_elsewhere(editions: Iterable[Edition], approvals: Approvals) -> frozenset[Year]:
    """Return the years whose figures from elsewhere were printed in a release, or approved, which is public too."""
    printed = {(one.organisation, one.span) for edition in editions for one in edition.organisations if one.source}
    approved = {one[1:4:2] for one in approvals.texts if one.field == FIGURES}
    return frozenset(printed | {(organisation, str(FinancialYear(start))) for organisation, start in approved})


def years_counted(editions: Sequence[Edition]) -> frozenset[Year]:
    """Return the years of which people were counted in a table of the audit's own that was published."""
    entries = Ledger.of(editions).entries
    return frozenset(year_of(*one) for entry in entries for one in entry.cell.returns)


def without_counted(
    candidates: Iterable[Candidate], counted: Collection[Year]
) -> tuple[list[Candidate], list[Candidate]]:
    """Return candidates, those as everybody's who declare a year that was counted; and these, to be told so."""
    every, passed_over = [], []
    for one in candidates:
        if one.published_source and (one.organisation, str(one.span)) in counted:
            passed_over.append(one)
            one = replace(one, published_source=None, posts=BAND_8_POSTS)
        every.append(one)
    return every, passed_over


def in_words(candidate: Candidate, numbers: Iterable[Published]) -> str:
    """Write out figures from elsewhere, whole, for a person to compare them with their source."""
    stages = list(STAGES)
    rows = sorted((stages.index(one.cell.key.stage), one.cell.key.group, one.value) for one in numbers)
    said = "; ".join(f"{stages[place]} {group} {people}" for place, group, people in rows)
    return (
        f"{candidate.span}, {readable(candidate.posts)}. Source: {readable(candidate.published_source or '')}.\n{said}"
    )
