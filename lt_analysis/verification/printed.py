"""What organisations have printed of themselves, as knowledge: the counts that a printed figure allows.

A percentage with its base, or a ratio with both, allows some counts and no others. Where it allows one alone, whoever
can divide knows that count, and an attacker takes it for known. Of what allows several nothing is taken for known: the
counts of staff behind a ratio are protected as if a reader had the very pair (the codebook's statutory chains), which
is more than any list of pairs; and answers that are hidden stand in no sum of the partnership.
"""

import csv
from collections.abc import Iterable, Iterator, Mapping
from fractions import Fraction
from itertools import islice
from math import ceil, floor
from pathlib import Path
from typing import NamedTuple

from lt_analysis.codebook.ethnicity import BME, REFERENCE
from lt_analysis.codebook.folders import Folders
from lt_analysis.codebook.measures import CHAIN_OF, EVERYBODY_SO_FAR, IN_POST, OF_STAFF, OF_SURVEY
from lt_analysis.codebook.periods import FinancialYear, StaffDay, SurveyYear
from lt_analysis.codebook.standards import INDICATORS
from lt_analysis.verification.statements import Publication

ITEMS, PART = "data/items.csv", "/indicator."  # of a report; and in the names of what organisations have printed
Counts = dict[str, int]  # numbers of people, by key


class PrintedFigure(NamedTuple):
    """An indicator of a year as an organisation has printed it: a ratio, or the percentage of a group."""

    organisation: str
    indicator: int
    year: str
    value: str
    group: str


def printed_figures(folders: Folders) -> list[PrintedFigure]:
    """Read what reports repeat of what organisations have printed themselves, each figure once."""
    found: dict[PrintedFigure, None] = {}
    for path in sorted(folders.reports.glob(f"*/{ITEMS}")):
        found |= dict.fromkeys(_figures_in(path))
    return list(found)


def _figures_in(path: Path) -> Iterator[PrintedFigure]:
    parts: dict[str, dict[str, str]] = {}
    with path.open(encoding="utf-8-sig", newline="") as file:
        for row in csv.DictReader(file):
            name, _, part = row["key"].rpartition("/")
            if PART in name:
                parts.setdefault(name, {})[part] = row["number"] or row["words"]
    for name, said in parts.items():
        organisation = name.split("/")[0]
        yield PrintedFigure(
            organisation, round(float(said["indicator"])), said["year"], said["value"], said.get("group", "")
        )


def known_of(figures: Iterable[PrintedFigure], publication: Publication) -> Counts:
    """Return the numbers of people that printed figures tell, given what else is published: where one count fits.

    What the pages show they show, whatever was printed of other people elsewhere.
    """
    shown = {one.key: one.value for one in publication.statements if one.value is not None}
    known: Counts = {}
    for figure in figures:
        fitting = list(islice(counts_that_fit(figure, shown), 2))
        known |= fitting[0] if len(fitting) == 1 else {}
    return {key: number for key, number in known.items() if key not in shown}


def counts_that_fit(figure: PrintedFigure, shown: Mapping[str, int]) -> Iterator[Counts]:
    """Yield the counts that a printed figure allows, one after the other; none where what it divides by is not shown.

    Indicator 2 is of all posts, of which the audit counts those at Band 8 and above: it says nothing of its numbers.

    >>> figure = PrintedFigure("ashbourne", 5, "2025-26", "23.3%", "BME")
    >>> asked = "ashbourne/survey-2025-26/answered-public-harassment/BME/no-band"
    >>> [*counts_that_fit(figure, {asked: 30})]
    [{'ashbourne/survey-2025-26/public-harassment/BME/no-band': 7}]
    """
    measure = next(one.measure for one in INDICATORS if one.number == figure.indicator)
    year = FinancialYear.parse(figure.year)
    low, high = _limits(figure.value)
    if measure in OF_SURVEY:
        asked, yes = (
            f"{figure.organisation}/{SurveyYear(year)}/{stage}/{figure.group}/{CHAIN_OF[measure.after.key].whole}"
            for stage in measure.counts
        )
        if asked in shown:
            people = shown[asked]
            yield from ({yes: some} for some in _whole(low * people / 100, high * people / 100, people))
    elif measure in OF_STAFF:
        end = StaffDay(FinancialYear(year.start + 1))
        bases = [
            shown.get(f"{figure.organisation}/{end}/{IN_POST.key}/{group}/{CHAIN_OF[IN_POST.key].whole}", 0)
            for group in (REFERENCE, BME)
        ]
        ever = [
            f"{figure.organisation}/{StaffDay(year)}/{measure.after.key}{EVERYBODY_SO_FAR}/{group}/all"
            for group in (REFERENCE, BME)
        ]
        above, below = (0, 1) if measure.white_first else (1, 0)
        for some in range(1, bases[below] + 1 if all(bases) else 0):
            share = Fraction(some, bases[below]) * bases[above]
            for other in _whole(low * share, high * share, bases[above]):
                yield {ever[above]: other, ever[below]: some}


def _limits(value: str) -> tuple[Fraction, Fraction]:
    """Return between which numbers lies what was rounded to a printed one, either way of rounding a half."""
    number = value.rstrip("%")
    half = Fraction(1, 2 * 10 ** len(number.partition(".")[2]))
    return Fraction(number) - half, Fraction(number) + half


def _whole(low: Fraction, high: Fraction, most: int) -> range:
    return range(max(0, ceil(low)), min(most, floor(high)) + 1)
