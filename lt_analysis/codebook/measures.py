"""What is measured: chains of stages with their words and the tables that are due of them, and decisions, one row each.

A measure is a decision between two stages of a chain. Which of the tables due are published, and which of their
numbers, is decided by how many people they count (`release/ladder.py`).
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from enum import Enum
from itertools import pairwise
from typing import NamedTuple

from lt_analysis.codebook.ethnicity import BME, EVERY_GROUP, REFERENCE, SINGLE_GROUPS, TWO_GROUPS, UNKNOWN
from lt_analysis.codebook.pay import (
    BAND_8_AND_ABOVE,
    BAND_8_PLUS_TOTAL,
    BANDS_6_AND_7,
    BELOW_BAND_8_TOTAL,
    DIVIDED_AT,
    ELSEWHERE,
    EVERYBODY,
    HOMES,
    KINDS_OF_WORK,
    LAMBETH,
    LOWER_BANDS,
    MEDICAL,
    NEAR,
    NO_BAND,
    NO_HOME,
    PARTS_OF_CUTS,
    UP_TO_BAND_5,
    UPPER_BANDS,
    WITHOUT_BANDS,
    divided,
    parts_of_cut,
)


@dataclass(frozen=True)
class Stage:
    """How far people came, under the name that it has in every key, table and file, and how pages speak of it.

    >>> SHORTLISTED.event, SHORTLISTED.verb, SHORTLISTED.sent_as
    ('places on shortlists', 'went to', 'shortlisted')
    """

    key: str
    column: str  # what heads a column of their numbers
    people: str  # those who came so far, in the plural
    event: str  # what is counted of them, in the plural, ...
    verb: str  # ... and what joins that to whose it was
    sent_as: str  # what returns call it: the stage that they must have come to, or the event that happened to them
    meaning: str = ""  # what the heading of its column means, for lists of words

    @property
    def did(self) -> str:
        """What those who came so far did, where it is said of people at all.

        >>> DISCIPLINED.did
        'entered a formal disciplinary process'
        """
        return self.people.partition(" who ")[2]


class Whose(Enum):
    """Whose numbers a table holds."""

    EACH = "each organisation"
    TOGETHER = "all organisations together"


class When(Enum):
    """Of which people a table is: those of a financial year or a quarter, or the staff of a day."""

    YEAR = "a complete financial year"
    QUARTER = "a quarter"
    DAY_BEFORE = "the last day before a complete financial year"
    LAST_DAY = "the last day of a complete financial year"
    SURVEY = "the survey of a complete financial year"


@dataclass(frozen=True)
class Due:
    """A table that is due of a chain: whose, of when, and in which groups and cuts; finer ones only where enough sent.

    It counts people at every stage of the chain, or `at_first` at its first alone; or, `of_new`, at those of new staff.
    """

    whose: Whose
    when: When
    groups: tuple[str, ...]
    cuts: tuple[str, ...]
    at_first: bool = False
    of_new: bool = False


@dataclass(frozen=True)
class Chain:
    """Stages in their order, of which each is a part of the one before.

    Several chains may start from the same people, of whom different things are asked; a later stage is of one chain
    alone. `whole` is the cut that holds everybody whom the chain counts. People are counted by quarters, by the day
    whose staff they were (`of_staff`), or by the year of a survey that they answered (`of_answers`). A chain of one
    stage is a stock: nobody decided anything about its people, so it is described, and nothing of it is compared with
    equal chances. One whose kinds of band are `divided` by something else, which its key names, counts its people by
    the parts of each and not by single bands. `source` are the returns that say it, and `due` the tables that are
    published of it. Of a `statutory`
    one organisations publish themselves how many of each group came to its last stage.

    `of_new` are the same stages of those alone who were new on the day, having joined within the twelve months before.
    Each of them is a part of the one before it, and of the stage in its place among all. They are of one chain with it,
    so that what is published of either is protected together: who of all staff left is at least who of new staff did.

    >>> RECRUITMENT.furthest("shortlisted"), OF_DISCIPLINE.furthest("staff")
    (('shortlisted', 'appointed'), ('staff not disciplined', 'disciplined'))
    """

    key: str
    stages: tuple[Stage, ...]
    whole: str
    source: str
    due: tuple[Due, ...]
    of_staff: bool = False
    of_answers: bool = False
    statutory: bool = False
    of_new: tuple[Stage, ...] = ()
    divided: Mapping[str, tuple[str, ...]] = field(default_factory=dict, hash=False)
    sums: Mapping[str, tuple[str, ...]] = field(default_factory=dict, hash=False)  # cuts that are several of its parts
    # Of each kind that is told, the cuts that must all be of enough people, for each follows from the others.
    told_with: Mapping[str, tuple[str, ...]] = field(default_factory=dict, hash=False)

    def tables(self, whose: Whose, when: When) -> Iterator[tuple[Due, tuple[str, ...]]]:
        """Yield the tables that are due of somebody and of some time, each with the stages that it counts.

        >>> [(table.cuts, stages) for table, stages in RECRUITMENT.tables(Whose.TOGETHER, When.QUARTER)]
        [(('8+',), ('applied', 'shortlisted', 'appointed'))]
        """
        for table in self.due:
            if (table.whose, table.when) == (whose, when):
                stages = self.of_new if table.of_new else self.stages[: 1 if table.at_first else None]
                yield table, tuple(stage.key for stage in stages)

    @property
    def is_stock(self) -> bool:
        """Whether it only says how many there are."""
        return len(self.stages) == 1

    def furthest(self, stage: str) -> tuple[str, ...]:
        """Return the furthest stages of the people who are counted at a stage: itself and those after it.

        The people of a shared first stage who went no further are told apart by what they did not come to, and those
        who were new by the stages of these.

        >>> OF_LEAVING.furthest("left"), OF_LEAVING.furthest("new")
        (('left', 'new-left'), ('new', 'new-left'))
        """
        keys, new = ([one.key for one in some] for some in (self.stages, self.of_new))
        if stage in new:
            return tuple(new[new.index(stage) :])
        words = [f"{keys[0]} not {keys[1]}" if keys[0] in SHARED else keys[0], *keys[1:]]
        return (*words[keys.index(stage) :], *new[keys.index(stage) :])

    @property
    def keys(self) -> tuple[str, ...]:
        """The names of its stages, in order, and of those of new staff."""
        return tuple(stage.key for stage in (*self.stages, *self.of_new))

    @property
    def later(self) -> tuple[str, ...]:
        """The names of the stages after its first, to which somebody who joined after the day may come too."""
        return tuple(stage.key for stage in self.stages[1:])

    @property
    def parts(self) -> Iterator[tuple[str, str]]:
        """Each of its stages after one that it is a part of: the one before it, and then that of all staff."""
        for stages in (self.stages, self.of_new):
            yield from ((after.key, before.key) for before, after in pairwise(stages))
        yield from ((new.key, every.key) for new, every in zip(self.of_new, self.stages, strict=False))

    @property
    def words(self) -> tuple[str, ...]:
        """All words for how far its people came; of staff, also of those who joined later and came to its last stage.

        >>> OF_DISCIPLINE.words
        ('staff not disciplined', 'disciplined', 'disciplined.joined')
        """
        return (*self.furthest(self.keys[0]), *(f"{key}{JOINED}" for key in self.later if self.of_staff))

    @property
    def unpublished(self) -> Mapping[str, tuple[str, ...]]:
        """What is counted under names that no table has: those who joined later, and everybody who came to a stage.

        Of a statutory chain organisations publish the latter themselves.
        """
        later = self.later if self.of_staff else ()
        return {f"{key}{JOINED}": (f"{key}{JOINED}",) for key in later} | {
            f"{key}{EVERYBODY_SO_FAR}": (*self.furthest(key), f"{key}{JOINED}") for key in later
        }

    def words_at(self, stage: str) -> tuple[str, ...]:
        """Return the words of the people who are counted under a name, that of a stage or one that no table has.

        >>> OF_DISCIPLINE.words_at("disciplined.ever")
        ('disciplined', 'disciplined.joined')
        """
        return self.unpublished[stage] if stage in self.unpublished else self.furthest(stage)

    def __contains__(self, stage: str) -> bool:
        return stage in self.keys or stage in self.unpublished


SHARED = {"staff"}  # first stages from which several chains start
JOINED, EVERYBODY_SO_FAR = ".joined", ".ever"  # after a stage: those of it who joined after the day, and all of it

APPLIED = Stage("applied", "applicants", "applicants", "applicants", "were", sent_as="eligible")
SHORTLISTED = Stage(
    "shortlisted", "shortlisted", "people on shortlists", "places on shortlists", "went to", sent_as="shortlisted"
)
APPOINTED = Stage("appointed", "appointed", "people appointed", "appointments", "went to", sent_as="offered")
RECRUITMENT = Chain(
    "recruitment",
    (APPLIED, SHORTLISTED, APPOINTED),
    whole=BAND_8_PLUS_TOTAL,
    source="returns of applications",
    due=(
        Due(Whose.EACH, When.YEAR, TWO_GROUPS, (LOWER_BANDS, UPPER_BANDS, BAND_8_PLUS_TOTAL)),
        Due(Whose.EACH, When.YEAR, (UNKNOWN,), (BAND_8_PLUS_TOTAL,), at_first=True),
        Due(Whose.TOGETHER, When.YEAR, EVERY_GROUP, (*BAND_8_AND_ABOVE, BAND_8_PLUS_TOTAL)),
        Due(Whose.TOGETHER, When.QUARTER, TWO_GROUPS, (BAND_8_PLUS_TOTAL,)),
    ),
)

# The staff of the last day before a financial year, and what happened to them in it. How many they are is in the
# public's hands already (the statutory returns have it), so it is given, and nothing hidden leans on it.
STAFF = Stage(
    "staff",
    "staff",
    "staff",
    "staff",
    "were",
    sent_as="staff",
    meaning="people in post on the day, each with their main post, as the organisation's return of staff has them.",
)
DISCIPLINED = Stage(
    "disciplined",
    "entered a disciplinary process",
    "staff who entered a formal disciplinary process",
    "formal disciplinary processes",
    "were of",
    sent_as="formal disciplinary",
    meaning="entered a formal disciplinary process within the year, once or more often.",
)
IN_CAPABILITY = Stage(
    "capability",
    "entered a capability process",
    "staff who entered a formal capability process",
    "formal capability processes",
    "were of",
    sent_as="formal capability",
    meaning="entered a formal capability process within the year, once or more often.",
)
TRAINED = Stage(
    "trained",
    "took part",
    "staff who took part in training beyond the mandatory",
    "places on training beyond the mandatory",
    "went to",
    sent_as="non-mandatory training",
    meaning="took part in training beyond the mandatory within the year, once or more often.",
)
LEFT = Stage(
    "left",
    "left the organisation",
    "staff who left the organisation",
    "departures",
    "were of",
    sent_as="left",
    meaning="resigned, retired, was dismissed, or went for another reason or none. Whoever was transferred or made "
    "redundant, died, or had a contract that ended is not among them.",
)
NEW = Stage(
    "new",
    "joined in the year before",
    "staff who had joined in the year before",
    "people who had joined in the year before",
    "were",
    sent_as="staff",
    meaning="staff of the day who had joined the organisation within the twelve months before it.",
)
NEW_LEFT = Stage(
    "new-left",
    "left soon after joining",
    "staff who left soon after joining",
    "departures soon after joining",
    "were of",
    sent_as="left",
    meaning="had joined within the twelve months before the day, and left within the year after it. Who is not among "
    "those who left the organisation is not among these.",
)
PROMOTED = Stage(
    "promoted",
    "gained a promotion",
    "staff who gained a promotion",
    "promotions",
    "went to",
    sent_as="promotion",
    meaning="moved for good to a post at a higher pay band or grade within the year, once or more often. Acting up for "
    "a time does not count, nor does a higher band for the post that somebody has. Staff at the highest grade cannot.",
)
ACTED_UP = Stage(
    "acted-up",
    "acted up",
    "staff who acted up in a higher-banded post",
    "spells of acting up in a higher-banded post",
    "went to",
    sent_as="acting up",
    meaning="were given a post at a higher pay band or grade for a time, begun within the year, once or more often. A "
    "move for good is a promotion. Staff at the highest grade cannot.",
)
# Who works at each band: the same people as `STAFF`, as they stand in tables of their own, band by band.
IN_POST = Stage(
    "in-post",
    "in post",
    "staff in post",
    "posts",
    "were held by",
    sent_as="staff",
    meaning="staff on the day, each with their main post, as the organisation's return of staff has them.",
)
BELOW, ABOVE = (UP_TO_BAND_5, BANDS_6_AND_7, BELOW_BAND_8_TOTAL), (UPPER_BANDS, BAND_8_PLUS_TOTAL)
# Clinical and other staff of each band. Doctors and dentists are in neither, nor is who has no band at all.
OF_BOTH_KINDS = {band: divided(band, KINDS_OF_WORK) for band in (*BELOW[:2], WITHOUT_BANDS, *BAND_8_AND_ABOVE)}
BANDED = "banded"  # of both kinds, all but those without a band below 8a
_BANDS_OF = {
    cut: tuple(band for band in parts_of_cut(cut) if band in OF_BOTH_KINDS)
    for cut in (*BELOW, LOWER_BANDS, *ABOVE, EVERYBODY)
} | {BANDED: tuple(band for band in OF_BOTH_KINDS if band != WITHOUT_BANDS)}
SUMS_OF_WORK = {
    f"{cut}{DIVIDED_AT}{work}": tuple(f"{band}{DIVIDED_AT}{work}" for band in bands)
    for work in KINDS_OF_WORK
    for cut, bands in _BANDS_OF.items()
}
OF_STOCK = Chain(
    "stock",
    (IN_POST,),
    whole=EVERYBODY,
    source="returns of staff",
    due=(
        # Nobody at the top, where some are known by name, is told finer.
        Due(Whose.EACH, When.LAST_DAY, TWO_GROUPS, (*BELOW, LOWER_BANDS, *ABOVE, MEDICAL, EVERYBODY)),
        Due(Whose.EACH, When.LAST_DAY, (UNKNOWN,), (EVERYBODY,)),
        Due(Whose.TOGETHER, When.LAST_DAY, TWO_GROUPS, (*BELOW, *BAND_8_AND_ABOVE[:2], *ABOVE, MEDICAL, EVERYBODY)),
        Due(Whose.TOGETHER, When.LAST_DAY, SINGLE_GROUPS, (BELOW_BAND_8_TOTAL, BAND_8_PLUS_TOTAL, EVERYBODY)),
        Due(Whose.TOGETHER, When.LAST_DAY, TWO_GROUPS, tuple(SUMS_OF_WORK)),
    ),
    of_staff=True,
    divided=OF_BOTH_KINDS,
    sums=SUMS_OF_WORK,
)
# The same people once more, by where they live. Whoever knows all of a kind and some parts of it knows the rest.
AT_HOME = replace(IN_POST, key="at-home")
IN_THE_BOROUGHS = "in-the-boroughs"
OF_HOMES = {kind: divided(kind, HOMES) for kind in PARTS_OF_CUTS[EVERYBODY]}
_BELOW = tuple(kind for kind in OF_HOMES if kind != BAND_8_PLUS_TOTAL)
_WHERE = {IN_THE_BOROUGHS: (LAMBETH, NEAR), ELSEWHERE: (ELSEWHERE,), NO_HOME: (NO_HOME,)}
SUMS_OF_HOMES = {
    f"{name}.{where}": tuple(f"{kind}.{home}" for kind in kinds for home in homes)
    for name, kinds in {EVERYBODY: tuple(OF_HOMES), BAND_8_PLUS_TOTAL: (BAND_8_PLUS_TOTAL,), "others": _BELOW}.items()
    for where, homes in _WHERE.items()
}
BY_HOME = Chain(
    "home",
    (AT_HOME,),
    whole=EVERYBODY,
    source="returns of staff",
    due=(
        Due(
            Whose.TOGETHER,
            When.LAST_DAY,
            TWO_GROUPS,
            (
                *divided(BAND_8_PLUS_TOTAL, (IN_THE_BOROUGHS, ELSEWHERE)),
                *divided(EVERYBODY, (IN_THE_BOROUGHS, ELSEWHERE)),
            ),
        ),
    ),
    of_staff=True,
    divided=OF_HOMES,
    sums=SUMS_OF_HOMES,
    told_with={
        EVERYBODY: divided(EVERYBODY, tuple(_WHERE)),
        BAND_8_PLUS_TOTAL: tuple(cut for cut in SUMS_OF_HOMES if not cut.startswith(f"{EVERYBODY}.")),
    },
)
FOLLOWED = {
    "whole": EVERYBODY,
    "source": "returns of staff and of events",
    "due": (
        Due(Whose.EACH, When.DAY_BEFORE, TWO_GROUPS, (EVERYBODY,)),
        Due(Whose.TOGETHER, When.DAY_BEFORE, EVERY_GROUP, (EVERYBODY,)),
        Due(Whose.TOGETHER, When.DAY_BEFORE, EVERY_GROUP, PARTS_OF_CUTS[EVERYBODY]),
    ),
    "of_staff": True,
}
OF_DISCIPLINE = Chain("discipline", (STAFF, DISCIPLINED), **FOLLOWED, statutory=True)
OF_CAPABILITY = Chain("capability", (STAFF, IN_CAPABILITY), **FOLLOWED)
OF_TRAINING = Chain("training", (STAFF, TRAINED), **FOLLOWED, statutory=True)
OF_NEW = tuple(Due(whose, When.DAY_BEFORE, TWO_GROUPS, (EVERYBODY,), of_new=True) for whose in Whose)
OF_LEAVING = Chain(
    "leaving",
    (STAFF, LEFT),
    **(FOLLOWED | {"source": "returns of staff", "due": (*FOLLOWED["due"], *OF_NEW)}),
    statutory=True,
    of_new=(NEW, NEW_LEFT),
)
OF_PROMOTION = Chain("promotion", (STAFF, PROMOTED), **FOLLOWED)
OF_ACTING_UP = Chain("acting-up", (STAFF, ACTED_UP), **FOLLOWED)


def _question(key: str, about: str, sent_as: str, did: str) -> Chain:
    """Return the chain of a question of the staff survey: who answered it, and who of them said yes.

    An answer has no band, so that is the cut in which everybody is counted.
    """
    return Chain(
        key,
        (
            Stage(
                *(f"answered-{key}", f"asked of {about}", f"staff who answered on {about}", f"answers on {about}"),
                verb="were of",
                sent_as="respondents",
            ),
            Stage(key, f"said yes to {about}", f"staff who {did}", f"yes to {about}", verb="was of", sent_as=sent_as),
        ),
        whole=NO_BAND,
        source="returns of the staff survey",
        due=tuple(Due(whose, When.SURVEY, (REFERENCE, BME), (NO_BAND,)) for whose in Whose),
        of_answers=True,
    )


ON_THE_PUBLIC = _question(
    "public-harassment",
    "harassment by the public",
    sent_as="harassment by the public",
    did="were harassed, bullied or abused by the public",
)
ON_STAFF = _question(
    "staff-harassment",
    "harassment by staff",
    sent_as="harassment by staff",
    did="were harassed, bullied or abused by other staff",
)
ON_OPPORTUNITIES = _question(
    "equal-opportunities",
    "equal opportunities",
    sent_as="equal opportunities",
    did="believe that all have equal opportunities for promotion",
)
ON_DISCRIMINATION = _question(
    "discrimination",
    "discrimination",
    sent_as="discrimination",
    did="were discriminated against by a manager or colleague",
)
CHAINS_OF_ANSWERS = (ON_THE_PUBLIC, ON_STAFF, ON_OPPORTUNITIES, ON_DISCRIMINATION)
OF_EVENTS = (OF_TRAINING, OF_DISCIPLINE, OF_CAPABILITY, OF_PROMOTION, OF_ACTING_UP, OF_LEAVING)
CHAINS = (RECRUITMENT, *OF_EVENTS, OF_STOCK, BY_HOME, *CHAINS_OF_ANSWERS)
CHAINS_OF_STAFF = tuple(chain for chain in CHAINS if chain.of_staff and not chain.is_stock)
STOCKS = tuple(chain for chain in CHAINS if chain.is_stock)
DIVIDED = tuple(chain for chain in STOCKS if chain.divided)
CHAINS_OF_POSTS = tuple(chain for chain in CHAINS if not (chain.of_staff or chain.of_answers))


class InStandard(NamedTuple):
    """Which indicator of a standard a measure is, and whether that divides White people's share by the other group's.

    Whoever reads a ratio of one standard beside that of another has to know that they may be turned round: 1.92 as
    the one divides is 0.52 as the other does.
    """

    standard: str
    indicator: str
    white_first: bool


@dataclass(frozen=True)
class Measure:
    """A decision that takes some people of one stage to another, or what some of them answered; how pages speak of it.

    Of recruitment the relative likelihood is White ÷ the other group, as in indicator 2 of the Workforce Race Equality
    Standard, so above 1 means that White people were more likely. Other indicators divide the other way round, and
    their measures say so.

    >>> APPOINTMENT.counts, APPOINTMENT.people, APPOINTMENT.event
    (('shortlisted', 'appointed'), 'people on shortlists', 'appointments')
    """

    key: str
    title: str
    before: Stage  # of those about whom the decision is made
    after: Stage  # of those whom it takes
    where: str  # where people are compared with one another
    beside: str  # who are compared
    share: str  # what heads a column of the shares whom it takes
    within: str = ""  # of staff: in what people are alike who are compared on pages that may count them finely
    indicator: str = ""  # what it follows, or nothing, ...
    standard: str = ""  # ... of which standard
    good: bool | None = True  # whether it is good for those whom it takes; None where it is neither by itself
    white_first: bool = True  # whether White people's share is divided by the other group's: as the indicator has it
    one_by_one: bool = True  # whether people are taken each for themselves, so that equal chances give a range
    by_quarter: bool = False  # whether people are compared quarter by quarter, with who had been there for as long
    leads: bool = True  # whether the front page always names it; of any other it names what lies outside its range
    also: tuple[InStandard, ...] = ()  # what else the same counts are, in another standard

    @property
    def counts(self) -> tuple[str, str]:
        """The stages that people have reached before and after it."""
        return (self.before.key, self.after.key)

    @property
    def people(self) -> str:
        """Those about whom the decision is made."""
        return self.before.people

    @property
    def done(self) -> str:
        """What is done to those whom it takes."""
        return self.after.column

    @property
    def event(self) -> str:
        """Outcomes that take somebody, in the plural."""
        return self.after.event


@dataclass(frozen=True)
class Flow:
    """How many there are at two times: those at the `start` and who came are those at the `end` and who went.

    Each part is a name in the tables of counts, with what heads a column of it.

    >>> ACCOUNT.start, len(ACCOUNT.came), len(ACCOUNT.went)
    ('at_the_start', 3, 5)
    """

    start: str
    came: Mapping[str, str]
    went: Mapping[str, str]
    end: str

    @property
    def parts(self) -> tuple[str, ...]:
        """The names of all its parts."""
        return (self.start, *self.came, *self.went, self.end)


# The staff of the day before a year, and how they became those of its last day.
ACCOUNT = Flow(
    start="at_the_start",
    came={"joined": "Joined", "moved_in": "Moved in", "stated_in": "Stated in"},
    went={
        "went": "Left",
        "set_apart": "Left otherwise",
        "moved_out": "Moved out",
        "stated_out": "Stated out",
        "unaccounted": "Not accounted for",
    },
    end="at_the_end",
)

WRES = "Workforce Race Equality Standard"
SOCIAL_CARE = "Social Care Workforce Race Equality Standard"  # of councils; it never puts White people first
WRES_2 = {"indicator": "indicator 2", "standard": WRES}
FOR_A_POST = {"where": "for each post", "beside": "who wanted the same post"} | WRES_2
ON_A_SHORTLIST = {"where": "on each shortlist", "beside": "on the same shortlist"} | WRES_2
AMONG_STAFF = {
    "where": "among the staff",
    "beside": "of the staff at the start of the year",
    "within": "pay band and kind of work",
}
# Whoever has left cannot leave again, and the longer people have been there the fewer of them leave.
OF_THE_QUARTER = {"within": "quarter, pay band, kind of work and length of service", "by_quarter": True}
SHORTER_SERVICE = {"less than 1 year": 1, "1 to 2 years": 2, "2 to 5 years": 5}  # each with what it stays below
LONGEST_SERVICE = "5 years and more"
LENGTHS_OF_SERVICE = (*SHORTER_SERVICE, LONGEST_SERVICE)
SHORTLISTING = Measure(
    "shortlisting",
    "From application to shortlist",
    APPLIED,
    SHORTLISTED,
    **FOR_A_POST,
    share="% of applicants shortlisted",
)
APPOINTMENT = Measure(
    "appointment",
    "From shortlist to appointment",
    SHORTLISTED,
    APPOINTED,
    **ON_A_SHORTLIST,
    share="% of shortlisted appointed",
    also=(InStandard(SOCIAL_CARE, "metric 2", white_first=False),),
)
OVERALL = Measure(
    "overall",
    "From application to appointment",
    APPLIED,
    APPOINTED,
    **FOR_A_POST,
    share="% of applicants appointed",
)
DISCIPLINARY = Measure(
    "disciplinary",
    "Entering a formal disciplinary process",
    STAFF,
    DISCIPLINED,
    **AMONG_STAFF,
    share="% of staff who entered a process",
    indicator="indicator 3",
    standard=WRES,
    good=False,
    white_first=False,
    also=(InStandard(SOCIAL_CARE, "metric 3", white_first=False),),
)
CAPABILITY = Measure(
    "capability",
    "Entering a formal capability process",
    STAFF,
    IN_CAPABILITY,
    **AMONG_STAFF,
    share="% of staff who entered a capability process",
    indicator="the form of metric 3",
    standard="Workforce Disability Equality Standard, read by ethnicity",
    good=False,
    white_first=False,
)
TRAINING = Measure(
    "training",
    "Training beyond the mandatory",
    STAFF,
    TRAINED,
    **AMONG_STAFF,
    share="% of staff who took part",
    indicator="indicator 4",
    standard=WRES,
    one_by_one=False,
    also=(InStandard(SOCIAL_CARE, "metric 5", white_first=False),),
)
PROMOTION = Measure(
    "promotion",
    "Promotion",
    STAFF,
    PROMOTED,
    **AMONG_STAFF,
    share="% of staff who gained a promotion",
)
ACTING_UP = Measure(
    "acting-up",
    "Acting up",
    STAFF,
    ACTED_UP,
    **AMONG_STAFF,
    share="% of staff who acted up",
    leads=False,
)

LEAVING = Measure(
    "leaving",
    "Leaving",
    STAFF,
    LEFT,
    **(AMONG_STAFF | OF_THE_QUARTER),
    share="% of staff who left",
    indicator="metric 8",
    standard=SOCIAL_CARE,
    good=None,
    white_first=False,
)
LEAVING_SOON = Measure(
    "leaving-soon",
    "New staff who left",
    NEW,
    NEW_LEFT,
    where="among the staff who had joined in the year before",
    beside="of the staff who had joined in the year before",
    **OF_THE_QUARTER,
    share="% of these who left",
    good=None,
    white_first=False,
    leads=False,
)


def _answers(chain: Chain, title: str, indicator: str, good: bool, also: tuple[InStandard, ...] = ()) -> Measure:
    """Return the measure of a question. Its indicator is a gap of the other group's share beside White people's."""
    return Measure(
        chain.key,
        title,
        *chain.stages,
        where="among those who answered",
        beside="who answered",
        share="% who said yes",
        indicator=indicator,
        standard=WRES,
        good=good,
        white_first=False,
        also=also,
    )


HARASSED_BY_THE_PUBLIC = _answers(
    ON_THE_PUBLIC,
    "Harassment by the public",
    "indicator 5",
    good=False,
    also=(InStandard(SOCIAL_CARE, "metric 6", white_first=False),),
)
HARASSED_BY_STAFF = _answers(
    ON_STAFF,
    "Harassment by staff",
    "indicator 6",
    good=False,
    also=(InStandard(SOCIAL_CARE, "metric 7", white_first=False),),
)
EQUAL_OPPORTUNITIES = _answers(ON_OPPORTUNITIES, "Equal opportunities", "indicator 7", good=True)
DISCRIMINATION = _answers(ON_DISCRIMINATION, "Discrimination", "indicator 8", good=False)

STAGES = (SHORTLISTING, APPOINTMENT)
OF_RECRUITMENT = (*STAGES, OVERALL)
OF_STAFF = (LEAVING, LEAVING_SOON, PROMOTION, ACTING_UP, DISCIPLINARY, CAPABILITY, TRAINING)
OF_SURVEY = (HARASSED_BY_THE_PUBLIC, HARASSED_BY_STAFF, EQUAL_OPPORTUNITIES, DISCRIMINATION)
MEASURES = {measure.key: measure for measure in (*OF_RECRUITMENT, *OF_STAFF, *OF_SURVEY)}

STAGES_OF_CHAINS = {stage.key: stage for chain in CHAINS for stage in (*chain.stages, *chain.of_new)}
# Each stage, with the furthest stages of the people who are counted at it: those of one chain, or of each in which it
# is the first.
FURTHEST = {
    key: tuple(word for chain in CHAINS if key in chain for word in chain.words_at(key))
    for key in dict.fromkeys(key for chain in CHAINS for key in (*chain.keys, *chain.unpublished))
}
# Each word for how far people came, with the chain that says so.
CHAIN_OF = {word: chain for chain in CHAINS for word in chain.words}
# Each stage with those that it is a part of, the one before it first.
PART_OF = {
    key: tuple(other for chain in CHAINS for one, other in chain.parts if one == key)
    for key in dict.fromkeys(key for chain in CHAINS for key, _ in chain.parts)
}
BEFORE = {key: others[0] for key, others in PART_OF.items()}
WHOLE = {key: chain.whole for chain in CHAINS for key in (*chain.keys, *chain.unpublished)}
