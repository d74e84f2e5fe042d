"""The evidence since the declared start, by quarter, of every organisation and of the partnership, as a table.

What is said at a quarter's own look is kept in a ledger as it was said; where a look is run again and something
else is said, that is added. Corrections, and decisions that came late, are in the evidence of every look when it
is worked out again in a later quarter, and never in what was said.
"""

import math
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import fields, replace
from datetime import date
from typing import NamedTuple

import duckdb

from lt_analysis.codebook.periods import Quarter
from lt_analysis.codebook.protocol import Protocol
from lt_analysis.codebook.strength import STRONG
from lt_analysis.evidence.draws import Draw
from lt_analysis.evidence.families import FALSE_ALARMS, stands_in_family
from lt_analysis.evidence.interval import ConfidenceInterval
from lt_analysis.evidence.since_start import Shortlist, SinceStart, since_start, smaller_evidence
from lt_analysis.evidence.unknown_ethnicity import DrawWithUnknown, best, worst

PARTNERSHIP_SCOPE = "all organisations"  # no organisation can be called so: folder names have no spaces
COLUMNS = {
    **dict.fromkeys(("scope", "stage", "look"), "VARCHAR"),
    **dict.fromkeys(("e_value", "low", "high"), "DOUBLE"),
    **dict.fromkeys(("could_be_strong", "enough_returns", "about_equal", "stands"), "BOOLEAN"),
    **dict.fromkeys(("shortlists", "informative", "nobody_chosen", "waiting", "too_early"), "BIGINT"),
    "leaning": "BIGINT",
    **dict.fromkeys(("strength", "protocol"), "VARCHAR"),
}
AS_THEY_ARE = tuple(field.name for field in fields(SinceStart) if field.name not in ("look", "interval"))
# `strength` is of the time: a later table of words does not change what was said.
# Of a draw: the two groups, and those of unknown ethnicity beside them.
NUMBERS_OF_DRAWS = ("pool", "pool_in_group", "chosen", "chosen_in_group", "unknown_pool", "unknown_chosen")
LEDGER = "number BIGINT, scope VARCHAR, stage VARCHAR, look VARCHAR, e_value DOUBLE, low DOUBLE, high DOUBLE"
LEDGER += ", strength VARCHAR, protocol VARCHAR, PRIMARY KEY (scope, stage, look, number)"


class Others(NamedTuple):
    """How many people were before a panel beside White people and those of the group, and how many succeeded."""

    people: int
    successful: int


NOBODY = Others(0, 0)


class SentShortlist(NamedTuple):
    """A post's two draws, and beside them those who did not say their ethnicity.

    `first_unknown` are those of the `unknown` who come for the first time; `unread` those who said it in words that
    could not be read.
    """

    known: Shortlist
    unread: Others = NOBODY
    unknown: Others = NOBODY
    first_unknown: Others = NOBODY

    def with_unread(self, end: Callable[[DrawWithUnknown], Draw]) -> Shortlist:
        """Return the draws with those who could not be read counted so that the group does `worst` or `best`.

        >>> known = Shortlist(Quarter.parse("2026-27-Q2"), everybody=Draw(3, 1, 1, 0), first_time=Draw(3, 1, 1, 0))
        >>> SentShortlist(known, unread=Others(2, 1)).with_unread(best).everybody
        Draw(pool=5, pool_in_group=2, chosen=2, chosen_in_group=1)
        """
        return _with_others(self.known, self.unread, self.unread, end)


def _with_others(known: Shortlist, others: Others, first: Others, end: Callable[[DrawWithUnknown], Draw]) -> Shortlist:
    return known._replace(
        everybody=end(DrawWithUnknown(known.everybody, *others)),
        first_time=end(DrawWithUnknown(known.first_time, *first)),
    )


def unknown_holds(sent: Sequence[SentShortlist], at_look: SinceStart, protocol: Protocol) -> float:
    """Return of how many of those who did not say their ethnicity the words for the evidence at a look do not hang.

    It is the largest of the declared shares of them, from 0 to 1, who could be counted so that the group does worst at
    every post, or best, without other words or another way; the rest are left out, as all are in the evidence. The
    evidence `at_look` is the weakest of what could be read and both ends of what could not, and so is that beside it.

    >>> from lt_analysis.codebook.protocol import declared_protocol
    >>> (nothing_yet,) = since_start([], [Quarter.parse("2026-27-Q2")], [1.0], declared_protocol())
    >>> unknown_holds([], nothing_yet, declared_protocol())
    1.0
    """
    if not any(shortlist.unknown.people for shortlist in sent):
        return 1.0
    coverage = [float(at_look.enough_returns)]
    _, *unread = (since_start(some, [at_look.look], coverage, protocol) for some in _both_ends(list(sent)))
    holds = 0.0
    for share in protocol.unknown_shares:
        for end in (worst, best):
            counted = since_start(_with_a_share(sent, share, end), [at_look.look], coverage, protocol)
            (there,) = map(_weaker, zip(counted, *unread, strict=True))
            if _words_and_way(there) != _words_and_way(at_look):
                return holds
        holds = share
    return holds


def _with_a_share(
    sent: Sequence[SentShortlist], share: float, end: Callable[[DrawWithUnknown], Draw]
) -> Iterator[Shortlist]:
    """Yield shortlists with a share of those who did not say, spread evenly over posts in their order."""
    everybody = _spread([shortlist.unknown for shortlist in sent], share)
    first = _spread([shortlist.first_unknown for shortlist in sent], share)
    for shortlist, unknown, first_unknown in zip(sent, everybody, first, strict=True):
        yield _with_others(shortlist.known, unknown, first_unknown, end)


def _spread(others: Sequence[Others], share: float) -> Iterator[Others]:
    """Yield a share of the successful, and of the others, of each post: whole people, as many together as the share."""
    failed = successful = taken_failed = taken_successful = 0
    for people, succeeded in others:
        failed, successful = failed + people - succeeded, successful + succeeded
        more_failed = math.floor(failed * share) - taken_failed
        more_successful = math.floor(successful * share) - taken_successful
        taken_failed, taken_successful = taken_failed + more_failed, taken_successful + more_successful
        yield Others(more_failed + more_successful, more_successful)


def _words_and_way(evidence: SinceStart) -> tuple[str, int]:
    """Return what is said of the evidence: its words and, where they tell which way, that way."""
    strong = evidence.e_value >= STRONG and evidence.interval is not None
    return evidence.strength.words, evidence.leaning if strong else 0


def estimate_over_time(
    connection: duckdb.DuckDBPyConnection,
    quarter: Quarter,
    received: Mapping[str, Collection[Quarter]],
    protocol: Protocol,
) -> None:
    """Make the table `since_start` from the table `draws`, and keep what is new in it in the ledger.

    `received` holds the quarters for which each organisation of the partnership sent applications. Raises `ValueError`
    naming the first draw of an organisation whose numbers are impossible.

    >>> from lt_analysis.codebook.protocol import declared_protocol
    >>> connection = duckdb.connect()
    >>> estimate_over_time(connection, Quarter.parse("2022-23-Q1"), {}, declared_protocol())  # nobody sent anything
    >>> connection.sql("SELECT stage, look, round(e_value, 6), strength FROM since_start ORDER BY ALL").fetchall()
    [('appointment', '2022-23-Q1', 1.0, 'too few returns to tell'), \
('shortlisting', '2022-23-Q1', 1.0, 'too few returns to tell')]
    """
    columns = ", ".join(f"{name} {kind}" for name, kind in COLUMNS.items())
    connection.execute(f"CREATE OR REPLACE TABLE since_start ({columns})")
    connection.execute(f"CREATE TABLE IF NOT EXISTS evidence_ledger ({LEDGER})")
    looks = looks_until(quarter, protocol)
    if not looks:
        return
    rows = []
    for stage in protocol.primary_stages:
        evidence = _of_everybody(connection, stage, looks, received, protocol)
        by_look = (dict(zip(evidence, at_look, strict=True)) for at_look in zip(*evidence.values(), strict=True))
        rows += [row | {"stage": stage} for at_look in by_look for row in _of_look(at_look, protocol)]
    places = ", ".join(f"${name}" for name in COLUMNS)
    connection.executemany(f"INSERT INTO since_start VALUES ({places})", rows)
    _keep_what_is_said(connection, quarter)


def _of_everybody(
    connection: duckdb.DuckDBPyConnection,
    stage: str,
    looks: list[Quarter],
    received: Mapping[str, Collection[Quarter]],
    protocol: Protocol,
) -> dict[str, tuple[SinceStart, ...]]:
    """Return the evidence of a stage at each look, of every organisation, and of all of them together."""
    shortlists = {scope: sent_shortlists(connection, scope, stage, protocol) for scope in received}
    shortlists[PARTNERSHIP_SCOPE] = [shortlist for scope in received for shortlist in shortlists[scope]]
    evidence = {}
    for scope, own in shortlists.items():
        sent = [received[scope]] if scope in received else list(received.values())
        coverages = [coverage_of(sent, look, protocol) for look in looks]
        ends = [since_start(some, looks, coverages, protocol) for some in _both_ends(own)]
        evidence[scope] = tuple(map(_weaker, zip(*ends, strict=True)))
    return evidence


def _both_ends(sent: list[SentShortlist]) -> Iterator[list[Shortlist]]:
    """Yield shortlists as they are known, and where people could not be read, with all of them counted either way."""
    yield [shortlist.known for shortlist in sent]
    if any(shortlist.unread.people for shortlist in sent):
        for end in (worst, best):
            yield [shortlist.with_unread(end) for shortlist in sent]


def _weaker(ends: tuple[SinceStart, ...]) -> SinceStart:
    """Return the weakest evidence: of those who could be read, and of both ends of those who could not."""
    known, *others = ends
    if not others:
        return known
    e_value, interval = smaller_evidence(*((end.e_value, end.interval) for end in ends))
    leanings = {end.leaning for end in ends}
    return replace(
        known,
        e_value=e_value,
        interval=interval,
        about_equal=all(end.about_equal for end in ends),
        leaning=leanings.pop() if len(leanings) == 1 else 0,
    )


def _keep_what_is_said(connection: duckdb.DuckDBPyConnection, quarter: Quarter) -> None:
    """Add what is said at a quarter's own look to the ledger, where it was not the last thing said of it."""
    columns = "scope, stage, look, e_value, low, high, strength, protocol"
    connection.execute(
        f"""INSERT INTO evidence_ledger
            WITH last AS (
                FROM evidence_ledger WHERE look = $look
                QUALIFY row_number() OVER (PARTITION BY scope, stage ORDER BY number DESC) = 1)
            SELECT coalesce(number, 0) + 1, now.*
            FROM (SELECT {columns} FROM since_start WHERE look = $look) now LEFT JOIN last USING (scope, stage)
            WHERE number IS NULL OR (now.e_value, now.strength, now.protocol)
                  IS DISTINCT FROM (last.e_value, last.strength, last.protocol)""",
        {"look": str(quarter)},
    )


def looks_until(quarter: Quarter, protocol: Protocol) -> list[Quarter]:
    """Return the quarters of which evidence is given: from the declared start to this one, in order.

    >>> from lt_analysis.codebook.protocol import declared_protocol
    >>> [str(look) for look in looks_until(Quarter.parse("2022-23-Q3"), declared_protocol())]
    ['2022-23-Q1', '2022-23-Q2', '2022-23-Q3']
    """
    looks, look = [], protocol.start.quarters[0]
    while look <= quarter:
        looks.append(look)
        look = look.next
    return looks


def sent_shortlists(
    connection: duckdb.DuckDBPyConnection, organisation: str, stage: str, protocol: Protocol
) -> list[SentShortlist]:
    """Return an organisation's single posts of a stage from the table `draws`, in the order in which they closed.

    They are dated by the day on which a post closed to applicants, which is settled before either decision; a date of
    the decision itself would let posts with one outcome be counted sooner than those with another.

    >>> from lt_analysis.codebook.protocol import declared_protocol
    >>> connection = duckdb.connect()
    >>> names = [f"{first}{name}" for first in ("", "first_") for name in NUMBERS_OF_DRAWS]
    >>> numbers = ", ".join(f"{number} {name}" for name, number in zip(names, (3, 1, 1, 0, 0, 0) * 2))
    >>> _ = connection.execute(f'''CREATE TABLE draws AS SELECT 'kings' organisation, 'appointment' stage, 'V1' vacancy,
    ...     'BME' group_name, 'vacancy' basis, 'none' campaign, DATE '2026-07-06' closed_on, {numbers},
    ...     0 unread_pool, 0 unread_chosen''')
    >>> (shortlist,) = sent_shortlists(connection, "kings", "appointment", declared_protocol())
    >>> str(shortlist.known.quarter), shortlist.known.everybody
    ('2026-27-Q2', Draw(pool=3, pool_in_group=1, chosen=1, chosen_in_group=0))
    """
    columns = [*NUMBERS_OF_DRAWS, *(f"first_{name}" for name in NUMBERS_OF_DRAWS), "unread_pool", "unread_chosen"]
    rows = connection.execute(
        f"""SELECT closed_on, {", ".join(columns)}
           FROM draws
           WHERE organisation = ? AND stage = ? AND group_name = ? AND basis = 'vacancy' AND campaign = 'none'
                 AND pool + unknown_pool > 0
           ORDER BY closed_on, vacancy""",
        [organisation, stage, protocol.primary_group],
    ).fetchall()
    return [sent_shortlist(day, dict(zip(columns, numbers, strict=True))) for day, *numbers in rows]


def sent_shortlist(closed_on: date, numbers: Mapping[str, int]) -> SentShortlist:
    """Return a post's draws, and those beside them, from the numbers of its row of `draws`.

    >>> row = dict.fromkeys([f"{first}{name}" for first in ("", "first_") for name in NUMBERS_OF_DRAWS], 0)
    >>> row |= dict(pool=3, pool_in_group=1, chosen=1, unknown_pool=2, unread_pool=0, unread_chosen=0)
    >>> sent_shortlist(date(2026, 7, 6), row).unknown
    Others(people=2, successful=0)
    """
    everybody, first = ([numbers[f"{prefix}{name}"] for name in NUMBERS_OF_DRAWS] for prefix in ("", "first_"))
    return SentShortlist(
        Shortlist(Quarter.containing(closed_on), Draw(*everybody[:4]), Draw(*first[:4])),
        unread=Others(numbers["unread_pool"], numbers["unread_chosen"]),
        unknown=Others(*everybody[4:]),
        first_unknown=Others(*first[4:]),
    )


def coverage_of(received: Collection[Collection[Quarter]], look: Quarter, protocol: Protocol) -> float:
    """Return the share of the returns of the quarters counted at a look that were received, of all organisations.

    >>> from lt_analysis.codebook.protocol import declared_protocol
    >>> first = declared_protocol().start.quarters
    >>> coverage_of([first[:1], []], first[2], declared_protocol())  # of two organisations, one sent the one counted
    0.5
    """
    wanted = looks_until(protocol.last_counted(look), protocol)
    expected = len(wanted) * len(received)
    return sum(quarter in quarters for quarters in received for quarter in wanted) / expected if expected else 0.0


def _of_look(evidence: dict[str, SinceStart], protocol: Protocol) -> list[dict]:
    """Return the rows of one look, with which organisations stand among the declared family of all of them."""
    family = [scope for scope in evidence if scope != PARTNERSHIP_SCOPE]
    alpha = FALSE_ALARMS / len(protocol.primary_stages)
    standing = dict(zip(family, stands_in_family([evidence[scope].e_value for scope in family], alpha), strict=True))
    return [_row(scope, at_look, protocol) | {"stands": standing.get(scope)} for scope, at_look in evidence.items()]


def _row(scope: str, at_look: SinceStart, protocol: Protocol) -> dict:
    low, high = at_look.interval or (None, None)
    return {name: getattr(at_look, name) for name in AS_THEY_ARE} | {
        "scope": scope,
        "look": str(at_look.look),
        "low": low,
        "high": high,
        "strength": at_look.strength.words,
        "protocol": protocol.fingerprint,
    }


def look_of(row: dict) -> SinceStart:
    """Return the evidence at a look from its row of the table `since_start`.

    >>> row = dict.fromkeys(COLUMNS, 0) | {"look": "2026-27-Q2", "low": 0.9, "high": 2.1}
    >>> look_of(row).interval
    ConfidenceInterval(low=0.9, high=2.1)
    """
    interval = None if row["low"] is None else ConfidenceInterval(row["low"], row["high"])
    return SinceStart(Quarter.parse(row["look"]), interval=interval, **{name: row[name] for name in AS_THEY_ARE})
