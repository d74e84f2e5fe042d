"""What is measured: chains of stages with their words, and the decisions between two stages of one, one row each."""

from dataclasses import dataclass
from itertools import pairwise


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
    sent_as: str  # the stage of returns that they must have come to


@dataclass(frozen=True)
class Chain:
    """Stages in their order, of which each is a part of the one before. A stage is of one chain alone.

    >>> RECRUITMENT.furthest("shortlisted")
    ('shortlisted', 'appointed')
    """

    key: str
    stages: tuple[Stage, ...]

    def furthest(self, stage: str) -> tuple[str, ...]:
        """Return the furthest stages of the people who are counted at a stage: itself and those after it."""
        keys = tuple(one.key for one in self.stages)
        return keys[keys.index(stage) :]


APPLIED = Stage("applied", "applicants", "applicants", "applicants", "were", sent_as="eligible")
SHORTLISTED = Stage(
    "shortlisted", "shortlisted", "people on shortlists", "places on shortlists", "went to", sent_as="shortlisted"
)
APPOINTED = Stage("appointed", "appointed", "people appointed", "appointments", "went to", sent_as="offered")
RECRUITMENT = Chain("recruitment", (APPLIED, SHORTLISTED, APPOINTED))
CHAINS = (RECRUITMENT,)
STAGES_OF_CHAINS = {stage.key: stage for chain in CHAINS for stage in chain.stages}
# Each stage, with the furthest stages of the people who are counted at it.
FURTHEST = {stage.key: chain.furthest(stage.key) for chain in CHAINS for stage in chain.stages}
BEFORE = {after.key: before.key for chain in CHAINS for before, after in pairwise(chain.stages)}


@dataclass(frozen=True)
class Measure:
    """A decision that takes some people of one stage to another, and how pages speak of it.

    The relative likelihood is always White ÷ the other group, as in indicator 2 of the Workforce Race
    Equality Standard, so above 1 means that White people were more likely.

    >>> APPOINTMENT.counts, APPOINTMENT.people, APPOINTMENT.event
    (('shortlisted', 'appointed'), 'people on shortlists', 'appointments')
    """

    key: str
    title: str
    before: Stage  # of those about whom the decision is made
    after: Stage  # of those whom it favours
    where: str  # where people are compared with one another
    beside: str  # who are compared
    share: str  # what heads a column of the shares whom it favours

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
        """What is done to those whom it favours."""
        return self.after.column

    @property
    def event(self) -> str:
        """Outcomes that favour somebody, in the plural."""
        return self.after.event


FOR_A_POST = {"where": "for each post", "beside": "who wanted the same post"}
ON_A_SHORTLIST = {"where": "on each shortlist", "beside": "on the same shortlist"}
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
)
OVERALL = Measure(
    "overall",
    "From application to appointment",
    APPLIED,
    APPOINTED,
    **FOR_A_POST,
    share="% of applicants appointed",
)

STAGES = (SHORTLISTING, APPOINTMENT)
MEASURES = {measure.key: measure for measure in (*STAGES, OVERALL)}
