"""The pair of limits that every interval of the audit is given as."""

from typing import NamedTuple


class ConfidenceInterval(NamedTuple):
    """Lower and upper limit; `high` is infinite where the counts set no upper limit."""

    low: float
    high: float

    def holds(self, number: float) -> bool:
        """Tell whether a number lies in it."""
        return self.low <= number <= self.high
