"""Which tables a quarter's release publishes: the finer in people, the coarser in time and place.

- an organisation's complete year: White and BME people, in two groups of bands;
- its two years together, or three, where its years hide too much; no year is in two of them;
- the partnership's complete year: five groups, band by band;
- the partnership's quarter: White and BME people at Band 8 and above.

A table of the partnership adds up three organisations or more, so that none of them could read another's numbers off
it by taking away its own. The partnership's quarter is that before the report's: decisions that come late are in it by
then, and what is once published stands. The report's own quarter is protected meanwhile.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from lt_analysis.codebook.ethnicity import BME, FIVE_GROUPS, REFERENCE, UNKNOWN
from lt_analysis.codebook.pay import BAND_8_AND_ABOVE
from lt_analysis.codebook.periods import FinancialYear, Quarter
from lt_analysis.release.keys import (
    ALL_BANDS,
    KNOWN,
    LOWER_BANDS,
    PARTNERSHIP,
    SUM_OF_YEARS,
    UPPER_BANDS,
    Atom,
    Cell,
    periods_of,
    table,
)

FEWEST_ORGANISATIONS = 3
MOST_YEARS = 3
TWO_GROUPS = (REFERENCE, BME, KNOWN)
EVERY_GROUP = (*FIVE_GROUPS, BME, KNOWN)
BAND_GROUPS = (LOWER_BANDS, UPPER_BANDS, ALL_BANDS)
EVERY_BAND = (*BAND_8_AND_ABOVE, ALL_BANDS)


def organisation_table(slug: str, span: str, atoms: Iterable[Atom]) -> Iterator[Cell]:
    """List an organisation's numbers of a year, or of several. Where no single bands were sent, it has none."""
    periods = set(periods_of(span))
    sent = {atom.band for atom in atoms if atom.organisation == slug and atom.period in periods}
    yield from table(slug, (slug,), span, TWO_GROUPS, (ALL_BANDS,) if ALL_BANDS in sent else BAND_GROUPS)
    yield from table(slug, (slug,), span, (UNKNOWN,), (ALL_BANDS,), stages=("applied",))


def partnership_year(members: Iterable[str], year: FinancialYear, atoms: Iterable[Atom]) -> Iterator[Cell]:
    """List the partnership's numbers of a year, of those organisations that sent single groups and bands."""
    whole = [slug for slug in sorted(members) if _in_full(slug, year, atoms)]
    if len(whole) >= FEWEST_ORGANISATIONS:
        yield from table(PARTNERSHIP, whole, str(year), EVERY_GROUP, EVERY_BAND)


def _in_full(slug: str, year: FinancialYear, atoms: Iterable[Atom]) -> bool:
    periods = set(periods_of(str(year)))
    own = [atom for atom in atoms if atom.organisation == slug and atom.period in periods]
    return not any(atom.group == BME or atom.band == ALL_BANDS for atom in own)


def partnership_quarter(quarter: Quarter, atoms: Iterable[Atom]) -> Iterator[Cell]:
    """List the partnership's numbers of a quarter, of all that sent it."""
    members = sorted({atom.organisation for atom in atoms if atom.period == str(quarter)})
    if len(members) >= FEWEST_ORGANISATIONS:
        yield from table(PARTNERSHIP, members, str(quarter), TWO_GROUPS, (ALL_BANDS,))
