"""Pledged actions as a release holds them: an organisation's own public words, and no number of people.

They are no part of the disclosure system: nobody is counted in them. What organisations write is free text, so their
words pass only where they are approved (`release/approvals.py`). Every report says anew how actions stood at the end of
its own quarter.
"""

from collections import Counter
from collections.abc import Iterator, Mapping

import duckdb

from lt_analysis.release.approvals import ACTION, OWNER_ROLE, Texts
from lt_analysis.release.files import PledgedAction, rows_of


def pledged_actions(
    connection: duckdb.DuckDBPyConnection, invented: Mapping[str, bool], texts: Texts
) -> Iterator[PledgedAction]:
    """Yield the pledged actions that some organisations sent for the quarter; words that await approval are None.

    `invented` tells of each organisation of the release whether it is, for then nobody needs to approve its words.
    """
    numbers: Counter[str] = Counter()
    for row in rows_of(connection.execute("FROM actions ORDER BY ALL")):
        slug = row["organisation"]
        if slug in invented:
            numbers[slug] += 1
            said = {
                name: texts.approved(slug, name, numbers[slug], row[name], invented[slug])
                for name in (ACTION, OWNER_ROLE)
            }
            yield PledgedAction(**row | said)
