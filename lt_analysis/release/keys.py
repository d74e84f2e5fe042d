"""The names of numbers that can be published, and which people each of them counts.

A key, `who/span/stage/group/cut`, names one number in the release, in the ledger and on pages. What its words stand
for is said here once. They stand for atoms: the people of one organisation, period, group and cut by the FURTHEST
stage of their chain that they reached (each chain that starts from the same people has atoms of its own: a system is
made of one chain's). Counted so, that each stage is a part of the one before says no more than that
no atom is negative, and every number that is published is a sum of atoms.
"""

from collections.abc import Iterable, Iterator
from functools import cache
from itertools import product
from typing import NamedTuple, Self

from lt_analysis.codebook.ethnicity import BME, FIVE_GROUPS, KNOWN, REFERENCE, SINGLE_GROUPS, UNKNOWN
from lt_analysis.codebook.measures import DIVIDED, FURTHEST
from lt_analysis.codebook.pay import BAND_8_PLUS_TOTAL, PARTS_OF_CUTS, parts_of_cut
from lt_analysis.codebook.periods import FinancialYear, parse_span

PARTNERSHIP = "partnership"  # as who: the organisations of a table added up
ALL_BANDS = BAND_8_PLUS_TOTAL  # of posts, which is all that recruitment counts
SUM_OF_PERIODS = "+"  # between years, or quarters, that a number adds up

# People of whom no more than BME, or Band 8 and above, was sent have an atom of their own.
MINORITIES = (BME, *SINGLE_GROUPS)
GROUPS = {group: (group,) for group in (*FIVE_GROUPS, UNKNOWN)} | {BME: MINORITIES, KNOWN: (REFERENCE, *MINORITIES)}
# Parts of all posts, or of all staff, each with the finest that it holds. What some chain divides holds the parts of
# that chain too: it has no other atoms, and other chains have none such.
CUTS = {
    cut: parts_of_cut(cut) for cut in (*PARTS_OF_CUTS, *(part for parts in PARTS_OF_CUTS.values() for part in parts))
}
for kind, parts in ((kind, parts) for chain in DIVIDED for kind, parts in chain.divided.items()):
    CUTS |= {cut: (*finest, *parts) for cut, finest in CUTS.items() if kind in finest}
    CUTS |= {part: (part,) for part in parts}
CUTS |= {cut: parts for chain in DIVIDED for cut, parts in chain.sums.items()}


class Key(NamedTuple):
    """The name of one number."""

    who: str
    span: str
    stage: str
    group: str
    cut: str

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read a key as it stands in the release."""
        return cls(*text.split("/"))

    def __str__(self) -> str:
        return "/".join(self)


class Atom(NamedTuple):
    """People of one organisation, period, group and cut whose furthest stage is `furthest`."""

    organisation: str
    period: str
    furthest: str
    group: str
    cut: str


# What an atom may be, by each of its parts.
Words = tuple[tuple[str, ...], tuple[str, ...], tuple[str, ...], tuple[str, ...], tuple[str, ...]]


class Cell(NamedTuple):
    """A number that can be published: its name, and the organisations that it adds up."""

    key: Key
    members: tuple[str, ...]

    @property
    def words(self) -> Words:
        """What an atom of this number may be, of each chain that counts at its stage."""
        key = self.key
        return (self.members, periods_of(key.span), FURTHEST[key.stage], GROUPS[key.group], CUTS[key.cut])

    @property
    def is_of_one_year(self) -> bool:
        """Whether it counts people of one financial year."""
        return SUM_OF_PERIODS not in self.key.span and isinstance(parse_span(self.key.span), FinancialYear)

    @property
    def returns(self) -> set[tuple[str, str]]:
        """The returns whose people it counts, by organisation and period."""
        return set(product(self.members, periods_of(self.key.span)))

    def shares_people_with(self, other: "Cell") -> bool:
        """Tell whether some people could be counted in both."""
        return all(set(own) & set(others) for own, others in zip(self.words, other.words, strict=True))

    def of(self, **words: str) -> "Cell":
        """Return the number with another stage, group or cut."""
        return Cell(self.key._replace(**words), self.members)


@cache
def periods_of(span: str) -> tuple[str, ...]:
    """Return the periods of returns that a span adds up: `2024-25+2025-26` is two years, whole or by quarters."""
    periods = map(parse_span, span.split(SUM_OF_PERIODS))
    return tuple(str(part) for period in periods for part in _parts(period))


def _parts(period: object) -> Iterable[object]:
    return (period, *period.quarters) if isinstance(period, FinancialYear) else (period,)


def table(
    who: str,
    members: Iterable[str],
    span: str,
    groups: Iterable[str],
    cuts: Iterable[str],
    stages: Iterable[str],
) -> Iterator[Cell]:
    """List the numbers of a table."""
    members = tuple(members)
    for stage, group, cut in product(stages, groups, cuts):
        yield Cell(Key(who, span, stage, group, cut), members)
