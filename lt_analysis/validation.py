"""What the audit's methods do on invented shortlists whose truth is known: each study with its target.

Shortlists are drawn at random by a fixed seed, or every outcome is counted where that can be done. Nothing
here reads anybody's data.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from functools import cache, cached_property
from math import log, sqrt

import numpy as np

from lt_analysis.codebook.parameters import one_asked
from lt_analysis.codebook.protocol import Protocol, declared_protocol
from lt_analysis.codebook.strength import STRONG
from lt_analysis.evidence.assurance import Watched, watch
from lt_analysis.evidence.draws import Draw, Draws, Shapes
from lt_analysis.evidence.null_distribution import NullDistribution
from lt_analysis.evidence.power import power
from lt_analysis.evidence.process_control import (
    FEWEST_FOR_LIMITS,
    Better,
    ControlChart,
    Kind,
    Of,
    Series,
    by_chance,
    coarse_spread,
    control_chart,
)
from lt_analysis.evidence.sequential import GRID, log_prior, log_sum
from lt_analysis.evidence.two_by_two import exact_tests
from lt_analysis.evidence.within_vacancy import WithinVacancies

RUNS = {"quick": 60, "full": 1_000}
SEED = 20_260_701
QUARTERS, POSTS_A_QUARTER = 20, 20
QUARTERS_IN_A_YEAR = 4
HALF_AS_LIKELY = 0.5  # the odds of the group, as a multiple of White people's
CONFIDENCE = 0.95
FALSE_ALARMS = 0.05


@dataclass(frozen=True)
class Study:
    """One question put to a method: what it should give and what it gave, both shares of runs.

    `standard_error` is of `found` by chance of the runs; 0 where every outcome was counted. `at_most` and
    `at_least` are the target; None where the figure is there for comparison and none is claimed.
    """

    question: str
    found: float
    standard_error: float
    at_most: float | None = None
    at_least: float | None = None

    @property
    def met(self) -> bool | None:
        """Whether the target is met, allowing three standard errors; None where there is no target."""
        if self.at_most is None and self.at_least is None:
            return None
        room = 3 * self.standard_error
        return (self.at_most is None or self.found <= self.at_most + room) and (
            self.at_least is None or self.found >= self.at_least - room
        )


def _share(question: str, flags: np.ndarray, **target: float) -> Study:
    share = float(np.mean(flags))
    return Study(question, share, sqrt(max(share * (1 - share), 1 / len(flags)) / len(flags)), **target)


def _runs(size: str) -> int:
    return RUNS[one_asked(size, RUNS, "is not a size")]


def _random(*what: int) -> np.random.Generator:
    return np.random.default_rng([SEED, *what])


def shortlists(random: np.random.Generator, number: int, odds: float = 1.0, spread: bool = False) -> Draws:
    """Draw shortlists of 3 to 6 people for 1 or 2 posts, 30% in the group whose odds are a multiple of White people's.

    With `spread`, shortlists have 3 to 12 people and one post, and the group stands on the longer ones.
    """
    if spread:
        pool = random.integers(3, 13, number)
        in_group, chosen = random.binomial(pool, np.where(pool > 7, 0.5, 0.15)), np.ones(number, dtype=np.int64)
    else:
        pool = random.integers(3, 7, number)
        in_group, chosen = random.binomial(pool, 0.3), random.integers(1, 3, number)
    group_chosen = np.zeros(number, dtype=np.int64)
    for shape in set(zip(pool.tolist(), in_group.tolist(), chosen.tolist(), strict=True)):
        alike = (pool == shape[0]) & (in_group == shape[1]) & (chosen == shape[2])
        least, pmf = _outcomes(*shape, odds)
        group_chosen[alike] = least + random.choice(len(pmf), size=int(alike.sum()), p=pmf)
    return Draws(pool, in_group, chosen, group_chosen)


@cache
def _outcomes(pool: int, in_group: int, chosen: int, odds: float) -> tuple[int, np.ndarray]:
    least = max(0, chosen - (pool - in_group))
    null = NullDistribution.of([Draw(pool, in_group, chosen, least)])
    return least, null.at(log(odds))


def false_alarms_of_one_test(size: str) -> Iterator[Study]:
    """How often chances that are equal are called unequal, looking once."""
    for number in (20, 80, 400):
        random = _random(1, number)
        nulls = [NullDistribution.of(shortlists(random, number)) for _ in range(_runs(size) // 10)]
        yield Study(
            f"Exact mid-p test within vacancies, {number} posts",
            float(np.mean([power(null, 1.0) for null in nulls])),
            0.0,
            at_most=FALSE_ALARMS,
        )


def false_alarms_where_groups_apply_for_different_posts(size: str) -> Iterator[Study]:
    """The same where the group stands on the longer shortlists and every shortlist is fair."""
    for number in (20, 80, 400):
        random = _random(2, number)
        runs = [shortlists(random, number, spread=True) for _ in range(_runs(size))]
        flagged = np.array([WithinVacancies.from_draws(draws).mid_p <= FALSE_ALARMS for draws in runs])
        tables = _pooled(runs)
        yield _share(f"Exact mid-p test within vacancies, {number} posts", flagged, at_most=FALSE_ALARMS)
        yield _share(
            f"Fisher's test of all posts added up, {number} posts", exact_tests(*tables).fisher <= FALSE_ALARMS
        )
        yield _share(f"Four-fifths comparison, {number} posts", _outside_four_fifths(*tables))


def false_alarms_of_four_fifths(size: str) -> Iterator[Study]:
    """How often the four-fifths comparison speaks where 30% of 3 people a post are in the group and all is fair."""
    for posts in (20, 80, 400):
        random = _random(3, posts)
        group = random.binomial(3 * posts, 0.3, _runs(size) * 10)
        chosen = random.hypergeometric(group, 3 * posts - group, posts)
        tables = (posts - chosen, 3 * posts - group, chosen, group)
        yield _share(f"Four-fifths comparison, {posts} appointments", _outside_four_fifths(*tables))


def _pooled(runs: list[Draws]) -> tuple[np.ndarray, ...]:
    sums = np.array([[c.sum() for c in (d.pool, d.pool_in_group, d.chosen, d.chosen_in_group)] for d in runs]).T
    pool, in_group, chosen, group_chosen = sums
    return chosen - group_chosen, pool - in_group, group_chosen, in_group


def _outside_four_fifths(x1: np.ndarray, n1: np.ndarray, x2: np.ndarray, n2: np.ndarray) -> np.ndarray:
    one, other = x1 * n2, x2 * n1
    return (5 * np.minimum(one, other) < 4 * np.maximum(one, other)) | (np.maximum(one, other) == 0)


def false_alarms_over_years(size: str) -> Iterator[Study]:
    """How often fair chances are ever called unequal over 20 quarters, by how one looks."""
    random = _random(4)
    runs = [shortlists(random, QUARTERS * POSTS_A_QUARTER) for _ in range(_runs(size))]
    few = runs[: max(40, _runs(size) // 5)]
    fresh, again = np.array([_tests_each_quarter(draws) for draws in few]).T
    yield _share("A new test at 0.05 every quarter", fresh)
    yield _share("All so far tested again at 0.05 every quarter", again)
    ever = np.array([_e_path(draws, 0.0).max() >= log(STRONG) for draws in runs])
    yield _share(f"E-value of {STRONG:g}, looked at after every post", ever, at_most=1 / STRONG)


def _tests_each_quarter(draws: Draws) -> tuple[bool, bool]:
    fresh = again = False
    for quarter in range(1, QUARTERS + 1):
        new = slice(POSTS_A_QUARTER * (quarter - 1), POSTS_A_QUARTER * quarter)
        fresh = fresh or WithinVacancies.from_draws(draws.where(new)).mid_p <= FALSE_ALARMS
        again = again or WithinVacancies.from_draws(draws.where(slice(0, new.stop))).mid_p <= FALSE_ALARMS
    return fresh, again


def evidence_against_a_halving(size: str) -> Iterator[Study]:
    """How soon the e-value finds chances that are half as good."""
    random = _random(5)
    runs = [shortlists(random, QUARTERS * POSTS_A_QUARTER, HALF_AS_LIKELY) for _ in range(_runs(size))]
    ends = np.arange(1, QUARTERS + 1) * POSTS_A_QUARTER - 1
    paths = np.array([np.maximum.accumulate(_e_path(draws, 0.0)[ends]) for draws in runs])
    for quarter, target in ((4, None), (8, 0.5), (12, 0.75), (20, 0.95)):
        target = {} if target is None else {"at_least": target}
        yield _share(f"E-value of {STRONG:g} by quarter {quarter}", paths[:, quarter - 1] >= log(STRONG), **target)


def coverage_of_intervals(size: str) -> Iterator[Study]:
    """How often intervals hold the true odds ratio: looking once, and at every look of 20 quarters."""
    for odds in (1.0, 0.667, 0.5):
        random = _random(6, int(odds * 1_000))
        some = [shortlists(random, 80) for _ in range(_runs(size) // 20)]
        exact, mid_p = (float(np.mean([_coverage(draws, odds, half) for draws in some])) for half in (False, True))
        named = f"80 posts, odds ratio {1 / odds:.3g}"
        yield Study(f"95% exact interval, {named}", exact, 0.0, at_least=CONFIDENCE)
        yield Study(f"95% mid-p interval, {named}", mid_p, 0.0, at_least=CONFIDENCE - 0.01, at_most=CONFIDENCE + 0.01)
    for odds in (1.0, 0.667, 0.5):
        random = _random(7, int(odds * 1_000))
        runs = [shortlists(random, QUARTERS * POSTS_A_QUARTER, odds) for _ in range(_runs(size) // 2)]
        held = np.array([_e_path(draws, log(odds)).max() < log(STRONG) for draws in runs])
        yield _share(f"Margin of error, after every post, odds ratio {1 / odds:.3g}", held, at_least=1 - 1 / STRONG)


ORGANISATIONS = 11
LOWER_ODDS = 0.6
LAG = 2  # quarters after which a post is counted, whatever came of it by then
CORRECTED, ALTERED = 0.03, 0.02  # of posts: corrected a year later, whatever came of them; altered because of it


def partnership_beside_equal_chances(size: str) -> Iterator[Study]:
    """What the range of all organisations together leaves out, and how often it finds a lower chance in one year."""
    random = _random(8)
    below, above, found = [], [], []
    for _ in range(max(20, _runs(size) // 10)):
        null = NullDistribution.of(shortlists(random, ORGANISATIONS * POSTS_A_QUARTER))
        low, high = null.central_range()
        pmf, lower = null.pmf, null.at(log(LOWER_ODDS))
        below.append(pmf[: low - null.first].sum())
        above.append(pmf[high - null.first + 1 :].sum())
        found.append(lower[: low - null.first].sum())
    posts = f"{ORGANISATIONS} organisations of {POSTS_A_QUARTER} posts"
    yield Study(f"Below the range where chances are equal, {posts}, the worst case", max(below), 0.0, at_most=0.025)
    yield Study(f"Above it, {posts}, the worst case", max(above), 0.0, at_most=0.025)
    yield Study(f"Below it at odds of {LOWER_ODDS}, {posts}, on average", float(np.mean(found)), 0.0, at_least=0.7)


def false_words_of_both_stages(size: str) -> Iterator[Study]:
    """How often either stage is ever called different, over 20 quarters in which all chances are equal.

    Of the appointments that take longest, those of the group take longer still, so that when a post is decided hangs on
    who was appointed; and some posts are corrected a year later, whatever came of them.
    """
    random = _random(9)
    late, altered = [], []
    for _ in range(2 * _runs(size)):
        history = [_stage_history(random, _applications), _stage_history(random, _shortlists_of_a_post)]
        late.append(any(_ever_strong(stage, altered=False) for stage in history))
        altered.append(any(_ever_strong(stage, altered=True) for stage in history))
    yield _share("Either stage ever strong: late decisions and corrections", np.array(late), at_most=FALSE_ALARMS)
    asked = f"The same where {ALTERED:.0%} of outcomes were altered against the group"
    yield _share(asked, np.array(altered), at_most=FALSE_ALARMS)


@dataclass(frozen=True)
class _History:
    """A stage's posts: the draws as they are in the end, as they stood for a year before, and as altered.

    `closed` and `decided` are quarters, from 0.
    """

    draws: Draws
    before: Draws
    altered: Draws
    closed: np.ndarray
    decided: np.ndarray

    @cached_property
    def posts(self) -> tuple[np.ndarray, np.ndarray]:
        """Which posts, 1 or 0, each quarter closed: those decided late, and those in time."""
        kept = self.draws.informative
        in_time = (self.decided - self.closed <= LAG)[kept]
        quarters = self.closed[kept] == np.arange(QUARTERS)[:, None]
        return (quarters & ~in_time).astype(float), (quarters & in_time).astype(float)

    @cached_property
    def log_means(self) -> tuple[np.ndarray, np.ndarray]:
        """What the posts of a quarter take off the evidence whatever came of them: late ones, and those in time."""
        shapes = Shapes.of(self.draws)
        of_posts = shapes.log_mean_exponentials(GRID)[:, shapes.shape_of].T
        late, in_time = self.posts
        return late @ of_posts, in_time @ of_posts


def _stage_history(random: np.random.Generator, invent: Callable[[np.random.Generator, int], Draws]) -> _History:
    number = QUARTERS * POSTS_A_QUARTER
    draws = invent(random, number)
    closed = np.repeat(np.arange(QUARTERS), POSTS_A_QUARTER)
    more = draws.chosen_in_group * draws.pool > draws.pool_in_group * draws.chosen
    slow = random.random(number) < 0.3
    decided = closed + np.where(slow, np.where(more, LAG + 1, LAG - 1), 0)
    again = random.random(number) < CORRECTED
    other = _same_margins(random, draws)
    before = replace(draws, chosen_in_group=np.where(again, other, draws.chosen_in_group))
    takes_away = (random.random(number) < ALTERED) & (draws.chosen_in_group > draws.least)
    altered = replace(draws, chosen_in_group=draws.chosen_in_group - takes_away)
    return _History(draws, before, altered, closed, decided)


def _applications(random: np.random.Generator, number: int) -> Draws:
    """Draw who is shortlisted of 8 to 20 applicants, 30% in the group, at equal chances."""
    pool = random.integers(8, 21, number)
    in_group, chosen = random.binomial(pool, 0.3), random.integers(3, 7, number)
    return Draws(pool, in_group, chosen, random.hypergeometric(in_group, pool - in_group, chosen))


def _shortlists_of_a_post(random: np.random.Generator, number: int) -> Draws:
    return shortlists(random, number)


def _same_margins(random: np.random.Generator, draws: Draws) -> np.ndarray:
    return random.hypergeometric(draws.pool_in_group, draws.pool - draws.pool_in_group, draws.chosen)


def _ever_strong(history: _History, altered: bool) -> bool:
    """Tell whether a stage is strong at any quarter's look, as posts stood then.

    What the posts of a quarter add to the evidence is added up once: of those decided in time and of late ones, as they
    stood before they were corrected and after.
    """
    kept = history.draws.informative
    after = history.altered if altered else history.draws
    above = [(draws.chosen_in_group - history.draws.least)[kept] for draws in (history.before, after)]
    late, early = (
        [np.outer(posts @ count, GRID) - log_means for count in above]
        for posts, log_means in zip(history.posts, history.log_means, strict=True)
    )
    prior, equal = log_prior(declared_protocol().prior_sd, one_sided=False), len(GRID) // 2
    weights = np.array(declared_protocol().weights)
    begun = np.arange(QUARTERS) >= np.arange(len(weights))[:, None] * QUARTERS_IN_A_YEAR
    for look in range(LAG, QUARTERS):
        logs = np.zeros((len(weights), len(GRID)))
        for (before, now), last in ((early, look - LAG), (late, look - LAG - 1)):
            for quarter in range(last + 1):
                stood = now if quarter + QUARTERS_IN_A_YEAR <= look else before
                logs += np.outer(begun[:, quarter], stood[quarter])
        if weights @ np.exp(np.minimum(600.0, log_sum(logs + prior, axis=1) - logs[:, equal])) >= STRONG:
            return True
    return False


AGAIN = 0.7  # of the applicants for a post, who applied for others before
GROUP_AGAIN = 3.0  # how many times as often people of the group apply again
APPLICANTS, ON_A_SHORTLIST, EMPLOYERS = 10, 4, 5


def false_words_where_people_apply_to_several(size: str) -> Iterator[Study]:
    """How often either stage is ever called different where the same people apply everywhere and are not linked."""
    random = _random(10)
    runs = [_linked(random) for _ in range(_runs(size) // 2)]
    for name, place in (("everybody", 0), ("people who come to an organisation for the first time", 1)):
        yield _share(f"Either stage ever strong, {name}", np.array([run[place] for run in runs]))
    yield _share("Either stage ever strong, the weaker of the two, which is given", np.array([run[2] for run in runs]))


def _linked(random: np.random.Generator) -> tuple[bool, bool, bool]:
    """Invent posts of several employers for which many of the same people apply, all of them fairly judged.

    Return whether either stage was ever strong: of everybody, of the first time, and of both.
    """
    number = QUARTERS * POSTS_A_QUARTER
    seen: list[dict[int, set[int]]] = [{employer: set() for employer in range(EMPLOYERS)} for _ in range(2)]
    people: list[tuple[bool, float]] = []
    tables: list[list[list[tuple[int, int, int, int]]]] = [[[], []], [[], []]]
    active: list[int] = []
    for _ in range(number):
        employer = int(random.integers(EMPLOYERS))
        weights = np.array([GROUP_AGAIN if people[one][0] else 1.0 for one in active])
        again = min(int(random.binomial(APPLICANTS, AGAIN)), len(active))
        chosen = random.choice(len(active), again, replace=False, p=weights / weights.sum()) if again else []
        applicants = [active[one] for one in chosen]
        for _ in range(APPLICANTS - again):
            people.append((bool(random.random() < 0.3), float(random.normal())))
            applicants.append(len(people) - 1)
            active.append(len(people) - 1)
        judged = {one: people[one][1] + float(random.normal()) for one in applicants}
        shortlist = sorted(applicants, key=lambda one: -judged[one])[:ON_A_SHORTLIST]
        interviewed = {one: people[one][1] + float(random.normal()) for one in shortlist}
        appointed = [max(shortlist, key=lambda one: interviewed[one])]
        for stage, (before, after) in enumerate(((applicants, shortlist), (shortlist, appointed))):
            first = [one for one in before if one not in seen[stage][employer]]
            seen[stage][employer].update(before)
            for which, some in enumerate((before, first)):
                tables[stage][which].append(_table(people, some, after))
        active.remove(appointed[0])
    ever = np.array([[_strong_looks(table) for table in stage] for stage in tables])
    return bool(ever[:, 0].any()), bool(ever[:, 1].any()), bool((ever[:, 0] & ever[:, 1]).any())


def _table(people: list[tuple[bool, float]], before: list[int], after: list[int]) -> tuple[int, int, int, int]:
    succeeded = [one for one in before if one in after]
    return len(before), sum(people[one][0] for one in before), len(succeeded), sum(people[one][0] for one in succeeded)


def _strong_looks(table: list[tuple[int, int, int, int]]) -> np.ndarray:
    """Return at which quarters' ends the e-value of posts of one stage is strong."""
    path = e_path(Draws(*np.array(table).T), 0.0, declared_protocol(), QUARTERS_IN_A_YEAR * POSTS_A_QUARTER)
    return path[POSTS_A_QUARTER - 1 :: POSTS_A_QUARTER] >= log(STRONG)


POINTS = (8, 12, 20, 24)  # quarters of two to six years
PEOPLE, MORE_PEOPLE, RATE, SMALL_RATE = 60, 2_000, 0.3, 0.05
Invent = Callable[[np.random.Generator, int], Series]


def false_signs_of_charts(size: str) -> Iterator[Study]:
    """How often a chart over time marks a series in control, of as many points as a partnership has.

    Of 8 points it must never; of more, as often as its own result says that chance alone does. Shares that vary more
    than their people explain are invented here in another way than there: their rates are from a beta distribution,
    and of each chart that is asked which its own sigma z gives. What limits of 8 points would do is there for
    comparison.
    """
    for points in POINTS:
        for number, (name, (kind, people, invent)) in enumerate(IN_CONTROL.items()):
            random = _random(11, points, number)
            watched = [watch(invent(random, points), Better.UP) for _ in range(_runs(size) * 2)]
            said = _said_of(watched, kind, points, people)
            yield _share(f"{name}, {points} points", np.array(list(map(_speaks, watched))), at_most=said, at_least=said)
    random, (*_, invent) = _random(12), IN_CONTROL[next(iter(VARIABLE))]
    narrow = [control_chart(invent(random, 20), Kind.P) for _ in range(_runs(size) * 2)]
    yield _share("p chart, never widened, of such shares, 20 points", np.array([any(one.signals) for one in narrow]))
    limits = by_chance(Kind.XMR, POINTS[0]).charts
    yield Study(f"XmR chart with limits of {POINTS[0]} points, which is never drawn", limits, 0.0)


def _said_of(watched: list[Watched], kind: Kind, points: int, people: int) -> float:
    """Return in which share of charts in control their own results say that chance alone marks something."""
    if points < FEWEST_FOR_LIMITS:
        return 0.0
    if kind == Kind.RUN:  # hangs on how many points are on the median
        return float(np.mean([one.by_chance.charts for one in watched]))
    counted = (float(people),) * points if people else ()
    if kind == Kind.P_PRIME:
        spreads = [coarse_spread(one.series) for one in watched]
        return float(np.mean([by_chance(kind, points, RATE, counted, spread).charts for spread in spreads]))
    return by_chance(kind, points, RATE, counted).charts


def _speaks(watched: Watched) -> bool:
    chart = watched.chart
    return any(chart.signals) if isinstance(chart, ControlChart) else chart.signal


def _shares(people: int, rate: float, times: int = 1) -> Invent:
    """Return what invents shares of so many people, of so many `times` the variance that their number explains."""

    def invent(random: np.random.Generator, points: int) -> Series:
        """Return shares of as many points."""
        size = (people - times) / (times - 1) if times > 1 else 0  # the beta distribution's two numbers, added up
        rates = random.beta(rate * size, (1 - rate) * size, points) if size else rate
        return Series.of_counts(Of.SHARES, random.binomial(people, rates, points).tolist(), [people] * points)

    return invent


def _rates(random: np.random.Generator, points: int) -> Series:
    return Series.of_counts(Of.RATES, random.poisson(RATE * PEOPLE, points).tolist(), [PEOPLE] * points)


def _values(random: np.random.Generator, points: int) -> Series:
    return Series.of_values(random.normal(size=points).tolist())


VARIABLE = {f"p' chart of shares of 2,000, of {times} times the variance": times for times in (2, 4, 6)}
IN_CONTROL: dict[str, tuple[Kind, int, Invent]] = {
    "p chart of shares of 60 people": (Kind.P, PEOPLE, _shares(PEOPLE, RATE)),
    "u chart of rates": (Kind.U, PEOPLE, _rates),
    "XmR chart of values": (Kind.XMR, 0, _values),
    "Run chart of shares of few events": (Kind.RUN, PEOPLE, _shares(PEOPLE, SMALL_RATE)),
    **{name: (Kind.P_PRIME, MORE_PEOPLE, _shares(MORE_PEOPLE, RATE, times)) for name, times in VARIABLE.items()},
}


def _coverage(draws: Draws, odds: float, half: bool) -> float:
    """Count every total: an interval holds the odds ratio exactly where neither tail there is at most 0.025."""
    null = NullDistribution.of(draws)
    held = null.smaller_tails(log(odds), half) > (1 - CONFIDENCE) / 2
    return float(null.at(log(odds))[held].sum())


def _e_path(draws: Draws, log_odds_ratio: float) -> np.ndarray:
    """Return the log e-value of the declared mixture against a log odds ratio after every shortlist."""
    return e_path(draws, log_odds_ratio, declared_protocol(), 4 * POSTS_A_QUARTER)


def e_path(draws: Draws, log_odds_ratio: float, protocol: Protocol, posts_a_year: int) -> np.ndarray:
    """Return the log e-value against a log odds ratio after every shortlist, as if none had to wait."""
    shapes = Shapes.of(draws)
    thetas = np.append(GRID, log_odds_ratio)
    steps = np.zeros((len(draws), len(thetas)))
    informative = draws.informative
    above = (draws.chosen_in_group - draws.least)[informative]
    steps[informative] = np.outer(above, thetas) - shapes.log_mean_exponentials(thetas)[:, shapes.shape_of].T
    prior = log_prior(protocol.prior_sd, one_sided=False)
    total = np.zeros(len(draws))
    for start, weight in enumerate(protocol.weights):
        first = start * posts_a_year
        value = np.zeros(len(draws))
        if first < len(draws):
            logs = np.cumsum(steps[first:], axis=0)
            value[first:] = log_sum(logs[:, :-1] + prior, axis=1) - logs[:, -1]
        total += weight * np.exp(np.minimum(value, 600.0))
    return np.log(total)
