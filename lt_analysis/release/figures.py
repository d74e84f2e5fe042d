"""Figures that know whether they are released, hidden or restricted, and carry their own counts."""

from dataclasses import dataclass
from enum import StrEnum

from lt_analysis.codebook.ethnicity import BME
from lt_analysis.codebook.measures import APPOINTMENT, OVERALL, SHORTLISTING, Measure
from lt_analysis.codebook.periods import FinancialYear, Quarter
from lt_analysis.evidence.relative_likelihood import RelativeLikelihood
from lt_analysis.release.appendix import Appendix

# What `refused` says of something that lies in no period's folder.
ITS_FOLDER = "its folder"


class State(StrEnum):
    """Who may see a figure."""

    RELEASED = "released"
    HIDDEN = "hidden"
    RESTRICTED = "restricted"


class Status(StrEnum):
    """What became of an organisation's returns for the span that is reported."""

    COMPLETE = "complete"
    INCOMPLETE = "incomplete"
    REFUSED = "refused"


@dataclass(frozen=True)
class Expected:
    """How many of the group would have succeeded at equal chances within each vacancy, in whole people.

    `low` to `high` is the range that equal chances would often give; `could_tell` is whether any outcome
    that was possible lies outside it. `informative` vacancies could have gone either way. Where too few
    could, only `could_tell` is given, and it is False.
    """

    could_tell: bool
    people: int | None = None
    low: int | None = None
    high: int | None = None
    informative: int | None = None


@dataclass(frozen=True)
class Exactly:
    """What only analysts see of a comparison within vacancies."""

    expected: float
    standard_deviation: float
    mid_p: float
    vacancies: int


@dataclass(frozen=True)
class StageFigure:
    """White people compared with one other group in one decision; without counts where it is hidden."""

    measure: Measure
    group: str
    state: State
    likelihood: RelativeLikelihood | None = None
    expected: Expected | None = None
    exactly: Exactly | None = None

    @property
    def hidden(self) -> bool:
        """Whether nothing of it may be shown."""
        return self.state == State.HIDDEN


@dataclass(frozen=True)
class OrganisationFigures:
    """All that one page shows of one organisation over one span.

    `missing` and `refused` name the returns that were not received, or could not be used, in that span or in
    the quarter of the report.
    """

    slug: str
    name: str
    kind: str
    invented: bool
    posts: str
    span: FinancialYear | Quarter
    quarter: Quarter
    status: Status
    missing: tuple[str, ...]
    refused: tuple[str, ...]
    source: str | None
    first_published: str | None
    adjusted_for_vacancies: bool
    state: State
    stages: tuple[StageFigure, ...]

    @property
    def hidden(self) -> bool:
        """Whether none of its figures may be shown."""
        return self.state == State.HIDDEN

    @property
    def groups(self) -> tuple[str, ...]:
        """The groups compared with White people, BME first."""
        return tuple(figure.group for figure in self.stages if figure.measure == SHORTLISTING)

    def stage(self, measure: Measure, group: str = BME) -> StageFigure:
        """Return one figure; the overall one is made of the two stages' own counts."""
        if measure == OVERALL:
            return self._overall(group)
        return next(one for one in self.stages if (one.measure, one.group) == (measure, group))

    def _overall(self, group: str) -> StageFigure:
        first, last = self.stage(SHORTLISTING, group), self.stage(APPOINTMENT, group)
        if first.hidden or last.hidden:
            return StageFigure(OVERALL, group, State.HIDDEN)
        likelihood = RelativeLikelihood(
            white_successful=last.likelihood.white_successful,
            white_people=first.likelihood.white_people,
            group_successful=last.likelihood.group_successful,
            group_people=first.likelihood.group_people,
        )
        return StageFigure(OVERALL, group, first.state, likelihood)


@dataclass(frozen=True)
class Release:
    """All that a period's board pages may show."""

    quarter: Quarter
    organisations: tuple[OrganisationFigures, ...]

    def organisation(self, slug: str) -> OrganisationFigures:
        """Return one organisation's figures; an unknown one raises `ValueError` naming those there are."""
        for one in self.organisations:
            if one.slug == slug:
                return one
        known = ", ".join(one.slug for one in self.organisations)
        raise ValueError(f"{slug!r} is not an organisation of {self.quarter}. Choose one of: {known}")


@dataclass(frozen=True)
class GroupCount:
    """How many people of one group reached each stage. `roll_up` is wres, five or nineteen."""

    roll_up: str
    group: str
    applicants: int
    shortlisted: int
    appointed: int


@dataclass(frozen=True)
class FileReceipt:
    """What became of the rows of one file."""

    file: str
    received: int
    accepted: int
    rejected: int
    set_aside: int


@dataclass(frozen=True)
class ExactQuarter:
    """An organisation's exact quarter: single posts, campaigns beside them, every group, its receipts, and all else."""

    figures: OrganisationFigures
    campaigns: OrganisationFigures
    groups: tuple[GroupCount, ...]
    receipts: tuple[FileReceipt, ...]
    appendix: Appendix
