"""The evidence since the declared start, by quarter, of every organisation and of the partnership, as a table.

What is said at a quarter's own look is kept in a ledger as it was said; where a look is run again and something
else is said, that is added. Corrections, and decisions that came late, are in the evidence of every look when it
is worked out again in a later quarter, and never in what was said.
"""

from collections.abc import Callable, Collection, Mapping
from dataclasses import fields, replace
from typing import NamedTuple

import duckdb

from lt_analysis.codebook.periods import Quarter
from lt_analysis.codebook.protocol import Protocol
from lt_analysis.evidence.draws import Draw
from lt_analysis.evidence.families import stands_in_family
from lt_analysis.evidence.interval import ConfidenceInterval
from lt_analysis.evidence.since_start import Shortlist, SinceStart, since_start, smaller_evidence
from lt_analysis.evidence.unknown_ethnicity import DrawWithUnknown, best, worst

PARTNERSHIP_SCOPE = "all organisations"  # no organisation can be called so: folder names have no spaces
COLUMNS = {
    **dict.fromkeys(("scope", "look"), "VARCHAR"),
    **dict.fromkeys(("e_value", "low", "high"), "DOUBLE"),
    **dict.fromkeys(("could_be_strong", "enough_returns", "stands"), "BOOLEAN"),
    **dict.fromkeys(("shortlists", "informative", "nobody_chosen", "waiting", "too_early"), "BIGINT"),
    "leaning": "BIGINT",
    **dict.fromkeys(("strength", "protocol"), "VARCHAR"),
}
AS_THEY_ARE = tuple(field.name for field in fields(SinceStart) if field.name not in ("look", "interval"))
# `strength` is of the time: a later table of words does not change what was said.
LEDGER = "number BIGINT, scope VARCHAR, look VARCHAR, e_value DOUBLE, low DOUBLE, high DOUBLE, strength VARCHAR"
LEDGER += ", protocol VARCHAR, PRIMARY KEY (scope, look, number)"


class ShortlistWithUnread(NamedTuple):
    """A shortlist, and how many more people were on it, and succeeded, whose ethnicity could not be read.

    >>> known = Shortlist(Quarter.parse("2026-27-Q2"), everybody=Draw(3, 1, 1, 0), first_time=Draw(3, 1, 1, 0))
    >>> ShortlistWithUnread(known, unread=2, unread_chosen=1).best.everybody
    Draw(pool=5, pool_in_group=2, chosen=2, chosen_in_group=1)
    """

    known: Shortlist
    unread: int
    unread_chosen: int

    @property
    def worst(self) -> Shortlist:
        """The shortlist with these people counted so that the group does worst."""
        return self._counted(worst)

    @property
    def best(self) -> Shortlist:
        """The shortlist with these people counted so that the group does best."""
        return self._counted(best)

    def _counted(self, end: Callable[[DrawWithUnknown], Draw]) -> Shortlist:
        everybody, first_time = (
            end(DrawWithUnknown(draw, self.unread, self.unread_chosen))
            for draw in (self.known.everybody, self.known.first_time)
        )
        return self.known._replace(everybody=everybody, first_time=first_time)


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
    >>> connection.sql("SELECT scope, look, round(e_value, 6), strength FROM since_start").fetchall()
    [('all organisations', '2022-23-Q1', 1.0, 'too few returns to tell')]
    """
    columns = ", ".join(f"{name} {kind}" for name, kind in COLUMNS.items())
    connection.execute(f"CREATE OR REPLACE TABLE since_start ({columns})")
    connection.execute(f"CREATE TABLE IF NOT EXISTS evidence_ledger ({LEDGER})")
    looks = looks_until(quarter, protocol)
    if not looks:
        return
    evidence = _of_everybody(connection, looks, received, protocol)
    by_look = (dict(zip(evidence, at_look, strict=True)) for at_look in zip(*evidence.values(), strict=True))
    rows = [row for at_look in by_look for row in _of_look(at_look, protocol)]
    places = ", ".join(f"${name}" for name in COLUMNS)
    connection.executemany(f"INSERT INTO since_start VALUES ({places})", rows)
    _keep_what_is_said(connection, quarter)


def _of_everybody(
    connection: duckdb.DuckDBPyConnection,
    looks: list[Quarter],
    received: Mapping[str, Collection[Quarter]],
    protocol: Protocol,
) -> dict[str, tuple[SinceStart, ...]]:
    """Return the evidence at each look of every organisation, and of all of them together."""
    shortlists = {scope: _with_unread(connection, scope, protocol) for scope in received}
    shortlists[PARTNERSHIP_SCOPE] = [shortlist for scope in received for shortlist in shortlists[scope]]
    evidence = {}
    for scope, own in shortlists.items():
        sent = [received[scope]] if scope in received else list(received.values())
        coverages = [_coverage(sent, look, protocol) for look in looks]
        ends = [since_start(some, looks, coverages, protocol) for some in _both_ends(own)]
        evidence[scope] = tuple(map(_weaker, zip(*ends, strict=True)))
    return evidence


def _both_ends(shortlists: list[ShortlistWithUnread]) -> list[list[Shortlist]]:
    """Return shortlists as they are known, and where people could not be read, with all of them either way."""
    ends = [[shortlist.known for shortlist in shortlists]]
    if any(shortlist.unread for shortlist in shortlists):
        ends += [[shortlist.worst for shortlist in shortlists], [shortlist.best for shortlist in shortlists]]
    return ends


def _weaker(ends: tuple[SinceStart, ...]) -> SinceStart:
    """Return the weakest evidence: of those who could be read, and of both ends of those who could not."""
    known, *others = ends
    if not others:
        return known
    e_value, interval = smaller_evidence(*((end.e_value, end.interval) for end in ends))
    leanings = {end.leaning for end in ends}
    return replace(known, e_value=e_value, interval=interval, leaning=leanings.pop() if len(leanings) == 1 else 0)


def _keep_what_is_said(connection: duckdb.DuckDBPyConnection, quarter: Quarter) -> None:
    """Add what is said at a quarter's own look to the ledger, where it was not the last thing said of it."""
    columns = "scope, look, e_value, low, high, strength, protocol"
    connection.execute(
        f"""INSERT INTO evidence_ledger
            WITH last AS (
                FROM evidence_ledger WHERE look = $look
                QUALIFY row_number() OVER (PARTITION BY scope ORDER BY number DESC) = 1)
            SELECT coalesce(number, 0) + 1, now.*
            FROM (SELECT {columns} FROM since_start WHERE look = $look) now LEFT JOIN last USING (scope)
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


def shortlists_of(connection: duckdb.DuckDBPyConnection, organisation: str, protocol: Protocol) -> list[Shortlist]:
    """Return an organisation's shortlists for single posts in the table `draws`, in the order in which they were made.

    >>> from lt_analysis.codebook.protocol import declared_protocol
    >>> connection = duckdb.connect()
    >>> _ = connection.execute('''CREATE TABLE draws AS SELECT 'kings' organisation, 'appointment' stage, 'V1' vacancy,
    ...     'BME' group_name, 'vacancy' basis, 'none' campaign, DATE '2026-07-06' shortlisted_on, 3 pool,
    ...     1 pool_in_group, 1 chosen, 0 chosen_in_group, 3 first_pool, 1 first_pool_in_group, 1 first_chosen,
    ...     0 first_chosen_in_group, 0 unread_pool, 0 unread_chosen''')
    >>> (shortlist,) = shortlists_of(connection, "kings", declared_protocol())
    >>> str(shortlist.quarter), shortlist.everybody
    ('2026-27-Q2', Draw(pool=3, pool_in_group=1, chosen=1, chosen_in_group=0))
    """
    return [shortlist.known for shortlist in _with_unread(connection, organisation, protocol)]


def _with_unread(
    connection: duckdb.DuckDBPyConnection, organisation: str, protocol: Protocol
) -> list[ShortlistWithUnread]:
    rows = connection.execute(
        """SELECT shortlisted_on, pool, pool_in_group, chosen, chosen_in_group,
                  first_pool, first_pool_in_group, first_chosen, first_chosen_in_group, unread_pool, unread_chosen
           FROM draws
           WHERE organisation = ? AND stage = ? AND group_name = ? AND basis = 'vacancy' AND campaign = 'none'
                 AND shortlisted_on IS NOT NULL AND pool > 0
           ORDER BY shortlisted_on, vacancy""",
        [organisation, protocol.primary_stage, protocol.primary_group],
    ).fetchall()
    return [
        ShortlistWithUnread(Shortlist(Quarter.containing(day), Draw(*numbers[:4]), Draw(*numbers[4:8])), *numbers[8:])
        for day, *numbers in rows
    ]


def _coverage(sent: list[Collection[Quarter]], look: Quarter, protocol: Protocol) -> float:
    """Return the share of the returns of the counted quarters that were received."""
    wanted = looks_until(protocol.last_counted(look), protocol)
    expected = len(wanted) * len(sent)
    return sum(quarter in quarters for quarters in sent for quarter in wanted) / expected if expected else 0.0


def _of_look(evidence: dict[str, SinceStart], protocol: Protocol) -> list[dict]:
    """Return the rows of one look, with which organisations stand among the declared family of all of them."""
    family = [scope for scope in evidence if scope != PARTNERSHIP_SCOPE]
    standing = dict(zip(family, stands_in_family([evidence[scope].e_value for scope in family]), strict=True))
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
