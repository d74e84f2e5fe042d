"""Which tables a quarter's release publishes: the finer in people, the coarser in time and place.

- an organisation's complete year: White and BME people, in two groups of bands;
- two of its years together where both hid much, in the report after the second; three, where the two hid much too;
- the partnership's complete year: five groups, band by band, of those organisations that sent applications: so the sums
  and what equal chances would give of them, which is worked out post by post, are of the same people;
- the partnership's quarter: White and BME people at Band 8 and above.

A table of the partnership adds up as many organisations as the setting asks, five or more, so that what one of them
finds by taking away its own is of four others at least, where all have people there. The partnership's quarter is that
before the report's: decisions that come late are in it by then, and what is once published stands. The report's own
quarter is protected meanwhile.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass

from lt_analysis.codebook.ethnicity import BME, FIVE_GROUPS, REFERENCE, UNKNOWN
from lt_analysis.codebook.measures import CHAINS
from lt_analysis.codebook.pay import BAND_8_AND_ABOVE
from lt_analysis.codebook.periods import FinancialYear, Quarter
from lt_analysis.codebook.publishing import fewest_organisations
from lt_analysis.release.files import Ledger
from lt_analysis.release.keys import (
    ALL_BANDS,
    KNOWN,
    LOWER_BANDS,
    PARTNERSHIP,
    SUM_OF_PERIODS,
    UPPER_BANDS,
    Atom,
    Cell,
    periods_of,
    table,
)
from lt_analysis.release.people import People

TWO_GROUPS = (REFERENCE, BME, KNOWN)
EVERY_GROUP = (*FIVE_GROUPS, BME, KNOWN)
BAND_GROUPS = (LOWER_BANDS, UPPER_BANDS, ALL_BANDS)
EVERY_BAND = (*BAND_8_AND_ABOVE, ALL_BANDS)


def organisation_table(slug: str, span: str, atoms: Iterable[Atom]) -> Iterator[Cell]:
    """List an organisation's numbers of a year, or of several. Where no single bands were sent, it has none."""
    periods = set(periods_of(span))
    sent = {atom.cut for atom in atoms if atom.organisation == slug and atom.period in periods}
    yield from table(slug, (slug,), span, TWO_GROUPS, (ALL_BANDS,) if ALL_BANDS in sent else BAND_GROUPS)
    yield from table(slug, (slug,), span, (UNKNOWN,), (ALL_BANDS,), stages=[chain.stages[0].key for chain in CHAINS])


def partnership_year(members: Iterable[str], year: FinancialYear, atoms: Iterable[Atom]) -> Iterator[Cell]:
    """List the partnership's numbers of a year, of those organisations that sent single groups and bands."""
    whole = [slug for slug in sorted(members) if _in_full(slug, year, atoms)]
    if len(whole) >= fewest_organisations():
        yield from table(PARTNERSHIP, whole, str(year), EVERY_GROUP, EVERY_BAND)


def _in_full(slug: str, year: FinancialYear, atoms: Iterable[Atom]) -> bool:
    periods = set(periods_of(str(year)))
    own = [atom for atom in atoms if atom.organisation == slug and atom.period in periods]
    return bool(own) and not any(atom.group == BME or atom.cut == ALL_BANDS for atom in own)


def partnership_quarter(quarter: Quarter, atoms: Iterable[Atom]) -> Iterator[Cell]:
    """List the partnership's numbers of a quarter, of all that sent it and had anybody of known ethnicity in it."""
    members = sorted({atom.organisation for atom in atoms if atom.period == str(quarter)})
    if len(members) >= fewest_organisations():
        yield from table(PARTNERSHIP, members, str(quarter), TWO_GROUPS, (ALL_BANDS,))


@dataclass(frozen=True)
class Ladder:
    """What a quarter's release is to publish first, and what it keeps from being worked out until that is published."""

    tables: tuple[Cell, ...]
    reserved: tuple[Cell, ...]


def ladder(
    quarter: Quarter,
    complete: Mapping[str, FinancialYear],
    people: People,
    ledger: Ledger,
    only_totals: Collection[str] = (),
) -> Ladder:
    """List the tables of a quarter that were not published before.

    `complete` names the organisations whose year is complete, and which year that is; of those in `only_totals` it is
    not known who wanted which post.
    """
    year = quarter.latest_complete_year
    # A year in which an organisation had no such post at all counts nobody, and has no table.
    sent = {atom[:2] for atom in people.counts}
    complete = {slug: own for slug, own in complete.items() if sent & {(slug, one) for one in periods_of(str(own))}}
    tables = [cell for slug, own in complete.items() for cell in organisation_table(slug, str(own), people.counts)]
    by_post = [slug for slug, own in complete.items() if own == year and slug not in only_totals]
    tables += partnership_year(by_post, year, people.counts)
    tables += partnership_quarter(quarter.previous, people.counts)
    tables += [cell for slug, own in complete.items() for cell in _several_years(slug, own, people, ledger)]
    new = tuple(cell for cell in tables if not ledger.holds(cell.key.who, cell.key.span))
    return Ladder(new, tuple(partnership_quarter(quarter, people.counts)))


def _several_years(slug: str, year: FinancialYear, people: People, ledger: Ledger) -> list[Cell]:
    """List an organisation's numbers of two years, or three, where what was published of each of them hid much.

    Only what was published decides it: that there is such a table tells nobody anything. Three years are added up
    where two of them were, and that hid much too.
    """
    last, before = year, FinancialYear(year.start - 1)
    first = FinancialYear(year.start - 2)
    two, two_before = (SUM_OF_PERIODS.join(map(str, some)) for some in ((before, last), (first, before)))
    span = ""
    if ledger.holds(slug, two_before):
        if _hid_much(slug, two_before, ledger) and _hid_much(slug, str(last), ledger):
            span = SUM_OF_PERIODS.join(map(str, (first, before, last)))
    elif _hid_much(slug, str(before), ledger) and _hid_much(slug, str(last), ledger):
        span = two
    return list(organisation_table(slug, span, people.counts)) if span else []


def _hid_much(slug: str, span: str, ledger: Ledger) -> bool:
    """Tell whether a published table hid how many White or BME people reached a stage at Band 8 and above."""
    own = [entry for entry in ledger.entries if (entry.cell.key.who, entry.cell.key.span) == (slug, span)]
    return any(entry.value is None for entry in own if _is_main(entry.cell))


def _is_main(cell: Cell) -> bool:
    return cell.key.cut == ALL_BANDS and cell.key.group != UNKNOWN
