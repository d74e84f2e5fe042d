"""What two published evidence items give away about the shortlists between them: an attack by enumeration.

The attacker knows the protocol, both items, and the shapes of the shortlists: how many White people and how many of
the group stood on each, and that one of them was appointed. To measure the worst, he also knows who was appointed on
every earlier shortlist, as he would if earlier items had given it away. What he does not know is who was appointed on
the new ones. So he works out the item for every number of the group that could have been appointed on them, keeps those
that give the item that was printed, and guesses what is likeliest. A weaker attacker, who knows only what
shortlists usually look like, goes by where the likely range moved.

The formula of the confidence sequence is public, so it is taken from `lt_analysis.evidence`. Nothing is taken
from the rule that decides what is published: the rounding is written here a second time, from its description.
"""

import math
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

import numpy as np

from lt_analysis.codebook.periods import Quarter
from lt_analysis.codebook.protocol import Protocol
from lt_analysis.codebook.strength import STRONG, strength_of
from lt_analysis.evidence.draws import Draw
from lt_analysis.evidence.sequential import DatedDraw, EProcess, e_processes

# Shortlists for one post as they are in the invented data.
FEWEST_SHORTLISTED, MOST_SHORTLISTED = 3, 8
SHARE_OF_GROUP = 0.4
QUARTERS = 16  # over which those before the new ones are spread: four years
PRINTED_FROM, PRINTED_TO = 0.02, 10.0  # beyond them a limit is printed as "less than" and "more than"


class Item(NamedTuple):
    """What is printed and hangs on outcomes: the words, and the likely range, empty where no ratio fits."""

    words: str
    low: float | None
    high: float | None


class Guess(NamedTuple):
    """How often the likeliest guess is right, without the items and with them."""

    blind: float
    with_items: float


@dataclass(frozen=True)
class Told:
    """What the items tell of new shortlists with one appointment each.

    `total` is the guess of how many of the group were appointed on them, `one` that of who was appointed on one of
    them (averaged over them). `outcomes` totals were possible; `left` of them remain on average. `certain` is the
    probability that the items leave one total alone at which everybody's group is the same, so that all is known.
    """

    total: Guess
    one: Guess
    outcomes: int
    left: float
    certain: float


def tell_by_enumeration(
    before: Sequence[DatedDraw], new: Sequence[DatedDraw], look: Quarter, protocol: Protocol, odds: float = 1.0
) -> Told:
    """Return what the item at a look tells of new shortlists to who knows all before them, and their shapes.

    `odds` are the group's odds of appointment as a multiple of White people's, which the attacker knows too. Raises
    `ValueError` where a new shortlist is not for one post, could not have gone otherwise or is not of one last quarter.
    """
    chances = np.array([_chance(one.draw, odds) for one in new])
    items = items_by_total(before, new, look, protocol)
    totals = _totals(chances)
    where: dict[Item, list[int]] = defaultdict(list)
    for total, item in enumerate(items):
        where[item].append(total)
    classes = list(where.values())
    theirs = _appointed_and_total(chances)
    of_group = np.array([theirs[:, some].sum(axis=1) for some in classes])
    of_anybody = np.array([totals[some].sum() for some in classes])
    return Told(
        total=Guess(float(totals.max()), float(sum(totals[some].max() for some in classes))),
        one=Guess(
            float(np.maximum(chances, 1 - chances).mean()),
            float(np.maximum(of_group, of_anybody[:, None] - of_group).sum(axis=0).mean()),
        ),
        outcomes=len(totals),
        left=float(sum(totals[some].sum() * len(some) for some in classes)),
        certain=float(sum(totals[some[0]] for some in classes if some in ([0], [len(new)]))),
    )


def items_by_total(
    before: Sequence[DatedDraw], new: Sequence[DatedDraw], look: Quarter, protocol: Protocol
) -> list[Item]:
    """Return the item that would be printed for each number of the group who succeeded on the new posts.

    The first is for the least number that was possible, and each one more for one more.
    """
    quarters = {one.quarter for one in new}
    if len(quarters) != 1 or any(one.quarter > max(quarters) for one in before):
        raise ValueError("new shortlists are those of one quarter, and no other is later")
    least = [one._replace(draw=_with_least(one.draw)) for one in new]
    (process,) = e_processes([*before, *least], [look], protocol)
    # They are the last, so every start since which anything is counted counts all of them.
    totals = range(1 + sum(len(_chances_of(one.draw)) - 1 for one in new))
    return [printed(replace(process, observed=process.observed + total), protocol) for total in totals]


def tell_total(
    before: Sequence[DatedDraw], new: Sequence[DatedDraw], look: Quarter, protocol: Protocol
) -> tuple[Guess, float]:
    """Return the guess of how many of the group succeeded on all new posts, however many succeeded on each.

    Chances are equal. Beside it stands how many totals are left on average. So it is at shortlisting, where several
    succeed.
    """
    items = items_by_total(before, new, look, protocol)
    totals = np.ones(1)
    for one in new:
        totals = np.convolve(totals, _chances_of(one.draw))
    where: dict[Item, list[int]] = defaultdict(list)
    for total, item in enumerate(items):
        where[item].append(total)
    right = sum(totals[some].max() for some in where.values())
    left = sum(totals[some].sum() * len(some) for some in where.values())
    return Guess(float(totals.max()), float(right)), float(left)


def _with_least(draw: Draw) -> Draw:
    return draw._replace(chosen_in_group=max(0, draw.chosen - draw.pool + draw.pool_in_group))


def _chances_of(draw: Draw) -> np.ndarray:
    """Return the probabilities of how many of the group succeed, from the least possible, where chances are equal."""
    least = _with_least(draw).chosen_in_group
    most = min(draw.pool_in_group, draw.chosen)
    others = draw.pool - draw.pool_in_group
    ways = [math.comb(draw.pool_in_group, own) * math.comb(others, draw.chosen - own) for own in range(least, most + 1)]
    return np.array(ways, dtype=float) / math.comb(draw.pool, draw.chosen)


def printed(process: EProcess, protocol: Protocol) -> Item:
    """Return what is printed of a process, where nobody was on two shortlists and enough returns were received."""
    e_value, interval = process.e_value, process.confidence_interval()
    low, high = protocol.margin
    about_equal = interval is not None and low <= interval.low and interval.high <= high
    words = strength_of(e_value, e_value >= STRONG or process.could_reach(), about_equal=about_equal).words
    return Item(words, *((None, None) if interval is None else outwards(*interval, protocol.margin)))


def outwards(low: float, high: float, margin: tuple[float, float]) -> tuple[float, float]:
    """Round a likely range outwards to two significant figures, and to the limits that pages print.

    No limit is rounded to or across 1 or its own end of the margin: it then keeps more figures.
    """
    low = 0.0 if low < PRINTED_FROM else min(_figures(low, math.floor, (margin[0], 1.0)), PRINTED_TO)
    high = math.inf if high > PRINTED_TO else max(_figures(high, math.ceil, (1.0, margin[1])), PRINTED_FROM)
    return low, high


def on_average(before: int, new: int, worlds: int, protocol: Protocol, seed: int) -> Told:
    """Return what the items tell of some new shortlists after some earlier ones, averaged over invented worlds."""
    random = np.random.default_rng(seed)
    told = []
    for _ in range(worlds):
        *looks, quarters = _looks_and_quarters(protocol)
        earlier = _invented(random, before, quarters[:-1])
        told.append(tell_by_enumeration(earlier, _invented(random, new, quarters[-1:]), looks[-1], protocol))
    return Told(
        total=_mean_guess([one.total for one in told]),
        one=_mean_guess([one.one for one in told]),
        outcomes=new + 1,
        left=float(np.mean([one.left for one in told])),
        certain=float(np.mean([one.certain for one in told])),
    )


def by_movement(before: int, new: int, worlds: int, protocol: Protocol, seed: int) -> tuple[Guess, Guess]:
    """Return how well the total and one appointment are guessed by who knows only what shortlists usually look like.

    He invents worlds of his own, and learns from one half of them (by least squares) how many of the group were
    appointed where the limits of both items were such and such. The other half tries him.
    """
    random = np.random.default_rng(seed)
    seen, taken = [], []
    for _ in range(worlds):
        *looks, quarters = _looks_and_quarters(protocol)
        earlier, latest = _invented(random, before, quarters[:-1]), _invented(random, new, quarters[-1:])
        items = (printed(process, protocol) for process in e_processes([*earlier, *latest], looks, protocol))
        seen.append([1.0, *(limit for item in items for limit in _log_limits(item))])
        taken.append(sum(one.draw.chosen_in_group for one in latest))
    learnt, tried = slice(None, worlds // 2), slice(worlds // 2, None)
    seen, taken = np.array(seen), np.array(taken)
    weights, *_ = np.linalg.lstsq(seen[learnt], taken[learnt], rcond=None)
    commonest = np.full(len(taken[tried]), np.bincount(taken[learnt]).argmax())
    guesses = (commonest, np.clip(seen[tried] @ weights, 0, new))
    total = Guess(*(float(np.mean(np.rint(guess) == taken[tried])) for guess in guesses))
    right = (np.where(guess > new / 2, taken[tried], new - taken[tried]) for guess in guesses)
    return total, Guess(*(float(np.mean(some) / new) for some in right))


def _looks_and_quarters(protocol: Protocol) -> tuple[Quarter, Quarter, list[Quarter]]:
    """Return the looks that count all quarters but the last, and the last too, and these quarters."""
    quarters = [protocol.start.quarters[0]]
    while len(quarters) <= QUARTERS:
        quarters.append(quarters[-1].next)
    look = quarters[-1]
    for _ in range(protocol.lag_in_quarters):
        look = look.next
    return look.previous, look, quarters


def _invented(random: np.random.Generator, number: int, quarters: Sequence[Quarter]) -> list[DatedDraw]:
    """Invent shortlists that could have gone either way, at equal chances, spread evenly over quarters."""
    found = []
    while len(found) < number:
        people = int(random.integers(FEWEST_SHORTLISTED, MOST_SHORTLISTED + 1))
        in_group = int(random.binomial(people, SHARE_OF_GROUP))
        if 0 < in_group < people:
            draw = Draw(people, in_group, 1, int(random.random() < in_group / people))
            found.append(DatedDraw(quarters[len(found) * len(quarters) // number], draw))
    return found


def _log_limits(item: Item) -> tuple[float, float]:
    if item.low is None:
        return 0.0, 0.0
    return math.log(max(item.low, PRINTED_FROM)), math.log(min(item.high, PRINTED_TO))


def _mean_guess(guesses: Sequence[Guess]) -> Guess:
    return Guess(*(float(np.mean(column)) for column in zip(*guesses, strict=True)))


def _figures(limit: float, whole: Callable[[float], int], references: tuple[float, float]) -> float:
    """Round to two significant figures, or the fewest more that stay on the limit's side of the references."""
    if limit in references:
        return limit
    for more in range(5):
        places = 1 - math.floor(math.log10(limit)) + more
        rounded = round(whole(round(limit * 10**places, 9)) / 10**places, places)
        if all((rounded - one) * (limit - one) > 0 for one in references):
            return rounded
    return limit


def _chance(draw: Draw, odds: float) -> float:
    """Return the chance that the one appointed is of the group."""
    if draw.chosen != 1 or not 0 < draw.pool_in_group < draw.pool:
        raise ValueError("a new shortlist has both groups on it and one appointment")
    return odds * draw.pool_in_group / (odds * draw.pool_in_group + draw.pool - draw.pool_in_group)


def _totals(chances: Iterable[float]) -> np.ndarray:
    """Return the probabilities of the totals from 0 of independent appointments."""
    totals = np.ones(1)
    for chance in chances:
        totals = np.convolve(totals, (1 - chance, chance))
    return totals


def _appointed_and_total(chances: np.ndarray) -> np.ndarray:
    """Return, by shortlist and total, the probability that one of the group was appointed on it and of the total."""
    rest = (_totals(np.delete(chances, place)) for place in range(len(chances)))
    return np.array([chance * np.append(0.0, others) for chance, others in zip(chances, rest, strict=True)])
