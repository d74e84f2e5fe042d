"""The strongest rule: whatever is made must be the same, to the byte, in every world that publishes the same.

What a scan of one page cannot see (where an axis ends, an order, a word, the place of a mark) shows here: two worlds
whose hidden counts differ, and of which all that is published is equal, must give one and the same report.
"""

from collections.abc import Callable, Hashable, Mapping, Sequence

Counts = Mapping[str, int]


def interfering(
    make: Callable[[Counts], Mapping[str, bytes]], worlds: Sequence[Counts], published: Callable[[Counts], Hashable]
) -> list[str]:
    """Name the files that are not the same in every world, and so tell something of what is hidden.

    `make` makes every file of a report from a world's counts, and `published` says what of them is published. Raises
    `ValueError` where the worlds could show nothing: fewer than two that differ, or not all publishing the same.
    """
    if len({tuple(sorted(world.items())) for world in worlds}) < 2:
        raise ValueError("there must be two worlds whose counts differ")
    if len({published(world) for world in worlds}) > 1:
        raise ValueError("the worlds do not all publish the same")
    first, *others = (make(world) for world in worlds)
    names = sorted({name for made in (first, *others) for name in made})
    return [name for name in names if any(made.get(name) != first.get(name) for made in others)]
