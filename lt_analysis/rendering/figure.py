"""What a figure is: something of a release with a name, under which a page carries what is said of it.

Its class says how its name is written, and tables of patterns say how it is found again (`named`, `metric_figures`).
"""

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import ClassVar

from lt_analysis.codebook.leadership import RATERS
from lt_analysis.codebook.measures import MEASURES, OF_SURVEY, STOCKS
from lt_analysis.codebook.standards import SEATS
from lt_analysis.release.figures import OrganisationFigures

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
