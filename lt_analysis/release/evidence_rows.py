"""The rows of a release that hold items of the evidence since the declared start, of organisations and of all."""

from collections.abc import Iterable, Iterator, Mapping

import duckdb

from lt_analysis.codebook.periods import FinancialYear, Quarter
from lt_analysis.codebook.protocol import Protocol
from lt_analysis.release.evidence_figures import PARTNERSHIP, EvidenceItem, Said
from lt_analysis.release.evidence_items import (
    Exact,
    exact_evidence,
    look_of_year,
    organisation_items,
    partnership_item,
)
from lt_analysis.release.keys import Cell
from lt_analysis.release.reading import EVIDENCE, evidence_item


def exact_evidence_of_all(
    connection: duckdb.DuckDBPyConnection, quarter: Quarter, complete: Mapping[str, FinancialYear], protocol: Protocol
) -> tuple[Exact, ...]:
    """Read the exact evidence that a quarter's items are made of: each complete year's, and the partnership's last."""
    organisations = _organisations(connection)
    found = [exact_evidence(connection, slug, [slug], look_of_year(year), protocol) for slug, year in complete.items()]
    found.append(exact_evidence(connection, PARTNERSHIP, organisations, quarter, protocol))
    return tuple(exact for exact in found if exact)


def evidence_rows(
    quarter: Quarter,
    exact: Iterable[Exact],
    values: Iterable[tuple[Cell, int | None]],
    printed: Iterable[dict],
    protocol: Protocol,
) -> Iterator[dict]:
    """Yield a row for each item of a quarter's release.

    `values` are all numbers that were ever decided, and `printed` the rows that other releases published first.
    """
    before = {evidence_item(row): row["first_published"] for row in printed if row["cell"] == EVIDENCE}
    own = [one for one in exact if one.scope != PARTNERSHIP]
    items = list(organisation_items(own, _released(values), tuple(before), protocol))
    items += [partnership_item(one, tuple(before), protocol) for one in exact if one.scope == PARTNERSHIP]
    for item in items:
        yield _row(item, before.get(item, str(quarter)))


def _organisations(connection: duckdb.DuckDBPyConnection) -> list[str]:
    """List the organisations whose evidence is kept."""
    found = connection.execute("SELECT DISTINCT scope FROM since_start ORDER BY scope").fetchall()
    return [scope for (scope,) in found if " " not in scope]


def _released(values: Iterable[tuple[Cell, int | None]]) -> dict[str, dict[FinancialYear, bool]]:
    """Tell of each organisation of which years every number was released."""
    released: dict[str, dict[FinancialYear, bool]] = {}
    for cell, value in values:
        if cell.key.who != PARTNERSHIP and cell.is_of_one_year:
            years = released.setdefault(cell.key.who, {})
            year = FinancialYear.parse(cell.key.span)
            years[year] = years.get(year, True) and value is not None
    return released


def _row(item: EvidenceItem, first_published: str) -> dict:
    said = item.said or Said(None, None, None, None, None)
    return {
        "organisation": item.scope,
        "span": str(item.look),
        "first_published": first_published,
        "members": item.scope,
        "cell": EVIDENCE,
        "look": str(item.look),
        "start": str(item.start),
        "counted": str(item.counted),
        "value": said.informative,
        "words": said.words,
        "low": said.low,
        "high": said.high,
        "detectable": said.detectable,
    }
