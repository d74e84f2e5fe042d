"""What organisations have printed of themselves, as knowledge: counts that a figure allows, and who is on the board.

A percentage with its base, or a ratio with both, allows some counts and no others. Where it allows one alone, whoever
can divide knows that count, and an attacker takes it for known. Of what allows several nothing is taken for known: the
counts of staff behind a ratio are protected as if a reader had the very pair (the codebook's statutory chains), which
is more than any list of pairs; and answers that are hidden stand in no sum of the partnership.

Executives of a board are public persons, and most are paid at Band 8c and above: so many people there are known by
name. Those of whom no report says that they are BME are taken for White. Non-executives are not paid in a band, and say
nothing.
"""

import csv
from collections.abc import Iterable, Iterator, Mapping
from datetime import date, timedelta
from fractions import Fraction
from itertools import islice
from math import ceil, floor
from typing import NamedTuple

from lt_analysis.codebook.ethnicity import BME, KNOWN, REFERENCE
from lt_analysis.codebook.folders import Folders
from lt_analysis.codebook.measures import CHAIN_OF, EVERYBODY_SO_FAR, IN_POST, OF_STAFF, OF_SURVEY
from lt_analysis.codebook.pay import UPPER_BANDS
from lt_analysis.codebook.periods import FinancialYear, StaffDay, SurveyYear
from lt_analysis.codebook.standards import INDICATORS
from lt_analysis.verification.statements import Publication

ITEMS, PART, BOARD = "data/items.csv", "/indicator.", "/board"  # of a report; in the names of what was printed there
Counts = dict[str, int]  # numbers of people, by key
NEAR = timedelta(days=366)  # a board of longer before or after says little of who works there on a day


class PrintedFigure(NamedTuple):
    """An indicator of a year as an organisation has printed it: a ratio, or the percentage of a group."""

    organisation: str
    indicator: int
    year: str
    value: str
    group: str


class PrintedBoard(NamedTuple):
    """How many executives were on an organisation's board on a day, how many of them BME; and who repeats it."""

    organisation: str
    as_of: date
    executives: int
    bme_executives: int
    release: str = ""


def printed_figures(folders: Folders) -> list[PrintedFigure]:
    """Read what reports repeat of what organisations have printed themselves, each figure once."""
    found = (
        PrintedFigure(
            name.split("/")[0], round(float(said["indicator"])), said["year"], said["value"], said.get("group", "")
        )
        for _, name, said in _printed(folders)
        if PART in name
    )
    return list(dict.fromkeys(found))


def printed_boards(folders: Folders) -> list[PrintedBoard]:
    """Read what reports repeat of boards of which organisations have printed how many are executives, each once."""
    found = (
        PrintedBoard(
            name.split("/")[0],
            date.fromisoformat(said["as_of"]),
            round(float(said["executives"])),
            round(float(said["bme_executives"])),
            release,
        )
        for release, name, said in _printed(folders)
        if name.endswith(BOARD) and "executives" in said
    )
    return list(dict.fromkeys(found))


def _printed(folders: Folders) -> Iterator[tuple[str, str, dict[str, str]]]:
    """Yield each thing that reports repeat, with the report and its name among the items, the earliest report first."""
    for path in sorted(folders.reports.glob(f"*/{ITEMS}")):
        parts: dict[str, dict[str, str]] = {}
        with path.open(encoding="utf-8-sig", newline="") as file:
            for row in csv.DictReader(file):
                name, _, part = row["key"].rpartition("/")
                parts.setdefault(name, {})[part] = row["number"] or row["words"]
        yield from ((path.parts[-3], name, said) for name, said in parts.items())


def at_least_of(boards: Iterable[PrintedBoard], publication: Publication) -> Counts:
    """Return how many people at Band 8c and above are known by name, by key: White, BME and of both groups, executives.

    It is the board that was printed of the day nearest to that of the staff, within a year, when the last table with
    their numbers was published: one that is printed later is no fault of theirs.

    >>> from lt_analysis.verification import publication_of
    >>> board = PrintedBoard("ashbourne", date(2026, 3, 1), 6, 2)
    >>> at_least = at_least_of([board], publication_of({"ashbourne/2026-03-31/in-post/BME/8+": 40}))
    >>> {key.split("/")[3]: executives for key, executives in at_least.items()}
    {'White': 4, 'BME': 2, 'known': 6}
    """
    latest_first, least = [*boards][::-1], {}
    for (who, day), release in sorted(_released(publication).items()):
        days = {
            one: abs(one.as_of - date.fromisoformat(day))
            for one in latest_first
            if one.organisation == who and one.release <= release
        }
        nearest = min(days, key=days.__getitem__, default=None)
        if nearest and days[nearest] <= NEAR:
            bme = nearest.bme_executives
            for group, number in ((REFERENCE, nearest.executives - bme), (BME, bme), (KNOWN, nearest.executives)):
                least[f"{who}/{day}/{IN_POST.key}/{group}/{UPPER_BANDS}"] = number
    return least


def _released(publication: Publication) -> dict[tuple[str, str], str]:
    """Return which release was the last with a new table of an organisation's staff of a day, or of several's."""
    first: dict[tuple[str, str, frozenset[str]], str] = {}
    for one in publication.statements:
        who, day, stage, *_ = one.key.split("/")
        if stage == IN_POST.key:
            table = (who, day, one.members)
            first[table] = min(first.get(table, one.release), one.release)
    last: dict[tuple[str, str], str] = {}
    for (who, day, members), release in first.items():
        for one in members or {who}:
            last[one, day] = max(last.get((one, day), release), release)
    return last


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
