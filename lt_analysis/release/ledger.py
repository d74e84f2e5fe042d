"""What was published before, and stands: each number, or that it is hidden, and the release that first said so."""

from collections.abc import Iterable
from dataclasses import dataclass

from lt_analysis.release.keys import Cell


@dataclass(frozen=True)
class Published:
    """One number as it was published: None where it is hidden."""

    cell: Cell
    value: int | None
    release: str


@dataclass(frozen=True)
class Ledger:
    """All that other releases published first."""

    entries: tuple[Published, ...] = ()

    def linked(self, cells: Iterable[Cell]) -> tuple[Published, ...]:
        """Return the entries that count people of the same returns as some numbers, or are linked to them by others."""
        returns = {one for cell in cells for one in cell.returns}
        found: dict[Published, None] = {}
        while True:
            more = [entry for entry in self.entries if entry not in found and returns & entry.cell.returns]
            if not more:
                return tuple(found)
            found |= dict.fromkeys(more)
            returns |= {one for entry in more for one in entry.cell.returns}

    def holds(self, who: str, span: str) -> bool:
        """Tell whether a table was published."""
        return any((entry.cell.key.who, entry.cell.key.span) == (who, span) for entry in self.entries)
