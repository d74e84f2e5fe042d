"""The pair of limits that every interval of the audit is given as."""

from typing import NamedTuple


class ConfidenceInterval(NamedTuple):
    """Lower and upper limit; `high` is infinite where the counts set no upper limit."""

    low: float
    high: float

    def holds(self, number: float) -> bool:
        """Return whether a number lies in the interval, ends included.

        >>> ConfidenceInterval(0.94, 1.30).holds(1.0)
        True
        """
        return self.low <= number <= self.high
