"""Metrics as they were sent: every row that counts, in the audit's words for axes and groups."""

from dataclasses import dataclass
from pathlib import Path

import duckdb

from lt_analysis.codebook.metrics import AXES, EVERYBODY
from lt_analysis.codebook.returns import NOT_KNOWN
from lt_analysis.counts.records import records_in

YES = "yes"
COLUMNS = (
    *("organisation", "period", "metric", "practice", "axis", "subgroup", "numerator", "denominator"),
    *("value", "lower", "upper", "taken_from", "published_elsewhere"),
)


@dataclass(frozen=True)
class Sent:
    """A metric's row of a quarter: counts, or a value with its interval. `public`: its sender publishes it elsewhere.

    Of everybody, axis and group are empty.
    """

    organisation: str
    period: str
    metric: str
    practice: str | None
    axis: str
    group: str
    numerator: int | None = None
    denominator: int | None = None
    value: float | None = None
    lower: float | None = None
    upper: float | None = None
    taken_from: str | None = None
    public: bool = False


def metrics_sent(connection: duckdb.DuckDBPyConnection, metrics: list[Path]) -> tuple[Sent, ...]:
    """Return the rows of some records of metrics, in an order that hangs on what they are of alone."""
    if not metrics:
        return ()
    rows = connection.execute(f"SELECT {', '.join(COLUMNS)} FROM {records_in(metrics)} ORDER BY ALL").fetchall()
    words = {group.lower(): group for axis in AXES.values() for group in axis.groups}
    found = []
    for organisation, period, metric, practice, axis, group, *numbers, public in rows:
        axis = EVERYBODY if axis == NOT_KNOWN else axis  # noqa: PLW2901 - a code that was not sent
        group = words.get((group or "").strip().lower(), EVERYBODY)  # noqa: PLW2901
        found.append(Sent(organisation, period, metric, practice, axis, group, *numbers, public == YES))
    return tuple(found)
