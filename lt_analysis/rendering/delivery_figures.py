"""What was promised and what became of it, as figures that a page can name: goal, actions, mentoring, pledge, traits.

`DELIVERY_FIGURES` and `AMONG_DELIVERY`, below, have the patterns of their names.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from lt_analysis.codebook.commitments import ELEMENTS, Commitment
from lt_analysis.codebook.periods import Quarter
from lt_analysis.release.delivery import Became, Stands, Tracked
from lt_analysis.release.figures import Action, Goal, Mentoring, OrganisationFigures, Ratings, Release
from lt_analysis.rendering.figure import SERVED, Figure, Find, figures_of, own

MOST_QUARTERS_OF_FLOW = 12


@dataclass(frozen=True)
class Declared(Figure):
    """What the partnership has declared, in a report that has it."""

    NAME = "*/goal"

    release: Release

    @property
    def goal(self) -> Goal:
        """The goal."""
        return self.release.goal


@dataclass(frozen=True)
class Pledged(Figure):
    """An action that an organisation pledged."""

    action: Action
    figures: OrganisationFigures

    @property
    def late(self) -> bool:
        """Whether it was due before the last day of the report's quarter, and is not done."""
        return self.action.is_late(self.figures.quarter)

    @property
    def name(self) -> str:
        """The name under which a page carries it."""
        return f"{self.figures.slug}/action/{self.action.key.rpartition('.')[2]}"


def pledged_by(figures: OrganisationFigures) -> list[Pledged]:
    """Return the actions that an organisation pledged, in the order in which it sent them."""
    return [Pledged(action, figures) for action in figures.actions]


@dataclass(frozen=True)
class Pursued(Figure):
    """An action that an organisation pledged, as the releases remember it, and who else shares what."""

    action: Tracked
    figures: OrganisationFigures
    release: Release

    @property
    def name(self) -> str:
        """The name under which a page carries it."""
        return f"{self.figures.slug}/delivery/{self.action.key.rpartition('.')[2]}"

    @property
    def offered(self) -> list[OrganisationFigures]:
        """The other organisations that share something of the same element of the Cultural Web, or commitment."""
        serves = {(part, getattr(self.action.last, part)) for part in SERVED} - {(part, None) for part in SERVED}
        return [
            other
            for other in own(self.release)
            if other.slug != self.figures.slug
            and any(
                (part, getattr(one.last, part)) in serves
                for one in other.delivery
                if "offers" in one.given
                for part in SERVED
            )
        ]

    @property
    def adopted_by(self) -> list[OrganisationFigures]:
        """The other organisations that say that they have taken it up; none of an action without a reference."""
        if not self.action.last.reference:
            return []
        taken_up = f"{self.figures.slug} {self.action.last.reference}".casefold()
        return [
            other
            for other in own(self.release)
            if other.slug != self.figures.slug
            and any((one.last.adopted_from or "").casefold() == taken_up for one in other.delivery)
        ]


@dataclass(frozen=True)
class Delivered(Figure):
    """All actions of the partnership, or of one organisation, as the releases remember them."""

    NAME = "{slug}/delivery"

    release: Release
    slug: str = "*"

    @property
    def organisations(self) -> list[OrganisationFigures]:
        """Whose actions they are."""
        return [one for one in own(self.release) if self.slug in ("*", one.slug)]

    @property
    def actions(self) -> list[Pursued]:
        """The actions, by organisation, and of each the first pledged first."""
        return [Pursued(action, figures, self.release) for figures in self.organisations for action in figures.delivery]

    def standing(self, *states: Stands) -> list[Pursued]:
        """Return the actions in some states, the longest without movement first, and of these the first due first."""
        found = [one for one in self.actions if one.action.state in states]
        return sorted(found, key=lambda one: (one.action.still_since, one.action.dates[0], one.name))

    @property
    def flow(self) -> list["Flow"]:
        """What became of them in each of the latest quarters, as far as an earlier report had them."""
        quarters = sorted({quarter for one in self.actions for quarter in one.action.became})
        return [Flow(self, quarter) for quarter in quarters[-MOST_QUARTERS_OF_FLOW:]]


@dataclass(frozen=True)
class Flow(Figure):
    """What some actions came to be in one quarter, of those that an earlier report had too."""

    NAME = "{of.slug}/flow/{quarter}"

    of: Delivered
    quarter: Quarter

    @property
    def became(self) -> list[Became | None]:
        """What each came to be; None of one that came to be none of the three."""
        every = (one.action.became for one in self.of.actions)
        return [one[self.quarter] for one in every if self.quarter in one]


@dataclass(frozen=True)
class Towards(Figure):
    """The actions that serve one commitment of the partnership, or are to change one element of the Cultural Web."""

    of: Delivered
    part: str  # one of `SERVED`
    key: str

    @property
    def commitment(self) -> Commitment:
        """The commitment that they serve."""
        return next(one for one in self.of.release.commitments if one.key == self.key)

    @property
    def actions(self) -> list[Pursued]:
        """The actions."""
        return [one for one in self.of.actions if getattr(one.action.last, self.part) == self.key]

    @property
    def name(self) -> str:
        """The name under which a page carries them."""
        return f"{self.of.slug}/{self.part}/{self.key.replace(' ', '-')}"


@dataclass(frozen=True)
class Mentored(Figure):
    """The pairs of mentoring of all organisations together, or of one, as they stood at the end of the quarter."""

    NAME = "{slug}/mentoring"

    release: Release
    slug: str = "*"

    @property
    def table(self) -> Mentoring | None:
        """Their numbers; None where nothing was sent."""
        return self.release.mentoring if self.slug == "*" else self.release.organisation(self.slug).mentoring

    @property
    def each(self) -> list["Mentored"]:
        """Those of each organisation that sent some."""
        return [Mentored(self.release, one.slug) for one in own(self.release) if one.mentoring]


@dataclass(frozen=True)
class Signed(Figure):
    """The version of the pledge that stands, for all organisations or for one of them."""

    NAME = "{slug}/pledge"

    release: Release
    slug: str = "*"

    @property
    def signed_on(self) -> date | None:
        """The day on which that organisation signed it; None where it has not."""
        return dict(self.release.pledge.signed).get(self.slug) if self.release.pledge else None

    @property
    def each(self) -> list["Signed"]:
        """The same, for each organisation."""
        return [Signed(self.release, one.slug) for one in own(self.release)]


@dataclass(frozen=True)
class Asked(Figure):
    """What was answered about traits of leaders in one quarter, in all organisations together or in one."""

    NAME = "{slug}/{quarter}/traits"

    release: Release
    slug: str
    quarter: Quarter

    @property
    def tables(self) -> list["Rated"]:
        """Its tables, those that are hidden too."""
        return [Rated(self, one) for one in ratings(self.release, self.slug) if one.quarter == self.quarter]


@dataclass(frozen=True)
class Rated(Figure):
    """How leaders were rated by one trait, by themselves or by others."""

    of: Asked
    ratings: Ratings

    @property
    def name(self) -> str:
        """The name under which a page carries it."""
        return f"{self.of.name}/{self.ratings.trait.replace(' ', '-')}/{self.ratings.rater_kind}"


def ratings(release: Release, slug: str) -> tuple[Ratings, ...]:
    """Return all that was answered about traits of leaders, in all organisations together (`*`) or in one."""
    return release.ratings if slug == "*" else release.organisation(slug).ratings


def _asked(release: Release, who: str, quarter: str) -> Asked | None:
    asked = Asked(release, who, Quarter.parse(quarter))
    return asked if asked.tables else None


def _towards(release: Release, who: str, part: str, key: str) -> list[Towards]:
    keys = ELEMENTS if part == "element" else [one.key for one in release.commitments]
    return [Towards(Delivered(release, who), part, one) for one in keys]


DELIVERY_FIGURES: Mapping[str, Find] = {
    "*/goal": lambda release: Declared(release) if release.goal else None,
    "<who>/delivery": lambda release, who: Delivered(release, figures_of(release, who).slug),
    "<who>/mentoring": lambda release, who: Mentored(release, figures_of(release, who).slug),
    "<who>/pledge": lambda release, who: Signed(release, figures_of(release, who).slug),
    "<who>/<quarter>/traits": _asked,
}
AMONG_DELIVERY: Mapping[str, Find] = {
    "<who>/action/<number>": lambda release, who, number: pledged_by(release.organisation(who)),
    "<who>/delivery/<number>": lambda release, who, number: Delivered(release, who).actions,
    "<who>/flow/<quarter>": lambda release, who, quarter: Delivered(release, who).flow,
    "<who>/<part>/<key>": _towards,
    "<who>/<quarter>/traits/<trait>/<rater>": lambda release, who, quarter, **_: (
        Asked(release, who, Quarter.parse(quarter)).tables
    ),
}
