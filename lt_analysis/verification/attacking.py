"""The attack: every statement is understood, put into equations and bounded, and what comes out is judged."""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import replace

from lt_analysis.codebook.measures import IN_POST
from lt_analysis.codebook.pay import EVERYBODY
from lt_analysis.verification.bounds import ContradictionError, Range, ranges_of
from lt_analysis.verification.by_name import Named, found_by_name
from lt_analysis.verification.equations import Block, blocks_of
from lt_analysis.verification.meaning import EVERYTHING, GROUPS, KINDS, Figure, Knowledge, figures_of, joined_later
from lt_analysis.verification.posts import Posts
from lt_analysis.verification.statements import Derived, Publication, Statement
from lt_analysis.verification.verdicts import ANYTHING, ELSEWHERE, SMALL, Attack, Contradiction, Hidden

Bounded = tuple[Figure, Range]
Said = dict[Figure, list[Statement]]


def attack(
    publication: Publication,
    known: Mapping[str, int] | None = None,
    truth: Mapping[str, int] | None = None,
    knowledge: Collection[Knowledge] = EVERYTHING,
    watched: Callable[[Iterator[Bounded], int], Iterable[Bounded]] = lambda bounded, total: bounded,
    posts: Posts | None = None,
    seen: Mapping[str, int] | None = None,
    at_least: Mapping[str, int] | None = None,
) -> Attack:
    """Work out all that can be known of the hidden numbers.

    `known` are numbers that are public from elsewhere, by key: they are no secret, whatever the pages hide, and what
    follows from them alone is not found out by pages. `seen` are numbers that editions showed which were replaced: no
    secret either, but what follows from them is found out by what was published here. `truth` judges what was found
    and helps nobody to find it. `watched` is given what is being worked out, and of how many numbers, and gives it back
    one by one, as `rich.progress.track` does. `posts` says, by organisation and quarter (`2025-26-Q1`), which single
    bands had posts; in a quarter that it does not name any band may have had. Of numbers in `at_least`, by key, so many
    people are known by name, as those on a board are. Who knows nobody is tried as well, and whichever finds something
    out of a number counts. What of it agrees with nothing that is published is believed by nobody.
    """
    knowledge, known, seen = frozenset(knowledge), known or {}, seen or {}
    if Knowledge.STATUTORY not in knowledge:
        known = {key: number for key, number in known.items() if not joined_later(key)}
    posts = posts if posts and {Knowledge.POSTS, Knowledge.SPANS} <= knowledge else {}
    public = {**known, **seen}
    read = _understood(publication, knowledge)
    elsewhere = tuple(_elsewhere(read, known))
    said = _by_figure((*read.statements, *elsewhere, *_elsewhere(read, seen)), knowledge)
    hidden = [one for one, places in said.items() if _hides(places) and places[0].key not in public]
    shown = _shown(said)
    named = Named.of(at_least or {}, shown, knowledge)
    blocks = blocks_of(shown, hidden, _without_vacancy(said, knowledge), posts, named.at_least)
    impossible: list[str] = []
    counts = Knowledge.COUNTS in knowledge
    ranges = dict(
        watched(_bounded((replace(block, at_least={}) for block in blocks), counts, impossible), 2 * len(hidden))
    )
    found = {one: _hidden(said[one], range_) for one, range_ in ranges.items()}
    bound = [one for one, it in found.items() if it.finds_out]
    alone = blocks_of(_shown(_by_figure(elsewhere, knowledge)), bound, (), {}, {}) if known else []
    without = dict(_bounded(alone, counts, []))
    found = {one: replace(it, without=without.get(one, ANYTHING)) for one, it in found.items()}
    anyway = _shown(_by_figure((*elsewhere, *_kinds_of_band(read)), knowledge))
    named = named.as_far_as_possible(blocks, counts)
    found |= found_by_name(blocks, named, anyway, found, counts)
    return Attack(
        read,
        tuple(found[one] for one in hidden if one in found),
        tuple(_contradictions(said)),
        tuple(_betrayed(read, public)) if Knowledge.DERIVED in knowledge else (),
        tuple(impossible),
        truth or {},
        frozenset(public),
        {said[one][0].key: more for one, more in named.few_more(shown, anyway)},
        tuple(key for key in at_least or {} if named.doubted.intersection(figures_of(key, frozenset(), knowledge))),
    )


def _understood(publication: Publication, knowledge: frozenset[Knowledge]) -> Publication:
    """Leave out what an attacker of less knowledge does not see."""
    releases = publication.releases if Knowledge.EARLIER in knowledge else publication.releases[-1:]
    return replace(
        publication,
        statements=tuple(
            one
            for one in publication.statements
            if one.release in releases
            and (Knowledge.NO_POSTS in knowledge or not one.no_posts)
            and (Knowledge.SPREADSHEETS in knowledge or not one.in_spreadsheet)
        ),
        derived=tuple(one for one in publication.derived if one.release in releases),
    )


def _elsewhere(publication: Publication, known: Mapping[str, int]) -> Iterator[Statement]:
    """Say what is public from elsewhere; a number of the partnership adds up whom its tables add up.

    Where a statutory return has everybody to whom something happened, who joined later must not be worked out of it.
    """
    yield from (Statement(ELSEWHERE, "", joined, None) for joined in map(joined_later, known) if joined)
    for key, value in known.items():
        like = Statement(ELSEWHERE, "", key, value)
        tables = [one for one in publication.statements if one.of_partnership and one.span == like.span]
        whose = dict.fromkeys(one.members for one in tables) if like.of_partnership else {}
        yield from (replace(like, members=members) for members in whose or {like.members: None})


def _by_figure(statements: Iterable[Statement], knowledge: frozenset[Knowledge]) -> Said:
    said = defaultdict(list)
    for one in statements:
        for figure in figures_of(one.key, one.members, knowledge):
            said[figure].append(one)
    return said


def _hides(places: list[Statement]) -> bool:
    return any(one.value is None for one in places)


def _shown(said: Said) -> dict[Figure, int]:
    """Take each number as it was first published."""
    values = {figure: [one.value for one in places if one.value is not None] for figure, places in said.items()}
    return {figure: found[0] for figure, found in values.items() if found}


def _without_vacancy(said: Said, knowledge: frozenset[Knowledge]) -> list[Figure]:
    """Where there was no vacancy nobody of any group applied, was shortlisted or appointed."""
    groups = (*GROUPS["known"], *GROUPS["Unknown"]) if Knowledge.GROUPS in knowledge else tuple(GROUPS)
    return [
        replace(
            figure,
            stages=figure.everyone,
            people=frozenset((group, band) for group in groups for _, band in figure.people),
        )
        for figure, places in said.items()
        if any(one.no_posts for one in places)
    ]


def _bounded(blocks: Iterable[Block], counts: bool, impossible: list[str]) -> Iterator[Bounded]:
    for block in blocks:
        try:
            yield from ranges_of(block, SMALL, counts)
        except ContradictionError:
            impossible.append(block.about)


def _kinds_of_band(publication: Publication) -> Iterator[Statement]:
    """Yield how many staff there are of each kind of band, which everybody is taken to know, as of a statutory return.

    Beside the board it is public from elsewhere: of six people at Band 8 and above, five of whom are executives, one
    at most works at 8a or 8b, whatever the pages say of bands.
    """
    for one in publication.statements:
        if one.key.split("/")[2] == IN_POST.key and one.key.split("/")[4] in (EVERYBODY, *KINDS):
            yield one


def _hidden(places: list[Statement], range_: Range) -> Hidden:
    first = next(one for one in places if one.value is None)
    return Hidden(first.key, first.members, first.release, range_)


def _contradictions(said: Said) -> Iterator[Contradiction]:
    for places in said.values():
        where: dict[int, str] = {}
        for one in places:
            if one.value is not None:
                where.setdefault(one.value, f"{one.release} {one.file}".strip())
        if len(where) > 1:
            yield Contradiction(places[0].key, tuple((place, value) for value, place in where.items()))


def _betrayed(publication: Publication, known: Mapping[str, int]) -> Iterator[Derived]:
    """Find figures that are shown although a number that they are worked out from is hidden, or is nowhere."""
    hidden = {(one.release, one.key) for one in publication.statements if one.value is None}
    shown = {one.key for one in publication.statements if one.value is not None}
    for one in publication.derived:
        if one.shown and any((one.release, key) in hidden or key not in shown for key in one.keys if key not in known):
            yield one
