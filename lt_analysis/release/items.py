"""The rule of which evidence since the declared start may be published, from exact values and what was published.

Evidence tells of people too. Between two items stand the posts that the later one counts for the first time, and
the likely range moves one way when a White person is appointed and the other way when one of the group is. Where one
new shortlist lies between them, who was appointed can all but be read off (`verification.new_draws` measures it). So:

- An organisation's item is that of its complete year's last quarter, and is published only where its table of that
  year is, and every cell of every year that the evidence adds up, so that nobody who is hidden in a table is told of
  here. It needs enough new posts as well: a table of large numbers may hold one post that tells.
- The partnership's item moves only with enough new posts in enough organisations; until then the last one
  stands, with its own look. New are those that the last published item did not count, not those of one quarter.
- No item holds an e-value, a point estimate or more than two significant figures.
- What was printed stands as printed. A correction of old returns never moves it, and between two printed items no
  third is put in later, which would part the posts between them.

No choice made here hangs on who was appointed: only on which cells are released, and on how many posts there are.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, fields, replace
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal
from math import inf

import duckdb

from lt_analysis.codebook.downloads import NOT_GIVEN
from lt_analysis.codebook.measures import MEASURES, Measure
from lt_analysis.codebook.periods import QUARTERS_IN_A_YEAR, FinancialYear, Quarter
from lt_analysis.codebook.protocol import Protocol
from lt_analysis.codebook.strength import TOO_FEW_POSTS, TOO_FEW_RETURNS
from lt_analysis.evidence.draws import Draws
from lt_analysis.evidence.interval import ConfidenceInterval
from lt_analysis.evidence.over_time import PARTNERSHIP_SCOPE, SentShortlist, look_of, sent_shortlists, unknown_holds
from lt_analysis.evidence.since_start import SinceStart, detectable_since_start, quarters_until

PARTNERSHIP = "partnership"  # the scope of the item of all organisations together


# What could have been missed is said in bands, White ÷ group: a true ratio of as much would mostly have been found.
BANDS_OF_MISSED = (1.25, 1.5, 2.0, 3.0, 5.0)
# Of which true ratios it is said when they would show.
SOME_GAP, LARGE_GAP = 1.5, 2.0
MOST_QUARTERS = 20  # to come, beyond which it is only said that it takes more


@dataclass(frozen=True)
class Said:
    """What an item says: the strength in words, and the likely range of the odds ratio, White ÷ group.

    `low` and `high` are None where the words claim too little for a range or no single ratio fits; 0 and infinity
    where the range goes on beyond what pages print. `informative` posts could have gone either way. Ratios below
    `missed` could have been missed (one of as much is strong evidence 8 times in 10); None where larger ones could.
    `until_some` and `until_large` are how many more quarters it takes, at the present rate of posts, until a true ratio
    of 1.5 or 2 would show; None where it takes more than is said. `unknown_holds` is the share of those who did not say
    their ethnicity who could be of either group without other words.
    """

    words: str
    low: float | None
    high: float | None
    informative: int
    missed: float | None
    until_some: int | None
    until_large: int | None
    unknown_holds: float


@dataclass(frozen=True)
class EvidenceItem:
    """The evidence of an organisation, or of the partnership, of one stage at one look; `said` is None where hidden.

    Posts that closed from April of `start` to the end of the quarter `counted` are counted. Both are declared, so
    they stand in a hidden item too, and an item that was printed keeps the words of its own time.
    """

    scope: str
    stage: str
    look: Quarter
    start: FinancialYear
    counted: Quarter
    said: Said | None = None

    @property
    def measure(self) -> Measure:
        """The decision that it is about."""
        return MEASURES[self.stage]

    @property
    def hidden(self) -> bool:
        """Whether nothing of it may be shown."""
        return self.said is None

    @property
    def key(self) -> str:
        """Its name in the ledger."""
        return f"{self.scope}/{self.look}/{self.stage}/evidence"

    @property
    def figures(self) -> dict[str, str | int | float | None]:
        """Each figure that it says by its name; all are None where it is hidden, and words where one is not given."""
        if self.said is None:
            return {f"{self.key}/{field.name}": None for field in fields(Said)}
        said = {f"{self.key}/{field.name}": getattr(self.said, field.name) for field in fields(Said)}
        return {name: NOT_GIVEN if figure is None else figure for name, figure in said.items()}


# With ten new posts in three organisations, the items tell who was appointed on one of them little better than
# a guess does: docs/publishing.md has the figures, `benchmarks/evidence_items.py` makes them.
FEWEST_NEW_DRAWS = 10
FEWEST_NEW_ORGANISATIONS = 3
# An organisation knows its own appointments; this many must be left that it does not know.
FEWEST_BESIDE_ANY_ONE = 5
# Pages print limits beyond these as "less than 0.02" and "more than 10" (rendering/numbers.py), and so the item holds
# no more than that.
PRINTED_FROM, PRINTED_TO = 0.02, 10.0
SIGNIFICANT_FIGURES, MOST_FIGURES = 2, 6


@dataclass(frozen=True)
class Exact:
    """The exact evidence of an organisation, or of the partnership, at a look and of a stage, before the rule.

    `sent` are posts by organisation: an organisation's own, or those of every organisation of the partnership.
    """

    scope: str
    stage: str
    evidence: SinceStart
    sent: Mapping[str, Sequence[SentShortlist]]

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
    """Return the items of all organisations for a complete year, of one stage.

    `released` says of each organisation of which years every cell of its table was released. Taken from the
    partnership's item, those published would leave the evidence of the others; so, where these others are too few,
    the new items with the fewest posts are hidden as well.
    """
    exacts = {one.scope: one for one in exacts}
    items = {
        scope: organisation_item(one, released.get(scope, {}), published, protocol) for scope, one in exacts.items()
    }
    fresh = [scope for scope, item in items.items() if not item.hidden and item not in published]
    for scope in sorted(fresh, key=lambda scope: (items[scope].said.informative, scope)):
        untold = {other: _untold(one, items[other], protocol) for other, one in exacts.items()}
        if not any(untold.values()) or are_enough(untold):
            break
        items[scope] = _hidden(exacts[scope], protocol)
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
    if _at(exact, published) is None and not all(released.get(year, False) for year in years):
        return _hidden(exact, protocol)
    return _new_or_last(exact, published, protocol, _are_enough_of_one)


def partnership_item(exact: Exact, published: Sequence[EvidenceItem], protocol: Protocol) -> EvidenceItem:
    """Return the partnership's item at a look: the new one, the last published, or a hidden one before any was."""
    return _new_or_last(exact, published, protocol, are_enough)


def new_draws(exact: Exact, last: EvidenceItem | None, protocol: Protocol) -> dict[str, int]:
    """Count by organisation the informative posts that are counted now and were not in the last item.

    Counted are quarters: a decision on a shortlist of an earlier quarter that came late moves the evidence, but is not
    relied on to blur it. Only those that could have gone otherwise among people on their first shortlist count,
    for the smaller of two kinds of evidence is published, and this is the kind that has fewer.
    """
    return {
        scope: int(
            Draws.of(
                one.known.first_time
                for one in sent
                if protocol.counts(one.known.quarter, exact.look) and not (last and one.known.quarter <= last.counted)
            ).informative.sum()
        )
        for scope, sent in exact.sent.items()
    }


def are_enough(new: Mapping[str, int]) -> bool:
    """Tell whether new posts are enough, in enough organisations, and also for each of these."""
    some = [number for number in new.values() if number]
    return (
        sum(some) >= FEWEST_NEW_DRAWS
        and len(some) >= FEWEST_NEW_ORGANISATIONS
        and sum(some) - max(some) >= FEWEST_BESIDE_ANY_ONE
    )


def _are_enough_of_one(new: Mapping[str, int]) -> bool:
    """Tell whether an organisation's own new posts are enough for its own item."""
    return sum(new.values()) >= FEWEST_NEW_DRAWS


def _new_or_last(
    exact: Exact,
    published: Sequence[EvidenceItem],
    protocol: Protocol,
    are_enough: Callable[[Mapping[str, int]], bool],
) -> EvidenceItem:
    printed = _at(exact, published)
    if printed is not None:
        return printed
    shown = [one for one in published if (one.scope, one.stage) == (exact.scope, exact.stage) and not one.hidden]
    last = max((one for one in shown if one.look < exact.look), key=lambda one: one.look, default=None)
    comes_late = any(one.look > exact.look for one in shown)
    if comes_late or not are_enough(new_draws(exact, last, protocol)):
        return last or _hidden(exact, protocol)
    return whole_item(exact, protocol)


def _at(exact: Exact, published: Iterable[EvidenceItem]) -> EvidenceItem | None:
    """Return what was printed at this very look, shown or hidden."""
    asked = (exact.scope, exact.stage, exact.look)
    return next((one for one in published if (one.scope, one.stage, one.look) == asked), None)


def _untold(exact: Exact, item: EvidenceItem, protocol: Protocol) -> int:
    """Count an organisation's informative posts of which its item does not tell."""
    return sum(new_draws(exact, None if item.hidden else item, protocol).values())


def _hidden(exact: Exact, protocol: Protocol) -> EvidenceItem:
    look = exact.look
    return EvidenceItem(exact.scope, exact.stage, look, protocol.start, protocol.last_counted(look))


def whole_item(exact: Exact, protocol: Protocol) -> EvidenceItem:
    """Return the item as it is where the rule lets it be published, or for its owner's eyes."""
    now = exact.evidence
    sent = [one for some in exact.sent.values() for one in some]
    everybodys = [one.known for one in sent]
    too_few = now.strength in (TOO_FEW_POSTS, TOO_FEW_RETURNS)
    low = high = None
    if now.interval and not too_few:
        low, high = printed_range(now.interval, protocol)
    said = Said(
        words=now.strength.words,
        low=low,
        high=high,
        informative=now.informative,
        missed=band_of_missed(detectable_since_start(everybodys, exact.look, protocol)),
        until_some=quarters_until(SOME_GAP, everybodys, exact.look, protocol, MOST_QUARTERS),
        until_large=quarters_until(LARGE_GAP, everybodys, exact.look, protocol, MOST_QUARTERS),
        unknown_holds=unknown_holds(sent, now, protocol),
    )
    return replace(_hidden(exact, protocol), said=said)


def band_of_missed(detectable: float | None) -> float | None:
    """Return the band's end below which true ratios could have been missed; None where larger ones could too."""
    return next((end for end in BANDS_OF_MISSED if detectable is not None and detectable <= end), None)


def printed_range(interval: ConfidenceInterval, protocol: Protocol) -> tuple[float, float]:
    """Return a likely range as it is printed: each limit on its side of 1 and of its own end of the declared margin."""
    lowest, highest = protocol.margin
    return rounded_outwards(interval, (lowest, 1.0), (1.0, highest))


def rounded_outwards(
    interval: ConfidenceInterval, below: Iterable[float], above: Iterable[float]
) -> tuple[float, float]:
    """Round a likely range to two significant figures, the low limit down and the high one up.

    The range that is printed then holds the whole range that was found, so the claim that it makes stays true; rounded
    to the nearest it could leave out a ratio that the evidence does not. Where rounding would take the low limit to or
    across a reference in `below`, or the high one to or across one in `above`, it keeps as many more figures as it
    needs.
    """
    low, high = interval.low, interval.high
    if low < PRINTED_FROM:
        low = 0.0
    else:
        low = min(_rounded(low, ROUND_FLOOR, [one for one in below if one <= low]), PRINTED_TO)
    if high > PRINTED_TO:
        high = inf
    else:
        high = max(_rounded(high, ROUND_CEILING, [one for one in above if one >= high]), PRINTED_FROM)
    return low, high


def _rounded(number: float, rounding: str, passed: list[float]) -> float:
    """Round a limit to two figures, or to as few more as keep it on its side of the references, or on one of them."""
    if number in passed:
        return number
    for figures in range(SIGNIFICANT_FIGURES, MOST_FIGURES + 1):
        rounded = _to_figures(number, rounding, figures)
        if not any(min(rounded, number) <= one <= max(rounded, number) for one in passed):
            return rounded
    return number


def _to_figures(number: float, rounding: str, figures: int) -> float:
    """Round a number that is not infinite; its shortest decimal is taken, so that 0.7 is not found to lie below 0.7."""
    decimal = Decimal(repr(float(number)))
    if not decimal:
        return 0.0
    return float(decimal.quantize(Decimal(1).scaleb(decimal.adjusted() + 1 - figures), rounding=rounding))


def exact_evidence(
    connection: duckdb.DuckDBPyConnection,
    scope: str,
    stage: str,
    organisations: Iterable[str],
    look: Quarter,
    protocol: Protocol,
) -> Exact | None:
    """Read the exact evidence of a scope and stage at a look from `since_start` and `draws`; None where none is kept.

    `organisations` are the partnership's, or the one organisation itself.
    """
    table_scope = PARTNERSHIP_SCOPE if scope == PARTNERSHIP else scope
    rows = connection.execute(
        "FROM since_start WHERE scope = ? AND stage = ? AND look = ?", [table_scope, stage, str(look)]
    )
    names = [column[0] for column in rows.description]
    row = rows.fetchone()
    if row is None:
        return None
    sent = {slug: sent_shortlists(connection, slug, stage, protocol) for slug in organisations}
    return Exact(scope, stage, look_of(dict(zip(names, row, strict=True))), sent)
