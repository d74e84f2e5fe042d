"""Reciprocal mentoring, and how traits of leaders were rated: what of both is published, whole tables or nothing.

A table is published as it is, or not at all, so nothing in it can be worked out from the rest of it. The partnership's
adds up every organisation that sent one. Less those that organisations publish themselves it tells of the others: so it
stands only where these others together, with any one of them that knows its own taken away, would still make a table
that may be published.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TypeVar

import duckdb

from lt_analysis.codebook.leadership import AGREE, FEW_RATERS, RATERS, TRAITS
from lt_analysis.codebook.leadership import ANSWERS as POSSIBLE
from lt_analysis.codebook.periods import Quarter
from lt_analysis.codebook.publishing import smallest_number
from lt_analysis.release.keys import PARTNERSHIP

MENTORING, RATED = "mentoring", "traits"
PAIRS, ANSWERS = "pairs", "answers"  # empty where a table is hidden
NUMBERS = (PAIRS, "ended", "executives_paired", "executives", "meetings", "met", "led")
LAST_MET, ACTIONS = "last_met_on", "actions"
Items = dict[str, float | str | None]


@dataclass(frozen=True)
class Mentoring:
    """The pairs of mentoring of an organisation, or of all, as they stood at the end of a quarter; None: hidden.

    `met` of them met in that quarter, and `led` of them led one of the `actions`, by their references. Of all together
    no reference is named. How many `executives` there are is None where it was not sent. `key` is what its parts go by
    among a release's items, once it is read back.
    """

    pairs: int | None
    ended: int | None = None
    executives_paired: int | None = None
    executives: int | None = None
    meetings: int | None = None
    met: int | None = None
    led: int | None = None
    last_met_on: date | None = None
    actions: tuple[str, ...] = ()
    key: str = ""

    @property
    def numbers(self) -> dict[str, int | None]:
        """Its numbers by their names: those that were sent, or that there are, hidden."""
        every = {name: getattr(self, name) for name in NUMBERS}
        return {name: number for name, number in every.items() if number is not None} or {PAIRS: None}


@dataclass(frozen=True)
class Ratings:
    """How many gave each answer about a trait of leaders in a quarter, from strongly disagree on; None: hidden."""

    who: str
    quarter: Quarter
    trait: str
    rater_kind: str
    answers: tuple[int, ...] | None

    @property
    def key(self) -> str:
        """What its parts go by among a release's items."""
        return ratings_key(self.who, self.quarter, self.trait, self.rater_kind)

    @property
    def raters(self) -> int | None:
        """How many answered; None where that is hidden."""
        return None if self.answers is None else sum(self.answers)

    @property
    def agreed(self) -> int | None:
        """How many agreed, strongly or not; None where that is hidden."""
        return None if self.answers is None else sum(self.answers[AGREE])


def pairs_hold(one: Mentoring) -> bool:
    """Tell whether pairs may be published: of fewer than the smallest number somebody could be told by them.

    >>> pairs_hold(Mentoring(4)), pairs_hold(Mentoring(5))
    (False, True)
    """
    return one.pairs >= smallest_number()


def hidden_pairs_hold(tables: Sequence[Mentoring]) -> bool:
    """Tell whether the sum of some programmes, each hidden for it has few pairs, may be found.

    It is of enough pairs, and tells of none how many: few each, they are not all as many, or as few, as few can be.

    >>> [hidden_pairs_hold([Mentoring(one), Mentoring(other)]) for one, other in ((3, 3), (4, 4), (1, 3))]
    [True, False, False]
    """
    pairs, most = sum(one.pairs for one in tables), smallest_number() - 1
    return pairs > most and len(tables) < pairs < most * len(tables)


def answers_hold(answers: Sequence[int]) -> bool:
    """Tell whether answers of some raters may be published.

    There are at least as many raters as the smallest number; no rater who takes away the own answer finds that all
    others gave the same one; and of few raters there is no answer that nobody gave.

    >>> answers_hold((0, 0, 1, 3, 0)), answers_hold((1, 1, 1, 1, 1)), answers_hold((0, 2, 3, 9, 1))
    (False, True, False)
    >>> answers_hold((0, 2, 5, 12, 1)), answers_hold((0, 0, 0, 29, 1))
    (True, False)
    """
    raters = sum(answers)
    several = raters - max(answers) > 1
    return raters >= smallest_number() and several and (raters >= FEW_RATERS or min(answers) > 0)


Told = TypeVar("Told")


def whole_or_nothing(
    sent: Mapping[str, Told],
    holds: Callable[[Told], bool],
    add: Callable[[Iterable[Told]], Told],
    hold_together: Callable[[Sequence[Told]], bool] | None = None,
) -> tuple[list[str], Told | None]:
    """Return the organisations whose own tables are published, and the table of all together; None: it is hidden.

    What some hidden ones are together may be found where that `holds`, or they `hold_together`, where that is asked.

    >>> whole_or_nothing({"a": 9, "b": 3, "c": 3}, lambda one: one >= 5, sum)  # b, which knows its own 3, finds c's
    (['a'], None)
    >>> whole_or_nothing({"a": 9, "b": 3, "c": 3, "d": 3}, lambda one: one >= 5, sum)
    (['a'], 18)
    """
    may_be_found = hold_together or (lambda some: holds(add(some)))
    own = [slug for slug, table in sent.items() if holds(table)]
    others = [table for slug, table in sent.items() if slug not in own]
    but_one = ([*others[:place], *others[place + 1 :]] for place in range(len(others)))
    may_be_added = bool(sent) and all(some and may_be_found(some) for some in but_one)
    return own, add(sent.values()) if may_be_added else None


def leadership_in_public(connection: duckdb.DuckDBPyConnection, slugs: Iterable[str], quarter: Quarter) -> Items:
    """Return as items what may be published of the tables `mentoring` and `ratings`, of some organisations."""
    slugs = set(slugs)
    rows = connection.execute(f"SELECT organisation, {', '.join((*NUMBERS, LAST_MET, ACTIONS))} FROM mentoring")
    pairs = {slug: Mentoring(*numbers, tuple(actions)) for slug, *numbers, actions in rows.fetchall() if slug in slugs}
    items = {
        key: value
        for who, one in _in_public(pairs, pairs_hold, _all_pairs, hidden_pairs_hold)
        for key, value in _items_of_pairs(mentoring_key(who, quarter), one)
    }
    rated = connection.execute("SELECT organisation, trait, rater_kind, answers FROM ratings").fetchall()
    for trait in TRAITS:
        for kind in RATERS:
            sent = {slug: tuple(answers) for slug, *which, answers in rated if which == [trait, kind] and slug in slugs}
            for who, answers in _in_public(sent, answers_hold, _all_answers):
                items |= _items_of_answers(ratings_key(who, quarter, trait, kind), answers)
    return items


def _in_public(
    sent: Mapping[str, Told],
    holds: Callable[[Told], bool],
    add: Callable[[Iterable[Told]], Told],
    hold_together: Callable[[Sequence[Told]], bool] | None = None,
) -> Iterator[tuple[str, Told | None]]:
    """Yield every table that was sent, and that of all together, each None where it is hidden."""
    own, together = whole_or_nothing(sent, holds, add, hold_together)
    yield from ((slug, table if slug in own else None) for slug, table in sent.items())
    if sent:
        yield PARTNERSHIP, together


def _all_pairs(tables: Iterable[Mentoring]) -> Mentoring:
    tables = tuple(tables)
    numbers = {name: [getattr(one, name) for one in tables] for name in NUMBERS}
    met = [one.last_met_on for one in tables if one.last_met_on]
    return Mentoring(
        **{name: None if None in some else sum(some) for name, some in numbers.items()},
        last_met_on=max(met, default=None),
    )


def _all_answers(tables: Iterable[tuple[int, ...]]) -> tuple[int, ...]:
    return tuple(map(sum, zip(*tables, strict=True)))


def _items_of_pairs(key: str, one: Mentoring | None) -> Iterator[tuple[str, float | str | None]]:
    if one is None:
        yield f"{key}/{PAIRS}", None
        return
    yield from ((f"{key}/{name}", float(number)) for name, number in one.numbers.items())
    if one.last_met_on:
        yield f"{key}/{LAST_MET}", str(one.last_met_on)
    if one.actions:
        yield f"{key}/{ACTIONS}", " ".join(one.actions)


def _items_of_answers(key: str, answers: Sequence[int] | None) -> Items:
    if answers is None:
        return {f"{key}/{ANSWERS}": None}
    return {f"{key}/{number}": float(count) for number, count in enumerate(answers, start=1)}


def mentoring_key(who: str, quarter: Quarter) -> str:
    """Return what the parts of somebody's table of pairs go by among a release's items."""
    return f"{who}/{quarter}/{MENTORING}"


def ratings_key(who: str, quarter: Quarter, trait: str, kind: str) -> str:
    """Return what the parts of a table of answers about a trait go by among a release's items."""
    return f"{who}/{quarter}/{RATED}/{trait.replace(' ', '-')}/{kind}"


def mentoring_of(items: Mapping[str, float | str | None], who: str, quarter: Quarter) -> Mentoring | None:
    """Read a table of pairs back from a release's items; None where nothing was sent."""
    key = mentoring_key(who, quarter)
    if f"{key}/{PAIRS}" not in items:
        return None
    numbers = {name: items.get(f"{key}/{name}") for name in NUMBERS}
    last_met, actions = items.get(f"{key}/{LAST_MET}"), items.get(f"{key}/{ACTIONS}")
    return Mentoring(
        **{name: None if number is None else round(number) for name, number in numbers.items()},
        last_met_on=last_met and date.fromisoformat(last_met),
        actions=tuple((actions or "").split()),
        key=key,
    )


def ratings_of(items: Mapping[str, float | str | None], who: str, until: Quarter) -> tuple[Ratings, ...]:
    """Read the tables of answers up to a quarter back from releases' items, the earliest first."""
    asked = {key.split("/")[1] for key in items if key.startswith(f"{who}/") and f"/{RATED}/" in key}
    quarters = sorted(quarter for quarter in map(Quarter.parse, asked) if quarter <= until)
    found = ((quarter, trait, kind) for quarter in quarters for trait in TRAITS for kind in RATERS)
    return tuple(one for which in found if (one := _ratings(items, who, *which)))


def _ratings(
    items: Mapping[str, float | str | None], who: str, quarter: Quarter, trait: str, kind: str
) -> Ratings | None:
    key = ratings_key(who, quarter, trait, kind)
    if f"{key}/{ANSWERS}" in items:
        return Ratings(who, quarter, trait, kind, None)
    if f"{key}/1" not in items:
        return None
    numbers = (items[f"{key}/{number}"] for number, _ in enumerate(POSSIBLE, start=1))
    return Ratings(who, quarter, trait, kind, tuple(map(round, numbers)))
