"""What the partnership's expected number and range tell of organisations whose own are hidden.

`python -m benchmarks.remainder` prints the figures of docs/publishing.md. Somebody knows everything of all other
organisations, and how many people are on each shortlist of the hidden ones, but not of which group: that is how many
were shortlisted, and is hidden. The shares of right guesses of that number, of one hidden organisation of eight posts,
with what is printed and without.
"""

from collections import Counter, defaultdict

import numpy as np
from rich.console import Console
from rich.table import Table

from lt_analysis.evidence.draws import Draw
from lt_analysis.evidence.null_distribution import NullDistribution

SEED = 20_260_701
OTHERS, POSTS, SHARE, WORLDS = 200, 8, 0.3, 6_000


def invented(random: np.random.Generator, posts: int, people: np.ndarray) -> list[Draw]:
    """Invent shortlists of so many people for one post each, some of them in the group."""
    in_group = random.binomial(people, SHARE)
    return [Draw(int(pool), int(own), 1, int(own == pool)) for pool, own in zip(people, in_group, strict=True)][:posts]


def printed(pmf: np.ndarray) -> tuple[int, int, int]:
    """Return the expected number in whole people, and the central range."""
    cumulated = np.cumsum(pmf)
    low = int(np.argmax(cumulated > 0.025))
    high = len(pmf) - 1 - int(np.argmax(np.cumsum(pmf[::-1]) > 0.025))
    return round(float(np.arange(len(pmf)) @ pmf)), low, high


def full(draws: list[Draw]) -> np.ndarray:
    """Return the distribution of the group's total from 0."""
    null = NullDistribution.of(draws)
    return np.concatenate([np.zeros(null.first), null.pmf])


def guessed(random: np.random.Generator, hidden: int) -> tuple[float, float]:
    """Return how often the number of one of some hidden organisations is guessed: blind, and with what is printed."""
    others = full(invented(random, OTHERS, random.integers(3, 7, OTHERS)))
    people = [random.integers(3, 7, POSTS) for _ in range(hidden)]
    worlds = []
    for _ in range(WORLDS):
        own = [invented(random, POSTS, some) for some in people]
        together = others
        for draws in own:
            together = np.convolve(together, full(draws))
        worlds.append((printed(together), sum(draw.pool_in_group for draw in own[0])))
    learnt, tried = worlds[: WORLDS // 2], worlds[WORLDS // 2 :]
    seen: dict[tuple[int, int, int], Counter[int]] = defaultdict(Counter)
    for what, number in learnt:
        seen[what][number] += 1
    commonest = Counter(number for _, number in learnt).most_common(1)[0][0]
    guess = {what: numbers.most_common(1)[0][0] for what, numbers in seen.items()}
    blind = np.mean([number == commonest for _, number in tried])
    told = np.mean([number == guess.get(what, commonest) for what, number in tried])
    return float(blind), float(told)


def main() -> None:
    """Print the table."""
    table = Table("organisations that are left", "guessed blind", "guessed with what is printed")
    random = np.random.default_rng(SEED)
    for hidden in (1, 2, 3, 5):
        table.add_row(str(hidden), *(f"{share:.0%}" for share in guessed(random, hidden)))
    Console().print(table)


if __name__ == "__main__":
    main()
