"""Applications and totals, counted."""

from datetime import date

import pytest

from lt_analysis.codebook.periods import Quarter
from lt_analysis.collection.collect import collect_organisation, record_path
from lt_analysis.collection.receipts import open_audit
from lt_analysis.counts.draws import count
from tests import making

SECOND = Quarter.parse("2026-27-Q2")


@pytest.fixture
def counted(project):
    """Count some applications, or totals, of one organisation; return the open audit."""
    connections = []

    def counting(rows, name="applications", columns=making.COLUMNS, posts=None, **settings):
        folder = making.organisation(project, "ashbourne", **settings)
        making.write_rows(folder / str(SECOND) / f"{name}.csv", rows, columns)
        connection = open_audit(":memory:")
        connections.append(connection)
        receipts = collect_organisation(connection, project, "ashbourne", date.max).accepted
        paths = [record_path(project, receipt.found) for receipt in receipts]
        published = {"ashbourne": posts} if posts else {}
        count(connection, paths if name == "applications" else [], paths if name != "applications" else [], published)
        return connection

    yield counting
    for connection in connections:
        connection.close()
