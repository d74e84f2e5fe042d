"""What somebody works out who knows some people by name: who is on a board, and where those work, is public.

How many others there are is then a number like any: where it is 1 to 4, it may not be found out. What is printed of a
board may be of other people than are counted. Nobody believes what agrees with nothing that is published.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Self

from lt_analysis.verification.bounds import ContradictionError, is_possible, ranges_of
from lt_analysis.verification.equations import Block, blocks_of
from lt_analysis.verification.meaning import Figure, Knowledge, figures_of
from lt_analysis.verification.verdicts import ANYTHING, SMALL, Hidden


@dataclass(frozen=True)
class Named:
    """Of which figures how many people are known by name, the largest first; and those of whom nobody believes it."""

    at_least: Mapping[Figure, int]
    doubted: frozenset[Figure] = frozenset()

    @classmethod
    def of(cls, at_least: Mapping[str, int], shown: Mapping[Figure, int], knowledge: frozenset[Knowledge]) -> Self:
        """Read how many are known by name, by key; of nobody where the attacker knows no boards."""
        found = {
            figure: least
            for key, least in at_least.items()
            for figure in figures_of(key, frozenset(), knowledge)
            if least and Knowledge.BOARDS in knowledge
        }
        largest_first = dict(sorted(found.items(), key=lambda one: -len(one[0].people)))
        return cls(largest_first).without(one for one, least in found.items() if shown.get(one, least) < least)

    def without(self, doubted: Iterable[Figure]) -> Self:
        """Return this without what nobody believes."""
        doubted = self.doubted.union(doubted)
        return replace(
            self, at_least={one: least for one, least in self.at_least.items() if one not in doubted}, doubted=doubted
        )

    def as_far_as_possible(self, blocks: Iterable[Block], counts: bool) -> Self:
        """Return as much of this as agrees with what is published, taken one after another."""
        named = self
        for block in (block for block in blocks if block.at_least):
            agreeing = replace(block, at_least={})
            for figure, known in block.at_least.items():
                more = replace(agreeing, at_least={**agreeing.at_least, figure: known})
                if is_possible(more, counts):
                    agreeing = more
                else:
                    named = named.without([figure])
        return named

    def people_in(self, figure: Figure) -> int:
        """Return how many people of a figure are known by name: of both groups together, else of each."""
        counted: list[Figure] = []
        for one in self.at_least:
            if one.is_part_of(figure) and not any(one.is_part_of(other) for other in counted):
                counted.append(one)
        return sum(self.at_least[one] for one in counted)

    def few_more(self, shown: Mapping[Figure, int], anyway: Iterable[Figure]) -> Iterator[tuple[Figure, int]]:
        """Yield the numbers that are shown, and are few more than are known by name; but what is public `anyway`."""
        for figure, value in shown.items():
            known = 0 if figure in anyway else self.people_in(figure)
            if known and value - known in SMALL:
                yield figure, value - known


def found_by_name(
    blocks: Iterable[Block],
    named: Named,
    anyway: Mapping[Figure, int],
    found: Mapping[Figure, Hidden],
    counts: bool,
) -> dict[Figure, Hidden]:
    """Return what is worked out of hidden numbers beside which people are known by name.

    What follows from these and from what is public `anyway` is no finding. What was `found` without knowing anybody
    stands where it is worse.
    """
    better: dict[Figure, Hidden] = {}
    for block in blocks:
        known = {one: least for one, least in block.at_least.items() if one in named.at_least}
        if not known:
            continue
        try:
            ranges = dict(ranges_of(replace(block, at_least=known), SMALL, counts))
        except ContradictionError:  # in whole people; `as_far_as_possible` asks of any numbers
            continue
        without = dict(_public_anyway(anyway, named, ranges, counts))
        for one, range_ in ranges.items():
            closer = replace(found[one], range=range_, without=without.get(one, ANYTHING), by_name=named.people_in(one))
            if closer.finds_out or not found[one].finds_out:
                better[one] = closer
    return better


def _public_anyway(
    anyway: Mapping[Figure, int], named: Named, figures: Iterable[Figure], counts: bool
) -> Iterator[tuple]:
    """Yield the values that figures can have where nothing is known but names, and what is public anyway."""
    for block in blocks_of(anyway, figures, (), {}, named.at_least):
        try:
            yield from ranges_of(block, SMALL, counts)
        except ContradictionError:
            continue
