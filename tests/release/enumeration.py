"""All tables that a reader holds possible: whole numbers, tried one after another. It shares no code with the release.

A reader knows what was published, where there were no posts, and that everybody appointed was shortlisted and
everybody shortlisted applied. People are written as readers count them, by stage; the release writes them otherwise.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from scipy.optimize import LinearConstraint, milp

STAGES = ("applied", "shortlisted", "appointed")
MINORITIES = {"BME", "Mixed", "Asian", "Black", "Other"}
GROUPS = {"BME": MINORITIES, "known": {"White", *MINORITIES}}
SINGLE_BANDS = {"8a", "8b", "8c", "8d", "9", "VSM"}
BANDS = {"8a-8b": {"8a", "8b"}, "8c+": SINGLE_BANDS - {"8a", "8b"}, "8+": {"8+", *SINGLE_BANDS}}
FEW, FEWER_THAN_TEN = 5, 10
FEW_PLACES = 4
NO_MORE = 9  # people in one place, where nothing published says that there are fewer
MANY = 10**6

Place = tuple[str, str, str, str]  # organisation, period, group, band


@dataclass(frozen=True)
class Said:
    """A number by its key, the organisations that it adds up, and its value; None where it is hidden."""

    key: str
    members: tuple[str, ...]
    value: int | None


@dataclass(frozen=True)
class Equation:
    """What a sum over places, each stage weighed, is known or asked to be."""

    weights: np.ndarray  # places by stages
    least: int
    most: int


@dataclass(frozen=True)
class Reader:
    """What somebody knows who has read everything: the places where there was a post, and all that was said.

    `true` is how many people of each place reached each stage; tables like it are tried first, and all are in the end.
    """

    places: tuple[Place, ...]
    true: np.ndarray
    said: tuple[Said, ...]

    def weights(self, key: str, members: tuple[str, ...], stage: str | None = None) -> np.ndarray:
        """Mark the places and the stage that a number counts."""
        _, span, its_stage, group, band = key.split("/")
        counted = np.zeros((len(self.places), len(STAGES)), dtype=np.int64)
        for row, (organisation, period, its_group, its_band) in enumerate(self.places):
            counted[row, STAGES.index(stage or its_stage)] = (
                organisation in members
                and any(period.startswith(part) for part in span.split("+"))
                and its_group in GROUPS.get(group, {group})
                and its_band in BANDS.get(band, {band})
            )
        return counted

    def can_be(self, asked: np.ndarray, least: int, most: int = MANY) -> bool:
        """Tell whether some table that agrees with everything published has a sum between two numbers."""
        question = (asked.tobytes(), least, most)
        if question not in self._answers:
            equations = [*self._published, Equation(asked, least, most)]
            if len(self.places) > FEW_PLACES:
                self._answers[question] = self._solved(equations)
            else:
                self._answers[question] = next(self._tables(equations), None) is not None
        return self._answers[question]

    def _solved(self, equations: list[Equation]) -> bool:
        """Ask an integer programme, where there are too many tables to try."""
        sums = LinearConstraint(
            np.array([one.weights.ravel() for one in equations]),
            [one.least for one in equations],
            [one.most for one in equations],
        )
        further = np.kron(np.eye(len(self.places)), [[1, -1, 0], [0, 1, -1]])
        nested = LinearConstraint(further, 0, np.inf)
        numbers = 3 * len(self.places)
        return milp(np.zeros(numbers), integrality=np.ones(numbers), constraints=[sums, nested]).success

    @cached_property
    def _answers(self) -> dict[tuple[bytes, int, int], bool]:
        return {}

    @cached_property
    def _published(self) -> list[Equation]:
        known = [one for one in self.said if one.value is not None]
        return [Equation(self.weights(one.key, one.members), one.value, one.value) for one in known]

    @cached_property
    def _reached(self) -> list[np.ndarray]:
        """List, of each place, the ways in which its people reached each stage, no more than were published."""
        found = []
        for place in range(len(self.places)):
            highest = [
                min([one.most for one in self._published if one.weights[place, stage]], default=NO_MORE)
                for stage in range(len(STAGES))
            ]
            a, s, o = np.indices([cap + 1 for cap in highest]).reshape(len(STAGES), -1)
            ways = np.stack([a, s, o], axis=1)[(a >= s) & (s >= o)]
            found.append(ways[np.argsort(np.abs(ways - self.true[place]).sum(axis=1), kind="stable")])
        return found

    def _tables(self, equations: list[Equation]) -> Iterator[list[int]]:
        """Yield every table that agrees with some equations: of each place, which of its ways."""
        least = np.array([one.least for one in equations])
        most = np.array([one.most for one in equations])
        adds = [
            np.stack([ways @ one.weights[place] for one in equations], axis=1)
            for place, ways in enumerate(self._reached)
        ]
        still = np.cumsum([np.zeros_like(least), *(added.max(axis=0) for added in adds[::-1])], axis=0)[::-1]

        def go_on(place: int, so_far: np.ndarray, table: list[int]) -> Iterator[list[int]]:
            if place == len(adds):
                yield table
                return
            sums = so_far + adds[place]
            agrees = (sums <= most).all(axis=1) & (sums + still[place + 1] >= least).all(axis=1)
            for way in np.flatnonzero(agrees):
                yield from go_on(place + 1, sums[way], [*table, way])

        yield from go_on(0, np.zeros_like(least), [])


def recovered(reader: Reader) -> list[str]:
    """Name what a reader can work out of what is hidden: a number, or that a few people are not 1, or 2, or more."""
    found = []
    for one in reader.said:
        if one.value is None:
            counted = reader.weights(one.key, one.members)
            value = int((reader.true * counted).sum())
            if counted.any() and not (reader.can_be(counted, 0, value - 1) or reader.can_be(counted, value + 1)):
                found.append(f"{one.key} is {value}")
        found += [
            f"{one.key} tells that {what} are not {number}"
            for what, people in few(reader, one)
            for number in range(1, FEW + 1)
            if not reader.can_be(people, number, number if number < FEW else MANY)
        ]
    return found


def few(reader: Reader, one: Said) -> Iterator[tuple[str, np.ndarray]]:
    """Yield the few people of whom a number would say something: what they are, and where they are counted."""
    who, span, stage, group, band = one.key.split("/")
    here = reader.weights(one.key, one.members)
    value = int((reader.true * here).sum())
    if not here.any():
        return  # there was no such post, as everybody knows
    if 0 < value < FEW or (group == "Unknown" and value < FEW):
        yield "its people", here
    if stage != STAGES[0]:
        stayed = reader.weights(one.key, one.members, STAGES[STAGES.index(stage) - 1]) - here
        staying = int((reader.true * stayed).sum())
        if value == 0 < staying < FEWER_THAN_TEN:
            yield "its people", here
        if 0 < staying < FEW or staying == 0 < value < FEWER_THAN_TEN:
            yield "those who did not go on", stayed
    if group not in ("known", "Unknown"):
        others = reader.weights(f"{who}/{span}/{stage}/known/{band}", one.members) - here
        if value > 0 == int((reader.true * others).sum()):
            yield "people of other groups", others
