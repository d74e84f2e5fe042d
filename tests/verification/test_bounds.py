"""Limits equal those of all tables there can be, listed one by one, of a few people in a small world."""

from dataclasses import dataclass
from functools import cache
from itertools import combinations_with_replacement, product

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from lt_analysis.verification import attack
from lt_analysis.verification.posts import Posts
from lt_analysis.verification.statements import Publication, Statement

FURTHEST = {"applied": ("applied", "shortlisted", "appointed"), "appointed": ("appointed",)}
FURTHEST["shortlisted"] = ("shortlisted", "appointed")


@dataclass(frozen=True, eq=False)
class World:
    """A small world: where a person can be, and of whom numbers may be published."""

    organisations: str
    times: tuple[str, ...]
    furthest: tuple[str, ...]
    groups: tuple[str, ...]
    bands: tuple[str, ...]
    members: tuple[str, ...]  # of the partnership's tables
    spans: dict[str, tuple[str, ...]]
    people: int

    @property
    def places(self) -> list[tuple[str, ...]]:
        """Every place that a person can be in."""
        return list(product(self.organisations, self.times, self.furthest, self.groups, self.bands))

    @property
    def total(self) -> Statement:
        """How many people there are, which is published."""
        key = f"partnership/{max(self.spans, key=lambda span: len(self.spans[span]))}/applied/known/8+"
        return Statement("r", "", key, None, frozenset(self.organisations))

    @property
    def numbers(self) -> list[Statement]:
        """Every number that might be published."""
        whose = [*((one, frozenset()) for one in self.organisations)]
        whose += [("partnership", frozenset(members)) for members in self.members]
        stages = [stage for stage in FURTHEST if stage in self.furthest]
        cells = product(whose, self.spans, stages, (*self.groups, "known"), (*self.bands, "8+"))
        return [
            Statement("r", "", "/".join((who, *rest)), None, members) for (who, members), *rest in map(tuple, cells)
        ]

    def are_possible(self, posts: Posts) -> np.ndarray:
        """Say of each place whether somebody can be there, where posts are known."""
        return np.array(
            [
                any(
                    SINGLE[place[4]] & posts.get((place[0], quarter), SINGLE["8+"])
                    for quarter in YEAR.get(place[1], (place[1],))
                )
                for place in self.places
            ]
        )

    def counts(self, number: Statement) -> np.ndarray:
        """Say of each place whether the number counts the people in it."""
        who, span, stage, group, band = number.key.split("/")
        return np.array(
            [
                place[0] in (number.members or {who})
                and place[1] in self.spans[span]
                and place[2] in FURTHEST[stage]
                and group in (place[3], "known")
                and band in (place[4], "8+")
                for place in self.places
            ],
            dtype=int,
        )


YEAR = {"2025-26": tuple(f"2025-26-Q{number}" for number in range(1, 5))}
SINGLE = {"8a-8b": frozenset({"8a", "8b"}), "8c+": frozenset({"8c", "8d", "9", "VSM"})}
SINGLE |= {"8a": frozenset({"8a"}), "8d": frozenset({"8d"}), "8+": SINGLE["8a-8b"] | SINGLE["8c+"]}
QUARTERS = {quarter: (quarter,) for quarter in YEAR["2025-26"]}
YEARS = {one: (one,) for one in ("2023-24", "2024-25", "2025-26")}
ALL_YEARS = {"2023-24+2024-25": ("2023-24", "2024-25"), "2023-24+2024-25+2025-26": tuple(YEARS)}
FURTHEST_OF_TWO = ("applied", "appointed")
BANDS, GROUPS = ("8a-8b", "8c+"), ("White", "BME")

WORLDS = [
    World("ab", ("2025-26",), tuple(FURTHEST), GROUPS, BANDS, ("ab",), {"2025-26": ("2025-26",)}, 3),
    World("abc", ("2025-26",), FURTHEST_OF_TWO, GROUPS, BANDS, ("ab", "bc", "abc"), {"2025-26": ("2025-26",)}, 3),
    World("abc", QUARTERS, ("applied",), GROUPS, ("8+",), ("ab", "bc", "abc"), YEAR | QUARTERS, 3),
    World("ab", QUARTERS, FURTHEST_OF_TWO, GROUPS, ("8+",), ("ab",), YEAR | QUARTERS, 3),
    World("ab", YEARS, ("applied",), GROUPS, BANDS, ("ab",), YEARS | ALL_YEARS, 3),
    World("abc", YEARS, FURTHEST_OF_TWO, GROUPS, ("8+",), ("ab", "abc"), YEARS | ALL_YEARS, 3),
]
WITH_QUARTERS = [
    World("ab", QUARTERS, ("applied",), GROUPS, BANDS, ("ab",), YEAR | QUARTERS, 3),
    World("ab", QUARTERS, FURTHEST_OF_TWO, GROUPS, BANDS, ("ab",), YEAR | QUARTERS, 2),
    World("abc", QUARTERS, ("applied",), GROUPS, BANDS, ("ab", "abc"), YEAR | QUARTERS, 2),
    World("abc", QUARTERS, ("applied",), GROUPS, ("8+",), ("ab", "bc", "abc"), YEAR | QUARTERS, 3),
    World("abc", YEAR, ("applied",), GROUPS, BANDS, ("abc",), {"2025-26": ("2025-26",)}, 3),
]


@cache
def all_tables(world: World) -> np.ndarray:
    """List how many people are in each place, in every way there is."""
    size = len(world.places)
    ways = combinations_with_replacement(range(size), world.people)
    return np.array([np.bincount(way, minlength=size) for way in ways])


@st.composite
def publications(draw, worlds, posts):
    """Draw a world and its posts, which of its tables is true, what is published of it, and what of that is hidden."""
    world, posts = draw(st.sampled_from(worlds)), draw(posts)
    tables = all_tables(world)
    tables = tables[~tables[:, ~world.are_possible(posts)].any(axis=1)]
    assume(len(tables))
    true = tables[draw(st.integers(0, len(tables) - 1))]
    published = draw(st.lists(st.sampled_from(world.numbers), min_size=2, max_size=24, unique=True))
    published = [one for one in published if one != world.total]
    hidden = draw(st.lists(st.booleans(), min_size=len(published), max_size=len(published)))
    values = [None if hide else int(world.counts(one) @ true) for one, hide in zip(published, hidden, strict=True)]
    return tables, world, [(world.total, world.people), *zip(published, values, strict=True)], posts


# Each quarter of an organisation has posts in no band, in one or two of two single bands, or is not known.
SOME_POSTS = st.dictionaries(
    st.tuples(st.sampled_from("abc"), st.sampled_from(list(QUARTERS))),
    st.sampled_from([frozenset(), SINGLE["8a"], SINGLE["8d"], SINGLE["8a"] | SINGLE["8d"]]),
    min_size=1,
    max_size=12,
)


@settings(max_examples=200)
@given(publications(WORLDS, st.just({})))
def test_limits_are_those_of_all_tables_that_agree_with_what_is_published(drawn):
    assert_limits_are_those_of_all_tables(*drawn)


@settings(max_examples=200)
@given(publications(WITH_QUARTERS, SOME_POSTS))
@pytest.mark.thorough
def test_limits_are_those_of_all_tables_that_agree_with_what_is_published_and_with_posts(drawn):
    assert_limits_are_those_of_all_tables(*drawn)


def assert_limits_are_those_of_all_tables(possible, world, cells, posts):
    for one, value in cells:
        if value is not None:
            possible = possible[possible @ world.counts(one) == value]
    statements = tuple(Statement("r", "", one.key, value, one.members) for one, value in cells)
    found = {(one.key, one.members): one.range for one in attack(Publication(statements), posts=posts).hidden}
    for one, value in cells:
        if value is None:
            values = possible @ world.counts(one)
            range_ = found[one.key, one.members]
            assert (range_.least, range_.greatest) == (values.min(), values.max()), one.key
