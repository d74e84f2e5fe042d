"""What a figure is: something of a release with a name, under which a page carries what is said of it.

Its class says how its name is written. Tables of patterns, beside the classes of each subject, say how it is found
again; `named` has them all.
"""

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import ClassVar

from lt_analysis.codebook.leadership import RATERS
from lt_analysis.codebook.measures import MEASURES, OF_SURVEY, STOCKS
from lt_analysis.codebook.standards import SEATS
from lt_analysis.release.figures import OrganisationFigures, PeopleTable, Release

SERVED = ("commitment", "element")  # what an action is for
QUESTIONS = [question.key for question in OF_SURVEY]
OF_STOCKS = [chain.keys[0] for chain in STOCKS]
# What some parts of a pattern may be; any other is whatever stands there.
PARTS: Mapping[str, Iterable[str]] = {
    "measure": MEASURES,
    "question": QUESTIONS,
    "stock": OF_STOCKS,
    "table": (*OF_STOCKS, *QUESTIONS),  # of a span that has several
    "part": SERVED,
    "seats": SEATS,
    "rater": RATERS,
}
PART = re.compile(r"<(\w+)>")
Find = Callable[..., object]
Figures = OrganisationFigures | Release


@dataclass(frozen=True)
class Figure:
    """Something that a page says something of; `NAME` is how its name is made of what it holds."""

    NAME: ClassVar[str] = ""

    @property
    def name(self) -> str:
        """The name under which a page carries it."""
        return self.NAME.format_map(vars(self))


def name_of(organisation: OrganisationFigures) -> str:
    """Return an organisation's name on a page of several, an invented one's so that nobody takes it for real."""
    return (
        organisation.name
        if not organisation.invented or "(invented)" in organisation.name
        else f"{organisation.name} (invented)"
    )


def own(release: Release) -> list[OrganisationFigures]:
    """Return the partnership's organisations, published examples from elsewhere apart."""
    return [organisation for organisation in release.organisations if not organisation.source]


def named(figures: OrganisationFigures) -> str:
    """Return the name under which a page may carry an organisation's figures; empty on an exact page."""
    return "" if figures.people is None else figures.slug


def by_pattern(finders: Mapping[str, Find]) -> list[tuple[re.Pattern, Find]]:
    """Return what finds figures, by patterns of their names such as `<who>/<span>/members`, in the same order."""
    return [(re.compile(PART.sub(_part, re.escape(pattern))), find) for pattern, find in finders.items()]


def _part(part: re.Match) -> str:
    words = PARTS.get(part[1])
    return f"(?P<{part[1]}>{'|'.join(map(re.escape, words)) if words else '[^/]+'})"


def found(finders: Iterable[tuple[re.Pattern, Find]], release: object, name: str) -> object:
    """Return what the first pattern that a name fits finds in a release; None where it fits none."""
    for pattern, find in finders:
        if parts := pattern.fullmatch(name):
            return find(release, **parts.groupdict())
    return None


def first_of(figures: Iterable[object]) -> object:
    """Return the first that there is. Raises `LookupError` where there is none."""
    for figure in figures:
        if figure is not None:
            return figure
    raise LookupError("the release has none such")


def table_of(release: Release, who: str, span: str, table: str = "") -> PeopleTable:
    """Return a table of people of an organisation, or of the partnership. Raises `LookupError` where there is none.

    Of a day or a year there are several: who was in post has the stage of its stock for a `table`, and what was
    answered its question; else they are those whom decisions were about, or what happened to staff.
    """
    name = f"{who}/{span}/{table}" if table else f"{who}/{span}"
    return first_of(one for one in release.of(who).tables if one.name == name)


def figures_of(release: Release, who: str) -> Figures:
    """Return an organisation's figures, or those of all, `*`."""
    return release if who == release.slug else release.organisation(who)
