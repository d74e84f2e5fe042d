"""How unequal something is between groups: two beside each other, each beside the whole, and along an order.

Groups that have an order, such as fifths or tenths of deprivation, have a slope from the most to the least deprived.
Groups that have none, such as ethnic groups, have no slope, whatever order they are listed in: each is set beside the
whole of which it is a part.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property
from math import exp, inf, isfinite, log, sqrt
from typing import NamedTuple, Self

import numpy as np
from scipy.special import chdtri, expit, logit, ndtri

from lt_analysis.evidence.interval import ConfidenceInterval
from lt_analysis.evidence.relative_likelihood import RelativeLikelihood, Share
from lt_analysis.evidence.share_change import ShareChange, part_beside_whole

FEWEST_QUANTILES, MOST_QUANTILES = 5, 100
UNORDERED = "a slope needs groups that have an order, numbered from 1, the most deprived: set others beside the whole"
LEVEL_OF_LIMITS = 0.95  # of the limits that a quantile's value comes with


@dataclass(frozen=True)
class Gap:
    """A group's share beside that of another: how far apart they are, and how many times as large the first is.

    Raises `ValueError` where one of them has nobody.

    >>> gap = Gap(Share(56, 70), beside=Share(48, 80))
    >>> round(gap.absolute, 2), round(gap.relative, 3)
    (0.2, 1.333)
    >>> [round(limit, 4) for limit in gap.absolute_interval()]  # Newcombe 1998, table II
    [0.0524, 0.3339]
    """

    of: Share
    beside: Share

    def __post_init__(self):
        ShareChange(self.beside.successful, self.beside.people, self.of.successful, self.of.people)

    @property
    def absolute(self) -> float:
        """How much larger the group's share is; below 0 where it is smaller."""
        return self.of.share - self.beside.share

    @property
    def relative(self) -> float | None:
        """How many times as large the group's share is; None where the other is nobody's."""
        return self._as_ratio.ratio

    def absolute_interval(self, confidence: float = 0.95) -> ConfidenceInterval:
        """Return Newcombe's score interval of the difference (`ShareChange`).

        >>> Gap(Share(5, 10), beside=Share(5, 10)).absolute_interval().holds(0)
        True
        """
        some, other = self.of, self.beside
        return ShareChange(other.successful, other.people, some.successful, some.people).confidence_interval(confidence)

    def relative_interval(self, confidence: float = 0.95) -> ConfidenceInterval:
        """Return the score interval of the ratio (Miettinen and Nurminen, as `RelativeLikelihood`).

        >>> low, high = Gap(Share(7, 34), beside=Share(1, 34)).relative_interval()  # R: contingencytables
        >>> round(low, 5), round(high, 3)
        (1.20857, 43.033)
        """
        return self._as_ratio.confidence_interval(confidence)

    @property
    def _as_ratio(self) -> RelativeLikelihood:
        return RelativeLikelihood(self.of.successful, self.of.people, self.beside.successful, self.beside.people)


class BesideWhole(NamedTuple):
    """How much larger a group's share is than that of everybody, of whom it is a part, with its likely range."""

    share: Share
    difference: float
    interval: ConfidenceInterval


def beside_whole(
    groups: Mapping[str, Share], everybody: Share | None = None, confidence: float = 0.95
) -> dict[str, BesideWhole]:
    """Return each group's share beside that of all of them together, in the order given, which means nothing.

    This is what groups without an order have in place of a slope. Where some groups are not shown, `everybody` is the
    share of all, those too: a sum of what may be shown would lie too high. Raises `ValueError` where a group has
    nobody, or the groups have more people than all.

    >>> apart = beside_whole({"Asian": Share(56, 70), "Black": Share(48, 80)})
    >>> {group: round(one.difference, 3) for group, one in apart.items()}
    {'Asian': 0.107, 'Black': -0.093}
    """
    if not all(share.people for share in groups.values()):
        raise ValueError("each group must have somebody")
    shown = Share(sum(one.successful for one in groups.values()), sum(one.people for one in groups.values()))
    whole = everybody or shown
    if shown.people > whole.people or shown.successful > whole.successful:
        raise ValueError("the groups have more people than all")
    return {
        group: BesideWhole(one, one.share - whole.share, part_beside_whole(one, whole, confidence))
        for group, one in groups.items()
    }


class Quantity(StrEnum):
    """What a quantile's value is: any value, a rate (never below 0), or a share (0 to 1)."""

    VALUE = "value"
    RATE = "rate"
    SHARE = "share"


class Quantile(NamedTuple):
    """One fifth or tenth of deprivation: its people, its value, and the 95% limits of the value where they are known.

    `people` are its weight, and set where it lies along deprivation. As the index was published these are all who live
    in it, whether or not they were measured. The pages know of nobody but those of whom something is counted (a
    metric's denominator), and take these: so their line is over people whom the metric could count, not over
    residents, and its two ends differ from those of residents where a condition is commoner among the deprived.

    >>> of_residents = Quantile.of(Share(3, 20), people=1200)
    >>> of_residents.people, Quantile.of(Share(3, 20)).people
    (1200, 20)
    """

    people: float
    value: float
    low: float | None = None
    high: float | None = None

    @classmethod
    def of(cls, share: Share, people: float | None = None) -> Self:
        """Return the quantile of a share with its Wilson limits, and those whom it is of if no other people are given.

        >>> Quantile.of(Share(3, 20)).value
        0.15
        """
        low, high = share.confidence_interval(LEVEL_OF_LIMITS)
        return cls(share.people if people is None else people, share.share, low, high)


def quantile_of(some: int, people: int, measured: Quantity, per: int = 1) -> Quantile:
    """Return a fifth or tenth from counts: a share, or events `per` so many people, with its 95% limits.

    Its people are those of whom it is counted, as no others are known.

    Those of a share are Wilson's, and those of a rate exact for a Poisson count (Garwood 1936, Biometrika 28:437-442).
    Nobody's quantile raises `ZeroDivisionError`.

    >>> [round(limit, 4) for limit in quantile_of(3, 20, Quantity.SHARE)[2:]]
    [0.0524, 0.3604]
    >>> [round(limit, 3) for limit in quantile_of(10, 2000, Quantity.RATE, per=1000)[1:]]  # R: poisson.test(10, 2)
    [5.0, 2.398, 9.195]
    """
    if measured == Quantity.SHARE:
        return Quantile(people, some / people, *Share(some, people).confidence_interval(LEVEL_OF_LIMITS))
    outside = (1 - LEVEL_OF_LIMITS) / 2
    low = chdtri(2 * some, 1 - outside) / 2 if some else 0.0
    limits = (per * float(limit) / people for limit in (low, chdtri(2 * some + 2, outside) / 2))
    return Quantile(people, per * some / people, *limits)


@dataclass(frozen=True)
class SlopeIndex:
    """The slope and the relative index of inequality, from the most to the least deprived, with the quantiles.

    A line is fitted to the quantiles' values, each weighted by its people, over the share of people who are more
    deprived than its middle. The slope index is its value at the least deprived end less that at the most deprived; the
    relative index divides them. With `transformed` the line is fitted to logs of rates or log odds of shares.

    Source: Low and Low 2004, Journal of Public Health 26:390-395, as PHEindicatormethods 2.1.0 has it.
    """

    quantiles: tuple[Quantile, ...]
    measured: Quantity
    transformed: bool
    multiplier: float = 1.0

    @property
    def middles(self) -> tuple[float, ...]:
        """The share of all people who are more deprived than the middle of each quantile."""
        return tuple(self._middles.tolist())

    @cached_property
    def _parts(self) -> np.ndarray:
        people = np.array([one.people for one in self.quantiles], float)
        return people / people.sum()

    @cached_property
    def _middles(self) -> np.ndarray:
        return np.cumsum(self._parts) - self._parts / 2

    @cached_property
    def _weights(self) -> np.ndarray:
        """What each quantile's value counts for the line at its two ends, the most deprived first."""
        root = np.sqrt(self._parts)
        fitted = np.linalg.pinv(np.column_stack([root, self._middles * root])) * root
        return np.array([fitted[0], fitted[0] + fitted[1]])

    @property
    def _scale(self) -> Quantity:
        """The scale on which the line is straight."""
        return self.measured if self.transformed else Quantity.VALUE

    @cached_property
    def _straight_ends(self) -> np.ndarray:
        return self._weights @ _straightened(np.array([one.value for one in self.quantiles]), self._scale)

    @property
    def ends(self) -> tuple[float, float]:
        """The line's value at the most and at the least deprived end, before the multiplier."""
        return tuple(_back(self._straight_ends, self._scale).tolist())

    def fitted(self, middle: float) -> float:
        """Return the line's value where a share of people are more deprived, before the multiplier.

        >>> fifths = {place: Quantile(100, 50.0 + place) for place in range(1, 6)}
        >>> round(slope_index(fifths).fitted(0.5), 6)
        53.0
        """
        most, least = self._straight_ends
        return float(_back(np.array(most + (least - most) * middle), self._scale))

    @property
    def slope(self) -> float:
        """The slope index of inequality, times the multiplier: above 0, the value is larger where there is least."""
        most, least = self.ends
        return (least - most) * self.multiplier

    @property
    def ratio(self) -> float | None:
        """The relative index; turned round where the multiplier is below 0, and None where it would divide by 0."""
        most, least = self.ends if self.multiplier > 0 else reversed(self.ends)
        return least / most if most else None

    @property
    def has_interval(self) -> bool:
        """Whether each quantile came with its limits."""
        return all(one.low is not None and one.high is not None for one in self.quantiles)

    @property
    def is_exact(self) -> bool:
        """Whether the slope's interval is exact for the errors that its values are taken to have.

        It is for values with normal errors. Rates and shares are taken to have such errors on a scale of logs or log
        odds; there the interval is of the first order, close while their limits are.
        """
        return self.measured == Quantity.VALUE

    def _errors(self) -> np.ndarray:
        """Return the standard error of each quantile's value on the scale on which the line is straight."""
        if not self.has_interval:
            raise ValueError("an interval needs the limits of each quantile")
        values, low, high = (
            np.array([getattr(one, name) for one in self.quantiles]) for name in ("value", "low", "high")
        )
        on_own_scale = (_straightened(high, self.measured) - _straightened(low, self.measured)) / (
            2 * _deviations(LEVEL_OF_LIMITS)
        )
        return on_own_scale if self.transformed else on_own_scale * _steepness(values, self.measured)

    @cached_property
    def _covariance(self) -> np.ndarray:
        """The covariance of both ends of the line."""
        return (self._weights * self._errors() ** 2) @ self._weights.T

    def slope_interval(self, confidence: float = 0.95) -> ConfidenceInterval:
        """Return the interval of the slope index, in closed form: the line is linear in its values.

        Raises `ValueError` where the quantiles came without limits.

        >>> fifths = {place: Quantile(100, place, place - 1, place + 1) for place in range(1, 6)}
        >>> [round(limit, 3) for limit in slope_index(fifths).slope_interval()]
        [3.419, 6.581]
        """
        by_end = np.array([-1.0, 1.0]) * _steepness(np.array(self.ends), self._scale)
        error = sqrt(by_end @ self._covariance @ by_end) * _deviations(confidence)
        limits = sorted(float(self.slope + sign * error * self.multiplier) for sign in (-1, 1))
        return ConfidenceInterval(*limits)

    def ratio_interval(self, confidence: float = 0.95) -> ConfidenceInterval | None:
        """Return the interval of the relative index; None where the line's end that divides is not clear of 0.

        Of values it is Fieller's (1954, JRSS B 16:175-185), exact for normal errors; of logs it is that of the slope,
        exact too; of other rates and shares it is of the first order, on the scale of logs. Raises `ValueError` where
        the quantiles came without limits.

        >>> fifths = {place: Quantile(100, 50 + place, 49 + place, 51 + place) for place in range(1, 6)}
        >>> [round(limit, 3) for limit in slope_index(fifths).ratio_interval()]
        [1.067, 1.132]
        """
        deviations = _deviations(confidence)
        low, high = self._fieller(deviations) if self.measured == Quantity.VALUE else self._ratio_of_logs(deviations)
        if not (isfinite(low) and isfinite(high)):
            return None
        limits = (low, high) if self.multiplier > 0 else (1 / high, 1 / low)
        return ConfidenceInterval(*map(float, limits))

    def _fieller(self, deviations: float) -> tuple[float, float]:
        most, least = self._straight_ends
        (of_most, both), (_, of_least) = self._covariance * deviations**2
        middle, divisor = most * least - both, most**2 - of_most
        within = middle**2 - divisor * (least**2 - of_least)
        if divisor <= 0 or within < 0:
            return -inf, inf
        return (middle - sqrt(within)) / divisor, (middle + sqrt(within)) / divisor

    def _ratio_of_logs(self, deviations: float) -> tuple[float, float]:
        ends = np.array(self.ends)
        if min(ends) <= 0:
            return -inf, inf
        by_end = np.array([-1.0, 1.0]) * _steepness(ends, self._scale) / ends
        error = sqrt(by_end @ self._covariance @ by_end) * deviations
        middle = log(ends[1] / ends[0])
        return exp(middle - error), exp(middle + error)


def _deviations(confidence: float) -> float:
    return float(ndtri(0.5 + confidence / 2))


def _straightened(values: np.ndarray, scale: Quantity) -> np.ndarray:
    return {Quantity.RATE: np.log, Quantity.SHARE: logit}.get(scale, np.asarray)(values)


def _back(values: np.ndarray, scale: Quantity) -> np.ndarray:
    return {Quantity.RATE: np.exp, Quantity.SHARE: expit}.get(scale, np.asarray)(values)


def _steepness(values: np.ndarray, scale: Quantity) -> np.ndarray:
    """Return how much a value changes as it does by one on a scale."""
    return {Quantity.RATE: values, Quantity.SHARE: values * (1 - values)}.get(scale, np.ones_like(values))


def slope_index(
    quantiles: Mapping[int, Quantile],
    measured: Quantity = Quantity.VALUE,
    transformed: bool = False,
    multiplier: float = 1.0,
) -> SlopeIndex:
    """Return the slope and the relative index of inequality over fifths, tenths or other quantiles of deprivation.

    `quantiles` are numbered from 1, the most deprived, and none may be missing: their numbers are their order. Raises
    `ValueError` for groups that have no order, such as ethnic groups, and for quantiles without people.

    >>> people = [7291, 7997, 6105, 7666, 5790, 6934, 5918, 5974, 7147, 7534]  # R: PHEindicatormethods
    >>> years = [75.933459, 78.3442383, 83.8360631, 83.63754, 80.4655032]
    >>> years += [81.115676, 81.6930836, 84.1900062, 80.5955641, 86.289435]
    >>> tenths = {place: Quantile(*one) for place, one in enumerate(zip(people, years), 1)}
    >>> index = slope_index(tenths)
    >>> round(index.slope, 5), round(index.ratio, 6)
    (6.93462, 1.088818)
    >>> slope_index(dict.fromkeys(["Asian", "Black", "Mixed", "Other", "White"], Quantile(100, 5)))
    Traceback (most recent call last):
    ValueError: a slope needs groups that have an order, numbered from 1, the most deprived: set others beside the whole
    """
    if any(isinstance(place, bool) or not isinstance(place, int) for place in quantiles):
        raise ValueError(UNORDERED)
    number = len(quantiles)
    if not FEWEST_QUANTILES <= number <= MOST_QUANTILES or sorted(quantiles) != list(range(1, number + 1)):
        raise ValueError(
            f"there must be {FEWEST_QUANTILES} to {MOST_QUANTILES} quantiles, numbered from 1, none missing"
        )
    ordered = tuple(quantiles[place] for place in sorted(quantiles))
    if not all(one.people > 0 for one in ordered):
        raise ValueError("each quantile must have people")
    if measured != Quantity.VALUE and not all(_is_of(one.value, measured) for one in ordered):
        raise ValueError(f"a {measured} lies above 0{' and below 1' if measured == Quantity.SHARE else ''}")
    if not multiplier:
        raise ValueError("a multiplier of 0 leaves nothing")
    return SlopeIndex(ordered, measured, transformed and measured != Quantity.VALUE, multiplier)


def _is_of(value: float, measured: Quantity) -> bool:
    return 0 < value < (1 if measured == Quantity.SHARE else inf)
