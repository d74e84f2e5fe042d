"""How well the appointments between two published evidence items can be guessed: the table of docs/publishing.md.

`python -m benchmarks.evidence_items` prints it. Each row is of so many new shortlists after so many earlier ones, in
invented worlds at equal chances. Shares of guesses that are right: without the items, and with them.
"""

from rich.console import Console
from rich.table import Table

from lt_analysis.codebook.protocol import declared_protocol
from lt_analysis.verification.new_draws import Guess, by_movement, on_average

BEFORE = (60, 200, 1_300)
NEW = (1, 2, 5, 10, 70)
WORLDS, WORLDS_TO_LEARN_FROM = 30, 600
SEED = 20_260_701


def written(guess: Guess) -> str:
    """Write a guess without the items, and with them."""
    return f"{guess.blind:.0%} -> {guess.with_items:.0%}"


def main() -> None:
    """Print the table."""
    table = Table("earlier", "new", "knows all but these: one", "total", "totals left", "all known for sure")
    table.add_column("knows usual shapes: one")
    table.add_column("total")
    protocol = declared_protocol()
    for before in BEFORE:
        for new in NEW:
            told = on_average(before, new, WORLDS, protocol, SEED)
            total, one = by_movement(before, new, WORLDS_TO_LEARN_FROM, protocol, SEED)
            table.add_row(
                *(f"{before:,}", str(new), written(told.one), written(told.total)),
                *(f"{told.left:.1f} of {told.outcomes}", f"{told.certain:.1%}", written(one), written(total)),
            )
    Console(width=150).print(table)


if __name__ == "__main__":
    main()
