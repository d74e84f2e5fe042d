"""What keeps a page for the board from being published, beyond what makes any page unfit."""

from lt_analysis.reporting.gate.markup import parsed
from lt_analysis.reporting.gate.traces import Machine, traces
from lt_analysis.reporting.gate.unseen import unseen


def leaks(html: str, machine: Machine) -> list[str]:
    """Return the ways in which a page tells more than its reader sees; empty where there is none.

    What cannot be seen by looking at one page (an axis that ends at a hidden number, an order by one, a word that
    hangs on one) shows only between two worlds that publish the same (`release/noninterference.py`).
    """
    return [*traces(html.encode(), machine), *unseen(parsed(html))]
