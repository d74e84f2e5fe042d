"""What is measured: chains of stages, and the decisions between two stages that the audit asks about, one row each."""

from dataclasses import dataclass
from itertools import pairwise


@dataclass(frozen=True)
class Chain:
    """Stages in their order, of which each is a part of the one before. A stage is of one chain alone.

    >>> RECRUITMENT.furthest("shortlisted")
    ('shortlisted', 'appointed')
    """

    key: str
    stages: tuple[str, ...]

    def furthest(self, stage: str) -> tuple[str, ...]:
        """Return the furthest stages of the people who are counted at a stage: itself and those after it."""
        return self.stages[self.stages.index(stage) :]


RECRUITMENT = Chain("recruitment", ("applied", "shortlisted", "appointed"))
CHAINS = (RECRUITMENT,)
# Each stage, with the furthest stages of the people who are counted at it.
FURTHEST = {stage: chain.furthest(stage) for chain in CHAINS for stage in chain.stages}
BEFORE = {after: before for chain in CHAINS for before, after in pairwise(chain.stages)}


@dataclass(frozen=True)
class Measure:
    """A decision that takes some people from a group, and how pages speak of it.

    The relative likelihood is always White ÷ the other group, as in indicator 2 of the Workforce Race
    Equality Standard, so above 1 means that White people were more likely.

    >>> APPOINTMENT.counts
    ('shortlisted', 'appointed')
    """

    key: str
    title: str
    people: str  # those about whom the decision is made
    done: str  # what is done to those whom it favours
    event: str  # one such outcome, in the plural
    where: str  # where people are compared with one another
    beside: str  # who are compared
    counts: tuple[str, str]  # the stages that people have reached before and after it


SHORTLISTING = Measure(
    key="shortlisting",
    title="From application to shortlist",
    people="applicants",
    done="shortlisted",
    event="places on shortlists",
    where="for each post",
    beside="who wanted the same post",
    counts=("applied", "shortlisted"),
)
APPOINTMENT = Measure(
    key="appointment",
    title="From shortlist to appointment",
    people="people on shortlists",
    done="appointed",
    event="appointments",
    where="on each shortlist",
    beside="on the same shortlist",
    counts=("shortlisted", "appointed"),
)
OVERALL = Measure(
    key="overall",
    title="From application to appointment",
    people="applicants",
    done="appointed",
    event="appointments",
    where="for each post",
    beside="who wanted the same post",
    counts=("applied", "appointed"),
)

STAGES = (SHORTLISTING, APPOINTMENT)
MEASURES = {measure.key: measure for measure in (*STAGES, OVERALL)}
