"""What a key means: which people, of which organisations, in which time, who came how far.

A figure is made of the smallest parts that any key names: an organisation, a year or quarter, the *furthest* stage that
of its chain that a person reached, a group and a band. So the people at a stage are those who went no further and those
at the stages after it; that a later stage has more people is then not forbidden by a rule but cannot be said.

The attacker can be told what it does not know. A name that it does not understand is then a part of its own.
"""

from dataclasses import dataclass
from enum import StrEnum
from functools import cache

from lt_analysis.codebook.measures import CHAIN_OF, CHAINS, DIVIDED, EVERYBODY_SO_FAR, FURTHEST, JOINED
from lt_analysis.codebook.mistakes import RawDataError
from lt_analysis.codebook.pay import DIVIDED_AT
from lt_analysis.codebook.periods import FinancialYear, Quarter, StaffDay, SurveyYear, parse_span

PARTNERSHIP = "partnership"
BAND_8_PLUS = ("8a", "8b", "8c", "8d", "9", "VSM")
BELOW_BAND_8 = ("1-5", "6-7", "below-8a")
OF_STAFF = (*BELOW_BAND_8, "medical", "no-band")
BANDS = {
    **{band: (band,) for band in (*BAND_8_PLUS, *OF_STAFF)},
    "8a-8b": ("8a", "8b"),
    "8c+": ("8c", "8d", "9", "VSM"),
    "8+": BAND_8_PLUS,
    "1-7": BELOW_BAND_8,
    "all": (*BAND_8_PLUS, *OF_STAFF),
    **{part: (part,) for chain in DIVIDED for parts in chain.divided.values() for part in parts},
    **{cut: parts for chain in DIVIDED for cut, parts in chain.sums.items()},
}
KINDS = ("1-7", "8+", "medical", "no-band")
BME = ("Mixed", "Asian", "Black", "Other")
GROUPS = {
    **{group: (group,) for group in ("White", *BME, "Unknown")},
    "BME": BME,
    "known": ("White", *BME),
}
# Each stage, with how far its people came at the furthest, once for each chain that it is of: several start with staff.
STAGES = {key: tuple(chain.words_at(key) for chain in CHAINS if key in chain) for key in FURTHEST}
KEY = "who/span/stage/group/band"


class Knowledge(StrEnum):
    """Each kind of thing that an attacker knows; one that lacks a kind shows what that kind is worth."""

    GROUPS = "how groups add up"
    BANDS = "how bands add up"
    DIVIDED = "that clinical and other staff of a band are its staff, and wherever they live"
    STAGES = "that stages are nested"
    ORGANISATIONS = "whose numbers the partnership's add up"
    SPANS = "how quarters and years add up"
    COUNTS = "that no number of people is below 0"
    NO_POSTS = "where there was no vacancy"
    POSTS = "in which quarters a band had posts"
    EARLIER = "what was published before"
    SPREADSHEETS = "what spreadsheets say"
    DERIVED = "what figures are worked out from"
    STATUTORY = "what organisations publish themselves of their staff, whoever joined later among them"
    BOARDS = "who sits on an organisation's board: of so many at least it is known where they work"


EVERYTHING = frozenset(Knowledge)

Person = tuple[str, str]  # a group and a band


@dataclass(frozen=True)
class Figure:
    """What a number counts: people of `people`, whose furthest stage is one of `stages`, in all `years` together.

    A quarter is one year's `quarter`, and the staff of a day, or a survey, stand for a year. The stages are of one
    chain.
    """

    organisations: frozenset[str]
    years: tuple[str, ...]
    quarter: int | None
    stages: tuple[str, ...]
    people: frozenset[Person]

    def is_part_of(self, other: "Figure") -> bool:
        """Tell whether another figure counts all its people."""
        own, others = ((one.organisations, {*one.years}, {*one.stages}, one.people) for one in (self, other))
        return self.quarter == other.quarter and all(mine <= its for mine, its in zip(own, others, strict=True))

    @property
    def everyone(self) -> tuple[str, ...]:
        """The furthest stages of all people whom its chain counts; what is not understood is a chain of its own."""
        chain = CHAIN_OF.get(self.stages[0])
        return chain.words if chain else self.stages


@cache
def figures_of(key: str, members: frozenset[str], knowledge: frozenset[Knowledge] = EVERYTHING) -> tuple[Figure, ...]:
    """Read a key as far as the attacker understands it, once for each chain that it is a number of.

    A key that means nothing raises `RawDataError`.
    """
    parts = key.split("/")
    if len(parts) != KEY.count("/") + 1:
        raise _no_key(key)
    who, span, stage, group, band = parts
    if not who or stage not in STAGES or group not in GROUPS or band not in BANDS:
        raise _no_key(key)
    groups = GROUPS[group] if Knowledge.GROUPS in knowledge else (group,)
    return tuple(
        Figure(
            _organisations(key, who, members, knowledge),
            *_time(key, span, knowledge),
            furthest,
            frozenset((one, other) for one in groups for other in _bands(band, furthest[0], knowledge)),
        )
        for furthest in (STAGES[stage] if Knowledge.STAGES in knowledge else ((stage,),))
    )


def _bands(band: str, word: str, knowledge: frozenset[Knowledge]) -> tuple[str, ...]:
    """Return the smallest bands that a band holds, in the chain of some people: it may divide bands, or their kinds."""
    by = CHAIN_OF[word].divided if word in CHAIN_OF else {}
    if Knowledge.BANDS not in knowledge or (DIVIDED_AT in band and Knowledge.DIVIDED not in knowledge):
        return (band,)
    kinds = KINDS if band == "all" and by.keys() >= set(KINDS) else (band,) if band in by else BANDS[band]
    return tuple(one for kind in kinds for one in by.get(kind, (kind,)))


def joined_later(key: str) -> str:
    """Return the key of those who joined after the day, beside that of a statutory return's everybody; else nothing."""
    who, span, stage, *others = (*key.split("/"), "", "", "")
    if not stage.endswith(EVERYBODY_SO_FAR):
        return ""
    others = filter(None, others)
    return "/".join((who, span, stage.removesuffix(EVERYBODY_SO_FAR) + JOINED, *others))


def _organisations(key: str, who: str, members: frozenset[str], knowledge: frozenset[Knowledge]) -> frozenset[str]:
    if who != PARTNERSHIP:
        return frozenset({who})
    if not members:
        remedy = "Its table needs `data-members`: without it nobody can tell what can be worked out from it"
        raise RawDataError(f"{key} does not say whose numbers it adds up", remedy)
    if Knowledge.ORGANISATIONS in knowledge:
        return members
    return frozenset({f"{PARTNERSHIP} of {' '.join(sorted(members))}"})


def _time(key: str, span: str, knowledge: frozenset[Knowledge]) -> tuple[tuple[str, ...], int | None]:
    try:
        periods = [parse_span(part) for part in span.split("+")]
    except RawDataError:
        raise _no_key(key) from None
    if Knowledge.SPANS not in knowledge or (len(periods) == 1 and isinstance(periods[0], StaffDay | SurveyYear)):
        return (span,), None
    if len(periods) == 1 and isinstance(periods[0], Quarter):
        return (str(periods[0].year),), periods[0].number
    if len(set(periods)) < len(periods) or not all(isinstance(one, FinancialYear) for one in periods):
        raise _no_key(key)
    return tuple(str(year) for year in sorted(periods)), None


def _no_key(key: str) -> RawDataError:
    return RawDataError(f"{key!r} is not the key of a number", f"Write it as {KEY}")
