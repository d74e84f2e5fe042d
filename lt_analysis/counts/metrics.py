"""Metrics, and promises of anchors, as they were sent: every row that counts, in the audit's words."""

from dataclasses import dataclass
from pathlib import Path

import duckdb

from lt_analysis.codebook.metrics import AXES, EVERYBODY
from lt_analysis.codebook.returns import ANCHORS, METRICS, NOT_KNOWN
from lt_analysis.counts.records import records_in

YES = "yes"
TYPES = {"number": "BIGINT", "decimal": "DOUBLE", "date": "DATE"}
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


def keep_metrics(connection: duckdb.DuckDBPyConnection, metrics: list[Path], anchors: list[Path]) -> None:
    """Make the tables `metrics`, of the records of all quarters, and `anchors`, of those of one."""
    for kind, paths in ((METRICS, metrics), (ANCHORS, anchors)):
        columns = {"organisation": "VARCHAR", "period": "VARCHAR"}
        columns |= {column.name: TYPES.get(column.holds, "VARCHAR") for column in kind.columns}
        declared = ", ".join(map(" ".join, columns.items()))
        connection.execute(f"CREATE OR REPLACE TABLE {kind.name} ({declared})")
        if paths:
            found = ", ".join(f"{name}::{type_} AS {name}" for name, type_ in columns.items())
            connection.execute(f"INSERT INTO {kind.name} BY NAME SELECT {found} FROM {records_in(paths)}")


def metrics_sent(connection: duckdb.DuckDBPyConnection) -> tuple[Sent, ...]:
    """Return the rows of metrics, in an order that hangs on what they are of alone."""
    rows = connection.execute(f"SELECT {', '.join(COLUMNS)} FROM metrics ORDER BY ALL").fetchall()
    words = {group.lower(): group for axis in AXES.values() for group in axis.groups}
    found = []
    for organisation, period, metric, practice, axis, group, *numbers, public in rows:
        of_group = words.get((group or "").strip().lower(), EVERYBODY)
        of_axis = EVERYBODY if axis == NOT_KNOWN else axis  # a code that was not sent
        found.append(Sent(*(organisation, period, metric, practice, of_axis, of_group, *numbers, public == YES)))
    return tuple(found)
