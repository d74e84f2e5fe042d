"""What everybody knows of when there were posts: how few people some quarters can have had.

Adverts tell in which quarters an organisation had posts in a band. The people of bands that had posts in some quarters
alone are among the people of these quarters, who are therefore no fewer. There is such a limit for each set of
quarters, and together they say all that the adverts say: where they hold, and the year's people are the quarters'
people, there is a table in whole numbers of every band's people by quarter with nobody where there was no post (Gale,
A theorem on flows in networks, Pacific Journal of Mathematics 7, 1957: a flow exists if no set of places needs more
than can reach it). It holds for people of each group and furthest stage alone.
"""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

Band = tuple[str, str]  # an organisation, and a band of its posts


@dataclass(frozen=True)
class Limit:
    """Some quarters, and the bands of organisations that had posts in these and in no others."""

    quarters: frozenset[str]
    confined: frozenset[Band]

    @property
    def of_others(self) -> str:
        """The name, as of a period, of the people of these quarters whose bands had posts in others as well."""
        return f"{' '.join(sorted(self.quarters))}, of bands with posts in others"

    @cached_property
    def bands_of(self) -> dict[str, tuple[str, ...]]:
        """The confined bands of each organisation."""
        bands = defaultdict(list)
        for organisation, band in sorted(self.confined):
            bands[organisation].append(band)
        return {organisation: tuple(some) for organisation, some in bands.items()}


def limits_of(posts: Mapping[Band, frozenset[str]]) -> tuple[Limit, ...]:
    """Return all limits there are. `posts` says in which quarters each band had posts.

    Only quarters to which some bands are confined, and that are no more than these bands need, limit anything.
    """
    patterns = set(posts.values())
    everywhere = frozenset().union(*patterns)
    unions = {frozenset()}
    for own in patterns:
        unions |= {some | own for some in unions}
    return tuple(
        Limit(quarters, frozenset(band for band, own in posts.items() if own <= quarters))
        for quarters in sorted(unions - {frozenset(), everywhere}, key=sorted)
    )
