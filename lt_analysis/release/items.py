"""The rule of which evidence since the declared start may be published, from exact values and what was published.

Evidence tells of people too. Between two items stand the shortlists that the later one counts for the first time, and
the likely range moves one way when a White person is appointed and the other way when one of the group is. Where one
new shortlist lies between them, who was appointed can all but be read off (`verification.new_draws` measures it). So:

- An organisation's item is that of its complete year's last quarter, and is published only where its table of that
  year is, and every cell of every year that the evidence adds up, so that nobody who is hidden in a table is told of
  here. It needs enough new shortlists as well: a table of large numbers may hold one shortlist that tells.
- The partnership's item moves only with enough new shortlists in enough organisations; until then the last one
  stands, with its own look. New are those that the last published item did not count, not those of one quarter.
- No item holds an e-value, a point estimate or more than two significant figures.
- What was printed stands as printed. A correction of old returns never moves it, and between two printed items no
  third is put in later, which would part the shortlists between them.

No choice made here hangs on who was appointed: only on which cells are released, and on how many shortlists there are.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, fields
from decimal import ROUND_CEILING, ROUND_FLOOR, ROUND_HALF_EVEN, Decimal
from math import inf

import duckdb

from lt_analysis.codebook.downloads import NOT_GIVEN
from lt_analysis.codebook.periods import QUARTERS_IN_A_YEAR, FinancialYear, Quarter
from lt_analysis.codebook.protocol import Protocol
from lt_analysis.codebook.strength import TOO_FEW_POSTS, TOO_FEW_RETURNS
from lt_analysis.evidence.draws import Draws
from lt_analysis.evidence.interval import ConfidenceInterval
from lt_analysis.evidence.over_time import PARTNERSHIP_SCOPE, look_of, shortlists_of
from lt_analysis.evidence.since_start import Shortlist, SinceStart, detectable_since_start

PARTNERSHIP = "partnership"  # the scope of the item of all organisations together


@dataclass(frozen=True)
class Said:
    """What an item says: the strength in words, and the likely range of the odds ratio, White ÷ group.

    `low` and `high` are None where the words claim too little for a range or no single ratio fits; 0 and infinity
    where the range goes on beyond what pages print. `informative` shortlists could have gone either way; `detectable`
    is the smallest odds ratio that would have been strong evidence 8 times in 10, None where none would.
    """

    words: str
    low: float | None
    high: float | None
    informative: int
    detectable: float | None


@dataclass(frozen=True)
class EvidenceItem:
    """The evidence of an organisation or of the partnership at one look; `said` is None where it is hidden.

    Shortlists made from April of `start` to the end of the quarter `counted` are counted. Both are declared, so
    they stand in a hidden item too, and an item that was printed keeps the words of its own time.
    """

    scope: str
    look: Quarter
    start: FinancialYear
    counted: Quarter
    said: Said | None = None

    @property
    def hidden(self) -> bool:
        """Whether nothing of it may be shown."""
        return self.said is None

    @property
    def key(self) -> str:
        """Its name in the ledger."""
        return f"{self.scope}/{self.look}/evidence"

    @property
    def figures(self) -> dict[str, str | int | float | None]:
        """Each figure that it says by its name; all are None where it is hidden, and words where one is not given."""
        if self.said is None:
            return {f"{self.key}/{field.name}": None for field in fields(Said)}
        said = {f"{self.key}/{field.name}": getattr(self.said, field.name) for field in fields(Said)}
        return {name: NOT_GIVEN if figure is None else figure for name, figure in said.items()}


# With ten new shortlists in three organisations, the items tell who was appointed on one of them little better than
# a guess does: docs/publishing.md has the figures, `benchmarks/evidence_items.py` makes them.
FEWEST_NEW_DRAWS = 10
FEWEST_NEW_ORGANISATIONS = 3
# An organisation knows its own appointments; this many must be left that it does not know.
FEWEST_BESIDE_ANY_ONE = 5
# Pages print limits beyond these as "less than 0.02" and "more than 10" (rendering/numbers.py), and so the item holds
# no more than that.
PRINTED_FROM, PRINTED_TO = 0.02, 10.0
SIGNIFICANT_FIGURES = 2


@dataclass(frozen=True)
class Exact:
    """The exact evidence of an organisation, or of the partnership, at a look, before the rule.

    `shortlists` are by organisation: an organisation's own, or those of every organisation of the partnership.
    """

    scope: str
    evidence: SinceStart
    shortlists: Mapping[str, Sequence[Shortlist]]

    @property
    def look(self) -> Quarter:
        """When it is looked at."""
        return self.evidence.look


def look_of_year(year: FinancialYear) -> Quarter:
    """Return the look of an organisation's item beside its table of a complete year: the year's last quarter."""
    return year.quarters[-1]


def years_cumulated(look: Quarter, protocol: Protocol) -> tuple[FinancialYear, ...]:
    """List the years of which the evidence at a look counts any shortlist.

    A shortlist is counted a lag after its own quarter. With a lag of two quarters, the look at the end of a year
    counts that year's first half: the year is among them, and the half that waits comes with the next year's item.
    None at looks that are too early to count anything.
    """
    last = protocol.last_counted(look).year
    return tuple(FinancialYear(start) for start in range(protocol.start.start, last.start + 1))


def organisation_items(
    exacts: Iterable[Exact],
    released: Mapping[str, Mapping[FinancialYear, bool]],
    published: Sequence[EvidenceItem],
    protocol: Protocol,
) -> tuple[EvidenceItem, ...]:
    """Return the items of all organisations for a complete year.

    `released` says of each organisation of which years every cell of its table was released. Taken from the
    partnership's item, those published would leave the evidence of the others; so, where these others are too few,
    the new items with the fewest shortlists are hidden as well.
    """
    exacts = {one.scope: one for one in exacts}
    items = {
        scope: organisation_item(one, released.get(scope, {}), published, protocol) for scope, one in exacts.items()
    }
    fresh = [scope for scope, item in items.items() if not item.hidden and item not in published]
    for scope in sorted(fresh, key=lambda scope: (items[scope].said.informative, scope)):
        untold = {other: _untold(one, items[other], protocol) for other, one in exacts.items()}
        if not any(untold.values()) or _are_enough(untold):
            break
        items[scope] = _hidden(scope, exacts[scope].look, protocol)
    return tuple(items.values())


def organisation_item(
    exact: Exact, released: Mapping[FinancialYear, bool], published: Sequence[EvidenceItem], protocol: Protocol
) -> EvidenceItem:
    """Return an organisation's item for a complete year: the new one, the last published, or a hidden one.

    `released` says of which years every cell of its table was released. Raises `ValueError` where the look is not
    at the end of a year.
    """
    if exact.look.number != QUARTERS_IN_A_YEAR:
        raise ValueError(f"{exact.look} is not the last quarter of a year, and organisations have no other item")
    years = {*years_cumulated(exact.look, protocol), exact.look.year}
    if _at(exact.look, exact.scope, published) is None and not all(released.get(year, False) for year in years):
        return _hidden(exact.scope, exact.look, protocol)
    return _new_or_last(exact, published, protocol, _are_enough_of_one)


def partnership_item(exact: Exact, published: Sequence[EvidenceItem], protocol: Protocol) -> EvidenceItem:
    """Return the partnership's item at a look: the new one, the last published, or a hidden one before any was."""
    return _new_or_last(exact, published, protocol, _are_enough)


def new_draws(exact: Exact, last: EvidenceItem | None, protocol: Protocol) -> dict[str, int]:
    """Count by organisation the informative shortlists that are counted now and were not in the last item.

    Counted are quarters: a decision on a shortlist of an earlier quarter that came late moves the evidence, but is not
    relied on to blur it. Only those that could have gone otherwise among people on their first shortlist count,
    for the smaller of two kinds of evidence is published, and this is the kind that has fewer.
    """
    return {
        scope: int(
            Draws.of(
                one.first_time
                for one in shortlists
                if protocol.counts(one.quarter, exact.look) and not (last and one.quarter <= last.counted)
            ).informative.sum()
        )
        for scope, shortlists in exact.shortlists.items()
    }


def _are_enough(new: Mapping[str, int]) -> bool:
    """Tell whether new shortlists are enough, in enough organisations, and also for each of these."""
    some = [number for number in new.values() if number]
    return (
        sum(some) >= FEWEST_NEW_DRAWS
        and len(some) >= FEWEST_NEW_ORGANISATIONS
        and sum(some) - max(some) >= FEWEST_BESIDE_ANY_ONE
    )


def _are_enough_of_one(new: Mapping[str, int]) -> bool:
    """Tell whether an organisation's own new shortlists are enough for its own item."""
    return sum(new.values()) >= FEWEST_NEW_DRAWS


def _new_or_last(
    exact: Exact,
    published: Sequence[EvidenceItem],
    protocol: Protocol,
    are_enough: Callable[[Mapping[str, int]], bool],
) -> EvidenceItem:
    printed = _at(exact.look, exact.scope, published)
    if printed is not None:
        return printed
    shown = [one for one in published if one.scope == exact.scope and not one.hidden]
    last = max((one for one in shown if one.look < exact.look), key=lambda one: one.look, default=None)
    comes_late = any(one.look > exact.look for one in shown)
    if comes_late or not are_enough(new_draws(exact, last, protocol)):
        return last or _hidden(exact.scope, exact.look, protocol)
    return _shown(exact, protocol)


def _at(look: Quarter, scope: str, published: Iterable[EvidenceItem]) -> EvidenceItem | None:
    """Return what was printed at this very look, shown or hidden."""
    return next((one for one in published if (one.scope, one.look) == (scope, look)), None)


def _untold(exact: Exact, item: EvidenceItem, protocol: Protocol) -> int:
    """Count an organisation's informative shortlists of which its item does not tell."""
    return sum(new_draws(exact, None if item.hidden else item, protocol).values())


def _hidden(scope: str, look: Quarter, protocol: Protocol) -> EvidenceItem:
    return EvidenceItem(scope, look, protocol.start, protocol.last_counted(look))


def _shown(exact: Exact, protocol: Protocol) -> EvidenceItem:
    now = exact.evidence
    everybodys = [one for shortlists in exact.shortlists.values() for one in shortlists]
    detectable = detectable_since_start(everybodys, exact.look, protocol)
    too_few = now.strength in (TOO_FEW_POSTS, TOO_FEW_RETURNS)
    low, high = (None, None) if too_few or now.interval is None else rounded_outwards(now.interval)
    said = Said(
        words=now.strength.words,
        low=low,
        high=high,
        informative=now.informative,
        detectable=None if detectable is None else _to_two_figures(detectable, ROUND_HALF_EVEN),
    )
    return EvidenceItem(exact.scope, exact.look, protocol.start, protocol.last_counted(exact.look), said)


def rounded_outwards(interval: ConfidenceInterval) -> tuple[float, float]:
    """Round a likely range to two significant figures, the low limit down and the high one up.

    The range that is printed then holds the whole range that was found, so the claim that it makes, wrong at most 1
    time in 20, stays true; rounded to the nearest it could leave out a ratio that the evidence does not. A limit that
    is strictly on one side of 1 may be printed as 1.0: that 1 itself is left out, the words say.
    """
    low, high = interval.low, interval.high
    low = 0.0 if low < PRINTED_FROM else min(_to_two_figures(low, ROUND_FLOOR), PRINTED_TO)
    high = inf if high > PRINTED_TO else max(_to_two_figures(high, ROUND_CEILING), PRINTED_FROM)
    return low, high


def _to_two_figures(number: float, rounding: str) -> float:
    """Round a number that is not infinite; its shortest decimal is taken, so that 0.7 is not found to lie below 0.7."""
    decimal = Decimal(repr(float(number)))
    if not decimal:
        return 0.0
    return float(decimal.quantize(Decimal(1).scaleb(decimal.adjusted() + 1 - SIGNIFICANT_FIGURES), rounding=rounding))


def exact_evidence(
    connection: duckdb.DuckDBPyConnection, scope: str, organisations: Iterable[str], look: Quarter, protocol: Protocol
) -> Exact | None:
    """Read the exact evidence of a scope at a look from the tables `since_start` and `draws`; None where none is kept.

    `organisations` are the partnership's, or the one organisation itself.
    """
    scope_of_table = PARTNERSHIP_SCOPE if scope == PARTNERSHIP else scope
    found = connection.execute("FROM since_start WHERE scope = ? AND look = ?", [scope_of_table, str(look)])
    names = [column[0] for column in found.description]
    row = found.fetchone()
    if row is None:
        return None
    shortlists = {slug: shortlists_of(connection, slug, protocol) for slug in organisations}
    return Exact(scope, look_of(dict(zip(names, row, strict=True))), shortlists)
