"""How well the appointments between two published evidence items can be guessed: the table of docs/publishing.md.

`python -m benchmarks.evidence_items` prints it. Each row is of so many new shortlists after so many earlier ones, in
invented worlds at equal chances. Shares of guesses that are right: without the items, and with them.
"""

import numpy as np
from rich.console import Console
from rich.table import Table

from lt_analysis.codebook.periods import Quarter
from lt_analysis.codebook.protocol import declared_protocol
from lt_analysis.evidence.draws import Draw
from lt_analysis.evidence.sequential import DatedDraw
from lt_analysis.verification.new_draws import Guess, by_movement, on_average, tell_total

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
    Console(width=150).print(table, shortlisting())


def shortlisting() -> Table:
    """Return the same of shortlisting, where several succeed at a post: how many of the group did so on new posts."""
    table = Table("earlier", "new", "knows all but these: shortlisted of the group", "totals left on average")
    protocol, random = declared_protocol(), np.random.default_rng(SEED)
    quarters = [protocol.start.quarters[0]]
    while len(quarters) <= protocol.lag_in_quarters + 16:
        quarters.append(quarters[-1].next)
    latest, look = protocol.last_counted(quarters[-1]), quarters[-1]
    for before in BEFORE:
        for new in (1, 10, 70):
            told = [
                tell_total(posts(random, before, quarters[0]), posts(random, new, latest), look, protocol)
                for _ in range(WORLDS // 3)
            ]
            guess = Guess(*(float(np.mean([one[place] for one, _ in told])) for place in (0, 1)))
            table.add_row(f"{before:,}", str(new), written(guess), f"{np.mean([left for _, left in told]):.1f}")
    return table


def posts(random: np.random.Generator, number: int, quarter: Quarter) -> list[DatedDraw]:
    """Invent posts of 8 to 20 applicants, 40% in the group, of whom 3 to 6 are shortlisted at equal chances."""
    found = []
    for _ in range(number):
        people, chosen = int(random.integers(8, 21)), int(random.integers(3, 7))
        own = int(random.binomial(people, 0.4))
        found.append(
            DatedDraw(quarter, Draw(people, own, chosen, int(random.hypergeometric(own, people - own, chosen))))
        )
    return found


if __name__ == "__main__":
    main()
