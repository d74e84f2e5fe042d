"""The rows of a release that hold items of the evidence since the declared start, of organisations and of all."""

from collections.abc import Iterable, Iterator, Mapping

import duckdb

from lt_analysis.codebook.periods import FinancialYear, Quarter
from lt_analysis.codebook.protocol import Protocol
from lt_analysis.release.evidence_figures import PARTNERSHIP, EvidenceItem, Said
from lt_analysis.release.evidence_items import exact_evidence, look_of_year, organisation_items, partnership_item
from lt_analysis.release.keys import Cell
from lt_analysis.release.reading import EVIDENCE, evidence_item


def evidence_rows(
    connection: duckdb.DuckDBPyConnection,
    quarter: Quarter,
    complete: Mapping[str, FinancialYear],
    values: Iterable[tuple[Cell, int | None]],
    printed: Iterable[dict],
    protocol: Protocol,
) -> Iterator[dict]:
    """Yield a row for each item of a quarter's release.

    `complete` names the organisations whose year is complete, `values` are all numbers that were ever decided, and
    `printed` the rows that other releases published first.
    """
    before = {evidence_item(row): row["first_published"] for row in printed if row["cell"] == EVIDENCE}
    organisations = _organisations(connection)
    exacts = [
        exact
        for slug, year in complete.items()
        if (exact := exact_evidence(connection, slug, [slug], look_of_year(year), protocol))
    ]
    items = list(organisation_items(exacts, _released(values), tuple(before), protocol))
    of_all = exact_evidence(connection, PARTNERSHIP, organisations, quarter, protocol)
    if of_all:
        items.append(partnership_item(of_all, tuple(before), protocol))
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
